//! A parcel valued in another currency than its plan: converted at a rate the user states, or
//! refused.

use std::path::Path;

use crate::harness::{Home, INSURE};

/// A table of rates; today is 2026-11-22.
const RATES: &str = r#"
    [[fx]]
    from = "EUR"
    to = "USD"
    rate = "1.0700"
    on = 2026-10-31
    source = "ECB reference rate"

    [[fx]]
    from = "EUR"
    to = "USD"
    rate = "1.0850"
    on = 2026-11-20
    source = "ECB reference rate"

    [[fx]]
    from = "EUR"
    to = "USD"
    rate = "1.2000"
    on = 2026-11-23
    source = "a forecast"

    [[fx]]
    from = "JPY"
    to = "USD"
    rate = "0.0065"
    on = 2026-10-01
    source = "Bank of Japan"

    [[fx]]
    from = "KWD"
    to = "USD"
    rate = "3.2575"
    on = 2026-11-20
    source = "CBK"
"#;

fn home_with_rates() -> Home {
    let home = Home::new();
    home.write_lines("config.toml", RATES);
    home
}

/// A plan that reckons in another currency: its text is that of the built-in one.
fn home_with_plan_in(currency: &str, figures: [&str; 3]) -> Home {
    let home = Home::new();
    let text = include_str!("../../src/plans/tiktok-upic.toml");
    let [included, maximum, per] = figures.map(|figure| format!("\"{figure}\""));
    let text = text
        .replace("id = \"tiktok-upic\"", "id = \"abroad\"")
        .replace("currency = \"USD\"", &format!("currency = \"{currency}\""))
        .replace("\"200.00\"", &included)
        .replace("\"5000.00\"", &maximum)
        .replace("\"100.00\"", &per);
    home.write("plans/abroad.toml", text);
    home.write("config.toml", "plan = \"abroad\"\n");
    home
}

#[test]
fn without_a_rate_it_is_refused_and_both_currencies_are_named() {
    let home = Home::new();
    home.insure("quote --value 450 --currency EUR")
        .stderr(
            r#"
            error: refused (other_currency): tiktok-upic reckons in USD, and no rate of exchange from EUR is stated

            hint: state what one unit of it is in USD: --fx CODE=RATE, or [[fx]] in config.toml
                  clause value (S0): The package value is the product price paid by the buyer, plus TikTok coupons used, plus the shipping fee paid by the buyer.
            "#,
        )
        .status(3)
        .run();
    home.insure("quote --value 450 --currency EUR --fx GBP=1.31")
        .stderr(
            r#"
            error: refused (other_currency): tiktok-upic reckons in USD, and no rate of exchange from EUR is stated

            hint: state what one unit of it is in USD: --fx CODE=RATE, or [[fx]] in config.toml
                  clause value (S0): The package value is the product price paid by the buyer, plus TikTok coupons used, plus the shipping fee paid by the buyer.
            "#,
        )
        .status(3)
        .run();
    home.insure("insure --order 7 --value 450 --currency EUR")
        .stderr(
            r#"
            error: refused (other_currency): tiktok-upic reckons in USD, and no rate of exchange from EUR is stated

            hint: state what one unit of it is in USD: --fx CODE=RATE, or [[fx]] in config.toml
                  clause value (S0): The package value is the product price paid by the buyer, plus TikTok coupons used, plus the shipping fee paid by the buyer.
            "#,
        )
        .status(3)
        .run();
}

#[test]
fn a_rate_given_with_the_command_and_each_step_of_it() {
    let home = Home::new();
    home.insure("quote --product 430 --coupon 10.01 --shipping 9.99 --currency EUR --fx EUR=1.0850@2026-11-20 --explain")
        .stdout(
            r"
            Package value    488.25 USD  450.00 EUR at 1 EUR = 1.0850 USD (2026-11-20, --fx)
            Included cover   200.00 USD  free with every parcel
            Uninsured value  288.25 USD
            Cover            488.25 USD
            Premium            2.25 USD  assumed: 0.75 for every 100.00 or part of it

            TikTok Shipping insurance, insured by U-PIC, terms of 2025-10-17
            More cover can be bought until the label is bought (before it or in the same step).
            Not stated: destination, taken as domestic; goods (20 kinds are excluded: insure plan show tiktok-upic); fulfilment, taken as platform-label.

            premium.rate is assumed: The premium is charged on the cover above the included one. U-PIC's rate is not published; this one, for every 100.00 or part of it, is that of the nearest published twin.

            How it was decided
            1. converted_value: 450.00 EUR x 1.0850 (2026-11-20, --fx) -> 488.25
               clause fx (--fx): Not a term of the plan: you state that 1 EUR is 1.0850 USD on 2026-11-20. A half minor unit goes up.
            2. package_value: product 466.55 + coupon 10.86 + shipping 10.84 -> 488.25
               clause value (S0): The package value is the product price paid by the buyer, plus TikTok coupons used, plus the shipping fee paid by the buyer.
            3. included_cover: 488.25 -> 200.00
               clause included (S0): Each package is covered free and automatically, up to 200.00.
            4. cover: full of 488.25 -> 488.25
               clause maximum (S0): Full cover reaches to the package value, at most 5,000.00; a custom amount is over 200.00 and exceeds neither.
            5. charged_cover: 488.25 - 200.00 -> 288.25
               clause premium (shopify-shipsurance): The premium is charged on the cover above the included one. U-PIC's rate is not published; this one, for every 100.00 or part of it, is that of the nearest published twin.
            6. premium: 3 x 0.75 per 100.00 -> 2.25
               clause premium (shopify-shipsurance): The premium is charged on the cover above the included one. U-PIC's rate is not published; this one, for every 100.00 or part of it, is that of the nearest published twin.
            ",
        )
        .run();
    home.insure("quote --value 450 --currency eur --fx eur/usd=1.085 --cover 300")
        .stdout(
            r"
            Package value    488.25 USD  450.00 EUR at 1 EUR = 1.085 USD (2026-11-22, --fx)
            Included cover   200.00 USD  free with every parcel
            Uninsured value  288.25 USD
            Cover            325.50 USD  162.75 USD stays uninsured
            Premium            1.50 USD  assumed: 0.75 for every 100.00 or part of it

            TikTok Shipping insurance, insured by U-PIC, terms of 2025-10-17
            More cover can be bought until the label is bought (before it or in the same step).
            Not stated: destination, taken as domestic; goods (20 kinds are excluded: insure plan show tiktok-upic); fulfilment, taken as platform-label.

            premium.rate is assumed: The premium is charged on the cover above the included one. U-PIC's rate is not published; this one, for every 100.00 or part of it, is that of the nearest published twin.
            ",
        )
        .run();
}

