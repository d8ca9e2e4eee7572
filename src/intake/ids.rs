//! Identifiers are text. Spreadsheets turn long ones into rounded numbers: those are refused,
//! because a wrong number would cover, or claim on, somebody else's parcel.

use super::problem::{ANOTHER_ENCODING, Problem, codes};
use crate::parcel::is_blank;

/// Longer than any marketplace's or carrier's number.
const LONGEST: usize = 100;
/// Digits a spreadsheet keeps of a number.
const KEPT: usize = 15;

/// The identifier in a trimmed cell, without the wrapping that protects it from spreadsheets
/// (`="123"`, `'123`); `None` where there is none.
pub(super) fn read(cell: &[u8]) -> Result<Option<&str>, Problem> {
    let cell = match cell {
        [] => return Ok(None),
        [b'=', b'"', inner @ .., b'"'] | [b'\'', inner @ ..] => inner.trim_ascii(),
        plain => plain,
    };
    if cell.is_empty() || cell == b"-" {
        return Ok(None);
    }
    let mut strange = cell.len() > LONGEST;
    let mut plus = false;
    for byte in cell {
        strange |= *byte < b' ' || *byte == 0x7f;
        plus |= *byte == b'+';
    }
    let text = std::str::from_utf8(cell).map_err(|_| {
        Problem::row(codes::BAD_ENCODING, "the number is not readable text")
            .with_hint(ANOTHER_ENCODING)
    })?;
    if strange {
        return Err(Problem::row(
            codes::BAD_ID,
            "is not an identifier: it is too long, or has control characters",
        ));
    }
    if plus && is_exponent(cell) {
        return Err(Problem::row(
            codes::DAMAGED_ID,
            format!("`{text}` is a number a spreadsheet has rounded: the identifier is lost"),
        )
        .with_hint(
            "use the export as downloaded, without opening and saving it in a spreadsheet",
        ));
    }
    if is_fraction(cell) {
        return Err(Problem::row(
            codes::DAMAGED_ID,
            format!("`{text}` is a number some program wrote with a decimal point: it is not the identifier, and zeros before it may be lost"),
        )
        .with_hint("have the column written as text, or use the export as downloaded"));
    }
    // Blanks that are not ASCII, or not seen, come with what is copied from a web page.
    let text = text.trim_matches(is_blank);
    Ok(Some(text).filter(|text| !text.is_empty()))
}

/// `1001.0`
fn is_fraction(cell: &[u8]) -> bool {
    let digits = |part: &[u8]| !part.is_empty() && part.iter().all(u8::is_ascii_digit);
    let whole = cell.strip_suffix(b".0").or(cell.strip_suffix(b".00"));
    whole.is_some_and(digits)
}

/// `9.43461E+21`
fn is_exponent(cell: &[u8]) -> bool {
    let Some(e) = cell.iter().position(|b| b.eq_ignore_ascii_case(&b'e')) else {
        return false;
    };
    let (mantissa, exponent) = (&cell[..e], &cell[e + 1..]);
    mantissa.first().is_some_and(u8::is_ascii_digit)
        && mantissa.iter().all(|b| b.is_ascii_digit() || b".,".contains(b))
        && exponent.first() == Some(&b'+')
        && exponent.len() > 1
        && exponent[1..].iter().all(u8::is_ascii_digit)
}

/// Watches one id column for numbers cut to 15 digits and filled with zeros. One such number may
/// be real; two different ones with no whole long number beside them are damage.
#[derive(Debug, Default)]
pub(super) struct PaddingWatch {
    whole_seen: bool,
    first: Option<(u64, String)>,
    another: bool,
}

impl PaddingWatch {
    /// Looks at one identifier of the column, as long as that may tell something.
    pub(super) fn see<'a>(&mut self, line: u64, id: impl FnOnce() -> &'a [u8]) {
        if self.whole_seen {
            return;
        }
        let id = id();
        if id.len() <= KEPT || !id.iter().all(u8::is_ascii_digit) {
            return;
        }
        if id[KEPT..].iter().any(|b| *b != b'0') {
            self.whole_seen = true;
            return;
        }
        match &self.first {
            None => self.first = Some((line, String::from_utf8_lossy(id).into_owned())),
            Some((_, first)) => self.another |= first.as_bytes() != id,
        }
    }

    /// The line and number to show, once the column has been seen and is found destroyed.
    pub(super) fn verdict(&self) -> Option<(u64, &str)> {
        let (line, id) = self.first.as_ref()?;
        (self.another && !self.whole_seen).then_some((*line, id.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::{PaddingWatch, read};

    fn id(text: &str) -> Result<Option<&str>, &'static str> {
        read(text.as_bytes()).map_err(|p| p.code)
    }

    #[test]
    fn identifiers_are_text_with_their_zeros() {
        assert_eq!(id("000000000202"), Ok(Some("000000000202")));
        assert_eq!(id("1Z999AA10123456784"), Ok(Some("1Z999AA10123456784")));
        assert_eq!(id("=\"9400111\""), Ok(Some("9400111")));
        assert_eq!(id("'9400111"), Ok(Some("9400111")));
        assert_eq!(id("订单7"), Ok(Some("订单7")));
        assert_eq!(id("\u{a0}1001\u{200b}"), Ok(Some("1001")));
        assert_eq!(id("\u{a0}"), Ok(None));
        assert_eq!(id("1001.1"), Ok(Some("1001.1")), "some shops number parts of orders so");
        assert_eq!(id("1001.0"), Err("damaged_id"));
        assert_eq!(id(""), Ok(None));
        assert_eq!(id("ORDER+E"), Ok(Some("ORDER+E")));
    }

    #[test]
    fn what_a_spreadsheet_has_destroyed_is_refused() {
        assert_eq!(id("9.43461E+21"), Err("damaged_id"));
        assert_eq!(id("9,43461e+21"), Err("damaged_id"));
        assert_eq!(id("94\u{1}"), Err("bad_id"));
        assert_eq!(id(&"9".repeat(101)), Err("bad_id"));
        assert_eq!(super::read(b"94\xff").map_err(|p| p.code), Err("bad_encoding"));
    }

    #[test]
    fn one_padded_number_may_be_real_two_alone_are_damage() {
        let verdict = |ids: &[&str]| {
            let mut watch = PaddingWatch::default();
            for (line, id) in (2..).zip(ids) {
                watch.see(line, || id.as_bytes());
            }
            watch.verdict().map(|(line, _)| line)
        };
        let (a, b) = ("9434608106245500000000", "9434608106245600000000");
        assert_eq!(verdict(&[a]), None);
        assert_eq!(verdict(&[a, a, "12"]), None);
        assert_eq!(verdict(&["12", a, b]), Some(3));
        assert_eq!(verdict(&[a, b, "9434608106245511111111"]), None);
    }
}
