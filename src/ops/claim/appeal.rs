//! An appeal: a decision is taken one level up, with a reason and new evidence.

use serde_json::json;

use super::super::evidence_folder::EvidenceFolder;
use super::evidence::{Given, keep_all, not_of_the_future};
use super::{claim_of, event, not_ahead, under_its_terms};
use crate::calendar::Day;
use crate::claim::{Claim, ClaimStatus};
use crate::error::Error;
use crate::ledger::Ledger;
use crate::rules::{Appeal, appeal};

/// The event of an appeal.
pub(super) const APPEALED: &str = "claim_appealed";

/// What an appeal says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewAppeal {
    /// Why the decision is wrong.
    pub reason: String,
    /// New documents.
    pub evidence: Vec<Given>,
    /// The day it was made.
    pub on: Day,
}

/// An appeal that was made.
#[derive(Debug)]
pub struct Appealed {
    /// The claim, under review again.
    pub claim: Claim,
    /// The level it is on now.
    pub appeal: Appeal,
    /// How many of the documents are new to it.
    pub added: u64,
}

/// Takes a decision one level up. The claim is under review again, and the one open claim of its
/// policy.
///
/// # Errors
/// No such claim; a decision that cannot be appealed, or not any more; a document that cannot be
/// kept.
pub fn appeal_claim(
    ledger: &mut Ledger,
    folder: &EvidenceFolder,
    identifier: &str,
    new: &NewAppeal,
    today: Day,
) -> Result<Appealed, Error> {
    not_ahead(new.on, "--at", "of the appeal with --at", today)?;
    not_of_the_future(&new.evidence, today)?;
    // Asked before documents are copied, and again once nobody else can write.
    let no = claim_of(ledger, identifier)?.no;
    next_level(ledger, &claim_of(ledger, identifier)?, new.on)?;
    let kept = keep_all(folder, &new.evidence, today)?;
    let mut write = ledger.write()?;
    let mut claim = claim_of(&write, &no.to_string())?;
    let appeal = next_level(&write, &claim, new.on)?;
    let mut added = 0;
    for document in &kept {
        added += u64::from(write.add_evidence(no, document)?);
    }
    claim = claim_of(&write, &no.to_string())?;
    claim.status = ClaimStatus::UnderReview;
    claim.appeals = appeal.level;
    let detail = json!({ "level": appeal.level, "to": appeal.to, "reason": new.reason });
    write.update_claim(&claim, &event(new.on, no, APPEALED, detail))?;
    write.commit()?;
    Ok(Appealed { claim, appeal, added })
}

fn next_level(ledger: &Ledger, claim: &Claim, on: Day) -> Result<Appeal, Error> {
    let appeal = under_its_terms(ledger, claim, |terms| appeal(terms, claim, on))?
        .map_err(Error::Refused)?;
    match claim.decision.as_ref().filter(|decision| on < decision.on) {
        Some(decision) => Err(Error::usage(
            format!(
                "claim {} was decided on {}, it was not appealed on {on}",
                claim.no, decision.on
            ),
            "give the day of the appeal with --at",
        )),
        None => Ok(appeal),
    }
}
