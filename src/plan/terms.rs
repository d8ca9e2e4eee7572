//! The types a plan file is read into. One struct a clause; each says what it means in the trade.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::values::{Amount, GoodsName, day};
use crate::calendar::{Day, Span, Unit};
use crate::claim::Incident;
use crate::money::{Currency, Rate, Rounding};
use crate::parcel::{Country, Fulfilment};
use crate::words::words;

/// One provider's terms.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Plan {
    /// Its short name in commands: `tiktok-upic`.
    pub id: String,
    /// Its full name.
    pub name: String,
    /// What is sold: only insurance may be called insurance.
    pub kind: Kind,
    /// The currency of every amount in the plan.
    pub currency: Currency,
    /// Parcels leave from here unless said otherwise; what stays here is domestic.
    pub home: Country,
    /// The documents the clauses come from, by a short name.
    pub sources: BTreeMap<String, Source>,
    /// The terms, oldest first.
    #[serde(rename = "version")]
    pub versions: Vec<Version>,
}

words! {
    /// What a provider sells.
    pub enum Kind {
        /// An insurer's promise to pay.
        Insurance = "insurance",
        /// A carrier's raised limit of liability. Not insurance.
        DeclaredValue = "declared-value",
    }
}

/// A document.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Its title.
    pub title: String,
    /// Where it is, if it is public.
    pub url: Option<String>,
}

words! {
    /// How sure a clause is.
    #[derive(Default)]
    pub enum Confidence {
        /// The source says so.
        #[default]
        Published = "published",
        /// It follows from what the source says.
        Implied = "implied",
        /// Nobody publishes it; it ships as a default that the user may set.
        Assumed = "assumed",
        /// Set by the user in their configuration, in place of an assumed figure.
        Yours = "yours",
    }
}

/// What a clause says of itself: where it stands in the plan, its words, its source.
#[derive(Debug, Clone, Copy)]
pub struct Clause<'a> {
    /// Its place in the version: `purchase`, `incident.loss.window`.
    pub id: &'a str,
    /// Its words.
    pub text: &'a str,
    /// The short name of its source.
    pub source: &'a str,
    /// How sure it is.
    pub confidence: Confidence,
}

/// A table of a plan that carries its own words and source.
pub trait Cited {
    /// The clause, given its place in the version.
    fn cite<'a>(&'a self, id: &'a str) -> Clause<'a>;
}

/// Declares a clause: the given fields, and the words, source and confidence every clause has.
macro_rules! clause {
    ($(#[$doc:meta])* pub struct $name:ident { $($(#[$field_doc:meta])* pub $field:ident: $type:ty,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Deserialize)]
        #[serde(deny_unknown_fields, rename_all = "kebab-case")]
        pub struct $name {
            $($(#[$field_doc])* pub $field: $type,)*
            /// The clause in words.
            pub clause: String,
            /// The short name of its source.
            pub source: String,
            /// How sure it is.
            #[serde(default)]
            pub confidence: Confidence,
        }

        impl Cited for $name {
            fn cite<'a>(&'a self, id: &'a str) -> Clause<'a> {
                Clause { id, text: &self.clause, source: &self.source, confidence: self.confidence }
            }
        }
    };
}

/// The terms from one day on.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Version {
    /// The first day they are in force; it also names the version.
    #[serde(deserialize_with = "day")]
    pub effective: Day,
    /// The day they were published.
    #[serde(deserialize_with = "day")]
    pub published: Day,
    /// What counts as the package value.
    pub value: ValueRule,
    /// What is covered free.
    pub included: Included,
    /// What can be covered at most.
    pub maximum: Maximum,
    /// What more cover costs.
    pub premium: Premium,
    /// Until when more cover can be bought.
    pub purchase: Purchase,
    /// What has to be agreed to before anything is bought.
    pub agreement: Option<Agreement>,
    /// Whose labels are covered.
    pub fulfilment: FulfilmentRule,
    /// What is never covered.
    pub goods: Goods,
    /// Where nothing is covered.
    pub destinations: Destinations,
    /// When a premium is paid back.
    pub refund: Refund,
    /// What every claim needs.
    pub claims: Claims,
    /// How long the provider takes to decide.
    pub decision: Decision,
    /// To whom a decision can be appealed, level by level.
    #[serde(default)]
    pub appeals: Vec<AppealLevel>,
    /// Further conditions a person has to know.
    #[serde(default)]
    pub conditions: Vec<Condition>,
    /// What can be claimed, by incident. What is not listed is not covered.
    pub incident: BTreeMap<Incident, IncidentTerms>,
}

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
        /// This much, in the plan's currency.
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

/// How a part of a unit is charged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Part {
    /// Per 100 or part of 100: 270.50 is 3 units.
    Whole,
    /// In proportion: 270.50 is 2.705 units.
    Prorated,
}

clause! {
    /// The price of cover: so much for every unit of it.
    pub struct Premium {
        /// On what it is charged.
        pub on: Basis,
        /// The price of one unit, in major units of the currency.
        pub rate: Rate,
        /// The unit.
        pub per: Amount,
        /// How a part of a unit is charged.
        pub part: Part,
        /// How a fraction of a cent ends.
        pub rounding: Rounding,
    }
}

/// Until when something can be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Until {
    /// Before or with the purchase of the label.
    Label,
    /// Before the carrier's first scan.
    FirstScan,
}

