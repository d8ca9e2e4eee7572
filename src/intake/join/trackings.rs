//! Tracking numbers by order, compact: a file has a million of them.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::hash::{BuildHasher, Hasher};

use foldhash::quality::RandomState;

use crate::calendar::Day;
use crate::intake::account::{Skip, Skipped};
use crate::intake::cells::Cells;
use crate::intake::error::IntakeError;
use crate::intake::layout::Field;
use crate::intake::orders::Added;
use crate::intake::problem::{BadRow, Problem, Trouble, codes};
use crate::intake::source::Original;
use crate::intake::store::{Blocks, NONE, Numbers, Short, Texts};
use crate::intake::{Item, Options, Purpose, Source, open_for};
use crate::parcel::{Ids, plain_order};

/// Rows of one order that are looked through. Beyond them nothing is told apart any more.
const LOOKED_AT: usize = 256;
/// Rows that cannot be read which are kept to be told; the others are counted.
const KEPT: usize = 1000;
/// In `facts`: the row cannot be read.
const UNREADABLE: u32 = u32::MAX >> 1;
/// In `facts`: the row follows another one of its order.
const FOLLOWS: u32 = 1 << 31;

/// The tracking numbers of a file, by the orders they are of.
pub struct Trackings {
    about: About,
    /// One a label; that of an order's first row is found by the order.
    entries: Blocks<Entry>,
    /// The article of each, where the file has a column for it.
    skus: Vec<u32>,
    ids: Short,
    orders: Numbers,
    texts: Texts,
    kinds: Vec<Kind>,
    kind_numbers: HashMap<Kind, u32, RandomState>,
    hasher: RandomState,
    bad: Vec<BadRow>,
    refused: BTreeMap<&'static str, u64>,
}

/// What is known of the file itself, once it was read.
#[derive(Default)]
struct About {
    file: String,
    layout: String,
    why: String,
    original: Option<Original>,
    rows: u64,
    skipped: Skipped,
}

/// A row that names a label, or should.
#[derive(Clone, Copy)]
struct Entry {
    /// Where its tracking number is; of an order's first row where the order's name is, and behind
    /// it the number.
    ids: u32,
    /// The next row of the same order.
    next: u32,
    line: u32,
    facts: u32,
}

/// What many labels of a file have in common.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Kind {
    carrier: u32,
    service: u32,
    ship_date: Option<Day>,
    label_created: Option<Day>,
}

/// One label of an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::intake) struct Shipment<'a> {
    /// Its number among the labels.
    pub(in crate::intake) entry: u32,
    /// Its line in the file.
    pub(in crate::intake) line: u64,
    /// Its tracking number.
    pub(in crate::intake) tracking: &'a str,
    /// The article that is in it, where the file says so.
    pub(in crate::intake) sku: Option<&'a str>,
    pub(in crate::intake) carrier: Option<&'a str>,
    pub(in crate::intake) service: Option<&'a str>,
    pub(in crate::intake) ship_date: Option<Day>,
    pub(in crate::intake) label_created: Option<Day>,
}

/// Reads a file of tracking numbers to its end. Rows that cannot be read are kept, and spoil the
/// orders they name.
///
/// # Errors
/// It cannot be read, no layout with order and tracking number fits, or it is damaged as a whole.
pub fn read_trackings(source: Source, options: Options) -> Result<Trackings, IntakeError> {
    let of_trackings = |why| IntakeError::OfTrackings(Box::new(why));
    let mut reader = open_for(Purpose::Trackings, source, options).map_err(of_trackings)?;
    let (mut bad, mut refused) = (Vec::new(), BTreeMap::new());
    for item in reader.by_ref() {
        if let Item::Bad(row) = item.map_err(of_trackings)? {
            *refused.entry(row.code).or_insert(0) += 1;
            if bad.len() < KEPT {
                bad.push(row);
            }
        }
    }
    let filled = reader.filling.take();
    let mut trackings = filled.map_or_else(Trackings::new, |filled| *filled);
    let original = reader.original();
    trackings.about = About {
        file: original.name().to_owned(),
        layout: reader.layout().to_owned(),
        why: reader.why().to_owned(),
        original: Some(original),
        rows: reader.rows(),
        skipped: reader.skipped().clone(),
    };
    (trackings.bad, trackings.refused) = (bad, refused);
    Ok(trackings)
}

