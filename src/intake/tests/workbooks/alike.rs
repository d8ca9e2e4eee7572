//! The same rows, whatever they are written in.

use proptest::prelude::{Strategy, prop, proptest};
use proptest::prop_assert_eq;

use super::made::{Made, ods};
use super::{options, reader};
use crate::intake::Item;

const HEADER: [&str; 4] = ["order_id", "value", "ship_date", "contents"];

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

fn csv(rows: &[[String; 4]]) -> Vec<u8> {
    let mut out = csv::Writer::from_writer(Vec::new());
    out.write_record(HEADER).unwrap();
    for row in rows {
        out.write_record(row).unwrap();
    }
    out.into_inner().unwrap()
}

/// Every cell in a row element of its own, its text shared.
fn xlsx(rows: &[[String; 4]]) -> Vec<u8> {
    let (mut cells, mut shared) = (String::new(), String::new());
    let header = HEADER.map(str::to_owned);
    let mut at = 0;
    for (number, row) in (1..).zip(std::iter::once(&header).chain(rows)) {
        for (column, text) in
            ["A", "B", "C", "D"].iter().zip(row).filter(|(_, text)| !text.is_empty())
        {
            cells.push_str(&format!(
                "<row r='{number}'><c r='{column}{number}' t='s'><v>{at}</v></c></row>"
            ));
            shared.push_str(&format!("<si><t xml:space='preserve'>{}</t></si>", escaped(text)));
            at += 1;
        }
    }
    let mut made = Made::empty();
    made.workbook(&[("Orders", "")], "");
    made.sheet(1, "<dimension ref='A1'/>", &cells);
    made.part("xl/sharedStrings.xml", &format!("<sst>{shared}</sst>"));
    made.bytes()
}

fn open_document(rows: &[[String; 4]]) -> Vec<u8> {
    let header = HEADER.map(str::to_owned);
    let mut xml = String::new();
    for row in std::iter::once(&header).chain(rows) {
        let cell = |text: &String| match text.is_empty() {
            true => "<table:table-cell/>".to_owned(),
            false => format!(
                "<table:table-cell office:value-type='string'><text:p>{}</text:p></table:table-cell>",
                escaped(text)
            ),
        };
        let cells: String = row.iter().map(cell).collect();
        xml.push_str(&format!("<table:table-row>{cells}</table:table-row>"));
    }
    ods("Orders", &xml).bytes()
}

/// What came out, without what tells a sheet from a text.
fn items(bytes: &[u8]) -> (u64, Vec<Item>) {
    let mut reader = reader(bytes, options()).unwrap();
    let mut items = Vec::new();
    for item in &mut reader {
        let mut item = item.unwrap();
        if let Item::Bad(bad) = &mut item {
            bad.cell = None;
        }
        items.push(item);
    }
    (reader.rows(), items)
}

fn row() -> impl Strategy<Value = [String; 4]> {
    let id = prop::sample::select(vec!["5764", "576412345678901234", "A&B<7>", "9.4E+21", ""]);
    let value = prop::sample::select(vec!["450", "$1,022.25", "12,5O", "-3", "", "1.005"]);
    let day = prop::sample::select(vec!["2026-11-03", "03/11/2026", ""]);
    // Never empty, so that a row never is.
    let contents = prop::sample::select(vec!["Café", "订单", "a, \"b\"", "x"]);
    (id, value, day, contents)
        .prop_map(|(id, value, day, contents)| [id, value, day, contents].map(str::to_owned))
}

proptest! {
    /// And every row of them is accounted for.
    #[test]
    fn the_same_rows_come_out_of_text_and_of_every_workbook(rows in prop::collection::vec(row(), 1..12)) {
        let (read, text) = items(&csv(&rows));
        prop_assert_eq!(read, rows.len() as u64);
        prop_assert_eq!(text.len(), rows.len());
        prop_assert_eq!(&items(&xlsx(&rows)), &(read, text.clone()));
        prop_assert_eq!(&items(&open_document(&rows)), &(read, text));
    }
}
