//! A rate, and between which rates the true one probably lies: the Wilson score interval at 95 %.
//! Unlike the usual formula it does not claim certainty where nothing was lost among three parcels.

use rust_decimal::{Decimal, MathematicalOps};
use serde::Serialize;

use super::figures::fixed;
use crate::money::grouped;

/// A rate of fewer parcels than this is marked.
pub const FEW: u64 = 30;

/// The square of the normal quantile 1.959964 that leaves 2.5 % on either side.
const Z_SQUARED: Decimal = Decimal::from_parts(38_414_588, 0, 0, false, 7);

/// So many of so many, as a rate with its interval; each with six decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Rated {
    /// How many.
    #[serde(skip)]
    pub count: u64,
    /// Of how many.
    #[serde(skip)]
    pub of: u64,
    /// The rate.
    pub rate: Decimal,
    /// The lower end of the interval.
    pub low: Decimal,
    /// Its upper end.
    pub high: Decimal,
    /// Whether it rests on few parcels.
    pub few: bool,
}

impl Rated {
    /// So many of so many; `None` of none at all.
    pub fn new(count: u64, of: u64) -> Option<Rated> {
        if of == 0 {
            return None;
        }
        let (low, high) = wilson(count.min(of), of)?;
        let rate = fixed(Decimal::from(count.min(of)) / Decimal::from(of));
        Some(Rated { count, of, rate, low, high, few: of < FEW })
    }
}

/// The ends of the interval.
fn wilson(count: u64, of: u64) -> Option<(Decimal, Decimal)> {
    let (k, n) = (Decimal::from(count), Decimal::from(of));
    let two = Decimal::TWO;
    // Kept multiplied by 2(n + z^2), so that no digit is lost before the end.
    let middle = k * two + Z_SQUARED;
    let inner = Z_SQUARED + Decimal::from(4) * k * (n - k) / n;
    let reach = (Z_SQUARED * inner).sqrt()?;
    let scale = (n + Z_SQUARED) * two;
    let low = if count == 0 { Decimal::ZERO } else { (middle - reach) / scale };
    let high = if count == of { Decimal::ONE } else { (middle + reach) / scale };
    Some((fixed(low.max(Decimal::ZERO)), fixed(high.min(Decimal::ONE))))
}

/// How many parcels it takes until a rate like this is told apart from another one; `None` where
/// they are the same, and more than could ever be shipped where they nearly are.
pub(super) fn parcels_to_tell(count: u64, of: u64, other: Decimal) -> Option<u64> {
    use rust_decimal::prelude::ToPrimitive;
    let rate = Decimal::from(count).checked_div(Decimal::from(of.max(1)))?;
    let gap = rate - other;
    // The interval leaves a rate out just where the score test rejects it.
    let needed = Z_SQUARED * other * (Decimal::ONE - other);
    let needed = needed.checked_div(gap.checked_mul(gap)?)?;
    needed.floor().to_u64()?.checked_add(1)
}

/// As a person reads it: `2.4 %`.
pub fn percent(rate: Decimal) -> String {
    let percent = (rate * Decimal::ONE_HUNDRED).normalize();
    // Small rates are the usual ones: 0.04 % is not nothing.
    let digits = match percent {
        small if small < Decimal::TEN => 2,
        usual if usual < Decimal::ONE_THOUSAND => 1,
        _ => 0,
    };
    let mut shown = percent.round_dp(digits);
    shown.rescale(digits);
    format!("{} %", grouped(&shown.to_string()))
}

#[cfg(test)]
mod tests {
    use super::{Rated, parcels_to_tell, percent};
    use rust_decimal::Decimal;

    /// R. G. Newcombe, "Two-sided confidence intervals for the single proportion", Statistics in
    /// Medicine 17 (1998), table I, method 3 (score, no continuity correction), at 95 %.
    #[test]
    fn intervals_are_those_that_were_published() {
        for (count, of, low, high) in [
            (81, 263, "0.2553", "0.3662"),
            (15, 148, "0.0624", "0.1605"),
            (0, 20, "0.0000", "0.1611"),
            (1, 29, "0.0061", "0.1718"),
        ] {
            let rated = Rated::new(count, of).unwrap();
            let ends = (rated.low.round_dp(4).to_string(), rated.high.round_dp(4).to_string());
            assert_eq!(ends, (low.to_owned(), high.to_owned()), "{count}/{of}");
        }
    }

    #[test]
    fn the_ends_of_the_scale_are_reached_and_never_passed() {
        assert_eq!(Rated::new(0, 0), None);
        for of in [1, 2, 3, 29, 30, 1_000_000, 1_000_000_000_000] {
            for count in [0, 1, of / 2, of - 1, of] {
                let r = Rated::new(count, of).unwrap();
                let zero_to_one = Decimal::ZERO <= r.low && r.high <= Decimal::ONE;
                assert!(zero_to_one && r.low <= r.rate && r.rate <= r.high, "{count}/{of}: {r:?}");
                assert_eq!(r.few, of < 30);
            }
            assert!(Rated::new(0, of).unwrap().low.is_zero());
            assert_eq!(Rated::new(of, of).unwrap().high, Decimal::ONE);
        }
        let three = Rated::new(1, 3).unwrap();
        assert_eq!((percent(three.low), percent(three.high)), ("6.15 %".into(), "79.2 %".into()));
    }

    #[test]
    fn what_is_needed_to_tell_two_rates_apart_is_just_enough() {
        let other = Decimal::new(75, 4);
        let needed = parcels_to_tell(0, 100, other).unwrap();
        assert_eq!(needed, 509);
        assert!(Rated::new(0, needed).unwrap().high <= other);
        assert!(Rated::new(0, needed - 5).unwrap().high > other);
        let some = parcels_to_tell(2, 100, other).unwrap();
        let lost = some.div_ceil(50);
        assert!(Rated::new(lost, lost * 50).unwrap().low >= other);
        assert!(Rated::new(lost - 1, (lost - 1) * 50).unwrap().low < other);
        assert_eq!(parcels_to_tell(75, 10_000, other), None, "the same rate is never told apart");
    }

    #[test]
    fn percents_keep_two_figures_of_a_small_rate() {
        let said = |text: &str| percent(text.parse().unwrap());
        assert_eq!(said("0"), "0.00 %");
        assert_eq!(said("0.0004"), "0.04 %");
        assert_eq!(said("0.0249"), "2.49 %");
        assert_eq!(said("0.1"), "10.0 %");
        assert_eq!(said("1"), "100.0 %");
        assert_eq!(said("12.3456"), "1,235 %");
    }
}
