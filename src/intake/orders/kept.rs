//! What is kept of packages and their orders until the last row was read. Kept small: there may be
//! millions.

use crate::intake::cells::Meanings;
use crate::money::Currency;
use crate::parcel::Country;

use super::store::NONE;

/// No row has said the fee yet.
pub(super) const NO_FEE: i64 = -1;

/// One package so far.
#[derive(Clone, Copy)]
pub(super) struct Unit {
    /// Its (first) order.
    pub(super) order: u32,
    /// Where its package and tracking numbers are.
    pub(super) ids: u32,
    /// Goods of its first order, and coupons of all, in minor units.
    pub(super) goods: i64,
    pub(super) coupon: i64,
    pub(super) attributes: u32,
    pub(super) category: u32,
    pub(super) product_name: u32,
    pub(super) first_line: u32,
    /// A hash of what stands in its first row.
    pub(super) first_row: u32,
    /// Where [`More`] of it is.
    pub(super) more: u32,
    pub(super) days: Days,
    /// At least one of its rows is not cancelled.
    pub(super) live: bool,
}

/// Chains of what a package has more than one of, behind the first.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct More {
    pub(super) lines: u32,
    pub(super) categories: u32,
    pub(super) names: u32,
    /// Its further orders, as links.
    pub(super) orders: u32,
}

impl More {
    pub(super) const NONE: More = More { lines: NONE, categories: NONE, names: NONE, orders: NONE };
}

/// Days since 1970-01-01, 0 where none is known: what [`crate::intake::dates`] reads fits 16 bits.
#[derive(Clone, Copy, Default)]
pub(super) struct Days {
    pub(super) label: u16,
    pub(super) shipped: u16,
    pub(super) scanned: u16,
    pub(super) delivered: u16,
    pub(super) cancelled: u16,
}

/// What most packages of a file have in common.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Attributes {
    pub(super) carrier: u32,
    pub(super) service: u32,
    pub(super) from: Option<Country>,
    pub(super) to: Option<Country>,
    /// The currency its rows name; the file's where they name none.
    pub(super) currency: Option<Currency>,
    pub(super) said: Meanings,
}

#[derive(Clone, Copy)]
pub(super) struct Order {
    pub(super) id: u32,
    /// The shipping fee the buyer paid, in minor units, and the line that said it first;
    /// [`NO_FEE`] while none has.
    pub(super) fee: i64,
    pub(super) fee_line: u32,
    pub(super) fee_from: FeeFrom,
    /// Packages that share its fee.
    pub(super) sharers: u32,
    pub(super) live: bool,
    /// It has a package; it has several.
    pub(super) packed: bool,
    pub(super) split: bool,
}

/// Which row said an order's fee, from least to most believed.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum FeeFrom {
    /// That of a cancelled article.
    Cancelled,
    /// That of an article.
    Article,
    /// The order's summary.
    Summary,
}

/// A further order of a combined package.
#[derive(Clone, Copy)]
pub(super) struct Link {
    pub(super) order: u32,
    pub(super) goods: i64,
}
