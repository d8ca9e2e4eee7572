//! The clauses of claims: what is covered, from when to when, who may claim, what pays, with which
//! documents, how it is decided and appealed.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, Serialize};

use super::clause::clause;
use super::values::{Amount, Share};
use super::when::{Cases, When};
use crate::calendar::{Day, Span, Unit};
use crate::claim::{Incident, Party};
use crate::parcel::Country;
use crate::words::words;

clause! {
    /// What every claim needs.
    pub struct Claims {
        /// The carrier has scanned the parcel.
        pub scanned: bool,
        /// Whether a buyer's return is covered too.
        #[serde(default)]
        pub returns: bool,
    }
}

clause! {
    /// Who may claim.
    pub struct Claimant {
        when,
        /// These.
        pub may: Vec<Party>,
    }
}

words! {
    /// What becomes of a payment by the carrier or anyone else for the same incident.
    pub enum Form {
        /// The plan pays what the others left of the loss.
        Difference = "difference",
        /// The plan pays only what is over a first amount that is the carrier's to pay.
        Excess = "excess",
        /// Both together pay at most the package value.
        Together = "together",
        /// Who was paid by others gets nothing.
        Nothing = "none",
    }
}

clause! {
    /// What becomes of a payment by the carrier or anyone else for the same incident.
    pub struct Compensation {
        /// The form it takes.
        pub form: Form,
        /// The first amount, which is the carrier's to pay.
        pub first: Option<Amount>,
        /// Whether every claimant has to state it; otherwise it counts where it is stated.
        #[serde(default)]
        pub asked: bool,
    }
}

clause! {
    /// What is not paid, by a question the claimant has to answer.
    pub struct Exclusion {
        /// The question's name: `packaging-intact`.
        pub fact: String,
        /// The question.
        pub question: String,
        /// The answer that excludes: true is yes.
        pub excludes: bool,
        /// Of which incidents it is asked; of all where it is empty.
        #[serde(default)]
        pub incidents: Vec<Incident>,
    }
}

clause! {
    /// How long the provider takes to decide.
    pub struct Decision {
        /// At most so many business days.
        pub business_days: u32,
        /// The holidays between them.
        pub calendar: Option<String>,
    }
}

clause! {
    /// How long the provider takes to pay what it accepted.
    pub struct Payment {
        /// At most so many business days.
        pub business_days: u32,
        /// The holidays between them.
        pub calendar: Option<String>,
    }
}

clause! {
    /// A level of appeal.
    pub struct AppealLevel {
        /// To whom.
        pub to: String,
        /// Within so many days of the decision; without limit where it is missing.
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
    /// Whose claims come first.
    pub struct Priority {}
}

clause! {
    /// The terms for one kind of incident.
    pub struct IncidentTerms {
        /// Whether it is covered. One that is not may still say why.
        #[serde(default = "yes")]
        pub covered: bool,
        /// Whether the parcel has to be delivered first. Of theft and misdelivery it goes without
        /// saying.
        #[serde(default)]
        pub delivered: bool,
        /// How long to wait before it can be claimed.
        pub waiting: Option<Waiting>,
        /// What has to be done before it is claimed.
        pub notice: Option<Notice>,
        /// The days to open a claim; without limit where the sources name none.
        pub window: Option<Cases<WindowRule>>,
        /// How soon after signing it has to be found.
        pub found: Option<Found>,
        /// How far from the address the parcel has to be.
        pub distance: Option<Distance>,
        /// What is paid.
        pub pays: Option<Cases<Pays>>,
        /// The documents it takes.
        #[serde(default)]
        pub evidence: Vec<EvidenceRule>,
    }
}

fn yes() -> bool {
    true
}

impl IncidentTerms {
    pub(super) fn name_cases(&mut self, place: &str) {
        if let Some(window) = &mut self.window {
            window.name(&format!("{place}.window"));
        }
        if let Some(pays) = &mut self.pays {
            pays.name(&format!("{place}.pays"));
        }
    }
}

words! {
    /// The day a span is counted from.
    pub enum StartDay {
        /// The ship date.
        Shipped = "shipped",
        /// The day of delivery.
        Delivered = "delivered",
        /// The day the carrier meant to deliver.
        Due = "due",
        /// The latest sign of life.
        LastMovement = "last-movement",
        /// The day it was signed for.
        Signed = "signed",
        /// The day the incident was found.
        Found = "found",
    }
}

impl StartDay {
    /// As in "90 days from ...".
    pub fn words(self) -> &'static str {
        match self {
            StartDay::Shipped => "the ship date",
            StartDay::Delivered => "the delivery",
            StartDay::Due => "the scheduled delivery",
            StartDay::LastMovement => "the latest tracking update",
            StartDay::Signed => "the signing",
            StartDay::Found => "the finding",
        }
    }
}

/// The days a span may be counted from: the first that is known counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Starts(pub Vec<StartDay>);

impl Starts {
    /// As in "counts from ...".
    pub fn words(&self) -> String {
        self.0.iter().map(|start| start.words()).collect::<Vec<_>>().join(", else ")
    }
}

impl<'de> Deserialize<'de> for Starts {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let starts = super::values::one_or_more_words(d)?;
        if starts.is_empty() {
            return Err(serde::de::Error::custom(StartDay::expected()));
        }
        Ok(Starts(starts))
    }
}

clause! {
    /// How long to wait before an incident can be claimed, by where the parcel goes. Of a delay it
    /// is how late the parcel has to be.
    pub struct Waiting {
        /// Counted from.
        pub from: Starts,
        /// Days within the home country.
        pub domestic: u32,
        /// Days to anywhere else.
        pub international: u32,
        /// Days to these countries in particular.
        #[serde(default)]
        pub countries: BTreeMap<Country, u32>,
        /// More than so many days: it is over on the day after the last of them.
        #[serde(default)]
        pub exceeds: bool,
    }
}

