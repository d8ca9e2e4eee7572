//! Where something stands in a plan file: its clauses, and the line a mistake is shown at.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::clause::{Confidence, ListedClause};
use super::fault::Fault;
use super::like;
use super::read::Problem;

/// A way into a file, key by key: `version`, `0`, `premium`, `bands`, `1`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Place(Vec<String>);

impl Place {
    /// From the start of the file, keys parted by points: `version.0.premium`.
    pub(super) fn of(path: &str) -> Place {
        Place(path.split('.').filter(|key| !key.is_empty()).map(str::to_owned).collect())
    }

    /// Its keys.
    pub(super) fn keys(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }

    /// Whether it is this one, or within it.
    pub(super) fn is_within(&self, other: &Place) -> bool {
        self.0.starts_with(&other.0)
    }

    /// One key on from here.
    pub(super) fn then_key(&self, key: &str) -> Place {
        Place(self.0.iter().cloned().chain([key.to_owned()]).collect())
    }

    /// And on from here.
    pub(super) fn then(&self, path: &str) -> Place {
        Place(self.0.iter().cloned().chain(Place::of(path).0).collect())
    }
}

/// The file as a table, versions that are like another filled in, and which are like none.
pub(super) fn parsed(text: &str) -> Result<(Spanned<DeTable<'_>>, Vec<Problem>), toml::de::Error> {
    let mut table = DeTable::parse(text)?;
    let problems = like::fill_in(table.get_mut());
    Ok((table, problems))
}

/// The mistake at a place; where that is not in the file, the nearest part around it.
pub(super) fn fault(text: &str, place: &Place, message: &str) -> Fault {
    let span = parsed(text).map_or(0..0, |(table, _)| find(&table, place));
    Fault::at(text, &span, message)
}

/// The part of the file that a place is at.
pub(super) fn find(table: &Spanned<DeTable<'_>>, place: &Place) -> std::ops::Range<usize> {
    let mut span = 0..0;
    let mut here = Some(Here::Table(table.get_ref()));
    for key in &place.0 {
        // A list of one is entered without a number.
        if let Some(Here::Array(items)) = here
            && key.parse::<usize>().is_err()
            && items.len() == 1
        {
            here = items.first().and_then(|only| only.get_ref().as_table()).map(Here::Table);
        }
        let next = match here {
            Some(Here::Table(table)) => {
                table.iter().find(|(name, _)| name.get_ref() == key).map(|(name, value)| {
                    let of_key = matches!(value.get_ref(), DeValue::Table(_) | DeValue::Array(_));
                    (if of_key { name.span() } else { value.span() }, value.get_ref())
                })
            }
            Some(Here::Array(items)) => key
                .parse::<usize>()
                .ok()
                .and_then(|at| items.get(at))
                .map(|value| (value.span(), value.get_ref())),
            None => None,
        };
        let Some((at, value)) = next else { break };
        span = at;
        here = match value {
            DeValue::Table(table) => Some(Here::Table(table)),
            DeValue::Array(items) => Some(Here::Array(items)),
            _ => None,
        };
    }
    span
}

enum Here<'a, 'i> {
    Table(&'a DeTable<'i>),
    Array(&'a toml::de::DeArray<'i>),
}

/// Every clause of every version, in the order of the file, with the place it stands at.
pub(super) fn clauses(text: &str) -> Vec<Vec<(Place, ListedClause)>> {
    let Ok((table, _)) = parsed(text) else { return Vec::new() };
    let versions = table.get_ref().get("version").and_then(|value| value.get_ref().as_array());
    let versions = versions.into_iter().flat_map(|versions| versions.iter()).enumerate();
    versions
        .map(|(at, version)| {
            let mut found = Vec::new();
            if let DeValue::Table(version) = version.get_ref() {
                gather(version, "", &Place::of(&format!("version.{at}")), &mut found);
            }
            found.sort_by_key(|(start, ..)| *start);
            found.into_iter().map(|(_, place, clause)| (place, clause)).collect()
        })
        .collect()
}

