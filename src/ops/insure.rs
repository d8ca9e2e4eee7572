//! Covering one parcel together with its label.

use super::batch::worthless;
use super::conflict::conflict;
use super::terms::TermsInForce;
use crate::calendar::Day;
use crate::error::Error;
use crate::ledger::{BatchTotals, Existing, Ledger};
use crate::number::PolicyNo;
use crate::parcel::{CoverChoice, Label, Parcel};
use crate::rules::{Quote, Terms, Trace, quote};

/// What came of it.
#[derive(Debug)]
pub enum Insured {
    /// Covered now.
    New {
        /// Its policy; none in a dry run.
        policy: Option<PolicyNo>,
        /// The parcel, with the tracking number of its label.
        parcel: Box<Parcel>,
        /// The figures.
        quote: Box<Quote>,
    },
    /// Covered before, with the same figures: nothing was changed and no label was bought.
    Already(PolicyNo),
}

/// How one parcel is to be covered.
#[derive(Debug, Clone, Copy)]
pub struct InsureOptions {
    /// The cover asked for.
    pub choice: CoverChoice,
    /// Today.
    pub today: Day,
    /// Decide everything, record nothing, buy no label.
    pub dry_run: bool,
}

/// Buys the label of a parcel at a price and gives its tracking number.
pub type BuyLabel<'a> = dyn FnMut(&Parcel, &Quote) -> Result<String, Error> + 'a;

/// Covers one parcel.
///
/// `agree` is asked before cover is bought whether the agreement is accepted, and says whether that
/// is new. `label` buys the label, if it is to be bought in this step: if that fails, nothing is
/// insured.
///
/// # Errors
/// Refused by the terms, no agreement, the label was not bought, or the ledger failed.
pub fn insure_one(
    ledger: &mut Ledger,
    terms: &TermsInForce,
    mut parcel: Parcel,
    options: InsureOptions,
    agree: &mut dyn FnMut(&Ledger, Terms<'_>) -> Result<bool, Error>,
    label: Option<&mut BuyLabel<'_>>,
) -> Result<Insured, Error> {
    let InsureOptions { choice, today, dry_run } = options;
    let in_force = terms.for_parcel(&parcel, today).map_err(Error::Refused)?;
    let quote = quote(in_force, &parcel, choice, Trace::on()).map_err(Error::Refused)?;
    if let Some(policy) = covered_before(
        ledger.covered().find_same(&[&parcel.ids])?,
        in_force,
        &parcel,
        &quote,
        choice,
    )? {
        return Ok(Insured::Already(policy));
    }
    if let Some(refusal) = quote.refused {
        return Err(Error::Refused(refusal));
    }
    if quote.figures.package_value.is_zero() {
        return Err(Error::Refused(worthless(in_force)));
    }
    if dry_run {
        return Ok(Insured::New { policy: None, parcel: Box::new(parcel), quote: Box::new(quote) });
    }
    let newly_agreed = !quote.figures.premium.is_zero() && agree(ledger, in_force)?;
    if newly_agreed {
        accept_agreement(ledger, in_force, today)?;
    }
    if let Some(label) = label {
        parcel.ids.tracking = Some(label(&parcel, &quote)?);
        parcel.label = Label::ThisStep;
    }
    let bound = bind(ledger, terms, in_force, &parcel, &quote, options);
    let policy = bound.map_err(|why| unrecorded(why, &parcel))?;
    Ok(Insured::New { policy: Some(policy), parcel: Box::new(parcel), quote: Box::new(quote) })
}

/// The policy that covers the parcel already with the same figures.
fn covered_before(
    found: Vec<Option<Existing>>,
    terms: Terms<'_>,
    parcel: &Parcel,
    quote: &Quote,
    choice: CoverChoice,
) -> Result<Option<PolicyNo>, Error> {
    let Some(existing) = found.into_iter().flatten().next() else { return Ok(None) };
    match conflict(terms, &existing, parcel, quote, choice) {
        Some(refusal) => Err(Error::Refused(refusal)),
        None => Ok(Some(existing.no)),
    }
}

// The agreement is recorded on its own: it holds even if the label is not bought after all.
/// Accepts the provider's one-time agreement for this ledger.
///
/// # Errors
/// The ledger fails.
pub fn accept_agreement(ledger: &mut Ledger, terms: Terms<'_>, on: Day) -> Result<(), Error> {
    let Some(agreement) = &terms.version.agreement else {
        return Ok(());
    };
    let mut write = ledger.write()?;
    write.accept_agreement(&terms.plan.id, &agreement.clause, on)?;
    Ok(write.commit()?)
}

fn bind(
    ledger: &mut Ledger,
    terms: &TermsInForce,
    in_force: Terms<'_>,
    parcel: &Parcel,
    quote: &Quote,
    options: InsureOptions,
) -> Result<PolicyNo, Error> {
    let mut write = ledger.write()?;
    // Another process may have covered it while the label was bought.
    let found = write.find_same(&[&parcel.ids])?;
    if let Some(policy) = covered_before(found, in_force, parcel, quote, options.choice)? {
        return Ok(policy);
    }
    let recorded = terms.record(&mut write, in_force)?;
    let batch = write.start_batch(options.today, "insure", None)?;
    let policy = write.bind(recorded.id, &recorded.policy(in_force, parcel, quote))?;
    let totals = BatchTotals {
        rows: 1,
        parcels: 1,
        insured: 1,
        already_insured: 0,
        refused: 0,
        cover: quote.figures.cover,
        premium: quote.figures.premium,
    };
    write.finish_batch(batch, &totals)?;
    write.commit()?;
    Ok(policy)
}

/// A label that was bought but whose cover could not be recorded: its number must not be lost.
fn unrecorded(why: Error, parcel: &Parcel) -> Error {
    match &parcel.ids.tracking {
        Some(tracking) if matches!(parcel.label, Label::ThisStep) => {
            Error::Unrecorded { tracking: tracking.clone(), because: Box::new(why) }
        }
        _ => why,
    }
}
