//! A row's cells as what they mean: ids, amounts, days, countries, words; or what is wrong with
//! them, with column and value.

use std::cmp::Ordering;

use crate::calendar::Day;
use crate::money::{Currency, Money};
use crate::parcel::{CarrierEvent, Country, Fulfilment, Ids, Label};

use super::account::Skip;
use super::amount::DecimalMark;
use super::carried::Carried;
use super::dates::{DateOrder, NotADay};
use super::error::IntakeError;
use super::harmless::as_it_was;
use super::header::Header;
use super::layout::{Field, Meaning, TrackingMeans};
use super::problem::{ANOTHER_ENCODING, Problem, Trouble, codes};
use super::table::Row;
use super::workbook::Flaw;
use super::{amount, country, dates, ids};

/// As much of a value as a message shows.
const SHOWN: usize = 60;

/// What to do about an amount in another currency than its row's.
const NAME_CURRENCY: &str =
    "name the row's currency in a column `currency`, or that of the whole file with --currency";

/// What to do about an amount that reads two ways.
const NAME_MARK: &str = "--amounts point is 1,234.56, --amounts comma is 1.234,56";

/// What to do about a day that reads two ways.
const NAME_ORDER: &str = "--dates month-first is MM/DD/YYYY, --dates day-first is DD/MM/YYYY";

/// One row under its header.
#[derive(Clone, Copy)]
pub(super) struct Cells<'a> {
    pub(super) row: Row<'a>,
    pub(super) header: &'a Header,
    /// What stands on the first row of its order only.
    pub(super) carried: Option<&'a Carried>,
    /// The currency the row itself names.
    pub(super) own_currency: Option<Currency>,
    /// The file, for messages.
    pub(super) file: &'a str,
}

/// The names of a row's parcel, borrowed from the row.
#[derive(Clone, Copy, Default, Debug, PartialEq, Eq)]
pub(super) struct IdsRead<'a> {
    pub(super) order: Option<&'a str>,
    pub(super) package: Option<&'a str>,
    pub(super) tracking: Option<&'a str>,
}

impl IdsRead<'_> {
    pub(super) fn owned(self) -> Ids {
        Ids {
            order: self.order.map(str::to_owned),
            package: self.package.map(str::to_owned),
            tracking: self.tracking.map(str::to_owned),
        }
    }
}

/// What the words of a row say, by the layout's `when` rules.
#[derive(Clone, Copy, Default, Debug, PartialEq, Eq, Hash)]
pub(super) struct Meanings {
    pub(super) cancelled: bool,
    pub(super) fulfilment: Fulfilment,
    /// Its label exists.
    pub(super) has_label: bool,
    /// The row is no parcel's, and why.
    pub(super) skip: Option<Skip>,
    /// What the carrier reports.
    pub(super) event: Option<CarrierEvent>,
}

