//! The door for sellers' files: from bytes to parcels and carrier events.
//!
//! ```text
//! source ─▶ table (records | workbook) ─▶ header: layout, columns ─▶ cells ─▶ single | orders ─▶ Item
//! ```
//!
//! A file is recognised by its header, never by the position of its columns ([`layouts`]); what a
//! layout is, is data. One bad row never stops the others: it comes out as an [`Item::Bad`] with
//! line, column, value and a stable code. What spoils a whole file is an [`IntakeError`].

mod amount;
mod cells;
mod country;
mod dates;
mod encoding;
mod error;
mod harmless;
mod header;
mod ids;
mod layout;
mod list;
mod orders;
mod problem;
mod records;
mod rejects;
mod single;
mod source;
mod table;
#[cfg(test)]
mod tests;
mod unpack;
mod workbook;

pub use country::read as country;
pub use encoding::{Encoding, KnownBy};
pub use error::{IntakeError, Lacking};
pub use harmless::harmless;
pub use layout::{Kind, LayoutInfo, layouts};
pub use list::{List, ListColumn, ListKind, ListRow, read_list};
pub use problem::{BadRow, Problem, codes};
pub use rejects::copy_rejects;
pub use source::{Original, Progress, Source};

use std::sync::Arc;

use crate::calendar::Day;
use crate::money::Currency;
use crate::parcel::{CarrierEvent, CoverChoice, Ids, Parcel};

use cells::Cells;
use header::{Header, Wanted};
use ids::PaddingWatch;
use layout::{Field, RowIs};
use orders::{Added, Orders};
use problem::Trouble;
use source::Form;
use table::Table;

/// How a file is to be read.
#[derive(Clone, Debug)]
pub struct Options {
    /// The currency of every amount whose row does not name one.
    pub currency: Currency,
    /// The layout to use instead of the one its header shows.
    pub layout: Option<String>,
    /// The encoding of its text, instead of the one its bytes show. A byte order mark counts more.
    pub encoding: Option<Encoding>,
    /// The file to read in a zip archive that holds several.
    pub member: Option<String>,
    /// Take rows without any id, as for pricing a plain list of values.
    pub ids_optional: bool,
    /// Keep a stream in a temporary file, so that its rows can be copied by [`copy_rejects`].
    pub keep: bool,
}

impl Options {
    /// Amounts in this currency, layout detected, ids needed, nothing kept.
    pub fn new(currency: Currency) -> Options {
        Options {
            currency,
            layout: None,
            encoding: None,
            member: None,
            ids_optional: false,
            keep: false,
        }
    }
}

/// What comes out of a file, in its order (packages of several rows: by their first row).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Item {
    /// A parcel.
    Parcel(ParcelRow),
    /// A carrier event.
    Event(EventRow),
    /// A document.
    Document(DocumentRow),
    /// A row, or the rows of a package, that cannot be taken.
    Bad(BadRow),
}

/// A parcel and where it stands in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParcelRow {
    /// Its first line.
    pub line: u64,
    /// Its other lines, where it has several rows.
    pub more_lines: Vec<u64>,
    /// Where a split order shares its fee: the lines of all packages whose values hang together.
    /// They are to be read together, for one of them alone would bear the fee alone.
    pub order_lines: Option<Arc<[u64]>>,
    /// The parcel.
    pub parcel: Parcel,
    /// The cover the file itself asks for, where it has a `cover` column.
    pub cover: Option<CoverChoice>,
}

/// A carrier event and where it stands in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventRow {
    /// Its line.
    pub line: u64,
    /// The parcel's names. A name of unstated kind (columns `id`, `policy`) stands in `tracking`.
    pub ids: Ids,
    /// What happened.
    pub event: CarrierEvent,
    /// On which day.
    pub on: Day,
    /// Anything said besides.
    pub note: Option<String>,
}

/// A document and where it stands in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentRow {
    /// Its line.
    pub line: u64,
    /// The names of its claim or parcel, as in [`EventRow`].
    pub ids: Ids,
    /// What it shows, where that is stated.
    pub kind: Option<String>,
    /// Where it is, as written.
    pub path: String,
    /// The day it bears, where stated.
    pub dated: Option<Day>,
}

/// A file being read: an iterator of [`Item`]s. An `Err` spoils the whole file, and is the last.
pub struct Reader {
    table: Table,
    header: Header,
    name: String,
    options: Options,
    original: Original,
    progress: Progress,
    rows: u64,
    /// The next row may be the one that describes the columns.
    below_header: bool,
    padding: [PaddingWatch; ID_FIELDS.len()],
    grouping: Option<Box<Orders>>,
    state: State,
}

const ID_FIELDS: [Field; 3] = [Field::Order, Field::Package, Field::Tracking];

enum State {
    Reading,
    /// Every row was read; the package to give out next.
    GivingOut(usize),
    Done,
}

/// Opens a file: finds out what it is and which layout fits its header.
///
/// # Errors
/// It cannot be read, is not text or a workbook, is empty, or no one layout fits.
pub fn open(source: Source, options: Options) -> Result<Reader, IntakeError> {
    let form = Form { encoding: options.encoding, member: options.member.clone() };
    let opened = source.open(options.keep, form)?;
    let name = opened.original.name.clone();
    let mut table = Table::new(name.clone(), opened.content);
    if !table.advance()? {
        return Err(IntakeError::Empty { name });
    }
    let wanted = Wanted {
        name: &name,
        layout: options.layout.as_deref(),
        ids_optional: options.ids_optional,
    };
    let header = header::recognise(table.row(), &wanted)?;
    let grouping = (header.layout.one_row_per == RowIs::SkuLine).then(Box::default);
    Ok(Reader {
        table,
        header,
        name,
        options,
        original: opened.original,
        progress: opened.progress,
        rows: 0,
        below_header: true,
        padding: Default::default(),
        grouping,
        state: State::Reading,
    })
}

