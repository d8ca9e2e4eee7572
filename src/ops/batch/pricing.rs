//! The reading side of a batch: rows are read and priced, and sent on in chunks.

use std::sync::mpsc::SyncSender;

use super::super::terms::TermsInForce;
use super::BatchOptions;
use super::seen::Names;
use crate::calendar::Day;
use crate::error::Error;
use crate::intake::{BadRow, Item, ParcelRow, Reader, codes};
use crate::parcel::CoverChoice;
use crate::plan::Cited;
use crate::rules::{Quote, Refusal, Terms, Trace, quote};

/// Rows that travel together.
const CHUNK: usize = 512;

/// What the reading thread hands over: a row with its price, or why it has none.
pub(super) enum Priced {
    /// Has a price.
    Quoted(Box<Quoted>),
    /// Not covered.
    Refused { row: ParcelRow, refusal: Box<Refusal> },
    /// A cancelled order.
    Cancelled(ParcelRow),
    /// Cannot be read.
    Bad(Box<BadRow>),
}

/// A row with its price.
pub(super) struct Quoted {
    /// The row.
    pub(super) row: ParcelRow,
    /// Its parcel's names, hashed.
    pub(super) names: Names,
    /// The version of the terms it was priced under.
    pub(super) version: Day,
    /// The cover that was asked for.
    pub(super) choice: CoverChoice,
    /// The price.
    pub(super) quote: Quote,
}

/// Reads and prices a file to its end, or until nobody listens any more.
pub(super) fn price_all(
    terms: &TermsInForce,
    reader: &mut Reader,
    options: &BatchOptions,
    sender: &SyncSender<Vec<Priced>>,
) -> Result<(), Error> {
    let mut rows = Vec::with_capacity(CHUNK);
    for item in reader {
        rows.push(match item? {
            Item::Bad(bad) => Priced::Bad(Box::new(bad)),
            Item::Event(_) => continue,
            Item::Parcel(row) => price(terms, row, options),
        });
        if rows.len() == CHUNK {
            let full = std::mem::replace(&mut rows, Vec::with_capacity(CHUNK));
            if sender.send(full).is_err() {
                return Ok(());
            }
        }
    }
    // The receiver may be gone after a failure of its own, which is the one to report.
    let _ = sender.send(rows);
    Ok(())
}

fn price(terms: &TermsInForce, mut row: ParcelRow, options: &BatchOptions) -> Priced {
    // A delivery counts as a scan by the carrier, here as in Policy::apply.
    let facts = &mut row.parcel.facts;
    facts.scanned_on = facts.scanned_on.or(facts.delivered_on);
    if row.parcel.facts.cancelled {
        return Priced::Cancelled(row);
    }
    if let Some(bad) = future(&row, options.today) {
        return Priced::Bad(Box::new(bad));
    }
    let choice = row.cover.unwrap_or(options.choice);
    let quoted = terms.for_parcel(&row.parcel, options.today).and_then(|terms| {
        let quote = quote(terms, &row.parcel, choice, Trace::off())?;
        if quote.figures.package_value.is_zero() {
            return Err(worthless(terms));
        }
        let quote = match quote.refused {
            // Recorded with the included cover, the mended row would come too late.
            Some(refusal) if quote.amount_not_sold => return Err(refusal),
            refused => Quote { refused, ..quote },
        };
        Ok((terms.version.effective, quote))
    });
    match quoted {
        Ok((version, quote)) => {
            let names = Names::of(&row.parcel.ids);
            Priced::Quoted(Box::new(Quoted { row, names, version, choice, quote }))
        }
        Err(refusal) => Priced::Refused { row, refusal },
    }
}

/// A carrier cannot have done yet what lies in the future. Its calendar may be a day ahead.
fn future(row: &ParcelRow, today: Day) -> Option<BadRow> {
    let facts = &row.parcel.facts;
    let tomorrow = today.succ_opt().unwrap_or(today);
    let happened = [("scanned", facts.scanned_on), ("delivered", facts.delivered_on)];
    let (what, on) = happened.into_iter().find(|(_, on)| on.is_some_and(|on| on > tomorrow))?;
    let on = on?;
    Some(BadRow {
        line: row.line,
        more_lines: row.more_lines.clone(),
        order_lines: row.order_lines.clone(),
        ids: row.parcel.ids.clone(),
        column: None,
        value: Some(on.to_string()),
        code: codes::FUTURE_DATE,
        reason: format!("{what} on {on} is in the future, today is {today}"),
        hint: Some("mend the date, or give the day to reckon with as --today".to_owned()),
    })
}

/// A parcel that is worth nothing, such as a free sample, has nothing to cover.
pub(in crate::ops) fn worthless(terms: Terms<'_>) -> Box<Refusal> {
    let reason = "the package value is 0, there is nothing to cover (a free sample?)".to_owned();
    Box::new(Refusal::by(terms.version.value.cite("value"), "no_value", reason))
}
