//! From SKU lines to packages: one row per article, order money repeated on every row.
//!
//! A package is its package number, else its tracking number, else an order not yet packed. What
//! the buyer paid for shipping is taken once an order; where an order was split, its packages
//! share it in proportion to their goods. Rows of one order may stand anywhere in the file, so
//! nothing can be given out before the last row was read: what is kept until then is compact.

mod describe;
mod emit;
mod families;
mod fees;
mod find;
mod goods;
mod kept;
mod trouble;

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use foldhash::quality::RandomState;

use crate::calendar::{Day, to_epoch};
use crate::parcel::same_tracking;

use super::BadRow;
use super::account::Skip;
use super::cells::{Cells, IdsRead, Meanings};
use super::error::IntakeError;
use super::layout::{Field, Per};
use super::problem::{Problem, Trouble, codes};
use super::store::{self, Blocks, Chains, NONE, Numbers, Packed, Short, Texts, unpacked};
use super::worth;
use goods::OrderGoods;
use kept::{Attributes, Days, FeeFrom, Link, More, NO_FEE, Order, Unit};
use trouble::{Effect, OrderTrouble, UnitTrouble};

/// What a row says of its goods.
const GOODS: &[Field] =
    &[Field::Product, Field::UnitPrice, Field::Quantity, Field::Discount, Field::Coupon];

/// Packages in the making.
#[derive(Default)]
pub(super) struct Orders {
    units: Blocks<Unit>,
    orders: Blocks<Order>,
    /// What few packages have.
    more: Blocks<More>,
    /// Their identifiers, packed: of an order its own, of a package its own and behind it the label's.
    ids: Short,
    texts: Texts,
    kinds: Vec<Attributes>,
    kind_numbers: HashMap<Attributes, u32, RandomState>,
    chains: Chains,
    /// Second and further orders of combined packages.
    links: Blocks<Link>,
    link_numbers: HashMap<(u32, u32), u32, RandomState>,
    unit_table: Numbers,
    order_table: Numbers,
    /// Those of the row before: rows of one order tend to follow each other.
    last_unit: Option<u32>,
    last_order: Option<u32>,
    hasher: RandomState,
    /// The further categories of each package.
    unit_categories: HashSet<(u32, u32), RandomState>,
    unit_troubles: HashMap<u32, UnitTrouble>,
    order_troubles: HashMap<u32, OrderTrouble>,
    /// What bad rows of cancelled articles do to their orders (unit, order, trouble): nothing, if
    /// the package turns out to be shipped.
    cancelled_troubles: Vec<(u32, u32, OrderTrouble)>,
    shares: HashMap<u32, i64>,
    /// The fees of each package, where rows state their own.
    row_fees: Vec<i64>,
    /// What the goods of an order come to, where the order states it.
    order_goods: HashMap<u32, OrderGoods>,
    /// Rows that are no package's, and what they say holds for their order.
    order_lines: HashMap<u32, Vec<u64>>,
    /// The further rows of packages, by package and a hash of what stands in the row, with their lines.
    rows: HashMap<(u32, u32), u32, RandomState>,
    /// Of each package whose value hangs on others by a shared fee: the lines of them all.
    families: HashMap<u32, Arc<[u64]>>,
}

/// A row of a package.
#[derive(Clone, Copy)]
struct At {
    unit: u32,
    order: u32,
    line: u64,
    cancelled: bool,
}

/// What a row of a package brings besides names and money.
struct Facts {
    attributes: Attributes,
    category: u32,
    product_name: u32,
    days: Days,
}

impl Orders {
    /// Takes one row in; `Some` where it is no package's, and why. A row whose package cannot be
    /// told comes back at once.
    pub(super) fn add(&mut self, cells: &Cells<'_>, is_sheet: bool) -> Result<Option<Skip>, Added> {
        let line = cells.row.line;
        let (ids, broken) = cells.ids();
        let order = match ids.order {
            Some(id) => self.order(id).ok_or_else(|| too_much(cells))?,
            None => NONE,
        };
        // In a row of the wrong width any cell may be another column's.
        if let Err(problem) = cells.whole(is_sheet) {
            return Err(self.unplaced(line, ids, order, Effect::Anything, problem));
        }
        let said = cells.meanings();
        if let Ok(Meanings { skip: Some(skip), .. }) = said {
            self.pass_over(order, skip, cells);
            return Ok(Some(skip));
        }
        let (package, tracking) = (ids.package.unwrap_or(""), ids.tracking.unwrap_or(""));
        if let Some((field, problem)) = broken {
            let placed = field == Field::Tracking && !package.is_empty();
            if !placed || order == NONE {
                return Err(self.unplaced(line, ids, order, Effect::SharesOfUnknown, problem));
            }
            let unit = self.unit(order, package, tracking, line).ok_or_else(|| too_much(cells))?;
            self.unread(unit, order, cells, problem);
            return Ok(None);
        }
        if order == NONE {
            let problem = cells.missing(Field::Order, codes::MISSING_ID, "order number");
            return Err(self.unplaced(line, ids, order, Effect::Anything, problem));
        }
        let unit = self.unit(order, package, tracking, line).ok_or_else(|| too_much(cells))?;
        if let Some(problem) = said.as_ref().ok().and_then(|said| cells.unjoined(said)) {
            // Without its number the row may be of any parcel of its order.
            if tracking.is_empty() {
                self.trouble(order, line, Effect::Anything, || problem.clone());
            }
            self.unread(unit, order, cells, problem);
            return Ok(None);
        }
        self.same_tracking(unit, tracking, cells)?;
        let read = said.map_err(Trouble::from).and_then(|said| {
            let cells = cells.in_their_currency()?;
            Ok((cells, self.facts(&cells, said)?))
        });
        let (cells, (cancelled, facts)) = match read {
            Ok(read) => read,
            Err(Trouble::File(fatal)) => return Err(Added::Fatal(fatal)),
            Err(Trouble::Row(problem)) => {
                self.unread(unit, order, cells, *problem);
                return Ok(None);
            }
        };
        if !self.counts(unit, cancelled, cells.asked) {
            if let Some(asked) = cells.asked {
                asked.cancelled(line);
            }
            return Ok(None);
        }
        self.describe(unit, order, &facts, &cells);
        let at = At { unit, order, line, cancelled };
        if self.kind(&self.units[unit]).map(|kind| kind.currency) != Some(facts.attributes.currency)
        {
            let reason = "the rows of this package name different currencies";
            let problem = cells.wrong(Field::Currency, Problem::row(codes::CONFLICT, reason));
            self.spoil(unit, line, cancelled, problem);
        }
        self.money(at, &cells);
        Ok(None)
    }

