//! Which sheet of a workbook is read, and which of its rows is the header: the first rows of each
//! sheet are held against the layouts.

use std::collections::BTreeSet;
use std::io::{Read, Seek};
use std::sync::Arc;

use super::batch::{Batch, Batcher, Go};
use super::{Book, Kind, Sheet, SheetSeen, book};
use crate::intake::error::IntakeError;
use crate::intake::table::Row;

/// Rows from the top among which the header is looked for.
const LOOKED_AT: usize = 30;

/// How a sheet and its header are to be found.
#[derive(Clone, Copy)]
pub(in crate::intake) struct Wish<'a> {
    /// The sheet asked for.
    pub(in crate::intake) sheet: Option<&'a str>,
    /// What was chosen before, where the same file is read again.
    pub(in crate::intake) again: Option<Chosen>,
    /// Whether a row is the header of a known layout.
    pub(in crate::intake) fits: &'a dyn Fn(Row<'_>) -> Result<(), IntakeError>,
}

/// A sheet and its header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::intake) struct Chosen {
    /// Which sheet, from 0.
    pub(super) sheet: usize,
    /// The number of the header's row.
    pub(super) header: u64,
    /// Names that stand in the row above, over those of the header that are empty, count.
    over: bool,
}

/// What was found at the top of a sheet.
struct Top {
    sheet: usize,
    rows: Batch,
    hidden_columns: Vec<(u32, u32)>,
}

/// Opens a workbook and finds the sheet to read.
///
/// # Errors
/// It cannot be read, or no sheet fits, or several do.
pub(in crate::intake) fn open<F: Read + Seek + Send + 'static>(
    file: F,
    kind: Kind,
    name: &str,
    wish: Wish<'_>,
) -> Result<Sheet, IntakeError> {
    let failed = |message: String| IntakeError::Workbook { name: name.to_owned(), message };
    let mut book = book(file, kind).map_err(failed)?;
    if let Some(chosen) = wish.again {
        let top = look(&mut *book, chosen.sheet).map_err(failed)?;
        return Ok(start(book, &top, chosen, 1));
    }
    let asked = match wish.sheet {
        Some(sheet) => vec![named(&*book, sheet, name)?],
        None => (0..book.sheets().len()).collect(),
    };
    let (mut fitting, mut nearest, mut filled) = (Vec::new(), None, 0);
    for sheet in asked {
        let top = look(&mut *book, sheet).map_err(failed)?;
        filled += usize::from(!top.rows.rows.is_empty());
        match top.header(wish.fits) {
            Ok(chosen) => fitting.push((chosen, top)),
            Err(Some(why)) if nearest.is_none() => nearest = Some(top.told(&*book, why)),
            Err(_) => {}
        }
    }
    // A sheet nobody sees, or one without rows, counts only where there is no other.
    for preferred in [
        (|_: &dyn Book, top: &Top, at: &Chosen| top.has_rows_below(at)) as Better,
        |book: &dyn Book, _: &Top, at: &Chosen| !is_hidden(book, at.sheet),
    ] {
        if fitting.iter().any(|(chosen, top)| preferred(&*book, top, chosen)) {
            fitting.retain(|(chosen, top)| preferred(&*book, top, chosen));
        }
    }
    let sheets = |which: &mut dyn Iterator<Item = usize>| -> Vec<String> {
        which.filter_map(|at| Some(book.sheets().get(at)?.name.to_string())).collect()
    };
    match fitting.len() {
        0 => Err(nearest.unwrap_or(IntakeError::Empty { name: name.to_owned() })),
        1 => {
            let (chosen, top) = fitting.remove(0);
            Ok(start(book, &top, chosen, filled))
        }
        _ => Err(IntakeError::Sheets {
            name: name.to_owned(),
            asked: "there are several sheets that can be read in this workbook".to_owned(),
            sheets: sheets(&mut fitting.iter().map(|(chosen, _)| chosen.sheet)),
        }),
    }
}

/// Whether a sheet that fits is to be taken before others.
type Better = fn(&dyn Book, &Top, &Chosen) -> bool;

fn is_hidden(book: &dyn Book, sheet: usize) -> bool {
    book.sheets().get(sheet).is_some_and(|sheet| sheet.hidden)
}

