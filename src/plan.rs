//! A plan: one provider's terms as data, in dated and sourced versions.
//!
//! A plan is a TOML file. Each table of a version is a clause that carries its own words, the
//! source they come from and how sure that is, so that every figure and refusal can name it.
//!
//! - `terms.rs`: the plan and its versions; `cover.rs` and `incident.rs`: their clauses
//! - `clause.rs`: what every clause has; `when.rs`: for which parcels it holds; `price.rs` and
//!   `values.rs`: what stands in it
//! - `read.rs`: reading; `like.rs`: versions that state only what is new
//! - `check.rs` and `fault.rs`: what is wrong; `place.rs`: and on which line; `taken.rs` and
//!   `stand_in.rs`: how to read on past it
//! - `yours.rs`: the user's own figures; `diff.rs`: what is different between two versions
//! - `catalog.rs`: the built-in plans beside the user's own

mod catalog;
mod check;
mod clause;
mod cover;
mod diff;
mod fault;
mod incident;
mod like;
mod place;
mod price;
mod read;
mod stand_in;
mod taken;
mod terms;
mod values;
mod when;
mod yours;

pub use catalog::{ALL_PLANS, AllPlans, BrokenPlan, Catalog, DEFAULT_PLAN, Loaded, names_several};
pub use clause::{Cited, Clause, Confidence, ListedClause};
pub use cover::{
    Agreement, Basis, Carriers, Condition, Counted, Destinations, FulfilmentRule, Goods, Included,
    Limit, Maximum, Premium, Purchase, Refund, Shipping, Until, ValueRule,
};
pub use diff::{Change, Difference, FigureChange, compare};
pub use fault::Fault;
pub(crate) use fault::told as toml_told;
pub use incident::{
    AppealLevel, Claimant, Claims, Compensation, Dated, Decision, Distance, EvidenceRule,
    Exclusion, Extra, Form, Found, Grace, IncidentTerms, Measure, Notice, PartsRule, Payment, Pays,
    Priority, Provider, StartDay, Starts, Tier, Waiting, Weight, WindowRule,
};
pub use price::{Band, Part, Price};
pub use read::{PlanError, check, read};
pub use terms::{HolidayCalendar, Kind, Plan, Source, Version};
pub use values::{Amount, GoodsName, Name, Percent, Share};
pub use when::{Cases, Conditional, Route, Situation, When};
pub use yours::Override;
