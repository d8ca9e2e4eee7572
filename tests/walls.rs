//! The walls of the house: which module may import which, and what is named in which room only.
//!
//! The source files are read as text. Comments and the insides of strings are left out first, so a
//! link in a doc comment is no import.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a wall that cannot be read is a failed test"
)]

use std::fs;
use std::path::{Path, PathBuf};

/// From the ground up: a module imports only from lines above its own. A new module takes its
/// place here.
const ORDER: &[&[&str]] = &[
    &["pointed", "words"],
    &["money", "calendar", "number"],
    &["exchange"],
    &["parcel"],
    &["claim"],
    &["policy"],
    &["report"],
    &["plan"],
    &["rules"],
    &["intake"],
    &["ledger", "mail"],
    &["ledger"],
    &["packet"],
    &["error"],
    &["ops"],
    &["cli"],
    &["main"],
];

/// A word of the code, and the only modules that may say it.
const ONLY_IN: &[(&str, &[&str], &str)] = &[
    ("rusqlite", &["ledger"], "state is reached through the ledger"),
    ("jiff", &["calendar"], "what day it is, and where, is said in one room"),
    ("lettre", &["mail"], "e-mails are written and sent in one room"),
    ("clap", &["cli", "main"], "what was typed is the command line's"),
    ("clap_complete", &["cli", "main"], "what was typed is the command line's"),
    ("clap_mangen", &["cli", "main"], "what was typed is the command line's"),
    ("println", &["cli", "main"], "operations print nothing"),
    ("print", &["cli", "main"], "operations print nothing"),
    ("eprintln", &["cli", "main"], "operations print nothing"),
    ("eprint", &["cli", "main"], "operations print nothing"),
    ("fs", EDGE, "the core decides, the edge acts"),
    ("env", EDGE, "the core decides, the edge acts"),
    ("process", EDGE, "the core decides, the edge acts"),
    ("SystemTime", &["main"], "today is read once, in main"),
];

/// The rooms that touch the world.
const EDGE: &[&str] = &["intake", "ledger", "error", "ops", "cli", "main"];

/// A rule that only one provider has is data. Only the list of built-in plans names them.
const PLANS_ARE_NAMED_IN: &str = "plan/catalog.rs";

#[test]
fn every_source_file_stays_behind_its_walls() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let plans = plan_ids(&root.join("plans"));
    let mut broken = Vec::new();
    for file in rust_files(&root) {
        let path = file.strip_prefix(&root).unwrap().to_str().unwrap();
        let path = path.replace('\\', "/");
        broken.extend(violations(&path, &fs::read_to_string(&file).unwrap(), &plans));
    }
    assert!(broken.is_empty(), "\n{}", broken.join("\n"));
}

#[test]
fn an_import_from_above_is_caught_however_it_is_written() {
    let broken = |path, text| violations(path, text, &[]);
    let caught = ["src/rules/quote.rs: `rules` may not import `ledger`"];
    for text in [
        "use crate::ledger::Ledger;",
        "use crate::{money::{Money, Currency}, ledger};",
        "use insure::ledger;",
        "fn f() { crate::ledger::open() }",
        "use super::super::ledger;",
    ] {
        assert_eq!(broken("rules/quote.rs", text), caught, "{text}");
    }
    assert_eq!(
        broken("policy.rs", "use super::rules::Terms;"),
        ["src/policy.rs: `policy` may not import `rules`"]
    );
    assert_eq!(
        broken("money.rs", "use crate::calendar::Day;"),
        ["src/money.rs: `money` may not import `calendar`"],
        "one line holds modules that know nothing of each other"
    );
}

#[test]
fn an_import_from_below_or_beside_is_free() {
    for (path, text) in [
        ("rules/quote.rs", "use crate::{money::Money, plan::{Plan, Version}, policy::Figures};"),
        ("rules/quote.rs", "use super::{Refusal, Terms}; use crate::rules::Trace;"),
        ("ledger/open.rs", "use rusqlite::Connection; use std::fs;"),
        ("cli/quote.rs", "#[derive(clap::Args)] struct Args; fn f() { println!(\"{}\", 1) }"),
        ("main.rs", "use insure::cli; fn main() { std::process::exit(cli::run()) }"),
        ("rules/quote.rs", "//! See [`crate::ledger`].\nconst S: &str = \"crate::ledger\";"),
        ("lib.rs", "pub mod ledger;"),
    ] {
        assert_eq!(violations(path, text, &[]), [""; 0], "{path}: {text}");
    }
}

