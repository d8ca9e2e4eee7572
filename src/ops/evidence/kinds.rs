//! What a document shows, by the name of its file: `photo-1.jpg`, `invoice_2026.pdf`.

use std::collections::BTreeMap;

use crate::words::nearest;

/// For each word of the terms, others that mean it.
pub(super) struct Kinds(BTreeMap<String, Vec<String>>);

impl Kinds {
    /// The built-in words.
    pub(super) fn built_in() -> Kinds {
        // A table that cannot be read would be found by the test below; without it the words of
        // the terms still count.
        Kinds(toml::from_str(include_str!("kinds.toml")).unwrap_or_default())
    }

    /// Which of the documents the terms ask for a file is by its name. The longest word in front
    /// counts; numbers before it do not.
    pub(super) fn of_file(&self, file: &str, asked: &[String]) -> Result<String, String> {
        let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
        let parts = parts(stem);
        let first = parts.iter().position(|part| !is_number(part)).unwrap_or(parts.len());
        let parts = parts.get(first..).unwrap_or_default();
        for end in (1..=parts.len()).rev() {
            let Some(word) = parts.get(..end).map(|front| front.join("-")) else { continue };
            match self.meant(&word, asked).as_slice() {
                [] => {}
                [one] => return Ok((*one).clone()),
                several => {
                    let several: Vec<&str> = several.iter().map(|kind| kind.as_str()).collect();
                    return Err(format!(
                        "its name says `{word}`, which can be {}",
                        several.join(" or ")
                    ));
                }
            }
        }
        if asked.is_empty() {
            return Err("the terms name no documents, so its name says nothing".to_owned());
        }
        let words: Vec<&str> =
            parts.iter().filter(|part| !is_number(part)).map(String::as_str).collect();
        let near = self.near(&words.join("-"), asked);
        let near = near.map_or_else(String::new, |near| format!(" (did you mean {near}?)"));
        Err(format!(
            "its name does not begin with a document the terms ask for: {}{near}",
            asked.join(", ")
        ))
    }

    /// What somebody probably meant who named a kind the terms do not ask for.
    pub(super) fn near<'a>(&self, word: &str, asked: &'a [String]) -> Option<&'a str> {
        match self.meant(word, asked).as_slice() {
            [one] => return Some(one.as_str()),
            _ if word.is_empty() => return None,
            _ => {}
        }
        // `dispatch-photo` where a `photo` is asked for.
        let part = word.split('-').filter(|part| !part.is_empty()).find_map(|part| {
            match self.meant(part, asked).as_slice() {
                [one] => Some(one.as_str()),
                _ => None,
            }
        });
        part.or_else(|| nearest(word, asked.iter().map(String::as_str)))
    }

    /// The documents asked for that a word can mean: the word itself, else those it is another word
    /// for, else those it is a part of.
    fn meant<'a>(&self, word: &str, asked: &'a [String]) -> Vec<&'a String> {
        if let Some(same) = asked.iter().find(|kind| *kind == word) {
            return vec![same];
        }
        let others: Vec<&str> = self
            .0
            .iter()
            .filter(|(_, others)| others.iter().any(|other| other == word))
            .map(|(kind, _)| kind.as_str())
            .collect();
        let named: Vec<&String> =
            asked.iter().filter(|kind| others.contains(&kind.as_str())).collect();
        if !named.is_empty() {
            return named;
        }
        let is_part =
            |kind: &&String| kind.split('-').any(|part| part == word || others.contains(&part));
        asked.iter().filter(is_part).collect()
    }
}

/// The words and the numbers of a name, in lower case.
fn parts(stem: &str) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    let mut before = None;
    for c in stem.to_lowercase().chars() {
        let class = if c.is_numeric() {
            Some(true)
        } else if c.is_alphabetic() {
            Some(false)
        } else {
            None
        };
        match (class, parts.last_mut()) {
            (None, _) => {}
            (Some(_), Some(last)) if class == before => last.push(c),
            _ => parts.push(c.to_string()),
        }
        before = class;
    }
    parts
}

fn is_number(part: &str) -> bool {
    part.starts_with(char::is_numeric)
}

#[cfg(test)]
mod tests {
    use super::Kinds;

    fn asked(words: &str) -> Vec<String> {
        words.split_whitespace().map(str::to_owned).collect()
    }

    #[test]
    fn a_file_is_what_its_name_begins_with() {
        let kinds = Kinds::built_in();
        assert!(kinds.0.len() > 20, "the table can be read");
        for (file, words, kind) in [
            ("photo-1.jpg", "invoice photo", Some("photo")),
            ("photo.JPG", "invoice photo", Some("photo")),
            ("Invoice_2026.pdf", "invoice photo", Some("invoice")),
            ("2026-11-02 invoice.pdf", "invoice photo", Some("invoice")),
            ("tracking-history.png", "tracking-history invoice", Some("tracking-history")),
            ("Tracking History (2).png", "tracking-history invoice", Some("tracking-history")),
            ("IMG_2041.jpg", "invoice photo", Some("photo")),
            ("foto3.jpg", "invoice photo", Some("photo")),
            ("照片1.jpg", "invoice photo", Some("photo")),
            ("发票.pdf", "invoice photo", Some("invoice")),
            // The one photo that is asked for is meant.
            ("photo1.jpg", "dispatch-photo invoice", Some("dispatch-photo")),
            ("invoice.pdf", "outbound-record purchase-invoice", Some("purchase-invoice")),
            ("packing-1.jpg", "dispatch-photo receipt-photo", Some("dispatch-photo")),
            ("photo1.jpg", "dispatch-photo receipt-photo", None),
            ("photo1.jpg", "invoice affidavit", None),
            ("scan0001.pdf", "invoice affidavit", None),
            ("0001.pdf", "invoice", None),
            ("photo.jpg", "", None),
        ] {
            let found = kinds.of_file(file, &asked(words));
            assert_eq!(found.as_deref().ok(), kind, "{file} of {words}: {found:?}");
        }
    }

    #[test]
    fn what_cannot_be_told_is_said() {
        let kinds = Kinds::built_in();
        let why = |file, words| kinds.of_file(file, &asked(words)).unwrap_err();
        assert_eq!(
            why("photo1.jpg", "dispatch-photo receipt-photo"),
            "its name says `photo`, which can be dispatch-photo or receipt-photo"
        );
        assert_eq!(
            why("invioce.pdf", "invoice affidavit"),
            "its name does not begin with a document the terms ask for: invoice, affidavit (did you mean invoice?)"
        );
        assert_eq!(kinds.near("foto", &asked("invoice photo")), Some("photo"));
        assert_eq!(
            kinds.near("photo-before", &asked("dispatch-photo invoice")),
            Some("dispatch-photo")
        );
        assert_eq!(kinds.near("dispatch-photo", &asked("invoice photo")), Some("photo"));
        assert_eq!(kinds.near("zebra", &asked("invoice photo")), None);
    }
}
