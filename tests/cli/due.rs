//! `insure due`: the list of a morning, so that no window closes unseen.

use crate::harness::Home;

/// A shop with something of every kind on its list: parcels nobody has claimed on, and claims at
/// every step, under four plans.
fn shop() -> Home {
    let home = Home::new();
    home.write_lines(
        "parcels.csv",
        "
        order_id,tracking_number,value,to,contents,scanned_on
        1001,940001,275,US,Folding e-scooter,2026-08-25
        1002,940002,450,US,Espresso machine,2026-08-30
        1003,940003,120,US,Walnut clock,2026-09-20
        1004,940004,180,US,Air purifier,2026-09-15
        1005,940005,95,US,Oak tray,2026-10-20
        ",
    );
    for document in ["invoice", "affidavit", "outbound", "handover"] {
        home.write(&format!("{document}.pdf"), document);
    }
    let told = |line: &str| home.insure(line).output_text();
    told("batch-insure parcels.csv --today 2026-10-25");
    told("claim file 1002 --reason loss --today 2026-11-20");
    let documents =
        "--evidence invoice=invoice.pdf --evidence affidavit=affidavit.pdf --dated 2026-10-29";
    for order in ["1003", "1004"] {
        told(&format!("claim file {order} --reason loss {documents} --today 2026-10-30"));
    }
    told("claim decide 1004 --needs-info 'a clearer invoice' --today 2026-11-10");
    // A forwarder's cover: two documents may follow, and it pays in three days.
    for order in ["2001", "2002"] {
        told(&format!(
            "insure --plan takesendship --order {order} --tracking 95{order} --value 300 --cover full --to DE --today 2026-10-01"
        ));
        told(&format!("track 95{order} scanned --at 2026-10-02"));
        told(&format!(
            "claim file {order} --reason loss --notice-on 2026-10-17 --evidence outbound-record=outbound.pdf \
             --evidence purchase-invoice=invoice.pdf --evidence line-haul-handover=handover.pdf --today 2026-10-20"
        ));
    }
    told("claim decide 2002 --accepted --today 2026-11-10");
    // An add-on of a shop's cart, whose rejections can be appealed for 30 days.
    told(
        "insure --plan cart-protection --order 3001 --tracking 960001 --value 80 --cover full --to US --today 2026-09-01",
    );
    told("track 960001 scanned --at 2026-09-02");
    told(
        "claim file 3001 --reason loss --carrier-paid 0 --fact wrong-address=no --fact force-majeure=no \
         --fact remote-area=no --today 2026-10-10",
    );
    told("claim decide 3001 --rejected 'no sign of it' --today 2026-10-27");
    home
}

