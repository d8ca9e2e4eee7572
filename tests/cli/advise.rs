//! `insure advise`: what full cover would have been worth, by what became of one's own parcels.

use serde_json::Value;

use crate::harness::Home;

/// Parcels of 450.00 with the free cover alone, shipped in July: so many by each carrier to each
/// country, of which so many never arrived.
fn shipped(lanes: &[(&str, &str, u32, u32)]) -> Home {
    let home = Home::new();
    let mut parcels = "order_id,tracking_number,value,carrier,to\n".to_owned();
    let mut events = "tracking_number,event,at\n".to_owned();
    let mut no = 1000;
    for (carrier, to, sent, lost) in lanes {
        for at in 0..*sent {
            no += 1;
            parcels.push_str(&format!("{no},94{no},450,{carrier},{to}\n"));
            events.push_str(&format!("94{no},scanned,2026-07-02\n"));
            if at >= *lost {
                events.push_str(&format!("94{no},delivered,2026-07-09\n"));
            }
        }
    }
    home.write("parcels.csv", parcels);
    home.write("events.csv", events);
    home.insure("batch-insure parcels.csv --accept-terms --today 2026-07-01").output_text();
    home.insure("track --input events.csv --today 2026-08-01").output_text();
    home
}

/// A carrier that loses much, one that loses little, a country with few parcels.
fn history() -> Home {
    shipped(&[
        ("USPS", "US", 60, 4),
        ("UPS", "US", 500, 0),
        ("UPS", "DE", 5, 1),
        ("DHL", "DE", 26, 1),
        ("GLS", "GB", 40, 1),
    ])
}

#[test]
fn worth_it_not_worth_it_and_undecided() {
    let home = history();
    home.insure("advise --value 450 --carrier usps --to US")
        .stdout(
            r"
            Package value   450.00 USD
            Included cover  200.00 USD
            Full cover      450.00 USD  250.00 USD more
            Premium           2.25 USD  assumed: 0.75 for every 100.00 or part of it

            Your own history
            Lost        4 of 60 parcels settled  by usps to US
            Loss rate   6.67 %                   2.62 - 15.9 % with 95 %
            Break-even  0.90 %                   at this loss rate the premium comes back
            Comes back  16.67 USD                on average, for 2.25 USD of premium; 6.56 to 39.81 USD within the interval

            Worth it by your history: losses cost more than the premium, even at the lower end of the interval.
            Had full cover been bought for all 60 settled parcels, premiums would have been 135.00 USD instead of 0.00 USD, and what was lost (4 parcels) would have been covered for 1,800.00 USD instead of 800.00 USD.
            Losses alone are weighed, not damage or delay.
            ",
        )
        .run();
    home.insure("advise --value 450 --carrier UPS --to US")
        .stdout(
            r"
            Package value   450.00 USD
            Included cover  200.00 USD
            Full cover      450.00 USD  250.00 USD more
            Premium           2.25 USD  assumed: 0.75 for every 100.00 or part of it

            Your own history
            Lost        0 of 500 parcels settled  by UPS to US
            Loss rate   0.00 %                    0.00 - 0.76 % with 95 %
            Break-even  0.90 %                    at this loss rate the premium comes back
            Comes back  0.00 USD                  on average, for 2.25 USD of premium; 0.00 to 1.91 USD within the interval

            Not worth it by your history: losses cost less than the premium, even at the upper end of the interval. A single loss may still hurt more than its average does.
            Had full cover been bought for all 500 settled parcels, premiums would have been 1,125.00 USD instead of 0.00 USD, and none was lost.
            Losses alone are weighed, not damage or delay.
            ",
        )
        .run();
    home.insure("advise --value 450 --carrier GLS --to GB")
        .stdout(
            r"
            Package value   450.00 USD
            Included cover  200.00 USD
            Full cover      450.00 USD  250.00 USD more
            Premium           2.25 USD  assumed: 0.75 for every 100.00 or part of it

            Your own history
            Lost        1 of 40 parcels settled  by GLS to GB
            Loss rate   2.50 %                   0.44 - 12.9 % with 95 %
            Break-even  0.90 %                   at this loss rate the premium comes back
            Comes back  6.25 USD                 on average, for 2.25 USD of premium; 1.11 to 32.20 USD within the interval

            Your history does not decide: the premium lies within the interval. At the same rate it would take 134 settled parcels.
            Had full cover been bought for all 40 settled parcels, premiums would have been 90.00 USD instead of 0.00 USD, and what was lost (1 parcel) would have been covered for 450.00 USD instead of 200.00 USD.
            Losses alone are weighed, not damage or delay.
            ",
        )
        .run();
}

