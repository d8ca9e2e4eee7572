//! What a join came to: every row of the file of tracking numbers, and what was left over of both.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::ser::{Serialize, SerializeStruct, Serializer};
use serde_json::json;

use super::uses::{Unused, is_met, is_used, labels_of};
use super::{Join, Shipment, Trackings};
use crate::intake::Reader;

/// What is listed of a kind in a document; all of it is counted.
const LISTED: usize = 1000;

/// What came of the rows of a file of tracking numbers beside the file of their orders.
#[derive(Clone, Debug)]
pub struct Joined {
    trackings: Arc<Trackings>,
    /// What is noted of each row there.
    pub(super) noted: Arc<[u16]>,
    groups: bool,
    /// Rows of orders in the file whose number a parcel has now, or had.
    pub joined: u64,
    /// Rows of orders in the file that were not used, by reason.
    pub not_used: BTreeMap<Unused, u64>,
    /// Rows of orders that are not in the file.
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

/// A tracking number whose order is in the file, and which is not used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotUsed<'a> {
    /// Its line in the file of tracking numbers.
    pub line: u64,
    /// The order it names.
    pub order: &'a str,
    /// The number.
    pub tracking: &'a str,
    /// The article it names.
    pub sku: Option<&'a str>,
    /// Why.
    pub why: Unused,
}

/// A tracking number of several orders: their goods are one parcel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Together<'a> {
    /// The number.
    pub tracking: &'a str,
    /// Its rows in the file of tracking numbers, one an order.
    pub lines: Vec<u64>,
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
        let noted = self.uses.noted(|first| self.spelled.is_unclear(first));
        let (mut joined, mut left_over, mut not_used) = (0, 0, BTreeMap::new());
        for first in self.trackings.firsts() {
            // Of most orders there is one row, and it is used: nothing has to be looked up.
            if self.trackings.is_alone(first) && is_used(&noted, first) {
                joined += 1;
                continue;
            }
            if !is_met(&noted, first) {
                left_over += self.trackings.labels(first).len() as u64;
                continue;
            }
            for (_, why) in labels_of(&self.trackings, &noted, first) {
                match why {
                    Some(why) => *not_used.entry(why).or_insert(0) += 1,
                    None => joined += 1,
                }
            }
        }
        let differing = self.differing.borrow();
        Joined {
            trackings: Arc::clone(&self.trackings),
            noted: noted.into(),
            groups: self.groups,
            joined,
            not_used,
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

    /// Rows of it that are of orders in the file and were not used.
    pub fn unused(&self) -> u64 {
        self.not_used.values().sum()
    }

    /// Whether no row of it is of an order in the file, though there are rows: it is the file of other
    /// orders.
    pub fn is_of_other_orders(&self) -> bool {
        let any = self.left_over > 0 || self.refused() > 0;
        any && !self.trackings.firsts().any(|first| is_met(&self.noted, first))
    }

    /// The tracking numbers whose orders are not in the file.
    pub fn not_in_file(&self) -> impl Iterator<Item = LeftOver<'_>> {
        let firsts = self.trackings.firsts().filter(|first| !is_met(&self.noted, *first));
        firsts.flat_map(|first| {
            let order = self.trackings.order(first);
            self.trackings.all_shipments(first).into_iter().map(move |shipment| LeftOver {
                line: shipment.line,
                order,
                tracking: shipment.tracking,
            })
        })
    }

    /// The rows of orders in the file that were not used, order by order.
    pub fn not_used_rows(&self) -> impl Iterator<Item = NotUsed<'_>> {
        let firsts = self.trackings.firsts().filter(|first| is_met(&self.noted, *first));
        firsts.flat_map(|first| {
            let order = self.trackings.order(first);
            let mut rows: Vec<NotUsed<'_>> = labels_of(&self.trackings, &self.noted, first)
                .into_iter()
                .filter_map(|(entry, why)| {
                    let label = self.trackings.shipment(entry)?;
                    let Shipment { line, tracking, sku, .. } = label;
                    Some(NotUsed { line, order, tracking, sku, why: why? })
                })
                .collect();
            rows.sort_unstable_by_key(|row| row.line);
            rows
        })
    }

    /// The numbers of several orders in the file, where these are one parcel: in a file in which each
    /// row is a parcel of its own the second one is refused.
    pub fn together(&self) -> Vec<Together<'_>> {
        let mut numbers: BTreeMap<u32, BTreeSet<u64>> = BTreeMap::new();
        let pairs = if self.groups { self.trackings.together.as_slice() } else { &[] };
        for (first, further) in pairs {
            let rows = [*first, *further]
                .map(|entry| is_used(&self.noted, entry).then(|| self.trackings.shipment(entry)));
            if let [Some(Some(first_row)), Some(Some(row))] = rows {
                numbers.entry(*first).or_default().extend([first_row.line, row.line]);
            }
        }
        let told = numbers.into_iter().filter_map(|(first, lines)| {
            let tracking = self.trackings.shipment(first)?.tracking;
            Some(Together { tracking, lines: lines.into_iter().collect() })
        });
        told.collect()
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
        let not_used = self.not_used.iter();
        let not_used = not_used.map(|(why, rows)| json!({ "reason": why.word(), "rows": rows }));
        let not_used_rows = self.not_used_rows().take(LISTED).map(|row| {
            json!({
                "line": row.line,
                "order_id": row.order,
                "tracking_number": row.tracking,
                "sku": row.sku,
                "reason": row.why,
            })
        });
        let unknown = trackings
            .unknown_words()
            .map(|(word, rows, line)| json!({ "status": word, "rows": rows, "line": line }));
        let together = self.together().into_iter().take(LISTED);
        let together =
            together.map(|one| json!({ "tracking_number": one.tracking, "lines": one.lines }));
        let mut out = s.serialize_struct("Joined", 16)?;
        out.serialize_field("file", trackings.file())?;
        out.serialize_field("layout", trackings.layout())?;
        out.serialize_field("rows", &trackings.rows())?;
        out.serialize_field("joined", &self.joined)?;
        out.serialize_field("not_used", &not_used.collect::<Vec<_>>())?;
        out.serialize_field("left_over", &self.left_over)?;
        out.serialize_field("skipped", &skipped.collect::<Vec<_>>())?;
        out.serialize_field("refused", &refused.collect::<Vec<_>>())?;
        out.serialize_field("without_number", &self.without)?;
        out.serialize_field("differing", &self.differing)?;
        out.serialize_field("other_days", &trackings.other_days().0)?;
        out.serialize_field("unknown_statuses", &unknown.collect::<Vec<_>>())?;
        out.serialize_field("bad_rows", &bad_rows.collect::<Vec<_>>())?;
        out.serialize_field("not_used_rows", &not_used_rows.collect::<Vec<_>>())?;
        out.serialize_field("together", &together.collect::<Vec<_>>())?;
        out.serialize_field("not_in_file", &not_in_file.collect::<Vec<_>>())?;
        out.end()
    }
}
