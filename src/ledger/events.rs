//! What happened: rows that are only ever added.

use rusqlite::{Connection, params};
use serde_json::Value;

use super::row::{Columns, malformed};
use crate::calendar::{Day, to_epoch};
use crate::number::{BatchNo, ClaimNo, PolicyNo};

/// What an event happened to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum About {
    /// All policies of a batch at once.
    Batch(BatchNo),
    /// One policy.
    Policy(PolicyNo),
    /// One claim.
    Claim(ClaimNo),
    /// The ledger as a whole: an agreement, a restore.
    Ledger,
}

/// One thing that happened.
#[derive(Clone, PartialEq, Debug)]
pub struct Event {
    /// When.
    pub on: Day,
    /// To what.
    pub about: About,
    /// What, in one word: `bound`, `scanned`, `claim_filed`.
    pub kind: String,
    /// The particulars, as an object.
    pub detail: Value,
}

pub(super) fn insert(conn: &Connection, event: &Event) -> rusqlite::Result<()> {
    let (batch, policy, claim) = match event.about {
        About::Batch(no) => (Some(no.0), None, None),
        About::Policy(no) => (None, Some(no.0), None),
        About::Claim(no) => (None, None, Some(no.0)),
        About::Ledger => (None, None, None),
    };
    conn.prepare_cached(
        "INSERT INTO event (on_day, batch, policy, claim, kind, detail)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?
    .execute(params![
        to_epoch(event.on),
        batch,
        policy,
        claim,
        event.kind,
        event.detail.to_string()
    ])
    .map(drop)
}

/// A policy's history: its batch, itself and its claims, in the order in which it was written.
pub(super) fn of_policy(conn: &Connection, policy: i64) -> rusqlite::Result<Vec<Event>> {
    conn.prepare_cached(
        "SELECT on_day, batch, policy, claim, kind, detail FROM event WHERE id IN (
           SELECT id FROM event WHERE batch = (SELECT batch FROM policy WHERE id = ?1)
           UNION ALL SELECT id FROM event WHERE policy = ?1
           UNION ALL SELECT id FROM event WHERE claim IN (SELECT id FROM claim WHERE policy = ?1))
         ORDER BY id",
    )?
    .query_map([policy], |row| {
        let mut r = Columns { row, at: 0 };
        let on = r.day()?;
        let batch: Option<i64> = r.next()?;
        let policy: Option<i64> = r.next()?;
        let claim: Option<i64> = r.next()?;
        Ok(Event {
            on,
            about: match (batch, policy, claim) {
                (Some(no), ..) => About::Batch(BatchNo(no)),
                (_, Some(no), _) => About::Policy(PolicyNo(no)),
                (.., Some(no)) => About::Claim(ClaimNo(no)),
                _ => About::Ledger,
            },
            kind: r.next()?,
            detail: serde_json::from_str(&r.next::<String>()?)
                .map_err(|_| malformed("an event's particulars are not JSON"))?,
        })
    })?
    .collect()
}

/// The day from which the insurer has had a claim last: filed, completed, or appealed.
pub(super) fn with_insurer_since(conn: &Connection, claim: i64) -> rusqlite::Result<Option<Day>> {
    conn.prepare_cached(
        "SELECT max(on_day) FROM event
         WHERE claim = ?1 AND kind IN ('claim_filed', 'claim_complete', 'claim_appealed')",
    )?
    .query_row([claim], |row| Columns { row, at: 0 }.maybe_day())
}
