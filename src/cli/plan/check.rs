//! `insure plan check`: whether a plan file is right, and if not, everything that is wrong with it.

use std::fs;

use serde_json::{Map, Value, json};

use crate::calendar::Day;
use crate::cli::Session;
use crate::cli::checked::{Content, check_files};
use crate::cli::view::Cells;
use crate::error::Exit;
use crate::plan::{Confidence, Plan, check};

/// Check plan files: what is in them, or everything that is wrong, line by line.
///
/// Each file is judged by itself. If anything is wrong the exit status is 2. That another plan has its
/// id is said beside: both could not stand in your plan folder.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  insure plan check my-plan.toml
  insure plan check --format csv plans/*.toml")]
pub(in crate::cli) struct Args {
    /// The files; - is standard input
    #[arg(value_name = "FILE", required = true)]
    files: Vec<String>,
}

pub(super) fn run(args: &Args, session: &mut Session<'_>) -> anyhow::Result<Exit> {
    let check_one = |file: &str, text: &str, session: &Session<'_>| {
        let plan = check(text)?;
        let catalog = &session.config.catalog;
        let taken_by = catalog.taken_by(&plan.id, |other| is_same(other, file));
        let taken_by = taken_by.map(str::to_owned);
        Ok(vec![Contents { taken_by, ..Contents::of(plan) }])
    };
    Ok(check_files(&args.files, session, check_one)?)
}

/// Whether two names are of one file.
fn is_same(one: &str, other: &str) -> bool {
    let whole = |name: &str| fs::canonicalize(name).ok();
    whole(one).is_some_and(|one| whole(other) == Some(one))
}

/// What is in a plan, to be told in one line.
struct Contents {
    plan: String,
    versions: Vec<Day>,
    clauses: usize,
    assumed: Vec<String>,
    /// The other plan that has its id.
    taken_by: Option<String>,
}

impl Contents {
    fn of(plan: Plan) -> Contents {
        let mut assumed: Vec<String> = Vec::new();
        for clause in plan.versions.iter().flat_map(|version| version.clauses()) {
            if clause.confidence == Confidence::Assumed && !assumed.contains(&clause.id) {
                assumed.push(clause.id.clone());
            }
        }
        Contents {
            versions: plan.versions.iter().map(|version| version.effective).collect(),
            clauses: plan.versions.iter().map(|version| version.clauses().len()).sum(),
            assumed,
            taken_by: None,
            plan: plan.id,
        }
    }
}

impl Content for Contents {
    const WHAT: &'static str = "plan";
    const COLUMNS: &'static [&'static str] = &[
        "file", "ok", "plan", "versions", "clauses", "assumed", "line", "column", "message",
        "taken_by",
    ];

    fn told(&self, file: &str) -> String {
        let days: Vec<String> = self.versions.iter().map(Day::to_string).collect();
        let assumed = match self.assumed.as_slice() {
            [] => "none assumed".to_owned(),
            some => format!("{} assumed: {}", some.len(), some.join(", ")),
        };
        let taken = self.taken_by.as_deref().map(|other| {
            let other = if other == "built in" { "a built-in plan" } else { other };
            let id = &self.plan;
            format!("  id `{id}` is taken by {other}: it needs another one to stand beside it in your plan folder\n")
        });
        format!(
            "{file}: ok, {}, terms of {}, {} clauses, {assumed}\n{}",
            self.plan,
            days.join(", "),
            self.clauses,
            taken.unwrap_or_default()
        )
    }

    fn fields(found: Option<&[Contents]>) -> Map<String, Value> {
        let found = found.and_then(<[Contents]>::first);
        let fields = [
            ("plan", json!(found.map(|c| &c.plan))),
            ("versions", json!(found.map(|c| &c.versions))),
            ("clauses", json!(found.map(|c| c.clauses))),
            ("assumed", json!(found.map(|c| &c.assumed))),
            ("taken_by", json!(found.and_then(|c| c.taken_by.as_ref()))),
        ];
        fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
    }

    fn cells(found: Option<&Contents>, out: &mut dyn Cells) {
        match found {
            Some(contents) => {
                let days: Vec<String> = contents.versions.iter().map(Day::to_string).collect();
                out.text(&contents.plan);
                out.list(&days);
                out.number(contents.clauses as u64);
                out.list(&contents.assumed);
            }
            None => (0..4).for_each(|_| out.none()),
        }
    }

    fn cells_behind(found: Option<&Contents>, out: &mut dyn Cells) {
        out.text_or_none(found.and_then(|contents| contents.taken_by.as_deref()));
    }

    fn id(&self) -> &str {
        &self.plan
    }
}
