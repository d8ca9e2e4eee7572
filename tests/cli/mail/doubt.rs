//! The e-mail was handed over and no answer came: nobody knows whether it arrived, so it is neither
//! recorded as sent nor sent again by a mere retry.

use std::time::{Duration, Instant};

use super::server::{Server, read_mail};
use super::{SEND, affidavit, shop};
use crate::harness::Home;
use crate::ledger::sqlite3;

const IN_DOUBT: &str = r#"{ "status": "not_sent", "to": "buyer@example.com", "sent_on": null, "times_sent": 0, "in_doubt_on": "2026-11-22", "dated": null }"#;
const SENT: &str = r#"{ "status": "sent", "to": "buyer@example.com", "sent_on": "2026-11-22", "times_sent": 1, "in_doubt_on": null, "dated": null }"#;

/// What is said where nobody knows.
#[track_caller]
fn unknown(home: &Home, line: &str, why: &str) {
    home.insure(line)
        .stderr(&format!(
            "
            error: it is not known whether the e-mail of CLM-00001Y arrived: {why}

            hint: look into the sent mail of your account, or ask the buyer. If it arrived: insure claim affidavit CLM-00001Y --sent
                  else send it knowingly: insure claim affidavit CLM-00001Y --send --send-again (under the same Message-ID, so that mail systems can drop a second copy)
            "
        ))
        .status(3)
        .run();
}

#[test]
fn a_connection_lost_after_the_message_is_no_reason_to_send_it_twice() {
    for (mode, arrived, why) in [
        ("drop-after-data", 1, "the connection was lost"),
        ("drop-after-go-ahead", 0, "the connection was lost"),
        ("hang-after-data", 1, "no answer within 2 seconds"),
    ] {
        let home = shop();
        let Some(server) = Server::plain(&home, &format!("--mode {mode}")) else { return };
        unknown(&home, SEND, &format!("it was handed over to the end, and then {why}"));
        assert_eq!((server.count(), affidavit(&home).as_str()), (arrived, IN_DOUBT), "{mode}");
        drop(server);
        let Some(server) = Server::plain(&home, "") else { return };
        let before = "it was handed over on 2026-11-22, and the server's answer was lost";
        unknown(&home, SEND, before);
        assert_eq!(server.count(), arrived, "{mode}");
        let shown = home.insure("claim show 1001").output_text();
        let line = "\nAffidavit  not_sent    an e-mail of 2026-11-22 is in doubt\n";
        assert!(shown.contains(line), "{shown}");
    }
}

#[test]
fn what_arrived_after_all_is_noted_and_nothing_is_sent() {
    let home = shop();
    let Some(server) = Server::plain(&home, "--mode drop-after-data") else { return };
    home.insure(SEND).status(3).output();
    home.insure("claim affidavit 1001 --sent --format ids -q").stdout("\nCLM-00001Y\n").run();
    assert_eq!(affidavit(&home), SENT);
    home.insure(&format!("{SEND} --format ids"))
        .stdout("\nCLM-00001Y\n")
        .stderr("\n0 sent, 1 sent before\n")
        .run();
    assert_eq!(server.count(), 1);
}

#[test]
fn sent_again_knowingly_it_bears_the_same_message_id() {
    let home = shop();
    let Some(server) = Server::plain(&home, "--mode drop-after-data") else { return };
    home.insure(SEND).status(3).output();
    let id = |server: &Server| {
        let read = read_mail(&server.message(1), &[]).unwrap();
        read.lines().find(|line| line.starts_with("Message-ID: ")).unwrap().to_owned()
    };
    let first = id(&server);
    drop(server);
    // An attempt that surely failed does not lift the doubt about the one before.
    let Some(server) = Server::plain(&home, "--mode refuse-recipient") else { return };
    home.insure(&format!("{SEND} --send-again -q")).status(1).output();
    assert_eq!(affidavit(&home), IN_DOUBT);
    drop(server);
    let Some(server) = Server::plain(&home, "") else { return };
    home.insure(&format!("{SEND} --send-again -q --format ids")).stdout("\nCLM-00001Y\n").run();
    assert_eq!((id(&server), affidavit(&home).as_str()), (first, SENT));
}

#[test]
fn what_goes_to_the_right_address_afterwards_counts() {
    let home = shop();
    let Some(server) = Server::plain(&home, "--mode drop-after-data") else { return };
    home.insure("claim affidavit 1001 --to wrong@example.com --send").status(3).output();
    drop(server);
    let right = "claim affidavit 1001 --to right@example.com --send --send-again -q --format ids";
    let Some(server) = Server::plain(&home, "--mode refuse-recipient") else { return };
    home.insure(right).status(1).output();
    assert_eq!(affidavit(&home), IN_DOUBT.replace("buyer@", "wrong@"));
    drop(server);
    let Some(server) = Server::plain(&home, "") else { return };
    home.insure(right).stdout("\nCLM-00001Y\n").run();
    assert_eq!(affidavit(&home), SENT.replace("buyer@", "right@"));
    home.insure("claim affidavit 1001 --send --format ids")
        .stdout("\nCLM-00001Y\n")
        .stderr("\n0 sent, 1 sent before\n")
        .run();
    assert!(server.envelope(1).contains("right@example.com"));
    let due = home.insure("due --format json").output_text();
    assert!(!due.contains("in doubt"), "{due}");
    // What happened stays told.
    let history = home.insure("status 1001").output_text();
    assert!(history.contains("affidavit in doubt"), "{history}");
}

