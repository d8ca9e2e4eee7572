//! The door for sellers' files: from bytes to parcels and carrier events.
//!
//! ```text
//! source ─▶ table (records | workbook) ─▶ header: layout, columns ─▶ cells ─▶ single | orders ─▶ Item
//! ```
//!
//! A file is recognised by its header, never by the position of its columns ([`Layouts`]); what a
//! layout is, is data. One bad row never stops the others: it comes out as an [`Item::Bad`] with
//! line, column, value and a stable code. What spoils a whole file is an [`IntakeError`].

mod account;
mod amount;
mod asked;
mod carried;
mod cells;
mod conventions;
mod country;
mod dates;
mod edges;
mod encoding;
mod error;
mod explain;
mod harmless;
mod header;
mod ids;
mod join;
mod layout;
mod list;
mod orders;
mod problem;
mod propose;
mod records;
mod rejects;
mod single;
mod source;
mod store;
mod table;
#[cfg(test)]
mod tests;
mod unpack;
mod workbook;
mod worth;
mod zones;

pub use account::{Skip, Skipped};
pub use amount::DecimalMark;
pub use asked::{
    Asked, By, ColumnRead, Decided, LineIs, OrderMoney, Origin, ReadAs, RowRead, UNKNOWN,
};
pub use country::read as country;
pub use dates::DateOrder;
pub use encoding::{Encoding, KnownBy};
pub use error::{IntakeError, Lacking};
pub use explain::{Became, Explained, Fact, explain};
pub use harmless::harmless;
pub use join::{
    Joined, LabelBecame, LabelExplained, LeftOver, NotUsed, Together, Trackings, Unused, Went,
    explain_label, read_trackings,
};
pub use layout::{BrokenLayout, ColumnInfo, Kind, LayoutInfo, Layouts, check_layout};
pub use list::{List, ListColumn, ListKind, ListRow, read_list};
pub use problem::{BadRow, Problem, codes};
pub use propose::{Proposal, ProposedColumn, propose};
pub use rejects::copy_rejects;
pub use source::{Original, Progress, Source};
pub use workbook::SheetSeen;
pub use zones::{TimeSeen, ZoneIs, ZonesSeen};

use std::collections::VecDeque;
use std::sync::Arc;

use crate::calendar::Day;
use crate::money::Currency;
use crate::parcel::{CarrierEvent, CoverChoice, Ids, Parcel};

use carried::Carried;
use cells::Cells;
use conventions::{Conventions, Said};
use header::{Header, Purpose, Wanted, find_header};
use ids::PaddingWatch;
use join::Join;
use layout::{Field, RowIs};
use orders::{Added, Orders};
use source::{Form, Keep};
use table::{Row, Table};
use workbook::{Wish, place};

/// How a file is to be read.
#[derive(Clone, Debug)]
pub struct Options {
    /// The currency of every amount whose row and file do not name one.
    pub currency: Currency,
    /// The currency the user says the file's amounts are in, whatever its layout says.
    pub stated_currency: Option<Currency>,
    /// How the user says its amounts are written.
    pub amounts: Option<DecimalMark>,
    /// How the user says its days are written.
    pub dates: Option<DateOrder>,
    /// The seller's time zone, where it is known: times of other zones are turned to it.
    pub zone: Option<ZoneIs>,
    /// The layouts there are.
    pub layouts: Layouts,
    /// The layout to use instead of the one its header shows.
    pub layout: Option<String>,
    /// The encoding of its text, instead of the one its bytes show. A byte order mark counts more.
    pub encoding: Option<Encoding>,
    /// The file to read in a zip archive that holds several.
    pub member: Option<String>,
    /// The sheet to read in a workbook, instead of the one whose header fits a layout.
    pub sheet: Option<String>,
    /// Take rows without any id, as for pricing a plain list of values.
    pub ids_optional: bool,
    /// The tracking numbers of its orders, where they stand in another file.
    pub trackings: Option<Arc<Trackings>>,
    /// Keep a stream in a temporary file, so that its rows can be copied by [`copy_rejects`].
    pub keep: bool,
    /// Rows of which is noted what they are read as.
    pub asked: Option<Asked>,
}

