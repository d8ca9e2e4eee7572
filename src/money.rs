//! Money is a whole number of minor units with its currency; rates are exact decimals.
//!
//! This is the only place that parses, rounds and prints an amount, and the only place that
//! rounds at all. Two currencies never mix: arithmetic across them is an error, not a guess.

mod convert;

use std::fmt;

use rust_decimal::prelude::ToPrimitive;
use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// An ISO 4217 currency: its code and how many digits its minor unit has.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Currency {
    code: [u8; 3],
    digits: u8,
}

/// Codes with two minor digits, the common case.
const TWO_DIGITS: &[u8] = b"AEDAUDBDTBRLCADCHFCNYCOPCZKDKKEGPEURGBPHKDHUFIDRILSINRMXNMYRNOKNZDPENPHPPKRPLNRONSARSEKSGDTHBTRYTWDUSDZAR";
/// Codes without a minor unit.
const NO_DIGITS: &[u8] = b"CLPISKJPYKRWPYGUGXVNDXAFXOF";
/// Codes whose minor unit is a thousandth.
const THREE_DIGITS: &[u8] = b"BHDIQDJODKWDOMRTND";

impl Currency {
    /// The US dollar, currency of the default plan.
    pub const USD: Currency = Currency { code: *b"USD", digits: 2 };

    /// The currency with this three-letter code, in either case; `None` where it is not known.
    pub fn from_code(code: &str) -> Option<Currency> {
        let code: [u8; 3] = code.as_bytes().try_into().ok()?;
        let code = code.map(|b| b.to_ascii_uppercase());
        [(TWO_DIGITS, 2), (NO_DIGITS, 0), (THREE_DIGITS, 3)]
            .into_iter()
            .find(|(codes, _)| codes.chunks_exact(3).any(|known| known == code))
            .map(|(_, digits)| Currency { code, digits })
    }

    /// The three letters.
    pub fn code(&self) -> &str {
        // The bytes come from the ASCII tables above.
        std::str::from_utf8(&self.code).unwrap_or("???")
    }

    /// Digits after the decimal point: 2 for USD, 0 for JPY, 3 for KWD.
    pub fn digits(self) -> u32 {
        u32::from(self.digits)
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.code())
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl Serialize for Currency {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(self.code())
    }
}

impl<'de> Deserialize<'de> for Currency {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let code = String::deserialize(d)?;
        Currency::from_code(&code).ok_or_else(|| {
            serde::de::Error::custom(format!(
                "`{code}` is not a currency known here, expected an ISO 4217 code such as USD"
            ))
        })
    }
}

/// What can be wrong with an amount.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MoneyError {
    /// Nothing was written.
    #[error("the amount is empty, expected a number such as 450 or 450.00")]
    Empty,
    /// Something else than digits and one point.
    #[error(
        "`{0}` is not an amount, expected digits with a point before the cents, such as 450.00"
    )]
    NotANumber(String),
    /// An amount below zero where only a value makes sense.
    #[error("`{0}` is negative, expected an amount of zero or more")]
    Negative(String),
    /// More decimals than the currency has.
    #[error("`{text}` has more decimals than {currency} has ({digits})")]
    TooManyDigits {
        /// As written.
        text: String,
        /// Of which currency.
        currency: Currency,
        /// How many it has.
        digits: u32,
    },
    /// Larger than the ledger can hold.
    #[error("`{0}` is too large: the largest amount is 9,999,999,999,999 minor units")]
    TooLarge(String),
    /// An amount that names its currency, and it is another one.
    #[error("`{text}` is in {named}, expected an amount in {expected}")]
    Other {
        /// As written.
        text: String,
        /// The currency it names.
        named: Currency,
        /// The currency it should be in.
        expected: Currency,
    },
    /// Two currencies met without a stated rate.
    #[error("{0} and {1} cannot be put together without a stated exchange rate")]
    Mixed(Currency, Currency),
    /// A sum outside what the ledger can hold.
    #[error("the sum is larger than the ledger can hold")]
    Overflow,
}

/// The largest single amount, in minor units. A million of them still add up without overflow.
pub const LARGEST_MINOR: i64 = 9_999_999_999_999;

/// An amount of one currency, in minor units (cents for USD).
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Money {
    minor: i64,
    currency: Currency,
}

impl Money {
    /// So many minor units.
    pub fn from_minor(minor: i64, currency: Currency) -> Money {
        Money { minor, currency }
    }

    /// Nothing, in this currency.
    pub fn zero(currency: Currency) -> Money {
        Money { minor: 0, currency }
    }

    /// Minor units: 45000 for USD 450.00.
    pub fn minor(self) -> i64 {
        self.minor
    }

