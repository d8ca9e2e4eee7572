//! `insure quote`: what does it cost to cover this parcel?

use std::io::{BufRead, BufReader, Write};
use std::sync::mpsc::channel;
use std::thread;
use std::time::Duration;

use crate::harness::Home;

#[test]
fn one_value_is_answered_at_once_and_touches_no_ledger() {
    let home = Home::new();
    home.insure("quote --value 450")
        .stdout(
            r"
            Package value    450.00 USD
            Included cover   200.00 USD  free with every parcel
            Uninsured value  250.00 USD
            Cover            450.00 USD
            Premium            2.25 USD  assumed: 0.75 for every 100.00 or part of it

            TikTok Shipping insurance, insured by U-PIC, terms of 2025-10-17
            More cover can be bought until the label is bought (before it or in the same step).
            Not stated: destination, taken as domestic; goods (20 kinds are excluded: insure plan show tiktok-upic); fulfilment, taken as platform-label.

            premium.rate is assumed: The premium is charged on the cover above the included one. U-PIC's rate is not published; this one, for every 100.00 or part of it, is that of the nearest published twin.
            ",
        )
        .run();
    assert!(!home.path("insure.db").exists());
}

#[test]
fn all_three_choices_of_cover_have_their_price() {
    let home = Home::new();
    home.insure("quote --value 450 --cover included")
        .stdout(
            r"
            Package value    450.00 USD
            Included cover   200.00 USD  free with every parcel
            Uninsured value  250.00 USD
            Cover            200.00 USD
            Premium            0.00 USD

            TikTok Shipping insurance, insured by U-PIC, terms of 2025-10-17
            More cover can be bought until the label is bought (before it or in the same step).
            Not stated: destination, taken as domestic; goods (20 kinds are excluded: insure plan show tiktok-upic); fulfilment, taken as platform-label.
            ",
        )
        .run();
    home.insure("quote --value 450 --cover full")
        .stdout(
            r"
            Package value    450.00 USD
            Included cover   200.00 USD  free with every parcel
            Uninsured value  250.00 USD
            Cover            450.00 USD
            Premium            2.25 USD  assumed: 0.75 for every 100.00 or part of it

            TikTok Shipping insurance, insured by U-PIC, terms of 2025-10-17
            More cover can be bought until the label is bought (before it or in the same step).
            Not stated: destination, taken as domestic; goods (20 kinds are excluded: insure plan show tiktok-upic); fulfilment, taken as platform-label.

            premium.rate is assumed: The premium is charged on the cover above the included one. U-PIC's rate is not published; this one, for every 100.00 or part of it, is that of the nearest published twin.
            ",
        )
        .run();
    home.insure("quote --value 450 --cover 300")
        .stdout(
            r"
            Package value    450.00 USD
            Included cover   200.00 USD  free with every parcel
            Uninsured value  250.00 USD
            Cover            300.00 USD  150.00 USD stays uninsured
            Premium            0.75 USD  assumed: 0.75 for every 100.00 or part of it

            TikTok Shipping insurance, insured by U-PIC, terms of 2025-10-17
            More cover can be bought until the label is bought (before it or in the same step).
            Not stated: destination, taken as domestic; goods (20 kinds are excluded: insure plan show tiktok-upic); fulfilment, taken as platform-label.

            premium.rate is assumed: The premium is charged on the cover above the included one. U-PIC's rate is not published; this one, for every 100.00 or part of it, is that of the nearest published twin.
            ",
        )
        .run();
}

#[test]
fn full_cover_ends_at_the_plans_maximum_and_says_what_stays_uninsured() {
    let home = Home::new();
    home.insure("quote --value 6200")
        .stdout(
            r"
            Package value    6,200.00 USD
            Included cover     200.00 USD  free with every parcel
            Uninsured value  6,000.00 USD
            Cover            5,000.00 USD  1,200.00 USD stays uninsured
            Premium             36.00 USD  assumed: 0.75 for every 100.00 or part of it

            TikTok Shipping insurance, insured by U-PIC, terms of 2025-10-17
            tiktok-upic sells at most 5,000.00 USD for this parcel: Full cover reaches to the package value, at most 5,000.00; a custom amount is over 200.00 and exceeds neither.
            More cover can be bought until the label is bought (before it or in the same step).
            Not stated: destination, taken as domestic; goods (20 kinds are excluded: insure plan show tiktok-upic); fulfilment, taken as platform-label.

            premium.rate is assumed: The premium is charged on the cover above the included one. U-PIC's rate is not published; this one, for every 100.00 or part of it, is that of the nearest published twin.
            ",
        )
        .run();
}

