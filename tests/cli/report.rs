//! `insure report`: what cover cost and what it paid, over all of a ledger.

mod page;

use std::collections::BTreeMap;

use serde_json::Value;

use crate::harness::Home;
use crate::ledger::sqlite3;

/// Ten parcels of July and October, as they stand on 2026-11-22. Of those by USPS 1001 was claimed
/// and paid in part, 1002 has a draft that was never completed, 1005 and 1011 were never claimed;
/// 1006 arrived damaged. 1004 took 48 days, 1008 came back, 1012 is on its way, 1007 was cancelled.
fn shop() -> Home {
    let home = Home::new();
    home.write_lines(
        "parcels.csv",
        "
        order_id,tracking_number,value,cover,carrier,to,goods
        1001,940001,450,full,USPS,US,Kitchen
        1002,940002,320,full,usps,US,Kitchen
        1003,940003,95,,UPS,US,Home
        1004,940004,120,,UPS,DE,Home
        1005,940005,275,full,USPS,US,
        1006,940006,180,,USPS,DE,Toys
        1007,940007,230,full,UPS,US,Home
        1008,940008,60,,,US,Home
        ",
    );
    home.write_lines(
        "events.csv",
        "
        tracking_number,event,at
        940001,scanned,2026-07-02
        940002,scanned,2026-07-02
        940003,scanned,2026-07-02
        940003,delivered,2026-07-05
        940004,scanned,2026-07-03
        940004,delivered,2026-08-20
        940005,scanned,2026-07-03
        940006,scanned,2026-07-04
        940006,delivered,2026-07-12
        940006,damaged,2026-07-12
        940008,scanned,2026-07-06
        940008,returned,2026-07-20
        ",
    );
    home.write_lines(
        "later.csv",
        "
        order_id,tracking_number,value,cover,carrier,to,goods
        1011,940011,520,full,USPS,US,Kitchen
        1012,940012,80,,UPS,US,home
        ",
    );
    home.write("invoice.pdf", "an invoice");
    home.write("affidavit.pdf", "an affidavit");
    for line in [
        "batch-insure parcels.csv --accept-terms --today 2026-07-01",
        "cancel 1007 --today 2026-07-02",
        "track --input events.csv --today 2026-08-21",
        "claim file 1001 --reason loss --evidence invoice=invoice.pdf --evidence affidavit=affidavit.pdf --dated 2026-08-01 --today 2026-08-02",
        "claim decide 1001 --accepted --amount 430 --today 2026-08-10",
        "claim pay 1001 --amount 400 --at 2026-08-20 --today 2026-08-21",
        "claim file 1002 --reason loss --today 2026-08-02",
        "batch-insure later.csv --today 2026-10-05",
        "track 1011 scanned --at 2026-10-06",
        "track 1012 scanned --at 2026-11-20",
    ] {
        home.insure(line).output_text();
    }
    home
}

