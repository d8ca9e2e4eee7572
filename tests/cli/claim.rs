//! `insure claim`: may I, by when, what is missing, what does it pay; and the claim itself.

use std::fs;

use crate::harness::Home;

/// A parcel lost, one damaged, one on its way, one delivered, one too old: 1001 to 1005.
fn shop() -> Home {
    let home = Home::new();
    home.write_lines(
        "parcels.csv",
        "
        order_id,tracking_number,value,cover,scanned_on,delivered_on
        1001,940001,450,full,,
        1002,940002,320,,,
        1003,940003,95,,,
        1004,940004,120,,2026-10-12,2026-10-17
        1005,940005,275,,2026-08-20,
        ",
    );
    home.insure("batch-insure parcels.csv --accept-terms --today 2026-10-21").output_text();
    home.insure("track 1001 scanned --at 2026-10-22").output_text();
    home.insure("track 1002 scanned --at 2026-11-03").output_text();
    home.insure("track 1003 scanned --at 2026-11-20").output_text();
    home.insure("track 1002 damaged --at 2026-11-10").output_text();
    home.write("invoice.pdf", "an invoice");
    home.write("affidavit.pdf", "an affidavit");
    home.write("photo.jpg", "a photo");
    home
}

#[test]
fn a_loss_can_be_claimed_after_the_waiting_period() {
    let home = shop();
    home.insure("claim check 1001 --reason loss")
        .stdout(
            r"
            Policy          POL-00001Y  940001
            Can be claimed  yes
            First day       2026-11-12
            Last day        2027-01-20
            Would pay       450.00 USD

            Evidence still missing:
              invoice (from the seller): An invoice showing buyer, products, total and shipping.
              affidavit (from the buyer): The buyer's affidavit of non-receipt, dated once the waiting period is over. It has to be dated 2026-11-12 or later.
            ",
        )
        .run();
    home.insure("claim check 1001 --reason loss --explain --evidence invoice=invoice.pdf")
        .stdout(
            r"
            Policy          POL-00001Y  940001
            Can be claimed  yes
            First day       2026-11-12
            Last day        2027-01-20
            Would pay       450.00 USD

            Evidence still missing:
              affidavit (from the buyer): The buyer's affidavit of non-receipt, dated once the waiting period is over. It has to be dated 2026-11-12 or later.

            How it was decided
            1. waiting: 21 days from the ship date, 2026-10-22 -> 2026-11-12
               clause incident.loss.waiting (upic-claims): A parcel counts as lost 21 days after the ship date, 45 international, 60 for Italy (U-PIC's general rule; partners may differ).
            2. window: 90 days from the ship date, 2026-10-22 -> 2027-01-20
               clause incident.loss.window (S0): The claim is opened within 90 days of the ship date.
            3. claimed_value: all of the package 450.00, package value 450.00 -> 450.00
               clause incident.loss.pays (upic-claims): Pays the invoice value of what was lost, at most the cover; shipping only as part of the declared value.
            4. payable: 450.00, cover 450.00 -> 450.00
               clause incident.loss.pays (upic-claims): Pays the invoice value of what was lost, at most the cover; shipping only as part of the declared value.
            ",
        )
        .run();
    home.insure("claim check 1001 --reason loss --format json")
        .stdout(
            r#"
            {
              "policy": "POL-00001Y",
              "plan": "tiktok-upic",
              "version": "2025-10-17",
              "currency": "USD",
              "eligible": true,
              "refusals": [],
              "opens_on": "2026-11-12",
              "closes_on": "2027-01-20",
              "missing_evidence": [
                {
                  "kind": "invoice",
                  "from": "seller",
                  "reason": "An invoice showing buyer, products, total and shipping.",
                  "clause": "incident.loss.evidence",
                  "source": "upic-claims"
                },
                {
                  "kind": "affidavit",
                  "from": "buyer",
                  "reason": "The buyer's affidavit of non-receipt, dated once the waiting period is over. It has to be dated 2026-11-12 or later.",
                  "clause": "incident.loss.evidence",
                  "source": "upic-claims"
                }
              ],
              "amount": "450.00",
              "payable": "450.00",
              "trace": [
                {
                  "rule": "waiting",
                  "clause": "incident.loss.waiting",
                  "source": "upic-claims",
                  "before": "21 days from the ship date, 2026-10-22",
                  "after": "2026-11-12",
                  "text": "A parcel counts as lost 21 days after the ship date, 45 international, 60 for Italy (U-PIC's general rule; partners may differ)."
                },
                {
                  "rule": "window",
                  "clause": "incident.loss.window",
                  "source": "S0",
                  "before": "90 days from the ship date, 2026-10-22",
                  "after": "2027-01-20",
                  "text": "The claim is opened within 90 days of the ship date."
                },
                {
                  "rule": "claimed_value",
                  "clause": "incident.loss.pays",
                  "source": "upic-claims",
                  "before": "all of the package 450.00, package value 450.00",
                  "after": "450.00",
                  "text": "Pays the invoice value of what was lost, at most the cover; shipping only as part of the declared value."
                },
                {
                  "rule": "payable",
                  "clause": "incident.loss.pays",
                  "source": "upic-claims",
                  "before": "450.00, cover 450.00",
                  "after": "450.00",
                  "text": "Pays the invoice value of what was lost, at most the cover; shipping only as part of the declared value."
                }
              ]
            }
            "#,
        )
        .run();
    assert!(!home.path("insure.evidence").exists(), "a check keeps nothing");
}

#[test]
fn each_refusal_has_its_clause_and_what_would_change_it() {
    let home = shop();
    home.insure("claim check 1003 --reason loss")
        .stdout(
            r"
            Policy          POL-00003T  940003
            Can be claimed  no
            First day       2026-12-11
            Last day        2027-02-18

            Refused (too_early): it can be claimed from 2026-12-11, today is 2026-11-22
              clause incident.loss.waiting (upic-claims): A parcel counts as lost 21 days after the ship date, 45 international, 60 for Italy (U-PIC's general rule; partners may differ).
              what would change it: wait until 2026-12-11
            ",
        )
        .status(3)
        .run();
    home.insure("claim check 1004 --reason loss")
        .stdout(
            r"
            Policy          POL-00004R  940004
            Can be claimed  no
            First day       2026-11-02
            Last day        2027-01-10

            Refused (delivered): the carrier reports it delivered on 2026-10-17, so it is not a loss
              clause incident.loss (S0): Loss is covered.
              what would change it: if it arrived damaged or short: --reason damage or --reason shortage
            ",
        )
        .status(3)
        .run();
    home.insure("claim check 1005 --reason loss")
        .stdout(
            r"
            Policy          POL-00005P  940005
            Can be claimed  no
            First day       2026-09-10
            Last day        2026-11-18

            Refused (window_closed): the last day to claim was 2026-11-18, today is 2026-11-22
              clause incident.loss.window (S0): The claim is opened within 90 days of the ship date.
            ",
        )
        .status(3)
        .run();
    home.insure("claim check 1002 --reason damage")
        .stdout(
            r"
            Policy          POL-00002W  940002
            Can be claimed  no
            First day       2026-11-03
            Last day        2027-02-01

            Refused (amount_needed): how much of the package the damage concerns is not stated
              clause incident.damage.pays (upic-claims): Pays the invoice value of what was damaged, at most the cover; shipping only as part of the declared value.
              what would change it: state what it concerns with --amount
            ",
        )
        .status(3)
        .run();
    home.insure("claim check 1001 --reason delay")
        .stdout(
            r"
            Policy          POL-00001Y  940001
            Can be claimed  no

            Refused (incident_not_covered): tiktok-upic covers loss, damage, shortage, not delay
              clause claims (S0): A claim is for loss, damage or shortage. It needs a platform label and a scan by the carrier, and is not for a buyer's return.
            ",
        )
        .status(3)
        .run();
    home.insure("claim check 1001 --reason loss --is-return")
        .stdout(
            r"
            Policy          POL-00001Y  940001
            Can be claimed  no
            First day       2026-11-12
            Last day        2027-01-20

            Refused (buyer_return): a buyer's return is not covered
              clause claims (S0): A claim is for loss, damage or shortage. It needs a platform label and a scan by the carrier, and is not for a buyer's return.
            ",
        )
        .status(3)
        .run();
    home.insure("insure --order 1006 --value 40 --format ids").output_text();
    home.insure("claim check 1006 --reason loss")
        .stdout(
            r"
            Policy          POL-00006M  1006
            Can be claimed  no

            Refused (not_scanned): no scan by the carrier is known
              clause claims (S0): A claim is for loss, damage or shortage. It needs a platform label and a scan by the carrier, and is not for a buyer's return.
              what would change it: if it was scanned: insure track 1006 scanned --at DATE
            ",
        )
        .status(3)
        .run();
    home.insure("cancel 1006").output_text();
    home.insure("claim check 1006 --reason damage --amount 10")
        .stdout(
            r"
            Policy          POL-00006M  1006
            Can be claimed  no

            Refused (policy_cancelled): policy POL-00006M was cancelled before the first scan
              clause refund (S0): Label cancelled and never scanned by the carrier: the premium is refunded. After the scan: never.
            ",
        )
        .status(3)
        .run();
}

#[test]
fn the_window_opens_and_closes_to_the_day() {
    let home = shop();
    for (day, status) in
        [("2026-11-11", 3), ("2026-11-12", 0), ("2027-01-20", 0), ("2027-01-21", 3)]
    {
        let line = format!("claim check 1001 --reason loss --today {day}");
        assert_eq!(home.insure(&line).output().status.code(), Some(status), "{day}");
    }
}

#[test]
fn damage_and_shortage_pay_what_they_concern() {
    let home = shop();
    home.insure("claim check 1002 --reason damage --amount 120 --evidence invoice=invoice.pdf --evidence photo=photo.jpg")
        .stdout(
            r"
            Policy          POL-00002W  940002
            Can be claimed  yes
            First day       2026-11-03
            Last day        2027-02-01
            Would pay       120.00 USD

            Evidence: complete
            ",
        )
        .run();
    home.insure("claim check 1002 --reason damage --amount 310")
        .stdout(
            r"
            Policy          POL-00002W  940002
            Can be claimed  yes
            First day       2026-11-03
            Last day        2027-02-01
            Would pay       200.00 USD

            Evidence still missing:
              invoice (from the seller): An invoice showing buyer, products, total and shipping.
              photo (from the buyer): Photos of the damage.
            ",
        )
        .run();
    home.insure("claim check 1004 --reason shortage --amount 40")
        .stdout(
            r"
            Policy          POL-00004R  940004
            Can be claimed  yes
            First day       2026-10-12
            Last day        2027-01-10
            Would pay        40.00 USD

            Evidence still missing:
              invoice (from the seller): An invoice showing buyer, products, total and shipping.
            ",
        )
        .run();
    home.insure("claim check 1002 --reason damage --amount 12x")
        .stderr(
            r"
            error: --amount: `12x` is not an amount, expected digits with a point before the cents, such as 450.00

            hint: write it in USD, such as --amount 120.00
            ",
        )
        .status(2)
        .run();
}

#[test]
fn a_claim_without_evidence_is_a_draft_until_it_is_complete() {
    let home = shop();
    home.insure("claim file 1001 --reason loss")
        .stdout(
            r"
            id    claim       claim status  policy      amount  payable  closes on   missing evidence    code  refused
            1001  CLM-00001Y  draft         POL-00001Y  450.00   450.00  2027-01-20  invoice; affidavit  -     -
            ",
        )
        .stderr(
            r"
            1 filed (1 as drafts), 0 refused, 0 not found
            drafts lack evidence and are not with the insurer: insure claim show CLAIM says what is missing
            ",
        )
        .run();
    home.insure("claim evidence add CLM-00001Y --kind invoice invoice.pdf")
        .stdout(
            r"
            CLM-00001Y  1 of 1 new, the claim is draft

            Evidence still missing:
              affidavit (from the buyer): The buyer's affidavit of non-receipt, dated once the waiting period is over. It has to be dated 2026-11-12 or later.
            ",
        )
        .run();
    home.insure("claim evidence add CLM-00001Y --kind affidavit --dated 2026-11-11 affidavit.pdf")
        .stdout(
            r"
            CLM-00001Y  1 of 1 new, the claim is draft

            Evidence still missing:
              affidavit (from the buyer): The one given is dated 2026-11-11; it counts only from 2026-11-12.
            ",
        )
        .run();
    home.insure("claim evidence add 1001 --kind affidavit --dated 2026-11-12 affidavit.pdf")
        .stdout(
            r"
            CLM-00001Y  1 of 1 new, the claim is under_review

            Evidence: complete
            The claim is complete: enter it with the insurer now.
            ",
        )
        .run();
    home.insure("claim show 1001")
        .stdout(
            r"
            Claim    CLM-00001Y    POL-00001Y
            Status   under_review
            Reason   loss
            Claimed  450.00 USD
            Pays     450.00 USD    as assessed when it was filed
            Opened   2026-11-22    last day 2027-01-20

            Evidence:
             invoice    invoice.pdf                      sha256 827810f656d8
             affidavit  affidavit.pdf  dated 2026-11-12  sha256 c8bdbcd2250f

            Evidence: complete
            ",
        )
        .run();
    home.insure("claim show CLM-00001Y --format json")
        .stdout(
            r#"
            {
              "claim": "CLM-00001Y",
              "policy": "POL-00001Y",
              "reason": "loss",
              "claim_status": "under_review",
              "amount": "450.00",
              "payable": "450.00",
              "currency": "USD",
              "opened_on": "2026-11-22",
              "closes_on": "2027-01-20",
              "decided_on": null,
              "granted": null,
              "decision": null,
              "evidence": [
                {
                  "kind": "invoice",
                  "sha256": "827810f656d84df0f4cb8d29ea7529fed3b993e61bf553423598d9b5cc97ffc8",
                  "file": "invoice.pdf",
                  "bytes": 10,
                  "dated": null,
                  "added_on": "2026-11-22"
                },
                {
                  "kind": "affidavit",
                  "sha256": "c8bdbcd2250f36205d95869774a30c1d3c257ec6b72d7e95071c3f8aefde0322",
                  "file": "affidavit.pdf",
                  "bytes": 12,
                  "dated": "2026-11-12",
                  "added_on": "2026-11-22"
                }
              ],
              "missing_evidence": []
            }
            "#,
        )
        .run();
}

#[test]
fn a_document_of_the_future_completes_nothing() {
    let home = shop();
    let affidavit = "--evidence affidavit=affidavit.pdf --dated 2026-11-23";
    home.insure(&format!("claim check 1001 --reason loss {affidavit}"))
        .stderr(
            r"
            error: --dated: 2026-11-23 is in the future, today is 2026-11-22

            hint: give the day the document bears
            ",
        )
        .status(2)
        .run();
    home.insure(&format!("claim file 1001 --reason loss {affidavit}"))
        .stderr(
            r"
            error: --dated: 2026-11-23 is in the future, today is 2026-11-22

            hint: give the day the document bears
            ",
        )
        .status(2)
        .run();
    home.insure("claim file 1001 --reason loss -q --format ids")
        .stdout(
            r"
            CLM-00001Y
            ",
        )
        .run();
    home.insure("claim evidence add 1001 --kind affidavit --dated 2026-11-23 affidavit.pdf")
        .stderr(
            r"
            error: --dated: 2026-11-23 is in the future, today is 2026-11-22

            hint: give the day the document bears
            ",
        )
        .status(2)
        .run();
}

#[test]
fn evidence_is_kept_under_the_hash_of_its_content() {
    let home = shop();
    home.insure("claim file 1001 --reason loss --evidence invoice=invoice.pdf --evidence affidavit=affidavit.pdf --dated 2026-11-20")
        .stdout(
            r"
            id    claim       claim status  policy      amount  payable  closes on   missing evidence  code  refused
            1001  CLM-00001Y  under_review  POL-00001Y  450.00   450.00  2027-01-20                    -     -
            ",
        )
        .stderr(
            r"
            1 filed (0 as drafts), 0 refused, 0 not found
            what is under_review is complete: enter it with the insurer now, this program sends nothing
            ",
        )
        .run();
    let mut kept: Vec<_> = fs::read_dir(home.path("insure.evidence"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    kept.sort();
    assert_eq!(
        kept,
        [
            "827810f656d84df0f4cb8d29ea7529fed3b993e61bf553423598d9b5cc97ffc8",
            "c8bdbcd2250f36205d95869774a30c1d3c257ec6b72d7e95071c3f8aefde0322",
        ]
    );
    home.insure("claim evidence add 1001 --kind invoice invoice.pdf")
        .stdout(
            r"
            CLM-00001Y  0 of 1 new, the claim is under_review

            Evidence: complete
            ",
        )
        .run();
    assert_eq!(fs::read_dir(home.path("insure.evidence")).unwrap().count(), 2);
    home.insure("claim evidence add 1001 --kind photo nowhere.jpg")
        .stderr(
            r"
            error: nowhere.jpg: No such file or directory (os error 2)

            hint: check the path
            ",
        )
        .status(1)
        .run();
    home.insure("claim evidence add 1001 --kind photo .")
        .stderr(
            r"
            error: .: this is not a file, expected a document such as a photo or PDF
            ",
        )
        .status(1)
        .run();
}

#[test]
fn what_is_claimable_is_filed_in_one_pipe() {
    let home = shop();
    home.shell("insure search --claimable --format ids | insure claim file --reason loss -")
        .stdout(
            r"
            id          claim       claim status  policy      amount  payable  closes on   missing evidence    code       refused
            POL-00001Y  CLM-00001Y  draft         POL-00001Y  450.00   450.00  2027-01-20  invoice; affidavit  -          -
            POL-00002W  -           -             POL-00002W  320.00  -        2027-02-01  -                   too_early  it can be claimed from 2026-11-24, today is 2026-11-22
            ",
        )
        .stderr(
            r"
            1 filed (1 as drafts), 1 refused, 0 not found
            drafts lack evidence and are not with the insurer: insure claim show CLAIM says what is missing
            ",
        )
        .status(3)
        .run();
    home.shell("insure search --claimable --format ids | insure claim file --reason loss -")
        .stdout(
            r"
            id          claim  claim status  policy      amount  payable  closes on   missing evidence  code       refused
            POL-00002W  -      -             POL-00002W  320.00  -        2027-02-01  -                 too_early  it can be claimed from 2026-11-24, today is 2026-11-22
            ",
        )
        .stderr(
            r"
            0 filed (0 as drafts), 1 refused, 0 not found
            ",
        )
        .status(3)
        .run();
    home.shell("insure search --status cancelled --format ids | insure claim file --reason loss -")
        .stderr(
            r"
            nothing matches
            no identifiers came in, nothing was filed
            ",
        )
        .status(4)
        .run();
}

#[test]
fn one_line_a_claim_in_every_format() {
    let home = shop();
    home.insure("claim file 1001 1003 9999 --reason loss --dry-run")
        .stdout(
            r"
            id    claim  claim status  policy      amount  payable  closes on   missing evidence    code       refused
            1001  -      draft         POL-00001Y  450.00   450.00  2027-01-20  invoice; affidavit  -          -
            1003  -      -             POL-00003T   95.00  -        2027-02-18  -                   too_early  it can be claimed from 2026-12-11, today is 2026-11-22
            9999  -      -             -           -       -        -           -                   not_found  nothing is recorded under `9999`
            ",
        )
        .stderr(
            r"
            1 filed (1 as drafts), 1 refused, 1 not found; dry run, nothing was recorded
            ",
        )
        .status(3)
        .run();
    home.insure("claim file 1001 1003 9999 --reason loss --format csv")
        .stdout(
            r#"
            id,claim,claim_status,policy,tracking_number,reason,amount,payable,currency,closes_on,missing_evidence,code,refused
            1001,CLM-00001Y,draft,POL-00001Y,940001,loss,450.00,450.00,USD,2027-01-20,invoice; affidavit,,
            1003,,,POL-00003T,940003,loss,95.00,,USD,2027-02-18,,too_early,"it can be claimed from 2026-12-11, today is 2026-11-22"
            9999,,,,,loss,,,,,,not_found,nothing is recorded under `9999`
            "#,
        )
        .stderr(
            r"
            1 filed (1 as drafts), 1 refused, 1 not found
            drafts lack evidence and are not with the insurer: insure claim show CLAIM says what is missing
            ",
        )
        .status(3)
        .run();
    home.insure("claim file 1001 --reason loss --format ndjson")
        .stdout(
            r#"
            {"id":"1001","claim":null,"claim_status":null,"policy":"POL-00001Y","tracking_number":"940001","reason":"loss","amount":"450.00","payable":null,"currency":"USD","closes_on":"2027-01-20","missing_evidence":null,"code":"claim_open","refused":"claim CLM-00001Y on this policy is open (draft), and a package is paid for once"}
            "#,
        )
        .stderr(
            r"
            0 filed (0 as drafts), 1 refused, 0 not found
            ",
        )
        .status(3)
        .run();
    home.insure("claim file 1002 --reason damage --amount 20 --format ids -q")
        .stdout(
            r"
            CLM-00002W
            ",
        )
        .run();
    home.insure("claim file 9999 --reason loss")
        .stdout(
            r"
            id    claim  claim status  policy  amount  payable  closes on  missing evidence  code       refused
            9999  -      -             -       -       -        -          -                 not_found  nothing is recorded under `9999`
            ",
        )
        .stderr(
            r"
            0 filed (0 as drafts), 0 refused, 1 not found
            ",
        )
        .status(4)
        .run();
}

#[test]
fn a_second_open_claim_on_one_policy_is_refused() {
    let home = shop();
    home.insure("claim file 1001 --reason loss --format ids -q")
        .stdout(
            r"
            CLM-00001Y
            ",
        )
        .run();
    home.insure("claim file 1001 --reason loss")
        .stdout(
            r"
            id    claim  claim status  policy      amount  payable  closes on   missing evidence  code        refused
            1001  -      -             POL-00001Y  450.00  -        2027-01-20  -                 claim_open  claim CLM-00001Y on this policy is open (draft), and a package is paid for once
            ",
        )
        .stderr(
            r"
            0 filed (0 as drafts), 1 refused, 0 not found
            ",
        )
        .status(3)
        .run();
    home.insure("claim check 1001 --reason loss")
        .stdout(
            r"
            Policy          POL-00001Y  940001
            Can be claimed  no
            First day       2026-11-12
            Last day        2027-01-20

            Refused (claim_open): claim CLM-00001Y on this policy is open (draft), and a package is paid for once
              clause incident.loss.pays (upic-claims): Pays the invoice value of what was lost, at most the cover; shipping only as part of the declared value.
              what would change it: go on with it: insure claim show CLM-00001Y
            ",
        )
        .status(3)
        .run();
    home.insure("claim withdraw 1001")
        .stdout(
            r"
            CLM-00001Y  withdrawn
            ",
        )
        .run();
    home.insure("claim file 1001 --reason loss --format ids -q")
        .stdout(
            r"
            CLM-00002W
            ",
        )
        .run();
}

#[test]
fn the_insurers_decision_is_booked() {
    let home = shop();
    home.insure("claim file 1001 --reason loss --evidence invoice=invoice.pdf --evidence affidavit=affidavit.pdf --dated 2026-11-20 --format ids")
        .stdout(
            r"
            CLM-00001Y
            ",
        )
        .stderr(
            r"
            1 filed (0 as drafts), 0 refused, 0 not found
            what is under_review is complete: enter it with the insurer now, this program sends nothing
            ",
        )
        .run();
    home.insure("claim decide 1001 --needs-info 'the order page'")
        .stdout(
            r"
            CLM-00001Y  needs_info
            ",
        )
        .run();
    home.insure("claim decide 1001 --accepted --amount 500")
        .stderr(
            r"
            error: 500.00 USD is more than claim CLM-00001Y asks for, 450.00 USD

            hint: book what the insurer granted, at most 450.00
            ",
        )
        .status(2)
        .run();
    home.insure("claim decide 1001 --accepted --at 2026-11-21")
        .stderr(
            r"
            error: claim CLM-00001Y was opened on 2026-11-22, it was not decided on 2026-11-21

            hint: give the day of the decision with --at
            ",
        )
        .status(2)
        .run();
    home.insure("claim decide 1001 --accepted --amount 430 --at 2026-11-22")
        .stdout(
            r"
            CLM-00001Y  accepted, 430.00 USD granted
            ",
        )
        .run();
    home.insure("claim decide 1001 --rejected 'changed our mind'")
        .stderr(
            r"
            error: refused (claim_status): claim CLM-00001Y is accepted, it cannot become rejected

            hint: clause decision (S0): The insurer decides in 7 to 10 business days. Appeals go to U-PIC.
            ",
        )
        .status(3)
        .run();
    home.insure("claim show 1001")
        .stdout(
            r"
            Claim    CLM-00001Y  POL-00001Y
            Status   accepted
            Reason   loss
            Claimed  450.00 USD
            Pays     450.00 USD  as assessed when it was filed
            Opened   2026-11-22  last day 2027-01-20
            Decided  2026-11-22  430.00 USD

            Evidence:
             invoice    invoice.pdf                      sha256 827810f656d8
             affidavit  affidavit.pdf  dated 2026-11-20  sha256 c8bdbcd2250f

            Evidence: complete
            ",
        )
        .run();
    home.insure("claim file 1001 --reason loss")
        .stdout(
            r"
            id    claim  claim status  policy      amount  payable  closes on   missing evidence  code           refused
            1001  -      -             POL-00001Y  450.00  -        2027-01-20  -                 claim_settled  claim CLM-00001Y on this policy was accepted, and a package is paid for once
            ",
        )
        .stderr(
            r"
            0 filed (0 as drafts), 1 refused, 0 not found
            ",
        )
        .status(3)
        .run();
    home.insure("search --claim-status accepted --format ids")
        .stdout(
            r"
            POL-00001Y
            ",
        )
        .run();
}

#[test]
fn a_draft_cannot_be_decided_and_a_rejected_one_not_filed_again() {
    let home = shop();
    home.insure(
        "claim file 1002 --reason damage --amount 100 --evidence photo=photo.jpg --format ids -q",
    )
    .stdout(
        r"
            CLM-00001Y
            ",
    )
    .run();
    home.insure("claim decide 1002 --accepted")
        .stderr(
            r"
            error: refused (claim_status): claim CLM-00001Y is draft, it cannot become accepted

            hint: add the missing evidence first: insure claim evidence add CLM-00001Y --kind KIND FILE
                  clause decision (S0): The insurer decides in 7 to 10 business days. Appeals go to U-PIC.
            ",
        )
        .status(3)
        .run();
    home.insure("claim evidence add 1002 --kind invoice invoice.pdf").output_text();
    home.insure("claim decide 1002 --rejected 'packed badly'")
        .stdout(
            r"
            CLM-00001Y  rejected
            ",
        )
        .run();
    home.insure("claim check 1002 --reason damage --amount 100")
        .stdout(
            r"
            Policy          POL-00002W  940002
            Can be claimed  no
            First day       2026-11-03
            Last day        2027-02-01

            Refused (claim_rejected): claim CLM-00001Y on this policy was rejected
              clause decision (S0): The insurer decides in 7 to 10 business days. Appeals go to U-PIC.
              what would change it: appeal to the insurer
            ",
        )
        .status(3)
        .run();
}

#[test]
fn wrong_usage_says_what_to_type() {
    let home = shop();
    home.insure("claim file 1001")
        .stderr(
            r"
            error: the following required arguments were not provided:
              --reason <INCIDENT>

            Usage: insure claim file --reason <INCIDENT> --db <PATH> --today <DATE> <ID>...

            For more information, try '--help'.
            ",
        )
        .status(2)
        .run();
    home.insure("claim file 1001 --reason lost")
        .stderr(
            r"
            error: invalid value 'lost' for '--reason <INCIDENT>': expected one of loss, damage, shortage, delay, theft, misdelivery

            For more information, try '--help'.
            ",
        )
        .status(2)
        .run();
    home.insure("claim file 1001 1002 --reason damage --amount 20")
        .stderr(
            r"
            error: --evidence and --amount belong to one parcel, and several are named

            hint: file them one by one, or file first and add documents with insure claim evidence add
            ",
        )
        .status(2)
        .run();
    home.insure("claim file 1001 --reason loss --evidence invoice.pdf")
        .stderr(
            r"
            error: invalid value 'invoice.pdf' for '--evidence <KIND=FILE>': expected KIND=FILE such as invoice=inv.pdf

            For more information, try '--help'.
            ",
        )
        .status(2)
        .run();
    home.insure("claim file 1001 --reason loss --evidence invoice=nowhere.pdf")
        .stderr(
            r"
            error: nowhere.pdf: No such file or directory (os error 2)

            hint: check the path
            ",
        )
        .status(1)
        .run();
    home.insure("claim show 1001")
        .stderr(
            r"
            error: there is no claim under `1001`

            hint: file one: insure claim file 1001 --reason loss
            ",
        )
        .status(4)
        .run();
    home.insure("claim decide 1001 --accepted")
        .stderr(
            r"
            error: there is no claim under `1001`

            hint: file one: insure claim file 1001 --reason loss
            ",
        )
        .status(4)
        .run();
    home.insure("claim check 9999 --reason loss")
        .stderr(
            r"
            error: nothing is recorded under `9999`

            hint: give an order, package or tracking number, or a policy (POL-...) or claim (CLM-...)
            ",
        )
        .status(4)
        .run();
}

#[test]
fn a_claim_is_a_row_or_a_number_as_well() {
    let home = shop();
    home.insure("claim check 1001 --reason loss --format csv")
        .stdout(
            r#"
            policy,plan,version,currency,eligible,opens_on,closes_on,missing_evidence,amount,payable,code,refused
            POL-00001Y,tiktok-upic,2025-10-17,USD,true,2026-11-12,2027-01-20,invoice; affidavit,450.00,450.00,,
            "#,
        )
        .run();
    home.insure("claim check 1003 --reason loss --format csv")
        .stdout(
            r#"
            policy,plan,version,currency,eligible,opens_on,closes_on,missing_evidence,amount,payable,code,refused
            POL-00003T,tiktok-upic,2025-10-17,USD,false,2026-12-11,2027-02-18,invoice; affidavit,95.00,95.00,too_early,"it can be claimed from 2026-12-11, today is 2026-11-22"
            "#,
        )
        .status(3)
        .run();
    home.insure("claim check 1001 --reason loss --format ids").stdout("POL-00001Y\n").run();
    home.insure("claim file 1001 --reason loss -q").output_text();
    home.insure("claim file 1002 --reason damage --amount 20 -q").output_text();
    home.insure("claim show 1001 1002 --format csv")
        .stdout(
            r#"
            claim,policy,reason,claim_status,amount,payable,currency,opened_on,closes_on,decided_on,granted,missing_evidence
            CLM-00001Y,POL-00001Y,loss,draft,450.00,450.00,USD,2026-11-22,2027-01-20,,,invoice; affidavit
            CLM-00002W,POL-00002W,damage,draft,20.00,20.00,USD,2026-11-22,2027-02-01,,,invoice; photo
            "#,
        )
        .run();
    home.insure("claim show 1001 1002 --format ids").stdout("CLM-00001Y\nCLM-00002W\n").run();
    home.insure("claim evidence add 1001 --kind invoice invoice.pdf --format csv")
        .stdout(
            r#"
            claim,policy,reason,claim_status,amount,payable,currency,opened_on,closes_on,decided_on,granted,missing_evidence
            CLM-00001Y,POL-00001Y,loss,draft,450.00,450.00,USD,2026-11-22,2027-01-20,,,affidavit
            "#,
        )
        .run();
    home.insure(
        "claim evidence add 1001 --kind affidavit affidavit.pdf --dated 2026-11-20 --format ids",
    )
    .stdout("CLM-00001Y\n")
    .run();
    home.insure("claim decide 1001 --accepted --format csv")
        .stdout(
            r#"
            claim,policy,reason,claim_status,amount,payable,currency,opened_on,closes_on,decided_on,granted,missing_evidence
            CLM-00001Y,POL-00001Y,loss,accepted,450.00,450.00,USD,2026-11-22,2027-01-20,2026-11-22,450.00,
            "#,
        )
        .run();
    home.insure("claim withdraw 1002 --format csv")
        .stdout(
            r#"
            claim,policy,reason,claim_status,amount,payable,currency,opened_on,closes_on,decided_on,granted,missing_evidence
            CLM-00002W,POL-00002W,damage,withdrawn,20.00,20.00,USD,2026-11-22,2027-02-01,2026-11-22,,
            "#,
        )
        .run();
}

#[test]
fn a_draft_of_a_parcel_that_arrived_after_all_stays_a_draft() {
    let home = shop();
    home.insure("claim file 1001 --reason loss --evidence invoice=invoice.pdf -q").output_text();
    home.insure("track 1001 delivered --at 2026-11-22").output_text();
    home.insure("claim evidence add 1001 --kind affidavit --dated 2026-11-20 affidavit.pdf")
        .stdout(
            r"
            CLM-00001Y  1 of 1 new, the claim is draft

            Evidence: complete

            Refused (delivered): the carrier reports it delivered on 2026-11-22, so it is not a loss
              clause incident.loss (S0): Loss is covered.
              what would change it: if it arrived damaged or short: --reason damage or --reason shortage

            It stays a draft.
            ",
        )
        .run();
}

#[test]
fn what_the_insurer_asked_for_goes_back_to_it() {
    let home = shop();
    home.insure("claim file 1001 --reason loss --evidence invoice=invoice.pdf --evidence affidavit=affidavit.pdf --dated 2026-11-20 -q")
        .output_text();
    home.insure("claim decide 1001 --needs-info 'a photo of the label'").output_text();
    home.insure("claim evidence add 1001 --kind photo photo.jpg")
        .stdout(
            r"
            CLM-00001Y  1 of 1 new, the claim is under_review

            Evidence: complete
            The claim is complete: enter it with the insurer now.
            ",
        )
        .run();
}
