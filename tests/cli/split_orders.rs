//! `insure batch-insure` with orders in several packages, in the TikTok Shop export.

use crate::harness::Home;

const HEADER: &str = "Order ID,SKU ID,SKU Subtotal After Discount,SKU Platform Discount,Shipping Fee After Discount,RTS Time,Shipped Time,Cancelled Time,Tracking ID,Product Category,Package ID";

fn export(rows: &str) -> String {
    let rows: Vec<&str> = rows.lines().map(str::trim).filter(|row| !row.is_empty()).collect();
    format!("{HEADER}\n{}\n", rows.join("\n"))
}

#[test]
fn what_shares_a_fee_is_fed_back_together() {
    let home = Home::new();
    home.write(
        "orders.csv",
        export(
            "
            577421100000000061,1,300,0,10,,,,,Toys,1154211000000061
            577421100000000061,2,100,0,10,,,,,Televisions,1154211000000062
            577421100000000063,3,50,0,10,,,,,Toys,1154211000000063
            ",
        ),
    );
    home.insure("batch-insure orders.csv --rejects rejects.csv --format csv").stdout(
            r#"
            line,order_id,package_id,tracking_number,decision,policy,package_value,included_cover,cover,premium,stays_uninsured,code,column,value,reason,clause,hint
            2,577421100000000061,1154211000000061,,insured,POL-00001Y,307.50,200.00,200.00,0.00,107.50,,,,,,
            3,577421100000000061,1154211000000062,,refused,,,,,,,excluded_goods,,,"the goods are given as `Televisions`, and tiktok-upic does not cover televisions",goods,"state the goods more exactly, if they are something else"
            4,577421100000000063,1154211000000063,,insured,POL-00002W,60.00,60.00,60.00,0.00,0.00,,,,,,
            "#,
        )
        .stderr(
            r"
            3 parcels: 2 insured, 0 already insured, 0 cancelled, 1 refused; cover 260.00 USD, premium 0.00 USD
            rejects.csv: 2 rejected rows, to be mended and fed back
            ",
        )
        .status(3)
        .run();
    assert_eq!(
        home.read("rejects.csv"),
        format!(
            "{HEADER},line,code,reason\n\
             577421100000000061,1,300,0,10,,,,,Toys,1154211000000061,2,same_order,\"row of the same order, which shares its shipping fee\"\n\
             577421100000000061,2,100,0,10,,,,,Televisions,1154211000000062,3,excluded_goods,\"the goods are given as `Televisions`, and tiktok-upic does not cover televisions\"\n"
        )
    );
    home.write("rejects.csv", home.read("rejects.csv").replace("Televisions", "Television stands"));
    home.insure("batch-insure rejects.csv --format csv").stdout(
            r#"
            line,order_id,package_id,tracking_number,decision,policy,package_value,included_cover,cover,premium,stays_uninsured,code,column,value,reason,clause,hint
            2,577421100000000061,1154211000000061,,already_insured,POL-00001Y,,,,,,,,,,,
            3,577421100000000061,1154211000000062,,insured,POL-00003T,102.50,102.50,102.50,0.00,0.00,,,,,,
            "#,
        )
        .stderr(
            r"
            2 parcels: 1 insured, 1 already insured, 0 cancelled, 0 refused; cover 102.50 USD, premium 0.00 USD
            ",
        )
        .run();
}

#[test]
fn a_bad_fact_of_one_package_holds_the_other_back() {
    let home = Home::new();
    let orders = export(
        "
        577421100000000061,1,300,0,10,,,,,Toys,1154211000000061
        577421100000000061,2,100,0,10,99/99/2026,,,,Toys,1154211000000062
        ",
    );
    home.write("orders.csv", &orders);
    home.insure("batch-insure orders.csv --rejects rejects.csv --format csv").stdout(
            r#"
            line,order_id,package_id,tracking_number,decision,policy,package_value,included_cover,cover,premium,stays_uninsured,code,column,value,reason,clause,hint
            2,577421100000000061,1154211000000061,,refused,,,,,,,order_incomplete,,,its share of the shipping fee of order 577421100000000061 is not known: the row on line 3 cannot be read,,
            3,577421100000000061,1154211000000062,,refused,,,,,,,bad_date,RTS Time,99/99/2026,"`99/99/2026` is not a day, expected MM/DD/YYYY such as 11/03/2026",,
            "#,
        )
        .stderr(
            r"
            0 parcels: 0 insured, 0 already insured, 0 cancelled, 2 refused; cover 0.00 USD, premium 0.00 USD
            rejects.csv: 2 rejected rows, to be mended and fed back
            ",
        )
        .status(3)
        .run();
    home.write("rejects.csv", home.read("rejects.csv").replace("99/99/2026", ""));
    home.insure("batch-insure rejects.csv --format csv").stdout(
            r#"
            line,order_id,package_id,tracking_number,decision,policy,package_value,included_cover,cover,premium,stays_uninsured,code,column,value,reason,clause,hint
            2,577421100000000061,1154211000000061,,insured,POL-00001Y,307.50,200.00,200.00,0.00,107.50,,,,,,
            3,577421100000000061,1154211000000062,,insured,POL-00002W,102.50,102.50,102.50,0.00,0.00,,,,,,
            "#,
        )
        .stderr(
            r"
            2 parcels: 2 insured, 0 already insured, 0 cancelled, 0 refused; cover 302.50 USD, premium 0.00 USD
            ",
        )
        .run();
}

