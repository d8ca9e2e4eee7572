//! Measures the release build against public tools that do the same work on the same files, and
//! writes what it found: `docs/benchmarks.md` is the output of this program.
//!
//! `cargo build --release --bins --examples && cargo run --release --example bench -- --help`
//! tells the rest. It is no test: nothing fails because a machine is slow or busy.

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program for a terminal: the report goes to stdout, its progress to stderr"
)]

mod claims;
mod claims_in_bulk;
mod count;
mod figures;
mod find;
mod find_queries;
mod grow;
mod layouts;
mod machine;
mod packets;
mod peers;
mod price;
mod read;
mod record;
mod report;
mod start;
mod task;
mod work;

use std::env;
use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result, anyhow, bail};
use report::{Report, Section};
use work::Work;

/// That of the program: what this one reads by itself is to cost what it costs there.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// What `--help` prints.
const HELP: &str = "\
Measure `insure` against public tools that do the same work, and report.

Usage: cargo build --release --bins --examples
       cargo run --release --example bench -- [OPTIONS]

Options:
  --rows N      rows of the large files [default: 1000000]; the targets are meant for the default
  --runs K      runs of each long case, in turn with its peer [default: 3]
  --only NAME   one case: record, tiktok, layouts, quote, start, search, lists,
                report, packets or morning; may be given more than once
  --keep DIR    work in this folder and leave the files there [default: a temporary folder];
                one million rows take about 3 GB, packets 9 GB for a while
  --write FILE  write the report to this file as well
  -h, --help    print this

Peers are used where they are installed: sqlite3, mlr, mawk, gawk, zip, python3. Nothing is installed.
";

/// What the caller asked for.
pub(crate) struct Options {
    rows: u64,
    runs: usize,
    only: Vec<String>,
    keep: Option<PathBuf>,
    write: Option<PathBuf>,
}

/// A case: its name and what measures it.
type Case = (&'static str, fn(&Options, &Work) -> Result<Vec<Section>>);

/// The cases in the order of the report.
const CASES: [Case; 10] = [
    ("record", record::plain),
    ("tiktok", record::tiktok),
    ("layouts", layouts::files),
    ("quote", price::file),
    ("start", start::one_value),
    ("search", find::ledger),
    ("lists", claims_in_bulk::lists),
    ("report", count::ledger),
    ("packets", packets::archive),
    ("morning", claims::morning),
];

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    if arguments.iter().any(|argument| argument == "-h" || argument == "--help") {
        print!("{HELP}");
        return ExitCode::SUCCESS;
    }
    // The cases start this program itself for what only reads a file.
    if let [word, how, delimiter, file] = &arguments[..]
        && word == "read"
    {
        return ended(read::run(how, file, delimiter));
    }
    ended(options(&arguments).and_then(|options| run(&options)))
}

/// The exit status, the reason told.
fn ended(result: Result<()>) -> ExitCode {
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("bench: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Reads the arguments.
fn options(arguments: &[String]) -> Result<Options> {
    let mut options =
        Options { rows: 1_000_000, runs: 3, only: Vec::new(), keep: None, write: None };
    let mut rest = arguments.iter();
    while let Some(argument) = rest.next() {
        let mut value = || rest.next().ok_or_else(|| anyhow!("{argument} needs a value"));
        let count = |text: &str| -> Result<u64> {
            let number = text.parse().ok().filter(|number| *number > 0);
            number.ok_or_else(|| anyhow!("{argument} takes a number above 0, not `{text}`"))
        };
        match argument.as_str() {
            "--rows" => options.rows = count(value()?)?,
            "--runs" => options.runs = usize::try_from(count(value()?)?)?,
            "--keep" => options.keep = Some(PathBuf::from(value()?)),
            "--write" => options.write = Some(PathBuf::from(value()?)),
            "--only" => {
                let name = value()?;
                if CASES.iter().all(|(known, _)| known != name) {
                    let names: Vec<&str> = CASES.iter().map(|(name, _)| *name).collect();
                    bail!("no case `{name}`, there are {}", names.join(", "));
                }
                options.only.push(name.clone());
            }
            other => bail!("unexpected argument `{other}`; try --help"),
        }
    }
    if options.rows < 10_000 {
        bail!("--rows must be at least 10000: smaller files show nothing");
    }
    Ok(options)
}

/// Measures every case asked for, prints the report and writes it where it is wanted.
fn run(options: &Options) -> Result<()> {
    let work = Work::new(options.keep.as_deref())?;
    let machine = machine::facts(&work);
    let mut report = Report::new(machine, options.rows, options.runs);
    for (name, measure) in CASES {
        if options.only.is_empty() || options.only.iter().any(|only| only == name) {
            eprintln!("{name}:");
            let sections = measure(options, &work).with_context(|| format!("case `{name}`"))?;
            report.add(sections);
        }
    }
    let text = report.render();
    print!("{text}");
    if let Some(path) = &options.write {
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
        }
        fs::write(path, text).with_context(|| path.display().to_string())?;
        eprintln!("written to {}", path.display());
    }
    Ok(())
}
