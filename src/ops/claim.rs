//! Claims: judged, filed, completed with evidence, decided.

use std::fs;
use std::path::PathBuf;
use std::rc::Rc;

use serde_json::json;

use super::evidence_folder::{EvidenceFolder, Kept};
use super::lookup;
use super::terms::{KnownPlans, terms_of};
use crate::calendar::Day;
use crate::claim::{Claim, ClaimStatus, Decision, Evidence, Facts, Incident};
use crate::error::Error;
use crate::ledger::{About, Event, Ledger, NewClaim, Write};
use crate::money::Money;
use crate::number::ClaimNo;
use crate::plan::Plan;
use crate::policy::Policy;
use crate::rules::{Assessment, ClaimFacts, Refusal, Terms, assess};

/// A document given for a claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    /// What it shows: `invoice`, `photo`, `affidavit`.
    pub kind: String,
    /// Where it is.
    pub path: PathBuf,
    /// The day it bears, where stated.
    pub dated: Option<Day>,
}

/// What is asked of a claim, before it is known on which policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// What happened.
    pub incident: Incident,
    /// How much, as written; in the policy's currency.
    pub amount: Option<String>,
    /// Documents.
    pub evidence: Vec<Given>,
    /// Whether the parcel was the buyer's return.
    pub is_return: bool,
}

/// A claim as it would be today.
#[derive(Debug)]
pub struct Assessed {
    /// On which policy.
    pub policy: Policy,
    /// The plan as it was when the policy was recorded.
    pub plan: Rc<Plan>,
    /// What is asked for.
    pub amount: Money,
    /// What the terms say.
    pub assessment: Assessment,
}

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

/// What adding documents did.
#[derive(Debug)]
pub struct AddedEvidence {
    /// The claim with all its evidence.
    pub claim: Claim,
    /// How many of the documents are new to it.
    pub added: u64,
    /// What is still missing, and until when.
    pub assessment: Assessment,
    /// Whether these documents completed a draft.
    pub completed: bool,
}

/// The insurer's word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NewDecision {
    /// Will pay: all that is payable, or this much.
    Accepted(Option<String>),
    /// Will not pay, and why.
    Rejected(String),
    /// Wants to know more, and what.
    NeedsInfo(String),
    /// Taken back by the seller.
    Withdrawn,
}

