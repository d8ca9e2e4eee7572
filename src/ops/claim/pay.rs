//! Payments: what came of what was granted.

use serde_json::json;

use super::super::terms::KnownPlans;
use super::{claim_of, event, not_ahead, refused};
use crate::calendar::Day;
use crate::claim::{Claim, ClaimStatus, Payment};
use crate::error::Error;
use crate::ledger::{Ledger, Write};
use crate::money::Money;

/// A payment as it is noted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPayment {
    /// How much came, as written, in the policy's currency; all that is still owed where nothing
    /// is stated.
    pub amount: Option<String>,
    /// The day it came.
    pub on: Day,
    /// The payer's word for it; may be empty.
    pub reference: String,
}

/// What recording a payment did.
#[derive(Debug)]
pub struct Paid {
    /// The claim as it stands.
    pub claim: Claim,
    /// Whether the payment is new: the very same one was not recorded before.
    pub changed: bool,
}

/// Records a payment. Payments add up; once nothing is owed any more, the claim is paid.
///
/// # Errors
/// No such claim; nothing granted; more than is owed; a day before the decision, or ahead.
pub fn pay_claim(
    ledger: &mut Ledger,
    identifier: &str,
    new: &NewPayment,
    today: Day,
    dry_run: bool,
) -> Result<Paid, Error> {
    not_ahead(new.on, "--at", "the money came with --at", today)?;
    let mut write = ledger.write()?;
    let claim = claim_of(&write, identifier)?;
    let paid = pay(&mut write, &mut KnownPlans::default(), claim, new)?;
    if paid.changed && !dry_run {
        write.commit()?;
    }
    Ok(paid)
}

/// Records a payment on one claim.
pub(super) fn pay(
    write: &mut Write<'_>,
    plans: &mut KnownPlans,
    mut claim: Claim,
    new: &NewPayment,
) -> Result<Paid, Error> {
    let (Some(owed), Some(decision)) = (claim.owed(), &claim.decision) else {
        let reason = format!(
            "claim {} is {}: nothing is granted, so nothing is owed",
            claim.no,
            claim.status.word()
        );
        let remedy = match claim.status {
            ClaimStatus::UnderReview | ClaimStatus::NeedsInfo => Some(format!(
                "note the decision first: insure claim decide {} --accepted",
                claim.no
            )),
            _ => None,
        };
        return refused("claim_status", write, plans, &claim, reason, remedy);
    };
    let amount = match &new.amount {
        Some(text) => Some(Money::parse(text, owed.currency()).map_err(|why| {
            let hint = format!("write it in {}, such as 120.00", owed.currency());
            Error::unfit("bad_amount", Some("amount"), why.to_string(), hint)
        })?),
        None if owed.is_zero() => None,
        None => Some(owed),
    };
    let same = |payment: &Payment| {
        payment.on == new.on
            && payment.reference == new.reference
            && amount.is_none_or(|amount| payment.amount == amount)
    };
    if let Some(known) = claim.payments.iter().find(|payment| same(payment)) {
        if new.amount.is_none() && !owed.is_zero() {
            return Err(Error::usage(
                format!(
                    "a payment of {} on {} is recorded on claim {}, and {owed} is still owed",
                    known.amount, known.on, claim.no
                ),
                "if this is a second one alike, tell it apart with --reference",
            ));
        }
        return Ok(Paid { claim, changed: false });
    }
    if new.on < decision.on {
        return Err(Error::unfit(
            "out_of_order",
            None,
            format!(
                "claim {} was decided on {}, it was not paid on {}",
                claim.no, decision.on, new.on
            ),
            "give the day the money came with --at",
        ));
    }
    let amount = within(&claim, amount, owed)?;
    let payment = Payment { on: new.on, amount, reference: new.reference.clone() };
    write.add_payment(claim.no, &payment)?;
    claim.payments.push(payment);
    let left = claim.owed();
    if left.is_some_and(Money::is_zero) && claim.status.may_become(ClaimStatus::Paid) {
        claim.status = ClaimStatus::Paid;
    }
    let reference = (!new.reference.is_empty()).then_some(&new.reference);
    let detail =
        json!({ "amount": amount, "reference": reference, "owed": left, "status": claim.status });
    write.update_claim(&claim, &event(new.on, claim.no, "payment_received", detail))?;
    Ok(Paid { claim, changed: true })
}

/// What is paid, if it is something and no more than is owed.
fn within(claim: &Claim, amount: Option<Money>, owed: Money) -> Result<Money, Error> {
    let granted = claim.granted().unwrap_or(owed);
    let figures = format!("{granted} granted, {} paid before, {owed} left", claim.paid());
    match amount {
        Some(amount) if amount.is_zero() => Err(Error::unfit(
            "zero_amount",
            Some("amount"),
            "nothing is paid with 0",
            "state what came",
        )),
        Some(amount) if amount.minor() <= owed.minor() => Ok(amount),
        Some(amount) => Err(Error::unfit(
            "over_owed",
            None,
            format!("{amount} is more than is owed on claim {}: {figures}", claim.no),
            "record what came for this claim, at most what is left",
        )),
        None => Err(Error::unfit(
            "nothing_owed",
            None,
            format!("nothing is owed on claim {} any more: {figures}", claim.no),
            "insure claim show lists what was paid",
        )),
    }
}
