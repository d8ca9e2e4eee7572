//! How a row of a file of tracking numbers is taken in.

use std::borrow::Cow;

use crate::calendar::Day;
use crate::intake::account::Skip;
use crate::intake::cells::Cells;
use crate::intake::error::IntakeError;
use crate::intake::layout::{Field, Kind as LayoutKind};
use crate::intake::orders::Added;
use crate::intake::problem::{Problem, Trouble, codes};
use crate::intake::store::NONE;
use crate::parcel::{Ids, plain_tracking, same_tracking};

use super::trackings::{CONTRADICTS, KEPT, Kind, LOOKED_AT, Trackings, UNREADABLE};

impl Trackings {
    /// Takes one row in; `Some` where it names no label, and why.
    pub(in crate::intake) fn add(
        &mut self,
        cells: Cells<'_>,
        is_sheet: bool,
    ) -> Result<Option<Skip>, Added> {
        let (order, tracking) = (cells.id(Field::Order), cells.id(Field::Tracking));
        let read = cells.whole(is_sheet).and_then(|()| cells.meanings());
        let said = match read {
            Ok(said) => said,
            Err(problem) => return Err(self.unreadable(order.ok().flatten(), cells, problem)),
        };
        // That the carrier has no news yet is none of the order's concern.
        if let Some(skip) = said.skip.filter(|skip| *skip != Skip::NoNews) {
            return Ok(Some(skip));
        }
        if said.cancelled || !cells.get(Field::CancelledOn).is_empty() {
            return Ok(Some(Skip::Voided));
        }
        let tracking = match tracking {
            Ok(Some(tracking)) if is_number(tracking) => match one_number(tracking) {
                Some(tracking) => tracking,
                None => {
                    let problem = cells.wrong(Field::Tracking, several_numbers(tracking));
                    return Err(self.unreadable(order.ok().flatten(), cells, problem));
                }
            },
            Ok(_) => return Ok(Some(Skip::NoTrackingNumber)),
            Err(problem) => return Err(self.unreadable(order.ok().flatten(), cells, problem)),
        };
        let order = match order {
            Ok(Some(order)) => order,
            Ok(None) => {
                let problem = cells.missing(Field::Order, codes::MISSING_ID, "order number");
                return Err(self.unreadable(None, cells, problem));
            }
            Err(problem) => return Err(self.unreadable(None, cells, problem)),
        };
        let read = self.kind(cells).and_then(|kind| Ok((kind, cells.text(Field::Sku)?)));
        let (kind, sku) = match read {
            Ok(read) => read,
            Err(Trouble::File(fatal)) => return Err(Added::Fatal(fatal)),
            Err(Trouble::Row(problem)) => {
                return Err(self.unreadable(Some(order), cells, with_own_words(*problem)));
            }
        };
        let sku = self.texts.whole_number(sku, 2);
        // The number's first row, be it of this order or of one that is packed with it.
        let first = self.first_of(&tracking);
        if let Some(first) = first
            && let Err(problem) = self.agree(first, kind, cells)
        {
            self.contradicted.entry(first).or_insert(cells.row.line);
            return Err(self.unreadable(Some(order), cells, problem));
        }
        let same = self.rows_of(order, &tracking);
        if same.iter().any(|at| self.sku_number(*at) == sku) {
            return Ok(Some(Skip::Repeated));
        }
        if cells.header.layout.kind == LayoutKind::Trackings
            && let Some(word) = cells.unknown_word(Field::Status)
            && (self.unknown_words.len() < KEPT || self.unknown_words.contains_key(&word))
        {
            self.unknown_words.entry(word).or_insert((0, cells.row.line)).0 += 1;
        }
        let at = self.entries.len() as u32;
        let kind = self.kind_number(kind);
        self.push(order, &tracking, cells.row.line, kind).ok_or_else(|| too_much(cells))?;
        match first {
            None => {
                let hash = self.hash_of_number(&tracking);
                // None has this number yet.
                if let Err(vacancy) = self.numbers.place(hash, |_| false) {
                    vacancy.fill(at);
                }
            }
            Some(first) if same.is_empty() => self.together.push((first, at)),
            Some(_) => {}
        }
        if cells.header.place(Field::Sku).is_some() {
            self.skus.resize(self.entries.len(), NONE);
            if let Some(last) = self.skus.last_mut() {
                *last = sku;
            }
        }
        Ok(None)
    }

    /// The rows of an order that have this number already, as far as they are looked through.
    fn rows_of(&self, order: &str, tracking: &str) -> Vec<u32> {
        let rows = self.find(order).into_iter().flat_map(|first| self.chain(first));
        let rows = rows.take(LOOKED_AT).filter(|at| self.is_readable(*at));
        rows.filter(|at| same_tracking(self.tracking(*at), tracking)).collect()
    }

    /// What the row says of its label besides the number.
    fn kind(&mut self, cells: Cells<'_>) -> Result<Kind, Trouble> {
        Ok(Kind {
            carrier: self.texts.number(cells.text(Field::Carrier)?, 0),
            service: self.texts.number(cells.text(Field::Service)?, 1),
            ship_date: cells.day(Field::ShipDate)?,
            label_created: cells.day(Field::LabelCreatedAt)?,
        })
    }

