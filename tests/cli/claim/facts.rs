//! What a claimant states beside the amount: given, missing, kept.

use super::shop;

#[test]
fn what_is_stated_is_judged_with_and_kept() {
    let home = shop();
    home.insure("claim file 1002 --reason damage --amount 120 --repair-cost 80 --purchase-price 95.5 --signed-at 2026-11-09T18:05 --found-at '2026-11-09 18:30' --parts 1/2 --filed-by seller --evidence photo=photo.jpg --evidence invoice=invoice.pdf --format ids -q")
        .stdout(
            r"
            CLM-00001Y
            ",
        )
        .run();
    home.insure("claim show 1002")
        .stdout(
            r"
            Claim    CLM-00001Y    POL-00002W
            Status   under_review
            Reason   damage
            Claimed  120.00 USD
            Pays     120.00 USD    as assessed
            Opened   2026-11-22    last day 2027-02-01

            Stated:
             filed-by        seller
             found-at        2026-11-09T18:30
             parts           1/2
             purchase-price  95.50
             repair-cost     80.00
             signed-at       2026-11-09T18:05

            Evidence:
             photo    photo.jpg       sha256 5f5113c60218
             invoice  invoice.pdf     sha256 f62354531360

            Evidence: complete
            ",
        )
        .run();
    home.insure("status 1002")
        .stdout(
            r"
            Policy         POL-00002W                effective
            Order          1002
            Package        -
            Tracking       940002
            Contents       -
            Plan           tiktok-upic               TikTok Shipping insurance, insured by U-PIC, terms of 2025-10-17
            Package value  320.00 USD
            Cover          200.00 USD
            Premium        0.00 USD
            Shipped        2026-11-03                scanned 2026-11-03, damaged 2026-11-10
            Claim until    2027-02-01
            Claim          CLM-00001Y  under_review  damage, 120.00 USD claimed, pays 120.00 USD
            History
              2026-10-21  BAT-00001Y recorded
              2026-11-03  scanned
              2026-11-10  damaged
              2026-11-22  CLM-00001Y claim filed  reason damage, amount 120.00, payable 120.00, status under_review, missing nothing, facts filed-by seller and found-at 2026-11-09T18:30 and parts 1/2 and purchase-price 95.50 and repair-cost 80.00 and signed-at 2026-11-09T18:05
              2026-11-22  CLM-00001Y evidence added  kind photo, file photo.jpg
              2026-11-22  CLM-00001Y evidence added  kind invoice, file invoice.pdf
            ",
        )
        .run();
    let shown = home.insure("claim show 1002 --format json").output_text();
    let shown: serde_json::Value = serde_json::from_str(&shown).unwrap();
    assert_eq!(
        shown["facts"],
        serde_json::json!({
            "filed-by": "seller",
            "found-at": "2026-11-09T18:30",
            "parts": "1/2",
            "purchase-price": "95.50",
            "repair-cost": "80.00",
            "signed-at": "2026-11-09T18:05",
        })
    );
}

#[test]
fn what_is_missing_is_listed_with_its_flag() {
    let home = shop();
    home.insure("claim check 1002 --reason damage --format json")
        .stdout(
            r#"
            {
              "policy": "POL-00002W",
              "plan": "tiktok-upic",
              "version": "2025-10-17",
              "currency": "USD",
              "eligible": false,
              "refusals": [
                {
                  "code": "facts_needed",
                  "reason": "the terms need what is not stated: amount",
                  "clause": "incident.damage.pays",
                  "source": "upic-claims",
                  "text": "Pays the invoice value of what was damaged, at most the cover; shipping only as part of the declared value.",
                  "remedy": "state it with --amount"
                }
              ],
              "opens_on": "2026-11-03",
              "closes_on": "2027-02-01",
              "missing_facts": [
                {
                  "fact": "amount",
                  "question": "How much of the package does the damage concern?",
                  "expected": "an amount in USD such as 120.00",
                  "clause": "incident.damage.pays",
                  "source": "upic-claims"
                }
              ],
              "names_evidence": true,
              "missing_evidence": [
                {
                  "kind": "invoice",
                  "or": [],
                  "from": "seller",
                  "need": "now",
                  "due_on": null,
                  "reason": "An invoice showing buyer, products, total and shipping.",
                  "clause": "incident.damage.evidence.invoice",
                  "source": "upic-claims"
                },
                {
                  "kind": "photo",
                  "or": [],
                  "from": "buyer",
                  "need": "now",
                  "due_on": null,
                  "reason": "Photos of the damage.",
                  "clause": "incident.damage.evidence.photo",
                  "source": "upic-claims"
                }
              ],
              "facts": {},
              "amount": "320.00",
              "payable": "0.00",
              "extras": "0.00",
              "assumed": [],
              "trace": [
                {
                  "rule": "window",
                  "clause": "incident.damage.window",
                  "source": "S0",
                  "before": "90 days from the ship date, 2026-11-03",
                  "after": "2027-02-01",
                  "text": "The claim is opened within 90 days of the ship date.",
                  "confidence": "published"
                }
              ]
            }
            "#,
        )
        .status(3)
        .run();
    home.insure("claim check 1002 --reason damage --format csv")
        .stdout(
            r"
            policy,plan,version,currency,eligible,opens_on,closes_on,missing_evidence,amount,payable,code,refused,missing_facts
            POL-00002W,tiktok-upic,2025-10-17,USD,false,2026-11-03,2027-02-01,invoice; photo,320.00,0.00,facts_needed,the terms need what is not stated: amount,amount
            ",
        )
        .status(3)
        .run();
    home.insure("claim file 1002 --reason damage")
        .stdout(
            r"
            id    claim  claim status  policy      amount  payable  closes on   missing evidence  code          refused
            1002  -      -             POL-00002W  320.00  -        2027-02-01  -                 facts_needed  the terms need what is not stated: amount
            ",
        )
        .stderr(
            r"
            0 filed (0 as drafts), 1 refused, 0 not found
            to be stated: --amount; insure claim check ID says what each asks
            ",
        )
        .status(3)
        .run();
    home.insure("claim file 1001 1002 --reason damage --filed-by seller")
        .stdout(
            r"
            id    claim  claim status  policy      amount  payable  closes on   missing evidence  code          refused
            1001  -      -             POL-00001Y  450.00  -        2027-01-20  -                 facts_needed  the terms need what is not stated: amount
            1002  -      -             POL-00002W  320.00  -        2027-02-01  -                 facts_needed  the terms need what is not stated: amount
            ",
        )
        .stderr(
            r"
            0 filed (0 as drafts), 2 refused, 0 not found
            to be stated: --amount; insure claim check ID says what each asks
            ",
        )
        .status(3)
        .run();
}

