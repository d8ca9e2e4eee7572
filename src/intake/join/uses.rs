//! Which rows of a file of tracking numbers were of use to the file of orders beside it, and why the
//! others were not.

use std::cell::Cell;

use super::trackings::Trackings;
use crate::parcel::same_tracking;
use crate::words::words;

words! {
    /// Why the tracking number of an order that is in the file is not used.
    pub enum Unused {
        /// The rows of its order have a package number, and an order may have several packages.
        PackageNumber = "package_number",
        /// Its order has no such article.
        NoSuchArticle = "no_such_article",
        /// A row of its order is refused.
        OrderRefused = "order_refused",
        /// Its order is cancelled, and which of its numbers it had does not matter.
        OrderCancelled = "order_cancelled",
        /// The rows of its order have another number of it.
        AnotherNumber = "another_number",
    }
}

/// The order is in the file.
const MET: u8 = 1;
/// A row of it looks for its article's label, and finds those that are [`NAMED`].
const BY_ARTICLE: u8 = 2;
const HAS_PACKAGE: u8 = 4;
const REFUSED: u8 = 8;
const CANCELLED: u8 = 16;
/// A row has the label's number.
const TAKEN: u8 = 32;
/// A row is of the label's article.
const NAMED: u8 = 64;

/// What is known of each row there: what was met of its order, where it is that order's first row, and
/// what was taken of its label.
pub(super) struct Uses {
    rows: Vec<Cell<u8>>,
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

    fn note(&self, row: u32, what: u8) {
        if let Some(noted) = self.rows.get(row as usize) {
            noted.set(noted.get() | what);
        }
    }

    /// What is noted, with the orders that are refused besides.
    pub(super) fn noted(&self, is_refused: impl Fn(u32) -> bool) -> Vec<u8> {
        let noted = self.rows.iter().enumerate().map(|(row, noted)| {
            if is_refused(row as u32) { noted.get() | REFUSED } else { noted.get() }
        });
        noted.collect()
    }
}

/// Whether an order is in the file.
pub(super) fn is_met(noted: &[u8], first: u32) -> bool {
    noted.get(first as usize).is_some_and(|noted| noted & MET != 0)
}

/// Whether a row has this label's number.
pub(super) fn is_taken(noted: &[u8], entry: u32) -> bool {
    noted.get(entry as usize).is_some_and(|noted| noted & TAKEN != 0)
}

/// Whether the only label of an order is used.
pub(super) fn is_used_alone(noted: &[u8], first: u32) -> bool {
    noted.get(first as usize).is_some_and(|noted| noted & (TAKEN | REFUSED) == TAKEN)
}

/// The labels of an order in the file, each with why it is not used, or `None` where it is.
pub(super) fn labels_of(
    trackings: &Trackings,
    noted: &[u8],
    first: u32,
) -> Vec<(u32, Option<Unused>)> {
    let is = |row: u32, what: u8| noted.get(row as usize).is_some_and(|noted| noted & what != 0);
    let labels = trackings.labels(first);
    let number = |entry| trackings.shipment(entry).map_or("", |label| label.tracking);
    let taken: Vec<u32> = labels.iter().copied().filter(|entry| is(*entry, TAKEN)).collect();
    let why = |entry: u32| {
        let by_article = is(first, BY_ARTICLE) && trackings.names_article(entry);
        if by_article && !is(entry, NAMED) {
            return Some(Unused::NoSuchArticle);
        }
        // A number of which one row of the order is refused is not that of a parcel.
        if is(first, REFUSED) {
            return Some(Unused::OrderRefused);
        }
        if is(entry, TAKEN) || taken.iter().any(|one| same_tracking(number(*one), number(entry))) {
            return None;
        }
        Some(if is(first, HAS_PACKAGE) {
            Unused::PackageNumber
        } else if is(first, CANCELLED) {
            Unused::OrderCancelled
        } else {
            Unused::AnotherNumber
        })
    };
    labels.iter().map(|entry| (*entry, why(*entry))).collect()
}
