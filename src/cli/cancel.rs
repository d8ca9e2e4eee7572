//! `insure cancel`: end a cover before the first scan.

use serde_json::json;

use super::view::{Cells, Layout, Row, Rows, Shape, document};
use super::{Session, input};
use crate::error::{Exit, report};
use crate::ops::{Cancelled, cancel};

/// End a cover before the carrier's first scan; the premium is refunded as the terms say.
///
/// Each one named is decided on its own: one that cannot be cancelled does not stop the others.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  insure cancel POL-00001Y
  insure search --status confirmed --created-to 2026-10-01 --format ids | insure cancel -")]
pub(super) struct Args {
    /// Policy, order, package or tracking numbers; - reads them from stdin
    #[arg(value_name = "ID", required = true)]
    ids: Vec<String>,
}

pub(super) fn run(args: Args, session: &mut Session<'_>) -> anyhow::Result<Exit> {
    session.existing_ledger()?;
    let ids = input::identifiers(args.ids, session)?;
    let mut ledger = session.ledger()?;
    let mut exit = Exit::Done;
    let shape = session.format.shape();
    let mut rows =
        Rows::new::<Cancelled>(session.format, &mut *session.world.stdout, session.paint);
    for id in &ids {
        match cancel(&mut ledger, id, session.today) {
            Ok(done) => match shape {
                Shape::Sheet => {
                    let what = if done.already { "was cancelled already" } else { "cancelled" };
                    let (policy, refunded) = (done.policy, done.refunded);
                    writeln!(rows.out(), "{policy}  {what}, premium refunded: {refunded}")?;
                }
                Shape::Document(_) => {
                    let value = json!({
                        "policy": done.policy,
                        "refunded": done.refunded,
                        "currency": done.refunded.currency(),
                        "already_cancelled": done.already,
                    });
                    document(Layout::Line, rows.out(), &value)?;
                }
                Shape::Csv | Shape::Ids => rows.push(&done)?,
            },
            // One alone ends like any other command.
            Err(why) if ids.len() == 1 => return Err(why.into()),
            Err(why) => {
                let (text, failed) = report(&why.into());
                rows.out().flush()?;
                writeln!(session.world.stderr, "{id}: {text}")?;
                exit = failed;
            }
        }
    }
    if matches!(shape, Shape::Csv | Shape::Ids) {
        rows.finish::<Cancelled>()?;
    }
    Ok(exit)
}

impl Row for Cancelled {
    const COLUMNS: &'static [&'static str] =
        &["policy", "refunded", "currency", "already_cancelled"];

    fn cells(&self, out: &mut dyn Cells) {
        out.text(&self.policy.to_string());
        out.money(self.refunded);
        out.text(self.refunded.currency().code());
        out.flag(self.already);
    }

    fn id(&self) -> String {
        self.policy.to_string()
    }
}
