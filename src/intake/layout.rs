//! Layouts are data: what a file's columns are called, what a row is, how it writes days and
//! amounts and which words mean what. Each is one TOML file; a new export is a new file, not code.
//!
//! - `field.rs`: what a column can be; `written.rs`: the shape of a layout file, and its mistakes
//! - `catalog.rs`: the built-in layouts beside the user's own

mod catalog;
mod field;
mod written;

use std::collections::BTreeMap;

use serde::Deserialize;

use super::amount::DecimalMark;
use super::dates::DateOrder;
use super::zones::ZoneIs;
use crate::money::Currency;
use crate::parcel::CarrierEvent;

pub use catalog::{BrokenLayout, ColumnInfo, LayoutInfo, Layouts, check_layout};
pub(super) use field::Field;

/// What a file holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Parcels to cover.
    Parcels,
    /// What carriers report of parcels.
    Events,
    /// The tracking numbers of orders, to stand beside a file of parcels.
    Trackings,
}

/// What one row is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum RowIs {
    /// A parcel, whole.
    Parcel,
    /// One article of an order; several make a parcel.
    SkuLine,
    /// One carrier event.
    Event,
    /// One shipment, with what the carrier reports of it so far.
    Shipment,
}

/// What the shipping fee in a row is of, where rows make orders.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Per {
    /// Of the order: it stands once, or alike on each row, and is taken once.
    #[default]
    Order,
    /// Of the row: those of a parcel's rows add up.
    Row,
}

/// Which character stands before the minor units.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Amounts {
    /// `1,234.56`
    #[default]
    Point,
    /// `1.234,56`
    Comma,
    /// What the column shows, the same for all of it.
    AsFound,
}

/// In which currency amounts are that do not say so in a column.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) enum CurrencyIs {
    /// The plan's, or what the user says.
    #[default]
    Usual,
    /// This one.
    Always(Currency),
    /// The one the first amount names, if it names any.
    AsFound,
}

/// What a quote is in the file.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Quotes {
    /// It holds a cell together.
    #[default]
    Usual,
    /// Where tabs separate the cells it is a character like any other.
    NoneWithTabs,
}

/// What a tracking number in the file says of the label.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum TrackingMeans {
    /// The label is bought in this very step.
    LabelBoughtNow,
    /// The label was there before.
    #[default]
    LabelExists,
}

/// What a value of a column can mean.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Meaning {
    Cancelled,
    PlatformLabel,
    SellerLabel,
    PlatformWarehouse,
    /// Its label exists, whether or not its number is told.
    HasLabel,
    /// The row is its order's summary: what it says holds for the order's other rows, and its goods
    /// are theirs.
    Summary,
    /// Goods that are not shipped: a gift card, a service.
    NotShipped,
    /// Money going back; the parcel is in another row.
    Refund,
    /// The carrier reports nothing yet.
    NoNews,
    Labelled,
    Scanned,
    Moved,
    Delivered,
    Damaged,
    Lost,
    Returned,
}

impl Meaning {
    /// Its word in layout files.
    pub(super) fn word(self) -> &'static str {
        match self {
            Meaning::Cancelled => "cancelled",
            Meaning::PlatformLabel => "platform-label",
            Meaning::SellerLabel => "seller-label",
            Meaning::PlatformWarehouse => "platform-warehouse",
            Meaning::HasLabel => "has-label",
            Meaning::Summary => "summary",
            Meaning::NotShipped => "not-shipped",
            Meaning::Refund => "refund",
            Meaning::NoNews => "no-news",
            Meaning::Labelled => "labelled",
            Meaning::Scanned => "scanned",
            Meaning::Moved => "moved",
            Meaning::Delivered => "delivered",
            Meaning::Damaged => "damaged",
            Meaning::Lost => "lost",
            Meaning::Returned => "returned",
        }
    }

    /// The carrier event it is, if it is one.
    pub(super) fn event(self) -> Option<CarrierEvent> {
        Some(match self {
            Meaning::Labelled => CarrierEvent::Labelled,
            Meaning::Scanned => CarrierEvent::Scanned,
            Meaning::Moved => CarrierEvent::Moved,
            Meaning::Delivered => CarrierEvent::Delivered,
            Meaning::Damaged => CarrierEvent::Damaged,
            Meaning::Lost => CarrierEvent::Lost,
            Meaning::Returned => CarrierEvent::Returned,
            Meaning::Cancelled => CarrierEvent::Cancelled,
            _ => return None,
        })
    }
}

