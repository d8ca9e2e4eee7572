//! The buyer's affidavit: asked for by e-mail, noted as sent, completed with the signed document.

mod letter;
mod send;

use std::path::PathBuf;

use serde_json::json;

use super::super::evidence::{Brought, EnteredDocuments, Purpose, enter_documents_of};
use super::super::evidence_folder::EvidenceFolder;
use super::super::terms::KnownPlans;
use super::{claim_of, codes, event, not_ahead, policy_of, refused, under_its_terms};
use crate::calendar::Day;
use crate::claim::{AFFIDAVIT, AffidavitStatus, Claim, ClaimStatus};
use crate::error::Error;
use crate::ledger::{Ledger, NewMail};
use crate::mail::Mailbox;
use crate::rules::{Refusal, Wanted, wanted};

pub use letter::{AffidavitLetter, AskAffidavit, write_affidavit};
pub use send::{AffidavitSent, send_affidavit};

/// The event of an affidavit that was sent.
const SENT: &str = "affidavit_sent";

/// What a note on the affidavit did.
#[derive(Debug)]
pub struct AffidavitNoted {
    /// The claim as it stands.
    pub claim: Claim,
    /// Whether anything is new.
    pub changed: bool,
}

/// Notes that the buyer was asked for the affidavit: in another way than by this program, or by an
/// e-mail of which that was in doubt.
///
/// # Errors
/// No such claim, one for which an affidavit serves nothing any more, or a day that lies ahead or
/// before the claim.
pub fn note_affidavit_sent(
    ledger: &mut Ledger,
    identifier: &str,
    to: Option<&Mailbox>,
    on: Day,
    today: Day,
) -> Result<AffidavitNoted, Error> {
    not_ahead(on, "--at", "on which it was sent", today)?;
    let mut write = ledger.write()?;
    let claim = claim_of(&write, identifier)?;
    serves(&write, &claim)?;
    if on < claim.opened_on {
        let why =
            format!("{on} is before the claim {} was opened, on {}", claim.no, claim.opened_on);
        let hint = "give the day on which it was sent";
        return Err(Error::unfit(codes::BAD_DATE, Some("at"), why, hint));
    }
    let to = to.map(Mailbox::address);
    let known = claim.affidavit.as_ref();
    let noted = known.is_some_and(|known| {
        known.sent_on == Some(on)
            && known.in_doubt_on.is_none()
            && (to.is_none() || known.to.as_deref() == to)
    });
    if noted {
        return Ok(AffidavitNoted { claim, changed: false });
    }
    let new = NewMail { claim: claim.no, to, message_id: None, sha256: None, on };
    let to = to.or(known.and_then(|known| known.to.as_deref()));
    let detail = json!({ "to": to, "noted": "by hand" });
    write.mail_was_sent(&new, &event(on, claim.no, SENT, detail))?;
    let claim = claim_of(&write, &claim.no.to_string())?;
    write.commit()?;
    Ok(AffidavitNoted { claim, changed: true })
}

/// Adds the affidavit that the buyer signed: evidence, with the day it bears.
///
/// # Errors
/// No such claim, a document that cannot be kept, or a day on which it does not count yet: then
/// nothing is added.
pub fn complete_affidavit(
    ledger: &mut Ledger,
    folder: &EvidenceFolder,
    identifier: &str,
    path: PathBuf,
    dated: Day,
    today: Day,
) -> Result<EnteredDocuments, Error> {
    not_ahead(dated, "--dated", "the document bears", today)?;
    let claim = claim_of(ledger, identifier)?;
    if let Some(wanted) = wanted_for(ledger, &claim)? {
        counts_on(&wanted, dated)?;
    }
    let signed = Brought {
        line: None,
        id: claim.no.to_string(),
        kind: Some(AFFIDAVIT.to_owned()),
        path,
        dated: Some(dated),
    };
    enter_documents_of(ledger, folder, Purpose::Claim, vec![signed], today, false)
}

/// What the terms say of an affidavit for this claim; `None` where they ask for none.
fn wanted_for(ledger: &Ledger, claim: &Claim) -> Result<Option<Wanted>, Error> {
    let policy = policy_of(ledger, claim)?;
    under_its_terms(ledger, claim, |terms| wanted(terms, &policy, claim, AFFIDAVIT))
}

fn counts_on(wanted: &Wanted, dated: Day) -> Result<(), Error> {
    let Some(first) = wanted.not_before.filter(|first| dated < *first) else { return Ok(()) };
    Err(Error::Refused(Box::new(Refusal {
        code: "affidavit_too_early",
        reason: format!("the affidavit is dated {dated}, and it counts only from {first}"),
        clause: wanted.place.clone(),
        source: wanted.source.clone(),
        text: wanted.clause.clone(),
        remedy: Some(format!("ask the buyer for one that is signed and dated {first} or later")),
    })))
}

/// An affidavit helps while the claim may still be decided otherwise.
fn serves(ledger: &Ledger, claim: &Claim) -> Result<(), Error> {
    match claim.status {
        ClaimStatus::Accepted | ClaimStatus::Paid | ClaimStatus::Withdrawn => {
            let reason = format!(
                "claim {} is {}: an affidavit changes nothing any more",
                claim.no,
                claim.status.word()
            );
            refused("claim_status", ledger, &mut KnownPlans::default(), claim, reason, None)
        }
        _ => Ok(()),
    }
}

/// Whether the signed affidavit is there and counts.
fn is_done(claim: &Claim, wanted: Option<&Wanted>) -> bool {
    let first = wanted.and_then(|wanted| wanted.not_before);
    claim.affidavit_status() == AffidavitStatus::Completed
        && first.is_none_or(|first| {
            claim.signed_affidavit().and_then(|signed| signed.dated).is_some_and(|day| day >= first)
        })
}
