//! Pricing a file row by row: `quote --input` against tools made for such work.

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;

use anyhow::{Context, Result};

use crate::Options;
use crate::figures::{Series, dash, grouped, megabytes, ratio, seconds};
use crate::peers::{self, PRICERS};
use crate::report::{Section, Verdict};
use crate::task::Task;
use crate::work::{EXPORT_DAY, Work, bytes};

/// A peer, what it took and whether it wrote the same.
struct Peer {
    tool: &'static str,
    task: Task,
    series: Series,
    same: bool,
}

/// A million rows to CSV.
pub(crate) fn file(options: &Options, work: &Work) -> Result<Vec<Section>> {
    let input = work.generate("quote.csv", "plain", options.rows, 0)?;
    let output = work.file("priced-insure.csv");
    let words = ["--quiet", "--today", EXPORT_DAY, "--format", "csv", "quote", "--input"];
    let ours = work.insure().words(&words).path(&input).writing(&output);
    let mut series = Series::default();
    let mut peers: Vec<Peer> = Vec::new();
    for tool in PRICERS.into_iter().filter(|tool| peers::installed(tool)) {
        let written = work.file(&format!("priced-{tool}.csv"));
        let task = peers::pricer(work, tool, &input, &written)?;
        peers.push(Peer { tool, task, series: Series::default(), same: false });
    }
    for round in 1..=options.runs {
        work.settle();
        let run = ours.run()?;
        eprintln!("  {round}: quote --input: {} s", seconds(run.wall));
        series.push(run);
        for peer in &mut peers {
            work.settle();
            let run = peer.task.run()?;
            eprintln!("  {round}: {}: {} s", peer.tool, seconds(run.wall));
            peer.series.push(run);
            if round == 1 {
                peer.same = same(&output, &work.file(&format!("priced-{}.csv", peer.tool)))?;
            }
        }
    }

    let (read, written) = (bytes(&input)?, bytes(&output)?);
    let row = |what: &str, series: &Series, ratio: String, same: &str| {
        vec![
            what.to_owned(),
            grouped(options.rows),
            megabytes(read),
            megabytes(written),
            series.in_seconds(),
            series.cpu_seconds(),
            series.peak_megabytes(),
            ratio,
            same.to_owned(),
        ]
    };
    let mut table = vec![row("insure quote --input", &series, dash(), "")];
    let mut verdicts = Vec::new();
    for tool in PRICERS {
        let target = format!("quote --input of 1,000,000 rows: faster than {tool}");
        let Some(peer) = peers.iter().find(|peer| peer.tool == tool) else {
            let measured = format!("{tool} is not installed");
            verdicts.push(Verdict { target, measured, met: None });
            continue;
        };
        let times = ratio(series.wall(), peer.series.wall());
        table.push(row(tool, &peer.series, times.clone(), if peer.same { "yes" } else { "no" }));
        verdicts.push(if peer.same {
            let met = Some(series.wall() < peer.series.wall());
            Verdict { target, measured: format!("{times} x"), met }
        } else {
            Verdict { target, measured: "it wrote something else".to_owned(), met: None }
        });
    }
    Ok(vec![Section {
        title: "Pricing a file".to_owned(),
        notes: vec![
            "From a CSV file to a CSV file: value, included cover, cover, uninsured value, premium \
             of each row. The peers do the same arithmetic and write the same columns; their files \
             are compared with ours byte for byte, and one that differs has no ratio. They know \
             this one file (the awks split it at commas, no rates are looked up, nothing is \
             checked); `insure` reads any CSV and checks every field."
                .to_owned(),
        ],
        header: vec![
            "program",
            "rows",
            "MB read",
            "MB written",
            "seconds (min-max)",
            "CPU seconds",
            "peak MB",
            "insure takes",
            "same bytes",
        ],
        rows: table,
        verdicts,
    }])
}

/// Whether two files hold the same bytes.
fn same(one: &Path, other: &Path) -> Result<bool> {
    let open = |path: &Path| -> Result<_> {
        let file = File::open(path).with_context(|| path.display().to_string())?;
        Ok(BufReader::with_capacity(1 << 16, file).bytes())
    };
    if bytes(one)? != bytes(other)? {
        return Ok(false);
    }
    for (a, b) in open(one)?.zip(open(other)?) {
        if a? != b? {
            return Ok(false);
        }
    }
    Ok(true)
}