#[test]
fn programs_read_the_rate_beside_the_figures() {
    let home = home_with_rates();
    home.insure("--config config.toml quote --value 140 --currency EUR --format json")
        .stdout(
            r#"
            {
              "plan": "tiktok-upic",
              "version": "2025-10-17",
              "kind": "insurance",
              "caution": null,
              "currency": "USD",
              "fx": {
                "from": "EUR",
                "to": "USD",
                "rate": "1.0850",
                "on": "2026-11-20",
                "source": "ECB reference rate",
                "stated_value": "140.00"
              },
              "package_value": "151.90",
              "included_cover": "151.90",
              "cover": "151.90",
              "uninsured_value": "0.00",
              "stays_uninsured": "0.00",
              "premium": "0.00",
              "total_loss_pays": null,
              "buy_until": "label",
              "assumed": [],
              "unstated": [
                {
                  "fact": "to",
                  "taken": "domestic",
                  "excluded_kinds": 0
                },
                {
                  "fact": "goods",
                  "taken": null,
                  "excluded_kinds": 20
                },
                {
                  "fact": "fulfilment",
                  "taken": "platform-label",
                  "excluded_kinds": 0
                }
              ],
              "doubt": null,
              "refused": null,
              "trace": [
                {
                  "rule": "converted_value",
                  "clause": "fx",
                  "source": "ECB reference rate",
                  "before": "140.00 EUR x 1.0850 (2026-11-20, ECB reference rate)",
                  "after": "151.90",
                  "text": "Not a term of the plan: you state that 1 EUR is 1.0850 USD on 2026-11-20. A half minor unit goes up.",
                  "confidence": "yours"
                },
                {
                  "rule": "package_value",
                  "clause": "value",
                  "source": "S0",
                  "before": "product 151.90 + coupon 0.00 + shipping 0.00",
                  "after": "151.90",
                  "text": "The package value is the product price paid by the buyer, plus TikTok coupons used, plus the shipping fee paid by the buyer.",
                  "confidence": "published"
                },
                {
                  "rule": "included_cover",
                  "clause": "included",
                  "source": "S0",
                  "before": "151.90",
                  "after": "151.90",
                  "text": "Each package is covered free and automatically, up to 200.00.",
                  "confidence": "published"
                },
                {
                  "rule": "cover",
                  "clause": "maximum",
                  "source": "S0",
                  "before": "full of 151.90",
                  "after": "151.90",
                  "text": "Full cover reaches to the package value, at most 5,000.00; a custom amount is over 200.00 and exceeds neither.",
                  "confidence": "published"
                },
                {
                  "rule": "charged_cover",
                  "clause": "premium",
                  "source": "shopify-shipsurance",
                  "before": "151.90 - 151.90",
                  "after": "0.00",
                  "text": "The premium is charged on the cover above the included one. U-PIC's rate is not published; this one, for every 100.00 or part of it, is that of the nearest published twin.",
                  "confidence": "assumed"
                },
                {
                  "rule": "premium",
                  "clause": "premium",
                  "source": "shopify-shipsurance",
                  "before": "0 x 0.75 per 100.00",
                  "after": "0.00",
                  "text": "The premium is charged on the cover above the included one. U-PIC's rate is not published; this one, for every 100.00 or part of it, is that of the nearest published twin.",
                  "confidence": "assumed"
                }
              ]
            }
            "#,
        )
        .run();
}

#[test]
fn a_cover_that_is_not_sold_is_refused_in_the_currency_of_the_plan() {
    let home = home_with_rates();
    home.insure("--config config.toml quote --value 450 --currency EUR --cover 500")
        .stdout(
            r"
            Package value    488.25 USD  450.00 EUR at 1 EUR = 1.0850 USD (2026-11-20, ECB reference rate)
            Included cover   200.00 USD  free with every parcel
            Uninsured value  288.25 USD
            Cover            200.00 USD
            Premium            0.00 USD

            TikTok Shipping insurance, insured by U-PIC, terms of 2025-10-17
            Not stated: destination, taken as domestic; goods (20 kinds are excluded: insure plan show tiktok-upic); fulfilment, taken as platform-label.
            ",
        )
        .stderr(
            r"
            error: refused (over_value): a cover of 542.50 USD is more than the package is worth, 488.25 USD

            hint: ask for more than 200.00 USD and at most 488.25 USD, or --cover full
                  clause maximum (S0): Full cover reaches to the package value, at most 5,000.00; a custom amount is over 200.00 and exceeds neither.
            ",
        )
        .status(3)
        .run();
}

#[test]
fn of_the_table_the_rate_of_the_parcels_day_counts_and_none_of_a_later_day() {
    let home = home_with_rates();
    home.insure("--config config.toml insure --order 1 --value 100 --currency EUR --dry-run")
        .stdout(
            r#"
            Policy         none: dry run, nothing recorded
            Parcel         1
            Package value  108.50 USD                       100.00 EUR at 1 EUR = 1.0850 USD (2026-11-20, ECB reference rate)
            Cover          108.50 USD
            Premium        0.00 USD
            "#,
        )
        .run();
    home.insure("--config config.toml insure --order 1 --value 100 --currency EUR --tracking 9400111 --label-created-at 2026-11-19 --dry-run")
        .stdout(
            r#"
            Policy         none: dry run, nothing recorded
            Parcel         9400111
            Package value  107.00 USD                       100.00 EUR at 1 EUR = 1.0700 USD (2026-10-31, ECB reference rate)
            Cover          107.00 USD
            Premium        0.00 USD
            "#,
        )
        .run();
    home.insure("--config config.toml insure --order 1 --value 100 --currency EUR --tracking 9400111 --label-created-at 2026-10-30 --dry-run")
        .stderr(
            r#"
            error: refused (other_currency): tiktok-upic reckons in USD, and no rate of exchange from EUR is stated for 2026-10-30: the first one is of 2026-10-31

            hint: state what one unit of it is in USD: --fx CODE=RATE, or [[fx]] in config.toml
                  clause value (S0): The package value is the product price paid by the buyer, plus TikTok coupons used, plus the shipping fee paid by the buyer.
            "#,
        )
        .status(3)
        .run();
    home.insure(
        "--config config.toml insure --order 1 --value 100 --currency EUR --fx EUR=1.09 --dry-run",
    )
    .stdout(
        r#"
            Policy         none: dry run, nothing recorded
            Parcel         1
            Package value  109.00 USD                       100.00 EUR at 1 EUR = 1.09 USD (2026-11-22, --fx)
            Cover          109.00 USD
            Premium        0.00 USD
            "#,
    )
    .run();
}

