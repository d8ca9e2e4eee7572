//! Recording files of parcels: `batch-insure` against `sqlite3`, and a marketplace export.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use crate::Options;
use crate::figures::{Series, dash, grouped, megabytes, ratio, seconds, within};
use crate::peers;
use crate::report::{Section, Verdict};
use crate::task::Task;
use crate::work::{EXPORT_DAY, Work, bytes};

/// What the columns of both tables are.
const HEADER: [&str; 7] =
    ["what", "rows", "MB read", "seconds (min-max)", "CPU seconds", "peak MB", "x the peer"];

/// Memory that recording the plain file may take, in bytes.
const MEMORY: u64 = 200_000_000;

/// The command that records a file, with its summary beside the ledger.
fn batch(work: &Work, ledger: &Path, input: &Path, summary: &Path) -> Task {
    let words = ["--format", "json", "batch-insure", "--accept-terms"];
    work.on(ledger, EXPORT_DAY).words(&words).path(input).writing(summary)
}

/// One row of a table.
fn row(what: &str, rows: u64, input: u64, series: &Series, peer: Option<&Series>) -> Vec<String> {
    vec![
        what.to_owned(),
        grouped(rows),
        megabytes(input),
        series.in_seconds(),
        series.cpu_seconds(),
        series.peak_megabytes(),
        peer.map_or_else(dash, |peer| ratio(series.wall(), peer.wall())),
    ]
}

/// A million parcels into a fresh ledger, the next million into the same one.
pub(crate) fn plain(options: &Options, work: &Work) -> Result<Vec<Section>> {
    let rows = options.rows;
    let first_file = work.generate("plain-1.csv", "plain", rows, 0)?;
    let second_file = work.generate("plain-2.csv", "plain", rows, rows)?;
    let (ledger, database) = (work.file("record.db"), work.file("peer.db"));
    let summary = work.file("summary.json");
    let with_peer = peers::installed("sqlite3");
    let (mut first, mut second, mut peer) =
        (Series::default(), Series::default(), Series::default());
    let (mut ledger_bytes, mut database_bytes) = (0, 0);
    for round in 1..=options.runs {
        work.remove_database(&ledger);
        for (series, file, name) in
            [(&mut first, &first_file, "first"), (&mut second, &second_file, "second")]
        {
            work.settle();
            let run = batch(work, &ledger, file, &summary).run()?;
            eprintln!("  {round}: batch-insure, {name} file: {} s", seconds(run.wall));
            series.push(run);
            let insured = read(&summary)?["insured"].as_u64();
            ensure!(insured == Some(rows), "insured {insured:?} of {rows} parcels");
            ledger_bytes = bytes(&ledger)?;
        }
        if with_peer {
            work.remove_database(&database);
            work.settle();
            let run = peers::import(work, &first_file, &database)?.run()?;
            eprintln!("  {round}: sqlite3 .import: {} s", seconds(run.wall));
            peer.push(run);
            let imported = peers::imported(work, &database)?;
            ensure!(imported == rows, "sqlite3 imported {imported} of {rows} rows");
            database_bytes = bytes(&database)?;
        }
    }
    work.remove_database(&ledger);
    work.remove_database(&database);

    let (read_first, read_second) = (bytes(&first_file)?, bytes(&second_file)?);
    let peer_series = with_peer.then_some(&peer);
    let again = Some(&first);
    let mut table = vec![
        row("batch-insure, fresh ledger", rows, read_first, &first, peer_series),
        row("batch-insure, the next file into it", rows, read_second, &second, again),
    ];
    let mut verdicts = Vec::new();
    let fresh = "record 1,000,000 parcels: at most 0.50 x sqlite3 .import (hoped for: 0.33)";
    if with_peer {
        table.push(row("sqlite3 .import of the first file", rows, read_first, &peer, None));
        verdicts.push(Verdict {
            target: fresh.to_owned(),
            measured: format!("{} x", ratio(first.wall(), peer.wall())),
            met: Some(within(first.wall(), 50, peer.wall())),
        });
    } else {
        let measured = "sqlite3 is not installed".to_owned();
        verdicts.push(Verdict { target: fresh.to_owned(), measured, met: None });
    }
    verdicts.push(Verdict {
        target: "record 1,000,000 more into that ledger: at most 1.30 x the first".to_owned(),
        measured: format!("{} x", ratio(second.wall(), first.wall())),
        met: Some(within(second.wall(), 130, first.wall())),
    });
    let peak = first.peak().max(second.peak());
    verdicts.push(Verdict {
        target: "peak memory of both: under 200 MB".to_owned(),
        measured: peak.map_or_else(dash, |peak| format!("{} MB", megabytes(peak))),
        met: peak.map(|peak| peak < MEMORY),
    });
    let mut notes = vec![
        "The tool's own CSV, one row a parcel. `batch-insure` reads, checks, prices and records \
         every parcel in one transaction with all that finds it again, under `synchronous=FULL`: \
         when it ends, all of it is on the disk. The second file goes into the ledger that holds \
         the first; its ratio is to the first."
            .to_owned(),
        format!("After both files the ledger has {} MB.", megabytes(ledger_bytes)),
    ];
    if with_peer {
        notes.push(format!(
            "The peer is `sqlite3` with its own `.import --csv` into a table of text columns with a \
             unique index on (order, package) and an index on tracking number: WAL, \
             `synchronous=NORMAL`, `cache_size=-262144`; one process makes table and indexes and \
             imports. Its database has {} MB for the first file alone.",
            megabytes(database_bytes)
        ));
    }
    let title = "Recording parcels".to_owned();
    Ok(vec![Section { title, notes, header: HEADER.to_vec(), rows: table, verdicts }])
}

