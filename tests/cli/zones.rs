//! The seller's calendar day: `--zone`, `zone` in config.toml, and what is said about it.

use crate::harness::Home;

/// As shipping tools write them, in UTC: at 18:00 on November 2 and 12:00 on November 3 in California.
const LABELS: &str = "
    tracking_number,value,label_created_at
    9400111,45,2026-11-03T02:00:00Z
    9400112,45,2026-11-03T20:00:00Z
    ";

#[test]
fn a_time_in_utc_is_another_day_where_the_seller_is() {
    let home = Home::new();
    home.write_lines("labels.csv", LABELS);
    home.insure("batch-insure labels.csv --zone America/Los_Angeles -v --format csv")
        .stdout(
            r"
            line,order_id,package_id,tracking_number,decision,policy,package_value,included_cover,cover,premium,stays_uninsured,code,column,value,reason,clause,hint
            2,,,9400111,insured,POL-00001Y,45.00,45.00,45.00,0.00,0.00,,,,,,
            3,,,9400112,insured,POL-00002W,45.00,45.00,45.00,0.00,0.00,,,,,,
            ",
        )
        .stderr(
            r"
            labels.csv: layout plain: it knows 3 of 3 columns
            2 parcels: 2 insured, 0 already insured, 0 cancelled, 0 refused; cover 90.00 USD, premium 0.00 USD
            labels.csv: read as ASCII
            labels.csv: 2 times turned to America/Los_Angeles, 1 of them to another day
            ",
        )
        .run();
    home.write_lines(
        "events.csv",
        "
        tracking_number,event,at
        9400111,scanned,2026-11-04T07:59:00Z
        9400112,scanned,2026-11-04T08:00:00Z
        ",
    );
    home.write("config.toml", "zone = \"America/Los_Angeles\"\n");
    home.insure("track --input events.csv --config config.toml --format csv")
        .stdout(
            r"
            line,order_id,package_id,tracking_number,policy,event,on,result,reason
            2,,,9400111,POL-00001Y,scanned,2026-11-03,became_effective,
            3,,,9400112,POL-00002W,scanned,2026-11-04,became_effective,
            ",
        )
        .run();
}

#[test]
fn without_a_zone_the_day_is_the_written_one_and_a_note_says_so() {
    let home = Home::new();
    home.write_lines("labels.csv", LABELS);
    home.insure("quote --input labels.csv --format ids")
        .stdout("9400111\n9400112\n")
        .stderr(
            r"
            labels.csv: times are taken as written, such as `2026-11-03T02:00:00Z` on line 2 (time of UTC); --zone NAME, or `zone` in config.toml, turns them to your days
            2 parcels: 2 priced, 0 cancelled, 0 refused; cover 90.00 USD, premium 0.00 USD
            ",
        )
        .run();
    home.insure("quote --input labels.csv --zone as-written --format ids")
        .stdout("9400111\n9400112\n")
        .stderr("2 parcels: 2 priced, 0 cancelled, 0 refused; cover 90.00 USD, premium 0.00 USD\n")
        .run();
    // An offset that is some place's own is perhaps the seller's.
    home.write("own.csv", "tracking_number,value,ship_date\n1,5,2026-11-02T18:00:00-08:00\n");
    home.insure("quote --input own.csv --format ids")
        .stdout("1\n")
        .stderr("1 parcel: 1 priced, 0 cancelled, 0 refused; cover 5.00 USD, premium 0.00 USD\n")
        .run();
}

#[test]
fn days_that_are_written_as_midnight_are_doubted() {
    let home = Home::new();
    home.write("days.csv", "tracking_number,value,ship_date\n1,5,2026-11-03T00:00:00Z\n");
    home.insure("quote --input days.csv --zone -05:00 --format ids")
        .stdout("1\n")
        .stderr(
            r"
            note: days.csv: every time that was turned to -05:00 is midnight; if they are days and no times, take them as they stand: --zone as-written
            1 parcel: 1 priced, 0 cancelled, 0 refused; cover 5.00 USD, premium 0.00 USD
            ",
        )
        .run();
}

