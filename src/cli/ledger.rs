//! `insure ledger`: the file everything is kept in, and the documents beside it.

mod check;

use clap::Subcommand;

use super::Session;
use crate::error::Exit;

/// Look after the ledger and the documents beside it.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    Check(check::Args),
}

pub(super) fn run(command: Command, session: &mut Session<'_>) -> anyhow::Result<Exit> {
    match command {
        Command::Check(args) => check::run(&args, session),
    }
}
