//! Numbers in cells as the text a CSV export would have had.

use std::fmt::Write as _;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::batch::{Flaw, Flawed};
use super::format::Shown;
use crate::calendar::Day;

/// Digits a spreadsheet keeps of a number.
const KEPT: usize = 15;

/// The day a workbook counts from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Epoch {
    /// Day 1 is 1 January 1900.
    #[default]
    From1900,
    /// Day 0 is 1 January 1904, as on old Macs.
    From1904,
}

/// Writes a number as it is shown; `raw` is how the file writes it: `53.05`, `5.7640000000000003E+17`.
pub(super) fn write(raw: &str, shown: &Shown, epoch: Epoch, out: &mut String) -> Flawed {
    let raw = raw.trim();
    let start = out.len();
    if matches!(shown, Shown::Plain) && is_short(raw) {
        out.push_str(raw);
        return fraction(raw);
    }
    let Some(number) = decimal(raw) else {
        // Beyond what an amount or a day can be, it is refused as the text it is.
        out.push_str(raw);
        return None;
    };
    // Writing to a String does not fail.
    let _ = match shown {
        Shown::Day => match moment(number, epoch) {
            Some((day, seconds)) => {
                return write_moment(day, seconds, out);
            }
            None => write!(out, "{number}"),
        },
        Shown::Time => write_time(number, out),
        Shown::Percent => {
            let hundredfold = number.checked_mul(Decimal::ONE_HUNDRED).unwrap_or(number);
            write!(out, "{}%", tidy(hundredfold))
        }
        Shown::Padded(width) if is_whole(number) => {
            let digits = number.normalize().to_string();
            write!(out, "{digits:0>width$}")
        }
        Shown::Money(sign) => {
            let minus = if number.is_sign_negative() { "-" } else { "" };
            // A code is told from the digits by a space.
            let space =
                if sign.len() == 3 && sign.is_ascii() && &**sign != "US$" { " " } else { "" };
            write!(out, "{minus}{sign}{space}{}", tidy(number.abs()))
        }
        Shown::Plain | Shown::Padded(_) => write_plain(number, out),
    };
    out.get(start..).and_then(fraction)
}

fn fraction(written: &str) -> Flawed {
    written.contains('.').then_some(Flaw::Fraction)
}

/// Digits, a sign and a point, and not more than are kept: the way most numbers are written.
fn is_short(raw: &str) -> bool {
    raw.len() <= KEPT && raw.bytes().all(|b| b.is_ascii_digit() || b == b'.' || b == b'-')
}

fn decimal(raw: &str) -> Option<Decimal> {
    match raw.contains(['e', 'E']) {
        true => Decimal::from_scientific(raw).ok(),
        false => raw.parse().ok(),
    }
}

/// Zero or more, and short enough to be exact.
fn is_whole(number: Decimal) -> bool {
    let longest = Decimal::from(10_i64.pow(KEPT as u32));
    number.fract().is_zero() && !number.is_sign_negative() && number < longest
}

/// Without the noise behind the fifteenth digit.
fn tidy(number: Decimal) -> Decimal {
    number.round_sf(KEPT as u32).unwrap_or(number).normalize()
}

/// A number cell holds 15 digits. A longer whole number has been rounded, and is written the way
/// a spreadsheet shows it, so that it is refused as an identifier; the noise behind the fifteenth
/// digit of a fraction is taken off.
fn write_plain(number: Decimal, out: &mut String) -> std::fmt::Result {
    let whole = number.trunc().abs().to_string();
    match whole.split_at_checked(KEPT) {
        Some((kept, rest)) if !rest.is_empty() && number.fract().is_zero() => {
            let minus = if number.is_sign_negative() { "-" } else { "" };
            let (first, others) = kept.split_at(1);
            write!(out, "{minus}{first}.{others}E+{}", whole.len() - 1)
        }
        _ => write!(out, "{}", tidy(number)),
    }
}

