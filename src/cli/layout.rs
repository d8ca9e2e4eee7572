//! `insure layout`: which files can be read, what is read of them, and layouts of one's own.

mod check;
mod list;
mod new;
mod show;

use clap::Subcommand;

use super::Session;
use crate::error::Exit;
use crate::intake::Kind;

/// Which files can be read, what is read of them, and layouts of your own.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    List(list::Args),
    Show(show::Args),
    Check(check::Args),
    New(new::Args),
}

pub(super) fn run(command: Command, session: &mut Session<'_>) -> anyhow::Result<Exit> {
    match command {
        Command::List(_) => list::run(session),
        Command::Show(args) => show::run(&args, session),
        Command::Check(args) => check::run(&args, session),
        Command::New(args) => new::run(&args, session),
    }
}

fn kind_word(kind: Kind) -> &'static str {
    match kind {
        Kind::Parcels => "parcels",
        Kind::Events => "events",
        Kind::Trackings => "trackings",
    }
}
