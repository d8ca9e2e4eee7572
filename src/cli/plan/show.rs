//! `insure plan show`: the terms of a plan, clause by clause: the words, the figures that the rules
//! read beside them, the source, and how sure it is.

use serde_json::{Map, Value, json};

use super::version_on;
use crate::calendar::{Day, parse_day};
use crate::cli::Session;
use crate::cli::view::{Cells, Listing, Row, Shape, document, folded, list};
use crate::error::{Error, Exit};
use crate::plan::{ListedClause, Loaded, Plan, Version};

/// Show the terms of a plan clause by clause, each with its figures and its source.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Args {
    /// The plan [default: tiktok-upic]
    #[arg(value_name = "ID")]
    id: Option<String>,
    /// The terms in force on this day [default: today]
    #[arg(long, value_name = "DATE", value_parser = parse_day)]
    on: Option<Day>,
}

pub(super) fn run(args: &Args, session: &mut Session<'_>) -> anyhow::Result<Exit> {
    let id = args.id.as_deref().unwrap_or(&session.plan);
    let loaded = session.config.catalog.load(id).map_err(Error::from)?;
    let plan = &loaded.plan;
    let version = version_on(plan, args.on.unwrap_or(session.today))?;
    match session.format.shape() {
        Shape::Sheet => {
            let text = sheet(&loaded, version, session);
            session.world.stdout.write_all(text.as_bytes())?;
        }
        Shape::Document(layout) => {
            document(layout, session.world.stdout, &as_json(&loaded, version))?;
        }
        Shape::Csv => {
            let clauses = version.clauses();
            let rows = clauses.iter().map(|clause| ClauseRow { plan, version, clause });
            list(session.format, session.world.stdout, session.paint, rows)?;
        }
        Shape::Ids => writeln!(session.world.stdout, "{}", plan.id)?,
    }
    Ok(Exit::Done)
}

/// One clause of a plan.
struct ClauseRow<'a> {
    plan: &'a Plan,
    version: &'a Version,
    clause: &'a ListedClause,
}

impl Row for ClauseRow<'_> {
    const COLUMNS: &'static [&'static str] =
        &["plan", "version", "clause", "text", "figures", "source", "confidence"];

    fn cells(&self, out: &mut dyn Cells) {
        out.text(&self.plan.id);
        out.day(self.version.effective);
        out.text(&self.clause.id);
        out.text(&self.clause.text);
        out.list(&figures_told(self.clause));
        out.text(&self.clause.source);
        out.text(self.clause.confidence.word());
    }

    fn id(&self) -> String {
        self.plan.id.clone()
    }
}

/// Each figure of a clause as a person reads it: `amount 200.00`.
pub(super) fn figures_told(clause: &ListedClause) -> Vec<String> {
    clause.figures.iter().map(|(key, value)| format!("{key} {value}")).collect()
}

/// Where a clause's words come from, and how sure they are if they are not published.
pub(super) fn sourced(clause: &ListedClause) -> String {
    match clause.confidence.remark() {
        "" => clause.source.clone(),
        remark => format!("{}, {remark}", clause.source),
    }
}

fn sheet(loaded: &Loaded, version: &Version, session: &Session<'_>) -> String {
    let plan = &loaded.plan;
    let width = session.paint.width;
    let mut text = format!("{}\n", session.paint.heading(&format!("{}  {}", plan.id, plan.name)));
    let kind = plan.kind.caution().unwrap_or(plan.kind.word());
    text.push_str(&format!(
        "{kind}, {}, home {}, terms of {}\n",
        plan.currency, plan.home, version.effective
    ));
    if plan.versions.len() > 1 {
        let days = plan.versions.iter().map(|v| {
            let shown = if v.effective == version.effective { " (shown)" } else { "" };
            format!("{}{shown}", v.effective)
        });
        text.push_str(&folded(
            &format!("Versions: {}", days.collect::<Vec<_>>().join(", ")),
            0,
            width,
        ));
    }
    text.push('\n');
    for clause in version.clauses() {
        let head = format!("{} ({})", clause.id, sourced(clause));
        text.push_str(&folded(&head, 0, width));
        text.push_str(&folded(&clause.text, 2, width));
        for figure in figures_told(clause) {
            text.push_str(&folded(&figure, 4, width));
        }
    }
    text.push_str("\nSources\n");
    let mut list = Listing::new(session.paint);
    for (id, source) in &plan.sources {
        list.pair(&format!("  {id}"), source.title.clone(), source.url.clone().unwrap_or_default());
    }
    let listed = list.render();
    let fits = |line: &str| width.is_none_or(|width| line.chars().count() <= width.into());
    if listed.lines().all(fits) {
        text.push_str(&listed);
    } else {
        for (id, source) in &plan.sources {
            text.push_str(&folded(&format!("{id}: {}", source.title), 2, width));
            if let Some(url) = &source.url {
                text.push_str(&folded(url, 4, width));
            }
        }
    }
    text
}

fn as_json(loaded: &Loaded, version: &Version) -> Value {
    let plan = &loaded.plan;
    let clause = |c: &ListedClause| {
        json!({
            "clause": c.id,
            "text": c.text,
            "figures": figures_as_json(c),
            "source": c.source,
            "confidence": c.confidence,
        })
    };
    let clauses: Vec<Value> = version.clauses().iter().map(clause).collect();
    let sources: Vec<Value> = plan
        .sources
        .iter()
        .map(|(id, s)| json!({ "source": id, "title": s.title, "url": s.url }))
        .collect();
    let versions: Vec<Day> = plan.versions.iter().map(|version| version.effective).collect();
    json!({
        "plan": plan.id,
        "name": plan.name,
        "kind": plan.kind,
        "currency": plan.currency,
        "home": plan.home,
        "version": version.effective,
        "published": version.published,
        "versions": versions,
        "clauses": clauses,
        "sources": sources,
        "file": loaded.own_file,
    })
}

/// A clause's figures by their keys.
pub(super) fn figures_as_json(clause: &ListedClause) -> Value {
    let figures = clause.figures.iter().map(|(key, value)| (key.clone(), json!(value)));
    Value::Object(figures.collect::<Map<_, _>>())
}
