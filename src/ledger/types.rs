//! What goes into the ledger and comes out beside the domain's own types.

use crate::calendar::Day;
use crate::claim::{ClaimStatus, Facts, Incident};
use crate::money::{Currency, Money};
use crate::number::{ClaimNo, PolicyNo};
use crate::parcel::{CarrierEvent, Parcel};
use crate::policy::{Deadlines, Figures, PayoutIs, Policy, Prospect, State};
use crate::rules::{Duty, DutyKind};

/// The terms policies are recorded under, as they read on that day.
#[derive(Clone, Copy, Debug)]
pub struct TermsSnapshot<'a> {
    /// The plan's id.
    pub plan: &'a str,
    /// The day the version took effect.
    pub version: Day,
    /// The plan's currency: all money of its policies is in it.
    pub currency: Currency,
    /// The whole text of the plan.
    pub toml: &'a str,
}

/// Terms the ledger knows.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct TermsId {
    pub(super) id: i64,
    pub(super) currency: Currency,
}

/// A policy on its way into the ledger.
#[derive(Clone, Copy, Debug)]
pub struct NewPolicy<'a> {
    /// The parcel.
    pub parcel: &'a Parcel,
    /// The figures as decided.
    pub figures: Figures,
    /// The assumed figures the premium rests on, as `figure=value`.
    pub assumed: &'a [String],
    /// Where it stands.
    pub state: State,
    /// Until when, and from when, it can be claimed on.
    pub deadlines: Deadlines,
    /// What could be claimed on it.
    pub prospect: Option<Prospect>,
    /// Trouble the carrier reported already.
    pub trouble: Option<(CarrierEvent, Day)>,
}

/// How a batch ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct BatchTotals {
    /// Rows read.
    pub rows: u64,
    /// Parcels found in them.
    pub parcels: u64,
    /// Policies recorded.
    pub insured: u64,
    /// Parcels that were covered before.
    pub already_insured: u64,
    /// Rows or parcels refused.
    pub refused: u64,
    /// Cover of all policies recorded.
    pub cover: Money,
    /// Their premium.
    pub premium: Money,
}

/// A claim on its way into the ledger.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct NewClaim<'a> {
    /// On which policy.
    pub policy: PolicyNo,
    /// What happened.
    pub incident: Incident,
    /// What the seller asks for.
    pub amount: Money,
    /// Whether that was not stated but is what the terms measure the loss by.
    pub derived: bool,
    /// What the terms pay for it.
    pub payable: Money,
    /// What the claimant stated beside the amount.
    pub facts: &'a Facts,
    /// Draft, or under review where nothing is missing.
    pub status: ClaimStatus,
    /// The day it is opened.
    pub opened_on: Day,
    /// The last day it could have been opened, where the terms name one.
    pub closes_on: Option<Day>,
}

/// The one-time agreement to buy cover under a plan.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Agreement {
    /// The plan's id.
    pub plan: String,
    /// When.
    pub accepted_on: Day,
    /// SHA-256 of the text, in hexadecimal.
    pub sha256: String,
    /// What was agreed to.
    pub text: String,
}

/// Sums over the policies of a search, of one currency.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Totals {
    /// How many.
    pub policies: u64,
    /// What they were worth.
    pub package_value: Money,
    /// What they pay at most.
    pub cover: Money,
    /// What those of them come to that can be claimed on the day of the search.
    pub expected: Expected,
}

/// What parcels that can be claimed are expected to pay, of one currency.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Expected {
    /// How many can be claimed.
    pub claims: u64,
    /// What those are expected to pay whose payout is exact.
    pub exact: Money,
    /// What those would pay at most whose payout depends on what nobody has stated yet.
    pub at_most: Money,
    /// How many of them pay what is not known.
    pub unknown: u64,
}

impl Totals {
    /// Of nothing.
    pub fn none(currency: Currency) -> Totals {
        let zero = Money::zero(currency);
        let expected = Expected::none(currency);
        Totals { policies: 0, package_value: zero, cover: zero, expected }
    }
}

impl Expected {
    /// Of nothing.
    pub fn none(currency: Currency) -> Expected {
        let zero = Money::zero(currency);
        Expected { claims: 0, exact: zero, at_most: zero, unknown: 0 }
    }
}

/// What the morning list is asked for.
#[derive(Clone, Debug, Default)]
pub struct DueFilter {
    /// What is over already, and what is due within so many days.
    pub within: u32,
    /// Only duties of this kind.
    pub kind: Option<DutyKind>,
    /// Only those under this plan.
    pub plan: Option<String>,
    /// At most so many.
    pub limit: Option<u64>,
    /// Only those after this one.
    pub after: Option<DueKey>,
}

/// What tells one entry of the morning list from all others, in the order of the list.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct DueKey {
    /// Its day; what has none comes last.
    pub on: Option<Day>,
    /// Its kind.
    pub kind: DutyKind,
    /// The number of its claim; of its policy where a claim is still to be filed.
    pub no: i64,
    /// Which of the claim's duties of this kind, from 1.
    pub number: u32,
}

/// An entry of the morning list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Due {
    /// What tells it from all others.
    pub key: DueKey,
    /// What has to be done.
    pub duty: Duty,
    /// How sure the amount at stake is.
    pub amount_is: PayoutIs,
    /// For which claim; none where one is still to be filed.
    pub claim: Option<ClaimNo>,
    /// On which policy.
    pub policy: Policy,
}

impl Due {
    /// What is at stake, where it is known.
    pub fn amount(&self) -> Option<Money> {
        Some(self.duty.amount).filter(|_| self.amount_is != PayoutIs::Unknown)
    }
}

/// Sums over the morning list, of one kind and currency.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct DueTotals {
    /// What kind of duty.
    pub kind: DutyKind,
    /// How many.
    pub duties: u64,
    /// How many of them are over already.
    pub overdue: u64,
    /// What is at stake, where that is exact; of each claim once.
    pub amount: Money,
    /// What is at stake at most, where it depends on what nobody has stated yet.
    pub at_most: Money,
}

/// A document as its copy in the evidence folder has to be, and all that stands on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// SHA-256 of its content: the name of the copy.
    pub sha256: String,
    /// Its size in bytes.
    pub bytes: u64,
    /// A name it was given under.
    pub file: String,
    /// The policies it belongs to, by themselves or by a claim.
    pub policies: Vec<PolicyNo>,
    /// The claims it serves: those it was given for, and all on a policy it was given for.
    pub claims: Vec<ClaimNo>,
}
