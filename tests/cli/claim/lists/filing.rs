//! `insure claim file --input`: a list of claims.

use rust_xlsxwriter::Workbook;

use super::super::shop;

#[test]
fn a_good_list_is_filed_and_the_same_again_changes_nothing() {
    let home = shop();
    home.write_lines(
        "claims/list.csv",
        "
        tracking_number,reason,amount,evidence,dated
        940001,loss,,invoice=invoice.pdf; affidavit=affidavit.pdf,2026-11-20
        940002,damage,$20.00,photo=../photo.jpg,
        ",
    );
    home.write("claims/invoice.pdf", "%PDF-1.7 an invoice");
    home.write("claims/affidavit.pdf", "%PDF-1.7 an affidavit");
    home.insure("claim file --input claims/list.csv --dry-run")
        .stdout(
            r"
            line  id      claim  claim status  policy      amount  payable  closes on   missing evidence  code  column  refused
               2  940001  -      under_review  POL-00001Y  450.00   450.00  2027-01-20                    -     -       -
               3  940002  -      draft         POL-00002W   20.00    20.00  2027-02-01  invoice           -     -       -
            ",
        )
        .stderr(
            r"
            2 rows: 2 filed (1 as drafts), 0 already filed, 0 refused; 470.00 USD payable; dry run, nothing was recorded
            ",
        )
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
    assert!(!home.path("insure.evidence").exists(), "a dry run copies no document");
    home.insure("claim file --input claims/list.csv --format ndjson")
        .stdout(
            r#"
            {"line":2,"id":"940001","result":"filed","claim":"CLM-00001Y","claim_status":"under_review","policy":"POL-00001Y","tracking_number":"940001","reason":"loss","amount":"450.00","payable":"450.00","currency":"USD","closes_on":"2027-01-20","missing_evidence":[],"code":null,"column":null,"value":null,"refused":null,"missing_facts":null,"hint":null}
            {"line":3,"id":"940002","result":"filed","claim":"CLM-00002W","claim_status":"draft","policy":"POL-00002W","tracking_number":"940002","reason":"damage","amount":"20.00","payable":"20.00","currency":"USD","closes_on":"2027-02-01","missing_evidence":["invoice"],"code":null,"column":null,"value":null,"refused":null,"missing_facts":null,"hint":null}
            "#,
        )
        .stderr(
            r"
            2 rows: 2 filed (1 as drafts), 0 already filed, 0 refused; 470.00 USD payable
            what is under_review is complete: enter it with the insurer now, this program sends nothing
            drafts lack evidence and are not with the insurer: insure claim show CLAIM says what is missing
            ",
        )
        .run();
    let before = home.insure("status 1001 1002 --format json").output_text();
    home.insure("claim file --input claims/list.csv")
        .stdout(
            r"
            line  id      claim       claim status  policy      amount  payable  closes on   missing evidence  code           column  refused
               2  940001  CLM-00001Y  under_review  POL-00001Y  450.00   450.00  2027-01-20                    already_filed  -       -
               3  940002  CLM-00002W  draft         POL-00002W   20.00    20.00  2027-02-01  invoice           already_filed  -       -
            ",
        )
        .stderr(
            r"
            2 rows: 0 filed (0 as drafts), 2 already filed, 0 refused
            ",
        )
        .run();
    assert_eq!(home.insure("status 1001 1002 --format json").output_text(), before);
    home.insure("claim file --input claims/list.csv --format ids -q")
        .stdout(
            r"
            CLM-00001Y
            CLM-00002W
            ",
        )
        .run();
}

