//! What a claim pays: the loss by the measure of the terms, less what they take off, at most the
//! cover. Each step that changes the figure is in the trace with its clause.

use rust_decimal::Decimal;

use super::{Terms, Trace};
use crate::claim::{Fact, Facts, Incident};
use crate::money::{Money, MoneyError, Rounding};
use crate::parcel::Parcel;
use crate::plan::{Amount, Cited, Clause, Compensation, Extra, Form, Measure, PartsRule, Pays};
use crate::policy::Figures;

/// What is reckoned with.
#[derive(Clone, Copy)]
pub(super) struct Loss<'a> {
    /// The parcel.
    pub(super) parcel: &'a Parcel,
    /// The policy's figures.
    pub(super) figures: &'a Figures,
    /// What is claimed; all of the package value where it is not stated.
    pub(super) amount: Option<Money>,
    /// What the claimant stated.
    pub(super) stated: &'a Facts,
}

/// What comes of it.
pub(super) struct Payout {
    /// What is claimed: the amount stated, or what the terms pay for at most.
    pub(super) claimed: Money,
    /// What is paid in all.
    pub(super) payable: Money,
    /// What of it is paid beside the loss, over and above the cover.
    pub(super) extras: Money,
}

/// The facts a payout needs and nobody stated: the measures', the parts, the others' payment.
pub(super) fn needed(
    pays: &Pays,
    compensation: Option<&Compensation>,
    stated: &Facts,
    parcel: &Parcel,
) -> Vec<Fact> {
    let mut facts: Vec<Fact> =
        pays.lowest_of.iter().filter_map(|m| m.fact(stated, parcel)).collect();
    if pays.parts == PartsRule::Asked {
        facts.push(Fact::Parts);
    }
    if pays.adds.contains(&Extra::PackagingCost) {
        facts.push(Fact::PackagingCost);
    }
    if pays.adds.contains(&Extra::ShippingFee) && parcel.value.shipping.is_zero() {
        facts.push(Fact::ShippingFee);
    }
    if compensation.is_some_and(|compensation| compensation.asked) {
        facts.push(Fact::CarrierPaid);
    }
    facts.retain(|fact| stated.get(*fact).is_none());
    facts.dedup();
    facts
}

impl Measure {
    /// The fact it needs. Of repair and replacement one will do; replacement is asked for, since
    /// everything has a price to replace it.
    fn fact(self, stated: &Facts, parcel: &Parcel) -> Option<Fact> {
        match self {
            Measure::Claimed => None,
            Measure::ShippingFee => {
                Some(Fact::ShippingFee).filter(|_| parcel.value.shipping.is_zero())
            }
            Measure::RepairCost => Some(Fact::RepairCost),
            Measure::RepairOrReplacement if stated.get(Fact::RepairCost).is_some() => None,
            Measure::ReplacementCost | Measure::RepairOrReplacement => Some(Fact::ReplacementCost),
            Measure::PurchasePrice => Some(Fact::PurchasePrice),
        }
    }
}

/// Whether what is claimed has to be stated: a loss is of all of the package; of anything else
/// only the claimant knows how much.
pub(super) fn needs_amount(pays: &Pays, incident: Incident) -> bool {
    incident != Incident::Loss && pays.lowest_of.contains(&Measure::Claimed)
}

/// The figure as it is reckoned with, and the steps that made it.
struct Reckoning<'t> {
    now: Money,
    trace: &'t mut Trace,
}

impl Reckoning<'_> {
    /// A step; one that changes nothing would only be noise.
    fn becomes(&mut self, rule: &'static str, clause: Clause<'_>, to: Money, why: String) {
        if to != self.now {
            let before = self.now;
            self.trace.step(rule, clause, || (format!("{}, {why}", before.digits()), to.digits()));
            self.now = to;
        }
    }
}

