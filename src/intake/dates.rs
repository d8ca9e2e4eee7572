//! Days as sellers' files write them. A time after a day is read over here; `clock.rs` reads it where
//! its zone matters.

mod clock;

use chrono::Datelike;
use serde::Deserialize;

use crate::calendar::Day;

pub(super) use clock::{clock, may_be_utc, may_have_offset};

/// How a column writes its days. Days that cannot be misread are taken by all: `2026-11-03`,
/// `2026/11/3`, `2026年11月3日`, `Nov-03-26`, `3 Nov 2026`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DateOrder {
    /// The year first, or the month by its name.
    #[default]
    Iso,
    /// `11/03/2026`
    MonthFirst,
    /// `03/11/2026`
    DayFirst,
    /// What the column shows, the same for all of it.
    AsFound,
}

/// Why a day is not one.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum NotADay {
    /// It is no day in any convention.
    Wrong,
    /// It is one, but only in the other of the two conventions.
    OtherOrder,
    /// It is a day in both conventions, and which is meant is not known.
    Unclear,
}

impl DateOrder {
    /// What a message says was expected.
    pub(super) fn expected(self) -> &'static str {
        match self {
            DateOrder::Iso => "YYYY-MM-DD such as 2026-11-03",
            DateOrder::MonthFirst => "MM/DD/YYYY such as 11/03/2026",
            DateOrder::DayFirst => "DD/MM/YYYY such as 03/11/2026",
            DateOrder::AsFound => "a day such as 2026-11-03 or 25/11/2026",
        }
    }

    /// In words, with an example.
    pub(super) fn told(self) -> &'static str {
        match self {
            DateOrder::MonthFirst => "the month first (MM/DD/YYYY)",
            DateOrder::DayFirst => "the day first (DD/MM/YYYY)",
            DateOrder::Iso | DateOrder::AsFound => "the year first",
        }
    }

    /// The other of the two that can be taken for each other.
    pub(super) fn other(self) -> DateOrder {
        match self {
            DateOrder::MonthFirst => DateOrder::DayFirst,
            _ => DateOrder::MonthFirst,
        }
    }
}

/// Reads a day, with or without a time after it; `Ok(None)` for an empty cell.
pub(super) fn read(cell: &[u8], order: DateOrder) -> Result<Option<Day>, NotADay> {
    if cell.is_empty() {
        return Ok(None);
    }
    if cell.get(4) == Some(&b'-')
        && let Some(day) = iso(cell)
    {
        return Ok(Some(day));
    }
    let Some((first, second, year)) = numbers(cell) else {
        return plain(cell).ok_or(NotADay::Wrong).map(Some);
    };
    let (month_first, day_first) = (civil(year, first, second), civil(year, second, first));
    let (wanted, other) = match order {
        DateOrder::MonthFirst => (month_first, day_first),
        DateOrder::DayFirst => (day_first, month_first),
        DateOrder::Iso => return Err(NotADay::Wrong),
        DateOrder::AsFound => match (month_first, day_first) {
            (Some(one), Some(other)) if one != other => return Err(NotADay::Unclear),
            (one, other) => (one.or(other), None),
        },
    };
    match (wanted, other) {
        (Some(day), _) => Ok(Some(day)),
        (None, Some(_)) => Err(NotADay::OtherOrder),
        (None, None) => Err(NotADay::Wrong),
    }
}

/// Whether which day it is depends on the convention: it is written in numbers, the year last.
pub(super) fn has_order(cell: &[u8]) -> bool {
    numbers(cell).is_some()
}

/// The convention a cell shows: the only one in which it is a day.
pub(super) fn shown_by(cell: &[u8]) -> Option<DateOrder> {
    let (first, second, year) = numbers(cell)?;
    match (civil(year, first, second), civil(year, second, first)) {
        (Some(_), None) => Some(DateOrder::MonthFirst),
        (None, Some(_)) => Some(DateOrder::DayFirst),
        _ => None,
    }
}

fn iso(cell: &[u8]) -> Option<Day> {
    let day = cell.get(..10)?;
    if day[7] != b'-' || !is_time(&cell[10..]) {
        return None;
    }
    civil(number(&day[..4])?, number(&day[5..7])?, number(&day[8..])?)
}

/// `9/8/2026 10:17:29 AM` as (9, 8, 2026); the same with `-` or `.` between.
fn numbers(cell: &[u8]) -> Option<(u32, u32, u32)> {
    let (first, rest) = small(cell)?;
    let (mark, rest) = rest.split_first().filter(|(mark, _)| b"/-.".contains(mark))?;
    let (second, rest) = small(rest)?;
    let rest = rest.strip_prefix(&[*mark])?;
    let (year, rest) = rest.split_first_chunk::<4>()?;
    let year = number(year)?;
    is_time(rest.strip_prefix(b",").unwrap_or(rest)).then_some((first, second, year))
}

/// The number of one or two digits at the start, and what follows.
fn small(cell: &[u8]) -> Option<(u32, &[u8])> {
    let digits = cell.iter().take(2).take_while(|b| b.is_ascii_digit()).count();
    let (digits, rest) = cell.split_at_checked(digits)?;
    Some((number(digits)?, rest))
}

