//! Documents given with a claim, and what it still lacks with them.

use std::path::PathBuf;

use serde_json::json;

use super::super::evidence::{ClaimAfter, evidence, question};
use super::super::evidence_folder::EvidenceFolder;
use super::super::terms::KnownPlans;
use super::judge::under_its_facts;
use super::{claim_of, event, not_ahead};
use crate::calendar::Day;
use crate::claim::{ClaimStatus, Evidence};
use crate::error::Error;
use crate::ledger::Write;
use crate::number::ClaimNo;
use crate::rules::assess;

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

/// Judges a claim with the documents it has; a draft that lacks nothing any more goes to the
/// insurer, and what the insurer asked for goes back to it where `answers` says that something new
/// was given to the claim.
pub(in crate::ops) fn complete(
    write: &mut Write<'_>,
    plans: &mut KnownPlans,
    no: ClaimNo,
    answers: bool,
    today: Day,
) -> Result<ClaimAfter, Error> {
    let mut claim = claim_of(write, &no.to_string())?;
    let assessment = under_its_facts(write, plans, &claim, today, assess)?;
    // A draft goes to the insurer only where the terms still allow the claim.
    let completed = assessment.is_complete()
        && claim.status.may_become(ClaimStatus::UnderReview)
        && match claim.status {
            ClaimStatus::Draft => assessment.eligible,
            _ => answers,
        };
    let asked = claim.status == ClaimStatus::NeedsInfo;
    let answered = (completed && asked).then(|| question(&claim).unwrap_or_default().to_owned());
    if completed {
        claim.status = ClaimStatus::UnderReview;
        claim.filed_on = claim.filed_on.or(Some(today));
        let detail = json!({ "status": claim.status });
        write.update_claim(&claim, &event(today, no, "claim_complete", detail))?;
    }
    Ok(ClaimAfter { claim, assessment, completed, answered })
}

/// An affidavit dated ahead would make a claim complete that is not.
pub(super) fn not_of_the_future(given: &[Given], today: Day) -> Result<(), Error> {
    for day in given.iter().filter_map(|document| document.dated) {
        not_ahead(day, "--dated", "the document bears", today)?;
    }
    Ok(())
}

/// Keeps what is given with something else: all of it, or nothing is done.
pub(super) fn keep_all(
    folder: &EvidenceFolder,
    given: &[Given],
    today: Day,
) -> Result<Vec<Evidence>, Error> {
    let kept = folder.keep(given.iter().map(|document| document.path.as_path()))?;
    let pairs = given.iter().zip(kept);
    pairs.map(|(g, kept)| Ok(evidence(kept?, g.kind.clone(), g.dated, today))).collect()
}

/// Documents that count as given, without copies being made; they have to be fit to be kept.
pub(super) fn promised(
    folder: &EvidenceFolder,
    given: &[Given],
    today: Day,
) -> Result<Vec<Evidence>, Error> {
    let one = |g: &Given| Ok(evidence(folder.look_at(&g.path)?, g.kind.clone(), g.dated, today));
    given.iter().map(one).collect()
}
