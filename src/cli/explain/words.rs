//! What was decided of a cell, in words.

use crate::intake::{Became, By, ColumnRead, Decided, Explained, LineIs, Origin, Skip, UNKNOWN};

/// How a cell was read; `None` where there was nothing to decide.
pub(super) fn how(column: &ColumnRead) -> Option<String> {
    let told: Vec<String> = column.decided.iter().map(told).collect();
    (!told.is_empty()).then(|| told.join("; "))
}

/// One decision: `month first, as the layout says`.
pub(super) fn told(decided: &Decided) -> String {
    let is = &decided.is;
    let by = by(decided);
    match decided.what {
        "amounts" => format!("decimal {is}, {by}"),
        "currency" => format!("{is}, {by}"),
        "dates" => format!("{}, {by}", is.replace('-', " ")),
        "time_zone" => format!("time of {is}, {by}"),
        "your_zone" => format!("your day in {is}"),
        "word" if is == UNKNOWN => "the layout gives this word no meaning".to_owned(),
        "word" => format!("means {is}"),
        _ => format!("{is}, {by}"),
    }
}

/// What decided it.
fn by(decided: &Decided) -> String {
    let line = decided.line.map_or_else(|| "a row".to_owned(), |line| format!("line {line}"));
    match decided.by {
        By::You => "as you say".to_owned(),
        By::Layout => "as the layout says".to_owned(),
        By::Column => format!("as {line} of this column shows"),
        By::OtherColumns => format!("as {line} of another column shows"),
        By::Cell if decided.what == "time_zone" => "as it says".to_owned(),
        By::Cell => "it reads one way only".to_owned(),
        By::CurrencyColumn => "as its row says".to_owned(),
        By::FirstAmount => format!("as the amount on {line} says"),
        By::Plan => "the plan's".to_owned(),
    }
}

/// Cells by their places: `line 7, Seller Shipping Fee; line 8, ...`. Those of one column together.
pub(super) fn places(origins: &[Origin]) -> String {
    let mut columns: Vec<(&str, Vec<u64>)> = Vec::new();
    for origin in origins {
        let place = origin.file.as_ref().unwrap_or(&origin.column);
        match columns.iter_mut().find(|(known, _)| known == place) {
            Some((_, lines)) if lines.contains(&origin.line) => {}
            Some((_, lines)) => lines.push(origin.line),
            None => columns.push((place, vec![origin.line])),
        }
    }
    let told = columns.iter().map(|(column, lines)| format!("{column}, {}", on_lines(lines)));
    told.collect::<Vec<_>>().join("; ")
}

/// `line 7`, `lines 7, 8`.
pub(super) fn on_lines(lines: &[u64]) -> String {
    const MOST: usize = 12;
    let shown: Vec<String> = lines.iter().take(MOST).map(u64::to_string).collect();
    let more = match lines.len() - shown.len() {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let word = if lines.len() == 1 { "line" } else { "lines" };
    format!("{word} {}{more}", shown.join(", "))
}

/// Why a row is passed over.
pub(super) fn skipped(skip: Skip) -> &'static str {
    match skip {
        Skip::Description => "it describes the columns",
        Skip::HeaderAgain => "it is the header once more",
        Skip::Trailer => "it stands below the last row, and is none",
        Skip::Summary => "it sums its order up, whose articles are in other rows",
        Skip::NotShipped => "it is of goods that are not shipped",
        Skip::Refund => "it is of money that goes back",
        Skip::NoNews => "the carrier reports nothing yet",
        Skip::Voided => "its label was cancelled or refunded",
        Skip::NoTrackingNumber => "its order has no label yet",
        Skip::Repeated => "a row above has the same order and number",
    }
}

/// What a line is, as a stable word.
pub(super) fn is(explained: &Explained) -> &'static str {
    line_is(explained.is).unwrap_or(match &explained.became {
        Became::Parcel(_) => "parcel",
        Became::Events(_) => "event",
        Became::Bad(_) => "refused",
        Became::Nothing | Became::Beside(_) => "passed_over",
    })
}

/// The same, unless it is a row.
pub(super) fn line_is(line: LineIs) -> Option<&'static str> {
    match line {
        LineIs::Behind => Some("behind"),
        LineIs::AboveHeader => Some("above_header"),
        LineIs::Header => Some("header"),
        LineIs::Empty => Some("empty"),
        LineIs::Within(_) => Some("within_row"),
        LineIs::Row => None,
    }
}
