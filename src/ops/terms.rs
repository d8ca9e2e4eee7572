//! Which terms apply: the version of a plan in force on a day, or those a policy was sold under.

use std::collections::HashMap;
use std::rc::Rc;

use super::convert::day_of;
use crate::calendar::Day;
use crate::error::Error;
use crate::exchange::Exchanges;
use crate::ledger::{Ledger, NewPolicy, TermsId, TermsSnapshot, Write};
use crate::number::BatchNo;
use crate::parcel::Parcel;
use crate::plan::{Cited, Confidence, Loaded, Plan, read};
use crate::policy::{Policy, State};
use crate::rules::{
    Assumed, PriceBasis, Quote, Refusal, Standing, Terms, assumed, deadlines, prospect,
};

/// A plan as it is today, from which new cover is sold, and the rates at which amounts of other
/// currencies are converted into its own.
#[derive(Debug, Clone)]
pub struct TermsInForce {
    loaded: Loaded,
    rates: Exchanges,
    /// The ids of all plans there are.
    plans: Vec<String>,
}

impl TermsInForce {
    /// Of this plan.
    pub fn new(loaded: Loaded) -> TermsInForce {
        TermsInForce { loaded, rates: Exchanges::default(), plans: Vec::new() }
    }

    /// The same, with the ids of all plans there are: a row may name another one.
    pub fn among(self, plans: Vec<String>) -> TermsInForce {
        TermsInForce { plans, ..self }
    }

    /// The id of a plan that a row names, whatever its case.
    pub(super) fn known_plan(&self, named: &str) -> Option<&str> {
        self.plans.iter().map(String::as_str).find(|id| id.eq_ignore_ascii_case(named.trim()))
    }

    /// The same, with rates of exchange.
    pub fn with_rates(self, rates: Exchanges) -> TermsInForce {
        TermsInForce { rates, ..self }
    }

    /// The rates of exchange.
    pub(super) fn rates(&self) -> &Exchanges {
        &self.rates
    }

    /// The plan.
    pub fn plan(&self) -> &Plan {
        &self.loaded.plan
    }

    /// The terms in force on a day.
    ///
    /// # Errors
    /// The plan has none for that day yet.
    pub fn on(&self, day: Day) -> Result<Terms<'_>, Box<Refusal>> {
        let plan = &self.loaded.plan;
        match plan.on(day) {
            Some(version) => Ok(Terms { plan, version }),
            None => Err(Box::new(self.none_on(day))),
        }
    }

    /// The terms for a parcel: those of the day its label was bought, today's where it has none.
    pub(super) fn for_parcel(
        &self,
        parcel: &Parcel,
        today: Day,
    ) -> Result<Terms<'_>, Box<Refusal>> {
        self.on(day_of(parcel, today))
    }

    /// Keeps the text of these terms in the ledger, for the policies sold under them.
    pub(super) fn record(
        &self,
        write: &mut Write<'_>,
        terms: Terms<'_>,
    ) -> Result<RecordedTerms, Error> {
        let id = write.terms(&TermsSnapshot {
            plan: &terms.plan.id,
            version: terms.version.effective,
            currency: terms.plan.currency,
            toml: &self.loaded.text,
        })?;
        let named = |a: &Assumed| {
            let yours = if a.confidence == Confidence::Yours { " (yours)" } else { "" };
            format!("{}={}{yours}", a.figure, a.value)
        };
        let priced = (0..terms.version.premium.iter().len()).map(Some).chain([None]);
        let bases =
            priced.flat_map(|premium| [false, true].map(|maximum| PriceBasis { premium, maximum }));
        let told = |basis| (basis, assumed(terms, basis).iter().map(named).collect());
        Ok(RecordedTerms { id, assumed: bases.map(told).collect() })
    }

    fn none_on(&self, day: Day) -> Refusal {
        let plan = &self.loaded.plan;
        let first = &plan.versions[0];
        let reason = format!(
            "{} has no terms for {day} here: the oldest known took effect on {}",
            plan.id, first.effective
        );
        Refusal::by(first.value.cite("value"), "no_terms", reason)
    }
}

/// Terms that the ledger has a copy of.
pub(super) struct RecordedTerms {
    /// The copy.
    pub(super) id: TermsId,
    /// The assumed figures a price under them may rest on, as `figure=value`.
    assumed: Vec<(PriceBasis, Vec<String>)>,
}

impl RecordedTerms {
    /// A policy for this parcel at this price.
    pub(super) fn policy<'a>(
        &'a self,
        terms: Terms<'_>,
        parcel: &'a Parcel,
        quote: &Quote,
    ) -> NewPolicy<'a> {
        let figures = quote.figures;
        let state =
            if parcel.facts.scanned_on.is_some() { State::Effective } else { State::Confirmed };
        NewPolicy {
            parcel,
            figures,
            assumed: self
                .assumed
                .iter()
                .find(|(basis, _)| *basis == quote.basis)
                .map_or(&[], |(_, figures)| figures),
            state,
            deadlines: deadlines(terms, parcel, &figures, None),
            prospect: prospect(terms, parcel, &figures, Standing { state, trouble: None }),
            trouble: None,
        }
    }
}

/// Derives anew what follows from the terms and from what is known of a policy: its days, and what
/// could be claimed on it.
pub(super) fn derive(terms: Terms<'_>, policy: &mut Policy) {
    let Policy { state, trouble, .. } = *policy;
    let reported = trouble.map(|(event, _)| event);
    policy.deadlines = deadlines(terms, &policy.parcel, &policy.figures, reported);
    let standing = Standing { state, trouble };
    policy.prospect = prospect(terms, &policy.parcel, &policy.figures, standing);
}

/// The plans policies were sold under, read once each from the ledger's own copies.
#[derive(Default)]
pub(super) struct KnownPlans {
    /// What one batch recorded under one version was sold under one text.
    plans: HashMap<(BatchNo, Day), Rc<Plan>>,
}

impl KnownPlans {
    /// The plan of a policy as it was when the policy was recorded.
    pub(super) fn of(&mut self, ledger: &Ledger, policy: &Policy) -> Result<Rc<Plan>, Error> {
        let key = (policy.batch, policy.version);
        if let Some(plan) = self.plans.get(&key) {
            return Ok(Rc::clone(plan));
        }
        let text = ledger.plan_text(policy.no)?.unwrap_or_default();
        let plan = Rc::new(read(&format!("the ledger's copy of plan {}", policy.plan), &text)?);
        self.plans.insert(key, Rc::clone(&plan));
        Ok(plan)
    }
}

/// The terms of a policy in its plan.
pub(super) fn terms_of<'p>(plan: &'p Plan, policy: &Policy) -> Result<Terms<'p>, Error> {
    let version = plan.versions.iter().find(|version| version.effective == policy.version);
    version.map(|version| Terms { plan, version }).ok_or_else(|| Error::NotFound {
        message: format!("the ledger's copy of {} has no version {}", plan.id, policy.version),
        hint: None,
    })
}