impl Trackings {
    /// With nothing in it yet.
    pub(in crate::intake) fn new() -> Trackings {
        Trackings {
            about: About::default(),
            entries: Blocks::default(),
            skus: Vec::new(),
            ids: Short::default(),
            orders: Numbers::default(),
            texts: Texts::default(),
            kinds: Vec::new(),
            kind_numbers: HashMap::default(),
            hasher: RandomState::default(),
            bad: Vec::new(),
            refused: BTreeMap::new(),
        }
    }

    /// The file, as messages call it.
    pub fn file(&self) -> &str {
        &self.about.file
    }

    /// The id of the layout it has.
    pub fn layout(&self) -> &str {
        &self.about.layout
    }

    /// Why it is that layout, for people.
    pub fn why(&self) -> &str {
        &self.about.why
    }

    /// The file, to say how it was read.
    pub fn original(&self) -> Option<&Original> {
        self.about.original.as_ref()
    }

    /// Rows of it, header and empty rows not counted.
    pub fn rows(&self) -> u64 {
        self.about.rows
    }

    /// Rows that were passed over, by reason.
    pub fn skipped(&self) -> &Skipped {
        &self.about.skipped
    }

    /// Rows that cannot be read, the first thousand of them.
    pub fn bad(&self) -> &[BadRow] {
        &self.bad
    }

