//! A row's cells as what they mean: ids, amounts, days, countries, words; or what is wrong with
//! them, with column and value.

mod noted;
mod whole;

use crate::calendar::Day;
use crate::money::{Currency, Money};
use crate::parcel::{CarrierEvent, Country, Fulfilment, Ids, Label};

use super::account::Skip;
use super::amount::DecimalMark;
use super::asked::{Asked, By};
use super::carried::Carried;
use super::dates::{DateOrder, NotADay};
use super::error::IntakeError;
use super::harmless::as_it_was;
use super::header::Header;
use super::join::Join;
use super::layout::{Field, Kind, Meaning, TrackingMeans, When};
use super::problem::{ANOTHER_ENCODING, Problem, Trouble, codes};
use super::table::Row;
use super::workbook::Flaw;
use super::zones::DayIn;
use super::{amount, country, dates, ids};

pub(super) use whole::{flawed, whole};

/// As much of a value as a message shows.
const SHOWN: usize = 60;

/// What to do about an amount in another currency than its row's.
const NAME_CURRENCY: &str =
    "name the row's currency in a column `currency`, or that of the whole file with --currency";

/// What to do about an amount that reads two ways.
const NAME_MARK: &str = "--amounts point is 1,234.56, --amounts comma is 1.234,56";

/// What to do about a day that reads two ways.
const NAME_ORDER: &str = "--dates month-first is MM/DD/YYYY, --dates day-first is DD/MM/YYYY";

