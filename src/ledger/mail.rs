//! E-mails to buyers: what was begun, and what came of it.

use rusqlite::{Connection, OptionalExtension, params};

use super::events::Event;
use super::row::Columns;
use super::{LedgerError, Write};
use crate::calendar::{Day, to_epoch};
use crate::claim::{Affidavit, MailState};
use crate::number::ClaimNo;

/// An e-mail on its way, or a note that the buyer was asked in another way.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct NewMail<'a> {
    /// For which claim.
    pub claim: ClaimNo,
    /// To whom, where it is known.
    pub to: Option<&'a str>,
    /// Its Message-ID; none where the buyer was asked in another way.
    pub message_id: Option<&'a str>,
    /// SHA-256 of the message as it is handed over.
    pub sha256: Option<&'a str>,
    /// When.
    pub on: Day,
}

/// The number of an e-mail in the ledger.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct MailNo(i64);

/// What is known of the e-mails of a claim; `None` where there is none.
pub(super) fn of_claim(conn: &Connection, claim: i64) -> rusqlite::Result<Option<Affidavit>> {
    let mut select = conn
        .prepare_cached("SELECT state, recipient, on_day FROM mail WHERE claim = ?1 ORDER BY id")?;
    let mut rows = select.query([claim])?;
    let mut found: Option<Affidavit> = None;
    while let Some(row) = rows.next()? {
        let mut r = Columns { row, at: 0 };
        let state = r.word(MailState::from_word)?;
        let (to, on): (Option<String>, Day) = (r.next()?, r.day()?);
        let known = found.get_or_insert_default();
        let (was_sent, in_doubt) = (known.sent_on.is_some(), known.in_doubt_on.is_some());
        match state {
            MailState::Sent => {
                known.to = to.or(known.to.take());
                known.sent_on = known.sent_on.max(Some(on));
                known.times_sent += 1;
                // The buyer was asked: what was in doubt before matters no more.
                known.in_doubt_on = None;
                known.under_way = false;
            }
            MailState::Sending | MailState::Unknown => {
                if !was_sent {
                    known.to = to.or(known.to.take());
                }
                known.in_doubt_on = Some(on);
                known.under_way = state == MailState::Sending;
            }
            MailState::NotSent => {
                if !was_sent && !in_doubt {
                    known.to = to.or(known.to.take());
                }
            }
        }
    }
    Ok(found)
}

impl Write<'_> {
    /// Notes that an e-mail is about to be handed over: an attempt of its own, whatever became of
    /// those before. `None` where another e-mail of the same claim is under way, or in doubt and
    /// none was sent since; with `again` it begins all the same.
    ///
    /// # Errors
    /// The ledger cannot be written.
    pub fn begin_mail(
        &mut self,
        new: &NewMail<'_>,
        again: bool,
    ) -> Result<Option<MailNo>, LedgerError> {
        let no = self.ledger.run(|conn| {
            if again {
                conn.prepare_cached(
                    "UPDATE mail SET state = 'unknown', reason = 'cut off'
                     WHERE claim = ?1 AND state = 'sending'",
                )?
                .execute([new.claim.0])?;
            }
            conn.prepare_cached(
                "INSERT INTO mail (claim, state, recipient, message_id, sha256, on_day)
                 SELECT ?1, 'sending', ?2, ?3, ?4, ?5
                 WHERE ?6 OR NOT EXISTS (
                   SELECT 1 FROM mail AS doubt WHERE doubt.claim = ?1 AND doubt.state = 'unknown'
                     AND NOT EXISTS (SELECT 1 FROM mail AS later WHERE later.claim = ?1
                                     AND later.state = 'sent' AND later.id > doubt.id))
                 ON CONFLICT (claim) WHERE state = 'sending' DO NOTHING RETURNING id",
            )?
            .query_row(
                params![new.claim.0, new.to, new.message_id, new.sha256, to_epoch(new.on), again],
                |row| row.get(0),
            )
            .optional()
        })?;
        Ok(no.map(MailNo))
    }

    /// Notes what came of an e-mail, with its event. What was settled meanwhile stays as it is; one
    /// that was given up as cut off, and was not, is known now.
    ///
    /// # Errors
    /// The ledger cannot be written.
    pub fn end_mail(
        &mut self,
        no: MailNo,
        state: MailState,
        reason: Option<&str>,
        event: &Event,
    ) -> Result<(), LedgerError> {
        self.ledger.run(|conn| {
            conn.prepare_cached(
                "UPDATE mail SET state = ?2, reason = ?3 WHERE id = ?1 AND state IN ('sending', 'unknown')",
            )?
            .execute(params![no.0, state.word(), reason])
        })?;
        self.event(event)
    }

    /// Notes that the buyer was asked: the last e-mail that is in doubt, to `new.to` where that is
    /// named, was sent after all, on `new.on`; where there is none, the seller asked in another way.
    ///
    /// # Errors
    /// The ledger cannot be written.
    pub fn mail_was_sent(&mut self, new: &NewMail<'_>, event: &Event) -> Result<(), LedgerError> {
        self.ledger.run(|conn| {
            let settled = conn
                .prepare_cached(
                    "UPDATE mail SET state = 'sent', on_day = ?2, reason = 'noted by the seller'
                     WHERE id = (
                       SELECT max(id) FROM mail WHERE claim = ?1
                         AND state IN ('sending', 'unknown')
                         AND (?3 IS NULL OR recipient = ?3 COLLATE NOCASE))",
                )?
                .execute(params![new.claim.0, to_epoch(new.on), new.to])?;
            if settled == 0 {
                conn.prepare_cached(
                    "INSERT INTO mail (claim, state, recipient, on_day, reason)
                     VALUES (?1, 'sent', ?2, ?3, 'noted by the seller')",
                )?
                .execute(params![new.claim.0, new.to, to_epoch(new.on)])?;
            }
            Ok(())
        })?;
        self.event(event)
    }
}
