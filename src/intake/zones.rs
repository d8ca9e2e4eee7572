//! The parcel's day is the day on the seller's calendar. A time that says how far it is from UTC, or
//! stands in a file whose layout says it, is turned to the seller's zone, where that is known; every
//! other day is taken as it is written.

use std::cell::Cell;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};

use chrono::{NaiveTime, Timelike};
use serde::{Deserialize, Deserializer};

use super::asked::By;
use super::dates::{clock, may_be_utc, may_have_offset};
use crate::calendar::{Day, Moment, Zone, offset_told};

/// In which zone the seller is, or a layout's times are that do not say so.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum ZoneIs {
    /// What is written is the seller's own day.
    #[default]
    AsWritten,
    /// This one.
    Of(Zone),
}

impl ZoneIs {
    /// Reads a zone, or `as-written`.
    ///
    /// # Errors
    /// A sentence saying what was expected.
    pub fn parse(word: &str) -> Result<ZoneIs, String> {
        match word.trim() {
            "as-written" => Ok(ZoneIs::AsWritten),
            zone => Zone::parse(zone).map(ZoneIs::Of),
        }
    }

    fn zone(&self) -> Option<&Zone> {
        match self {
            ZoneIs::Of(zone) => Some(zone),
            ZoneIs::AsWritten => None,
        }
    }
}

impl<'de> Deserialize<'de> for ZoneIs {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        ZoneIs::parse(&String::deserialize(from)?).map_err(serde::de::Error::custom)
    }
}

/// Which zones a file's times and its seller are in.
pub(super) struct Zones {
    seller: ZoneIs,
    file: ZoneIs,
    seen: ZonesSeen,
    /// Nobody said where the seller is, and no time of UTC, or of the file's zone, was seen yet.
    asks: Cell<bool>,
}

/// A day, and how it came from what is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum DayIn {
    /// As it is written.
    AsWritten(Day),
    /// Turned from an offset in seconds, or the file's zone, to the seller's zone.
    Turned(Day, Option<i32>),
    /// It has to be turned, and its time is none.
    NoTime,
}

impl Zones {
    pub(super) fn new(seller: Option<ZoneIs>, file: ZoneIs, seen: ZonesSeen) -> Zones {
        let asks = Cell::new(seller.is_none());
        if let Some(ZoneIs::Of(zone)) = &seller {
            // A file is read by one seller.
            let _ = seen.0.seller.set(zone.name().to_owned());
        }
        Zones { seller: seller.unwrap_or_default(), file, seen, asks }
    }

    /// The seller's, where it is known.
    pub(super) fn sellers(&self) -> Option<&str> {
        self.seller.zone().map(Zone::name)
    }

    /// The zone of a time with this offset, and what says so.
    pub(super) fn told(&self, offset: Option<i32>) -> (String, By) {
        match (offset, self.file.zone()) {
            (Some(seconds), _) => (offset_told(seconds), By::Cell),
            (None, Some(file)) => (file.name().to_owned(), By::Layout),
            (None, None) => ("as-written".to_owned(), By::Layout),
        }
    }

    /// The seller's day of a cell in which this day is written.
    pub(super) fn day(&self, cell: &[u8], day: Day, line: u64) -> DayIn {
        let Some(seller) = self.seller.zone() else {
            if self.asks.get() {
                self.note(cell, line);
            }
            return DayIn::AsWritten(day);
        };
        let Some(clock) = clock(cell) else { return DayIn::AsWritten(day) };
        let moment = match (clock.offset, self.file.zone()) {
            (None, None) => return DayIn::AsWritten(day),
            (Some(offset), _) => clock.time.map(|time| Moment::at_offset(day, time, offset)),
            (None, Some(file)) => clock.time.and_then(|time| file.moment_of(day, time)),
        };
        let turned = moment.and_then(|moment| seller.day_of(moment));
        let (Some(turned), Some(time)) = (turned, clock.time) else { return DayIn::NoTime };
        self.seen.turned(turned != day, time);
        DayIn::Turned(turned, clock.offset)
    }

    /// Where the seller's zone is not known: whether a time says that it is of some zone.
    fn note(&self, cell: &[u8], line: u64) {
        if self.file.zone().is_none() {
            // Of another offset the first one is enough: a file may have a million of them.
            let may_matter =
                if self.seen.0.other.get().is_some() { may_be_utc } else { may_have_offset };
            if !may_matter(cell) {
                return;
            }
        }
        let Some(clock) = clock(cell) else { return };
        let zone = match (clock.offset, self.file.zone()) {
            (Some(0), _) => Some("UTC".to_owned()),
            (Some(_), _) => None,
            (None, Some(file)) => Some(file.name().to_owned()),
            (None, None) => return,
        };
        let first = if zone.is_some() { &self.seen.0.as_written } else { &self.seen.0.other };
        self.asks.set(zone.is_none());
        let value = || String::from_utf8_lossy(cell).into_owned();
        first.get_or_init(|| TimeSeen { line, value: value(), zone });
    }
}

/// What was seen of zones while a file was read; can be asked from anywhere.
#[derive(Clone, Debug, Default)]
pub struct ZonesSeen(Arc<Seen>);

#[derive(Debug, Default)]
struct Seen {
    seller: OnceLock<String>,
    turned: AtomicU64,
    moved: AtomicU64,
    /// A turned time was another than midnight.
    in_the_day: AtomicBool,
    /// The first time of UTC, or of the file's zone, and the first of another offset.
    as_written: OnceLock<TimeSeen>,
    other: OnceLock<TimeSeen>,
}

/// The first time of a file that was taken as written and says of which zone it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimeSeen {
    /// Its line.
    pub line: u64,
    /// The cell.
    pub value: String,
    /// The zone, where it is a place's, or UTC: so perhaps nobody's own. `None` for another offset,
    /// which programs that know the seller's write.
    pub zone: Option<String>,
}

impl ZonesSeen {
    fn turned(&self, moved: bool, time: NaiveTime) {
        self.0.turned.fetch_add(1, Ordering::Relaxed);
        if moved {
            self.0.moved.fetch_add(1, Ordering::Relaxed);
        }
        if time.num_seconds_from_midnight() != 0 {
            self.0.in_the_day.store(true, Ordering::Relaxed);
        }
    }

    /// The seller's zone, where it is known.
    pub fn seller(&self) -> Option<&str> {
        self.0.seller.get().map(String::as_str)
    }

    /// How many times were turned to the seller's zone, and how many of them are on another day
    /// there.
    pub fn times_turned(&self) -> (u64, u64) {
        (self.0.turned.load(Ordering::Relaxed), self.0.moved.load(Ordering::Relaxed))
    }

    /// Whether all times that were turned are midnight: then they may be days and no times.
    pub fn only_midnights(&self) -> bool {
        self.times_turned().0 > 0 && !self.0.in_the_day.load(Ordering::Relaxed)
    }

    /// Whether all times that were turned are midnight and became another day: then they may be days
    /// and no times, each of them moved.
    pub fn days_may_be_moved(&self) -> bool {
        self.only_midnights() && self.times_turned().1 > 0
    }

    /// The first time that was taken as written because nobody said where the seller is, if there
    /// was any: one of UTC, or of the file's zone, before one of another offset.
    pub fn as_written(&self) -> Option<&TimeSeen> {
        self.0.as_written.get().or(self.0.other.get())
    }
}
