//! What a carrier sells is its own raised liability: it is recorded like any cover, and nothing the
//! program says of it calls it insurance.

use super::harness::Home;

fn declared() -> Home {
    let home = Home::new();
    home.insure("insure --plan ups-declared-value --order 9 --tracking 1Z9 --carrier UPS --to US --goods Shoes --shipped account --value 450 --cover full")
        .stdout(
            r"
            Policy         POL-00001Y
            Parcel         1Z9
            Package value  450.00 USD
            Cover          450.00 USD
            Premium        6.50 USD            assumed: 1.30 for every 100.00 or part of it, at least 3.90
            Plan           UPS declared value  declared value: not insurance
            ",
        )
        .run();
    home
}

#[test]
fn the_sheet_says_what_it_is() {
    let home = declared();
    home.insure("status 1Z9")
        .stdout(
            r"
            Policy         POL-00001Y          confirmed
            Order          9
            Package        -
            Tracking       1Z9                 UPS, account
            Contents       Shoes
            Plan           ups-declared-value  UPS declared value, terms of 2023-01-01 (declared value: not insurance)
            Package value  450.00 USD
            Cover          450.00 USD
            Premium        6.50 USD            assumed: premium.rate=1.30 for every 100.00 or part of it, at least 3.90
            History
              2026-11-22  BAT-00001Y recorded
            ",
        )
        .run();
}

#[test]
fn no_answer_calls_it_insurance() {
    let home = declared();
    home.insure("track 1Z9 delivered --at 2026-11-10").output_text();
    for line in [
        "quote --plan ups-declared-value --value 450 --explain",
        "quote --plan ups-declared-value --value 450 --format json",
        "insure --plan ups-declared-value --order 10 --value 450 --cover full --format json",
        "status 1Z9",
        "status 1Z9 --format json",
        "plan show ups-declared-value",
        "plan show ups-declared-value --on 2015-06-01",
    ] {
        let said = home.insure(line).output_text().to_lowercase();
        let of_itself = said.replace("not insurance", "").replace("already_insured", "");
        assert!(!of_itself.contains("insurance"), "$ {line}\n{said}");
    }
}
