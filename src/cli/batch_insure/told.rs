//! What is told of a batch: its decisions, its refusals with hints, its sums.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::super::explain::{Fate, Price};
use super::super::hints::Hints;
use super::super::quote::told_doubts;
use super::super::view::{
    Aligned, Cells, Format, Listing, Paint, Row, Shape, Waiting, as_value, document, folded,
    printable,
};
use super::super::{Session, fx};
use crate::error::Error;
use crate::intake::{BadRow, codes};
use crate::money::{Money, grouped};
use crate::number::PolicyNo;
use crate::ops::{BatchOutcome, BatchSummary, Decision};
use crate::parcel::Ids;
use crate::policy::Figures;
use crate::rules::Trace;

/// Refusals that a table lists one by one; the rest are counted.
const LISTED: usize = 20;
/// Why a row that is not refused is fed back with one that is.
const SAME_ORDER: &str = "row of the same order, which shares its shipping fee";

/// What is told of the decisions. Nothing is shown before they are on disk.
pub(super) struct Told {
    format: Format,
    rows: Waiting,
    listed: Vec<(u64, Vec<Aligned>)>,
    hints: Hints,
    rejects: BTreeMap<u64, (String, String)>,
    /// The first lines of the orders whose rows are kept together.
    orders: BTreeSet<u64>,
    keep_rejects: bool,
    /// Insured, but only with the free cover where more was asked for.
    only_free: u64,
}

impl Told {
    /// To be shown in this format; reasons are kept for a file of rejects.
    pub(super) fn new(format: Format, paint: Paint, keep_rejects: bool) -> Result<Told, Error> {
        Ok(Told {
            format,
            rows: Waiting::new::<DecidedRow<'_>>(format, paint)?,
            listed: Vec::new(),
            hints: Hints::default(),
            rejects: BTreeMap::new(),
            orders: BTreeSet::new(),
            keep_rejects,
            only_free: 0,
        })
    }

    /// Takes in one decision.
    pub(super) fn take(&mut self, outcome: &BatchOutcome<'_>) -> Result<(), Error> {
        let row = DecidedRow::of(outcome);
        if let Some((code, reason)) = row.refusal() {
            self.only_free += u64::from(matches!(outcome.decision, Decision::Insured { .. }));
            if self.listed.len() < LISTED {
                let stays = row.stays_uninsured.map_or_else(String::new, |m| grouped(&m.digits()));
                let cells = vec![
                    Aligned::Right(outcome.line.to_string()),
                    Aligned::Left(printable(&outcome.ids.shown())),
                    Aligned::Right(stays),
                    Aligned::Left(code.to_owned()),
                    Aligned::Left(printable(&reason)),
                ];
                self.listed.push((outcome.line, cells));
            }
            self.hints.take(code, row.hint);
            // What is covered now cannot be mended by feeding it back.
            if self.keep_rejects && matches!(row.decision, "refused") {
                for line in std::iter::once(&outcome.line).chain(outcome.more_lines) {
                    self.rejects.insert(*line, (code.to_owned(), reason.clone()));
                }
                self.keep_order(outcome.order_lines);
            }
        }
        // Only what is covered has an id for the next command.
        Ok(self.rows.push(&row)?)
    }

    /// Keeps the rows which a refused parcel shares its order's fee with: fed back without them it
    /// would bear all of it. Each group of such rows is disjoint from the others.
    fn keep_order(&mut self, lines: &[u64]) {
        if lines.first().is_none_or(|first| !self.orders.insert(*first)) {
            return;
        }
        for line in lines {
            let told = || (codes::SAME_ORDER.to_owned(), SAME_ORDER.to_owned());
            self.rejects.entry(*line).or_insert_with(told);
        }
    }

    /// Code and reason of each refused line, to be taken once.
    pub(super) fn take_rejects(&mut self) -> BTreeMap<u64, (String, String)> {
        std::mem::take(&mut self.rejects)
    }

    /// Shows everything, now that it is on disk; `file` is what was read.
    pub(super) fn show(
        mut self,
        summary: &BatchSummary,
        file: &Path,
        session: &mut Session<'_>,
    ) -> anyhow::Result<()> {
        self.rows.show::<DecidedRow<'_>>(session.world.stdout)?;
        match self.format.shape() {
            Shape::Sheet => {
                let text = self.table(summary, session);
                session.world.stdout.write_all(text.as_bytes())?;
            }
            Shape::Document(layout) => {
                document(layout, session.world.stdout, &serde_json::to_value(summary)?)?;
            }
            Shape::Csv | Shape::Ids => {
                session.note(&one_line(summary))?;
                if let Some(told) = told_doubts(&summary.doubts) {
                    session.note(&format!("note: {told}"))?;
                }
                fx::note_conversions(&summary.rates, session)?;
            }
        }
        if summary.cancelled_covered > 0 {
            session.note(&still_covered(summary.cancelled_covered, file))?;
        }
        Ok(())
    }

