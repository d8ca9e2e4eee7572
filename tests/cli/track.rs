//! `insure track`: what the carrier did, one event or a file.

use crate::harness::Home;

fn one_parcel() -> Home {
    let home = Home::new();
    home.insure("insure --order 5771 --tracking 9400111000000000000001 --value 450 --cover full --accept-terms --today 2026-11-01")
        .output_text();
    home
}

#[test]
fn the_first_scan_makes_the_cover_effective() {
    let home = one_parcel();
    home.insure("search --status confirmed --format ids")
        .stdout(
            r"
            POL-00001Y
            ",
        )
        .run();
    home.insure("track 9400111000000000000001 scanned --at 2026-11-03")
        .stdout(
            r"
            POL-00001Y  scanned on 2026-11-03: the cover is effective
            ",
        )
        .run();
    home.insure("track 9400111000000000000001 scanned --at 2026-11-03")
        .stdout(
            r"
            POL-00001Y  scanned on 2026-11-03: known already
            ",
        )
        .run();
    home.insure("track 5771 delivered --at 2026-11-06 --note 'front door'")
        .stdout(
            r"
            POL-00001Y  delivered on 2026-11-06: recorded
            ",
        )
        .run();
    home.insure("status 5771")
        .stdout(
            r"
            Policy         POL-00001Y              effective
            Order          5771
            Package        -
            Tracking       9400111000000000000001
            Contents       -
            Plan           tiktok-upic             TikTok Shipping insurance, insured by U-PIC, terms of 2025-10-17
            Package value  450.00 USD
            Cover          450.00 USD
            Premium        2.25 USD                assumed: premium.rate=0.75 for every 100.00 or part of it
            Shipped        2026-11-03              scanned 2026-11-03, delivered 2026-11-06
            Claim until    2027-02-01
            History
              2026-11-01  BAT-00001Y recorded
              2026-11-03  scanned
              2026-11-06  delivered  note front door
            ",
        )
        .run();
}

#[test]
fn a_cover_expires_when_nothing_can_be_claimed_any_more() {
    let home = one_parcel();
    home.insure("track 5771 scanned --at 2026-11-03").output_text();
    home.insure("search --status effective --format ids --today 2027-02-01")
        .stdout(
            r"
            POL-00001Y
            ",
        )
        .run();
    home.insure("search --status expired --format ids --today 2027-02-02")
        .stdout(
            r"
            POL-00001Y
            ",
        )
        .run();
}

#[test]
fn a_label_cancelled_before_the_first_scan_refunds_the_premium() {
    let home = one_parcel();
    home.insure("track 9400111000000000000001 cancelled --at 2026-11-02")
        .stdout(
            r"
            POL-00001Y  cancelled on 2026-11-02: the cover ends, the premium is refunded
            ",
        )
        .run();
    home.insure("search")
        .stdout(
            r"
            policy      order id  tracking number         status     package value  cover   premium  looks like  expected payout  payout is  claim  claim status  claim closes on
            POL-00001Y  5771      9400111000000000000001  cancelled         450.00  450.00     2.25  -           -                -          -      -             -
            ",
        )
        .run();
}

#[test]
fn a_label_cancelled_after_the_first_scan_does_not() {
    let home = one_parcel();
    home.insure("track 5771 scanned --at 2026-11-03").output_text();
    home.insure("track 5771 cancelled --at 2026-11-04")
        .stdout(
            r"
            POL-00001Y  cancelled on 2026-11-04: recorded; the carrier had scanned it, so the cover stays and no premium is refunded
            ",
        )
        .run();
    home.insure("search --status effective --format ids")
        .stdout(
            r"
            POL-00001Y
            ",
        )
        .run();
}

