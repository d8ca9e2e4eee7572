//! Claims: judged, filed, amended, completed with evidence, decided, appealed, paid. One file for each; here
//! is what they share.

mod affidavit;
mod amend;
mod appeal;
mod decide;
mod decide_list;
mod evidence;
mod file;
mod file_list;
mod judge;
mod packet;
mod pay;
mod pay_list;
mod refund;
mod request;
mod rows;

use super::lookup;
use super::terms::{KnownPlans, terms_of};
use crate::calendar::Day;
use crate::claim::{Claim, ClaimStatus};
use crate::error::Error;
use crate::intake::codes;
use crate::ledger::{About, Event, Ledger};
use crate::number::ClaimNo;
use crate::policy::Policy;
use crate::rules::{Refusal, Terms};

pub use affidavit::{
    AffidavitLetter, AffidavitNoted, AffidavitSent, AskAffidavit, complete_affidavit,
    note_affidavit_sent, send_affidavit, write_affidavit,
};
pub use amend::{Amended, amend_claim};
pub use appeal::{Appealed, NewAppeal, appeal_claim};
pub use decide::{Decided, Deciding, NewDecision, decide_claim};
pub use decide_list::{DECISIONS, decide_list};
pub use evidence::Given;
pub(super) use evidence::complete;
pub use file::{Filed, FiledClaim, KnownClaim, file_claim};
pub use file_list::{CLAIMS, FiledRow, FilingList, file_list};
pub(super) use judge::under_its_facts;
pub use judge::{Assessed, ShownClaim, check_claim, show_claim};
pub use packet::{MadePacket, PacketOptions, PacketOutcome, Packets, RefusedPacket, make_packets};
pub use pay::{NewPayment, Paid, pay_claim};
pub use pay_list::{PAYMENTS, pay_list};
pub use refund::{NewRefund, Refunded, refund_claim};
pub use request::Request;
pub use rows::{Booked, BookedRow};
pub(super) use rows::{CLAIM, ID, NAMES, Named, ORDER, PACKAGE, TRACKING, named, shown_id};

/// The claim an identifier means: its own number, or the latest one on a policy.
pub(super) fn claim_of(ledger: &Ledger, identifier: &str) -> Result<Claim, Error> {
    let none = || Error::NotFound {
        message: format!("there is no claim under `{identifier}`"),
        hint: Some(format!("file one: insure claim file {identifier} --reason loss")),
    };
    let no = match ClaimNo::parse(identifier.trim()) {
        Some(no) => no,
        None => lookup::policy(ledger, identifier)?.claim.ok_or_else(none)?.0,
    };
    ledger.claim(no)?.ok_or_else(none)
}

/// The policy a claim is on.
pub(super) fn policy_of(ledger: &Ledger, claim: &Claim) -> Result<Policy, Error> {
    ledger.policy(claim.policy)?.ok_or_else(|| Error::NotFound {
        message: format!("there is no policy {}", claim.policy),
        hint: None,
    })
}

/// Does something with the terms a claim is under.
fn under_its_terms<T>(
    ledger: &Ledger,
    claim: &Claim,
    work: impl FnOnce(Terms<'_>) -> T,
) -> Result<T, Error> {
    under_known_terms(ledger, &mut KnownPlans::default(), claim, work)
}

/// The same for one claim of many: a plan is read once.
fn under_known_terms<T>(
    ledger: &Ledger,
    plans: &mut KnownPlans,
    claim: &Claim,
    work: impl FnOnce(Terms<'_>) -> T,
) -> Result<T, Error> {
    let policy = policy_of(ledger, claim)?;
    let plan = plans.of(ledger, &policy)?;
    Ok(work(terms_of(&plan, &policy)?))
}

/// What the claim's course does not allow: always an error, with what to do instead; while the
/// insurer has yet to decide, with the clause on how long that takes.
fn refused<T>(
    code: &'static str,
    ledger: &Ledger,
    plans: &mut KnownPlans,
    claim: &Claim,
    reason: String,
    remedy: Option<String>,
) -> Result<T, Error> {
    let waits = matches!(claim.status, ClaimStatus::UnderReview | ClaimStatus::NeedsInfo);
    let mut refusal = under_known_terms(ledger, plans, claim, |terms| {
        Refusal::by(terms.decided_by(), code, reason)
    })?;
    if !waits || code != "claim_status" {
        refusal.clause.clear();
        refusal.source.clear();
        refusal.text.clear();
    }
    refusal.remedy = Some(remedy.unwrap_or_else(|| instead(claim)));
    Err(Error::Refused(Box::new(refusal)))
}

/// What can be done with a claim as it stands.
fn instead(claim: &Claim) -> String {
    let no = claim.no;
    match claim.status {
        ClaimStatus::Draft => format!(
            "add the missing evidence first: insure claim evidence add {no} --kind KIND FILE"
        ),
        ClaimStatus::UnderReview | ClaimStatus::NeedsInfo => {
            format!("note the decision first: insure claim decide {no} --accepted")
        }
        _ if claim.can_be_appealed() => {
            format!("appeal with what is new: insure claim appeal {no} --reason TEXT")
        }
        _ => format!("see how it stands: insure claim show {no}"),
    }
}

/// A day that lies ahead, where something is noted that has happened.
pub(super) fn not_ahead(day: Day, flag: &str, what: &str, today: Day) -> Result<(), Error> {
    if day <= today {
        return Ok(());
    }
    Err(Error::unfit(
        codes::FUTURE_DATE,
        Some(flag.trim_start_matches('-')),
        format!("{day} is in the future, today is {today}"),
        format!("give the day {what}"),
    ))
}

fn event(on: Day, claim: ClaimNo, kind: &str, detail: serde_json::Value) -> Event {
    Event { on, about: About::Claim(claim), kind: kind.to_owned(), detail }
}
