//! Days, windows and business days. No clock: "today" always arrives as an argument.

mod holidays;
mod zone;

use chrono::{Datelike, Days, Months, NaiveDate};
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize};
use toml::value::Datetime;

pub use holidays::Holidays;
pub use zone::{Moment, Zone, offset_told};

/// A calendar day. A parcel's day is the day on the seller's calendar ([`Zone`]).
pub type Day = NaiveDate;

/// 1970-01-01, from which the ledger counts days.
const EPOCH: Day = NaiveDate::from_ymd_opt(1970, 1, 1).unwrap();

/// The day as a count of days since 1970-01-01: how the ledger stores it.
pub fn to_epoch(day: Day) -> i32 {
    i32::try_from(day.signed_duration_since(EPOCH).num_days()).unwrap_or(i32::MAX)
}

/// The day that is so many days after 1970-01-01; `None` outside the calendar.
pub fn from_epoch(days: i64) -> Option<Day> {
    EPOCH.checked_add_signed(chrono::TimeDelta::try_days(days)?)
}

/// Reads `2026-11-21`.
///
/// # Errors
/// A sentence saying what was expected.
pub fn parse_day(text: &str) -> Result<Day, String> {
    NaiveDate::parse_from_str(text.trim(), "%Y-%m-%d")
        .ok()
        // A year of more digits is a slip of the keyboard, not a parcel's day.
        .filter(|day| (1970..=9998).contains(&day.year()) && text.trim().len() == 10)
        .ok_or_else(|| {
            format!("`{}` is not a day, expected YYYY-MM-DD such as 2026-11-03", text.trim())
        })
}

/// Reads a TOML local date, `2026-11-21` without quotes.
///
/// # Errors
/// Anything else, such as a date with a time.
pub fn toml_day<'de, D: Deserializer<'de>>(d: D) -> Result<Day, D::Error> {
    day_of_toml(Datetime::deserialize(d)?)
        .ok_or_else(|| D::Error::custom("expected a day such as 2025-10-17, without quotes"))
}

/// As a day, where it is one: a date that exists, without a time.
pub fn day_of_toml(written: Datetime) -> Option<Day> {
    written.date.filter(|_| written.time.is_none()).and_then(|date| {
        NaiveDate::from_ymd_opt(i32::from(date.year), u32::from(date.month), u32::from(date.day))
    })
}

/// What a span is counted in.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unit {
    /// Calendar days.
    #[default]
    Days,
    /// Calendar months; a day the month does not have becomes its last one.
    Months,
    /// Monday to Friday, holidays aside.
    BusinessDays,
}

impl Unit {
    /// As a sentence counts it: `business days`.
    pub fn words(self) -> &'static str {
        match self {
            Unit::Days => "days",
            Unit::Months => "months",
            Unit::BusinessDays => "business days",
        }
    }
}

/// So many days or months, and whether the starting day is itself counted as the first.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Span {
    /// How many.
    pub count: u32,
    /// Of what.
    pub unit: Unit,
    /// Inclusive: the starting day is day one, so 40 days from 2024-02-01 end on 2024-03-11.
    pub inclusive: bool,
}

impl Span {
    /// So many calendar days, the starting day not counted: 90 days from January 1st end on April 1st.
    pub const fn days(count: u32) -> Span {
        Span { count, unit: Unit::Days, inclusive: false }
    }

    /// The last day of the span that starts on `day`. At the end of the calendar it stays there.
    pub fn last_day(self, day: Day) -> Day {
        self.last_day_with(day, &Holidays::default())
    }

    /// The same, where business days leave out these holidays too.
    pub fn last_day_with(self, day: Day, holidays: &Holidays) -> Day {
        let counted = match self.unit {
            Unit::Days => day.checked_add_days(Days::new(u64::from(self.count))),
            Unit::Months => day.checked_add_months(Months::new(self.count)),
            Unit::BusinessDays => {
                let mut at = day;
                let first = u32::from(self.inclusive && holidays.is_business_day(day));
                let mut left = self.count.saturating_sub(first);
                while left > 0 {
                    let Some(next) = at.succ_opt() else { break };
                    at = next;
                    left -= u32::from(holidays.is_business_day(at));
                }
                return at;
            }
        }
        .unwrap_or(Day::MAX);
        if self.inclusive { counted.pred_opt().unwrap_or(counted) } else { counted }
    }
}

/// The days on which something may be done, first and last included.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct Window {
    /// First day.
    pub opens_on: Day,
    /// Last day.
    pub closes_on: Day,
}

impl Window {
    /// Whether `day` is inside.
    pub fn contains(self, day: Day) -> bool {
        self.opens_on <= day && day <= self.closes_on
    }
}

#[cfg(test)]
mod tests {
    use super::{Day, Span, Unit, from_epoch, parse_day, to_epoch};

    fn day(text: &str) -> Day {
        parse_day(text).unwrap()
    }

    #[test]
    fn days_are_iso_8601_and_must_exist() {
        assert_eq!(
            parse_day("2026-02-29"),
            Err("`2026-02-29` is not a day, expected YYYY-MM-DD such as 2026-11-03".into())
        );
        assert!(parse_day("11/03/2026").is_err());
        assert!(parse_day("12026-11-03").is_err());
        assert!(parse_day("2026-1-3").is_err());
        assert_eq!(from_epoch(i64::from(to_epoch(day("2026-11-21")))), Some(day("2026-11-21")));
        assert_eq!(from_epoch(i64::MAX), None);
    }

    #[test]
    fn spans_end_where_their_terms_say() {
        assert_eq!(Span::days(90).last_day(day("2026-01-01")), day("2026-04-01"));
        // TikTok's south-east Asian shops count inclusively (seller-th.tiktok.com 118477923190530).
        let forty = Span { count: 40, unit: Unit::Days, inclusive: true };
        assert_eq!(forty.last_day(day("2024-02-01")), day("2024-03-11"));
        let nine_months = Span { count: 9, unit: Unit::Months, inclusive: false };
        assert_eq!(nine_months.last_day(day("2025-05-31")), day("2026-02-28"));
        let ten = Span { count: 10, unit: Unit::BusinessDays, inclusive: false };
        assert_eq!(ten.last_day(day("2026-11-20")), day("2026-12-04"));
        // Of three business days from a Wednesday, itself the first, the last is the Friday; a
        // Saturday is none of them.
        let three = Span { count: 3, unit: Unit::BusinessDays, inclusive: true };
        assert_eq!(three.last_day(day("2026-10-28")), day("2026-10-30"));
        assert_eq!(three.last_day(day("2026-10-31")), day("2026-11-04"));
    }
}
