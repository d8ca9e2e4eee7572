//! Workbooks: a sheet of XLSX is read row by row on its own thread, so that one of a million rows
//! needs no more memory than its shared texts. XLS, which ends at 65,536 rows, and ODS are read whole.

use std::io::{BufReader, Read, Seek, Write as _};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use calamine::{
    Data, DataRef, Ods, Range, Reader as _, Sheet as SheetInfo, SheetType, SheetVisible, Xls, Xlsx,
    XlsxCellReader,
};
use rust_decimal::Decimal;

use super::records::Span;

/// The sheet TikTok's Seller Center writes.
const USUAL_SHEET: &str = "OrderSKUList";
/// Rows handed over at a time.
const BATCH: usize = 512;

/// What kind of workbook it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Book {
    Xlsx,
    Xls,
    Ods,
}

/// Some rows, `None` after the last ones, or why there are no more.
type Message = Result<Option<Batch>, String>;

/// Rows of one sheet.
pub(super) struct Sheet {
    batches: Receiver<Message>,
    batch: Batch,
    next: usize,
}

#[derive(Default)]
struct Batch {
    bytes: Vec<u8>,
    spans: Vec<Span>,
    /// Row number, and where its spans end; they start where the row before ends.
    rows: Vec<(u64, usize)>,
}

impl Sheet {
    /// Opens a workbook at the sheet of this name; without one at the usual sheet, else at the first
    /// visible one that has any rows.
    pub(super) fn open<F>(file: F, book: Book, sheet: Option<String>) -> Sheet
    where
        F: Read + Seek + Send + 'static,
    {
        let (send, batches) = sync_channel(4);
        std::thread::spawn(move || {
            let file = BufReader::with_capacity(64 << 10, file);
            let last = match book {
                Book::Xlsx => produce(file, sheet.as_deref(), &send),
                Book::Xls => Xls::new(file)
                    .map_err(|e| e.to_string())
                    .and_then(|book| produce_whole(book, sheet.as_deref(), &send)),
                Book::Ods => Ods::new(file)
                    .map_err(|e| e.to_string())
                    .and_then(|book| produce_whole(book, sheet.as_deref(), &send)),
            };
            let last = last.map(|()| None);
            // Nobody listens any more only when nobody wants to know.
            let _ = send.send(last);
        });
        Sheet { batches, batch: Batch::default(), next: 0 }
    }

    /// Goes to the next row; `false` at the end.
    pub(super) fn advance(&mut self) -> Result<bool, String> {
        self.next += 1;
        while self.next > self.batch.rows.len() {
            match self.batches.recv() {
                Ok(Ok(Some(batch))) => (self.batch, self.next) = (batch, 1),
                Ok(Ok(None)) => return Ok(false),
                Ok(Err(message)) => return Err(message),
                // The thread died in the middle: what came so far is not the whole sheet.
                Err(_) => return Err("it makes the reader stop in the middle".to_owned()),
            }
        }
        Ok(true)
    }

    /// The row it stands on: number, bytes, spans.
    pub(super) fn row(&self) -> (u64, &[u8], &[Span]) {
        let rows = &self.batch.rows;
        let end_of = |row: usize| rows.get(row).map_or(0, |(_, end)| *end);
        let here = self.next.saturating_sub(1);
        let start = here.checked_sub(1).map_or(0, end_of);
        let line = rows.get(here).map_or(0, |(line, _)| *line);
        let spans = self.batch.spans.get(start..end_of(here)).unwrap_or(&[]);
        (line, &self.batch.bytes, spans)
    }
}

