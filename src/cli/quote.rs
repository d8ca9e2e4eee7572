//! `insure quote`: one value at once, under one plan or several, or a file row by row. No ledger is
//! opened.
//!
//! - `compare.rs`: several plans for one parcel; `offer.rs`: a plan among them as a row
//! - `row.rs`: a priced parcel as a row

mod compare;
mod offer;
mod row;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde_json::json;

use super::args::{IdArgs, ParcelArgs, cover};
use super::explain::{self, Fates, ToExplain, Which};
use super::fx::{FxArgs, note_conversions, note_old_rates, stated};
use super::hints::Hints;
use super::view::{Format, Listing, Rows, Shape, document, folded, list, printable};
use super::{Session, input};
use crate::error::{Error, Exit};
use crate::intake::{Joined, Kind, Options};
use crate::money::{Currency, grouped};
use crate::ops::{Doubts, QuotedFile, RatesUsed, TermsInForce, quote_file, quote_one};
use crate::parcel::{CoverChoice, Label, Parcel};
use crate::plan::{Until, names_several};
use crate::rules::{
    Assumed, GoodsStanding, Quote, Terms, Trace, Unstated, assumed, doubt, goods_standing, limited,
    total_loss_pays, unstated,
};
use row::PricedRow;

/// What does it cost to cover this parcel? One value, or a file row by row.
///
/// Answers at once and opens no ledger. Without --cover the price is that of full cover. With
/// --plan all, or several ids with commas between, the plans stand side by side.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  insure quote --value 450
  insure quote --product 430 --coupon 10 --shipping 10 --explain
  insure quote --value 450 --to DE --plan all
  insure quote --value 450 --currency EUR --fx EUR=1.0850
  insure quote --input orders.csv --format csv > priced.csv
  insure quote --input shopify-orders.csv --tracking shipstation.csv
  insure quote --input orders.csv --explain 7")]
pub(super) struct Args {
    #[command(flatten)]
    parcel: ParcelArgs,
    #[command(flatten)]
    ids: IdArgs,
    /// How much cover: included (the free one), full, or an amount [default: full]
    #[arg(long, value_name = "included|full|AMOUNT")]
    cover: Option<String>,
    /// The label exists already, so nothing can be bought any more
    #[arg(long)]
    label_exists: bool,
    /// Show each step: rule, clause, source, before, after; with --input, how this row became what it
    /// became: its line as messages say it, in a workbook its number; tracking:7 is one of the file of
    /// tracking numbers
    #[arg(long, value_name = "ROW", num_args = 0..=1, value_parser = explain::which)]
    explain: Option<Option<Which>>,
    /// Price each row of a file; - is stdin. With it --tracking names a second file, which has the
    /// tracking numbers of the orders
    #[arg(long, short, value_name = "FILE", conflicts_with_all = ["value", "product", "label_exists"])]
    input: Option<PathBuf>,
    /// Read the file of tracking numbers in this layout instead of the one its header shows
    #[arg(long, value_name = "ID", requires_all = ["input", "tracking"])]
    tracking_layout: Option<String>,
    #[command(flatten)]
    layout: input::LayoutArgs,
    #[command(flatten)]
    fx: FxArgs,
}

impl Args {
    /// The cover asked for, amounts in this currency.
    fn choice(&self, currency: Currency) -> Result<CoverChoice, Error> {
        match &self.cover {
            Some(text) => cover(text, currency),
            None => Ok(CoverChoice::Full),
        }
    }

    /// The parcel, its value in this currency.
    fn parcel(&self, currency: Currency) -> Result<Parcel, Error> {
        let parcel = self.parcel.parcel(self.ids.ids(), currency)?;
        let label = if self.label_exists { Label::Exists(None) } else { parcel.label };
        Ok(Parcel { label, ..parcel })
    }
}