    /// Which currency.
    pub fn currency(self) -> Currency {
        self.currency
    }

    /// Whether it is nothing.
    pub fn is_zero(self) -> bool {
        self.minor == 0
    }

    /// Reads `450`, `450.5` or `450.00`: digits, and a point before at most the currency's digits.
    /// Sellers' files with other conventions are read by `intake`.
    ///
    /// # Errors
    /// Anything else, with what was expected.
    pub fn parse(text: &str, currency: Currency) -> Result<Money, MoneyError> {
        let trimmed = text.trim();
        if trimmed.is_empty() {
            return Err(MoneyError::Empty);
        }
        if let Some(rest) = trimmed.strip_prefix('-')
            && rest.starts_with(|c: char| c.is_ascii_digit())
        {
            return Err(MoneyError::Negative(trimmed.to_owned()));
        }
        let (whole, fraction) = trimmed.split_once('.').unwrap_or((trimmed, ""));
        let digits_only = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
        if whole.is_empty()
            || !digits_only(whole)
            || !digits_only(fraction)
            || trimmed.ends_with('.')
        {
            return Err(not_an_amount(trimmed, currency));
        }
        let digits = currency.digits();
        if fraction.len() > digits as usize {
            return Err(MoneyError::TooManyDigits { text: trimmed.to_owned(), currency, digits });
        }
        let missing = digits as usize - fraction.len();
        whole
            .bytes()
            .chain(fraction.bytes())
            .chain(std::iter::repeat_n(b'0', missing))
            .try_fold(0i64, |sum, b| sum.checked_mul(10)?.checked_add(i64::from(b - b'0')))
            .filter(|minor| *minor <= LARGEST_MINOR)
            .map(|minor| Money { minor, currency })
            .ok_or_else(|| MoneyError::TooLarge(trimmed.to_owned()))
    }

    /// The sum.
    ///
    /// # Errors
    /// Two currencies, or a sum too large to hold.
    pub fn plus(self, other: Money) -> Result<Money, MoneyError> {
        self.same(other)?;
        self.minor
            .checked_add(other.minor)
            .map(|minor| Money { minor, ..self })
            .ok_or(MoneyError::Overflow)
    }

    /// What is left of `self` when `other` is taken away; never below zero.
    ///
    /// # Errors
    /// Two currencies.
    pub fn less(self, other: Money) -> Result<Money, MoneyError> {
        self.same(other)?;
        Ok(Money { minor: self.minor.saturating_sub(other.minor).max(0), ..self })
    }

    /// The smaller of two amounts.
    ///
    /// # Errors
    /// Two currencies.
    pub fn at_most(self, cap: Money) -> Result<Money, MoneyError> {
        self.same(cap)?;
        Ok(if cap.minor < self.minor { cap } else { self })
    }

    /// Whether it is more than `other`.
    ///
    /// # Errors
    /// Two currencies.
    pub fn exceeds(self, other: Money) -> Result<bool, MoneyError> {
        self.same(other)?;
        Ok(self.minor > other.minor)
    }

    /// A decimal number of major units, rounded to minor units in the named way.
    ///
    /// # Errors
    /// Too large to hold.
    pub fn from_decimal(
        amount: Decimal,
        currency: Currency,
        rounding: Rounding,
    ) -> Result<Money, MoneyError> {
        let rounded = amount.round_dp_with_strategy(currency.digits(), rounding.strategy());
        rounded
            .checked_mul(Decimal::from(10i64.pow(currency.digits())))
            .and_then(|minor| minor.to_i64())
            .filter(|minor| minor.abs() <= LARGEST_MINOR)
            .map(|minor| Money { minor, currency })
            .ok_or_else(|| MoneyError::TooLarge(amount.to_string()))
    }

    /// A decimal number of major units, rounded in the named way to a multiple of a unit.
    ///
    /// # Errors
    /// Too large to hold.
    pub fn from_decimal_to(
        amount: Decimal,
        unit: Money,
        rounding: Rounding,
    ) -> Result<Money, MoneyError> {
        let units = amount.checked_div(unit.decimal()).ok_or(MoneyError::Overflow)?;
        let units = units.round_dp_with_strategy(0, rounding.strategy());
        let exact = units.checked_mul(unit.decimal()).ok_or(MoneyError::Overflow)?;
        Money::from_decimal(exact, unit.currency, rounding)
    }

    /// As a number of major units: 450.00.
    pub fn decimal(self) -> Decimal {
        Decimal::new(self.minor, self.currency.digits())
    }

