//! `insure quote`: one value at once, under one plan or several, or a file row by row. No ledger is
//! opened.
//!
//! - `compare.rs`: several plans for one parcel; `offer.rs`: a plan among them as a row
//! - `row.rs`: a priced parcel as a row

mod compare;
mod offer;
mod row;

use std::path::PathBuf;

use serde_json::json;

use super::args::{IdArgs, ParcelArgs, cover};
use super::fx::{FxArgs, note_conversions, note_old_rates, stated};
use super::view::{Format, Listing, Rows, Shape, document, list};
use super::{Session, input};
use crate::error::{Error, Exit};
use crate::intake::{Kind, Options};
use crate::money::Currency;
use crate::ops::{RatesUsed, TermsInForce, quote_file, quote_one};
use crate::parcel::{CoverChoice, Label, Parcel};
use crate::plan::{Until, names_several};
use crate::rules::{Assumed, Quote, Terms, Trace, Unstated, assumed, limited, unstated};
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
  insure quote --input orders.csv --format csv > priced.csv")]
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
    /// Show each step: rule, clause, source, before, after
    #[arg(long)]
    explain: bool,
    /// Price each row of a file; - is stdin
    #[arg(long, short, value_name = "FILE", conflicts_with_all = ["value", "product", "explain", "label_exists"])]
    input: Option<PathBuf>,
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
            let text = sheet(in_force, &parcel, &quote, args.explain, session);
            session.world.stdout.write_all(text.as_bytes())?;
        }
        Shape::Document(layout) => {
            document(layout, session.world.stdout, &as_json(in_force, &parcel, &quote))?;
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
    explain: bool,
    session: &Session<'_>,
) -> String {
    let figures = &quote.figures;
    let mut list = Listing::new(session.paint);
    let figures_assumed = assumed(terms, quote.basis);
    let premium_note = figures_assumed.iter().map(Assumed::told).collect::<Vec<_>>();
    let capped = !quote.stays_uninsured.is_zero() && figures.cover != figures.included_cover;
    list.amount("Package value", figures.package_value, stated(parcel));
    let free = if figures.included_cover.is_zero() { "" } else { "free with every parcel" };
    list.amount("Included cover", figures.included_cover, free);
    list.amount("Uninsured value", quote.uninsured_value, "");
    let note =
        if capped { format!("{} stays uninsured", quote.stays_uninsured) } else { String::new() };
    list.amount("Cover", figures.cover, note);
    list.amount("Premium", figures.premium, premium_note.join("; "));
    let mut text = list.render();
    let plan = terms.plan;
    let what = plan.kind.caution().map_or(String::new(), |caution| format!(" ({caution})"));
    text.push_str(&format!("\n{}{what}, terms of {}\n", plan.name, terms.version.effective));
    let not_stated = unstated(terms, parcel);
    text.push_str(&what_to_buy(terms, parcel, quote, not_stated.is_empty()));
    if !not_stated.is_empty() {
        let told: Vec<String> = not_stated.iter().map(|fact| taken(fact, &plan.id)).collect();
        text.push_str(&format!("Not stated: {}.\n", told.join("; ")));
    }
    for figure in &figures_assumed {
        text.push_str(&format!(
            "\n{} is {}: {}\n",
            figure.figure,
            figure.confidence.word(),
            figure.text
        ));
    }
    if explain {
        text.push_str(&explained(&quote.trace, session));
    }
    text
}

/// Whether more cover can be had, until when and by whom. No more than was stated is claimed.
fn what_to_buy(terms: Terms<'_>, parcel: &Parcel, quote: &Quote, all_stated: bool) -> String {
    let figures = &quote.figures;
    let purchase = &terms.version.purchase;
    if figures.package_value == figures.included_cover {
        let as_far = if all_stated { "" } else { ", as far as is stated" };
        return format!("Nothing to buy: the included cover reaches{as_far}.\n");
    }
    if quote.refused.is_some() || matches!(parcel.label, Label::Exists(_)) {
        return String::new();
    }
    let mut text = String::new();
    if let Some((most, why)) = limited(terms, parcel, figures) {
        if figures.cover.minor() >= most.minor() {
            text = format!("{}: {}\n", why.reason, why.text);
        }
        if most.minor() <= figures.included_cover.minor() {
            return text;
        }
    }
    if purchase.until == Until::Never {
        return format!("{text}No more cover is sold.\n");
    }
    let by = purchase.by.map_or(String::new(), |party| format!(" by the {party}"));
    format!("{text}More cover can be bought{by} until {}.\n", purchase.until.words())
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

/// The steps of a decision, each with its clause in words.
pub(super) fn explained(trace: &Trace, session: &Session<'_>) -> String {
    format!("\n{}\n{}", session.paint.heading("How it was decided"), steps(trace))
}

fn steps(trace: &Trace) -> String {
    let mut text = String::new();
    for (at, step) in trace.steps().iter().enumerate() {
        text.push_str(&format!(
            "{}. {}: {} -> {}\n   clause {} ({}): {}\n",
            at + 1,
            step.rule,
            step.before,
            step.after,
            step.clause,
            step.source,
            step.text
        ));
    }
    text
}

fn as_json(terms: Terms<'_>, parcel: &Parcel, quote: &Quote) -> serde_json::Value {
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
        "buy_until": terms.version.purchase.until,
        "assumed": assumed(terms, quote.basis),
        "unstated": unstated(terms, parcel),
        "refused": quote.refused,
        "trace": quote.trace,
    })
}

fn file(
    path: &std::path::Path,
    args: &Args,
    terms: &TermsInForce,
    choice: CoverChoice,
    session: &mut Session<'_>,
) -> anyhow::Result<Exit> {
    let currency = args.fx.currency(terms);
    let options = Options { ids_optional: true, ..args.layout.options(currency) };
    let mut reader = input::open(path, options, &[Kind::Parcels], session)?;
    let format = if session.format == Format::Table && session.world.stdout_width.is_none() {
        // A table has to be held whole; a pipe gets the streaming form of the same columns.
        Format::Csv
    } else {
        session.format
    };
    let today = session.today;
    let mut rows = Rows::new::<PricedRow<'_>>(format, &mut *session.world.stdout, session.paint);
    let done =
        quote_file(terms, &mut reader, choice, today, |row| Ok(rows.push(&PricedRow::of(&row))?))?;
    rows.finish::<PricedRow<'_>>()?;
    input::tell_encoding(&reader.original(), session)?;
    let refused = done.refused + done.bad;
    session.note(&format!(
        "{} parcels priced, {} refused, {} cancelled, {} rows not readable",
        done.priced, done.refused, done.cancelled, done.bad
    ))?;
    note_conversions(&done.rates, session)?;
    note_old_rates(&done.rates, session)?;
    Ok(if refused > 0 { Exit::Refused } else { Exit::Done })
}
