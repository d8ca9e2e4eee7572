//! Which rows of a file of tracking numbers were of use to the file of orders beside it, and why the
//! others were not.

use std::cell::Cell;

use super::trackings::{LOOKED_AT, Trackings};
use crate::parcel::same_tracking;
use crate::words::words;

words! {
    /// Why the tracking number of an order that is in the file is not used.
    pub enum Unused {
        /// The rows of its order have a package number, and an order may have several packages.
        PackageNumber = "package_number",
        /// Its order has no such article.
        NoSuchArticle = "no_such_article",
        /// Its order, or the parcel that has the number, is refused.
        OrderRefused = "order_refused",
        /// Its order is cancelled, and which of its numbers it had does not matter.
        OrderCancelled = "order_cancelled",
        /// The rows of its order have another number of it.
        AnotherNumber = "another_number",
        /// Each row of its order is passed over: none is of a parcel.
        NoParcel = "no_parcel",
    }
}

/// The order is in the file.
const MET: u16 = 1;
/// A row of it looks for its article's label, and finds those that are [`NAMED`].
const BY_ARTICLE: u16 = 2;
const HAS_PACKAGE: u16 = 4;
const REFUSED: u16 = 8;
const CANCELLED: u16 = 16;
/// A row has the label's number.
const TAKEN: u16 = 32;
/// A row is of the label's article.
const NAMED: u16 = 64;
/// A parcel with the label's number came out of the file,
const USED: u16 = 128;
/// or one that is cancelled,
const OF_CANCELLED: u16 = 256;
/// or one that is refused.
const OF_REFUSED: u16 = 512;

/// What came of a parcel that has a number.
#[derive(Clone, Copy, PartialEq, Eq)]
#[repr(u16)]
pub(super) enum CameOut {
    Well = USED,
    Cancelled = OF_CANCELLED,
    Refused = OF_REFUSED,
}

/// What is known of each row there: what was met of its order, where it is that order's first row, and
/// what was taken of its label.
pub(super) struct Uses {
    rows: Vec<Cell<u16>>,
    /// The first row there of the order that is being looked up.
    order: u32,
}

impl Uses {
    /// Of so many rows, with nothing met.
    pub(super) fn new(rows: usize) -> Uses {
        Uses { rows: vec![Cell::new(0); rows], order: 0 }
    }

    /// A row here is of this order.
    pub(super) fn meet(&mut self, first: u32) {
        self.order = first;
        self.note(first, MET);
    }

    /// It has this label.
    pub(super) fn take(&self, entry: u32) {
        self.note(entry, TAKEN);
    }

    /// It is in the labels that name its article, these.
    pub(super) fn by_article(&self, labels: impl Iterator<Item = u32>) {
        self.note(self.order, BY_ARTICLE);
        labels.for_each(|entry| self.note(entry, NAMED));
    }

    /// It has a package number and no other.
    pub(super) fn has_package(&self) {
        self.note(self.order, HAS_PACKAGE);
    }

    /// It gets no number, since it is refused or is cancelled.
    pub(super) fn not_taken(&self, cancelled: bool) {
        self.note(self.order, if cancelled { CANCELLED } else { REFUSED });
    }

    /// A parcel of the order whose first row this is came out of the file with this number.
    pub(super) fn came_out(&self, trackings: &Trackings, first: u32, number: &str, what: CameOut) {
        let labels = trackings.chain(first).take(LOOKED_AT);
        for entry in labels.filter(|entry| same_tracking(trackings.tracking(*entry), number)) {
            self.note(entry, what as u16);
        }
        if let (CameOut::Refused, Some(row)) = (what, trackings.first_of(number)) {
            self.note(row, OF_REFUSED);
        }
    }

    fn note(&self, row: u32, what: u16) {
        if let Some(noted) = self.rows.get(row as usize) {
            noted.set(noted.get() | what);
        }
    }

    /// What is noted, with the orders that are refused besides.
    pub(super) fn noted(&self, is_refused: impl Fn(u32) -> bool) -> Vec<u16> {
        let noted = self.rows.iter().enumerate().map(|(row, noted)| {
            if is_refused(row as u32) { noted.get() | REFUSED } else { noted.get() }
        });
        noted.collect()
    }
}

/// Whether an order is in the file.
pub(super) fn is_met(noted: &[u16], first: u32) -> bool {
    noted.get(first as usize).is_some_and(|noted| noted & MET != 0)
}

/// Whether a parcel has this label's number.
pub(super) fn is_used(noted: &[u16], entry: u32) -> bool {
    let used = TAKEN | USED;
    noted.get(entry as usize).is_some_and(|noted| noted & used == used)
}

/// The labels of an order in the file, each with why it is not used, or `None` where it is.
pub(super) fn labels_of(
    trackings: &Trackings,
    noted: &[u16],
    first: u32,
) -> Vec<(u32, Option<Unused>)> {
    let is = |row: u32, what: u16| noted.get(row as usize).is_some_and(|noted| noted & what != 0);
    let labels = trackings.labels(first);
    let number = |entry| trackings.shipment(entry).map_or("", |label| label.tracking);
    let taken: Vec<u32> = labels.iter().copied().filter(|entry| is(*entry, TAKEN)).collect();
    // A parcel of several orders that is refused comes out by the name of one of them.
    let refused = |entry: u32| {
        let by_number = trackings.first_of(number(entry));
        is(entry, OF_REFUSED) || by_number.is_some_and(|row| is(row, OF_REFUSED))
    };
    let why = |entry: u32| {
        let by_article = is(first, BY_ARTICLE) && trackings.names_article(entry);
        if by_article && !is(entry, NAMED) {
            return Some(Unused::NoSuchArticle);
        }
        let same = |one: &u32| *one == entry || same_tracking(number(*one), number(entry));
        match taken.iter().copied().find(same) {
            Some(row) if is_used(noted, row) => None,
            Some(row) if refused(row) => Some(Unused::OrderRefused),
            Some(row) if is(row, OF_CANCELLED) => Some(Unused::OrderCancelled),
            _ if is(first, REFUSED) => Some(Unused::OrderRefused),
            Some(_) => Some(Unused::NoParcel),
            None if is(first, HAS_PACKAGE) => Some(Unused::PackageNumber),
            None if is(first, CANCELLED) => Some(Unused::OrderCancelled),
            None => Some(Unused::AnotherNumber),
        }
    };
    labels.iter().map(|entry| (*entry, why(*entry))).collect()
}
