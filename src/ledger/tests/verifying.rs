//! Documents of policies and claims, and a ledger held against itself.

use serde_json::json;

use super::recording::loss;
use super::{Ledger, day, happened, parcel, record};
use crate::claim::{ClaimStatus, Evidence, Facts};
use crate::ledger::{LedgerError, Part};
use crate::number::{ClaimNo, PolicyNo};

fn photo(sha256: &str) -> Evidence {
    Evidence {
        kind: "photo".to_owned(),
        sha256: sha256.to_owned(),
        file: "photo.jpg".to_owned(),
        bytes: 3,
        media: Some("image/jpeg".to_owned()),
        dated: None,
        added_on: day("2026-11-10"),
    }
}

/// A policy with a packing photo, and a claim on it.
fn packed() -> (Ledger, PolicyNo, ClaimNo) {
    let mut ledger = Ledger::in_memory().unwrap();
    let (_, numbers) =
        record(&mut ledger, &[parcel("1", "P1-long", "T1"), parcel("2", "P2-long", "T2")]);
    let mut write = ledger.write().unwrap();
    assert!(write.add_policy_evidence(numbers[0], &photo("aa")).unwrap());
    assert!(!write.add_policy_evidence(numbers[0], &photo("aa")).unwrap(), "known already");
    let claim = write.open_claim(&loss(numbers[0], &Facts::default()), json!({})).unwrap();
    write.commit().unwrap();
    (ledger, numbers[0], claim)
}

#[test]
fn a_document_of_the_policy_serves_every_claim_on_it() {
    let (mut ledger, policy, first) = packed();
    let mut write = ledger.write().unwrap();
    assert!(!write.add_evidence(first, &photo("aa")).unwrap(), "the policy has it");
    assert!(write.add_evidence(first, &photo("bb")).unwrap());
    let mut claim = write.claim(first).unwrap().unwrap();
    assert_eq!(claim.evidence, [photo("aa"), photo("bb")]);
    claim.status = ClaimStatus::Withdrawn;
    write.update_claim(&claim, &happened(policy, "claim_withdrawn")).unwrap();
    let second = write.open_claim(&loss(policy, &Facts::default()), json!({})).unwrap();
    assert_eq!(write.claim(second).unwrap().unwrap().evidence, [photo("aa")]);
    write.commit().unwrap();
    assert_eq!(ledger.policy_evidence(policy).unwrap(), [photo("aa")]);
    let documents = ledger.documents().unwrap();
    let owners: Vec<_> = documents.iter().map(|d| (d.sha256.as_str(), &d.claims[..])).collect();
    assert_eq!(owners, [("aa", &[first, second][..]), ("bb", &[first][..])]);
    assert!(documents.iter().all(|document| document.policies == [policy]));
    let kinds: Vec<_> = ledger.history(policy).unwrap().into_iter().map(|e| e.kind).collect();
    assert_eq!(kinds.iter().filter(|kind| *kind == "evidence_added").count(), 2);
}

#[test]
fn a_document_of_no_policy_is_refused() {
    let (mut ledger, ..) = packed();
    let mut write = ledger.write().unwrap();
    let error = write.add_policy_evidence(PolicyNo(99), &photo("aa")).unwrap_err();
    assert!(matches!(error, LedgerError::Unknown { .. }), "{error}");
}

#[test]
fn a_sound_ledger_has_no_faults_and_a_spoiled_one_names_them() {
    let (ledger, policy, claim) = packed();
    let found = ledger.verify(&mut || {}).unwrap();
    assert_eq!((found.policies, found.compared, found.claims), (2, 2, 1));
    assert_eq!(found.faults, []);
    for (sql, part, of) in [
        ("UPDATE policy SET claim = NULL", Part::Policy, (Some(policy), Some(claim))),
        (
            "UPDATE evidence SET policy = 2, claim = 1",
            Part::Evidence,
            (Some(PolicyNo(2)), Some(claim)),
        ),
        ("DELETE FROM ident WHERE policy = 2", Part::Index, (Some(PolicyNo(2)), None)),
        (
            "UPDATE policy SET scanned_on = 1, ship_date = 1 WHERE id = 2",
            Part::Index,
            (Some(PolicyNo(2)), None),
        ),
        (
            "UPDATE policy SET looks_like = 0, looks_from = 1, payout = 0, payout_is = 0 WHERE id = 1;
             DELETE FROM duty_stale",
            Part::Index,
            (Some(policy), None),
        ),
        (
            "UPDATE duty SET amount = amount + 1; DELETE FROM duty_stale",
            Part::Index,
            (Some(policy), None),
        ),
        ("DELETE FROM duty; DELETE FROM duty_stale", Part::Index, (Some(policy), None)),
        ("UPDATE claim SET status = 'lost'", Part::Claim, (None, Some(claim))),
        ("PRAGMA foreign_keys = 0; DELETE FROM batch", Part::File, (None, None)),
    ] {
        let (ledger, ..) = packed();
        ledger.conn.execute_batch(sql).unwrap();
        let found = ledger.verify(&mut || {}).unwrap();
        let fault = found.faults.first().unwrap_or_else(|| panic!("{sql} goes unnoticed"));
        assert_eq!((fault.part, (fault.policy, fault.claim)), (part, of), "{sql}: {fault:?}");
    }
}
