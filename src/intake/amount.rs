//! Amounts as sellers' files write them: `53.05`, `$1,022.25`, `USD 12.99`, `11,000 JPY`.

use crate::money::{Currency, LARGEST_MINOR, Money, MoneyError};

use super::problem::codes;

/// Which character stands before the minor units: the same in a whole column. A row that writes the
/// other way is refused, never guessed at.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum DecimalMark {
    /// `1,234.56`
    Point,
    /// `1.234,56`
    Comma,
}

impl DecimalMark {
    /// The other one.
    pub(super) fn other(self) -> DecimalMark {
        match self {
            DecimalMark::Point => DecimalMark::Comma,
            DecimalMark::Comma => DecimalMark::Point,
        }
    }

    /// As --amounts takes it.
    pub(super) fn word(self) -> &'static str {
        match self {
            DecimalMark::Point => "point",
            DecimalMark::Comma => "comma",
        }
    }
}

/// What one amount shows of how its column writes them.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Shows {
    /// It reads alike both ways: `450`, or is no amount at all.
    Nothing,
    /// It is an amount in one way only.
    Only(DecimalMark),
    /// `1,234`, `1.234`: three digits behind the only mark. It is an amount this way, if the mark
    /// groups, and something else, or nothing, if it does not.
    Grouped(DecimalMark),
}

/// Why an amount is not one: code and sentence.
pub(super) type Refused = (&'static str, String);

/// Reads an amount of `currency`; `Ok(None)` for an empty cell.
pub(super) fn read(
    cell: &[u8],
    currency: Currency,
    mark: DecimalMark,
) -> Result<Option<Money>, Refused> {
    if cell.is_empty() {
        return Ok(None);
    }
    if let Some(minor) = quick(cell, currency, mark) {
        return Ok(Some(Money::from_minor(minor, currency)));
    }
    careful(cell, currency, mark).map(Some)
}

/// The common case, from the bytes: digits, and at most the currency's digits after the mark.
fn quick(cell: &[u8], currency: Currency, mark: DecimalMark) -> Option<i64> {
    // Twelve digits fit an i64 with room for the three smallest minor digits.
    if cell.len() > 12 {
        return None;
    }
    let mark = if mark == DecimalMark::Comma { b',' } else { b'.' };
    let digits = currency.digits();
    let mut minor = 0i64;
    let mut decimals = None;
    for byte in cell {
        match byte {
            b'0'..=b'9' => {
                minor = minor * 10 + i64::from(byte - b'0');
                decimals = decimals.map(|n| n + 1);
            }
            byte if *byte == mark && decimals.is_none() && minor < LARGEST_MINOR => {
                decimals = Some(0);
            }
            _ => return None,
        }
    }
    let decimals: u32 = match decimals {
        Some(0) => return None,
        Some(n) if n > digits => return None,
        Some(n) => n,
        None => 0,
    };
    // `.50` is a slip more often than an amount.
    if !cell[0].is_ascii_digit() {
        return None;
    }
    minor.checked_mul(10i64.pow(digits - decimals)).filter(|minor| *minor <= LARGEST_MINOR)
}

/// Everything else: signs, symbols, codes, grouping; or the reason it is refused.
fn careful(cell: &[u8], currency: Currency, mark: DecimalMark) -> Result<Money, Refused> {
    let text = std::str::from_utf8(cell)
        .map_err(|_| (codes::BAD_ENCODING, "the amount is not readable text".to_owned()))?;
    let (number, negative) = bare(text, currency)?;
    let plain =
        ungrouped(&number, mark).map_err(|why| (codes::BAD_AMOUNT, format!("`{text}` {why}")))?;
    let money = Money::parse(&plain, currency).map_err(|e| match e {
        MoneyError::TooManyDigits { currency, digits, .. } => (
            codes::TOO_MANY_DECIMALS,
            format!("`{text}` has more decimals than {currency} has ({digits})"),
        ),
        MoneyError::TooLarge(_) => (codes::AMOUNT_TOO_LARGE, format!("`{text}` is too large")),
        _ => (codes::BAD_AMOUNT, format!("`{text}` is not an amount, expected one such as 450.00")),
    })?;
    if negative && !money.is_zero() {
        return Err((
            codes::NEGATIVE_AMOUNT,
            format!("`{text}` is negative, expected zero or more"),
        ));
    }
    Ok(money)
}

/// What an amount shows of its column's convention.
pub(super) fn shows(cell: &[u8], currency: Currency) -> Shows {
    let Ok(text) = std::str::from_utf8(cell) else { return Shows::Nothing };
    let Ok((number, _)) = bare(text, currency) else { return Shows::Nothing };
    let only =
        |mark: char| Shows::Only(if mark == ',' { DecimalMark::Comma } else { DecimalMark::Point });
    let Some(last) = number.rfind(['.', ',']) else { return Shows::Nothing };
    let mark = if number[last..].starts_with(',') { ',' } else { '.' };
    let other = if mark == ',' { '.' } else { ',' };
    let (before, after) = (&number[..last], &number[last + 1..]);
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    if !digits(after) {
        return Shows::Nothing;
    }
    if before.contains(mark) {
        // What stands more than once groups.
        return if before.contains(other) { Shows::Nothing } else { only(other) };
    }
    let groups =
        after.len() == 3 && digits(before) && before.len() <= 3 && !before.starts_with('0');
    match groups {
        false => only(mark),
        true if mark == ',' => Shows::Grouped(DecimalMark::Point),
        true => Shows::Grouped(DecimalMark::Comma),
    }
}

/// A currency's signs. A sign several currencies have says only that it is one of them.
const SIGNS: &[(&str, &[&str])] = &[
    ("US$", &["USD"]),
    ("R$", &["BRL"]),
    ("S$", &["SGD"]),
    ("NT$", &["TWD"]),
    ("HK$", &["HKD"]),
    ("$", &["USD", "CAD", "AUD", "NZD", "SGD", "HKD", "MXN", "TWD", "CLP", "COP"]),
    ("€", &["EUR"]),
    ("£", &["GBP"]),
    ("¥", &["JPY", "CNY"]),
    ("元", &["CNY", "TWD"]),
    ("円", &["JPY"]),
    ("฿", &["THB"]),
    ("₫", &["VND"]),
    ("đ", &["VND"]),
    ("₱", &["PHP"]),
    ("₹", &["INR"]),
    ("₩", &["KRW"]),
    ("Rp", &["IDR"]),
    ("RM", &["MYR"]),
];

fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{a0}' | '\u{202f}' | '\u{2007}' | '\u{feff}')
}

