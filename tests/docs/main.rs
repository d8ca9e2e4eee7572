//! The documents, held to the program: every shown command is run and its output compared, every
//! link leads somewhere, every code, column and field is explained.
//!
//! After a change of wording `INSURE_RENEW=1 cargo test --test docs` writes the new outputs into
//! the documents; the difference is then read like any other change.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    clippy::disallowed_methods,
    missing_docs,
    unreachable_pub,
    reason = "tests"
)]

mod console;
mod keys;
mod links;
mod reference;
mod shop;
mod terms;
mod words;

use std::fs;
use std::path::{Path, PathBuf};

/// The repository.
fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// A file of the repository.
fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|why| panic!("{path}: {why}"))
}

/// Writes a file of the repository anew, in one step: other tests read it meanwhile.
fn rewrite(path: &str, text: &str) {
    let (path, beside) = (root().join(path), root().join(format!("{path}.new")));
    fs::write(&beside, text).unwrap();
    fs::rename(beside, path).unwrap();
}

/// Whether the documents are to be rewritten instead of compared.
fn renew() -> bool {
    std::env::var_os("INSURE_RENEW").is_some_and(|value| value == "1")
}

/// The documents: the README and everything under `docs`.
fn documents() -> Vec<String> {
    let mut all = vec!["README.md".to_owned()];
    for entry in fs::read_dir(root().join("docs")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        if Path::new(&name).extension().is_some_and(|extension| extension == "md") {
            all.push(format!("docs/{name}"));
        }
    }
    all.sort();
    all
}
