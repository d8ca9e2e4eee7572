//! `--tracking FILE`: orders in one file, their tracking numbers in another.

use std::io::Write;

use rust_xlsxwriter::{Format, Workbook};

use crate::harness::Home;

const ORDERS: &str = "\
Name,Currency,Subtotal,Shipping,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Lineitem requires shipping,Shipping Country
#1001,USD,90.00,5.00,2,Mug,20.00,MUG,true,US
#1001,,,,1,Teapot,50.00,POT,true,
#1002,USD,320.00,0.00,1,Kettle,320.00,KET,true,US
#1003,USD,30.00,0.00,1,Bowl,30.00,BWL,true,US
";

const LABELS: &str = "\
Order - Number,Shipment - Tracking Number,Shipment - Carrier,Shipment - Service,Shipment - Ship Date,Order - Status
1001,9400111899562743815201,USPS,Ground Advantage,11/23/2026,Shipped
1002,1Z999AA10123456784,UPS,Ground,11/24/2026,Shipped
";

fn home() -> Home {
    let home = Home::new();
    home.write("orders.csv", ORDERS);
    home.write("labels.csv", LABELS);
    home
}

#[test]
fn orders_covered_before_their_labels_were_bought_are_not_covered_twice() {
    let home = home();
    home.insure("batch-insure orders.csv --quiet --format ids")
        .stdout(
            r"
            POL-00001Y
            POL-00002W
            POL-00003T
            ",
        )
        .run();
    home.insure("batch-insure orders.csv --tracking labels.csv")
        .stdout(
            r"
            Rows                     4  4 covered
            Parcels                  3
            Insured                  0
            Already insured          3
            Cancelled orders         0
            Refused                  0
            Cover             0.00 USD
            Stays uninsured   0.00 USD
            Premium           0.00 USD

            Nothing new to record.
            ",
        )
        .stderr(
            r"
            labels.csv: 2 rows: 2 used for orders in orders.csv
            orders.csv: 1 parcel has no tracking number
            ",
        )
        .run();
    home.shell("insure search --format csv | cut -d, -f1,2,4,16")
        .stdout(
            r"
            policy,order_id,tracking_number,shipped_on
            POL-00001Y,#1001,9400111899562743815201,2026-11-23
            POL-00002W,#1002,1Z999AA10123456784,2026-11-24
            POL-00003T,#1003,,
            ",
        )
        .run();
    // The third label is bought: the same command again, with the newer list.
    home.write(
        "labels.csv",
        format!("{LABELS}1003,9400111899562743815203,USPS,,11/25/2026,Shipped\n"),
    );
    home.insure("batch-insure orders.csv --tracking labels.csv --format csv")
        .stdout(
            r"
            line,order_id,package_id,tracking_number,decision,policy,package_value,included_cover,cover,premium,stays_uninsured,code,column,value,reason,clause,hint
            2,#1001,,9400111899562743815201,already_insured,POL-00001Y,,,,,,,,,,,
            4,#1002,,1Z999AA10123456784,already_insured,POL-00002W,,,,,,,,,,,
            5,#1003,,9400111899562743815203,already_insured,POL-00003T,,,,,,,,,,,
            ",
        )
        .stderr(
            r"
            3 parcels: 0 insured, 3 already insured, 0 cancelled, 0 refused; cover 0.00 USD, premium 0.00 USD
            labels.csv: 3 rows: 3 used for orders in orders.csv
            ",
        )
        .run();
}

