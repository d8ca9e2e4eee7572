//! `insure claim decide` and `withdraw`: what the insurer said, and taking it back.

use super::super::harness::Home;
use super::{accepted, filed, shop};

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
            error: refused (decision_differs): claim CLM-00001Y is accepted, it cannot become rejected

            hint: if the decision was noted wrongly: --replace
            ",
        )
        .status(3)
        .run();
    home.insure("claim show 1001")
        .stdout(
            r"
            Claim      CLM-00001Y  POL-00001Y
            Status     accepted
            Reason     loss
            Claimed    450.00 USD
            Pays       450.00 USD  as assessed
            Opened     2026-11-22  last day 2027-01-20
            Decided    2026-11-22  430.00 USD
            Paid       0.00 USD    430.00 USD still owed
            Appeals    0           can go to U-PIC
            Affidavit  completed   dated 2026-11-20

            Evidence:
             invoice    invoice.pdf                      sha256 f62354531360
             affidavit  affidavit.pdf  dated 2026-11-20  sha256 cdf9eb807a93

            Evidence: complete
            ",
        )
        .run();
    home.insure("claim file 1001 --reason loss")
        .stdout(
            r"
            id    claim       claim status  policy      amount  payable  closes on   missing evidence  code           refused
            1001  CLM-00001Y  accepted      POL-00001Y  450.00   450.00  2027-01-20                    already_filed  -
            ",
        )
        .stderr(
            r"
            0 filed (0 as drafts), 1 already filed, 0 refused, 0 not found
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
              clause appeals (S0): Appeals go to U-PIC. No last day for one is named.
              what would change it: an appeal, if a level is left: insure claim show CLM-00001Y says so
            ",
        )
        .status(3)
        .run();
}

#[test]
fn the_very_same_decision_again_changes_nothing() {
    let home = filed();
    home.insure(
        "claim decide 1001 --rejected 'no proof of value' --at 2026-12-01 --today 2026-12-02",
    )
    .stdout(
        r"
            CLM-00001Y  rejected
            ",
    )
    .run();
    home.insure(
        "claim decide 1001 --rejected 'no proof of value' --at 2026-12-01 --today 2026-12-03",
    )
    .stdout(
        r"
            CLM-00001Y  rejected (noted before, nothing changed)
            ",
    )
    .run();
    let again = home.insure("claim decide 1001 --rejected 'no proof of value' --at 2026-12-01 --today 2026-12-03 --format json").output_text();
    assert!(again.contains("\"changed\": false"), "{again}");
    home.insure("claim decide 1001 --rejected 'no proof of value' --today 2026-12-03")
        .stderr(
            r"
            error: refused (decision_differs): claim CLM-00001Y is rejected since 2026-12-01, with another amount, reason or day

            hint: if the decision was noted wrongly: --replace
            ",
        )
        .status(3)
        .run();
    let history = home.insure("status 1001").output_text();
    assert_eq!(history.matches("claim decided").count(), 1, "{history}");
    home.insure("claim decide 1001 --rejected ' '")
        .stderr(
            r"
            error: invalid value ' ' for '--rejected <REASON>': expected a few words

            For more information, try '--help'.
            ",
        )
        .status(2)
        .run();
}

#[test]
fn a_decision_noted_wrongly_is_replaced_and_the_history_keeps_both() {
    let home = accepted("43");
    home.insure("claim decide 1001 --accepted --amount 430 --at 2026-12-01 --today 2026-12-03")
        .stderr(
            r"
            error: refused (decision_differs): claim CLM-00001Y is accepted since 2026-12-01, with another amount, reason or day

            hint: if the decision was noted wrongly: --replace
            ",
        )
        .status(3)
        .run();
    home.insure(
        "claim decide 1001 --accepted --amount 430 --at 2026-12-01 --replace --today 2026-12-03",
    )
    .stdout(
        r"
            CLM-00001Y  accepted, 430.00 USD granted
            ",
    )
    .run();
    home.insure("claim decide 1001 --rejected 'no proof of value' --replace --today 2026-12-03")
        .stdout(
            r"
            CLM-00001Y  rejected
            ",
        )
        .run();
    home.insure("claim decide 1001 --needs-info 'a receipt' --replace --today 2026-12-03")
        .stdout(
            r"
            CLM-00001Y  needs_info
            ",
        )
        .run();
    home.insure("claim show 1001 --today 2026-12-03")
        .stdout(
            r"
            Claim      CLM-00001Y  POL-00001Y
            Status     needs_info
            Reason     loss
            Claimed    450.00 USD
            Pays       450.00 USD  as assessed
            Opened     2026-11-22  last day 2027-01-20
            Decided    2026-12-03  a receipt
            Affidavit  completed   dated 2026-11-20

            Evidence:
             invoice    invoice.pdf                      sha256 f62354531360
             affidavit  affidavit.pdf  dated 2026-11-20  sha256 cdf9eb807a93

            Evidence: complete
            ",
        )
        .run();
    home.insure("status 1001 --today 2026-12-03")
        .stdout(
            r"
            Policy         POL-00001Y              effective
            Order          1001
            Package        -
            Tracking       940001
            Contents       -
            Plan           tiktok-upic             TikTok Shipping insurance, insured by U-PIC, terms of 2025-10-17
            Package value  450.00 USD
            Cover          450.00 USD
            Premium        2.25 USD                assumed: premium.rate=0.75 for every 100.00 or part of it
            Shipped        2026-10-22              scanned 2026-10-22
            Claim until    2027-01-20
            Claim          CLM-00001Y  needs_info  loss, 450.00 USD claimed, pays 450.00 USD
            Affidavit      completed               dated 2026-11-20
            History
              2026-10-21  BAT-00001Y recorded
              2026-10-22  scanned
              2026-11-22  CLM-00001Y claim filed  reason loss, amount 450.00, payable 450.00, status under_review, missing nothing
              2026-11-22  CLM-00001Y evidence added  kind invoice, file invoice.pdf
              2026-11-22  CLM-00001Y evidence added  kind affidavit, file affidavit.pdf, dated 2026-11-20
              2026-12-01  CLM-00001Y claim decided  status accepted, amount 43.00
              2026-12-01  CLM-00001Y decision replaced  status accepted, amount 430.00, replaced status accepted, replaced on 2026-12-01, replaced amount 43.00
              2026-12-03  CLM-00001Y decision replaced  status rejected, reason no proof of value, replaced status accepted, replaced on 2026-12-01, replaced amount 430.00
              2026-12-03  CLM-00001Y decision replaced  status needs_info, reason a receipt, replaced status rejected, replaced on 2026-12-03, replaced reason no proof of value
            ",
        )
        .run();
    home.insure("claim decide 1001 --accepted --replace --at 2026-11-21 --today 2026-12-03")
        .stderr(
            r"
            error: claim CLM-00001Y was opened on 2026-11-22, it was not decided on 2026-11-21

            hint: give the day of the decision with --at
            ",
        )
        .status(2)
        .run();
}

