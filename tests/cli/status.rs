//! `insure status`: everything about a parcel, by any of its names.

use crate::harness::Home;

fn with_a_claim() -> Home {
    let home = Home::new();
    home.write_lines(
        "parcels.csv",
        "
        order_id,package_id,tracking_number,value,carrier,service,contents,scanned_on
        1001,P-1001,9400111000000000000001,450,USPS,Ground,Espresso machine,2026-10-22
        1002,P-1002,9400111000000000000002,120,UPS,,Walnut clock,
        1002,P-1003,9400111000000000000003,80,UPS,,Brass lamp,
        ",
    );
    home.insure("batch-insure parcels.csv --today 2026-10-21").output_text();
    home.insure("claim file 1001 --reason loss -q").output_text();
    home
}

#[test]
fn any_identifier_leads_to_the_whole_story() {
    let home = with_a_claim();
    home.insure("status 9400111000000000000001")
        .stdout(
            r"
            Policy         POL-00001Y              effective
            Order          1001
            Package        P-1001
            Tracking       9400111000000000000001  USPS, Ground
            Contents       Espresso machine
            Plan           tiktok-upic             TikTok Shipping insurance, insured by U-PIC, terms of 2025-10-17
            Package value  450.00 USD
            Cover          200.00 USD
            Premium        0.00 USD
            Shipped        2026-10-22              scanned 2026-10-22
            Claim until    2027-01-20
            Claim          CLM-00001Y  draft       loss, 450.00 USD claimed, pays 200.00 USD
            History
              2026-10-21  BAT-00001Y recorded
              2026-11-22  CLM-00001Y claim filed  reason loss, amount 450.00, payable 200.00, status draft, missing invoice and affidavit
            ",
        )
        .run();
    let whole = home.insure("status 9400111000000000000001").output_text();
    for id in ["1001", "P-1001", "POL-00001Y", "pol-00001y", "CLM-00001Y"] {
        assert_eq!(home.insure(&format!("status {id}")).output_text(), whole, "{id}");
    }
}

#[test]
fn an_order_of_two_packages_shows_both() {
    let home = with_a_claim();
    home.insure("status 1002")
        .stdout(
            r"
            Policy         POL-00002W              confirmed
            Order          1002
            Package        P-1002
            Tracking       9400111000000000000002  UPS
            Contents       Walnut clock
            Plan           tiktok-upic             TikTok Shipping insurance, insured by U-PIC, terms of 2025-10-17
            Package value  120.00 USD
            Cover          120.00 USD
            Premium        0.00 USD
            History
              2026-10-21  BAT-00001Y recorded

            Policy         POL-00003T              confirmed
            Order          1002
            Package        P-1003
            Tracking       9400111000000000000003  UPS
            Contents       Brass lamp
            Plan           tiktok-upic             TikTok Shipping insurance, insured by U-PIC, terms of 2025-10-17
            Package value  80.00 USD
            Cover          80.00 USD
            Premium        0.00 USD
            History
              2026-10-21  BAT-00001Y recorded
            ",
        )
        .run();
    home.insure("status 1002 --format ids")
        .stdout(
            r"
            POL-00002W
            POL-00003T
            ",
        )
        .run();
    home.insure("status 1001 1002 --format csv")
        .stdout(
            r"
            policy,order_id,package_id,tracking_number,plan,version,status,currency,package_value,cover,premium,carrier,to,contents,created_on,shipped_on,scanned_on,delivered_on,looks_like,expected_payout,payout_is,claim,claim_status,claim_closes_on
            POL-00001Y,1001,P-1001,9400111000000000000001,tiktok-upic,2025-10-17,effective,USD,450.00,200.00,0.00,USPS,,Espresso machine,2026-10-21,2026-10-22,2026-10-22,,,,,CLM-00001Y,draft,2027-01-20
            POL-00002W,1002,P-1002,9400111000000000000002,tiktok-upic,2025-10-17,confirmed,USD,120.00,120.00,0.00,UPS,,Walnut clock,2026-10-21,,,,,,,,,
            POL-00003T,1002,P-1003,9400111000000000000003,tiktok-upic,2025-10-17,confirmed,USD,80.00,80.00,0.00,UPS,,Brass lamp,2026-10-21,,,,,,,,,
            ",
        )
        .run();
}

