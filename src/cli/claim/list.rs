//! Lists of claims, decisions and payments: how what came of them is told.

use std::collections::BTreeMap;
use std::io;

use serde_json::{Value, json};

use super::super::Session;
use super::super::view::{Cells, Format, Layout, Paint, Row, Waiting, document, list, printable};
use crate::claim::Claim;
use crate::error::{Error, Exit};
use crate::intake::Problem;
use crate::money::{Currency, Money, grouped};
use crate::ops::{Booked, BookedRow};

/// Rows that a table shows: all of a short list, otherwise those that were not booked.
const LISTED: usize = 50;

/// Remarks that are told one by one.
const DOUBTS: usize = 20;

/// What came of one row, for the summary.
pub(super) enum Came<'a> {
    /// Done now, with this amount.
    Now(Option<Money>),
    /// Done before.
    Before,
    /// Nothing is to be done yet.
    NotYet,
    /// Not done, for this code.
    Not(&'a str),
}

/// The words of a summary.
#[derive(Clone, Copy)]
pub(super) struct Words {
    /// What was done: `filed`.
    pub(super) done: &'static str,
    /// What the sum is: `payable`.
    pub(super) sum: &'static str,
    /// What is said of rows with which nothing is to be done yet, where there can be such.
    pub(super) not_yet: Option<&'static str>,
}

/// A row of a list.
pub(super) trait ListedRow: Row {
    /// What came of it.
    fn came(&self) -> Came<'_>;
    /// Its line, and what is doubtful about it though it was taken.
    fn doubts(&self) -> (u64, &[String]);
}

/// What a list came to. Nothing is shown before it is on disk.
pub(super) struct Told<R> {
    format: Format,
    paint: Paint,
    waiting: Waiting,
    /// The rows of a document, one a line.
    lines: Vec<u8>,
    /// The rows a table may show: the first ones, and those of the others that were refused.
    first: Vec<R>,
    refused: Vec<R>,
    /// What is doubtful: the first sentences, and how many there are.
    doubts: (Vec<String>, u64),
    rows: u64,
    done: u64,
    before: u64,
    not_yet: u64,
    refusals: BTreeMap<String, u64>,
    sums: BTreeMap<Currency, i64>,
}

impl<R: ListedRow> Told<R> {
    /// Of no rows yet.
    pub(super) fn new(session: &Session<'_>) -> io::Result<Told<R>> {
        Ok(Told {
            format: session.format,
            paint: session.paint,
            waiting: Waiting::new::<R>(session.format, session.paint)?,
            lines: Vec::new(),
            first: Vec::new(),
            refused: Vec::new(),
            doubts: (Vec::new(), 0),
            rows: 0,
            done: 0,
            before: 0,
            not_yet: 0,
            refusals: BTreeMap::new(),
            sums: BTreeMap::new(),
        })
    }

    /// Takes in one row.
    pub(super) fn take(&mut self, row: R) -> Result<(), Error> {
        self.rows += 1;
        let (line, doubts) = row.doubts();
        for doubt in doubts {
            self.doubts.1 += 1;
            if self.doubts.0.len() < DOUBTS {
                self.doubts.0.push(format!("line {line}: {doubt}"));
            }
        }
        let refused = match row.came() {
            Came::Now(amount) => {
                self.done += 1;
                if let Some(amount) = amount {
                    let sum = self.sums.entry(amount.currency()).or_default();
                    *sum = sum.saturating_add(amount.minor());
                }
                false
            }
            Came::Before => {
                self.before += 1;
                false
            }
            Came::NotYet => {
                self.not_yet += 1;
                false
            }
            Came::Not(code) => {
                *self.refusals.entry(code.to_owned()).or_default() += 1;
                true
            }
        };
        self.waiting.push(&row)?;
        match self.format {
            Format::Json => list(Format::Ndjson, &mut self.lines, self.paint, [row])?,
            Format::Table if self.first.len() < LISTED => self.first.push(row),
            Format::Table if refused && self.refused.len() < LISTED => self.refused.push(row),
            _ => {}
        }
        Ok(())
    }

    /// Shows everything, now that it is on disk; `more` is said of what was done.
    pub(super) fn show(
        mut self,
        words: Words,
        more: &[(&str, u64)],
        dry_run: bool,
        session: &mut Session<'_>,
    ) -> anyhow::Result<Exit> {
        self.waiting.show::<R>(session.world.stdout)?;
        match self.format {
            Format::Json => {
                let all = self.lines.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
                let rows: Vec<Value> = all.map(serde_json::from_slice).collect::<Result<_, _>>()?;
                let summary = self.summary(words, more, dry_run);
                let whole = json!({ "rows": rows, "summary": summary });
                document(Layout::Indented, session.world.stdout, &whole)?;
            }
            Format::Table => self.table(session)?,
            Format::Ndjson | Format::Csv | Format::Ids => {}
        }
        session.world.stdout.flush()?;
        let (doubts, all) = &self.doubts;
        for doubt in doubts {
            session.note(&printable(doubt))?;
        }
        if *all > doubts.len() as u64 {
            let more = all - doubts.len() as u64;
            session.note(&format!("... and {more} more remarks; --format csv tells them all"))?;
        }
        session.note(&self.sentence(words, more, dry_run))?;
        Ok(if self.refusals.is_empty() { Exit::Done } else { Exit::Refused })
    }

