//! Filing: a claim for each parcel named, each on its own merits.

use serde_json::json;

use super::super::evidence_folder::EvidenceFolder;
use super::super::lookup;
use super::super::terms::KnownPlans;
use super::Request;
use super::evidence::{keep_all, not_of_the_future, promised};
use super::judge::{Assessed, judge};
use crate::calendar::Day;
use crate::claim::{ClaimStatus, Evidence};
use crate::error::Error;
use crate::ledger::{Ledger, NewClaim, Write};
use crate::number::ClaimNo;

/// What came of filing one claim.
#[derive(Debug)]
pub enum Filed {
    /// It is in the ledger.
    Filed(Box<FiledClaim>),
    /// The terms do not allow it.
    Refused(Box<Assessed>),
    /// The identifier names nothing, or more than one parcel.
    Unknown(Error),
}

/// A claim that was filed.
#[derive(Debug)]
pub struct FiledClaim {
    /// Its number; none in a dry run.
    pub no: Option<ClaimNo>,
    /// A draft where evidence is missing, else under review.
    pub status: ClaimStatus,
    /// The judgement it was filed on.
    pub assessed: Assessed,
}

/// Files a claim for each identifier, each on its own merits, all in one transaction.
///
/// # Errors
/// The ledger or a document cannot be read or written: then nothing is filed.
pub fn file_claim(
    ledger: &mut Ledger,
    folder: &EvidenceFolder,
    identifiers: &[String],
    request: &Request,
    today: Day,
    dry_run: bool,
) -> Result<Vec<Filed>, Error> {
    not_of_the_future(&request.evidence, today)?;
    let evidence = if dry_run {
        promised(&request.evidence, today)?
    } else {
        keep_all(folder, &request.evidence, today)?
    };
    let mut plans = KnownPlans::default();
    let mut write = ledger.write()?;
    let mut results = Vec::with_capacity(identifiers.len());
    for identifier in identifiers {
        let policy = match lookup::policy(&write, identifier) {
            Ok(policy) => policy,
            Err(why @ (Error::NotFound { .. } | Error::Usage { .. })) => {
                results.push(Filed::Unknown(why));
                continue;
            }
            Err(why) => return Err(why),
        };
        let assessed = judge(&write, &mut plans, policy, request, &evidence, today)?;
        results.push(if assessed.assessment.eligible {
            Filed::Filed(Box::new(open(&mut write, assessed, request, &evidence, today)?))
        } else {
            Filed::Refused(Box::new(assessed))
        });
    }
    if dry_run {
        for filed in &mut results {
            if let Filed::Filed(claim) = filed {
                claim.no = None;
            }
        }
    } else {
        write.commit()?;
    }
    Ok(results)
}

fn open(
    write: &mut Write<'_>,
    assessed: Assessed,
    request: &Request,
    evidence: &[Evidence],
    today: Day,
) -> Result<FiledClaim, Error> {
    let assessment = &assessed.assessment;
    let complete = assessment.is_complete();
    let status = if complete { ClaimStatus::UnderReview } else { ClaimStatus::Draft };
    let new = NewClaim {
        policy: assessed.policy.no,
        incident: request.incident,
        amount: assessed.amount,
        derived: request.amount.is_none(),
        payable: assessment.payable,
        facts: &assessed.facts,
        status,
        opened_on: today,
        closes_on: assessment.closes_on,
    };
    let missing: Vec<&str> = assessment.missing_evidence.iter().map(|m| m.kind.as_str()).collect();
    let mut detail = json!({
        "reason": request.incident,
        "amount": assessed.amount,
        "payable": assessment.payable,
        "status": status,
        "missing": missing,
    });
    if !assessed.facts.is_empty() {
        detail["facts"] = json!(assessed.facts);
    }
    let no = write.open_claim(&new, detail)?;
    for document in evidence {
        write.add_evidence(no, document)?;
    }
    Ok(FiledClaim { no: Some(no), status, assessed })
}
