//! The ledger under hard conditions: killed, shared, read-only, full, foreign, damaged.

mod check;

use std::fs::{self, Permissions};
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::Command;
use std::thread;
use std::time::Duration;

use crate::harness::{Home, INSURE, skip};

/// What a ledger says that cannot be written.
const READ_ONLY: &str = "error: the ledger [HOME]/insure.db cannot be written: it, or its folder, is read-only\n\n\
hint: give write permission on the file and its folder, or another path with --db\n";

/// A file of so many parcels of 100.00.
fn parcels(home: &Home, name: &str, orders: std::ops::Range<u32>) {
    let mut file = String::from("order_id,tracking_number,value\n");
    for order in orders {
        file.push_str(&format!("{order},9400{order:08},100.00\n"));
    }
    home.write(name, file);
}

fn count(home: &Home) -> usize {
    let told = home.insure("search --format ids -q").output();
    String::from_utf8(told.stdout).unwrap().lines().count()
}

#[test]
fn killed_at_any_moment_a_batch_is_wholly_there_or_not_at_all() {
    const ROWS: u32 = 100_000;
    let home = Home::new();
    parcels(&home, "parcels.csv", 0..ROWS);
    home.insure("insure --order before --value 10").output_text();
    let mut cut_short = 0;
    for wait in [30, 120, 400, 900, 1_500] {
        let mut child = home.insure("batch-insure parcels.csv --format ids -q").spawn();
        thread::sleep(Duration::from_millis(wait));
        // SIGKILL: no handler runs, nothing is flushed.
        let _ = child.kill();
        let status = child.wait().unwrap();
        let recorded = count(&home);
        if !status.success() && recorded == 1 {
            cut_short += 1;
        }
        assert!(
            recorded == 1 || recorded == 1 + ROWS as usize,
            "{recorded} policies after {wait} ms"
        );
        sound(&home);
    }
    assert!(cut_short > 0, "every run was faster than its kill");
    home.insure("batch-insure parcels.csv --format ids -q").output_text();
    assert_eq!(count(&home), 1 + ROWS as usize);
    sound(&home);
}

#[test]
fn two_processes_at_once_wait_for_each_other_and_both_succeed() {
    let home = Home::new();
    parcels(&home, "first.csv", 0..20_000);
    parcels(&home, "second.csv", 10_000..30_000);
    let mut first = home.insure("batch-insure first.csv --format ids -q").spawn();
    let mut second = home.insure("batch-insure second.csv --format ids -q").spawn();
    let drained: Vec<_> = [first.stdout.take().unwrap(), second.stdout.take().unwrap()]
        .into_iter()
        .map(|mut stdout| thread::spawn(move || std::io::copy(&mut stdout, &mut std::io::sink())))
        .collect();
    assert!(first.wait().unwrap().success());
    assert!(second.wait().unwrap().success());
    for thread in drained {
        thread.join().unwrap().unwrap();
    }
    assert_eq!(count(&home), 30_000, "each parcel is covered once");
    sound(&home);
}

#[test]
fn twenty_small_commands_at_once_lose_nothing() {
    let home = Home::new();
    let children: Vec<_> = (0..20)
        .map(|order| home.insure(&format!("insure --order {order} --value 10")).spawn())
        .collect();
    for mut child in children {
        assert!(child.wait().unwrap().success());
    }
    assert_eq!(count(&home), 20);
}

#[test]
fn a_ledger_is_for_its_owner_alone() {
    let home = Home::new();
    home.insure("insure --order 1 --value 10").output_text();
    let mode = fs::metadata(home.path("insure.db")).unwrap().mode();
    assert_eq!(mode & 0o777, 0o600);
}

#[test]
fn the_folder_of_a_new_ledger_is_made() {
    let home = Home::new();
    home.insure("insure --order 1 --value 10 --db deep/er/insure.db --format ids")
        .stdout(
            r"
            POL-00001Y
            ",
        )
        .run();
    assert!(home.path("deep/er/insure.db").exists());
}

#[test]
fn a_file_that_is_no_ledger_is_left_alone() {
    let home = Home::new();
    home.write("insure.db", "order_id,value\n1001,450\n");
    home.insure("insure --order 1 --value 10")
        .stderr(
            r"
            error: [HOME]/insure.db is not a ledger of this program

            hint: give the path of a ledger, or of a file that does not exist yet, with --db
            ",
        )
        .status(1)
        .run();
    home.insure("search")
        .stderr(
            r"
            error: [HOME]/insure.db is not a ledger of this program

            hint: give the path of a ledger, or of a file that does not exist yet, with --db
            ",
        )
        .status(1)
        .run();
    assert_eq!(home.read("insure.db"), "order_id,value\n1001,450\n");
    home.insure("insure --order 1 --value 10 --db .")
        .stderr(
            r"
            error: cannot open the ledger .: Is a directory (os error 21)

            hint: check that the path is a file in a folder you may use, or give another with --db
            ",
        )
        .status(1)
        .run();
    home.insure("search --db .")
        .stderr(
            r"
            error: cannot open the ledger .: Is a directory (os error 21)

            hint: check that the path is a file in a folder you may use, or give another with --db
            ",
        )
        .status(1)
        .run();
}