/// The sheet that goes by a name, in capital letters or not.
fn named(book: &dyn Book, sheet: &str, name: &str) -> Result<usize, IntakeError> {
    let sheets = book.sheets();
    let wanted = sheet.trim().to_lowercase();
    sheets
        .iter()
        .position(|info| &*info.name == sheet)
        .or_else(|| sheets.iter().position(|info| info.name.trim().to_lowercase() == wanted))
        .ok_or_else(|| IntakeError::Sheets {
            name: name.to_owned(),
            asked: format!("there is no sheet `{sheet}` in this workbook"),
            sheets: sheets.iter().map(|info| info.name.to_string()).collect(),
        })
}

/// Reads the first rows of a sheet.
fn look(book: &mut dyn Book, sheet: usize) -> Result<Top, String> {
    let mut rows = None;
    let mut batcher = Batcher::new(LOOKED_AT, |batch| {
        rows.get_or_insert(batch);
        Go::Break(())
    });
    book.read(sheet, &mut batcher)?;
    let hidden_columns = std::mem::take(&mut batcher.hidden_columns);
    batcher.finish()?;
    Ok(Top { sheet, rows: rows.unwrap_or_default(), hidden_columns })
}

impl Top {
    /// A row as one of its own; with `over`, names right above its empty cells count as its own.
    fn row(&self, at: usize, over: bool) -> Batch {
        let (number, spans, flaws) = self.rows.row(at);
        let mut cells: Vec<&[u8]> = spans.iter().map(|span| self.rows.text(*span)).collect();
        let above = at.checked_sub(1).filter(|_| over).map(|above| self.rows.row(above));
        let above =
            above.filter(|(row, ..)| row + 1 == number).map_or(&[][..], |(_, spans, _)| spans);
        for (place, span) in above.iter().enumerate() {
            let text = self.rows.text(*span);
            match cells.get_mut(place) {
                Some(cell) if cell.trim_ascii().is_empty() => *cell = text,
                Some(_) => {}
                None => cells.push(text),
            }
        }
        let mut row = Batch::default();
        row.push(number, &cells, flaws);
        row
    }

    /// The first row that is a header, or why the widest of them is none; `None` where there are
    /// no rows.
    fn header(
        &self,
        fits: &dyn Fn(Row<'_>) -> Result<(), IntakeError>,
    ) -> Result<Chosen, Option<IntakeError>> {
        let mut nearest: Option<(usize, IntakeError)> = None;
        for at in 0..self.rows.rows.len() {
            // A header may be two rows high, its cells merged: then the names above count as well.
            for over in [true, false] {
                let row = self.row(at, over);
                let (number, spans, flaws) = row.row(0);
                match fits(Row::of_sheet(number, &row.bytes, spans, flaws)) {
                    Ok(()) => return Ok(Chosen { sheet: self.sheet, header: number, over }),
                    Err(why) if !over => {
                        let width = spans.iter().filter(|(start, end)| start < end).count();
                        // Only what misses the columns may be a title above the header.
                        if !why.is_no_header() {
                            return Err(Some(why));
                        }
                        if nearest.as_ref().is_none_or(|(widest, _)| width > *widest) {
                            nearest = Some((width, why));
                        }
                    }
                    Err(_) => {}
                }
            }
        }
        Err(nearest.map(|(_, why)| why))
    }

    fn has_rows_below(&self, chosen: &Chosen) -> bool {
        self.rows.rows.last().is_some_and(|row| row.number > chosen.header)
    }

    /// An error with its place in the workbook.
    fn told(&self, book: &dyn Book, why: IntakeError) -> IntakeError {
        match book.sheets().get(self.sheet) {
            Some(info) => why.in_sheet(&info.name, |_| None),
            None => why,
        }
    }
}

/// Begins to read what was chosen.
fn start(book: Box<dyn Book>, top: &Top, chosen: Chosen, filled: usize) -> Sheet {
    let at = top.rows.rows.iter().position(|row| row.number == chosen.header);
    let header = at.map(|at| top.row(at, chosen.over)).unwrap_or_default();
    let hidden: BTreeSet<usize> = top
        .hidden_columns
        .iter()
        .flat_map(|(first, last)| *first as usize..=*last as usize)
        .collect();
    let name_of = |(place, span): (usize, &_)| {
        let name = String::from_utf8_lossy(header.text(*span)).trim().to_owned();
        (hidden.contains(&place) && !name.is_empty()).then_some(name)
    };
    let seen = SheetSeen {
        name: book
            .sheets()
            .get(chosen.sheet)
            .map_or_else(|| Arc::from(""), |info| info.name.clone()),
        filled,
        hidden_columns: header.row(0).1.iter().enumerate().filter_map(name_of).collect(),
        hidden_rows: Arc::default(),
    };
    Sheet::start(book, header, seen, chosen)
}
