//! XLSX: a zip archive of XML parts. The sheet is read cell by cell; only the texts its cells share
//! are held in memory.

mod sheet;
mod strings;
mod styles;

use std::collections::HashMap;
use std::io::{BufReader, Read, Seek};

use quick_xml::events::Event;
use zip::ZipArchive;
use zip::read::ZipFile;

use super::batch::Sink;
use super::number::Epoch;
use super::xml::{attribute, attribute_text, is_true, reader};
use super::{Book, SheetInfo};
use crate::intake::unpack::{self, Part};
use strings::Strings;
use styles::Styles;

/// A workbook that was opened.
pub(super) struct Xlsx<F> {
    archive: ZipArchive<F>,
    /// The parts as the archive spells them, by their names in small letters.
    parts: HashMap<String, String>,
    sheets: Vec<SheetInfo>,
    /// The part of each sheet.
    paths: Vec<String>,
    strings: Strings,
    styles: Styles,
    epoch: Epoch,
}

/// The parts another part is related to: id, kind and path.
struct Related {
    id: String,
    kind: String,
    path: String,
}

impl<F: Read + Seek> Xlsx<F> {
    pub(super) fn open(file: F) -> Result<Xlsx<F>, String> {
        let archive = ZipArchive::new(file).map_err(|why| why.to_string())?;
        let parts = archive
            .file_names()
            .filter_map(Result::ok)
            .map(|name| (name.replace('\\', "/").to_lowercase(), name.into_owned()))
            .collect();
        let mut book = Xlsx {
            archive,
            parts,
            sheets: Vec::new(),
            paths: Vec::new(),
            strings: Strings::default(),
            styles: Styles::default(),
            epoch: Epoch::default(),
        };
        let root = book.related("", "_rels/.rels")?;
        let main = path_of(&root, "officeDocument").unwrap_or("xl/workbook.xml").to_owned();
        let folder = main.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
        let file = main.rsplit('/').next().unwrap_or(&main);
        let related = book.related(&folder, &format!("{folder}/_rels/{file}.rels"))?;
        book.read_workbook(&main, &related)?;
        if let Some(path) = path_of(&related, "styles") {
            let styles = book.part(path)?.map(Styles::read).transpose()?;
            book.styles = styles.unwrap_or_default();
        }
        if let Some(path) = path_of(&related, "sharedStrings") {
            let read =
                |part: BufReader<Part<ZipFile<'_, F>>>| Strings::read(part.get_ref().size, part);
            let strings = book.part(path)?.map(read).transpose()?;
            book.strings = strings.unwrap_or_default();
        }
        Ok(book)
    }

    /// A part by its path; `None` where the archive has no such part.
    fn part(&mut self, path: &str) -> Result<Option<BufReader<Part<ZipFile<'_, F>>>>, String> {
        let Some(name) = self.parts.get(&path.to_lowercase()) else { return Ok(None) };
        let part = self.archive.by_name(name).map_err(|why| format!("{path}: {why}"))?;
        Ok(Some(BufReader::with_capacity(64 << 10, unpack::part(part))))
    }

    fn related(&mut self, folder: &str, path: &str) -> Result<Vec<Related>, String> {
        let mut all = Vec::new();
        let Some(part) = self.part(path)? else { return Ok(all) };
        let mut xml = reader(part);
        let mut buffer = Vec::new();
        loop {
            buffer.clear();
            match xml.read_event_into(&mut buffer).map_err(|why| format!("{path}: {why}"))? {
                Event::Start(e) if e.local_name().as_ref() == "Relationship" => {
                    let raw = e.attributes_raw();
                    let text = |name| attribute_text(raw, name).unwrap_or_default();
                    let kind = text("Type").rsplit('/').next().unwrap_or_default().to_owned();
                    all.push(Related {
                        id: text("Id"),
                        kind,
                        path: joined(folder, &text("Target")),
                    });
                }
                Event::Eof => return Ok(all),
                _ => {}
            }
        }
    }

    fn read_workbook(&mut self, path: &str, related: &[Related]) -> Result<(), String> {
        let (mut sheets, mut paths, mut epoch) = (Vec::new(), Vec::new(), Epoch::default());
        let part = self.part(path)?.ok_or_else(|| format!("the part {path} is missing"))?;
        let mut xml = reader(part);
        let mut buffer = Vec::new();
        loop {
            buffer.clear();
            match xml.read_event_into(&mut buffer).map_err(|why| format!("{path}: {why}"))? {
                Event::Start(e)
                    if e.local_name().as_ref() == "workbookPr"
                        && is_true(attribute(e.attributes_raw(), "date1904")) =>
                {
                    epoch = Epoch::From1904;
                }
                Event::Start(e) if e.local_name().as_ref() == "sheet" => {
                    let raw = e.attributes_raw();
                    let id = attribute(raw, "id").unwrap_or_default();
                    // Charts and macros have sheets of their own, without cells.
                    let part = related.iter().find(|r| r.id == id && r.kind == "worksheet");
                    if let Some(part) = part {
                        sheets.push(SheetInfo {
                            name: attribute_text(raw, "name").unwrap_or_default().into(),
                            hidden: matches!(
                                attribute(raw, "state"),
                                Some("hidden" | "veryHidden")
                            ),
                        });
                        paths.push(part.path.clone());
                    }
                }
                Event::Eof => break,
                _ => {}
            }
        }
        drop(xml);
        (self.sheets, self.paths, self.epoch) = (sheets, paths, epoch);
        Ok(())
    }
}

impl<F: Read + Seek + Send> Book for Xlsx<F> {
    fn sheets(&self) -> &[SheetInfo] {
        &self.sheets
    }

    fn read(&mut self, sheet: usize, sink: &mut dyn Sink) -> Result<(), String> {
        let Some(path) = self.paths.get(sheet).cloned() else { return Ok(()) };
        let name = self.parts.get(&path.to_lowercase());
        let name = name.ok_or_else(|| format!("the part {path} is missing"))?;
        let part = self.archive.by_name(name).map_err(|why| format!("{path}: {why}"))?;
        let part = BufReader::with_capacity(64 << 10, unpack::part(part));
        let context =
            sheet::Context { strings: &self.strings, styles: &self.styles, epoch: self.epoch };
        sheet::read(part, &context, sink).map_err(|why| format!("{path}: {why}"))
    }
}

fn path_of<'a>(related: &'a [Related], kind: &str) -> Option<&'a str> {
    related.iter().find(|r| r.kind == kind).map(|r| r.path.as_str())
}

/// A target as a path from the top of the archive.
fn joined(folder: &str, target: &str) -> String {
    let target = target.replace('\\', "/");
    let from = if target.starts_with('/') || folder.is_empty() { "" } else { folder };
    let mut path: Vec<&str> = Vec::new();
    for step in from.split('/').chain(target.split('/')) {
        match step {
            "" | "." => {}
            ".." => _ = path.pop(),
            step => path.push(step),
        }
    }
    path.join("/")
}

#[cfg(test)]
mod tests {
    use super::joined;

    #[test]
    fn targets_are_paths_from_the_top_or_from_their_folder() {
        assert_eq!(joined("xl", "worksheets/sheet2.xml"), "xl/worksheets/sheet2.xml");
        assert_eq!(joined("xl", "/xl/worksheets/sheet2.xml"), "xl/worksheets/sheet2.xml");
        assert_eq!(joined("xl", "..\\xl\\styles.xml"), "xl/styles.xml");
        assert_eq!(joined("", "xl/workbook.xml"), "xl/workbook.xml");
    }
}
