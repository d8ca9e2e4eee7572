//! Counting a large ledger: `report` over every policy and claim, and `advise` by its history.

use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Result, ensure};

use crate::Options;
use crate::figures::{Series, grouped, seconds};
use crate::report::{Section, Verdict};
use crate::work::{EXPORT_DAY, Work};

/// The day the questions are asked.
const DAY: &str = "2026-12-28";
/// Claims on the ledger.
const CLAIMS: &str = "20000";
/// What `report` may take.
const MOST: Duration = Duration::from_secs(2);

/// Records, follows, claims, and counts.
pub(crate) fn ledger(options: &Options, work: &Work) -> Result<Vec<Section>> {
    let ledger = claimed(options, work)?;
    let page = work.file("report.html");
    let page = page.to_string_lossy();
    let questions: [(&str, &[&str]); 4] = [
        ("report", &["report"]),
        ("report --format csv", &["report", "--format", "csv"]),
        ("report --html FILE", &["report", "--html", &page]),
        ("advise --value 450", &["advise", "--value", "450", "--to", "US"]),
    ];
    let (mut rows, mut slowest) = (Vec::new(), Duration::ZERO);
    for (what, words) in questions {
        let mut series = Series::default();
        for round in 1..=options.runs {
            work.settle();
            let run = work.on(&ledger, DAY).accepting(&[0, 4]).words(words).run()?;
            eprintln!("  {round}: {what}: {} s", seconds(run.wall));
            series.push(run);
        }
        if words.first() == Some(&"report") {
            slowest = slowest.max(series.wall());
        }
        rows.push(vec![
            what.to_owned(),
            series.in_seconds(),
            series.cpu_seconds(),
            series.peak_megabytes(),
        ]);
    }
    let text = work.on(&ledger, DAY).words(&["report", "--format", "csv"]).output()?;
    let total = text.lines().nth(1).unwrap_or_default().split(',').collect::<Vec<_>>();
    let figure = |at: usize| total.get(at).and_then(|figure| figure.parse::<u64>().ok());
    let (parcels, claims) = (figure(6).unwrap_or(0), figure(11).unwrap_or(0));
    ensure!(parcels > 0 && claims > 0, "the report counts nothing: {text}");
    work.remove_database(&ledger);
    Ok(vec![Section {
        title: "Counting a large ledger".to_owned(),
        notes: vec![format!(
            "`report` over {} policies with {} claims, one process each; `advise` counts them as \
             well and prices every comparable parcel again.",
            grouped(parcels),
            grouped(claims)
        )],
        header: vec!["question", "seconds", "CPU seconds", "peak MB"],
        rows,
        verdicts: vec![Verdict {
            target: "report over 1,000,000 policies and 20,000 claims: 2 s".to_owned(),
            measured: format!("{} s", seconds(slowest)),
            met: Some(slowest <= MOST),
        }],
    }])
}

/// A ledger whose parcels were followed and, as far as they look lost, claimed.
fn claimed(options: &Options, work: &Work) -> Result<PathBuf> {
    let ledger = work.file("count.db");
    work.remove_database(&ledger);
    let on = |day: &str| work.on(&ledger, day);
    let parcels = work.generate("plain.csv", "plain", options.rows, 0)?;
    on(EXPORT_DAY).words(&["batch-insure", "--accept-terms"]).path(&parcels).run()?;
    let events = work.generate("all-events.csv", "events", options.rows, 0)?;
    on(EXPORT_DAY).words(&["track", "--input"]).path(&events).run()?;
    let list = work.file("claimable.txt");
    let words = ["search", "--claimable", "--limit", CLAIMS, "--format", "ids"];
    on(DAY).words(&words).writing(&list).run()?;
    file(work, &ledger, &list)?;
    Ok(ledger)
}

/// Files a claim for each parcel of the list; those that arrived damaged need an amount, and are
/// left out.
fn file(work: &Work, ledger: &Path, list: &Path) -> Result<()> {
    let words = ["claim", "file", "--reason", "loss", "-"];
    let task = work.on(ledger, DAY).accepting(&[0, 3]).words(&words).reading(list);
    task.run().map(drop)
}
