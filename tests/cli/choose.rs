//! `insure quote --plan all`: which plan for this parcel? The sessions name their plans, so that a
//! new one built in changes none of them.

use std::path::Path;

use rexpect::session::spawn_command;

use crate::harness::{Home, INSURE, unindent};

const BROWN_TRUCK: &str = include_str!("../fixtures/plans/brown-truck.toml");
const PENNY_POST: &str = include_str!("../fixtures/plans/penny-post.toml");

/// A home with plans of its own beside those built in.
fn home(own: &[(&str, String)]) -> Home {
    let home = Home::new();
    let usual = [("brown-truck", BROWN_TRUCK.to_owned()), ("penny-post", PENNY_POST.to_owned())];
    for (id, text) in usual.iter().chain(own) {
        home.write(&format!(".config/insure/plans/{id}.toml"), text);
    }
    home
}

/// The penny post under another name, and otherwise too.
fn like_penny_post(id: &str, changes: &[(&str, &str)]) -> (&'static str, String) {
    let id: &'static str = String::leak(id.to_owned());
    let mut text = PENNY_POST.replace("\"penny-post\"", &format!("\"{id}\""));
    for (was, becomes) in changes {
        assert!(text.contains(was), "{was}");
        text = text.replace(was, becomes);
    }
    (id, text)
}

#[test]
fn the_cover_that_reaches_comes_before_the_one_that_is_cheap() {
    let home = home(&[]);
    home.insure("quote --value 450 --plan penny-post,brown-truck,tiktok-upic")
        .stdout(
            r"
            plan         kind            currency  cover   premium  premium per 100  assumed  loss claim window                                                                                                 code          reason
            tiktok-upic  insurance       USD       450.00     2.25             0.50  yes      21 to 90 days from the ship date                                                                                  -             -
            brown-truck  declared-value  USD       450.00     6.50             1.44  yes      from 10 days after the due day or the ship date to 9 months after delivery or the due day, notice within 60 days  -             -
            penny-post   insurance       USD       300.00     3.00             1.00  no       20 to 90 days from the ship date                                                                                  over_maximum  penny-post sells at most 300.00 USD for this parcel

            brown-truck: declared value: not insurance.
            Figures nobody publishes:
              tiktok-upic premium.rate, assumed: 0.75 for every 100.00 or part of it
              brown-truck premium.rate, assumed: 1.30 for every 100.00 or part of it, at least 3.90
            Not stated:
              destination, taken as domestic: tiktok-upic, brown-truck, penny-post
              goods: tiktok-upic (20 kinds are excluded), brown-truck, penny-post (1 kind is excluded)
              fulfilment, taken as platform-label: tiktok-upic, brown-truck, penny-post
              carrier, taken as UPS: brown-truck
              how it is handed over, taken as account: brown-truck
              carrier: penny-post
            ",
        )
        .run();
}