#[test]
fn an_old_rate_is_used_and_said_to_be_old_once() {
    let home = home_with_rates();
    home.write_lines(
        "parcels.csv",
        "
        order_id,value,currency
        1001,70000,JPY
        1002,30000,JPY
        ",
    );
    home.insure("--config config.toml quote --value 70000 --currency JPY --format ids")
        .stdout(
            "
            tiktok-upic
            ",
        )
        .stderr(
            r#"
            note: the rate 1 JPY = 0.0065 USD (2026-10-01, Bank of Japan) is 52 days old, a newer one can be stated with --fx JPY=RATE
            "#,
        )
        .run();
    home.insure(
        "--config config.toml quote --value 70000 --currency JPY --format ids --today 2026-11-01",
    )
    .stdout(
        "
        tiktok-upic
        ",
    )
    .run();
    home.insure("--config config.toml quote --input parcels.csv")
        .stdout(
            r#"
            line,order_id,package_id,tracking_number,plan,version,currency,package_value,included_cover,cover,uninsured_value,stays_uninsured,premium,assumed,code,reason,doubt
            2,1001,,,tiktok-upic,2025-10-17,USD,455.00,200.00,455.00,255.00,0.00,2.25,true,,,
            3,1002,,,tiktok-upic,2025-10-17,USD,195.00,195.00,195.00,0.00,0.00,0.00,false,,,
            "#,
        )
        .stderr(
            r#"
            2 parcels: 2 priced, 0 cancelled, 0 refused; cover 650.00 USD, premium 2.25 USD
            converted: 2 parcels at 1 JPY = 0.0065 USD (2026-10-01, Bank of Japan)
            note: the rate 1 JPY = 0.0065 USD (2026-10-01, Bank of Japan) is 52 days old, a newer one can be stated with --fx JPY=RATE
            "#,
        )
        .run();
    home.insure("--config config.toml batch-insure parcels.csv --format ids")
        .stdout(
            r#"
            POL-00001Y
            POL-00002W
            "#,
        )
        .stderr(
            r#"
            note: the rate 1 JPY = 0.0065 USD (2026-10-01, Bank of Japan) is 52 days old, a newer one can be stated with --fx JPY=RATE
            2 parcels: 2 insured, 0 already insured, 0 cancelled, 0 refused; cover 395.00 USD, premium 0.00 USD
            converted: 2 parcels at 1 JPY = 0.0065 USD (2026-10-01, Bank of Japan)
            "#,
        )
        .run();
    home.insure("--config config.toml batch-insure parcels.csv --quiet --format ids")
        .stdout(
            r#"
            POL-00001Y
            POL-00002W
            "#,
        )
        .run();
}

