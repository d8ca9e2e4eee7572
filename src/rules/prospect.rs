//! What could be claimed on a parcel, from tracking facts alone.

use super::assessment::Case;
use super::conditions::{after_delivery, facts_needed};
use super::deadlines::Course;
use super::payout::{Loss, needed, needs_amount, payout};
use super::{Terms, Trace};
use crate::calendar::Day;
use crate::claim::{Facts, Incident};
use crate::money::Money;
use crate::parcel::{CarrierEvent, Parcel};
use crate::plan::{IncidentTerms, Measure, StartDay};
use crate::policy::{Figures, Look, PayoutIs, Prospect, State};

/// What is known of a policy's course.
#[derive(Debug, Clone, Copy)]
pub struct Standing {
    /// Where the policy stands.
    pub state: State,
    /// Trouble the carrier reported, and the day.
    pub trouble: Option<(CarrierEvent, Day)>,
}

/// What the parcel looks like, from when to when it can be claimed as that, and what the terms are
/// expected to pay. `None` where nothing looks wrong, or nothing would come of a claim. Whether a
/// claim was made already is not asked.
///
/// On each of its days a claim stands but for facts and documents that are still missing, and pays
/// just what is expected where that is exact.
pub fn prospect(
    terms: Terms<'_>,
    parcel: &Parcel,
    figures: &Figures,
    standing: Standing,
) -> Option<Prospect> {
    let may_claim = match standing.state {
        State::Effective => true,
        State::Confirmed => !terms.version.claims.scanned,
        State::Cancelled => false,
    };
    if !may_claim || figures.cover.is_zero() {
        return None;
    }
    let stated = Facts::default();
    let course = Course { parcel, stated: &stated, bought: figures.bought() };
    let of = Looked { terms, course, figures };
    let delivered = parcel.facts.delivered_on;
    match standing.trouble {
        Some((CarrierEvent::Damaged, on)) => {
            of.like(Look::Damage, Some(on)).or_else(|| of.missing(delivered, None))
        }
        // What came back, and was not lost afterwards, is not lost, and not late either.
        Some((CarrierEvent::Returned, on)) => of.like(Look::Returned, Some(on)),
        Some((CarrierEvent::Lost, on)) => of.missing(delivered, Some(on)),
        _ => of.missing(delivered, None),
    }
}

struct Looked<'a> {
    terms: Terms<'a>,
    course: Course<'a>,
    figures: &'a Figures,
}

impl Looked<'_> {
    fn covered(&self, incident: Incident) -> Option<&IncidentTerms> {
        self.terms.version.incident.get(&incident).filter(|terms| terms.covered)
    }

    /// Not there, or there too late.
    fn missing(&self, delivered: Option<Day>, lost: Option<Day>) -> Option<Prospect> {
        let waits = |incident| self.covered(incident).is_some_and(|terms| terms.waiting.is_some());
        match delivered {
            Some(on) if waits(Incident::Delay) => {
                let late = self.covered(Incident::Delay)?.waiting.as_ref()?;
                let late = self.course.waiting_over(self.terms, late)?;
                self.like(Look::Delay, Some(on)).filter(|_| late <= on)
            }
            Some(_) => None,
            // A waiting period stands whatever the carrier reports; without one its report alone
            // makes a loss.
            None if waits(Incident::Loss) => self.like(Look::Loss, None),
            None => match lost.and_then(|on| self.like(Look::Loss, Some(on))) {
                None if waits(Incident::Delay) => self.like(Look::Delay, None),
                lost => lost,
            },
        }
    }

    /// As this, from the day it is known on.
    fn like(&self, looks_like: Look, known: Option<Day>) -> Option<Prospect> {
        let Looked { terms, course, .. } = *self;
        let kind = looks_like.incident();
        let incident = self.covered(kind)?;
        let delivered = course.parcel.facts.delivered_on.is_some();
        if !delivered && (incident.delivered || after_delivery(kind)) {
            return None;
        }
        let opens = course.opens_on(terms, incident);
        // A wait whose beginning is not known has no end.
        if opens.is_none() && incident.waiting.is_some() {
            return None;
        }
        let from = known.max(opens)?;
        let situation = terms.situation(course.parcel, course.bought);
        let found = incident.window.as_ref().and_then(|window| {
            let (number, rule) = window.find(&situation)?;
            let case = if window.iter().len() == 1 { 0 } else { number + 1 };
            Some((u32::try_from(case).unwrap_or(u32::MAX), rule))
        });
        let closes_on = course.closes_on(terms, incident);
        // Where only the claimant can tell what the last day counts from, there is one, but it is
        // not known; otherwise nothing can be claimed until the carrier tells.
        let told =
            |start: &StartDay| matches!(start, StartDay::Due | StartDay::Signed | StartDay::Found);
        let untold = found.is_some_and(|_| closes_on.is_none());
        if untold && !found.is_some_and(|(_, rule)| rule.from.0.iter().any(told)) {
            return None;
        }
        if closes_on.is_some_and(|last| last < from) {
            return None;
        }
        let (payout, payout_is) = self.expected(looks_like, incident, untold)?;
        let window = found.map(|(case, _)| case);
        Some(Prospect { looks_like, from, closes_on, window, payout, payout_is })
    }

    /// What is expected; `None` where the terms would pay nothing.
    fn expected(
        &self,
        looks_like: Look,
        incident: &IncidentTerms,
        untold: bool,
    ) -> Option<(Money, PayoutIs)> {
        let Looked { terms, course, figures } = *self;
        let parcel = course.parcel;
        let kind = looks_like.incident();
        let situation = terms.situation(parcel, course.bought);
        let (pays, clause) = incident.pays.as_ref()?.fitting(&situation)?;
        let by_the_fee = pays.lowest_of.contains(&Measure::ShippingFee);
        if by_the_fee && parcel.value.shipping.is_zero() {
            return Some((Money::zero(figures.cover.currency()), PayoutIs::Unknown));
        }
        let compensation = terms.version.compensation.as_ref();
        let open = untold
            || looks_like == Look::Returned
            || needs_amount(pays, kind)
            || !needed(pays, compensation, course.stated, parcel).is_empty()
            || !facts_needed(&Case { terms, kind, incident, course }).is_empty();
        let loss = Loss { parcel, figures, amount: None, stated: course.stated };
        let paid = payout(terms, (pays, clause), &loss, &mut Trace::off()).ok()?.payable;
        let payout_is = if open { PayoutIs::AtMost } else { PayoutIs::Exact };
        (!paid.is_zero()).then_some((paid, payout_is))
    }
}
