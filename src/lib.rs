//! The rules, plans, intake, ledger and operations behind the `insure` command.

pub mod calendar;
pub mod claim;
pub mod ledger;
pub mod money;
pub mod number;
pub mod parcel;
pub mod policy;