    fn table(&mut self, summary: &BatchSummary, session: &Session<'_>) -> String {
        let mut text = String::new();
        if !self.listed.is_empty() {
            let mut list = Listing::new(session.paint);
            let heads = ["line", "parcel", "stays uninsured", "refused", "reason"];
            list.head(heads.map(str::to_owned).into_iter());
            // What had to wait for the rest of the file came behind it.
            self.listed.sort_by_key(|(line, _)| *line);
            for (_, cells) in &self.listed {
                list.row(cells.clone());
            }
            text.push_str(&list.render());
            let more = summary.refused.saturating_sub(self.listed.len() as u64);
            if more > 0 {
                text.push_str(&format!("... and {more} more; --rejects FILE keeps them all\n"));
            }
            for hint in self.hints.told() {
                text.push_str(&format!("{hint}\n"));
            }
            text.push('\n');
        }
        let mut list = Listing::new(session.paint);
        let count = |n: u64| Aligned::Right(grouped(&n.to_string()));
        let mut line = |name: &str, n: u64, note: String| {
            list.row(vec![Aligned::Left(name.to_owned()), count(n), Aligned::Left(note)]);
        };
        let accounted = &summary.accounted;
        let note = if accounted.one_each { String::new() } else { accounted.told("covered") };
        line("Rows", summary.rows, note);
        line("Parcels", summary.parcels, String::new());
        let notes =
            [(summary.bought, "with bought cover"), (self.only_free, "only with the free one")];
        let notes: Vec<String> = notes
            .iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, what)| format!("{} {what}", grouped(&count.to_string())))
            .collect();
        line("Insured", summary.insured, notes.join(", "));
        line("Already insured", summary.already_insured, String::new());
        line(
            "Cancelled orders",
            summary.cancelled,
            if summary.cancelled > 0 { "skipped".to_owned() } else { String::new() },
        );
        let codes: Vec<String> =
            summary.refusals.iter().map(|r| format!("{} {}", r.count, r.code)).collect();
        line("Refused", summary.refused, codes.join(", "));
        for converted in fx::told(&summary.rates) {
            list.pair("Converted", "", converted);
        }
        list.amount("Cover", summary.cover, "");
        list.amount("Stays uninsured", summary.stays_uninsured, "");
        let note = if summary.assumed {
            "rests on an assumed rate: see insure quote --explain"
        } else {
            ""
        };
        list.amount("Premium", summary.premium, note);
        text.push_str(&list.render());
        if let Some(told) = told_doubts(&summary.doubts) {
            let told =
                format!("{told}. Ask before you pay; insure plan show lists what is excluded.");
            text.push_str(&folded(&told, 0, session.paint.width));
        }
        text.push_str(&match (summary.dry_run, summary.batch) {
            (true, _) => "\nDry run: nothing was recorded.\n".to_owned(),
            (false, Some(batch)) => format!("\nRecorded as {batch}.\n"),
            (false, None) => "\nNothing new to record.\n".to_owned(),
        });
        text
    }
}

/// Cancelled parcels keep their cover, and its premium, until that is booked.
fn still_covered(count: u64, file: &Path) -> String {
    let file = if file == Path::new("-") { "FILE".into() } else { file.to_string_lossy() };
    let are = if count == 1 { "is" } else { "are" };
    format!(
        "note: {} of the cancelled {are} covered: insure track --input {} books that",
        grouped(&count.to_string()),
        printable(&file)
    )
}

fn one_line(summary: &BatchSummary) -> String {
    format!(
        "{} {}: {} insured, {} already insured, {} cancelled, {} refused; cover {}, premium {}{}",
        summary.parcels,
        if summary.parcels == 1 { "parcel" } else { "parcels" },
        summary.insured,
        summary.already_insured,
        summary.cancelled,
        summary.refused,
        summary.cover,
        summary.premium,
        if summary.dry_run { "; dry run, nothing was recorded" } else { "" }
    )
}

