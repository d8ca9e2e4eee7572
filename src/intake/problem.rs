//! What can be wrong with one row: a stable code, a sentence and what to do. One bad row never
//! stops the others.

use std::sync::Arc;

use crate::parcel::Ids;

use super::error::IntakeError;

/// A row (or the rows of one package) that cannot be taken as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadRow {
    /// The line at fault, as an editor or spreadsheet numbers it.
    pub line: u64,
    /// The other lines of the same package: they are left out with it.
    pub more_lines: Vec<u64>,
    /// As in [`ParcelRow`](super::ParcelRow).
    pub order_lines: Option<Arc<[u64]>>,
    /// Its names, as far as they could be read.
    pub ids: Ids,
    /// The column at fault, as the header spells it.
    pub column: Option<String>,
    /// The cell at fault in a workbook: `Orders!F12`; its row, where it is none of the cells.
    pub cell: Option<String>,
    /// What stands there.
    pub value: Option<String>,
    /// A stable word for programs, such as `bad_amount`: one of [`codes`].
    pub code: &'static str,
    /// A sentence for people.
    pub reason: String,
    /// What to do about it, where that can be said.
    pub hint: Option<String>,
}

impl BadRow {
    /// The reason, with the column at fault where there is one, in a workbook with the cell.
    pub fn told(&self) -> String {
        match (&self.cell, &self.column) {
            (Some(cell), Some(column)) => format!("{cell}, column {column}: {}", self.reason),
            (Some(place), None) => format!("{place}: {}", self.reason),
            (None, Some(column)) => format!("column {column}: {}", self.reason),
            (None, None) => self.reason.clone(),
        }
    }

    /// What is wrong behind its place: `line 7: ...`, in a workbook `Orders!F7, ...`.
    pub fn placed(&self) -> String {
        match self.cell {
            Some(_) => self.told(),
            None => format!("line {}: {}", self.line, self.told()),
        }
    }
}

/// Every code a [`BadRow`], or a row among the rejects, can carry.
pub mod codes {
    /// No order, package or tracking number.
    pub const MISSING_ID: &str = "missing_id";
    /// A number a spreadsheet has rounded.
    pub const DAMAGED_ID: &str = "damaged_id";
    /// A name with control characters, or endlessly long.
    pub const BAD_ID: &str = "bad_id";
    /// No amount where one is needed.
    pub const MISSING_AMOUNT: &str = "missing_amount";
    /// Not an amount.
    pub const BAD_AMOUNT: &str = "bad_amount";
    /// An amount that reads two ways, `1.234`, in a column that does not show which is meant.
    pub const UNCLEAR_AMOUNT: &str = "unclear_amount";
    /// Not a number of articles.
    pub const BAD_QUANTITY: &str = "bad_quantity";
    /// Below zero.
    pub const NEGATIVE_AMOUNT: &str = "negative_amount";
    /// More decimals than the currency has.
    pub const TOO_MANY_DECIMALS: &str = "too_many_decimals";
    /// Larger than a ledger can hold.
    pub const AMOUNT_TOO_LARGE: &str = "amount_too_large";
    /// The stated value is not the sum of its parts.
    pub const PARTS_DISAGREE: &str = "parts_disagree";
    /// Not a currency, or not the row's.
    pub const BAD_CURRENCY: &str = "bad_currency";
    /// Not a country.
    pub const BAD_COUNTRY: &str = "bad_country";
    /// No day where one is needed.
    pub const MISSING_DATE: &str = "missing_date";
    /// Not a day.
    pub const BAD_DATE: &str = "bad_date";
    /// A day that reads two ways, `03/11/2026`, in a file that does not show which is meant.
    pub const UNCLEAR_DATE: &str = "unclear_date";
    /// Something the carrier did that lies in the future; decided where "today" is known.
    pub const FUTURE_DATE: &str = "future_date";
    /// The row says it is covered under another plan than the file is to be; decided where that is known.
    pub const OTHER_PLAN: &str = "other_plan";
    /// Neither `included`, `full` nor an amount.
    pub const BAD_COVER: &str = "bad_cover";
    /// A word that is not known in a column that has only known words.
    pub const UNKNOWN_VALUE: &str = "unknown_value";
    /// Not a carrier event.
    pub const UNKNOWN_EVENT: &str = "unknown_event";
    /// More or fewer fields than the header.
    pub const WRONG_WIDTH: &str = "wrong_width";
    /// A quote that opens and is not closed before the next row.
    pub const OPEN_QUOTE: &str = "open_quote";
    /// Bytes that are no text in the encoding of the file.
    pub const BAD_ENCODING: &str = "bad_encoding";
    /// A NUL byte: the file is damaged.
    pub const NUL_BYTE: &str = "nul_byte";
    /// An error such as `#N/A` in a workbook's cell, or a formula without a result.
    pub const BAD_CELL: &str = "bad_cell";
    /// Two rows say two things of one order or package.
    pub const CONFLICT: &str = "conflict";
    /// A row that stands twice in the file, cell for cell, and would count twice.
    pub const STATED_TWICE: &str = "stated_twice";
    /// Another row of the same order is bad, so what belongs to this package, or its share of the
    /// shipping fee, is not known.
    pub const ORDER_INCOMPLETE: &str = "order_incomplete";
    /// The order has several tracking numbers in another file, and nothing says which of its goods
    /// are in which parcel.
    pub const SPLIT_UNKNOWN: &str = "split_unknown";
    /// The order's row in the file of tracking numbers cannot be read.
    pub const TRACKING_UNREAD: &str = "tracking_unread";
    /// Nothing is wrong with the row, but it shares its order's fee with one that is refused. Only
    /// in a file of rejects.
    pub const SAME_ORDER: &str = "same_order";
}

/// What to do about [`codes::BAD_ENCODING`].
pub(super) const ANOTHER_ENCODING: &str =
    "mend the text; if many rows have it, name the file's encoding with --encoding";

/// What is wrong in one cell or row, before it is known whose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The column at fault, as the header spells it.
    pub column: Option<String>,
    /// What stands there.
    pub value: Option<String>,
    /// A stable word for programs: one of [`codes`], or that of a refusal.
    pub code: &'static str,
    /// A sentence for people.
    pub reason: String,
    /// What to do about it, where that can be said.
    pub hint: Option<String>,
}

impl Problem {
    /// Wrong as a row, not in one cell.
    pub fn row(code: &'static str, reason: impl Into<String>) -> Problem {
        Problem { column: None, value: None, code, reason: reason.into(), hint: None }
    }

    /// With what to do about it.
    #[must_use]
    pub fn with_hint(mut self, hint: impl Into<String>) -> Problem {
        self.hint = Some(hint.into());
        self
    }

    /// The reason, with the column at fault where there is one.
    pub fn told(&self) -> String {
        match &self.column {
            Some(column) => format!("column {column}: {}", self.reason),
            None => self.reason.clone(),
        }
    }

    pub(super) fn at(self, line: u64, ids: Ids) -> BadRow {
        BadRow {
            line,
            more_lines: Vec::new(),
            order_lines: None,
            ids,
            column: self.column,
            cell: None,
            value: self.value,
            code: self.code,
            reason: self.reason,
            hint: self.hint,
        }
    }
}

/// What a cell can do: spoil its row, or the whole file.
#[derive(Debug)]
pub(super) enum Trouble {
    /// This row cannot be taken.
    Row(Box<Problem>),
    /// Nothing of the file can be taken.
    File(Box<IntakeError>),
}

impl From<Problem> for Trouble {
    fn from(problem: Problem) -> Trouble {
        Trouble::Row(Box::new(problem))
    }
}
