//! What a parcel is worth under the terms, what is covered free, and the cover that is asked for.

use super::{Refusal, Terms, Trace};
use crate::money::{Money, MoneyError};
use crate::parcel::{CoverChoice, ValueParts};
use crate::plan::{Cited, Counted};

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

/// The cover that was chosen, capped where the choice is "full"; a custom amount is refused where
/// the terms do not sell it.
pub(super) fn chosen_cover(
    terms: Terms<'_>,
    value: Money,
    included: Money,
    choice: CoverChoice,
    trace: &mut Trace,
) -> Result<Money, Box<Refusal>> {
    let rule = &terms.version.maximum;
    let clause = rule.cite("maximum");
    let maximum = rule
        .amount
        .of(terms.plan.currency)
        .map_err(|why| super::quote::money_refusal(terms, &why))?;
    let cover = match choice {
        CoverChoice::Included => included,
        CoverChoice::Full => {
            if maximum.minor() < value.minor() {
                maximum
            } else {
                value
            }
        }
        CoverChoice::Amount(asked) => {
            let refused = |code, reason: String, remedy: String| {
                Err(Box::new(Refusal::by(clause, code, reason).unless(remedy)))
            };
            if asked.currency() != value.currency() {
                return Err(super::quote::money_refusal(
                    terms,
                    &MoneyError::Mixed(asked.currency(), value.currency()),
                ));
            }
            let most = || {
                if value == included {
                    return format!("use --cover included: all of {value} is covered free");
                }
                let most = if maximum.minor() < value.minor() { maximum } else { value };
                format!("ask for more than {included} and at most {most}, or --cover full")
            };
            if asked.minor() > maximum.minor() {
                return refused(
                    "over_maximum",
                    format!("a cover of {asked} is more than the plan sells, {maximum}"),
                    most(),
                );
            }
            if asked.minor() > value.minor() {
                return refused(
                    "over_value",
                    format!("a cover of {asked} is more than the package is worth, {value}"),
                    most(),
                );
            }
            if asked.minor() <= included.minor() {
                return refused(
                    "within_included",
                    format!("a cover of {asked} is not more than the {included} that come free"),
                    most(),
                );
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
