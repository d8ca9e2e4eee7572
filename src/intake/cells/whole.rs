//! Whether a row is whole, and its cells are what they seem.

use std::cmp::Ordering;

use super::shown;
use crate::intake::problem::{Problem, codes};
use crate::intake::table::Row;
use crate::intake::workbook::Flaw;

/// Refuses a row with a NUL byte, an open quote, or more or fewer cells than the header has names.
///
/// `short`: empty cells at its end may be left away. `is_sheet`: a workbook leaves them away, or
/// adds some.
pub(in crate::intake) fn whole(
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
        let fields = if width == 1 { "field" } else { "fields" };
        return Err(Problem::row(
            codes::WRONG_WIDTH,
            format!("the row{lines} has {width} {fields}, the header has {expected}"),
        )
        .with_hint(match width < expected {
            true if row.last_line > row.line => "close the quote, or take it away",
            true => {
                "write an empty field for each that is missing; if it is the last row, the file may be \
                 cut off: get it again"
            }
            false => "put text or an amount with a comma in it between quotes",
        }));
    }
    Ok(())
}

/// What is wrong with a cell of a workbook that is not what it seems, where it matters: a day or a
/// truth value is no identifier.
pub(in crate::intake) fn flawed(flaw: Flaw, cell: &[u8], is_id: bool) -> Option<Problem> {
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
