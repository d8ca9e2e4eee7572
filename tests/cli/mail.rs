//! E-mails to buyers through a real mail server: what was sent is recorded as sent, nothing else
//! is, and nothing is sent twice.

pub(crate) mod server;

mod configured;
mod doubt;
mod encrypted;
mod refused;
mod several;

use crate::harness::Home;
use server::{Server, read_mail};

/// The command of most stories.
const SEND: &str = "claim affidavit 1001 --to buyer@example.com --send";

/// A lost parcel's claim that lacks its documents: 1001; and one more, 1002.
fn shop() -> Home {
    let home = Home::new();
    home.write_lines(
        "parcels.csv",
        "
        order_id,tracking_number,value,cover,carrier,contents
        1001,940001,450,full,USPS,手工陶瓷杯
        1002,940002,320,,UPS,a lamp
        1003,940003,120,,,
        ",
    );
    home.insure("batch-insure parcels.csv --accept-terms --today 2026-10-21").output_text();
    for order in ["1001", "1002", "1003"] {
        home.insure(&format!("track {order} scanned --at 2026-10-22")).output_text();
        home.insure(&format!("claim file {order} --reason loss -q")).output_text();
    }
    home
}

/// What is told of the claim's affidavit.
#[track_caller]
fn affidavit(home: &Home) -> String {
    let shown = home.insure("claim show 1001 --format json").output_text();
    let start = shown.find("\"affidavit\": {").unwrap();
    let end = start + shown[start..].find('}').unwrap();
    let lines = shown[start..=end].lines().map(str::trim).collect::<Vec<_>>();
    lines.join(" ").replace("\"affidavit\": ", "")
}

#[test]
fn an_affidavit_is_sent_once() {
    let home = shop();
    let Some(server) = Server::plain(&home, "") else { return };
    let sent = r"
            id    claim       affidavit  to                 sent on     file  code  refused
            1001  CLM-00001Y  sent       buyer@example.com  2026-11-22  -     -     -
            ";
    home.insure("claim affidavit 1001 --to buyer@example.com --name 'Dear Buyer' --send")
        .stdout(sent)
        .stderr("\n1 sent\n")
        .run();
    assert_eq!(
        server.envelope(1),
        r#"{"encrypted": false, "from": "claims@example.com", "to": ["buyer@example.com"], "user": null}"#
    );
    let read = read_mail(&server.message(1), &["Date", "X-Peer", "X-MailFrom", "X-RcptTo"]);
    let read = read.unwrap();
    let (head, text) = read.split_once("\n\n").unwrap();
    assert_eq!(
        head,
        "Message-ID: <f523e9298c5dc9e2890a87d1@example.com>\n\
         From: Shop <claims@example.com>\n\
         To: Dear Buyer <buyer@example.com>\n\
         Subject: Please confirm that your parcel did not arrive (order 1001)\n\
         MIME-Version: 1.0\n\
         Content-Type: text/plain; charset=\"utf-8\"\n\
         Content-Transfer-Encoding: quoted-printable"
    );
    assert!(text.starts_with("Dear Dear Buyer,\n\nwe are sorry"), "{text}");
    assert!(text.contains("    Contents:         手工陶瓷杯\n"), "{text}");
    // Once more, by mistake: nothing happens. To another address it is no mistake, but a question.
    home.insure(SEND).stdout(sent).stderr("\n0 sent, 1 sent before\n").run();
    home.insure("claim affidavit 1001 --to other@example.com --send")
        .stderr(
            r"
            error: the affidavit of CLM-00001Y was sent to buyer@example.com on 2026-11-22, not to other@example.com

            hint: to send it there as well: --send-again
            ",
        )
        .status(2)
        .run();
    assert_eq!(server.count(), 1);
    // A reminder is another e-mail, with a Message-ID of its own; its address is known.
    home.insure("claim affidavit 1001 --send --send-again --today 2026-12-01 -q --format ids")
        .stdout("\nCLM-00001Y\n")
        .run();
    assert_eq!(server.count(), 2);
    let reminder = read_mail(&server.message(2), &[]).unwrap();
    assert!(!reminder.contains("f523e9298c5dc9e2890a87d1"), "{reminder}");
    assert_eq!(
        affidavit(&home),
        r#"{ "status": "sent", "to": "buyer@example.com", "sent_on": "2026-12-01", "times_sent": 2, "in_doubt_on": null, "dated": null }"#
    );
    let history = home.insure("status 1001").output_text();
    let history: Vec<&str> = history
        .lines()
        .filter(|line| !line.contains("claim filed") && line.contains("ffidavit"))
        .collect();
    assert_eq!(
        history,
        [
            "Affidavit      sent               sent 2026-12-01 to buyer@example.com",
            "  2026-11-22  CLM-00001Y affidavit sent  to buyer@example.com",
            "  2026-12-01  CLM-00001Y affidavit sent  to buyer@example.com",
        ]
    );
}

#[test]
fn a_chinese_affidavit_arrives_as_it_was_written() {
    let home = shop();
    let Some(server) = Server::plain(&home, "") else { return };
    home.insure("claim affidavit 1001 --to buyer@bücher.example --language zh --from '小店 <a@b.example>' --send -q --format ids")
        .stdout("\nCLM-00001Y\n")
        .run();
    assert!(server.envelope(1).contains("buyer@xn--bcher-kva.example"), "{}", server.envelope(1));
    let read = read_mail(&server.message(1), &[]).unwrap();
    for part in [
        "From: 小店 <a@b.example>\n",
        "Subject: 请确认您未收到包裹（订单 1001）\n",
        "\n\n尊敬的买家，您好：\n",
        "    物品：      手工陶瓷杯\n",
        "签署日期为 2026-11-12 或之后",
    ] {
        assert!(read.contains(part), "{part}: {read}");
    }
    assert!(!read.contains("defect"), "{read}");
}
