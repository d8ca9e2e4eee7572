//! The edges of a file: rows that are none of its own, and what can be said at its end.

use super::account::Skip;
use super::error::IntakeError;
use super::layout::{self, Field};
use super::{ID_FIELDS, Reader};

impl Reader {
    /// Why the row is none of the file's: it is the header again, describes the columns, or stands
    /// below the last row.
    pub(super) fn no_row(&mut self) -> Option<Skip> {
        let row = self.table.row();
        let layout = &self.header.layout;
        if !layout.trailer.is_empty() {
            let begins = |place: usize| {
                let cell = row.cell(place).to_ascii_lowercase();
                layout.trailer.iter().any(|text| contains(&cell, text.to_lowercase().as_bytes()))
            };
            self.in_trailer |= begins(0) || (row.width() > 1 && begins(1));
        }
        // Files put together with `cat` have their header in the middle again.
        if self.header.repeats_in(row) {
            self.below_header = true;
            self.in_trailer = false;
            return Some(Skip::HeaderAgain);
        }
        if self.in_trailer {
            return Some(Skip::Trailer);
        }
        let below_header = std::mem::take(&mut self.below_header);
        (below_header && self.is_description()).then_some(Skip::Description)
    }

    /// Whether the row describes the columns, as the one below an XLSX export's header does.
    fn is_description(&self) -> bool {
        let texts = &self.header.layout.description_row;
        let Some(place) = self.header.place(Field::Order).filter(|_| !texts.is_empty()) else {
            return false;
        };
        let cell = String::from_utf8_lossy(self.table.row().cell(place));
        // In another language the text is another, but it is never a number.
        let wordy = cell.contains(' ') && !cell.contains(|c: char| c.is_ascii_digit());
        wordy || texts.iter().any(|text| layout::normal(text) == layout::normal(&cell))
    }

    /// What can be said only once every row was read.
    pub(super) fn at_end(&self) -> Result<(), IntakeError> {
        if self.rows == self.skipped.of_no_table() {
            return Err(IntakeError::HeaderOnly {
                name: self.name.clone(),
                line: self.header.line,
            });
        }
        for (watch, field) in self.padding.iter().zip(ID_FIELDS) {
            if let (Some((line, value)), Some(place)) = (watch.verdict(), self.header.place(field))
            {
                return Err(IntakeError::PaddedIds {
                    name: self.name.clone(),
                    line,
                    column: self.header.name_of(place),
                    value: value.to_owned(),
                });
            }
        }
        Ok(())
    }
}

fn contains(text: &[u8], part: &[u8]) -> bool {
    !part.is_empty() && text.windows(part.len()).any(|here| here == part)
}
