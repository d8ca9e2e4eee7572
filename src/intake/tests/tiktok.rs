//! The order export of TikTok Shop's Seller Center: SKU lines become packages.

use proptest::prelude::{prop, proptest};
use proptest::prop_assert_eq;

use super::{bad, fatal, headers, items, options, parcels, reader};
use crate::intake::{IntakeError, Item, Source, codes, open};
use crate::parcel::{Fulfilment, Label};

/// The columns of the 63-column export that matter here, in its order, with some that do not.
const HEADER: [&str; 22] = [
    "Order ID",
    "Order Status",
    "SKU ID",
    "Product Name",
    "SKU Subtotal Before Discount",
    "SKU Platform Discount",
    "SKU Subtotal After Discount",
    "Shipping Fee After Discount",
    "Order Amount",
    "RTS Time",
    "Shipped Time",
    "Delivered Time",
    "Cancelled Time",
    "Fulfillment Type",
    "Tracking ID",
    "Delivery Option Type",
    "Delivery Option",
    "Shipping Provider Name",
    "Country",
    "Product Category",
    "Package ID",
    "Shipping Information",
];

/// One row, told by the columns that differ from an ordinary one.
fn line(cells: &[(&str, &str)]) -> String {
    let ordinary = |name: &str| match name {
        "Order ID" => "576400000000000001\t",
        "Order Status" => "To ship",
        "SKU ID" => "1729000000000000001\t",
        "Product Name" => "Robot",
        "SKU Subtotal Before Discount" | "SKU Subtotal After Discount" => "100",
        "SKU Platform Discount" | "Shipping Fee After Discount" => "0",
        "RTS Time" | "Shipped Time" | "Delivered Time" | "Cancelled Time" => "\t",
        "Fulfillment Type" => "Fulfillment by seller",
        "Delivery Option Type" => "TikTok Shipping",
        "Country" => "United States",
        "Product Category" => "Toys",
        "Package ID" => "1150000000000000001\t",
        "Shipping Information" => "T****\nLos Angeles",
        _ => "",
    };
    let cell = |name: &&str| {
        let told = cells.iter().find(|(n, _)| n == name).map(|(_, value)| *value);
        format!("\"{}\"", told.unwrap_or_else(|| ordinary(name)))
    };
    HEADER.iter().map(cell).collect::<Vec<_>>().join(",")
}

pub(super) fn export(rows: &[&[(&str, &str)]]) -> String {
    let mut text = format!("\u{feff}{}\r\n", HEADER.join(","));
    for row in rows {
        text += &line(row);
        text += "\r\n";
    }
    text
}

fn values(text: &str) -> Vec<String> {
    parcels(text).iter().map(|row| row.parcel.value.total().unwrap().digits()).collect()
}

pub(super) const SECOND: (&str, &str) = ("Package ID", "1150000000000000002\t");
pub(super) const OTHER_ORDER: (&str, &str) = ("Order ID", "576400000000000002\t");
pub(super) const FEE: (&str, &str) = ("Shipping Fee After Discount", "10.00");

#[test]
fn rows_of_one_package_add_up_and_its_order_money_counts_once() {
    let text = export(&[
        &[("SKU Platform Discount", "5"), FEE, ("Tracking ID", "9400111")],
        &[("Product Name", "Cable"), ("SKU Subtotal After Discount", "$1,022.25"), FEE],
    ]);
    let rows = parcels(&text);
    assert_eq!(rows.len(), 1);
    let parcel = &rows[0].parcel;
    assert_eq!(parcel.value.product.digits(), "1122.25");
    assert_eq!(parcel.value.coupon.digits(), "5.00");
    assert_eq!(parcel.value.shipping.digits(), "10.00");
    assert_eq!(parcel.contents.as_deref(), Some("Robot; Cable"));
    assert_eq!(parcel.goods.as_deref(), Some("Toys"));
    assert_eq!(parcel.ids.order.as_deref(), Some("576400000000000001"));
    assert_eq!(parcel.ids.tracking.as_deref(), Some("9400111"));
    assert_eq!(parcel.to.unwrap().code(), "US");
    // A row's address takes two lines of the file.
    assert_eq!((rows[0].line, &rows[0].more_lines[..]), (2, &[4][..]));
}

