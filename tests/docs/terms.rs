//! `docs/terms.md` is every built-in plan, written down, and `docs/plans.md` has a list of what is
//! assumed in them. Neither is edited by hand.

use insure::plan::{Catalog, Confidence, ListedClause, Loaded, Plan};

use crate::{read, renew, rewrite};

const PATH: &str = "docs/terms.md";

const HEAD: &str = "\
# Terms

Every built-in plan, clause by clause: what it says, the figures the rules read, and where it comes
from. This file is made from the plans themselves by `INSURE_RENEW=1 cargo test --test docs`; do not
edit it. A clause is `published` unless it says otherwise: `implied` follows from its source,
`assumed` is published by nobody (see [plans](plans.md#what-is-assumed)).

`insure plan show` prints the same, with figures of your own.
";

/// What a document has between these is written by the program.
const FROM: &str = "<!-- written by INSURE_RENEW=1 cargo test --test docs -->\n";
const TO: &str = "<!-- end -->\n";

fn plans() -> Vec<Loaded> {
    Catalog::default().all().unwrap().plans
}

/// A text as a cell of a table.
fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('\n', " ")
}

fn figures(clause: &ListedClause) -> String {
    let told = clause.figures.iter().map(|(key, value)| format!("{key} {value}"));
    cell(&told.collect::<Vec<_>>().join("<br>"))
}

fn written() -> String {
    let mut text = HEAD.to_owned();
    for Loaded { plan, .. } in plans() {
        text.push_str(&format!("\n## {}\n\n{}: ", plan.id, plan.name));
        let kind = plan.kind.caution().unwrap_or(plan.kind.word());
        text.push_str(&format!("{kind}, {}, home {}.\n\n", plan.currency, plan.home));
        for (id, source) in &plan.sources {
            let url = source.url.as_ref().map_or_else(String::new, |url| format!(", <{url}>"));
            text.push_str(&format!("- `{id}`: {}{url}\n", source.title));
        }
        for version in &plan.versions {
            text.push_str(&format!("\n### {}, terms of {}\n\n", plan.id, version.effective));
            text.push_str("| clause | says | figures | source |\n|---|---|---|---|\n");
            for clause in version.clauses() {
                let sure = match clause.confidence {
                    Confidence::Published => String::new(),
                    other => format!(", **{}**", other.word()),
                };
                text.push_str(&format!(
                    "| `{}` | {} | {} | {}{sure} |\n",
                    clause.id,
                    cell(&clause.text),
                    figures(clause),
                    clause.source,
                ));
            }
        }
    }
    text
}

/// The clauses nobody publishes, each with the day of the first version that has it so.
fn assumed(plan: &Plan) -> Vec<(String, &ListedClause)> {
    let mut found: Vec<(String, &ListedClause)> = Vec::new();
    for version in &plan.versions {
        for clause in version.clauses().iter().filter(|c| c.confidence == Confidence::Assumed) {
            if found.iter().all(|(_, known)| *known != clause) {
                found.push((version.effective.to_string(), clause));
            }
        }
    }
    found
}

fn assumed_table() -> String {
    let mut text = "| plan | from | clause | figures | why |\n|---|---|---|---|---|\n".to_owned();
    for Loaded { plan, .. } in plans() {
        for (day, clause) in assumed(&plan) {
            text.push_str(&format!(
                "| `{}` | {day} | `{}` | {} | {} |\n",
                plan.id,
                clause.id,
                figures(clause),
                cell(&clause.text)
            ));
        }
    }
    text
}

/// Holds that a document lists what is assumed.
pub fn hold_assumed(path: &str) {
    let text = read(path);
    let (before, rest) = text.split_once(FROM).expect("the document has a place for the table");
    let (listed, after) = rest.split_once(TO).expect("the place has an end");
    let table = format!("\n{}\n", assumed_table());
    assert!(table.lines().count() > 4, "nothing is assumed in any plan?");
    if renew() {
        rewrite(path, &format!("{before}{FROM}{table}{TO}{after}"));
        return;
    }
    assert!(
        listed == table,
        "{path} does not list what is assumed: INSURE_RENEW=1 cargo test --test docs"
    );
}

#[test]
fn the_terms_are_the_built_in_plans() {
    let written = written();
    if renew() {
        rewrite(PATH, &written);
        return;
    }
    assert!(
        read(PATH) == written,
        "{PATH} is not what the plans say: INSURE_RENEW=1 cargo test --test docs"
    );
}
