//! Claims and the one-time agreements, as rows and back.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension, params};

use super::row::{Columns, epoch, malformed, to_json};
use super::{Agreement, NewClaim, evidence, mail};
use crate::calendar::{Day, to_epoch};
use crate::claim::{Claim, ClaimStatus, Decision, Facts, Incident, Payment, Refund, RefundStatus};
use crate::money::{Currency, Money};
use crate::number::{ClaimNo, PolicyNo};

/// Beyond every calendar: the column of version 1 takes no NULL.
const NO_LAST_DAY: i64 = i64::MAX;

const CLAIM: &str = "
SELECT c.id, c.policy, t.currency, c.incident, c.amount, c.payable, c.status, c.opened_on,
       c.closes_on, c.decided_on, c.decided_amount, c.decision_reason, c.facts, c.appeals,
       c.derived, c.filed_on, c.refund_status, c.refund_reason, c.refund_amount, c.refund_on
FROM claim c JOIN policy p ON p.id = c.policy JOIN terms t ON t.id = p.terms
WHERE c.id = ?1";

pub(super) fn get(conn: &Connection, no: i64) -> rusqlite::Result<Option<Claim>> {
    let found = conn
        .prepare_cached(CLAIM)?
        .query_row([no], |row| {
            let mut r = Columns { row, at: 0 };
            let (no, policy) = (ClaimNo(r.next()?), PolicyNo(r.next()?));
            let currency = r.word(Currency::from_code)?;
            Ok(Claim {
                no,
                policy,
                incident: r.word(Incident::from_word)?,
                amount: r.money(currency)?,
                payable: r.money(currency)?,
                status: r.word(ClaimStatus::from_word)?,
                opened_on: r.day()?,
                closes_on: r.maybe_day()?,
                decision: decision(&mut r, currency)?,
                evidence: Vec::new(),
                facts: facts(r.next()?, currency)?,
                appeals: r.next()?,
                payments: Vec::new(),
                derived: r.next::<Option<i64>>()?.is_some(),
                filed_on: r.maybe_day()?,
                refund: refund(&mut r, currency)?,
                affidavit: None,
            })
        })
        .optional()?;
    let Some(mut claim) = found else {
        return Ok(None);
    };
    claim.evidence = evidence::of_claim(conn, no, claim.policy)?;
    claim.payments = conn
        .prepare_cached(
            "SELECT paid_on, amount, reference FROM payment WHERE claim = ?1 ORDER BY id",
        )?
        .query_map([no], |row| {
            let mut r = Columns { row, at: 0 };
            let on = r.day()?;
            Ok(Payment { on, amount: r.money(claim.amount.currency())?, reference: r.next()? })
        })?
        .collect::<rusqlite::Result<_>>()?;
    claim.affidavit = mail::of_claim(conn, no)?;
    Ok(Some(claim))
}

fn facts(json: Option<String>, currency: Currency) -> rusqlite::Result<Facts> {
    let mut facts = Facts::default();
    let Some(json) = json else {
        return Ok(facts);
    };
    let wrong = || malformed("what a claimant stated cannot be read");
    let stated: BTreeMap<String, String> = serde_json::from_str(&json).map_err(|_| wrong())?;
    for (name, text) in stated {
        facts.set(&name, &text, currency).map_err(|_| wrong())?;
    }
    Ok(facts)
}

fn decision(r: &mut Columns<'_>, currency: Currency) -> rusqlite::Result<Option<Decision>> {
    let on = r.maybe_day()?;
    let amount: Option<i64> = r.next()?;
    let reason = r.next()?;
    Ok(on.map(|on| Decision {
        on,
        amount: amount.map(|minor| Money::from_minor(minor, currency)),
        reason,
    }))
}

fn refund(r: &mut Columns<'_>, currency: Currency) -> rusqlite::Result<Option<Refund>> {
    let status = r.maybe_word(RefundStatus::from_word)?;
    let reason = r.next()?;
    let amount: Option<i64> = r.next()?;
    let on = r.maybe_day()?;
    Ok(status.zip(on).map(|(status, on)| Refund {
        status,
        reason,
        amount: amount.map(|minor| Money::from_minor(minor, currency)),
        on,
    }))
}

/// The numbers of a policy's claims, in order.
pub(super) fn of_policy(conn: &Connection, policy: i64) -> rusqlite::Result<Vec<i64>> {
    conn.prepare_cached("SELECT id FROM claim WHERE policy = ?1 ORDER BY id")?
        .query_map([policy], |row| row.get(0))?
        .collect()
}