#[test]
fn orders_that_were_covered_apart_and_packed_together_are_not_covered_again() {
    let home = home();
    home.insure("batch-insure orders.csv --quiet --format ids")
        .stdout(
            r"
            POL-00001Y
            POL-00002W
            POL-00003T
            ",
        )
        .run();
    home.write("labels.csv", "order_id,tracking_number\n1001,9400111\n1003,9400111\n");
    home.insure("batch-insure orders.csv --tracking labels.csv --format csv")
        .stdout(
            r#"
            line,order_id,package_id,tracking_number,decision,policy,package_value,included_cover,cover,premium,stays_uninsured,code,column,value,reason,clause,hint
            2,#1001,,9400111,refused,,,,,,,value_conflict,,,"covered already as POL-00001Y with a package value of 95.00 USD, now stated as 125.00 USD",value,"if the new figure is right and the carrier has not scanned it: insure cancel POLICY, then insure it again"
            4,#1002,,,already_insured,POL-00002W,,,,,,,,,,,
            "#,
        )
        .stderr(
            r"
            2 parcels: 0 insured, 1 already insured, 0 cancelled, 1 refused; cover 0.00 USD, premium 0.00 USD
            labels.csv: 2 rows: 2 used for orders in orders.csv
            labels.csv: lines 2, 3: 9400111 is the number of 2 orders: taken as one parcel
            orders.csv: 1 parcel has no tracking number
            ",
        )
        .status(3)
        .run();
}

#[test]
fn a_label_that_exists_leaves_the_free_cover() {
    let home = home();
    home.insure("quote --input orders.csv --tracking labels.csv --format csv")
        .stdout(
            r#"
            line,order_id,package_id,tracking_number,plan,version,currency,package_value,included_cover,cover,uninsured_value,stays_uninsured,premium,assumed,code,reason,doubt
            2,#1001,,9400111899562743815201,tiktok-upic,2025-10-17,USD,95.00,95.00,95.00,0.00,0.00,0.00,false,,,
            4,#1002,,1Z999AA10123456784,tiktok-upic,2025-10-17,USD,320.00,200.00,200.00,120.00,120.00,0.00,false,label_exists,"the label exists already, cover is sold only up to its purchase",
            5,#1003,,,tiktok-upic,2025-10-17,USD,30.00,30.00,30.00,0.00,0.00,0.00,false,,,
            "#,
        )
        .stderr(
            r"
            labels.csv: 2 rows: 2 used for orders in orders.csv
            orders.csv: 1 parcel has no tracking number
            orders.csv: 4 rows: 4 priced
            3 parcels: 3 priced (for less cover than asked: 1 label_exists), 0 cancelled, 0 refused; cover 325.00 USD, premium 0.00 USD
            hint (label_exists): too late for this parcel; next time buy the cover with its label (insure insure --label-command)
            ",
        )
        .status(3)
        .run();
}

