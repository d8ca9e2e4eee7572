//! `insure claim affidavit`: the draft, the note, the signed document.

use std::fs;

use super::super::mail::server::read_mail;
use super::shop;
use crate::harness::Home;

/// The lost parcel's claim: CLM-00001Y, a draft; a sender is configured.
fn asked() -> Home {
    let home = shop();
    home.insure("claim file 1001 --reason loss -q --format ids").output_text();
    home.write(".config/insure/config.toml", "[mail]\nfrom = \"Shop <claims@example.com>\"\n");
    home
}

#[test]
fn a_draft_goes_to_stdout_and_records_nothing() {
    let home = asked();
    let before = home.insure("status 1001").output_text();
    let draft = home.insure("claim affidavit 1001 --to buyer@example.com -q").output_text();
    assert_eq!(home.insure("claim affidavit 1001 --to buyer@example.com -q").output_text(), draft);
    assert_eq!(home.insure("status 1001").output_text(), before);
    home.write("draft.eml", &draft);
    let Some(read) = read_mail(&home.path("draft.eml"), &[]) else { return };
    assert_eq!(
        read,
        "\
Date: Sun, 22 Nov 2026 12:00:00 +0000
Message-ID: <6971ef519548fcecec2de5ae@example.com>
From: Shop <claims@example.com>
To: buyer@example.com
Subject: Please confirm that your parcel did not arrive (order 1001)
X-Unsent: 1
MIME-Version: 1.0
Content-Type: text/plain; charset=\"utf-8\"
Content-Transfer-Encoding: 7bit

Dear customer,

we are sorry that your parcel did not reach you. We are claiming its loss
from the insurer of the shipment, and the insurer asks for your written
statement that you did not receive the parcel.

This is the parcel:

    Order:            1001
    Tracking number:  940001
    Shipped on:       2026-10-22
    Our claim:        CLM-00001Y

If you did not receive it, please complete the statement below, sign it
and send it back to this address: as a photo or scan of the signed page,
or as a signed PDF. Please date it with the day on which you sign.
The insurer accepts it only if that day is 2026-11-12 or later.
Please answer by 2027-01-20; later the claim can no longer be completed.

If the parcel has arrived after all, please tell us instead and sign
nothing. A statement that is not true can have legal consequences.

----------------------------------------------------------------------

STATEMENT OF NON-RECEIPT

I ordered the goods of the order named above and am the recipient of the
parcel.

    Order number:     1001
    Tracking number:  940001

I declare that, up to the day on which I sign, neither I nor anyone at my
address, nor anyone acting for me, has received this parcel or any part of
its contents.

[ ]  I have not been refunded for this order.
[ ]  I have been refunded by the seller, on (date) ______________________

Everything I state here is true to the best of my knowledge.

    Full name:        ______________________________

    Address:          ______________________________

    Date:             ______________________________

    Signature:        ______________________________

----------------------------------------------------------------------

Thank you for your help.

Shop
"
    );
}

#[test]
fn a_chinese_draft_opens_as_it_was_written() {
    let home = asked();
    home.insure("claim affidavit 1001 --language zh --from '小店 <a@b.example>' --out draft.eml")
        .stdout(
            r"
            id    claim       affidavit  to  sent on  file       code  refused
            1001  CLM-00001Y  not_sent   -   -        draft.eml  -     -
            ",
        )
        .stderr(
            r"
            1 written
            nothing was sent: open each with your mail program, send it, then note it with --sent
            ",
        )
        .run();
    let Some(read) = read_mail(&home.path("draft.eml"), &["Message-ID"]) else { return };
    let (head, text) = read.split_once("\n\n").unwrap();
    assert_eq!(
        head,
        "Date: Sun, 22 Nov 2026 12:00:00 +0000\n\
         From: 小店 <a@b.example>\n\
         Subject: 请确认您未收到包裹（订单 1001）\n\
         X-Unsent: 1\n\
         MIME-Version: 1.0\n\
         Content-Type: text/plain; charset=\"utf-8\"\n\
         Content-Transfer-Encoding: base64"
    );
    assert!(text.starts_with("尊敬的买家，您好：\n"), "{text}");
    assert!(text.ends_with("感谢您的配合。\n\n小店"), "{text}");
}

