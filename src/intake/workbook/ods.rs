//! ODS: a zip archive with one part that holds all sheets, cell by cell.

use std::io::{BufRead, BufReader, Read, Seek};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use super::batch::{Flaw, Flawed, Go, Sink};
use super::format::Shown;
use super::number::{self, Epoch};
use super::xml::{add_text, attribute, attribute_text, attributes, local, reader};
use super::{Book, PASSWORD, SheetInfo};
use crate::intake::unpack;

const CONTENT: &str = "content.xml";
/// Rows and columns a spreadsheet has.
const ROWS: u32 = 1 << 20;
const COLUMNS: u32 = 1 << 14;
/// What cells may come to that are written once and stand in many places: a sheet whose last column is
/// filled down to the end needs a third of it.
const REPEATED: usize = 64 << 20;

/// A workbook that was opened.
pub(super) struct Ods<F> {
    archive: ZipArchive<F>,
    sheets: Vec<SheetInfo>,
}

impl<F: Read + Seek> Ods<F> {
    pub(super) fn open(file: F) -> Result<Ods<F>, String> {
        let mut archive = ZipArchive::new(file).map_err(|why| why.to_string())?;
        let mut manifest = Vec::new();
        if let Ok(part) = archive.by_name("META-INF/manifest.xml") {
            part.take(1 << 20).read_to_end(&mut manifest).map_err(|why| why.to_string())?;
        }
        if String::from_utf8_lossy(&manifest).contains("encryption-data") {
            return Err(PASSWORD.to_owned());
        }
        let mut book = Ods { archive, sheets: Vec::new() };
        book.sheets = book.names()?;
        Ok(book)
    }

    fn content(&mut self) -> Result<Reader<impl BufRead + use<'_, F>>, String> {
        let part = self.archive.by_name(CONTENT).map_err(|why| format!("{CONTENT}: {why}"))?;
        Ok(reader(BufReader::with_capacity(64 << 10, unpack::part(part))))
    }

    fn names(&mut self) -> Result<Vec<SheetInfo>, String> {
        let mut xml = self.content()?;
        let mut buffer = Vec::new();
        let (mut sheets, mut style, mut hiding) = (Vec::new(), String::new(), Vec::new());
        loop {
            buffer.clear();
            match xml.read_event_into(&mut buffer).map_err(failed)? {
                Event::Start(e) => {
                    let raw = e.attributes_raw();
                    match e.name().as_ref() {
                        "style:style" => style = attribute_text(raw, "name").unwrap_or_default(),
                        "style:table-properties" if attribute(raw, "display") == Some("false") => {
                            hiding.push(std::mem::take(&mut style));
                        }
                        "table:table" => {
                            let style = attribute_text(raw, "style-name").unwrap_or_default();
                            let name = attribute_text(raw, "name").unwrap_or_default().into();
                            sheets.push(SheetInfo { name, hidden: hiding.contains(&style) });
                        }
                        _ => {}
                    }
                }
                Event::Eof => return Ok(sheets),
                _ => {}
            }
        }
    }
}

impl<F: Read + Seek + Send> Book for Ods<F> {
    fn sheets(&self) -> &[SheetInfo] {
        &self.sheets
    }

    fn read(&mut self, sheet: usize, sink: &mut dyn Sink) -> Result<(), String> {
        let mut xml = self.content()?;
        let mut buffer = Vec::new();
        let mut before = 0;
        loop {
            buffer.clear();
            match xml.read_event_into(&mut buffer).map_err(failed)? {
                Event::Start(e) if e.name().as_ref() == "table:table" => {
                    if before == sheet {
                        return read_sheet(&mut xml, sink);
                    }
                    before += 1;
                }
                Event::Eof => return Ok(()),
                _ => {}
            }
        }
    }
}

fn failed(why: quick_xml::Error) -> String {
    format!("{CONTENT}: {why}")
}

fn repeated(raw: &str, name: &str) -> u32 {
    attribute(raw, name).and_then(|n| n.parse().ok()).unwrap_or(1).max(1)
}