/// Full-width figures and marks as plain ones, all dashes as a minus.
fn plain(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xff01 + 0x21).unwrap_or(c),
        '\u{ffe5}' => '¥',
        '\u{2212}' | '\u{2010}' | '\u{2011}' | '\u{2013}' => '-',
        c => c,
    }
}

/// Takes sign, symbol and currency code away.
fn bare(text: &str, currency: Currency) -> Result<(String, bool), Refused> {
    let plain: String = text.chars().map(plain).collect();
    let mut rest = plain.trim_matches(is_space);
    let mut negative = false;
    if let Some(inside) = rest.strip_prefix('(').and_then(|r| r.strip_suffix(')')) {
        (rest, negative) = (inside.trim_matches(is_space), true);
    }
    let mut meant: Option<&[&str]> = None;
    loop {
        let letters = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_alphabetic()).len();
        if let Some(r) = rest.strip_prefix('-') {
            (rest, negative) = (r, true);
        } else if let Some((sign, of)) = SIGNS.iter().find(|(sign, _)| {
            // `RM` is the ringgit's sign, and no part of another word.
            rest.starts_with(sign)
                && (!sign.ends_with(char::is_alphabetic) || letters <= sign.len())
        }) {
            meant = Some(of);
            rest = &rest[sign.len()..];
        } else if letters == 3 {
            expect_code(text, &rest[..letters], currency)?;
            rest = &rest[letters..];
        } else {
            break;
        }
        rest = rest.trim_start_matches(is_space);
    }
    let code_at = rest.trim_end_matches(|c: char| c.is_ascii_alphabetic()).len();
    // A letter glued to the digits (`12,5O`) is a typing slip, not a currency.
    if rest.len() - code_at == 3 {
        expect_code(text, &rest[code_at..], currency)?;
        rest = rest[..code_at].trim_end_matches(is_space);
    }
    if let Some((sign, of)) = SIGNS.iter().find(|(sign, _)| rest.ends_with(sign)) {
        meant = Some(of);
        rest = rest[..rest.len() - sign.len()].trim_end_matches(is_space);
    }
    if let Some(r) = rest.strip_suffix('-') {
        (rest, negative) = (r, true);
    }
    match meant {
        Some(meant) if !meant.contains(&currency.code()) => Err(other_currency(text, currency)),
        _ => Ok((rest.to_owned(), negative)),
    }
}