#[test]
fn a_file_of_events() {
    let home = one_parcel();
    home.write_lines(
        "events.csv",
        "
        tracking_number,event,at,note
        9400111000000000000001,scanned,2026-11-03,Accepted
        9400111000000000000009,scanned,2026-11-03,
        9400111000000000000001,teleported,2026-11-04,
        9400111000000000000001,delivered,04.11.2026,
        9400111000000000000001,damaged,2026-11-05,\"Crushed, photos\"
        ",
    );
    home.insure("track --input events.csv --dry-run")
        .stdout(
            r"
            Rows              5  2 with an event, 1 not insured, 2 not taken in
            New events        2
            Known already     0
            Became effective  1
            Cancelled         0
            Not insured       1  parcels this ledger does not know
            Not taken in      2
            line 4: column event: `teleported` is not a carrier event, expected one of labelled, scanned, moved, delivered, cancelled, damaged, lost, returned (unknown_event)
            line 5: column at: `04.11.2026` is not a day, expected YYYY-MM-DD such as 2026-11-03 (bad_date)
            hint (bad_date): write it as 2026-11-03, or say how the whole file writes its days: --dates month-first is MM/DD/YYYY, --dates day-first is DD/MM/YYYY
            line 3: 9400111000000000000009 is not insured
            hint (not_insured): what is not covered cannot be claimed: insure batch-insure FILE covers what the terms still allow; if it is covered under another number, insure status finds it

            Dry run: nothing was recorded.
            ",
        )
        .status(3)
        .run();
    home.insure("track --input events.csv")
        .stdout(
            r"
            Rows              5  2 with an event, 1 not insured, 2 not taken in
            New events        2
            Known already     0
            Became effective  1
            Cancelled         0
            Not insured       1  parcels this ledger does not know
            Not taken in      2
            line 4: column event: `teleported` is not a carrier event, expected one of labelled, scanned, moved, delivered, cancelled, damaged, lost, returned (unknown_event)
            line 5: column at: `04.11.2026` is not a day, expected YYYY-MM-DD such as 2026-11-03 (bad_date)
            hint (bad_date): write it as 2026-11-03, or say how the whole file writes its days: --dates month-first is MM/DD/YYYY, --dates day-first is DD/MM/YYYY
            line 3: 9400111000000000000009 is not insured
            hint (not_insured): what is not covered cannot be claimed: insure batch-insure FILE covers what the terms still allow; if it is covered under another number, insure status finds it
            ",
        )
        .status(3)
        .run();
    home.insure("track --input events.csv --format csv")
        .stdout(
            r#"
            line,order_id,package_id,tracking_number,policy,event,on,result,reason
            2,5771,,9400111000000000000001,POL-00001Y,scanned,2026-11-03,already_known,
            3,,,9400111000000000000009,,,,not_insured,
            4,,,9400111000000000000001,,,,unknown_event,"column event: `teleported` is not a carrier event, expected one of labelled, scanned, moved, delivered, cancelled, damaged, lost, returned"
            5,,,9400111000000000000001,,,,bad_date,"column at: `04.11.2026` is not a day, expected YYYY-MM-DD such as 2026-11-03"
            6,5771,,9400111000000000000001,POL-00001Y,damaged,2026-11-05,already_known,
            "#,
        )
        .status(3)
        .run();
    home.insure("track --input events.csv --format json")
        .stdout(
            r#"
            {
              "dry_run": false,
              "rows": 5,
              "accounted": {
                "tracked": 2,
                "without_event": 0,
                "not_insured": 1,
                "skipped": [],
                "refused": [
                  {
                    "code": "bad_date",
                    "rows": 1
                  },
                  {
                    "code": "unknown_event",
                    "rows": 1
                  }
                ]
              },
              "recorded": 0,
              "already_known": 2,
              "became_effective": 0,
              "cancelled": 0,
              "not_insured": 1,
              "bad": 2,
              "not_insured_parcels": [
                {
                  "order_id": null,
                  "package_id": null,
                  "tracking_number": "9400111000000000000009",
                  "lines": [
                    3
                  ],
                  "order_covered": null
                }
              ]
            }
            "#,
        )
        .status(3)
        .run();
    home.insure("status 5771")
        .stdout(
            r"
            Policy         POL-00001Y              effective
            Order          5771
            Package        -
            Tracking       9400111000000000000001
            Contents       -
            Plan           tiktok-upic             TikTok Shipping insurance, insured by U-PIC, terms of 2025-10-17
            Package value  450.00 USD
            Cover          450.00 USD
            Premium        2.25 USD                assumed: premium.rate=0.75 for every 100.00 or part of it
            Shipped        2026-11-03              scanned 2026-11-03, damaged 2026-11-05
            Claim until    2027-02-01              looks like damage: claimable from 2026-11-05
            History
              2026-11-01  BAT-00001Y recorded
              2026-11-03  scanned  note Accepted
              2026-11-05  damaged  note Crushed, photos
            ",
        )
                .stdout(
                    r"
                    Policy         POL-00001Y              effective
                    Order          5771
                    Package        -
                    Tracking       9400111000000000000001
                    Contents       -
                    Plan           tiktok-upic             TikTok Shipping insurance, insured by U-PIC, terms of 2025-10-17
                    Package value  450.00 USD
                    Cover          450.00 USD
                    Premium        2.25 USD                assumed: premium.rate=0.75 for every 100.00 or part of it
                    Shipped        2026-11-03              scanned 2026-11-03, damaged 2026-11-05
                    Claim until    2027-02-01              looks like damage: claimable from 2026-11-05, pays at most 450.00 USD
                    History
                      2026-11-01  BAT-00001Y recorded
                      2026-11-03  scanned  note Accepted
                      2026-11-05  damaged  note Crushed, photos
                    ",
                )
                .run();
}

