//! The library behind the `insure` command: what does it cost to cover this parcel, is it covered,
//! what can still be claimed, and what must be shown to be paid.
//!
//! # The way of the data
//!
//! ```text
//! seller's file ─intake─▶ Parcel ─rules(plan version)─▶ Quote ─bind─▶ Policy ─ledger─▶ SQLite
//!                        carrier events ─track─▶ effective, delivered, in trouble ─┘
//! incident + evidence ─rules─▶ Assessment (may I, by when, what is missing, what pays) ─▶ Claim
//! ```
//!
//! # The rooms, each importing only from those above it
//!
//! - [`money`], [`calendar`], [`number`]: amounts, days, the numbers people type
//! - [`exchange`]: rates of exchange that the user states
//! - [`parcel`], [`claim`], [`policy`]: what the trade talks about
//! - [`report`]: what cover cost and what it paid, as figures of many parcels
//! - [`plan`]: one provider's terms as data; `plans/*.toml` are the built-in ones
//! - [`rules`]: pure functions from terms and facts to a decision with its trace
//! - [`intake`]: sellers' files; `layouts/*.toml` say what they look like
//! - [`ledger`]: one SQLite file; SQL is named nowhere else
//! - [`mail`]: an e-mail from its template, and its way to a mail server
//! - [`packet`]: a claim on paper: the form, the invoice and the manifest it is sent with
//! - [`error`]: errors, hints and exit codes on one page
//! - [`ops`]: one file per operation: load, decide, save
//! - [`cli`]: one file per subcommand: arguments, operation, view

pub mod calendar;
pub mod claim;
pub mod cli;
pub mod error;
pub mod exchange;
pub mod intake;
pub mod ledger;
pub mod mail;
pub mod money;
pub mod number;
pub mod ops;
pub mod packet;
pub mod parcel;
pub mod plan;
mod pointed;
pub mod policy;
pub mod report;
pub mod rules;
mod words;
