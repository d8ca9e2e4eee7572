//! What a claimant states beside the amount: costs, moments, who files, answers to questions.
//!
//! Which of these a claim needs is the plan's to say. A fact goes by its name everywhere: as a
//! flag (`--repair-cost`), in a file, in the ledger.

use std::collections::BTreeMap;
use std::fmt;

use chrono::{NaiveDateTime, Timelike};
use serde::{Serialize, Serializer};

use crate::calendar::{Day, parse_day};
use crate::money::{Currency, Money, MoneyError};
use crate::words::words;

/// A day and a time of day, on the seller's calendar.
pub type Moment = NaiveDateTime;

words! {
    /// A fact that rules reckon with. Everything else a plan asks is a question with yes or no.
    pub enum Fact {
        /// What the repair costs.
        RepairCost = "repair-cost",
        /// What a replacement of the same kind costs.
        ReplacementCost = "replacement-cost",
        /// What the goods were bought for.
        PurchasePrice = "purchase-price",
        /// What the packaging cost.
        PackagingCost = "packaging-cost",
        /// What the shipping cost, where the parcel's value does not name it.
        ShippingFee = "shipping-fee",
        /// What the carrier or anyone else paid already for the same incident.
        CarrierPaid = "carrier-paid",
        /// When the parcel was signed for.
        SignedAt = "signed-at",
        /// When the incident was found.
        FoundAt = "found-at",
        /// The day the carrier was told, or an inquiry was opened.
        NoticeOn = "notice-on",
        /// The day the carrier meant to deliver.
        DueOn = "due-on",
        /// How far from the address it was delivered, in metres.
        DistanceM = "distance-m",
        /// Who files the claim.
        FiledBy = "filed-by",
        /// How many of the parts of a pair or set are concerned: `1/2`.
        Parts = "parts",
    }
}

words! {
    /// Who may have a part in a claim.
    pub enum Party {
        /// The seller, who is the shipper.
        Seller = "seller",
        /// The buyer, who is the recipient.
        Buyer = "buyer",
        /// The outlet that accepted the parcel for the carrier.
        Outlet = "outlet",
        /// The forwarder.
        Forwarder = "forwarder",
    }
}

/// How an amount is written: `an amount in USD such as 120.00`.
pub fn amount_form(currency: Currency) -> String {
    let hundred_and_twenty = 120 * 10i64.pow(currency.digits());
    let example = Money::from_minor(hundred_and_twenty, currency);
    format!("an amount in {currency} such as {}", example.digits())
}

/// A fact's value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Value {
    /// An amount of the policy's currency.
    Amount(Money),
    /// A day and a time.
    Moment(Moment),
    /// A day.
    Day(Day),
    /// Metres.
    Metres(u32),
    /// Who.
    Party(Party),
    /// So many of so many.
    Parts(u32, u32),
    /// Yes or no.
    Answer(bool),
}

/// Questions that more than one plan asks; they have a flag of their own, as facts have.
pub const COMMON_QUESTIONS: [(&str, &str); 1] =
    [("packaging-intact", "Did the packaging arrive intact?")];

/// The flag with which a fact, or the answer to a plan's question, is stated.
pub fn flag(fact: &str) -> String {
    let common = COMMON_QUESTIONS.iter().any(|(question, _)| *question == fact);
    match Fact::from_word(fact) {
        Some(fact) => format!("--{}", fact.word()),
        None if common || fact == "amount" => format!("--{fact}"),
        None => format!("--fact {fact}=yes|no"),
    }
}

impl Value {
    /// The day of what has a day.
    pub fn day(self) -> Option<Day> {
        match self {
            Value::Moment(moment) => Some(moment.date()),
            Value::Day(day) => Some(day),
            _ => None,
        }
    }
}

