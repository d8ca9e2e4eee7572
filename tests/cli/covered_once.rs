//! One parcel is covered once, whatever numbers, names and words the files that tell of it use.

use crate::covered_again::decisions;
use crate::harness::Home;

const HEAD: &str = "order_id,package_id,tracking_number,value";

/// What a batch says of its first refused row: the reason, and the hint.
fn told(home: &Home, line: &str) -> (String, String) {
    let all = home.shell(&format!("insure batch-insure {line} --format csv -q"));
    let all = { all }.status(3).output_text();
    let mut rows = csv::Reader::from_reader(all.as_bytes());
    let rows: Vec<_> = rows.records().map(Result::unwrap).collect();
    let row = rows.iter().find(|row| &row[4] == "refused").unwrap();
    (row[14].to_owned(), row[16].to_owned())
}

#[test]
fn a_package_number_that_comes_later_is_kept() {
    let home = Home::new();
    home.write("first.csv", format!("{HEAD}\n2001,,T1,95\n"));
    home.write("numbered.csv", format!("{HEAD}\n2001,PKG00005,T1,95\n"));
    home.write("relabelled.csv", format!("{HEAD}\n2001,PKG00005,T2,95\n"));
    assert_eq!(decisions(&home, "first.csv", 0), "2,2001,,T1,insured,POL-00001Y,");
    assert_eq!(
        decisions(&home, "numbered.csv", 0),
        "2,2001,PKG00005,T1,already_insured,POL-00001Y,"
    );
    home.shell("insure status PKG00005 | head -1")
        .stdout("\nPolicy         POL-00001Y   confirmed\n")
        .run();
    assert_eq!(decisions(&home, "relabelled.csv", 3), "2,2001,PKG00005,T2,refused,,other_label");
}

#[test]
fn a_package_number_that_comes_later_in_the_same_file_is_kept() {
    let rows = "2001,PKG00005,T1,95\n2001,PKG00005,T2,95\n";
    // In a file after the one that covered it, and within one.
    for before in ["", "2001,,T1,95\n"] {
        let home = Home::new();
        home.write("first.csv", format!("{HEAD}\n2001,,T1,95\n"));
        home.write("more.csv", format!("{HEAD}\n{before}{rows}"));
        if before.is_empty() {
            decisions(&home, "first.csv", 0);
        }
        let decided = decisions(&home, "more.csv", 3);
        assert!(decided.contains(",2001,PKG00005,T1,already_insured,"), "{decided}");
        assert!(decided.ends_with(",2001,PKG00005,T2,refused,,stated_twice"), "{decided}");
        // And in the next one.
        home.write("next.csv", format!("{HEAD}\n2001,PKG00005,T2,95\n"));
        assert_eq!(decisions(&home, "next.csv", 3), "2,2001,PKG00005,T2,refused,,other_label");
    }
    // The order was covered before it was packed.
    let home = Home::new();
    home.write("first.csv", format!("{HEAD}\n2001,,,95\n"));
    decisions(&home, "first.csv", 0);
    home.write("more.csv", format!("{HEAD}\n{rows}"));
    assert_eq!(
        decisions(&home, "more.csv", 3),
        "2,2001,PKG00005,T1,already_insured,POL-00001Y,\n\
         3,2001,PKG00005,T2,refused,,stated_twice"
    );
}

#[test]
fn a_parcel_is_met_in_its_file_whatever_is_decided_on_its_cover() {
    let home = Home::new();
    let head = "order_id,tracking_number,value,cover";
    home.write("first.csv", format!("{head}\n1001,9400111,450,included\n"));
    home.insure("batch-insure first.csv -q").output_text();
    home.write("both.csv", format!("{head}\n1001,9400111,450,full\n1001,9400112,450,included\n"));
    assert_eq!(
        decisions(&home, "both.csv", 3),
        "2,1001,,9400111,refused,,label_exists\n3,1001,,9400112,insured,POL-00002W,"
    );
}