#[test]
fn what_is_stated_decides_which_plans_cover_the_parcel() {
    let home = home(&[]);
    home.insure("quote --value 250 --to DE --goods jewelry --carrier UPS --shipped drop-box --ship-date 2026-11-03 --plan tiktok-upic,brown-truck,penny-post")
        .stdout(
            r"
            plan         kind            currency  cover   premium  premium per 100  assumed  loss claim window                                                                code            reason
            tiktok-upic  insurance       USD       250.00     0.75             0.30  yes      2026-12-18 to 2027-02-01                                                         -               -
            brown-truck  declared-value  USD       250.00     3.90             1.56  yes      from 2026-11-23 to 60 days after delivery or the due day, notice within 60 days  -               -
            penny-post   insurance       USD       -       -        -                -        -                                                                                excluded_goods  the goods are given as `jewelry`, and penny-post does not cover jewelry

            brown-truck: declared value: not insurance.
            `jewelry` is none of the excluded kinds by name: tiktok-upic (20).
            Figures nobody publishes:
              tiktok-upic premium.rate, assumed: 0.75 for every 100.00 or part of it
              brown-truck premium.rate, assumed: 1.30 for every 100.00 or part of it, at least 3.90
            Not stated:
              origin, taken as US: tiktok-upic, brown-truck
              fulfilment, taken as platform-label: tiktok-upic, brown-truck
            ",
        )
        .run();
    home.insure("quote --value 250 --from US --to US --goods Lamps --carrier USPS --ship-date 2026-11-03 --plan tiktok-upic,brown-truck,penny-post")
        .stdout(
            r"
            plan         kind            currency  cover   premium  premium per 100  assumed  loss claim window         code                 reason
            tiktok-upic  insurance       USD       250.00     0.75             0.30  yes      2026-11-24 to 2027-02-01  -                    -
            penny-post   insurance       USD       250.00     2.00             0.80  no       2026-11-23 to 2027-02-01  -                    -
            brown-truck  declared-value  USD       -       -        -                -        -                         not_covered_carrier  the parcel goes with USPS, and brown-truck covers only parcels of UPS

            brown-truck: declared value: not insurance.
            `Lamps` is none of the excluded kinds by name: tiktok-upic (20), penny-post (1).
            Figures nobody publishes:
              tiktok-upic premium.rate, assumed: 0.75 for every 100.00 or part of it
            Not stated:
              fulfilment, taken as platform-label: tiktok-upic, penny-post
            ",
        )
        .run();
    home.insure("quote --value 450 --shipped letter --carrier UPS --goods Lamps --plan brown-truck,penny-post")
        .stdout(
            r"
            plan         kind            currency  cover   premium  premium per 100  assumed  loss claim window                                                                                                 code          reason
            penny-post   insurance       USD       300.00     3.00             1.00  no       20 to 90 days from the ship date                                                                                  over_maximum  penny-post sells at most 300.00 USD for this parcel
            brown-truck  declared-value  USD       100.00     0.00             0.00  no       from 10 days after the due day or the ship date to 9 months after delivery or the due day, notice within 60 days  over_maximum  brown-truck sells no more than the included cover for this parcel

            brown-truck: declared value: not insurance.
            `Lamps` is none of the excluded kinds by name: penny-post (1).
            Not stated:
              destination, taken as domestic: penny-post, brown-truck
              fulfilment, taken as platform-label: penny-post, brown-truck
            ",
        )
        .run();
    home.insure("quote --value 450 --shipped parachute --plan brown-truck,penny-post --format csv")
        .stdout(
            r#"
            plan,plan_name,kind,caution,version,currency,reach,package_value,included_cover,cover,stays_uninsured,premium,premium_per_100,total_loss_pays,assumed,loss_claim_opens_on,loss_claim_closes_on,loss_claim_window,buy_until,bought_by,unstated,doubt,code,reason,clause,source
            penny-post,Penny Post insurance,insurance,,2026-01-01,USD,part,450.00,0.00,300.00,150.00,3.00,1.00,,false,,,20 to 90 days from the ship date,first-scan,seller,"destination, taken as domestic; carrier; goods; fulfilment, taken as platform-label",,over_maximum,penny-post sells at most 300.00 USD for this parcel,maximum,rates
            brown-truck,The carrier's declared value,declared-value,declared value: not insurance,,USD,none,,,,,,,,,,,,,,,,unknown_shipping,brown-truck knows no parcel shipped as `parachute`,shipping,guide
            "#,
        )
        .run();
}

#[test]
fn buying_nothing_is_sensible_where_the_free_cover_reaches() {
    let home = home(&[]);
    home.insure("quote --value 90 --plan penny-post,brown-truck,tiktok-upic")
        .stdout(
            r"
            plan         kind            currency  cover  premium  premium per 100  assumed  loss claim window                                                                                                 code  reason
            brown-truck  declared-value  USD       90.00     0.00             0.00  no       from 10 days after the due day or the ship date to 9 months after delivery or the due day, notice within 60 days  -     -
            tiktok-upic  insurance       USD       90.00     0.00             0.00  no       21 to 90 days from the ship date                                                                                  -     -
            penny-post   insurance       USD       90.00     1.00             1.11  no       20 to 90 days from the ship date                                                                                  -     -

            Nothing to buy with brown-truck, tiktok-upic: the included cover reaches, as far as is stated.
            brown-truck: declared value: not insurance.
            Not stated:
              destination, taken as domestic: brown-truck, tiktok-upic, penny-post
              carrier, taken as UPS: brown-truck
              how it is handed over, taken as account: brown-truck
              goods: brown-truck, tiktok-upic (20 kinds are excluded), penny-post (1 kind is excluded)
              fulfilment, taken as platform-label: brown-truck, tiktok-upic, penny-post
              carrier: penny-post
            ",
        )
        .run();
    home.insure("quote --value 90 --from US --to US --goods Lamps --plan penny-post,tiktok-upic")
        .stdout(
            r"
            plan         kind       currency  cover  premium  premium per 100  assumed  loss claim window                 code  reason
            tiktok-upic  insurance  USD       90.00     0.00             0.00  no       21 to 90 days from the ship date  -     -
            penny-post   insurance  USD       90.00     1.00             1.11  no       20 to 90 days from the ship date  -     -

            Nothing to buy with tiktok-upic: the included cover reaches, as far as is stated.
            `Lamps` is none of the excluded kinds by name: tiktok-upic (20), penny-post (1).
            Not stated:
              fulfilment, taken as platform-label: tiktok-upic, penny-post
              carrier: penny-post
            ",
        )
        .run();
    home.insure("quote --value 450 --cover 150 --goods Lamps --to US --from US --plan penny-post,tiktok-upic")
        .stdout(
            r"
            plan         kind       currency  cover   premium  premium per 100  assumed  loss claim window                 code  reason
            tiktok-upic  insurance  USD       200.00     0.00             0.00  no       21 to 90 days from the ship date  -     -
            penny-post   insurance  USD       150.00     1.50             1.00  no       20 to 90 days from the ship date  -     -

            Nothing to buy with tiktok-upic: the included cover reaches, as far as is stated.
            `Lamps` is none of the excluded kinds by name: tiktok-upic (20), penny-post (1).
            Not stated:
              fulfilment, taken as platform-label: tiktok-upic, penny-post
              carrier: penny-post
            ",
        )
        .run();
}