#[test]
fn a_bad_row_is_told_and_the_others_go_on() {
    let home = shop();
    home.write_lines(
        "list.csv",
        "
        id,order_id,reason,amount,evidence,dated,carrier paid,packaging_intact,parcel rusty,customer
        940001,,loss,,,,,,,R
        9999,,loss,,,,,,,
        1002,,lost,,,,,,,
        1002,,damage,12.5.0,,,,,,
        1002,,damage,20,nowhere.jpg,,,,,
        1002,,damage,20,photo=nowhere.jpg,,,,,
        1002,,damage,20,photo=photo.jpg,2026-13-01,,,,
        1002,,damage,20,affidavit=photo.jpg,2026-11-23,,,,
        1002,1003,damage,20,,,,,,
        1002,,damage,20,,,5.00.0,,,
        1002,,damage,20,,,,perhaps,,
        1002,,damage,20,,,,yes,,
        1002,,damage,0,,,,,,
        ,,damage,20,,,,,,
        9.43461E+21,,damage,20,,,,,,
        1002,,,20,,,,,,
        1003,,loss,,,,,,,
        1004,,loss
        1002,,damage,20,,,,,yes,
        ",
    );
    home.insure("claim file --input list.csv --format csv")
        .stdout(
            r#"
            line,id,result,claim,claim_status,policy,tracking_number,reason,amount,payable,currency,closes_on,missing_evidence,code,column,value,refused,missing_facts,hint
            2,940001,filed,CLM-00001Y,draft,POL-00001Y,940001,loss,450.00,450.00,USD,2027-01-20,invoice; affidavit,,,,,,
            3,9999,refused,,,,,loss,,,,,,not_found,,,nothing is recorded under `9999`,,"give an order, package or tracking number, or a policy (POL-...) or claim (CLM-...)"
            4,1002,refused,,,,,,,,,,,unknown_value,reason,lost,"`lost` is not known here, expected one of loss, damage, shortage, delay, theft, misdelivery",,
            5,1002,refused,,,,,damage,,,,,,bad_amount,amount,12.5.0,"`12.5.0` is not an amount, expected one such as 450.00",,
            6,1002,refused,,,,,damage,,,,,,bad_evidence,evidence,nowhere.jpg,"`nowhere.jpg` is no document, expected KIND=FILE",,write it such as invoice=inv.pdf; photo=box.jpg
            7,1002,refused,,,,,damage,,,,,,missing_file,evidence,photo=nowhere.jpg,nowhere.jpg: No such file or directory (os error 2),,a relative path begins where the list lies
            8,1002,refused,,,,,damage,,,,,,bad_date,dated,2026-13-01,"`2026-13-01` is not a day, expected YYYY-MM-DD such as 2026-11-03",,
            9,1002,refused,,,,,damage,,,,,,future_date,dated,2026-11-23,"2026-11-23 is in the future, today is 2026-11-22",,give the day the document bears
            10,1002,refused,,,,,damage,,,,,,ids_disagree,order_id,1003,"`1002` belongs to POL-00002W (1002), and `1003` does not",,
            11,1002,refused,,,,,damage,,,,,,bad_amount,carrier paid,5.00.0,"`5.00.0` is not an amount, expected one such as 450.00",,
            12,1002,refused,,,,,damage,,,,,,bad_fact,packaging_intact,perhaps,"`perhaps` does not answer packaging-intact, expected yes or no",,
            13,1002,refused,,,,,damage,,,,,,unknown_fact,,,tiktok-upic does not ask for `packaging-intact`,,leave it away: tiktok-upic asks no question
            14,1002,refused,,,,,damage,,,,,,bad_amount,amount,0,nothing is claimed with 0,,"write it in USD, such as --amount 120.00"
            15,,refused,,,,,,,,,,,missing_id,,,"there is no number of a claim, policy or parcel",,
            16,9.43461E+21,refused,,,,,,,,,,,damaged_id,id,9.43461E+21,`9.43461E+21` is a number a spreadsheet has rounded: the identifier is lost,,"use the export as downloaded, without opening and saving it in a spreadsheet"
            17,1002,refused,,,,,,,,,,,missing_reason,reason,,it is not said what happened,,"fill the column `reason`, or name it for all rows with --reason"
            18,1003,refused,,,POL-00003T,940003,loss,95.00,,USD,2027-02-18,,too_early,,,"it can be claimed from 2026-12-11, today is 2026-11-22",,wait until 2026-12-11
            19,1004,refused,,,,,,,,,,,wrong_width,,,"the row has 3 fields, the header has 10",,"write an empty field for each that is missing; if it is the last row, the file may be cut off: get it again"
            20,1002,filed,CLM-00002W,draft,POL-00002W,940002,damage,20.00,20.00,USD,2027-02-01,invoice; photo,,,,,,
            "#,
        )
        .stderr(
            r"
            columns that are read over: parcel rusty, customer
            19 rows: 2 filed (2 as drafts), 0 already filed, 17 refused (3 bad_amount, 1 bad_date, 1 bad_evidence, 1 bad_fact, 1 damaged_id, 1 future_date, 1 ids_disagree, 1 missing_file, 1 missing_id, 1 missing_reason, 1 not_found, 1 too_early, 1 unknown_fact, 1 unknown_value, 1 wrong_width); 470.00 USD payable
            drafts lack evidence and are not with the insurer: insure claim show CLAIM says what is missing
            ",
        )
        .status(3)
        .run();
}

