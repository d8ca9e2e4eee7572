//! What bad input gets: one clear message with file, line, column, value and hint; nothing lost.

use std::fs;

use crate::harness::Home;

fn home_with(content: impl AsRef<[u8]>) -> Home {
    let home = Home::new();
    home.write("parcels.csv", content);
    home
}

#[test]
fn a_file_without_parcels() {
    let home = home_with("");
    home.insure("batch-insure parcels.csv")
        .stderr(
            r"
            error: parcels.csv: the file is empty, expected a header line and rows below it

            hint: export it again and look at the filters and dates chosen there
            ",
        )
        .status(2)
        .run();
    home.write("parcels.csv", " \n\n");
    home.insure("batch-insure parcels.csv")
        .stderr(
            r"
            error: parcels.csv: the file is empty, expected a header line and rows below it

            hint: export it again and look at the filters and dates chosen there
            ",
        )
        .status(2)
        .run();
    home.write("parcels.csv", "order_id,value\n");
    home.insure("batch-insure parcels.csv")
        .stderr(
            r"
            error: parcels.csv: there is a header on line 1 but not one row below it

            hint: export it again and look at the filters and dates chosen there
            ",
        )
        .status(2)
        .run();
    home.insure("batch-insure nowhere.csv")
        .stderr(
            r"
            error: nowhere.csv: there is no such file

            hint: check the path; `-` reads standard input
            ",
        )
        .status(2)
        .run();
    home.insure("batch-insure .")
        .stderr(
            r"
            error: .: this is a folder, expected a CSV file or a workbook

            hint: name the file inside it, such as the export as you downloaded it
            ",
        )
        .status(2)
        .run();
    home.insure("quote --input nowhere.csv")
        .stderr(
            r"
            error: nowhere.csv: there is no such file

            hint: check the path; `-` reads standard input
            ",
        )
        .status(2)
        .run();
    home.insure("batch-insure -")
        .stderr(
            r"
            error: standard input: the file is empty, expected a header line and rows below it

            hint: export it again and look at the filters and dates chosen there
            ",
        )
        .status(2)
        .run();
}

#[test]
fn a_header_no_layout_knows() {
    let home = home_with("Bestellung,Wert,Gewicht\n1,2,3\n");
    home.insure("batch-insure parcels.csv")
        .stderr(
            r"
            error: parcels.csv: line 1: no known layout has these columns
              plain: looked for `order_id or package_id or tracking_number`, `value or product`; found none of its others
              the header has `Bestellung`, `Wert`, `Gewicht`

            hint: give the file as it was exported, or rename the columns to the tool's own: order_id, package_id, tracking_number, value; or describe it once: insure layout new FILE
            ",
        )
        .status(2)
        .run();
    home.write("parcels.csv", "order_id,weight\n1001,3\n");
    home.insure("batch-insure parcels.csv")
        .stderr(
            r"
            error: parcels.csv: line 1: no known layout has these columns
              plain: looked for `value or product`; found `order_id`
              carrier-events: looked for `event`, `at`; found `order_id`
              amazon-new: looked for `order-item-id`, `item-price`, `shipping-price`, `quantity-purchased`, `purchase-date`; found `order_id`
              the header has `order_id`, `weight`

            hint: give the file as it was exported, or rename the columns to the tool's own: order_id, package_id, tracking_number, value; or describe it once: insure layout new FILE
            ",
        )
        .status(2)
        .run();
    home.insure("batch-insure parcels.csv --layout plain")
        .stderr(
            r"
            error: parcels.csv: line 1: layout `plain` needs a column `value or product` and this header has none

            hint: leave --layout away to have the layout detected, or add the column
            ",
        )
        .status(2)
        .run();
    home.insure("batch-insure parcels.csv --layout etsy")
        .stderr(
            r"
            error: there is no layout `etsy`, expected one of: plain, tiktok-us, tiktok-vn, tiktok-ph, tiktok-th, tiktok-id, tiktok-my, tiktok-jp, shopify, amazon-new, amazon-unshipped, amazon-all, amazon-fba, amazon-mtr, ebay, shipstation, easypost-report, carrier-events, aftership, parcellab, trackings
            ",
        )
        .status(2)
        .run();
    home.write("parcels.csv", "order_id,value,package_value\n1001,3,3\n");
    home.insure("batch-insure parcels.csv")
        .stderr(
            r"
            error: parcels.csv: line 1: columns `value` and `package_value` both mean value, expected one of them

            hint: delete or rename `package_value`
            ",
        )
        .status(2)
        .run();
}

