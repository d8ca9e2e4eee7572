//! The time behind a day, and how far it is ahead of UTC where it says so.

use chrono::NaiveTime;

/// The shortest cell with a day and a time. Nothing is looked for in a shorter one.
const SHORTEST: usize = "1/2/2026 1:00".len();
/// The farthest ahead of UTC, or behind it, that an offset can be, in minutes.
const FARTHEST: i32 = 18 * 60;

/// Names of offsets that mean one thing, in minutes. `CST` is China's time as well as Chicago's.
const NAMED: &[(&str, i32)] = &[
    ("Z", 0),
    ("UTC", 0),
    ("GMT", 0),
    ("EST", -5 * 60),
    ("EDT", -4 * 60),
    ("MST", -7 * 60),
    ("MDT", -6 * 60),
    ("PST", -8 * 60),
    ("PDT", -7 * 60),
];

/// The time behind a day.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::intake) struct Clock {
    /// `None` where it is none, such as `25:99`. 24:00 is the last second of its day.
    pub(in crate::intake) time: Option<NaiveTime>,
    /// How far it is ahead of UTC, in seconds, where it says so.
    pub(in crate::intake) offset: Option<i32>,
}

/// The time in a cell that is a day; `None` where it has none.
pub(in crate::intake) fn clock(cell: &[u8]) -> Option<Clock> {
    if cell.len() < SHORTEST {
        return None;
    }
    let text = std::str::from_utf8(cell).ok()?;
    let (hour, minute, second, rest) = match text.find(':') {
        Some(colon) => {
            let (before, after) = (text.get(..colon)?, text.get(colon + 1..)?);
            let digits = before.len() - before.trim_end_matches(|c: char| c.is_ascii_digit()).len();
            let hour = before.get(before.len() - digits.min(2)..)?;
            let (minute, rest) = leading(after);
            let (second, rest) = rest.strip_prefix(':').map_or(("0", rest), leading);
            (hour, minute, second, rest)
        }
        // `2026-11-03T020000Z`
        None if cell.get(4) == Some(&b'-') && b"T ".contains(cell.get(10)?) => {
            let (digits, rest) = leading(text.get(11..)?);
            let part = |from: usize| digits.get(from..from + 2);
            (part(0)?, part(2).unwrap_or("0"), part(4).unwrap_or("0"), rest)
        }
        None => return None,
    };
    let fraction = rest.strip_prefix('.').map(|rest| leading(rest).1);
    let rest = fraction.unwrap_or(rest).trim_start();
    let (half, rest) = match rest.get(..2) {
        Some(half) if half.eq_ignore_ascii_case("AM") => (Some(0), rest.get(2..)?),
        Some(half) if half.eq_ignore_ascii_case("PM") => (Some(12), rest.get(2..)?),
        _ => (None, rest),
    };
    let number = |text: &str| text.parse::<u32>().ok().filter(|_| text.len() <= 2);
    let time = || {
        let hour = match (number(hour)?, half) {
            (hour, None) => hour,
            (12, Some(half)) => half,
            (hour @ 0..12, Some(half)) => hour + half,
            (hour, Some(_)) => hour,
        };
        match (hour, number(minute)?, number(second)?) {
            (24, 0, 0) => NaiveTime::from_hms_opt(23, 59, 59),
            // A leap second.
            (hour, minute, 60) => NaiveTime::from_hms_opt(hour, minute, 59),
            (hour, minute, second) => NaiveTime::from_hms_opt(hour, minute, second),
        }
    };
    Some(Clock { time: time(), offset: offset(rest.trim_start()) })
}

/// The digits a text begins with, and the rest.
fn leading(text: &str) -> (&str, &str) {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    (text.get(..text.len() - rest.len()).unwrap_or(""), rest)
}

/// `+00:00`, `-0800`, `+9`, `Z`, `UTC`, `GMT+8`, in seconds.
fn offset(text: &str) -> Option<i32> {
    let named = NAMED.iter().find(|(name, _)| text.eq_ignore_ascii_case(name));
    if let Some((_, minutes)) = named {
        return Some(minutes * 60);
    }
    let text = text.strip_prefix("UTC").or(text.strip_prefix("GMT")).unwrap_or(text);
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => (-1, digits),
        None => (1, text.strip_prefix('+')?),
    };
    let (hours, rest) = match digits.split_once(':') {
        Some(parts) => parts,
        None => digits.split_at_checked(2).unwrap_or((digits, "")),
    };
    let number = |text: &str| match text {
        "" => Some(0),
        text if text.len() <= 2 && text.bytes().all(|b| b.is_ascii_digit()) => text.parse().ok(),
        _ => None,
    };
    let (hours, minutes): (i32, i32) = (number(hours)?, number(rest)?);
    let offset = hours * 60 + minutes;
    (minutes < 60 && offset <= FARTHEST && !digits.is_empty()).then_some(sign * offset * 60)
}

