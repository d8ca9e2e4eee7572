//! Layouts with one row per parcel or per carrier event: each row stands alone.

use crate::money::Money;
use crate::parcel::{CarrierEvent, CarrierFacts, CoverChoice, Parcel, ValueParts};

use super::cells::{Cells, IdsRead};
use super::layout::Field;
use super::problem::{Problem, Trouble, codes};
use super::{DocumentRow, EventRow, ParcelRow};
use crate::words::hyphened;

/// The parcel a row is.
pub(super) fn parcel(cells: Cells<'_>, ids: IdsRead<'_>) -> Result<ParcelRow, Trouble> {
    let cells = cells.in_their_currency()?;
    let mut parcel = Parcel::of_value(value(cells)?);
    parcel.from = cells.country(Field::From)?;
    parcel.to = cells.country(Field::To)?;
    parcel.carrier = cells.text(Field::Carrier)?.map(str::to_owned);
    parcel.service = cells.text(Field::Service)?.map(str::to_owned);
    parcel.shipped = cells
        .text(Field::Shipped)?
        .map(|ways| {
            ways.split([',', ';'])
                .map(|text| hyphened(text).unwrap_or_else(|| text.trim().to_owned()))
                .collect()
        })
        .unwrap_or_default();
    parcel.goods = cells.text(Field::Goods)?.map(str::to_owned);
    parcel.contents = cells.text(Field::Contents)?.map(str::to_owned);
    let said = cells.meanings()?;
    parcel.fulfilment = said.fulfilment;
    parcel.label = cells.label(cells.day(Field::LabelCreatedAt)?, ids.tracking.is_some());
    let cancelled_on = cells.day(Field::CancelledOn)?;
    parcel.facts = CarrierFacts {
        scanned_on: cells.day(Field::ScannedOn)?,
        delivered_on: cells.day(Field::DeliveredOn)?,
        cancelled: said.cancelled || cancelled_on.is_some(),
        cancelled_on,
        moved_on: cells.day(Field::MovedOn)?,
    };
    parcel.ship_date = cells.day(Field::ShipDate)?;
    parcel.ids = ids.owned();
    let (line, cover) = (cells.row.line, cover(cells)?);
    Ok(ParcelRow { line, more_lines: Vec::new(), order_lines: None, parcel, cover })
}

/// The value as one figure, or in parts, or both if they agree.
fn value(cells: Cells<'_>) -> Result<ValueParts, Problem> {
    let stated = cells.amount(Field::Value)?;
    let product = cells.amount(Field::Product)?;
    let coupon = cells.amount(Field::Coupon)?;
    let shipping = cells.amount(Field::Shipping)?;
    let zero = Money::zero(cells.currency);
    let none = product.is_none() && coupon.is_none() && shipping.is_none();
    let parts = match (stated, product) {
        (Some(value), _) if none => return Ok(ValueParts::stated(value)),
        (None, None) => {
            let field = if cells.header.place(Field::Value).is_some() {
                Field::Value
            } else {
                Field::Product
            };
            return Err(cells.missing(field, codes::MISSING_AMOUNT, "value"));
        }
        (Some(_), _) | (None, Some(_)) => ValueParts {
            product: product.unwrap_or(zero),
            coupon: coupon.unwrap_or(zero),
            shipping: shipping.unwrap_or(zero),
        },
    };
    let sum = parts.total().map_err(|e| {
        cells.wrong(Field::Product, Problem::row(codes::AMOUNT_TOO_LARGE, e.to_string()))
    })?;
    match stated {
        Some(value) if value != sum => {
            let reason =
                format!("the value is {value}, but product, coupon and shipping add up to {sum}");
            Err(cells.wrong(Field::Value, Problem::row(codes::PARTS_DISAGREE, reason)))
        }
        _ => Ok(parts),
    }
}

/// The cover the row itself asks for.
fn cover(cells: Cells<'_>) -> Result<Option<CoverChoice>, Problem> {
    match cells.get(Field::Cover) {
        b"" => Ok(None),
        word if word.eq_ignore_ascii_case(b"included") => Ok(Some(CoverChoice::Included)),
        word if word.eq_ignore_ascii_case(b"full") => Ok(Some(CoverChoice::Full)),
        _ => match cells.amount(Field::Cover) {
            Ok(amount) => Ok(amount.map(CoverChoice::Amount)),
            Err(mut problem) => {
                problem.code = codes::BAD_COVER;
                problem.hint = Some("write included, full or an amount such as 300.00".to_owned());
                Err(problem)
            }
        },
    }
}

/// The carrier event a row is.
pub(super) fn event(cells: Cells<'_>, ids: IdsRead<'_>) -> Result<EventRow, Trouble> {
    let word = cells.text(Field::Event)?.unwrap_or("");
    let Some(event) = CarrierEvent::from_word(word) else {
        let reason = format!("`{word}` is not a carrier event, {}", CarrierEvent::expected());
        return Err(cells.wrong(Field::Event, Problem::row(codes::UNKNOWN_EVENT, reason)).into());
    };
    let Some(on) = cells.day(Field::At)? else {
        return Err(cells.missing(Field::At, codes::MISSING_DATE, "day").into());
    };
    let note = cells.text(Field::Note)?.map(str::to_owned);
    Ok(EventRow { line: cells.row.line, ids: ids.owned(), event, on, note })
}

/// The document a row names. Its kind may stay open: then the name of the file has to say it.
pub(super) fn document(cells: Cells<'_>, ids: IdsRead<'_>) -> Result<DocumentRow, Trouble> {
    let kind = match cells.text(Field::Document)? {
        None => None,
        Some(word) => Some(hyphened(word).ok_or_else(|| {
            let reason =
                format!("`{word}` is no kind of document, expected a word such as invoice");
            cells.wrong(Field::Document, Problem::row(codes::UNKNOWN_VALUE, reason))
        })?),
    };
    let Some(path) = cells.text(Field::Path)? else {
        return Err(cells.missing(Field::Path, codes::MISSING_PATH, "path of a document").into());
    };
    let (line, path, dated) = (cells.row.line, path.to_owned(), cells.day(Field::Dated)?);
    Ok(DocumentRow { line, ids: ids.owned(), kind, path, dated })
}
