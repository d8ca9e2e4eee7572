//! Sessions with the program as a seller has them: one file a subcommand, all that is printed on
//! one screen with what was typed.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "a session that goes another way is a failed test"
)]

mod advise;
mod bad_input;
mod batch_insure;
mod cancel;
mod choose;
mod claim;
mod covered_again;
mod covered_once;
mod currency;
mod declared_value;
mod due;
mod encodings;
mod evidence;
mod explain;
mod explain_tracking;
mod formulas;
mod generate;
mod harness;
mod insure;
mod joined;
mod layout;

mod ledger;
mod mail;
mod one_cover;
mod plan;
mod quote;
mod report;
mod round_trip;
mod search;
mod split_orders;
mod status;
mod terminal;
mod track;
mod track_files;
mod tracking;
mod workbooks;
mod zones;
