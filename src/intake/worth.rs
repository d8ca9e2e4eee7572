//! What a row is worth: its goods and its shipping fee, less what was taken off.

use super::cells::Cells;
use super::layout::Field;
use super::problem::{Problem, codes};
use crate::money::{LARGEST_MINOR, Money};

/// What the buyer paid for the goods of a row, in minor units; `None` where it is not said.
pub(super) fn goods(cells: &Cells<'_>) -> Result<Option<i64>, Problem> {
    let whole = cells.header.place(Field::Product).is_some();
    let field = if whole { Field::Product } else { Field::UnitPrice };
    let Some(price) = cells.amount(field)? else { return Ok(None) };
    let price = if whole { price.minor() } else { times(price.minor(), cells)? };
    less(cells, field, price, Field::Discount).map(Some)
}

/// The shipping fee the buyer paid, in minor units; `None` where the row does not say it.
pub(super) fn shipping(cells: &Cells<'_>) -> Result<Option<i64>, Problem> {
    let Some(fee) = cells.amount(Field::Shipping)? else { return Ok(None) };
    less(cells, Field::Shipping, fee.minor(), Field::ShippingDiscount).map(Some)
}

/// That a row does not say what its goods are worth.
pub(super) fn missing(cells: &Cells<'_>) -> Problem {
    let fields = [Field::Product, Field::UnitPrice];
    let field = fields.into_iter().find(|field| cells.header.place(*field).is_some());
    cells.missing(field.unwrap_or(Field::Product), codes::MISSING_AMOUNT, "amount")
}

/// A price times how many there are.
fn times(price: i64, cells: &Cells<'_>) -> Result<i64, Problem> {
    let cell = cells.get(Field::Quantity);
    let cell = cell.strip_suffix(b".0").or(cell.strip_suffix(b".00")).unwrap_or(cell);
    let wrong = |code, reason: &str| Err(cells.wrong(Field::Quantity, Problem::row(code, reason)));
    let count = match std::str::from_utf8(cell) {
        Ok("") => 1,
        Ok(text) => match text.parse::<u32>() {
            Ok(count) => {
                cells.note(Field::Quantity, || (count.to_string(), Vec::new()));
                i64::from(count)
            }
            Err(_) => return wrong(codes::BAD_QUANTITY, "is no number of articles"),
        },
        Err(_) => return wrong(codes::BAD_QUANTITY, "is no number of articles"),
    };
    match price.checked_mul(count).filter(|all| *all <= LARGEST_MINOR) {
        Some(all) => Ok(all),
        None => wrong(codes::AMOUNT_TOO_LARGE, "so many come to too much"),
    }
}

/// An amount less what was taken off it.
fn less(cells: &Cells<'_>, field: Field, amount: i64, off: Field) -> Result<i64, Problem> {
    if cells.header.place(off).is_none() {
        return Ok(amount);
    }
    let taken = cells.taken_off(off)?;
    match amount - taken {
        left if left >= 0 => Ok(left),
        _ => {
            let money = |minor| Money::from_minor(minor, cells.currency());
            let reason = format!(
                "{} is taken off, and column {} comes to {}",
                money(taken),
                cells.header.place(field).map(|at| cells.header.name_of(at)).unwrap_or_default(),
                money(amount)
            );
            Err(cells.wrong(off, Problem::row(codes::PARTS_DISAGREE, reason)))
        }
    }
}