impl Until {
    /// As a sentence goes on after "until": `the label is bought`.
    pub fn words(self) -> &'static str {
        match self {
            Until::Label => "the label is bought (before it or in the same step)",
            Until::FirstScan => "the carrier's first scan",
        }
    }
}

clause! {
    /// Until when more cover can be bought.
    pub struct Purchase {
        /// The last moment.
        pub until: Until,
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
    /// Goods that are never covered.
    pub struct Goods {
        /// By name.
        pub excluded: Vec<GoodsName>,
    }
}

clause! {
    /// Countries to which nothing is covered.
    pub struct Destinations {
        /// Two-letter codes.
        pub excluded: Vec<Country>,
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
    /// What every claim needs.
    pub struct Claims {
        /// The carrier has scanned the parcel.
        pub scanned: bool,
    }
}

clause! {
    /// How long the provider takes to decide.
    pub struct Decision {
        /// At most so many business days.
        pub business_days: u32,
    }
}

clause! {
    /// One level up, after a claim was rejected or accepted only in part.
    pub struct AppealLevel {
        /// To whom: `U-PIC`.
        pub to: String,
        /// So many days from the decision, where it says so.
        pub days: Option<u32>,
        /// Whether the day of the decision is the first of them.
        #[serde(default)]
        pub inclusive: bool,
    }
}

impl AppealLevel {
    /// The last day to appeal what was decided on this day; `None` where there is none.
    pub fn last_day(&self, decided_on: Day) -> Option<Day> {
        let (unit, inclusive) = (Unit::Days, self.inclusive);
        self.days.map(|count| Span { count, unit, inclusive }.last_day(decided_on))
    }
}

clause! {
    /// A condition no figure follows from, for a person to know.
    pub struct Condition {}
}

/// The terms for one kind of incident.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct IncidentTerms {
    /// The clause in words.
    pub clause: String,
    /// The short name of its source.
    pub source: String,
    /// How sure it is.
    #[serde(default)]
    pub confidence: Confidence,
    /// How long to wait before it can be claimed.
    pub waiting: Option<Waiting>,
    /// The last day to open a claim.
    pub window: WindowRule,
    /// What is paid.
    pub pays: Pays,
    /// The documents it takes.
    #[serde(default)]
    pub evidence: Vec<EvidenceRule>,
}

impl Cited for IncidentTerms {
    fn cite<'a>(&'a self, id: &'a str) -> Clause<'a> {
        Clause { id, text: &self.clause, source: &self.source, confidence: self.confidence }
    }
}

/// The day a span is counted from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StartDay {
    /// The ship date.
    Shipped,
    /// The day of delivery.
    Delivered,
}

impl StartDay {
    /// As in "90 days from ...".
    pub fn words(self) -> &'static str {
        match self {
            StartDay::Shipped => "the ship date",
            StartDay::Delivered => "the delivery",
        }
    }
}

clause! {
    /// How long to wait before an incident can be claimed, by where the parcel goes.
    pub struct Waiting {
        /// Counted from.
        pub from: StartDay,
        /// Days within the home country.
        pub domestic: u32,
        /// Days to anywhere else.
        pub international: u32,
        /// Days to these countries in particular.
        #[serde(default)]
        pub countries: BTreeMap<Country, u32>,
    }
}

clause! {
    /// The last day to open a claim.
    pub struct WindowRule {
        /// Counted from.
        pub from: StartDay,
        /// So many days.
        pub days: u32,
        /// Whether the starting day is the first of them.
        #[serde(default)]
        pub inclusive: bool,
    }
}

impl WindowRule {
    /// As a span of the calendar.
    pub fn span(&self) -> Span {
        Span { count: self.days, unit: Unit::Days, inclusive: self.inclusive }
    }
}

clause! {
    /// What is paid: the invoice value of what was lost or damaged, at most the cover.
    pub struct Pays {}
}

words! {
    /// Who must provide a document.
    pub enum Provider {
        /// The seller.
        Seller = "seller",
        /// The buyer.
        Buyer = "buyer",
        /// The carrier.
        Carrier = "carrier",
        /// The forwarder.
        Forwarder = "forwarder",
    }
}

/// What a document's date must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Dated {
    /// On or after the day the waiting period is over.
    AfterWaiting,
}

clause! {
    /// A document a claim takes.
    pub struct EvidenceRule {
        /// What it shows: `invoice`, `photo`, `affidavit`.
        pub kind: String,
        /// Who must provide it.
        pub from: Provider,
        /// What its date must be.
        pub dated: Option<Dated>,
    }
}
