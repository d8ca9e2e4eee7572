//! A list about what is in the ledger already: claims to file, decisions, payments. Its columns are
//! known by name, each row stands alone, and what a cell means is decided where the claim is known.

use std::rc::Rc;

use super::error::IntakeError;
use super::harmless::as_it_was;
use super::header::find_header;
use super::ids::PaddingWatch;
use super::layout::{Quotes, normal};
use super::problem::{ANOTHER_ENCODING, Problem, codes};
use super::source::{Form, Keep, Original, Source};
use super::table::{Row, Table};
use super::workbook::{Flaw, Wish};
use super::{Options, amount, cells, dates, ids};
use crate::calendar::Day;
use crate::money::{Currency, Money};

/// A column of a list.
#[derive(Clone, Copy, Debug)]
pub struct ListColumn {
    /// What it is to the program.
    pub word: &'static str,
    /// What headers call it, compared without case, a space, `_` and `-` taken as one.
    pub names: &'static [&'static str],
}

/// What a list has to have.
#[derive(Clone, Copy, Debug)]
pub struct ListKind {
    /// What it lists, for messages: `claims to file`.
    pub what: &'static str,
    /// All columns that are known.
    pub columns: &'static [ListColumn],
    /// Those that name a parcel or claim: numbers, which a spreadsheet may have destroyed.
    pub names: &'static [&'static str],
    /// Of each group one must be in the header.
    pub needs: &'static [&'static [&'static str]],
}

/// A list that was read.
pub struct List {
    /// What messages call it.
    pub name: String,
    /// The file, to say how it was read.
    pub original: Original,
    /// Its rows in their order; those that are no rows with what is wrong with them.
    pub rows: Vec<(ListRow, Option<Problem>)>,
    /// Columns that are none of those known, as the header spells them.
    pub others: Vec<String>,
}

