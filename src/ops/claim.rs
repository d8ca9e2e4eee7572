//! Claims: judged, filed, amended, completed with evidence, decided, appealed, paid. One file for each; here
//! is what they share.

mod amend;
mod appeal;
mod decide;
mod evidence;
mod file;
mod judge;
mod packet;
mod pay;
mod request;

use super::lookup;
use super::terms::{KnownPlans, terms_of};
use crate::calendar::Day;
use crate::claim::Claim;
use crate::error::Error;
use crate::ledger::{About, Event, Ledger};
use crate::number::ClaimNo;
use crate::policy::Policy;
use crate::rules::{Refusal, Terms};

pub use amend::{Amended, amend_claim};
pub use appeal::{Appealed, NewAppeal, appeal_claim};
pub use decide::{Decided, NewDecision, decide_claim};
pub use evidence::{AddedEvidence, Given, add_evidence};
pub use file::{Filed, FiledClaim, file_claim};
pub use judge::{Assessed, ShownClaim, check_claim, show_claim};
pub use packet::{MadePacket, PacketOptions, PacketOutcome, Packets, RefusedPacket, make_packets};
pub use pay::{NewPayment, Paid, pay_claim};
pub use request::Request;

/// The claim an identifier means: its own number, or the latest one on a policy.
fn claim_of(ledger: &Ledger, identifier: &str) -> Result<Claim, Error> {
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
fn policy_of(ledger: &Ledger, claim: &Claim) -> Result<Policy, Error> {
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
    let policy = policy_of(ledger, claim)?;
    let plan = KnownPlans::default().of(ledger, &policy)?;
    Ok(work(terms_of(&plan, &policy)?))
}

/// What the claim's course does not allow: always an error, with the clause on decisions.
fn refused<T>(
    code: &'static str,
    ledger: &Ledger,
    claim: &Claim,
    reason: String,
    remedy: Option<String>,
) -> Result<T, Error> {
    let mut refusal =
        under_its_terms(ledger, claim, |terms| Refusal::by(terms.decided_by(), code, reason))?;
    refusal.remedy = remedy;
    Err(Error::Refused(Box::new(refusal)))
}

/// A day that lies ahead, where something is noted that has happened.
fn not_ahead(day: Day, flag: &str, what: &str, today: Day) -> Result<(), Error> {
    if day <= today {
        return Ok(());
    }
    Err(Error::usage(
        format!("{flag}: {day} is in the future, today is {today}"),
        format!("give the day {what}"),
    ))
}

fn event(on: Day, claim: ClaimNo, kind: &str, detail: serde_json::Value) -> Event {
    Event { on, about: About::Claim(claim), kind: kind.to_owned(), detail }
}