#[test]
fn nothing_is_swallowed_of_either_file() {
    let home = home();
    home.write(
        "labels.csv",
        "order_id;tracking_number;carrier;status\n\
         1001;9400111;USPS;\n\
         1001;9400112;USPS;\n\
         1001;9400113;USPS;voided\n\
         1002;9,40011E+21;USPS;\n\
         1002;9400111;USPS;lost;once\n\
         ;9400115;USPS;\n\
         2001;9400121;USPS;\n2002;9400122;USPS;\n2003;9400123;USPS;\n\
         2004;9400124;USPS;\n2005;9400125;USPS;\n2006;9400126;USPS;\n",
    );
    home.insure("batch-insure orders.csv --tracking labels.csv --rejects rejects.csv")
        .stdout(
            r"
            line  parcel  stays uninsured  refused          reason
               2  #1001                    split_unknown    column Name: labels.csv has several parcels of this order, 9400111 (line 2), 9400112 (line 3), and does not say which of its goods are in which; all rows of #1001 are left out, as its value would be wrong
               4  #1002                    tracking_unread  column Name: the row of this order on line 5 of labels.csv cannot be read: column tracking_number: `9,40011E+21` is a number a spreadsheet has rounded: the identifier is lost
            hint (split_unknown): write the value of each parcel into a CSV with order_id, tracking_number and value and insure that; or have the tracking file name the article (sku) of each row
            hint (tracking_unread): mend that row: a parcel is not covered without the number it has

            Rows                      4  1 covered, 3 refused
            Parcels                   1
            Insured                   1
            Already insured           0
            Cancelled orders          0
            Refused                   2  1 split_unknown, 1 tracking_unread
            Cover             30.00 USD
            Stays uninsured    0.00 USD
            Premium            0.00 USD

            Recorded as BAT-00001Y.
            ",
        )
        .stderr(
            r"
            labels.csv: 12 rows: 0 used for orders in orders.csv, 2 not used (2 order_refused), 6 of other orders, 1 passed over (1 voided), 3 not readable
            labels.csv: line 5: column tracking_number: `9,40011E+21` is a number a spreadsheet has rounded: the identifier is lost (damaged_id)
            labels.csv: line 6: the row has 5 fields, the header has 4 (wrong_width)
            labels.csv: line 7: column order_id: there is no order number (missing_id)
            labels.csv: line 8: 9400121 of order 2001, which is not in orders.csv
            labels.csv: line 9: 9400122 of order 2002, which is not in orders.csv
            labels.csv: line 10: 9400123 of order 2003, which is not in orders.csv
            labels.csv: line 11: 9400124 of order 2004, which is not in orders.csv
            labels.csv: line 12: 9400125 of order 2005, which is not in orders.csv
            labels.csv: ... and 1 more; --verbose lists them
            orders.csv: 1 parcel has no tracking number
            rejects.csv: 3 rejected rows, to be mended and fed back with --tracking labels.csv
            ",
        )
        .status(3)
        .run();
    // What was refused is fed back with the list as it should have been.
    home.write(
        "labels.csv",
        "order_id,tracking_number,sku\n1001,9400111,MUG\n1001,9400112,POT\n1002,9400114,\n",
    );
    home.insure("batch-insure rejects.csv --tracking labels.csv --format csv --quiet")
        .stdout(
            r"
            line,order_id,package_id,tracking_number,decision,policy,package_value,included_cover,cover,premium,stays_uninsured,code,column,value,reason,clause,hint
            2,#1001,,9400111,insured,POL-00002W,42.22,42.22,42.22,0.00,0.00,,,,,,
            3,#1001,,9400112,insured,POL-00003T,52.78,52.78,52.78,0.00,0.00,,,,,,
            4,#1002,,9400114,insured,POL-00004R,320.00,200.00,200.00,0.00,120.00,,,,,,
            ",
        )
        .run();
}

#[test]
fn the_summary_for_programs_has_both_files() {
    let home = home();
    home.write(
        "labels.csv",
        "order_id,tracking_number,carrier\n1001,9400111,USPS\n1002,9.4E+21,USPS\n1003,,\n2001,9400121,\n",
    );
    let told = home
        .insure("batch-insure orders.csv --tracking labels.csv --format ndjson --quiet")
        .status(3)
        .output_text();
    let last: serde_json::Value = serde_json::from_str(told.lines().last().unwrap()).unwrap();
    let expected = serde_json::json!({
        "file": "labels.csv",
        "layout": "trackings",
        "rows": 4,
        "joined": 1,
        "not_used": [],
        "left_over": 1,
        "skipped": [{ "reason": "no_tracking_number", "rows": 1 }],
        "refused": [{ "code": "damaged_id", "rows": 1 }],
        "without_number": 1,
        "differing": 0,
        "other_days": 0,
        "unknown_statuses": [],
        "bad_rows": [{
            "line": 3,
            "order_id": "1002",
            "column": "tracking_number",
            "value": "9.4E+21",
            "code": "damaged_id",
            "reason": "column tracking_number: `9.4E+21` is a number a spreadsheet has rounded: the identifier is lost",
            "hint": "use the export as downloaded, without opening and saving it in a spreadsheet",
        }],
        "not_used_rows": [],
        "together": [],
        "not_in_file": [{ "line": 5, "order_id": "2001", "tracking_number": "9400121" }],
    });
    assert_eq!(last["tracking"], expected);
    assert_eq!(last["insured"], 2);
}

