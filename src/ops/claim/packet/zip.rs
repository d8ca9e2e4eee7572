//! A zip archive whose files are stored as they are, written in one pass.
//!
//! Written here and not by a library, because a packet whose document turns out to be changed has to
//! be taken back after half of it is written, and because the same packets have to give the same
//! bytes whatever a library's next version does.

use std::fs::File;
use std::io::{self, Seek, SeekFrom, Write};

use chrono::Datelike;
use flate2::Crc;

use crate::calendar::Day;

/// Names are UTF-8.
const UTF8: u16 = 1 << 11;
/// From here on a number stands in the further fields that large archives have.
const LARGE: u64 = 0xffff_ffff;
/// A plain file that its owner may write and all may read, as Unix has it.
const PLAIN_FILE: u32 = 0o100_644 << 16;

struct Entry {
    name: String,
    crc: u32,
    size: u64,
    offset: u64,
    date: u16,
}

/// An archive that is being written.
pub(super) struct Archive {
    file: File,
    at: u64,
    entries: Vec<Entry>,
}

/// A place in an archive to go back to.
#[derive(Clone, Copy)]
pub(super) struct Mark {
    at: u64,
    entries: usize,
}

impl Archive {
    /// An empty one, in an empty file.
    pub(super) fn new(file: File) -> Archive {
        Archive { file, at: 0, entries: Vec::new() }
    }

    /// The place reached.
    pub(super) fn mark(&self) -> Mark {
        Mark { at: self.at, entries: self.entries.len() }
    }

    /// Takes everything back that was written since.
    pub(super) fn back_to(&mut self, mark: Mark) -> io::Result<()> {
        self.entries.truncate(mark.entries);
        self.at = mark.at;
        self.file.set_len(mark.at)?;
        self.file.seek(SeekFrom::Start(mark.at)).map(drop)
    }

    /// Whether nothing is in it.
    pub(super) fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Adds a file of `size` bytes that `fill` writes piece by piece.
    pub(super) fn add<E: From<io::Error>>(
        &mut self,
        name: &str,
        size: u64,
        day: Day,
        fill: impl FnOnce(&mut dyn FnMut(&[u8]) -> io::Result<()>) -> Result<(), E>,
    ) -> Result<(), E> {
        let entry = Entry { name: name.to_owned(), crc: 0, size, offset: self.at, date: date(day) };
        let head = local(&entry)?;
        self.file.write_all(&head)?;
        let mut crc = Crc::new();
        let file = &mut self.file;
        let mut written = 0;
        fill(&mut |bytes: &[u8]| {
            crc.update(bytes);
            written += bytes.len() as u64;
            file.write_all(bytes)
        })?;
        if written != size {
            return Err(io::Error::other("a file changed its size while it was copied").into());
        }
        self.at += head.len() as u64 + size;
        // The sum of the content is known only now.
        self.file.seek(SeekFrom::Start(entry.offset + 14))?;
        self.file.write_all(&crc.sum().to_le_bytes())?;
        self.file.seek(SeekFrom::Start(self.at))?;
        self.entries.push(Entry { crc: crc.sum(), ..entry });
        Ok(())
    }

    /// Adds a file that is known.
    pub(super) fn add_bytes(&mut self, name: &str, bytes: &[u8], day: Day) -> io::Result<()> {
        self.add(name, bytes.len() as u64, day, |write| write(bytes))
    }

    /// Writes the list of all files, and gives the file.
    pub(super) fn finish(mut self) -> io::Result<File> {
        let mut list = Vec::new();
        for entry in &self.entries {
            central(&mut list, entry)?;
        }
        end(&mut list, self.entries.len() as u64, self.at)?;
        self.file.write_all(&list)?;
        Ok(self.file)
    }
}

/// Days count from 1980 to 2107 there.
fn date(day: Day) -> u16 {
    let year = day.year().clamp(1980, 2107) - 1980;
    let year = u16::try_from(year).unwrap_or(0);
    let part = |number: u32| u16::try_from(number).unwrap_or(1);
    year << 9 | part(day.month()) << 5 | part(day.day())
}

fn name_length(entry: &Entry) -> io::Result<u16> {
    u16::try_from(entry.name.len())
        .map_err(|_| io::Error::other("a name in the archive is too long"))
}

/// A number as a small field has it: the largest one says that it stands elsewhere.
fn small(number: u64) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

fn needs(entry: &Entry) -> u16 {
    if entry.size >= LARGE || entry.offset >= LARGE { 45 } else { 20 }
}

/// What stands before a file's content.
fn local(entry: &Entry) -> io::Result<Vec<u8>> {
    let mut out = Vec::with_capacity(64 + entry.name.len());
    out.extend(0x0403_4b50_u32.to_le_bytes());
    let large = entry.size >= LARGE;
    let version: u16 = if large { 45 } else { 20 };
    for field in [version, UTF8, 0, 0, entry.date] {
        out.extend(field.to_le_bytes());
    }
    for field in [entry.crc, small(entry.size), small(entry.size)] {
        out.extend(field.to_le_bytes());
    }
    let further: u16 = if large { 20 } else { 0 };
    out.extend(name_length(entry)?.to_le_bytes());
    out.extend(further.to_le_bytes());
    out.extend(entry.name.as_bytes());
    if large {
        out.extend([1, 0, 16, 0]);
        out.extend(entry.size.to_le_bytes());
        out.extend(entry.size.to_le_bytes());
    }
    Ok(out)
}

