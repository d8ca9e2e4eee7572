//! What stops a whole file: each message says where, what was found and what was expected.

use std::fmt::Write as _;

use super::workbook::{PASSWORD, place};

/// Why nothing can be taken from a file. Nothing of it should be recorded.
#[derive(Debug, thiserror::Error)]
pub enum IntakeError {
    /// No such file.
    #[error("{name}: there is no such file")]
    Missing {
        /// The file.
        name: String,
    },
    /// A folder where a file was expected.
    #[error("{name}: this is a folder, expected a CSV file or a workbook")]
    Directory {
        /// The folder.
        name: String,
    },
    /// The system would not give its bytes (permissions, a broken disk, a full temporary folder).
    #[error("{name}: cannot be read: {source}")]
    Unreadable {
        /// The file.
        name: String,
        /// What the system said.
        source: std::io::Error,
    },
    /// Writing the copied rows failed.
    #[error("the rows of {name} cannot be copied: {source}")]
    Copy {
        /// The file the rows come from.
        name: String,
        /// What the system said.
        source: std::io::Error,
    },
    /// No bytes, or only white space.
    #[error("{name}: the file is empty, expected a header line and rows below it")]
    Empty {
        /// The file.
        name: String,
    },
    /// A header and no rows.
    #[error("{name}: there is a header on line {line} but not one row below it")]
    HeaderOnly {
        /// The file.
        name: String,
        /// The header's line.
        line: u64,
    },
    /// Not text this tool can read yet, or no text at all.
    #[error("{name}: this looks like {found}, expected CSV or a workbook (XLSX, XLS, ODS)")]
    NotText {
        /// The file.
        name: String,
        /// What it looks like: `a PDF document`, `a tar archive`.
        found: &'static str,
    },
    /// No layout has what it needs in this header.
    #[error("{name}: line {line}: no known layout has these columns\n{}", listed(.nearest, .found, .unread))]
    UnknownLayout {
        /// The file.
        name: String,
        /// The header's line.
        line: u64,
        /// The layouts that come nearest, best first.
        nearest: Vec<Lacking>,
        /// The columns the header has.
        found: Vec<String>,
        /// The user's layout files that cannot be read: it may be in one of them.
        unread: Vec<String>,
    },
    /// The layout that was asked for lacks a column.
    #[error(
        "{name}: line {line}: layout `{layout}` needs a column {column} and this header has none"
    )]
    MissingColumn {
        /// The file.
        name: String,
        /// The header's line.
        line: u64,
        /// The layout asked for.
        layout: String,
        /// The accepted spellings: `value or product`.
        column: String,
    },
    /// A list lacks a column without which it says nothing.
    #[error(
        "{name}: line {line}: a list of {what} needs a column {needs}, and this header has {}",
        .found.join(", ")
    )]
    NotThisList {
        /// The file.
        name: String,
        /// The header's line.
        line: u64,
        /// What is listed: `claims to file`.
        what: &'static str,
        /// The accepted columns: `claim or id`.
        needs: String,
        /// The columns the header has.
        found: Vec<String>,
    },
    /// Two layouts fit equally well.
    #[error("{name}: line {line}: the header fits `{first}` and `{second}` equally well")]
    TwoLayouts {
        /// The file.
        name: String,
        /// The header's line.
        line: u64,
        /// One layout.
        first: String,
        /// The other.
        second: String,
    },
    /// Two columns say the same thing.
    #[error(
        "{name}: line {line}: columns `{first}` and `{second}` both mean {means}, expected one of them"
    )]
    TwoColumns {
        /// The file.
        name: String,
        /// The header's line.
        line: u64,
        /// One column.
        first: String,
        /// The other.
        second: String,
        /// What both are read as.
        means: &'static str,
    },
    /// `--layout` names none that exists.
    #[error("there is no layout `{id}`, expected one of: {known}")]
    NoSuchLayout {
        /// As asked for.
        id: String,
        /// All that exist.
        known: String,
    },
    /// A layout file with a mistake in it.
    #[error("layout `{id}`: {message}")]
    BadLayout {
        /// Which.
        id: String,
        /// The mistake, with line and column.
        message: String,
    },
    /// One record longer than any real one.
    #[error("{name}: line {line}: the record that starts here is longer than {limit} bytes")]
    RecordTooLong {
        /// The file.
        name: String,
        /// Where it starts.
        line: u64,
        /// The longest allowed.
        limit: usize,
    },
    /// A quote that opens and never closes.
    #[error("{name}: line {line}: a quote opens in this record and is never closed")]
    OpenQuote {
        /// The file.
        name: String,
        /// Where the record starts.
        line: u64,
    },
    /// It begins in one encoding and goes on in another.
    #[error(
        "{name}: the text begins like {first} and goes on like {rest}, so its encoding is not \
         certain"
    )]
    TwoEncodings {
        /// The file.
        name: String,
        /// What it was read as.
        first: &'static str,
        /// What the rest looks like.
        rest: &'static str,
    },
    /// A packed file that unpacks to what no export does.
    #[error("{name}: it unpacks to more than {times} times its size, as no export does")]
    Bomb {
        /// The file.
        name: String,
        /// The limit.
        times: u64,
    },
    /// A zip archive, or the one a workbook is, that cannot be opened.
    #[error("{name}: this zip archive or workbook cannot be read: {message}")]
    Archive {
        /// The file.
        name: String,
        /// What is wrong with it.
        message: String,
    },
    /// Several files in an archive, or not the one asked for.
    #[error("{name}: {asked}; it holds {}", held(.members))]
    Members {
        /// The archive.
        name: String,
        /// What is wrong: `there are several files in it`.
        asked: String,
        /// The files in it.
        members: Vec<String>,
    },
    /// Several sheets of a workbook that can be read, or not the one asked for.
    #[error("{name}: {asked}: {}", held(.sheets))]
    Sheets {
        /// The workbook.
        name: String,
        /// What is wrong: `there is no sheet of that name`.
        asked: String,
        /// The sheets to choose from.
        sheets: Vec<String>,
    },
    /// Something wrong in a sheet of a workbook, with its place there.
    #[error("{}", placed(.inner, .place))]
    InSheet {
        /// The place: `Orders!F12`.
        place: String,
        /// What is wrong.
        inner: Box<IntakeError>,
    },
    /// What is wrong with the file of tracking numbers that stands beside the one that is read.
    #[error(transparent)]
    OfTrackings(Box<IntakeError>),
    /// More than can be held and grouped at once.
    #[error("{name}: line {line}: more than 4 GB of order and package numbers cannot be grouped")]
    TooMuch {
        /// The file.
        name: String,
        /// Where it became too much.
        line: u64,
    },
    /// A workbook that is not whole, or has a password.
    #[error("{name}: the workbook cannot be read: {message}")]
    Workbook {
        /// The file.
        name: String,
        /// What is wrong with it.
        message: String,
    },
    /// A day that exists only in the other convention: every other date of the file would be
    /// misread.
    #[error(
        "{name}: line {line}: column `{column}`: `{value}` {why}; the other dates of this file would \
         be misread"
    )]
    OtherDates {
        /// The file.
        name: String,
        /// The row.
        line: u64,
        /// The column.
        column: String,
        /// As written.
        value: String,
        /// How this one is written, and who says that they are written otherwise.
        why: String,
    },
    /// A known file that has nothing to read in it.
    #[error("{name}: this is the {layout}; {instead}")]
    Instead {
        /// The file.
        name: String,
        /// What it is called.
        layout: String,
        /// What it lacks.
        instead: String,
    },
    /// Every long number of an id column ends in zeros: a spreadsheet cut them to 15 digits.
    #[error(
        "{name}: line {line}: column `{column}`: `{value}` and every other long number in this \
         column ends in zeros after 15 digits: a spreadsheet has destroyed them"
    )]
    PaddedIds {
        /// The file.
        name: String,
        /// A row with one.
        line: u64,
        /// The column.
        column: String,
        /// One of them.
        value: String,
    },
    /// The file is no longer what it was when it was first read.
    #[error("{name}: line {line} is no longer there: the file changed while it was being read")]
    Changed {
        /// The file.
        name: String,
        /// The first line that is missing.
        line: u64,
    },
    /// Standard input was not kept, so its rows cannot be copied.
    #[error("{name}: its rows were not kept while reading, so they cannot be copied")]
    NotKept {
        /// The stream.
        name: String,
    },
}

