//! Taking in what carriers did: one event typed by hand, a file of events, or an export.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::json;

use super::lookup;
use super::midnight::doubt_midnights;
use super::terms::{KnownPlans, derive, terms_of};
use crate::calendar::Day;
use crate::error::Error;
use crate::intake::{BadRow, Item, Reader, codes};
use crate::ledger::{About, Event, Ledger, Write};
use crate::number::PolicyNo;
use crate::parcel::{CarrierEvent, Ids, Label, Parcel, same_order};
use crate::policy::{Effect, Policy, State};

mod meant;
mod rows;
use meant::meant;
pub use rows::TrackedRows;
use rows::{Counting, Fate};

/// Rows looked up together.
const CHUNK: usize = 4096;

/// What one event did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tracked {
    /// To which policy.
    pub policy: PolicyNo,
    /// Its names.
    pub ids: Ids,
    /// The event.
    pub event: CarrierEvent,
    /// When it happened.
    pub on: Day,
    /// What it changed.
    pub effect: Effect,
}

/// One row of a file and what came of it.
#[derive(Debug)]
pub enum TrackRow<'a> {
    /// An event of an insured parcel.
    Tracked {
        /// The row's line.
        line: u64,
        /// What it did.
        tracked: &'a Tracked,
    },
    /// A parcel that the ledger does not know.
    NotInsured {
        /// The row's line.
        line: u64,
        /// Its names.
        ids: &'a Ids,
        /// Under which policy its order is covered as another parcel, and that one's names.
        order_covered: Option<(PolicyNo, &'a Ids)>,
    },
    /// A row that is not taken in: it may mean several parcels, or lies in the future.
    Refused {
        /// The row's line.
        line: u64,
        /// Its names.
        ids: &'a Ids,
        /// `unclear` or `future_date`.
        code: &'static str,
        /// Why.
        reason: String,
    },
    /// A row that cannot be read.
    Bad(&'a BadRow),
}

/// What a file came to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct TrackSummary {
    /// Whether nothing was recorded because none was to be.
    pub dry_run: bool,
    /// Rows read.
    pub rows: u64,
    /// What became of each of them: all rows, in parts.
    pub accounted: TrackedRows,
    /// Events that said something new.
    pub recorded: u64,
    /// Events that were known already.
    pub already_known: u64,
    /// Policies that became effective.
    pub became_effective: u64,
    /// Policies that ended before the first scan.
    pub cancelled: u64,
    /// Rows of parcels the ledger does not know.
    pub not_insured: u64,
    /// Rows that cannot be read.
    pub bad: u64,
}

/// How a file is taken in.
#[derive(Debug, Clone, Copy)]
pub struct TrackOptions {
    /// Today: nothing can have happened later.
    pub today: Day,
    /// Decide everything, record nothing.
    pub dry_run: bool,
    /// Whether the seller's zone was stated for this very file: then times that are all midnight are
    /// taken for times.
    pub zone_stated: bool,
}

/// Records one event of one parcel.
///
/// # Errors
/// Nothing, or more than one parcel, of that name; a day in the future.
pub fn track_one(
    ledger: &mut Ledger,
    identifier: &str,
    event: CarrierEvent,
    on: Day,
    note: Option<&str>,
    today: Day,
) -> Result<Tracked, Error> {
    if on > today {
        return Err(Error::usage(
            format!("{on} is in the future, today is {today}"),
            "give the day it happened with --at, or another --today",
        ));
    }
    let mut write = ledger.write()?;
    let policy = lookup::policy(&write, identifier)?;
    let news = News { events: vec![(event, on)], note, ..News::default() };
    let mut effects = apply(&mut write, &mut KnownPlans::default(), policy.clone(), &news, today)?;
    write.commit()?;
    let effect = effects.pop().map_or(Effect::AlreadyKnown, |(.., effect)| effect);
    Ok(Tracked { policy: policy.no, ids: policy.parcel.ids, event, on, effect })
}

