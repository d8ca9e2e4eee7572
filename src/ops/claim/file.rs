//! Filing: a claim for each parcel named, each on its own merits.

use serde_json::json;

use super::super::evidence_folder::EvidenceFolder;
use super::super::lookup;
use super::super::terms::KnownPlans;
use super::Request;
use super::evidence::{keep_all, not_of_the_future, promised};
use super::judge::{Assessed, judge};
use super::rows::problem_of;
use crate::calendar::Day;
use crate::claim::{Claim, ClaimStatus, Evidence, Incident, flag};
use crate::error::Error;
use crate::intake::Problem;
use crate::ledger::{Ledger, NewClaim, Write};
use crate::money::Money;
use crate::number::ClaimNo;
use crate::policy::Policy;

/// What came of filing one claim.
#[derive(Debug)]
pub enum Filed {
    /// It is in the ledger.
    Filed(Box<FiledClaim>),
    /// Its parcel has an open claim for the same reason: this one, and nothing changed.
    Already(Box<Claim>, Box<Policy>),
    /// The terms do not allow it.
    Refused(Box<Assessed>),
    /// It cannot be judged: the identifier names nothing, or more than one parcel; a list's row
    /// does not fit.
    Unfit(Problem),
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
        results.push(match lookup::policy(&write, identifier) {
            Ok(policy) => file(&mut write, &mut plans, policy, request, &evidence, today)?,
            Err(why) => Filed::Unfit(problem_of(why)?),
        });
    }
    if dry_run {
        results.iter_mut().for_each(Filed::forget_number);
    } else {
        write.commit()?;
    }
    Ok(results)
}

impl Filed {
    /// In a dry run the number is not given yet.
    pub(super) fn forget_number(&mut self) {
        if let Filed::Filed(claim) = self {
            claim.no = None;
        }
    }
}

/// Files one claim, if the terms allow it and it is not on its way already.
pub(super) fn file(
    write: &mut Write<'_>,
    plans: &mut KnownPlans,
    policy: Policy,
    request: &Request,
    evidence: &[Evidence],
    today: Day,
) -> Result<Filed, Error> {
    if let Some(claim) = filed_before(write, &policy, request.incident)? {
        let stated = (request.asked(claim.amount.currency())?, request);
        return match differs(&claim, stated, today)? {
            Some(problem) => Ok(Filed::Unfit(problem)),
            None => Ok(Filed::Already(Box::new(claim), Box::new(policy))),
        };
    }
    let assessed = judge(write, plans, policy, request, evidence, today)?;
    if assessed.assessment.eligible {
        Ok(Filed::Filed(Box::new(open(write, assessed, request, evidence, today)?)))
    } else {
        Ok(Filed::Refused(Box::new(assessed)))
    }
}

/// The open claim that a policy has for this reason.
pub(super) fn filed_before(
    ledger: &Ledger,
    policy: &Policy,
    incident: Incident,
) -> Result<Option<Claim>, Error> {
    let Some((no, _)) = policy.claim.filter(|(_, status)| status.is_open()) else {
        return Ok(None);
    };
    Ok(ledger.claim(no)?.filter(|claim| claim.incident == incident))
}

/// What is stated otherwise than the open claim has it: that would be lost without a word.
fn differs(
    claim: &Claim,
    (amount, request): (Option<Money>, &Request),
    today: Day,
) -> Result<Option<Problem>, Error> {
    let differs = |what: &str, is: String, flag: String| {
        let reason = format!("claim {} is open for the same reason, with {what} {is}", claim.no);
        Problem::row("claim_differs", reason)
            .with_hint(format!("state it there: insure claim amend {} {flag}", claim.no))
    };
    if let Some(asked) = amount.filter(|asked| *asked != claim.amount) {
        let flag = format!("--amount {}", asked.digits());
        return Ok(Some(differs("the amount", claim.amount.to_string(), flag)));
    }
    for (name, value) in request.facts(claim.amount.currency(), today)?.iter() {
        let known = claim.facts.iter().find(|(known, _)| *known == name).map(|(_, value)| value);
        if known != Some(value) {
            let is = known.map_or("not stated".to_owned(), |known| known.to_string());
            let flag = flag(name).replace("yes|no", &value.to_string());
            let flag = if flag.contains('=') { flag } else { format!("{flag} {value}") };
            return Ok(Some(differs(name, is, flag)));
        }
    }
    Ok(None)
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
