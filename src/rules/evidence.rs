//! Which documents the terms ask for, which of them are there, who owes the others, and whether
//! they may follow.

use serde::Serialize;

use super::assessment::{ClaimFacts, Judged};
use super::deadlines::Course;
use super::{Terms, Trace};
use crate::calendar::{Day, Span};
use crate::claim::{Claim, Evidence, Incident};
use crate::parcel::CarrierEvent;
use crate::plan::{Cited, Dated, EvidenceRule, IncidentTerms, Provider, Weight};
use crate::policy::Policy;
use crate::words::words;

words! {
    /// How much a missing document matters today.
    pub enum Need {
        /// Without it the claim is a draft.
        Now = "now",
        /// It may follow until a day.
        Later = "later",
        /// It helps; the claim stands without it.
        Helps = "helps",
    }
}

/// A document that is still owed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Missing {
    /// What it has to show.
    pub kind: String,
    /// Kinds that serve as well.
    pub or: Vec<String>,
    /// Who must provide it.
    pub from: Provider,
    /// How much it matters today.
    pub need: Need,
    /// Until when it may follow.
    pub due_on: Option<Day>,
    /// Why it is missing, or what is wrong with the one that was given.
    pub reason: String,
    /// The clause that asks for it, by its place in the plan's version.
    pub clause: String,
    /// The short name of that clause's source.
    pub source: String,
}

/// One document the terms ask for, and how it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Requirement {
    /// What it has to show.
    pub kind: String,
    /// Kinds that serve as well.
    pub or: Vec<String>,
    /// Who must provide it.
    pub from: Provider,
    /// What the clause says.
    pub text: String,
    /// The clause that asks for it, by its place in the plan's version.
    pub clause: String,
    /// The short name of that clause's source.
    pub source: String,
    /// Those at hand that are of its kind, by their place among what was given. They meet it unless
    /// it is missing: then they bear the wrong date.
    pub given: Vec<usize>,
    /// Whether the tracking in the ledger meets it without any document.
    pub by_tracking: bool,
    /// What is missing of it; nothing where it is met.
    pub missing: Option<Missing>,
}

/// What documents are held against.
#[derive(Clone, Copy)]
pub(super) struct Documents<'a> {
    /// What they are of.
    pub(super) course: Course<'a>,
    /// Those at hand.
    pub(super) given: &'a [Evidence],
    /// The day the claim was filed, or would be.
    pub(super) filed_on: Day,
    /// The day it is judged on.
    pub(super) today: Day,
    /// Since when the buyer can have something to show, as far as that is known.
    pub(super) at_buyer: Option<AtBuyer>,
}

/// The first day on which a buyer can have had anything to show, and what happened to the parcel
/// then.
#[derive(Clone, Copy)]
pub(super) struct AtBuyer {
    on: Day,
    what: &'static str,
}

impl AtBuyer {
    /// The day of delivery or of reported damage, whichever came first; else the day the parcel was
    /// shipped.
    pub(super) fn of(policy: &Policy) -> Option<AtBuyer> {
        let damaged = policy.trouble.filter(|(event, _)| *event == CarrierEvent::Damaged);
        let known = [
            (policy.parcel.facts.delivered_on, "was delivered"),
            (damaged.map(|(_, on)| on), "was reported damaged"),
        ];
        let known = known.into_iter().filter_map(|(on, what)| Some(AtBuyer { on: on?, what }));
        let shipped = || Some(AtBuyer { on: policy.parcel.shipped_on()?, what: "was shipped" });
        known.min_by_key(|at| at.on).or_else(shipped)
    }
}

/// Every document the terms ask of a claim, and how each of them stands; nothing where the incident
/// is not covered.
pub fn requirements(terms: Terms<'_>, facts: &ClaimFacts<'_>) -> Vec<Requirement> {
    let covered = terms.version.incident.get(&facts.incident).filter(|incident| incident.covered);
    let Some(incident) = covered else { return Vec::new() };
    let documents = Judged::of(terms, incident, facts).documents();
    standing(terms, (facts.incident, incident), &documents, &mut Trace::off())
}

/// The words the terms have for documents: of one incident, or of all of them.
pub fn asked_kinds(terms: Terms<'_>, incident: Option<Incident>) -> Vec<String> {
    let mut kinds: Vec<String> = Vec::new();
    for (of, rules) in &terms.version.incident {
        if incident.is_some_and(|incident| incident != *of) {
            continue;
        }
        for kind in
            rules.evidence.iter().flat_map(|rule| std::iter::once(&rule.kind).chain(&rule.or))
        {
            if !kinds.contains(kind) {
                kinds.push(kind.clone());
            }
        }
    }
    kinds
}

/// The documents among those the terms ask for that are not met by what was given.
pub(super) fn missing_evidence(
    terms: Terms<'_>,
    incident: (Incident, &IncidentTerms),
    documents: &Documents<'_>,
    trace: &mut Trace,
) -> Vec<Missing> {
    let all = standing(terms, incident, documents, trace);
    all.into_iter().filter_map(|requirement| requirement.missing).collect()
}

