//! Workbooks put together from their parts.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

pub(in crate::intake::tests) struct Made(ZipWriter<Cursor<Vec<u8>>>);

impl Made {
    pub(in crate::intake::tests) fn empty() -> Made {
        Made(ZipWriter::new(Cursor::new(Vec::new())))
    }

    pub(in crate::intake::tests) fn raw(&mut self, name: &str, bytes: &[u8]) {
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        self.0.start_file(name, options).unwrap();
        self.0.write_all(bytes).unwrap();
    }

    pub(in crate::intake::tests) fn part(&mut self, name: &str, text: &str) {
        self.raw(name, text.as_bytes());
    }

    /// What says which sheets there are: names and further attributes; `pr` are the attributes of
    /// `workbookPr`.
    pub(in crate::intake::tests) fn workbook(&mut self, sheets: &[(&str, &str)], pr: &str) {
        let (mut list, mut related) = (String::new(), String::new());
        for (n, (name, attributes)) in (1..).zip(sheets) {
            list.push_str(&format!(
                "<sheet name='{name}' sheetId='{n}' r:id='rId{n}' {attributes}/>"
            ));
            related.push_str(&format!(
                "<Relationship Id='rId{n}' Type='http://x/relationships/worksheet' Target='worksheets/sheet{n}.xml'/>"
            ));
        }
        related.push_str(
            "<Relationship Id='s' Type='http://x/relationships/styles' Target='styles.xml'/>\
             <Relationship Id='t' Type='http://x/relationships/sharedStrings' Target='/xl/sharedStrings.xml'/>",
        );
        self.part("[Content_Types].xml", "<Types/>");
        self.part(
            "xl/workbook.xml",
            &format!("<workbook><workbookPr {pr}/><sheets>{list}</sheets></workbook>"),
        );
        self.part(
            "xl/_rels/workbook.xml.rels",
            &format!("<Relationships>{related}</Relationships>"),
        );
    }

    pub(in crate::intake::tests) fn sheet(&mut self, number: usize, before: &str, rows: &str) {
        self.part(
            &format!("xl/worksheets/sheet{number}.xml"),
            &format!(
                "<?xml version='1.0'?><worksheet>{before}<sheetData>{rows}</sheetData></worksheet>"
            ),
        );
    }

    /// Formats by their codes: the first is style 1.
    pub(in crate::intake::tests) fn styles(&mut self, codes: &[&str]) {
        let (mut formats, mut styles) = (String::new(), "<xf numFmtId='0'/>".to_owned());
        for (id, code) in (164..).zip(codes) {
            let code = code.replace('&', "&amp;").replace('"', "&quot;");
            formats.push_str(&format!("<numFmt numFmtId='{id}' formatCode=\"{code}\"/>"));
            styles.push_str(&format!("<xf numFmtId='{id}'/>"));
        }
        self.part(
            "xl/styles.xml",
            &format!(
                "<styleSheet><numFmts>{formats}</numFmts><cellStyleXfs><xf numFmtId='14'/></cellStyleXfs>\
                 <cellXfs>{styles}</cellXfs></styleSheet>"
            ),
        );
    }

    pub(in crate::intake::tests) fn bytes(self) -> Vec<u8> {
        self.0.finish().unwrap().into_inner()
    }
}

/// A workbook with the one sheet `Orders`.
pub(in crate::intake::tests) fn sheet(rows: &str) -> Made {
    let mut made = Made::empty();
    made.workbook(&[("Orders", "")], "");
    made.sheet(1, "", rows);
    made
}

/// A row of texts.
pub(in crate::intake::tests) fn texts(cells: &[&str]) -> String {
    let cell = |text: &&str| format!("<c t='inlineStr'><is><t>{text}</t></is></c>");
    format!("<row>{}</row>", cells.iter().map(cell).collect::<String>())
}

/// An OpenDocument workbook with one sheet.
pub(in crate::intake::tests) fn ods(name: &str, rows: &str) -> Made {
    let mut made = Made::empty();
    made.part("mimetype", "application/vnd.oasis.opendocument.spreadsheet");
    made.part("META-INF/manifest.xml", "<manifest:manifest/>");
    made.part(
        "content.xml",
        &format!(
            "<office:document-content><office:body><office:spreadsheet><table:table table:name='{name}'>\
             {rows}</table:table></office:spreadsheet></office:body></office:document-content>"
        ),
    );
    made
}
