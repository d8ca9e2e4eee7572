//! Pages: headings, paragraphs and tables set one below the other, over as many pages as they take.
//!
//! All lengths are whole thousandths of a point, so that a page comes out the same everywhere.

use super::fonts::Fonts;
use super::lines::{Line, lines};

/// A4.
pub(super) const PAGE: (i32, i32) = (595_276, 841_890);
const MARGIN: i32 = 48_000;
const BOTTOM: i32 = PAGE.1 - 58_000;
const WIDTH: i32 = PAGE.0 - 2 * MARGIN;
const TEXT: i32 = 9_000;
const SMALL: i32 = 7_500;
/// From one line to the next, for a hundredth of the size of its letters.
const LEADING: i32 = 135;
/// Beside the text of a cell, and above and below it.
const PADDING: i32 = 3_500;
/// Above and below a name and what it is.
const CLOSE: i32 = 1_600;

/// What stands on the pages, in order.
#[derive(Debug, Clone)]
pub(super) enum Block {
    /// The name of the document.
    Title(String),
    /// The name of a part.
    Heading(String),
    /// A paragraph.
    Text(String),
    /// A paragraph in small letters.
    Small(String),
    /// A paragraph nobody should miss, in a frame.
    Notice(String),
    /// Names and what they are.
    Pairs(Vec<(String, String)>),
    /// A table.
    Table(Table),
}

/// A table; its head stands on every page it goes over.
#[derive(Debug, Clone)]
pub(super) struct Table {
    pub(super) columns: Vec<Column>,
    pub(super) rows: Vec<Vec<String>>,
    /// Whether the last row is the sum of the others.
    pub(super) total: bool,
}

/// A column.
#[derive(Debug, Clone)]
pub(super) struct Column {
    pub(super) head: &'static str,
    /// Its part of the width, of all columns' parts together.
    pub(super) share: i32,
    pub(super) right: bool,
}

impl Column {
    /// With text.
    pub(super) fn left(head: &'static str, share: i32) -> Column {
        Column { head, share, right: false }
    }

    /// With figures.
    pub(super) fn right(head: &'static str, share: i32) -> Column {
        Column { head, share, right: true }
    }
}

/// How dark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ink {
    Black,
    Grey,
    Alarm,
}

/// Something drawn at its place, counted from the upper left corner.
#[derive(Debug, Clone)]
pub(super) enum Item {
    /// A line of text; `part` is what it belongs to, none for what is only there for the page.
    Text { x: i32, y: i32, size: i32, bold: bool, ink: Ink, text: String, part: Option<usize> },
    /// A filled rectangle: a line or the ground of a head.
    Bar { x: i32, y: i32, width: i32, height: i32, ink: Bar },
}

/// What a rectangle is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Bar {
    Rule,
    Ground,
    Frame,
}

/// The document's structure, for readers that cannot see it. The numbers are those of
/// [`Item::Text`].
#[derive(Debug, Clone)]
pub(super) enum Part {
    Title(usize),
    Heading(usize),
    Paragraph(usize),
    /// Rows of cells: whether a head, and which.
    Table(Vec<Vec<(Head, usize)>>),
}

/// Whether a cell is a head.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Head {
    No,
    OfRow,
    OfColumn,
}

/// Pages that are set.
#[derive(Debug, Default)]
pub(super) struct Pages {
    pub(super) pages: Vec<Vec<Item>>,
    pub(super) parts: Vec<Part>,
    /// How many parts have text.
    pub(super) texts: usize,
}

/// Sets all blocks; `foot` stands at the end of every page, with its number.
pub(super) fn set(fonts: &mut Fonts<'_>, blocks: &[Block], foot: &str) -> Pages {
    let mut setter = Setter { fonts, out: Pages::default(), y: BOTTOM };
    setter.turn();
    for (at, block) in blocks.iter().enumerate() {
        setter.block(block, blocks.get(at + 1));
    }
    let count = setter.out.pages.len();
    let y = PAGE.1 - 38_000;
    for at in 0..count {
        let number = format!("{}/{count}", at + 1);
        let right = setter.width(&number, false, SMALL);
        let foot = setter.fonts.readable(foot);
        let text = |x, text| Item::Text {
            x,
            y,
            size: SMALL,
            bold: false,
            ink: Ink::Grey,
            text,
            part: None,
        };
        let (foot, number) = (text(MARGIN, foot), text(MARGIN + WIDTH - right, number));
        if let Some(page) = setter.out.pages.get_mut(at) {
            page.extend([foot, number]);
        }
    }
    setter.out
}

struct Setter<'f, 'm> {
    fonts: &'f mut Fonts<'m>,
    out: Pages,
    /// Where the next line begins.
    y: i32,
}

/// How a text is set.
#[derive(Clone, Copy)]
struct Style {
    size: i32,
    bold: bool,
    ink: Ink,
}

const PLAIN: Style = Style { size: TEXT, bold: false, ink: Ink::Black };
const STRONG: Style = Style { size: TEXT, bold: true, ink: Ink::Black };

