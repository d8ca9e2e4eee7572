//! The assessment of a claim: may it be made, from and until when, what is missing, what it pays.

use serde::Serialize;

use super::deadlines::Course;
use super::evidence::{AtBuyer, Documents, missing_evidence};
use super::payout::{Loss, Payout, needs_amount, payout};
use super::{Assumed, Missing, Need, Refusal, Terms, Trace, conditions, payout};
use crate::calendar::Day;
use crate::claim::{Evidence, Fact, Facts, Incident, amount_form, flag};
use crate::money::{Currency, Money};
use crate::plan::{Cited, Clause, IncidentTerms, Pays};
use crate::policy::Policy;

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
    /// Last day; none where the terms name none, or the day it counts from is not known.
    pub closes_on: Option<Day>,
    /// Facts a rule needs and nobody stated. They stand as one refusal too.
    pub missing_facts: Vec<MissingFact>,
    /// Whether the terms name any documents at all; where they do not, the provider has to be asked.
    pub names_evidence: bool,
    /// Documents still owed.
    pub missing_evidence: Vec<Missing>,
    /// What is claimed: the amount stated, else what the terms measure the loss by.
    pub claimed: Money,
    /// What it would pay if nothing stood against it; nothing while a fact it needs is missing.
    pub payable: Money,
    /// What of that is paid beside the loss, over and above the cover.
    pub extras: Money,
    /// Figures nobody publishes that it rests on.
    pub assumed: Vec<Assumed>,
    /// How it was decided.
    pub trace: Trace,
}

impl Assessment {
    /// Whether no document is missing that the claim cannot stand without today. A claim that
    /// lacks one is a draft.
    pub fn is_complete(&self) -> bool {
        self.missing_evidence.iter().all(|missing| missing.need != Need::Now)
    }
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
    let zero = Money::zero(policy.figures.cover.currency());
    let mut result = Assessment {
        eligible: false,
        refusals: Vec::new(),
        opens_on: None,
        closes_on: None,
        missing_facts: Vec::new(),
        names_evidence: false,
        missing_evidence: Vec::new(),
        claimed: facts.amount.unwrap_or(policy.figures.package_value),
        payable: zero,
        extras: zero,
        assumed: Vec::new(),
        trace: Trace::on(),
    };
    let covered = terms.version.incident.get(&facts.incident).filter(|incident| incident.covered);
    let Some(incident) = covered else {
        result.refusals.push(conditions::not_covered(terms, facts.incident));
        return result;
    };
    let of = Judged::of(terms, incident, facts);
    let course = of.course;
    result.opens_on = course.opens_on(terms, incident);
    result.closes_on = course.closes_on(terms, incident);
    of.trace_days(&mut result);
    result.refusals = conditions::refusals(&of, result.opens_on, result.closes_on);
    // Before the payout, whose figure ends the trace.
    let documents = of.documents();
    result.names_evidence = !incident.evidence.is_empty();
    result.missing_evidence =
        missing_evidence(terms, (facts.incident, incident), &documents, &mut result.trace);
    let situation = terms.situation(&policy.parcel, course.bought);
    if let Some(pays) = incident.pays.as_ref().and_then(|cases| cases.fitting(&situation)) {
        of.facts_needed(pays, &mut result);
        if result.missing_facts.is_empty() {
            of.pay(pays, &mut result);
        }
    }
    result.assumed = result.trace.assumed();
    result.eligible = result.refusals.is_empty();
    result
}

/// An incident of a parcel under its terms, with what was stated of it.
#[derive(Clone, Copy)]
pub(super) struct Case<'a> {
    pub(super) terms: Terms<'a>,
    pub(super) kind: Incident,
    pub(super) incident: &'a IncidentTerms,
    pub(super) course: Course<'a>,
}

impl Case<'_> {
    /// The currency of the policy's terms.
    pub(super) fn currency(&self) -> Currency {
        self.terms.plan.currency
    }

    /// The place of a part of the incident's terms.
    pub(super) fn place(&self, part: &str) -> String {
        format!("incident.{}.{part}", self.kind)
    }
}

/// A claim under the terms of its incident.
#[derive(Clone, Copy)]
pub(super) struct Judged<'a> {
    pub(super) terms: Terms<'a>,
    pub(super) incident: &'a IncidentTerms,
    pub(super) facts: &'a ClaimFacts<'a>,
    pub(super) course: Course<'a>,
}

