//! `insure quote`: one value at once, or a file row by row. No ledger is opened.

use std::borrow::Cow;
use std::path::PathBuf;

use serde_json::json;

use super::args::{IdArgs, ParcelArgs, cover};
use super::view::{Cells, Format, Listing, Row, Rows, Shape, document, list};
use super::{Session, input};
use crate::error::{Error, Exit};
use crate::intake::{Kind, Options};
use crate::ops::{QuoteRow, TermsInForce, quote_file, quote_one};
use crate::parcel::{CoverChoice, Label};
use crate::plan::Kind as PlanKind;
use crate::rules::{Assumed, Quote, Terms, Trace, assumed};

/// What does it cost to cover this parcel? One value, or a file row by row.
///
/// Answers at once and opens no ledger. Without --cover the price is that of full cover.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  insure quote --value 450
  insure quote --product 430 --coupon 10 --shipping 10 --explain
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
}

pub(super) fn run(args: Args, session: &mut Session<'_>) -> anyhow::Result<Exit> {
    let terms = session.terms()?;
    let currency = terms.plan().currency;
    let choice = match &args.cover {
        Some(text) => cover(text, currency)?,
        None => CoverChoice::Full,
    };
    if let Some(path) = &args.input {
        return file(path, &args, &terms, choice, session);
    }
    let mut parcel = args.parcel.parcel(args.ids.ids(), currency)?;
    if args.label_exists {
        parcel.label = Label::Exists(None);
    }
    let (in_force, quote) = quote_one(&terms, &parcel, choice, session.today, Trace::on())?;
    match session.format.shape() {
        Shape::Sheet => {
            let sold_out = matches!(parcel.label, Label::Exists(_));
            let text = sheet(in_force, &quote, (args.explain, sold_out), session);
            session.world.stdout.write_all(text.as_bytes())?;
        }
        Shape::Document(layout) => {
            document(layout, session.world.stdout, &as_json(in_force, &quote))?;
        }
        Shape::Csv | Shape::Ids => {
            let row = PricedRow {
                line: None,
                priced: Some((in_force, &quote)),
                ids: [&parcel.ids.order, &parcel.ids.package, &parcel.ids.tracking]
                    .map(|id| id.as_deref()),
                code: quote.refused.as_ref().map(|r| r.code),
                reason: quote.refused.as_ref().map(|r| Cow::from(&r.reason)),
            };
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
    quote: &Quote,
    (explain, sold_out): (bool, bool),
    session: &Session<'_>,
) -> String {
    let figures = &quote.figures;
    let mut list = Listing::new(session.paint);
    let figures_assumed = assumed(terms, quote.basis);
    let premium_note = figures_assumed.iter().map(Assumed::told).collect::<Vec<_>>();
    let capped = !quote.stays_uninsured.is_zero() && figures.cover != figures.included_cover;
    list.amount("Package value", figures.package_value, "");
    list.amount("Included cover", figures.included_cover, "free with every parcel");
    list.amount("Uninsured value", quote.uninsured_value, "");
    let note =
        if capped { format!("{} stays uninsured", quote.stays_uninsured) } else { String::new() };
    list.amount("Cover", figures.cover, note);
    list.amount("Premium", figures.premium, premium_note.join("; "));
    let mut text = list.render();
    let plan = terms.plan;
    let what = match plan.kind {
        PlanKind::Insurance => String::new(),
        PlanKind::DeclaredValue => " (declared value: not insurance)".to_owned(),
    };
    text.push_str(&format!("\n{}{what}, terms of {}\n", plan.name, terms.version.effective));
    if figures.package_value == figures.included_cover {
        text.push_str("Nothing to buy: the included cover reaches.\n");
    } else if quote.refused.is_none() && !sold_out {
        text.push_str(&format!(
            "More cover can be bought until {}.\n",
            terms.version.purchase.until.words()
        ));
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

/// The steps of a decision, each with its clause in words.
pub(super) fn explained(trace: &Trace, session: &Session<'_>) -> String {
    let mut text = format!("\n{}\n", session.paint.heading("How it was decided"));
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

fn as_json(terms: Terms<'_>, quote: &Quote) -> serde_json::Value {
    let figures = &quote.figures;
    json!({
        "plan": terms.plan.id,
        "version": terms.version.effective,
        "kind": terms.plan.kind,
        "currency": terms.plan.currency,
        "package_value": figures.package_value,
        "included_cover": figures.included_cover,
        "cover": figures.cover,
        "uninsured_value": quote.uninsured_value,
        "stays_uninsured": quote.stays_uninsured,
        "premium": figures.premium,
        "buy_until": terms.version.purchase.until,
        "assumed": assumed(terms, quote.basis),
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
    let currency = terms.plan().currency;
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
    Ok(if refused > 0 { Exit::Refused } else { Exit::Done })
}

/// One priced row of a file.
struct PricedRow<'a> {
    line: Option<u64>,
    ids: [Option<&'a str>; 3],
    priced: Option<(Terms<'a>, &'a Quote)>,
    code: Option<&'a str>,
    reason: Option<Cow<'a, str>>,
}

impl<'a> PricedRow<'a> {
    fn of(row: &'a QuoteRow<'a>) -> PricedRow<'a> {
        let names = |ids: &'a crate::parcel::Ids| {
            [ids.order.as_deref(), ids.package.as_deref(), ids.tracking.as_deref()]
        };
        match row {
            QuoteRow::Priced { line, parcel, terms, quote } => PricedRow {
                line: Some(*line),
                ids: names(&parcel.ids),
                priced: Some((*terms, quote)),
                code: quote.refused.as_ref().map(|r| r.code),
                reason: quote.refused.as_ref().map(|r| Cow::from(&r.reason)),
            },
            QuoteRow::Refused { line, ids, refusal } => PricedRow {
                line: Some(*line),
                ids: names(ids),
                priced: None,
                code: Some(refusal.code),
                reason: Some(Cow::from(&refusal.reason)),
            },
            QuoteRow::Cancelled { line, ids } => PricedRow {
                line: Some(*line),
                ids: names(ids),
                priced: None,
                code: Some("order_cancelled"),
                reason: Some("the order is cancelled, there is nothing to cover".into()),
            },
            QuoteRow::Bad(bad) => PricedRow {
                line: Some(bad.line),
                ids: names(&bad.ids),
                priced: None,
                code: Some(bad.code),
                reason: Some(bad.told().into()),
            },
        }
    }
}

impl Row for PricedRow<'_> {
    const COLUMNS: &'static [&'static str] = &[
        "line",
        "order_id",
        "package_id",
        "tracking_number",
        "plan",
        "version",
        "currency",
        "package_value",
        "included_cover",
        "cover",
        "uninsured_value",
        "stays_uninsured",
        "premium",
        "assumed",
        "code",
        "reason",
    ];
    const TABLE: Option<&'static [usize]> = Some(&[0, 1, 2, 7, 9, 11, 12, 14, 15]);

    fn cells(&self, out: &mut dyn Cells) {
        match self.line {
            Some(line) => out.number(line),
            None => out.none(),
        }
        for id in self.ids {
            out.text_or_none(id);
        }
        match self.priced {
            Some((terms, quote)) => {
                out.text(&terms.plan.id);
                out.day(terms.version.effective);
                out.text(terms.plan.currency.code());
                out.money(quote.figures.package_value);
                out.money(quote.figures.included_cover);
                out.money(quote.figures.cover);
                out.money(quote.uninsured_value);
                out.money(quote.stays_uninsured);
                out.money(quote.figures.premium);
                out.flag(quote.basis.is_assumed());
            }
            None => (0..10).for_each(|_| out.none()),
        }
        out.text_or_none(self.code);
        out.text_or_none(self.reason.as_deref());
    }

    fn id(&self) -> String {
        let [order, package, tracking] = self.ids;
        package.or(tracking).or(order).unwrap_or_default().to_owned()
    }
}