#[test]
fn a_plan_without_terms_on_that_day_fails_nobody_else() {
    let next_year = like_penny_post("next-year", &[("effective = 2026", "effective = 2027")]);
    let home = home(&[next_year]);
    home.insure("quote --value 100 --plan next-year,penny-post --to US --from US --goods Lamps --carrier USPS")
        .stdout(
            r"
            plan        kind       currency  cover   premium  premium per 100  assumed  loss claim window                 code      reason
            penny-post  insurance  USD       100.00     0.80             0.80  no       20 to 90 days from the ship date  -         -
            next-year   insurance  USD       -       -        -                -        -                                 no_terms  next-year has no terms for 2026-11-22 here: the oldest known took effect on 2027-01-01

            `Lamps` is none of the excluded kinds by name: penny-post (1).
            Not stated:
              fulfilment, taken as platform-label: penny-post
            ",
        )
        .run();
    home.insure("quote --value 100 --plan next-year,penny-post --to RU --format csv")
        .stdout(
            r"
            plan,plan_name,kind,caution,version,currency,reach,package_value,included_cover,cover,stays_uninsured,premium,premium_per_100,total_loss_pays,assumed,loss_claim_opens_on,loss_claim_closes_on,loss_claim_window,buy_until,bought_by,unstated,doubt,code,reason,clause,source
            next-year,Penny Post insurance,insurance,,,USD,none,,,,,,,,,,,,,,,,no_terms,next-year has no terms for 2026-11-22 here: the oldest known took effect on 2027-01-01,value,rates
            penny-post,Penny Post insurance,insurance,,,USD,none,,,,,,,,,,,,,,,,excluded_destination,penny-post does not cover parcels to RU,destinations,rates
            ",
        )
        .status(3)
        .run();
    home.insure("quote --value 100 --plan next-year,penny-post --to RU --format ids")
        .status(3)
        .run();
}

#[test]
fn two_currencies_are_never_put_in_one_order() {
    let franc = like_penny_post("franc-post", &[("\"USD\"", "\"CHF\""), ("\"US\"", "\"CH\"")]);
    let yen = like_penny_post(
        "yen-post",
        &[
            ("\"USD\"", "\"JPY\""),
            ("\"300.00\"", "\"30000\""),
            ("\"0.00\"", "\"0\""),
            ("\"1.00\"", "\"100\""),
        ],
    );
    let home = home(&[franc, yen]);
    home.insure(
        "quote --value 250.50 --plan tiktok-upic,franc-post,penny-post,yen-post --goods Lamps",
    )
        .stdout(
            r"
            plan         kind       currency  cover   premium  premium per 100  assumed  loss claim window                 code            reason
            tiktok-upic  insurance  USD       250.50     0.75             0.30  yes      21 to 90 days from the ship date  -               -
            penny-post   insurance  USD       250.50     2.51             1.00  no       20 to 90 days from the ship date  -               -
            franc-post   insurance  CHF       250.50     2.51             1.00  no       20 to 90 days from the ship date  -               -
            yen-post     insurance  JPY       -       -        -                -        -                                 other_currency  yen-post reckons in JPY: --value: `250.50` has more decimals than JPY has (0)

            Plans reckon in different currencies, and amounts are taken as each plan's own: rows in USD, CHF, JPY are sorted apart.
            `Lamps` is none of the excluded kinds by name: tiktok-upic (20), penny-post (1), franc-post (1).
            Figures nobody publishes:
              tiktok-upic premium.rate, assumed: 0.75 for every 100.00 or part of it
            Not stated:
              destination, taken as domestic: tiktok-upic, penny-post, franc-post
              fulfilment, taken as platform-label: tiktok-upic, penny-post, franc-post
              carrier: penny-post, franc-post
            ",
        )
    .run();
    home.insure("quote --value 2,50 --plan franc-post,penny-post")
        .stderr(
            r"
            error: --value: `2,50` is not an amount, expected digits with a point before the cents, such as 450.00

            hint: write it in CHF, for example --value 450.00
            ",
        )
        .status(2)
        .run();
}

