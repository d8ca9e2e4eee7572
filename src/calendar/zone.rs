//! Time zones: which calendar day a moment is on, and where. The zones are built in: what a machine
//! has installed would give other days elsewhere.

use chrono::{Datelike, NaiveTime, Timelike};
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::{Offset, TimeZone, TimeZoneDatabase};

use super::Day;
use crate::words::{nearest, same};

/// A moment, in seconds since 1970-01-01 in UTC.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Moment(i64);

/// A time zone, with its daylight saving: `America/Los_Angeles`, or a fixed offset, `-08:00`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Zone {
    name: String,
    rules: TimeZone,
}

/// The farthest an offset is from UTC, in minutes, west and east.
const WEST: i32 = -12 * 60;
const EAST: i32 = 14 * 60;

impl Moment {
    /// The moment of a time on a day, that many seconds ahead of UTC.
    pub fn at_offset(day: Day, time: NaiveTime, offset: i32) -> Moment {
        let local = i64::from(super::to_epoch(day)) * 86_400;
        Moment(local + i64::from(time.num_seconds_from_midnight()) - i64::from(offset))
    }
}

impl Zone {
    /// Reads a zone's name in the IANA database, in either case, or an offset from UTC.
    ///
    /// # Errors
    /// A sentence saying what was expected, with the zone that was probably meant.
    pub fn parse(text: &str) -> Result<Zone, String> {
        let text = text.trim();
        let found = match text {
            "Z" | "z" => Some(TimeZone::UTC),
            _ => offset(text).or_else(|| TimeZoneDatabase::bundled().get(text).ok()),
        };
        let Some(rules) = found else { return Err(unknown(text)) };
        let name = match (rules.iana_name(), rules.to_fixed_offset()) {
            (Some(name), _) => name.to_owned(),
            (None, Ok(offset)) => offset_told(offset.seconds()),
            (None, Err(_)) => text.to_owned(),
        };
        Ok(Zone { name, rules })
    }

    /// Its name, or its offset.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The day it is there at this moment; `None` outside the calendar.
    pub fn day_of(&self, moment: Moment) -> Option<Day> {
        let there = self.rules.to_datetime(Timestamp::from_second(moment.0).ok()?);
        let (month, day) = (u32::try_from(there.month()), u32::try_from(there.day()));
        Day::from_ymd_opt(i32::from(there.year()), month.ok()?, day.ok()?)
    }

    /// The moment of a time as the clocks there show it. What they show twice when they are put back
    /// is the first of the two; what they leave out is an hour later.
    pub fn moment_of(&self, day: Day, time: NaiveTime) -> Option<Moment> {
        let small = |n: u32| i8::try_from(n).ok();
        let local = DateTime::new(
            i16::try_from(day.year()).ok()?,
            small(day.month())?,
            small(day.day())?,
            small(time.hour())?,
            small(time.minute())?,
            small(time.second())?,
            0,
        );
        let moment = self.rules.to_ambiguous_timestamp(local.ok()?).compatible().ok()?;
        Some(Moment(moment.as_second()))
    }
}

