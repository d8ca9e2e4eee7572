//! `insure search`: which policies meet all of these conditions.

use crate::harness::Home;

/// Eight parcels of which each differs from the others in what a filter asks for.
fn shop() -> Home {
    let home = Home::new();
    home.write_lines(
        "parcels.csv",
        "
        order_id,tracking_number,value,carrier,to,contents,goods,scanned_on,delivered_on
        1001,940001,450,USPS,US,Espresso machine,Kitchen,2026-10-22,
        1002,940002,120,UPS,US,Walnut clock,Home,2026-11-12,2026-11-17
        1003,940003,230,UPS,US,Air purifier,Home,,
        1004,940004,275,USPS,US,Folding e-scooter,Sports,2026-08-25,
        1005,940005,60,USPS,IT,Ceramic lamp,Home,2026-10-01,
        1006,940006,320,usps,US,Robot vacuum,Home,2026-11-03,
        1007,940007,95,FedEx,US,Oak tray,Home,2026-11-20,
        ",
    );
    home.insure("batch-insure parcels.csv --today 2026-11-21").output_text();
    home.insure("insure --order 1008 --value 49 --contents 'Canvas tote bag'").output_text();
    home.insure("cancel 1003").output_text();
    home.insure("track 1006 damaged --at 2026-11-10").output_text();
    home
}

#[test]
fn all_of_them_in_the_order_of_their_numbers() {
    let home = shop();
    home.insure("search")
        .stdout(
            r"
            policy      order id  tracking number  status     package value  cover   premium  looks like  expected payout  payout is  claim  claim status  claim closes on
            POL-00001Y  1001      940001           effective         450.00  200.00     0.00  loss                 200.00  exact      -      -             2027-01-20
            POL-00002W  1002      940002           effective         120.00  120.00     0.00  -           -                -          -      -             2027-02-10
            POL-00003T  1003      940003           cancelled         230.00  200.00     0.00  -           -                -          -      -             -
            POL-00004R  1004      940004           effective         275.00  200.00     0.00  loss                 200.00  exact      -      -             2026-11-23
            POL-00005P  1005      940005           effective          60.00   60.00     0.00  -           -                -          -      -             2026-12-30
            POL-00006M  1006      940006           effective         320.00  200.00     0.00  damage               200.00  at_most    -      -             2027-02-01
            POL-00007J  1007      940007           effective          95.00   95.00     0.00  -           -                -          -      -             2027-02-18
            POL-00008G  1008      -                confirmed          49.00   49.00     0.00  -           -                -          -      -             -
            ",
        )
        .run();
    home.insure("search --format csv")
        .stdout(
            r"
            policy,order_id,package_id,tracking_number,plan,version,status,currency,package_value,cover,premium,carrier,to,contents,created_on,shipped_on,scanned_on,delivered_on,looks_like,expected_payout,payout_is,claim,claim_status,claim_closes_on
            POL-00001Y,1001,,940001,tiktok-upic,2025-10-17,effective,USD,450.00,200.00,0.00,USPS,US,Espresso machine,2026-11-21,2026-10-22,2026-10-22,,loss,200.00,exact,,,2027-01-20
            POL-00002W,1002,,940002,tiktok-upic,2025-10-17,effective,USD,120.00,120.00,0.00,UPS,US,Walnut clock,2026-11-21,2026-11-12,2026-11-12,2026-11-17,,,,,,2027-02-10
            POL-00003T,1003,,940003,tiktok-upic,2025-10-17,cancelled,USD,230.00,200.00,0.00,UPS,US,Air purifier,2026-11-21,,,,,,,,,
            POL-00004R,1004,,940004,tiktok-upic,2025-10-17,effective,USD,275.00,200.00,0.00,USPS,US,Folding e-scooter,2026-11-21,2026-08-25,2026-08-25,,loss,200.00,exact,,,2026-11-23
            POL-00005P,1005,,940005,tiktok-upic,2025-10-17,effective,USD,60.00,60.00,0.00,USPS,IT,Ceramic lamp,2026-11-21,2026-10-01,2026-10-01,,,,,,,2026-12-30
            POL-00006M,1006,,940006,tiktok-upic,2025-10-17,effective,USD,320.00,200.00,0.00,usps,US,Robot vacuum,2026-11-21,2026-11-03,2026-11-03,,damage,200.00,at_most,,,2027-02-01
            POL-00007J,1007,,940007,tiktok-upic,2025-10-17,effective,USD,95.00,95.00,0.00,FedEx,US,Oak tray,2026-11-21,2026-11-20,2026-11-20,,,,,,,2027-02-18
            POL-00008G,1008,,,tiktok-upic,2025-10-17,confirmed,USD,49.00,49.00,0.00,,,Canvas tote bag,2026-11-22,,,,,,,,,
            ",
        )
        .run();
}

