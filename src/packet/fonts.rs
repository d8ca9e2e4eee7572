//! The letters: two fonts that are always there, and others for what they do not have.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use krilla::text::Font;
use skrifa::raw::TableProvider;
use skrifa::{FontRef, MetadataProvider};

use super::PacketError;
use super::text::readable;

/// Latin, Greek and Cyrillic letters, punctuation and signs of currencies: the same everywhere.
const REGULAR: &[u8] = include_bytes!("fonts/DejaVuSans.ttf");
/// The same in bold, for headings.
const BOLD: &[u8] = include_bytes!("fonts/DejaVuSans-Bold.ttf");

/// A font found outside the program.
#[derive(Debug, Clone)]
pub struct FontFile {
    /// Its path, which tells it from others.
    pub name: String,
    /// Its content.
    pub data: Arc<Vec<u8>>,
    /// Which font of a collection.
    pub index: u32,
}

/// Where fonts come from for letters that the built-in ones do not have. One letter has to lead to
/// one font, whatever was asked before, so that the same claim gives the same bytes.
pub trait MoreFonts {
    /// The font for this letter, or where that one cannot be used the next; `skip` says how many
    /// of those that have it are passed over. None where no other font has it.
    fn covering(&mut self, letter: char, skip: usize) -> Option<FontFile>;
}

/// A letter in its font.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Glyph {
    /// Which of the loaded fonts.
    pub(super) face: usize,
    /// Its number in the font.
    pub(super) id: u32,
    /// How far the next letter stands, in the font's units.
    pub(super) advance: u16,
}

/// A loaded font.
pub(super) struct Face {
    name: String,
    data: Arc<Vec<u8>>,
    index: u32,
    /// As the PDF takes it.
    pub(super) font: Font,
    /// The font's units in the height of a line.
    pub(super) units: u16,
}

/// All fonts of a run, with every letter that was looked up.
pub struct Fonts<'m> {
    faces: Vec<Face>,
    known: HashMap<(char, bool), Option<Glyph>>,
    more: &'m mut dyn MoreFonts,
    /// Letters no font has, with a text each stands in.
    missing: BTreeMap<char, String>,
    /// Scripts that were named instead of printed.
    unset: Vec<&'static str>,
}

