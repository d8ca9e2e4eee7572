//! Searching: looks and digests say which policies may match, in order, and the policies decide.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use rusqlite::Connection;

use super::digest::{self, DigestsInOrder};
use super::filter::{Filter, Probe};
use super::looks::{self, Looks};
use super::row;
use crate::calendar::Day;
use crate::policy::Policy;

/// From so many candidates in a block on, reading the whole block is quicker than one by one.
const DENSE: usize = digest::BLOCK / 4;

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
        if !probe.holds(filter, &policy, today) {
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
    if probe.asks_looks() {
        return by_looks(conn, probe, after + 1, |no, _, _| {
            one_by_one(conn, [no].into_iter(), deliver)
        });
    }
    let mut candidates: Vec<i64> = Vec::new();
    digest::scan(conn, after + 1, |block| {
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

/// Hands those that may match to `each`, with how they look, in the order of their numbers from
/// `first` on, until it says stop. Where looks or a digest that was asked were cut off, `each` gets
/// to know that only the policy can tell.
pub(super) fn by_looks(
    conn: &Connection,
    probe: &Probe,
    first: i64,
    mut each: impl FnMut(i64, &Looks, Known) -> rusqlite::Result<bool>,
) -> rusqlite::Result<()> {
    let mut digests = DigestsInOrder::new(conn);
    let mut sieve = probe.sieve();
    looks::scan(conn, first, |block| {
        sieve.pick(block, |no, looks| {
            let mut is_cut_off = looks.is_cut_off();
            if probe.asks_digests() {
                match digests.of(no)? {
                    Some(digest) if probe.may_match(no, &digest) => {
                        is_cut_off |= digest.is_cut_off()
                    }
                    _ => return Ok(true),
                }
            }
            let known = if is_cut_off { Known::Perhaps } else { Known::ForSure };
            Ok(no < first || each(no, &looks, known)?)
        })
    })
}

/// Whether what is kept in short says for sure that a policy matches.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Known {
    ForSure,
    Perhaps,
}

fn by_closing_day(
    conn: &Connection,
    filter: &Filter,
    probe: &Probe,
    deliver: &mut impl FnMut(Policy) -> bool,
) -> rusqlite::Result<()> {
    let at = |turn: u16, no: i64| u64::from(turn) << 48 | no.unsigned_abs();
    // What has no place any more has the list start anew: to see some twice is better than to miss
    // the rest.
    let after = match filter.after.map(|no| row::get(conn, no.0)).transpose()?.flatten() {
        Some(policy) => probe.turn_of(&policy).map(|turn| at(turn, policy.no.0)),
        None => None,
    };
    let mut found: Vec<Reverse<u64>> = Vec::new();
    by_looks(conn, probe, 1, |no, looks, _| {
        let place = at(probe.turn(no, looks), no);
        if after.is_none_or(|after| place > after) {
            found.push(Reverse(place));
        }
        Ok(true)
    })?;
    // A heap: the first page is wanted far more often than all of them in order.
    let mut found = BinaryHeap::from(found);
    let no = |Reverse(place): Reverse<u64>| (place & NUMBER).cast_signed();
    let in_order = std::iter::from_fn(|| found.pop().map(no));
    one_by_one(conn, in_order, deliver).map(drop)
}

/// The part of a place that is the policy's number.
const NUMBER: u64 = (1 << 48) - 1;

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

/// Names the policies that may match a filter that asks for claimable ones, in the order of their
/// numbers, with how they look.
pub(super) fn claimable(
    conn: &Connection,
    filter: &Filter,
    today: Day,
    mut each: impl FnMut(i64, &Looks),
) -> rusqlite::Result<()> {
    let probe = Probe::new(conn, filter, today)?;
    if probe.is_hopeless() {
        return Ok(());
    }
    by_looks(conn, &probe, 1, |no, looks, _| {
        each(no, looks);
        Ok(true)
    })
}