/// Takes in a file, handing over each row; all of it is recorded, or none.
///
/// # Errors
/// The file or the ledger fails: then nothing is recorded.
pub fn track_file(
    ledger: &mut Ledger,
    reader: &mut Reader,
    options: TrackOptions,
    each: &mut dyn FnMut(TrackRow<'_>) -> Result<(), Error>,
    tick: &mut dyn FnMut(),
) -> Result<TrackSummary, Error> {
    let mut taking = Taking {
        plans: KnownPlans::default(),
        options,
        summary: TrackSummary::default(),
        counting: Counting::default(),
    };
    let mut chunk = Vec::with_capacity(CHUNK);
    // An export is read to its end before its first parcel comes out, and the ledger taken after.
    let mut item = reader.next().transpose()?;
    let mut write = ledger.write()?;
    while item.is_some() {
        chunk.extend(item);
        item = reader.next().transpose()?;
        if chunk.len() == CHUNK || item.is_none() {
            taking.chunk(&mut write, &chunk, each)?;
            chunk.clear();
            tick();
        }
    }
    doubt_midnights(&reader.original(), options.zone_stated)?;
    let mut summary = taking.summary;
    summary.accounted = taking.counting.all(reader.skipped());
    summary.rows = reader.rows();
    summary.dry_run = options.dry_run;
    if !options.dry_run {
        write.commit()?;
    }
    Ok(summary)
}

struct Taking {
    plans: KnownPlans,
    options: TrackOptions,
    summary: TrackSummary,
    counting: Counting,
}

/// What is new of one parcel.
#[derive(Default)]
struct News<'a> {
    /// Names, where they are surely its own.
    ids: Option<&'a Ids>,
    other_orders: &'a [String],
    ship_date: Option<Day>,
    events: Vec<(CarrierEvent, Day)>,
    note: Option<&'a str>,
}

/// Gives a policy that was recorded before its order was packed the names it has now.
pub(super) fn name(
    write: &mut Write<'_>,
    policy: PolicyNo,
    parcel: &Parcel,
    today: Day,
) -> Result<(), Error> {
    let Some(policy) = write.policy(policy)? else { return Ok(()) };
    let news = News {
        ids: Some(&parcel.ids),
        other_orders: &parcel.other_orders,
        ship_date: parcel.ship_date,
        ..News::default()
    };
    apply(write, &mut KnownPlans::default(), policy, &news, today).map(drop)
}