#[test]
fn a_split_order_shares_its_fee_by_goods_wherever_its_rows_stand() {
    let text = export(&[
        &[("SKU Subtotal After Discount", "200"), FEE],
        &[OTHER_ORDER, ("Package ID", "1150000000000000003"), ("SKU Subtotal After Discount", "1")],
        &[SECOND, ("SKU Subtotal After Discount", "300"), FEE],
    ]);
    assert_eq!(values(&text), ["204.00", "1.00", "306.00"]);
}

#[test]
fn a_combined_package_bears_the_fees_of_all_its_orders() {
    let rows = parcels(&export(&[&[FEE], &[OTHER_ORDER, FEE], &[FEE, ("SKU ID", "2")]]));
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0].parcel.value.total().unwrap().digits(), "320.00");
    assert_eq!(rows[0].parcel.other_orders, ["576400000000000002"]);
}

/// Downloads that overlap, put together: the article would count twice.
#[test]
fn a_row_that_stands_twice_leaves_its_package_out_and_says_where() {
    let items = items(&export(&[
        &[("SKU ID", "1")],
        &[("SKU ID", "2")],
        &[("SKU ID", "1")],
        &[OTHER_ORDER, ("Package ID", "7"), ("SKU ID", "1")],
        &[("SKU ID", "2")],
    ]));
    let [Item::Bad(bad), Item::Parcel(_)] = &items[..] else { panic!("{items:?}") };
    assert_eq!((bad.code, bad.line), (codes::STATED_TWICE, 6), "{bad:?}");
    assert!(bad.reason.starts_with("the row is the same as line 2, cell for cell"), "{bad:?}");
    // Without the article's number two alike may be two of them; a cancelled one counts for nothing.
    let twice: &[(&str, &str)] = &[("SKU ID", "")];
    assert_eq!(parcels(&export(&[twice, twice])).len(), 1);
    let gone: &[(&str, &str)] = &[("Order Status", "Canceled"), ("SKU ID", "1")];
    assert_eq!(parcels(&export(&[gone, gone, &[("SKU ID", "2")]])).len(), 1);
}

#[test]
fn without_a_package_number_the_tracking_number_and_then_the_order_tells_parcels_apart() {
    let rows = parcels(&export(&[
        &[("Package ID", "\t"), ("Tracking ID", "94001\t")],
        &[("Package ID", ""), ("Tracking ID", "94002")],
        &[("Package ID", "")],
        &[("Package ID", "1")],
        &[("Package ID", "1"), OTHER_ORDER],
    ]));
    let handles: Vec<String> = rows.iter().map(|row| row.parcel.ids.handle()).collect();
    let [a, b] = ["576400000000000001", "576400000000000002"];
    assert_eq!(
        handles,
        ["94001".into(), "94002".into(), format!("{a}/"), format!("{a}/1"), format!("{b}/1")]
    );
}

