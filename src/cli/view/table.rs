//! Rows and lists for people: aligned columns, amounts to the right, no more ink than needed.

use anstyle::Style;
use comfy_table::{Cell, CellAlignment, Table};

use super::{Cells, Short, folded};
use crate::calendar::Day;
use crate::money::{Money, grouped};

/// Said below a table that has fewer columns than it could have.
const MORE: &str = "More columns: in a wider terminal, or with --format json.";

/// The least width words are folded to.
const LEAST: usize = 20;

/// Whether to colour, and how wide the terminal is.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Paint {
    /// Colour is wanted.
    pub(crate) colour: bool,
    /// Columns of the terminal; `None` in a pipe, where nothing is folded.
    pub(crate) width: Option<u16>,
}

impl Paint {
    /// A heading.
    pub(crate) fn heading(self, text: &str) -> String {
        self.styled(Style::new().bold(), text)
    }

    fn styled(self, style: Style, text: &str) -> String {
        if self.colour { format!("{style}{text}{style:#}") } else { text.to_owned() }
    }
}

/// Text that stands left or right in its column.
#[derive(Debug, Clone)]
pub(crate) enum Aligned {
    /// Words.
    Left(String),
    /// Figures.
    Right(String),
}

impl Aligned {
    /// Whether there is nothing in it to read.
    fn is_empty(&self) -> bool {
        let (Aligned::Left(text) | Aligned::Right(text)) = self;
        text.is_empty() || text == "-"
    }
}

/// All rows of a table.
pub(super) struct TableRows {
    columns: &'static [&'static str],
    shown: Option<&'static [usize]>,
    narrow: &'static [&'static [Short]],
    paint: Paint,
    rows: Vec<Vec<Aligned>>,
}

struct RowCells(Vec<Aligned>);

impl TableRows {
    /// A table with these columns, of which a person sees `shown`, or one of `narrow` where there
    /// is little room.
    pub(super) fn new(
        columns: &'static [&'static str],
        shown: Option<&'static [usize]>,
        narrow: &'static [&'static [Short]],
        paint: Paint,
    ) -> TableRows {
        TableRows { columns, shown, narrow, paint, rows: Vec::new() }
    }

    /// Takes in one row.
    pub(super) fn push(&mut self, cells: impl FnOnce(&mut dyn Cells)) {
        let mut row = RowCells(Vec::with_capacity(self.columns.len()));
        cells(&mut row);
        self.rows.push(match self.shown {
            Some(shown) => shown.iter().filter_map(|&at| row.0.get(at).cloned()).collect(),
            None => row.0,
        });
    }

    /// The table as text; nothing where there are no rows.
    pub(super) fn render(&self) -> String {
        if self.rows.is_empty() {
            return String::new();
        }
        let all: Vec<usize> = (0..self.columns.len()).collect();
        let heads = self.shown.unwrap_or(&all).iter().filter_map(|&at| self.columns.get(at));
        let mut listing = Listing::new(self.paint);
        listing.head(heads.map(|name| name.replace('_', " ")));
        for row in &self.rows {
            listing.row(row.clone());
        }
        // Where each column stands among those shown.
        let place = |column: usize| self.shown.unwrap_or(&all).iter().position(|&at| at == column);
        let set = |set: &&[Short]| {
            set.iter().filter_map(|Short(at, head)| Some((place(*at)?, *head))).collect()
        };
        listing.narrow = self.narrow.iter().map(set).collect();
        listing.render()
    }
}

impl Cells for RowCells {
    fn text(&mut self, text: &str) {
        self.0.push(Aligned::Left(printable(text)));
    }

    fn money(&mut self, amount: Money) {
        self.0.push(Aligned::Right(grouped(&amount.digits())));
    }

    fn day(&mut self, day: Day) {
        self.0.push(Aligned::Left(day.to_string()));
    }

    fn number(&mut self, number: u64) {
        self.0.push(Aligned::Right(grouped(&number.to_string())));
    }

    fn signed(&mut self, number: i64) {
        self.0.push(Aligned::Right(number.to_string()));
    }

    fn flag(&mut self, flag: bool) {
        self.0.push(Aligned::Left(if flag { "yes" } else { "no" }.to_owned()));
    }

    fn list(&mut self, items: &[String]) {
        self.text(&items.join("; "));
    }

    fn none(&mut self) {
        self.0.push(Aligned::Left("-".to_owned()));
    }
}

/// Aligned columns without lines: tables, and lists of "name  value". Nothing is folded inside a
/// word, for a number in two halves cannot be copied; only the last words of a list are folded.
pub(crate) struct Listing {
    heads: Vec<String>,
    rows: Vec<Vec<Aligned>>,
    /// Sets of fewer columns, by index, with their shorter heads.
    narrow: Vec<Vec<(usize, &'static str)>>,
    paint: Paint,
}

impl Listing {
    /// An empty one.
    pub(crate) fn new(paint: Paint) -> Listing {
        Listing { heads: Vec::new(), rows: Vec::new(), narrow: Vec::new(), paint }
    }

    /// Column heads.
    pub(crate) fn head(&mut self, heads: impl Iterator<Item = String>) {
        self.heads = heads.collect();
    }