#[test]
fn the_list_may_be_packed_in_another_encoding_or_come_through_a_pipe() {
    let home = home();
    let (gbk, ..) = encoding_rs::GBK
        .encode("订单号,运单号,承运商\n1001,SF1001,顺丰速运\n1003,SF1003,顺丰速运\n");
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(&gbk).unwrap();
    let packed = packed.finish().unwrap();
    home.write("labels.csv.gz", &packed);
    let rows = r"
            2,#1001,,SF1001
            4,#1002,,
            5,#1003,,SF1003
            ";
    home.shell("insure quote --input orders.csv --tracking labels.csv.gz --format csv 2>said | cut -d, -f1-4 | tail -n 3; cat said")
        .stdout(&format!(
            "{}\
            labels.csv.gz: read as GBK, as its bytes show
            labels.csv.gz: 2 rows: 2 used for orders in orders.csv
            orders.csv: 1 parcel has no tracking number
            orders.csv: 4 rows: 4 priced
            3 parcels: 3 priced, 0 cancelled, 0 refused; cover 445.00 USD, premium 1.50 USD
            ",
            rows.trim_end_matches(' ').to_owned() + "            "
        ))
        .run();
    home.insure("quote --input orders.csv --tracking - --format ids --quiet")
        .piped(&packed)
        .stdout(
            r"
            SF1001
            #1002
            SF1003
            ",
        )
        .run();
}

#[test]
fn in_a_workbook_the_cell_is_named_that_cannot_be_read() {
    let home = home();
    let mut book = Workbook::new();
    book.add_worksheet().set_name("Read me").unwrap().write_string(0, 0, "Labels bought").unwrap();
    let sheet = book.add_worksheet().set_name("Labels").unwrap();
    let day = Format::new().set_num_format("d mmm yyyy");
    for (column, name) in ["Order number", "Tracking #", "Ship date"].iter().enumerate() {
        sheet.write_string(0, column as u16, *name).unwrap();
    }
    sheet.write_number(1, 0, 1001).unwrap();
    sheet.write_string(1, 1, "9400111899562743815201").unwrap();
    sheet.write_number_with_format(1, 2, 46_349, &day).unwrap();
    // As a spreadsheet leaves a long number that was typed into it.
    sheet.write_number(2, 0, 1002).unwrap();
    sheet.write_number(2, 1, 9.400_111_899_562_743e21).unwrap();
    book.save(home.path("labels.xlsx")).unwrap();
    home.insure("batch-insure orders.csv --tracking labels.xlsx --format csv")
        .stdout(
            r#"
            line,order_id,package_id,tracking_number,decision,policy,package_value,included_cover,cover,premium,stays_uninsured,code,column,value,reason,clause,hint
            2,#1001,,9400111899562743815201,insured,POL-00001Y,95.00,95.00,95.00,0.00,0.00,,,,,,
            4,#1002,,,refused,,,,,,,tracking_unread,Name,#1002,"the row of this order on line 3 of labels.xlsx cannot be read: Labels!B3, column Tracking #: `9.40011189956274E+21` is a number a spreadsheet has rounded: the identifier is lost",,mend that row: a parcel is not covered without the number it has
            5,#1003,,,insured,POL-00002W,30.00,30.00,30.00,0.00,0.00,,,,,,
            "#,
        )
        .stderr(
            r"
            labels.xlsx: read the sheet `Labels` of 2
            2 parcels: 2 insured, 0 already insured, 0 cancelled, 1 refused; cover 125.00 USD, premium 0.00 USD
            labels.xlsx: 2 rows: 1 used for orders in orders.csv, 1 not readable
            labels.xlsx: Labels!B3, column Tracking #: `9.40011189956274E+21` is a number a spreadsheet has rounded: the identifier is lost (damaged_id)
            orders.csv: 1 parcel has no tracking number
            ",
        )
        .status(3)
        .run();
}

