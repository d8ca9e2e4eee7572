//! Rows, whatever they were written in: cells as bytes, with the line they stand on.

use std::hash::BuildHasher;
use std::io::Read;

use foldhash::quality::RandomState;

use super::error::{IntakeError, Spoiled};
use super::layout::Quotes;
use super::records::{LONGEST, RecordError, Records, Span};
use super::source::Content;
use super::workbook::{self, Flaw, Sheet, Wish};

/// A file as rows.
pub(super) struct Table {
    name: String,
    rows: Rows,
}

enum Rows {
    /// Records, and what separates those below the header where it is not what separates its names,
    /// with the rows above the header that are still to come.
    Text(Box<Records<Box<dyn Read + Send>>>, Option<(u8, usize)>),
    Sheet(Box<Sheet>),
}

/// One row. Cells beyond its end are empty.
#[derive(Clone, Copy)]
pub(super) struct Row<'a> {
    /// The line it starts on, from 1; in a workbook the row's number.
    pub(super) line: u64,
    /// The line it ends on.
    pub(super) last_line: u64,
    pub(super) has_nul: bool,
    /// The cell in which a quote opens that is never closed: the rest of the row is in it.
    pub(super) torn: Option<usize>,
    /// The cells of a workbook's row that are not what they seem, by their columns.
    pub(super) flaws: &'a [(u32, Flaw)],
    /// Whether it is of a workbook.
    is_sheet: bool,
    bytes: &'a [u8],
    spans: &'a [Span],
}

impl Table {
    /// Of a workbook, finds the sheet that is read and its header: that is the first row.
    pub(super) fn new(
        name: String,
        content: Content,
        wish: Wish<'_>,
    ) -> Result<Table, IntakeError> {
        let rows = match content {
            Content::Text { head, read } => {
                let separator = delimiter(&head);
                let below = delimiter_below(&head, separator);
                let below = below.map(|below| (below, title_rows(&head, separator)));
                Rows::Text(Box::new(Records::new(read, separator)), below)
            }
            Content::Workbook(file, kind) => {
                Rows::Sheet(Box::new(workbook::open(file, kind, &name, wish)?))
            }
        };
        Ok(Table { name, rows })
    }

