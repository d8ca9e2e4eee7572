//! Orders and packages by their names: known ones are found, new ones get the next number.

use std::hash::BuildHasher;

use super::store::NONE;
use super::{Days, FeeFrom, NO_FEE, Order, Orders, Unit};

/// A package number shorter than this counts within its order only (see `parcel::Ids::handle`).
const STANDS_ALONE: usize = 6;
/// What tells packages apart.
#[derive(PartialEq, Eq, Hash)]
enum Key<'a> {
    Package(&'a str),
    PackageOf(u32, &'a str),
    Tracking(&'a str),
    Unpacked(u32),
}

impl<'a> Key<'a> {
    fn of(order: u32, package: &'a str, tracking: &'a str) -> Key<'a> {
        match (package, tracking) {
            ("", "") => Key::Unpacked(order),
            ("", tracking) => Key::Tracking(tracking),
            (package, _) if package.len() < STANDS_ALONE => Key::PackageOf(order, package),
            (package, _) => Key::Package(package),
        }
    }
}

impl Orders {
    /// The number of an order, new or known.
    pub(super) fn order(&mut self, id: &str) -> Option<u32> {
        let hash = self.hasher.hash_one(id);
        let id_of = |at: u32| self.ids.get(self.orders[at as usize].id).0;
        if let Some(at) = self.order_table.find(hash, |at| id_of(at) == id) {
            return Some(at);
        }
        let at = u32::try_from(self.orders.len()).ok()?;
        self.order_table.insert(hash, at);
        self.orders.push(Order {
            id: self.ids.push(id)?,
            fee: NO_FEE,
            fee_line: 0,
            fee_from: FeeFrom::Cancelled,
            sharers: 0,
            live: false,
            packed: false,
            split: false,
        });
        Some(at)
    }

    /// The number of a package, new or known; its line is noted.
    pub(super) fn unit(
        &mut self,
        order: u32,
        package: &str,
        tracking: &str,
        line: u64,
    ) -> Option<u32> {
        let line = u32::try_from(line).ok()?;
        let key = Key::of(order, package, tracking);
        let hash = self.hasher.hash_one(&key);
        let key_of = |at: u32| {
            let unit = &self.units[at as usize];
            let (package, next) = self.ids.get(unit.ids);
            Key::of(unit.order, package, self.ids.get(next).0)
        };
        if let Some(at) = self.unit_table.find(hash, |at| key_of(at) == key) {
            let unit = &mut self.units[at as usize];
            unit.more_lines = self.chains.push(unit.more_lines, line);
            return Some(at);
        }
        let at = u32::try_from(self.units.len()).ok()?;
        self.unit_table.insert(hash, at);
        let ids = self.ids.push(package)?;
        self.ids.push(tracking)?;
        self.units.push(Unit {
            order,
            ids,
            goods: 0,
            coupon: 0,
            attributes: NONE,
            category: NONE,
            product_name: NONE,
            first_line: line,
            first_row: 0,
            more_lines: NONE,
            more_categories: NONE,
            more_names: NONE,
            more_orders: NONE,
            days: Days::default(),
            live: false,
        });
        Some(at)
    }
}
