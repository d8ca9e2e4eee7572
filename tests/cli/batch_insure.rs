//! `insure batch-insure`: a file of parcels, all of it or nothing.

use std::fs;

use rust_xlsxwriter::Workbook;

use crate::harness::Home;

const PARCELS: &str = "
    order_id,tracking_number,value,cover,label_created_at
    1001,,450,full,
    1002,,120,,
    1003,9400111000000000000003,450,full,
    1004,9400111000000000000004,450,full,2026-11-20
    1005,,450,300,
    1006,,12x,,
    1007,,90,500,
    ";

#[test]
fn the_tools_own_csv() {
    let home = Home::new();
    home.write_lines("parcels.csv", PARCELS);
    home.insure("batch-insure parcels.csv --accept-terms")
        .stdout(
            r"
            line  parcel                  stays uninsured  refused       reason
               5  9400111000000000000004           250.00  label_exists  the label was bought on 2026-11-20, cover is sold only up to then
               7  1006                                     bad_amount    column value: `12x` is not an amount, expected one such as 450.00
               8  1007                                     over_value    a cover of 500.00 USD is more than the package is worth, 90.00 USD
            hint (label_exists): too late for this parcel; next time buy the cover with its label (insure insure --label-command)
            hint (over_value): write included in its column cover: all of 90.00 USD is covered free

            Rows                         7
            Parcels                      6
            Insured                      5  3 with bought cover, 1 only with the free one
            Already insured              0
            Cancelled orders             0
            Refused                      3  1 bad_amount, 1 label_exists, 1 over_value
            Cover             1,520.00 USD
            Stays uninsured     400.00 USD
            Premium               5.25 USD  rests on an assumed rate: see insure quote --explain

            Recorded as BAT-00001Y.
            ",
        )
        .status(3)
        .run();
    home.insure("search")
        .stdout(
            r"
            policy      order id  tracking number         status     package value  cover   premium  looks like  expected payout  payout is  claim  claim status  claim closes on
            POL-00001Y  1001      -                       confirmed         450.00  450.00     2.25  -           -                -          -      -             -
            POL-00002W  1002      -                       confirmed         120.00  120.00     0.00  -           -                -          -      -             -
            POL-00003T  1003      9400111000000000000003  confirmed         450.00  450.00     2.25  -           -                -          -      -             -
            POL-00004R  1004      9400111000000000000004  confirmed         450.00  200.00     0.00  -           -                -          -      -             -
            POL-00005P  1005      -                       confirmed         450.00  300.00     0.75  -           -                -          -      -             -
            ",
        )
        .run();
}

#[test]
fn the_tiktok_export_of_63_columns() {
    let home = Home::new();
    home.fixture("tiktok-63.csv");
    home.insure("batch-insure tiktok-63.csv --cover full --accept-terms -v")
        .stdout(
            r"
            line  parcel            stays uninsured  refused                 reason
              11  1154211000000003             6.67  label_exists            the label was bought on 2026-11-17, cover is sold only up to then
              26  1154211000000007                   not_covered_fulfilment  the parcel is shipped as platform-warehouse, and tiktok-upic covers only platform-label
              29  1154211000000008                   not_covered_fulfilment  the parcel is shipped as seller-label, and tiktok-upic covers only platform-label
              32  1154211000000009           100.00  label_exists            the label was bought on 2026-11-19, cover is sold only up to then
            hint (label_exists): too late for this parcel; next time buy the cover with its label (insure insure --label-command)

            Rows                        11  8 covered, 1 skipped (1 order_cancelled), 2 refused
            Parcels                      9
            Insured                      6  2 with bought cover, 2 only with the free one
            Already insured              0
            Cancelled orders             1  skipped
            Refused                      4  2 label_exists, 2 not_covered_fulfilment
            Cover             1,437.32 USD
            Stays uninsured     106.67 USD
            Premium               3.75 USD  rests on an assumed rate: see insure quote --explain

            Recorded as BAT-00001Y.
            ",
        )
        .stderr(
            r"
            tiktok-63.csv: layout tiktok-us: it knows 19 of 63 columns
            tiktok-63.csv: read as UTF-8, by its byte order mark
            ",
        )
        .status(3)
        .run();
    home.insure("search")
        .stdout(
            r"
            policy      order id            tracking number         status     package value  cover   premium  looks like  expected payout  payout is  claim  claim status  claim closes on
            POL-00001Y  577421100000000001  -                       confirmed         450.00  450.00     2.25  -           -                -          -      -             -
            POL-00002W  577421100000000002  -                       confirmed         338.99  338.99     1.50  -           -                -          -      -             -
            POL-00003T  577421100000000003  9400111000000000000003  effective         206.67  200.00     0.00  -           -                -          -      -             2027-02-16
            POL-00004R  577421100000000003  9400111000000000000053  effective         103.33  103.33     0.00  -           -                -          -      -             2027-02-16
            POL-00005P  577421100000000004  9400111000000000000004  effective         145.00  145.00     0.00  -           -                -          -      -             2027-02-15
            POL-00006M  577421100000000009  9400111000000000000009  confirmed         300.00  200.00     0.00  -           -                -          -      -             -
            ",
        )
        .run();
}