#[test]
fn what_belongs_to_one_room_is_not_named_in_another() {
    for (path, text, said) in [
        ("ops/quote.rs", "use rusqlite::Connection;", "`rusqlite`"),
        ("ops/quote.rs", "fn f() { eprintln!(\"done\") }", "`eprintln`"),
        ("error.rs", "impl From<clap::Error> for Error {}", "`clap`"),
        ("plan/read.rs", "fn f() { std::fs::read(path) }", "`fs`"),
        ("rules/premium.rs", "if plan.id == \"their-plan\" {}", "`their-plan`"),
        ("news.rs", "", "has no place"),
    ] {
        let broken = violations(path, text, &["their-plan".to_owned()]);
        assert!(broken.iter().any(|b| b.contains(said)), "{path}: {broken:?}");
    }
    let tested = "fn f() {}\n#[cfg(test)]\nmod tests { const P: &str = \"their-plan\"; }";
    assert_eq!(
        violations("plan/read.rs", tested, &["their-plan".to_owned()]),
        [""; 0],
        "a unit test may take any plan as its example"
    );
    let skips = "fn f() { eprintln!(\"skipped\"); let folder = std::env::temp_dir(); }";
    for path in ["plan/tests.rs", "plan/tests/reading.rs"] {
        assert_eq!(violations(path, skips, &[]), [""; 0], "a unit test may say that it skips");
    }
    assert_eq!(
        violations("rules/tests/quote.rs", "use crate::ledger::Ledger;", &[]),
        ["src/rules/tests/quote.rs: `rules` may not import `ledger`"],
        "no unit test may reach into a room above its own"
    );
}

/// What is wrong with one file, a sentence each.
fn violations(path: &str, text: &str, plans: &[String]) -> Vec<String> {
    let mut broken = Vec::new();
    let mut say = |what: String| broken.push(format!("src/{path}: {what}"));
    let module = path.split('/').next().unwrap_or(path).trim_end_matches(".rs");
    // The tour of the library declares every module and does nothing.
    if module == "lib" {
        return broken;
    }
    let Some(line) = line_of(module) else {
        say(format!("`{module}` has no place in the order of modules (tests/walls.rs)"));
        return broken;
    };
    let (code, strings) = code_and_strings(text);
    let words = words(&code);
    for imported in imports(&words, path) {
        if imported != module && line_of(&imported).is_some_and(|other| other >= line) {
            say(format!("`{module}` may not import `{imported}`"));
        }
    }
    // What follows is asked of the program, not of its unit tests, in its files or beside them.
    if path.ends_with("/tests.rs") || path.contains("/tests/") {
        return broken;
    }
    let (code, strings) = match text.find("#[cfg(test)]") {
        Some(end) => code_and_strings(&text[..end]),
        None => (code, strings),
    };
    let words = self::words(&code);
    for (word, rooms, why) in ONLY_IN {
        if !rooms.contains(&module) && named(&words, word) {
            say(format!("`{word}` is named only in {}: {why}", rooms.join(", ")));
        }
    }
    for plan in plans {
        if path != PLANS_ARE_NAMED_IN && strings.iter().any(|s| s == plan) {
            say(format!("plan `{plan}` is named: what one provider does is data"));
        }
    }
    broken
}

/// The line of a module in the order.
fn line_of(module: &str) -> Option<usize> {
    ORDER.iter().position(|line| line.contains(&module))
}

/// Whether a crate, macro or module of the standard library is named: a plain `print` or `env` may
/// be anybody's variable.
fn named(words: &[&str], word: &str) -> bool {
    words.iter().enumerate().any(|(at, w)| {
        let next = words.get(at + 1).copied();
        let before = at.checked_sub(2).map(|b| words[b]);
        *w == word
            && match word {
                "fs" | "env" | "process" => before == Some("std"),
                "print" | "println" | "eprint" | "eprintln" => next == Some("!"),
                _ => true,
            }
    })
}

