//! What becomes known after a claim was filed: what the carrier paid, what the repair cost.

use serde_json::json;

use super::super::terms::KnownPlans;
use super::judge::{known_questions, reassess};
use super::{Request, claim_of, event, policy_of, refused, under_its_terms};
use crate::calendar::Day;
use crate::claim::{Claim, ClaimStatus};
use crate::error::Error;
use crate::ledger::Ledger;
use crate::money::Money;
use crate::rules::Assessment;

/// What stating more of a claim did.
#[derive(Debug)]
pub struct Amended {
    /// The claim as it stands.
    pub claim: Claim,
    /// What the terms say of it now.
    pub assessment: Assessment,
    /// What it paid before.
    pub before: Money,
    /// Whether anything is new.
    pub changed: bool,
}

/// States more, or other, facts of a claim that is not decided yet, and judges it again. Of the
/// request only the amount and the facts count.
///
/// # Errors
/// No such claim; one that is decided; a value that does not fit; facts under which the terms do
/// not allow the claim: then nothing is changed.
pub fn amend_claim(
    ledger: &mut Ledger,
    identifier: &str,
    request: &Request,
    today: Day,
) -> Result<Amended, Error> {
    let mut write = ledger.write()?;
    let known = claim_of(&write, identifier)?;
    let undecided = [ClaimStatus::Draft, ClaimStatus::UnderReview, ClaimStatus::NeedsInfo]
        .contains(&known.status);
    if !undecided {
        let reason = format!(
            "claim {} is {}: facts are stated until it is decided",
            known.no,
            known.status.word()
        );
        let remedy = known.can_be_appealed().then(|| {
            format!("appeal with what is new: insure claim appeal {} --reason TEXT", known.no)
        });
        return refused("claim_status", &write, &mut KnownPlans::default(), &known, reason, remedy);
    }
    let currency = known.amount.currency();
    let mut claim = known.clone();
    if let Some(amount) = request.asked(currency)? {
        (claim.amount, claim.derived) = (amount, false);
    }
    for (name, value) in request.facts(currency, today)?.iter() {
        claim.facts.put(name, value);
    }
    let parcel = policy_of(&write, &claim)?.parcel;
    under_its_terms(&write, &claim, |terms| known_questions(terms, &parcel, &claim.facts))??;
    let assessment = reassess(&write, &claim, today)?;
    if let Some(refusal) = assessment.refusals.first() {
        return Err(Error::Refused(Box::new(refusal.clone())));
    }
    (claim.amount, claim.payable) = (assessment.claimed, assessment.payable);
    let changed = claim != known;
    if changed {
        let detail = json!({
            "amount": claim.amount,
            "payable": claim.payable,
            "payable_before": known.payable,
            "facts": claim.facts,
        });
        write.update_claim(&claim, &event(today, claim.no, "claim_amended", detail))?;
        write.commit()?;
    }
    Ok(Amended { claim, assessment, before: known.payable, changed })
}
