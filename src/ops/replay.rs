//! What the ledger's own parcels would have cost, and been covered for, under other terms.

use std::collections::BTreeMap;

use serde::Serialize;

use super::batch::RefusalCount;
use super::terms::{KnownPlans, terms_of};
use crate::calendar::Day;
use crate::error::Error;
use crate::ledger::{Filter, Ledger};
use crate::money::{Currency, Money, MoneyError};
use crate::parcel::{CarrierFacts, CoverChoice, Label, Parcel};
use crate::plan::Cited;
use crate::policy::{Policy, State};
use crate::rules::{Quote, Refusal, Terms, Trace, limited, quote};
use crate::words::words;

words! {
    /// Which cover is asked for under the other terms.
    pub enum ReplayCover {
        /// As it was chosen then: the free one, all of it, or an amount.
        Recorded = "recorded",
        /// The free one for all.
        Included = "included",
        /// All of the value for all.
        Full = "full",
        /// As much as the parcel had, as an amount.
        Same = "same",
    }
}

/// One recorded parcel under other terms.
#[derive(Debug)]
pub struct Replayed<'a> {
    /// Its policy, with the figures as recorded.
    pub policy: &'a Policy,
    /// The cover it would have; none where the other terms do not cover the parcel at all.
    pub cover: Money,
    /// The premium it would have cost.
    pub premium: Money,
    /// Whether that premium rests on figures nobody publishes.
    pub assumed: bool,
    /// Why it would not be covered, or for less than it was.
    pub because: Option<&'a Refusal>,
}

/// What all of them come to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReplaySummary {
    /// The cover that was asked for.
    pub asked: ReplayCover,
    /// Parcels that were priced again.
    pub parcels: u64,
    /// Of these, parcels whose cover would be lower than it was.
    pub less_cover: u64,
    /// Parcels whose cover was cancelled: they cost nothing and are left out.
    pub cancelled: u64,
    /// What they are covered for, as recorded.
    pub cover_then: Money,
    /// What they would be covered for.
    pub cover_now: Money,
    /// What they cost, as recorded.
    pub premium_then: Money,
    /// What they would cost.
    pub premium_now: Money,
    /// Whether a premium under the other terms rests on figures nobody publishes.
    pub assumed: bool,
    /// Parcels that would not be covered, or not as they were.
    pub refused: u64,
    /// Of these, how many by code.
    pub refusals: Vec<RefusalCount>,
    /// The currency of all amounts.
    pub currency: Currency,
}

