//! Orders whose tracking numbers stand in another file.

use std::collections::BTreeSet;
use std::io::Cursor;
use std::sync::Arc;

use proptest::prelude::{Just, Strategy, any, prop, prop_oneof, proptest};
use proptest::test_runner::Config;

use super::layouts::{fixture, line};
use super::options;
use crate::intake::{
    IntakeError, Item, Joined, Options, Source, Trackings, Unused, open, read_trackings,
};

const SHOPIFY: &str = "Name,Subtotal,Shipping,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Lineitem requires shipping,Cancelled at";

fn source(name: &str, text: &str) -> Source {
    let read = Box::new(Cursor::new(text.as_bytes().to_vec()));
    Source::Stream { name: name.to_owned(), read }
}

fn trackings(text: &str) -> Result<Trackings, IntakeError> {
    read_trackings(source("labels.csv", text), options())
}

/// What comes out of a file of orders, and what came of the tracking numbers beside it.
fn join(orders: &str, labels: &str) -> (Vec<String>, Joined) {
    let trackings = Some(Arc::new(trackings(labels).unwrap()));
    let mut reader =
        open(source("orders.csv", orders), Options { trackings, ..options() }).unwrap();
    let items = reader.by_ref().map(|item| line(&item.unwrap())).collect();
    (items, reader.joined().unwrap())
}

fn shopify(rows: &str) -> String {
    let rows = rows.lines().map(str::trim).filter(|row| !row.is_empty());
    let mut text = SHOPIFY.to_owned();
    rows.for_each(|row| text += &format!("\n{row}"));
    text + "\n"
}

/// The reasons of what was refused.
fn reasons(orders: &str, labels: &str) -> Vec<String> {
    let trackings = Some(Arc::new(trackings(labels).unwrap()));
    let reader = open(source("orders.csv", orders), Options { trackings, ..options() }).unwrap();
    let reason = |item| match item {
        Item::Bad(bad) => Some(format!("{}: {}", bad.code, bad.reason)),
        _ => None,
    };
    reader.filter_map(|item| reason(item.unwrap())).collect()
}

#[test]
fn an_order_gets_its_number_however_people_write_the_orders() {
    let orders = shopify(
        "
        #1001,90,5,2,Mug,20,MUG,true,
        #1001,,,1,Teapot,50,POT,true,
        #ab-7,30,0,1,Bowl,30,BWL,true,
        #1003,30,0,1,Bowl,30,BWL,true,
        ",
    );
    let labels = "Order Number;Tracking Number;Carrier;Shipped On\n 1001 ;T1;USPS;25.11.2026\n# AB-7;T2;;\n'0100;T9;;\n";
    let (items, joined) = join(&orders, labels);
    assert_eq!(
        items,
        [
            "2+3 T1: 90.00 USD + 0.00 + 5.00, to ?, label T1, shipped 2026-11-25: Mug; Teapot",
            "4 T2: 30.00 USD + 0.00 + 0.00, to ?, label T2: Bowl",
            "5 #1003/: 30.00 USD + 0.00 + 0.00, to ?, no label: Bowl",
        ]
    );
    assert_eq!((joined.joined, joined.left_over, joined.without), (2, 1, 1));
    let left: Vec<_> =
        joined.not_in_file().map(|left| (left.line, left.order, left.tracking)).collect();
    assert_eq!(left, [(4, "0100", "T9")]);
}

#[test]
fn orders_under_one_number_are_one_parcel() {
    let orders = shopify("#1,90,5,1,Mug,90,MUG,true,\n#2,30,4,1,Bowl,30,BWL,true,\n");
    let trackings = Some(Arc::new(trackings("order,tracking\n1,T1\n2,T1\n").unwrap()));
    let mut reader =
        open(source("orders.csv", &orders), Options { trackings, ..options() }).unwrap();
    let Some(Ok(Item::Parcel(row))) = reader.next() else { panic!() };
    assert_eq!(row.parcel.value.total().unwrap().digits(), "129.00");
    assert_eq!((row.line, row.more_lines), (2, vec![3]));
    assert_eq!(row.parcel.ids.order.as_deref(), Some("#1"));
    assert_eq!(row.parcel.other_orders, ["#2"]);
    assert!(reader.next().is_none());
}

