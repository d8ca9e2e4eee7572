//! Finding by identifier: what a person typed, and parcels that are covered already (`same.rs`).

mod same;

use rusqlite::{Connection, OptionalExtension};

use super::{Ledger, LedgerError, ident, row};
use crate::money::Money;
use crate::number::{ClaimNo, PolicyNo};
use crate::parcel::{
    Ids, Label, Parcel, Stated, plain_order, plain_tracking, same_order, same_tracking,
};
use crate::policy::{Policy, State};

pub(super) use same::Same;

/// A policy that covers a parcel already.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Existing {
    /// Its number.
    pub no: PolicyNo,
    /// Under which plan.
    pub plan: String,
    /// How it is known to be the same parcel.
    pub how: SameBy,
    /// What it was worth when it was recorded.
    pub package_value: Money,
    /// What it was stated to be worth in another currency, where it was converted.
    pub stated: Option<Stated>,
    /// What the policy pays at most.
    pub cover: Money,
    /// Where the policy stands. A cancelled one is given only where its label was voided and is
    /// this very parcel's: a voided label cannot be covered again.
    pub state: State,
    /// The names it is known by.
    pub ids: Ids,
    /// Where the label stands.
    pub label: Label,
    /// Whether it pays more than what came free.
    pub bought: bool,
    /// Where it is known by [`SameBy::PackedOrder`]: how many more policies in force the order has;
    /// none where they are too many to look through, or were not asked for.
    pub more: Option<usize>,
}

impl Existing {
    /// Whether the parcel's names tell what the policy does not know yet: the order was covered
    /// before it was packed, or under its label alone.
    pub fn is_named_by(&self, ids: &Ids) -> bool {
        match self.how {
            SameBy::UnpackedOrder => true,
            SameBy::Tracking => self.ids.package.is_none() && ids.package.is_some(),
            SameBy::Handle | SameBy::PackedOrder => false,
        }
    }
}

/// A parcel that is asked for, by its names.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    ids: &'a Ids,
    /// The orders that were packed into it besides.
    other_orders: &'a [String],
    /// Whether its package number is that of its label, and tells it from no other parcel.
    package_is_label: bool,
    /// Whether the policies of its order are asked for.
    of_order: bool,
}

impl<'a> Wanted<'a> {
    /// With a package number that is only its label's.
    #[must_use]
    pub fn package_is_label(self, package_is_label: bool) -> Wanted<'a> {
        Wanted { package_is_label, ..self }
    }

    /// Only the policy that covers it already, whatever else the order has.
    pub(super) fn alone(ids: &'a Ids) -> Wanted<'a> {
        Wanted { of_order: false, ..Wanted::from(ids) }
    }
}

impl<'a> From<&'a Ids> for Wanted<'a> {
    fn from(ids: &'a Ids) -> Wanted<'a> {
        Wanted { ids, other_orders: &[], package_is_label: false, of_order: true }
    }
}

impl<'a> From<&'a Parcel> for Wanted<'a> {
    fn from(parcel: &'a Parcel) -> Wanted<'a> {
        Wanted { other_orders: &parcel.other_orders, ..Wanted::from(&parcel.ids) }
    }
}

/// What the ledger has of a parcel that is to be covered.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Known {
    /// The policy that covers it already.
    pub same: Option<Existing>,
    /// Where there is none: the policies that cover its order under other numbers, if the parcel has
    /// a tracking number but no package number, and those of the further orders packed into it. Each
    /// may be of another parcel of the order, or of this one under a label that was bought before.
    /// Where the parcel is an order known by [`SameBy::PackedOrder`]: all policies in force of it. An
    /// order of very many parcels has none here.
    pub of_order: Vec<Policy>,
}

/// What tells that a parcel and a policy are the same.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SameBy {
    /// The same [`Ids::handle`].
    Handle,
    /// The same tracking number.
    Tracking,
    /// The policy was recorded for the order before it was packed.
    UnpackedOrder,
    /// The parcel is the order as it was before it was packed, such as from an older export.
    PackedOrder,
}

/// The policies with this number, claim or identifier, in order.
pub(super) fn find(conn: &Connection, identifier: &str) -> rusqlite::Result<Vec<i64>> {
    let mut found = Vec::new();
    if let Some(PolicyNo(no)) = PolicyNo::parse(identifier) {
        let known = conn.prepare_cached("SELECT id FROM policy WHERE id = ?1")?;
        found.extend(one(known, no)?);
    }
    if let Some(ClaimNo(no)) = ClaimNo::parse(identifier) {
        let known = conn.prepare_cached("SELECT policy FROM claim WHERE id = ?1")?;
        found.extend(one(known, no)?);
    }
    let runs = ident::runs(conn)?;
    let forms = [identifier.into(), plain_order(identifier), plain_tracking(identifier)];
    for (at, form) in forms.iter().enumerate() {
        if forms[..at].contains(form) {
            continue;
        }
        for no in ident::candidates(conn, runs, ident::key(form))? {
            if goes_by(conn, no, identifier)? {
                found.push(no);
            }
        }
    }
    found.sort_unstable();
    found.dedup();
    Ok(found)
}

fn one(mut select: rusqlite::CachedStatement<'_>, no: i64) -> rusqlite::Result<Option<i64>> {
    select.query_row([no], |row| row.get(0)).optional()
}

fn goes_by(conn: &Connection, no: i64, identifier: &str) -> rusqlite::Result<bool> {
    Ok(row::get(conn, no)?.is_some_and(|policy| {
        let parcel = policy.parcel;
        let ids = &parcel.ids;
        let mut orders = ids.order.iter().chain(&ids.package).chain(&parcel.other_orders);
        orders.any(|id| same_order(id, identifier))
            || ids.tracking.as_deref().is_some_and(|id| same_tracking(id, identifier))
            || ids.plain_handle() == plain_order(identifier)
    }))
}

/// Tells which parcels are covered already, without writing: see [`Ledger::covered`].
pub struct Covered<'a> {
    pub(super) ledger: &'a Ledger,
    pub(super) same: Same,
}

impl Covered<'_> {
    /// For each parcel what the ledger has of it; cancelled policies do not cover.
    ///
    /// # Errors
    /// The ledger cannot be read.
    pub fn find_known(&mut self, parcels: &[Wanted<'_>]) -> Result<Vec<Known>, LedgerError> {
        let same = &mut self.same;
        self.ledger.run(|conn| same.find(conn, parcels))
    }
}