/// Judges a claim without filing it. Documents count by kind and date; they are not opened.
///
/// # Errors
/// Nothing, or more than one parcel, of that name; an amount that is none.
pub fn check_claim(
    ledger: &Ledger,
    identifier: &str,
    request: &Request,
    today: Day,
) -> Result<Assessed, Error> {
    not_of_the_future(&request.evidence, today)?;
    let evidence = promised(&request.evidence, today)?;
    judge(ledger, &mut KnownPlans::default(), identifier, request, &evidence, today)
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
        let assessed = match judge(&write, &mut plans, identifier, request, &evidence, today) {
            Ok(assessed) => assessed,
            Err(why @ (Error::NotFound { .. } | Error::Usage { .. })) => {
                results.push(Filed::Unknown(why));
                continue;
            }
            Err(why) => return Err(why),
        };
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

/// Adds documents to a claim; a draft that lacks nothing any more goes to the insurer.
///
/// # Errors
/// No such claim, or a document cannot be kept.
pub fn add_evidence(
    ledger: &mut Ledger,
    folder: &EvidenceFolder,
    identifier: &str,
    given: &[Given],
    today: Day,
) -> Result<AddedEvidence, Error> {
    let no = claim_of(ledger, identifier)?.no;
    not_of_the_future(given, today)?;
    let kept = keep_all(folder, given, today)?;
    let mut write = ledger.write()?;
    let mut added = 0;
    for document in &kept {
        added += u64::from(write.add_evidence(no, document)?);
    }
    let mut claim = claim_of(&write, &no.to_string())?;
    let assessment = reassess(&write, &claim, today)?;
    // A draft goes to the insurer only where the terms still allow the claim; what the insurer
    // asked for goes back to it.
    let completed = assessment.is_complete()
        && claim.status.may_become(ClaimStatus::UnderReview)
        && match claim.status {
            ClaimStatus::Draft => assessment.eligible,
            _ => added > 0,
        };
    if completed {
        claim.status = ClaimStatus::UnderReview;
        let detail = json!({ "status": claim.status });
        write.update_claim(&claim, &event(today, no, "claim_complete", detail))?;
    }
    write.commit()?;
    Ok(AddedEvidence { claim, added, assessment, completed })
}

/// Books the insurer's decision, or the seller's withdrawal.
///
/// # Errors
/// No such claim; a claim that is not where it can be decided; more than it asked for.
pub fn decide_claim(
    ledger: &mut Ledger,
    identifier: &str,
    decision: &NewDecision,
    on: Day,
    today: Day,
) -> Result<Claim, Error> {
    if on > today {
        return Err(Error::usage(
            format!("{on} is in the future, today is {today}"),
            "give the day of the decision with --at",
        ));
    }
    let mut write = ledger.write()?;
    let mut claim = claim_of(&write, identifier)?;
    let (next, amount, reason) = match decision {
        NewDecision::Accepted(amount) => {
            (ClaimStatus::Accepted, Some(granted(&write, &claim, amount.as_deref())?), None)
        }
        NewDecision::Rejected(reason) => (ClaimStatus::Rejected, None, Some(reason.clone())),
        NewDecision::NeedsInfo(what) => (ClaimStatus::NeedsInfo, None, Some(what.clone())),
        NewDecision::Withdrawn => (ClaimStatus::Withdrawn, None, None),
    };
    if on < claim.opened_on {
        return Err(Error::usage(
            format!(
                "claim {} was opened on {}, it was not decided on {on}",
                claim.no, claim.opened_on
            ),
            "give the day of the decision with --at",
        ));
    }
    if !claim.status.may_become(next) {
        return Err(Error::Refused(Box::new(wrong_status(&write, &claim, next)?)));
    }
    claim.status = next;
    claim.decision = Some(Decision { on, amount, reason: reason.clone() });
    let detail = json!({ "status": next, "amount": amount, "reason": reason });
    write.update_claim(&claim, &event(on, claim.no, "claim_decided", detail))?;
    write.commit()?;
    Ok(claim)
}

/// A claim, and what the terms say of it today with the evidence it has.
///
/// # Errors
/// No such claim, or the ledger fails.
pub fn show_claim(
    ledger: &Ledger,
    identifier: &str,
    today: Day,
) -> Result<(Claim, Assessment), Error> {
    let claim = claim_of(ledger, identifier)?;
    let assessment = reassess(ledger, &claim, today)?;
    Ok((claim, assessment))
}

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

/// Judges a claim that is in the ledger again, with the evidence it has.
fn reassess(ledger: &Ledger, claim: &Claim, today: Day) -> Result<Assessment, Error> {
    let mut policy = policy_of(ledger, claim)?;
    let plan = KnownPlans::default().of(ledger, &policy)?;
    // The claim itself does not stand in its own way.
    policy.claim = None;
    let facts = ClaimFacts {
        policy: &policy,
        incident: claim.incident,
        amount: Some(claim.amount),
        evidence: &claim.evidence,
        stated: &Facts::default(),
        filed_on: Some(claim.opened_on),
        is_return: false,
        today,
    };
    Ok(assess(terms_of(&plan, &policy)?, &facts))
}

fn judge(
    ledger: &Ledger,
    plans: &mut KnownPlans,
    identifier: &str,
    request: &Request,
    evidence: &[Evidence],
    today: Day,
) -> Result<Assessed, Error> {
    let policy = lookup::policy(ledger, identifier)?;
    let currency = policy.figures.cover.currency();
    let amount =
        request.amount.as_deref().map(|text| Money::parse(text, currency)).transpose().map_err(
            |why| {
                Error::usage(
                    format!("--amount: {why}"),
                    format!("write it in {currency}, such as --amount 120.00"),
                )
            },
        )?;
    if amount.is_some_and(Money::is_zero) {
        return Err(Error::usage(
            "--amount: nothing is claimed with 0",
            "state what was lost or damaged, such as --amount 120.00",
        ));
    }
    let plan = plans.of(ledger, &policy)?;
    let facts = ClaimFacts {
        policy: &policy,
        incident: request.incident,
        amount,
        evidence,
        stated: &Facts::default(),
        filed_on: None,
        is_return: request.is_return,
        today,
    };
    let assessment = assess(terms_of(&plan, &policy)?, &facts);
    let amount = amount.unwrap_or(policy.figures.package_value);
    Ok(Assessed { policy, plan, amount, assessment })
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
        payable: assessment.payable,
        status,
        opened_on: today,
        closes_on: assessment.closes_on.unwrap_or(today),
    };
    let missing: Vec<&str> = assessment.missing_evidence.iter().map(|m| m.kind.as_str()).collect();
    let detail = json!({
        "reason": request.incident,
        "amount": assessed.amount,
        "payable": assessment.payable,
        "status": status,
        "missing": missing,
    });
    let no = write.open_claim(&new, detail)?;
    for document in evidence {
        write.add_evidence(no, document)?;
    }
    Ok(FiledClaim { no: Some(no), status, assessed })
}

