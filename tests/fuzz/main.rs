//! The targets of the fuzzer, tried on every machine: over the files in `seeds`, among them all that
//! a fuzzer ever found, over the fixtures, and over thousands of changes made to them. The same
//! changes each time. docs/intake.md says how a real fuzzer is let loose on them.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "what cannot be read is a failed test"
)]

mod changed;
mod targets;

use std::fs;
use std::path::{Path, PathBuf};

use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use targets::TARGETS;

/// How many times as many changed inputs are tried, where somebody has the time.
const MORE: &str = "INSURE_FUZZ_TIMES";
/// More than all of them need together, and far less than one file without bounds would take.
const MEMORY: u64 = 600 << 20;

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(name)
}

/// The files of a folder, in the order of their names.
fn files(folder: &Path) -> Vec<Vec<u8>> {
    let entries = fs::read_dir(folder).unwrap_or_else(|why| panic!("{}: {why}", folder.display()));
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths.into_iter().filter(|path| path.is_file()).map(|path| fs::read(path).unwrap()).collect()
}

/// What a target begins with.
fn seeds(target: &str) -> Vec<Vec<u8>> {
    let mut seeds = files(&folder("fuzz/seeds").join(target));
    if target == "reader" {
        for more in ["fixtures/layouts", "fixtures/workbooks"] {
            seeds.extend(files(&folder(more)));
        }
    }
    if target == "layout" {
        seeds.extend(files(&folder("../src/layouts")));
    }
    assert!(!seeds.is_empty(), "{target}");
    seeds
}

/// Tries a target on its seeds and on so many inputs made of them.
fn target(name: &str, cases: u32) {
    let (_, target) = TARGETS.iter().find(|(known, _)| *known == name).unwrap();
    let seeds = seeds(name);
    for seed in &seeds {
        target(seed);
    }
    let times = std::env::var(MORE).map_or(1, |times| times.parse().unwrap());
    let config = Config { cases: cases * times, failure_persistence: None, ..Config::default() };
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    TestRunner::new_with_rng(config, rng)
        .run(&changed::changes(), |changes| {
            target(&changes.made_of(&seeds));
            Ok(())
        })
        .unwrap_or_else(|why| panic!("{name}: {why}"));
    assert!(most_memory() < MEMORY, "{name}: {} bytes", most_memory());
}

/// The most memory this process has ever had, where the system tells.
fn most_memory() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.trim().strip_suffix(" kB"));
    kilobytes.and_then(|kb| kb.trim().parse::<u64>().ok()).unwrap_or(0) << 10
}

#[test]
fn any_bytes_are_a_file() {
    target("reader", 300);
}

#[test]
fn any_bytes_are_a_list() {
    target("list", 600);
}

#[test]
fn any_text_is_a_column_of_amounts() {
    target("amounts", 200);
}

#[test]
fn any_text_is_a_column_of_days() {
    target("dates", 200);
}

#[test]
fn any_text_is_a_sheet_of_an_xlsx() {
    target("xlsx", 500);
}

#[test]
fn any_text_is_the_content_of_an_ods() {
    target("ods", 500);
}

#[test]
fn any_text_is_a_layout() {
    target("layout", 150);
}

#[test]
fn every_target_is_tried_and_has_a_fuzzer() {
    for (name, _) in TARGETS {
        let fuzzer = folder("fuzz/fuzz_targets").join(name).with_extension("rs");
        let text = fs::read_to_string(&fuzzer).unwrap_or_default();
        assert!(text.contains(&format!("targets::{name}")), "{}", fuzzer.display());
        let this = fs::read_to_string(folder("fuzz/main.rs")).unwrap();
        assert!(this.contains(&format!("target(\"{name}\", ")), "{name}");
    }
}
