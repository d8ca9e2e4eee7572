//! Numbers people type: `POL-00001A`, a counter in base 32 with a check character.
//!
//! The last character is a check digit (Luhn, modulo 32), so a slip of the keyboard is caught
//! before it names somebody else's parcel. The alphabet is Crockford's: no I, L, O, U.

use std::fmt;

use serde::{Serialize, Serializer};

const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Digits before the check character, at least: numbers of one ledger line up in a table.
const WIDTH: usize = 5;

/// What a number counts.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub enum Kind {
    /// A policy: the cover of one parcel.
    Policy,
    /// A claim.
    Claim,
    /// One run that recorded policies.
    Batch,
}

impl Kind {
    fn prefix(self) -> &'static str {
        match self {
            Kind::Policy => "POL-",
            Kind::Claim => "CLM-",
            Kind::Batch => "BAT-",
        }
    }
}

macro_rules! number {
    ($(#[$doc:meta])* $name:ident, $kind:expr) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub i64);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&format($kind, self.0))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
                s.collect_str(self)
            }
        }

        impl $name {
            /// Reads the number back, in either case; `None` for anything else, a wrong check
            /// character included.
            pub fn parse(text: &str) -> Option<$name> {
                parse($kind, text).map($name)
            }
        }
    };
}

number!(
    /// A policy's number.
    PolicyNo,
    Kind::Policy
);
number!(
    /// A claim's number.
    ClaimNo,
    Kind::Claim
);
number!(
    /// A batch's number: one run of `insure` or `batch-insure`.
    BatchNo,
    Kind::Batch
);

fn format(kind: Kind, id: i64) -> String {
    let mut digits = Vec::new();
    let mut left = id.unsigned_abs();
    while left > 0 || digits.len() < WIDTH {
        digits.push((left % 32) as u8);
        left /= 32;
    }
    let check = check_digit(digits.iter().copied());
    digits.reverse();
    digits.push(check);
    let text: String = digits.iter().map(|&d| char::from(ALPHABET[usize::from(d)])).collect();
    format!("{}{text}", kind.prefix())
}

fn parse(kind: Kind, text: &str) -> Option<i64> {
    let prefix = kind.prefix();
    let head = text.get(..prefix.len())?;
    let digits = text.get(prefix.len()..)?;
    if !head.eq_ignore_ascii_case(prefix) || !(WIDTH + 1..=13).contains(&digits.len()) {
        return None;
    }
    let mut values = digits
        .bytes()
        .map(|b| ALPHABET.iter().position(|&a| a == b.to_ascii_uppercase()).map(|at| at as u8))
        .collect::<Option<Vec<u8>>>()?;
    let check = values.pop()?;
    if check != check_digit(values.iter().rev().copied()) {
        return None;
    }
    Some(values.iter().fold(0i64, |id, &d| id * 32 + i64::from(d)))
}

/// Luhn over base 32, the digits given from the last to the first.
fn check_digit(from_last: impl Iterator<Item = u8>) -> u8 {
    let sum: u64 = from_last
        .enumerate()
        .map(|(at, d)| {
            let weighed = u64::from(d) * if at % 2 == 0 { 2 } else { 1 };
            weighed / 32 + weighed % 32
        })
        .sum();
    ((32 - sum % 32) % 32) as u8
}

#[cfg(test)]
mod tests {
    use super::{ClaimNo, PolicyNo};

    #[test]
    fn numbers_read_back_and_slips_are_caught() {
        for id in [0, 1, 31, 32, 1_000_000, i64::from(u32::MAX)] {
            assert_eq!(PolicyNo::parse(&PolicyNo(id).to_string()), Some(PolicyNo(id)));
        }
        let good = PolicyNo(1_234_567).to_string();
        assert_eq!(PolicyNo::parse(&good.to_lowercase()), Some(PolicyNo(1_234_567)));
        assert_eq!(ClaimNo::parse(&good), None, "a policy is not a claim");
        for at in "POL-".len()..good.len() {
            let mut slip = good.clone().into_bytes();
            slip[at] = if slip[at] == b'7' { b'8' } else { b'7' };
            let slip = String::from_utf8(slip).unwrap();
            assert_eq!(PolicyNo::parse(&slip), None, "{slip} for {good}");
        }
        assert_eq!(PolicyNo::parse("POL-"), None);
        assert_eq!(PolicyNo::parse("POL-\u{e9}\u{e9}\u{e9}"), None);
    }
}
