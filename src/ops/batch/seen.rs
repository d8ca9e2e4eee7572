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

/// An earlier row of the same parcel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Earlier {
    /// Its package value in minor units.
    pub(super) value: i64,
    /// Its cover in minor units.
    pub(super) cover: i64,
    /// Its line.
    pub(super) line: u64,
    /// Whether it stands under the same order; a row without one fits any.
    pub(super) same_order: bool,
}

/// In place of an order's hash where there is none.
const NO_ORDER: u32 = 0;

impl Seen {
    /// The earlier row of this parcel, by its handle or tracking number; if there is none, this
    /// row is remembered.
    pub(super) fn before(&mut self, ids: &Ids, figures: &Figures, line: u64) -> Option<Earlier> {
        let handle = hash(&ids.handle());
        let tracking = ids.tracking.as_ref().map_or(handle, |tracking| hash(tracking));
        let order = ids.order.as_ref().map_or(NO_ORDER, |order| hash(order) as u32 | 1);
        let by_handle = self.find(handle, order);
        if let Some(earlier) = by_handle.or_else(|| self.find(tracking, order)) {
            // A package that two orders share is named by its package number.
            let same_order = earlier.same_order || (by_handle.is_some() && ids.package.is_some());
            return Some(Earlier { same_order, ..earlier });
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
        let same_order = order == other || order == NO_ORDER || other == NO_ORDER;
        Some(Earlier { value, cover, line: u64::from(line), same_order })
    }
}

fn hash(name: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    name.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::{Earlier, Seen};
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
        assert_eq!(seen.before(&ids("57", one, "9400111"), &figures(450), 2), None);
        assert_eq!(seen.before(&ids("57", two, "9400112"), &figures(470), 3), None);
        let first = Earlier { value: 450, cover: 200, line: 2, same_order: true };
        assert_eq!(seen.before(&ids("57", one, "9400119"), &figures(500), 4), Some(first));
        assert_eq!(seen.before(&ids("58", one, "9400119"), &figures(500), 4), Some(first));
        let other_order = Earlier { same_order: false, ..first };
        let reused = ids("58", "1150000000000000009", "9400111");
        assert_eq!(seen.before(&reused, &figures(450), 5), Some(other_order));
    }
}
