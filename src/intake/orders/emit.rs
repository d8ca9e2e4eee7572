//! Packages as parcels, in the order in which they were first seen.

use std::collections::{HashMap, HashSet};

use crate::calendar::{Day, from_epoch};
use crate::intake::asked::OrderMoney;
use crate::intake::cells::label;
use crate::intake::layout::TrackingMeans;
use crate::intake::problem::{BadRow, Problem, codes};
use crate::intake::{Item, ParcelRow};
use crate::money::{Currency, LARGEST_MINOR, Money};
use crate::parcel::{CarrierFacts, Ids, Parcel, ValueParts};

use super::store::{NONE, Numbers, cut, unpacked};
use super::{Effect, NO_FEE, Orders, Unit};

/// The longest list of contents: enough to recognise a parcel by.
const CONTENTS: usize = 200;

impl Orders {
    /// Ends the grouping: after the last row, before the first parcel.
    pub(in crate::intake) fn finish(&mut self) {
        // What only finds packages, and what is theirs, is not needed any more.
        (self.unit_table, self.order_table) = (Numbers::default(), Numbers::default());
        (self.rows, self.link_numbers) = (HashMap::default(), HashMap::default());
        self.unit_categories = HashSet::default();
        self.settle();
        self.share_goods();
        self.share_out();
        self.relate();
    }

    /// The `n`th package: a parcel, or what is wrong with it; `None` after the last.
    pub(in crate::intake) fn item(
        &self,
        n: u32,
        currency: Currency,
        means: TrackingMeans,
    ) -> Option<Item> {
        let unit = self.units.get(n)?;
        let ids = self.ids_of(unit);
        if let Some((line, problem)) = self.problem(n, &ids) {
            let mut bad: BadRow = problem.at(line, ids);
            bad.more_lines = self.lines(n).filter(|other| *other != line).collect();
            bad.more_lines.sort_unstable();
            bad.order_lines = self.family(n);
            return Some(Item::Bad(bad));
        }
        let goods = self.parts(n).into_iter().map(|(_, goods)| goods).fold(0, i64::saturating_add);
        let (attributes, more) = (self.kind(unit), self.more_of(n));
        let currency = attributes.and_then(|kind| kind.currency).unwrap_or(currency);
        let money = |minor| Money::from_minor(minor, currency);
        let mut parcel = Parcel::of_value(ValueParts {
            product: money(goods),
            coupon: money(unit.coupon),
            shipping: money(self.shipping_of(n)),
        });
        let total = parcel.value.total();
        if !total.is_ok_and(|total| total.minor() <= LARGEST_MINOR) {
            let problem =
                Problem::row(codes::AMOUNT_TOO_LARGE, "the amounts of its rows add up to too much");
            let mut bad = problem.at(u64::from(unit.first_line), ids);
            bad.more_lines = self.lines(n).skip(1).collect();
            bad.order_lines = self.family(n);
            return Some(Item::Bad(bad));
        }
        parcel.other_orders =
            self.parts(n).into_iter().skip(1).map(|(order, _)| self.order_id(order)).collect();
        if let Some(attributes) = attributes {
            let text = |number| self.texts.get(number).map(str::to_owned);
            parcel.carrier = text(attributes.carrier);
            parcel.service = text(attributes.service);
            parcel.from = attributes.from;
            parcel.to = attributes.to;
            parcel.fulfilment = attributes.said.fulfilment;
        }
        parcel.goods = self.list(unit.category, more.categories);
        parcel.contents = self.list(unit.product_name, more.names).map(shortened);
        let days = unit.days;
        let has_label = attributes.is_some_and(|attributes| attributes.said.has_label);
        parcel.label = label(day(days.label), ids.tracking.is_some(), means, has_label);
        parcel.ship_date = day(days.shipped);
        parcel.facts = CarrierFacts {
            scanned_on: day(days.scanned),
            delivered_on: day(days.delivered),
            cancelled: !unit.live,
            cancelled_on: day(days.cancelled),
            moved_on: None,
        };
        parcel.ids = ids;
        let line = u64::from(unit.first_line);
        let more_lines = self.lines(n).skip(1).collect();
        Some(Item::Parcel(ParcelRow {
            line,
            more_lines,
            order_lines: self.family(n),
            parcel,
            cover: None,
        }))
    }