#[test]
fn a_file_in_several_currencies_row_by_row() {
    let home = home_with_rates();
    home.write_lines(
        "parcels.csv",
        "
        order_id,product,shipping,currency,cover
        1001,440.00,10.00,EUR,full
        1002,70000,0,JPY,full
        1003,138.123,0,KWD,300.000
        1004,250.00,0,,full
        1005,99.50,0,GBP,full
        1006,10,0,doubloons,
        1007,EUR 10,0,,
        1008,10.5,0,JPY,
        1009,450.00,0,EUR,250.00
        1010,0.00,0,EUR,
        ",
    );
    home.insure("--config config.toml quote --input parcels.csv")
        .stdout(
            r#"
            line,order_id,package_id,tracking_number,plan,version,currency,package_value,included_cover,cover,uninsured_value,stays_uninsured,premium,assumed,code,reason,doubt
            2,1001,,,tiktok-upic,2025-10-17,USD,488.25,200.00,488.25,288.25,0.00,2.25,true,,,
            3,1002,,,tiktok-upic,2025-10-17,USD,455.00,200.00,455.00,255.00,0.00,2.25,true,,,
            4,1003,,,tiktok-upic,2025-10-17,USD,449.94,200.00,200.00,249.94,249.94,0.00,false,over_value,"a cover of 977.25 USD is more than the package is worth, 449.94 USD",
            5,1004,,,tiktok-upic,2025-10-17,USD,250.00,200.00,250.00,50.00,0.00,0.75,true,,,
            6,1005,,,,,,,,,,,,,other_currency,"tiktok-upic reckons in USD, and no rate of exchange from GBP is stated",
            7,1006,,,,,,,,,,,,,bad_currency,"column currency: `doubloons` is not a currency, expected a code such as USD",
            8,1007,,,,,,,,,,,,,bad_currency,"column product: `EUR 10` is not in USD, the currency of its row",
            9,1008,,,,,,,,,,,,,too_many_decimals,column product: `10.5` has more decimals than JPY has (0),
            10,1009,,,tiktok-upic,2025-10-17,USD,488.25,200.00,271.25,288.25,217.00,0.75,true,,,
            11,1010,,,,,,,,,,,,,no_value,"the package value is 0, there is nothing to cover (a free sample?)",
            "#,
        )
        .stderr(
            r"
            10 parcels: 5 priced (for less cover than asked: 1 over_value), 0 cancelled, 5 refused (2 bad_currency, 1 no_value, 1 other_currency, 1 too_many_decimals); cover 1,664.50 USD, premium 6.00 USD
            hint (bad_currency): write the three letters of its code: CNY for 人民币, USD for 美元
            hint (bad_currency): name the row's currency in a column `currency`, or that of the whole file with --currency
            hint (other_currency): state what one unit of it is in USD: --fx CODE=RATE, or [[fx]] in config.toml
            hint (over_value): ask for more than 200.00 USD and at most 449.94 USD, or full, in its column cover
            converted: 2 parcels at 1 EUR = 1.0850 USD (2026-11-20, ECB reference rate)
            converted: 1 parcel at 1 JPY = 0.0065 USD (2026-10-01, Bank of Japan)
            converted: 1 parcel at 1 KWD = 3.2575 USD (2026-11-20, CBK)
            note: the rate 1 JPY = 0.0065 USD (2026-10-01, Bank of Japan) is 52 days old, a newer one can be stated with --fx JPY=RATE
            ",
        )
        .status(3)
        .run();
    home.insure("--config config.toml batch-insure parcels.csv --max-premium 5 --accept-terms")
        .stderr(
            r#"
            error: the premium is 6.00 USD, more than the 5.00 USD you allow; nothing was recorded

            hint: raise --max-premium, or ask for less cover
            "#,
        )
        .status(3)
        .run();
    home.insure("--config config.toml batch-insure parcels.csv --dry-run --rejects rejects.csv")
        .stdout(
            r"
            line  parcel  stays uninsured  refused            reason
               4  1003                     over_value         a cover of 977.25 USD is more than the package is worth, 449.94 USD
               6  1005                     other_currency     tiktok-upic reckons in USD, and no rate of exchange from GBP is stated
               7  1006                     bad_currency       column currency: `doubloons` is not a currency, expected a code such as USD
               8  1007                     bad_currency       column product: `EUR 10` is not in USD, the currency of its row
               9  1008                     too_many_decimals  column product: `10.5` has more decimals than JPY has (0)
              11  1010                     no_value           the package value is 0, there is nothing to cover (a free sample?)
            hint (bad_currency): write the three letters of its code: CNY for 人民币, USD for 美元
            hint (bad_currency): name the row's currency in a column `currency`, or that of the whole file with --currency
            hint (other_currency): state what one unit of it is in USD: --fx CODE=RATE, or [[fx]] in config.toml
            hint (over_value): ask for more than 200.00 USD and at most 449.94 USD, or full, in its column cover

            Rows                        10
            Parcels                      7
            Insured                      4  4 with bought cover
            Already insured              0
            Cancelled orders             0
            Refused                      6  2 bad_currency, 1 no_value, 1 other_currency, 1 over_value, 1 too_many_decimals
            Converted                       2 parcels at 1 EUR = 1.0850 USD (2026-11-20, ECB reference rate)
            Converted                       1 parcel at 1 JPY = 0.0065 USD (2026-10-01, Bank of Japan)
            Cover             1,464.50 USD
            Stays uninsured     217.00 USD
            Premium               6.00 USD  rests on an assumed rate: see insure quote --explain

            Dry run: nothing was recorded.
            ",
        )
        .stderr(
            r#"
            note: the rate 1 JPY = 0.0065 USD (2026-10-01, Bank of Japan) is 52 days old, a newer one can be stated with --fx JPY=RATE
            rejects.csv: 6 rejected rows, to be mended and fed back
            "#,
        )
        .status(3)
        .run();
    assert_eq!(
        home.read("rejects.csv"),
        "order_id,product,shipping,currency,cover,line,code,reason\n\
        1003,138.123,0,KWD,300.000,4,over_value,\"a cover of 977.25 USD is more than the package is worth, 449.94 USD\"\n\
        1005,99.50,0,GBP,full,6,other_currency,\"tiktok-upic reckons in USD, and no rate of exchange from GBP is stated\"\n\
        1006,10,0,doubloons,,7,bad_currency,\"column currency: `doubloons` is not a currency, expected a code such as USD\"\n\
        1007,EUR 10,0,,,8,bad_currency,\"column product: `EUR 10` is not in USD, the currency of its row\"\n\
        1008,10.5,0,JPY,,9,too_many_decimals,column product: `10.5` has more decimals than JPY has (0)\n\
        1010,0.00,0,EUR,,11,no_value,\"the package value is 0, there is nothing to cover (a free sample?)\"\n"
    );
    home.insure("--config config.toml batch-insure parcels.csv --accept-terms --format ndjson")
        .stdout(
            r#"
            {"line":2,"order_id":"1001","package_id":null,"tracking_number":null,"decision":"insured","policy":"POL-00001Y","package_value":"488.25","included_cover":"200.00","cover":"488.25","premium":"2.25","stays_uninsured":"0.00","code":null,"column":null,"value":null,"reason":null,"clause":null,"hint":null}
            {"line":3,"order_id":"1002","package_id":null,"tracking_number":null,"decision":"insured","policy":"POL-00002W","package_value":"455.00","included_cover":"200.00","cover":"455.00","premium":"2.25","stays_uninsured":"0.00","code":null,"column":null,"value":null,"reason":null,"clause":null,"hint":null}
            {"line":4,"order_id":"1003","package_id":null,"tracking_number":null,"decision":"refused","policy":null,"package_value":null,"included_cover":null,"cover":null,"premium":null,"stays_uninsured":null,"code":"over_value","column":null,"value":null,"reason":"a cover of 977.25 USD is more than the package is worth, 449.94 USD","clause":"maximum","hint":"ask for more than 200.00 USD and at most 449.94 USD, or full, in its column cover"}
            {"line":5,"order_id":"1004","package_id":null,"tracking_number":null,"decision":"insured","policy":"POL-00003T","package_value":"250.00","included_cover":"200.00","cover":"250.00","premium":"0.75","stays_uninsured":"0.00","code":null,"column":null,"value":null,"reason":null,"clause":null,"hint":null}
            {"line":6,"order_id":"1005","package_id":null,"tracking_number":null,"decision":"refused","policy":null,"package_value":null,"included_cover":null,"cover":null,"premium":null,"stays_uninsured":null,"code":"other_currency","column":null,"value":null,"reason":"tiktok-upic reckons in USD, and no rate of exchange from GBP is stated","clause":"value","hint":"state what one unit of it is in USD: --fx CODE=RATE, or [[fx]] in config.toml"}
            {"line":7,"order_id":"1006","package_id":null,"tracking_number":null,"decision":"refused","policy":null,"package_value":null,"included_cover":null,"cover":null,"premium":null,"stays_uninsured":null,"code":"bad_currency","column":"currency","value":"doubloons","reason":"`doubloons` is not a currency, expected a code such as USD","clause":null,"hint":"write the three letters of its code: CNY for 人民币, USD for 美元"}
            {"line":8,"order_id":"1007","package_id":null,"tracking_number":null,"decision":"refused","policy":null,"package_value":null,"included_cover":null,"cover":null,"premium":null,"stays_uninsured":null,"code":"bad_currency","column":"product","value":"EUR 10","reason":"`EUR 10` is not in USD, the currency of its row","clause":null,"hint":"name the row's currency in a column `currency`, or that of the whole file with --currency"}
            {"line":9,"order_id":"1008","package_id":null,"tracking_number":null,"decision":"refused","policy":null,"package_value":null,"included_cover":null,"cover":null,"premium":null,"stays_uninsured":null,"code":"too_many_decimals","column":"product","value":"10.5","reason":"`10.5` has more decimals than JPY has (0)","clause":null,"hint":null}
            {"line":10,"order_id":"1009","package_id":null,"tracking_number":null,"decision":"insured","policy":"POL-00004R","package_value":"488.25","included_cover":"200.00","cover":"271.25","premium":"0.75","stays_uninsured":"217.00","code":null,"column":null,"value":null,"reason":null,"clause":null,"hint":null}
            {"line":11,"order_id":"1010","package_id":null,"tracking_number":null,"decision":"refused","policy":null,"package_value":null,"included_cover":null,"cover":null,"premium":null,"stays_uninsured":null,"code":"no_value","column":null,"value":null,"reason":"the package value is 0, there is nothing to cover (a free sample?)","clause":"value","hint":null}
            {"batch":"BAT-00001Y","dry_run":false,"rows":10,"accounted":{"covered":4,"skipped":[],"refused":[{"code":"bad_currency","rows":2},{"code":"no_value","rows":1},{"code":"other_currency","rows":1},{"code":"over_value","rows":1},{"code":"too_many_decimals","rows":1}]},"parcels":7,"insured":4,"bought":4,"already_insured":0,"cancelled":0,"cancelled_covered":0,"refused":6,"refusals":[{"code":"bad_currency","count":2,"clause":null},{"code":"no_value","count":1,"clause":"value"},{"code":"other_currency","count":1,"clause":"value"},{"code":"over_value","count":1,"clause":"maximum"},{"code":"too_many_decimals","count":1,"clause":null}],"cover":"1464.50","premium":"6.00","stays_uninsured":"217.00","doubts":[],"assumed":true,"currency":"USD","fx":[{"from":"EUR","to":"USD","rate":"1.0850","on":"2026-11-20","source":"ECB reference rate","parcels":2},{"from":"JPY","to":"USD","rate":"0.0065","on":"2026-10-01","source":"Bank of Japan","parcels":1}]}
            "#,
        )
        .stderr(
            r#"
            note: the rate 1 JPY = 0.0065 USD (2026-10-01, Bank of Japan) is 52 days old, a newer one can be stated with --fx JPY=RATE
            "#,
        )
        .status(3)
        .run();
}