impl<'a> Judged<'a> {
    pub(super) fn of(
        terms: Terms<'a>,
        incident: &'a IncidentTerms,
        facts: &'a ClaimFacts<'a>,
    ) -> Judged<'a> {
        let policy = facts.policy;
        let bought = policy.figures.bought();
        let course = Course { parcel: &policy.parcel, stated: facts.stated, bought };
        Judged { terms, incident, facts, course }
    }

    /// What the documents it takes are held against.
    pub(super) fn documents(&self) -> Documents<'a> {
        let facts = self.facts;
        Documents {
            course: self.course,
            given: facts.evidence,
            filed_on: facts.filed_on.unwrap_or(facts.today),
            today: facts.today,
            at_buyer: AtBuyer::of(facts.policy),
        }
    }

    /// The incident alone.
    pub(super) fn case(&self) -> Case<'a> {
        let Judged { terms, incident, facts, course } = *self;
        Case { terms, kind: facts.incident, incident, course }
    }

    /// The place of a part of the incident's terms.
    pub(super) fn place(&self, part: &str) -> String {
        self.case().place(part)
    }

    fn trace_days(&self, result: &mut Assessment) {
        let Judged { terms, incident, course, .. } = *self;
        if let (Some(waiting), Some(opens_on)) = (&incident.waiting, result.opens_on) {
            result.trace.step("waiting", waiting.cite(&self.place("waiting")), || {
                let days = super::waiting_days(terms, waiting, course.parcel);
                let more = if waiting.exceeds { "more than " } else { "" };
                let from = course.start(&waiting.from);
                (format!("{more}{}", counted(&format!("{days} days"), from)), opens_on.to_string())
            });
        }
        if let Some(rule) = &incident.notice
            && self.facts.stated.get(Fact::NoticeOn).is_some()
            && let Some((start, from)) = course.start(&rule.from)
        {
            result.trace.step("notice", rule.cite(&self.place("notice")), || {
                let first = rule.first_day(from);
                let until = rule.last_day(from).map(|last| format!(" to {last}"));
                let days = counted(&format!("{} days", rule.after_days), Some((start, from)));
                (days, format!("{first}{}", until.unwrap_or_default()))
            });
        }
        if let (Some((rule, clause)), Some(closes_on)) =
            (course.rule(terms, incident), result.closes_on)
        {
            result.trace.step("window", clause, || {
                let span = rule.span();
                let unit = format!("{} {}", span.count, span.unit.words());
                let first = if rule.inclusive { ", that day counted" } else { "" };
                let from = course.start(&rule.from);
                (format!("{}{first}", counted(&unit, from)), closes_on.to_string())
            });
        }
    }

    /// Lists the facts that are needed and not stated, and refuses for them once.
    fn facts_needed(&self, (pays, clause): (&Pays, Clause<'_>), result: &mut Assessment) {
        let Judged { terms, facts, .. } = *self;
        let mut missing = conditions::facts_needed(&self.case());
        if facts.amount.is_none_or(Money::is_zero) && needs_amount(pays, facts.incident) {
            let question = format!("How much of the package does the {} concern?", facts.incident);
            missing.push(MissingFact {
                fact: "amount".to_owned(),
                question,
                expected: amount_form(facts.policy.figures.cover.currency()),
                clause: clause.id.to_owned(),
                source: clause.source.to_owned(),
            });
        }
        let compensation = terms.version.compensation.as_ref();
        for fact in payout::needed(pays, compensation, facts.stated, &facts.policy.parcel) {
            let by = match (fact, compensation) {
                (Fact::CarrierPaid, Some(rule)) => rule.cite("compensation"),
                _ => clause,
            };
            missing.push(MissingFact::of(fact, by, self.case().currency()));
        }
        result.missing_facts = missing;
        if let Some(refusal) = refusal_for(terms, &result.missing_facts) {
            result.refusals.push(refusal);
        }
    }

    fn pay(&self, pays: (&Pays, Clause<'_>), result: &mut Assessment) {
        let loss = Loss {
            parcel: &self.facts.policy.parcel,
            figures: &self.facts.policy.figures,
            amount: self.facts.amount,
            stated: self.facts.stated,
        };
        match payout(self.terms, pays, &loss, &mut result.trace) {
            Ok(Payout { claimed, payable, extras }) => {
                (result.claimed, result.payable, result.extras) = (claimed, payable, extras);
            }
            Err(why) => result.refusals.push(*super::quote::money_refusal(self.terms, &why)),
        }
    }
}

/// As a trace shows a count of days: `90 days from the ship date, 2026-11-01`.
fn counted(count: &str, from: Option<(crate::plan::StartDay, Day)>) -> String {
    match from {
        Some((start, day)) => format!("{count} from {}, {day}", start.words()),
        None => count.to_owned(),
    }
}

impl MissingFact {
    /// Of a fact, asked for by a clause.
    pub(super) fn of(fact: Fact, clause: Clause<'_>, currency: Currency) -> MissingFact {
        MissingFact {
            fact: fact.word().to_owned(),
            question: fact.question().to_owned(),
            expected: fact.form_in(currency),
            clause: clause.id.to_owned(),
            source: clause.source.to_owned(),
        }
    }
}

/// One refusal for all facts that are missing, by the clause of the first.
fn refusal_for(terms: Terms<'_>, missing: &[MissingFact]) -> Option<Refusal> {
    let first = missing.first()?;
    let clause = terms.version.clauses().iter().find(|clause| clause.id == first.clause);
    let names: Vec<&str> = missing.iter().map(|fact| fact.fact.as_str()).collect();
    let flags: Vec<String> = missing.iter().map(|missing| flag(&missing.fact)).collect();
    Some(Refusal {
        code: "facts_needed",
        reason: format!("the terms need what is not stated: {}", names.join(", ")),
        clause: first.clause.clone(),
        source: first.source.clone(),
        text: clause.map(|clause| clause.text.clone()).unwrap_or_default(),
        remedy: Some(format!("state it with {}", flags.join(", "))),
    })
}
