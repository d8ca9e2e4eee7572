//! Rates of exchange: each one stated by the user, with its day and where it comes from.
//!
//! No rate is known here that nobody stated, none is derived from another one, and none is taken
//! the other way round: what one euro is in dollars does not say what a dollar is in euros.

use std::fmt;
use std::sync::Arc;

use serde::Serialize;

use crate::calendar::Day;
use crate::money::{Currency, Money, MoneyError, Rate};

/// What one unit of a currency is worth in another one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Exchange {
    /// The currency of the one unit.
    pub from: Currency,
    /// The currency the rate is in: that of the terms.
    pub to: Currency,
    /// What one unit is worth: more than zero.
    pub rate: Rate,
    /// The day it was so.
    pub on: Day,
    /// Where it comes from, in the user's words.
    pub source: String,
}

/// Decimals of a rate: more than any bank states.
const MOST_DECIMALS: u32 = 12;

impl Exchange {
    /// Reads a rate of exchange, `1.0850`.
    ///
    /// # Errors
    /// A sentence: not a decimal number with a point, zero or less, or with too many decimals.
    pub fn parse_rate(text: &str) -> Result<Rate, String> {
        let expected = "expected digits with a point, such as 1.0850";
        let text = text.trim();
        let plain = text.bytes().all(|b| b.is_ascii_digit() || b == b'.');
        match Rate::parse(text) {
            Err(MoneyError::Negative(_)) => Err(format!("`{text}` is negative, {expected}")),
            Ok(rate) if plain && rate.decimal().is_zero() => {
                Err(format!("a rate of `{text}` makes everything worth nothing, {expected}"))
            }
            Ok(rate) if plain && rate.decimal().scale() > MOST_DECIMALS => {
                Err(format!("`{text}` has more than {MOST_DECIMALS} decimals, {expected}"))
            }
            Ok(rate) if plain => Ok(rate),
            _ => Err(format!("`{text}` is not a rate, {expected}")),
        }
    }

    /// What an amount of `from` comes to in `to`, a half minor unit up.
    ///
    /// # Errors
    /// An amount of another currency than `from`, or too large to hold.
    pub fn convert(&self, amount: Money) -> Result<Money, MoneyError> {
        if amount.currency() != self.from {
            return Err(MoneyError::Mixed(amount.currency(), self.from));
        }
        amount.converted(self.rate, self.to)
    }

    /// For people: `1 EUR = 1.0850 USD (2026-11-20, ECB reference rate)`.
    pub fn told(&self) -> String {
        let Exchange { from, to, rate, on, source } = self;
        format!("1 {from} = {rate} {to} ({on}, {source})")
    }

    /// How many days old the rate is on a day; below zero where it is of a later one.
    pub fn age(&self, on: Day) -> i64 {
        on.signed_duration_since(self.on).num_days()
    }
}

impl fmt::Display for Exchange {
    /// `1.0850 (2026-11-20, ECB reference rate)`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({}, {})", self.rate, self.on, self.source)
    }
}

/// The rates the user states: those of this command, and a dated table.
#[derive(Debug, Clone, Default)]
pub struct Exchanges {
    stated: Vec<Arc<Exchange>>,
    table: Vec<Arc<Exchange>>,
}

impl Exchanges {
    /// Rates stated for this command, which hold whatever the day, and dated ones.
    pub fn new(stated: Vec<Exchange>, table: Vec<Exchange>) -> Exchanges {
        let shared = |rates: Vec<Exchange>| rates.into_iter().map(Arc::new).collect();
        Exchanges { stated: shared(stated), table: shared(table) }
    }

    /// The rate for a parcel of this day: one stated for this command, else the latest of the
    /// table that is not of a later day.
    pub fn find(&self, from: Currency, to: Currency, on: Day) -> Option<&Arc<Exchange>> {
        let dated = || of(&self.table, from, to).filter(|x| x.on <= on).max_by_key(|x| x.on);
        of(&self.stated, from, to).next().or_else(dated)
    }

    /// The first rate of the table for these currencies, where all are of a later day.
    pub fn first(&self, from: Currency, to: Currency) -> Option<&Arc<Exchange>> {
        of(&self.table, from, to).min_by_key(|x| x.on)
    }
}