#[test]
fn everything_that_is_due_or_overdue_the_soonest_day_first() {
    let home = shop();
    home.insure("due")
        .stdout(
            r"
            day         days left  kind       claim       policy      order id  tracking number  from       what                                        amount  amount is
            2026-11-13         -9  payment    CLM-00005P  POL-00007J  2002      952002           insurer    pay in 3 business days from 2026-11-10      300.00  exact
            2026-11-16         -6  decision   CLM-00002W  POL-00003T  1003      940003           insurer    decide in 10 business days from 2026-10-30  120.00  exact
            2026-11-19         -3  evidence   CLM-00004R  POL-00006M  2001      952001           seller     dispute-screenshot                          300.00  exact
            2026-11-19         -3  evidence   CLM-00004R  POL-00006M  2001      952001           forwarder  loss-confirmation                           300.00  exact
            2026-11-23          1  claim      -           POL-00001Y  1001      940001           seller     loss                                        200.00  exact
            2026-11-26          4  appeal     CLM-00006M  POL-00008G  3001      960001           seller     appeal to the claims desk                    80.00  exact
            2026-11-28          6  evidence   CLM-00001Y  POL-00002W  1002      940002           seller     invoice                                     200.00  exact
            2026-11-28          6  affidavit  CLM-00001Y  POL-00002W  1002      940002           buyer      affidavit (not asked for)                   200.00  exact
            -           -          info       CLM-00003T  POL-00004R  1004      940004           seller     a clearer invoice                           180.00  exact
            ",
        )
        .stderr(
            r"
            claim: 1, at stake 200.00 USD
            appeal: 1, at stake 80.00 USD
            evidence: 3, 2 overdue, at stake 500.00 USD
            affidavit: 1, at stake 200.00 USD
            info: 1, at stake 180.00 USD
            decision: 1, 1 overdue, at stake 120.00 USD
            payment: 1, 1 overdue, at stake 300.00 USD
            ",
        )
        .run();
    home.insure("due --format csv -q")
        .stdout(
            r"
            day,days_left,kind,claim,policy,order_id,tracking_number,from,what,amount,amount_is,currency,plan,clause,duty
            2026-11-13,-9,payment,CLM-00005P,POL-00007J,2002,952002,insurer,pay in 3 business days from 2026-11-10,300.00,exact,USD,takesendship,payment,2026-11-13:payment:CLM-00005P:1
            2026-11-16,-6,decision,CLM-00002W,POL-00003T,1003,940003,insurer,decide in 10 business days from 2026-10-30,120.00,exact,USD,tiktok-upic,decision,2026-11-16:decision:CLM-00002W:1
            2026-11-19,-3,evidence,CLM-00004R,POL-00006M,2001,952001,seller,dispute-screenshot,300.00,exact,USD,takesendship,incident.loss.evidence.dispute-screenshot,2026-11-19:evidence:CLM-00004R:1
            2026-11-19,-3,evidence,CLM-00004R,POL-00006M,2001,952001,forwarder,loss-confirmation,300.00,exact,USD,takesendship,incident.loss.evidence.loss-confirmation,2026-11-19:evidence:CLM-00004R:2
            2026-11-23,1,claim,,POL-00001Y,1001,940001,seller,loss,200.00,exact,USD,tiktok-upic,incident.loss.window,2026-11-23:claim:POL-00001Y:1
            2026-11-26,4,appeal,CLM-00006M,POL-00008G,3001,960001,seller,appeal to the claims desk,80.00,exact,USD,cart-protection,appeals.1,2026-11-26:appeal:CLM-00006M:1
            2026-11-28,6,evidence,CLM-00001Y,POL-00002W,1002,940002,seller,invoice,200.00,exact,USD,tiktok-upic,incident.loss.evidence.invoice,2026-11-28:evidence:CLM-00001Y:1
            2026-11-28,6,affidavit,CLM-00001Y,POL-00002W,1002,940002,buyer,affidavit (not asked for),200.00,exact,USD,tiktok-upic,incident.loss.evidence.affidavit,2026-11-28:affidavit:CLM-00001Y:2
            ,,info,CLM-00003T,POL-00004R,1004,940004,seller,a clearer invoice,180.00,exact,USD,tiktok-upic,decision,open:info:CLM-00003T:1
            ",
        )
        .run();
}