impl Style {
    fn leading(self) -> i32 {
        self.size * LEADING / 100
    }
}

/// Cells of a row, in lines, with where they stand.
struct Cell {
    x: i32,
    width: i32,
    right: bool,
    lines: Vec<Line>,
    style: Style,
    part: Option<usize>,
}

impl Setter<'_, '_> {
    fn width(&mut self, text: &str, bold: bool, size: i32) -> i32 {
        text.chars().map(|c| self.fonts.width(c, bold, size)).sum()
    }

    /// A new page.
    fn turn(&mut self) {
        self.out.pages.push(Vec::new());
        self.y = MARGIN;
    }

    /// A new page where so much does not fit on this one.
    fn room(&mut self, height: i32) -> bool {
        let turns = self.y + height > BOTTOM && self.y > MARGIN;
        if turns {
            self.turn();
        }
        turns
    }

    fn put(&mut self, item: Item) {
        if let Some(page) = self.out.pages.last_mut() {
            page.push(item);
        }
    }

    fn part(&mut self) -> usize {
        self.out.texts += 1;
        self.out.texts - 1
    }

    fn block(&mut self, block: &Block, next: Option<&Block>) {
        match block {
            Block::Title(text) => {
                let part = self.part();
                self.out.parts.push(Part::Title(part));
                let style = Style { size: 17_000, bold: true, ink: Ink::Black };
                self.paragraph(text, style, part, 0);
                self.y += 4_000;
            }
            Block::Heading(text) => {
                // A heading does not stand alone at the end of a page.
                let below = next.map_or(0, |next| self.least(next));
                self.room(32_000 + below);
                self.y += if self.y > MARGIN { 11_000 } else { 0 };
                let part = self.part();
                self.out.parts.push(Part::Heading(part));
                self.paragraph(text, Style { size: 11_000, bold: true, ink: Ink::Black }, part, 0);
                self.y += 3_000;
            }
            Block::Text(text) => self.text(text, PLAIN),
            Block::Small(text) => {
                self.text(text, Style { size: SMALL, bold: false, ink: Ink::Grey });
            }
            Block::Notice(text) => self.notice(text),
            Block::Pairs(pairs) => self.pairs(pairs),
            Block::Table(table) => self.table(table),
        }
    }

    /// How much of a block has to stand below its heading on one page.
    fn least(&mut self, block: &Block) -> i32 {
        match block {
            Block::Table(table) => self.least_table(table),
            _ => PLAIN.leading() + 2 * PADDING,
        }
    }

    /// The height of a table's head and its first row, where that is no page by itself.
    fn least_table(&mut self, table: &Table) -> i32 {
        let mut most = 0;
        if let Some(row) = table.rows.first() {
            for ((text, column), place) in
                row.iter().zip(&table.columns).zip(places(&table.columns))
            {
                most = most.max(self.cell(text, place, column.right, PLAIN, None).height());
            }
        }
        (STRONG.leading() + most + 4 * PADDING).min((BOTTOM - MARGIN) / 2)
    }

    fn text(&mut self, text: &str, style: Style) {
        let part = self.part();
        self.out.parts.push(Part::Paragraph(part));
        self.paragraph(text, style, part, 0);
        self.y += 4_000;
    }

    fn paragraph(&mut self, text: &str, style: Style, part: usize, inset: i32) {
        let text = self.fonts.readable(text);
        for line in lines(self.fonts, &text, style.bold, style.size, WIDTH - 2 * inset) {
            self.room(style.leading());
            self.line(MARGIN + inset, self.y, line.text, style, Some(part));
            self.y += style.leading();
        }
    }

    /// Puts a line whose top is at `y`.
    fn line(&mut self, x: i32, y: i32, text: String, style: Style, part: Option<usize>) {
        let Style { size, bold, ink } = style;
        if !text.is_empty() {
            self.put(Item::Text { x, y: y + size, size, bold, ink, text, part });
        }
    }

    fn notice(&mut self, text: &str) {
        let style = Style { size: TEXT, bold: true, ink: Ink::Alarm };
        let part = self.part();
        self.out.parts.push(Part::Paragraph(part));
        let text = self.fonts.readable(text);
        let lines = lines(self.fonts, &text, true, TEXT, WIDTH - 16_000);
        let height = style.leading() * length(&lines) + 12_000;
        self.room(height);
        let (x, y) = (MARGIN, self.y);
        for (x, y, width, height) in [
            (x, y, WIDTH, 1_000),
            (x, y + height - 1_000, WIDTH, 1_000),
            (x, y, 1_000, height),
            (x + WIDTH - 1_000, y, 1_000, height),
        ] {
            self.put(Item::Bar { x, y, width, height, ink: Bar::Frame });
        }
        for (at, line) in (0..).zip(lines) {
            self.line(x + 8_000, y + 6_000 + at * style.leading(), line.text, style, Some(part));
        }
        self.y += height + 5_000;
    }

