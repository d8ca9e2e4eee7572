//! `insure claim appeal`: a decision taken one level up.

use super::{accepted, filed, filed_under};

/// The terms of the shop, with two levels of appeal that have days.
fn two_levels() -> String {
    let terms = include_str!("../../../src/plans/tiktok-upic.toml");
    let (before, after) = terms.split_once("[[version.appeals]]").unwrap();
    let (_, after) = after.split_once("[[version.conditions]]").unwrap();
    let levels = r#"
[[version.appeals]]
to = "the claims desk"
days = 10
clause = "To the claims desk within 10 days of the decision."
source = "S0"

[[version.appeals]]
to = "the board"
days = 5
inclusive = true
clause = "To the board within 5 days, the day of the decision being the first."
source = "S0"

[[version.conditions]]"#;
    format!("{before}{levels}{after}").replace("id = \"tiktok-upic\"", "id = \"two-levels\"")
}

#[test]
fn a_rejected_claim_is_under_review_again_one_level_up() {
    let home = filed();
    home.write("order.png", "the order page");
    home.insure("claim appeal 1001 --reason 'too early'")
        .stderr(
            r"
            error: refused (claim_status): claim CLM-00001Y is under_review: what can be appealed is a rejection, or an acceptance in part

            hint: clause decision (S0): The insurer decides in 7 to 10 business days; the federal holidays of the United States, where it sits, are no business days.
            ",
        )
        .status(3)
        .run();
    home.insure("claim decide 1001 --rejected 'no proof of value' --today 2026-12-02")
        .output_text();
    home.insure("claim check 1001 --reason loss --today 2026-12-02")
        .stdout(
            r"
            Policy          POL-00001Y  940001
            Can be claimed  no
            First day       2026-11-12
            Last day        2027-01-20

            Refused (claim_rejected): claim CLM-00001Y on this policy was rejected
              clause appeals (S0): Appeals go to U-PIC. No last day for one is named.
              what would change it: an appeal, if a level is left: insure claim show CLM-00001Y says so
            ",
        )
        .status(3)
        .run();
    home.insure("claim show 1001 --today 2026-12-02")
        .stdout(
            r"
            Claim      CLM-00001Y  POL-00001Y
            Status     rejected
            Reason     loss
            Claimed    450.00 USD
            Pays       450.00 USD  as assessed
            Opened     2026-11-22  last day 2027-01-20
            Decided    2026-12-02  no proof of value
            Appeals    0           can go to U-PIC
            Affidavit  completed   dated 2026-11-20

            Evidence:
             invoice    invoice.pdf                      sha256 f62354531360
             affidavit  affidavit.pdf  dated 2026-11-20  sha256 cdf9eb807a93
            ",
        )
        .run();
    home.insure("claim appeal 1001 --reason 'the order page shows it' --evidence order-page=order.png --today 2026-12-04 --format ndjson")
        .stdout(
            r#"
            {"claim":"CLM-00001Y","policy":"POL-00001Y","reason":"loss","claim_status":"under_review","amount":"450.00","payable":"450.00","currency":"USD","opened_on":"2026-11-22","closes_on":"2027-01-20","decided_on":"2026-12-02","granted":null,"decision":"no proof of value","evidence":[{"kind":"invoice","sha256":"f62354531360b57cc08d01812512971e01d4b7f302bd924ef522b24d9c577f9b","file":"invoice.pdf","bytes":19,"media":"application/pdf","dated":null,"added_on":"2026-11-22"},{"kind":"affidavit","sha256":"cdf9eb807a930dac2f3877081affc9fc0b1287e72aeb3cc4324fcb03aa95c786","file":"affidavit.pdf","bytes":21,"media":"application/pdf","dated":"2026-11-20","added_on":"2026-11-22"},{"kind":"order-page","sha256":"d7914f533387b172cbd3d964b1b47a971cd61080d54c77d6285c4467f495f376","file":"order.png","bytes":14,"media":"text/plain","dated":null,"added_on":"2026-12-04"}],"facts":{},"appeals":1,"paid":"0.00","owed":null,"payments":[],"affidavit":{"status":"completed","to":null,"sent_on":null,"times_sent":0,"in_doubt_on":null,"dated":"2026-11-20"},"refund":null,"appeal":{"level":1,"to":"U-PIC","until":null,"clause":"appeals","source":"S0"},"added":1}
            "#,
        )
        .stderr(
            r"
            enter the appeal with U-PIC now, this program sends nothing
            ",
        )
        .run();
    home.insure("claim show 1001 --today 2026-12-04")
        .stdout(
            r"
            Claim      CLM-00001Y    POL-00001Y
            Status     under_review
            Reason     loss
            Claimed    450.00 USD
            Pays       450.00 USD    as assessed
            Opened     2026-11-22    last day 2027-01-20
            Decided    2026-12-02    no proof of value
            Appeals    1
            Affidavit  completed     dated 2026-11-20

            Evidence:
             invoice     invoice.pdf                      sha256 f62354531360
             affidavit   affidavit.pdf  dated 2026-11-20  sha256 cdf9eb807a93
             order-page  order.png                        sha256 d7914f533387

            Evidence: complete
            ",
        )
        .run();
    home.insure("search --claim-status under_review --format ids")
        .stdout(
            r"
            POL-00001Y
            ",
        )
        .run();
    home.insure("claim file 1001 --reason loss --today 2026-12-04")
        .stdout(
            r"
            id    claim       claim status  policy      amount  payable  closes on   missing evidence  code           refused
            1001  CLM-00001Y  under_review  POL-00001Y  450.00   450.00  2027-01-20                    already_filed  -
            ",
        )
        .stderr(
            r"
            0 filed (0 as drafts), 1 already filed, 0 refused, 0 not found
            ",
        )
        .run();
    home.insure("claim appeal 1001 --reason again --today 2026-12-04")
        .stderr(
            r"
            error: refused (claim_status): claim CLM-00001Y is under_review: what can be appealed is a rejection, or an acceptance in part

            hint: clause decision (S0): The insurer decides in 7 to 10 business days; the federal holidays of the United States, where it sits, are no business days.
            ",
        )
        .status(3)
        .run();
    home.insure("claim decide 1001 --accepted --at 2026-12-03 --today 2026-12-09")
        .stderr(
            r"
            error: claim CLM-00001Y was appealed on 2026-12-04, it was not decided on 2026-12-03

            hint: give the day of the decision with --at
            ",
        )
        .status(2)
        .run();
    home.insure("claim decide 1001 --rejected 'still no proof' --today 2026-12-09").output_text();
    home.insure("claim appeal 1001 --reason again --today 2026-12-09")
        .stderr(
            r"
            error: refused (no_further_appeal): claim CLM-00001Y went to U-PIC, the last level

            hint: clause appeals (S0): Appeals go to U-PIC. No last day for one is named.
            ",
        )
        .status(3)
        .run();
    home.insure("status 1001 --today 2026-12-09")
        .stdout(
            r"
            Policy         POL-00001Y            effective
            Order          1001
            Package        -
            Tracking       940001
            Contents       -
            Plan           tiktok-upic           TikTok Shipping insurance, insured by U-PIC, terms of 2025-10-17
            Package value  450.00 USD
            Cover          450.00 USD
            Premium        2.25 USD              assumed: premium.rate=0.75 for every 100.00 or part of it
            Shipped        2026-10-22            scanned 2026-10-22
            Claim until    2027-01-20
            Claim          CLM-00001Y  rejected  loss, 450.00 USD claimed, pays 450.00 USD
            Affidavit      completed             dated 2026-11-20
            History
              2026-10-21  BAT-00001Y recorded
              2026-10-22  scanned
              2026-11-22  CLM-00001Y claim filed  reason loss, amount 450.00, payable 450.00, status under_review, missing nothing
              2026-11-22  CLM-00001Y evidence added  kind invoice, file invoice.pdf
              2026-11-22  CLM-00001Y evidence added  kind affidavit, file affidavit.pdf, dated 2026-11-20
              2026-12-02  CLM-00001Y claim decided  status rejected, reason no proof of value
              2026-12-04  CLM-00001Y evidence added  kind order-page, file order.png
              2026-12-04  CLM-00001Y claim appealed  level 1, to U-PIC, reason the order page shows it
              2026-12-09  CLM-00001Y claim decided  status rejected, reason still no proof
            ",
        )
        .run();
}

