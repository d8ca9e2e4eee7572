//! What is told of a file of carrier events.

use serde_json::{Value, json};

use super::super::Session;
use super::super::view::{Aligned, Format, Layout, Listing, Shape, document, printable};
use crate::money::grouped;
use crate::ops::{TrackRow, TrackSummary};
use crate::parcel::Ids;

/// Rows not taken in, and parcels not insured, that a table lists one by one; the rest are counted.
const LISTED: usize = 20;
/// Parcels not insured that a document lists.
const IN_DOCUMENT: usize = 1000;
/// Lines of one parcel that are named.
const LINES: usize = 6;

/// What is told besides the rows.
pub(super) struct Told {
    bad: Vec<String>,
    /// Parcels the ledger does not know, each with its lines.
    unknown: Vec<(Ids, Vec<u64>)>,
    /// As many of them are kept; of the others the rows are counted.
    kept: usize,
    more_unknown: u64,
}

impl Told {
    /// To be shown in this format.
    pub(super) fn new(format: Format) -> Told {
        let kept = if format == Format::Json { IN_DOCUMENT } else { LISTED };
        Told { bad: Vec::new(), unknown: Vec::new(), kept, more_unknown: 0 }
    }

    /// Takes in what came of a row.
    pub(super) fn take(&mut self, row: &TrackRow<'_>) {
        match row {
            TrackRow::Bad(row) => self.list(|| format!("{} ({})", row.placed(), row.code)),
            TrackRow::Refused { line, code, reason, .. } => {
                self.list(|| format!("line {line}: {reason} ({code})"));
            }
            TrackRow::NotInsured { line, ids } => self.unknown(*line, ids),
            TrackRow::Tracked { .. } => {}
        }
    }

    fn list(&mut self, told: impl FnOnce() -> String) {
        if self.bad.len() < LISTED {
            self.bad.push(told());
        }
    }

    fn unknown(&mut self, line: u64, ids: &Ids) {
        if let Some((_, lines)) = self.unknown.iter_mut().find(|(known, _)| known == ids) {
            lines.push(line);
        } else if self.unknown.len() < self.kept {
            self.unknown.push((ids.clone(), vec![line]));
        } else {
            self.more_unknown += 1;
        }
    }

    /// Shows the sums, and what needs somebody's attention.
    pub(super) fn show(
        &self,
        summary: &TrackSummary,
        session: &mut Session<'_>,
    ) -> anyhow::Result<()> {
        match session.format.shape() {
            Shape::Sheet => {
                let text = self.sheet(summary, session);
                session.world.stdout.write_all(text.as_bytes())?;
            }
            Shape::Document(layout) => {
                let mut value = serde_json::to_value(summary)?;
                // Elsewhere each row is told.
                if let (Layout::Indented, Value::Object(fields)) = (layout, &mut value) {
                    fields.insert("not_insured_parcels".to_owned(), self.unknown_parcels());
                }
                document(layout, session.world.stdout, &value)?;
            }
            Shape::Csv | Shape::Ids => {}
        }
        Ok(())
    }

    fn unknown_parcels(&self) -> Value {
        let each = self.unknown.iter().map(|(ids, lines)| {
            json!({
                "order_id": ids.order,
                "package_id": ids.package,
                "tracking_number": ids.tracking,
                "lines": lines,
            })
        });
        Value::Array(each.collect())
    }

    fn sheet(&self, summary: &TrackSummary, session: &Session<'_>) -> String {
        let mut list = Listing::new(session.paint);
        let mut line = |name: &str, n: u64, note: &str| {
            let count = Aligned::Right(grouped(&n.to_string()));
            list.row(vec![Aligned::Left(name.to_owned()), count, Aligned::Left(note.to_owned())]);
        };
        let noted = |n: u64, note: &'static str| if n > 0 { note } else { "" };
        line("Rows", summary.rows, "");
        line("New events", summary.recorded, "");
        line("Known already", summary.already_known, "");
        line("Became effective", summary.became_effective, "");
        line(
            "Cancelled",
            summary.cancelled,
            noted(summary.cancelled, "never scanned: premium refunded"),
        );
        line(
            "Not insured",
            summary.not_insured,
            noted(summary.not_insured, "parcels this ledger does not know"),
        );
        line("Not taken in", summary.bad, "");
        let mut text = list.render();
        for row in &self.bad {
            text.push_str(&format!("{row}\n"));
        }
        text.push_str(&more(summary.bad.saturating_sub(self.bad.len() as u64)));
        for (ids, lines) in &self.unknown {
            text.push_str(&format!("{}: {}\n", on_lines(lines), not_insured(ids)));
        }
        text.push_str(&more(self.more_unknown));
        if !self.unknown.is_empty() {
            text.push_str(
                "hint (not_insured): what is not covered cannot be claimed: insure batch-insure FILE covers \
                 what the terms still allow; if it is covered under another number, insure status finds it\n",
            );
        }
        if summary.dry_run {
            text.push_str("\nDry run: nothing was recorded.\n");
        }
        text
    }
}

fn more(rows: u64) -> String {
    match rows {
        0 => String::new(),
        more => {
            format!("... and {} more; --format csv tells them all\n", grouped(&more.to_string()))
        }
    }
}

/// `line 7`, `lines 7, 8`.
fn on_lines(lines: &[u64]) -> String {
    let shown: Vec<String> = lines.iter().take(LINES).map(u64::to_string).collect();
    let more = if lines.len() > LINES { " ..." } else { "" };
    format!("{} {}{more}", if lines.len() == 1 { "line" } else { "lines" }, shown.join(", "))
}

/// The parcel by all of its names, to be looked for in the shop.
fn not_insured(ids: &Ids) -> String {
    let mut names = vec![printable(&ids.shown())];
    if let Some(order) = ids.order.as_deref().filter(|order| *order != ids.shown()) {
        names.push(format!("of order {}", printable(order)));
    }
    format!("{} is not insured", names.join(" "))
}
