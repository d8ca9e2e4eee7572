//! OpenDocument workbooks: the same rules, written another way.

use super::made::{Made, ods};
use super::{read, reader, told};
use crate::intake::tests::options;

const HEADER: &str = "<table:table-row><table:table-cell office:value-type='string'><text:p>order_id</text:p></table:table-cell>\
    <table:table-cell office:value-type='string'><text:p>value</text:p></table:table-cell>\
    <table:table-cell office:value-type='string'><text:p>ship_date</text:p></table:table-cell></table:table-row>";

fn row(id: &str, value: &str, day: &str) -> String {
    format!("<table:table-row>{id}{value}{day}</table:table-row>")
}

fn text(text: &str) -> String {
    format!(
        "<table:table-cell office:value-type='string'><text:p>{text}</text:p></table:table-cell>"
    )
}

fn float(number: &str) -> String {
    format!(
        "<table:table-cell office:value-type='float' office:value='{number}'><text:p>{number}</text:p></table:table-cell>"
    )
}

#[test]
fn values_are_read_as_in_any_workbook() {
    let day = "<table:table-cell office:value-type='date' office:date-value='2026-11-03T10:17:29'><text:p>3 Nov</text:p></table:table-cell>";
    let money = "<table:table-cell office:value-type='currency' office:currency='EUR' office:value='53.05'><text:p>53,05 €</text:p></table:table-cell>";
    let share = "<table:table-cell office:value-type='percentage' office:value='0.15'><text:p>15%</text:p></table:table-cell>";
    let error = "<table:table-cell table:formula='of:=1/0' office:value-type='string' calcext:value-type='error'><text:p>#DIV/0!</text:p></table:table-cell>";
    let formula = "<table:table-cell table:formula='of:=[.B2]*2'/>";
    let noted = "<table:table-cell office:value-type='string'><office:annotation><text:p>check</text:p></office:annotation><text:p>A<text:s text:c='2'/>7</text:p></table:table-cell>";
    let rows = [
        HEADER.to_owned(),
        row(&text("5764"), &float("450.5"), day),
        row(&float("576412345678901000"), &float("5"), ""),
        row(&text("3"), money, ""),
        row(&text("4"), share, ""),
        row(&text("5"), error, ""),
        row(&text("6"), formula, ""),
        row(noted, &float("5"), ""),
    ];
    assert_eq!(
        read(&ods("Orders", &rows.concat()).bytes()),
        [
            "2 5764 450.50 2026-11-03",
            "3 damaged_id: Orders!A3, column order_id: `5.76412345678901E+17` is a number a spreadsheet has rounded: the identifier is lost",
            "4 bad_currency: Orders!B4, column value: `EUR 53.05` is not in USD, the currency of its row",
            "5 bad_amount: Orders!B5, column value: `15%` is not an amount, expected one such as 450.00",
            "6 bad_cell: Orders!B6, column value: `#DIV/0!` is an error of the spreadsheet, not a value",
            "7 bad_cell: Orders!B7, column value: `=[.B2]*2` is a formula, and the file does not hold its result",
            "8 A  7 5.00",
        ]
    );
}

#[test]
fn rows_and_cells_are_repeated_and_empty_ones_cost_nothing() {
    let rows = format!(
        "<table:table-column table:number-columns-repeated='1000'/>{HEADER}\
         <table:table-row table:number-rows-repeated='2'>{}{}<table:table-cell table:number-columns-repeated='16382'/></table:table-row>\
         <table:table-row table:number-rows-repeated='5'><table:table-cell table:number-columns-repeated='16384'/></table:table-row>\
         <table:table-row table:visibility='filter'>{}</table:table-row>\
         <table:table-row table:number-rows-repeated='1048567'><table:table-cell table:number-columns-repeated='16384'/></table:table-row>",
        text("1"),
        float("5"),
        float("6")
            .replace("<table:table-cell", "<table:table-cell table:number-columns-repeated='2'"),
    );
    let read = reader(&ods("Orders", &rows).bytes(), options()).unwrap();
    let original = read.original();
    assert_eq!(told(read), ["2 1 5.00", "3 1 5.00", "9 6 6.00"]);
    assert_eq!(original.sheet().unwrap().hidden_rows(), 1);
}

#[test]
fn its_sheets_are_chosen_by_their_headers_too() {
    let mut made = Made::empty();
    made.part("mimetype", "application/vnd.oasis.opendocument.spreadsheet");
    made.part(
        "content.xml",
        &format!(
            "<o><style:style style:name='ta2'><style:table-properties table:display='false'/></style:style>\
             <table:table table:name='Old' table:style-name='ta2'>{HEADER}{}</table:table>\
             <table:table table:name='Notes'>{}</table:table><table:table table:name='New'>{HEADER}{}</table:table></o>",
            row(&text("1"), &float("1"), ""),
            row(&text("note"), "", ""),
            row(&text("2"), &float("2"), ""),
        ),
    );
    assert_eq!(read(&made.bytes()), ["2 2 2.00"]);
}