#[test]
fn a_cancelled_row_shows_no_parcel() {
    let home = Home::new();
    let head = "order_id,tracking_number,value,status";
    home.write("first.csv", format!("{head}\n1001,9400111,95,\n"));
    home.insure("batch-insure first.csv -q").output_text();
    for word in ["cancelled", "void", "Voided", "已作废"] {
        home.write("both.csv", format!("{head}\n1001,9400111,95,{word}\n1001,9400112,95,\n"));
        assert_eq!(
            decisions(&home, "both.csv", 3),
            "2,1001,,9400111,order_cancelled,,\n3,1001,,9400112,refused,,other_label",
            "{word}"
        );
    }
}

#[test]
fn a_cancelled_row_whose_parcel_is_covered_is_pointed_out() {
    let home = Home::new();
    let head = "order_id,tracking_number,value,status";
    home.write("first.csv", format!("{head}\n1001,9400111,95,\n1002,,80,\n"));
    home.insure("batch-insure first.csv -q").output_text();
    home.write(
        "later.csv",
        format!("{head}\n1001,9400111,95,voided\n1002,,80,cancelled\n1003,,80,cancelled\n"),
    );
    let counted = "insure batch-insure later.csv --format json -q | grep '\"cancelled'";
    home.insure("batch-insure later.csv --format csv")
        .stdout(
            r"
            line,order_id,package_id,tracking_number,decision,policy,package_value,included_cover,cover,premium,stays_uninsured,code,column,value,reason,clause,hint
            2,1001,,9400111,order_cancelled,,,,,,,,,,,,
            3,1002,,,order_cancelled,,,,,,,,,,,,
            4,1003,,,order_cancelled,,,,,,,,,,,,
            ",
        )
        .stderr(
            r"
            3 parcels: 0 insured, 0 already insured, 3 cancelled, 0 refused; cover 0.00 USD, premium 0.00 USD
            note: 2 of the cancelled are covered: insure track --input later.csv books that
            ",
        )
        .run();
    let text = home.shell(counted).output_text();
    assert!(text.contains("\"cancelled_covered\": 2"), "{text}");
    home.insure("track --input later.csv -q").output_text();
    home.insure("search --status cancelled --format ids")
        .stdout("\nPOL-00001Y\nPOL-00002W\n")
        .run();
    let text = home.shell(counted).output_text();
    assert!(text.contains("\"cancelled_covered\": 0"), "{text}");
}

#[test]
fn a_scanned_package_under_a_second_label_is_not_passed_over() {
    let home = Home::new();
    home.write("first.csv", format!("{HEAD}\n1001,PKG00001,9400111,95\n"));
    home.insure("batch-insure first.csv -q").output_text();
    home.insure("track 9400111 scanned -q").output_text();
    home.write("again.csv", format!("{HEAD}\n1001,PKG00001,9400112,95\n"));
    assert_eq!(
        told(&home, "again.csv"),
        (
            "POL-00001Y covers package PKG00001 under label 9400111, which the carrier has, here it has 9400112".to_owned(),
            "if this is a further parcel: it needs a package number of its own; else mend the number".to_owned()
        )
    );
}

#[test]
fn numbers_that_only_look_otherwise_are_the_same() {
    let home = Home::new();
    home.write("first.csv", format!("{HEAD}\n2001,,9400 1118 99,80\nA-2002,,,90\n2003,,T3,70\n"));
    home.insure("batch-insure first.csv -q").output_text();
    home.write(
        "copied.csv",
        format!(
            "{HEAD}\n\u{a0}2001,,９４００\u{a0}1118\u{2011}99,80\nＡ\u{2013}２００２,,,90\n2003,,\u{200e}T3\u{200b},70\n"
        ),
    );
    let decided = decisions(&home, "copied.csv", 0);
    assert_eq!(decided.matches(",already_insured,").count(), 3, "{decided}");
    // What surrounds a number is not kept.
    assert!(decided.contains("4,2003,,T3,already_insured,POL-00003T,"), "{decided}");
    home.insure("search --format ids").stdout("\nPOL-00001Y\nPOL-00002W\nPOL-00003T\n").run();
}

