//! Packed files: gzip, and one file of a zip archive, unpacked while they are read.

use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};

use flate2::Crc;
use flate2::read::{DeflateDecoder, MultiGzDecoder};
use zip::read::ZipFile;
use zip::{CompressionMethod, ZipArchive};

use super::error::{IntakeError, Spoiled};
use super::workbook::Kind;

/// No export unpacks to more than so many times its size ...
const TIMES: u64 = 200;
/// ... unless it is small.
const SMALL: u64 = if cfg!(test) { 1 << 20 } else { 256 << 20 };
const BUFFER: usize = 64 << 10;

/// What a zip archive turned out to be.
pub(super) enum Zip {
    /// A workbook: nearly all of them are zip archives themselves.
    Workbook(Kind),
    /// An archive with the file that is to be read.
    Member(Member),
}

/// One file of an archive.
pub(super) struct Member {
    pub(super) name: String,
    /// Its bytes in the archive.
    pub(super) packed: u64,
    start: u64,
    deflated: bool,
    crc: u32,
}

/// Unpacks gzip, of one part or several behind each other.
pub(super) fn gunzip(packed: impl Read + Send + 'static) -> Box<dyn Read + Send> {
    let packed = Counting { inner: BufReader::with_capacity(BUFFER, packed), count: 0 };
    Box::new(Limited { inner: MultiGzDecoder::new(packed), unpacked: 0 })
}

/// Looks into a zip archive for the file `wanted`, or for the only one.
pub(super) fn look(name: &str, file: &File, wanted: Option<&str>) -> Result<Zip, IntakeError> {
    let broken = |why: &dyn std::fmt::Display| IntakeError::Archive {
        name: name.to_owned(),
        message: why.to_string(),
    };
    let mut archive = ZipArchive::new(BufReader::new(file)).map_err(|why| broken(&why))?;
    if let Some(document) = document(&mut archive) {
        return document
            .map(Zip::Workbook)
            .map_err(|found| IntakeError::NotText { name: name.to_owned(), found });
    }
    let mut members = Vec::new();
    for at in 0..archive.len() {
        let entry = archive.by_index_raw(at).map_err(|why| broken(&why))?;
        let entry_name = entry.name().map_err(|why| broken(&why))?.into_owned();
        if !entry.is_dir() && !is_litter(&entry_name) {
            members.push((at, entry_name));
        }
    }
    let one = match wanted {
        None => (members.len() == 1).then(|| members[0].0),
        Some(wanted) => members
            .iter()
            .find(|(_, name)| name == wanted)
            .or_else(|| members.iter().find(|(_, name)| file_name(name) == wanted))
            .map(|(at, _)| *at),
    };
    let Some(at) = one else {
        let asked = match wanted {
            Some(wanted) => format!("there is no file `{wanted}` in this archive"),
            None if members.is_empty() => "there is nothing to read in this archive".to_owned(),
            None => "there are several files in this archive".to_owned(),
        };
        let members = members.into_iter().map(|(_, name)| name).collect();
        return Err(IntakeError::Members { name: name.to_owned(), asked, members });
    };
    let entry = archive.by_index_raw(at).map_err(|why| broken(&why))?;
    let entry_name = entry.name().map_err(|why| broken(&why))?.into_owned();
    if entry.encrypted() {
        return Err(broken(&format!("`{entry_name}` has a password")));
    }
    let deflated = match entry.compression() {
        CompressionMethod::Stored => false,
        CompressionMethod::Deflated => true,
        other => return Err(broken(&format!("`{entry_name}` is packed as {other}"))),
    };
    let start = entry.data_start().ok_or_else(|| broken(&"a file in it has no place"))?;
    Ok(Zip::Member(Member {
        name: entry_name,
        packed: entry.compressed_size(),
        start,
        deflated,
        crc: entry.crc32(),
    }))
}

