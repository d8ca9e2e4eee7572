//! Holidays: days on which no business is done, beside weekends.

use std::collections::BTreeSet;

use chrono::{Datelike, Days, NaiveDate, Weekday};

use super::Day;

/// Days on which no business is done, beside weekends. None by default.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Holidays {
    days: BTreeSet<Day>,
    rules: &'static [Rule],
}

/// A holiday that comes back every year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Rule {
    /// On a day of a month from a year on; on a Sunday the Monday after, on a Saturday the Friday
    /// before is free.
    Fixed { month: u32, day: u32, since: i32 },
    /// On the n-th such weekday of a month.
    Nth { month: u32, weekday: Weekday, n: u8 },
    /// On the last such weekday of a month.
    Last { month: u32, weekday: Weekday },
}

/// The federal holidays of the United States (5 U.S.C. 6103).
const US_FEDERAL: &[Rule] = &[
    Rule::Fixed { month: 1, day: 1, since: 0 },
    Rule::Nth { month: 1, weekday: Weekday::Mon, n: 3 },
    Rule::Nth { month: 2, weekday: Weekday::Mon, n: 3 },
    Rule::Last { month: 5, weekday: Weekday::Mon },
    Rule::Fixed { month: 6, day: 19, since: 2021 },
    Rule::Fixed { month: 7, day: 4, since: 0 },
    Rule::Nth { month: 9, weekday: Weekday::Mon, n: 1 },
    Rule::Nth { month: 10, weekday: Weekday::Mon, n: 2 },
    Rule::Fixed { month: 11, day: 11, since: 0 },
    Rule::Nth { month: 11, weekday: Weekday::Thu, n: 4 },
    Rule::Fixed { month: 12, day: 25, since: 0 },
];

/// The calendars known by name.
const KNOWN: &[(&str, &[Rule])] = &[("us-federal", US_FEDERAL)];

impl Holidays {
    /// The calendar of this name.
    pub fn known(name: &str) -> Option<Holidays> {
        let (_, rules) = KNOWN.iter().find(|(known, _)| *known == name)?;
        Some(Holidays { days: BTreeSet::new(), rules })
    }

    /// The names of the calendars known here.
    pub fn names() -> Vec<&'static str> {
        KNOWN.iter().map(|(name, _)| *name).collect()
    }

    /// Whether business is done on a day: neither on weekends nor on holidays.
    pub fn is_business_day(&self, day: Day) -> bool {
        !matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
            && !self.days.contains(&day)
            && !self.rules.iter().any(|rule| rule.falls_on(day))
    }
}

impl FromIterator<Day> for Holidays {
    fn from_iter<I: IntoIterator<Item = Day>>(days: I) -> Holidays {
        Holidays { days: days.into_iter().collect(), rules: &[] }
    }
}

impl Rule {
    fn falls_on(self, day: Day) -> bool {
        match self {
            Rule::Fixed { month, day: of_month, since } => {
                // A new year's day on a Saturday is kept in the year before.
                [day.year(), day.year() + 1].into_iter().any(|year| {
                    year >= since
                        && NaiveDate::from_ymd_opt(year, month, of_month).map(observed) == Some(day)
                })
            }
            Rule::Nth { month, weekday, n } => {
                day.month() == month
                    && NaiveDate::from_weekday_of_month_opt(day.year(), month, weekday, n)
                        == Some(day)
            }
            Rule::Last { month, weekday } => {
                day.month() == month
                    && day.weekday() == weekday
                    && day.checked_add_days(Days::new(7)).is_some_and(|next| next.month() != month)
            }
        }
    }
}

/// The free day of a holiday that falls on a weekend.
fn observed(day: Day) -> Day {
    let moved = match day.weekday() {
        Weekday::Sat => day.pred_opt(),
        Weekday::Sun => day.succ_opt(),
        _ => None,
    };
    moved.unwrap_or(day)
}

#[cfg(test)]
mod tests {
    use super::super::{Span, Unit, parse_day};
    use super::Holidays;

    #[test]
    fn federal_holidays_are_no_business_days() {
        let us = Holidays::known("us-federal").unwrap();
        let free = |day: &str| !us.is_business_day(parse_day(day).unwrap());
        // 2026: Thanksgiving on November 26th; July 4th is a Saturday, so the Friday before is free.
        for day in
            ["2026-11-26", "2026-07-03", "2026-01-19", "2026-05-25", "2021-12-31", "2027-07-05"]
        {
            assert!(free(day), "{day}");
        }
        for day in ["2026-11-27", "2026-07-06", "2020-06-19", "2026-05-18"] {
            assert!(!free(day), "{day}");
        }
    }

    #[test]
    fn ten_business_days_over_thanksgiving_take_a_day_longer() {
        let ten = Span { count: 10, unit: Unit::BusinessDays, inclusive: false };
        let from = parse_day("2026-11-20").unwrap();
        let us = Holidays::known("us-federal").unwrap();
        assert_eq!(ten.last_day_with(from, &us).to_string(), "2026-12-07");
        let own: Holidays = [parse_day("2026-11-23").unwrap()].into_iter().collect();
        assert_eq!(ten.last_day_with(from, &own).to_string(), "2026-12-07");
        assert_eq!(ten.last_day(from).to_string(), "2026-12-04");
    }
}
