//! Covering a file of parcels: every row decided on its own merits, all of it recorded in one
//! transaction or none of it.
//!
//! The file is read and priced on one thread while the other looks up and records what came
//! before: `Priced` rows travel between them in chunks.

use std::sync::mpsc::sync_channel;

use serde::Serialize;

use super::convert::RatesUsed;
use super::doubts::Doubts;
use super::midnight::doubt_midnights;
use super::terms::TermsInForce;
use crate::calendar::Day;
use crate::error::Error;
use crate::intake::{BadRow, Joined, Reader};
use crate::ledger::Ledger;
use crate::money::{Currency, Money};
use crate::number::{BatchNo, PolicyNo};
use crate::parcel::{CoverChoice, Ids};
use crate::rules::{Quote, Refusal};

mod accounted;
pub(super) use accounted::Counting;
pub use accounted::{Accounted, CodeRows, ReasonRows};
mod pricing;
pub(super) use pricing::{uncovered, worthless};
mod recorder;
mod seen;
mod waiting;

use recorder::{Place, Recorder};

/// Whether the provider's one-time agreement, which buying cover needs, is accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Agreement {
    /// It was accepted before.
    Before,
    /// It is accepted with this command, and recorded if it comes to buying.
    Now,
    /// It is not.
    No,
}

/// How a file is to be covered.
#[derive(Debug, Clone)]
pub struct BatchOptions {
    /// The cover asked for where a row does not say.
    pub choice: CoverChoice,
    /// Today.
    pub today: Day,
    /// Whether the provider's agreement is accepted.
    pub agreement: Agreement,
    /// Decide everything, record nothing.
    pub dry_run: bool,
    /// The line of the parcel whose quote is to have each step of its price.
    pub traced: Option<u64>,
    /// Whether the seller's zone was stated for this very file: then times that are all midnight are
    /// taken for times.
    pub zone_stated: bool,
    /// Record nothing if the premiums come to more.
    pub max_premium: Option<Money>,
    /// The name of the file, for the ledger.
    pub source: String,
}

/// What was decided for one parcel of a file.
#[derive(Debug)]
pub enum Decision {
    /// Covered. What was asked beyond it may be refused.
    Insured {
        /// Its policy; none in a dry run.
        policy: Option<PolicyNo>,
        /// The figures and, if bought cover was refused, why.
        quote: Box<Quote>,
    },
    /// Covered before, with the same figures.
    AlreadyInsured {
        /// Its policy; none where an earlier row of this file covers it in a dry run.
        policy: Option<PolicyNo>,
        /// What is refused beyond that cover, as the first time.
        refused: Option<Box<Refusal>>,
    },
    /// Not covered.
    Refused(Box<Refusal>),
    /// A cancelled order: skipped.
    Cancelled,
    /// The row cannot be read.
    Bad(Box<BadRow>),
}

/// One parcel of the file and what was decided.
#[derive(Debug)]
pub struct BatchOutcome<'a> {
    /// The line of its first row.
    pub line: u64,
    /// The lines of its further rows.
    pub more_lines: &'a [u64],
    /// The lines of its order's packages, itself among them, where they share a fee.
    pub order_lines: &'a [u64],
    /// Its names.
    pub ids: &'a Ids,
    /// The decision.
    pub decision: &'a Decision,
}

/// Refusals of one kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RefusalCount {
    /// Its code.
    pub code: String,
    /// How many.
    pub count: u64,
    /// The clause, where one decided.
    pub clause: Option<String>,
}

