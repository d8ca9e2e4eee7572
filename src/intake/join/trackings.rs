//! Tracking numbers by order, compact: a file has a million of them.

use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::hash::{BuildHasher, Hasher};

use foldhash::quality::RandomState;

use crate::calendar::Day;
use crate::intake::account::Skipped;
use crate::intake::asked::Notes;
use crate::intake::error::IntakeError;
use crate::intake::problem::BadRow;
use crate::intake::source::Original;
use crate::intake::store::{Blocks, NONE, Numbers, Short, Texts};
use crate::intake::{Item, Options, Purpose, Source, open_for};
use crate::parcel::{plain_order, plain_tracking, same_tracking};

/// Rows of one order that are looked through. Beyond them nothing is told apart any more.
pub(super) const LOOKED_AT: usize = 256;
/// Rows that are kept to be told, as they cannot be read or say another day; the others are counted.
pub(super) const KEPT: usize = 1000;
/// In `facts`: the row cannot be read.
pub(super) const UNREADABLE: u32 = u32::MAX >> 1;
/// In `facts`: the row cannot be read, as it says something else of a number than a row above.
pub(super) const CONTRADICTS: u32 = UNREADABLE - 1;
/// In `facts`: the row follows another one of its order.
const FOLLOWS: u32 = 1 << 31;

/// The tracking numbers of a file, by the orders they are of.
pub struct Trackings {
    about: About,
    /// One a label; that of an order's first row is found by the order.
    pub(super) entries: Blocks<Entry>,
    /// The article of each, where the file has a column for it.
    pub(super) skus: Vec<u32>,
    ids: Short,
    orders: Numbers,
    /// The first row of each number.
    pub(super) numbers: Numbers,
    pub(super) texts: Texts,
    pub(super) kinds: Vec<Kind>,
    pub(super) kind_numbers: HashMap<Kind, u32, RandomState>,
    /// By a number's first row: what all of its rows say together, where one says more than the first.
    pub(super) restated: HashMap<u32, u32, RandomState>,
    /// By a number's first row: the line that says another carrier or service.
    pub(super) contradicted: HashMap<u32, u64, RandomState>,
    /// Rows of a further order under a number, behind the first row of that.
    pub(super) together: Vec<(u32, u32)>,
    /// Rows that say another day of a number than one above.
    pub(super) other_days: Told,
    /// Words for what became of a label that mean nothing to a list of labels, with their rows and the
    /// first of these lines.
    pub(super) unknown_words: BTreeMap<String, (u64, u64)>,
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
    /// What was noted of the row that somebody asks about.
    asked: Option<Notes>,
}

/// Something that is told row by row, as far as it is kept.
#[derive(Default)]
pub(super) struct Told {
    pub(super) count: u64,
    pub(super) told: Vec<String>,
}

/// A row that names a label, or should.
#[derive(Clone, Copy)]
pub(super) struct Entry {
    /// Where its tracking number is; of an order's first row where the order's name is, and behind
    /// it the number.
    ids: u32,
    /// The next row of the same order.
    next: u32,
    pub(super) line: u32,
    facts: u32,
}

