//! XLS and XLSB: the workbooks that are no XML.

use std::fmt::Write as _;
use std::io::{BufReader, Read, Seek};
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{Data, Reader as _, SheetType, SheetVisible, Xls, XlsError, Xlsb, Xlsx, XlsxError};

use super::batch::{Flaw, Flawed, Go, Sink};
use super::format::Shown;
use super::number::{self, Epoch};
use super::{Book, PASSWORD, SheetInfo};

/// Does something with the library, which trusts the lengths and places a file states, and panics
/// where they are wrong.
fn guarded<T>(work: impl FnOnce() -> Result<T, String>) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(work))
        .unwrap_or_else(|_| Err("it is damaged: what it says of its parts is not so".to_owned()))
}

/// A workbook of Excel 97 to 2003, held in memory: it has at most 65,536 rows.
pub(super) struct Old<F: Read + Seek> {
    book: Xls<BufReader<F>>,
    sheets: Vec<SheetInfo>,
}

impl<F: Read + Seek> Old<F> {
    pub(super) fn open(file: F) -> Result<Old<F>, String> {
        guarded(|| Old::open_trusting(file))
    }

    fn open_trusting(mut file: F) -> Result<Old<F>, String> {
        // A workbook with a password is in the same kind of container, whatever it is inside.
        if matches!(Xlsx::new(BufReader::new(&mut file)), Err(XlsxError::Password)) {
            return Err(PASSWORD.to_owned());
        }
        file.rewind().map_err(|why| why.to_string())?;
        let book = Xls::new(BufReader::new(file)).map_err(|why| match why {
            XlsError::Password => PASSWORD.to_owned(),
            why => why.to_string(),
        })?;
        let sheets = infos(book.sheets_metadata());
        Ok(Old { book, sheets })
    }
}

impl<F: Read + Seek + Send> Book for Old<F> {
    fn sheets(&self) -> &[SheetInfo] {
        &self.sheets
    }

    fn read(&mut self, sheet: usize, sink: &mut dyn Sink) -> Result<(), String> {
        let Some(info) = self.sheets.get(sheet) else { return Ok(()) };
        let range =
            guarded(|| self.book.worksheet_range(&info.name).map_err(|why| why.to_string()))?;
        let (top, left) = range.start().unwrap_or((0, 0));
        let mut text = String::new();
        for (row, column, value) in range.used_cells() {
            let flaw = write(value, &mut text);
            // Neither beyond what a sheet has: 65,536 rows and 256 columns.
            if sink.cell(top + row as u32, left + column as u32, &text, flaw) == Go::Break(()) {
                break;
            }
        }
        Ok(())
    }
}

/// An XLSB workbook: XLSX whose parts are no XML.
pub(super) struct Binary<F: Read + Seek> {
    book: Xlsb<BufReader<F>>,
    sheets: Vec<SheetInfo>,
}

impl<F: Read + Seek> Binary<F> {
    pub(super) fn open(file: F) -> Result<Binary<F>, String> {
        let book = guarded(|| Xlsb::new(BufReader::new(file)).map_err(|why| why.to_string()))?;
        let sheets = infos(book.sheets_metadata());
        Ok(Binary { book, sheets })
    }
}

impl<F: Read + Seek + Send> Book for Binary<F> {
    fn sheets(&self) -> &[SheetInfo] {
        &self.sheets
    }

    fn read(&mut self, sheet: usize, sink: &mut dyn Sink) -> Result<(), String> {
        let Some(info) = self.sheets.get(sheet) else { return Ok(()) };
        guarded(|| {
            let mut cells =
                self.book.worksheet_cells_reader(&info.name).map_err(|why| why.to_string())?;
            let mut text = String::new();
            while let Some(cell) = cells.next_cell().map_err(|why| why.to_string())? {
                let (row, column) = cell.get_position();
                let flaw = write(&cell.get_value().clone().into(), &mut text);
                if sink.cell(row, column, &text, flaw) == Go::Break(()) {
                    break;
                }
            }
            Ok(())
        })
    }
}

fn infos(sheets: &[calamine::Sheet]) -> Vec<SheetInfo> {
    let cells = sheets.iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
    cells
        .map(|sheet| SheetInfo {
            name: sheet.name.as_str().into(),
            hidden: sheet.visible != SheetVisible::Visible,
        })
        .collect()
}

/// Writes a cell as the text a CSV export would have had.
fn write(value: &Data, out: &mut String) -> Flawed {
    out.clear();
    let plain = |number: String, out: &mut String| {
        number::write(&number, &Shown::Plain, Epoch::From1900, out)
    };
    match value {
        Data::String(text) => out.push_str(text),
        Data::DurationIso(text) => out.push_str(text),
        Data::DateTimeIso(text) => {
            out.push_str(text);
            return Some(Flaw::Day);
        }
        Data::Int(number) => return plain(number.to_string(), out),
        // A float leaves calamine as its shortest text and is only text from here on.
        Data::Float(number) => return plain(number.to_string(), out),
        Data::Bool(yes) => {
            out.push_str(if *yes { "TRUE" } else { "FALSE" });
            return Some(Flaw::Truth);
        }
        Data::DateTime(at) => {
            if !at.is_datetime() {
                return number::write(&at.as_f64().to_string(), &Shown::Time, Epoch::From1900, out);
            }
            let (year, month, day, hour, minute, second, _) = at.to_ymd_hms_milli();
            let _ = write!(out, "{year:04}-{month:02}-{day:02}");
            if (hour, minute, second) != (0, 0, 0) {
                let _ = write!(out, " {hour:02}:{minute:02}:{second:02}");
            }
            return Some(Flaw::Day);
        }
        Data::Error(error) => {
            let _ = write!(out, "{error}");
            return Some(Flaw::Error);
        }
        Data::Empty => {}
    }
    None
}
