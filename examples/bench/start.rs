//! One answer at once: what `quote --value` takes beyond starting a program at all.

use anyhow::Result;

use crate::Options;
use crate::figures::{Series, dash, millis};
use crate::report::{Section, Verdict};
use crate::task::Task;
use crate::work::Work;

/// How often each program is started.
const STARTS: usize = 200;

/// What one value may take beyond an empty program, in microseconds.
const MOST: u128 = 3_000;

/// One value, priced.
pub(crate) fn one_value(_: &Options, work: &Work) -> Result<Vec<Section>> {
    let quote = work.insure().words(&["quote", "--value", "450"]);
    let version = work.insure().words(&["--version"]);
    let mut tasks: Vec<(&str, Task, Series)> = vec![
        ("insure quote --value 450", quote, Series::default()),
        ("insure --version", version, Series::default()),
    ];
    if let Some(empty) = work.empty() {
        tasks.push(("an empty program", empty, Series::default()));
    }
    // One start each that does not count: afterwards the programs are in the page cache.
    for round in 0..=STARTS {
        for (_, task, series) in &mut tasks {
            let run = task.start()?;
            if round > 0 {
                series.push(run);
            }
        }
    }
    let base = tasks.get(2).map(|(_, _, series)| series.wall());
    let above = |series: &Series| base.map(|base| series.wall().saturating_sub(base));
    let rows = tasks.iter().map(|(what, _, series)| {
        let beyond = above(series).map_or_else(dash, millis);
        vec![(*what).to_owned(), STARTS.to_string(), series.in_millis(), beyond]
    });
    let rows = rows.collect();
    let beyond = tasks.first().and_then(|(_, _, series)| above(series));
    let verdict = Verdict {
        target: "quote --value 450: at most 3 ms above process start".to_owned(),
        measured: beyond.map_or_else(
            || "rustc is not installed".to_owned(),
            |beyond| format!("{} ms", millis(beyond)),
        ),
        met: beyond.map(|beyond| beyond.as_micros() <= MOST),
    };
    Ok(vec![Section {
        title: "One value".to_owned(),
        notes: vec![format!(
            "Each program is started {STARTS} times, in turn, with its output to nowhere."
        )],
        header: vec!["program", "starts", "ms (min-max)", "ms above process start"],
        rows,
        verdicts: vec![verdict],
    }])
}
