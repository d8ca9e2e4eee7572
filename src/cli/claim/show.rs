//! `insure claim show`: claims as they stand.

use serde_json::{Value, json};

use super::super::view::{Aligned, Listing, Paint, Rows, Shape, document, printable};
use super::super::{Session, input};
use super::{ClaimRow, affidavit_text, claim_json, missing_text, refund_text};
use crate::calendar::Day;
use crate::claim::ClaimStatus;
use crate::error::Exit;
use crate::ops::{ShownClaim, show_claim};

/// Show a claim: what it asks, what it pays, its evidence and what is still missing.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Args {
    /// Claim numbers, or any number of their parcels; - reads them from stdin
    #[arg(value_name = "ID", required = true)]
    ids: Vec<String>,
}

pub(super) fn run(args: Args, session: &mut Session<'_>) -> anyhow::Result<Exit> {
    let ledger = session.existing_ledger()?;
    let ids = input::identifiers(args.ids, session)?;
    let (shape, paint) = (session.format.shape(), session.paint);
    let mut rows = Rows::new::<ClaimRow<'_>>(session.format, &mut *session.world.stdout, paint);
    for (at, id) in ids.iter().enumerate() {
        let shown = show_claim(&ledger, id, session.today)?;
        let (claim, missing) = (&shown.claim, &shown.assessment.missing_evidence);
        match shape {
            Shape::Sheet => {
                let gap = if at > 0 { "\n" } else { "" };
                write!(rows.out(), "{gap}{}", claim_sheet(&shown, session.today, paint))?;
            }
            Shape::Document(layout) => {
                document(layout, rows.out(), &shown_json(&shown))?;
            }
            Shape::Csv | Shape::Ids => {
                rows.push(&ClaimRow { claim, missing: Some(missing) })?;
            }
        }
    }
    if matches!(shape, Shape::Csv | Shape::Ids) {
        rows.finish::<ClaimRow<'_>>()?;
    }
    Ok(Exit::Done)
}

/// A claim with what is still missing and where its decision can go.
pub(super) fn shown_json(shown: &ShownClaim) -> Value {
    let mut value = claim_json(&shown.claim);
    value["missing_evidence"] = json!(shown.assessment.missing_evidence);
    value["next_appeal"] = json!(shown.next_appeal);
    value
}

fn claim_sheet(shown: &ShownClaim, today: Day, paint: Paint) -> String {
    let claim = &shown.claim;
    let mut list = Listing::new(paint);
    let note = match claim.status {
        ClaimStatus::Draft => "not with the insurer yet",
        _ => "",
    };
    list.pair("Claim", claim.no.to_string(), claim.policy.to_string());
    list.pair("Status", claim.status.word(), note);
    list.pair("Reason", claim.incident.word(), "");
    list.pair("Claimed", claim.amount.to_string(), "");
    list.pair("Pays", claim.payable.to_string(), "as assessed");
    let last = claim
        .closes_on
        .map_or("the terms name no last day".to_owned(), |day| format!("last day {day}"));
    list.pair("Opened", claim.opened_on.to_string(), last);
    if let Some(decision) = &claim.decision {
        let amount = decision.amount.map(|amount| amount.to_string());
        let words = [amount.as_deref(), decision.reason.as_deref()]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(": ");
        list.pair("Decided", decision.on.to_string(), printable(&words));
    }
    if let Some(owed) = claim.owed().filter(|owed| !owed.is_zero() || !claim.payments.is_empty()) {
        let left = if owed.is_zero() { String::new() } else { format!("{owed} still owed") };
        list.pair("Paid", claim.paid().to_string(), left);
    }
    if claim.appeals > 0 || claim.can_be_appealed() {
        list.pair("Appeals", claim.appeals.to_string(), appeals_note(shown, today));
    }
    if let Some((status, note)) = affidavit_text(claim, &shown.assessment.missing_evidence) {
        list.pair("Affidavit", status, note);
    }
    if let Some(refund) = &claim.refund {
        let (status, note) = refund_text(refund);
        list.pair("Buyer refund", status, note);
    }
    let mut text = list.render();
    let facts = claim.facts.iter().map(|(name, value)| vec![name.to_owned(), value.to_string()]);
    text.push_str(&section("Stated", facts.collect(), paint));
    let payments = claim.payments.iter().map(|payment| {
        vec![payment.on.to_string(), payment.amount.to_string(), printable(&payment.reference)]
    });
    text.push_str(&section("Payments", payments.collect(), paint));
    let evidence = claim.evidence.iter().map(|document| {
        let short = document.sha256.get(..12).unwrap_or_default();
        let dated = document.dated.map_or_else(String::new, |day| format!("dated {day}"));
        vec![document.kind.clone(), printable(&document.file), dated, format!("sha256 {short}")]
    });
    text.push_str(&section("Evidence", evidence.collect(), paint));
    if claim.status.is_open() {
        text.push_str(&missing_text(&shown.assessment));
    }
    text
}

/// Lines under a heading; nothing where there are none.
fn section(heading: &str, lines: Vec<Vec<String>>, paint: Paint) -> String {
    if lines.is_empty() {
        return String::new();
    }
    let mut list = Listing::new(paint);
    for mut line in lines {
        if let Some(first) = line.first_mut() {
            first.insert(0, ' ');
        }
        list.row(line.into_iter().map(Aligned::Left).collect());
    }
    format!("\n{heading}:\n{}", list.render())
}

/// Where its decision can still be taken.
fn appeals_note(shown: &ShownClaim, today: Day) -> String {
    match &shown.next_appeal {
        None if shown.claim.can_be_appealed() => "no further level".to_owned(),
        None => String::new(),
        Some(next) => match next.until {
            None => format!("can go to {}", next.to),
            Some(last) if last < today => format!("could go to {} until {last}", next.to),
            Some(last) => format!("can go to {} until {last}", next.to),
        },
    }
}
