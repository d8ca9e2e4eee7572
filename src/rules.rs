//! The rules: pure functions from (terms, facts, day) to a decision with its trace.
//!
//! No clock, file, database or terminal here, and no provider's name: what differs between
//! providers is in their plans. `quote.rs` prices a parcel from `eligibility.rs` (may it be covered
//! at all, may cover be bought), `coverage.rs` (value and cover) and `premium.rs`; `unstated.rs` and
//! `claim_window.rs` say what such a quote rests on and when could be claimed, `doubt.rs` whether
//! its goods may be excluded and `total_loss.rs` what a total loss would pay. `assessment.rs`
//! judges a claim from `deadlines.rs`, `conditions.rs`, `evidence.rs` and `payout.rs`; `appeal.rs`
//! says whether a decision can be taken one level up. `prospect.rs` sees from tracking alone what
//! could be claimed, and `duties.rs` what still has to be done for a claim, and until when.

mod appeal;
mod assessment;
mod claim_window;
mod conditions;
mod coverage;
mod deadlines;
mod doubt;
mod duties;
mod eligibility;
mod evidence;
mod payout;
mod premium;
mod prospect;
mod quote;
mod total_loss;
mod trace;
mod unstated;

pub use appeal::{Appeal, appeal, next_appeal};
pub use assessment::{Assessment, ClaimFacts, MissingFact, assess};
pub use claim_window::{ClaimWindow, claim_window};
pub use coverage::limited;
pub use deadlines::{deadlines, waiting_days};
pub use doubt::{Doubt, GoodsStanding, doubt, goods_standing};
pub use duties::{Duty, DutyKind, OwedBy, Shown, duties};
pub use evidence::{Missing, Need, Requirement, Wanted, asked_kinds, requirements, wanted};
pub use prospect::{Standing, prospect};
pub use quote::{PriceBasis, Quote, assumed, quote};
pub use total_loss::total_loss_pays;
pub use trace::{Assumed, Refusal, Step, Trace};
pub use unstated::{ParcelFact, Unstated, unstated};

use crate::parcel::Parcel;
use crate::plan::{Cited, Clause, Plan, Situation, Version};

/// The terms a decision is made under: a plan and its version in force.
#[derive(Debug, Clone, Copy)]
pub struct Terms<'a> {
    /// The plan.
    pub plan: &'a Plan,
    /// The version in force.
    pub version: &'a Version,
}

impl<'a> Terms<'a> {
    /// What a clause that holds for some parcels only is held against.
    pub(crate) fn situation<'p>(&self, parcel: &'p Parcel, bought: bool) -> Situation<'p>
    where
        'a: 'p,
    {
        let way = self.version.shipping.as_ref().map(|shipping| shipping.default.as_str());
        Situation { parcel, home: self.plan.home, way, bought }
    }

    /// What is said where nothing is known of a decision: the clause on decisions, or on claims.
    pub(crate) fn decided_by(&self) -> Clause<'a> {
        match &self.version.decision {
            Some(decision) => decision.cite("decision"),
            None => self.version.claims.cite("claims"),
        }
    }
}
