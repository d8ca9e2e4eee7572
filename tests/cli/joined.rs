//! `--tracking FILE`: rows that contradict each other, and numbers that are of no use.

use crate::harness::Home;

#[test]
fn a_row_of_each_parcel_refuses_both_orders_that_the_other_file_does_not_tell_apart() {
    let home = Home::new();
    home.write(
        "parcels.csv",
        "order_id,package_id,value\n\
         1001,,50\n\
         1002,PK1,70\n\
         1003,,80\n\
         #1001,,60\n",
    );
    home.write(
        "labels.csv",
        "order_id,tracking_number\n\
         1001,9400111\n\
         1002,9400112\n\
         1003,9400113\n",
    );
    home.insure("batch-insure parcels.csv --tracking labels.csv")
        .stdout(
            r"
            line  parcel  stays uninsured  refused   reason
               2  1001                     conflict  column order_id: order `1001` is written in another way on line 5, and labels.csv does not tell the two apart
               5  #1001                    conflict  column order_id: order `#1001` is written in another way on line 2, and labels.csv does not tell the two apart
            hint (conflict): one order: write its number alike on all of its rows; two orders: put their tracking numbers into this file, and leave them out of the other one

            Rows                       4
            Parcels                    2
            Insured                    2
            Already insured            0
            Cancelled orders           0
            Refused                    2  2 conflict
            Cover             150.00 USD
            Stays uninsured     0.00 USD
            Premium             0.00 USD

            Recorded as BAT-00001Y.
            ",
        )
        .stderr(
            r"
            labels.csv: 3 rows: 1 used for orders in parcels.csv, 2 not used (1 package_number, 1 order_refused)
            labels.csv: line 3: 9400112 of order 1002 is not used: the order's rows in parcels.csv have package numbers, and which package has it is not said
            parcels.csv: 1 parcel has no tracking number
            ",
        )
        .status(3)
        .run();
    // From a pipe it is no different: nothing of it comes out before all of it was looked through.
    home.shell("cat parcels.csv | insure quote --input - --tracking labels.csv --format csv -q | cut -d, -f1-4,8,15")
        .stdout(
            r"
            line,order_id,package_id,tracking_number,package_value,code
            2,1001,,,,conflict
            3,1002,PK1,,70.00,
            4,1003,,9400113,80.00,
            5,#1001,,,,conflict
            ",
        )
        .run();
}

#[test]
fn rows_of_one_number_are_held_against_each_other() {
    let home = Home::new();
    home.write(
        "orders.csv",
        "Name,Currency,Subtotal,Shipping,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Lineitem requires shipping,Shipping Country\n\
         #1001,USD,90.00,5.00,2,Mug,20.00,MUG,true,US\n\
         #1001,,,,1,Teapot,50.00,POT,true,\n\
         #1002,USD,320.00,0.00,1,Kettle,320.00,KET,true,US\n\
         #1003,USD,30.00,0.00,1,Bowl,30.00,BWL,true,US\n\
         #1004,USD,30.00,0.00,1,Bowl,30.00,BWL,true,US\n",
    );
    home.write(
        "labels.csv",
        "order_id,tracking_number,carrier,ship_date,sku\n\
         1001,9400111,USPS,2026-11-20,MUG\n\
         1001,9400111,USPS,2026-11-20,POT\n\
         1001,9400112,USPS,2026-11-20,LID\n\
         1002,9400113,UPS,2026-11-21,\n\
         1002,9400113,FedEx,2026-11-21,\n\
         1003,9400114,USPS,2026-11-21,\n\
         1004,9400114,USPS,2026-11-20,\n",
    );
    home.insure("batch-insure orders.csv --tracking labels.csv")
        .stdout(
            r"
            line  parcel  stays uninsured  refused   reason
               4  #1002                    conflict  column Name: line 6 of labels.csv says something else of this parcel: column carrier: `FedEx`, but `UPS` for the same number on line 5
            hint (conflict): mend that file: what a parcel is covered for hangs on its carrier and service

            Rows                       5  4 covered, 1 refused
            Parcels                    2
            Insured                    2
            Already insured            0
            Cancelled orders           0
            Refused                    1  1 conflict
            Cover             155.00 USD
            Stays uninsured     0.00 USD
            Premium             0.00 USD

            Recorded as BAT-00001Y.
            ",
        )
        .stderr(
            r"
            labels.csv: 7 rows: 4 used for orders in orders.csv, 2 not used (1 no_such_article, 1 order_refused), 1 not readable
            labels.csv: line 6: column carrier: `FedEx`, but `UPS` for the same number on line 5 (conflict)
            labels.csv: line 8: ship date 2026-11-20, but 2026-11-21 for the same number on line 7: 2026-11-20 counts, the earlier one
            labels.csv: lines 7, 8: 9400114 is the number of 2 orders: taken as one parcel
            labels.csv: line 4: 9400112 of order 1001 is not used: the order has no article `LID` in orders.csv
            ",
        )
        .status(3)
        .run();
    home.shell("insure search --format csv | cut -d, -f1,2,4,16")
        .stdout(
            r"
            policy,order_id,tracking_number,shipped_on
            POL-00001Y,#1001,9400111,2026-11-20
            POL-00002W,#1003,9400114,2026-11-20
            ",
        )
        .run();
}

