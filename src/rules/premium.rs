//! The charge for cover: units of the basis at a rate, rounded as the plan says.

use rust_decimal::Decimal;

use super::{Assumed, Terms, Trace};
use crate::money::{Money, MoneyError};
use crate::plan::{Basis, Cited, Confidence, Part};

/// The premium for `cover` of which `included` comes free.
pub(super) fn premium(
    terms: Terms<'_>,
    cover: Money,
    included: Money,
    trace: &mut Trace,
) -> Result<Money, MoneyError> {
    let rule = &terms.version.premium;
    let currency = terms.plan.currency;
    let charged_on = match rule.on {
        Basis::Uninsured => cover.less(included)?,
        Basis::Whole => cover,
    };
    let per = rule.per.of(currency)?;
    let units = match rule.part {
        Part::Whole => Decimal::from((charged_on.minor() + per.minor() - 1) / per.minor()),
        Part::Prorated => Decimal::from(charged_on.minor()) / Decimal::from(per.minor()),
    };
    let premium = if charged_on.is_zero() {
        Money::zero(currency)
    } else {
        Money::from_decimal(units * rule.rate.decimal(), currency, rule.rounding)?
    };
    let clause = rule.cite("premium");
    trace.step("charged_cover", clause, || {
        let before = match rule.on {
            Basis::Uninsured => format!("{} - {}", cover.digits(), included.digits()),
            Basis::Whole => cover.digits(),
        };
        (before, charged_on.digits())
    });
    trace.step("premium", clause, || {
        (format!("{} x {} per {}", units.normalize(), rule.rate, per.digits()), premium.digits())
    });
    Ok(premium)
}

/// Whether the price of cover is a figure nobody publishes.
pub(super) fn is_assumed(terms: Terms<'_>) -> bool {
    matches!(terms.version.premium.confidence, Confidence::Assumed | Confidence::Yours)
}

/// The assumed figures a premium rests on.
pub(super) fn assumed(terms: Terms<'_>) -> Vec<Assumed> {
    let rule = &terms.version.premium;
    if !is_assumed(terms) {
        return Vec::new();
    }
    let per = rule.per.of(terms.plan.currency).map(Money::digits).unwrap_or_default();
    let part = match rule.part {
        Part::Whole => " or part of it",
        Part::Prorated => ", in proportion",
    };
    vec![Assumed {
        figure: "premium.rate".to_owned(),
        value: format!("{} for every {per}{part}", rule.rate),
        confidence: rule.confidence,
        text: rule.clause.clone(),
    }]
}
