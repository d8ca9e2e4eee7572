//! `--explain ROW`: how one row of a file became what it became. Nothing is recorded.

use rust_xlsxwriter::Workbook;

use crate::harness::Home;

/// An order in two packages; an article of the first was cancelled.
const ORDERS: &str = "\
Order ID,Order Status,Package ID,Tracking ID,SKU ID,Product Name,SKU Subtotal After Discount,SKU Platform Discount,Shipping Fee After Discount,RTS Time,Shipped Time,Delivered Time,Cancelled Time,Fulfillment Type,Product Category,Country
5764,Canceled,115400001,,1,Bulb,10.00,0,9.00,,,,11/20/2026 1:00:00 AM,,Home,US
5764,To ship,115400001,,2,Lamp,300.00,0,9.00,,,,,,Home,US
5764,To ship,115400002,,3,Chair,600.00,0,9.00,,,,,,Home,US
";

#[test]
fn a_row_of_a_split_order_and_the_share_it_has_of_the_fee() {
    let home = Home::new();
    home.write("orders.csv", ORDERS);
    home.insure("batch-insure orders.csv --cover full --explain 3")
        .stdout(
            r"
            orders.csv, line 3
            Layout tiktok-us: it knows 16 of 16 columns
            It is one of the 2 rows of the parcel 115400001: lines 2, 3.
            Cancelled, and not counted: line 2.

            column                       as it stands  field             read as     how
            Order ID                     5764          order             5764
            Order Status                 To ship       status            To ship     the layout gives this word no meaning
            Package ID                   115400001     package           115400001
            Tracking ID                                tracking
            SKU ID                       2             sku               2
            Product Name                 Lamp          contents          Lamp
            SKU Subtotal After Discount  300.00        product           300.00 USD  decimal point, as line 2 of this column shows; USD, the plan's
            SKU Platform Discount        0             coupon            0.00 USD    USD, the plan's
            Shipping Fee After Discount  9.00          shipping          9.00 USD    decimal point, as line 2 of this column shows; USD, the plan's
            RTS Time                                   label-created-at
            Shipped Time                               scanned-on
            Delivered Time                             delivered-on
            Cancelled Time                             cancelled-on
            Fulfillment Type                           fulfilment
            Product Category             Home          goods             Home
            Country                      US            to                US

            Its parcel
            order_id    5764            Order ID, line 3
            package_id  115400001       Package ID, lines 2, 3
            product     300.00 USD      SKU Subtotal After Discount, line 3
            coupon      0.00 USD        SKU Platform Discount, line 3
            shipping    3.00 USD        Shipping Fee After Discount, line 3
            value       303.00 USD
            currency    USD             USD, the plan's
            label       none
            to          US              Country, line 3
            goods       Home            Product Category, line 3
            contents    Lamp            Product Name, line 3
            fulfilment  platform-label
            The shipping fee of order 5764, 9.00 USD (line 3), is counted once and shared by its 2 packages, as their goods are worth.

            What became of it
            decision         insured
            package_value    303.00
            included_cover   200.00
            cover            303.00
            premium          1.50
            stays_uninsured  0.00

            How it was decided
            1. package_value: product 300.00 + coupon 0.00 + shipping 3.00 -> 303.00
               clause value (S0): The package value is the product price paid by the buyer, plus TikTok coupons used, plus the shipping fee paid by the buyer.
            2. included_cover: 303.00 -> 200.00
               clause included (S0): Each package is covered free and automatically, up to 200.00.
            3. cover: full of 303.00 -> 303.00
               clause maximum (S0): Full cover reaches to the package value, at most 5,000.00; a custom amount is over 200.00 and exceeds neither.
            4. charged_cover: 303.00 - 200.00 -> 103.00
               clause premium (shopify-shipsurance): The premium is charged on the cover above the included one. U-PIC's rate is not published; this one, for every 100.00 or part of it, is that of the nearest published twin.
            5. premium: 2 x 0.75 per 100.00 -> 1.50
               clause premium (shopify-shipsurance): The premium is charged on the cover above the included one. U-PIC's rate is not published; this one, for every 100.00 or part of it, is that of the nearest published twin.

            Of this file nothing would be recorded before the agreement of tiktok-upic is accepted, as cover is bought: --accept-terms, or once for all insure plan accept tiktok-upic.
            ",
        )
        .run();
    assert!(!home.path("insure.db").exists(), "nothing is recorded");
}

