//! The assessment of a claim: may it be made, from and until when, what is missing, what it pays.

use serde::Serialize;

use super::{Missing, Refusal, Terms, Trace, deadlines, evidence, payout};
use crate::calendar::{Day, Window};
use crate::claim::{ClaimStatus, Evidence, Facts, Incident};
use crate::money::Money;
use crate::plan::{Cited, Clause, IncidentTerms, StartDay};
use crate::policy::{Policy, State};

/// What is known when a claim is judged.
#[derive(Debug, Clone, Copy)]
pub struct ClaimFacts<'a> {
    /// The policy with its parcel and carrier facts.
    pub policy: &'a Policy,
    /// What happened.
    pub incident: Incident,
    /// What is asked for; for a loss, all of the package value where it is not stated.
    pub amount: Option<Money>,
    /// The documents at hand.
    pub evidence: &'a [Evidence],
    /// What the claimant stated beside the amount.
    pub stated: &'a Facts,
    /// The day the claim was filed, where it was: grace periods count from it.
    pub filed_on: Option<Day>,
    /// Whether the parcel was the buyer's return.
    pub is_return: bool,
    /// The day it is judged on.
    pub today: Day,
}

/// What the terms say of a claim.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Assessment {
    /// Whether it can be filed today.
    pub eligible: bool,
    /// Why not.
    pub refusals: Vec<Refusal>,
    /// First day it can be filed; unknown until the parcel is shipped.
    pub opens_on: Option<Day>,
    /// Last day.
    pub closes_on: Option<Day>,
    /// Facts a rule needs and nobody stated. They stand as one refusal too.
    pub missing_facts: Vec<MissingFact>,
    /// Documents still owed. A claim that lacks some is a draft.
    pub missing_evidence: Vec<Missing>,
    /// What it would pay if nothing stood against it; nothing while it is not known how much of
    /// the package it concerns.
    pub payable: Money,
    /// How it was decided.
    pub trace: Trace,
}

/// A fact a rule needs and nobody stated.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MissingFact {
    /// Its name, which is also its flag's: `repair-cost`. A question of the plan has its own.
    pub fact: String,
    /// As a question to the claimant.
    pub question: String,
    /// What is expected: `an amount such as 120.00`, `yes or no`.
    pub expected: String,
    /// The clause that asks for it, by its place in the plan's version.
    pub clause: String,
    /// The short name of that clause's source.
    pub source: String,
}

/// Judges a claim.
pub fn assess(terms: Terms<'_>, facts: &ClaimFacts<'_>) -> Assessment {
    let policy = facts.policy;
    let mut result = Assessment {
        eligible: false,
        refusals: Vec::new(),
        opens_on: None,
        closes_on: None,
        missing_facts: Vec::new(),
        missing_evidence: Vec::new(),
        payable: Money::zero(policy.figures.cover.currency()),
        trace: Trace::on(),
    };
    let Some(incident) = terms.version.incident.get(&facts.incident) else {
        result.refusals.push(not_covered(terms, facts.incident));
        return result;
    };
    let trace = &mut result.trace;
    let place = |part: &str| format!("incident.{}.{part}", facts.incident.word());
    let window = deadlines::window(terms, incident, &policy.parcel);
    result.opens_on = window.map(|w| w.opens_on);
    result.closes_on = window.map(|w| w.closes_on);
    if let (Some(waiting), Some(window)) = (&incident.waiting, window) {
        trace.step("waiting", waiting.cite(&place("waiting")), || {
            let days = deadlines::waiting_days(terms, waiting, &policy.parcel);
            let from = deadlines::start(waiting.from, &policy.parcel);
            (counted(days, waiting.from, from), window.opens_on.to_string())
        });
    }
    if let Some(window) = window {
        trace.step("window", incident.window.cite(&place("window")), || {
            let rule = &incident.window;
            let from = deadlines::start(rule.from, &policy.parcel);
            (counted(rule.days, rule.from, from), window.closes_on.to_string())
        });
    }
    result.refusals.extend(course(terms, incident, facts));
    let delivered = delivered_loss(terms, facts);
    // Waiting does not make a delivered parcel a loss.
    let timing = timing(incident, facts, window);
    let timing = timing.filter(|refusal| delivered.is_none() || refusal.code != "too_early");
    result.refusals.extend(delivered.into_iter().chain(timing));
    if amount_unknown(facts) {
        let reason =
            format!("how much of the package the {} concerns is not stated", facts.incident.word());
        let pays = place("pays");
        let clause = incident.pays.cite(&pays);
        result.missing_facts.push(MissingFact {
            fact: "amount".to_owned(),
            question: format!(
                "How much of the package does the {} concern?",
                facts.incident.word()
            ),
            expected: "an amount such as 120.00".to_owned(),
            clause: clause.id.to_owned(),
            source: clause.source.to_owned(),
        });
        let refusal = Refusal::by(clause, "facts_needed", reason);
        result.refusals.push(refusal.unless("state what it concerns with --amount"));
    } else {
        let pays = place("pays");
        match payout::payout(incident, &policy.figures, &pays, facts.amount, trace) {
            Ok(payable) => result.payable = payable,
            Err(why) => result.refusals.push(*super::quote::money_refusal(terms, &why)),
        }
    }
    result.missing_evidence =
        evidence::missing_evidence(terms, facts.incident, &policy.parcel, facts.evidence);
    result.eligible = result.refusals.is_empty();
    result
}

/// A loss concerns all of the package; of anything else only the claimant knows how much. A stated
/// amount of nothing claims nothing.
fn amount_unknown(facts: &ClaimFacts<'_>) -> bool {
    facts.amount.map_or(facts.incident != Incident::Loss, Money::is_zero)
}

