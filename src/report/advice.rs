//! What full cover would be worth for one parcel, by what became of others like it.

use rust_decimal::Decimal;
use serde::Serialize;

use super::figures::{Rates, fixed};
use super::interval::{FEW, Rated, parcels_to_tell};
use crate::money::{Money, MoneyError, Rounding};
use crate::words::words;

/// With fewer settled parcels nothing is said: the interval would hold nearly every rate.
pub const LEAST_PARCELS: u64 = FEW;

words! {
    /// Which parcels count as comparable, the narrowest first.
    pub enum Width {
        /// By the same carrier to the same country.
        Lane = "carrier_and_destination",
        /// By the same carrier.
        Carrier = "carrier",
        /// To the same country.
        Destination = "destination",
        /// All of the ledger.
        All = "all",
    }
}

words! {
    /// What history says.
    pub enum Verdict {
        /// Too few parcels whose fate is known.
        TooLittle = "too_little_history",
        /// No cover beyond the included is sold, or needed.
        NothingToBuy = "nothing_to_buy",
        /// Even at the lower end of the interval losses cost more than the premium.
        Worth = "worth_it",
        /// Even at its upper end they cost less.
        NotWorth = "not_worth_it",
        /// The premium lies between.
        Undecided = "undecided",
    }
}

/// What full cover is held against.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Weighed {
    /// What is covered without buying anything.
    pub included: Money,
    /// What is covered with full cover.
    pub cover: Money,
    /// What full cover costs.
    pub premium: Money,
}

/// What became of comparable parcels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct History {
    /// Which parcels these are.
    pub width: Width,
    /// How many were lost.
    pub rates: Rates,
}

/// What a loss costs on average, at three rates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Reckoned {
    /// At the lower end of the interval.
    pub low: Money,
    /// At the rate itself.
    pub rate: Money,
    /// At the upper end.
    pub high: Money,
}

/// What history says about covering one parcel in full.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Advice {
    /// The comparable parcels, the narrowest that are enough; else the widest.
    pub history: History,
    /// Their loss rate.
    pub loss: Option<Rated>,
    /// What full cover adds to the included.
    pub added: Money,
    /// What the added cover would pay on average.
    pub expected: Option<Reckoned>,
    /// The loss rate at which that is as much as the premium.
    pub break_even: Option<Decimal>,
    /// What to make of it.
    pub verdict: Verdict,
    /// How many settled parcels it takes: to say anything, or at this rate to decide.
    pub parcels_needed: Option<u64>,
}

/// Weighs full cover against the losses of comparable parcels, of which those that are narrower
/// stand first.
///
/// # Errors
/// Amounts of two currencies.
pub fn weigh(histories: &[History], price: Weighed) -> Result<Advice, MoneyError> {
    let enough = histories.iter().find(|history| history.rates.settled >= LEAST_PARCELS);
    let none = History { width: Width::All, rates: Rates::default() };
    let history = enough.or(histories.last()).copied().unwrap_or(none);
    let loss = history.rates.loss();
    let added = price.cover.less(price.included)?;
    let mut advice = Advice {
        history,
        loss,
        added,
        expected: None,
        break_even: None,
        verdict: Verdict::NothingToBuy,
        parcels_needed: None,
    };
    if added.is_zero() {
        return Ok(advice);
    }
    let break_even = price.premium.decimal().checked_div(added.decimal()).unwrap_or(Decimal::ONE);
    advice.break_even = Some(fixed(break_even));
    let Some(loss) = loss.filter(|_| enough.is_some()) else {
        advice.verdict = Verdict::TooLittle;
        advice.parcels_needed = Some(LEAST_PARCELS);
        return Ok(advice);
    };
    let of = |rate: Decimal| {
        Money::from_decimal(rate * added.decimal(), added.currency(), Rounding::HalfUp)
    };
    advice.expected =
        Some(Reckoned { low: of(loss.low)?, rate: of(loss.rate)?, high: of(loss.high)? });
    let needed = parcels_to_tell(loss.count, loss.of, break_even);
    advice.verdict = if break_even >= Decimal::ONE {
        Verdict::NotWorth
    } else if needed.is_none_or(|needed| loss.of < needed) {
        advice.parcels_needed = needed;
        Verdict::Undecided
    } else if loss.rate > break_even {
        Verdict::Worth
    } else {
        Verdict::NotWorth
    };
    Ok(advice)
}

#[cfg(test)]
mod tests {
    use super::{History, Verdict, Weighed, Width, weigh};
    use crate::money::{Currency, Money};
    use crate::report::Rates;

    fn usd(minor: i64) -> Money {
        Money::from_minor(minor, Currency::USD)
    }

    /// 450.00 with 200.00 included: 250.00 more for 2.25.
    const PRICE: [i64; 3] = [20_000, 45_000, 225];

    fn price([included, cover, premium]: [i64; 3]) -> Weighed {
        Weighed { included: usd(included), cover: usd(cover), premium: usd(premium) }
    }

    fn history(width: Width, lost: u64, settled: u64) -> History {
        History { width, rates: Rates { lost, settled, ..Rates::default() } }
    }

    #[test]
    fn the_narrowest_history_that_is_enough_decides() {
        let widths = [
            history(Width::Lane, 1, 3),
            history(Width::Carrier, 4, 29),
            history(Width::Destination, 5, 30),
            history(Width::All, 5, 5_000),
        ];
        let advice = weigh(&widths, price(PRICE)).unwrap();
        assert_eq!(advice.history.width, Width::Destination);
        assert_eq!(advice.verdict, Verdict::Worth);
        let expected = advice.expected.unwrap();
        assert_eq!((expected.low, expected.rate, expected.high), (usd(1834), usd(4167), usd(8391)));
        assert_eq!(advice.break_even.unwrap().to_string(), "0.009000");
    }

    #[test]
    fn each_verdict_has_its_rates() {
        for (lost, settled, verdict, needed) in [
            (0, 0, Verdict::TooLittle, Some(30)),
            (3, 29, Verdict::TooLittle, Some(30)),
            (0, 30, Verdict::Undecided, Some(423)),
            (0, 423, Verdict::NotWorth, None),
            (9, 1_000, Verdict::Undecided, None),
            (30, 1_000, Verdict::Worth, None),
        ] {
            let advice = weigh(&[history(Width::All, lost, settled)], price(PRICE)).unwrap();
            let told = (advice.verdict, advice.parcels_needed);
            assert_eq!(told, (verdict, needed), "{lost} of {settled}");
        }
        let covered = weigh(&[history(Width::All, 9, 90)], price([15_000, 15_000, 0])).unwrap();
        assert_eq!(covered.verdict, Verdict::NothingToBuy);
        assert_eq!(covered.break_even, None);
    }

    #[test]
    fn the_ends_of_the_scale_of_prices_are_no_special_case() {
        let verdict =
            |figures| weigh(&[history(Width::All, 1, 100)], price(figures)).unwrap().verdict;
        assert_eq!(verdict([0, 45_000, 0]), Verdict::Worth, "free");
        assert_eq!(verdict([0, 45_000, 45_000]), Verdict::NotWorth, "as dear as what it covers");
        assert_eq!(verdict([0, 45_000, 99_999]), Verdict::NotWorth, "and dearer");
    }
}
