//! The rules, plans, intake, ledger and operations behind the `insure` command.

pub mod calendar;
pub mod intake;
pub mod money;
pub mod parcel;
