//! `insure plan diff --replay`: what the ledger's own parcels would have cost under other terms.

use super::FINE_POST;
use crate::harness::Home;

/// Free cover stays free, all of it stays all up to the other maximum, an amount stays an amount. A
/// label or a scan since then changes nothing. What was cancelled is left out.
#[test]
fn parcels_are_priced_again_with_the_cover_that_was_chosen() {
    let home = Home::new();
    home.write("parcels.csv", PARCELS);
    home.write("fine.toml", FINE_POST.replacen("excluded = []", "excluded = [\"ceramics\"]", 1));
    home.shell("insure batch-insure parcels.csv --accept-terms --format ids --quiet > recorded; insure cancel 5707 --quiet > cancelled; insure track 5702 labelled --quiet > labelled; insure track 5702 scanned --quiet > scanned")
        .run();
    home.insure("plan diff tiktok-upic fine.toml --replay --format csv")
        .stdout(
            r#"
            policy,order_id,package_id,tracking_number,plan,version,currency,package_value,cover_then,cover_now,premium_then,premium_now,assumed,code,reason
            POL-00001Y,5701,,,fine-post,2026-02-01,USD,150.00,150.00,0.00,0.00,0.00,false,less_included,"only the included cover was chosen, and it is 0.00 USD here"
            POL-00002W,5702,,,fine-post,2026-02-01,USD,450.00,450.00,450.00,2.25,4.50,false,,
            POL-00003T,5703,,,fine-post,2026-02-01,USD,6000.00,5000.00,1000.00,36.00,10.00,false,over_maximum,"fine-post sells at most 1,000.00 USD for this parcel"
            POL-00004R,5704,,,fine-post,2026-02-01,USD,900.00,300.00,300.00,0.75,3.00,false,,
            POL-00005P,5705,,,fine-post,2026-02-01,USD,700.00,200.00,0.00,0.00,0.00,false,less_included,"only the included cover was chosen, and it is 0.00 USD here"
            POL-00006M,5706,,,fine-post,2026-02-01,USD,480.00,480.00,0.00,2.25,0.00,false,excluded_goods,"the goods are given as `Ceramics`, and fine-post does not cover ceramics"
            "#,
        )
        .stderr(
            r"
            The parcels recorded under tiktok-upic, priced again under fine-post, terms of 2026-02-01
            USD      then      now
            Cover    6,580.00  1,750.00
            Premium     41.25     17.50
            6 parcels, 1 cancelled left out, 1 refused: 1 excluded_goods
            Asked for: the cover that was chosen then; 4 parcels have less cover than they had
            ",
        )
        .run();
    home.shell("insure plan diff tiktok-upic fine.toml --replay | tail -n 6")
        .stdout(
            r"
            The parcels recorded under tiktok-upic, priced again under fine-post, terms of 2026-02-01
            USD      then      now
            Cover    6,580.00  1,750.00
            Premium     41.25     17.50
            6 parcels, 1 cancelled left out, 1 refused: 1 excluded_goods
            Asked for: the cover that was chosen then; 4 parcels have less cover than they had
            ",
        )
        .run();
    home.shell("insure plan diff tiktok-upic fine.toml --replay --format ndjson | tail -n 1")
        .stdout(
            r#"
            {"asked":"recorded","parcels":6,"less_cover":4,"cancelled":1,"cover_then":"6580.00","cover_now":"1750.00","premium_then":"41.25","premium_now":"17.50","assumed":false,"refused":1,"refusals":[{"code":"excluded_goods","count":1,"clause":"goods"}],"currency":"USD"}
            "#,
        )
        .run();
    home.shell(
        "insure plan diff tiktok-upic fine.toml --replay --format json --quiet | tail -n 30",
    )
    .stdout(
        r#"
                      "kind": "invoice",
                      "from": "seller"
                    },
                    "source": "upic-claims",
                    "confidence": "published"
                  },
                  "after": null
                }
              ],
              "replay": {
                "asked": "recorded",
                "parcels": 6,
                "less_cover": 4,
                "cancelled": 1,
                "cover_then": "6580.00",
                "cover_now": "1750.00",
                "premium_then": "41.25",
                "premium_now": "17.50",
                "assumed": false,
                "refused": 1,
                "refusals": [
                  {
                    "code": "excluded_goods",
                    "count": 1,
                    "clause": "goods"
                  }
                ],
                "currency": "USD"
              }
            }
            "#,
    )
    .run();
    home.insure("plan diff tiktok-upic fine.toml --replay --format ids --quiet")
        .stdout(
            r"
            POL-00001Y
            POL-00002W
            POL-00003T
            POL-00004R
            POL-00005P
            POL-00006M
            ",
        )
        .run();
}