/// What a reader below the records finds out in the middle of a file. It travels as an
/// [`std::io::Error`], since it comes up while bytes are read.
#[derive(Debug, thiserror::Error)]
pub(super) enum Spoiled {
    /// The rest of the text does not bear out the encoding chosen on its beginning.
    #[error("it begins like {first} and goes on like {rest}")]
    TwoEncodings {
        /// What was chosen.
        first: &'static str,
        /// What the rest looks like.
        rest: &'static str,
    },
    /// It unpacks to what no export does.
    #[error("it unpacks to more than {0} times its size")]
    Bomb(u64),
}

impl Spoiled {
    /// As the error it is to the reader of records.
    pub(super) fn from_io(name: String, source: std::io::Error) -> IntakeError {
        match source.get_ref().and_then(|why| why.downcast_ref::<Spoiled>()) {
            Some(Spoiled::TwoEncodings { first, rest }) => {
                IntakeError::TwoEncodings { name, first, rest }
            }
            Some(Spoiled::Bomb(times)) => IntakeError::Bomb { name, times: *times },
            None => IntakeError::Unreadable { name, source },
        }
    }
}

/// A layout that comes near, and what it misses.
#[derive(Debug, Clone)]
pub struct Lacking {
    /// The layout's id.
    pub layout: String,
    /// Columns looked for and found.
    pub found: Vec<String>,
    /// Columns looked for and not found.
    pub missing: Vec<String>,
}

