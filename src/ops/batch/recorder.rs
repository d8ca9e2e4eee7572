//! The recording side of a batch: looks up what is covered already, decides, writes, counts.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::Duration;

use super::super::cancel::replace;
use super::super::conflict::{conflict, labelled_twice, raises, stated_alike};
use super::super::convert::RatesUsed;
use super::super::doubts::Doubts;
use super::super::rivals::{Rival, not_awaited, other_label, rivals};
use super::super::terms::{RecordedTerms, TermsInForce};
use super::super::track::name;
use super::super::whole_order::as_one;
use super::accounted::{Accounted, Counting};
use super::pricing::{Priced, Quoted, uncovered};
use super::seen::{Names, Seen, same_file};
use super::waiting::{WAITING, Waiting};
use super::{Agreement, BatchOptions, BatchOutcome, BatchSummary, Decision, RefusalCount};
use crate::calendar::Day;
use crate::error::Error;
use crate::intake::{ParcelRow, Skipped};
use crate::ledger::{BatchTotals, Covered, Existing, Known, LedgerError, SameBy, Wanted, Write};
use crate::money::Money;
use crate::number::{BatchNo, PolicyNo};
use crate::parcel::{CoverChoice, Ids, Parcel};
use crate::policy::State;
use crate::rules::{Quote, Terms};

/// How often the user sees how far it is, while a file is read that gives nothing yet.
const TICK: Duration = Duration::from_millis(200);

/// Where decisions go.
pub(super) enum Place<'l> {
    /// Into the ledger.
    Recording(Box<Write<'l>>),
    /// Nowhere: a dry run asks the ledger and locks nothing.
    Trying(Covered<'l>),
}

impl Place<'_> {
    fn find_known(&mut self, parcels: &[Wanted<'_>]) -> Result<Vec<Known>, LedgerError> {
        match self {
            Place::Recording(write) => write.find_known(parcels),
            Place::Trying(covered) => covered.find_known(parcels),
        }
    }
}

/// What was asked for a parcel.
struct Asked<'a> {
    row: &'a ParcelRow,
    names: Names,
    version: Day,
    choice: CoverChoice,
}

/// The recording side: looks up, decides, writes, counts.
pub(super) struct Recorder<'l, 't> {
    place: Place<'l>,
    terms: &'t TermsInForce,
    options: &'t BatchOptions,
    batch: Option<BatchNo>,
    versions: BTreeMap<Day, RecordedTerms>,
    agreement: Agreement,
    seen: Seen,
    waiting: Waiting,
    /// Whether package numbers of the file are of labels.
    packages_are_labels: bool,
    /// Parcels that are covered under fewer names than they have now.
    packed: BTreeMap<PolicyNo, Parcel>,
    /// Parcels of the file that a further row of it gave a package number.
    numbered: Vec<Parcel>,
    /// The policies in whose place there is now one with more cover.
    raised: Vec<PolicyNo>,
    refusals: BTreeMap<String, RefusalCount>,
    counting: Counting,
    summary: BatchSummary,
}

impl<'l, 't> Recorder<'l, 't> {
    /// With nothing taken in yet.
    pub(super) fn new(
        place: Place<'l>,
        terms: &'t TermsInForce,
        options: &'t BatchOptions,
        packages_are_labels: bool,
    ) -> Self {
        let currency = terms.plan().currency;
        let zero = Money::zero(currency);
        Recorder {
            place,
            terms,
            options,
            batch: None,
            versions: BTreeMap::new(),
            agreement: options.agreement,
            seen: Seen::default(),
            waiting: Waiting::default(),
            packages_are_labels,
            packed: BTreeMap::new(),
            numbered: Vec::new(),
            raised: Vec::new(),
            refusals: BTreeMap::new(),
            counting: Counting::default(),
            summary: BatchSummary {
                batch: None,
                dry_run: options.dry_run,
                rows: 0,
                accounted: Accounted::default(),
                parcels: 0,
                insured: 0,
                bought: 0,
                already_insured: 0,
                cancelled: 0,
                cancelled_covered: 0,
                refused: 0,
                refusals: Vec::new(),
                cover: zero,
                premium: zero,
                stays_uninsured: zero,
                doubts: Doubts::default(),
                assumed: false,
                currency,
                rates: RatesUsed::default(),
                tracking: None,
            },
        }
    }

    /// Takes in everything the reading thread sends, from its first chunk on.
    pub(super) fn take_all(
        &mut self,
        first: Option<Vec<Priced>>,
        receiver: &Receiver<Vec<Priced>>,
        each: &mut dyn FnMut(&BatchOutcome<'_>) -> Result<(), Error>,
        tick: &mut dyn FnMut(),
    ) -> Result<(), Error> {
        let mut counting = std::mem::take(&mut self.counting);
        let mut counted = |outcome: &BatchOutcome<'_>| {
            counting.count(1 + outcome.more_lines.len() as u64, outcome.decision);
            each(outcome)
        };
        let mut next = first;
        while let Some(chunk) = next {
            let looked_up = chunk.iter().filter_map(Priced::looked_up);
            let wanted = |parcel| Wanted::from(parcel).package_is_label(self.packages_are_labels);
            let looked_up: Vec<Wanted<'_>> = looked_up.map(wanted).collect();
            let mut known = self.place.find_known(&looked_up)?.into_iter();
            for priced in chunk {
                self.take(priced, &mut known, &mut counted)?;
            }
            next = next_chunk(receiver, tick);
        }
        for (quoted, rivals) in self.waiting.take() {
            self.take_quoted(quoted, None, &rivals, &mut counted)?;
        }
        self.counting = counting;
        Ok(())
    }