#[test]
fn a_cancelled_article_counts_for_nothing_in_a_parcel_that_is_shipped() {
    let home = Home::new();
    home.write("orders.csv", ORDERS);
    let told = home.insure("quote --input orders.csv --explain 2").output_text();
    let begins = "\
orders.csv, line 2
Layout tiktok-us: it knows 16 of 16 columns
It is one of the 2 rows of the parcel 115400001: lines 2, 3.
It is cancelled, and other rows of the parcel are not: nothing of it counts.
";
    assert!(told.starts_with(begins), "{told}");
    assert!(told.contains("\nproduct     300.00 USD "), "{told}");
}

#[test]
fn the_decision_is_that_of_the_run_and_knows_the_ledger() {
    let home = Home::new();
    home.write("orders.csv", "tracking_number,value,label_created_at\n9400111,450,2026-11-20\n");
    home.insure("quote --input orders.csv --explain 2")
        .stdout(
            r"
            orders.csv, line 2
            Layout plain: it knows 3 of 3 columns
            It is the parcel 9400111.

            column            as it stands  field             read as     how
            tracking_number   9400111       tracking          9400111
            value             450           value             450.00 USD  USD, the plan's
            label_created_at  2026-11-20    label-created-at  2026-11-20

            Its parcel
            tracking_number   9400111         tracking_number, line 2
            value             450.00 USD      value, line 2
            currency          USD             USD, the plan's
            label             exists          label_created_at, line 2
            label_created_at  2026-11-20      label_created_at, line 2
            fulfilment        platform-label

            What became of it
            plan             tiktok-upic
            version          2025-10-17
            currency         USD
            package_value    450.00
            included_cover   200.00
            cover            200.00
            uninsured_value  250.00
            stays_uninsured  250.00
            premium          0.00
            assumed          false
            code             label_exists
            reason           the label was bought on 2026-11-20, cover is sold only up to then
            clause purchase (S0): Cover is bought before or with the label. Once the label exists, it can be neither bought nor edited; if the label purchase fails, so does the cover's.

            How it was decided
            1. package_value: product 450.00 + coupon 0.00 + shipping 0.00 -> 450.00
               clause value (S0): The package value is the product price paid by the buyer, plus TikTok coupons used, plus the shipping fee paid by the buyer.
            2. included_cover: 450.00 -> 200.00
               clause included (S0): Each package is covered free and automatically, up to 200.00.
            3. cover: full of 450.00 -> 450.00
               clause maximum (S0): Full cover reaches to the package value, at most 5,000.00; a custom amount is over 200.00 and exceeds neither.
            4. cover: 450.00 -> 200.00
               clause purchase (S0): Cover is bought before or with the label. Once the label exists, it can be neither bought nor edited; if the label purchase fails, so does the cover's.
            5. charged_cover: 200.00 - 200.00 -> 0.00
               clause premium (shopify-shipsurance): The premium is charged on the cover above the included one. U-PIC's rate is not published; this one, for every 100.00 or part of it, is that of the nearest published twin.
            6. premium: 0 x 0.75 per 100.00 -> 0.00
               clause premium (shopify-shipsurance): The premium is charged on the cover above the included one. U-PIC's rate is not published; this one, for every 100.00 or part of it, is that of the nearest published twin.
            ",
        )
        .run();
    home.insure("batch-insure orders.csv --format ids --quiet").stdout("POL-00001Y\n").run();
    let told = home.insure("batch-insure orders.csv --explain 2").output_text();
    let ends = "\nWhat became of it\ndecision  already_insured\npolicy    POL-00001Y\n";
    assert!(told.ends_with(ends), "{told}");
}

#[test]
fn a_row_that_is_refused_has_the_message_of_the_run() {
    let home = Home::new();
    home.write("orders.csv", "order_id,value\n5764,x\n");
    home.insure("batch-insure orders.csv --explain 2")
        .stdout(
            r"
            orders.csv, line 2
            Layout plain: it knows 2 of 2 columns
            It is refused: column value: `x` is not an amount, expected one such as 450.00 (bad_amount)

            column    as it stands  field  read as  how
            order_id  5764          order  5764
            value     x             value           `x` is not an amount, expected one such as 450.00
            ",
        )
        .run();
}

