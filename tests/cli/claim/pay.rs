//! `insure claim pay`: what came, held against what is owed.

use super::{accepted, shop};
use crate::harness::Home;

#[test]
fn payments_add_up_until_the_claim_is_paid() {
    let home = accepted("430");
    home.insure(
        "claim pay 1001 --amount 120 --at 2026-12-03 --reference 'wire 7731' --today 2026-12-05",
    )
    .stdout(
        r"
            CLM-00001Y  accepted, 120.00 USD paid, 310.00 USD still owed
            ",
    )
    .run();
    home.insure("claim show 1001 --today 2026-12-05")
        .stdout(
            r"
            Claim      CLM-00001Y  POL-00001Y
            Status     accepted
            Reason     loss
            Claimed    450.00 USD
            Pays       450.00 USD  as assessed
            Opened     2026-11-22  last day 2027-01-20
            Decided    2026-12-01  430.00 USD
            Paid       120.00 USD  310.00 USD still owed
            Appeals    0           can go to U-PIC
            Affidavit  completed   dated 2026-11-20

            Payments:
             2026-12-03  120.00 USD  wire 7731

            Evidence:
             invoice    invoice.pdf                      sha256 f62354531360
             affidavit  affidavit.pdf  dated 2026-11-20  sha256 cdf9eb807a93

            Evidence: complete
            ",
        )
        .run();
    home.insure("search --claim-status accepted --format ids")
        .stdout(
            r"
            POL-00001Y
            ",
        )
        .run();
    home.insure("claim pay 1001 --today 2026-12-08")
        .stdout(
            r"
            CLM-00001Y  paid, 430.00 USD in all
            ",
        )
        .run();
    home.insure("claim show 1001 --format json --today 2026-12-08")
        .stdout(
            r#"
            {
              "claim": "CLM-00001Y",
              "policy": "POL-00001Y",
              "reason": "loss",
              "claim_status": "paid",
              "amount": "450.00",
              "payable": "450.00",
              "currency": "USD",
              "opened_on": "2026-11-22",
              "closes_on": "2027-01-20",
              "decided_on": "2026-12-01",
              "granted": "430.00",
              "decision": null,
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
              "appeals": 0,
              "paid": "430.00",
              "owed": "0.00",
              "payments": [
                {
                  "on": "2026-12-03",
                  "amount": "120.00",
                  "reference": "wire 7731"
                },
                {
                  "on": "2026-12-08",
                  "amount": "310.00",
                  "reference": ""
                }
              ],
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
                "level": 1,
                "to": "U-PIC",
                "until": null,
                "clause": "appeals",
                "source": "S0"
              }
            }
            "#,
        )
        .run();
    home.insure("search --claim-status paid --format ids")
        .stdout(
            r"
            POL-00001Y
            ",
        )
        .run();
    home.insure("status 1001 --today 2026-12-08")
        .stdout(
            r"
            Policy         POL-00001Y        effective
            Order          1001
            Package        -
            Tracking       940001
            Contents       -
            Plan           tiktok-upic       TikTok Shipping insurance, insured by U-PIC, terms of 2025-10-17
            Package value  450.00 USD
            Cover          450.00 USD
            Premium        2.25 USD          assumed: premium.rate=0.75 for every 100.00 or part of it
            Shipped        2026-10-22        scanned 2026-10-22
            Claim until    2027-01-20
            Claim          CLM-00001Y  paid  loss, 450.00 USD claimed, pays 450.00 USD, 430.00 USD paid
            Affidavit      completed         dated 2026-11-20
            History
              2026-10-21  BAT-00001Y recorded
              2026-10-22  scanned
              2026-11-22  CLM-00001Y claim filed  reason loss, amount 450.00, payable 450.00, status under_review, missing nothing
              2026-11-22  CLM-00001Y evidence added  kind invoice, file invoice.pdf
              2026-11-22  CLM-00001Y evidence added  kind affidavit, file affidavit.pdf, dated 2026-11-20
              2026-12-01  CLM-00001Y claim decided  status accepted, amount 430.00
              2026-12-03  CLM-00001Y payment received  amount 120.00, reference wire 7731, owed 310.00, status accepted
              2026-12-08  CLM-00001Y payment received  amount 310.00, owed 0.00, status paid
            ",
        )
        .run();
    home.insure("claim pay 1001 --today 2026-12-09")
        .stderr(
            r"
            error: nothing is owed on claim CLM-00001Y any more: 430.00 USD granted, 430.00 USD paid before, 0.00 USD left

            hint: insure claim show lists what was paid
            ",
        )
        .status(2)
        .run();
    home.insure("claim decide 1001 --rejected 'a mistake' --replace --today 2026-12-09")
        .stderr(
            r"
            error: refused (claim_paid): 430.00 USD was paid on claim CLM-00001Y, its decision stands

            hint: appeal with what is new: insure claim appeal CLM-00001Y --reason TEXT
            ",
        )
        .status(3)
        .run();
}

