//! Orders and packages by their names: known ones are found, new ones get the next number.

use std::hash::BuildHasher;

use super::Orders;
use super::kept::{Days, FeeFrom, NO_FEE, Order, Unit};
use super::store::{NONE, Packed, Plain, unpacked_len};
use crate::parcel::{STANDS_ALONE, plain_order, plain_tracking};

/// What tells packages apart: numbers as they are compared, packed.
#[derive(PartialEq, Eq, Hash)]
enum Key<'a> {
    Package(&'a [u8]),
    PackageOf(u32, &'a [u8]),
    Tracking(&'a [u8]),
    Unpacked(u32),
}

impl<'a> Key<'a> {
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
    /// The number of an order, new or known. It is kept as it is written first.
    pub(super) fn order(&mut self, id: &str) -> Option<u32> {
        let written = Packed::of(id)?;
        let kept = |at: u32| self.ids.get(self.orders[at].id).0;
        if let Some(last) = self.last_order.filter(|last| kept(*last) == written.as_bytes()) {
            return Some(last);
        }
        let plain = Plain::of(written.as_bytes(), plain_order)?;
        let is = |at: u32| {
            kept(at) == written.as_bytes()
                || Plain::of(kept(at), plain_order)
                    .is_some_and(|kept| kept.as_bytes() == plain.as_bytes())
        };
        let hash = self.hasher.hash_one(plain.as_bytes());
        let vacancy = match self.order_table.place(hash, is) {
            Ok(known) => {
                self.last_order = Some(known);
                return Some(known);
            }
            Err(vacancy) => vacancy,
        };
        let at = self.orders.push(Order {
            id: self.ids.push([written.as_bytes()])?,
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

    /// The number of a package, new or known; its line is noted. Its numbers are kept as they are
    /// written first.
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
        let kept = |at: u32| {
            let (package, next) = self.ids.get(self.units[at].ids);
            (package, self.ids.get(next).0)
        };
        let is_last =
            |last: &u32| self.units[*last].order == order && kept(*last) == (package, tracking);
        let last = self.last_unit.filter(is_last);
        let plain_package = Plain::of(package, plain_order)?;
        let plain = Plain::of(tracking, plain_tracking)?;
        let key = Key::of(order, plain_package.as_bytes(), plain.as_bytes());
        let is = |at: u32| {
            let (package, tracking) = kept(at);
            let package = Plain::of(package, plain_order);
            let tracking = Plain::of(tracking, plain_tracking);
            package.zip(tracking).is_some_and(|(package, tracking)| {
                Key::of(self.units[at].order, package.as_bytes(), tracking.as_bytes()) == key
            })
        };
        let place = match last {
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
