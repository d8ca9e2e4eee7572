//! `insure claim decide` and `withdraw`: what the insurer said, and taking it back.

use super::shop;

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

            hint: clause decision (S0): The insurer decides in 7 to 10 business days; the federal holidays of the United States, where it sits, are no business days.
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
                  clause decision (S0): The insurer decides in 7 to 10 business days; the federal holidays of the United States, where it sits, are no business days.
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
              what would change it: appeal: insure claim appeal CLM-00001Y --reason TEXT
            ",
        )
        .status(3)
        .run();
}
