//! `insure track`: what carriers did, one event or a file.
//!
//! - `told.rs`: what is told of a file: its sums, rows that were not taken in, parcels that are not insured

mod told;

use std::borrow::Cow;
use std::path::PathBuf;

use super::Session;
use super::explain::{self, Fate, Fates, ToExplain, Which};
use super::input::{self, Bar, LayoutArgs};
use super::view::{Cells, Format, Row, Waiting, as_value, list};
use crate::calendar::{Day, parse_day};
use crate::error::{Error, Exit};
use crate::intake::Kind;
use crate::number::PolicyNo;
use crate::ops::{TrackOptions, TrackRow, TrackSummary, track_file, track_one};
use crate::parcel::{CarrierEvent, Ids};
use crate::policy::Effect;
use told::Told;

/// Record what the carrier did: label, scan, delivery, trouble, cancellation.
///
/// One event typed by hand, a CSV of events (tracking_number, event, at, note), or a newer order
/// export: its label, shipping, delivery and cancellation times are taken in. Events may come in any
/// order and more than once.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Events: labelled, scanned, moved, delivered, cancelled, damaged, lost, returned

Examples:
  insure track 9400111899562743815201 scanned --at 2026-11-03
  insure track --input carrier-events.csv
  insure track --input orders-today.csv")]
pub(super) struct Args {
    /// Tracking, package, order or policy number
    #[arg(value_name = "ID", required_unless_present = "input", requires = "event")]
    id: Option<String>,
    /// What happened
    #[arg(value_name = "EVENT", value_parser = event)]
    event: Option<CarrierEvent>,
    /// The day it happened [default: today]
    #[arg(long, value_name = "DATE", value_parser = parse_day)]
    at: Option<Day>,
    /// A remark that is kept with it
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,
    /// Take in a file instead; - is stdin
    #[arg(long, short, value_name = "FILE", conflicts_with_all = ["id", "event", "at", "note"])]
    input: Option<PathBuf>,
    /// Decide everything, record nothing
    // `requires` alone says nothing where `input` is ruled out.
    #[arg(long, requires = "input", conflicts_with = "id")]
    dry_run: bool,
    /// Show how this row became what it became, and record nothing: its line as messages say it, in a
    /// workbook its number
    #[arg(long, value_name = "ROW", value_parser = explain::row, requires = "input",
          conflicts_with = "id")]
    explain: Option<Which>,
    #[command(flatten)]
    layout: LayoutArgs,
}

fn event(word: &str) -> Result<CarrierEvent, String> {
    CarrierEvent::from_word(word).ok_or_else(CarrierEvent::expected)
}

pub(super) fn run(args: Args, session: &mut Session<'_>) -> anyhow::Result<Exit> {
    session.existing_ledger()?;
    if let Some(path) = &args.input {
        return file(path, &args, session);
    }
    let (Some(id), Some(event)) = (&args.id, args.event) else {
        return Err(Error::usage(
            "what happened is not stated",
            "insure track ID EVENT, see insure track --help",
        )
        .into());
    };
    let on = args.at.unwrap_or(session.today);
    let mut ledger = session.ledger()?;
    let tracked = track_one(&mut ledger, id, event, on, args.note.as_deref(), session.today)?;
    let row = TrackedRow {
        line: None,
        ids: &tracked.ids,
        policy: Some(tracked.policy),
        happened: Some((event, on)),
        result: tracked.effect.word(),
        reason: None,
    };
    if session.format == Format::Table {
        writeln!(
            session.world.stdout,
            "{}  {} on {on}: {}",
            tracked.policy,
            event.word(),
            effect_sentence(tracked.effect)
        )?;
        return Ok(Exit::Done);
    }
    list(session.format, session.world.stdout, session.paint, [row])?;
    Ok(Exit::Done)
}

