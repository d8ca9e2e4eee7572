//! Fonts on this machine, for letters the built-in ones do not have.

use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use skrifa::raw::tables::cmap::Cmap;
use skrifa::raw::{FileRef, FontData, FontRead};
use skrifa::string::StringId;
use skrifa::{FontRef, MetadataProvider, Tag};

use crate::packet::{FontFile, MoreFonts};

/// The first of these in a file's name that is there wins; then its path decides.
const PREFERRED: [&str; 8] = [
    "notosanscjk-regular",
    "notosanssc",
    "sourcehansans",
    "wqy-microhei",
    "wqy-zenhei",
    "pingfang",
    "msyh",
    "droidsansfallback",
];

/// Folders within folders that are looked into.
const DEEPEST: usize = 6;
/// A table of letters is never larger.
const LARGEST_TABLE: u32 = 16 << 20;
/// A font is never larger.
const LARGEST_FONT: u64 = 256 << 20;

/// Where to look for fonts.
#[derive(Debug, Clone, Default)]
pub struct FontPlaces {
    /// Fonts that are asked for, in this order, before all others.
    pub asked: Vec<PathBuf>,
    /// Folders that are looked into where those do not do.
    pub folders: Vec<PathBuf>,
}

/// The fonts of this machine. Folders are looked into only once a letter is asked for.
pub(super) struct SystemFonts {
    candidates: Vec<Candidate>,
    /// Folders that are still to be looked into.
    folders: Option<Vec<PathBuf>>,
}

/// A font file, and which letters it has once that was asked.
struct Candidate {
    path: PathBuf,
    letters: Letters,
    whole: Option<Arc<Vec<u8>>>,
}

enum Letters {
    Unasked,
    Unusable,
    /// The file's tables of letters, one for each font in it, the best one first.
    Known(Vec<(u32, Vec<u8>)>),
}

impl SystemFonts {
    /// Of these places.
    ///
    /// # Errors
    /// A font that is asked for is none, in words.
    pub(super) fn new(places: FontPlaces) -> Result<SystemFonts, String> {
        let mut candidates = Vec::new();
        for path in places.asked {
            let letters = tables(&path)
                .map_err(|why| format!("the font {} cannot be used: {why}", path.display()))?;
            candidates.push(Candidate { path, letters: Letters::Known(letters), whole: None });
        }
        Ok(SystemFonts { candidates, folders: Some(places.folders) })
    }

    /// Looks into the folders, once.
    fn look(&mut self) {
        let mut found = Vec::new();
        for folder in self.folders.take().unwrap_or_default() {
            collect(&folder, DEEPEST, &mut found);
        }
        found.sort_by_cached_key(|path| (rank(path), path.clone()));
        found.dedup();
        let candidate = |path| Candidate { path, letters: Letters::Unasked, whole: None };
        self.candidates.extend(found.into_iter().map(candidate));
    }
}

impl MoreFonts for SystemFonts {
    fn covering(&mut self, letter: char, skip: usize) -> Option<FontFile> {
        self.look();
        let mut files = self.candidates.iter_mut().filter_map(|candidate| {
            let index = candidate.covering(letter)?;
            let data = candidate.data()?;
            Some(FontFile { name: candidate.path.display().to_string(), data, index })
        });
        files.nth(skip)
    }
}

impl Candidate {
    /// The font of the file that has a letter.
    fn covering(&mut self, letter: char) -> Option<u32> {
        if let Letters::Unasked = self.letters {
            self.letters = tables(&self.path).map_or(Letters::Unusable, Letters::Known);
        }
        let Letters::Known(tables) = &self.letters else { return None };
        let has = |table: &[u8]| {
            let map = Cmap::read(FontData::new(table)).ok()?;
            map.map_codepoint(letter).filter(|id| id.to_u32() != 0)
        };
        tables.iter().find(|(_, table)| has(table).is_some()).map(|(index, _)| *index)
    }

    fn data(&mut self) -> Option<Arc<Vec<u8>>> {
        if self.whole.is_none() {
            self.whole = fs::read(&self.path).ok().map(Arc::new);
        }
        self.whole.clone()
    }
}

fn rank(path: &Path) -> usize {
    let name = path.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
    PREFERRED.iter().position(|known| name.starts_with(known)).unwrap_or(PREFERRED.len())
}