#[test]
fn the_tiktok_exports_of_58_and_57_columns() {
    let home = Home::new();
    home.fixture("tiktok-58.csv");
    home.insure("batch-insure tiktok-58.csv --format csv")
        .stdout(
            r"
            line,order_id,package_id,tracking_number,decision,policy,package_value,included_cover,cover,premium,stays_uninsured,code,column,value,reason,clause,hint
            2,577421100000000031,,,insured,POL-00001Y,450.00,200.00,200.00,0.00,250.00,,,,,,
            5,577421100000000032,1154211000000032,9400111000000000000032,insured,POL-00002W,210.00,200.00,200.00,0.00,10.00,,,,,,
            ",
        )
        .stderr(
            r"
            2 parcels: 2 insured, 0 already insured, 0 cancelled, 0 refused; cover 400.00 USD, premium 0.00 USD
            ",
        )
        .run();
    home.fixture("tiktok-57.csv");
    home.insure("batch-insure tiktok-57.csv --format csv")
        .stdout(
            r"
            line,order_id,package_id,tracking_number,decision,policy,package_value,included_cover,cover,premium,stays_uninsured,code,column,value,reason,clause,hint
            3,577421100000000041,,,insured,POL-00003T,1250.00,200.00,200.00,0.00,1050.00,,,,,,
            6,577421100000000042,,,insured,POL-00004R,23.98,23.98,23.98,0.00,0.00,,,,,,
            ",
        )
        .stderr(
            r"
            2 parcels: 2 insured, 0 already insured, 0 cancelled, 0 refused; cover 223.98 USD, premium 0.00 USD
            ",
        )
        .run();
}

#[test]
fn a_tiktok_export_as_xlsx_with_its_row_of_descriptions() {
    let home = Home::new();
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet().set_name("OrderSKUList").unwrap();
    home.fixture("tiktok-57.csv");
    let mut csv =
        csv::ReaderBuilder::new().has_headers(false).from_path(home.path("tiktok-57.csv")).unwrap();
    for (row, record) in (0..).zip(csv.records()) {
        for (column, cell) in (0..).zip(record.unwrap().iter()) {
            sheet.write_string(row, column, cell).unwrap();
        }
    }
    workbook.save(home.path("All order.xlsx")).unwrap();
    home.insure("batch-insure 'All order.xlsx' --format ndjson -v")
        .stdout(
            r#"
            {"line":3,"order_id":"577421100000000041","package_id":null,"tracking_number":null,"decision":"insured","policy":"POL-00001Y","package_value":"1250.00","included_cover":"200.00","cover":"200.00","premium":"0.00","stays_uninsured":"1050.00","code":null,"column":null,"value":null,"reason":null,"clause":null,"hint":null}
            {"line":4,"order_id":"577421100000000042","package_id":null,"tracking_number":null,"decision":"insured","policy":"POL-00002W","package_value":"23.98","included_cover":"23.98","cover":"23.98","premium":"0.00","stays_uninsured":"0.00","code":null,"column":null,"value":null,"reason":null,"clause":null,"hint":null}
            {"batch":"BAT-00001Y","dry_run":false,"rows":3,"accounted":{"covered":2,"skipped":[{"reason":"description","rows":1}],"refused":[]},"parcels":2,"insured":2,"bought":0,"already_insured":0,"cancelled":0,"cancelled_covered":0,"refused":0,"refusals":[],"cover":"223.98","premium":"0.00","stays_uninsured":"1050.00","doubts":[],"assumed":false,"currency":"USD","fx":[]}
            "#,
        )
        .stderr(
            r"
            All order.xlsx: layout tiktok-us: it knows 19 of 57 columns
            All order.xlsx: read the sheet `OrderSKUList`
            ",
        )
        .run();
}