#[test]
fn a_whole_file_in_another_currency() {
    let home = home_with_rates();
    home.write_lines(
        "parcels.csv",
        "
        order_id,value,currency
        1001,450.00,
        1002,450.00,USD
        ",
    );
    home.insure(
        "--config config.toml quote --input parcels.csv --currency EUR --cover 300 --quiet",
    )
        .stdout(
            r#"
            line,order_id,package_id,tracking_number,plan,version,currency,package_value,included_cover,cover,uninsured_value,stays_uninsured,premium,assumed,code,reason,doubt
            2,1001,,,tiktok-upic,2025-10-17,USD,488.25,200.00,325.50,288.25,162.75,1.50,true,,,
            3,1002,,,tiktok-upic,2025-10-17,USD,450.00,200.00,325.50,250.00,124.50,1.50,true,,,
            "#,
        )
        .run();
    home.insure(
        "--config config.toml batch-insure parcels.csv --currency EUR --cover 300 --accept-terms",
    )
        .stdout(
            r#"
            Rows                       2
            Parcels                    2
            Insured                    2  2 with bought cover
            Already insured            0
            Cancelled orders           0
            Refused                    0
            Converted                     1 parcel at 1 EUR = 1.0850 USD (2026-11-20, ECB reference rate)
            Cover             651.00 USD
            Stays uninsured   287.25 USD
            Premium             3.00 USD  rests on an assumed rate: see insure quote --explain

            Recorded as BAT-00001Y.
            "#,
        )
        .run();
}

#[test]
fn an_order_export_in_another_currency_has_it_named() {
    let home = Home::new();
    home.example("tiktok-orders.csv");
    let columns = "-q | cut -d, -f2,3,8 | head -n 4";
    home.shell(&format!("insure quote --input tiktok-orders.csv {columns}"))
        .stdout(
            r#"
            order_id,package_id,package_value
            577421135689241007,,95.00
            577421135689241006,,480.00
            577421135689241016,1154211356892471016,230.00
            "#,
        )
        .run();
    home.shell(&format!(
        "insure quote --input tiktok-orders.csv --currency EUR --fx EUR=1.1 {columns}"
    ))
    .stdout(
        r#"
            order_id,package_id,package_value
            577421135689241007,,104.50
            577421135689241006,,528.00
            577421135689241016,1154211356892471016,253.00
            "#,
    )
    .run();
}

#[test]
fn the_ledger_keeps_what_was_stated_and_the_rate() {
    let home = home_with_rates();
    home.insure("--config config.toml insure --order 7 --value 450 --currency EUR --cover full --accept-terms")
        .stdout(
            r#"
            Policy         POL-00001Y
            Parcel         7
            Package value  488.25 USD  450.00 EUR at 1 EUR = 1.0850 USD (2026-11-20, ECB reference rate)
            Cover          488.25 USD
            Premium        2.25 USD    assumed: 0.75 for every 100.00 or part of it
            "#,
        )
        .run();
    home.insure("status 7")
        .stdout(
            r#"
            Policy         POL-00001Y   confirmed
            Order          7
            Package        -
            Tracking       -
            Contents       -
            Plan           tiktok-upic  TikTok Shipping insurance, insured by U-PIC, terms of 2025-10-17
            Package value  488.25 USD   450.00 EUR at 1 EUR = 1.0850 USD (2026-11-20, ECB reference rate)
            Cover          488.25 USD
            Premium        2.25 USD     assumed: premium.rate=0.75 for every 100.00 or part of it
            History
              2026-11-22  BAT-00001Y recorded
            "#,
        )
        .run();
    home.insure("status 7 --format ndjson")
        .stdout(
            r#"
            {"policy":"POL-00001Y","order_id":"7","package_id":null,"tracking_number":null,"plan":"tiktok-upic","version":"2025-10-17","status":"confirmed","currency":"USD","package_value":"488.25","cover":"488.25","premium":"2.25","carrier":null,"to":null,"contents":null,"created_on":"2026-11-22","shipped_on":null,"scanned_on":null,"delivered_on":null,"looks_like":null,"expected_payout":null,"payout_is":null,"claim":null,"claim_status":null,"claim_closes_on":null,"plan_name":"TikTok Shipping insurance, insured by U-PIC","kind":"insurance","included_cover":"200.00","product":"488.25","coupon":"0.00","shipping":"0.00","fx":{"from":"EUR","to":"USD","rate":"1.0850","on":"2026-11-20","source":"ECB reference rate","stated_value":"450.00"},"shipped":[],"other_orders":[],"assumed":["premium.rate=0.75 for every 100.00 or part of it"],"refunded":null,"batch":"BAT-00001Y","loss_from":null,"claims":[],"history":[{"on":"2026-11-22","event":"bound","detail":{"batch":"BAT-00001Y","first":"POL-00001Y","last":"POL-00001Y","insured":1}}]}
            "#,
        )
        .run();
    home.insure("insure --order 8 --value 450 --format ids")
        .stdout(
            r#"
            POL-00002W
            "#,
        )
        .run();
    home.insure("status 8")
        .stdout(
            r#"
            Policy         POL-00002W   confirmed
            Order          8
            Package        -
            Tracking       -
            Contents       -
            Plan           tiktok-upic  TikTok Shipping insurance, insured by U-PIC, terms of 2025-10-17
            Package value  450.00 USD
            Cover          200.00 USD
            Premium        0.00 USD
            History
              2026-11-22  BAT-00002W recorded
            "#,
        )
        .run();
}

