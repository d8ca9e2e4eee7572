//! Reading a plan file: TOML to [`Plan`], the user's own figures put in, everything checked.

use std::fmt;

use toml::{Table, Value};

use super::terms::{Cited, Confidence, Plan, Version};
use crate::calendar::Day;

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
    /// What is wrong, where it is known with line, column and a caret.
    pub message: String,
}

/// Reads a plan from its text.
///
/// # Errors
/// The first thing that is wrong, with what was expected.
pub fn read(file: &str, text: &str) -> Result<Plan, PlanError> {
    let wrong = |message: String| PlanError { file: file.to_owned(), message };
    let plan: Plan =
        toml::from_str(text).map_err(|e| wrong(e.to_string().trim_end().to_owned()))?;
    check(&plan).map_err(wrong)?;
    Ok(plan)
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
    let (place, key) = stated
        .figure
        .rsplit_once('.')
        .ok_or_else(|| "expected the place of a figure, such as premium.rate".to_owned())?;
    let versions = plan.get_mut("version").and_then(Value::as_array_mut).into_iter().flatten();
    let mut assumed = 0;
    for version in versions.filter_map(Value::as_table_mut) {
        let clause = place
            .split('.')
            .try_fold(version, |table, part| table.get_mut(part).and_then(Value::as_table_mut))
            .filter(|clause| clause.contains_key(key))
            .ok_or_else(|| "the plan has no such figure".to_owned())?;
        if clause.get("confidence").and_then(Value::as_str) == Some("assumed") {
            clause.insert(key.to_owned(), Value::String(stated.value.clone()));
            clause.insert("confidence".to_owned(), Value::String("yours".to_owned()));
            assumed += 1;
        }
    }
    if assumed == 0 {
        return Err("this figure has a source, only an assumed one can be replaced".to_owned());
    }
    Ok(())
}

fn check(plan: &Plan) -> Result<(), String> {
    let id_ok = |id: &str| {
        !id.is_empty()
            && id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
    };
    if !id_ok(&plan.id) {
        return Err(format!("id `{}`: expected lower-case letters, digits and hyphens", plan.id));
    }
    if plan.versions.is_empty() {
        return Err("expected at least one [[version]]".to_owned());
    }
    for pair in plan.versions.windows(2) {
        if pair[0].effective >= pair[1].effective {
            return Err(format!(
                "version {} stands after {}: expected versions in order of their effective day, none twice",
                pair[1].effective, pair[0].effective
            ));
        }
    }
    for version in &plan.versions {
        check_version(plan, version)
            .map_err(|why| format!("version {}: {why}", version.effective))?;
    }
    Ok(())
}

fn check_version(plan: &Plan, version: &Version) -> Result<(), String> {
    for clause in version.clauses() {
        if !plan.sources.contains_key(&clause.source) {
            let known: Vec<&str> = plan.sources.keys().map(String::as_str).collect();
            return Err(format!(
                "clause `{}`: source `{}` is not among the plan's sources ({})",
                clause.id,
                clause.source,
                known.join(", ")
            ));
        }
    }
    let amount = |place: &str, amount: super::values::Amount| {
        amount.of(plan.currency).map_err(|why| format!("{place}: {why}"))
    };
    let included = amount("included.amount", version.included.amount)?;
    let maximum = amount("maximum.amount", version.maximum.amount)?;
    let per = amount("premium.per", version.premium.per)?;
    if per.is_zero() {
        return Err("premium.per: expected more than zero".to_owned());
    }
    if maximum.minor() < included.minor() {
        return Err(format!("maximum.amount {maximum} is below included.amount {included}"));
    }
    Ok(())
}

/// A clause that owns its place, for lists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedClause {
    /// Its place in the version.
    pub id: String,
    /// Its words.
    pub text: String,
    /// The short name of its source.
    pub source: String,
    /// How sure it is.
    pub confidence: Confidence,
}

impl Version {
    /// Every clause of the version, in the order of a plan file.
    pub fn clauses(&self) -> Vec<ListedClause> {
        let mut all: Vec<(String, &dyn Cited)> = vec![
            ("value".into(), &self.value),
            ("included".into(), &self.included),
            ("maximum".into(), &self.maximum),
            ("premium".into(), &self.premium),
            ("purchase".into(), &self.purchase),
        ];
        if let Some(agreement) = &self.agreement {
            all.push(("agreement".into(), agreement));
        }
        all.push(("fulfilment".into(), &self.fulfilment));
        all.push(("goods".into(), &self.goods));
        all.push(("destinations".into(), &self.destinations));
        all.push(("refund".into(), &self.refund));
        all.push(("claims".into(), &self.claims));
        all.push(("decision".into(), &self.decision));
        all.extend(self.appeals.iter().map(|a| ("appeals".into(), a as &dyn Cited)));
        all.extend(self.conditions.iter().map(|c| ("conditions".into(), c as &dyn Cited)));
        for (incident, terms) in &self.incident {
            let place = format!("incident.{}", incident.word());
            all.push((place.clone(), terms));
            if let Some(waiting) = &terms.waiting {
                all.push((format!("{place}.waiting"), waiting));
            }
            all.push((format!("{place}.window"), &terms.window));
            all.push((format!("{place}.pays"), &terms.pays));
            all.extend(
                terms.evidence.iter().map(|e| (format!("{place}.evidence"), e as &dyn Cited)),
            );
        }
        all.into_iter()
            .map(|(id, cited)| {
                let clause = cited.cite("");
                ListedClause {
                    id,
                    text: clause.text.to_owned(),
                    source: clause.source.to_owned(),
                    confidence: clause.confidence,
                }
            })
            .collect()
    }
}

impl Plan {
    /// The version in force on a day: the latest that is effective by then.
    pub fn on(&self, day: Day) -> Option<&Version> {
        self.versions.iter().rev().find(|version| version.effective <= day)
    }
}

impl fmt::Display for Plan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.id)
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
        let premium = &plan.versions[0].premium;
        assert_eq!(
            (premium.rate.to_string().as_str(), premium.confidence),
            ("0.90", Confidence::Yours)
        );
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
        assert!(shown.contains("mine.toml: TOML parse error at line 52, column 8"), "{shown}");
        assert!(shown.contains("part = \"hole\"\n   |        ^^^^^^"), "{shown}");
        assert!(shown.contains("expected `whole` or `prorated`"), "{shown}");
    }

    #[test]
    fn what_serde_cannot_see_is_checked_too() {
        let message =
            |from: &str, to: &str| read("m.toml", &TIKTOK.replace(from, to)).unwrap_err().message;
        assert!(
            message("source = \"shopify-shipsurance\"", "source = \"S9\"")
                .contains("source `S9` is not among")
        );
        assert!(
            message("amount = \"200.00\"", "amount = \"200.005\"")
                .contains("more decimals than USD")
        );
        assert!(
            message("amount = \"5000.00\"", "amount = \"50.00\"")
                .contains("is below included.amount")
        );
        assert!(message("per = \"100.00\"", "per = \"0\"").contains("more than zero"));
        assert!(message("id = \"tiktok-upic\"", "id = \"Tik Tok\"").contains("lower-case letters"));
        assert!(message("rate = \"0.75\"", "rate = \"-1\"").contains("is negative"));
        assert!(
            message("rate = \"0.75\"", "rate = \"0.75\"\nratte = \"1\"")
                .contains("unknown field `ratte`")
        );
    }
}
