//! `insure batch-insure`: a file of parcels, all of it or nothing.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufWriter, Seek, Write};
use std::path::PathBuf;

use super::Session;
use super::args::{amount, cover};
use super::input::{self, Bar, Consent, LayoutArgs, accepted_before, agree};
use super::view::{Aligned, Cells, Format, Listing, Row, Rows, document, printable};
use crate::error::{Error, Exit};
use crate::intake::{Kind, Options, copy_rejects};
use crate::ledger::Ledger;
use crate::money::Money;
use crate::number::PolicyNo;
use crate::ops::{BatchOptions, BatchOutcome, BatchSummary, Decision, insure_batch};
use crate::parcel::Ids;
use crate::policy::Figures;
use crate::rules::Terms;

/// Refusals that a table lists one by one; the rest are counted.
const LISTED: usize = 20;

/// Cover a file of parcels; the layout is recognised by its header.
///
/// Takes the TikTok Shop order export as downloaded (CSV or XLSX) and the tool's own CSV. All of it
/// is recorded, or nothing. The same file again insures nothing twice.
///
/// Without --cover, parcels get the free cover and nothing is bought. A `cover` column in the file
/// decides for its row.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  insure batch-insure orders.csv
  insure batch-insure orders.csv --cover full --max-premium 500 --accept-terms
  insure batch-insure orders.csv --dry-run --rejects rejects.csv
  insure batch-insure - --format ndjson < orders.csv")]
pub(super) struct Args {
    /// The file, CSV or XLSX; - is stdin
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// How much cover: included (the free one), full, or an amount
    #[arg(long, value_name = "included|full|AMOUNT", default_value = "included")]
    cover: String,
    /// Decide everything, record nothing
    #[arg(long)]
    dry_run: bool,
    /// Write the rows that were refused, with line, code and reason, to this file
    #[arg(long, value_name = "FILE")]
    rejects: Option<PathBuf>,
    /// Record nothing if the premiums come to more than this
    #[arg(long, value_name = "AMOUNT")]
    max_premium: Option<String>,
    /// Accept the provider's one-time agreement
    #[arg(long)]
    accept_terms: bool,
    #[command(flatten)]
    layout: LayoutArgs,
}

pub(super) fn run(args: Args, session: &mut Session<'_>) -> anyhow::Result<Exit> {
    let terms = session.terms()?;
    let currency = terms.plan().currency;
    let limit = args
        .max_premium
        .as_deref()
        .map(|text| amount("--max-premium", text, currency))
        .transpose()?;
    let options = BatchOptions {
        choice: cover(&args.cover, currency)?,
        today: session.today,
        dry_run: args.dry_run,
        max_premium: limit,
        source: args.file.display().to_string(),
    };
    let reading = Options { keep: args.rejects.is_some(), ..args.layout.options(currency) };
    let reader = input::open(&args.file, reading, &[Kind::Parcels], session)?;
    let original = reader.original();
    // Made before anything is recorded: what cannot be written should be known now.
    let rejects_file = args.rejects.as_ref().map(create).transpose()?;
    let mut ledger = if args.dry_run { session.ledger_for_dry_run()? } else { session.ledger()? };
    let bar = Bar::new(&reader, session);
    let consent = Consent { given: args.accept_terms, can_ask: session.world.can_ask };
    let stderr = &mut *session.world.stderr;
    let mut ask = |ledger: &Ledger, terms: Terms<'_>| {
        let before = accepted_before(ledger, terms.plan)?;
        bar.aside(|| agree(consent, terms, before, &mut *stderr))
    };
    let mut told = Told::new(session.format, session.paint, args.rejects.is_some())?;
    let summary = insure_batch(
        &mut ledger,
        &terms,
        reader,
        &options,
        &mut ask,
        &mut |outcome| told.take(outcome),
        &mut || bar.tick(),
    );
    bar.end();
    let summary = summary?;
    if let (Some(path), Some(mut file)) = (&args.rejects, rejects_file) {
        copy_rejects(&original, &told.rejects, &mut file).map_err(Error::from)?;
        file.flush().map_err(|why| Error::file(path, why))?;
    }
    told.show(&summary, session)?;
    if let (Some(path), true) = (&args.rejects, summary.refused > 0) {
        session.note(&format!(
            "rejected rows: {} (mend them and run batch-insure on that file)",
            path.display()
        ))?;
    }
    Ok(if summary.refused > 0 { Exit::Refused } else { Exit::Done })
}