/// The one currency an amount names, by its code or by a sign no other has.
pub(super) fn names(cell: &[u8]) -> Option<Currency> {
    let text: String = std::str::from_utf8(cell).ok()?.chars().map(plain).collect();
    let letters: String = text.chars().filter(|c| c.is_ascii_alphabetic()).collect();
    if let Some(currency) = Currency::from_code(&letters) {
        return Some(currency);
    }
    let is = |sign: &str| match sign.bytes().all(|b| b.is_ascii_alphabetic()) {
        true => letters == sign,
        false => text.contains(sign),
    };
    let of = SIGNS.iter().find(|(sign, _)| is(sign))?.1;
    if let [only] = of { Currency::from_code(only) } else { None }
}

fn expect_code(text: &str, code: &str, currency: Currency) -> Result<(), Refused> {
    if code.eq_ignore_ascii_case(currency.code()) {
        Ok(())
    } else if Currency::from_code(code).is_some() {
        Err(other_currency(text, currency))
    } else {
        Err((codes::BAD_AMOUNT, format!("`{text}` is not an amount, expected one such as 450.00")))
    }
}

fn other_currency(text: &str, currency: Currency) -> Refused {
    (codes::BAD_CURRENCY, format!("`{text}` is not in {currency}, the currency of its row"))
}

/// `1,234.56` as `1234.56`, if the grouping is what it should be.
fn ungrouped(number: &str, mark: DecimalMark) -> Result<String, &'static str> {
    const NOT_ONE: &str = "is not an amount, expected one such as 450.00";
    const OTHER_MARK: &str =
        "has a comma before the cents where this file's amounts have a point, such as 450.00";
    const OTHER_POINT: &str =
        "has a point before the cents where this file's amounts have a comma, such as 450,00";
    let (mark, group, other) = match mark {
        DecimalMark::Point => ('.', ',', OTHER_MARK),
        DecimalMark::Comma => (',', '.', OTHER_POINT),
    };
    let groups = |c: char| c == group || is_space(c) || c == '\'' || c == '\u{2019}';
    if !number.chars().all(|c| c.is_ascii_digit() || c == mark || groups(c)) {
        return Err(NOT_ONE);
    }
    let (whole, decimals) = number.split_once(mark).map_or((number, None), |(w, d)| (w, Some(d)));
    if decimals.is_some_and(|d| !d.bytes().all(|b| b.is_ascii_digit())) {
        return Err(if decimals.is_some_and(|d| d.contains(group)) { other } else { NOT_ONE });
    }
    let by = whole.chars().find(|c| groups(*c)).unwrap_or(group);
    let odd = if by == group { other } else { NOT_ONE };
    let mut parts = whole.split(by);
    let first = parts.next().unwrap_or("");
    let mut plain = first.to_owned();
    for each in parts {
        let three = each.len() == 3 && each.bytes().all(|b| b.is_ascii_digit());
        if !three || first.is_empty() || first.len() > 3 {
            return Err(odd);
        }
        plain.push_str(each);
    }
    if let Some(decimals) = decimals {
        plain.push('.');
        plain.push_str(decimals);
    }
    Ok(plain)
}

#[cfg(test)]
mod tests {
    use super::{DecimalMark, Shows, names, read, shows};
    use crate::money::Currency;