/// What is said of a file of three parcels that are covered already.
const AGAIN: &str = "3 parcels: 0 insured, 3 already insured, 0 cancelled, 0 refused; cover 0.00 USD, premium 0.00 USD\n";

#[test]
fn the_same_file_again_with_another_rate_changes_nothing() {
    let home = home_with_rates();
    home.write_lines(
        "parcels.csv",
        "
        order_id,value,currency,cover
        1001,450.00,EUR,full
        1002,450.00,EUR,185.00
        1003,70000,JPY,
        ",
    );
    home.insure(
        "--config config.toml batch-insure parcels.csv --accept-terms --quiet --format ids",
    )
    .stdout(
        r#"
            POL-00001Y
            POL-00002W
            POL-00003T
            "#,
    )
    .run();
    let again = |rates: &str| {
        home.insure(format!("batch-insure parcels.csv --format ids {rates}").trim_end())
            .stdout("POL-00001Y\nPOL-00002W\nPOL-00003T\n")
            .stderr(AGAIN)
            .run();
    };
    again("--config config.toml");
    again("--fx EUR=1.2 --fx JPY=0.007");
    // At this rate a cover of 185.00 EUR would not be more than what comes free.
    again("--fx EUR=1.05 --fx JPY=0.006");
    // What is covered already keeps its rate, so none is needed.
    again("");
    home.insure("batch-insure parcels.csv --dry-run --format ids")
        .stdout("POL-00001Y\nPOL-00002W\nPOL-00003T\n")
        .stderr(&AGAIN.replace('\n', "; dry run, nothing was recorded\n"))
        .run();
}

#[test]
fn a_second_package_of_the_order_has_the_rate_of_its_own_day() {
    let home = Home::new();
    home.insure("insure --order 7 --value 450 --currency EUR --fx EUR=1.1 --format ids")
        .stdout(
            r#"
            POL-00001Y
            "#,
        )
        .run();
    home.write_lines(
        "packed.csv",
        "
        order_id,package_id,value,currency
        7,1150000000000000001,450.00,EUR
        7,1150000000000000002,450.00,EUR
        ",
    );
    home.insure("batch-insure packed.csv --fx EUR=1.2 --format csv")
        .stdout(
            r#"
            line,order_id,package_id,tracking_number,decision,policy,package_value,included_cover,cover,premium,stays_uninsured,code,column,value,reason,clause,hint
            2,7,1150000000000000001,,already_insured,POL-00001Y,,,,,,,,,,,
            3,7,1150000000000000002,,insured,POL-00002W,540.00,200.00,200.00,0.00,340.00,,,,,,
            "#,
        )
        .stderr(
            r#"
            2 parcels: 1 insured, 1 already insured, 0 cancelled, 0 refused; cover 200.00 USD, premium 0.00 USD
            converted: 1 parcel at 1 EUR = 1.2 USD (2026-11-22, --fx)
            "#,
        )
        .run();
}

#[test]
fn the_same_parcel_stated_with_another_value_is_a_conflict_whatever_the_rate() {
    let home = Home::new();
    home.insure("insure --order 7 --value 450 --currency EUR --fx EUR=1.1 --format ids")
        .stdout(
            r#"
            POL-00001Y
            "#,
        )
        .run();
    home.insure("insure --order 7 --value 450 --currency EUR --fx EUR=1.2")
        .stdout(
            r#"
            POL-00001Y  already insured, nothing changed
            "#,
        )
        .run();
    home.insure("insure --order 7 --value 450 --currency EUR")
        .stdout(
            r#"
            POL-00001Y  already insured, nothing changed
            "#,
        )
        .run();
    // At this rate it comes to the same in dollars.
    home.insure("insure --order 7 --value 495 --currency EUR --fx EUR=1")
        .stderr(
            r#"
            error: refused (value_conflict): covered already as POL-00001Y with a package value of 450.00 EUR (495.00 USD), now stated as 495.00 EUR (495.00 USD)

            hint: if the new figure is right and the carrier has not scanned it: insure cancel POLICY, then insure it again
                  clause value (S0): The package value is the product price paid by the buyer, plus TikTok coupons used, plus the shipping fee paid by the buyer.
            "#,
        )
        .status(3)
        .run();
    home.insure("insure --order 7 --value 495")
        .stdout(
            r#"
            POL-00001Y  already insured, nothing changed
            "#,
        )
        .run();
    home.insure("insure --order 7 --value 450")
        .stderr(
            r#"
            error: refused (value_conflict): covered already as POL-00001Y with a package value of 450.00 EUR (495.00 USD), now stated as 450.00 USD

            hint: if the new figure is right and the carrier has not scanned it: insure cancel POLICY, then insure it again
                  clause value (S0): The package value is the product price paid by the buyer, plus TikTok coupons used, plus the shipping fee paid by the buyer.
            "#,
        )
        .status(3)
        .run();
    home.insure("insure --order 7 --value 380.77 --currency GBP --fx GBP=1.3")
        .stdout(
            r#"
            POL-00001Y  already insured, nothing changed
            "#,
        )
        .run();
}

#[test]
fn cover_is_raised_at_the_rate_the_parcel_was_recorded_at() {
    let home = Home::new();
    home.insure("insure --order 7 --value 450 --currency EUR --fx EUR=1.1 --format ids")
        .stdout(
            r#"
            POL-00001Y
            "#,
        )
        .run();
    home.insure(
        "insure --order 7 --value 450 --currency EUR --fx EUR=1.2 --cover full --accept-terms",
    )
    .stdout(
        r#"
            Policy         POL-00002W
            Parcel         7
            Package value  495.00 USD  450.00 EUR at 1 EUR = 1.1 USD (2026-11-22, --fx)
            Cover          495.00 USD
            Premium        2.25 USD    assumed: 0.75 for every 100.00 or part of it
            "#,
    )
    .run();
}