/// What kind of workbook an archive is, or what other document; `None` where it is an archive of
/// files.
fn document(archive: &mut ZipArchive<BufReader<&File>>) -> Option<Result<Kind, &'static str>> {
    let names: Vec<String> =
        archive.file_names().filter_map(Result::ok).map(|n| n.replace('\\', "/")).collect();
    let has = |start: &str| names.iter().any(|name| name.to_lowercase().starts_with(start));
    if has("xl/workbook.bin") {
        return Some(Ok(Kind::Xlsb));
    }
    if has("index/document.iwa") || has("index.zip") {
        return Some(Err("an Apple Numbers or Pages document"));
    }
    if has("word/document") {
        return Some(Err("a Word document (.docx)"));
    }
    if has("ppt/presentation") {
        return Some(Err("a PowerPoint presentation (.pptx)"));
    }
    if has("xl/") || has("[content_types].xml") {
        return Some(Ok(Kind::Xlsx));
    }
    let mut kind = String::new();
    archive.by_name("mimetype").ok()?.take(200).read_to_string(&mut kind).ok()?;
    match kind.trim() {
        kind if kind.starts_with("application/vnd.oasis.opendocument.spreadsheet") => {
            Some(Ok(Kind::Ods))
        }
        kind if kind.starts_with("application/vnd.oasis.opendocument") => {
            Some(Err("an OpenDocument file that is no spreadsheet"))
        }
        _ => None,
    }
}

/// What packers add of their own.
fn is_litter(name: &str) -> bool {
    let file = file_name(name);
    name.starts_with("__MACOSX/") || matches!(file, ".DS_Store" | "Thumbs.db" | "desktop.ini")
}

fn file_name(name: &str) -> &str {
    name.rsplit(['/', '\\']).next().unwrap_or(name)
}

impl Member {
    /// Its bytes, unpacked as they are read.
    pub(super) fn read<F>(&self, mut file: F) -> io::Result<Box<dyn Read + Send>>
    where
        F: Read + Seek + Send + 'static,
    {
        file.seek(SeekFrom::Start(self.start))?;
        let packed =
            Counting { inner: BufReader::with_capacity(BUFFER, file.take(self.packed)), count: 0 };
        let crc = Crc::new();
        Ok(if self.deflated {
            let inner = DeflateDecoder::new(packed);
            let limited = Limited { inner, unpacked: 0 };
            Box::new(Checked { inner: limited, crc, expected: self.crc })
        } else {
            Box::new(Checked { inner: packed, crc, expected: self.crc })
        })
    }
}

/// Counts the bytes that go through.
struct Counting<R> {
    inner: R,
    count: u64,
}

impl<R: Read> Read for Counting<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(out)?;
        self.count += read as u64;
        Ok(read)
    }
}

/// A decoder that knows how much packed data it has taken.
trait Unpacking: Read {
    fn taken(&self) -> u64;
}

impl<R: Read> Unpacking for MultiGzDecoder<Counting<R>> {
    fn taken(&self) -> u64 {
        self.get_ref().count
    }
}

impl<R: Read> Unpacking for DeflateDecoder<Counting<R>> {
    fn taken(&self) -> u64 {
        self.get_ref().count
    }
}

/// Stops what unpacks without end.
struct Limited<D> {
    inner: D,
    unpacked: u64,
}

impl<D: Unpacking> Read for Limited<D> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(out)?;
        self.unpacked += read as u64;
        if self.unpacked > SMALL && self.unpacked / TIMES > self.inner.taken() {
            return Err(io::Error::other(Spoiled::Bomb(TIMES)));
        }
        Ok(read)
    }
}

/// A part of a workbook, unpacked as it is read.
pub(super) struct Part<R> {
    inner: R,
    /// How many bytes it says it has.
    pub(super) size: u64,
    /// How many it may still have.
    left: u64,
}

/// A part, which may unpack to as much as any packed file.
pub(super) fn part<R: Read>(part: ZipFile<'_, R>) -> Part<ZipFile<'_, R>> {
    let left = part.compressed_size().saturating_mul(TIMES).max(SMALL);
    Part { size: part.size(), left, inner: part }
}

impl<R: Read> Read for Part<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(out)?;
        let left = self.left.checked_sub(read as u64);
        self.left = left.ok_or_else(|| io::Error::other(Spoiled::Bomb(TIMES)))?;
        Ok(read)
    }
}

/// Compares what came with the archive's checksum.
struct Checked<R> {
    inner: R,
    crc: Crc,
    expected: u32,
}

impl<R: Read> Read for Checked<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(out)?;
        self.crc.update(&out[..read]);
        if read == 0 && !out.is_empty() && self.crc.sum() != self.expected {
            let why = "the file in the archive is damaged: its checksum does not fit";
            return Err(io::Error::new(io::ErrorKind::InvalidData, why));
        }
        Ok(read)
    }
}