#[test]
fn every_filter_finds_its_own() {
    let home = shop();
    let find = |filter: &str| {
        let found = home.insure(&format!("search {filter} --format csv -q")).output_text();
        let orders = found.lines().skip(1).map(|line| line.split(',').nth(1).unwrap().to_owned());
        orders.collect::<Vec<_>>().join(" ")
    };
    for (filter, orders) in [
        ("--status confirmed", "1008"),
        ("--status effective", "1001 1002 1004 1005 1006 1007"),
        ("--status cancelled", "1003"),
        ("--claim-status none", "1001 1002 1003 1004 1005 1006 1007 1008"),
        ("--plan tiktok-upic", "1001 1002 1003 1004 1005 1006 1007 1008"),
        ("--carrier usps", "1001 1004 1005 1006"),
        ("--carrier UPS", "1002 1003"),
        ("--to IT", "1005"),
        ("--shipped-from 2026-11-03", "1002 1006 1007"),
        ("--shipped-to 2026-10-01", "1004 1005"),
        ("--shipped-from 2026-10-01 --shipped-to 2026-10-22", "1001 1005"),
        ("--created-from 2026-11-22", "1008"),
        ("--created-to 2026-11-21", "1001 1002 1003 1004 1005 1006 1007"),
        ("--value-from 275", "1001 1004 1006"),
        ("--value-to 60", "1005 1008"),
        ("--value-from 120 --value-to 230", "1002 1003"),
        ("lamp", "1005"),
        ("LAMP", "1005"),
        ("home", "1002 1003 1005 1006 1007"),
        ("1007", "1007"),
        ("940007", "1007"),
        ("home --carrier ups --status effective", "1002"),
    ] {
        assert_eq!(find(filter), orders, "{filter}");
    }
}

#[test]
fn what_can_be_claimed_today_and_what_closes_soon() {
    let home = shop();
    home.insure("search --claimable")
        .stdout(
            r"
            policy      order id  tracking number  status     package value  cover   premium  looks like  expected payout  payout is  claim  claim status  claim closes on
            POL-00004R  1004      940004           effective         275.00  200.00     0.00  loss                 200.00  exact      -      -             2026-11-23
            POL-00001Y  1001      940001           effective         450.00  200.00     0.00  loss                 200.00  exact      -      -             2027-01-20
            POL-00006M  1006      940006           effective         320.00  200.00     0.00  damage               200.00  at_most    -      -             2027-02-01
            ",
        )
        .stderr(
            r"
            3 parcels can be claimed: 400.00 USD for certain and up to 200.00 USD more that depends on further facts
            ",
        )
        .run();
    home.insure("search --due 7d")
        .stdout(
            r"
            policy      order id  tracking number  status     package value  cover   premium  looks like  expected payout  payout is  claim  claim status  claim closes on
            POL-00004R  1004      940004           effective         275.00  200.00     0.00  loss                 200.00  exact      -      -             2026-11-23
            ",
        )
        .run();
    home.insure("search --due 1d")
        .stdout(
            r"
            policy      order id  tracking number  status     package value  cover   premium  looks like  expected payout  payout is  claim  claim status  claim closes on
            POL-00004R  1004      940004           effective         275.00  200.00     0.00  loss                 200.00  exact      -      -             2026-11-23
            ",
        )
        .run();
    home.insure("search --claimable --today 2026-11-24")
        .stdout(
            r"
            policy      order id  tracking number  status     package value  cover   premium  looks like  expected payout  payout is  claim  claim status  claim closes on
            POL-00001Y  1001      940001           effective         450.00  200.00     0.00  loss                 200.00  exact      -      -             2027-01-20
            POL-00006M  1006      940006           effective         320.00  200.00     0.00  damage               200.00  at_most    -      -             2027-02-01
            ",
        )
        .stderr(
            r"
            2 parcels can be claimed: 200.00 USD for certain and up to 200.00 USD more that depends on further facts
            ",
        )
        .run();
}