#[test]
fn an_order_of_several_parcels_is_refused_unless_each_article_has_its_parcel() {
    let orders = shopify("#1,90,9,1,Mug,60,MUG,true,\n#1,,,1,Bowl,30,BWL,true,\n");
    let labels = "order,tracking\n1,T1\n1,T2\n1,T1\n";
    assert_eq!(
        reasons(&orders, labels),
        [
            "split_unknown: labels.csv has several parcels of this order, T1 (line 2), T2 (line 3), and does not say which of its goods are in which; all rows of #1 are left out, as its value would be wrong"
        ]
    );
    let labels = "order,tracking,sku\n1,T1,MUG\n1,T2,BWL\n1,T2,LID\n";
    assert_eq!(
        join(&orders, labels).0,
        [
            "2 T1: 60.00 USD + 0.00 + 6.00, to ?, label T1: Mug",
            "3 T2: 30.00 USD + 0.00 + 3.00, to ?, label T2: Bowl",
        ]
    );
    // Where one article has no parcel, or may be in two, no parcel of the order is certain.
    for labels in [
        "order,tracking,sku\n1,T1,MUG\n1,T2,LID\n",
        "order,tracking,sku\n1,T1,MUG\n1,T1,BWL\n1,T2,BWL\n",
    ] {
        let codes: Vec<String> = reasons(&orders, labels)
            .iter()
            .filter_map(|reason| Some(reason.split_once(':')?.0.to_owned()))
            .collect();
        assert_eq!(codes, ["order_incomplete", "split_unknown"], "{labels}");
    }
}

#[test]
fn an_order_of_which_a_row_cannot_be_read_is_not_taken_without_its_number() {
    let orders = shopify("#1,90,9,1,Mug,90,MUG,true,\n#2,30,0,1,Bowl,30,BWL,true,\n");
    let labels = "order,tracking,ship_date\n1,9.4E+21,\n2,T2,2026-11-31\n,T3,\n7\n";
    assert_eq!(
        reasons(&orders, labels),
        [
            "tracking_unread: the row of this order on line 2 of labels.csv cannot be read: column tracking: `9.4E+21` is a number a spreadsheet has rounded: the identifier is lost",
            "tracking_unread: the row of this order on line 3 of labels.csv cannot be read: column ship_date: `2026-11-31` is not a day, expected a day such as 2026-11-03 or 25/11/2026",
        ]
    );
    let (_, joined) = join(&orders, labels);
    let bad = joined.trackings().bad().iter().map(|bad| (bad.line, bad.code));
    assert_eq!(
        bad.collect::<Vec<_>>(),
        [(2, "damaged_id"), (3, "bad_date"), (4, "missing_id"), (5, "wrong_width")]
    );
}

#[test]
fn labels_that_were_cancelled_and_orders_without_one_are_passed_over() {
    let orders = shopify("#1,90,9,1,Mug,90,MUG,true,\n#2,30,0,1,Bowl,30,BWL,true,\n");
    let labels = "order,tracking,status\n1,T1,Voided\n1,T2,shipped\n2,n/a,awaiting\n2,9.4E+21,voided\n1,T2,shipped\n";
    let (items, joined) = join(&orders, labels);
    assert_eq!(
        items,
        [
            "2 T2: 90.00 USD + 0.00 + 9.00, to ?, label T2: Mug",
            "3 #2/: 30.00 USD + 0.00 + 0.00, to ?, no label: Bowl",
        ]
    );
    let skipped: Vec<String> =
        joined.trackings().skipped().by_reason().map(|(skip, n)| format!("{n} {skip}")).collect();
    assert_eq!(skipped, ["2 voided", "1 no_tracking_number", "1 repeated"]);
}

#[test]
fn what_the_file_of_orders_says_counts_and_another_number_refuses_the_row() {
    let orders = "order_id,package_id,tracking_number,value,carrier,ship_date\n\
                  1,,T 1,10,UPS,2026-11-20\n2,,T2,10,,\n3,P3,,10,,\n4,,,10,,2026-11-23\n";
    let labels = "order,tracking,carrier,ship_date\n1,t1,FedEx,2026-11-24\n2,X2,,\n3,T3,,\n4,T4,DHL,2026-11-24\n";
    let (items, joined) = join(orders, labels);
    assert_eq!(
        items[..1],
        ["2 T 1: 10.00 USD + 0.00 + 0.00, to ?, label now T 1, shipped 2026-11-20"]
    );
    assert_eq!(
        items[2..],
        [
            "4 3/P3: 10.00 USD + 0.00 + 0.00, to ?, no label",
            "5 T4: 10.00 USD + 0.00 + 0.00, to ?, label T4, shipped 2026-11-23",
        ]
    );
    assert_eq!(
        reasons(orders, labels),
        [
            "conflict: tracking number `T2` on line 3 of orders.csv, but `X2` for the same order on line 3 of labels.csv"
        ]
    );
    assert_eq!(joined.differences, ["line 2: carrier `UPS`, but `FedEx` on line 2 of labels.csv"]);
    assert_eq!((joined.differing, joined.without), (1, 1));
    assert_eq!(joined.joined, 2);
    let unused: Vec<_> = joined.not_used.into_iter().collect();
    assert_eq!(unused, [(Unused::PackageNumber, 1), (Unused::OrderRefused, 1)]);
}