#[test]
fn what_a_row_states_otherwise_than_the_open_claim_is_not_lost() {
    let home = shop();
    home.write_lines(
        "list.csv",
        "
        id,reason,amount,evidence,filed-by
        1002,damage,20,photo=photo.jpg,
        1002,damage,25,,
        1002,damage,,,outlet
        1002,damage,,invoice=invoice.pdf,
        1002,loss,,,
        1002,damage,20.00,photo=photo.jpg,
        ",
    );
    home.insure("claim file --input list.csv --format csv")
        .stdout(
            r#"
            line,id,result,claim,claim_status,policy,tracking_number,reason,amount,payable,currency,closes_on,missing_evidence,code,column,value,refused,missing_facts,hint
            2,1002,filed,CLM-00001Y,draft,POL-00002W,940002,damage,20.00,20.00,USD,2027-02-01,invoice,,,,,,
            3,1002,refused,,,,,damage,,,,,,claim_differs,,,"claim CLM-00001Y is open for the same reason, with the amount 20.00 USD",,state it there: insure claim amend CLM-00001Y --amount 25.00
            4,1002,refused,,,,,damage,,,,,,claim_differs,,,"claim CLM-00001Y is open for the same reason, with filed-by not stated",,state it there: insure claim amend CLM-00001Y --filed-by outlet
            5,1002,refused,,,,,damage,,,,,,claim_differs,evidence,invoice=invoice.pdf,"claim CLM-00001Y is open for the same reason, without this invoice",,add it there: insure claim evidence add CLM-00001Y --kind invoice invoice.pdf
            6,1002,refused,,,POL-00002W,940002,loss,320.00,,USD,2027-02-01,,claim_open; too_early,,,"claim CLM-00001Y on this policy is open (draft), and a package is paid for once; it can be claimed from 2026-11-24, today is 2026-11-22",,go on with it: insure claim show CLM-00001Y; wait until 2026-11-24
            7,1002,already_filed,CLM-00001Y,draft,POL-00002W,940002,damage,20.00,20.00,USD,2027-02-01,invoice,already_filed,,,,,
            "#,
        )
        .stderr(
            r"
            6 rows: 1 filed (1 as drafts), 1 already filed, 4 refused (3 claim_differs, 1 claim_open); 20.00 USD payable
            drafts lack evidence and are not with the insurer: insure claim show CLAIM says what is missing
            ",
        )
        .status(3)
        .run();
}

