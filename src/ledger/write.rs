//! Writing: one transaction, wholly there or not at all.

use std::ops::Deref;

use rusqlite::{Connection, OptionalExtension, params};
use serde_json::json;

use super::bind::{self, Binder};
use super::events::{self, About, Event};
use super::lookup::{Existing, Same};
use super::types::{BatchTotals, NewClaim, NewPolicy, TermsId, TermsSnapshot};
use super::words::Dictionaries;
use super::{Ledger, LedgerError, claims, digest, ident, row};
use crate::calendar::{Day, to_epoch};
use crate::claim::{Claim, Evidence};
use crate::money::Money;
use crate::number::{BatchNo, ClaimNo, PolicyNo};
use crate::parcel::{CarrierEvent, Ids};
use crate::policy::Policy;

/// A transaction. Nothing is in the ledger before [`Write::commit`]; dropped, it leaves no trace.
/// Everything a [`Ledger`] answers can be asked here too, and sees what was written so far.
pub struct Write<'a> {
    ledger: &'a Ledger,
    binder: Option<Binder<'a>>,
    batch: Option<(BatchNo, Day)>,
    words: Dictionaries,
    same: Same,
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

    /// Makes everything written durable.
    ///
    /// # Errors
    /// No room, or no access: then nothing was written.
    pub fn commit(mut self) -> Result<(), LedgerError> {
        self.settle()?;
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

    /// For each parcel the policy that covers it already, if any; cancelled ones do not. Policies
    /// of the batch under way are not looked at: one file's parcels are told apart by its reader.
    ///
    /// # Errors
    /// The ledger cannot be read.
    pub fn find_same(&mut self, parcels: &[&Ids]) -> Result<Vec<Option<Existing>>, LedgerError> {
        let same = &mut self.same;
        self.ledger.run(|conn| same.find(conn, parcels))
    }

    /// Records what has become known of a policy, and what happened. The terms, the value and the
    /// figures stay as they were decided.
    ///
    /// # Errors
    /// No such policy, or the ledger cannot be written.
    pub fn update(
        &mut self,
        before: &Policy,
        after: &Policy,
        event: &Event,
    ) -> Result<(), LedgerError> {
        self.settle()?;
        let words = &mut self.words;
        let known = self.ledger.run(|conn| {
            let lane = words.lane(conn, &after.parcel)?;
            let goods = words.goods(conn, &after.parcel)?;
            if !update(conn, after, lane, goods)? {
                return Ok(false);
            }
            digest::refresh(conn, after, Some((lane, goods)))?;
            learn(conn, before, after)?;
            Ok(true)
        })?;
        if !known {
            return Err(LedgerError::Unknown { number: after.no.to_string() });
        }
        self.same.forget();
        self.event(event)
    }

    /// Opens a claim. The event is told of it by number, which `about` gets.
    ///
    /// # Errors
    /// [`LedgerError::ClaimOpen`] where one is under way on the policy; no such policy.
    pub fn open_claim(
        &mut self,
        new: &NewClaim,
        detail: serde_json::Value,
    ) -> Result<ClaimNo, LedgerError> {
        self.settle()?;
        if let Some(open) = self.ledger.run(|conn| claims::open_on(conn, new.policy.0))? {
            return Err(LedgerError::ClaimOpen { policy: new.policy, claim: ClaimNo(open) });
        }
        let Some(policy) = self.policy(new.policy)? else {
            return Err(LedgerError::Unknown { number: new.policy.to_string() });
        };
        same_currency(policy.figures.cover.currency(), new.amount)?;
        same_currency(policy.figures.cover.currency(), new.payable)?;
        let no = ClaimNo(self.ledger.run(|conn| claims::insert(conn, new))?);
        self.refresh(new.policy)?;
        self.event(&Event {
            on: new.opened_on,
            about: About::Claim(no),
            kind: "claim_filed".to_owned(),
            detail,
        })?;
        Ok(no)
    }

    /// Records what has become of a claim: its status, decision, amounts; evidence has its own way.
    ///
    /// # Errors
    /// No such claim; [`LedgerError::ClaimOpen`] where it would be a second open one.
    pub fn update_claim(&mut self, claim: &Claim, event: &Event) -> Result<(), LedgerError> {
        self.settle()?;
        let other = self.ledger.run(|conn| claims::open_on(conn, claim.policy.0))?;
        if let Some(open) = other.filter(|open| claim.status.is_open() && *open != claim.no.0) {
            return Err(LedgerError::ClaimOpen { policy: claim.policy, claim: ClaimNo(open) });
        }
        if !self.ledger.run(|conn| claims::update(conn, claim))? {
            return Err(LedgerError::Unknown { number: claim.no.to_string() });
        }
        self.refresh(claim.policy)?;
        self.event(event)
    }

    /// Adds a document to a claim; false where it has the same one for the same purpose already.
    ///
    /// # Errors
    /// No such claim, or the ledger cannot be written.
    pub fn add_evidence(
        &mut self,
        claim: ClaimNo,
        evidence: &Evidence,
    ) -> Result<bool, LedgerError> {
        if self.claim(claim)?.is_none() {
            return Err(LedgerError::Unknown { number: claim.to_string() });
        }
        let added = self.ledger.run(|conn| claims::add_evidence(conn, claim.0, evidence))?;
        if added {
            self.event(&Event {
                on: evidence.added_on,
                about: About::Claim(claim),
                kind: "evidence_added".to_owned(),
                detail: json!({
                    "kind": evidence.kind,
                    "file": evidence.file,
                    "sha256": evidence.sha256,
                }),
            })?;
        }
        Ok(added)
    }

    /// Records the one-time agreement to a plan; false where the same text was agreed to before.
    ///
    /// # Errors
    /// The ledger cannot be written.
    pub fn accept_agreement(
        &mut self,
        plan: &str,
        text: &str,
        on: Day,
    ) -> Result<bool, LedgerError> {
        let added = self.ledger.run(|conn| claims::accept(conn, plan, text, on))?;
        if added {
            self.event(&Event {
                on,
                about: About::Ledger,
                kind: "terms_accepted".to_owned(),
                detail: json!({ "plan": plan, "sha256": super::sha256(text) }),
            })?;
        }
        Ok(added)
    }

    /// Adds to the history.
    ///
    /// # Errors
    /// The ledger cannot be written.
    pub fn event(&mut self, event: &Event) -> Result<(), LedgerError> {
        self.ledger.run(|conn| events::insert(conn, event))
    }

    fn refresh(&mut self, no: PolicyNo) -> Result<(), LedgerError> {
        match self.policy(no)? {
            Some(policy) => self.ledger.run(|conn| digest::refresh(conn, &policy, None)),
            None => Err(LedgerError::Unknown { number: no.to_string() }),
        }
    }

    fn settle(&mut self) -> Result<(), LedgerError> {
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

fn same_currency(terms: crate::money::Currency, money: Money) -> Result<(), LedgerError> {
    if money.currency() == terms {
        return Ok(());
    }
    Err(LedgerError::Currency { terms: terms.to_string(), money: money.currency().to_string() })
}

fn count(n: u64) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

fn update(
    conn: &Connection,
    p: &Policy,
    lane: Option<i64>,
    goods: Option<i64>,
) -> rusqlite::Result<bool> {
    let (ids, facts) = (&p.parcel.ids, &p.parcel.facts);
    let (label, label_on) = row::label(p.parcel.label);
    let changed = conn
        .prepare_cached(
            "UPDATE policy SET order_id = ?2, package_id = ?3, tracking = ?4, other_orders = ?5,
               lane = ?6, goods = ?7, fulfilment = ?8, state = ?9, label = ?10, label_on = ?11,
               ship_date = ?12, scanned_on = ?13, delivered_on = ?14, cancelled = ?15,
               cancelled_on = ?16, loss_from = ?17, closes_on = ?18, trouble = ?19,
               trouble_on = ?20, refunded = ?21
             WHERE id = ?1",
        )?
        .execute(params![
            p.no.0,
            row::StoredId(ids.order.as_deref()),
            row::StoredId(ids.package.as_deref()),
            row::StoredId(ids.tracking.as_deref()),
            row::other_orders(&p.parcel),
            lane,
            goods,
            row::fulfilment(&p.parcel),
            digest::state_code(p.state),
            label,
            label_on,
            row::epoch(p.parcel.ship_date),
            row::epoch(facts.scanned_on),
            row::epoch(facts.delivered_on),
            facts.cancelled.then_some(1),
            row::epoch(facts.cancelled_on),
            row::epoch(p.deadlines.loss_from),
            row::epoch(p.deadlines.closes_on),
            p.trouble.map(|(event, _)| CarrierEvent::word(event)),
            row::epoch(p.trouble.map(|(_, on)| on)),
            p.refunded.map(Money::minor),
        ])?;
    Ok(changed == 1)
}

/// Makes a policy found by the names it has got.
fn learn(conn: &Connection, before: &Policy, after: &Policy) -> rusqlite::Result<()> {
    if before.parcel.ids == after.parcel.ids
        && before.parcel.other_orders == after.parcel.other_orders
    {
        return Ok(());
    }
    let mut known = Vec::new();
    bind::push_keys(&before.parcel, |key| known.push(key));
    let mut new = Vec::new();
    bind::push_keys(&after.parcel, |key| new.push(key));
    new.into_iter()
        .filter(|key| !known.contains(key))
        .try_for_each(|key| ident::insert_one(conn, key, after.no.0))
}