#[test]
fn two_orders_here_that_are_one_there_get_its_number_both_not() {
    let labels = "order,tracking\n1,T1\n2,T2\n";
    let said = |order: &str, line: u64| {
        format!(
            "conflict: order `{order}` is written in another way on line {line}, and labels.csv does not tell the two apart"
        )
    };
    let articles = shopify(
        "
        #1,90,9,1,Mug,90,MUG,true,
        2,30,0,1,Bowl,30,BWL,true,
        1,30,0,1,Bowl,30,BWL,true,
        ",
    );
    // Rows of articles are put together to one order all the same.
    let with = "order_incomplete: order #1 has a row on line 4 that cannot be read and may belong to this package";
    let parcels = "order_id,value\n#1,90\n2,30\n1,30\n";
    for (orders, first) in [(articles.as_str(), with.to_owned()), (parcels, said("#1", 4))] {
        assert_eq!(reasons(orders, labels), [first, said("1", 2)], "{orders}");
        let (_, joined) = join(orders, labels);
        assert_eq!(joined.joined, 1);
        assert_eq!(joined.not_used.into_iter().collect::<Vec<_>>(), [(Unused::OrderRefused, 1)]);
    }
}

#[test]
fn rows_of_one_number_that_cannot_both_be_right_refuse_all_its_orders() {
    let orders = shopify(
        "
        #1,90,9,1,Mug,90,MUG,true,
        #2,30,0,1,Bowl,30,BWL,true,
        #3,30,0,1,Bowl,30,BWL,true,
        #4,30,0,1,Bowl,30,BWL,true,
        ",
    );
    let labels = "order,tracking,carrier,service\n1,T1,USPS,\n2,t1,UPS,\n3,T 1,usps,Ground\n4,T4,UPS,Ground\n4,T4,,Air\n";
    let told = reasons(&orders, labels);
    let second = "column carrier: `UPS`, but `USPS` for the same number on line 2";
    let last = "column service: `Air`, but `Ground` for the same number on line 5";
    assert_eq!(
        told,
        [
            format!("conflict: line 3 of labels.csv says something else of this parcel: {second}"),
            format!("conflict: line 3 of labels.csv says something else of this parcel: {second}"),
            format!("conflict: line 3 of labels.csv says something else of this parcel: {second}"),
            format!("conflict: line 6 of labels.csv says something else of this parcel: {last}"),
        ],
    );
    let (_, joined) = join(&orders, labels);
    assert_eq!((joined.joined, joined.unused(), joined.refused()), (0, 3, 2));
}

#[test]
fn of_two_days_of_one_number_the_earlier_counts_wherever_it_stands() {
    let orders = shopify("#1,90,9,1,Mug,90,MUG,true,\n#2,30,0,1,Bowl,30,BWL,true,\n");
    for (first, second) in [("2026-11-23", "2026-11-25"), ("2026-11-25", "2026-11-23")] {
        let labels = format!(
            "order,tracking,carrier,ship_date\n1,T1,,{first}\n2,T1,,{second}\n1,T1,USPS,\n"
        );
        let (items, joined) = join(&orders, &labels);
        assert_eq!(
            items,
            ["2+3 T1: 120.00 USD + 0.00 + 9.00, to ?, label T1, shipped 2026-11-23: Mug; Bowl"]
        );
        let told = format!(
            "line 3: ship date {second}, but {first} for the same number on line 2: 2026-11-23 counts, the earlier one"
        );
        assert_eq!(joined.trackings().other_days(), (1, [told].as_slice()));
        let together: Vec<_> =
            joined.together().into_iter().map(|one| (one.tracking.to_owned(), one.lines)).collect();
        assert_eq!(together, [("T1".to_owned(), vec![2, 3])]);
    }
}