/// A day that reads alike everywhere: the year first, or the month by its name.
fn plain(cell: &[u8]) -> Option<Day> {
    let text = std::str::from_utf8(cell).ok()?.trim();
    let mut parts = [""; 3];
    let mut rest = text;
    for (n, part) in parts.iter_mut().enumerate() {
        if n > 0 {
            rest = rest.trim_start_matches([' ', '-', '/', '.', ',', '年', '月']);
        }
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
        (*part, rest) = rest.split_at(end);
    }
    let rest = rest.trim_start_matches(['日', ',']);
    if !is_time(rest.as_bytes()) {
        return None;
    }
    let [a, b, c] = parts;
    let (year, month, day) = match (month_named(a), month_named(b)) {
        (Some(month), _) => (c, month, b),
        (None, Some(month)) => (c, month, a),
        (None, None) if a.len() == 4 && b.len() <= 2 => (a, number(b.as_bytes())?, c),
        (None, None) => return None,
    };
    let year = match year.len() {
        4 => number(year.as_bytes())?,
        2 => 2000 + number(year.as_bytes())?,
        _ => return None,
    };
    let day = (day.len() <= 2).then(|| number(day.as_bytes())).flatten()?;
    civil(year, month, day)
}

/// `Sep`, `September`.
fn month_named(text: &str) -> Option<u32> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let is = |month: &&str| {
        text.len() >= 3 && month.get(..text.len()).is_some_and(|m| m.eq_ignore_ascii_case(text))
    };
    (1..).zip(&MONTHS).find(|(_, month)| is(month)).map(|(number, _)| number)
}

/// What may follow a day: nothing, or something that looks like a time.
fn is_time(rest: &[u8]) -> bool {
    match rest {
        [] => true,
        [b' ' | b'T', time @ ..] => {
            time.first().is_some_and(u8::is_ascii_digit)
                && time.iter().all(|b| IN_TIMES[usize::from(*b)])
        }
        _ => false,
    }
}

/// The bytes of times: `10:17:29 AM`, `10:17:29.5+02:00`, `10:17 PDT`.
const IN_TIMES: [bool; 256] = {
    let mut in_times = [false; 256];
    let mut bytes: &[u8] = b"0123456789 :.+-ZAPMapmUTCGSDE";
    while let [byte, rest @ ..] = bytes {
        in_times[*byte as usize] = true;
        bytes = rest;
    }
    in_times
};

fn number(digits: &[u8]) -> Option<u32> {
    if digits.is_empty() || digits.len() > 4 {
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
    use super::{DateOrder, NotADay, read, shown_by};

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

    #[test]
    fn a_year_first_and_a_month_by_its_name_read_alike_in_every_layout() {
        for (text, day) in [
            ("2026/11/3", "2026-11-03"),
            ("2026/11/03 9:05", "2026-11-03"),
            ("2026.11.03", "2026-11-03"),
            ("2026-9-8", "2026-09-08"),
            ("2026年11月3日", "2026-11-03"),
            ("2026年11月3日 10:00", "2026-11-03"),
            ("Sep-07-26", "2026-09-07"),
            ("Sep-30-26 23:45:00", "2026-09-30"),
            ("Nov 3, 2026", "2026-11-03"),
            ("November 3, 2026 10:12 AM", "2026-11-03"),
            ("03-Nov-2026", "2026-11-03"),
            ("2-Jun-06", "2006-06-02"),
        ] {
            for order in [DateOrder::Iso, DateOrder::MonthFirst, DateOrder::DayFirst] {
                let read = read(text.as_bytes(), order).map(|day| day.unwrap().to_string());
                assert_eq!(read, Ok(day.into()), "{text}");
            }
        }
        for text in
            ["Sept 31, 2026", "Smarch 3, 2026", "3-Nov", "2026/13/01", "20261103", "Ma-01-26"]
        {
            assert_eq!(read(text.as_bytes(), DateOrder::Iso), Err(NotADay::Wrong), "{text}");
        }
    }

    #[test]
    fn where_nothing_is_said_only_a_day_that_fits_one_way_is_read() {
        let read = |text: &str| read(text.as_bytes(), DateOrder::AsFound);
        assert_eq!(read("25/06/2026").unwrap().unwrap().to_string(), "2026-06-25");
        assert_eq!(read("06-25-2026").unwrap().unwrap().to_string(), "2026-06-25");
        assert_eq!(read("11.11.2026").unwrap().unwrap().to_string(), "2026-11-11");
        assert_eq!(read("03/11/2026"), Err(NotADay::Unclear));
        assert_eq!(shown_by(b"25/06/2026"), Some(DateOrder::DayFirst));
        assert_eq!(shown_by(b"06/25/2026 1:00 PM"), Some(DateOrder::MonthFirst));
        assert_eq!(shown_by(b"03/11/2026"), None);
        assert_eq!(shown_by(b"2026-11-03"), None);
    }
}
