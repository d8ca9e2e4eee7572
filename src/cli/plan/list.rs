//! `insure plan list`: which terms there are.

use crate::calendar::Day;
use crate::cli::Session;
use crate::cli::view::{Cells, Row, list};
use crate::error::{Error, Exit};
use crate::plan::{Confidence, Loaded};

/// List the plans: the built-in ones and those in your plan folder.
///
/// If a plan cannot be read the others are listed, and the exit status is 2.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Args {}

pub(super) fn run(session: &mut Session<'_>) -> anyhow::Result<Exit> {
    let all = session.config.catalog.all().map_err(Error::from)?;
    let today = session.today;
    let rows = all.plans.iter().map(|loaded| PlanRow { loaded, today });
    list(session.format, session.world.stdout, session.paint, rows)?;
    // What is missing is said even with --quiet: these are not all.
    session.world.stdout.flush()?;
    for broken in &all.broken {
        writeln!(session.world.stderr, "not listed: {}", broken.told())?;
    }
    Ok(if all.broken.is_empty() { Exit::Done } else { Exit::Usage })
}

struct PlanRow<'a> {
    loaded: &'a Loaded,
    today: Day,
}

impl Row for PlanRow<'_> {
    const COLUMNS: &'static [&'static str] =
        &["plan", "name", "kind", "currency", "version", "assumed", "assumed_clauses", "file"];
    const TABLE: Option<&'static [usize]> = Some(&[0, 1, 2, 3, 4, 6, 7]);

    fn cells(&self, out: &mut dyn Cells) {
        let plan = &self.loaded.plan;
        let version = plan.on(self.today);
        let clauses = version.map(|version| version.clauses()).unwrap_or_default();
        let assumed = clauses.iter().filter(|c| c.confidence == Confidence::Assumed).count();
        out.text(&plan.id);
        out.text(&plan.name);
        out.text(plan.kind.word());
        out.text(plan.currency.code());
        out.day_or_none(version.map(|v| v.effective));
        out.flag(assumed > 0);
        out.number(assumed as u64);
        out.text(self.loaded.own_file.as_deref().unwrap_or("built in"));
    }

    fn id(&self) -> String {
        self.loaded.plan.id.clone()
    }
}
