//! What still has to be done for claims: rows that are derived by the rules and never written by an
//! operation. Triggers note whose are stale, whoever changed what; [`settle`] derives them anew.

use std::collections::BTreeMap;

use rusqlite::{Connection, params};

use super::derive::Plans;
use super::{claims, digest, events, row};
use crate::calendar::{Day, from_epoch, to_epoch};
use crate::rules::{DutyKind, duties};

/// The day of a duty that has none: after all others.
const NO_DAY: i64 = i64::MAX;

/// Which duties are worth a look on the day `?1` when looking ahead to the day `?2`.
pub(super) const SHOWN: &str = "CASE shown
   WHEN 'once_over' THEN on_day < ?1
   WHEN 'until_its_day' THEN on_day >= ?1 AND (on_day <= ?2 OR on_day = 9223372036854775807)
   ELSE on_day <= ?2 OR on_day = 9223372036854775807
 END";

/// Where those stand in the order of days: up to the day `?2`, and after all days. Asked one after
/// the other, neither reads what lies between.
pub(super) const RANGES: [&str; 2] = ["on_day <= ?2", "on_day = 9223372036854775807"];

/// The day as it is stored.
pub(super) fn stored(day: Option<Day>) -> i64 {
    day.map_or(NO_DAY, |day| i64::from(to_epoch(day)))
}

/// The kind as it is stored: its place in the order of a day's duties.
pub(super) fn kind_code(kind: DutyKind) -> i64 {
    DutyKind::ALL.iter().zip(0..).find(|((is, _), _)| *is == kind).map_or(0, |(_, at)| at)
}

/// The kind of a code.
pub(super) fn kind_of(code: i64) -> Option<DutyKind> {
    let at = usize::try_from(code).ok()?;
    DutyKind::ALL.get(at).map(|(kind, _)| *kind)
}

/// Derives the duties of all claims whose are stale.
pub(super) fn settle(conn: &Connection, plans: &mut Plans) -> rusqlite::Result<()> {
    let mut select = conn.prepare_cached("SELECT claim FROM duty_stale ORDER BY claim")?;
    let stale: Vec<i64> =
        select.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    for claim in stale {
        if derive(conn, plans, claim)? {
            conn.prepare_cached("DELETE FROM duty_stale WHERE claim = ?1")?.execute([claim])?;
        }
    }
    Ok(())
}

/// How many claims' duties are not known.
pub(super) fn stale(conn: &Connection) -> rusqlite::Result<u64> {
    let count: i64 =
        conn.prepare_cached("SELECT count(*) FROM duty_stale")?.query_row([], |row| row.get(0))?;
    Ok(count.unsigned_abs())
}

/// Derives a claim's duties; false where its terms cannot be read.
fn derive(conn: &Connection, plans: &mut Plans, no: i64) -> rusqlite::Result<bool> {
    conn.prepare_cached("DELETE FROM duty WHERE claim = ?1")?.execute([no])?;
    let Some(claim) = claims::get(conn, no)? else { return Ok(true) };
    let Some(policy) = row::get(conn, claim.policy.0)? else { return Ok(true) };
    let id = conn
        .prepare_cached("SELECT terms FROM policy WHERE id = ?1")?
        .query_row([policy.no.0], |row| row.get(0))?;
    let Some(plan) = plans.of(conn, id)? else { return Ok(false) };
    let Some(terms) = plan.terms(policy.version) else { return Ok(false) };
    let since = events::with_insurer_since(conn, no)?;
    let since = since.or(claim.filed_on).unwrap_or(claim.opened_on);
    let mut insert = conn.prepare_cached(
        "INSERT INTO duty (on_day, kind, claim, number, terms, shown, owed_by, what, amount, clause)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
    )?;
    for (duty, number) in duties(terms, &policy, &claim, since).iter().zip(1i64..) {
        insert.execute(params![
            stored(duty.on),
            kind_code(duty.kind),
            no,
            number,
            id,
            duty.shown.word(),
            duty.owed_by.word(),
            duty.what,
            duty.amount.minor(),
            duty.clause,
        ])?;
    }
    Ok(true)
}

/// The policies whose claims have duties worth a look, in order, each with the day of its soonest
/// as a digest has it.
pub(super) fn policies(
    conn: &Connection,
    today: Day,
    by: Day,
) -> rusqlite::Result<Vec<(i64, u16)>> {
    let mut soonest: BTreeMap<i64, i64> = BTreeMap::new();
    for range in RANGES {
        let mut select = conn.prepare_cached(&format!(
            "SELECT c.policy, d.on_day FROM duty d CROSS JOIN claim c ON c.id = d.claim
             WHERE {range} AND {SHOWN} ORDER BY d.on_day"
        ))?;
        let mut rows = select.query([to_epoch(today), to_epoch(by)])?;
        while let Some(row) = rows.next()? {
            soonest.entry(row.get(0)?).or_insert(row.get(1)?);
        }
    }
    let code = |(policy, on)| (policy, digest::day_code(from_epoch(on)));
    Ok(soonest.into_iter().map(code).collect())
}