#[test]
fn times_say_where_label_and_parcel_stand() {
    let rows = parcels(&export(&[
        &[
            ("Tracking ID", "94001"),
            ("RTS Time", "09/08/2026 10:17:29 AM\t"),
            ("Shipped Time", "9/9/2026 6:03:56 PM"),
            ("Delivered Time", "09/12/2026 6:03:56 PM"),
        ],
        &[SECOND, ("Tracking ID", "94002"), ("Delivery Option Type", "Shipped by Seller")],
        &[OTHER_ORDER, ("Package ID", ""), ("Fulfillment Type", "Fulfillment by TikTok Shop")],
        &[("Package ID", "1150000000000000004"), ("Order Status", "Canceled")],
        &[
            ("Package ID", "1150000000000000005"),
            ("Order Status", "Dibatalkan"),
            ("Cancelled Time", "09/10/2026 1:00:00 AM"),
        ],
    ]));
    let day = |text: &str| crate::calendar::parse_day(text).unwrap();
    let first = &rows[0].parcel;
    assert_eq!(first.label, Label::Exists(Some(day("2026-09-08"))));
    // The first scan is no ship date that the seller states: an earlier scan may be learnt.
    assert_eq!((first.ship_date, first.facts.scanned_on), (None, Some(day("2026-09-09"))));
    assert_eq!(first.shipped_on(), Some(day("2026-09-09")));
    assert_eq!(first.facts.delivered_on, Some(day("2026-09-12")));
    assert_eq!(rows[1].parcel.label, Label::Exists(None));
    assert_eq!(rows[1].parcel.fulfilment, Fulfilment::SellerLabel);
    assert_eq!(rows[2].parcel.label, Label::None);
    assert_eq!(rows[2].parcel.fulfilment, Fulfilment::PlatformWarehouse);
    assert!(rows[3].parcel.facts.cancelled && rows[4].parcel.facts.cancelled);
    assert_eq!(rows[4].parcel.facts.cancelled_on, Some(day("2026-09-10")));
}

#[test]
fn a_cancelled_article_is_not_in_the_package_and_bears_no_fee() {
    let cancelled = ("Cancelled Time", "09/10/2026 1:00:00 AM");
    let text = export(&[
        &[cancelled, FEE, ("SKU Subtotal After Discount", "40"), ("Product Name", "Gone")],
        &[FEE, ("SKU Subtotal After Discount", "60")],
        &[cancelled, FEE, ("Package ID", ""), ("SKU Subtotal After Discount", "500")],
    ]);
    let rows = parcels(&text);
    assert_eq!(values(&text), ["70.00", "500.00"]);
    assert_eq!(rows[0].parcel.contents.as_deref(), Some("Robot"));
    assert!(!rows[0].parcel.facts.cancelled && rows[1].parcel.facts.cancelled);
    assert_eq!(rows[0].more_lines, [4]);
}

#[test]
fn the_row_that_describes_the_columns_is_read_over() {
    let text = export(&[
        &[("Order ID", "Platform unique order ID."), ("SKU ID", "Platform SKU ID.")],
        &[],
    ]);
    assert_eq!(parcels(&text)[0].line, 4);
    let text = export(&[&[("Order ID", "ID pesanan unik platform.")], &[]]);
    assert_eq!(parcels(&text).len(), 1);
}

#[test]
fn exports_put_together_have_their_header_and_its_description_twice() {
    let described = export(&[&[("Order ID", "Platform unique order ID.")], &[]]);
    let second = export(&[&[("Order ID", "Platform unique order ID.")], &[OTHER_ORDER, SECOND]]);
    assert_eq!(values(&(described + &second)), ["100.00", "100.00"]);
}

#[test]
fn a_bad_row_takes_its_whole_package_and_says_so() {
    let text = export(&[&[("SKU Subtotal After Discount", "12,5O")], &[], &[OTHER_ORDER, SECOND]]);
    let all = items(&text);
    let Item::Bad(bad) = &all[0] else { panic!("{all:?}") };
    assert_eq!((bad.code, bad.line, &bad.more_lines[..]), ("bad_amount", 2, &[4][..]));
    assert_eq!(bad.column.as_deref(), Some("SKU Subtotal After Discount"));
    assert_eq!(bad.value.as_deref(), Some("12,5O"));
    assert!(bad.reason.contains("all rows of 1150000000000000001 are left out"), "{}", bad.reason);
    assert!(matches!(all[1], Item::Parcel(_)));
}

