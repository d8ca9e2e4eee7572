//! What the goods of an order come to, where the file states it once for the order: shared by its
//! packages as the prices of their articles are, and by what is not shipped.

use crate::intake::cells::Cells;
use crate::intake::layout::Field;
use crate::intake::problem::{Problem, codes};
use crate::intake::worth;
use crate::money::{Money, share};

use super::store::NONE;
use super::{Effect, Orders};

/// What an order states of its goods.
#[derive(Clone, Copy, Default)]
pub(super) struct OrderGoods {
    /// All of them, in minor units, and the line that said so.
    stated: Option<i64>,
    line: u64,
    /// What those would come to that are not shipped.
    not_shipped: i64,
}

impl OrderGoods {
    /// All of them, and the line that said so.
    pub(super) fn stated(&self) -> Option<(i64, u64)> {
        self.stated.map(|goods| (goods, self.line))
    }
}

impl Orders {
    /// Notes what a row says of all goods of its order; whether the file has a column for it.
    pub(super) fn goods_of_order(&mut self, order: u32, cells: &Cells<'_>) -> bool {
        if cells.header.place(Field::OrderGoods).is_none() {
            return false;
        }
        let line = cells.row.line;
        let goods = match cells.amount(Field::OrderGoods) {
            Ok(None) => return true,
            Ok(Some(goods)) => goods.minor(),
            Err(problem) => {
                self.trouble(order, line, Effect::Fee, || problem.clone());
                return true;
            }
        };
        let known = self.order_goods.entry(order).or_default();
        match known.stated {
            None => (known.stated, known.line) = (Some(goods), line),
            Some(before) if before != goods => {
                let money = |minor| Money::from_minor(minor, cells.currency());
                let reason = format!(
                    "the goods of this order come to {} on line {} and {} on line {line}",
                    money(before),
                    known.line,
                    money(goods)
                );
                let problem = cells.wrong(Field::OrderGoods, Problem::row(codes::CONFLICT, reason));
                self.trouble(order, line, Effect::Fee, || problem.clone());
            }
            Some(_) => {}
        }
        true
    }

    /// Notes an article of an order that is not shipped: its part of what the order states.
    pub(super) fn not_shipped(&mut self, order: u32, cells: &Cells<'_>) {
        match worth::goods(cells) {
            Ok(goods) => {
                let known = self.order_goods.entry(order).or_default();
                known.not_shipped = known.not_shipped.saturating_add(goods.unwrap_or(0));
            }
            Err(problem) => self.trouble(order, cells.row.line, Effect::Fee, || problem.clone()),
        }
    }

    /// Shares what orders state of their goods, once every row is in.
    pub(super) fn share_goods(&mut self) {
        if self.order_goods.is_empty() {
            return;
        }
        // Order, package, which of its parts, and the prices of its articles.
        let mut parts: Vec<(u32, u32, usize, i64)> = Vec::new();
        for unit in self.units.numbers() {
            for (part, (order, goods)) in self.parts(unit).into_iter().enumerate() {
                if self.order_goods.get(&order).is_some_and(|goods| goods.stated.is_some()) {
                    parts.push((order, unit, part, goods));
                }
            }
        }
        parts.sort_by_key(|(order, ..)| *order);
        for group in parts.chunk_by(|a, b| a.0 == b.0) {
            let order = group[0].0;
            let live = |unit: u32| self.units[unit].live;
            let any_live = group.iter().any(|(_, unit, ..)| live(*unit));
            let group: Vec<_> =
                group.iter().filter(|(_, unit, ..)| live(*unit) || !any_live).copied().collect();
            let Some(goods) = self.order_goods.get(&order).copied() else { continue };
            let mut weights: Vec<i64> = group.iter().map(|(.., goods)| *goods).collect();
            weights.push(goods.not_shipped);
            if group.len() > 1 && weights.iter().all(|weight| *weight == 0) {
                let count = group.len();
                self.trouble(order, goods.line, Effect::Fee, || {
                    let reason = format!(
                        "this order is {count} packages, and nothing says which of its goods are in which"
                    );
                    Problem::row(codes::CONFLICT, reason).with_hint(
                        "write the value of each parcel into a CSV with order_id, tracking_number and value, \
                         and insure that",
                    )
                });
                continue;
            }
            if weights.iter().all(|weight| *weight == 0) {
                weights.pop();
            }
            for ((_, unit, part, _), share) in
                group.iter().zip(share(goods.stated.unwrap_or(0), &weights))
            {
                self.set_goods(*unit, *part, share);
            }
        }
    }

    /// Sets what a package has of one of its orders.
    fn set_goods(&mut self, unit: u32, part: usize, goods: i64) {
        if part == 0 {
            self.units[unit].goods = goods;
            return;
        }
        let more = self.chains.oldest_first(self.more_of(unit).orders);
        let link = more.get(part - 1).copied().unwrap_or(NONE);
        if let Some(link) = self.links.get_mut(link) {
            link.goods = goods;
        }
    }
}