#[test]
fn what_no_last_day_is_named_for_is_claimable_after_all_that_close() {
    let home = shop();
    let cover = "insure --plan takesendship --order 1010 --tracking 940010 --value 300 --cover full --to DE";
    home.insure(cover).output_text();
    home.insure("track 940010 scanned --at 2026-10-20").output_text();
    home.insure("search --claimable --today 2026-11-03")
        .stdout(
            r"
            policy      order id  tracking number  status     package value  cover   premium  looks like  expected payout  payout is  claim  claim status  claim closes on
            POL-00004R  1004      940004           effective         275.00  200.00     0.00  loss                 200.00  exact      -      -             2026-11-23
            POL-00009E  1010      940010           effective         300.00  300.00     3.00  loss                 300.00  at_most    -      -             -
            ",
        )
        .stderr(
            r"
            2 parcels can be claimed: 200.00 USD for certain and up to 300.00 USD more that depends on further facts
            ",
        )
        .run();
    home.insure("search --claimable --plan takesendship --today 2026-11-02")
        .stderr(
            "
            nothing matches
            ",
        )
        .status(4)
        .run();
}

#[test]
fn a_claim_takes_it_out_of_the_claimable_and_into_its_status() {
    let home = shop();
    home.insure("claim file 1001 --reason loss").output_text();
    home.insure("search --claimable --format ids")
        .stdout(
            r"
            POL-00004R
            POL-00006M
            ",
        )
        .run();
    home.insure("search --claim-status draft --format ids")
        .stdout(
            r"
            POL-00001Y
            ",
        )
        .run();
    home.insure("claim withdraw 1001").output_text();
    home.insure("search --claim-status withdrawn --format ids")
        .stdout(
            r"
            POL-00001Y
            ",
        )
        .run();
}

#[test]
fn pages_go_on_where_the_last_one_ended() {
    let home = shop();
    home.insure("search --format ids --limit 3")
        .stdout(
            r"
            POL-00001Y
            POL-00002W
            POL-00003T
            ",
        )
        .stderr(
            r"
            3 shown, and there are more: go on with --after POL-00003T, or raise --limit
            ",
        )
        .run();
    home.insure("search --format ids --limit 3 --after POL-00003T")
        .stdout(
            r"
            POL-00004R
            POL-00005P
            POL-00006M
            ",
        )
        .stderr(
            r"
            3 shown, and there are more: go on with --after POL-00006M, or raise --limit
            ",
        )
        .run();
    home.insure("search --format ids --after POL-00006M")
        .stdout(
            r"
            POL-00007J
            POL-00008G
            ",
        )
        .run();
    home.insure("search --format ids --after POL-00008G")
        .stderr(
            r"
            nothing matches
            ",
        )
        .status(4)
        .run();
    home.insure("search --claimable --format ids --limit 1")
        .stdout(
            r"
            POL-00004R
            ",
        )
        .stderr(
            r"
            1 shown, and there are more: go on with --after POL-00004R, or raise --limit
            ",
        )
        .run();
    home.insure("search --claimable --format ids --after POL-00004R")
        .stdout(
            r"
            POL-00001Y
            POL-00006M
            ",
        )
        .run();
}

