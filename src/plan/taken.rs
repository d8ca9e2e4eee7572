//! What is taken out of a plan's file, and put into it, so that the reader can read on past a mistake.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeArray, DeTable, DeValue};

use super::fault::missing;
use super::place::Place;
use super::stand_in;
use crate::words::nearest;

/// What was taken out of a file, and put into it, to read on.
#[derive(Default)]
pub(super) struct Taken {
    /// The table or list it was taken from, and its key there.
    parts: Vec<(Range<usize>, String)>,
    /// Those of them that belong there and for which nothing stands in.
    pub(super) lost: Vec<(Range<usize>, String)>,
    /// The tables something was put into, and its key.
    stand_ins: Vec<(Range<usize>, String)>,
    /// The places of what was put in.
    pub(super) absent: Vec<Place>,
    /// The keys that are missing, by the table they are missing in.
    pub(super) missing: Vec<(Range<usize>, Vec<String>)>,
}

impl Taken {
    /// Whether a mistake is only there because something was taken out: the key is missed, or what
    /// is around it makes no sense as a whole.
    pub(super) fn explains(&self, span: &Range<usize>, message: &str) -> bool {
        if message.starts_with("unknown field") {
            return false;
        }
        let Some(missing) = missing(message) else {
            return self
                .parts
                .iter()
                .any(|(from, _)| span.start <= from.start && from.end <= span.end);
        };
        // A key that was mistyped is told once, not as missing too.
        let is = |key: &str| missing == key || nearest(key, [missing]).is_some();
        self.parts.iter().any(|(from, key)| from == span && is(key))
    }

    /// Takes out the version that is like none: everything would be missing in it.
    pub(super) fn take_unlike(&mut self, table: &mut Spanned<DeTable<'_>>, like: &Range<usize>) {
        let version = table.get_ref().get("version").and_then(|versions| {
            let versions = versions.get_ref().as_array()?.iter();
            let before = versions.filter(|version| version.span().start <= like.start);
            Some(before.max_by_key(|version| version.span().start)?.span())
        });
        if let Some(span) = version {
            self.take(table, &span, false);
        }
    }

    /// Notes a key that is missing, to be told once for its table.
    pub(super) fn misses(&mut self, span: &Range<usize>, key: &str) {
        let at = self.missing.iter().position(|(known, _)| known == span).unwrap_or_else(|| {
            self.missing.push((span.clone(), Vec::new()));
            self.missing.len() - 1
        });
        let keys = &mut self.missing[at].1;
        if !keys.iter().any(|known| known == key) {
            keys.push(key.to_owned());
        }
    }

    /// Puts something in for a key that is missing; false where nothing is known that fits.
    pub(super) fn stand_in(
        &mut self,
        table: &mut Spanned<DeTable<'_>>,
        span: &Range<usize>,
        key: &str,
    ) -> bool {
        let part = (span.clone(), key.to_owned());
        if self.stand_ins.contains(&part) {
            return false;
        }
        let put = stand_in::put_in(table, span, key);
        let found = !put.is_empty();
        self.absent.extend(put);
        self.lost.retain(|lost| *lost != part);
        self.stand_ins.push(part);
        found
    }

    /// Takes out the smallest part of the file that a mistake is about.
    pub(super) fn take(
        &mut self,
        table: &mut Spanned<DeTable<'_>>,
        span: &Range<usize>,
        is_stranger: bool,
    ) -> bool {
        let from = table.span();
        let part = take_from_table(table.get_mut(), &from, span);
        let found = part.is_some();
        self.lost.extend(part.clone().filter(|_| !is_stranger));
        self.parts.extend(part);
        found
    }
}

fn take_from_table(
    table: &mut DeTable<'_>,
    from: &Range<usize>,
    span: &Range<usize>,
) -> Option<(Range<usize>, String)> {
    for (_, value) in table.iter_mut() {
        if let Some(taken) = take_within(value, span) {
            return Some(taken);
        }
    }
    let key = table
        .iter()
        .find(|(key, value)| key.span() == *span || value.span() == *span)
        .map(|(key, _)| key.get_ref().to_string())?;
    table.remove(key.as_str());
    Some((from.clone(), key))
}

fn take_within(
    value: &mut Spanned<DeValue<'_>>,
    span: &Range<usize>,
) -> Option<(Range<usize>, String)> {
    let from = value.span();
    match value.get_mut() {
        DeValue::Table(table) => take_from_table(table, &from, span),
        DeValue::Array(items) => {
            for item in items.iter_mut() {
                if let Some(taken) = take_within(item, span) {
                    return Some(taken);
                }
            }
            let at = items.iter().position(|item| item.span() == *span)?;
            let all = std::mem::replace(items, DeArray::new()).into_iter().enumerate();
            *items = all.filter(|(n, _)| *n != at).map(|(_, item)| item).collect();
            Some((from, String::new()))
        }
        _ => None,
    }
}
