//! Where the bytes come from: a file or a stream, counted as they are read, kept where its rows
//! may have to be copied later, unpacked, and looked at before they are believed to be text.

use std::fs::File;
use std::io::{self, Cursor, ErrorKind, Read, Write};
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};

use tempfile::NamedTempFile;

use super::encoding::{Encoding, Finding, KnownBy, Recoded};
use super::error::{IntakeError, Spoiled};
use super::layout::Layout;
use super::unpack::{self, Zip};
use super::workbook::{self, Chosen, SheetSeen};
use super::zones::ZonesSeen;

/// A seller's file, or a stream such as standard input.
pub enum Source {
    /// A file by its path.
    File(PathBuf),
    /// Anything that can be read once.
    Stream {
        /// What messages call it: `standard input`.
        name: String,
        /// Its bytes.
        read: Box<dyn Read + Send>,
    },
}

/// What was read, still there to be read again: the file itself, or what was kept of a stream.
#[derive(Clone)]
pub struct Original {
    pub(super) name: String,
    place: Place,
    form: Form,
    finding: Finding,
    sheet: Option<(SheetSeen, Chosen)>,
    zones: ZonesSeen,
    /// Where its header is, and the layout: set once it was recognised.
    begin: Arc<OnceLock<(u64, Layout)>>,
}

/// What a source is, where it is not to be found out.
#[derive(Clone, Debug, Default)]
pub(super) struct Form {
    /// The encoding of its text.
    pub(super) encoding: Option<Encoding>,
    /// The file to read in an archive.
    pub(super) member: Option<String>,
}

/// What is kept of a stream, to be read again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Keep {
    /// Nothing.
    No,
    /// What was read of it so far.
    Copy,
    /// All of it, before the first row is read.
    Whole,
}

#[derive(Clone)]
enum Place {
    Path(PathBuf),
    Kept(Arc<NamedTempFile>),
    Gone,
}

/// How far the reading is; can be asked from another thread while a row is being waited for.
#[derive(Clone, Debug, Default)]
pub struct Progress {
    counts: Arc<Counts>,
    total: Option<u64>,
}

#[derive(Debug, Default)]
struct Counts {
    bytes: AtomicU64,
    rows: AtomicU64,
}

impl Progress {
    /// Bytes read so far.
    pub fn bytes(&self) -> u64 {
        let bytes = self.counts.bytes.load(Ordering::Relaxed);
        // A workbook's directory is read more than once.
        self.total.map_or(bytes, |total| bytes.min(total))
    }

    /// Bytes there are, where that is known.
    pub fn total_bytes(&self) -> Option<u64> {
        self.total
    }

    /// Rows read so far, header and empty rows not counted.
    pub fn rows(&self) -> u64 {
        self.counts.rows.load(Ordering::Relaxed)
    }

    pub(super) fn set_rows(&self, rows: u64) {
        self.counts.rows.store(rows, Ordering::Relaxed);
    }
}

/// What kind of bytes a source turned out to have.
pub(super) enum Content {
    /// Text recoded to UTF-8, its byte order mark taken off.
    Text { head: Vec<u8>, read: Box<dyn Read + Send> },
    /// A workbook, as a file that can be sought in.
    Workbook(Counted<File>, workbook::Kind),
}

/// A source that was opened and looked at.
pub(super) struct Opened {
    pub(super) content: Content,
    pub(super) original: Original,
    pub(super) progress: Progress,
}

/// How much is looked at before the rest is read.
const HEAD: usize = 64 << 10;

impl Source {
    /// What messages call it.
    pub fn name(&self) -> String {
        match self {
            Source::File(path) => path.display().to_string(),
            Source::Stream { name, .. } => name.clone(),
        }
    }