#[test]
fn a_list_comes_through_a_pipe_and_one_reason_may_hold_for_all() {
    let home = shop();
    home.insure("claim file --input - --reason loss --filed-by seller --format csv")
        .stdin(
            "
            id
            1001
            1003
            ",
        )
        .stdout(
            r#"
            line,id,result,claim,claim_status,policy,tracking_number,reason,amount,payable,currency,closes_on,missing_evidence,code,column,value,refused,missing_facts,hint
            2,1001,filed,CLM-00001Y,draft,POL-00001Y,940001,loss,450.00,450.00,USD,2027-01-20,invoice; affidavit,,,,,,
            3,1003,refused,,,POL-00003T,940003,loss,95.00,,USD,2027-02-18,,too_early,,,"it can be claimed from 2026-12-11, today is 2026-11-22",,wait until 2026-12-11
            "#,
        )
        .stderr(
            r"
            2 rows: 1 filed (1 as drafts), 0 already filed, 1 refused (1 too_early); 450.00 USD payable
            drafts lack evidence and are not with the insurer: insure claim show CLAIM says what is missing
            ",
        )
        .status(3)
        .run();
    home.shell("insure search --claimable --format csv | insure claim file --input -")
        .stdout(
            r"
            line  id          claim  claim status  policy      amount  payable  closes on   missing evidence  code          column  refused
               2  POL-00002W  -      -             POL-00002W  320.00  -        2027-02-01  -                 facts_needed  -       the terms need what is not stated: amount
            ",
        )
        .stderr(
            r"
            columns that are read over: plan, version, status, package_value, cover, premium, carrier, to, contents, created_on, shipped_on, scanned_on, delivered_on, expected_payout, payout_is, claim_status, claim_closes_on
            1 row: 0 filed (0 as drafts), 0 already filed, 1 refused (1 facts_needed)
            to be stated: as columns `amount`; insure claim check ID says what each asks
            ",
        )
        .status(3)
        .run();
}

#[test]
fn a_workbook_and_another_encoding_are_read_as_every_other_file() {
    let home = shop();
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    for (column, name) in (0..).zip(["Order ID", "Reason", "Amount", "Evidence"]) {
        sheet.write_string(0, column, name).unwrap();
    }
    for (column, text) in (0..).zip(["1002", "damage", "$20.00", "photo=photo.jpg"]) {
        sheet.write_string(1, column, text).unwrap();
    }
    workbook.save(home.path("list.xlsx")).unwrap();
    home.insure("claim file --input list.xlsx -q")
        .stdout(
            r"
            line  id    claim       claim status  policy      amount  payable  closes on   missing evidence  code  column  refused
               2  1002  CLM-00001Y  draft         POL-00002W   20.00    20.00  2027-02-01  invoice           -     -       -
            ",
        )
        .run();
    home.write("发票.pdf", "an invoice");
    let text = "id;reason;evidence\n1001;loss;\"invoice=发票.pdf\"\n1003;loss;\"invoice=发票.pdf\"\n1004;damage;\"invoice=发票.pdf\"\n";
    home.write("gbk.csv", encoding_rs::GBK.encode(text).0);
    home.insure("claim file --input gbk.csv --encoding gbk")
        .stdout(
            r"
            line  id    claim       claim status  policy      amount  payable  closes on   missing evidence  code          column  refused
               2  1001  CLM-00002W  draft         POL-00001Y  450.00   450.00  2027-01-20  affidavit         -             -       -
               3  1003  -           -             POL-00003T   95.00  -        2027-02-18  -                 too_early     -       it can be claimed from 2026-12-11, today is 2026-11-22
               4  1004  -           -             POL-00004R  120.00  -        2027-01-10  -                 facts_needed  -       the terms need what is not stated: amount
            ",
        )
        .stderr(
            r"
            gbk.csv: read as GBK, as you said
            line 2: invoice 发票.pdf: its name promises application/pdf, its content is text/plain
            3 rows: 1 filed (1 as drafts), 0 already filed, 2 refused (1 facts_needed, 1 too_early); 450.00 USD payable
            to be stated: as columns `amount`; insure claim check ID says what each asks
            drafts lack evidence and are not with the insurer: insure claim show CLAIM says what is missing
            ",
        )
        .status(3)
        .run();
}

