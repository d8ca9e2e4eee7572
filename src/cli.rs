//! The command line: what was typed, turned into an operation, its result shown.
//!
//! One file a subcommand. `args.rs` has what every command shares; `view.rs` writes the figures.

mod advise;
mod args;
mod batch_insure;
mod beside;
mod cancel;
mod checked;
mod claim;
mod config;
mod courier;
mod due;
mod evidence;
mod explain;
mod fx;
mod generate;
mod hints;
mod input;
mod insure;
mod layout;
mod ledger;
mod plan;
mod progress;
mod quote;
mod report;
mod search;
mod status;
mod track;
mod view;

use std::io::{Read, Write};
use std::path::PathBuf;

use chrono::{DateTime, Utc};
use clap::{CommandFactory, Parser, Subcommand};

use crate::calendar::Day;
use crate::error::Exit;
use args::Global;
use view::{Format, Paint};

/// Know what a parcel's cover costs, record it, and claim on it: offline, in one file.
#[derive(Debug, Parser)]
#[command(name = "insure", version, max_term_width = 100, propagate_version = true)]
#[command(arg_required_else_help = true)]
#[command(after_help = "\
Exit status: 0 done, 1 failure (file, ledger), 2 wrong usage or unreadable input,
3 refused by the terms (or some rows were), 4 not found or nothing matched.

Start with:  insure quote --value 450")]
pub struct Cli {
    #[command(flatten)]
    global: Global,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Quote(quote::Args),
    Insure(insure::Args),
    BatchInsure(batch_insure::Args),
    Track(track::Args),
    Cancel(cancel::Args),
    #[command(subcommand)]
    Claim(claim::Command),
    Evidence(evidence::Args),
    Status(status::Args),
    Search(search::Args),
    Report(report::Args),
    Advise(advise::Args),
    Due(due::Args),
    #[command(subcommand)]
    Plan(plan::Command),
    #[command(subcommand)]
    Layout(layout::Command),
    #[command(subcommand)]
    Ledger(ledger::Command),
    Completions(generate::CompletionsArgs),
    Man(generate::ManArgs),
}

/// What `main` read of the world, once: the day, the terminal, the user's folders, the streams.
pub struct World<'a> {
    /// Today's date on the user's calendar.
    pub today: Day,
    /// The moment the command began, for what is dated to the minute: an e-mail that is sent.
    pub now: DateTime<Utc>,
    /// A variable of the environment, for what only the configuration names.
    pub variable: fn(&str) -> Option<String>,
    /// Where the ledger is unless said otherwise.
    pub default_ledger: Option<PathBuf>,
    /// The user's configuration file unless said otherwise.
    pub default_config: Option<PathBuf>,
    /// The folders in which this system keeps fonts.
    pub font_folders: Vec<PathBuf>,
    /// Whether somebody can answer a question: stdin and stderr are a terminal.
    pub can_ask: bool,
    /// Whether stdout is a terminal, and how wide.
    pub stdout_width: Option<u16>,
    /// Whether stderr is a terminal: progress is shown there.
    pub stderr_is_terminal: bool,
    /// Whether colour is wanted on stdout where nothing else is said.
    pub colour: bool,
    /// Standard input.
    pub stdin: Box<dyn Read + Send>,
    /// Standard output, buffered.
    pub stdout: &'a mut dyn Write,
    /// Standard error.
    pub stderr: &'a mut dyn Write,
}

/// What a command runs with: the world and the options all commands share.
struct Session<'a> {
    today: Day,
    db: Option<PathBuf>,
    config: config::Config,
    plan: String,
    /// The plan that was named on the command line, which a search is then limited to.
    plan_filter: Option<String>,
    format: Format,
    paint: Paint,
    quiet: bool,
    verbose: bool,
    world: World<'a>,
}

/// Runs one command line.
///
/// # Errors
/// Whatever kept it from being done; `error.rs` says how that is shown and which exit status it is.
pub fn run(cli: Cli, world: World<'_>) -> anyhow::Result<Exit> {
    let Cli { global, command } = cli;
    match command {
        // These need neither configuration nor ledger.
        Command::Completions(args) => return generate::completions(&args, world.stdout),
        Command::Man(args) => return generate::man(&args, world.stdout),
        _ => {}
    }
    let mut session = global.session(world)?;
    match command {
        Command::Quote(args) => quote::run(args, &mut session),
        Command::Insure(args) => insure::run(args, &mut session),
        Command::BatchInsure(args) => batch_insure::run(args, &mut session),
        Command::Track(args) => track::run(args, &mut session),
        Command::Cancel(args) => cancel::run(args, &mut session),
        Command::Claim(command) => claim::run(command, &mut session),
        Command::Evidence(args) => evidence::run(args, &mut session),
        Command::Status(args) => status::run(args, &mut session),
        Command::Search(args) => search::run(args, &mut session),
        Command::Report(args) => report::run(args, &mut session),
        Command::Advise(args) => advise::run(args, &mut session),
        Command::Due(args) => due::run(args, &mut session),
        Command::Plan(command) => plan::run(command, &mut session),
        Command::Layout(command) => layout::run(command, &mut session),
        Command::Ledger(command) => ledger::run(command, &mut session),
        Command::Completions(_) | Command::Man(_) => Ok(Exit::Done),
    }
}

/// The whole command tree, for manuals and completions.
fn command() -> clap::Command {
    Cli::command()
}
