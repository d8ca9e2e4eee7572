//! A label bought again, a further parcel of the order, a number written in another way: what a
//! later file says of an order that is covered already.

use crate::harness::Home;

/// What to do about a label that may have been bought again.
const AGAIN: &str = "if the label was bought again: insure cancel POLICY, then run this again; if it is a further parcel of the order: give it a package number, or cover it from a file that has both parcels";

/// The decisions of a batch: number of the line, names, decision, policy, code.
pub(crate) fn decisions(home: &Home, file: &str, status: i32) -> String {
    let line = format!("insure batch-insure {file} --format csv -q");
    let all = home.shell(&line).status(status).output_text();
    let mut rows = csv::Reader::from_reader(all.as_bytes());
    let rows = rows.records().map(|row| {
        let row = row.unwrap();
        [0, 1, 2, 3, 4, 5, 11].map(|at| row[at].to_owned()).join(",")
    });
    rows.collect::<Vec<_>>().join("\n")
}

fn first_label(home: &Home) {
    home.write("first.csv", "order_id,tracking_number,value\n1001,9400111,95\n");
    assert_eq!(decisions(home, "first.csv", 0), "2,1001,,9400111,insured,POL-00001Y,");
}

#[test]
fn a_label_bought_again_is_refused_until_the_old_cover_is_cancelled() {
    let home = Home::new();
    first_label(&home);
    home.write("again.csv", "order_id,tracking_number,value\n1001,9400112,95\n");
    home.insure("batch-insure again.csv --rejects rejects.csv")
        .stdout(
            r"
            line  parcel   stays uninsured  refused      reason
               2  9400112                   other_label  order 1001 is covered as POL-00001Y under label 9400111, here it has label 9400112, and nothing shows that it is another parcel
            hint (other_label): if the label was bought again: insure cancel POLICY, then run this again; if it is a further parcel of the order: give it a package number, or cover it from a file that has both parcels

            Rows                     1
            Parcels                  1
            Insured                  0
            Already insured          0
            Cancelled orders         0
            Refused                  1  1 other_label
            Cover             0.00 USD
            Stays uninsured   0.00 USD
            Premium           0.00 USD

            Nothing new to record.
            ",
        )
        .stderr("\nrejects.csv: 1 rejected row, to be mended and fed back\n")
        .status(3)
        .run();
    home.insure("insure --order 1001 --tracking 9400112 --value 95")
        .stderr(
            r"
            error: refused (other_label): order 1001 is covered as POL-00001Y under label 9400111, here it has label 9400112, and nothing shows that it is another parcel

            hint: if the label was bought again: insure cancel POLICY, then run this again; if it is a further parcel of the order: give it a package number, or cover it from a file that has both parcels
                  clause included (S0): Each package is covered free and automatically, up to 200.00.
            ",
        )
        .status(3)
        .run();
    home.insure("cancel POL-00001Y").output_text();
    assert_eq!(decisions(&home, "again.csv", 0), "2,1001,,9400112,insured,POL-00002W,");
    assert_eq!(decisions(&home, "again.csv", 0), "2,1001,,9400112,already_insured,POL-00002W,");
    // The old file does not bring the old label back.
    assert_eq!(decisions(&home, "first.csv", 3), "2,1001,,9400111,refused,,other_label");
}

#[test]
fn a_voided_label_makes_way_for_the_next_one() {
    let home = Home::new();
    first_label(&home);
    home.insure("track 9400111 cancelled").output_text();
    home.write("again.csv", "order_id,tracking_number,value\n1001,9400112,95\n");
    assert_eq!(decisions(&home, "again.csv", 0), "2,1001,,9400112,insured,POL-00002W,");
}

#[test]
fn an_order_of_two_parcels_is_covered_however_its_files_come() {
    let home = Home::new();
    first_label(&home);
    // The file has both, the new one first: it waits for the rest of the file.
    home.write(
        "both.csv",
        "order_id,tracking_number,value\n1001,9400112,95\n1002,9400120,10\n1001,9400111,95\n",
    );
    assert_eq!(
        decisions(&home, "both.csv --dry-run", 0),
        "3,1002,,9400120,insured,,\n\
         4,1001,,9400111,already_insured,POL-00001Y,\n\
         2,1001,,9400112,insured,,"
    );
    assert_eq!(
        decisions(&home, "both.csv", 0),
        "3,1002,,9400120,insured,POL-00002W,\n\
         4,1001,,9400111,already_insured,POL-00001Y,\n\
         2,1001,,9400112,insured,POL-00003T,"
    );
    let again = decisions(&home, "both.csv", 0);
    assert_eq!(again.matches(",already_insured,").count(), 3, "{again}");
    // A third one, in a file with only one of the two: it may be the other one's.
    let third = "order_id,tracking_number,value\n1001,9400113,95\n1001,9400111,95\n";
    home.write("third.csv", third);
    assert_eq!(
        decisions(&home, "third.csv", 3),
        "3,1001,,9400111,already_insured,POL-00001Y,\n2,1001,,9400113,refused,,other_label"
    );
    home.write("third.csv", format!("{third}1001,9400112,95\n"));
    let rows = decisions(&home, "third.csv", 0);
    assert!(rows.ends_with("\n2,1001,,9400113,insured,POL-00004R,"), "{rows}");
}

