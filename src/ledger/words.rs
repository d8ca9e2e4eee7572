//! Words that repeat from parcel to parcel, kept once: lanes, goods, assumed figures.

use std::collections::HashMap;
use std::sync::Arc;

use foldhash::quality::RandomState;
use rusqlite::{Connection, OptionalExtension, params};

use super::ident;
use crate::calendar::to_epoch;
use crate::exchange::Exchange;
use crate::parcel::Parcel;

/// So many words are remembered; a file in which no two parcels are alike must not fill the memory.
const REMEMBERED: usize = 16_384;

type Words<const N: usize> = [Option<String>; N];

/// The numbers of the words met so far.
#[derive(Default)]
pub(super) struct Dictionaries {
    lanes: Remembered<5>,
    goods: Remembered<2>,
    assumed: Option<(Vec<String>, i64)>,
    fx: Option<(Arc<Exchange>, i64)>,
}

impl Dictionaries {
    /// The number of a parcel's route, carrier, service and handing over.
    pub(super) fn lane(
        &mut self,
        conn: &Connection,
        parcel: &Parcel,
    ) -> rusqlite::Result<Option<i64>> {
        let shipped = (!parcel.shipped.is_empty()).then(|| super::row::to_json(&parcel.shipped));
        let words = [
            parcel.from.as_ref().map(|c| c.code()),
            parcel.to.as_ref().map(|c| c.code()),
            parcel.carrier.as_deref(),
            parcel.service.as_deref(),
            shipped.as_deref(),
        ];
        self.lanes.number(words, |_| {
            // IS, because NULL is a value here.
            let known = conn
                .prepare_cached(
                    "SELECT id FROM lane WHERE from_country IS ?1 AND to_country IS ?2
                     AND carrier IS ?3 AND service IS ?4 AND shipped IS ?5",
                )?
                .query_row(words, |row| row.get(0))
                .optional()?;
            inserted(known, || {
                conn.prepare_cached(
                    "INSERT INTO lane (from_country, to_country, carrier, service, shipped)
                     VALUES (?1, ?2, ?3, ?4, ?5)",
                )?
                .insert(words)
            })
        })
    }

    /// The number of a parcel's goods and contents.
    pub(super) fn goods(
        &mut self,
        conn: &Connection,
        parcel: &Parcel,
    ) -> rusqlite::Result<Option<i64>> {
        let words = [parcel.goods.as_deref(), parcel.contents.as_deref()];
        self.goods.number(words, |hash| {
            let [category, contents] = words;
            let known = conn
                .prepare_cached(
                    "SELECT id FROM goods WHERE hash = ?1 AND category IS ?2 AND contents IS ?3",
                )?
                .query_row(params![hash, category, contents], |row| row.get(0))
                .optional()?;
            inserted(known, || {
                conn.prepare_cached(
                    "INSERT INTO goods (hash, category, contents) VALUES (?1, ?2, ?3)",
                )?
                .insert(params![hash, category, contents])
            })
        })
    }

    /// The number of a list of assumed figures.
    pub(super) fn assumed(
        &mut self,
        conn: &Connection,
        figures: &[String],
    ) -> rusqlite::Result<Option<i64>> {
        if figures.is_empty() {
            return Ok(None);
        }
        if let Some((known, id)) = &self.assumed
            && known == figures
        {
            return Ok(Some(*id));
        }
        let json = super::row::to_json(&figures);
        let known = conn
            .prepare_cached("SELECT id FROM assumed WHERE figures = ?1")?
            .query_row([&json], |row| row.get(0))
            .optional()?;
        let id = inserted(known, || {
            conn.prepare_cached("INSERT INTO assumed (figures) VALUES (?1)")?.insert([&json])
        })?;
        self.assumed = Some((figures.to_vec(), id));
        Ok(Some(id))
    }

    /// The number of a rate of exchange.
    pub(super) fn fx(&mut self, conn: &Connection, at: &Arc<Exchange>) -> rusqlite::Result<i64> {
        if let Some((known, id)) = &self.fx
            && known == at
        {
            return Ok(*id);
        }
        let words = params![at.from.code(), at.rate.to_string(), to_epoch(at.on), at.source];
        let known = conn
            .prepare_cached(
                "SELECT id FROM fx
                 WHERE from_currency = ?1 AND rate = ?2 AND on_day = ?3 AND source = ?4",
            )?
            .query_row(words, |row| row.get(0))
            .optional()?;
        let id = inserted(known, || {
            conn.prepare_cached(
                "INSERT INTO fx (from_currency, rate, on_day, source) VALUES (?1, ?2, ?3, ?4)",
            )?
            .insert(words)
        })?;
        self.fx = Some((Arc::clone(at), id));
        Ok(id)
    }
}

fn inserted(
    known: Option<i64>,
    insert: impl FnOnce() -> rusqlite::Result<i64>,
) -> rusqlite::Result<i64> {
    known.map_or_else(insert, Ok)
}

struct Remembered<const N: usize>(HashMap<i64, (Words<N>, i64), RandomState>);

impl<const N: usize> Default for Remembered<N> {
    fn default() -> Self {
        Remembered(HashMap::default())
    }
}

impl<const N: usize> Remembered<N> {
    /// The number of these words: remembered, or from `ask`, which gets their hash. `None` where
    /// there are no words at all.
    fn number(
        &mut self,
        words: [Option<&str>; N],
        ask: impl FnOnce(i64) -> rusqlite::Result<i64>,
    ) -> rusqlite::Result<Option<i64>> {
        if words.iter().all(Option::is_none) {
            return Ok(None);
        }
        let hash = words
            .iter()
            .fold(0u64, |hash, word| hash.rotate_left(5) ^ word.map_or(1, ident::key))
            .cast_signed();
        if let Some((known, id)) = self.0.get(&hash)
            && known.iter().map(Option::as_deref).eq(words)
        {
            return Ok(Some(*id));
        }
        let id = ask(hash)?;
        if self.0.len() >= REMEMBERED {
            self.0.clear();
        }
        self.0.insert(hash, (words.map(|w| w.map(str::to_owned)), id));
        Ok(Some(id))
    }
}
