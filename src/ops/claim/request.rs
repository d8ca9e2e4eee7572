//! What is asked of a claim, before it is known on which policy.

use super::evidence::Given;
use crate::calendar::Day;
use crate::claim::{Fact, Facts, Incident};
use crate::error::{Error, Unfit};
use crate::money::{Currency, Money};

/// What is asked of a claim, before it is known on which policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// What happened.
    pub incident: Incident,
    /// How much, as written; in the policy's currency.
    pub amount: Option<String>,
    /// What else is stated, each by its name, as written.
    pub stated: Vec<(String, String)>,
    /// Documents.
    pub evidence: Vec<Given>,
    /// Whether the parcel was the buyer's return.
    pub is_return: bool,
}

impl Request {
    /// A request that only states facts of a claim there is.
    pub fn of_facts(amount: Option<String>, stated: Vec<(String, String)>) -> Request {
        let (incident, is_return) = (Incident::Loss, false);
        Request { incident, amount, stated, evidence: Vec::new(), is_return }
    }

    /// Whether this fact is stated.
    pub fn states(&self, name: &str) -> bool {
        if is_amount(name) {
            return self.amount.is_some();
        }
        self.stated.iter().any(|(stated, _)| stated == name)
    }

    /// States a fact that was missing; `amount` is how much is asked for.
    ///
    /// # Errors
    /// A value that does not fit, with what was expected. Then nothing is stated.
    pub fn state(
        &mut self,
        name: &str,
        text: &str,
        currency: Currency,
        today: Day,
    ) -> Result<(), String> {
        if is_amount(name) {
            asked(text, currency)?;
            self.amount = Some(text.to_owned());
        } else {
            add(&mut Facts::default(), name, text, currency, today)?;
            self.stated.push((name.to_owned(), text.to_owned()));
        }
        Ok(())
    }

    /// How much is asked for.
    pub(super) fn asked(&self, currency: Currency) -> Result<Option<Money>, Error> {
        let amount = self.amount.as_deref().map(|text| asked(text, currency)).transpose();
        amount.map_err(|why| {
            Error::unfit(
                "bad_amount",
                Some("amount"),
                why,
                format!("write it in {currency}, such as --amount 120.00"),
            )
        })
    }

    /// What else is stated.
    pub(super) fn facts(&self, currency: Currency, today: Day) -> Result<Facts, Error> {
        let mut facts = Facts::default();
        for (name, text) in &self.stated {
            let wrong = |why: String| {
                Error::Unfit(Box::new(Unfit {
                    code: "bad_fact",
                    about: Some(name.clone()),
                    message: why,
                    hint: Fact::from_word(name)
                        .filter(|fact| fact.is_amount())
                        .map(|fact| format!("write it in {currency}, such as --{fact} 120.00")),
                }))
            };
            if facts.iter().any(|(known, _)| known == name) {
                let message = format!("{name} is stated twice");
                return Err(Error::unfit("bad_fact", None, message, "leave the right one"));
            }
            add(&mut facts, name, text, currency, today).map_err(wrong)?;
        }
        Ok(facts)
    }
}

/// The amount is a fact that every claim has, so it stands in a place of its own.
fn is_amount(name: &str) -> bool {
    name == "amount"
}

fn asked(text: &str, currency: Currency) -> Result<Money, String> {
    let amount = Money::parse(text, currency).map_err(|why| why.to_string())?;
    if amount.is_zero() { Err("nothing is claimed with 0".to_owned()) } else { Ok(amount) }
}

fn add(
    facts: &mut Facts,
    name: &str,
    text: &str,
    currency: Currency,
    today: Day,
) -> Result<(), String> {
    facts.set(name, text, currency)?;
    let past = Fact::from_word(name).filter(|fact| fact.is_past());
    match past.and_then(|fact| facts.get(fact)?.day()).filter(|day| *day > today) {
        Some(day) => Err(format!("{day} is in the future, today is {today}")),
        None => Ok(()),
    }
}
