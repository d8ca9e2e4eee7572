//! A plan: one provider's terms as data, in dated and sourced versions.
//!
//! A plan is a TOML file. Each table of a version is a clause that carries its own words, the
//! source they come from and how sure that is, so that every figure and refusal can name it.
//! `plan/terms.rs` has the clauses, `plan/values.rs` the values in them, `plan/read.rs` the reading
//! and checking, `plan/catalog.rs` the built-in plans beside the user's own.

mod catalog;
mod read;
mod terms;
mod values;

pub use catalog::{Catalog, DEFAULT_PLAN, Loaded};
pub use read::{ListedClause, Override, PlanError, read};
pub use terms::{
    Agreement, AppealLevel, Basis, Cited, Claims, Clause, Condition, Confidence, Counted, Dated,
    Decision, Destinations, EvidenceRule, FulfilmentRule, Goods, IncidentTerms, Included, Kind,
    Maximum, Part, Pays, Plan, Premium, Provider, Purchase, Refund, Source, StartDay, Until,
    ValueRule, Version, Waiting, WindowRule,
};
pub use values::{Amount, GoodsName};
