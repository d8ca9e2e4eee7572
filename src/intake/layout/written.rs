//! The shape of a layout file: TOML to [`Layout`]s, everything checked, mistakes shown where they
//! stand.

use std::collections::BTreeMap;
use std::ops::Range;

use serde::{Deserialize, Deserializer};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{
    Amounts, CurrencyIs, Field, Kind, Layout, Per, Quotes, RowIs, TrackingMeans, When, normal,
};
use crate::intake::dates::DateOrder;
use crate::intake::zones::ZoneIs;
use crate::money::Currency;
use crate::plan::{Fault, toml_told};

/// A layout file as it is written; with `[[variant]]` it is several layouts.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Written {
    id: String,
    name: String,
    #[serde(default)]
    about: Option<String>,
    kind: Kind,
    one_row_per: RowIs,
    #[serde(default)]
    needs: Vec<Vec<Field>>,
    #[serde(default)]
    marks: Vec<String>,
    #[serde(default)]
    dates: DateOrder,
    #[serde(default)]
    zone: ZoneIs,
    #[serde(default)]
    amounts: Amounts,
    #[serde(default)]
    currency: CurrencyIs,
    #[serde(default)]
    quotes: Quotes,
    #[serde(default)]
    shipping_per: Per,
    #[serde(default)]
    tracking_means: TrackingMeans,
    #[serde(default)]
    package_is_label: bool,
    #[serde(default)]
    description_row: Vec<String>,
    #[serde(default)]
    trailer: Vec<String>,
    #[serde(default)]
    first_row_only: Vec<Field>,
    #[serde(default)]
    first_name_wins: bool,
    #[serde(default)]
    short_rows: bool,
    #[serde(default)]
    closed: Vec<Field>,
    #[serde(default)]
    instead: Option<String>,
    #[serde(default)]
    columns: BTreeMap<Field, Vec<String>>,
    #[serde(default)]
    when: Vec<When>,
    #[serde(default)]
    variant: Vec<Variant>,
}

/// The same columns under another id: what a marketplace writes elsewhere in the world.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Variant {
    id: String,
    name: String,
    /// Headers only this one has.
    marks: Vec<String>,
    dates: Option<DateOrder>,
    zone: Option<ZoneIs>,
    amounts: Option<Amounts>,
    currency: Option<CurrencyIs>,
}

impl<'de> Deserialize<'de> for CurrencyIs {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let word = String::deserialize(from)?;
        if word == "as-found" {
            return Ok(CurrencyIs::AsFound);
        }
        Currency::from_code(&word).map(CurrencyIs::Always).ok_or_else(|| {
            serde::de::Error::custom(format!(
                "`{word}` is no currency, expected a code such as THB, or `as-found`"
            ))
        })
    }
}

/// The layouts of one file: it, and its variants behind it.
///
/// # Errors
/// Everything that is wrong, where it stands.
pub(in crate::intake) fn parse(text: &str) -> Result<Vec<Layout>, Vec<Fault>> {
    let written: Written = toml::from_str(text).map_err(|why| {
        let span = why.span().unwrap_or_default();
        vec![Fault::at(text, &span, toml_told(why.message(), text.get(span.clone())))]
    })?;
    let faults = faults(&written, text);
    if faults.is_empty() { Ok(expanded(written)) } else { Err(faults) }
}

