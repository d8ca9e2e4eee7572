//! What this tool writes of parcels, read by it again: into a fresh ledger the same comes.

use proptest::collection::vec;
use proptest::prelude::{ProptestConfig, Strategy, prop_assert_eq, proptest};
use proptest::sample::select;

use crate::harness::Home;

#[test]
fn what_search_writes_makes_the_same_ledger_again() {
    let home = Home::new();
    home.write_lines(
        "parcels.csv",
        r#"
        order_id,package_id,tracking_number,product,coupon,shipping,currency,to,carrier,ship_date,cover,goods,contents
        1001,P-000001,940001,410.00,30,10.00,USD,US,USPS,2026-11-20,full,Toys,"Robot, red"
        1002,,940002,100,,20,USD,US,UPS,2026-11-20,included,,=1+1
        1003,,940003,450,,,USD,CA,,,,,'tis a lamp
        0005,,00940005,300,,,USD,US,UPS,2026-11-21,250.50,Lamps,
        1006,,940006,1200,,,USD,US,UPS,2026-11-21,full,,Vase
        1007,,940007,400,,,EUR,US,UPS,2026-11-21,full,,Kettle
        "#,
    );
    home.insure("batch-insure parcels.csv --accept-terms --fx EUR=1.0850 -q").output_text();
    home.insure("cancel 940006 -q").output_text();
    home.shell("insure search --format csv > found.csv").run();
    home.shell("INSURE_DB=fresh.db insure batch-insure found.csv --accept-terms")
        .stdout(
            r"
            Rows                         6
            Parcels                      6
            Insured                      5  3 with bought cover
            Already insured              0
            Cancelled orders             1  skipped
            Refused                      0
            Cover             1,454.50 USD
            Stays uninsured     299.50 USD
            Premium               5.25 USD  rests on an assumed rate: see insure quote --explain

            Recorded as BAT-00001Y.
            ",
        )
        .run();
    // What was cancelled is not covered again; of the other parcels all is alike but the policy's number.
    home.shell(
        "insure search --format csv | grep -v ,cancelled, | cut -d, -f2- > before
         INSURE_DB=fresh.db insure search --format csv | cut -d, -f2- > after
         diff before after",
    )
    .run();
    // And a second time nothing is insured twice.
    home.shell("INSURE_DB=fresh.db insure batch-insure found.csv --accept-terms")
        .stdout(
            r"
            Rows                     6
            Parcels                  6
            Insured                  0
            Already insured          5
            Cancelled orders         1  skipped
            Refused                  0
            Cover             0.00 USD
            Stays uninsured   0.00 USD
            Premium           0.00 USD

            Nothing new to record.
            ",
        )
        .run();
}

#[test]
fn a_parcel_the_carrier_has_comes_with_its_days_and_the_free_cover() {
    let home = Home::new();
    home.insure("insure --order 1001 --tracking 940001 --value 450 --cover full --accept-terms -q")
        .output_text();
    home.insure("track 940001 scanned --at 2026-11-21 -q").output_text();
    home.shell("insure search --format csv > found.csv").run();
    home.shell("INSURE_DB=fresh.db insure batch-insure found.csv --accept-terms -q")
        .status(3)
        .output_text();
    home.shell("INSURE_DB=fresh.db insure search --format csv | cut -d, -f2,4,7-11,16,17")
        .stdout(
            r"
            order_id,tracking_number,status,currency,package_value,cover,premium,shipped_on,scanned_on
            1001,940001,effective,USD,450.00,200.00,0.00,2026-11-21,2026-11-21
            ",
        )
        .run();
}