impl Taking {
    fn chunk(
        &mut self,
        write: &mut Write<'_>,
        chunk: &[Item],
        each: &mut dyn FnMut(TrackRow<'_>) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let ids: Vec<&Ids> = chunk
            .iter()
            .filter_map(|item| match item {
                Item::Parcel(row) => Some(&row.parcel.ids),
                Item::Event(row) => Some(&row.ids),
                Item::Bad(_) => None,
            })
            .collect();
        let mut existing = write.find_same(&ids)?.into_iter();
        // The carrier's calendar may be a day ahead of the seller's.
        let tomorrow = self.options.today.succ_opt().unwrap_or(self.options.today);
        for item in chunk {
            let (line, rows, ids, parcel, news) = match item {
                Item::Bad(bad) => {
                    self.summary.bad += 1;
                    let rows = 1 + bad.more_lines.len() as u64;
                    self.counting.count(bad.line, rows, Fate::Refused(bad.code));
                    each(TrackRow::Bad(bad))?;
                    continue;
                }
                Item::Event(row) => {
                    let note = row.note.as_deref();
                    // A number of unstated kind stands in the tracking number's place; beside an
                    // order or a package it is what its column says.
                    let named = row.ids.order.is_some() || row.ids.package.is_some();
                    let news = News {
                        ids: named.then_some(&row.ids),
                        events: vec![(row.event, row.on)],
                        note,
                        ..News::default()
                    };
                    (row.line, 1, &row.ids, None, news)
                }
                Item::Parcel(row) => {
                    let parcel = &row.parcel;
                    let news = News {
                        ids: Some(&parcel.ids),
                        other_orders: &parcel.other_orders,
                        ship_date: parcel.ship_date,
                        events: facts_as_events(parcel, self.options.today),
                        note: None,
                    };
                    let rows = 1 + row.more_lines.len() as u64;
                    (row.line, rows, &parcel.ids, Some(parcel), news)
                }
            };
            let same = existing.next().flatten();
            if let Some((event, on)) = news.events.iter().find(|(_, on)| *on > tomorrow) {
                self.summary.bad += 1;
                self.counting.count(line, rows, Fate::Refused(codes::FUTURE_DATE));
                let reason = format!(
                    "{} on {on} is in the future, today is {}",
                    event.word(),
                    self.options.today
                );
                each(TrackRow::Refused { line, ids, code: codes::FUTURE_DATE, reason })?;
                continue;
            }
            let policy = match meant(write, ids, parcel, same) {
                Ok(Some(policy)) => policy,
                Ok(None) => {
                    self.summary.not_insured += 1;
                    self.counting.count(line, rows, Fate::NotInsured);
                    let covered = under_another_name(write, ids)?;
                    let order_covered = covered.as_ref().map(|by| (by.no, &by.parcel.ids));
                    each(TrackRow::NotInsured { line, ids, order_covered })?;
                    continue;
                }
                Err(Error::Usage { message, .. }) => {
                    self.summary.bad += 1;
                    self.counting.count(line, rows, Fate::Refused("unclear"));
                    each(TrackRow::Refused { line, ids, code: "unclear", reason: message })?;
                    continue;
                }
                Err(why) => return Err(why),
            };
            let (no, ids) = (policy.no, policy.parcel.ids.clone());
            let effects = match apply(write, &mut self.plans, policy, &news, self.options.today) {
                Ok(effects) => effects,
                Err(Error::Usage { message, .. }) => {
                    self.summary.bad += 1;
                    self.counting.count(line, rows, Fate::Refused("unclear"));
                    let ids = &ids;
                    each(TrackRow::Refused { line, ids, code: "unclear", reason: message })?;
                    continue;
                }
                Err(why) => return Err(why),
            };
            let said = if effects.is_empty() { Fate::NothingHappened } else { Fate::Tracked };
            self.counting.count(line, rows, said);
            for (event, on, effect) in effects {
                self.count(effect);
                let tracked = Tracked { policy: no, ids: ids.clone(), event, on, effect };
                each(TrackRow::Tracked { line, tracked: &tracked })?;
            }
        }
        Ok(())
    }

    fn count(&mut self, effect: Effect) {
        match effect {
            Effect::AlreadyKnown => self.summary.already_known += 1,
            Effect::Recorded | Effect::CancelledTooLate => self.summary.recorded += 1,
            Effect::BecameEffective | Effect::RefundUndone => {
                self.summary.recorded += 1;
                self.summary.became_effective += 1;
            }
            Effect::Cancelled => {
                self.summary.recorded += 1;
                self.summary.cancelled += 1;
            }
        }
    }
}

/// The policy of an order of which this package or label is not covered: it may be the same parcel with
/// another label.
fn under_another_name(write: &Write<'_>, ids: &Ids) -> Result<Option<Policy>, Error> {
    let packed = ids.package.is_some() || ids.tracking.is_some();
    let Some(order) = ids.order.as_deref().filter(|_| packed) else { return Ok(None) };
    match lookup::policy(write, order) {
        Ok(policy) => Ok(Some(policy)),
        // Nothing, or several parcels.
        Err(Error::NotFound { .. } | Error::Usage { .. }) => Ok(None),
        Err(why) => Err(why),
    }
}

/// Applies what is new to a policy and records it; gives what each event did.
fn apply(
    write: &mut Write<'_>,
    plans: &mut KnownPlans,
    before: Policy,
    news: &News<'_>,
    today: Day,
) -> Result<Vec<(CarrierEvent, Day, Effect)>, Error> {
    let mut after = before.clone();
    let named = learn_names(&mut after.parcel, news);
    let mut effects = Vec::new();
    let mut details: BTreeMap<&str, serde_json::Value> = BTreeMap::new();
    for &(event, on) in &news.events {
        let effect = after.apply(event, on);
        if effect != Effect::AlreadyKnown {
            details.insert(event.word(), json!(on));
        }
        effects.push((event, on, effect));
    }
    if details.is_empty() && !named {
        return Ok(effects);
    }
    revives_beside_another(write, &before, &after)?;
    let plan = plans.of(write, &before)?;
    derive(terms_of(&plan, &before)?, &mut after);
    let kind = match (details.len(), details.keys().next()) {
        (1, Some(word)) => (*word).to_owned(),
        (0, _) => "named".to_owned(),
        _ => "tracked".to_owned(),
    };
    let on = news.events.iter().map(|(_, on)| *on).max().unwrap_or(today);
    let mut detail = json!(details);
    if named {
        detail["package_id"] = json!(after.parcel.ids.package);
        detail["tracking_number"] = json!(after.parcel.ids.tracking);
    }
    if let Some(note) = news.note {
        detail["note"] = json!(note);
    }
    if before.refunded.is_some() && after.refunded.is_none() {
        detail["refund_undone"] = json!(before.refunded);
    }
    if let Some(refunded) = after.refunded.filter(|_| before.refunded.is_none()) {
        detail["refunded"] = json!(refunded);
    }
    write.update(&before, &after, &Event { on, about: About::Policy(after.no), kind, detail })?;
    Ok(effects)
}

/// A cancelled policy that turns out to have been shipped is effective again, unless another one
/// covers the parcel by now: two would pay for it.
fn revives_beside_another(
    write: &mut Write<'_>,
    before: &Policy,
    after: &Policy,
) -> Result<(), Error> {
    if before.state != State::Cancelled || after.state == State::Cancelled {
        return Ok(());
    }
    let found = write.find_same(&[&after.parcel.ids])?.into_iter().flatten().next();
    match found.filter(|other| other.no != before.no && other.state != State::Cancelled) {
        Some(other) => Err(Error::usage(
            format!("{} was cancelled, and {} covers this parcel now", before.no, other.no),
            format!("record it there: insure track {} EVENT --at DATE", other.no),
        )),
        None => Ok(()),
    }
}

/// Takes in the ship date, and the package and tracking number an order got after it was covered.
fn learn_names(parcel: &mut Parcel, news: &News<'_>) -> bool {
    let dated = parcel.ship_date.is_none() && news.ship_date.is_some();
    if dated {
        parcel.ship_date = news.ship_date;
    }
    let Some(ids) = news.ids else { return dated };
    let known = (parcel.ids.clone(), parcel.other_orders.len());
    if parcel.ids.package.is_none() {
        parcel.ids.package.clone_from(&ids.package);
    }
    if parcel.ids.tracking.is_none() {
        parcel.ids.tracking.clone_from(&ids.tracking);
    }
    for order in news.other_orders.iter().chain(&ids.order) {
        let mut known = parcel.ids.order.iter().chain(&parcel.other_orders);
        if !known.any(|known| same_order(known, order)) {
            parcel.other_orders.push(order.clone());
        }
    }
    dated || known != (parcel.ids.clone(), parcel.other_orders.len())
}

/// What an export says of a parcel, as events in the order in which they happen.
fn facts_as_events(parcel: &Parcel, today: Day) -> Vec<(CarrierEvent, Day)> {
    let facts = &parcel.facts;
    let labelled = match parcel.label {
        Label::Exists(Some(on)) => Some(on),
        _ => None,
    };
    let cancelled = facts.cancelled.then(|| facts.cancelled_on.unwrap_or(today));
    [
        (CarrierEvent::Labelled, labelled),
        (CarrierEvent::Scanned, facts.scanned_on),
        (CarrierEvent::Moved, facts.moved_on),
        (CarrierEvent::Delivered, facts.delivered_on),
        (CarrierEvent::Cancelled, cancelled),
    ]
    .into_iter()
    .filter_map(|(event, on)| Some((event, on?)))
    .collect()
}
