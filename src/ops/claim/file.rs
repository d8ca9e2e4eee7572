//! Filing: a claim for each parcel named, each on its own merits.

use std::collections::HashSet;

use serde_json::json;

use super::super::evidence::doubts;
use super::super::evidence_folder::EvidenceFolder;
use super::super::lookup;
use super::super::terms::KnownPlans;
use super::Request;
use super::evidence::{keep_all, not_of_the_future, promised};
use super::judge::{Assessed, judge, under_its_facts};
use super::rows::problem_of;
use crate::calendar::Day;
use crate::claim::{Claim, ClaimStatus, Evidence, Incident, flag};
use crate::error::Error;
use crate::intake::Problem;
use crate::ledger::{Ledger, NewClaim, Write};
use crate::money::Money;
use crate::number::ClaimNo;
use crate::policy::Policy;
use crate::rules::{Missing, assess};

/// What came of filing one claim.
#[derive(Debug)]
pub enum Filed {
    /// It is in the ledger.
    Filed(Box<FiledClaim>),
    /// Its parcel has an open claim for the same reason, and nothing changed.
    Already(Box<KnownClaim>),
    /// The terms do not allow it.
    Refused(Box<Assessed>),
    /// It cannot be judged: the identifier names nothing, or more than one parcel; a list's row
    /// does not fit.
    Unfit(Problem),
}

/// A claim that is open already.
#[derive(Debug)]
pub struct KnownClaim {
    /// The claim.
    pub claim: Claim,
    /// On which policy.
    pub policy: Policy,
    /// What it still lacks.
    pub missing: Vec<Missing>,
    /// In a dry run: an earlier row would file it, so it has no number yet.
    pub tried: bool,
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
    /// What is doubtful about what was given with it.
    pub doubts: Vec<String>,
}

/// The claims a dry run would have filed so far: their numbers mean nothing outside of it.
pub(super) type Tried = HashSet<ClaimNo>;

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
        promised(folder, &request.evidence, today)?
    } else {
        keep_all(folder, &request.evidence, today)?
    };
    let mut plans = KnownPlans::default();
    let mut write = ledger.write()?;
    let mut results = Vec::with_capacity(identifiers.len());
    let mut tried = Tried::new();
    for identifier in identifiers {
        let mut filed = match lookup::policy(&write, identifier) {
            Ok(policy) => {
                file(&mut write, &mut plans, policy, (request, &evidence), &tried, today)?
            }
            Err(why) => Filed::Unfit(problem_of(why)?),
        };
        if dry_run {
            filed.forget_number(&mut tried);
        }
        results.push(filed);
    }
    if !dry_run {
        write.commit()?;
    }
    Ok(results)
}

impl Filed {
    /// In a dry run the number is not given yet.
    pub(super) fn forget_number(&mut self, tried: &mut Tried) {
        if let Filed::Filed(claim) = self {
            tried.extend(claim.no.take());
        }
    }
}

/// Files one claim, if the terms allow it and it is not on its way already.
pub(super) fn file(
    write: &mut Write<'_>,
    plans: &mut KnownPlans,
    policy: Policy,
    (request, evidence): (&Request, &[Evidence]),
    tried: &Tried,
    today: Day,
) -> Result<Filed, Error> {
    if let Some(claim) = filed_before(write, &policy, request.incident)? {
        let stated = (request.asked(claim.amount.currency())?, request);
        let tried = tried.contains(&claim.no);
        if let Some(problem) = differs(&claim, stated, tried, today)? {
            return Ok(Filed::Unfit(problem));
        }
        let missing = under_its_facts(write, plans, &claim, today, assess)?.missing_evidence;
        return Ok(Filed::Already(Box::new(KnownClaim { claim, policy, missing, tried })));
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
    tried: bool,
    today: Day,
) -> Result<Option<Problem>, Error> {
    let differs = |what: &str, is: String, flag: String| {
        if tried {
            let reason = format!("an earlier row of this run files it, with {what} {is}");
            return Problem::row("claim_differs", reason)
                .with_hint("leave one of the two rows away");
        }
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
    let mut doubts = doubts(evidence);
    doubts.extend(over_value(&assessed, request));
    Ok(FiledClaim { no: Some(no), status, assessed, doubts })
}

/// What is said of an amount that is more than there was.
fn over_value(assessed: &Assessed, request: &Request) -> Option<String> {
    let value = assessed.policy.figures.package_value;
    let asked = request.amount.as_ref().map(|_| assessed.amount)?;
    let pays = assessed.assessment.payable;
    (asked.currency() == value.currency() && asked.minor() > value.minor()).then(|| {
        format!("{asked} is more than the package is worth, {value}: the claim pays {pays}")
    })
}