#[test]
fn a_further_order_under_a_number_that_two_carriers_have_refuses_them_all() {
    let home = Home::new();
    home.write(
        "orders.csv",
        "Name,Currency,Subtotal,Shipping,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Lineitem requires shipping,Shipping Country\n\
         #1001,USD,90.00,5.00,2,Mug,20.00,MUG,true,US\n\
         #1001,,,,1,Teapot,50.00,POT,true,\n\
         #1002,USD,320.00,0.00,1,Kettle,320.00,KET,true,US\n\
         #1003,USD,30.00,0.00,1,Bowl,30.00,BWL,true,US\n\
         #1004,USD,30.00,0.00,1,Bowl,30.00,BWL,true,US\n",
    );
    home.write(
        "labels.csv",
        "order_id,tracking_number,carrier\n\
         1001,9400111,USPS\n\
         1003,9400114,USPS\n\
         1004,9400114,UPS\n",
    );
    home.insure("batch-insure orders.csv --tracking labels.csv --format csv")
        .stdout(
            r#"
            line,order_id,package_id,tracking_number,decision,policy,package_value,included_cover,cover,premium,stays_uninsured,code,column,value,reason,clause,hint
            2,#1001,,9400111,insured,POL-00001Y,95.00,95.00,95.00,0.00,0.00,,,,,,
            4,#1002,,,insured,POL-00002W,320.00,200.00,200.00,0.00,120.00,,,,,,
            5,#1003,,,refused,,,,,,,conflict,Name,#1003,"line 4 of labels.csv says something else of this parcel: column carrier: `UPS`, but `USPS` for the same number on line 3",,mend that file: what a parcel is covered for hangs on its carrier and service
            6,#1004,,,refused,,,,,,,conflict,Name,#1004,"line 4 of labels.csv says something else of this parcel: column carrier: `UPS`, but `USPS` for the same number on line 3",,mend that file: what a parcel is covered for hangs on its carrier and service
            "#,
        )
        .stderr(
            r"
            2 parcels: 2 insured, 0 already insured, 0 cancelled, 2 refused; cover 295.00 USD, premium 0.00 USD
            labels.csv: 3 rows: 1 used for orders in orders.csv, 1 not used (1 order_refused), 1 not readable
            labels.csv: line 4: column carrier: `UPS`, but `USPS` for the same number on line 3 (conflict)
            orders.csv: 1 parcel has no tracking number
            ",
        )
        .status(3)
        .run();
}

