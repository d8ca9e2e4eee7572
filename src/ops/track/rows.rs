//! What became of each row of a file of carrier events.

use std::collections::BTreeMap;

use serde::Serialize;

use super::super::batch::{CodeRows, ReasonRows};
use crate::intake::Skipped;

/// Every row of a file, in parts that add up to all of them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct TrackedRows {
    /// Rows of insured parcels to which something happened, be it known already.
    pub tracked: u64,
    /// Rows of insured parcels to which nothing happened yet.
    pub without_event: u64,
    /// Rows of parcels that the ledger does not know.
    pub not_insured: u64,
    /// Rows passed over, by reason.
    pub skipped: Vec<ReasonRows>,
    /// Rows not taken in, by code.
    pub refused: Vec<CodeRows>,
}

impl TrackedRows {
    /// In words: `5 of insured parcels, 2 passed over (2 no_news), 1 not taken in`.
    pub fn told(&self) -> String {
        let (skipped, why) = ReasonRows::told(&self.skipped);
        let refused: u64 = self.refused.iter().map(|one| one.rows).sum();
        let parts = [
            (self.tracked, "with an event".to_owned()),
            (self.without_event, "without one yet".to_owned()),
            (self.not_insured, "not insured".to_owned()),
            (skipped, format!("passed over ({why})")),
            (refused, "not taken in".to_owned()),
        ];
        let told = parts.iter().filter(|(rows, _)| *rows > 0);
        told.map(|(rows, what)| format!("{rows} {what}")).collect::<Vec<_>>().join(", ")
    }
}

/// What became of a row; what needs attention counts more where it has several events.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fate {
    /// Its parcel is insured, and nothing happened to it yet.
    NothingHappened,
    /// An event of it was taken in.
    Tracked,
    /// Its parcel is not insured.
    NotInsured,
    /// It is not taken in, with this code.
    Refused(&'static str),
}

/// Rows being counted. The events of one row come one after the other.
#[derive(Debug, Default)]
pub(super) struct Counting {
    last: Option<(u64, Fate)>,
    rows: BTreeMap<Fate, u64>,
}

impl Counting {
    /// Counts the rows of a parcel, or of an event, by the line of the first.
    pub(super) fn count(&mut self, line: u64, rows: u64, fate: Fate) {
        let fate = match self.last.replace((line, fate)) {
            Some((last, before)) if last == line => {
                let known = self.rows.entry(before).or_default();
                *known = known.saturating_sub(rows);
                before.max(fate)
            }
            _ => fate,
        };
        self.last = Some((line, fate));
        *self.rows.entry(fate).or_default() += rows;
    }

    /// All of them, with those that were passed over in reading.
    pub(super) fn all(self, skipped: &Skipped) -> TrackedRows {
        let mut all = TrackedRows::default();
        for (fate, rows) in self.rows.into_iter().filter(|(_, rows)| *rows > 0) {
            match fate {
                Fate::NothingHappened => all.without_event = rows,
                Fate::Tracked => all.tracked = rows,
                Fate::NotInsured => all.not_insured = rows,
                Fate::Refused(code) => {
                    all.refused.push(CodeRows { code: code.to_owned(), rows });
                }
            }
        }
        all.skipped = ReasonRows::read(skipped).collect();
        all
    }
}
