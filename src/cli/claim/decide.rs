//! `insure claim decide` and `withdraw`: how a claim ends.

use serde_json::json;

use super::super::Session;
use super::{UNCHANGED, answer, words};
use crate::calendar::{Day, parse_day};
use crate::error::Exit;
use crate::ops::{NewDecision, decide_claim};

/// Book what the insurer decided.
#[derive(Debug, clap::Args)]
#[command(group(clap::ArgGroup::new("decision").required(true)))]
#[command(after_help = "\
Examples:
  insure claim decide CLM-00001Y --accepted
  insure claim decide CLM-00001Y --accepted --amount 180.00 --at 2026-12-02
  insure claim decide CLM-00001Y --rejected 'no proof of value'
  insure claim decide CLM-00001Y --accepted --replace")]
pub(in crate::cli) struct Args {
    /// Claim number, or any number of its parcel
    #[arg(value_name = "CLAIM")]
    claim: String,
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
    #[arg(long, value_name = "DATE", value_parser = parse_day)]
    at: Option<Day>,
    /// The last decision was noted wrongly: this one takes its place, and the history keeps both
    #[arg(long)]
    replace: bool,
}

/// Take a claim back, for instance to file it for another reason; or the appeal that is heard.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct WithdrawArgs {
    /// Claim number, or any number of its parcel
    #[arg(value_name = "CLAIM")]
    claim: String,
}

pub(super) fn run(args: Args, session: &mut Session<'_>) -> anyhow::Result<Exit> {
    let decision = match (args.rejected, args.needs_info) {
        (Some(reason), _) => NewDecision::Rejected(reason),
        (None, Some(what)) => NewDecision::NeedsInfo(what),
        (None, None) => NewDecision::Accepted(args.amount),
    };
    let on = args.at.unwrap_or(session.today);
    decided(&args.claim, &decision, args.replace, on, session)
}

pub(super) fn withdraw(args: &WithdrawArgs, session: &mut Session<'_>) -> anyhow::Result<Exit> {
    decided(&args.claim, &NewDecision::Withdrawn, false, session.today, session)
}

fn decided(
    id: &str,
    decision: &NewDecision,
    replace: bool,
    on: Day,
    session: &mut Session<'_>,
) -> anyhow::Result<Exit> {
    session.existing_ledger()?;
    let mut ledger = session.ledger()?;
    let done = decide_claim(&mut ledger, id, decision, replace, on, session.today)?;
    let claim = &done.claim;
    let granted = claim.granted();
    let amount = granted.map_or_else(String::new, |amount| format!(", {amount} granted"));
    let unchanged = if done.changed { "" } else { UNCHANGED };
    let text = format!("{}  {}{amount}{unchanged}\n", claim.no, claim.status.word());
    answer(session, claim, None, &text, json!({ "changed": done.changed }))
}
