//! The shipping fee the buyer paid: taken once an order, shared by the packages of a split one.

use crate::intake::cells::Cells;
use crate::intake::layout::Field;
use crate::intake::problem::{Problem, codes};
use crate::intake::worth;
use crate::money::{Money, share};

use super::store::{NONE, unpacked};
use super::{At, Effect, FeeFrom, NO_FEE, Orders};

impl Orders {
    /// Notes the fee a row states for its order. Two different ones are a conflict.
    pub(super) fn fee(&mut self, unit: u32, order: u32, from: FeeFrom, cells: &Cells<'_>) {
        let line = cells.row.line;
        let cancelled = from == FeeFrom::Cancelled;
        let stated = match worth::shipping(cells) {
            Ok(None) => return,
            Ok(Some(fee)) => fee,
            Err(problem) if unit == NONE => {
                self.trouble(order, line, Effect::Fee, || problem.clone());
                return;
            }
            Err(problem) => {
                self.trouble_of(At { unit, order, line, cancelled }, Effect::Fee, problem);
                return;
            }
        };
        let at = &mut self.orders[order];
        if at.fee == NO_FEE || at.fee_from < from {
            at.fee = stated;
            at.fee_line = u32::try_from(line).unwrap_or(NONE);
            at.fee_from = from;
        } else if at.fee != stated && at.fee_from == from && !cancelled {
            let currency = cells.currency();
            let (before, at_line) = (Money::from_minor(at.fee, currency), at.fee_line);
            let now = Money::from_minor(stated, currency);
            let reason = format!(
                "order {} has a shipping fee of {before} on line {at_line} and {now} on line {line}",
                unpacked(self.ids.get(at.id).0)
            );
            let problem = cells.wrong(Field::Shipping, Problem::row(codes::CONFLICT, reason));
            self.trouble(order, line, Effect::Fee, || problem.clone());
        }
    }

    /// Adds the fee a row states for itself to its package.
    pub(super) fn fee_of_row(&mut self, at: At, cells: &Cells<'_>) {
        match worth::shipping(cells) {
            Ok(fee) => {
                let unit = at.unit as usize;
                if self.row_fees.len() <= unit {
                    self.row_fees.resize(unit + 1, 0);
                }
                self.row_fees[unit] = self.row_fees[unit].saturating_add(fee.unwrap_or(0));
                cells.gives(&[Field::Shipping, Field::ShippingDiscount]);
            }
            Err(problem) => self.spoil(at.unit, at.line, at.cancelled, problem),
        }
    }

    /// Shares the fees of split orders, once every row is in: in proportion to goods, the largest
    /// remainders first, the first package first on a tie. A cancelled package takes no share as
    /// long as another package of its order is shipped: the buyer paid for what is shipped.
    pub(super) fn share_out(&mut self) {
        for unit in self.units.numbers() {
            let live = self.units[unit].live;
            for (order, _) in self.parts(unit) {
                let at = &mut self.orders[order];
                if live && !at.live {
                    (at.live, at.sharers) = (true, 0);
                }
                at.sharers += u32::from(live == at.live);
                at.split |= at.packed;
                at.packed = true;
            }
        }
        let mut split = Vec::new();
        for unit in self.units.numbers() {
            for (order, goods) in self.parts(unit) {
                let at = &self.orders[order];
                if at.sharers > 1 && at.fee > 0 && at.live == self.units[unit].live {
                    split.push((order, unit, goods));
                }
            }
        }
        // Stable: within an order, packages stay as they were first seen.
        split.sort_by_key(|(order, _, _)| *order);
        for group in split.chunk_by(|a, b| a.0 == b.0) {
            let weights: Vec<i64> = group.iter().map(|(_, _, goods)| *goods).collect();
            let fee = self.orders[group[0].0].fee;
            for ((_, unit, _), part) in group.iter().zip(share(fee, &weights)) {
                *self.shares.entry(*unit).or_insert(0) += part;
            }
        }
    }

    /// What a package bears of the fees of its orders.
    pub(super) fn shipping_of(&self, unit: u32) -> i64 {
        let live = self.units[unit].live;
        let alone: i64 = self
            .parts(unit)
            .into_iter()
            .map(|(order, _)| &self.orders[order])
            .filter(|at| at.sharers == 1 && at.fee > 0 && at.live == live)
            .map(|at| at.fee)
            .fold(0, i64::saturating_add);
        let shared = self.shares.get(&unit);
        let own = self.row_fees.get(unit as usize).copied().unwrap_or(0);
        alone.saturating_add(shared.copied().unwrap_or(0)).saturating_add(own)
    }

    /// The orders a package has goods of, and how much of each.
    pub(super) fn parts(&self, unit: u32) -> Parts {
        let at = &self.units[unit];
        let first = Some((at.order, at.goods));
        let more = self.more_of(unit).orders;
        if more == NONE {
            return Parts { first, more: Vec::new() };
        }
        let link = |number| {
            let link = &self.links[number];
            (link.order, link.goods)
        };
        Parts { first, more: self.chains.oldest_first(more).into_iter().map(link).collect() }
    }
}

/// The parts of a package by order; nearly always one, which needs no room of its own.
pub(super) struct Parts {
    first: Option<(u32, i64)>,
    more: Vec<(u32, i64)>,
}

impl IntoIterator for Parts {
    type Item = (u32, i64);
    type IntoIter =
        std::iter::Chain<std::option::IntoIter<(u32, i64)>, std::vec::IntoIter<(u32, i64)>>;

    fn into_iter(self) -> Self::IntoIter {
        self.first.into_iter().chain(self.more)
    }
}