fn file(path: &std::path::Path, args: &Args, session: &mut Session<'_>) -> anyhow::Result<Exit> {
    let currency = session.terms()?.plan().currency;
    let options = args.layout.options(currency, None, session);
    let wanted = [Kind::Parcels, Kind::Events];
    if let Some(which) = args.explain {
        let file = ToExplain { path, reading: options, wanted: &wanted };
        return explain::run(which, file, session, |mut reader, line, session| {
            let mut ledger = session.ledger()?;
            let options = TrackOptions { today: session.today, dry_run: true, zone_stated: true };
            let mut rows = Vec::new();
            let mut each = |row: TrackRow<'_>| {
                let row = TrackedRow::of(&row);
                if row.line == Some(line) {
                    rows.push(Fate { row: as_value(&row), price: None });
                }
                Ok(())
            };
            track_file(&mut ledger, &mut reader, options, &mut each, &mut || {})?;
            let remark = explain::midnights(&reader.original(), args.layout.zone.is_some());
            Ok(Fates { rows, remark })
        });
    }
    let mut reader = input::open_whole(path, options, &wanted, session)?;
    let mut ledger = session.ledger()?;
    let options = TrackOptions {
        today: session.today,
        dry_run: args.dry_run,
        zone_stated: args.layout.zone.is_some(),
    };
    let bar = Bar::new(&reader, session);
    // Shown only once everything is on disk.
    let mut rows = Waiting::new::<TrackedRow<'_>>(session.format, session.paint)?;
    let mut told = Told::new(session.format);
    let summary = track_file(
        &mut ledger,
        &mut reader,
        options,
        &mut |row| {
            told.take(&row);
            Ok(rows.push(&TrackedRow::of(&row))?)
        },
        &mut || bar.tick(),
    );
    bar.end();
    let summary = summary?;
    rows.show::<TrackedRow<'_>>(session.world.stdout)?;
    told.show(&summary, session)?;
    input::tell_reading(&reader.original(), session)?;
    let TrackSummary { recorded, already_known, not_insured, bad, .. } = summary;
    if recorded + already_known + not_insured + bad > 0 {
        input::tell_skipped(&reader, session)?;
    } else {
        let (name, rows) = (reader.original().name().to_owned(), summary.accounted.told());
        let rows = if rows.is_empty() { "it has no rows".to_owned() } else { rows };
        session.note(&format!("{name}: nothing happened to an insured parcel: {rows}"))?;
    }
    Ok(match summary {
        TrackSummary { bad: 1.., .. } => Exit::Refused,
        TrackSummary { recorded: 0, already_known: 0, .. } => Exit::NotFound,
        _ => Exit::Done,
    })
}

fn effect_sentence(effect: Effect) -> &'static str {
    match effect {
        Effect::Recorded => "recorded",
        Effect::AlreadyKnown => "known already",
        Effect::BecameEffective => "the cover is effective",
        Effect::RefundUndone => {
            "it was scanned after all: the cover is effective, the refund is undone and the premium due"
        }
        Effect::Cancelled => "the cover ends, the premium is refunded",
        Effect::CancelledTooLate => {
            "recorded; the carrier had scanned it, so the cover stays and no premium is refunded"
        }
    }
}

/// One event and what it did.
struct TrackedRow<'a> {
    line: Option<u64>,
    ids: &'a Ids,
    policy: Option<PolicyNo>,
    happened: Option<(CarrierEvent, Day)>,
    result: &'static str,
    reason: Option<Cow<'a, str>>,
}

impl<'a> TrackedRow<'a> {
    fn of(row: &'a TrackRow<'a>) -> TrackedRow<'a> {
        let unknown = |line, ids: &'a Ids, result, reason| TrackedRow {
            line: Some(line),
            ids,
            policy: None,
            happened: None,
            result,
            reason,
        };
        match row {
            TrackRow::Tracked { line, tracked } => TrackedRow {
                line: Some(*line),
                ids: &tracked.ids,
                policy: Some(tracked.policy),
                happened: Some((tracked.event, tracked.on)),
                result: tracked.effect.word(),
                reason: None,
            },
            TrackRow::NotInsured { line, ids, .. } => {
                let covered = told::order_covered(row).map(Cow::from);
                unknown(*line, ids, "not_insured", covered)
            }
            TrackRow::Refused { line, ids, code, reason } => {
                unknown(*line, ids, code, Some(Cow::from(reason)))
            }
            TrackRow::Bad(bad) => unknown(bad.line, &bad.ids, bad.code, Some(bad.told().into())),
        }
    }
}

impl Row for TrackedRow<'_> {
    const COLUMNS: &'static [&'static str] = &[
        "line",
        "order_id",
        "package_id",
        "tracking_number",
        "policy",
        "event",
        "on",
        "result",
        "reason",
    ];

    fn cells(&self, out: &mut dyn Cells) {
        match self.line {
            Some(line) => out.number(line),
            None => out.none(),
        }
        for id in [&self.ids.order, &self.ids.package, &self.ids.tracking] {
            out.text_or_none(id.as_deref());
        }
        out.text_or_none(self.policy.map(|no| no.to_string()).as_deref());
        out.text_or_none(self.happened.map(|(event, _)| event.word()));
        out.day_or_none(self.happened.map(|(_, on)| on));
        out.text(self.result);
        out.text_or_none(self.reason.as_deref());
    }

    fn id(&self) -> String {
        self.policy.map(|no| no.to_string()).unwrap_or_default()
    }
}