#[test]
fn the_terms_they_were_sold_under_give_what_was_recorded() {
    let home = Home::new();
    home.write("parcels.csv", PARCELS);
    home.shell("insure batch-insure parcels.csv --accept-terms --format ids --quiet > recorded")
        .status(3)
        .run();
    home.shell("insure plan diff tiktok-upic --from 2026-01-01 --replay --format csv")
        .stdout(
            r"
            policy,order_id,package_id,tracking_number,plan,version,currency,package_value,cover_then,cover_now,premium_then,premium_now,assumed,code,reason
            POL-00001Y,5701,,,tiktok-upic,2025-10-17,USD,150.00,150.00,150.00,0.00,0.00,false,,
            POL-00002W,5702,,,tiktok-upic,2025-10-17,USD,450.00,450.00,450.00,2.25,2.25,true,,
            POL-00003T,5703,,,tiktok-upic,2025-10-17,USD,6000.00,5000.00,5000.00,36.00,36.00,true,,
            POL-00004R,5704,,,tiktok-upic,2025-10-17,USD,900.00,300.00,300.00,0.75,0.75,true,,
            POL-00005P,5705,,,tiktok-upic,2025-10-17,USD,700.00,200.00,200.00,0.00,0.00,false,,
            POL-00006M,5706,,,tiktok-upic,2025-10-17,USD,480.00,480.00,480.00,2.25,2.25,true,,
            POL-00007J,5707,,,tiktok-upic,2025-10-17,USD,450.00,450.00,450.00,2.25,2.25,true,,
            ",
        )
        .stderr(
            r"
            The parcels recorded under tiktok-upic, priced again under tiktok-upic, terms of 2025-10-17
            USD      then      now
            Cover    7,030.00  7,030.00
            Premium     43.50     43.50
            7 parcels
            Asked for: the cover that was chosen then
            The premium now rests on figures nobody publishes (insure plan show).
            ",
        )
        .run();
}