    fn pairs(&mut self, pairs: &[(String, String)]) {
        let split = WIDTH * 26 / 100;
        let mut rows = Vec::new();
        for (name, value) in pairs {
            let parts = [self.part(), self.part()];
            rows.push(vec![(Head::OfRow, parts[0]), (Head::No, parts[1])]);
            let grey = Style { ink: Ink::Grey, ..PLAIN };
            let name = self.cell(name, (MARGIN, split), false, grey, Some(parts[0]));
            let value =
                self.cell(value, (MARGIN + split, WIDTH - split), false, PLAIN, Some(parts[1]));
            self.row(vec![name, value], CLOSE, |_| ());
        }
        self.out.parts.push(Part::Table(rows));
        self.y += 2_000;
    }

    fn table(&mut self, table: &Table) {
        let places = places(&table.columns);
        let mut rows = Vec::new();
        let parts: Vec<usize> = table.columns.iter().map(|_| self.part()).collect();
        rows.push(parts.iter().map(|part| (Head::OfColumn, *part)).collect());
        let least = self.least_table(table);
        self.room(least);
        self.head(table, &places, Some(&parts));
        for (at, row) in table.rows.iter().enumerate() {
            let style = if table.total && at + 1 == table.rows.len() { STRONG } else { PLAIN };
            let mut cells = Vec::new();
            let mut parts = Vec::new();
            for ((text, column), place) in row.iter().zip(&table.columns).zip(&places) {
                let part = self.part();
                parts.push((Head::No, part));
                cells.push(self.cell(text, *place, column.right, style, Some(part)));
            }
            rows.push(parts);
            self.row(cells, PADDING, |setter| setter.head(table, &places, None));
            let y = self.y;
            self.put(Item::Bar {
                x: MARGIN,
                y: y - 500,
                width: WIDTH,
                height: 400,
                ink: Bar::Rule,
            });
        }
        self.out.parts.push(Part::Table(rows));
        self.y += 5_000;
    }

    /// The head of a table. Repeated on a further page it is only there for the eye.
    fn head(&mut self, table: &Table, places: &[(i32, i32)], parts: Option<&[usize]>) {
        let mut cells = Vec::new();
        for (at, (column, place)) in table.columns.iter().zip(places).enumerate() {
            let part = parts.and_then(|parts| parts.get(at).copied());
            cells.push(self.cell(column.head, *place, column.right, STRONG, part));
        }
        let height = cells.iter().map(Cell::height).max().unwrap_or(0) + 2 * PADDING;
        let y = self.y;
        self.put(Item::Bar { x: MARGIN, y, width: WIDTH, height, ink: Bar::Ground });
        self.row(cells, PADDING, |_| ());
    }

    fn cell(
        &mut self,
        text: &str,
        (x, width): (i32, i32),
        right: bool,
        style: Style,
        part: Option<usize>,
    ) -> Cell {
        let text = self.fonts.readable(text);
        let lines = lines(self.fonts, &text, style.bold, style.size, width - 2 * PADDING);
        Cell { x: x + PADDING, width: width - 2 * PADDING, right, lines, style, part }
    }

    /// Puts a row. One that fits on a page stays on one; a longer one goes on on the next, below
    /// what `turned` puts there.
    fn row(&mut self, mut cells: Vec<Cell>, padding: i32, turned: impl Fn(&mut Self)) {
        let height = cells.iter().map(Cell::height).max().unwrap_or(0) + 2 * padding;
        let longer_than_a_page = height > BOTTOM - MARGIN - 60_000;
        if self.room(if longer_than_a_page { 60_000 } else { height }) {
            turned(self);
        }
        let mut top = self.y + padding;
        loop {
            let room = BOTTOM - padding - top;
            let mut used = 0;
            let mut more = false;
            for cell in &mut cells {
                let leading = cell.style.leading();
                let fit = usize::try_from(room / leading.max(1)).unwrap_or(0).max(1);
                let rest = cell.lines.split_off(fit.min(cell.lines.len()));
                more |= !rest.is_empty();
                used = used.max(leading * length(&cell.lines));
                let now = std::mem::replace(&mut cell.lines, rest);
                for (at, line) in (0..).zip(now) {
                    let shift = if cell.right { cell.width - line.width } else { 0 };
                    self.line(cell.x + shift, top + at * leading, line.text, cell.style, cell.part);
                }
            }
            self.y = top + used + padding;
            if !more {
                return;
            }
            self.turn();
            turned(self);
            top = self.y + padding;
        }
    }
}

impl Cell {
    fn height(&self) -> i32 {
        self.style.leading() * length(&self.lines)
    }
}

fn length(lines: &[Line]) -> i32 {
    i32::try_from(lines.len()).unwrap_or(i32::MAX / 100_000)
}

/// Where each column begins, and how wide it is.
fn places(columns: &[Column]) -> Vec<(i32, i32)> {
    let all: i32 = columns.iter().map(|column| column.share).sum::<i32>().max(1);
    let mut before = 0;
    let place = |column: &Column| {
        let x = WIDTH * before / all;
        before += column.share;
        (MARGIN + x, WIDTH * before / all - x)
    };
    columns.iter().map(place).collect()
}