#[test]
fn the_shipped_example_is_covered() {
    let home = Home::new();
    home.example("tiktok-orders.csv");
    home.insure("batch-insure tiktok-orders.csv --cover full --accept-terms")
        .stdout(
            r"
            line  parcel               stays uninsured  refused                 reason
              12  1154211356892471016            30.00  label_exists            the label was bought on 2026-11-20, cover is sold only up to then
              27  1154211356892471011         6,000.00  label_exists            the label was bought on 2026-11-18, cover is sold only up to then
              32  1154211356892471003             4.00  label_exists            the label was bought on 2026-11-17, cover is sold only up to then
              38  1154211356892471053           106.00  label_exists            the label was bought on 2026-11-17, cover is sold only up to then
              64  1154211356892471019             0.01  label_exists            the label was bought on 2026-11-15, cover is sold only up to then
              89  1154211356892471013            60.00  label_exists            the label was bought on 2026-11-10, cover is sold only up to then
              94  1154211356892471010            40.00  label_exists            the label was bought on 2026-11-09, cover is sold only up to then
              99  1154211356892471009                   not_covered_fulfilment  the parcel is shipped as platform-warehouse, and tiktok-upic covers only platform-label
             104  1154211356892471014            10.00  label_exists            the label was bought on 2026-11-05, cover is sold only up to then
             109  1154211356892471015           120.00  label_exists            the label was bought on 2026-11-02, cover is sold only up to then
             124  1154211356892471001           250.00  label_exists            the label was bought on 2026-10-21, cover is sold only up to then
             134  1154211356892471017            75.00  label_exists            the label was bought on 2026-08-24, cover is sold only up to then
            hint (label_exists): too late for this parcel; next time buy the cover with its label (insure insure --label-command)

            Rows                        27  25 covered, 1 skipped (1 order_cancelled), 1 refused
            Parcels                     24
            Insured                     22  1 with bought cover, 11 only with the free one
            Already insured              0
            Cancelled orders             1  skipped
            Refused                     12  11 label_exists, 1 not_covered_fulfilment
            Cover             3,655.00 USD
            Stays uninsured   6,695.01 USD
            Premium               2.25 USD  rests on an assumed rate: see insure quote --explain

            Recorded as BAT-00001Y.
            ",
        )
        .status(3)
        .run();
}

#[test]
fn a_dry_run_decides_the_same_and_writes_nothing() {
    let home = Home::new();
    home.write_lines("parcels.csv", PARCELS);
    let decisions = |home: &Home, options: &str| {
        let line = format!("batch-insure parcels.csv --format csv -q {options}");
        let text = home.insure(&line).status(3).output_text();
        // All but the policy's number, which only a real run gives.
        let cells = |line: &str| {
            let cells = line.split(',').enumerate().filter(|(at, _)| *at != 5);
            cells.map(|(_, cell)| cell.to_owned()).collect::<Vec<_>>()
        };
        text.lines().map(cells).collect::<Vec<_>>()
    };
    let dry = decisions(&home, "--dry-run");
    assert!(!home.path("insure.db").exists(), "a dry run made a ledger");
    assert_eq!(dry, decisions(&home, "--accept-terms"));

    let before = fs::read(home.path("insure.db")).unwrap();
    home.write("more.csv", "order_id,value\n1001,450\n2001,300\n");
    home.insure("batch-insure more.csv --cover full --dry-run")
        .stdout(
            r"
            Rows                       2
            Parcels                    2
            Insured                    1  1 with bought cover
            Already insured            1
            Cancelled orders           0
            Refused                    0
            Cover             300.00 USD
            Stays uninsured     0.00 USD
            Premium             0.75 USD  rests on an assumed rate: see insure quote --explain

            Dry run: nothing was recorded.
            ",
        )
        .run();
    assert!(before == fs::read(home.path("insure.db")).unwrap(), "a dry run wrote to the ledger");
}

