//! Choosing a plan: what each of several would do for one parcel, the best first.

use std::cmp::Reverse;

use rust_decimal::Decimal;

use super::quote::price;
use super::terms::TermsInForce;
use crate::calendar::Day;
use crate::claim::Incident;
use crate::error::Error;
use crate::money::{Currency, Money, Rounding};
use crate::parcel::{CoverChoice, Parcel};
use crate::plan::{Cited, Plan};
use crate::rules::{
    ClaimWindow, Quote, Refusal, Terms, Trace, Unstated, claim_window, limited, total_loss_pays,
    unstated,
};
use crate::words::words;

words! {
    /// How far a plan's cover reaches for what was asked.
    pub enum Reach {
        /// All of it is covered.
        Full = "full",
        /// A part is.
        Part = "part",
        /// Nothing is.
        None = "none",
    }
}

/// What the plans are asked.
#[derive(Debug)]
pub struct Asked {
    /// The parcel.
    pub parcel: Parcel,
    /// The cover.
    pub choice: CoverChoice,
    /// Whether the parcel's fulfilment was stated, not taken.
    pub fulfilment_stated: bool,
}

/// What one plan would do for a parcel.
#[derive(Debug)]
pub struct Offer<'t> {
    /// The plan.
    pub plan: &'t Plan,
    /// Whether the cover that was asked for is reached.
    pub reach: Reach,
    /// The price; none where the plan does not cover the parcel at all.
    pub priced: Option<Priced<'t>>,
    /// Why the plan refuses the parcel, or the cover asked for.
    pub refused: Option<Box<Refusal>>,
    /// Why the most it sells for the parcel is less than the package value, where that was asked.
    pub capped: Option<Box<Refusal>>,
}

/// A price with what it rests on.
#[derive(Debug)]
pub struct Priced<'t> {
    /// The terms.
    pub terms: Terms<'t>,
    /// The parcel, its value in the plan's currency.
    pub parcel: Parcel,
    /// The quote.
    pub quote: Quote,
    /// The premium for every 100 of cover; none where nothing is covered.
    pub per_100: Option<Money>,
    /// What a total loss would pay, where that is known and less than the cover.
    pub total_loss_pays: Option<Money>,
    /// When a loss could be claimed; none where a loss is not covered.
    pub claim: Option<ClaimWindow>,
    /// Facts the terms turn on and nobody stated.
    pub unstated: Vec<Unstated>,
}

impl Offer<'_> {
    /// Whether the plan gives cover as it was asked for, as far as it sells any.
    pub fn stands(&self) -> bool {
        self.refused.is_none() && self.reach != Reach::None
    }

    /// What stands against the plan for this parcel, or limits it.
    pub fn against(&self) -> Option<&Refusal> {
        self.refused.as_deref().or(self.capped.as_deref())
    }

    /// Whether what was asked for comes free.
    pub fn is_free(&self) -> bool {
        self.reach == Reach::Full
            && self.priced.as_ref().is_some_and(|priced| !priced.quote.figures.bought())
    }
}

/// Asks every plan, what is stated in another currency converted, and puts the best first: cover
/// that reaches what was asked before cover that does not, then the lower premium. Amounts of two
/// currencies have no order, so plans of one currency stay together, in the order in which they
/// were named.
///
/// `ask` gives what is asked, for a plan of this currency.
///
/// # Errors
/// `ask` fails for every plan.
pub fn choose<'t>(
    plans: &'t [TermsInForce],
    today: Day,
    trace: bool,
    ask: impl Fn(Currency) -> Result<Asked, Error>,
) -> Result<Vec<Offer<'t>>, Error> {
    let mut offers = Vec::with_capacity(plans.len());
    let mut unasked = Vec::new();
    for terms in plans {
        let trace = if trace { Trace::on() } else { Trace::off() };
        match ask(terms.plan().currency) {
            Ok(asked) => offers.push(offer(terms, asked, today, trace)),
            Err(why) => {
                offers.push(Offer::refused(terms.plan(), Box::new(not_in(terms.plan(), &why))));
                unasked.push(why);
            }
        }
    }
    if unasked.len() == plans.len()
        && let Some(why) = unasked.into_iter().next()
    {
        return Err(why);
    }
    let currencies: Vec<Currency> = plans.iter().map(|terms| terms.plan().currency).collect();
    let place = |offer: &Offer<'_>| currencies.iter().position(|c| *c == offer.plan.currency);
    offers.sort_by_cached_key(|offer| {
        let figures = offer.priced.as_ref().map(|priced| priced.quote.figures);
        let cover = figures.filter(|_| offer.reach == Reach::Part).map(|f| f.cover.minor());
        let premium = figures.map_or(i64::MAX, |figures| figures.premium.minor());
        (place(offer), offer.reach, Reverse(cover), premium, offer.plan.id.clone())
    });
    Ok(offers)
}

impl<'t> Offer<'t> {
    fn refused(plan: &'t Plan, refusal: Box<Refusal>) -> Offer<'t> {
        Offer { plan, reach: Reach::None, priced: None, refused: Some(refusal), capped: None }
    }
}

/// An amount the plan's currency cannot express.
fn not_in(plan: &Plan, why: &Error) -> Refusal {
    let value = plan.versions[0].value.cite("value");
    Refusal::by(value, "other_currency", format!("{} reckons in {}: {why}", plan.id, plan.currency))
}

fn offer<'t>(
    terms: &'t TermsInForce,
    Asked { mut parcel, mut choice, fulfilment_stated }: Asked,
    today: Day,
    trace: Trace,
) -> Offer<'t> {
    let plan = terms.plan();
    let answer = price(terms, &mut parcel, &mut choice, today, trace);
    let (terms, mut quote) = match answer {
        Ok(answer) => answer,
        Err(refusal) => return Offer::refused(plan, refusal),
    };
    let figures = quote.figures;
    let asked = match choice {
        CoverChoice::Amount(amount) => amount,
        CoverChoice::Included | CoverChoice::Full => figures.package_value,
    };
    let reach = match figures.cover {
        cover if cover.is_zero() => Reach::None,
        cover if cover.minor() >= asked.minor() => Reach::Full,
        _ => Reach::Part,
    };
    if reach == Reach::Full {
        // An amount that is not sold because it comes free is no reason against the plan.
        quote.refused = None;
    }
    let capped = match choice {
        CoverChoice::Full => limited(terms, &parcel, &figures).map(|(_, why)| why),
        CoverChoice::Included | CoverChoice::Amount(_) => None,
    };
    let refused = quote.refused.clone();
    let priced = Priced {
        terms,
        per_100: per_100(figures.premium, figures.cover),
        claim: claim_window(terms, &parcel, Incident::Loss, figures.bought()),
        total_loss_pays: total_loss_pays(terms, &parcel, &figures).map(|(pays, _)| pays),
        unstated: unstated(terms, &parcel, fulfilment_stated),
        parcel,
        quote,
    };
    Offer { plan, reach, priced: Some(priced), refused, capped }
}

/// The premium for every 100 of cover, to the currency's digits.
fn per_100(premium: Money, cover: Money) -> Option<Money> {
    let share = (premium.decimal() * Decimal::ONE_HUNDRED).checked_div(cover.decimal())?;
    Money::from_decimal(share, premium.currency(), Rounding::HalfUp).ok()
}