/// What a file came to.
#[derive(Debug, Clone, Serialize)]
pub struct BatchSummary {
    /// The batch's number; none in a dry run or where nothing new was recorded.
    pub batch: Option<BatchNo>,
    /// Whether nothing was recorded because none was to be.
    pub dry_run: bool,
    /// Rows read.
    pub rows: u64,
    /// What became of each of them: all rows, in three parts.
    pub accounted: Accounted,
    /// Parcels in them.
    pub parcels: u64,
    /// Newly covered.
    pub insured: u64,
    /// Of these, with cover bought beyond the included.
    pub bought: u64,
    /// Covered before.
    pub already_insured: u64,
    /// Cancelled orders, skipped.
    pub cancelled: u64,
    /// Of these, whose parcels are covered and not known to be scanned: tracking books them.
    pub cancelled_covered: u64,
    /// Parcels and rows for which something asked was refused.
    pub refused: u64,
    /// The refusals by code.
    pub refusals: Vec<RefusalCount>,
    /// All that the new policies pay at most.
    pub cover: Money,
    /// All that was charged.
    pub premium: Money,
    /// What stays uninsured of the newly covered parcels.
    pub stays_uninsured: Money,
    /// Of those with bought cover, how many name goods that may not be covered.
    pub doubts: Doubts,
    /// Whether a charged premium rests on figures nobody publishes.
    pub assumed: bool,
    /// The currency.
    pub currency: Currency,
    /// The rates of exchange at which values of the newly covered parcels were converted.
    #[serde(rename = "fx")]
    pub rates: RatesUsed,
    /// What came of the tracking numbers that stand in another file, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tracking: Option<Joined>,
}

/// Covers a file.
///
/// `each` is handed every decision in the order of the file, but those last that hang on the rest of
/// it (`other_label`); `tick` is called now and then.
/// Decisions hold only once this function has returned: until then nothing is on disk.
///
/// # Errors
/// The file or the ledger fails, the agreement is not accepted, the premium exceeds what is
/// allowed: then nothing is recorded.
pub fn insure_batch(
    ledger: &mut Ledger,
    terms: &TermsInForce,
    mut reader: Reader,
    options: &BatchOptions,
    each: &mut dyn FnMut(&BatchOutcome<'_>) -> Result<(), Error>,
    tick: &mut dyn FnMut(),
) -> Result<BatchSummary, Error> {
    let original = reader.original();
    let packages_are_labels = reader.packages_are_labels();
    std::thread::scope(|scope| {
        let (sender, receiver) = sync_channel(4);
        let reading = scope.spawn(move || {
            let result = pricing::price_all(terms, &mut reader, options, &sender);
            result.map(|()| (reader.rows(), reader.skipped().clone(), reader.joined()))
        });
        // The ledger is taken only now that there is something to record: others are not kept
        // waiting while a long export is read.
        let first = recorder::next_chunk(&receiver, tick);
        let recorded = begin(ledger, options).and_then(|place| {
            let mut recorder = Recorder::new(place, terms, options, packages_are_labels);
            recorder.take_all(first, &receiver, each, tick)?;
            Ok(recorder)
        });
        // Hang up, so that the reading thread stops if recording failed.
        drop(receiver);
        let read = reading.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        let recorded = recorded?;
        let (rows, skipped, tracking) = read?;
        if let Some(joined) = tracking.as_ref().filter(|joined| joined.is_of_other_orders()) {
            return Err(of_other_orders(joined, options));
        }
        let labels = tracking.as_ref().and_then(|joined| joined.trackings().original());
        for file in labels.into_iter().chain([&original]) {
            doubt_midnights(file, options.zone_stated)?;
        }
        Ok(BatchSummary { tracking, ..recorded.finish(rows, &skipped)? })
    })
}

/// Parcels would be covered without the numbers they have.
fn of_other_orders(joined: &Joined, options: &BatchOptions) -> Error {
    let (file, orders) = (joined.trackings().file(), &options.source);
    Error::usage(
        format!("{file}: no row of it is of an order in {orders}, so nothing was recorded"),
        "is it the right file? The numbers of the orders are compared, without blanks and # around them; \
         --dry-run without --tracking shows those of the orders",
    )
}

fn begin<'l>(ledger: &'l mut Ledger, options: &BatchOptions) -> Result<Place<'l>, Error> {
    Ok(if options.dry_run {
        Place::Trying(ledger.covered())
    } else {
        Place::Recording(Box::new(ledger.write()?))
    })
}
