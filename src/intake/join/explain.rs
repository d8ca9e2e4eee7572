//! How one row of a file of tracking numbers became what it became beside the file of its orders.

use super::uses::{is_met, labels_of};
use super::{Joined, Trackings, Unused};
use crate::intake::asked::{LineIs, RowRead};
use crate::intake::error::IntakeError;
use crate::intake::{BadRow, Item, Reader};
use crate::parcel::{Ids, same_tracking};

/// How a row of a file of tracking numbers became what it became.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LabelExplained {
    /// The file.
    pub file: String,
    /// The file of the orders.
    pub orders: String,
    /// The sheet, in a workbook.
    pub sheet: Option<String>,
    /// The layout.
    pub layout: String,
    /// Why it is that one, for people.
    pub why: String,
    /// The row that was asked about.
    pub row: u64,
    /// Where that is.
    pub is: LineIs,
    /// The last line of the last row.
    pub last: u64,
    /// The row itself, where it is one.
    pub read: Option<RowRead>,
    /// What it became.
    pub became: LabelBecame,
    /// What became of its order's rows in the file of orders, as far as its number is theirs or would be:
    /// the lines of each parcel, its names, and why it is refused where it is.
    pub parcels: Vec<(Vec<u64>, Ids, Option<BadRow>)>,
}

/// What a row of a file of tracking numbers became.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LabelBecame {
    /// Nothing: it is no row, or is passed over.
    Nothing,
    /// It is refused.
    Bad(Box<BadRow>),
    /// A label of an order.
    Label {
        /// The order it names.
        order: String,
        /// Its number.
        tracking: String,
        /// Where its number went.
        went: Went,
    },
}

/// Where the number of a label went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Went {
    /// To the rows of its order.
    Used,
    /// Nowhere: its order is in the file, and this is why it is not used.
    NotUsed(Unused),
    /// Nowhere: its order is not in the file.
    NotInFile,
}

/// Explains the row that was asked about while a file of tracking numbers was read; `reader` is of the
/// file of orders beside it, which is read to its end.
///
/// # Errors
/// Whatever keeps the file of orders from being read.
pub fn explain_label(
    trackings: &Trackings,
    row: u64,
    mut reader: Reader,
) -> Result<LabelExplained, IntakeError> {
    let entry = trackings.entry_on(row);
    let bad = trackings.bad().iter().find(|bad| bad.line == row);
    let order = match bad {
        Some(bad) => bad.ids.order.as_deref(),
        None => entry.map(|entry| trackings.order_of(entry)),
    };
    let first = order.and_then(|order| trackings.find(order));
    let mut parcels = Vec::new();
    for item in reader.by_ref() {
        let (line, more, ids, others, bad) = match item? {
            Item::Parcel(row) => {
                (row.line, row.more_lines, row.parcel.ids, row.parcel.other_orders, None)
            }
            Item::Bad(bad) => {
                (bad.line, bad.more_lines.clone(), bad.ids.clone(), Vec::new(), Some(bad))
            }
            Item::Event(_) => continue,
        };
        let mut orders = ids.order.iter().chain(&others);
        if first.is_some() && orders.any(|order| trackings.find(order) == first) {
            let mut lines: Vec<u64> = std::iter::once(line).chain(more).collect();
            lines.sort_unstable();
            parcels.push((lines, ids, bad));
        }
    }
    let joined = reader.joined();
    let noted = trackings.asked_notes();
    let label = entry.and_then(|entry| trackings.shipment(entry)).filter(|_| bad.is_none());
    parcels.retain(|(_, ids, refused): &(_, Ids, Option<BadRow>)| match (label, &ids.tracking) {
        (Some(label), Some(own)) => refused.is_some() || same_tracking(own, label.tracking),
        _ => true,
    });
    let became = match (bad, label) {
        (Some(bad), _) => LabelBecame::Bad(Box::new(bad.clone())),
        (None, Some(label)) => LabelBecame::Label {
            order: trackings.order_of(label.entry).to_owned(),
            tracking: label.tracking.to_owned(),
            went: went(trackings, joined.as_ref(), first, label.entry),
        },
        (None, None) => LabelBecame::Nothing,
    };
    let original = trackings.original();
    Ok(LabelExplained {
        file: trackings.file().to_owned(),
        orders: reader.original().name().to_owned(),
        sheet: original.and_then(|file| file.sheet()).map(|sheet| sheet.name().to_owned()),
        layout: trackings.layout().to_owned(),
        why: trackings.why().to_owned(),
        row,
        is: noted.map(|notes| notes.place).unwrap_or_default(),
        last: noted.map_or(0, |notes| notes.last),
        read: noted.and_then(|notes| notes.rows.get(&row)).cloned(),
        became,
        parcels,
    })
}

fn went(trackings: &Trackings, joined: Option<&Joined>, first: Option<u32>, entry: u32) -> Went {
    let (Some(joined), Some(first)) = (joined, first) else { return Went::NotInFile };
    if !is_met(&joined.noted, first) {
        return Went::NotInFile;
    }
    let labels = labels_of(trackings, &joined.noted, first);
    match labels.into_iter().find(|(label, _)| *label == entry) {
        Some((_, Some(why))) => Went::NotUsed(why),
        _ => Went::Used,
    }
}
