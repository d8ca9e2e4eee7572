//! From when, and until when, something can be claimed.

use super::Terms;
use crate::calendar::{Day, Span, Window};
use crate::claim::Incident;
use crate::parcel::Parcel;
use crate::plan::{IncidentTerms, StartDay, Waiting};
use crate::policy::Deadlines;

/// The waiting period for this parcel, in days.
pub fn waiting_days(terms: Terms<'_>, waiting: &Waiting, parcel: &Parcel) -> u32 {
    let from = parcel.from.unwrap_or(terms.plan.home);
    match parcel.to {
        Some(to) if to != from => {
            waiting.countries.get(&to).copied().unwrap_or(waiting.international)
        }
        _ => waiting.domestic,
    }
}

/// The days on which an incident can be claimed: from the end of the waiting period to the last
/// day of the window. `None` while the day it counts from is not known.
pub(super) fn window(
    terms: Terms<'_>,
    incident: &IncidentTerms,
    parcel: &Parcel,
) -> Option<Window> {
    let closes_on = incident.window.span().last_day(start(incident.window.from, parcel)?);
    let opens_on = match &incident.waiting {
        Some(waiting) => waiting_over(terms, waiting, parcel)?,
        None => start(incident.window.from, parcel)?,
    };
    Some(Window { opens_on, closes_on })
}

/// The first day on which the waiting period is over.
pub(super) fn waiting_over(terms: Terms<'_>, waiting: &Waiting, parcel: &Parcel) -> Option<Day> {
    Some(Span::days(waiting_days(terms, waiting, parcel)).last_day(start(waiting.from, parcel)?))
}

/// The days the ledger keeps with a policy: when a parcel that was not delivered counts as lost,
/// and the last day on which any incident can be claimed.
pub fn deadlines(terms: Terms<'_>, parcel: &Parcel) -> Deadlines {
    let windows = |incident: &IncidentTerms| window(terms, incident, parcel);
    Deadlines {
        loss_from: terms
            .version
            .incident
            .get(&Incident::Loss)
            .and_then(windows)
            .map(|w| w.opens_on),
        closes_on: terms.version.incident.values().filter_map(windows).map(|w| w.closes_on).max(),
    }
}

/// The day a span counts from, where it is known.
pub(super) fn start(from: StartDay, parcel: &Parcel) -> Option<Day> {
    match from {
        StartDay::Shipped => parcel.shipped_on(),
        StartDay::Delivered => parcel.facts.delivered_on,
    }
}
