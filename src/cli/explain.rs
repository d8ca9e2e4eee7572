//! `--explain ROW`: how one row of a file became what it became. What was read is told by the reading
//! itself (`intake::explain`), what was decided by a dry run of the command.
//!
//! - `words.rs`: what was decided of a cell, in words; `sheet.rs`: for people; `json.rs`: for programs
//! - `label.rs`: the same of a row of the file of tracking numbers

mod json;
mod label;
mod sheet;
mod words;

use std::fs::File;
use std::io::{self, Seek};
use std::path::{Path, PathBuf};

use super::Session;
use super::input::{open_source, tell_reading};
use super::view::{Cells, Row, Shape, document, list};
use crate::error::{Error, Exit};
use crate::intake::{
    Asked, Became, ColumnRead, Explained, Kind, LineIs, Options, Original, ReadAs, Reader, Source,
    explain,
};
use crate::ops::doubtful_midnights;
use crate::rules::{Refusal, Trace};

/// What a command made of a row.
pub(super) struct Fate {
    /// The row it writes of it.
    pub(super) row: serde_json::Value,
    /// How it was priced, where the command prices it.
    pub(super) price: Option<Price>,
}

/// How a row was priced.
pub(super) struct Price {
    /// Step by step.
    pub(super) trace: Trace,
    /// The clause by which something was refused.
    pub(super) refusal: Option<Refusal>,
}

/// A row that is being explained.
struct Explaining {
    file: Again,
    options: Options,
    wanted: Vec<Kind>,
    explained: Explained,
    original: Original,
}

/// The row that somebody asks about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Which {
    /// One of the file, by its line, in a workbook by its number.
    Row(u64),
    /// One of the file of tracking numbers beside it.
    Tracking(u64),
}

impl Which {
    /// As it is typed.
    pub(super) fn typed(self) -> String {
        match self {
            Which::Row(row) => row.to_string(),
            Which::Tracking(row) => format!("{TRACKING}{row}"),
        }
    }

    /// What is to be noted while the file of tracking numbers is read.
    pub(super) fn of_tracking(self) -> Option<Asked> {
        match self {
            Which::Row(_) => None,
            Which::Tracking(row) => Some(Asked::row_of(row)),
        }
    }
}

/// Before the number of a row of the file of tracking numbers.
const TRACKING: &str = "tracking:";

/// Reads which row is asked about.
pub(super) fn which(text: &str) -> Result<Which, String> {
    let text = text.trim();
    let asked = match text.strip_prefix(TRACKING) {
        Some(number) => row_number(number).map(Which::Tracking),
        None => row_number(text).map(Which::Row),
    };
    asked.ok_or_else(|| {
        format!("{EXPECTED}; {TRACKING}7 is line 7 of the file that --tracking names")
    })
}

/// The same, of a file that stands alone.
pub(super) fn row(text: &str) -> Result<Which, String> {
    row_number(text).map(Which::Row).ok_or_else(|| EXPECTED.to_owned())
}

const EXPECTED: &str = "expected the line of a row as messages say it, a number such as 7";

fn row_number(text: &str) -> Option<u64> {
    text.trim().parse::<u64>().ok().filter(|row| *row > 0)
}

/// What a command made of a row: what it writes of it, and what keeps the whole file from being taken.
#[derive(Default)]
pub(super) struct Fates {
    /// One for each row it writes.
    pub(super) rows: Vec<Fate>,
    /// A sentence about the file.
    pub(super) remark: Option<String>,
}

/// Why nothing of a file would be recorded whose times may be days, unless its zone was `stated`.
pub(super) fn midnights(original: &Original, stated: bool) -> Option<String> {
    let (reason, hint) = doubtful_midnights(original, stated)?;
    Some(format!("Of this file nothing would be recorded: {reason}; {hint}."))
}

/// The file to be explained, as the command reads it.
pub(super) struct ToExplain<'a> {
    /// Where it is.
    pub(super) path: &'a Path,
    /// How it is read.
    pub(super) reading: Options,
    /// What may be in it.
    pub(super) wanted: &'a [Kind],
}

