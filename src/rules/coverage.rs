//! What a parcel is worth under the terms, what is covered free, and the cover that is asked for.

use super::{Refusal, Terms, Trace};
use crate::money::{Money, MoneyError};
use crate::parcel::{CoverChoice, Parcel, ValueParts};
use crate::plan::{Amount, Cited, Clause, Counted};
use crate::policy::Figures;

/// The parts that count, added up.
pub(super) fn package_value(
    terms: Terms<'_>,
    parts: &ValueParts,
    trace: &mut Trace,
) -> Result<Money, MoneyError> {
    let rule = &terms.version.value;
    let mut value = Money::zero(terms.plan.currency);
    for counted in &rule.counts {
        value = value.plus(match counted {
            Counted::Product => parts.product,
            Counted::Coupon => parts.coupon,
            Counted::Shipping => parts.shipping,
        })?;
    }
    trace.step("package_value", rule.cite("value"), || {
        let before = format!(
            "product {} + coupon {} + shipping {}",
            parts.product.digits(),
            parts.coupon.digits(),
            parts.shipping.digits()
        );
        (before, value.digits())
    });
    Ok(value)
}

/// What the plan covers free.
pub(super) fn included_cover(
    terms: Terms<'_>,
    value: Money,
    trace: &mut Trace,
) -> Result<Money, MoneyError> {
    let rule = &terms.version.included;
    let included = value.at_most(rule.amount.of(terms.plan.currency)?)?;
    trace.step("included_cover", rule.cite("included"), || (value.digits(), included.digits()));
    Ok(included)
}

/// The most that is sold for this parcel: the maximum, or the lowest of the limits that fit.
/// `None` where the terms name no limit.
pub(super) fn maximum<'t>(
    terms: Terms<'t>,
    parcel: &Parcel,
) -> Result<(Option<Money>, Clause<'t>), MoneyError> {
    let rule = &terms.version.maximum;
    let of = |amount: Amount| amount.of(terms.plan.currency);
    let mut most = (rule.amount.map(of).transpose()?, rule.cite("maximum"));
    // Whether cover is bought is not known before its maximum is.
    let at = terms.situation(parcel, false);
    for (limit, clause) in rule.limits.iter().zip(terms.version.limit_clauses()) {
        let amount = of(limit.amount)?;
        if limit.when.fits(&at) && most.0.is_none_or(|most| amount.minor() < most.minor()) {
            most = (Some(amount), limit.cite(clause));
        }
    }
    Ok(most)
}

/// Where no cover reaches all of a package's value: the most that is sold, and the clause that ends
/// it there. `None` where one does.
pub fn limited(
    terms: Terms<'_>,
    parcel: &Parcel,
    figures: &Figures,
) -> Option<(Money, Box<Refusal>)> {
    let (maximum, clause) = maximum(terms, parcel).ok()?;
    let most = maximum.filter(|most| most.minor() < figures.package_value.minor())?;
    let plan = &terms.plan.id;
    let reason = if most.minor() > figures.included_cover.minor() {
        format!("{plan} sells at most {most} for this parcel")
    } else if figures.included_cover.is_zero() {
        format!("{plan} sells no cover for this parcel")
    } else {
        format!("{plan} sells no more than the included cover for this parcel")
    };
    Some((most, Box::new(Refusal::by(clause, "over_maximum", reason))))
}

/// The cover that was chosen, capped where the choice is "full"; a custom amount is refused where
/// the terms do not sell it.
pub(super) fn chosen_cover(
    terms: Terms<'_>,
    parcel: &Parcel,
    (value, included): (Money, Money),
    choice: CoverChoice,
    trace: &mut Trace,
) -> Result<Money, Box<Refusal>> {
    let (maximum, clause) =
        maximum(terms, parcel).map_err(|why| super::quote::money_refusal(terms, &why))?;
    let most = maximum.filter(|maximum| maximum.minor() < value.minor()).unwrap_or(value);
    let cover = match choice {
        CoverChoice::Included => included,
        CoverChoice::Full => most,
        CoverChoice::Amount(asked) => {
            if asked.currency() != value.currency() {
                return Err(super::quote::money_refusal(
                    terms,
                    &MoneyError::Mixed(asked.currency(), value.currency()),
                ));
            }
            if let Some((code, reason)) = not_sold(asked, maximum, value, included) {
                let remedy = if value == included {
                    format!("use --cover included: all of {value} is covered free")
                } else if most.minor() <= included.minor() {
                    format!("use --cover included: more than {included} cannot be had")
                } else {
                    format!("ask for more than {included} and at most {most}, or --cover full")
                };
                return Err(Box::new(Refusal::by(clause, code, reason).unless(remedy)));
            }
            asked
        }
    };
    let cover = if cover.minor() < included.minor() { included } else { cover };
    trace.step("cover", clause, || {
        let asked = match choice {
            CoverChoice::Included => "included".to_owned(),
            CoverChoice::Full => "full".to_owned(),
            CoverChoice::Amount(amount) => amount.digits(),
        };
        (format!("{asked} of {}", value.digits()), cover.digits())
    });
    Ok(cover)
}

/// What to do about an amount that is not sold, where the row's own column asks for it: no flag
/// changes that.
pub(super) fn in_its_column(remedy: &str) -> String {
    let remedy = remedy.replace("use --cover included", "write included in its column cover");
    remedy.replace("or --cover full", "or full, in its column cover")
}

/// Why an amount of cover is not sold: the code and the reason.
fn not_sold(
    asked: Money,
    maximum: Option<Money>,
    value: Money,
    included: Money,
) -> Option<(&'static str, String)> {
    if let Some(maximum) = maximum.filter(|maximum| asked.minor() > maximum.minor()) {
        let reason = format!("a cover of {asked} is more than the plan sells, {maximum}");
        return Some(("over_maximum", reason));
    }
    if asked.minor() > value.minor() {
        let reason = format!("a cover of {asked} is more than the package is worth, {value}");
        return Some(("over_value", reason));
    }
    if asked.minor() <= included.minor() {
        let reason = format!("a cover of {asked} is not more than the {included} that come free");
        return Some(("within_included", reason));
    }
    None
}