#[test]
fn a_value_in_another_currency_is_converted_for_every_plan() {
    let franc = like_penny_post("franc-post", &[("\"USD\"", "\"CHF\""), ("\"US\"", "\"CH\"")]);
    let home = home(&[franc]);
    home.insure("quote --value 100 --currency EUR --fx EUR=1.0850 --plan tiktok-upic,penny-post --from US --to US --goods Lamps --carrier UPS")
        .stdout(
            r"
            plan         kind       currency  cover   premium  premium per 100  assumed  loss claim window                 code  reason
            tiktok-upic  insurance  USD       108.50     0.00             0.00  no       21 to 90 days from the ship date  -     -
            penny-post   insurance  USD       108.50     1.09             1.00  no       20 to 90 days from the ship date  -     -

            Converted: 100.00 EUR at 1 EUR = 1.0850 USD (2026-11-22, --fx)
            Nothing to buy with tiktok-upic: the included cover reaches, as far as is stated.
            `Lamps` is none of the excluded kinds by name: tiktok-upic (20), penny-post (1).
            Not stated:
              fulfilment, taken as platform-label: tiktok-upic, penny-post
            ",
        )
        .run();
    home.insure("quote --value 100 --currency EUR --fx EUR/USD=1.0850 --plan penny-post,franc-post --from US --to US --goods Lamps --carrier UPS")
        .stdout(
            r"
            plan        kind       currency  cover   premium  premium per 100  assumed  loss claim window                 code            reason
            penny-post  insurance  USD       108.50     1.09             1.00  no       20 to 90 days from the ship date  -               -
            franc-post  insurance  CHF       -       -        -                -        -                                 other_currency  franc-post reckons in CHF, and no rate of exchange from EUR is stated

            Converted: 100.00 EUR at 1 EUR = 1.0850 USD (2026-11-22, --fx)
            Plans reckon in different currencies: rows in USD, CHF are sorted apart.
            `Lamps` is none of the excluded kinds by name: penny-post (1).
            Not stated:
              fulfilment, taken as platform-label: penny-post
            ",
        )
        .run();
    home.insure("quote --value 100 --currency EUR --fx EUR=1.0850@2026-09-01 --plan penny-post,tiktok-upic --format ids")
        .stdout(
            r"
            tiktok-upic
            penny-post
            ",
        )
        .stderr(
            r"
            note: the rate 1 EUR = 1.0850 USD (2026-09-01, --fx) is 82 days old, a newer one can be stated with --fx EUR=RATE
            converted: 100.00 EUR at 1 EUR = 1.0850 USD (2026-09-01, --fx)
            ",
        )
        .run();
    home.insure("quote --value 100 --currency EUR --fx EUR=1.0850 --plan penny-post,franc-post")
        .stderr(
            r"
            error: --fx EUR=1.0850: plans in USD and in CHF are compared

            hint: name both currencies: --fx EUR/USD=RATE
            ",
        )
        .status(2)
        .run();
}