/// Explains a row. `decide` reads the file once more and tells what the command makes of the row by
/// whose line it tells it; nothing may be recorded by it.
pub(super) fn run(
    which: Which,
    file: ToExplain<'_>,
    session: &mut Session<'_>,
    decide: impl FnOnce(Reader, u64, &mut Session<'_>) -> Result<Fates, Error>,
) -> anyhow::Result<Exit> {
    let row = match which {
        Which::Row(row) => row,
        Which::Tracking(row) => return label::run(row, file, session),
    };
    let explaining = Explaining::new(row, file.path, file.reading, file.wanted, session)?;
    let fates = match explaining.line() {
        Some(line) => decide(explaining.open()?, line, session)?,
        None => Fates::default(),
    };
    explaining.show(&fates, session)
}

impl Explaining {
    /// Reads a file to its end, and finds out about the row.
    fn new(
        row: u64,
        path: &Path,
        options: Options,
        wanted: &[Kind],
        session: &mut Session<'_>,
    ) -> Result<Explaining, Error> {
        let file = Again::new(path, session)?;
        let mut original = None;
        let explained = explain(row, |asked: Asked| {
            let options = Options { asked: Some(asked), ..options.clone() };
            let reader = open_source(file.source()?, path, options, wanted)?;
            original = Some(reader.original());
            Ok::<Reader, Error>(reader)
        })?;
        let Explained { file: name, sheet, last, .. } = &explained;
        let behind = || no_such_row(name, row, sheet.as_deref(), *last);
        let Some(original) = original.filter(|_| explained.is != LineIs::Behind) else {
            return Err(behind());
        };
        Ok(Explaining { file, options, wanted: wanted.to_vec(), explained, original })
    }

    /// The line by which the command tells what became of the row, where it comes to that.
    fn line(&self) -> Option<u64> {
        self.explained.became.line()
    }

    /// The file again, from its start.
    fn open(&self) -> Result<Reader, Error> {
        open_source(self.file.source()?, &self.file.path, self.options.clone(), &self.wanted)
    }

    /// Shows it, with what the command made of the row.
    fn show(self, fates: &Fates, session: &mut Session<'_>) -> anyhow::Result<Exit> {
        let explained = &self.explained;
        match session.format.shape() {
            Shape::Sheet => {
                let text = sheet::sheet(explained, fates, session);
                session.world.stdout.write_all(text.as_bytes())?;
            }
            Shape::Document(layout) => {
                document(layout, session.world.stdout, &json::as_json(explained, fates))?;
            }
            Shape::Csv => {
                let columns = explained.read.iter().flat_map(|row| &row.columns);
                let rows = columns.map(|column| ColumnRow { line: explained.row, column });
                list(session.format, session.world.stdout, session.paint, rows)?;
            }
            Shape::Ids => {
                let handle = match &explained.became {
                    Became::Parcel(row) => row.parcel.ids.handle(),
                    Became::Events(events) => {
                        events.first().map(|event| event.ids.handle()).unwrap_or_default()
                    }
                    Became::Bad(bad) => bad.ids.handle(),
                    Became::Nothing | Became::Beside(_) => String::new(),
                };
                if !handle.is_empty() {
                    writeln!(session.world.stdout, "{handle}")?;
                }
            }
        }
        tell_reading(&self.original, session)?;
        Ok(Exit::Done)
    }
}

/// That a file ends before the row; `last` is the last line it has.
fn no_such_row(file: &str, row: u64, sheet: Option<&str>, last: u64) -> Error {
    let (line, what) = match sheet {
        Some(sheet) => ("row", format!("the last one of its sheet `{sheet}` is {last}")),
        None => ("row on line", format!("the last one ends on line {last}")),
    };
    Error::NotFound {
        message: format!("{file} has no {line} {row}: {what}"),
        hint: Some("give the number that messages and `line` in JSON have".to_owned()),
    }
}

/// A file that is read more than once: a pipe is kept.
struct Again {
    path: PathBuf,
    kept: Option<(String, File)>,
}

impl Again {
    fn new(path: &Path, session: &mut Session<'_>) -> Result<Again, Error> {
        let kept = if path.as_os_str() == "-" {
            Some(("standard input".to_owned(), keep(&mut session.world.stdin)))
        } else {
            let pipe =
                std::fs::metadata(path).is_ok_and(|about| !about.is_file() && !about.is_dir());
            let open = || File::open(path).and_then(|mut file| keep(&mut file));
            pipe.then(|| (path.display().to_string(), open()))
        };
        let kept = match kept {
            Some((name, Ok(file))) => Some((name, file)),
            Some((name, Err(why))) => return Err(Error::file(name, why)),
            None => None,
        };
        Ok(Again { path: path.to_owned(), kept })
    }

    /// Its bytes, from the start.
    fn source(&self) -> Result<Source, Error> {
        let Some((name, file)) = &self.kept else { return Ok(Source::File(self.path.clone())) };
        let again = file.try_clone().and_then(|mut file| file.rewind().map(|()| file));
        let read = Box::new(again.map_err(|why| Error::file(name, why))?);
        Ok(Source::Stream { name: name.clone(), read })
    }
}

fn keep(read: &mut dyn io::Read) -> io::Result<File> {
    let mut kept = tempfile::tempfile()?;
    io::copy(read, &mut kept)?;
    Ok(kept)
}

/// A column of the row.
struct ColumnRow<'a> {
    line: u64,
    column: &'a ColumnRead,
}

impl Row for ColumnRow<'_> {
    const COLUMNS: &'static [&'static str] =
        &["line", "column", "cell", "written", "from_line", "field", "read", "how", "wrong"];

    fn cells(&self, out: &mut dyn Cells) {
        let column = self.column;
        out.number(self.line);
        out.text(&column.column);
        out.text_or_none(column.cell.as_deref());
        out.text(&column.written);
        match column.from_line {
            Some(line) => out.number(line),
            None => out.none(),
        }
        out.text(column.field);
        out.text_or_none(column.read.as_ref().map(ReadAs::plain).as_deref());
        out.text_or_none(words::how(column).as_deref());
        out.text_or_none(column.wrong.as_deref());
    }

    fn id(&self) -> String {
        String::new()
    }
}