    /// Opens it; a stream is kept in a temporary file if `keep` says so.
    pub(super) fn open(self, keep: Keep, form: Form) -> Result<Opened, IntakeError> {
        let name = self.name();
        let failed = |source: io::Error| failed(&name, source);
        let mut total = None;
        let mut place = Place::Gone;
        let raw: Box<dyn Read + Send> = match self {
            Source::File(path) => {
                let file = File::open(&path).map_err(failed)?;
                let about = file.metadata().map_err(failed)?;
                if about.is_dir() {
                    return Err(IntakeError::Directory { name });
                }
                if about.is_file() {
                    total = Some(about.len());
                    place = Place::Path(path);
                }
                Box::new(file)
            }
            Source::Stream { read, .. } => read,
        };
        let raw: Box<dyn Read + Send> = match (&place, keep) {
            (Place::Gone, Keep::Whole) => {
                let mut raw = raw;
                let kept = NamedTempFile::new().map_err(failed)?;
                let mut copy = kept.reopen().map_err(failed)?;
                io::copy(&mut raw, &mut copy).map_err(failed)?;
                let whole = kept.reopen().map_err(failed)?;
                place = Place::Kept(Arc::new(kept));
                Box::new(whole)
            }
            _ => raw,
        };
        let counts: Arc<Counts> = Arc::default();
        let mut read: Box<dyn Read + Send> =
            Box::new(Counted { inner: raw, counts: counts.clone() });
        if keep == Keep::Copy && matches!(place, Place::Gone) {
            let kept = Arc::new(NamedTempFile::new().map_err(failed)?);
            let copy = kept.reopen().map_err(failed)?;
            place = Place::Kept(kept);
            read = Box::new(Tee { inner: read, copy });
        }
        let finding = Finding::default();
        let mut opening = Opening { name, form, counts, total, finding };
        let content = opening.content(read, Some(&place))?;
        let Opening { name, form, counts, total, finding } = opening;
        let original = Original {
            name,
            place,
            form,
            finding,
            sheet: None,
            zones: ZonesSeen::default(),
            begin: Arc::default(),
        };
        let progress = Progress { counts, total };
        Ok(Opened { content, original, progress })
    }
}

/// What is found out while a source is opened.
struct Opening {
    name: String,
    form: Form,
    counts: Arc<Counts>,
    total: Option<u64>,
    finding: Finding,
}

impl Opening {
    /// Looks at the first bytes and unpacks what is packed. `place` is where they come from, `None`
    /// where they come out of an archive.
    fn content(
        &mut self,
        mut read: Box<dyn Read + Send>,
        place: Option<&Place>,
    ) -> Result<Content, IntakeError> {
        let name = self.name.clone();
        let failed = |source: io::Error| failed(&name, source);
        let head = head_of(&mut read).map_err(failed)?;
        let look = match look(&head) {
            Look::Gzip if place.is_some() => {
                let unpacked = unpack::gunzip(Cursor::new(head).chain(read));
                return self.content(unpacked, None);
            }
            Look::Gzip => Look::Other("an archive in an archive"),
            look => look,
        };
        match look {
            Look::Other(found) => Err(IntakeError::NotText { name, found }),
            Look::Old => {
                let inner = seekable(place, &head, &mut read).map_err(failed)?;
                let file = Counted { inner, counts: self.counts.clone() };
                Ok(Content::Workbook(file, workbook::Kind::Old))
            }
            Look::Zip => {
                let file = seekable(place, &head, &mut read).map_err(failed)?;
                let wanted = self.form.member.as_deref();
                match (unpack::look(&name, &file, wanted)?, place) {
                    (Zip::Workbook(kind), _) => {
                        let file = Counted { inner: file, counts: self.counts.clone() };
                        Ok(Content::Workbook(file, kind))
                    }
                    (Zip::Member(_), None) => {
                        Err(IntakeError::NotText { name, found: "an archive in an archive" })
                    }
                    (Zip::Member(member), Some(_)) => {
                        self.name = format!("{name} ({})", member.name);
                        self.total = self.total.map(|_| member.packed);
                        self.counts.bytes.store(0, Ordering::Relaxed);
                        let file = Counted { inner: file, counts: self.counts.clone() };
                        let unpacked = member.read(file).map_err(failed)?;
                        self.content(unpacked, None)
                    }
                }
            }
            Look::Gzip | Look::Text => {
                let (encoding, finding) = (self.form.encoding, self.finding.clone());
                let mut text: Box<dyn Read + Send> =
                    Box::new(Recoded::new(read, head, encoding, finding));
                let head = head_of(&mut text).map_err(failed)?;
                if head.len() < HEAD && head.trim_ascii().is_empty() {
                    return Err(IntakeError::Empty { name });
                }
                Ok(Content::Text { read: Box::new(Cursor::new(head.clone()).chain(text)), head })
            }
        }
    }
}

fn failed(name: &str, source: io::Error) -> IntakeError {
    let name = name.to_owned();
    match source.kind() {
        ErrorKind::NotFound => IntakeError::Missing { name },
        ErrorKind::IsADirectory => IntakeError::Directory { name },
        _ => Spoiled::from_io(name, source),
    }
}

fn head_of(read: &mut dyn Read) -> io::Result<Vec<u8>> {
    let mut head = Vec::with_capacity(HEAD);
    read.take(HEAD as u64).read_to_end(&mut head)?;
    Ok(head)
}

