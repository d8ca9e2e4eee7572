//! `insure batch-insure`: a file of parcels, all of it or nothing.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::Session;
use super::args::{amount, cover};
use super::beside::{Access, Beside};
use super::explain::{self, Fates, ToExplain, Which};
use super::fx::{FxArgs, note_old_rates};
use super::input::{self, Bar, LayoutArgs};
use crate::error::{Error, Exit};
use crate::intake::{Joined, Kind, Options, Original, Trackings, copy_rejects};
use crate::ledger::Ledger;
use crate::ops::{Agreement, BatchOptions, BatchOutcome, BatchSummary, TermsInForce, insure_batch};

mod told;
use told::Told;

/// Cover a file of parcels; the layout is recognised by its header.
///
/// Takes the exports of TikTok Shop, Shopify, Amazon, eBay and shipping tools as downloaded (CSV or
/// XLSX), and the tool's own CSV; `insure layout list` names them. All of it is recorded, or nothing.
/// The same file again insures nothing twice.
///
/// Without --cover, parcels get the free cover and nothing is bought. A `cover` column in the file
/// decides for its row.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  insure batch-insure orders.csv
  insure batch-insure orders.csv --cover full --max-premium 500 --accept-terms
  insure batch-insure orders.csv --dry-run --rejects rejects.csv
  insure batch-insure shopify-orders.csv --tracking shipstation.csv
  insure batch-insure orders.csv --explain 7
  insure batch-insure - --format ndjson < orders.csv")]
pub(super) struct Args {
    /// The file, CSV or a workbook; - is stdin
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// A second file with the tracking numbers of the orders: a shipping tool's export, or two columns
    /// order_id and tracking_number; - is stdin
    #[arg(long, value_name = "FILE")]
    tracking: Option<PathBuf>,
    /// Read the file of tracking numbers in this layout instead of the one its header shows
    #[arg(long, value_name = "ID", requires = "tracking")]
    tracking_layout: Option<String>,
    /// How much cover: included (the free one), full, or an amount
    #[arg(long, value_name = "included|full|AMOUNT", default_value = "included")]
    cover: String,
    /// Decide everything, record nothing
    #[arg(long)]
    dry_run: bool,
    /// Write the rows that were refused, with line, code and reason, to this file
    #[arg(long, value_name = "FILE")]
    rejects: Option<PathBuf>,
    /// Record nothing if the premiums come to more than this, in the plan's currency
    #[arg(long, value_name = "AMOUNT", allow_negative_numbers = true)]
    max_premium: Option<String>,
    /// Accept the provider's one-time agreement
    #[arg(long)]
    accept_terms: bool,
    /// Show how this row became what it became, and record nothing: its line as messages say it, in a
    /// workbook its number; tracking:7 is one of the file of tracking numbers
    #[arg(long, value_name = "ROW", value_parser = explain::which, conflicts_with = "rejects")]
    explain: Option<Which>,
    #[command(flatten)]
    layout: LayoutArgs,
    #[command(flatten)]
    fx: FxArgs,
}

pub(super) fn run(args: Args, session: &mut Session<'_>) -> anyhow::Result<Exit> {
    let terms = args.fx.terms(session)?;
    let limit = args
        .max_premium
        .as_deref()
        .map(|text| amount("--max-premium", text, terms.plan().currency))
        .transpose()?;
    let mut options = BatchOptions {
        agreement: Agreement::No,
        choice: cover(&args.cover, args.fx.currency(&terms))?,
        today: session.today,
        dry_run: args.dry_run,
        zone_stated: args.layout.zone.is_some(),
        max_premium: limit,
        traced: None,
        source: args.file.display().to_string(),
    };
    let (tracking, layout) = (args.tracking.as_deref(), args.tracking_layout.as_deref());
    let asked = args.explain.and_then(Which::of_tracking);
    let trackings =
        input::tracking::read(tracking, layout, (&args.file, &args.layout), asked, session)?;
    if let Some(row) = args.explain {
        return explain_row(row, &args, &terms, options, trackings, session);
    }
    let inputs: Vec<&Path> =
        std::iter::once(&args.file).chain(&args.tracking).map(|p| &**p).collect();
    // Made before anything is recorded: what cannot be written should be known now.
    let rejects_file =
        args.rejects.as_deref().map(|path| wanted(path, &inputs, session)).transpose()?;
    let mut ledger = if args.dry_run { session.ledger_for_dry_run()? } else { session.ledger()? };
    let given = input::agreement(&ledger, terms.plan(), args.accept_terms)?;
    let (summary, mut told, original) =
        input::with_agreement(session, terms.plan(), given, |session, agreement| {
            options.agreement = agreement;
            let trackings = trackings.clone();
            cover_file(&args, trackings, &mut ledger, &terms, &options, session)
        })?;
    note_old_rates(&summary.rates, session)?;
    let rejects = told.take_rejects();
    let shown =
        told.show(&summary, &args.file, session).and_then(|()| Ok(session.world.stdout.flush()?));
    let shown = shown.and_then(|()| Ok(input::tell_reading(&original, session)?));
    let shown = shown.and_then(|()| match &summary.tracking {
        Some(joined) => Ok(input::tracking::tell(joined, original.name(), session)?),
        None => Ok(()),
    });
    // What was decided is told by now; a reader of it who has gone away does not want them less.
    if let (Some(path), Some(file)) = (&args.rejects, rejects_file) {
        file.fill(|out| Ok(copy_rejects(&original, &rejects, out)?))
            .map_err(|why| unwritten(path, &summary, &*why))?;
        let rows = if rejects.len() == 1 { "row" } else { "rows" };
        let with = match &args.tracking {
            Some(tracking) => format!(" with --tracking {}", tracking.display()),
            None => String::new(),
        };
        session.note(&format!(
            "{}: {} rejected {rows}, to be mended and fed back{with}",
            path.display(),
            rejects.len()
        ))?;
    }
    shown?;
    let unread = summary.tracking.as_ref().map_or(0, Joined::refused);
    Ok(if summary.refused + unread > 0 { Exit::Refused } else { Exit::Done })
}