#[test]
fn rejected_rows_are_mended_and_fed_back() {
    let home = Home::new();
    home.write(
        "parcels.csv",
        "order_id,value,note\n1001,450,\n1002,12O,\"two words,\nand a line\"\n1003,-5,\n1004,90,\n",
    );
    home.insure("batch-insure parcels.csv --rejects rejects.csv")
        .stdout(
            r"
            line  parcel  stays uninsured  refused          reason
               3  1002                     bad_amount       column value: `12O` is not an amount, expected one such as 450.00
               5  1003                     negative_amount  column value: `-5` is negative, expected zero or more

            Rows                       4
            Parcels                    2
            Insured                    2
            Already insured            0
            Cancelled orders           0
            Refused                    2  1 bad_amount, 1 negative_amount
            Cover             290.00 USD
            Stays uninsured   250.00 USD
            Premium             0.00 USD

            Recorded as BAT-00001Y.
            ",
        )
        .stderr(
            r"
            rejects.csv: 2 rejected rows, to be mended and fed back
            ",
        )
        .status(3)
        .run();
    assert_eq!(
        home.read("rejects.csv"),
        "order_id,value,note,line,code,reason\n\
         1002,12O,\"two words,\nand a line\",3,bad_amount,\"column value: `12O` is not an amount, expected one such as 450.00\"\n\
         1003,-5,,5,negative_amount,\"column value: `-5` is negative, expected zero or more\"\n"
    );
    home.write("rejects.csv", home.read("rejects.csv").replace("12O", "120").replace("-5", "5"));
    home.insure("batch-insure rejects.csv")
        .stdout(
            r"
            Rows                       2
            Parcels                    2
            Insured                    2
            Already insured            0
            Cancelled orders           0
            Refused                    0
            Cover             125.00 USD
            Stays uninsured     0.00 USD
            Premium             0.00 USD

            Recorded as BAT-00002W.
            ",
        )
        .run();
    home.insure("batch-insure parcels.csv --rejects parcels.csv")
        .stderr(
            r"
            error: --rejects parcels.csv is the file that is read

            hint: name another file for the rejected rows
            ",
        )
        .status(2)
        .run();
}

#[test]
fn a_premium_over_the_limit_records_nothing() {
    let home = Home::new();
    home.write("parcels.csv", "order_id,value\n1001,450\n1002,450\n");
    home.insure("batch-insure parcels.csv --cover full --accept-terms --max-premium 4.49")
        .stderr(
            r"
            error: the premium is 4.50 USD, more than the 4.49 USD you allow; nothing was recorded

            hint: raise --max-premium, or ask for less cover
            ",
        )
        .status(3)
        .run();
    home.insure("search")
        .stderr(
            r"
            nothing matches
            ",
        )
        .status(4)
        .run();
    home.insure("batch-insure parcels.csv --cover full --accept-terms --max-premium 4.50")
        .stdout(
            r"
            Rows                       2
            Parcels                    2
            Insured                    2  2 with bought cover
            Already insured            0
            Cancelled orders           0
            Refused                    0
            Cover             900.00 USD
            Stays uninsured     0.00 USD
            Premium             4.50 USD  rests on an assumed rate: see insure quote --explain

            Recorded as BAT-00001Y.
            ",
        )
        .run();
}

#[test]
fn bought_cover_needs_the_agreement_once() {
    let home = Home::new();
    home.write("parcels.csv", "order_id,value\n1001,450\n1002,150\n");
    home.insure("batch-insure parcels.csv --cover full")
        .stderr(
            r"
            error: cover by tiktok-upic is bought for the first time, and its agreement is not accepted yet

            hint: read it with `insure plan show tiktok-upic`, then add --accept-terms, or accept once: insure plan accept tiktok-upic
            ",
        )
        .status(3)
        .run();
    home.insure("search")
        .stderr(
            r"
            nothing matches
            ",
        )
        .status(4)
        .run();
    home.insure("batch-insure parcels.csv")
        .stdout(
            r"
            Rows                       2
            Parcels                    2
            Insured                    2
            Already insured            0
            Cancelled orders           0
            Refused                    0
            Cover             350.00 USD
            Stays uninsured   250.00 USD
            Premium             0.00 USD

            Recorded as BAT-00001Y.
            ",
        )
        .run();
}