#[test]
fn each_level_has_its_last_day() {
    let home = filed_under(&two_levels(), "two-levels");
    home.insure("claim decide 1001 --rejected 'no proof of value' --today 2026-12-02")
        .output_text();
    home.insure("claim show 1001 --today 2026-12-12")
        .stdout(
            r"
            Claim      CLM-00001Y  POL-00001Y
            Status     rejected
            Reason     loss
            Claimed    450.00 USD
            Pays       450.00 USD  as assessed
            Opened     2026-11-22  last day 2027-01-20
            Decided    2026-12-02  no proof of value
            Appeals    0           can go to the claims desk until 2026-12-12
            Affidavit  completed   dated 2026-11-20

            Evidence:
             invoice    invoice.pdf                      sha256 f62354531360
             affidavit  affidavit.pdf  dated 2026-11-20  sha256 cdf9eb807a93
            ",
        )
        .run();
    home.insure("claim appeal 1001 --reason wrong --today 2026-12-13")
        .stderr(
            r"
            error: refused (appeal_late): the last day to appeal to the claims desk was 2026-12-12, the appeal is of 2026-12-13

            hint: if the appeal was made in time: --at DATE
                  clause appeals.1 (S0): To the claims desk within 10 days of the decision.
            ",
        )
        .status(3)
        .run();
    home.insure("claim show 1001 --today 2026-12-13")
        .stdout(
            r"
            Claim      CLM-00001Y  POL-00001Y
            Status     rejected
            Reason     loss
            Claimed    450.00 USD
            Pays       450.00 USD  as assessed
            Opened     2026-11-22  last day 2027-01-20
            Decided    2026-12-02  no proof of value
            Appeals    0           could go to the claims desk until 2026-12-12
            Affidavit  completed   dated 2026-11-20

            Evidence:
             invoice    invoice.pdf                      sha256 f62354531360
             affidavit  affidavit.pdf  dated 2026-11-20  sha256 cdf9eb807a93
            ",
        )
        .run();
    home.insure("claim appeal 1001 --reason wrong --at 2026-12-01 --today 2026-12-13")
        .stderr(
            r"
            error: claim CLM-00001Y was decided on 2026-12-02, it was not appealed on 2026-12-01

            hint: give the day of the appeal with --at
            ",
        )
        .status(2)
        .run();
    home.insure("claim appeal 1001 --reason wrong --at 2026-12-14 --today 2026-12-13")
        .stderr(
            r"
            error: --at: 2026-12-14 is in the future, today is 2026-12-13

            hint: give the day of the appeal with --at
            ",
        )
        .status(2)
        .run();
    home.insure("claim appeal 1001 --reason wrong --at 2026-12-12 --today 2026-12-13")
        .stdout(
            r"
            CLM-00001Y  under_review, appeal 1 to the claims desk
            ",
        )
        .stderr(
            r"
            enter the appeal with the claims desk now, this program sends nothing
            ",
        )
        .run();
    home.insure("claim decide 1001 --rejected no --today 2026-12-20").output_text();
    home.insure("claim appeal 1001 --reason wrong --today 2026-12-25")
        .stderr(
            r"
            error: refused (appeal_late): the last day to appeal to the board was 2026-12-24, the appeal is of 2026-12-25

            hint: if the appeal was made in time: --at DATE
                  clause appeals.2 (S0): To the board within 5 days, the day of the decision being the first.
            ",
        )
        .status(3)
        .run();
    home.insure("claim show 1001 --format json --today 2026-12-24")
        .stdout(
            r#"
            {
              "claim": "CLM-00001Y",
              "policy": "POL-00001Y",
              "reason": "loss",
              "claim_status": "rejected",
              "amount": "450.00",
              "payable": "450.00",
              "currency": "USD",
              "opened_on": "2026-11-22",
              "closes_on": "2027-01-20",
              "decided_on": "2026-12-20",
              "granted": null,
              "decision": "no",
              "evidence": [
                {
                  "kind": "invoice",
                  "sha256": "f62354531360b57cc08d01812512971e01d4b7f302bd924ef522b24d9c577f9b",
                  "file": "invoice.pdf",
                  "bytes": 19,
                  "media": "application/pdf",
                  "dated": null,
                  "added_on": "2026-11-22"
                },
                {
                  "kind": "affidavit",
                  "sha256": "cdf9eb807a930dac2f3877081affc9fc0b1287e72aeb3cc4324fcb03aa95c786",
                  "file": "affidavit.pdf",
                  "bytes": 21,
                  "media": "application/pdf",
                  "dated": "2026-11-20",
                  "added_on": "2026-11-22"
                }
              ],
              "facts": {},
              "appeals": 1,
              "paid": "0.00",
              "owed": null,
              "payments": [],
              "affidavit": {
                "status": "completed",
                "to": null,
                "sent_on": null,
                "times_sent": 0,
                "in_doubt_on": null,
                "dated": "2026-11-20"
              },
              "refund": null,
              "missing_evidence": [],
              "next_appeal": {
                "level": 2,
                "to": "the board",
                "until": "2026-12-24",
                "clause": "appeals.2",
                "source": "S0"
              }
            }
            "#,
        )
        .run();
    home.insure("claim appeal 1001 --reason wrong --today 2026-12-24 --format csv")
        .stdout(
            r"
            claim,policy,reason,claim_status,amount,payable,currency,opened_on,closes_on,decided_on,granted,missing_evidence,appeals,paid,owed,affidavit,refund
            CLM-00001Y,POL-00001Y,loss,under_review,450.00,450.00,USD,2026-11-22,2027-01-20,2026-12-20,,,2,0.00,,completed,
            ",
        )
        .stderr(
            r"
            enter the appeal with the board now, this program sends nothing
            ",
        )
        .run();
    home.insure("claim decide 1001 --rejected no --today 2026-12-28").output_text();
    home.insure("claim appeal 1001 --reason wrong --today 2026-12-28")
        .stderr(
            r"
            error: refused (no_further_appeal): claim CLM-00001Y went to the board, the last level

            hint: clause appeals.2 (S0): To the board within 5 days, the day of the decision being the first.
            ",
        )
        .status(3)
        .run();
}

