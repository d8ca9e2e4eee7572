//! What is noted of a cell that somebody asks about. Nothing here decides anything.

use super::{Cells, Meanings, fits};
use crate::calendar::Day;
use crate::intake::amount::DecimalMark;
use crate::intake::asked::{By, Decided, ReadAs, UNKNOWN};
use crate::intake::dates::{self, DateOrder};
use crate::intake::layout::{Field, When};
use crate::intake::zones::DayIn;
use crate::money::Money;

impl Cells<'_> {
    /// Notes what a field was read as, and how that was decided.
    pub(in crate::intake) fn note<S: Into<ReadAs>>(
        &self,
        field: Field,
        told: impl FnOnce() -> (S, Vec<Decided>),
    ) {
        if let Some(asked) = self.asked
            && !self.get(field).is_empty()
        {
            let (read, decided) = told();
            asked.read(self.row.line, field, read.into(), decided);
        }
    }

    /// Notes an amount.
    pub(super) fn note_amount(&self, field: Field, amount: Money) {
        self.note(field, || {
            let written = &self.header.written;
            let mut decided = Vec::new();
            // Digits alone have no mark.
            if self.get(field).iter().any(|byte| b".,".contains(byte)) {
                let mark = match written.mark(field) {
                    Some(DecimalMark::Comma) => "comma",
                    Some(DecimalMark::Point) | None => "point",
                };
                let (by, line) = written.mark_by(field).unwrap_or((By::Cell, 0));
                decided.push(self.decided("amounts", mark, by, line));
            }
            let (by, line) = match self.get(Field::Currency) {
                b"" => written.currency_by(),
                _ => (By::CurrencyColumn, 0),
            };
            decided.push(self.decided("currency", self.currency().code(), by, line));
            (amount, decided)
        });
    }

    /// Notes a day, and what became of it on the seller's calendar.
    pub(super) fn note_day(&self, field: Field, day: &DayIn) {
        self.note(field, || {
            let (written, zones) = (&self.header.written, &self.header.written.zones);
            let mut decided = Vec::new();
            if dates::has_order(self.get(field)) {
                let (by, line) = written.order_by(field);
                match written.order(field) {
                    DateOrder::MonthFirst => {
                        decided.push(self.decided("dates", "month-first", by, line));
                    }
                    DateOrder::DayFirst => {
                        decided.push(self.decided("dates", "day-first", by, line));
                    }
                    DateOrder::Iso | DateOrder::AsFound => {}
                }
            }
            let day: Option<Day> = match day {
                DayIn::AsWritten(day) => Some(*day),
                DayIn::NoTime => None,
                DayIn::Turned(day, offset) => {
                    let (zone, by) = zones.told(*offset);
                    decided.push(self.decided("time_zone", &zone, by, 0));
                    decided.extend(
                        zones.sellers().map(|zone| self.decided("your_zone", zone, By::You, 0)),
                    );
                    Some(*day)
                }
            };
            (day.map_or_else(String::new, |day| day.to_string()), decided)
        });
    }

    fn decided(&self, what: &'static str, is: &str, by: By, line: u64) -> Decided {
        Decided { what, is: is.to_owned(), by, line: (line > 0).then_some(line) }
    }

    /// Notes what a word of the layout's `when` says.
    pub(super) fn note_meaning(&self, when: &When) {
        if let Some(asked) = self.asked {
            asked.means(self.row.line, when.column, when.means.word().to_owned());
        }
    }

    /// Notes the cells that are compared with words, and those with a word the layout says nothing of.
    pub(super) fn note_words(&self) {
        let Some(asked) = self.asked else { return };
        for field in [Field::Sku, Field::Status, Field::Fulfilment, Field::LabelBy] {
            self.note(field, || {
                (String::from_utf8_lossy(self.get(field)).into_owned(), Vec::new())
            });
        }
        let rules = &self.header.layout.when;
        // A note and a number are more than a word.
        let is_word = |when: &&When| when.column != Field::Note && !when.column.is_id();
        for when in rules.iter().filter(is_word) {
            let (field, cell) = (when.column, self.get(when.column));
            let known = || rules.iter().any(|other| other.column == field && fits(other, cell));
            if !cell.is_empty() && !known() {
                asked.means(self.row.line, field, UNKNOWN.to_owned());
            }
        }
    }

    /// Notes that the parcel has what this row says of these fields, as far as it says something.
    pub(in crate::intake) fn gives(&self, fields: &[Field]) {
        let Some(asked) = self.asked else { return };
        for field in fields.iter().filter(|field| !self.get(**field).is_empty()) {
            asked.gives(self.row.line, *field);
        }
    }

    /// The same of what its words say.
    pub(in crate::intake) fn gives_words(&self, said: &Meanings) {
        if *said != Meanings::default() {
            self.gives(&[Field::Status, Field::Fulfilment, Field::LabelBy]);
        }
    }
}
