//! The morning list: claims to be filed, from looks, between the duties of claims, from their
//! table, in the order of their days.

use std::iter::Peekable;

use rusqlite::{Connection, params};

use super::Filter;
use super::digest;
use super::duty::{self, RANGES, SHOWN};
use super::filter::horizon;
use super::row::{self, Columns, malformed};
use super::types::{Due, DueFilter, DueKey, DueTotals};
use super::{search, totals as sums_of};
use crate::calendar::{Day, from_epoch, to_epoch};
use crate::money::{Currency, Money};
use crate::number::ClaimNo;
use crate::policy::{PayoutIs, Policy};
use crate::rules::{Duty, DutyKind, OwedBy, Shown};

/// Hands the entries of the list to `each`, in order, until it says stop.
pub(super) fn run(
    conn: &Connection,
    filter: &DueFilter,
    today: Day,
    mut each: impl FnMut(Due) -> bool,
) -> rusqlite::Result<()> {
    let mut left = filter.limit.unwrap_or(u64::MAX);
    let mut windows = Windows::open(conn, filter, today)?;
    let mut duties = duties(conn, filter, today)?.into_iter().peekable();
    while left > 0 {
        let Some(due) = next(conn, &mut windows, &mut duties)? else { break };
        left -= 1;
        if !each(due) {
            break;
        }
    }
    Ok(())
}

/// The sooner of the next window and the next duty.
fn next(
    conn: &Connection,
    windows: &mut Windows<'_>,
    duties: &mut Peekable<impl Iterator<Item = Stored>>,
) -> rusqlite::Result<Option<Due>> {
    let window = windows.peek()?.map(|due| place(&due.key));
    let duty = duties.peek().map(|stored| place(&stored.key));
    match (window, duty) {
        (Some(window), duty) if duty.is_none_or(|duty| window < duty) => Ok(windows.take()),
        _ => duties.next().map(|stored| stored.read(conn)).transpose(),
    }
}

/// The order of the list.
fn place(key: &DueKey) -> (i64, DutyKind, i64, u32) {
    (duty::stored(key.on), key.kind, key.no, key.number)
}

/// Claims to be filed whose windows close in time.
struct Windows<'c> {
    conn: &'c Connection,
    today: Day,
    by: Day,
    /// By day and number, the last one first.
    left: Vec<(u16, i64)>,
    next: Option<Due>,
}

impl<'c> Windows<'c> {
    fn open(conn: &'c Connection, filter: &DueFilter, today: Day) -> rusqlite::Result<Self> {
        let by = horizon(today, filter.within);
        let mut left = Vec::new();
        if filter.kind.is_none_or(|kind| kind == DutyKind::Claim)
            && filter.after.is_none_or(|after| after.on.is_some())
        {
            let after = filter.after.map(|key| (digest::day_code(key.on), key.kind, key.no));
            search::claimable(conn, &claimable(filter), today, |no, looks| {
                let until = looks.until;
                let is_later = after.is_none_or(|after| (until, DutyKind::Claim, no) > after);
                if until != 0 && until <= digest::day_code(Some(by)) && is_later {
                    left.push((until, no));
                }
            })?;
            left.sort_unstable_by(|a, b| b.cmp(a));
        }
        Ok(Windows { conn, today, by, left, next: None })
    }

    fn peek(&mut self) -> rusqlite::Result<Option<&Due>> {
        while self.next.is_none() {
            let Some((_, no)) = self.left.pop() else { break };
            let Some(policy) = row::get(self.conn, no)? else { continue };
            self.next = window(policy, self.today).filter(|due| due.key.on <= Some(self.by));
        }
        Ok(self.next.as_ref())
    }

    fn take(&mut self) -> Option<Due> {
        self.next.take()
    }
}

/// The search whose policies' windows are on the list.
fn claimable(filter: &DueFilter) -> Filter {
    Filter { claimable: true, plan: filter.plan.clone(), ..Filter::default() }
}

/// A claim that is to be filed, while a last day is named for it.
fn window(policy: Policy, today: Day) -> Option<Due> {
    let prospect = policy.claimable_on(today)?;
    let on = Some(prospect.closes_on?);
    let duty = Duty {
        kind: DutyKind::Claim,
        on,
        shown: Shown::UntilItsDay,
        owed_by: OwedBy::Seller,
        what: prospect.looks_like.word().to_owned(),
        amount: prospect.payout,
        clause: prospect.clause(),
    };
    let key = DueKey { on, kind: DutyKind::Claim, no: policy.no.0, number: 1 };
    Some(Due { key, duty, amount_is: prospect.payout_is, claim: None, policy })
}

/// A duty as it is stored, its claim and policy not read yet.
struct Stored {
    key: DueKey,
    policy: i64,
    shown: Shown,
    owed_by: OwedBy,
    what: String,
    amount: Money,
    clause: String,
}

