//! Where the bytes come from: a file or a stream, counted as they are read, kept where its rows
//! may have to be copied later, and looked at before they are believed to be text.

use std::fs::File;
use std::io::{self, Cursor, ErrorKind, Read, Write};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use tempfile::NamedTempFile;

use super::error::IntakeError;

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
    /// Text in UTF-8, its byte order mark taken off.
    Text { head: Vec<u8>, read: Box<dyn Read + Send> },
    /// A workbook, as a file that can be sought in.
    Workbook(Counted<File>),
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
    pub(super) fn open(self, keep: bool) -> Result<Opened, IntakeError> {
        let name = self.name();
        let failed = |source: io::Error| match source.kind() {
            ErrorKind::NotFound => IntakeError::Missing { name: name.clone() },
            ErrorKind::IsADirectory => IntakeError::Directory { name: name.clone() },
            _ => IntakeError::Unreadable { name: name.clone(), source },
        };
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
        let progress = Progress { counts: Arc::default(), total };
        let mut read: Box<dyn Read + Send> =
            Box::new(Counted { inner: raw, counts: progress.counts.clone() });
        if keep && matches!(place, Place::Gone) {
            let kept = Arc::new(NamedTempFile::new().map_err(failed)?);
            let copy = kept.reopen().map_err(failed)?;
            place = Place::Kept(kept);
            read = Box::new(Tee { inner: read, copy });
        }
        let mut head = Vec::with_capacity(HEAD);
        read.by_ref().take(HEAD as u64).read_to_end(&mut head).map_err(failed)?;

        let found = look(&head);
        let content = match found {
            Look::Blank if head.len() < HEAD => return Err(IntakeError::Empty { name }),
            Look::Other(found) => return Err(IntakeError::NotText { name, found }),
            Look::Workbook => {
                let file = match &place {
                    Place::Path(path) => File::open(path).map_err(failed)?,
                    Place::Kept(kept) => {
                        // Read to the end so that all of it is kept, then from the start.
                        io::copy(&mut read, &mut io::sink()).map_err(failed)?;
                        kept.reopen().map_err(failed)?
                    }
                    Place::Gone => spooled(&head, &mut read).map_err(failed)?,
                };
                Content::Workbook(Counted { inner: file, counts: progress.counts.clone() })
            }
            Look::Blank | Look::Text => {
                let start = if head.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
                let head = head.split_off(start);
                Content::Text { read: Box::new(Cursor::new(head.clone()).chain(read)), head }
            }
        };
        Ok(Opened { content, original: Original { name, place }, progress })
    }
}

impl Original {
    /// Opens it again, from the start.
    pub(super) fn reopen(&self) -> Result<Opened, IntakeError> {
        let name = self.name.clone();
        let mut opened = match &self.place {
            Place::Path(path) => Source::File(path.clone()).open(false)?,
            Place::Kept(kept) => match kept.reopen() {
                Ok(file) => {
                    Source::Stream { name: name.clone(), read: Box::new(file) }.open(false)?
                }
                Err(source) => return Err(IntakeError::Unreadable { name, source }),
            },
            Place::Gone => return Err(IntakeError::NotKept { name }),
        };
        opened.original = self.clone();
        Ok(opened)
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
    Blank,
    Text,
    Workbook,
    Other(&'static str),
}

/// What the first bytes say.
fn look(head: &[u8]) -> Look {
    const MAGIC: [(&[u8], &str); 7] = [
        (b"\xff\xfe", "text in UTF-16"),
        (b"\xfe\xff", "text in UTF-16"),
        (b"\x1f\x8b", "a gzip archive"),
        (b"PK\x05\x06", "an empty zip archive"),
        (b"\xd0\xcf\x11\xe0", "an old Excel workbook (.xls) or one with a password"),
        (b"%PDF", "a PDF document"),
        (b"SQLite format 3", "a database"),
    ];
    if head.starts_with(b"PK\x03\x04") {
        return Look::Workbook;
    }
    if let Some((_, found)) = MAGIC.iter().find(|(magic, _)| head.starts_with(magic)) {
        return Look::Other(found);
    }
    let text = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    if text.is_empty() {
        return Look::Blank;
    }
    let begins = |tag: &[u8]| text.get(..tag.len()).is_some_and(|t| t.eq_ignore_ascii_case(tag));
    if begins(b"<html") || begins(b"<!doctype") || begins(b"<?xml") || begins(b"<table") {
        return Look::Other("a web page (HTML or XML)");
    }
    // Without a byte order mark, every other byte of western UTF-16 is zero.
    let zeros = head.iter().filter(|b| **b == 0).count();
    if zeros > head.len() / 4 {
        return Look::Other("text in UTF-16");
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