#[test]
fn a_command_that_is_killed_in_the_middle_leaves_it_in_doubt() {
    let home = shop();
    let Some(server) = Server::plain(&home, "--mode hang-after-data") else { return };
    server.configure(&home, "security = \"none\"\ntimeout-seconds = 60\n");
    let mut sending = home.insure(SEND).spawn();
    server.wait();
    let begun = "it was begun on 2026-11-22, and another command is sending it now or was cut off";
    // A second one at the same time sends nothing.
    unknown(&home, SEND, begun);
    sending.kill().unwrap();
    sending.wait().unwrap();
    unknown(&home, SEND, begun);
    assert_eq!((server.count(), affidavit(&home).as_str()), (1, IN_DOUBT));
    drop(server);
    let Some(server) = Server::plain(&home, "") else { return };
    home.insure(&format!("{SEND} --send-again -q --format ids")).stdout("\nCLM-00001Y\n").run();
    assert_eq!((server.count(), affidavit(&home).as_str()), (1, SENT));
}

#[test]
fn of_many_that_send_at_once_one_does() {
    let home = shop();
    let Some(server) = Server::plain(&home, "") else { return };
    server.configure(&home, "security = \"none\"\ntimeout-seconds = 60\n");
    let started = Instant::now();
    let all: Vec<_> = (0..6).map(|_| home.insure(SEND).spawn()).collect();
    for child in all {
        let said = child.wait_with_output().unwrap();
        let stderr = String::from_utf8_lossy(&said.stderr);
        // It sent, or it found that another one sends or has sent.
        assert!(matches!(said.status.code(), Some(0 | 3)), "{stderr}");
    }
    assert!(started.elapsed() < Duration::from_secs(120));
    assert_eq!((server.count(), affidavit(&home).as_str()), (1, SENT));
}

#[test]
fn what_was_sent_and_cannot_be_recorded_is_said_and_stays_in_doubt() {
    let Some(sqlite) = sqlite3() else { return };
    let home = shop();
    let Some(server) = Server::plain(&home, "--mode slow") else { return };
    server.configure(&home, "security = \"none\"\ntimeout-seconds = 60\n");
    let sending = home.insure(SEND).spawn();
    server.wait();
    // Somebody breaks the ledger while the server thinks about the e-mail.
    let broken = |sql: &str| {
        let done = home.command(sqlite).args(["insure.db", sql]).status();
        assert!(done.unwrap().success());
    };
    broken("ALTER TABLE event RENAME TO gone");
    let said = sending.wait_with_output().unwrap();
    broken("ALTER TABLE gone RENAME TO event");
    let stderr = String::from_utf8_lossy(&said.stderr);
    let start =
        "error: the e-mail of CLM-00001Y was sent, but that could not be recorded: the ledger";
    assert!(stderr.starts_with(start), "{stderr}");
    assert!(
        stderr
            .ends_with("hint: mend that, then note it: insure claim affidavit CLM-00001Y --sent\n"),
        "{stderr}"
    );
    assert_eq!(said.status.code(), Some(1));
    assert_eq!(affidavit(&home), IN_DOUBT);
}

#[test]
fn what_was_not_sent_and_cannot_be_recorded_tells_both() {
    let home = shop();
    let Some(_server) = Server::plain(&home, "--mode refuse-recipient") else { return };
    let Some(sqlite) = sqlite3() else { return };
    // The row of the attempt can be begun; what came of it cannot be recorded.
    let sql = "CREATE TRIGGER full BEFORE UPDATE ON mail BEGIN SELECT raise(ABORT, 'no room'); END";
    let done = home.command(sqlite).args(["insure.db", sql]).status();
    assert!(done.unwrap().success());
    let said = home.insure(SEND).status(1).output();
    let stderr = String::from_utf8_lossy(&said.stderr);
    assert!(stderr.starts_with("error: the e-mail of CLM-00001Y was not sent: "), "{stderr}");
    assert!(stderr.contains("; that could not be recorded: "), "{stderr}");
    assert!(stderr.contains("no room"), "{stderr}");
    assert!(
        stderr.contains(
            "hint: mend both, then send it: insure claim affidavit CLM-00001Y --send --send-again"
        ),
        "{stderr}"
    );
}
