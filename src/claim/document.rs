//! A document on its way in: what makes it unfit, how large it may be, and a name for it that does
//! no harm wherever it is shown or unpacked.

use std::path::PathBuf;

/// How large a document may be, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// A photo, PDF or anything else.
    pub document: u64,
    /// A video.
    pub video: u64,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits { document: 25_000_000, video: 100_000_000 }
    }
}

impl Limits {
    /// The limit for a document of this type.
    pub fn of(&self, video: bool) -> u64 {
        if video { self.video } else { self.document }
    }
}

/// Why a file is not taken as a document. Nothing was kept of it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}: {reason}", path.display())]
pub struct BadDocument {
    /// Which.
    pub path: PathBuf,
    /// A stable word for programs, such as `too_large`.
    pub code: &'static str,
    /// A sentence for people.
    pub reason: String,
    /// What to do about it, where that can be said.
    pub hint: Option<String>,
}

/// A size as people say it: `25 MB`, `1.4 MB`, `812 bytes`.
pub fn size_words(bytes: u64) -> String {
    for (unit, name) in [(1_000_000_000, "GB"), (1_000_000, "MB"), (1_000, "kB")] {
        if bytes >= unit {
            let tenths = bytes / (unit / 10);
            return match tenths % 10 {
                0 => format!("{} {name}", tenths / 10),
                tenth => format!("{}.{tenth} {name}", tenths / 10),
            };
        }
    }
    format!("{bytes} bytes")
}

/// A size as people write it: `25 MB`, `500kB`, `25000000`. Units count in thousands.
///
/// # Errors
/// Not a size, or none at all; says what was expected.
pub fn parse_size(text: &str) -> Result<u64, String> {
    let expected = || "expected a size such as 25 MB, 500 kB or 25000000".to_owned();
    let text = text.trim();
    let digits = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (number, unit) = text.split_at(digits);
    let unit: u64 = match unit.trim().to_ascii_lowercase().as_str() {
        "" | "b" | "bytes" => 1,
        "k" | "kb" => 1_000,
        "m" | "mb" => 1_000_000,
        "g" | "gb" => 1_000_000_000,
        _ => return Err(expected()),
    };
    let number: u64 = number.parse().map_err(|_| expected())?;
    number.checked_mul(unit).filter(|bytes| *bytes > 0).ok_or_else(expected)
}

/// The longest name kept, in bytes: file systems take no longer one, and a number may come before it.
const LONGEST_NAME: usize = 200;

/// The last part of a path as a name that is safe to show, and to give a file when it is unpacked
/// anywhere: no separators, control or direction characters, no dots or hyphens in front, none of
/// the names Windows keeps for itself. Letters of all languages stay.
pub fn safe_name(name: &str) -> String {
    let base = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let harmless = |c: char| match c {
        '<' | '>' | ':' | '"' | '|' | '?' | '*' => '_',
        c if c.is_control() || is_invisible(c) => '_',
        c => c,
    };
    let clean: String = base.chars().map(harmless).collect();
    let clean = clean.trim_start_matches(['.', '-', ' ']).trim_end_matches(['.', ' ']);
    let short = shortened(clean);
    let stem = short.split('.').next().unwrap_or_default();
    if short.is_empty() {
        "document".to_owned()
    } else if is_reserved(stem.trim()) {
        format!("_{short}")
    } else {
        short
    }
}

/// Characters that turn the direction of a text: `gpj.exe` would read as `exe.jpg`.
pub fn turns_text(c: char) -> bool {
    matches!(c,
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Characters that turn it or are not seen. Some of these join letters, so only a file's name has
/// to do without all of them.
fn is_invisible(c: char) -> bool {
    turns_text(c)
        || matches!(c,
            '\u{ad}' | '\u{180e}' | '\u{200b}'..='\u{200d}' | '\u{2028}'..='\u{2029}'
            | '\u{2060}'..='\u{2065}' | '\u{206a}'..='\u{206f}' | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}' | '\u{fffd}')
}

/// Names of devices on Windows, whatever ending they have.
fn is_reserved(stem: &str) -> bool {
    let upper = stem.to_ascii_uppercase();
    let numbered = |name: &str| {
        upper
            .strip_prefix(name)
            .is_some_and(|n| n.len() == 1 && n.bytes().all(|b| b.is_ascii_digit()))
    };
    matches!(upper.as_str(), "CON" | "PRN" | "AUX" | "NUL") || numbered("COM") || numbered("LPT")
}

/// The name cut to what is kept, its ending with it.
fn shortened(name: &str) -> String {
    if name.len() <= LONGEST_NAME {
        return name.to_owned();
    }
    let (stem, ending) = match name.rsplit_once('.') {
        Some((stem, ending)) if ending.len() <= 10 => (stem, format!(".{ending}")),
        _ => (name, String::new()),
    };
    let mut end = LONGEST_NAME - ending.len();
    while !stem.is_char_boundary(end.min(stem.len())) {
        end -= 1;
    }
    format!("{}{ending}", stem.get(..end).unwrap_or(stem))
}

#[cfg(test)]
mod tests {
    use super::{parse_size, safe_name, size_words};

    #[test]
    fn a_name_is_made_harmless_and_stays_readable() {
        for (given, kept) in [
            ("photo.jpg", "photo.jpg"),
            ("../../etc/passwd", "passwd"),
            ("..\\..\\boot.ini", "boot.ini"),
            ("破损 照片 1.jpg", "破损 照片 1.jpg"),
            ("reçu d’achat.pdf", "reçu d’achat.pdf"),
            ("bell\u{7}\u{1b}[31m.png", "bell__[31m.png"),
            ("\u{202e}gpj.exe", "_gpj.exe"),
            (".hidden", "hidden"),
            ("--help", "help"),
            ("...", "document"),
            ("", "document"),
            ("con.jpg", "_con.jpg"),
            ("COM1", "_COM1"),
            ("company.jpg", "company.jpg"),
            ("a:b?.jpg ", "a_b_.jpg"),
        ] {
            assert_eq!(safe_name(given), kept, "{given:?}");
        }
        let long = safe_name(&format!("{}.jpg", "片".repeat(90)));
        assert!(long.len() <= 200 && long.ends_with("片.jpg"), "{long}");
        assert!(safe_name(&"a".repeat(400)).len() == 200);
    }

    #[test]
    fn a_size_is_read_as_it_is_written() {
        for (text, bytes) in
            [("25 MB", 25_000_000), ("500kB", 500_000), ("7", 7), ("1 gb", 1_000_000_000)]
        {
            assert_eq!(parse_size(text), Ok(bytes), "{text}");
        }
        for text in ["", "MB", "0", "-1", "1.5 MB", "25 miles", "99999999999999 GB"] {
            assert!(parse_size(text).is_err(), "{text}");
        }
        for (bytes, words) in [(999, "999 bytes"), (1_400_000, "1.4 MB"), (25_000_000, "25 MB")] {
            assert_eq!(size_words(bytes), words);
        }
    }
}
