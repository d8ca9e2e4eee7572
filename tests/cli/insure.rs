//! `insure insure`: one parcel together with its label.

use crate::harness::Home;

#[test]
fn the_free_cover_is_recorded_and_nothing_is_bought() {
    let home = Home::new();
    home.insure("insure --order 5771 --value 450")
        .stdout(
            r"
            Policy         POL-00001Y
            Parcel         5771
            Package value  450.00 USD
            Cover          200.00 USD  250.00 USD stays uninsured
            Premium        0.00 USD
            ",
        )
        .run();
    home.insure("status 5771")
        .stdout(
            r"
            Policy         POL-00001Y   confirmed
            Order          5771
            Package        -
            Tracking       -
            Contents       -
            Plan           tiktok-upic  TikTok Shipping insurance, insured by U-PIC, terms of 2025-10-17
            Package value  450.00 USD
            Cover          200.00 USD
            Premium        0.00 USD
            History
              2026-11-22  BAT-00001Y recorded
            ",
        )
        .run();
}

#[test]
fn full_cover_with_the_label_bought_in_this_step() {
    let home = Home::new();
    home.insure("insure --order 5771 --tracking 9400111000000000000001 --value 450 --cover full")
        .stderr(
            r"
            error: cover by tiktok-upic is bought for the first time, and its agreement is not accepted yet

            hint: read it with `insure plan show tiktok-upic`, then add --accept-terms, or accept once: insure plan accept tiktok-upic
            ",
        )
        .status(3)
        .run();
    home.insure("insure --order 5771 --tracking 9400111000000000000001 --value 450 --cover full --accept-terms")
        .stdout(
            r"
            Policy         POL-00001Y
            Parcel         9400111000000000000001
            Package value  450.00 USD
            Cover          450.00 USD
            Premium        2.25 USD                assumed: 0.75 for every 100.00 or part of it
            ",
        )
        .run();
    home.insure("insure --order 5772 --tracking 9400111000000000000002 --value 450 --cover 300")
        .stdout(
            r"
            Policy         POL-00002W
            Parcel         9400111000000000000002
            Package value  450.00 USD
            Cover          300.00 USD              150.00 USD stays uninsured
            Premium        0.75 USD                assumed: 0.75 for every 100.00 or part of it
            ",
        )
        .run();
}

#[test]
fn the_agreement_accepted_once_is_not_asked_for_again() {
    let home = Home::new();
    home.insure("plan accept")
        .stdout(
            r"
            Accepted for tiktok-upic on 2026-11-22:
            The first purchase needs acceptance of U-PIC's agreement, once: the insurer is U-PIC, the cover and its exclusions are those of this plan, premiums are refunded only for labels cancelled before the first carrier scan, and claims go through Seller Center within 90 days of the ship date.
            ",
        )
        .run();
    home.insure("insure --order 5771 --value 450 --cover full --format ids")
        .stdout(
            r"
            POL-00001Y
            ",
        )
        .run();
}

#[test]
fn the_label_command_buys_the_label_in_the_same_step() {
    let home = Home::new();
    home.write_lines(
        "buy-label.sh",
        "
        echo \"order $INSURE_ORDER, package $INSURE_PACKAGE\" > bought.txt
        echo \"cover $INSURE_COVER, premium $INSURE_PREMIUM\" >> bought.txt
        echo 'talking to the carrier'
        echo 9400111000000000000001
        ",
    );
    home.insure("insure --order 5771 --package 88 --value 450 --cover full --accept-terms --label-command 'sh buy-label.sh'")
        .stdout(
            r"
            Policy         POL-00001Y
            Parcel         5771/88
            Package value  450.00 USD
            Cover          450.00 USD
            Premium        2.25 USD    assumed: 0.75 for every 100.00 or part of it
            ",
        )
        .run();
    assert_eq!(home.read("bought.txt"), "order 5771, package 88\ncover 450.00, premium 2.25\n");
    home.insure("status 9400111000000000000001")
        .stdout(
            r"
            Policy         POL-00001Y              confirmed
            Order          5771
            Package        88
            Tracking       9400111000000000000001
            Contents       -
            Plan           tiktok-upic             TikTok Shipping insurance, insured by U-PIC, terms of 2025-10-17
            Package value  450.00 USD
            Cover          450.00 USD
            Premium        2.25 USD                assumed: premium.rate=0.75 for every 100.00 or part of it
            History
              2026-11-22  BAT-00001Y recorded
            ",
        )
        .run();
}