#[test]
fn an_order_that_comes_out_refused_or_cancelled_did_not_use_its_number() {
    let home = Home::new();
    home.write(
        "orders.csv",
        "Name,Currency,Subtotal,Shipping,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Lineitem requires shipping,Cancelled at\n\
         #1001,USD,90.00,5.00,1,Mug,20.00,MUG,true,\n\
         #1002,USD,3o.00,0.00,1,Kettle,320.00,KET,true,\n\
         #1003,USD,30.00,0.00,1,Bowl,30.00,BWL,true,2026-11-20 08:00:00 -0800\n\
         #1004,USD,30.00,0.00,1,Card,30.00,CRD,false,\n\
         #1005,USD,3o.00,0.00,1,Bowl,30.00,BWL,true,\n\
         #1006,USD,30.00,0.00,1,Bowl,30.00,BWL,true,\n",
    );
    home.write(
        "labels.csv",
        "order_id,tracking_number\n\
         1001,9400111\n\
         1002,9400112\n\
         1003,9400113\n\
         1004,9400114\n\
         1006,9400115\n\
         1005,9400115\n",
    );
    home.shell("insure batch-insure orders.csv --tracking labels.csv --format ids")
        .stdout(
            r"
            POL-00001Y
            ",
        )
        .stderr(
            r"
            2 parcels: 1 insured, 0 already insured, 1 cancelled, 2 refused; cover 95.00 USD, premium 0.00 USD
            labels.csv: 6 rows: 1 used for orders in orders.csv, 5 not used (3 order_refused, 1 order_cancelled, 1 no_parcel)
            labels.csv: line 4: 9400113 of order 1003 is not used: the order is cancelled in orders.csv
            labels.csv: line 5: 9400114 of order 1004 is not used: no row of the order in orders.csv is of a parcel
            ",
        )
        .status(3)
        .run();
    home.shell("insure batch-insure orders.csv --tracking labels.csv --explain tracking:3")
        .stdout(
            r"
            labels.csv, line 3
            Layout trackings: it knows 2 of 2 columns, plain knows 2
            It is the label 9400112 of order 1002.
            It is not used: the order, or a row of it, is refused in orders.csv.
            orders.csv, line 3: refused: column Subtotal: `3o.00` is not an amount, expected one such as 450.00 (bad_amount)

            column           as it stands  field     read as  how
            order_id         1002          order     1002
            tracking_number  9400112       tracking  9400112
            ",
        )
        .run();
}

#[test]
fn orders_that_all_have_packages_of_their_own_are_not_other_orders() {
    let home = Home::new();
    home.write("parcels.csv", "order_id,package_id,value\n1001,P1,90\n");
    home.write("labels.csv", "order_id,tracking_number\n1001,9400111\n");
    home.shell("insure batch-insure parcels.csv --tracking labels.csv --format ids")
        .stdout("\nPOL-00001Y\n")
        .stderr(
            r"
            1 parcel: 1 insured, 0 already insured, 0 cancelled, 0 refused; cover 90.00 USD, premium 0.00 USD
            labels.csv: 1 row: 0 used for orders in parcels.csv, 1 not used (1 package_number)
            labels.csv: line 2: 9400111 of order 1001 is not used: the order's rows in parcels.csv have package numbers, and which package has it is not said
            parcels.csv: 1 parcel has no tracking number
            ",
        )
        .run();
}

#[test]
fn a_status_that_is_not_known_is_told_once_and_voided_labels_are_passed_over() {
    let home = Home::new();
    home.write("orders.csv", "order_id,value\n1001,90\n1002,80\n1003,70\n1004,60\n");
    home.write(
        "labels.csv",
        "order_id,tracking_number,status\n\
         1001,9400111,Label Voided\n\
         1001,9400112,bought\n\
         1002,9400113,on hold\n\
         1003,9400114,on hold\n\
         1004,9400115,作废\n\
         1004,9400116,已退款\n\
         1004,9400117,已发货\n",
    );
    home.shell("insure batch-insure orders.csv --tracking labels.csv --format ids")
        .stdout("\nPOL-00001Y\nPOL-00002W\nPOL-00003T\nPOL-00004R\n")
        .stderr(
            r"
            4 parcels: 4 insured, 0 already insured, 0 cancelled, 0 refused; cover 300.00 USD, premium 0.00 USD
            labels.csv: 7 rows: 4 used for orders in orders.csv, 3 passed over (3 voided)
            labels.csv: the status `on hold` (line 4) is not known: its 2 rows are taken as labels in use
            ",
        )
        .run();
}
