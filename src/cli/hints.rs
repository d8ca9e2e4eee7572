//! What to do about refusals: each code's hints once, however many rows have it.

use std::collections::BTreeMap;

use super::view::printable;

/// Hints of one code that are told: they may name the parcel.
const MOST: usize = 2;

/// The hints of a file, by the code they are about.
#[derive(Default)]
pub(super) struct Hints(BTreeMap<String, Vec<String>>);

impl Hints {
    /// Takes in that of one refusal.
    pub(super) fn take(&mut self, code: &str, hint: Option<&str>) {
        let Some(hint) = hint else { return };
        let hints = self.0.entry(code.to_owned()).or_default();
        if hints.len() < MOST && !hints.iter().any(|known| known == hint) {
            hints.push(hint.to_owned());
        }
    }

    /// A line for each: `hint (label_exists): ...`.
    pub(super) fn told(&self) -> impl Iterator<Item = String> {
        let each = self.0.iter().flat_map(|(code, hints)| hints.iter().map(move |h| (code, h)));
        each.map(|(code, hint)| format!("hint ({code}): {}", printable(hint)))
    }
}