#[test]
fn everything_it_has_to_say() {
    let home = shop();
    home.insure("report")
        .stdout(
            r#"
            Parcels recorded from 2026-07-01 to 2026-10-05, as of 2026-11-22

            In all, in USD
            Premium    7.50 USD    9 parcels, 2,100.00 USD of cover; 1 cancelled
            Payouts    400.00 USD  loss ratio 5,333 %
            Claims     2           1 accepted, 0 rejected, 1 not decided
            Owed       30.00 USD   granted and not paid yet
            Claimable  520.00 USD  at most, for 1 parcel to be claimed, the first one until 2027-01-04: insure search --claimable
            Missed     775.00 USD  at most, for 3 parcels that looked lost, damaged or late and nobody claimed: too late
            Lost       50.0 %      4 of 8 settled, between 21.5 and 78.5 % with 95 % (few)
            Late       33.3 %      1 of 3 delivered, between 6.15 and 79.2 % with 95 % (few)

            By month, in USD
            Amounts stand in the month in which the parcel was recorded, payouts too; lost parcels in that of their ship date.
            month    parcels  cover     premium  claims  payouts  loss ratio                lost  missed
            2026-07        7  1,500.00     4.50       2   400.00     8,889 %  ████████████     3       3
            2026-10        2    600.00     3.00       0     0.00      0.00 %                   1       0
            2026-11        0      0.00     0.00       0     0.00           -                   0       0

            By carrier, in USD
            carrier     parcels  cover     premium  claims  payouts  loss ratio                lost  missed
            USPS              5  1,745.00     7.50       2   400.00     5,333 %  ████████████     4       3
            UPS               3    295.00     0.00       0     0.00           -                   0       0
            not stated        1     60.00     0.00       0     0.00           -                   0       0

            By route, in USD
            route     parcels  cover     premium  claims  payouts  loss ratio                lost  missed
            US to US        7  1,800.00     7.50       2   400.00     5,333 %  ████████████     4       2
            US to DE        2    300.00     0.00       0     0.00           -                   0       1

            By product category, in USD
            category    parcels  cover     premium  claims  payouts  loss ratio                lost  missed
            Home              4    355.00     0.00       0     0.00           -                   0       0
            Kitchen           3  1,290.00     6.75       2   400.00     5,926 %  ████████████     3       1
            not stated        1    275.00     0.75       0     0.00      0.00 %                   1       1
            Toys              1    180.00     0.00       0     0.00           -                   0       1

            By plan, in USD
            plan         parcels  cover     premium  claims  payouts  loss ratio                lost  missed
            tiktok-upic        9  2,100.00     7.50       2   400.00     5,333 %  ████████████     4       3

            Never claimed and too late, in USD
            Parcels that looked lost, damaged or late until their window closed in that month; the amount is what they would have paid at most. What came back is not counted, unless it was reported damaged: no money is lost.
            closed in  parcels  payout
            2026-09          1  320.00  ████████▌
            2026-10          2  455.00  ████████████

            Lost and late, by carrier and destination
            Settled is what was delivered, returned, damaged or lost; what is on its way is not counted. Late is what was delivered more than 30 days after the ship date (no plan names a threshold). The true rate lies within the interval with 95 % (Wilson); "few" marks rates of fewer than 30 settled parcels.
            carrier and destination  settled  lost  loss rate  95 % interval                 delivered  late  delay rate  95 % interval
            USPS to US                     4     4    100.0 %  51.0 - 100.0 %  ████████████          0     0           -  -               few
            UPS to DE                      1     0     0.00 %  0.00 - 79.3 %   ░░░░░░░░░░            1     1     100.0 %  20.7 - 100.0 %  few
            UPS to US                      1     0     0.00 %  0.00 - 79.3 %   ░░░░░░░░░░            1     0      0.00 %  0.00 - 79.3 %   few
            USPS to DE                     1     0     0.00 %  0.00 - 79.3 %   ░░░░░░░░░░            1     0      0.00 %  0.00 - 79.3 %   few
            not stated to US               1     0     0.00 %  0.00 - 79.3 %   ░░░░░░░░░░            0     0           -  -               few
            "#,
        )
        .run();
}