#[test]
fn programs_read_the_same_as_rows() {
    let home = home(&[]);
    home.insure("quote --value 450 --plan brown-truck,penny-post --format json")
        .stdout(
            r#"
            [
              {"plan":"brown-truck","plan_name":"The carrier's declared value","kind":"declared-value","caution":"declared value: not insurance","version":"2024-01-01","currency":"USD","reach":"full","package_value":"450.00","included_cover":"100.00","cover":"450.00","stays_uninsured":"0.00","premium":"6.50","premium_per_100":"1.44","total_loss_pays":null,"assumed":true,"loss_claim_opens_on":null,"loss_claim_closes_on":null,"loss_claim_window":"from 10 days after the due day or the ship date to 9 months after delivery or the due day, notice within 60 days","buy_until":"label","bought_by":"seller","unstated":["destination, taken as domestic","carrier, taken as UPS","how it is handed over, taken as account","goods","fulfilment, taken as platform-label"],"doubt":null,"code":null,"reason":null,"clause":null,"source":null},
              {"plan":"penny-post","plan_name":"Penny Post insurance","kind":"insurance","caution":null,"version":"2026-01-01","currency":"USD","reach":"part","package_value":"450.00","included_cover":"0.00","cover":"300.00","stays_uninsured":"150.00","premium":"3.00","premium_per_100":"1.00","total_loss_pays":null,"assumed":false,"loss_claim_opens_on":null,"loss_claim_closes_on":null,"loss_claim_window":"20 to 90 days from the ship date","buy_until":"first-scan","bought_by":"seller","unstated":["destination, taken as domestic","carrier","goods","fulfilment, taken as platform-label"],"doubt":null,"code":"over_maximum","reason":"penny-post sells at most 300.00 USD for this parcel","clause":"maximum","source":"rates"}
            ]
            "#,
        )
        .run();
    home.insure(
        "quote --value 450 --ship-date 2026-11-03 --plan tiktok-upic,penny-post --format ndjson",
    )
        .stdout(
            r#"
            {"plan":"tiktok-upic","plan_name":"TikTok Shipping insurance, insured by U-PIC","kind":"insurance","caution":null,"version":"2025-10-17","currency":"USD","reach":"full","package_value":"450.00","included_cover":"200.00","cover":"450.00","stays_uninsured":"0.00","premium":"2.25","premium_per_100":"0.50","total_loss_pays":null,"assumed":true,"loss_claim_opens_on":"2026-11-24","loss_claim_closes_on":"2027-02-01","loss_claim_window":"2026-11-24 to 2027-02-01","buy_until":"label","bought_by":"seller","unstated":["destination, taken as domestic","goods","fulfilment, taken as platform-label"],"doubt":null,"code":null,"reason":null,"clause":null,"source":null}
            {"plan":"penny-post","plan_name":"Penny Post insurance","kind":"insurance","caution":null,"version":"2026-01-01","currency":"USD","reach":"part","package_value":"450.00","included_cover":"0.00","cover":"300.00","stays_uninsured":"150.00","premium":"3.00","premium_per_100":"1.00","total_loss_pays":null,"assumed":false,"loss_claim_opens_on":"2026-11-23","loss_claim_closes_on":"2027-02-01","loss_claim_window":"2026-11-23 to 2027-02-01","buy_until":"first-scan","bought_by":"seller","unstated":["destination, taken as domestic","carrier","goods","fulfilment, taken as platform-label"],"doubt":null,"code":"over_maximum","reason":"penny-post sells at most 300.00 USD for this parcel","clause":"maximum","source":"rates"}
            "#,
        )
    .run();
    home.insure("quote --value 450 --plan tiktok-upic,penny-post --to RU --format csv")
        .stdout(
            r#"
            plan,plan_name,kind,caution,version,currency,reach,package_value,included_cover,cover,stays_uninsured,premium,premium_per_100,total_loss_pays,assumed,loss_claim_opens_on,loss_claim_closes_on,loss_claim_window,buy_until,bought_by,unstated,doubt,code,reason,clause,source
            penny-post,Penny Post insurance,insurance,,,USD,none,,,,,,,,,,,,,,,,excluded_destination,penny-post does not cover parcels to RU,destinations,rates
            tiktok-upic,"TikTok Shipping insurance, insured by U-PIC",insurance,,,USD,none,,,,,,,,,,,,,,,,excluded_destination,tiktok-upic does not cover parcels to RU,destinations,upic-coverage
            "#,
        )
        .status(3)
        .run();
    home.insure("quote --value 450 --plan penny-post,penny-post,tiktok-upic --format ids")
        .stdout(
            r"
            tiktok-upic
            penny-post
            ",
        )
        .run();
    let all = home.insure("quote --value 450 --plan all --format ids").output_text();
    for id in ["tiktok-upic", "brown-truck", "penny-post"] {
        assert_eq!(all.lines().filter(|line| *line == id).count(), 1, "{all}");
    }
}

#[test]
fn the_steps_of_every_plan_stand_under_its_name() {
    let home = home(&[]);
    home.insure("quote --value 250 --plan penny-post,brown-truck --explain --to US --from US --goods jewelry")
        .stdout(
            r"
            plan         kind            currency  cover   premium  premium per 100  assumed  loss claim window                                                                                                 code            reason
            brown-truck  declared-value  USD       250.00     3.90             1.56  yes      from 10 days after the due day or the ship date to 9 months after delivery or the due day, notice within 60 days  -               -
            penny-post   insurance       USD       -       -        -                -        -                                                                                                                 excluded_goods  the goods are given as `jewelry`, and penny-post does not cover jewelry

            brown-truck: declared value: not insurance.
            Figures nobody publishes:
              brown-truck premium.rate, assumed: 1.30 for every 100.00 or part of it, at least 3.90
            Not stated:
              carrier, taken as UPS: brown-truck
              how it is handed over, taken as account: brown-truck
              fulfilment, taken as platform-label: brown-truck

            brown-truck
            1. package_value: product 250.00 + coupon 0.00 + shipping 0.00 -> 250.00
               clause value (guide): The goods count.
            2. included_cover: 250.00 -> 100.00
               clause included (guide): At most 100.00 where nothing is declared.
            3. cover: full of 250.00 -> 250.00
               clause maximum (guide): At most 50,000.00.
            4. charged_cover: 250.00 -> 250.00
               clause premium (guide): 1.30 for every 100.00 or part of it, at least 3.90.
            5. premium: 3 x 1.30 per 100.00, at least 3.90 -> 3.90
               clause premium (guide): 1.30 for every 100.00 or part of it, at least 3.90.

            penny-post
            excluded_goods: the goods are given as `jewelry`, and penny-post does not cover jewelry
               clause goods (rates): No jewelry.
            ",
        )
        .run();
    home.insure("quote --value 250 --plan penny-post,brown-truck --explain --format json")
        .stderr(
            r"
            error: --explain of several plans is for people, with --format table

            hint: name one plan: its JSON has every step in `trace`
            ",
        )
        .status(2)
        .run();
}

