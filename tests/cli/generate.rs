//! `insure completions` and `insure man`: complete, and the files in the repository fresh.

use std::fs;
use std::path::Path;

use crate::harness::Home;

/// Every subcommand a user can type.
const COMMANDS: [&str; 17] = [
    "quote",
    "insure",
    "batch-insure",
    "track",
    "cancel",
    "claim",
    "evidence",
    "status",
    "search",
    "report",
    "advise",
    "due",
    "plan",
    "layout",
    "ledger",
    "completions",
    "man",
];

#[test]
fn the_completions_in_the_repository_are_those_the_program_prints() {
    let home = Home::new();
    for (shell, file) in [("bash", "insure.bash"), ("zsh", "_insure"), ("fish", "insure.fish")] {
        let printed = home.insure(&format!("completions {shell}")).output_text();
        for command in COMMANDS {
            assert!(printed.contains(command), "{shell} does not complete {command}");
        }
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("completions").join(file);
        let kept = fs::read_to_string(path).unwrap_or_default();
        assert!(
            kept == printed,
            "completions/{file} is stale, renew it: cargo run -- completions {shell} > completions/{file}"
        );
    }
}

#[test]
fn the_manual_names_every_command_and_the_exit_statuses() {
    let home = Home::new();
    let page = home.insure("man").output_text();
    for command in COMMANDS {
        assert!(page.contains(&format!("insure\\-{}", command.replace('-', "\\-"))), "{command}");
    }
    assert!(page.contains("Exit status: 0 done"));
}

#[test]
fn the_manual_of_every_command_is_written_into_a_folder() {
    let home = Home::new();
    home.insure("man --dir man1")
        .stdout(
            r"
            man1
            ",
        )
        .run();
    for command in COMMANDS {
        assert!(!home.read(&format!("man1/insure-{command}.1")).is_empty());
    }
    for page in ["insure.1", "insure-claim-file.1", "insure-plan-accept.1"] {
        assert!(!home.read(&format!("man1/{page}")).is_empty());
    }
}

#[test]
fn an_unknown_shell_or_command_is_wrong_usage() {
    let home = Home::new();
    home.insure("completions tcsh")
        .stderr(
            r"
            error: invalid value 'tcsh' for '<SHELL>'
              [possible values: bash, elvish, fish, powershell, zsh]

              tip: a similar value exists: 'zsh'

            For more information, try '--help'.
            ",
        )
        .status(2)
        .run();
    home.insure("insur")
        .stderr(
            r"
            error: unrecognized subcommand 'insur'

              tip: a similar subcommand exists: 'insure'

            Usage: insure [OPTIONS] <COMMAND>

            For more information, try '--help'.
            ",
        )
        .status(2)
        .run();
    home.insure("qoute --value 450")
        .stderr(
            r"
            error: unrecognized subcommand 'qoute'

              tip: some similar subcommands exist: 'layout', 'quote'

            Usage: insure [OPTIONS] <COMMAND>

            For more information, try '--help'.
            ",
        )
        .status(2)
        .run();
}
