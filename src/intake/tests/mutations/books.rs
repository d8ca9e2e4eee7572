//! What is done to a file that becomes a workbook: as exports write them, and as a spreadsheet does that
//! took its cells for numbers and days.

use super::File;
use crate::calendar::Day;
use crate::intake::dates;
use crate::intake::layout::Field;
use crate::intake::tests::workbooks::made::{Made, ods, texts};

/// A change and the workbook it makes of a file.
pub(super) type Quirk = (&'static str, fn(&File) -> Vec<u8>);

pub(super) const BOOKS: &[Quirk] = &[
    ("XLSX", |file| book(&rows(file, inline), "")),
    ("XLSX, a row element for each cell, a size that is not so", |file| {
        let one = |place, text: &str| {
            let cell = inline(place, text);
            if cell.is_empty() { cell } else { format!("</row><row r='{}'>{cell}", place.0) }
        };
        book(&rows(file, one), "<dimension ref='A1:A1'/>")
    }),
    ("XLSX, shared texts", |file| {
        let mut shared = String::new();
        let mut count = 0;
        let mut sheet = String::new();
        for (row, cells) in (1..).zip(&file.rows) {
            sheet.push_str(&format!("<row r='{row}'>"));
            for (column, text) in cells.iter().enumerate().filter(|(_, text)| !text.is_empty()) {
                shared.push_str(&format!("<si><r><t>{}</t></r></si>", escaped(text)));
                sheet.push_str(&format!("<c r='{}' t='s'><v>{count}</v></c>", name(row, column)));
                count += 1;
            }
            sheet.push_str("</row>");
        }
        let mut made = Made::empty();
        made.workbook(&[("Orders", "")], "");
        made.part("xl/sharedStrings.xml", &format!("<sst>{shared}</sst>"));
        made.sheet(1, "", &sheet);
        made.bytes()
    }),
    ("XLSX, formulas with their results", |file| {
        let formula = |(row, column), text: &str| match text {
            "" => String::new(),
            text => format!(
                "<c r='{}' t='str'><f>Data!A1&amp;\"\"</f><v>{}</v></c>",
                name(row, column),
                escaped(text)
            ),
        };
        book(&rows(file, formula), "")
    }),
    ("XLSX, hidden rows and columns", |file| {
        let sheet = rows(file, inline).replace("<row r='3'", "<row hidden='1' r='3'");
        book(&sheet, "<cols><col min='1' max='9' hidden='1'/></cols>")
    }),
    ("XLSX, several sheets", |file| {
        let mut made = Made::empty();
        made.workbook(&[("Read me", ""), ("Orders", ""), ("Old", "state='hidden'")], "");
        let sheet = rows(file, inline);
        made.sheet(1, "", &texts(&["Export of November", "2026"]));
        made.sheet(2, "", &sheet);
        made.sheet(3, "", &sheet);
        made.bytes()
    }),
    ("XLSX, a header of two rows, its cells merged", |file| {
        let mut below = file.rows[0].clone();
        let mut two = vec![vec![std::mem::take(&mut below[0])], below];
        two.extend(file.rows[1..].iter().cloned());
        book(&rows(&File { rows: two, ..file.clone() }, inline), "")
    }),
    ("XLSX, days as numbers", |file| {
        let days: Vec<usize> = file.places(Field::is_day);
        book(
            &rows(file, |(row, column), text| match file.day(text) {
                Some(day) if row > 1 && days.contains(&column) => {
                    let first = Day::from_ymd_opt(1899, 12, 30).unwrap();
                    let serial = (day - first).num_days();
                    format!("<c r='{}' s='1'><v>{serial}</v></c>", name(row, column))
                }
                _ => inline((row, column), text),
            }),
            "",
        )
    }),
    ("XLSX, amounts as numbers", |file| {
        let amounts = file.places(Field::is_amount);
        book(
            &rows(file, |(row, column), text| match number(text) && amounts.contains(&column) {
                true => format!("<c r='{}'><v>{text}</v></c>", name(row, column)),
                false => inline((row, column), text),
            }),
            "",
        )
    }),
    ("XLSX, identifiers as numbers", |file| {
        let ids = file.places(Field::is_id);
        book(
            &rows(file, |(row, column), text| match number(text.trim()) && ids.contains(&column) {
                true => format!("<c r='{}'><v>{}</v></c>", name(row, column), text.trim()),
                false => inline((row, column), text),
            }),
            "",
        )
    }),
    ("ODS", |file| {
        let rows = file.rows.iter().map(|row| {
            let cell = |text: &String| match text.as_str() {
                "" => "<table:table-cell/>".to_owned(),
                text => format!(
                    "<table:table-cell office:value-type='string'><text:p>{}</text:p></table:table-cell>",
                    escaped(text).replace('\n', "</text:p><text:p>")
                ),
            };
            format!("<table:table-row>{}</table:table-row>", row.iter().map(cell).collect::<String>())
        });
        ods("Orders", &rows.collect::<String>()).bytes()
    }),
    ("ODS, days and amounts as such", |file| {
        let (days, amounts) = (file.places(Field::is_day), file.places(Field::is_amount));
        let mut out = String::new();
        for (at, row) in file.rows.iter().enumerate() {
            out.push_str("<table:table-row>");
            for (column, text) in row.iter().enumerate() {
                let value = match file.day(text).filter(|_| at > 0 && days.contains(&column)) {
                    Some(day) => format!("date' office:date-value='{day}"),
                    None if number(text) && amounts.contains(&column) => {
                        format!("float' office:value='{text}")
                    }
                    None => "string".to_owned(),
                };
                out.push_str(&format!(
                    "<table:table-cell office:value-type='{value}'><text:p>{}</text:p></table:table-cell>",
                    escaped(text).replace('\n', "</text:p><text:p>")
                ));
            }
            out.push_str("</table:table-row>");
        }
        ods("Orders", &out).bytes()
    }),
];

impl File {
    /// A cell as the day it is in this file.
    fn day(&self, text: &str) -> Option<Day> {
        dates::read(text.trim().as_bytes(), self.dates).ok().flatten()
    }
}

/// A place in a sheet: its row from 1, its column from 0.
type Place = (usize, usize);

fn name(row: usize, column: usize) -> String {
    let mut letters = String::new();
    let mut rest = column + 1;
    while rest > 0 {
        letters.insert(0, char::from(b'A' + ((rest - 1) % 26) as u8));
        rest = (rest - 1) / 26;
    }
    format!("{letters}{row}")
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

/// Digits, with a point at most: what a spreadsheet takes for a number. With three digits behind it the
/// point may be there for thousands: no spreadsheet is to be believed that takes it for another.
fn number(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
        && !(text.len() > 1 && text.starts_with('0') && !text.starts_with("0."))
        && text.bytes().all(|b| b.is_ascii_digit() || b == b'.')
        && text.matches('.').count() < 2
        && text.split_once('.').is_none_or(|(_, behind)| behind.len() != 3)
}

fn inline((row, column): Place, text: &str) -> String {
    match text {
        "" => String::new(),
        text => format!(
            "<c r='{}' t='inlineStr'><is><t xml:space='preserve'>{}</t></is></c>",
            name(row, column),
            escaped(text)
        ),
    }
}

fn rows(file: &File, cell: impl Fn(Place, &str) -> String) -> String {
    let mut out = String::new();
    for (row, cells) in (1..).zip(&file.rows) {
        out.push_str(&format!("<row r='{row}'>"));
        for (column, text) in cells.iter().enumerate() {
            out.push_str(&cell((row, column), text));
        }
        out.push_str("</row>");
    }
    out
}

fn book(rows: &str, before: &str) -> Vec<u8> {
    let mut made = Made::empty();
    made.workbook(&[("Orders", "")], "");
    made.styles(&["dd/mm/yyyy"]);
    made.sheet(1, before, rows);
    made.bytes()
}
