//! Claims by the list: 10,000 of them filed from a CSV, decided and paid.

use std::fs;
use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result, ensure};

use crate::Options;
use crate::figures::{Series, grouped, seconds};
use crate::report::{Section, Verdict};
use crate::work::{EXPORT_DAY, Work};

/// Claims in the list.
const CLAIMS: u64 = 10_000;
/// Policies in the ledger they are made on.
const POLICIES: u64 = 100_000;
/// A plan whose claims need no documents: copying those is another matter.
const PLAN: &str = "parcelguard";
/// The day of the first scan, and the one on which claims are filed.
const SCANNED: &str = "2026-11-22";
const FILED: &str = "2026-12-28";
/// The day of the decisions and of the payments.
const DECIDED: &str = "2027-01-05";
/// What filing, deciding or paying the list may take.
const MOST: Duration = Duration::from_secs(2);

/// Files, decides and pays a list, each of them twice: the second time nothing changes.
pub(crate) fn lists(_: &Options, work: &Work) -> Result<Vec<Section>> {
    let ledger = work.file("bulk.db");
    work.remove_database(&ledger);
    let list = |name: &str, header: &str, rows: &dyn Fn(u64) -> String, count: u64| {
        let path = work.file(name);
        let mut text = format!("{header}\n");
        (0..count).for_each(|n| text.push_str(&format!("{}\n", rows(n))));
        fs::write(&path, text).with_context(|| path.display().to_string()).map(|()| path)
    };
    let tracking = |n: u64| format!("9400{:016}", n * 7919 + 13);
    let parcel = |n: u64| format!("{},100.00", tracking(n));
    let parcels = list("bulk-parcels.csv", "tracking_number,value", &parcel, POLICIES)?;
    let record = ["batch-insure", "--plan", PLAN, "--cover", "full", "--accept-terms"];
    work.on(&ledger, EXPORT_DAY).words(&record).path(&parcels).run()?;
    let every = POLICIES / CLAIMS;
    let scan = |n: u64| format!("{},scanned,{SCANNED}", tracking(n * every));
    let scans = list("bulk-scans.csv", "tracking_number,event,at", &scan, CLAIMS)?;
    work.on(&ledger, SCANNED).words(&["track", "--input"]).path(&scans).run()?;

    let loss = |n: u64| format!("{},loss", tracking(n * every));
    let claims = list("bulk-claims.csv", "tracking_number,reason", &loss, CLAIMS)?;
    let decide = |n: u64| format!("{},approved,{DECIDED}", tracking(n * every));
    let decisions = list("bulk-decisions.csv", "tracking_number,decision,date", &decide, CLAIMS)?;
    let pay = |n: u64| format!("{},100.00,{DECIDED},{n}", tracking(n * every));
    let header = "tracking_number,amount,date,reference";
    let payments = list("bulk-payments.csv", header, &pay, CLAIMS)?;

    let mut results = Vec::new();
    for (command, day, list, done) in [
        ("file", FILED, &claims, "filed"),
        ("decide", DECIDED, &decisions, "booked"),
        ("pay", DECIDED, &payments, "booked"),
    ] {
        for (again, result) in [("", done.to_owned()), (" again", format!("already_{done}"))] {
            let series = run(work, &ledger, (command, day), list, &result)?;
            results.push((format!("claim {command}{again}"), series));
        }
    }
    work.remove_database(&ledger);
    eprintln!("  filed, decided and paid {CLAIMS} claims");
    Ok(vec![section(&results)])
}

/// Runs a list, and sees that every row of it came to this.
fn run(
    work: &Work,
    ledger: &Path,
    (command, day): (&str, &str),
    list: &Path,
    result: &str,
) -> Result<Series> {
    work.settle();
    let rows = work.file("bulk-rows.csv");
    let task = work.on(ledger, day).words(&["--format", "csv", "claim", command, "--input"]);
    let mut series = Series::default();
    series.push(task.path(list).writing(&rows).run()?);
    let told = fs::read_to_string(&rows)?;
    let came = told.lines().filter(|line| line.split(',').nth(2) == Some(result)).count();
    ensure!(came as u64 == CLAIMS, "claim {command}: {came} of {CLAIMS} rows are {result}");
    Ok(series)
}

/// What they took.
fn section(results: &[(String, Series)]) -> Section {
    let slowest = results.iter().map(|(_, series)| series.wall()).max().unwrap_or_default();
    let row = |(what, series): &(String, Series)| {
        vec![
            what.clone(),
            grouped(CLAIMS),
            seconds(series.wall()),
            series.cpu_seconds(),
            series.peak_megabytes(),
        ]
    };
    Section {
        title: "Claims by the list".to_owned(),
        notes: vec![format!(
            "`--input`: a list with one row per claim, on a ledger of {} policies, by tracking number, \
             without documents; then the same list again, which changes nothing. Run once each, rows \
             written as CSV.",
            grouped(POLICIES)
        )],
        header: vec!["what", "rows", "seconds", "CPU seconds", "peak MB"],
        rows: results.iter().map(row).collect(),
        verdicts: vec![Verdict {
            target: "10,000 claims filed, decided or paid from a list: 2 s".to_owned(),
            measured: format!("slowest {} s", seconds(slowest)),
            met: Some(slowest <= MOST),
        }],
    }
}