#[test]
fn the_same_payment_is_counted_once() {
    let home = accepted("430");
    home.insure("claim pay 1001 --amount 100 --today 2026-12-05 --format csv")
        .stdout(
            r"
            claim,policy,reason,claim_status,amount,payable,currency,opened_on,closes_on,decided_on,granted,missing_evidence,appeals,paid,owed,affidavit,refund
            CLM-00001Y,POL-00001Y,loss,accepted,450.00,450.00,USD,2026-11-22,2027-01-20,2026-12-01,430.00,,0,100.00,330.00,completed,
            ",
        )
        .run();
    home.insure("claim pay 1001 --amount 100 --today 2026-12-05")
        .stdout(
            r"
            CLM-00001Y  accepted, 100.00 USD paid, 330.00 USD still owed (noted before, nothing changed)
            ",
        )
        .run();
    home.insure(
        "claim pay 1001 --amount 100.00 --at 2026-12-05 --today 2026-12-09 --format ndjson",
    )
        .stdout(
            r#"
            {"claim":"CLM-00001Y","policy":"POL-00001Y","reason":"loss","claim_status":"accepted","amount":"450.00","payable":"450.00","currency":"USD","opened_on":"2026-11-22","closes_on":"2027-01-20","decided_on":"2026-12-01","granted":"430.00","decision":null,"evidence":[{"kind":"invoice","sha256":"f62354531360b57cc08d01812512971e01d4b7f302bd924ef522b24d9c577f9b","file":"invoice.pdf","bytes":19,"media":"application/pdf","dated":null,"added_on":"2026-11-22"},{"kind":"affidavit","sha256":"cdf9eb807a930dac2f3877081affc9fc0b1287e72aeb3cc4324fcb03aa95c786","file":"affidavit.pdf","bytes":21,"media":"application/pdf","dated":"2026-11-20","added_on":"2026-11-22"}],"facts":{},"appeals":0,"paid":"100.00","owed":"330.00","payments":[{"on":"2026-12-05","amount":"100.00","reference":""}],"affidavit":{"status":"completed","to":null,"sent_on":null,"times_sent":0,"in_doubt_on":null,"dated":"2026-11-20"},"refund":null,"changed":false}
            "#,
        )
        .run();
    home.insure("claim pay 1001 --amount 100 --reference second --today 2026-12-05")
        .stdout(
            r"
            CLM-00001Y  accepted, 200.00 USD paid, 230.00 USD still owed
            ",
        )
        .run();
    home.insure("claim pay 1001 --amount 115 --today 2026-12-06")
        .stdout(
            r"
            CLM-00001Y  accepted, 315.00 USD paid, 115.00 USD still owed
            ",
        )
        .run();
    home.insure("claim pay 1001 --today 2026-12-06")
        .stderr(
            r"
            error: a payment of 115.00 USD on 2026-12-06 is recorded on claim CLM-00001Y, and 115.00 USD is still owed

            hint: if this is a second one alike, tell it apart with --reference
            ",
        )
        .status(2)
        .run();
    home.insure("claim pay 1001 --reference rest --today 2026-12-06 --format ids")
        .stdout(
            r"
            CLM-00001Y
            ",
        )
        .run();
    home.insure("claim pay 1001 --reference rest --today 2026-12-06")
        .stdout(
            r"
            CLM-00001Y  paid, 430.00 USD in all (noted before, nothing changed)
            ",
        )
        .run();
}

