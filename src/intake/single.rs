//! Layouts with one row per parcel or per carrier event: each row stands alone.

use crate::money::Money;
use crate::parcel::{CarrierEvent, CarrierFacts, CoverChoice, Parcel, ValueParts};

use super::cells::{Cells, IdsRead, Meanings, label, shown};
use super::error::IntakeError;
use super::layout::{Field, RowIs};
use super::problem::{Problem, Trouble, codes};
use super::{EventRow, Item, ParcelRow, Skip, worth};
use crate::words::hyphened;

/// What a row that stands alone is.
#[expect(clippy::large_enum_variant, reason = "a box would cost every row an allocation")]
pub(super) enum Single {
    /// A parcel, an event, or bad.
    One(Item),
    /// Several events of one shipment.
    Several(Vec<EventRow>),
    /// None of these.
    Skipped(Skip),
}

/// A row that stands alone.
pub(super) fn read(
    cells: &Cells<'_>,
    ids_optional: bool,
    is_sheet: bool,
) -> Result<Single, IntakeError> {
    let (ids, broken) = cells.ids();
    let bad =
        |problem: Problem| Ok(Single::One(Item::Bad(problem.at(cells.row.line, ids.owned()))));
    if let Err(problem) = cells.whole(is_sheet) {
        return bad(problem);
    }
    if let Some((_, problem)) = broken {
        return bad(problem);
    }
    let said = match cells.meanings() {
        Ok(said) => said,
        Err(problem) => return bad(problem),
    };
    if let Some(skip) = said.skip {
        return Ok(Single::Skipped(skip));
    }
    if let Some(problem) = cells.unjoined(&said) {
        return bad(problem);
    }
    let nameless = ids.order.is_none() && ids.package.is_none() && ids.tracking.is_none();
    if nameless && !ids_optional {
        return bad(Problem::row(
            codes::MISSING_ID,
            "there is no order, package or tracking number",
        ));
    }
    let read = match cells.header.layout.one_row_per {
        RowIs::Parcel | RowIs::SkuLine => {
            parcel(cells, ids, said).map(|row| Single::One(Item::Parcel(row)))
        }
        RowIs::Event => event(cells, ids, said).map(|row| Single::One(Item::Event(row))),
        RowIs::Shipment => shipment(cells, ids, said).map(|events| {
            if events.is_empty() { Single::Skipped(Skip::NoNews) } else { Single::Several(events) }
        }),
    };
    read.or_else(|trouble| match trouble {
        Trouble::Row(problem) => bad(*problem),
        Trouble::File(fatal) => Err(*fatal),
    })
}

/// The parcel a row is; `said` is what its words say.
pub(super) fn parcel(
    cells: &Cells<'_>,
    ids: IdsRead<'_>,
    said: Meanings,
) -> Result<ParcelRow, Trouble> {
    let cells = cells.in_their_currency()?;
    let mut parcel = Parcel::of_value(value(&cells)?);
    parcel.from = cells.country(Field::From)?;
    parcel.to = cells.country(Field::To)?;
    parcel.carrier = cells.carrier()?.map(str::to_owned);
    parcel.service = cells.service()?.map(str::to_owned);
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
    parcel.fulfilment = said.fulfilment;
    let (created, means) = (cells.label_created()?, cells.header.layout.tracking_means);
    let has_label = said.has_label || cells.joined_tracking().is_some();
    parcel.label = label(created, ids.tracking.is_some(), means, has_label);
    let cancelled_on = cells.day(Field::CancelledOn)?;
    parcel.facts = CarrierFacts {
        scanned_on: cells.day(Field::ScannedOn)?,
        delivered_on: cells.day(Field::DeliveredOn)?,
        cancelled: said.cancelled || cancelled_on.is_some(),
        cancelled_on,
        moved_on: cells.day(Field::MovedOn)?,
    };
    parcel.ship_date = cells.ship_date()?;
    parcel.ids = ids.owned();
    let (line, cover) = (cells.row.line, cover(&cells)?);
    let plan = cells.text(Field::Plan)?.map(str::to_owned);
    cells.gives(Field::ALL);
    Ok(ParcelRow { line, more_lines: Vec::new(), order_lines: None, parcel, cover, plan })
}