    /// A decimal number of major units that needs no rounding.
    ///
    /// # Errors
    /// It has more decimals than the currency, is negative or too large.
    pub fn exactly(amount: Decimal, currency: Currency) -> Result<Money, MoneyError> {
        let exact = currency
            .digits()
            .checked_sub(amount.scale())
            .and_then(|missing| {
                i64::try_from(amount.mantissa()).ok()?.checked_mul(10i64.pow(missing))
            })
            .filter(|minor| (0..=LARGEST_MINOR).contains(minor));
        if let Some(minor) = exact {
            return Ok(Money { minor, currency });
        }
        // Anything else is either written with needless zeros or wrong; parsing says which.
        Money::parse(&amount.to_string(), currency)
    }

    /// Writes the digits alone, `450.00`, without allocating: the form of JSON and CSV.
    pub fn write_digits(self, out: &mut Vec<u8>) {
        let mut buffer = itoa::Buffer::new();
        let digits = self.currency.digits() as usize;
        if self.minor < 0 {
            out.push(b'-');
        }
        let text = buffer.format(self.minor.unsigned_abs());
        if digits == 0 {
            out.extend_from_slice(text.as_bytes());
            return;
        }
        let missing = (digits + 1).saturating_sub(text.len());
        let start = out.len();
        out.extend(std::iter::repeat_n(b'0', missing));
        out.extend_from_slice(text.as_bytes());
        let point = out.len() - digits;
        debug_assert!(point > start);
        out.insert(point, b'.');
    }

    /// The digits alone, `450.00`.
    pub fn digits(self) -> String {
        let mut out = Vec::with_capacity(16);
        self.write_digits(&mut out);
        // Only ASCII digits, a point and a sign were written.
        String::from_utf8(out).unwrap_or_default()
    }

    fn same(self, other: Money) -> Result<(), MoneyError> {
        if self.currency == other.currency {
            Ok(())
        } else {
            Err(MoneyError::Mixed(self.currency, other.currency))
        }
    }
}

/// Why a text is no amount: it may name a currency, and another one than is expected.
fn not_an_amount(text: &str, expected: Currency) -> MoneyError {
    let ends = [text.get(..3), text.len().checked_sub(3).and_then(|at| text.get(at..))];
    let named = ends.into_iter().flatten().find_map(Currency::from_code);
    match named.filter(|named| *named != expected) {
        Some(named) => MoneyError::Other { text: text.to_owned(), named, expected },
        None => MoneyError::NotANumber(text.to_owned()),
    }
}

impl fmt::Display for Money {
    /// For people: `1,234.50 USD`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&format!("{} {}", grouped(&self.digits()), self.currency))
    }
}

impl fmt::Debug for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for Money {
    /// A string with the currency's digits; the currency stands beside it once in each record.
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(&self.digits())
    }
}

/// `1234567.50` as `1,234,567.50`, for people only.
pub fn grouped(digits: &str) -> String {
    let (sign, rest) = digits.strip_prefix('-').map_or(("", digits), |rest| ("-", rest));
    let (whole, fraction) = rest.find('.').map_or((rest, ""), |at| rest.split_at(at));
    let mut out = String::from(sign);
    for (i, c) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(c);
    }
    out + fraction
}

/// An exact rate: 0.75 (per 100), 1.0 (percent).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Rate(Decimal);

impl Rate {
    /// Reads `0.75`.
    ///
    /// # Errors
    /// Not a decimal number, or below zero.
    pub fn parse(text: &str) -> Result<Rate, MoneyError> {
        let rate: Decimal =
            text.trim().parse().map_err(|_| MoneyError::NotANumber(text.trim().to_owned()))?;
        if rate.is_sign_negative() {
            return Err(MoneyError::Negative(text.trim().to_owned()));
        }
        Ok(Rate(rate))
    }

    /// The number.
    pub fn decimal(self) -> Decimal {
        self.0
    }
}

impl fmt::Display for Rate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Serialize for Rate {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Rate {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let text = String::deserialize(d)?;
        Rate::parse(&text).map_err(serde::de::Error::custom)
    }
}

/// How a fraction of a minor unit ends: a named step of the plan, never a default of the code.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rounding {
    /// Half a cent and more goes up: 3.125 is 3.13.
    HalfUp,
    /// Half a cent goes to the even cent: 3.125 is 3.12.
    HalfEven,
    /// Any fraction goes up.
    Up,
    /// Any fraction is dropped.
    Down,
}

impl Rounding {
    fn strategy(self) -> RoundingStrategy {
        match self {
            Rounding::HalfUp => RoundingStrategy::MidpointAwayFromZero,
            Rounding::HalfEven => RoundingStrategy::MidpointNearestEven,
            Rounding::Up => RoundingStrategy::AwayFromZero,
            Rounding::Down => RoundingStrategy::ToZero,
        }
    }
}