#[test]
fn a_label_command_that_fails_insures_nothing() {
    let home = Home::new();
    let order = "insure --order 5771 --value 450 --cover full --accept-terms --label-command";
    home.insure(&format!("{order} 'echo no money left >&2; exit 7'"))
        .stderr(
            r"
            no money left
            error: the label was not bought, so nothing is insured: `echo no money left >&2; exit 7` ended with exit status: 7
            ",
        )
        .status(1)
        .run();
    home.insure(&format!("{order} 'kill -9 $$'"))
        .stderr(
            r"
            error: the label was not bought, so nothing is insured: `kill -9 $$` ended with signal: 9 (SIGKILL)
            ",
        )
        .status(1)
        .run();
    home.insure(&format!("{order} true"))
        .stderr(
            r"
            error: the label was not bought, so nothing is insured: `true` ended well, but its last line, ``, is not a tracking number; check whether a label was charged
            ",
        )
        .status(1)
        .run();
    home.insure(&format!("{order} 'echo not a number'"))
        .stderr(
            r"
            error: the label was not bought, so nothing is insured: `echo not a number` ended well, but its last line, `not a number`, is not a tracking number; check whether a label was charged
            ",
        )
        .status(1)
        .run();
    home.insure(&format!("{order} ./buy-label"))
        .stderr(
            r"
            sh: 1: ./buy-label: not found
            error: the label was not bought, so nothing is insured: `./buy-label` ended with exit status: 127
            ",
        )
        .status(1)
        .run();
    home.insure("status 5771")
        .stderr(
            r"
            error: nothing is recorded under `5771`

            hint: give an order, package or tracking number, or a policy (POL-...) or claim (CLM-...)
            ",
        )
        .status(4)
        .run();
}

#[test]
fn a_label_that_was_charged_keeps_its_number_when_the_cover_cannot_be_recorded() {
    let home = Home::new();
    home.insure("insure --order 1 --tracking 9400111000000000000001 --value 10")
        .stdout(
            r"
            Policy         POL-00001Y
            Parcel         9400111000000000000001
            Package value  10.00 USD
            Cover          10.00 USD
            Premium        0.00 USD
            ",
        )
        .run();
    home.insure("insure --order 5771 --value 50 --label-command 'echo 9400111000000000000001'")
        .stderr(
            r"
            error: label 9400111000000000000001 exists, but its cover could not be recorded: refused (tracking_reused): tracking number 9400111000000000000001 belongs to order 1 (POL-00001Y), here it stands under order 5771

            hint: mend that, then run the same command with --tracking 9400111000000000000001 in place of --label-command
            ",
        )
        .status(1)
        .run();
}

#[test]
fn once_the_label_exists_cover_is_refused_with_the_clause() {
    let home = Home::new();
    home.insure("insure --order 5771 --tracking 9400111000000000000001 --value 450 --cover full --label-created-at 2026-11-20")
        .stderr(
            r"
            error: refused (label_exists): the label was bought on 2026-11-20, cover is sold only up to then

            hint: too late for this parcel; next time buy the cover with its label (insure insure --label-command)
                  clause purchase (S0): Cover is bought before or with the label. Once the label exists, it can be neither bought nor edited; if the label purchase fails, so does the cover's.
            ",
        )
        .status(3)
        .run();
    home.insure("insure --order 5771 --tracking 9400111000000000000001 --value 450 --label-created-at 2026-11-20")
        .stdout(
            r"
            Policy         POL-00001Y
            Parcel         9400111000000000000001
            Package value  450.00 USD
            Cover          200.00 USD              250.00 USD stays uninsured
            Premium        0.00 USD
            ",
        )
        .run();
}