/// A file in the list at the end.
fn central(out: &mut Vec<u8>, entry: &Entry) -> io::Result<()> {
    let mut further = Vec::new();
    if entry.size >= LARGE {
        further.extend(entry.size.to_le_bytes());
        further.extend(entry.size.to_le_bytes());
    }
    if entry.offset >= LARGE {
        further.extend(entry.offset.to_le_bytes());
    }
    let length = u16::try_from(further.len()).unwrap_or(0);
    let framed = if length > 0 { length + 4 } else { 0 };
    out.extend(0x0201_4b50_u32.to_le_bytes());
    // Made by a Unix program: its permissions count.
    for field in [3 << 8 | 45, needs(entry), UTF8, 0, 0, entry.date] {
        out.extend(u16::to_le_bytes(field));
    }
    for field in [entry.crc, small(entry.size), small(entry.size)] {
        out.extend(field.to_le_bytes());
    }
    for field in [name_length(entry)?, framed, 0, 0, 0] {
        out.extend(field.to_le_bytes());
    }
    out.extend(PLAIN_FILE.to_le_bytes());
    out.extend(small(entry.offset).to_le_bytes());
    out.extend(entry.name.as_bytes());
    if length > 0 {
        out.extend(1_u16.to_le_bytes());
        out.extend(length.to_le_bytes());
        out.extend(further);
    }
    Ok(())
}

/// The end of the list, which began at `start`.
fn end(out: &mut Vec<u8>, count: u64, start: u64) -> io::Result<()> {
    let size = out.len() as u64;
    let large = count >= 0xffff || size >= LARGE || start >= LARGE;
    if large {
        out.extend(0x0606_4b50_u32.to_le_bytes());
        out.extend(44_u64.to_le_bytes());
        out.extend((3_u16 << 8 | 45).to_le_bytes());
        out.extend(45_u16.to_le_bytes());
        out.extend([0; 8]);
        for field in [count, count, size, start] {
            out.extend(field.to_le_bytes());
        }
        out.extend(0x0706_4b50_u32.to_le_bytes());
        out.extend([0; 4]);
        out.extend((start + size).to_le_bytes());
        out.extend(1_u32.to_le_bytes());
    }
    out.extend(0x0605_4b50_u32.to_le_bytes());
    out.extend([0; 4]);
    let count = u16::try_from(count).unwrap_or(u16::MAX);
    out.extend(count.to_le_bytes());
    out.extend(count.to_le_bytes());
    out.extend(small(size).to_le_bytes());
    out.extend(small(start).to_le_bytes());
    out.write_all(&[0; 2])
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Seek, SeekFrom};

    use super::{Archive, Entry, central, end, local};
    use crate::calendar::parse_day;

    #[test]
    fn what_goes_in_comes_out_and_what_is_taken_back_does_not() {
        let day = parse_day("2026-11-22").unwrap();
        let mut archive = Archive::new(tempfile::tempfile().unwrap());
        archive.add_bytes("a/form.pdf", b"a form", day).unwrap();
        let mark = archive.mark();
        archive.add_bytes("b/half.bin", &[7; 1000], day).unwrap();
        archive.back_to(mark).unwrap();
        archive.add_bytes("c/照片.jpg", b"a photo", day).unwrap();
        let mut file = archive.finish().unwrap();
        file.seek(SeekFrom::Start(0)).unwrap();
        let mut read = zip::ZipArchive::new(file).unwrap();
        let names: Vec<String> = (0..read.len())
            .map(|at| read.by_index(at).unwrap().name().unwrap().into_owned())
            .collect();
        assert_eq!(names, ["a/form.pdf", "c/照片.jpg"]);
        let mut text = String::new();
        read.by_name("c/照片.jpg").unwrap().read_to_string(&mut text).unwrap();
        assert_eq!(text, "a photo");
        let modified = read.by_index(0).unwrap().last_modified().unwrap();
        assert_eq!((modified.year(), modified.month(), modified.day()), (2026, 11, 22));
    }

    #[test]
    fn large_archives_say_so_in_their_further_fields() {
        let size = 5_u64 << 30;
        let entry = Entry { name: "v.mp4".to_owned(), crc: 1, size, offset: size, date: 0 };
        let head = local(&entry).unwrap();
        assert_eq!(&head[18..26], [0xff; 8]);
        assert_eq!(&head[30 + 5..30 + 5 + 4], [1, 0, 16, 0]);
        let mut list = Vec::new();
        central(&mut list, &entry).unwrap();
        assert_eq!(list.len(), 46 + 5 + 4 + 24);
        let mut many = Vec::new();
        end(&mut many, 70_000, 1000).unwrap();
        assert_eq!(many.len(), 56 + 20 + 22);
        let mut few = Vec::new();
        end(&mut few, 7, 1000).unwrap();
        assert_eq!(few.len(), 22);
    }
}