fn standing(
    terms: Terms<'_>,
    (incident, rules): (Incident, &IncidentTerms),
    documents: &Documents<'_>,
    trace: &mut Trace,
) -> Vec<Requirement> {
    let at = terms.situation(documents.course.parcel, documents.course.bought);
    let asked = rules.evidence.iter().filter(|rule| rule.when.fits(&at));
    let tracked = documents.course.parcel.facts.scanned_on.is_some();
    let one = |rule: &EvidenceRule| {
        let given = documents.given.iter().enumerate();
        let given = given.filter(|(_, document)| serves(rule, document)).map(|(at, _)| at);
        let mut requirement = Requirement {
            kind: rule.kind.clone(),
            or: rule.or.clone(),
            from: rule.from,
            text: rule.clause.clone(),
            clause: place(incident, rule),
            source: rule.source.clone(),
            given: given.collect(),
            by_tracking: rule.ledger_serves && tracked,
            missing: None,
        };
        let not_before = not_before(terms, rules, rule, &documents.course);
        if !met(&requirement, not_before, documents) {
            let missing = missing(rule, &requirement, not_before, documents, trace);
            requirement.missing = Some(missing);
        }
        requirement
    };
    asked.map(one).collect()
}

/// What the terms say of one kind of document for a claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// The first day its date may be, where the terms name one.
    pub not_before: Option<Day>,
    /// The clause that asks for it, by its place in the plan's version.
    pub place: String,
    /// The clause in words.
    pub clause: String,
    /// The short name of its source.
    pub source: String,
}

/// Whether the terms ask for this kind of document, and from which day its date counts.
pub fn wanted(terms: Terms<'_>, policy: &Policy, claim: &Claim, kind: &str) -> Option<Wanted> {
    let rules = terms.version.incident.get(&claim.incident)?;
    let bought = policy.figures.bought();
    let course = Course { parcel: &policy.parcel, stated: &claim.facts, bought };
    let at = terms.situation(&policy.parcel, bought);
    let fits = |rule: &&EvidenceRule| {
        (rule.kind == kind || rule.or.iter().any(|or| or == kind)) && rule.when.fits(&at)
    };
    let rule = rules.evidence.iter().find(fits)?;
    Some(Wanted {
        not_before: not_before(terms, rules, rule, &course),
        place: place(claim.incident, rule),
        clause: rule.clause.clone(),
        source: rule.source.clone(),
    })
}

/// The first day a document's date may be, where the terms name one.
fn not_before(
    terms: Terms<'_>,
    rules: &IncidentTerms,
    rule: &EvidenceRule,
    course: &Course<'_>,
) -> Option<Day> {
    rule.dated.and_then(|Dated::AfterWaiting| course.waiting_over(terms, rules.waiting.as_ref()?))
}

fn place(incident: Incident, rule: &EvidenceRule) -> String {
    format!("incident.{}.evidence.{}", incident.word(), rule.kind)
}

fn missing(
    rule: &EvidenceRule,
    requirement: &Requirement,
    not_before: Option<Day>,
    documents: &Documents<'_>,
    trace: &mut Trace,
) -> Missing {
    let (need, due_on) = need(rule, documents);
    if let (Some(grace), Some(due)) = (&rule.grace, due_on) {
        trace.step("grace", grace.cite(&format!("{}.grace", requirement.clause)), || {
            (format!("{} days from {}", grace.days, documents.filed_on), due.to_string())
        });
    }
    let mut given = requirement.given.iter().filter_map(|at| documents.given.get(*at));
    let first = given.clone().next();
    // Where one of them came in time, another thing is wrong.
    let early = first.zip(first.and_then(|first| too_early(rule.from, first, documents)));
    let early = early.filter(|_| given.all(|d| too_early(rule.from, d, documents).is_some()));
    let reason = match (not_before, first) {
        (Some(day), Some(document)) => wrong_date(day, document.dated),
        (Some(day), None) => format!("{} It has to be dated {day} or later.", rule.clause),
        (None, _) => match early {
            Some((document, first)) => format!(
                "The one given is of {}, before the parcel {} on {}: it cannot be the buyer's.",
                there_on(document),
                first.what,
                first.on
            ),
            None => rule.clause.clone(),
        },
    };
    Missing {
        kind: rule.kind.clone(),
        or: rule.or.clone(),
        from: rule.from,
        need,
        due_on,
        reason,
        clause: requirement.clause.clone(),
        source: rule.source.clone(),
    }
}

fn met(requirement: &Requirement, not_before: Option<Day>, documents: &Documents<'_>) -> bool {
    let mut given = requirement.given.iter().filter_map(|at| documents.given.get(*at));
    requirement.by_tracking
        || given.any(|document| match not_before {
            // Such a document is known by the day it bears, wherever the parcel was.
            Some(first) => document.dated.is_some_and(|day| day >= first),
            None => too_early(requirement.from, document, documents).is_none(),
        })
}

/// Since when a document could be the buyer's, where it was there before.
fn too_early(from: Provider, document: &Evidence, documents: &Documents<'_>) -> Option<AtBuyer> {
    let first = documents.at_buyer.filter(|_| from == Provider::Buyer)?;
    (there_on(document) < first.on).then_some(first)
}

/// The day a document was there on: the one it bears, else the one it was given on.
fn there_on(document: &Evidence) -> Day {
    document.dated.unwrap_or(document.added_on)
}

fn serves(rule: &EvidenceRule, document: &Evidence) -> bool {
    document.kind == rule.kind || rule.or.contains(&document.kind)
}

fn need(rule: &EvidenceRule, documents: &Documents<'_>) -> (Need, Option<Day>) {
    if rule.weight == Weight::Supporting {
        return (Need::Helps, None);
    }
    let Some(grace) = &rule.grace else { return (Need::Now, None) };
    let due = Span::days(grace.days).last_day(documents.filed_on);
    (if documents.today <= due { Need::Later } else { Need::Now }, Some(due))
}

fn wrong_date(first: Day, dated: Option<Day>) -> String {
    match dated {
        Some(day) => format!("The one given is dated {day}; it counts only from {first}."),
        None => {
            format!("The one given has no stated date; it counts only from {first} (--dated DATE).")
        }
    }
}
