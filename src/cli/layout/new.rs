//! `insure layout new`: a layout for a file that none knows.

use std::io;
use std::path::PathBuf;

use crate::cli::Session;
use crate::cli::input::LayoutArgs;
use crate::error::{Error, Exit};
use crate::intake::{Proposal, Source, propose};
use crate::money::Currency;

/// Propose a layout for a file, from its header and first rows; the layout file goes to stdout.
///
/// On a terminal it asks which column is the order's number, the tracking number and the value. Look
/// through what it proposes, and save it in the folder `layouts` beside your config.toml.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  insure layout new orders.csv > ~/.config/insure/layouts/my-shop.toml
  insure layout check ~/.config/insure/layouts/my-shop.toml")]
pub(in crate::cli) struct Args {
    /// The file; - is stdin
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[command(flatten)]
    layout: LayoutArgs,
}

pub(super) fn run(args: &Args, session: &mut Session<'_>) -> anyhow::Result<Exit> {
    let piped = args.file.as_os_str() == "-";
    let source = if piped {
        let read = std::mem::replace(&mut session.world.stdin, Box::new(io::empty()));
        Source::Stream { name: "standard input".to_owned(), read }
    } else {
        Source::File(args.file.clone())
    };
    let options = args.layout.options(Currency::USD, None, session);
    let mut proposal = propose(source, &options).map_err(Error::from)?;
    if session.world.can_ask && !piped {
        ask(&mut proposal, session)?;
    }
    session.world.stdout.write_all(proposal.to_toml().as_bytes())?;
    session.note("look through it, save it in the folder layouts beside your config.toml, and: insure layout check FILE")?;
    Ok(Exit::Done)
}

/// Shows the columns, and asks which are which.
fn ask(proposal: &mut Proposal, session: &mut Session<'_>) -> anyhow::Result<()> {
    let stderr = &mut session.world.stderr;
    for (number, column) in (1..).zip(&proposal.columns) {
        writeln!(stderr, "{number:>3}  {}: {}", column.header, column.shown())?;
    }
    for (question, (said, guess)) in proposal.questions().into_iter().enumerate() {
        loop {
            let guessed = guess.map_or("none".to_owned(), |at| (at + 1).to_string());
            write!(stderr, "Which column is {said}? (0 for none) [{guessed}] ")?;
            stderr.flush()?;
            let mut answer = String::new();
            if io::stdin().read_line(&mut answer)? == 0 {
                return Ok(());
            }
            match answer.trim() {
                "" => break,
                "0" => {
                    proposal.answer(question, None);
                    break;
                }
                number => match number.parse::<usize>() {
                    Ok(at) if at <= proposal.columns.len() => {
                        proposal.answer(question, at.checked_sub(1));
                        break;
                    }
                    _ => writeln!(stderr, "expected a number up to {}", proposal.columns.len())?,
                },
            }
        }
    }
    Ok(())
}