#[test]
fn a_tiktok_export_without_a_column() {
    let home = Home::new();
    home.fixture("tiktok-63.csv");
    let text = home.read("tiktok-63.csv").replace("Shipping Fee After Discount", "Fee");
    home.write("tiktok-63.csv", text);
    home.insure("batch-insure tiktok-63.csv")
        .stderr(
            r"
            error: tiktok-63.csv: line 1: no known layout has these columns
              tiktok-us: looked for `Shipping Fee After Discount`; found `Order ID`, `SKU ID`, `SKU Subtotal After Discount`, `SKU Platform Discount`, `Cancelled Time`, `RTS Time`
              plain: looked for `value or product`; found `Order ID`
              carrier-events: looked for `event`, `at`; found `Tracking ID`
              the header has `Order ID`, `Order Status`, `Order Substatus`, `Cancelation/Return Type`, `Normal or Pre-order`, `SKU ID`, `Seller SKU`, `Product ID`, `Product Name`, `Variation`, `Virtual Bundle Seller SKU`, `Quantity` and 51 more

            hint: give the file as it was exported, or rename the columns to the tool's own: order_id, package_id, tracking_number, value; or describe it once: insure layout new FILE
            ",
        )
        .status(2)
        .run();
}

#[test]
fn amounts_that_are_none() {
    let home = home_with(
        "order_id,value\n1001,\"12,5O\"\n1002,\"12,50\"\n1003,-1\n1004,1.005\n1005,\n1006,EUR 5\n1007,99999999999999999999\n1008,7\n",
    );
    home.insure("batch-insure parcels.csv")
        .stdout(
            r"
            line  parcel  stays uninsured  refused            reason
               2  1001                     bad_amount         column value: `12,5O` is not an amount, expected one such as 450.00
               3  1002                     bad_amount         column value: `12,50` has a comma before the cents where this file's amounts have a point, such as 450.00
               4  1003                     negative_amount    column value: `-1` is negative, expected zero or more
               5  1004                     too_many_decimals  column value: `1.005` has more decimals than USD has (2)
               6  1005                     missing_amount     column value: there is no value
               7  1006                     bad_currency       column value: `EUR 5` is not in USD, the currency of its row
               8  1007                     amount_too_large   column value: `99999999999999999999` is too large
            hint (bad_amount): if the whole file writes amounts so, say --amounts comma; else mend it
            hint (bad_currency): name the row's currency in a column `currency`, or that of the whole file with --currency
            hint (missing_amount): write there what the parcel is worth: without a value nothing is covered
            hint (too_many_decimals): if the whole file writes amounts so, say --amounts comma; else mend it

            Rows                     8
            Parcels                  1
            Insured                  1
            Already insured          0
            Cancelled orders         0
            Refused                  7  1 amount_too_large, 2 bad_amount, 1 bad_currency, 1 missing_amount, 1 negative_amount, 1 too_many_decimals
            Cover             7.00 USD
            Stays uninsured   0.00 USD
            Premium           0.00 USD

            Recorded as BAT-00001Y.
            ",
        )
        .status(3)
        .run();
    home.insure("search --format ids")
        .stdout(
            r"
            POL-00001Y
            ",
        )
        .run();
    home.insure("batch-insure parcels.csv --dry-run --format ndjson -q")
        .stdout(
            r#"
            {"line":2,"order_id":"1001","package_id":null,"tracking_number":null,"decision":"refused","policy":null,"package_value":null,"included_cover":null,"cover":null,"premium":null,"stays_uninsured":null,"code":"bad_amount","column":"value","value":"12,5O","reason":"`12,5O` is not an amount, expected one such as 450.00","clause":null,"hint":null}
            {"line":3,"order_id":"1002","package_id":null,"tracking_number":null,"decision":"refused","policy":null,"package_value":null,"included_cover":null,"cover":null,"premium":null,"stays_uninsured":null,"code":"bad_amount","column":"value","value":"12,50","reason":"`12,50` has a comma before the cents where this file's amounts have a point, such as 450.00","clause":null,"hint":"if the whole file writes amounts so, say --amounts comma; else mend it"}
            {"line":4,"order_id":"1003","package_id":null,"tracking_number":null,"decision":"refused","policy":null,"package_value":null,"included_cover":null,"cover":null,"premium":null,"stays_uninsured":null,"code":"negative_amount","column":"value","value":"-1","reason":"`-1` is negative, expected zero or more","clause":null,"hint":null}
            {"line":5,"order_id":"1004","package_id":null,"tracking_number":null,"decision":"refused","policy":null,"package_value":null,"included_cover":null,"cover":null,"premium":null,"stays_uninsured":null,"code":"too_many_decimals","column":"value","value":"1.005","reason":"`1.005` has more decimals than USD has (2)","clause":null,"hint":"if the whole file writes amounts so, say --amounts comma; else mend it"}
            {"line":6,"order_id":"1005","package_id":null,"tracking_number":null,"decision":"refused","policy":null,"package_value":null,"included_cover":null,"cover":null,"premium":null,"stays_uninsured":null,"code":"missing_amount","column":"value","value":"","reason":"there is no value","clause":null,"hint":"write there what the parcel is worth: without a value nothing is covered"}
            {"line":7,"order_id":"1006","package_id":null,"tracking_number":null,"decision":"refused","policy":null,"package_value":null,"included_cover":null,"cover":null,"premium":null,"stays_uninsured":null,"code":"bad_currency","column":"value","value":"EUR 5","reason":"`EUR 5` is not in USD, the currency of its row","clause":null,"hint":"name the row's currency in a column `currency`, or that of the whole file with --currency"}
            {"line":8,"order_id":"1007","package_id":null,"tracking_number":null,"decision":"refused","policy":null,"package_value":null,"included_cover":null,"cover":null,"premium":null,"stays_uninsured":null,"code":"amount_too_large","column":"value","value":"99999999999999999999","reason":"`99999999999999999999` is too large","clause":null,"hint":null}
            {"line":9,"order_id":"1008","package_id":null,"tracking_number":null,"decision":"already_insured","policy":"POL-00001Y","package_value":null,"included_cover":null,"cover":null,"premium":null,"stays_uninsured":null,"code":null,"column":null,"value":null,"reason":null,"clause":null,"hint":null}
            {"batch":null,"dry_run":true,"rows":8,"accounted":{"covered":1,"skipped":[],"refused":[{"code":"amount_too_large","rows":1},{"code":"bad_amount","rows":2},{"code":"bad_currency","rows":1},{"code":"missing_amount","rows":1},{"code":"negative_amount","rows":1},{"code":"too_many_decimals","rows":1}]},"parcels":1,"insured":0,"bought":0,"already_insured":1,"cancelled":0,"cancelled_covered":0,"refused":7,"refusals":[{"code":"amount_too_large","count":1,"clause":null},{"code":"bad_amount","count":2,"clause":null},{"code":"bad_currency","count":1,"clause":null},{"code":"missing_amount","count":1,"clause":null},{"code":"negative_amount","count":1,"clause":null},{"code":"too_many_decimals","count":1,"clause":null}],"cover":"0.00","premium":"0.00","stays_uninsured":"0.00","doubts":[],"assumed":false,"currency":"USD","fx":[]}
            "#,
        )
        .status(3)
        .run();
}

