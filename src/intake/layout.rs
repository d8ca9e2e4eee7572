//! Layouts are data: what a file's columns are called, what a row is, how it writes days and
//! amounts and which words mean what. Each is one TOML file; a new export is a new file, not code.

use serde::Deserialize;

use super::amount::DecimalMark;
use super::dates::DateOrder;
use super::error::IntakeError;

/// The built-in layouts, in the order they are listed in.
const BUILT_IN: [(&str, &str); 4] = [
    ("plain", include_str!("../layouts/plain.toml")),
    ("tiktok-us", include_str!("../layouts/tiktok-us.toml")),
    ("carrier-events", include_str!("../layouts/carrier-events.toml")),
    ("evidence", include_str!("../layouts/evidence.toml")),
];

/// What a file holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Parcels to cover.
    Parcels,
    /// What carriers report of parcels.
    Events,
    /// Documents that support claims.
    Documents,
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
    /// One document.
    Document,
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
}

/// "When this column is, or contains, one of these, it means that."
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct When {
    pub(super) column: Field,
    #[serde(default)]
    pub(super) is: Vec<String>,
    #[serde(default)]
    pub(super) contains: Vec<String>,
    pub(super) means: Meaning,
}

/// One layout, as its file says it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Layout {
    pub(super) id: String,
    /// For people.
    pub(super) name: String,
    pub(super) kind: Kind,
    pub(super) one_row_per: RowIs,
    /// Of each group at least one must be in the header.
    pub(super) needs: Vec<Vec<Field>>,
    #[serde(default)]
    pub(super) dates: DateOrder,
    #[serde(default)]
    pub(super) amounts: DecimalMark,
    #[serde(default)]
    pub(super) tracking_means: TrackingMeans,
    /// First cells of a row below the header that describes the columns.
    #[serde(default)]
    pub(super) description_row: Vec<String>,
    /// Columns in which only the values listed under `when` are known.
    #[serde(default)]
    pub(super) closed: Vec<Field>,
    /// The header names of each field.
    pub(super) columns: std::collections::BTreeMap<Field, Vec<String>>,
    #[serde(default)]
    pub(super) when: Vec<When>,
}

macro_rules! fields {
    ($($variant:ident $word:literal,)*) => {
        /// What a column is to the tool. Columns that are none of these are read over.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Deserialize)]
        pub(super) enum Field { $(#[serde(rename = $word)] $variant,)* }

        impl Field {
            /// Every field, in order: `field as usize` is its place here.
            pub(super) const ALL: &[Field] = &[$(Field::$variant,)*];

            /// Its word in layout files.
            pub(super) fn word(self) -> &'static str {
                match self { $(Field::$variant => $word,)* }
            }
        }
    };
}

fields! {
    Order "order",
    Package "package",
    Tracking "tracking",
    AnyId "any-id",
    Sku "sku",
    Value "value",
    Product "product",
    Coupon "coupon",
    Shipping "shipping",
    Currency "currency",
    From "from",
    To "to",
    Carrier "carrier",
    Service "service",
    Shipped "shipped",
    Goods "goods",
    Contents "contents",
    Status "status",
    Fulfilment "fulfilment",
    LabelBy "label-by",
    ShipDate "ship-date",
    LabelCreatedAt "label-created-at",
    ScannedOn "scanned-on",
    MovedOn "moved-on",
    DeliveredOn "delivered-on",
    CancelledOn "cancelled-on",
    Cover "cover",
    Event "event",
    At "at",
    Note "note",
    Document "document",
    Path "path",
    Dated "dated",
}

impl Field {
    /// Whether it names a parcel.
    pub(super) fn is_id(self) -> bool {
        matches!(self, Field::Order | Field::Package | Field::Tracking | Field::AnyId)
    }
}

impl Layout {
    /// Reads one layout file.
    pub(super) fn parse(id: &str, text: &str) -> Result<Layout, IntakeError> {
        let bad = |message: String| IntakeError::BadLayout { id: id.to_owned(), message };
        let layout: Layout = toml::from_str(text).map_err(|e| bad(e.to_string()))?;
        if layout.id != id {
            return Err(bad(format!("its id says `{}`", layout.id)));
        }
        let fits = matches!(
            (layout.kind, layout.one_row_per),
            (Kind::Parcels, RowIs::Parcel | RowIs::SkuLine)
                | (Kind::Events, RowIs::Event)
                | (Kind::Documents, RowIs::Document)
        );
        if !fits {
            return Err(bad("`kind` and `one-row-per` do not go together".to_owned()));
        }
        let unnamed = layout
            .needs
            .iter()
            .flatten()
            .chain(&layout.closed)
            .chain(layout.when.iter().map(|when| &when.column))
            .find(|field| !layout.columns.contains_key(field));
        match unnamed {
            Some(field) => Err(bad(format!("`{}` has no names under [columns]", field.word()))),
            None => Ok(layout),
        }
    }

    /// The built-in layouts.
    pub(super) fn built_in() -> Result<Vec<Layout>, IntakeError> {
        BUILT_IN.iter().map(|(id, text)| Layout::parse(id, text)).collect()
    }

    /// The header names accepted for a group of fields: `value or product`.
    pub(super) fn spelled(&self, group: &[Field]) -> String {
        let first =
            |field: &Field| self.columns.get(field).and_then(|names| names.first()).cloned();
        group.iter().filter_map(first).collect::<Vec<_>>().join(" or ")
    }
}

/// One line about a layout: its id, what it is for, and what kind of file it reads.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LayoutInfo {
    /// The id `--layout` takes.
    pub id: String,
    /// For people.
    pub name: String,
    /// What its files hold.
    pub kind: Kind,
}

/// The layouts that are built in.
///
/// # Errors
/// A layout file with a mistake in it.
pub fn layouts() -> Result<Vec<LayoutInfo>, IntakeError> {
    let info = |l: Layout| LayoutInfo { id: l.id, name: l.name, kind: l.kind };
    Ok(Layout::built_in()?.into_iter().map(info).collect())
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
    use super::{Field, Layout, layouts, normal};

    #[test]
    fn the_built_in_layouts_are_whole() {
        let ids: Vec<String> = layouts().unwrap().into_iter().map(|l| l.id).collect();
        assert_eq!(ids, ["plain", "tiktok-us", "carrier-events", "evidence"]);
    }

    #[test]
    fn a_mistake_in_a_layout_file_is_shown_with_its_line() {
        let text = "id = \"x\"\nname = \"X\"\nkind = \"parcels\"\none-row-per = \"box\"\n";
        let error = Layout::parse("x", text).unwrap_err().to_string();
        assert!(error.contains("line 4") && error.contains("box"), "{error}");
    }

    #[test]
    fn a_needed_field_must_have_a_name() {
        let text = "id='x'\nname='X'\nkind='parcels'\none-row-per='parcel'\nneeds=[['value']]\n[columns]\norder=['o']\n";
        let error = Layout::parse("x", text).unwrap_err().to_string();
        assert!(error.contains("`value` has no names"), "{error}");
    }

    #[test]
    fn header_names_are_compared_by_what_they_say() {
        assert_eq!(normal(" Virtual  Bundle\tSeller_SKU "), "virtual bundle seller sku");
        assert_eq!(normal("\u{feff}Order ID"), normal("order_id"));
    }

    #[test]
    fn fields_know_their_place() {
        for (place, field) in Field::ALL.iter().enumerate() {
            assert_eq!(*field as usize, place);
        }
    }
}
