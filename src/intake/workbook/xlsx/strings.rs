//! The texts that cells share, one behind the other in one buffer: a workbook of a million rows has
//! some tens of millions of them.

use std::io::BufRead;

use quick_xml::events::Event;

use crate::intake::workbook::xml::{read_rich, reader};

/// No workbook's texts are as long as this.
const LONGEST: usize = 2 << 30;

#[derive(Default)]
pub(super) struct Strings {
    text: String,
    /// Where each ends; it starts where the one before ends.
    ends: Vec<u32>,
}

impl Strings {
    /// Reads them from a part of so many bytes.
    pub(super) fn read(size: u64, part: impl BufRead) -> Result<Strings, String> {
        let mut strings = Strings::default();
        // Growing step by step would need room for two of them; what is not used costs nothing.
        let size = usize::try_from(size).unwrap_or(LONGEST).min(LONGEST);
        let _ = strings.text.try_reserve_exact(size);
        let mut xml = reader(part);
        let (mut buffer, mut inner) = (Vec::new(), Vec::new());
        loop {
            buffer.clear();
            match xml.read_event_into(&mut buffer).map_err(|why| why.to_string())? {
                Event::Start(e) if e.local_name().as_ref() == "si" => {
                    read_rich(&mut xml, &mut inner, &mut strings.text)
                        .map_err(|why| why.to_string())?;
                    if strings.text.len() > LONGEST {
                        return Err("it has more than 2 GB of texts".to_owned());
                    }
                    strings.ends.push(strings.text.len() as u32);
                }
                Event::Eof => break,
                _ => {}
            }
        }
        Ok(strings)
    }

    pub(super) fn get(&self, at: usize) -> Option<&str> {
        let end = *self.ends.get(at)? as usize;
        let start =
            at.checked_sub(1).and_then(|before| self.ends.get(before)).map_or(0, |s| *s as usize);
        self.text.get(start..end)
    }
}
