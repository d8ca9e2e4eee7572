//! Values as a plan file writes them: amounts, names of goods, days.

use std::fmt;
use std::marker::PhantomData;

use rust_decimal::Decimal;
use serde::de::value::{SeqAccessDeserializer, StrDeserializer};
use serde::de::{Error, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};

pub(super) use crate::calendar::{day_of_toml as to_day, toml_day as day};
use crate::money::{Currency, Money, MoneyError, Rate};

/// The name of a kind of goods, kept as it is compared: case, hyphens and a plural `s` make no
/// difference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GoodsName {
    written: String,
    bare: String,
    /// The first letter of `bare`: what tells most words from most names.
    first: u8,
}

impl GoodsName {
    /// The one of these names that a category names: as a whole segment of it
    /// (`Home > Televisions`). A mere mention, as in "TV stand", is not enough to refuse cover.
    /// Allocates nothing, for a million parcels are held against a score of names each.
    pub fn find_in<'n>(names: &'n [GoodsName], category: &str) -> Option<&'n GoodsName> {
        category.as_bytes().split(|byte| b">/,|;".contains(byte)).find_map(|segment| {
            let segment = segment.trim_ascii();
            let first = bare_byte(*segment.first()?);
            let singular = segment.strip_suffix(b"s").or(segment.strip_suffix(b"S"));
            let segment = singular.unwrap_or(segment);
            let same = |name: &&GoodsName| {
                let bare = name.bare.as_bytes();
                name.first == first
                    && bare.len() == segment.len()
                    && segment.iter().map(|&b| bare_byte(b)).eq(bare.iter().copied())
            };
            names.iter().find(same)
        })
    }

    /// The first of these names that stands in a text as words, singular or plural: `Fine Jewelry`
    /// mentions jewelry. Allocates nothing.
    pub fn mentioned_in<'n>(names: &'n [GoodsName], text: &str) -> Option<&'n GoodsName> {
        let text = text.as_bytes();
        let bit = |byte: u8| 1u64 << (byte & 63);
        let firsts = names.iter().fold(0, |all, name| all | bit(name.first));
        let mut in_word = false;
        for (at, &byte) in text.iter().enumerate() {
            let begins = !std::mem::replace(&mut in_word, is_letter(byte));
            let first = bare_byte(byte);
            if begins
                && firsts & bit(first) != 0
                && let Some(rest) = text.get(at..)
                && let Some(name) = names.iter().find(|n| n.first == first && n.begins(rest))
            {
                return Some(name);
            }
        }
        None
    }

    /// Whether a text begins with this name and the word ends with it.
    fn begins(&self, text: &[u8]) -> bool {
        let bare = self.bare.as_bytes();
        let ends = |rest: &[u8]| rest.first().is_none_or(|byte| !is_letter(*byte));
        text.split_at_checked(bare.len()).is_some_and(|(word, rest)| {
            word.iter().map(|&b| bare_byte(b)).eq(bare.iter().copied())
                && (ends(rest) || matches!(rest, [b's' | b'S', rest @ ..] if ends(rest)))
        })
    }

    /// As the plan writes it.
    pub fn written(&self) -> &str {
        &self.written
    }
}

/// Whether it is part of a word; a letter beyond ASCII is.
fn is_letter(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || !byte.is_ascii()
}

impl fmt::Display for GoodsName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.written)
    }
}

impl<'de> Deserialize<'de> for GoodsName {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let written = String::deserialize(d)?.trim().to_owned();
        let singular = written.strip_suffix(['s', 'S']).unwrap_or(&written);
        if singular.is_empty() || !singular.is_ascii() {
            return Err(Error::custom("expected a name of goods in plain letters"));
        }
        let bare: String = singular.bytes().map(|byte| char::from(bare_byte(byte))).collect();
        let first = bare.bytes().next().unwrap_or_default();
        Ok(GoodsName { written, bare, first })
    }
}

fn bare_byte(byte: u8) -> u8 {
    if byte == b'-' { b' ' } else { byte.to_ascii_lowercase() }
}

/// A name of a carrier or a service: case and spaces make no difference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name(String);