#[test]
fn every_format_holds_the_same_rows() {
    let home = shop();
    home.insure("search lamp --format json")
        .stdout(
            r#"
            [
              {"policy":"POL-00005P","order_id":"1005","package_id":null,"tracking_number":"940005","plan":"tiktok-upic","version":"2025-10-17","status":"effective","currency":"USD","package_value":"60.00","cover":"60.00","premium":"0.00","carrier":"USPS","to":"IT","contents":"Ceramic lamp","created_on":"2026-11-21","shipped_on":"2026-10-01","scanned_on":"2026-10-01","delivered_on":null,"looks_like":null,"expected_payout":null,"payout_is":null,"claim":null,"claim_status":null,"claim_closes_on":"2026-12-30"}
            ]
            "#,
        )
        .run();
    home.insure("search lamp --format ndjson")
        .stdout(
            r#"
            {"policy":"POL-00005P","order_id":"1005","package_id":null,"tracking_number":"940005","plan":"tiktok-upic","version":"2025-10-17","status":"effective","currency":"USD","package_value":"60.00","cover":"60.00","premium":"0.00","carrier":"USPS","to":"IT","contents":"Ceramic lamp","created_on":"2026-11-21","shipped_on":"2026-10-01","scanned_on":"2026-10-01","delivered_on":null,"looks_like":null,"expected_payout":null,"payout_is":null,"claim":null,"claim_status":null,"claim_closes_on":"2026-12-30"}
            "#,
        )
        .run();
    home.insure("search lamp --format ids")
        .stdout(
            r"
            POL-00005P
            ",
        )
        .run();
}

#[test]
fn nothing_matches() {
    let home = shop();
    home.insure("search nothing-like-it")
        .stderr(
            r"
            nothing matches
            ",
        )
        .status(4)
        .run();
    home.insure("search nothing-like-it --format json")
        .stdout(
            r"
            []
            ",
        )
        .stderr(
            r"
            nothing matches
            ",
        )
        .status(4)
        .run();
    home.insure("search nothing-like-it --format csv -q")
        .stdout(
            r"
            policy,order_id,package_id,tracking_number,plan,version,status,currency,package_value,cover,premium,carrier,to,contents,created_on,shipped_on,scanned_on,delivered_on,looks_like,expected_payout,payout_is,claim,claim_status,claim_closes_on
            ",
        )
        .status(4)
        .run();
    home.insure("search nothing-like-it --format ids -q").status(4).run();
}

#[test]
fn wrong_conditions_say_what_was_expected() {
    let home = shop();
    home.insure("search --status efective")
        .stderr(
            r"
            error: invalid value 'efective' for '--status <STATUS>': expected one of confirmed, effective, expired, cancelled

            For more information, try '--help'.
            ",
        )
        .status(2)
        .run();
    home.insure("search --claim-status open")
        .stderr(
            r"
            error: invalid value 'open' for '--claim-status <STATUS>': expected one of draft, under_review, needs_info, accepted, rejected, paid, withdrawn, or none

            For more information, try '--help'.
            ",
        )
        .status(2)
        .run();
    home.insure("search --due soon")
        .stderr(
            r"
            error: invalid value 'soon' for '--due <DAYS>': expected a number of days such as 7d

            For more information, try '--help'.
            ",
        )
        .status(2)
        .run();
    home.insure("search --to Atlantis")
        .stderr(
            r"
            error: invalid value 'Atlantis' for '--to <COUNTRY>': expected a country: two letters such as DE, or its English name such as Germany

            For more information, try '--help'.
            ",
        )
        .status(2)
        .run();
    home.insure("search --shipped-from 22.11.2026")
        .stderr(
            r"
            error: invalid value '22.11.2026' for '--shipped-from <DATE>': `22.11.2026` is not a day, expected YYYY-MM-DD such as 2026-11-03

            For more information, try '--help'.
            ",
        )
        .status(2)
        .run();
    home.insure("search --value-from 1O0")
        .stderr(
            r"
            error: --value-from: `1O0` is not an amount, expected digits with a point before the cents, such as 450.00

            hint: write it in USD, for example --value-from 450.00
            ",
        )
        .status(2)
        .run();
    home.insure("search --after 12")
        .stderr(
            r"
            error: invalid value '12' for '--after <POLICY>': expected a policy number such as POL-00001Y

            For more information, try '--help'.
            ",
        )
        .status(2)
        .run();
    home.insure("search --plan no-such-plan")
        .stderr(
            r"
            error: plan no-such-plan: there is no such plan, there are: tiktok-upic, takesendship, tiktok-logistics, cart-protection, ups-declared-value, easypost, shippo-xcover, parcelguard, shopify-shipsurance, pirateship, easyship-insureship
            ",
        )
        .status(2)
        .run();
}

