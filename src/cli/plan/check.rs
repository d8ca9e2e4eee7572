//! `insure plan check`: whether a plan file is right, and if not, everything that is wrong with it.

use std::fs;

use serde_json::{Value, json};

use crate::calendar::Day;
use crate::cli::Session;
use crate::cli::input::text_of;
use crate::cli::view::{Cells, Format, Layout, Row, Rows, document};
use crate::error::Exit;
use crate::plan::{Confidence, Fault, Plan, check};

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
    let mut checked = Vec::new();
    for file in &args.files {
        let plan = match text_of(file, "plan", session) {
            Ok(text) => check(&text).map_err(Wrong::Faults),
            Err(why) => Err(Wrong::Unreadable(why.to_string())),
        };
        let contents = plan.map(|plan| {
            let catalog = &session.config.catalog;
            let taken_by = catalog.taken_by(&plan.id, |other| is_same(other, file));
            Contents { taken_by: taken_by.map(str::to_owned), ..Contents::of(plan) }
        });
        checked.push(Checked { file: file.clone(), plan: contents });
    }
    let out = &mut *session.world.stdout;
    match session.format {
        Format::Table => {
            let mut before: Option<&Checked> = None;
            for checked in &checked {
                if before.is_some_and(|before| before.plan.is_err()) {
                    out.write_all(b"\n")?;
                }
                out.write_all(checked.told().as_bytes())?;
                before = Some(checked);
            }
        }
        Format::Json => {
            let all: Vec<Value> = checked.iter().map(Checked::as_json).collect();
            document(Layout::Indented, out, &Value::Array(all))?;
        }
        Format::Ndjson => {
            for checked in &checked {
                document(Layout::Line, out, &checked.as_json())?;
            }
        }
        Format::Csv | Format::Ids => {
            let mut rows = Rows::new::<CheckRow<'_>>(session.format, out, session.paint);
            for checked in &checked {
                for row in checked.rows() {
                    rows.push(&row)?;
                }
            }
            rows.finish::<CheckRow<'_>>()?;
        }
    }
    Ok(if checked.iter().all(|checked| checked.plan.is_ok()) { Exit::Done } else { Exit::Usage })
}

/// Whether two names are of one file.
fn is_same(one: &str, other: &str) -> bool {
    let whole = |name: &str| fs::canonicalize(name).ok();
    whole(one).is_some_and(|one| whole(other) == Some(one))
}

/// A file and what came of it.
struct Checked {
    file: String,
    plan: Result<Contents, Wrong>,
}

/// Why a file is no plan.
enum Wrong {
    Unreadable(String),
    Faults(Vec<Fault>),
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

impl Checked {
    fn told(&self) -> String {
        let file = &self.file;
        match &self.plan {
            Ok(contents) => {
                let days: Vec<String> = contents.versions.iter().map(Day::to_string).collect();
                let assumed = match contents.assumed.as_slice() {
                    [] => "none assumed".to_owned(),
                    some => format!("{} assumed: {}", some.len(), some.join(", ")),
                };
                let taken = contents.taken_by.as_deref().map(|other| {
                    let other = if other == "built in" { "a built-in plan" } else { other };
                    let id = &contents.plan;
                    format!("  id `{id}` is taken by {other}: it needs another one to stand beside it in your plan folder\n")
                });
                format!(
                    "{file}: ok, {}, terms of {}, {} clauses, {assumed}\n{}",
                    contents.plan,
                    days.join(", "),
                    contents.clauses,
                    taken.unwrap_or_default()
                )
            }
            Err(Wrong::Unreadable(why)) => format!("{file}: cannot be read: {why}\n"),
            Err(Wrong::Faults(faults)) => {
                let what = match faults.len() {
                    1 => "1 mistake".to_owned(),
                    many => format!("{many} mistakes"),
                };
                let shown = faults.iter().map(|fault| format!("\n{fault}\n"));
                format!("{file}: {what}\n{}", shown.collect::<String>())
            }
        }
    }

    fn as_json(&self) -> Value {
        let contents = self.plan.as_ref().ok();
        let problems = match &self.plan {
            Ok(_) => json!([]),
            Err(Wrong::Unreadable(why)) => {
                json!([{ "line": null, "column": null, "message": why }])
            }
            Err(Wrong::Faults(faults)) => json!(faults),
        };
        json!({
            "file": self.file,
            "ok": self.plan.is_ok(),
            "plan": contents.map(|c| &c.plan),
            "versions": contents.map(|c| &c.versions),
            "clauses": contents.map(|c| c.clauses),
            "assumed": contents.map(|c| &c.assumed),
            "taken_by": contents.and_then(|c| c.taken_by.as_ref()),
            "problems": problems,
        })
    }

    /// One row if it is right, otherwise one for each mistake.
    fn rows(&self) -> Vec<CheckRow<'_>> {
        let file = &self.file;
        let row = |contents, at, message| CheckRow { file, contents, at, message };
        match &self.plan {
            Ok(contents) => vec![row(Some(contents), None, None)],
            Err(Wrong::Unreadable(why)) => vec![row(None, None, Some(why.as_str()))],
            Err(Wrong::Faults(faults)) => faults
                .iter()
                .map(|f| row(None, Some((f.line, f.column)), Some(f.message.as_str())))
                .collect(),
        }
    }
}

struct CheckRow<'a> {
    file: &'a str,
    contents: Option<&'a Contents>,
    at: Option<(usize, usize)>,
    message: Option<&'a str>,
}

impl Row for CheckRow<'_> {
    const COLUMNS: &'static [&'static str] = &[
        "file", "ok", "plan", "versions", "clauses", "assumed", "line", "column", "message",
        "taken_by",
    ];

    fn cells(&self, out: &mut dyn Cells) {
        out.text(self.file);
        out.flag(self.contents.is_some());
        match self.contents {
            Some(contents) => {
                let days: Vec<String> = contents.versions.iter().map(Day::to_string).collect();
                out.text(&contents.plan);
                out.list(&days);
                out.number(contents.clauses as u64);
                out.list(&contents.assumed);
            }
            None => (0..4).for_each(|_| out.none()),
        }
        match self.at {
            Some((line, column)) => {
                out.number(line as u64);
                out.number(column as u64);
            }
            None => (0..2).for_each(|_| out.none()),
        }
        out.text_or_none(self.message);
        out.text_or_none(self.contents.and_then(|contents| contents.taken_by.as_deref()));
    }

    fn id(&self) -> String {
        self.contents.map(|contents| contents.plan.clone()).unwrap_or_default()
    }
}
