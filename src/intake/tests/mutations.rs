//! What a download goes through before it is read, done to a file of every layout. The same parcels
//! come out, or what comes instead is in the table [`OTHERWISE`]: a layout or a change that is added
//! is tried with all the others.

mod books;
mod texts;

use std::fs;

use super::layouts::{fixture, line};
use super::options;
use crate::intake::dates::DateOrder;
use crate::intake::layout::{Field, Quotes, RowIs};
use crate::intake::source::{Form, Keep};
use crate::intake::table::Table;
use crate::intake::workbook::Wish;
use crate::intake::{Encoding, Item, Options, Source, open};
use books::BOOKS;
use texts::{TEXTS, written};

/// What comes out where it is not the same: the file, the change, and the reason. A `*` stands for
/// every file or change whose name goes on there.
const OTHERWISE: &[(&str, &str, &str)] = &[
    ("plain-zh.csv", "Shift_JIS", "has other letters"),
    ("plain-zh.csv", "windows-1252", "has other letters"),
    ("tiktok-jp.csv", "windows-1252", "has other letters"),
    ("tiktok-th.csv", "Shift_JIS", "has other letters"),
    ("tiktok-th.csv", "windows-1252", "has other letters"),
    ("tiktok-vn.csv", "Shift_JIS", "has other letters"),
    ("tiktok-vn.csv", "windows-1252", "has other letters"),
    // The day that showed how the others are written is none of theirs any more.
    ("tiktok-vn.csv", "XLSX, days as numbers", "unclear_date"),
    ("tiktok-vn.csv", "ODS, days and amounts as such", "unclear_date"),
    // Amazon's numbers have hyphens, Shopify's a `#`; what is short is whole.
    ("amazon*", "XLSX, identifiers as numbers", "same"),
    ("parcellab.csv", "XLSX, identifiers as numbers", "same"),
    ("plain-zh.csv", "XLSX, identifiers as numbers", "same"),
    ("shopify.csv", "XLSX, identifiers as numbers", "same"),
    // The others have lost what is behind the fifteenth digit.
    ("*", "XLSX, identifiers as numbers", "damaged_id"),
];

/// A fixture, taken to pieces.
#[derive(Clone)]
struct File {
    name: String,
    /// Its text, without a byte order mark.
    text: String,
    /// Its rows from the header on.
    rows: Vec<Vec<String>>,
    /// Several of its rows make a parcel.
    makes_parcels: bool,
    /// How it is written, and which columns are what.
    quotes: Quotes,
    dates: DateOrder,
    fields: Vec<(Field, usize)>,
}

impl File {
    fn of(name: &str) -> File {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/layouts");
        let source = || Source::File(format!("{folder}/{name}").into());
        let reader = open(source(), options()).unwrap();
        let (header, layout) = (&reader.header, &reader.header.layout);
        let content = source().open(Keep::No, Form::default()).unwrap().content;
        let wish = Wish { sheet: None, again: None, fits: &|_| Ok(()) };
        let mut table = Table::new(name.to_owned(), content, wish).unwrap();
        let mut rows: Vec<Vec<String>> = Vec::new();
        while table.advance().unwrap() {
            let row = table.row();
            let begins = row.line == header.line;
            if row.line >= header.line {
                let text = |at| String::from_utf8(row.raw(at).to_vec()).unwrap();
                rows.push((0..row.width()).map(text).collect());
            }
            if begins {
                table.begin(layout.quotes);
            }
        }
        let place = |field: &Field| Some((*field, header.place(*field)?));
        File {
            name: name.to_owned(),
            text: text(name),
            rows,
            makes_parcels: layout.one_row_per == RowIs::SkuLine,
            quotes: layout.quotes,
            dates: layout.dates,
            fields: Field::ALL.iter().filter_map(place).collect(),
        }
    }

    fn lf(&self) -> String {
        self.text.replace("\r\n", "\n")
    }

    /// Where the columns of a kind are.
    fn places(&self, is: fn(Field) -> bool) -> Vec<usize> {
        self.fields.iter().filter(|(field, _)| is(*field)).map(|(_, place)| *place).collect()
    }
}

/// Every fixture that can be read.
pub(super) fn all() -> Vec<String> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/layouts");
    let names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name());
    let mut names: Vec<String> = names.map(|name| name.into_string().unwrap()).collect();
    names.retain(|name| name != "amazon-unshipped.txt");
    names.sort();
    assert!(names.len() >= 20, "{names:?}");
    names
}

