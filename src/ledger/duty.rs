//! What still has to be done for claims: rows that are derived by the rules and never written by an
//! operation. Triggers note whose are stale, whoever changed what; [`settle`] derives them anew.

use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};

use super::derive::Plans;
use super::{bind, claims, digest, events, row};
use crate::calendar::{Day, from_epoch, to_epoch};
use crate::rules::{Duty, DutyKind, duties};

/// The day of a duty that has none: after all others.
const NO_DAY: i64 = i64::MAX;

/// Which duties are worth a look on the day `?1` when looking ahead to the day `?2`.
pub(super) const SHOWN: &str = "CASE shown
   WHEN 'once_over' THEN on_day < ?1
   WHEN 'until_its_day' THEN on_day >= ?1 AND (on_day <= ?2 OR on_day = 9223372036854775807)
   WHEN 'always' THEN 1
   ELSE on_day <= ?2 OR on_day = 9223372036854775807
 END";

/// Where those stand in the order of days: up to the day `?2`, after it, and after all days. Asked one
/// after the other, none reads what lies between and is not shown.
pub(super) const RANGES: [&str; 3] = [
    "on_day <= ?2",
    "shown = 'always' AND on_day > ?2 AND on_day < 9223372036854775807",
    "on_day = 9223372036854775807",
];

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
    let Some(rows) = rows(conn, plans, no)? else { return Ok(false) };
    let mut insert = conn.prepare_cached(
        "INSERT INTO duty (on_day, kind, claim, number, policy, terms, shown, owed_by, what, amount,
           clause)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
    )?;
    for row in rows {
        insert.execute(params_from_iter(row))?;
    }
    Ok(true)
}

/// Whether a claim's duties are kept as the rules derive them, or noted as not derived.
pub(super) fn tells(conn: &Connection, plans: &mut Plans, no: i64) -> rusqlite::Result<bool> {
    let is_stale: bool = conn
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM duty_stale WHERE claim = ?1)")?
        .query_row([no], |row| row.get(0))?;
    let Some(derived) = rows(conn, plans, no)? else { return Ok(is_stale) };
    let mut select = conn.prepare_cached(
        "SELECT on_day, kind, claim, number, policy, terms, shown, owed_by, what, amount, clause
         FROM duty WHERE claim = ?1 ORDER BY number",
    )?;
    let kept = select.query_map([no], |row| {
        let mut kept = std::array::from_fn(|_| Value::Null);
        for (at, cell) in kept.iter_mut().enumerate() {
            *cell = row.get(at)?;
        }
        Ok(kept)
    })?;
    let kept: Vec<DutyRow> = kept.collect::<rusqlite::Result<_>>()?;
    Ok(!is_stale && kept == derived)
}

/// A row of the table, column by column.
type DutyRow = [Value; 11];

/// A claim's duties as rows; `None` where its terms cannot be read.
fn rows(conn: &Connection, plans: &mut Plans, no: i64) -> rusqlite::Result<Option<Vec<DutyRow>>> {
    let Some(claim) = claims::get(conn, no)? else { return Ok(Some(Vec::new())) };
    let Some(policy) = row::get(conn, claim.policy.0)? else { return Ok(Some(Vec::new())) };
    let id = bind::terms_of(conn, policy.no.0)?;
    let Some(plan) = plans.of(conn, id)? else { return Ok(None) };
    let Some(terms) = plan.terms(policy.version) else { return Ok(None) };
    let since = events::with_insurer_since(conn, no)?;
    let since = since.or(claim.filed_on).unwrap_or(claim.opened_on);
    let row = |(duty, number): (Duty, i64)| {
        [
            stored(duty.on).into(),
            kind_code(duty.kind).into(),
            no.into(),
            number.into(),
            policy.no.0.into(),
            id.into(),
            duty.shown.word().to_owned().into(),
            duty.owed_by.word().to_owned().into(),
            duty.what.into(),
            duty.amount.minor().into(),
            duty.clause.into(),
        ]
    };
    Ok(Some(duties(terms, &policy, &claim, since).into_iter().zip(1i64..).map(row).collect()))
}

/// The policies whose claims have duties worth a look, in order, each with the day of its soonest
/// as a digest has it.
pub(super) fn policies(
    conn: &Connection,
    today: Day,
    by: Day,
) -> rusqlite::Result<Vec<(i64, u16)>> {
    let mut found: Vec<(i64, i64)> = Vec::new();
    for range in RANGES {
        let mut select = conn.prepare_cached(&format!(
            "SELECT policy, on_day FROM duty WHERE {range} AND {SHOWN}"
        ))?;
        let mut rows = select.query([to_epoch(today), to_epoch(by)])?;
        while let Some(row) = rows.next()? {
            found.push((row.get(0)?, row.get::<_, i64>(1)?));
        }
    }
    found.sort_unstable();
    found.dedup_by_key(|(policy, _)| *policy);
    let code = |(policy, on)| (policy, digest::day_code(from_epoch(on)));
    Ok(found.into_iter().map(code).collect())
}