/// A fixed offset: `-08:00`, `+0530`, `+8`.
fn offset(text: &str) -> Option<TimeZone> {
    let sign = match text.as_bytes().first()? {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    let digits = text.get(1..)?;
    let (hours, minutes) = match digits.split_once(':') {
        Some((hours, minutes)) if minutes.len() == 2 => (hours, minutes),
        Some(_) => return None,
        None if digits.len() == 4 => digits.split_at_checked(2)?,
        None => (digits, "0"),
    };
    let number = |text: &str| {
        let plain = (1..=2).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
        plain.then(|| text.parse::<i32>().ok()).flatten()
    };
    let (hours, minutes) = (number(hours)?, number(minutes).filter(|m| *m < 60)?);
    let offset = sign * (hours * 60 + minutes);
    let offset = Some(offset).filter(|minutes| (WEST..=EAST).contains(minutes))?;
    Some(TimeZone::fixed(Offset::from_seconds(offset * 60).ok()?))
}

/// An offset from UTC in seconds as it is written: `-08:00`.
pub fn offset_told(seconds: i32) -> String {
    let sign = if seconds < 0 { '-' } else { '+' };
    let minutes = seconds.abs() / 60;
    format!("{sign}{:02}:{:02}", minutes / 60, minutes % 60)
}

/// That a text is no zone, and which was probably meant.
fn unknown(text: &str) -> String {
    let wanted = text.replace(' ', "_");
    let known: Vec<String> =
        TimeZoneDatabase::bundled().available().map(|name| name.to_string()).collect();
    let city = |name: &str| name.rsplit('/').next().is_some_and(|city| same(city, &wanted));
    let near = known.iter().map(String::as_str);
    let near =
        near.filter(|name| name.contains('/') && !name.starts_with("Etc/")).find(|name| city(name));
    // Short for a zone, such as PST, is near to others that are hours away.
    let places = || known.iter().map(String::as_str).filter(|name| !name.starts_with("Etc/"));
    let near = near.or_else(|| wanted.contains('/').then(|| nearest(&wanted, places())).flatten());
    let near = near.map_or_else(String::new, |near| format!(" (did you mean {near}?)"));
    format!(
        "`{text}` is no time zone, expected a name such as America/Los_Angeles or an offset such as -08:00{near}"
    )
}

#[cfg(test)]
mod tests {
    use chrono::NaiveTime;

    use super::{Moment, Zone};
    use crate::calendar::parse_day;

    /// The day somewhere, of a time in UTC.
    fn day(zone: &str, on: &str, hour: u32, minute: u32) -> String {
        let zone = Zone::parse(zone).unwrap();
        let time = NaiveTime::from_hms_opt(hour, minute, 0).unwrap();
        let moment = Moment::at_offset(parse_day(on).unwrap(), time, 0);
        zone.day_of(moment).unwrap().to_string()
    }

    #[test]
    fn around_midnight_the_day_is_that_of_the_place() {
        for (zone, on, hour, minute, there) in [
            ("America/Los_Angeles", "2026-11-03", 2, 0, "2026-11-02"),
            ("America/Los_Angeles", "2026-11-03", 7, 59, "2026-11-02"),
            ("America/Los_Angeles", "2026-11-03", 8, 0, "2026-11-03"),
            // The clocks are put forward on March 8 and back on November 1.
            ("America/Los_Angeles", "2026-03-08", 7, 59, "2026-03-07"),
            ("America/Los_Angeles", "2026-03-09", 6, 59, "2026-03-08"),
            ("America/Los_Angeles", "2026-03-09", 7, 0, "2026-03-09"),
            ("America/Los_Angeles", "2026-11-01", 6, 59, "2026-10-31"),
            ("America/Los_Angeles", "2026-11-01", 7, 0, "2026-11-01"),
            ("America/Los_Angeles", "2026-11-02", 7, 59, "2026-11-01"),
            ("-08:00", "2026-07-01", 7, 30, "2026-06-30"),
            ("America/Los_Angeles", "2026-07-01", 7, 30, "2026-07-01"),
            ("Asia/Kolkata", "2026-11-03", 18, 29, "2026-11-03"),
            ("Asia/Kolkata", "2026-11-03", 18, 30, "2026-11-04"),
            ("+0530", "2026-11-03", 18, 30, "2026-11-04"),
            ("Asia/Shanghai", "2026-12-31", 16, 0, "2027-01-01"),
            // On both sides of the date line.
            ("Pacific/Kiritimati", "2026-11-03", 10, 0, "2026-11-04"),
            ("Pacific/Pago_Pago", "2026-11-03", 10, 59, "2026-11-02"),
            ("UTC", "2026-11-03", 23, 59, "2026-11-03"),
        ] {
            assert_eq!(day(zone, on, hour, minute), there, "{zone} {on} {hour}:{minute}");
        }
    }

    #[test]
    fn a_time_that_clocks_show_twice_or_never_is_still_a_moment() {
        let zone = Zone::parse("America/New_York").unwrap();
        let moment = |on: &str, hour: u32| {
            let time = NaiveTime::from_hms_opt(hour, 30, 0).unwrap();
            zone.moment_of(parse_day(on).unwrap(), time).unwrap()
        };
        let hours = |from: Moment, to: Moment| (to.0 - from.0) / 3600;
        assert_eq!(hours(moment("2026-03-08", 1), moment("2026-03-08", 3)), 1);
        assert_eq!(hours(moment("2026-03-08", 1), moment("2026-03-08", 2)), 1);
        assert_eq!(hours(moment("2026-11-01", 1), moment("2026-11-01", 2)), 2);
    }

    #[test]
    fn a_zone_is_told_by_the_name_it_has() {
        for (text, name) in [
            ("America/Los_Angeles", "America/Los_Angeles"),
            ("america/los_angeles", "America/Los_Angeles"),
            ("utc", "UTC"),
            ("Z", "UTC"),
            ("-08:00", "-08:00"),
            ("+8", "+08:00"),
            ("+0545", "+05:45"),
        ] {
            assert_eq!(Zone::parse(text).map(|zone| zone.name().to_owned()).as_deref(), Ok(name));
        }
    }

    #[test]
    fn what_is_no_zone_is_refused_with_the_one_that_was_meant() {
        for (text, near) in [
            ("America/Los_Angles", Some("America/Los_Angeles")),
            ("Los Angeles", Some("America/Los_Angeles")),
            ("Asia/Calcuta", Some("Asia/Calcutta")),
            ("California", None),
            ("PST", None),
            ("GMT-8", None),
            ("+15:00", None),
            ("-08:75", None),
            ("08:00", None),
            ("", None),
        ] {
            let said = Zone::parse(text).unwrap_err();
            let expected = format!(
                "`{text}` is no time zone, expected a name such as America/Los_Angeles or an offset such as -08:00"
            );
            let near = near.map_or_else(String::new, |near| format!(" (did you mean {near}?)"));
            assert_eq!(said, expected + &near);
        }
    }
}
