//! A mistake in a plan file, shown where it stands; and all of them that the shape of a file can
//! have, not only the first.

use std::fmt;
use std::ops::Range;

use serde::Deserialize as _;
use serde::Serialize;
use toml::Spanned;
use toml::de::{DeTable, Deserializer};

use super::like;
use super::place::{self, Place};
use super::stand_in;
use super::taken::Taken;
use super::terms::Plan;
use crate::words::nearest;

/// One mistake in a plan file, or in another file written like one, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fault {
    /// The line, from 1.
    pub line: usize,
    /// The character of the line, from 1.
    pub column: usize,
    /// What is wrong, and what was expected.
    pub message: String,
    /// The line with a caret below the place.
    #[serde(skip)]
    excerpt: String,
}

impl Fault {
    /// A mistake at a part of the text.
    pub(crate) fn at(text: &str, span: &Range<usize>, message: impl Into<String>) -> Fault {
        let mut at = span.start.min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
        let shown = text[start..].lines().next().unwrap_or_default();
        let line = text[..at].matches('\n').count() + 1;
        let column = text[start..at].chars().count() + 1;
        let end = span.end.max(at).min(start + shown.len()).max(at);
        let width = text.get(at..end).map_or(1, |part| part.chars().count().max(1));
        let number = line.to_string();
        let gap = " ".repeat(number.len());
        let excerpt = format!(
            "{gap} |\n{number} | {shown}\n{gap} | {}{}",
            " ".repeat(column - 1),
            "^".repeat(width)
        );
        Fault { line, column, message: message.into(), excerpt }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, column {}\n{}\n{}", self.line, self.column, self.excerpt, self.message)
    }
}

/// More mistakes than this are not told at once.
const ENOUGH: usize = 100;

/// A plan as far as its shape can be read, and everything that is wrong with the shape. A key that
/// does not belong is passed over, so the plan may still be there.
///
/// The reader stops at the first mistake. So what it stopped at is taken out and it reads on; for
/// what it misses something stands in. Where that is comes with the plan: nothing can be said of it.
pub(super) fn shaped(text: &str) -> (Option<(Plan, Vec<Place>)>, Vec<Fault>) {
    let (mut table, syntax) = DeTable::parse_recoverable(text);
    let syntax = syntax
        .iter()
        .map(|e| Fault::at(text, &e.span().unwrap_or_default(), syntax_told(e.message())));
    let mut faults: Vec<Fault> = syntax.collect();
    let mut plan = None;
    let mut taken = Taken::default();
    if faults.is_empty() {
        for (at, message) in like::fill_in(table.get_mut()) {
            let span = place::find(&table, &at);
            faults.push(Fault::at(text, &span, message));
            taken.take_unlike(&mut table, &span);
        }
        plan = shape(text, &mut table, &mut taken, &mut faults);
        let missing = taken.missing.iter().map(|(span, keys)| {
            let message = match keys.as_slice() {
                [key] => format!("the key `{key}` is missing here"),
                keys => {
                    let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
                    format!("the keys {} are missing here", listed(&keys))
                }
            };
            Fault::at(text, span, message)
        });
        faults.extend(missing);
    }
    in_order(&mut faults);
    (plan.map(|plan| (plan, taken.absent)), faults)
}

fn shape(
    text: &str,
    table: &mut Spanned<DeTable<'_>>,
    taken: &mut Taken,
    faults: &mut Vec<Fault>,
) -> Option<Plan> {
    while faults.len() < ENOUGH {
        let why = match Plan::deserialize(Deserializer::from(table.clone())) {
            Ok(plan) => return Some(plan).filter(|_| taken.lost.is_empty()),
            Err(why) => why,
        };
        let span = why.span().unwrap_or_default();
        let missing = missing(why.message());
        if !stand_in::is_at(&span) && !taken.explains(&span, why.message()) {
            match missing {
                Some(key) => taken.misses(&span, key),
                None => {
                    faults.push(Fault::at(
                        text,
                        &span,
                        told(why.message(), text.get(span.clone())),
                    ));
                }
            }
        }
        if missing.is_some_and(|key| taken.stand_in(table, &span, key)) {
            continue;
        }
        let is_stranger = why.message().starts_with("unknown field");
        if !taken.take(table, &span, is_stranger) {
            break;
        }
    }
    None
}

/// In the order of the file, each once: what versions have in common is met in each of them.
pub(super) fn in_order(faults: &mut Vec<Fault>) {
    faults.sort_by(|a, b| (a.line, a.column, &a.message).cmp(&(b.line, b.column, &b.message)));
    faults.dedup();
}

/// A mistake of TOML itself.
fn syntax_told(message: &str) -> String {
    match message {
        "duplicate key" => "this key stands here twice, expected it once".to_owned(),
        other => other.to_owned(),
    }
}

