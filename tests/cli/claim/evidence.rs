//! `insure claim evidence`: a draft until nothing is missing.

use std::fs;

use super::super::evidence::jpeg;
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
            Claim      CLM-00001Y    POL-00001Y
            Status     under_review
            Reason     loss
            Claimed    450.00 USD
            Pays       450.00 USD    as assessed
            Opened     2026-11-22    last day 2027-01-20
            Affidavit  completed     dated 2026-11-12

            Evidence:
             invoice    invoice.pdf                      sha256 f62354531360
             affidavit  affidavit.pdf  dated 2026-11-12  sha256 cdf9eb807a93

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
            "cdf9eb807a930dac2f3877081affc9fc0b1287e72aeb3cc4324fcb03aa95c786",
            "f62354531360b57cc08d01812512971e01d4b7f302bd924ef522b24d9c577f9b",
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
            error: .: this is a folder, expected a document such as a photo or PDF

            hint: take in all its files with --from FOLDER
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
        .stderr(
            r"
            CLM-00001Y: taken as the answer to the insurer's question: a photo of the label
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

#[test]
fn some_files_that_are_no_documents_do_not_stop_the_others() {
    let home = shop();
    home.insure("claim file 1002 --reason damage --amount 50 --format ids -q").output_text();
    home.write("empty.jpg", "");
    home.write("setup.jpg", b"MZ\x90\x00\x03");
    home.write("login.pdf", "<!DOCTYPE html><title>Log in</title>");
    home.write("scan.jpg", "%PDF-1.7 a scan");
    fs::create_dir(home.path("folder")).unwrap();
    std::os::unix::fs::symlink("/etc/passwd", home.path("link.jpg")).unwrap();
    home.insure("claim evidence add 1002 --kind photo photo.jpg empty.jpg setup.jpg login.pdf folder link.jpg none.jpg scan.jpg")
        .stdout(
            r"
            CLM-00001Y  2 of 8 new, the claim is draft

            Evidence still missing:
              invoice (from the seller): An invoice showing buyer, products, total and shipping.
            ",
        )
        .stderr(
            r"
            empty.jpg: the file is empty, expected a document (empty); was it downloaded, or saved, to its end?
            setup.jpg: this is a program, expected a document such as a photo or PDF (program); give the document itself
            login.pdf: this is a web page, expected a document such as a photo or PDF (web_page); save the document itself, or print the page as a PDF or take a screenshot of it
            folder: this is a folder, expected a document such as a photo or PDF (is_folder); take in all its files with --from FOLDER
            link.jpg: this is a link to /etc/passwd, expected the file itself (is_link); give the path of the file it leads to; links are not followed
            none.jpg: No such file or directory (os error 2) (not_found); check the path
            scan.jpg: its name promises image/jpeg, its content is application/pdf
            ",
        )
        .status(3)
        .run();
    let kept = fs::read_dir(home.path("insure.evidence")).unwrap().count();
    assert_eq!(kept, 2, "the two that are documents, and nothing of the others");
    let told = home
        .insure("claim evidence add 1002 --kind photo photo.jpg empty.jpg -q --format json")
        .status(3)
        .output_text();
    let told: serde_json::Value = serde_json::from_str(&told).unwrap();
    assert_eq!(told["added"], 0);
    assert_eq!(told["not_taken"][0]["code"], "empty");
}

#[test]
fn a_pipe_is_not_waited_for_and_a_link_is_named() {
    let home = shop();
    home.insure("claim file 1001 --reason loss --format ids -q").output_text();
    home.shell("mkfifo pipe.pdf; ln -s invoice.pdf link.pdf; touch invoice.pdf").run();
    home.insure("claim evidence add 1001 --kind invoice pipe.pdf")
        .stderr(
            r"
            error: pipe.pdf: this is a pipe or a device, expected a document such as a photo or PDF

            hint: take it in from standard input with - and --name
            ",
        )
        .status(1)
        .run();
    home.insure("claim check 1001 --reason loss --evidence invoice=link.pdf")
        .stderr(
            r"
            error: link.pdf: this is a link to invoice.pdf, expected the file itself

            hint: give the path of the file it leads to; links are not followed
            ",
        )
        .status(1)
        .run();
}

#[test]
fn the_limits_are_stated_in_the_configuration() {
    let home = shop();
    home.insure("claim file 1001 --reason loss --format ids -q").output_text();
    home.write(".config/insure/config.toml", "[evidence]\nmax-size = \"12\"\n");
    home.insure("claim evidence add 1001 --kind invoice invoice.pdf")
        .stderr(
            r"
            error: invoice.pdf: the file has 19 bytes, the limit is 12 bytes

            hint: make it smaller, or raise max-size (max-video-size for videos) under [evidence] in config.toml
            ",
        )
        .status(1)
        .run();
    home.write(".config/insure/config.toml", "[evidence]\nmax-size = \"much\"\n");
    home.insure("claim evidence list")
        .stderr(
            r#"
            error: [HOME]/.config/insure/config.toml: TOML parse error at line 2, column 12
              |
            2 | max-size = "much"
              |            ^^^^^^
            expected a size such as 25 MB, 500 kB or 25000000

            hint: limits look like this:
                  [evidence]
                  max-size = "25 MB"
                  max-video-size = "100 MB"
            "#,
        )
        .status(2)
        .run();
}

#[test]
fn a_document_comes_from_a_pipe_under_a_harmless_name() {
    let home = shop();
    home.insure("claim file 1001 --reason loss --format ids -q").output_text();
    home.insure("claim evidence add 1001 --name '../../invoice 1.pdf' -")
        .piped(b"%PDF-1.7 from a pipe")
        .stdout(
            r"
            CLM-00001Y  1 of 1 new, the claim is draft

            Evidence still missing:
              affidavit (from the buyer): The buyer's affidavit of non-receipt, dated once the waiting period is over. It has to be dated 2026-11-12 or later.
            ",
        )
        .run();
    let shown = home.insure("claim show 1001").output_text();
    assert!(shown.contains(" invoice  invoice 1.pdf  "), "{shown}");
    home.insure("claim evidence add 1001 --kind invoice -")
        .piped(b"%PDF-1.7 nameless")
        .stderr(
            r"
            error: a document from stdin has no name

            hint: give it one with --name invoice.pdf
            ",
        )
        .status(2)
        .run();
    home.insure("claim evidence add 1001 --name invoice.pdf -")
        .stderr(
            r"
            error: standard input: the file is empty, expected a document

            hint: was it downloaded, or saved, to its end?
            ",
        )
        .status(1)
        .run();
}

/// Folders of documents for three claims, with all that can lie between them.
fn folders() -> Home {
    let home = shop();
    home.insure("claim file 1001 --reason loss -q --format ids").output_text();
    home.insure("claim file 1002 --reason damage --amount 50 -q --format ids").output_text();
    home.write("evidence/940001/invoice_2026.pdf", "%PDF-1.7 an invoice");
    home.write("evidence/940001/vase.jpg", jpeg("a vase"));
    home.write("evidence/1002/photo-1.jpg", jpeg("one"));
    home.write("evidence/1002/foto2.jpg", jpeg("two"));
    home.write("evidence/1002/Invoice (1).pdf", "%PDF-1.7 another");
    home.write("evidence/1002/more/photo-3.jpg", jpeg("three"));
    home.write("evidence/1003/photo-1.jpg", jpeg("no claim"));
    home.write("evidence/nobody/photo-1.jpg", jpeg("nobody"));
    home.write("evidence/loose.jpg", jpeg("loose"));
    home.write("evidence/.DS_Store", "system");
    std::os::unix::fs::symlink("/etc", home.path("evidence/940005")).unwrap();
    home
}

#[test]
fn a_folder_for_each_parcel_is_taken_in_and_every_file_accounted_for() {
    let home = folders();
    home.insure("claim evidence add --from evidence")
        .stdout(
            r"
            Files          11
            Added           4
            Known already   0
            Unmatched       5  nobody's, or it is not clear what they show
            Bad             1  no documents, or not readable
            Passed over     1  left there by the system
            Claims          2
            Complete now    1
            ",
        )
        .stderr(
            r"
            evidence/1002/more: this is a folder inside a parcel's folder, which is not looked into (misplaced)
            evidence/1003/photo-1.jpg: there is no claim under `1003` (not_found)
            evidence/940001/vase.jpg: its name does not begin with a document the terms ask for: invoice, affidavit (no_kind)
            evidence/940005: this is a link to /etc, and links are not followed (is_link)
            evidence/loose.jpg: it lies in no folder named by a tracking, order, policy or claim number (misplaced)
            evidence/nobody/photo-1.jpg: nothing is recorded under `nobody` (not_found)
            1 claim is complete now: enter it with the insurer, this program sends nothing: CLM-00002W
            ",
        )
        .status(3)
        .run();
    home.insure("claim evidence add --from evidence --format csv -q")
        .stdout(
            r#"
            line,path,id,claim,policy,kind,result,file,media,bytes,sha256,code,reason,doubt
            ,evidence/.DS_Store,,,,,ignored,,,,,,,
            ,evidence/1002/Invoice (1).pdf,1002,CLM-00002W,POL-00002W,invoice,already_known,Invoice (1).pdf,application/pdf,16,76eaafbff1f14874f329076255073ef6edbf96d9c80f6bff98332fef31304f2f,,,
            ,evidence/1002/foto2.jpg,1002,CLM-00002W,POL-00002W,photo,already_known,foto2.jpg,image/jpeg,14,cf35abb2778835734e21c20e89798bed9c1abf6c9ae44a5a16ba785b7b341069,,,
            ,evidence/1002/more,,,,,unmatched,,,,,misplaced,"this is a folder inside a parcel's folder, which is not looked into",
            ,evidence/1002/photo-1.jpg,1002,CLM-00002W,POL-00002W,photo,already_known,photo-1.jpg,image/jpeg,14,18873c0769392a4958fb7ed3611f3627b313199ab65c1d668f7df5c6ece1bfbe,,,
            ,evidence/1003/photo-1.jpg,1003,,,,unmatched,,,,,not_found,there is no claim under `1003`,
            ,evidence/940001/invoice_2026.pdf,940001,CLM-00001Y,POL-00001Y,invoice,already_known,invoice_2026.pdf,application/pdf,19,f62354531360b57cc08d01812512971e01d4b7f302bd924ef522b24d9c577f9b,,,
            ,evidence/940001/vase.jpg,940001,,,,unmatched,,,,,no_kind,"its name does not begin with a document the terms ask for: invoice, affidavit",
            ,evidence/940005,,,,,bad,,,,,is_link,"this is a link to /etc, and links are not followed",
            ,evidence/loose.jpg,,,,,unmatched,,,,,misplaced,"it lies in no folder named by a tracking, order, policy or claim number",
            ,evidence/nobody/photo-1.jpg,nobody,,,,unmatched,,,,,not_found,nothing is recorded under `nobody`,
            "#,
        )
        .status(3)
        .run();
    assert_eq!(fs::read_dir(home.path("insure.evidence")).unwrap().count(), 4);
    home.insure("claim evidence add 1001 --from evidence/nobody --kind affidavit -q")
        .stdout(
            r"
            Files          1
            Added          1
            Known already  0
            Unmatched      0
            Bad            0
            Claims         1
            Complete now   0
            ",
        )
        .run();
    home.write("list.csv", "claim,kind\n1001,invoice\n");
    home.insure("claim evidence add --input list.csv")
        .stderr(
            r"
            error: list.csv: line 1: a list of documents needs a column path, and this header has claim, kind

            hint: rename the column, or add a header line; every name that is known stands in docs/formats.md
            ",
        )
        .status(2)
        .run();
    home.insure("claim evidence add --from invoice.pdf")
        .stderr(
            "
error: invoice.pdf: Not a directory (os error 20)
",
        )
        .status(1)
        .run();
}

#[test]
fn a_list_of_documents_is_taken_in_row_by_row() {
    let home = folders();
    home.write_lines(
        "documents.csv",
        "
        id,kind,path,dated
        1001,Invoice,invoice.pdf,
        CLM-00001Y,affidavit,affidavit.pdf,2026-11-20
        940002,,evidence/1002/photo-1.jpg,
        1002,photo,gone.jpg,
        9999,photo,photo.jpg,
        1002,photo,,
        1002,photo,photo.jpg,2026-11-23
        1002,photo,photo.jpg,tomorrow
        ",
    );
    home.insure("claim evidence add --input documents.csv")
        .stdout(
            r"
            Files          8
            Added          3
            Known already  0
            Unmatched      1  nobody's, or it is not clear what they show
            Bad            4  no documents, or not readable
            Claims         2
            Complete now   1
            ",
        )
        .stderr(
            r"
            line 5: gone.jpg: No such file or directory (os error 2) (not_found); check the path
            line 6: photo.jpg: nothing is recorded under `9999` (not_found)
            line 7: column path: there is no path of a document (missing_path)
            line 8: photo.jpg: its day, 2026-11-23, is in the future, today is 2026-11-22 (future_date); give the day the document bears
            line 9: column dated: `tomorrow` is not a day, expected YYYY-MM-DD such as 2026-11-03 (bad_date)
            1 claim is complete now: enter it with the insurer, this program sends nothing: CLM-00001Y
            ",
        )
        .status(3)
        .run();
    home.shell("insure claim evidence add --input - --format ids -q <documents.csv")
        .stdout(
            r"
            CLM-00001Y
            CLM-00001Y
            CLM-00002W
            ",
        )
        .status(3)
        .run();
}

#[test]
fn a_list_shows_what_is_met_missing_in_grace_and_not_asked_for() {
    let home = Home::new();
    home.write("paper.pdf", "%PDF-1.7 a paper");
    home.insure(
        "insure --plan takesendship --order 7 --tracking T7 --to US --value 300 --cover full",
    )
    .output_text();
    home.insure("track T7 scanned --at 2026-10-01").output_text();
    home.insure(
        "claim file T7 --reason loss --notice-on 2026-10-20 --format ids -q --today 2026-11-01",
    )
    .output_text();
    home.insure("claim evidence add T7 --kind outbound-record paper.pdf -q").output_text();
    home.insure("claim evidence add T7 --kind sale-record paper.pdf -q").output_text();
    home.insure("claim evidence add T7 --kind foto paper.pdf -q").output_text();
    home.insure("claim evidence list T7")
        .stdout(
            r"
            CLM-00001Y  POL-00001Y  loss  draft
              met                        outbound-record     from the forwarder  paper.pdf  application/pdf  16 bytes  sha256 be745a9e5b9d
              met                        sale-record         from the seller     paper.pdf  application/pdf  16 bytes  sha256 be745a9e5b9d
              missing                    line-haul-handover  from the forwarder  Material 3: proof of delivery to the line-haul carrier, with air box and customs box numbers.
              in grace until 2026-12-22  dispute-screenshot  from the seller     Material 4: a screenshot of the dispute or refund that the transport caused.
              in grace until 2026-12-22  loss-confirmation   from the forwarder  Material 5: the carrier's loss confirmation letter, got by the forwarder.
              unasked                    foto                                    paper.pdf  application/pdf  16 bytes  sha256 be745a9e5b9d
            ",
        )
        .run();
    home.insure("claim evidence list")
        .stdout(
            r"
            CLM-00001Y  POL-00001Y  loss  draft
              missing                    line-haul-handover  from the forwarder  Material 3: proof of delivery to the line-haul carrier, with air box and customs box numbers.
              in grace until 2026-12-22  dispute-screenshot  from the seller     Material 4: a screenshot of the dispute or refund that the transport caused.
              in grace until 2026-12-22  loss-confirmation   from the forwarder  Material 5: the carrier's loss confirmation letter, got by the forwarder.
            ",
        )
        .run();
    home.insure("claim evidence list --format csv")
        .stdout(
            r#"
            claim,policy,claim_status,kind,or,from,standing,due_on,file,media,bytes,sha256,dated,reason,clause,source
            CLM-00001Y,POL-00001Y,draft,line-haul-handover,,forwarder,missing,,,,,,,"Material 3: proof of delivery to the line-haul carrier, with air box and customs box numbers.",incident.loss.evidence.line-haul-handover,S1
            CLM-00001Y,POL-00001Y,draft,dispute-screenshot,,seller,in_grace,2026-12-22,,,,,,Material 4: a screenshot of the dispute or refund that the transport caused.,incident.loss.evidence.dispute-screenshot,S1
            CLM-00001Y,POL-00001Y,draft,loss-confirmation,,forwarder,in_grace,2026-12-22,,,,,,"Material 5: the carrier's loss confirmation letter, got by the forwarder.",incident.loss.evidence.loss-confirmation,S1
            "#,
        )
        .run();
    home.insure("claim evidence list --format ids T7").output_text();
}

#[test]
fn where_nothing_is_lacking_a_script_hears_of_it() {
    let home = shop();
    home.insure("claim evidence list").stderr("\nno claim lacks a document\n").status(4).run();
    home.insure("claim evidence list 1001")
        .stderr(
            r"
            error: there is no claim under `1001`

            hint: file one: insure claim file 1001 --reason loss
            ",
        )
        .status(4)
        .run();
}

#[test]
fn documents_of_a_policy_answer_no_question_and_those_of_the_claim_say_that_they_do() {
    let home = super::filed();
    home.insure("claim decide 1001 --needs-info 'the order page, please' -q").output_text();
    home.insure("evidence 1001 --kind invoice photo.jpg")
        .stdout(
            r"
            POL-00001Y  1 of 1 new
            CLM-00001Y is under way on it and is needs_info
            ",
        )
        .run();
    home.insure("claim evidence add 1001 --kind poem photo.jpg")
        .stdout(
            r"
            CLM-00001Y  1 of 1 new, the claim is under_review

            Evidence: complete
            The claim is complete: enter it with the insurer now.
            ",
        )
        .stderr(
            r"
            the terms ask for no `poem`: they ask for invoice, affidavit
            CLM-00001Y: taken as the answer to the insurer's question: the order page, please
            ",
        )
        .run();
    home.insure("claim decide 1001 --needs-info 'the order page, please' -q").output_text();
    home.write("page.pdf", "%PDF-1.7 the order page");
    home.insure("claim evidence add 1001 --kind order-page page.pdf")
        .stdout(
            r"
            CLM-00001Y  1 of 1 new, the claim is under_review

            Evidence: complete
            The claim is complete: enter it with the insurer now.
            ",
        )
        .stderr(
            r"
            CLM-00001Y: taken as the answer to the insurer's question: the order page, please
            ",
        )
        .run();
}

#[test]
fn a_photo_from_before_the_parcel_arrived_is_not_the_buyers() {
    let home = shop();
    home.insure("evidence 1004 --kind photo photo.jpg --today 2026-10-15").output_text();
    home.insure("claim file 1004 --reason damage --amount 30 --evidence invoice=invoice.pdf")
        .stdout(
            r"
            id    claim       claim status  policy      amount  payable  closes on   missing evidence  code  refused
            1004  CLM-00001Y  draft         POL-00004R   30.00    30.00  2027-01-10  photo             -     -
            ",
        )
        .stderr(
            r"
            1 filed (1 as drafts), 0 refused, 0 not found
            drafts lack evidence and are not with the insurer: insure claim show CLAIM says what is missing
            ",
        )
        .run();
    home.insure("claim evidence list 1004")
        .stdout(
            r"
            CLM-00001Y  POL-00004R  damage  draft
              met      invoice  from the seller  invoice.pdf  application/pdf  19 bytes  sha256 f62354531360
              missing  photo    from the buyer   photo.jpg  image/jpeg  18 bytes  sha256 5f5113c60218         The one given is of 2026-10-15, before the parcel was delivered on 2026-10-17: it cannot be the buyer's.
            ",
        )
        .run();
    home.write("damage.jpg", jpeg("the damage"));
    home.insure("claim evidence add 1004 --kind photo damage.jpg")
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
fn a_dry_run_tells_what_the_real_one_tells() {
    let home = shop();
    home.insure("claim file 1001 --reason loss --evidence invoice=invoice.pdf -q").output_text();
    let line = "claim evidence add 1001 --kind affidavit --dated 2026-11-20 affidavit.pdf --today 2027-03-01";
    home.insure(&format!("{line} --dry-run"))
        .stdout(
            r"
            CLM-00001Y  1 of 1 new, the claim would be draft

            Evidence: complete

            Refused (window_closed): the last day to claim was 2027-01-20, today is 2027-03-01
              clause incident.loss.window (S0): The claim is opened within 90 days of the ship date.

            It stays a draft.
            Dry run: nothing was recorded.
            ",
        )
        .run();
    home.insure(line)
        .stdout(
            r"
            CLM-00001Y  1 of 1 new, the claim is draft

            Evidence: complete

            Refused (window_closed): the last day to claim was 2027-01-20, today is 2027-03-01
              clause incident.loss.window (S0): The claim is opened within 90 days of the ship date.

            It stays a draft.
            ",
        )
        .run();
}

#[test]
fn a_number_nobody_has_does_not_hide_the_others() {
    let home = shop();
    home.insure("claim file 1001 --reason loss -q").output_text();
    home.insure("claim evidence list - --format csv").stdin("NOBODY\n1001\n")
        .stdout(
            r#"
            claim,policy,claim_status,kind,or,from,standing,due_on,file,media,bytes,sha256,dated,reason,clause,source
            CLM-00001Y,POL-00001Y,draft,invoice,,seller,missing,,,,,,,"An invoice showing buyer, products, total and shipping.",incident.loss.evidence.invoice,upic-claims
            CLM-00001Y,POL-00001Y,draft,affidavit,,buyer,missing,,,,,,,"The buyer's affidavit of non-receipt, dated once the waiting period is over. It has to be dated 2026-11-12 or later.",incident.loss.evidence.affidavit,upic-claims
            "#,
        )
        .stderr(
            r"
            nothing is recorded under `NOBODY`
            ",
        )
        .status(3)
        .run();
    home.insure("claim evidence list NOBODY --format csv")
        .stderr(
            r"
            error: nothing is recorded under `NOBODY`

            hint: give an order, package or tracking number, or a policy (POL-...) or claim (CLM-...)
            ",
        )
        .status(4)
        .run();
}

#[test]
fn one_document_of_a_claim_and_its_policy_stands_once_and_a_date_is_kept() {
    let home = shop();
    home.insure("claim file 1001 --reason loss -q").output_text();
    home.insure("claim evidence add 1001 --kind affidavit --dated 2026-11-10 affidavit.pdf -q")
        .output_text();
    home.insure("claim evidence add 1001 --kind affidavit --dated 2026-11-20 affidavit.pdf -q")
        .output_text();
    home.insure("evidence 1001 --kind affidavit affidavit.pdf -q").output_text();
    home.insure("claim evidence list 1001")
        .stdout(
            r"
            CLM-00001Y  POL-00001Y  loss  draft
              missing  invoice    from the seller  An invoice showing buyer, products, total and shipping.
              met      affidavit  from the buyer   affidavit.pdf  application/pdf  21 bytes  sha256 cdf9eb807a93
            ",
        )
        .run();
    let history = home.insure("status 1001").output_text();
    assert!(history.contains("dated 2026-11-20, dated before 2026-11-10"), "{history}");
}
