//! An order stated as one that is covered as the parcels it was packed into: an export without
//! their numbers, after one that had them.

use crate::ledger::{Existing, SameBy};
use crate::money::Money;
use crate::parcel::Parcel;
use crate::policy::Policy;
use crate::rules::Quote;

/// What covers the order, as one: the policy found first, with the values and covers of all.
/// `of_order` are the order's policies in force.
pub(super) fn as_one(
    mut existing: Existing,
    of_order: &[Policy],
    parcel: &Parcel,
    quote: &Quote,
) -> Existing {
    let value = quote.figures.package_value;
    if existing.how != SameBy::PackedOrder || of_order.len() < 2 || existing.package_value == value
    {
        return existing;
    }
    let figures = |of: fn(&Policy) -> Money| sum(of_order.iter().map(of));
    let sums =
        figures(|policy| policy.figures.package_value).zip(figures(|policy| policy.figures.cover));
    let Some((all, cover)) = sums else { return existing };
    // Stated in one currency both times, it is what was stated that has to be the same.
    let then = sum_of_stated(of_order, parcel);
    let now = parcel.stated.as_ref().map(|stated| stated.value);
    existing.package_value = if then.is_some() && then == now { value } else { all };
    existing.stated = None;
    existing.cover = cover;
    existing
}

/// What all were stated to be worth, where that was in the currency the parcel is stated in.
fn sum_of_stated(of_order: &[Policy], parcel: &Parcel) -> Option<Money> {
    let from = parcel.stated.as_ref()?.at.from;
    let each = of_order.iter().map(|policy| {
        policy.parcel.stated.as_ref().filter(|stated| stated.at.from == from).map(|s| s.value)
    });
    sum(each.collect::<Option<Vec<Money>>>()?.into_iter())
}

fn sum(mut of: impl Iterator<Item = Money>) -> Option<Money> {
    let first = of.next()?;
    of.try_fold(first, |sum, one| sum.plus(one).ok())
}
