//! Sending: what is begun is on disk before the mail server is talked to, and what came of it
//! afterwards, so that nothing is recorded as sent that was not, and nothing is sent twice.

use chrono::{DateTime, Utc};
use serde_json::json;
use sha2::{Digest, Sha256};

use super::super::{claim_of, event};
use super::SENT;
use super::letter::{AffidavitLetter, AskAffidavit, letter};
use crate::calendar::Day;
use crate::claim::{Affidavit, Claim, MailState};
use crate::error::Error;
use crate::ledger::{Ledger, NewMail};
use crate::mail::{Delivery, Letter, Mailbox};
use crate::number::ClaimNo;

/// What came of sending.
#[derive(Debug)]
pub enum AffidavitSent {
    /// The mail server took it.
    Now(Box<AffidavitLetter>),
    /// It was sent before, so nothing was sent now.
    Before(Box<Claim>),
}

/// Sends the e-mail that asks the buyer for an affidavit. `deliver` hands the bytes of a letter to
/// a mail server and says what came of it; with `again` an e-mail that was sent, or may have been,
/// is sent once more.
///
/// # Errors
/// What [`super::write_affidavit`] refuses; no recipient; a server that does not have the e-mail;
/// one of which nobody knows whether it arrived.
pub fn send_affidavit(
    ledger: &mut Ledger,
    identifier: &str,
    ask: &AskAffidavit,
    again: bool,
    (now, today): (DateTime<Utc>, Day),
    deliver: &mut dyn FnMut(&Letter, &Mailbox, &[u8]) -> Delivery,
) -> Result<AffidavitSent, Error> {
    let mut write = ledger.write()?;
    let claim = claim_of(&write, identifier)?;
    let no = claim.no;
    let known = claim.affidavit.clone().unwrap_or_default();
    let to = recipient(no, ask, &known)?;
    if !again {
        if let Some(day) = known.in_doubt_on {
            return Err(in_doubt(no, day, known.under_way));
        }
        if let Some(day) = known.sent_on {
            return before(claim, &known, &to, day);
        }
    }
    let ask = AskAffidavit { to: Some(to.clone()), ..ask.clone() };
    let attempt = (known.times_sent + 1).to_string();
    let written = letter(&write, claim, &ask, &attempt, today)?;
    let bytes = written.letter.sent_at(now).map_err(|why| {
        Error::usage(format!("the e-mail of {no} cannot be written: {why}"), "check the template")
    })?;
    let id = written.letter.message_id.as_str();
    let sha256: String = Sha256::digest(&bytes).iter().map(|b| format!("{b:02x}")).collect();
    let new = NewMail {
        claim: no,
        to: Some(to.address()),
        message_id: Some(id),
        sha256: Some(&sha256),
        on: today,
    };
    let mail = write.begin_mail(&new, again)?.ok_or_else(|| in_doubt(no, today, true))?;
    write.commit()?;

    let delivery = deliver(&written.letter, &to, &bytes);

    let mut detail = json!({ "to": to.address(), "message_id": id });
    let (state, kind, reason) = match &delivery {
        Delivery::Accepted => (MailState::Sent, SENT, None),
        Delivery::NotSent(why) => (MailState::NotSent, "affidavit_not_sent", Some(why.to_string())),
        Delivery::Unknown(why) => (MailState::Unknown, "affidavit_in_doubt", Some(why.clone())),
    };
    if let Some(reason) = &reason {
        detail["reason"] = json!(reason);
    }
    let recorded = ledger.write().and_then(|mut write| {
        write.end_mail(mail, state, reason.as_deref(), &event(today, no, kind, detail))?;
        write.commit()
    });
    match (delivery, recorded) {
        (Delivery::Accepted, Ok(())) => {
            let claim = claim_of(ledger, &no.to_string())?;
            Ok(AffidavitSent::Now(Box::new(AffidavitLetter { claim, ..written })))
        }
        (Delivery::Accepted, Err(why)) => {
            Err(Error::MailUnrecorded { claim: no, because: Box::new(why.into()) })
        }
        (Delivery::NotSent(why), Ok(())) => Err(Error::MailNotSent { claim: no, why }),
        (Delivery::NotSent(why), Err(because)) => {
            Err(Error::FailureUnrecorded { claim: no, why, because: Box::new(because.into()) })
        }
        (Delivery::Unknown(why), recorded) => {
            let mut why = format!("it was handed over to the end, and then {why}");
            if let Err(because) = recorded {
                why.push_str(&format!("; that could not be recorded: {}", Error::from(because)));
            }
            Err(Error::MailInDoubt { claim: no, why })
        }
    }
}

/// Who gets it: the address that is named, or the one that it went to before.
fn recipient(no: ClaimNo, ask: &AskAffidavit, known: &Affidavit) -> Result<Mailbox, Error> {
    if let Some(to) = &ask.to {
        return Ok(to.clone());
    }
    let to = known.to.as_deref().and_then(|to| Mailbox::parse(to).ok());
    to.ok_or_else(|| {
        Error::usage(
            format!("it is not known to whom the affidavit of {no} goes"),
            "name the buyer's address: --to buyer@example.com",
        )
    })
}

/// It was sent before: to the same address there is nothing to do.
fn before(claim: Claim, known: &Affidavit, to: &Mailbox, day: Day) -> Result<AffidavitSent, Error> {
    match known.to.as_deref().filter(|known| !known.eq_ignore_ascii_case(to.address())) {
        Some(other) => Err(Error::usage(
            format!(
                "the affidavit of {} was sent to {other} on {day}, not to {}",
                claim.no,
                to.address()
            ),
            "to send it there as well: --send-again",
        )),
        None => Ok(AffidavitSent::Before(Box::new(claim))),
    }
}

fn in_doubt(claim: ClaimNo, day: Day, under_way: bool) -> Error {
    let why = if under_way {
        format!("it was begun on {day}, and another command is sending it now or was cut off")
    } else {
        format!("it was handed over on {day}, and the server's answer was lost")
    };
    Error::MailInDoubt { claim, why }
}
