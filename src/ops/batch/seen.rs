//! Which parcels a file has covered so far, in a few bytes each: a file has a million of them.

use std::hash::{DefaultHasher, Hash, Hasher};

use hashbrown::HashTable;

use crate::parcel::Ids;
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
    /// Line, and a hash of its order, of each.
    rows: Vec<[u32; 2]>,
    table: HashTable<u32>,
}

/// The names of a parcel, hashed: the reading thread has the time for it.
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
        let handle = hash(&ids.handle());
        Names {
            handle,
            tracking: ids.tracking.as_ref().map_or(handle, |tracking| hash(tracking)),
            order: ids.order.as_ref().map_or(NO_ORDER, |order| hash(order) as u32 | 1),
            packed: ids.package.is_some(),
        }
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
    /// Whether it had a package number.
    packed: bool,
}

/// In place of an order's hash where there is none.
const NO_ORDER: u32 = 0;

impl Seen {
    /// The earlier row of this parcel, by its handle or tracking number; if there is none, this
    /// row is remembered.
    pub(super) fn before(&mut self, names: Names, figures: &Figures, line: u64) -> Option<Earlier> {
        let Names { handle, tracking, order, packed } = names;
        if let Some(earlier) = self.find(handle, order) {
            // A package that two orders share is named by its package number.
            let same_parcel = earlier.same_parcel || packed;
            return Some(Earlier { same_parcel, ..earlier });
        }
        if let Some(earlier) = self.find(tracking, order) {
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

    fn find(&self, hash: u64, order: u32) -> Option<Earlier> {
        let name = *self.table.find(hash, |&at| self.names[at as usize] == hash)?;
        let parcel = name as usize / 2;
        let ([value, cover], [line, other]) = (self.figures[parcel], self.rows[parcel]);
        let same_parcel = order == other || order == NO_ORDER || other == NO_ORDER;
        // A handle that is not the tracking number is a package's, for it was seen with both.
        let packed = self.names[2 * parcel] != self.names[2 * parcel + 1];
        Some(Earlier { value, cover, line: u64::from(line), same_parcel, packed })
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
        let first = Earlier { value: 450, cover: 200, line: 2, same_parcel: true, packed: true };
        assert_eq!(
            seen.before(Names::of(&ids("57", one, "9400119")), &figures(500), 4),
            Some(first)
        );
        assert_eq!(
            seen.before(Names::of(&ids("58", one, "9400119")), &figures(500), 4),
            Some(first)
        );
        let other = Earlier { same_parcel: false, ..first };
        for order in ["57", "58"] {
            let reused = ids(order, "1150000000000000009", "9400111");
            assert_eq!(
                seen.before(Names::of(&reused), &figures(450), 5),
                Some(other),
                "order {order}"
            );
        }
    }
}
