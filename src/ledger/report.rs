//! Every policy once, from the first to the last, for a report: whole numbers as their columns hold
//! them. No words are joined on the way, for a million parcels have a few hundred lanes.

use std::collections::HashMap;

use rusqlite::{Connection, Row};

use super::filter::within;
use super::row::{Columns, malformed};
use crate::calendar::{Day, from_epoch};
use crate::claim::{ClaimStatus, Incident};
use crate::money::Currency;
use crate::parcel::{CarrierEvent, Country};
use crate::report::{ClaimFacts, ParcelFacts, Place, Tally};

/// Terms the ledger has a copy of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordedTerms {
    pub(super) id: i64,
    /// The plan's id.
    pub plan: String,
    /// The day the version took effect.
    pub version: Day,
    /// The plan's currency.
    pub currency: Currency,
    /// The whole text of the plan.
    pub toml: String,
}

/// A lane: from where to where, by whom.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Lane {
    pub(super) id: i64,
    /// The country parcels leave from, where it was stated.
    pub from: Option<Country>,
    /// The country they go to, where it was stated.
    pub to: Option<Country>,
    /// The carrier.
    pub carrier: Option<String>,
}

/// Days a report is limited to, the first and last included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Days {
    /// The day a parcel was shipped.
    pub shipped: (Option<Day>, Option<Day>),
    /// The day it was recorded.
    pub recorded: (Option<Day>, Option<Day>),
}

pub(super) fn terms(conn: &Connection) -> rusqlite::Result<Vec<RecordedTerms>> {
    conn.prepare_cached("SELECT id, plan, version, currency, toml FROM terms ORDER BY id")?
        .query_map([], |row| {
            let mut r = Columns { row, at: 0 };
            Ok(RecordedTerms {
                id: r.next()?,
                plan: r.next()?,
                version: r.day()?,
                currency: r.word(Currency::from_code)?,
                toml: r.next()?,
            })
        })?
        .collect()
}

pub(super) fn lanes(conn: &Connection) -> rusqlite::Result<Vec<Lane>> {
    conn.prepare_cached("SELECT id, from_country, to_country, carrier FROM lane ORDER BY id")?
        .query_map([], |row| {
            let mut r = Columns { row, at: 0 };
            Ok(Lane {
                id: r.next()?,
                from: r.maybe_word(Country::from_code)?,
                to: r.maybe_word(Country::from_code)?,
                carrier: r.next()?,
            })
        })?
        .collect()
}

const POLICIES: &str = "
SELECT id, batch, terms, lane, goods, package_value, cover, premium, state, ship_date, scanned_on,
       delivered_on, loss_from, trouble, trouble_on, refunded, looks_like, looks_from, looks_until,
       looks_window, payout, payout_is
FROM policy ORDER BY id";

const CLAIMS: &str = "
SELECT c.policy, c.incident, c.status, c.closes_on, c.payable, c.decided_amount,
       (SELECT coalesce(sum(p.amount), 0) FROM payment p WHERE p.claim = c.id)
FROM claim c ORDER BY c.policy, c.id";

/// Counts every policy of these days for which `place` has a place: it is asked once for each pair
/// of terms and lane.
pub(super) fn count(
    conn: &Connection,
    days: &Days,
    tally: &mut Tally,
    mut place: impl FnMut(&mut Tally, &RecordedTerms, &Lane) -> Option<Place>,
) -> rusqlite::Result<()> {
    let terms = terms(conn)?;
    let mut lanes = lanes(conn)?;
    // A policy of which nothing was stated has no lane.
    lanes.push(Lane::default());
    let terms_at: HashMap<i64, usize> = terms.iter().zip(0..).map(|(t, at)| (t.id, at)).collect();
    let lane_at = by_id(lanes.iter().zip(0..).map(|(lane, at)| (lane.id, at)));
    let categories = categories(conn, tally)?;
    let recorded_on = batches(conn)?;
    let mut places: Vec<Option<Option<Place>>> = vec![None; terms.len() * lanes.len()];
    let mut claims_by_policy = claims(conn)?.into_iter().peekable();
    let mut claims: Vec<ClaimFacts> = Vec::new();
    let mut select = conn.prepare_cached(POLICIES)?;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        let no: i64 = row.get(0)?;
        claims.clear();
        while let Some((policy, claim)) = claims_by_policy.next_if(|(policy, _)| *policy <= no) {
            if policy == no {
                claims.push(claim);
            }
        }
        let terms_no = terms_at.get(&row.get(2)?).copied().unwrap_or(usize::MAX);
        let lane_no = at(&lane_at, row.get::<_, Option<i64>>(3)?.unwrap_or(0));
        let (Some(of_terms), Some(lane)) = (terms.get(terms_no), lanes.get(lane_no)) else {
            return Err(malformed("a policy names terms or a lane that are not there"));
        };
        let Some(known) = places.get_mut(terms_no * lanes.len() + lane_no) else { continue };
        let Some(place) = *known.get_or_insert_with(|| place(tally, of_terms, lane)) else {
            continue;
        };
        let batch: i64 = row.get(1)?;
        let recorded_on = recorded_on.get(&batch).copied();
        let no_batch = || malformed("a policy names a batch that is not there");
        let parcel = parcel(row, recorded_on.ok_or_else(no_batch)?, of_terms.currency)?;
        if within(days.recorded, Some(parcel.recorded_on))
            && within(days.shipped, parcel.shipped_on)
        {
            let category = at(&categories, row.get::<_, Option<i64>>(4)?.unwrap_or(0));
            tally.add(&place, if category == NONE { 0 } else { category }, &parcel, &claims);
        }
    }
    Ok(())
}

