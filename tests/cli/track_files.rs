//! `insure track --input`: what a file of events says of parcels, and of which nothing is known.

use crate::harness::Home;

#[test]
fn parcels_the_ledger_does_not_know_are_named() {
    let home = Home::new();
    home.insure(
        "insure --order 5771 --tracking 9400111000000000000001 --value 450 --quiet --format ids",
    )
    .stdout("POL-00001Y\n")
    .run();
    home.write(
        "events.csv",
        "order_id,tracking_number,event,at\n\
         5771,9400111000000000000001,scanned,2026-11-20\n\
         5772,9400111000000000000002,scanned,2026-11-20\n\
         ,9400111000000000000003,scanned,2026-11-20\n\
         5772,9400111000000000000002,delivered,2026-11-21\n",
    );
    home.insure("track --input events.csv")
        .stdout(
            r"
            Rows              4  1 with an event, 3 not insured
            New events        1
            Known already     0
            Became effective  1
            Cancelled         0
            Not insured       3  parcels this ledger does not know
            Not taken in      0
            lines 3, 5: 9400111000000000000002 of order 5772 is not insured
            line 4: 9400111000000000000003 is not insured
            hint (not_insured): what is not covered cannot be claimed: insure batch-insure FILE covers what the terms still allow; if it is covered under another number, insure status finds it
            ",
        )
        .run();
    home.shell("insure track --input events.csv --dry-run --format json")
        .stdout(
            r#"
            {
              "dry_run": true,
              "rows": 4,
              "accounted": {
                "tracked": 1,
                "without_event": 0,
                "not_insured": 3,
                "skipped": [],
                "refused": []
              },
              "recorded": 0,
              "already_known": 1,
              "became_effective": 0,
              "cancelled": 0,
              "not_insured": 3,
              "bad": 0,
              "not_insured_parcels": [
                {
                  "order_id": "5772",
                  "package_id": null,
                  "tracking_number": "9400111000000000000002",
                  "lines": [
                    3,
                    5
                  ],
                  "order_covered": null
                },
                {
                  "order_id": null,
                  "package_id": null,
                  "tracking_number": "9400111000000000000003",
                  "lines": [
                    4
                  ],
                  "order_covered": null
                }
              ]
            }
            "#,
        )
        .run();
    home.shell("insure track --input events.csv --dry-run --format csv | grep not_insured")
        .stdout(
            r"
            3,5772,,9400111000000000000002,,,,not_insured,
            4,,,9400111000000000000003,,,,not_insured,
            5,5772,,9400111000000000000002,,,,not_insured,
            ",
        )
        .run();
}

#[test]
fn a_sub_status_says_what_the_status_exception_does_not() {
    let home = Home::new();
    home.insure(
        "insure --order 1 --tracking 9400111000000000000001 --value 90 --quiet --format ids",
    )
    .stdout("POL-00001Y\n")
    .run();
    home.insure(
        "insure --order 2 --tracking 9400111000000000000002 --value 90 --quiet --format ids",
    )
    .stdout("POL-00002W\n")
    .run();
    home.insure(
        "insure --order 3 --tracking 9400111000000000000003 --value 90 --quiet --format ids",
    )
    .stdout("POL-00003T\n")
    .run();
    home.insure(
        "insure --order 4 --tracking 9400111000000000000004 --value 90 --quiet --format ids",
    )
    .stdout("POL-00004R\n")
    .run();
    home.insure(
        "insure --order 5 --tracking 9400111000000000000005 --value 90 --quiet --format ids",
    )
    .stdout("POL-00005P\n")
    .run();
    home.insure(
        "insure --order 6 --tracking 9400111000000000000006 --value 90 --quiet --format ids",
    )
    .stdout("POL-00006M\n")
    .run();
    home.write(
        "aftership.csv",
        "Tracking number,Order number,Carrier,Status,Sub-status,Issues,Latest event,On-time status\n\
         9400111000000000000001,1,USPS,Exception,Shipment lost,Shipment lost,2026-11-20 08:00:00,\n\
         9400111000000000000002,2,USPS,Exception,Shipment damage,Shipment damaged,2026-11-20 08:00:00,\n\
         9400111000000000000003,3,USPS,Exception,Exception_011,Returned to sender,2026-11-20 08:00:00,\n\
         9400111000000000000004,4,USPS,Exception,Returning to sender,,2026-11-20 08:00:00,\n\
         9400111000000000000005,5,USPS,Exception,Shipment cancelled,,2026-11-20 08:00:00,\n\
         9400111000000000000006,6,USPS,In transit,Departure Scan,Shipment damaged,2026-11-20 08:00:00,\n",
    );
    home.insure("track --input aftership.csv --format csv")
        .stdout(
            r"
            line,order_id,package_id,tracking_number,policy,event,on,result,reason
            2,1,,9400111000000000000001,POL-00001Y,scanned,2026-11-20,became_effective,
            2,1,,9400111000000000000001,POL-00001Y,lost,2026-11-20,recorded,
            3,2,,9400111000000000000002,POL-00002W,moved,2026-11-20,became_effective,
            3,2,,9400111000000000000002,POL-00002W,damaged,2026-11-20,recorded,
            4,3,,9400111000000000000003,POL-00003T,moved,2026-11-20,became_effective,
            4,3,,9400111000000000000003,POL-00003T,returned,2026-11-20,recorded,
            5,4,,9400111000000000000004,POL-00004R,moved,2026-11-20,became_effective,
            6,5,,9400111000000000000005,POL-00005P,cancelled,2026-11-20,cancelled,
            7,6,,9400111000000000000006,POL-00006M,moved,2026-11-20,became_effective,
            ",
        )
        .run();
    home.insure("track --input aftership.csv --explain 2")
        .stdout(
            r"
            aftership.csv, line 2
            Layout aftership: it knows 7 of 8 columns
            It is 2 carrier events of 9400111000000000000001.

            column           as it stands            field     read as                 how
            Tracking number  9400111000000000000001  tracking  9400111000000000000001
            Order number     1                       order     1
            Carrier          USPS                    carrier
            Status           Exception               event     Exception               the layout gives this word no meaning
            Sub-status       Shipment lost           note      Shipment lost           means lost
            Latest event     2026-11-20 08:00:00     at        2026-11-20

            What became of it
            policy  POL-00001Y
            event   scanned
            on      2026-11-20
            result  already_known

            What became of it
            policy  POL-00001Y
            event   lost
            on      2026-11-20
            result  already_known
            ",
        )
        .run();
}

