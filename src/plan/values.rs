//! Values as a plan file writes them: amounts, names of goods, days.

use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer};

pub(super) use crate::calendar::toml_day as day;
use crate::money::{Currency, Money, MoneyError, Rate};

/// The name of a kind of goods, kept as it is compared: case, hyphens and a plural `s` make no
/// difference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GoodsName {
    written: String,
    bare: String,
}

impl GoodsName {
    /// The one of these names that a category names: as a whole segment of it
    /// (`Home > Televisions`). A mere mention, as in "TV stand", is not enough to refuse cover.
    /// Allocates nothing, for a million parcels are held against a score of names each.
    pub fn find_in<'n>(names: &'n [GoodsName], category: &str) -> Option<&'n GoodsName> {
        category.split(['>', '/', ',', '|', ';']).find_map(|segment| {
            let segment = segment.trim_ascii().as_bytes();
            let singular = segment.strip_suffix(b"s").or(segment.strip_suffix(b"S"));
            let segment = singular.unwrap_or(segment);
            let same = |name: &&GoodsName| {
                let bare = name.bare.as_bytes();
                bare.len() == segment.len()
                    && segment.iter().map(|&b| bare_byte(b)).eq(bare.iter().copied())
            };
            names.iter().find(same)
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

#[cfg(test)]
mod tests {
    use super::GoodsName;

    #[test]
    fn goods_are_excluded_by_their_category_not_by_a_mention() {
        let names = |category: &str, name: &str| {
            let name: toml::Table = toml::from_str(&format!("name = \"{name}\"")).unwrap();
            let name: GoodsName = name["name"].clone().try_into().unwrap();
            GoodsName::find_in(&[name], category).is_some()
        };
        assert!(names("Televisions", "televisions"));
        assert!(names("Electronics > Television", "televisions"));
        assert!(names("semi precious stone", "semi-precious stones"));
        assert!(!names("Television stands", "televisions"));
        assert!(!names("Ticket holder", "tickets"));
        assert!(!names("Coins & Money", "money"));
    }
}
