//! Packed files: gzip, and one file of a zip archive, unpacked while they are read.

use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};

use flate2::Crc;
use flate2::read::{DeflateDecoder, MultiGzDecoder};
use zip::{CompressionMethod, ZipArchive};

use super::error::{IntakeError, Spoiled};
use super::workbook::Book;

/// No export unpacks to more than so many times its size ...
const TIMES: u64 = 200;
/// ... unless it is small.
const SMALL: u64 = if cfg!(test) { 1 << 20 } else { 256 << 20 };
const BUFFER: usize = 64 << 10;

/// What a zip archive turned out to be.
pub(super) enum Zip {
    /// A workbook: XLSX and ODS are zip archives themselves.
    Workbook(Book),
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
    let mut members = Vec::new();
    for at in 0..archive.len() {
        let entry = archive.by_index_raw(at).map_err(|why| broken(&why))?;
        let entry_name = entry.name().map_err(|why| broken(&why))?.into_owned();
        if entry_name == "[Content_Types].xml" || entry_name.starts_with("xl/") {
            return Ok(Zip::Workbook(Book::Xlsx));
        }
        if at == 0 && entry_name == "mimetype" {
            return Ok(Zip::Workbook(Book::Ods));
        }
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