/// The sheets in the order in which they are tried.
fn sheets(all: &[SheetInfo], wanted: Option<&str>) -> Result<Vec<String>, String> {
    let tables = all.iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
    if let Some(wanted) = wanted {
        let names: Vec<&str> = tables.map(|sheet| sheet.name.as_str()).collect();
        return match names.iter().find(|name| **name == wanted) {
            Some(name) => Ok(vec![(*name).to_owned()]),
            None => Err(format!("it has no sheet `{wanted}`, there are: {}", names.join(", "))),
        };
    }
    let mut tables: Vec<&SheetInfo> = tables.collect();
    tables.sort_by_key(|sheet| (sheet.name != USUAL_SHEET, sheet.visible != SheetVisible::Visible));
    Ok(tables.into_iter().map(|sheet| sheet.name.clone()).collect())
}

/// Sends the rows of a sheet of a workbook that is read whole.
fn produce_whole<F, B>(
    mut book: B,
    wanted: Option<&str>,
    send: &SyncSender<Message>,
) -> Result<(), String>
where
    F: Read + Seek,
    B: calamine::Reader<F>,
{
    for name in sheets(book.sheets_metadata(), wanted)? {
        let range = book.worksheet_range(&name).map_err(|e| format!("{e:?}"))?;
        if send_range(&range, send) {
            break;
        }
    }
    Ok(())
}

/// Sends the rows of one sheet; `false` if it had none.
fn send_range(range: &Range<Data>, send: &SyncSender<Message>) -> bool {
    let (first_row, first_column) = range.start().unwrap_or_default();
    let mut batch = Batch::default();
    let mut any = false;
    let mut line: Vec<(u32, Span)> = Vec::new();
    for (row, cells) in (first_row..).zip(range.rows()) {
        for (column, cell) in (first_column..).zip(cells) {
            if !matches!(cell, Data::Empty) {
                let start = batch.bytes.len();
                write_cell(&borrowed(cell), &mut batch.bytes);
                line.push((column, (start as u32, batch.bytes.len() as u32)));
            }
        }
        if line.is_empty() {
            continue;
        }
        any = true;
        finish(&mut batch, Some(row), &mut line);
        if batch.rows.len() >= BATCH && send.send(Ok(Some(std::mem::take(&mut batch)))).is_err() {
            return true;
        }
    }
    // A closed channel means that the rows are no longer wanted.
    let _ = send.send(Ok(Some(batch)));
    any
}

fn borrowed(cell: &Data) -> DataRef<'_> {
    match cell {
        Data::Int(number) => DataRef::Int(*number),
        Data::Float(number) => DataRef::Float(*number),
        Data::String(text) => DataRef::SharedString(text),
        Data::Bool(yes) => DataRef::Bool(*yes),
        Data::DateTime(at) => DataRef::DateTime(*at),
        Data::DateTimeIso(text) => DataRef::DateTimeIso(text.clone()),
        Data::DurationIso(text) => DataRef::DurationIso(text.clone()),
        Data::Error(error) => DataRef::Error(error.clone()),
        Data::Empty => DataRef::Empty,
    }
}

/// Sends the rows of the sheet that is wanted, else of the usual one, else of the first that has any.
fn produce<F: Read + Seek>(
    file: F,
    wanted: Option<&str>,
    send: &SyncSender<Message>,
) -> Result<(), String> {
    let mut book: Xlsx<F> = Xlsx::new(file).map_err(|e| e.to_string())?;
    for name in sheets(book.sheets_metadata(), wanted)? {
        let cells = book.worksheet_cells_reader(&name).map_err(|e| e.to_string())?;
        if pump(cells, send)? {
            break;
        }
    }
    Ok(())
}

