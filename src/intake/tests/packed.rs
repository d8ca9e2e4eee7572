//! Files that were packed: gzip, zip, and what is in them.

use std::io::{Cursor, Write};

use flate2::Compression;
use flate2::write::GzEncoder;
use proptest::prelude::{ProptestConfig, any, prop, proptest};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::{fatal, options, source};
use crate::intake::{Encoding, IntakeError, Item, Options, Source, open};

const ROWS: &str = "order_id,value\n1,5\n2,x\n";

fn gz(bytes: &[u8]) -> Vec<u8> {
    let mut out = GzEncoder::new(Vec::new(), Compression::best());
    out.write_all(bytes).unwrap();
    out.finish().unwrap()
}

fn zipped(files: &[(&str, &[u8])], method: CompressionMethod) -> Vec<u8> {
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        out.start_file(*name, SimpleFileOptions::default().compression_method(method)).unwrap();
        out.write_all(bytes).unwrap();
    }
    out.finish().unwrap().into_inner()
}

fn workbook() -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (row, cells) in [["order_id", "value"], ["1", "5"], ["2", "x"]].iter().enumerate() {
        for (column, cell) in cells.iter().enumerate() {
            sheet.write_string(row as u32, column as u16, *cell).unwrap();
        }
    }
    book.save_to_buffer().unwrap()
}

/// The lines of parcels and of bad rows, read as a stream and as a file, whole and for rejects.
fn lines(bytes: &[u8]) -> (Vec<u64>, Vec<u64>) {
    let all = |source: Source, keep: bool| {
        let (mut good, mut bad) = (Vec::new(), Vec::new());
        for item in open(source, Options { keep, ..options() }).unwrap() {
            match item.unwrap() {
                Item::Parcel(row) => good.push(row.line),
                Item::Bad(row) => bad.push(row.line),
                Item::Event(_) | Item::Document(_) => panic!(),
            }
        }
        (good, bad)
    };
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), bytes).unwrap();
    let first = all(source(bytes), false);
    assert_eq!(first, all(source(bytes), true));
    assert_eq!(first, all(Source::File(file.path().into()), false));
    first
}

#[test]
fn what_is_packed_reads_like_what_is_in_it() {
    let expected = (vec![2], vec![3]);
    let utf16: Vec<u8> = ROWS.encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(lines(&gz(ROWS.as_bytes())), expected);
    assert_eq!(lines(&gz(&utf16)), expected);
    assert_eq!(lines(&gz(&workbook())), expected);
    for method in [CompressionMethod::Deflated, CompressionMethod::Stored] {
        assert_eq!(lines(&zipped(&[("orders.csv", ROWS.as_bytes())], method)), expected);
        assert_eq!(lines(&zipped(&[("a/orders.xlsx", &workbook())], method)), expected);
    }
    assert_eq!(lines(&workbook()), expected);
    // Two parts behind each other, as `cat a.gz b.gz` makes them.
    let (first, second) = ROWS.split_at(17);
    assert_eq!(lines(&[gz(first.as_bytes()), gz(second.as_bytes())].concat()), expected);
    let litter = [("__MACOSX/._o.csv", &b"x"[..]), (".DS_Store", b"x"), ("o.csv", ROWS.as_bytes())];
    assert_eq!(lines(&zipped(&litter, CompressionMethod::Deflated)), expected);
}

#[test]
fn of_several_files_one_is_named() {
    let files = [("2026/orders.csv", ROWS.as_bytes()), ("readme.txt", b"x")];
    let bytes = zipped(&files, CompressionMethod::Deflated);
    let error = fatal(&bytes);
    assert!(
        matches!(&error, IntakeError::Members { members, .. } if members.len() == 2),
        "{error}"
    );
    let member =
        |name: &str| open(source(&bytes), Options { member: Some(name.to_owned()), ..options() });
    for name in ["2026/orders.csv", "orders.csv"] {
        let mut reader = member(name).unwrap();
        assert!(reader.by_ref().all(|item| item.is_ok()));
        assert_eq!(reader.original().name(), "orders.csv (2026/orders.csv)");
    }
    let error = member("nothing.csv").err().unwrap().to_string();
    assert!(error.contains("no file `nothing.csv` in this archive"), "{error}");
    let ods = [
        ("mimetype", &b"application/vnd.oasis.opendocument.spreadsheet"[..]),
        ("content.xml", b""),
    ];
    assert!(fatal(&zipped(&ods, CompressionMethod::Stored)).to_string().contains(".ods"));
    let empty = zipped(&[], CompressionMethod::Stored);
    assert!(fatal(&empty).to_string().contains("nothing to read"));
}

#[test]
fn what_is_damaged_or_without_end_is_refused() {
    let mut gzip = gz(ROWS.repeat(1000).as_bytes());
    gzip.truncate(gzip.len() - 20);
    assert!(matches!(fatal(&gzip), IntakeError::Unreadable { .. }));
    let mut zip = zipped(&[("o.csv", ROWS.as_bytes())], CompressionMethod::Stored);
    let at = zip.windows(3).position(|w| w == b"1,5").unwrap();
    zip[at] = b'7';
    assert!(fatal(&zip).to_string().contains("checksum"));
    assert!(fatal(&gz(&gz(b"a"))).to_string().contains("an archive in an archive"));
    let inner = zipped(&[("o.csv", ROWS.as_bytes())], CompressionMethod::Stored);
    assert!(fatal(&gz(&inner)).to_string().contains("an archive in an archive"));
    // A few KB of one row, over and over (the limit is lower in tests).
    let bomb = gz(["order_id,value\n", &"1,\n".repeat(1 << 19)].concat().as_bytes());
    let error = fatal(&bomb);
    assert!(matches!(error, IntakeError::Bomb { times: 200, .. }), "{error}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    /// Whatever bytes there are, they are read to an end: with rows, or with an error.
    #[test]
    fn damaged_bytes_are_read_to_an_end(
        which in 0usize..6,
        places in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..6),
        cut in any::<prop::sample::Index>(),
        named in prop::option::of(prop::sample::select(vec!["gbk", "sjis", "utf-16be", "utf-8"])),
    ) {
        let text = "order_id,value,contents\n1,5,\"red,\n机器人\"\n2,\"6,robot\n3,7,Café\n";
        let mut bytes = match which {
            0 => text.as_bytes().to_vec(),
            1 => encoding_rs::GBK.encode(text).0.into_owned(),
            2 => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
            3 => gz(text.as_bytes()),
            4 => zipped(&[("o.csv", text.as_bytes())], CompressionMethod::Deflated),
            _ => workbook(),
        };
        for (place, byte) in places {
            let place = place.index(bytes.len());
            bytes[place] = byte;
        }
        bytes.truncate(cut.index(bytes.len() * 4) + 1);
        let encoding = named.and_then(Encoding::named);
        let options = Options { encoding, keep: true, ..options() };
        if let Ok(reader) = open(source(&bytes), options) {
            reader.for_each(drop);
        }
    }
}
