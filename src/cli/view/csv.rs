//! Rows as CSV, for spreadsheets: no text in it becomes a formula there. Written by hand into one
//! reused buffer: this is the hot path of a pipe.

use std::io::{self, Write};

use super::Cells;
use crate::calendar::Day;
use crate::intake::harmless;
use crate::money::Money;

/// One line under construction.
#[derive(Default)]
pub(super) struct CsvRow {
    line: Vec<u8>,
}

/// Writes the header.
pub(super) fn header(out: &mut impl Write, columns: &[&str]) -> io::Result<()> {
    writeln!(out, "{}", columns.join(","))
}

impl CsvRow {
    /// The line of one row.
    pub(super) fn line(&mut self, cells: impl FnOnce(&mut dyn Cells)) -> &[u8] {
        self.line.clear();
        cells(self);
        if let Some(last) = self.line.last_mut() {
            *last = b'\n';
        }
        &self.line
    }

    fn end(&mut self) {
        self.line.push(b',');
    }
}

impl Cells for CsvRow {
    fn text(&mut self, text: &str) {
        let text = &*harmless(text);
        let quoted = text.bytes().any(|b| matches!(b, b',' | b'"' | b'\n' | b'\r'));
        if quoted {
            self.line.push(b'"');
            self.line.extend(text.replace('"', "\"\"").bytes());
            self.line.push(b'"');
        } else {
            self.line.extend_from_slice(text.as_bytes());
        }
        self.end();
    }

    fn money(&mut self, amount: Money) {
        amount.write_digits(&mut self.line);
        self.end();
    }

    fn day(&mut self, day: Day) {
        self.line.extend(day.to_string().bytes());
        self.end();
    }

    fn number(&mut self, number: u64) {
        self.line.extend_from_slice(itoa::Buffer::new().format(number).as_bytes());
        self.end();
    }

    fn signed(&mut self, number: i64) {
        self.line.extend_from_slice(itoa::Buffer::new().format(number).as_bytes());
        self.end();
    }

    fn flag(&mut self, flag: bool) {
        self.line.extend_from_slice(if flag { b"true" } else { b"false" });
        self.end();
    }

    fn list(&mut self, items: &[String]) {
        self.text(&items.join("; "));
    }

    fn none(&mut self) {
        self.end();
    }
}
