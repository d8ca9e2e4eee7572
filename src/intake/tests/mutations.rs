//! What a download goes through before it is read, done to a file of every layout: the same parcels
//! come out. And every row of whatever is made of it is accounted for.

use std::collections::BTreeSet;
use std::fs;
use std::io::Cursor;

use proptest::prelude::{Strategy, any, prop, proptest};
use proptest::test_runner::Config;

use super::layouts::{fixture, line};
use super::options;
use crate::intake::{Item, Options, Source, open};

/// Every fixture that can be read.
fn all() -> Vec<String> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/layouts");
    let names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name());
    let mut names: Vec<String> = names.map(|name| name.into_string().unwrap()).collect();
    names.retain(|name| name != "amazon-unshipped.txt");
    names.sort();
    assert!(names.len() >= 20, "{names:?}");
    names
}

/// What comes out of a text, without its lines: a quirk may move them.
fn out(bytes: &[u8], options: Options) -> Result<Vec<String>, String> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("file");
    fs::write(&path, bytes).unwrap();
    let reader = open(Source::File(path), options).map_err(|why| why.to_string())?;
    let mut told = vec![reader.layout().to_owned()];
    for item in reader {
        let line = line(&item.map_err(|why| why.to_string())?);
        let (_, rest) = line.split_once(' ').unwrap();
        told.push(rest.to_owned());
    }
    Ok(told)
}

fn text(name: &str) -> String {
    let bytes = fixture(name);
    match String::from_utf8(bytes) {
        Ok(text) => text.trim_start_matches('\u{feff}').to_owned(),
        Err(gbk) => {
            let (text, _, wrong) = encoding_rs::GBK.decode(gbk.as_bytes());
            assert!(!wrong);
            text.into_owned()
        }
    }
}

#[test]
fn the_same_parcels_come_out_of_every_layout_whatever_was_done_to_the_file() {
    for name in all() {
        let text = text(&name);
        let plain = out(text.as_bytes(), options()).unwrap();
        assert!(plain.len() > 1, "{name}");
        let utf16: Vec<u8> =
            std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
        let lf = text.replace("\r\n", "\n");
        let mut quirks: Vec<(&str, Vec<u8>)> = vec![
            ("a byte order mark", ["\u{feff}", &text].concat().into_bytes()),
            ("UTF-16", utf16),
            ("LF", lf.clone().into_bytes()),
            ("CR LF", lf.replace('\n', "\r\n").into_bytes()),
            ("CR", lf.replace('\n', "\r").into_bytes()),
            ("blank lines below", [&text, "\n\n\n"].concat().into_bytes()),
            ("a title above", ["Export of November\n\n", &text].concat().into_bytes()),
            ("no line end at the end", text.trim_end_matches(['\r', '\n']).as_bytes().to_vec()),
        ];
        let (header, rows) = lf.split_once('\n').unwrap();
        if !name.starts_with("ebay") {
            quirks.push((
                "headers in capitals",
                [&header.to_uppercase(), "\n", rows].concat().into_bytes(),
            ));
        }
        // The one whose rows have tabs under a header with commas has a single row.
        if !name.starts_with("ebay") && name != "tiktok-my.csv" {
            quirks.push(("the header again", [&lf, header, "\n"].concat().into_bytes()));
        }
        if header.contains(',')
            && !rows.contains(';')
            && !rows.contains('"')
            && !rows.contains('\t')
        {
            quirks.push(("semicolons", lf.replace(',', ";").into_bytes()));
        }
        for (quirk, bytes) in quirks {
            let told =
                out(&bytes, options()).unwrap_or_else(|why| panic!("{name}: {quirk}: {why}"));
            // A message names the column as its header spells it.
            let small = |told: &[String]| told.join("\n").to_lowercase();
            assert_eq!(small(&told), small(&plain), "{name}: {quirk}");
        }
    }
}

#[test]
fn columns_may_stand_in_any_order() {
    for name in all() {
        if name.ends_with(".txt") || name.starts_with("ebay") || name == "tiktok-my.csv" {
            continue;
        }
        let text = text(&name);
        let mut csv = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
        let mut turned = csv::Writer::from_writer(Vec::new());
        for record in csv.records() {
            let record = record.unwrap();
            turned.write_record(record.iter().rev()).unwrap();
        }
        let turned = out(&turned.into_inner().unwrap(), options());
        assert_eq!(turned, out(text.as_bytes(), options()), "{name}");
    }
}

/// Reads anything to its end and checks that every row is accounted for.
fn all_accounted_for(bytes: &[u8]) {
    let source =
        Source::Stream { name: "made".into(), read: Box::new(Cursor::new(bytes.to_vec())) };
    let Ok(mut reader) = open(source, options()) else { return };
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
        all_accounted_for(lines.join("\n").as_bytes());
    }

    #[test]
    fn bytes_of_any_kind_in_a_file_end_in_items_or_in_one_error(
        which in any::<prop::sample::Index>(),
        at in any::<prop::sample::Index>(),
        junk in prop::collection::vec(any::<u8>(), 0..30),
    ) {
        let names = all();
        let name: &String = which.get(&names);
        let mut bytes = fixture(name);
        let at = at.index(bytes.len());
        bytes.splice(at..at, junk);
        all_accounted_for(&bytes);
    }
}