    /// The money of a row that counts.
    fn money(&mut self, at: At, cells: &Cells<'_>) {
        let At { unit, order, line, cancelled } = at;
        let by_order = self.goods_of_order(order, cells);
        let money = worth::goods(cells).and_then(|goods| {
            let missing = || worth::missing(cells);
            // A cancelled article may have lost its price: nothing of it counts.
            let goods = if by_order || cancelled { goods.or(Some(0)) } else { goods };
            Ok((goods.ok_or_else(missing)?, cells.amount(Field::Coupon)?))
        });
        let twice = if by_order || cancelled { None } else { self.same_row(unit, cells) };
        match money.and_then(|money| twice.map_or(Ok(money), Err)) {
            Ok((goods, coupon)) => {
                cells.gives(GOODS);
                self.pay(unit, order, goods, coupon.map_or(0, |c| c.minor()));
            }
            Err(problem) => {
                self.trouble_of(at, Effect::Shares, problem.clone());
                self.spoil(unit, line, cancelled, problem);
            }
        }
        let from = if cancelled { FeeFrom::Cancelled } else { FeeFrom::Article };
        match cells.header.layout.shipping_per {
            Per::Order => self.fee(unit, order, from, cells),
            Per::Row => self.fee_of_row(at, cells),
        }
    }

    /// What is wrong where a row of the same package has the very same cells, each of them, and would
    /// count again: downloads that overlap, put together, have rows twice.
    fn same_row(&mut self, unit: u32, cells: &Cells<'_>) -> Option<Problem> {
        // Without the article's number two alike may be two of them.
        if cells.get(Field::Sku).is_empty() {
            return None;
        }
        let row = cells.row.hash(&self.hasher) as u32;
        let line = u32::try_from(cells.row.line).unwrap_or(NONE);
        let first = self.units.get_mut(unit)?;
        let before = if first.first_line == line {
            first.first_row = row;
            return None;
        } else if first.first_row == row {
            first.first_line
        } else {
            match self.rows.entry((unit, row)) {
                Entry::Vacant(new) => {
                    new.insert(line);
                    return None;
                }
                Entry::Occupied(known) => *known.get(),
            }
        };
        let reason =
            format!("the row is the same as line {before}, cell for cell, and would count twice");
        let problem = Problem::row(codes::STATED_TWICE, reason).with_hint(
            "leave one of them away: files put together from overlapping downloads have rows twice",
        );
        Some(problem)
    }

    /// A row that is no package's. What it says of its order is kept.
    fn pass_over(&mut self, order: u32, skip: Skip, cells: &Cells<'_>) {
        if order == NONE || !matches!(skip, Skip::Summary | Skip::NotShipped) {
            return;
        }
        self.order_lines.entry(order).or_default().push(cells.row.line);
        let Ok(cells) = cells.in_their_currency() else { return };
        if cells.header.layout.shipping_per == Per::Order {
            let summary = skip == Skip::Summary;
            let from = if summary { FeeFrom::Summary } else { FeeFrom::Article };
            self.fee(NONE, order, from, &cells);
        }
        if self.goods_of_order(order, &cells) && skip == Skip::NotShipped {
            self.not_shipped(order, &cells);
        }
    }

    /// A row that is a package's, but does not say whether and with what it counts: the shares of
    /// its order's other packages are not known either. Its fee is believed where no other row
    /// says one.
    fn unread(&mut self, unit: u32, order: u32, cells: &Cells<'_>, problem: Problem) {
        let line = cells.row.line;
        self.trouble(order, line, Effect::SharesOfUnknown, || problem.clone());
        self.spoil(unit, line, false, problem);
        self.fee(unit, order, FeeFrom::Cancelled, cells);
    }