/// A decision as its row says it, with the steps of its price and the clause it was refused by.
pub(super) fn fate(outcome: &BatchOutcome<'_>) -> Fate {
    let (trace, refusal) = match outcome.decision {
        Decision::Insured { quote, .. } => (quote.trace.clone(), quote.refused.as_deref()),
        Decision::AlreadyInsured { refused, .. } => (Trace::off(), refused.as_deref()),
        Decision::Refused(refusal) => (Trace::off(), Some(&**refusal)),
        Decision::Cancelled | Decision::Bad(_) => (Trace::off(), None),
    };
    let price = Price { trace, refusal: refusal.cloned() };
    Fate { row: as_value(&DecidedRow::of(outcome)), price: Some(price) }
}

/// One decision, as a row.
struct DecidedRow<'a> {
    line: u64,
    ids: &'a Ids,
    decision: &'static str,
    policy: Option<PolicyNo>,
    figures: Option<&'a Figures>,
    stays_uninsured: Option<Money>,
    code: Option<&'a str>,
    /// What is wrong with the row itself.
    bad: Option<&'a BadRow>,
    column: Option<&'a str>,
    value: Option<&'a str>,
    reason: Option<&'a str>,
    clause: Option<&'a str>,
    hint: Option<&'a str>,
}

impl<'a> DecidedRow<'a> {
    fn of(outcome: &'a BatchOutcome<'a>) -> DecidedRow<'a> {
        let mut row = DecidedRow {
            line: outcome.line,
            ids: outcome.ids,
            decision: "refused",
            policy: None,
            figures: None,
            stays_uninsured: None,
            code: None,
            bad: None,
            column: None,
            value: None,
            reason: None,
            clause: None,
            hint: None,
        };
        let refusal = match outcome.decision {
            Decision::Insured { policy, quote } => {
                row.decision = "insured";
                row.policy = *policy;
                row.figures = Some(&quote.figures);
                row.stays_uninsured = Some(quote.stays_uninsured);
                quote.refused.as_ref()
            }
            Decision::AlreadyInsured { policy, refused } => {
                row.decision = "already_insured";
                row.policy = *policy;
                refused.as_ref()
            }
            Decision::Refused(refusal) => Some(refusal),
            Decision::Cancelled => {
                row.decision = "order_cancelled";
                None
            }
            Decision::Bad(bad) => {
                row.code = Some(bad.code);
                row.bad = Some(bad);
                row.column = bad.column.as_deref();
                row.value = bad.value.as_deref();
                row.reason = Some(&bad.reason);
                row.hint = bad.hint.as_deref();
                None
            }
        };
        if let Some(refusal) = refusal {
            row.code = Some(refusal.code);
            row.reason = Some(&refusal.reason);
            row.clause = Some(&refusal.clause);
            row.hint = refusal.remedy.as_deref();
        }
        row
    }

    /// Code and reason, the column named in it where there is one, in a workbook the cell too.
    fn refusal(&self) -> Option<(&'a str, String)> {
        let reason = self.reason?;
        let told = self.bad.map_or_else(|| reason.to_owned(), BadRow::told);
        Some((self.code?, told))
    }
}

impl Row for DecidedRow<'_> {
    const COLUMNS: &'static [&'static str] = &[
        "line",
        "order_id",
        "package_id",
        "tracking_number",
        "decision",
        "policy",
        "package_value",
        "included_cover",
        "cover",
        "premium",
        "stays_uninsured",
        "code",
        "column",
        "value",
        "reason",
        "clause",
        "hint",
    ];

    fn cells(&self, out: &mut dyn Cells) {
        out.number(self.line);
        for id in [&self.ids.order, &self.ids.package, &self.ids.tracking] {
            out.text_or_none(id.as_deref());
        }
        out.text(self.decision);
        match self.policy {
            Some(policy) => out.text(&policy.to_string()),
            None => out.none(),
        }
        out.money_or_none(self.figures.map(|f| f.package_value));
        out.money_or_none(self.figures.map(|f| f.included_cover));
        out.money_or_none(self.figures.map(|f| f.cover));
        out.money_or_none(self.figures.map(|f| f.premium));
        out.money_or_none(self.stays_uninsured);
        out.text_or_none(self.code);
        out.text_or_none(self.column);
        out.text_or_none(self.value);
        out.text_or_none(self.reason);
        out.text_or_none(self.clause);
        out.text_or_none(self.hint);
    }

    fn id(&self) -> String {
        self.policy.map(|no| no.to_string()).unwrap_or_default()
    }
}
