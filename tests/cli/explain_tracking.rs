//! `--explain`: rows of the tracking file, limits of the whole file, words.

use crate::harness::Home;

#[test]
fn a_row_of_the_tracking_file_is_explained_by_the_rows_that_have_its_number() {
    let home = Home::new();
    home.write(
        "orders.csv",
        "Name,Currency,Subtotal,Shipping,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Lineitem requires shipping,Financial Status\n\
         #1001,USD,90.00,5.00,2,Mug,20.00,MUG,true,paid\n\
         #1001,,,,1,Teapot,50.00,POT,true,\n\
         #1002,USD,320.00,0.00,1,Kettle,320.00,KET,true,paid\n",
    );
    home.write(
        "labels.csv",
        "order_id,tracking_number,sku,carrier,status\n\
         1001,9400111,MUG,USPS,bought\n\
         1001,9400111,POT,USPS,bought\n\
         1001,9400112,LID,USPS,bought\n\
         1002,\"9400113, 9400114\",,UPS,bought\n\
         1002,9400115,,UPS,voided\n\
         2001,9400121,,UPS,bought\n",
    );
    home.insure("quote --input orders.csv --tracking labels.csv --explain tracking:2")
        .stdout(
            r"
            labels.csv, line 2
            Layout trackings: it knows 5 of 5 columns, plain knows 4
            It is the label 9400111 of order 1001.
            Its number is used for the order in orders.csv.
            orders.csv, lines 2, 3: the parcel 9400111; --explain 2 explains it.

            column           as it stands  field     read as  how
            order_id         1001          order     1001
            tracking_number  9400111       tracking  9400111
            sku              MUG           sku       MUG
            carrier          USPS          carrier   USPS
            status           bought        status    bought   means has-label
            ",
        )
        .run();
    home.insure("batch-insure orders.csv --tracking labels.csv --explain tracking:4")
        .stdout(
            r"
            labels.csv, line 4
            Layout trackings: it knows 5 of 5 columns, plain knows 4
            It is the label 9400112 of order 1001.
            It is not used: the order has no article `LID` in orders.csv.

            column           as it stands  field     read as  how
            order_id         1001          order     1001
            tracking_number  9400112       tracking  9400112
            sku              LID           sku       LID
            carrier          USPS          carrier   USPS
            status           bought        status    bought   means has-label
            ",
        )
        .run();
    home.shell("insure batch-insure orders.csv --tracking labels.csv --explain tracking:5 | sed 4q")
        .stdout(
            r"
            labels.csv, line 5
            Layout trackings: it knows 5 of 5 columns, plain knows 4
            It is refused: column tracking_number: `9400113, 9400114` is more than a tracking number, or several of them (bad_id)
            hint: write one number in a row; an order of several parcels has a row for each
            ",
        )
        .run();
    home.shell(
        "insure batch-insure orders.csv --tracking labels.csv --explain tracking:6 | sed -n 3p",
    )
    .stdout("It is passed over: its label was cancelled or refunded.\n")
    .run();
    home.shell(
        "insure batch-insure orders.csv --tracking labels.csv --explain tracking:7 | sed -n 3,4p",
    )
    .stdout(
        r"
            It is the label 9400121 of order 2001.
            It is not used: orders.csv does not have the order.
            ",
    )
    .run();
    home.shell(
        "insure batch-insure orders.csv --tracking labels.csv --explain tracking:1 | sed -n 3p",
    )
    .stdout("It is the header.\n")
    .run();
    home.insure("batch-insure orders.csv --tracking labels.csv --explain tracking:9")
        .stderr(
            r"
            error: labels.csv has no row on line 9: the last one ends on line 7

            hint: give the number that messages and `line` in JSON have
            ",
        )
        .status(4)
        .run();
    home.insure("quote --input orders.csv --explain tracking:2")
        .stderr(
            r"
            error: --explain tracking:2 asks about a file of tracking numbers, and none is named

            hint: name it with --tracking FILE, or ask about a row of orders.csv: --explain 2
            ",
        )
        .status(2)
        .run();
    home.insure("quote --input orders.csv --tracking labels.csv --explain tracking:first")
        .stderr(
            r"
            error: invalid value 'tracking:first' for '--explain [<ROW>]': expected the line of a row as messages say it, a number such as 7; tracking:7 is line 7 of the file that --tracking names

            For more information, try '--help'.
            ",
        )
        .status(2)
        .run();
    home.insure("track --input orders.csv --explain tracking:2")
        .stderr(
            r"
            error: invalid value 'tracking:2' for '--explain <ROW>': expected the line of a row as messages say it, a number such as 7

            For more information, try '--help'.
            ",
        )
        .status(2)
        .run();
    home.shell("insure quote --input orders.csv --tracking labels.csv --explain tracking:3 --format json | tail -n 20")
        .stdout(
            r#"
              },
              "code": null,
              "reason": null,
              "hint": null,
              "order_id": "1001",
              "tracking_number": "9400111",
              "used": true,
              "not_used": null,
              "parcels": [
                {
                  "lines": [
                    2,
                    3
                  ],
                  "parcel": "9400111",
                  "code": null,
                  "reason": null
                }
              ]
            }
            "#,
        )
        .run();
    home.insure("quote --input orders.csv --tracking labels.csv --explain tracking:3 --format ids")
        .stdout("9400111\n")
        .run();
    home.insure("quote --input orders.csv --tracking labels.csv --explain tracking:3 --format csv")
        .stdout(
            r"
            line,column,cell,written,from_line,field,read,how,wrong
            3,order_id,,1001,,order,1001,,
            3,tracking_number,,9400111,,tracking,9400111,,
            3,sku,,POT,,sku,POT,,
            3,carrier,,USPS,,carrier,USPS,,
            3,status,,bought,,status,bought,means has-label,
            ",
        )
        .run();
    // Nothing was recorded by any of it.
    home.insure("search")
        .stderr(
            r"
            error: there is no ledger at [HOME]/insure.db yet, so nothing is recorded

            hint: record cover with `insure batch-insure FILE`, or name another ledger with --db
            ",
        )
        .status(1)
        .run();
}