#[test]
fn the_same_file_again_insures_nothing_twice() {
    let home = Home::new();
    home.write("parcels.csv", "order_id,value\n1001,450\n1002,150\n");
    home.insure("batch-insure parcels.csv --cover full --accept-terms --format ids")
        .stdout(
            r"
            POL-00001Y
            POL-00002W
            ",
        )
        .stderr(
            r"
            2 parcels: 2 insured, 0 already insured, 0 cancelled, 0 refused; cover 600.00 USD, premium 2.25 USD
            ",
        )
        .run();
    home.insure("batch-insure parcels.csv --cover full")
        .stdout(
            r"
            Rows                     2
            Parcels                  2
            Insured                  0
            Already insured          2
            Cancelled orders         0
            Refused                  0
            Cover             0.00 USD
            Stays uninsured   0.00 USD
            Premium           0.00 USD

            Nothing new to record.
            ",
        )
        .run();
    home.insure("batch-insure parcels.csv --cover full --format ids")
        .stdout(
            r"
            POL-00001Y
            POL-00002W
            ",
        )
        .stderr(
            r"
            2 parcels: 0 insured, 2 already insured, 0 cancelled, 0 refused; cover 0.00 USD, premium 0.00 USD
            ",
        )
        .run();
    home.insure("batch-insure parcels.csv --cover full --format ndjson")
        .stdout(
            r#"
            {"line":2,"order_id":"1001","package_id":null,"tracking_number":null,"decision":"already_insured","policy":"POL-00001Y","package_value":null,"included_cover":null,"cover":null,"premium":null,"stays_uninsured":null,"code":null,"column":null,"value":null,"reason":null,"clause":null,"hint":null}
            {"line":3,"order_id":"1002","package_id":null,"tracking_number":null,"decision":"already_insured","policy":"POL-00002W","package_value":null,"included_cover":null,"cover":null,"premium":null,"stays_uninsured":null,"code":null,"column":null,"value":null,"reason":null,"clause":null,"hint":null}
            {"batch":null,"dry_run":false,"rows":2,"accounted":{"covered":2,"skipped":[],"refused":[]},"parcels":2,"insured":0,"bought":0,"already_insured":2,"cancelled":0,"cancelled_covered":0,"refused":0,"refusals":[],"cover":"0.00","premium":"0.00","stays_uninsured":"0.00","doubts":[],"assumed":false,"currency":"USD","fx":[]}
            "#,
        )
        .run();
}

#[test]
fn a_parcel_now_stated_with_another_value_is_a_conflict() {
    let home = Home::new();
    home.write("parcels.csv", "order_id,value\n1001,450\n");
    home.insure("batch-insure parcels.csv --format ids -q")
        .stdout(
            r"
            POL-00001Y
            ",
        )
        .run();
    home.write("parcels.csv", "order_id,value\n1001,460\n");
    home.insure("batch-insure parcels.csv")
        .stdout(
            r"
            line  parcel  stays uninsured  refused         reason
               2  1001                     value_conflict  covered already as POL-00001Y with a package value of 450.00 USD, now stated as 460.00 USD
            hint (value_conflict): if the new figure is right and the carrier has not scanned it: insure cancel POLICY, then insure it again

            Rows                     1
            Parcels                  1
            Insured                  0
            Already insured          0
            Cancelled orders         0
            Refused                  1  1 value_conflict
            Cover             0.00 USD
            Stays uninsured   0.00 USD
            Premium           0.00 USD

            Nothing new to record.
            ",
        )
        .status(3)
        .run();
    home.insure("batch-insure parcels.csv --format csv")
        .stdout(
            r#"
            line,order_id,package_id,tracking_number,decision,policy,package_value,included_cover,cover,premium,stays_uninsured,code,column,value,reason,clause,hint
            2,1001,,,refused,,,,,,,value_conflict,,,"covered already as POL-00001Y with a package value of 450.00 USD, now stated as 460.00 USD",value,"if the new figure is right and the carrier has not scanned it: insure cancel POLICY, then insure it again"
            "#,
        )
        .stderr(
            r"
            1 parcel: 0 insured, 0 already insured, 0 cancelled, 1 refused; cover 0.00 USD, premium 0.00 USD
            ",
        )
        .status(3)
        .run();
}

#[test]
fn one_package_twice_in_a_file() {
    let home = Home::new();
    home.write_lines(
        "parcels.csv",
        "
        order_id,package_id,value
        1001,P1,450
        1001,P1,450
        1002,P2,450
        1002,P2,460
        ",
    );
    home.insure("batch-insure parcels.csv --format csv")
        .stdout(
            r#"
            line,order_id,package_id,tracking_number,decision,policy,package_value,included_cover,cover,premium,stays_uninsured,code,column,value,reason,clause,hint
            2,1001,P1,,insured,POL-00001Y,450.00,200.00,200.00,0.00,250.00,,,,,,
            3,1001,P1,,already_insured,,,,,,,,,,,,
            4,1002,P2,,insured,POL-00002W,450.00,200.00,200.00,0.00,250.00,,,,,,
            5,1002,P2,,refused,,,,,,,stated_twice,,,"the same parcel stands on line 4 with a value of 450.00 USD, here with 460.00 USD",value,leave only the right row
            "#,
        )
        .stderr(
            r"
            4 parcels: 2 insured, 1 already insured, 0 cancelled, 1 refused; cover 400.00 USD, premium 0.00 USD
            ",
        )
        .status(3)
        .run();
}

