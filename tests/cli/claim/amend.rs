//! `insure claim amend`: what becomes known after a claim was filed.

use super::super::harness::Home;

/// A parcel under a plan that takes off what the courier pays, delivered damaged, its claim filed
/// before the courier answered.
fn filed() -> Home {
    let home = Home::new();
    home.write("video.mp4", "all six sides");
    home.insure(
        "insure --plan cart-protection --order 77 --value 2000 --cover full --tracking T77",
    )
    .output_text();
    home.insure("track T77 delivered --at 2026-11-10").output_text();
    home.insure("claim file T77 --reason damage --amount 2000 --carrier-paid 0 --signed-at 2026-11-10T10:00 --found-at 2026-11-10T22:00 --fact quality-defect=no --fact force-majeure=no --evidence unboxing-video=video.mp4")
        .stdout(
            r"
            id   claim       claim status  policy      amount    payable   closes on  missing evidence  code  refused
            T77  CLM-00001Y  under_review  POL-00001Y  2,000.00  2,000.00  -          photo (helps)     -     -
            ",
        )
        .stderr(
            r"
            unboxing-video video.mp4: its name promises video/mp4, its content is text/plain
            1 filed (0 as drafts), 0 refused, 0 not found
            what is under_review is complete: enter it with the insurer now, this program sends nothing
            ",
        )
        .run();
    home
}

#[test]
fn what_the_courier_paid_later_is_taken_off() {
    let home = filed();
    home.insure("claim amend T77 --carrier-paid 500 --today 2026-12-01")
        .stdout(
            r"
            CLM-00001Y  under_review, pays 1,500.00 USD, before 2,000.00 USD

            Evidence still missing:
              photo (from the buyer, it helps): Images of the product.
            ",
        )
        .run();
    home.insure("claim amend T77 --carrier-paid 500 --today 2026-12-02")
        .stdout(
            r"
            CLM-00001Y  under_review, pays 1,500.00 USD (noted before, nothing changed)

            Evidence still missing:
              photo (from the buyer, it helps): Images of the product.
            ",
        )
        .run();
    let history = home.insure("status T77 --today 2026-12-02").output_text();
    let amended: Vec<&str> =
        history.lines().filter(|line| line.contains("claim amended")).collect();
    assert_eq!(amended.len(), 1, "{history}");
    assert!(amended[0].contains("payable 1500.00, payable before 2000.00"), "{history}");
    home.insure("claim decide T77 --accepted --today 2026-12-03")
        .stdout(
            r"
            CLM-00001Y  accepted, 1,500.00 USD granted
            ",
        )
        .run();
}

#[test]
fn what_the_terms_do_not_allow_changes_nothing() {
    let home = filed();
    home.insure("claim amend T77 --fact force-majeure=yes")
        .stderr(
            r"
            error: refused (excluded): Was it force majeure? yes

            hint: clause exclusions.force-majeure (S3): Not paid: force majeure.
            ",
        )
        .status(3)
        .run();
    home.insure("claim amend T77 --fact rain=yes")
        .stderr(
            r"
            error: cart-protection does not ask for `rain`

            hint: its questions are packaging-intact, wrong-address, quality-defect, force-majeure, remote-area
            ",
        )
        .status(2)
        .run();
    home.insure("claim amend T77")
        .stderr(
            r"
            error: nothing is stated

            hint: state what became known, such as --carrier-paid 500
            ",
        )
        .status(2)
        .run();
    home.insure("claim decide T77 --rejected 'too late' --today 2026-12-03").output_text();
    home.insure("claim amend T77 --carrier-paid 500 --today 2026-12-04")
        .stderr(
            r"
            error: refused (claim_status): claim CLM-00001Y is rejected: facts are stated until it is decided

            hint: appeal with what is new: insure claim appeal CLM-00001Y --reason TEXT
            ",
        )
        .status(3)
        .run();
    let shown = home.insure("claim show T77 --format csv").output_text();
    assert!(shown.contains("2000.00,2000.00,USD"), "{shown}");
}

#[test]
fn an_amount_that_was_not_stated_follows_what_becomes_known() {
    let home = Home::new();
    home.insure("insure --plan ups-declared-value --order 9 --tracking 1Z9 --carrier UPS --value 450 --cover full")
        .output_text();
    home.insure("track 1Z9 scanned --at 2026-10-01").output_text();
    home.insure("claim file 1Z9 --reason loss --filed-by seller --fact properly-packed=yes --replacement-cost 400 --purchase-price 450 -q --format ids")
        .output_text();
    let amended = home.insure("claim amend 1Z9 --replacement-cost 450").output_text();
    assert!(
        amended.starts_with("CLM-00001Y  draft, pays 450.00 USD, before 400.00 USD\n"),
        "{amended}"
    );
    // What is stated bounds it from then on.
    home.insure("claim amend 1Z9 --amount 420").output_text();
    let amended = home.insure("claim amend 1Z9 --replacement-cost 460").output_text();
    assert!(amended.starts_with("CLM-00001Y  draft, pays 420.00 USD\n"), "{amended}");
}
