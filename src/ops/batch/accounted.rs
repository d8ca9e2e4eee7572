//! What became of each row of a file: it is one of a parcel that is covered, passed over, or refused.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Decision;
use crate::intake::Skipped;

/// Every row of a file, in three parts that add up to all of them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Accounted {
    /// Rows of parcels that are covered now, or priced.
    pub covered: u64,
    /// Rows passed over, by reason.
    pub skipped: Vec<ReasonRows>,
    /// Rows of parcels, and rows, that were refused, by code.
    pub refused: Vec<CodeRows>,
    /// Whether each parcel and each refusal is one row, and none was passed over in reading.
    #[serde(skip)]
    pub one_each: bool,
}

/// Rows passed over for one reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReasonRows {
    /// A stable word: `order_cancelled`, `summary`.
    pub reason: &'static str,
    /// How many.
    pub rows: u64,
}

impl ReasonRows {
    /// Rows passed over in reading.
    pub(in crate::ops) fn read(skipped: &Skipped) -> impl Iterator<Item = ReasonRows> {
        skipped.by_reason().map(|(skip, rows)| ReasonRows { reason: skip.word(), rows })
    }

    /// How many rows they are together, and each in words: `1 order_cancelled, 1 summary`.
    pub(in crate::ops) fn told(all: &[ReasonRows]) -> (u64, String) {
        let each: Vec<String> =
            all.iter().map(|one| format!("{} {}", one.rows, one.reason)).collect();
        (all.iter().map(|one| one.rows).sum(), each.join(", "))
    }
}

/// Rows refused with one code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CodeRows {
    /// The code.
    pub code: String,
    /// How many.
    pub rows: u64,
}

impl Accounted {
    /// All rows that are accounted for.
    pub fn rows(&self) -> u64 {
        let skipped: u64 = self.skipped.iter().map(|reason| reason.rows).sum();
        let refused: u64 = self.refused.iter().map(|code| code.rows).sum();
        self.covered + skipped + refused
    }

    /// In words, `done` being what became of those that are well: `5 covered, 2 skipped
    /// (1 order_cancelled, 1 summary), 1 refused`.
    pub fn told(&self, done: &str) -> String {
        let mut parts = vec![format!("{} {done}", self.covered)];
        let (skipped, why) = ReasonRows::told(&self.skipped);
        if skipped > 0 {
            parts.push(format!("{skipped} skipped ({why})"));
        }
        let refused: u64 = self.refused.iter().map(|code| code.rows).sum();
        if refused > 0 {
            parts.push(format!("{refused} refused"));
        }
        parts.join(", ")
    }
}

/// Rows being counted.
#[derive(Debug, Default)]
pub(in crate::ops) struct Counting {
    covered: u64,
    cancelled: u64,
    refused: BTreeMap<String, u64>,
    several: bool,
}

impl Counting {
    /// Counts the rows of one decision.
    pub(super) fn count(&mut self, rows: u64, decision: &Decision) {
        match decision {
            Decision::Insured { .. } | Decision::AlreadyInsured { .. } => self.well(rows),
            Decision::Cancelled => self.cancelled(rows),
            Decision::Refused(refusal) => self.refused(rows, refusal.code),
            Decision::Bad(bad) => self.refused(rows, bad.code),
        }
    }

    /// Counts the rows of a parcel that is covered, or priced.
    pub(in crate::ops) fn well(&mut self, rows: u64) {
        self.several |= rows > 1;
        self.covered += rows;
    }

    /// Counts the rows of a cancelled one.
    pub(in crate::ops) fn cancelled(&mut self, rows: u64) {
        self.several |= rows > 1;
        self.cancelled += rows;
    }

    /// Counts the rows of one that is refused.
    pub(in crate::ops) fn refused(&mut self, rows: u64, code: &str) {
        self.several |= rows > 1;
        match self.refused.get_mut(code) {
            Some(count) => *count += rows,
            None => drop(self.refused.insert(code.to_owned(), rows)),
        }
    }

    /// All of them, with those that were passed over in reading.
    pub(in crate::ops) fn all(self, skipped: &Skipped) -> Accounted {
        let cancelled = (self.cancelled > 0)
            .then_some(ReasonRows { reason: "order_cancelled", rows: self.cancelled });
        let refused = self.refused.into_iter().map(|(code, rows)| CodeRows { code, rows });
        Accounted {
            covered: self.covered,
            skipped: cancelled.into_iter().chain(ReasonRows::read(skipped)).collect(),
            refused: refused.collect(),
            one_each: !self.several && skipped.rows() == 0,
        }
    }
}
