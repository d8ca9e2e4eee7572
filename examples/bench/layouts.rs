//! Reading files of each layout: recognising, parsing and grouping alone, against programs that only
//! split the same files into fields; and what large files take in memory.

use std::env;
use std::fs;
use std::path::Path;
use std::time::Duration;

use anyhow::{Result, ensure};

use crate::Options;
use crate::figures::{Series, dash, grouped, megabytes, ratio, seconds};
use crate::grow;
use crate::peers;
use crate::read::Count;
use crate::report::{Section, Verdict};
use crate::task::Task;
use crate::work::{EXPORT_DAY, Work, bytes};

/// The wanted speed on one core, in bytes a second.
const SPEED: u128 = 250_000_000;
/// What a large export may take: this, and so much a package.
const MEMORY: (u64, u64) = (200_000_000, 100);
/// What a workbook of 1,000,000 rows may take.
const WORKBOOK: u64 = 2_000_000_000;

/// Python's reader, in C.
const PYTHON: &str = "\
import csv, sys
with open(sys.argv[1], newline='', encoding='utf-8') as file:
    quoting = csv.QUOTE_NONE if sys.argv[2] == '\\t' else csv.QUOTE_MINIMAL
    rows = sum(1 for _ in csv.reader(file, delimiter=sys.argv[2], quoting=quoting))
print(rows, 0, 0)
";

/// One of this program's own readers.
fn reader(work: &Work, how: &str, file: &Path, delimiter: u8) -> Result<Task> {
    let delimiter = char::from(delimiter).to_string();
    Ok(work.program(env::current_exe()?).words(&["read", how, &delimiter]).path(file))
}

/// A file, and what reading it took.
struct Read {
    layout: String,
    bytes: u64,
    count: Count,
    series: Series,
    peers: Vec<(&'static str, Series)>,
}

impl Read {
    /// Bytes a second of processor time.
    fn speed(&self) -> Option<u128> {
        let spent = self.series.cpu().filter(|cpu| *cpu > Duration::ZERO)?;
        Some(u128::from(self.bytes) * 1_000_000_000 / spent.as_nanos())
    }

