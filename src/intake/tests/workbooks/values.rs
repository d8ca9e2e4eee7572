//! Cells: what stands in them, and what is shown.

use super::made::{Made, sheet, texts};
use super::{read, reader, told};
use crate::intake::tests::options;
use crate::intake::{DecimalMark, Options};

const HEADER: &[&str] = &["order_id", "value", "ship_date"];

fn styled(codes: &[&str], pr: &str, rows: &str) -> Vec<String> {
    let mut made = Made::empty();
    made.workbook(&[("Orders", "")], pr);
    made.styles(codes);
    made.sheet(1, "", &format!("{}{rows}", texts(HEADER)));
    read(&made.bytes())
}

#[test]
fn exports_write_a_row_for_every_cell_and_a_size_that_is_not_theirs() {
    let mut made = Made::empty();
    made.workbook(&[("OrderSKUList", "")], "");
    made.sheet(
        1,
        "<dimension ref=\"A1:A1\"/>",
        "<row r='1'><c r='A1' t='inlineStr'><is><t>order_id</t></is></c></row>\
         <row r='1'><c r='B1' t='inlineStr'><is><t>value</t></is></c></row>\
         <row r='2'><c r='A2' t='str'><v>576412345678901234</v></c></row>\
         <row r='2'><c r='B2'><v>450.5</v></c></row>\
         <row r='7'><c r='B7'><v>9</v></c></row><row r='7'><c r='A7'><v>7</v></c></row>",
    );
    assert_eq!(read(&made.bytes()), ["2 576412345678901234 450.50", "7 7 9.00"]);
}

#[test]
fn texts_are_shared_rich_or_in_the_cell() {
    let mut made = sheet(
        "<row><c t='s'><v>0</v></c><c t='s'><v>1</v></c><c t='s'><v>2</v></c></row>\
         <row><c t='s'><v>3</v></c><c t='str'><v>$1,022.25</v></c><c t='inlineStr'><is><r><t>2026-11</t></r><r><t>-03</t></r></is></c></row>",
    );
    made.part(
        "xl/sharedStrings.xml",
        "<x:sst xmlns:x='m'><x:si><x:t>order_id</x:t></x:si><x:si><x:r><x:t>val</x:t></x:r><x:r><x:t>ue</x:t></x:r></x:si>\
         <x:si><x:t>ship_date</x:t><x:rPh sb='0' eb='1'><x:t>kana</x:t></x:rPh></x:si><x:si><x:t>A&amp;B_x0009_</x:t></x:si></x:sst>",
    );
    assert_eq!(read(&made.bytes()), ["2 A&B 1022.25 2026-11-03"]);
}

#[test]
fn a_number_is_a_day_where_its_format_says_so_and_counts_from_1900_or_1904() {
    let rows = "<row><c><v>1</v></c><c><v>5</v></c><c s='1'><v>46329</v></c></row>\
                <row><c><v>2</v></c><c><v>5</v></c><c s='2'><v>46329.75</v></c></row>\
                <row><c><v>3</v></c><c><v>5</v></c><c t='d'><v>2026-11-03T00:00:00</v></c></row>\
                <row><c><v>4</v></c><c><v>5</v></c><c><v>46329</v></c></row>";
    let codes = ["dd/mm/yyyy", "[$-409]mmmm d, yyyy h:mm AM/PM;@"];
    let not_a_day = "5 bad_date: Orders!C5, column ship_date: `46329` is not a day, expected YYYY-MM-DD such as 2026-11-03";
    assert_eq!(
        styled(&codes, "", rows),
        ["2 1 5.00 2026-11-03", "3 2 5.00 2026-11-03", "4 3 5.00 2026-11-03", not_a_day]
    );
    assert_eq!(
        styled(&codes, "date1904='1'", rows)[..3],
        ["2 1 5.00 2030-11-04", "3 2 5.00 2030-11-04", "4 3 5.00 2026-11-03"]
    );
}

#[test]
fn identifiers_that_became_numbers_are_whole_or_refused() {
    let rows = "<row><c><v>576412345678901</v></c><c><v>5</v></c></row>\
                <row><c><v>5.7641234567890125E+17</v></c><c><v>5</v></c></row>\
                <row><c><v>576412345678901234</v></c><c><v>5</v></c></row>\
                <row><c s='1'><v>202</v></c><c><v>5</v></c></row>\
                <row><c s='2'><v>46329</v></c><c><v>5</v></c></row>\
                <row><c t='b'><v>1</v></c><c><v>5</v></c></row>";
    let rounded =
        "`5.76412345678901E+17` is a number a spreadsheet has rounded: the identifier is lost";
    let made_of = "is what a spreadsheet made of it: the identifier is lost";
    assert_eq!(
        styled(&["000000000000", "mmm-yy"], "", rows),
        [
            "2 576412345678901 5.00".to_owned(),
            format!("3 damaged_id: Orders!A3, column order_id: {rounded}"),
            format!("4 damaged_id: Orders!A4, column order_id: {rounded}"),
            "5 000000000202 5.00".to_owned(),
            format!("6 damaged_id: Orders!A6, column order_id: `2026-11-03` {made_of}"),
            format!("7 damaged_id: Orders!A7, column order_id: `TRUE` {made_of}"),
        ]
    );
}