#[cfg(unix)]
#[test]
fn drafts_of_a_list_go_to_a_folder_and_are_the_owners_alone() {
    use std::os::unix::fs::PermissionsExt;
    let home = asked();
    home.insure("claim file 1002 --reason damage --amount 100 -q --format ids").output_text();
    home.write("buyers.csv", "claim,to\n1001,one@example.com\n1002,two@example.com\n");
    home.insure("claim affidavit --input buyers.csv --out drafts/")
        .stdout(
            r"
            id    claim       affidavit  to               sent on  file                   code     refused
            1001  CLM-00001Y  not_sent   one@example.com  -        drafts/CLM-00001Y.eml  -        -
            1002  -           -          -                -        -                      unclear  the affidavit that comes with this program states that the parcel never arrived, and claim CLM-00002W is for damage
            ",
        )
        .stderr(
            r"
            1 written, 1 refused, 0 not found
            nothing was sent: open each with your mail program, send it, then note it with --sent
            ",
        )
        .status(3)
        .run();
    let mode = fs::metadata(home.path("drafts/CLM-00001Y.eml")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    home.insure("claim affidavit 1001 1002")
        .stderr(
            r"
            error: several e-mails cannot be written to one place

            hint: name a folder for them: --out drafts/
            ",
        )
        .status(2)
        .run();
    home.insure("claim affidavit 1001 1002 --to one@example.com --out drafts/")
        .stderr(
            r"
            error: one buyer's address is given for several claims

            hint: list them in a file with the columns claim and to: --input buyers.csv
            ",
        )
        .status(2)
        .run();
}

#[test]
fn in_words_of_ones_own() {
    let home = asked();
    home.write(
        "words.txt",
        "About {order_id} {{urgent}}\n\n{buyer|Hello}!\nBy {carrier}\nBy {plan}\n",
    );
    home.insure("claim affidavit 1001 --template words.txt --format json")
        .stdout(
            r#"
            [
              {"id":"1001","claim":"CLM-00001Y","affidavit":"not_sent","to":null,"sent_on":null,"file":null,"code":null,"refused":null,"message_id":"<2e2aac68a8bed7c41e93f199@example.com>","subject":"About 1001 {urgent}","text":"Hello!\nBy TikTok Shipping insurance, insured by U-PIC\n"}
            ]
            "#,
        )
        .stderr(
            r"
            1 written
            nothing was sent: open each with your mail program, send it, then note it with --sent
            ",
        )
        .run();
    home.write("words.txt", "About {order_id}\n\nDear {byuer},\n");
    let fields = "order_id, package_id, tracking_number, carrier, service, ship_date, destination, contents, package_value, claim, policy, plan, reason, amount, opened_on, sign_after, reply_by, buyer, buyer_address, seller, seller_address, today";
    home.insure("claim affidavit 1001 --template words.txt")
        .stderr(&format!(
            "
            error: words.txt: template error at line 3, column 6
              |
            3 | Dear {{byuer}},
              |      ^^^^^^^
            there is no field `byuer`, did you mean `buyer`?

            hint: the fields are {fields}
            "
        ))
        .status(2)
        .run();
    home.write("words.txt", "By {carrier}\n\ntext\n");
    home.insure("claim affidavit 1001 --template words.txt")
        .stderr(
            r"
            error: nothing is left of the subject: carrier of claim CLM-00001Y is not known

            hint: say in the template what stands in its place: {carrier|words}
            ",
        )
        .status(2)
        .run();
    home.write("words.txt", b"\xff\xfe\n\n");
    home.insure("claim affidavit 1001 --template words.txt")
        .stderr(
            r"
            error: words.txt: this is no text in UTF-8

            hint: save the template as UTF-8
            ",
        )
        .status(2)
        .run();
    home.write(
        ".config/insure/config.toml",
        "[mail]\nfrom = \"a@b.example\"\n[affidavit]\nlanguage = \"zh\"\ntemplate = { zh = \"ours.txt\" }\n",
    );
    home.write(".config/insure/ours.txt", "我们 {claim}\n\n好\n");
    let said = home.insure("claim affidavit 1001 --format ndjson -q").output_text();
    assert!(said.contains(r#""subject":"我们 CLM-00001Y","text":"好\n""#), "{said}");
    let said = home.insure("claim affidavit 1001 --language en --format ndjson -q").output_text();
    assert!(said.contains(r#""subject":"Please confirm"#), "{said}");
}

#[test]
fn an_address_that_is_none_is_named() {
    let home = asked();
    home.insure("claim affidavit 1001 --to buyer(at)example.com")
        .stderr(
            r"
            error: invalid value 'buyer(at)example.com' for '--to <ADDRESS>': `buyer(at)example.com` is no mail address, expected one such as buyer@example.com or Shop <claims@example.com>

            For more information, try '--help'.
            ",
        )
        .status(2)
        .run();
}

#[test]
fn before_the_waiting_period_is_over_it_is_said() {
    let home = asked();
    home.insure("track 1003 scanned --at 2026-11-20").output_text();
    home.insure("claim affidavit 1001 --out draft.eml --today 2026-11-05 --format ids")
        .stdout("\nCLM-00001Y\n")
        .stderr(
            r"
            the waiting period is not over: an affidavit counts only when it is dated 2026-11-12 or later
            1 written
            nothing was sent: open each with your mail program, send it, then note it with --sent
            ",
        )
        .run();
}

#[test]
fn a_seller_who_asked_in_another_way_notes_it() {
    let home = shop();
    home.insure("claim file 1001 --reason loss -q --format ids --today 2026-11-20").output_text();
    home.insure("claim affidavit 1001 --to buyer@example.com --sent --at 2026-11-21")
        .stdout(
            r"
            id    claim       affidavit  to                 sent on     file  code  refused
            1001  CLM-00001Y  sent       buyer@example.com  2026-11-21  -     -     -
            ",
        )
        .stderr("\n1 noted\n")
        .run();
    home.insure("claim affidavit 1001 --sent --at 2026-11-21 --format ids")
        .stdout("\nCLM-00001Y\n")
        .stderr("\n0 noted, 1 noted before\n")
        .run();
    home.insure("claim affidavit 1001 --sent --at 2026-11-23")
        .stderr(
            r"
            error: --at: 2026-11-23 is in the future, today is 2026-11-22

            hint: give the day on which it was sent
            ",
        )
        .status(2)
        .run();
    let piped = home.insure("claim affidavit - --sent --at 2026-11-21 --format ids -q");
    piped.stdin("1001\n").stdout("\nCLM-00001Y\n").run();
    let said = home.insure("claim affidavit 1001 CLM-7 --sent --format csv -q").status(3);
    let said = said.output_text();
    assert!(said.contains("\n1001,CLM-00001Y,sent,buyer@example.com,2026-11-22,"), "{said}");
    assert!(said.contains("\nCLM-7,,,,,,not_found,"), "{said}");
}

#[test]
fn the_signed_affidavit_is_evidence_once_it_counts() {
    let home = asked();
    home.insure("claim evidence add 1001 --kind invoice invoice.pdf -q").output_text();
    home.insure("claim affidavit 1001 --completed affidavit.pdf --dated 2026-11-11")
        .stderr(
            r"
            error: refused (affidavit_too_early): the affidavit is dated 2026-11-11, and it counts only from 2026-11-12

            hint: ask the buyer for one that is signed and dated 2026-11-12 or later
                  clause incident.loss.evidence.affidavit (upic-claims): The buyer's affidavit of non-receipt, dated once the waiting period is over.
            ",
        )
        .status(3)
        .run();
    home.insure("claim affidavit 1001 --completed affidavit.pdf --dated 2026-11-12")
        .stdout(
            r"
            CLM-00001Y  affidavit completed, the claim is under_review

            Evidence: complete
            The claim is complete: enter it with the insurer now.
            ",
        )
        .run();
    home.insure("claim affidavit 1001 --completed affidavit.pdf --dated 2026-11-12")
        .stdout(
            r"
            CLM-00001Y  affidavit completed (noted before, nothing changed), the claim is under_review

            Evidence: complete
            ",
        )
        .run();
    let shown = home.insure("claim show 1001 --format csv").output_text();
    assert!(shown.ends_with(",completed,\n"), "{shown}");
    home.insure("claim affidavit 1001 --to buyer@example.com")
        .stderr(
            r"
            error: refused (affidavit_completed): the affidavit of claim CLM-00001Y is completed

            hint: to add another one: insure claim affidavit CLM-00001Y --completed FILE --dated DATE
            ",
        )
        .status(3)
        .run();
    home.insure("claim affidavit 1001 --completed none.pdf --dated 2026-11-12")
        .stderr(
            r"
            error: none.pdf: No such file or directory (os error 2)

            hint: check the path
            ",
        )
        .status(1)
        .run();
}

#[test]
fn where_it_serves_nothing_it_is_not_asked_for() {
    let home = asked();
    home.insure("claim withdraw 1001 -q --format ids").output_text();
    home.insure("claim affidavit 1001")
        .stderr(
            r"
            error: refused (claim_status): claim CLM-00001Y is withdrawn: an affidavit changes nothing any more

            hint: see how it stands: insure claim show CLM-00001Y
            ",
        )
        .status(3)
        .run();
    home.insure("claim file 1002 --reason damage --amount 100 -q --format ids").output_text();
    home.write("words.txt", "Damage\n\nPlease describe the damage.\n");
    home.insure("claim affidavit 1002 --template words.txt --out d.eml --format ids")
        .stdout("\nCLM-00002W\n")
        .stderr(
            r"
            the terms ask for no affidavit for damage; it is asked for all the same
            1 written
            nothing was sent: open each with your mail program, send it, then note it with --sent
            ",
        )
        .run();
}

#[test]
fn it_was_not_asked_for_before_there_was_a_claim() {
    let home = asked();
    home.insure("claim affidavit 1001 --sent --at 2026-11-21")
        .stderr(
            r"
            error: --at: 2026-11-21 is before the claim CLM-00001Y was opened, on 2026-11-22

            hint: give the day on which it was sent
            ",
        )
        .status(2)
        .run();
    home.write("buyers.csv", b"claim,to,name\n1001,buyer@example.com,\xd0\xa1\xb5\xea\n");
    home.insure("claim affidavit --input buyers.csv --encoding gbk --out drafts/ -q --format ids")
        .stdout("\nCLM-00001Y\n")
        .run();
}

#[test]
fn one_that_came_as_evidence_is_shown() {
    let home = asked();
    home.insure("claim evidence add 1001 --kind affidavit affidavit.pdf --dated 2026-11-20 -q")
        .output_text();
    for line in ["claim show 1001", "status 1001"] {
        let shown = home.insure(line).output_text();
        assert!(shown.contains("dated 2026-11-20\n"), "{shown}");
        assert!(shown.contains("\nAffidavit "), "{shown}");
    }
}