#[test]
fn what_comes_free_needs_no_premium() {
    let home = Home::new();
    home.insure("quote --value 120")
        .stdout(
            r"
            Package value    120.00 USD
            Included cover   120.00 USD  free with every parcel
            Uninsured value    0.00 USD
            Cover            120.00 USD
            Premium            0.00 USD

            TikTok Shipping insurance, insured by U-PIC, terms of 2025-10-17
            Nothing to buy: the included cover reaches, as far as is stated.
            Not stated: destination, taken as domestic; goods (20 kinds are excluded: insure plan show tiktok-upic); fulfilment, taken as platform-label.
            ",
        )
        .run();
    home.insure("quote --value 200")
        .stdout(
            r"
            Package value    200.00 USD
            Included cover   200.00 USD  free with every parcel
            Uninsured value    0.00 USD
            Cover            200.00 USD
            Premium            0.00 USD

            TikTok Shipping insurance, insured by U-PIC, terms of 2025-10-17
            Nothing to buy: the included cover reaches, as far as is stated.
            Not stated: destination, taken as domestic; goods (20 kinds are excluded: insure plan show tiktok-upic); fulfilment, taken as platform-label.
            ",
        )
        .run();
    home.insure("quote --value 200.01")
        .stdout(
            r"
            Package value    200.01 USD
            Included cover   200.00 USD  free with every parcel
            Uninsured value    0.01 USD
            Cover            200.01 USD
            Premium            0.75 USD  assumed: 0.75 for every 100.00 or part of it

            TikTok Shipping insurance, insured by U-PIC, terms of 2025-10-17
            More cover can be bought until the label is bought (before it or in the same step).
            Not stated: destination, taken as domestic; goods (20 kinds are excluded: insure plan show tiktok-upic); fulfilment, taken as platform-label.

            premium.rate is assumed: The premium is charged on the cover above the included one. U-PIC's rate is not published; this one, for every 100.00 or part of it, is that of the nearest published twin.
            ",
        )
        .run();
}

#[test]
fn parts_are_added_up_as_the_plan_counts_them() {
    let home = Home::new();
    home.insure("quote --product 430 --coupon 10 --shipping 10 --format csv")
        .stdout(
            r"
            line,order_id,package_id,tracking_number,plan,version,currency,package_value,included_cover,cover,uninsured_value,stays_uninsured,premium,assumed,code,reason,doubt
            ,,,,tiktok-upic,2025-10-17,USD,450.00,200.00,450.00,250.00,0.00,2.25,true,,,
            ",
        )
        .run();
    home.insure("quote --product 430 --value 450")
        .stderr(
            r"
            error: the argument '--product <AMOUNT>' cannot be used with '--value <AMOUNT>'

            Usage: insure quote --product <AMOUNT> --db <PATH> --today <DATE>

            For more information, try '--help'.
            ",
        )
        .status(2)
        .run();
    home.insure("quote --coupon 10")
        .stderr(
            r"
            error: what the parcel is worth is not stated

            hint: add --value AMOUNT, or --product AMOUNT with --coupon and --shipping
            ",
        )
        .status(2)
        .run();
    home.insure("quote")
        .stderr(
            r"
            error: what the parcel is worth is not stated

            hint: add --value AMOUNT, or --product AMOUNT with --coupon and --shipping
            ",
        )
        .status(2)
        .run();
}

#[test]
fn every_step_is_explained_with_its_clause_and_source() {
    let home = Home::new();
    home.insure("quote --product 430 --coupon 10 --shipping 10 --explain")
        .stdout(
            r"
            Package value    450.00 USD
            Included cover   200.00 USD  free with every parcel
            Uninsured value  250.00 USD
            Cover            450.00 USD
            Premium            2.25 USD  assumed: 0.75 for every 100.00 or part of it

            TikTok Shipping insurance, insured by U-PIC, terms of 2025-10-17
            More cover can be bought until the label is bought (before it or in the same step).
            Not stated: destination, taken as domestic; goods (20 kinds are excluded: insure plan show tiktok-upic); fulfilment, taken as platform-label.

            premium.rate is assumed: The premium is charged on the cover above the included one. U-PIC's rate is not published; this one, for every 100.00 or part of it, is that of the nearest published twin.

            How it was decided
            1. package_value: product 430.00 + coupon 10.00 + shipping 10.00 -> 450.00
               clause value (S0): The package value is the product price paid by the buyer, plus TikTok coupons used, plus the shipping fee paid by the buyer.
            2. included_cover: 450.00 -> 200.00
               clause included (S0): Each package is covered free and automatically, up to 200.00.
            3. cover: full of 450.00 -> 450.00
               clause maximum (S0): Full cover reaches to the package value, at most 5,000.00; a custom amount is over 200.00 and exceeds neither.
            4. charged_cover: 450.00 - 200.00 -> 250.00
               clause premium (shopify-shipsurance): The premium is charged on the cover above the included one. U-PIC's rate is not published; this one, for every 100.00 or part of it, is that of the nearest published twin.
            5. premium: 3 x 0.75 per 100.00 -> 2.25
               clause premium (shopify-shipsurance): The premium is charged on the cover above the included one. U-PIC's rate is not published; this one, for every 100.00 or part of it, is that of the nearest published twin.
            ",
        )
        .run();
}

