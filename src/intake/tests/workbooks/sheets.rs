//! Sheets: which of them is read, and where its header is.

use super::made::{Made, sheet, texts};
use super::{read, reader, told};
use crate::intake::tests::options;
use crate::intake::{IntakeError, Options};

fn book(sheets: &[(&str, &str, &str)]) -> Vec<u8> {
    let mut made = Made::empty();
    let names: Vec<_> = sheets.iter().map(|(name, attributes, _)| (*name, *attributes)).collect();
    made.workbook(&names, "");
    for (number, (_, _, rows)) in (1..).zip(sheets) {
        made.sheet(number, "", rows);
    }
    made.bytes()
}

fn orders(id: &str) -> String {
    format!("{}{}", texts(&["order_id", "value"]), texts(&[id, "5"]))
}

#[test]
fn the_sheet_whose_header_is_known_is_read_wherever_it_stands() {
    let notes = texts(&["Export of November", "2026"]);
    let bytes = book(&[("Read me", "", &notes), ("Empty", "", ""), ("Data", "", &orders("7"))]);
    let read = reader(&bytes, options()).unwrap();
    let original = read.original();
    let seen = original.sheet().unwrap();
    assert_eq!((seen.name(), seen.choices()), ("Data", 2));
    assert_eq!(told(read), ["2 7 5.00"]);
}

#[test]
fn of_several_that_could_be_read_one_has_to_be_named() {
    let bytes = book(&[("October", "", &orders("1")), ("November", "", &orders("2"))]);
    let error = reader(&bytes, options()).err().unwrap();
    assert_eq!(
        error.to_string(),
        "orders.xlsx: there are several sheets that can be read in this workbook: `October`, `November`"
    );
    assert_eq!(error.hint().unwrap(), "say which with --sheet, such as --sheet 'October'");
    let named = |name: &str| {
        let options = Options { sheet: Some(name.to_owned()), ..options() };
        reader(&bytes, options)
    };
    assert_eq!(told(named("November").unwrap()), ["2 2 5.00"]);
    assert_eq!(told(named("november ").unwrap()), ["2 2 5.00"]);
    let error = named("December").err().unwrap().to_string();
    assert!(error.contains("there is no sheet `December` in this workbook: `October`"), "{error}");
}

#[test]
fn a_hidden_sheet_or_one_without_rows_counts_only_where_there_is_no_other() {
    let hidden = ("Old", "state='hidden'", &*orders("1"));
    let template = texts(&["order_id", "value"]);
    let shown = orders("2");
    let all = [hidden, ("Template", "", template.as_str()), ("Orders", "", shown.as_str())];
    assert_eq!(read(&book(&all)), ["2 2 5.00"]);
    assert_eq!(read(&book(&all[..2])), ["2 1 5.00"]);
}

#[test]
fn a_title_and_empty_rows_may_stand_above_the_header() {
    let rows = "<row r='1'><c r='A1' t='inlineStr'><is><t>Orders, 1 to 30 November</t></is></c></row>\
         <row r='3'><c r='A3' t='inlineStr'><is><t>Shop</t></is></c><c r='B3' t='inlineStr'><is><t>North</t></is></c></row>\
         <row r='6'><c r='B6' t='inlineStr'><is><t>order_id</t></is></c><c r='D6' t='inlineStr'><is><t>value</t></is></c></row>\
         <row r='7'><c r='B7'><v>1</v></c><c r='D7'><v>5</v></c></row>\
         <row r='8'><c r='B8'><v>2</v></c><c r='D8' t='inlineStr'><is><t>x</t></is></c></row>";
    assert_eq!(
        read(&sheet(rows).bytes()),
        [
            "7 1 5.00",
            "8 bad_amount: Orders!D8, column value: `x` is not an amount, expected one such as 450.00"
        ]
    );
}

#[test]
fn a_header_of_two_rows_whose_cells_are_merged_is_one() {
    let head = "<row r='1'><c r='A1' t='inlineStr'><is><t>order_id</t></is></c><c r='B1' t='inlineStr'><is><t>Amounts</t></is></c></row>\
         <row r='2'><c r='B2' t='inlineStr'><is><t>product</t></is></c><c r='C2' t='inlineStr'><is><t>shipping</t></is></c></row>";
    let rows = format!(
        "{head}<row r='3'><c r='A3'><v>1</v></c><c r='B3'><v>5</v></c><c r='C3'><v>2</v></c></row>"
    );
    assert_eq!(read(&sheet(&rows).bytes()), ["3 1 5.00"]);
}

#[test]
fn a_header_that_is_not_known_is_shown_with_its_row() {
    let rows = format!("{}{}", texts(&["Title"]), texts(&["order_id", "colour"]));
    let error = reader(&sheet(&rows).bytes(), options()).err().unwrap();
    let text = error.to_string();
    assert!(text.starts_with("orders.xlsx: Orders!2: no known layout has these columns"), "{text}");
    assert!(text.contains("`order_id`, `colour`"), "{text}");
    let IntakeError::InSheet { inner, .. } = error else { panic!("{error:?}") };
    assert!(matches!(*inner, IntakeError::UnknownLayout { line: 2, .. }));
}

#[test]
fn hidden_rows_are_read_and_counted() {
    let mut made = Made::empty();
    made.workbook(&[("Orders", "")], "");
    let row = |n: u32, hidden: &str| {
        format!("<row r='{n}' {hidden}><c r='A{n}'><v>{n}</v></c><c r='B{n}'><v>5</v></c></row>")
    };
    let rows = [row(2, ""), row(3, "hidden='1'"), row(4, "hidden='true'"), row(5, "hidden='0'")];
    made.sheet(
        1,
        "<cols><col min='2' max='3' hidden='1'/></cols>",
        &format!("{}{}", texts(&["order_id", "value"]), rows.concat()),
    );
    let read = reader(&made.bytes(), options()).unwrap();
    let original = read.original();
    assert_eq!(told(read), ["2 2 5.00", "3 3 5.00", "4 4 5.00", "5 5 5.00"]);
    let seen = original.sheet().unwrap();
    assert_eq!((seen.hidden_rows(), seen.hidden_columns()), (2, &["value".to_owned()][..]));
}

#[test]
fn rejected_rows_are_copied_from_the_sheet_that_was_read() {
    let second = format!("{}{}", texts(&["Title"]), orders("1"));
    let bytes = book(&[("Notes", "", &texts(&["a", "b"])), ("Orders", "", &second)]);
    let options = Options { keep: true, ..options() };
    let read = reader(&bytes, options).unwrap();
    let original = read.original();
    assert_eq!(told(read), ["3 1 5.00"]);
    let reasons = [(3, ("some_code".to_owned(), "because".to_owned()))].into();
    let mut out = Vec::new();
    crate::intake::copy_rejects(&original, &reasons, &mut out).unwrap();
    assert_eq!(
        String::from_utf8(out).unwrap(),
        "order_id,value,line,code,reason\n1,5,3,some_code,because\n"
    );
}