#[test]
fn never_more_than_is_owed_nor_before_it_was() {
    let home = accepted("430");
    home.insure("claim pay 1001 --amount 100 --today 2026-12-05 -q").output_text();
    home.insure("claim pay 1001 --amount 330.01 --today 2026-12-06")
        .stderr(
            r"
            error: 330.01 USD is more than is owed on claim CLM-00001Y: 430.00 USD granted, 100.00 USD paid before, 330.00 USD left

            hint: record what came for this claim, at most what is left
            ",
        )
        .status(2)
        .run();
    home.insure("claim pay 1001 --amount 330.00 --at 2026-11-30 --today 2026-12-06")
        .stderr(
            r"
            error: claim CLM-00001Y was decided on 2026-12-01, it was not paid on 2026-11-30

            hint: give the day the money came with --at
            ",
        )
        .status(2)
        .run();
    home.insure("claim pay 1001 --at 2026-12-07 --today 2026-12-06")
        .stderr(
            r"
            error: --at: 2026-12-07 is in the future, today is 2026-12-06

            hint: give the day the money came with --at
            ",
        )
        .status(2)
        .run();
    home.insure("claim pay 1001 --amount 0 --today 2026-12-06")
        .stderr(
            r"
            error: --amount: nothing is paid with 0

            hint: state what came
            ",
        )
        .status(2)
        .run();
    home.insure("claim pay 1001 --amount -5 --today 2026-12-06")
        .stderr(
            r"
            error: --amount: `-5` is negative, expected an amount of zero or more

            hint: write it in USD, such as 120.00
            ",
        )
        .status(2)
        .run();
    let home = shop();
    home.insure("claim file 1001 --reason loss -q").output_text();
    home.insure("claim pay 1001")
        .stderr(
            r"
            error: refused (claim_status): claim CLM-00001Y is draft: nothing is granted, so nothing is owed

            hint: add the missing evidence first: insure claim evidence add CLM-00001Y --kind KIND FILE
            ",
        )
        .status(3)
        .run();
    home.insure("claim pay 1002")
        .stderr(
            r"
            error: there is no claim under `1002`

            hint: file one: insure claim file 1002 --reason loss
            ",
        )
        .status(4)
        .run();
    complete(&home);
    home.insure("claim pay 1001")
        .stderr(
            r"
            error: refused (claim_status): claim CLM-00001Y is under_review: nothing is granted, so nothing is owed

            hint: note the decision first: insure claim decide CLM-00001Y --accepted
                  clause decision (S0): The insurer decides in 7 to 10 business days; the federal holidays of the United States, where it sits, are no business days.
            ",
        )
        .status(3)
        .run();
    home.insure("claim decide 1001 --rejected 'no proof'").output_text();
    home.insure("claim pay 1001")
        .stderr(
            r"
            error: refused (claim_status): claim CLM-00001Y is rejected: nothing is granted, so nothing is owed

            hint: appeal with what is new: insure claim appeal CLM-00001Y --reason TEXT
            ",
        )
        .status(3)
        .run();
}

fn complete(home: &Home) {
    home.insure("claim evidence add 1001 --kind invoice invoice.pdf").output_text();
    home.insure("claim evidence add 1001 --kind affidavit affidavit.pdf --dated 2026-11-20")
        .output_text();
}
