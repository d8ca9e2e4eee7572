//! The seller's calendar day: never farther from the day that is written than a clock can be.

use insure::calendar::{Day, to_epoch};
use insure::intake::{Item, Options, Source, ZoneIs, open};
use insure::money::Currency;
use proptest::collection::vec;
use proptest::prelude::{ProptestConfig, Strategy, prop_assert, prop_assert_eq, proptest};
use proptest::sample::select;

/// The ship days of a file, read by a seller somewhere.
fn days(times: &[String], zone: &str) -> Vec<Day> {
    let rows: String = (0..).zip(times).map(|(n, time)| format!("{n},5,{time}\n")).collect();
    let text = format!("tracking_number,value,ship_date\n{rows}");
    let options =
        Options { zone: Some(ZoneIs::parse(zone).unwrap()), ..Options::new(Currency::USD) };
    let source =
        Source::Stream { name: "times.csv".to_owned(), read: Box::new(std::io::Cursor::new(text)) };
    open(source, options)
        .unwrap()
        .map(|item| match item.unwrap() {
            Item::Parcel(row) => row.parcel.ship_date.unwrap(),
            other => panic!("{other:?}"),
        })
        .collect()
}

/// Seconds since 1970 in the years 2000 to 2060.
fn moments() -> impl Strategy<Value = Vec<i64>> {
    vec(946_684_800_i64..2_840_140_800, 1..40)
}

/// A moment as it is written where clocks are so many minutes ahead of UTC.
fn written(moment: i64, ahead: i64) -> String {
    let local = chrono::DateTime::from_timestamp(moment + ahead * 60, 0).unwrap();
    let (sign, far) = (if ahead < 0 { '-' } else { '+' }, ahead.abs());
    format!("{}{sign}{:02}:{:02}", local.format("%Y-%m-%dT%H:%M:%S"), far / 60, far % 60)
}

const PLACES: &[&str] = &[
    "America/Los_Angeles",
    "America/New_York",
    "America/St_Johns",
    "Asia/Kolkata",
    "Asia/Kathmandu",
    "Asia/Shanghai",
    "Australia/Lord_Howe",
    "Europe/Berlin",
    "Pacific/Apia",
    "Pacific/Kiritimati",
    "Pacific/Pago_Pago",
    "UTC",
];

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(48) })]

    #[test]
    fn a_day_of_utc_is_at_most_one_day_off(moments in moments(), place in select(PLACES)) {
        let times: Vec<String> = moments.iter().map(|moment| written(*moment, 0)).collect();
        let as_written = days(&times, "as-written");
        for (there, written) in days(&times, place).into_iter().zip(as_written) {
            prop_assert!((to_epoch(there) - to_epoch(written)).abs() <= 1, "{there} {written}");
        }
    }

    #[test]
    fn where_a_time_was_written_decides_nothing(
        moments in moments(), ahead in -12 * 60..=14 * 60_i64, place in select(PLACES)
    ) {
        let here: Vec<String> = moments.iter().map(|moment| written(*moment, 0)).collect();
        let there: Vec<String> = moments.iter().map(|moment| written(*moment, ahead)).collect();
        prop_assert_eq!(days(&here, place), days(&there, place));
        let (sign, far) = (if ahead < 0 { '-' } else { '+' }, ahead.abs());
        let own = format!("{sign}{:02}:{:02}", far / 60, far % 60);
        prop_assert_eq!(days(&here, &own), days(&there, "as-written"));
    }
}