#[test]
fn who_buys_and_what_counts_differ_from_plan_to_plan() {
    let at_checkout = like_penny_post(
        "at-checkout",
        &[
            (
                "until = \"first-scan\"\nclause = \"Sold",
                "until = \"payment\"\nby = \"buyer\"\nclause = \"Sold",
            ),
            ("counts = [\"product\"]", "counts = [\"product\", \"shipping\"]"),
        ],
    );
    let home = home(&[at_checkout]);
    home.insure("quote --product 200 --shipping 12.50 --plan penny-post,at-checkout --from US --to US --goods Lamps --carrier UPS")
        .stdout(
            r"
            plan         kind       currency  cover   premium  premium per 100  assumed  loss claim window                 code  reason
            penny-post   insurance  USD       200.00     2.00             1.00  no       20 to 90 days from the ship date  -     -
            at-checkout  insurance  USD       212.50     2.13             1.00  no       20 to 90 days from the ship date  -     -

            Bought by the buyer, not by the seller: at-checkout.
            The package value differs from plan to plan: 200.00 USD with penny-post; 212.50 USD with at-checkout.
            `Lamps` is none of the excluded kinds by name: penny-post (1), at-checkout (1).
            Not stated:
              fulfilment, taken as platform-label: penny-post, at-checkout
            ",
        )
        .run();
    home.insure("quote --product 200 --shipping 12.50 --plan at-checkout --from US --to US --goods Lamps --carrier UPS")
        .stdout(
            r"
            Package value    212.50 USD
            Included cover     0.00 USD
            Uninsured value  212.50 USD
            Cover            212.50 USD
            Premium            2.13 USD

            Penny Post insurance, terms of 2026-01-01
            More cover can be bought by the buyer until the order is paid (it is bought with the order).
            `Lamps` is by name not the 1 kind that is excluded.
            Not stated: fulfilment, taken as platform-label.
            ",
        )
        .run();
}

#[test]
fn a_raised_liability_is_never_called_insurance() {
    let home = home(&[]);
    home.insure("quote --value 450 --plan brown-truck")
        .stdout(
            r"
            Package value    450.00 USD
            Included cover   100.00 USD  free with every parcel
            Uninsured value  350.00 USD
            Cover            450.00 USD
            Premium            6.50 USD  assumed: 1.30 for every 100.00 or part of it, at least 3.90

            The carrier's declared value (declared value: not insurance), terms of 2024-01-01
            More cover can be bought until the label is bought (before it or in the same step).
            Not stated: destination, taken as domestic; carrier, taken as UPS; how it is handed over, taken as account; goods; fulfilment, taken as platform-label.

            premium.rate is assumed: 1.30 for every 100.00 or part of it, at least 3.90.
            ",
        )
        .run();
    home.insure("quote --value 800 --plan brown-truck --shipped drop-box --carrier ups --to DE --from US --goods Lamps")
        .stdout(
            r"
            Package value    800.00 USD
            Included cover   100.00 USD  free with every parcel
            Uninsured value  700.00 USD
            Cover            500.00 USD  300.00 USD stays uninsured
            Premium            6.50 USD  assumed: 1.30 for every 100.00 or part of it, at least 3.90

            The carrier's declared value (declared value: not insurance), terms of 2024-01-01
            brown-truck sells at most 500.00 USD for this parcel: At most 500.00 from a drop box.
            More cover can be bought until the label is bought (before it or in the same step).
            Not stated: fulfilment, taken as platform-label.

            premium.rate is assumed: 1.30 for every 100.00 or part of it, at least 3.90.
            ",
        )
        .run();
    home.insure("quote --value 450 --plan brown-truck --shipped letter --carrier ups --to US --from US --goods Lamps")
        .stdout(
            r"
            Package value    450.00 USD
            Included cover   100.00 USD  free with every parcel
            Uninsured value  350.00 USD
            Cover            100.00 USD
            Premium            0.00 USD

            The carrier's declared value (declared value: not insurance), terms of 2024-01-01
            brown-truck sells no more than the included cover for this parcel: Nothing can be declared for a prepaid letter.
            Not stated: fulfilment, taken as platform-label.
            ",
        )
        .run();
    home.insure("quote --value 450 --plan brown-truck --carrier USPS")
        .stderr(
            r"
            error: refused (not_covered_carrier): the parcel goes with USPS, and brown-truck covers only parcels of UPS

            hint: clause carriers (guide): It is this carrier's own liability.
            ",
        )
        .status(3)
        .run();
}

