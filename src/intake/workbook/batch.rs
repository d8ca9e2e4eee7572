//! Rows of a sheet, put together from its cells: some at a time, in one buffer.

use std::ops::ControlFlow;

use crate::intake::records::{LONGEST, Span};

/// Rows of a workbook that are handed over at a time ...
pub(super) const BATCH: usize = 512;
/// ... or cells, where rows are wide.
const CELLS: usize = 1 << 18;
/// The last row and column a spreadsheet has.
const LAST_ROW: u32 = 1_048_575;
const LAST_COLUMN: u32 = 16_383;

/// Why a cell is not what it seems.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::intake) enum Flaw {
    /// An error such as `#N/A` stands in it.
    Error,
    /// A formula whose result the file does not hold.
    Uncomputed,
    /// A number shown as a day: no identifier is one.
    Day,
    /// A truth value: no identifier is one either.
    Truth,
    /// A number with a point in it, which stands before its fraction however the texts of its column
    /// write theirs. Nothing is wrong with it.
    Fraction,
}

/// What a cell that may be flawed turned out to be; `None` where nothing is wrong.
pub(super) type Flawed = Option<Flaw>;

/// Whether there is any use in going on.
pub(super) type Go = ControlFlow<()>;

/// Takes a sheet's cells, row by row, as they are read.
pub(super) trait Sink {
    /// A cell with something in it; row and column count from 0.
    fn cell(&mut self, row: u32, column: u32, text: &str, flaw: Flawed) -> Go;
    /// This row is hidden.
    fn hide_row(&mut self, row: u32);
    /// These columns are hidden, both ends included.
    fn hide_columns(&mut self, first: u32, last: u32);
}

/// Some rows.
#[derive(Default)]
pub(super) struct Batch {
    pub(super) bytes: Vec<u8>,
    pub(super) spans: Vec<Span>,
    /// The column of each flawed cell.
    pub(super) flaws: Vec<(u32, Flaw)>,
    pub(super) rows: Vec<End>,
}

/// A row: its number, and where its spans and flaws end; they start where those of the row before
/// end.
#[derive(Clone, Copy)]
pub(super) struct End {
    pub(super) number: u64,
    pub(super) spans: usize,
    pub(super) flaws: usize,
    pub(super) hidden: bool,
}

impl Batch {
    /// A row's spans and flaws.
    pub(super) fn row(&self, at: usize) -> (u64, &[Span], &[(u32, Flaw)]) {
        let before = at.checked_sub(1).and_then(|before| self.rows.get(before));
        let Some(end) = self.rows.get(at) else { return (0, &[], &[]) };
        let (spans, flaws) = before.map_or((0, 0), |before| (before.spans, before.flaws));
        (
            end.number,
            self.spans.get(spans..end.spans).unwrap_or(&[]),
            self.flaws.get(flaws..end.flaws).unwrap_or(&[]),
        )
    }

    /// A cell's bytes.
    pub(super) fn text(&self, span: Span) -> &[u8] {
        self.bytes.get(span.0 as usize..span.1 as usize).unwrap_or(&[])
    }

    /// Adds one row of its own.
    pub(super) fn push(&mut self, number: u64, cells: &[&[u8]], flaws: &[(u32, Flaw)]) {
        for cell in cells {
            let start = self.bytes.len() as u32;
            self.bytes.extend_from_slice(cell);
            self.spans.push((start, self.bytes.len() as u32));
        }
        self.flaws.extend_from_slice(flaws);
        let (spans, flaws) = (self.spans.len(), self.flaws.len());
        self.rows.push(End { number, spans, flaws, hidden: false });
    }
}

/// Puts cells together to rows and gives them on in batches.
pub(super) struct Batcher<F> {
    batch: Batch,
    row: Option<u32>,
    /// Whether it is hidden, and the last row that was said to be.
    is_hidden: bool,
    hidden: Option<u32>,
    /// The current row's cells by column: they come in order except in odd files.
    line: Vec<(u32, Span)>,
    /// Rows at a time.
    rows: usize,
    give: F,
    /// Why the sheet cannot be what it says.
    wrong: Option<String>,
    /// Columns that are hidden.
    pub(super) hidden_columns: Vec<(u32, u32)>,
}

impl<F: FnMut(Batch) -> Go> Batcher<F> {
    pub(super) fn new(rows: usize, give: F) -> Batcher<F> {
        Batcher {
            batch: Batch::default(),
            row: None,
            is_hidden: false,
            hidden: None,
            line: Vec::new(),
            rows,
            give,
            wrong: None,
            hidden_columns: Vec::new(),
        }
    }

    /// Gives on what is left.
    ///
    /// # Errors
    /// What was given is no sheet.
    pub(super) fn finish(mut self) -> Result<(), String> {
        if let Some(wrong) = self.wrong {
            return Err(wrong);
        }
        self.end_row();
        let _ = (self.give)(self.batch);
        Ok(())
    }

