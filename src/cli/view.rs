//! How figures leave the program: one trait for what a row says, one writer a format.
//!
//! A [`Row`] names its columns once and hands over its cells; `table.rs`, `json.rs` and `csv.rs`
//! write them. Rows stream: a million of them take no more memory than one, tables excepted,
//! which need to know every width.

mod csv;
mod fold;
mod json;
mod table;
mod waiting;

use std::io::{self, Write};

use clap::ValueEnum;

use crate::calendar::Day;
use crate::money::Money;

pub(crate) use fold::folded;
pub(crate) use table::{Aligned, Listing, Paint, printable};
pub(crate) use waiting::Waiting;

/// The format of what is written to stdout.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people: aligned columns.
    Table,
    /// One JSON document.
    Json,
    /// One JSON object a line.
    Ndjson,
    /// Comma-separated values with a header.
    Csv,
    /// One identifier a line, to be read by the next command.
    Ids,
}

/// What a command has to make of its one answer for a [`Format`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    /// A sheet for people.
    Sheet,
    /// A document, written like this.
    Document(Layout),
    /// A row with a header.
    Csv,
    /// Its identifier.
    Ids,
}

/// How a JSON document is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Layout {
    /// Indented.
    Indented,
    /// On one line.
    Line,
}

impl Format {
    /// What it wants of an answer that is no list.
    pub(crate) fn shape(self) -> Shape {
        match self {
            Format::Table => Shape::Sheet,
            Format::Json => Shape::Document(Layout::Indented),
            Format::Ndjson => Shape::Document(Layout::Line),
            Format::Csv => Shape::Csv,
            Format::Ids => Shape::Ids,
        }
    }

    /// Whether rows go out one by one, before the next is known.
    pub(crate) fn streams(self) -> bool {
        matches!(self, Format::Ndjson | Format::Csv | Format::Ids)
    }
}

/// Where a row hands its cells, in the order of its columns.
pub(crate) trait Cells {
    /// Words.
    fn text(&mut self, text: &str);
    /// An amount; the currency stands in a column of its own.
    fn money(&mut self, amount: Money);
    /// A day.
    fn day(&mut self, day: Day);
    /// A count.
    fn number(&mut self, number: u64);
    /// A difference, which may be below nothing.
    fn signed(&mut self, number: i64);
    /// Yes or no.
    fn flag(&mut self, flag: bool);
    /// Several words.
    fn list(&mut self, items: &[String]);
    /// Nothing known.
    fn none(&mut self);

    /// Words, if there are any.
    fn text_or_none(&mut self, text: Option<&str>) {
        match text {
            Some(text) => self.text(text),
            None => self.none(),
        }
    }

    /// A day, if it is known.
    fn day_or_none(&mut self, day: Option<Day>) {
        match day {
            Some(day) => self.day(day),
            None => self.none(),
        }
    }

    /// An amount, if there is one.
    fn money_or_none(&mut self, amount: Option<Money>) {
        match amount {
            Some(amount) => self.money(amount),
            None => self.none(),
        }
    }
}

/// A column by its index, of those in the table, and the head it has where there is little room.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Short(pub(crate) usize, pub(crate) &'static str);

/// Something that is shown as one line of a list.
pub(crate) trait Row {
    /// The names of its columns: stable, in snake case.
    const COLUMNS: &'static [&'static str];

    /// The columns a person sees in a table, by index; all by default.
    const TABLE: Option<&'static [usize]> = None;

    /// Fewer columns, for a terminal in which the table does not fit: sets that are tried in turn.
    const NARROW: &'static [&'static [Short]] = &[];

    /// Hands over one cell a column.
    fn cells(&self, out: &mut dyn Cells);

    /// The identifier that the next command in a pipe would want; empty where there is none.
    fn id(&self) -> String;
}

/// A list on its way out, row by row.
pub(crate) struct Rows<W: Write> {
    format: Format,
    out: W,
    count: u64,
    csv: csv::CsvRow,
    json: json::JsonRow,
    table: table::TableRows,
}

impl<W: Write> Rows<W> {
    /// A list of rows in this format; nothing is written until the first row or the end.
    pub(crate) fn new<R: Row>(format: Format, out: W, paint: Paint) -> Rows<W> {
        Rows {
            format,
            out,
            count: 0,
            csv: csv::CsvRow::default(),
            json: json::JsonRow::new(R::COLUMNS),
            table: table::TableRows::new(R::COLUMNS, R::TABLE, R::NARROW, paint),
        }
    }

    /// Writes one row.
    pub(crate) fn push<R: Row>(&mut self, row: &R) -> io::Result<()> {
        match self.format {
            Format::Table => self.table.push(|cells| row.cells(cells)),
            Format::Ids => match row.id() {
                id if id.is_empty() => return Ok(()),
                id => writeln!(self.out, "{id}")?,
            },
            Format::Csv => {
                if self.count == 0 {
                    csv::header(&mut self.out, R::COLUMNS)?;
                }
                self.out.write_all(self.csv.line(|cells| row.cells(cells)))?;
            }
            Format::Ndjson => {
                self.out.write_all(self.json.object(|cells| row.cells(cells)))?;
                self.out.write_all(b"\n")?;
            }
            Format::Json => {
                self.out.write_all(if self.count == 0 { b"[\n  " } else { b",\n  " })?;
                self.out.write_all(self.json.object(|cells| row.cells(cells)))?;
            }
        }
        self.count += 1;
        Ok(())
    }

    /// Where the rows go, for what is said between them.
    pub(crate) fn out(&mut self) -> &mut W {
        &mut self.out
    }

    /// How many rows were written.
    pub(crate) fn count(&self) -> u64 {
        self.count
    }

    /// Ends the list: an empty one still has its header or brackets.
    pub(crate) fn finish<R: Row>(mut self) -> io::Result<u64> {
        match self.format {
            Format::Table => self.out.write_all(self.table.render().as_bytes())?,
            Format::Csv if self.count == 0 => csv::header(&mut self.out, R::COLUMNS)?,
            Format::Json if self.count == 0 => self.out.write_all(b"[]\n")?,
            Format::Json => self.out.write_all(b"\n]\n")?,
            Format::Csv | Format::Ndjson | Format::Ids => {}
        }
        self.out.flush()?;
        Ok(self.count)
    }
}

/// Writes rows that are all known.
pub(crate) fn list<R: Row>(
    format: Format,
    out: &mut dyn Write,
    paint: Paint,
    all: impl IntoIterator<Item = R>,
) -> io::Result<()> {
    let mut rows = Rows::new::<R>(format, out, paint);
    for row in all {
        rows.push(&row)?;
    }
    rows.finish::<R>().map(drop)
}

/// A row as the object it is in JSON.
pub(crate) fn as_value<R: Row>(row: &R) -> serde_json::Value {
    let mut json = json::JsonRow::new(R::COLUMNS);
    serde_json::from_slice(json.object(|cells| row.cells(cells))).unwrap_or_default()
}

/// Writes one document as JSON.
pub(crate) fn document(
    layout: Layout,
    out: &mut dyn Write,
    value: &serde_json::Value,
) -> io::Result<()> {
    match layout {
        Layout::Line => serde_json::to_writer(&mut *out, value)?,
        Layout::Indented => serde_json::to_writer_pretty(&mut *out, value)?,
    }
    out.write_all(b"\n")
}

#[cfg(test)]
mod tests;
