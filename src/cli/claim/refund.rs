//! `insure claim refund`: what the buyer got back from the seller.

use serde_json::json;

use super::super::Session;
use super::{UNCHANGED, answer, refund_text, words};
use crate::calendar::{Day, parse_day};
use crate::claim::RefundStatus;
use crate::error::{Error, Exit};
use crate::ops::{NewRefund, refund_claim};

/// State whether the buyer was refunded, and why: insurers ask for it, and it documents the loss.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  insure claim refund CLM-00001Y --status refunded --reason 'not received' --amount 450
  insure claim refund CLM-00001Y --status none")]
pub(in crate::cli) struct Args {
    /// Claim number, or any number of its parcel
    #[arg(value_name = "CLAIM")]
    claim: String,
    /// refunded, partial, pending (asked for, not paid yet) or none
    #[arg(long, value_name = "STATUS", value_parser = status)]
    status: RefundStatus,
    /// Why, in your words or the platform's
    #[arg(long, value_name = "TEXT", value_parser = words)]
    reason: Option<String>,
    /// How much was refunded
    #[arg(long, value_name = "AMOUNT", allow_negative_numbers = true)]
    amount: Option<String>,
    /// The day of the refund, or on which this was so [default: today]
    #[arg(long, value_name = "DATE", value_parser = parse_day)]
    at: Option<Day>,
}

fn status(word: &str) -> Result<RefundStatus, String> {
    RefundStatus::from_word(word).ok_or_else(RefundStatus::expected)
}

pub(super) fn run(args: Args, session: &mut Session<'_>) -> anyhow::Result<Exit> {
    session.existing_ledger()?;
    if args.reason.is_none() && args.status != RefundStatus::None {
        return Err(Error::usage(
            "the reason of the refund is not stated",
            "the insurer asks for it: --reason 'not received'",
        )
        .into());
    }
    if args.amount.is_some() && args.status == RefundStatus::None {
        return Err(Error::usage(
            "an amount is stated, and that nothing was refunded",
            "leave --amount away, or say --status refunded, partial or pending",
        )
        .into());
    }
    let new = NewRefund {
        status: args.status,
        reason: args.reason,
        amount: args.amount,
        on: args.at.unwrap_or(session.today),
    };
    let mut ledger = session.ledger()?;
    let done = refund_claim(&mut ledger, &args.claim, &new, session.today)?;
    let claim = &done.claim;
    if let Some(doubt) = &done.doubt {
        session.note(doubt)?;
    }
    let unchanged = if done.changed { "" } else { UNCHANGED };
    let (status, note) = claim.refund.as_ref().map(refund_text).unwrap_or_default();
    let text = format!("{}  buyer refund: {status} {note}{unchanged}\n", claim.no);
    answer(session, claim, None, &text, json!({ "changed": done.changed }))
}
