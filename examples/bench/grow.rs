//! Large files of each layout: the small ones the tests read, their rows again and again under other
//! numbers, and a workbook of as many rows.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow};
use csv::{ByteRecord, ReaderBuilder, Terminator, WriterBuilder};
use insure::intake::Layouts;
use rust_xlsxwriter::Workbook;

use crate::work::Work;

/// The layouts that are read at size, the file of each that the tests read, and what separates its
/// fields.
pub(crate) const FILES: [(&str, &str, u8); 10] = [
    ("shopify", "shopify.csv", b','),
    ("amazon-new", "amazon-new.txt", b'\t'),
    ("amazon-all", "amazon-all.txt", b'\t'),
    ("amazon-fba", "amazon-fba.txt", b'\t'),
    ("amazon-mtr", "amazon-mtr.csv", b','),
    ("ebay", "ebay-82.csv", b','),
    ("shipstation", "shipstation.csv", b','),
    ("easypost-report", "easypost-report.csv", b','),
    ("aftership", "aftership.csv", b','),
    ("parcellab", "parcellab.csv", b','),
];

/// What a layout calls the numbers of an order, a parcel or a label.
const NUMBERS: [&str; 5] = ["order", "package", "tracking", "id", "policy"];

/// Writes a file of at least so many bytes. Each copy of the rows has seven more digits in its
/// numbers, so that none is another's.
pub(crate) fn file(
    work: &Work,
    layout: &str,
    small: &str,
    delimiter: u8,
    size: u64,
) -> Result<PathBuf> {
    let path = work.file(small);
    eprintln!("  growing {small}");
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/layouts").join(small);
    let mut reader = ReaderBuilder::new();
    reader.delimiter(delimiter).quoting(delimiter != b'\t').has_headers(false).flexible(true);
    let bytes = fs::read(&source).with_context(|| source.display().to_string())?;
    let records: Vec<ByteRecord> =
        reader.from_reader(&bytes[..]).into_byte_records().collect::<Result<_, _>>()?;

    let (infos, _) = Layouts::default().list()?;
    let info = infos.into_iter().find(|info| info.id == layout);
    let info = info.ok_or_else(|| anyhow!("no layout {layout}"))?;
    let names = info.columns.iter().filter(|column| NUMBERS.contains(&column.field));
    let names: Vec<&str> = names.flat_map(|column| &column.names).map(String::as_str).collect();
    let is_number = |cell: &[u8]| {
        let cell = String::from_utf8_lossy(cell);
        let cell = cell.trim_start_matches('\u{feff}').trim();
        names.iter().any(|name| name.eq_ignore_ascii_case(cell))
    };
    let header = records.iter().position(|record| record.iter().any(is_number));
    let header = header.ok_or_else(|| anyhow!("{small}: no header"))?;
    let width = records[header].len();
    let numbers: Vec<bool> = records[header].iter().map(is_number).collect();
    // Amazon leaves empty cells away at the end; what is below the last row is narrower.
    let is_row = |record: &&ByteRecord| delimiter == b'\t' || record.len() == width;
    let rows: Vec<&ByteRecord> = records[header + 1..].iter().filter(is_row).collect();

    let output = File::create(&path).with_context(|| path.display().to_string())?;
    let mut writer = WriterBuilder::new();
    writer.delimiter(delimiter).flexible(true).terminator(Terminator::CRLF);
    if delimiter == b'\t' {
        writer.quote_style(csv::QuoteStyle::Never);
    }
    let mut writer = writer.from_writer(Counted { inner: BufWriter::new(output), bytes: 0 });
    for record in &records[..=header] {
        writer.write_byte_record(record)?;
    }
    for copy in 0_u64.. {
        for row in &rows {
            let mut grown = ByteRecord::with_capacity(1 << 10, width);
            for (at, cell) in row.iter().enumerate() {
                let is_number = numbers.get(at).is_some_and(|is| *is);
                if is_number && cell.iter().any(u8::is_ascii_digit) {
                    let text = [cell.trim_ascii(), format!("{copy:07}").as_bytes()].concat();
                    grown.push_field(&text);
                } else {
                    grown.push_field(cell);
                }
            }
            writer.write_byte_record(&grown)?;
        }
        if writer.get_ref().bytes >= size {
            break;
        }
    }
    writer.flush()?;
    Ok(path)
}

/// Counts what is written.
struct Counted<W> {
    inner: W,
    bytes: u64,
}

impl<W: Write> Write for Counted<W> {
    fn write(&mut self, text: &[u8]) -> std::io::Result<usize> {
        let written = self.inner.write(text)?;
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.inner.flush()
    }
}

/// Writes a text file of commas as a workbook: amounts as numbers without their cents, all else as
/// shared texts, which a reader has to keep.
pub(crate) fn workbook(work: &Work, text: &Path) -> Result<PathBuf> {
    let path = work.file("large.xlsx");
    eprintln!("  writing large.xlsx");
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let mut records = ReaderBuilder::new().has_headers(false).from_path(text)?;
    for (row, record) in (0_u32..).zip(records.records()) {
        for (column, cell) in (0_u16..).zip(record?.iter()) {
            let whole = cell.split_once('.').map_or(cell, |(whole, _)| whole);
            match whole.parse::<u32>() {
                Ok(number) if cell.len() < 10 => sheet.write_number(row, column, number)?,
                _ => sheet.write_string(row, column, cell)?,
            };
        }
    }
    book.save(&path)?;
    Ok(path)
}
