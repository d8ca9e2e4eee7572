//! Values as a plan file writes them: amounts, names of goods, days.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer};

use crate::calendar::Day;
use crate::money::{Currency, Money, MoneyError, Rate};

/// The name of a kind of goods, kept as it is compared: case, hyphens and a plural `s` make no
/// difference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GoodsName {
    written: String,
    bare: String,
}

impl GoodsName {
    /// Whether a category names these goods: a whole segment of it (`Home > Televisions`). A mere
    /// mention, as in "TV stand", is not enough to refuse cover. Allocates nothing, for a million
    /// parcels are held against a score of names each.
    pub fn is_in(&self, category: &str) -> bool {
        category.split(['>', '/', ',', '|', ';']).any(|segment| {
            let segment = segment.trim();
            let singular = segment.len() - usize::from(segment.ends_with(['s', 'S']));
            singular == self.bare.len()
                && segment.bytes().zip(self.bare.bytes()).all(|(a, b)| bare_byte(a) == b)
        })
    }
}

impl std::fmt::Display for GoodsName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(&self.written)
    }
}

impl<'de> Deserialize<'de> for GoodsName {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let written = String::deserialize(d)?.trim().to_owned();
        let singular = written.strip_suffix(['s', 'S']).unwrap_or(&written);
        if singular.is_empty() || !singular.is_ascii() {
            return Err(serde::de::Error::custom("expected a name of goods in plain letters"));
        }
        let bare = singular.bytes().map(|byte| char::from(bare_byte(byte))).collect();
        Ok(GoodsName { written, bare })
    }
}

fn bare_byte(byte: u8) -> u8 {
    if byte == b'-' { b' ' } else { byte.to_ascii_lowercase() }
}

/// An amount of the plan's currency as the file writes it, `"200.00"`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Amount(Decimal);

impl Amount {
    /// In this currency.
    ///
    /// # Errors
    /// More digits than the currency has; checked when the plan is read.
    pub fn of(self, currency: Currency) -> Result<Money, MoneyError> {
        Money::exactly(self.0, currency)
    }
}

impl<'de> Deserialize<'de> for Amount {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let text = String::deserialize(d)?;
        Rate::parse(&text).map(|rate| Amount(rate.decimal())).map_err(serde::de::Error::custom)
    }
}

/// A TOML local date.
pub(super) fn day<'de, D: Deserializer<'de>>(d: D) -> Result<Day, D::Error> {
    let written = toml::value::Datetime::deserialize(d)?;
    written
        .date
        .filter(|_| written.time.is_none())
        .and_then(|date| {
            NaiveDate::from_ymd_opt(
                i32::from(date.year),
                u32::from(date.month),
                u32::from(date.day),
            )
        })
        .ok_or_else(|| {
            serde::de::Error::custom("expected a day such as 2025-10-17, without quotes")
        })
}

#[cfg(test)]
mod tests {
    use super::GoodsName;

    #[test]
    fn goods_are_excluded_by_their_category_not_by_a_mention() {
        let names = |category: &str, name: &str| {
            let name: toml::Table = toml::from_str(&format!("name = \"{name}\"")).unwrap();
            name["name"].clone().try_into::<GoodsName>().unwrap().is_in(category)
        };
        assert!(names("Televisions", "televisions"));
        assert!(names("Electronics > Television", "televisions"));
        assert!(names("semi precious stone", "semi-precious stones"));
        assert!(!names("Television stands", "televisions"));
        assert!(!names("Ticket holder", "tickets"));
        assert!(!names("Coins & Money", "money"));
    }
}
