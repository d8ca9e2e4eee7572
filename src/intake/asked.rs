//! Rows of a file that somebody asks about: what they are read as, and why, is noted while the file
//! is read as ever. There is no second reading that could disagree with the first; of rows nobody
//! asks about nothing is noted.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::account::Skip;
use super::cells::Cells;
use super::layout::Field;
use super::workbook::place;
use crate::money::Money;
use crate::words::words;

words! {
    /// What decided how something is read.
    pub enum By {
        /// The user said so, with a flag or in the configuration.
        You = "you",
        /// The layout says so.
        Layout = "layout",
        /// A row of the same column shows it.
        Column = "column",
        /// The file's other columns show it.
        OtherColumns = "other_columns",
        /// What stands in the cell reads one way only.
        Cell = "cell",
        /// The row's own currency column.
        CurrencyColumn = "currency_column",
        /// The first amount that names a currency.
        FirstAmount = "first_amount",
        /// The plan's currency, since nothing names another.
        Plan = "plan",
    }
}

/// What something was read as.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReadAs {
    /// A text, a day, a country's code.
    Text(String),
    /// An amount.
    Amount(Money),
}

impl From<String> for ReadAs {
    fn from(text: String) -> ReadAs {
        ReadAs::Text(text)
    }
}

impl From<Money> for ReadAs {
    fn from(amount: Money) -> ReadAs {
        ReadAs::Amount(amount)
    }
}

impl ReadAs {
    /// For programs: an amount without its currency.
    pub fn plain(&self) -> String {
        match self {
            ReadAs::Text(text) => text.clone(),
            ReadAs::Amount(amount) => amount.digits(),
        }
    }
}

impl fmt::Display for ReadAs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ReadAs::Text(text) => f.write_str(text),
            ReadAs::Amount(amount) => write!(f, "{amount}"),
        }
    }
}

/// What a word means of which the layout says nothing.
pub const UNKNOWN: &str = "unknown";

/// One thing that was decided of a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decided {
    /// What: `amounts`, `currency`, `dates`, `time_zone`, `your_zone`, `word`.
    pub what: &'static str,
    /// How: `point`, `USD`, `month-first`, `America/Los_Angeles`, `cancelled`.
    pub is: String,
    /// What decided it.
    pub by: By,
    /// The line that shows it, where a row does.
    pub line: Option<u64>,
}

/// A column of a row: what stands there, and what it was read as.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ColumnRead {
    /// Its name, as the header spells it.
    pub column: String,
    /// The cell in a workbook: `Orders!F12`.
    pub cell: Option<String>,
    /// What stands there.
    pub written: String,
    /// The line it stands on, where that is the order's first row and not this one.
    pub from_line: Option<u64>,
    /// What the column is: a field of its layout.
    pub field: &'static str,
    /// What it was read as; `None` where it was not read, or nothing stands there.
    pub read: Option<ReadAs>,
    /// How that was decided.
    pub decided: Vec<Decided>,
    /// What is wrong with it.
    pub wrong: Option<String>,
}

/// A cell that says something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The file of tracking numbers, where it is in that; then its column is not told.
    pub file: Option<String>,
    /// Its line.
    pub line: u64,
    /// Its column, as the header spells it.
    pub column: String,
}

impl Origin {
    pub(super) fn here(line: u64, column: &str) -> Origin {
        Origin { file: None, line, column: column.to_owned() }
    }
}

/// A row, as it was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RowRead {
    /// The line it begins on; in a workbook the row's number.
    pub line: u64,
    /// The line it ends on.
    pub last_line: u64,
    /// Its columns that the layout knows, in the order of the file.
    pub columns: Vec<ColumnRead>,
    /// Why it is passed over, where it is.
    pub skipped: Option<Skip>,
    /// It is of a cancelled article in a parcel that is shipped: nothing of it counts.
    pub cancelled: bool,
    /// The fields that are from its label in the file of tracking numbers, and where they stand there.
    pub(super) joined: Vec<(&'static str, Origin)>,
    /// The fields of which the parcel has what this row says.
    pub(super) gives: BTreeSet<&'static str>,
}

/// Where a line is in its file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LineIs {
    /// Behind the last row; this is the last line of that.
    #[default]
    Behind,
    /// A row below the header.
    Row,
    /// Above the header.
    AboveHeader,
    /// The header.
    Header,
    /// Empty.
    Empty,
    /// Within the row that begins on this line.
    Within(u64),
}

/// The rows somebody asks about, and what is noted of them. Copies share their notes.
#[derive(Clone, Debug)]
pub struct Asked(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    row: u64,
    lines: BTreeSet<u64>,
    notes: Mutex<Notes>,
}

#[derive(Clone, Debug, Default)]
pub(super) struct Notes {
    /// Where the row is that is asked about.
    pub(super) place: LineIs,
    /// The last line of the rows read so far.
    pub(super) last: u64,
    pub(super) rows: BTreeMap<u64, RowRead>,
    pub(super) orders: Vec<OrderMoney>,
}

/// The money of one of a parcel's orders that is counted once, however many rows say it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderMoney {
    /// The order.
    pub order: String,
    /// The shipping fee its rows say, and the line that said it first.
    pub fee: Option<(Money, u64)>,
    /// How many packages share the fee.
    pub packages: u32,
    /// What its goods come to, where the file says that of the whole order, and the line.
    pub goods: Option<(Money, u64)>,
}

impl Asked {
    /// About a row by its line.
    pub fn row_of(row: u64) -> Asked {
        Asked::about(row, &[])
    }