pub(super) fn run(args: Args, session: &mut Session<'_>) -> anyhow::Result<Exit> {
    if args.input.is_none()
        && let Some(Some(row)) = args.explain
    {
        return Err(Error::usage(
            format!("--explain {} asks about a row, and no file is named", row.typed()),
            "name it with --input FILE; --explain alone shows how one value is priced",
        )
        .into());
    }
    if names_several(&session.plan) {
        return compare::run(&args, session);
    }
    let terms = args.fx.terms(session)?;
    let currency = args.fx.currency(&terms);
    let choice = args.choice(currency)?;
    if let Some(path) = &args.input {
        return file(path, &args, &terms, choice, session);
    }
    let mut parcel = args.parcel(currency)?;
    let (in_force, quote) = quote_one(&terms, &mut parcel, choice, session.today, Trace::on())?;
    note_old_rates(&RatesUsed::of(&parcel, session.today), session)?;
    match session.format.shape() {
        Shape::Sheet => {
            let text = sheet(in_force, &parcel, &quote, &args, session);
            session.world.stdout.write_all(text.as_bytes())?;
        }
        Shape::Document(layout) => {
            let not_stated = unstated(in_force, &parcel, args.parcel.states_fulfilment());
            let value = as_json(in_force, &parcel, &quote, &not_stated);
            document(layout, session.world.stdout, &value)?;
        }
        Shape::Csv | Shape::Ids => {
            let row = PricedRow::one(in_force, &parcel, &quote);
            list(session.format, session.world.stdout, session.paint, [row])?;
        }
    }
    Ok(match &quote.refused {
        Some(refusal) if session.format == Format::Table => {
            return Err(Error::Refused(refusal.clone()).into());
        }
        Some(_) => Exit::Refused,
        None => Exit::Done,
    })
}

/// The quote for a person: figures, what is assumed, until when it can be bought.
fn sheet(
    terms: Terms<'_>,
    parcel: &Parcel,
    quote: &Quote,
    args: &Args,
    session: &Session<'_>,
) -> String {
    let figures = &quote.figures;
    let mut list = Listing::new(session.paint);
    let figures_assumed = assumed(terms, quote.basis);
    let premium_note = figures_assumed.iter().map(Assumed::told).collect::<Vec<_>>();
    let capped = !quote.stays_uninsured.is_zero() && figures.bought();
    list.amount("Package value", figures.package_value, stated(parcel));
    let free = if figures.included_cover.is_zero() { "" } else { "free with every parcel" };
    list.amount("Included cover", figures.included_cover, free);
    list.amount("Uninsured value", quote.uninsured_value, "");
    let note =
        if capped { format!("{} stays uninsured", quote.stays_uninsured) } else { String::new() };
    list.amount("Cover", figures.cover, note);
    list.amount("Premium", figures.premium, premium_note.join("; "));
    let total_loss = total_loss_pays(terms, parcel, figures);
    if let Some((pays, _)) = total_loss {
        list.amount("Total loss pays", pays, "less than the cover");
    }
    let mut text = list.render();
    let mut say = |line: &str| text.push_str(&folded(line, 0, session.paint.width));
    let plan = terms.plan;
    let what = plan.kind.caution().map_or(String::new(), |caution| format!(" ({caution})"));
    say("");
    say(&format!("{}{what}, terms of {}", plan.name, terms.version.effective));
    let not_stated = unstated(terms, parcel, args.parcel.states_fulfilment());
    what_to_buy(terms, parcel, quote, not_stated.is_empty()).iter().for_each(|line| say(line));
    if let Some((pays, clause)) = total_loss {
        say(&format!("A total loss pays {pays}: {}", clause.text));
    }
    match goods_standing(terms, parcel) {
        Some(GoodsStanding::Doubtful(doubt)) => {
            say(&format!("Note: {} (insure plan show {}).", printable(&doubt.told()), plan.id));
        }
        Some(GoodsStanding::Clear { stated, kinds }) => {
            let stated = printable(stated);
            say(&match kinds {
                1 => format!("`{stated}` is by name not the 1 kind that is excluded."),
                kinds => format!("`{stated}` is none of the {kinds} excluded kinds by name."),
            });
        }
        None => {}
    }
    if !not_stated.is_empty() {
        let told: Vec<String> = not_stated.iter().map(|fact| taken(fact, &plan.id)).collect();
        say(&format!("Not stated: {}.", told.join("; ")));
    }
    for figure in &figures_assumed {
        say("");
        say(&format!("{} is {}: {}", figure.figure, figure.confidence.word(), figure.text));
    }
    if args.explain.is_some() {
        text.push_str(&explained(&quote.trace, session));
    }
    text
}

