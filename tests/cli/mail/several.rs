//! Many buyers from a list: each on their own merits, over one connection where it lasts.

use super::server::Server;
use super::shop;
use crate::harness::Home;

fn list(home: &Home) {
    home.write_lines(
        "buyers.csv",
        "
        claim,email,buyer name,language
        1001,one@example.com,,zh
        CLM-999,two@example.com,,
        1002,two(at)example.com,,
        1002,two@example.com,Second Buyer,
        1003,three@example.com,,fr
        ,four@example.com,,
        1003,,,
        ",
    );
}

#[test]
fn a_list_is_sent_row_by_row_and_a_second_run_sends_nothing() {
    let home = shop();
    list(&home);
    for mode in ["ok", "close-after-each"] {
        let Some(server) = Server::plain(&home, &format!("--mode {mode}")) else { return };
        let refused = r#"
            {"id":"CLM-999","claim":null,"affidavit":null,"to":null,"sent_on":null,"file":null,"code":"not_found","refused":"nothing is recorded under `CLM-999`","message_id":null,"subject":null,"text":null}
            {"id":"1002","claim":null,"affidavit":null,"to":null,"sent_on":null,"file":null,"code":"unknown_value","refused":"line 4, column email: `two(at)example.com` is no mail address, expected one such as buyer@example.com or Shop <claims@example.com>","message_id":null,"subject":null,"text":null}
            "#;
        let said = home
            .insure("claim affidavit --input buyers.csv --send --format ndjson -q")
            .status(3)
            .output_text();
        for line in crate::harness::unindent(refused).lines() {
            assert!(said.contains(line), "{line}\n{said}");
        }
        let codes: Vec<&str> = said
            .lines()
            .map(|line| line.split("\"code\":").nth(1).unwrap().split(',').next().unwrap())
            .collect();
        assert_eq!(
            codes,
            [
                "null",
                "\"not_found\"",
                "\"unknown_value\"",
                "null",
                "\"unknown_value\"",
                "\"missing_id\"",
                "\"unclear\""
            ]
        );
        assert_eq!(server.count(), 2, "{mode}");
        assert!(server.envelope(1).contains("one@example.com"));
        assert!(server.envelope(2).contains("two@example.com"));
    }
    home.insure("claim affidavit --input - --send")
        .stdin("claim,to\n1001,one@example.com\n1002,two@example.com\n")
        .stdout(
            r"
            id    claim       affidavit  to               sent on     file  code  refused
            1001  CLM-00001Y  sent       one@example.com  2026-11-22  -     -     -
            1002  CLM-00002W  sent       two@example.com  2026-11-22  -     -     -
            ",
        )
        .stderr("\n0 sent, 2 sent before, 0 refused, 0 not found\n")
        .run();
}

#[test]
fn a_server_that_fails_all_is_not_asked_for_each() {
    let home = shop();
    list(&home);
    let Some(server) = Server::plain(&home, "") else { return };
    let port = server.port;
    drop(server);
    home.write("buyers.csv", "claim,to\n1001,one@example.com\n1002,two@example.com\n");
    home.insure("claim affidavit --input buyers.csv --send --format csv")
        .stdout(&format!(
            "
            id,claim,affidavit,to,sent_on,file,code,refused,message_id,subject,text
            1001,,,,,,mail_not_sent,the e-mail of CLM-00001Y was NOT sent: the mail server 127.0.0.1:{port} cannot be reached: connection refused,,,
            1002,,,,,,not_tried,nothing was sent: what kept the one before would keep this one,,,
            "
        ))
        .stderr("\n0 sent, 2 not sent, 0 refused, 0 not found\n")
        .status(1)
        .run();
}

#[test]
fn a_list_without_its_columns_is_no_list() {
    let home = shop();
    home.write("buyers.csv", "who,to\n1001,one@example.com\n");
    home.insure("claim affidavit --input buyers.csv --from a@b.example --out drafts/")
        .stderr(
            r"
            error: buyers.csv: line 1: a list of claims with their buyers needs a column claim, and this header has who, to

            hint: rename the column, or add a header line; every name that is known stands in docs/formats.md
            ",
        )
        .status(2)
        .run();
}