impl Options {
    /// Amounts in this currency, layout detected, ids needed, nothing kept.
    pub fn new(currency: Currency) -> Options {
        Options {
            currency,
            stated_currency: None,
            amounts: None,
            dates: None,
            zone: None,
            layouts: Layouts::default(),
            layout: None,
            encoding: None,
            member: None,
            sheet: None,
            ids_optional: false,
            trackings: None,
            keep: false,
            asked: None,
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
    /// The plan the file says it is covered under, where it has a `plan` column.
    pub plan: Option<String>,
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

/// A file being read: an iterator of [`Item`]s. An `Err` spoils the whole file, and is the last.
pub struct Reader {
    table: Table,
    header: Header,
    name: String,
    options: Options,
    original: Original,
    progress: Progress,
    rows: u64,
    skipped: Skipped,
    carried: Option<Carried>,
    /// The tracking numbers of its orders, from another file.
    join: Option<Box<Join>>,
    /// Further events of the row that was read last.
    waiting: VecDeque<Item>,
    /// What is below the last row has begun.
    in_trailer: bool,
    /// The next row may be the one that describes the columns.
    below_header: bool,
    padding: [PaddingWatch; ID_FIELDS.len()],
    grouping: Option<Box<Orders>>,
    /// What is read of it, where it is a file of tracking numbers.
    filling: Option<Box<Trackings>>,
    state: State,
}

const ID_FIELDS: [Field; 3] = [Field::Order, Field::Package, Field::Tracking];

enum State {
    Reading,
    /// Every row was read; the package to give out next.
    GivingOut(u32),
    Done,
}

/// Opens a file: finds out what it is and which layout fits its header.
///
/// # Errors
/// It cannot be read, is not text or a workbook, is empty, or no one layout fits.
pub fn open(source: Source, options: Options) -> Result<Reader, IntakeError> {
    open_for(Purpose::Rows, source, options)
}

fn open_for(purpose: Purpose, source: Source, options: Options) -> Result<Reader, IntakeError> {
    let form = Form { encoding: options.encoding, member: options.member.clone() };
    let keep = match (&options.trackings, options.keep) {
        // Its orders are looked through beforehand.
        (Some(_), _) => Keep::Whole,
        (None, true) => Keep::Copy,
        (None, false) => Keep::No,
    };
    let opened = source.open(keep, form)?;
    let mut original = opened.original;
    let name = original.name.clone();
    let loaded = options.layouts.load()?;
    let wanted = Wanted {
        name: &name,
        layout: options.layout.as_deref(),
        ids_optional: options.ids_optional,
        purpose,
        layouts: &loaded.layouts,
        broken: &loaded.broken,
    };
    let fits = |row: Row<'_>| header::recognise(row, &wanted).map(drop);
    let wish = Wish { sheet: options.sheet.as_deref(), again: None, fits: &fits };
    let mut table = Table::new(name.clone(), opened.content, wish)?;
    if let Some(sheet) = table.sheet() {
        original.set_sheet(sheet.seen.clone(), sheet.chosen);
    }
    let mut header = find_header(&mut table, &name, |row| header::recognise(row, &wanted))?;
    if let Some(asked) = &options.asked {
        let row = table.row();
        asked.header(row.line, row.last_line);
    }
    // A row is as short as its last filled cell only where it came so. Where there are quotes, one that
    // is open or closes too early makes a row short as well, and moves its cells.
    header.layout.short_rows &= table.begin(header.layout.quotes);
    original.begins_at(header.line, &header.layout);
    let said = Said {
        currency: options.stated_currency,
        amounts: options.amounts,
        dates: options.dates,
        zone: options.zone.clone(),
    };
    header.written =
        Conventions::new(&header.layout, options.currency, said, Some(original.clone()));
    let grouping = (header.layout.one_row_per == RowIs::SkuLine).then(Box::default);
    let filling = (purpose == Purpose::Trackings).then(|| Box::new(Trackings::new()));
    let join = options
        .trackings
        .clone()
        .map(|trackings| Box::new(Join::new(trackings, grouping.is_some(), &original, &header)));
    let first_row_only = &header.layout.first_row_only;
    Ok(Reader {
        carried: (!first_row_only.is_empty()).then(|| Carried::of(first_row_only)),
        table,
        header,
        name,
        options,
        original,
        progress: opened.progress,
        rows: 0,
        skipped: Skipped::default(),
        waiting: VecDeque::new(),
        in_trailer: false,
        below_header: true,
        join,
        padding: Default::default(),
        grouping: grouping.filter(|_| filling.is_none()),
        filling,
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

    /// Why it is that layout, for people.
    pub fn why(&self) -> &str {
        &self.header.why
    }

    /// Rows that were passed over so far, by reason.
    pub fn skipped(&self) -> &Skipped {
        &self.skipped
    }

    /// Rows read so far, header and empty rows not counted. Each is a row of a parcel or an event,
    /// is passed over ([`Reader::skipped`]), or is refused ([`Item::Bad`]).
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

    /// Whether the package numbers of the file are of labels: they do not tell a further parcel of
    /// an order from one whose label was bought again.
    pub fn packages_are_labels(&self) -> bool {
        self.header.layout.package_is_label
    }

    /// The file, to be read again by [`copy_rejects`].
    pub fn original(&self) -> Original {
        self.original.clone()
    }

    /// Reads on to the next item; `None` when every row was read.
    fn read(&mut self) -> Result<Option<Item>, IntakeError> {
        while self.table.advance()? {
            self.rows += 1;
            self.progress.set_rows(self.rows);
            let skip = self.no_row();
            let row = self.table.row();
            let asked = self.options.asked.as_ref();
            if let Some(asked) = asked {
                asked.row(row.line, row.last_line);
            }
            let bare = Cells {
                row,
                header: &self.header,
                carried: None,
                own_currency: None,
                file: &self.name,
                join: None,
                asked: asked.filter(|asked| asked.asks(row.line)),
            };
            if let (Some(carried), None) = (&mut self.carried, skip) {
                carried.meet(bare);
            }
            let mut cells = Cells { carried: self.carried.as_ref(), ..bare };
            if let Some(asked) = cells.asked {
                asked.begin(cells, self.original.sheet().map(SheetSeen::name));
            }
            if let Some(skip) = skip {
                skipped(&mut self.skipped, skip, cells);
                continue;
            }
            if let Some(join) = &mut self.join {
                join.meet(cells);
                cells.join = self.join.as_deref();
            }
            let is_sheet = self.table.is_sheet();
            let added = match (&mut self.filling, &mut self.grouping) {
                (Some(trackings), _) => Some(trackings.add(cells, is_sheet)),
                (None, Some(orders)) => Some(orders.add(&cells, is_sheet)),
                (None, None) => None,
            };
            let item = match added {
                Some(Ok(None)) => None,
                Some(Ok(Some(skip))) => {
                    skipped(&mut self.skipped, skip, cells);
                    None
                }
                Some(Err(Added::Bad(bad))) => Some(Item::Bad(*bad)),
                Some(Err(Added::Fatal(fatal))) => return Err(*fatal),
                None => match single::read(&cells, self.options.ids_optional, is_sheet)? {
                    single::Single::One(item) => Some(item),
                    single::Single::Skipped(skip) => {
                        skipped(&mut self.skipped, skip, cells);
                        None
                    }
                    single::Single::Several(events) => {
                        self.waiting.extend(events.into_iter().map(Item::Event));
                        self.waiting.pop_front()
                    }
                },
            };
            for (watch, field) in self.padding.iter_mut().zip(ID_FIELDS) {
                watch.see(row.line, || cells.get(field));
            }
            if item.is_some() {
                return Ok(item);
            }
        }
        Ok(None)
    }

    /// The same, its place told as a workbook's where it is one.
    fn placed(&self, step: Result<Item, IntakeError>) -> Result<Item, IntakeError> {
        let Some(sheet) = self.original.sheet() else { return step };
        let column_of = |name: &str| self.header.names.iter().position(|n| n == name);
        match step {
            Ok(Item::Bad(mut bad)) => {
                let column = bad.column.as_deref().and_then(column_of);
                bad.cell = Some(place::told(sheet.name(), bad.line, column));
                Ok(Item::Bad(bad))
            }
            Err(error) => Err(error.in_sheet(sheet.name(), column_of)),
            step => step,
        }
    }

    fn step(&mut self) -> Result<Option<Item>, IntakeError> {
        if matches!(self.state, State::Reading) {
            if let Some(item) = self.waiting.pop_front() {
                return Ok(Some(item));
            }
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
        if let Some(asked) = self.options.asked.as_ref()
            && asked.asks_any(orders.lines_of(n))
        {
            asked.notes().orders = orders.order_money(n, self.header.written.currency());
        }
        Ok(orders.item(n, self.header.written.currency(), self.header.layout.tracking_means))
    }
}

impl Iterator for Reader {
    type Item = Result<Item, IntakeError>;

    fn next(&mut self) -> Option<Self::Item> {
        if matches!(self.state, State::Done) {
            return None;
        }
        let step = match (self.step().transpose(), &mut self.join) {
            (Some(Ok(item)), Some(join)) => Some(Ok(join.item(item))),
            (step, _) => step,
        };
        if !matches!(step, Some(Ok(_))) {
            self.state = State::Done;
        }
        step.map(|step| self.placed(step))
    }
}

/// Counts a row that is passed over.
fn skipped(skipped: &mut Skipped, skip: Skip, cells: Cells<'_>) {
    skipped.count(skip);
    if let Some(asked) = cells.asked {
        asked.skipped(cells.row.line, skip);
    }
}
