//! What goes into the ledger and comes out beside the domain's own types.

use crate::calendar::Day;
use crate::claim::{ClaimStatus, Facts, Incident};
use crate::money::{Currency, Money};
use crate::number::{ClaimNo, PolicyNo};
use crate::parcel::{CarrierEvent, Parcel};
use crate::policy::{Deadlines, Figures, State};

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
    /// What they cost.
    pub premium: Money,
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