fn parcel(row: &Row<'_>, recorded_on: Day, currency: Currency) -> rusqlite::Result<ParcelFacts> {
    let mut r = Columns { row, at: 5 };
    let (package_value, cover, premium): (i64, i64, i64) = (r.next()?, r.next()?, r.next()?);
    let state = r.state()?;
    let (ship_date, scanned_on) = (r.maybe_day()?, r.maybe_day()?);
    let delivered_on = r.maybe_day()?;
    let loss_from = r.maybe_day()?;
    let trouble = r.maybe_word(CarrierEvent::from_word)?.zip(r.maybe_day()?);
    let refunded: Option<i64> = r.next()?;
    let prospect = r.prospect(currency)?;
    Ok(ParcelFacts {
        recorded_on,
        state,
        package_value,
        cover,
        premium: premium.saturating_sub(refunded.unwrap_or(0)),
        shipped_on: ship_date.or(scanned_on),
        delivered_on,
        loss_from,
        prospect,
        trouble,
    })
}

/// Every claim with its policy, in the order of policies.
fn claims(conn: &Connection) -> rusqlite::Result<Vec<(i64, ClaimFacts)>> {
    conn.prepare_cached(CLAIMS)?
        .query_map([], |row| {
            let mut r = Columns { row, at: 0 };
            let policy = r.next()?;
            Ok((
                policy,
                ClaimFacts {
                    incident: r.word(Incident::from_word)?,
                    status: r.word(ClaimStatus::from_word)?,
                    closes_on: r.maybe_day()?,
                    payable: r.next()?,
                    granted: r.next()?,
                    paid: r.next()?,
                },
            ))
        })?
        .collect()
}

/// The day of each batch.
fn batches(conn: &Connection) -> rusqlite::Result<HashMap<i64, Day>> {
    let mut days = HashMap::new();
    let mut select = conn.prepare_cached("SELECT id, on_day FROM batch")?;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        let day = from_epoch(row.get(1)?);
        days.insert(row.get(0)?, day.ok_or_else(|| malformed("a day is outside the calendar"))?);
    }
    Ok(days)
}

/// The place of the category of each of the goods, by their number.
fn categories(conn: &Connection, tally: &mut Tally) -> rusqlite::Result<Vec<usize>> {
    let mut places = Vec::new();
    let mut select =
        conn.prepare_cached("SELECT id, category FROM goods WHERE category IS NOT NULL")?;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        let category = row.get_ref(1)?.as_str().map_err(|_| malformed("a word is no text"))?;
        places.push((row.get(0)?, tally.category(category)));
    }
    Ok(by_id(places.into_iter()))
}

/// What a number stands for that the table does not have.
const NONE: usize = usize::MAX;

/// Places by number: the numbers of a dictionary are consecutive.
fn by_id(places: impl Iterator<Item = (i64, usize)>) -> Vec<usize> {
    let mut by_id = Vec::new();
    for (id, place) in places {
        let Ok(id) = usize::try_from(id) else { continue };
        if by_id.len() <= id {
            by_id.resize(id + 1, NONE);
        }
        if let Some(at) = by_id.get_mut(id) {
            *at = place;
        }
    }
    by_id
}

fn at(places: &[usize], id: i64) -> usize {
    usize::try_from(id).ok().and_then(|id| places.get(id)).copied().unwrap_or(NONE)
}