#[test]
fn an_acceptance_in_part_can_be_appealed_and_what_was_granted_stays() {
    let home = accepted("450");
    home.insure("claim appeal 1001 --reason 'more' --today 2026-12-03")
        .stderr(
            r"
            error: refused (claim_status): claim CLM-00001Y is accepted in full: what can be appealed is a rejection, or an acceptance in part

            hint: clause decision (S0): The insurer decides in 7 to 10 business days; the federal holidays of the United States, where it sits, are no business days.
            ",
        )
        .status(3)
        .run();
    let home = accepted("180");
    home.insure("claim pay 1001 --amount 100 --today 2026-12-03").output_text();
    home.insure("claim appeal 1001 --reason 'it was worth more' --today 2026-12-04")
        .stdout(
            r"
            CLM-00001Y  under_review, appeal 1 to U-PIC
            ",
        )
        .stderr(
            r"
            enter the appeal with U-PIC now, this program sends nothing
            ",
        )
        .run();
    home.insure("claim pay 1001 --today 2026-12-05")
        .stdout(
            r"
            CLM-00001Y  under_review, 180.00 USD in all
            ",
        )
        .run();
    home.insure("claim decide 1001 --needs-info 'a receipt' --today 2026-12-06")
        .stdout(
            r"
            CLM-00001Y  needs_info, 180.00 USD granted
            ",
        )
        .run();
    home.insure("claim decide 1001 --rejected 'the first decision stands' --today 2026-12-09")
        .stderr(
            r"
            error: refused (claim_paid): 180.00 USD was paid on claim CLM-00001Y, it cannot become rejected

            hint: if what was granted before stands: --accepted --amount 180.00
            ",
        )
        .status(3)
        .run();
    home.insure("claim decide 1001 --accepted --amount 120 --today 2026-12-09")
        .stderr(
            r"
            error: 120.00 USD is less than was paid on claim CLM-00001Y, 180.00 USD

            hint: book all that the insurer granted, with what it has paid
            ",
        )
        .status(2)
        .run();
    home.insure("claim decide 1001 --accepted --amount 300 --today 2026-12-09")
        .stdout(
            r"
            CLM-00001Y  accepted, 300.00 USD granted
            ",
        )
        .run();
    home.insure("claim pay 1001 --today 2026-12-10")
        .stdout(
            r"
            CLM-00001Y  paid, 300.00 USD in all
            ",
        )
        .run();

    // What was paid already settles an appeal that changes nothing.
    let home = accepted("180");
    home.insure("claim pay 1001 --today 2026-12-03").output_text();
    home.insure("claim appeal 1001 --reason 'it was worth more' --today 2026-12-04 -q")
        .output_text();
    home.insure("claim decide 1001 --accepted --amount 180 --today 2026-12-09")
        .stdout(
            r"
            CLM-00001Y  paid, 180.00 USD granted
            ",
        )
        .run();
}