    fn row(&self) -> Vec<String> {
        let speed = self.speed().and_then(|speed| u64::try_from(speed).ok());
        let mut row = vec![
            self.layout.clone(),
            grouped(self.count.rows),
            grouped(self.count.items),
            megabytes(self.bytes),
            self.series.in_seconds(),
            self.series.cpu_seconds(),
            speed.map_or_else(dash, megabytes),
            self.series.peak_megabytes(),
        ];
        for name in PEERS {
            let peer = self.peers.iter().find(|(peer, _)| *peer == name);
            row.push(peer.map_or_else(dash, |(_, of)| ratio(self.series.wall(), of.wall())));
        }
        row
    }
}

/// The peers, by their columns.
const PEERS: [&str; 2] = ["csv", "python3"];

/// Reads a file with each program in turn.
fn measure(
    options: &Options,
    work: &Work,
    layout: &str,
    file: &Path,
    delimiter: u8,
) -> Result<Read> {
    let ours = reader(work, "intake", file, delimiter)?;
    let mut peers = vec![("csv", reader(work, "csv", file, delimiter)?, Series::default())];
    if peers::installed("python3") {
        let script = work.file("read.py");
        fs::write(&script, PYTHON)?;
        let task = work.program("python3").path(&script).path(file);
        peers.push((
            "python3",
            task.words(&[&char::from(delimiter).to_string()]),
            Series::default(),
        ));
    }
    let mut series = Series::default();
    for round in 1..=options.runs {
        work.settle();
        let run = ours.run()?;
        eprintln!("  {round}: {layout}: {} s", seconds(run.wall));
        series.push(run);
        for (_, task, series) in &mut peers {
            series.push(task.run()?);
        }
    }
    let count = Count::read(&ours.output()?)?;
    ensure!(count.items > count.rows / 4, "{layout}: {} of {} rows", count.items, count.rows);
    let peers = peers.into_iter().map(|(name, _, series)| (name, series)).collect();
    Ok(Read { layout: layout.to_owned(), bytes: bytes(file)?, count, series, peers })
}

/// Every layout, then the large ones.
pub(crate) fn files(options: &Options, work: &Work) -> Result<Vec<Section>> {
    let mut reads = Vec::new();
    let wide = work.generate("wide.csv", "tiktok-2026", options.rows / 2, 0)?;
    reads.push(measure(options, work, "tiktok-us, 63 columns", &wide, b',')?);
    let _ = fs::remove_file(&wide);
    let plain = work.generate("narrow.csv", "plain", options.rows, 0)?;
    reads.push(measure(options, work, "plain, 11 columns", &plain, b',')?);
    for (layout, small, delimiter) in grow::FILES {
        let file = grow::file(work, layout, small, delimiter, options.rows * 100)?;
        reads.push(measure(options, work, layout, &file, delimiter)?);
        let _ = fs::remove_file(&file);
    }
    let target = "63 columns: reading and grouping at 250 MB/s a core".to_owned();
    let verdict = match reads[0].speed() {
        Some(speed) => {
            let told = u64::try_from(speed).map_or_else(|_| dash(), megabytes);
            Verdict { target, measured: format!("{told} MB/s"), met: Some(speed >= SPEED) }
        }
        None => Verdict { target, measured: dash(), met: None },
    };
    let header = vec![
        "layout",
        "rows",
        "parcels or events",
        "MB",
        "seconds (min-max)",
        "CPU seconds",
        "MB/s a core",
        "peak MB",
        "x csv",
        "x python3",
    ];
    let speed = Section {
        title: "Reading the files of each layout".to_owned(),
        notes: vec![
            "Recognising the layout, parsing, checking, deciding how amounts and days are written, \
             and grouping rows to parcels, which are then dropped; files are in the page cache. All \
             but the first two files are those the tests read, their rows again and again under \
             other numbers. The peers split the same file into fields and do nothing with them: \
             the `csv` crate, with which `xan` and `qsv` read as well, and Python's `csv` module, \
             which is written in C."
                .to_owned(),
        ],
        header,
        rows: reads.iter().map(Read::row).collect(),
        verdicts: vec![verdict],
    };
    Ok(vec![speed, large(options, work, &plain)?])
}

/// What large files take in memory.
fn large(options: &Options, work: &Work, plain: &Path) -> Result<Section> {
    let words = ["--quiet", "--today", EXPORT_DAY, "--format", "csv", "quote", "--input"];
    let quote = |file: &Path| work.insure().words(&words).path(file).accepting(&[0, 3]);
    let mut rows = Vec::new();
    let mut verdicts = Vec::new();
    let mut row = |what: &str, file: &Path, series: &Series| -> Result<()> {
        let (size, peak) = (megabytes(bytes(file)?), series.peak_megabytes());
        rows.push(vec![what.to_owned(), size, series.in_seconds(), series.cpu_seconds(), peak]);
        Ok(())
    };

    // 2,300,000 packages are 2 GB.
    let export = work.generate("large.csv", "tiktok-2026", options.rows * 23 / 10, 0)?;
    let run = quote(&export).run()?;
    let packages = Count::read(&reader(work, "intake", &export, b',')?.output()?)?.items;
    let mut series = Series::default();
    series.push(run);
    row("quote --input, 63 columns", &export, &series)?;
    let _ = fs::remove_file(&export);
    let most = MEMORY.0 + MEMORY.1 * packages;
    verdicts.push(Verdict {
        target: "an export of 2 GB: peak under 200 MB + 100 bytes a package".to_owned(),
        measured: format!("{} of {} MB", series.peak_megabytes(), megabytes(most)),
        met: series.peak().map(|peak| peak < most),
    });

    let book = grow::workbook(work, plain)?;
    let _ = fs::remove_file(plain);
    let mut series = Series::default();
    series.push(quote(&book).run()?);
    row("quote --input, a workbook", &book, &series)?;
    let mut peer = Series::default();
    peer.push(reader(work, "calamine", &book, b',')?.run()?);
    row("the `calamine` crate, the same workbook", &book, &peer)?;
    let _ = fs::remove_file(&book);
    verdicts.push(Verdict {
        target: "a workbook of 1,000,000 rows: peak under 2 GB".to_owned(),
        measured: format!("{} MB", series.peak_megabytes()),
        met: series.peak().map(|peak| peak < WORKBOOK),
    });
    let title = "Large files".to_owned();
    let notes = vec![format!(
        "An export of {} packages, and a workbook of {} rows and 11 columns, one run each. `quote \
         --input` reads, prices and writes a row for each; `calamine` only reads the cells.",
        grouped(packages),
        grouped(options.rows)
    )];
    let header = vec!["program", "MB", "seconds", "CPU seconds", "peak MB"];
    Ok(Section { title, notes, header, rows, verdicts })
}