/// As a trace shows a count of days: `90 days from the ship date, 2026-11-01`.
fn counted(days: u32, from: StartDay, day: Option<Day>) -> String {
    let day = day.map(|day| format!(", {day}")).unwrap_or_default();
    format!("{days} days from {}{day}", from.words())
}

fn not_covered(terms: Terms<'_>, incident: Incident) -> Refusal {
    let covered: Vec<&str> = terms.version.incident.keys().map(|i| i.word()).collect();
    let reason =
        format!("{} covers {}, not {}", terms.plan.id, covered.join(", "), incident.word());
    Refusal::by(terms.version.claims.cite("claims"), "incident_not_covered", reason)
}

/// What stands against any claim on this policy, whatever happened.
fn course(terms: Terms<'_>, incident: &IncidentTerms, facts: &ClaimFacts<'_>) -> Vec<Refusal> {
    let policy = facts.policy;
    let claims = terms.version.claims.cite("claims");
    let pays = format!("incident.{}.pays", facts.incident.word());
    let pays = incident.pays.cite(&pays);
    let mut refusals = Vec::new();
    let mut refuse = |clause: Clause<'_>, code, reason: String, remedy: Option<String>| {
        let refusal = Refusal::by(clause, code, reason);
        refusals.push(match remedy {
            Some(remedy) => refusal.unless(remedy),
            None => refusal,
        });
    };
    if policy.state == State::Cancelled {
        let reason = format!("policy {} was cancelled before the first scan", policy.no);
        refuse(terms.version.refund.cite("refund"), "policy_cancelled", reason, None);
    } else if terms.version.claims.scanned && policy.parcel.facts.scanned_on.is_none() {
        let reason = "no scan by the carrier is known".to_owned();
        let remedy = format!(
            "if it was scanned: insure track {} scanned --at DATE",
            policy.parcel.ids.shown()
        );
        refuse(claims, "not_scanned", reason, Some(remedy));
    }
    if facts.is_return {
        refuse(claims, "buyer_return", "a buyer's return is not covered".to_owned(), None);
    }
    if policy.figures.cover.is_zero() {
        refuse(
            terms.version.included.cite("included"),
            "no_cover",
            if policy.figures.package_value.is_zero() {
                "the package was recorded with a value of 0, so its cover is 0".to_owned()
            } else {
                "nothing comes free, and no cover was bought for this parcel".to_owned()
            },
            None,
        );
    }
    match policy.claim {
        Some((no, status)) if status.is_open() && status != ClaimStatus::Accepted => refuse(
            pays,
            "claim_open",
            format!(
                "claim {no} on this policy is open ({}), and a package is paid for once",
                status.word()
            ),
            Some(format!("go on with it: insure claim show {no}")),
        ),
        Some((no, ClaimStatus::Accepted | ClaimStatus::Paid)) => {
            refuse(
                pays,
                "claim_settled",
                format!("claim {no} on this policy was accepted, and a package is paid for once"),
                None,
            );
        }
        Some((no, ClaimStatus::Rejected)) => refuse(
            terms.version.decision.cite("decision"),
            "claim_rejected",
            format!("claim {no} on this policy was rejected"),
            Some(format!("appeal, with a reason: insure claim appeal {no}")),
        ),
        _ => {}
    }
    refusals
}

/// A parcel that was delivered is not lost.
fn delivered_loss(terms: Terms<'_>, facts: &ClaimFacts<'_>) -> Option<Refusal> {
    let delivered =
        facts.policy.parcel.facts.delivered_on.filter(|_| facts.incident == Incident::Loss)?;
    let loss = terms.version.incident.get(&Incident::Loss)?;
    let reason = format!("the carrier reports it delivered on {delivered}, so it is not a loss");
    Some(
        Refusal::by(loss.cite("incident.loss"), "delivered", reason)
            .unless("if it arrived damaged or short: --reason damage or --reason shortage"),
    )
}

/// Too early, too late, or not known.
fn timing(
    incident: &IncidentTerms,
    facts: &ClaimFacts<'_>,
    window: Option<Window>,
) -> Option<Refusal> {
    let of = |part: &str| format!("incident.{}.{part}", facts.incident.word());
    let Some(window) = window else {
        // Without a scan there is no claim anyway, and that refusal says what to do.
        facts.policy.parcel.facts.scanned_on?;
        let reason =
            format!("the window counts from {}, which is not known", incident.window.from.words());
        let event = match incident.window.from {
            StartDay::Shipped => "scanned",
            StartDay::Delivered => "delivered",
        };
        let ids = &facts.policy.parcel.ids;
        return Some(
            Refusal::by(incident.window.cite(&of("window")), "start_unknown", reason)
                .unless(format!("record it: insure track {} {event} --at DATE", ids.shown())),
        );
    };
    if facts.today < window.opens_on {
        let reason =
            format!("it can be claimed from {}, today is {}", window.opens_on, facts.today);
        let refusal = match &incident.waiting {
            Some(waiting) => Refusal::by(waiting.cite(&of("waiting")), "too_early", reason),
            None => Refusal::by(incident.window.cite(&of("window")), "too_early", reason),
        };
        return Some(refusal.unless(format!("wait until {}", window.opens_on)));
    }
    (facts.today > window.closes_on).then(|| {
        let reason =
            format!("the last day to claim was {}, today is {}", window.closes_on, facts.today);
        Refusal::by(incident.window.cite(&of("window")), "window_closed", reason)
    })
}
