//! What is done to a file that stays a text.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;

use super::File;
use crate::intake::layout::Quotes;
use crate::intake::tests::workbooks::made::Made;

/// A change and what it makes of a file: bytes and the encoding to name, or why it cannot be made.
pub(super) type Quirk = (&'static str, fn(&File) -> Result<Changed, &'static str>);

/// A changed file.
pub(super) struct Changed {
    pub(super) bytes: Vec<u8>,
    pub(super) encoding: Option<&'static str>,
}

pub(super) const TEXTS: &[Quirk] = &[
    ("a byte order mark", |file| plain(["\u{feff}", &file.text].concat())),
    ("UTF-16LE", |file| Ok(wide(&["\u{feff}", &file.text].concat(), u16::to_le_bytes, None))),
    ("UTF-16BE", |file| Ok(wide(&["\u{feff}", &file.text].concat(), u16::to_be_bytes, None))),
    ("UTF-16LE without a mark", |file| Ok(wide(&file.text, u16::to_le_bytes, Some("utf-16le")))),
    ("GB18030", |file| encoded(file, "gb18030")),
    ("Shift_JIS", |file| encoded(file, "shift_jis")),
    ("windows-1252", |file| encoded(file, "windows-1252")),
    ("LF", |file| plain(file.lf())),
    ("CR LF", |file| plain(file.lf().replace('\n', "\r\n"))),
    ("CR", |file| plain(file.lf().replace('\n', "\r"))),
    ("mixed line ends", |file| {
        let ends = ["\n", "\r\n", "\r"].iter().cycle();
        plain(file.lf().lines().zip(ends).flat_map(|(line, end)| [line, end]).collect())
    }),
    ("blank lines below", |file| plain([&file.text, "\n\n\n"].concat())),
    ("a title above", |file| plain(["Export of November\n\n", &file.text].concat())),
    ("no line end at the end", |file| plain(file.text.trim_end_matches(['\r', '\n']).to_owned())),
    ("commas", |file| separated(file, b',', b',')),
    ("semicolons", |file| separated(file, b';', b';')),
    ("tabs", |file| separated(file, b'\t', b'\t')),
    ("vertical bars", |file| separated(file, b'|', b'|')),
    ("tabs under commas", |file| separated(file, b',', b'\t')),
    ("headers in capitals", |file| {
        let mut rows = file.rows.clone();
        rows[0].iter_mut().for_each(|name| *name = name.to_uppercase());
        Ok(Changed { bytes: written(&rows, b',', b','), encoding: None })
    }),
    ("columns in another order", |file| {
        let turned = file.rows.iter().map(|row| {
            let mut row = row.clone();
            row.resize(file.rows[0].len().max(row.len()), String::new());
            row.reverse();
            row
        });
        Ok(Changed { bytes: written(&turned.collect::<Vec<_>>(), b',', b','), encoding: None })
    }),
    ("the header again", |file| {
        let mut rows = file.rows.clone();
        rows.push(rows[0].clone());
        Ok(Changed { bytes: written(&rows, b',', b','), encoding: None })
    }),
    ("gzip", |file| {
        let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
        packed.write_all(file.text.as_bytes()).unwrap();
        Ok(Changed { bytes: packed.finish().unwrap(), encoding: None })
    }),
    ("zip", |file| {
        let mut made = Made::empty();
        made.part(&format!("exports/{}", file.name), &file.text);
        Ok(Changed { bytes: made.bytes(), encoding: None })
    }),
];

fn plain(text: String) -> Result<Changed, &'static str> {
    Ok(Changed { bytes: text.into_bytes(), encoding: None })
}

fn wide(text: &str, unit: fn(u16) -> [u8; 2], encoding: Option<&'static str>) -> Changed {
    Changed { bytes: text.encode_utf16().flat_map(unit).collect(), encoding }
}

fn encoded(file: &File, name: &'static str) -> Result<Changed, &'static str> {
    let encoding = encoding_rs::Encoding::for_label(name.as_bytes()).unwrap();
    let (bytes, _, lost) = encoding.encode(&file.text);
    match lost {
        true => Err("has other letters"),
        false => Ok(Changed { bytes: bytes.into_owned(), encoding: Some(name) }),
    }
}

fn separated(file: &File, header: u8, below: u8) -> Result<Changed, &'static str> {
    if below == b'\t' && file.quotes == Quotes::NoneWithTabs {
        let rows =
            file.rows.iter().enumerate().map(|(at, row)| {
                row.join(if at == 0 && header == b',' { "," } else { "\t" }) + "\n"
            });
        return plain(rows.collect());
    }
    Ok(Changed { bytes: written(&file.rows, header, below), encoding: None })
}

/// The rows as a text, with one separator in the header and one below it.
pub(super) fn written(rows: &[Vec<String>], header: u8, below: u8) -> Vec<u8> {
    let mut out = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        let separator = if at == 0 { header } else { below };
        let mut line =
            csv::WriterBuilder::new().delimiter(separator).flexible(true).from_writer(&mut out);
        line.write_record(row).unwrap();
    }
    out
}
