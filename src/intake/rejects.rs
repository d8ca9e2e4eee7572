//! Rows copied out as they came, with what was wrong beside them: ready to be mended and fed back.

use std::collections::BTreeMap;
use std::io::Write;

use super::error::IntakeError;
use super::source::Original;
use super::table::Table;
use super::workbook::Wish;

/// The columns that are added. No layout has them, so that a mended copy reads like the original.
const ADDED: [&str; 3] = ["line", "code", "reason"];

/// Copies the rows that start on the given lines to `out` as CSV: their original columns, then
/// `line`, `code` and `reason`. To be called when the file has been read to its end.
///
/// What was not UTF-8 comes out as UTF-8 with a byte order mark: a few rows alone would not show
/// their encoding. Bytes that were no character come out as one that is none in UTF-8 either.
///
/// # Errors
/// The original cannot be read again or has changed, a stream was not kept
/// ([`super::Options::keep`]), or `out` fails.
pub fn copy_rejects(
    original: &Original,
    reasons: &BTreeMap<u64, (String, String)>,
    out: &mut dyn Write,
) -> Result<(), IntakeError> {
    let name = original.name.clone();
    let failed = |e: csv::Error| IntakeError::Copy { name: name.clone(), source: e.into() };
    if original.encoding().is_some_and(|(encoding, _)| !encoding.is_utf8()) {
        out.write_all(b"\xef\xbb\xbf")
            .map_err(|source| IntakeError::Copy { name: name.clone(), source })?;
    }
    // Whatever was found to fit then is read again.
    let wish = Wish { sheet: None, again: original.chosen(), fits: &|_| Ok(()) };
    let mut table = Table::new(name.clone(), original.reopen()?.content, wish)?;
    let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(out);
    let mut width = None;
    let mut left = reasons.iter().peekable();
    // A copy of a copy keeps one set of added columns.
    let mut added_before: Vec<usize> = Vec::new();
    while left.peek().is_some() || width.is_none() {
        if !table.advance()? {
            break;
        }
        if let (None, Some((line, layout))) = (width, original.begin()) {
            // What is above the header is not copied.
            if table.row().line < *line {
                continue;
            }
            table.begin(layout.quotes);
        }
        let row = table.row();
        let (beside, columns) = match (width, left.peek()) {
            (None, _) => {
                let is_added =
                    |place: &usize| ADDED.iter().any(|a| a.as_bytes() == row.cell(*place));
                added_before = (0..row.width()).filter(is_added).collect();
                width = Some(row.width());
                (ADDED.map(str::to_owned), row.width())
            }
            (Some(width), Some((line, (code, reason)))) if **line == row.line => {
                let beside = [line.to_string(), code.clone(), reason.clone()];
                left.next();
                // A row too short stays so: filled up, it would pass unmended. (The rows of a
                // sheet end with their last filled cell.)
                let columns = if table.is_sheet() { width.max(row.width()) } else { row.width() };
                (beside, columns)
            }
            (Some(_), Some((line, _))) if **line < row.line => break,
            _ => continue,
        };
        for place in (0..columns).filter(|place| !added_before.contains(place)) {
            writer.write_field(row.raw(place)).map_err(failed)?;
        }
        writer.write_record(beside).map_err(failed)?;
    }
    writer.flush().map_err(|source| IntakeError::Copy { name: name.clone(), source })?;
    match left.next() {
        Some((line, _)) => Err(IntakeError::Changed { name, line: *line }),
        None => Ok(()),
    }
}
