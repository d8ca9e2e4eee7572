//! Workbooks as spreadsheets of all ages write them.

use std::io::{Cursor, Write};

use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::layouts::line;
use super::{fatal, open, options, reader, source};
use crate::intake::Options;

fn lines(bytes: &[u8]) -> Vec<String> {
    reader(bytes).unwrap().map(|item| line(&item.unwrap())).collect()
}

fn zipped(files: &[(&str, &str)]) -> Vec<u8> {
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in files {
        let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        out.start_file(*name, stored).unwrap();
        out.write_all(text.as_bytes()).unwrap();
    }
    out.finish().unwrap().into_inner()
}

#[test]
fn an_opendocument_sheet() {
    let cell = |text: &str| {
        format!(
            "<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>"
        )
    };
    let date = "<table:table-cell office:value-type=\"date\" office:date-value=\"2026-11-03\"><text:p>03/11/26</text:p></table:table-cell>";
    let number = "<table:table-cell office:value-type=\"float\" office:value=\"450.5\"><text:p>450,50</text:p></table:table-cell>";
    let row = |cells: &[&str]| format!("<table:table-row>{}</table:table-row>", cells.concat());
    let content = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><office:document-content \
         xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" \
         xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" \
         xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\"><office:body>\
         <office:spreadsheet><table:table table:name=\"Tabelle1\">{}{}</table:table>\
         </office:spreadsheet></office:body></office:document-content>",
        row(&[&cell("order_id"), &cell("value"), &cell("ship_date")]),
        row(&[&cell("00123"), number, date]),
    );
    let ods = zipped(&[
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", "<manifest/>"),
        ("content.xml", &content),
    ]);
    assert_eq!(
        lines(&ods),
        ["2 00123/: 450.50 USD + 0.00 + 0.00, to ?, no label, shipped 2026-11-03"]
    );
}

#[test]
fn a_sheet_of_the_old_kind() {
    // Three rows of BIFF8 in a compound file, made by hand.
    let old = include_bytes!("../../../tests/fixtures/old.xls");
    assert_eq!(
        lines(old),
        [
            "2 00123/: 450.50 USD + 0.00 + 0.00, to ?, no label, shipped 2026-11-03",
            "3 00124/: 12.00 USD + 0.00 + 0.00, to ?, no label",
        ]
    );
}

#[test]
fn a_damaged_workbook_of_either_old_kind_is_refused_as_a_whole() {
    let old = [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec(), vec![0; 600]].concat();
    assert!(fatal(&old).to_string().contains("the workbook cannot be read"));
    let ods = zipped(&[
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("content.xml", "<office"),
    ]);
    let error = fatal(&ods).to_string();
    assert!(error.contains("cannot be read") || error.contains("empty"), "{error}");
}

#[test]
fn what_a_spreadsheet_makes_of_a_file() {
    let mut book = Workbook::new();
    let notes = book.add_worksheet();
    notes.set_name("Notes").unwrap();
    let sheet = book.add_worksheet();
    sheet.set_name("Parcels").unwrap();
    for (column, name) in ["order_id", "tracking_number", "value", "ship_date"].iter().enumerate() {
        sheet.write(0, column as u16, *name).unwrap();
    }
    let day = ExcelDateTime::parse_from_str("2026-11-03").unwrap();
    let as_day = Format::new().set_num_format("dd/mm/yyyy");
    sheet.write(1, 0, "1001").unwrap();
    sheet.write_formula(1, 2, Formula::new("=400+50").set_result("450")).unwrap();
    sheet.write_with_format(1, 3, &day, &as_day).unwrap();
    sheet.set_row_hidden(2).unwrap();
    sheet.write(2, 0, "1002").unwrap();
    sheet.write(2, 2, 12.99).unwrap();
    sheet.write(4, 0, 576_400_000_000_000_000_i64 as u64).unwrap();
    sheet.write(4, 2, 5).unwrap();
    let bytes = book.save_to_buffer().unwrap();
    assert_eq!(
        lines(&bytes),
        [
            "2 1001/: 450.00 USD + 0.00 + 0.00, to ?, no label, shipped 2026-11-03",
            "3 1002/: 12.99 USD + 0.00 + 0.00, to ?, no label",
            "5 : column order_id: `5.76400000000000E+17` is a number a spreadsheet has rounded: the identifier is lost (damaged_id)",
        ]
    );
}

#[test]
fn one_of_several_sheets_is_named() {
    let mut book = Workbook::new();
    for (name, order) in [("October", "1"), ("November", "2")] {
        let sheet = book.add_worksheet();
        sheet.set_name(name).unwrap();
        for (column, text) in ["order_id", "value"].iter().enumerate() {
            sheet.write(0, column as u16, *text).unwrap();
        }
        sheet.write(1, 0, order).unwrap();
        sheet.write(1, 1, "5").unwrap();
    }
    let bytes = book.save_to_buffer().unwrap();
    assert_eq!(lines(&bytes), ["2 1/: 5.00 USD + 0.00 + 0.00, to ?, no label"]);
    let of =
        |name: &str| open(source(&bytes), Options { member: Some(name.to_owned()), ..options() });
    let item = of("November").unwrap().next().unwrap().unwrap();
    assert_eq!(line(&item), "2 2/: 5.00 USD + 0.00 + 0.00, to ?, no label");
    let error = of("May").err().unwrap().to_string();
    assert!(error.contains("it has no sheet `May`, there are: October, November"), "{error}");
}
