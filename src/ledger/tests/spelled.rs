//! Numbers that are written in several ways, and the other parcels of an order.

use std::path::Path;

use rusqlite::Connection;

use super::{day, get, happened, ids, parcel, record};
use crate::ledger::lookup::Same;
use crate::ledger::{Ledger, SameBy, Wanted, ident, spelled};
use crate::number::PolicyNo;
use crate::parcel::{CarrierEvent, Ids, Parcel};
use crate::policy::State;

#[test]
fn a_covered_parcel_is_known_however_its_numbers_are_written() {
    let mut ledger = Ledger::in_memory().unwrap();
    let combined = Parcel { other_orders: vec!["#8".into()], ..parcel("#7", "", "T-7") };
    let parcels = [parcel("#1", "", "1z 1"), parcel("#2", "", ""), parcel("#3", "1", ""), combined];
    let (_, numbers) = record(&mut ledger, &parcels);
    let mut covered = ledger.covered();
    let mut ask = |asked: Ids| {
        let known = covered.find_known(&[(&asked).into()]).unwrap().remove(0);
        known.same.map(|existing| (existing.no, existing.how))
    };
    assert_eq!(ask(ids("9", "", "1Z-1")), Some((numbers[0], SameBy::Handle)));
    assert_eq!(ask(ids("9", "P9-long", "1Z1")), Some((numbers[0], SameBy::Tracking)));
    assert_eq!(ask(ids("1", "", "")), Some((numbers[0], SameBy::PackedOrder)));
    assert_eq!(ask(ids("2", "", "")), Some((numbers[1], SameBy::Handle)));
    assert_eq!(ask(ids(" # 2", "", "T2")), Some((numbers[1], SameBy::UnpackedOrder)));
    assert_eq!(ask(ids("3", "1", "T3")), Some((numbers[2], SameBy::Handle)));
    assert_eq!(ask(ids("8", "", "")), Some((numbers[3], SameBy::PackedOrder)));
    assert_eq!(ask(ids("4", "1", "")), None);
    assert_eq!(ask(ids("P-1", "", "")), None);
    drop(covered);
    assert_eq!(ledger.verify(&mut || {}).unwrap().faults, []);
}

#[test]
fn the_other_parcels_of_an_order_are_told_where_only_a_tracking_number_is_new() {
    let mut ledger = Ledger::in_memory().unwrap();
    let parcels = [
        parcel("#1", "", "T1"),
        parcel("1", "P-long", ""),
        parcel("1", "", "T2"),
        parcel("2", "", "T3"),
    ];
    let (_, numbers) = record(&mut ledger, &parcels);
    let others = |ledger: &Ledger, asked: Ids| -> Vec<PolicyNo> {
        let known = ledger.covered().find_known(&[(&asked).into()]).unwrap().remove(0);
        assert_eq!(known.same, None);
        known.of_order.iter().map(|policy| policy.no).collect()
    };
    assert_eq!(others(&ledger, ids("1", "", "T9")), numbers[..3]);
    assert_eq!(others(&ledger, ids("#2", "", "T9")), numbers[3..]);
    assert_eq!(others(&ledger, ids("1", "P-other", "T9")), [], "its package number tells it");
    let labelled = ids("1", "P-other", "T9");
    let labelled = [Wanted::from(&labelled).package_is_label(true)];
    let known = ledger.covered().find_known(&labelled).unwrap().remove(0);
    assert_eq!(known.of_order.len(), 3, "a number of its label tells nothing");
    assert_eq!(others(&ledger, ids("3", "", "T9")), []);
    assert_eq!(others(&ledger, ids("", "", "T9")), []);

    let before = get(&ledger, numbers[3]);
    let mut after = before.clone();
    after.state = State::Confirmed;
    after.apply(CarrierEvent::Cancelled, day("2026-11-05"));
    let mut write = ledger.write().unwrap();
    write.update(&before, &after, &happened(numbers[3], "cancelled")).unwrap();
    write.commit().unwrap();
    assert_eq!(others(&ledger, ids("2", "", "T9")), [], "cancelled covers nothing");

    let many: Vec<Parcel> = (0..33).map(|n| parcel("5", "", &format!("M{n}"))).collect();
    let (_, numbers) = record(&mut ledger, &many);
    assert_eq!(others(&ledger, ids("5", "", "T9")), [], "so many are surely several");
    let before = get(&ledger, numbers[7]);
    let mut after = before.clone();
    after.state = State::Confirmed;
    after.apply(CarrierEvent::Cancelled, day("2026-11-05"));
    let mut write = ledger.write().unwrap();
    write.update(&before, &after, &happened(numbers[7], "cancelled")).unwrap();
    write.commit().unwrap();
    assert_eq!(others(&ledger, ids("5", "", "T9")).len(), 32, "cancelled ones do not count");
}

