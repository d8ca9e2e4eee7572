//! `insure advise`: what full cover would have been worth, by the ledger's own history.

use rust_decimal::Decimal;
use serde_json::json;

use super::Session;
use super::args::{IdArgs, ParcelArgs};
use super::fx::{FxArgs, note_old_rates, stated};
use super::view::{Cells, Format, Listing, Row, Shape, document, folded, list, printable};
use crate::error::{Error, Exit};
use crate::money::grouped;
use crate::ops::{Advised, RatesUsed, advise};
use crate::parcel::Parcel;
use crate::report::{LEAST_PARCELS, Rated, Verdict, Width, percent};
use crate::rules::{Assumed, assumed};

/// What would full cover of this parcel be worth? By what became of your own parcels.
///
/// Comparable are parcels by the same carrier to the same country; where fewer than 30 of them are
/// settled, those by the same carrier, then those to the same country, then all. Losses alone are
/// weighed. With too little history nothing is guessed: exit status 4.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  insure advise --value 450 --carrier USPS --to US
  insure advise --value 450 --carrier USPS --to DE --plan tiktok-logistics --format json")]
pub(super) struct Args {
    #[command(flatten)]
    parcel: ParcelArgs,
    #[command(flatten)]
    fx: FxArgs,
}

pub(super) fn run(args: Args, session: &mut Session<'_>) -> anyhow::Result<Exit> {
    if session.format == Format::Ids {
        return Err(
            Error::usage("advice has no identifiers to list", "leave --format ids out").into()
        );
    }
    let ledger = session.existing_ledger()?;
    let terms = args.fx.terms(session)?;
    let ids = IdArgs::default().ids();
    let mut parcel = args.parcel.parcel(ids, args.fx.currency(&terms))?;
    let advised = advise(&ledger, &terms, &mut parcel, session.today)?;
    note_old_rates(&RatesUsed::of(&parcel, session.today), session)?;
    match session.format.shape() {
        Shape::Sheet => {
            let text = sheet(&advised, &parcel, session);
            session.world.stdout.write_all(text.as_bytes())?;
        }
        Shape::Document(layout) => {
            document(layout, session.world.stdout, &as_json(&advised, &parcel))?;
        }
        Shape::Csv | Shape::Ids => {
            let row = AdviceRow { advised: &advised, parcel: &parcel };
            list(session.format, session.world.stdout, session.paint, [row])?;
        }
    }
    Ok(match advised.advice.verdict {
        Verdict::TooLittle => Exit::NotFound,
        _ => Exit::Done,
    })
}

/// Which parcels are comparable, in words.
fn comparable(advised: &Advised<'_>, parcel: &Parcel) -> String {
    let carrier = parcel.carrier.as_deref().unwrap_or_default();
    match advised.advice.history.width {
        Width::Lane => format!("by {carrier} to {}", advised.to),
        Width::Carrier => format!("by {carrier}, to anywhere"),
        Width::Destination => format!("to {}, by any carrier", advised.to),
        Width::All => "of all carriers, to anywhere".to_owned(),
    }
}

fn sheet(advised: &Advised<'_>, parcel: &Parcel, session: &Session<'_>) -> String {
    let figures = &advised.quote.figures;
    let advice = &advised.advice;
    let rates = advice.history.rates;
    let mut list = Listing::new(session.paint);
    list.amount("Package value", figures.package_value, stated(parcel));
    list.amount("Included cover", figures.included_cover, "");
    list.amount("Full cover", figures.cover, format!("{} more", advice.added));
    let assumed: Vec<String> =
        assumed(advised.terms, advised.quote.basis).iter().map(Assumed::told).collect();
    list.amount("Premium", figures.premium, assumed.join("; "));
    let mut text = list.render();
    text.push_str(&format!("\n{}\n", session.paint.heading("Your own history")));
    let mut list = Listing::new(session.paint);
    let lost = format!("{} of {} settled", count(rates.lost), parcels(rates.settled));
    list.pair("Lost", lost, printable(&comparable(advised, parcel)));
    if let Some(loss) = advice.loss {
        let between = format!("{} with 95 %", loss.interval());
        list.pair("Loss rate", percent(loss.rate), between);
    }
    if let Some(rate) = advice.break_even {
        list.pair("Break-even", percent(rate), "at this loss rate the premium comes back");
    }
    if let Some(expected) = &advice.expected {
        let note = format!(
            "on average, for {} of premium; {} to {} within the interval",
            figures.premium,
            grouped(&expected.low.digits()),
            expected.high
        );
        list.pair("Comes back", expected.rate.to_string(), note);
    }
    text.push_str(&list.render());
    text.push('\n');
    let mut says = |words: &str| text.push_str(&folded(words, 0, session.paint.width));
    says(&verdict(advised));
    if let Some(test) = &advised.backtest {
        let of = match test.parcels {
            1 => "the 1 settled parcel".to_owned(),
            many => format!("all {} settled parcels", count(many)),
        };
        let lost = match test.lost {
            0 => "and none was lost".to_owned(),
            lost => format!(
                "and what was lost ({}) would have been covered for {} instead of {}",
                parcels(lost),
                test.lost_cover_full,
                test.lost_cover_was
            ),
        };
        says(&format!(
            "Had full cover been bought for {of}, premiums would have been {} instead of {}, {lost}.",
            test.premium_full, test.premium_was,
        ));
        if test.not_priced > 0 {
            says(&format!("{} of them these terms do not cover.", parcels(test.not_priced)));
        }
        says("Losses alone are weighed, not damage or delay.");
    }
    text
}

