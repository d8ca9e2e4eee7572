//! `insure plan`: which terms there are, what they say and what is different between two, whether a
//! plan of one's own is right, and the one-time agreement.

mod accept;
mod check;
mod diff;
mod list;
mod replay;
mod show;
use clap::Subcommand;

use super::Session;
use super::input::text_of;
use crate::calendar::Day;
use crate::error::{Error, Exit};
use crate::plan::{Loaded, Plan, Version};

/// Which terms there are, what they say, and the one-time agreement.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    List(list::Args),
    Show(show::Args),
    Diff(diff::Args),
    Check(check::Args),
    Accept(accept::Args),
}

pub(super) fn run(command: Command, session: &mut Session<'_>) -> anyhow::Result<Exit> {
    match command {
        Command::List(_) => list::run(session),
        Command::Show(args) => show::run(&args, session),
        Command::Diff(args) => diff::run(&args, session),
        Command::Check(args) => check::run(&args, session),
        Command::Accept(args) => accept::run(&args, session),
    }
}

/// The terms of a plan in force on a day.
fn version_on(plan: &Plan, day: Day) -> Result<&Version, Error> {
    plan.on(day).ok_or_else(|| {
        let first = plan.versions.first().map_or_else(String::new, |v| v.effective.to_string());
        let id = &plan.id;
        Error::NotFound {
            message: format!(
                "{id} has no terms for {day} here: the oldest known took effect on {first}"
            ),
            hint: None,
        }
    })
}

/// A plan by its id, or by its file: a name with a slash or `.toml` at its end, or `-`.
fn by_id_or_file(name: &str, session: &mut Session<'_>) -> Result<Loaded, Error> {
    if !(name == "-" || name.contains('/') || name.ends_with(".toml")) {
        return Ok(session.config.catalog.load(name)?);
    }
    let text = text_of(name, "plan", session).map_err(|why| Error::file(name, why))?;
    Ok(session.config.catalog.put_together(name, &text, Some(&name.to_owned()))?)
}
