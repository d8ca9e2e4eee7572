//! Covering one parcel together with its label.

use super::batch::Agreement;
use super::batch::{uncovered, worthless};
use super::cancel::replace;
use super::conflict::{conflict, label_voided, raises};
use super::convert::kept_rate;
use super::rivals::{other_label, rivals};
use super::terms::TermsInForce;
use super::track::name;
use super::whole_order::as_one;
use crate::calendar::Day;
use crate::error::Error;
use crate::ledger::{BatchTotals, Existing, Known, Ledger, Wanted};
use crate::number::PolicyNo;
use crate::parcel::{CoverChoice, Ids, Label, Parcel};
use crate::plan::Cited;
use crate::policy::State;
use crate::rules::{Quote, Refusal, Terms, Trace};

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
    /// Whether the provider's agreement is accepted; asked only where cover is bought.
    pub agreement: Agreement,
    /// Decide everything, record nothing, buy no label.
    pub dry_run: bool,
}

/// Buys the label of a parcel at a price and gives its tracking number.
pub type BuyLabel<'a> = dyn FnMut(&Parcel, &Quote) -> Result<String, Error> + 'a;

/// Covers one parcel.
///
/// `label` buys the label, if it is to be bought in this step: if that fails, nothing is insured.
///
/// # Errors
/// Refused by the terms, no agreement, the label was not bought, or the ledger failed.
pub fn insure_one(
    ledger: &mut Ledger,
    terms: &TermsInForce,
    mut parcel: Parcel,
    options: InsureOptions,
    label: Option<&mut BuyLabel<'_>>,
) -> Result<Insured, Error> {
    let InsureOptions { mut choice, today, dry_run, .. } = options;
    let known = ledger.covered().find_known(&[Wanted::from(&parcel)])?;
    let kept = kept_rate(first(&known), &parcel.value);
    let (in_force, quote) =
        terms.price(&mut parcel, &mut choice, today, kept, Trace::on()).map_err(Error::Refused)?;
    let options = InsureOptions { choice, ..options };
    let raised = raised(in_force, &known, &parcel, &quote, choice);
    if raised.is_some() {
        // More cover is asked for while it may still be edited: the old policy gives way below.
    } else if let Some(existing) = covered_before(&known, in_force, &parcel, &quote, choice)? {
        if existing.is_named_by(&parcel.ids) && !dry_run {
            let mut write = ledger.write()?;
            name(&mut write, existing.no, &parcel, today)?;
            write.commit()?;
        }
        return Ok(Insured::Already(existing.no));
    }
    if let Some(refusal) = quote.refused {
        return Err(Error::Refused(refusal));
    }
    if quote.figures.package_value.is_zero() {
        return Err(Error::Refused(worthless(in_force)));
    }
    if let Some(refusal) = uncovered(in_force, &quote) {
        return Err(Error::Refused(refusal));
    }
    if dry_run {
        return Ok(Insured::New { policy: None, parcel: Box::new(parcel), quote: Box::new(quote) });
    }
    if !quote.figures.premium.is_zero() && in_force.version.agreement.is_some() {
        match options.agreement {
            Agreement::Before => {}
            Agreement::Now => accept_agreement(ledger, in_force, today)?,
            Agreement::No => {
                return Err(Error::AgreementNeeded { plan: in_force.plan.id.clone() });
            }
        }
    }
    let asked = parcel.ids.clone();
    let bought = label.is_some();
    if let Some(label) = label {
        parcel.ids.tracking = Some(label(&parcel, &quote)?);
        parcel.label = Label::ThisStep;
    }
    let bound = bind(ledger, terms, in_force, &asked, &parcel, &quote, options);
    match bound.map_err(|why| unrecorded(why, bought, &parcel))? {
        Bound::New(policy) => Ok(Insured::New {
            policy: Some(policy),
            parcel: Box::new(parcel),
            quote: Box::new(quote),
        }),
        Bound::Meanwhile(policy) if !bought => Ok(Insured::Already(policy)),
        Bound::Meanwhile(policy) => {
            let reason = format!("another command has covered the parcel meanwhile as {policy}");
            let clause = in_force.version.included.cite("included");
            let refusal = Refusal::by(clause, "covered_meanwhile", reason);
            Err(unrecorded(Error::Refused(Box::new(refusal)), bought, &parcel))
        }
    }
}

/// The policy that gives way to one with more cover.
fn raised(
    terms: Terms<'_>,
    known: &[Known],
    parcel: &Parcel,
    quote: &Quote,
    choice: CoverChoice,
) -> Option<PolicyNo> {
    first(known).and_then(|existing| raises(terms, existing, parcel, quote, choice))
}

fn first(known: &[Known]) -> Option<&Existing> {
    known.iter().find_map(|known| known.same.as_ref())
}

/// What recording came to.
enum Bound {
    New(PolicyNo),
    /// Another process covered the parcel while the label was bought.
    Meanwhile(PolicyNo),
}

/// The policy that covers the parcel already with the same figures; refused where one may cover it
/// under the label it had before.
fn covered_before(
    known: &[Known],
    terms: Terms<'_>,
    parcel: &Parcel,
    quote: &Quote,
    choice: CoverChoice,
) -> Result<Option<Existing>, Error> {
    let found = known.iter().find_map(|known| Some((known.same.as_ref()?, &known.of_order)));
    let Some((existing, of_order)) = found else {
        let mut rivals =
            known.iter().flat_map(|known| rivals(&known.of_order, parcel, quote, false));
        return match rivals.next() {
            Some(rival) => Err(Error::Refused(other_label(terms, &rival, parcel))),
            None => Ok(None),
        };
    };
    let existing = as_one(existing.clone(), of_order, parcel, quote);
    if existing.state == State::Cancelled {
        return Err(Error::Refused(label_voided(terms, &existing)));
    }
    match conflict(terms, &existing, parcel, quote, choice) {
        Some(refusal) => Err(Error::Refused(refusal)),
        None => Ok(Some(existing)),
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
    asked: &Ids,
    parcel: &Parcel,
    quote: &Quote,
    options: InsureOptions,
) -> Result<Bound, Error> {
    let mut write = ledger.write()?;
    // By the names it was asked for, and by the one its label has given it.
    let known = write.find_known(&[asked.into(), parcel.into()])?;
    let raised = raised(in_force, &known, parcel, quote, options.choice);
    if raised.is_some() {
        // It is replaced below.
    } else if let Some(existing) = covered_before(&known, in_force, parcel, quote, options.choice)?
    {
        return Ok(Bound::Meanwhile(existing.no));
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
    if let Some(raised) = raised {
        replace(&mut write, raised, options.today)?;
    }
    write.commit()?;
    Ok(Bound::New(policy))
}

/// A label that was bought but whose cover could not be recorded: its number must not be lost.
fn unrecorded(why: Error, bought: bool, parcel: &Parcel) -> Error {
    match &parcel.ids.tracking {
        Some(tracking) if bought => {
            Error::Unrecorded { tracking: tracking.clone(), because: Box::new(why) }
        }
        _ => why,
    }
}
