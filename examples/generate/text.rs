//! One line of output, grown piece by piece as bytes.

use crate::day::{DAY, Day, HOUR, MINUTE, Moment};
use crate::random::{TRACKING_DIGITS, TRACKING_PREFIX};

/// The bytes of a line.
#[derive(Default)]
pub(crate) struct Text(pub(crate) Vec<u8>);

impl Text {
    /// Adds words as they are.
    pub(crate) fn str(&mut self, words: &str) {
        self.0.extend_from_slice(words.as_bytes());
    }

    /// Adds a number with at least `width` digits.
    pub(crate) fn digits(&mut self, number: u64, width: usize) {
        let mut digits = [b'0'; 20];
        let mut first = digits.len();
        let mut rest = number;
        while rest > 0 {
            first -= 1;
            digits[first] += (rest % 10) as u8;
            rest /= 10;
        }
        self.0.extend_from_slice(&digits[first.min(digits.len() - width)..]);
    }

    /// Adds a number that is never negative.
    pub(crate) fn number(&mut self, number: i64) {
        self.digits(number.unsigned_abs(), 1);
    }

    /// Adds an amount of cents with two decimals: `41.00`.
    pub(crate) fn money(&mut self, cents: i64) {
        self.number(cents / 100);
        self.str(".");
        self.digits((cents % 100).unsigned_abs(), 2);
    }

    /// Adds an amount of cents as TikTok writes it: `41`, but `53.05`.
    pub(crate) fn short_money(&mut self, cents: i64) {
        if cents % 100 == 0 {
            self.number(cents / 100);
        } else {
            self.money(cents);
        }
    }

    /// Adds a day as `2026-11-21`.
    pub(crate) fn day(&mut self, day: Day) {
        let (year, month, day) = day.civil();
        self.digits(year.unsigned_abs(), 4);
        self.str("-");
        self.digits(month.unsigned_abs(), 2);
        self.str("-");
        self.digits(day.unsigned_abs(), 2);
    }

    /// Adds a moment as `11/21/2026 9:05:00 AM`, the hour without a leading zero.
    pub(crate) fn moment(&mut self, moment: Moment) {
        let (year, month, day) = Day(moment.div_euclid(DAY)).civil();
        let second = moment.rem_euclid(DAY);
        let hour = second / HOUR;
        self.digits(month.unsigned_abs(), 2);
        self.str("/");
        self.digits(day.unsigned_abs(), 2);
        self.str("/");
        self.digits(year.unsigned_abs(), 4);
        self.str(" ");
        self.number((hour + 11) % 12 + 1);
        self.str(":");
        self.digits((second % HOUR / MINUTE).unsigned_abs(), 2);
        self.str(":");
        self.digits((second % MINUTE).unsigned_abs(), 2);
        self.str(if hour < 12 { " AM" } else { " PM" });
    }

    /// Adds a tracking number, given the part after its prefix.
    pub(crate) fn tracking(&mut self, tracking: u64) {
        self.str(TRACKING_PREFIX);
        self.digits(tracking, TRACKING_DIGITS);
    }

    /// Puts what was added since `start` in quotes, if CSV asks for it.
    pub(crate) fn quote_from(&mut self, start: usize) {
        if !self.0[start..].iter().any(|byte| matches!(byte, b',' | b'"' | b'\r' | b'\n')) {
            return;
        }
        let cell = self.0.split_off(start);
        self.0.push(b'"');
        for byte in cell {
            if byte == b'"' {
                self.0.push(b'"');
            }
            self.0.push(byte);
        }
        self.0.push(b'"');
    }
}