#[test]
fn amounts_on_the_command_line() {
    let home = Home::new();
    home.insure("quote --value 12,5O")
        .stderr(
            r"
            error: --value: `12,5O` is not an amount, expected digits with a point before the cents, such as 450.00

            hint: write it in USD, for example --value 450.00
            ",
        )
        .status(2)
        .run();
    home.insure("quote --value -5")
        .stderr(
            r"
            error: --value: `-5` is negative, expected an amount of zero or more

            hint: write it in USD, for example --value 450.00
            ",
        )
        .status(2)
        .run();
    home.insure("quote --value=-5")
        .stderr(
            r"
            error: --value: `-5` is negative, expected an amount of zero or more

            hint: write it in USD, for example --value 450.00
            ",
        )
        .status(2)
        .run();
    home.insure("quote --value 1.005")
        .stderr(
            r"
            error: --value: `1.005` has more decimals than USD has (2)

            hint: write it in USD, for example --value 450.00
            ",
        )
        .status(2)
        .run();
    home.insure("quote --value 1,234.50")
        .stderr(
            r"
            error: --value: `1,234.50` is not an amount, expected digits with a point before the cents, such as 450.00

            hint: write it in USD, for example --value 450.00
            ",
        )
        .status(2)
        .run();
    home.insure("quote --value 99999999999999999999")
        .stderr(
            r"
            error: --value: `99999999999999999999` is too large: the largest amount is 9,999,999,999,999 minor units

            hint: write it in USD, for example --value 450.00
            ",
        )
        .status(2)
        .run();
    home.insure("quote --value 450 --cover lots")
        .stderr(
            r"
            error: --cover: `lots` is not an amount, expected digits with a point before the cents, such as 450.00

            hint: write --cover included, --cover full, or an amount such as --cover 450.00
            ",
        )
        .status(2)
        .run();
    home.insure("quote --value ''")
        .stderr(
            r"
            error: --value: the amount is empty, expected a number such as 450 or 450.00

            hint: write it in USD, for example --value 450.00
            ",
        )
        .status(2)
        .run();
}

