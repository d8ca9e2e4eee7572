//! How a row became what it became: always what the run makes of it, for every line of every file.

use std::fs;
use std::path::{Path, PathBuf};

use super::layouts::fixture;
use super::{options, source};
use crate::intake::{
    Became, By, Explained, IntakeError, Item, LineIs, Options, ReadAs, Source, ZoneIs, explain,
    open,
};

/// A row of a text, explained.
fn of(text: &str, row: u64, options: &Options) -> Explained {
    let open =
        |asked| open(source(text.as_bytes()), Options { asked: Some(asked), ..options.clone() });
    explain::<IntakeError>(row, open).unwrap()
}

/// What was decided of a column: what, how, by what and which line.
fn decided(explained: &Explained, column: &str) -> Vec<(&'static str, String, By, Option<u64>)> {
    let row = explained.read.as_ref().unwrap();
    let column = row.columns.iter().find(|known| known.column == column).unwrap();
    column.decided.iter().map(|one| (one.what, one.is.clone(), one.by, one.line)).collect()
}

/// Where a fact is from.
fn from(explained: &Explained, fact: &str) -> Vec<(u64, String)> {
    let fact = explained.facts.iter().find(|known| known.fact == fact).unwrap();
    fact.from.iter().map(|origin| (origin.line, origin.column.clone())).collect()
}

fn fixtures() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let files = |folder: PathBuf| fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let all = ["", "layouts", "workbooks"].map(|sub| files(folder.join(sub)));
    let mut all: Vec<PathBuf> = all.into_iter().flatten().filter(|path| path.is_file()).collect();
    all.sort();
    all
}

#[test]
fn every_line_of_every_file_is_explained_as_the_run_reads_it() {
    let options = Options { zone: Some(ZoneIs::parse("Asia/Tokyo").unwrap()), ..options() };
    let mut explained = 0;
    for path in fixtures() {
        // One of them cannot be read at all, and says so.
        let Ok(mut reader) = open(Source::File(path.clone()), options.clone()) else { continue };
        let items: Vec<Item> = reader.by_ref().map(Result::unwrap).collect();
        let mut rows = 0;
        for row in 1.. {
            let open = |asked| {
                let options = Options { asked: Some(asked), ..options.clone() };
                open(Source::File(path.clone()), options)
            };
            let told = explain::<IntakeError>(row, open).unwrap();
            let here = format!("{} line {row}", path.display());
            if told.is == LineIs::Behind {
                assert!(row > told.last, "{here}");
                break;
            }
            rows += u64::from(told.is == LineIs::Row);
            assert_eq!(told.read.is_some(), told.is == LineIs::Row, "{here}");
            let has = |line: u64, more: &[u64]| line == row || more.contains(&row);
            let of_row: Vec<&Item> = items
                .iter()
                .filter(|item| match item {
                    Item::Parcel(parcel) => has(parcel.line, &parcel.more_lines),
                    Item::Bad(bad) => has(bad.line, &bad.more_lines),
                    Item::Event(event) => event.line == row,
                })
                .collect();
            let became: Vec<Item> = match told.became.clone() {
                Became::Parcel(parcel) => vec![Item::Parcel(*parcel)],
                Became::Bad(bad) => vec![Item::Bad(*bad)],
                Became::Events(events) => events.into_iter().map(Item::Event).collect(),
                Became::Nothing | Became::Beside(_) => Vec::new(),
            };
            assert_eq!(became.iter().collect::<Vec<_>>(), of_row, "{here}");
            let skipped = told.read.as_ref().is_some_and(|row| row.skipped.is_some());
            assert_eq!(skipped, told.is == LineIs::Row && of_row.is_empty(), "{here}");
            for fact in &told.facts {
                // What follows from others, or is usual.
                let follows = ["value", "currency", "label", "fulfilment"].contains(&fact.fact);
                // A cancelled order may have lost its prices.
                let follows = follows || fact.value.plain() == "0.00";
                assert!(follows || !fact.from.is_empty(), "{here}: {fact:?}");
            }
            explained += 1;
        }
        assert_eq!(rows, reader.rows(), "{}", path.display());
    }
    assert!(explained > 80, "{explained} lines");
}

const ORDERS: &str = "\
Order ID,Order Status,Package ID,Tracking ID,SKU ID,Product Name,SKU Subtotal After Discount,SKU Platform Discount,Shipping Fee After Discount,RTS Time,Shipped Time,Delivered Time,Cancelled Time,Fulfillment Type,Product Category,Country
5764,Canceled,115400001,,1,Bulb,10.00,0,9.00,,,,11/20/2026 1:00:00 AM,,Home,US
5764,To ship,115400001,,2,Lamp,30.00,0,9.00,,,,,,Home,US
5764,To ship,115400002,,3,Chair,60.00,0,9.00,,,,,,Home,US
5764,To ship,115400001,,4,Rug,10.00,0,9.00,11/03/2026,,,,,,
";