#[test]
fn the_sister_package_of_a_bad_one_is_left_out_only_if_they_share_a_fee() {
    let broken = ("SKU Subtotal After Discount", "x");
    let codes = |text: &str| bad(text).iter().map(|b| (b.line, b.code)).collect::<Vec<_>>();
    let free = export(&[&[broken], &[SECOND]]);
    assert_eq!(codes(&free), [(2, "bad_amount")]);
    let shared = export(&[&[broken, FEE], &[SECOND, FEE]]);
    assert_eq!(codes(&shared), [(2, "bad_amount"), (4, "order_incomplete")]);
}

#[test]
fn two_fees_of_one_order_are_a_conflict_that_names_both_lines() {
    let all = bad(&export(&[&[FEE], &[SECOND, ("Shipping Fee After Discount", "11.00")]]));
    assert_eq!(all.iter().map(|b| b.code).collect::<Vec<_>>(), ["conflict", "conflict"]);
    assert!(
        all[0].reason.contains("10.00 USD on line 2 and 11.00 USD on line 4"),
        "{}",
        all[0].reason
    );
    let two_labels = bad(&export(&[&[("Tracking ID", "94001")], &[("Tracking ID", "94002")]]));
    assert!(
        two_labels[0].reason.contains("`94001` on line 2 and `94002`"),
        "{}",
        two_labels[0].reason
    );
}

#[test]
fn ids_destroyed_by_a_spreadsheet_are_refused() {
    let damaged = bad(&export(&[&[("Package ID", "1.15E+18")], &[OTHER_ORDER, SECOND]]));
    assert_eq!((damaged[0].code, damaged[0].column.as_deref()), ("damaged_id", Some("Package ID")));
    assert_eq!(damaged.len(), 1);
    let padded = export(&[
        &[("Order ID", "576400000000001000")],
        &[("Order ID", "576400000000002000"), SECOND],
    ]);
    assert!(matches!(fatal(padded.as_bytes()), IntakeError::PaddedIds { .. }));
}

#[test]
fn a_day_first_date_spoils_the_file() {
    let text = export(&[
        &[("Shipped Time", "06/07/2026 1:00:00 PM")],
        &[("Shipped Time", "25/06/2026 13:03:57")],
    ]);
    let error = fatal(text.as_bytes()).to_string();
    assert!(
        error.contains("line 4: column `Shipped Time`: `25/06/2026 13:03:57`")
            && error.contains("MM/DD/YYYY"),
        "{error}"
    );
}

#[test]
fn a_row_of_the_wrong_width_leaves_its_order_out() {
    let text =
        format!("{}576400000000000001,To ship,x\r\n", export(&[&[], &[OTHER_ORDER, SECOND]]));
    let codes: Vec<_> = bad(&text).iter().map(|b| b.code).collect();
    assert_eq!(codes, ["wrong_width", "order_incomplete"]);
}

#[test]
fn an_xlsx_export_reads_like_its_csv() {
    let text = export(&[
        &[("Order ID", "Platform unique order ID.")],
        &[FEE, ("SKU Subtotal After Discount", "12.5"), ("Tracking ID", "9400111")],
        &[OTHER_ORDER, SECOND],
    ]);
    let mut book = rust_xlsxwriter::Workbook::new();
    book.add_worksheet().set_name("Notes").unwrap();
    let sheet = book.add_worksheet().set_name("OrderSKUList").unwrap();
    let mut lines = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    for (row, line) in (0u32..).zip(lines.records()) {
        for (column, cell) in (0u16..).zip(line.unwrap().iter()) {
            match cell {
                "" => {}
                "12.5" => drop(sheet.write_number(row, column, 12.5).unwrap()),
                cell => drop(sheet.write_string(row, column, cell).unwrap()),
            }
        }
    }
    // Damage that only a workbook can have: an id as a number, which has lost its end; and a day
    // as a count of days, which is whole.
    sheet.write_number(3, 0, 5.764e17).unwrap();
    let format = rust_xlsxwriter::Format::new().set_num_format("mm/dd/yyyy hh:mm");
    let shipped = rust_xlsxwriter::ExcelDateTime::from_ymd(2026, 9, 8).unwrap();
    sheet.write_datetime_with_format(2, 10, shipped, &format).unwrap();
    let bytes = book.save_to_buffer().unwrap();
    let rows: Vec<Item> = reader(&bytes).unwrap().map(Result::unwrap).collect();
    let Item::Bad(damaged) = &rows[0] else { panic!("{rows:?}") };
    assert_eq!((damaged.code, damaged.line), ("damaged_id", 4));
    assert_eq!(damaged.value.as_deref(), Some("5.76400000000000E+17"));
    let Item::Parcel(first) = &rows[1] else { panic!("{rows:?}") };
    assert_eq!(first.line, 3);
    assert_eq!(first.parcel.facts.scanned_on, crate::calendar::parse_day("2026-09-08").ok());
    assert_eq!(first.parcel.value.total().unwrap().digits(), "22.50");
    assert_eq!(first.parcel.ids.package.as_deref(), Some("1150000000000000001"));
}