#[test]
fn more_than_the_plan_covers_is_capped_and_said() {
    let home = home_with("order_id,value,cover\n1001,6200,full\n1002,6200,5500\n");
    home.insure("batch-insure parcels.csv --accept-terms")
        .stdout(
            r"
            line  parcel  stays uninsured  refused       reason
               3  1002                     over_maximum  a cover of 5,500.00 USD is more than the plan sells, 5,000.00 USD
            hint (over_maximum): ask for more than 200.00 USD and at most 5,000.00 USD, or full, in its column cover

            Rows                         2
            Parcels                      2
            Insured                      1  1 with bought cover
            Already insured              0
            Cancelled orders             0
            Refused                      1  1 over_maximum
            Cover             5,000.00 USD
            Stays uninsured   1,200.00 USD
            Premium              36.00 USD  rests on an assumed rate: see insure quote --explain

            Recorded as BAT-00001Y.
            ",
        )
        .status(3)
        .run();
}

#[test]
fn days_that_cannot_be() {
    let home = home_with(
        "order_id,value,ship_date\n1001,5,2026-02-30\n1002,5,11/03/2026\n1003,5,2026-11-03\n",
    );
    home.insure("batch-insure parcels.csv")
        .stdout(
            r"
            line  parcel  stays uninsured  refused   reason
               2  1001                     bad_date  column ship_date: `2026-02-30` is not a day, expected YYYY-MM-DD such as 2026-11-03
               3  1002                     bad_date  column ship_date: `11/03/2026` is not a day, expected YYYY-MM-DD such as 2026-11-03
            hint (bad_date): write it as 2026-11-03, or say how the whole file writes its days: --dates month-first is MM/DD/YYYY, --dates day-first is DD/MM/YYYY

            Rows                     3
            Parcels                  1
            Insured                  1
            Already insured          0
            Cancelled orders         0
            Refused                  2  2 bad_date
            Cover             5.00 USD
            Stays uninsured   0.00 USD
            Premium           0.00 USD

            Recorded as BAT-00001Y.
            ",
        )
        .status(3)
        .run();
}

