//! `insure claim pay`: what came of what was granted.

use std::path::PathBuf;

use serde_json::json;

use super::super::Session;
use super::super::input::list::{self, ListArgs};
use super::list::{BookedCells, Told, Words};
use super::{answer, unchanged};
use crate::calendar::{Day, parse_day};
use crate::error::Exit;
use crate::ops::{NewPayment, PAYMENTS, pay_claim, pay_list};

/// Record what was paid on a claim, or a statement of payments; with all of what was granted a claim
/// is paid.
///
/// The same payment, by day, amount and reference, is recorded once. A statement has columns claim
/// (or any number of the parcel), amount, date and reference; each row is booked on its own merits.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  insure claim pay CLM-00001Y
  insure claim pay CLM-00001Y --amount 120.00 --at 2026-12-10 --reference 'wire 7731'
  insure claim pay --input statement.csv --dry-run
  insure claim pay --input - --format ndjson < statement.csv")]
pub(in crate::cli) struct Args {
    /// Claim number, or any number of its parcel
    #[arg(value_name = "CLAIM", required_unless_present = "input")]
    claim: Option<String>,
    /// How much came [default: all that is still owed]
    #[arg(long, value_name = "AMOUNT", allow_negative_numbers = true)]
    amount: Option<String>,
    /// The day it came [default: today]
    #[arg(long, value_name = "DATE", value_parser = parse_day)]
    at: Option<Day>,
    /// The payer's word for it, which tells apart two payments alike
    #[arg(long, value_name = "TEXT", default_value = "", hide_default_value = true)]
    reference: String,
    /// Book a statement of payments, CSV or XLSX, with a header; - is stdin
    #[arg(long, short, value_name = "FILE", conflicts_with_all = ["claim", "amount", "at", "reference"])]
    input: Option<PathBuf>,
    /// Decide everything, record nothing
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    reading: ListArgs,
}

pub(super) fn run(args: Args, session: &mut Session<'_>) -> anyhow::Result<Exit> {
    session.existing_ledger()?;
    if let Some(path) = &args.input {
        let list = list::read(path, &args.reading, &PAYMENTS, session)?;
        let others = list.others.clone();
        let mut ledger = session.ledger()?;
        let mut told = Told::new(session)?;
        let mut each = |row| told.take(BookedCells(row));
        pay_list(&mut ledger, list, session.today, args.dry_run, &mut each)?;
        list::note_others(&others, session)?;
        return told.show(
            Words { done: "booked", sum: "paid", not_yet: None },
            &[],
            args.dry_run,
            session,
        );
    }
    let new = NewPayment {
        amount: args.amount,
        on: args.at.unwrap_or(session.today),
        reference: args.reference.trim().to_owned(),
    };
    let mut ledger = session.ledger()?;
    let done =
        pay_claim(&mut ledger, &args.claim.unwrap_or_default(), &new, session.today, args.dry_run)?;
    let claim = &done.claim;
    let (status, paid) = (claim.status.word(), claim.paid());
    let sum = match claim.owed().filter(|owed| !owed.is_zero()) {
        Some(owed) => format!("{paid} paid, {owed} still owed"),
        None => format!("{paid} in all"),
    };
    let unchanged = unchanged(done.changed, args.dry_run);
    let text = format!("{}  {status}, {sum}{unchanged}\n", claim.no);
    answer(session, claim, None, &text, json!({ "changed": done.changed }))
}
