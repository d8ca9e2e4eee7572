//! Orders and packages by their names: known ones are found, new ones get the next number.

use std::hash::BuildHasher;

use super::store::{NONE, Packed, unpacked_len};
use super::{Days, FeeFrom, NO_FEE, Order, Orders, Unit};

/// A package number shorter than this counts within its order only (see `parcel::Ids::handle`).
const STANDS_ALONE: usize = 6;

/// What tells packages apart.
#[derive(PartialEq, Eq, Hash)]
enum Key<'a> {
    Package(&'a [u8]),
    PackageOf(u32, &'a [u8]),
    Tracking(&'a [u8]),
    Unpacked(u32),
}

impl<'a> Key<'a> {
    /// Of an order's number and packed identifiers.
    fn of(order: u32, package: &'a [u8], tracking: &'a [u8]) -> Key<'a> {
        match (package, tracking) {
            (b"", b"") => Key::Unpacked(order),
            (b"", tracking) => Key::Tracking(tracking),
            (package, _) if unpacked_len(package) < STANDS_ALONE => Key::PackageOf(order, package),
            (package, _) => Key::Package(package),
        }
    }
}

impl Orders {
    /// The number of an order, new or known.
    pub(super) fn order(&mut self, id: &str) -> Option<u32> {
        let packed = Packed::of(id)?;
        let id = packed.as_bytes();
        let is = |at: u32| self.ids.get(self.orders[at].id).0 == id;
        if let Some(last) = self.last_order.filter(|last| is(*last)) {
            return Some(last);
        }
        let vacancy = match self.order_table.place(self.hasher.hash_one(id), is) {
            Ok(known) => {
                self.last_order = Some(known);
                return Some(known);
            }
            Err(vacancy) => vacancy,
        };
        let at = self.orders.push(Order {
            id: self.ids.push([id])?,
            fee: NO_FEE,
            fee_line: 0,
            fee_from: FeeFrom::Cancelled,
            sharers: 0,
            live: false,
            packed: false,
            split: false,
        })?;
        vacancy.fill(at);
        self.last_order = Some(at);
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
        let (package, tracking) = (Packed::of(package)?, Packed::of(tracking)?);
        let (package, tracking) = (package.as_bytes(), tracking.as_bytes());
        let key = Key::of(order, package, tracking);
        let is = |at: u32| {
            let unit = &self.units[at];
            let (package, next) = self.ids.get(unit.ids);
            Key::of(unit.order, package, self.ids.get(next).0) == key
        };
        let place = match self.last_unit.filter(|last| is(*last)) {
            Some(last) => Ok(last),
            None => self.unit_table.place(self.hasher.hash_one(&key), is),
        };
        let vacancy = match place {
            Ok(known) => {
                self.last_unit = Some(known);
                self.more_line(known, line);
                return Some(known);
            }
            Err(vacancy) => vacancy,
        };
        let at = self.units.push(Unit {
            order,
            ids: self.ids.push([package, tracking])?,
            goods: 0,
            coupon: 0,
            attributes: NONE,
            category: NONE,
            product_name: NONE,
            first_line: line,
            first_row: 0,
            more: NONE,
            days: Days::default(),
            live: false,
        })?;
        vacancy.fill(at);
        self.last_unit = Some(at);
        Some(at)
    }

    /// A package has this line too.
    fn more_line(&mut self, unit: u32, line: u32) {
        let mut more = self.more_of(unit);
        more.lines = self.chains.push(more.lines, line);
        self.set_more(unit, more);
    }
}