/// What to do about a day by numbers in a file that writes the year first.
const SAY_ORDER: &str = "write it as 2026-11-03, or say how the whole file writes its days: --dates month-first \
     is MM/DD/YYYY, --dates day-first is DD/MM/YYYY";

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
    /// The tracking numbers that stand in another file.
    pub(super) join: Option<&'a Join>,
    /// Where what is read is noted, if somebody asks about this row.
    pub(super) asked: Option<&'a Asked>,
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
        if let Some(asked) = self.asked {
            asked.wrong(self.row.line, field, &problem.reason);
        }
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

    /// An identifier; `None` where there is none.
    pub(super) fn id(&self, field: Field) -> Result<Option<&'a str>, Problem> {
        let id = ids::read(self.get(field)).map_err(|problem| self.wrong(field, problem))?;
        self.note(field, || (id.unwrap_or_default().to_owned(), Vec::new()));
        Ok(id)
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
        let tracking = tracking.or(any).or_else(|| self.joined_tracking());
        (IdsRead { order, package, tracking }, broken)
    }

    /// Readable text; `None` where there is none.
    pub(super) fn text(&self, field: Field) -> Result<Option<&'a str>, Problem> {
        let cell = self.get(field);
        if cell.is_empty() {
            return Ok(None);
        }
        let text = std::str::from_utf8(cell).map(as_it_was).map_err(|_| {
            self.refuse(
                field,
                codes::BAD_ENCODING,
                "holds bytes that are no text in the file's encoding",
            )
            .with_hint(ANOTHER_ENCODING)
        })?;
        self.note(field, || (text.to_owned(), Vec::new()));
        Ok(Some(text))
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
                    let by = amount::names(cell).map_or(By::Plan, |_| By::FirstAmount);
                    written.settle_currency(currency, by, self.row.line);
                }
                if let Some(amount) = read {
                    self.note_amount(field, amount);
                }
                Ok(read)
            }
            Err((codes::BAD_CURRENCY, _)) if is_open && amount::names(cell).is_some() => {
                let named = amount::names(cell).unwrap_or(currency);
                written.settle_currency(named, By::FirstAmount, self.row.line);
                self.amount(field)
            }
            Err((codes::BAD_CURRENCY, reason)) => {
                Err(self.refuse(field, codes::BAD_CURRENCY, reason).with_hint(NAME_CURRENCY))
            }
            Err(refused) => Err(self.no_amount(field, refused, mark)),
        }
    }

    /// A cell that is no amount with this mark, and what to do where it is one with the other.
    fn no_amount(
        &self,
        field: Field,
        (code, reason): amount::Refused,
        mark: DecimalMark,
    ) -> Problem {
        let problem = self.refuse(field, code, reason);
        let otherwise = matches!(code, codes::BAD_AMOUNT | codes::TOO_MANY_DECIMALS)
            && amount::read(self.get(field), self.currency(), mark.other()).is_ok();
        let is_number = self.header.place(field).is_some_and(|place| self.row.is_fraction(place));
        if !otherwise || is_number {
            return problem;
        }
        problem.with_hint(match self.header.written.mark_by(field) {
            Some((By::Column, line)) => {
                format!("write it as the others of its column, such as on line {line}")
            }
            Some((By::You, _)) => format!("mend it, or leave --amounts {} away", mark.word()),
            _ => format!(
                "if the whole file writes amounts so, say --amounts {}; else mend it",
                mark.other().word()
            ),
        })
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
        written.find_mark(self.header, field, cell, currency, self.row.line).ok_or_else(|| {
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
        let taken = amount::read(cell, currency, mark)
            .map_err(|refused| self.no_amount(field, refused, mark))?
            .unwrap_or(Money::zero(currency));
        self.note_amount(field, taken);
        Ok(taken.minor())
    }

    /// The same cells, their amounts in the currency the row's currency column names.
    pub(super) fn in_their_currency(mut self) -> Result<Self, Problem> {
        let cell = self.get(Field::Currency);
        if cell.is_empty() || cell.eq_ignore_ascii_case(self.currency().code().as_bytes()) {
            self.note(Field::Currency, || (self.currency().code().to_owned(), Vec::new()));
            return Ok(self);
        }
        let code = String::from_utf8_lossy(cell);
        self.own_currency = Some(Currency::from_code(&code).ok_or_else(|| {
            let reason = format!("`{code}` is not a currency, expected a code such as USD");
            self.refuse(Field::Currency, codes::BAD_CURRENCY, reason)
                .with_hint("write the three letters of its code: CNY for 人民币, USD for 美元")
        })?);
        self.note(Field::Currency, || (self.currency().code().to_owned(), Vec::new()));
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
                Ok(_) => written.learn_order(field, cell, self.row.line),
                Err(NotADay::Unclear) => {
                    if let Some(found) = written.find_order(self.header, field) {
                        order = found;
                        read = dates::read(cell, found);
                    }
                }
                Err(_) => {}
            }
        }
        let read = read.map_err(|why| match why {
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
            NotADay::Wrong => {
                let reason =
                    format!("`{}` is not a day, expected {}", shown(cell), order.expected());
                let problem = self.refuse(field, codes::BAD_DATE, reason);
                // A day in numbers, where the year is to stand first.
                match dates::read(cell, DateOrder::AsFound) {
                    Ok(_) | Err(NotADay::Unclear) => problem.with_hint(SAY_ORDER).into(),
                    Err(_) => problem.into(),
                }
            }
        });
        match read? {
            Some(day) => Ok(Some(self.sellers_day(field, cell, day)?)),
            None => Ok(None),
        }
    }

    /// The day on the seller's calendar of a cell in which this day is written.
    fn sellers_day(&self, field: Field, cell: &[u8], day: Day) -> Result<Day, Problem> {
        // A workbook's number that is shown as a day has no zone.
        let here = |(column, flaw): &(u32, Flaw)| {
            *flaw == Flaw::Day && self.header.place(field) == Some(*column as usize)
        };
        if self.row.flaws.iter().any(here) {
            self.note_day(field, &DayIn::AsWritten(day));
            return Ok(day);
        }
        let day = self.header.written.zones.day(cell, day, self.row.line);
        self.note_day(field, &day);
        match day {
            DayIn::AsWritten(day) | DayIn::Turned(day, _) => Ok(day),
            DayIn::NoTime => {
                let reason = format!(
                    "there is no such time as in `{}`, so the seller's day is not known",
                    shown(cell)
                );
                Err(self.refuse(field, codes::BAD_DATE, reason))
            }
        }
    }

    /// A country by code or name; `None` where the cell is empty.
    pub(super) fn country(&self, field: Field) -> Result<Option<Country>, Problem> {
        let Some(text) = self.text(field)? else {
            return Ok(None);
        };
        let country = country::read(text).ok_or_else(|| {
            let reason = format!("`{text}` is not a country, expected two letters such as US");
            self.refuse(field, codes::BAD_COUNTRY, reason)
        })?;
        self.note(field, || (country.code().to_owned(), Vec::new()));
        Ok(Some(country))
    }

    /// What the row's words say.
    pub(super) fn meanings(&self) -> Result<Meanings, Problem> {
        let layout = &self.header.layout;
        let mut said = Meanings::default();
        // Rules of one column stand together.
        let mut last: Option<(Field, &[u8])> = None;
        for when in &layout.when {
            let cell = match last {
                Some((column, cell)) if column == when.column => cell,
                _ => self.get(when.column),
            };
            last = Some((when.column, cell));
            if !fits(when, cell) {
                continue;
            }
            let is_event = when.column == Field::Event || layout.kind == Kind::Events;
            if let Some(event) = when.means.event().filter(|_| is_event) {
                // The first that fits says it.
                if said.event.is_some() {
                    continue;
                }
                said.event = Some(event);
            }
            self.note_meaning(when);
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
        self.note_words();
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

    /// A word to which the layout gives no meaning.
    pub(super) fn unknown_word(&self, field: Field) -> Option<String> {
        let cell = self.get(field);
        let mut rules = self.header.layout.when.iter().filter(|when| when.column == field);
        (!cell.is_empty() && !rules.any(|when| fits(when, cell))).then(|| shown(cell))
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

/// Whether a cell is what a rule of the layout asks for.
fn fits(when: &When, cell: &[u8]) -> bool {
    when.is.iter().any(|word| cell.eq_ignore_ascii_case(word.as_bytes()))
        || when.contains.iter().any(|word| contains(cell, word.as_bytes()))
        || (when.empty && cell.is_empty())
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