    /// Sets of fewer columns, by index, with their shorter heads, tried in turn where there is
    /// little room.
    pub(crate) fn narrow(&mut self, sets: &[&[Short]]) {
        let set = |set: &&[Short]| set.iter().map(|Short(at, head)| (*at, *head)).collect();
        self.narrow = sets.iter().map(set).collect();
    }

    /// One row.
    pub(crate) fn row(&mut self, cells: Vec<Aligned>) {
        self.rows.push(cells);
    }

    /// A name and its value, words after it if there are any.
    pub(crate) fn pair(&mut self, name: &str, value: impl Into<String>, note: impl Into<String>) {
        let texts = [name.to_owned(), value.into(), note.into()];
        self.row(texts.map(Aligned::Left).into());
    }

    /// A name and an amount, which stands to the right, words after it if there are any.
    pub(crate) fn amount(&mut self, name: &str, amount: Money, note: impl Into<String>) {
        self.row(vec![
            Aligned::Left(name.to_owned()),
            Aligned::Right(amount.to_string()),
            Aligned::Left(note.into()),
        ]);
    }

    /// The text, without blanks at the ends of lines. On a terminal too narrow for a table its
    /// empty columns are left out, then it keeps those of a narrower set, and if that does not help
    /// each row becomes a block of lines.
    pub(crate) fn render(&self) -> String {
        let every: Vec<(usize, &str)> = self.heads.iter().map(String::as_str).enumerate().collect();
        let Some(width) = self.paint.width.filter(|_| !self.heads.is_empty()) else {
            return self.columns(&every);
        };
        let fits = |text: &str| text.lines().all(|line| line.chars().count() <= width.into());
        let filled = |(at, _): &(usize, &str)| {
            self.rows.iter().any(|row| row.get(*at).is_some_and(|cell| !cell.is_empty()))
        };
        let whole = self.columns(&every);
        if fits(&whole) {
            return whole;
        }
        let all: Vec<(usize, &str)> = every.into_iter().filter(filled).collect();
        let narrower = self.columns(&all);
        if fits(&narrower) {
            return narrower;
        }
        for set in &self.narrow {
            let kept: Vec<(usize, &str)> = set.iter().copied().filter(filled).collect();
            let text = self.columns(&kept);
            if fits(&text) {
                return text + &folded(MORE, 0, Some(width));
            }
        }
        self.blocks(&all)
    }

    /// As a table of these columns (of all, where there are no heads).
    fn columns(&self, shown: &[(usize, &str)]) -> String {
        let mut table = Table::new();
        table.load_style(comfy_table::presets::NOTHING);
        if !self.heads.is_empty() {
            table.add_row(shown.iter().map(|(_, head)| Cell::new(head)));
        }
        for row in &self.rows {
            let cells: Vec<&Aligned> = match self.heads.is_empty() {
                true => row.iter().collect(),
                false => shown.iter().filter_map(|&(at, _)| row.get(at)).collect(),
            };
            table.add_row(cells.into_iter().map(|cell| match cell {
                Aligned::Left(text) => Cell::new(text),
                Aligned::Right(text) => Cell::new(text).set_alignment(CellAlignment::Right),
            }));
        }
        let mut out = String::new();
        for (at, line) in table.lines().enumerate() {
            // The style keeps one blank before each line.
            let line = line.strip_prefix(' ').unwrap_or(&line).trim_end();
            // Coloured only now: escape codes inside a cell would count as its width.
            if at == 0 && !self.heads.is_empty() {
                out.push_str(&self.paint.heading(line));
            } else if self.heads.is_empty() {
                out.push_str(&self.hung(line, at));
            } else {
                out.push_str(line);
            }
            out.push('\n');
        }
        out
    }

    /// A line of a list whose last words are too wide for the terminal: they go on below where they
    /// began.
    fn hung(&self, line: &str, row: usize) -> String {
        let last = self.rows.get(row).and_then(|row| row.iter().rfind(|cell| !cell.is_empty()));
        let (Some(width), Some(Aligned::Left(words))) = (self.paint.width, last) else {
            return line.to_owned();
        };
        let Some(before) = line.strip_suffix(words.as_str()).filter(|_| !words.is_empty()) else {
            return line.to_owned();
        };
        let (from, width) = (before.chars().count(), usize::from(width));
        if line.chars().count() <= width || from + LEAST > width {
            return line.to_owned();
        }
        let left = u16::try_from(width - from).ok();
        let hung =
            folded(words, 0, left).trim_end().replace("\n  ", &format!("\n{}", " ".repeat(from)));
        format!("{before}{hung}")
    }

    /// As a block of lines for each row.
    fn blocks(&self, shown: &[(usize, &str)]) -> String {
        let block = |row: &Vec<Aligned>| {
            let mut list = Listing::new(self.paint);
            for (head, cell) in shown.iter().filter_map(|&(at, head)| Some((head, row.get(at)?))) {
                let (Aligned::Left(text) | Aligned::Right(text)) = cell;
                if !cell.is_empty() {
                    list.pair(head, text.clone(), "");
                }
            }
            list.render()
        };
        self.rows.iter().map(block).collect::<Vec<_>>().join("\n")
    }
}

/// Text from a file as a terminal may show it: control characters cannot move the cursor.
pub(crate) fn printable(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect()
}
