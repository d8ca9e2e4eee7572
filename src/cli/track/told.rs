//! What is told of a file of carrier events.

use std::collections::HashMap;

use serde_json::{Value, json};

use super::super::Session;
use super::super::hints::Hints;
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
    hints: Hints,
    /// Parcels the ledger does not know.
    unknown: Vec<Unknown>,
    /// Where each of them is.
    places: HashMap<Names, usize>,
    /// As many of them are kept; of the others the rows are counted.
    kept: usize,
    more_unknown: u64,
}

/// A parcel's order, package and tracking number.
type Names = [Option<String>; 3];

/// A parcel the ledger does not know.
struct Unknown {
    ids: Ids,
    lines: Vec<u64>,
    /// As what its order is covered.
    covered: Option<String>,
}

impl Told {
    /// To be shown in this format.
    pub(super) fn new(format: Format) -> Told {
        let kept = if format == Format::Json { IN_DOCUMENT } else { LISTED };
        Told {
            bad: Vec::new(),
            hints: Hints::default(),
            unknown: Vec::new(),
            places: HashMap::new(),
            kept,
            more_unknown: 0,
        }
    }

    /// Takes in what came of a row.
    pub(super) fn take(&mut self, row: &TrackRow<'_>) {
        match row {
            TrackRow::Bad(row) => {
                self.list(|| format!("{} ({})", row.placed(), row.code));
                self.hints.take(row.code, row.hint.as_deref());
            }
            TrackRow::Refused { line, code, reason, .. } => {
                self.list(|| format!("line {line}: {reason} ({code})"));
            }
            TrackRow::NotInsured { line, ids, .. } => {
                self.unknown(*line, ids, || order_covered(row));
            }
            TrackRow::Tracked { .. } => {}
        }
    }

    fn list(&mut self, told: impl FnOnce() -> String) {
        if self.bad.len() < LISTED {
            self.bad.push(told());
        }
    }

    fn unknown(&mut self, line: u64, ids: &Ids, covered: impl FnOnce() -> Option<String>) {
        let names = [ids.order.clone(), ids.package.clone(), ids.tracking.clone()];
        if let Some(known) = self.places.get(&names).and_then(|at| self.unknown.get_mut(*at)) {
            known.lines.push(line);
        } else if self.unknown.len() < self.kept {
            self.places.insert(names, self.unknown.len());
            self.unknown.push(Unknown { ids: ids.clone(), lines: vec![line], covered: covered() });
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
        let each = self.unknown.iter().map(|Unknown { ids, lines, covered }| {
            json!({
                "order_id": ids.order,
                "package_id": ids.package,
                "tracking_number": ids.tracking,
                "lines": lines,
                "order_covered": covered,
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
        // Rows of one kind are told by the sums below.
        let told = summary.accounted.told();
        line("Rows", summary.rows, if told.contains(", ") { &told } else { "" });
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
        for hint in self.hints.told() {
            text.push_str(&format!("{hint}\n"));
        }
        for Unknown { ids, lines, covered } in &self.unknown {
            let covered = covered.as_ref().map_or(String::new(), |told| format!("; {told}"));
            text.push_str(&printable(&format!(
                "{}: {}{covered}",
                on_lines(lines),
                not_insured(ids)
            )));
            text.push('\n');
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

/// As what the order of a parcel is covered that is not: `order 1003 is covered as POL-00001Y under
/// label 9400111`.
pub(super) fn order_covered(row: &TrackRow<'_>) -> Option<String> {
    let TrackRow::NotInsured { ids, order_covered: Some((policy, by)), .. } = row else {
        return None;
    };
    let order = ids.order.as_deref().unwrap_or_default();
    let under = match (&by.tracking, &by.package) {
        (Some(label), _) => format!(" under label {label}"),
        (None, Some(package)) => format!(" as package {package}"),
        (None, None) => String::new(),
    };
    Some(format!("order {order} is covered as {policy}{under}"))
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
    let mut names = vec![ids.shown()];
    if let Some(order) = ids.order.as_deref().filter(|order| *order != ids.shown()) {
        names.push(format!("of order {order}"));
    }
    format!("{} is not insured", names.join(" "))
}
