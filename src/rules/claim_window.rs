//! From when and until when an incident could be claimed, before anything has happened: as days
//! where they are known, else as the terms count them.

use super::Terms;
use super::deadlines::{Course, days_to_wait};
use crate::calendar::Day;
use crate::claim::{Facts, Incident};
use crate::parcel::Parcel;
use crate::plan::{Confidence, IncidentTerms, StartDay, Starts, WindowRule};

/// The days on which an incident can be claimed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClaimWindow {
    /// The first day, where what it counts from is known.
    pub opens_on: Option<Day>,
    /// The last day, where there is one and what it counts from is known.
    pub closes_on: Option<Day>,
    /// Both in words: `2026-11-22 to 2027-01-30`, `21 to 90 days from the ship date`.
    pub words: String,
}

/// A count of days, months or business days, and what it counts from.
struct Counted<'t> {
    count: u32,
    unit: &'static str,
    from: &'t Starts,
    first: &'static str,
}

/// The days on which this incident of this parcel can be claimed; `None` where it is not covered.
pub fn claim_window(
    terms: Terms<'_>,
    parcel: &Parcel,
    incident: Incident,
    bought: bool,
) -> Option<ClaimWindow> {
    let rules = terms.version.incident.get(&incident).filter(|rules| rules.covered)?;
    let stated = Facts::default();
    let course = Course { parcel, stated: &stated, bought };
    let opens = opening(terms, rules, parcel);
    let closes = course.rule(terms, rules).map(|(rule, _)| closing(rule));
    // Where no days are named, the ship date is no first day to claim.
    let named = opens.is_some() || closes.is_some();
    let opens_on = course.opens_on(terms, rules).filter(|_| named);
    let closes_on = course.closes_on(terms, rules);
    let mut words = match (opens_on, closes_on) {
        (Some(first), Some(last)) => format!("{first} to {last}"),
        (None, None) => in_words(opens.as_ref(), closes.as_ref()),
        (first, last) => {
            let first = match (first, &opens) {
                (Some(day), _) => Some(format!("from {day}")),
                (None, Some(opens)) => Some(format!("from {}", opens.after())),
                (None, None) => None,
            };
            let last = match (last, &closes) {
                (Some(day), _) => Some(format!("to {day}")),
                (None, Some(closes)) => Some(format!("to {}", closes.after())),
                (None, None) => None,
            };
            [first, last].into_iter().flatten().collect::<Vec<_>>().join(" ")
        }
    };
    if let Some(notice) = &rules.notice
        && let Some(days) = notice.days
    {
        words.push_str(&format!(", notice within {days} days"));
        if closes.is_none_or(|closes| *closes.from != notice.from) {
            words.push_str(&format!(" of {}", starts(&notice.from)));
        }
    }
    let unsourced = [
        rules.waiting.as_ref().map(|waiting| waiting.confidence),
        course.rule(terms, rules).map(|(rule, _)| rule.confidence),
        rules.notice.as_ref().map(|notice| notice.confidence),
    ];
    if unsourced.into_iter().flatten().any(Confidence::is_unsourced) {
        words.push_str(" (assumed)");
    }
    Some(ClaimWindow { opens_on, closes_on, words })
}

fn opening<'t>(terms: Terms<'_>, rules: &'t IncidentTerms, parcel: &Parcel) -> Option<Counted<'t>> {
    let waiting = rules.waiting.as_ref()?;
    let count = days_to_wait(terms, waiting, parcel);
    (count > 0).then_some(Counted { count, unit: "days", from: &waiting.from, first: "" })
}

fn closing(rule: &WindowRule) -> Counted<'_> {
    let span = rule.span();
    let first = if span.inclusive { ", that day counted" } else { "" };
    Counted { count: span.count, unit: span.unit.words(), from: &rule.from, first }
}

impl Counted<'_> {
    /// `9 months after delivery`
    fn after(&self) -> String {
        format!("{} {} after {}{}", self.count, self.unit, starts(self.from), self.first)
    }
}

/// Short, for a table: of several days the first that is known counts.
fn starts(from: &Starts) -> String {
    let short = |start: &StartDay| match start {
        StartDay::Shipped => "the ship date",
        StartDay::Delivered => "delivery",
        StartDay::Due => "the due day",
        StartDay::LastMovement => "the last tracking update",
        StartDay::Signed => "signing",
        StartDay::Found => "finding",
    };
    from.0.iter().map(short).collect::<Vec<_>>().join(" or ")
}

fn in_words(opens: Option<&Counted<'_>>, closes: Option<&Counted<'_>>) -> String {
    match (opens, closes) {
        (Some(opens), Some(closes)) if opens.from == closes.from && opens.unit == closes.unit => {
            let Counted { count, unit, from, first } = closes;
            format!("{} to {count} {unit} from {}{first}", opens.count, starts(from))
        }
        (Some(opens), Some(closes)) => format!("from {} to {}", opens.after(), closes.after()),
        (Some(opens), None) => format!("from {}", opens.after()),
        (None, Some(Counted { count, unit, from, first })) => {
            format!("within {count} {unit} of {}{first}", starts(from))
        }
        (None, None) => "no days are named".to_owned(),
    }
}
