//! The seller's calendar day, wherever a file's times are from.

use super::{options, source};
use crate::intake::{Item, Layouts, Options, ZoneIs, ZonesSeen, open};

/// The days of the parcels of a file, and what was seen of zones; a row's code where it is refused.
fn days(text: &str, options: Options) -> (Vec<String>, ZonesSeen) {
    let reader = open(source(text.as_bytes()), options).unwrap();
    let original = reader.original();
    let day = |item| match item {
        Item::Parcel(row) => row.parcel.ship_date.unwrap().to_string(),
        Item::Event(row) => row.on.to_string(),
        Item::Bad(bad) => bad.code.to_owned(),
    };
    let days = reader.map(|item| day(item.unwrap())).collect();
    (days, original.zones().clone())
}

fn in_zone(zone: &str) -> Options {
    Options { zone: Some(ZoneIs::parse(zone).unwrap()), ..options() }
}

const SHIPPED: &str = "\
tracking_number,value,ship_date
1,5,2026-11-03T02:00:00Z
2,5,2026-11-03T09:00:00.000+00:00
3,5,2026-11-03
4,5,2026-11-03 02:00
5,5,2026-11-02T23:30:00-05:00
6,5,2026-11-03 25:00:00Z
7,5,2026-11-03 25:00:00
";

#[test]
fn a_time_that_says_its_offset_counts_on_the_sellers_calendar() {
    let (days, seen) = days(SHIPPED, in_zone("America/Los_Angeles"));
    assert_eq!(
        days,
        [
            "2026-11-02",
            "2026-11-03",
            "2026-11-03",
            "2026-11-03",
            "2026-11-02",
            "bad_date",
            "2026-11-03"
        ]
    );
    assert_eq!(seen.times_turned(), (3, 1));
    assert_eq!((seen.seller(), seen.as_written()), (Some("America/Los_Angeles"), None));
}

#[test]
fn without_the_sellers_zone_a_day_is_taken_as_it_is_written() {
    let (taken, seen) = days(SHIPPED, options());
    let written = ["2026-11-03"; 7].map(|day| day.to_owned());
    assert_eq!(taken[..4], written[..4]);
    assert_eq!(taken[4..], ["2026-11-02", "2026-11-03", "2026-11-03"]);
    let time = seen.as_written().unwrap();
    assert_eq!((time.line, time.zone.as_deref()), (2, Some("UTC")));
    let (said, seen) = days(SHIPPED, in_zone("as-written"));
    assert_eq!((said, seen.as_written()), (taken, None), "who says so is not told");
}

#[test]
fn a_layout_may_say_where_its_times_are_from() {
    let layout = |zone: &str| {
        let own = format!(
            "id = \"mine\"\nname = \"Mine\"\nkind = \"parcels\"\none-row-per = \"parcel\"\n\
             needs = [[\"value\"]]\nzone = \"{zone}\"\n\
             [columns]\ntracking = [\"No\"]\nvalue = [\"Worth\"]\nship-date = [\"Sent\"]\n"
        );
        Layouts::new(vec![("mine.toml".to_owned(), own)])
    };
    let file =
        "No,Worth,Sent\n1,5,2026-11-03 02:00\n2,5,2026-11-03\n3,5,2026-11-03T02:00:00-08:00\n";
    let of =
        |zone: &str, options: Options| days(file, Options { layouts: layout(zone), ..options });
    let (taken, _) = of("utc", in_zone("America/Los_Angeles"));
    assert_eq!(taken, ["2026-11-02", "2026-11-03", "2026-11-03"]);
    let (taken, _) = of("Asia/Kolkata", in_zone("+14:00"));
    assert_eq!(taken, ["2026-11-03", "2026-11-03", "2026-11-04"]);
    let (taken, seen) = of("Asia/Kolkata", options());
    assert_eq!(taken, ["2026-11-03"; 3]);
    assert_eq!(seen.as_written().unwrap().zone.as_deref(), Some("Asia/Kolkata"));
    let (taken, _) = of("as-written", in_zone("America/Los_Angeles"));
    assert_eq!(taken, ["2026-11-03"; 3]);
}

#[test]
fn events_count_on_the_sellers_calendar_too() {
    let file = "tracking_number,event,at\n1,scanned,2026-11-01T06:30:00Z\n1,delivered,2026-11-02T07:30:00Z\n";
    let (taken, _) = days(file, in_zone("America/Los_Angeles"));
    // Still summer time at the first, winter time at the second.
    assert_eq!(taken, ["2026-10-31", "2026-11-01"]);
}

#[test]
fn times_that_are_all_midnight_may_be_days() {
    let file =
        "tracking_number,value,ship_date\n1,5,2026-11-03T00:00:00Z\n2,5,2026-11-04T00:00:00Z\n";
    let (taken, seen) = days(file, in_zone("America/Los_Angeles"));
    assert_eq!(taken, ["2026-11-02", "2026-11-03"]);
    assert!(seen.only_midnights());
    assert!(!days(SHIPPED, in_zone("America/Los_Angeles")).1.only_midnights());
}

#[test]
fn a_time_of_another_offset_does_not_hide_one_of_utc_below_it() {
    let file = "tracking_number,value,ship_date\n1,5,2026-11-03 10:00:00 -0500\n\
                2,5,2026-11-03 10:00:00 -0500\n3,5,2026-11-04T02:00:00Z\n4,5,2026-11-05T02:00:00Z\n";
    let (_, seen) = days(file, options());
    let time = seen.as_written().unwrap();
    assert_eq!((time.line, time.zone.as_deref()), (4, Some("UTC")));
}