#[test]
fn excluded_goods_are_found_behind_any_number_of_others() {
    let home = Home::new();
    let rows: Vec<String> = [
        "Home Supplies > Kitchen > Storage and organisation",
        "Toys & Hobbies > Educational toys > Building blocks",
        "Beauty & Personal Care > Skin care > Face masks",
        "Sports & Outdoor > Camping > Sleeping bags",
        "Pet Supplies > Dogs > Collars and leashes",
        "Stationery > Paper > Notebooks and diaries",
        "Electronics > Televisions",
    ]
    .iter()
    .map(|goods| format!("577421100000000061,1,20,0,0,,,,,{goods},1154211000000061"))
    .collect();
    home.write("orders.csv", export(&rows.join("\n")));
    home.insure("batch-insure orders.csv --plan tiktok-upic --format csv").stdout(
            r#"
            line,order_id,package_id,tracking_number,decision,policy,package_value,included_cover,cover,premium,stays_uninsured,code,column,value,reason,clause,hint
            2,577421100000000061,1154211000000061,,refused,,,,,,,excluded_goods,,,"the goods are given as `Home Supplies > Kitchen > Storage and organisation; Toys & Hobbies > Educational toys > Building blocks; Beauty & Personal Care > Skin care > Face masks; Sports & Outdoor > Camping > Sleeping bags; Pet Supplies > Dogs > Collars and leashes; Stationery > Paper > Notebooks and diaries; Electronics > Televisions`, and tiktok-upic does not cover televisions",goods,"state the goods more exactly, if they are something else"
            "#,
        )
        .stderr(
            r"
            1 parcel: 0 insured, 0 already insured, 0 cancelled, 1 refused; cover 0.00 USD, premium 0.00 USD
            ",
        )
        .status(3)
        .run();
}

#[test]
fn an_earlier_scan_moves_the_window_whichever_file_comes_first() {
    let row = |shipped: &str| {
        export(&format!(
            "577421100000000061,1,300,0,0,,{shipped},,9400111000000000000061,Toys,1154211000000061"
        ))
    };
    let ends = [
        (["late", "early"], "2026-11-17,recorded", "\n  2026-11-17  scanned"),
        (["early", "late"], "2026-11-19,already_known", ""),
    ];
    for ([first, second], result, history) in ends {
        let home = Home::new();
        home.write("late.csv", row("11/19/2026 6:03:56 PM"));
        home.write("early.csv", row("11/17/2026 6:03:56 PM"));
        home.insure(&format!("batch-insure {first}.csv --format ids"))
            .stdout("POL-00001Y\n")
            .stderr(
                r"
                1 parcel: 1 insured, 0 already insured, 0 cancelled, 0 refused; cover 200.00 USD, premium 0.00 USD
                ",
            )
            .run();
        home.insure(&format!("track --input {second}.csv --format csv"))
            .stdout(&format!(
                "line,order_id,package_id,tracking_number,policy,event,on,result,reason\n\
                 2,577421100000000061,1154211000000061,9400111000000000000061,POL-00001Y,scanned,{result},\n"
            ))
            .run();
        let status = "
            Policy         POL-00001Y              effective
            Order          577421100000000061
            Package        1154211000000061
            Tracking       9400111000000000000061
            Contents       Toys
            Plan           tiktok-upic             TikTok Shipping insurance, insured by U-PIC, terms of 2025-10-17
            Package value  300.00 USD
            Cover          200.00 USD
            Premium        0.00 USD
            Shipped        2026-11-17              scanned 2026-11-17
            Claim until    2027-02-15              counts as lost from 2026-12-08 if it does not arrive
            History
              2026-11-22  BAT-00001Y recorded";
        let history = history.replace("\n", "\n            ");
        home.insure("status 9400111000000000000061")
            .stdout(&format!("{status}{history}\n            "))
            .run();
    }
}
