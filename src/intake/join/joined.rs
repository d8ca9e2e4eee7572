//! What a join came to: every row of the file of tracking numbers, and what was left over of both.

use std::sync::Arc;

use serde::ser::{Serialize, SerializeStruct, Serializer};
use serde_json::json;

use super::{Join, Trackings};
use crate::intake::Reader;

/// What is listed of a kind in a document; all of it is counted.
const LISTED: usize = 1000;

/// What came of the rows of a file of tracking numbers beside the file of their orders.
#[derive(Clone, Debug)]
pub struct Joined {
    trackings: Arc<Trackings>,
    /// By the first row of an order there: whether the file here has that order.
    met: Arc<[bool]>,
    /// Rows of orders that are in the file.
    pub joined: u64,
    /// Rows of orders that are not.
    pub left_over: u64,
    /// Parcels of the file that have no tracking number still.
    pub without: u64,
    /// Labels of which the two files say different things.
    pub differing: u64,
    /// What they say, the first thousand of them.
    pub differences: Vec<String>,
}

/// A tracking number whose order is not in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LeftOver<'a> {
    /// Its line in the file of tracking numbers.
    pub line: u64,
    /// The order it names.
    pub order: &'a str,
    /// The number.
    pub tracking: &'a str,
}

impl Reader {
    /// What came of the tracking numbers that stand in another file, once this one was read.
    pub fn joined(&self) -> Option<Joined> {
        self.join.as_ref().map(|join| join.joined())
    }
}

impl Join {
    /// What it came to, once the file was read.
    fn joined(&self) -> Joined {
        let met: Arc<[bool]> = self.met.iter().map(|[line, _]| *line != 0).collect();
        let (mut joined, mut left_over) = (0, 0);
        for first in self.trackings.firsts() {
            let is_met = met.get(first as usize).copied().unwrap_or(false);
            *(if is_met { &mut joined } else { &mut left_over }) += self.trackings.count(first);
        }
        let differing = self.differing.borrow();
        Joined {
            trackings: Arc::clone(&self.trackings),
            met,
            joined,
            left_over,
            without: self.without,
            differing: differing.labels.len() as u64,
            differences: differing.told.clone(),
        }
    }
}

impl Joined {
    /// The file of tracking numbers.
    pub fn trackings(&self) -> &Trackings {
        &self.trackings
    }

    /// Rows of it that cannot be read.
    pub fn refused(&self) -> u64 {
        self.trackings.refused().values().sum()
    }

    /// Whether no row of it was of any use, though there are rows: it is the file of other orders.
    pub fn is_of_other_orders(&self) -> bool {
        self.joined == 0 && (self.left_over > 0 || self.refused() > 0)
    }

    /// The tracking numbers whose orders are not in the file.
    pub fn not_in_file(&self) -> impl Iterator<Item = LeftOver<'_>> {
        let is_met = |first: &u32| self.met.get(*first as usize).copied().unwrap_or(false);
        let firsts = self.trackings.firsts().filter(move |first| !is_met(first));
        firsts.flat_map(|first| {
            let order = self.trackings.order(first);
            self.trackings.all_shipments(first).into_iter().map(move |shipment| LeftOver {
                line: shipment.line,
                order,
                tracking: shipment.tracking,
            })
        })
    }
}

impl Serialize for Joined {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        let trackings = &self.trackings;
        let skipped = trackings.skipped().by_reason();
        let skipped = skipped.map(|(skip, rows)| json!({ "reason": skip.word(), "rows": rows }));
        let refused = trackings.refused().iter();
        let refused = refused.map(|(code, rows)| json!({ "code": code, "rows": rows }));
        let bad_rows = trackings.bad().iter().map(|bad| {
            json!({
                "line": bad.line,
                "order_id": bad.ids.order,
                "column": bad.column,
                "value": bad.value,
                "code": bad.code,
                "reason": bad.told(),
                "hint": bad.hint,
            })
        });
        let not_in_file = self.not_in_file().take(LISTED).map(|left| {
            json!({ "line": left.line, "order_id": left.order, "tracking_number": left.tracking })
        });
        let mut out = s.serialize_struct("Joined", 11)?;
        out.serialize_field("file", trackings.file())?;
        out.serialize_field("layout", trackings.layout())?;
        out.serialize_field("rows", &trackings.rows())?;
        out.serialize_field("joined", &self.joined)?;
        out.serialize_field("left_over", &self.left_over)?;
        out.serialize_field("skipped", &skipped.collect::<Vec<_>>())?;
        out.serialize_field("refused", &refused.collect::<Vec<_>>())?;
        out.serialize_field("without_number", &self.without)?;
        out.serialize_field("differing", &self.differing)?;
        out.serialize_field("bad_rows", &bad_rows.collect::<Vec<_>>())?;
        out.serialize_field("not_in_file", &not_in_file.collect::<Vec<_>>())?;
        out.end()
    }
}
