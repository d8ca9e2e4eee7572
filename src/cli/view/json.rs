//! Rows as JSON objects, fields in the order of the columns.

use super::Cells;
use crate::calendar::Day;
use crate::money::Money;

/// One object under construction.
pub(super) struct JsonRow {
    columns: &'static [&'static str],
    at: usize,
    text: Vec<u8>,
}

impl JsonRow {
    /// For rows with these columns.
    pub(super) fn new(columns: &'static [&'static str]) -> JsonRow {
        JsonRow { columns, at: 0, text: Vec::new() }
    }

    /// The object of one row.
    pub(super) fn object(&mut self, cells: impl FnOnce(&mut dyn Cells)) -> &[u8] {
        self.at = 0;
        self.text.clear();
        self.text.push(b'{');
        cells(self);
        self.text.push(b'}');
        &self.text
    }

    fn key(&mut self) {
        if self.at > 0 {
            self.text.push(b',');
        }
        let name = self.columns.get(self.at).copied().unwrap_or_default();
        self.at += 1;
        self.text.push(b'"');
        self.text.extend_from_slice(name.as_bytes());
        self.text.extend_from_slice(b"\":");
    }

    fn string(&mut self, text: &str) {
        // Writing a string into memory cannot fail.
        let _ = serde_json::to_writer(&mut self.text, text);
    }
}

impl Cells for JsonRow {
    fn text(&mut self, text: &str) {
        self.key();
        self.string(text);
    }

    fn money(&mut self, amount: Money) {
        self.key();
        self.text.push(b'"');
        amount.write_digits(&mut self.text);
        self.text.push(b'"');
    }

    fn day(&mut self, day: Day) {
        self.key();
        self.string(&day.to_string());
    }

    fn number(&mut self, number: u64) {
        self.key();
        self.text.extend_from_slice(itoa::Buffer::new().format(number).as_bytes());
    }

    fn signed(&mut self, number: i64) {
        self.key();
        self.text.extend_from_slice(itoa::Buffer::new().format(number).as_bytes());
    }

    fn flag(&mut self, flag: bool) {
        self.key();
        self.text.extend_from_slice(if flag { b"true" } else { b"false" });
    }

    fn list(&mut self, items: &[String]) {
        self.key();
        let _ = serde_json::to_writer(&mut self.text, items);
    }

    fn none(&mut self) {
        self.key();
        self.text.extend_from_slice(b"null");
    }
}