#[test]
fn one_table_of_some_parcels() {
    let home = shop();
    home.insure("report --by lane --carrier UPS --late-after 60d")
        .stdout(
            r#"
            Parcels recorded from 2026-07-01 to 2026-10-05, as of 2026-11-22
            Only: carrier UPS

            In all, in USD
            Premium  0.00 USD  3 parcels, 295.00 USD of cover; 1 cancelled
            Payouts  0.00 USD  no premium was paid, so there is no loss ratio
            Claims   0         0 accepted, 0 rejected, 0 not decided
            Lost     0.00 %    0 of 2 settled, between 0.00 and 65.8 % with 95 % (few)
            Late     0.00 %    0 of 2 delivered, between 0.00 and 65.8 % with 95 % (few)

            Lost and late, by carrier and destination
            Settled is what was delivered, returned, damaged or lost; what is on its way is not counted. Late is what was delivered more than 60 days after the ship date. The true rate lies within the interval with 95 % (Wilson); "few" marks rates of fewer than 30 settled parcels.
            carrier and destination  settled  lost  loss rate  95 % interval                delivered  late  delay rate  95 % interval
            UPS to DE                      1     0     0.00 %  0.00 - 79.3 %  ░░░░░░░░░░░░          1     0      0.00 %  0.00 - 79.3 %  few
            UPS to US                      1     0     0.00 %  0.00 - 79.3 %  ░░░░░░░░░░░░          1     0      0.00 %  0.00 - 79.3 %  few
            "#,
        )
        .run();
    home.insure("report --by missed --to DE --created-from 2026-07-01 --shipped-to 2026-07-31 --format ndjson")
        .stdout(
            r#"
            {"by":"total","group":null,"carrier":null,"from":null,"to":null,"currency":"USD","parcels":2,"cancelled":0,"package_value":"300.00","cover":"300.00","premium":"0.00","claims":0,"accepted":0,"rejected":0,"undecided":0,"payouts":"0.00","owed":"0.00","expected":"0.00","loss_ratio":null,"claimable":0,"claimable_payout":"0.00","claimable_unknown":0,"claimable_returned":0,"closes_first":null,"missed":1,"missed_payout":"180.00","scanned":2,"settled":2,"delivered":2,"lost":0,"loss_rate":"0.000000","loss_low":"0.000000","loss_high":"0.657620","late":1,"delay_rate":"0.500000","delay_low":"0.094531","delay_high":"0.905469","damaged":1,"damage_rate":"0.500000","damage_low":"0.094531","damage_high":"0.905469","few":true}
            {"by":"missed","group":"2026-10","carrier":null,"from":null,"to":null,"currency":"USD","parcels":1,"cancelled":0,"package_value":"180.00","cover":"180.00","premium":"0.00","claims":0,"accepted":0,"rejected":0,"undecided":0,"payouts":"0.00","owed":"0.00","expected":"0.00","loss_ratio":null,"claimable":0,"claimable_payout":"0.00","claimable_unknown":0,"claimable_returned":0,"closes_first":null,"missed":1,"missed_payout":"180.00","scanned":0,"settled":0,"delivered":0,"lost":0,"loss_rate":null,"loss_low":null,"loss_high":null,"late":0,"delay_rate":null,"delay_low":null,"delay_high":null,"damaged":0,"damage_rate":null,"damage_low":null,"damage_high":null,"few":true}
            "#,
        )
        .run();
}

#[test]
fn a_draft_that_nobody_completed_in_time_is_money_lost() {
    let home = shop();
    // On the last day it can still be completed.
    let until = home.insure("claim show 1002 --format json").output_text();
    assert!(until.contains("\"closes_on\": \"2026-09-30\""), "{until}");
    let on = |day: &str| {
        let json = home.insure(&format!("report --format json --today {day}")).output_text();
        let json: Value = serde_json::from_str(&json).unwrap();
        let total = &json["groups"][0];
        [&total["expected"], &total["missed_payout"]].map(|v| v.as_str().unwrap().to_owned())
    };
    assert_eq!(on("2026-09-30"), ["320.00", "0.00"]);
    assert_eq!(on("2026-10-01"), ["0.00", "320.00"], "1005 and 1006 close later");
    assert_eq!(on("2026-10-31"), ["0.00", "775.00"]);
}

