//! Orders and the tracking numbers that stand in another file: a parcel gets its number by its
//! order's name, before rows are put together to parcels. So orders that were packed into one parcel
//! meet under its number, as they do where the file itself has it.
//!
//! - `trackings.rs`: the numbers by order, `row.rs`: how a row of their file is taken in;
//!   `hints.rs`: what to do about a file of numbers that cannot be read
//! - `cells.rs`: what a row has of its label; `why.rs`: what keeps a row from being taken
//! - `spelled.rs`: orders that are written in two ways; `uses.rs`: which numbers were of use;
//!   `joined.rs`: what the join came to; `explain.rs`: how one row there became what it became

mod cells;
mod explain;
mod hints;
mod joined;
mod row;
mod spelled;
mod trackings;
mod uses;
mod why;

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::sync::Arc;

use crate::parcel::{Ids, same_tracking};

use super::Item;
use super::cells::Cells;
use super::header::Header;
use super::layout::Field;
use super::problem::Problem;
use super::source::Original;

pub use explain::{LabelBecame, LabelExplained, Went, explain_label};
pub use joined::{Joined, LeftOver, NotUsed, Together};
use spelled::Spelled;
pub(super) use trackings::Shipment;
pub use trackings::{Trackings, read_trackings};
pub use uses::Unused;
use uses::{CameOut, Uses};

/// Differences that are kept to be told; the others are counted.
const KEPT: usize = 1000;

/// The tracking numbers for a file that is being read.
pub(super) struct Join {
    trackings: Arc<Trackings>,
    /// How the file here writes each order there.
    spelled: Spelled,
    uses: Uses,
    /// Whether rows here make parcels: orders under one number are then one parcel.
    groups: bool,
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
    /// With these, for the rows of one file. Where each row is a parcel of its own and comes out at
    /// once, the file is looked through for orders it writes in two ways: the first of them could not
    /// be taken back.
    pub(super) fn new(
        trackings: Arc<Trackings>,
        groups: bool,
        original: &Original,
        header: &Header,
    ) -> Join {
        let mut spelled = Spelled::new(trackings.len());
        if !groups {
            spelled.look_through(&trackings, original, header);
        }
        Join {
            spelled,
            uses: Uses::new(trackings.len()),
            groups,
            trackings,
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
        self.uses.meet(first);
        self.spelled.meet(first, order, bare.row.line);
        self.found = match self.spelled.otherwise(first, order) {
            Some(line) => {
                let problem = self.written_in_two_ways(order, line);
                Found::Unclear(Box::new(bare.wrong(Field::Order, problem)))
            }
            None => self.label(first, ids.package, ids.tracking, bare),
        };
        if let Found::Label { entry, .. } = self.found {
            self.uses.take(entry);
        }
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
        let label = |entry, own| match self.trackings.contradicted(entry) {
            Some(line) => unclear(self.contradicted(line, bare)),
            None => Found::Label { entry, own },
        };
        if let Some(own) = own {
            let same = shipments.iter().find(|shipment| same_tracking(shipment.tracking, own));
            return match (same, shipments.first()) {
                (Some(same), _) => label(same.entry, true),
                // It may be one of those that were not looked through.
                (None, Some(_)) if more => Found::Nothing,
                (None, Some(other)) => unclear(self.another_number(own, *other, bare)),
                (None, None) => Found::Nothing,
            };
        }
        // An order may have several packages: its name does not tell them apart.
        if package.is_some() {
            self.uses.has_package();
            return Found::Nothing;
        }
        if let Some((line, contradicts)) = self.trackings.unreadable_line(first) {
            return unclear(match contradicts {
                true => self.contradicted(line, bare),
                false => self.unread(line, bare),
            });
        }
        let sku = bare.text(Field::Sku).ok().flatten();
        let names_all = sku.is_some() && shipments.iter().all(|label| label.sku.is_some());
        if let (Some(one), false, false) = (the_one(shipments.iter()), more, names_all) {
            return label(one, false);
        }
        let holds = |label: &&Shipment<'_>| {
            label.sku.zip(sku).is_some_and(|(there, here)| there.eq_ignore_ascii_case(here))
        };
        if names_all {
            self.uses.by_article(shipments.iter().filter(holds).map(|label| label.entry));
        }
        match the_one(shipments.iter().filter(holds)) {
            Some(one) if !more => label(one, false),
            _ => unclear(self.several(&shipments, more, sku.filter(|_| names_all), bare)),
        }
    }

    /// What comes out of the file, looked at once more: an order that turned out to be written in
    /// two ways is none of either; parcels that have no number are counted.
    pub(super) fn item(&mut self, item: Item) -> Item {
        let row = match item {
            Item::Parcel(row) => row,
            Item::Bad(bad) => {
                self.came_out(bad.ids.order.as_deref(), &bad.ids, CameOut::Refused);
                return Item::Bad(bad);
            }
            Item::Event(_) => return item,
        };
        let orders = row.parcel.ids.order.iter().chain(&row.parcel.other_orders);
        let otherwise = orders.filter_map(|order| {
            let first = self.trackings.find(order)?;
            Some((order.clone(), self.spelled.otherwise(first, order)?))
        });
        if let Some((order, line)) = otherwise.into_iter().next() {
            let mut bad = self.written_in_two_ways(&order, line).at(row.line, row.parcel.ids);
            (bad.more_lines, bad.order_lines) = (row.more_lines, row.order_lines);
            return Item::Bad(bad);
        }
        let what = if row.parcel.facts.cancelled { CameOut::Cancelled } else { CameOut::Well };
        let orders = row.parcel.ids.order.iter().chain(&row.parcel.other_orders);
        self.came_out(orders.map(String::as_str), &row.parcel.ids, what);
        if row.parcel.ids.tracking.is_none() && !row.parcel.facts.cancelled {
            self.without += 1;
        }
        Item::Parcel(row)
    }

    /// What came of a parcel of these orders is known of the label whose number it has.
    fn came_out<'o>(&self, orders: impl IntoIterator<Item = &'o str>, ids: &Ids, what: CameOut) {
        let Some(number) = ids.tracking.as_deref() else { return };
        let firsts = orders.into_iter().filter_map(|order| self.trackings.find(order));
        firsts.for_each(|first| self.uses.came_out(&self.trackings, first, number, what));
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

/// The first of these labels, if all have one number.
fn the_one<'s>(mut labels: impl Iterator<Item = &'s Shipment<'s>>) -> Option<u32> {
    let first = labels.next()?;
    labels.all(|label| same_tracking(label.tracking, first.tracking)).then_some(first.entry)
}