#[test]
fn a_line_that_is_no_row_is_answered_too() {
    let home = Home::new();
    home.write("orders.csv", "Orders of November\n\norder_id,value\n\"57\n64\",5\n\n5765,5\n");
    home.insure("quote --input orders.csv --explain 1")
        .stdout(
            r"
            orders.csv, line 1
            Layout plain: it knows 2 of 2 columns
            It stands above the header and is read over.
            ",
        )
        .run();
    home.insure("quote --input orders.csv --explain 3")
        .stdout(
            r"
            orders.csv, line 3
            Layout plain: it knows 2 of 2 columns
            It is the header.
            ",
        )
        .run();
    home.insure("quote --input orders.csv --explain 5")
        .stdout(
            r"
            orders.csv, line 5
            Layout plain: it knows 2 of 2 columns
            It is within the row that begins on line 4: --explain 4 explains that.
            ",
        )
        .run();
    home.insure("quote --input orders.csv --explain 6")
        .stdout(
            r"
            orders.csv, line 6
            Layout plain: it knows 2 of 2 columns
            It is empty.
            ",
        )
        .run();
    home.insure("quote --input orders.csv --explain 8")
        .stderr(
            r"
            error: orders.csv has no row on line 8: the last one ends on line 7

            hint: give the number that messages and `line` in JSON have
            ",
        )
        .status(4)
        .run();
}

#[test]
fn a_number_that_is_none_and_a_file_that_is_not_named_are_wrong_usage() {
    let home = Home::new();
    home.write("orders.csv", "order_id,value\n5764,5\n");
    home.insure("batch-insure orders.csv --explain x")
        .stderr(
            r"
            error: invalid value 'x' for '--explain <ROW>': expected the line of a row as messages say it, a number such as 7; tracking:7 is line 7 of the file that --tracking names

            For more information, try '--help'.
            ",
        )
        .status(2)
        .run();
    home.insure("batch-insure orders.csv --explain 0")
        .stderr(
            r"
            error: invalid value '0' for '--explain <ROW>': expected the line of a row as messages say it, a number such as 7; tracking:7 is line 7 of the file that --tracking names

            For more information, try '--help'.
            ",
        )
        .status(2)
        .run();
    home.insure("quote --explain 3 --value 5")
        .stderr(
            r"
            error: --explain 3 asks about a row, and no file is named

            hint: name it with --input FILE; --explain alone shows how one value is priced
            ",
        )
        .status(2)
        .run();
    home.insure("quote --input orders.csv --explain")
        .stderr(
            r"
            error: --explain is about one row of a file, and none is named

            hint: name its line, as messages say it: --explain 7
            ",
        )
        .status(2)
        .run();
    home.insure("batch-insure orders.csv --explain 2 --rejects r.csv")
        .stderr(
            r"
            error: the argument '--explain <ROW>' cannot be used with '--rejects <FILE>'

            Usage: insure batch-insure --explain <ROW> --db <PATH> --today <DATE> <FILE>

            For more information, try '--help'.
            ",
        )
        .status(2)
        .run();
    home.insure("track --explain 2 9400111 scanned")
        .stderr(
            r"
            error: the argument '--explain <ROW>' cannot be used with '[ID]'

            Usage: insure track --input <FILE> --explain <ROW> --db <PATH> --today <DATE> [ID] <EVENT>

            For more information, try '--help'.
            ",
        )
        .status(2)
        .run();
    home.insure("track --dry-run 9400111 scanned")
        .stderr(
            r"
            error: the argument '--dry-run' cannot be used with '[ID]'

            Usage: insure track --input <FILE> --dry-run --db <PATH> --today <DATE> [ID] <EVENT>

            For more information, try '--help'.
            ",
        )
        .status(2)
        .run();
}