#[test]
fn what_came_back_can_be_claimed_and_is_never_missed() {
    let home = shop();
    // 1008 came back on 2026-07-20; nothing else can be claimed on that day.
    let total = |day: &str| {
        let json = home.insure(&format!("report --format json --today {day}")).output_text();
        let json: Value = serde_json::from_str(&json).unwrap();
        ["claimable", "claimable_returned", "missed"].map(|name| json["groups"][0][name].clone())
    };
    assert_eq!(total("2026-07-22"), [2, 1, 0], "1006 arrived damaged");
    let found = home.insure("search --claimable=returned --format ids --today 2026-07-22");
    assert_eq!(found.output_text(), "POL-00008G\n");
    let said = home.insure("report --by plan --today 2026-07-22").output_text();
    assert!(said.contains("for 2 parcels to be claimed, 1 of which came back, the"), "{said}");
    home.insure("report --by missed --html page.html -q").output_text();
    let page = home.read("page.html");
    assert!(page.contains("Claimable: looks lost, damaged, late or came back"), "{page}");
    assert_eq!(total("2026-11-22"), [1, 0, 3], "1002, 1005, 1006: not 1008");
}

#[test]
fn one_copy_of_a_plan_that_cannot_be_read_costs_its_threshold_and_no_report() {
    let Some(sqlite) = sqlite3() else { return };
    let home = shop();
    home.insure("insure --value 80 --order other --plan tiktok-logistics --to DE --cover full --accept-terms")
        .output_text();
    let break_copy = "UPDATE terms SET toml = 'no plan' WHERE plan = 'tiktok-logistics'";
    let broken = home.command(sqlite).args(["insure.db", break_copy]).status();
    assert!(broken.unwrap().success());
    let said = home.insure("report --by plan --html page.html").output();
    let notes = String::from_utf8_lossy(&said.stderr).into_owned();
    let note = "1 parcel is under terms of which the ledger's copy cannot be read; \
                counted without their threshold of a delay and their home";
    assert!(notes.contains(&format!("note: {note}\n")), "{notes}");
    assert!(home.read("page.html").contains("1 parcel is under terms of which"));
    let text = String::from_utf8_lossy(&said.stdout);
    assert!(text.contains("\ntiktok-logistics "), "{text}");
    let other = home.insure("report --by plan --plan tiktok-upic").output();
    assert_eq!(String::from_utf8_lossy(&other.stderr), "");
    home.insure("advise --value 80 --carrier UPS --to US").output_text();
}

#[test]
fn for_programs() {
    let home = shop();
    home.insure("report --format csv --by carrier")
        .stdout(
            r"
            by,group,carrier,from,to,currency,parcels,cancelled,package_value,cover,premium,claims,accepted,rejected,undecided,payouts,owed,expected,loss_ratio,claimable,claimable_payout,claimable_unknown,claimable_returned,closes_first,missed,missed_payout,scanned,settled,delivered,lost,loss_rate,loss_low,loss_high,late,delay_rate,delay_low,delay_high,damaged,damage_rate,damage_low,damage_high,few
            total,,,,,USD,9,1,2100.00,2100.00,7.50,2,1,0,1,400.00,30.00,0.00,53.333333,1,520.00,0,0,2027-01-04,3,775.00,9,8,3,4,0.500000,0.215216,0.784784,1,0.333333,0.061492,0.792340,1,0.125000,0.022417,0.470888,true
            carrier,USPS,USPS,,,USD,5,0,1745.00,1745.00,7.50,2,1,0,1,400.00,30.00,0.00,53.333333,1,520.00,0,0,2027-01-04,3,775.00,5,5,1,4,0.800000,0.375535,0.963776,0,0.000000,0.000000,0.793451,1,0.200000,0.036224,0.624465,true
            carrier,UPS,UPS,,,USD,3,1,295.00,295.00,0.00,0,0,0,0,0.00,0.00,0.00,,0,0.00,0,0,,0,0.00,3,2,2,0,0.000000,0.000000,0.657620,1,0.500000,0.094531,0.905469,0,0.000000,0.000000,0.657620,true
            carrier,,,,,USD,1,0,60.00,60.00,0.00,0,0,0,0,0.00,0.00,0.00,,0,0.00,0,0,,0,0.00,1,1,0,0,0.000000,0.000000,0.793451,0,,,,0,0.000000,0.000000,0.793451,true
            ",
        )
        .run();
    let json = home.insure("report --by month --format json").output_text();
    let json: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(
        json["late_after"],
        serde_json::json!({"asked": null, "of_plans": false, "taken": true})
    );
    assert_eq!(json["recorded_from"], "2026-07-01");
    let groups = json["groups"].as_array().unwrap();
    let names: Vec<&str> = groups.iter().map(|g| g["by"].as_str().unwrap()).collect();
    assert_eq!(names, ["total", "month", "month", "month"]);
}

