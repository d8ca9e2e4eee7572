//! The clauses of cover: what counts as value, what is sold, to whom, until when, for how much.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::clause::clause;
use super::price::Band;
use super::values::{Amount, GoodsName, Name};
use crate::claim::Party;
use crate::money::Rounding;
use crate::parcel::{Country, Fulfilment};
use crate::words::words;

/// A part of the value that may count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Counted {
    /// What the buyer paid for the goods.
    Product,
    /// The platform's coupons.
    Coupon,
    /// The buyer's shipping fee.
    Shipping,
}

clause! {
    /// What counts as the package value.
    pub struct ValueRule {
        /// The parts that are added up.
        pub counts: Vec<Counted>,
    }
}

clause! {
    /// The cover that comes free with each parcel.
    pub struct Included {
        /// Up to this much, in the plan's currency.
        pub amount: Amount,
    }
}

clause! {
    /// The most that can be covered.
    pub struct Maximum {
        /// This much, in the plan's currency; nothing where the file says `none`, or is silent.
        #[serde(default, deserialize_with = "super::values::amount_or_none")]
        pub amount: Option<Amount>,
        /// Lower limits for some parcels: of all that fit the lowest counts.
        #[serde(default)]
        pub limits: Vec<Limit>,
    }
}

clause! {
    /// A lower limit for some parcels.
    pub struct Limit {
        when,
        /// This much, in the plan's currency; zero means that no cover is sold.
        pub amount: Amount,
    }
}

/// On what the premium is charged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Basis {
    /// On the cover above the included one.
    Uninsured,
    /// On all of the cover.
    Whole,
}

clause! {
    /// The price of cover.
    #[serde(try_from = "super::price::Written")]
    pub struct Premium {
        when,
        /// On what it is charged.
        pub on: Basis,
        /// How a fraction of the unit ends.
        pub rounding: Rounding,
        /// The unit that is rounded to; the currency's smallest where it is missing.
        pub rounded_to: Option<Amount>,
        /// The price by how much is charged for, from the least to the most.
        pub bands: Vec<Band>,
        /// Whether the price is written by bands rather than as the one price.
        pub banded: bool,
    }
}

words! {
    /// Until when something can be done.
    pub enum Until {
        /// Before or with the payment of the order.
        Payment = "payment",
        /// Before or with the purchase of the label.
        Label = "label",
        /// Before the carrier's first scan.
        FirstScan = "first-scan",
        /// At no time.
        Never = "never",
    }
}

impl Until {
    /// As a sentence goes on after "until": `the label is bought`.
    pub fn words(self) -> &'static str {
        match self {
            Until::Payment => "the order is paid (it is bought with the order)",
            Until::Label => "the label is bought (before it or in the same step)",
            Until::FirstScan => "the carrier's first scan",
            Until::Never => "no day",
        }
    }
}

clause! {
    /// Until when more cover can be bought.
    pub struct Purchase {
        /// The last moment.
        pub until: Until,
        /// Who buys it; the seller where it is missing.
        pub by: Option<Party>,
    }
}

clause! {
    /// What has to be agreed to, once, before anything is bought.
    pub struct Agreement {}
}

clause! {
    /// Whose labels are covered.
    pub struct FulfilmentRule {
        /// The kinds that are.
        pub allowed: Vec<Fulfilment>,
    }
}

clause! {
    /// Whose parcels are covered, where it is one carrier's promise.
    pub struct Carriers {
        /// The carriers.
        pub allowed: Vec<Name>,
    }
}

clause! {
    /// The ways a parcel can be handed over, where the terms tell them apart.
    pub struct Shipping {
        /// Each way's word, and what it means.
        pub ways: BTreeMap<String, String>,
        /// The way that is taken where none is stated.
        pub default: String,
    }
}

clause! {
    /// Goods that are never covered.
    pub struct Goods {
        /// By name.
        pub excluded: Vec<GoodsName>,
    }
}

clause! {
    /// Where parcels have to go to be covered.
    pub struct Destinations {
        /// Countries to which nothing is covered, by their two-letter codes.
        #[serde(default)]
        pub excluded: Vec<Country>,
        /// Whether only parcels are covered that leave the country they are sent from.
        #[serde(default)]
        pub cross_border_only: bool,
    }
}

clause! {
    /// When a premium is paid back.
    pub struct Refund {
        /// The last moment to cancel.
        pub until: Until,
    }
}

clause! {
    /// A condition no figure follows from, for a person to know.
    pub struct Condition {}
}