impl<'a> Cells<'a> {
    /// A field's cell without white space; empty where the file has no such column.
    pub(super) fn get(&self, field: Field) -> &'a [u8] {
        let cell: &[u8] = self.header.place(field).map_or(&[], |place| self.row.cell(place));
        match self.carried {
            Some(carried) if cell.is_empty() => carried.get(field),
            _ => cell,
        }
    }

    /// The currency of its amounts.
    pub(super) fn currency(&self) -> Currency {
        self.own_currency.unwrap_or_else(|| self.header.written.currency())
    }

    /// Puts column and value to what is wrong in a field's cell.
    pub(super) fn wrong(&self, field: Field, mut problem: Problem) -> Problem {
        problem.column = self.header.place(field).map(|place| self.header.name_of(place));
        problem.value = Some(shown(self.get(field)));
        problem
    }

    fn refuse(&self, field: Field, code: &'static str, reason: impl Into<String>) -> Problem {
        self.wrong(field, Problem::row(code, reason))
    }

    /// Refuses a row with a NUL byte, or more or fewer cells than the header.
    ///
    /// `is_sheet`: a workbook leaves empty cells at the end of a row away, or adds some.
    pub(super) fn whole(&self, is_sheet: bool) -> Result<(), Problem> {
        let short = self.header.layout.short_rows;
        whole(self.row, &self.header.names, short, is_sheet)?;
        self.unflawed()
    }

    /// Refuses a row in which a cell that is read is not what it seems.
    fn unflawed(&self) -> Result<(), Problem> {
        for (column, flaw) in self.row.flaws {
            let here = |field: &&Field| self.header.place(**field) == Some(*column as usize);
            let Some(field) = Field::ALL.iter().find(here) else { continue };
            if let Some(problem) = flawed(*flaw, self.get(*field), field.is_id()) {
                return Err(self.wrong(*field, problem));
            }
        }
        Ok(())
    }

    fn id(&self, field: Field) -> Result<Option<&'a str>, Problem> {
        ids::read(self.get(field)).map_err(|problem| self.wrong(field, problem))
    }

    /// The names it goes by, without asking that there be one; any broken one is a problem.
    pub(super) fn ids(&self) -> (IdsRead<'a>, Option<(Field, Problem)>) {
        let mut broken = None;
        let mut one = |field| {
            self.id(field).unwrap_or_else(|problem| {
                broken = Some((field, problem));
                None
            })
        };
        // The package last: broken, it weighs most.
        let (any, tracking) = (one(Field::AnyId), one(Field::Tracking));
        let (order, package) = (one(Field::Order), one(Field::Package));
        (IdsRead { order, package, tracking: tracking.or(any) }, broken)
    }

    /// Readable text; `None` where there is none.
    pub(super) fn text(&self, field: Field) -> Result<Option<&'a str>, Problem> {
        let cell = self.get(field);
        if cell.is_empty() {
            return Ok(None);
        }
        std::str::from_utf8(cell).map(|text| Some(as_it_was(text))).map_err(|_| {
            self.refuse(
                field,
                codes::BAD_ENCODING,
                "holds bytes that are no text in the file's encoding",
            )
            .with_hint(ANOTHER_ENCODING)
        })
    }

    /// An amount in the row's currency; `None` where the cell is empty.
    pub(super) fn amount(&self, field: Field) -> Result<Option<Money>, Problem> {
        let cell = self.get(field);
        if cell.is_empty() {
            return Ok(None);
        }
        let written = &self.header.written;
        let currency = self.currency();
        let mark = self.mark(field, cell, currency)?;
        let is_open = self.own_currency.is_none() && written.currency_is_open();
        match amount::read(cell, currency, mark) {
            Ok(read) => {
                if is_open && read.is_some_and(|amount| !amount.is_zero()) {
                    written.settle_currency(currency);
                }
                Ok(read)
            }
            Err((codes::BAD_CURRENCY, _)) if is_open && amount::names(cell).is_some() => {
                written.settle_currency(amount::names(cell).unwrap_or(currency));
                self.amount(field)
            }
            Err((code, reason)) => Err(match (code, self.refuse(field, code, reason)) {
                (codes::BAD_CURRENCY, problem) => problem.with_hint(NAME_CURRENCY),
                (_, problem) => problem,
            }),
        }
    }

    /// The mark before the minor units in a field's column, as far as this cell needs one.
    fn mark(&self, field: Field, cell: &[u8], currency: Currency) -> Result<DecimalMark, Problem> {
        let written = &self.header.written;
        if self.header.place(field).is_some_and(|place| self.row.is_fraction(place)) {
            return Ok(DecimalMark::Point);
        }
        if let Some(mark) = written.mark(field) {
            return Ok(mark);
        }
        if cell.iter().all(u8::is_ascii_digit) {
            return Ok(DecimalMark::Point);
        }
        written.find_mark(self.header, field, cell, currency).ok_or_else(|| {
            let reason = format!(
                "`{}` reads two ways, and nothing in the file shows which is meant: --amounts point \
                 or --amounts comma says it",
                shown(cell)
            );
            self.refuse(field, codes::UNCLEAR_AMOUNT, reason).with_hint(NAME_MARK)
        })
    }

    /// What is taken off an amount: some files write it with a minus, some without.
    pub(super) fn taken_off(&self, field: Field) -> Result<i64, Problem> {
        let cell = self.get(field);
        let cell = cell.strip_prefix(b"-").or(cell.strip_suffix(b"-")).unwrap_or(cell);
        let cell = cell.strip_prefix(b"(").and_then(|c| c.strip_suffix(b")")).unwrap_or(cell);
        if cell.is_empty() {
            return Ok(0);
        }
        let currency = self.currency();
        let mark = self.mark(field, cell, currency)?;
        amount::read(cell, currency, mark)
            .map(|amount| amount.map_or(0, Money::minor))
            .map_err(|(code, reason)| self.refuse(field, code, reason))
    }

    /// The same cells, their amounts in the currency the row's currency column names.
    pub(super) fn in_their_currency(mut self) -> Result<Self, Problem> {
        let cell = self.get(Field::Currency);
        if cell.is_empty() || cell.eq_ignore_ascii_case(self.currency().code().as_bytes()) {
            return Ok(self);
        }
        let code = String::from_utf8_lossy(cell);
        self.own_currency = Some(Currency::from_code(&code).ok_or_else(|| {
            let reason = format!("`{code}` is not a currency, expected a code such as USD");
            self.refuse(Field::Currency, codes::BAD_CURRENCY, reason)
        })?);
        Ok(self)
    }

    /// A day; `None` where the cell is empty. A day of the other convention spoils the file.
    pub(super) fn day(&self, field: Field) -> Result<Option<Day>, Trouble> {
        let cell = self.get(field);
        if cell.is_empty() {
            return Ok(None);
        }
        let written = &self.header.written;
        let mut order = written.order(field);
        let mut read = dates::read(cell, order);
        if order == DateOrder::AsFound {
            match read {
                Ok(_) => written.learn_order(field, cell),
                Err(NotADay::Unclear) => {
                    if let Some(found) = written.find_order(self.header, field) {
                        order = found;
                        read = dates::read(cell, found);
                    }
                }
                Err(_) => {}
            }
        }
        read.map_err(|why| match why {
            NotADay::OtherOrder => {
                let place = self.header.place(field).unwrap_or(0);
                let layout = &self.header.layout;
                let by = match layout.dates == order {
                    true => format!("layout `{}` writes", layout.id),
                    false => "the rows above write".to_owned(),
                };
                Trouble::File(Box::new(IntakeError::OtherDates {
                    name: self.file.to_owned(),
                    line: self.row.line,
                    column: self.header.name_of(place),
                    value: shown(cell),
                    why: format!("has {}, but {by} {}", order.other().told(), order.told()),
                }))
            }
            NotADay::Unclear => {
                let reason = format!(
                    "`{}` is a day in two ways, and nothing in the file shows which is meant: \
                     --dates month-first or --dates day-first says it",
                    shown(cell)
                );
                self.refuse(field, codes::UNCLEAR_DATE, reason).with_hint(NAME_ORDER).into()
            }
            NotADay::Wrong => self
                .refuse(
                    field,
                    codes::BAD_DATE,
                    format!("`{}` is not a day, expected {}", shown(cell), order.expected()),
                )
                .into(),
        })
    }

    /// A country by code or name; `None` where the cell is empty.
    pub(super) fn country(&self, field: Field) -> Result<Option<Country>, Problem> {
        let Some(text) = self.text(field)? else {
            return Ok(None);
        };
        country::read(text).map(Some).ok_or_else(|| {
            let reason = format!("`{text}` is not a country, expected two letters such as US");
            self.refuse(field, codes::BAD_COUNTRY, reason)
        })
    }

    /// What the row's words say.
    pub(super) fn meanings(&self) -> Result<Meanings, Problem> {
        let layout = &self.header.layout;
        let mut said = Meanings::default();
        for when in &layout.when {
            let cell = self.get(when.column);
            let hit = when.is.iter().any(|word| cell.eq_ignore_ascii_case(word.as_bytes()))
                || when.contains.iter().any(|word| contains(cell, word.as_bytes()))
                || (when.empty && cell.is_empty());
            if !hit {
                continue;
            }
            if when.column == Field::Event {
                // The first that fits says it.
                said.event = said.event.or(when.means.event());
            }
            match when.means {
                Meaning::Cancelled => said.cancelled = true,
                Meaning::HasLabel => said.has_label = true,
                Meaning::Summary => said.skip = Some(Skip::Summary),
                Meaning::NotShipped => said.skip = Some(Skip::NotShipped),
                Meaning::Refund => said.skip = Some(Skip::Refund),
                Meaning::NoNews => said.skip = Some(Skip::NoNews),
                Meaning::Labelled
                | Meaning::Scanned
                | Meaning::Moved
                | Meaning::Delivered
                | Meaning::Damaged
                | Meaning::Lost
                | Meaning::Returned => {}
                Meaning::PlatformLabel => said.fulfilment = Fulfilment::PlatformLabel,
                // Goods in the platform's warehouse are shipped by it, whoever is named besides.
                Meaning::SellerLabel if said.fulfilment == Fulfilment::PlatformWarehouse => {}
                Meaning::SellerLabel => said.fulfilment = Fulfilment::SellerLabel,
                Meaning::PlatformWarehouse => said.fulfilment = Fulfilment::PlatformWarehouse,
            }
        }
        for field in &layout.closed {
            let cell = self.get(*field);
            let words = || layout.when.iter().filter(|w| w.column == *field).flat_map(|w| &w.is);
            if !cell.is_empty() && !words().any(|w| cell.eq_ignore_ascii_case(w.as_bytes())) {
                let known = words().map(String::as_str).collect::<Vec<_>>().join(", ");
                let reason =
                    format!("`{}` is not known here, expected one of: {known}", shown(cell));
                return Err(self.refuse(*field, codes::UNKNOWN_VALUE, reason));
            }
        }
        Ok(said)
    }

    /// A cell that must have something in it and has not.
    pub(super) fn missing(&self, field: Field, code: &'static str, what: &str) -> Problem {
        self.refuse(field, code, format!("there is no {what}"))
    }
}