#[test]
fn a_limit_that_the_file_exceeds_is_part_of_the_explanation() {
    let home = Home::new();
    home.write(
        "parcels.csv",
        "order_id,value\n\
         1,450\n\
         2,900\n",
    );
    home.shell("insure batch-insure parcels.csv --cover full --max-premium 5 --accept-terms --explain 2 | tail -n 2")
        .stdout(
            r"

            Of this file nothing would be recorded: its premiums come to 7.50 USD, more than the 5.00 USD of --max-premium.
            ",
        )
        .run();
    home.insure("batch-insure parcels.csv --cover full --max-premium 5 --accept-terms")
        .stderr(
            r"
            error: the premium is 7.50 USD, more than the 5.00 USD you allow; nothing was recorded

            hint: raise --max-premium, or ask for less cover
            ",
        )
        .status(3)
        .run();
    home.shell("insure batch-insure parcels.csv --cover full --max-premium 50 --accept-terms --explain 2 | grep -c recorded")
        .stdout("\n0\n")
        .status(1)
        .run();
}

#[test]
fn a_word_the_layout_says_nothing_of_is_told_as_such() {
    let home = Home::new();
    home.write(
        "orders.csv",
        "Order ID,Order Status,Package ID,Tracking ID,SKU ID,Product Name,SKU Subtotal After Discount,SKU Platform Discount,Shipping Fee After Discount,RTS Time,Shipped Time,Delivered Time,Cancelled Time,Fulfillment Type,Product Category,Country\n\
         5764,Annullato,115400001,,1,Bulb,10.00,0,9.00,,,,,Fulfillment by seller,Home,US\n",
    );
    home.shell("insure quote --input orders.csv --explain 2 --format csv | cut -d, -f2,4,6-8 | grep -e Status -e SKU -e Type")
        .stdout(
            r#"
            Order Status,Annullato,status,Annullato,the layout gives this word no meaning
            SKU ID,1,sku,1,
            SKU Subtotal After Discount,10.00,product,10.00,"decimal point
            SKU Platform Discount,0,coupon,0.00,"USD
            Fulfillment Type,Fulfillment by seller,fulfilment,Fulfillment by seller,the layout gives this word no meaning
            "#,
        )
        .run();
}

#[test]
fn of_a_row_that_cannot_be_read_it_is_told_what_became_of_its_order() {
    let home = Home::new();
    home.write("orders.csv", "order_id,tracking_number,value\n1001,,90\n1002,9400113,80\n");
    home.write(
        "labels.csv",
        "order_id,tracking_number\n\
         1001,9.4E+21\n\
         1002,9400113\n\
         1002,9.4E+21\n\
         2001,9.4E+21\n",
    );
    for (line, told) in [
        (
            2,
            r"
            It is of order 1001.
            orders.csv, line 2: refused: column order_id: the row of this order on line 2 of labels.csv cannot be read: column tracking_number: `9.4E+21` is a number a spreadsheet has rounded: the identifier is lost (tracking_unread)
            ",
        ),
        (
            4,
            r"
            It is of order 1002.
            orders.csv, line 3: the parcel 9400113; --explain 3 explains it.
            ",
        ),
        (5, "\norders.csv does not have its order, 2001.\n"),
    ] {
        home.shell(&format!(
            "insure quote --input orders.csv --tracking labels.csv --explain tracking:{line} | sed -n '/hint:/,/^$/p' | sed '1d;$d'"
        ))
        .stdout(told)
        .run();
    }
}

#[test]
fn what_keeps_the_whole_file_from_being_recorded_is_told_beside_a_row() {
    let home = Home::new();
    home.write("config.toml", "zone = \"America/Los_Angeles\"\n");
    home.write(
        "orders.csv",
        "order_id,value,ship_date,cover\n1001,450,2026-11-03T00:00:00Z,full\n",
    );
    home.shell("INSURE_CONFIG=config.toml insure batch-insure orders.csv --explain 2 2>/dev/null | tail -n 2")
        .stdout(
            r"

            Of this file nothing would be recorded: orders.csv: every time that was turned to America/Los_Angeles is midnight, so they may be days and no times, each moved to another day; say which they are: --zone as-written for days, --zone America/Los_Angeles for times. Of this file nothing would be recorded before the agreement of tiktok-upic is accepted, as cover is bought: --accept-terms, or once for all insure plan accept tiktok-upic.
            ",
        )
        .run();
    home.shell("INSURE_CONFIG=config.toml insure batch-insure orders.csv --explain 2 --zone as-written --accept-terms 2>/dev/null | grep -c 'would be recorded'")
        .stdout("\n0\n")
        .status(1)
        .run();
    home.insure("insure --order 1001 --value 450 -q --format ids").stdout("\nPOL-00001Y\n").run();
    home.write("events.csv", "order_id,event,at\n1001,scanned,2026-11-03T00:00:00Z\n");
    home.shell("INSURE_CONFIG=config.toml insure track --input events.csv --explain 2 2>/dev/null | tail -n 1")
        .stdout(
            r"
            Of this file nothing would be recorded: events.csv: every time that was turned to America/Los_Angeles is midnight, so they may be days and no times, each moved to another day; say which they are: --zone as-written for days, --zone America/Los_Angeles for times.
            ",
        )
        .run();
}