    fn refuse(&mut self, wrong: String) -> Go {
        self.wrong = Some(wrong);
        Go::Break(())
    }

    fn end_row(&mut self) {
        let Some(row) = self.row.take() else { return };
        // A column that is written twice counts as it stands last.
        self.line.sort_by_key(|(column, _)| *column);
        let start = self.batch.spans.len();
        for (column, span) in self.line.drain(..) {
            let place = start + column as usize;
            self.batch.spans.resize(place, (0, 0));
            self.batch.spans.push(span);
        }
        self.batch.rows.push(End {
            number: u64::from(row) + 1,
            spans: self.batch.spans.len(),
            flaws: self.batch.flaws.len(),
            hidden: self.is_hidden,
        });
    }
}

impl<F: FnMut(Batch) -> Go> Sink for Batcher<F> {
    fn cell(&mut self, row: u32, column: u32, text: &str, flaw: Flawed) -> Go {
        if text.is_empty() || row > LAST_ROW || column > LAST_COLUMN {
            return Go::Continue(());
        }
        if text.len() > LONGEST {
            return self.refuse(format!("a cell of row {} holds more than 1 MB", row + 1));
        }
        if self.row != Some(row) {
            // A row would come twice, and be two.
            if let Some(above) = self.row.filter(|above| *above > row) {
                let (row, above) = (row + 1, above + 1);
                return self.refuse(format!("row {row} stands below row {above}"));
            }
            self.end_row();
            if self.batch.rows.len() >= self.rows || self.batch.spans.len() >= CELLS {
                (self.give)(std::mem::take(&mut self.batch))?;
            }
            (self.row, self.is_hidden) = (Some(row), self.hidden == Some(row));
        }
        let start = self.batch.bytes.len();
        self.batch.bytes.extend_from_slice(text.as_bytes());
        // A batch holds far less than 4 GB: a cell has at most 32,767 characters.
        self.line.push((column, (start as u32, self.batch.bytes.len() as u32)));
        self.batch.flaws.extend(flaw.map(|flaw| (column, flaw)));
        Go::Continue(())
    }

    fn hide_row(&mut self, row: u32) {
        self.hidden = Some(row);
    }

    fn hide_columns(&mut self, first: u32, last: u32) {
        self.hidden_columns.push((first, last.min(LAST_COLUMN)));
    }
}

#[cfg(test)]
mod tests {
    use super::{Batch, Batcher, Go, Sink};

    fn batches(cells: &[(u32, u32, &str)], rows: usize) -> Vec<Batch> {
        let mut all = Vec::new();
        let mut batcher = Batcher::new(rows, |batch| {
            all.push(batch);
            Go::Continue(())
        });
        for (row, column, text) in cells {
            let _ = batcher.cell(*row, *column, text, None);
        }
        batcher.finish().unwrap();
        all
    }

    fn row(batch: &Batch, at: usize) -> (u64, Vec<String>) {
        let (number, spans, _) = batch.row(at);
        let text = |span: &_| String::from_utf8_lossy(batch.text(*span)).into_owned();
        (number, spans.iter().map(text).collect())
    }

    #[test]
    fn cells_stand_in_their_columns_whatever_order_they_come_in() {
        let all = batches(&[(0, 2, "c"), (0, 0, "a"), (4, 1, "x"), (4, 1, "y")], 9);
        assert_eq!(row(&all[0], 0), (1, vec!["a".into(), String::new(), "c".into()]));
        assert_eq!(row(&all[0], 1).0, 5);
    }

    #[test]
    fn rows_that_do_not_go_down_are_no_sheet() {
        let mut batcher = Batcher::new(9, |_| Go::Continue(()));
        for (row, go) in [(4, Go::Continue(())), (4, Go::Continue(())), (2, Go::Break(()))] {
            assert_eq!(batcher.cell(row, 0, "a", None), go);
        }
        assert_eq!(batcher.finish(), Err("row 3 stands below row 5".to_owned()));
        let mut batcher = Batcher::new(9, |_| Go::Continue(()));
        assert_eq!(batcher.cell(0, 0, &"a".repeat(2 << 20), None), Go::Break(()));
        assert!(batcher.finish().unwrap_err().contains("1 MB"));
    }

    #[test]
    fn a_row_is_never_split_between_two_batches() {
        let all = batches(&[(0, 0, "a"), (0, 1, "b"), (1, 0, "c"), (2, 0, "d")], 1);
        let lengths: Vec<usize> = all.iter().map(|batch| batch.rows.len()).collect();
        assert_eq!(lengths, [1, 1, 1]);
    }

    #[test]
    fn what_lies_beyond_the_last_row_or_column_is_not_there() {
        let all = batches(&[(0, 0, "a"), (0, 4_000_000_000, "z"), (4_000_000_000, 0, "z")], 9);
        assert_eq!(row(&all[0], 0), (1, vec!["a".into()]));
        assert_eq!(all[0].rows.len(), 1);
    }
}