/// What the shape allows and the meaning does not.
fn faults(written: &Written, text: &str) -> Vec<Fault> {
    let table = DeTable::parse(text).ok();
    let at = |path: &[&str]| table.as_ref().map_or(0..0, |table| place(table, path));
    let mut faults = Vec::new();
    let mut wrong = |path: &[&str], why: String| faults.push(Fault::at(text, &at(path), why));
    for id in std::iter::once(&written.id).chain(written.variant.iter().map(|v| &v.id)) {
        let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
        if id.is_empty() || !id.bytes().all(plain) {
            wrong(&["id"], format!("`{id}` is no id, expected small letters, digits and hyphens"));
        }
    }
    if written.name.trim().is_empty() {
        wrong(&["name"], "the name is empty, expected what the file is called".to_owned());
    }
    let fits = matches!(
        (written.kind, written.one_row_per),
        (Kind::Parcels, RowIs::Parcel | RowIs::SkuLine)
            | (Kind::Events, RowIs::Event | RowIs::Shipment)
            | (Kind::Trackings, RowIs::Shipment)
    );
    if !fits {
        let expected = match written.kind {
            Kind::Parcels => "`parcel` or `sku-line`",
            Kind::Events => "`event` or `shipment`",
            Kind::Trackings => "`shipment`",
        };
        wrong(&["one-row-per"], format!("this does not go with its `kind`, expected {expected}"));
    }
    if written.columns.is_empty() {
        wrong(&["columns"], "there are no columns, expected [columns] with names".to_owned());
    }
    let mut names: BTreeMap<String, Field> = BTreeMap::new();
    for (field, aliases) in &written.columns {
        let path = ["columns", field.word()];
        if aliases.is_empty() {
            wrong(&path, "there is no name here, expected the header's".to_owned());
        }
        for alias in aliases {
            match names.insert(normal(alias), *field) {
                Some(other) if other != *field => {
                    let other = other.word();
                    wrong(&path, format!("`{alias}` is a name of `{other}` too, expected one"));
                }
                Some(_) => wrong(&path, format!("`{alias}` stands here twice")),
                None if normal(alias).is_empty() => {
                    wrong(&path, "an empty name, expected the header's".to_owned());
                }
                None => {}
            }
        }
    }
    let named = |field: &Field| written.columns.contains_key(field);
    let lists = [
        ("needs", written.needs.iter().flatten().collect::<Vec<_>>()),
        ("first-row-only", written.first_row_only.iter().collect()),
        ("closed", written.closed.iter().collect()),
        ("when", written.when.iter().map(|when| &when.column).collect()),
    ];
    for (key, fields) in lists {
        for field in fields.into_iter().filter(|field| !named(field)) {
            wrong(&[key], format!("`{}` has no names under [columns]", field.word()));
        }
    }
    if written.package_is_label && !named(&Field::Package) {
        let why = "`package` has no names under [columns]";
        wrong(&["package-is-label"], why.to_owned());
    }
    if written.needs.is_empty() || written.needs.iter().any(Vec::is_empty) {
        let why = "an empty group, expected fields of which the header must have one";
        wrong(&["needs"], why.to_owned());
    }
    for (n, when) in written.when.iter().enumerate() {
        let number = n.to_string();
        if when.is.is_empty() && when.contains.is_empty() && !when.empty {
            let why = "nothing is asked of this column, expected `is`, `contains` or `empty`";
            wrong(&["when", &number], why.to_owned());
        }
        if when.contains.iter().chain(&when.is).any(String::is_empty) {
            let why = "an empty text, expected `empty = true` for an empty cell";
            wrong(&["when", &number], why.to_owned());
        }
    }
    let has = |fields: &[Field]| fields.iter().any(named);
    let valued = has(&[Field::Value, Field::Product, Field::UnitPrice, Field::OrderGoods]);
    if written.kind == Kind::Parcels && !valued && written.instead.is_none() {
        wrong(
            &["columns"],
            "no column says what a parcel is worth, expected `value`, `product`, `unit-price` or `order-goods`".to_owned(),
        );
    }
    let of_line = written.one_row_per == RowIs::SkuLine;
    if of_line && has(&[Field::Value, Field::Cover]) {
        let why = "rows of articles have no `value` or `cover`, expected `product`";
        wrong(&["columns"], why.to_owned());
    }
    if of_line && !has(&[Field::Order]) && written.instead.is_none() {
        let why = "rows of articles need the number of their order, expected `order`";
        wrong(&["columns"], why.to_owned());
    }
    faults.sort_by_key(|fault| (fault.line, fault.column));
    faults
}

/// The part of a file a way of keys leads to; the last part of it that is there.
fn place(table: &Spanned<DeTable<'_>>, path: &[&str]) -> Range<usize> {
    let mut span = 0..0;
    let mut here: Option<&DeValue<'_>> = None;
    for (n, key) in path.iter().enumerate() {
        let next = match here {
            None if n == 0 => table.get_ref().get_key_value(*key),
            Some(DeValue::Table(table)) => table.get_key_value(*key),
            Some(DeValue::Array(items)) => {
                let item = key.parse().ok().and_then(|at: usize| items.get(at));
                if let Some(item) = item {
                    span = item.span();
                }
                here = item.map(Spanned::get_ref);
                continue;
            }
            _ => None,
        };
        let Some((name, value)) = next else { break };
        let whole = matches!(value.get_ref(), DeValue::Table(_) | DeValue::Array(_));
        span = if whole { name.span() } else { value.span() };
        here = Some(value.get_ref());
    }
    span
}

/// One layout, and one for each variant.
fn expanded(written: Written) -> Vec<Layout> {
    let base = Layout {
        id: written.id,
        name: written.name,
        about: written.about,
        kind: written.kind,
        one_row_per: written.one_row_per,
        needs: written.needs,
        marks: written.marks,
        dates: written.dates,
        zone: written.zone,
        amounts: written.amounts,
        currency: written.currency,
        quotes: written.quotes,
        shipping_per: written.shipping_per,
        tracking_means: written.tracking_means,
        package_is_label: written.package_is_label,
        description_row: written.description_row,
        trailer: written.trailer,
        first_row_only: written.first_row_only,
        first_name_wins: written.first_name_wins,
        short_rows: written.short_rows,
        closed: written.closed,
        instead: written.instead,
        columns: written.columns,
        when: written.when,
        is_variant: false,
        own_file: None,
    };
    let mut all = vec![base];
    for variant in written.variant {
        let mut layout = all[0].clone();
        layout.is_variant = true;
        layout.id = variant.id;
        layout.name = variant.name;
        layout.marks = variant.marks;
        layout.dates = variant.dates.unwrap_or(layout.dates);
        layout.zone = variant.zone.unwrap_or(layout.zone);
        layout.amounts = variant.amounts.unwrap_or(layout.amounts);
        layout.currency = variant.currency.unwrap_or(layout.currency);
        all.push(layout);
    }
    all
}
