//! `insure plan`: which terms there are, what they say, and the one-time agreement.

use clap::Subcommand;
use serde_json::{Value, json};

use super::Session;
use super::view::{Cells, Listing, Row, Shape, document, list};
use crate::calendar::{Day, parse_day};
use crate::error::{Error, Exit};
use crate::ops::{TermsInForce, accept_agreement};
use crate::plan::{Confidence, ListedClause, Loaded, Plan, Version};

/// Which terms there are, what they say, and the one-time agreement.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    List(ListArgs),
    Show(ShowArgs),
    Accept(AcceptArgs),
}

/// List the plans: the built-in ones and those in your plan folder.
#[derive(Debug, clap::Args)]
pub(super) struct ListArgs {}

/// Show the terms of a plan clause by clause, each with its source.
#[derive(Debug, clap::Args)]
pub(super) struct ShowArgs {
    /// The plan [default: tiktok-upic]
    #[arg(value_name = "ID")]
    id: Option<String>,
    /// The terms in force on this day [default: today]
    #[arg(long, value_name = "DATE", value_parser = parse_day)]
    on: Option<Day>,
}

/// Accept a plan's one-time agreement, which buying cover needs.
#[derive(Debug, clap::Args)]
pub(super) struct AcceptArgs {
    /// The plan [default: tiktok-upic]
    #[arg(value_name = "ID")]
    id: Option<String>,
}

pub(super) fn run(command: Command, session: &mut Session<'_>) -> anyhow::Result<Exit> {
    match command {
        Command::List(_) => all(session),
        Command::Show(args) => show(&args, session),
        Command::Accept(args) => accept(&args, session),
    }
}

fn all(session: &mut Session<'_>) -> anyhow::Result<Exit> {
    let plans = session.config.catalog.all().map_err(Error::from)?;
    let today = session.today;
    let rows = plans.iter().map(|loaded| PlanRow { loaded, today });
    list(session.format, session.world.stdout, session.paint, rows)?;
    Ok(Exit::Done)
}

struct PlanRow<'a> {
    loaded: &'a Loaded,
    today: Day,
}

impl Row for PlanRow<'_> {
    const COLUMNS: &'static [&'static str] =
        &["plan", "name", "kind", "currency", "version", "assumed", "file"];

    fn cells(&self, out: &mut dyn Cells) {
        let plan = &self.loaded.plan;
        let version = plan.on(self.today);
        out.text(&plan.id);
        out.text(&plan.name);
        out.text(plan.kind.word());
        out.text(plan.currency.code());
        out.day_or_none(version.map(|v| v.effective));
        out.flag(
            version
                .is_some_and(|v| v.clauses().iter().any(|c| c.confidence == Confidence::Assumed)),
        );
        out.text(self.loaded.own_file.as_deref().unwrap_or("built in"));
    }

    fn id(&self) -> String {
        self.loaded.plan.id.clone()
    }
}

fn show(args: &ShowArgs, session: &mut Session<'_>) -> anyhow::Result<Exit> {
    let id = args.id.as_deref().unwrap_or(&session.plan);
    let loaded = session.config.catalog.load(id).map_err(Error::from)?;
    let day = args.on.unwrap_or(session.today);
    let Some(version) = loaded.plan.on(day) else {
        let first =
            loaded.plan.versions.first().map_or_else(String::new, |v| v.effective.to_string());
        return Err(Error::NotFound {
            message: format!(
                "{id} has no terms for {day} here: the oldest known took effect on {first}"
            ),
            hint: None,
        }
        .into());
    };
    let plan = &loaded.plan;
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
        &["plan", "version", "clause", "text", "source", "confidence"];

    fn cells(&self, out: &mut dyn Cells) {
        out.text(&self.plan.id);
        out.day(self.version.effective);
        out.text(&self.clause.id);
        out.text(&self.clause.text);
        out.text(&self.clause.source);
        out.text(self.clause.confidence.word());
    }

    fn id(&self) -> String {
        self.plan.id.clone()
    }
}

fn sheet(loaded: &Loaded, version: &Version, session: &Session<'_>) -> String {
    let plan = &loaded.plan;
    let mut text = format!("{}\n", session.paint.heading(&format!("{}  {}", plan.id, plan.name)));
    text.push_str(&format!(
        "{}, {}, home {}, terms of {}\n\n",
        plan.kind.word(),
        plan.currency,
        plan.home,
        version.effective
    ));
    for clause in version.clauses() {
        let sure = match clause.confidence {
            Confidence::Published => String::new(),
            other => format!(", {}", other.word()),
        };
        text.push_str(&format!("{} ({}{sure})\n  {}\n", clause.id, clause.source, clause.text));
    }
    text.push_str("\nSources\n");
    let mut list = Listing::new(session.paint);
    for (id, source) in &plan.sources {
        list.pair(&format!("  {id}"), source.title.clone(), source.url.clone().unwrap_or_default());
    }
    text.push_str(&list.render());
    text
}

fn as_json(loaded: &Loaded, version: &Version) -> Value {
    let plan = &loaded.plan;
    let clauses: Vec<Value> = version
        .clauses()
        .iter()
        .map(|c| json!({ "clause": c.id, "text": c.text, "source": c.source, "confidence": c.confidence }))
        .collect();
    let sources: Vec<Value> = plan
        .sources
        .iter()
        .map(|(id, s)| json!({ "source": id, "title": s.title, "url": s.url }))
        .collect();
    json!({
        "plan": plan.id,
        "name": plan.name,
        "kind": plan.kind,
        "currency": plan.currency,
        "home": plan.home,
        "version": version.effective,
        "published": version.published,
        "clauses": clauses,
        "sources": sources,
        "file": loaded.own_file,
    })
}

fn accept(args: &AcceptArgs, session: &mut Session<'_>) -> anyhow::Result<Exit> {
    let id = args.id.clone().unwrap_or_else(|| session.plan.clone());
    let terms = TermsInForce::new(session.config.catalog.load(&id).map_err(Error::from)?);
    let in_force = terms.on(session.today).map_err(Error::Refused)?;
    let Some(agreement) = &in_force.version.agreement else {
        session.note(&format!("{id} needs no agreement"))?;
        return Ok(Exit::Done);
    };
    let mut ledger = session.ledger()?;
    accept_agreement(&mut ledger, in_force, session.today)?;
    match session.format.shape() {
        Shape::Sheet => writeln!(
            session.world.stdout,
            "Accepted for {id} on {}:\n{}",
            session.today, agreement.clause
        )?,
        Shape::Document(layout) => {
            let value =
                json!({ "plan": id, "accepted_on": session.today, "text": agreement.clause });
            document(layout, session.world.stdout, &value)?;
        }
        Shape::Csv | Shape::Ids => {
            let row = AcceptedRow { plan: &id, on: session.today };
            list(session.format, session.world.stdout, session.paint, [row])?;
        }
    }
    Ok(Exit::Done)
}

/// An agreement that is accepted.
struct AcceptedRow<'a> {
    plan: &'a str,
    on: Day,
}

impl Row for AcceptedRow<'_> {
    const COLUMNS: &'static [&'static str] = &["plan", "accepted_on"];

    fn cells(&self, out: &mut dyn Cells) {
        out.text(self.plan);
        out.day(self.on);
    }

    fn id(&self) -> String {
        self.plan.to_owned()
    }
}