#[test]
fn a_document_that_is_not_there_leaves_the_claim_as_it_was() {
    let home = filed();
    home.insure("claim decide 1001 --rejected 'no proof of value'").output_text();
    home.insure("claim appeal 1001 --reason wrong --evidence photo=nowhere.jpg")
        .stderr(
            r"
            error: nowhere.jpg: No such file or directory (os error 2)

            hint: check the path
            ",
        )
        .status(1)
        .run();
    home.insure("claim appeal 1001 --reason ' '")
        .stderr(
            r"
            error: invalid value ' ' for '--reason <TEXT>': expected a few words

            For more information, try '--help'.
            ",
        )
        .status(2)
        .run();
    home.insure("claim show 1001 --format csv")
        .stdout(
            r"
            claim,policy,reason,claim_status,amount,payable,currency,opened_on,closes_on,decided_on,granted,missing_evidence,appeals,paid,owed,affidavit,refund
            CLM-00001Y,POL-00001Y,loss,rejected,450.00,450.00,USD,2026-11-22,2027-01-20,2026-11-22,,,0,0.00,,completed,
            ",
        )
        .run();
}

#[test]
fn an_appeal_that_is_withdrawn_leaves_the_decision_as_it_was() {
    let home = accepted("100");
    home.insure("claim appeal 1001 --reason 'it is worth more' --today 2026-12-03 -q")
        .output_text();
    home.insure("claim decide 1001 --needs-info photos --today 2026-12-05").output_text();
    home.insure("claim withdraw 1001 --today 2026-12-06")
        .stdout(
            r"
            CLM-00001Y  accepted, 100.00 USD granted
            ",
        )
        .run();
    let shown = home.insure("claim show 1001 --today 2026-12-06").output_text();
    assert!(shown.contains("Decided    2026-12-01  100.00 USD"), "{shown}");
    let refused = home
        .insure("claim file 1001 --reason damage --amount 20 --format csv")
        .status(3)
        .output_text();
    assert!(refused.contains("claim_settled"), "{refused}");
    home.insure("claim pay 1001 --today 2026-12-07")
        .stdout(
            r"
            CLM-00001Y  paid, 100.00 USD in all
            ",
        )
        .run();
}