#[test]
fn what_was_appealed_or_never_decided_is_not_replaced() {
    let home = filed();
    home.insure("claim decide 1001 --accepted --replace")
        .stderr(
            r"
            error: refused (claim_status): claim CLM-00001Y is under_review, it has no decision to replace

            hint: note the decision first: insure claim decide CLM-00001Y --accepted
                  clause decision (S0): The insurer decides in 7 to 10 business days; the federal holidays of the United States, where it sits, are no business days.
            ",
        )
        .status(3)
        .run();
    home.insure("claim decide 1001 --rejected no").output_text();
    home.insure("claim appeal 1001 --reason wrong -q").output_text();
    home.insure("claim decide 1001 --accepted --replace")
        .stderr(
            r"
            error: refused (claim_status): claim CLM-00001Y is under_review, it has no decision to replace

            hint: note the decision first: insure claim decide CLM-00001Y --accepted
                  clause decision (S0): The insurer decides in 7 to 10 business days; the federal holidays of the United States, where it sits, are no business days.
            ",
        )
        .status(3)
        .run();
    // What is taken back is the appeal; the rejection stands, and with it that no second claim is
    // made on the parcel.
    home.insure("claim withdraw 1001")
        .stdout(
            r"
            CLM-00001Y  rejected
            ",
        )
        .run();
    let refused = home.insure("claim file 1001 --reason loss --format csv").status(3).output_text();
    assert!(refused.contains("claim_rejected"), "{refused}");

    let home = filed();
    home.insure("claim withdraw 1001").output_text();
    home.insure("claim withdraw 1001")
        .stdout(
            r"
            CLM-00001Y  withdrawn (noted before, nothing changed)
            ",
        )
        .run();
    home.insure("claim decide 1001 --accepted --replace")
        .stderr(
            r"
            error: refused (claim_status): claim CLM-00001Y is withdrawn, it has no decision to replace

            hint: see how it stands: insure claim show CLM-00001Y
            ",
        )
        .status(3)
        .run();
    home.insure("claim decide 1001 --accepted --amount 0")
        .stderr(
            r"
            error: --accepted: nothing is granted with 0

            hint: state what the insurer grants with --amount, or note its reason with --rejected
            ",
        )
        .status(2)
        .run();
}

#[test]
fn what_the_terms_pay_beside_the_loss_can_be_granted_and_paid() {
    let home = Home::new();
    home.insure("insure --plan ups-declared-value --order 9 --tracking 1Z9 --carrier UPS --shipped pack-and-ship --product 500 --shipping 20 --cover full")
        .output_text();
    home.insure("track 1Z9 scanned --at 2026-10-01").output_text();
    home.write("proof.pdf", "a receipt");
    home.insure("claim file 1Z9 --reason loss --filed-by seller --fact properly-packed=yes --packaging-cost 5 --replacement-cost 500 --purchase-price 500 --evidence proof-of-value=proof.pdf --format ids -q")
        .output_text();
    home.insure("claim decide 1Z9 --accepted")
        .stdout(
            r"
            CLM-00001Y  accepted, 518.50 USD granted
            ",
        )
        .run();
    home.insure("claim pay 1Z9")
        .stdout(
            r"
            CLM-00001Y  paid, 518.50 USD in all
            ",
        )
        .run();
}