/// What the reader says, in the words of somebody who writes a plan.
pub(crate) fn told(message: &str, stands: Option<&str>) -> String {
    let stands = stands.unwrap_or_default();
    let quoted: Vec<&str> = message.split('`').skip(1).step_by(2).collect();
    if let ("unknown field", Some((unknown, known))) = (lead(message), quoted.split_first()) {
        let known = known.iter().filter(|key| !key.is_empty()).copied().collect::<Vec<_>>();
        return format!(
            "unknown key `{unknown}`{}, expected one of {}",
            hint(unknown, &known),
            listed(&known)
        );
    }
    if let ("unknown variant", Some((unknown, known))) = (lead(message), quoted.split_first()) {
        return format!("unknown word `{unknown}`{}, expected {}", hint(unknown, known), or(known));
    }
    let bare = stands.trim();
    let said = message.split_once(": ").map(|(lead, rest)| (lead, rest.split_once("expected ")));
    let expected = match said {
        Some(("invalid value", Some((_, "u32")))) if bare.starts_with('-') => {
            return format!("`{bare}` is below zero, expected a whole number, zero or more");
        }
        Some(("invalid value", Some((_, "u32")))) => {
            return format!("`{bare}` is too large, expected a whole number such as 30");
        }
        Some(("invalid type", expected)) => expected.map_or("", |(_, expected)| expected),
        _ => return message.to_owned(),
    };
    let header = bare.strip_prefix('[').and_then(|bare| bare.strip_suffix(']'));
    let is_number = bare.starts_with(|c: char| c.is_ascii_digit() || c == '-' || c == '+');
    match expected {
        "a string" if is_number => {
            format!("`{bare}` stands without quotes, expected it in quotes: \"{bare}\"")
        }
        "a string" => "expected text in quotes".to_owned(),
        "u32" => format!("expected a whole number without quotes, such as {}", whole(bare)),
        "a boolean" => "expected true or false, without quotes".to_owned(),
        "a TOML datetime" | "a datetime" => {
            "expected a day such as 2026-07-01, without quotes".to_owned()
        }
        "a sequence" if message.starts_with("invalid type: map") && header.is_some() => {
            let name = header.unwrap_or_default();
            format!("a list is meant here: write [[{name}]], once for each entry")
        }
        "a sequence" => "expected a list in brackets: [ ... ]".to_owned(),
        "a map" => "expected a table".to_owned(),
        other if other.starts_with("struct ") => "expected a table".to_owned(),
        _ => message.to_owned(),
    }
}

/// The key that the reader misses, if that is what it says.
pub(super) fn missing(message: &str) -> Option<&str> {
    message.strip_prefix("missing field `").map(|key| key.trim_end_matches('`'))
}

/// The first two words of what the reader says.
fn lead(message: &str) -> &str {
    message.split(" `").next().unwrap_or_default()
}

fn hint(unknown: &str, known: &[&str]) -> String {
    nearest(unknown, known.iter().copied())
        .map_or_else(String::new, |near| format!(" (did you mean `{near}`?)"))
}

fn listed(known: &[&str]) -> String {
    known.iter().map(|key| format!("`{key}`")).collect::<Vec<_>>().join(", ")
}

fn or(known: &[&str]) -> String {
    match known {
        [one, other] => format!("`{one}` or `{other}`"),
        _ => format!("one of {}", listed(known)),
    }
}

/// The whole number that is meant by what stands in quotes.
fn whole(stands: &str) -> &str {
    let bare = stands.trim_matches('"');
    if !bare.is_empty() && bare.bytes().all(|b| b.is_ascii_digit()) { bare } else { "30" }
}

#[cfg(test)]
mod tests {
    use super::super::read::check;

    const TIKTOK: &str = include_str!("../plans/tiktok-upic.toml");

    /// Every mistake of the text: the line as it stands, and what is said of it.
    fn mistakes(text: &str) -> Vec<(&str, String)> {
        let faults = check(text).err().unwrap_or_default();
        let line = |number: usize| text.lines().nth(number - 1).unwrap_or_default();
        faults.into_iter().map(|fault| (line(fault.line), fault.message)).collect()
    }

    fn hold(text: &str, expected: &[(&str, &str)]) {
        let mistakes = mistakes(text);
        let mistakes: Vec<_> = mistakes.iter().map(|(line, said)| (*line, said.as_str())).collect();
        assert_eq!(mistakes, expected);
    }

    fn changed(changes: &[(&str, &str)]) -> String {
        changes.iter().fold(TIKTOK.to_owned(), |text, (from, to)| {
            assert!(text.contains(from), "{from}");
            text.replacen(from, to, 1)
        })
    }

