//! A mistake in a text, shown below the line it is in.

use std::ops::Range;

/// What is wrong, below the line it is in, with carets under the part that `span` marks. `what`
/// opens the message: `TOML parse error` is followed by ` at line 3, column 8`.
pub(crate) fn pointed(what: &str, text: &str, span: Range<usize>, why: &str) -> String {
    let start = text.get(..span.start).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1);
    let line = text.get(start..).and_then(|rest| rest.lines().next()).unwrap_or_default();
    let column = text.get(start..span.start).map_or(0, |before| before.chars().count());
    let width = text.get(span).and_then(|marked| marked.lines().next());
    let marks = "^".repeat(width.map_or(1, |marked| marked.chars().count().max(1)));
    let number = line_of(text, start).to_string();
    let margin = " ".repeat(number.len());
    format!(
        "{what} at line {number}, column {}\n{margin} |\n{number} | {line}\n{margin} | {}{marks}\n{why}",
        column + 1,
        " ".repeat(column)
    )
}

/// The number of the line a byte stands in.
pub(crate) fn line_of(text: &str, at: usize) -> usize {
    text.bytes().take(at).filter(|byte| *byte == b'\n').count() + 1
}