impl Reader {
    /// The id of the layout that fits.
    pub fn layout(&self) -> &str {
        &self.header.layout.id
    }

    /// What the file holds.
    pub fn kind(&self) -> Kind {
        self.header.layout.kind
    }

    /// Rows read so far, header and empty rows not counted.
    pub fn rows(&self) -> u64 {
        self.rows
    }

    /// Bytes there are, where that is known.
    pub fn total_bytes(&self) -> Option<u64> {
        self.progress.total_bytes()
    }

    /// The same figures, to be asked from another thread: a file of SKU lines is read to its end
    /// before its first parcel comes out.
    pub fn progress(&self) -> Progress {
        self.progress.clone()
    }

    /// The file, to be read again by [`copy_rejects`].
    pub fn original(&self) -> Original {
        self.original.clone()
    }

    /// Reads on to the next item; `None` when every row was read.
    fn read(&mut self) -> Result<Option<Item>, IntakeError> {
        while self.table.advance()? {
            let row = self.table.row();
            // Files put together with `cat` have their header in the middle again.
            if self.header.repeats_in(row) {
                self.below_header = true;
                continue;
            }
            if std::mem::take(&mut self.below_header) && self.is_description() {
                continue;
            }
            self.rows += 1;
            self.progress.set_rows(self.rows);
            let cells = Cells {
                row,
                header: &self.header,
                currency: self.options.currency,
                file: &self.name,
            };
            let is_sheet = self.table.is_sheet();
            let item = match &mut self.grouping {
                Some(orders) => match orders.add(cells, is_sheet) {
                    Ok(()) => None,
                    Err(Added::Bad(bad)) => Some(Item::Bad(*bad)),
                    Err(Added::Fatal(fatal)) => return Err(*fatal),
                },
                None => Some(single(cells, self.options.ids_optional, is_sheet)?),
            };
            for (watch, field) in self.padding.iter_mut().zip(ID_FIELDS) {
                watch.see(row.line, cells.get(field));
            }
            if item.is_some() {
                return Ok(item);
            }
        }
        Ok(None)
    }

    /// Whether the row describes the columns, as the one below an XLSX export's header does.
    fn is_description(&self) -> bool {
        let texts = &self.header.layout.description_row;
        let Some(place) = self.header.place(Field::Order).filter(|_| !texts.is_empty()) else {
            return false;
        };
        let cell = String::from_utf8_lossy(self.table.row().cell(place));
        // In another language the text is another, but it is never a number.
        let wordy = cell.contains(' ') && !cell.contains(|c: char| c.is_ascii_digit());
        wordy || texts.iter().any(|text| layout::normal(text) == layout::normal(&cell))
    }

    /// What can be said only once every row was read.
    fn at_end(&self) -> Result<(), IntakeError> {
        if self.rows == 0 {
            return Err(IntakeError::HeaderOnly {
                name: self.name.clone(),
                line: self.header.line,
            });
        }
        for (watch, field) in self.padding.iter().zip(ID_FIELDS) {
            if let (Some((line, value)), Some(place)) = (watch.verdict(), self.header.place(field))
            {
                return Err(IntakeError::PaddedIds {
                    name: self.name.clone(),
                    line,
                    column: self.header.name_of(place),
                    value: value.to_owned(),
                });
            }
        }
        Ok(())
    }

    fn step(&mut self) -> Result<Option<Item>, IntakeError> {
        if matches!(self.state, State::Reading) {
            if let Some(item) = self.read()? {
                return Ok(Some(item));
            }
            self.at_end()?;
            if let Some(orders) = &mut self.grouping {
                orders.finish();
            }
            self.state = State::GivingOut(0);
        }
        let (State::GivingOut(at), Some(orders)) = (&mut self.state, &self.grouping) else {
            return Ok(None);
        };
        let n = *at;
        *at += 1;
        Ok(orders.item(n, self.options.currency, self.header.layout.tracking_means))
    }
}

impl Iterator for Reader {
    type Item = Result<Item, IntakeError>;

    fn next(&mut self) -> Option<Self::Item> {
        if matches!(self.state, State::Done) {
            return None;
        }
        let step = self.step().transpose();
        if !matches!(step, Some(Ok(_))) {
            self.state = State::Done;
        }
        step
    }
}

/// A row that stands alone.
fn single(cells: Cells<'_>, ids_optional: bool, is_sheet: bool) -> Result<Item, IntakeError> {
    let (ids, broken) = cells.ids();
    let bad = |problem: Problem| Ok(Item::Bad(problem.at(cells.row.line, ids.owned())));
    if let Err(problem) = cells.whole(is_sheet) {
        return bad(problem);
    }
    if let Some((_, problem)) = broken {
        return bad(problem);
    }
    let nameless = ids.order.is_none() && ids.package.is_none() && ids.tracking.is_none();
    if nameless && !ids_optional {
        return bad(Problem::row(
            codes::MISSING_ID,
            "there is no order, package or tracking number",
        ));
    }
    let read = match cells.header.layout.kind {
        Kind::Parcels => single::parcel(cells, ids).map(Item::Parcel),
        Kind::Events => single::event(cells, ids).map(Item::Event),
        Kind::Documents => single::document(cells, ids).map(Item::Document),
    };
    read.or_else(|trouble| match trouble {
        Trouble::Row(problem) => bad(*problem),
        Trouble::File(fatal) => Err(*fatal),
    })
}
