//! How a premium is priced: flat, a percentage, or so much for every unit; alone or by bands.

use std::fmt;

use serde::Deserialize;

use super::clause::Confidence;
use super::cover::{Basis, Premium};
use super::values::{Amount, Percent};
use super::when::When;
use crate::money::{Rate, Rounding};

/// How a part of a unit is charged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Part {
    /// Per 100 or part of 100: 270.50 is 3 units.
    Whole,
    /// In proportion: 270.50 is 2.705 units.
    Prorated,
}

/// What is charged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Price {
    /// This much, whatever the cover.
    Flat(Amount),
    /// So many per cent of what is charged for.
    Percent(Percent),
    /// So much for every unit.
    Unit {
        /// The price of one unit, in major units of the currency.
        rate: Rate,
        /// The unit.
        per: Amount,
        /// How a part of a unit is charged.
        part: Part,
    },
}

impl fmt::Display for Price {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Price::Flat(amount) => write!(f, "{amount} flat"),
            Price::Percent(percent) => write!(f, "{percent} %"),
            Price::Unit { rate, per, part: Part::Whole } => {
                write!(f, "{rate} for every {per} or part of it")
            }
            Price::Unit { rate, per, part: Part::Prorated } => {
                write!(f, "{rate} for every {per}, in proportion")
            }
        }
    }
}

/// The price from one amount to another.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(try_from = "WrittenPrice")]
pub struct Band {
    /// For more than this.
    pub above: Amount,
    /// Up to and with this; without limit where it is missing.
    pub up_to: Option<Amount>,
    /// What is charged.
    pub price: Price,
    /// At least this.
    pub minimum: Option<Amount>,
    /// At most this.
    pub maximum: Option<Amount>,
}

impl fmt::Display for Band {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.price)?;
        for (word, amount) in [("at least", self.minimum), ("at most", self.maximum)] {
            if let Some(amount) = amount {
                write!(f, ", {word} {amount}")?;
            }
        }
        Ok(())
    }
}

/// A price as a file writes it: one of the three ways, with its limits.
#[derive(Debug, Clone, Copy, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
struct WrittenPrice {
    above: Option<Amount>,
    up_to: Option<Amount>,
    flat: Option<Amount>,
    percent: Option<Percent>,
    rate: Option<Rate>,
    per: Option<Amount>,
    part: Option<Part>,
    minimum: Option<Amount>,
    maximum: Option<Amount>,
}

const ONE_PRICE: &str = "expected one price: `flat`, or `percent`, or `rate` with `per` and `part` (`whole` or `prorated`)";

impl TryFrom<WrittenPrice> for Band {
    type Error = String;

    fn try_from(w: WrittenPrice) -> Result<Band, String> {
        let price = match (w.flat, w.percent, w.rate, w.per, w.part) {
            (Some(amount), None, None, None, None) => Price::Flat(amount),
            (None, Some(percent), None, None, None) => Price::Percent(percent),
            (None, None, Some(rate), Some(per), Some(part)) => Price::Unit { rate, per, part },
            _ => return Err(ONE_PRICE.to_owned()),
        };
        let above = w.above.unwrap_or(Amount::ZERO);
        Ok(Band { above, up_to: w.up_to, price, minimum: w.minimum, maximum: w.maximum })
    }
}

/// A premium as a file writes it: with its one price beside it, or with bands.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Written {
    #[serde(default)]
    when: When,
    on: Basis,
    rounding: Rounding,
    rounded_to: Option<Amount>,
    flat: Option<Amount>,
    percent: Option<Percent>,
    rate: Option<Rate>,
    per: Option<Amount>,
    part: Option<Part>,
    minimum: Option<Amount>,
    maximum: Option<Amount>,
    #[serde(default)]
    bands: Vec<Band>,
    clause: String,
    source: String,
    #[serde(default)]
    confidence: Confidence,
}

impl TryFrom<Written> for Premium {
    type Error = String;

    fn try_from(w: Written) -> Result<Premium, String> {
        let alone = WrittenPrice {
            flat: w.flat,
            percent: w.percent,
            rate: w.rate,
            per: w.per,
            part: w.part,
            minimum: w.minimum,
            maximum: w.maximum,
            ..WrittenPrice::default()
        };
        let banded = !w.bands.is_empty();
        let bands = match (banded, Band::try_from(alone)) {
            (false, Ok(band)) => vec![band],
            (true, Err(_)) => w.bands,
            (false, Err(why)) => return Err(format!("{why}, or `bands`")),
            (true, Ok(_)) => return Err("expected one price or `bands`, not both".to_owned()),
        };
        Ok(Premium {
            when: w.when,
            on: w.on,
            rounding: w.rounding,
            rounded_to: w.rounded_to,
            bands,
            banded,
            clause: w.clause,
            source: w.source,
            confidence: w.confidence,
        })
    }
}
