//! Days as sellers' files write them. The parcel's day is the seller's calendar day: a time after
//! it is read over, and no time zone is applied.

use chrono::Datelike;
use serde::Deserialize;

use crate::calendar::Day;

/// How a layout writes its days. ISO days are taken by all: they cannot be misread.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum DateOrder {
    /// `2026-11-03`
    #[default]
    Iso,
    /// `11/03/2026`
    MonthFirst,
    /// `03/11/2026`
    DayFirst,
}

/// Why a day is not one.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum NotADay {
    /// It is no day in any convention.
    Wrong,
    /// It is one, but only in the other of the two slashed conventions.
    OtherOrder,
}

impl DateOrder {
    /// What a message says was expected.
    pub(super) fn expected(self) -> &'static str {
        match self {
            DateOrder::Iso => "YYYY-MM-DD such as 2026-11-03",
            DateOrder::MonthFirst => "MM/DD/YYYY such as 11/03/2026",
            DateOrder::DayFirst => "DD/MM/YYYY such as 03/11/2026",
        }
    }
}

/// Reads a day, with or without a time after it; `Ok(None)` for an empty cell.
pub(super) fn read(cell: &[u8], order: DateOrder) -> Result<Option<Day>, NotADay> {
    if cell.is_empty() {
        return Ok(None);
    }
    if cell.get(4) == Some(&b'-') {
        return iso(cell).ok_or(NotADay::Wrong).map(Some);
    }
    if order == DateOrder::Iso {
        return Err(NotADay::Wrong);
    }
    let (first, second, year) = slashed(cell).ok_or(NotADay::Wrong)?;
    let (month, day) = match order {
        DateOrder::DayFirst => (second, first),
        _ => (first, second),
    };
    match civil(year, month, day) {
        Some(day) => Ok(Some(day)),
        None if civil(year, day, month).is_some() => Err(NotADay::OtherOrder),
        None => Err(NotADay::Wrong),
    }
}

fn iso(cell: &[u8]) -> Option<Day> {
    let day = cell.get(..10)?;
    if day[7] != b'-' || !is_time(&cell[10..]) {
        return None;
    }
    civil(number(&day[..4])?, number(&day[5..7])?, number(&day[8..])?)
}

/// `9/8/2026 10:17:29 AM` as (9, 8, 2026).
fn slashed(cell: &[u8]) -> Option<(u32, u32, u32)> {
    let end = cell.iter().position(|b| *b == b' ').unwrap_or(cell.len());
    let mut parts = cell[..end].split(|b| *b == b'/');
    let (first, second, year) = (parts.next()?, parts.next()?, parts.next()?);
    let small = |part: &[u8]| (part.len() <= 2).then(|| number(part)).flatten();
    if parts.next().is_some() || year.len() != 4 || !is_time(&cell[end..]) {
        return None;
    }
    Some((small(first)?, small(second)?, number(year)?))
}

/// What may follow a day: nothing, or something that looks like a time.
fn is_time(rest: &[u8]) -> bool {
    match rest {
        [] => true,
        [b' ' | b'T', time @ ..] => {
            time.first().is_some_and(u8::is_ascii_digit)
                && time.iter().all(|b| b.is_ascii_digit() || b" :.+-ZAPMapmUTC".contains(b))
        }
        _ => false,
    }
}

fn number(digits: &[u8]) -> Option<u32> {
    if digits.is_empty() {
        return None;
    }
    digits.iter().try_fold(0u32, |n, b| b.is_ascii_digit().then(|| n * 10 + u32::from(b - b'0')))
}

/// A year far from today is a slip of the keyboard, not a parcel's day.
fn civil(year: u32, month: u32, day: u32) -> Option<Day> {
    Day::from_ymd_opt(i32::try_from(year).ok()?, month, day)
        .filter(|day| (1971..=2148).contains(&day.year()))
}

#[cfg(test)]
mod tests {
    use super::{DateOrder, NotADay, read};

    fn month_first(text: &str) -> Result<String, NotADay> {
        read(text.as_bytes(), DateOrder::MonthFirst).map(|day| day.unwrap().to_string())
    }

    #[test]
    fn american_exports_write_the_month_first() {
        for text in [
            "09/08/2026 10:17:29 AM",
            "9/8/2026 6:03:56 PM",
            "09/08/2026",
            "2026-09-08",
            "2026-09-08T10:17:29Z",
            "2026-09-08 10:17:29+00:00",
        ] {
            assert_eq!(month_first(text), Ok("2026-09-08".into()), "{text}");
        }
        assert_eq!(read(b"", DateOrder::MonthFirst), Ok(None));
    }

    #[test]
    fn a_day_that_only_fits_day_first_is_told_apart_from_one_that_cannot_be() {
        assert_eq!(month_first("25/06/2026 13:03:57"), Err(NotADay::OtherOrder));
        for text in [
            "02/30/2026",
            "13/13/2026",
            "04-30-22",
            "2026-02-29",
            "2-Jun-06",
            "0/1/2026",
            "1/2/26",
            "11/03/2026 soon",
            "11/03/2206",
        ] {
            assert_eq!(month_first(text), Err(NotADay::Wrong), "{text}");
        }
        assert_eq!(
            read(b"25/06/2026", DateOrder::DayFirst).map(|d| d.unwrap().to_string()),
            Ok("2026-06-25".into())
        );
        assert_eq!(read(b"11/03/2026", DateOrder::Iso), Err(NotADay::Wrong));
    }
}