type Found = (usize, Place, ListedClause);

fn gather(table: &DeTable<'_>, id: &str, place: &Place, found: &mut Vec<Found>) {
    for (name, value) in table {
        let name = name.get_ref();
        let id = if id.is_empty() { name.to_string() } else { format!("{id}.{name}") };
        let place = place.then(name);
        match value.get_ref() {
            DeValue::Table(inner) => {
                found.extend(listed(inner, &id, &place));
                gather(inner, &id, &place, found);
            }
            DeValue::Array(items) => {
                for (at, item) in items.iter().enumerate() {
                    let DeValue::Table(inner) = item.get_ref() else { continue };
                    let id = format!("{id}{}", suffix(inner, at, items.len()));
                    let place = place.then(&at.to_string());
                    found.extend(listed(inner, &id, &place));
                    gather(inner, &id, &place, found);
                }
            }
            _ => {}
        }
    }
}

/// What tells one entry of a list from the others: the document or question it names, else its
/// number; nothing where it is the only one.
pub(super) fn suffix(entry: &DeTable<'_>, at: usize, of: usize) -> String {
    let named = ["kind", "fact"].iter().find_map(|key| entry.get(*key)?.get_ref().as_str());
    match named {
        Some(name) => format!(".{name}"),
        None if of == 1 => String::new(),
        None => format!(".{}", at + 1),
    }
}

fn listed(table: &DeTable<'_>, id: &str, place: &Place) -> Option<Found> {
    let text = |key: &str| table.get(key)?.get_ref().as_str().map(str::to_owned);
    let words = table.get("clause")?;
    let figures = table
        .iter()
        .filter(|(name, _)| !["clause", "source", "confidence"].contains(&&**name.get_ref()))
        .filter(|(_, value)| !is_clause(value.get_ref()))
        .map(|(name, value)| (name.get_ref().to_string(), value.get_ref()))
        .collect::<Vec<_>>();
    let of_words = |value: &DeValue<'_>| {
        value.as_array().is_some_and(|items| items.iter().all(|item| item.get_ref().is_str()))
    };
    let lists =
        figures.iter().filter(|(_, value)| of_words(value)).map(|(name, _)| name.clone()).collect();
    let figures = figures.into_iter().map(|(name, value)| (name, written(value))).collect();
    let confidence = text("confidence").and_then(|word| Confidence::from_word(&word));
    let clause = ListedClause {
        id: id.to_owned(),
        text: words.get_ref().as_str()?.to_owned(),
        source: text("source").unwrap_or_default(),
        confidence: confidence.unwrap_or_default(),
        figures,
        lists,
    };
    Some((words.span().start, place.clone(), clause))
}

/// Whether it is listed as a clause, or clauses, of its own.
fn is_clause(value: &DeValue<'_>) -> bool {
    match value {
        DeValue::Table(table) => {
            table.contains_key("clause") || table.values().any(|inner| is_clause(inner.get_ref()))
        }
        DeValue::Array(items) => items.iter().any(|item| is_clause(item.get_ref())),
        _ => false,
    }
}

/// A value as a file writes it, on one line.
fn written(value: &DeValue<'_>) -> String {
    match value {
        DeValue::String(text) => text.to_string(),
        DeValue::Integer(number) => number.to_string(),
        DeValue::Float(number) => number.to_string(),
        DeValue::Boolean(yes) => if *yes { "yes" } else { "no" }.to_owned(),
        DeValue::Datetime(day) => day.to_string(),
        DeValue::Array(items) => {
            let all: Vec<String> = items.iter().map(|item| written(item.get_ref())).collect();
            all.join(if items.iter().any(|i| i.get_ref().is_table()) { "; " } else { ", " })
        }
        DeValue::Table(table) => {
            let all = table
                .iter()
                .map(|(name, v)| format!("{} {}", name.get_ref(), written(v.get_ref())));
            all.collect::<Vec<_>>().join(", ")
        }
    }
}