#[test]
fn without_a_ledger_there_is_nothing_to_search() {
    let home = Home::new();
    home.insure("search")
        .stderr(
            r"
            error: there is no ledger at [HOME]/insure.db yet, so nothing is recorded

            hint: record cover with `insure batch-insure FILE`, or name another ledger with --db
            ",
        )
        .status(1)
        .run();
    assert!(!home.path("insure.db").exists());
}

#[test]
fn a_space_before_the_incident_finds_no_less_in_silence() {
    let home = shop();
    home.insure("search --claimable loss")
        .stderr(
            r"
            error: --claimable loss would look for the word `loss` in goods and contents

            hint: for what looks like loss, write --claimable=loss
            ",
        )
        .status(2)
        .run();
}

#[test]
fn what_is_claimable_can_be_asked_for_by_incident() {
    let home = shop();
    let ids = |what: &str| {
        let told = home.insure(&format!("search {what} --format ids -q"));
        let text = told.output_text();
        text.lines().map(str::to_owned).collect::<Vec<_>>()
    };
    let (all, lost, damaged) =
        (ids("--claimable"), ids("--claimable=loss"), ids("--claimable=damage"));
    assert!(!lost.is_empty() && !damaged.is_empty(), "{all:?}");
    let mut both = [lost.clone(), damaged].concat();
    both.sort();
    let mut all = all;
    all.sort();
    assert_eq!(both, all);
    home.shell("insure search --claimable=loss --format ids | insure claim file --reason loss - -q --format ids | wc -l")
        .stdout(&format!("\n{}\n", lost.len()))
        .run();
}