#[test]
fn money_is_what_the_sheet_shows() {
    let rows = "<row><c><v>1</v></c><c s='1'><v>53.05</v></c></row>\
                <row><c><v>2</v></c><c s='2'><v>53.05</v></c></row>\
                <row><c><v>3</v></c><c s='3'><v>0.15</v></c></row>\
                <row><c><v>4</v></c><c><v>12.990000000000002</v></c></row>\
                <row><c><v>5</v></c><c s='1'><v>-5</v></c></row>";
    let codes = [
        "_(\"$\"* #,##0.00_);_(\"$\"* \\(#,##0.00\\);_(\"$\"* \"-\"??_);_(@_)",
        "#,##0.00\\ [$€-407]",
        "0.0%",
    ];
    assert_eq!(
        styled(&codes, "", rows),
        [
            "2 1 53.05",
            "3 bad_currency: Orders!B3, column value: `€53.05` is not in USD, the currency of its row",
            "4 bad_amount: Orders!B4, column value: `15%` is not an amount, expected one such as 450.00",
            "5 4 12.99",
            "6 negative_amount: Orders!B6, column value: `-$5` is negative, expected zero or more",
        ]
    );
}

#[test]
fn a_number_has_its_point_however_the_texts_of_its_column_are_written() {
    let rows = "<row><c><v>1</v></c><c><v>450.5</v></c></row>\
                <row><c><v>2</v></c><c t='str'><v>1.234,50</v></c></row>\
                <row><c><v>3</v></c><c><v>12.345</v></c></row>\
                <row><c><v>4</v></c><c><v>1234</v></c></row>";
    let bytes = sheet(&format!("{}{rows}", texts(HEADER))).bytes();
    let comma = Options { amounts: Some(DecimalMark::Comma), ..options() };
    assert_eq!(
        told(reader(&bytes, comma).unwrap()),
        [
            "2 1 450.50",
            "3 2 1234.50",
            "4 too_many_decimals: Orders!B4, column value: `12.345` has more decimals than USD has (2)",
            "5 4 1234.00",
        ]
    );
}

#[test]
fn a_formula_counts_by_its_result_and_is_refused_without_one() {
    let rows = "<row><c><v>1</v></c><c><f>2*3</f><v>6</v></c></row>\
                <row><c t='str'><f>A2&amp;\"x\"</f><v>1x</v></c><c><v>5</v></c></row>\
                <row><c><v>3</v></c><c><f>SUM(B2,B3)</f><v></v></c></row>\
                <row><c><v>4</v></c><c t='e'><f>1/0</f><v>#DIV/0!</v></c></row>\
                <row><c><v>5</v></c><c><v>5</v></c><c t='str'><f>\"\"</f><v></v></c></row>\
                <row><c><v>6</v></c><c><v>5</v></c><c/><c t='e'><v>#N/A</v></c></row>";
    let mut header = HEADER.to_vec();
    header.push("Remark");
    let made = sheet(&format!("{}{rows}", texts(&header)));
    assert_eq!(
        read(&made.bytes()),
        [
            "2 1 6.00",
            "3 1x 5.00",
            "4 bad_cell: Orders!B4, column value: `=SUM(B2,B3)` is a formula, and the file does not hold its result",
            "5 bad_cell: Orders!B5, column value: `#DIV/0!` is an error of the spreadsheet, not a value",
            "6 5 5.00",
            "7 6 5.00",
        ]
    );
}

#[test]
fn a_sheet_that_goes_on_empty_to_its_last_row_costs_nothing() {
    let mut rows = texts(HEADER);
    rows.push_str(
        "<row r='2'><c r='A2'><v>1</v></c><c r='B2'><v>5</v></c><c r='XFD2' s='1'/></row>",
    );
    for row in 3..20_000 {
        rows.push_str(&format!("<row r='{row}' ht='15'><c r='A{row}' s='1'/></row>"));
    }
    rows.push_str(
        "<row r='1048576'><c r='A1048576'><v>2</v></c><c r='B1048576'><v>6</v></c></row>",
    );
    let mut made = Made::empty();
    made.workbook(&[("Orders", "")], "");
    made.sheet(1, "<dimension ref='A1:XFD1048576'/>", &rows);
    assert_eq!(read(&made.bytes()), ["2 1 5.00", "1048576 2 6.00"]);
}