#[test]
fn an_event_in_utc_is_explained_with_the_sellers_day() {
    let home = Home::new();
    home.insure("insure --tracking 9400111 --value 5 --format ids").stdout("POL-00001Y\n").run();
    home.write("events.csv", "tracking_number,event,at\n9400111,scanned,2026-11-04T07:59:00Z\n");
    home.insure("track --input events.csv --explain 2 --zone America/Los_Angeles")
        .stdout(
            r"
            events.csv, line 2
            Layout carrier-events: it knows 3 of 3 columns
            It is a carrier event of 9400111.

            column           as it stands          field     read as     how
            tracking_number  9400111               tracking  9400111
            event            scanned               event     scanned
            at               2026-11-04T07:59:00Z  at        2026-11-03  time of +00:00, as it says; your day in America/Los_Angeles

            What became of it
            policy  POL-00001Y
            event   scanned
            on      2026-11-03
            result  became_effective
            ",
        )
        .run();
    // It was a look, and no more.
    home.insure("track --input events.csv --zone America/Los_Angeles --format csv")
        .stdout(
            r"
            line,order_id,package_id,tracking_number,policy,event,on,result,reason
            2,,,9400111,POL-00001Y,scanned,2026-11-03,became_effective,
            ",
        )
        .run();
}

#[test]
fn programs_get_one_document_and_a_pipe_is_read_as_often_as_needed() {
    let home = Home::new();
    let file = b"order_id,value,to\n5764,\"1,200\",US\n";
    home.insure("batch-insure - --explain 2 --format json").piped(file)
        .stdout(
            r#"
            {
              "file": "standard input",
              "sheet": null,
              "layout": "plain",
              "why": "it knows 3 of 3 columns",
              "line": 2,
              "is": "parcel",
              "within": null,
              "skipped": null,
              "row": {
                "line": 2,
                "last_line": 2,
                "counts": true,
                "columns": [
                  {
                    "column": "order_id",
                    "cell": null,
                    "written": "5764",
                    "from_line": null,
                    "field": "order",
                    "read": "5764",
                    "decided": [],
                    "wrong": null
                  },
                  {
                    "column": "value",
                    "cell": null,
                    "written": "1,200",
                    "from_line": null,
                    "field": "value",
                    "read": "1200.00",
                    "decided": [
                      {
                        "what": "amounts",
                        "is": "point",
                        "by": "layout",
                        "line": null
                      },
                      {
                        "what": "currency",
                        "is": "USD",
                        "by": "plan",
                        "line": null
                      }
                    ],
                    "wrong": null
                  },
                  {
                    "column": "to",
                    "cell": null,
                    "written": "US",
                    "from_line": null,
                    "field": "to",
                    "read": "US",
                    "decided": [],
                    "wrong": null
                  }
                ]
              },
              "lines": [
                2
              ],
              "counts_for": [],
              "others": [],
              "code": null,
              "reason": null,
              "hint": null,
              "facts": [
                {
                  "fact": "order_id",
                  "value": "5764",
                  "from": [
                    {
                      "line": 2,
                      "column": "order_id"
                    }
                  ],
                  "decided": null
                },
                {
                  "fact": "value",
                  "value": "1200.00",
                  "from": [
                    {
                      "line": 2,
                      "column": "value"
                    }
                  ],
                  "decided": null
                },
                {
                  "fact": "currency",
                  "value": "USD",
                  "from": [],
                  "decided": {
                    "what": "currency",
                    "is": "USD",
                    "by": "plan",
                    "line": null
                  }
                },
                {
                  "fact": "label",
                  "value": "none",
                  "from": [],
                  "decided": null
                },
                {
                  "fact": "to",
                  "value": "US",
                  "from": [
                    {
                      "line": 2,
                      "column": "to"
                    }
                  ],
                  "decided": null
                },
                {
                  "fact": "fulfilment",
                  "value": "platform-label",
                  "from": [],
                  "decided": null
                }
              ],
              "orders": [],
              "became": [
                {
                  "line": 2,
                  "order_id": "5764",
                  "package_id": null,
                  "tracking_number": null,
                  "decision": "insured",
                  "policy": null,
                  "package_value": "1200.00",
                  "included_cover": "200.00",
                  "cover": "200.00",
                  "premium": "0.00",
                  "stays_uninsured": "1000.00",
                  "code": null,
                  "column": null,
                  "value": null,
                  "reason": null,
                  "clause": null,
                  "hint": null,
                  "refused": null,
                  "trace": [
                    {
                      "rule": "package_value",
                      "clause": "value",
                      "source": "S0",
                      "before": "product 1200.00 + coupon 0.00 + shipping 0.00",
                      "after": "1200.00",
                      "text": "The package value is the product price paid by the buyer, plus TikTok coupons used, plus the shipping fee paid by the buyer.",
                      "confidence": "published"
                    },
                    {
                      "rule": "included_cover",
                      "clause": "included",
                      "source": "S0",
                      "before": "1200.00",
                      "after": "200.00",
                      "text": "Each package is covered free and automatically, up to 200.00.",
                      "confidence": "published"
                    },
                    {
                      "rule": "cover",
                      "clause": "maximum",
                      "source": "S0",
                      "before": "included of 1200.00",
                      "after": "200.00",
                      "text": "Full cover reaches to the package value, at most 5,000.00; a custom amount is over 200.00 and exceeds neither.",
                      "confidence": "published"
                    },
                    {
                      "rule": "charged_cover",
                      "clause": "premium",
                      "source": "shopify-shipsurance",
                      "before": "200.00 - 200.00",
                      "after": "0.00",
                      "text": "The premium is charged on the cover above the included one. U-PIC's rate is not published; this one, for every 100.00 or part of it, is that of the nearest published twin.",
                      "confidence": "assumed"
                    },
                    {
                      "rule": "premium",
                      "clause": "premium",
                      "source": "shopify-shipsurance",
                      "before": "0 x 0.75 per 100.00",
                      "after": "0.00",
                      "text": "The premium is charged on the cover above the included one. U-PIC's rate is not published; this one, for every 100.00 or part of it, is that of the nearest published twin.",
                      "confidence": "assumed"
                    }
                  ]
                }
              ],
              "remark": null
            }
            "#,
        )
        .run();
    home.insure("batch-insure - --explain 2 --format csv")
        .piped(file)
        .stdout(
            r#"
            line,column,cell,written,from_line,field,read,how,wrong
            2,order_id,,5764,,order,5764,,
            2,value,,"1,200",,value,1200.00,"decimal point, as the layout says; USD, the plan's",
            2,to,,US,,to,US,,
            "#,
        )
        .run();
    home.insure("batch-insure - --explain 2 --format ids").piped(file).stdout("5764/\n").run();
}