#[test]
fn a_list_that_looks_further_ahead_or_at_one_kind_or_plan() {
    let home = shop();
    home.insure("due --within 0d -q")
        .stdout(
            r"
            day         days left  kind       claim       policy      order id  tracking number  from       what                                        amount  amount is
            2026-11-13         -9  payment    CLM-00005P  POL-00007J  2002      952002           insurer    pay in 3 business days from 2026-11-10      300.00  exact
            2026-11-16         -6  decision   CLM-00002W  POL-00003T  1003      940003           insurer    decide in 10 business days from 2026-10-30  120.00  exact
            2026-11-19         -3  evidence   CLM-00004R  POL-00006M  2001      952001           seller     dispute-screenshot                          300.00  exact
            2026-11-19         -3  evidence   CLM-00004R  POL-00006M  2001      952001           forwarder  loss-confirmation                           300.00  exact
            2026-11-28          6  evidence   CLM-00001Y  POL-00002W  1002      940002           seller     invoice                                     200.00  exact
            2026-11-28          6  affidavit  CLM-00001Y  POL-00002W  1002      940002           buyer      affidavit (not asked for)                   200.00  exact
            -           -          info       CLM-00003T  POL-00004R  1004      940004           seller     a clearer invoice                           180.00  exact
            ",
        )
        .run();
    home.insure("due --within 30d --kind claim -q")
        .stdout(
            r"
            day         days left  kind   claim  policy      order id  tracking number  from    what  amount  amount is
            2026-11-23          1  claim  -      POL-00001Y  1001      940001           seller  loss  200.00  exact
            ",
        )
        .run();
    home.insure("due --kind payment --format json")
        .stdout(
            r#"
            [
              {"day":"2026-11-13","days_left":-9,"kind":"payment","claim":"CLM-00005P","policy":"POL-00007J","order_id":"2002","tracking_number":"952002","from":"insurer","what":"pay in 3 business days from 2026-11-10","amount":"300.00","amount_is":"exact","currency":"USD","plan":"takesendship","clause":"payment","duty":"2026-11-13:payment:CLM-00005P:1"}
            ]
            "#,
        )
        .run();
    home.insure("due --plan takesendship --format ids")
        .stdout(
            r"
            CLM-00005P
            CLM-00004R
            CLM-00004R
            ",
        )
        .run();
    home.insure("due --kind affidavit --format ids")
        .stdout(
            r"
            CLM-00001Y
            ",
        )
        .run();
}

#[test]
fn totals_are_over_all_of_it_in_any_format() {
    let home = shop();
    home.insure("due --totals")
        .stdout(
            r"
            kind       currency  duties  overdue  amount  at most
            claim      USD            1        0  200.00     0.00
            appeal     USD            1        0   80.00     0.00
            evidence   USD            3        2  500.00     0.00
            affidavit  USD            1        0  200.00     0.00
            info       USD            1        0  180.00     0.00
            decision   USD            1        1  120.00     0.00
            payment    USD            1        1  300.00     0.00
            ",
        )
        .run();
    home.insure("due --totals --format ndjson")
        .stdout(
            r#"
            {"kind":"claim","currency":"USD","duties":1,"overdue":0,"amount":"200.00","at_most":"0.00"}
            {"kind":"appeal","currency":"USD","duties":1,"overdue":0,"amount":"80.00","at_most":"0.00"}
            {"kind":"evidence","currency":"USD","duties":3,"overdue":2,"amount":"500.00","at_most":"0.00"}
            {"kind":"affidavit","currency":"USD","duties":1,"overdue":0,"amount":"200.00","at_most":"0.00"}
            {"kind":"info","currency":"USD","duties":1,"overdue":0,"amount":"180.00","at_most":"0.00"}
            {"kind":"decision","currency":"USD","duties":1,"overdue":1,"amount":"120.00","at_most":"0.00"}
            {"kind":"payment","currency":"USD","duties":1,"overdue":1,"amount":"300.00","at_most":"0.00"}
            "#,
        )
        .run();
    home.insure("due --totals --plan cart-protection --format csv")
        .stdout(
            r"
            kind,currency,duties,overdue,amount,at_most
            appeal,USD,1,0,80.00,0.00
            ",
        )
        .run();
    home.insure("due --limit 2")
        .stdout(
            r"
            day         days left  kind      claim       policy      order id  tracking number  from     what                                        amount  amount is
            2026-11-13         -9  payment   CLM-00005P  POL-00007J  2002      952002           insurer  pay in 3 business days from 2026-11-10      300.00  exact
            2026-11-16         -6  decision  CLM-00002W  POL-00003T  1003      940003           insurer  decide in 10 business days from 2026-10-30  120.00  exact
            ",
        )
        .stderr(
            r"
            2 shown, and there are more: go on with --after 2026-11-16:decision:CLM-00002W:1, or raise --limit
            claim: 1, at stake 200.00 USD
            appeal: 1, at stake 80.00 USD
            evidence: 3, 2 overdue, at stake 500.00 USD
            affidavit: 1, at stake 200.00 USD
            info: 1, at stake 180.00 USD
            decision: 1, 1 overdue, at stake 120.00 USD
            payment: 1, 1 overdue, at stake 300.00 USD
            ",
        )
        .run();
}

