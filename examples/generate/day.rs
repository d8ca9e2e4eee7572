//! Calendar days and wall-clock moments, without a clock and without a time zone.

/// Seconds in a day.
pub(crate) const DAY: i64 = 86_400;
/// Seconds in an hour.
pub(crate) const HOUR: i64 = 3_600;
/// Seconds in a minute.
pub(crate) const MINUTE: i64 = 60;

/// A second on the wall clock, counted from 1970-01-01 00:00:00.
pub(crate) type Moment = i64;

/// A calendar day, counted from 1970-01-01.
#[derive(Clone, Copy, PartialEq)]
pub(crate) struct Day(pub(crate) i64);

impl Day {
    /// The day of a date in the Gregorian calendar (Howard Hinnant's `days_from_civil`).
    pub(crate) fn from_civil(year: i64, month: i64, day: i64) -> Day {
        let year = if month <= 2 { year - 1 } else { year };
        let era = year.div_euclid(400);
        let year_of_era = year.rem_euclid(400);
        let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
        let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
        Day(era * 146_097 + day_of_era - 719_468)
    }

    /// Year, month and day of the month (Howard Hinnant's `civil_from_days`).
    pub(crate) fn civil(self) -> (i64, i64, i64) {
        let days = self.0 + 719_468;
        let era = days.div_euclid(146_097);
        let day_of_era = days.rem_euclid(146_097);
        let year_of_era =
            (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted_month = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
        let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
        let year = year_of_era + era * 400 + i64::from(month <= 2);
        (year, month, day)
    }

    /// Reads `YYYY-MM-DD`; nothing for a date that does not exist.
    pub(crate) fn parse(text: &str) -> Option<Day> {
        let mut parts = text.splitn(3, '-');
        let mut part = |width: usize| -> Option<i64> {
            let digits = parts.next()?;
            let plain = digits.len() == width && digits.bytes().all(|byte| byte.is_ascii_digit());
            if plain { digits.parse().ok() } else { None }
        };
        let date = (part(4)?, part(2)?, part(2)?);
        let day = Day::from_civil(date.0, date.1, date.2);
        (day.civil() == date).then_some(day)
    }

    /// The day a number of days later, or earlier.
    pub(crate) fn plus(self, days: i64) -> Day {
        Day(self.0 + days)
    }

    /// The moment at an hour and minute of this day.
    pub(crate) fn at(self, hour: i64, minute: i64) -> Moment {
        self.0 * DAY + hour * HOUR + minute * MINUTE
    }
}
