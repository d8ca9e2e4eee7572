//! Numbers are found however they are written: for ledgers in which they were found only as they
//! were.
//!
//! A number that is compared otherwise than it is written has two keys in the index, and up to
//! which policy that is so is noted in the index itself, under a key that no number has.

use rusqlite::{Connection, OptionalExtension, TransactionBehavior};

use super::bind::{last_policy, push_plain_keys};
use super::ident::{self, Pair, Pairs};
use super::row::{self, Columns};
use crate::parcel::Ids;

/// The key of the note. Those of numbers are not negative.
const NOTE: i64 = -1;

/// Whether every number is found however it is written.
pub(super) fn is_complete(conn: &Connection) -> rusqlite::Result<bool> {
    Ok(up_to(conn)? >= last_policy(conn)?)
}

/// The last policy of those whose numbers are found however they are written.
pub(super) fn up_to(conn: &Connection) -> rusqlite::Result<i64> {
    let noted = conn
        .prepare_cached("SELECT max(policy) FROM ident WHERE key = ?1")?
        .query_row([NOTE], |row| row.get::<_, Option<i64>>(0))
        .optional()?;
    Ok(noted.flatten().unwrap_or(0))
}

/// Notes that this holds up to a policy.
pub(super) fn note(conn: &Connection, policy: i64) -> rusqlite::Result<()> {
    conn.prepare_cached("DELETE FROM ident WHERE key = ?1")?.execute([NOTE])?;
    conn.prepare_cached("INSERT INTO ident (key, policy) VALUES (?1, ?2)")?
        .execute([NOTE, policy])
        .map(drop)
}

/// Adds what is missing.
pub(super) fn complete(conn: &mut Connection) -> rusqlite::Result<()> {
    let tx = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Asked inside: another process may have been quicker.
    let (from, last) = (up_to(&tx)?, last_policy(&tx)?);
    let mut pairs = Pairs::default();
    {
        let mut select = tx.prepare(
            "SELECT id, order_id, package_id, tracking, other_orders FROM policy WHERE id > ?1",
        )?;
        let mut rows = select.query([from])?;
        while let Some(row) = rows.next()? {
            let mut r = Columns { row, at: 0 };
            let no: i64 = r.next()?;
            let policy = u32::try_from(no).map_err(|_| row::malformed("a policy's number"))?;
            let ids = Ids { order: r.id()?, package: r.id()?, tracking: r.id()? };
            push_plain_keys(&ids, &r.list()?, |key| pairs.push(Pair::new(key, policy)));
        }
    }
    ident::insert(&tx, &mut pairs, last)?;
    note(&tx, last)?;
    tx.commit()
}