    #[test]
    fn all_mistakes_are_told_at_once() {
        let text = changed(&[
            ("name = ", "nmae = "),
            ("published = 2025-10-17", "published = \"2025-10-17\""),
            ("\"product\", \"coupon\"", "\"prodcut\", \"coupn\""),
            ("amount = \"200.00\"", "amount = 200.00"),
            ("until = \"label\"\n", ""),
            ("scanned = true", "scanned = \"yes\""),
            ("business-days = 10", "business_days = 10"),
            ("domestic = 21", "domestic = 21.5"),
            ("days = 90", "days = \"90\""),
            ("[version.incident.shortage.pays]", "[version.incident.shortag.pays]"),
        ]);
        hold(
            &text,
            &[
                (
                    "nmae = \"TikTok Shipping insurance, insured by U-PIC\"",
                    "unknown key `nmae` (did you mean `name`?), expected one of `id`, `name`, `kind`, `currency`, `home`, `sources`, `calendars`, `version`",
                ),
                ("published = \"2025-10-17\"", "expected a day such as 2026-07-01, without quotes"),
                (
                    "counts = [\"prodcut\", \"coupn\", \"shipping\"]",
                    "unknown word `prodcut` (did you mean `product`?), expected one of `product`, `coupon`, `shipping`",
                ),
                (
                    "counts = [\"prodcut\", \"coupn\", \"shipping\"]",
                    "unknown word `coupn` (did you mean `coupon`?), expected one of `product`, `coupon`, `shipping`",
                ),
                (
                    "amount = 200.00",
                    "`200.00` stands without quotes, expected it in quotes: \"200.00\"",
                ),
                ("[version.purchase]", "the key `until` is missing here"),
                ("scanned = \"yes\"", "expected true or false, without quotes"),
                (
                    "business_days = 10",
                    "unknown key `business_days` (did you mean `business-days`?), expected one of `business-days`, `calendar`, `clause`, `source`, `confidence`",
                ),
                ("domestic = 21.5", "expected a whole number without quotes, such as 30"),
                ("days = \"90\"", "expected a whole number without quotes, such as 90"),
                (
                    "[version.incident.shortag.pays]",
                    "unknown word `shortag` (did you mean `shortage`?), expected one of `loss`, `damage`, `shortage`, `delay`, `theft`, `misdelivery`",
                ),
            ],
        );
    }

    #[test]
    fn a_key_that_does_not_belong_hides_nothing() {
        let text = changed(&[
            ("amount = \"200.00\"", "amount = \"200.005\"\nup-to = \"9\""),
            ("source = \"shopify-shipsurance\"", "source = \"shopify-shipsurence\""),
        ]);
        let mistakes = mistakes(&text);
        let starts = [
            ("amount = \"200.005\"", "`200.005` has more decimals than USD has (2)"),
            ("up-to = \"9\"", "unknown key `up-to`, expected one of `amount`"),
            (
                "source = \"shopify-shipsurence\"",
                "source `shopify-shipsurence` of clause `premium` is not among the plan's sources (S0, ",
            ),
        ];
        assert_eq!(mistakes.len(), starts.len(), "{mistakes:?}");
        for ((line, said), (at, start)) in mistakes.iter().zip(starts) {
            assert!(*line == at && said.starts_with(start), "{line}: {said}");
        }
        assert!(mistakes[2].1.ends_with(", did you mean `shopify-shipsurance`?"), "{mistakes:?}");
    }

    /// What stands in for what is missing is read on with, and nothing is said of it.
    #[test]
    fn all_that_is_missing_is_told_at_once() {
        let text = changed(&[
            ("published = 2025-10-17\n", ""),
            ("effective = 2025-10-17\n", "effective = 2024-01-01\n"),
            ("[version.refund]", "[version.refnd]"),
            ("[version.incident.loss.pays]", "[version.incident.loss.pay]"),
            ("title = ", "titel = "),
            ("per = \"100.00\"", "per = \"0\""),
        ]);
        let whole = mistakes(&text);
        let told: Vec<&str> =
            whole.iter().map(|(_, said)| said.split(", expected one of").next().unwrap()).collect();
        assert_eq!(
            told,
            [
                "unknown key `titel` (did you mean `title`?)",
                "the key `published` is missing here",
                "expected more than zero",
                "unknown key `refnd` (did you mean `refund`?)",
                "expected `pays`: what is paid for it",
                "unknown key `pay` (did you mean `pays`?)",
            ],
            "{whole:?}"
        );
        let bare = "id = \"x\"\nname = \"X\"\nkind = \"insurance\"\ncurrency = \"JPY\"\nhome = \"JP\"\n\
                    [sources.a]\n[[version]]\neffective = 2020-01-01\n[version.maximum]\namount = \"100\"\n\
                    [version.incident.theft]\n";
        hold(
            bare,
            &[
                ("[sources.a]", "the key `title` is missing here"),
                (
                    "[[version]]",
                    "the keys `published`, `value`, `included`, `premium`, `purchase`, `fulfilment`, `refund`, `claims` are missing here",
                ),
                ("[version.maximum]", "the keys `clause`, `source` are missing here"),
                ("[version.incident.theft]", "the keys `clause`, `source` are missing here"),
                ("[version.incident.theft]", "expected `pays`: what is paid for it"),
            ],
        );
    }

