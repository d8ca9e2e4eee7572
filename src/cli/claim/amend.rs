//! `insure claim amend`: what becomes known after a claim was filed.

use serde_json::json;

use super::super::Session;
use super::facts::FactArgs;
use super::{UNCHANGED, answer, missing_text};
use crate::error::{Error, Exit};
use crate::ops::{Request, amend_claim};

/// State what became known of a claim after it was filed, until it is decided.
///
/// What the carrier paid, what the repair cost: the claim is judged again with it, and what it
/// pays may change. Tell the insurer too, this program sends nothing.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  insure claim amend CLM-00001Y --carrier-paid 500
  insure claim amend 9400111899562743815253 --amount 180 --repair-cost 95.50")]
pub(in crate::cli) struct Args {
    /// Claim number, or any number of its parcel
    #[arg(value_name = "CLAIM")]
    claim: String,
    /// What was lost or damaged is worth this much
    #[arg(long, value_name = "AMOUNT", allow_negative_numbers = true)]
    amount: Option<String>,
    #[command(flatten)]
    facts: FactArgs,
}

pub(super) fn run(args: Args, session: &mut Session<'_>) -> anyhow::Result<Exit> {
    session.existing_ledger()?;
    if args.amount.is_none() && args.facts.0.is_empty() {
        return Err(Error::usage(
            "nothing is stated",
            "state what became known, such as --carrier-paid 500",
        )
        .into());
    }
    let mut ledger = session.ledger()?;
    let request = Request::of_facts(args.amount, args.facts.0);
    let done = amend_claim(&mut ledger, &args.claim, &request, session.today)?;
    let claim = &done.claim;
    let missing = &done.assessment.missing_evidence;
    let mut pays = format!("pays {}", claim.payable);
    if done.before != claim.payable {
        pays.push_str(&format!(", before {}", done.before));
    }
    let unchanged = if done.changed { "" } else { UNCHANGED };
    let mut text = format!("{}  {}, {pays}{unchanged}\n", claim.no, claim.status.word());
    text.push_str(&missing_text(&done.assessment));
    answer(session, claim, Some(missing), &text, json!({ "changed": done.changed }))
}