/// A marketplace export of many columns: what reading costs, and what recording adds.
pub(crate) fn tiktok(options: &Options, work: &Work) -> Result<Vec<Section>> {
    let file = work.generate("tiktok.csv", "tiktok-2026", options.rows, 0)?;
    let (ledger, summary) = (work.file("tiktok.db"), work.file("summary.json"));
    // 3: some packages are refused, as in every real export.
    let whole = batch(work, &ledger, &file, &summary).accepting(&[0, 3]);
    let price = work.insure().words(&["--quiet", "--today", EXPORT_DAY, "--format", "csv"]);
    let price = price.words(&["quote", "--input"]).path(&file).accepting(&[0, 3]);
    let (mut recording, mut pricing) = (Series::default(), Series::default());
    for round in 1..=options.runs {
        work.settle();
        let run = price.run()?;
        eprintln!("  {round}: quote --input: {} s", seconds(run.wall));
        pricing.push(run);
        work.remove_database(&ledger);
        work.settle();
        let run = whole.run()?;
        eprintln!("  {round}: batch-insure: {} s", seconds(run.wall));
        recording.push(run);
    }
    work.remove_database(&ledger);
    let told = read(&summary)?;
    let count = |name: &str| told[name].as_u64().unwrap_or_default();
    let input = bytes(&file)?;
    let _ = fs::remove_file(&file);

    let target = "63 columns: parsing and grouping cost no more than the inserts".to_owned();
    let verdict = match (pricing.cpu(), recording.cpu()) {
        (Some(reading), Some(all)) => {
            let inserts = all.saturating_sub(reading);
            let (reading_text, inserts_text) = (seconds(reading), seconds(inserts));
            let measured =
                format!("at most {reading_text} s, and at least {inserts_text} s of CPU");
            // Bounds: they can show that the target is met, not that it is missed.
            Verdict { target, measured, met: (reading <= inserts).then_some(true) }
        }
        _ => Verdict { target, measured: dash(), met: None },
    };
    let rows = count("rows");
    Ok(vec![Section {
        title: "A marketplace export".to_owned(),
        notes: vec![
            format!(
                "A TikTok Shop US order export of 63 columns and {} lines, one a SKU, of {} \
                 packages: {} are insured, {} belong to cancelled orders, {} are refused.",
                grouped(rows),
                grouped(count("parcels")),
                grouped(count("insured")),
                grouped(count("cancelled")),
                grouped(count("refused"))
            ),
            "`quote --input` to nowhere reads, groups, prices and prints, so its processor time is \
             more than reading and grouping cost; what `batch-insure` takes beyond it is less than \
             the inserts cost. So the two bounds can show that the target is met, and otherwise \
             leave it open. Processor time is compared because `batch-insure` reads and records at \
             the same time."
                .to_owned(),
        ],
        header: HEADER.to_vec(),
        rows: vec![
            row("quote --input to nowhere", rows, input, &pricing, None),
            row("batch-insure, fresh ledger", rows, input, &recording, None),
        ],
        verdicts: vec![verdict],
    }])
}

/// The summary a batch wrote.
fn read(summary: &Path) -> Result<Value> {
    let text = fs::read(summary).with_context(|| summary.display().to_string())?;
    Ok(serde_json::from_slice(&text)?)
}