#[test]
fn a_newer_export_gives_the_orders_their_labels() {
    let home = Home::new();
    home.fixture("tiktok-63.csv");
    home.insure("batch-insure tiktok-63.csv --cover full --accept-terms -q")
        .status(3)
        .output_text();
    home.fixture("tiktok-63-later.csv");
    home.insure("track --input tiktok-63-later.csv")
        .stdout(
            r"
            Rows              11  8 with an event, 3 not insured
            New events         5
            Known already      7
            Became effective   2
            Cancelled          0
            Not insured        3  parcels this ledger does not know
            Not taken in       0
            line 23: 577421100000000006 is not insured
            line 26: 1154211000000007 of order 577421100000000007 is not insured
            line 29: 1154211000000008 of order 577421100000000008 is not insured
            hint (not_insured): what is not covered cannot be claimed: insure batch-insure FILE covers what the terms still allow; if it is covered under another number, insure status finds it
            ",
        )
        .run();
    home.insure("search")
        .stdout(
            r"
            policy      order id            tracking number         status     package value  cover   premium  looks like  expected payout  payout is  claim  claim status  claim closes on
            POL-00001Y  577421100000000001  9400111000000000000001  effective         450.00  450.00     2.25  -           -                -          -      -             2027-02-20
            POL-00002W  577421100000000002  9400111000000000000002  effective         338.99  338.99     1.50  -           -                -          -      -             2027-02-20
            POL-00003T  577421100000000003  9400111000000000000003  effective         206.67  200.00     0.00  -           -                -          -      -             2027-02-16
            POL-00004R  577421100000000003  9400111000000000000053  effective         103.33  103.33     0.00  -           -                -          -      -             2027-02-16
            POL-00005P  577421100000000004  9400111000000000000004  effective         145.00  145.00     0.00  -           -                -          -      -             2027-02-15
            POL-00006M  577421100000000009  9400111000000000000009  confirmed         300.00  200.00     0.00  -           -                -          -      -             -
            ",
        )
        .run();
    home.insure("status 940011100000000000001")
        .stderr(
            r"
            error: nothing is recorded under `940011100000000000001`

            hint: give an order, package or tracking number, or a policy (POL-...) or claim (CLM-...)
            ",
        )
        .status(4)
        .run();
    home.insure("track --input tiktok-63-later.csv --format ndjson")
        .stdout(
            r#"
            {"line":2,"order_id":"577421100000000001","package_id":"1154211000000001","tracking_number":"9400111000000000000001","policy":"POL-00001Y","event":"labelled","on":"2026-11-21","result":"already_known","reason":null}
            {"line":2,"order_id":"577421100000000001","package_id":"1154211000000001","tracking_number":"9400111000000000000001","policy":"POL-00001Y","event":"scanned","on":"2026-11-22","result":"already_known","reason":null}
            {"line":5,"order_id":"577421100000000002","package_id":"1154211000000002","tracking_number":"9400111000000000000002","policy":"POL-00002W","event":"labelled","on":"2026-11-21","result":"already_known","reason":null}
            {"line":5,"order_id":"577421100000000002","package_id":"1154211000000002","tracking_number":"9400111000000000000002","policy":"POL-00002W","event":"scanned","on":"2026-11-22","result":"already_known","reason":null}
            {"line":11,"order_id":"577421100000000003","package_id":"1154211000000003","tracking_number":"9400111000000000000003","policy":"POL-00003T","event":"labelled","on":"2026-11-17","result":"already_known","reason":null}
            {"line":11,"order_id":"577421100000000003","package_id":"1154211000000003","tracking_number":"9400111000000000000003","policy":"POL-00003T","event":"scanned","on":"2026-11-18","result":"already_known","reason":null}
            {"line":11,"order_id":"577421100000000003","package_id":"1154211000000003","tracking_number":"9400111000000000000003","policy":"POL-00003T","event":"delivered","on":"2026-11-21","result":"already_known","reason":null}
            {"line":14,"order_id":"577421100000000003","package_id":"1154211000000053","tracking_number":"9400111000000000000053","policy":"POL-00004R","event":"labelled","on":"2026-11-17","result":"already_known","reason":null}
            {"line":14,"order_id":"577421100000000003","package_id":"1154211000000053","tracking_number":"9400111000000000000053","policy":"POL-00004R","event":"scanned","on":"2026-11-18","result":"already_known","reason":null}
            {"line":17,"order_id":"577421100000000004","package_id":"1154211000000004","tracking_number":"9400111000000000000004","policy":"POL-00005P","event":"labelled","on":"2026-11-16","result":"already_known","reason":null}
            {"line":17,"order_id":"577421100000000004","package_id":"1154211000000004","tracking_number":"9400111000000000000004","policy":"POL-00005P","event":"scanned","on":"2026-11-17","result":"already_known","reason":null}
            {"line":23,"order_id":"577421100000000006","package_id":null,"tracking_number":null,"policy":null,"event":null,"on":null,"result":"not_insured","reason":null}
            {"line":26,"order_id":"577421100000000007","package_id":"1154211000000007","tracking_number":"9400111000000000000007","policy":null,"event":null,"on":null,"result":"not_insured","reason":null}
            {"line":29,"order_id":"577421100000000008","package_id":"1154211000000008","tracking_number":"9400111000000000000008","policy":null,"event":null,"on":null,"result":"not_insured","reason":null}
            {"line":32,"order_id":"577421100000000009","package_id":"1154211000000009","tracking_number":"9400111000000000000009","policy":"POL-00006M","event":"labelled","on":"2026-11-19","result":"already_known","reason":null}
            {"dry_run":false,"rows":11,"accounted":{"tracked":8,"without_event":0,"not_insured":3,"skipped":[],"refused":[]},"recorded":0,"already_known":12,"became_effective":0,"cancelled":0,"not_insured":3,"bad":0}
            "#,
        )
        .run();
}