#[test]
fn a_plan_without_minor_digits_and_one_with_three() {
    let japan = home_with_plan_in("JPY", ["20000", "500000", "10000"]);
    japan
        .insure(
            "--config config.toml quote --value 450.00 --currency USD --fx USD=153.85 --explain",
        )
            .stdout(
                r"
                Package value    69,233 JPY  450.00 USD at 1 USD = 153.85 JPY (2026-11-22, --fx)
                Included cover   20,000 JPY  free with every parcel
                Uninsured value  49,233 JPY
                Cover            69,233 JPY
                Premium               4 JPY  assumed: 0.75 for every 10000 or part of it

                TikTok Shipping insurance, insured by U-PIC, terms of 2025-10-17
                More cover can be bought until the label is bought (before it or in the same step).
                Not stated: destination, taken as domestic; goods (20 kinds are excluded: insure plan show abroad); fulfilment, taken as platform-label.

                premium.rate is assumed: The premium is charged on the cover above the included one. U-PIC's rate is not published; this one, for every 100.00 or part of it, is that of the nearest published twin.

                How it was decided
                1. converted_value: 450.00 USD x 153.85 (2026-11-22, --fx) -> 69233
                   clause fx (--fx): Not a term of the plan: you state that 1 USD is 153.85 JPY on 2026-11-22. A half minor unit goes up.
                2. package_value: product 69233 + coupon 0 + shipping 0 -> 69233
                   clause value (S0): The package value is the product price paid by the buyer, plus TikTok coupons used, plus the shipping fee paid by the buyer.
                3. included_cover: 69233 -> 20000
                   clause included (S0): Each package is covered free and automatically, up to 200.00.
                4. cover: full of 69233 -> 69233
                   clause maximum (S0): Full cover reaches to the package value, at most 5,000.00; a custom amount is over 200.00 and exceeds neither.
                5. charged_cover: 69233 - 20000 -> 49233
                   clause premium (shopify-shipsurance): The premium is charged on the cover above the included one. U-PIC's rate is not published; this one, for every 100.00 or part of it, is that of the nearest published twin.
                6. premium: 5 x 0.75 per 10000 -> 4
                   clause premium (shopify-shipsurance): The premium is charged on the cover above the included one. U-PIC's rate is not published; this one, for every 100.00 or part of it, is that of the nearest published twin.
                ",
            )
        .run();
    japan.insure("--config config.toml quote --value 138.123 --currency KWD --fx KWD=501.15")
        .stdout(
            r"
            Package value    69,220 JPY  138.123 KWD at 1 KWD = 501.15 JPY (2026-11-22, --fx)
            Included cover   20,000 JPY  free with every parcel
            Uninsured value  49,220 JPY
            Cover            69,220 JPY
            Premium               4 JPY  assumed: 0.75 for every 10000 or part of it

            TikTok Shipping insurance, insured by U-PIC, terms of 2025-10-17
            More cover can be bought until the label is bought (before it or in the same step).
            Not stated: destination, taken as domestic; goods (20 kinds are excluded: insure plan show abroad); fulfilment, taken as platform-label.

            premium.rate is assumed: The premium is charged on the cover above the included one. U-PIC's rate is not published; this one, for every 100.00 or part of it, is that of the nearest published twin.
            ",
        )
        .run();
    let kuwait = home_with_plan_in("KWD", ["60.000", "1500.000", "30.000"]);
    kuwait
        .insure("--config config.toml quote --value 450.01 --currency USD --fx USD=0.307 --explain")
            .stdout(
                r"
                Package value    138.153 KWD  450.01 USD at 1 USD = 0.307 KWD (2026-11-22, --fx)
                Included cover    60.000 KWD  free with every parcel
                Uninsured value   78.153 KWD
                Cover            138.153 KWD
                Premium            2.250 KWD  assumed: 0.75 for every 30.000 or part of it

                TikTok Shipping insurance, insured by U-PIC, terms of 2025-10-17
                More cover can be bought until the label is bought (before it or in the same step).
                Not stated: destination, taken as domestic; goods (20 kinds are excluded: insure plan show abroad); fulfilment, taken as platform-label.

                premium.rate is assumed: The premium is charged on the cover above the included one. U-PIC's rate is not published; this one, for every 100.00 or part of it, is that of the nearest published twin.

                How it was decided
                1. converted_value: 450.01 USD x 0.307 (2026-11-22, --fx) -> 138.153
                   clause fx (--fx): Not a term of the plan: you state that 1 USD is 0.307 KWD on 2026-11-22. A half minor unit goes up.
                2. package_value: product 138.153 + coupon 0.000 + shipping 0.000 -> 138.153
                   clause value (S0): The package value is the product price paid by the buyer, plus TikTok coupons used, plus the shipping fee paid by the buyer.
                3. included_cover: 138.153 -> 60.000
                   clause included (S0): Each package is covered free and automatically, up to 200.00.
                4. cover: full of 138.153 -> 138.153
                   clause maximum (S0): Full cover reaches to the package value, at most 5,000.00; a custom amount is over 200.00 and exceeds neither.
                5. charged_cover: 138.153 - 60.000 -> 78.153
                   clause premium (shopify-shipsurance): The premium is charged on the cover above the included one. U-PIC's rate is not published; this one, for every 100.00 or part of it, is that of the nearest published twin.
                6. premium: 3 x 0.75 per 30.000 -> 2.250
                   clause premium (shopify-shipsurance): The premium is charged on the cover above the included one. U-PIC's rate is not published; this one, for every 100.00 or part of it, is that of the nearest published twin.
                ",
            )
        .run();
    kuwait.insure("--config config.toml quote --value 70000 --currency JPY --fx JPY=0.00199")
        .stdout(
            r"
            Package value    139.300 KWD  70,000 JPY at 1 JPY = 0.00199 KWD (2026-11-22, --fx)
            Included cover    60.000 KWD  free with every parcel
            Uninsured value   79.300 KWD
            Cover            139.300 KWD
            Premium            2.250 KWD  assumed: 0.75 for every 30.000 or part of it

            TikTok Shipping insurance, insured by U-PIC, terms of 2025-10-17
            More cover can be bought until the label is bought (before it or in the same step).
            Not stated: destination, taken as domestic; goods (20 kinds are excluded: insure plan show abroad); fulfilment, taken as platform-label.

            premium.rate is assumed: The premium is charged on the cover above the included one. U-PIC's rate is not published; this one, for every 100.00 or part of it, is that of the nearest published twin.
            ",
        )
        .run();
}

#[test]
fn amounts_stand_without_their_currency() {
    let home = Home::new();
    home.insure("quote --value '450 EUR'")
        .stderr(
            r#"
            error: --value: `450 EUR` is in EUR, expected an amount in USD

            hint: name the currency of all amounts with --currency EUR, and leave it out of them
            "#,
        )
        .status(2)
        .run();
    home.insure("quote --value 450 --cover '300 EUR'")
        .stderr(
            r#"
            error: --cover: `300 EUR` is in EUR, expected an amount in USD

            hint: name the currency of all amounts with --currency EUR, and leave it out of them
            "#,
        )
        .status(2)
        .run();
    home.insure("quote --value '450 USD' --currency EUR --fx EUR=1.1")
        .stderr(
            r#"
            error: --value: `450 USD` is in USD, expected an amount in EUR

            hint: name the currency of all amounts with --currency USD, and leave it out of them
            "#,
        )
        .status(2)
        .run();
    home.insure("quote --value 450 --currency euro")
        .stderr(
            r#"
            error: invalid value 'euro' for '--currency <CODE>': `euro` is not a currency known here, expected an ISO 4217 code such as EUR

            For more information, try '--help'.
            "#,
        )
        .status(2)
        .run();
}

