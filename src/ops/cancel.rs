//! Ending a cover before the carrier's first scan; the premium is refunded as the terms say.

use serde_json::json;

use super::lookup;
use super::terms::{KnownPlans, terms_of};
use crate::calendar::Day;
use crate::error::Error;
use crate::ledger::{About, Event, Ledger, Write};
use crate::money::Money;
use crate::number::PolicyNo;
use crate::plan::Cited;
use crate::policy::State;
use crate::rules::Refusal;

/// What came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cancelled {
    /// The policy.
    pub policy: PolicyNo,
    /// The premium that is refunded.
    pub refunded: Money,
    /// Whether it was cancelled before already.
    pub already: bool,
}

/// Ends the cover of a parcel.
///
/// # Errors
/// Nothing of that name; after the first scan it is refused, with the clause.
pub fn cancel(ledger: &mut Ledger, identifier: &str, on: Day) -> Result<Cancelled, Error> {
    let mut write = ledger.write()?;
    let before = lookup::policy(&write, identifier)?;
    if before.state == State::Cancelled {
        let refunded = before.refunded.unwrap_or(before.figures.premium);
        return Ok(Cancelled { policy: before.no, refunded, already: true });
    }
    let mut after = before.clone();
    if !after.cancel() {
        let plan = KnownPlans::default().of(&write, &before)?;
        let terms = terms_of(&plan, &before)?;
        let scanned =
            before.parcel.facts.scanned_on.map_or_else(String::new, |day| format!(" on {day}"));
        let reason = format!(
            "the carrier scanned the parcel{scanned}: {} stays, its premium is not refunded",
            before.no
        );
        let refusal = Refusal::by(terms.version.refund.cite("refund"), "already_scanned", reason);
        return Err(Error::Refused(Box::new(refusal)));
    }
    let refunded = after.refunded.unwrap_or(after.figures.premium);
    let event = Event {
        on,
        about: About::Policy(after.no),
        kind: "cancelled".to_owned(),
        detail: json!({ "refunded": refunded, "currency": refunded.currency() }),
    };
    write.update(&before, &after, &event)?;
    write.commit()?;
    Ok(Cancelled { policy: after.no, refunded, already: false })
}

/// Ends a policy in whose place there is one with more cover; its premium is refunded.
pub(super) fn replace(write: &mut Write<'_>, policy: PolicyNo, on: Day) -> Result<(), Error> {
    let Some(before) = write.policy(policy)? else { return Ok(()) };
    let mut after = before.clone();
    if !after.cancel() {
        return Ok(());
    }
    let event = Event {
        on,
        about: About::Policy(policy),
        kind: "replaced".to_owned(),
        detail: json!({ "refunded": after.refunded }),
    };
    Ok(write.update(&before, &after, &event)?)
}