/// How a row of the file became what it became; the decision is that of a dry run.
fn explain_row(
    which: Which,
    args: &Args,
    terms: &TermsInForce,
    mut options: BatchOptions,
    trackings: Option<Arc<Trackings>>,
    session: &mut Session<'_>,
) -> anyhow::Result<Exit> {
    let reading = args.layout.options(args.fx.currency(terms), args.fx.currency, session);
    let labels = trackings.as_ref().and_then(|trackings| trackings.original()).cloned();
    let reading = Options { trackings, ..reading };
    let file = ToExplain { path: &args.file, reading, wanted: &[Kind::Parcels] };
    explain::run(which, file, session, |reader, line, session| {
        options.dry_run = true;
        // The row is explained whatever the others come to; that is said beside it.
        let limit = options.max_premium.take();
        options.agreement = Agreement::Before;
        options.traced = Some(line);
        options.zone_stated = true;
        let mut ledger = session.ledger_for_dry_run()?;
        let given = input::agreement(&ledger, terms.plan(), args.accept_terms)?;
        let files: Vec<Original> = labels.into_iter().chain([reader.original()]).collect();
        let mut rows = Vec::new();
        let mut each = |outcome: &BatchOutcome<'_>| {
            if outcome.line == line {
                rows.push(told::fate(outcome));
            }
            Ok(())
        };
        let summary = insure_batch(&mut ledger, terms, reader, &options, &mut each, &mut || {})?;
        let over = limit.filter(|limit| summary.premium.minor() > limit.minor()).map(|limit| {
            format!(
                "Of this file nothing would be recorded: its premiums come to {}, more than the {limit} of --max-premium.",
                summary.premium
            )
        });
        let stated = args.layout.zone.is_some();
        let midnights = files.iter().filter_map(|file| explain::midnights(file, stated));
        let not_agreed = not_agreed(terms, given, &summary, session);
        let remarks: Vec<String> = over.into_iter().chain(midnights).chain(not_agreed).collect();
        Ok(Fates { rows, remark: (!remarks.is_empty()).then(|| remarks.join(" ")) })
    })
}

/// Why nothing would be recorded where cover is bought and the provider's agreement is not accepted.
fn not_agreed(
    terms: &TermsInForce,
    given: Agreement,
    summary: &BatchSummary,
    session: &Session<'_>,
) -> Option<String> {
    let asks = terms.on(session.today).is_ok_and(|terms| terms.version.agreement.is_some());
    let missing = given == Agreement::No && asks && !summary.premium.is_zero();
    let plan = &terms.plan().id;
    missing.then(|| {
        format!(
            "Of this file nothing would be recorded before the agreement of {plan} is accepted, as cover is \
             bought: --accept-terms, or once for all insure plan accept {plan}."
        )
    })
}

/// The file for rejected rows: never one that is read.
fn wanted(path: &Path, inputs: &[&Path], session: &Session<'_>) -> Result<Beside, Error> {
    let flag = ("--rejects", "the rejected rows");
    Beside::open(flag, path, inputs, Access::Owner, session)
}

/// Covers the file once; what came of it waits in `Told`.
fn cover_file(
    args: &Args,
    trackings: Option<Arc<Trackings>>,
    ledger: &mut Ledger,
    terms: &TermsInForce,
    options: &BatchOptions,
    session: &mut Session<'_>,
) -> Result<(BatchSummary, Told, Original), Error> {
    let currency = args.fx.currency(terms);
    let read = args.layout.options(currency, args.fx.currency, session);
    let reading = Options { keep: args.rejects.is_some(), trackings, ..read };
    let reader = input::open_whole(&args.file, reading, &[Kind::Parcels], session)?;
    let original = reader.original();
    let bar = Bar::new(&reader, session);
    let mut told = Told::new(session.format, session.paint, args.rejects.is_some())?;
    let mut each = |outcome: &BatchOutcome<'_>| told.take(outcome);
    let summary = insure_batch(ledger, terms, reader, options, &mut each, &mut || bar.tick());
    bar.end();
    Ok((summary?, told, original))
}

/// The batch is done and told, but its rejects cannot be written.
fn unwritten(path: &Path, summary: &BatchSummary, why: &dyn std::error::Error) -> Error {
    let done = match summary.batch {
        Some(batch) => format!("{batch} is recorded, but its"),
        None => "the".to_owned(),
    };
    Error::file(path, io::Error::other(format!("{done} rejected rows could not be written: {why}")))
}
