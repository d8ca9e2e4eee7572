//! Number formats: what a number in a cell is shown as. A date is a number that is shown as one, and
//! so is a percentage; currency signs and leading zeros often stand in the format alone.

use crate::money::Currency;

/// How a number is shown, as far as it changes what the number says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) enum Shown {
    /// As the number it is.
    #[default]
    Plain,
    /// A day, with or without a time.
    Day,
    /// A time of day, or a length of time.
    Time,
    /// Times a hundred, with `%`.
    Percent,
    /// Filled up with zeros to so many digits.
    Padded(usize),
    /// With a currency's sign or code before or behind it.
    Money(Box<str>),
}

/// The formats that are only numbered. Those for money (5 to 8, 41 to 44) show the sign of whoever
/// opens the file, so that they say nothing.
pub(super) fn numbered(id: u32) -> Shown {
    match id {
        14..=17 | 22 | 27..=31 | 34..=36 | 50..=54 | 57 | 58 => Shown::Day,
        18..=21 | 32 | 33 | 45..=47 | 55 | 56 => Shown::Time,
        9 | 10 => Shown::Percent,
        _ => Shown::Plain,
    }
}

/// What a format's code says, such as `yyyy-mm-dd` or `_($* #,##0.00_)`.
pub(super) fn read(code: &str) -> Shown {
    if code.eq_ignore_ascii_case("general") {
        return Shown::Plain;
    }
    let mut found = Found::default();
    let mut chars = code.chars();
    while let Some(c) = chars.next() {
        match c {
            // Only the first section counts: the others are for negative numbers, zero and text.
            ';' => break,
            '"' => found.literal.extend(chars.by_ref().take_while(|c| *c != '"')),
            '\\' => found.literal.extend(chars.next()),
            // The width of a character, and a character that fills the cell.
            '_' | '*' => _ = chars.next(),
            '[' => {
                let inside: String = chars.by_ref().take_while(|c| *c != ']').collect();
                found.bracket(&inside);
            }
            '$' | '€' | '£' | '¥' => found.literal.push(c),
            _ => found.letter(c.to_ascii_lowercase()),
        }
    }
    found.shown()
}

#[derive(Default)]
struct Found {
    literal: String,
    day: bool,
    month_or_minute: bool,
    time: bool,
    percent: bool,
    zeros: usize,
    others: bool,
}

impl Found {
    /// `[h]`, `[$€-407]`; colours, conditions and languages say nothing.
    fn bracket(&mut self, inside: &str) {
        match inside.strip_prefix('$') {
            Some(sign) => self.literal.push_str(sign.split('-').next().unwrap_or("")),
            None => {
                let elapsed = |c: char| "hms".contains(c.to_ascii_lowercase());
                self.time |= !inside.is_empty() && inside.chars().all(elapsed);
            }
        }
    }

    fn letter(&mut self, c: char) {
        match c {
            'y' | 'd' => self.day = true,
            'm' => self.month_or_minute = true,
            'h' | 's' => self.time = true,
            '%' => self.percent = true,
            '0' => self.zeros += 1,
            ' ' => {}
            _ => self.others = true,
        }
    }

    fn shown(self) -> Shown {
        let sign = self.literal.trim();
        let is_sign = matches!(sign, "$" | "€" | "£" | "¥" | "US$")
            || (sign.len() == 3 && Currency::from_code(sign).is_some());
        if self.day || (self.month_or_minute && !self.time) {
            Shown::Day
        } else if self.time {
            Shown::Time
        } else if self.percent {
            Shown::Percent
        } else if is_sign {
            Shown::Money(sign.into())
        } else if self.zeros > 1 && !self.others && self.literal.is_empty() {
            Shown::Padded(self.zeros)
        } else {
            Shown::Plain
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Shown, read};

    #[test]
    fn a_format_says_what_its_number_is() {
        for (code, shown) in [
            ("General", Shown::Plain),
            ("0", Shown::Plain),
            ("0.00", Shown::Plain),
            ("#,##0.00", Shown::Plain),
            ("0.00E+00", Shown::Plain),
            ("#,##0 \"pcs\"", Shown::Plain),
            ("@", Shown::Plain),
            ("[Red]0.00;[Blue]yyyy", Shown::Plain),
            ("yyyy-mm-dd", Shown::Day),
            ("mm/dd/yyyy\\ hh:mm", Shown::Day),
            ("[$-409]mmmm\\ d\\,\\ yyyy;@", Shown::Day),
            ("yyyy\"年\"m\"月\"d\"日\"", Shown::Day),
            ("mmm-yy", Shown::Day),
            ("h:mm:ss AM/PM", Shown::Time),
            ("[h]:mm", Shown::Time),
            ("mm:ss.0", Shown::Time),
            ("0.00%", Shown::Percent),
            ("000000000000", Shown::Padded(12)),
            ("_($* #,##0.00_);_($* (#,##0.00);_($* \"-\"??_);_(@_)", Shown::Money("$".into())),
            ("\"$\"#,##0.00", Shown::Money("$".into())),
            ("#,##0.00\\ [$€-407]", Shown::Money("€".into())),
            ("[$MXN] #,##0.00", Shown::Money("MXN".into())),
        ] {
            assert_eq!(read(code), shown, "{code}");
        }
    }
}