impl<'m> Fonts<'m> {
    /// The built-in fonts, and `more` for what they do not have.
    ///
    /// # Errors
    /// The built-in fonts cannot be read: the program is damaged.
    pub fn new(more: &'m mut dyn MoreFonts) -> Result<Fonts<'m>, PacketError> {
        let built_in = |name: &str, data: &[u8]| {
            face(FontFile { name: name.to_owned(), data: Arc::new(data.to_vec()), index: 0 })
                .ok_or_else(|| PacketError::Pdf(format!("the built-in font {name} is damaged")))
        };
        Ok(Fonts {
            faces: vec![built_in("regular", REGULAR)?, built_in("bold", BOLD)?],
            known: HashMap::new(),
            more,
            missing: BTreeMap::new(),
            unset: Vec::new(),
        })
    }

    /// A text from a file as it is printed.
    pub(super) fn readable(&mut self, text: &str) -> String {
        let drawn = |c| self.faces.first().is_some_and(|face| glyph(face, c).is_some());
        let readable = readable(text, drawn);
        for script in readable.unset {
            if !self.unset.contains(&script) {
                self.unset.push(script);
            }
        }
        let lost = |c: &char| !c.is_whitespace();
        let unknown: Vec<char> = readable
            .text
            .chars()
            .filter(lost)
            .filter(|c| self.glyph(*c, false).is_none())
            .collect();
        for c in unknown {
            self.missing.entry(c).or_insert_with(|| readable.text.clone());
        }
        readable.text
    }

    /// A letter in its font; none where no font has it.
    pub(super) fn glyph(&mut self, c: char, bold: bool) -> Option<Glyph> {
        if let Some(known) = self.known.get(&(c, bold)) {
            return *known;
        }
        let found = self.look_up(c, bold);
        self.known.insert((c, bold), found);
        found
    }

    fn look_up(&mut self, c: char, bold: bool) -> Option<Glyph> {
        let own = usize::from(bold);
        for at in [own, 1 - own] {
            if let Some((id, advance)) = self.faces.get(at).and_then(|face| glyph(face, c)) {
                return Some(Glyph { face: at, id, advance });
            }
        }
        if c.is_whitespace() {
            return self.glyph(' ', bold);
        }
        let mut skip = 0;
        loop {
            let file = self.more.covering(c, skip)?;
            let drawn = self.loaded(file).and_then(|at| {
                let (id, advance) = glyph(self.faces.get(at)?, c)?;
                Some(Glyph { face: at, id, advance })
            });
            if drawn.is_some() {
                return drawn;
            }
            skip += 1;
        }
    }

    /// Where a font is among the loaded ones; none where it cannot be used.
    fn loaded(&mut self, file: FontFile) -> Option<usize> {
        let same = |face: &Face| face.name == file.name && face.index == file.index;
        if let Some(at) = self.faces.iter().position(same) {
            return Some(at);
        }
        self.faces.push(face(file)?);
        Some(self.faces.len() - 1)
    }

    /// A loaded font.
    pub(super) fn face(&self, at: usize) -> Option<&Face> {
        self.faces.get(at)
    }

    /// The width of a letter at a size, both in thousandths of a point.
    pub(super) fn width(&mut self, c: char, bold: bool, size: i32) -> i32 {
        let Some(glyph) = self.glyph(c, bold) else { return 0 };
        let units = self.face(glyph.face).map_or(1000, |face| face.units).max(1);
        let width = i64::from(glyph.advance) * i64::from(size) / i64::from(units);
        i32::try_from(width).unwrap_or(i32::MAX)
    }

    /// Ends a document: an error where something in it has no font, else the scripts that were
    /// named instead of printed.
    pub(super) fn settle(&mut self) -> Result<Vec<&'static str>, PacketError> {
        let missing = std::mem::take(&mut self.missing);
        let unset = std::mem::take(&mut self.unset);
        match missing.values().next() {
            None => Ok(unset),
            Some(text) => {
                let text = text.clone();
                let letters = missing.into_keys().collect();
                Err(PacketError::NoFont { text, letters })
            }
        }
    }
}

fn face(file: FontFile) -> Option<Face> {
    let font = FontRef::from_index(&file.data, file.index).ok()?;
    let units = font.head().ok()?.units_per_em();
    // A font of many weights starts at its lightest.
    let weights = font.axes().iter().any(|axis| axis.tag() == skrifa::Tag::new(b"wght"));
    let regular = [(krilla::text::Tag::new(b"wght"), 400.0)];
    let of_weight: &[_] = if weights { &regular } else { &[] };
    let font = Font::new_variable(Arc::clone(&file.data).into(), file.index, of_weight)?;
    Some(Face { name: file.name, data: file.data, index: file.index, font, units })
}

/// The number and the width of a letter in a font.
fn glyph(face: &Face, c: char) -> Option<(u32, u16)> {
    let font = FontRef::from_index(&face.data, face.index).ok()?;
    let id = font.charmap().map(c).filter(|id| id.to_u32() != 0)?;
    let advance = font.hmtx().ok()?.advance(id)?;
    Some((id.to_u32(), advance))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::{FontFile, Fonts, MoreFonts, REGULAR};

    /// A font that is damaged, then one that lacks the letter after all.
    #[derive(Default)]
    struct Two {
        asked: Vec<usize>,
    }

    impl MoreFonts for Two {
        fn covering(&mut self, _: char, skip: usize) -> Option<FontFile> {
            self.asked.push(skip);
            let (name, data) = match skip {
                0 => ("damaged", vec![0; 64]),
                1 => ("sound", REGULAR.to_vec()),
                _ => return None,
            };
            Some(FontFile { name: name.to_owned(), data: Arc::new(data), index: 0 })
        }
    }

    #[test]
    fn a_font_that_cannot_be_used_is_passed_over() {
        let mut more = Two::default();
        assert_eq!(Fonts::new(&mut more).unwrap().glyph('瓷', false), None);
        assert_eq!(more.asked, [0, 1, 2]);
    }
}
