//! `insure claim file`: one line a claim, each on its own merits.

use super::shop;

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
            line,id,result,claim,claim_status,policy,tracking_number,reason,amount,payable,currency,closes_on,missing_evidence,code,column,value,refused,missing_facts,hint
            ,1001,filed,CLM-00001Y,draft,POL-00001Y,940001,loss,450.00,450.00,USD,2027-01-20,invoice; affidavit,,,,,,
            ,1003,refused,,,POL-00003T,940003,loss,95.00,,USD,2027-02-18,,too_early,,,"it can be claimed from 2026-12-11, today is 2026-11-22",,wait until 2026-12-11
            ,9999,refused,,,,,loss,,,,,,not_found,,,nothing is recorded under `9999`,,"give an order, package or tracking number, or a policy (POL-...) or claim (CLM-...)"
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
            {"line":null,"id":"1001","result":"already_filed","claim":"CLM-00001Y","claim_status":"draft","policy":"POL-00001Y","tracking_number":"940001","reason":"loss","amount":"450.00","payable":"450.00","currency":"USD","closes_on":"2027-01-20","missing_evidence":["invoice","affidavit"],"code":"already_filed","column":null,"value":null,"refused":null,"missing_facts":null,"hint":null}
            "#,
        )
        .stderr(
            r"
            0 filed (0 as drafts), 1 already filed, 0 refused, 0 not found
            ",
        )
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
            id    claim       claim status  policy      amount  payable  closes on   missing evidence    code           refused
            1001  CLM-00001Y  draft         POL-00001Y  450.00   450.00  2027-01-20  invoice; affidavit  already_filed  -
            ",
        )
        .stderr(
            r"
            0 filed (0 as drafts), 1 already filed, 0 refused, 0 not found
            ",
        )
        .run();
    home.insure("claim check 1001 --reason loss")
        .stdout(
            r"
            Policy          POL-00001Y  940001
            Can be claimed  no
            First day       2026-11-12
            Last day        2027-01-20

            Refused (claim_open): claim CLM-00001Y on this policy is open (draft), and a package is paid for once
              clause claims (S0): A claim is for loss, damage or shortage. It needs a platform label and a scan by the carrier, and is not for a buyer's return.
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
fn wrong_usage_says_what_to_type() {
    let home = shop();
    home.insure("claim file 1001")
        .stderr(
            r"
            error: the following required arguments were not provided:
              --reason <INCIDENT>

            Usage: insure claim file --db <PATH> --today <DATE> --reason <INCIDENT> <ID>...

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
            error: what belongs to one parcel is stated for several: --amount

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
