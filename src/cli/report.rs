//! `insure report`: what cover cost and what it paid; what is lost and late; what is still to be had.
//!
//! - `row.rs`: a group as a row; `sheet.rs`: the groups as tables with bars

mod row;
mod sheet;

use std::path::PathBuf;

use serde_json::json;

use super::Session;
use super::args::country;
use super::beside::{Access, Beside};
use super::search::days;
use super::view::{Format, Layout, Shape, document, list};
use crate::calendar::{Day, parse_day};
use crate::error::{Error, Exit};
use crate::ledger::Days;
use crate::ops::{ReportScope, report};
use crate::parcel::Country;
use crate::report::{By, Group, Report, page};
use row::GroupRow;

/// What cover cost and what it paid, what is lost and late, what can still be claimed.
///
/// By month, carrier, route, category and plan: premium, cover, claims, payouts, loss ratio. By carrier and
/// destination (lane): how many parcels were lost or late, with the interval in which the true rate
/// lies with 95 %, so that three parcels do not look like a trend. Amounts of different currencies
/// are never added up.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  insure report
  insure report --by lane --to DE
  insure report --shipped-from 2026-07-01 --html report.html
  insure report --format csv > report.csv")]
pub(super) struct Args {
    /// Only these tables: month, carrier, route, category, plan, lane, missed; commas between
    /// several [default: all]
    #[arg(long, value_name = "WHAT", value_delimiter = ',', value_parser = by)]
    by: Vec<By>,
    /// Carrier, in either case
    #[arg(long, value_name = "NAME")]
    carrier: Option<String>,
    /// Country they go to
    #[arg(long, value_name = "COUNTRY", value_parser = country)]
    to: Option<Country>,
    /// Shipped on this day or later
    #[arg(long, value_name = "DATE", value_parser = parse_day)]
    shipped_from: Option<Day>,
    /// Shipped on this day or before
    #[arg(long, value_name = "DATE", value_parser = parse_day)]
    shipped_to: Option<Day>,
    /// Recorded on this day or later
    #[arg(long, value_name = "DATE", value_parser = parse_day)]
    created_from: Option<Day>,
    /// Recorded on this day or before
    #[arg(long, value_name = "DATE", value_parser = parse_day)]
    created_to: Option<Day>,
    /// Count as late what was delivered more than so many days after its ship date
    /// [default: the plan's own threshold, 30d where it names none]
    #[arg(long, value_name = "DAYS", value_parser = days)]
    late_after: Option<u32>,
    /// Write it as a page with charts to this file as well: one file, nothing is loaded from anywhere
    #[arg(long, value_name = "FILE")]
    html: Option<PathBuf>,
}

fn by(word: &str) -> Result<By, String> {
    By::from_word(word).ok_or_else(By::expected)
}

pub(super) fn run(args: Args, session: &mut Session<'_>) -> anyhow::Result<Exit> {
    if session.format == Format::Ids {
        return Err(Error::usage(
            "a report has no identifiers to list",
            "leave --format ids out; parcels are listed by insure search",
        )
        .into());
    }
    let ledger = session.existing_ledger()?;
    // Made before anything is counted: what cannot be written should be known now.
    let html = args.html.as_deref().map(|path| {
        let flag = ("--html", "the page");
        Beside::open(flag, path, &[], Access::Usual, session)
    });
    let html = html.transpose()?;
    let scope = ReportScope {
        plan: session.plan_filter.clone(),
        carrier: args.carrier.clone(),
        to: args.to,
        days: Days {
            shipped: (args.shipped_from, args.shipped_to),
            recorded: (args.created_from, args.created_to),
        },
        late_after: args.late_after,
    };
    let mut report = report(&ledger, &scope, session.today)?;
    let wanted =
        |group: &Group| args.by.is_empty() || group.by == By::Total || args.by.contains(&group.by);
    report.groups.retain(wanted);
    let limits = told_limits(&scope);
    show(&report, &limits, session)?;
    if let (Some(file), Some(path)) = (html, &args.html) {
        session.world.stdout.flush()?;
        let text = page(&report, &limits)
            .map_err(|why| Error::file(path, std::io::Error::other(why.to_string())))?;
        file.fill(|out| Ok(out.write_all(text.as_bytes())?))
            .map_err(|why| Error::file(path, std::io::Error::other(why.to_string())))?;
        session.note(&format!("{}: the report as a page", path.display()))?;
    }
    if let Some(told) = report.unread_told() {
        session.note(&format!("note: {told}"))?;
    }
    if report.is_empty() {
        session.note("nothing matches")?;
        return Ok(Exit::NotFound);
    }
    let rates = report.by(By::Total).fold((0, 0), |(delivered, lost), group| {
        (delivered + group.rates.delivered, lost + group.rates.lost)
    });
    if let (0, 1..) = rates {
        session.note(
            "note: no delivery is recorded, so every parcel past its waiting period counts as lost; \
             insure track --input takes in what the carriers say",
        )?;
    }
    Ok(Exit::Done)
}

fn show(report: &Report, limits: &[String], session: &mut Session<'_>) -> anyhow::Result<()> {
    match session.format.shape() {
        Shape::Sheet => {
            let text = sheet::sheet(report, limits, session.paint);
            session.world.stdout.write_all(text.as_bytes())?;
        }
        Shape::Document(Layout::Indented) => {
            let groups: Vec<_> = report.groups.iter().map(|g| GroupRow(g).as_json()).collect();
            let value = json!({
                "today": report.today,
                "recorded_from": report.recorded.map(|(first, _)| first),
                "recorded_to": report.recorded.map(|(_, last)| last),
                "limited_to": limits,
                "late_after": report.late,
                "groups": groups,
            });
            document(Layout::Indented, session.world.stdout, &value)?;
        }
        Shape::Document(Layout::Line) | Shape::Csv | Shape::Ids => {
            let rows = report.groups.iter().map(GroupRow);
            list(session.format, session.world.stdout, session.paint, rows)?;
        }
    }
    Ok(())
}

/// What the report is limited to, in words.
fn told_limits(scope: &ReportScope) -> Vec<String> {
    let mut told = Vec::new();
    if let Some(plan) = &scope.plan {
        told.push(format!("plan {plan}"));
    }
    if let Some(carrier) = &scope.carrier {
        told.push(format!("carrier {carrier}"));
    }
    if let Some(to) = scope.to {
        told.push(format!("to {to}"));
    }
    let mut days = |what: &str, (first, last): (Option<Day>, Option<Day>)| match (first, last) {
        (Some(first), Some(last)) => told.push(format!("{what} {first} to {last}")),
        (Some(first), None) => told.push(format!("{what} since {first}")),
        (None, Some(last)) => told.push(format!("{what} until {last}")),
        (None, None) => {}
    };
    days("shipped", scope.days.shipped);
    days("recorded", scope.days.recorded);
    told
}