#[test]
fn what_shows_a_further_parcel_is_believed() {
    for (why, row) in [
        ("a package number", "1001,2,9400112,95,Mug"),
        ("another article of another value", "1001,,9400112,30,Teapot"),
        ("another value, where the articles are not known", "1001,,9400112,30,"),
    ] {
        let home = Home::new();
        let head = "order_id,package_id,tracking_number,value,contents";
        home.write("first.csv", format!("{head}\n1001,,9400111,95,Mug\n"));
        home.insure("batch-insure first.csv -q").output_text();
        home.write("later.csv", format!("{head}\n{row}\n"));
        let decided = decisions(&home, "later.csv", 0);
        assert!(decided.ends_with(",insured,POL-00002W,"), "{why}: {decided}");
    }
}

#[test]
fn a_parcel_the_carrier_has_is_under_way_with_its_label() {
    let home = Home::new();
    first_label(&home);
    home.insure("track 9400111 scanned").output_text();
    home.write("more.csv", "order_id,tracking_number,value\n1001,9400112,95\n");
    assert_eq!(decisions(&home, "more.csv", 0), "2,1001,,9400112,insured,POL-00002W,");
}

#[test]
fn goods_that_are_covered_are_not_covered_under_a_second_label() {
    let home = Home::new();
    let head = "order_id,tracking_number,value,contents";
    home.write("whole.csv", format!("{head}\n1001,9400111,95,Mug; Teapot\n"));
    home.insure("batch-insure whole.csv -q").output_text();
    home.write("part.csv", format!("{head}\n1001,9400112,50,Teapot\n"));
    assert_eq!(decisions(&home, "part.csv", 3), "2,1001,,9400112,refused,,other_label");
    // The old parcel is in the file, but as another one than was covered.
    home.write("parts.csv", format!("{head}\n1001,9400112,50,Teapot\n1001,9400111,45,Mug\n"));
    assert_eq!(
        decisions(&home, "parts.csv", 3),
        "3,1001,,9400111,refused,,value_conflict\n2,1001,,9400112,refused,,other_label"
    );
    home.insure("cancel POL-00001Y").output_text();
    assert_eq!(
        decisions(&home, "parts.csv", 0),
        "2,1001,,9400112,insured,POL-00002W,\n3,1001,,9400111,insured,POL-00003T,"
    );
}

#[test]
fn an_order_that_is_packed_with_another_one_is_not_covered_twice() {
    let orders = "Name,Currency,Subtotal,Shipping,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Lineitem requires shipping";
    let bowl = "#1002,USD,30.00,0.00,1,Bowl,30.00,BWL,true";
    // Covered before it was packed, or under a label of its own.
    for (label, under) in
        [("", "before it was packed"), ("1002,9400112,Shipped", "under label 9400112")]
    {
        let home = Home::new();
        home.write("bowl.csv", format!("{orders}\n{bowl}\n"));
        home.write("label.csv", format!("order_id,tracking_number,status\n{label}\n"));
        let hint = if label.is_empty() {
            "if the order is in this parcel now: insure cancel POLICY, then run this again"
        } else {
            AGAIN
        };
        let tracking = if label.is_empty() { "" } else { "--tracking label.csv" };
        home.shell(&format!("insure batch-insure bowl.csv {tracking} -q")).output_text();
        home.write(
            "both.csv",
            format!("{orders}\n#1001,USD,90.00,5.00,1,Mug,90.00,MUG,true\n{bowl}\n"),
        );
        home.write("labels.csv", "order_id,tracking_number\n1001,9400119\n1002,9400119\n");
        let told = home
            .shell("insure batch-insure both.csv --tracking labels.csv --format csv -q | tail -1");
        assert_eq!(
            told.output_text(),
            format!(
                "2,#1001,,9400119,refused,,,,,,,other_label,,,\"order #1002 is covered as POL-00001Y {under}, here it has label 9400119, and nothing shows that it is another parcel\",included,\"{hint}\"\n"
            )
        );
        home.insure("cancel 1002").output_text();
        assert_eq!(
            decisions(&home, "both.csv --tracking labels.csv", 0),
            "2,#1001,,9400119,insured,POL-00002W,"
        );
    }
}