#[test]
fn a_file_that_is_no_list_of_claims_is_refused_whole() {
    let home = shop();
    home.write("empty.csv", "");
    home.insure("claim file --input empty.csv")
        .stderr(
            r"
            error: empty.csv: the file is empty, expected a header line and rows below it

            hint: export it again and look at the filters and dates chosen there
            ",
        )
        .status(2)
        .run();
    home.write("header.csv", "id,reason\n");
    home.insure("claim file --input header.csv")
        .stderr(
            r"
            error: header.csv: there is a header on line 1 but not one row below it

            hint: export it again and look at the filters and dates chosen there
            ",
        )
        .status(2)
        .run();
    home.write("other.csv", "parcel,reason\n1001,loss\n");
    home.insure("claim file --input other.csv")
        .stderr(
            r"
            error: other.csv: line 1: a list of claims to file needs a column claim or id or package_id or tracking_number or order_id, and this header has parcel, reason

            hint: rename the column, or add a header line; every name that is known stands in docs/formats.md
            ",
        )
        .status(2)
        .run();
    home.write("twice.csv", "id,policy,reason\n1001,1001,loss\n");
    home.insure("claim file --input twice.csv")
        .stderr(
            r"
            error: twice.csv: line 1: columns `id` and `policy` both mean id, expected one of them

            hint: delete or rename `policy`
            ",
        )
        .status(2)
        .run();
    home.insure("claim file --input nowhere.csv")
        .stderr(
            r"
            error: nowhere.csv: there is no such file

            hint: check the path; `-` reads standard input
            ",
        )
        .status(2)
        .run();
    home.write("list.csv", "id,reason\n1001,loss\n");
    home.insure("claim file --input list.csv --amount 20")
        .stderr(
            r"
            error: what belongs to one parcel is stated for several: --amount

            hint: file them one by one, or file first and add documents with insure claim evidence add
            ",
        )
        .status(2)
        .run();
    home.insure("claim file 1001 --input list.csv")
        .stderr(
            r"
            error: the argument '[ID]...' cannot be used with '--input <FILE>'

            Usage: insure claim file --db <PATH> --today <DATE> <ID>...

            For more information, try '--help'.
            ",
        )
        .status(2)
        .run();
    home.insure("claim file --reason loss")
        .stderr(
            r"
            error: the following required arguments were not provided:
              <ID>...

            Usage: insure claim file --reason <INCIDENT> --db <PATH> --today <DATE> <ID>...

            For more information, try '--help'.
            ",
        )
        .status(2)
        .run();
}

#[test]
fn the_summary_of_a_list_is_in_its_document() {
    let home = shop();
    home.write("list.csv", "id,reason\n1001,loss\n9999,loss\n");
    home.insure("claim file --input list.csv --format json -q")
        .stdout(
            r#"
            {
              "rows": [
                {
                  "line": 2,
                  "id": "1001",
                  "result": "filed",
                  "claim": "CLM-00001Y",
                  "claim_status": "draft",
                  "policy": "POL-00001Y",
                  "tracking_number": "940001",
                  "reason": "loss",
                  "amount": "450.00",
                  "payable": "450.00",
                  "currency": "USD",
                  "closes_on": "2027-01-20",
                  "missing_evidence": [
                    "invoice",
                    "affidavit"
                  ],
                  "code": null,
                  "column": null,
                  "value": null,
                  "refused": null,
                  "missing_facts": null,
                  "hint": null
                },
                {
                  "line": 3,
                  "id": "9999",
                  "result": "refused",
                  "claim": null,
                  "claim_status": null,
                  "policy": null,
                  "tracking_number": null,
                  "reason": "loss",
                  "amount": null,
                  "payable": null,
                  "currency": null,
                  "closes_on": null,
                  "missing_evidence": null,
                  "code": "not_found",
                  "column": null,
                  "value": null,
                  "refused": "nothing is recorded under `9999`",
                  "missing_facts": null,
                  "hint": "give an order, package or tracking number, or a policy (POL-...) or claim (CLM-...)"
                }
              ],
              "summary": {
                "dry_run": false,
                "rows": 2,
                "filed": 1,
                "drafts": 1,
                "already_filed": 0,
                "refused": 1,
                "refusals": [
                  {
                    "code": "not_found",
                    "count": 1
                  }
                ],
                "sums": [
                  {
                    "currency": "USD",
                    "payable": "450.00"
                  }
                ]
              }
            }
            "#,
        )
        .status(3)
        .run();
}