#[test]
fn a_day_first_file_is_not_read_month_first() {
    let home = Home::new();
    home.fixture("tiktok-63.csv");
    let text = home.read("tiktok-63.csv").replace("11/18/2026", "18/11/2026");
    home.write("tiktok-63.csv", text);
    home.insure("batch-insure tiktok-63.csv")
        .stderr(
            r"
            error: tiktok-63.csv: line 11: column `Shipped Time`: `18/11/2026 4:30:00 PM` has the day first (DD/MM/YYYY), but layout `tiktok-us` writes the month first (MM/DD/YYYY); the other dates of this file would be misread

            hint: export it in the shop's own language and region, and do not save it in a spreadsheet set to another; if all of it is written so, say --dates month-first or --dates day-first
            ",
        )
        .status(2)
        .run();
    assert!(home.insure("search").output().status.code() == Some(4));
}

#[test]
fn ids_that_a_spreadsheet_destroyed() {
    let home = home_with("order_id,tracking_number,value\n1001,9.43461E+21,5\n1002,94001,5\n");
    home.insure("batch-insure parcels.csv")
        .stdout(
            r"
            line  parcel  stays uninsured  refused     reason
               2  1001                     damaged_id  column tracking_number: `9.43461E+21` is a number a spreadsheet has rounded: the identifier is lost
            hint (damaged_id): use the export as downloaded, without opening and saving it in a spreadsheet

            Rows                     2
            Parcels                  1
            Insured                  1
            Already insured          0
            Cancelled orders         0
            Refused                  1  1 damaged_id
            Cover             5.00 USD
            Stays uninsured   0.00 USD
            Premium           0.00 USD

            Recorded as BAT-00001Y.
            ",
        )
        .status(3)
        .run();
    home.write(
        "padded.csv",
        "order_id,tracking_number,value\n1,9434608106245500000000,5\n2,9434608106245600000000,5\n",
    );
    home.insure("batch-insure padded.csv")
        .stderr(
            r"
            error: padded.csv: line 2: column `tracking_number`: `9434608106245500000000` and every other long number in this column ends in zeros after 15 digits: a spreadsheet has destroyed them

            hint: use the export as downloaded, without opening and saving it in a spreadsheet
            ",
        )
        .status(2)
        .run();
}

#[test]
fn bytes_that_are_no_text() {
    let home = home_with(b"order_id,value\n1001,5\n10\xff2,5\n1003,5\0\n1004,5\n");
    home.insure("batch-insure parcels.csv")
        .stdout(
            r"
            line  parcel   stays uninsured  refused       reason
               3  (no id)                   bad_encoding  column order_id: the number is not readable text
               4  1003                      nul_byte      column value: holds a NUL byte: the file is damaged
            hint (bad_encoding): mend the text; if many rows have it, name the file's encoding with --encoding
            hint (nul_byte): download the file again

            Rows                      4
            Parcels                   2
            Insured                   2
            Already insured           0
            Cancelled orders          0
            Refused                   2  1 bad_encoding, 1 nul_byte
            Cover             10.00 USD
            Stays uninsured    0.00 USD
            Premium            0.00 USD

            Recorded as BAT-00001Y.
            ",
        )
        .status(3)
        .run();
    home.write("parcels.csv", b"%PDF-1.7\nnothing");
    home.insure("batch-insure parcels.csv")
        .stderr(
            r#"
            error: parcels.csv: this looks like a PDF document, expected CSV or a workbook (XLSX, XLS, ODS)

            hint: save it as "CSV UTF-8" or as .xlsx without a password
            "#,
        )
        .status(2)
        .run();
    home.write("parcels.csv", b"PK\x03\x04 not a workbook");
    home.insure("batch-insure parcels.csv")
        .stderr(
            r#"
            error: parcels.csv: this zip archive or workbook cannot be read: invalid Zip archive: Could not find EOCD

            hint: download it again; what has a password has to be unpacked first
            "#,
        )
        .status(2)
        .run();
}

