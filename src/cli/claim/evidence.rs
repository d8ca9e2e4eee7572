//! `insure claim evidence`: documents that support a claim.

use std::path::PathBuf;

use clap::Subcommand;
use serde_json::json;

use super::super::Session;
use super::check::refusals_text;
use super::{answer, folder, kind, missing_text};
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
    let claim = &done.claim;
    let mut text = format!("{}  {} of {} new", claim.no, done.added, given.len());
    text.push_str(&format!(", the claim is {}\n", claim.status.word()));
    text.push_str(&missing_text(&done.assessment));
    if done.completed {
        text.push_str("The claim is complete: enter it with the insurer now.\n");
    } else if claim.status == ClaimStatus::Draft && !done.assessment.eligible {
        text.push_str(&refusals_text(&done.assessment.refusals));
        text.push_str("\nIt stays a draft.\n");
    }
    let draft = done.claim.status == ClaimStatus::Draft;
    if draft && !done.asked.is_empty() && !done.asked.contains(&args.kind) {
        session.note(&format!(
            "the terms ask for no `{}`: they ask for {}",
            args.kind,
            done.asked.join(", ")
        ))?;
    }
    answer(session, claim, Some(missing), &text, json!({ "added": done.added }))
}