#[test]
fn where_parcels_are_few_a_wider_circle_answers() {
    let home = history();
    let comparable = |parcel: &str| {
        let json =
            home.insure(format!("advise --value 450 --format json {parcel}").trim()).output_text();
        let json: Value = serde_json::from_str(&json).unwrap();
        format!("{} {} {}", json["comparable"].as_str().unwrap(), json["lost"], json["settled"])
    };
    assert_eq!(comparable("--carrier UPS --to US"), "carrier_and_destination 0 500");
    assert_eq!(comparable("--carrier UPS --to DE"), "carrier 1 505", "5 to DE are too few");
    assert_eq!(comparable("--carrier DHL --to DE"), "destination 2 31", "so are 26 by DHL");
    assert_eq!(comparable("--carrier DHL --to CA"), "all 7 631");
    assert_eq!(comparable("--to DE"), "destination 2 31", "no carrier is stated");
    assert_eq!(comparable(""), "destination 4 560", "to the plan's home");
}

#[test]
fn what_is_still_on_its_way_is_no_history() {
    let home = shipped(&[("USPS", "US", 29, 1)]);
    home.insure("advise --value 450 --carrier USPS --to US")
        .stdout(
            r"
            Package value   450.00 USD
            Included cover  200.00 USD
            Full cover      450.00 USD  250.00 USD more
            Premium           2.25 USD  assumed: 0.75 for every 100.00 or part of it

            Your own history
            Lost        1 of 29 parcels settled  of all carriers, to anywhere
            Loss rate   3.45 %                   0.61 - 17.2 % with 95 %
            Break-even  0.90 %                   at this loss rate the premium comes back

            Too little history to say: 29 parcels are settled, and it takes 30.
            ",
        )
        .status(4)
        .run();
    home.insure("advise --value 450 --carrier USPS --to US --format csv")
        .stdout(
            "
            plan,version,currency,package_value,included_cover,cover,added_cover,premium,verdict,comparable,carrier,to,settled,lost,loss_rate,loss_low,loss_high,break_even,comes_back,parcels_needed
            tiktok-upic,2025-10-17,USD,450.00,200.00,450.00,250.00,2.25,too_little_history,all,USPS,US,29,1,0.034483,0.006113,0.171755,0.009000,,30
            ",
        )
        .status(4)
        .run();
    let early =
        home.insure("advise --value 450 --today 2026-07-05 --format csv").status(4).output_text();
    assert!(early.contains("too_little_history,all,,US,28,0,"), "{early}");
}

#[test]
fn the_same_as_a_document() {
    let home = history();
    home.insure("advise --value 450 --carrier USPS --to US --format json")
        .stdout(
            r#"
            {
              "plan": "tiktok-upic",
              "version": "2025-10-17",
              "currency": "USD",
              "fx": null,
              "package_value": "450.00",
              "included_cover": "200.00",
              "cover": "450.00",
              "added_cover": "250.00",
              "premium": "2.25",
              "verdict": "worth_it",
              "comparable": "carrier_and_destination",
              "carrier": "USPS",
              "to": "US",
              "settled": 60,
              "lost": 4,
              "loss_rate": "0.066667",
              "loss_low": "0.026229",
              "loss_high": "0.159254",
              "break_even": "0.009000",
              "comes_back": {
                "low": "6.56",
                "rate": "16.67",
                "high": "39.81"
              },
              "parcels_needed": null,
              "backtest": {
                "parcels": 60,
                "not_priced": 0,
                "premium_was": "0.00",
                "premium_full": "135.00",
                "lost": 4,
                "lost_cover_was": "800.00",
                "lost_cover_full": "1800.00"
              },
              "assumed": [
                {
                  "figure": "premium.rate",
                  "value": "0.75 for every 100.00 or part of it",
                  "confidence": "assumed",
                  "text": "The premium is charged on the cover above the included one. U-PIC's rate is not published; this one, for every 100.00 or part of it, is that of the nearest published twin."
                }
              ],
              "refused": null
            }
            "#,
        )
        .run();
}

#[test]
fn where_nothing_can_be_bought_nothing_is_advised() {
    let home = history();
    home.insure("advise --value 150 --carrier USPS --to US")
        .stdout(
            r"
            Package value   150.00 USD
            Included cover  150.00 USD
            Full cover      150.00 USD  0.00 USD more
            Premium           0.00 USD

            Your own history
            Lost       4 of 60 parcels settled  by USPS to US
            Loss rate  6.67 %                   2.62 - 15.9 % with 95 %

            Nothing to buy: the included cover reaches.
            ",
        )
        .run();
    home.insure("advise --value 450 --carrier USPS --to RU")
        .stderr(
            r"
            error: refused (excluded_destination): tiktok-upic does not cover parcels to RU

            hint: clause destinations (upic-coverage): No cover to 32 excluded countries.
            ",
        )
        .status(3)
        .run();
    home.insure("advise --value 450 --format ids")
        .stderr(
            r"
            error: advice has no identifiers to list

            hint: leave --format ids out
            ",
        )
        .status(2)
        .run();
    home.insure("advise --carrier USPS")
        .stderr(
            r"
            error: what the parcel is worth is not stated

            hint: add --value AMOUNT, or --product AMOUNT with --coupon and --shipping
            ",
        )
        .status(2)
        .run();
}