/// Makes it a ledger as it was when numbers were known as they were written, and no otherwise.
fn only_keys_of(path: &Path, written: &[&str]) {
    let conn = Connection::open(path).unwrap();
    let keys: Vec<String> =
        written.iter().map(|number| ident::key(number).cast_signed().to_string()).collect();
    let keys = keys.join(", ");
    conn.execute(&format!("DELETE FROM ident WHERE key NOT IN ({keys})"), []).unwrap();
}

/// Numbers had one key, made of them as they were written.
#[test]
fn a_ledger_that_knew_numbers_only_as_they_were_written_learns_how_else_they_are() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("insure.db");
    let mut ledger = Ledger::open(&path).unwrap();
    let before = [("#2001", "9400 2001"), ("2002", "94002002"), ("#2003", "")];
    let parcels = before.map(|(order, tracking)| parcel(order, "", tracking));
    let (_, numbers) = record(&mut ledger, &parcels);
    drop(ledger);
    only_keys_of(&path, &["#2001", "9400 2001", "2002", "94002002", "#2003", "#2003/"]);

    let ledger = Ledger::open_existing(&path).unwrap().unwrap();
    for (name, no) in [("2001", 0), ("94002001", 0), ("2002", 1), ("2003", 2)] {
        assert_eq!(ledger.find(name).unwrap(), [numbers[no]], "{name}");
    }
    let asked = [("2001", "94002001"), ("#2002", "9400-2002"), ("2003", "94002003")];
    let asked = asked.map(|(order, tracking)| parcel(order, "", tracking).ids);
    let known = ledger.covered().find_known(&asked.each_ref().map(Wanted::from)).unwrap();
    let found: Vec<_> = known.iter().filter_map(|known| Some(known.same.as_ref()?.no)).collect();
    assert_eq!(found, numbers);
    assert_eq!(ledger.verify(&mut || {}).unwrap().faults, []);
    let conn = Connection::open(&path).unwrap();
    let noted = conn.query_row("SELECT policy FROM ident WHERE key = -1", [], |row| row.get(0));
    assert_eq!(noted, Ok(3));
}

/// Where nothing can be written numbers are found as they are written.
#[cfg(unix)]
#[test]
fn a_ledger_that_cannot_learn_finds_numbers_as_they_are_written() {
    use std::os::unix::fs::PermissionsExt;

    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("insure.db");
    let mut ledger = Ledger::open(&path).unwrap();
    let (_, numbers) = record(&mut ledger, &[parcel("#2001", "", "9400 2001")]);
    drop(ledger);
    only_keys_of(&path, &["#2001", "9400 2001"]);
    let conn = Connection::open_with_flags(&path, rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY);
    let conn = conn.unwrap();
    assert!(!spelled::is_complete(&conn).unwrap());
    let mut same = Same::default();
    let ids = [parcel("2001", "", "94002001").ids, parcel("#2001", "", "9400 2001").ids];
    let known = same.find(&conn, &ids.each_ref().map(Wanted::from)).unwrap();
    let found: Vec<_> = known.iter().map(|known| known.same.as_ref().map(|e| e.no)).collect();
    assert_eq!(found, [None, Some(numbers[0])]);
    drop(conn);
    let mode = |mode| std::fs::set_permissions(folder.path(), PermissionsExt::from_mode(mode));
    std::fs::set_permissions(&path, PermissionsExt::from_mode(0o444)).unwrap();
    mode(0o555).unwrap();
    let opened = Ledger::open_existing(&path);
    mode(0o755).unwrap();
    assert_eq!(opened.unwrap().unwrap().find("#2001").unwrap(), numbers);
}

/// Who only reads does not wait for somebody who writes, and does not fail.
#[test]
fn a_ledger_that_cannot_learn_now_is_read_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("insure.db");
    let mut ledger = Ledger::open(&path).unwrap();
    let (_, numbers) = record(&mut ledger, &[parcel("#2001", "", "9400 2001")]);
    drop(ledger);
    only_keys_of(&path, &["#2001", "9400 2001"]);
    let writing = Connection::open(&path).unwrap();
    writing.execute_batch("BEGIN IMMEDIATE").unwrap();
    let before = std::time::Instant::now();
    let ledger = Ledger::open_existing(&path).unwrap().unwrap();
    assert!(before.elapsed() < std::time::Duration::from_secs(10), "it does not wait");
    assert_eq!(ledger.find("#2001").unwrap(), numbers);
    assert_eq!(ledger.find("94002001").unwrap(), []);
    writing.execute_batch("ROLLBACK").unwrap();
    drop(ledger);
    let ledger = Ledger::open_existing(&path).unwrap().unwrap();
    assert_eq!(ledger.find("94002001").unwrap(), numbers, "it has learnt it");
}