/// Whether more cover can be had, until when and by whom, a sentence each. No more than was stated
/// is claimed.
fn what_to_buy(terms: Terms<'_>, parcel: &Parcel, quote: &Quote, all_stated: bool) -> Vec<String> {
    let figures = &quote.figures;
    let purchase = &terms.version.purchase;
    if figures.package_value == figures.included_cover {
        let as_far = if all_stated { "" } else { ", as far as is stated" };
        return vec![format!("Nothing to buy: the included cover reaches{as_far}.")];
    }
    let mut told = Vec::new();
    if quote.refused.is_some() || matches!(parcel.label, Label::Exists(_)) {
        return told;
    }
    if let Some((most, why)) = limited(terms, parcel, figures) {
        if figures.cover.minor() >= most.minor() {
            told.push(format!("{}: {}", why.reason, why.text));
        }
        if most.minor() <= figures.included_cover.minor() {
            return told;
        }
    }
    if purchase.until == Until::Never {
        told.push("No more cover is sold.".to_owned());
        return told;
    }
    let by = purchase.by.map_or(String::new(), |party| format!(" by the {party}"));
    told.push(format!("More cover can be bought{by} until {}.", purchase.until.words()));
    told
}

/// A fact that was not stated, and what is taken; of goods, where to read which are excluded.
fn taken(fact: &Unstated, plan: &str) -> String {
    match kinds_excluded(fact) {
        Some(kinds) => format!("{} ({kinds}: insure plan show {plan})", fact.told()),
        None => fact.told(),
    }
}

fn kinds_excluded(fact: &Unstated) -> Option<String> {
    match fact.excluded_kinds {
        0 => None,
        1 => Some("1 kind is excluded".to_owned()),
        many => Some(format!("{many} kinds are excluded")),
    }
}

/// How many parcels of a file are in doubt, by the excluded kinds they name; `None` where none is.
pub(super) fn told_doubts(doubts: &Doubts) -> Option<String> {
    let each: Vec<String> = doubts.iter().map(|(name, n)| format!("{name} {}", count(n))).collect();
    let parcels = match doubts.parcels() {
        0 => return None,
        1 => "1 parcel names".to_owned(),
        many => format!("{} parcels name", count(many)),
    };
    Some(format!("{parcels} goods that may not be covered: {}", each.join(", ")))
}

fn count(n: u64) -> String {
    grouped(&n.to_string())
}

/// The steps of a decision, each with its clause in words.
pub(super) fn explained(trace: &Trace, session: &Session<'_>) -> String {
    let heading = session.paint.heading("How it was decided");
    format!("\n{heading}\n{}", steps(trace, session.paint.width))
}

fn steps(trace: &Trace, width: Option<u16>) -> String {
    let mut text = String::new();
    for (at, step) in trace.steps().iter().enumerate() {
        let head = format!("{}. {}: {} -> {}", at + 1, step.rule, step.before, step.after);
        let clause = format!("clause {} ({}): {}", step.clause, step.source, step.text);
        text.push_str(&folded(&head, 0, width));
        text.push_str(&folded(&clause, 3, width));
    }
    text
}

fn as_json(
    terms: Terms<'_>,
    parcel: &Parcel,
    quote: &Quote,
    not_stated: &[Unstated],
) -> serde_json::Value {
    let figures = &quote.figures;
    json!({
        "plan": terms.plan.id,
        "version": terms.version.effective,
        "kind": terms.plan.kind,
        "caution": terms.plan.kind.caution(),
        "currency": terms.plan.currency,
        "fx": parcel.stated,
        "package_value": figures.package_value,
        "included_cover": figures.included_cover,
        "cover": figures.cover,
        "uninsured_value": quote.uninsured_value,
        "stays_uninsured": quote.stays_uninsured,
        "premium": figures.premium,
        "total_loss_pays": total_loss_pays(terms, parcel, figures).map(|(pays, _)| pays),
        "buy_until": terms.version.purchase.until,
        "assumed": assumed(terms, quote.basis),
        "unstated": not_stated,
        "doubt": doubt(terms, parcel),
        "refused": quote.refused,
        "trace": quote.trace,
    })
}