/// What to make of it.
fn verdict(advised: &Advised<'_>) -> String {
    let advice = &advised.advice;
    let needed = advice.parcels_needed.map(count);
    match advice.verdict {
        Verdict::TooLittle => format!(
            "Too little history to say: {} settled, and it takes {LEAST_PARCELS}.",
            match advice.history.rates.settled {
                0 => "no parcel is".to_owned(),
                1 => "1 parcel is".to_owned(),
                many => format!("{} parcels are", count(many)),
            }
        ),
        Verdict::NothingToBuy => match &advised.quote.refused {
            Some(refusal) => format!("Nothing to buy: {}.", refusal.reason),
            None if advised.quote.stays_uninsured.is_zero() => {
                "Nothing to buy: the included cover reaches.".to_owned()
            }
            None => "Nothing to buy: no more cover is sold.".to_owned(),
        },
        Verdict::Worth => "Worth it by your history: losses cost more than the premium, even at the \
                           lower end of the interval."
            .to_owned(),
        Verdict::NotWorth => "Not worth it by your history: losses cost less than the premium, even at \
                              the upper end of the interval. A single loss may still hurt more than its \
                              average does."
            .to_owned(),
        Verdict::Undecided => match needed {
            Some(needed) => format!(
                "Your history does not decide: the premium lies within the interval. At the same rate it would take {needed} settled parcels."
            ),
            None => "Your history does not decide: the loss rate is the break-even itself.".to_owned(),
        },
    }
}

fn parcels(number: u64) -> String {
    match number {
        1 => "1 parcel".to_owned(),
        many => format!("{} parcels", count(many)),
    }
}

fn count(number: u64) -> String {
    grouped(&number.to_string())
}

fn as_json(advised: &Advised<'_>, parcel: &Parcel) -> serde_json::Value {
    let Advised { terms, quote, to, advice, backtest } = advised;
    let loss = |of: fn(&Rated) -> Decimal| advice.loss.as_ref().map(of);
    json!({
        "plan": terms.plan.id,
        "version": terms.version.effective,
        "currency": terms.plan.currency,
        "fx": parcel.stated,
        "package_value": quote.figures.package_value,
        "included_cover": quote.figures.included_cover,
        "cover": quote.figures.cover,
        "added_cover": advice.added,
        "premium": quote.figures.premium,
        "verdict": advice.verdict,
        "comparable": advice.history.width,
        "carrier": parcel.carrier,
        "to": to,
        "settled": advice.history.rates.settled,
        "lost": advice.history.rates.lost,
        "loss_rate": loss(|loss| loss.rate),
        "loss_low": loss(|loss| loss.low),
        "loss_high": loss(|loss| loss.high),
        "break_even": advice.break_even,
        "comes_back": advice.expected,
        "parcels_needed": advice.parcels_needed,
        "backtest": backtest,
        "assumed": assumed(*terms, quote.basis),
        "refused": quote.refused,
    })
}

/// The flat fields of the advice as a row.
struct AdviceRow<'a> {
    advised: &'a Advised<'a>,
    parcel: &'a Parcel,
}

impl Row for AdviceRow<'_> {
    const COLUMNS: &'static [&'static str] = &[
        "plan",
        "version",
        "currency",
        "package_value",
        "included_cover",
        "cover",
        "added_cover",
        "premium",
        "verdict",
        "comparable",
        "carrier",
        "to",
        "settled",
        "lost",
        "loss_rate",
        "loss_low",
        "loss_high",
        "break_even",
        "comes_back",
        "parcels_needed",
    ];

    fn cells(&self, out: &mut dyn Cells) {
        let Advised { terms, quote, to, advice, .. } = self.advised;
        let figures = &quote.figures;
        out.text(&terms.plan.id);
        out.day(terms.version.effective);
        out.text(terms.plan.currency.code());
        out.money(figures.package_value);
        out.money(figures.included_cover);
        out.money(figures.cover);
        out.money(advice.added);
        out.money(figures.premium);
        out.text(advice.verdict.word());
        out.text(advice.history.width.word());
        out.text_or_none(self.parcel.carrier.as_deref());
        out.text(to.code());
        out.number(advice.history.rates.settled);
        out.number(advice.history.rates.lost);
        let loss = |of: fn(&Rated) -> Decimal| advice.loss.as_ref().map(of);
        for rate in [
            loss(|loss| loss.rate),
            loss(|loss| loss.low),
            loss(|loss| loss.high),
            advice.break_even,
        ] {
            out.text_or_none(rate.map(|rate| rate.to_string()).as_deref());
        }
        out.money_or_none(advice.expected.map(|expected| expected.rate));
        match advice.parcels_needed {
            Some(needed) => out.number(needed),
            None => out.none(),
        }
    }

    fn id(&self) -> String {
        String::new()
    }
}
