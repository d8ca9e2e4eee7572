//! Reading a plan file: TOML to [`Plan`], the user's own figures put in, everything checked.

use serde::Deserialize;
use toml::{Table, Value};

use super::place::{self, Place};
use super::terms::Plan;
use super::{Confidence, check};

/// A figure the user states in place of an assumed one: `premium.rate` = `0.90`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Override {
    /// Its place in a version: `premium.rate`.
    pub figure: String,
    /// The user's figure, as written.
    pub value: String,
}

/// What is wrong with a plan file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}: {message}")]
pub struct PlanError {
    /// The file.
    pub file: String,
    /// What is wrong: with line, column and a caret, several with an empty line between.
    pub message: String,
}

/// Reads a plan from its text.
///
/// # Errors
/// What is wrong, where it stands, with what was expected.
pub fn read(file: &str, text: &str) -> Result<Plan, PlanError> {
    let wrong = |message: String| PlanError { file: file.to_owned(), message };
    let unreadable = |mut why: toml::de::Error| {
        why.set_input(Some(text));
        wrong(why.to_string().trim_end().replace("TOML parse error at ", ""))
    };
    let (table, unlike) = place::parsed(text).map_err(unreadable)?;
    if let Some((at, message)) = unlike.first() {
        return Err(wrong(place::shown(text, at, message)));
    }
    let mut plan = Plan::deserialize(toml::Deserializer::from(table)).map_err(unreadable)?;
    let mut listed = place::clauses(text).into_iter();
    let mut problems = check::plan(&plan);
    for version in &mut plan.versions {
        let clauses = listed.next().unwrap_or_default();
        problems.extend(check::sources(&plan.sources, &clauses));
        version.clauses = clauses.into_iter().map(|(_, clause)| clause).collect();
        version.name_cases();
    }
    if problems.is_empty() {
        return Ok(plan);
    }
    let shown = problems.iter().map(|(at, message)| place::shown(text, at, message));
    Err(wrong(shown.collect::<Vec<_>>().join("\n\n")))
}

/// The text of a plan with the user's figures in place of assumed ones.
///
/// # Errors
/// A figure that the plan does not have, or that is published and so not the user's to set.
pub(super) fn with_your_figures(
    file: &str,
    text: &str,
    overrides: &[Override],
) -> Result<String, PlanError> {
    let wrong = |message: String| PlanError { file: file.to_owned(), message };
    let mut table: Table =
        toml::from_str(text).map_err(|e| wrong(e.to_string().trim_end().to_owned()))?;
    for stated in overrides {
        put_in(&mut table, stated).map_err(|why| {
            wrong(format!("your figure `{}` = \"{}\": {why}", stated.figure, stated.value))
        })?;
    }
    toml::to_string(&table).map_err(|e| wrong(e.to_string()))
}

/// Sets one figure in every version where it is an assumed one.
fn put_in(plan: &mut Table, stated: &Override) -> Result<(), String> {
    let (way, key) = stated
        .figure
        .rsplit_once('.')
        .ok_or_else(|| "expected the place of a figure, such as premium.rate".to_owned())?;
    let versions = plan.get_mut("version").and_then(Value::as_array_mut).into_iter().flatten();
    let (mut found, mut assumed) = (false, false);
    for version in versions.filter_map(Value::as_table_mut) {
        let Some(before) = figure(version, way, key) else { continue };
        found = true;
        let Some(clause) = clause_of(version, way) else { continue };
        // A clause of which another figure was stated before is the user's already.
        let confidence = clause.get("confidence").and_then(Value::as_str);
        if !matches!(confidence, Some("assumed" | "yours")) {
            continue;
        }
        clause.insert("confidence".to_owned(), Value::String("yours".to_owned()));
        let value = like(&before, &stated.value)?;
        if let Some(table) = enter(version, way) {
            table.insert(key.to_owned(), value);
        }
        assumed = true;
    }
    match (found, assumed) {
        (false, _) => Err("the plan has no such figure".to_owned()),
        (_, false) => {
            Err("this figure has a source, only an assumed one can be replaced".to_owned())
        }
        _ => Ok(()),
    }
}

/// A figure as it stands; words, sources and confidences are none.
fn figure(version: &mut Table, way: &str, key: &str) -> Option<Value> {
    let value = enter(version, way)?.get(key)?.clone();
    let is_figure = !["clause", "source", "confidence"].contains(&key)
        && !matches!(value, Value::Table(_) | Value::Array(_));
    is_figure.then_some(value)
}

