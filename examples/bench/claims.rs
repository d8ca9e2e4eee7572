//! The two commands of a morning in a large ledger: what can still be claimed, and what is due.

use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use insure::calendar::{Day, parse_day};
use insure::claim::{ClaimStatus, Decision, Incident, Payment};
use insure::ledger::{About, Event, Filter, Ledger, LedgerError};
use insure::number::ClaimNo;
use insure::ops::{EvidenceFolder, Filed, Given, Request, file_claim};

use crate::Options;
use crate::figures::{Series, dash, grouped, millis, seconds};
use crate::report::{Section, Verdict};
use crate::task::Task;
use crate::work::{EXPORT_DAY, Work};

/// The day the last parcels arrive.
const ARRIVED: &str = "2026-11-28";
/// The day the claims are filed, and the one they are decided on.
const FILED: &str = "2026-12-14";
const DECIDED: &str = "2026-12-16";
/// The day the questions are asked.
const DAY: &str = "2027-01-04";
/// How often each question is asked.
const ASKED: usize = 20;
/// Claims on a million policies.
const CLAIMS: u64 = 20_000;
/// Of so many parcels that were on their way at the export one has not arrived since.
const MISSING: usize = 3;
/// One of so many arrives damaged.
const DAMAGED: usize = 200;
/// What a page may take beyond process start, and what totals may.
const PAGE_MOST: Duration = Duration::from_millis(20);
const TOTALS_MOST: Duration = Duration::from_millis(300);

/// The questions: pages first, then totals.
const PAGES: [&str; 7] = [
    "search --claimable",
    "search --claimable=damage",
    "search --due 7d",
    "due",
    "due --within 30d",
    "due --kind decision",
    "due --kind claim",
];
const TOTALS: [&str; 4] =
    ["search --claimable --totals", "search --totals", "due --totals", "due --within 30d --totals"];

/// Records, follows, claims, and asks.
pub(crate) fn morning(options: &Options, work: &Work) -> Result<Vec<Section>> {
    let parcels = work.generate("plain.csv", "plain", options.rows, 0)?;
    let events = work.generate("all-events.csv", "events", options.rows, 0)?;
    let events = some_weeks_on(work, &events)?;
    let ledger = work.file("morning.db");
    work.remove_database(&ledger);
    let begun = Instant::now();
    let record = work.on(&ledger, EXPORT_DAY).words(&["batch-insure", "--accept-terms"]);
    record.path(&parcels).run()?;
    work.on(&ledger, DAY).words(&["track", "--input"]).path(&events).run()?;
    let claims = claim(work, &ledger, CLAIMS * options.rows / 1_000_000)?;
    eprintln!("  a ledger with {claims} claims: {} s", seconds(begun.elapsed()));
    work.settle();
    let section = ask(work, &ledger, claims)?;
    work.remove_database(&ledger);
    Ok(vec![section])
}

/// The events, some weeks on: most of what was on its way has arrived, some of it damaged.
fn some_weeks_on(work: &Work, all: &Path) -> Result<PathBuf> {
    let path = work.file("morning-events.csv");
    let reader = BufReader::new(File::open(all).with_context(|| all.display().to_string())?);
    let mut writer = BufWriter::new(File::create(&path)?);
    for (at, line) in reader.lines().enumerate() {
        let line = line?;
        match line.split_once(",scanned,") {
            Some((tracking, _)) if at % MISSING != 0 => {
                writeln!(writer, "{tracking},delivered,{ARRIVED},")?;
            }
            _ => writeln!(writer, "{line}")?,
        }
        if let Some((tracking, _)) = line.split_once(",delivered,").filter(|_| at % DAMAGED == 0) {
            writeln!(writer, "{tracking},damaged,{ARRIVED},")?;
        }
    }
    writer.flush()?;
    Ok(path)
}

/// Files claims on what can be claimed soonest, through the library: two in five are drafts; of the
/// others some are decided, one way or the other, some paid, some taken back.
fn claim(work: &Work, path: &Path, wanted: u64) -> Result<u64> {
    let day = |text: &str| parse_day(text).map_err(anyhow::Error::msg);
    let (filed_on, decided_on) = (day(FILED)?, day(DECIDED)?);
    let mut ledger = Ledger::open(path)?;
    let mut ids = Vec::new();
    let filter = Filter {
        claimable: true,
        looks_like: Some(insure::policy::Look::Loss),
        limit: Some(wanted),
        ..Filter::default()
    };
    ledger.search(&filter, filed_on, |policy| {
        ids.push(policy.no.to_string());
        Ok::<(), LedgerError>(())
    })?;
    let folder = EvidenceFolder::beside(path);
    let given = |kind: &str| -> Result<Given> {
        let path = work.file(&format!("{kind}.txt"));
        std::fs::write(&path, kind)?;
        Ok(Given { kind: kind.to_owned(), path, dated: Some(filed_on) })
    };
    let numbered = ids.iter().cloned().enumerate();
    let (drafts, complete): (Vec<_>, Vec<_>) = numbered.partition(|(at, _)| at % 5 < 2);
    let [drafts, complete] =
        [drafts, complete].map(|ids| ids.into_iter().map(|(_, id)| id).collect::<Vec<_>>());
    ensure!(ids.len() as u64 > wanted / 2, "only {} parcels can be claimed", ids.len());
    let mut request = Request {
        incident: Incident::Loss,
        amount: None,
        stated: Vec::new(),
        evidence: Vec::new(),
        is_return: false,
    };
    file_claim(&mut ledger, &folder, &drafts, &request, filed_on, false)?;
    request.evidence = vec![given("invoice")?, given("affidavit")?];
    let filed = file_claim(&mut ledger, &folder, &complete, &request, filed_on, false)?;
    let filed = filed.iter().filter_map(|filed| match filed {
        Filed::Filed(claim) => claim.no,
        _ => None,
    });
    decide(&mut ledger, filed.collect(), decided_on)?;
    Ok(ids.len() as u64)
}

