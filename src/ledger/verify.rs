//! The ledger held against itself: the file, what belongs together, and what is derived.

use rusqlite::{Connection, params};

use super::derive::{self, Plans};
use super::{bind, claims, digest, duty, ident, row, spelled};
use crate::number::{ClaimNo, PolicyNo};
use crate::words::words;

words! {
    /// Which part of the ledger is at fault.
    pub enum Part {
        /// The file itself, as SQLite finds it.
        File = "file",
        /// A policy.
        Policy = "policy",
        /// A claim.
        Claim = "claim",
        /// A document of a claim or policy.
        Evidence = "evidence",
        /// What is derived from the policies, to find them by their numbers and to search them.
        Index = "index",
    }
}

/// Something in the ledger that is not as it has to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Where.
    pub part: Part,
    /// The policy it concerns.
    pub policy: Option<PolicyNo>,
    /// The claim it concerns.
    pub claim: Option<ClaimNo>,
    /// What is wrong.
    pub detail: String,
}

/// What was found in the ledger.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Verified {
    /// Policies there are.
    pub policies: u64,
    /// Claims there are.
    pub claims: u64,
    /// How many policies were held against what is derived from them: all, or every so-manieth.
    pub compared: u64,
    /// What is wrong.
    pub faults: Vec<Fault>,
}

/// So many policies at most are held against what is derived from them.
const COMPARED: i64 = 10_000;
/// So many faults of one kind are told; a broken page can make thousands.
const TOLD: usize = 100;

pub(super) fn run(conn: &Connection, tick: &mut dyn FnMut()) -> rusqlite::Result<Verified> {
    let mut found = Verified {
        policies: count(conn, "SELECT count(*) FROM policy")?,
        claims: count(conn, "SELECT count(*) FROM claim")?,
        ..Verified::default()
    };
    file(conn, &mut found.faults)?;
    belonging(conn, &mut found.faults)?;
    readable_claims(conn, &mut found.faults, tick)?;
    derived(conn, &mut found, tick)?;
    Ok(found)
}

fn count(conn: &Connection, sql: &str) -> rusqlite::Result<u64> {
    let count: i64 = conn.query_row(sql, [], |row| row.get(0))?;
    Ok(u64::try_from(count).unwrap_or(0))
}

fn file(conn: &Connection, faults: &mut Vec<Fault>) -> rusqlite::Result<()> {
    let of_file = |detail| Fault { part: Part::File, policy: None, claim: None, detail };
    let mut check = conn.prepare(&format!("PRAGMA integrity_check({TOLD})"))?;
    let mut rows = check.query([])?;
    while let Some(row) = rows.next()? {
        let said: String = row.get(0)?;
        if said != "ok" {
            faults.push(of_file(said));
        }
    }
    let mut check = conn.prepare("PRAGMA foreign_key_check")?;
    let mut rows = check.query([])?;
    while let Some(row) = rows.next()? {
        let (table, id, parent): (String, Option<i64>, String) =
            (row.get(0)?, row.get(1)?, row.get(2)?);
        let id = id.unwrap_or(0);
        faults.push(of_file(format!("row {id} of {table} names a {parent} that is not there")));
        if faults.len() >= TOLD {
            break;
        }
    }
    Ok(())
}

/// What no foreign key can say.
fn belonging(conn: &Connection, faults: &mut Vec<Fault>) -> rusqlite::Result<()> {
    for (part, sql, what) in [
        (
            Part::Evidence,
            "SELECT e.policy, e.claim FROM evidence e JOIN claim c ON c.id = e.claim
             WHERE c.policy IS NOT e.policy ORDER BY e.id LIMIT ?1",
            "a document of the claim belongs to another policy than the claim",
        ),
        (
            Part::Policy,
            "SELECT p.id, max(c.id) FROM claim c JOIN policy p ON p.id = c.policy
             GROUP BY c.policy HAVING p.claim IS NOT max(c.id) ORDER BY 1 LIMIT ?1",
            "the policy does not name its latest claim",
        ),
        (
            Part::Policy,
            "SELECT p.id, p.claim FROM policy p JOIN claim c ON c.id = p.claim
             WHERE c.policy IS NOT p.id ORDER BY 1 LIMIT ?1",
            "the policy names a claim on another policy",
        ),
    ] {
        let mut select = conn.prepare(sql)?;
        let mut rows = select.query(params![TOLD as i64])?;
        while let Some(row) = rows.next()? {
            faults.push(Fault {
                part,
                policy: row.get::<_, Option<i64>>(0)?.map(PolicyNo),
                claim: row.get::<_, Option<i64>>(1)?.map(ClaimNo),
                detail: what.to_owned(),
            });
        }
    }
    Ok(())
}

fn readable_claims(
    conn: &Connection,
    faults: &mut Vec<Fault>,
    tick: &mut dyn FnMut(),
) -> rusqlite::Result<()> {
    let mut select = conn.prepare("SELECT id FROM claim ORDER BY id")?;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        let no: i64 = row.get(0)?;
        tick();
        let detail = match claims::get(conn, no) {
            Ok(Some(_)) => continue,
            Ok(None) => "its policy, or the policy's terms, are not there".to_owned(),
            Err(why) => why.to_string(),
        };
        faults.push(Fault { part: Part::Claim, policy: None, claim: Some(ClaimNo(no)), detail });
        if faults.len() >= TOLD {
            break;
        }
    }
    Ok(())
}

/// Whether policies are found by their numbers, and searches see them as they are.
fn derived(
    conn: &Connection,
    found: &mut Verified,
    tick: &mut dyn FnMut(),
) -> rusqlite::Result<()> {
    let last = bind::last_policy(conn)?;
    let step = (last / COMPARED).max(1);
    let (runs, spelled) = (ident::runs(conn)?, spelled::up_to(conn)?);
    let mut plans = Plans::default();
    let mut no = 1;
    while no <= last && found.faults.len() < TOLD {
        let mut fault = |detail: String| {
            let policy = Some(PolicyNo(no));
            found.faults.push(Fault { part: Part::Index, policy, claim: None, detail });
        };
        match row::get(conn, no) {
            Ok(Some(policy)) => {
                found.compared += 1;
                let mut keys = Vec::new();
                bind::push_written_keys(&policy.parcel, |key| keys.push(key));
                if no <= spelled {
                    let parcel = &policy.parcel;
                    bind::push_plain_keys(&parcel.ids, &parcel.other_orders, |key| keys.push(key));
                }
                for key in keys {
                    if !ident::candidates(conn, runs, key)?.contains(&no) {
                        fault("it is not found by one of its numbers".to_owned());
                        break;
                    }
                }
                if !digest::tells(conn, &policy)? {
                    fault("what searches know of it is not what it is".to_owned());
                }
                let id = bind::terms_of(conn, no)?;
                if let Some(terms) = plans.of(conn, id)?.and_then(|kept| kept.terms(policy.version))
                    && derive::prospect_of(terms, &policy) != policy.prospect
                {
                    fault("what can be claimed on it is not what its terms say".to_owned());
                }
                if let Some((claim, _)) = policy.claim
                    && !duty::tells(conn, &mut plans, claim.0).unwrap_or(false)
                {
                    fault(format!("what is due for {claim} is not what its terms say"));
                }
            }
            // A number that was never given out.
            Ok(None) => {}
            Err(why) => fault(format!("it cannot be read: {why}")),
        }
        tick();
        no += step;
    }
    Ok(())
}
