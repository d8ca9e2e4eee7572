//! `insure cancel`: end a cover before the first scan.

use serde_json::json;

use super::view::{Format, document};
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
    for id in &ids {
        match cancel(&mut ledger, id, session.today) {
            Ok(done) => show(&done, session)?,
            // One alone ends like any other command.
            Err(why) if ids.len() == 1 => return Err(why.into()),
            Err(why) => {
                let (text, failed) = report(&why.into());
                session.world.stdout.flush()?;
                writeln!(session.world.stderr, "{id}: {text}")?;
                exit = failed;
            }
        }
    }
    Ok(exit)
}

fn show(done: &Cancelled, session: &mut Session<'_>) -> anyhow::Result<()> {
    match session.format {
        Format::Table => {
            let what = if done.already { "was cancelled already" } else { "cancelled" };
            let out = &mut session.world.stdout;
            writeln!(out, "{}  {what}, premium refunded: {}", done.policy, done.refunded)?;
        }
        Format::Ids => writeln!(session.world.stdout, "{}", done.policy)?,
        _ => {
            let value = json!({
                "policy": done.policy,
                "refunded": done.refunded,
                "currency": done.refunded.currency(),
                "already_cancelled": done.already,
            });
            document(Format::Ndjson, session.world.stdout, &value)?;
        }
    }
    Ok(())
}