impl Stored {
    fn read(self, conn: &Connection) -> rusqlite::Result<Due> {
        let Stored { key, policy, shown, owed_by, what, amount, clause } = self;
        let policy = row::get(conn, policy)?;
        let policy = policy.ok_or_else(|| malformed("a claim has no policy"))?;
        let duty = Duty { kind: key.kind, on: key.on, shown, owed_by, what, amount, clause };
        let claim = Some(ClaimNo(key.no));
        Ok(Due { key, duty, amount_is: PayoutIs::Exact, claim, policy })
    }
}

/// The duties of claims that are on the list, in order: those with a day, then those without.
fn duties(conn: &Connection, filter: &DueFilter, today: Day) -> rusqlite::Result<Vec<Stored>> {
    let mut found = Vec::new();
    if filter.kind == Some(DutyKind::Claim) {
        return Ok(found);
    }
    let first = DueKey { on: Some(Day::MIN), kind: DutyKind::Claim, no: 0, number: 0 };
    let (on, kind, no, number) = place(&filter.after.unwrap_or(first));
    for range in RANGES {
        let left = filter.limit.map_or(-1, |limit| {
            i64::try_from(limit.saturating_sub(found.len() as u64)).unwrap_or(-1)
        });
        let mut select = conn.prepare_cached(&format!(
            "SELECT d.on_day, d.kind, d.claim, d.number, d.policy, d.shown, d.owed_by, d.what, t.currency,
                    d.amount, d.clause
             FROM duty d CROSS JOIN terms t ON t.id = d.terms
             WHERE {range} AND {SHOWN} AND (on_day, kind, claim, number) > (?3, ?4, ?5, ?6)
               AND (?7 IS NULL OR t.plan = ?7) AND (?8 IS NULL OR kind = ?8)
             ORDER BY on_day, kind, claim, number LIMIT ?9"
        ))?;
        let mut rows = select.query(params![
            to_epoch(today),
            to_epoch(horizon(today, filter.within)),
            on,
            duty::kind_code(kind),
            no,
            number,
            filter.plan,
            filter.kind.map(duty::kind_code),
            left,
        ])?;
        while let Some(row) = rows.next()? {
            let mut r = Columns { row, at: 0 };
            let on = from_epoch(r.next()?);
            let kind = kind_of(r.next()?)?;
            let key = DueKey { on, kind, no: r.next()?, number: r.next()? };
            let policy = r.next()?;
            let shown = r.word(Shown::from_word)?;
            let owed_by = r.word(OwedBy::from_word)?;
            let what = r.next()?;
            let currency = r.word(Currency::from_code)?;
            let (amount, clause) = (r.money(currency)?, r.next()?);
            found.push(Stored { key, policy, shown, owed_by, what, amount, clause });
        }
    }
    Ok(found)
}

fn kind_of(code: i64) -> rusqlite::Result<DutyKind> {
    duty::kind_of(code).ok_or_else(|| malformed("a kind of duty is not known"))
}

/// Sums over the whole list, by kind and currency. Of one claim that lacks two documents the amount
/// is at stake once.
pub(super) fn totals(
    conn: &Connection,
    filter: &DueFilter,
    today: Day,
) -> rusqlite::Result<Vec<DueTotals>> {
    let by = horizon(today, filter.within);
    let mut all = Vec::new();
    if filter.kind.is_none_or(|kind| kind == DutyKind::Claim) {
        let code = digest::day_code(Some(by));
        let sums = sums_of::expected(
            conn,
            &claimable(filter),
            today,
            |looks| (1..=code).contains(&looks.until),
            |policy| {
                policy.claimable_on(today).and_then(|p| p.closes_on).is_some_and(|on| on <= by)
            },
        )?;
        all.extend(sums.into_iter().map(|sum| DueTotals {
            kind: DutyKind::Claim,
            duties: sum.claims,
            overdue: 0,
            amount: sum.exact,
            at_most: sum.at_most,
        }));
    }
    let mut select = conn.prepare_cached(&format!(
        "SELECT d.kind, t.currency, sum(d.duties), sum(d.overdue), sum(d.amount)
         FROM (SELECT kind, terms, count(*) AS duties, sum(on_day < ?1) AS overdue,
                 max(amount) AS amount
               FROM duty WHERE {SHOWN} AND (?4 IS NULL OR kind = ?4) GROUP BY kind, claim) d
           CROSS JOIN terms t ON t.id = d.terms
         WHERE ?3 IS NULL OR t.plan = ?3
         GROUP BY d.kind, t.currency ORDER BY d.kind, t.currency"
    ))?;
    let kind = filter.kind.map(duty::kind_code);
    let mut rows = select.query(params![to_epoch(today), to_epoch(by), filter.plan, kind])?;
    while let Some(row) = rows.next()? {
        let mut r = Columns { row, at: 0 };
        let kind = kind_of(r.next()?)?;
        let currency = r.word(Currency::from_code)?;
        let count = |n: i64| n.unsigned_abs();
        all.push(DueTotals {
            kind,
            duties: count(r.next()?),
            overdue: count(r.next()?),
            amount: r.money(currency)?,
            at_most: Money::zero(currency),
        });
    }
    Ok(all)
}
