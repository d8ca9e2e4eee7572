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
