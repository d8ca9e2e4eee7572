//! Covering a file of parcels: every row decided on its own merits, all of it recorded in one
//! transaction or none of it.
//!
//! The file is read and priced on one thread while the other looks up and records what came
//! before: `Priced` rows travel between them in chunks.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::time::Duration;

use serde::Serialize;

use super::conflict::{conflict, stated_twice};
use super::terms::{RecordedTerms, TermsInForce};
use crate::calendar::Day;
use crate::error::Error;
use crate::intake::{BadRow, Item, ParcelRow, Reader};
use crate::ledger::{BatchTotals, Existing, Ledger, Write};
use crate::money::{Currency, Money};
use crate::number::{BatchNo, PolicyNo};
use crate::parcel::{CoverChoice, Ids};
use crate::plan::Cited;
use crate::rules::{Quote, Refusal, Terms, Trace, quote};

mod seen;
use seen::Seen;

/// Rows that travel together.
const CHUNK: usize = 1024;

/// How often the user sees how far it is, while a file is read that gives nothing yet.
const TICK: Duration = Duration::from_millis(200);

/// How a file is to be covered.
#[derive(Debug, Clone)]
pub struct BatchOptions {
    /// The cover asked for where a row does not say.
    pub choice: CoverChoice,
    /// Today.
    pub today: Day,
    /// Decide everything, record nothing.
    pub dry_run: bool,
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BatchSummary {
    /// The batch's number; none in a dry run or where nothing new was recorded.
    pub batch: Option<BatchNo>,
    /// Whether nothing was recorded because none was to be.
    pub dry_run: bool,
    /// Rows read.
    pub rows: u64,
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
    /// Whether a charged premium rests on figures nobody publishes.
    pub assumed: bool,
    /// The currency.
    pub currency: Currency,
}

/// What the reading thread hands over: a row with its price, or why it has none.
enum Priced {
    Quoted { row: ParcelRow, version: Day, choice: CoverChoice, quote: Box<Quote> },
    Refused { row: ParcelRow, refusal: Box<Refusal> },
    Cancelled(ParcelRow),
    Bad(Box<BadRow>),
}

/// Covers a file.
///
/// `agree` is asked once, before the first bought cover, whether the provider's agreement is
/// accepted, and says whether that is new; `each` is handed every decision in the order of the
/// file; `tick` is called now and then. Decisions hold only once this function has returned: until then nothing is on disk.
///
/// # Errors
/// The file or the ledger fails, the agreement is not accepted, the premium exceeds what is
/// allowed: then nothing is recorded.
pub fn insure_batch(
    ledger: &mut Ledger,
    terms: &TermsInForce,
    mut reader: Reader,
    options: &BatchOptions,
    agree: &mut dyn FnMut(&Ledger, Terms<'_>) -> Result<bool, Error>,
    each: &mut dyn FnMut(&BatchOutcome<'_>) -> Result<(), Error>,
    tick: &mut dyn FnMut(),
) -> Result<BatchSummary, Error> {
    let write = ledger.write()?;
    std::thread::scope(|scope| {
        let (sender, receiver) = sync_channel(4);
        let reading = scope.spawn(move || {
            let result = price_all(terms, &mut reader, options, &sender);
            result.map(|()| reader.rows())
        });
        let mut recorder = Recorder::new(write, terms, options);
        let recorded = recorder.take_all(&receiver, agree, each, tick);
        // Hang up, so that the reading thread stops if recording failed.
        drop(receiver);
        let rows = reading.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        recorded?;
        recorder.finish(rows?)
    })
}

fn price_all(
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
        Ok((version, quote)) => Priced::Quoted { row, version, choice, quote: Box::new(quote) },
        Err(refusal) => Priced::Refused { row, refusal },
    }
}

/// A parcel that is worth nothing, such as a free sample, has nothing to cover.
fn worthless(terms: Terms<'_>) -> Box<Refusal> {
    let reason = "the package value is 0, there is nothing to cover (a free sample?)".to_owned();
    Box::new(Refusal::by(terms.version.value.cite("value"), "no_value", reason))
}

/// The recording side: looks up, decides, writes, counts.
struct Recorder<'l, 't> {
    write: Write<'l>,
    terms: &'t TermsInForce,
    options: &'t BatchOptions,
    batch: Option<BatchNo>,
    versions: BTreeMap<Day, RecordedTerms>,
    agreed: bool,
    seen: Seen,
    refusals: BTreeMap<String, RefusalCount>,
    summary: BatchSummary,
}

impl<'l, 't> Recorder<'l, 't> {
    fn new(write: Write<'l>, terms: &'t TermsInForce, options: &'t BatchOptions) -> Self {
        let currency = terms.plan().currency;
        let zero = Money::zero(currency);
        Recorder {
            write,
            terms,
            options,
            batch: None,
            versions: BTreeMap::new(),
            agreed: options.dry_run,
            seen: Seen::default(),
            refusals: BTreeMap::new(),
            summary: BatchSummary {
                batch: None,
                dry_run: options.dry_run,
                rows: 0,
                parcels: 0,
                insured: 0,
                bought: 0,
                already_insured: 0,
                cancelled: 0,
                refused: 0,
                refusals: Vec::new(),
                cover: zero,
                premium: zero,
                stays_uninsured: zero,
                assumed: false,
                currency,
            },
        }
    }

    fn take_all(
        &mut self,
        receiver: &Receiver<Vec<Priced>>,
        agree: &mut dyn FnMut(&Ledger, Terms<'_>) -> Result<bool, Error>,
        each: &mut dyn FnMut(&BatchOutcome<'_>) -> Result<(), Error>,
        tick: &mut dyn FnMut(),
    ) -> Result<(), Error> {
        loop {
            tick();
            let chunk = match receiver.recv_timeout(TICK) {
                Ok(chunk) => chunk,
                Err(RecvTimeoutError::Timeout) => continue,
                Err(RecvTimeoutError::Disconnected) => return Ok(()),
            };
            let quoted = chunk.iter().filter_map(|priced| match priced {
                Priced::Quoted { row, .. } => Some(&row.parcel.ids),
                _ => None,
            });
            let mut existing = self.write.find_same(&quoted.collect::<Vec<&Ids>>())?.into_iter();
            for priced in chunk {
                self.take(priced, &mut existing, agree, each)?;
            }
        }
    }

    fn take(
        &mut self,
        priced: Priced,
        existing: &mut impl Iterator<Item = Option<Existing>>,
        agree: &mut dyn FnMut(&Ledger, Terms<'_>) -> Result<bool, Error>,
        each: &mut dyn FnMut(&BatchOutcome<'_>) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let mut report = |line, more_lines: &[u64], ids: &Ids, decision: &Decision| {
            each(&BatchOutcome { line, more_lines, ids, decision })
        };
        match priced {
            Priced::Bad(bad) => {
                self.refused(bad.code, None);
                let decision = Decision::Bad(bad);
                let Decision::Bad(bad) = &decision else {
                    return Ok(());
                };
                report(bad.line, &bad.more_lines, &bad.ids, &decision)
            }
            Priced::Cancelled(row) => {
                self.summary.parcels += 1;
                self.summary.cancelled += 1;
                report(row.line, &row.more_lines, &row.parcel.ids, &Decision::Cancelled)
            }
            Priced::Refused { row, refusal } => {
                self.summary.parcels += 1;
                self.refused(refusal.code, Some(&refusal.clause));
                report(row.line, &row.more_lines, &row.parcel.ids, &Decision::Refused(refusal))
            }
            Priced::Quoted { row, version, choice, quote } => {
                self.summary.parcels += 1;
                let existing = existing.next().flatten();
                let decision = self.decide(&row, version, choice, quote, existing, agree)?;
                if let Decision::Insured { quote, .. } = &decision {
                    self.count(quote)?;
                }
                match &decision {
                    Decision::Insured { quote, .. } => {
                        if let Some(refusal) = &quote.refused {
                            self.refused(refusal.code, Some(&refusal.clause));
                        }
                    }
                    Decision::AlreadyInsured { refused, .. } => {
                        self.summary.already_insured += 1;
                        if let Some(refusal) = refused {
                            self.refused(refusal.code, Some(&refusal.clause));
                        }
                    }
                    Decision::Refused(refusal) => self.refused(refusal.code, Some(&refusal.clause)),
                    Decision::Cancelled | Decision::Bad(_) => {}
                }
                report(row.line, &row.more_lines, &row.parcel.ids, &decision)
            }
        }
    }

    fn decide(
        &mut self,
        row: &ParcelRow,
        version: Day,
        choice: CoverChoice,
        quote: Box<Quote>,
        existing: Option<Existing>,
        agree: &mut dyn FnMut(&Ledger, Terms<'_>) -> Result<bool, Error>,
    ) -> Result<Decision, Error> {
        let terms = self.terms.on(version).map_err(Error::Refused)?;
        let value = quote.figures.package_value;
        if let Some(earlier) = self.seen.before(&row.parcel.ids, value.minor(), row.line) {
            if earlier.value == value.minor() {
                return Ok(Decision::AlreadyInsured { policy: None, refused: None });
            }
            let first = Money::from_minor(earlier.value, value.currency());
            return Ok(Decision::Refused(stated_twice(terms, value, first, earlier.line)));
        }
        if let Some(existing) = existing {
            return Ok(match conflict(terms, &existing, &quote, choice) {
                Some(refusal) => Decision::Refused(refusal),
                None => {
                    Decision::AlreadyInsured { policy: Some(existing.no), refused: quote.refused }
                }
            });
        }
        if !quote.figures.premium.is_zero() && !self.agreed {
            if agree(&self.write, terms)?
                && let Some(agreement) = &terms.version.agreement
            {
                self.write.accept_agreement(
                    &terms.plan.id,
                    &agreement.clause,
                    self.options.today,
                )?;
            }
            self.agreed = true;
        }
        let policy = if self.options.dry_run { None } else { Some(self.bind(terms, row, &quote)?) };
        Ok(Decision::Insured { policy, quote })
    }

    fn bind(
        &mut self,
        terms: Terms<'_>,
        row: &ParcelRow,
        quote: &Quote,
    ) -> Result<PolicyNo, Error> {
        if self.batch.is_none() {
            let source = Some(self.options.source.as_str());
            self.batch =
                Some(self.write.start_batch(self.options.today, "batch-insure", source)?);
        }
        let version = match self.versions.entry(terms.version.effective) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(new) => new.insert(self.terms.record(&mut self.write, terms)?),
        };
        Ok(self.write.bind(version.id, &version.policy(terms, &row.parcel, quote))?)
    }

    fn count(&mut self, quote: &Quote) -> Result<(), Error> {
        let figures = &quote.figures;
        let sum = |a: Money, b: Money| {
            a.plus(b).map_err(|why| Error::usage(why.to_string(), "split the file"))
        };
        let summary = &mut self.summary;
        summary.insured += 1;
        summary.bought += u64::from(figures.cover != figures.included_cover);
        summary.cover = sum(summary.cover, figures.cover)?;
        summary.premium = sum(summary.premium, figures.premium)?;
        summary.stays_uninsured = sum(summary.stays_uninsured, quote.stays_uninsured)?;
        summary.assumed |= quote.rests_on_assumed;
        Ok(())
    }

    fn refused(&mut self, code: &str, clause: Option<&str>) {
        self.summary.refused += 1;
        if let Some(known) = self.refusals.get_mut(code) {
            known.count += 1;
            return;
        }
        let count =
            RefusalCount { code: code.to_owned(), count: 1, clause: clause.map(str::to_owned) };
        self.refusals.insert(code.to_owned(), count);
    }

    fn finish(self, rows: u64) -> Result<BatchSummary, Error> {
        let Recorder { mut write, options, batch, refusals, mut summary, seen, .. } = self;
        // The ledger now needs the memory to put a million identifiers in order.
        drop(seen);
        summary.rows = rows;
        summary.batch = batch;
        summary.refusals = refusals.into_values().collect();
        if let Some(limit) = options.max_premium
            && summary.premium.minor() > limit.minor()
        {
            return Err(Error::OverBudget { premium: summary.premium, limit });
        }
        if let Some(batch) = batch {
            write.finish_batch(
                batch,
                &BatchTotals {
                    rows: summary.rows,
                    parcels: summary.parcels,
                    insured: summary.insured,
                    already_insured: summary.already_insured,
                    refused: summary.refused,
                    cover: summary.cover,
                    premium: summary.premium,
                },
            )?;
            write.commit()?;
        }
        Ok(summary)
    }
}