/// The value as one figure, or in parts, or both if they agree.
fn value(cells: &Cells<'_>) -> Result<ValueParts, Problem> {
    let stated = cells.amount(Field::Value)?;
    let product = worth::goods(cells)?;
    let coupon = cells.amount(Field::Coupon)?;
    let shipping = worth::shipping(cells)?;
    let money = |minor| Money::from_minor(minor, cells.currency());
    let (product, shipping) = (product.map(money), shipping.map(money));
    let zero = Money::zero(cells.currency());
    let none = product.is_none() && coupon.is_none() && shipping.is_none();
    let parts = match (stated, product) {
        (Some(value), _) if none => return Ok(ValueParts::stated(value)),
        (None, None) => {
            let field = if cells.header.place(Field::Value).is_some() {
                Field::Value
            } else {
                Field::Product
            };
            return Err(cells.missing(field, codes::MISSING_AMOUNT, "value").with_hint(
                "write there what the parcel is worth: without a value nothing is covered",
            ));
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
fn cover(cells: &Cells<'_>) -> Result<Option<CoverChoice>, Problem> {
    match cells.get(Field::Cover) {
        b"" => Ok(None),
        word if word.eq_ignore_ascii_case(b"included") => {
            cells.note(Field::Cover, || ("included".to_owned(), Vec::new()));
            Ok(Some(CoverChoice::Included))
        }
        word if word.eq_ignore_ascii_case(b"full") => {
            cells.note(Field::Cover, || ("full".to_owned(), Vec::new()));
            Ok(Some(CoverChoice::Full))
        }
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

/// The carrier event a row is; `said` is what its words say.
pub(super) fn event(
    cells: &Cells<'_>,
    ids: IdsRead<'_>,
    said: Meanings,
) -> Result<EventRow, Trouble> {
    let word = cells.text(Field::Event)?.unwrap_or("");
    let Some(event) = said.event.or_else(|| CarrierEvent::from_word(word)) else {
        return Err(unknown_event(cells, word).into());
    };
    if said.event.is_none() {
        cells.note(Field::Event, || (event.word().to_owned(), Vec::new()));
    }
    let Some(on) = cells.day(Field::At)? else {
        return Err(cells.missing(Field::At, codes::MISSING_DATE, "day").into());
    };
    Ok(EventRow { line: cells.row.line, ids: ids.owned(), event, on, note: note(cells)? })
}

/// What a row says of one shipment so far: an event for each day it has, and the one its status says.
pub(super) fn shipment(
    cells: &Cells<'_>,
    ids: IdsRead<'_>,
    said: Meanings,
) -> Result<Vec<EventRow>, Trouble> {
    const DAYS: [(Field, CarrierEvent); 5] = [
        (Field::LabelCreatedAt, CarrierEvent::Labelled),
        (Field::ScannedOn, CarrierEvent::Scanned),
        (Field::MovedOn, CarrierEvent::Moved),
        (Field::DeliveredOn, CarrierEvent::Delivered),
        (Field::CancelledOn, CarrierEvent::Cancelled),
    ];
    let note = note(cells)?;
    let row = |event, on| EventRow {
        line: cells.row.line,
        ids: ids.owned(),
        event,
        on,
        note: note.clone(),
    };
    let mut events = Vec::new();
    for (field, event) in DAYS {
        if let Some(on) = cells.day(field)? {
            events.push(row(event, on));
        }
    }
    if !cells.get(Field::Event).is_empty() {
        let of_status = self::event(cells, ids, said)?;
        // What is reported of it, it was in the carrier's hands; what is lost was not seen again.
        let seen = match of_status.event {
            CarrierEvent::Damaged | CarrierEvent::Returned => Some(CarrierEvent::Moved),
            CarrierEvent::Lost => Some(CarrierEvent::Scanned),
            _ => None,
        };
        events.extend(seen.map(|event| EventRow { event, ..of_status.clone() }));
        if events.iter().all(|known| known.event != of_status.event) {
            events.push(of_status);
        }
    }
    Ok(events)
}

/// A word that is no carrier event; in some files the note beside it says more.
fn unknown_event(cells: &Cells<'_>, word: &str) -> Problem {
    let refuse = |reason| cells.wrong(Field::Event, Problem::row(codes::UNKNOWN_EVENT, reason));
    let by_note = cells.header.layout.when.iter().any(|when| when.column == Field::Note);
    let Some(place) = cells.header.place(Field::Note).filter(|_| by_note) else {
        return refuse(format!("`{word}` is not a carrier event, {}", known_events(cells)));
    };
    let (name, note) = (cells.header.name_of(place), shown(cells.get(Field::Note)));
    let beside = match note.is_empty() {
        true => format!("without {name}"),
        false => format!("with {name} `{note}`"),
    };
    refuse(format!("`{word}` {beside} does not say what happened to the parcel"))
        .with_hint("look the parcel up at its carrier and book it: insure track ID EVENT --at DATE")
}

fn note(cells: &Cells<'_>) -> Result<Option<String>, Problem> {
    Ok(cells.text(Field::Note)?.map(str::to_owned))
}

/// The words the column may have.
fn known_events(cells: &Cells<'_>) -> String {
    let rules = cells.header.layout.when.iter().filter(|when| when.column == Field::Event);
    let known: Vec<&str> = rules.flat_map(|when| &when.is).map(String::as_str).collect();
    if known.is_empty() {
        return CarrierEvent::expected();
    }
    format!("expected one of {}", known.join(", "))
}