    /// About a row by its line, and the other rows of its parcel.
    pub(super) fn about(row: u64, others: &[u64]) -> Asked {
        let lines = others.iter().copied().chain([row]).collect();
        Asked(Arc::new(Inner { row, lines, notes: Mutex::default() }))
    }

    /// Whether this line is asked about.
    pub(super) fn asks(&self, line: u64) -> bool {
        self.0.lines.contains(&line)
    }

    /// What is noted so far.
    pub(super) fn notes(&self) -> MutexGuard<'_, Notes> {
        self.0.notes.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The header is on these lines.
    pub(super) fn header(&self, line: u64, last_line: u64) {
        let mut notes = self.notes();
        notes.last = last_line;
        notes.place = match self.0.row {
            row if row < line => LineIs::AboveHeader,
            row if row <= last_line => LineIs::Header,
            _ => LineIs::Behind,
        };
    }

    /// A row is on these lines.
    pub(super) fn row(&self, line: u64, last_line: u64) {
        let (row, mut notes) = (self.0.row, self.notes());
        if row > notes.last && row <= last_line {
            notes.place = match row {
                row if row < line => LineIs::Empty,
                row if row == line => LineIs::Row,
                _ => LineIs::Within(line),
            };
        }
        notes.last = last_line;
    }

    /// Begins the notes of a row with its cells as they stand.
    pub(super) fn begin(&self, cells: Cells<'_>, sheet: Option<&str>) {
        let (row, header) = (cells.row, cells.header);
        let mut places: Vec<(usize, Field)> =
            Field::ALL.iter().filter_map(|field| Some((header.place(*field)?, *field))).collect();
        places.sort_by_key(|(place, _)| *place);
        let column = |(at, field): (usize, Field)| {
            let carried = cells.carried.filter(|_| row.cell(at).is_empty());
            let from_line = carried.and_then(|carried| carried.line(field));
            ColumnRead {
                column: header.name_of(at),
                cell: sheet.map(|name| place::told(name, from_line.unwrap_or(row.line), Some(at))),
                written: String::from_utf8_lossy(cells.get(field)).into_owned(),
                from_line,
                field: field.word(),
                read: None,
                decided: Vec::new(),
                wrong: None,
            }
        };
        let read = RowRead {
            line: row.line,
            last_line: row.last_line,
            columns: places.into_iter().map(column).collect(),
            ..RowRead::default()
        };
        self.notes().rows.insert(row.line, read);
    }

    /// Does something with the notes of a row.
    fn with(&self, line: u64, note: impl FnOnce(&mut RowRead)) {
        if let Some(row) = self.notes().rows.get_mut(&line) {
            note(row);
        }
    }

    /// What a cell was read as, and how that was decided.
    pub(super) fn read(&self, line: u64, field: Field, read: ReadAs, decided: Vec<Decided>) {
        self.with(line, |row| {
            let column = row.columns.iter_mut().find(|column| column.field == field.word());
            if let Some(column) = column {
                column.read = Some(read);
                // A cell that is read again, as an amount that names the currency, is decided again.
                column.decided.retain(|known| known.what == "word");
                column.decided.extend(decided);
            }
        });
    }

    /// That a field is from the file of tracking numbers, where it stands on this line.
    pub(super) fn joined(&self, line: u64, field: Field, file: &str, there: u64) {
        self.with(line, |row| {
            let (file, column) = (Some(file.to_owned()), String::new());
            let joined = (field.word(), Origin { file, line: there, column });
            if !row.joined.contains(&joined) {
                row.joined.push(joined);
            }
        });
    }

    /// What a word in a cell means.
    pub(super) fn means(&self, line: u64, field: Field, word: String) {
        self.with(line, |row| {
            let column = row.columns.iter_mut().find(|column| column.field == field.word());
            if let Some(column) = column {
                let decided = Decided { what: "word", is: word, by: By::Layout, line: None };
                if !column.decided.contains(&decided) {
                    column.decided.push(decided);
                }
            }
        });
    }

    /// What is wrong with a cell.
    pub(super) fn wrong(&self, line: u64, field: Field, why: &str) {
        self.with(line, |row| {
            let column = row.columns.iter_mut().find(|column| column.field == field.word());
            if let Some(column) = column {
                column.wrong = Some(why.to_owned());
                column.read = None;
            }
        });
    }

    /// The row is passed over.
    pub(super) fn skipped(&self, line: u64, skip: Skip) {
        self.with(line, |row| row.skipped = Some(skip));
    }

    /// The row does not count in its parcel.
    pub(super) fn cancelled(&self, line: u64) {
        self.with(line, |row| {
            row.cancelled = true;
            row.gives.clear();
        });
    }

    /// The parcel has what this row says of a field.
    pub(super) fn gives(&self, line: u64, field: Field) {
        self.with(line, |row| {
            row.gives.insert(field.word());
        });
    }

    /// Whether one of these lines is asked about.
    pub(super) fn asks_any(&self, lines: impl IntoIterator<Item = u64>) -> bool {
        lines.into_iter().any(|line| self.asks(line))
    }
}

impl RowRead {
    /// Whether the parcel has what this row says of a field.
    pub fn gives(&self, field: &str) -> bool {
        self.gives.contains(field)
    }

    /// Where these fields stand in the file of tracking numbers.
    pub(super) fn joined(&self, fields: &[&str]) -> impl Iterator<Item = Origin> {
        let joined = self.joined.iter().filter(|(field, _)| fields.contains(field));
        joined.map(|(_, origin)| origin.clone())
    }

    /// What a field of this row was read as.
    pub fn of(&self, field: &str) -> Option<&ColumnRead> {
        self.columns.iter().find(|column| column.field == field && column.read.is_some())
    }
}