#[test]
fn rows_that_are_torn() {
    let home = home_with("order_id,value\n1001\n1002,5,6\n1003,5\n");
    home.insure("batch-insure parcels.csv")
        .stdout(
            r"
            line  parcel  stays uninsured  refused      reason
               2  1001                     wrong_width  the row has 1 field, the header has 2
               3  1002                     wrong_width  the row has 3 fields, the header has 2
            hint (wrong_width): write an empty field for each that is missing; if it is the last row, the file may be cut off: get it again
            hint (wrong_width): put text or an amount with a comma in it between quotes

            Rows                     3
            Parcels                  1
            Insured                  1
            Already insured          0
            Cancelled orders         0
            Refused                  2  2 wrong_width
            Cover             5.00 USD
            Stays uninsured   0.00 USD
            Premium           0.00 USD

            Recorded as BAT-00001Y.
            ",
        )
        .status(3)
        .run();
}

#[test]
fn a_line_of_100_mb() {
    let home = Home::new();
    let mut file = b"order_id,value\n1001,\"".to_vec();
    file.resize(100 << 20, b'7');
    home.write("parcels.csv", file);
    home.insure("batch-insure parcels.csv")
        .stderr(
            r"
            error: parcels.csv: line 2: the record that starts here is longer than 1048576 bytes

            hint: look for a quote that is never closed at line 2
            ",
        )
        .status(2)
        .run();
}

#[test]
fn a_tiktok_export_with_bad_rows_keeps_the_good_orders() {
    let home = Home::new();
    home.fixture("tiktok-63.csv");
    let text = home.read("tiktok-63.csv").replacen(",450,", ",45O,", 4);
    home.write("tiktok-63.csv", text);
    home.insure("batch-insure tiktok-63.csv --rejects rejects.csv")
        .stdout(
            r"
            line  parcel              stays uninsured  refused                 reason
               2  577421100000000001                   bad_amount              column SKU Subtotal After Discount: `45O` is not an amount, expected one such as 450.00
              26  1154211000000007                     not_covered_fulfilment  the parcel is shipped as platform-warehouse, and tiktok-upic covers only platform-label
              29  1154211000000008                     not_covered_fulfilment  the parcel is shipped as seller-label, and tiktok-upic covers only platform-label

            Rows                      11  7 covered, 1 skipped (1 order_cancelled), 3 refused
            Parcels                    8
            Insured                    5
            Already insured            0
            Cancelled orders           1  skipped
            Refused                    3  1 bad_amount, 2 not_covered_fulfilment
            Cover             848.33 USD
            Stays uninsured   245.66 USD
            Premium             0.00 USD

            Recorded as BAT-00001Y.
            ",
        )
        .stderr(
            r"
            rejects.csv: 3 rejected rows, to be mended and fed back
            ",
        )
        .status(3)
        .run();
    let rejects = home.read("rejects.csv");
    assert!(rejects.contains("45O"), "{rejects}");
}

#[test]
fn whoever_stops_reading_is_no_failure() {
    let home = Home::new();
    let rows: String = (0..20_000).map(|order| format!("{order},450\n")).collect();
    home.write("parcels.csv", format!("order_id,value\n{rows}"));
    for command in [
        "quote --input parcels.csv -q",
        "batch-insure parcels.csv --format csv -q",
        "search --format csv -q",
    ] {
        let script = format!("(insure {command}; echo \"status $?\" >&2) | head -n 1 > /dev/null");
        home.shell(&script)
            .stderr(
                r"
                status 0
                ",
            )
            .run();
    }
    home.shell(
        "(insure completions bash; echo $? >&2) | true; (insure --help; echo $? >&2) | true",
    )
    .stderr(
        r"
            0
            0
            ",
    )
    .run();
}