impl Fact {
    /// As a question to the claimant.
    pub fn question(self) -> &'static str {
        match self {
            Fact::RepairCost => "What does the repair cost?",
            Fact::ReplacementCost => "What does a replacement of the same kind cost?",
            Fact::PurchasePrice => "What were the goods bought for?",
            Fact::PackagingCost => "What did the packaging cost?",
            Fact::ShippingFee => "What was the shipping fee?",
            Fact::CarrierPaid => "What did the carrier or anyone else pay already (0 if nothing)?",
            Fact::SignedAt => "When was the parcel signed for?",
            Fact::FoundAt => "When was the incident found?",
            Fact::NoticeOn => "On which day was the carrier told, or an inquiry opened?",
            Fact::DueOn => "On which day did the carrier mean to deliver?",
            Fact::DistanceM => "How far from the address was it delivered, in metres?",
            Fact::FiledBy => "Who files the claim?",
            Fact::Parts => "How many of the parts are lost or damaged, of how many?",
        }
    }

    /// What is expected as its value, an amount in this currency.
    pub fn form_in(self, currency: Currency) -> String {
        if self.is_amount() { amount_form(currency) } else { self.form() }
    }

    /// What is expected as its value.
    pub fn form(self) -> String {
        match self {
            Fact::RepairCost
            | Fact::ReplacementCost
            | Fact::PurchasePrice
            | Fact::PackagingCost
            | Fact::ShippingFee
            | Fact::CarrierPaid => "an amount such as 120.00".to_owned(),
            Fact::SignedAt | Fact::FoundAt => {
                "a day and a time such as 2026-11-03T14:30".to_owned()
            }
            Fact::NoticeOn | Fact::DueOn => "a day such as 2026-11-03".to_owned(),
            Fact::DistanceM => "whole metres such as 650".to_owned(),
            Fact::FiledBy => {
                format!("one of {}", Party::ALL.map(|(_, word)| word).join(", "))
            }
            Fact::Parts => "two numbers such as 1/2".to_owned(),
        }
    }

    /// Whether it is an amount, in the policy's currency.
    pub fn is_amount(self) -> bool {
        use Fact::{
            CarrierPaid, PackagingCost, PurchasePrice, RepairCost, ReplacementCost, ShippingFee,
        };
        matches!(
            self,
            RepairCost
                | ReplacementCost
                | PurchasePrice
                | PackagingCost
                | ShippingFee
                | CarrierPaid
        )
    }

    /// Whether it is something that has happened, so that it cannot lie ahead.
    pub fn is_past(self) -> bool {
        matches!(self, Fact::SignedAt | Fact::FoundAt | Fact::NoticeOn)
    }

    /// Reads its value.
    ///
    /// # Errors
    /// What was expected.
    pub fn read(self, text: &str, currency: Currency) -> Result<Value, String> {
        let text = text.trim();
        let wrong = || format!("`{text}` does not fit {self}, expected {}", self.form());
        match self {
            Fact::RepairCost
            | Fact::ReplacementCost
            | Fact::PurchasePrice
            | Fact::PackagingCost
            | Fact::ShippingFee
            | Fact::CarrierPaid => Money::parse(text, currency)
                .map(Value::Amount)
                .map_err(|why: MoneyError| why.to_string()),
            Fact::SignedAt | Fact::FoundAt => moment(text).map(Value::Moment).ok_or_else(wrong),
            Fact::NoticeOn | Fact::DueOn => parse_day(text).map(Value::Day),
            Fact::DistanceM => text.parse().map(Value::Metres).map_err(|_| wrong()),
            Fact::FiledBy => Party::from_word(text).map(Value::Party).ok_or_else(wrong),
            Fact::Parts => parts(text).ok_or_else(wrong),
        }
    }
}

/// Reads a day and a time, with or without seconds, with `T` or a space between.
fn moment(text: &str) -> Option<Moment> {
    ["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M:%S"]
        .iter()
        .find_map(|form| NaiveDateTime::parse_from_str(text, form).ok())
        .filter(|moment| parse_day(&moment.date().to_string()).is_ok())
}

fn parts(text: &str) -> Option<Value> {
    let (some, all) = text.split_once('/')?;
    let (some, all) = (some.trim().parse().ok()?, all.trim().parse().ok()?);
    (some > 0 && some <= all).then_some(Value::Parts(some, all))
}

impl fmt::Display for Value {
    /// As it is written in files and flags: what [`Facts::set`] reads back.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value::Amount(amount) => f.pad(&amount.digits()),
            Value::Moment(moment) if moment.second() == 0 => {
                write!(f, "{}", moment.format("%Y-%m-%dT%H:%M"))
            }
            Value::Moment(moment) => write!(f, "{}", moment.format("%Y-%m-%dT%H:%M:%S")),
            Value::Day(day) => write!(f, "{day}"),
            Value::Metres(metres) => write!(f, "{metres}"),
            Value::Party(party) => f.pad(party.word()),
            Value::Parts(some, all) => write!(f, "{some}/{all}"),
            Value::Answer(yes) => f.pad(if *yes { "yes" } else { "no" }),
        }
    }
}

/// What was stated, by name.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Facts(BTreeMap<String, Value>);