    /// The money of the `n`th package's orders that is counted once an order, and its lines.
    pub(in crate::intake) fn order_money(&self, n: u32, currency: Currency) -> Vec<OrderMoney> {
        let attributes = self.units.get(n).and_then(|unit| self.kind(unit));
        let currency = attributes.and_then(|kind| kind.currency).unwrap_or(currency);
        let of = |(minor, line)| (Money::from_minor(minor, currency), line);
        let money = |(order, _): (u32, i64)| {
            let at = self.orders.get(order)?;
            let goods = self.order_goods.get(&order).and_then(|goods| goods.stated()).map(of);
            let fee = (at.fee != NO_FEE).then(|| of((at.fee, u64::from(at.fee_line))));
            let order = self.order_id(order);
            Some(OrderMoney { order, fee, packages: at.sharers, goods })
        };
        self.parts(n).into_iter().filter_map(money).collect()
    }

    /// The lines of the `n`th package.
    pub(in crate::intake) fn lines_of(&self, n: u32) -> Vec<u64> {
        if self.units.get(n).is_some() { self.lines(n).collect() } else { Vec::new() }
    }

    /// What spoils a package: one of its own rows, or a row of one of its orders.
    fn problem(&self, n: u32, ids: &Ids) -> Option<(u64, Problem)> {
        let unit = &self.units[n];
        let own = self.unit_troubles.get(&n);
        if let Some(own) = own.filter(|own| !(own.cancelled && unit.live)) {
            let mut problem = own.problem.clone();
            if self.more_of(n).lines != NONE {
                problem.reason = format!(
                    "{}; all rows of {} are left out, as its value would be wrong",
                    problem.reason,
                    ids.shown()
                );
            }
            return Some((own.line, problem));
        }
        for (order, _) in self.parts(n) {
            let Some(trouble) = self.order_troubles.get(&order) else {
                continue;
            };
            let at = &self.orders[order];
            let id = self.order_id(order);
            let (line, first) = (trouble.line, u64::from(unit.first_line));
            match trouble.effect {
                Effect::Fee => {
                    let here = if self.lines(n).any(|own| own == line) { line } else { first };
                    return Some((here, trouble.problem.clone()));
                }
                Effect::Anything => {
                    let what = match trouble.problem.code {
                        codes::SPLIT_UNKNOWN | codes::TRACKING_UNREAD => "has no parcel yet",
                        _ => "cannot be read",
                    };
                    let reason = format!(
                        "order {id} has a row on line {line} that {what} and may belong to this package"
                    );
                    return Some((first, Problem::row(codes::ORDER_INCOMPLETE, reason)));
                }
                Effect::Shares if at.fee <= 0 || at.sharers < 2 => {}
                Effect::SharesOfUnknown if at.fee <= 0 => {}
                Effect::Shares | Effect::SharesOfUnknown => {
                    let reason = format!(
                        "its share of the shipping fee of order {id} is not known: the row on line {line} cannot be read"
                    );
                    return Some((first, Problem::row(codes::ORDER_INCOMPLETE, reason)));
                }
            }
        }
        None
    }

    fn ids_of(&self, unit: &Unit) -> Ids {
        let some = |text: String| (!text.is_empty()).then_some(text);
        let (package, next) = self.ids.get(unit.ids);
        Ids {
            order: some(self.order_id(unit.order)),
            package: some(unpacked(package)),
            tracking: some(unpacked(self.ids.get(next).0)),
        }
    }

    fn order_id(&self, order: u32) -> String {
        self.orders.get(order).map(|order| unpacked(self.ids.get(order.id).0)).unwrap_or_default()
    }

    /// The lines of a package, the first one first.
    pub(super) fn lines(&self, unit: u32) -> impl Iterator<Item = u64> {
        let more = self.chains.oldest_first(self.more_of(unit).lines);
        std::iter::once(self.units[unit].first_line).chain(more).map(u64::from)
    }

    /// Different texts of a package in one line.
    fn list(&self, first: u32, more: u32) -> Option<String> {
        let mut all = self.texts.get(first)?.to_owned();
        for text in self.chains.oldest_first(more) {
            all.push_str("; ");
            all.push_str(self.texts.get(text).unwrap_or(""));
        }
        Some(all)
    }
}

/// A list of contents, cut where it gets long.
fn shortened(mut contents: String) -> String {
    if contents.len() > CONTENTS {
        contents.truncate(cut(&contents, CONTENTS - '…'.len_utf8()).len());
        contents.push('…');
    }
    contents
}

fn day(days: u16) -> Option<Day> {
    (days != 0).then(|| from_epoch(i64::from(days))).flatten()
}