impl Original {
    /// Opens it again, from the start.
    pub(super) fn reopen(&self) -> Result<Opened, IntakeError> {
        let name = self.name.clone();
        let mut form = self.form.clone();
        // What was found out on the whole is not found out again.
        form.encoding = self.encoding().map(|(encoding, _)| encoding).or(form.encoding);
        let mut opened = match &self.place {
            Place::Path(path) => Source::File(path.clone()).open(Keep::No, form)?,
            Place::Kept(kept) => match kept.reopen() {
                Ok(file) => Source::Stream { name: name.clone(), read: Box::new(file) }
                    .open(Keep::No, form)?,
                Err(source) => return Err(IntakeError::Unreadable { name, source }),
            },
            Place::Gone => return Err(IntakeError::NotKept { name }),
        };
        opened.original = self.clone();
        Ok(opened)
    }

    /// Its header stands on this line, and it has this layout.
    pub(super) fn begins_at(&self, line: u64, layout: &Layout) {
        // A file is recognised once.
        let _ = self.begin.set((line, layout.clone()));
    }

    /// The line of its header, and its layout, once it was recognised.
    pub(super) fn begin(&self) -> Option<&(u64, Layout)> {
        self.begin.get()
    }

    /// What messages call it; of an archive with the file in it that is read.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The sheet that is read, where it is a workbook and no text.
    pub fn sheet(&self) -> Option<&SheetSeen> {
        self.sheet.as_ref().map(|(seen, _)| seen)
    }

    /// Which sheet was chosen, and its header.
    pub(super) fn chosen(&self) -> Option<Chosen> {
        self.sheet.as_ref().map(|(_, chosen)| *chosen)
    }

    /// Keeps which sheet was chosen, so that it is not found out again.
    pub(super) fn set_sheet(&mut self, seen: SheetSeen, chosen: Chosen) {
        self.sheet = Some((seen, chosen));
    }

    /// What was seen of time zones while it was read.
    pub fn zones(&self) -> &ZonesSeen {
        &self.zones
    }

    /// The encoding of its text and how it is known; `None` for a workbook, and while all that was
    /// read is ASCII.
    pub fn encoding(&self) -> Option<(Encoding, KnownBy)> {
        self.finding.get()
    }
}

/// The same bytes as a file that can be sought in.
fn seekable(place: Option<&Place>, head: &[u8], read: &mut dyn Read) -> io::Result<File> {
    match place {
        Some(Place::Path(path)) => File::open(path),
        Some(Place::Kept(kept)) => {
            // Read to the end so that all of it is kept, then from the start.
            io::copy(read, &mut io::sink())?;
            kept.reopen()
        }
        Some(Place::Gone) | None => spooled(head, read),
    }
}

fn spooled(head: &[u8], read: &mut dyn Read) -> io::Result<File> {
    let mut file = tempfile::tempfile()?;
    file.write_all(head)?;
    io::copy(read, &mut file)?;
    io::Seek::rewind(&mut file)?;
    Ok(file)
}

enum Look {
    Text,
    Gzip,
    Zip,
    /// The container of old workbooks, and of those with a password.
    Old,
    Other(&'static str),
}

/// What the first bytes say.
fn look(head: &[u8]) -> Look {
    const MAGIC: [(&[u8], &str); 8] = [
        (b"\x09\x08\x08\x00", "a workbook of Excel 5 or earlier"),
        (b"\x09\x04\x06\x00", "a workbook of Excel 5 or earlier"),
        (b"%PDF", "a PDF document"),
        (b"SQLite format 3", "a database"),
        (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
        (b"Rar!", "a RAR archive"),
        (b"BZh", "a bzip2 archive"),
        (b"\x28\xb5\x2f\xfd", "a zstd archive"),
    ];
    if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
        return Look::Zip;
    }
    if head.starts_with(b"\xd0\xcf\x11\xe0") {
        return Look::Old;
    }
    if head.starts_with(b"\x1f\x8b") {
        return Look::Gzip;
    }
    if let Some((_, found)) = MAGIC.iter().find(|(magic, _)| head.starts_with(magic)) {
        return Look::Other(found);
    }
    if head.get(257..262) == Some(b"ustar") {
        return Look::Other("a tar archive");
    }
    let text = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    let begins = |tag: &[u8]| text.get(..tag.len()).is_some_and(|t| t.eq_ignore_ascii_case(tag));
    if begins(b"<html") || begins(b"<!doctype") || begins(b"<?xml") || begins(b"<table") {
        return Look::Other("a web page (HTML or XML)");
    }
    Look::Text
}

/// Counts what goes through.
pub(super) struct Counted<R> {
    inner: R,
    counts: Arc<Counts>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(out)?;
        self.counts.bytes.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}

impl<R: io::Seek> io::Seek for Counted<R> {
    fn seek(&mut self, to: io::SeekFrom) -> io::Result<u64> {
        self.inner.seek(to)
    }
}

/// Keeps a copy of what goes through.
struct Tee<R> {
    inner: R,
    copy: File,
}

impl<R: Read> Read for Tee<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(out)?;
        self.copy.write_all(&out[..read])?;
        Ok(read)
    }
}
