//! What full cover would have been worth, by the ledger's own history.

use serde::Serialize;

use super::quote::quote_one;
use super::replay::as_bought;
use super::report::{ReportScope, is_carrier, report};
use super::terms::{KnownPlans, TermsInForce};
use crate::calendar::Day;
use crate::error::Error;
use crate::ledger::{Filter, Ledger};
use crate::money::{Money, MoneyError};
use crate::parcel::{Country, CoverChoice, Parcel};
use crate::policy::Policy;
use crate::report::{
    Advice, By, Course, History, Rates, Verdict, Weighed, Width, stands_for_loss, weigh,
};
use crate::rules::{Quote, Terms, Trace, quote};

/// What history says about one parcel.
pub struct Advised<'t> {
    /// The terms full cover is priced under.
    pub terms: Terms<'t>,
    /// Its price.
    pub quote: Quote,
    /// Where the parcel goes: the plan's home where nothing is stated.
    pub to: Country,
    /// What to make of it.
    pub advice: Advice,
    /// What full cover of the comparable parcels would have come to, where there are enough.
    pub backtest: Option<Backtest>,
}

/// What it would have come to, had every comparable parcel whose fate is known been covered in
/// full under these terms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Backtest {
    /// Parcels that were priced.
    pub parcels: u64,
    /// Parcels left out: the terms do not cover them, or reckon in another currency.
    pub not_priced: u64,
    /// What their cover cost.
    pub premium_was: Money,
    /// What full cover would have cost.
    pub premium_full: Money,
    /// Those that were lost.
    pub lost: u64,
    /// What the lost ones were covered for.
    pub lost_cover_was: Money,
    /// What they would have been covered for.
    pub lost_cover_full: Money,
}

/// Prices full cover for a parcel and holds it against what became of others like it: by the same
/// carrier to the same country, or, where these are too few, of wider circles.
///
/// # Errors
/// The terms do not cover the parcel, or the ledger cannot be read.
pub fn advise<'t>(
    ledger: &Ledger,
    terms: &'t TermsInForce,
    parcel: &mut Parcel,
    today: Day,
) -> Result<Advised<'t>, Error> {
    let (terms, quote) = quote_one(terms, parcel, CoverChoice::Full, today, Trace::off())?;
    let to = parcel.to.unwrap_or(terms.plan.home);
    let carrier = parcel.carrier.as_deref();
    let counted = report(ledger, &ReportScope::default(), today)?;
    let widths: &[Width] = match carrier {
        Some(_) => &[Width::Lane, Width::Carrier, Width::Destination, Width::All],
        None => &[Width::Destination, Width::All],
    };
    let history = |width: &Width| {
        let like = Like { width: *width, carrier, to };
        let of_lane = counted.by(By::Lane).filter(|lane| {
            like.holds(lane.carrier.as_deref(), lane.to.as_deref().and_then(Country::from_code))
        });
        let rates = of_lane.fold(Rates::default(), |sum, lane| sum.plus(lane.rates));
        History { width: *width, rates }
    };
    let histories: Vec<History> = widths.iter().map(history).collect();
    let price = Weighed {
        included: quote.figures.included_cover,
        cover: quote.figures.cover,
        premium: quote.figures.premium,
    };
    let advice = weigh(&histories, price).map_err(too_large)?;
    let backtest = match advice.verdict {
        Verdict::TooLittle | Verdict::NothingToBuy => None,
        Verdict::Worth | Verdict::NotWorth | Verdict::Undecided => {
            let like = Like { width: advice.history.width, carrier, to };
            Some(tested(ledger, terms, like, today)?)
        }
    };
    Ok(Advised { terms, quote, to, advice, backtest })
}

fn too_large(why: MoneyError) -> Error {
    Error::Usage { message: why.to_string(), hint: None }
}

/// Which parcels are comparable.
#[derive(Clone, Copy)]
struct Like<'a> {
    width: Width,
    carrier: Option<&'a str>,
    to: Country,
}

impl Like<'_> {
    fn holds(self, carrier: Option<&str>, to: Option<Country>) -> bool {
        let by_carrier = || self.carrier.is_some_and(|wanted| is_carrier(carrier, wanted));
        let there = to == Some(self.to);
        match self.width {
            Width::Lane => by_carrier() && there,
            Width::Carrier => by_carrier(),
            Width::Destination => there,
            Width::All => true,
        }
    }
}

/// Covers every comparable parcel in full, as if it were bought under these terms.
fn tested(
    ledger: &Ledger,
    terms: Terms<'_>,
    like: Like<'_>,
    today: Day,
) -> Result<Backtest, Error> {
    let zero = Money::zero(terms.plan.currency);
    let mut sum = Backtest {
        parcels: 0,
        not_priced: 0,
        premium_was: zero,
        premium_full: zero,
        lost: 0,
        lost_cover_was: zero,
        lost_cover_full: zero,
    };
    let mut plans = KnownPlans::default();
    let by_carrier = matches!(like.width, Width::Lane | Width::Carrier);
    let carrier = like.carrier.filter(|_| by_carrier).map(str::to_owned);
    let filter = Filter { carrier, ..Filter::default() };
    ledger.search(&filter, today, |policy| -> Result<(), Error> {
        // Where a copy of a plan cannot be read its home is not known, as in the count.
        let home = || plans.of(ledger, &policy).ok().map(|plan| plan.home);
        let to = policy.parcel.to.or_else(home);
        if !like.holds(policy.parcel.carrier.as_deref(), to) {
            return Ok(());
        }
        let mut rates = Rates::default();
        course(ledger, &policy)?.count(today, &mut rates);
        if rates.settled == 0 {
            return Ok(());
        }
        let figures = policy.figures;
        let full = quote(terms, &as_bought(&policy.parcel), CoverChoice::Full, Trace::off());
        let full = full.ok().filter(|_| figures.cover.currency() == zero.currency());
        let Some(full) = full else {
            sum.not_priced += 1;
            return Ok(());
        };
        let full = full.figures;
        sum.parcels += 1;
        sum.premium_was = sum.premium_was.plus(figures.premium).map_err(too_large)?;
        sum.premium_full = sum.premium_full.plus(full.premium).map_err(too_large)?;
        if rates.lost > 0 {
            sum.lost += 1;
            sum.lost_cover_was = sum.lost_cover_was.plus(figures.cover).map_err(too_large)?;
            sum.lost_cover_full = sum.lost_cover_full.plus(full.cover).map_err(too_large)?;
        }
        Ok(())
    })?;
    Ok(sum)
}

/// What is known of a recorded parcel.
fn course(ledger: &Ledger, policy: &Policy) -> Result<Course, Error> {
    let claims = match policy.claim {
        Some(_) => ledger.claims_of(policy.no)?,
        None => Vec::new(),
    };
    Ok(Course {
        state: policy.state,
        shipped_on: policy.parcel.shipped_on(),
        delivered_on: policy.parcel.facts.delivered_on,
        loss_from: policy.deadlines.loss_from,
        prospect: policy.prospect,
        trouble: policy.trouble,
        claim: policy.claim.map(|(_, status)| status),
        claimed_as_lost: claims.iter().any(|c| stands_for_loss(c.incident, c.status)),
        // Whether it was late does not matter here.
        late_after: u32::MAX,
    })
}