/// Shares `total` in proportion to `weights`, whole minor units each, nothing lost: the largest
/// remainders get the cents that are left over, the first in order on a tie. All-zero weights
/// share equally.
pub fn share(total: i64, weights: &[i64]) -> Vec<i64> {
    let sum: i128 = weights.iter().map(|w| i128::from(*w)).sum();
    let ones = vec![1i64; weights.len()];
    let (weights, sum) = if sum == 0 { (&ones[..], weights.len() as i128) } else { (weights, sum) };
    if weights.is_empty() {
        return Vec::new();
    }
    let exact = |w: &i64| i128::from(total) * i128::from(*w);
    let mut shares: Vec<i64> =
        weights.iter().map(|w| i64::try_from(exact(w) / sum).unwrap_or(0)).collect();
    let mut order: Vec<usize> = (0..weights.len()).collect();
    order.sort_by_key(|&i| std::cmp::Reverse(exact(&weights[i]) % sum));
    let left = usize::try_from(total - shares.iter().sum::<i64>()).unwrap_or(0);
    for &i in order.iter().take(left) {
        shares[i] += 1;
    }
    shares
}

#[cfg(test)]
mod tests {
    use super::{Currency, Money, MoneyError, Rounding, grouped, share};

    fn usd(text: &str) -> Result<i64, MoneyError> {
        Money::parse(text, Currency::USD).map(Money::minor)
    }

    #[test]
    fn amounts_are_read_exactly_or_refused() {
        assert_eq!(usd("450"), Ok(45_000));
        assert_eq!(usd(" 450.5 "), Ok(45_050));
        assert_eq!(usd("0.07"), Ok(7));
        assert_eq!(usd(""), Err(MoneyError::Empty));
        assert_eq!(usd("12,5O"), Err(MoneyError::NotANumber("12,5O".into())));
        assert_eq!(usd("1."), Err(MoneyError::NotANumber("1.".into())));
        assert_eq!(usd(".5"), Err(MoneyError::NotANumber(".5".into())));
        assert_eq!(usd("-1"), Err(MoneyError::Negative("-1".into())));
        assert!(matches!(usd("1.005"), Err(MoneyError::TooManyDigits { digits: 2, .. })));
        assert!(matches!(usd("99999999999999999999"), Err(MoneyError::TooLarge(_))));
    }

    #[test]
    fn each_currency_has_its_own_digits() {
        let of = |code| Currency::from_code(code).map(Currency::digits);
        assert_eq!((of("usd"), of("JPY"), of("KWD"), of("ABC")), (Some(2), Some(0), Some(3), None));
        let yen = Currency::from_code("JPY").unwrap();
        assert_eq!(Money::from_minor(11_000, yen).to_string(), "11,000 JPY");
        assert!(Money::parse("11000.5", yen).is_err());
        let dinar = Currency::from_code("KWD").unwrap();
        assert_eq!(Money::from_minor(5, dinar).digits(), "0.005");
    }

    #[test]
    fn printing_keeps_every_digit() {
        assert_eq!(Money::from_minor(0, Currency::USD).digits(), "0.00");
        assert_eq!(Money::from_minor(-7, Currency::USD).digits(), "-0.07");
        assert_eq!(Money::from_minor(123_456_789, Currency::USD).to_string(), "1,234,567.89 USD");
        assert_eq!(grouped("999"), "999");
    }

    #[test]
    fn rounding_is_named() {
        let round = |text: &str, rounding| {
            Money::from_decimal(text.parse().unwrap(), Currency::USD, rounding).unwrap().minor()
        };
        assert_eq!(round("3.125", Rounding::HalfUp), 313);
        assert_eq!(round("3.125", Rounding::HalfEven), 312);
        assert_eq!(round("3.121", Rounding::Up), 313);
        assert_eq!(round("3.129", Rounding::Down), 312);
    }

    #[test]
    fn currencies_never_mix() {
        let yen = Currency::from_code("JPY").unwrap();
        let mixed = Money::zero(Currency::USD).plus(Money::zero(yen));
        assert_eq!(mixed, Err(MoneyError::Mixed(Currency::USD, yen)));
    }

    #[test]
    fn a_shared_fee_loses_no_cent_and_favours_the_first_on_a_tie() {
        assert_eq!(share(1000, &[20_000, 30_000]), [400, 600]);
        assert_eq!(share(1, &[5, 5]), [1, 0]);
        assert_eq!(share(100, &[1, 1, 1]), [34, 33, 33]);
        assert_eq!(share(5, &[0, 0]), [3, 2]);
        assert_eq!(share(10, &[]), Vec::<i64>::new());
    }
}