#[test]
fn a_plan_with_a_threshold_of_its_own_says_what_is_late() {
    let home = Home::new();
    home.write_lines(
        "parcels.csv",
        "
        order_id,tracking_number,value,carrier,to,ship_date,cover
        1,940001,450,USPS,US,2026-08-03,full
        2,940002,450,USPS,US,2026-08-03,full
        ",
    );
    home.insure(
        "batch-insure parcels.csv --accept-terms --plan tiktok-logistics --today 2026-08-01",
    )
    .output_text();
    home.insure("track 1 delivered --at 2026-09-02").output_text();
    home.insure("track 2 delivered --at 2026-09-03").output_text();
    let text = home.insure("report --by lane").output_text();
    assert!(text.contains("beyond the threshold of its plan."), "{text}");
    assert!(text.contains("Late       50.0 %    1 of 2 delivered"), "{text}");
}

#[test]
fn two_currencies_are_never_added_up_but_parcels_are() {
    let home = shop();
    let plan = home.insure("plan show takesendship").output_text();
    assert!(plan.contains("USD"), "another currency has to come from a plan of one's own: {plan}");
    let toml = std::fs::read_to_string("src/plans/takesendship.toml").unwrap();
    let toml = toml.replace("currency = \"USD\"", "currency = \"EUR\"");
    let toml = toml.replace("id = \"takesendship\"", "id = \"mine\"");
    home.write(".config/insure/plans/mine.toml", toml);
    home.write_lines(
        "euro.csv",
        "
        order_id,tracking_number,value,carrier,from,to,ship_date,cover
        2001,950001,450,usps,CN,US,2026-08-03,full
        ",
    );
    home.insure("batch-insure euro.csv --accept-terms --plan mine --today 2026-08-01")
        .output_text();
    home.insure("track 2001 delivered --at 2026-08-20").output_text();
    let csv = home.insure("report --format csv").output_text();
    let of = |by: &str, column: usize| -> Vec<String> {
        let lines = csv.lines().filter(|line| line.split(',').next() == Some(by));
        lines.map(|line| line.split(',').nth(column).unwrap().to_owned()).collect()
    };
    assert_eq!(of("total", 5), ["EUR", "USD"]);
    assert_eq!(of("total", 6), ["1", "9"]);
    let lanes = csv.lines().filter(|line| line.starts_with("lane,USPS to US,")).count();
    assert_eq!(lanes, 1, "the lane of both currencies is one: {csv}");
    assert!(csv.contains("lane,USPS to US,USPS,,US,,5,0,"), "{csv}");
}

#[test]
fn what_it_cannot_do_it_says() {
    let home = Home::new();
    home.insure("report")
        .stderr(
            "
            error: there is no ledger at [HOME]/insure.db yet, so nothing is recorded

            hint: record cover with `insure batch-insure FILE`, or name another ledger with --db
            ",
        )
        .status(1)
        .run();
    let home = shop();
    home.insure("report --carrier nobody")
        .stderr(
            r"
            nothing matches
            ",
        )
        .status(4)
        .run();
    home.insure("report --format ids")
        .stderr(
            r"
            error: a report has no identifiers to list

            hint: leave --format ids out; parcels are listed by insure search
            ",
        )
        .status(2)
        .run();
    home.insure("report --by week")
        .stderr(
            r"
            error: invalid value 'week' for '--by <WHAT>': expected one of total, month, carrier, route, category, plan, lane, missed

            For more information, try '--help'.
            ",
        )
        .status(2)
        .run();
    home.insure("report --html insure.db")
        .stderr(
            r"
            error: --html insure.db is the ledger

            hint: name another file for the page
            ",
        )
        .status(2)
        .run();
    home.insure("report --html -")
        .stderr(
            r"
            error: --html: stdout has the result already

            hint: name a file for the page
            ",
        )
        .status(2)
        .run();
    home.insure("report --html .")
        .stderr(
            r"
            error: --html . is a folder

            hint: name another file for the page
            ",
        )
        .status(2)
        .run();
}