#[test]
fn only_a_fact_that_can_matter_is_missed() {
    let by_service = like_penny_post(
        "by-service",
        &[(
            "route = \"domestic\", carrier = [\"USPS\"]",
            "route = \"domestic\", service = [\"Ground\"]",
        )],
    );
    let home = home(&[by_service]);
    home.insure("quote --value 100 --goods Lamps --plan penny-post,by-service")
        .stdout(
            r"
            plan        kind       currency  cover   premium  premium per 100  assumed  loss claim window                 code  reason
            by-service  insurance  USD       100.00     1.00             1.00  no       20 to 90 days from the ship date  -     -
            penny-post  insurance  USD       100.00     1.00             1.00  no       20 to 90 days from the ship date  -     -

            `Lamps` is none of the excluded kinds by name: by-service (1), penny-post (1).
            Not stated:
              destination, taken as domestic: by-service, penny-post
              service: by-service
              fulfilment, taken as platform-label: by-service, penny-post
              carrier: penny-post
            ",
        )
        .run();
    home.insure("quote --value 100 --goods Lamps --to DE --plan penny-post,by-service")
        .stdout(
            r"
            plan        kind       currency  cover   premium  premium per 100  assumed  loss claim window                  code  reason
            by-service  insurance  USD       100.00     1.50             1.50  no       55 to 120 days from the ship date  -     -
            penny-post  insurance  USD       100.00     1.50             1.50  no       55 to 120 days from the ship date  -     -

            `Lamps` is none of the excluded kinds by name: by-service (1), penny-post (1).
            Not stated:
              origin, taken as US: by-service, penny-post
              fulfilment, taken as platform-label: by-service, penny-post
            ",
        )
        .run();
    home.insure("quote --value 100 --goods Lamps --to DE --from US --plan penny-post")
        .stdout(
            r"
            Package value    100.00 USD
            Included cover     0.00 USD
            Uninsured value  100.00 USD
            Cover            100.00 USD
            Premium            1.50 USD

            Penny Post insurance, terms of 2026-01-01
            More cover can be bought until the carrier's first scan.
            `Lamps` is by name not the 1 kind that is excluded.
            Not stated: fulfilment, taken as platform-label.
            ",
        )
        .run();
}

#[test]
fn several_plans_are_compared_by_quote_alone() {
    let home = home(&[]);
    home.insure("quote --plan all --input orders.csv")
        .stderr(
            r"
            error: --plan all compares plans for one parcel, not for a file

            hint: state one parcel, or one plan with --plan ID
            ",
        )
        .status(2)
        .run();
    home.insure("insure --order 1 --value 450 --plan all")
        .stderr(
            r"
            error: plan all: this needs one plan, and several are named; `insure quote` compares several for one parcel
            ",
        )
        .status(2)
        .run();
    home.insure("batch-insure orders.csv --plan penny-post,brown-truck")
        .stderr(
            r"
            error: plan penny-post,brown-truck: this needs one plan, and several are named; `insure quote` compares several for one parcel
            ",
        )
        .status(2)
        .run();
    home.insure("plan show --plan all")
        .stderr(
            r"
            error: plan all: this needs one plan, and several are named; `insure quote` compares several for one parcel
            ",
        )
        .status(2)
        .run();
    home.shell("insure quote --value 450 --plan penny-post,royal-mail 2>&1 | cut -c1-48")
        .stdout(
            r"
            error: plan royal-mail: there is no such plan, t
            ",
        )
        .run();
    home.write(".config/insure/plans/all.toml", PENNY_POST.replace("\"penny-post\"", "\"all\""));
    home.insure("quote --value 450 --plan all")
        .stderr(
            r#"
            error: [HOME]/.config/insure/plans/all.toml: it has 1 mistake: insure plan check [HOME]/.config/insure/plans/all.toml
            without it these would not be all plans: mend it, move it out of the folder, or name the plans that are meant
            "#,
        )
        .status(2)
        .run();
}

/// What a terminal of so many columns shows.
fn shown(home: &Home, columns: u16, line: &str) -> String {
    let mut command = home.command(Path::new("sh"));
    let script = format!("stty rows 40 cols {columns}; '{INSURE}' {line} --color never");
    command.env("TERM", "xterm-256color").args(["-c", &script]);
    spawn_command(command, Some(30_000)).unwrap().exp_eof().unwrap().replace('\r', "")
}

