//! What keeps a row from being taken beside the tracking numbers of another file.

use crate::intake::cells::Cells;
use crate::intake::layout::Field;
use crate::intake::problem::{Problem, codes};
use crate::parcel::same_tracking;

use super::{Join, Shipment};

/// Tracking numbers that a message names; the others are counted.
const NAMED: usize = 4;

impl Join {
    pub(super) fn another_number(
        &self,
        own: &str,
        there: Shipment<'_>,
        bare: Cells<'_>,
    ) -> Problem {
        let reason = format!(
            "tracking number `{own}` on line {} of {}, but `{}` for the same order on line {} of {}",
            bare.row.line,
            bare.file,
            there.tracking,
            there.line,
            self.trackings.file()
        );
        bare.wrong(Field::Tracking, Problem::row(codes::CONFLICT, reason))
            .with_hint("mend the file that is wrong: what is claimed is claimed by this number")
    }

    pub(super) fn unread(&self, line: u64, bare: Cells<'_>) -> Problem {
        let file = self.trackings.file();
        let why = self.trackings.bad().iter().find(|bad| bad.line == line);
        let why = why.map_or_else(String::new, |bad| format!(": {}", bad.told()));
        let reason = format!("the row of this order on line {line} of {file} cannot be read{why}");
        bare.wrong(Field::Order, Problem::row(codes::TRACKING_UNREAD, reason))
            .with_hint("mend that row: a parcel is not covered without the number it has")
    }

    /// A row there says something else of the label than the ones above it.
    pub(super) fn contradicted(&self, line: u64, bare: Cells<'_>) -> Problem {
        let file = self.trackings.file();
        let why = self.trackings.bad().iter().find(|bad| bad.line == line);
        let why = why.map_or_else(String::new, |bad| format!(": {}", bad.told()));
        let reason = format!("line {line} of {file} says something else of this parcel{why}");
        bare.wrong(Field::Order, Problem::row(codes::CONFLICT, reason)).with_hint(
            "mend that file: what a parcel is covered for hangs on its carrier and service",
        )
    }

    pub(super) fn several(
        &self,
        shipments: &[Shipment<'_>],
        more: bool,
        sku: Option<&str>,
        bare: Cells<'_>,
    ) -> Problem {
        let mut numbers: Vec<(&str, u64)> = Vec::new();
        for shipment in shipments {
            if numbers.len() > NAMED {
                break;
            }
            if numbers.iter().all(|(known, _)| !same_tracking(known, shipment.tracking)) {
                numbers.push((shipment.tracking, shipment.line));
            }
        }
        let named = numbers.iter().take(NAMED);
        let named: Vec<String> =
            named.map(|(number, line)| format!("{number} (line {line})")).collect();
        let others = if more || numbers.len() > NAMED { " and more" } else { "" };
        let file = self.trackings.file();
        let (parcels, named) = (numbers.len(), named.join(", "));
        let reason = match sku {
            Some(sku) if parcels == 1 => format!(
                "{file} has one parcel of this order, {named}, and names the articles in it, but not `{sku}`"
            ),
            Some(sku) => format!(
                "{file} has several parcels of this order, {named}{others}, and does not say that `{sku}` is in one of them"
            ),
            None => format!(
                "{file} has several parcels of this order, {named}{others}, and does not say which of its goods are in which"
            ),
        };
        bare.wrong(Field::Order, Problem::row(codes::SPLIT_UNKNOWN, reason)).with_hint(
            "write the value of each parcel into a CSV with order_id, tracking_number and value and \
             insure that; or have the tracking file name the article (sku) of each row",
        )
    }

    /// `line` has the order in another way than it is written here.
    pub(super) fn written_in_two_ways(&self, order: &str, line: u64) -> Problem {
        let reason = format!(
            "order `{order}` is written in another way on line {line}, and {} does not tell the two apart",
            self.trackings.file()
        );
        Problem::row(codes::CONFLICT, reason).with_hint(
            "one order: write its number alike on all of its rows; two orders: put their tracking \
             numbers into this file, and leave them out of the other one",
        )
    }
}
