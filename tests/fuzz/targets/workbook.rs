//! Any text as the parts of a workbook. An archive has checksums, so a fuzzer that changes packed
//! bytes tries little but those: here the parts are packed after they were changed.

use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::options;
use super::reader::accounted_for;

/// What separates the parts: the sheet, the texts its cells share, its styles.
const BETWEEN: &[u8] = b"\n----\n";

const BOOK: &str = "<workbook><workbookPr/><sheets><sheet name='Orders' sheetId='1' r:id='r1'/></sheets></workbook>";
const RELATED: &str = "<Relationships>\
    <Relationship Id='r1' Type='x/worksheet' Target='worksheets/sheet1.xml'/>\
    <Relationship Id='r2' Type='x/styles' Target='styles.xml'/>\
    <Relationship Id='r3' Type='x/sharedStrings' Target='sharedStrings.xml'/></Relationships>";

/// An XLSX workbook of these parts.
pub(crate) fn xlsx(bytes: &[u8]) {
    let mut parts = split(bytes).into_iter();
    let mut part = || parts.next().unwrap_or_default();
    let (sheet, strings, styles) = (part(), part(), part());
    accounted_for(
        &archive(&[
            ("[Content_Types].xml", b"<Types/>"),
            ("xl/workbook.xml", BOOK.as_bytes()),
            ("xl/_rels/workbook.xml.rels", RELATED.as_bytes()),
            ("xl/worksheets/sheet1.xml", sheet),
            ("xl/sharedStrings.xml", strings),
            ("xl/styles.xml", styles),
        ]),
        options(),
    );
}

/// An ODS workbook with this content.
pub(crate) fn ods(bytes: &[u8]) {
    accounted_for(
        &archive(&[
            ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
            ("META-INF/manifest.xml", b"<manifest:manifest/>"),
            ("content.xml", bytes),
        ]),
        options(),
    );
}

fn split(bytes: &[u8]) -> Vec<&[u8]> {
    let mut parts = Vec::new();
    let mut rest = bytes;
    while let Some(at) = rest.windows(BETWEEN.len()).position(|here| here == BETWEEN) {
        parts.push(&rest[..at]);
        rest = &rest[at + BETWEEN.len()..];
    }
    parts.push(rest);
    parts
}

fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, bytes) in parts {
        if archive.start_file(*name, stored).is_err() || archive.write_all(bytes).is_err() {
            return Vec::new();
        }
    }
    archive.finish().map(Cursor::into_inner).unwrap_or_default()
}
