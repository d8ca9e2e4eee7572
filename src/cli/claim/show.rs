//! `insure claim show`: claims as they stand.

use serde_json::json;

use super::super::view::{Aligned, Listing, Paint, Rows, Shape, document, printable};
use super::super::{Session, input};
use super::{ClaimRow, claim_json, missing_text};
use crate::claim::{Claim, ClaimStatus};
use crate::error::Exit;
use crate::ops::show_claim;
use crate::rules::Missing;

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
        let (claim, assessment) = show_claim(&ledger, id, session.today)?;
        let missing = &assessment.missing_evidence;
        match shape {
            Shape::Sheet => {
                let gap = if at > 0 { "\n" } else { "" };
                write!(rows.out(), "{gap}{}", claim_sheet(&claim, missing, paint))?;
            }
            Shape::Document(layout) => {
                let mut value = claim_json(&claim);
                value["missing_evidence"] = json!(missing);
                document(layout, rows.out(), &value)?;
            }
            Shape::Csv | Shape::Ids => {
                rows.push(&ClaimRow { claim: &claim, missing: Some(missing) })?;
            }
        }
    }
    if matches!(shape, Shape::Csv | Shape::Ids) {
        rows.finish::<ClaimRow<'_>>()?;
    }
    Ok(Exit::Done)
}

fn claim_sheet(claim: &Claim, missing: &[Missing], paint: Paint) -> String {
    let mut list = Listing::new(paint);
    let note = match claim.status {
        ClaimStatus::Draft => "not with the insurer yet",
        _ => "",
    };
    list.pair("Claim", claim.no.to_string(), claim.policy.to_string());
    list.pair("Status", claim.status.word(), note);
    list.pair("Reason", claim.incident.word(), "");
    list.pair("Claimed", claim.amount.to_string(), "");
    list.pair("Pays", claim.payable.to_string(), "as assessed when it was filed");
    list.pair("Opened", claim.opened_on.to_string(), format!("last day {}", claim.closes_on));
    if let Some(decision) = &claim.decision {
        let amount = decision.amount.map(|amount| amount.to_string());
        let words = [amount.as_deref(), decision.reason.as_deref()]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(": ");
        list.pair("Decided", decision.on.to_string(), printable(&words));
    }
    let mut text = list.render();
    if !claim.evidence.is_empty() {
        text.push_str("\nEvidence:\n");
        let mut list = Listing::new(paint);
        for document in &claim.evidence {
            let short = document.sha256.get(..12).unwrap_or_default();
            let dated = document.dated.map_or_else(String::new, |day| format!("dated {day}"));
            let cells = [
                format!(" {}", document.kind),
                printable(&document.file),
                dated,
                format!("sha256 {short}"),
            ];
            list.row(cells.into_iter().map(Aligned::Left).collect());
        }
        text.push_str(&list.render());
    }
    if claim.status.is_open() {
        text.push_str(&missing_text(missing));
    }
    text
}