#[test]
fn days_that_a_zone_of_the_configuration_would_move_are_not_recorded_unasked() {
    let home = Home::new();
    home.write("config.toml", "zone = \"America/Los_Angeles\"\n");
    home.write(
        "days.csv",
        "tracking_number,value,ship_date\n\
         1,5,2026-11-03T00:00:00Z\n\
         2,5,2026-11-04T00:00:00Z\n",
    );
    home.insure("batch-insure days.csv --config config.toml")
        .stderr(
            r"
            error: days.csv: every time that was turned to America/Los_Angeles is midnight, so they may be days and no times, each moved to another day; nothing was recorded

            hint: say which they are: --zone as-written for days, --zone America/Los_Angeles for times
            ",
        )
        .status(2)
        .run();
    home.insure("batch-insure days.csv --config config.toml --dry-run")
        .stderr(
            r"
            error: days.csv: every time that was turned to America/Los_Angeles is midnight, so they may be days and no times, each moved to another day; nothing was recorded

            hint: say which they are: --zone as-written for days, --zone America/Los_Angeles for times
            ",
        )
        .status(2)
        .run();
    home.insure("search").stderr("nothing matches\n").status(4).run();
    home.insure("batch-insure days.csv --config config.toml --zone as-written --format csv -q")
        .stdout(
            r"
            line,order_id,package_id,tracking_number,decision,policy,package_value,included_cover,cover,premium,stays_uninsured,code,column,value,reason,clause,hint
            2,,,1,insured,POL-00001Y,5.00,5.00,5.00,0.00,0.00,,,,,,
            3,,,2,insured,POL-00002W,5.00,5.00,5.00,0.00,0.00,,,,,,
            ",
        )
        .run();
    home.shell("insure search --format csv | cut -d, -f4,16")
        .stdout(
            r"
            tracking_number,shipped_on
            1,2026-11-03
            2,2026-11-04
            ",
        )
        .run();
    home.write(
        "events.csv",
        "tracking_number,event,at\n\
         1,scanned,2026-11-05T00:00:00Z\n",
    );
    home.insure("track --input events.csv --config config.toml")
        .stderr(
            r"
            error: events.csv: every time that was turned to America/Los_Angeles is midnight, so they may be days and no times, each moved to another day; nothing was recorded

            hint: say which they are: --zone as-written for days, --zone America/Los_Angeles for times
            ",
        )
        .status(2)
        .run();
    // Who says that they are times, for this very file, is believed and told.
    home.insure("track --input events.csv --zone America/Los_Angeles --format csv")
        .stdout(
            r"
            line,order_id,package_id,tracking_number,policy,event,on,result,reason
            2,,,1,POL-00001Y,scanned,2026-11-04,became_effective,
            ",
        )
        .stderr(
            r"
            note: events.csv: every time that was turned to America/Los_Angeles is midnight; if they are days and no times, take them as they stand: --zone as-written
            ",
        )
        .run();
}

#[test]
fn a_first_time_of_another_offset_does_not_hide_those_of_utc() {
    let home = Home::new();
    home.write(
        "mixed.csv",
        "tracking_number,value,ship_date\n\
         1,5,2026-11-03T18:00:00-05:00\n\
         2,5,2026-11-04T02:00:00Z\n",
    );
    home.insure("quote --input mixed.csv --format ids")
        .stdout(
            r"
            1
            2
            ",
        )
        .stderr(
            r"
            mixed.csv: times are taken as written, such as `2026-11-04T02:00:00Z` on line 3 (time of UTC); --zone NAME, or `zone` in config.toml, turns them to your days
            2 parcels: 2 priced, 0 cancelled, 0 refused; cover 10.00 USD, premium 0.00 USD
            ",
        )
        .run();
}

#[test]
fn a_zone_that_is_none_says_which_was_meant() {
    let home = Home::new();
    home.insure("quote --input - --zone Los_Angeles")
        .stderr(
            r"
            error: invalid value 'Los_Angeles' for '--zone <NAME>': `Los_Angeles` is no time zone, expected a name such as America/Los_Angeles or an offset such as -08:00 (did you mean America/Los_Angeles?)

            For more information, try '--help'.
            ",
        )
        .status(2)
        .run();
    home.write("config.toml", "plan = \"tiktok-upic\"\nzone = \"+25:00\"\n");
    home.insure("quote --value 5 --config config.toml")
        .stderr(
            r#"
            error: config.toml: TOML parse error at line 2, column 8
              |
            2 | zone = "+25:00"
              |        ^^^^^^^^
            `+25:00` is no time zone, expected a name such as America/Los_Angeles or an offset such as -08:00
            "#,
        )
        .status(2)
        .run();
}

#[test]
fn a_layouts_zone_is_checked_where_it_stands() {
    let home = Home::new();
    home.write(
        "mine.toml",
        "id = \"mine\"\nname = \"Mine\"\nkind = \"parcels\"\none-row-per = \"parcel\"\nneeds = [[\"value\"]]\nzone = \"Pacific\"\n[columns]\nvalue = [\"Worth\"]\n",
    );
    home.insure("layout check mine.toml")
        .stdout(
            "
            mine.toml: 1 mistake

            line 6, column 8
              |
            6 | zone = \"Pacific\"
              |        ^^^^^^^^^
            `Pacific` is no time zone, expected a name such as America/Los_Angeles or an offset such as -08:00 (did you mean Canada/Pacific?)
            ",
        )
        .status(2)
        .run();
}
