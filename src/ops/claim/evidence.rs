//! Documents: given, kept, and what a claim still lacks with them.

use std::fs;
use std::path::PathBuf;

use serde_json::json;

use super::super::evidence_folder::{EvidenceFolder, Kept};
use super::judge::reassess;
use super::{claim_of, event, not_ahead, under_its_terms};
use crate::calendar::Day;
use crate::claim::{Claim, ClaimStatus, Evidence};
use crate::error::Error;
use crate::ledger::Ledger;
use crate::rules::Assessment;

/// A document given for a claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    /// What it shows: `invoice`, `photo`, `affidavit`.
    pub kind: String,
    /// Where it is.
    pub path: PathBuf,
    /// The day it bears, where stated.
    pub dated: Option<Day>,
}

/// What adding documents did.
#[derive(Debug)]
pub struct AddedEvidence {
    /// The claim with all its evidence.
    pub claim: Claim,
    /// How many of the documents are new to it.
    pub added: u64,
    /// Every kind of document the terms ask for.
    pub asked: Vec<String>,
    /// What is still missing, and until when.
    pub assessment: Assessment,
    /// Whether these documents completed a draft.
    pub completed: bool,
}

/// Adds documents to a claim; a draft that lacks nothing any more goes to the insurer.
///
/// # Errors
/// No such claim, or a document cannot be kept.
pub fn add_evidence(
    ledger: &mut Ledger,
    folder: &EvidenceFolder,
    identifier: &str,
    given: &[Given],
    today: Day,
) -> Result<AddedEvidence, Error> {
    let no = claim_of(ledger, identifier)?.no;
    not_of_the_future(given, today)?;
    let kept = keep_all(folder, given, today)?;
    let mut write = ledger.write()?;
    let mut added = 0;
    for document in &kept {
        added += u64::from(write.add_evidence(no, document)?);
    }
    let mut claim = claim_of(&write, &no.to_string())?;
    let assessment = reassess(&write, &claim, today)?;
    // A draft goes to the insurer only where the terms still allow the claim; what the insurer
    // asked for goes back to it.
    let completed = assessment.is_complete()
        && claim.status.may_become(ClaimStatus::UnderReview)
        && match claim.status {
            ClaimStatus::Draft => assessment.eligible,
            _ => added > 0,
        };
    if completed {
        claim.status = ClaimStatus::UnderReview;
        claim.filed_on = claim.filed_on.or(Some(today));
        let detail = json!({ "status": claim.status });
        write.update_claim(&claim, &event(today, no, "claim_complete", detail))?;
    }
    write.commit()?;
    let asked = under_its_terms(ledger, &claim, |terms| {
        let rules = terms.version.incident.get(&claim.incident).map(|i| &i.evidence);
        let rules = rules.into_iter().flatten();
        rules.flat_map(|rule| std::iter::once(&rule.kind).chain(&rule.or).cloned()).collect()
    })?;
    Ok(AddedEvidence { claim, added, asked, assessment, completed })
}

/// An affidavit dated ahead would make a claim complete that is not.
pub(super) fn not_of_the_future(given: &[Given], today: Day) -> Result<(), Error> {
    for day in given.iter().filter_map(|document| document.dated) {
        not_ahead(day, "--dated", "the document bears", today)?;
    }
    Ok(())
}

pub(super) fn keep_all(
    folder: &EvidenceFolder,
    given: &[Given],
    today: Day,
) -> Result<Vec<Evidence>, Error> {
    given.iter().map(|document| Ok(document.kept(folder.keep(&document.path)?, today))).collect()
}

/// Documents that count as given, without copies being made; they have to be there.
pub(super) fn promised(given: &[Given], today: Day) -> Result<Vec<Evidence>, Error> {
    given
        .iter()
        .map(|document| {
            fs::metadata(&document.path).map_err(|why| Error::file(&document.path, why))?;
            let file = document.path.display().to_string();
            Ok(document.kept(Kept { sha256: String::new(), bytes: 0, file }, today))
        })
        .collect()
}

impl Given {
    fn kept(&self, Kept { sha256, bytes, file }: Kept, added_on: Day) -> Evidence {
        Evidence {
            kind: self.kind.clone(),
            sha256,
            file,
            bytes,
            media: None,
            dated: self.dated,
            added_on,
        }
    }
}
