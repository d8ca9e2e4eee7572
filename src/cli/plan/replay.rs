//! `insure plan diff --replay`: what the ledger's own parcels would have cost and been covered for.

use serde_json::json;

use super::diff::{Compared, as_json, sheet};
use crate::cli::Session;
use crate::cli::view::{Aligned, Cells, Format, Layout, Listing, Row, Rows, document};
use crate::error::{Error, Exit};
use crate::money::{Money, grouped};
use crate::ops::{ReplayCover, ReplaySummary, Replayed, replay};
use crate::plan::Difference;
use crate::rules::Terms;

pub(super) fn run(
    terms: Compared<'_>,
    difference: &Difference<'_>,
    asked: ReplayCover,
    session: &mut Session<'_>,
) -> anyhow::Result<Exit> {
    let of = terms.first.plan;
    let other = terms.second;
    if of.currency != other.plan.currency {
        return Err(Error::usage(
            format!(
                "{} reckons in {} and {} in {}: nothing can be replayed from one to the other",
                of.id, of.currency, other.plan.id, other.plan.currency
            ),
            "leave --replay away to compare the terms alone",
        )
        .into());
    }
    let ledger = session.existing_ledger()?;
    let today = session.today;
    let summary = if session.format.streams() {
        let mut rows =
            Rows::new::<ReplayRow<'_>>(session.format, &mut *session.world.stdout, session.paint);
        let summary = replay(&ledger, &of.id, other, asked, today, |replayed| {
            Ok(rows.push(&ReplayRow { replayed, terms: other })?)
        })?;
        rows.finish::<ReplayRow<'_>>()?;
        summary
    } else {
        replay(&ledger, &of.id, other, asked, today, |_| Ok(()))?
    };
    match session.format {
        Format::Table => {
            let mut text = sheet(terms, difference, session);
            text.push_str(&told(&summary, terms, session));
            session.world.stdout.write_all(text.as_bytes())?;
        }
        Format::Json => {
            let mut value = as_json(terms, difference);
            value["replay"] = json!(summary);
            document(Layout::Indented, session.world.stdout, &value)?;
        }
        Format::Ndjson => document(Layout::Line, session.world.stdout, &json!(summary))?,
        Format::Csv | Format::Ids => {
            let text = told(&summary, terms, session);
            session.note(text.trim())?;
        }
    }
    if summary.parcels == 0 {
        session.note(&format!("no parcel is recorded under {}", of.id))?;
        return Ok(Exit::NotFound);
    }
    Ok(Exit::Done)
}

fn told(summary: &ReplaySummary, terms: Compared<'_>, session: &Session<'_>) -> String {
    let currency = summary.currency;
    let head = format!(
        "The parcels recorded under {}, priced again under {}, terms of {}",
        terms.first.plan.id, terms.second.plan.id, terms.second.version.effective
    );
    let mut text = format!("\n{}\n", session.paint.heading(&head));
    let mut list = Listing::new(session.paint);
    let right = |text: String| Aligned::Right(text);
    let amount = |money: Money| right(grouped(&money.digits()));
    list.head([format!("{currency}"), "then".to_owned(), "now".to_owned()].into_iter());
    let pair = |name: &str, then: Money, now: Money| {
        vec![Aligned::Left(name.to_owned()), amount(then), amount(now)]
    };
    list.row(pair("Cover", summary.cover_then, summary.cover_now));
    list.row(pair("Premium", summary.premium_then, summary.premium_now));
    text.push_str(&list.render());
    text.push_str(&match summary.parcels {
        1 => "1 parcel".to_owned(),
        many => format!("{} parcels", grouped(&many.to_string())),
    });
    if summary.cancelled > 0 {
        text.push_str(&format!(", {} cancelled left out", summary.cancelled));
    }
    if summary.refused > 0 {
        let codes: Vec<String> =
            summary.refusals.iter().map(|r| format!("{} {}", r.count, r.code)).collect();
        text.push_str(&format!(", {} refused: {}", summary.refused, codes.join(", ")));
    }
    text.push_str(&format!("\nAsked for: {}", words_of(summary.asked)));
    match summary.less_cover {
        0 => {}
        1 => text.push_str("; 1 parcel has less cover than it had"),
        many => {
            let many = grouped(&many.to_string());
            text.push_str(&format!("; {many} parcels have less cover than they had"));
        }
    }
    text.push('\n');
    if summary.assumed {
        text.push_str("The premium now rests on figures nobody publishes (insure plan show).\n");
    }
    text
}

/// What was asked for, in words.
fn words_of(asked: ReplayCover) -> &'static str {
    match asked {
        ReplayCover::Recorded => "the cover that was chosen then",
        ReplayCover::Included => "the included cover",
        ReplayCover::Full => "full cover",
        ReplayCover::Same => "as much cover as each parcel had",
    }
}

struct ReplayRow<'a> {
    replayed: &'a Replayed<'a>,
    terms: Terms<'a>,
}

impl Row for ReplayRow<'_> {
    const COLUMNS: &'static [&'static str] = &[
        "policy",
        "order_id",
        "package_id",
        "tracking_number",
        "plan",
        "version",
        "currency",
        "package_value",
        "cover_then",
        "cover_now",
        "premium_then",
        "premium_now",
        "assumed",
        "code",
        "reason",
    ];

    fn cells(&self, out: &mut dyn Cells) {
        let Replayed { policy, cover, premium, assumed, because } = self.replayed;
        let ids = &policy.parcel.ids;
        out.text(&policy.no.to_string());
        out.text_or_none(ids.order.as_deref());
        out.text_or_none(ids.package.as_deref());
        out.text_or_none(ids.tracking.as_deref());
        out.text(&self.terms.plan.id);
        out.day(self.terms.version.effective);
        out.text(policy.figures.cover.currency().code());
        out.money(policy.figures.package_value);
        out.money(policy.figures.cover);
        out.money(*cover);
        out.money(policy.figures.premium);
        out.money(*premium);
        out.flag(*assumed);
        out.text_or_none(because.map(|refusal| refusal.code));
        out.text_or_none(because.map(|refusal| refusal.reason.as_str()));
    }

    fn id(&self) -> String {
        self.replayed.policy.no.to_string()
    }
}