/// Where the label stands, from its day, whether there is a tracking number, and what is said.
pub(super) fn label(
    created: Option<Day>,
    tracking: bool,
    means: TrackingMeans,
    has_label: bool,
) -> Label {
    match (created, tracking, means) {
        (Some(day), _, _) => Label::Exists(Some(day)),
        (None, _, _) if has_label => Label::Exists(None),
        (None, false, _) => Label::None,
        (None, true, TrackingMeans::LabelBoughtNow) => Label::ThisStep,
        (None, true, TrackingMeans::LabelExists) => Label::Exists(None),
    }
}

/// Refuses a row with a NUL byte, an open quote, or more or fewer cells than the header has names.
///
/// `short`: empty cells at its end may be left away. `is_sheet`: a workbook leaves them away, or
/// adds some.
pub(super) fn whole(
    row: Row<'_>,
    names: &[String],
    short: bool,
    is_sheet: bool,
) -> Result<(), Problem> {
    let (expected, width) = (names.len(), row.width());
    if let Some(place) = row.torn {
        let mut problem = Problem::row(
            codes::OPEN_QUOTE,
            "a quote opens in this cell and is not closed before the next row",
        )
        .with_hint("close the quote, or take it away");
        problem.column = names.get(place).cloned();
        problem.value = Some(shown(row.cell(place)));
        return Err(problem);
    }
    if row.has_nul {
        let place = (0..width).find(|place| row.raw(*place).contains(&0)).unwrap_or(0);
        let mut problem = Problem::row(codes::NUL_BYTE, "holds a NUL byte: the file is damaged")
            .with_hint("download the file again");
        problem.column = names.get(place).cloned();
        problem.value = Some(shown(row.cell(place)));
        return Err(problem);
    }
    // Even an empty field too many may mean that an unquoted comma has moved the others.
    let fits = match width.cmp(&expected) {
        Ordering::Equal => true,
        Ordering::Less => short || is_sheet,
        Ordering::Greater => is_sheet && (expected..width).all(|place| row.cell(place).is_empty()),
    };
    if !fits {
        let lines = match row.last_line {
            last if last > row.line => {
                format!(", which a quote holds together up to line {last},")
            }
            _ => String::new(),
        };
        return Err(Problem::row(
            codes::WRONG_WIDTH,
            format!("the row{lines} has {width} fields, the header has {expected}"),
        )
        .with_hint("put text or an amount with a comma in it between quotes"));
    }
    Ok(())
}

