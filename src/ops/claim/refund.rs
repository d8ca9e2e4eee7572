//! What the buyer got back from the seller, noted with a claim.

use serde_json::json;

use super::{claim_of, event, not_ahead, policy_of};
use crate::calendar::Day;
use crate::claim::{Claim, Refund, RefundStatus};
use crate::error::Error;
use crate::ledger::Ledger;
use crate::money::Money;

/// A buyer's refund as the seller states it, before the claim's currency is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewRefund {
    /// Whether there was one.
    pub status: RefundStatus,
    /// Why.
    pub reason: Option<String>,
    /// How much, as written.
    pub amount: Option<String>,
    /// When.
    pub on: Day,
}

/// What noting a refund did.
#[derive(Debug)]
pub struct Refunded {
    /// The claim with it.
    pub claim: Claim,
    /// Whether anything is new.
    pub changed: bool,
    /// What is doubtful about the refund.
    pub doubt: Option<String>,
}

/// Notes the buyer's refund with a claim; the last note counts, and the history keeps all.
///
/// # Errors
/// No such claim, a day that lies ahead, or before the parcel was shipped, or an amount that is none or does not go with the status.
pub fn refund_claim(
    ledger: &mut Ledger,
    identifier: &str,
    new: &NewRefund,
    today: Day,
) -> Result<Refunded, Error> {
    not_ahead(new.on, "--at", "of the refund", today)?;
    let mut write = ledger.write()?;
    let mut claim = claim_of(&write, identifier)?;
    let policy = policy_of(&write, &claim)?;
    if let Some(shipped) = policy.parcel.shipped_on().filter(|shipped| new.on < *shipped) {
        return Err(Error::unfit(
            "out_of_order",
            Some("at"),
            format!(
                "the parcel was shipped on {shipped}, nothing was refunded for it on {}",
                new.on
            ),
            "give the day of the refund with --at",
        ));
    }
    let currency = claim.amount.currency();
    let amount = new.amount.as_deref().map(|text| {
        Money::parse(text, currency).map_err(|why| {
            Error::usage(
                format!("--amount: {why}"),
                format!("write it in {currency}, such as --amount 120.00"),
            )
        })
    });
    let refund = Refund {
        status: new.status,
        reason: new.reason.clone(),
        amount: amount.transpose()?,
        on: new.on,
    };
    let changed = claim.refund.as_ref() != Some(&refund);
    if changed {
        let detail = json!({
            "status": refund.status,
            "reason": refund.reason,
            "amount": refund.amount,
        });
        claim.refund = Some(refund);
        write.update_claim(&claim, &event(new.on, claim.no, "buyer_refund", detail))?;
        write.commit()?;
    }
    let value = policy.figures.package_value;
    let over = claim.refund.as_ref().and_then(|refund| refund.amount);
    let over = over.filter(|amount| amount.minor() > value.minor());
    let doubt = over.map(|amount| format!("{amount} is more than the package is worth, {value}"));
    Ok(Refunded { claim, changed, doubt })
}
