//! `insure completions` and `insure man`: made from the command tree itself, so they cannot
//! disagree with it.

use std::io::Write;
use std::path::PathBuf;

use clap_complete::Shell;

use super::command;
use crate::error::{Error, Exit};

/// Print a completion script for your shell.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  insure completions bash > ~/.local/share/bash-completion/completions/insure
  insure completions zsh  > ~/.zfunc/_insure
  insure completions fish > ~/.config/fish/completions/insure.fish")]
pub(super) struct CompletionsArgs {
    /// Which shell
    shell: Shell,
}

/// Print the manual page, or write one page a command into a folder.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  insure man | man -l -
  insure man --dir ~/.local/share/man/man1")]
pub(super) struct ManArgs {
    /// Write all pages into this folder
    #[arg(long, value_name = "FOLDER")]
    dir: Option<PathBuf>,
}

pub(super) fn completions(args: &CompletionsArgs, out: &mut dyn Write) -> anyhow::Result<Exit> {
    // The generator panics on a closed pipe, so it writes into memory.
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut command(), "insure", &mut script);
    out.write_all(&script)?;
    Ok(Exit::Done)
}

pub(super) fn man(args: &ManArgs, out: &mut dyn Write) -> anyhow::Result<Exit> {
    match &args.dir {
        None => {
            let mut page = Vec::new();
            clap_mangen::Man::new(command()).render(&mut page)?;
            out.write_all(&page)?;
        }
        Some(folder) => {
            std::fs::create_dir_all(folder).map_err(|why| Error::file(folder, why))?;
            clap_mangen::generate_to(command(), folder).map_err(|why| Error::file(folder, why))?;
            writeln!(out, "{}", folder.display())?;
        }
    }
    Ok(Exit::Done)
}