/// The top-level modules a file names: `crate::plan`, `crate::{plan, rules}`, `insure::plan`, and
/// `super` where it reaches the top.
fn imports(words: &[&str], path: &str) -> Vec<String> {
    let depth = path.matches('/').count();
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let mut next = match words[at] {
            "crate" | "insure" if words.get(at + 1) == Some(&"::") => at + 2,
            "super" => {
                let mut supers = 0;
                let mut next = at;
                while words.get(next) == Some(&"super") && words.get(next + 1) == Some(&"::") {
                    supers += 1;
                    next += 2;
                }
                if supers <= depth {
                    at = next.max(at + 1);
                    continue;
                }
                next
            }
            _ => {
                at += 1;
                continue;
            }
        };
        if words.get(next) == Some(&"{") {
            let mut open = 0;
            while let Some(word) = words.get(next) {
                match *word {
                    "{" => open += 1,
                    "}" => open -= 1,
                    name if open == 1 && matches!(words[next - 1], "{" | ",") => {
                        found.push(name.to_owned());
                    }
                    _ => {}
                }
                next += 1;
                if open == 0 {
                    break;
                }
            }
        } else if let Some(name) = words.get(next) {
            found.push((*name).to_owned());
        }
        at = next.max(at + 1);
    }
    found.sort();
    found.dedup();
    found
}

/// Identifiers, `::`, and single other signs.
fn words(code: &str) -> Vec<&str> {
    let is_name = |c: char| c.is_alphanumeric() || c == '_';
    let mut words = Vec::new();
    let mut rest = code.trim_start();
    while let Some(first) = rest.chars().next() {
        let length = if is_name(first) {
            rest.find(|c| !is_name(c)).unwrap_or(rest.len())
        } else if rest.starts_with("::") {
            2
        } else {
            first.len_utf8()
        };
        words.push(&rest[..length]);
        rest = rest[length..].trim_start();
    }
    words
}

/// The code without comments and without the insides of strings, and those insides.
fn code_and_strings(text: &str) -> (String, Vec<String>) {
    let (mut code, mut strings) = (String::new(), Vec::new());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let raw = rest.strip_prefix('r').map(|r| r.trim_start_matches('#'));
        let in_name = code.ends_with(|c: char| c.is_alphanumeric() || c == '_');
        if rest.starts_with("//") {
            rest = &rest[rest.find('\n').unwrap_or(rest.len())..];
        } else if rest.starts_with("/*") {
            rest = rest.find("*/").map_or("", |end| &rest[end + 2..]);
        } else if let Some(body) = raw.filter(|r| r.starts_with('"') && !in_name) {
            let hashes = rest.len() - body.len() - 1;
            let close = format!("\"{}", "#".repeat(hashes));
            let end = body[1..].find(&close).unwrap_or(body.len() - 1);
            strings.push(body[1..=end].to_owned());
            rest = body.get(1 + end + close.len()..).unwrap_or("");
            code.push_str("\"\"");
        } else if c == '"' {
            let body = &rest[1..];
            let mut escaped = false;
            let end = body
                .char_indices()
                .find(|(_, c)| {
                    let ends = *c == '"' && !escaped;
                    escaped = *c == '\\' && !escaped;
                    ends
                })
                .map_or(body.len(), |(end, _)| end);
            strings.push(body[..end].to_owned());
            rest = body.get(end + 1..).unwrap_or("");
            code.push_str("\"\"");
        } else if rest.starts_with("'\"'") || rest.starts_with("'\\\"'") {
            // A quotation mark as a character opens no string.
            rest = &rest[rest[1..].find('\'').map_or(rest.len(), |end| end + 2)..];
        } else {
            code.push(c);
            rest = &rest[c.len_utf8()..];
        }
    }
    (code, strings)
}

/// The ids of all built-in plans but the default one, which any code may name as its default.
fn plan_ids(folder: &Path) -> Vec<String> {
    let mut ids: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == "toml"))
        .map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned())
        .filter(|id| id != insure::plan::DEFAULT_PLAN)
        .collect();
    ids.sort();
    ids
}

/// Every `.rs` file below a folder, in a stable order.
fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|e| e == "rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}