#[test]
fn without_any_delivery_the_loss_rate_is_explained() {
    let home = Home::new();
    home.write("p.csv", "order_id,tracking_number,value\n1,940001,50\n");
    home.insure("batch-insure p.csv --accept-terms --today 2026-07-01").output_text();
    home.insure("track 1 scanned --at 2026-07-02").output_text();
    let said = home.insure("report --by lane").output();
    assert_eq!(
        String::from_utf8_lossy(&said.stderr),
        "note: no delivery is recorded, so every parcel past its waiting period counts as lost; \
         insure track --input takes in what the carriers say\n"
    );
}

/// A ledger of made-up parcels: carriers, countries, goods, months and fates in every mixture.
fn many() -> Home {
    let home = Home::new();
    let mut seed = 7_u64;
    let mut roll = |sides: u64| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % sides
    };
    let mut events = "tracking_number,event,at\n".to_owned();
    for month in 3..10 {
        let mut parcels = "order_id,tracking_number,value,cover,carrier,to,goods\n".to_owned();
        for at in 0..60 {
            let no = month * 1000 + at;
            let carrier = ["USPS", "usps", "UPS", "FedEx", ""][roll(5) as usize];
            let to = ["US", "DE", "IT", ""][roll(4) as usize];
            let goods = ["Kitchen", "kitchen", "Home", ""][roll(4) as usize];
            let cover = ["full", ""][roll(2) as usize];
            let value = 20 + roll(700);
            parcels.push_str(&format!("{no},94{no},{value},{cover},{carrier},{to},{goods}\n"));
            let day = 1 + roll(27);
            match roll(10) {
                0 => {}
                1 => events.push_str(&format!("94{no},cancelled,2026-{month:02}-02\n")),
                fate => {
                    events.push_str(&format!("94{no},scanned,2026-{month:02}-{day:02}\n"));
                    match fate {
                        2 => {}
                        3 => events
                            .push_str(&format!("94{no},damaged,2026-{:02}-{day:02}\n", month + 1)),
                        4 => events
                            .push_str(&format!("94{no},returned,2026-{:02}-{day:02}\n", month + 1)),
                        5 => events.push_str(&format!(
                            "94{no},delivered,2026-{:02}-{day:02}\n",
                            month + 2
                        )),
                        _ => events.push_str(&format!("94{no},delivered,2026-{month:02}-28\n")),
                    }
                }
            }
        }
        home.write("p.csv", parcels);
        home.insure(&format!("batch-insure p.csv --accept-terms --today 2026-{month:02}-01"))
            .output_text();
    }
    home.write("events.csv", events);
    home.insure("track --input events.csv").output_text();
    home.shell("insure search --claimable --today 2026-08-01 --format ids | insure claim file --reason loss - --today 2026-08-01 -q")
        .status(3)
        .output_text();
    home
}

/// Cents of an amount; nothing is 0.
fn cents(value: &Value) -> i64 {
    value.as_str().map_or(0, |text| text.replace('.', "").parse().unwrap())
}

