//! Writes synthetic export files to standard output: the same arguments always give the same bytes.
//!
//! `cargo run --release --example generate -- --help` lists the kinds. `plain` and `events` are the
//! tool's own layouts, for trying it at size; `tiktok-*` are order exports as sellers download
//! them; `example-*` are the small hand-shaped files of the guide.

mod columns;
mod day;
mod example;
mod goods;
mod order;
mod orders;
mod plain;
mod random;
mod text;

use columns::Layout;
use day::Day;
use std::env;
use std::io::{self, BufWriter, ErrorKind, Write};
use std::process::ExitCode;

/// What `--help` prints.
const HELP: &str = "\
Write a synthetic export file to standard output.

Usage: generate KIND [--rows N] [--seed S] [--day YYYY-MM-DD] [--start K]

Kinds:
  plain           the tool's own CSV, one row a parcel
  events          carrier events, one for each parcel that `plain` writes with the same options
  tiktok-2026     TikTok Shop US order export, 63 columns
  tiktok-2025     TikTok Shop US order export, 58 columns
  tiktok-2024     TikTok Shop US order export, 57 columns
  example-orders  the order export of the guide, 24 parcels (63 columns); only --day matters
  example-events  the carrier events that follow example-orders; only --day matters

Options:
  --rows N          parcels to write [default: 1000]; in the TikTok kinds a row is a SKU line, so
                    an order of three lines takes three rows, and an order without a label
                    counts as one parcel
  --seed S          draw other values; the numbers of orders, packages and labels stay as they are
  --day YYYY-MM-DD  the day of the export [default: 2026-11-21]
  --start K         number the parcels from K [default: 0]: files of one kind whose ranges
                    K .. K + N do not overlap share no number
  -h, --help        print this
";

/// The largest `--start` plus `--rows`: numbers stay distinct up to here.
const MOST_PARCELS: u64 = 1_000_000_000_000;

/// A kind of file.
#[derive(Clone, Copy)]
enum Kind {
    Plain,
    Events,
    Orders(Layout),
    ExampleOrders,
    ExampleEvents,
}

/// The kinds by name.
const KINDS: [(&str, Kind); 7] = [
    ("plain", Kind::Plain),
    ("events", Kind::Events),
    ("tiktok-2026", Kind::Orders(Layout::Us2026)),
    ("tiktok-2025", Kind::Orders(Layout::Us2025)),
    ("tiktok-2024", Kind::Orders(Layout::Us2024)),
    ("example-orders", Kind::ExampleOrders),
    ("example-events", Kind::ExampleEvents),
];

/// What the caller asked for, apart from the kind.
struct Job {
    rows: u64,
    seed: u64,
    day: Day,
    start: u64,
}

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    if arguments.iter().any(|argument| argument == "-h" || argument == "--help") {
        return ended(io::stdout().write_all(HELP.as_bytes()));
    }
    match read(&arguments) {
        Ok((kind, job)) => ended(write(kind, &job)),
        Err(message) => {
            let _ = writeln!(io::stderr(), "generate: {message}\n\nhint: try --help");
            ExitCode::from(2)
        }
    }
}

/// Reads the arguments into a kind and its options.
fn read(arguments: &[String]) -> Result<(Kind, Job), String> {
    let mut job = Job { rows: 1000, seed: 1, day: Day::from_civil(2026, 11, 21), start: 0 };
    let mut kind = None;
    let mut rest = arguments.iter();
    while let Some(argument) = rest.next() {
        let mut number = || -> Result<u64, String> {
            let value = rest.next().ok_or(format!("{argument} needs a value"))?;
            value.parse().map_err(|_| format!("{argument} takes a whole number, not `{value}`"))
        };
        match argument.as_str() {
            "--rows" => job.rows = number()?,
            "--seed" => job.seed = number()?,
            "--start" => job.start = number()?,
            "--day" => {
                let value = rest.next().ok_or("--day needs a value")?;
                job.day = Day::parse(value).ok_or(format!("`{value}` is not a day YYYY-MM-DD"))?;
            }
            name if kind.is_none() && !name.starts_with('-') => {
                let known = KINDS.iter().find(|known| known.0 == name);
                kind = Some(known.ok_or(format!("no kind `{name}`"))?.1);
            }
            other => return Err(format!("unexpected argument `{other}`")),
        }
    }
    let kind = kind.ok_or("no KIND given")?;
    if job.rows.saturating_add(job.start) > MOST_PARCELS {
        return Err(format!("--start plus --rows may be {MOST_PARCELS} at most"));
    }
    Ok((kind, job))
}

/// Writes the file of a kind.
fn write(kind: Kind, job: &Job) -> io::Result<()> {
    let mut out = BufWriter::with_capacity(1 << 16, io::stdout().lock());
    match kind {
        Kind::Plain => plain::write_parcels(job, &mut out)?,
        Kind::Events => plain::write_events(job, &mut out)?,
        Kind::Orders(layout) => orders::write(job, layout, &mut out)?,
        Kind::ExampleOrders => example::write_orders(job.day, &mut out)?,
        Kind::ExampleEvents => example::write_events(job.day, &mut out)?,
    }
    out.flush()
}

/// The exit code of a write. A reader that closed its end (`| head`) is not a failure.
fn ended(result: io::Result<()>) -> ExitCode {
    match result {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            let _ = writeln!(io::stderr(), "generate: {error}");
            ExitCode::FAILURE
        }
        _ => ExitCode::SUCCESS,
    }
}
