//! How a row of the file of tracking numbers became what it became beside the file of orders.

use serde_json::{Value, json};

use super::super::Session;
use super::super::input::tracking::not_used;
use super::super::input::{open_source, tell_reading};
use super::super::view::{Shape, document, folded, list, printable};
use super::words::{line_is, on_lines, skipped};
use super::{Again, ColumnRow, TRACKING, ToExplain, json::row, no_such_row, sheet};
use crate::error::{Error, Exit};
use crate::intake::{BadRow, LabelBecame, LabelExplained, LineIs, ReadAs, Went, explain_label};
use crate::parcel::Ids;

/// Explains a row of the file of tracking numbers that was read beside `file`.
pub(super) fn run(
    row: u64,
    file: ToExplain<'_>,
    session: &mut Session<'_>,
) -> anyhow::Result<Exit> {
    let Some(trackings) = file.reading.trackings.clone() else {
        return Err(Error::usage(
            format!(
                "--explain {TRACKING}{row} asks about a file of tracking numbers, and none is named"
            ),
            format!(
                "name it with --tracking FILE, or ask about a row of {}: --explain {row}",
                file.path.display()
            ),
        )
        .into());
    };
    let again = Again::new(file.path, session)?;
    let reader = open_source(again.source()?, file.path, file.reading, file.wanted)?;
    let orders = reader.original();
    let explained = explain_label(&trackings, row, reader)?;
    if explained.is == LineIs::Behind {
        let LabelExplained { file, sheet, last, .. } = &explained;
        return Err(no_such_row(file, row, sheet.as_deref(), *last).into());
    }
    match session.format.shape() {
        Shape::Sheet => {
            let text = as_sheet(&explained, session);
            session.world.stdout.write_all(text.as_bytes())?;
        }
        Shape::Document(layout) => {
            document(layout, session.world.stdout, &as_json(&explained))?;
        }
        Shape::Csv => {
            let columns = explained.read.iter().flat_map(|row| &row.columns);
            let rows = columns.map(|column| ColumnRow { line: row, column });
            list(session.format, session.world.stdout, session.paint, rows)?;
        }
        Shape::Ids => {
            if let LabelBecame::Label { tracking, .. } = &explained.became {
                writeln!(session.world.stdout, "{tracking}")?;
            }
        }
    }
    tell_reading(&orders, session)?;
    Ok(Exit::Done)
}

fn as_sheet(explained: &LabelExplained, session: &Session<'_>) -> String {
    let mut text = String::new();
    let mut say = |line: &str| text.push_str(&folded(&printable(line), 0, session.paint.width));
    let LabelExplained { row, sheet, read, .. } = explained;
    let place = sheet::place_of(*row, sheet.as_deref(), read.as_ref());
    say(&format!("{}, {place}", explained.file));
    say(&format!("Layout {}: {}", explained.layout, explained.why));
    what_it_is(explained).iter().for_each(|line| say(line));
    if let Some(row) = &explained.read {
        text.push('\n');
        text.push_str(&sheet::columns(row, session));
    }
    text
}

/// What it is, a sentence each.
fn what_it_is(explained: &LabelExplained) -> Vec<String> {
    if let Some(told) = sheet::no_row(explained.is, TRACKING) {
        return vec![told];
    }
    match &explained.became {
        LabelBecame::Nothing => {
            let skip = explained.read.as_ref().and_then(|row| row.skipped);
            vec![format!("It is passed over: {}.", skip.map_or("", skipped))]
        }
        LabelBecame::Bad(bad) => {
            let mut told = vec![format!("It is refused: {} ({})", bad.told(), bad.code)];
            told.extend(bad.hint.as_ref().map(|hint| format!("hint: {hint}")));
            match &bad.ids.order {
                Some(order) if explained.parcels.is_empty() => {
                    told.push(format!("{} does not have its order, {order}.", explained.orders));
                }
                Some(order) => told.push(format!("It is of order {order}.")),
                None => {}
            }
            told.extend(parcels(explained));
            told
        }
        LabelBecame::Label { order, tracking, went } => {
            let mut told = vec![format!("It is the label {tracking} of order {order}.")];
            told.push(why(*went, explained));
            told.extend(parcels(explained));
            told
        }
    }
}

fn parcels(explained: &LabelExplained) -> impl Iterator<Item = String> {
    explained.parcels.iter().map(|parcel| parcel_told(parcel, &explained.orders))
}

/// The column of the article, as `field` calls it.
const SKU: &str = "sku";

/// Where its number went.
fn why(went: Went, explained: &LabelExplained) -> String {
    let orders = &explained.orders;
    match went {
        Went::Used => format!("Its number is used for the order in {orders}."),
        Went::NotInFile => format!("It is not used: {orders} does not have the order."),
        Went::NotUsed(why) => {
            let columns = explained.read.iter().flat_map(|row| &row.columns);
            let sku = columns.filter(|column| column.field == SKU);
            let sku = sku.filter_map(|column| column.read.as_ref().map(ReadAs::plain)).next();
            format!("It is not used: {}.", not_used(why, sku.as_deref(), orders))
        }
    }
}

fn parcel_told((lines, ids, bad): &(Vec<u64>, Ids, Option<BadRow>), orders: &str) -> String {
    let line = lines.first().copied().unwrap_or(0);
    let place = format!("{orders}, {}", on_lines(lines));
    match bad {
        Some(bad) => format!("{place}: refused: {} ({})", bad.told(), bad.code),
        None => format!("{place}: the parcel {}; --explain {line} explains it.", ids.shown()),
    }
}

fn as_json(explained: &LabelExplained) -> Value {
    let is = line_is(explained.is).unwrap_or(match &explained.became {
        LabelBecame::Nothing => "passed_over",
        LabelBecame::Bad(_) => "refused",
        LabelBecame::Label { .. } => "label",
    });
    let within = match explained.is {
        LineIs::Within(line) => Some(line),
        _ => None,
    };
    let bad = match &explained.became {
        LabelBecame::Bad(bad) => Some(bad),
        _ => None,
    };
    let (order, tracking, went) = match &explained.became {
        LabelBecame::Label { order, tracking, went } => (Some(order), Some(tracking), Some(*went)),
        LabelBecame::Bad(bad) => (bad.ids.order.as_ref(), None, None),
        LabelBecame::Nothing => (None, None, None),
    };
    let parcel = |(lines, ids, bad): &(Vec<u64>, Ids, Option<BadRow>)| {
        json!({
            "lines": lines,
            "parcel": ids.shown(),
            "code": bad.as_ref().map(|bad| bad.code),
            "reason": bad.as_ref().map(BadRow::told),
        })
    };
    json!({
        "file": explained.file,
        "orders": explained.orders,
        "sheet": explained.sheet,
        "layout": explained.layout,
        "why": explained.why,
        "line": explained.row,
        "is": is,
        "within": within,
        "skipped": explained.read.as_ref().and_then(|row| row.skipped),
        "row": explained.read.as_ref().map(row),
        "code": bad.map(|bad| bad.code),
        "reason": bad.map(|bad| bad.placed()),
        "hint": bad.and_then(|bad| bad.hint.clone()),
        "order_id": order,
        "tracking_number": tracking,
        "used": went.map(|went| went == Went::Used),
        "not_used": went.and_then(|went| match went {
            Went::Used => None,
            Went::NotInFile => Some("not_in_file"),
            Went::NotUsed(why) => Some(why.word()),
        }),
        "parcels": explained.parcels.iter().map(parcel).collect::<Vec<Value>>(),
    })
}