/// Whether a row or column is hidden, by hand or by a filter.
fn is_hidden(raw: &str) -> bool {
    matches!(attribute(raw, "visibility"), Some("collapse" | "filter"))
}

fn read_sheet<R: BufRead>(xml: &mut Reader<R>, sink: &mut dyn Sink) -> Result<(), String> {
    let mut buffer = Vec::new();
    let mut repeats = Repeats(0);
    let (mut row, mut columns) = (0_u32, 0_u32);
    loop {
        buffer.clear();
        match xml.read_event_into(&mut buffer).map_err(failed)? {
            Event::Start(e) => match e.name().as_ref() {
                "table:table-column" => {
                    let raw = e.attributes_raw();
                    let next = columns.saturating_add(repeated(raw, "number-columns-repeated"));
                    if is_hidden(raw) {
                        sink.hide_columns(columns, next - 1);
                    }
                    columns = next;
                }
                "table:table-row" => {
                    let raw = e.attributes_raw();
                    let (times, hidden) = (repeated(raw, "number-rows-repeated"), is_hidden(raw));
                    let cells = read_row(xml, &mut repeats)?;
                    let last = row.saturating_add(times).min(ROWS);
                    for (_, text, _) in &cells {
                        repeats.add(text, last - row)?;
                    }
                    // Empty rows go on to the end of the sheet, and cost nothing.
                    let filled = if cells.is_empty() { row..row } else { row..last };
                    for at in filled {
                        if hidden {
                            sink.hide_row(at);
                        }
                        for (column, text, flaw) in &cells {
                            if sink.cell(at, *column, text, *flaw) == Go::Break(()) {
                                return Ok(());
                            }
                        }
                    }
                    row = last;
                }
                _ => {}
            },
            Event::End(e) if e.name().as_ref() == "table:table" => return Ok(()),
            Event::Eof => return Err(format!("{CONTENT}: the sheet breaks off")),
            _ => {}
        }
    }
}

/// Counts what is written once and stands in many places: a file of a few KB could fill all of a
/// sheet.
struct Repeats(usize);

impl Repeats {
    /// A text that stands so many times.
    fn add(&mut self, text: &str, times: u32) -> Result<(), String> {
        let more = (text.len() + 16).saturating_mul(times.saturating_sub(1) as usize);
        self.0 = self.0.saturating_add(more);
        if self.0 > REPEATED {
            return Err(format!("{CONTENT}: its repeated cells come to more than 64 MB"));
        }
        Ok(())
    }
}

/// The filled cells of a row.
fn read_row<R: BufRead>(
    xml: &mut Reader<R>,
    repeats: &mut Repeats,
) -> Result<Vec<(u32, String, Flawed)>, String> {
    let mut buffer = Vec::new();
    let mut cells = Vec::new();
    let mut column = 0_u32;
    loop {
        buffer.clear();
        match xml.read_event_into(&mut buffer).map_err(failed)? {
            Event::Start(e)
                if matches!(e.name().as_ref(), "table:table-cell" | "table:covered-table-cell") =>
            {
                let value = Value::of(&e);
                let times = repeated(e.attributes_raw(), "number-columns-repeated");
                let (text, flaw) = value.finish(read_paragraphs(xml)?);
                let next = column.saturating_add(times).min(COLUMNS);
                if !text.is_empty() {
                    repeats.add(&text, next - column)?;
                    cells.extend((column..next).map(|at| (at, text.clone(), flaw)));
                }
                column = next;
            }
            Event::End(e) if e.name().as_ref() == "table:table-row" => return Ok(cells),
            Event::Eof => return Err(format!("{CONTENT}: a row breaks off")),
            _ => {}
        }
    }
}

/// What a cell's attributes say.
#[derive(Default)]
struct Value {
    kind: String,
    value: Option<String>,
    currency: Option<String>,
    is_error: bool,
    formula: Option<String>,
}

