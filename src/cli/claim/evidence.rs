//! `insure claim evidence`: documents that support a claim.

use std::path::PathBuf;

use clap::Subcommand;
use serde_json::json;

use super::super::Session;
use super::super::view::{Shape, document, list};
use super::check::refusals_text;
use super::{ClaimRow, claim_json, folder, kind, missing_text};
use crate::calendar::{Day, parse_day};
use crate::claim::ClaimStatus;
use crate::error::Exit;
use crate::ops::{Given, add_evidence};

/// Documents that support a claim.
#[derive(Debug, Subcommand)]
pub(in crate::cli) enum Command {
    Add(AddArgs),
}

/// Add documents to a claim; a draft that lacks nothing any more is complete.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example:\n  insure claim evidence add CLM-00001Y --kind photo box.jpg inside.jpg"
)]
pub(in crate::cli) struct AddArgs {
    /// Claim number, or any number of its parcel
    #[arg(value_name = "CLAIM")]
    claim: String,
    /// What they show: invoice, photo, affidavit
    #[arg(long, value_name = "KIND", value_parser = kind)]
    kind: String,
    /// The day they bear (an affidavit counts only from a given day)
    #[arg(long, value_name = "DATE", value_parser = parse_day)]
    dated: Option<Day>,
    /// The documents
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
}

pub(super) fn add(args: &AddArgs, session: &mut Session<'_>) -> anyhow::Result<Exit> {
    session.existing_ledger()?;
    let mut ledger = session.ledger()?;
    let given: Vec<Given> = args
        .files
        .iter()
        .map(|path| Given { kind: args.kind.clone(), path: path.clone(), dated: args.dated })
        .collect();
    let done = add_evidence(&mut ledger, &folder(session)?, &args.claim, &given, session.today)?;
    let missing = &done.assessment.missing_evidence;
    match session.format.shape() {
        Shape::Sheet => {
            let mut text = format!("{}  {} of {} new", done.claim.no, done.added, given.len());
            text.push_str(&format!(", the claim is {}\n", done.claim.status.word()));
            text.push_str(&missing_text(missing));
            let draft = done.claim.status == ClaimStatus::Draft;
            let last = done.claim.closes_on.filter(|last| draft && *last < session.today);
            if done.completed {
                text.push_str("The claim is complete: enter it with the insurer now.\n");
            } else if draft && !done.assessment.eligible {
                text.push_str(&refusals_text(&done.assessment.refusals));
                text.push_str("\nIt stays a draft.\n");
            } else if let Some(last) = last {
                text.push_str(&format!("The last day to claim was {last}: it stays a draft.\n"));
            }
            session.world.stdout.write_all(text.as_bytes())?;
        }
        Shape::Document(layout) => {
            let mut value = claim_json(&done.claim);
            value["added"] = json!(done.added);
            value["missing_evidence"] = json!(missing);
            document(layout, session.world.stdout, &value)?;
        }
        Shape::Csv | Shape::Ids => {
            let row = ClaimRow { claim: &done.claim, missing: Some(missing) };
            list(session.format, session.world.stdout, session.paint, [row])?;
        }
    }
    Ok(Exit::Done)
}
