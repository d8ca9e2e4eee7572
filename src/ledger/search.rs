//! Searching: digests say which policies may match, in order, and the policies decide.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use rusqlite::Connection;

use super::digest::{self, Digest, StakesInOrder};
use super::filter::{Filter, Probe};
use super::row;
use super::types::Totals;
use crate::calendar::Day;
use crate::money::{Currency, Money};
use crate::policy::{PayoutIs, Policy};

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

fn by_closing_day(
    conn: &Connection,
    filter: &Filter,
    probe: &Probe,
    deliver: &mut impl FnMut(Policy) -> bool,
) -> rusqlite::Result<()> {
    let at = |turn: u16, no: i64| u64::from(turn) << 48 | no.unsigned_abs();
    let place = |no: i64, d: &Digest| at(probe.turn(no, d), no);
    // What has no place any more has the list start anew: to see some twice is better than to miss
    // the rest.
    let after = match filter.after.map(|no| row::get(conn, no.0)).transpose()?.flatten() {
        Some(policy) => probe.turn_of(&policy).map(|turn| at(turn, policy.no.0)),
        None => None,
    };
    let mut found: Vec<Reverse<u64>> = Vec::new();
    digest::scan(conn, 1, |block| {
        found.extend(
            block
                .iter()
                .filter(|(no, digest)| probe.may_match(*no, digest))
                .map(|(no, digest)| place(no, &digest))
                .filter(|at| after.is_none_or(|after| *at > after))
                .map(Reverse),
        );
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

/// Names the policies that may match, in the order of their numbers, with their digests.
pub(super) fn candidates(
    conn: &Connection,
    filter: &Filter,
    today: Day,
    mut each: impl FnMut(i64, &Digest),
) -> rusqlite::Result<()> {
    let probe = Probe::new(conn, filter, today)?;
    if probe.is_hopeless() {
        return Ok(());
    }
    digest::scan(conn, 1, |block| {
        let may_match = |(no, digest): &(i64, Digest)| probe.may_match(*no, digest);
        block.iter().filter(may_match).for_each(|(no, digest)| each(no, &digest));
        Ok(true)
    })
}

/// Adds up all policies the filter is for, whatever its page, one sum for each currency.
pub(super) fn totals(
    conn: &Connection,
    filter: &Filter,
    today: Day,
) -> rusqlite::Result<Vec<Totals>> {
    sum(conn, filter, today, |_| true, |_| true)
}

/// The same over those of them of which this holds too, asked of digests and of policies.
pub(super) fn sum(
    conn: &Connection,
    filter: &Filter,
    today: Day,
    of_digest: impl Fn(&Digest) -> bool,
    of_policy: impl Fn(&Policy) -> bool,
) -> rusqlite::Result<Vec<Totals>> {
    let probe = Probe::new(conn, filter, today)?;
    let mut sums = Sums::new(conn)?;
    if probe.is_hopeless() {
        return Ok(Vec::new());
    }
    let mut stakes = StakesInOrder::new(conn);
    digest::scan(conn, 1, |block| {
        for (no, d) in block.iter().filter(|(no, d)| probe.may_match(*no, d) && of_digest(d)) {
            let stake = stakes.of(no)?.unwrap_or_default();
            if !d.is_cut_off() && !stake.is_cut_off() {
                let expected = probe.is_claimable(&d).then_some((d.looks.payout_is, stake.payout));
                sums.add(d.terms, (d.value, stake.cover), expected)?;
            } else if let Some(policy) = row::get(conn, no)?
                && probe.holds(filter, &policy, today)
                && of_policy(&policy)
            {
                sums.add_policy(&policy, today)?;
            }
        }
        Ok(true)
    })?;
    Ok(sums.of)
}

/// Sums by currency.
struct Sums {
    of: Vec<Totals>,
    /// By the codes of terms, as far as one code is one currency.
    currencies: Vec<Option<Currency>>,
}

impl Sums {
    fn new(conn: &Connection) -> rusqlite::Result<Sums> {
        let mut currencies = Vec::new();
        let mut select = conn.prepare_cached("SELECT id, currency FROM terms")?;
        let mut rows = select.query([])?;
        while let Some(row) = rows.next()? {
            let code = usize::from(digest::word_code(Some(row.get(0)?)));
            if currencies.len() <= code {
                currencies.resize(code + 1, None);
            }
            currencies[code] = row.get_ref(1)?.as_str().ok().and_then(Currency::from_code);
        }
        Ok(Sums { of: Vec::new(), currencies })
    }

    fn add(
        &mut self,
        terms: u16,
        (value, cover): (u32, u32),
        expected: Option<(u8, u32)>,
    ) -> rusqlite::Result<()> {
        let currency = self.currencies.get(usize::from(terms)).copied().flatten();
        let currency = currency.ok_or_else(|| row::malformed("the digest names unknown terms"))?;
        let of = |minor: u32| Money::from_minor(i64::from(minor), currency);
        let expected = expected.map(|(code, payout)| {
            let payout_is = PayoutIs::ALL.into_iter().map(|(is, _)| is);
            let payout_is = payout_is.into_iter().find(|is| digest::payout_code(*is) == code);
            (payout_is.unwrap_or(PayoutIs::Unknown), of(payout))
        });
        self.sum(of(value), of(cover), expected)
    }

    fn add_policy(&mut self, policy: &Policy, today: Day) -> rusqlite::Result<()> {
        let expected = policy.claimable_on(today).map(|p| (p.payout_is, p.payout));
        self.sum(policy.figures.package_value, policy.figures.cover, expected)
    }

    fn sum(
        &mut self,
        value: Money,
        cover: Money,
        expected: Option<(PayoutIs, Money)>,
    ) -> rusqlite::Result<()> {
        let currency = cover.currency();
        let at = match self.of.iter().position(|sum| sum.cover.currency() == currency) {
            Some(at) => at,
            None => {
                self.of.push(Totals::none(currency));
                self.of.len() - 1
            }
        };
        let Some(sum) = self.of.get_mut(at) else { return Ok(()) };
        let add = |to: &mut Money, amount: Money| {
            *to = to.plus(amount).map_err(|_| row::malformed("a sum is too large"))?;
            Ok::<(), rusqlite::Error>(())
        };
        sum.policies += 1;
        add(&mut sum.package_value, value)?;
        add(&mut sum.cover, cover)?;
        match expected {
            None => Ok(()),
            Some((payout_is, payout)) => {
                sum.claimable += 1;
                match payout_is {
                    PayoutIs::Exact => add(&mut sum.expected, payout),
                    PayoutIs::AtMost => add(&mut sum.expected_at_most, payout),
                    PayoutIs::Unknown => {
                        sum.unknown += 1;
                        Ok(())
                    }
                }
            }
        }
    }
}