impl Value {
    fn of(element: &BytesStart<'_>) -> Value {
        let raw = element.attributes_raw();
        let mut value = Value::default();
        for (key, text) in attributes(raw) {
            match local(key) {
                "value-type" if text == "error" => value.is_error = true,
                "value-type" if key.starts_with("office:") => text.clone_into(&mut value.kind),
                name @ ("value" | "date-value" | "time-value" | "boolean-value"
                | "string-value") => {
                    value.value = attribute_text(raw, name);
                }
                "currency" => value.currency = Some(text.to_owned()),
                "formula" => {
                    let formula = attribute_text(raw, "formula").unwrap_or_default();
                    let formula = formula.find('=').and_then(|at| formula.get(at..));
                    value.formula = Some(formula.unwrap_or("=").to_owned());
                }
                _ => {}
            }
        }
        value
    }

    /// The cell's text; `shown` is what is written in it.
    fn finish(self, shown: String) -> (String, Flawed) {
        if self.is_error || (self.formula.is_some() && is_error(&shown)) {
            return (shown, Some(Flaw::Error));
        }
        let number = |raw: &str, how: &Shown| {
            let mut out = String::new();
            let flaw = number::write(raw, how, Epoch::From1900, &mut out);
            (out, flaw)
        };
        match (self.kind.as_str(), self.value) {
            ("float", Some(raw)) => number(&raw, &padded(&shown)),
            ("percentage", Some(raw)) => number(&raw, &Shown::Percent),
            ("currency", Some(raw)) => {
                number(&raw, &self.currency.map_or(Shown::Plain, |code| Shown::Money(code.into())))
            }
            ("date", Some(day)) => (day, Some(Flaw::Day)),
            ("boolean", Some(yes)) => (yes.to_uppercase(), Some(Flaw::Truth)),
            ("time", Some(_)) => (shown, None),
            ("string", Some(text)) => (text, None),
            ("", _) if shown.is_empty() => match self.formula {
                Some(formula) => (formula, Some(Flaw::Uncomputed)),
                None => (shown, None),
            },
            _ => (shown, None),
        }
    }
}

/// How a number is shown that has zeros before it.
fn padded(shown: &str) -> Shown {
    let is_padded =
        shown.len() > 1 && shown.starts_with('0') && shown.bytes().all(|b| b.is_ascii_digit());
    if is_padded { Shown::Padded(shown.len()) } else { Shown::Plain }
}

fn is_error(shown: &str) -> bool {
    shown.starts_with('#') && shown.len() > 2 || shown.starts_with("Err:")
}

/// The text of a cell that has just begun: its paragraphs, without notes on it.
fn read_paragraphs<R: BufRead>(xml: &mut Reader<R>) -> Result<String, String> {
    let mut buffer = Vec::new();
    let mut out = String::new();
    let (mut depth, mut note, mut paragraph) = (0_u32, None, None);
    loop {
        buffer.clear();
        match xml.read_event_into(&mut buffer).map_err(failed)? {
            Event::Start(e) => {
                depth += 1;
                match e.name().as_ref() {
                    "office:annotation" | "draw:frame" => note = note.or(Some(depth)),
                    "text:p" if note.is_none() => {
                        paragraph = Some(depth);
                        if !out.is_empty() {
                            out.push('\n');
                        }
                    }
                    "text:s" if note.is_none() => {
                        let times = repeated(e.attributes_raw(), "c").min(1000);
                        out.extend((0..times).map(|_| ' '));
                    }
                    "text:tab" if note.is_none() => out.push('\t'),
                    "text:line-break" if note.is_none() => out.push('\n'),
                    _ => {}
                }
            }
            Event::End(_) if depth == 0 => return Ok(out),
            Event::End(_) => {
                note = note.filter(|from| *from < depth);
                paragraph = paragraph.filter(|from| *from < depth);
                depth -= 1;
            }
            Event::Eof => return Err(format!("{CONTENT}: a cell breaks off")),
            event if paragraph.is_some() && note.is_none() => add_text(&event, &mut out),
            _ => {}
        }
    }
}
