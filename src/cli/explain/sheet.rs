//! How a row became what it became, for people.

use serde_json::Value;

use super::super::Session;
use super::super::quote::explained as steps;
use super::super::view::{Aligned, Listing, Short, folded, printable};
use super::words::{how, on_lines, places, skipped, told};
use super::{Fate, Fates};
use crate::intake::{Became, ColumnRead, Explained, LineIs, RowRead};

/// Without the field, whose name tends to be like the column's.
const NARROW: [Short; 4] =
    [Short(0, "column"), Short(1, "as it stands"), Short(3, "read as"), Short(4, "how")];
/// As much of a cell as a table shows.
const SHOWN: usize = 40;

/// The whole explanation.
pub(super) fn sheet(explained: &Explained, fates: &Fates, session: &Session<'_>) -> String {
    let mut text = String::new();
    let mut say = |line: &str| text.push_str(&folded(line, 0, session.paint.width));
    say(&format!("{}, {}", printable(&explained.file), place(explained)));
    say(&format!("Layout {}: {}", explained.layout, explained.why));
    what_it_is(explained).iter().for_each(|line| say(&printable(line)));
    if let Some(row) = &explained.read {
        text.push('\n');
        text.push_str(&columns(row, session));
    }
    if !explained.facts.is_empty() {
        text.push_str(&format!("\n{}\n", session.paint.heading("Its parcel")));
        text.push_str(&facts(explained, session));
    }
    for line in once(explained) {
        text.push_str(&folded(&line, 0, session.paint.width));
    }
    // A row that cannot be read has its reason above.
    let is_bad = matches!(explained.became, Became::Bad(_));
    let rows = if is_bad { &[] } else { fates.rows.as_slice() };
    for fate in rows {
        text.push_str(&format!("\n{}\n", session.paint.heading("What became of it")));
        text.push_str(&became(fate, session));
        let Some(price) = &fate.price else { continue };
        if let Some(refusal) = &price.refusal {
            let clause =
                format!("clause {} ({}): {}", refusal.clause, refusal.source, refusal.text);
            text.push_str(&folded(&clause, 0, session.paint.width));
        }
        if !price.trace.steps().is_empty() {
            text.push_str(&steps(&price.trace, session));
        }
    }
    if let Some(remark) = &fates.remark {
        text.push_str(&format!("\n{}", folded(remark, 0, session.paint.width)));
    }
    text
}

/// Where it is: `line 7`, `lines 7 to 9`, `row 7 of the sheet Orders`.
fn place(explained: &Explained) -> String {
    place_of(explained.row, explained.sheet.as_deref(), explained.read.as_ref())
}

pub(super) fn place_of(row: u64, sheet: Option<&str>, read: Option<&RowRead>) -> String {
    match (sheet, read) {
        (Some(sheet), _) => format!("row {row} of the sheet `{}`", printable(sheet)),
        (None, Some(read)) if read.last_line > row => format!("lines {row} to {}", read.last_line),
        (None, _) => format!("line {row}"),
    }
}

/// What a line is that is no row; `before` stands before its number where it is typed.
pub(super) fn no_row(is: LineIs, before: &str) -> Option<String> {
    let plain = |text: &str| Some(text.to_owned());
    match is {
        LineIs::Behind => plain("The file ends before it."),
        LineIs::AboveHeader => plain("It stands above the header and is read over."),
        LineIs::Header => plain("It is the header."),
        LineIs::Empty => plain("It is empty."),
        LineIs::Within(line) => Some(format!(
            "It is within the row that begins on line {line}: --explain {before}{line} explains that."
        )),
        LineIs::Row => None,
    }
}