/// The same choice under another plan is often not the question: as much cover, all of it, or what is
/// free can be asked for instead.
#[test]
fn another_cover_can_be_asked_for() {
    let home = Home::new();
    home.write("parcels.csv", PARCELS);
    home.write("fine.toml", FINE_POST);
    home.shell("insure batch-insure parcels.csv --accept-terms --format ids --quiet > recorded")
        .status(3)
        .run();
    home.insure("plan diff tiktok-upic fine.toml --replay --cover same --format csv")
        .stdout(
            r#"
            policy,order_id,package_id,tracking_number,plan,version,currency,package_value,cover_then,cover_now,premium_then,premium_now,assumed,code,reason
            POL-00001Y,5701,,,fine-post,2026-02-01,USD,150.00,150.00,150.00,0.00,1.50,false,,
            POL-00002W,5702,,,fine-post,2026-02-01,USD,450.00,450.00,450.00,2.25,4.50,false,,
            POL-00003T,5703,,,fine-post,2026-02-01,USD,6000.00,5000.00,0.00,36.00,0.00,false,over_maximum,"a cover of 5,000.00 USD is more than the plan sells, 1,000.00 USD"
            POL-00004R,5704,,,fine-post,2026-02-01,USD,900.00,300.00,300.00,0.75,3.00,false,,
            POL-00005P,5705,,,fine-post,2026-02-01,USD,700.00,200.00,200.00,0.00,2.00,false,,
            POL-00006M,5706,,,fine-post,2026-02-01,USD,480.00,480.00,480.00,2.25,4.80,false,,
            POL-00007J,5707,,,fine-post,2026-02-01,USD,450.00,450.00,450.00,2.25,4.50,false,,
            "#,
        )
        .stderr(
            r"
            The parcels recorded under tiktok-upic, priced again under fine-post, terms of 2026-02-01
            USD      then      now
            Cover    7,030.00  2,030.00
            Premium     43.50     20.30
            7 parcels, 1 refused: 1 over_maximum
            Asked for: as much cover as each parcel had; 1 parcel has less cover than it had
            ",
        )
        .run();
    home.insure("plan diff tiktok-upic fine.toml --replay --cover full --format csv")
        .stdout(
            r#"
            policy,order_id,package_id,tracking_number,plan,version,currency,package_value,cover_then,cover_now,premium_then,premium_now,assumed,code,reason
            POL-00001Y,5701,,,fine-post,2026-02-01,USD,150.00,150.00,150.00,0.00,1.50,false,,
            POL-00002W,5702,,,fine-post,2026-02-01,USD,450.00,450.00,450.00,2.25,4.50,false,,
            POL-00003T,5703,,,fine-post,2026-02-01,USD,6000.00,5000.00,1000.00,36.00,10.00,false,over_maximum,"fine-post sells at most 1,000.00 USD for this parcel"
            POL-00004R,5704,,,fine-post,2026-02-01,USD,900.00,300.00,900.00,0.75,9.00,false,,
            POL-00005P,5705,,,fine-post,2026-02-01,USD,700.00,200.00,700.00,0.00,7.00,false,,
            POL-00006M,5706,,,fine-post,2026-02-01,USD,480.00,480.00,480.00,2.25,4.80,false,,
            POL-00007J,5707,,,fine-post,2026-02-01,USD,450.00,450.00,450.00,2.25,4.50,false,,
            "#,
        )
        .stderr(
            r"
            The parcels recorded under tiktok-upic, priced again under fine-post, terms of 2026-02-01
            USD      then      now
            Cover    7,030.00  4,130.00
            Premium     43.50     41.30
            7 parcels
            Asked for: full cover; 1 parcel has less cover than it had
            ",
        )
        .run();
    home.insure("plan diff tiktok-upic fine.toml --replay --cover included --format csv")
        .stdout(
            r#"
            policy,order_id,package_id,tracking_number,plan,version,currency,package_value,cover_then,cover_now,premium_then,premium_now,assumed,code,reason
            POL-00001Y,5701,,,fine-post,2026-02-01,USD,150.00,150.00,0.00,0.00,0.00,false,less_included,"only the included cover was chosen, and it is 0.00 USD here"
            POL-00002W,5702,,,fine-post,2026-02-01,USD,450.00,450.00,0.00,2.25,0.00,false,less_included,"only the included cover was chosen, and it is 0.00 USD here"
            POL-00003T,5703,,,fine-post,2026-02-01,USD,6000.00,5000.00,0.00,36.00,0.00,false,less_included,"only the included cover was chosen, and it is 0.00 USD here"
            POL-00004R,5704,,,fine-post,2026-02-01,USD,900.00,300.00,0.00,0.75,0.00,false,less_included,"only the included cover was chosen, and it is 0.00 USD here"
            POL-00005P,5705,,,fine-post,2026-02-01,USD,700.00,200.00,0.00,0.00,0.00,false,less_included,"only the included cover was chosen, and it is 0.00 USD here"
            POL-00006M,5706,,,fine-post,2026-02-01,USD,480.00,480.00,0.00,2.25,0.00,false,less_included,"only the included cover was chosen, and it is 0.00 USD here"
            POL-00007J,5707,,,fine-post,2026-02-01,USD,450.00,450.00,0.00,2.25,0.00,false,less_included,"only the included cover was chosen, and it is 0.00 USD here"
            "#,
        )
        .stderr(
            r"
            The parcels recorded under tiktok-upic, priced again under fine-post, terms of 2026-02-01
            USD      then      now
            Cover    7,030.00  0.00
            Premium     43.50  0.00
            7 parcels
            Asked for: the included cover; 7 parcels have less cover than they had
            ",
        )
        .run();
    home.insure("plan diff tiktok-upic easypost --replay --cover same --format csv")
        .stdout(
            r"
            policy,order_id,package_id,tracking_number,plan,version,currency,package_value,cover_then,cover_now,premium_then,premium_now,assumed,code,reason
            POL-00001Y,5701,,,easypost,2024-01-01,USD,150.00,150.00,150.00,0.00,1.50,false,,
            POL-00002W,5702,,,easypost,2024-01-01,USD,450.00,450.00,450.00,2.25,4.50,false,,
            POL-00003T,5703,,,easypost,2024-01-01,USD,6000.00,5000.00,5000.00,36.00,50.00,false,,
            POL-00004R,5704,,,easypost,2024-01-01,USD,900.00,300.00,300.00,0.75,3.00,false,,
            POL-00005P,5705,,,easypost,2024-01-01,USD,700.00,200.00,200.00,0.00,2.00,false,,
            POL-00006M,5706,,,easypost,2024-01-01,USD,480.00,480.00,480.00,2.25,4.80,false,,
            POL-00007J,5707,,,easypost,2024-01-01,USD,450.00,450.00,450.00,2.25,4.50,false,,
            ",
        )
        .stderr(
            r"
            The parcels recorded under tiktok-upic, priced again under easypost, terms of 2024-01-01
            USD      then      now
            Cover    7,030.00  7,030.00
            Premium     43.50     70.30
            7 parcels
            Asked for: as much cover as each parcel had
            ",
        )
        .run();
    home.insure("plan diff tiktok-upic fine.toml --replay --cover most")
        .stderr(
            r"
            error: invalid value 'most' for '--cover <recorded|included|full|same>': expected one of recorded, included, full, same

            For more information, try '--help'.
            ",
        )
        .status(2)
        .run();
    home.insure("plan diff tiktok-upic fine.toml --cover same").stderr(
            r"
            error: the following required arguments were not provided:
              --replay

            Usage: insure plan diff --replay --cover <recorded|included|full|same> --db <PATH> --today <DATE> <PLAN> <OTHER>

            For more information, try '--help'.
            ",
        ).status(2).run();
}