/// The numbers of the claims whose course can still use a document, in order.
pub(super) fn undecided(conn: &Connection) -> rusqlite::Result<Vec<i64>> {
    conn.prepare_cached(
        "SELECT id FROM claim WHERE status IN ('draft', 'under_review', 'needs_info') ORDER BY id",
    )?
    .query_map([], |row| row.get(0))?
    .collect()
}

/// The claim under way on a policy.
pub(super) fn open_on(conn: &Connection, policy: i64) -> rusqlite::Result<Option<i64>> {
    conn.prepare_cached(
        "SELECT id FROM claim
         WHERE policy = ?1 AND status NOT IN ('rejected', 'paid', 'withdrawn')",
    )?
    .query_row([policy], |row| row.get(0))
    .optional()
}

pub(super) fn insert(conn: &Connection, new: &NewClaim<'_>) -> rusqlite::Result<i64> {
    let no = conn
        .prepare_cached(
            "INSERT INTO claim (policy, incident, amount, payable, status, opened_on, closes_on,
               facts, derived, filed_on)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        )?
        .insert(params![
            new.policy.0,
            new.incident.word(),
            new.amount.minor(),
            new.payable.minor(),
            new.status.word(),
            to_epoch(new.opened_on),
            new.closes_on.map_or(NO_LAST_DAY, |day| i64::from(to_epoch(day))),
            (!new.facts.is_empty()).then(|| to_json(new.facts)),
            new.derived.then_some(1),
            (new.status != ClaimStatus::Draft).then(|| to_epoch(new.opened_on)),
        ])?;
    conn.prepare_cached("UPDATE policy SET claim = ?2 WHERE id = ?1")?
        .execute([new.policy.0, no])?;
    Ok(no)
}

pub(super) fn update(conn: &Connection, claim: &Claim) -> rusqlite::Result<bool> {
    let decision = claim.decision.as_ref();
    let refund = claim.refund.as_ref();
    let changed = conn
        .prepare_cached(
            "UPDATE claim SET incident = ?2, amount = ?3, payable = ?4, status = ?5,
               decided_on = ?6, decided_amount = ?7, decision_reason = ?8, appeals = ?9,
               facts = ?10, derived = ?11, filed_on = ?12, refund_status = ?13,
               refund_reason = ?14, refund_amount = ?15, refund_on = ?16
             WHERE id = ?1",
        )?
        .execute(params![
            claim.no.0,
            claim.incident.word(),
            claim.amount.minor(),
            claim.payable.minor(),
            claim.status.word(),
            epoch(decision.map(|d| d.on)),
            decision.and_then(|d| d.amount).map(Money::minor),
            decision.and_then(|d| d.reason.as_deref()),
            claim.appeals,
            (!claim.facts.is_empty()).then(|| to_json(&claim.facts)),
            claim.derived.then_some(1),
            epoch(claim.filed_on),
            refund.map(|refund| refund.status.word()),
            refund.and_then(|refund| refund.reason.as_deref()),
            refund.and_then(|refund| refund.amount).map(Money::minor),
            epoch(refund.map(|refund| refund.on)),
        ])?;
    Ok(changed == 1)
}

/// Adds a payment; false where the claim has just that already.
pub(super) fn add_payment(conn: &Connection, claim: i64, p: &Payment) -> rusqlite::Result<bool> {
    conn.prepare_cached(
        "INSERT INTO payment (claim, paid_on, amount, reference) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (claim, paid_on, amount, reference) DO NOTHING",
    )?
    .execute(params![claim, to_epoch(p.on), p.amount.minor(), p.reference])
    .map(|added| added == 1)
}

/// Records an agreement; false where the same text was agreed to before.
pub(super) fn accept(conn: &Connection, plan: &str, text: &str, on: Day) -> rusqlite::Result<bool> {
    conn.prepare_cached(
        "INSERT INTO agreement (plan, accepted_on, sha256, text) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (plan, sha256) DO NOTHING",
    )?
    .execute(params![plan, to_epoch(on), super::sha256(text), text])
    .map(|added| added == 1)
}

/// The latest agreement to a plan.
pub(super) fn accepted(conn: &Connection, plan: &str) -> rusqlite::Result<Option<Agreement>> {
    conn.prepare_cached(
        "SELECT plan, accepted_on, sha256, text FROM agreement WHERE plan = ?1
         ORDER BY id DESC LIMIT 1",
    )?
    .query_row([plan], |row| {
        let mut r = Columns { row, at: 0 };
        Ok(Agreement { plan: r.next()?, accepted_on: r.day()?, sha256: r.next()?, text: r.next()? })
    })
    .optional()
}
