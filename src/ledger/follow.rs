//! What becomes of a policy: carrier facts, claims, documents, agreements.

use rusqlite::{Connection, params};
use serde_json::json;

use super::events::{About, Event};
use super::types::NewClaim;
use super::write::{Write, same_currency};
use super::{LedgerError, bind, claims, digest, evidence, ident, row};
use crate::calendar::Day;
use crate::claim::{Claim, Evidence, Payment};
use crate::money::Money;
use crate::number::{ClaimNo, PolicyNo};
use crate::parcel::CarrierEvent;
use crate::policy::Policy;

impl Write<'_> {
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
        let (words, same) = (&mut self.words, &mut self.same);
        let known = self.ledger.run(|conn| {
            let lane = words.lane(conn, &after.parcel)?;
            let goods = words.goods(conn, &after.parcel)?;
            if !update(conn, after, lane, goods)? {
                return Ok(false);
            }
            digest::refresh(conn, Some(before), after, Some((lane, goods)))?;
            learn(conn, before, after)?.into_iter().for_each(|key| same.learn(key));
            Ok(true)
        })?;
        if !known {
            return Err(LedgerError::Unknown { number: after.no.to_string() });
        }
        self.event(event)
    }

    /// Opens a claim. The event is told of it by number, which `about` gets.
    ///
    /// # Errors
    /// [`LedgerError::ClaimOpen`] where one is under way on the policy; no such policy.
    pub fn open_claim(
        &mut self,
        new: &NewClaim<'_>,
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

    /// Records what has become of a claim: its status, decision, amounts, appeals. Evidence and
    /// payments have their own ways.
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

    /// Adds a payment to a claim; false where it has just that already. What it makes of the claim,
    /// and the event, are told with [`Write::update_claim`].
    ///
    /// # Errors
    /// No such claim, or the ledger cannot be written.
    pub fn add_payment(&mut self, claim: ClaimNo, payment: &Payment) -> Result<bool, LedgerError> {
        let Some(known) = self.claim(claim)? else {
            return Err(LedgerError::Unknown { number: claim.to_string() });
        };
        same_currency(known.amount.currency(), payment.amount)?;
        self.ledger.run(|conn| claims::add_payment(conn, claim.0, payment))
    }

    /// Adds a document to a claim; false where it, or its policy, has the same one for the same
    /// purpose already.
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
        let (before, added) = self.ledger.run(|conn| {
            let before = evidence::dated_of_claim(conn, claim.0, evidence)?;
            Ok((before.flatten(), evidence::add_to_claim(conn, claim.0, evidence)?))
        })?;
        if added {
            self.event(&evidence_added(About::Claim(claim), evidence, before))?;
        }
        Ok(added)
    }

    /// Adds a document to a policy, where it serves every claim on it; false where the policy has
    /// the same one for the same purpose already.
    ///
    /// # Errors
    /// No such policy, or the ledger cannot be written.
    pub fn add_policy_evidence(
        &mut self,
        policy: PolicyNo,
        evidence: &Evidence,
    ) -> Result<bool, LedgerError> {
        self.settle()?;
        if self.policy(policy)?.is_none() {
            return Err(LedgerError::Unknown { number: policy.to_string() });
        }
        let (before, added) = self.ledger.run(|conn| {
            let before = evidence::dated_of_policy(conn, policy.0, evidence)?;
            Ok((before.flatten(), evidence::add_to_policy(conn, policy.0, evidence)?))
        })?;
        if added {
            self.event(&evidence_added(About::Policy(policy), evidence, before))?;
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

    fn refresh(&mut self, no: PolicyNo) -> Result<(), LedgerError> {
        match self.policy(no)? {
            Some(policy) => self.ledger.run(|conn| digest::refresh(conn, None, &policy, None)),
            None => Err(LedgerError::Unknown { number: no.to_string() }),
        }
    }
}

fn evidence_added(about: About, evidence: &Evidence, before: Option<Day>) -> Event {
    let mut detail = json!({
        "kind": evidence.kind,
        "file": evidence.file,
        "sha256": evidence.sha256,
    });
    if let Some(dated) = evidence.dated {
        detail["dated"] = json!(dated);
    }
    if let Some(before) = before.filter(|before| evidence.dated.is_some_and(|new| new != *before)) {
        detail["dated_before"] = json!(before);
    }
    Event { on: evidence.added_on, about, kind: "evidence_added".to_owned(), detail }
}

fn update(
    conn: &Connection,
    p: &Policy,
    lane: Option<i64>,
    goods: Option<i64>,
) -> rusqlite::Result<bool> {
    let (ids, facts) = (&p.parcel.ids, &p.parcel.facts);
    let (label, label_on) = row::label(p.parcel.label);
    let prospect = row::prospect(p.prospect);
    let changed = conn
        .prepare_cached(
            "UPDATE policy SET order_id = ?2, package_id = ?3, tracking = ?4, other_orders = ?5,
               lane = ?6, goods = ?7, fulfilment = ?8, state = ?9, label = ?10, label_on = ?11,
               ship_date = ?12, scanned_on = ?13, delivered_on = ?14, cancelled = ?15,
               cancelled_on = ?16, loss_from = ?17, closes_on = ?18, trouble = ?19,
               trouble_on = ?20, refunded = ?21, moved_on = ?22, looks_like = ?23, looks_from = ?24,
               looks_until = ?25, looks_window = ?26, payout = ?27, payout_is = ?28
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
            row::epoch(facts.moved_on),
            prospect[0],
            prospect[1],
            prospect[2],
            prospect[3],
            prospect[4],
            prospect[5],
        ])?;
    Ok(changed == 1)
}

/// Makes a policy found by the names it has got, and returns their keys.
fn learn(conn: &Connection, before: &Policy, after: &Policy) -> rusqlite::Result<Vec<u64>> {
    let (before, after, no) = (&before.parcel, &after.parcel, after.no.0);
    let mut new = Vec::new();
    if before.ids != after.ids || before.other_orders != after.other_orders {
        let mut known = Vec::new();
        bind::push_keys(before, |key| known.push(key));
        bind::push_keys(after, |key| new.push(key));
        new.retain(|key| !known.contains(key));
    }
    for key in &new {
        ident::insert_one(conn, *key, no)?;
    }
    Ok(new)
}
