//! What no row can be taken from: each with what was found, what was expected and what to do.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::{bad, fatal, items, options, reader, source};
use crate::intake::{IntakeError, Item, Options, Source, copy_rejects, open};

#[test]
fn a_file_that_is_not_there_or_not_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let open = |path: PathBuf| open(Source::File(path), options()).err().unwrap();
    assert!(matches!(open(folder.path().into()), IntakeError::Directory { .. }));
    let missing = open(folder.path().join("orders.csv"));
    assert!(matches!(missing, IntakeError::Missing { .. }));
    assert!(missing.hint().is_some());
}

#[test]
fn an_empty_file_and_a_header_alone() {
    assert!(matches!(fatal(b""), IntakeError::Empty { .. }));
    assert!(matches!(fatal(b"\xef\xbb\xbf\r\n \n"), IntakeError::Empty { .. }));
    assert!(matches!(fatal(b"order_id,value\n,\n"), IntakeError::HeaderOnly { line: 1, .. }));
}

#[test]
fn an_unknown_header_says_what_was_looked_for_and_what_was_found() {
    let error = fatal(b"order_id,colour\n1,red\n").to_string();
    assert!(
        error.contains("plain: looked for `value or product`; found `order_id`")
            && error.contains("the header has `order_id`, `colour`"),
        "{error}"
    );
}

#[test]
fn a_layout_asked_for_by_name() {
    let ask = |id: &str, text: &[u8]| {
        open(source(text), Options { layout: Some(id.into()), ..options() })
    };
    assert_eq!(ask("plain", b"order_id,value\n1,2\n").unwrap().layout(), "plain");
    let error = ask("plain", b"order_id\n1\n").err().unwrap().to_string();
    assert!(error.contains("layout `plain` needs a column `value or product`"), "{error}");
    let error = ask("shop", b"order_id\n1\n").err().unwrap().to_string();
    assert!(error.contains("plain, tiktok-us, tiktok-vn"), "{error}");
}

#[test]
fn two_layouts_or_two_columns_that_fit_equally_well() {
    let error = fatal(b"tracking_number,value,carrier,event,at\n1,2,USPS,lost,2026-11-03\n");
    assert!(error.to_string().contains("`plain` and `carrier-events` equally well"), "{error}");
    assert!(error.hint().unwrap().contains("--layout plain or --layout carrier-events"));
    let error = fatal(b"order_id,value,Package Value\n1,2,3\n").to_string();
    assert!(error.contains("columns `value` and `Package Value` both mean value"), "{error}");
}

#[test]
fn bytes_that_are_no_text_yet() {
    assert!(fatal(b"<html><table>").to_string().contains("web page"));
    assert!(fatal(b"\xff,value\n1,2\n").to_string().contains("encoding that is not known"));
    assert!(matches!(fatal(b"PK\x03\x04 broken"), IntakeError::Archive { .. }));
}

#[test]
fn a_line_without_end_and_a_quote_never_closed() {
    let mut endless = b"order_id,value\n1,".to_vec();
    endless.resize(3 << 20, b'9');
    assert!(matches!(fatal(&endless), IntakeError::RecordTooLong { line: 2, .. }));
    let error = fatal(b"order_id,value\n1,2\n\"3,4\n5,6,7\n");
    assert!(matches!(error, IntakeError::OpenQuote { line: 3, .. }));
    assert!(error.hint().unwrap().contains("line 3"));
}

#[test]
fn an_open_quote_spoils_its_row_and_no_other() {
    let bad = bad("order_id,value\n1,2\n\"3,4\n5,6\n7,\"8\n9,x\n");
    let told: Vec<_> = bad.iter().map(|b| (b.line, b.code, b.column.as_deref())).collect();
    assert_eq!(
        told,
        [
            (3, "open_quote", Some("order_id")),
            (5, "open_quote", Some("value")),
            (6, "bad_amount", Some("value"))
        ]
    );
}

#[test]
fn a_column_of_numbers_cut_by_a_spreadsheet_spoils_the_file() {
    let error = fatal(
        b"order_id,tracking_number,value\n1,9434608106245500000000,5\n2,9434608106245600000000,5\n",
    );
    assert!(
        matches!(&error, IntakeError::PaddedIds { line: 2, column, .. } if column == "tracking_number"),
        "{error}"
    );
    assert_eq!(items("order_id,tracking_number,value\n1,9434608106245500000000,5\n").len(), 1);
}

#[test]
fn rejected_rows_are_copied_as_they_came_and_read_again() {
    let text = "note,order_id,value\n\"a,\nb\",1,12;5O\nc,2,7\nd,3,\n";
    let mut reader = open(source(text.as_bytes()), Options { keep: true, ..options() }).unwrap();
    let reasons: BTreeMap<u64, (String, String)> = reader
        .by_ref()
        .filter_map(|item| match item.unwrap() {
            Item::Bad(bad) => Some((bad.line, (bad.code.to_owned(), bad.reason))),
            _ => None,
        })
        .collect();
    let mut copy = Vec::new();
    copy_rejects(&reader.original(), &reasons, &mut copy).unwrap();
    let copy = String::from_utf8(copy).unwrap();
    assert!(
        copy.starts_with("note,order_id,value,line,code,reason\n\"a,\nb\",1,12;5O,2,bad_amount,"),
        "{copy}"
    );
    let again = bad(&copy);
    assert_eq!(again.len(), 2);
    assert_eq!(items(&copy.replace("12;5O", "12.50")).len(), 2);
    let mut second = Vec::new();
    let mut reader = open(source(copy.as_bytes()), Options { keep: true, ..options() }).unwrap();
    reader.by_ref().for_each(drop);
    copy_rejects(&reader.original(), &BTreeMap::new(), &mut second).unwrap();
    assert_eq!(second, b"note,order_id,value,line,code,reason\n");
}

#[test]
fn a_stream_that_was_not_kept_and_a_file_that_changed() {
    let mut plain = reader(b"order_id,value\n1,2\n").unwrap();
    plain.by_ref().for_each(drop);
    let reasons = BTreeMap::from([(9, ("x".to_owned(), "y".to_owned()))]);
    let error = copy_rejects(&plain.original(), &reasons, &mut Vec::new()).unwrap_err();
    assert!(matches!(error, IntakeError::NotKept { .. }));
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), "order_id,value\n1,2\n").unwrap();
    let kept = open(Source::File(file.path().into()), options()).unwrap();
    let error = copy_rejects(&kept.original(), &reasons, &mut Vec::new()).unwrap_err();
    assert!(matches!(error, IntakeError::Changed { line: 9, .. }));
}
