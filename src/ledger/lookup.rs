//! Finding by identifier: what a person typed, and parcels that are covered already.

use std::borrow::Cow;

use rusqlite::{Connection, OptionalExtension};

use super::ident::{self, Filter};
use super::row::{self, Columns};
use super::{Ledger, LedgerError};
use crate::money::{Currency, Money};
use crate::number::{ClaimNo, PolicyNo};
use crate::parcel::{Ids, Stated, unpacked};
use crate::policy::State;

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
    for no in ident::candidates(conn, ident::runs(conn)?, ident::key(identifier))? {
        if goes_by(conn, no, identifier)? {
            found.push(no);
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
        [&ids.order, &ids.package, &ids.tracking]
            .into_iter()
            .flatten()
            .chain(&parcel.other_orders)
            .any(|id| id == identifier)
            || ids.handle() == identifier
    }))
}

/// Tells which parcels are covered already, without writing: see [`Ledger::covered`].
pub struct Covered<'a> {
    pub(super) ledger: &'a Ledger,
    pub(super) same: Same,
}

impl Covered<'_> {
    /// For each parcel the policy that covers it already, if any; cancelled ones do not.
    ///
    /// # Errors
    /// The ledger cannot be read.
    pub fn find_same(&mut self, parcels: &[&Ids]) -> Result<Vec<Option<Existing>>, LedgerError> {
        let same = &mut self.same;
        self.ledger.run(|conn| same.find(conn, parcels))
    }
}

/// What is known of the index while a batch asks it for many parcels.
#[derive(Default)]
pub(super) struct Same {
    index: Option<Index>,
}

struct Index {
    runs: i64,
    policies: i64,
    asked: i64,
    filter: Option<Filter>,
    /// The policy after the last one found: a file that is read again comes in the same order.
    guess: Option<i64>,
}

/// Looking up one parcel takes about as long as reading so many policies' keys into the filter.
const LOOKUP_IN_POLICIES: i64 = 512;

impl Same {
    /// Forgets the index: it has changed.
    pub(super) fn forget(&mut self) {
        self.index = None;
    }

    /// Takes in a key that was added since.
    pub(super) fn learn(&mut self, key: u64) {
        if let Some(filter) = self.index.as_mut().and_then(|index| index.filter.as_mut()) {
            filter.add(key);
        }
    }

    /// For each parcel the policy that covers it already.
    pub(super) fn find(
        &mut self,
        conn: &Connection,
        parcels: &[&Ids],
    ) -> rusqlite::Result<Vec<Option<Existing>>> {
        let index = match &mut self.index {
            Some(index) => index,
            none => none.insert(Index {
                runs: ident::runs(conn)?,
                policies: super::bind::last_policy(conn)?,
                asked: 0,
                filter: None,
                guess: None,
            }),
        };
        if index.policies == 0 {
            return Ok(vec![None; parcels.len()]);
        }
        index.asked = index.asked.saturating_add_unsigned(parcels.len() as u64);
        if index.filter.is_none() && index.asked > index.policies / LOOKUP_IN_POLICIES {
            index.filter = Some(Filter::read(conn, index.policies)?);
        }
        // All keys first, then all looks into the filter: memory answers many at once.
        let names: Vec<Names<'_>> = parcels.iter().map(|ids| Names::of(ids)).collect();
        let may_hold: Vec<[bool; 3]> = match &index.filter {
            Some(filter) => names.iter().map(|n| n.keys.map(|k| filter.may_hold(k))).collect(),
            None => vec![[true; 3]; names.len()],
        };
        names
            .iter()
            .zip(may_hold)
            .map(|(names, may_hold)| match may_hold {
                [false, false, false] => Ok(None),
                _ => index.same(conn, names, may_hold),
            })
            .collect()
    }
}

/// What a policy of the same parcel may be known by, with the keys.
struct Names<'a> {
    names: [(SameBy, Option<Cow<'a, str>>); 3],
    keys: [u64; 3],
    tracking: Option<&'a str>,
}

impl Names<'_> {
    fn of(ids: &Ids) -> Names<'_> {
        let handle = Some(ids.handle()).filter(|handle| !handle.is_empty());
        let waiting = ids.order.as_deref().map(unpacked);
        let is_unpacked = ids.package.is_none() && ids.tracking.is_none();
        let by_number = match &ids.order {
            Some(order) if is_unpacked => (SameBy::PackedOrder, Some(Cow::Borrowed(&**order))),
            _ => (SameBy::Tracking, ids.tracking.as_deref().map(Cow::Borrowed)),
        };
        let names = [
            (SameBy::Handle, handle.map(Cow::Owned)),
            by_number,
            (SameBy::UnpackedOrder, waiting.map(Cow::Owned)),
        ];
        let keys = [0, 1, 2].map(|at: usize| names[at].1.as_deref().map_or(0, ident::key));
        Names { names, keys, tracking: ids.tracking.as_deref() }
    }
}

impl Index {
    fn same(
        &mut self,
        conn: &Connection,
        names: &Names<'_>,
        may_hold: [bool; 3],
    ) -> rusqlite::Result<Option<Existing>> {
        if let (Some(guess), (_, Some(handle))) = (self.guess.take(), &names.names[0])
            && let Some(existing) = covering(conn, guess, SameBy::Handle)?
            && existing.state != State::Cancelled
            && existing.ids.handle() == *handle
        {
            self.guess = Some(guess + 1);
            return Ok(Some(existing));
        }
        let mut voided = None;
        for (((how, name), key), may_hold) in names.names.iter().zip(names.keys).zip(may_hold) {
            let Some(name) = name.as_deref().filter(|_| may_hold) else {
                continue;
            };
            for no in ident::candidates(conn, self.runs, key)? {
                if let Some(existing) = covering(conn, no, *how)?
                    && match how {
                        SameBy::Tracking => existing.ids.tracking.as_deref() == Some(name),
                        SameBy::PackedOrder => goes_by(conn, no, name)?,
                        SameBy::Handle | SameBy::UnpackedOrder => existing.ids.handle() == name,
                    }
                {
                    if existing.state == State::Cancelled {
                        let label = names.tracking.filter(|_| *how != SameBy::PackedOrder);
                        if label.is_some() && existing.ids.tracking.as_deref() == label {
                            voided = Some(existing);
                        }
                        continue;
                    }
                    self.guess = Some(no + 1);
                    return Ok(Some(existing));
                }
            }
        }
        Ok(voided)
    }
}

fn covering(conn: &Connection, no: i64, how: SameBy) -> rusqlite::Result<Option<Existing>> {
    conn.prepare_cached(
        "SELECT p.id, t.plan, t.currency, p.order_id, p.package_id, p.tracking, p.package_value, p.cover,
                p.state, p.fx, p.stated_value
         FROM policy p CROSS JOIN terms t ON t.id = p.terms
         WHERE p.id = ?1 AND (p.state <> 2 OR p.cancelled = 1)",
    )?
    .query_row([no], |row| {
        let mut r = Columns { row, at: 0 };
        let no = PolicyNo(r.next()?);
        let plan = r.next()?;
        let currency = r.word(Currency::from_code)?;
        Ok(Existing {
            no,
            plan,
            how,
            ids: Ids { order: r.id()?, package: r.id()?, tracking: r.id()? },
            package_value: r.money(currency)?,
            cover: r.money(currency)?,
            state: r.state()?,
            stated: row::stated(conn, currency, r.next()?, r.next()?)?,
        })
    })
    .optional()
}
