//! `insure plan accept`: the one-time agreement that buying cover needs.

use serde_json::json;

use crate::calendar::Day;
use crate::cli::Session;
use crate::cli::view::{Cells, Row, Shape, document, list};
use crate::error::{Error, Exit};
use crate::ops::{TermsInForce, accept_agreement};

/// Accept a plan's one-time agreement, which buying cover needs.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Args {
    /// The plan [default: tiktok-upic]
    #[arg(value_name = "ID")]
    id: Option<String>,
}

pub(super) fn run(args: &Args, session: &mut Session<'_>) -> anyhow::Result<Exit> {
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