#[test]
fn what_cannot_be_replayed_is_said() {
    let home = Home::new();
    home.write("euro.toml", FINE_POST.replace("\"USD\"", "\"EUR\""));
    home.write("fine.toml", FINE_POST);
    home.insure("plan diff tiktok-upic euro.toml --replay")
        .stderr(
            r"
            error: tiktok-upic reckons in USD and fine-post in EUR: nothing can be replayed from one to the other

            hint: leave --replay away to compare the terms alone
            ",
        )
        .status(2)
        .run();
    home.insure("plan diff tiktok-upic fine.toml --replay")
        .stderr(
            r"
            error: there is no ledger at [HOME]/insure.db yet, so nothing is recorded

            hint: record cover with `insure batch-insure FILE`, or name another ledger with --db
            ",
        )
        .status(1)
        .run();
    home.shell("insure plan accept --format ids")
        .stdout(
            r"
            tiktok-upic
            ",
        )
        .run();
    home.shell("insure plan diff tiktok-upic fine.toml --replay --format csv; echo \"status $?\"")
        .stdout(
            r"
            policy,order_id,package_id,tracking_number,plan,version,currency,package_value,cover_then,cover_now,premium_then,premium_now,assumed,code,reason
            status 4
            ",
        )
        .stderr(
            r"
            The parcels recorded under tiktok-upic, priced again under fine-post, terms of 2026-02-01
            USD      then  now
            Cover    0.00  0.00
            Premium  0.00  0.00
            0 parcels
            Asked for: the cover that was chosen then
            no parcel is recorded under tiktok-upic
            ",
        )
        .run();
}

const PARCELS: &str = "\
order_id,package_id,value,cover,to,label_created_at,goods\n\
5701,,150,included,,,\n\
5702,,450,full,,,\n\
5703,,6000,full,,,\n\
5704,,900,300,,,\n\
5705,,700,full,,2026-11-01,\n\
5706,,480,full,,,Ceramics\n\
5707,,450,full,,,\n";