#[test]
fn programs_read_the_quote_as_json() {
    let home = Home::new();
    home.insure("quote --value 450 --format json")
        .stdout(
            r#"
            {
              "plan": "tiktok-upic",
              "version": "2025-10-17",
              "kind": "insurance",
              "caution": null,
              "currency": "USD",
              "fx": null,
              "package_value": "450.00",
              "included_cover": "200.00",
              "cover": "450.00",
              "uninsured_value": "250.00",
              "stays_uninsured": "0.00",
              "premium": "2.25",
              "total_loss_pays": null,
              "buy_until": "label",
              "assumed": [
                {
                  "figure": "premium.rate",
                  "value": "0.75 for every 100.00 or part of it",
                  "confidence": "assumed",
                  "text": "The premium is charged on the cover above the included one. U-PIC's rate is not published; this one, for every 100.00 or part of it, is that of the nearest published twin."
                }
              ],
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
                  "rule": "package_value",
                  "clause": "value",
                  "source": "S0",
                  "before": "product 450.00 + coupon 0.00 + shipping 0.00",
                  "after": "450.00",
                  "text": "The package value is the product price paid by the buyer, plus TikTok coupons used, plus the shipping fee paid by the buyer.",
                  "confidence": "published"
                },
                {
                  "rule": "included_cover",
                  "clause": "included",
                  "source": "S0",
                  "before": "450.00",
                  "after": "200.00",
                  "text": "Each package is covered free and automatically, up to 200.00.",
                  "confidence": "published"
                },
                {
                  "rule": "cover",
                  "clause": "maximum",
                  "source": "S0",
                  "before": "full of 450.00",
                  "after": "450.00",
                  "text": "Full cover reaches to the package value, at most 5,000.00; a custom amount is over 200.00 and exceeds neither.",
                  "confidence": "published"
                },
                {
                  "rule": "charged_cover",
                  "clause": "premium",
                  "source": "shopify-shipsurance",
                  "before": "450.00 - 200.00",
                  "after": "250.00",
                  "text": "The premium is charged on the cover above the included one. U-PIC's rate is not published; this one, for every 100.00 or part of it, is that of the nearest published twin.",
                  "confidence": "assumed"
                },
                {
                  "rule": "premium",
                  "clause": "premium",
                  "source": "shopify-shipsurance",
                  "before": "3 x 0.75 per 100.00",
                  "after": "2.25",
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
fn a_line_of_json_csv_or_ids() {
    let home = Home::new();
    home.insure("quote --value 150 --format ndjson")
        .stdout(
            r#"
            {"plan":"tiktok-upic","version":"2025-10-17","kind":"insurance","caution":null,"currency":"USD","fx":null,"package_value":"150.00","included_cover":"150.00","cover":"150.00","uninsured_value":"0.00","stays_uninsured":"0.00","premium":"0.00","total_loss_pays":null,"buy_until":"label","assumed":[],"unstated":[{"fact":"to","taken":"domestic","excluded_kinds":0},{"fact":"goods","taken":null,"excluded_kinds":20},{"fact":"fulfilment","taken":"platform-label","excluded_kinds":0}],"doubt":null,"refused":null,"trace":[{"rule":"package_value","clause":"value","source":"S0","before":"product 150.00 + coupon 0.00 + shipping 0.00","after":"150.00","text":"The package value is the product price paid by the buyer, plus TikTok coupons used, plus the shipping fee paid by the buyer.","confidence":"published"},{"rule":"included_cover","clause":"included","source":"S0","before":"150.00","after":"150.00","text":"Each package is covered free and automatically, up to 200.00.","confidence":"published"},{"rule":"cover","clause":"maximum","source":"S0","before":"full of 150.00","after":"150.00","text":"Full cover reaches to the package value, at most 5,000.00; a custom amount is over 200.00 and exceeds neither.","confidence":"published"},{"rule":"charged_cover","clause":"premium","source":"shopify-shipsurance","before":"150.00 - 150.00","after":"0.00","text":"The premium is charged on the cover above the included one. U-PIC's rate is not published; this one, for every 100.00 or part of it, is that of the nearest published twin.","confidence":"assumed"},{"rule":"premium","clause":"premium","source":"shopify-shipsurance","before":"0 x 0.75 per 100.00","after":"0.00","text":"The premium is charged on the cover above the included one. U-PIC's rate is not published; this one, for every 100.00 or part of it, is that of the nearest published twin.","confidence":"assumed"}]}
            "#,
        )
        .run();
    home.insure("quote --value 450 --format csv --order 5771")
        .stdout(
            r"
            line,order_id,package_id,tracking_number,plan,version,currency,package_value,included_cover,cover,uninsured_value,stays_uninsured,premium,assumed,code,reason,doubt
            ,5771,,,tiktok-upic,2025-10-17,USD,450.00,200.00,450.00,250.00,0.00,2.25,true,,,
            ",
        )
        .run();
    home.insure("quote --value 450 --format ids --order 5771")
        .stdout(
            r"
            5771
            ",
        )
        .run();
}

#[test]
fn a_cover_the_plan_does_not_sell_is_refused_with_its_clause() {
    let home = Home::new();
    home.insure("quote --value 450 --cover 500")
        .stdout(
            r"
            Package value    450.00 USD
            Included cover   200.00 USD  free with every parcel
            Uninsured value  250.00 USD
            Cover            200.00 USD
            Premium            0.00 USD

            TikTok Shipping insurance, insured by U-PIC, terms of 2025-10-17
            Not stated: destination, taken as domestic; goods (20 kinds are excluded: insure plan show tiktok-upic); fulfilment, taken as platform-label.
            ",
        )
        .stderr(
            r"
            error: refused (over_value): a cover of 500.00 USD is more than the package is worth, 450.00 USD

            hint: ask for more than 200.00 USD and at most 450.00 USD, or --cover full
                  clause maximum (S0): Full cover reaches to the package value, at most 5,000.00; a custom amount is over 200.00 and exceeds neither.
            ",
        )
        .status(3)
        .run();
    home.insure("quote --value 6200 --cover 5500")
        .stdout(
            r"
            Package value    6,200.00 USD
            Included cover     200.00 USD  free with every parcel
            Uninsured value  6,000.00 USD
            Cover              200.00 USD
            Premium              0.00 USD

            TikTok Shipping insurance, insured by U-PIC, terms of 2025-10-17
            Not stated: destination, taken as domestic; goods (20 kinds are excluded: insure plan show tiktok-upic); fulfilment, taken as platform-label.
            ",
        )
        .stderr(
            r"
            error: refused (over_maximum): a cover of 5,500.00 USD is more than the plan sells, 5,000.00 USD

            hint: ask for more than 200.00 USD and at most 5,000.00 USD, or --cover full
                  clause maximum (S0): Full cover reaches to the package value, at most 5,000.00; a custom amount is over 200.00 and exceeds neither.
            ",
        )
        .status(3)
        .run();
    home.insure("quote --value 450 --cover 150")
        .stdout(
            r"
            Package value    450.00 USD
            Included cover   200.00 USD  free with every parcel
            Uninsured value  250.00 USD
            Cover            200.00 USD
            Premium            0.00 USD

            TikTok Shipping insurance, insured by U-PIC, terms of 2025-10-17
            Not stated: destination, taken as domestic; goods (20 kinds are excluded: insure plan show tiktok-upic); fulfilment, taken as platform-label.
            ",
        )
        .stderr(
            r"
            error: refused (within_included): a cover of 150.00 USD is not more than the 200.00 USD that come free

            hint: ask for more than 200.00 USD and at most 450.00 USD, or --cover full
                  clause maximum (S0): Full cover reaches to the package value, at most 5,000.00; a custom amount is over 200.00 and exceeds neither.
            ",
        )
        .status(3)
        .run();
    home.insure("quote --value 150 --cover 150")
        .stdout(
            r"
            Package value    150.00 USD
            Included cover   150.00 USD  free with every parcel
            Uninsured value    0.00 USD
            Cover            150.00 USD
            Premium            0.00 USD

            TikTok Shipping insurance, insured by U-PIC, terms of 2025-10-17
            Nothing to buy: the included cover reaches, as far as is stated.
            Not stated: destination, taken as domestic; goods (20 kinds are excluded: insure plan show tiktok-upic); fulfilment, taken as platform-label.
            ",
        )
        .stderr(
            r"
            error: refused (within_included): a cover of 150.00 USD is not more than the 150.00 USD that come free

            hint: use --cover included: all of 150.00 USD is covered free
                  clause maximum (S0): Full cover reaches to the package value, at most 5,000.00; a custom amount is over 200.00 and exceeds neither.
            ",
        )
        .status(3)
        .run();
}

#[test]
fn a_parcel_the_plan_does_not_cover_is_refused_with_its_clause() {
    let home = Home::new();
    home.insure("quote --value 450 --to RU")
        .stderr(
            r"
            error: refused (excluded_destination): tiktok-upic does not cover parcels to RU

            hint: clause destinations (upic-coverage): No cover to 32 excluded countries.
            ",
        )
        .status(3)
        .run();
    home.insure("quote --value 450 --goods Televisions")
        .stderr(
            r"
            error: refused (excluded_goods): the goods are given as `Televisions`, and tiktok-upic does not cover televisions

            hint: state the goods more exactly, if they are something else
                  clause goods (upic-coverage): Not insurable unless endorsed: accounts, bills, bullion, currency, deeds, evidence of debt, furs, original or fine art, bare computer chips, money, notes, securities, precious or semi-precious stones, televisions, tickets, personal goods; never perishables. Collectible coins are allowed.
            ",
        )
        .status(3)
        .run();
    home.insure("quote --value 450 --fulfilment seller-label")
        .stderr(
            r"
            error: refused (not_covered_fulfilment): the parcel is shipped as seller-label, and tiktok-upic covers only platform-label

            hint: clause fulfilment (S0): Only parcels with a platform label (Seller Center desktop, Seller App, Open API) are covered; not Fulfilled by TikTok, not seller shipping.
            ",
        )
        .status(3)
        .run();
    home.insure("quote --value 450 --fulfilment platform-warehouse")
        .stderr(
            r"
            error: refused (not_covered_fulfilment): the parcel is shipped as platform-warehouse, and tiktok-upic covers only platform-label

            hint: clause fulfilment (S0): Only parcels with a platform label (Seller Center desktop, Seller App, Open API) are covered; not Fulfilled by TikTok, not seller shipping.
            ",
        )
        .status(3)
        .run();
}

#[test]
fn after_the_label_nothing_more_is_sold() {
    let home = Home::new();
    home.insure("quote --value 450 --label-exists")
        .stdout(
            r"
            Package value    450.00 USD
            Included cover   200.00 USD  free with every parcel
            Uninsured value  250.00 USD
            Cover            200.00 USD
            Premium            0.00 USD

            TikTok Shipping insurance, insured by U-PIC, terms of 2025-10-17
            Not stated: destination, taken as domestic; goods (20 kinds are excluded: insure plan show tiktok-upic); fulfilment, taken as platform-label.
            ",
        )
        .stderr(
            r"
            error: refused (label_exists): the label exists already, cover is sold only up to its purchase

            hint: too late for this parcel; next time buy the cover with its label (insure insure --label-command)
                  clause purchase (S0): Cover is bought before or with the label. Once the label exists, it can be neither bought nor edited; if the label purchase fails, so does the cover's.
            ",
        )
        .status(3)
        .run();
    home.insure("quote --value 450 --label-exists --cover included")
        .stdout(
            r"
            Package value    450.00 USD
            Included cover   200.00 USD  free with every parcel
            Uninsured value  250.00 USD
            Cover            200.00 USD
            Premium            0.00 USD

            TikTok Shipping insurance, insured by U-PIC, terms of 2025-10-17
            Not stated: destination, taken as domestic; goods (20 kinds are excluded: insure plan show tiktok-upic); fulfilment, taken as platform-label.
            ",
        )
        .run();
}

#[test]
fn terms_before_the_first_known_ones_are_not_guessed() {
    let home = Home::new();
    home.insure("quote --value 450 --today 2025-10-16")
        .stderr(
            r"
            error: refused (no_terms): tiktok-upic has no terms for 2025-10-16 here: the oldest known took effect on 2025-10-17

            hint: clause value (S0): The package value is the product price paid by the buyer, plus TikTok coupons used, plus the shipping fee paid by the buyer.
            ",
        )
        .status(3)
        .run();
}

#[test]
fn a_file_is_priced_row_by_row() {
    let home = Home::new();
    home.write_lines(
        "parcels.csv",
        "
        order_id,value
        1001,450
        1002,120
        1003,12x
        1004,6200
        ",
    );
    home.insure("quote --input parcels.csv")
        .stdout(
            r#"
            line,order_id,package_id,tracking_number,plan,version,currency,package_value,included_cover,cover,uninsured_value,stays_uninsured,premium,assumed,code,reason,doubt
            2,1001,,,tiktok-upic,2025-10-17,USD,450.00,200.00,450.00,250.00,0.00,2.25,true,,,
            3,1002,,,tiktok-upic,2025-10-17,USD,120.00,120.00,120.00,0.00,0.00,0.00,false,,,
            4,1003,,,,,,,,,,,,,bad_amount,"column value: `12x` is not an amount, expected one such as 450.00",
            5,1004,,,tiktok-upic,2025-10-17,USD,6200.00,200.00,5000.00,6000.00,1200.00,36.00,true,,,
            "#,
        )
        .stderr(
            r"
            4 parcels: 3 priced, 0 cancelled, 1 refused (1 bad_amount); cover 5,570.00 USD, premium 38.25 USD
            ",
        )
        .status(3)
        .run();
    home.insure("quote --input parcels.csv --format ndjson")
        .stdout(
            r#"
            {"line":2,"order_id":"1001","package_id":null,"tracking_number":null,"plan":"tiktok-upic","version":"2025-10-17","currency":"USD","package_value":"450.00","included_cover":"200.00","cover":"450.00","uninsured_value":"250.00","stays_uninsured":"0.00","premium":"2.25","assumed":true,"code":null,"reason":null,"doubt":null}
            {"line":3,"order_id":"1002","package_id":null,"tracking_number":null,"plan":"tiktok-upic","version":"2025-10-17","currency":"USD","package_value":"120.00","included_cover":"120.00","cover":"120.00","uninsured_value":"0.00","stays_uninsured":"0.00","premium":"0.00","assumed":false,"code":null,"reason":null,"doubt":null}
            {"line":4,"order_id":"1003","package_id":null,"tracking_number":null,"plan":null,"version":null,"currency":null,"package_value":null,"included_cover":null,"cover":null,"uninsured_value":null,"stays_uninsured":null,"premium":null,"assumed":null,"code":"bad_amount","reason":"column value: `12x` is not an amount, expected one such as 450.00","doubt":null}
            {"line":5,"order_id":"1004","package_id":null,"tracking_number":null,"plan":"tiktok-upic","version":"2025-10-17","currency":"USD","package_value":"6200.00","included_cover":"200.00","cover":"5000.00","uninsured_value":"6000.00","stays_uninsured":"1200.00","premium":"36.00","assumed":true,"code":null,"reason":null,"doubt":null}
            "#,
        )
        .stderr(
            r"
            4 parcels: 3 priced, 0 cancelled, 1 refused (1 bad_amount); cover 5,570.00 USD, premium 38.25 USD
            ",
        )
        .status(3)
        .run();
    home.insure("quote --input parcels.csv --format json -q")
        .stdout(
            r#"
            [
              {"line":2,"order_id":"1001","package_id":null,"tracking_number":null,"plan":"tiktok-upic","version":"2025-10-17","currency":"USD","package_value":"450.00","included_cover":"200.00","cover":"450.00","uninsured_value":"250.00","stays_uninsured":"0.00","premium":"2.25","assumed":true,"code":null,"reason":null,"doubt":null},
              {"line":3,"order_id":"1002","package_id":null,"tracking_number":null,"plan":"tiktok-upic","version":"2025-10-17","currency":"USD","package_value":"120.00","included_cover":"120.00","cover":"120.00","uninsured_value":"0.00","stays_uninsured":"0.00","premium":"0.00","assumed":false,"code":null,"reason":null,"doubt":null},
              {"line":4,"order_id":"1003","package_id":null,"tracking_number":null,"plan":null,"version":null,"currency":null,"package_value":null,"included_cover":null,"cover":null,"uninsured_value":null,"stays_uninsured":null,"premium":null,"assumed":null,"code":"bad_amount","reason":"column value: `12x` is not an amount, expected one such as 450.00","doubt":null},
              {"line":5,"order_id":"1004","package_id":null,"tracking_number":null,"plan":"tiktok-upic","version":"2025-10-17","currency":"USD","package_value":"6200.00","included_cover":"200.00","cover":"5000.00","uninsured_value":"6000.00","stays_uninsured":"1200.00","premium":"36.00","assumed":true,"code":null,"reason":null,"doubt":null}
            ]
            "#,
        )
        .status(3)
        .run();
    home.insure("quote --input parcels.csv --format ids")
        .stdout(
            r"
            1001
            1002
            1003
            1004
            ",
        )
        .stderr(
            r"
            4 parcels: 3 priced, 0 cancelled, 1 refused (1 bad_amount); cover 5,570.00 USD, premium 38.25 USD
            ",
        )
        .status(3)
        .run();
    home.insure("quote --input parcels.csv --cover included --format csv -q")
        .stdout(
            r#"
            line,order_id,package_id,tracking_number,plan,version,currency,package_value,included_cover,cover,uninsured_value,stays_uninsured,premium,assumed,code,reason,doubt
            2,1001,,,tiktok-upic,2025-10-17,USD,450.00,200.00,200.00,250.00,250.00,0.00,false,,,
            3,1002,,,tiktok-upic,2025-10-17,USD,120.00,120.00,120.00,0.00,0.00,0.00,false,,,
            4,1003,,,,,,,,,,,,,bad_amount,"column value: `12x` is not an amount, expected one such as 450.00",
            5,1004,,,tiktok-upic,2025-10-17,USD,6200.00,200.00,200.00,6000.00,6000.00,0.00,false,,,
            "#,
        )
        .status(3)
        .run();
}

#[test]
fn a_file_to_be_priced_needs_no_ids_and_may_come_from_stdin() {
    let home = Home::new();
    home.insure("quote --input - --format csv")
        .stdin("
        product,coupon,shipping
        430,10,10
        99.99,,
        ")
        .stdout(
            r"
            line,order_id,package_id,tracking_number,plan,version,currency,package_value,included_cover,cover,uninsured_value,stays_uninsured,premium,assumed,code,reason,doubt
            2,,,,tiktok-upic,2025-10-17,USD,450.00,200.00,450.00,250.00,0.00,2.25,true,,,
            3,,,,tiktok-upic,2025-10-17,USD,99.99,99.99,99.99,0.00,0.00,0.00,false,,,
            ",
        )
        .stderr(
            r"
            2 parcels: 2 priced, 0 cancelled, 0 refused; cover 549.99 USD, premium 2.25 USD
            ",
        )
        .run();
}

#[test]
fn a_tiktok_export_is_priced_by_package() {
    let home = Home::new();
    home.fixture("tiktok-63.csv");
    home.insure("quote --input tiktok-63.csv -v")
        .stdout(
            r#"
            line,order_id,package_id,tracking_number,plan,version,currency,package_value,included_cover,cover,uninsured_value,stays_uninsured,premium,assumed,code,reason,doubt
            2,577421100000000001,,,tiktok-upic,2025-10-17,USD,450.00,200.00,450.00,250.00,0.00,2.25,true,,,
            5,577421100000000002,,,tiktok-upic,2025-10-17,USD,338.99,200.00,338.99,138.99,0.00,1.50,true,,,
            11,577421100000000003,1154211000000003,9400111000000000000003,tiktok-upic,2025-10-17,USD,206.67,200.00,200.00,6.67,6.67,0.00,false,label_exists,"the label was bought on 2026-11-17, cover is sold only up to then",
            14,577421100000000003,1154211000000053,9400111000000000000053,tiktok-upic,2025-10-17,USD,103.33,103.33,103.33,0.00,0.00,0.00,false,,,
            17,577421100000000004,1154211000000004,9400111000000000000004,tiktok-upic,2025-10-17,USD,145.00,145.00,145.00,0.00,0.00,0.00,false,,,
            23,577421100000000006,,,,,,,,,,,,,order_cancelled,"the order is cancelled, there is nothing to cover",
            26,577421100000000007,1154211000000007,9400111000000000000007,,,,,,,,,,,not_covered_fulfilment,"the parcel is shipped as platform-warehouse, and tiktok-upic covers only platform-label",
            29,577421100000000008,1154211000000008,9400111000000000000008,,,,,,,,,,,not_covered_fulfilment,"the parcel is shipped as seller-label, and tiktok-upic covers only platform-label",
            32,577421100000000009,1154211000000009,9400111000000000000009,tiktok-upic,2025-10-17,USD,300.00,200.00,200.00,100.00,100.00,0.00,false,label_exists,"the label was bought on 2026-11-19, cover is sold only up to then",
            "#,
        )
        .stderr(
            r"
            tiktok-63.csv: layout tiktok-us: it knows 19 of 63 columns
            tiktok-63.csv: read as UTF-8, by its byte order mark
            tiktok-63.csv: 11 rows: 8 priced, 1 skipped (1 order_cancelled), 2 refused
            9 parcels: 6 priced (for less cover than asked: 2 label_exists), 1 cancelled, 2 refused (2 not_covered_fulfilment); cover 1,437.32 USD, premium 3.75 USD
            hint (label_exists): too late for this parcel; next time buy the cover with its label (insure insure --label-command)
            ",
        )
        .status(3)
        .run();
}

#[test]
fn the_shipped_example_can_be_priced() {
    let home = Home::new();
    home.example("tiktok-orders.csv");
    let priced = home.insure("quote --input tiktok-orders.csv").status(3).output_text();
    assert_eq!(priced.lines().count(), 25, "a header and a line for each package or order");
}

#[test]
fn rows_come_out_while_rows_still_come_in() {
    let home = Home::new();
    let mut child = home.insure("quote --input - --format ndjson -q").spawn();
    let mut stdin = child.stdin.take().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let (answered, wait) = channel();
    let typing = thread::spawn(move || {
        stdin.write_all(b"order_id,value\n").unwrap();
        // More than every buffer on the way holds.
        for order in 0..10_000 {
            writeln!(stdin, "{order},450.00").unwrap();
        }
        // The end of the file comes only after the first answer.
        wait.recv_timeout(Duration::from_secs(60)).is_ok()
    });
    let first = lines.next().unwrap().unwrap();
    assert!(first.starts_with(r#"{"line":2,"order_id":"0""#), "{first}");
    answered.send(()).unwrap();
    assert_eq!(lines.count(), 9_999);
    assert!(typing.join().unwrap(), "the first row came only with the end of the file");
    child.wait().unwrap();
}

#[test]
fn goods_that_only_mention_an_excluded_kind_are_sold_and_said_to_be_in_doubt() {
    let home = Home::new();
    let on = "--plan easypost --from US --to US --fulfilment platform-label";
    home.insure(&format!("quote --value 450 --goods 'Jewelry & Accessories' {on}"))
        .stdout(
            r"
            Package value    450.00 USD
            Included cover     0.00 USD
            Uninsured value  450.00 USD
            Cover            450.00 USD
            Premium            4.50 USD

            EasyPost shipping insurance, terms of 2024-01-01
            More cover can be bought until the carrier's first scan.
            Note: the goods `Jewelry & Accessories` may be among those not covered (jewelry): ask before you pay (insure plan show easypost).
            ",
        )
        .run();
    home.insure(&format!("quote --value 450 --goods Lamps {on}"))
        .stdout(
            r"
            Package value    450.00 USD
            Included cover     0.00 USD
            Uninsured value  450.00 USD
            Cover            450.00 USD
            Premium            4.50 USD

            EasyPost shipping insurance, terms of 2024-01-01
            More cover can be bought until the carrier's first scan.
            `Lamps` is none of the 18 excluded kinds by name.
            ",
        )
        .run();
    home.insure(&format!("quote --value 450 --goods jewelry {on}"))
        .stderr(
            r"
            error: refused (excluded_goods): the goods are given as `jewelry`, and easypost does not cover jewelry

            hint: state the goods more exactly, if they are something else
                  clause goods (claims): Not covered: coins, bullion, loose diamonds or stones, jewelry, rock slabs, stocks, bonds, currency, deeds, evidence of debt, traveler's checks, money orders, gift certificates, calling cards, lottery and event tickets, and other negotiable documents.
            ",
        )
        .status(3)
        .run();
    let doubt = |line: &str| {
        let said = home.insure(&format!("quote --value 450 {line} --format json")).output_text();
        let said: serde_json::Value = serde_json::from_str(&said).unwrap();
        said["doubt"].clone()
    };
    assert_eq!(
        doubt(&format!("--goods Gifts --contents 'two gold COINS' {on}")),
        serde_json::json!({
            "fact": "contents", "stated": "two gold COINS", "excluded": "coins",
            "clause": "goods", "source": "claims",
        })
    );
    assert_eq!(doubt("--goods 'TV stand'")["excluded"], "TVs");
    assert!(doubt("--goods 'Coinage'").is_null());
    assert!(doubt("--to US").is_null());
}

#[test]
fn rows_of_a_file_in_doubt_are_counted_where_cover_would_be_bought() {
    let home = Home::new();
    home.write_lines(
        "parcels.csv",
        "
        order_id,value,goods,contents
        1,450,TV stands,
        2,150,TV stands,
        3,450,Gifts,original ART
        4,450,Gifts,a TV
        5,450,Gifts,a lamp
        ",
    );
    home.shell("insure quote --input parcels.csv | cut -d , -f 2,10,17")
        .stdout(
            r"
            order_id,cover,doubt
            1,450.00,TVs
            2,150.00,
            3,450.00,original art
            4,450.00,TVs
            5,450.00,
            ",
        )
        .stderr(
            r"
            5 parcels: 5 priced, 0 cancelled, 0 refused; cover 1,950.00 USD, premium 9.00 USD
            note: 3 parcels name goods that may not be covered: TVs 2, original art 1
            ",
        )
        .run();
}

#[test]
fn cross_border_cover_is_not_sold_for_a_parcel_that_stays_in_its_country() {
    let home = Home::new();
    home.insure("quote --value 450 --from US --to 'united states' --plan takesendship")
        .stderr(
            r"
            error: refused (not_cross_border): the parcel stays in US, and takesendship covers only parcels that cross a border

            hint: clause destinations (S1): Cross-border parcels only: none to China, where they leave from.
            ",
        )
        .status(3)
        .run();
    home.insure("quote --value 450 --from US --plan takesendship --fulfilment seller-label")
        .stdout(
            r"
            Package value    450.00 USD
            Included cover     0.00 USD
            Uninsured value  450.00 USD
            Cover            450.00 USD
            Premium            4.50 USD  assumed: 1.0 %; assumed: no limit

            TakeSendShip cross-border cover, bought through the forwarder, terms of 2024-01-01
            More cover can be bought by the seller until the carrier's first scan.
            Not stated: destination, taken as abroad.

            premium.percent is assumed: The rate is not published; 1.0 % of the cover is assumed, that of the published comparators: UEQ 1.0 %, Xiongda 1 % and at least RMB 100.

            maximum.amount is assumed: The limit is not published; none is assumed. Published comparators: UEQ at most RMB 10,000 a parcel, Xiongda at most RMB 100,000.
            ",
        )
        .run();
}

#[test]
fn what_a_total_loss_would_pay_is_said_where_it_is_less_than_the_cover() {
    let home = Home::new();
    let on = "--plan shippo-xcover --from US --to US --fulfilment platform-label";
    home.insure(&format!("quote --value 450 --goods jewelry {on}"))
        .stdout(
            r"
            Package value    450.00 USD
            Included cover     0.00 USD
            Uninsured value  450.00 USD
            Cover            450.00 USD
            Premium            5.63 USD
            Total loss pays  337.50 USD  less than the cover

            Shippo, insured by XCover, terms of 2024-03-01
            More cover can be bought until the label is bought (before it or in the same step).
            A total loss pays 337.50 USD: Jewelry and watches, antiques and artwork, glassware and ceramics, shipped from the US: what was lost, less a deductible of 25 %.
            ",
        )
        .run();
    let pays = |line: &str| {
        let line = format!("quote {line} {on} --format json");
        let said: serde_json::Value =
            serde_json::from_str(&home.insure(&line).output_text()).unwrap();
        said["total_loss_pays"].clone()
    };
    assert_eq!(pays("--value 450 --goods jewelry"), "337.50");
    assert!(pays("--value 450 --goods jewelry --cover 300").is_null(), "the cover is the least");
    assert!(pays("--value 450 --goods Lamps").is_null());
}

#[test]
fn a_country_may_be_named_as_files_name_it() {
    let home = Home::new();
    for (to, status) in [("Germany", 0), ("uk", 0), ("'South Korea'", 0), ("Russia", 2)] {
        let said = home.insure(&format!("quote --value 450 --to {to}")).output();
        assert_eq!(said.status.code(), Some(status), "{to}");
    }
    home.insure("quote --value 450 --to Atlantis")
        .stderr(
            r"
            error: invalid value 'Atlantis' for '--to <COUNTRY>': expected a country: two letters such as DE, or its English name such as Germany

            For more information, try '--help'.
            ",
        )
        .status(2)
        .run();
}

#[test]
fn a_parcel_worth_nothing_has_nothing_to_cover() {
    let home = Home::new();
    home.insure("quote --value 0")
        .stderr(
            r"
            error: refused (no_value): the package value is 0, there is nothing to cover (a free sample?)

            hint: clause value (S0): The package value is the product price paid by the buyer, plus TikTok coupons used, plus the shipping fee paid by the buyer.
            ",
        )
        .status(3)
        .run();
}

#[test]
fn an_example_in_a_hint_is_one_of_its_currency() {
    let home = Home::new();
    home.insure("quote --value 70000.50 --currency JPY --fx JPY=0.0065")
        .stderr(
            r"
            error: --value: `70000.50` has more decimals than JPY has (0)

            hint: write it in JPY, for example --value 450
            ",
        )
        .status(2)
        .run();
}

#[test]
fn one_plan_is_an_identifier_as_among_several() {
    let home = Home::new();
    home.insure("quote --value 450 --format ids --plan easypost").stdout("easypost\n").run();
    home.insure("quote --value 450 --format ids --order 5771").stdout("5771\n").run();
    home.insure("quote --value 450 --format ids --cover 150").status(3).run();
}

#[test]
fn parcels_that_nothing_would_cover_are_counted() {
    let home = Home::new();
    home.write("parcels.csv", "order_id,value,scanned_on\n1001,450,2026-11-20\n1002,450,\n");
    home.insure("quote --input parcels.csv --plan easypost --format ids")
        .stdout("\n1001\n1002\n")
        .stderr(
            r"
            2 parcels: 2 priced (for less cover than asked: 1 already_shipped), 0 cancelled, 0 refused; cover 450.00 USD, premium 4.50 USD
            note: 1 priced parcel has no cover, and batch-insure refuses it (1 already_shipped)
            hint (already_shipped): too late for this parcel; next time buy the cover before it is handed over
            ",
        )
        .status(3)
        .run();
}