fn file(
    path: &Path,
    args: &Args,
    terms: &TermsInForce,
    choice: CoverChoice,
    session: &mut Session<'_>,
) -> anyhow::Result<Exit> {
    let currency = args.fx.currency(terms);
    let read = args.layout.options(currency, args.fx.currency, session);
    let (tracking, layout) = (args.ids.tracking.as_deref(), args.tracking_layout.as_deref());
    let asked = args.explain.flatten().and_then(Which::of_tracking);
    let orders = (path, &args.layout);
    let trackings = input::tracking::read(tracking.map(Path::new), layout, orders, asked, session)?;
    let options = Options { ids_optional: true, trackings, ..read };
    match args.explain {
        Some(Some(which)) => {
            let file = ToExplain { path, reading: options, wanted: &[Kind::Parcels] };
            return explain::run(which, file, session, |mut reader, line, session| {
                let mut rows = Vec::new();
                quote_file(terms, &mut reader, choice, session.today, Some(line), |row| {
                    let priced = PricedRow::of(&row);
                    if priced.is_on(line) {
                        rows.push(row::fate(&row, &priced));
                    }
                    Ok(())
                })?;
                Ok(Fates { rows, remark: None })
            });
        }
        Some(None) => {
            return Err(Error::usage(
                "--explain is about one row of a file, and none is named",
                "name its line, as messages say it: --explain 7",
            )
            .into());
        }
        None => {}
    }
    let mut reader = input::open(path, options, &[Kind::Parcels], session)?;
    let format = if session.format == Format::Table && session.world.stdout_width.is_none() {
        // A table has to be held whole; a pipe gets the streaming form of the same columns.
        Format::Csv
    } else {
        session.format
    };
    let today = session.today;
    let mut rows = Rows::new::<PricedRow<'_>>(format, &mut *session.world.stdout, session.paint);
    let mut hints = Hints::default();
    let done = quote_file(terms, &mut reader, choice, today, None, |row| {
        let priced = PricedRow::of(&row);
        if let Some((code, hint)) = priced.hint() {
            hints.take(code, hint);
        }
        Ok(rows.push(&priced)?)
    })?;
    rows.finish::<PricedRow<'_>>()?;
    input::tell_reading(&reader.original(), session)?;
    let joined = reader.joined();
    if let Some(joined) = &joined {
        input::tracking::tell(joined, reader.original().name(), session)?;
    }
    if !done.accounted.one_each {
        let (name, rows) = (reader.original().name().to_owned(), count(done.rows));
        session.note(&format!("{name}: {rows} rows: {}", done.accounted.told("priced")))?;
    }
    session.note(&one_line(&done))?;
    if let Some(told) = told_uncovered(&done) {
        session.note(&format!("note: {told}"))?;
    }
    for hint in hints.told() {
        session.note(&hint)?;
    }
    if let Some(told) = told_doubts(&done.doubts) {
        session.note(&format!("note: {told}"))?;
    }
    note_conversions(&done.rates, session)?;
    note_old_rates(&done.rates, session)?;
    let unread = joined.as_ref().map_or(0, Joined::refused);
    Ok(if done.is_refused() || unread > 0 { Exit::Refused } else { Exit::Done })
}

/// How many priced parcels have no cover at all, not even a free one.
fn told_uncovered(done: &QuotedFile) -> Option<String> {
    let all: u64 = done.uncovered.values().sum();
    let each: Vec<String> =
        done.uncovered.iter().map(|(code, n)| format!("{} {code}", count(*n))).collect();
    let told = match all {
        0 => return None,
        1 => "1 priced parcel has no cover, and batch-insure refuses it".to_owned(),
        all => {
            format!("{} priced parcels have no cover, and batch-insure refuses them", count(all))
        }
    };
    Some(format!("{told} ({})", each.join(", ")))
}

/// What a file came to: `9 parcels: 6 priced (for less cover than asked: 2 label_exists), 1 cancelled,
/// 2 refused (2 not_covered_fulfilment); cover 1,640.00 USD, premium 3.75 USD`.
fn one_line(done: &QuotedFile) -> String {
    let all = |codes: &BTreeMap<String, u64>| count(codes.values().sum());
    let each = |codes: &BTreeMap<String, u64>| {
        let each = codes.iter().map(|(code, n)| format!("{} {code}", count(*n)));
        each.collect::<Vec<_>>().join(", ")
    };
    let parcels = if done.parcels() == 1 { "parcel" } else { "parcels" };
    let less = match done.less.is_empty() {
        true => String::new(),
        false => format!(" (for less cover than asked: {})", each(&done.less)),
    };
    let refused = match done.refused.is_empty() {
        true => String::new(),
        false => format!(" ({})", each(&done.refused)),
    };
    format!(
        "{} {parcels}: {} priced{less}, {} cancelled, {} refused{refused}; cover {}, premium {}",
        count(done.parcels()),
        count(done.priced),
        count(done.cancelled),
        all(&done.refused),
        done.cover,
        done.premium
    )
}
