//! `insure claim evidence`: a draft until nothing is missing.

use std::fs;

use super::super::harness::Home;
use super::shop;

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
            Pays     450.00 USD    as assessed
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
              "facts": {},
              "appeals": 0,
              "paid": "0.00",
              "owed": null,
              "payments": [],
              "affidavit": {
                "status": "completed",
                "to": null,
                "sent_on": null,
                "times_sent": 0,
                "in_doubt_on": null,
                "dated": "2026-11-12"
              },
              "refund": null,
              "missing_evidence": [],
              "next_appeal": null
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

#[test]
fn a_grace_period_counts_from_the_day_the_claim_was_complete() {
    let home = Home::new();
    home.write("paper.pdf", "a paper");
    home.insure(
        "insure --plan takesendship --order 7 --tracking T7 --to US --value 300 --cover full",
    )
    .output_text();
    home.insure("track T7 scanned --at 2026-10-01").output_text();
    home.insure(
        "claim file T7 --reason loss --notice-on 2026-10-20 --format ids -q --today 2026-11-01",
    )
    .output_text();
    for kind in ["outbound-record", "purchase-invoice"] {
        let line = format!("claim evidence add T7 --kind {kind} paper.pdf --today 2026-11-10 -q");
        home.insure(&line).output_text();
    }
    let done = home
        .insure("claim evidence add T7 --kind line-haul-handover paper.pdf --today 2026-12-10")
        .output_text();
    let due = "may follow until 2027-01-09";
    assert!(done.contains("under_review"), "{done}");
    assert!(done.contains(due), "{done}");
    let later = home.insure("claim show T7 --today 2026-12-20").output_text();
    assert!(later.contains(due), "{later}");
}

#[test]
fn a_kind_the_terms_do_not_ask_for_is_pointed_out() {
    let home = shop();
    home.insure("claim file 1001 --reason loss --format ids -q").output_text();
    home.insure("claim evidence add 1001 --kind pic photo.jpg --format ids")
        .stdout("\nCLM-00001Y\n")
        .stderr("\nthe terms ask for no `pic`: they ask for invoice, affidavit\n")
        .run();
}
