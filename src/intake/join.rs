//! Orders and the tracking numbers that stand in another file: a parcel gets its number by its
//! order's name, before rows are put together to parcels. So orders that were packed into one parcel
//! meet under its number, as they do where the file itself has it.
//!
//! - `trackings.rs`: the numbers by order; `joined.rs`: what the join came to; `hints.rs`: what to do
//!   about a file of numbers that cannot be read

mod hints;
mod joined;
mod trackings;

use std::cell::RefCell;
use std::collections::{BTreeSet, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use crate::calendar::Day;
use crate::parcel::same_tracking;

use super::cells::{Cells, Meanings};
use super::layout::Field;
use super::problem::{BadRow, Problem, Trouble, codes};
use super::{Item, ParcelRow};

pub use joined::{Joined, LeftOver};
pub(super) use trackings::Shipment;
pub use trackings::{Trackings, read_trackings};

/// Tracking numbers that a message names; the others are counted.
const NAMED: usize = 4;
/// Differences that are kept to be told; the others are counted.
const KEPT: usize = 1000;

/// The tracking numbers for a file that is being read.
pub(super) struct Join {
    trackings: Arc<Trackings>,
    /// By the first row of each order there: the line here that names it first, and a hash of how.
    met: Vec<[u32; 2]>,
    /// Orders that are written in two ways here: which of them is meant there is not known.
    unclear: HashSet<u32>,
    /// What was found for the row that is being read.
    found: Found,
    differing: RefCell<Differing>,
    without: u64,
}

/// What there is for a row.
enum Found {
    /// Nothing: its order is not there, or cannot be looked for.
    Nothing,
    /// One label. The row may have its number itself.
    Label { entry: u32, own: bool },
    /// Something that keeps the row from being taken.
    Unclear(Box<Problem>),
}

/// Labels of which the two files say different things.
#[derive(Default)]
struct Differing {
    labels: BTreeSet<u32>,
    told: Vec<String>,
}

impl Join {
    /// With these, for the rows of one file.
    pub(super) fn new(trackings: Arc<Trackings>) -> Join {
        Join {
            met: vec![[0; 2]; trackings.len()],
            trackings,
            unclear: HashSet::new(),
            found: Found::Nothing,
            differing: RefCell::default(),
            without: 0,
        }
    }

    /// Looks up the order of the next row. `bare` are its cells as they stand in the file.
    pub(super) fn meet(&mut self, bare: Cells<'_>) {
        self.found = Found::Nothing;
        let (ids, _) = bare.ids();
        let Some(order) = ids.order else { return };
        let Some(first) = self.trackings.find(order) else { return };
        self.found = match self.spelled(first, order, bare) {
            Some(problem) => Found::Unclear(Box::new(problem)),
            None => self.label(first, ids.package, ids.tracking, bare),
        };
    }

    /// Two orders here that are one to the other file, such as `1001` and `#1001`.
    fn spelled(&mut self, first: u32, order: &str, bare: Cells<'_>) -> Option<Problem> {
        let line = u32::try_from(bare.row.line).unwrap_or(u32::MAX);
        let mut hasher = DefaultHasher::new();
        order.hash(&mut hasher);
        let spelled = hasher.finish() as u32;
        let met = self.met.get_mut(first as usize)?;
        if met[0] == 0 {
            *met = [line, spelled];
        }
        if met[1] == spelled {
            return None;
        }
        let reason = format!(
            "order `{order}` is written in another way on line {}, and {} does not tell the two apart",
            met[0],
            self.trackings.file()
        );
        self.unclear.insert(first);
        Some(bare.wrong(Field::Order, Problem::row(codes::CONFLICT, reason)))
    }

    /// The one label of an order that a row belongs to.
    fn label(
        &self,
        first: u32,
        package: Option<&str>,
        own: Option<&str>,
        bare: Cells<'_>,
    ) -> Found {
        let (shipments, more) = self.trackings.shipments(first);
        let unclear = |problem| Found::Unclear(Box::new(problem));
        if let Some(own) = own {
            let same = shipments.iter().find(|shipment| same_tracking(shipment.tracking, own));
            return match (same, shipments.first()) {
                (Some(same), _) => Found::Label { entry: same.entry, own: true },
                // It may be one of those that were not looked through.
                (None, Some(_)) if more => Found::Nothing,
                (None, Some(other)) => unclear(self.another_number(own, *other, bare)),
                (None, None) => Found::Nothing,
            };
        }
        // An order may have several packages: its name does not tell them apart.
        if package.is_some() {
            return Found::Nothing;
        }
        if let Some(line) = self.trackings.unreadable_line(first) {
            return unclear(self.unread(line, bare));
        }
        let sku = bare.text(Field::Sku).ok().flatten();
        let names_all = sku.is_some() && shipments.iter().all(|label| label.sku.is_some());
        if let (Some(one), false, false) = (the_one(shipments.iter()), more, names_all) {
            return Found::Label { entry: one, own: false };
        }
        let holds = |label: &&Shipment<'_>| {
            label.sku.zip(sku).is_some_and(|(there, here)| there.eq_ignore_ascii_case(here))
        };
        match the_one(shipments.iter().filter(holds)) {
            Some(one) if !more => Found::Label { entry: one, own: false },
            _ => unclear(self.several(&shipments, more, sku.filter(|_| names_all), bare)),
        }
    }

    fn another_number(&self, own: &str, there: Shipment<'_>, bare: Cells<'_>) -> Problem {
        let reason = format!(
            "tracking number `{own}` on line {} of {}, but `{}` for the same order on line {} of {}",
            bare.row.line,
            bare.file,
            there.tracking,
            there.line,
            self.trackings.file()
        );
        bare.wrong(Field::Tracking, Problem::row(codes::CONFLICT, reason))
            .with_hint("mend the file that is wrong: what is claimed is claimed by this number")
    }

    fn unread(&self, line: u64, bare: Cells<'_>) -> Problem {
        let file = self.trackings.file();
        let why = self.trackings.bad().iter().find(|bad| bad.line == line);
        let why = why.map_or_else(String::new, |bad| format!(": {}", bad.told()));
        let reason = format!("the row of this order on line {line} of {file} cannot be read{why}");
        bare.wrong(Field::Order, Problem::row(codes::TRACKING_UNREAD, reason))
            .with_hint("mend that row: a parcel is not covered without the number it has")
    }

    fn several(
        &self,
        shipments: &[Shipment<'_>],
        more: bool,
        sku: Option<&str>,
        bare: Cells<'_>,
    ) -> Problem {
        let mut numbers: Vec<(&str, u64)> = Vec::new();
        for shipment in shipments {
            if numbers.len() > NAMED {
                break;
            }
            if numbers.iter().all(|(known, _)| !same_tracking(known, shipment.tracking)) {
                numbers.push((shipment.tracking, shipment.line));
            }
        }
        let named = numbers.iter().take(NAMED);
        let named: Vec<String> =
            named.map(|(number, line)| format!("{number} (line {line})")).collect();
        let others = if more || numbers.len() > NAMED { " and more" } else { "" };
        let file = self.trackings.file();
        let (parcels, named) = (numbers.len(), named.join(", "));
        let reason = match sku {
            Some(sku) if parcels == 1 => format!(
                "{file} has one parcel of this order, {named}, and names the articles in it, but not `{sku}`"
            ),
            Some(sku) => format!(
                "{file} has several parcels of this order, {named}{others}, and does not say that `{sku}` is in one of them"
            ),
            None => format!(
                "{file} has several parcels of this order, {named}{others}, and does not say which of its goods are in which"
            ),
        };
        bare.wrong(Field::Order, Problem::row(codes::SPLIT_UNKNOWN, reason)).with_hint(
            "write the value of each parcel into a CSV with order_id, tracking_number and value and \
             insure that; or have the tracking file name the article (sku) of each row",
        )
    }

    /// What comes out of the file, looked at once more: an order that turned out to be written in
    /// two ways is none of either; parcels that have no number are counted.
    pub(super) fn item(&mut self, item: Item) -> Item {
        let Item::Parcel(row) = item else { return item };
        let orders = row.parcel.ids.order.iter().chain(&row.parcel.other_orders);
        let mut there = orders.filter_map(|order| self.trackings.find(order));
        if !self.unclear.is_empty() && there.any(|first| self.unclear.contains(&first)) {
            return Item::Bad(self.written_in_two_ways(row));
        }
        if row.parcel.ids.tracking.is_none() && !row.parcel.facts.cancelled {
            self.without += 1;
        }
        Item::Parcel(row)
    }

    fn written_in_two_ways(&self, row: ParcelRow) -> BadRow {
        let reason = format!(
            "its order is written in another way on another line, and {} does not tell the two apart",
            self.trackings.file()
        );
        let mut bad = Problem::row(codes::CONFLICT, reason).at(row.line, row.parcel.ids);
        (bad.more_lines, bad.order_lines) = (row.more_lines, row.order_lines);
        bad
    }

    /// The label of the row that is being read.
    fn found(&self) -> Option<(Shipment<'_>, bool)> {
        match self.found {
            Found::Label { entry, own } => Some((self.trackings.shipment(entry)?, own)),
            _ => None,
        }
    }

    /// Notes that the two files differ in what they say of a label.
    fn differs(&self, label: Shipment<'_>, line: u64, what: &str, here: &str, there: &str) {
        let mut differing = self.differing.borrow_mut();
        if differing.labels.insert(label.entry) && differing.told.len() < KEPT {
            let (there_line, file) = (label.line, self.trackings.file());
            differing.told.push(format!(
                "line {line}: {what} {here}, but {there} on line {there_line} of {file}"
            ));
        }
    }
}

impl<'a> Cells<'a> {
    fn label(&self) -> Option<(&'a Join, Shipment<'a>, bool)> {
        let join = self.join?;
        join.found().map(|(label, own)| (join, label, own))
    }

    /// The tracking number that the other file has, where the row has none.
    pub(super) fn joined_tracking(&self) -> Option<&'a str> {
        let (_, label, _) = self.label().filter(|(_, _, own)| !own)?;
        self.own_or_label(Field::Tracking, None, Some(label.tracking))
    }

    /// What the row says itself, else what its label says.
    fn own_or_label<T>(&self, field: Field, own: Option<T>, label: Option<T>) -> Option<T> {
        if let (None, Some(_), Some(asked)) = (&own, &label, self.asked)
            && let Some((join, label, _)) = self.label()
        {
            asked.joined(self.row.line, field, join.trackings.file(), label.line);
        }
        own.or(label)
    }

    /// What keeps the row from getting its number, unless it is cancelled and needs none.
    pub(super) fn unjoined(&self, said: &Meanings) -> Option<Problem> {
        let Found::Unclear(problem) = &self.join?.found else { return None };
        let cancelled = said.cancelled || !self.get(Field::CancelledOn).is_empty();
        (!cancelled).then(|| (**problem).clone())
    }

    /// The carrier, where the row names none that of its label.
    pub(super) fn carrier(&self) -> Result<Option<&'a str>, Problem> {
        let own = self.text(Field::Carrier)?;
        let Some((join, label, _)) = self.label() else { return Ok(own) };
        if let (Some(here), Some(there)) = (own, label.carrier)
            && !here.eq_ignore_ascii_case(there)
        {
            let (here, there) = (format!("`{here}`"), format!("`{there}`"));
            join.differs(label, self.row.line, "carrier", &here, &there);
        }
        Ok(self.own_or_label(Field::Carrier, own, label.carrier))
    }

    /// The carrier's service, where the row names none that of its label. What the buyer chose and
    /// what was bought have different names, so a difference says nothing.
    pub(super) fn service(&self) -> Result<Option<&'a str>, Problem> {
        let label = self.label().and_then(|(_, label, _)| label.service);
        Ok(self.own_or_label(Field::Service, self.text(Field::Service)?, label))
    }

    /// The ship date, where the row has none that of its label. Calendars of two zones differ by a
    /// day.
    pub(super) fn ship_date(&self) -> Result<Option<Day>, Trouble> {
        let own = self.day(Field::ShipDate)?;
        let Some((join, label, _)) = self.label() else { return Ok(own) };
        if let (Some(here), Some(there)) = (own, label.ship_date)
            && (here - there).num_days().abs() > 1
        {
            let (here, there) = (here.to_string(), there.to_string());
            join.differs(label, self.row.line, "ship date", &here, &there);
        }
        Ok(self.own_or_label(Field::ShipDate, own, label.ship_date))
    }

    /// The day of the label, where the row has none that of the other file.
    pub(super) fn label_created(&self) -> Result<Option<Day>, Trouble> {
        let own = self.day(Field::LabelCreatedAt)?;
        let label = self.label().and_then(|(_, label, _)| label.label_created);
        Ok(self.own_or_label(Field::LabelCreatedAt, own, label))
    }
}

/// The first of these labels, if all have one number.
fn the_one<'s>(mut labels: impl Iterator<Item = &'s Shipment<'s>>) -> Option<u32> {
    let first = labels.next()?;
    labels.all(|label| same_tracking(label.tracking, first.tracking)).then_some(first.entry)
}