#[test]
fn a_ledger_of_a_newer_program_is_refused_not_damaged() {
    let home = Home::new();
    home.insure("insure --order 1 --value 10").output_text();
    // user_version, a big-endian number at byte 60 of every SQLite file.
    let mut bytes = fs::read(home.path("insure.db")).unwrap();
    bytes[60..64].copy_from_slice(&999_u32.to_be_bytes());
    home.write("insure.db", &bytes);
    home.insure("insure --order 2 --value 10")
        .stderr(
            r"
            error: the ledger [HOME]/insure.db has version 999, this program knows versions up to 4

            hint: use the newer program that made it; the file is untouched
            ",
        )
        .status(1)
        .run();
    home.insure("status 1")
        .stderr(
            r"
            error: the ledger [HOME]/insure.db has version 999, this program knows versions up to 4

            hint: use the newer program that made it; the file is untouched
            ",
        )
        .status(1)
        .run();
    assert!(bytes == fs::read(home.path("insure.db")).unwrap());
}

#[test]
fn another_programs_database_is_left_alone() {
    let Some(sqlite) = sqlite3() else { return };
    let home = Home::new();
    let made = home
        .command(sqlite)
        .args(["insure.db", "CREATE TABLE diary (day TEXT); PRAGMA user_version = 1;"])
        .status();
    assert!(made.unwrap().success());
    let before = fs::read(home.path("insure.db")).unwrap();
    home.insure("insure --order 1 --value 10")
        .stderr(
            r"
            error: [HOME]/insure.db is not a ledger of this program

            hint: give the path of a ledger, or of a file that does not exist yet, with --db
            ",
        )
        .status(1)
        .run();
    assert!(before == fs::read(home.path("insure.db")).unwrap());
}

#[test]
fn a_torn_ledger_is_called_damaged() {
    let home = Home::new();
    parcels(&home, "parcels.csv", 0..2_000);
    home.insure("batch-insure parcels.csv -q").output_text();
    let bytes = fs::read(home.path("insure.db")).unwrap();
    home.write("insure.db", &bytes[..bytes.len() / 2]);
    let told = home.insure("search --format ids").output();
    assert_eq!(told.status.code(), Some(1));
    let words = String::from_utf8(told.stderr).unwrap();
    assert!(words.contains("is damaged"), "{words}");
}

#[test]
fn a_read_only_ledger_can_be_read_and_says_why_it_is_not_written() {
    let home = Home::new();
    home.insure("insure --order 1 --value 10").output_text();
    let Some(nobody) = Nobody::of(&home) else { return };
    nobody.read_only("insure.db", 0o400);
    assert_eq!(nobody.says("insure --order 2 --value 10"), READ_ONLY);
    assert_eq!(nobody.says("status 1 --format ids"), "POL-00001Y\n");
}

#[test]
fn a_ledger_of_an_earlier_version_says_that_it_has_to_be_written_once() {
    let Some(sqlite) = sqlite3() else { return };
    let home = Home::new();
    let schema = concat!(
        "PRAGMA application_id = 0x696e7375;",
        include_str!("../../src/ledger/schema.sql"),
        include_str!("../../src/ledger/schema-2.sql"),
        "PRAGMA user_version = 2;"
    );
    assert!(home.command(sqlite).args(["insure.db", schema]).status().unwrap().success());
    let Some(nobody) = Nobody::of(&home) else { return };
    nobody.read_only("insure.db", 0o400);
    assert_eq!(
        nobody.says("search"),
        "error: the ledger [HOME]/insure.db has version 2 and cannot be brought up to version 4: it, or its folder, is read-only\n\n\
         hint: bring it up to date once where it can be written, with any command such as `insure ledger check`; afterwards it is read from here too\n"
    );
    nobody.read_only("insure.db", 0o600);
    assert_eq!(nobody.says("search"), "nothing matches\n");
}

#[test]
fn a_read_only_folder_says_so() {
    let home = Home::new();
    let Some(nobody) = Nobody::of(&home) else { return };
    nobody.read_only(".", 0o555);
    assert_eq!(nobody.says("insure --order 1 --value 10"), READ_ONLY);
    nobody.read_only(".", 0o755);
}