/// What many labels of a file have in common.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Kind {
    pub(super) carrier: u32,
    pub(super) service: u32,
    pub(super) ship_date: Option<Day>,
    pub(super) label_created: Option<Day>,
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
    let asked = options.asked.clone();
    let mut reader = open_for(Purpose::Trackings, source, options).map_err(of_trackings)?;
    let (mut bad, mut refused) = (Vec::new(), BTreeMap::new());
    for item in reader.by_ref() {
        if let Item::Bad(row) = item.map_err(of_trackings)? {
            *refused.entry(row.code).or_insert(0) += 1;
            if bad.len() < KEPT || asked.as_ref().is_some_and(|asked| asked.asks(row.line)) {
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
        asked: asked.map(|asked| asked.notes().clone()),
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
            numbers: Numbers::default(),
            texts: Texts::default(),
            kinds: Vec::new(),
            kind_numbers: HashMap::default(),
            restated: HashMap::default(),
            contradicted: HashMap::default(),
            together: Vec::new(),
            other_days: Told::default(),
            unknown_words: BTreeMap::new(),
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

    /// What was noted of the row that somebody asks about.
    pub(super) fn asked_notes(&self) -> Option<&Notes> {
        self.about.asked.as_ref()
    }

    /// The label on a line.
    pub(super) fn entry_on(&self, line: u64) -> Option<u32> {
        let on = |at: &Entry| u64::from(at.line) == line;
        self.entries.iter().position(on).map(|at| at as u32).filter(|at| self.is_readable(*at))
    }

    /// The order of a label, as the file writes it: few ask, so it is looked for.
    pub(super) fn order_of(&self, entry: u32) -> &str {
        let first = self.firsts().find(|first| self.chain(*first).any(|at| at == entry));
        first.map_or("", |first| self.order(first))
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

    /// How many rows say another day of a number than a row above, and what the first thousand say.
    pub fn other_days(&self) -> (u64, &[String]) {
        (self.other_days.count, &self.other_days.told)
    }

    /// Words for what became of a label that are not known, each with how many rows have it and the
    /// first of these lines: those rows are taken as labels in use.
    pub fn unknown_words(&self) -> impl Iterator<Item = (&str, u64, u64)> {
        self.unknown_words.iter().map(|(word, (rows, line))| (word.as_str(), *rows, *line))
    }

    /// Puts a row to its order; `None` where there are too many.
    pub(super) fn push(
        &mut self,
        order: &str,
        tracking: &str,
        line: u64,
        facts: u32,
    ) -> Option<()> {
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

    /// The line of an order's first row that cannot be read, if there is one; and whether that is since
    /// it contradicts a row above.
    pub(in crate::intake) fn unreadable_line(&self, first: u32) -> Option<(u64, bool)> {
        let rows = self.chain(first).take(LOOKED_AT).filter(|at| !self.is_readable(*at));
        let rows = rows.filter_map(|at| self.entries.get(at));
        rows.map(|at| (u64::from(at.line), at.facts & !FOLLOWS == CONTRADICTS)).min()
    }

    /// One label.
    pub(in crate::intake) fn shipment(&self, entry: u32) -> Option<Shipment<'_>> {
        let at = self.entries.get(entry)?;
        let mut kind = *self.kinds.get((at.facts & !FOLLOWS) as usize)?;
        if !self.restated.is_empty()
            && let Some(first) = self.first_of(self.tracking(entry))
        {
            kind = self.kind_of(first)?;
        }
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

    /// The rows of an order that can be read.
    pub(super) fn labels(&self, first: u32) -> Vec<u32> {
        self.chain(first).filter(|at| self.is_readable(*at)).collect()
    }

    /// Whether an order has one row alone, and that can be read.
    pub(super) fn is_alone(&self, first: u32) -> bool {
        self.entries.get(first).is_some_and(|at| at.next == NONE) && self.is_readable(first)
    }

    /// Whether a row names the article in its label.
    pub(super) fn names_article(&self, entry: u32) -> bool {
        self.sku_number(entry) != NONE
    }

    /// The first row of a tracking number, whatever its order.
    pub(super) fn first_of(&self, tracking: &str) -> Option<u32> {
        let is = |at: u32| same_tracking(self.tracking(at), tracking);
        self.numbers.find(self.hash_of_number(tracking), is)
    }

    /// What the rows of a number say, by its first row.
    pub(super) fn kind_of(&self, first: u32) -> Option<Kind> {
        let own = self.entries.get(first)?.facts & !FOLLOWS;
        let said = self.restated.get(&first).copied().unwrap_or(own);
        self.kinds.get(said as usize).copied()
    }

    /// The line that says of this label's number what cannot be if its first row is right.
    pub(super) fn contradicted(&self, entry: u32) -> Option<u64> {
        if self.contradicted.is_empty() {
            return None;
        }
        self.contradicted.get(&self.first_of(self.tracking(entry))?).copied()
    }

    /// The name of the order whose first row this is, as the file writes it.
    pub(in crate::intake) fn order(&self, first: u32) -> &str {
        order_of(&self.entries, &self.ids, first)
    }

    pub(super) fn tracking(&self, at: u32) -> &str {
        let Some(entry) = self.entries.get(at) else { return "" };
        let (first, next) = self.ids.get(entry.ids);
        text(if entry.facts & FOLLOWS == 0 { self.ids.get(next).0 } else { first })
    }

    pub(super) fn sku_number(&self, at: u32) -> u32 {
        self.skus.get(at as usize).copied().unwrap_or(NONE)
    }

    pub(super) fn is_readable(&self, at: u32) -> bool {
        self.entries.get(at).is_some_and(|at| at.facts & !FOLLOWS < CONTRADICTS)
    }

    /// The rows of an order.
    pub(super) fn chain(&self, first: u32) -> impl Iterator<Item = u32> {
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

    pub(super) fn hash_of_number(&self, tracking: &str) -> u64 {
        let mut hasher = self.hasher.build_hasher();
        hasher.write(plain_tracking(tracking).as_bytes());
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

#[cfg(test)]
mod tests {
    use super::Entry;

    #[test]
    fn a_label_is_small() {
        assert_eq!(size_of::<Entry>(), 16);
    }
}