#[test]
fn a_label_of_the_future_does_not_exist() {
    let home = Home::new();
    home.insure("insure --order 5771 --value 450 --label-created-at 2026-11-23")
        .stderr(
            r"
            error: --label-created-at: 2026-11-23 is in the future, today is 2026-11-22

            hint: leave it away for a label that is bought in this step
            ",
        )
        .status(2)
        .run();
}

#[test]
fn a_parcel_is_covered_once() {
    let home = Home::new();
    home.insure("insure --order 5771 --value 450 --cover full --accept-terms")
        .stdout(
            r"
            Policy         POL-00001Y
            Parcel         5771
            Package value  450.00 USD
            Cover          450.00 USD
            Premium        2.25 USD    assumed: 0.75 for every 100.00 or part of it
            ",
        )
        .run();
    home.insure("insure --order 5771 --value 450 --cover full")
        .stdout(
            r"
            POL-00001Y  already insured, nothing changed
            ",
        )
        .run();
    home.insure("insure --order 5771 --value 450 --cover full --format json")
        .stdout(
            r#"
            {
              "policy": "POL-00001Y",
              "already_insured": true
            }
            "#,
        )
        .run();
    home.insure("insure --order 5771 --value 450 --cover full --format ids")
        .stdout(
            r"
            POL-00001Y
            ",
        )
        .run();
    home.insure("insure --order 5771 --value 460 --cover full")
        .stderr(
            r"
            error: refused (value_conflict): covered already as POL-00001Y with a package value of 450.00 USD, now stated as 460.00 USD

            hint: if the new figure is right and the carrier has not scanned it: insure cancel POLICY, then insure it again
                  clause value (S0): The package value is the product price paid by the buyer, plus TikTok coupons used, plus the shipping fee paid by the buyer.
            ",
        )
        .status(3)
        .run();
    home.insure("insure --order 5771 --value 450 --cover 300")
        .stderr(
            r"
            error: refused (cover_conflict): covered already as POL-00001Y with 450.00 USD, now asked for 300.00 USD

            hint: if the new figure is right and the carrier has not scanned it: insure cancel POLICY, then insure it again
                  clause purchase (S0): Cover is bought before or with the label. Once the label exists, it can be neither bought nor edited; if the label purchase fails, so does the cover's.
            ",
        )
        .status(3)
        .run();
}

#[test]
fn a_dry_run_decides_and_records_nothing() {
    let home = Home::new();
    home.insure("insure --order 5771 --value 450 --cover full --dry-run --label-command 'touch bought'")
        .stdout(
            r"
            Policy         none: dry run, nothing recorded
            Parcel         5771
            Package value  450.00 USD
            Cover          450.00 USD
            Premium        2.25 USD                         assumed: 0.75 for every 100.00 or part of it
            ",
        )
        .run();
    home.insure("insure --order 5771 --value 450 --cover full --dry-run --format ids").run();
    assert!(!home.path("insure.db").exists());
    assert!(!home.path("bought").exists());
}

#[test]
fn the_figures_as_json() {
    let home = Home::new();
    home.insure("insure --order 5771 --value 150 --format ndjson")
        .stdout(
            r#"
            {"policy":"POL-00001Y","already_insured":false,"plan":"tiktok-upic","kind":"insurance","order_id":"5771","package_id":null,"tracking_number":null,"currency":"USD","fx":null,"package_value":"150.00","cover":"150.00","premium":"0.00","stays_uninsured":"0.00","doubt":null,"trace":[{"rule":"package_value","clause":"value","source":"S0","before":"product 150.00 + coupon 0.00 + shipping 0.00","after":"150.00","text":"The package value is the product price paid by the buyer, plus TikTok coupons used, plus the shipping fee paid by the buyer.","confidence":"published"},{"rule":"included_cover","clause":"included","source":"S0","before":"150.00","after":"150.00","text":"Each package is covered free and automatically, up to 200.00.","confidence":"published"},{"rule":"cover","clause":"maximum","source":"S0","before":"included of 150.00","after":"150.00","text":"Full cover reaches to the package value, at most 5,000.00; a custom amount is over 200.00 and exceeds neither.","confidence":"published"},{"rule":"charged_cover","clause":"premium","source":"shopify-shipsurance","before":"150.00 - 150.00","after":"0.00","text":"The premium is charged on the cover above the included one. U-PIC's rate is not published; this one, for every 100.00 or part of it, is that of the nearest published twin.","confidence":"assumed"},{"rule":"premium","clause":"premium","source":"shopify-shipsurance","before":"0 x 0.75 per 100.00","after":"0.00","text":"The premium is charged on the cover above the included one. U-PIC's rate is not published; this one, for every 100.00 or part of it, is that of the nearest published twin.","confidence":"assumed"}]}
            "#,
        )
        .run();
}