    /// What a further row of a number says, held against what is known of it. What is new is added, and
    /// of two days the earlier counts, whichever stands first.
    fn agree(&mut self, first: u32, kind: Kind, cells: Cells<'_>) -> Result<(), Problem> {
        let Some(before) = self.kind_of(first) else { return Ok(()) };
        let there = self.entries.get(first).map_or(0, |at| at.line);
        for (field, known, new) in [
            (Field::Carrier, before.carrier, kind.carrier),
            (Field::Service, before.service, kind.service),
        ] {
            if let (Some(known), Some(new)) = (self.texts.get(known), self.texts.get(new))
                && !known.eq_ignore_ascii_case(new)
            {
                let reason = format!("`{new}`, but `{known}` for the same number on line {there}");
                let problem = Problem::row(codes::CONFLICT, reason);
                return Err(cells.wrong(field, problem).with_hint(
                    "one number is one label: leave the row away that is wrong, or mend it",
                ));
            }
        }
        let line = cells.row.line;
        let mut earlier = |what, known: Option<Day>, new: Option<Day>| {
            if let (Some(known), Some(new)) = (known, new)
                && known != new
            {
                let counts = known.min(new);
                self.other_days.count += 1;
                if self.other_days.told.len() < KEPT {
                    self.other_days.told.push(format!(
                        "line {line}: {what} {new}, but {known} for the same number on line {there}: {counts} counts, the earlier one"
                    ));
                }
                return Some(counts);
            }
            known.or(new)
        };
        let ship_date = earlier("ship date", before.ship_date, kind.ship_date);
        let label_created = earlier("label of", before.label_created, kind.label_created);
        let or = |known: u32, new: u32| if known == NONE { new } else { known };
        let (carrier, service) =
            (or(before.carrier, kind.carrier), or(before.service, kind.service));
        let said = Kind { carrier, service, ship_date, label_created };
        if said != before {
            let number = self.kind_number(said);
            self.restated.insert(first, number);
        }
        Ok(())
    }

    /// The number of what rows say of their labels.
    fn kind_number(&mut self, kind: Kind) -> u32 {
        let kinds = &mut self.kinds;
        *self.kind_numbers.entry(kind).or_insert_with(|| {
            kinds.push(kind);
            (kinds.len() - 1) as u32
        })
    }

    /// A row that cannot be read. The order it names, if it does, has a label that is not known.
    fn unreadable(&mut self, order: Option<&str>, cells: Cells<'_>, problem: Problem) -> Added {
        let line = cells.row.line;
        let facts = if problem.code == codes::CONFLICT { CONTRADICTS } else { UNREADABLE };
        let noted = order.map(|order| self.push(order, "", line, facts));
        if noted == Some(None) {
            return too_much(cells);
        }
        let ids = Ids { order: order.map(str::to_owned), ..Ids::default() };
        Added::Bad(Box::new(problem.at(line, ids)))
    }
}

/// A number without the blanks people group it with; `None` where the cell holds more than one.
fn one_number(cell: &str) -> Option<Cow<'_, str>> {
    /// The longest group: `9400 1118 9956`, `1Z 999 AA1 01 2345 6784`.
    const GROUP: usize = 5;
    if cell.contains([',', ';', '/', '|', '+', '&']) {
        return None;
    }
    let mut parts = cell.split_whitespace();
    match (parts.next(), parts.next()) {
        (Some(_), None) => Some(Cow::Borrowed(cell)),
        _ if cell.split_whitespace().all(|part| part.chars().count() <= GROUP) => {
            Some(Cow::Owned(cell.split_whitespace().collect()))
        }
        _ => None,
    }
}

fn several_numbers(cell: &str) -> Problem {
    let reason = format!("`{cell}` is more than a tracking number, or several of them");
    Problem::row(codes::BAD_ID, reason)
        .with_hint("write one number in a row; an order of several parcels has a row for each")
}

/// Whether it can be a tracking number. `n/a`, `pickup` and `0000` stand with many orders, which are
/// not one parcel.
fn is_number(tracking: &str) -> bool {
    plain_tracking(tracking).bytes().any(|b| matches!(b, b'1'..=b'9'))
}

/// What to do about a day that reads two ways: the flag that decides is of the other file.
fn with_own_words(mut problem: Problem) -> Problem {
    if problem.code == codes::UNCLEAR_DATE {
        let value = problem.value.clone().unwrap_or_default();
        problem.reason =
            format!("`{value}` is a day in two ways, and nothing in the file shows which is meant");
        problem.hint = Some("write the days of this file as 2026-11-03".to_owned());
    }
    if problem.code == codes::BAD_DATE && problem.hint.is_some() {
        problem.hint = Some("write the days of this file as 2026-11-03".to_owned());
    }
    problem
}

fn too_much(cells: Cells<'_>) -> Added {
    Added::Fatal(Box::new(IntakeError::TooMuch {
        name: cells.file.to_owned(),
        line: cells.row.line,
    }))
}
