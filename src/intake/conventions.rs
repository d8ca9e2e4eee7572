//! How the columns of one file are written: decided once for each column, by its layout, by the
//! user, or by what the column shows.
//!
//! Up to the first cell that reads differently in two conventions nothing has to be known. There,
//! if the cell itself does not show which it is, the whole file is looked through, once. What is
//! then still open is refused row by row: nothing is guessed.

use std::cell::{Cell, OnceCell};

use super::amount::{self, DecimalMark, Shows};
use super::dates::{self, DateOrder};
use super::header::Header;
use super::layout::{CurrencyIs, Field, Layout};
use super::source::Original;
use super::table::Table;
use super::workbook::Wish;
use crate::money::Currency;

const FIELDS: usize = Field::ALL.len();

/// What is known by now of how a file's columns are written.
pub(super) struct Conventions {
    /// The currency of amounts whose row names none, and whether the first amount may still say.
    currency: Cell<Currency>,
    is_open: Cell<bool>,
    marks: [Cell<Option<DecimalMark>>; FIELDS],
    orders: [Cell<DateOrder>; FIELDS],
    /// Where the file can be read again.
    original: Option<Original>,
    seen: OnceCell<Seen>,
}

/// What the user says of a file, which counts more than its layout and its columns.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Said {
    pub(super) currency: Option<Currency>,
    pub(super) amounts: Option<DecimalMark>,
    pub(super) dates: Option<DateOrder>,
}

/// What the columns of a whole file show.
#[derive(Default)]
struct Seen {
    marks: Vec<Option<DecimalMark>>,
    orders: Vec<Option<DateOrder>>,
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
        let mark = said.amounts.or(layout.amounts.mark());
        let order = said.dates.unwrap_or(layout.dates);
        Conventions {
            currency: Cell::new(currency),
            is_open: Cell::new(is_open),
            marks: std::array::from_fn(|_| Cell::new(mark)),
            orders: std::array::from_fn(|_| Cell::new(order)),
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
    pub(super) fn settle_currency(&self, currency: Currency) {
        self.currency.set(currency);
        self.is_open.set(false);
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
    ) -> Option<DecimalMark> {
        match amount::shows(cell, currency) {
            Shows::Nothing => Some(DecimalMark::Point),
            Shows::Only(mark) => {
                self.marks[field as usize].set(Some(mark));
                Some(mark)
            }
            // Without minor units every mark groups.
            Shows::Grouped(mark) if currency.digits() == 0 => Some(mark),
            Shows::Grouped(mark) => {
                let seen = self.seen(header).marks.get(field as usize).copied().flatten();
                self.marks[field as usize].set(seen);
                // `1,234` is no amount with a decimal comma, unless the currency has thousandths.
                let alone = mark == DecimalMark::Point && currency.digits() < 3;
                seen.or(alone.then_some(mark))
            }
        }
    }

    /// How a column writes its days.
    pub(super) fn order(&self, field: Field) -> DateOrder {
        self.orders[field as usize].get()
    }

    /// Notes what a day shows of its column.
    pub(super) fn learn_order(&self, field: Field, cell: &[u8]) {
        if let Some(order) = dates::shown_by(cell) {
            self.orders[field as usize].set(order);
        }
    }

    /// The order of a column of which one day reads two ways, if anything in the file says.
    pub(super) fn find_order(&self, header: &Header, field: Field) -> Option<DateOrder> {
        let seen = self.seen(header).orders.get(field as usize).copied().flatten()?;
        self.orders[field as usize].set(seen);
        Some(seen)
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
                    seen.orders[at] = seen.orders[at].or_else(|| dates::shown_by(cell));
                    missing |= seen.orders[at].is_none();
                } else if !row.is_fraction(*place) {
                    if let (None, Shows::Only(mark)) =
                        (seen.marks[at], amount::shows(cell, self.currency()))
                    {
                        seen.marks[at] = Some(mark);
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
fn fill_up<T: Copy + PartialEq>(columns: &mut [Option<T>]) {
    let mut shown = columns.iter().flatten();
    let Some(first) = shown.next().copied() else { return };
    if shown.all(|other| *other == first) {
        columns.fill(Some(first));
    }
}
