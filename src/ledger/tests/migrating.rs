//! A ledger of an earlier version, with its own schema and digests, opened by this one.

use std::path::Path;

use rusqlite::{Connection, params};

use super::varied::{plan, sold};
use super::{day, usd};
use crate::calendar::to_epoch;
use crate::claim::ClaimStatus;
use crate::ledger::{Due, DueFilter, Filter, Ledger, LedgerError};
use crate::number::{ClaimNo, PolicyNo};
use crate::policy::{Look, PayoutIs};
use crate::rules::{DutyKind, OwedBy};

const TODAY: &str = "2026-11-21";

/// What version 2 kept of a policy in its digest.
fn digest_2(terms: u16, shipped: &str, claim: u8) -> [u8; 22] {
    let mut entry = [0; 22];
    entry[0..4].copy_from_slice(&45_000u32.to_le_bytes());
    let code = |text: &str| u16::try_from(to_epoch(day(text))).unwrap();
    let pairs = [code(shipped), 0, code(TODAY), 0, 0, terms];
    for (place, pair) in entry[8..20].as_chunks_mut::<2>().0.iter_mut().zip(pairs) {
        *place = pair.to_le_bytes();
    }
    (entry[20], entry[21]) = (1, claim);
    entry
}

/// A ledger as version 2 wrote it: four parcels of 450.00 with 200.00 of cover, the second reported
/// damaged, the third on its way, the last with a draft.
fn version_2(path: &Path, terms_can_be_read: bool) {
    let conn = Connection::open(path).unwrap();
    conn.pragma_update(None, "page_size", 8192).unwrap();
    conn.pragma_update(None, "application_id", 0x696e_7375).unwrap();
    conn.execute_batch(include_str!("../schema.sql")).unwrap();
    conn.execute_batch(include_str!("../schema-2.sql")).unwrap();
    conn.pragma_update(None, "user_version", 2).unwrap();
    let text = crate::plan::Catalog::default().load("tiktok-upic").unwrap().text;
    let text = if terms_can_be_read { text } else { "id = \"tiktok-upic\"".to_owned() };
    let effective = plan("tiktok-upic").versions[0].effective;
    conn.execute(
        "INSERT INTO terms VALUES (1, 'tiktok-upic', ?1, 'USD', 'x', ?2)",
        params![to_epoch(effective), text],
    )
    .unwrap();
    let today = to_epoch(day(TODAY));
    conn.execute("INSERT INTO batch (id, on_day, command) VALUES (1, ?1, 'insure')", [today])
        .unwrap();
    let mut digests = Vec::new();
    let shipped = ["2026-10-01", "2026-11-10", "2026-11-12", "2026-08-28"];
    for (no, on) in (1..).zip(shipped) {
        conn.execute(
            "INSERT INTO policy (id, batch, terms, order_id, product, coupon, shipping,
               package_value, included_cover, cover, premium, state, label, ship_date, scanned_on,
               loss_from, closes_on)
             VALUES (?1, 1, 1, ?2, 45000, 0, 0, 45000, 20000, 20000, 0, 1, 2, ?3, ?3, ?4, ?5)",
            params![
                no,
                1000 + no,
                to_epoch(day(on)),
                to_epoch(day(on)) + 21,
                to_epoch(day(on)) + 90
            ],
        )
        .unwrap();
        digests.extend(digest_2(1, on, u8::from(no == 4)));
    }
    conn.execute("INSERT INTO digest VALUES (0, ?1)", [digests]).unwrap();
    conn.execute("UPDATE policy SET trouble = 'damaged', trouble_on = ?1 WHERE id = 2", [today])
        .unwrap();
    conn.execute(
        "INSERT INTO claim (id, policy, incident, amount, payable, status, opened_on, closes_on)
         VALUES (1, 4, 'loss', 45000, 20000, 'draft', ?1, ?2)",
        [today, to_epoch(day("2026-11-26"))],
    )
    .unwrap();
    conn.execute("UPDATE policy SET claim = 1 WHERE id = 4", []).unwrap();
    conn.execute(
        "INSERT INTO evidence (claim, kind, sha256, file, bytes, added_on)
         VALUES (1, 'invoice', 'ab', 'invoice.pdf', 7, ?1)",
        [today],
    )
    .unwrap();
}

fn claimable(ledger: &Ledger) -> Vec<PolicyNo> {
    let mut found = Vec::new();
    let filter = Filter { claimable: true, ..Filter::default() };
    ledger
        .search(&filter, day(TODAY), |policy| {
            found.push(policy.no);
            Ok::<(), LedgerError>(())
        })
        .unwrap();
    found
}

fn due(ledger: &Ledger, within: u32) -> Vec<Due> {
    let mut found = Vec::new();
    let filter = DueFilter { within, ..DueFilter::default() };
    ledger
        .due(&filter, day(TODAY), |due| {
            found.push(due);
            Ok::<(), LedgerError>(())
        })
        .unwrap();
    found
}

