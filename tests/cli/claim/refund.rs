//! `insure claim refund`: what the buyer got back is kept with the claim.

use super::shop;

#[test]
fn a_refund_is_noted_shown_and_kept_in_the_history() {
    let home = shop();
    home.insure("claim file 1001 --reason loss -q --format ids").output_text();
    home.insure("claim refund 1001 --status pending --reason 'not received' --at 2026-11-20")
        .stdout("\nCLM-00001Y  buyer refund: pending 2026-11-20: not received\n")
        .run();
    let line = "claim refund 1001 --status refunded --amount 450 --reason 'not received'";
    home.insure(line)
        .stdout("\nCLM-00001Y  buyer refund: refunded 450.00 USD 2026-11-22: not received\n")
        .run();
    home.insure(line)
        .stdout("\nCLM-00001Y  buyer refund: refunded 450.00 USD 2026-11-22: not received (noted before, nothing changed)\n")
        .run();
    let shown = home.insure("claim show 1001").output_text();
    assert!(
        shown.contains("\nBuyer refund  refunded    450.00 USD 2026-11-22: not received\n"),
        "{shown}"
    );
    let json = home.insure("claim show 1001 --format json").output_text();
    assert!(
        json.contains(
            "\"refund\": {\n    \"status\": \"refunded\",\n    \"reason\": \"not received\",\n    \"amount\": \"450.00\",\n    \"on\": \"2026-11-22\"\n  }"
        ),
        "{json}"
    );
    let history = home.insure("status 1001").output_text();
    assert!(
        history.ends_with(
            "  2026-11-20  CLM-00001Y buyer refund  status pending, reason not received\n  2026-11-22  CLM-00001Y buyer refund  status refunded, reason not received, amount 450.00\n"
        ),
        "{history}"
    );
    let row = home.insure("claim show 1001 --format csv").output_text();
    assert!(row.lines().next().unwrap().ends_with(",affidavit,refund"), "{row}");
    assert!(row.ends_with(",not_sent,refunded\n"), "{row}");
}

#[test]
fn a_refund_without_its_reason_or_of_no_amount_is_refused() {
    let home = shop();
    home.insure("claim file 1001 --reason loss -q --format ids").output_text();
    home.insure("claim refund 1001 --status refunded")
        .stderr(
            r"
            error: the reason of the refund is not stated

            hint: the insurer asks for it: --reason 'not received'
            ",
        )
        .status(2)
        .run();
    home.insure("claim refund 1001 --status none --amount 10")
        .stderr(
            r"
            error: an amount is stated, and that nothing was refunded

            hint: leave --amount away, or say --status refunded, partial or pending
            ",
        )
        .status(2)
        .run();
    home.insure("claim refund 1001 --status partial --reason x --amount 10EUR")
        .stderr(
            r"
            error: --amount: `10EUR` is in EUR, expected an amount in USD

            hint: write it in USD, such as --amount 120.00
            ",
        )
        .status(2)
        .run();
    home.insure("claim refund 1001 --status refunded --reason x --at 2026-11-23")
        .stderr(
            r"
            error: --at: 2026-11-23 is in the future, today is 2026-11-22

            hint: give the day of the refund
            ",
        )
        .status(2)
        .run();
}

#[test]
fn a_refund_above_the_value_is_pointed_out_and_one_before_shipping_is_refused() {
    let home = shop();
    home.insure("claim file 1001 --reason loss -q --format ids").output_text();
    home.insure("claim refund 1001 --status refunded --amount 9999 --reason 'not received'")
        .stdout(
            r"
            CLM-00001Y  buyer refund: refunded 9,999.00 USD 2026-11-22: not received
            ",
        )
        .stderr(
            r"
            9,999.00 USD is more than the package is worth, 450.00 USD
            ",
        )
        .run();
    home.insure("claim refund 1001 --status refunded --reason lost --at 2026-10-01")
        .stderr(
            r"
            error: --at: the parcel was shipped on 2026-10-22, nothing was refunded for it on 2026-10-01

            hint: give the day of the refund with --at
            ",
        )
        .status(2)
        .run();
}
