//! Rows, whatever they were written in: cells as bytes, with the line they stand on.

use std::io::Read;

use super::error::IntakeError;
use super::records::{LONGEST, RecordError, Records, Span};
use super::source::Content;
use super::workbook::Sheet;

/// A file as rows.
pub(super) struct Table {
    name: String,
    rows: Rows,
}

enum Rows {
    Text(Box<Records<Box<dyn Read + Send>>>),
    Sheet(Sheet),
}

/// One row. Cells beyond its end are empty.
#[derive(Clone, Copy)]
pub(super) struct Row<'a> {
    /// The line it starts on, from 1; in a workbook the row's number.
    pub(super) line: u64,
    pub(super) has_nul: bool,
    bytes: &'a [u8],
    spans: &'a [Span],
}

impl Table {
    pub(super) fn new(name: String, content: Content) -> Table {
        let rows = match content {
            Content::Text { head, read } => {
                Rows::Text(Box::new(Records::new(read, delimiter(&head))))
            }
            Content::Workbook(file) => Rows::Sheet(Sheet::open(file)),
        };
        Table { name, rows }
    }

    /// Goes to the next row that has something in it; `false` at the end.
    pub(super) fn advance(&mut self) -> Result<bool, IntakeError> {
        loop {
            let more = match &mut self.rows {
                Rows::Text(records) => records.advance().map_err(|e| failed(e, &self.name))?,
                Rows::Sheet(sheet) => sheet.advance().map_err(|message| IntakeError::Workbook {
                    name: self.name.clone(),
                    message,
                })?,
            };
            if !more || !self.row().is_empty() {
                return Ok(more);
            }
        }
    }

    /// The row it stands on.
    pub(super) fn row(&self) -> Row<'_> {
        match &self.rows {
            Rows::Text(records) => Row {
                line: records.line(),
                has_nul: records.has_nul(),
                bytes: records.bytes(),
                spans: records.spans(),
            },
            Rows::Sheet(sheet) => {
                let (line, bytes, spans) = sheet.row();
                Row { line, has_nul: false, bytes, spans }
            }
        }
    }

    /// Whether its rows are those of a workbook, whose width varies.
    pub(super) fn is_sheet(&self) -> bool {
        matches!(self.rows, Rows::Sheet(_))
    }
}

impl<'a> Row<'a> {
    /// How many cells are written.
    pub(super) fn width(&self) -> usize {
        self.spans.len()
    }

    /// A cell as it is written, white space and all.
    pub(super) fn raw(&self, column: usize) -> &'a [u8] {
        self.spans
            .get(column)
            .map_or(&[][..], |&(start, end)| &self.bytes[start as usize..end as usize])
    }

    /// A cell without white space (the export pads numbers with tabs) around it.
    pub(super) fn cell(&self, column: usize) -> &'a [u8] {
        self.raw(column).trim_ascii()
    }

    fn is_empty(&self) -> bool {
        (0..self.width()).all(|column| self.cell(column).is_empty())
    }
}

fn failed(error: RecordError, name: &str) -> IntakeError {
    let name = name.to_owned();
    match error {
        RecordError::Io(source) => IntakeError::Unreadable { name, source },
        RecordError::TooLong(line) => IntakeError::RecordTooLong { name, line, limit: LONGEST },
        RecordError::OpenQuote(line) => IntakeError::OpenQuote { name, line },
    }
}

/// The character that separates the header's names: the most frequent one outside quotes.
fn delimiter(head: &[u8]) -> u8 {
    let header = head
        .split(|b| *b == b'\n' || *b == b'\r')
        .find(|line| !line.trim_ascii().is_empty())
        .unwrap_or(&[]);
    let count = |delimiter: u8| {
        let mut quoted = false;
        header
            .iter()
            .filter(|b| {
                quoted ^= **b == b'"';
                !quoted && **b == delimiter
            })
            .count()
    };
    // `max_by_key` takes the last of equals, so the comma stands last.
    *[b'|', b';', b'\t', b','].iter().max_by_key(|d| count(**d)).unwrap_or(&b',')
}

#[cfg(test)]
mod tests {
    use super::delimiter;

    #[test]
    fn the_delimiter_is_what_separates_the_header() {
        assert_eq!(delimiter(b"a,b;c,d\n;;;;"), b',');
        assert_eq!(delimiter(b"\n\"a,b,c,d\";e;f"), b';');
        assert_eq!(delimiter(b"a\tb\tc"), b'\t');
        assert_eq!(delimiter(b"value"), b',');
    }
}
