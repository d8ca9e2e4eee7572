//! What the rows of a package say of it besides money: whether they count, and what it is.

use super::store::{Chains, NONE};
use super::{Days, Facts, Orders, Unit};

/// Different product names kept of one package. Categories are all kept: excluded goods are looked
/// for among them.
const NAMES: usize = 16;

impl Orders {
    /// Whether a row counts: in a package that is shipped, cancelled articles do not.
    pub(super) fn counts(&mut self, unit: u32, cancelled: bool) -> bool {
        let at = &mut self.units[unit as usize];
        if cancelled {
            return !at.live;
        }
        if !at.live {
            // What was kept so far was of cancelled articles.
            if let Some(fees) = self.row_fees.get_mut(unit as usize) {
                *fees = 0;
            }
            for number in self.chains.walk(at.more_orders) {
                let order = self.links[number as usize].order;
                self.link_numbers.remove(&(unit, order));
            }
            for category in self.chains.walk(at.more_categories) {
                self.unit_categories.remove(&(unit, category));
            }
            *at = Unit {
                goods: 0,
                coupon: 0,
                attributes: NONE,
                category: NONE,
                product_name: NONE,
                more_categories: NONE,
                more_names: NONE,
                more_orders: NONE,
                days: Days::default(),
                live: true,
                ..*at
            };
        }
        true
    }

    pub(super) fn describe(&mut self, unit: u32, order: u32, facts: &Facts) {
        let attributes = match self.kinds.get(self.units[unit as usize].attributes as usize) {
            Some(_) => self.units[unit as usize].attributes,
            None => *self.kind_numbers.entry(facts.attributes).or_insert_with(|| {
                self.kinds.push(facts.attributes);
                (self.kinds.len() - 1) as u32
            }),
        };
        let at = &mut self.units[unit as usize];
        if at.attributes == NONE {
            // The first row that counts: its order is the package's first.
            at.order = order;
        }
        at.attributes = attributes;
        let chains = &mut self.chains;
        let known = &mut self.unit_categories;
        collect(chains, &mut at.category, &mut at.more_categories, facts.category, |_, _| {
            known.insert((unit, facts.category))
        });
        collect(chains, &mut at.product_name, &mut at.more_names, facts.product_name, fits);
        for (have, new) in [
            (&mut at.days.label, facts.days.label),
            (&mut at.days.shipped, facts.days.shipped),
            (&mut at.days.scanned, facts.days.scanned),
            (&mut at.days.delivered, facts.days.delivered),
            (&mut at.days.cancelled, facts.days.cancelled),
        ] {
            if *have == 0 {
                *have = new;
            }
        }
    }
}

/// Adds a text to those a package has, if it is new: `takes` says so of a second or further one.
fn collect(
    chains: &mut Chains,
    first: &mut u32,
    more: &mut u32,
    new: u32,
    takes: impl FnOnce(&mut dyn Iterator<Item = u32>, u32) -> bool,
) {
    if new == NONE || *first == new {
        return;
    }
    if *first == NONE {
        *first = new;
        return;
    }
    if takes(&mut chains.walk(*more), new) {
        *more = chains.push(*more, new);
    }
}

/// Whether a product name is new, and not one too many.
fn fits(known: &mut dyn Iterator<Item = u32>, new: u32) -> bool {
    let mut count = 0;
    known.inspect(|_| count += 1).all(|text| text != new) && count < NAMES
}