#[test]
fn a_dry_run_takes_no_document_the_real_one_refuses() {
    let home = shop();
    home.write(".config/insure/config.toml", "[evidence]\nmax-size = \"12\"\n");
    home.write("list.csv", "id,reason,evidence\n1001,loss,invoice=invoice.pdf\n");
    home.insure("claim file --input list.csv --format csv --dry-run")
        .stdout(
            r#"
            line,id,result,claim,claim_status,policy,tracking_number,reason,amount,payable,currency,closes_on,missing_evidence,code,column,value,refused,missing_facts,hint
            2,1001,refused,,,,,loss,,,,,,too_large,evidence,invoice=invoice.pdf,"invoice.pdf: the file has 19 bytes, the limit is 12 bytes",,"make it smaller, or raise max-size (max-video-size for videos) under [evidence] in config.toml"
            "#,
        )
        .stderr(
            r"
            1 row: 0 filed (0 as drafts), 0 already filed, 1 refused (1 too_large); dry run, nothing was recorded
            ",
        )
        .status(3)
        .run();
    home.insure("claim file --input list.csv --format csv")
        .stdout(
            r#"
            line,id,result,claim,claim_status,policy,tracking_number,reason,amount,payable,currency,closes_on,missing_evidence,code,column,value,refused,missing_facts,hint
            2,1001,refused,,,,,loss,,,,,,too_large,evidence,invoice=invoice.pdf,"invoice.pdf: the file has 19 bytes, the limit is 12 bytes",,"make it smaller, or raise max-size (max-video-size for videos) under [evidence] in config.toml"
            "#,
        )
        .stderr(
            r"
            1 row: 0 filed (0 as drafts), 0 already filed, 1 refused (1 too_large)
            ",
        )
        .status(3)
        .run();
    home.insure("claim check 1001 --reason loss --evidence invoice=invoice.pdf")
        .stderr(
            r"
            error: invoice.pdf: the file has 19 bytes, the limit is 12 bytes

            hint: make it smaller, or raise max-size (max-video-size for videos) under [evidence] in config.toml
            ",
        )
        .status(1)
        .run();
}

#[test]
fn what_is_doubtful_about_documents_and_amounts_is_told() {
    let home = shop();
    home.write("text.jpg", "a text");
    home.write_lines(
        "list.csv",
        "
        id,reason,amount,evidence
        1002,damage,9999,photo=text.jpg
        1004,damage,20,invoice=photo.jpg; photo=photo.jpg
        ",
    );
    home.insure("claim file --input list.csv --format csv")
        .stdout(
            r#"
            line,id,result,claim,claim_status,policy,tracking_number,reason,amount,payable,currency,closes_on,missing_evidence,code,column,value,refused,missing_facts,hint
            2,1002,filed,CLM-00001Y,draft,POL-00002W,940002,damage,9999.00,200.00,USD,2027-02-01,invoice,,,,,,"photo text.jpg: its name promises image/jpeg, its content is text/plain; 9,999.00 USD is more than the package is worth, 320.00 USD: the claim pays 200.00 USD"
            3,1004,filed,CLM-00002W,under_review,POL-00004R,940004,damage,20.00,20.00,USD,2027-01-10,,,,,,,photo photo.jpg: the same content is given as invoice too
            "#,
        )
        .stderr(
            r"
            line 2: photo text.jpg: its name promises image/jpeg, its content is text/plain
            line 2: 9,999.00 USD is more than the package is worth, 320.00 USD: the claim pays 200.00 USD
            line 3: photo photo.jpg: the same content is given as invoice too
            2 rows: 2 filed (1 as drafts), 0 already filed, 0 refused; 220.00 USD payable
            what is under_review is complete: enter it with the insurer now, this program sends nothing
            drafts lack evidence and are not with the insurer: insure claim show CLAIM says what is missing
            ",
        )
        .run();
    home.insure("claim file 1001 --reason loss --amount 9999 --evidence invoice=text.jpg")
        .stdout(
            r"
            id    claim       claim status  policy      amount    payable  closes on   missing evidence  code  refused
            1001  CLM-00003T  draft         POL-00001Y  9,999.00   450.00  2027-01-20  affidavit         -     -
            ",
        )
        .stderr(
            r"
            invoice text.jpg: its name promises image/jpeg, its content is text/plain
            9,999.00 USD is more than the package is worth, 450.00 USD: the claim pays 450.00 USD
            1 filed (1 as drafts), 0 refused, 0 not found
            drafts lack evidence and are not with the insurer: insure claim show CLAIM says what is missing
            ",
        )
        .run();
}

