//! The recording side of a batch: looks up what is covered already, decides, writes, counts.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::Duration;

use super::super::conflict::{conflict, stated_twice, tracking_reused};
use super::super::terms::{RecordedTerms, TermsInForce};
use super::pricing::Priced;
use super::seen::{Earlier, Seen};
use super::{BatchOptions, BatchOutcome, BatchSummary, Decision, RefusalCount};
use crate::calendar::Day;
use crate::error::Error;
use crate::intake::ParcelRow;
use crate::ledger::{BatchTotals, Covered, Existing, Ledger, LedgerError, Write};
use crate::money::Money;
use crate::number::{BatchNo, PolicyNo};
use crate::parcel::{CoverChoice, Ids, Parcel};
use crate::rules::{Quote, Refusal, Terms};

/// How often the user sees how far it is, while a file is read that gives nothing yet.
const TICK: Duration = Duration::from_millis(200);

/// The further lines of a parcel, and those of its order where it shares a fee.
type Lines<'a> = (&'a [u64], &'a Option<Arc<[u64]>>);

/// Where decisions go.
pub(super) enum Place<'l> {
    /// Into the ledger.
    Recording(Box<Write<'l>>),
    /// Nowhere: a dry run asks the ledger and locks nothing.
    Trying(Covered<'l>),
}

impl Place<'_> {
    fn find_same(&mut self, parcels: &[&Ids]) -> Result<Vec<Option<Existing>>, LedgerError> {
        match self {
            Place::Recording(write) => write.find_same(parcels),
            Place::Trying(covered) => covered.find_same(parcels),
        }
    }
}

/// The recording side: looks up, decides, writes, counts.
pub(super) struct Recorder<'l, 't> {
    place: Place<'l>,
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
    /// With nothing taken in yet.
    pub(super) fn new(
        place: Place<'l>,
        terms: &'t TermsInForce,
        options: &'t BatchOptions,
    ) -> Self {
        let currency = terms.plan().currency;
        let zero = Money::zero(currency);
        Recorder {
            place,
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

    /// Takes in everything the reading thread sends.
    pub(super) fn take_all(
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
            let mut existing = self.place.find_same(&quoted.collect::<Vec<&Ids>>())?.into_iter();
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
        let mut report = |line, lines: Lines<'_>, ids: &Ids, decision: &Decision| {
            let (more_lines, order_lines) = (lines.0, lines.1.as_deref().unwrap_or_default());
            each(&BatchOutcome { line, more_lines, order_lines, ids, decision })
        };
        match priced {
            Priced::Bad(bad) => {
                self.refused(bad.code, None);
                let decision = Decision::Bad(bad);
                let Decision::Bad(bad) = &decision else {
                    return Ok(());
                };
                report(bad.line, (&bad.more_lines, &bad.order_lines), &bad.ids, &decision)
            }
            Priced::Cancelled(row) => {
                self.summary.parcels += 1;
                self.summary.cancelled += 1;
                report(
                    row.line,
                    (&row.more_lines, &row.order_lines),
                    &row.parcel.ids,
                    &Decision::Cancelled,
                )
            }
            Priced::Refused { row, refusal } => {
                self.summary.parcels += 1;
                self.refused(refusal.code, Some(&refusal.clause));
                report(
                    row.line,
                    (&row.more_lines, &row.order_lines),
                    &row.parcel.ids,
                    &Decision::Refused(refusal),
                )
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
                report(row.line, (&row.more_lines, &row.order_lines), &row.parcel.ids, &decision)
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
        if let Some(existing) = existing {
            return Ok(match conflict(terms, &existing, &row.parcel, &quote, choice) {
                Some(refusal) => Decision::Refused(refusal),
                None => {
                    Decision::AlreadyInsured { policy: Some(existing.no), refused: quote.refused }
                }
            });
        }
        if let Some(earlier) = self.seen.before(&row.parcel.ids, &quote.figures, row.line) {
            return Ok(match same_file(terms, &row.parcel, &quote, &earlier) {
                Some(refusal) => Decision::Refused(refusal),
                None => Decision::AlreadyInsured { policy: None, refused: quote.refused },
            });
        }
        if !quote.figures.premium.is_zero() && !self.agreed {
            if let Place::Recording(write) = &mut self.place
                && agree(write, terms)?
                && let Some(agreement) = &terms.version.agreement
            {
                let (plan, today) = (&terms.plan.id, self.options.today);
                write.accept_agreement(plan, &agreement.clause, today)?;
            }
            self.agreed = true;
        }
        let policy = self.bind(terms, row, &quote)?;
        Ok(Decision::Insured { policy, quote })
    }

    /// Records the policy; a dry run has none.
    fn bind(
        &mut self,
        terms: Terms<'_>,
        row: &ParcelRow,
        quote: &Quote,
    ) -> Result<Option<PolicyNo>, Error> {
        let Place::Recording(write) = &mut self.place else { return Ok(None) };
        if self.batch.is_none() {
            let source = Some(self.options.source.as_str());
            self.batch = Some(write.start_batch(self.options.today, "batch-insure", source)?);
        }
        let version = match self.versions.entry(terms.version.effective) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(new) => new.insert(self.terms.record(write, terms)?),
        };
        Ok(Some(write.bind(version.id, &version.policy(terms, &row.parcel, quote))?))
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

    /// Records what the batch came to, and makes it durable.
    pub(super) fn finish(self, rows: u64) -> Result<BatchSummary, Error> {
        let Recorder { place, options, batch, refusals, mut summary, seen, .. } = self;
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
        if let (Place::Recording(mut write), Some(batch)) = (place, batch) {
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

/// What stands against a parcel that this file has covered already.
fn same_file(
    terms: Terms<'_>,
    parcel: &Parcel,
    quote: &Quote,
    earlier: &Earlier,
) -> Option<Box<Refusal>> {
    let figures = &quote.figures;
    if !earlier.same_order {
        return Some(tracking_reused(
            terms,
            parcel,
            &format!("another order on line {}", earlier.line),
        ));
    }
    let differs = |what, now: Money, then: i64| {
        let first = Money::from_minor(then, now.currency());
        (now != first).then(|| stated_twice(terms, what, now, first, earlier.line))
    };
    differs("value", figures.package_value, earlier.value)
        .or_else(|| differs("cover", figures.cover, earlier.cover))
}