/// The day and second of the day a number stands for.
fn moment(number: Decimal, epoch: Epoch) -> Option<(Day, u32)> {
    let seconds = number.checked_mul(Decimal::from(86_400))?.round().to_i64()?;
    let (days, second) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    let (first, days) = match epoch {
        Epoch::From1904 => (Day::from_ymd_opt(1904, 1, 1)?, days),
        // Day 60 is 29 February 1900, which never was.
        Epoch::From1900 if days >= 61 => (Day::from_ymd_opt(1899, 12, 30)?, days),
        Epoch::From1900 if days < 60 => (Day::from_ymd_opt(1899, 12, 31)?, days),
        Epoch::From1900 => return None,
    };
    let days = u64::try_from(days).ok()?;
    Some((first.checked_add_days(chrono::Days::new(days))?, u32::try_from(second).ok()?))
}

fn write_moment(day: Day, second: u32, out: &mut String) -> Flawed {
    let _ = write!(out, "{day}");
    if second > 0 {
        let (hour, minute) = (second / 3600, second / 60 % 60);
        let _ = write!(out, " {hour:02}:{minute:02}:{:02}", second % 60);
    }
    Some(Flaw::Day)
}

fn write_time(number: Decimal, out: &mut String) -> std::fmt::Result {
    let seconds = number.checked_mul(Decimal::from(86_400)).and_then(|s| s.round().to_i64());
    match seconds {
        Some(s @ 0..) => write!(out, "{:02}:{:02}:{:02}", s / 3600, s / 60 % 60, s % 60),
        _ => write!(out, "{}", tidy(number)),
    }
}

#[cfg(test)]
mod tests {
    use super::{Epoch, Shown, write};

    fn text(raw: &str, shown: Shown, epoch: Epoch) -> String {
        let mut out = String::new();
        write(raw, &shown, epoch, &mut out);
        out
    }

    #[test]
    fn a_number_of_more_than_fifteen_digits_is_shown_as_rounded() {
        let plain = |raw| text(raw, Shown::Plain, Epoch::From1900);
        assert_eq!(plain("576400000000000000"), "5.76400000000000E+17");
        assert_eq!(plain("5.7641234567890126E+17"), "5.76412345678901E+17");
        assert_eq!(plain("9434608106245500000000"), "9.43460810624550E+21");
        assert_eq!(plain("123456789012345"), "123456789012345");
        assert_eq!(plain("1.23456789012345E+14"), "123456789012345");
        assert_eq!(plain("12.990000000000002"), "12.99");
        assert_eq!(plain("53.05"), "53.05");
        assert_eq!(plain("1E-3"), "0.001");
        assert_eq!(plain("1E+300"), "1E+300");
        assert_eq!(plain("-5"), "-5");
    }

    #[test]
    fn days_are_counted_from_1900_or_1904() {
        let day = |raw| text(raw, Shown::Day, Epoch::From1900);
        assert_eq!(day("46329"), "2026-11-03");
        assert_eq!(day("46329.428819444445"), "2026-11-03 10:17:30");
        assert_eq!(day("46329.999999"), "2026-11-04");
        assert_eq!(day("1"), "1900-01-01");
        assert_eq!(day("59"), "1900-02-28");
        assert_eq!(day("60"), "60");
        assert_eq!(day("61"), "1900-03-01");
        assert_eq!(day("-1"), "-1");
        assert_eq!(text("44867", Shown::Day, Epoch::From1904), "2026-11-03");
    }

    #[test]
    fn what_the_format_adds_is_part_of_the_number() {
        let shown = |raw, shown| text(raw, shown, Epoch::From1900);
        assert_eq!(shown("0.15", Shown::Percent), "15%");
        assert_eq!(shown("202", Shown::Padded(12)), "000000000202");
        assert_eq!(shown("1234567890123", Shown::Padded(5)), "1234567890123");
        assert_eq!(shown("53.05", Shown::Money("$".into())), "$53.05");
        assert_eq!(shown("-53.05", Shown::Money("€".into())), "-€53.05");
        assert_eq!(shown("790", Shown::Money("MXN".into())), "MXN 790");
        assert_eq!(shown("0.4288194444", Shown::Time), "10:17:30");
        assert_eq!(shown("1.5", Shown::Time), "36:00:00");
    }

    #[test]
    fn a_long_number_is_rounded_however_it_is_shown() {
        let padded = text("576412345678901234", Shown::Padded(18), Epoch::From1900);
        assert_eq!(padded, "5.76412345678901E+17");
    }
}
