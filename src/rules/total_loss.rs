//! What the total loss of a parcel would pay, where that is known before anything has happened.

use super::payout::{Loss, needed, payout};
use super::{Terms, Trace};
use crate::claim::{Facts, Incident};
use crate::money::Money;
use crate::parcel::Parcel;
use crate::plan::Clause;
use crate::policy::Figures;

/// What a total loss would pay, and the clause on it, where that is less than the cover and no
/// further fact is needed to know it.
pub fn total_loss_pays<'t>(
    terms: Terms<'t>,
    parcel: &Parcel,
    figures: &Figures,
) -> Option<(Money, Clause<'t>)> {
    let loss = terms.version.incident.get(&Incident::Loss).filter(|loss| loss.covered)?;
    let cases = loss.pays.as_ref()?;
    let (pays, clause) = cases.fitting(&terms.situation(parcel, figures.bought()))?;
    let stated = Facts::default();
    let known = needed(pays, terms.version.compensation.as_ref(), &stated, parcel).is_empty();
    if !known {
        return None;
    }
    let loss = Loss { parcel, figures, amount: None, stated: &stated };
    let paid = payout(terms, (pays, clause), &loss, &mut Trace::off()).ok()?.payable;
    (paid.minor() < figures.cover.minor()).then_some((paid, clause))
}