#[test]
fn pages_go_on_where_the_last_one_ended() {
    let home = shop();
    let all = home.insure("due --format csv -q").output_text();
    let mut paged = Vec::new();
    let mut after = String::new();
    loop {
        let mut page = home.insure(&format!("due --format csv -q --limit 2{after}"));
        let said = page.output();
        let text = String::from_utf8(said.stdout).unwrap();
        paged.extend(text.lines().skip(1).map(str::to_owned));
        let Some(last) = text.lines().skip(1).last() else {
            assert_eq!(said.status.code(), Some(4));
            break;
        };
        after = format!(" --after {}", last.rsplit(',').next().unwrap());
    }
    assert_eq!(paged, all.lines().skip(1).collect::<Vec<_>>());
}

#[test]
fn what_is_done_leaves_the_list_with_the_command_that_does_it() {
    let home = shop();
    let kinds = |filter: &str| {
        let mut told = home.insure(format!("due --format ndjson -q {filter}").trim_end());
        let text = String::from_utf8(told.output().stdout).unwrap();
        let row = |line: &str| {
            let row: serde_json::Value = serde_json::from_str(line).unwrap();
            let cell = |name: &str| row[name].as_str().unwrap().to_owned();
            format!("{} {} {}", cell("kind"), cell("order_id"), cell("what"))
        };
        text.lines().map(row).collect::<Vec<_>>()
    };
    let steps = [
        ("claim evidence add 1002 --kind invoice invoice.pdf", "evidence 1002 invoice"),
        (
            "claim evidence add 1002 --kind affidavit affidavit.pdf --dated 2026-11-19",
            "affidavit 1002 affidavit (not asked for)",
        ),
        ("claim evidence add 1004 --kind invoice handover.pdf", "info 1004 a clearer invoice"),
        (
            "claim decide 1003 --accepted --at 2026-11-20",
            "decision 1003 decide in 10 business days from 2026-10-30",
        ),
        ("claim pay 1003 --at 2026-11-21", "payment 1003 pay what was granted on 2026-11-20"),
        ("claim pay 2002 --at 2026-11-21", "payment 2002 pay in 3 business days from 2026-11-10"),
        (
            "claim evidence add 2001 --kind dispute-screenshot outbound.pdf",
            "evidence 2001 dispute-screenshot",
        ),
        ("claim appeal 3001 --reason 'see the tracking'", "appeal 3001 appeal to the claims desk"),
        ("track 940001 delivered --at 2026-11-01", "claim 1001 loss"),
        ("claim withdraw 2001", "evidence 2001 loss-confirmation"),
    ];
    for (command, row) in steps {
        assert!(kinds("").iter().any(|known| known == row), "{row} is not in {:?}", kinds(""));
        home.insure(command).output_text();
        assert!(kinds("").iter().all(|known| known != row), "{row} is left after {command}");
    }
    home.insure("due").stderr("\nnothing is due\n").status(4).run();
    // What was taken back can be claimed again, and an appeal has days of its own.
    assert_eq!(kinds("--today 2026-12-04 --plan cart-protection"), Vec::<String>::new());
    assert_eq!(
        kinds("--today 2026-12-05 --plan cart-protection"),
        ["decision 3001 decide in 10 business days from 2026-11-22"]
    );
    home.insure("search --claimable=loss --plan takesendship --format ids -q")
        .stdout("\nPOL-00006M\n")
        .run();
}

