//! What follows from the terms and is kept all the same: for ledgers of an earlier version, which
//! do not have it yet.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use rusqlite::{Connection, params};

use super::digest::{Derived, Gathered, goods_code, word_code};
use super::{bind, duty, row};
use crate::calendar::Day;
use crate::plan::{Plan, read};
use crate::policy::{Policy, Prospect};
use crate::rules::{Standing, Terms, prospect};

/// The plans of the ledger's own copies, read once each.
#[derive(Default)]
pub(super) struct Plans(HashMap<i64, Option<Kept>>);

/// A copy that can be read.
pub(super) struct Kept(Plan);

impl Kept {
    /// The terms of this version.
    pub(super) fn terms(&self, version: Day) -> Option<Terms<'_>> {
        let plan = &self.0;
        let version = plan.versions.iter().find(|known| known.effective == version)?;
        Some(Terms { plan, version })
    }
}

impl Plans {
    /// The plan of these terms; `None` where its text cannot be read any more: what it was sold
    /// under is not guessed, and does not keep the ledger from being used.
    pub(super) fn of(&mut self, conn: &Connection, terms: i64) -> rusqlite::Result<Option<&Kept>> {
        let kept = match self.0.entry(terms) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(new) => {
                let text: String = conn
                    .prepare_cached("SELECT toml FROM terms WHERE id = ?1")?
                    .query_row([terms], |row| row.get(0))?;
                new.insert(read("the ledger's copy of a plan", &text).ok().map(Kept))
            }
        };
        Ok(kept.as_ref())
    }
}

/// What could be claimed on a policy by its terms.
pub(super) fn prospect_of(terms: Terms<'_>, policy: &Policy) -> Option<Prospect> {
    let standing = Standing { state: policy.state, trouble: policy.trouble };
    prospect(terms, &policy.parcel, &policy.figures, standing)
}

/// So many policies are read before their rows are written.
const CHUNK: i64 = 4_096;

/// Makes everything that is derived of policies and claims.
pub(super) fn all(conn: &Connection) -> rusqlite::Result<()> {
    let mut plans = Plans::default();
    let mut gathered = Gathered::default();
    let last = bind::last_policy(conn)?;
    let mut first = 1;
    while first <= last {
        let until = last.min(first + CHUNK - 1);
        let mut chunk = Vec::new();
        row::between(conn, (first, until), |policy| {
            chunk.push(policy);
            true
        })?;
        for mut policy in chunk {
            let (terms, lane, goods) = conn
                .prepare_cached("SELECT terms, lane, goods FROM policy WHERE id = ?1")?
                .query_row([policy.no.0], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
            // Where the terms cannot be read any more, what was known stays.
            let kept = plans.of(conn, terms)?.and_then(|kept| kept.terms(policy.version));
            if let Some(derived) = kept.map(|at| prospect_of(at, &policy))
                && derived != policy.prospect
            {
                policy.prospect = derived;
                write(conn, policy.no.0, row::prospect(derived))?;
            }
            let (lane, terms) = (word_code(lane), word_code(Some(terms)));
            let derived = Derived::of(&policy, lane, goods_code(goods), terms);
            gathered.push(conn, policy.no.0, &derived)?;
        }
        first = until + 1;
    }
    gathered.flush(conn)?;
    duty::settle(conn, &mut plans)
}

fn write(conn: &Connection, policy: i64, columns: [Option<i64>; 6]) -> rusqlite::Result<()> {
    let [like, from, until, window, payout, payout_is] = columns;
    conn.prepare_cached(
        "UPDATE policy SET looks_like = ?2, looks_from = ?3, looks_until = ?4, looks_window = ?5,
           payout = ?6, payout_is = ?7
         WHERE id = ?1",
    )?
    .execute(params![policy, like, from, until, window, payout, payout_is])
    .map(drop)
}
