//! A plan and its versions. The clauses of a version are in `cover.rs` (what is sold, to whom, for
//! how much) and `incident.rs` (what can be claimed).

use std::collections::BTreeMap;

use serde::Deserialize;

use super::clause::{Cited, Clause, ListedClause};
use super::cover::{
    Agreement, Carriers, Condition, Destinations, FulfilmentRule, Goods, Included, Maximum,
    Premium, Purchase, Refund, Shipping, ValueRule,
};
use super::incident::{
    AppealLevel, Claimant, Claims, Compensation, Decision, Exclusion, IncidentTerms, Payment,
    Priority,
};
use super::values::day;
use super::when::Cases;
use crate::calendar::{Day, Holidays};
use crate::claim::Incident;
use crate::money::Currency;
use crate::parcel::Country;
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
    /// Holidays on which no business is done, by the name a clause calls them.
    #[serde(default)]
    pub calendars: BTreeMap<String, HolidayCalendar>,
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

impl Kind {
    /// What has to be said beside the plan's name; nothing of an insurance.
    pub fn caution(self) -> Option<&'static str> {
        match self {
            Kind::Insurance => None,
            Kind::DeclaredValue => Some("declared value: not insurance"),
        }
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

/// Days on which no business is done, beside weekends.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HolidayCalendar {
    /// The days.
    pub holidays: Vec<toml::value::Datetime>,
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
    /// The version it is like in all that it does not state, by its effective day.
    pub like: Option<toml::value::Datetime>,
    /// What counts as the package value.
    pub value: ValueRule,
    /// What is covered free.
    pub included: Included,
    /// What can be covered at most.
    pub maximum: Maximum,
    /// What more cover costs.
    pub premium: Cases<Premium>,
    /// Until when more cover can be bought, and by whom.
    pub purchase: Purchase,
    /// What has to be agreed to before anything is bought.
    pub agreement: Option<Agreement>,
    /// Whose labels are covered.
    pub fulfilment: FulfilmentRule,
    /// Whose parcels are covered; any carrier's where it is missing.
    pub carriers: Option<Carriers>,
    /// The ways a parcel can be handed over, where the terms tell them apart.
    pub shipping: Option<Shipping>,
    /// What is never covered; where it is missing the sources say nothing of goods.
    pub goods: Option<Goods>,
    /// Where nothing is covered; where it is missing the sources say nothing of destinations.
    pub destinations: Option<Destinations>,
    /// When a premium is paid back.
    pub refund: Refund,
    /// What every claim needs.
    pub claims: Claims,
    /// Who may claim; anyone where it is missing.
    pub claimant: Option<Cases<Claimant>>,
    /// What becomes of a payment by the carrier or anyone else.
    pub compensation: Option<Compensation>,
    /// What is not paid, by questions the claimant has to answer.
    #[serde(default)]
    pub exclusions: Vec<Exclusion>,
    /// How long the provider takes to decide.
    pub decision: Option<Decision>,
    /// How long it takes to pay what it accepted.
    pub payment: Option<Payment>,
    /// The levels of appeal, in order.
    #[serde(default)]
    pub appeals: Vec<AppealLevel>,
    /// Whose claims come first.
    pub priority: Option<Priority>,
    /// Further conditions a person has to know.
    #[serde(default)]
    pub conditions: Vec<Condition>,
    /// What can be claimed, by incident. What is not listed is not covered.
    pub incident: BTreeMap<Incident, IncidentTerms>,
    /// Every clause in the order of the file, filled in when it is read.
    #[serde(skip)]
    pub(super) clauses: Vec<ListedClause>,
    #[serde(skip)]
    limits: Vec<String>,
    #[serde(skip)]
    levels: Vec<String>,
}

impl Version {
    /// Every clause of the version, in the order of the plan file.
    pub fn clauses(&self) -> &[ListedClause] {
        &self.clauses
    }

    /// The places of the maximum's lower limits, in order.
    pub fn limit_clauses(&self) -> impl Iterator<Item = &str> {
        self.limits.iter().map(String::as_str)
    }

    /// The level of appeal after so many, with its clause; none past the last.
    pub fn appeal(&self, made: usize) -> Option<(&AppealLevel, Clause<'_>)> {
        let level = self.appeals.get(made)?;
        Some((level, level.cite(self.levels.get(made)?)))
    }

    /// Gives every clause that is written in cases its place.
    pub(super) fn name_cases(&mut self) {
        self.premium.name("premium");
        self.limits = super::when::places("maximum.limits", self.maximum.limits.len());
        self.levels = super::when::places("appeals", self.appeals.len());
        if let Some(claimant) = &mut self.claimant {
            claimant.name("claimant");
        }
        for (incident, terms) in &mut self.incident {
            terms.name_cases(&format!("incident.{}", incident.word()));
        }
    }
}

impl Plan {
    /// The version in force on a day: the latest that is effective by then.
    pub fn on(&self, day: Day) -> Option<&Version> {
        self.versions.iter().rev().find(|version| version.effective <= day)
    }

    /// The holidays a clause names: the plan's own, or a calendar known here; none where it names
    /// none.
    pub fn holidays(&self, name: Option<&str>) -> Option<Holidays> {
        let Some(name) = name else { return Some(Holidays::default()) };
        match self.calendars.get(name) {
            Some(own) => own.holidays.iter().map(|day| super::values::to_day(*day)).collect(),
            None => Holidays::known(name),
        }
    }
}

impl std::fmt::Display for Plan {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(&self.id)
    }
}