/// An affidavit dated ahead would make a claim complete that is not.
fn not_of_the_future(given: &[Given], today: Day) -> Result<(), Error> {
    match given.iter().find_map(|document| document.dated.filter(|day| *day > today)) {
        Some(day) => Err(Error::usage(
            format!("--dated: {day} is in the future, today is {today}"),
            "give the day the document bears",
        )),
        None => Ok(()),
    }
}

fn keep_all(folder: &EvidenceFolder, given: &[Given], today: Day) -> Result<Vec<Evidence>, Error> {
    given.iter().map(|document| Ok(document.kept(folder.keep(&document.path)?, today))).collect()
}

/// Documents that count as given, without copies being made; they have to be there.
fn promised(given: &[Given], today: Day) -> Result<Vec<Evidence>, Error> {
    given
        .iter()
        .map(|document| {
            fs::metadata(&document.path).map_err(|why| Error::file(&document.path, why))?;
            let file = document.path.display().to_string();
            Ok(document.kept(Kept { sha256: String::new(), bytes: 0, file }, today))
        })
        .collect()
}

impl Given {
    fn kept(&self, Kept { sha256, bytes, file }: Kept, added_on: Day) -> Evidence {
        Evidence { kind: self.kind.clone(), sha256, file, bytes, dated: self.dated, added_on }
    }
}

/// What the insurer grants: at most what was asked for, and never more than the cover.
fn granted(ledger: &Ledger, claim: &Claim, amount: Option<&str>) -> Result<Money, Error> {
    let Some(text) = amount else {
        return Ok(claim.payable);
    };
    let currency = claim.amount.currency();
    let granted = Money::parse(text, currency)
        .map_err(|why| Error::usage(format!("--amount: {why}"), "write it such as 120.00"))?;
    let cover = policy_of(ledger, claim)?.figures.cover;
    for (limit, what) in [(claim.amount, "asks for"), (cover, "has as its cover")] {
        if granted.minor() > limit.minor() {
            return Err(Error::usage(
                format!("{granted} is more than claim {} {what}, {limit}", claim.no),
                format!("book what the insurer granted, at most {}", claim.payable.digits()),
            ));
        }
    }
    Ok(granted)
}

fn wrong_status(ledger: &Ledger, claim: &Claim, next: ClaimStatus) -> Result<Refusal, Error> {
    let policy = policy_of(ledger, claim)?;
    let plan = KnownPlans::default().of(ledger, &policy)?;
    let terms: Terms<'_> = terms_of(&plan, &policy)?;
    let reason =
        format!("claim {} is {}, it cannot become {}", claim.no, claim.status.word(), next.word());
    let refusal = Refusal::by(terms.decided_by(), "claim_status", reason);
    Ok(match claim.status {
        ClaimStatus::Draft => refusal.unless(format!(
            "add the missing evidence first: insure claim evidence add {} --kind KIND FILE",
            claim.no
        )),
        _ => refusal,
    })
}

fn event(on: Day, claim: ClaimNo, kind: &str, detail: serde_json::Value) -> Event {
    Event { on, about: About::Claim(claim), kind: kind.to_owned(), detail }
}
