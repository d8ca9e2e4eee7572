//! A list of documents: whom each row names, what it shows and where it is.

use std::path::PathBuf;

use super::super::claim::{CLAIM, ID, NAMES, Named, ORDER, PACKAGE, TRACKING, named};
use super::Brought;
use crate::intake::{ListColumn, ListKind, ListRow, Problem, codes};
use crate::words::hyphened;

/// A list of documents, for claims or for policies.
pub const DOCUMENTS: ListKind = ListKind {
    what: "documents",
    columns: &[
        CLAIM,
        ID,
        ORDER,
        PACKAGE,
        TRACKING,
        ListColumn { word: "kind", names: &["kind", "evidence"] },
        ListColumn { word: "path", names: &["path", "file"] },
        ListColumn { word: "dated", names: &["dated", "date"] },
    ],
    names: NAMES,
    needs: &[NAMES, &["kind"], &["path"]],
};

/// The document a row names. Its kind may stay open: then the name of the file has to say it.
pub(super) fn brought(row: &ListRow) -> Result<(Brought, Named), Problem> {
    let named = named(row)?;
    let kind = match row.text("kind")? {
        None => None,
        Some(word) => Some(hyphened(word).ok_or_else(|| {
            let reason =
                format!("`{word}` is no kind of document, expected a word such as invoice");
            row.wrong("kind", codes::UNKNOWN_VALUE, reason)
        })?),
    };
    let Some(path) = row.text("path")?.map(PathBuf::from) else {
        return Err(row.wrong("path", "missing_path", "there is no path of a document"));
    };
    let dated = row.day("dated")?;
    let id = named.id.clone();
    Ok((Brought { line: Some(row.line), id, kind, path, dated }, named))
}