#[test]
fn a_parcel_has_its_facts_from_the_rows_that_count() {
    for row in [2, 3, 5] {
        let told = of(ORDERS, row, &options());
        assert_eq!(told.became.lines().collect::<Vec<_>>(), [2, 3, 5]);
        let goods = |line| (line, "SKU Subtotal After Discount".to_owned());
        assert_eq!(from(&told, "product"), [goods(3), goods(5)]);
        assert_eq!(from(&told, "to"), [(3, "Country".to_owned())]);
        assert_eq!(from(&told, "label_created_at"), [(5, "RTS Time".to_owned())]);
        assert_eq!(
            from(&told, "contents"),
            [(3, "Product Name".to_owned()), (5, "Product Name".to_owned())]
        );
        let all = told.read.iter().chain(&told.others);
        let cancelled: Vec<u64> = all.filter(|row| row.cancelled).map(|row| row.line).collect();
        assert_eq!(cancelled, [2]);
        let order = &told.orders[0];
        assert_eq!((order.order.as_str(), order.packages), ("5764", 2));
        assert_eq!(order.fee.map(|(fee, line)| (fee.digits(), line)), Some(("9.00".to_owned(), 3)));
    }
}

#[test]
fn what_decided_how_a_column_is_read_is_told() {
    let text =
        "Order ID,value,to,ship_date\n1,450,US,2026-11-03T02:00:00Z\n2,\"1,000\",US,2026-11-03\n";
    let plain = of(text, 2, &Options { zone: Some(ZoneIs::parse("-08:00").unwrap()), ..options() });
    assert_eq!(decided(&plain, "value"), [("currency", "USD".to_owned(), By::Plan, None)]);
    assert_eq!(
        decided(&plain, "ship_date"),
        [
            ("time_zone", "+00:00".to_owned(), By::Cell, None),
            ("your_zone", "-08:00".to_owned(), By::You, None),
        ]
    );
    let second = of(text, 3, &options());
    assert_eq!(
        decided(&second, "value"),
        [
            ("amounts", "point".to_owned(), By::Layout, None),
            ("currency", "USD".to_owned(), By::Plan, None)
        ]
    );
    // A column that shows by itself how it is written, on another line than the one asked about.
    let vn = String::from_utf8(fixture("tiktok-vn.csv")).unwrap();
    let asked = of(&vn, 3, &Options { keep: true, ..options() });
    let column = "SKU Subtotal After Discount";
    assert_eq!(decided(&asked, column)[0], ("amounts", "comma".to_owned(), By::Column, Some(2)));
    let (what, is, by, line) = decided(&asked, "RTS Time")[0].clone();
    assert_eq!((what, is.as_str(), by, line), ("dates", "day-first", By::Column, Some(3)));
}

#[test]
fn a_line_that_is_no_row_is_told_as_what_it_is() {
    let text = "Orders of November\n\nOrder ID,value\n1,5\n\n\"2\n3\",5\n";
    let place = |row| of(text, row, &options()).is;
    assert_eq!(
        (1..=9).map(place).collect::<Vec<_>>(),
        [
            LineIs::AboveHeader,
            LineIs::AboveHeader,
            LineIs::Header,
            LineIs::Row,
            LineIs::Empty,
            LineIs::Row,
            LineIs::Within(6),
            LineIs::Behind,
            LineIs::Behind,
        ]
    );
}

#[test]
fn a_row_that_says_something_of_its_order_counts_for_its_parcels() {
    let ebay = String::from_utf8(fixture("ebay-82.csv")).unwrap();
    let told = of(&ebay, 5, &Options { keep: true, ..options() });
    let Became::Beside(parcels) = &told.became else { panic!("{:?}", told.became) };
    assert_eq!(parcels.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [6]);
    let told = of(&ebay, 7, &Options { keep: true, ..options() });
    assert_eq!(from(&told, "shipping"), [(5, "Shipping And Handling".to_owned())]);
    let row = told.read.as_ref().unwrap();
    let to = row.columns.iter().find(|column| column.field == "to").unwrap();
    assert_eq!(
        (to.written.as_str(), to.from_line, to.read.as_ref().map(ReadAs::plain).as_deref()),
        ("Canada", Some(5), Some("CA"))
    );
}