/// Of every twelve claims under review seven are decided or taken back.
fn decide(ledger: &mut Ledger, claims: Vec<ClaimNo>, on: Day) -> Result<()> {
    let mut write = ledger.write()?;
    for (at, no) in claims.into_iter().enumerate() {
        let status = match at % 12 {
            0 | 1 => ClaimStatus::Accepted,
            2 => ClaimStatus::Paid,
            3 | 4 => ClaimStatus::Rejected,
            5 => ClaimStatus::NeedsInfo,
            6 => ClaimStatus::Withdrawn,
            _ => continue,
        };
        let mut claim = write.claim(no)?.context("a claim that was filed")?;
        let granted = matches!(status, ClaimStatus::Accepted | ClaimStatus::Paid);
        let (amount, reason) = (granted.then_some(claim.payable), (!granted).then_some("as said"));
        claim.decision = Some(Decision { on, amount, reason: reason.map(str::to_owned) });
        claim.status = status;
        if status == ClaimStatus::Paid {
            let payment = Payment { on, amount: claim.payable, reference: String::new() };
            write.add_payment(no, &payment)?;
        }
        let (about, kind) = (About::Claim(no), "claim_decided".to_owned());
        let detail = serde_json::json!({ "status": status, "amount": amount });
        write.update_claim(&claim, &Event { on, about, kind, detail })?;
    }
    Ok(write.commit()?)
}

/// Asks everything, in turn with an empty program.
fn ask(work: &Work, ledger: &Path, claims: u64) -> Result<Section> {
    let on = |words: &str| {
        let words: Vec<&str> = words.split_whitespace().collect();
        work.on(ledger, DAY).accepting(&[0, 4]).words(&words).words(&["--format", "csv"])
    };
    let pages = PAGES.map(|words| (words, on(words).words(&["--limit", "50"]), PAGE_MOST));
    let totals = TOTALS.map(|words| (words, on(words), TOTALS_MOST));
    let empty = work.empty();
    let mut rows = Vec::new();
    let mut slowest = [None, None];
    for (words, task, most) in pages.iter().chain(&totals) {
        let (rows_found, series, above) = measure(task, empty.as_ref())?;
        ensure!(rows_found > 0, "`{words}` finds nothing: the ledger is not what it should be");
        let place = usize::from(*most == TOTALS_MOST);
        slowest[place] = slowest[place].max(above);
        rows.push(vec![
            (*words).to_owned(),
            rows_found.to_string(),
            series.in_millis(),
            above.map_or_else(dash, millis),
            above.map_or_else(dash, |above| if above <= *most { "yes" } else { "no" }.to_owned()),
        ]);
    }
    let told = |slowest: Option<Duration>| match slowest {
        Some(slowest) => format!("slowest {} ms", millis(slowest)),
        None => "rustc is not installed".to_owned(),
    };
    let verdict = |target: &str, slowest: Option<Duration>, most: Duration| Verdict {
        target: target.to_owned(),
        measured: told(slowest),
        met: slowest.map(|slowest| slowest <= most),
    };
    Ok(Section {
        title: "The two commands of a morning".to_owned(),
        notes: vec![format!(
            "A ledger with {} claims, two in five of them drafts, the others in every other state; \
             one parcel in {DAMAGED} came damaged, some thousands are missing. A page is the first 50 rows as CSV, totals \
             are over all that match. Each question is one process, started {ASKED} times in turn \
             with an empty program.",
            grouped(claims)
        )],
        header: vec!["question", "rows", "ms (min-max)", "ms above process start", "in time"],
        rows,
        verdicts: vec![
            verdict(
                "a page of what is claimable or due: 20 ms above process start",
                slowest[0],
                PAGE_MOST,
            ),
            verdict("its totals: 300 ms above process start", slowest[1], TOTALS_MOST),
        ],
    })
}

/// How many rows a question finds, what it takes, and what of that is above process start.
fn measure(task: &Task, empty: Option<&Task>) -> Result<(usize, Series, Option<Duration>)> {
    let (mut series, mut base) = (Series::default(), Series::default());
    // Also the start that does not count: afterwards what it reads is in the page cache.
    let found = task.output()?.lines().count().saturating_sub(1);
    for _ in 0..ASKED {
        if let Some(empty) = empty {
            base.push(empty.start()?);
        }
        series.push(task.start()?);
    }
    let above = empty.map(|_| series.wall().saturating_sub(base.wall()));
    Ok((found, series, above))
}