impl Name {
    /// Whether a seller's word is this name.
    pub fn is(&self, word: &str) -> bool {
        let letters = |text: &str| {
            let kept = text.bytes().filter(u8::is_ascii_alphanumeric);
            kept.map(|byte| byte.to_ascii_lowercase()).collect::<Vec<u8>>()
        };
        // Most parcels of a file have the very word.
        self.0 == word || letters(&self.0) == letters(word)
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl<'de> Deserialize<'de> for Name {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let written = String::deserialize(d)?.trim().to_owned();
        if !written.bytes().any(|byte| byte.is_ascii_alphanumeric()) {
            return Err(Error::custom("expected a name in plain letters, such as \"USPS\""));
        }
        Ok(Name(written))
    }
}

/// An amount of the plan's currency as the file writes it, `"200.00"`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Amount(Decimal);

impl Amount {
    /// Nothing.
    pub const ZERO: Amount = Amount(Decimal::ZERO);

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
        Rate::parse(&text).map(|rate| Amount(rate.decimal())).map_err(Error::custom)
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// So many per cent of what is charged for: `"1.25"`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Percent(Decimal);

impl Percent {
    /// The part of one: 0.0125 for 1.25 per cent.
    pub fn of_one(self) -> Decimal {
        self.0 / Decimal::ONE_HUNDRED
    }
}

impl fmt::Display for Percent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<'de> Deserialize<'de> for Percent {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        // No cover is sold for less than a thousandth of it, so this is one per cent as 0.01.
        per_cent(d, Decimal::new(1, 1), "a premium of 1 per cent is written \"1.0\"; state less than 0.1 per cent with `rate` and `per`")
            .map(Percent)
    }
}

/// The share of a loss that is paid, in per cent: `"80"`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share(Decimal);

impl Share {
    /// The part of one: 0.8 for 80 per cent.
    pub fn of_one(self) -> Decimal {
        self.0 / Decimal::ONE_HUNDRED
    }
}

impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<'de> Deserialize<'de> for Share {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        per_cent(d, Decimal::new(101, 2), "all of it is written \"100\", four fifths \"80\"")
            .map(Share)
    }
}

/// Reads a percentage; one below `least` is taken for a fraction.
fn per_cent<'de, D: Deserializer<'de>>(
    d: D,
    least: Decimal,
    example: &str,
) -> Result<Decimal, D::Error> {
    let text = String::deserialize(d)?;
    let percent: Decimal = text
        .trim()
        .parse()
        .map_err(|_| Error::custom(format!("`{text}` is no percentage: {example}")))?;
    if percent < least && !percent.is_zero() {
        return Err(Error::custom(format!("`{text}` is written as a fraction: {example}")));
    }
    if percent.is_zero() || percent > Decimal::ONE_HUNDRED {
        return Err(Error::custom(format!("`{text}` is not from 0 to 100 per cent: {example}")));
    }
    Ok(percent)
}

/// An amount, or the word `none`: that there is no limit is a figure too, which the user may know
/// better.
pub(super) fn amount_or_none<'de, D: Deserializer<'de>>(d: D) -> Result<Option<Amount>, D::Error> {
    let text = String::deserialize(d)?;
    if text.trim() == "none" {
        return Ok(None);
    }
    Amount::deserialize(StrDeserializer::new(&text)).map(Some)
}

/// One word, or a list of them.
pub(super) fn one_or_more_words<'de, T, D>(d: D) -> Result<Vec<T>, D::Error>
where
    T: Deserialize<'de>,
    D: Deserializer<'de>,
{
    struct Words<T>(PhantomData<T>);

    impl<'de, T: Deserialize<'de>> Visitor<'de> for Words<T> {
        type Value = Vec<T>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a word or a list of words")
        }

        fn visit_str<E: Error>(self, word: &str) -> Result<Vec<T>, E> {
            Ok(vec![T::deserialize(StrDeserializer::new(word))?])
        }

        fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<Vec<T>, A::Error> {
            Vec::deserialize(SeqAccessDeserializer::new(seq))
        }
    }

    d.deserialize_any(Words(PhantomData))
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

    #[test]
    fn goods_are_mentioned_by_whole_words_singular_or_plural() {
        let mentions = |text: &str, name: &str| {
            let name: toml::Table = toml::from_str(&format!("name = \"{name}\"")).unwrap();
            let name: GoodsName = name["name"].clone().try_into().unwrap();
            GoodsName::mentioned_in(&[name], text).is_some()
        };
        assert!(mentions("Fine Jewelry", "jewelry"));
        assert!(mentions("JEWELRY & Accessories", "jewelry"));
        assert!(mentions("wall mount (TVs)", "TVs"));
        assert!(mentions("TV stand", "TVs"));
        assert!(mentions("a semi precious stone", "semi-precious stones"));
        assert!(mentions("coin/money box", "money"));
        assert!(!mentions("Notebook", "notes"));
        assert!(!mentions("MTV shirt", "TVs"));
        assert!(!mentions("coiné coinés", "coins"));
        assert!(!mentions("TVss", "TVs"));
        assert!(!mentions("", "TVs"));
    }
}
