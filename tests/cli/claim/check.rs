//! `insure claim check`: may I, by when, what is missing, what does it pay.

use super::shop;

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
              "missing_facts": [],
              "names_evidence": true,
              "missing_evidence": [
                {
                  "kind": "invoice",
                  "or": [],
                  "from": "seller",
                  "need": "now",
                  "due_on": null,
                  "reason": "An invoice showing buyer, products, total and shipping.",
                  "clause": "incident.loss.evidence.invoice",
                  "source": "upic-claims"
                },
                {
                  "kind": "affidavit",
                  "or": [],
                  "from": "buyer",
                  "need": "now",
                  "due_on": null,
                  "reason": "The buyer's affidavit of non-receipt, dated once the waiting period is over. It has to be dated 2026-11-12 or later.",
                  "clause": "incident.loss.evidence.affidavit",
                  "source": "upic-claims"
                }
              ],
              "facts": {},
              "amount": "450.00",
              "payable": "450.00",
              "extras": "0.00",
              "assumed": [],
              "trace": [
                {
                  "rule": "waiting",
                  "clause": "incident.loss.waiting",
                  "source": "upic-claims",
                  "before": "21 days from the ship date, 2026-10-22",
                  "after": "2026-11-12",
                  "text": "A parcel counts as lost 21 days after the ship date, 45 international, 60 for Italy (U-PIC's general rule; partners may differ).",
                  "confidence": "implied"
                },
                {
                  "rule": "window",
                  "clause": "incident.loss.window",
                  "source": "S0",
                  "before": "90 days from the ship date, 2026-10-22",
                  "after": "2027-01-20",
                  "text": "The claim is opened within 90 days of the ship date.",
                  "confidence": "published"
                },
                {
                  "rule": "claimed_value",
                  "clause": "incident.loss.pays",
                  "source": "upic-claims",
                  "before": "all of the package 450.00, package value 450.00",
                  "after": "450.00",
                  "text": "Pays the invoice value of what was lost, at most the cover; shipping only as part of the declared value.",
                  "confidence": "published"
                },
                {
                  "rule": "payable",
                  "clause": "incident.loss.pays",
                  "source": "upic-claims",
                  "before": "450.00, cover 450.00",
                  "after": "450.00",
                  "text": "Pays the invoice value of what was lost, at most the cover; shipping only as part of the declared value.",
                  "confidence": "published"
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

            Refused (facts_needed): the terms need what is not stated: amount
              clause incident.damage.pays (upic-claims): Pays the invoice value of what was damaged, at most the cover; shipping only as part of the declared value.
              what would change it: state it with --amount

            To be stated:
              --amount: How much of the package does the damage concern? [an amount in USD such as 120.00]
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
            Would pay       200.00 USD  of 310.00 USD claimed: --explain says why

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
fn a_claim_is_a_row_or_a_number_as_well() {
    let home = shop();
    home.write("invoice.pdf", "%PDF-1.7 an invoice");
    home.write("affidavit.pdf", "%PDF-1.7 an affidavit");
    home.insure("claim check 1001 --reason loss --format csv")
        .stdout(
            r"
            policy,plan,version,currency,eligible,opens_on,closes_on,missing_evidence,amount,payable,code,refused,missing_facts
            POL-00001Y,tiktok-upic,2025-10-17,USD,true,2026-11-12,2027-01-20,invoice; affidavit,450.00,450.00,,,
            ",
        )
        .run();
    home.insure("claim check 1003 --reason loss --format csv")
        .stdout(
            r#"
            policy,plan,version,currency,eligible,opens_on,closes_on,missing_evidence,amount,payable,code,refused,missing_facts
            POL-00003T,tiktok-upic,2025-10-17,USD,false,2026-12-11,2027-02-18,invoice; affidavit,95.00,95.00,too_early,"it can be claimed from 2026-12-11, today is 2026-11-22",
            "#,
        )
        .status(3)
        .run();
    home.insure("claim check 1001 --reason loss --format ids").stdout("POL-00001Y\n").run();
    home.insure("claim file 1001 --reason loss -q").output_text();
    home.insure("claim file 1002 --reason damage --amount 20 -q").output_text();
    home.insure("claim show 1001 1002 --format csv")
        .stdout(
            r"
            claim,policy,reason,claim_status,amount,payable,currency,opened_on,closes_on,decided_on,granted,missing_evidence,appeals,paid,owed,affidavit,refund
            CLM-00001Y,POL-00001Y,loss,draft,450.00,450.00,USD,2026-11-22,2027-01-20,,,invoice; affidavit,0,0.00,,not_sent,
            CLM-00002W,POL-00002W,damage,draft,20.00,20.00,USD,2026-11-22,2027-02-01,,,invoice; photo,0,0.00,,not_sent,
            ",
        )
        .run();
    home.insure("claim show 1001 1002 --format ids").stdout("CLM-00001Y\nCLM-00002W\n").run();
    home.insure("claim evidence add 1001 --kind invoice invoice.pdf --format csv")
        .stdout(
            r"
            claim,policy,reason,claim_status,amount,payable,currency,opened_on,closes_on,decided_on,granted,missing_evidence,appeals,paid,owed,affidavit,refund
            CLM-00001Y,POL-00001Y,loss,draft,450.00,450.00,USD,2026-11-22,2027-01-20,,,affidavit,0,0.00,,not_sent,
            ",
        )
        .run();
    home.insure(
        "claim evidence add 1001 --kind affidavit affidavit.pdf --dated 2026-11-20 --format ids",
    )
    .stdout("\nCLM-00001Y\n")
    .run();
    home.insure("claim decide 1001 --accepted --format csv")
        .stdout(
            r"
            claim,policy,reason,claim_status,amount,payable,currency,opened_on,closes_on,decided_on,granted,missing_evidence,appeals,paid,owed,affidavit,refund
            CLM-00001Y,POL-00001Y,loss,accepted,450.00,450.00,USD,2026-11-22,2027-01-20,2026-11-22,450.00,,0,0.00,450.00,completed,
            ",
        )
        .run();
    home.insure("claim withdraw 1002 --format csv")
        .stdout(
            r"
            claim,policy,reason,claim_status,amount,payable,currency,opened_on,closes_on,decided_on,granted,missing_evidence,appeals,paid,owed,affidavit,refund
            CLM-00002W,POL-00002W,damage,withdrawn,20.00,20.00,USD,2026-11-22,2027-02-01,2026-11-22,,,0,0.00,,not_sent,
            ",
        )
        .run();
}