#[test]
fn the_search_for_what_is_due_finds_the_policies_of_the_list() {
    let home = shop();
    for days in ["0d", "3d", "7d", "60d"] {
        let list = home.insure(&format!("due --within {days} --format csv -q")).output_text();
        let mut policies: Vec<&str> = Vec::new();
        for line in list.lines().skip(1) {
            let policy = line.split(',').nth(4).unwrap();
            if !policies.contains(&policy) {
                policies.push(policy);
            }
        }
        let found = home.insure(&format!("search --due {days} --format ids -q")).output_text();
        let found: Vec<&str> = found.lines().collect();
        policies.sort_unstable();
        let mut sorted = found.clone();
        sorted.sort_unstable();
        assert_eq!(sorted, policies, "{days}");
    }
}

#[test]
fn its_identifiers_go_on_in_a_pipe() {
    let home = shop();
    home.shell("insure due --kind claim --format ids -q | insure claim file --reason loss - --dry-run --format csv")
        .stdout(
            r"
            line,id,result,claim,claim_status,policy,tracking_number,reason,amount,payable,currency,closes_on,missing_evidence,code,column,value,refused,missing_facts,hint
            ,POL-00001Y,filed,,draft,POL-00001Y,940001,loss,275.00,200.00,USD,2026-11-23,invoice; affidavit,,,,,,
            ",
        )
        .stderr(
            r"
            1 filed (1 as drafts), 0 refused, 0 not found; dry run, nothing was recorded
            ",
        )
        .run();
    home.shell(
        "insure due --kind appeal --format ids -q | xargs -I NO echo insure claim appeal NO",
    )
    .stdout(
        r"
            insure claim appeal CLM-00006M
            ",
    )
    .run();
}

#[test]
fn nothing_is_due_on_a_quiet_day_and_the_exit_status_says_so() {
    let home = Home::new();
    home.insure("insure --order 1 --value 10").output_text();
    home.insure("due")
        .stderr(
            r"
            nothing is due
            ",
        )
        .status(4)
        .run();
    home.insure("due --format json -q")
        .stdout(
            r"
            []
            ",
        )
        .status(4)
        .run();
    home.insure("due --totals -q --format csv")
        .stdout(
            r"
            kind,currency,duties,overdue,amount,at_most
            ",
        )
        .status(4)
        .run();
}

#[test]
fn wrong_wishes_say_what_was_expected() {
    let home = shop();
    home.insure("due --within soon")
        .stderr(
            r"
            error: invalid value 'soon' for '--within <DAYS>': expected a number of days such as 7d

            For more information, try '--help'.
            ",
        )
        .status(2)
        .run();
    home.insure("due --kind letter")
        .stderr(
            r"
            error: invalid value 'letter' for '--kind <KIND>': expected one of claim, appeal, evidence, affidavit, info, decision, payment

            For more information, try '--help'.
            ",
        )
        .status(2)
        .run();
    home.insure("due --after POL-00001Y")
        .stderr(
            r"
            error: invalid value 'POL-00001Y' for '--after <DUTY>': expected what the column `duty` has, such as 2026-11-30:claim:POL-00001Y:1

            For more information, try '--help'.
            ",
        )
        .status(2)
        .run();
    home.insure("due --totals --limit 3")
        .stderr(
            r"
            error: the argument '--totals' cannot be used with '--limit <N>'

            Usage: insure due --totals --db <PATH> --today <DATE>

            For more information, try '--help'.
            ",
        )
        .status(2)
        .run();
    home.insure("due --totals --format ids")
        .stderr(
            r"
            error: --totals: a total has no identifier to write with --format ids

            hint: leave one of them away
            ",
        )
        .status(2)
        .run();
    home.insure("due --plan no-such-plan")
        .stderr(
            r"
            error: plan no-such-plan: there is no such plan, there are: tiktok-upic, takesendship, tiktok-logistics, cart-protection, ups-declared-value, easypost, shippo-xcover, parcelguard, shopify-shipsurance, pirateship, easyship-insureship
            ",
        )
        .status(2)
        .run();
    home.insure("due --db elsewhere.db")
        .stderr(
            r"
            error: there is no ledger at elsewhere.db yet, so nothing is recorded

            hint: record cover with `insure batch-insure FILE`, or name another ledger with --db
            ",
        )
        .status(1)
        .run();
}