#[test]
fn a_narrow_terminal_shows_fewer_columns_then_a_block_for_each_plan() {
    let home = home(&[]);
    let shown = |columns: u16| {
        let line = "quote --value 250 --goods Lamps --to US --from US --plan penny-post,tiktok-upic --fulfilment platform-label";
        shown(&home, columns, line)
    };
    let notes = r"
        `Lamps` is none of the excluded kinds by name: tiktok-upic (20), penny-post (1).
        Figures nobody publishes:
          tiktok-upic premium.rate, assumed: 0.75 for every 100.00 or part of it
        Not stated:
          carrier: penny-post
    ";
    let whole = r"
        plan         kind       currency  cover   premium  premium per 100  assumed  loss claim window                 code  reason
        tiktok-upic  insurance  USD       250.00     0.75             0.30  yes      21 to 90 days from the ship date  -     -
        penny-post   insurance  USD       250.00     2.50             1.00  no       20 to 90 days from the ship date  -     -
    ";
    assert_eq!(shown(140), format!("{}\n{}", unindent(whole), unindent(notes)));
    let without_empty_columns = r"
        plan         kind       currency  cover   premium  premium per 100  assumed  loss claim window
        tiktok-upic  insurance  USD       250.00     0.75             0.30  yes      21 to 90 days from the ship date
        penny-post   insurance  USD       250.00     2.50             1.00  no       20 to 90 days from the ship date
    ";
    assert_eq!(shown(118), format!("{}\n{}", unindent(without_empty_columns), unindent(notes)));
    let fewer_columns = r"
        plan              cover   premium  per 100  assumed
        tiktok-upic  USD  250.00     0.75     0.30  yes
        penny-post   USD  250.00     2.50     1.00  no
        More columns: in a wider terminal, or with --format json.
    ";
    assert_eq!(shown(80), format!("{}\n{}", unindent(fewer_columns), unindent(notes)));
    let blocks_and_notes = r"
        plan               tiktok-upic
        kind               insurance
        currency           USD
        cover              250.00
        premium            0.75
        premium per 100    0.30
        assumed            yes
        loss claim window  21 to 90 days from the
                           ship date

        plan               penny-post
        kind               insurance
        currency           USD
        cover              250.00
        premium            2.50
        premium per 100    1.00
        assumed            no
        loss claim window  20 to 90 days from the
                           ship date

        `Lamps` is none of the excluded kinds by
          name: tiktok-upic (20), penny-post (1).
        Figures nobody publishes:
          tiktok-upic premium.rate, assumed: 0.75
            for every 100.00 or part of it
        Not stated:
          carrier: penny-post
    ";
    assert_eq!(shown(44), unindent(blocks_and_notes));
}

#[test]
fn all_plans_fit_a_terminal_of_80_columns() {
    let home = Home::new();
    let said = shown(&home, 80, "quote --value 4500 --from US --to US --goods Lamps --plan all");
    assert!(said.starts_with("plan  "), "{said}");
    for line in said.lines() {
        assert!(line.chars().count() <= 80, "{line}");
    }
    let said =
        shown(&home, 80, "quote --value 4500 --from US --goods jewelry --plan shippo-xcover");
    for line in said.lines() {
        assert!(line.chars().count() <= 80, "{line}");
    }
    assert!(said.contains("what was lost, less a deductible\n  of 25 %."), "{said}");
}

#[test]
fn where_no_days_are_named_a_ship_date_names_none() {
    let home = Home::new();
    let line = "quote --value 450 --ship-date 2026-11-20 --plan pirateship,easypost --format json";
    let said = home.insure(line).output_text();
    let of = |plan: &str| {
        let plan = format!(r#""plan":"{plan}""#);
        said.lines().find(|line| line.contains(&plan)).unwrap().to_owned()
    };
    let (unnamed, named) = (of("pirateship"), of("easypost"));
    assert!(unnamed.contains(
        r#""loss_claim_opens_on":null,"loss_claim_closes_on":null,"loss_claim_window":"no days are named""#
    ), "{unnamed}");
    assert!(named.contains(r#""loss_claim_window":"2026-12-20 to 2027-01-19""#), "{named}");
}

#[test]
fn goods_that_may_be_excluded_are_named_and_a_total_loss_that_pays_less() {
    let home = Home::new();
    home.insure("quote --value 450 --from US --to US --goods 'Fine Jewelry' --plan easypost,shippo-xcover,tiktok-upic --fulfilment platform-label")
        .stdout(
            r"
            plan           kind       currency  cover   premium  premium per 100  assumed  loss claim window                 code  reason
            tiktok-upic    insurance  USD       450.00     2.25             0.50  yes      21 to 90 days from the ship date  -     -
            easypost       insurance  USD       450.00     4.50             1.00  no       30 to 60 days from the ship date  -     -
            shippo-xcover  insurance  USD       450.00     5.63             1.25  no       no days are named                 -     -

            easypost: the goods `Fine Jewelry` may be among those not covered (jewelry): ask before you pay.
            `Fine Jewelry` is none of the excluded kinds by name: tiktok-upic (20).
            Figures nobody publishes:
              tiktok-upic premium.rate, assumed: 0.75 for every 100.00 or part of it
            ",
        )
        .run();
    home.insure("quote --value 450 --from US --to US --goods jewelry --plan shippo-xcover,easypost,pirateship --fulfilment platform-label")
        .stdout(
            r"
            plan           kind       currency  cover   premium  premium per 100  assumed  loss claim window  code            reason
            pirateship     insurance  USD       450.00     4.00             0.89  no       no days are named  -               -
            shippo-xcover  insurance  USD       450.00     5.63             1.25  no       no days are named  -               -
            easypost       insurance  USD       -       -        -                -        -                  excluded_goods  the goods are given as `jewelry`, and easypost does not cover jewelry

            A total loss pays less than the cover: shippo-xcover 337.50 USD.
            ",
        )
        .run();
}
