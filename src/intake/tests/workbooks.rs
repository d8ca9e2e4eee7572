//! Workbooks as sellers have them: made by hand here, part by part, since no writer makes what
//! exports and spreadsheets do.

mod alike;
mod binary;
pub(super) mod made;
mod ods;
mod sheets;
mod values;

use std::io::Cursor;

use made::{Made, ods, sheet};

use super::super::{IntakeError, Item, Options, Reader, Source, open};
use super::options;

fn reader(bytes: &[u8], options: Options) -> Result<Reader, IntakeError> {
    let read = Box::new(Cursor::new(bytes.to_vec()));
    open(Source::Stream { name: "orders.xlsx".into(), read }, options)
}

/// Each item in one line: where, whose, how much, when; or what is wrong with it.
fn told(reader: Reader) -> Vec<String> {
    let one = |item: Result<Item, IntakeError>| match item {
        Ok(Item::Parcel(row)) => {
            let parcel = row.parcel;
            let day = parcel.ship_date.map_or_else(String::new, |day| format!(" {day}"));
            format!(
                "{} {} {}{day}",
                row.line,
                parcel.ids.order.unwrap_or_default(),
                parcel.value.product.digits()
            )
        }
        Ok(Item::Bad(bad)) => format!("{} {}: {}", bad.line, bad.code, bad.told()),
        Ok(Item::Event(event)) => format!("{} {:?}", event.line, event.event),
        Err(error) => format!("stopped: {error}"),
    };
    reader.map(one).collect()
}

fn read(bytes: &[u8]) -> Vec<String> {
    match reader(bytes, options()) {
        Ok(reader) => told(reader),
        Err(error) => vec![format!("not opened: {error}")],
    }
}

#[test]
fn a_workbook_with_a_password_says_so() {
    // The container is the same; what is in it has this name where it is encrypted.
    let mut bytes = include_bytes!("../../../tests/fixtures/workbooks/orders.xls").to_vec();
    let wide = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let (old, new) = (wide("Workbook"), wide("EncryptedPackage"));
    let at = bytes.windows(old.len()).position(|part| part == old).unwrap();
    bytes[at..at + new.len()].copy_from_slice(&new);
    bytes[at + 64] = 34;
    let error = reader(&bytes, options()).err().unwrap();
    assert_eq!(error.to_string(), "orders.xlsx: the workbook cannot be read: it has a password");
    assert!(error.hint().unwrap().contains("take the password off"));
}

#[test]
fn what_only_goes_by_the_name_of_a_workbook_is_known_by_what_is_in_it() {
    let text = b"order_id\tvalue\n1\t5\n";
    assert_eq!(read(text), ["2 1 5.00"]);
    let page = b"<html><table><tr><td>order_id</td><td>value</td></tr></table></html>";
    let error = reader(page, options()).err().unwrap();
    assert!(error.to_string().contains("a web page (HTML or XML)"), "{error}");
    assert!(error.hint().unwrap().contains("save it as .xlsx"));
    for (part, found) in [
        ("word/document.xml", "a Word document"),
        ("ppt/presentation.xml", "a PowerPoint presentation"),
        ("Index/Document.iwa", "an Apple Numbers"),
    ] {
        let mut made = Made::empty();
        made.part("[Content_Types].xml", "<Types/>");
        made.part(part, "<x/>");
        assert!(read(&made.bytes())[0].contains(found), "{part}");
    }
}

#[test]
fn a_workbook_may_be_packed_once_more() {
    use std::io::Write;
    let book = sheet("<row><c t='inlineStr'><is><t>order_id</t></is></c><c t='inlineStr'><is><t>value</t></is></c></row><row><c><v>1</v></c><c><v>5</v></c></row>").bytes();
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(&book).unwrap();
    assert_eq!(read(&packed.finish().unwrap()), ["2 1 5.00"]);
    let mut outer = Made::empty();
    outer.raw("export/orders.xlsx", &book);
    assert_eq!(read(&outer.bytes()), ["2 1 5.00"]);
    let mut outer = Made::empty();
    outer.raw("orders.xls", include_bytes!("../../../tests/fixtures/workbooks/orders.xls"));
    assert_eq!(read(&outer.bytes()).len(), 4);
}

#[test]
fn a_workbook_that_is_not_whole_is_refused_and_none_of_it_counts_as_read() {
    let rows = "<row><c t='inlineStr'><is><t>order_id</t></is></c><c t='inlineStr'><is><t>value</t></is></c></row><row><c><v>1</v></c><c><v>5</v></c></row>";
    let broken = |xml: &str| {
        let mut made = Made::empty();
        made.workbook(&[("Orders", "")], "");
        made.part("xl/worksheets/sheet1.xml", xml);
        read(&made.bytes())
    };
    let cut = broken(&format!("<worksheet><sheetData>{rows}<row><c><v>2</v>"));
    assert_eq!(cut.len(), 1, "{cut:?}");
    assert!(cut[0].starts_with("not opened: orders.xlsx: the workbook cannot be read"), "{cut:?}");
    let text =
        broken("<worksheet><sheetData><row><c t='s'><v>7</v></c></row></sheetData></worksheet>");
    assert!(text[0].contains("a cell refers to text 7, which is not there"), "{text:?}");
    let mut made = Made::empty();
    made.workbook(&[("Orders", "")], "");
    assert!(read(&made.bytes())[0].contains("the part xl/worksheets/sheet1.xml is missing"));
    assert!(read(b"PK\x03\x04 and nothing else")[0].contains("cannot be read"));
    let empty = read(&sheet("").bytes());
    assert!(empty[0].contains("the file is empty"), "{empty:?}");
    // The rows before the damage were given out, and the error is the last.
    let mut many = rows.to_owned();
    many.push_str(&"<row><c><v>1</v></c><c><v>5</v></c></row>".repeat(40));
    let late = broken(&format!("<worksheet><sheetData>{many}<row><c><v>2</v>"));
    assert!(late.last().unwrap().starts_with("stopped: orders.xlsx: the workbook"), "{late:?}");
}

#[test]
fn an_ods_that_is_another_document_or_has_a_password_is_refused() {
    let mut made = Made::empty();
    made.part("mimetype", "application/vnd.oasis.opendocument.text");
    assert!(read(&made.bytes())[0].contains("an OpenDocument file that is no spreadsheet"));
    let mut made = Made::empty();
    made.part("mimetype", "application/vnd.oasis.opendocument.spreadsheet");
    made.part("META-INF/manifest.xml", "<manifest:encryption-data/>");
    made.part("content.xml", "\u{1}\u{2}");
    assert!(read(&made.bytes())[0].contains("it has a password"));
    assert_eq!(read(&ods("Orders", "").bytes()).len(), 1);
}
