//! Amounts as sellers' files write them: `53.05`, `$1,022.25`, `USD 12.99`, `11,000 JPY`.

use serde::Deserialize;

use crate::money::{Currency, LARGEST_MINOR, Money, MoneyError};

use super::problem::codes;

/// Which character stands before the minor units. The layout says it for the whole column; a row
/// that writes the other way is refused, never guessed at.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum DecimalMark {
    /// `1,234.56`
    #[default]
    Point,
    /// `1.234,56`
    Comma,
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

/// Takes sign, symbol and currency code away.
fn bare(text: &str, currency: Currency) -> Result<(String, bool), Refused> {
    let space = |c: char| c.is_whitespace() || c == '\u{a0}' || c == '\u{202f}';
    let mut rest = text.trim_matches(space);
    let mut negative = false;
    if let Some(inside) = rest.strip_prefix('(').and_then(|r| r.strip_suffix(')')) {
        (rest, negative) = (inside.trim_matches(space), true);
    }
    let mut symbol = None;
    loop {
        let letters = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_alphabetic()).len();
        if let Some(r) = rest.strip_prefix(['-', '\u{2212}']) {
            (rest, negative) = (r, true);
        } else if let Some(sign) = rest.chars().next().filter(|c| "$€£¥".contains(*c)) {
            symbol = Some(sign);
            rest = &rest[sign.len_utf8()..];
        } else if letters == 3 || (letters == 2 && rest.starts_with("US$")) {
            expect_code(text, &rest[..letters], currency)?;
            rest = &rest[letters..];
        } else {
            break;
        }
        rest = rest.trim_start_matches(space);
    }
    let code_at = rest.trim_end_matches(|c: char| c.is_ascii_alphabetic()).len();
    // A letter glued to the digits (`12,5O`) is a typing slip, not a currency.
    if rest.len() - code_at == 3 {
        expect_code(text, &rest[code_at..], currency)?;
        rest = rest[..code_at].trim_end_matches(space);
    }
    if let Some(sign) = rest.chars().last().filter(|c| "$€£¥".contains(*c)) {
        symbol = Some(sign);
        rest = rest[..rest.len() - sign.len_utf8()].trim_end_matches(space);
    }
    if let Some(r) = rest.strip_suffix('-') {
        (rest, negative) = (r, true);
    }
    let meant: &[&str] = match symbol {
        None => return Ok((rest.to_owned(), negative)),
        Some('€') => &["EUR"],
        Some('£') => &["GBP"],
        Some('¥') => &["JPY", "CNY"],
        Some(_) => &["USD", "CAD", "AUD", "NZD", "SGD", "HKD", "MXN", "TWD"],
    };
    if meant.contains(&currency.code()) {
        Ok((rest.to_owned(), negative))
    } else {
        Err(other_currency(text, currency))
    }
}

fn expect_code(text: &str, code: &str, currency: Currency) -> Result<(), Refused> {
    let same =
        code.eq_ignore_ascii_case(currency.code()) || (code == "US" && currency == Currency::USD);
    if same {
        Ok(())
    } else if Currency::from_code(code).is_some() || code == "US" {
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
    if !number.chars().all(|c| c.is_ascii_digit() || c == mark || c == group) {
        return Err(NOT_ONE);
    }
    let (whole, decimals) = number.split_once(mark).map_or((number, None), |(w, d)| (w, Some(d)));
    if decimals.is_some_and(|d| d.contains(group)) {
        return Err(other);
    }
    let mut groups = whole.split(group);
    let first = groups.next().unwrap_or("");
    let mut plain = first.to_owned();
    for each in groups {
        if each.len() != 3 || first.is_empty() || first.len() > 3 {
            return Err(other);
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
    use super::{DecimalMark, read};
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
}