#[test]
fn rejects_are_never_written_over_a_device_a_link_or_the_result() {
    let home = Home::new();
    home.write("parcels.csv", "order_id,value\n1001,450\n1002,4x\n");
    home.write("real.csv", "of last week\n");
    std::os::unix::fs::symlink("real.csv", home.path("link.csv")).unwrap();
    home.insure("batch-insure parcels.csv --dry-run --format ids --rejects link.csv")
        .stderr(
            r"
            1 parcel: 1 insured, 0 already insured, 0 cancelled, 1 refused; cover 200.00 USD, premium 0.00 USD; dry run, nothing was recorded
            link.csv: 1 rejected row, to be mended and fed back
            ",
        )
        .status(3)
        .run();
    assert!(fs::symlink_metadata(home.path("link.csv")).unwrap().is_symlink());
    assert!(home.read("real.csv").starts_with("order_id,value,line,code,reason\n1002,4x,"));
    // A pipe stands for every device: as root, a file would take its place.
    home.shell("mkfifo pipe; cat pipe > through & insure batch-insure parcels.csv --dry-run --format ids -q --rejects pipe; wait; test -p pipe && cat through")
        .stdout(
            r#"
            order_id,value,line,code,reason
            1002,4x,3,bad_amount,"column value: `4x` is not an amount, expected one such as 450.00"
            "#,
        )
        .run();
    home.insure("batch-insure parcels.csv --rejects -")
        .stderr(
            r"
            error: --rejects: stdout has the result already

            hint: name a file for the rejected rows
            ",
        )
        .status(2)
        .run();
    home.insure("batch-insure parcels.csv --rejects .")
        .stderr(
            r"
            error: --rejects . is a folder

            hint: name another file for the rejected rows
            ",
        )
        .status(2)
        .run();
    assert!(!home.path("insure.db").exists(), "nothing was recorded");
}

#[test]
fn rejects_are_never_written_over_the_ledger() {
    let home = Home::new();
    home.write("parcels.csv", "order_id,value\n1001,450\n1002,4x\n");
    for name in ["x.db", "./x.db", "x.db-wal", "x.db-shm", "x.db-journal"] {
        home.insure(&format!("batch-insure parcels.csv --db x.db --rejects {name}"))
            .stderr(&format!(
                "error: --rejects {name} is the ledger\n\nhint: name another file for the rejected rows\n"
            ))
            .status(2)
            .run();
        assert!(!home.path("x.db").exists(), "nothing was recorded");
    }
    home.insure("insure --order 5771 --value 150 --db x.db").output_text();
    std::os::unix::fs::symlink("x.db", home.path("link.csv")).unwrap();
    home.insure("batch-insure parcels.csv --db x.db --dry-run --rejects link.csv")
        .stderr(
            r"
            error: --rejects link.csv is the ledger

            hint: name another file for the rejected rows
            ",
        )
        .status(2)
        .run();
    home.insure("search --db x.db --format ids").stdout("POL-00001Y\n").run();
}

#[test]
fn a_batch_whose_rejects_cannot_be_written_is_told_all_the_same() {
    if fs::metadata("/dev/full").is_err() {
        return crate::harness::skip("there is no /dev/full");
    }
    let home = Home::new();
    home.write("parcels.csv", "order_id,value\n1001,450\n1002,4x\n");
    home.insure("batch-insure parcels.csv --format ids --rejects /dev/full")
        .stdout("POL-00001Y\n")
        .stderr(
            r"
            1 parcel: 1 insured, 0 already insured, 0 cancelled, 1 refused; cover 200.00 USD, premium 0.00 USD
            error: /dev/full: BAT-00001Y is recorded, but its rejected rows could not be written: the rows of parcels.csv cannot be copied: No space left on device (os error 28)
            ",
        )
        .status(1)
        .run();
    home.insure("batch-insure parcels.csv --format ids --dry-run -q --rejects /dev/full")
        .stdout("POL-00001Y\n")
        .stderr(
            r"
            error: /dev/full: the rejected rows could not be written: the rows of parcels.csv cannot be copied: No space left on device (os error 28)
            ",
        )
        .status(1)
        .run();
}