/// What is wrong with a cell of a workbook that is not what it seems, where it matters: a day or a
/// truth value is no identifier.
pub(super) fn flawed(flaw: Flaw, cell: &[u8], is_id: bool) -> Option<Problem> {
    let cell = shown(cell);
    let (code, reason, hint) = match flaw {
        Flaw::Error => (
            codes::BAD_CELL,
            format!("`{cell}` is an error of the spreadsheet, not a value"),
            "mend the formula there, or write the value itself",
        ),
        Flaw::Uncomputed => (
            codes::BAD_CELL,
            format!("`{cell}` is a formula, and the file does not hold its result"),
            "open the workbook in a spreadsheet and save it: that computes its formulas",
        ),
        Flaw::Day | Flaw::Truth if is_id => (
            codes::DAMAGED_ID,
            format!("`{cell}` is what a spreadsheet made of it: the identifier is lost"),
            "use the export as downloaded, without opening and saving it in a spreadsheet",
        ),
        Flaw::Day | Flaw::Truth | Flaw::Fraction => return None,
    };
    Some(Problem::row(code, reason).with_hint(hint))
}

fn contains(cell: &[u8], word: &[u8]) -> bool {
    !word.is_empty() && cell.windows(word.len()).any(|part| part.eq_ignore_ascii_case(word))
}

/// A value for a message: readable, and not endless.
pub(super) fn shown(cell: &[u8]) -> String {
    let text = String::from_utf8_lossy(cell);
    let mut short: String = text.chars().take(SHOWN).filter(|c| *c != '\0').collect();
    if text.chars().nth(SHOWN).is_some() {
        short.push('…');
    }
    short
}
