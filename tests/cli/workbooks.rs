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
        .stdout(
            r"
            line  parcel   stays uninsured  refused     reason
               8  (no id)                   damaged_id  Orders!A8, column order_id: `5.76412345678900E+17` is a number a spreadsheet has rounded: the identifier is lost
               9  5769                      bad_cell    Orders!C9, column value: `#DIV/0!` is an error of the spreadsheet, not a value
            hint (bad_cell): mend the formula there, or write the value itself
            hint (damaged_id): use the export as downloaded, without opening and saving it in a spreadsheet

            Rows                       6
            Parcels                    4
            Insured                    4
            Already insured            0
            Cancelled orders           0
            Refused                    2  1 bad_cell, 1 damaged_id
            Cover             600.00 USD
            Stays uninsured   350.00 USD
            Premium             0.00 USD

            Recorded as BAT-00001Y.
            ",
        )
        .stderr(
            r"
            november.xlsx: read the sheet `Orders` of 2; --sheet NAME asks for another
            november.xlsx: 2 rows of `Orders` are hidden (by a filter or by hand) and were read like the others
            rejects.csv: 2 rejected rows, to be mended and fed back
            ",
        )
        .status(3)
        .run();
    assert_eq!(
        home.read("rejects.csv"),
        "order_id,tracking_number,value,ship_date,line,code,reason\n\
         5.76412345678900E+17,,12,,8,damaged_id,\"Orders!A8, column order_id: `5.76412345678900E+17` is a number a spreadsheet has rounded: the identifier is lost\"\n\
         5769,,#DIV/0!,,9,bad_cell,\"Orders!C9, column value: `#DIV/0!` is an error of the spreadsheet, not a value\"\n"
    );
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
    home.insure("quote --plan tiktok-upic --input year.xlsx")
        .stderr(
            r"
            error: year.xlsx: there are several sheets that can be read in this workbook: `October`, `November 2026`

            hint: say which with --sheet, such as --sheet 'October'
            ",
        )
        .status(2)
        .run();
    home.insure("quote --plan tiktok-upic --input year.xlsx --sheet 'november 2026' --format csv")
        .stdout(
            r#"
            line,order_id,package_id,tracking_number,plan,version,currency,package_value,included_cover,cover,uninsured_value,stays_uninsured,premium,assumed,code,reason,doubt
            2,1002,,,,,,,,,,,,,bad_amount,"'November 2026'!B2, column value: `x` is not an amount, expected one such as 450.00",
            "#,
        )
        .stderr(
            r"
            1 parcel: 0 priced, 0 cancelled, 1 refused (1 bad_amount); cover 0.00 USD, premium 0.00 USD
            ",
        )
        .status(3)
        .run();
    home.insure("batch-insure year.xlsx --sheet December")
        .stderr(
            r"
            error: year.xlsx: there is no sheet `December` in this workbook: `October`, `November 2026`

            hint: say which with --sheet, such as --sheet 'October'
            ",
        )
        .status(2)
        .run();
}

#[test]
fn carrier_events_in_a_workbook_are_told_with_their_cells() {
    let home = Home::new();
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("Scans").unwrap();
    texts(sheet, 0, &["tracking_number", "event", "at"]);
    texts(sheet, 1, &["9400111", "eaten", "2026-11-20"]);
    book.save(home.path("scans.xlsx")).unwrap();
    home.insure("insure --order 5764 --tracking 9400111 --value 450").output();
    home.insure("track --input scans.xlsx")
        .stdout(
            r"
            Rows              1
            New events        0
            Known already     0
            Became effective  0
            Cancelled         0
            Not insured       0
            Not taken in      1
            Scans!B2, column event: `eaten` is not a carrier event, expected one of labelled, scanned, moved, delivered, cancelled, damaged, lost, returned (unknown_event)
            ",
        )
        .status(3)
        .run();
}

#[test]
fn an_old_workbook_and_what_only_goes_by_its_name() {
    let home = Home::new();
    home.write("orders.xls", include_bytes!("../fixtures/workbooks/orders.xls"));
    home.insure("quote --plan tiktok-upic --input orders.xls --format csv")
        .stdout(
            r#"
            line,order_id,package_id,tracking_number,plan,version,currency,package_value,included_cover,cover,uninsured_value,stays_uninsured,premium,assumed,code,reason,doubt
            4,5764,,9400111,tiktok-upic,2025-10-17,USD,450.50,200.00,450.50,250.50,0.00,2.25,true,,,
            5,,,9400112,,,,,,,,,,,damaged_id,"Orders!A5, column order_id: `5.76412345678901E+17` is a number a spreadsheet has rounded: the identifier is lost",
            6,5766,,,,,,,,,,,,,bad_cell,"Orders!C6, column value: `#N/A` is an error of the spreadsheet, not a value",
            7,5767,,,tiktok-upic,2025-10-17,USD,12.00,12.00,12.00,0.00,0.00,0.00,false,,,
            "#,
        )
        .stderr(
            r"
            orders.xls: read the sheet `Orders` of 2; --sheet NAME asks for another
            4 parcels: 2 priced, 0 cancelled, 2 refused (1 bad_cell, 1 damaged_id); cover 462.50 USD, premium 2.25 USD
            hint (bad_cell): mend the formula there, or write the value itself
            hint (damaged_id): use the export as downloaded, without opening and saving it in a spreadsheet
            ",
        )
        .status(3)
        .run();
    home.write("page.xls", "<html><body><table><tr><td>order_id</td></tr></table></body></html>");
    home.insure("batch-insure page.xls")
        .stderr(
            r"
            error: page.xls: this looks like a web page (HTML or XML), expected CSV or a workbook (XLSX, XLS, ODS)

            hint: shops often call a web page .xls: open it in a spreadsheet and save it as .xlsx
            ",
        )
        .status(2)
        .run();
}

#[test]
fn columns_that_are_not_known_are_shown_with_their_row() {
    let home = Home::new();
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("Parcels").unwrap();
    texts(sheet, 0, &["Parcels of the week"]);
    texts(sheet, 2, &["order_id", "weight"]);
    book.save(home.path("week.xlsx")).unwrap();
    home.insure("batch-insure week.xlsx")
        .stderr(
            r"
            error: week.xlsx: Parcels!3: no known layout has these columns
              plain: looked for `value or product`; found `order_id`
              carrier-events: looked for `event`, `at`; found `order_id`
              amazon-new: looked for `order-item-id`, `item-price`, `shipping-price`, `quantity-purchased`, `purchase-date`; found `order_id`
              the header has `order_id`, `weight`

            hint: give the file as it was exported, or rename the columns to the tool's own: order_id, package_id, tracking_number, value; or describe it once: insure layout new FILE
            ",
        )
        .status(2)
        .run();
}