fn create(path: &PathBuf) -> Result<BufWriter<File>, Error> {
    File::create(path).map(BufWriter::new).map_err(|why| Error::file(path, why))
}

/// What is told of the decisions. Nothing is shown before they are on disk, so the rows of a
/// streaming format wait in a temporary file.
struct Told {
    format: Format,
    rows: Option<Rows<BufWriter<File>>>,
    kept: Option<File>,
    listed: Vec<[String; 4]>,
    rejects: BTreeMap<u64, (String, String)>,
    keep_rejects: bool,
}

impl Told {
    fn new(format: Format, paint: super::view::Paint, keep_rejects: bool) -> Result<Told, Error> {
        let streams = matches!(format, Format::Ndjson | Format::Csv | Format::Ids);
        let (rows, kept) = if streams {
            let kept = tempfile::tempfile()?;
            let rows =
                Rows::new::<DecidedRow<'_>>(format, BufWriter::new(kept.try_clone()?), paint);
            (Some(rows), Some(kept))
        } else {
            (None, None)
        };
        Ok(Told { format, rows, kept, listed: Vec::new(), rejects: BTreeMap::new(), keep_rejects })
    }

    fn take(&mut self, outcome: &BatchOutcome<'_>) -> Result<(), Error> {
        let row = DecidedRow::of(outcome);
        if let Some((code, reason)) = row.refusal() {
            if self.listed.len() < LISTED {
                let line = outcome.line.to_string();
                self.listed.push([
                    line,
                    printable(outcome.ids.shown()),
                    code.to_owned(),
                    printable(reason),
                ]);
            }
            if self.keep_rejects {
                for line in std::iter::once(&outcome.line).chain(outcome.more_lines) {
                    self.rejects.insert(*line, (code.to_owned(), reason.to_owned()));
                }
            }
        }
        match &mut self.rows {
            // Only what is covered has an id for the next command.
            Some(rows) if self.format != Format::Ids || row.policy.is_some() => {
                Ok(rows.push(&row)?)
            }
            _ => Ok(()),
        }
    }

    fn show(mut self, summary: &BatchSummary, session: &mut Session<'_>) -> anyhow::Result<()> {
        if let (Some(rows), Some(mut kept)) = (self.rows.take(), self.kept.take()) {
            rows.finish::<DecidedRow<'_>>()?;
            kept.rewind()?;
            std::io::copy(&mut kept, session.world.stdout)?;
        }
        match self.format {
            Format::Table => {
                let text = self.table(summary, session);
                session.world.stdout.write_all(text.as_bytes())?;
            }
            Format::Json | Format::Ndjson => {
                let value = serde_json::to_value(summary)?;
                document(self.format, session.world.stdout, &value)?;
            }
            Format::Csv | Format::Ids => session.note(&one_line(summary))?,
        }
        Ok(())
    }

    fn table(&self, summary: &BatchSummary, session: &Session<'_>) -> String {
        let mut text = String::new();
        if !self.listed.is_empty() {
            let mut list = Listing::new(session.paint);
            list.head(["line", "parcel", "refused", "reason"].map(str::to_owned).into_iter());
            for cells in &self.listed {
                list.row(cells.iter().cloned().map(Aligned::Left).collect());
            }
            text.push_str(&list.render());
            let more = summary.refused.saturating_sub(self.listed.len() as u64);
            if more > 0 {
                text.push_str(&format!("... and {more} more; --rejects FILE keeps them all\n"));
            }
            text.push('\n');
        }
        let mut list = Listing::new(session.paint);
        let count = |n: u64| Aligned::Right(crate::money::grouped(&n.to_string()));
        let mut line = |name: &str, n: u64, note: String| {
            list.row(vec![Aligned::Left(name.to_owned()), count(n), Aligned::Left(note)]);
        };
        line("Rows", summary.rows, String::new());
        line("Parcels", summary.parcels, String::new());
        let bought = if summary.bought > 0 {
            format!("{} with bought cover", summary.bought)
        } else {
            String::new()
        };
        line("Insured", summary.insured, bought);
        line("Already insured", summary.already_insured, String::new());
        line(
            "Cancelled orders",
            summary.cancelled,
            if summary.cancelled > 0 { "skipped".to_owned() } else { String::new() },
        );
        let codes: Vec<String> =
            summary.refusals.iter().map(|r| format!("{} {}", r.count, r.code)).collect();
        line("Refused", summary.refused, codes.join(", "));
        list.amount("Cover", summary.cover, "");
        list.amount("Stays uninsured", summary.stays_uninsured, "");
        let note = if summary.assumed {
            "rests on an assumed rate: see insure quote --explain"
        } else {
            ""
        };
        list.amount("Premium", summary.premium, note);
        text.push_str(&list.render());
        text.push_str(&match (summary.dry_run, summary.batch) {
            (true, _) => "\nDry run: nothing was recorded.\n".to_owned(),
            (false, Some(batch)) => format!("\nRecorded as {batch}.\n"),
            (false, None) => "\nNothing new to record.\n".to_owned(),
        });
        text
    }
}