#[test]
fn what_is_late_damaged_or_back_is_listed_with_what_it_would_pay() {
    let home = Home::new();
    let insured = |order: u32, more: &str| {
        home.insure(&format!(
            "insure --plan tiktok-logistics --order {order} --tracking 97{order} {more} --cover full --to DE --today 2026-10-01"
        ))
        .output_text();
        home.insure(&format!("track 97{order} scanned --at 2026-10-02")).output_text();
    };
    insured(1, "--product 300 --shipping 12.50");
    insured(2, "--value 300");
    insured(3, "--product 300 --shipping 9");
    insured(4, "--product 300 --shipping 9");
    insured(5, "--value 80");
    insured(6, "--value 70");
    home.insure("track 973 delivered --at 2026-11-02").output_text();
    home.insure("track 974 delivered --at 2026-11-01").output_text();
    home.insure("track 975 returned --at 2026-11-01").output_text();
    home.insure("track 976 lost --at 2026-11-01").output_text();
    home.insure("search --claimable")
        .stdout(
            r"
            policy      order id  tracking number  status     package value  cover   premium  looks like  expected payout  payout is  claim  claim status  claim closes on
            POL-00001Y  1         971              effective         300.00  300.00     3.00  delay                 12.50  exact      -      -             -
            POL-00002W  2         972              effective         300.00  300.00     3.00  delay       -                unknown    -      -             -
            POL-00003T  3         973              effective         300.00  300.00     3.00  delay                  9.00  exact      -      -             -
            POL-00005P  5         975              effective          80.00   80.00     0.80  returned              80.00  at_most    -      -             -
            POL-00006M  6         976              effective          70.00   70.00     0.70  loss                  70.00  at_most    -      -             -
            ",
        )
        .stderr(
            r"
            5 parcels can be claimed: 21.50 USD for certain and up to 150.00 USD more that depends on further facts, 1 with a payout that is not known
            ",
        )
        .run();
    home.insure("search --claimable=delay --format csv")
        .stdout(
            r"
            policy,order_id,package_id,tracking_number,plan,version,status,currency,package_value,cover,premium,carrier,to,contents,created_on,shipped_on,scanned_on,delivered_on,looks_like,expected_payout,payout_is,claim,claim_status,claim_closes_on
            POL-00001Y,1,,971,tiktok-logistics,2024-01-01,effective,USD,300.00,300.00,3.00,,DE,,2026-10-01,2026-10-02,2026-10-02,,delay,12.50,exact,,,
            POL-00002W,2,,972,tiktok-logistics,2024-01-01,effective,USD,300.00,300.00,3.00,,DE,,2026-10-01,2026-10-02,2026-10-02,,delay,,unknown,,,
            POL-00003T,3,,973,tiktok-logistics,2024-01-01,effective,USD,300.00,300.00,3.00,,DE,,2026-10-01,2026-10-02,2026-10-02,2026-11-02,delay,9.00,exact,,,
            ",
        )
        .run();
    home.insure("search --claimable=returned --format ids")
        .stdout(
            r"
            POL-00005P
            ",
        )
        .run();
    home.insure("search --claimable --totals")
        .stdout(
            r"
            currency  policies  package value  cover     claimable  expected payout  expected at most  payout unknown
            USD              5       1,050.00  1,050.00          5            21.50            150.00               1
            ",
        )
        .run();
    home.insure("claim check 975 --reason loss --fact confirmed-lost=yes --format csv")
        .stdout(
            r#"
            policy,plan,version,currency,eligible,opens_on,closes_on,missing_evidence,amount,payable,code,refused,missing_facts
            POL-00005P,tiktok-logistics,2024-01-01,USD,false,2026-10-02,,tracking-history; dispatch-photo; invoice; carrier-correspondence; customer-correspondence (helps); claim-form,80.00,80.00,returned,"the carrier reports it returned on 2026-11-01, so it is not a loss",
            "#,
        )
        .status(3)
        .run();
    home.insure("search --claimable=delay --totals --format json")
        .stdout(
            r#"
            [
              {"currency":"USD","policies":3,"package_value":"900.00","cover":"900.00","claimable":3,"expected_payout":"21.50","expected_at_most":"0.00","payout_unknown":1}
            ]
            "#,
        )
        .run();
    home.insure("search --totals --carrier nobody")
        .stderr(
            r"
            nothing matches
            ",
        )
        .status(4)
        .run();
    // The same is said where a claim is checked.
    home.insure("claim check 971 --reason delay --format csv")
        .stdout(
            r"
            policy,plan,version,currency,eligible,opens_on,closes_on,missing_evidence,amount,payable,code,refused,missing_facts
            POL-00001Y,tiktok-logistics,2024-01-01,USD,true,2026-11-02,,tracking-history; invoice; carrier-correspondence (helps); customer-correspondence (helps); claim-form,12.50,12.50,,,
            ",
        )
        .run();
    home.insure("claim check 974 --reason delay")
        .stdout(
            r"
            Policy          POL-00004R  974
            Can be claimed  no
            First day       2026-11-02

            Refused (not_late): it was delivered on 2026-11-01, and counts as late only from 2026-11-02
              clause incident.delay.waiting (S2): A delay counts only beyond a threshold, 30 days by default. From which day it is counted is not said; the ship date is assumed.

            incident.delay.waiting is assumed: A delay counts only beyond a threshold, 30 days by default. From which day it is counted is not said; the ship date is assumed.
            ",
        )
        .status(3)
        .run();
    home.insure("status 971")
        .stdout(
            r"
            Policy         POL-00001Y        effective
            Order          1
            Package        -
            Tracking       971
            Contents       -
            Plan           tiktok-logistics  TikTok cross-border logistics insurance, terms of 2024-01-01
            Package value  300.00 USD
            Cover          300.00 USD
            Premium        3.00 USD          assumed: premium.percent=1.0 %; assumed: maximum.amount=no limit
            Shipped        2026-10-02        scanned 2026-10-02
            Claim until    no last day       looks like delay: claimable from 2026-11-02, pays 12.50 USD
            History
              2026-10-01  BAT-00001Y recorded
              2026-10-02  scanned
            ",
        )
        .run();
}