/// What is paid, with its clause.
pub(super) fn payout(
    terms: Terms<'_>,
    pays: (&Pays, Clause<'_>),
    loss: &Loss<'_>,
    trace: &mut Trace,
) -> Result<Payout, MoneyError> {
    let (rule, clause) = pays;
    let value = loss.figures.package_value;
    let of = |amount: Amount| amount.of(value.currency());
    let measured = measured(rule, clause, loss, trace)?;
    let mut sum = Reckoning { now: measured, trace };
    if let Some((some, all)) = parts(rule, loss) {
        let part = value.part(part_of(some, all))?;
        let most = sum.now.at_most(part)?;
        sum.becomes("parts", clause, most, format!("{some} of {all} parts are {}", part.digits()));
    }
    for tier in &rule.tiers {
        let up_to = tier.up_to.map(of).transpose()?;
        if up_to.is_none_or(|up_to| value.minor() <= up_to.minor()) {
            let share = sum.now.part(tier.percent.of_one())?;
            sum.becomes("tier", clause, share, format!("{} % of it", tier.percent));
            break;
        }
    }
    if let Some(deductible) = rule.deductible.map(of).transpose()? {
        let left = sum.now.less(deductible)?;
        sum.becomes("deductible", clause, left, format!("less {}", deductible.digits()));
    }
    if let Some(most) = rule.at_most.map(of).transpose()? {
        let capped = sum.now.at_most(most)?;
        sum.becomes("at_most", clause, capped, format!("at most {}", most.digits()));
    }
    if let Some(rule) = &terms.version.compensation
        && let Some(paid) = loss.stated.amount(Fact::CarrierPaid)
    {
        let left = after_others(rule, sum.now, value, paid)?;
        let why = format!("{} paid by others", paid.digits());
        sum.becomes("carrier_paid", rule.cite("compensation"), left, why);
    }
    let now = sum.now;
    let payable = now.at_most(loss.figures.cover)?;
    trace.step("payable", clause, || {
        (format!("{}, cover {}", now.digits(), loss.figures.cover.digits()), payable.digits())
    });
    let added = extras(rule, loss)?;
    let sum = payable.plus(added)?;
    let charge = loss.figures.premium;
    let total = if rule.less_premium { sum.less(charge)? } else { sum };
    if !rule.adds.is_empty() {
        trace.step("beside_it", clause, || {
            let less =
                if rule.less_premium { format!(" - {}", charge.digits()) } else { String::new() };
            (format!("{} + {}{less}", payable.digits(), added.digits()), total.digits())
        });
    }
    let claimed = loss.amount.unwrap_or(measured);
    Ok(Payout { claimed, payable: total, extras: total.less(payable)? })
}

/// The loss by the lowest of the measures.
fn measured(
    rule: &Pays,
    clause: Clause<'_>,
    loss: &Loss<'_>,
    trace: &mut Trace,
) -> Result<Money, MoneyError> {
    let value = loss.figures.package_value;
    let stated = |fact| loss.stated.amount(fact);
    let mut named: Vec<(&'static str, Money)> = Vec::with_capacity(4);
    let mut name = |name, amount: Option<Money>| named.extend(amount.map(|a| (name, a)));
    for measure in &rule.lowest_of {
        match measure {
            Measure::Claimed => {
                let whose = if loss.amount.is_some() { "claimed" } else { "all of the package" };
                name(whose, Some(loss.amount.unwrap_or(value)));
                name("package value", Some(value));
            }
            Measure::ShippingFee => name("shipping fee", Some(shipping_fee(loss))),
            Measure::RepairOrReplacement => {
                name("repair", stated(Fact::RepairCost));
                name("replacement", stated(Fact::ReplacementCost));
            }
            // A pair is bought at one price; what is repaired or replaced is the part.
            Measure::PurchasePrice => {
                let whole = stated(Fact::PurchasePrice);
                let cost = match (whole, parts(rule, loss)) {
                    (Some(whole), Some((some, all))) => Some(whole.part(part_of(some, all))?),
                    (whole, _) => whole,
                };
                name("purchase price", cost);
            }
            Measure::RepairCost => name("repair", stated(Fact::RepairCost)),
            Measure::ReplacementCost => name("replacement", stated(Fact::ReplacementCost)),
        }
    }
    // Nobody is paid more than they ask for, whatever the loss is measured by.
    if let Some(asked) = loss.amount.filter(|_| !rule.lowest_of.contains(&Measure::Claimed)) {
        named.push(("claimed", asked));
    }
    let mut lowest = value;
    for (at, (_, amount)) in named.iter().enumerate() {
        lowest = if at == 0 { *amount } else { lowest.at_most(*amount)? };
    }
    trace.step("claimed_value", clause, || {
        let told = |(name, amount): &(&str, Money)| format!("{name} {}", amount.digits());
        (named.iter().map(told).collect::<Vec<_>>().join(", "), lowest.digits())
    });
    Ok(lowest)
}

/// The fee the parcel's value names, else the one that is stated.
fn shipping_fee(loss: &Loss<'_>) -> Money {
    let fee = loss.parcel.value.shipping;
    let stated = loss.stated.amount(Fact::ShippingFee).filter(|_| fee.is_zero());
    stated.unwrap_or(fee)
}

/// How many of how many parts are concerned, where the terms ask.
fn parts(rule: &Pays, loss: &Loss<'_>) -> Option<(u32, u32)> {
    loss.stated.parts().filter(|_| rule.parts != PartsRule::Never)
}

fn part_of(some: u32, all: u32) -> Decimal {
    Decimal::from(some) / Decimal::from(all)
}

/// What is left to pay when others have paid.
fn after_others(
    rule: &Compensation,
    loss: Money,
    value: Money,
    paid: Money,
) -> Result<Money, MoneyError> {
    match rule.form {
        Form::Difference => loss.less(paid),
        Form::Together => loss.at_most(value.less(paid)?),
        Form::Excess => {
            let first = rule.first.unwrap_or_default().of(loss.currency())?;
            // Whoever paid more than the first amount has paid that much of the loss.
            loss.less(if paid.minor() > first.minor() { paid } else { first })
        }
        Form::Nothing if paid.is_zero() => Ok(loss),
        Form::Nothing => Ok(Money::zero(loss.currency())),
    }
}

/// What is paid beside the loss.
fn extras(rule: &Pays, loss: &Loss<'_>) -> Result<Money, MoneyError> {
    let mut sum = Money::zero(loss.figures.cover.currency());
    for extra in &rule.adds {
        sum = sum.plus(match extra {
            Extra::ShippingFee => shipping_fee(loss),
            Extra::PackagingCost => {
                loss.stated.amount(Fact::PackagingCost).unwrap_or(Money::zero(sum.currency()))
            }
        })?;
    }
    Ok(sum)
}

impl Money {
    /// A part of it, half a cent rounded up.
    fn part(self, of_one: Decimal) -> Result<Money, MoneyError> {
        Money::from_decimal(self.decimal() * of_one, self.currency(), Rounding::HalfUp)
    }
}
