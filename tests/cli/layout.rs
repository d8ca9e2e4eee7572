//! `insure layout`, and the files of other shops.

use std::fs;
use std::path::Path;

use crate::harness::Home;

fn home_with(fixture: &str) -> Home {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/layouts");
    let home = Home::new();
    home.write(fixture, fs::read(folder.join(fixture)).unwrap());
    home
}

#[test]
fn an_ebay_report_with_its_summary_row_and_its_footer() {
    let home = home_with("ebay-82.csv");
    home.insure("batch-insure ebay-82.csv -v --dry-run")
        .stdout(
            r"
            Rows                       6  3 covered, 3 skipped (2 trailer, 1 summary)
            Parcels                    2
            Insured                    2
            Already insured            0
            Cancelled orders           0
            Refused                    0
            Cover             279.50 USD
            Stays uninsured   834.25 USD
            Premium             0.00 USD

            Dry run: nothing was recorded.
            ",
        )
        .stderr(
            r"
            ebay-82.csv: layout ebay: it knows 12 of 82 columns
            ebay-82.csv: read as UTF-8, by its byte order mark
            ",
        )
        .run();
}

#[test]
fn a_shopify_export_without_tracking_numbers() {
    let home = home_with("shopify.csv");
    home.insure("quote --input shopify.csv --fx EUR=1.0850 --format csv")
        .stdout(
            r#"
            line,order_id,package_id,tracking_number,plan,version,currency,package_value,included_cover,cover,uninsured_value,stays_uninsured,premium,assumed,code,reason,doubt
            2,#1001,,,tiktok-upic,2025-10-17,USD,95.00,95.00,95.00,0.00,0.00,0.00,false,,,
            5,#1002,,,tiktok-upic,2025-10-17,USD,64.00,64.00,64.00,0.00,0.00,0.00,false,,,
            7,#1004,,,,,,,,,,,,,order_cancelled,"the order is cancelled, there is nothing to cover",
            8,#1005,,,tiktok-upic,2025-10-17,USD,39.06,39.06,39.06,0.00,0.00,0.00,false,,,
            "#,
        )
        .stderr(
            r"
            shopify.csv: 7 rows: 4 priced, 3 skipped (1 order_cancelled, 2 not_shipped)
            4 parcels: 3 priced, 1 cancelled, 0 refused; cover 198.06 USD, premium 0.00 USD
            converted: 1 parcel at 1 EUR = 1.0850 USD (2026-11-22, --fx)
            ",
        )
        .run();
}

#[test]
fn a_report_without_prices_says_which_has_them() {
    let home = home_with("amazon-unshipped.txt");
    home.insure("batch-insure amazon-unshipped.txt")
        .stderr(
            r"
            error: amazon-unshipped.txt: this is the Amazon unshipped orders report; it has no prices, so nobody can say what its parcels are worth: download the New Orders report (Orders > Order Reports > New Orders), which has them
            ",
        )
        .status(2)
        .run();
}

#[test]
fn what_reads_two_ways_is_refused_until_it_is_said() {
    let home = home_with("tiktok-vn.csv");
    let text =
        home.read("tiktok-vn.csv").replace("25/11/2026", "02/11/2026").replace("24/11", "01/11");
    home.write("tiktok-vn.csv", text);
    home.insure("quote --input tiktok-vn.csv --fx VND=0.00004 --format csv")
        .stdout(
            r#"
            line,order_id,package_id,tracking_number,plan,version,currency,package_value,included_cover,cover,uninsured_value,stays_uninsured,premium,assumed,code,reason,doubt
            2,577421100000000101,1154211000000101,VN000000000101,,,,,,,,,,,unclear_date,"column RTS Time: `03/11/2026 09:10:00` is a day in two ways, and nothing in the file shows which is meant: --dates month-first or --dates day-first says it",
            3,577421100000000102,1154211000000102,VN000000000102,,,,,,,,,,,unclear_date,"column RTS Time: `02/11/2026 17:03:57` is a day in two ways, and nothing in the file shows which is meant: --dates month-first or --dates day-first says it",
            4,577421100000000103,,,,,,,,,,,,,unclear_date,"column Cancelled Time: `01/11/2026 08:00:00` is a day in two ways, and nothing in the file shows which is meant: --dates month-first or --dates day-first says it",
            "#,
        )
        .stderr(
            r"
            3 parcels: 0 priced, 0 cancelled, 3 refused (3 unclear_date); cover 0.00 USD, premium 0.00 USD
            hint (unclear_date): --dates month-first is MM/DD/YYYY, --dates day-first is DD/MM/YYYY
            ",
        )
        .status(3)
        .run();
    home.insure("quote --input tiktok-vn.csv --fx VND=0.00004 --format csv --dates day-first")
        .stdout(
            r#"
            line,order_id,package_id,tracking_number,plan,version,currency,package_value,included_cover,cover,uninsured_value,stays_uninsured,premium,assumed,code,reason,doubt
            2,577421100000000101,1154211000000101,VN000000000101,tiktok-upic,2025-10-17,USD,53.00,53.00,53.00,0.00,0.00,0.00,false,,,
            3,577421100000000102,1154211000000102,VN000000000102,tiktok-upic,2025-10-17,USD,13.96,13.96,13.96,0.00,0.00,0.00,false,,,
            4,577421100000000103,,,,,,,,,,,,,order_cancelled,"the order is cancelled, there is nothing to cover",
            "#,
        )
        .stderr(
            r"
            3 parcels: 2 priced, 1 cancelled, 0 refused; cover 66.96 USD, premium 0.00 USD
            converted: 2 parcels at 1 VND = 0.00004 USD (2026-11-22, --fx)
            ",
        )
        .run();
}

