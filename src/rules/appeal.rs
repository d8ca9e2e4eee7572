//! An appeal: one level up, while there is one and its days are not over.

use serde::Serialize;

use super::{Refusal, Terms};
use crate::calendar::Day;
use crate::claim::{Claim, ClaimStatus};

/// A level a decision can be appealed to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Appeal {
    /// Which one, counted from 1.
    pub level: u32,
    /// To whom.
    pub to: String,
    /// The last day, where the terms name one.
    pub until: Option<Day>,
    /// The clause, by its place in the plan's version.
    pub clause: String,
    /// The short name of that clause's source.
    pub source: String,
}

/// The level the decision on a claim can be taken to next. What can be appealed is a rejection, and
/// an acceptance of less than the terms pay.
pub fn next_appeal(terms: Terms<'_>, claim: &Claim) -> Option<Appeal> {
    let decision = claim.decision.as_ref().filter(|_| claim.can_be_appealed())?;
    let (next, clause) = terms.version.appeal(usize::try_from(claim.appeals).ok()?)?;
    Some(Appeal {
        level: claim.appeals.saturating_add(1),
        to: next.to.clone(),
        until: next.last_day(decision.on),
        clause: clause.id.to_owned(),
        source: clause.source.to_owned(),
    })
}

/// The level a claim goes to when it is appealed on this day.
///
/// # Errors
/// Nothing to appeal (`claim_status`), no level left (`no_further_appeal`), or too late
/// (`appeal_late`).
pub fn appeal(terms: Terms<'_>, claim: &Claim, on: Day) -> Result<Appeal, Box<Refusal>> {
    let decision = terms.decided_by();
    if !claim.can_be_appealed() {
        let status = match claim.status {
            ClaimStatus::Accepted | ClaimStatus::Paid => "accepted in full",
            status => status.word(),
        };
        let reason = format!(
            "claim {} is {status}: what can be appealed is a rejection, or an acceptance in part",
            claim.no
        );
        return Err(Box::new(Refusal::by(decision, "claim_status", reason)));
    }
    let levels = &terms.version.appeals;
    let Some(next) = next_appeal(terms, claim) else {
        let refusal = match levels.len().checked_sub(1).and_then(|at| terms.version.appeal(at)) {
            Some((last, clause)) => {
                let reason = format!("claim {} went to {}, the last level", claim.no, last.to);
                Refusal::by(clause, "no_further_appeal", reason)
            }
            None => {
                let reason = format!("the terms of {} name no appeal", terms.plan.id);
                Refusal::by(decision, "no_further_appeal", reason)
            }
        };
        return Err(Box::new(refusal));
    };
    if let Some(last) = next.until.filter(|last| *last < on) {
        let reason =
            format!("the last day to appeal to {} was {last}, the appeal is of {on}", next.to);
        let made = usize::try_from(claim.appeals).unwrap_or(usize::MAX);
        let refusal = match terms.version.appeal(made) {
            Some((_, clause)) => Refusal::by(clause, "appeal_late", reason),
            None => Refusal::by(decision, "appeal_late", reason),
        };
        return Err(Box::new(refusal.unless("if the appeal was made in time: --at DATE")));
    }
    Ok(next)
}