    fn take(
        &mut self,
        priced: Priced,
        known: &mut impl Iterator<Item = Known>,
        each: &mut dyn FnMut(&BatchOutcome<'_>) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let Known { same, of_order } =
            priced.looked_up().and_then(|_| known.next()).unwrap_or_default();
        let existing = same.filter(|existing| {
            priced.looked_up().is_none_or(|parcel| !self.is_another(existing, &parcel.ids))
        });
        match priced.at_its_rate(existing.as_ref(), self.terms, self.options) {
            Priced::Bad(bad) => {
                self.refused(bad.code, None);
                let decision = Decision::Bad(bad);
                let Decision::Bad(bad) = &decision else {
                    return Ok(());
                };
                let (more_lines, order_lines) = (&*bad.more_lines, &bad.order_lines);
                each(&BatchOutcome {
                    line: bad.line,
                    more_lines,
                    order_lines: order_lines.as_deref().unwrap_or_default(),
                    ids: &bad.ids,
                    decision: &decision,
                })
            }
            Priced::Cancelled(row) => {
                self.summary.parcels += 1;
                self.summary.cancelled += 1;
                let covered = existing.is_some_and(|known| known.state == State::Confirmed);
                self.summary.cancelled_covered += u64::from(covered);
                report(&row, &Decision::Cancelled, each)
            }
            Priced::Refused { row, refusal, .. } => {
                self.summary.parcels += 1;
                self.refused(refusal.code, Some(&refusal.clause));
                report(&row, &Decision::Refused(refusal), each)
            }
            Priced::Quoted(quoted) => {
                let (parcel, quote) = (&quoted.row.parcel, &quoted.quote);
                let existing = existing.map(|known| as_one(known, &of_order, parcel, quote));
                let rivals = match existing {
                    Some(_) => Vec::new(),
                    None => rivals(&of_order, parcel, quote, self.packages_are_labels),
                };
                let waits = self.waiting.missing(&rivals).is_some();
                let quoted =
                    if waits { self.waiting.push(quoted, rivals.clone()) } else { Some(quoted) };
                match quoted {
                    Some(quoted) => self.take_quoted(quoted, existing, &rivals, each),
                    None => Ok(()),
                }
            }
        }
    }

    /// Decides on a parcel with a price. Of its rivals those count that the file does not have.
    fn take_quoted(
        &mut self,
        quoted: Box<Quoted>,
        existing: Option<Existing>,
        rivals: &[Rival],
        each: &mut dyn FnMut(&BatchOutcome<'_>) -> Result<(), Error>,
    ) -> Result<(), Error> {
        self.summary.parcels += 1;
        let Quoted { row, quote, names, version, choice, .. } = *quoted;
        let decision = match self.waiting.missing(rivals) {
            Some(rival) => {
                let terms = self.terms.on(version).map_err(Error::Refused)?;
                Decision::Refused(if self.waiting.is_full() {
                    not_awaited(terms, rival, WAITING)
                } else {
                    other_label(terms, rival, &row.parcel)
                })
            }
            None => {
                let asked = Asked { row: &row, names, version, choice };
                self.decide(asked, Box::new(quote), existing)?
            }
        };
        match &decision {
            Decision::Insured { quote, .. } => {
                self.count(quote)?;
                self.summary.rates.count(&row.parcel, self.options.today);
                if quote.figures.bought() {
                    let terms = self.terms.on(version).map_err(Error::Refused)?;
                    self.summary.doubts.count(terms, &row.parcel);
                }
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
            Decision::Cancelled => self.summary.cancelled += 1,
            Decision::Bad(_) => {}
        }
        report(&row, &decision, each)
    }

    fn decide(
        &mut self,
        asked: Asked<'_>,
        quote: Box<Quote>,
        existing: Option<Existing>,
    ) -> Result<Decision, Error> {
        let Asked { row, names, version, choice } = asked;
        let terms = self.terms.on(version).map_err(Error::Refused)?;
        // Whatever is decided on its cover, the file has this policy's parcel.
        if let Some(existing) = &existing
            && existing.state != State::Cancelled
            && stated_alike(terms, existing, &row.parcel, &quote)
        {
            self.waiting.meet(existing.no);
        }
        let raised = match &existing {
            Some(existing) => raises(terms, existing, &row.parcel, &quote, choice),
            None => None,
        };
        if let Some(existing) = existing.filter(|_| raised.is_none()) {
            if existing.state == State::Cancelled {
                return Ok(Decision::Cancelled);
            }
            return Ok(match conflict(terms, &existing, &row.parcel, &quote, choice) {
                Some(refusal) => Decision::Refused(refusal),
                None => {
                    if existing.is_named_by(&row.parcel.ids) {
                        let earlier = self.seen.before(names, &quote.figures, row.line);
                        if let Some(earlier) = earlier.filter(|earlier| earlier.other_label) {
                            let refusal = labelled_twice(terms, &row.parcel, earlier.line);
                            return Ok(Decision::Refused(refusal));
                        }
                        self.packed.insert(existing.no, row.parcel.clone());
                    }
                    // What is covered as asked is not too late.
                    let refused = quote.refused.filter(|_| quote.asked_cover != existing.cover);
                    Decision::AlreadyInsured { policy: Some(existing.no), refused }
                }
            });
        }
        if let Some(refusal) = uncovered(terms, &quote) {
            return Ok(Decision::Refused(refusal));
        }
        if let Some(earlier) = self.seen.before(names, &quote.figures, row.line) {
            return Ok(match same_file(terms, &row.parcel, &quote, &earlier) {
                Some(refusal) => Decision::Refused(refusal),
                None => {
                    if earlier.gets_number {
                        self.numbered.push(row.parcel.clone());
                    }
                    Decision::AlreadyInsured { policy: None, refused: quote.refused }
                }
            });
        }
        self.raised.extend(raised);
        if !quote.figures.premium.is_zero() {
            self.agree(terms)?;
        }
        let policy = self.bind(terms, row, &quote)?;
        Ok(Decision::Insured { policy, quote })
    }

    /// Before the first bought cover: the provider's agreement is accepted, or nothing is bought.
    fn agree(&mut self, terms: Terms<'_>) -> Result<(), Error> {
        let Place::Recording(write) = &mut self.place else { return Ok(()) };
        let Some(agreement) = &terms.version.agreement else { return Ok(()) };
        match std::mem::replace(&mut self.agreement, Agreement::Before) {
            Agreement::Before => {}
            Agreement::Now => {
                let (plan, today) = (&terms.plan.id, self.options.today);
                write.accept_agreement(plan, &agreement.clause, today)?;
            }
            Agreement::No => {
                return Err(Error::AgreementNeeded { plan: terms.plan.id.clone() });
            }
        }
        Ok(())
    }

    /// Whether the order that was covered before it was packed has become another package already:
    /// then this one is a parcel of its own.
    fn is_another(&self, existing: &Existing, ids: &Ids) -> bool {
        existing.how == SameBy::UnpackedOrder
            && self
                .packed
                .get(&existing.no)
                .is_some_and(|parcel| parcel.ids.plain_handle() != ids.plain_handle())
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
        summary.bought += u64::from(figures.bought());
        summary.cover = sum(summary.cover, figures.cover)?;
        summary.premium = sum(summary.premium, figures.premium)?;
        summary.stays_uninsured = sum(summary.stays_uninsured, quote.stays_uninsured)?;
        summary.assumed |= quote.basis.is_assumed();
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
    pub(super) fn finish(self, rows: u64, skipped: &Skipped) -> Result<BatchSummary, Error> {
        let Recorder { place, options, batch, refusals, mut summary, seen, .. } = self;
        let (packed, numbered, raised) = (self.packed, self.numbered, self.raised);
        summary.accounted = self.counting.all(skipped);
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
        let Place::Recording(mut write) = place else { return Ok(summary) };
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
        }
        for (policy, parcel) in &packed {
            name(&mut write, *policy, parcel, options.today)?;
        }
        let ids: Vec<&Ids> = numbered.iter().map(|parcel| &parcel.ids).collect();
        for (parcel, known) in numbered.iter().zip(write.find_same(&ids)?) {
            if let Some(known) = known.filter(|known| known.is_named_by(&parcel.ids)) {
                name(&mut write, known.no, parcel, options.today)?;
            }
        }
        for policy in raised {
            replace(&mut write, policy, options.today)?;
        }
        write.commit()?;
        Ok(summary)
    }
}

fn report(
    row: &ParcelRow,
    decision: &Decision,
    each: &mut dyn FnMut(&BatchOutcome<'_>) -> Result<(), Error>,
) -> Result<(), Error> {
    each(&BatchOutcome {
        line: row.line,
        more_lines: &row.more_lines,
        order_lines: row.order_lines.as_deref().unwrap_or_default(),
        ids: &row.parcel.ids,
        decision,
    })
}

/// The next rows the reading thread sends; none when it is done.
pub(super) fn next_chunk(
    receiver: &Receiver<Vec<Priced>>,
    tick: &mut dyn FnMut(),
) -> Option<Vec<Priced>> {
    loop {
        tick();
        match receiver.recv_timeout(TICK) {
            Ok(chunk) => return Some(chunk),
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => return None,
        }
    }
}