/// Whether a cell with a day may end in an offset: asked of every such cell, so it looks at its last
/// bytes only.
pub(in crate::intake) fn may_have_offset(cell: &[u8]) -> bool {
    if cell.len() < SHORTEST {
        return false;
    }
    let tail = cell.last_chunk::<6>().map_or(cell, |tail| tail.as_slice());
    matches!(tail.last(), Some(b'Z' | b'z' | b'C' | b'c' | b'T' | b't'))
        || tail.iter().any(|b| matches!(b, b'+' | b'-'))
}

/// Whether a cell with a day may end in UTC: the same, and none that says another offset in digits.
pub(in crate::intake) fn may_be_utc(cell: &[u8]) -> bool {
    let before_zeros = cell.iter().rev().find(|byte| !matches!(byte, b'0' | b':'));
    let named = cell.last().is_some_and(u8::is_ascii_alphabetic);
    may_have_offset(cell) && (named || matches!(before_zeros, Some(b'+' | b'-')))
}

#[cfg(test)]
mod tests {
    use super::{clock, may_be_utc, may_have_offset};

    /// Hours, minutes and seconds, and the offset in minutes.
    fn read(text: &str) -> Option<(String, Option<i32>)> {
        let clock = clock(text.as_bytes())?;
        let time = clock.time.map_or("none".to_owned(), |time| time.to_string());
        Some((time, clock.offset.map(|seconds| seconds / 60)))
    }

    #[test]
    fn times_as_exports_write_them() {
        for (text, time, offset) in [
            ("2026-11-03T02:00:00Z", "02:00:00", Some(0)),
            ("2026-11-03T02:00:00.123Z", "02:00:00", Some(0)),
            ("2026-11-03T06:57:28+09:00", "06:57:28", Some(540)),
            ("2026-11-03 10:17:29 -0500", "10:17:29", Some(-300)),
            ("2026-11-03 10:17:29 UTC", "10:17:29", Some(0)),
            ("2026-11-03 10:17:29 GMT+8", "10:17:29", Some(480)),
            ("2026-11-03 10:17:29+05:30", "10:17:29", Some(330)),
            ("2026-11-03T101729Z", "10:17:29", Some(0)),
            ("2026-11-03T1017Z", "10:17:00", Some(0)),
            ("11/03/2026 11:30:00 PM", "23:30:00", None),
            ("11/03/2026 12:30 AM", "00:30:00", None),
            ("11/03/2026 12:30 PM PST", "12:30:00", Some(-480)),
            ("11/03/2026 11:30 PM CST", "23:30:00", None),
            ("Sep-30-26 23:45:00", "23:45:00", None),
            ("November 3, 2026 9:05 AM", "09:05:00", None),
            ("2026年11月3日 10:00", "10:00:00", None),
            ("2026-11-03 24:00:00Z", "23:59:59", Some(0)),
            ("2026-11-03 23:59:60Z", "23:59:59", Some(0)),
            ("2026-11-03 25:99:00Z", "none", Some(0)),
            ("2026-11-03 10:00:00+99:00", "10:00:00", None),
        ] {
            assert_eq!(read(text), Some((time.to_owned(), offset)), "{text}");
            assert!(offset.is_none() || may_have_offset(text.as_bytes()), "{text}");
            assert!(offset != Some(0) || may_be_utc(text.as_bytes()), "{text}");
        }
    }

    #[test]
    fn most_offsets_show_at_their_end_that_they_are_not_utc() {
        for text in
            ["2026-11-03T02:00:00+0000", "2026-11-03 02:00:00 +00:00", "2026-11-03 02:00:00+0"]
        {
            assert_eq!(read(text), Some(("02:00:00".to_owned(), Some(0))), "{text}");
            assert!(may_be_utc(text.as_bytes()), "{text}");
        }
        for text in ["2026-11-03 10:17:29 -0500", "2026-11-03T06:57:28+09:00", "2026-11-03"] {
            assert!(!may_be_utc(text.as_bytes()), "{text}");
        }
    }

    #[test]
    fn a_day_alone_has_no_time() {
        for text in ["2026-11-03", "11/03/2026", "2026年11月3日", "November 3, 2026", "3 Nov 2026"]
        {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
