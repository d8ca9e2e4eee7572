//! Asking a large ledger: `status` by tracking number, and a page of `search` by every filter.

use std::fs::{self, File};
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};

use crate::Options;
use crate::figures::{Series, dash, grouped, megabytes, millis, seconds};
use crate::find_queries::{Names, sample, searches};
use crate::report::{Section, Verdict};
use crate::task::Task;
use crate::work::{EXPORT_DAY, Work, bytes};

/// The day the questions are asked.
const DAY: &str = "2026-12-28";
/// How often each question is asked.
const ASKED: usize = 20;
/// Claims filed without documents.
const DRAFTS: usize = 120;
/// Claims filed with all their documents.
const COMPLETE: usize = 80;
/// Claims of each further status.
const EACH: usize = 20;
/// What `status` may take beyond process start.
const STATUS_MOST: Duration = Duration::from_millis(5);
/// What a page of `search` may take beyond process start.
const SEARCH_MOST: Duration = Duration::from_millis(20);

/// Records, follows, claims, and asks.
pub(crate) fn ledger(options: &Options, work: &Work) -> Result<Vec<Section>> {
    let parcels = work.generate("plain.csv", "plain", options.rows, 0)?;
    let names = sample(&parcels, options.rows, ASKED as u64)?;
    let events = work.generate("all-events.csv", "events", options.rows, 0)?;
    let events = most_events(work, &events, options.rows)?;
    let ledger = work.file("search.db");
    work.remove_database(&ledger);
    let record = work.on(&ledger, EXPORT_DAY).words(&["batch-insure", "--accept-terms"]);
    record.path(&parcels).run()?;
    let tracking = track(work, &ledger, &events)?;
    claim(work, &ledger)?;
    work.settle();
    let asking = ask(work, &ledger, &names)?;
    work.remove_database(&ledger);
    Ok(vec![tracking, asking])
}

/// The events without the last one in a hundred: those parcels are not scanned yet, and the very
/// last ones are cancelled.
fn most_events(work: &Work, all: &Path, rows: u64) -> Result<PathBuf> {
    let path = work.file("events.csv");
    let reader = BufReader::new(File::open(all).with_context(|| all.display().to_string())?);
    let mut writer = BufWriter::new(File::create(&path)?);
    let last = usize::try_from(rows)?;
    for (at, line) in reader.lines().enumerate() {
        let line = line?;
        if at <= last - last / 100 {
            writeln!(writer, "{line}")?;
        } else if at > last - EACH {
            let tracking = line.split(',').next().unwrap_or_default();
            writeln!(writer, "{tracking},cancelled,{EXPORT_DAY},")?;
        }
    }
    writer.flush()?;
    Ok(path)
}

/// Takes in what the carriers did.
fn track(work: &Work, ledger: &Path, events: &Path) -> Result<Section> {
    work.settle();
    let before = bytes(ledger)?;
    let mut series = Series::default();
    let words = ["--format", "json", "track", "--input"];
    let summary = work.file("tracked.json");
    let task = work.on(ledger, EXPORT_DAY).words(&words).path(events).writing(&summary);
    series.push(task.run()?);
    eprintln!("  track --input: {} s", seconds(series.wall()));
    let told: serde_json::Value = serde_json::from_slice(&fs::read(&summary)?)?;
    let rows = told["rows"].as_u64().unwrap_or_default();
    ensure!(told["recorded"].as_u64() == Some(rows), "not all events were recorded: {told}");
    Ok(Section {
        title: "Following parcels".to_owned(),
        notes: vec![format!(
            "`track --input`: a file with one carrier event for 99 of 100 parcels of a ledger, in \
             the order in which they were recorded; every event changes its policy. Run once. The \
             ledger grows from {} MB to {} MB.",
            megabytes(before),
            megabytes(bytes(ledger)?)
        )],
        header: vec!["what", "rows", "MB read", "seconds", "CPU seconds", "peak MB"],
        rows: vec![vec![
            "track --input".to_owned(),
            grouped(rows),
            megabytes(bytes(events)?),
            seconds(series.wall()),
            series.cpu_seconds(),
            series.peak_megabytes(),
        ]],
        verdicts: Vec::new(),
    })
}

