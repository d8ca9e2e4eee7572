//! Which parcels a file has covered so far, in a few bytes each: a file has a million of them.

use std::hash::{DefaultHasher, Hash, Hasher};

use hashbrown::HashTable;

use super::super::conflict::{labelled_twice, stated_twice, tracking_reused, written_twice};
use crate::money::Money;
use crate::parcel::{Ids, Parcel, plain_order, plain_tracking};
use crate::policy::Figures;
use crate::rules::{Quote, Refusal, Terms};

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
    rows: Vec<(u32, Order)>,
    table: HashTable<u32>,
}

/// The names of a parcel as they are compared, hashed: the reading thread has the time for it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Names {
    handle: u64,
    tracking: u64,
    order: Order,
    packed: bool,
}

/// Hashes of an order's number, or [`NO_ORDER`] in place of both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Order {
    /// As it is compared: it tells which order it is.
    which: u32,
    /// As it is written.
    written: u32,
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
                Order { which: (which as u32).max(1), written: (written as u32).max(1) }
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
    /// Whether this row tells the package number it did not have.
    pub(super) gets_number: bool,
    /// Whether it had a package number.
    packed: bool,
}

/// In place of an order's hashes where there is none.
const NO_ORDER: Order = Order { which: 0, written: 0 };

impl Seen {
    /// The earlier row of this parcel, by its handle or tracking number; if there is none, this
    /// row is remembered.
    pub(super) fn before(&mut self, names: Names, figures: &Figures, line: u64) -> Option<Earlier> {
        let Names { handle, tracking, order, packed } = names;
        if let Some((earlier, label)) = self.find(handle, order) {
            // A package that two orders share is named by its package number.
            let same_parcel = earlier.same_parcel || packed;
            let other_label = packed && names.labelled() && label.is_some_and(|l| l != tracking);
            if same_parcel && packed && names.labelled() && label.is_none() {
                self.learn(handle, tracking);
            }
            return Some(Earlier { same_parcel, other_label, ..earlier });
        }
        if let Some((earlier, _)) = self.find(tracking, order) {
            // Two package numbers under one tracking number are two parcels.
            let same_parcel = earlier.same_parcel && !(earlier.packed && packed);
            let gets_number = same_parcel && packed;
            if gets_number {
                self.learn(handle, tracking);
            }
            return Some(Earlier { same_parcel, gets_number, ..earlier });
        }
        let Ok(at) = u32::try_from(self.names.len()) else { return None };
        self.names.extend([handle, tracking]);
        self.figures.push([figures.package_value.minor(), figures.cover.minor()]);
        self.rows.push((u32::try_from(line).unwrap_or(u32::MAX), order));
        let names = &self.names;
        self.table.insert_unique(handle, at, |&at| names[at as usize]);
        if tracking != handle {
            self.table.insert_unique(tracking, at + 1, |&at| names[at as usize]);
        }
        None
    }

    /// A parcel that was seen under one of these names alone has the other one too: a label whose
    /// package had no number, or a package that had no label.
    fn learn(&mut self, handle: u64, tracking: u64) {
        let known = |name| self.table.find(name, |&at| self.names[at as usize] == name).copied();
        // Seen under one name, it stands twice in `names` and once in the table.
        let (name, parcel) = match (known(handle), known(tracking)) {
            (Some(at), None) => (handle, at & !1),
            (None, Some(at)) => (tracking, at & !1),
            _ => return,
        };
        let places = [(handle, parcel), (tracking, parcel + 1)];
        if let Some(at) = self.table.find_mut(name, |&at| at & !1 == parcel) {
            *at = if name == handle { parcel } else { parcel + 1 };
        }
        for (name, at) in places {
            self.names[at as usize] = name;
        }
        let names = &self.names;
        for (new, at) in places.into_iter().filter(|(new, _)| *new != name) {
            self.table.insert_unique(new, at, |&at| names[at as usize]);
        }
    }