#[test]
fn an_exception_that_says_no_more_is_not_taken_for_a_sign_of_life() {
    let home = Home::new();
    for number in 1..=3 {
        home.insure(&format!(
            "insure --order {number} --tracking 940011{number} --value 90 --quiet"
        ))
        .output_text();
    }
    home.write(
        "aftership.csv",
        "Tracking number,Order number,Carrier,Status,Sub-status,Issues,Latest event,On-time status\n\
         9400111,1,USPS,Exception,Delayed (Customs clearance),,2026-11-20 08:00:00,\n\
         9400112,2,USPS,Exception,Shipment disposed,,2026-11-20 08:00:00,\n\
         9400113,3,USPS,Exception,Shipment canceled,,2026-11-20 08:00:00,\n",
    );
    home.insure("track --input aftership.csv")
        .stdout(
            r"
            Rows              3  2 with an event, 1 not taken in
            New events        2
            Known already     0
            Became effective  1
            Cancelled         1  never scanned: premium refunded
            Not insured       0
            Not taken in      1
            line 3: column Status: `Exception` with Sub-status `Shipment disposed` does not say what happened to the parcel (unknown_event)
            hint (unknown_event): look the parcel up at its carrier and book it: insure track ID EVENT --at DATE
            ",
        )
        .status(3)
        .run();
}

#[test]
fn every_row_of_a_file_of_events_is_accounted_for() {
    let home = Home::new();
    home.insure("insure --order 1 --tracking 9400111 --value 90 --quiet").output_text();
    home.insure("insure --order 2 --tracking 9400112 --value 90 --quiet").output_text();
    home.write(
        "aftership.csv",
        "Tracking number,Order number,Carrier,Status,Sub-status,Issues,Latest event,On-time status\n\
         9400111,1,USPS,Exception,Shipment lost,,2026-11-20 08:00:00,\n\
         9400119,2,USPS,Delivered,,,2026-11-20 08:00:00,\n\
         9400113,3,USPS,Pending,,,,\n\
         9400114,4,USPS,Gone,,,2026-11-20 08:00:00,\n",
    );
    home.insure("track --input aftership.csv --dry-run")
        .stdout(
            r"
            Rows              4  1 with an event, 1 not insured, 1 passed over (1 no_news), 1 not taken in
            New events        2
            Known already     0
            Became effective  1
            Cancelled         0
            Not insured       1  parcels this ledger does not know
            Not taken in      1
            line 5: column Status: `Gone` without Sub-status does not say what happened to the parcel (unknown_event)
            hint (unknown_event): look the parcel up at its carrier and book it: insure track ID EVENT --at DATE
            line 3: 9400119 of order 2 is not insured; order 2 is covered as POL-00002W under label 9400112
            hint (not_insured): what is not covered cannot be claimed: insure batch-insure FILE covers what the terms still allow; if it is covered under another number, insure status finds it

            Dry run: nothing was recorded.
            ",
        )
        .stderr("\naftership.csv: of 4 rows passed over: 1 no_news\n")
        .status(3)
        .run();
    home.shell(
        "insure track --input aftership.csv --dry-run --format json | sed -n '/accounted/,/^  }/p' | tr -d ' \n'; echo",
    )
        .stdout(
            r#"
            "accounted":{"tracked":1,"without_event":0,"not_insured":1,"skipped":[{"reason":"no_news","rows":1}],"refused":[{"code":"unknown_event","rows":1}]},
            "#,
        )
        .stderr("\naftership.csv: of 4 rows passed over: 1 no_news\n")
        .run();
    home.write(
        "pending.csv",
        "Tracking number,Order number,Carrier,Status,Sub-status,Issues,Latest event,On-time status\n\
         9400111,1,USPS,Pending,,,,\n",
    );
    home.insure("track --input pending.csv --format csv")
        .stdout("\nline,order_id,package_id,tracking_number,policy,event,on,result,reason\n")
        .stderr("\npending.csv: nothing happened to an insured parcel: 1 passed over (1 no_news)\n")
        .status(4)
        .run();
}
