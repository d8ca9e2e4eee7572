//! `insure claim appeal`: a decision is taken one level up.

use serde_json::json;

use super::super::Session;
use super::super::view::{Shape, document, list};
use super::{ClaimRow, EvidenceArgs, claim_json, folder, words};
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
    match session.format.shape() {
        Shape::Sheet => writeln!(
            session.world.stdout,
            "{}  {}, appeal {} to {}",
            claim.no,
            claim.status.word(),
            done.appeal.level,
            done.appeal.to
        )?,
        Shape::Document(layout) => {
            let mut value = claim_json(claim);
            value["appeal"] = json!(done.appeal);
            value["added"] = json!(done.added);
            document(layout, session.world.stdout, &value)?;
        }
        Shape::Csv | Shape::Ids => {
            let row = ClaimRow { claim, missing: None };
            list(session.format, session.world.stdout, session.paint, [row])?;
        }
    }
    let to = done.appeal.to;
    session.note(&format!("enter the appeal with {to} now, this program sends nothing"))?;
    Ok(Exit::Done)
}
