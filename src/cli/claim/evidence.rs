//! `insure claim evidence`: documents that support a claim.

use clap::Subcommand;
use serde_json::{Value, json};

use super::super::Session;
use super::super::evidence::{
    BringArgs, Source, StandingRow, not_taken, standing_sheet, tell, tell_answer, told_of_stdin,
};
use super::super::view::{Rows, Shape, printable};
use super::check::refusals_text;
use super::{answer, folder, missing_text};
use crate::claim::ClaimStatus;
use crate::error::{Error, Exit};
use crate::ops::{
    ClaimAfter, Entered, Purpose, enter_documents_of, evidence_lacking, evidence_of_claim,
};

/// Documents that support a claim.
#[derive(Debug, Subcommand)]
pub(in crate::cli) enum Command {
    Add(AddArgs),
    List(ListArgs),
}

/// Add documents to claims; a draft that lacks nothing any more is complete.
///
/// Files for one claim, all files of a folder, a folder for each parcel (named by a tracking,
/// order, policy or claim number), or a list of documents (id, kind, path, dated). Where --kind
/// does not say what a document shows, the name of its file does: photo-1.jpg, invoice_2026.pdf.
/// Copies are kept beside the ledger; adding the same again changes nothing.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  insure claim evidence add CLM-00001Y --kind photo box.jpg inside.jpg
  insure claim evidence add CLM-00001Y --from photos/
  insure claim evidence add --from evidence/      # evidence/9400111899562743815201/invoice.pdf
  insure claim evidence add --input documents.csv
  scanimage | insure claim evidence add CLM-00001Y --name invoice.png -")]
pub(in crate::cli) struct AddArgs {
    /// Claim number, or any number of its parcel
    #[arg(value_name = "CLAIM", required_unless_present_any = ["from", "input"])]
    claim: Option<String>,
    #[command(flatten)]
    bring: BringArgs,
}

/// List what the terms ask of claims: what is there, what is missing, who owes it.
///
/// Without a claim: every claim not decided yet that lacks a document, with what it lacks.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  insure claim evidence list CLM-00001Y
  insure claim evidence list --format csv")]
pub(in crate::cli) struct ListArgs {
    /// Claim numbers, or any number of their parcels; - reads them from stdin
    #[arg(value_name = "CLAIM")]
    claims: Vec<String>,
}

pub(super) fn run(command: Command, session: &mut Session<'_>) -> anyhow::Result<Exit> {
    match command {
        Command::Add(args) => add(&args, session),
        Command::List(args) => list(args, session),
    }
}

fn add(args: &AddArgs, session: &mut Session<'_>) -> anyhow::Result<Exit> {
    session.existing_ledger()?;
    let bring = &args.bring;
    let Source::Files(claim) = bring.source(args.claim.as_deref(), "CLAIM")? else {
        return bring.many(Purpose::Claim, args.claim.as_deref(), session);
    };
    let (brought, waiting) = bring.brought(claim, session)?;
    let mut ledger = session.ledger()?;
    let folder = folder(session)?;
    let count = brought.len();
    let done = enter_documents_of(
        &mut ledger,
        &folder,
        Purpose::Claim,
        brought,
        session.today,
        bring.dry_run,
    );
    let done = told_of_stdin(waiting.as_ref(), done)?;
    let Some(after @ ClaimAfter { claim, assessment, completed, .. }) = done.claims.first() else {
        return Ok(Exit::NotFound);
    };
    let added = done.entries.iter().filter(|entry| entry.result == Entered::Added).count();
    let missing = &assessment.missing_evidence;
    let mut text = format!("{}  {added} of {count} new, the claim ", claim.no);
    let would = if bring.dry_run { "would be" } else { "is" };
    text.push_str(&format!("{would} {}\n", claim.status.word()));
    text.push_str(&missing_text(assessment));
    if claim.status == ClaimStatus::Draft && !assessment.eligible {
        text.push_str(&refusals_text(&assessment.refusals));
        text.push_str("\nIt stays a draft.\n");
    }
    if bring.dry_run {
        text.push_str("Dry run: nothing was recorded.\n");
    } else if *completed {
        text.push_str("The claim is complete: enter it with the insurer now.\n");
    }
    tell(&done.entries, session)?;
    tell_answer(after, session)?;
    let (refused, bad) = not_taken(&done.entries);
    let mut more = json!({ "added": added });
    if !bad.is_empty() {
        more["not_taken"] = Value::Array(bad);
    }
    answer(session, claim, Some(missing), &text, more)?;
    Ok(if refused > 0 { Exit::Refused } else { Exit::Done })
}

fn list(args: ListArgs, session: &mut Session<'_>) -> anyhow::Result<Exit> {
    let ledger = session.existing_ledger()?;
    let everything = args.claims.is_empty();
    let mut all = Vec::new();
    if everything {
        all = evidence_lacking(&ledger, session.today)?;
        if all.is_empty() {
            session.note("no claim lacks a document")?;
        }
    }
    let mut unknown = 0;
    let ids = super::super::input::identifiers(args.claims, session)?;
    for id in &ids {
        match evidence_of_claim(&ledger, id, session.today) {
            Ok(standing) => all.push(standing),
            Err(why @ (Error::NotFound { .. } | Error::Usage { .. })) if ids.len() > 1 => {
                unknown += 1;
                session.note(&printable(&why.to_string()))?;
            }
            Err(why) => return Err(why.into()),
        }
    }
    let exit = match (all.is_empty(), unknown) {
        (true, _) => Exit::NotFound,
        (false, 0) => Exit::Done,
        _ => Exit::Refused,
    };
    if session.format.shape() == Shape::Sheet {
        let sheets: Vec<String> = all
            .iter()
            .map(|standing| standing_sheet(standing, everything, session.paint))
            .collect();
        session.world.stdout.write_all(sheets.join("\n").as_bytes())?;
        return Ok(exit);
    }
    let mut rows =
        Rows::new::<StandingRow<'_>>(session.format, &mut *session.world.stdout, session.paint);
    for standing in &all {
        for row in StandingRow::all(standing, everything) {
            rows.push(&row)?;
        }
    }
    rows.finish::<StandingRow<'_>>()?;
    Ok(exit)
}
