//! What the rows of a package say of it besides money: whether they count, and what it is.

use crate::intake::asked::Asked;
use crate::intake::cells::Cells;
use crate::intake::layout::Field;

use super::store::{Chains, NONE};
use super::{Days, Facts, More, Orders, Unit};

/// What a package has of its first row that counts.
const FIRST: &[Field] =
    &[Field::Order, Field::Carrier, Field::Service, Field::From, Field::To, Field::Currency];

/// Different product names kept of one package. Categories are all kept: excluded goods are looked
/// for among them.
const NAMES: usize = 16;

impl Orders {
    /// Whether a row counts: in a package that is shipped, cancelled articles do not.
    pub(super) fn counts(&mut self, unit: u32, cancelled: bool, asked: Option<&Asked>) -> bool {
        if let (Some(asked), false, false) = (asked, cancelled, self.units[unit].live) {
            let lines: Vec<u64> = self.lines(unit).collect();
            // The last one is the row that counts.
            lines.iter().rev().skip(1).for_each(|line| asked.cancelled(*line));
        }
        let at = &mut self.units[unit];
        if cancelled {
            return !at.live;
        }
        if !at.live {
            // What was kept so far was of cancelled articles.
            if let Some(fees) = self.row_fees.get_mut(unit as usize) {
                *fees = 0;
            }
            let more = self.more_of(unit);
            for number in self.chains.walk(more.orders) {
                let order = self.links[number].order;
                self.link_numbers.remove(&(unit, order));
            }
            for category in self.chains.walk(more.categories) {
                self.unit_categories.remove(&(unit, category));
            }
            self.set_more(unit, More { lines: more.lines, ..More::NONE });
            let at = &mut self.units[unit];
            *at = Unit {
                goods: 0,
                coupon: 0,
                attributes: NONE,
                category: NONE,
                product_name: NONE,
                days: Days::default(),
                live: true,
                ..*at
            };
        }
        true
    }

    pub(super) fn describe(&mut self, unit: u32, order: u32, facts: &Facts, cells: &Cells<'_>) {
        let attributes = match self.units[unit].attributes {
            known @ ..NONE => known,
            NONE => *self.kind_numbers.entry(facts.attributes).or_insert_with(|| {
                self.kinds.push(facts.attributes);
                (self.kinds.len() - 1) as u32
            }),
        };
        let mut more = self.more_of(unit);
        let at = &mut self.units[unit];
        if at.attributes == NONE {
            // The first row that counts: its order is the package's first.
            at.order = order;
            cells.gives(FIRST);
            cells.gives_words(&facts.attributes.said);
        }
        at.attributes = attributes;
        let chains = &mut self.chains;
        let known = &mut self.unit_categories;
        if collect(chains, &mut at.category, &mut more.categories, facts.category, |_, _| {
            known.insert((unit, facts.category))
        }) {
            cells.gives(&[Field::Goods]);
        }
        if collect(chains, &mut at.product_name, &mut more.names, facts.product_name, fits) {
            cells.gives(&[Field::Contents]);
        }
        for (have, new, field) in [
            (&mut at.days.label, facts.days.label, Field::LabelCreatedAt),
            (&mut at.days.shipped, facts.days.shipped, Field::ShipDate),
            (&mut at.days.scanned, facts.days.scanned, Field::ScannedOn),
            (&mut at.days.delivered, facts.days.delivered, Field::DeliveredOn),
            (&mut at.days.cancelled, facts.days.cancelled, Field::CancelledOn),
        ] {
            if *have == 0 && new != 0 {
                *have = new;
                cells.gives(&[field]);
            }
        }
        self.set_more(unit, more);
    }
}

/// Adds a text to those a package has, if it is new: `takes` says so of a second or further one.
/// Whether it was added.
fn collect(
    chains: &mut Chains,
    first: &mut u32,
    more: &mut u32,
    new: u32,
    takes: impl FnOnce(&mut dyn Iterator<Item = u32>, u32) -> bool,
) -> bool {
    if new == NONE || *first == new {
        return false;
    }
    if *first == NONE {
        *first = new;
        return true;
    }
    let takes = takes(&mut chains.walk(*more), new);
    if takes {
        *more = chains.push(*more, new);
    }
    takes
}

/// Whether a product name is new, and not one too many.
fn fits(known: &mut dyn Iterator<Item = u32>, new: u32) -> bool {
    let mut count = 0;
    known.inspect(|_| count += 1).all(|text| text != new) && count < NAMES
}
