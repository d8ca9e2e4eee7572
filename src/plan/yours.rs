//! The user's own figures in place of assumed ones, put into the text of a plan where they stand.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeArray, DeTable, DeValue};

use super::place::suffix;
use super::read::{PlanError, check};
use crate::words::nearest;

/// A figure the user states in place of an assumed one: `premium.rate` = `0.90`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Override {
    /// Its place in a version: `premium.rate`, `incident.loss.evidence.letter.grace.days`.
    pub figure: String,
    /// The user's figure, as written.
    pub value: String,
}

/// The text of a plan with the user's figures in place of assumed ones. Nothing else of it changes.
///
/// # Errors
/// A figure that the plan does not have, that has a source and so is not the user's to set, or
/// that makes no sense there.
pub(super) fn with_your_figures(
    file: &str,
    text: &str,
    overrides: &[Override],
) -> Result<String, PlanError> {
    let wrong = |stated: &Override, why: String| PlanError {
        file: file.to_owned(),
        message: format!("your figure `{}` = \"{}\": {why}", stated.figure, stated.value),
    };
    // Two figures may only make sense together, so it is the whole that is checked.
    let mut steps = vec![text.to_owned()];
    for stated in overrides {
        let before = steps.last().map_or(text, String::as_str);
        steps.push(put_in(before, stated).map_err(|why| wrong(stated, why))?);
    }
    let whole = steps.last().cloned().unwrap_or_default();
    let Err(faults) = check(&whole) else { return Ok(whole) };
    let first = overrides.iter().zip(&steps[1..]).find(|(_, text)| check(text).is_err());
    let why: Vec<&str> = faults.iter().map(|fault| fault.message.as_str()).collect();
    match first {
        Some((stated, _)) => Err(wrong(stated, why.join("; "))),
        None => Ok(whole),
    }
}

/// Sets one figure in every version where it is an assumed one.
fn put_in(text: &str, stated: &Override) -> Result<String, String> {
    let (way, key) = stated
        .figure
        .rsplit_once('.')
        .ok_or_else(|| "expected the place of a figure, such as premium.rate".to_owned())?;
    let table = DeTable::parse(text).map_err(|why| why.message().to_owned())?;
    let versions = table.get_ref().get("version").and_then(|value| value.get_ref().as_array());
    let mut found = false;
    let mut edits: Vec<(Range<usize>, String)> = Vec::new();
    for version in versions.into_iter().flatten().filter_map(|v| v.get_ref().as_table()) {
        let Some(before) = figure(version, way, key) else { continue };
        found = true;
        let confidence = clause_of(version, way).and_then(|clause| clause.get("confidence"));
        // A clause may have several figures, and the first makes it the user's.
        let open =
            |is: &&Spanned<DeValue<'_>>| matches!(is.get_ref().as_str(), Some("assumed" | "yours"));
        let Some(confidence) = confidence.filter(open) else { continue };
        edits.push((before.span(), like(before.get_ref(), &stated.value)?));
        edits.push((confidence.span(), quoted("yours")));
    }
    if edits.is_empty() {
        return Err(match found {
            false => {
                let versions = table.get_ref().get("version").and_then(|v| v.get_ref().as_array());
                no_such(&stated.figure, versions.into_iter().flatten())
            }
            true => "this figure has a source, only an assumed one can be replaced".to_owned(),
        });
    }
    // From the end on, so that what stands before keeps its place.
    edits.sort_by_key(|(span, _)| std::cmp::Reverse(span.start));
    let mut text = text.to_owned();
    for (span, value) in edits {
        text.replace_range(span, &value);
    }
    Ok(text)
}

/// That there is no such figure, with the one that is near, else with those that can be stated.
fn no_such<'t, 'i: 't>(
    named: &str,
    versions: impl Iterator<Item = &'t Spanned<DeValue<'i>>>,
) -> String {
    let mut open: Vec<String> = Vec::new();
    for version in versions.filter_map(|version| version.get_ref().as_table()) {
        open_figures(version, "", false, &mut open);
    }
    let near = nearest(named, open.iter().map(String::as_str));
    match (near, open.is_empty()) {
        (Some(near), _) => format!("the plan has no such figure, did you mean `{near}`?"),
        (None, true) => {
            "the plan has no such figure, and none of its figures is assumed".to_owned()
        }
        (None, false) => {
            format!("the plan has no such figure, those that are assumed: {}", open.join(", "))
        }
    }
}