/// Prices every parcel that is recorded under plan `of` again, as if it had been bought at its time
/// under `terms`: with the cover that is asked for, before there was a label.
///
/// # Errors
/// The ledger cannot be read, or `each` fails.
pub fn replay(
    ledger: &Ledger,
    of: &str,
    terms: Terms<'_>,
    asked: ReplayCover,
    today: Day,
    mut each: impl FnMut(&Replayed<'_>) -> Result<(), Error>,
) -> Result<ReplaySummary, Error> {
    let currency = terms.plan.currency;
    let zero = Money::zero(currency);
    let mut plans = KnownPlans::default();
    let mut refusals: BTreeMap<&'static str, RefusalCount> = BTreeMap::new();
    let mut sum = ReplaySummary {
        asked,
        parcels: 0,
        less_cover: 0,
        cancelled: 0,
        cover_then: zero,
        cover_now: zero,
        premium_then: zero,
        premium_now: zero,
        assumed: false,
        refused: 0,
        refusals: Vec::new(),
        currency,
    };
    let filter = Filter { plan: Some(of.to_owned()), ..Filter::default() };
    ledger.search(&filter, today, |policy| {
        if policy.state == State::Cancelled {
            sum.cancelled += 1;
            return Ok(());
        }
        sum.parcels += 1;
        let parcel = as_bought(&policy.parcel);
        let choice = match asked {
            ReplayCover::Recorded => chosen(ledger, &mut plans, &policy, &parcel)?,
            ReplayCover::Included => CoverChoice::Included,
            ReplayCover::Full => CoverChoice::Full,
            ReplayCover::Same if policy.figures.cover.is_zero() => CoverChoice::Included,
            ReplayCover::Same => CoverChoice::Amount(policy.figures.cover),
        };
        let priced = quote(terms, &parcel, choice, Trace::off());
        let (cover, premium, assumed) = match &priced {
            Ok(quote) => (quote.figures.cover, quote.figures.premium, quote.basis.is_assumed()),
            Err(_) => (zero, zero, false),
        };
        let refused = match &priced {
            Ok(quote) => quote.refused.as_deref().filter(|_| !reaches(quote, choice)),
            Err(refusal) => Some(&**refusal),
        };
        if let Some(refusal) = refused {
            sum.refused += 1;
            let count = refusals.entry(refusal.code).or_insert_with(|| RefusalCount {
                code: refusal.code.to_owned(),
                count: 0,
                clause: Some(refusal.clause.clone()),
            });
            count.count += 1;
        }
        sum.assumed |= assumed;
        // What is of another currency is refused by it, and cannot be added up.
        if policy.figures.cover.currency() == currency {
            sum.add(policy.figures.cover, policy.figures.premium, cover, premium)
                .map_err(|why| Error::Usage { message: why.to_string(), hint: None })?;
        }
        let is_less = policy.figures.cover.currency() == currency
            && cover.minor() < policy.figures.cover.minor();
        sum.less_cover += u64::from(is_less);
        let less = match &priced {
            Ok(quote) if is_less && refused.is_none() => less(terms, &parcel, quote, choice),
            _ => None,
        };
        let because = refused.or(less.as_deref());
        each(&Replayed { policy: &policy, cover, premium, assumed, because })
    })?;
    sum.refusals = refusals.into_values().collect();
    Ok(sum)
}

impl ReplaySummary {
    fn add(
        &mut self,
        cover_then: Money,
        premium_then: Money,
        cover_now: Money,
        premium_now: Money,
    ) -> Result<(), MoneyError> {
        self.cover_then = self.cover_then.plus(cover_then)?;
        self.premium_then = self.premium_then.plus(premium_then)?;
        self.cover_now = self.cover_now.plus(cover_now)?;
        self.premium_now = self.premium_now.plus(premium_now)?;
        Ok(())
    }
}

/// The parcel as it was when its cover was chosen: no label, nothing heard of the carrier.
pub(super) fn as_bought(parcel: &Parcel) -> Parcel {
    Parcel { label: Label::None, facts: CarrierFacts::default(), ..parcel.clone() }
}

/// The cover that was chosen, as far as the figures tell: the free one, all of the value or of what
/// the plan sold then, or an amount.
fn chosen(
    ledger: &Ledger,
    plans: &mut KnownPlans,
    policy: &Policy,
    parcel: &Parcel,
) -> Result<CoverChoice, Error> {
    let figures = policy.figures;
    if !figures.bought() {
        return Ok(CoverChoice::Included);
    }
    if figures.cover == figures.package_value {
        return Ok(CoverChoice::Full);
    }
    let plan = plans.of(ledger, policy)?;
    let full = quote(terms_of(&plan, policy)?, parcel, CoverChoice::Full, Trace::off());
    Ok(match full {
        Ok(full) if full.figures.cover == figures.cover => CoverChoice::Full,
        _ => CoverChoice::Amount(figures.cover),
    })
}

/// Why the cover is less than it was, where nothing that was asked is refused.
fn less(
    terms: Terms<'_>,
    parcel: &Parcel,
    quote: &Quote,
    choice: CoverChoice,
) -> Option<Box<Refusal>> {
    match choice {
        CoverChoice::Full => limited(terms, parcel, &quote.figures).map(|(_, why)| why),
        CoverChoice::Included => {
            let included = quote.figures.included_cover;
            let reason = format!("only the included cover was chosen, and it is {included} here");
            let clause = terms.version.included.cite("included");
            Some(Box::new(Refusal::by(clause, "less_included", reason)))
        }
        CoverChoice::Amount(_) => None,
    }
}

/// Whether the free cover alone gives what was asked for.
fn reaches(quote: &Quote, choice: CoverChoice) -> bool {
    let asked = match choice {
        CoverChoice::Amount(asked) => asked,
        _ => return false,
    };
    asked.currency() == quote.figures.cover.currency()
        && asked.minor() <= quote.figures.cover.minor()
}
