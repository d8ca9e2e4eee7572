//! A server that does not take the e-mail: it was not sent, and may be sent again.

use super::server::Server;
use super::{SEND, affidavit, shop};

const NOTHING: &str = r#"{ "status": "not_sent", "to": "buyer@example.com", "sent_on": null, "times_sent": 0, "in_doubt_on": null, "dated": null }"#;

#[test]
fn what_the_server_refused_was_not_sent_and_is_sent_by_the_next_run() {
    for (mode, why, hint) in [
        (
            "refuse-sender",
            "the server refused the sender Shop <claims@example.com>: 553 5.7.1 sender rejected",
            "mend that, in [mail] of config.toml or with your mail provider, then run the same command again",
        ),
        (
            "refuse-recipient",
            "the server refused the recipient buyer@example.com: 550 5.1.1 no such user",
            "check the address, then run the same command again",
        ),
        (
            "refuse-message",
            "the server refused the message: 554 5.7.1 message refused as spam",
            "where the server means it only for now, run the same command again later",
        ),
        (
            "defer-message",
            "the server refused the message: 451 4.3.0 try again later",
            "where the server means it only for now, run the same command again later",
        ),
        (
            "drop-at-data",
            "the server took no message: the connection was lost",
            "where the server means it only for now, run the same command again later",
        ),
    ] {
        let home = shop();
        let Some(server) = Server::plain(&home, &format!("--mode {mode}")) else { return };
        home.insure(SEND)
            .stderr(&format!(
                "
                error: the e-mail of CLM-00001Y was NOT sent: {why}

                hint: {hint}
                "
            ))
            .status(1)
            .run();
        assert_eq!((server.count(), affidavit(&home).as_str()), (0, NOTHING), "{mode}");
        drop(server);
        let Some(server) = Server::plain(&home, "") else { return };
        home.insure(&format!("{SEND} -q --format ids")).stdout("\nCLM-00001Y\n").run();
        assert_eq!(server.count(), 1, "{mode}");
        let history = home.insure("status 1001").output_text();
        let said = format!(
            "  2026-11-22  CLM-00001Y affidavit not sent  to buyer@example.com, reason {why}\n  2026-11-22  CLM-00001Y affidavit sent  to buyer@example.com\n"
        );
        assert!(history.ends_with(&said), "{mode}: {history}");
    }
}

#[test]
fn a_server_that_is_not_there_or_says_nothing_has_nothing() {
    let home = shop();
    let Some(server) = Server::plain(&home, "--mode mute") else { return };
    let port = server.port;
    let failed = |why: &str| {
        home.insure(SEND)
            .stderr(&format!(
                "
                error: the e-mail of CLM-00001Y was NOT sent: the mail server 127.0.0.1:{port} cannot be reached: {why}

                hint: mend that, in [mail] of config.toml or with your mail provider, then run the same command again
                "
            ))
            .status(1)
            .run();
        assert_eq!(affidavit(&home), NOTHING);
    };
    failed("no answer within 2 seconds");
    drop(server);
    failed("connection refused");
}
