//! `insure claim decide` and `withdraw`: how a claim ends.

use std::path::{Path, PathBuf};

use serde_json::json;

use super::super::Session;
use super::super::input::list::{self, ListArgs};
use super::list::{BookedCells, Told, Words};
use super::{answer, unchanged, words};
use crate::calendar::{Day, parse_day};
use crate::error::Exit;
use crate::ops::{DECISIONS, Deciding, NewDecision, decide_claim, decide_list};

/// Book what the insurer decided, on one claim or on a list of them.
///
/// A list has columns claim (or any number of the parcel), decision (accepted, rejected, needs_info, or
/// the insurer's word, such as approved), amount, reason and date. Each row is booked on its own
/// merits; the same list again changes nothing.
#[derive(Debug, clap::Args)]
#[command(group(clap::ArgGroup::new("decision").required(true)))]
#[command(after_help = "\
Examples:
  insure claim decide CLM-00001Y --accepted
  insure claim decide CLM-00001Y --accepted --amount 180.00 --at 2026-12-02
  insure claim decide CLM-00001Y --rejected 'no proof of value'
  insure claim decide CLM-00001Y --accepted --replace
  insure claim decide --input decisions.csv --dry-run
  insure claim decide --input - --format ndjson < decisions.csv")]
pub(in crate::cli) struct Args {
    /// Claim number, or any number of its parcel
    #[arg(value_name = "CLAIM", required_unless_present = "input", conflicts_with = "input")]
    claim: Option<String>,
    /// It will be paid, all of what is payable or --amount
    #[arg(long, group = "decision")]
    accepted: bool,
    /// It will not be paid, for this reason
    #[arg(long, value_name = "REASON", group = "decision", value_parser = words)]
    rejected: Option<String>,
    /// The insurer asks for this
    #[arg(long, value_name = "WHAT", group = "decision", value_parser = words)]
    needs_info: Option<String>,
    /// How much is granted
    #[arg(long, value_name = "AMOUNT", allow_negative_numbers = true, requires = "accepted")]
    amount: Option<String>,
    /// The day of the decision [default: today]
    #[arg(long, value_name = "DATE", value_parser = parse_day, conflicts_with = "input")]
    at: Option<Day>,
    /// The last decision was noted wrongly: this one takes its place, and the history keeps both
    #[arg(long, conflicts_with = "input")]
    replace: bool,
    /// Book a list of decisions, CSV or XLSX, with a header; - is stdin
    #[arg(long, short, value_name = "FILE", group = "decision")]
    input: Option<PathBuf>,
    /// Decide everything, record nothing
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    reading: ListArgs,
}

/// Take a claim back, for instance to file it for another reason; or the appeal that is heard.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct WithdrawArgs {
    /// Claim number, or any number of its parcel
    #[arg(value_name = "CLAIM")]
    claim: String,
}

pub(super) fn run(args: Args, session: &mut Session<'_>) -> anyhow::Result<Exit> {
    if let Some(path) = &args.input {
        return list(path, args.reading, args.dry_run, session);
    }
    let decision = match (args.rejected, args.needs_info) {
        (Some(reason), _) => NewDecision::Rejected(Some(reason)),
        (None, Some(what)) => NewDecision::NeedsInfo(Some(what)),
        (None, None) => NewDecision::Accepted { amount: args.amount, reason: None },
    };
    let how = Deciding {
        replace: args.replace,
        on: args.at.unwrap_or(session.today),
        today: session.today,
        dry_run: args.dry_run,
    };
    decided(&args.claim.unwrap_or_default(), &decision, how, session)
}

fn list(
    path: &Path,
    reading: ListArgs,
    dry_run: bool,
    session: &mut Session<'_>,
) -> anyhow::Result<Exit> {
    session.existing_ledger()?;
    let list = list::read(path, &reading, &DECISIONS, session)?;
    let others = list.others.clone();
    let mut ledger = session.ledger()?;
    let mut told = Told::new(session)?;
    decide_list(&mut ledger, list, session.today, dry_run, &mut |row| told.take(BookedCells(row)))?;
    list::note_others(&others, session)?;
    told.show(
        Words { done: "booked", sum: "granted", not_yet: Some("not_decided") },
        &[],
        dry_run,
        session,
    )
}

pub(super) fn withdraw(args: &WithdrawArgs, session: &mut Session<'_>) -> anyhow::Result<Exit> {
    let today = session.today;
    let how = Deciding { replace: false, on: today, today, dry_run: false };
    decided(&args.claim, &NewDecision::Withdrawn, how, session)
}

fn decided(
    id: &str,
    decision: &NewDecision,
    how: Deciding,
    session: &mut Session<'_>,
) -> anyhow::Result<Exit> {
    session.existing_ledger()?;
    let mut ledger = session.ledger()?;
    let done = decide_claim(&mut ledger, id, decision, how)?;
    let claim = &done.claim;
    let granted = claim.granted();
    let amount = granted.map_or_else(String::new, |amount| format!(", {amount} granted"));
    let unchanged = unchanged(done.changed, how.dry_run);
    let text = format!("{}  {}{amount}{unchanged}\n", claim.no, claim.status.word());
    answer(session, claim, None, &text, json!({ "changed": done.changed }))
}