#[test]
fn a_parcel_named_twice_in_a_dry_run_has_no_number_yet() {
    let home = shop();
    home.insure("claim file --reason loss --dry-run 1001 940001")
        .stdout(
            r"
            id      claim  claim status  policy      amount  payable  closes on   missing evidence    code           refused
            1001    -      draft         POL-00001Y  450.00   450.00  2027-01-20  invoice; affidavit  -              -
            940001  -      draft         POL-00001Y  450.00   450.00  2027-01-20  invoice; affidavit  already_filed  an earlier row of this run files it
            ",
        )
        .stderr(
            r"
            1 filed (1 as drafts), 1 already filed, 0 refused, 0 not found; dry run, nothing was recorded
            ",
        )
        .run();
    home.insure("claim file --input - --dry-run --format csv")
        .stdin("id,reason,amount\n1001,loss,\n1001,loss,\n1001,loss,20\n")
        .stdout(
            r#"
            line,id,result,claim,claim_status,policy,tracking_number,reason,amount,payable,currency,closes_on,missing_evidence,code,column,value,refused,missing_facts,hint
            2,1001,filed,,draft,POL-00001Y,940001,loss,450.00,450.00,USD,2027-01-20,invoice; affidavit,,,,,,
            3,1001,already_filed,,draft,POL-00001Y,940001,loss,450.00,450.00,USD,2027-01-20,invoice; affidavit,already_filed,,,an earlier row of this run files it,,
            4,1001,refused,,,,,loss,,,,,,claim_differs,,,"an earlier row of this run files it, with the amount 450.00 USD",,leave one of the two rows away
            "#,
        )
        .stderr(
            r"
            3 rows: 1 filed (1 as drafts), 1 already filed, 1 refused (1 claim_differs); 450.00 USD payable; dry run, nothing was recorded
            ",
        )
        .status(3)
        .run();
    home.insure("claim file 1001 --reason loss -q").output_text();
    home.insure("claim file 1001 --reason loss --format csv")
        .stdout(
            r"
            line,id,result,claim,claim_status,policy,tracking_number,reason,amount,payable,currency,closes_on,missing_evidence,code,column,value,refused,missing_facts,hint
            ,1001,already_filed,CLM-00001Y,draft,POL-00001Y,940001,loss,450.00,450.00,USD,2027-01-20,invoice; affidavit,already_filed,,,,,
            ",
        )
        .stderr(
            r"
            0 filed (0 as drafts), 1 already filed, 0 refused, 0 not found
            ",
        )
        .run();
}

#[test]
fn what_came_back_and_what_lacks_an_amount_is_said_in_words_of_the_list() {
    let home = shop();
    home.insure("claim file --input - --format csv")
        .stdin("id,looks_like\n1001,returned\n1004,damage\n")
        .stdout(
            r#"
            line,id,result,claim,claim_status,policy,tracking_number,reason,amount,payable,currency,closes_on,missing_evidence,code,column,value,refused,missing_facts,hint
            2,1001,refused,,,,,,,,,,,unknown_value,looks_like,returned,"`returned` is not known here, expected one of loss, damage, shortage, delay, theft, misdelivery",,"what came back whole is no claim; if it came back broken, write damage, and what that costs in the column `amount`"
            3,1004,refused,,,POL-00004R,940004,damage,120.00,,USD,2027-01-10,,facts_needed,,,the terms need what is not stated: amount,amount,fill the column `amount`
            "#,
        )
        .stderr(
            r"
            2 rows: 0 filed (0 as drafts), 0 already filed, 2 refused (1 facts_needed, 1 unknown_value)
            to be stated: as columns `amount`; insure claim check ID says what each asks
            ",
        )
        .status(3)
        .run();
}
