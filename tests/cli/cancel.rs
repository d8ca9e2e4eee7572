//! `insure cancel`: end a cover before the first scan.

use crate::harness::Home;

#[test]
fn before_the_first_scan_the_premium_comes_back() {
    let home = Home::new();
    home.insure("insure --order 5771 --tracking 9400111000000000000001 --value 450 --cover full --accept-terms -q --format ids")
        .stdout(
            r"
            POL-00001Y
            ",
        )
        .run();
    home.insure("cancel 5771")
        .stdout(
            r"
            POL-00001Y  cancelled, premium refunded: 2.25 USD
            ",
        )
        .run();
    home.insure("cancel 5771")
        .stdout(
            r"
            POL-00001Y  was cancelled already, premium refunded: 2.25 USD
            ",
        )
        .run();
    home.insure("cancel 5771 --format json")
        .stdout(
            r#"
            {"policy":"POL-00001Y","refunded":"2.25","currency":"USD","already_cancelled":true}
            "#,
        )
        .run();
    home.insure("status 5771")
        .stdout(
            r"
            Policy         POL-00001Y              cancelled
            Order          5771
            Package        -
            Tracking       9400111000000000000001
            Contents       -
            Plan           tiktok-upic             TikTok Shipping insurance, insured by U-PIC, terms of 2025-10-17
            Package value  450.00 USD
            Cover          450.00 USD
            Premium        2.25 USD                2.25 USD refunded
            History
              2026-11-22  BAT-00001Y recorded
              2026-11-22  cancelled  refunded 2.25, currency USD
            ",
        )
        .run();
}

#[test]
fn after_the_first_scan_it_is_refused_with_the_clause() {
    let home = Home::new();
    home.insure("insure --order 5771 --tracking 9400111000000000000001 --value 450 --cover full --accept-terms --format ids")
        .stdout(
            r"
            POL-00001Y
            ",
        )
        .run();
    home.insure("track 9400111000000000000001 scanned --at 2026-11-22")
        .stdout(
            r"
            POL-00001Y  scanned on 2026-11-22: the cover is effective
            ",
        )
        .run();
    home.insure("cancel 9400111000000000000001")
        .stderr(
            r"
            error: refused (already_scanned): the carrier scanned the parcel on 2026-11-22: POL-00001Y stays, its premium is not refunded

            hint: clause refund (S0): Label cancelled and never scanned by the carrier: the premium is refunded. After the scan: never.
            ",
        )
        .status(3)
        .run();
    home.insure("status 5771 --format csv")
        .stdout(
            r"
            policy,order_id,package_id,tracking_number,plan,version,status,currency,package_value,cover,premium,carrier,to,contents,created_on,shipped_on,scanned_on,delivered_on,looks_like,expected_payout,payout_is,claim,claim_status,claim_closes_on
            POL-00001Y,5771,,9400111000000000000001,tiktok-upic,2025-10-17,effective,USD,450.00,450.00,2.25,,,,2026-11-22,2026-11-22,2026-11-22,,,,,,,2027-02-20
            ",
        )
        .run();
}

#[test]
fn a_cancelled_parcel_can_be_insured_again() {
    let home = Home::new();
    home.insure("insure --order 5771 --value 450 --format ids")
        .stdout(
            r"
            POL-00001Y
            ",
        )
        .run();
    home.insure("cancel 5771 --format ids")
        .stdout(
            r"
            POL-00001Y
            ",
        )
        .run();
    home.insure("insure --order 5771 --value 480 --format ids")
        .stdout(
            r"
            POL-00002W
            ",
        )
        .run();
    home.insure("cancel 5771")
        .stdout(
            r"
            POL-00002W  cancelled, premium refunded: 0.00 USD
            ",
        )
        .run();
}

#[test]
fn what_is_not_there_cannot_be_cancelled() {
    let home = Home::new();
    home.insure("cancel 5771")
        .stderr(
            r"
            error: there is no ledger at [HOME]/insure.db yet, so nothing is recorded

            hint: record cover with `insure batch-insure FILE`, or name another ledger with --db
            ",
        )
        .status(1)
        .run();
    home.insure("insure --order 1 --value 10 --format ids")
        .stdout(
            r"
            POL-00001Y
            ",
        )
        .run();
    home.insure("cancel 5771")
        .stderr(
            r"
            error: nothing is recorded under `5771`

            hint: give an order, package or tracking number, or a policy (POL-...) or claim (CLM-...)
            ",
        )
        .status(4)
        .run();
    home.insure("cancel 1 5771")
        .stdout(
            r"
            POL-00001Y  cancelled, premium refunded: 0.00 USD
            ",
        )
        .stderr(
            r"
            5771: error: nothing is recorded under `5771`

            hint: give an order, package or tracking number, or a policy (POL-...) or claim (CLM-...)
            ",
        )
        .status(4)
        .run();
    home.insure("search --format ids --status cancelled")
        .stdout(
            r"
            POL-00001Y
            ",
        )
        .run();
}

#[test]
fn every_cancellation_is_a_row_or_a_number_as_well() {
    let home = Home::new();
    for parcel in ["--order 5771 --tracking 940001", "--order 5772 --tracking 940002"] {
        home.insure(&format!("insure {parcel} --value 450 --cover full --accept-terms"))
            .output_text();
    }
    home.insure("cancel 5771 9999 5772 --format csv")
        .stdout(
            r#"
            policy,refunded,currency,already_cancelled
            POL-00001Y,2.25,USD,false
            POL-00002W,2.25,USD,false
            "#,
        )
        .stderr(
            r"
            9999: error: nothing is recorded under `9999`

            hint: give an order, package or tracking number, or a policy (POL-...) or claim (CLM-...)
            ",
        )
        .status(4)
        .run();
    home.insure("cancel 5771 5772 --format ids").stdout("POL-00001Y\nPOL-00002W\n").run();
    home.insure("cancel 9999 --format csv")
        .stderr(
            r"
            error: nothing is recorded under `9999`

            hint: give an order, package or tracking number, or a policy (POL-...) or claim (CLM-...)
            ",
        )
        .status(4)
        .run();
}

#[test]
fn a_scan_that_becomes_known_later_undoes_the_refund_and_says_so() {
    let home = Home::new();
    home.insure("insure --order 5 --tracking 1Z5 --value 450 --cover full --accept-terms")
        .output_text();
    home.insure("cancel 5").output_text();
    home.insure("track 1Z5 scanned --at 2026-11-20")
        .stdout(
            r"
            POL-00001Y  scanned on 2026-11-20: it was scanned after all: the cover is effective, the refund is undone and the premium due
            ",
        )
        .run();
}