/// "When this column is, or contains, one of these, or is empty, it means that."
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct When {
    pub(super) column: Field,
    #[serde(default)]
    pub(super) is: Vec<String>,
    #[serde(default)]
    pub(super) contains: Vec<String>,
    #[serde(default)]
    pub(super) empty: bool,
    pub(super) means: Meaning,
}

/// One layout.
#[derive(Clone, Debug)]
pub(super) struct Layout {
    pub(super) id: String,
    /// For people.
    pub(super) name: String,
    /// Where it comes from, and what is to be known of it.
    pub(super) about: Option<String>,
    pub(super) kind: Kind,
    pub(super) one_row_per: RowIs,
    /// Of each group at least one must be in the header.
    pub(super) needs: Vec<Vec<Field>>,
    /// Header names that must be there, though their columns are not read: they tell it from others.
    pub(super) marks: Vec<String>,
    pub(super) dates: DateOrder,
    /// In which zone its times are that do not say so.
    pub(super) zone: ZoneIs,
    pub(super) amounts: Amounts,
    pub(super) currency: CurrencyIs,
    pub(super) quotes: Quotes,
    pub(super) shipping_per: Per,
    pub(super) tracking_means: TrackingMeans,
    /// Whether a package number is that of a label: a label bought again has another one.
    pub(super) package_is_label: bool,
    /// First cells of a row below the header that describes the columns.
    pub(super) description_row: Vec<String>,
    /// Texts at the start of the lines below the last row: what follows is no row.
    pub(super) trailer: Vec<String>,
    /// What stands on the first row of an order only, and holds for its other rows.
    pub(super) first_row_only: Vec<Field>,
    /// Of several columns of one meaning the one whose name stands first under `columns` is read: the
    /// user chooses what is exported. Otherwise two are a mistake.
    pub(super) first_name_wins: bool,
    /// Empty cells at the end of a row may be left away.
    pub(super) short_rows: bool,
    /// Columns in which only the values listed under `when` are known.
    pub(super) closed: Vec<Field>,
    /// Why nothing can be read from it, and what to download instead.
    pub(super) instead: Option<String>,
    /// The header names of each field.
    pub(super) columns: BTreeMap<Field, Vec<String>>,
    pub(super) when: Vec<When>,
    /// It has the columns of the layout before it: where none fits, that one is named.
    pub(super) is_variant: bool,
    /// The file, where it is the user's own.
    pub(super) own_file: Option<String>,
}

impl Layout {
    /// The header names accepted for a group of fields: `value or product`.
    pub(super) fn spelled(&self, group: &[Field]) -> String {
        let first =
            |field: &Field| self.columns.get(field).and_then(|names| names.first()).cloned();
        group.iter().filter_map(first).collect::<Vec<_>>().join(" or ")
    }
}

impl Amounts {
    /// What is known of a column before it is read.
    pub(super) fn mark(self) -> Option<DecimalMark> {
        match self {
            Amounts::Point => Some(DecimalMark::Point),
            Amounts::Comma => Some(DecimalMark::Comma),
            Amounts::AsFound => None,
        }
    }
}

/// A header name or fixed text as it is compared: no case, one space for any run of white space,
/// `_` and `-`, nothing at the ends.
pub(super) fn normal(name: &str) -> String {
    name.trim_start_matches('\u{feff}')
        .split(|c: char| c.is_whitespace() || c == '_' || c == '-' || c == '\u{a0}')
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
        .to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::normal;

    #[test]
    fn header_names_are_compared_by_what_they_say() {
        assert_eq!(normal(" Virtual  Bundle\tSeller_SKU "), "virtual bundle seller sku");
        assert_eq!(normal("\u{feff}Order ID"), normal("order_id"));
        assert_eq!(normal("Amount - Order Total"), "amount order total");
    }
}
