//! Workbooks: XLSX, XLS and ODS as sellers have them, with the sheet and cell in every message.

use rust_xlsxwriter::{Format, Formula, Workbook, Worksheet};

use crate::harness::Home;

fn texts(sheet: &mut Worksheet, row: u32, cells: &[&str]) {
    for (column, cell) in cells.iter().enumerate() {
        sheet.write_string(row, column as u16, *cell).unwrap();
    }
}

/// Notes, and below a title the orders: some as Excel leaves them.
fn november(home: &Home) {
    let mut book = Workbook::new();
    texts(book.add_worksheet().set_name("Read me").unwrap(), 0, &["Shop", "North"]);
    let sheet = book.add_worksheet().set_name("Orders").unwrap();
    texts(sheet, 0, &["Orders of November"]);
    texts(sheet, 2, &["order_id", "tracking_number", "value", "ship_date"]);
    let day = Format::new().set_num_format("d mmm yyyy");
    let dollars = Format::new().set_num_format("_($* #,##0.00_)");
    for (row, id, value) in [(3, "5764", 450), (4, "5765", 120), (5, "5766", 80), (6, "5767", 300)]
    {
        sheet.write_string(row, 0, id).unwrap();
        sheet.write_string(row, 1, format!("94001{id}")).unwrap();
        sheet.write_number_with_format(row, 2, value, &dollars).unwrap();
        sheet.write_number_with_format(row, 3, 46_350, &day).unwrap();
    }
    sheet.write_number(7, 0, 5.764_123_456_789e17).unwrap();
    sheet.write_string(7, 2, "12").unwrap();
    sheet.write_formula(8, 2, Formula::new("=1/0").set_result("#DIV/0!")).unwrap();
    sheet.write_string(8, 0, "5769").unwrap();
    sheet.set_row_hidden(5).unwrap();
    sheet.set_row_hidden(6).unwrap();
    book.save(home.path("november.xlsx")).unwrap();
}

#[test]
fn a_workbook_is_read_from_the_sheet_that_has_parcels_hidden_rows_and_all() {
    let home = Home::new();
    november(&home);
    home.insure("batch-insure november.xlsx --rejects rejects.csv")
        .stdout(r"")
        .stderr(r"")
        .status(3)
        .run();
}

#[test]
fn the_rows_that_were_refused_come_out_of_that_sheet() {
    let home = Home::new();
    november(&home);
    home.insure("batch-insure november.xlsx --rejects rejects.csv --format ndjson")
        .status(3)
        .output();
    assert_eq!(home.read("rejects.csv"), "");
}

#[test]
fn of_two_sheets_with_parcels_one_has_to_be_named() {
    let home = Home::new();
    let mut book = Workbook::new();
    for (name, id) in [("October", "1001"), ("November 2026", "1002")] {
        let sheet = book.add_worksheet().set_name(name).unwrap();
        texts(sheet, 0, &["order_id", "value"]);
        texts(sheet, 1, &[id, "x"]);
    }
    book.save(home.path("year.xlsx")).unwrap();
    home.insure("quote --plan tiktok-upic --input year.xlsx").stderr(r"").status(2).run();
    home.insure("batch-insure year.xlsx --sheet 'november 2026'")
        .stdout(r"")
        .stderr(r"")
        .status(3)
        .run();
    home.insure("batch-insure year.xlsx --sheet December").stderr(r"").status(2).run();
}

#[test]
fn an_old_workbook_and_what_only_goes_by_its_name() {
    let home = Home::new();
    home.fixture("workbooks/orders.xls");
    home.insure("quote --plan tiktok-upic --input workbooks/orders.xls --format csv")
        .stdout(r"")
        .stderr(r"")
        .status(3)
        .run();
    home.write("page.xls", "<html><body><table><tr><td>order_id</td></tr></table></body></html>");
    home.insure("batch-insure page.xls").stderr(r"").status(2).run();
}

#[test]
fn columns_that_are_not_known_are_shown_with_their_row() {
    let home = Home::new();
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("Parcels").unwrap();
    texts(sheet, 0, &["Parcels of the week"]);
    texts(sheet, 2, &["order_id", "weight"]);
    book.save(home.path("week.xlsx")).unwrap();
    home.insure("batch-insure week.xlsx").stderr(r"").status(2).run();
}
