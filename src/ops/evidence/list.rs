//! How the documents of claims and policies stand.

use super::super::claim::{claim_of, under_its_facts};
use super::super::lookup;
use super::super::terms::{KnownPlans, terms_of};
use crate::calendar::Day;
use crate::claim::{Claim, Evidence, Incident};
use crate::error::Error;
use crate::ledger::Ledger;
use crate::policy::Policy;
use crate::rules::{Need, Requirement, asked_kinds, requirements};

/// What the terms ask of a claim, and what is there.
#[derive(Debug)]
pub struct EvidenceStanding {
    /// The claim with its evidence.
    pub claim: Claim,
    /// Everything the terms ask for.
    pub requirements: Vec<Requirement>,
}

impl EvidenceStanding {
    /// Whether a document is owed, now or later.
    pub fn lacks(&self) -> bool {
        let owed = |r: &Requirement| r.missing.as_ref().is_some_and(|m| m.need != Need::Helps);
        self.requirements.iter().any(owed)
    }

    /// The documents that meet nothing.
    pub fn unasked(&self) -> impl Iterator<Item = &Evidence> {
        let asked = |at: &usize| self.requirements.iter().any(|r| r.given.contains(at));
        let given = self.claim.evidence.iter().enumerate();
        given.filter(move |(at, _)| !asked(at)).map(|(_, document)| document)
    }
}

/// How the evidence of one claim stands.
///
/// # Errors
/// No such claim, or the ledger fails.
pub fn evidence_of_claim(
    ledger: &Ledger,
    identifier: &str,
    today: Day,
) -> Result<EvidenceStanding, Error> {
    standing(ledger, &mut KnownPlans::default(), claim_of(ledger, identifier)?, today)
}

/// The claims not decided yet that lack a document, the first one first.
///
/// # Errors
/// The ledger fails.
pub fn evidence_lacking(ledger: &Ledger, today: Day) -> Result<Vec<EvidenceStanding>, Error> {
    let mut plans = KnownPlans::default();
    let mut lacking = Vec::new();
    for no in ledger.undecided_claims()? {
        let Some(claim) = ledger.claim(no)? else { continue };
        let standing = standing(ledger, &mut plans, claim, today)?;
        if standing.lacks() {
            lacking.push(standing);
        }
    }
    Ok(lacking)
}

fn standing(
    ledger: &Ledger,
    plans: &mut KnownPlans,
    claim: Claim,
    today: Day,
) -> Result<EvidenceStanding, Error> {
    let requirements = under_its_facts(ledger, plans, &claim, today, requirements)?;
    Ok(EvidenceStanding { claim, requirements })
}

/// The documents of a policy, and what they are good for.
#[derive(Debug)]
pub struct PolicyEvidence {
    /// The policy.
    pub policy: Policy,
    /// Each document, with the incidents for which the terms ask for it.
    pub documents: Vec<(Evidence, Vec<Incident>)>,
    /// Every document the terms ask for, of any incident.
    pub asked: Vec<String>,
}

/// The documents that were given for a policy.
///
/// # Errors
/// Nothing, or more than one parcel, of that number; the ledger fails.
pub fn evidence_of_policy(ledger: &Ledger, identifier: &str) -> Result<PolicyEvidence, Error> {
    let policy = lookup::policy(ledger, identifier)?;
    let plan = KnownPlans::default().of(ledger, &policy)?;
    let terms = terms_of(&plan, &policy)?;
    let serves = |document: &Evidence| {
        let incidents = terms.version.incident.iter().filter(|(incident, rules)| {
            rules.covered && asked_kinds(terms, Some(**incident)).contains(&document.kind)
        });
        incidents.map(|(incident, _)| *incident).collect()
    };
    let documents = ledger.policy_evidence(policy.no)?;
    let documents = documents.into_iter().map(|d| (d.clone(), serves(&d))).collect();
    Ok(PolicyEvidence { documents, asked: asked_kinds(terms, None), policy })
}