#[test]
fn a_claim_is_stated_in_the_currency_of_its_policy() {
    let home = Home::new();
    home.insure("insure --order 7 --tracking 9400111 --value 450 --currency EUR --fx EUR=1.1 --cover full --accept-terms --ship-date 2026-11-22 --quiet --format ids")
        .stdout(
            r#"
            POL-00001Y
            "#,
        )
        .run();
    home.insure("track 9400111 scanned --quiet --format ids")
        .stdout(
            r#"
            POL-00001Y
            "#,
        )
        .run();
    home.insure("claim check 9400111 --reason damage --amount '120 EUR'")
        .stderr(
            r#"
            error: --amount: `120 EUR` is in EUR, expected an amount in USD

            hint: write it in USD, such as --amount 120.00
            "#,
        )
        .status(2)
        .run();
    home.insure("claim check 9400111 --reason damage --amount 120 --format csv")
        .stdout(
            r#"
            policy,plan,version,currency,eligible,opens_on,closes_on,missing_evidence,amount,payable,code,refused,missing_facts
            POL-00001Y,tiktok-upic,2025-10-17,USD,true,2026-11-22,2027-02-20,invoice; photo,120.00,120.00,,,
            "#,
        )
        .run();
}

#[test]
fn a_rate_that_is_none() {
    let home = Home::new();
    let told = |rate: &str, why: &str| {
        let error = format!("error: invalid value '{rate}' for '--fx <CODE=RATE[@DATE]>': {why}");
        home.insure(&format!("quote --value 450 --fx '{rate}'"))
            .stderr(&format!("{error}\n\nFor more information, try '--help'.\n"))
            .status(2)
            .run();
    };
    told(
        "EUR=0",
        "a rate of `0` makes everything worth nothing, expected digits with a point, such as 1.0850",
    );
    told("EUR=-1.1", "`-1.1` is negative, expected digits with a point, such as 1.0850");
    told("EUR=1,0850", "`1,0850` is not a rate, expected digits with a point, such as 1.0850");
    told("EUR", "expected CODE=RATE, such as EUR=1.0850 or EUR=1.0850@2026-11-20");
    told("EURO=1.1", "`EURO` is not a currency known here, expected an ISO 4217 code such as EUR");
    told("EUR=1.1@yesterday", "`yesterday` is not a day, expected YYYY-MM-DD such as 2026-11-03");
}

#[test]
fn a_rate_that_does_not_fit() {
    let home = Home::new();
    home.insure("quote --value 450 --fx USD=1.1")
        .stderr(
            r#"
            error: --fx USD=1.1: tiktok-upic reckons in USD already

            hint: state what one unit of another currency is in USD
            "#,
        )
        .status(2)
        .run();
    home.insure("quote --value 450 --fx EUR/GBP=0.87")
        .stderr(
            r#"
            error: --fx EUR/GBP=0.87: tiktok-upic reckons in USD, and this is what 1 EUR is in GBP

            hint: state what one unit of the other currency is in USD
            "#,
        )
        .status(2)
        .run();
    home.insure("quote --value 450 --fx EUR=1.1@2026-11-23")
        .stderr(
            r#"
            error: --fx EUR=1.1@2026-11-23: 2026-11-23 is in the future, today is 2026-11-22

            hint: give the day on which the rate was so
            "#,
        )
        .status(2)
        .run();
    home.insure("quote --value 450 --fx EUR=1.1 --fx EUR/USD=1.2")
        .stderr(
            r#"
            error: --fx EUR/USD=1.2: a rate for EUR is stated already

            hint: state one rate a currency; rates of several days belong in config.toml, as [[fx]]
            "#,
        )
        .status(2)
        .run();
}

#[test]
fn a_slip_in_the_table_is_shown_where_it_is() {
    let home = Home::new();
    let entry = "[[fx]]\nfrom = \"EUR\"\nto = \"USD\"\nrate = \"1.1\"\non = 2026-11-20\nsource = \"bank\"\n";
    let told = |from: &str, to: &str, expected: &str| {
        home.write("config.toml", format!("{entry}\n{}", entry.replace(from, to)));
        let output = home
            .command(Path::new(INSURE))
            .args(["quote", "--value", "450", "--config", "config.toml"])
            .output()
            .unwrap();
        let stderr = String::from_utf8(output.stderr).unwrap();
        let (said, _) = stderr.split_once("\n\nhint: a rate looks like this").unwrap();
        assert_eq!(said, format!("error: config.toml: TOML parse error at {expected}"));
        assert_eq!((output.stdout.len(), output.status.code()), (0, Some(2)));
    };
    told(
        "[",
        "[",
        "line 8, column 1\n  |\n8 | [[fx]]\n  | ^^^^^^\n\
        EUR in USD on 2026-11-20 stands on line 1 already, expected one rate a day",
    );
    told(
        "\"USD\"",
        "\"EUR\"",
        "line 10, column 6\n   |\n10 | to = \"EUR\"\n   |      ^^^^^\n\
        expected another currency than EUR, which needs no rate",
    );
    told(
        "1.1",
        "0.00",
        "line 11, column 8\n   |\n11 | rate = \"0.00\"\n   |        ^^^^^^\n\
        a rate of `0.00` makes everything worth nothing, expected digits with a point, such as 1.0850",
    );
    told(
        "1.1",
        "-1.1",
        "line 11, column 8\n   |\n11 | rate = \"-1.1\"\n   |        ^^^^^^\n\
        `-1.1` is negative, expected digits with a point, such as 1.0850",
    );
    told(
        "1.1",
        "1,1",
        "line 11, column 8\n   |\n11 | rate = \"1,1\"\n   |        ^^^^^\n\
        `1,1` is not a rate, expected digits with a point, such as 1.0850",
    );
    told(
        "\"1.1\"",
        "1.1",
        "line 11, column 8\n   |\n11 | rate = 1.1\n   |        ^^^\n\
        invalid type: floating point `1.1`, expected a string",
    );
    told(
        "EUR",
        "EUX",
        "line 9, column 8\n  |\n9 | from = \"EUX\"\n  |        ^^^^^\n\
        `EUX` is not a currency known here, expected an ISO 4217 code such as USD",
    );
    told(
        "\"bank\"",
        "\" \"",
        "line 13, column 10\n   |\n13 | source = \" \"\n   |          ^^^\n\
        expected where the rate comes from",
    );
    told(
        "source = \"bank\"\n",
        "",
        "line 8, column 1\n  |\n8 | [[fx]]\n  | ^^^^^^\nmissing field `source`",
    );
}
