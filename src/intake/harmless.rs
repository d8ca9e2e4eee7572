//! Text that a spreadsheet would take for a formula, made harmless on its way out and read back as
//! it was.
//!
//! A name such as `=HYPERLINK(...)` came from a stranger and would run in the reader's spreadsheet.
//! An apostrophe before it makes it text there. Numbers with a sign stay numbers.

use std::borrow::Cow;

/// What a formula opens with, as ASCII and as the wide forms that spreadsheets take for the same; a
/// tab or line break before it is read over.
const OPENINGS: [char; 11] =
    ['=', '+', '-', '@', '\t', '\r', '\n', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}'];

/// A text as it is written into a CSV for spreadsheets: an apostrophe stands before what would be
/// taken for a formula.
pub fn harmless(text: &str) -> Cow<'_, str> {
    if is_guarded(text) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// A text as it was before [`harmless`].
pub(super) fn as_it_was(text: &str) -> &str {
    match text.as_bytes() {
        [b'\'', ..] => text.get(1..).filter(|rest| is_guarded(rest)).unwrap_or(text),
        _ => text,
    }
}

/// Whether it gets an apostrophe: a formula, and what looks like one that has got its own.
fn is_guarded(text: &str) -> bool {
    let bare = text.trim_start_matches('\'');
    bare.starts_with(OPENINGS) && !(bare.len() == text.len() && is_plain(bare))
}

/// A number with a sign, or a sign alone.
fn is_plain(text: &str) -> bool {
    let rest = text.strip_prefix(['-', '+']).unwrap_or(text);
    let number = rest.bytes().all(|b| b.is_ascii_digit() || b == b'.' || b == b',');
    number && (rest.is_empty() || rest.starts_with(|c: char| c.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::{as_it_was, harmless};

    #[test]
    fn what_would_run_gets_an_apostrophe_and_numbers_do_not() {
        for (text, written) in [
            ("=1+1", "'=1+1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("+49 170 1234567", "'+49 170 1234567"),
            ("-2+3+cmd|' /C calc'!A0", "'-2+3+cmd|' /C calc'!A0"),
            ("\t=1", "'\t=1"),
            ("\r=1", "'\r=1"),
            ("\n=1", "'\n=1"),
            ("\u{ff1d}1", "'\u{ff1d}1"),
            ("'=1", "''=1"),
            ("-5.00", "-5.00"),
            ("-1,234.50", "-1,234.50"),
            ("+7", "+7"),
            ("-", "-"),
            ("'-5.00", "''-5.00"),
            ("'tis", "'tis"),
            ("lamp", "lamp"),
            ("1-2", "1-2"),
            ("", ""),
        ] {
            assert_eq!(harmless(text), written, "{text:?}");
            assert_eq!(as_it_was(written), text, "{written:?}");
        }
    }
}
