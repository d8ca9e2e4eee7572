//! Pricing one parcel, or a file row by row. No ledger is opened.

use crate::calendar::Day;
use crate::error::Error;
use crate::intake::{BadRow, Item, Reader};
use crate::parcel::{CoverChoice, Ids, Parcel};
use crate::rules::{Doubt, Quote, Refusal, Terms, Trace};

use super::batch::worthless;
use super::convert::RatesUsed;
use super::doubts::Doubts;
use super::terms::TermsInForce;

/// Prices one parcel; a value in another currency is converted in place.
///
/// # Errors
/// The terms do not cover it at all, it is worth nothing, or no rate of exchange is stated.
pub fn quote_one<'t>(
    terms: &'t TermsInForce,
    parcel: &mut Parcel,
    mut choice: CoverChoice,
    today: Day,
    trace: Trace,
) -> Result<(Terms<'t>, Quote), Error> {
    price(terms, parcel, &mut choice, today, trace).map_err(Error::Refused)
}

/// Prices a parcel that is worth something.
pub(super) fn price<'t>(
    terms: &'t TermsInForce,
    parcel: &mut Parcel,
    choice: &mut CoverChoice,
    today: Day,
    trace: Trace,
) -> Result<(Terms<'t>, Quote), Box<Refusal>> {
    let (terms, quote) = terms.price(parcel, choice, today, None, trace)?;
    if quote.figures.package_value.is_zero() { Err(worthless(terms)) } else { Ok((terms, quote)) }
}

/// What one row of a file comes to.
pub enum QuoteRow<'a> {
    /// A price.
    Priced {
        /// The row's line.
        line: u64,
        /// The parcel.
        parcel: &'a Parcel,
        /// The terms it was priced under.
        terms: Terms<'a>,
        /// The price; what was asked for may still be refused in it.
        quote: &'a Quote,
        /// Where cover would be bought, whether its goods may be among those not covered.
        doubt: Option<Doubt<'a>>,
    },
    /// Not covered at all.
    Refused {
        /// The row's line.
        line: u64,
        /// The parcel's names.
        ids: &'a Ids,
        /// Why not.
        refusal: &'a Refusal,
    },
    /// A cancelled order: nothing to cover.
    Cancelled {
        /// The row's line.
        line: u64,
        /// The parcel's names.
        ids: &'a Ids,
    },
    /// A row that cannot be read.
    Bad(&'a BadRow),
}

/// What a file came to.
#[derive(Debug, Clone, Default)]
pub struct QuotedFile {
    /// Parcels with a price.
    pub priced: u64,
    /// Parcels for which something asked was refused.
    pub refused: u64,
    /// Cancelled orders.
    pub cancelled: u64,
    /// Rows that cannot be read.
    pub bad: u64,
    /// The rates of exchange the priced parcels were converted at.
    pub rates: RatesUsed,
    /// Of those for which cover would be bought, how many name goods that may not be covered.
    pub doubts: Doubts,
}

/// Prices a file, handing over each row as it is read; that on the `traced` line with each step of
/// its price.
///
/// # Errors
/// The file cannot be read on, or `each` fails.
pub fn quote_file(
    terms: &TermsInForce,
    reader: &mut Reader,
    choice: CoverChoice,
    today: Day,
    traced: Option<u64>,
    mut each: impl FnMut(QuoteRow<'_>) -> Result<(), Error>,
) -> Result<QuotedFile, Error> {
    let mut done = QuotedFile::default();
    for item in reader {
        match item? {
            Item::Bad(bad) => {
                done.bad += 1;
                each(QuoteRow::Bad(&bad))?;
            }
            Item::Event(_) => {}
            Item::Parcel(row) if row.parcel.facts.cancelled => {
                done.cancelled += 1;
                each(QuoteRow::Cancelled { line: row.line, ids: &row.parcel.ids })?;
            }
            Item::Parcel(mut row) => {
                let mut choice = row.cover.unwrap_or(choice);
                let trace = Trace::only_if(traced == Some(row.line));
                match price(terms, &mut row.parcel, &mut choice, today, trace) {
                    Ok((terms, quote)) => {
                        let quote = quote.of_row(&mut choice);
                        done.priced += 1;
                        done.rates.count(&row.parcel, today);
                        done.refused += u64::from(quote.refused.is_some());
                        let bought = quote.figures.bought();
                        let doubt = match bought {
                            true => done.doubts.count(terms, &row.parcel),
                            false => None,
                        };
                        each(QuoteRow::Priced {
                            line: row.line,
                            parcel: &row.parcel,
                            terms,
                            quote: &quote,
                            doubt,
                        })?;
                    }
                    Err(refusal) => {
                        done.refused += 1;
                        each(QuoteRow::Refused {
                            line: row.line,
                            ids: &row.parcel.ids,
                            refusal: &refusal,
                        })?;
                    }
                }
            }
        }
    }
    Ok(done)
}