#[test]
fn a_full_disk_records_nothing_and_says_so() {
    let home = Home::new();
    parcels(&home, "parcels.csv", 0..20_000);
    home.insure("insure --order before --value 10").output_text();
    // The largest file a process may write, in blocks of 512 bytes; the signal is not to end it.
    home.shell("ulimit -f 1000; trap '' XFSZ; insure batch-insure parcels.csv")
        .stderr(
            r"
            error: the ledger [HOME]/insure.db failed: disk I/O error

            hint: look at the disk, its space and any limit on file sizes, then run it again; nothing was recorded
            ",
        )
        .status(1)
        .run();
    assert_eq!(count(&home), 1);
    sound(&home);
    home.insure("batch-insure parcels.csv --format ids -q").output_text();
    assert_eq!(count(&home), 20_001);
}

#[test]
fn a_full_file_system_records_nothing_and_says_so() {
    let home = Home::new();
    parcels(&home, "parcels.csv", 0..20_000);
    // A file system of one megabyte that only this script sees.
    let mount = "mount -t tmpfs -o size=1m none disk";
    fs::create_dir(home.path("disk")).unwrap();
    let mut able = home.command(Path::new("unshare"));
    if !able.args(["-rm", "sh", "-c", mount]).output().is_ok_and(|said| said.status.success()) {
        return skip("no file system can be mounted here (unshare -rm)");
    }
    home.write(
        "session.sh",
        format!(
            "{mount}; export INSURE_DB=disk/insure.db
            '{INSURE}' insure --order before --value 10 --format ids
            '{INSURE}' batch-insure parcels.csv
            echo \"status $?\"
            '{INSURE}' insure --order after --value 10 --format ids
            '{INSURE}' search --format ids
            "
        ),
    );
    home.shell("unshare -rm sh session.sh 2>&1")
        .stdout(
            r"
            POL-00001Y
            error: no room left on the disk of the ledger disk/insure.db

            hint: free some space and run the same command again; nothing was recorded
            status 1
            POL-00002W
            POL-00001Y
            POL-00002W
            ",
        )
        .run();
}

#[test]
fn sqlite_finds_the_ledger_sound() {
    let home = Home::new();
    home.example("tiktok-orders.csv");
    home.example("carrier-events.csv");
    home.shell(
        "insure batch-insure tiktok-orders.csv --cover full --accept-terms -q
        insure track --input carrier-events.csv -q --today 2026-11-26
        insure search --claimable --format ids | insure claim file --reason loss -",
    )
    .status(3)
    .output_text();
    sound(&home);
}

/// What `sqlite3` itself says of the ledger.
#[track_caller]
fn sound(home: &Home) {
    let Some(sqlite) = sqlite3() else { return };
    let said = home
        .command(sqlite)
        .args(["insure.db", "PRAGMA integrity_check; PRAGMA foreign_key_check;"])
        .output()
        .unwrap();
    assert_eq!(String::from_utf8_lossy(&said.stdout), "ok\n");
}

pub(crate) fn sqlite3() -> Option<&'static Path> {
    let found = ["/usr/bin/sqlite3", "/usr/local/bin/sqlite3", "/bin/sqlite3"]
        .into_iter()
        .map(Path::new)
        .find(|path| path.exists());
    if found.is_none() {
        skip("sqlite3 is not installed");
    }
    found
}

/// Somebody whom file permissions hold back, as they do not hold back root.
struct Nobody<'h> {
    home: &'h Home,
    uid: Option<u32>,
}

impl<'h> Nobody<'h> {
    /// The user of this home; for root, the user `nobody` in it.
    fn of(home: &'h Home) -> Option<Nobody<'h>> {
        let root = fs::metadata(home.path(".")).unwrap().uid() == 0;
        let nobody = Nobody { home, uid: root.then_some(65_534) };
        if root {
            fs::set_permissions(home.path("."), Permissions::from_mode(0o755)).unwrap();
            for entry in fs::read_dir(home.path(".")).unwrap() {
                chown(entry.unwrap().path(), nobody.uid, nobody.uid).unwrap();
            }
            chown(home.path("."), nobody.uid, nobody.uid).unwrap();
        }
        if nobody.command("--version").output().is_err() {
            skip("root cannot run the program as another user here");
            return None;
        }
        Some(nobody)
    }

    fn read_only(&self, name: &str, mode: u32) {
        fs::set_permissions(self.home.path(name), Permissions::from_mode(mode)).unwrap();
    }

    fn command(&self, line: &str) -> Command {
        let mut command = self.home.command(Path::new(INSURE));
        command.args(line.split(' '));
        if let Some(uid) = self.uid {
            command.uid(uid).gid(uid);
        }
        command
    }

    /// All it says on stdout and stderr.
    fn says(&self, line: &str) -> String {
        let said = self.command(line).output().unwrap();
        let text = [said.stdout, said.stderr].concat();
        let home = self.home.path("").display().to_string();
        String::from_utf8(text).unwrap().replace(home.trim_end_matches('/'), "[HOME]")
    }
}
