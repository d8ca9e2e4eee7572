//! E-mails: begun, ended, in doubt.

use serde_json::json;

use super::recording::loss;
use super::{Ledger, day, happened, parcel, record};
use crate::claim::{Affidavit, Facts, MailState};
use crate::ledger::{About, Event, MailNo, NewMail, Write};
use crate::number::ClaimNo;

const TO: &str = "buyer@example.com";

fn mail(claim: ClaimNo, id: &'static str) -> NewMail<'static> {
    let on = day("2026-11-22");
    NewMail { claim, to: Some(TO), message_id: Some(id), sha256: Some("00"), on }
}

/// How a story ends an e-mail.
type End<'a> = &'a dyn Fn(&mut Write<'_>, MailNo, MailState);

/// Tells a story of one claim.
fn with_claim(work: impl FnOnce(&mut Write<'_>, ClaimNo, End<'_>)) {
    let mut ledger = Ledger::in_memory().unwrap();
    let (_, numbers) = record(&mut ledger, &[parcel("1", "P1-long", "T1")]);
    let mut write = ledger.write().unwrap();
    let claim = write.open_claim(&loss(numbers[0], &Facts::default()), json!({})).unwrap();
    assert_eq!(write.claim(claim).unwrap().unwrap().affidavit, None);
    let end = |write: &mut Write<'_>, no: MailNo, state: MailState| {
        write.end_mail(no, state, None, &happened(numbers[0], "mailed")).unwrap();
    };
    work(&mut write, claim, &end);
}

fn sent_of(claim: ClaimNo) -> Event {
    let (on, kind) = (day("2026-11-22"), "affidavit_sent".to_owned());
    Event { on, about: About::Claim(claim), kind, detail: json!({}) }
}

fn known(write: &Write<'_>, claim: ClaimNo) -> Affidavit {
    write.claim(claim).unwrap().unwrap().affidavit.unwrap()
}

fn doubtful(under_way: bool) -> Affidavit {
    let in_doubt_on = Some(day("2026-11-22"));
    Affidavit { to: Some(TO.to_owned()), sent_on: None, in_doubt_on, under_way, times_sent: 0 }
}

#[test]
fn one_mail_of_a_claim_is_under_way_at_a_time() {
    with_claim(|write, claim, end| {
        let first = write.begin_mail(&mail(claim, "<1>"), false).unwrap().unwrap();
        assert_eq!(known(write, claim), doubtful(true));
        assert_eq!(write.begin_mail(&mail(claim, "<2>"), false).unwrap(), None);
        end(write, first, MailState::NotSent);
        let nothing = Affidavit { in_doubt_on: None, under_way: false, ..doubtful(false) };
        assert_eq!(known(write, claim), nothing);
        let second = write.begin_mail(&mail(claim, "<1>"), false).unwrap().unwrap();
        assert_ne!(first, second, "an attempt that failed stays in the record");
        end(write, second, MailState::Sent);
        let sent = Affidavit { sent_on: Some(day("2026-11-22")), times_sent: 1, ..nothing };
        assert_eq!(known(write, claim), sent);
    });
}

#[test]
fn a_doubt_is_its_own_mails_and_what_was_sent_since_ends_it() {
    with_claim(|write, claim, end| {
        let first = write.begin_mail(&mail(claim, "<1>"), false).unwrap().unwrap();
        end(write, first, MailState::Unknown);
        assert_eq!(known(write, claim), doubtful(false));
        assert_eq!(write.begin_mail(&mail(claim, "<1>"), false).unwrap(), None, "in doubt");
        // Another address, knowingly: that this one failed is known, the first stays in doubt.
        let right = NewMail { to: Some("right@example.com"), ..mail(claim, "<2>") };
        let second = write.begin_mail(&right, true).unwrap().unwrap();
        end(write, second, MailState::NotSent);
        assert_eq!(known(write, claim), doubtful(false));
        let third = write.begin_mail(&right, true).unwrap().unwrap();
        end(write, third, MailState::Sent);
        let sent = Affidavit {
            to: Some("right@example.com".to_owned()),
            sent_on: Some(day("2026-11-22")),
            in_doubt_on: None,
            under_way: false,
            times_sent: 1,
        };
        assert_eq!(known(write, claim), sent);
        // One that comes to nothing later changes nothing of that, and the old doubt stops nothing.
        let fourth = write.begin_mail(&mail(claim, "<3>"), false).unwrap().unwrap();
        end(write, fourth, MailState::NotSent);
        assert_eq!(known(write, claim), sent);
    });
}

#[test]
fn one_that_was_given_up_as_cut_off_still_tells_what_came_of_it() {
    with_claim(|write, claim, end| {
        let slow = write.begin_mail(&mail(claim, "<1>"), false).unwrap().unwrap();
        let again = write.begin_mail(&mail(claim, "<1>"), true).unwrap().unwrap();
        assert_ne!(slow, again);
        end(write, slow, MailState::Sent);
        end(write, again, MailState::NotSent);
        let now = known(write, claim);
        assert_eq!((now.times_sent, now.in_doubt_on), (1, None));
    });
}

#[test]
fn the_seller_settles_the_mail_that_is_named_else_the_last() {
    with_claim(|write, claim, end| {
        let right = NewMail { to: Some("right@example.com"), ..mail(claim, "<2>") };
        for new in [mail(claim, "<1>"), right] {
            let no = write.begin_mail(&new, true).unwrap().unwrap();
            end(write, no, MailState::Unknown);
        }
        let noted = NewMail { message_id: None, sha256: None, ..mail(claim, "") };
        let first = NewMail { to: Some("BUYER@example.com"), ..noted };
        write.mail_was_sent(&first, &sent_of(claim)).unwrap();
        let now = known(write, claim);
        // What was handed over later is still in doubt.
        assert_eq!((now.times_sent, now.in_doubt_on), (1, Some(day("2026-11-22"))));
        write.mail_was_sent(&NewMail { to: None, ..noted }, &sent_of(claim)).unwrap();
        let now = known(write, claim);
        assert_eq!((now.times_sent, now.in_doubt_on), (2, None));
        assert_eq!(now.to.as_deref(), Some("right@example.com"));
    });
}
