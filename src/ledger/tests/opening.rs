//! What is a ledger, what is not, and who may write it.

use std::fs;

use rusqlite::Connection;

use super::{Ledger, get, parcel, record};
use crate::ledger::LedgerError;

#[test]
fn what_was_committed_is_there_after_reopening() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("new/folder/insure.db");
    assert!(Ledger::open_existing(&path).unwrap().is_none());

    let sent = parcel("576401434439589175", "1150010848904299600", "9400111695698339729451");
    let (batch, numbers) = record(&mut Ledger::open(&path).unwrap(), std::slice::from_ref(&sent));

    let ledger = Ledger::open_existing(&path).unwrap().unwrap();
    let policy = get(&ledger, numbers[0]);
    assert_eq!(policy.parcel, sent);
    assert_eq!((policy.batch, policy.plan.as_str()), (batch, "tiktok-upic"));
    assert_eq!(policy.assumed, ["premium_rate=0.75"]);
    assert_eq!(ledger.plan_text(numbers[0]).unwrap().as_deref(), Some("id = \"tiktok-upic\""));
}

#[test]
fn what_was_not_committed_leaves_no_trace() {
    let mut ledger = Ledger::in_memory().unwrap();
    let mut write = ledger.write().unwrap();
    let terms = super::terms(&mut write);
    write.start_batch(super::day("2026-11-01"), "insure", None).unwrap();
    let no =
        super::bind(&mut write, terms, &parcel("A", "B", "C"), crate::policy::State::Confirmed);
    drop(write);
    assert_eq!(ledger.policy(no).unwrap(), None);
    assert_eq!(ledger.find("C").unwrap(), []);
    let (_, numbers) = record(&mut ledger, &[parcel("A", "B", "C")]);
    assert_eq!(ledger.find("C").unwrap(), numbers);
}

#[test]
fn an_empty_file_is_a_ledger_nobody_has_written() {
    let file = tempfile::NamedTempFile::new().unwrap();
    assert!(Ledger::open_existing(file.path()).unwrap().is_none());
    record(&mut Ledger::open(file.path()).unwrap(), &[parcel("A", "B", "C")]);
    assert!(Ledger::open_existing(file.path()).unwrap().is_some());
}

#[test]
fn another_file_is_refused_and_left_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let text = folder.path().join("orders.csv");
    fs::write(&text, "order_id,package_id\n1,2\n").unwrap();
    let other = folder.path().join("other.db");
    Connection::open(&other).unwrap().execute_batch("CREATE TABLE notes (text)").unwrap();
    for path in [text, other] {
        let before = fs::read(&path).unwrap();
        for error in [Ledger::open(&path).err(), Ledger::open_existing(&path).err()] {
            assert!(matches!(error, Some(LedgerError::NotALedger { .. })), "{error:?}");
        }
        assert_eq!(fs::read(&path).unwrap(), before);
    }
    let error = Ledger::open(folder.path()).err().unwrap();
    assert!(matches!(error, LedgerError::Unreachable { .. }), "{error:?}");
}

#[test]
fn a_newer_ledger_is_refused_and_left_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("insure.db");
    record(&mut Ledger::open(&path).unwrap(), &[parcel("A", "B", "C")]);
    Connection::open(&path).unwrap().pragma_update(None, "user_version", 99).unwrap();
    let before = fs::read(&path).unwrap();
    for error in [Ledger::open(&path).err(), Ledger::open_existing(&path).err()] {
        assert!(matches!(error, Some(LedgerError::Newer { found: 99, .. })), "{error:?}");
    }
    assert_eq!(fs::read(&path).unwrap(), before);
}

#[test]
fn a_broken_ledger_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("insure.db");
    record(&mut Ledger::open(&path).unwrap(), &[parcel("A", "B", "C")]);
    let mut bytes = fs::read(&path).unwrap();
    bytes[200..].fill(0xAB);
    fs::write(&path, bytes).unwrap();
    let error = Ledger::open_existing(&path).and_then(|l| l.unwrap().find("C")).unwrap_err();
    assert!(matches!(error, LedgerError::Damaged { .. }), "{error:?}");
    assert!(error.hint().is_some());
}

#[cfg(unix)]
#[test]
fn only_its_owner_can_read_it() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("insure.db");
    let mut ledger = Ledger::open(&path).unwrap();
    record(&mut ledger, &[parcel("A", "B", "C")]);
    for entry in fs::read_dir(folder.path()).unwrap() {
        let entry = entry.unwrap();
        let mode = entry.metadata().unwrap().permissions().mode() & 0o777;
        assert_eq!(mode, 0o600, "{}", entry.path().display());
    }
}

#[test]
fn a_reader_cannot_write_and_works_where_nothing_can_be_written() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a ledger? 100%.db");
    record(&mut Ledger::open(&path).unwrap(), &[parcel("A", "B", "C")]);
    let mut reader = Ledger::open_existing(&path).unwrap().unwrap();
    assert_eq!(reader.find("C").unwrap().len(), 1);
    assert!(matches!(reader.write().err(), Some(LedgerError::ReadOnly { .. })));
    drop(reader);

    let lock = |read_only: bool| {
        for path in [&path, folder.path()] {
            let mut permissions = fs::metadata(path).unwrap().permissions();
            permissions.set_readonly(read_only);
            #[cfg(unix)]
            std::os::unix::fs::PermissionsExt::set_mode(
                &mut permissions,
                if read_only { 0o500 } else { 0o700 },
            );
            fs::set_permissions(path, permissions).unwrap();
        }
    };
    lock(true);
    let enforced = fs::write(folder.path().join("probe"), "").is_err();
    let reader = Ledger::open_existing(&path).map(|l| l.unwrap().find("C").unwrap().len());
    let writer = Ledger::open(&path).err();
    lock(false);
    assert_eq!(reader.unwrap(), 1);
    if enforced {
        assert!(matches!(writer, Some(LedgerError::ReadOnly { .. })), "{writer:?}");
    } else {
        println!("skipped: this user may write read-only files");
    }
}

#[test]
fn two_writers_wait_for_each_other() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("insure.db");
    std::thread::scope(|scope| {
        for writer in 0..4 {
            let path = &path;
            scope.spawn(move || {
                for at in 0..5 {
                    let id = format!("{writer}-{at}");
                    let mut ledger = Ledger::open(path).unwrap();
                    record(&mut ledger, &[parcel("", &format!("package {id}"), &id)]);
                }
            });
        }
    });
    let ledger = Ledger::open_existing(&path).unwrap().unwrap();
    for writer in 0..4 {
        for at in 0..5 {
            assert_eq!(ledger.find(&format!("{writer}-{at}")).unwrap().len(), 1);
        }
    }
}