#[test]
fn one_label_belongs_to_one_parcel() {
    let home = Home::new();
    home.write_lines(
        "parcels.csv",
        "
        order_id,tracking_number,value
        1001,9400111000000000000001,450
        1002,9400111000000000000001,450
        ",
    );
    home.insure("batch-insure parcels.csv --format csv")
        .stdout(
            r#"
            line,order_id,package_id,tracking_number,decision,policy,package_value,included_cover,cover,premium,stays_uninsured,code,column,value,reason,clause,hint
            2,1001,,9400111000000000000001,insured,POL-00001Y,450.00,200.00,200.00,0.00,250.00,,,,,,
            3,1002,,9400111000000000000001,refused,,,,,,,tracking_reused,,,"tracking number 9400111000000000000001 belongs to the parcel on line 2, here it stands under order 1002",included,"if both are in one parcel, state it once, with the value of both; else mend the number"
            "#,
        )
        .stderr(
            r"
            2 parcels: 1 insured, 0 already insured, 0 cancelled, 1 refused; cover 200.00 USD, premium 0.00 USD
            ",
        )
        .status(3)
        .run();
    home.insure("insure --order 1003 --tracking 9400111000000000000001 --value 30")
        .stderr(
            r"
            error: refused (tracking_reused): tracking number 9400111000000000000001 belongs to order 1001 (POL-00001Y), here it stands under order 1003

            hint: if both are in one parcel, state it once, with the value of both; else mend the number
                  clause included (S0): Each package is covered free and automatically, up to 200.00.
            ",
        )
        .status(3)
        .run();
}

#[test]
fn every_format() {
    let home = Home::new();
    home.write("parcels.csv", "order_id,value\n1001,450\n1002,1x\n");
    home.insure("batch-insure parcels.csv --dry-run --format json")
        .stdout(
            r#"
            {
              "batch": null,
              "dry_run": true,
              "rows": 2,
              "accounted": {
                "covered": 1,
                "skipped": [],
                "refused": [
                  {
                    "code": "bad_amount",
                    "rows": 1
                  }
                ]
              },
              "parcels": 1,
              "insured": 1,
              "bought": 0,
              "already_insured": 0,
              "cancelled": 0,
              "cancelled_covered": 0,
              "refused": 1,
              "refusals": [
                {
                  "code": "bad_amount",
                  "count": 1,
                  "clause": null
                }
              ],
              "cover": "200.00",
              "premium": "0.00",
              "stays_uninsured": "250.00",
              "doubts": [],
              "assumed": false,
              "currency": "USD",
              "fx": []
            }
            "#,
        )
        .status(3)
        .run();
    home.insure("batch-insure parcels.csv --dry-run --format ndjson")
        .stdout(
            r#"
            {"line":2,"order_id":"1001","package_id":null,"tracking_number":null,"decision":"insured","policy":null,"package_value":"450.00","included_cover":"200.00","cover":"200.00","premium":"0.00","stays_uninsured":"250.00","code":null,"column":null,"value":null,"reason":null,"clause":null,"hint":null}
            {"line":3,"order_id":"1002","package_id":null,"tracking_number":null,"decision":"refused","policy":null,"package_value":null,"included_cover":null,"cover":null,"premium":null,"stays_uninsured":null,"code":"bad_amount","column":"value","value":"1x","reason":"`1x` is not an amount, expected one such as 450.00","clause":null,"hint":null}
            {"batch":null,"dry_run":true,"rows":2,"accounted":{"covered":1,"skipped":[],"refused":[{"code":"bad_amount","rows":1}]},"parcels":1,"insured":1,"bought":0,"already_insured":0,"cancelled":0,"cancelled_covered":0,"refused":1,"refusals":[{"code":"bad_amount","count":1,"clause":null}],"cover":"200.00","premium":"0.00","stays_uninsured":"250.00","doubts":[],"assumed":false,"currency":"USD","fx":[]}
            "#,
        )
        .status(3)
        .run();
    home.insure("batch-insure parcels.csv --dry-run --format csv")
        .stdout(
            r#"
            line,order_id,package_id,tracking_number,decision,policy,package_value,included_cover,cover,premium,stays_uninsured,code,column,value,reason,clause,hint
            2,1001,,,insured,,450.00,200.00,200.00,0.00,250.00,,,,,,
            3,1002,,,refused,,,,,,,bad_amount,value,1x,"`1x` is not an amount, expected one such as 450.00",,
            "#,
        )
        .stderr(
            r"
            1 parcel: 1 insured, 0 already insured, 0 cancelled, 1 refused; cover 200.00 USD, premium 0.00 USD; dry run, nothing was recorded
            ",
        )
        .status(3)
        .run();
    home.insure("batch-insure parcels.csv --dry-run --format ids")
        .stderr(
            r"
            1 parcel: 1 insured, 0 already insured, 0 cancelled, 1 refused; cover 200.00 USD, premium 0.00 USD; dry run, nothing was recorded
            ",
        )
        .status(3)
        .run();
    home.insure("batch-insure parcels.csv --format ids")
        .stdout(
            r"
            POL-00001Y
            ",
        )
        .stderr(
            r"
            1 parcel: 1 insured, 0 already insured, 0 cancelled, 1 refused; cover 200.00 USD, premium 0.00 USD
            ",
        )
        .status(3)
        .run();
}