/// What comes out of a file, without its lines, which a change may move, and how messages spell
/// columns.
fn out(bytes: &[u8], options: Options) -> Result<Vec<String>, String> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("file");
    fs::write(&path, bytes).unwrap();
    let short = |why: crate::intake::IntakeError| {
        let why = why.to_string().replace(&folder.path().display().to_string(), "");
        why.trim_start_matches("/file").trim_start_matches(": ").to_owned()
    };
    let mut reader = open(Source::File(path.clone()), options).map_err(short)?;
    let mut told = vec![reader.layout().to_owned()];
    for item in reader.by_ref() {
        let mut item = item.map_err(short)?;
        if let Item::Bad(bad) = &mut item {
            bad.cell = None;
        }
        let line = line(&item);
        let (_, rest) = line.split_once(' ').unwrap();
        told.push(rest.to_lowercase());
    }
    Ok(told)
}

/// The code for which what comes new is refused, where that is one.
fn code<'a>(told: &'a [String], plain: &[String]) -> Option<&'a str> {
    let new = told.iter().filter(|one| !plain.contains(one));
    let mut codes = new.map(|one| one.strip_suffix(')').and_then(|one| one.rsplit('(').next()));
    let first = codes.next()??;
    codes.all(|code| code == Some(first)).then_some(first)
}

pub(super) fn text(name: &str) -> String {
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

/// What the table says of a file and a change.
fn otherwise(name: &str, quirk: &str) -> &'static str {
    let fits = |pattern: &str, word: &str| match pattern.strip_suffix('*') {
        Some(start) => word.starts_with(start),
        None => pattern == word,
    };
    let found = OTHERWISE.iter().find(|(file, change, _)| fits(file, name) && fits(change, quirk));
    found.map_or("same", |(.., what)| what)
}

#[test]
fn the_same_parcels_come_out_of_every_layout_whatever_was_done_to_the_file() {
    let mut wrong = Vec::new();
    for name in all() {
        let file = File::of(&name);
        let plain = out(file.text.as_bytes(), options()).unwrap();
        assert!(plain.len() > 1, "{name}");
        let mut compare = |quirk: &str, made: Result<(Vec<u8>, Options), &str>| {
            let told =
                made.map_err(str::to_owned).and_then(|(bytes, options)| out(&bytes, options));
            let what = match &told {
                Ok(told) if *told == plain => "same",
                Ok(told) => code(told, &plain).unwrap_or("different"),
                Err(why) => why,
            };
            let expected = otherwise(&name, quirk);
            let as_expected =
                what == expected || (expected != "same" && what.starts_with(expected));
            if !as_expected {
                wrong.push(format!("({name:?}, {quirk:?}, {what:?}),"));
                if let Ok(told) = told {
                    let news = told.into_iter().filter(|one| !plain.contains(one));
                    wrong.extend(news.map(|one| format!("    {one}")));
                }
            }
        };
        for (quirk, change) in TEXTS {
            compare(
                quirk,
                change(&file).map(|made| {
                    let encoding = made.encoding.map(|name| Encoding::named(name).unwrap());
                    (made.bytes, Options { encoding, ..options() })
                }),
            );
        }
        for (quirk, change) in BOOKS {
            compare(quirk, Ok((change(&file), options())));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn an_open_quote_makes_no_parcel_another_one() {
    for name in all() {
        let file = File::of(&name);
        let plain = out(file.text.as_bytes(), options()).unwrap();
        // Before the order's number it would hide whose row it is: docs/intake.md says what then is.
        let order = file.places(|field| field == Field::Order).first().copied();
        let from = order.filter(|_| file.makes_parcels).map_or(0, |order| order + 1);
        for row in 1..file.rows.len() {
            let last = file.rows[row].len() - 1;
            for column in [from.min(last), (from + last) / 2, last] {
                let mut lines: Vec<Vec<u8>> = Vec::new();
                for (at, cells) in file.rows.iter().enumerate() {
                    let mut line = written(std::slice::from_ref(cells), b',', b',');
                    if at == row {
                        let before = written(&[cells[..column].to_vec()], b',', b',').len();
                        line.insert(if column == 0 { 0 } else { before }, b'"');
                    }
                    lines.push(line);
                }
                let place = format!("{name}, row {row}, column {column}");
                match out(&lines.concat(), options()) {
                    // The rest of the file may be in it.
                    Err(why) => assert!(why.contains("a quote opens"), "{place}: {why}"),
                    Ok(told) => {
                        for one in told.iter().filter(|one| !plain.contains(one)) {
                            assert!(one.ends_with(')'), "{place}: {one}");
                        }
                    }
                }
            }
        }
    }
}
