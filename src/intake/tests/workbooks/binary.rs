//! Workbooks that are no XML.

use super::made::{Made, sheet, texts};
use super::{ods, read};

/// Made with Python's `xlwt`: a sheet of notes, a title, a day, a long number, an error.
const OLD: &[u8] = include_bytes!("../../../../tests/fixtures/workbooks/orders.xls");

#[test]
fn an_old_workbook_reads_like_a_new_one() {
    assert_eq!(
        read(OLD),
        [
            "4 5764 450.50 2026-11-03",
            "5 damaged_id: Orders!A5, column order_id: `5.76412345678901E+17` is a number a spreadsheet has rounded: the identifier is lost",
            "6 bad_cell: Orders!C6, column value: `#N/A` is an error of the spreadsheet, not a value",
            "7 5767 12.00",
        ]
    );
}

/// A record: its kind, its length, what is in it.
fn record(kind: u16, parts: &[&[u8]]) -> Vec<u8> {
    let body = parts.concat();
    let mut out =
        if kind < 0x80 { vec![kind as u8] } else { vec![kind as u8 | 0x80, (kind >> 7) as u8] };
    out.push(u8::try_from(body.len()).unwrap());
    out.extend(body);
    out
}

fn wide(text: &str) -> Vec<u8> {
    let mut out = (text.encode_utf16().count() as u32).to_le_bytes().to_vec();
    out.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
    out
}

#[test]
fn a_binary_workbook_is_read_cell_by_cell() {
    let text = |column: u32, text: &str| record(6, &[&column.to_le_bytes(), &[0; 4], &wide(text)]);
    let row = |row: u32| record(0, &[&row.to_le_bytes(), &[0; 13]]);
    let cells = [
        record(0x94, &[&[0; 16]]),
        record(0x91, &[]),
        row(0),
        text(0, "order_id"),
        text(1, "value"),
        row(1),
        text(0, "5764"),
        record(5, &[&1_u32.to_le_bytes(), &[0; 4], &450.5_f64.to_le_bytes()]),
        row(2),
        text(0, "5765"),
        record(3, &[&1_u32.to_le_bytes(), &[0; 4], &[0x2a]]),
        record(0x92, &[]),
    ];
    let mut made = Made::empty();
    made.part("[Content_Types].xml", "<Types/>");
    made.part(
        "xl/_rels/workbook.bin.rels",
        "<Relationships><Relationship Id='rId1' Target='worksheets/sheet1.bin'/></Relationships>",
    );
    let book = [
        record(0x9c, &[&[0; 4], &1_u32.to_le_bytes(), &wide("rId1"), &wide("Orders")]),
        record(0x90, &[]),
        record(0x9d, &[]),
    ];
    made.raw("xl/workbook.bin", &book.concat());
    made.raw("xl/worksheets/sheet1.bin", &cells.concat());
    assert_eq!(
        read(&made.bytes()),
        [
            "2 5764 450.50",
            "3 bad_cell: Orders!B3, column value: `#N/A` is an error of the spreadsheet, not a value",
        ]
    );
}

/// Whatever byte is wrong, there are rows or an error, and always one of them.
#[test]
fn a_damaged_byte_anywhere_stops_no_program() {
    let header = texts(&["order_id", "value"]);
    let new = sheet(&format!("{header}{}", texts(&["5764", "450"]))).bytes();
    let open = ods("Orders", "<table:table-row><table:table-cell office:value-type='float' office:value='1'/></table:table-row>").bytes();
    for bytes in [OLD, &new, &open] {
        for at in (0..bytes.len()).step_by(bytes.len() / 60) {
            for wrong in [0x00, 0xff] {
                let mut damaged = bytes.to_vec();
                damaged[at] = wrong;
                assert!(!read(&damaged).is_empty(), "{at}");
            }
            assert!(!read(&bytes[..at]).is_empty(), "{at}");
        }
    }
}
