//! Which documents a claim still lacks, and who owes them.

use serde::Serialize;

use super::{Terms, deadlines};
use crate::calendar::Day;
use crate::claim::{Evidence, Incident};
use crate::parcel::Parcel;
use crate::plan::{Dated, Provider};

/// A document that is still owed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Missing {
    /// What it has to show.
    pub kind: String,
    /// Who must provide it.
    pub from: Provider,
    /// Why it is missing, or what is wrong with the one that was given.
    pub reason: String,
    /// The clause that asks for it, by its place in the plan's version.
    pub clause: String,
    /// The short name of that clause's source.
    pub source: String,
}

/// The documents among those the terms ask for that are not met by what was given. For an incident
/// that is not covered none is asked for.
pub fn missing_evidence(
    terms: Terms<'_>,
    incident: Incident,
    parcel: &Parcel,
    given: &[Evidence],
) -> Vec<Missing> {
    let mut missing = Vec::new();
    let place = format!("incident.{}.evidence", incident.word());
    let Some(incident) = terms.version.incident.get(&incident) else {
        return missing;
    };
    for rule in &incident.evidence {
        let not_before = rule.dated.and_then(|Dated::AfterWaiting| {
            deadlines::waiting_over(terms, incident.waiting.as_ref()?, parcel)
        });
        let of_kind: Vec<&Evidence> = given.iter().filter(|e| e.kind == rule.kind).collect();
        if of_kind
            .iter()
            .any(|e| not_before.is_none_or(|first| e.dated.is_some_and(|day| day >= first)))
        {
            continue;
        }
        let reason = match (not_before, of_kind.first()) {
            (Some(first), Some(document)) => wrong_date(first, document.dated),
            (Some(first), None) => format!("{} It has to be dated {first} or later.", rule.clause),
            (None, _) => rule.clause.clone(),
        };
        missing.push(Missing {
            kind: rule.kind.clone(),
            from: rule.from,
            reason,
            clause: place.clone(),
            source: rule.source.clone(),
        });
    }
    missing
}

fn wrong_date(first: Day, dated: Option<Day>) -> String {
    match dated {
        Some(day) => format!("The one given is dated {day}; it counts only from {first}."),
        None => {
            format!("The one given has no stated date; it counts only from {first} (--dated DATE).")
        }
    }
}