impl Facts {
    /// States a fact by its name; a name that is none of [`Fact`] is a question of the plan, to be
    /// answered yes or no.
    ///
    /// # Errors
    /// A value that does not fit the fact, with what was expected.
    pub fn set(&mut self, name: &str, text: &str, currency: Currency) -> Result<(), String> {
        let (name, value) = match Fact::from_word(name.trim()) {
            Some(fact) => (fact.word().to_owned(), fact.read(text, currency)?),
            None => (name.trim().to_lowercase(), Value::Answer(answer(name, text)?)),
        };
        self.0.insert(name, value);
        Ok(())
    }

    /// States a fact anew, as it was read.
    pub fn put(&mut self, name: &str, value: Value) {
        self.0.insert(name.to_owned(), value);
    }

    /// All of them by name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, Value)> {
        self.0.iter().map(|(name, value)| (name.as_str(), *value))
    }

    /// Whether nothing is stated.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// A fact's value, if it is stated.
    pub fn get(&self, fact: Fact) -> Option<Value> {
        self.0.get(fact.word()).copied()
    }

    /// A stated amount.
    pub fn amount(&self, fact: Fact) -> Option<Money> {
        match self.get(fact) {
            Some(Value::Amount(amount)) => Some(amount),
            _ => None,
        }
    }

    /// A stated moment.
    pub fn moment(&self, fact: Fact) -> Option<Moment> {
        match self.get(fact) {
            Some(Value::Moment(moment)) => Some(moment),
            _ => None,
        }
    }

    /// A stated day.
    pub fn day(&self, fact: Fact) -> Option<Day> {
        match self.get(fact) {
            Some(Value::Day(day)) => Some(day),
            _ => None,
        }
    }

    /// The stated distance.
    pub fn metres(&self) -> Option<u32> {
        match self.get(Fact::DistanceM) {
            Some(Value::Metres(metres)) => Some(metres),
            _ => None,
        }
    }

    /// Who files.
    pub fn filed_by(&self) -> Option<Party> {
        match self.get(Fact::FiledBy) {
            Some(Value::Party(party)) => Some(party),
            _ => None,
        }
    }

    /// So many of so many parts.
    pub fn parts(&self) -> Option<(u32, u32)> {
        match self.get(Fact::Parts) {
            Some(Value::Parts(some, all)) => Some((some, all)),
            _ => None,
        }
    }

    /// The answer to a question of the plan.
    pub fn answer(&self, question: &str) -> Option<bool> {
        match self.0.get(question) {
            Some(Value::Answer(yes)) => Some(*yes),
            _ => None,
        }
    }
}

impl Serialize for Facts {
    /// As an object of texts by name: what [`Facts::set`] reads back.
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_map(self.iter().map(|(name, value)| (name, value.to_string())))
    }
}

fn answer(name: &str, text: &str) -> Result<bool, String> {
    match text.trim().to_lowercase().as_str() {
        "yes" | "y" | "true" => Ok(true),
        "no" | "n" | "false" => Ok(false),
        _ => Err(format!("`{}` does not answer {name}, expected yes or no", text.trim())),
    }
}

#[cfg(test)]
mod tests {
    use super::{Fact, Facts, Party};
    use crate::money::Currency;

    #[test]
    fn facts_read_back_as_they_are_written() {
        let stated = [
            ("repair-cost", "120.00"),
            ("signed-at", "2026-11-03T14:30"),
            ("found-at", "2026-11-04T02:30:01"),
            ("notice-on", "2026-11-03"),
            ("distance-m", "650"),
            ("filed-by", "outlet"),
            ("parts", "1/2"),
            ("packaging-intact", "no"),
        ];
        let mut facts = Facts::default();
        for (name, text) in stated {
            facts.set(name, text, Currency::USD).unwrap();
        }
        let mut again: Vec<(String, String)> =
            facts.iter().map(|(name, value)| (name.to_owned(), value.to_string())).collect();
        let mut stated = stated.map(|(name, text)| (name.to_owned(), text.to_owned()));
        again.sort();
        stated.sort();
        assert_eq!(again, stated);
        assert_eq!(facts.filed_by(), Some(Party::Outlet));
        assert_eq!(facts.answer("packaging-intact"), Some(false));
        assert_eq!(facts.amount(Fact::CarrierPaid), None);
    }

    #[test]
    fn a_value_that_does_not_fit_says_what_would() {
        let why =
            |name: &str, text: &str| Facts::default().set(name, text, Currency::USD).unwrap_err();
        assert!(why("parts", "3/2").contains("two numbers such as 1/2"));
        assert!(why("signed-at", "yesterday").contains("2026-11-03T14:30"));
        assert!(why("filed-by", "cat").contains("seller, buyer, outlet"));
        assert!(why("packaging-intact", "perhaps").contains("expected yes or no"));
        assert!(why("repair-cost", "-1").contains("negative"));
    }
}