#[test]
fn events_from_stdin() {
    let home = one_parcel();
    home.insure("track --input - --format ids")
        .stdin("tracking_number,event,at\n9400111000000000000001,scanned,2026-11-03\n")
        .stdout(
            r"
            POL-00001Y
            ",
        )
        .run();
}

#[test]
fn what_cannot_have_happened_is_refused() {
    let home = one_parcel();
    home.insure("track 5771 scanned --at 2026-11-23")
        .stderr(
            r"
            error: 2026-11-23 is in the future, today is 2026-11-22

            hint: give the day it happened with --at, or another --today
            ",
        )
        .status(2)
        .run();
    home.insure("track 5772 scanned")
        .stderr(
            r"
            error: nothing is recorded under `5772`

            hint: give an order, package or tracking number, or a policy (POL-...) or claim (CLM-...)
            ",
        )
        .status(4)
        .run();
    home.insure("track 5771 teleported")
        .stderr(
            r"
            error: invalid value 'teleported' for '[EVENT]': expected one of labelled, scanned, moved, delivered, cancelled, damaged, lost, returned

            For more information, try '--help'.
            ",
        )
        .status(2)
        .run();
    home.insure("track 5771")
        .stderr(
            r"
            error: the following required arguments were not provided:
              <EVENT>

            Usage: insure track --db <PATH> --today <DATE> <ID> <EVENT>

            For more information, try '--help'.
            ",
        )
        .status(2)
        .run();
    home.insure("track")
        .stderr(
            r"
            error: the following required arguments were not provided:
              <ID>

            Usage: insure track --db <PATH> --today <DATE> <ID> [EVENT]

            For more information, try '--help'.
            ",
        )
        .status(2)
        .run();
    home.insure("track 5771 scanned --at 2026-13-01")
        .stderr(
            r"
            error: invalid value '2026-13-01' for '--at <DATE>': `2026-13-01` is not a day, expected YYYY-MM-DD such as 2026-11-03

            For more information, try '--help'.
            ",
        )
        .status(2)
        .run();
    home.write_lines(
        "events.csv",
        "tracking_number,event,at\n9400111000000000000001,scanned,2026-11-23\n",
    );
    home.insure("track --input events.csv")
        .stdout(
            r"
            Rows              1
            New events        1
            Known already     0
            Became effective  1
            Cancelled         0
            Not insured       0
            Not taken in      0
            ",
        )
        .run();
    home.write_lines(
        "events.csv",
        "tracking_number,event,at\n9400111000000000000009,scanned,2026-11-03\n",
    );
    home.insure("track --input events.csv")
        .stdout(
            r"
            Rows              1
            New events        0
            Known already     0
            Became effective  0
            Cancelled         0
            Not insured       1  parcels this ledger does not know
            Not taken in      0
            line 2: 9400111000000000000009 is not insured
            hint (not_insured): what is not covered cannot be claimed: insure batch-insure FILE covers what the terms still allow; if it is covered under another number, insure status finds it
            ",
        )
        .status(4)
        .run();
    home.insure("batch-insure events.csv")
        .stderr(
            r"
            error: events.csv: this is a file of carrier events (carrier-events), expected parcels

            hint: take it in with: insure track --input events.csv
            ",
        )
        .status(2)
        .run();
}