#[test]
fn a_label_of_an_article_that_the_order_has_not_is_told() {
    let orders = shopify("#1,90,9,1,Mug,60,MUG,true,\n#1,,,1,Bowl,30,BWL,true,\n");
    let labels = "order,tracking,sku\n1,T1,MUG\n1,T2,BWL\n1,T2,LID\n";
    let (_, joined) = join(&orders, labels);
    let told: Vec<_> = joined.not_used_rows().map(|row| (row.line, row.sku, row.why)).collect();
    assert_eq!(told, [(4, Some("LID"), Unused::NoSuchArticle)]);
    assert_eq!(joined.joined, 2);
}

#[test]
fn a_cancelled_order_needs_no_number() {
    let orders = shopify("#1,90,9,1,Mug,90,MUG,true,2026-11-20 09:00:00 -0500\n");
    let (items, joined) = join(&orders, "order,tracking\n1,T1\n1,T2\n");
    assert_eq!(items, ["2 #1/: 90.00 USD + 0.00 + 9.00, to ?, no label, cancelled: Mug"]);
    assert_eq!(joined.without, 0);
    assert_eq!(joined.not_used.into_iter().collect::<Vec<_>>(), [(Unused::OrderCancelled, 2)]);
}

#[test]
fn the_layout_is_found_by_order_and_tracking_number_alone() {
    let layout = |text: &str| trackings(text).map(|found| found.layout().to_owned());
    for (header, expected) in [
        ("order_id,tracking_number", "trackings"),
        ("订单号,运单号,承运商", "trackings"),
        ("order_id,tracking_number,value,coupon", "plain"),
        ("Order - Number,Shipment - Tracking Number,Shipment - Carrier", "shipstation"),
        ("id,tracking_code,reference,postage_label_created_at,carrier", "easypost-report"),
        ("Order ID,Order number,Tracking number,Carrier,Sub-status,On-time status", "aftership"),
    ] {
        let row = vec!["1"; header.split(',').count()].join(",");
        assert_eq!(layout(&format!("{header}\n{row}\n")).unwrap(), expected, "{header}");
    }
    let none = layout("order_id,value\n1,2\n").unwrap_err();
    assert!(none.to_string().contains("trackings: looked for `tracking_number`"), "{none}");
    assert!(none.hint().unwrap().contains("order_id and tracking_number"), "{none}");
    let alone = open(source("labels.csv", "order_id,tracking_number\n1,T1\n"), options());
    assert!(matches!(alone, Err(IntakeError::Instead { .. })));
}

/// Files of other layouts that have order and tracking number, and what is read of them: the layout,
/// its rows, those with a label.
const OTHERS: [(&str, &str, u64, u64); 8] = [
    ("aftership.csv", "aftership", 4, 4),
    ("parcellab.csv", "parcellab", 2, 2),
    ("easypost-report.csv", "easypost-report", 3, 2),
    ("shipstation.csv", "shipstation", 5, 4),
    ("ebay-82.csv", "ebay", 6, 3),
    ("tiktok-th.csv", "tiktok-th", 3, 1),
    ("amazon-fba.txt", "amazon-fba", 2, 2),
    ("plain-zh.csv", "plain", 2, 1),
];

/// All rows of a file of tracking numbers, and those with a label, beside a file of other orders.
fn labels_of(bytes: &[u8]) -> Result<(String, u64, u64), IntakeError> {
    let read = Box::new(Cursor::new(bytes.to_vec()));
    let labels = Source::Stream { name: "labels".to_owned(), read };
    let trackings = Some(Arc::new(read_trackings(labels, options())?));
    let orders = source("orders.csv", "order_id,value\nnone,5\n");
    let mut reader = open(orders, Options { trackings, ..options() })?;
    assert_eq!(reader.by_ref().filter_map(Result::ok).count(), 1);
    let joined = reader.joined().unwrap();
    let trackings = joined.trackings();
    let all = joined.joined + joined.left_over + trackings.skipped().rows() + joined.refused();
    assert_eq!(all, trackings.rows());
    assert_eq!(joined.not_in_file().count() as u64, joined.left_over);
    Ok((trackings.layout().to_owned(), trackings.rows(), joined.left_over))
}