fn of(
    rates: &[Arc<Exchange>],
    from: Currency,
    to: Currency,
) -> impl Iterator<Item = &Arc<Exchange>> {
    rates.iter().filter(move |rate| rate.from == from && rate.to == to)
}

#[cfg(test)]
mod tests {
    use super::{Exchange, Exchanges};
    use crate::calendar::parse_day;
    use crate::money::{Currency, Money};

    fn rate(from: &str, to: &str, rate: &str, on: &str) -> Exchange {
        Exchange {
            from: Currency::from_code(from).unwrap(),
            to: Currency::from_code(to).unwrap(),
            rate: Exchange::parse_rate(rate).unwrap(),
            on: parse_day(on).unwrap(),
            source: "bank".to_owned(),
        }
    }

    #[test]
    fn a_half_minor_unit_goes_up_whatever_digits_the_currencies_have() {
        for (from, to, at, amount, comes_to) in [
            ("EUR", "USD", "1.0850", "450.00", "488.25"),
            ("EUR", "USD", "1.0850", "0.01", "0.01"),
            ("EUR", "USD", "0.5", "0.01", "0.01"),
            ("EUR", "USD", "0.49", "0.01", "0.00"),
            ("JPY", "USD", "0.0065", "70000", "455.00"),
            ("JPY", "USD", "0.0065", "1", "0.01"),
            ("USD", "JPY", "153.85", "450.00", "69233"),
            ("USD", "JPY", "0.5", "1.00", "1"),
            ("KWD", "USD", "3.2575", "138.123", "449.94"),
            ("USD", "KWD", "0.307", "450.01", "138.153"),
            ("JPY", "KWD", "0.00199", "70000", "139.300"),
            ("KWD", "JPY", "501.15", "0.001", "1"),
            ("USD", "EUR", "0.921658986175", "99999999999.99", "92165898617.49"),
        ] {
            let exchange = rate(from, to, at, "2026-11-20");
            let amount = Money::parse(amount, exchange.from).unwrap();
            let got = exchange.convert(amount).unwrap().digits();
            assert_eq!(got, comes_to, "{amount} at {exchange}");
        }
        let exchange = rate("KWD", "VND", "82000", "2026-11-20");
        assert!(exchange.convert(Money::from_minor(9_999_999_999_999, exchange.from)).is_err());
        assert!(exchange.convert(Money::zero(Currency::USD)).is_err(), "another currency");
    }

    #[test]
    fn the_latest_rate_that_is_not_of_a_later_day_counts_unless_one_is_stated() {
        let table = || {
            vec![
                rate("EUR", "USD", "1.1", "2026-11-20"),
                rate("EUR", "USD", "1.0", "2026-11-01"),
                rate("EUR", "USD", "1.2", "2026-12-01"),
                rate("EUR", "GBP", "0.9", "2026-11-20"),
            ]
        };
        let [eur, gbp] = ["EUR", "GBP"].map(|code| Currency::from_code(code).unwrap());
        let known = Exchanges::new(Vec::new(), table());
        let on = |day: &str| {
            let found = known.find(eur, Currency::USD, parse_day(day).unwrap());
            found.map(|x| x.rate.to_string())
        };
        assert_eq!(on("2026-10-31"), None);
        assert_eq!(on("2026-11-01").as_deref(), Some("1.0"));
        assert_eq!(on("2026-11-19").as_deref(), Some("1.0"));
        assert_eq!(on("2026-11-20").as_deref(), Some("1.1"));
        assert!(known.find(gbp, eur, parse_day("2026-11-20").unwrap()).is_none(), "not inverted");
        let stated = Exchanges::new(vec![rate("EUR", "USD", "1.3", "2026-11-22")], table());
        let found = stated.find(eur, Currency::USD, parse_day("2026-11-20").unwrap());
        assert_eq!(found.unwrap().rate.to_string(), "1.3");
    }

    #[test]
    fn what_is_no_rate_is_refused_with_what_was_expected() {
        for text in ["0", "0.000", "-1", "", "1,0850", "1e3", "108 %", "1.0.1", "0.0000000000001"] {
            let why = Exchange::parse_rate(text).unwrap_err();
            assert!(why.contains("such as 1.0850"), "{why}");
        }
    }
}
