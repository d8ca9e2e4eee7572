//! Sums of money and counts of parcels.

use rust_decimal::Decimal;

use super::interval::Rated;
use crate::calendar::Day;
use crate::money::MoneyError;

/// What a group of policies cost and paid. Amounts are minor units of one currency; a sum that is
/// too large stays at the upper end, which [`Sums::checked`] tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sums {
    /// Policies that were not cancelled.
    pub parcels: u64,
    /// Policies that were.
    pub cancelled: u64,
    /// What the parcels were worth.
    pub package_value: i64,
    /// What they were covered for.
    pub cover: i64,
    /// What that cost, refunds taken off.
    pub premium: i64,
    /// Claims on them that were not withdrawn.
    pub claims: u64,
    /// Of these, accepted ones, paid or not.
    pub accepted: u64,
    /// Of these, rejected ones.
    pub rejected: u64,
    /// Of these, those not decided yet, drafts among them.
    pub undecided: u64,
    /// What was paid on claims.
    pub payouts: i64,
    /// What is granted and not paid yet.
    pub owed: i64,
    /// What the undecided claims would pay; a draft whose window is over would pay nothing.
    pub expected: i64,
    /// Parcels that look lost, damaged, late or came back, without a claim, that can be claimed today.
    pub claimable: u64,
    /// What the terms are expected to pay for them, at most, as far as that is known.
    pub claimable_payout: i64,
    /// How many of them would pay what the ledger does not know.
    pub claimable_unknown: u64,
    /// How many of them came back: never among the missed ones, for no money is lost with them.
    pub claimable_returned: u64,
    /// The first day on which one of them can be claimed no more is the day after this one.
    pub closes_first: Option<Day>,
    /// Parcels that looked lost, damaged or late, were never claimed (or in a draft only), and cannot be
    /// claimed any more. What came back is not among them, unless it was reported damaged.
    pub missed: u64,
    /// What they would have paid at most.
    pub missed_payout: i64,
}

impl Sums {
    /// The same, if every sum could be held.
    ///
    /// # Errors
    /// A sum that is too large.
    pub fn checked(self) -> Result<Sums, MoneyError> {
        let amounts = [
            self.package_value,
            self.cover,
            self.premium,
            self.payouts,
            self.owed,
            self.expected,
            self.claimable_payout,
            self.missed_payout,
        ];
        if amounts.contains(&i64::MAX) { Err(MoneyError::Overflow) } else { Ok(self) }
    }

    /// Payouts for each unit of premium, to six decimals; `None` where nothing was paid for cover.
    pub fn loss_ratio(&self) -> Option<Decimal> {
        if self.premium <= 0 {
            return None;
        }
        let ratio = Decimal::from(self.payouts).checked_div(Decimal::from(self.premium))?;
        Some(fixed(ratio))
    }
}

/// With six decimals.
pub(super) fn fixed(number: Decimal) -> Decimal {
    let mut number = number.round_dp(6);
    number.rescale(6);
    number
}

/// What became of parcels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Rates {
    /// Parcels the carrier scanned.
    pub scanned: u64,
    /// Of these, those whose fate is known: delivered, returned, damaged or lost.
    pub settled: u64,
    /// Delivered ones.
    pub delivered: u64,
    /// Lost ones: reported or claimed as lost, or not delivered when the waiting period was over.
    pub lost: u64,
    /// Of the delivered, late ones.
    pub late: u64,
    /// Reported damaged.
    pub damaged: u64,
}

impl Rates {
    /// Lost of settled.
    pub fn loss(&self) -> Option<Rated> {
        Rated::new(self.lost, self.settled)
    }

    /// Late of delivered.
    pub fn delay(&self) -> Option<Rated> {
        Rated::new(self.late, self.delivered)
    }

    /// Damaged of settled.
    pub fn damage(&self) -> Option<Rated> {
        Rated::new(self.damaged, self.settled)
    }

    /// Both together.
    pub fn plus(self, other: Rates) -> Rates {
        Rates {
            scanned: self.scanned + other.scanned,
            settled: self.settled + other.settled,
            delivered: self.delivered + other.delivered,
            lost: self.lost + other.lost,
            late: self.late + other.late,
            damaged: self.damaged + other.damaged,
        }
    }
}
