//! How the columns of one file are written: decided once for each column, by its layout, by the
//! user, or by what the column shows.
//!
//! Up to the first cell that reads differently in two conventions nothing has to be known. There,
//! if the cell itself does not show which it is, the whole file is looked through, once. What is
//! then still open is refused row by row: nothing is guessed.

use std::cell::{Cell, OnceCell};

use super::amount::{self, DecimalMark, Shows};
use super::asked::By;
use super::dates::{self, DateOrder};
use super::header::Header;
use super::layout::{CurrencyIs, Field, Layout};
use super::source::Original;
use super::table::Table;
use super::workbook::Wish;
use super::zones::{ZoneIs, Zones};
use crate::money::Currency;

const FIELDS: usize = Field::ALL.len();

/// What is known by now of how a file's columns are written.
pub(super) struct Conventions {
    /// The currency of amounts whose row names none, and whether the first amount may still say.
    currency: Cell<Currency>,
    is_open: Cell<bool>,
    currency_by: Cell<(By, u64)>,
    marks: [Cell<Option<DecimalMark>>; FIELDS],
    orders: [Cell<DateOrder>; FIELDS],
    /// What decided them, and the line that shows it.
    marks_by: [Cell<(By, u64)>; FIELDS],
    orders_by: [Cell<(By, u64)>; FIELDS],
    pub(super) zones: Zones,
    /// Where the file can be read again.
    original: Option<Original>,
    seen: OnceCell<Seen>,
}

/// What the user says of a file, which counts more than its layout and its columns.
#[derive(Clone, Debug, Default)]
pub(super) struct Said {
    pub(super) currency: Option<Currency>,
    pub(super) amounts: Option<DecimalMark>,
    pub(super) dates: Option<DateOrder>,
    /// Where the seller is.
    pub(super) zone: Option<ZoneIs>,
}

/// What a row shows of its column.
#[derive(Clone, Copy)]
struct Shown<T> {
    what: T,
    line: u64,
    by: By,
}

/// What the columns of a whole file show.
#[derive(Default)]
struct Seen {
    marks: Vec<Option<Shown<DecimalMark>>>,
    orders: Vec<Option<Shown<DateOrder>>>,
}

impl Conventions {
    /// As far as layout and user say.
    pub(super) fn new(
        layout: &Layout,
        usual: Currency,
        said: Said,
        original: Option<Original>,
    ) -> Conventions {
        let (currency, is_open) = match (said.currency, layout.currency) {
            (Some(said), _) => (said, false),
            (None, CurrencyIs::Always(currency)) => (currency, false),
            (None, CurrencyIs::AsFound) => (usual, true),
            (None, CurrencyIs::Usual) => (usual, false),
        };
        let currency_by = match (said.currency, layout.currency) {
            (Some(_), _) => By::You,
            (None, CurrencyIs::Always(_)) => By::Layout,
            (None, CurrencyIs::AsFound | CurrencyIs::Usual) => By::Plan,
        };
        let you = |said: bool| if said { By::You } else { By::Layout };
        let (marks_by, orders_by) = (you(said.amounts.is_some()), you(said.dates.is_some()));
        let mark = said.amounts.or(layout.amounts.mark());
        let order = said.dates.unwrap_or(layout.dates);
        let seen = original.as_ref().map(|original| original.zones().clone());
        let zones = Zones::new(said.zone, layout.zone.clone(), seen.unwrap_or_default());
        Conventions {
            currency: Cell::new(currency),
            is_open: Cell::new(is_open),
            currency_by: Cell::new((currency_by, 0)),
            marks_by: std::array::from_fn(|_| Cell::new((marks_by, 0))),
            orders_by: std::array::from_fn(|_| Cell::new((orders_by, 0))),
            marks: std::array::from_fn(|_| Cell::new(mark)),
            orders: std::array::from_fn(|_| Cell::new(order)),
            zones,
            original,
            seen: OnceCell::new(),
        }
    }

    /// The currency of amounts whose row names none.
    pub(super) fn currency(&self) -> Currency {
        self.currency.get()
    }

    /// Whether the currency may still be told by an amount.
    pub(super) fn currency_is_open(&self) -> bool {
        self.is_open.get()
    }

    /// The file's amounts are in this one: so the first of them said, or none did.
    pub(super) fn settle_currency(&self, currency: Currency, by: By, line: u64) {
        self.currency.set(currency);
        self.currency_by.set((by, if by == By::Plan { 0 } else { line }));
        self.is_open.set(false);
    }

    /// What decided the currency, and the line that shows it.
    pub(super) fn currency_by(&self) -> (By, u64) {
        self.currency_by.get()
    }

    /// The mark of a column, where it is known.
    pub(super) fn mark(&self, field: Field) -> Option<DecimalMark> {
        self.marks[field as usize].get()
    }

