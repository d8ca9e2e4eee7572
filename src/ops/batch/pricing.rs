//! The reading side of a batch: rows are read and priced, and sent on in chunks.

use std::sync::Arc;
use std::sync::mpsc::SyncSender;

use super::super::convert::kept_rate;
use super::super::terms::TermsInForce;
use super::BatchOptions;
use super::seen::Names;
use crate::calendar::Day;
use crate::error::Error;
use crate::exchange::Exchange;
use crate::intake::{BadRow, Item, ParcelRow, Reader, codes};
use crate::ledger::Existing;
use crate::parcel::{CoverChoice, Label, Parcel, ValueParts};
use crate::plan::Cited;
use crate::rules::{Quote, Refusal, Terms, Trace};

/// Rows that travel together.
const CHUNK: usize = 512;

/// What the reading thread hands over: a row with its price, or why it has none.
pub(super) enum Priced {
    /// Has a price.
    Quoted(Box<Quoted>),
    /// Not covered; `as_stated` as in [`Quoted`].
    Refused { row: ParcelRow, refusal: Box<Refusal>, as_stated: Option<Box<ValueParts>> },
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
    /// The value as the row states it, where that is in another currency.
    pub(super) as_stated: Option<Box<ValueParts>>,
}

impl Priced {
    /// The parcel to be looked up in the ledger: one with a price, a cancelled one, or one that may
    /// have been recorded at a rate of exchange which is not stated any more.
    pub(super) fn looked_up(&self) -> Option<&Parcel> {
        match self {
            Priced::Quoted(quoted) => Some(&quoted.row.parcel),
            Priced::Cancelled(row) | Priced::Refused { row, as_stated: Some(_), .. } => {
                Some(&row.parcel)
            }
            _ => None,
        }
    }

