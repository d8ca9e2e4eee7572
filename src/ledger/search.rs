//! Searching: digests say which policies may match, in order, and the policies decide.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use rusqlite::Connection;

use super::digest::{self, Block};
use super::filter::{Filter, Probe};
use super::row;
use crate::calendar::Day;
use crate::policy::Policy;

/// From so many candidates in a block on, reading the whole block is quicker than one by one.
const DENSE: usize = digest::BLOCK as usize / 4;

/// Hands the matching policies to `each`, in order, until it says stop.
pub(super) fn run(
    conn: &Connection,
    filter: &Filter,
    today: Day,
    mut each: impl FnMut(Policy) -> bool,
) -> rusqlite::Result<()> {
    let probe = Probe::new(conn, filter, today)?;
    let mut left = filter.limit.unwrap_or(u64::MAX);
    if left == 0 || probe.is_hopeless() {
        return Ok(());
    }
    let mut deliver = |policy: Policy| {
        if !filter.matches(&policy, today) {
            return true;
        }
        left -= 1;
        each(policy) && left > 0
    };
    if filter.by_closing_day() {
        by_closing_day(conn, filter, &probe, &mut deliver)
    } else {
        by_number(conn, filter, &probe, &mut deliver)
    }
}

fn by_number(
    conn: &Connection,
    filter: &Filter,
    probe: &Probe,
    deliver: &mut impl FnMut(Policy) -> bool,
) -> rusqlite::Result<()> {
    let after = filter.after.map_or(0, |no| no.0);
    if let Some(named) = probe.named() {
        let later = named.iter().filter(|no| **no > after);
        return one_by_one(conn, later.copied(), deliver).map(drop);
    }
    let mut candidates: Vec<i64> = Vec::new();
    scan(conn, after + 1, |block| {
        candidates.clear();
        candidates.extend(
            block
                .iter()
                .filter(|(no, digest)| *no > after && probe.may_match(*no, digest))
                .map(|(no, _)| no),
        );
        let (Some(first), Some(last)) = (candidates.first(), candidates.last()) else {
            return Ok(true);
        };
        if candidates.len() < DENSE {
            return one_by_one(conn, candidates.iter().copied(), deliver);
        }
        let mut wanted = candidates.iter().peekable();
        let mut go_on = true;
        row::between(conn, (*first, *last), |policy| {
            while wanted.next_if(|no| **no < policy.no.0).is_some() {}
            if wanted.next_if(|no| **no == policy.no.0).is_some() {
                go_on = deliver(policy);
            }
            go_on
        })?;
        Ok(go_on)
    })
}

fn by_closing_day(
    conn: &Connection,
    filter: &Filter,
    probe: &Probe,
    deliver: &mut impl FnMut(Policy) -> bool,
) -> rusqlite::Result<()> {
    let after = match filter.after {
        Some(no) => digest::of(conn, no.0)?.map(|d| (turn(d.closes), no.0)),
        None => None,
    };
    let mut found: Vec<Reverse<(u16, i64)>> = Vec::new();
    scan(conn, 1, |block| {
        found.extend(
            block
                .iter()
                .filter(|(no, digest)| probe.may_match(*no, digest))
                .map(|(no, digest)| (turn(digest.closes), no))
                .filter(|at| after.is_none_or(|after| *at > after))
                .map(Reverse),
        );
        Ok(true)
    })?;
    // A heap: the first page is wanted far more often than all of them in order.
    let mut found = BinaryHeap::from(found);
    let in_order = std::iter::from_fn(|| found.pop().map(|Reverse((_, no))| no));
    one_by_one(conn, in_order, deliver).map(drop)
}

/// When a closing day has its turn: the soonest first, what has none (0) after all others.
fn turn(closes: u16) -> u16 {
    closes.wrapping_sub(1)
}

fn one_by_one(
    conn: &Connection,
    numbers: impl Iterator<Item = i64>,
    deliver: &mut impl FnMut(Policy) -> bool,
) -> rusqlite::Result<bool> {
    for no in numbers {
        if let Some(policy) = row::get(conn, no)?
            && !deliver(policy)
        {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Reads the blocks from the one that holds policy `first`, until `each` says stop.
fn scan(
    conn: &Connection,
    first: i64,
    mut each: impl FnMut(Block<'_>) -> rusqlite::Result<bool>,
) -> rusqlite::Result<()> {
    let mut blocks =
        conn.prepare_cached("SELECT block, entries FROM digest WHERE block >= ?1 ORDER BY block")?;
    let mut rows = blocks.query([digest::block_of(first)])?;
    while let Some(row) = rows.next()? {
        let bytes = row.get_ref(1)?.as_blob()?;
        if !each(Block::new(row.get(0)?, bytes))? {
            break;
        }
    }
    Ok(())
}