/// The font files of a folder and those in it. What cannot be read is passed over.
fn collect(folder: &Path, depth: usize, found: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for path in entries.flatten().map(|entry| entry.path()) {
        if path.is_dir() {
            if depth > 0 {
                collect(&path, depth - 1, found);
            }
            continue;
        }
        let ending = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
        if matches!(ending.as_str(), "ttf" | "otf" | "ttc" | "otc") {
            found.push(path);
        }
    }
}

/// The tables of letters in a font file, without reading the rest of it: a machine may have
/// hundreds of fonts. Fonts without outlines (pictures in colour) do not count.
fn tables(path: &Path) -> io::Result<Vec<(u32, Vec<u8>)>> {
    let wrong = |why: &str| io::Error::new(io::ErrorKind::InvalidData, why.to_owned());
    let mut file = File::open(path)?;
    let meta = file.metadata()?;
    if !meta.is_file() || meta.len() > LARGEST_FONT {
        return Err(wrong("this is no font file"));
    }
    let none = "expected a TrueType or OpenType font with outlines (.ttf, .otf, .ttc)";
    let mark = bytes(&mut file, 0, 4)?;
    if ![&b"ttcf"[..], b"OTTO", b"true", &[0, 1, 0, 0]].contains(&&mark[..]) {
        return Err(wrong(none));
    }
    let mut starts = vec![0];
    if mark == b"ttcf" {
        let count = number(&bytes(&mut file, 8, 4)?)?.min(64);
        let offsets = bytes(&mut file, 12, count * 4)?;
        starts = offsets.chunks(4).map(number).collect::<io::Result<_>>()?;
    }
    let mut all = Vec::new();
    for (index, start) in (0..).zip(starts) {
        let count = number(&bytes(&mut file, u64::from(start) + 2, 4)?)? & 0xffff;
        let records = bytes(&mut file, u64::from(start) + 12, count * 16)?;
        let record = |tag: &[u8]| records.chunks(16).find(|record| record.starts_with(tag));
        let drawn = record(b"glyf").or(record(b"CFF ")).or(record(b"CFF2")).is_some();
        let (true, Some(record)) = (drawn, record(b"cmap")) else { continue };
        let place = |at: usize| number(record.get(at..at + 4).unwrap_or_default());
        let (offset, length) = (place(8)?, place(12)?);
        if length > LARGEST_TABLE {
            return Err(wrong("its table of letters is too large"));
        }
        all.push((index, bytes(&mut file, offset.into(), length)?));
    }
    if all.is_empty() {
        return Err(wrong(none));
    }
    if all.len() > 1 {
        chinese_first(path, &mut all);
    }
    Ok(all)
}

/// A collection for all of East Asia draws some letters differently for each country. What is sold
/// here mostly comes from China.
fn chinese_first(path: &Path, all: &mut [(u32, Vec<u8>)]) {
    let Ok(data) = fs::read(path) else { return };
    let Ok(file) = FileRef::new(&data) else { return };
    let simplified: Vec<bool> =
        file.fonts().map(|font| font.is_ok_and(|font| is_simplified(&font))).collect();
    all.sort_by_key(|(index, _)| {
        let known = usize::try_from(*index).ok().and_then(|at| simplified.get(at));
        (known != Some(&true), *index)
    });
}

fn is_simplified(font: &FontRef<'_>) -> bool {
    let names = font.localized_strings(StringId::FAMILY_NAME);
    let named = names.into_iter().any(|name| name.to_string().ends_with(" SC"));
    named && font.table_data(Tag::new(b"cmap")).is_some()
}

fn bytes(file: &mut File, at: u64, count: u32) -> io::Result<Vec<u8>> {
    file.seek(SeekFrom::Start(at))?;
    let mut all = Vec::new();
    file.take(count.into()).read_to_end(&mut all)?;
    if all.len() as u64 != u64::from(count) {
        return Err(io::Error::new(io::ErrorKind::UnexpectedEof, "the file ends too early"));
    }
    Ok(all)
}

fn number(bytes: &[u8]) -> io::Result<u32> {
    let four = bytes.first_chunk::<4>().copied();
    four.map(u32::from_be_bytes)
        .ok_or_else(|| io::Error::new(io::ErrorKind::UnexpectedEof, "the file ends too early"))
}