/// The names of the figures that are assumed, as they are stated, each once.
fn open_figures(table: &DeTable<'_>, way: &str, around: bool, found: &mut Vec<String>) {
    let confidence = table.get("confidence").and_then(|word| word.get_ref().as_str());
    let is_open = match table.contains_key("clause") {
        true => matches!(confidence, Some("assumed" | "yours")),
        false => around,
    };
    for (key, value) in table {
        let name = if way.is_empty() {
            key.get_ref().to_string()
        } else {
            format!("{way}.{}", key.get_ref())
        };
        match value.get_ref() {
            DeValue::Table(_) if key.get_ref() == "when" => {}
            DeValue::Table(inner) => open_figures(inner, &name, is_open, found),
            DeValue::Array(entries) => {
                for (at, entry) in entries.iter().enumerate() {
                    if let DeValue::Table(inner) = entry.get_ref() {
                        let name = format!("{name}{}", suffix(inner, at, entries.len()));
                        open_figures(inner, &name, is_open, found);
                    }
                }
            }
            _ if is_open && is_figure(key.get_ref()) && !found.contains(&name) => found.push(name),
            _ => {}
        }
    }
}

fn is_figure(key: &str) -> bool {
    !["clause", "source", "confidence"].contains(&key)
}

/// A figure as it stands; words, sources and confidences are none.
fn figure<'t, 'i>(
    version: &'t DeTable<'i>,
    way: &str,
    key: &str,
) -> Option<&'t Spanned<DeValue<'i>>> {
    let value = enter(version, way)?.get(key)?;
    let is_figure =
        is_figure(key) && !matches!(value.get_ref(), DeValue::Table(_) | DeValue::Array(_));
    is_figure.then_some(value)
}

/// The user's text as a value of the same kind, as TOML writes it.
fn like(before: &DeValue<'_>, text: &str) -> Result<String, String> {
    let bare = text.trim();
    match before {
        DeValue::Integer(_) => match bare.parse::<u32>() {
            Ok(number) => Ok(number.to_string()),
            Err(_) => Err("expected a whole number".to_owned()),
        },
        DeValue::Boolean(_) => match bare {
            "true" | "yes" => Ok("true".to_owned()),
            "false" | "no" => Ok("false".to_owned()),
            _ => Err("expected yes or no".to_owned()),
        },
        _ => Ok(quoted(bare)),
    }
}

fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

/// The table at a way as clauses are named: a list is entered by the number of its entry, or by
/// the document or question the entry names; a list of one needs neither.
fn enter<'t, 'i>(version: &'t DeTable<'i>, way: &str) -> Option<&'t DeTable<'i>> {
    let mut here = version;
    let mut keys = way.split('.').peekable();
    while let Some(key) = keys.next() {
        here = match here.get(key)?.get_ref() {
            DeValue::Table(table) => table,
            DeValue::Array(entries) => {
                let at = match keys.peek().and_then(|key| entry_of(entries, key)) {
                    Some(at) => {
                        keys.next();
                        at
                    }
                    None if entries.len() == 1 => 0,
                    None => return None,
                };
                entries.get(at)?.get_ref().as_table()?
            }
            _ => return None,
        };
    }
    Some(here)
}

fn entry_of(entries: &DeArray<'_>, key: &str) -> Option<usize> {
    let text = |entry: &Spanned<DeValue<'_>>, name: &str| {
        entry.get_ref().as_table()?.get(name)?.get_ref().as_str().map(str::to_owned)
    };
    let names = |entry: &Spanned<DeValue<'_>>| {
        ["kind", "fact"].iter().any(|name| text(entry, name).as_deref() == Some(key))
    };
    let numbered = key.parse::<usize>().ok().and_then(|at| at.checked_sub(1));
    entries.iter().position(names).or(numbered.filter(|at| *at < entries.len()))
}

