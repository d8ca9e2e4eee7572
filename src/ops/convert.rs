//! Amounts in another currency than the plan's: converted by a rate the user states, before the
//! rules see them, or refused.

use std::sync::Arc;

use serde::Serialize;

use super::terms::TermsInForce;
use crate::calendar::Day;
use crate::exchange::Exchange;
use crate::ledger::Existing;
use crate::money::{Currency, MoneyError};
use crate::parcel::{CoverChoice, Label, Parcel, Stated, ValueParts};
use crate::plan::{Cited, Clause, Confidence};
use crate::rules::{Quote, Refusal, Terms, Trace, quote};

/// A rate this old has often changed since.
const OLD: i64 = 31;

fn other_cover(choice: CoverChoice, plans: Currency) -> bool {
    matches!(choice, CoverChoice::Amount(amount) if amount.currency() != plans)
}

impl TermsInForce {
    /// Prices a parcel under the terms of its day. What is stated in another currency is converted
    /// in place: at `kept`, where the parcel keeps the rate it was recorded at, else at the rate
    /// of its day.
    pub(super) fn price(
        &self,
        parcel: &mut Parcel,
        choice: &mut CoverChoice,
        today: Day,
        kept: Option<&Arc<Exchange>>,
        mut trace: Trace,
    ) -> Result<(Terms<'_>, Quote), Box<Refusal>> {
        let terms = self.for_parcel(parcel, today)?;
        let plans = terms.plan.currency;
        if parcel.value.currency() != plans || other_cover(*choice, plans) {
            let day = day_of(parcel, today);
            let rate = |from| self.rate(terms, from, day, kept);
            convert(terms, rate, parcel, choice, &mut trace)?;
        }
        Ok((terms, quote(terms, parcel, *choice, trace)?))
    }

    fn rate(
        &self,
        terms: Terms<'_>,
        from: Currency,
        day: Day,
        kept: Option<&Arc<Exchange>>,
    ) -> Result<Arc<Exchange>, Box<Refusal>> {
        let to = terms.plan.currency;
        let kept = kept.filter(|x| x.from == from && x.to == to);
        if let Some(found) = kept.or_else(|| self.rates().find(from, to, day)) {
            return Ok(Arc::clone(found));
        }
        let mut reason = format!(
            "{} reckons in {to}, and no rate of exchange from {from} is stated",
            terms.plan.id
        );
        if let Some(first) = self.rates().first(from, to) {
            reason.push_str(&format!(" for {day}: the first one is of {}", first.on));
        }
        let refusal = Refusal::by(terms.version.value.cite("value"), "other_currency", reason);
        Err(Box::new(refusal.unless(format!(
            "state what one unit of it is in {to}: --fx CODE=RATE, or [[fx]] in config.toml"
        ))))
    }
}

/// The day a parcel's terms and rate are chosen by: that on which its label was bought, today
/// where it has none.
pub(super) fn day_of(parcel: &Parcel, today: Day) -> Day {
    match parcel.label {
        Label::Exists(Some(since)) => since.min(today),
        _ => today,
    }
}

fn convert(
    terms: Terms<'_>,
    rate: impl Fn(Currency) -> Result<Arc<Exchange>, Box<Refusal>>,
    parcel: &mut Parcel,
    choice: &mut CoverChoice,
    trace: &mut Trace,
) -> Result<(), Box<Refusal>> {
    let plans = terms.plan.currency;
    let too_large = |why: MoneyError| {
        let clause = terms.version.value.cite("value");
        Box::new(Refusal::by(clause, "amount_too_large", why.to_string()))
    };
    let currency = parcel.value.currency();
    if currency != plans {
        let at = rate(currency)?;
        let value = parcel.value.total().map_err(too_large)?;
        parcel.value = parcel.value.converted(&at).map_err(too_large)?;
        let comes_to = parcel.value.total().map_err(too_large)?;
        let stated = Stated { value, at };
        step(trace, "converted_value", &stated, &comes_to.digits());
        parcel.stated = Some(Box::new(stated));
    }
    if let CoverChoice::Amount(value) = *choice
        && value.currency() != plans
    {
        let at = rate(value.currency())?;
        let comes_to = at.convert(value).map_err(too_large)?;
        step(trace, "converted_cover", &Stated { value, at }, &comes_to.digits());
        *choice = CoverChoice::Amount(comes_to);
    }
    Ok(())
}

/// The rate stands in the trace like a clause: what it says, and who says so.
fn step(trace: &mut Trace, rule: &'static str, stated: &Stated, comes_to: &str) {
    let at = &stated.at;
    let text = format!(
        "Not a term of the plan: you state that 1 {} is {} {} on {}. A half minor unit goes up.",
        at.from, at.rate, at.to, at.on
    );
    let clause =
        Clause { id: "fx", text: &text, source: &at.source, confidence: Confidence::Yours };
    trace.step(rule, clause, || (stated.to_string(), comes_to.to_owned()));
}

/// The rate at which a parcel was recorded, where it is stated again to be worth the same: it is
/// not worth another amount because a rate has changed since, or is not stated any more.
pub(super) fn kept_rate<'e>(
    existing: Option<&'e Existing>,
    value: &ValueParts,
) -> Option<&'e Arc<Exchange>> {
    let then = existing?.stated.as_ref()?;
    value.total().is_ok_and(|now| now == then.value).then_some(&then.at)
}

/// A rate of exchange and what it was used for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RateUsed {
    /// The rate.
    #[serde(flatten)]
    pub at: Arc<Exchange>,
    /// Parcels whose value was converted at it.
    pub parcels: u64,
    /// How many days old it was at most, on the day of a parcel.
    #[serde(skip)]
    pub age: i64,
}

impl RateUsed {
    /// Whether it is so old that it may have changed a good deal.
    pub fn is_old(&self) -> bool {
        self.age > OLD
    }
}

/// The rates a command has used, in the order of their first use.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct RatesUsed(Vec<RateUsed>);

impl RatesUsed {
    /// For this parcel alone.
    pub fn of(parcel: &Parcel, today: Day) -> RatesUsed {
        let mut used = RatesUsed::default();
        used.count(parcel, today);
        used
    }

    /// Counts a parcel in, if its value was converted.
    pub(super) fn count(&mut self, parcel: &Parcel, today: Day) {
        let Some(stated) = &parcel.stated else { return };
        let age = stated.at.age(day_of(parcel, today));
        match self.0.iter_mut().find(|used| used.at == stated.at) {
            Some(used) => (used.parcels, used.age) = (used.parcels + 1, used.age.max(age)),
            None => self.0.push(RateUsed { at: Arc::clone(&stated.at), parcels: 1, age }),
        }
    }

    /// Each of them.
    pub fn iter(&self) -> impl Iterator<Item = &RateUsed> {
        self.0.iter()
    }
}
