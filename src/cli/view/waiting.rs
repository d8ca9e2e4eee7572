//! Rows that may not be shown yet.

use std::fs::File;
use std::io::{self, BufWriter, Seek, Write};

use super::{Format, Paint, Row, Rows};

/// Rows of a streaming format that wait in a temporary file until what they tell is on disk; in
/// the other formats there are none.
pub(crate) struct Waiting {
    rows: Option<(Rows<BufWriter<File>>, File)>,
}

impl Waiting {
    /// No rows yet.
    pub(crate) fn new<R: Row>(format: Format, paint: Paint) -> io::Result<Waiting> {
        if !format.streams() {
            return Ok(Waiting { rows: None });
        }
        let kept = tempfile::tempfile()?;
        let rows = Rows::new::<R>(format, BufWriter::new(kept.try_clone()?), paint);
        Ok(Waiting { rows: Some((rows, kept)) })
    }

    /// Takes in one row.
    pub(crate) fn push<R: Row>(&mut self, row: &R) -> io::Result<()> {
        match &mut self.rows {
            Some((rows, _)) => rows.push(row),
            None => Ok(()),
        }
    }

    /// Shows them all, once.
    pub(crate) fn show<R: Row>(&mut self, out: &mut dyn Write) -> io::Result<()> {
        let Some((rows, mut kept)) = self.rows.take() else {
            return Ok(());
        };
        rows.finish::<R>()?;
        kept.rewind()?;
        io::copy(&mut kept, out).map(drop)
    }
}
