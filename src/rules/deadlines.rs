//! From when, and until when, something can be claimed.

use super::Terms;
use crate::calendar::{Day, Span};
use crate::claim::{Fact, Facts, Incident};
use crate::parcel::{CarrierEvent, Parcel};
use crate::plan::{Clause, IncidentTerms, Route, StartDay, Starts, Waiting, WindowRule};
use crate::policy::{Deadlines, Figures};

/// What the days of a claim are counted from: the parcel, and what the claimant stated.
#[derive(Clone, Copy)]
pub(super) struct Course<'a> {
    /// The parcel with its carrier facts.
    pub(super) parcel: &'a Parcel,
    /// What was stated.
    pub(super) stated: &'a Facts,
    /// Whether more than the included cover was bought.
    pub(super) bought: bool,
}

impl Course<'_> {
    /// The day a span counts from: the first of the named days that is known, and which it is.
    pub(super) fn start(&self, from: &Starts) -> Option<(StartDay, Day)> {
        from.0.iter().find_map(|start| Some((*start, self.day(*start)?)))
    }

    fn day(&self, start: StartDay) -> Option<Day> {
        let moment = |fact| self.stated.moment(fact).map(|moment| moment.date());
        match start {
            StartDay::Shipped => self.parcel.shipped_on(),
            StartDay::Delivered => self.parcel.facts.delivered_on,
            StartDay::Due => self.stated.day(Fact::DueOn),
            StartDay::LastMovement => self.parcel.last_moved_on(),
            StartDay::Signed => moment(Fact::SignedAt).or(self.parcel.facts.delivered_on),
            StartDay::Found => moment(Fact::FoundAt),
        }
    }

    /// The first day on which the waiting period is over.
    pub(super) fn waiting_over(&self, terms: Terms<'_>, waiting: &Waiting) -> Option<Day> {
        let (_, from) = self.start(&waiting.from)?;
        Some(Span::days(days_to_wait(terms, waiting, self.parcel)).last_day(from))
    }

    /// The case of the window that fits, with its clause.
    pub(super) fn rule<'t>(
        &self,
        terms: Terms<'_>,
        incident: &'t IncidentTerms,
    ) -> Option<(&'t WindowRule, Clause<'t>)> {
        incident.window.as_ref()?.fitting(&terms.situation(self.parcel, self.bought))
    }

    /// The last day of the window; `None` where there is none, or the day it counts from is not
    /// known.
    pub(super) fn closes_on(&self, terms: Terms<'_>, incident: &IncidentTerms) -> Option<Day> {
        let (rule, _) = self.rule(terms, incident)?;
        let (_, from) = self.start(&rule.from)?;
        let holidays = terms.plan.holidays(rule.calendar.as_deref()).unwrap_or_default();
        Some(rule.span().last_day_with(from, &holidays))
    }

    /// The first day an incident can be claimed on: the end of the waiting period, else the day
    /// the window counts from.
    pub(super) fn opens_on(&self, terms: Terms<'_>, incident: &IncidentTerms) -> Option<Day> {
        match &incident.waiting {
            Some(waiting) => self.waiting_over(terms, waiting),
            None => match self.rule(terms, incident) {
                Some((rule, _)) => self.start(&rule.from).map(|(_, day)| day),
                None => self.parcel.shipped_on(),
            },
        }
    }
}

/// The waiting period for this parcel, in days.
pub fn waiting_days(terms: Terms<'_>, waiting: &Waiting, parcel: &Parcel) -> u32 {
    match Route::of(parcel, terms.plan.home) {
        Route::Domestic => waiting.domestic,
        Route::International => parcel
            .to
            .and_then(|to| waiting.countries.get(&to))
            .copied()
            .unwrap_or(waiting.international),
    }
}

/// After how many days it is over: more than 28 days are 29.
pub(super) fn days_to_wait(terms: Terms<'_>, waiting: &Waiting, parcel: &Parcel) -> u32 {
    waiting_days(terms, waiting, parcel).saturating_add(u32::from(waiting.exceeds))
}

/// The days the ledger keeps with a policy: when a parcel that was not delivered counts as lost,
/// and the last day on which anything that may have happened to it can be claimed.
pub fn deadlines(
    terms: Terms<'_>,
    parcel: &Parcel,
    figures: &Figures,
    trouble: Option<CarrierEvent>,
) -> Deadlines {
    let stated = Facts::default();
    let course = Course { parcel, stated: &stated, bought: figures.bought() };
    let incidents = &terms.version.incident;
    let loss = incidents.get(&Incident::Loss).filter(|loss| loss.covered);
    let waiting = loss.and_then(|loss| loss.waiting.as_ref());
    let mut closes_on = None;
    // Where one incident has no window, or one that counts from a day not known yet, there is no
    // day after which nothing can be claimed.
    let mut known = true;
    let covered = incidents.iter().filter(|(_, terms)| terms.covered);
    let possible = |incident: Incident| match incident {
        Incident::Loss => parcel.facts.delivered_on.is_none(),
        // What is reported damaged is claimed as that, or is lost on the way as well.
        incident if trouble == Some(CarrierEvent::Damaged) => incident == Incident::Damage,
        _ => true,
    };
    let any_possible = covered.clone().any(|(incident, _)| possible(*incident));
    for (_, incident) in covered.filter(|(incident, _)| possible(**incident) || !any_possible) {
        let day = course.closes_on(terms, incident);
        known &= day.is_some();
        closes_on = closes_on.max(day);
    }
    Deadlines {
        loss_from: waiting.and_then(|waiting| course.waiting_over(terms, waiting)),
        closes_on: closes_on.filter(|_| known),
    }
}
