//! What the figures were measured on: facts that matter for speed, none that say whose it is.

use std::fs;
use std::process::Command;
use std::thread;

use crate::work::Work;

/// The facts, each with its name.
pub(crate) fn facts(work: &Work) -> Vec<(&'static str, String)> {
    let cores = thread::available_parallelism().map_or(0, usize::from);
    let folder = work.folder().display().to_string();
    let mut facts = vec![
        ("cores", cores.to_string()),
        ("processor", field("/proc/cpuinfo", "model name")),
        ("memory", field("/proc/meminfo", "MemTotal")),
        ("file system", said("stat", &["-f", "-c", "%T", &folder])),
        ("kernel", format!("{} {}", said("uname", &["-s"]), said("uname", &["-r"]))),
        ("load before the first case", load()),
        ("compiler", said("rustc", &["--version"])),
    ];
    for (name, question) in [
        ("sqlite3", "--version"),
        ("mlr", "--version"),
        ("mawk", "-Wversion"),
        ("gawk", "--version"),
    ] {
        // What follows the version is a checksum or a list of libraries.
        let words = said(name, &[question]);
        let words: Vec<&str> = words.split([' ', ',']).take(3).collect();
        facts.push((name, words.join(" ")));
    }
    facts
}

/// How many processes wanted a processor in the last minute. Above a half, something else ran.
fn load() -> String {
    let text = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    match text.split_once(' ') {
        Some((load, _)) if load.starts_with("0.") && load < "0.50" => load.to_owned(),
        Some((load, _)) => format!("{load}: other programs ran beside, expect noise"),
        None => "unknown".to_owned(),
    }
}

/// The first value of a name in one of the kernel's tables.
fn field(path: &str, name: &str) -> String {
    let text = fs::read_to_string(path).unwrap_or_default();
    let value = text.lines().find_map(|line| {
        let (key, value) = line.split_once(':')?;
        (key.trim() == name).then(|| value.trim().to_owned())
    });
    value.unwrap_or_else(|| "unknown".to_owned())
}

/// The first line a program answers with.
fn said(program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program).args(arguments).output();
    let text = output.map(|output| String::from_utf8_lossy(&output.stdout).into_owned());
    match text.ok().as_deref().and_then(|text| text.lines().next()) {
        Some(line) => line.trim().to_owned(),
        None => "not installed".to_owned(),
    }
}