    /// How many rows cannot be read, by code.
    pub fn refused(&self) -> &BTreeMap<&'static str, u64> {
        &self.refused
    }

    /// Takes one row in; `Some` where it names no label, and why.
    pub(in crate::intake) fn add(
        &mut self,
        cells: Cells<'_>,
        is_sheet: bool,
    ) -> Result<Option<Skip>, Added> {
        let (order, tracking) = (cells.id(Field::Order), cells.id(Field::Tracking));
        let read = cells.whole(is_sheet).and_then(|()| cells.meanings());
        let said = match read {
            Ok(said) => said,
            Err(problem) => return Err(self.unreadable(order.ok().flatten(), cells, problem)),
        };
        // That the carrier has no news yet is none of the order's concern.
        if let Some(skip) = said.skip.filter(|skip| *skip != Skip::NoNews) {
            return Ok(Some(skip));
        }
        if said.cancelled || !cells.get(Field::CancelledOn).is_empty() {
            return Ok(Some(Skip::Voided));
        }
        let tracking = match tracking {
            Ok(Some(tracking)) if is_number(tracking) => match one_number(tracking) {
                Some(tracking) => tracking,
                None => {
                    let problem = cells.wrong(Field::Tracking, several_numbers());
                    return Err(self.unreadable(order.ok().flatten(), cells, problem));
                }
            },
            Ok(_) => return Ok(Some(Skip::NoTrackingNumber)),
            Err(problem) => return Err(self.unreadable(order.ok().flatten(), cells, problem)),
        };
        let order = match order {
            Ok(Some(order)) => order,
            Ok(None) => {
                let problem = cells.missing(Field::Order, codes::MISSING_ID, "order number");
                return Err(self.unreadable(None, cells, problem));
            }
            Err(problem) => return Err(self.unreadable(None, cells, problem)),
        };
        let read = self.kind(cells).and_then(|kind| Ok((kind, cells.text(Field::Sku)?)));
        let (kind, sku) = match read {
            Ok(read) => read,
            Err(Trouble::File(fatal)) => return Err(Added::Fatal(fatal)),
            Err(Trouble::Row(problem)) => {
                return Err(self.unreadable(Some(order), cells, with_own_words(*problem)));
            }
        };
        let sku = self.texts.whole_number(sku, 2);
        let by_article = cells.header.place(Field::Sku).is_some();
        let known = self.find(order).is_some_and(|first| {
            let same = |at: &u32| *self.tracking(*at) == *tracking && self.sku_number(*at) == sku;
            self.chain(first).take(LOOKED_AT).any(|at| self.is_readable(at) && same(&at))
        });
        if known {
            return Ok(Some(Skip::Repeated));
        }
        let line = cells.row.line;
        self.push(order, &tracking, line, kind).ok_or_else(|| too_much(cells))?;
        if by_article {
            self.skus.resize(self.entries.len(), NONE);
            if let Some(last) = self.skus.last_mut() {
                *last = sku;
            }
        }
        Ok(None)
    }

    /// What the row says of its label besides the number.
    fn kind(&mut self, cells: Cells<'_>) -> Result<u32, Trouble> {
        let kind = Kind {
            carrier: self.texts.number(cells.text(Field::Carrier)?, 0),
            service: self.texts.number(cells.text(Field::Service)?, 1),
            ship_date: cells.day(Field::ShipDate)?,
            label_created: cells.day(Field::LabelCreatedAt)?,
        };
        let kinds = &mut self.kinds;
        Ok(*self.kind_numbers.entry(kind).or_insert_with(|| {
            kinds.push(kind);
            (kinds.len() - 1) as u32
        }))
    }

    /// A row that cannot be read. The order it names, if it does, has a label that is not known.
    fn unreadable(&mut self, order: Option<&str>, cells: Cells<'_>, problem: Problem) -> Added {
        let line = cells.row.line;
        let noted = order.map(|order| self.push(order, "", line, UNREADABLE));
        if noted == Some(None) {
            return too_much(cells);
        }
        let ids = Ids { order: order.map(str::to_owned), ..Ids::default() };
        Added::Bad(Box::new(problem.at(line, ids)))
    }

    /// Puts a row to its order; `None` where there are too many.
    fn push(&mut self, order: &str, tracking: &str, line: u64, facts: u32) -> Option<()> {
        let line = u32::try_from(line).ok()?;
        let (hash, name) = (self.hash(order), plain_order(order));
        let is = |at| plain_order(order_of(&self.entries, &self.ids, at)) == name;
        match self.orders.place(hash, is) {
            Ok(first) => {
                let ids = self.ids.push([tracking.as_bytes()])?;
                let next = self.entries.get(first)?.next;
                let at = self.entries.push(Entry { ids, next, line, facts: facts | FOLLOWS })?;
                self.entries[first].next = at;
            }
            Err(vacancy) => {
                let ids = self.ids.push([order.as_bytes(), tracking.as_bytes()])?;
                vacancy.fill(self.entries.push(Entry { ids, next: NONE, line, facts })?);
            }
        }
        Some(())
    }

    /// The first row of an order, by the order's name as people write it.
    pub(in crate::intake) fn find(&self, order: &str) -> Option<u32> {
        let name = plain_order(order);
        let is = |at: u32| plain_order(self.order(at)) == name;
        self.orders.find(self.hash(order), is)
    }

    /// The labels of an order that can be read, in the order of the file as far as they are looked
    /// through; and whether there are more.
    pub(in crate::intake) fn shipments(&self, first: u32) -> (Vec<Shipment<'_>>, bool) {
        let mut all = self.chain(first);
        let looked_at = all.by_ref().take(LOOKED_AT);
        let mut shipments: Vec<_> = looked_at.filter_map(|at| self.shipment(at)).collect();
        shipments.sort_unstable_by_key(|shipment| shipment.line);
        (shipments, all.next().is_some())
    }

    /// All labels of an order that can be read, in the order of the file.
    pub(in crate::intake) fn all_shipments(&self, first: u32) -> Vec<Shipment<'_>> {
        let mut all: Vec<_> = self.chain(first).filter_map(|at| self.shipment(at)).collect();
        all.sort_unstable_by_key(|shipment| shipment.line);
        all
    }

    /// The line of an order's first row that cannot be read, if there is one.
    pub(in crate::intake) fn unreadable_line(&self, first: u32) -> Option<u64> {
        let lines = self.chain(first).take(LOOKED_AT).filter(|at| !self.is_readable(*at));
        lines.filter_map(|at| Some(u64::from(self.entries.get(at)?.line))).min()
    }

    /// One label.
    pub(in crate::intake) fn shipment(&self, entry: u32) -> Option<Shipment<'_>> {
        let at = self.entries.get(entry)?;
        let kind = self.kinds.get((at.facts & !FOLLOWS) as usize)?;
        Some(Shipment {
            entry,
            line: u64::from(at.line),
            tracking: self.tracking(entry),
            sku: self.texts.get(self.sku_number(entry)),
            carrier: self.texts.get(kind.carrier),
            service: self.texts.get(kind.service),
            ship_date: kind.ship_date,
            label_created: kind.label_created,
        })
    }

    /// All rows, those that cannot be read among them.
    pub(in crate::intake) fn len(&self) -> usize {
        self.entries.len()
    }

    /// The first row of each order, in the order of the file.
    pub(in crate::intake) fn firsts(&self) -> impl Iterator<Item = u32> {
        let firsts = self.entries.iter().enumerate().filter(|(_, at)| at.facts & FOLLOWS == 0);
        firsts.map(|(at, _)| at as u32)
    }

    /// How many labels of an order can be read.
    pub(in crate::intake) fn count(&self, first: u32) -> u64 {
        self.chain(first).filter(|at| self.is_readable(*at)).count() as u64
    }

    /// The name of the order whose first row this is, as the file writes it.
    pub(in crate::intake) fn order(&self, first: u32) -> &str {
        order_of(&self.entries, &self.ids, first)
    }

    fn tracking(&self, at: u32) -> &str {
        let Some(entry) = self.entries.get(at) else { return "" };
        let (first, next) = self.ids.get(entry.ids);
        text(if entry.facts & FOLLOWS == 0 { self.ids.get(next).0 } else { first })
    }

    fn sku_number(&self, at: u32) -> u32 {
        self.skus.get(at as usize).copied().unwrap_or(NONE)
    }

    fn is_readable(&self, at: u32) -> bool {
        self.entries.get(at).is_some_and(|at| at.facts & !FOLLOWS != UNREADABLE)
    }

    /// The rows of an order.
    fn chain(&self, first: u32) -> impl Iterator<Item = u32> {
        let mut at = first;
        std::iter::from_fn(move || {
            let here = at;
            at = self.entries.get(here)?.next;
            Some(here)
        })
    }

    fn hash(&self, order: &str) -> u64 {
        let mut hasher = self.hasher.build_hasher();
        hasher.write(plain_order(order).as_bytes());
        hasher.finish()
    }
}

