//! Workbooks: which sheet is read and where its header is; then its rows, read on their own thread,
//! so that a workbook of a million rows needs no more memory than the texts its cells share.
//!
//! ```text
//! xlsx | ods | binary (xls, xlsb) ─▶ cells ─▶ batch: rows ─▶ choose: sheet, header ─▶ Sheet
//! ```

mod batch;
mod binary;
mod choose;
mod format;
mod number;
mod ods;
pub(super) mod place;
mod xlsx;
mod xml;

pub(super) use batch::Flaw;
pub(super) use choose::{Chosen, Wish, open};

use std::io::{Read, Seek};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use super::records::Span;
use batch::{BATCH, Batch, Batcher, Go, Sink};

/// Why a workbook with a password cannot be read.
pub(super) const PASSWORD: &str = "it has a password";

/// What kind of workbook a file is, by what is in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Excel 2007 and later, and most exports.
    Xlsx,
    /// The same in a form that is no XML.
    Xlsb,
    /// Excel 97 to 2003, or any workbook with a password.
    Old,
    /// OpenDocument, as LibreOffice writes it.
    Ods,
}

/// A sheet, before it is read.
#[derive(Clone, Debug)]
struct SheetInfo {
    name: Arc<str>,
    hidden: bool,
}

/// A workbook that was opened.
trait Book: Send {
    /// Its sheets that have cells, in their order.
    fn sheets(&self) -> &[SheetInfo];
    /// Gives the cells of one of them to `sink`, until it has enough.
    fn read(&mut self, sheet: usize, sink: &mut dyn Sink) -> Result<(), String>;
}

fn book<F: Read + Seek + Send + 'static>(file: F, kind: Kind) -> Result<Box<dyn Book>, String> {
    Ok(match kind {
        Kind::Xlsx => Box::new(xlsx::Xlsx::open(file)?),
        Kind::Xlsb => Box::new(binary::Binary::open(file)?),
        Kind::Old => Box::new(binary::Old::open(file)?),
        Kind::Ods => Box::new(ods::Ods::open(file)?),
    })
}

/// What was seen of a workbook besides its rows; grows while it is read.
#[derive(Clone, Debug)]
pub struct SheetSeen {
    pub(super) name: Arc<str>,
    filled: usize,
    pub(super) hidden_columns: Arc<[String]>,
    hidden_rows: Arc<AtomicU64>,
}

impl SheetSeen {
    /// The sheet that is read.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// How many sheets there were to choose from: those with something in them.
    pub fn choices(&self) -> usize {
        self.filled
    }

    /// Rows read so far that are hidden in the sheet, by a filter or by hand.
    pub fn hidden_rows(&self) -> u64 {
        self.hidden_rows.load(Ordering::Relaxed)
    }

    /// The columns with a name that are hidden.
    pub fn hidden_columns(&self) -> &[String] {
        &self.hidden_columns
    }
}

/// Some rows, `None` after the last ones, or why there are no more.
type Message = Result<Option<Batch>, String>;

/// Rows of one sheet, its header first.
pub(super) struct Sheet {
    batches: Receiver<Message>,
    batch: Batch,
    next: usize,
    pub(super) seen: SheetSeen,
    pub(super) chosen: Chosen,
}

/// A row of a sheet.
pub(super) struct SheetRow<'a> {
    pub(super) number: u64,
    pub(super) bytes: &'a [u8],
    pub(super) spans: &'a [Span],
    pub(super) flaws: &'a [(u32, Flaw)],
}

impl Sheet {
    /// Reads the chosen sheet on its own thread; `header` is its first row.
    fn start(mut book: Box<dyn Book>, header: Batch, seen: SheetSeen, chosen: Chosen) -> Sheet {
        let (send, batches) = sync_channel(4);
        let (sheet, below) = (chosen.sheet, chosen.header);
        std::thread::spawn(move || {
            let last = produce(&mut *book, sheet, below, &send).map(|()| None);
            // Nobody listens any more only when nobody wants to know.
            let _ = send.send(last);
        });
        Sheet { batches, batch: header, next: 0, seen, chosen }
    }

    /// Goes to the next row; `false` at the end.
    pub(super) fn advance(&mut self) -> Result<bool, String> {
        self.next += 1;
        while self.next > self.batch.rows.len() {
            match self.batches.recv() {
                Ok(Ok(Some(batch))) => (self.batch, self.next) = (batch, 1),
                Ok(Ok(None)) => return Ok(false),
                Ok(Err(message)) => return Err(message),
                // The thread died in the middle: what came so far is not the whole sheet.
                Err(_) => return Err("it makes the reader stop in the middle".to_owned()),
            }
        }
        let hidden = self.batch.rows.get(self.next - 1).is_some_and(|row| row.hidden);
        self.seen.hidden_rows.fetch_add(u64::from(hidden), Ordering::Relaxed);
        Ok(true)
    }

    /// The row it stands on.
    pub(super) fn row(&self) -> SheetRow<'_> {
        let (number, spans, flaws) = self.batch.row(self.next.saturating_sub(1));
        SheetRow { number, bytes: &self.batch.bytes, spans, flaws }
    }
}

/// Sends the rows of a sheet that are below its header.
fn produce(
    book: &mut dyn Book,
    sheet: usize,
    header: u64,
    send: &SyncSender<Message>,
) -> Result<(), String> {
    let mut batcher = Below {
        header,
        // A closed channel means that the rows are no longer wanted.
        inner: Batcher::new(BATCH, |batch| match send.send(Ok(Some(batch))) {
            Ok(()) => Go::Continue(()),
            Err(_) => Go::Break(()),
        }),
    };
    book.read(sheet, &mut batcher)?;
    batcher.inner.finish()
}

/// Leaves out the header and what is above it.
struct Below<S> {
    header: u64,
    inner: S,
}

impl<S: Sink> Sink for Below<S> {
    fn cell(&mut self, row: u32, column: u32, text: &str, flaw: batch::Flawed) -> Go {
        match u64::from(row) < self.header {
            true => Go::Continue(()),
            false => self.inner.cell(row, column, text, flaw),
        }
    }

    fn hide_row(&mut self, row: u32) {
        self.inner.hide_row(row);
    }

    fn hide_columns(&mut self, first: u32, last: u32) {
        self.inner.hide_columns(first, last);
    }
}