/// What it is, a sentence each.
fn what_it_is(explained: &Explained) -> Vec<String> {
    let row = explained.row;
    if let Some(told) = no_row(explained.is, "") {
        return vec![told];
    }
    let skip = explained.read.as_ref().and_then(|row| row.skipped);
    let passed = skip.map_or("", skipped);
    match &explained.became {
        Became::Nothing => vec![format!("It is passed over: {passed}.")],
        Became::Beside(parcels) => {
            let told: Vec<String> = parcels
                .iter()
                .map(|(line, ids)| format!("{} (line {line})", ids.shown()))
                .collect();
            vec![
                format!("It is passed over: {passed}."),
                format!("What it says of its order counts for {}.", told.join(", ")),
            ]
        }
        Became::Events(events) => match events.as_slice() {
            [event] => vec![format!("It is a carrier event of {}.", event.ids.shown())],
            events => {
                let ids = events.first().map(|event| event.ids.shown()).unwrap_or_default();
                vec![format!("It is {} carrier events of {ids}.", events.len())]
            }
        },
        Became::Bad(bad) => {
            let others: Vec<u64> = explained.became.lines().filter(|line| *line != row).collect();
            let mut told = vec![match bad.line == row {
                true => format!("It is refused: {} ({})", bad.told(), bad.code),
                false => format!("It is refused with its parcel: {} ({})", bad.placed(), bad.code),
            }];
            told.extend(bad.hint.as_ref().map(|hint| format!("hint: {hint}")));
            if !others.is_empty() {
                told.push(format!("The parcel has other rows on {}.", on_lines(&others)));
            }
            told
        }
        Became::Parcel(parcel) => {
            let ids = parcel.parcel.ids.shown();
            let lines: Vec<u64> = explained.became.lines().collect();
            let mut told = vec![match lines.len() {
                1 => format!("It is the parcel {ids}."),
                many => {
                    format!(
                        "It is one of the {many} rows of the parcel {ids}: {}.",
                        on_lines(&lines)
                    )
                }
            }];
            if explained.read.as_ref().is_some_and(|row| row.cancelled) {
                told.push(
                    "It is cancelled, and other rows of the parcel are not: nothing of it counts."
                        .to_owned(),
                );
            }
            let cancelled = explained.others.iter().filter(|row| row.cancelled);
            let cancelled: Vec<u64> = cancelled.map(|row| row.line).collect();
            if !cancelled.is_empty() {
                told.push(format!("Cancelled, and not counted: {}.", on_lines(&cancelled)));
            }
            told
        }
    }
}

/// The columns of the row.
pub(super) fn columns(row: &RowRead, session: &Session<'_>) -> String {
    let mut list = Listing::new(session.paint);
    let heads = ["column", "as it stands", "field", "read as", "how"];
    list.head(heads.map(str::to_owned).into_iter());
    list.narrow(&[&NARROW]);
    for column in &row.columns {
        let from = column.from_line.map(|line| format!("carried from line {line}"));
        let wrong = column.wrong.clone();
        let how: Vec<String> = from.into_iter().chain(wrong).chain(how(column)).collect();
        let read = column.read.as_ref().map(ToString::to_string).unwrap_or_default();
        list.row(
            [
                named(column),
                short(&column.written),
                column.field.to_owned(),
                short(&read),
                how.join("; "),
            ]
            .map(|text| Aligned::Left(printable(&text)))
            .into(),
        );
    }
    list.render()
}

/// A column's name, in a workbook with the cell.
fn named(column: &ColumnRead) -> String {
    match &column.cell {
        Some(cell) => format!("{} ({cell})", column.column),
        None => column.column.clone(),
    }
}

fn short(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

/// What is known of the parcel, and from where.
fn facts(explained: &Explained, session: &Session<'_>) -> String {
    let mut list = Listing::new(session.paint);
    for fact in &explained.facts {
        let decided = fact.decided.as_ref().map(told);
        let from = Some(places(&fact.from)).filter(|places| !places.is_empty());
        let note: Vec<String> = from.into_iter().chain(decided).collect();
        list.pair(
            fact.fact,
            printable(&short(&fact.value.to_string())),
            printable(&note.join("; ")),
        );
    }
    list.render()
}

/// What is counted once an order, a sentence each.
fn once(explained: &Explained) -> Vec<String> {
    let mut told = Vec::new();
    let several = explained.orders.len() > 1 || explained.became.lines().count() > 1;
    for order in &explained.orders {
        let id = printable(&order.order);
        if let Some((fee, line)) = order.fee.filter(|(fee, _)| !fee.is_zero())
            && (several || order.packages > 1)
        {
            let shared = match order.packages {
                0 | 1 => "counted once".to_owned(),
                packages => format!(
                    "counted once and shared by its {packages} packages, as their goods are worth"
                ),
            };
            told.push(format!("The shipping fee of order {id}, {fee} (line {line}), is {shared}."));
        }
        if let Some((goods, line)) = order.goods {
            told.push(format!(
                "The goods of order {id} come to {goods} (line {line}), counted once and shared by its rows."
            ));
        }
    }
    told
}

/// The row the command writes of it, without what was told before.
fn became(fate: &Fate, session: &Session<'_>) -> String {
    const TOLD: [&str; 4] = ["line", "order_id", "package_id", "tracking_number"];
    let mut list = Listing::new(session.paint);
    for (name, value) in fate.row.as_object().into_iter().flatten() {
        let value = match value {
            Value::Null => continue,
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        if !TOLD.contains(&name.as_str()) {
            list.pair(name, printable(&value), "");
        }
    }
    list.render()
}
