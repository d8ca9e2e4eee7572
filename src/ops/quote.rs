//! Pricing one parcel, or a file row by row. No ledger is opened.

use std::collections::BTreeMap;

use crate::calendar::Day;
use crate::error::Error;
use crate::intake::{BadRow, Item, Reader};
use crate::money::{Money, MoneyError};
use crate::parcel::{CoverChoice, Ids, Parcel};
use crate::rules::{Doubt, Quote, Refusal, Terms, Trace};

use super::batch::{Accounted, Counting, uncovered, worthless};
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
#[derive(Debug, Clone)]
pub struct QuotedFile {
    /// Rows read.
    pub rows: u64,
    /// What became of each of them: all rows, in three parts.
    pub accounted: Accounted,
    /// Parcels with a price.
    pub priced: u64,
    /// Of these, those for which what was asked beyond the included cover is refused, by code.
    pub less: BTreeMap<String, u64>,
    /// Those of which nothing would be covered, so that `batch-insure` refuses them, by code.
    pub uncovered: BTreeMap<String, u64>,
    /// Parcels without a price, rows that cannot be read among them, by code.
    pub refused: BTreeMap<String, u64>,
    /// Cancelled orders.
    pub cancelled: u64,
    /// The cover of the priced parcels.
    pub cover: Money,
    /// What that would be charged.
    pub premium: Money,
    /// The rates of exchange the priced parcels were converted at.
    pub rates: RatesUsed,
    /// Of those for which cover would be bought, how many name goods that may not be covered.
    pub doubts: Doubts,
}

impl QuotedFile {
    /// All parcels: one for each row that was handed over.
    pub fn parcels(&self) -> u64 {
        self.priced + self.cancelled + self.refused.values().sum::<u64>()
    }

    /// Whether anything was refused.
    pub fn is_refused(&self) -> bool {
        !self.refused.is_empty() || !self.less.is_empty()
    }

    fn add(&mut self, quote: &Quote) -> Result<(), Error> {
        let too_large = |why: MoneyError| {
            Error::usage(why.to_string(), "the file is too large for one quote: split it")
        };
        self.priced += 1;
        self.cover = self.cover.plus(quote.figures.cover).map_err(too_large)?;
        self.premium = self.premium.plus(quote.figures.premium).map_err(too_large)?;
        if let Some(refusal) = &quote.refused {
            *self.less.entry(refusal.code.to_owned()).or_insert(0) += 1;
        }
        Ok(())
    }
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
    let zero = Money::zero(terms.plan().currency);
    let mut counting = Counting::default();
    let mut done = QuotedFile {
        rows: 0,
        accounted: Accounted::default(),
        priced: 0,
        less: BTreeMap::new(),
        uncovered: BTreeMap::new(),
        refused: BTreeMap::new(),
        cancelled: 0,
        cover: zero,
        premium: zero,
        rates: RatesUsed::default(),
        doubts: Doubts::default(),
    };
    for item in reader.by_ref() {
        match item? {
            Item::Bad(bad) => {
                *done.refused.entry(bad.code.to_owned()).or_insert(0) += 1;
                counting.refused(1 + bad.more_lines.len() as u64, bad.code);
                each(QuoteRow::Bad(&bad))?;
            }
            Item::Event(_) => {}
            Item::Parcel(row) if row.parcel.facts.cancelled => {
                done.cancelled += 1;
                counting.cancelled(1 + row.more_lines.len() as u64);
                each(QuoteRow::Cancelled { line: row.line, ids: &row.parcel.ids })?;
            }
            Item::Parcel(mut row) => {
                let mut choice = row.cover.unwrap_or(choice);
                let trace = Trace::only_if(traced == Some(row.line));
                let rows = 1 + row.more_lines.len() as u64;
                match price(terms, &mut row.parcel, &mut choice, today, trace) {
                    Ok((terms, quote)) => {
                        let quote = quote.of_row(&mut choice, row.cover.is_some());
                        done.add(&quote)?;
                        if let Some(refusal) = uncovered(terms, &quote) {
                            *done.uncovered.entry(refusal.code.to_owned()).or_insert(0) += 1;
                        }
                        counting.well(rows);
                        done.rates.count(&row.parcel, today);
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
                        *done.refused.entry(refusal.code.to_owned()).or_insert(0) += 1;
                        counting.refused(rows, refusal.code);
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
    done.rows = reader.rows();
    done.accounted = counting.all(reader.skipped());
    Ok(done)
}