#[test]
fn tracking_numbers_are_read_of_every_layout_that_has_them() {
    for (name, layout, rows, labels) in OTHERS {
        let told = labels_of(&fixture(name)).unwrap();
        assert_eq!(told, (layout.to_owned(), rows, labels), "{name}");
    }
}

/// An order's number as one of a few, written in one of several ways, or what is none.
fn order() -> impl Strategy<Value = String> {
    prop_oneof![
        8 => (1..9u32, prop::sample::select(vec!["", "#", " ", "# "]))
            .prop_map(|(number, before)| format!("{before}{number}")),
        1 => Just(String::new()),
        1 => Just("1.2E+20".to_owned()),
    ]
}

fn number() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => (1..9u32).prop_map(|number| format!("T{number}")),
        1 => Just(String::new()),
        1 => Just("9.4E+21".to_owned()),
    ]
}

fn labels() -> impl Strategy<Value = Vec<String>> {
    let sku = prop::sample::select(vec!["", "A", "B"]);
    let status = prop::sample::select(vec!["", "", "", "voided"]);
    let day = prop::sample::select(vec!["", "2026-11-20", "2026-11-29", "x", "25/11/2026"]);
    let rest = prop::sample::select(vec!["", "", "", "", ",too,many"]);
    let row = (order(), number(), sku, status, day, rest).prop_map(
        |(order, number, sku, status, day, rest)| {
            format!("{order},{number},{sku},{status},{day}{rest}")
        },
    );
    prop::collection::vec(row, 1..20)
}

proptest! {
    #![proptest_config(Config { cases: 100, ..Config::default() })]

    #[test]
    fn every_row_of_both_files_is_accounted_for(
        rows in prop::collection::vec((order(), number(), prop::sample::select(vec!["A", "B", "C"])), 1..20),
        labels in labels(),
        plain in prop::bool::ANY,
    ) {
        let orders = if plain {
            let rows = rows.iter().map(|(order, number, _)| format!("{order},{number},5\n"));
            format!("order_id,tracking_number,value\n{}", rows.collect::<String>())
        } else {
            let rows = rows.iter().map(|(order, _, sku)| format!("{order},5,1,1,x,5,{sku},true,"));
            shopify(&rows.collect::<Vec<_>>().join("\n"))
        };
        let labels = format!("order,tracking,sku,status,ship_date\n{}\n", labels.join("\n"));
        // Days that contradict each other refuse the whole file.
        let Ok(trackings) = trackings(&labels) else { return Ok(()) };
        let options = Options { trackings: Some(Arc::new(trackings)), ..options() };
        let mut reader = open(source("orders.csv", &orders), options).unwrap();
        let mut lines = BTreeSet::new();
        let (mut rows, mut numbers) = (0, BTreeSet::new());
        for item in reader.by_ref() {
            let (first, more) = match item.unwrap() {
                Item::Parcel(row) => {
                    // Whoever has a number has one that is their own, or their order's.
                    if let (false, Some(number)) = (plain, &row.parcel.ids.tracking) {
                        assert!(numbers.insert(number.clone()), "{number} twice\n{orders}\n{labels}");
                    }
                    (row.line, row.more_lines)
                }
                Item::Bad(bad) => (bad.line, bad.more_lines),
                Item::Event(_) => panic!(),
            };
            for line in std::iter::once(first).chain(more) {
                assert!(lines.insert(line), "line {line} twice\n{orders}\n{labels}");
                rows += 1;
            }
        }
        assert_eq!(rows + reader.skipped().rows(), reader.rows(), "{orders}\n{labels}");
        let joined = reader.joined().unwrap();
        let trackings = joined.trackings();
        let all = joined.joined
            + joined.unused()
            + joined.left_over
            + trackings.skipped().rows()
            + joined.refused();
        assert_eq!(all, trackings.rows(), "{labels}");
        assert_eq!(joined.not_used_rows().count() as u64, joined.unused());
        assert_eq!(joined.not_in_file().count() as u64, joined.left_over);
    }

    #[test]
    fn whatever_is_in_a_file_of_tracking_numbers_is_accounted_for_or_refuses_it(
        which in 0..OTHERS.len(),
        at in any::<prop::sample::Index>(),
        junk in prop::collection::vec(any::<u8>(), 0..30),
    ) {
        let mut bytes = fixture(OTHERS[which].0);
        let at = at.index(bytes.len());
        bytes.splice(at..at, junk);
        // The whole file may be refused, and says so.
        let _ = labels_of(&bytes);
    }
}
