//! Writing: one transaction, wholly there or not at all.

use std::ops::Deref;

use rusqlite::{OptionalExtension, params};
use serde_json::json;

use super::bind::Binder;
use super::derive::Plans;
use super::events::{self, About, Event};
use super::lookup::{Existing, Known, Same, Wanted};
use super::types::{BatchTotals, NewPolicy, TermsId, TermsSnapshot};
use super::words::Dictionaries;
use super::{Ledger, LedgerError, duty};
use crate::calendar::{Day, to_epoch};
use crate::money::{Currency, Money};
use crate::number::{BatchNo, PolicyNo};
use crate::parcel::Ids;

/// A transaction. Nothing is in the ledger before [`Write::commit`]; dropped, it leaves no trace.
/// Everything a [`Ledger`] answers can be asked here too, and sees what was written so far.
pub struct Write<'a> {
    pub(super) ledger: &'a Ledger,
    binder: Option<Binder<'a>>,
    batch: Option<(BatchNo, Day)>,
    pub(super) words: Dictionaries,
    pub(super) same: Same,
    ended: bool,
}

impl Deref for Write<'_> {
    type Target = Ledger;

    fn deref(&self) -> &Ledger {
        self.ledger
    }
}

impl<'a> Write<'a> {
    pub(super) fn begin(ledger: &'a Ledger) -> Result<Write<'a>, LedgerError> {
        if !ledger.writable {
            return Err(LedgerError::ReadOnly { path: ledger.path.clone() });
        }
        // Immediate: two writers meet here, where they can still wait, and not halfway.
        ledger.run(|conn| conn.execute_batch("BEGIN IMMEDIATE"))?;
        Ok(Write {
            ledger,
            binder: None,
            batch: None,
            words: Dictionaries::default(),
            same: Same::default(),
            ended: false,
        })
    }

    /// Makes everything written durable, with what follows from it: whatever changed a claim, its
    /// duties are derived here.
    ///
    /// # Errors
    /// No room, or no access: then nothing was written.
    pub fn commit(mut self) -> Result<(), LedgerError> {
        self.settle()?;
        self.ledger.run(|conn| duty::settle(conn, &mut Plans::default()))?;
        self.ledger.run(|conn| conn.execute_batch("COMMIT"))?;
        self.ended = true;
        Ok(())
    }

    /// The number of these terms, recorded when they are new.
    ///
    /// # Errors
    /// The ledger cannot be written.
    pub fn terms(&mut self, terms: &TermsSnapshot<'_>) -> Result<TermsId, LedgerError> {
        let (version, sha256) = (to_epoch(terms.version), super::sha256(terms.toml));
        let id = self.ledger.run(|conn| {
            let known = conn
                .prepare_cached(
                    "SELECT id FROM terms WHERE plan = ?1 AND version = ?2 AND sha256 = ?3",
                )?
                .query_row(params![terms.plan, version, sha256], |row| row.get(0))
                .optional()?;
            known.map_or_else(
                || {
                    conn.prepare_cached(
                        "INSERT INTO terms (plan, version, currency, sha256, toml)
                         VALUES (?1, ?2, ?3, ?4, ?5)",
                    )?
                    .insert(params![
                        terms.plan,
                        version,
                        terms.currency.code(),
                        sha256,
                        terms.toml
                    ])
                },
                Ok,
            )
        })?;
        Ok(TermsId { id, currency: terms.currency })
    }

    /// Opens a batch; the policies bound from now on belong to it and to its day.
    ///
    /// # Errors
    /// The ledger cannot be written.
    pub fn start_batch(
        &mut self,
        on: Day,
        command: &str,
        source: Option<&str>,
    ) -> Result<BatchNo, LedgerError> {
        self.settle()?;
        let no = self.ledger.run(|conn| {
            conn.prepare_cached("INSERT INTO batch (on_day, command, source) VALUES (?1, ?2, ?3)")?
                .insert(params![to_epoch(on), command, source])
        })?;
        if let Some(binder) = &mut self.binder {
            binder.start_batch();
        }
        self.batch = Some((BatchNo(no), on));
        Ok(BatchNo(no))
    }

    /// Records a policy in the batch under way. It is found by its identifiers and by searches
    /// once the batch is finished.
    ///
    /// # Errors
    /// Money in another currency than the terms', no batch under way, or no room.
    pub fn bind(&mut self, terms: TermsId, new: &NewPolicy<'_>) -> Result<PolicyNo, LedgerError> {
        let Some(batch) = self.batch else {
            return Err(LedgerError::Unknown { number: "batch under way".to_owned() });
        };
        let (value, figures) = (&new.parcel.value, &new.figures);
        for money in [
            value.product,
            value.coupon,
            value.shipping,
            figures.package_value,
            figures.included_cover,
            figures.cover,
            figures.premium,
        ] {
            same_currency(terms.currency, money)?;
        }
        if let Some(stated) = &new.parcel.stated {
            same_currency(terms.currency, Money::zero(stated.at.to))?;
        }
        let conn = &self.ledger.conn;
        let binder = match &mut self.binder {
            Some(binder) => binder,
            none => none.insert(self.ledger.run(Binder::new)?),
        };
        self.ledger.run(|_| binder.bind(conn, terms, batch, new)).map(PolicyNo)
    }

    /// Closes a batch with what it came to; this and the history say which policies it recorded.
    ///
    /// # Errors
    /// The ledger cannot be written.
    pub fn finish_batch(&mut self, no: BatchNo, totals: &BatchTotals) -> Result<(), LedgerError> {
        let range = self.binder.as_ref().and_then(Binder::range);
        self.settle()?;
        let Some((_, on)) = self.batch.take().filter(|(batch, _)| *batch == no) else {
            return Err(LedgerError::Unknown { number: no.to_string() });
        };
        let (first, last) = range.unzip();
        self.ledger.run(|conn| {
            conn.prepare_cached(
                "UPDATE batch SET first_policy = ?2, last_policy = ?3, rows = ?4, parcels = ?5,
                   insured = ?6, already_insured = ?7, refused = ?8, cover = ?9, premium = ?10,
                   currency = ?11
                 WHERE id = ?1",
            )?
            .execute(params![
                no.0,
                first,
                last,
                count(totals.rows),
                count(totals.parcels),
                count(totals.insured),
                count(totals.already_insured),
                count(totals.refused),
                totals.cover.minor(),
                totals.premium.minor(),
                totals.cover.currency().code(),
            ])
        })?;
        self.event(&Event {
            on,
            about: About::Batch(no),
            kind: "bound".to_owned(),
            detail: json!({
                "batch": no,
                "first": first.map(PolicyNo),
                "last": last.map(PolicyNo),
                "insured": totals.insured,
            }),
        })
    }

    /// For each parcel what the ledger has of it; cancelled policies do not cover. Policies of the
    /// batch under way are not looked at: one file's parcels are told apart by its reader.
    ///
    /// # Errors
    /// The ledger cannot be read.
    pub fn find_known(&mut self, parcels: &[Wanted<'_>]) -> Result<Vec<Known>, LedgerError> {
        let same = &mut self.same;
        self.ledger.run(|conn| same.find(conn, parcels))
    }

    /// For each parcel the policy that covers it already, if any.
    ///
    /// # Errors
    /// The ledger cannot be read.
    pub fn find_same(&mut self, parcels: &[&Ids]) -> Result<Vec<Option<Existing>>, LedgerError> {
        let wanted: Vec<Wanted<'_>> = parcels.iter().map(|ids| Wanted::alone(ids)).collect();
        Ok(self.find_known(&wanted)?.into_iter().map(|known| known.same).collect())
    }

    /// Adds to the history.
    ///
    /// # Errors
    /// The ledger cannot be written.
    pub fn event(&mut self, event: &Event) -> Result<(), LedgerError> {
        self.ledger.run(|conn| events::insert(conn, event))
    }

    pub(super) fn settle(&mut self) -> Result<(), LedgerError> {
        if let Some(binder) = self.binder.as_mut().filter(|binder| binder.is_unsettled()) {
            self.ledger.run(|conn| binder.settle(conn))?;
            self.same.forget();
        }
        Ok(())
    }
}

impl Drop for Write<'_> {
    fn drop(&mut self) {
        if !self.ended {
            // After some errors SQLite has rolled back by itself; then there is nothing to undo.
            let _ = self.ledger.conn.execute_batch("ROLLBACK");
        }
    }
}

pub(super) fn same_currency(terms: Currency, money: Money) -> Result<(), LedgerError> {
    if money.currency() == terms {
        return Ok(());
    }
    Err(LedgerError::Currency { terms: terms.to_string(), money: money.currency().to_string() })
}

fn count(n: u64) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}