#[test]
fn a_combined_package_holds_what_was_covered_before_it_was_packed() {
    let head = "Order ID,SKU ID,SKU Subtotal After Discount,SKU Platform Discount,Shipping Fee After Discount,RTS Time,Shipped Time,Cancelled Time,Tracking ID,Product Category,Package ID";
    let home = Home::new();
    home.write("one.csv", format!("{head}\n577421100000000062,2,100,0,0,,,,,Toys,\n"));
    home.insure("batch-insure one.csv -q").output_text();
    let rows = "577421100000000061,1,300,0,0,,,,,Toys,1154211000000061\n577421100000000062,2,100,0,0,,,,,Toys,1154211000000061";
    home.write("both.csv", format!("{head}\n{rows}\n"));
    home.shell("insure batch-insure both.csv --format csv -q | tail -1")
        .stdout(
            r#"
            2,577421100000000061,1154211000000061,,refused,,,,,,,other_label,,,"order 577421100000000062 is covered as POL-00001Y before it was packed, here it is in 1154211000000061, and nothing shows that it is another parcel",included,"if the order is in this parcel now: insure cancel POLICY, then run this again"
            "#,
        )
        .run();
    home.insure("cancel POL-00001Y").output_text();
    assert_eq!(
        decisions(&home, "both.csv", 0),
        "2,577421100000000061,1154211000000061,,insured,POL-00002W,"
    );
    // Packages of an order are told apart by their numbers.
    home.write(
        "more.csv",
        format!("{head}\n577421100000000062,3,50,0,0,,,,94002,Toys,1154211000000062\n"),
    );
    assert_eq!(
        decisions(&home, "more.csv", 0),
        "2,577421100000000062,1154211000000062,94002,insured,POL-00003T,"
    );
    assert_eq!(
        decisions(&home, "both.csv", 0),
        "2,577421100000000061,1154211000000061,,already_insured,POL-00002W,"
    );
}

#[test]
fn a_package_that_was_covered_before_its_label_is_named_by_its_number() {
    let home = Home::new();
    home.insure("insure --order 1001 --package PKG00001 --value 95 -q").output_text();
    home.insure("insure --order 1001 --tracking 9400111 --value 95")
        .stderr(
            r"
            error: refused (other_label): order 1001 is covered as POL-00001Y as package PKG00001, here it has label 9400111, and nothing shows that it is another parcel

            hint: if it is that package: give it the package number it has there; if it is a further parcel of the order: give it one of its own
                  clause included (S0): Each package is covered free and automatically, up to 200.00.
            ",
        )
        .status(3)
        .run();
    home.insure(
        "insure --order 1001 --package PKG00001 --tracking 9400111 --value 95 --format ids",
    )
    .stdout("\nPOL-00001Y\n")
    .run();
    home.insure("insure --order 1001 --package 2 --tracking 9400112 --value 95 --format ids")
        .stdout("\nPOL-00002W\n")
        .run();
}

#[test]
fn a_row_that_stands_twice_behind_an_unclear_label_is_refused_twice() {
    let home = Home::new();
    first_label(&home);
    home.write("again.csv", "order_id,tracking_number,value\n1001,9400112,95\n1001,9400112,95\n");
    assert_eq!(
        decisions(&home, "again.csv", 3),
        "2,1001,,9400112,refused,,other_label\n3,1001,,9400112,refused,,other_label"
    );
}