#[test]
fn a_ledger_of_version_2_learns_what_can_be_claimed_and_what_is_due() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("insure.db");
    version_2(&path, true);
    // A reader is enough: it is what asks first.
    let ledger = Ledger::open_existing(&path).unwrap().unwrap();
    assert_eq!(claimable(&ledger), [PolicyNo(1), PolicyNo(2)]);
    let lost = ledger.policy(PolicyNo(1)).unwrap().unwrap().prospect.unwrap();
    assert_eq!((lost.looks_like, lost.from), (Look::Loss, day("2026-10-22")));
    assert_eq!((lost.closes_on, lost.payout), (Some(day("2026-12-30")), usd(20_000)));
    let damaged = ledger.policy(PolicyNo(2)).unwrap().unwrap().prospect.unwrap();
    assert_eq!((damaged.looks_like, damaged.payout_is), (Look::Damage, PayoutIs::AtMost));
    let draft = ledger.claim(ClaimNo(1)).unwrap().unwrap();
    assert_eq!((draft.status, draft.evidence.len()), (ClaimStatus::Draft, 1), "nothing is lost");

    let list = due(&ledger, 7);
    assert_eq!(list.len(), 1, "{list:?}");
    assert_eq!((list[0].duty.kind, list[0].duty.owed_by), (DutyKind::Affidavit, OwedBy::Buyer));
    assert_eq!((list[0].claim, list[0].duty.on), (Some(ClaimNo(1)), Some(day("2026-11-26"))));
    assert_eq!(due(&ledger, 60).len(), 2);
    let sums = ledger.totals(&Filter { claimable: true, ..Filter::default() }, day(TODAY)).unwrap();
    assert_eq!(
        (sums[0].policies, sums[0].expected.exact, sums[0].cover),
        (2, usd(20_000), usd(40_000))
    );
    let all = ledger.totals(&Filter::default(), day(TODAY)).unwrap();
    assert_eq!((all[0].policies, all[0].package_value), (4, usd(180_000)));
    assert_eq!(ledger.unreadable_claims().unwrap(), 0);
}

/// What can be claimed and what is due was derived while the terms could still be read.
#[test]
fn a_ledger_of_version_3_keeps_what_was_derived_of_terms_that_cannot_be_read_any_more() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("insure.db");
    version_2(&path, false);
    let conn = Connection::open(&path).unwrap();
    conn.execute_batch(include_str!("../schema-3.sql")).unwrap();
    let (from, until) = (to_epoch(day("2026-10-22")), to_epoch(day("2026-12-30")));
    conn.execute(
        "UPDATE policy SET looks_like = 0, looks_from = ?1, looks_until = ?2, looks_window = 0,
           payout = 20000, payout_is = 0
         WHERE id = 1",
        [from, until],
    )
    .unwrap();
    conn.execute(
        "INSERT INTO duty VALUES (?1, 2, 1, 1, 1, 'always', 'seller', 'photo', 20000, 'evidence')",
        [to_epoch(day("2026-11-26"))],
    )
    .unwrap();
    conn.execute("DELETE FROM duty_stale", []).unwrap();
    conn.pragma_update(None, "user_version", 3).unwrap();
    drop(conn);
    let ledger = Ledger::open_existing(&path).unwrap().unwrap();
    assert_eq!(claimable(&ledger), [PolicyNo(1)]);
    let list = due(&ledger, 7);
    assert_eq!(list.len(), 1, "{list:?}");
    assert_eq!((list[0].claim, list[0].policy.no), (Some(ClaimNo(1)), PolicyNo(4)));
}

#[test]
fn a_ledger_of_version_3_has_its_sheets_written_anew() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("insure.db");
    version_2(&path, true);
    let conn = Connection::open(&path).unwrap();
    conn.execute_batch(include_str!("../schema-3.sql")).unwrap();
    // What was in its sheets is not read.
    conn.execute("INSERT INTO digest VALUES (0, ?1)", [vec![9u8; 4 * 24]]).unwrap();
    conn.execute("INSERT INTO stake VALUES (0, ?1)", [vec![9u8; 4 * 8]]).unwrap();
    conn.pragma_update(None, "user_version", 3).unwrap();
    drop(conn);
    let ledger = Ledger::open_existing(&path).unwrap().unwrap();
    assert_eq!(claimable(&ledger), [PolicyNo(1), PolicyNo(2)]);
    assert_eq!(due(&ledger, 60).len(), 2);
    let faults = ledger.verify(&mut || {}).unwrap().faults;
    let wrong: Vec<_> = faults.iter().filter(|fault| fault.detail.contains("what")).collect();
    assert!(wrong.is_empty(), "{wrong:?}");
}

#[test]
fn terms_that_cannot_be_read_any_more_keep_nobody_from_their_ledger() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("insure.db");
    version_2(&path, false);
    let mut ledger = Ledger::open(&path).unwrap();
    assert_eq!(claimable(&ledger), []);
    assert_eq!(ledger.unreadable_claims().unwrap(), 1, "and it says so");
    let mut write = ledger.write().unwrap();
    sold(&mut write, "tiktok-upic");
    write.commit().unwrap();
    assert_eq!(ledger.policy(PolicyNo(1)).unwrap().unwrap().figures.cover, usd(20_000));
}
