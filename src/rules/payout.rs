//! What a claim pays: what is asked, at most what the goods are worth, at most the cover.

use super::Trace;
use crate::money::{Money, MoneyError};
use crate::plan::{Cited, IncidentTerms};
use crate::policy::Figures;

/// The payable amount for a claim of `amount` (all of the package value where none is stated).
pub(super) fn payout(
    incident: &IncidentTerms,
    figures: &Figures,
    place: &str,
    amount: Option<Money>,
    trace: &mut Trace,
) -> Result<Money, MoneyError> {
    let pays = incident.pays.cite(place);
    let asked = amount.unwrap_or(figures.package_value);
    let worth = asked.at_most(figures.package_value)?;
    trace.step("claimed_value", pays, || {
        let whose = if amount.is_some() { "claimed" } else { "all of the package" };
        (
            format!("{whose} {}, package value {}", asked.digits(), figures.package_value.digits()),
            worth.digits(),
        )
    });
    let payable = worth.at_most(figures.cover)?;
    trace.step("payable", pays, || {
        (format!("{}, cover {}", worth.digits(), figures.cover.digits()), payable.digits())
    });
    Ok(payable)
}
