//! Everything about an order, parcel, policy or claim, by any of its identifiers.

use super::lookup;
use super::terms::KnownPlans;
use crate::claim::Claim;
use crate::error::Error;
use crate::ledger::{Event, Ledger};
use crate::plan::Kind;
use crate::policy::Policy;

/// A policy with all that belongs to it.
#[derive(Debug)]
pub struct PolicyView {
    /// The policy.
    pub policy: Policy,
    /// The name of its plan.
    pub plan_name: String,
    /// What was sold.
    pub kind: Kind,
    /// Its claims, the first one first.
    pub claims: Vec<Claim>,
    /// What happened, in order.
    pub history: Vec<Event>,
}

/// The policies an identifier means, each with its claims and history.
///
/// # Errors
/// Nothing of that name, or the ledger fails.
pub fn status(ledger: &Ledger, identifier: &str) -> Result<Vec<PolicyView>, Error> {
    let mut plans = KnownPlans::default();
    let mut views = Vec::new();
    for policy in lookup::policies(ledger, identifier)? {
        let plan = plans.of(ledger, &policy)?;
        views.push(PolicyView {
            plan_name: plan.name.clone(),
            kind: plan.kind,
            claims: ledger.claims_of(policy.no)?,
            history: ledger.history(policy.no)?,
            policy,
        });
    }
    Ok(views)
}