#[test]
fn what_does_not_fit_says_what_would() {
    let home = shop();
    for (stated, message) in [
        (
            "--repair-cost 12x",
            "--repair-cost: `12x` is not an amount, expected digits with a point before the cents, such as 450.00",
        ),
        ("--carrier-paid -1", "--carrier-paid: `-1` is negative"),
        (
            "--signed-at yesterday",
            "--signed-at: `yesterday` does not fit signed-at, expected a day and a time such as 2026-11-03T14:30",
        ),
        (
            "--signed-at 2026-11-23T00:01",
            "--signed-at: 2026-11-23 is in the future, today is 2026-11-22",
        ),
        (
            "--notice-on 2026-11-31",
            "--notice-on: `2026-11-31` is not a day, expected YYYY-MM-DD such as 2026-11-03",
        ),
        (
            "--distance-m 0.5",
            "--distance-m: `0.5` does not fit distance-m, expected whole metres such as 650",
        ),
        (
            "--filed-by cat",
            "--filed-by: `cat` does not fit filed-by, expected one of seller, buyer, outlet, forwarder",
        ),
        ("--parts 3/2", "--parts: `3/2` does not fit parts, expected two numbers such as 1/2"),
        (
            "--packaging-intact perhaps",
            "--packaging-intact: `perhaps` does not answer packaging-intact, expected yes or no",
        ),
        (
            "--fact own-fault=perhaps",
            "--fact own-fault=yes|no: `perhaps` does not answer own-fault, expected yes or no",
        ),
        ("--repair-cost 5 --fact repair_cost=6", "repair-cost is stated twice"),
        ("--fact own-fault", "expected NAME=VALUE such as own-fault=no"),
        ("--fact amount=5", "state it with --amount"),
    ] {
        for verb in ["check", "file"] {
            let line = format!("claim {verb} 1002 --reason damage --amount 20 {stated}");
            let said = home.insure(&line).output();
            let stderr = String::from_utf8(said.stderr).unwrap();
            assert!(stderr.contains(message), "$ {line}\n{stderr}");
            assert_eq!((said.status.code(), said.stdout.len()), (Some(2), 0), "$ {line}");
        }
    }
}

#[test]
fn facts_belong_to_one_parcel_but_who_files_may_be_shared() {
    let home = shop();
    home.insure("claim file 1001 1003 --reason loss --repair-cost 5 --amount 7")
        .stderr(
            r"
            error: what belongs to one parcel is stated for several: --repair-cost --amount

            hint: file them one by one, or file first and add documents with insure claim evidence add
            ",
        )
        .status(2)
        .run();
    home.insure("claim file 1001 1003 --reason loss --filed-by seller --format ndjson -q")
        .stdout(
            r#"
            {"line":null,"id":"1001","result":"filed","claim":"CLM-00001Y","claim_status":"draft","policy":"POL-00001Y","tracking_number":"940001","reason":"loss","amount":"450.00","payable":"450.00","currency":"USD","closes_on":"2027-01-20","missing_evidence":["invoice","affidavit"],"code":null,"column":null,"value":null,"refused":null,"missing_facts":null,"hint":null}
            {"line":null,"id":"1003","result":"refused","claim":null,"claim_status":null,"policy":"POL-00003T","tracking_number":"940003","reason":"loss","amount":"95.00","payable":null,"currency":"USD","closes_on":"2027-02-18","missing_evidence":null,"code":"too_early","column":null,"value":null,"refused":"it can be claimed from 2026-12-11, today is 2026-11-22","missing_facts":[],"hint":"wait until 2026-12-11"}
            "#,
        )
        .status(3)
        .run();
    home.insure("claim show 1001")
        .stdout(
            r"
            Claim      CLM-00001Y  POL-00001Y
            Status     draft       not with the insurer yet
            Reason     loss
            Claimed    450.00 USD
            Pays       450.00 USD  as assessed
            Opened     2026-11-22  last day 2027-01-20
            Affidavit  not_sent    ask the buyer: insure claim affidavit CLM-00001Y

            Stated:
             filed-by  seller

            Evidence still missing:
              invoice (from the seller): An invoice showing buyer, products, total and shipping.
              affidavit (from the buyer): The buyer's affidavit of non-receipt, dated once the waiting period is over. It has to be dated 2026-11-12 or later.
            ",
        )
        .run();
}
