//! `insure cancel`: end a cover before the first scan.

use serde_json::json;

use super::Session;
use super::view::{Format, document};
use crate::error::Exit;
use crate::ops::cancel;

/// End a cover before the carrier's first scan; the premium is refunded as the terms say.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Policy, order, package or tracking number
    #[arg(value_name = "ID", required = true)]
    ids: Vec<String>,
}

pub(super) fn run(args: Args, session: &mut Session<'_>) -> anyhow::Result<Exit> {
    session.existing_ledger()?;
    let mut ledger = session.ledger()?;
    for id in &args.ids {
        let done = cancel(&mut ledger, id, session.today)?;
        match session.format {
            Format::Table => {
                let what = if done.already { "was cancelled already" } else { "cancelled" };
                writeln!(
                    session.world.stdout,
                    "{}  {what}, premium refunded: {}",
                    done.policy, done.refunded
                )?;
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
    }
    Ok(Exit::Done)
}
