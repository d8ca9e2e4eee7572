//! Which parcels a file has covered so far, in a few bytes each: a file has a million of them.

use std::hash::{DefaultHasher, Hash, Hasher};

use hashbrown::HashTable;

use crate::parcel::{Ids, plain_order, plain_tracking};
use crate::policy::Figures;

/// The parcels seen so far, each by the 64-bit hashes of its handle and its tracking number. Among
/// a million names two with one hash are less likely than a disk error, and a row so mistaken is
/// reported, not lost.
#[derive(Default)]
pub(super) struct Seen {
    /// Two names a parcel, side by side.
    names: Vec<u64>,
    /// Package value and cover of each.
    figures: Vec<[i64; 2]>,
    /// Line, and hashes of its order, of each.
    rows: Vec<[u32; 2]>,
    table: HashTable<u32>,
}

/// The names of a parcel as they are compared, hashed: the reading thread has the time for it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Names {
    handle: u64,
    tracking: u64,
    order: u32,
    packed: bool,
}

impl Names {
    /// Of these.
    pub(super) fn of(ids: &Ids) -> Names {
        let handle = hash(&ids.plain_handle());
        Names {
            handle,
            tracking: ids.tracking.as_ref().map_or(handle, |number| hash(&plain_tracking(number))),
            order: ids.order.as_ref().map_or(NO_ORDER, |order| {
                let plain = plain_order(order);
                let which = hash(&plain);
                let written = if plain == **order { which } else { hash(order) };
                (which as u32 | 1 << 31) & !WRITTEN | written as u32 & WRITTEN
            }),
            packed: ids.package.is_some(),
        }
    }

    fn labelled(&self) -> bool {
        self.tracking != self.handle
    }
}

/// An earlier row of the same parcel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Earlier {
    /// Its package value in minor units.
    pub(super) value: i64,
    /// Its cover in minor units.
    pub(super) cover: i64,
    /// Its line.
    pub(super) line: u64,
    /// Whether it is the same parcel, and not another one under the same number: it stands under
    /// the same order (a row without one fits any).
    pub(super) same_parcel: bool,
    /// Whether it is the same package under another tracking number.
    pub(super) other_label: bool,
    /// Whether its order is written in the same way.
    pub(super) same_writing: bool,
    /// Whether it had a package number.
    packed: bool,
}

/// In place of an order's hashes where there is none.
const NO_ORDER: u32 = 0;
/// The bits that tell how an order is written; the others tell which it is.
const WRITTEN: u32 = 0xff;

impl Seen {
    /// The earlier row of this parcel, by its handle or tracking number; if there is none, this
    /// row is remembered.
    pub(super) fn before(&mut self, names: Names, figures: &Figures, line: u64) -> Option<Earlier> {
        let Names { handle, tracking, order, packed } = names;
        if let Some((earlier, label)) = self.find(handle, order) {
            // A package that two orders share is named by its package number.
            let same_parcel = earlier.same_parcel || packed;
            let other_label = packed && names.labelled() && label.is_some_and(|l| l != tracking);
            return Some(Earlier { same_parcel, other_label, ..earlier });
        }
        if let Some((earlier, _)) = self.find(tracking, order) {
            // Two package numbers under one tracking number are two parcels.
            let same_parcel = earlier.same_parcel && !(earlier.packed && packed);
            return Some(Earlier { same_parcel, ..earlier });
        }
        let Ok(at) = u32::try_from(self.names.len()) else { return None };
        self.names.extend([handle, tracking]);
        self.figures.push([figures.package_value.minor(), figures.cover.minor()]);
        self.rows.push([u32::try_from(line).unwrap_or(u32::MAX), order]);
        let names = &self.names;
        self.table.insert_unique(handle, at, |&at| names[at as usize]);
        if tracking != handle {
            self.table.insert_unique(tracking, at + 1, |&at| names[at as usize]);
        }
        None
    }

    /// The parcel of this name, and its tracking number where that is not its handle.
    fn find(&self, hash: u64, order: u32) -> Option<(Earlier, Option<u64>)> {
        let name = *self.table.find(hash, |&at| self.names[at as usize] == hash)?;
        let parcel = name as usize / 2;
        let ([value, cover], [line, other]) = (self.figures[parcel], self.rows[parcel]);
        let nameless = order == NO_ORDER || other == NO_ORDER;
        let [handle, tracking] = [self.names[2 * parcel], self.names[2 * parcel + 1]];
        // A handle that is not the tracking number is a package's, for it was seen with both.
        let label = (handle != tracking).then_some(tracking);
        let earlier = Earlier {
            value,
            cover,
            line: u64::from(line),
            same_parcel: nameless || (order ^ other) & !WRITTEN == 0,
            other_label: false,
            same_writing: nameless || order == other,
            packed: label.is_some(),
        };
        Some((earlier, label))
    }
}

fn hash(name: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    name.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::{Earlier, Names, Seen};
    use crate::money::{Currency, Money};
    use crate::parcel::Ids;
    use crate::policy::Figures;

    #[test]
    fn a_parcel_is_known_again_by_any_of_its_names() {
        let ids = |order: &str, package: &str, tracking: &str| Ids {
            order: Some(order.into()),
            package: Some(package.into()),
            tracking: Some(tracking.into()),
        };
        let figures = |value: i64| {
            let money = |minor| Money::from_minor(minor, Currency::USD);
            Figures {
                package_value: money(value),
                included_cover: money(200),
                cover: money(200),
                premium: money(0),
            }
        };
        let (one, two) = ("1150000000000000001", "1150000000000000002");
        let mut seen = Seen::default();
        assert_eq!(seen.before(Names::of(&ids("57", one, "9400111")), &figures(450), 2), None);
        assert_eq!(seen.before(Names::of(&ids("57", two, "9400112")), &figures(470), 3), None);
        let first = Earlier {
            value: 450,
            cover: 200,
            line: 2,
            same_parcel: true,
            other_label: false,
            same_writing: true,
            packed: true,
        };
        let again = |seen: &mut Seen, order: &str, tracking: &str| {
            seen.before(Names::of(&ids(order, one, tracking)), &figures(500), 4)
        };
        assert_eq!(again(&mut seen, "57", "9400 111"), Some(first));
        let same_package = Earlier { same_writing: false, ..first };
        assert_eq!(again(&mut seen, "#57", "9400111"), Some(same_package), "one order");
        assert_eq!(again(&mut seen, "58", "9400111"), Some(same_package));
        let relabelled = Earlier { other_label: true, ..first };
        assert_eq!(again(&mut seen, "57", "9400119"), Some(relabelled));
        for order in ["57", "58"] {
            let other = Earlier { same_parcel: false, same_writing: order == "57", ..first };
            let reused = ids(order, "1150000000000000009", "9400111");
            assert_eq!(
                seen.before(Names::of(&reused), &figures(450), 5),
                Some(other),
                "order {order}"
            );
        }
    }
}