#[test]
fn a_ledger_of_two_currencies_goes_plan_by_plan() {
    let home = Home::new();
    let euros = include_str!("../fixtures/plans/penny-post.toml").replace("\"USD\"", "\"EUR\"");
    home.write("plans/penny-post.toml", euros);
    home.write("config.toml", "plans = \"plans\"\n");
    for (plan, order) in [("tiktok-upic", "1001"), ("penny-post", "2001")] {
        home.insure(&format!(
            "--config config.toml insure --order {order} --value 250 --cover full --plan {plan} --accept-terms -q"
        ))
        .output_text();
        home.shell(&format!(
            "insure --config config.toml search --plan {plan} --format csv > {plan}.csv
             INSURE_DB=fresh.db insure --config config.toml batch-insure {plan}.csv --plan {plan} --accept-terms -q"
        ))
        .output_text();
    }
    let all = |db: &str| {
        home.shell(&format!("INSURE_DB={db} insure --config config.toml search --format csv"))
            .output_text()
    };
    let found = all("insure.db");
    assert!(
        found.contains(",EUR,250.00,250.00,") && found.contains(",USD,250.00,250.00,"),
        "{found}"
    );
    assert_eq!(all("fresh.db"), found);
}

#[test]
fn what_quote_writes_is_priced_alike_again() {
    let home = Home::new();
    home.example("tiktok-orders.csv");
    for cover in ["included", "full"] {
        home.insure(&format!("quote --input tiktok-orders.csv --cover {cover} --format csv -q"))
            .status(3)
            .output_text();
        home.shell(&format!(
            "insure quote --input tiktok-orders.csv --cover {cover} --format csv -q > priced.csv
             insure quote --input priced.csv --format csv -q > again.csv
             for file in priced again; do grep ,tiktok-upic, $file.csv | cut -d, -f2-13 > $file; done
             diff priced again && test -s priced",
        ))
        .run();
    }
}

/// A row of a file of parcels; its order number says which.
fn row() -> impl Strategy<Value = [String; 8]> {
    let some = |words: &'static [&'static str]| select(words).prop_map(str::to_owned);
    let value = (0u32..90_000).prop_map(|cents| format!("{}.{:02}", cents / 100, cents % 100));
    (
        some(&["", "P-1", "115000001"]),
        some(&["", "9400111", "00340"]),
        value,
        some(&["", "US", "CA", "IT"]),
        some(&["", "USPS", "UPS, Inc.", "-DHL"]),
        some(&["", "2026-11-20", "2026-11-22"]),
        some(&["", "included", "full", "200.00", "250.25"]),
        some(&[
            "",
            "Lamp",
            "a, \"b\"",
            "=1+1",
            "'=x",
            "+",
            "-5",
            "two\nlines",
            "订单",
            "\u{ff1d}1",
            "'",
        ]),
    )
        .prop_map(|(package, tracking, value, to, carrier, day, cover, contents)| {
            [package, tracking, value, to, carrier, day, cover, contents]
        })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(12) })]

    #[test]
    fn any_parcels_come_again_as_they_were(rows in vec(row(), 1..12)) {
        let home = Home::new();
        let mut file = csv::Writer::from_writer(Vec::new());
        file.write_record([
            "order_id", "package_id", "tracking_number", "value", "to", "carrier", "ship_date", "cover", "contents",
        ])
        .unwrap();
        for (number, row) in rows.into_iter().enumerate() {
            let [package, tracking, rest @ ..] = row;
            // The same number would be the same parcel.
            let own = |id: String| if id.is_empty() { id } else { format!("{id}{number:04}") };
            let mut cells = vec![format!("0{number}"), own(package), own(tracking)];
            cells.extend(rest);
            file.write_record(cells).unwrap();
        }
        home.write("parcels.csv", file.into_inner().unwrap());
        // Some are refused, for their value or the cover they ask for; if all are, there is a header alone.
        home.shell("insure batch-insure parcels.csv --accept-terms -q > told; true").run();
        home.shell("insure search --format csv > found.csv 2> /dev/null; true").run();
        home.shell(
            "test $(wc -l < found.csv) -lt 2 || INSURE_DB=fresh.db insure batch-insure found.csv --accept-terms -q > told
             INSURE_DB=fresh.db insure search --format csv > again.csv 2> /dev/null; true",
        )
        .run();
        prop_assert_eq!(home.read("again.csv"), home.read("found.csv"));
    }
}