    /// A row that belongs to no package that can be told.
    fn unplaced(
        &mut self,
        line: u64,
        ids: IdsRead<'_>,
        order: u32,
        effect: Effect,
        problem: Problem,
    ) -> Added {
        if order != NONE {
            self.trouble(order, line, effect, || problem.clone());
        }
        Added::Bad(Box::new(problem.at(line, ids.owned())))
    }

    /// A package has one label: a second tracking number is a conflict.
    fn same_tracking(&mut self, unit: u32, tracking: &str, cells: &Cells<'_>) -> Result<(), Added> {
        let at = &mut self.units[unit];
        // Its first row has just brought it.
        if tracking.is_empty() || u64::from(at.first_line) == cells.row.line {
            return Ok(());
        }
        let (package, next) = self.ids.get(at.ids);
        let before = self.ids.get(next).0;
        let packed = Packed::of(tracking).ok_or_else(|| too_much(cells))?;
        if before == packed.as_bytes() || same_tracking(&unpacked(before), tracking) {
            return Ok(());
        }
        if before.is_empty() {
            let package = package.to_owned();
            let ids = self.ids.push([&package, packed.as_bytes()]);
            at.ids = ids.ok_or_else(|| too_much(cells))?;
            return Ok(());
        }
        let reason = format!(
            "package {} has tracking number `{}` on line {} and `{tracking}` here",
            unpacked(package),
            unpacked(before),
            at.first_line
        );
        let problem = cells.wrong(Field::Tracking, Problem::row(codes::CONFLICT, reason));
        self.spoil(unit, cells.row.line, false, problem);
        Ok(())
    }

    /// Everything of a row but names and money.
    fn facts(&mut self, cells: &Cells<'_>, mut said: Meanings) -> Result<(bool, Facts), Trouble> {
        let cancelled_on = cells.day(Field::CancelledOn)?;
        let days = Days {
            label: short(cells.label_created()?),
            shipped: short(cells.ship_date()?),
            scanned: short(cells.day(Field::ScannedOn)?),
            delivered: short(cells.day(Field::DeliveredOn)?),
            cancelled: short(cancelled_on),
        };
        let cancelled = said.cancelled || cancelled_on.is_some();
        // Whether a package is cancelled is decided over all of its rows.
        said.cancelled = false;
        // A number in a list of labels is that of a label that exists.
        said.has_label |= cells.joined_tracking().is_some();
        let facts = Facts {
            attributes: Attributes {
                carrier: self.texts.number(cells.carrier()?, 0),
                service: self.texts.number(cells.service()?, 1),
                from: cells.country(Field::From)?,
                to: cells.country(Field::To)?,
                currency: cells.own_currency,
                said,
            },
            category: self.texts.whole_number(cells.text(Field::Goods)?, 2),
            product_name: self.texts.number(cells.text(Field::Contents)?, 3),
            days,
        };
        Ok((cancelled, facts))
    }

    /// Adds a row's money to its package, and its goods to the package's part in the order.
    fn pay(&mut self, unit: u32, order: u32, goods: i64, coupon: i64) {
        let at = &mut self.units[unit];
        at.coupon = at.coupon.saturating_add(coupon);
        if at.order == order {
            at.goods = at.goods.saturating_add(goods);
            return;
        }
        let known = self.link_numbers.get(&(unit, order)).copied();
        let number = match known {
            Some(number) => number,
            None => {
                let Some(number) = self.links.push(Link { order, goods: 0 }) else { return };
                self.link_numbers.insert((unit, order), number);
                let mut more = self.more_of(unit);
                more.orders = self.chains.push(more.orders, number);
                self.set_more(unit, more);
                number
            }
        };
        let link = &mut self.links[number];
        link.goods = link.goods.saturating_add(goods);
    }

    /// What a package has more than one of.
    fn more_of(&self, unit: u32) -> More {
        self.more.get(self.units[unit].more).copied().unwrap_or(More::NONE)
    }

    fn set_more(&mut self, unit: u32, more: More) {
        let at = &mut self.units[unit];
        match self.more.get_mut(at.more) {
            Some(known) => *known = more,
            None if more == More::NONE => {}
            None => at.more = self.more.push(more).unwrap_or(NONE),
        }
    }

    /// What a package has in common with others.
    fn kind(&self, unit: &Unit) -> Option<&Attributes> {
        self.kinds.get(unit.attributes as usize)
    }
}

/// Why a row was not taken in.
pub(super) enum Added {
    /// It is bad, and its package cannot be told.
    Bad(Box<BadRow>),
    /// The whole file is.
    Fatal(Box<IntakeError>),
}

fn too_much(cells: &Cells<'_>) -> Added {
    Added::Fatal(Box::new(IntakeError::TooMuch {
        name: cells.file.to_owned(),
        line: cells.row.line,
    }))
}

fn short(day: Option<Day>) -> u16 {
    day.and_then(|day| u16::try_from(to_epoch(day)).ok()).unwrap_or(0)
}
