//! Lists about what is in the ledger already: claims, decisions, payments, documents.

use std::io;
use std::path::{Path, PathBuf};

use super::super::Session;
use super::super::view::printable;
use crate::error::Error;
use crate::intake::{Encoding, List, ListKind, Options, read_list};
use crate::money::Currency;

/// How a list is read.
#[derive(Debug, Clone, clap::Args)]
pub(in crate::cli) struct ListArgs {
    /// The encoding of the list's text, such as gbk, shift_jis, windows-1252 [default: the one its
    /// bytes show]
    #[arg(long, value_name = "NAME", value_parser = super::encoding, requires = "input")]
    encoding: Option<Encoding>,
    /// The file to read in a zip archive that holds several
    #[arg(long, value_name = "NAME", requires = "input")]
    member: Option<String>,
    /// The sheet to read in a workbook [default: the one whose header is known]
    #[arg(long, value_name = "NAME", requires = "input")]
    sheet: Option<String>,
}

/// Reads a list to its end; `-` is stdin.
pub(in crate::cli) fn read(
    path: &Path,
    args: &ListArgs,
    kind: &ListKind,
    session: &mut Session<'_>,
) -> Result<List, Error> {
    let options = Options {
        encoding: args.encoding,
        member: args.member.clone(),
        sheet: args.sheet.clone(),
        // The currency of an amount is that of its claim.
        ..Options::new(Currency::USD)
    };
    let list = read_list(super::source(path, session), &options, kind)?;
    super::tell_reading(&list.original, session)?;
    Ok(list)
}

/// Where the relative paths of a list begin.
pub(in crate::cli) fn folder_of(path: &Path) -> PathBuf {
    let folder = path.parent().filter(|_| path.as_os_str() != "-");
    folder.map(Path::to_owned).unwrap_or_default()
}

/// Names the columns that were read over.
pub(in crate::cli) fn note_others(others: &[String], session: &mut Session<'_>) -> io::Result<()> {
    let named: Vec<String> =
        others.iter().filter(|name| !name.is_empty()).map(|name| printable(name)).collect();
    if named.is_empty() {
        return Ok(());
    }
    session.note(&format!("columns that are read over: {}", named.join(", ")))
}