#[test]
fn a_full_output_is_a_failure() {
    if fs::metadata("/dev/full").is_err() {
        return crate::harness::skip("there is no /dev/full");
    }
    let home = Home::new();
    home.shell("insure quote --value 450 > /dev/full")
        .stderr(
            r"
            error: cannot write the result: No space left on device (os error 28)
            ",
        )
        .status(1)
        .run();
    home.write("parcels.csv", "order_id,value\n1001,450\n");
    home.shell("insure quote --input parcels.csv > /dev/full")
        .stderr(
            r"
            error: cannot write the result: No space left on device (os error 28)
            ",
        )
        .status(1)
        .run();
}

#[test]
fn what_the_usual_spreadsheet_writes_has_a_next_step() {
    let home = home_with(
        "order_id,value,ship_date,currency\n\
         1001,\"1.234,50\",,\n\
         1002,1.234,,\n\
         1003,5,03/11/2026,\n\
         1004,5,,美元\n",
    );
    home.shell("insure batch-insure parcels.csv --format csv | cut -d, -f2,12-")
        .stdout(
            r#"
            order_id,code,column,value,reason,clause,hint
            1001,bad_amount,value,"1.234,50","`1.234,50` has a comma before the cents where this file's amounts have a point, such as 450.00",,"if the whole file writes amounts so, say --amounts comma; else mend it"
            1002,too_many_decimals,value,1.234,`1.234` has more decimals than USD has (2),,"if the whole file writes amounts so, say --amounts comma; else mend it"
            1003,bad_date,ship_date,03/11/2026,"`03/11/2026` is not a day, expected YYYY-MM-DD such as 2026-11-03",,"write it as 2026-11-03, or say how the whole file writes its days: --dates month-first is MM/DD/YYYY, --dates day-first is DD/MM/YYYY"
            1004,bad_currency,currency,美元,"`美元` is not a currency, expected a code such as USD",,"write the three letters of its code: CNY for 人民币, USD for 美元"
            "#,
        )
        .stderr(
            r"
            0 parcels: 0 insured, 0 already insured, 0 cancelled, 4 refused; cover 0.00 USD, premium 0.00 USD
            ",
        )
        .run();
    // The hints hold.
    home.write(
        "parcels.csv",
        "order_id,value,ship_date\n1001,\"1.234,50\",\n1002,1.234,\n1003,5,03/11/2026\n",
    );
    home.shell("insure batch-insure parcels.csv --amounts comma --dates day-first --format csv -q | cut -d, -f2,5,7")
        .stdout(
            r"
            order_id,decision,package_value
            1001,insured,1234.50
            1002,insured,1234.00
            1003,insured,5.00
            ",
        )
        .run();
}

#[test]
fn what_a_rows_own_cover_asks_for_is_to_be_changed_there() {
    let home = home_with("order_id,value,cover\n1001,450,500\n1002,450,100\n1003,150,20\n");
    home.shell("insure batch-insure parcels.csv --format csv -q | cut -d, -f2,12,17-")
        .stdout(
            r#"
            order_id,code,hint
            1001,over_value,maximum,"ask for more than 200.00 USD and at most 450.00 USD, or full, in its column cover"
            1002,within_included,"ask for more than 200.00 USD and at most 450.00 USD, or full, in its column cover"
            1003,within_included,write included in its column cover: all of 150.00 USD is covered free
            "#,
        )
        .run();
}

#[test]
fn a_plan_that_there_is_not_is_not_recommended() {
    let home = home_with(
        "order_id,value,plan\n1001,450,nonsense\n1002,450,EasyPost\n1003,450,TIKTOK-UPIC\n",
    );
    home.shell("insure batch-insure parcels.csv --format csv -q | cut -d, -f2,5,12-")
        .stdout(
            r#"
            order_id,decision,code,column,value,reason,clause,hint
            1001,refused,other_plan,,nonsense,"the row says plan nonsense, which is none that there is, and this run covers under tiktok-upic",,"write tiktok-upic there, or leave the column plan away to cover them under tiktok-upic; insure plan list names all plans"
            1002,refused,other_plan,,EasyPost,"the row says plan EasyPost, and this run covers under tiktok-upic",,cover the rows of each plan by themselves: --plan easypost; or leave the column plan away to cover them under tiktok-upic
            1003,insured,,,,,,
            "#,
        )
        .run();
}
