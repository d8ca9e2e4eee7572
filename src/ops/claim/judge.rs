//! What the terms say of a claim: one that might be filed, or one that was.

use std::rc::Rc;

use super::super::evidence_folder::EvidenceFolder;
use super::super::lookup;
use super::super::terms::{KnownPlans, terms_of};
use super::evidence::{not_of_the_future, promised};
use super::{Request, claim_of, policy_of, under_its_terms};
use crate::calendar::Day;
use crate::claim::{Claim, ClaimStatus, Evidence, Fact, Facts, Value};
use crate::error::Error;
use crate::ledger::Ledger;
use crate::money::Money;
use crate::parcel::Parcel;
use crate::plan::Plan;
use crate::policy::Policy;
use crate::rules::{Appeal, Assessment, ClaimFacts, Terms, assess, next_appeal};

/// A claim as it would be today.
#[derive(Debug)]
pub struct Assessed {
    /// On which policy.
    pub policy: Policy,
    /// The plan as it was when the policy was recorded.
    pub plan: Rc<Plan>,
    /// What is asked for.
    pub amount: Money,
    /// What is stated beside it.
    pub facts: Facts,
    /// What the terms say.
    pub assessment: Assessment,
}

/// A claim, and what the terms say of it today.
#[derive(Debug)]
pub struct ShownClaim {
    /// The claim.
    pub claim: Claim,
    /// What the terms say of it with the evidence it has.
    pub assessment: Assessment,
    /// To whom its decision can be appealed, and until when; the last day may be over.
    pub next_appeal: Option<Appeal>,
}

/// Judges a claim without filing it. Its documents have to be fit to be kept in the folder; nothing
/// is copied.
///
/// # Errors
/// Nothing, or more than one parcel, of that name; an amount or a fact that is none; a document that
/// could not be kept.
pub fn check_claim(
    ledger: &Ledger,
    folder: &EvidenceFolder,
    identifier: &str,
    request: &Request,
    today: Day,
) -> Result<Assessed, Error> {
    not_of_the_future(&request.evidence, today)?;
    let evidence = promised(folder, &request.evidence, today)?;
    let policy = lookup::policy(ledger, identifier)?;
    judge(ledger, &mut KnownPlans::default(), policy, request, &evidence, today)
}

/// A claim, and what the terms say of it today with the evidence it has.
///
/// # Errors
/// No such claim, or the ledger fails.
pub fn show_claim(ledger: &Ledger, identifier: &str, today: Day) -> Result<ShownClaim, Error> {
    let claim = claim_of(ledger, identifier)?;
    let assessment = reassess(ledger, &claim, today)?;
    let next_appeal = under_its_terms(ledger, &claim, |terms| next_appeal(terms, &claim))?;
    Ok(ShownClaim { claim, assessment, next_appeal })
}

/// Judges a claim that is in the ledger again, with the evidence it has.
pub(super) fn reassess(ledger: &Ledger, claim: &Claim, today: Day) -> Result<Assessment, Error> {
    let plans = &mut KnownPlans::default();
    under_its_facts(ledger, plans, claim, today, assess)
}

/// Does something with what is known of a claim that is in the ledger, and its terms.
pub(in crate::ops) fn under_its_facts<T>(
    ledger: &Ledger,
    plans: &mut KnownPlans,
    claim: &Claim,
    today: Day,
    work: impl FnOnce(Terms<'_>, &ClaimFacts<'_>) -> T,
) -> Result<T, Error> {
    let policy = policy_of(ledger, claim)?;
    let plan = plans.of(ledger, &policy)?;
    let terms = terms_of(&plan, &policy)?;
    Ok(with_its_facts(terms, policy, claim, today, work))
}

/// The same for a claim whose policy and terms are at hand.
pub(super) fn with_its_facts<T>(
    terms: Terms<'_>,
    mut policy: Policy,
    claim: &Claim,
    today: Day,
    work: impl FnOnce(Terms<'_>, &ClaimFacts<'_>) -> T,
) -> T {
    // The claim itself does not stand in its own way.
    policy.claim = None;
    let facts = ClaimFacts {
        policy: &policy,
        incident: claim.incident,
        amount: (!claim.derived).then_some(claim.amount),
        evidence: &claim.evidence,
        stated: &claim.facts,
        // A draft is not with the insurer: it still has to be in time. What was filed before the
        // ledger kept the day was complete when it was opened.
        filed_on: (claim.status != ClaimStatus::Draft)
            .then_some(claim.filed_on.unwrap_or(claim.opened_on)),
        is_return: false,
        today,
    };
    work(terms, &facts)
}

/// What no rule reads would change nothing and go unnoticed: a slip in the name of a question, or
/// what others paid under terms that say nothing of it.
pub(super) fn known_questions(
    terms: Terms<'_>,
    parcel: &Parcel,
    stated: &Facts,
) -> Result<(), Error> {
    let fee = parcel.value.shipping;
    if let Some(stated) =
        stated.amount(Fact::ShippingFee).filter(|stated| !fee.is_zero() && *stated != fee)
    {
        return Err(Error::unfit(
            "bad_fact",
            Some(Fact::ShippingFee.word()),
            format!("{stated} is stated, and the parcel was recorded with {fee}"),
            "leave it away: the recorded fee counts",
        ));
    }
    if terms.version.compensation.is_none() && stated.get(Fact::CarrierPaid).is_some() {
        return Err(Error::unfit(
            "unknown_fact",
            None,
            format!(
                "{} has no rule on what others paid, so --carrier-paid changes nothing",
                terms.plan.id
            ),
            "leave it away, and claim what is left with --amount",
        ));
    }
    let asked: Vec<&str> = terms.version.exclusions.iter().map(|e| e.fact.as_str()).collect();
    let mut answers = stated.iter().filter(|(_, value)| matches!(value, Value::Answer(_)));
    let Some((name, _)) = answers.find(|(name, _)| !asked.contains(name)) else { return Ok(()) };
    let hint = if asked.is_empty() {
        format!("leave it away: {} asks no question", terms.plan.id)
    } else {
        format!("its questions are {}", asked.join(", "))
    };
    let message = format!("{} does not ask for `{name}`", terms.plan.id);
    Err(Error::unfit("unknown_fact", None, message, hint))
}

pub(super) fn judge(
    ledger: &Ledger,
    plans: &mut KnownPlans,
    policy: Policy,
    request: &Request,
    evidence: &[Evidence],
    today: Day,
) -> Result<Assessed, Error> {
    let currency = policy.figures.cover.currency();
    let amount = request.asked(currency)?;
    let stated = request.facts(currency, today)?;
    let plan = plans.of(ledger, &policy)?;
    let terms = terms_of(&plan, &policy)?;
    known_questions(terms, &policy.parcel, &stated)?;
    // What was given for the policy before anything happened serves the claim.
    let evidence = [&ledger.policy_evidence(policy.no)?, evidence].concat();
    let facts = ClaimFacts {
        policy: &policy,
        incident: request.incident,
        amount,
        evidence: &evidence,
        stated: &stated,
        filed_on: None,
        is_return: request.is_return,
        today,
    };
    let assessment = assess(terms, &facts);
    let amount = assessment.claimed;
    Ok(Assessed { policy, plan, amount, facts: stated, assessment })
}
