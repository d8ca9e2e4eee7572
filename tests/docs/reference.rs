//! `docs/reference.md` is the help of all commands, written down. It is never edited by hand.

use std::process::{Command, Stdio};

use clap::CommandFactory;
use insure::cli::Cli;

use crate::{read, renew, rewrite};

const PATH: &str = "docs/reference.md";
/// The heading of the options that every command has; they are shown once.
const SHARED: &str = "Options for every command:";

const HEAD: &str = "\
# Reference

Every command with its options, as `insure COMMAND --help` prints it. This file is made from the
program itself by `INSURE_RENEW=1 cargo test --test docs`; do not edit it. The options every
command has are shown once, with `insure` itself.

For a tour see the [guide](guide.md), for columns, fields and codes see [formats](formats.md).
";

fn help(words: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_insure"))
        .args(words)
        .arg("--help")
        .env_clear()
        .stdin(Stdio::null())
        .stderr(Stdio::piped())
        .output()
        .unwrap();
    assert!(output.status.success(), "insure {} --help fails", words.join(" "));
    String::from_utf8(output.stdout).unwrap()
}

/// A help text without the options that every command has.
fn without_shared(help: &str) -> String {
    let mut text = String::new();
    let mut skipping = false;
    for line in help.lines() {
        let starts_a_block = !line.is_empty() && !line.starts_with(' ');
        if starts_a_block {
            skipping = line == SHARED;
        }
        if !skipping {
            text.push_str(line.trim_end());
            text.push('\n');
        }
    }
    text
}

/// Calls `each` with the words of every command that a user can type, and its definition.
fn walk<'a>(
    command: &'a clap::Command,
    words: &mut Vec<&'a str>,
    each: &mut dyn FnMut(&[&str], &clap::Command),
) {
    each(words, command);
    for sub in command.get_subcommands().filter(|sub| sub.get_name() != "help") {
        words.push(sub.get_name());
        walk(sub, words, each);
        words.pop();
    }
}

fn written() -> String {
    let cli = Cli::command();
    let mut text = HEAD.to_owned();
    walk(&cli, &mut Vec::new(), &mut |words, _| {
        let help = help(words);
        let shown = if words.is_empty() { help } else { without_shared(&help) };
        let name = [&["insure"], words].concat().join(" ");
        text.push_str(&format!("\n## {name}\n\n```text\n{}\n```\n", shown.trim_end()));
    });
    text
}

#[test]
fn the_reference_is_the_help_of_all_commands() {
    let written = written();
    if renew() {
        rewrite(PATH, &written);
        return;
    }
    assert!(
        read(PATH) == written,
        "{PATH} is not what --help prints: INSURE_RENEW=1 cargo test --test docs"
    );
}

#[test]
fn the_reference_names_every_command_and_every_long_option() {
    let text = written();
    walk(&Cli::command(), &mut Vec::new(), &mut |words, command| {
        let name = [&["insure"], words].concat().join(" ");
        let heading = format!("\n## {name}\n");
        let (_, section) = text.split_once(&heading).unwrap_or_else(|| panic!("{name} is missing"));
        let section = section.split("\n## ").next().unwrap();
        for long in
            command.get_arguments().filter(|a| !a.is_hide_set()).filter_map(|a| a.get_long())
        {
            assert!(section.contains(&format!("--{long}")), "{name}: --{long} is missing");
        }
    });
}

#[test]
fn the_readme_and_guide_name_every_command() {
    let text = read("README.md") + &read("docs/guide.md");
    walk(&Cli::command(), &mut Vec::new(), &mut |words, command| {
        let name = [&["insure"], words].concat().join(" ");
        let is_group = command.has_subcommands();
        assert!(is_group || text.contains(&name), "`{name}` is in neither README nor guide");
    });
}