/// The nearest clause at or around a way.
fn clause_of<'t, 'i>(version: &'t DeTable<'i>, way: &str) -> Option<&'t DeTable<'i>> {
    let mut way = way;
    loop {
        match enter(version, way).filter(|table| table.contains_key("clause")) {
            Some(clause) => return Some(clause),
            None => way = way.rsplit_once('.')?.0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Override, with_your_figures};
    use crate::plan::{Confidence, read};

    const TIKTOK: &str = include_str!("../plans/tiktok-upic.toml");

    fn stated(figure: &str, value: &str) -> Override {
        Override { figure: figure.into(), value: value.into() }
    }

    fn put(text: &str, figures: &[(&str, &str)]) -> Result<String, String> {
        let figures: Vec<Override> = figures.iter().map(|(f, v)| stated(f, v)).collect();
        with_your_figures("t.toml", text, &figures).map_err(|why| why.message)
    }

    #[test]
    fn an_assumed_figure_can_be_yours_and_says_so() {
        let text = put(TIKTOK, &[("premium.rate", "0.90")]).unwrap();
        let plan = read("t.toml", &text).unwrap();
        let premium = plan.versions[0].clauses().iter().find(|c| c.id == "premium").unwrap();
        assert_eq!(premium.confidence, Confidence::Yours);
        assert!(premium.figures.contains(&("rate".into(), "0.90".into())), "{premium:?}");
        let changed: Vec<(&str, &str)> =
            TIKTOK.lines().zip(text.lines()).filter(|(before, after)| before != after).collect();
        assert_eq!(
            changed,
            [
                ("rate = \"0.75\"", "rate = \"0.90\""),
                ("confidence = \"assumed\"", "confidence = \"yours\"")
            ]
        );
    }

    #[test]
    fn a_published_or_unknown_figure_is_not_replaced() {
        let why = |figure: &str| put(TIKTOK, &[(figure, "1.00")]).unwrap_err();
        assert!(why("included.amount").contains("has a source"));
        assert!(why("premium.prize").contains("no such figure"));
        assert!(why("premium.source").contains("no such figure"));
        assert!(why("goods.excluded").contains("no such figure"));
        assert!(why("rate").contains("such as premium.rate"));
    }

    #[test]
    fn a_figure_that_makes_no_sense_is_named_with_what_was_expected() {
        let why = |value: &str| put(TIKTOK, &[("premium.rate", value)]).unwrap_err();
        assert_eq!(
            why("lots"),
            "your figure `premium.rate` = \"lots\": `lots` is not an amount, expected digits with a point before the cents, such as 450.00"
        );
        assert!(why("0.9\" # ").contains("is not an amount"), "{}", why("0.9\" # "));
        let per = put(TIKTOK, &[("premium.per", "0")]).unwrap_err();
        assert_eq!(per, "your figure `premium.per` = \"0\": expected more than zero");
    }

    /// A list is entered by number, by document, or not at all where there is one entry only.
    #[test]
    fn a_figure_in_a_list_can_be_yours() {
        let one = TIKTOK.replace(
            "kind = \"invoice\"\nfrom = \"seller\"\nclause = \"An invoice showing buyer, products, total and shipping.\"\nsource = \"upic-claims\"\n\n[[version.incident.loss.evidence]]",
            "kind = \"invoice\"\nfrom = \"seller\"\nclause = \"An invoice.\"\nsource = \"upic-claims\"\n\n[version.incident.loss.evidence.grace]\ndays = 9\nclause = \"Soon.\"\nsource = \"S0\"\nconfidence = \"assumed\"\n\n[[version.incident.loss.evidence]]",
        );
        assert_ne!(one, TIKTOK);
        let figure = "incident.loss.evidence.invoice.grace.days";
        let text = put(&one, &[(figure, "12")]).unwrap();
        let plan = read("t.toml", &text).unwrap();
        let clauses = plan.versions[0].clauses();
        let grace =
            clauses.iter().find(|c| c.id == "incident.loss.evidence.invoice.grace").unwrap();
        assert_eq!(grace.figures, [("days".to_owned(), "12".to_owned())]);
        assert_eq!(grace.confidence, Confidence::Yours);
        assert_eq!(put(&one, &[("incident.loss.evidence.1.grace.days", "12")]).unwrap(), text);
        assert!(put(&one, &[(figure, "a week")]).unwrap_err().contains("expected a whole number"));

        let premium = "[version.premium]\n";
        let cases = TIKTOK.replace(
            premium,
            "[[version.premium]]\nwhen = { route = \"international\" }\non = \"whole\"\npercent = \"2.0\"\nrounding = \"up\"\nconfidence = \"assumed\"\nclause = \"Abroad.\"\nsource = \"S0\"\n\n[[version.premium]]\n",
        );
        let text =
            put(&cases, &[("premium.2.rate", "0.80"), ("premium.1.percent", "2.5")]).unwrap();
        assert!(text.contains("rate = \"0.80\"") && text.contains("percent = \"2.5\""), "{text}");
        assert!(put(&cases, &[("premium.rate", "0.80")]).unwrap_err().contains("no such figure"));
    }

    #[test]
    fn two_figures_of_one_clause_can_be_yours() {
        let text = put(TIKTOK, &[("premium.rate", "0.80"), ("premium.per", "50.00")]);
        let plan = read("t.toml", &text.unwrap()).unwrap();
        let premium = plan.versions[0].clauses().iter().find(|c| c.id == "premium").unwrap();
        assert!(premium.figures.contains(&("per".into(), "50.00".into())), "{premium:?}");
    }
}
