//! A sheet's cells, as its XML has them: rows in one element or one element a cell, with or without
//! their numbers, whatever the sheet says of its size.

use std::io::BufRead;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::{Strings, Styles};
use crate::intake::workbook::batch::{Flaw, Flawed, Go, Sink};
use crate::intake::workbook::number::{self, Epoch};
use crate::intake::workbook::place;
use crate::intake::workbook::xml::{
    attribute, attributes, is_true, local, read_rich, read_text, reader, unescape_underscores,
};

/// What cells refer to.
pub(super) struct Context<'a> {
    pub(super) strings: &'a Strings,
    pub(super) styles: &'a Styles,
    pub(super) epoch: Epoch,
}

/// Gives the cells of a sheet to `sink` until it has enough.
pub(super) fn read(
    part: impl BufRead,
    context: &Context<'_>,
    sink: &mut dyn Sink,
) -> Result<(), String> {
    let mut xml = reader(part);
    let mut buffer = Vec::new();
    let mut cell = Cell::default();
    let (mut row, mut column) = (0_u32, 0_u32);
    let mut whole = false;
    loop {
        buffer.clear();
        match xml.read_event_into(&mut buffer).map_err(|why| why.to_string())? {
            Event::Start(e) => match e.local_name().as_ref() {
                "row" => {
                    let raw = e.attributes_raw();
                    if let Some(number) = attribute(raw, "r").and_then(|r| r.parse::<u32>().ok()) {
                        row = number.saturating_sub(1);
                    }
                    column = 0;
                    if is_true(attribute(raw, "hidden")) {
                        sink.hide_row(row);
                    }
                }
                "c" => {
                    cell.begin(&e);
                    cell.read_inside(&mut xml).map_err(|why| why.to_string())?;
                    if let Some((r, c)) = cell.at {
                        (row, column) = (r, c);
                    }
                    let flaw = cell.finish(context)?;
                    if sink.cell(row, column, &cell.text, flaw) == Go::Break(()) {
                        return Ok(());
                    }
                    column = column.saturating_add(1);
                }
                "col" => {
                    let raw = e.attributes_raw();
                    let number = |name| attribute(raw, name)?.parse::<u32>().ok()?.checked_sub(1);
                    if let (true, Some(first), Some(last)) =
                        (is_true(attribute(raw, "hidden")), number("min"), number("max"))
                    {
                        sink.hide_columns(first, last);
                    }
                }
                _ => {}
            },
            Event::End(e) => match e.local_name().as_ref() {
                "row" => row = row.saturating_add(1),
                // What is below are settings.
                "sheetData" => return Ok(()),
                "worksheet" => whole = true,
                _ => {}
            },
            Event::Eof if whole => return Ok(()),
            Event::Eof => return Err("the sheet breaks off".to_owned()),
            _ => {}
        }
    }
}

/// One cell, its buffers used again for the next.
#[derive(Default)]
struct Cell {
    at: Option<(u32, u32)>,
    style: usize,
    kind: String,
    /// The value as the file has it, then as it is shown.
    text: String,
    raw: String,
    has_value: bool,
    formula: Option<String>,
    buffer: Vec<u8>,
    inner: Vec<u8>,
}

impl Cell {
    fn begin(&mut self, element: &BytesStart<'_>) {
        (self.at, self.style, self.has_value, self.formula) = (None, 0, false, None);
        self.kind.clear();
        self.text.clear();
        self.raw.clear();
        for (key, value) in attributes(element.attributes_raw()) {
            match local(key) {
                "r" => self.at = place::read(value),
                "s" => self.style = value.parse().unwrap_or(0),
                "t" => self.kind.push_str(value),
                _ => {}
            }
        }
    }

    fn read_inside<R: BufRead>(&mut self, xml: &mut Reader<R>) -> Result<(), quick_xml::Error> {
        let (buffer, inner) = (&mut self.buffer, &mut self.inner);
        let mut depth = 0_u32;
        loop {
            buffer.clear();
            match xml.read_event_into(buffer)? {
                Event::Start(e) if depth == 0 => match e.local_name().as_ref() {
                    "v" => {
                        self.has_value = true;
                        read_text(xml, inner, &mut self.raw)?;
                    }
                    "is" => read_rich(xml, inner, &mut self.text)?,
                    "f" => {
                        let mut formula = "=".to_owned();
                        read_text(xml, inner, &mut formula)?;
                        self.formula = Some(formula);
                    }
                    _ => depth += 1,
                },
                Event::Start(_) => depth += 1,
                Event::End(_) if depth > 0 => depth -= 1,
                Event::End(_) | Event::Eof => break,
                _ => {}
            }
        }
        Ok(())
    }

    /// Puts the text to what is shown.
    fn finish(&mut self, context: &Context<'_>) -> Result<Flawed, String> {
        let raw = &self.raw;
        match self.kind.as_str() {
            "s" => {
                let shared = raw.trim().parse().ok().and_then(|at| context.strings.get(at));
                let missing = || format!("a cell refers to text {raw}, which is not there");
                if !raw.is_empty() {
                    self.text.push_str(shared.ok_or_else(missing)?);
                }
                return Ok(None);
            }
            "inlineStr" | "is" => return Ok(None),
            // A formula that makes an empty text has a value: that text.
            "str" => {
                if self.has_value {
                    self.text.push_str(raw);
                    unescape_underscores(&mut self.text, 0);
                    return Ok(None);
                }
            }
            _ if !self.text.is_empty() => return Ok(None),
            _ if raw.trim().is_empty() => {}
            "b" => {
                let yes = matches!(raw.trim(), "1" | "true" | "TRUE");
                self.text.push_str(if yes { "TRUE" } else { "FALSE" });
                return Ok(Some(Flaw::Truth));
            }
            "e" => {
                self.text.push_str(raw.trim());
                return Ok(Some(Flaw::Error));
            }
            "d" => {
                self.text.push_str(raw.trim());
                return Ok(Some(Flaw::Day));
            }
            _ => {
                let shown = context.styles.get(self.style);
                return Ok(number::write(raw, shown, context.epoch, &mut self.text));
            }
        }
        Ok(self.formula.take().map(|formula| {
            self.text = formula;
            Flaw::Uncomputed
        }))
    }
}
