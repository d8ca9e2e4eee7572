//! `insure claim decide --input`: an insurer's list of decisions.

use super::super::shop;
use crate::harness::Home;

/// The lost parcel's claim and the damaged one's, both under review since 2026-11-22; a draft on the
/// delivered one.
fn three() -> Home {
    let home = shop();
    home.write_lines(
        "list.csv",
        "
        id,reason,amount,evidence,dated
        1001,loss,,invoice=invoice.pdf; affidavit=affidavit.pdf,2026-11-20
        1002,damage,20,invoice=invoice.pdf; photo=photo.jpg,
        1004,damage,30,,
        ",
    );
    home.insure("claim file --input list.csv -q").output_text();
    home
}

#[test]
fn a_list_is_booked_once_however_often_it_comes() {
    let home = three();
    home.write_lines(
        "decisions.csv",
        "
        claim,tracking_number,decision,amount,reason,date
        CLM-00001Y,940001,approved_partial,430,,2026-12-01
        ,940002,Denied,0.00,no proof of value,2026-12-01
        ",
    );
    home.insure("claim decide --input decisions.csv --dry-run --today 2026-12-05")
        .stdout(
            r"
            line  id          result  claim       claim status  on          amount  owed    code  column  refused
               2  CLM-00001Y  booked  CLM-00001Y  accepted      2026-12-01  430.00  430.00  -     -       -
               3  940002      booked  CLM-00002W  rejected      2026-12-01  -       -       -     -       -
            ",
        )
        .stderr(
            r"
            2 rows: 2 booked, 0 already booked, 0 refused; 430.00 USD granted; dry run, nothing was recorded
            ",
        )
        .run();
    home.insure("claim decide --input decisions.csv --today 2026-12-05")
        .stdout(
            r"
            line  id          result  claim       claim status  on          amount  owed    code  column  refused
               2  CLM-00001Y  booked  CLM-00001Y  accepted      2026-12-01  430.00  430.00  -     -       -
               3  940002      booked  CLM-00002W  rejected      2026-12-01  -       -       -     -       -
            ",
        )
        .stderr(
            r"
            2 rows: 2 booked, 0 already booked, 0 refused; 430.00 USD granted
            ",
        )
        .run();
    let before = home.insure("status 1001 1002 1004 --format json").output_text();
    home.insure("claim decide --input decisions.csv --today 2026-12-09 --format ndjson")
        .stdout(
            r#"
            {"line":2,"id":"CLM-00001Y","result":"already_booked","claim":"CLM-00001Y","claim_status":"accepted","policy":"POL-00001Y","on":"2026-12-01","amount":"430.00","reference":null,"granted":"430.00","paid":"0.00","owed":"430.00","currency":"USD","code":null,"column":null,"value":null,"refused":null,"hint":null}
            {"line":3,"id":"940002","result":"already_booked","claim":"CLM-00002W","claim_status":"rejected","policy":"POL-00002W","on":"2026-12-01","amount":null,"reference":null,"granted":null,"paid":"0.00","owed":null,"currency":"USD","code":null,"column":null,"value":null,"refused":null,"hint":null}
            "#,
        )
        .stderr(
            r"
            2 rows: 0 booked, 2 already booked, 0 refused
            ",
        )
        .run();
    assert_eq!(home.insure("status 1001 1002 1004 --format json").output_text(), before);
}