#[test]
fn a_file_of_tracking_numbers_may_have_any_blanks() {
    let home = Home::new();
    home.write(
        "orders.csv",
        "Name,Currency,Subtotal,Shipping,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Lineitem requires shipping\n#1001,USD,90.00,5.00,1,Mug,90.00,MUG,true\n",
    );
    home.write("labels.csv", "order_id,tracking_number\n1001,9400\u{a0}1118\u{2009}9956\n");
    assert_eq!(
        decisions(&home, "orders.csv --tracking labels.csv", 0),
        "2,#1001,,940011189956,insured,POL-00001Y,"
    );
    home.write("wide.csv", "order_id,tracking_number\n1001,９４００１１１８９９５６\n");
    let decided = decisions(&home, "orders.csv --tracking wide.csv", 0);
    assert!(decided.ends_with(",already_insured,POL-00001Y,"), "{decided}");
}

#[test]
fn a_label_service_that_numbers_its_labels_shows_no_further_parcel() {
    let home = Home::new();
    let head = "id,reference,tracking_code,insured_value,carrier,service,postage_label_created_at,refund_status";
    let first = "shp_00000001,1001,9400111,95.00,USPS,Priority,2026-11-20T10:00:00Z";
    let second = "shp_00000002,1001,9400112,95.00,USPS,Priority,2026-11-21T10:00:00Z";
    home.write("first.csv", format!("{head}\n{first},\n"));
    assert_eq!(
        decisions(&home, "first.csv --zone UTC", 0),
        "2,1001,shp_00000001,9400111,insured,POL-00001Y,"
    );
    home.write("later.csv", format!("{head}\n{first},refunded\n{second},\n"));
    assert_eq!(
        decisions(&home, "later.csv --zone UTC", 3),
        "2,1001,shp_00000001,9400111,order_cancelled,,\n\
         3,1001,shp_00000002,9400112,refused,,other_label"
    );
    assert_eq!(
        told(&home, "later.csv --zone UTC"),
        (
            "order 1001 is covered as POL-00001Y under label 9400111, here it has label 9400112, and nothing shows that it is another parcel".to_owned(),
            "if the label was bought again: insure cancel POLICY, then run this again; if it is a further parcel of the order: cover it from a file that has both parcels".to_owned()
        )
    );
    home.insure("track --input later.csv --zone UTC -q").output_text();
    assert!(decisions(&home, "later.csv --zone UTC", 0).ends_with(",insured,POL-00002W,"));
    // Two labels that are both used are two parcels.
    let third = "shp_00000003,1001,9400113,95.00,USPS,Priority,2026-11-21T10:00:00Z";
    home.write("both.csv", format!("{head}\n{third},\n{second},\n"));
    assert!(decisions(&home, "both.csv --zone UTC", 0).ends_with(",insured,POL-00003T,"));
}

#[test]
fn what_a_label_bought_again_loses_is_said() {
    let home = Home::new();
    home.insure(
        "insure --order 1001 --tracking 9400111 --value 450 --cover full --accept-terms -q",
    )
    .output_text();
    let head = "order_id,tracking_number,value,label_created_at";
    home.write("again.csv", format!("{head}\n1001,9400112,450,2026-11-21\n"));
    assert_eq!(
        told(&home, "again.csv").1,
        "if the label was bought again: insure cancel POLICY, then run this again (without the 450.00 USD of cover that were bought: they cannot be bought again for a label that exists. To have them again, void this label too, and cover the parcel before, or with, its next one); if it is a further parcel of the order: give it a package number, or cover it from a file that has both parcels"
    );
    home.write("now.csv", format!("{head}\n1001,9400112,450,\n"));
    assert_eq!(
        told(&home, "now.csv").1,
        "if the label was bought again: insure cancel POLICY, then run this again (its cover of 450.00 USD is bought: ask for it again, with --cover); if it is a further parcel of the order: give it a package number, or cover it from a file that has both parcels"
    );
}