clause! {
    /// What has to be done before a claim is filed: the carrier told, an inquiry opened.
    pub struct Notice {
        /// Counted from.
        pub from: Starts,
        /// Not before so many days.
        #[serde(default)]
        pub after_days: u32,
        /// Within so many days; without limit where it is missing.
        pub days: Option<u32>,
    }
}

impl Notice {
    /// The first day on which notice counts.
    pub fn first_day(&self, from: Day) -> Day {
        Span::days(self.after_days).last_day(from)
    }

    /// The last day for it; none where there is no limit.
    pub fn last_day(&self, from: Day) -> Option<Day> {
        Some(Span::days(self.days?).last_day(from))
    }
}

clause! {
    /// The last day to open a claim.
    pub struct WindowRule {
        when,
        /// Counted from.
        pub from: Starts,
        /// So many days.
        pub days: Option<u32>,
        /// So many calendar months.
        pub months: Option<u32>,
        /// So many business days.
        pub business_days: Option<u32>,
        /// The holidays between business days.
        pub calendar: Option<String>,
        /// Whether the starting day is the first of them.
        #[serde(default)]
        pub inclusive: bool,
    }
}

impl WindowRule {
    /// As a span of the calendar. Exactly one unit is stated, which is checked when a plan is read.
    pub fn span(&self) -> Span {
        let (count, unit) = match (self.days, self.months, self.business_days) {
            (Some(count), _, _) => (count, Unit::Days),
            (_, Some(count), _) => (count, Unit::Months),
            (_, _, count) => (count.unwrap_or(0), Unit::BusinessDays),
        };
        Span { count, unit, inclusive: self.inclusive }
    }
}

clause! {
    /// How soon after signing it has to be found.
    pub struct Found {
        /// Within so many hours.
        pub hours: u32,
    }
}

clause! {
    /// How far from the address the parcel has to be.
    pub struct Distance {
        /// At least so many metres.
        pub metres: u32,
    }
}

words! {
    /// What a loss is measured by.
    pub enum Measure {
        /// What is claimed: the value of what was lost or damaged, at most that of the package.
        Claimed = "claimed",
        /// The cheaper of repair and replacement.
        RepairOrReplacement = "repair-or-replacement",
        /// What the repair costs.
        RepairCost = "repair-cost",
        /// What a replacement costs.
        ReplacementCost = "replacement-cost",
        /// What the goods were bought for.
        PurchasePrice = "purchase-price",
        /// The shipping fee alone.
        ShippingFee = "shipping-fee",
    }
}

words! {
    /// What is paid beside the loss itself.
    pub enum Extra {
        /// The shipping fee.
        ShippingFee = "shipping-fee",
        /// What the packaging cost.
        PackagingCost = "packaging-cost",
    }
}

words! {
    /// When only the part of a pair or set that is lost or damaged is paid, never the whole.
    #[derive(Default)]
    pub enum PartsRule {
        /// The terms know no parts.
        #[default]
        Never = "never",
        /// Where the claimant states how many of the parts are concerned.
        IfStated = "if-stated",
        /// Always: every claimant has to state it.
        Asked = "asked",
    }
}

/// The share of a loss that is paid, up to a value of the package.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Tier {
    /// For a package value above this.
    #[serde(default)]
    pub above: Amount,
    /// Up to and with this; without limit where it is missing.
    pub up_to: Option<Amount>,
    /// The share.
    pub percent: Share,
}

clause! {
    /// What is paid, at most the cover.
    pub struct Pays {
        when,
        /// The lowest of these.
        #[serde(default = "claimed")]
        pub lowest_of: Vec<Measure>,
        /// Whether only the part of a pair or set that is lost or damaged is paid.
        #[serde(default)]
        pub parts: PartsRule,
        /// The share of it by the value of the package.
        #[serde(default)]
        pub tiers: Vec<Tier>,
        /// What is taken off.
        pub deductible: Option<Amount>,
        /// At most this much.
        pub at_most: Option<Amount>,
        /// What is paid beside it, over and above the cover.
        #[serde(default)]
        pub adds: Vec<Extra>,
        /// Whether the premium is taken off the sum of both.
        #[serde(default)]
        pub less_premium: bool,
    }
}

fn claimed() -> Vec<Measure> {
    vec![Measure::Claimed]
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

words! {
    /// How much a document weighs.
    #[derive(Default)]
    pub enum Weight {
        /// Without it there is no claim.
        #[default]
        Core = "core",
        /// It helps.
        Supporting = "supporting",
    }
}

/// What a document's date must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Dated {
    /// On or after the day the waiting period is over.
    AfterWaiting,
}

clause! {
    /// How long a document may follow after the claim was filed.
    pub struct Grace {
        /// So many days.
        pub days: u32,
    }
}

clause! {
    /// A document a claim takes.
    pub struct EvidenceRule {
        /// For which parcels.
        #[serde(default)]
        pub when: When,
        /// What it shows: `invoice`, `photo`, `affidavit`.
        pub kind: String,
        /// Who must provide it.
        pub from: Provider,
        /// Kinds that serve as well.
        #[serde(default)]
        pub or: Vec<String>,
        /// Whether the claim stands and falls with it.
        #[serde(default)]
        pub weight: Weight,
        /// What its date must be.
        pub dated: Option<Dated>,
        /// Whether the tracking the ledger has serves as well.
        #[serde(default)]
        pub ledger_serves: bool,
        /// How long it may follow.
        pub grace: Option<Grace>,
    }
}