fn one_line(summary: &BatchSummary) -> String {
    format!(
        "{} parcels: {} insured, {} already insured, {} cancelled, {} refused; cover {}, premium {}{}",
        summary.parcels,
        summary.insured,
        summary.already_insured,
        summary.cancelled,
        summary.refused,
        summary.cover,
        summary.premium,
        if summary.dry_run { "; dry run, nothing was recorded" } else { "" }
    )
}

/// One decision, as a row.
struct DecidedRow<'a> {
    line: u64,
    ids: &'a Ids,
    decision: &'static str,
    policy: Option<PolicyNo>,
    figures: Option<&'a Figures>,
    stays_uninsured: Option<Money>,
    code: Option<&'a str>,
    reason: Option<&'a str>,
    clause: Option<&'a str>,
}

impl<'a> DecidedRow<'a> {
    fn of(outcome: &'a BatchOutcome<'a>) -> DecidedRow<'a> {
        let mut row = DecidedRow {
            line: outcome.line,
            ids: outcome.ids,
            decision: "refused",
            policy: None,
            figures: None,
            stays_uninsured: None,
            code: None,
            reason: None,
            clause: None,
        };
        let refusal = match outcome.decision {
            Decision::Insured { policy, quote } => {
                row.decision = "insured";
                row.policy = *policy;
                row.figures = Some(&quote.figures);
                row.stays_uninsured = Some(quote.stays_uninsured);
                quote.refused.as_ref()
            }
            Decision::AlreadyInsured { policy, refused } => {
                row.decision = "already_insured";
                row.policy = *policy;
                refused.as_ref()
            }
            Decision::Refused(refusal) => Some(refusal),
            Decision::Cancelled => {
                row.decision = "order_cancelled";
                None
            }
            Decision::Bad(bad) => {
                row.code = Some(bad.code);
                row.reason = Some(&bad.reason);
                None
            }
        };
        if let Some(refusal) = refusal {
            row.code = Some(refusal.code);
            row.reason = Some(&refusal.reason);
            row.clause = Some(&refusal.clause);
        }
        row
    }

    fn refusal(&self) -> Option<(&'a str, &'a str)> {
        Some((self.code?, self.reason?))
    }
}

impl Row for DecidedRow<'_> {
    const COLUMNS: &'static [&'static str] = &[
        "line",
        "order_id",
        "package_id",
        "tracking_number",
        "decision",
        "policy",
        "package_value",
        "included_cover",
        "cover",
        "premium",
        "stays_uninsured",
        "code",
        "reason",
        "clause",
    ];

    fn cells(&self, out: &mut dyn Cells) {
        out.number(self.line);
        for id in [&self.ids.order, &self.ids.package, &self.ids.tracking] {
            out.text_or_none(id.as_deref());
        }
        out.text(self.decision);
        match self.policy {
            Some(policy) => out.text(&policy.to_string()),
            None => out.none(),
        }
        out.money_or_none(self.figures.map(|f| f.package_value));
        out.money_or_none(self.figures.map(|f| f.included_cover));
        out.money_or_none(self.figures.map(|f| f.cover));
        out.money_or_none(self.figures.map(|f| f.premium));
        out.money_or_none(self.stays_uninsured);
        out.text_or_none(self.code);
        out.text_or_none(self.reason);
        out.text_or_none(self.clause);
    }

    fn id(&self) -> String {
        self.policy.map(|no| no.to_string()).unwrap_or_default()
    }
}