#[test]
fn a_file_may_come_from_stdin() {
    let home = Home::new();
    home.insure("batch-insure - --format ids --rejects rejects.csv")
        .stdin("
            order_id,value
            1001,450
            1002,4,50
            ")
        .stdout(
            r"
            POL-00001Y
            ",
        )
        .stderr(
            r"
            1 parcel: 1 insured, 0 already insured, 0 cancelled, 1 refused; cover 200.00 USD, premium 0.00 USD
            rejects.csv: 1 rejected row, to be mended and fed back
            ",
        )
        .status(3)
        .run();
    assert_eq!(
        home.read("rejects.csv"),
        "order_id,value,line,code,reason\n\
         1002,4,50,3,wrong_width,\"the row has 3 fields, the header has 2\"\n"
    );
}

#[test]
fn parcels_whose_goods_may_not_be_covered_are_counted_by_name() {
    let home = Home::new();
    home.write_lines(
        "parcels.csv",
        "
        order_id,value,goods,contents,cover
        1,450,TV stands,,full
        2,450,Gifts,a TV,full
        3,450,Gifts,original ART,full
        4,450,TV stands,,included
        5,450,Lamps,,full
        6,450,TVs,,full
        ",
    );
    home.insure("batch-insure parcels.csv --dry-run")
        .stdout(
            r"
            line  parcel  stays uninsured  refused         reason
               7  6                        excluded_goods  the goods are given as `TVs`, and tiktok-upic does not cover TVs
            hint (excluded_goods): state the goods more exactly, if they are something else

            Rows                         6
            Parcels                      6
            Insured                      5  4 with bought cover
            Already insured              0
            Cancelled orders             0
            Refused                      1  1 excluded_goods
            Cover             2,000.00 USD
            Stays uninsured     250.00 USD
            Premium               9.00 USD  rests on an assumed rate: see insure quote --explain
            3 parcels name goods that may not be covered: TVs 2, original art 1. Ask before you pay; insure plan show lists what is excluded.

            Dry run: nothing was recorded.
            ",
        )
        .status(3)
        .run();
    home.insure("batch-insure parcels.csv --dry-run --format ids")
        .stderr(
            r"
            6 parcels: 5 insured, 0 already insured, 0 cancelled, 1 refused; cover 2,000.00 USD, premium 9.00 USD; dry run, nothing was recorded
            note: 3 parcels name goods that may not be covered: TVs 2, original art 1
            ",
        )
        .status(3)
        .run();
    let line = "batch-insure parcels.csv --accept-terms --format json";
    let said: serde_json::Value =
        serde_json::from_str(&home.insure(line).status(3).output_text()).unwrap();
    assert_eq!(
        said["doubts"],
        serde_json::json!([
            { "excluded": "TVs", "parcels": 2 },
            { "excluded": "original art", "parcels": 1 },
        ])
    );
}