#[test]
fn a_tracking_export_finds_an_order_that_was_covered_before_it_was_packed() {
    let home = home();
    home.insure("batch-insure orders.csv --quiet --format ids")
        .stdout(
            r"
            POL-00001Y
            POL-00002W
            POL-00003T
            ",
        )
        .run();
    home.write(
        "aftership.csv",
        "Tracking number,Order ID,Order number,Carrier,Service,Status,Sub-status,Latest event,On-time status\n\
         9400111,900001,#1001,USPS,,Delivered,,2026-11-21 10:12:00,\n",
    );
    home.insure("track --input aftership.csv --format csv")
        .stdout(
            r"
            line,order_id,package_id,tracking_number,policy,event,on,result,reason
            2,#1001,,,POL-00001Y,delivered,2026-11-21,became_effective,
            ",
        )
        .run();
    home.shell("insure search --format csv | cut -d, -f1,2,4,18 | sed -n 1,2p")
        .stdout(
            r"
            policy,order_id,tracking_number,delivered_on
            POL-00001Y,#1001,9400111,2026-11-21
            ",
        )
        .run();
}

#[test]
fn a_list_of_other_orders_or_of_something_else_is_told() {
    let home = home();
    home.write("labels.csv", "order_id,tracking_number\n5001,9400111\n");
    home.insure("quote --input orders.csv --tracking labels.csv --format ids")
        .stdout(
            r"
            #1001
            #1002
            #1003
            ",
        )
        .stderr(
            r"
            labels.csv: 1 row: 0 used for orders in orders.csv, 1 of other orders
            labels.csv: no row of it is of an order in orders.csv; the numbers of the orders are compared, without blanks and # around them and in either case
            labels.csv: line 2: 9400111 of order 5001, which is not in orders.csv
            orders.csv: 3 parcels have no tracking number
            orders.csv: 4 rows: 4 priced
            3 parcels: 3 priced, 0 cancelled, 0 refused; cover 445.00 USD, premium 1.50 USD
            ",
        )
        .run();
    // Covered now, they would be without the numbers they have.
    home.insure("batch-insure orders.csv --tracking labels.csv -q")
        .stderr(
            r"
            error: labels.csv: no row of it is of an order in orders.csv, so nothing was recorded

            hint: is it the right file? The numbers of the orders are compared, without blanks and # around them; --dry-run without --tracking shows those of the orders
            ",
        )
        .status(2)
        .run();
    home.insure("search").stderr("nothing matches\n").status(4).run();
    home.insure("batch-insure labels.csv")
        .stderr(
            r"
            error: labels.csv: this is the Tracking numbers list; it does not say what the parcels are worth: give it beside the file of their orders, insure batch-insure ORDERS --tracking FILE
            ",
        )
        .status(2)
        .run();
    home.insure("batch-insure orders.csv --tracking orders.csv")
        .stderr(
            r"
            error: orders.csv: line 1: no known layout has these columns
              trackings: looked for `order_id`, `tracking_number`; found none of its others
              the header has `Name`, `Currency`, `Subtotal`, `Shipping`, `Lineitem quantity`, `Lineitem name`, `Lineitem price`, `Lineitem sku`, `Lineitem requires shipping`, `Shipping Country`

            hint: name its columns order_id and tracking_number; carrier, service and ship_date may stand beside them
            ",
        )
        .status(2)
        .run();
    home.insure("batch-insure - --tracking -")
        .stderr(
            r"
            error: the orders and their tracking numbers cannot both come from standard input

            hint: name one of the two files
            ",
        )
        .status(2)
        .run();
    home.insure("batch-insure orders.csv --tracking labels.csv --rejects labels.csv")
        .stderr(
            r"
            error: --rejects labels.csv is the file that is read

            hint: name another file for the rejected rows
            ",
        )
        .status(2)
        .run();
}

