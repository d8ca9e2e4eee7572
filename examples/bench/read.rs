//! Programs of their own that do nothing but read a file, so that time and memory are the reading's:
//! the intake of `insure`, and the crates that other programs read such files with.

use std::path::Path;

use anyhow::{Context, Result, anyhow, bail};
use calamine::Reader as _;
use csv::{ByteRecord, ReaderBuilder};
use insure::intake::{self, Item, Options, Source};
use insure::money::Currency;

/// What is counted.
#[derive(Clone, Copy, Default)]
pub(crate) struct Count {
    /// Rows below the header.
    pub(crate) rows: u64,
    /// Parcels or events of them.
    pub(crate) items: u64,
    /// Rows that were refused.
    pub(crate) refused: u64,
}

impl Count {
    /// As a reader wrote it.
    pub(crate) fn read(text: &str) -> Result<Count> {
        let mut numbers = text.split_whitespace().map(str::parse);
        let mut next = || numbers.next().and_then(Result::ok);
        match (next(), next(), next()) {
            (Some(rows), Some(items), Some(refused)) => Ok(Count { rows, items, refused }),
            _ => bail!("no counts in `{text}`"),
        }
    }
}

/// Reads a file and prints what it counted.
pub(crate) fn run(how: &str, file: &str, delimiter: &str) -> Result<()> {
    let path = Path::new(file);
    let count = match how {
        "intake" => by_intake(path)?,
        "csv" => by_csv(path, delimiter)?,
        "calamine" => by_calamine(path)?,
        _ => bail!("no reader `{how}`"),
    };
    println!("{} {} {}", count.rows, count.items, count.refused);
    Ok(())
}

/// Recognises the layout, reads, checks and groups, and drops what comes out.
fn by_intake(path: &Path) -> Result<Count> {
    let mut reader = intake::open(Source::File(path.to_owned()), Options::new(Currency::USD))?;
    let mut count = Count::default();
    for item in reader.by_ref() {
        match item? {
            Item::Parcel(_) | Item::Event(_) => count.items += 1,
            Item::Bad(_) => count.refused += 1,
        }
    }
    count.rows = reader.rows();
    Ok(count)
}

/// Splits records into fields.
fn by_csv(path: &Path, delimiter: &str) -> Result<Count> {
    let delimiter = *delimiter.as_bytes().first().ok_or_else(|| anyhow!("no delimiter"))?;
    let mut reader = ReaderBuilder::new();
    reader.delimiter(delimiter).quoting(delimiter != b'\t').flexible(true);
    let mut reader = reader.from_path(path).with_context(|| path.display().to_string())?;
    let mut record = ByteRecord::new();
    let mut count = Count::default();
    while reader.read_byte_record(&mut record)? {
        count.rows += 1;
        count.items += record.len() as u64;
    }
    Ok(count)
}

/// Reads the cells of the first sheet.
fn by_calamine(path: &Path) -> Result<Count> {
    let mut book = calamine::open_workbook_auto(path)?;
    let sheet = book.worksheet_range_at(0).ok_or_else(|| anyhow!("no sheet"))??;
    let mut count = Count::default();
    for row in sheet.rows().skip(1) {
        count.rows += 1;
        count.items +=
            row.iter().filter(|cell| !matches!(cell, calamine::Data::Empty)).count() as u64;
    }
    Ok(count)
}
