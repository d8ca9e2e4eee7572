//! `insure claim appeal`: a decision is taken one level up.

use serde_json::json;

use super::super::Session;
use super::{EvidenceArgs, answer, folder, words};
use crate::calendar::{Day, parse_day};
use crate::error::Exit;
use crate::ops::{NewAppeal, appeal_claim};

/// Appeal a rejection, or an acceptance of less than the terms pay.
///
/// The claim goes one level up and is under review again. This program sends nothing: the appeal is
/// yours to make.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  insure claim appeal CLM-00001Y --reason 'the order page shows the price' \\
      --evidence order-page=order.png")]
pub(in crate::cli) struct Args {
    /// Claim number, or any number of its parcel
    #[arg(value_name = "CLAIM")]
    claim: String,
    /// Why the decision is wrong
    #[arg(long, value_name = "TEXT", value_parser = words)]
    reason: String,
    #[command(flatten)]
    evidence: EvidenceArgs,
    /// The day the appeal was made [default: today]
    #[arg(long, value_name = "DATE", value_parser = parse_day)]
    at: Option<Day>,
}

pub(super) fn run(args: Args, session: &mut Session<'_>) -> anyhow::Result<Exit> {
    session.existing_ledger()?;
    let new = NewAppeal {
        evidence: args.evidence.given(),
        reason: args.reason,
        on: args.at.unwrap_or(session.today),
    };
    let mut ledger = session.ledger()?;
    let done = appeal_claim(&mut ledger, &folder(session)?, &args.claim, &new, session.today)?;
    let claim = &done.claim;
    let (status, level) = (claim.status.word(), done.appeal.level);
    let text = format!("{}  {status}, appeal {level} to {}\n", claim.no, done.appeal.to);
    let more = json!({ "appeal": done.appeal, "added": done.added });
    answer(session, claim, None, &text, more)?;
    let to = done.appeal.to;
    session.note(&format!("enter the appeal with {to} now, this program sends nothing"))?;
    Ok(Exit::Done)
}