#[test]
fn a_package_with_another_label_is_not_passed_over_as_covered() {
    let home = Home::new();
    let head = "order_id,package_id,tracking_number,value";
    home.write("first.csv", format!("{head}\n1001,PKG00001,9400111,95\n"));
    home.insure("batch-insure first.csv -q").output_text();
    home.write("again.csv", format!("{head}\n1001,PKG00001,9400112,95\n"));
    home.insure("batch-insure again.csv --format csv")
        .stdout(
            r#"
            line,order_id,package_id,tracking_number,decision,policy,package_value,included_cover,cover,premium,stays_uninsured,code,column,value,reason,clause,hint
            2,1001,PKG00001,9400112,refused,,,,,,,other_label,,,"POL-00001Y covers package PKG00001 under label 9400111, here it has 9400112",included,"cover goes with the label: if the label was bought again, insure cancel POLICY, then run this again; else mend the number"
            "#,
        )
        .stderr("\n1 parcel: 0 insured, 0 already insured, 0 cancelled, 1 refused; cover 0.00 USD, premium 0.00 USD\n")
        .status(3)
        .run();
    home.write("twice.csv", format!("{head}\n1002,PKG00002,94001,95\n1002,PKG00002,94002,95\n"));
    assert_eq!(
        decisions(&home, "twice.csv", 3),
        "2,1002,PKG00002,94001,insured,POL-00002W,\n3,1002,PKG00002,94002,refused,,stated_twice"
    );
}

#[test]
fn a_number_is_the_same_however_it_is_written() {
    let home = Home::new();
    home.write_lines(
        "shop.csv",
        "
        order_id,package_id,tracking_number,value
        #2001,,1Z 999 AA1 01 2345 6784,80
        #2002,,,90
        A-2003,pkg00003,,70
        #2004,1,,60
        ",
    );
    home.insure("batch-insure shop.csv -q").output_text();
    home.write_lines(
        "tool.csv",
        "
        order_id,package_id,tracking_number,value
        2001,,1z999aa10123456784,80
        2002,,9400-1120,90
        a-2003,PKG00003,94003,70
        2004,1,,60
        ",
    );
    assert_eq!(
        decisions(&home, "tool.csv", 0),
        "2,2001,,1z999aa10123456784,already_insured,POL-00001Y,\n\
         3,2002,,9400-1120,already_insured,POL-00002W,\n\
         4,a-2003,PKG00003,94003,already_insured,POL-00003T,\n\
         5,2004,1,,already_insured,POL-00004R,"
    );
    // What is kept is what was written first, and every writing finds it.
    home.shell("insure search --format csv -q | cut -d, -f1-4")
        .stdout(
            r"
            policy,order_id,package_id,tracking_number
            POL-00001Y,#2001,,1Z 999 AA1 01 2345 6784
            POL-00002W,#2002,,9400-1120
            POL-00003T,A-2003,pkg00003,
            POL-00004R,#2004,1,
            ",
        )
        .run();
    home.shell("for n in 2001 '1z999 aa10123456784' '# 2002' 94001120 a-2003 PKG00003 2004/1; do insure status \"$n\" | head -1; done")
        .stdout(
            r"
            Policy         POL-00001Y               confirmed
            Policy         POL-00001Y               confirmed
            Policy         POL-00002W   confirmed
            Policy         POL-00002W   confirmed
            Policy         POL-00003T   confirmed
            Policy         POL-00003T   confirmed
            Policy         POL-00004R   confirmed
            ",
        )
        .run();
    home.shell("insure track '1z999aa10123456784' scanned; insure ledger check -q | tail -1")
        .stdout(
            r"
            POL-00001Y  scanned on 2026-11-22: the cover is effective
            All is as it has to be.
            ",
        )
        .run();
    // A hyphen within an order's number is part of it.
    home.write("other.csv", "order_id,value\nA2003,70\n");
    assert_eq!(decisions(&home, "other.csv", 0), "2,A2003,,,insured,POL-00005P,");
}

#[test]
fn two_orders_of_one_file_that_count_as_one_are_pointed_out() {
    let home = Home::new();
    home.write("orders.csv", "order_id,value\n#2001,80\n2001,80\n");
    home.insure("batch-insure orders.csv --format csv")
        .stdout(
            r##"
            line,order_id,package_id,tracking_number,decision,policy,package_value,included_cover,cover,premium,stays_uninsured,code,column,value,reason,clause,hint
            2,#2001,,,insured,POL-00001Y,80.00,80.00,80.00,0.00,0.00,,,,,,
            3,2001,,,refused,,,,,,,stated_twice,,,"order `2001` is written in another way on line 2, and the two count as one number",value,"leave only one row of them; if they are two orders, cover each under a number of its own"
            "##,
        )
        .stderr("\n2 parcels: 1 insured, 0 already insured, 0 cancelled, 1 refused; cover 80.00 USD, premium 0.00 USD\n")
        .status(3)
        .run();
}