#[test]
fn an_order_covered_in_parcels_is_known_as_one() {
    let home = Home::new();
    home.write("parcels.csv", format!("{HEAD}\n1001,,9400111,300\n1001,,9400112,150\n"));
    home.insure("batch-insure parcels.csv -q").output_text();
    home.write("order.csv", format!("{HEAD}\n1001,,,450\n"));
    assert_eq!(decisions(&home, "order.csv", 0), "2,1001,,,already_insured,POL-00001Y,");
    home.insure("insure --order 1001 --value 450 --format ids").stdout("\nPOL-00001Y\n").run();
    home.write("order.csv", format!("{HEAD}\n1001,,,460\n"));
    assert_eq!(
        told(&home, "order.csv"),
        (
            "covered already as POL-00001Y and 1 more with package values that add up to 450.00 USD, now stated as 460.00 USD".to_owned(),
            "the order is covered already, as it was packed: read the file with the --tracking file it was covered with. A parcel that is not covered yet is to be named by its own tracking number".to_owned()
        )
    );
    // What is cancelled does not count.
    home.insure("cancel POL-00002W").output_text();
    home.write("order.csv", format!("{HEAD}\n1001,,,450\n"));
    assert_eq!(decisions(&home, "order.csv", 3), "2,1001,,,refused,,value_conflict");
    home.write("order.csv", format!("{HEAD}\n1001,,,300\n"));
    assert_eq!(decisions(&home, "order.csv", 0), "2,1001,,,already_insured,POL-00001Y,");
}

#[test]
fn articles_whose_names_were_edited_are_the_same_goods() {
    let home = Home::new();
    let head = "order_id,tracking_number,value,contents";
    home.write("first.csv", format!("{head}\n1001,9400111,95,Blue Mug\n"));
    home.insure("batch-insure first.csv -q").output_text();
    home.write("edited.csv", format!("{head}\n1001,9400112,95,\"Blue mug, ceramic\"\n"));
    assert_eq!(decisions(&home, "edited.csv", 3), "2,1001,,9400112,refused,,other_label");
}

#[test]
fn a_row_of_sums_is_no_parcel() {
    for word in ["Total", "SUM", "合计", "总计"] {
        let home = Home::new();
        home.write("orders.csv", format!("{HEAD}\n1001,,,95\n{word},,,95\n"));
        assert_eq!(decisions(&home, "orders.csv", 0), "2,1001,,,insured,POL-00001Y,", "{word}");
    }
}

#[test]
fn a_label_of_a_day_to_come_is_refused() {
    let home = Home::new();
    home.write(
        "labels.csv",
        "order_id,tracking_number,value,label_created_at\n1001,9400111,95,2026-11-24\n1002,9400112,95,2026-11-23\n",
    );
    assert_eq!(
        decisions(&home, "labels.csv", 3),
        "2,1001,,9400111,refused,,future_date\n3,1002,,9400112,insured,POL-00001Y,"
    );
}

#[test]
fn what_is_not_waited_for_is_told_so() {
    let home = Home::new();
    let file = |label: char| {
        let rows = (0..10_001).map(|n| format!("{n},,{label}{n},95\n"));
        format!("{HEAD}\n{}", rows.collect::<String>())
    };
    home.write("first.csv", file('T'));
    home.insure("batch-insure first.csv -q").output_text();
    home.write("again.csv", file('U'));
    let (reason, hint) = told(&home, "again.csv");
    let because = " under label T10000; whether the file has that parcel too is known only at its end, and 10000 parcels wait for that already";
    assert!(reason.starts_with("order 10000 is covered as POL-"), "{reason}");
    assert!(reason.ends_with(because), "{reason}");
    assert_eq!(
        hint,
        "run the file again: those that waited are decided by then. If as many are refused again, mend them first, or put the rows of each order together in a smaller file"
    );
}