#[test]
fn the_three_headers_of_the_american_export_are_one_layout() {
    for (header, width) in
        [(headers::YEAR_2024, 57), (headers::YEAR_2025, 58), (headers::YEAR_2026, 63)]
    {
        let names: Vec<&str> = header.split(',').collect();
        assert_eq!(names.len(), width);
        let cell = |name: &&str| match *name {
            "Order ID" => "576400000000000001\t",
            "SKU Subtotal After Discount" => "41",
            "SKU Platform Discount" | "Shipping Fee After Discount" => "2",
            _ => "",
        };
        let row: Vec<&str> = names.iter().map(cell).collect();
        let text = format!("\u{feff}{header}\n{}\n", row.join(","));
        assert_eq!(reader(text.as_bytes()).unwrap().layout(), "tiktok-us");
        assert_eq!(values(&text), ["45.00"]);
    }
    let missing = open(
        Source::Stream {
            name: "x".into(),
            read: Box::new(std::io::Cursor::new(
                export(&[&[]]).replace("SKU Platform Discount", "?").into_bytes(),
            )),
        },
        options(),
    );
    let error = missing.err().unwrap().to_string();
    assert!(error.contains("tiktok-us: looked for `SKU Platform Discount`; found"), "{error}");
}

proptest! {
    /// However an order is split, and whatever its packages hold, its fee is shared whole.
    #[test]
    fn shares_of_split_orders_add_up_to_their_fees(
        rows in prop::collection::vec((0usize..4, 0usize..6, 0u32..100_000), 1..20),
        fees in prop::collection::vec(0u32..5_000, 4),
    ) {
        let money = |cents: u32| format!("{}.{:02}", cents / 100, cents % 100);
        let mut text = export(&[]);
        for (order, package, goods) in &rows {
            text += &line(&[
                ("Order ID", &format!("57640000000000000{order}")),
                ("Package ID", &format!("115000000000000000{package}")),
                ("SKU Subtotal After Discount", &money(*goods)),
                ("Shipping Fee After Discount", &money(fees[*order])),
            ]);
            text += "\n";
        }
        let mut orders: Vec<usize> = rows.iter().map(|(order, _, _)| *order).collect();
        orders.sort_unstable();
        orders.dedup();
        let paid: i64 = orders.iter().map(|order| i64::from(fees[*order])).sum();
        let goods: i64 = rows.iter().map(|(_, _, goods)| i64::from(*goods)).sum();
        let parcels = parcels(&text);
        let shared: i64 = parcels.iter().map(|row| row.parcel.value.shipping.minor()).sum();
        let held: i64 = parcels.iter().map(|row| row.parcel.value.product.minor()).sum();
        prop_assert_eq!(shared, paid);
        prop_assert_eq!(held, goods);
        let lines: usize = parcels.iter().map(|row| 1 + row.more_lines.len()).sum();
        prop_assert_eq!(lines, rows.len());
    }
}