#[test]
fn a_workbooks_rows_are_explained_by_their_numbers_and_cells() {
    let home = Home::new();
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("Orders").unwrap();
    for (column, (name, cell)) in [("order_id", "5764"), ("value", "450")].iter().enumerate() {
        sheet.write_string(2, column as u16, *name).unwrap();
        sheet.write_string(3, column as u16, *cell).unwrap();
    }
    book.save(home.path("orders.xlsx")).unwrap();
    let told = home.insure("quote --input orders.xlsx --explain 4").output_text();
    let begins = "\
orders.xlsx, row 4 of the sheet `Orders`
Layout plain: it knows 2 of 2 columns
It is the parcel 5764.

column                as it stands  field  read as     how
order_id (Orders!A4)  5764          order  5764
value (Orders!B4)     450           value  450.00 USD  USD, the plan's
";
    assert!(told.starts_with(begins), "{told}");
    home.insure("quote --input orders.xlsx --explain 9")
        .stderr(
            r"
            error: orders.xlsx has no row 9: the last one of its sheet `Orders` is 4

            hint: give the number that messages and `line` in JSON have
            ",
        )
        .status(4)
        .run();
}

#[test]
fn what_a_parcel_has_from_the_tracking_file_is_named_with_that_file_and_its_line() {
    let home = Home::new();
    home.write(
        "orders.csv",
        "\
Name,Currency,Subtotal,Shipping,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Lineitem requires shipping
#1001,USD,90.00,5.00,1,Teapot,90.00,POT,true
",
    );
    home.write(
        "labels.csv",
        "\
Order - Number,Shipment - Tracking Number,Shipment - Carrier,Shipment - Ship Date
1000,9400111899562743815200,USPS,11/23/2026
1001,9400111899562743815201,USPS,11/23/2026
",
    );
    let explained = home
        .insure("quote --input orders.csv --tracking labels.csv --explain 2 --format json")
        .output_text();
    let explained: serde_json::Value = serde_json::from_str(&explained).unwrap();
    let from = |fact: &str| {
        let facts = explained["facts"].as_array().unwrap();
        facts.iter().find(|f| f["fact"] == fact).unwrap()["from"].clone()
    };
    let label = serde_json::json!([{ "file": "labels.csv", "line": 3 }]);
    for fact in ["tracking_number", "carrier", "ship_date", "label"] {
        assert_eq!(from(fact), label, "{fact}");
    }
    assert_eq!(from("order_id"), serde_json::json!([{ "line": 2, "column": "Name" }]));
}
