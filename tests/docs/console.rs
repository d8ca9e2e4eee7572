//! ```` ```console ```` blocks: a line that starts with `$ ` is typed, lines after it that start
//! with `> ` go on with it, the rest is what it writes.

use crate::shop::Shop;
use crate::{read, renew, rewrite};

/// One command of a document and what the document says it writes.
struct Step {
    /// The line of the document, from 1.
    line: usize,
    command: String,
    expected: String,
    /// The lines of `expected`, from 0.
    at: std::ops::Range<usize>,
}

fn steps(path: &str, text: &str) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    let mut inside = false;
    let mut typing = false;
    for (at, line) in text.lines().enumerate() {
        match (inside, line) {
            (false, "```console") => (inside, typing) = (true, false),
            (false, _) => {}
            (true, "```") => inside = false,
            (true, line) => {
                if let Some(command) = line.strip_prefix("$ ") {
                    typing = true;
                    steps.push(Step {
                        line: at + 1,
                        command: command.to_owned(),
                        expected: String::new(),
                        at: at + 1..at + 1,
                    });
                    continue;
                }
                let step = steps.last_mut().unwrap_or_else(|| {
                    panic!("{path}:{}: a console block starts with `$ `", at + 1)
                });
                if let (true, Some(more)) = (typing, line.strip_prefix('>')) {
                    step.command.push('\n');
                    step.command.push_str(more.strip_prefix(' ').unwrap_or(more));
                    step.at = at + 1..at + 1;
                    continue;
                }
                typing = false;
                if !step.at.is_empty() {
                    step.expected.push('\n');
                }
                step.expected.push_str(line);
                step.at.end = at + 1;
            }
        }
    }
    steps
}

/// Runs every command of a document in one folder, in order.
fn hold(path: &str, least: usize) {
    let text = read(path);
    let steps = steps(path, &text);
    assert!(steps.len() >= least, "{path}: only {} commands were found", steps.len());
    let commands: Vec<String> = steps.iter().map(|step| step.command.clone()).collect();
    let outputs = Shop::new().type_in(&commands);
    if renew() {
        let mut lines: Vec<&str> = text.lines().collect();
        for (step, output) in steps.iter().zip(&outputs).rev() {
            lines.splice(step.at.clone(), output.lines());
        }
        rewrite(path, &(lines.join("\n") + "\n"));
        return;
    }
    for (step, output) in steps.iter().zip(&outputs) {
        assert!(
            step.expected == *output,
            "{path}:{}: $ {}\n--- the document says\n{}\n--- it writes\n{output}\n---\n\
             If that is meant: INSURE_RENEW=1 cargo test --test docs",
            step.line,
            step.command,
            step.expected
        );
    }
}

#[test]
fn the_readme_shows_what_happens() {
    hold("README.md", 6);
}

#[test]
fn the_guide_shows_what_happens() {
    hold("docs/guide.md", 30);
    hold("docs/intake.md", 4);
}

#[test]
fn plans_of_your_own_work_as_shown() {
    // One after the other, for both may write the file.
    crate::terms::hold_assumed("docs/plans.md");
    hold("docs/plans.md", 20);
}

/// The command that builds and runs the main job is right, on whatever day it is run.
#[test]
fn the_first_command_of_the_readme_does_the_main_job() {
    let text = read("README.md");
    let runs: Vec<&str> = text
        .lines()
        .filter_map(|line| line.split_once("cargo run --release -- "))
        .map(|(_, rest)| rest)
        .collect();
    assert_eq!(runs.len(), 1, "the README has one command that runs the main job");
    let output = Shop::new().type_in(&[format!("insure {}", runs[0])]).remove(0);
    assert!(output.contains("Recorded as BAT-"), "{output}");
    assert!(text.lines().any(|line| line == "cargo test"), "the README says how to run the tests");
}
