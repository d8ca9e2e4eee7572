//! `insure evidence`: documents of a policy, given before anything happens; and what all commands
//! share that take in documents.

mod bring;
mod rows;
mod standing;

use serde_json::{Value, json};

use super::Session;
use super::claim::folder;
use super::view::{Listing, Rows, Shape, document, list, printable};
use crate::error::Exit;
use crate::ops::{
    Entered, EnteredDocuments, Entry, PolicyEvidence, Purpose, enter_documents_of,
    evidence_of_policy,
};

pub(super) use bring::{BringArgs, Source, told_of_stdin};
pub(super) use rows::{not_taken, tell, tell_answer};
pub(super) use standing::{StandingRow, standing_sheet};

use rows::{DocumentRow, EntryRow};

/// Keep documents of a parcel before anything happens, such as packing photos; or list them.
///
/// They belong to the policy and serve every claim that may come. Where --kind does not say what a
/// document shows, the name of its file does, in the words of the plan's claims. Without files,
/// the documents of the policy are listed.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  insure evidence POL-00001Y --kind dispatch-photo packing-1.jpg packing-2.jpg
  insure evidence 9400111899562743815201          # what is there
  insure evidence --from packing/                 # packing/9400111899562743815201/packing-1.jpg
  insure evidence --input documents.csv")]
pub(super) struct Args {
    /// Policy number, or any number of its parcel
    #[arg(value_name = "POLICY", required_unless_present_any = ["from", "input"])]
    policy: Option<String>,
    #[command(flatten)]
    bring: BringArgs,
}

pub(super) fn run(args: Args, session: &mut Session<'_>) -> anyhow::Result<Exit> {
    let ledger = session.existing_ledger()?;
    let bring = &args.bring;
    if let Some(policy) = args.policy.as_deref().filter(|_| bring.is_empty()) {
        let shown = evidence_of_policy(&ledger, policy)?;
        return show(&shown, session);
    }
    drop(ledger);
    let Source::Files(policy) = bring.source(args.policy.as_deref(), "POLICY")? else {
        return bring.many(Purpose::Policy, args.policy.as_deref(), session);
    };
    let (brought, waiting) = bring.brought(policy, session)?;
    let mut ledger = session.ledger()?;
    let folder = folder(session)?;
    let done = enter_documents_of(
        &mut ledger,
        &folder,
        Purpose::Policy,
        brought,
        session.today,
        bring.dry_run,
    );
    let done = told_of_stdin(waiting.as_ref(), done)?;
    tell(&done.entries, session)?;
    added(&done, bring.dry_run, session)?;
    let (refused, _) = not_taken(&done.entries);
    Ok(if refused > 0 { Exit::Refused } else { Exit::Done })
}

/// What came of documents given for one policy.
fn added(done: &EnteredDocuments, dry_run: bool, session: &mut Session<'_>) -> anyhow::Result<()> {
    let new = done.entries.iter().filter(|entry| entry.result == Entered::Added).count();
    let policy = done.entries.iter().find_map(|entry| entry.policy);
    match session.format.shape() {
        Shape::Sheet => {
            let mut text = String::new();
            if let Some(policy) = policy {
                text.push_str(&format!("{policy}  {new} of {} new\n", done.entries.len()));
            }
            for after in &done.claims {
                text.push_str(&format!(
                    "{} is under way on it and is {}\n",
                    after.claim.no,
                    after.claim.status.word()
                ));
                if after.completed {
                    text.push_str(if dry_run {
                        "It would be complete.\n"
                    } else {
                        "It is complete now: enter it with the insurer.\n"
                    });
                }
            }
            if dry_run {
                text.push_str("Dry run: nothing was recorded.\n");
            }
            session.world.stdout.write_all(text.as_bytes())?;
        }
        Shape::Document(layout) => {
            let (_, bad) = not_taken(&done.entries);
            let evidence: Vec<_> =
                done.entries.iter().filter_map(|entry| entry.evidence.as_ref()).collect();
            let mut value = json!({ "policy": policy, "added": new, "evidence": evidence });
            if !bad.is_empty() {
                value["not_taken"] = Value::Array(bad);
            }
            document(layout, session.world.stdout, &value)?;
        }
        Shape::Csv | Shape::Ids => show_entries(&done.entries, session)?,
    }
    Ok(())
}

/// Every document as a row.
fn show_entries(entries: &[Entry], session: &mut Session<'_>) -> anyhow::Result<()> {
    let mut rows =
        Rows::new::<EntryRow<'_>>(session.format, &mut *session.world.stdout, session.paint);
    for entry in entries {
        rows.push(&EntryRow(entry))?;
    }
    rows.finish::<EntryRow<'_>>()?;
    Ok(())
}

/// The documents of a policy.
fn show(shown: &PolicyEvidence, session: &mut Session<'_>) -> anyhow::Result<Exit> {
    let policy = &shown.policy;
    if session.format.shape() == Shape::Sheet {
        let mut head = Listing::new(session.paint);
        head.pair("Policy", policy.no.to_string(), printable(&policy.parcel.ids.shown()));
        let mut text = head.render();
        if shown.documents.is_empty() {
            text.push_str("\nNo documents are kept for it.\n");
        } else {
            text.push('\n');
            text.push_str(&rows::documents_text(&shown.documents, session.paint));
        }
        if !shown.asked.is_empty() {
            text.push_str(&format!(
                "\nClaims under its terms can ask for {}\n",
                shown.asked.join(", ")
            ));
        }
        session.world.stdout.write_all(text.as_bytes())?;
    } else {
        let all = shown.documents.iter().map(|(evidence, serves)| DocumentRow {
            policy: policy.no,
            evidence,
            serves,
        });
        list(session.format, session.world.stdout, session.paint, all)?;
    }
    Ok(Exit::Done)
}