/// The user's text as a value of the same kind.
fn like(before: &Value, text: &str) -> Result<Value, String> {
    match before {
        Value::Integer(_) => text
            .trim()
            .parse()
            .map(Value::Integer)
            .map_err(|_| "expected a whole number".to_owned()),
        Value::Boolean(_) => match text.trim() {
            "true" | "yes" => Ok(Value::Boolean(true)),
            "false" | "no" => Ok(Value::Boolean(false)),
            _ => Err("expected yes or no".to_owned()),
        },
        _ => Ok(Value::String(text.to_owned())),
    }
}

/// The table at a way as clauses are named: a list is entered by the number of its entry, or by
/// the document or question the entry names; a list of one needs neither.
fn enter<'t>(version: &'t mut Table, way: &str) -> Option<&'t mut Table> {
    let mut here = version;
    let mut keys = way.split('.').peekable();
    while let Some(key) = keys.next() {
        here = match here.get_mut(key)? {
            Value::Table(table) => table,
            Value::Array(entries) => {
                let at = match keys.peek().and_then(|key| entry_of(entries, key)) {
                    Some(at) => {
                        keys.next();
                        at
                    }
                    None if entries.len() == 1 => 0,
                    None => return None,
                };
                entries.get_mut(at)?.as_table_mut()?
            }
            _ => return None,
        };
    }
    Some(here)
}

fn entry_of(entries: &[Value], key: &str) -> Option<usize> {
    let names = |entry: &Value| {
        ["kind", "fact"].iter().any(|name| entry.get(name).and_then(Value::as_str) == Some(key))
    };
    let numbered = key.parse::<usize>().ok().and_then(|at| at.checked_sub(1));
    entries.iter().position(names).or(numbered.filter(|at| *at < entries.len()))
}

/// The nearest clause at or around a way.
fn clause_of<'t>(version: &'t mut Table, way: &str) -> Option<&'t mut Table> {
    let is_clause = |version: &mut Table, way: &str| {
        enter(version, way).is_some_and(|t| t.contains_key("clause"))
    };
    let mut way = way;
    while !is_clause(version, way) {
        way = way.rsplit_once('.')?.0;
    }
    enter(version, way)
}

/// What is wrong, and where.
pub(super) type Problem = (Place, String);

