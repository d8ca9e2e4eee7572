//! Which cells are shown as what: styles, by the number a cell names.

use std::collections::HashMap;
use std::io::BufRead;

use quick_xml::events::Event;

use crate::intake::workbook::format::{self, Shown};
use crate::intake::workbook::xml::{attribute, attribute_text, reader};

#[derive(Default)]
pub(super) struct Styles(Vec<Shown>);

impl Styles {
    pub(super) fn read(part: impl BufRead) -> Result<Styles, String> {
        let mut xml = reader(part);
        let mut buffer = Vec::new();
        let mut named: HashMap<u32, Shown> = HashMap::new();
        let mut ids = Vec::new();
        let mut in_cells = false;
        loop {
            buffer.clear();
            match xml.read_event_into(&mut buffer).map_err(|why| why.to_string())? {
                Event::Start(e) => {
                    let raw = e.attributes_raw();
                    let id = || attribute(raw, "numFmtId").and_then(|id| id.parse().ok());
                    match e.local_name().as_ref() {
                        "numFmt" => {
                            let code = attribute_text(raw, "formatCode").unwrap_or_default();
                            named.extend(id().map(|id| (id, format::read(&code))));
                        }
                        // `cellStyleXfs` has `xf` as well, for the styles that have names.
                        "cellXfs" => in_cells = true,
                        "xf" if in_cells => ids.push(id().unwrap_or(0)),
                        _ => {}
                    }
                }
                Event::End(e) if e.local_name().as_ref() == "cellXfs" => in_cells = false,
                Event::Eof => break,
                _ => {}
            }
        }
        let shown = |id: u32| named.get(&id).cloned().unwrap_or_else(|| format::numbered(id));
        Ok(Styles(ids.into_iter().map(shown).collect()))
    }

    /// How a style shows numbers; plainly where there is no such style.
    pub(super) fn get(&self, style: usize) -> &Shown {
        self.0.get(style).unwrap_or(&Shown::Plain)
    }
}