#[test]
fn what_does_not_fit_is_listed_and_the_rest_is_booked() {
    let home = three();
    home.write_lines(
        "decisions.csv",
        "
        claim,tracking_number,status,granted,currency,reason,decided_on
        CLM-00009A,,approved,20,,,2026-12-01
        940003,,approved,20,,,2026-12-01
        CLM-00001Y,940002,approved,20,,,2026-12-01
        CLM-00001Y,,approved,450,EUR,,2026-12-01
        CLM-00001Y,,approved,451,,,2026-12-01
        CLM-00001Y,,approved,0,,,2026-12-01
        CLM-00001Y,,approved,,,,2026-11-21
        CLM-00001Y,,approved,,,,2026-12-06
        CLM-00001Y,,approved,,,,1/12/26
        CLM-00001Y,,approved_partial,,,,2026-12-01
        CLM-00001Y,,rejected,20,,,2026-12-01
        CLM-00001Y,,maybe,20,,,2026-12-01
        CLM-00001Y,,cancelled,,,,2026-12-01
        CLM-00003T,,approved,20,,,2026-12-01
        CLM-00002W,,in_review,,,,
        CLM-00001Y,,approved,,,,2026-12-01
        CLM-00001Y,,approved,430,,,2026-12-01
        CLM-00001Y,,submitted,,,,
        ",
    );
    home.insure("claim decide --input decisions.csv --format csv --today 2026-12-05")
        .stdout(
            r#"
            line,id,result,claim,claim_status,policy,on,amount,reference,granted,paid,owed,currency,code,column,value,refused,hint
            2,CLM-00009A,refused,,,,,,,,,,,not_found,,,nothing is recorded under `CLM-00009A`,its check character does not fit: is one character mistyped?
            3,940003,refused,,,,,,,,,,,not_found,,,there is no claim under `940003`,file one: insure claim file 940003 --reason loss
            4,CLM-00001Y,refused,,,,,,,,,,,ids_disagree,tracking_number,940002,"`CLM-00001Y` belongs to POL-00001Y (940001), and `940002` does not",
            5,CLM-00001Y,refused,CLM-00001Y,under_review,POL-00001Y,,,,,0.00,,USD,bad_currency,currency,EUR,"`EUR` is stated, claim CLM-00001Y is in USD",state the amount in USD
            6,CLM-00001Y,refused,CLM-00001Y,under_review,POL-00001Y,2026-12-01,451.00,,,0.00,,USD,over_claim,,,"451.00 USD is more than claim CLM-00001Y asks for, 450.00 USD","book what the insurer granted, at most 450.00"
            7,CLM-00001Y,refused,CLM-00001Y,under_review,POL-00001Y,2026-12-01,0.00,,,0.00,,USD,zero_amount,granted,0,nothing is granted with 0,"if nothing is granted, it is rejected"
            8,CLM-00001Y,refused,CLM-00001Y,under_review,POL-00001Y,2026-11-21,,,,0.00,,USD,out_of_order,,,"claim CLM-00001Y was opened on 2026-11-22, it was not decided on 2026-11-21",give the day of the decision
            9,CLM-00001Y,refused,CLM-00001Y,under_review,POL-00001Y,2026-12-06,,,,0.00,,USD,future_date,decided_on,2026-12-06,"2026-12-06 is in the future, today is 2026-12-05",give the day of the decision
            10,CLM-00001Y,refused,CLM-00001Y,under_review,POL-00001Y,,,,,0.00,,USD,bad_date,decided_on,1/12/26,"`1/12/26` is not a day, expected YYYY-MM-DD such as 2026-11-03",
            11,CLM-00001Y,refused,CLM-00001Y,under_review,POL-00001Y,2026-12-01,,,,0.00,,USD,missing_amount,granted,,"a part is accepted, and it is not said how much",
            12,CLM-00001Y,refused,CLM-00001Y,under_review,POL-00001Y,2026-12-01,20.00,,,0.00,,USD,decision_unclear,granted,20,"it is rejected, and 20.00 USD is granted",ask the insurer which of the two is meant
            13,CLM-00001Y,refused,CLM-00001Y,under_review,POL-00001Y,2026-12-01,20.00,,,0.00,,USD,unknown_value,status,maybe,"`maybe` is not known here, expected one of: accepted, rejected, needs_info, under_review, withdrawn, approved, approved_partial, denied, declined, submitted, in_review, cancelled, canceled",
            14,CLM-00001Y,refused,CLM-00001Y,under_review,POL-00001Y,2026-12-01,,,,0.00,,USD,claim_status,status,cancelled,"the insurer has claim CLM-00001Y as cancelled, here it is under_review",if you took it back: insure claim withdraw CLM-00001Y
            15,CLM-00003T,refused,CLM-00003T,draft,POL-00004R,2026-12-01,20.00,,,0.00,,USD,claim_status,,,"claim CLM-00003T is draft, it cannot become accepted",add the missing evidence first: insure claim evidence add CLM-00003T --kind KIND FILE
            16,CLM-00002W,not_decided,CLM-00002W,under_review,POL-00002W,,,,,0.00,,USD,,,,,
            17,CLM-00001Y,booked,CLM-00001Y,accepted,POL-00001Y,2026-12-01,450.00,,450.00,0.00,450.00,USD,,,,,
            18,CLM-00001Y,refused,CLM-00001Y,accepted,POL-00001Y,2026-12-01,430.00,,450.00,0.00,450.00,USD,decision_differs,,,"claim CLM-00001Y is accepted since 2026-12-01, with another amount, reason or day","if that was noted wrongly, book this one in its place: insure claim decide CLM-00001Y --replace"
            19,CLM-00001Y,refused,CLM-00001Y,accepted,POL-00001Y,,,,450.00,0.00,450.00,USD,claim_status,status,submitted,"the insurer has claim CLM-00001Y as submitted, here it is accepted",
            "#,
        )
        .stderr(
            r"
            18 rows: 1 booked, 0 already booked, 1 not decided, 16 refused (1 bad_currency, 1 bad_date, 3 claim_status, 1 decision_differs, 1 decision_unclear, 1 future_date, 1 ids_disagree, 1 missing_amount, 2 not_found, 1 out_of_order, 1 over_claim, 1 unknown_value, 1 zero_amount); 450.00 USD granted
            ",
        )
        .status(3)
        .run();
}

