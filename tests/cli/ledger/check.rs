//! `insure ledger check`: everything there, and as it was.

use std::fs;
use std::process::Command;

use crate::evidence::jpeg;
use crate::harness::{Home, skip};

/// A claim with a photo and an invoice, a policy with the same photo.
fn kept() -> Home {
    let home = Home::new();
    for order in ["1", "2"] {
        home.insure(&format!("insure --order {order} --value 100 --ship-date 2026-11-01"))
            .output_text();
        home.insure(&format!("track {order} scanned --at 2026-11-01")).output_text();
    }
    home.write("photo.jpg", jpeg("a photo"));
    home.write("invoice.pdf", "%PDF-1.7 an invoice");
    home.insure("claim file 1 --reason damage --amount 20 --evidence photo=photo.jpg --evidence invoice=invoice.pdf -q")
        .output_text();
    home.insure("evidence 2 --kind photo photo.jpg").output_text();
    home
}

/// The kept copies, by the hashes that are their names.
fn copies(home: &Home) -> Vec<std::path::PathBuf> {
    let mut copies: Vec<_> = fs::read_dir(home.path("insure.evidence"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    copies.sort();
    copies
}

#[test]
fn a_sound_ledger_says_so() {
    let home = kept();
    home.insure("ledger check")
        .stdout(
            r"
            Policies   2
            Claims     1
            Documents  2  37 bytes
            Faults     0

            All is as it has to be.
            ",
        )
        .run();
    home.insure("ledger check --format ids").run();
    home.insure("ledger check --format ndjson")
        .stdout(
            "
            {\"ledger\":\"[HOME]/insure.db\",\"sound\":true,\"policies\":2,\"compared\":2,\"claims\":1,\"documents\":2,\"bytes\":37,\"faults\":[],\"unowned\":[]}
            ",
        )
        .run();
}

#[test]
fn a_changed_a_shortened_and_a_missing_document_are_named_with_all_that_stands_on_them() {
    let home = kept();
    let copies = copies(&home);
    let [first, second] = copies.as_slice() else { panic!("{copies:?}") };
    let mut bytes = fs::read(first).unwrap();
    bytes[3] ^= 1;
    fs::write(first, &bytes).unwrap();
    fs::remove_file(second).unwrap();
    fs::write(home.path("insure.evidence/stray.jpg"), "stray").unwrap();
    home.insure("ledger check")
        .stdout(
            r"
            Policies   2
            Claims     1
            Documents  2  37 bytes
            Faults     2
            document: photo.jpg (sha256 5f5113c60218) was changed: its content is another  CLM-00001Y POL-00001Y POL-00002W
            document: invoice.pdf (sha256 f62354531360) is missing  CLM-00001Y POL-00001Y

            Where you still have the document itself, add it again: that makes its copy whole. Otherwise take it from a backup.

            These files in the evidence folder belong to nothing (they are left alone):
              [HOME]/insure.evidence/stray.jpg  5 bytes
            ",
        )
        .status(1)
        .run();
    home.insure("ledger check --format csv")
        .stdout(
            r"
            part,code,policies,claims,sha256,file,detail
            document,changed,POL-00001Y; POL-00002W,CLM-00001Y,5f5113c602182fcfd19bc48b1aab0934a139c76d7a281994f2d9953d46519064,photo.jpg,photo.jpg (sha256 5f5113c60218) was changed: its content is another
            document,missing,POL-00001Y,CLM-00001Y,f62354531360b57cc08d01812512971e01d4b7f302bd924ef522b24d9c577f9b,invoice.pdf,invoice.pdf (sha256 f62354531360) is missing
            ",
        )
        .stderr(
            r"
            1 file in the evidence folder belongs to nothing: insure ledger check lists them
            ",
        )
        .status(1)
        .run();
    fs::write(first, &bytes[..5]).unwrap();
    let told = home.insure("ledger check -q --format json").status(1).output_text();
    assert!(told.contains("\"code\": \"truncated\""), "{told}");
    // The documents themselves, added again, make the copies whole.
    home.insure("evidence 2 --kind photo photo.jpg").output_text();
    home.insure("claim evidence add 1 --kind invoice invoice.pdf").output_text();
    fs::remove_file(home.path("insure.evidence/stray.jpg")).unwrap();
    let told = home.insure("ledger check").output_text();
    assert!(told.contains("All is as it has to be."), "{told}");
}

#[test]
fn what_somebody_changed_in_the_file_itself_is_found() {
    let home = kept();
    let sql =
        "UPDATE policy SET claim = NULL; UPDATE policy SET ship_date = ship_date + 1 WHERE id = 2;";
    let done = Command::new("sqlite3").arg(home.path("insure.db")).arg(sql).status();
    if !done.is_ok_and(|done| done.success()) {
        return skip("sqlite3 is missing");
    }
    home.insure("ledger check")
        .stdout(
            r"
            Policies   2
            Claims     1
            Documents  2  37 bytes
            Faults     4
            policy: the policy does not name its latest claim  CLM-00001Y POL-00001Y
            index: what searches know of it is not what it is  POL-00001Y
            index: what searches know of it is not what it is  POL-00002W
            index: what can be claimed on it is not what its terms say  POL-00002W
            ",
        )
        .status(1)
        .run();
}

#[test]
fn without_a_ledger_there_is_nothing_to_check() {
    let home = Home::new();
    home.insure("ledger check")
        .stderr(
            r"
            error: there is no ledger at [HOME]/insure.db yet, so nothing is recorded

            hint: record cover with `insure batch-insure FILE`, or name another ledger with --db
            ",
        )
        .status(1)
        .run();
}