impl IntakeError {
    /// Whether it says only that a row is no header: there may be one further down.
    pub(super) fn is_no_header(&self) -> bool {
        matches!(
            self,
            IntakeError::UnknownLayout { .. }
                | IntakeError::MissingColumn { .. }
                | IntakeError::NotThisList { .. }
                | IntakeError::NotText { .. }
        )
    }

    /// How near a row comes to a header: how many of the columns that are looked for it has; of a
    /// list, how many it has at all.
    pub(super) fn found(&self) -> usize {
        match self {
            IntakeError::UnknownLayout { nearest, .. } => {
                nearest.first().map_or(0, |near| near.found.len())
            }
            IntakeError::NotThisList { found, .. } => found.len(),
            _ => 0,
        }
    }

    /// What to do about it, in one sentence.
    pub fn hint(&self) -> Option<String> {
        let text = match self {
            IntakeError::Missing { .. } => {
                "check the path; `-` reads standard input".to_owned()
            }
            IntakeError::Directory { .. } => {
                "name the file inside it, such as the export as you downloaded it".to_owned()
            }
            IntakeError::Empty { .. } | IntakeError::HeaderOnly { .. } => {
                "export it again and look at the filters and dates chosen there".to_owned()
            }
            IntakeError::NotText { found, .. } if found.contains("archive") => {
                "unpack it first and name the file inside".to_owned()
            }
            IntakeError::NotText { found, .. } if found.contains("encoding") => {
                "name the file's encoding with --encoding, or save it as \"CSV UTF-8\"".to_owned()
            }
            IntakeError::TwoEncodings { first, rest, .. } => {
                format!("say which with --encoding {first} or --encoding {rest}")
            }
            IntakeError::Members { members, .. } => match members.first() {
                Some(first) => format!("say which with --member, such as --member '{first}'"),
                None => "look into the archive: there is no file to read in it".to_owned(),
            },
            IntakeError::Sheets { sheets, .. } => match sheets.first() {
                Some(first) => format!("say which with --sheet, such as --sheet '{first}'"),
                None => "look into the workbook: there is no sheet with cells in it".to_owned(),
            },
            IntakeError::InSheet { inner, .. } => return inner.hint(),
            IntakeError::OfTrackings(inner) => return inner.hint_beside(),
            IntakeError::NotText { found, .. } if found.contains("web page") => {
                "shops often call a web page .xls: open it in a spreadsheet and save it as .xlsx"
                    .to_owned()
            }
            IntakeError::Archive { .. } => {
                "download it again; what has a password has to be unpacked first".to_owned()
            }
            IntakeError::Bomb { .. } => {
                "unpack it yourself and look at what is in it".to_owned()
            }
            IntakeError::NotText { .. } => {
                "save it as \"CSV UTF-8\" or as .xlsx without a password".to_owned()
            }
            IntakeError::UnknownLayout { .. } => {
                "give the file as it was exported, or rename the columns to the tool's own: order_id, package_id, tracking_number, value; or describe it once: insure layout new FILE".to_owned()
            }
            IntakeError::MissingColumn { .. } => {
                "leave --layout away to have the layout detected, or add the column".to_owned()
            }
            IntakeError::NotThisList { .. } => {
                "rename the column, or add a header line; every name that is known stands in docs/formats.md".to_owned()
            }
            IntakeError::TwoLayouts { first, second, .. } => {
                format!("say which with --layout {first} or --layout {second}")
            }
            IntakeError::TwoColumns { second, .. } => {
                format!("delete or rename `{second}`")
            }
            IntakeError::RecordTooLong { line, .. } | IntakeError::OpenQuote { line, .. } => {
                format!("look for a quote that is never closed at line {line}")
            }
            IntakeError::Workbook { message, .. } if message == PASSWORD => {
                "open it with its password, take the password off, and save it".to_owned()
            }
            IntakeError::Workbook { .. } => {
                "download it again, or open it and save it as \"CSV UTF-8\"".to_owned()
            }
            IntakeError::OtherDates { .. } => {
                "export it in the shop's own language and region, and do not save it in a spreadsheet set to another; if all of it is written so, say --dates month-first or --dates day-first".to_owned()
            }
            IntakeError::PaddedIds { .. } => {
                "use the export as downloaded, without opening and saving it in a spreadsheet".to_owned()
            }
            IntakeError::Changed { .. } => "run it again when nothing writes to the file".to_owned(),
            IntakeError::NotKept { .. } => "give the file by its name instead".to_owned(),
            IntakeError::TooMuch { .. } => "split the export into several files".to_owned(),
            IntakeError::Unreadable { .. }
            | IntakeError::Copy { .. }
            | IntakeError::NoSuchLayout { .. }
            | IntakeError::Instead { .. }
            | IntakeError::BadLayout { .. } => return None,
        };
        Some(text)
    }
}

