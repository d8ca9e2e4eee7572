//! Types whose values are words: in commands, files, JSON and the ledger they are written alike.

/// Declares an enum of words: each value's word is written once, beside it.
macro_rules! words {
    ($(#[$meta:meta])* pub enum $name:ident { $($(#[$doc:meta])* $value:ident = $word:literal,)+ }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        #[derive(serde::Serialize, serde::Deserialize)]
        pub enum $name {
            $($(#[$doc])* #[serde(rename = $word)] $value,)+
        }

        impl $name {
            /// Every value, with its word.
            pub const ALL: [($name, &'static str); [$($word),+].len()] = [$(($name::$value, $word)),+];

            /// Its word.
            pub fn word(self) -> &'static str {
                match self { $($name::$value => $word,)+ }
            }

            /// The value of a word, in either case; `-` and `_` are one.
            pub fn from_word(word: &str) -> Option<$name> {
                let found = $name::ALL.iter().find(|(_, known)| crate::words::same(known, word));
                found.map(|(value, _)| *value)
            }

            /// All words, for a message that says what was expected.
            pub fn expected() -> String {
                format!("expected one of {}", $name::ALL.map(|(_, word)| word).join(", "))
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.word())
            }
        }
    };
}
pub(crate) use words;

/// Whether two words are one but for case and the choice of `-` or `_`.
pub(crate) fn same(a: &str, b: &str) -> bool {
    let plain = |byte: u8| if byte == b'_' { b'-' } else { byte.to_ascii_lowercase() };
    a.len() == b.len() && a.bytes().zip(b.bytes()).all(|(a, b)| plain(a) == plain(b))
}

/// A word as files of terms write it: lower case, with hyphens. `None` where a text is no such word.
pub(crate) fn hyphened(text: &str) -> Option<String> {
    let word = text.trim().to_lowercase().replace(['_', ' '], "-");
    let fits = !word.is_empty()
        && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    fits.then_some(word)
}

/// The word that was probably meant: the one with the fewest letters to change, if it is near.
pub(crate) fn nearest<'w>(word: &str, known: impl IntoIterator<Item = &'w str>) -> Option<&'w str> {
    let near = known.into_iter().map(|known| (changes(word, known), known)).min();
    near.filter(|(changes, known)| *changes <= known.len().max(3) / 3).map(|(_, known)| known)
}

/// How many letters are to be put in, taken out, changed or swapped with the next to make one word
/// of another.
fn changes(a: &str, b: &str) -> usize {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let mut before: Vec<usize> = Vec::new();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, &from) in a.iter().enumerate() {
        let mut next = vec![i + 1];
        for (j, &to) in b.iter().enumerate() {
            let swapped = i > 0 && j > 0 && from == b[j - 1] && a[i - 1] == to;
            let change = row[j] + usize::from(from != to);
            let swap = if swapped { before[j - 1] + 1 } else { usize::MAX };
            next.push(change.min(swap).min(row[j + 1] + 1).min(next[j] + 1));
        }
        before = std::mem::replace(&mut row, next);
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn a_slip_of_the_keyboard_is_near_its_word() {
        let known = ["rate", "per", "part", "rounding", "rounded-to"];
        for (slip, word) in [
            ("raet", Some("rate")),
            ("ratte", Some("rate")),
            ("roundign", Some("rounding")),
            ("rounded_to", Some("rounded-to")),
            ("prat", Some("part")),
            ("zzz", None),
            ("", None),
        ] {
            assert_eq!(nearest(slip, known), word, "{slip}");
        }
    }
}
