//! An amount in another currency.

use super::{Currency, LARGEST_MINOR, Money, MoneyError, Rate};

impl Money {
    /// What it comes to in another currency at a rate of one unit, rounded to that currency's
    /// minor unit, a half up.
    ///
    /// # Errors
    /// Too large to hold.
    pub fn converted(self, rate: Rate, to: Currency) -> Result<Money, MoneyError> {
        let rate = rate.decimal();
        let too_large = || MoneyError::TooLarge(self.to_string());
        // In whole numbers, for a decimal would round by itself beyond its 28 digits.
        let above = i128::from(self.minor)
            .checked_mul(rate.mantissa())
            .and_then(|product| product.checked_mul(10i128.checked_pow(to.digits())?))
            .ok_or_else(too_large)?;
        let below = 10i128.checked_pow(rate.scale() + self.currency.digits());
        let below = below.ok_or_else(too_large)?;
        // Halves go away from zero; the remainder is on the side of `above`.
        let (whole, rest) = (above / below, above % below);
        let up = if rest.abs() >= below - rest.abs() { rest.signum() } else { 0 };
        i64::try_from(whole + up)
            .ok()
            .filter(|minor| minor.abs() <= LARGEST_MINOR)
            .map(|minor| Money { minor, currency: to })
            .ok_or_else(too_large)
    }
}