/// Files claims the way a user would, so that every claim status but `paid` has its rows.
fn claim(work: &Work, ledger: &Path) -> Result<()> {
    let (invoice, affidavit) = (work.file("invoice.txt"), work.file("affidavit.txt"));
    fs::write(&invoice, "invoice")?;
    fs::write(&affidavit, "affidavit")?;
    let limit = (DRAFTS + COMPLETE).to_string();
    let words = ["search", "--claimable", "--limit", &limit, "--format", "ids"];
    let ids = work.on(ledger, DAY).words(&words).output()?;
    let ids: Vec<&str> = ids.lines().collect();
    let Some((drafts, complete)) = ids.split_at_checked(DRAFTS) else {
        bail!("only {} parcels can be claimed", ids.len());
    };
    let list = work.file("ids.txt");
    fs::write(&list, drafts.join("\n"))?;
    let file = || work.on(ledger, DAY).words(&["claim", "file", "--reason", "loss"]);
    file().words(&["-"]).reading(&list).run()?;
    let documents = [
        format!("--evidence=invoice={}", invoice.display()),
        format!("--evidence=affidavit={}", affidavit.display()),
        format!("--dated={DAY}"),
    ];
    let documents: Vec<&str> = documents.iter().map(String::as_str).collect();
    for id in complete {
        file().words(&documents).words(&[id]).run()?;
    }
    let decide = |ids: &[&str], words: &[&str]| -> Result<()> {
        ids.iter().try_for_each(|id| {
            work.on(ledger, DAY).words(&["claim"]).words(words).words(&["--", id]).run().map(drop)
        })
    };
    let mut rest = complete.chunks(EACH);
    let mut next = || rest.next().unwrap_or_default();
    decide(next(), &["decide", "--accepted"])?;
    decide(next(), &["decide", "--rejected", "no proof of value"])?;
    decide(next(), &["decide", "--needs-info", "a clearer invoice"])?;
    decide(drafts.get(..EACH).unwrap_or_default(), &["withdraw"])?;
    eprintln!("  filed {} claims", ids.len());
    Ok(())
}

/// A question: its words, and the commands that ask it, each in its turn.
struct Question {
    words: String,
    tasks: Vec<Task>,
    most: Duration,
}

/// Asks everything, in turn with an empty program.
fn ask(work: &Work, ledger: &Path, names: &[Names]) -> Result<Section> {
    let on = || work.on(ledger, DAY).accepting(&[0, 4]);
    let status = |name: &Names| on().words(&["status", &name.tracking]);
    let mut questions = vec![Question {
        words: "status TRACKING".to_owned(),
        tasks: names.iter().map(status).collect(),
        most: STATUS_MOST,
    }];
    let order = names.first().map_or("", |name| name.order.as_str());
    for words in searches(order) {
        let page = ["search", "--limit", "50", "--format", "csv"];
        let task = on().words(&page).words(&words.split_whitespace().collect::<Vec<_>>());
        let words = format!("search {words}").trim_end().to_owned();
        questions.push(Question { words, tasks: vec![task], most: SEARCH_MOST });
    }
    let empty = work.empty();
    let (mut rows, mut found_status) = (Vec::new(), None);
    let (mut late, mut slowest) = (Vec::new(), Duration::ZERO);
    let searched = questions.len() - 1;
    for question in &questions {
        let (mut series, mut base) = (Series::default(), Series::default());
        let mut found = 0;
        for task in &question.tasks {
            // Also the start that does not count: afterwards what it reads is in the page cache.
            found = task.output()?.lines().count();
        }
        for task in question.tasks.iter().cycle().take(ASKED) {
            if let Some(empty) = &empty {
                base.push(empty.start()?);
            }
            series.push(task.start()?);
        }
        let above = empty.as_ref().map(|_| series.wall().saturating_sub(base.wall()));
        let in_time = above.map(|above| above <= question.most);
        let is_search = question.words.starts_with("search");
        match above {
            Some(above) if is_search => {
                slowest = slowest.max(above);
                if in_time == Some(false) {
                    late.push(format!("`{}`", question.words));
                }
            }
            above => found_status = above,
        }
        rows.push(vec![
            question.words.clone(),
            if is_search { found.saturating_sub(1).to_string() } else { dash() },
            series.in_millis(),
            above.map_or_else(dash, millis),
            in_time.map_or_else(dash, |met| if met { "yes" } else { "no" }.to_owned()),
        ]);
    }
    eprintln!("  asked {} questions {ASKED} times", questions.len());
    let or_missing = |known: Option<String>| known.unwrap_or("rustc is not installed".to_owned());
    let measured = empty.as_ref().map(|_| {
        let in_time = searched - late.len();
        format!("{in_time} of {searched} searches; slowest {} ms", millis(slowest))
    });
    Ok(Section {
        title: "Asking a large ledger".to_owned(),
        notes: vec![
            format!(
                "The ledger of the section before, with {} claims filed and decided. Each question \
                 is one process, started {ASKED} times in turn with an empty program; `status` asks \
                 for {ASKED} different parcels. A search writes its first 50 rows as CSV. The last \
                 one looks for an order number.",
                DRAFTS + COMPLETE
            ),
            match late.as_slice() {
                [] => "No search takes more than 20 ms above process start.".to_owned(),
                late => format!("More than 20 ms above process start: {}.", late.join(", ")),
            },
        ],
        header: vec!["question", "rows", "ms (min-max)", "ms above process start", "in time"],
        rows,
        verdicts: vec![
            Verdict {
                target: "status by tracking number in 1,000,000 policies: 5 ms above process start"
                    .to_owned(),
                measured: or_missing(found_status.map(|above| format!("{} ms", millis(above)))),
                met: found_status.map(|above| above <= STATUS_MOST),
            },
            Verdict {
                target: "search for a page of 50 by any filter: 20 ms above process start"
                    .to_owned(),
                measured: or_missing(measured),
                met: empty.as_ref().map(|_| late.is_empty()),
            },
        ],
    })
}