#[test]
fn every_way_to_group_adds_up_to_the_same() {
    let home = many();
    let text = home.insure("report --format json").output_text();
    let report: Value = serde_json::from_str(&text).unwrap();
    let groups = report["groups"].as_array().unwrap();
    const COUNTS: [&str; 15] = [
        "parcels",
        "cancelled",
        "claims",
        "accepted",
        "rejected",
        "undecided",
        "claimable",
        "claimable_returned",
        "missed",
        "scanned",
        "settled",
        "delivered",
        "lost",
        "late",
        "damaged",
    ];
    const AMOUNTS: [&str; 8] = [
        "package_value",
        "cover",
        "premium",
        "payouts",
        "owed",
        "expected",
        "claimable_payout",
        "missed_payout",
    ];
    let mut sums: BTreeMap<&str, BTreeMap<&str, i64>> = BTreeMap::new();
    for group in groups {
        let of = sums.entry(group["by"].as_str().unwrap()).or_default();
        for count in COUNTS {
            *of.entry(count).or_default() += group[count].as_i64().unwrap();
        }
        for amount in AMOUNTS {
            *of.entry(amount).or_default() += cents(&group[amount]);
        }
    }
    let total = sums["total"].clone();
    assert!(COUNTS.iter().filter(|count| total[**count] > 0).count() >= 11, "{total:?}");
    for by in ["month", "carrier", "route", "category", "plan"] {
        assert_eq!(sums[by], total, "{by}");
    }
    for count in COUNTS {
        assert_eq!(sums["lane"][count], total[count], "lane: {count}");
    }
    for missed in ["missed", "missed_payout"] {
        assert_eq!(sums["missed"][missed], total[missed]);
    }
    // And to what a search finds, policy by policy.
    let found = home.insure("search --format ndjson").output_text();
    let mut by_hand: BTreeMap<&str, i64> = BTreeMap::new();
    for line in found.lines() {
        let row: Value = serde_json::from_str(line).unwrap();
        let mut count = |name, number| *by_hand.entry(name).or_default() += number;
        if row["status"] == "cancelled" {
            count("cancelled", 1);
            continue;
        }
        count("parcels", 1);
        for amount in ["package_value", "cover", "premium"] {
            count(amount, cents(&row[amount]));
        }
        count("scanned", i64::from(!row["scanned_on"].is_null()));
        count("delivered", i64::from(!row["delivered_on"].is_null()));
        count("claims", i64::from(!row["claim"].is_null()));
        count("claimable", i64::from(!row["looks_like"].is_null()));
        count("claimable_returned", i64::from(row["looks_like"] == "returned"));
    }
    for (name, number) in by_hand {
        assert_eq!(total[name], number, "{name}");
    }
}

#[test]
fn a_report_of_some_parcels_is_the_group_of_all() {
    let home = many();
    let report = |words: &str| -> Value {
        let text = home.insure(format!("report --format json {words}").trim()).output_text();
        serde_json::from_str(&text).unwrap()
    };
    let all = report("");
    let of = |by: &str, name: &str| {
        let groups = all["groups"].as_array().unwrap();
        let group = groups.iter().find(|group| group["by"] == by && group["group"] == name);
        let mut group = group.unwrap_or_else(|| panic!("no {by} {name}")).clone();
        for name in ["by", "group", "carrier", "from", "to"] {
            group[name] = Value::Null;
        }
        group
    };
    for (filter, by, name) in [
        ("--carrier usps", "carrier", "USPS"),
        ("--carrier FedEx", "carrier", "FedEx"),
        ("--to IT", "route", "US to IT"),
        ("--to US", "route", "US to US"),
        ("--plan tiktok-upic", "plan", "tiktok-upic"),
    ] {
        let mut total = report(filter)["groups"][0].clone();
        assert_eq!(total["by"], "total");
        total["by"] = Value::Null;
        assert_eq!(total, of(by, name), "{filter}");
    }
    let july = report("--created-from 2026-07-01 --created-to 2026-07-31");
    assert_eq!(july["groups"][0]["premium"], of("month", "2026-07")["premium"]);
}
