//! Documents as rows: those of a claim, and those of a policy that serve every claim on it.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension, Row, params};

use super::row::{Columns, epoch};
use super::types::Document;
use crate::calendar::{Day, to_epoch};
use crate::claim::Evidence;
use crate::number::{ClaimNo, PolicyNo};

/// What a claim can show: its own documents, and those of its policy.
pub(super) fn of_claim(
    conn: &Connection,
    claim: i64,
    policy: PolicyNo,
) -> rusqlite::Result<Vec<Evidence>> {
    conn.prepare_cached(
        "SELECT kind, sha256, file, bytes, media, dated, added_on FROM evidence
         WHERE claim = ?1 OR policy = ?2 AND claim IS NULL AND NOT EXISTS (
           SELECT 1 FROM evidence own
           WHERE own.claim = ?1 AND own.kind = evidence.kind AND own.sha256 = evidence.sha256)
         ORDER BY id",
    )?
    .query_map([claim, policy.0], read)?
    .collect()
}

/// The documents that were given for a policy, not for one of its claims.
pub(super) fn of_policy(conn: &Connection, policy: i64) -> rusqlite::Result<Vec<Evidence>> {
    conn.prepare_cached(
        "SELECT kind, sha256, file, bytes, media, dated, added_on FROM evidence
         WHERE policy = ?1 AND claim IS NULL ORDER BY id",
    )?
    .query_map([policy], read)?
    .collect()
}

fn read(row: &Row<'_>) -> rusqlite::Result<Evidence> {
    let mut r = Columns { row, at: 0 };
    Ok(Evidence {
        kind: r.next()?,
        sha256: r.next()?,
        file: r.next()?,
        bytes: u64::try_from(r.next::<i64>()?).unwrap_or(0),
        media: r.next()?,
        dated: r.maybe_day()?,
        added_on: r.day()?,
    })
}

/// The date that a claim has of a document, or its policy: `None` where neither has the document.
pub(super) fn dated_of_claim(
    conn: &Connection,
    claim: i64,
    e: &Evidence,
) -> rusqlite::Result<Option<Option<Day>>> {
    conn.prepare_cached(
        "SELECT e.dated FROM evidence e JOIN claim c ON c.id = ?1
         WHERE e.policy = c.policy AND (e.claim = c.id OR e.claim IS NULL)
           AND e.kind = ?2 AND e.sha256 = ?3
         ORDER BY e.claim IS NULL LIMIT 1",
    )?
    .query_row(params![claim, e.kind, e.sha256], dated)
    .optional()
}

/// The same of a policy.
pub(super) fn dated_of_policy(
    conn: &Connection,
    policy: i64,
    e: &Evidence,
) -> rusqlite::Result<Option<Option<Day>>> {
    conn.prepare_cached(
        "SELECT dated FROM evidence
         WHERE policy = ?1 AND claim IS NULL AND kind = ?2 AND sha256 = ?3",
    )?
    .query_row(params![policy, e.kind, e.sha256], dated)
    .optional()
}

fn dated(row: &Row<'_>) -> rusqlite::Result<Option<Day>> {
    Columns { row, at: 0 }.maybe_day()
}

/// Adds a document to a claim, or the date it bears; false where the claim, or its policy, has just
/// that already.
pub(super) fn add_to_claim(conn: &Connection, claim: i64, e: &Evidence) -> rusqlite::Result<bool> {
    conn.prepare_cached(
        "INSERT INTO evidence (policy, claim, kind, sha256, file, bytes, media, dated, added_on)
         SELECT c.policy, c.id, ?2, ?3, ?4, ?5, ?6, ?7, ?8 FROM claim c
         WHERE c.id = ?1 AND NOT EXISTS (
           SELECT 1 FROM evidence p
           WHERE p.policy = c.policy AND p.claim IS NULL AND p.kind = ?2 AND p.sha256 = ?3
             AND (?7 IS NULL OR p.dated IS ?7))
         ON CONFLICT (claim, kind, sha256) WHERE claim IS NOT NULL
           DO UPDATE SET dated = excluded.dated
           WHERE excluded.dated IS NOT NULL AND dated IS NOT excluded.dated",
    )?
    .execute(params![
        claim,
        e.kind,
        e.sha256,
        e.file,
        i64::try_from(e.bytes).unwrap_or(i64::MAX),
        e.media,
        epoch(e.dated),
        to_epoch(e.added_on),
    ])
    .map(|added| added == 1)
}

/// The same for a policy.
pub(super) fn add_to_policy(
    conn: &Connection,
    policy: i64,
    e: &Evidence,
) -> rusqlite::Result<bool> {
    let added = conn
        .prepare_cached(
        "INSERT INTO evidence (policy, claim, kind, sha256, file, bytes, media, dated, added_on)
         VALUES (?1, NULL, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
         ON CONFLICT (policy, kind, sha256) WHERE claim IS NULL
           DO UPDATE SET dated = excluded.dated
           WHERE excluded.dated IS NOT NULL AND dated IS NOT excluded.dated",
    )?
    .execute(params![
        policy,
        e.kind,
        e.sha256,
        e.file,
        i64::try_from(e.bytes).unwrap_or(i64::MAX),
        e.media,
        epoch(e.dated),
        to_epoch(e.added_on),
    ])
    .map(|added| added == 1)?;
    if added && e.dated.is_some() {
        // A claim shows its own of two alike: it shall not lack the date that is known now.
        conn.prepare_cached(
            "UPDATE evidence SET dated = ?4
             WHERE policy = ?1 AND claim IS NOT NULL AND kind = ?2 AND sha256 = ?3
               AND dated IS NULL",
        )?
        .execute(params![policy, e.kind, e.sha256, epoch(e.dated)])?;
    }
    Ok(added)
}

/// Every document there is, once, in the order of hashes, with all it belongs to.
pub(super) fn documents(conn: &Connection) -> rusqlite::Result<Vec<Document>> {
    let mut all: BTreeMap<String, Document> = BTreeMap::new();
    let mut select = conn.prepare(
        "SELECT e.sha256, e.bytes, e.file, e.policy, ifnull(e.claim, c.id) FROM evidence e
         LEFT JOIN claim c ON e.claim IS NULL AND c.policy = e.policy ORDER BY e.id, c.id",
    )?;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        let sha256: String = row.get(0)?;
        let document = all.entry(sha256.clone()).or_insert_with(|| Document {
            sha256,
            bytes: 0,
            file: String::new(),
            policies: Vec::new(),
            claims: Vec::new(),
        });
        if document.file.is_empty() {
            document.bytes = u64::try_from(row.get::<_, i64>(1)?).unwrap_or(0);
            document.file = row.get(2)?;
        }
        let policy = PolicyNo(row.get(3)?);
        if !document.policies.contains(&policy) {
            document.policies.push(policy);
        }
        if let Some(claim) = row.get::<_, Option<i64>>(4)?.map(ClaimNo)
            && !document.claims.contains(&claim)
        {
            document.claims.push(claim);
        }
    }
    Ok(all.into_values().collect())
}