impl Confidence {
    /// As it stands beside a figure: nothing where a source says so.
    pub fn remark(self) -> &'static str {
        match self {
            Confidence::Published => "",
            other => other.word(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Override, read, with_your_figures};
    use crate::plan::Confidence;

    const TIKTOK: &str = include_str!("../plans/tiktok-upic.toml");

    fn rate(value: &str) -> Override {
        Override { figure: "premium.rate".into(), value: value.into() }
    }

    #[test]
    fn an_assumed_figure_can_be_yours_and_says_so() {
        let text = with_your_figures("tiktok-upic.toml", TIKTOK, &[rate("0.90")]).unwrap();
        let plan = read("tiktok-upic.toml", &text).unwrap();
        let premium = plan.versions[0].clauses().iter().find(|c| c.id == "premium").unwrap();
        assert_eq!(premium.confidence, Confidence::Yours);
        assert!(premium.figures.contains(&("rate".into(), "0.90".into())), "{premium:?}");
    }

    #[test]
    fn two_figures_of_one_clause_can_both_be_yours() {
        let per = Override { figure: "premium.per".into(), value: "50.00".into() };
        let text = with_your_figures("tiktok-upic.toml", TIKTOK, &[rate("0.90"), per]).unwrap();
        let plan = read("tiktok-upic.toml", &text).unwrap();
        let premium = plan.versions[0].clauses().iter().find(|c| c.id == "premium").unwrap();
        for figure in [("rate", "0.90"), ("per", "50.00")] {
            assert!(premium.figures.contains(&(figure.0.into(), figure.1.into())), "{premium:?}");
        }
    }

    #[test]
    fn a_published_or_unknown_figure_is_not_replaced() {
        let why = |figure: &str| {
            let stated = Override { figure: figure.into(), value: "1.00".into() };
            with_your_figures("t.toml", TIKTOK, &[stated]).unwrap_err().message
        };
        assert!(why("included.amount").contains("has a source"));
        assert!(why("premium.prize").contains("no such figure"));
        assert!(why("rate").contains("such as premium.rate"));
    }

    #[test]
    fn a_slip_in_the_file_is_shown_where_it_is() {
        let slip = TIKTOK.replace("part = \"whole\"", "part = \"hole\"");
        let shown = read("mine.toml", &slip).unwrap_err().to_string();
        assert!(shown.contains("mine.toml: line 56, column 8"), "{shown}");
        assert!(shown.contains("part = \"hole\"\n   |        ^^^^^^"), "{shown}");
        assert!(shown.contains("expected `whole` or `prorated`"), "{shown}");
    }

    #[test]
    fn what_serde_cannot_see_is_checked_too() {
        let message =
            |from: &str, to: &str| read("m.toml", &TIKTOK.replace(from, to)).unwrap_err().message;
        assert!(
            message("source = \"shopify-shipsurance\"", "source = \"S9\"")
                .contains("source `S9` of clause `premium` is not among")
        );
        assert!(
            message("amount = \"200.00\"", "amount = \"200.005\"")
                .contains("more decimals than USD")
        );
        assert!(
            message("amount = \"5000.00\"", "amount = \"50.00\"")
                .contains("maximum of 50.00 is below the included cover of 200.00")
        );
        assert!(message("per = \"100.00\"", "per = \"0\"").contains("more than zero"));
        assert!(message("id = \"tiktok-upic\"", "id = \"Tik Tok\"").contains("lower-case letters"));
        assert!(message("rate = \"0.75\"", "rate = \"-1\"").contains("is negative"));
        assert!(
            message("rate = \"0.75\"", "rate = \"0.75\"\nratte = \"1\"")
                .contains("unknown field `ratte`")
        );
    }

    const UNIT: &str = "rate = \"0.75\"\nper = \"100.00\"\npart = \"whole\"\n";

    #[test]
    fn bands_leave_no_gap_and_no_overlap() {
        let shown = |bands: &str| {
            let text = TIKTOK.replace(UNIT, &format!("bands = [\n{bands}\n]\n"));
            read("m.toml", &text).map(|_| String::new()).unwrap_or_else(|e| e.message)
        };
        let flat = "{ up-to = \"50.00\", flat = \"0.60\" },\n";
        assert_eq!(shown(&format!("{flat}{{ above = \"50.00\", percent = \"1.0\" }}")), "");
        let gap = shown(&format!("{flat}{{ above = \"60.00\", percent = \"1.0\" }}"));
        assert_eq!(
            gap,
            "line 56, column 11\n   |\n56 | { above = \"60.00\", percent = \"1.0\" }\n   |           ^^^^^^^\n\
             gap: nothing is said of 50.00 to 60.00, expected above = \"50.00\""
        );
        assert!(shown(&format!("{flat}{{ above = \"40.00\", flat = \"1\" }}")).contains("overlap"));
        assert!(shown(flat).contains("nothing is said above 50.00"));
        assert!(shown("{ flat = \"1\" },\n{ above = \"9\", flat = \"1\" }").contains("overlap"));
        assert!(shown("{ flat = \"1\", percent = \"1.0\" }").contains("expected one price"));
    }

    #[test]
    fn a_percentage_written_as_a_fraction_is_shown() {
        let text = TIKTOK.replace(UNIT, "percent = \"0.0075\"\n");
        let shown = read("m.toml", &text).unwrap_err().message;
        assert!(shown.starts_with("line 54, column 11\n"), "{shown}");
        assert!(
            shown.contains("`0.0075` is written as a fraction: a premium of 1 per cent"),
            "{shown}"
        );
    }

    #[test]
    fn days_out_of_order_keys_twice_and_keys_missing_are_shown() {
        let shown = |from: &str, to: &str| {
            let text = TIKTOK.replacen(from, to, 1);
            read("m.toml", &text).unwrap_err().message
        };
        let later = shown("published = 2025-10-17", "published = 2025-10-18");
        assert!(later.starts_with("line 35, column 13\n"), "{later}");
        assert!(later.contains("2025-10-18\n   |             ^^^^^^^^^^"), "{later}");
        let twice = shown("on = \"uninsured\"", "on = \"uninsured\"\non = \"whole\"");
        assert!(twice.contains("duplicate key"), "{twice}");
        let missing = shown("effective = 2025-10-17\n", "");
        assert!(missing.contains("missing field `effective`"), "{missing}");
        assert!(missing.contains("^"), "{missing}");
    }
}