    /// A short list whole; of a long one what was refused.
    fn table(&mut self, session: &mut Session<'_>) -> io::Result<()> {
        let mut shown = std::mem::take(&mut self.first);
        let short = self.rows == shown.len() as u64;
        if !short {
            shown.retain(|row| matches!(row.came(), Came::Not(_)));
            shown.append(&mut self.refused);
            shown.truncate(LISTED);
        }
        let refused: u64 = self.refusals.values().sum();
        let left = refused.saturating_sub(shown.len() as u64);
        list(Format::Table, session.world.stdout, self.paint, shown)?;
        if !short && left > 0 {
            let left = grouped(&left.to_string());
            writeln!(session.world.stdout, "... and {left} more; --format csv tells them all")?;
        }
        Ok(())
    }

    fn summary(&self, words: Words, more: &[(&str, u64)], dry_run: bool) -> Value {
        let refusals = self.refusals.iter().map(|(code, n)| json!({ "code": code, "count": n }));
        let sums = self.sums.iter().map(|(currency, minor)| {
            json!({ "currency": currency, words.sum: Money::from_minor(*minor, *currency) })
        });
        let mut summary = json!({ "dry_run": dry_run, "rows": self.rows, words.done: self.done });
        for (name, count) in more {
            summary[*name] = json!(count);
        }
        summary[format!("already_{}", words.done)] = json!(self.before);
        if let Some(word) = words.not_yet {
            summary[word] = json!(self.not_yet);
        }
        summary["refused"] = json!(self.refusals.values().sum::<u64>());
        summary["refusals"] = refusals.collect();
        summary["sums"] = sums.collect();
        summary
    }

    fn sentence(&self, words: Words, more: &[(&str, u64)], dry_run: bool) -> String {
        let rows = if self.rows == 1 { "row" } else { "rows" };
        let of: Vec<String> = more.iter().map(|(name, n)| format!("{n} as {name}")).collect();
        let of = if of.is_empty() { String::new() } else { format!(" ({})", of.join(", ")) };
        let mut text = format!("{} {rows}: {} {}{of}", self.rows, self.done, words.done);
        text.push_str(&format!(", {} already {}", self.before, words.done));
        if let Some(word) = words.not_yet.filter(|_| self.not_yet > 0) {
            text.push_str(&format!(", {} {}", self.not_yet, word.replace('_', " ")));
        }
        text.push_str(&format!(", {} refused", self.refusals.values().sum::<u64>()));
        let codes: Vec<String> =
            self.refusals.iter().map(|(code, n)| format!("{n} {code}")).collect();
        if !codes.is_empty() {
            text.push_str(&format!(" ({})", codes.join(", ")));
        }
        for (currency, minor) in &self.sums {
            text.push_str(&format!("; {} {}", Money::from_minor(*minor, *currency), words.sum));
        }
        if dry_run {
            text.push_str("; dry run, nothing was recorded");
        }
        text
    }
}

/// A row of decisions or payments.
pub(super) struct BookedCells(pub(super) BookedRow);

impl ListedRow for BookedCells {
    fn came(&self) -> Came<'_> {
        match &self.0.result {
            Booked::Now => Came::Now(self.0.amount),
            Booked::Before => Came::Before,
            Booked::Undecided => Came::NotYet,
            Booked::Refused(problem) => Came::Not(problem.code),
        }
    }

    fn doubts(&self) -> (u64, &[String]) {
        let taken = !matches!(self.0.result, Booked::Refused(_));
        (self.0.line, self.0.doubt.as_slice().get(usize::from(!taken)..).unwrap_or_default())
    }
}

impl Row for BookedCells {
    const COLUMNS: &'static [&'static str] = &[
        "line",
        "id",
        "result",
        "claim",
        "claim_status",
        "policy",
        "on",
        "amount",
        "reference",
        "granted",
        "paid",
        "owed",
        "currency",
        "code",
        "column",
        "value",
        "refused",
        "hint",
    ];
    const TABLE: Option<&'static [usize]> = Some(&[0, 1, 2, 3, 4, 6, 7, 11, 13, 14, 16]);

    fn cells(&self, out: &mut dyn Cells) {
        let row = &self.0;
        let claim = row.claim.as_ref();
        out.number(row.line);
        out.text(&row.id);
        out.text(match row.result {
            Booked::Now => "booked",
            Booked::Before => "already_booked",
            Booked::Undecided => "not_decided",
            Booked::Refused(_) => "refused",
        });
        out.text_or_none(claim.map(|claim| claim.no.to_string()).as_deref());
        out.text_or_none(claim.map(|claim| claim.status.word()));
        out.text_or_none(claim.map(|claim| claim.policy.to_string()).as_deref());
        out.day_or_none(row.on);
        out.money_or_none(row.amount);
        out.text_or_none(row.reference.as_deref());
        out.money_or_none(claim.and_then(Claim::granted));
        out.money_or_none(claim.map(Claim::paid));
        out.money_or_none(claim.and_then(Claim::owed));
        out.text_or_none(claim.map(|claim| claim.amount.currency()).as_ref().map(Currency::code));
        let problem = match &row.result {
            Booked::Refused(problem) => Some(problem),
            _ => None,
        };
        problem_cells(problem, row.doubt.as_deref(), out);
    }

    fn id(&self) -> String {
        match (&self.0.result, &self.0.claim) {
            (Booked::Now | Booked::Before | Booked::Undecided, Some(claim)) => claim.no.to_string(),
            _ => String::new(),
        }
    }
}

/// Code, column, value, reason and hint of what is wrong with a row; of one that was taken, what is
/// doubtful about it.
fn problem_cells(problem: Option<&Problem>, doubt: Option<&str>, out: &mut dyn Cells) {
    out.text_or_none(problem.map(|p| p.code));
    out.text_or_none(problem.and_then(|p| p.column.as_deref()));
    out.text_or_none(problem.and_then(|p| p.value.as_deref()));
    out.text_or_none(problem.map(|p| p.reason.as_str()));
    out.text_or_none(problem.map_or(doubt, |p| p.hint.as_deref()));
}
