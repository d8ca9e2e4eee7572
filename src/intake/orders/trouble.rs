//! What bad rows do: to their own package, and to the other packages of their order.

use std::collections::hash_map::Entry;

use crate::intake::problem::Problem;

use super::{At, Orders};

/// What one of a package's own rows has wrong.
pub(super) struct UnitTrouble {
    pub(super) line: u64,
    /// The row is of a cancelled article: it does not count in a package that is shipped.
    pub(super) cancelled: bool,
    pub(super) problem: Problem,
}

/// Why the packages of an order may be spoilt by a row that is not theirs.
pub(super) struct OrderTrouble {
    pub(super) line: u64,
    pub(super) effect: Effect,
    pub(super) problem: Problem,
}

/// How far a bad row of an order reaches, from nearest to farthest.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Effect {
    /// One package's goods are not known: the others' shares of a fee are not either.
    Shares,
    /// The same, and that package is not among those kept.
    SharesOfUnknown,
    /// A row may belong to any package of the order.
    Anything,
    /// The fee itself is not known.
    Fee,
}

impl Orders {
    /// Notes what a package's own row has wrong; the first stays, and one that counts.
    pub(super) fn spoil(&mut self, unit: u32, line: u64, cancelled: bool, problem: Problem) {
        let new = UnitTrouble { line, cancelled, problem };
        match self.unit_troubles.entry(unit) {
            Entry::Vacant(none) => drop(none.insert(new)),
            Entry::Occupied(mut noted) => {
                if noted.get().cancelled && !cancelled {
                    noted.insert(new);
                }
            }
        }
    }

    /// Notes what a package's bad row does to its order: that of a cancelled article perhaps none.
    pub(super) fn trouble_of(&mut self, at: At, effect: Effect, problem: Problem) {
        if at.cancelled {
            let trouble = OrderTrouble { line: at.line, effect, problem };
            self.cancelled_troubles.push((at.unit, at.order, trouble));
        } else {
            self.trouble(at.order, at.line, effect, || problem.clone());
        }
    }

    /// Once every row is in: bad rows of cancelled articles count in packages that are not shipped.
    pub(super) fn settle(&mut self) {
        for (unit, order, trouble) in std::mem::take(&mut self.cancelled_troubles) {
            if !self.units[unit].live {
                self.trouble(order, trouble.line, trouble.effect, || trouble.problem.clone());
            }
        }
    }

    /// Notes what a bad row does to its order; the farthest-reaching stays.
    pub(super) fn trouble(
        &mut self,
        order: u32,
        line: u64,
        effect: Effect,
        problem: impl Fn() -> Problem,
    ) {
        let new = || OrderTrouble { line, effect, problem: problem() };
        let noted = self.order_troubles.entry(order).or_insert_with(new);
        if noted.effect < effect {
            *noted = new();
        }
    }
}