#[test]
fn a_parcel_needs_a_name_and_a_value() {
    let home = Home::new();
    home.insure("insure --value 450")
        .stderr(
            r"
            error: the parcel has no name

            hint: add --order, --package or --tracking, or buy its label with --label-command
            ",
        )
        .status(2)
        .run();
    home.insure("insure --order 5771")
        .stderr(
            r"
            error: what the parcel is worth is not stated

            hint: add --value AMOUNT, or --product AMOUNT with --coupon and --shipping
            ",
        )
        .status(2)
        .run();
    home.insure("insure --order 5771 --value 0")
        .stderr(
            r"
            error: refused (no_value): the package value is 0, there is nothing to cover (a free sample?)

            hint: clause value (S0): The package value is the product price paid by the buyer, plus TikTok coupons used, plus the shipping fee paid by the buyer.
            ",
        )
        .status(3)
        .run();
    home.insure("insure --order 5771 --value 450 --label-command x --tracking 94")
        .stderr(
            r"
            error: the argument '--label-command <COMMAND>' cannot be used with '--tracking <NUMBER>'

            Usage: insure insure --order <ID> --value <AMOUNT> --label-command <COMMAND> --db <PATH> --today <DATE>

            For more information, try '--help'.
            ",
        )
        .status(2)
        .run();
    home.insure("search")
        .stderr(
            r"
            nothing matches
            ",
        )
        .status(4)
        .run();
}

#[test]
fn a_parcel_is_a_row_as_well() {
    let home = Home::new();
    let line = "insure --order 5771 --tracking 940001 --value 450 --cover full --accept-terms";
    home.insure(&format!("{line} --format csv"))
        .stdout(
            r#"
            policy,already_insured,order_id,package_id,tracking_number,currency,package_value,cover,premium,stays_uninsured
            POL-00001Y,false,5771,,940001,USD,450.00,450.00,2.25,0.00
            "#,
        )
        .run();
    home.insure(&format!("{line} --format csv"))
        .stdout(
            r#"
            policy,already_insured,order_id,package_id,tracking_number,currency,package_value,cover,premium,stays_uninsured
            POL-00001Y,true,,,,,,,,
            "#,
        )
        .run();
    home.insure(&format!("{line} --format ids")).stdout("POL-00001Y\n").run();
}

#[test]
fn goods_that_may_not_be_covered_are_said_when_cover_is_bought() {
    let home = Home::new();
    home.insure("insure --order 1 --value 450 --cover full --goods 'TV stand' --accept-terms")
        .stdout(
            r"
            Policy         POL-00001Y
            Parcel         1
            Package value  450.00 USD
            Cover          450.00 USD
            Premium        2.25 USD    assumed: 0.75 for every 100.00 or part of it
            Note: the goods `TV stand` may be among those not covered (TVs): ask before you pay.
            ",
        )
        .run();
    let line = "insure --order 2 --value 450 --cover full --contents 'fine art' --format json";
    let said: serde_json::Value = serde_json::from_str(&home.insure(line).output_text()).unwrap();
    assert_eq!(said["doubt"]["excluded"], "fine art");
}