/// Sends the rows of one sheet; `false` if it had none.
fn pump<F: Read + Seek>(
    mut cells: XlsxCellReader<'_, F>,
    send: &SyncSender<Message>,
) -> Result<bool, String> {
    let mut batch = Batch::default();
    let mut any = false;
    let mut row = None;
    // The current row's cells by column: they come in order except in odd files.
    let mut line: Vec<(u32, Span)> = Vec::new();
    while let Some(cell) = cells.next_cell().map_err(|e| e.to_string())? {
        if matches!(cell.get_value(), DataRef::Empty) {
            continue;
        }
        let (at, column) = cell.get_position();
        if row != Some(at) {
            finish(&mut batch, row, &mut line);
            row = Some(at);
            any = true;
            if batch.rows.len() >= BATCH && send.send(Ok(Some(std::mem::take(&mut batch)))).is_err()
            {
                return Ok(true);
            }
        }
        let start = batch.bytes.len();
        write_cell(cell.get_value(), &mut batch.bytes);
        // A batch holds far less than 4 GB: a cell has at most 32,767 characters.
        line.push((column, (start as u32, batch.bytes.len() as u32)));
    }
    finish(&mut batch, row, &mut line);
    // A closed channel means that the rows are no longer wanted.
    let _ = send.send(Ok(Some(batch)));
    Ok(any)
}

fn finish(batch: &mut Batch, row: Option<u32>, line: &mut Vec<(u32, Span)>) {
    let Some(row) = row else { return };
    line.sort_by_key(|(column, _)| *column);
    let start = batch.spans.len();
    for (column, span) in line.drain(..) {
        let place = start + column as usize;
        if batch.spans.len() < place {
            batch.spans.resize(place, (0, 0));
        }
        batch.spans.push(span);
    }
    batch.rows.push((u64::from(row) + 1, batch.spans.len()));
}

/// Writes a cell as the text a CSV export would have had.
fn write_cell(value: &DataRef<'_>, out: &mut Vec<u8>) {
    // Writing to a Vec does not fail.
    let _ = match value {
        DataRef::String(text) => out.write_all(text.as_bytes()),
        DataRef::SharedString(text) => out.write_all(text.as_bytes()),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => out.write_all(text.as_bytes()),
        DataRef::Int(number) => write_number(&number.to_string(), out),
        // A float leaves calamine as its shortest text and is only text from here on.
        DataRef::Float(number) => write_number(&number.to_string(), out),
        DataRef::Bool(yes) => out.write_all(if *yes { b"TRUE" } else { b"FALSE" }),
        DataRef::DateTime(at) if at.is_datetime() => {
            let (year, month, day, hour, minute, second, _) = at.to_ymd_hms_milli();
            write!(out, "{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}")
        }
        DataRef::DateTime(at) => write!(out, "{at}"),
        DataRef::Error(error) => write!(out, "{error}"),
        DataRef::Empty => Ok(()),
    };
}

/// A number cell holds 15 digits. A longer whole number has been rounded, and is written the way
/// a spreadsheet shows it, so that it is refused as an identifier; the noise behind the fifteenth
/// digit of a fraction is taken off.
fn write_number(text: &str, out: &mut Vec<u8>) -> std::io::Result<()> {
    const KEPT: usize = 15;
    let digits = text.trim_start_matches('-');
    let whole = digits.bytes().all(|b| b.is_ascii_digit());
    if whole && digits.len() > KEPT {
        return write!(out, "{}.{}E+{}", &digits[..1], &digits[1..KEPT], digits.len() - 1);
    }
    let rounded = text.parse::<Decimal>().ok().and_then(|n| n.round_sf(15)).map(|n| n.normalize());
    match rounded {
        Some(number) => write!(out, "{number}"),
        None => out.write_all(text.as_bytes()),
    }
}

#[cfg(test)]
mod tests {
    use super::write_number;

    #[test]
    fn a_number_of_more_than_fifteen_digits_is_shown_as_rounded() {
        let text = |number: &str| {
            let mut out = Vec::new();
            write_number(number, &mut out).unwrap();
            String::from_utf8(out).unwrap()
        };
        assert_eq!(text("576400000000000000"), "5.76400000000000E+17");
        assert_eq!(text("123456789012345"), "123456789012345");
        assert_eq!(text("12.990000000000002"), "12.99");
        assert_eq!(text("53.05"), "53.05");
    }
}