#[test]
fn an_old_list_takes_no_appeal_back_and_a_question_stays_answered() {
    let home = three();
    home.write(
        "first.csv",
        "claim,decision,reason,date\n1001,needs_info,the order page,2026-11-25\n",
    );
    home.write("second.csv", "claim,decision,reason,date\n1001,rejected,no proof,2026-11-28\n");
    home.insure("claim decide --input first.csv -q --today 2026-12-05").output_text();
    home.insure("claim decide --input second.csv -q --today 2026-12-05").output_text();
    home.insure("claim appeal 1001 --reason proof -q --today 2026-12-06").output_text();
    home.insure("claim decide --input first.csv --today 2026-12-07")
        .stdout(
            r"
            line  id    result          claim       claim status  on          amount  owed  code  column  refused
               2  1001  already_booked  CLM-00001Y  under_review  2026-11-25  -       -     -     -       -
            ",
        )
        .stderr(
            r"
            1 row: 0 booked, 1 already booked, 0 refused
            ",
        )
        .run();
    home.insure("claim decide --input second.csv --today 2026-12-07")
        .stdout(
            r"
            line  id    result          claim       claim status  on          amount  owed  code  column  refused
               2  1001  already_booked  CLM-00001Y  under_review  2026-11-28  -       -     -     -       -
            ",
        )
        .stderr(
            r"
            1 row: 0 booked, 1 already booked, 0 refused
            ",
        )
        .run();
}

#[test]
fn a_decision_without_a_day_is_booked_today_and_once() {
    let home = three();
    let list = "id,decision\n1001,accepted\n";
    home.insure("claim decide --input - --format csv --today 2026-12-05")
        .stdin(list)
        .stdout(
            r"
            line,id,result,claim,claim_status,policy,on,amount,reference,granted,paid,owed,currency,code,column,value,refused,hint
            2,1001,booked,CLM-00001Y,accepted,POL-00001Y,2026-12-05,450.00,,450.00,0.00,450.00,USD,,,,,
            ",
        )
        .stderr(
            r"
            1 row: 1 booked, 0 already booked, 0 refused; 450.00 USD granted
            ",
        )
        .run();
    home.insure("claim decide --input - --format csv --today 2026-12-06")
        .stdin(list)
        .stdout(
            r"
            line,id,result,claim,claim_status,policy,on,amount,reference,granted,paid,owed,currency,code,column,value,refused,hint
            2,1001,already_booked,CLM-00001Y,accepted,POL-00001Y,2026-12-05,,,450.00,0.00,450.00,USD,,,,,
            ",
        )
        .stderr(
            r"
            1 row: 0 booked, 1 already booked, 0 refused
            ",
        )
        .run();
}

#[test]
fn the_words_of_an_acceptance_are_kept() {
    let home = three();
    let list = "id,decision,amount,reason,date\n1001,approved_partial,180,used goods,2026-12-01\n";
    home.write("list.csv", list);
    home.insure("claim decide --input list.csv -q --today 2026-12-05").output_text();
    let shown = home.insure("claim show 1001").output_text();
    assert!(shown.contains("Decided    2026-12-01  180.00 USD: used goods\n"), "{shown}");
    home.insure("claim decide 1002 --accepted --at 2026-12-01 --today 2026-12-05").output_text();
    let words = "id,decision,reason,date\n1002,approved,as asked,2026-12-01\n";
    home.insure("claim decide --input - --format ids --today 2026-12-05")
        .stdin(words)
        .stdout(
            r"
            CLM-00002W
            ",
        )
        .stderr(
            r"
            1 row: 0 booked, 1 already booked, 0 refused
            ",
        )
        .run();
}

#[test]
fn one_decision_may_be_tried_dry() {
    let home = three();
    home.insure("claim decide 1001 --accepted --dry-run")
        .stdout(
            r"
            CLM-00001Y  accepted, 450.00 USD granted (dry run, nothing was recorded)
            ",
        )
        .run();
    home.insure("claim decide 1001 --accepted --input list.csv")
        .stderr(
            r"
            error: the argument '[CLAIM]' cannot be used with '--input <FILE>'

            Usage: insure claim decide --db <PATH> --today <DATE> <--accepted|--rejected <REASON>|--needs-info <WHAT>|--input <FILE>> <CLAIM>

            For more information, try '--help'.
            ",
        )
        .status(2)
        .run();
    home.insure("claim decide --accepted")
        .stderr(
            r"
            error: the following required arguments were not provided:
              <CLAIM>

            Usage: insure claim decide --db <PATH> --today <DATE> <--accepted|--rejected <REASON>|--needs-info <WHAT>|--input <FILE>> <CLAIM>

            For more information, try '--help'.
            ",
        )
        .status(2)
        .run();
    home.write("list.csv", "claim,word\n1001,accepted\n");
    home.insure("claim decide --input list.csv")
        .stderr(
            r"
            error: list.csv: line 1: a list of decisions needs a column decision, and this header has claim, word

            hint: rename the column, or add a header line; every name that is known stands in docs/formats.md
            ",
        )
        .status(2)
        .run();
}