struct Header {
    line: u64,
    names: Vec<String>,
    places: Vec<(&'static str, usize)>,
    others: Vec<usize>,
}

/// One row.
#[derive(Clone)]
pub struct ListRow {
    /// Its line, as an editor or spreadsheet numbers it.
    pub line: u64,
    header: Rc<Header>,
    cells: Vec<Cell>,
}

/// A cell, trimmed.
#[derive(Clone)]
struct Cell {
    /// Its text; what is no text as it can be shown.
    text: String,
    wrong: Option<Wrong>,
}

/// Why a cell's text is not what it seems.
#[derive(Clone, Copy)]
enum Wrong {
    /// Its bytes are none.
    NoText,
    /// What the spreadsheet says of it.
    Flaw(Flaw),
}

/// Reads a list to its end: what spoils all of it is known before anything is done.
///
/// # Errors
/// It cannot be read, is empty, or its header lacks what the kind needs.
pub fn read_list(source: Source, options: &Options, kind: &ListKind) -> Result<List, IntakeError> {
    let form = Form { encoding: options.encoding, member: options.member.clone() };
    let opened = source.open(Keep::No, form)?;
    let mut original = opened.original;
    let name = original.name().to_owned();
    let fits = |row: Row<'_>| Header::read(row, &name, kind).map(drop);
    let wish = Wish { sheet: options.sheet.as_deref(), again: None, fits: &fits };
    let mut table = Table::new(name.clone(), opened.content, wish)?;
    if let Some(sheet) = table.sheet() {
        original.set_sheet(sheet.seen.clone(), sheet.chosen);
    }
    let header = find_header(&mut table, &name, |row| Header::read(row, &name, kind))?;
    table.begin(Quotes::Usual);
    let header = Rc::new(header);
    let rows = rows(&mut table, &header, &name, kind).map_err(|why| match original.sheet() {
        Some(sheet) => {
            why.in_sheet(sheet.name(), |name| header.names.iter().position(|n| n == name))
        }
        None => why,
    })?;
    let others = header.others.iter().map(|place| header.name_of(*place)).collect();
    Ok(List { name, original, rows, others })
}

/// The rows below the header.
fn rows(
    table: &mut Table,
    header: &Rc<Header>,
    name: &str,
    kind: &ListKind,
) -> Result<Vec<(ListRow, Option<Problem>)>, IntakeError> {
    let mut watches: Vec<(&str, PaddingWatch)> =
        kind.names.iter().map(|word| (*word, PaddingWatch::default())).collect();
    let mut rows = Vec::new();
    while table.advance()? {
        let row = table.row();
        // Files put together with `cat` have their header in the middle again.
        if header.repeats_in(row) {
            continue;
        }
        let broken = cells::whole(row, &header.names, false, table.is_sheet()).err();
        let row = header.row(row);
        for (word, watch) in &mut watches {
            watch.see(row.line, || row.get(word).as_bytes());
        }
        rows.push((row, broken));
    }
    let name = name.to_owned();
    if rows.is_empty() {
        return Err(IntakeError::HeaderOnly { name, line: header.line });
    }
    for (word, watch) in &watches {
        if let (Some((line, value)), Some(place)) = (watch.verdict(), header.place(word)) {
            let (column, value) = (header.name_of(place), value.to_owned());
            return Err(IntakeError::PaddedIds { name, line, column, value });
        }
    }
    Ok(rows)
}

impl Header {
    fn read(row: Row<'_>, file: &str, kind: &ListKind) -> Result<Header, IntakeError> {
        let (mut names, mut places, mut others) = (Vec::new(), Vec::new(), Vec::new());
        for at in 0..row.width() {
            let text = std::str::from_utf8(row.cell(at)).map_err(|_| IntakeError::NotText {
                name: file.to_owned(),
                found: "text in an encoding that is not known",
            })?;
            names.push(text.trim_start_matches('\u{feff}').trim().to_owned());
        }
        for (at, name) in names.iter().enumerate() {
            let spelled = normal(name);
            let is = |column: &&ListColumn| column.names.iter().any(|n| normal(n) == spelled);
            let Some(column) = kind.columns.iter().find(is) else {
                others.push(at);
                continue;
            };
            if let Some((_, before)) = places.iter().find(|(word, _)| *word == column.word) {
                return Err(IntakeError::TwoColumns {
                    name: file.to_owned(),
                    line: row.line,
                    first: names.get::<usize>(*before).cloned().unwrap_or_default(),
                    second: name.clone(),
                    means: column.word,
                });
            }
            places.push((column.word, at));
        }
        let there = |word: &str| places.iter().any(|(known, _)| *known == word);
        if let Some(group) = kind.needs.iter().find(|group| !group.iter().any(|word| there(word))) {
            let spelled = |word: &&str| {
                kind.columns.iter().find(|c| c.word == *word).and_then(|c| c.names.first())
            };
            let spelled: Vec<&str> = group.iter().filter_map(spelled).copied().collect();
            return Err(IntakeError::NotThisList {
                name: file.to_owned(),
                line: row.line,
                what: kind.what,
                needs: spelled.join(" or "),
                found: names,
            });
        }
        Ok(Header { line: row.line, names, places, others })
    }

    /// Where a column is, by its word, or by its name where it is none of those known.
    fn place(&self, word: &str) -> Option<usize> {
        let known = self.places.iter().find(|(known, _)| *known == word);
        known.map(|(_, place)| *place).or_else(|| {
            let named = |place: &&usize| normal(&self.name_of(**place)) == normal(word);
            self.others.iter().find(named).copied()
        })
    }

    fn name_of(&self, place: usize) -> String {
        self.names.get(place).cloned().unwrap_or_default()
    }

    fn repeats_in(&self, row: Row<'_>) -> bool {
        row.width() == self.names.len()
            && self.names.iter().enumerate().all(|(place, name)| {
                String::from_utf8_lossy(row.cell(place)).trim_start_matches('\u{feff}') == name
            })
    }