#[test]
fn totals_have_no_page_and_no_identifiers() {
    let home = shop();
    home.insure("search --totals --limit 3")
        .stderr(
            r"
            error: the argument '--totals' cannot be used with '--limit <N>'

            Usage: insure search --totals --db <PATH> --today <DATE> [TEXT]

            For more information, try '--help'.
            ",
        )
        .status(2)
        .run();
    home.insure("search --claimable --totals --format ids")
        .stderr(
            r"
            error: --totals: a total has no identifier to write with --format ids

            hint: leave one of them away
            ",
        )
        .status(2)
        .run();
    home.insure("search --claimable=theft")
        .stderr(
            r"
            error: invalid value 'theft' for '--claimable[=<LOOK>]': expected one of loss, damage, delay, returned

            For more information, try '--help'.
            ",
        )
        .status(2)
        .run();
    home.insure("search --claimable --limit 1")
        .stdout(
            r"
            policy      order id  tracking number  status     package value  cover   premium  looks like  expected payout  payout is  claim  claim status  claim closes on
            POL-00004R  1004      940004           effective         275.00  200.00     0.00  loss                 200.00  exact      -      -             2026-11-23
            ",
        )
        .stderr(
            r"
            1 shown, and there are more: go on with --after POL-00004R, or raise --limit
            3 parcels can be claimed: 400.00 USD for certain and up to 200.00 USD more that depends on further facts
            ",
        )
        .run();
    home.insure("search --totals --format ndjson")
        .stdout(
            r#"
            {"currency":"USD","policies":8,"package_value":"1599.00","cover":"1124.00","claimable":3,"expected_payout":"400.00","expected_at_most":"200.00","payout_unknown":0}
            "#,
        )
        .run();
}

#[test]
fn filing_the_first_page_leaves_the_rest_behind_it() {
    let home = shop();
    home.insure("search --claimable --format ids --limit 1 -q").stdout("\nPOL-00004R\n").run();
    home.insure("claim file 1004 --reason loss").output_text();
    for order in ["--claimable", "--due 90d"] {
        home.insure(&format!("search {order} --format ids --after POL-00004R"))
            .stdout("\nPOL-00001Y\nPOL-00006M\n")
            .run();
    }
    // What has no place any more hides nothing either.
    home.insure("track 1001 delivered --at 2026-11-20").output_text();
    home.insure("search --claimable --format ids --after POL-00001Y")
        .stdout("\nPOL-00006M\n")
        .run();
}

#[test]
fn a_page_of_nothing_is_no_wish() {
    let home = shop();
    for command in ["search", "due"] {
        home.insure(&format!("{command} --limit 0"))
            .stderr(
                r"
                error: invalid value '0' for '--limit <N>': 0 is not in 1..18446744073709551615

                For more information, try '--help'.
                ",
            )
            .status(2)
            .run();
    }
}
