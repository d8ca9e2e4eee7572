//! What stands in for a key that is missing, only so that the rest of the file can be read too: the
//! value that a built-in plan has at the same place.

use std::borrow::Cow;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::catalog::BUILT_IN;
use super::place::Place;

/// Where a stand-in stands: nowhere in the file.
const NOWHERE: Range<usize> = usize::MAX - 1..usize::MAX;

/// Tables whose keys are names: what stands under one name may stand under any.
const NAMED: &[&str] = &["sources", "calendars", "incident"];

/// Whether a mistake is one of a stand-in, and none of the file.
pub(super) fn is_at(span: &Range<usize>) -> bool {
    *span == NOWHERE
}

/// Puts a stand-in for a key into every table at this part of the file that misses it; says where.
pub(super) fn put_in(table: &mut Spanned<DeTable<'_>>, at: &Range<usize>, key: &str) -> Vec<Place> {
    let own = table.span();
    let mut put = Vec::new();
    in_table(table.get_mut(), (&own, &Place::default()), (at, key), &mut put);
    put
}

fn in_table(
    table: &mut DeTable<'_>,
    (own, place): (&Range<usize>, &Place),
    (at, key): (&Range<usize>, &str),
    put: &mut Vec<Place>,
) {
    for (name, value) in table.iter_mut() {
        in_value(value, &place.then_key(name.get_ref()), (at, key), put);
    }
    if own == at
        && !table.contains_key(key)
        && let Some(value) = lent(place, key)
    {
        table.insert(
            Spanned::new(NOWHERE, Cow::Owned(key.to_owned())),
            Spanned::new(NOWHERE, value),
        );
        put.push(place.then_key(key));
    }
}

fn in_value(
    value: &mut Spanned<DeValue<'_>>,
    place: &Place,
    missed: (&Range<usize>, &str),
    put: &mut Vec<Place>,
) {
    let own = value.span();
    match value.get_mut() {
        DeValue::Table(table) => in_table(table, (&own, place), missed, put),
        DeValue::Array(items) => {
            for (at, item) in items.iter_mut().enumerate() {
                in_value(item, &place.then_key(&at.to_string()), missed, put);
            }
        }
        _ => {}
    }
}

/// What a built-in plan has there.
fn lent(place: &Place, key: &str) -> Option<DeValue<'static>> {
    let way: Vec<&str> = place.keys().filter(|key| key.parse::<usize>().is_err()).collect();
    BUILT_IN.iter().find_map(|(_, text)| {
        let plan = DeTable::parse(text).ok()?;
        in_lender(plan.get_ref(), &way, key)
    })
}

fn in_lender(table: &DeTable<'static>, way: &[&str], key: &str) -> Option<DeValue<'static>> {
    let Some((first, rest)) = way.split_first() else {
        return table.get(key).map(|value| nowhere(value.get_ref()));
    };
    let value = table.get(*first)?.get_ref();
    match (value.as_table(), rest.split_first()) {
        (Some(named), Some((_, rest))) if NAMED.contains(first) => {
            named.values().find_map(|value| in_any(value.get_ref(), rest, key))
        }
        _ => in_any(value, rest, key),
    }
}

fn in_any(value: &DeValue<'static>, way: &[&str], key: &str) -> Option<DeValue<'static>> {
    match value {
        DeValue::Table(table) => in_lender(table, way, key),
        DeValue::Array(items) => items.iter().find_map(|item| in_any(item.get_ref(), way, key)),
        _ => None,
    }
}

fn nowhere(value: &DeValue<'static>) -> DeValue<'static> {
    match value {
        DeValue::Table(table) => DeValue::Table(
            table
                .iter()
                .map(|(key, value)| {
                    let key = Spanned::new(NOWHERE, key.get_ref().clone());
                    (key, Spanned::new(NOWHERE, nowhere(value.get_ref())))
                })
                .collect(),
        ),
        DeValue::Array(items) => DeValue::Array(
            items.iter().map(|item| Spanned::new(NOWHERE, nowhere(item.get_ref()))).collect(),
        ),
        other => other.clone(),
    }
}
