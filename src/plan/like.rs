//! A version that states only what is new: `like` names the version it is in all else like.
//!
//! What the version states as a clause of its own stands in place of the other's whole clause; what
//! it leaves away is the other's. So a new rate is one table, and nothing is written twice.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::place::Place;
use super::read::Problem;

/// Keys that every version states for itself.
const OWN: &[&str] = &["effective", "published", "like"];

/// Fills in each version that is like another; says which are like none.
pub(super) fn fill_in(plan: &mut DeTable<'_>) -> Vec<Problem> {
    let Some(DeValue::Array(versions)) = plan.get_mut("version").map(Spanned::get_mut) else {
        return Vec::new();
    };
    let day = |version: &Spanned<DeValue<'_>>, key: &str| {
        version.get_ref().get(key)?.get_ref().as_datetime().map(ToString::to_string)
    };
    let has = |version: &Spanned<DeValue<'_>>, key: &str| version.get_ref().get(key).is_some();
    let whole: Vec<_> = versions.iter().filter(|version| !has(version, "like")).cloned().collect();
    let mut problems = Vec::new();
    for (at, version) in versions.iter_mut().enumerate().filter(|(_, v)| has(v, "like")) {
        let like = day(version, "like");
        let other = whole.iter().find(|other| like.is_some() && day(other, "effective") == like);
        let other = other.and_then(|other| other.get_ref().as_table());
        let DeValue::Table(version) = version.get_mut() else { continue };
        match other {
            Some(other) => fill(version, other),
            None => {
                let days: Vec<String> =
                    whole.iter().filter_map(|version| day(version, "effective")).collect();
                let message = format!(
                    "expected the effective day of a version that is written in full: {}",
                    days.join(", ")
                );
                problems.push((Place::of(&format!("version.{at}.like")), message));
            }
        }
    }
    problems
}

fn fill<'i>(table: &mut DeTable<'i>, other: &DeTable<'i>) {
    for (key, value) in other {
        let name: &str = key.get_ref();
        if OWN.contains(&name) {
            continue;
        }
        match table.get_mut(name).map(Spanned::get_mut) {
            None => {
                table.insert(key.clone(), value.clone());
            }
            Some(DeValue::Table(own)) if !own.contains_key("clause") => {
                if let DeValue::Table(other) = value.get_ref() {
                    fill(own, other);
                }
            }
            Some(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::plan::read;

    const TIKTOK: &str = include_str!("../plans/tiktok-upic.toml");

    fn with(version: &str) -> Result<crate::plan::Plan, String> {
        read("m.toml", &format!("{TIKTOK}\n[[version]]\n{version}")).map_err(|e| e.message)
    }

    #[test]
    fn a_new_rate_is_one_table() {
        let plan = with(
            "effective = 2027-01-01\npublished = 2026-12-01\nlike = 2025-10-17\n\
             [version.premium]\non = \"whole\"\npercent = \"1.0\"\nrounding = \"up\"\n\
             clause = \"One per cent.\"\nsource = \"S0\"\n\
             [version.incident.loss.notice]\nfrom = \"shipped\"\nclause = \"First ask.\"\nsource = \"S0\"\n",
        )
        .unwrap();
        let [old, new] = plan.versions.as_slice() else { panic!("two versions") };
        assert_eq!(new.effective.to_string(), "2027-01-01");
        assert_eq!(new.published.to_string(), "2026-12-01");
        let price =
            |v: &crate::plan::Version| v.premium.iter().next().unwrap().bands[0].to_string();
        assert_eq!(price(old), "0.75 for every 100.00 or part of it");
        assert_eq!(price(new), "1.0 %", "the clause is replaced as a whole");
        assert_eq!(new.included.amount, old.included.amount);
        let loss = &new.incident[&crate::claim::Incident::Loss];
        assert!(loss.notice.is_some() && loss.window.is_some(), "one more clause among the others");
        assert_eq!(new.clauses().len(), old.clauses().len() + 1);
    }

    #[test]
    fn like_a_version_there_is_not_is_shown() {
        let shown = with("effective = 2027-01-01\npublished = 2026-12-01\nlike = 2025-10-18\n");
        let shown = shown.unwrap_err();
        assert!(shown.contains("like = 2025-10-18\n"), "{shown}");
        assert!(shown.contains("a version that is written in full: 2025-10-17"), "{shown}");
    }

    #[test]
    fn a_slip_in_what_is_new_is_shown_where_it_is() {
        let shown = with(
            "effective = 2027-01-01\npublished = 2026-12-01\nlike = 2025-10-17\n\
             [version.included]\namount = \"9000.00\"\nclause = \"Much.\"\nsource = \"S0\"\n",
        )
        .unwrap_err();
        assert!(shown.contains("is below the included cover of 9000.00"), "{shown}");
        let shown =
            with("effective = 2027-01-01\nlike = 2025-10-17\npublished = 2026-12-01\nlikes = 1\n")
                .unwrap_err();
        assert!(
            shown.contains("likes = 1\n")
                && shown.contains("unknown key `likes` (did you mean `like`?)"),
            "{shown}"
        );
    }
}
