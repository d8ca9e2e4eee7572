//! `insure claim pay --input`: an insurer's statement.

use super::super::accepted;

#[test]
fn a_statement_is_booked_once_however_often_it_comes() {
    let home = accepted("430");
    home.write_lines(
        "statement.csv",
        "
        claim,amount,date,reference,bank
        CLM-00001Y,120,2026-12-03,wire 7731,x
        CLM-00001Y,$310.00,2026-12-04,wire 7740,x
        ",
    );
    home.insure("claim pay --input statement.csv --dry-run --today 2026-12-05")
        .stdout(
            r"
            line  id          result  claim       claim status  on          amount  owed    code  column  refused
               2  CLM-00001Y  booked  CLM-00001Y  accepted      2026-12-03  120.00  310.00  -     -       -
               3  CLM-00001Y  booked  CLM-00001Y  paid          2026-12-04  310.00    0.00  -     -       -
            ",
        )
        .stderr(
            r"
            columns that are read over: bank
            2 rows: 2 booked, 0 already booked, 0 refused; 430.00 USD paid; dry run, nothing was recorded
            ",
        )
        .run();
    home.insure("claim pay --input statement.csv --today 2026-12-05")
        .stdout(
            r"
            line  id          result  claim       claim status  on          amount  owed    code  column  refused
               2  CLM-00001Y  booked  CLM-00001Y  accepted      2026-12-03  120.00  310.00  -     -       -
               3  CLM-00001Y  booked  CLM-00001Y  paid          2026-12-04  310.00    0.00  -     -       -
            ",
        )
        .stderr(
            r"
            columns that are read over: bank
            2 rows: 2 booked, 0 already booked, 0 refused; 430.00 USD paid
            ",
        )
        .run();
    let before = home.insure("status 1001 --format json").output_text();
    home.shell("insure claim pay --input - --today 2026-12-09 --format json < statement.csv")
        .stdout(
            r#"
            {
              "rows": [
                {
                  "line": 2,
                  "id": "CLM-00001Y",
                  "result": "already_booked",
                  "claim": "CLM-00001Y",
                  "claim_status": "paid",
                  "policy": "POL-00001Y",
                  "on": "2026-12-03",
                  "amount": "120.00",
                  "reference": "wire 7731",
                  "granted": "430.00",
                  "paid": "430.00",
                  "owed": "0.00",
                  "currency": "USD",
                  "code": null,
                  "column": null,
                  "value": null,
                  "refused": null,
                  "hint": null
                },
                {
                  "line": 3,
                  "id": "CLM-00001Y",
                  "result": "already_booked",
                  "claim": "CLM-00001Y",
                  "claim_status": "paid",
                  "policy": "POL-00001Y",
                  "on": "2026-12-04",
                  "amount": "310.00",
                  "reference": "wire 7740",
                  "granted": "430.00",
                  "paid": "430.00",
                  "owed": "0.00",
                  "currency": "USD",
                  "code": null,
                  "column": null,
                  "value": null,
                  "refused": null,
                  "hint": null
                }
              ],
              "summary": {
                "dry_run": false,
                "rows": 2,
                "booked": 0,
                "already_booked": 2,
                "refused": 0,
                "refusals": [],
                "sums": []
              }
            }
            "#,
        )
        .stderr(
            r"
            columns that are read over: bank
            2 rows: 0 booked, 2 already booked, 0 refused
            ",
        )
        .run();
    assert_eq!(home.insure("status 1001 --format json").output_text(), before);
}