    /// Goes to the next row that has something in it; `false` at the end.
    pub(super) fn advance(&mut self) -> Result<bool, IntakeError> {
        loop {
            let more = match &mut self.rows {
                Rows::Text(records, below) => {
                    let more = records.advance().map_err(|e| failed(e, &self.name))?;
                    match below {
                        Some((delimiter, 0)) => {
                            records.set_delimiter(*delimiter);
                            *below = None;
                        }
                        Some((_, above)) => *above -= 1,
                        None => {}
                    }
                    more
                }
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

    /// The row it stands on is the header: from here on rows are as wide, and this is what quotes
    /// are in them. Whether it is so, and not a text that another program wrote again with quotes.
    pub(super) fn begin(&mut self, quotes: Quotes) -> bool {
        let width = self.row().width();
        if let Rows::Text(records, _) = &mut self.rows {
            records.set_width(width);
            if quotes == Quotes::NoneWithTabs {
                let has_tabs = records.delimiter() == b'\t';
                if has_tabs {
                    records.take_quotes_as_text();
                }
                return has_tabs;
            }
        }
        true
    }

    /// The row it stands on.
    pub(super) fn row(&self) -> Row<'_> {
        match &self.rows {
            Rows::Text(records, _) => Row {
                line: records.line(),
                last_line: records.last_line(),
                has_nul: records.has_nul(),
                torn: records.torn(),
                flaws: &[],
                is_sheet: false,
                bytes: records.bytes(),
                spans: records.spans(),
            },
            Rows::Sheet(sheet) => {
                let row = sheet.row();
                Row::of_sheet(row.number, row.bytes, row.spans, row.flaws)
            }
        }
    }

    /// Whether its rows are those of a workbook, whose width varies.
    pub(super) fn is_sheet(&self) -> bool {
        self.sheet().is_some()
    }

    /// The sheet its rows are from, where it is a workbook.
    pub(super) fn sheet(&self) -> Option<&Sheet> {
        match &self.rows {
            Rows::Sheet(sheet) => Some(sheet),
            Rows::Text(..) => None,
        }
    }
}

impl<'a> Row<'a> {
    /// A row of a workbook.
    pub(super) fn of_sheet(
        number: u64,
        bytes: &'a [u8],
        spans: &'a [Span],
        flaws: &'a [(u32, Flaw)],
    ) -> Row<'a> {
        Row {
            line: number,
            last_line: number,
            has_nul: false,
            torn: None,
            flaws,
            is_sheet: true,
            bytes,
            spans,
        }
    }

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

    /// Whether a cell of a workbook is a number with a fraction, and so is written with a point.
    pub(super) fn is_fraction(&self, column: usize) -> bool {
        self.flaws.iter().any(|(at, flaw)| *at as usize == column && *flaw == Flaw::Fraction)
    }

    /// A hash of all that is written, the same for rows that are the same cell for cell.
    pub(super) fn hash(&self, state: &RandomState) -> u64 {
        let is_filled = |span: &&Span| span.0 < span.1;
        let Some(last) = self.spans.iter().rposition(|span| is_filled(&span)) else {
            return state.hash_one(());
        };
        if self.is_sheet {
            let cells: Vec<&[u8]> = (0..=last).map(|column| self.raw(column)).collect();
            return state.hash_one(cells);
        }
        // The fields of a record lie one behind the other, with what separates them.
        let start = self.spans.first().map_or(0, |span| span.0 as usize);
        let end = self.spans.get(last).map_or(0, |span| span.1 as usize);
        state.hash_one(self.bytes.get(start..end))
    }

    fn is_empty(&self) -> bool {
        (0..self.width()).all(|column| self.cell(column).is_empty())
    }
}

fn failed(error: RecordError, name: &str) -> IntakeError {
    let name = name.to_owned();
    match error {
        RecordError::Io(source) => Spoiled::from_io(name, source),
        RecordError::TooLong(line) => IntakeError::RecordTooLong { name, line, limit: LONGEST },
        RecordError::OpenQuote(line) => IntakeError::OpenQuote { name, line },
    }
}

/// The character that separates the header's names: the most frequent one outside quotes, in the
/// first line that looks like a header and not like a title above it.
fn delimiter(head: &[u8]) -> u8 {
    let count = |line: &[u8], delimiter: u8| {
        let mut quoted = false;
        line.iter()
            .filter(|b| {
                quoted ^= **b == b'"';
                !quoted && **b == delimiter
            })
            .count()
    };
    let lines = head.split(|b| *b == b'\n' || *b == b'\r');
    let lines = lines.filter(|line| !line.trim_ascii().is_empty()).take(PREAMBLE);
    // `max_by_key` takes the last of equals, so the comma stands last.
    let best = |line: &[u8]| {
        DELIMITERS.iter().map(|d| (count(line, *d), *d)).max_by_key(|(count, _)| *count)
    };
    let scored: Vec<(usize, u8)> = lines.filter_map(best).collect();
    let first = scored.iter().find(|(count, _)| *count > 0);
    // A title may have a comma or two; what is below it has many, line for line.
    let below =
        scored.windows(2).find(|two| two[0].1 == two[1].1 && two[0].0.min(two[1].0) >= MANY);
    match (first, below) {
        (Some((1 | 2, _)), Some(below)) => below[0].1,
        (first, _) => first.map_or(b',', |(_, delimiter)| *delimiter),
    }
}

/// From so many delimiters on, two lines in a row are no title.
const MANY: usize = 4;

/// Lines from the top among which the header is looked for.
pub(super) const PREAMBLE: usize = 12;
const DELIMITERS: [u8; 4] = [b'|', b';', b'\t', b','];
/// Rows below the header that are looked at.
const LOOKED_AT: usize = 20;

/// What separates the rows below the header, where most of the first of them are as wide as the
/// header with another delimiter than its own, and fewer with that: some exports write their rows
/// with tabs under a header with commas.
fn delimiter_below(head: &[u8], header: u8) -> Option<u8> {
    let above = title_rows(head, header);
    let fitting = |delimiter: u8| -> Option<(usize, usize)> {
        let mut records = Records::new(head, header);
        let mut width = 0;
        for _ in 0..=above {
            width = records.advance().ok()?.then(|| records.spans().len())?;
        }
        records.set_delimiter(delimiter);
        let (mut rows, mut fit) = (0, 0);
        while rows < LOOKED_AT && records.advance().unwrap_or(false) {
            rows += 1;
            fit += usize::from(records.spans().len() == width && width > 1);
        }
        Some((rows, fit))
    };
    let scored = DELIMITERS.into_iter().filter_map(|one| Some((fitting(one)?, one)));
    // The header's own wins a tie.
    let most = scored.max_by_key(|((_, fit), one)| (*fit, *one == header));
    most.filter(|((rows, fit), one)| fit * 2 > *rows && *one != header).map(|(_, one)| one)
}

/// How many records there are above the header, which is the widest of the first ones.
fn title_rows(head: &[u8], header: u8) -> usize {
    let mut records = Records::new(head, header);
    let (mut above, mut widest) = (0, 0);
    for at in 0..PREAMBLE {
        if !records.advance().unwrap_or(false) {
            break;
        }
        if records.spans().len() > widest {
            (above, widest) = (at, records.spans().len());
        }
    }
    above
}

#[cfg(test)]
mod tests {
    use super::{delimiter, delimiter_below};

    #[test]
    fn rows_may_have_another_delimiter_than_their_header() {
        assert_eq!(delimiter_below(b"a,b,c\n1\t2\t3\n4\t5,6\t7\n", b','), Some(b'\t'));
        assert_eq!(delimiter_below(b"a;b\n1,2\n", b';'), Some(b','));
        assert_eq!(delimiter_below(b"a,b\n1\t2\n3\t4,5\n", b','), Some(b'\t'));
        assert_eq!(delimiter_below(b"a,b,c\n1\t,2\t,3\t\n", b','), None);
        assert_eq!(delimiter_below(b"a,b,c\n1,2\n3;4\n", b','), None);
        assert_eq!(delimiter_below(b"a\n1,2\n", b','), None);
        assert_eq!(delimiter_below(b"a,b\n", b','), None);
    }

    #[test]
    fn the_delimiter_is_what_separates_the_header() {
        assert_eq!(delimiter(b"a,b;c,d\n;;;;"), b',');
        assert_eq!(delimiter(b"\n\"a,b,c,d\";e;f"), b';');
        assert_eq!(delimiter(b"a\tb\tc"), b'\t');
        assert_eq!(delimiter(b"value"), b',');
        assert_eq!(
            delimiter(b"Orders of November, 2026\n\na\tb\tc\td\te\n1\t2\t3\t4,5\t6\n"),
            b'\t'
        );
        assert_eq!(delimiter(b"Orders\n\na\tb\n1\t2,3\n"), b'\t');
        assert_eq!(delimiter(b"id,note\n1,a; b; c\n2,d; e; f\n"), b',');
    }
}
