//! Any text as days of one column.

use std::collections::BTreeMap;

use insure::calendar::{Day, parse_day};
use insure::intake::{DateOrder, Encoding, Item, Options};

use super::{all, options};

/// Each line is a day. What is read lies in the years that parcels have; written again as its column
/// writes it, it is the same day; and a column that does not say how it is written is read one way.
pub(crate) fn dates(bytes: &[u8]) {
    let cells: Vec<&[u8]> = bytes.split(|b| *b == b'\n').take(40).collect();
    let (first, last) = (parse_day("1971-01-01"), parse_day("2148-12-31"));
    for order in [DateOrder::Iso, DateOrder::MonthFirst, DateOrder::DayFirst] {
        let Some(read) = read(&cells, order) else { continue };
        let mut again: Vec<(String, Day)> = Vec::new();
        for day in read.values() {
            assert!(first.as_ref().is_ok_and(|first| day >= first), "{day}");
            assert!(last.as_ref().is_ok_and(|last| day <= last), "{day}");
            again.extend(written(order).iter().map(|how| (day.format(how).to_string(), *day)));
        }
        let cells: Vec<&[u8]> = again.iter().map(|(cell, _)| cell.as_bytes()).collect();
        let read_again = self::read(&cells, order).unwrap_or_default();
        for (line, (cell, day)) in (2..).zip(&again) {
            assert_eq!(read_again.get(&line), Some(day), "{cell} ({order:?})");
        }
    }
    let found = read(&cells, DateOrder::AsFound).filter(|found| !found.is_empty());
    if let Some(found) = found {
        // Those that were read, read by one who knows how they are written.
        let taken: Vec<&[u8]> = (2..)
            .zip(&cells)
            .filter(|(line, _)| found.contains_key(line))
            .map(|(_, cell)| *cell)
            .collect();
        let mut orders = [DateOrder::MonthFirst, DateOrder::DayFirst].into_iter();
        let agrees = |order| {
            read(&taken, order).is_some_and(|way| way.into_values().eq(found.values().copied()))
        };
        assert!(orders.any(agrees), "one column, read two ways: {found:?}");
    }
}

/// How a column of this kind may write a day.
fn written(order: DateOrder) -> &'static [&'static str] {
    match order {
        DateOrder::MonthFirst => &["%Y-%m-%d", "%m/%d/%Y", "%-m/%-d/%Y 6:03:56 PM", "%m.%d.%Y"],
        DateOrder::DayFirst => &["%Y-%m-%d", "%d/%m/%Y", "%-d/%-m/%Y 13:03", "%d-%m-%Y"],
        _ => &["%Y-%m-%d", "%Y/%-m/%-d", "%Y年%-m月%-d日", "%Y-%m-%dT10:17:29Z", "%d %b %Y"],
    }
}

/// The days of a column that are read, by their lines; `None` where one spoils the file.
fn read(cells: &[&[u8]], order: DateOrder) -> Option<BTreeMap<u64, Day>> {
    let mut file = csv::Writer::from_writer(Vec::new());
    let _ = file.write_record(["order_id", "value", "ship_date"]);
    for (number, cell) in cells.iter().enumerate() {
        let cell: Vec<u8> = cell.iter().copied().filter(|b| !matches!(b, b'\r' | 0)).collect();
        let _ = file.write_record([number.to_string().as_bytes(), b"5", &cell]);
    }
    let options = Options { dates: Some(order), encoding: Encoding::named("utf-8"), ..options() };
    let items = all(&file.into_inner().unwrap_or_default(), options).ok()?;
    let day = |item: Item| match item {
        Item::Parcel(row) => row.parcel.ship_date.map(|day| (row.line, day)),
        _ => None,
    };
    Some(items.into_iter().filter_map(day).collect())
}