    /// Priced at the rate of exchange the parcel was recorded at, if it is covered already and
    /// stated to be worth the same.
    pub(super) fn at_its_rate(
        self,
        existing: Option<&Existing>,
        terms: &TermsInForce,
        options: &BatchOptions,
    ) -> Priced {
        let as_stated = match &self {
            Priced::Quoted(quoted) => &quoted.as_stated,
            Priced::Refused { as_stated, .. } => as_stated,
            _ => &None,
        };
        let Some(value) = as_stated.as_deref().copied() else { return self };
        let Some(kept) = kept_rate(existing, &value) else { return self };
        let mut row = match self {
            Priced::Quoted(quoted) => quoted.row,
            Priced::Refused { row, .. } => row,
            other => return other,
        };
        (row.parcel.value, row.parcel.stated) = (value, None);
        price(terms, row, options, Some(kept))
    }
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
            Item::Parcel(row) => price(terms, row, options, None),
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

/// Prices a row, at a rate of exchange that is kept where there is one.
fn price(
    terms: &TermsInForce,
    mut row: ParcelRow,
    options: &BatchOptions,
    kept: Option<&Arc<Exchange>>,
) -> Priced {
    // A delivery counts as a scan by the carrier, here as in Policy::apply.
    let facts = &mut row.parcel.facts;
    facts.scanned_on = facts.scanned_on.or(facts.delivered_on);
    if row.parcel.facts.cancelled {
        return Priced::Cancelled(row);
    }
    let bad = future(&row, options.today).or_else(|| planned_otherwise(terms, &row));
    if let Some(bad) = bad {
        return Priced::Bad(Box::new(bad));
    }
    let mut choice = row.cover.unwrap_or(options.choice);
    let (value, parcel) = (row.parcel.value, &mut row.parcel);
    let as_stated = (value.currency() != terms.plan().currency).then(|| Box::new(value));
    let trace = Trace::only_if(options.traced == Some(row.line));
    let priced = terms.price(parcel, &mut choice, options.today, kept, trace);
    let in_column = row.cover.is_some();
    let priced = priced.map(|(terms, quote)| (terms, quote.of_row(&mut choice, in_column)));
    let quoted = priced.and_then(|(terms, quote)| match quote.refused {
        _ if quote.figures.package_value.is_zero() => Err(worthless(terms)),
        // Recorded with the included cover, the mended row would come too late.
        Some(refusal) if quote.amount_not_sold => Err(refusal),
        refused => Ok((terms.version.effective, Quote { refused, ..quote })),
    });
    match quoted {
        Ok((version, quote)) => {
            let names = Names::of(&row.parcel.ids);
            Priced::Quoted(Box::new(Quoted { row, names, version, choice, quote, as_stated }))
        }
        Err(refusal) => Priced::Refused { row, refusal, as_stated },
    }
}

/// A carrier cannot have done yet what lies in the future, nor is there a label of tomorrow. Its
/// calendar may be a day ahead.
fn future(row: &ParcelRow, today: Day) -> Option<BadRow> {
    let facts = &row.parcel.facts;
    let tomorrow = today.succ_opt().unwrap_or(today);
    let labelled = match row.parcel.label {
        Label::Exists(on) => on,
        _ => None,
    };
    let happened = [
        ("the label made", labelled),
        ("scanned", facts.scanned_on),
        ("delivered", facts.delivered_on),
    ];
    let (what, on) = happened.into_iter().find(|(_, on)| on.is_some_and(|on| on > tomorrow))?;
    let on = on?;
    Some(BadRow {
        value: Some(on.to_string()),
        hint: Some("mend the date, or give the day to reckon with as --today".to_owned()),
        ..bad_row(
            row,
            codes::FUTURE_DATE,
            format!("{what} on {on} is in the future, today is {today}"),
        )
    })
}

/// A row that says it is covered under another plan than the file is to be: another price, and other
/// terms, would be taken for those it states. No clause of either plan says so.
fn planned_otherwise(terms: &TermsInForce, row: &ParcelRow) -> Option<BadRow> {
    let ours = &terms.plan().id;
    let plan = row.plan.as_deref().filter(|plan| !plan.trim().eq_ignore_ascii_case(ours))?;
    let leave_away = format!("leave the column plan away to cover them under {ours}");
    let (reason, hint) = match terms.known_plan(plan) {
        Some(id) => (
            format!("the row says plan {plan}, and this run covers under {ours}"),
            format!("cover the rows of each plan by themselves: --plan {id}; or {leave_away}"),
        ),
        None => (
            format!(
                "the row says plan {plan}, which is none that there is, and this run covers under {ours}"
            ),
            format!("write {ours} there, or {leave_away}; insure plan list names all plans"),
        ),
    };
    Some(BadRow {
        value: Some(plan.to_owned()),
        hint: Some(hint),
        ..bad_row(row, codes::OTHER_PLAN, reason)
    })
}

/// A row that was read and cannot be taken.
fn bad_row(row: &ParcelRow, code: &'static str, reason: String) -> BadRow {
    BadRow {
        line: row.line,
        more_lines: row.more_lines.clone(),
        order_lines: row.order_lines.clone(),
        ids: row.parcel.ids.clone(),
        cell: None,
        column: None,
        value: None,
        code,
        reason,
        hint: None,
    }
}

/// A parcel of which nothing would be covered: its policy would only look like cover.
pub(in crate::ops) fn uncovered(terms: Terms<'_>, quote: &Quote) -> Option<Box<Refusal>> {
    if !quote.figures.cover.is_zero() {
        return None;
    }
    Some(quote.refused.clone().unwrap_or_else(|| {
        let reason = format!("{} covers nothing free, and no cover was asked for", terms.plan.id);
        let clause = terms.version.included.cite("included");
        let refusal = Refusal::by(clause, "nothing_covered", reason);
        let until = terms.version.purchase.until.words();
        Box::new(refusal.unless(format!(
            "cover can be bought until {until}: ask for it with --cover full, or an amount; in a file a \
             row's own `cover` counts more"
        )))
    }))
}

/// A parcel that is worth nothing, such as a free sample, has nothing to cover.
pub(in crate::ops) fn worthless(terms: Terms<'_>) -> Box<Refusal> {
    let reason = "the package value is 0, there is nothing to cover (a free sample?)".to_owned();
    Box::new(Refusal::by(terms.version.value.cite("value"), "no_value", reason))
}