impl fmt::Debug for Trackings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Trackings of {}: {} rows", self.about.file, self.about.rows)
    }
}

/// The name of the order whose first row this is.
fn order_of<'a>(entries: &Blocks<Entry>, ids: &'a Short, first: u32) -> &'a str {
    entries.get(first).map_or("", |at| text(ids.get(at.ids).0))
}

/// A text that was put in.
fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap_or_default()
}

/// A number without the blanks people group it with; `None` where the cell holds more than one.
fn one_number(cell: &str) -> Option<Cow<'_, str>> {
    /// The longest group: `9400 1118 9956`, `1Z 999 AA1 01 2345 6784`.
    const GROUP: usize = 5;
    if cell.contains([',', ';', '/', '|', '+', '&']) {
        return None;
    }
    let mut parts = cell.split_ascii_whitespace();
    match (parts.next(), parts.next()) {
        (Some(_), None) => Some(Cow::Borrowed(cell)),
        _ if cell.split_ascii_whitespace().all(|part| part.len() <= GROUP) => {
            Some(Cow::Owned(cell.split_ascii_whitespace().collect()))
        }
        _ => None,
    }
}

fn several_numbers() -> Problem {
    Problem::row(codes::BAD_ID, "is more than a tracking number, or several of them")
        .with_hint("write one number in a row; an order of several parcels has a row for each")
}

/// Whether it can be a tracking number. `n/a`, `pickup` and `0000` stand with many orders, which are
/// not one parcel.
fn is_number(tracking: &str) -> bool {
    tracking.bytes().any(|b| matches!(b, b'1'..=b'9'))
}

/// What to do about a day that reads two ways: the flag that decides is of the other file.
fn with_own_words(mut problem: Problem) -> Problem {
    if problem.code == codes::UNCLEAR_DATE {
        let value = problem.value.clone().unwrap_or_default();
        problem.reason =
            format!("`{value}` is a day in two ways, and nothing in the file shows which is meant");
        problem.hint = Some("write the days of this file as 2026-11-03".to_owned());
    }
    problem
}

fn too_much(cells: Cells<'_>) -> Added {
    Added::Fatal(Box::new(IntakeError::TooMuch {
        name: cells.file.to_owned(),
        line: cells.row.line,
    }))
}

#[cfg(test)]
mod tests {
    use super::Entry;

    #[test]
    fn a_label_is_small() {
        assert_eq!(size_of::<Entry>(), 16);
    }
}