#[test]
fn a_row_of_another_plan_is_not_covered_under_this_one() {
    let home = Home::new();
    home.insure(
        "insure --order 1001 --tracking 9400111 --value 450 --cover full --plan easypost -q",
    )
    .output_text();
    home.shell("insure search --format csv -q > found.csv").run();
    home.shell("INSURE_DB=fresh.db insure batch-insure found.csv --accept-terms")
        .stdout(
            r"
            line  parcel   stays uninsured  refused     reason
               2  9400111                   other_plan  the row says plan easypost, and this run covers under tiktok-upic
            hint (other_plan): cover the rows of each plan by themselves: --plan easypost; or leave the column plan away to cover them under tiktok-upic

            Rows                     1
            Parcels                  0
            Insured                  0
            Already insured          0
            Cancelled orders         0
            Refused                  1  1 other_plan
            Cover             0.00 USD
            Stays uninsured   0.00 USD
            Premium           0.00 USD

            Nothing new to record.
            ",
        )
        .status(3)
        .run();
    home.shell("INSURE_DB=fresh.db insure batch-insure found.csv --plan easypost --format ids -q")
        .stdout("\nPOL-00001Y\n")
        .run();
}

#[test]
fn what_covers_nothing_is_not_counted_as_insured() {
    let home = Home::new();
    home.write("orders.csv", "order_id,value,cover\n1001,450,\n1002,450,full\n");
    home.insure("batch-insure orders.csv --plan easypost --accept-terms")
        .stdout(
            r"
            line  parcel  stays uninsured  refused          reason
               2  1001                     nothing_covered  easypost covers nothing free, and no cover was asked for
            hint (nothing_covered): cover can be bought until the carrier's first scan: ask for it with --cover full, or an amount; in a file a row's own `cover` counts more

            Rows                       2
            Parcels                    2
            Insured                    1  1 with bought cover
            Already insured            0
            Cancelled orders           0
            Refused                    1  1 nothing_covered
            Cover             450.00 USD
            Stays uninsured     0.00 USD
            Premium             4.50 USD

            Recorded as BAT-00001Y.
            ",
        )
        .status(3)
        .run();
    home.insure("insure --order 1003 --value 450 --plan easypost")
        .stderr(
            r"
            error: refused (nothing_covered): easypost covers nothing free, and no cover was asked for

            hint: cover can be bought until the carrier's first scan: ask for it with --cover full, or an amount; in a file a row's own `cover` counts more
                  clause included (guide): Nothing is covered unless it is bought.
            ",
        )
        .status(3)
        .run();
    // Too late to buy: nothing is left to record, and that is said.
    home.write("late.csv", "order_id,value,scanned_on\n1004,450,2026-11-20\n");
    assert_eq!(
        decisions(&home, "late.csv --plan easypost --cover full", 3),
        "2,1004,,,refused,,already_shipped"
    );
    // What was covered in time is not too late.
    home.write("later.csv", "order_id,value,scanned_on\n1002,450,2026-11-20\n");
    assert_eq!(
        decisions(&home, "later.csv --plan easypost --cover full", 0),
        "2,1002,,,already_insured,POL-00001Y,"
    );
}

#[test]
fn what_a_new_value_needs_depends_on_the_label() {
    let hint = |before: &[&str], row: &str| {
        let home = Home::new();
        for line in before {
            home.shell(line).output_text();
        }
        home.write("new.csv", format!("order_id,tracking_number,value\n{row}\n"));
        let all = home.shell("insure batch-insure new.csv --cover full --format csv -q");
        let all = { all }.status(3).output_text();
        let mut rows = csv::Reader::from_reader(all.as_bytes());
        let row = rows.records().next().unwrap().unwrap();
        assert_eq!(&row[11], "value_conflict", "{row:?}");
        row[16].to_owned()
    };
    let bought =
        "insure insure --order 1001 --tracking 9400111 --value 450 --cover full --accept-terms -q";
    let cancel = "if the new figure is right and the carrier has not scanned it: insure cancel POLICY, then insure it again";
    assert_eq!(
        hint(
            &["insure insure --order 1001 --value 450 --cover full --accept-terms -q"],
            "1001,,460"
        ),
        cancel
    );
    assert_eq!(
        hint(&["insure insure --order 1001 --tracking 9400111 --value 450 -q"], "1001,9400111,460"),
        cancel,
        "the free cover comes again"
    );
    assert_eq!(
        hint(&[bought], "1001,9400111,460"),
        "POLICY stays as it is: its label exists, so if it were cancelled the cover it has could not be bought again; void the label itself, insure cancel POLICY, and cover it with its new label"
    );
    assert_eq!(
        hint(&[bought, "insure track 9400111 scanned -q"], "1001,9400111,460"),
        "the carrier has it, so POLICY stays as it is: state what it was recorded with"
    );
}