#[test]
fn a_number_of_another_parcel_books_nothing_where_the_claims_own_has_none() {
    let home = shop();
    home.write(
        "more.csv",
        "order_id,package_id,value,cover,scanned_on\n1006,P6,80,full,2026-10-22\n",
    );
    home.insure("batch-insure more.csv --accept-terms --today 2026-10-22").output_text();
    home.write("list.csv", "id,reason,amount,evidence,dated\nP6,loss,,invoice=invoice.pdf; affidavit=affidavit.pdf,2026-11-20\n");
    home.insure("claim file --input list.csv -q").output_text();
    home.insure("claim decide --input - --format csv --dry-run --today 2026-12-05")
        .stdin("claim,tracking_number,decision\nCLM-00001Y,940002,accepted\nCLM-00001Y,949999,accepted\n")
        .stdout(
            r#"
            line,id,result,claim,claim_status,policy,on,amount,reference,granted,paid,owed,currency,code,column,value,refused,hint
            2,CLM-00001Y,refused,,,,,,,,,,,ids_disagree,tracking_number,940002,"`CLM-00001Y` belongs to POL-00006M, and `940002` to POL-00002W",
            3,CLM-00001Y,booked,CLM-00001Y,accepted,POL-00006M,2026-12-05,80.00,,80.00,0.00,80.00,USD,,,,,"nobody has `949999`; the row was taken for POL-00006M, by `CLM-00001Y`"
            "#,
        )
        .stderr(
            r"
            line 3: nobody has `949999`; the row was taken for POL-00006M, by `CLM-00001Y`
            2 rows: 1 booked, 0 already booked, 1 refused (1 ids_disagree); 80.00 USD granted; dry run, nothing was recorded
            ",
        )
        .status(3)
        .run();
    home.insure("claim pay --input - --format csv --today 2026-12-05")
        .stdin("claim,tracking_number,amount,date\nCLM-00001Y,940002,80,2026-12-01\n")
        .stdout(
            r#"
            line,id,result,claim,claim_status,policy,on,amount,reference,granted,paid,owed,currency,code,column,value,refused,hint
            2,CLM-00001Y,refused,,,,,,,,,,,ids_disagree,tracking_number,940002,"`CLM-00001Y` belongs to POL-00006M, and `940002` to POL-00002W",
            "#,
        )
        .stderr(
            r"
            1 row: 0 booked, 0 already booked, 1 refused (1 ids_disagree)
            ",
        )
        .status(3)
        .run();
}

#[test]
fn the_word_on_an_appeal_is_not_taken_for_the_one_before() {
    let home = three();
    let old = "id,decision,reason\n1001,rejected,no proof\n";
    home.insure("claim decide --input - -q --today 2026-12-01").stdin(old).output_text();
    home.insure("claim appeal 1001 --reason proof -q --today 2026-12-06").output_text();
    home.insure("claim decide --input - --format csv --today 2026-12-10")
        .stdin(old)
        .stdout(
            r#"
            line,id,result,claim,claim_status,policy,on,amount,reference,granted,paid,owed,currency,code,column,value,refused,hint
            2,1001,refused,CLM-00001Y,under_review,POL-00001Y,,,,,0.00,,USD,missing_date,,,"claim CLM-00001Y was appealed after the same decision of 2026-12-01, and this one has no day","fill the column `date`: that day where it is the old decision, else the day of the new one"
            "#,
        )
        .stderr(
            r"
            1 row: 0 booked, 0 already booked, 1 refused (1 missing_date)
            ",
        )
        .status(3)
        .run();
    home.insure("claim decide --input - --format ids --today 2026-12-10")
        .stdin("id,decision,reason,date\n1001,rejected,no proof,2026-12-09\n")
        .stdout("\nCLM-00001Y\n")
        .stderr("\n1 row: 1 booked, 0 already booked, 0 refused\n")
        .run();
    home.insure("claim decide --input - --format ids --today 2026-12-11")
        .stdin(old)
        .stdout("\nCLM-00001Y\n")
        .stderr("\n1 row: 0 booked, 1 already booked, 0 refused\n")
        .run();
}