    /// A price that cannot be read is no reason to say that there is none.
    #[test]
    fn what_follows_from_another_mistake_is_not_told() {
        let unit = "rate = \"0.75\"\nper = \"100.00\"\npart = \"whole\"\n";
        let bands = "bands = [{ up-to = \"50.00\", flat = \"0.60\" }, { above = \"50.00\", percent = \"0.01\" }]\n";
        hold(
            &changed(&[(unit, bands)]),
            &[(
                bands.trim_end(),
                "`0.01` is written as a fraction: a premium of 1 per cent is written \"1.0\"; state less than 0.1 per cent with `rate` and `per`",
            )],
        );
    }

    #[test]
    fn a_version_that_is_like_none_hides_nothing() {
        let text = changed(&[("amount = \"200.00\"", "amount = 200.00")])
            + "\n[[version]]\neffective = 2027-01-01\npublished = 2026-12-01\nlike = 2026-01-01\n";
        hold(
            &text,
            &[
                (
                    "amount = 200.00",
                    "`200.00` stands without quotes, expected it in quotes: \"200.00\"",
                ),
                (
                    "like = 2026-01-01",
                    "expected the effective day of a version that is written in full: 2025-10-17",
                ),
            ],
        );
    }

    #[test]
    fn every_mistake_of_toml_itself_is_told() {
        hold(
            "a = 1\na = 2\nb = \"x",
            &[
                ("a = 2", "this key stands here twice, expected it once"),
                ("b = \"x", "invalid basic string, expected `\"`"),
            ],
        );
        hold(
            "",
            &[(
                "",
                "the keys `id`, `name`, `kind`, `currency`, `home`, `sources`, `version` are missing here",
            )],
        );
    }

    /// Lines of every built-in plan, left out, written twice, or changed: whatever is wrong then is
    /// shown at a line of the file with a caret below.
    #[test]
    fn whatever_is_wrong_is_shown_at_a_line_with_a_caret() {
        let is_shown = |text: &str| {
            let Err(faults) = check(text) else { return false };
            assert!(!faults.is_empty());
            for fault in &faults {
                let lines = text.lines().count().max(1);
                assert!((1..=lines + 1).contains(&fault.line), "{fault}\n{text}");
                let told = fault.to_string();
                let excerpt: Vec<&str> = told.lines().collect();
                let (shown, caret) = (excerpt[2], excerpt[3]);
                let line = text.lines().nth(fault.line - 1).unwrap_or_default();
                assert_eq!(shown, format!("{} | {line}", fault.line).as_str());
                let at = shown.find('|').unwrap() + 1 + fault.column;
                assert_eq!(caret.find('^'), Some(at), "{told}");
                assert!(!fault.message.is_empty());
            }
            true
        };
        let plans = super::super::Catalog::default().all().unwrap().plans;
        let (mut wrong, mut tried) = (0, 0);
        let all: usize = plans.iter().map(|plan| plan.text.lines().count()).sum();
        // With more plans fewer lines of each: the test is to stay quick.
        let step = all / 400 + 1;
        for plan in &plans {
            let lines: Vec<&str> = plan.text.lines().collect();
            for at in (0..lines.len()).step_by(step) {
                let with =
                    |line: &[&str]| [&lines[..at], line, &lines[at + 1..]].concat().join("\n");
                let line = lines[at];
                let (key, value) = line.split_once(" = ").unwrap_or((line, ""));
                let text = match tried % 7 {
                    0 => with(&[]),
                    1 => with(&[line, line]),
                    2 => with(&[&format!("{key}x = {value}")]),
                    3 => with(&[&format!("{key} = 0.5")]),
                    4 => with(&[&format!("{key} = \"ü{value}")]),
                    5 => with(&[&format!("{key} = \"\"")]),
                    _ => with(&[&format!("{key} = [1, {{}}]")]),
                };
                tried += 1;
                wrong += usize::from(is_shown(&text));
            }
        }
        assert!(wrong * 2 > tried && tried > 200, "{wrong} of {tried} are mistakes");
    }
}