#[test]
fn programs_read_it_as_json() {
    let home = with_a_claim();
    home.insure("status 1001 --format json")
        .stdout(
            r#"
            [
              {
                "policy": "POL-00001Y",
                "order_id": "1001",
                "package_id": "P-1001",
                "tracking_number": "9400111000000000000001",
                "plan": "tiktok-upic",
                "version": "2025-10-17",
                "status": "effective",
                "currency": "USD",
                "package_value": "450.00",
                "cover": "200.00",
                "premium": "0.00",
                "carrier": "USPS",
                "to": null,
                "contents": "Espresso machine",
                "created_on": "2026-10-21",
                "shipped_on": "2026-10-22",
                "scanned_on": "2026-10-22",
                "delivered_on": null,
                "looks_like": null,
                "expected_payout": null,
                "payout_is": null,
                "claim": "CLM-00001Y",
                "claim_status": "draft",
                "claim_closes_on": "2027-01-20",
                "plan_name": "TikTok Shipping insurance, insured by U-PIC",
                "kind": "insurance",
                "included_cover": "200.00",
                "product": "450.00",
                "coupon": "0.00",
                "shipping": "0.00",
                "fx": null,
                "shipped": [],
                "other_orders": [],
                "assumed": [],
                "refunded": null,
                "batch": "BAT-00001Y",
                "loss_from": "2026-11-12",
                "claims": [
                  {
                    "claim": "CLM-00001Y",
                    "policy": "POL-00001Y",
                    "reason": "loss",
                    "claim_status": "draft",
                    "amount": "450.00",
                    "payable": "200.00",
                    "currency": "USD",
                    "opened_on": "2026-11-22",
                    "closes_on": "2027-01-20",
                    "decided_on": null,
                    "granted": null,
                    "decision": null,
                    "evidence": [],
                    "facts": {},
                    "appeals": 0,
                    "paid": "0.00",
                    "owed": null,
                    "payments": [],
                    "affidavit": {
                      "status": "not_sent",
                      "to": null,
                      "sent_on": null,
                      "times_sent": 0,
                      "in_doubt_on": null,
                      "dated": null
                    },
                    "refund": null
                  }
                ],
                "history": [
                  {
                    "on": "2026-10-21",
                    "event": "bound",
                    "detail": {
                      "batch": "BAT-00001Y",
                      "first": "POL-00001Y",
                      "last": "POL-00003T",
                      "insured": 3
                    }
                  },
                  {
                    "on": "2026-11-22",
                    "event": "claim_filed",
                    "detail": {
                      "reason": "loss",
                      "amount": "450.00",
                      "payable": "200.00",
                      "status": "draft",
                      "missing": [
                        "invoice",
                        "affidavit"
                      ]
                    }
                  }
                ]
              }
            ]
            "#,
        )
        .run();
    let lines = home.insure("status 1001 1002 --format ndjson").output_text();
    assert_eq!(lines.lines().count(), 3);
}

#[test]
fn what_is_not_recorded_is_said_to_be_unknown() {
    let home = Home::new();
    home.insure("status 9400111000000000000001")
        .stderr(
            r"
            error: there is no ledger at [HOME]/insure.db yet, so nothing is recorded

            hint: record cover with `insure batch-insure FILE`, or name another ledger with --db
            ",
        )
        .status(1)
        .run();
    assert!(!home.path("insure.db").exists());
    let home = with_a_claim();
    home.insure("status 9400111000000000000009")
        .stderr(
            r"
            error: nothing is recorded under `9400111000000000000009`

            hint: give an order, package or tracking number, or a policy (POL-...) or claim (CLM-...)
            ",
        )
        .status(4)
        .run();
    home.insure("status 1001 9400111000000000000009")
        .stderr(
            r"
            error: nothing is recorded under `9400111000000000000009`

            hint: give an order, package or tracking number, or a policy (POL-...) or claim (CLM-...)
            ",
        )
        .status(4)
        .run();
    home.insure("status POL-00077E")
        .stderr(
            r"
            error: nothing is recorded under `POL-00077E`

            hint: its check character does not fit: is one character mistyped?
            ",
        )
        .status(4)
        .run();
    home.insure("status POL-00001Z")
        .stderr(
            r"
            error: nothing is recorded under `POL-00001Z`

            hint: its check character does not fit: is one character mistyped?
            ",
        )
        .status(4)
        .run();
}