#[test]
fn two_layouts_that_would_read_other_columns_are_named_with_the_flag_that_decides() {
    let home = home();
    for (id, column) in [("mine", "Reference A"), ("theirs", "Reference B")] {
        home.write(
            &format!(".config/insure/layouts/{id}.toml"),
            format!(
                "id = \"{id}\"\nname = \"{id}\"\nkind = \"trackings\"\none-row-per = \"shipment\"\n\
                 needs = [[\"order\"], [\"tracking\"]]\n[columns]\norder = [\"{column}\"]\ntracking = [\"Label\"]\n"
            ),
        );
    }
    home.write("labels.csv", "Reference A,Reference B,Label\n1001,1003,9400111\n");
    home.insure("quote --input orders.csv --tracking labels.csv")
        .stderr(
            r"
            error: labels.csv: line 1: the header fits `mine` and `theirs` equally well

            hint: say which with --tracking-layout mine or --tracking-layout theirs
            ",
        )
        .status(2)
        .run();
    home.insure("quote --input orders.csv --tracking labels.csv --tracking-layout theirs --format ids --quiet")
        .stdout(
            r"
            #1001
            #1002
            9400111
            ",
        )
        .run();
}

#[test]
fn the_sellers_zone_holds_for_both_files() {
    let home = home();
    home.write(
        "labels.csv",
        "order_id,tracking_number,ship_date\n\
         1001,9400111,2026-11-24T02:00:00Z\n1002,9400112,2026-11-24T12:00:00Z\n",
    );
    home.insure("batch-insure orders.csv --tracking labels.csv --zone America/Los_Angeles -q")
        .output_text();
    home.shell("insure search --format csv | cut -d, -f2,4,16")
        .stdout(
            r"
            order_id,tracking_number,shipped_on
            #1001,9400111,2026-11-23
            #1002,9400112,2026-11-24
            #1003,,
            ",
        )
        .run();
}

#[test]
fn a_parcel_whose_articles_are_named_has_no_others_and_a_cell_has_one_number() {
    let home = home();
    home.write(
        "labels.csv",
        "order_id,tracking_number,sku\n1001,9400 1118 9956 2743 8152 01,pot\n\
         1002,\"9400112, 9400113\",KET\n1003,9400 115,bwl\n",
    );
    home.insure("batch-insure orders.csv --tracking labels.csv")
        .stdout(
            r"
            line  parcel                  stays uninsured  refused           reason
               2  #1001                                    split_unknown     column Name: labels.csv has one parcel of this order, 9400111899562743815201 (line 2), and names the articles in it, but not `MUG`
               3  9400111899562743815201                   order_incomplete  order #1001 has a row on line 2 that has no parcel yet and may belong to this package
               4  #1002                                    tracking_unread   column Name: the row of this order on line 3 of labels.csv cannot be read: column tracking_number: `9400112, 9400113` is more than a tracking number, or several of them
            hint (split_unknown): write the value of each parcel into a CSV with order_id, tracking_number and value and insure that; or have the tracking file name the article (sku) of each row
            hint (tracking_unread): mend that row: a parcel is not covered without the number it has

            Rows                      4
            Parcels                   1
            Insured                   1
            Already insured           0
            Cancelled orders          0
            Refused                   3  1 order_incomplete, 1 split_unknown, 1 tracking_unread
            Cover             30.00 USD
            Stays uninsured    0.00 USD
            Premium            0.00 USD

            Recorded as BAT-00001Y.
            ",
        )
        .stderr(
            r"
            labels.csv: 3 rows: 1 used for orders in orders.csv, 1 not used (1 order_refused), 1 not readable
            labels.csv: line 3: column tracking_number: `9400112, 9400113` is more than a tracking number, or several of them (bad_id)
            ",
        )
        .status(3)
        .run();
    home.insure("status 9400115 --format ids").stdout("POL-00001Y\n").run();
}
