//! Any text as amounts of one column.

use std::collections::BTreeMap;

use insure::intake::{DecimalMark, Item, Layouts, Options};
use insure::money::{Currency, Money};

use super::{all, options};

/// A layout that leaves open how its amounts are written.
const OPEN: &str = "\
id = \"open\"
name = \"Open\"
kind = \"parcels\"
one-row-per = \"parcel\"
needs = [[\"order\"], [\"value\"]]
amounts = \"as-found\"
[columns]
order = [\"number\"]
value = [\"worth\"]
";

const CURRENCIES: [&str; 4] = ["USD", "EUR", "JPY", "KWD"];

/// The first byte chooses the currency, each line below is an amount. What is read, written again
/// as its column writes it, is the same amount; and a column that does not say how it is written is
/// read one way from its first row to its last.
pub(crate) fn amounts(bytes: &[u8]) {
    let Some((which, cells)) = bytes.split_first() else { return };
    let code = CURRENCIES[usize::from(*which) % CURRENCIES.len()];
    let currency = Currency::from_code(code).unwrap_or(Currency::USD);
    let cells: Vec<&[u8]> = cells.split(|b| *b == b'\n').take(40).collect();
    let mut ways = Vec::new();
    for mark in [DecimalMark::Point, DecimalMark::Comma] {
        let read = read(&cells, currency, Some(mark));
        let mut again: Vec<(String, Money)> = Vec::new();
        for amount in read.values() {
            for written in [plainly(*amount, mark), grouped(*amount, mark)] {
                for cell in
                    [written.clone(), format!("{code} {written}"), format!("{written}\u{a0}{code}")]
                {
                    again.push((cell, *amount));
                }
            }
        }
        let cells: Vec<&[u8]> = again.iter().map(|(cell, _)| cell.as_bytes()).collect();
        let read_again = self::read(&cells, currency, Some(mark));
        for (line, (cell, amount)) in (2..).zip(&again) {
            assert_eq!(read_again.get(&line), Some(amount), "{cell} of {amount} ({mark:?})");
        }
        ways.push(read);
    }
    let found = read(&cells, currency, None);
    let agrees =
        |way: &BTreeMap<u64, Money>| found.iter().all(|(line, is)| way.get(line) == Some(is));
    // Without minor units every mark groups, and none can be misread.
    let each = |way: &[BTreeMap<u64, Money>]| {
        found.iter().all(|(line, is)| way.iter().any(|way| way.get(line) == Some(is)))
    };
    assert!(
        ways.iter().any(agrees) || (currency.digits() == 0 && each(&ways)),
        "one column, read two ways: {found:?}, {ways:?}"
    );
}

/// The amounts of a column that are read, by their lines.
fn read(cells: &[&[u8]], currency: Currency, mark: Option<DecimalMark>) -> BTreeMap<u64, Money> {
    let mut file = csv::Writer::from_writer(Vec::new());
    let _ = file.write_record(["number", "worth"]);
    for (number, cell) in cells.iter().enumerate() {
        // What reads over a line of the file is another target's.
        let cell: Vec<u8> = cell.iter().copied().filter(|b| !matches!(b, b'\r' | 0)).collect();
        let _ = file.write_record([number.to_string().as_bytes(), &cell]);
    }
    let layouts = Layouts::new(vec![("open.toml".to_owned(), OPEN.to_owned())]);
    let options = Options {
        currency,
        stated_currency: Some(currency),
        amounts: mark,
        layouts,
        layout: Some("open".to_owned()),
        encoding: insure::intake::Encoding::named("utf-8"),
        ..options()
    };
    let file = file.into_inner().unwrap_or_default();
    let Ok(items) = all(&file, options) else { return BTreeMap::new() };
    let amount = |item: Item| match item {
        Item::Parcel(row) => row.parcel.value.total().ok().map(|total| (row.line, total)),
        _ => None,
    };
    items.into_iter().filter_map(amount).collect()
}

/// `1234.56` or `1234,56`.
fn plainly(amount: Money, mark: DecimalMark) -> String {
    let digits = amount.digits();
    if mark == DecimalMark::Comma { digits.replace('.', ",") } else { digits }
}

/// `1,234.56` or `1.234,56`.
fn grouped(amount: Money, mark: DecimalMark) -> String {
    let (group, point) = if mark == DecimalMark::Comma { ('.', ',') } else { (',', '.') };
    let digits = amount.digits();
    let (whole, decimals) = digits.split_once('.').unwrap_or((&digits, ""));
    let mut out = String::new();
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place) % 3 == 0 {
            out.push(group);
        }
        out.push(digit);
    }
    if !decimals.is_empty() {
        out.push(point);
        out.push_str(decimals);
    }
    out
}