#[test]
fn tracking_exports_are_taken_in() {
    let home = home_with("aftership.csv");
    home.insure("insure --tracking 9400111000000000003001 --value 90 --quiet --format ids")
        .stdout(
            r"
            POL-00001Y
            ",
        )
        .run();
    home.insure("track --input aftership.csv --today 2026-11-25")
        .stdout(
            r"
            Rows              4  1 with an event, 2 not insured, 1 passed over (1 no_news)
            New events        1
            Known already     0
            Became effective  1
            Cancelled         0
            Not insured       2  parcels this ledger does not know
            Not taken in      0
            line 4: 9400111000000000003003 of order #1003 is not insured
            line 5: 9400111000000000003004 of order #1004 is not insured
            hint (not_insured): what is not covered cannot be claimed: insure batch-insure FILE covers what the terms still allow; if it is covered under another number, insure status finds it
            ",
        )
        .stderr(
            r"
            aftership.csv: of 4 rows passed over: 1 no_news
            ",
        )
        .run();
}

const SHOP: &str = "\
id = \"my-shop\"
name = \"My shop\"
kind = \"parcels\"
one-row-per = \"parcel\"
needs = [[\"order\"], [\"value\"]]

[columns]
order = [\"Bestellung\"]
value = [\"Wert\"]
";

#[test]
fn a_layout_of_ones_own() {
    let home = Home::new();
    home.write(".config/insure/layouts/my-shop.toml", SHOP);
    home.write("parcels.csv", "Bestellung,Wert,Gewicht\n1,2,3\n");
    home.insure("quote --input parcels.csv --format ids")
        .stdout(
            r"
            1
            ",
        )
        .stderr(
            r"
            1 parcel: 1 priced, 0 cancelled, 0 refused; cover 2.00 USD, premium 0.00 USD
            ",
        )
        .run();
    home.shell("insure layout list --format csv | grep -e my-shop -e shopify")
        .stdout(
            r"
            shopify,Shopify order export,parcels,14,built in
            my-shop,My shop,parcels,2,[HOME]/.config/insure/layouts/my-shop.toml
            ",
        )
        .run();
    home.insure("layout show my-shop")
        .stdout(
            r"
            my-shop  My shop

            names       field  meaning
            Bestellung  order  the order's number
            Wert        value  the package value as one figure
            ",
        )
        .run();
    home.insure("layout show nobodys")
        .stderr(
            r"
            error: there is no layout `nobodys`, there are: plain, tiktok-us, tiktok-vn, tiktok-ph, tiktok-th, tiktok-id, tiktok-my, tiktok-jp, shopify, amazon-new, amazon-unshipped, amazon-all, amazon-fba, amazon-mtr, ebay, shipstation, easypost-report, carrier-events, aftership, parcellab, trackings, my-shop
            ",
        )
        .status(4)
        .run();
}

#[test]
fn a_mistake_in_a_layout_is_shown_where_it_is_and_stops_only_who_asks_for_it() {
    let home = Home::new();
    let slip = SHOP.replace("\"parcel\"", "\"parzel\"");
    home.write(".config/insure/layouts/my-shop.toml", slip);
    home.write("parcels.csv", "Bestellung,Wert,Gewicht\n1,2,3\n");
    home.write("plain.csv", "order_id,value\n1,2\n");
    home.insure("layout check .config/insure/layouts/my-shop.toml")
        .stdout(
            r#"
            .config/insure/layouts/my-shop.toml: 1 mistake

            line 4, column 15
              |
            4 | one-row-per = "parzel"
              |               ^^^^^^^^
            unknown word `parzel` (did you mean `parcel`?), expected one of `parcel`, `sku-line`, `event`, `shipment`
            "#,
        )
        .status(2)
        .run();
    home.insure("quote --input plain.csv --format ids --quiet")
        .stdout(
            r"
            1
            ",
        )
        .run();
    home.insure("quote --input parcels.csv")
        .stderr(
            r"
            error: parcels.csv: line 1: no known layout has these columns
              plain: looked for `value or product`; found none of its others
              the header has `Bestellung`, `Wert`, `Gewicht`
              it may be a layout in a file that cannot be read (insure layout check): [HOME]/.config/insure/layouts/my-shop.toml

            hint: give the file as it was exported, or rename the columns to the tool's own: order_id, package_id, tracking_number, value; or describe it once: insure layout new FILE
            ",
        )
        .status(2)
        .run();
    home.insure("layout list --format ids --quiet")
        .stdout(
            r"
            plain
            tiktok-us
            tiktok-vn
            tiktok-ph
            tiktok-th
            tiktok-id
            tiktok-my
            tiktok-jp
            shopify
            amazon-new
            amazon-unshipped
            amazon-all
            amazon-fba
            amazon-mtr
            ebay
            shipstation
            easypost-report
            carrier-events
            aftership
            parcellab
            trackings
            ",
        )
        .stderr(
            r#"
            not listed: [HOME]/.config/insure/layouts/my-shop.toml: line 4, column 15
              |
            4 | one-row-per = "parzel"
              |               ^^^^^^^^
            unknown word `parzel` (did you mean `parcel`?), expected one of `parcel`, `sku-line`, `event`, `shipment`
            "#,
        )
        .status(2)
        .run();
}
