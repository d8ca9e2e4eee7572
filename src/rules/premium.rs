//! The charge for cover: the price that fits the parcel and the amount, rounded as the plan says.

use rust_decimal::Decimal;

use super::{Assumed, Terms, Trace};
use crate::money::{Money, MoneyError};
use crate::parcel::Parcel;
use crate::plan::{Band, Basis, Part, Premium, Price};

/// A charge, and by which of the plan's prices it was made.
pub(super) struct Charge {
    /// The premium.
    pub(super) premium: Money,
    /// The number of the price among the plan's cases.
    pub(super) case: usize,
}

/// The premium for `cover` of which `included` comes free.
pub(super) fn premium(
    terms: Terms<'_>,
    parcel: &Parcel,
    (cover, included): (Money, Money),
    trace: &mut Trace,
) -> Result<Charge, MoneyError> {
    let currency = terms.plan.currency;
    let zero = Money::zero(currency);
    let bought = cover.minor() > included.minor();
    let prices = &terms.version.premium;
    let Some((case, rule)) = prices.find(&terms.situation(parcel, bought)) else {
        // A plan that is read has a price for every parcel.
        return Ok(Charge { premium: zero, case: 0 });
    };
    let charged_on = match rule.on {
        // What comes free costs nothing, whatever the price is charged on.
        _ if !bought => zero,
        Basis::Uninsured => cover.less(included)?,
        Basis::Whole => cover,
    };
    let band = band(rule, charged_on)?;
    let premium = if charged_on.is_zero() { zero } else { charge(rule, band, charged_on)? };
    let clause = prices.cite(case);
    trace.step("charged_cover", clause, || {
        let before = match rule.on {
            Basis::Uninsured => format!("{} - {}", cover.digits(), included.digits()),
            Basis::Whole => cover.digits(),
        };
        (before, charged_on.digits())
    });
    trace.step("premium", clause, || (worded(band, charged_on), premium.digits()));
    Ok(Charge { premium, case })
}

/// The band an amount is in.
fn band(rule: &Premium, charged_on: Money) -> Result<&Band, MoneyError> {
    let last = rule.bands.len() - 1;
    for band in &rule.bands[..last] {
        let up_to = band.up_to.map(|up_to| up_to.of(charged_on.currency())).transpose()?;
        if up_to.is_none_or(|up_to| charged_on.minor() <= up_to.minor()) {
            return Ok(band);
        }
    }
    Ok(&rule.bands[last])
}

fn charge(rule: &Premium, band: &Band, charged_on: Money) -> Result<Money, MoneyError> {
    let currency = charged_on.currency();
    let exact = match band.price {
        Price::Flat(amount) => amount.of(currency)?.decimal(),
        Price::Percent(percent) => times(charged_on.decimal(), percent.of_one())?,
        Price::Unit { rate, .. } => times(units(band, charged_on)?, rate.decimal())?,
    };
    let mut premium = match rule.rounded_to {
        Some(unit) => Money::from_decimal_to(exact, unit.of(currency)?, rule.rounding)?,
        None => Money::from_decimal(exact, currency, rule.rounding)?,
    };
    if let Some(least) = band.minimum {
        let least = least.of(currency)?;
        premium = if premium.minor() < least.minor() { least } else { premium };
    }
    match band.maximum {
        Some(most) => premium.at_most(most.of(currency)?),
        None => Ok(premium),
    }
}

fn times(a: Decimal, b: Decimal) -> Result<Decimal, MoneyError> {
    a.checked_mul(b).ok_or(MoneyError::Overflow)
}

/// How many units are charged for.
fn units(band: &Band, charged_on: Money) -> Result<Decimal, MoneyError> {
    let Price::Unit { per, part, .. } = band.price else { return Ok(Decimal::ONE) };
    let per = per.of(charged_on.currency())?;
    Ok(match part {
        Part::Whole => Decimal::from((charged_on.minor() + per.minor() - 1) / per.minor()),
        Part::Prorated => Decimal::from(charged_on.minor()) / Decimal::from(per.minor()),
    })
}

/// The price as a trace shows it: `3 x 0.75 per 100.00`.
fn worded(band: &Band, charged_on: Money) -> String {
    let mut text = match band.price {
        Price::Flat(amount) => format!("{amount} flat"),
        Price::Percent(percent) => format!("{percent} % of {}", charged_on.digits()),
        Price::Unit { rate, per, .. } => {
            let units = units(band, charged_on).unwrap_or_default();
            format!("{} x {rate} per {per}", units.normalize())
        }
    };
    for (word, amount) in [("at least", band.minimum), ("at most", band.maximum)] {
        if let Some(amount) = amount {
            text.push_str(&format!(", {word} {amount}"));
        }
    }
    text
}

/// Whether the price of this number is a figure nobody publishes.
pub(super) fn is_assumed(terms: Terms<'_>, case: usize) -> bool {
    terms.version.premium.cite(case).confidence.is_unsourced()
}

/// The assumed figures a premium of this price rests on.
pub(super) fn assumed(terms: Terms<'_>, case: usize) -> Vec<Assumed> {
    let clause = terms.version.premium.cite(case);
    let rule = terms.version.premium.iter().nth(case);
    let Some(rule) = rule.filter(|_| clause.confidence.is_unsourced()) else { return Vec::new() };
    let key = match rule.bands[0].price {
        _ if rule.banded => "bands",
        Price::Flat(_) => "flat",
        Price::Percent(_) => "percent",
        Price::Unit { .. } => "rate",
    };
    let bands: Vec<String> = rule
        .bands
        .iter()
        .map(|band| match band.up_to {
            Some(up_to) => format!("{band} up to {up_to}"),
            None if band.above == crate::plan::Amount::ZERO => band.to_string(),
            None => format!("{band} above {}", band.above),
        })
        .collect();
    vec![Assumed {
        figure: format!("{}.{key}", clause.id),
        value: bands.join("; "),
        confidence: clause.confidence,
        text: clause.text.to_owned(),
    }]
}

#[cfg(test)]
mod tests {
    use super::super::{Trace, quote};
    use crate::parcel::{CoverChoice, Parcel, ValueParts};
    use crate::plan::read;

    /// A rate that no currency can hold is refused, it does not end the program.
    #[test]
    fn a_premium_beyond_all_bounds_is_refused() {
        let text = include_str!("../plans/tiktok-upic.toml");
        let text = text.replace("rate = \"0.75\"", "rate = \"79228162514264337593543950335\"");
        let plan = read("mine.toml", &text).unwrap();
        let terms = super::Terms { plan: &plan, version: &plan.versions[0] };
        let value = crate::money::Money::from_minor(45_000, plan.currency);
        let parcel = Parcel::of_value(ValueParts::stated(value));
        let refused = quote(terms, &parcel, CoverChoice::Full, Trace::off()).unwrap_err();
        assert_eq!(refused.code, "amount_too_large");
    }
}
