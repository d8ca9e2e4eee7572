//! `insure claim pay`: what came of what was granted.

use serde_json::json;

use super::super::Session;
use super::{UNCHANGED, answer};
use crate::calendar::{Day, parse_day};
use crate::error::Exit;
use crate::ops::{NewPayment, pay_claim};

/// Record what was paid on a claim; with all of what was granted it is paid.
///
/// The same payment, by day, amount and reference, is recorded once.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  insure claim pay CLM-00001Y
  insure claim pay CLM-00001Y --amount 120.00 --at 2026-12-10 --reference 'wire 7731'")]
pub(in crate::cli) struct Args {
    /// Claim number, or any number of its parcel
    #[arg(value_name = "CLAIM")]
    claim: String,
    /// How much came [default: all that is still owed]
    #[arg(long, value_name = "AMOUNT", allow_negative_numbers = true)]
    amount: Option<String>,
    /// The day it came [default: today]
    #[arg(long, value_name = "DATE", value_parser = parse_day)]
    at: Option<Day>,
    /// The payer's word for it, which tells apart two payments alike
    #[arg(long, value_name = "TEXT", default_value = "", hide_default_value = true)]
    reference: String,
}

pub(super) fn run(args: Args, session: &mut Session<'_>) -> anyhow::Result<Exit> {
    session.existing_ledger()?;
    let new = NewPayment {
        amount: args.amount,
        on: args.at.unwrap_or(session.today),
        reference: args.reference.trim().to_owned(),
    };
    let mut ledger = session.ledger()?;
    let done = pay_claim(&mut ledger, &args.claim, &new, session.today)?;
    let claim = &done.claim;
    let (status, paid) = (claim.status.word(), claim.paid());
    let sum = match claim.owed().filter(|owed| !owed.is_zero()) {
        Some(owed) => format!("{paid} paid, {owed} still owed"),
        None => format!("{paid} in all"),
    };
    let unchanged = if done.changed { "" } else { UNCHANGED };
    let text = format!("{}  {status}, {sum}{unchanged}\n", claim.no);
    answer(session, claim, None, &text, json!({ "changed": done.changed }))
}