#[test]
fn one_order_of_two_packages_has_to_be_named_exactly() {
    let home = Home::new();
    home.write_lines("parcels.csv", "order_id,package_id,value\n1001,P1,50\n1001,P2,60\n");
    home.insure("batch-insure parcels.csv -q").output_text();
    home.insure("track 1001 scanned")
        .stderr(
            r"
            error: `1001` means 2 parcels: POL-00001Y (1001/P1), POL-00002W (1001/P2)

            hint: name one of them
            ",
        )
        .status(2)
        .run();
    home.insure("track P1 scanned")
        .stdout(
            r"
            POL-00001Y  scanned on 2026-11-22: the cover is effective
            ",
        )
        .run();
}

#[test]
fn of_many_bad_rows_a_table_lists_the_first() {
    let home = one_parcel();
    let rows = "9400111000000000000001,scanned,soon\n".repeat(23);
    home.write("events.csv", format!("tracking_number,event,at\n{rows}"));
    let lines: String = (2..22)
        .map(|line| format!("line {line}: column at: `soon` is not a day, expected YYYY-MM-DD such as 2026-11-03 (bad_date)\n"))
        .collect();
    let sums = "\
Rows              23
New events         0
Known already      0
Became effective   0
Cancelled          0
Not insured        0
Not taken in      23
";
    home.insure("track --input events.csv")
        .stdout(&format!("{sums}{lines}... and 3 more; --format csv tells them all\n"))
        .status(3)
        .run();
    let all = home.insure("track --input events.csv --format csv").status(3).output_text();
    assert_eq!(all.lines().count(), 24);
}

#[test]
fn lost_on_the_way_back_is_lost_in_whatever_order_it_becomes_known() {
    let events = ["returned 2026-11-10", "lost 2026-11-16", "lost 2026-11-05"];
    for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
        let home = one_parcel();
        home.insure("track 5771 scanned --at 2026-10-20").output_text();
        for at in order {
            let (event, on) = events[at].split_once(' ').unwrap();
            home.insure(&format!("track 5771 {event} --at {on}")).output_text();
        }
        let told = home.insure("status 5771").output_text();
        assert!(told.contains("lost 2026-11-16"), "{order:?}: {told}");
        let looks = home.insure("search --format csv -q").output_text();
        assert!(looks.contains(",loss,"), "{order:?}: {looks}");
        home.insure("claim check 5771 --reason loss --format json").output_text();
        // It came back after all.
        home.insure("track 5771 returned --at 2026-11-20").output_text();
        let told = home.insure("status 5771").output_text();
        assert!(told.contains("returned 2026-11-20"), "{order:?}: {told}");
        let told =
            home.insure("claim check 5771 --reason loss --format json").status(3).output_text();
        assert!(told.contains("\"returned\""), "{order:?}: {told}");
    }
}