    fn row(self: &Rc<Header>, row: Row<'_>) -> ListRow {
        let cell = |place| {
            let (cell, flaws) = (row.cell(place), row.flaws);
            let flaw = flaws.iter().find(|(column, _)| *column as usize == place);
            match std::str::from_utf8(cell) {
                Ok(text) => Cell {
                    text: as_it_was(text).to_owned(),
                    wrong: flaw.map(|(_, flaw)| Wrong::Flaw(*flaw)),
                },
                Err(_) => Cell { text: cells::shown(cell), wrong: Some(Wrong::NoText) },
            }
        };
        let cells = (0..self.names.len()).map(cell).collect();
        ListRow { line: row.line, header: Rc::clone(self), cells }
    }
}

impl ListRow {
    /// A cell as it can be shown; empty where the list has no such column.
    pub fn get(&self, word: &str) -> &str {
        self.cell(word).map_or("", |cell| &cell.text)
    }

    fn cell(&self, word: &str) -> Option<&Cell> {
        self.header.place(word).and_then(|place| self.cells.get(place))
    }

    /// A cell's text; `None` where it is empty.
    ///
    /// # Errors
    /// Bytes that are no text, or what a spreadsheet has no value for.
    pub fn text(&self, word: &str) -> Result<Option<&str>, Problem> {
        self.read(word, false)
    }

    fn read(&self, word: &str, is_id: bool) -> Result<Option<&str>, Problem> {
        let Some(cell) = self.cell(word) else { return Ok(None) };
        let problem = match cell.wrong {
            None => None,
            Some(Wrong::NoText) => Some(
                Problem::row(
                    codes::BAD_ENCODING,
                    "holds bytes that are no text in the file's encoding",
                )
                .with_hint(ANOTHER_ENCODING),
            ),
            Some(Wrong::Flaw(flaw)) => cells::flawed(flaw, cell.text.as_bytes(), is_id),
        };
        match problem {
            Some(problem) => Err(self.put(word, problem)),
            None => Ok(Some(cell.text.as_str()).filter(|text| !text.is_empty())),
        }
    }

    /// A number that names something; `None` where the cell is empty.
    ///
    /// # Errors
    /// One that a spreadsheet has destroyed, or that is none.
    pub fn id(&self, word: &str) -> Result<Option<&str>, Problem> {
        let text = self.read(word, true)?.unwrap_or("");
        ids::read(text.as_bytes()).map_err(|problem| self.put(word, problem))
    }

    /// A day; `None` where the cell is empty.
    ///
    /// # Errors
    /// What is no day as ISO writes it.
    pub fn day(&self, word: &str) -> Result<Option<Day>, Problem> {
        let text = self.text(word)?.unwrap_or("");
        let order = dates::DateOrder::Iso;
        dates::read(text.as_bytes(), order).map_err(|_| {
            let reason = format!(
                "`{}` is not a day, expected {}",
                cells::shown(text.as_bytes()),
                order.expected()
            );
            self.wrong(word, codes::BAD_DATE, reason)
        })
    }

    /// An amount of this currency; `None` where the cell is empty.
    ///
    /// # Errors
    /// What is none, or names another currency.
    pub fn amount(&self, word: &str, currency: Currency) -> Result<Option<Money>, Problem> {
        let text = self.text(word)?.unwrap_or("");
        amount::read(text.as_bytes(), currency, amount::DecimalMark::Point)
            .map_err(|(code, reason)| self.wrong(word, code, reason))
    }

    /// The columns that are none of those known and have something in this row, by their names.
    pub fn others(&self) -> impl Iterator<Item = &str> {
        self.header.others.iter().filter_map(|place| {
            let filled = !self.cells.get(*place)?.text.is_empty();
            self.header.names.get(*place).map(String::as_str).filter(|_| filled)
        })
    }

    /// What is wrong in a cell.
    pub fn wrong(&self, word: &str, code: &'static str, reason: impl Into<String>) -> Problem {
        self.put(word, Problem::row(code, reason))
    }

    /// Puts column and value to what is wrong in a cell; nothing where the list has no such column.
    pub fn put(&self, word: &str, mut problem: Problem) -> Problem {
        if let Some(place) = self.header.place(word) {
            problem.column = Some(self.header.name_of(place));
            let cell = self.cells.get(place);
            problem.value = cell.map(|cell| cells::shown(cell.text.as_bytes()));
        }
        problem
    }
}