#[test]
fn what_does_not_fit_is_listed_and_the_rest_is_booked() {
    let home = accepted("430");
    home.insure("claim file 1002 --reason damage --amount 20 -q").output_text();
    home.write_lines(
        "statement.csv",
        "
        claim,amount,currency,date,reference
        CLM-00001Y,120,USD,2026-12-03,wire 1
        CLM-00001Y,120,USD,2026-12-03,wire 1
        CLM-00001Y,400,,2026-12-03,wire 2
        CLM-00001Y,1,EUR,2026-12-03,wire 2
        CLM-00001Y,1,,2026-11-30,wire 2
        CLM-00001Y,1,,2026-12-06,wire 2
        CLM-00001Y,1,,,wire 2
        CLM-00001Y,,,2026-12-03,wire 2
        CLM-00001Y,0,,2026-12-03,wire 2
        CLM-00001Y,-5,,2026-12-03,wire 2
        CLM-00002W,10,,2026-12-03,wire 2
        1003,10,,2026-12-03,wire 2
        nobody,10,,2026-12-03,wire 2
        CLM-00001Y,310,USD,2026-12-04,=1+1
        ",
    );
    home.insure("claim pay --input statement.csv --format csv --today 2026-12-05")
        .stdout(
            r#"
            line,id,result,claim,claim_status,policy,on,amount,reference,granted,paid,owed,currency,code,column,value,refused,hint
            2,CLM-00001Y,booked,CLM-00001Y,accepted,POL-00001Y,2026-12-03,120.00,wire 1,430.00,120.00,310.00,USD,,,,,
            3,CLM-00001Y,refused,CLM-00001Y,accepted,POL-00001Y,2026-12-03,120.00,wire 1,430.00,120.00,310.00,USD,stated_twice,,,the same payment stands on line 2,"if they are two, tell them apart by their reference"
            4,CLM-00001Y,refused,CLM-00001Y,accepted,POL-00001Y,2026-12-03,400.00,wire 2,430.00,120.00,310.00,USD,over_owed,,,"400.00 USD is more than is owed on claim CLM-00001Y: 430.00 USD granted, 120.00 USD paid before, 310.00 USD left","record what came for this claim, at most what is left"
            5,CLM-00001Y,refused,CLM-00001Y,accepted,POL-00001Y,,,,430.00,120.00,310.00,USD,bad_currency,currency,EUR,"`EUR` is stated, claim CLM-00001Y is in USD",state the amount in USD
            6,CLM-00001Y,refused,CLM-00001Y,accepted,POL-00001Y,2026-11-30,1.00,wire 2,430.00,120.00,310.00,USD,out_of_order,,,"claim CLM-00001Y was decided on 2026-12-01, it was not paid on 2026-11-30",give the day the money came
            7,CLM-00001Y,refused,CLM-00001Y,accepted,POL-00001Y,2026-12-06,1.00,wire 2,430.00,120.00,310.00,USD,future_date,date,2026-12-06,"2026-12-06 is in the future, today is 2026-12-05",give the day the money came
            8,CLM-00001Y,refused,CLM-00001Y,accepted,POL-00001Y,,1.00,wire 2,430.00,120.00,310.00,USD,missing_date,date,,there is no day the money came,
            9,CLM-00001Y,refused,CLM-00001Y,accepted,POL-00001Y,2026-12-03,,wire 2,430.00,120.00,310.00,USD,missing_amount,amount,,there is no amount that came,
            10,CLM-00001Y,refused,CLM-00001Y,accepted,POL-00001Y,2026-12-03,0.00,wire 2,430.00,120.00,310.00,USD,zero_amount,amount,0,nothing is paid with 0,state what came
            11,CLM-00001Y,refused,CLM-00001Y,accepted,POL-00001Y,2026-12-03,,,430.00,120.00,310.00,USD,negative_amount,amount,-5,"`-5` is negative, expected zero or more",
            12,CLM-00002W,refused,CLM-00002W,draft,POL-00002W,2026-12-03,10.00,wire 2,,0.00,,USD,claim_status,,,"claim CLM-00002W is draft: nothing is granted, so nothing is owed",add the missing evidence first: insure claim evidence add CLM-00002W --kind KIND FILE
            13,1003,refused,,,,,,,,,,,not_found,,,there is no claim under `1003`,file one: insure claim file 1003 --reason loss
            14,nobody,refused,,,,,,,,,,,not_found,,,nothing is recorded under `nobody`,"give an order, package or tracking number, or a policy (POL-...) or claim (CLM-...)"
            15,CLM-00001Y,booked,CLM-00001Y,paid,POL-00001Y,2026-12-04,310.00,'=1+1,430.00,430.00,0.00,USD,,,,,
            "#,
        )
        .stderr(
            r"
            14 rows: 2 booked, 0 already booked, 12 refused (1 bad_currency, 1 claim_status, 1 future_date, 1 missing_amount, 1 missing_date, 1 negative_amount, 2 not_found, 1 out_of_order, 1 over_owed, 1 stated_twice, 1 zero_amount); 430.00 USD paid
            ",
        )
        .status(3)
        .run();
    home.write("statement.csv", "claim,amount\n1001,20\n");
    home.insure("claim pay --input statement.csv")
        .stderr(
            r"
            error: statement.csv: line 1: a list of payments needs a column date, and this header has claim, amount

            hint: rename the column, or add a header line; every name that is known stands in docs/formats.md
            ",
        )
        .status(2)
        .run();
    home.insure("claim pay --input statement.csv --amount 20")
        .stderr(
            r"
            error: the argument '--input <FILE>' cannot be used with '--amount <AMOUNT>'

            Usage: insure claim pay --input <FILE> --db <PATH> --today <DATE> [CLAIM]

            For more information, try '--help'.
            ",
        )
        .status(2)
        .run();
}

#[test]
fn a_list_of_one_that_is_long_shows_what_needs_a_look() {
    let home = accepted("430");
    let mut text = "claim,amount,date,reference\n".to_owned();
    for n in 0..60 {
        text.push_str(&format!("CLM-00001Y,1,2026-12-03,{n}\n"));
    }
    text.push_str("CLM-00001Y,1000,2026-12-03,60\n");
    home.write("statement.csv", text);
    home.insure("claim pay --input statement.csv --today 2026-12-05")
        .stdout(
            r"
            line  id          result   claim       claim status  on          amount    owed    code       column  refused
              62  CLM-00001Y  refused  CLM-00001Y  accepted      2026-12-03  1,000.00  370.00  over_owed  -       1,000.00 USD is more than is owed on claim CLM-00001Y: 430.00 USD granted, 60.00 USD paid before, 370.00 USD left
            ",
        )
        .stderr(
            r"
            61 rows: 60 booked, 0 already booked, 1 refused (1 over_owed); 60.00 USD paid
            ",
        )
        .status(3)
        .run();
}
