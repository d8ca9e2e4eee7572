//! Every row of whatever a file holds is a parcel's or an event's, is passed over, or is refused.

use std::collections::BTreeSet;
use std::io::Cursor;

use proptest::prelude::{Strategy, any, prop, proptest};
use proptest::sample::Index;
use proptest::test_runner::Config;

use super::mutations::{all, text};
use super::options;
use crate::intake::layout::{Field, Layout};
use crate::intake::{Item, Layouts, Options, Source, open};

/// Reads anything to its end and checks that every row is accounted for.
fn all_accounted_for(bytes: &[u8], options: Options) {
    let source =
        Source::Stream { name: "made".into(), read: Box::new(Cursor::new(bytes.to_vec())) };
    let mut reader = match (open(source, options.clone()), options.layout) {
        (Ok(reader), _) => reader,
        (Err(why), Some(layout)) => panic!("{layout}: {why}"),
        (Err(_), None) => return,
    };
    let mut lines = BTreeSet::new();
    let mut rows = 0u64;
    let mut add = |line: u64, more: &[u64]| {
        for line in std::iter::once(line).chain(more.iter().copied()) {
            // A shipment may be several events.
            rows += u64::from(lines.insert(line));
        }
    };
    for item in reader.by_ref() {
        match item {
            Ok(Item::Parcel(row)) => add(row.line, &row.more_lines),
            Ok(Item::Event(row)) => add(row.line, &[]),
            Ok(Item::Bad(bad)) => add(bad.line, &bad.more_lines),
            // The whole file is refused, and says so.
            Err(_) => return,
        }
    }
    let skipped = reader.skipped().rows();
    assert_eq!(rows + skipped, reader.rows(), "{}", String::from_utf8_lossy(bytes));
}

/// A change made to one line of a file.
fn change() -> impl Strategy<Value = (prop::sample::Index, prop::sample::Index, String)> {
    let cell = prop::sample::select(vec![
        "",
        "x",
        "-5",
        "\"",
        "1,2",
        "1.234",
        "false",
        "Refund",
        "9.4E+21",
        "1",
        "03/11/2026",
        "25/11/2026",
        "Cancelled",
        "EUR",
        "MXN 5",
        "Seller ID : x",
        "\t",
    ]);
    (any::<prop::sample::Index>(), any::<prop::sample::Index>(), cell.prop_map(str::to_owned))
}

proptest! {
    #![proptest_config(Config { cases: 150, ..Config::default() })]

    #[test]
    fn every_row_of_a_file_is_a_parcels_is_passed_over_or_is_refused(
        which in any::<prop::sample::Index>(),
        changes in prop::collection::vec(change(), 0..6),
        twice in any::<bool>(),
    ) {
        let names = all();
        let name: &String = which.get(&names);
        let text = text(name);
        let mut lines: Vec<String> = text.split('\n').map(str::to_owned).collect();
        let comma = if lines[0].contains('\t') { '\t' } else { ',' };
        for (line, cell, value) in changes {
            // The header stays, so that there is something to read.
            if lines.len() < 3 { break }
            let at = 1 + line.index(lines.len() - 1);
            if lines[at].contains("Sales Record Number") { continue }
            let mut cells: Vec<String> = lines[at].split(comma).map(str::to_owned).collect();
            let place = cell.index(cells.len());
            cells[place] = value;
            lines[at] = cells.join(&comma.to_string());
        }
        if twice {
            let last = lines.len().saturating_sub(2);
            let again = lines.get(last).cloned().unwrap_or_default();
            lines.insert(last, again);
        }
        all_accounted_for(lines.join("\n").as_bytes(), options());
    }
    #[test]
    fn every_row_of_a_made_up_file_of_every_layout_is_accounted_for(
        which in any::<Index>(),
        chosen in prop::collection::vec((any::<bool>(), any::<Index>()), Field::ALL.len()),
        rows in prop::collection::vec((prop::collection::vec(any::<Index>(), 1..70), 0u8..20), 1..14),
    ) {
        let layouts = Layouts::default().load().unwrap().layouts;
        let layouts: Vec<Layout> =
            layouts.into_iter().filter(|layout| layout.instead.is_none()).collect();
        let layout = which.get(&layouts);
        let needed: Vec<Field> = layout.needs.iter().map(|group| group[0]).collect();
        let columns: Vec<(Field, &str)> = layout
            .columns
            .iter()
            .filter(|(field, _)| chosen[**field as usize].0 || needed.contains(field))
            .map(|(field, names)| (*field, chosen[*field as usize].1.get(names).as_str()))
            .collect();
        let read: Vec<&str> = columns.iter().map(|(_, name)| *name).collect();
        let marks = layout.marks.iter().map(String::as_str).filter(|mark| !read.contains(mark));
        let header: Vec<&str> = read.iter().copied().chain(marks).collect();
        let mut file = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
        file.write_record(&header).unwrap();
        for (cells, kind) in rows {
            let cell = |(at, (field, _)): (usize, &(Field, &str))| {
                cells[at % cells.len()].get(&words(layout, *field)).clone()
            };
            let mut row: Vec<String> = columns.iter().enumerate().map(cell).collect();
            row.resize(header.len(), String::new());
            match kind {
                0 => row = header.iter().map(|name| (*name).to_owned()).collect(),
                1 => row.push("one too many".to_owned()),
                2 => row.truncate(header.len() / 2 + 1),
                3 => layout.trailer.first().into_iter().for_each(|text| row[0].clone_from(text)),
                _ => {}
            }
            file.write_record(&row).unwrap();
        }
        let options = Options { layout: Some(layout.id.clone()), ..options() };
        all_accounted_for(&file.into_inner().unwrap(), options);
    }
}

/// What may stand in a column of this layout: mostly what should.
fn words(layout: &Layout, field: Field) -> Vec<String> {
    let usual: &[&str] = match field {
        field if field.is_id() => &["5764", "5764", "5765", "1150", "9400111", "9.4E+21", ""],
        field if field.is_amount() || field == Field::Cover => &["5", "12.50", "0", "", "x", "-3"],
        field if field.is_day() => &["2026-11-03", "2026-11-20 10:00", "2026-11-03", "", "soon"],
        Field::Quantity => &["1", "2", "", "x"],
        Field::Currency => &["", "USD", "USD", "EUR", "doubloons"],
        Field::From | Field::To => &["US", "", "Atlantis"],
        Field::Event => &["scanned", "delivered", "eaten", ""],
        _ => &["lamp", "a, b", ""],
    };
    let said = layout.when.iter().filter(|when| when.column == field);
    let said = said.flat_map(|when| when.is.iter().chain(&when.contains)).map(String::as_str);
    usual.iter().copied().chain(said).map(str::to_owned).collect()
}