    fn usd(text: &str) -> Result<Option<i64>, &'static str> {
        read(text.as_bytes(), Currency::USD, DecimalMark::Point)
            .map(|money| money.map(|m| m.minor()))
            .map_err(|(code, _)| code)
    }

    #[test]
    fn amounts_as_american_files_write_them() {
        for (text, cents) in [
            ("450", 45_000),
            ("8.99", 899),
            ("8.9", 890),
            ("0", 0),
            ("$1,022.25", 102_225),
            ("USD 12.99", 1299),
            ("12.99 USD", 1299),
            ("US$12.99", 1299),
            ("$ 3", 300),
            ("-0.00", 0),
            ("1,234,567", 123_456_700),
        ] {
            assert_eq!(usd(text), Ok(Some(cents)), "{text}");
        }
        assert_eq!(usd(""), Ok(None));
    }

    #[test]
    fn what_is_not_an_amount_is_refused_with_its_code() {
        for (text, code) in [
            ("12,5O", "bad_amount"),
            ("12,50", "bad_amount"),
            ("1.234,56", "bad_amount"),
            ("12,34,567", "bad_amount"),
            ("1.", "bad_amount"),
            (".5", "bad_amount"),
            ("free", "bad_amount"),
            ("$", "bad_amount"),
            ("1 2", "bad_amount"),
            ("See ASN-93", "bad_amount"),
            ("-3.00", "negative_amount"),
            ("(3.00)", "negative_amount"),
            ("$-3.00", "negative_amount"),
            ("1.005", "too_many_decimals"),
            ("999999999999999", "amount_too_large"),
            ("99999999999999999999", "amount_too_large"),
            ("EUR 12.99", "bad_currency"),
            ("12.99 €", "bad_currency"),
        ] {
            assert_eq!(usd(text), Err(code), "{text}");
        }
    }

    #[test]
    fn other_currencies_have_their_own_marks_and_digits() {
        let of = |text: &str, code: &str, mark| {
            let currency = Currency::from_code(code).unwrap();
            read(text.as_bytes(), currency, mark).map(|m| m.unwrap().minor()).map_err(|(c, _)| c)
        };
        assert_eq!(of("11,000 JPY", "JPY", DecimalMark::Point), Ok(11_000));
        assert_eq!(of("BRL 1.035,91", "BRL", DecimalMark::Comma), Ok(103_591));
        assert_eq!(of("35.91", "BRL", DecimalMark::Comma), Err("bad_amount"));
        assert_eq!(of("MXN\u{a0}790.00", "MXN", DecimalMark::Point), Ok(79_000));
    }

    #[test]
    fn amounts_as_other_countries_write_them() {
        let of = |text: &str, code: &str, mark| {
            let currency = Currency::from_code(code).unwrap();
            read(text.as_bytes(), currency, mark).map(|m| m.unwrap().minor()).map_err(|(c, _)| c)
        };
        for (text, code, mark, minor) in [
            ("THB1,250.50", "THB", DecimalMark::Point, 125_050),
            ("฿1,250.50", "THB", DecimalMark::Point, 125_050),
            ("R$ 35,91", "BRL", DecimalMark::Comma, 3_591),
            ("Rp150.000", "IDR", DecimalMark::Comma, 15_000_000),
            ("150.000 ₫", "VND", DecimalMark::Comma, 150_000),
            ("１，２３４．５０", "USD", DecimalMark::Point, 123_450),
            ("￥11,000", "JPY", DecimalMark::Point, 11_000),
            ("11,000円", "JPY", DecimalMark::Point, 11_000),
            ("1\u{a0}234,56 €", "EUR", DecimalMark::Comma, 123_456),
            ("1 234 567,50", "EUR", DecimalMark::Comma, 123_456_750),
            ("1'234.50", "CHF", DecimalMark::Point, 123_450),
            ("\u{a0}450\u{a0}", "USD", DecimalMark::Point, 45_000),
        ] {
            assert_eq!(of(text, code, mark), Ok(minor), "{text}");
        }
        assert_eq!(of("(1.234,56)", "EUR", DecimalMark::Comma), Err("negative_amount"));
        assert_eq!(of("1.234.567", "USD", DecimalMark::Point), Err("bad_amount"));
        assert_eq!(of("1,234 567", "USD", DecimalMark::Point), Err("bad_amount"));
        assert_eq!(of("1 234 5", "USD", DecimalMark::Point), Err("bad_amount"));
        assert_eq!(of("RM 5", "USD", DecimalMark::Point), Err("bad_currency"));
    }

    #[test]
    fn an_amount_may_show_how_its_column_is_written() {
        use DecimalMark::{Comma, Point};
        for (text, shown) in [
            ("450", Shows::Nothing),
            ("", Shows::Nothing),
            ("free", Shows::Nothing),
            ("12.50", Shows::Only(Point)),
            ("12,5", Shows::Only(Comma)),
            ("$1,022.25", Shows::Only(Point)),
            ("1.022,25", Shows::Only(Comma)),
            ("1,234,567", Shows::Only(Point)),
            ("1.234.567", Shows::Only(Comma)),
            ("1234.567", Shows::Only(Point)),
            ("0.125", Shows::Only(Point)),
            ("1,234", Shows::Grouped(Point)),
            ("1.234", Shows::Grouped(Comma)),
        ] {
            assert_eq!(shows(text.as_bytes(), Currency::USD), shown, "{text}");
        }
    }

    #[test]
    fn an_amount_may_name_its_currency() {
        let named = |text: &str| names(text.as_bytes()).map(|c| c.code().to_owned());
        assert_eq!(named("MXN 790.00").as_deref(), Some("MXN"));
        assert_eq!(named("R$ 35,91").as_deref(), Some("BRL"));
        assert_eq!(named("11,000 JPY").as_deref(), Some("JPY"));
        assert_eq!(named("Rp150.000").as_deref(), Some("IDR"));
        assert_eq!(named("$5"), None, "many have dollars");
        assert_eq!(named("450"), None);
        assert_eq!(named("abc 5"), None);
    }
}