    /// How an amount is to be read whose column's mark is not known yet; `None` where it reads two
    /// ways and nothing in the file says which.
    pub(super) fn find_mark(
        &self,
        header: &Header,
        field: Field,
        cell: &[u8],
        currency: Currency,
        line: u64,
    ) -> Option<DecimalMark> {
        match amount::shows(cell, currency) {
            Shows::Nothing => Some(DecimalMark::Point),
            Shows::Only(mark) => {
                self.marks[field as usize].set(Some(mark));
                self.marks_by[field as usize].set((By::Column, line));
                Some(mark)
            }
            // Without minor units every mark groups.
            Shows::Grouped(mark) if currency.digits() == 0 => Some(mark),
            Shows::Grouped(mark) => {
                let seen = self.seen(header).marks.get(field as usize).copied().flatten();
                self.marks[field as usize].set(seen.map(|seen| seen.what));
                if let Some(Shown { by, line, .. }) = seen {
                    self.marks_by[field as usize].set((by, line));
                }
                // `1,234` is no amount with a decimal comma, unless the currency has thousandths.
                let alone = mark == DecimalMark::Point && currency.digits() < 3;
                seen.map(|seen| seen.what).or(alone.then_some(mark))
            }
        }
    }

    /// How a column writes its days.
    pub(super) fn order(&self, field: Field) -> DateOrder {
        self.orders[field as usize].get()
    }

    /// What decided the mark of a column, and the line that shows it; `None` while it is not known.
    pub(super) fn mark_by(&self, field: Field) -> Option<(By, u64)> {
        self.mark(field).map(|_| self.marks_by[field as usize].get())
    }

    /// What decided the order of a column, and the line that shows it.
    pub(super) fn order_by(&self, field: Field) -> (By, u64) {
        self.orders_by[field as usize].get()
    }

    /// Notes what a day shows of its column.
    pub(super) fn learn_order(&self, field: Field, cell: &[u8], line: u64) {
        if let Some(order) = dates::shown_by(cell) {
            self.orders[field as usize].set(order);
            self.orders_by[field as usize].set((By::Column, line));
        }
    }

    /// The order of a column of which one day reads two ways, if anything in the file says.
    pub(super) fn find_order(&self, header: &Header, field: Field) -> Option<DateOrder> {
        let seen = self.seen(header).orders.get(field as usize).copied().flatten()?;
        self.orders[field as usize].set(seen.what);
        self.orders_by[field as usize].set((seen.by, seen.line));
        Some(seen.what)
    }

    /// What the columns of the whole file show: each for itself, and one that shows nothing as the
    /// others do, if they agree. One program wrote them all.
    fn seen(&self, header: &Header) -> &Seen {
        self.seen.get_or_init(|| {
            let mut seen = self.look_through(header).unwrap_or_default();
            fill_up(&mut seen.marks);
            fill_up(&mut seen.orders);
            seen
        })
    }

    /// Reads the file again for what its columns show. A file that cannot be read again shows
    /// nothing; what is wrong with it comes up where it is read anyway.
    fn look_through(&self, header: &Header) -> Option<Seen> {
        let original = self.original.as_ref()?;
        let name = original.name().to_owned();
        let wish = Wish { sheet: None, again: original.chosen(), fits: &|_| Ok(()) };
        let mut table = Table::new(name, original.reopen().ok()?.content, wish).ok()?;
        let mut seen = Seen { marks: vec![None; FIELDS], orders: vec![None; FIELDS] };
        let places: Vec<(Field, usize)> = Field::ALL
            .iter()
            .filter(|field| field.is_amount() || field.is_day())
            .filter_map(|field| Some((*field, header.place(*field)?)))
            .collect();
        while table.advance().ok()? {
            let line = table.row().line;
            if line == header.line {
                table.begin(header.layout.quotes);
            }
            if line <= header.line {
                continue;
            }
            let row = table.row();
            let mut missing = false;
            for (field, place) in &places {
                let (cell, at) = (row.cell(*place), *field as usize);
                if field.is_day() {
                    let shown = |what| Shown { what, line, by: By::Column };
                    seen.orders[at] = seen.orders[at].or_else(|| dates::shown_by(cell).map(shown));
                    missing |= seen.orders[at].is_none();
                } else if !row.is_fraction(*place) {
                    if let (None, Shows::Only(mark)) =
                        (seen.marks[at], amount::shows(cell, self.currency()))
                    {
                        seen.marks[at] = Some(Shown { what: mark, line, by: By::Column });
                    }
                    missing |= seen.marks[at].is_none();
                }
            }
            if !missing {
                break;
            }
        }
        Some(seen)
    }
}

/// Gives those that show nothing what the others show, if that is one thing.
fn fill_up<T: Copy + PartialEq>(columns: &mut [Option<Shown<T>>]) {
    let mut shown = columns.iter().flatten();
    let Some(first) = shown.next().copied() else { return };
    if shown.all(|other| other.what == first.what) {
        let first = Shown { by: By::OtherColumns, ..first };
        columns.iter_mut().for_each(|column| *column = column.or(Some(first)));
    }
}