impl IntakeError {
    /// The same error, its line and column told as a place in a sheet. `column_of` finds a column by
    /// its name.
    pub(super) fn in_sheet(
        self,
        sheet: &str,
        column_of: impl Fn(&str) -> Option<usize>,
    ) -> IntakeError {
        match self.spot() {
            Some((line, column)) => {
                let place = place::told(sheet, line, column.and_then(column_of));
                IntakeError::InSheet { place, inner: Box::new(self) }
            }
            None => self,
        }
    }

    /// The line it names, and the column, where it names them.
    fn spot(&self) -> Option<(u64, Option<&str>)> {
        match self {
            IntakeError::HeaderOnly { line, .. }
            | IntakeError::UnknownLayout { line, .. }
            | IntakeError::MissingColumn { line, .. }
            | IntakeError::NotThisList { line, .. }
            | IntakeError::TwoLayouts { line, .. }
            | IntakeError::TooMuch { line, .. }
            | IntakeError::Changed { line, .. } => Some((*line, None)),
            IntakeError::TwoColumns { line, second: column, .. }
            | IntakeError::OtherDates { line, column, .. }
            | IntakeError::PaddedIds { line, column, .. } => Some((*line, Some(column))),
            _ => None,
        }
    }
}

/// What an error says, with a place in a sheet where it says the line.
fn placed(inner: &IntakeError, place: &str) -> String {
    let line = inner.spot().map_or(0, |(line, _)| line);
    inner.to_string().replacen(&format!("line {line}"), place, 1)
}

/// How many of a header's columns a message shows.
const SHOWN: usize = 12;

fn listed(nearest: &[Lacking], found: &[String], unread: &[String]) -> String {
    let mut out = String::new();
    for near in nearest {
        let _ = writeln!(
            out,
            "  {}: looked for {}; found {}",
            near.layout,
            quoted(&near.missing),
            if near.found.is_empty() {
                "none of its others".to_owned()
            } else {
                quoted(&near.found)
            }
        );
    }
    let shown = &found[..found.len().min(SHOWN)];
    let _ = write!(out, "  the header has {}", quoted(shown));
    if found.len() > SHOWN {
        let _ = write!(out, " and {} more", found.len() - SHOWN);
    }
    if !unread.is_empty() {
        let _ = write!(
            out,
            "\n  it may be a layout in a file that cannot be read (insure layout check): {}",
            unread.join(", ")
        );
    }
    out
}

fn held(members: &[String]) -> String {
    const MOST: usize = 20;
    let mut text = match members {
        [] => "no file".to_owned(),
        members => quoted(&members[..members.len().min(MOST)]),
    };
    if members.len() > MOST {
        let _ = write!(text, " and {} more", members.len() - MOST);
    }
    text
}

fn quoted(names: &[String]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}