#[test]
fn what_a_draft_lacks_is_listed_from_its_first_day_and_stays_when_it_is_too_late() {
    let home = Home::new();
    home.insure("insure --order 1 --tracking 940001 --value 150 --today 2026-10-01").output_text();
    home.insure("track 940001 scanned --at 2026-10-02").output_text();
    home.write("invoice.pdf", "invoice");
    home.insure("claim file 1 --reason loss --today 2026-10-25").output_text();
    home.insure("due --within 0d --today 2026-10-25")
        .stdout(
            r"
            day         days left  kind       claim       policy      order id  tracking number  from    what                       amount  amount is
            2026-12-31         67  evidence   CLM-00001Y  POL-00001Y  1         940001           seller  invoice                    150.00  exact
            2026-12-31         67  affidavit  CLM-00001Y  POL-00001Y  1         940001           buyer   affidavit (not asked for)  150.00  exact
            ",
        )
        .stderr(
            r"
            evidence: 1, at stake 150.00 USD
            affidavit: 1, at stake 150.00 USD
            ",
        )
        .run();
    home.insure("search --due 0d --format ids --today 2026-10-25").stdout("\nPOL-00001Y\n").run();
    home.insure("claim evidence add 1 --kind invoice invoice.pdf --today 2026-10-26").output_text();
    home.insure("due --within 0d --today 2027-01-01")
        .stdout(
            r"
            day         days left  kind       claim       policy      order id  tracking number  from   what                                                     amount  amount is
            2026-12-31         -1  affidavit  CLM-00001Y  POL-00001Y  1         940001           buyer  affidavit (not asked for), too late: withdraw the claim  150.00  exact
            ",
        )
        .stderr(
            r"
            affidavit: 1, 1 overdue, at stake 150.00 USD
            ",
        )
        .run();
    home.insure("due --kind affidavit --totals --format csv --today 2027-01-01")
        .stdout("\nkind,currency,duties,overdue,amount,at_most\naffidavit,USD,1,1,150.00,0.00\n")
        .run();
    // Nothing completes it now, and it is not forgotten.
    home.write("affidavit.pdf", "affidavit");
    home.insure(
        "claim evidence add 1 --kind affidavit affidavit.pdf --dated 2026-12-01 --today 2027-01-01",
    )
    .output_text();
    home.insure("due --within 0d --today 2027-01-01 -q")
        .stdout(
            r"
            day         days left  kind      claim       policy      order id  tracking number  from    what                                                                       amount  amount is
            2026-12-31         -1  evidence  CLM-00001Y  POL-00001Y  1         940001           seller  no document is missing, but it is not filed, too late: withdraw the claim  150.00  exact
            ",
        )
        .run();
    home.insure("claim withdraw 1 --today 2027-01-01").output_text();
    home.insure("due --within 0d --today 2027-01-01").stderr("\nnothing is due\n").status(4).run();
}

#[test]
fn granted_money_without_a_time_to_pay_is_listed_until_it_is_paid() {
    let home = shop();
    home.insure("claim decide 1003 --accepted --at 2026-11-20").output_text();
    home.insure("due --kind payment --plan tiktok-upic")
        .stdout(
            r"
            day  days left  kind     claim       policy      order id  tracking number  from     what                                amount  amount is
            -    -          payment  CLM-00002W  POL-00003T  1003      940003           insurer  pay what was granted on 2026-11-20  120.00  exact
            ",
        )
        .stderr(
            r"
            payment: 1, at stake 120.00 USD
            ",
        )
        .run();
    home.insure("claim pay 1003 --at 2026-11-21").output_text();
    home.insure("due --kind payment --plan tiktok-upic")
        .stderr("\nnothing is due\n")
        .status(4)
        .run();
}