    /// The parcel of this name, and its tracking number where that is not its handle.
    fn find(&self, hash: u64, order: Order) -> Option<(Earlier, Option<u64>)> {
        let name = *self.table.find(hash, |&at| self.names[at as usize] == hash)?;
        let parcel = name as usize / 2;
        let ([value, cover], (line, other)) = (self.figures[parcel], self.rows[parcel]);
        let nameless = order == NO_ORDER || other == NO_ORDER;
        let [handle, tracking] = [self.names[2 * parcel], self.names[2 * parcel + 1]];
        // A handle that is not the tracking number is a package's, for it was seen with both.
        let label = (handle != tracking).then_some(tracking);
        let earlier = Earlier {
            value,
            cover,
            line: u64::from(line),
            same_parcel: nameless || order.which == other.which,
            other_label: false,
            same_writing: nameless || order == other,
            gets_number: false,
            packed: label.is_some(),
        };
        Some((earlier, label))
    }
}

/// What stands against a parcel that this file has covered already.
pub(super) fn same_file(
    terms: Terms<'_>,
    parcel: &Parcel,
    quote: &Quote,
    earlier: &Earlier,
) -> Option<Box<Refusal>> {
    let figures = &quote.figures;
    if !earlier.same_parcel {
        return Some(tracking_reused(
            terms,
            parcel,
            &format!("the parcel on line {}", earlier.line),
        ));
    }
    if earlier.other_label {
        return Some(labelled_twice(terms, parcel, earlier.line));
    }
    let is_unpacked = parcel.ids.package.is_none() && parcel.ids.tracking.is_none();
    if is_unpacked && !earlier.same_writing {
        return Some(written_twice(terms, parcel, earlier.line));
    }
    let differs = |what, now: Money, then: i64| {
        let first = Money::from_minor(then, now.currency());
        (now != first).then(|| stated_twice(terms, what, now, first, earlier.line))
    };
    differs("value", figures.package_value, earlier.value)
        .or_else(|| differs("cover", figures.cover, earlier.cover))
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

    fn ids(order: &str, package: &str, tracking: &str) -> Ids {
        let some = |number: &str| (!number.is_empty()).then(|| number.to_owned());
        Ids { order: some(order), package: some(package), tracking: some(tracking) }
    }

    fn figures(value: i64) -> Figures {
        let money = |minor| Money::from_minor(minor, Currency::USD);
        Figures {
            package_value: money(value),
            included_cover: money(200),
            cover: money(200),
            premium: money(0),
        }
    }

    #[test]
    fn how_an_order_is_written_is_told_for_each_of_many() {
        let mut seen = Seen::default();
        for number in 1..3_000 {
            let order = number.to_string();
            assert_eq!(seen.before(Names::of(&ids(&order, "", "")), &figures(1), number), None);
            let other = Names::of(&ids(&format!("#{order}"), "", ""));
            let earlier = seen.before(other, &figures(1), number + 1).unwrap();
            assert!(earlier.same_parcel && !earlier.same_writing, "{order}");
        }
    }

    #[test]
    fn a_parcel_that_gets_a_further_name_is_known_by_it() {
        let mut before = {
            let mut seen = Seen::default();
            move |package: &str, tracking: &str| {
                seen.before(Names::of(&ids("57", package, tracking)), &figures(450), 2)
            }
        };
        assert_eq!(before("", "9400111"), None);
        let numbered = before("PKG00005", "9400111").unwrap();
        assert!(numbered.same_parcel && numbered.gets_number);
        assert!(!before("PKG00005", "9400111").unwrap().gets_number, "it has it");
        let relabelled = before("PKG00005", "9400112").unwrap();
        assert!(relabelled.same_parcel && relabelled.other_label);
        assert_eq!(before("PKG00006", ""), None);
        assert!(before("PKG00006", "9400116").unwrap().same_parcel);
        assert!(before("", "9400116").unwrap().same_parcel);
        assert!(before("PKG00006", "9400117").unwrap().other_label);
        // Many more: the table grows, and its places with it.
        for n in 0..1000 {
            assert_eq!(before("", &format!("T{n}")), None);
            assert!(before(&format!("PACKAGE{n}"), &format!("T{n}")).is_some());
        }
        for n in 0..1000 {
            assert!(before(&format!("PACKAGE{n}"), "").is_some(), "{n}");
            assert!(before("", &format!("T{n}")).is_some(), "{n}");
        }
    }

    #[test]
    fn a_parcel_is_known_again_by_any_of_its_names() {
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
            gets_number: false,
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
