//! A file of each layout, as a seller downloads it, and what comes out of it.

use std::fs;
use std::path::Path;

use super::{Item, Options, Reader, Source, open, options};
use crate::parcel::{Fulfilment, Label};

pub(super) fn fixture(name: &str) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/layouts");
    fs::read(folder.join(name)).unwrap()
}

/// Opens a fixture where it is: so that it can be looked through for what its columns show.
fn opened(name: &str, options: Options) -> Reader {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/layouts");
    open(Source::File(folder.join(name)), options).unwrap()
}

/// An item in a line.
pub(in crate::intake) fn line(item: &Item) -> String {
    match item {
        Item::Parcel(row) => {
            let parcel = &row.parcel;
            let mut text = format!("{}", row.line);
            for more in &row.more_lines {
                text += &format!("+{more}");
            }
            let value = &parcel.value;
            text += &format!(
                " {}: {} + {} + {}",
                parcel.ids.handle(),
                value.product,
                value.coupon.digits(),
                value.shipping.digits()
            );
            let to = parcel.to.map_or("?".to_owned(), |to| to.to_string());
            let label = match parcel.label {
                Label::None => "no label".to_owned(),
                Label::ThisStep => "label now".to_owned(),
                Label::Exists(None) => "label".to_owned(),
                Label::Exists(Some(day)) => format!("label {day}"),
            };
            text += &format!(", to {to}, {label}");
            if let Some(tracking) = &parcel.ids.tracking {
                text += &format!(" {tracking}");
            }
            for (what, day) in [
                ("shipped", parcel.ship_date),
                ("scanned", parcel.facts.scanned_on),
                ("delivered", parcel.facts.delivered_on),
            ] {
                if let Some(day) = day {
                    text += &format!(", {what} {day}");
                }
            }
            if parcel.facts.cancelled {
                text += ", cancelled";
            }
            if parcel.fulfilment != Fulfilment::PlatformLabel {
                text += &format!(", {}", parcel.fulfilment);
            }
            if let Some(contents) = &parcel.contents {
                text += &format!(": {contents}");
            }
            text
        }
        Item::Event(row) => {
            format!("{} {} {} on {}", row.line, row.ids.handle(), row.event, row.on)
        }
        Item::Bad(bad) => {
            format!("{} {}: {} ({})", bad.line, bad.ids.handle(), bad.told(), bad.code)
        }
    }
}

/// The layout, its items, and what was passed over.
fn told(mut reader: Reader) -> Vec<String> {
    let mut told = vec![reader.layout().to_owned()];
    told.extend(reader.by_ref().map(|item| line(&item.unwrap())));
    let skipped: Vec<String> =
        reader.skipped().by_reason().map(|(skip, rows)| format!("{rows} {skip}")).collect();
    if !skipped.is_empty() {
        told.push(skipped.join(", "));
    }
    told
}

#[track_caller]
fn story(name: &str, expected: &[&str]) {
    let told = told(opened(name, options()));
    assert_eq!(
        told,
        expected,
        "\n{}\n",
        told.iter().map(|t| format!("{t:?},")).collect::<Vec<_>>().join("\n")
    );
}

#[test]
fn aftership() {
    story(
        "aftership.csv",
        &[
            "aftership",
            "2 9400111000000000003001 delivered on 2026-11-24",
            "4 9400111000000000003003 moved on 2026-11-23",
            "5 9400111000000000003004 labelled on 2026-11-23",
            "1 no_news",
        ],
    );
}

#[test]
fn amazon_all() {
    story(
        "amazon-all.txt",
        &[
            "amazon-all",
            "2 111-0000004-0000004/: 54.00 GBP + 0.00 + 0.00, to GB, no label: Clock",
            "3 111-0000005-0000005/: 0.00 USD + 0.00 + 0.00, to GB, no label, cancelled: Clock",
            "4 111-0000006-0000006/: 60.00 GBP + 0.00 + 0.00, to GB, label: Clock",
            "5 111-0000007-0000007/: 60.00 GBP + 0.00 + 0.00, to GB, label, platform-warehouse: Clock",
        ],
    );
}

#[test]
fn amazon_fba() {
    story(
        "amazon-fba.txt",
        &[
            "amazon-fba",
            "2+3 D90000001: 36.00 USD + 0.00 + 0.00, to US, label 1Z00000000000008, shipped 2026-11-21, platform-warehouse: Pen \"fine; Ink",
        ],
    );
}

#[test]
fn amazon_mtr() {
    story(
        "amazon-mtr.csv",
        &[
            "amazon-mtr",
            "2 D10000001: 1,399.00 INR + 0.00 + 0.00, to IN, label, shipped 2026-06-15: Saree",
            "4 D10000003: 0.00 INR + 0.00 + 0.00, to ?, no label, cancelled: Saree",
            "1 refund",
        ],
    );
}

#[test]
fn amazon_new() {
    story(
        "amazon-new.txt",
        &[
            "amazon-new",
            "2+3 111-0000001-0000001/: 410.50 USD + 0.00 + 9.98, to US, no label: Monitor 27\" black; Cable",
            "4 111-0000002-0000002/: 45.00 CAD + 0.00 + 7.00, to CA, no label: Lamp",
        ],
    );
}

#[test]
fn amazon_unshipped() {
    let error = super::fatal(&fixture("amazon-unshipped.txt"));
    assert_eq!(
        error.to_string(),
        "orders.csv: this is the Amazon unshipped orders report; it has no prices, so nobody can say \
         what its parcels are worth: download the New Orders report (Orders > Order Reports > New \
         Orders), which has them"
    );
}

#[test]
fn easypost_report() {
    story(
        "easypost-report.csv",
        &[
            "easypost-report",
            "2 shp_00000000000000000000000000000001: 450.00 USD + 0.00 + 0.00, to ?, label 2026-11-20 9400111000000000002001",
            "3 shp_00000000000000000000000000000002: 90.00 USD + 0.00 + 0.00, to ?, label 2026-11-20 9400111000000000002002, cancelled",
            "4 shp_00000000000000000000000000000003: column insured_value: there is no value (missing_amount)",
        ],
    );
}

#[test]
fn carrier_events() {
    story(
        "carrier-events.csv",
        &[
            "carrier-events",
            "2 9400111000000000005001 scanned on 2026-11-20",
            "3 1154211000000901 delivered on 2026-11-23",
            "4 POL-00001Y lost on 2026-11-25",
        ],
    );
}

#[test]
fn ebay_80() {
    story(
        "ebay-80.csv",
        &[
            "ebay",
            "4 9400111000000000000101: 1,022.25 USD + 0.00 + 12.00, to US, label 9400111000000000000101, shipped 2026-11-08: Camera",
            "6+7 9400111000000000000102: 70.00 USD + 0.00 + 9.50, to CA, label 9400111000000000000102: Tripod; Strap",
            "2 trailer, 1 summary",
        ],
    );
}

#[test]
fn ebay_82() {
    story(
        "ebay-82.csv",
        &[
            "ebay",
            "4 9400111000000000000101: 1,022.25 USD + 0.00 + 12.00, to US, label 9400111000000000000101, shipped 2026-11-08: Camera",
            "6+7 9400111000000000000102: 70.00 USD + 0.00 + 9.50, to CA, label 9400111000000000000102: Tripod; Strap",
            "2 trailer, 1 summary",
        ],
    );
}

#[test]
fn parcellab() {
    story(
        "parcellab.csv",
        &["parcellab", "2 00340000000000004001 labelled on 2026-11-20", "1 no_news"],
    );
}

#[test]
fn plain_zh() {
    story(
        "plain-zh.csv",
        &[
            "plain",
            "2 115000001: 410.00 USD + 0.00 + 10.50, to US, label now SF0000000000001, shipped 2026-11-03, delivered 2026-11-09: 机器人，红色",
            "3 5765/: 1,234.50 CNY + 0.00 + 0.00, to CN, no label: 茶壶",
        ],
    );
}

#[test]
fn shipstation() {
    story(
        "shipstation.csv",
        &[
            "shipstation",
            "2+3 9400111000000000001001: 90.00 USD + 0.00 + 5.00, to US, label 9400111000000000001001, shipped 2026-11-23",
            "4 #1006/: 15.00 USD + 0.00 + 0.00, to US, no label, cancelled",
            "5 9400111000000000001007: this order is 2 packages, and nothing says which of its goods are in which (conflict)",
            "6 9400111000000000001008: this order is 2 packages, and nothing says which of its goods are in which (conflict)",
        ],
    );
}

#[test]
fn shopify() {
    story(
        "shopify.csv",
        &[
            "shopify",
            "2+3 #1001/: 90.00 USD + 0.00 + 5.00, to US, no label: Mug - Blue; Teapot",
            "5 #1002/: 60.00 USD + 0.00 + 4.00, to CA, no label: Kettle",
            "7 #1004/: 30.00 EUR + 0.00 + 6.00, to DE, no label, cancelled: Bowl",
            "8 #1005/: 30.00 EUR + 0.00 + 6.00, to DE, label 2026-11-22: Bowl",
            "2 not_shipped",
        ],
    );
}

#[test]
fn tiktok_br() {
    story(
        "tiktok-br.csv",
        &[
            "tiktok-us",
            "2 1154211000000701: 1,035.91 BRL + 0.00 + 12.50, to BR, label 2026-11-25 BR000000000701: Stand mixer",
            "3 1154211000000702: 35.91 BRL + 4.00 + 0.00, to BR, no label: Stand mixer",
        ],
    );
}

#[test]
fn tiktok_id() {
    story(
        "tiktok-id.csv",
        &[
            "tiktok-id",
            "2 1154211000000401: 150,000.00 IDR + 5000.00 + 12000.00, to ID, label 2026-06-25 JX0000000401: Blender",
            "3 577421100000000402/: 80,000.00 IDR + 0.00 + 0.00, to ID, no label, cancelled: Stand mixer",
        ],
    );
}

#[test]
fn tiktok_jp() {
    story(
        "tiktok-jp.csv",
        &[
            "tiktok-jp",
            "2 1154211000000801: 11,000 JPY + 0 + 550, to JP, label 2026-11-24 JP000000000801: ミキサー",
            "4 577421100000000802/: 2,300 JPY + 0 + 0, to JP, no label, cancelled: ミキサー",
        ],
    );
}

#[test]
fn tiktok_mx() {
    story(
        "tiktok-mx.csv",
        &[
            "tiktok-us",
            "2 1154211000000601: 1,234.56 MXN + 0.00 + 49.00, to MX, label 2026-11-25 MX000000000601: Stand mixer",
            "3 577421100000000602/: 790.00 MXN + 0.00 + 0.00, to MX, no label, cancelled: Stand mixer",
        ],
    );
}

#[test]
fn tiktok_my() {
    story(
        "tiktok-my.csv",
        &[
            "tiktok-my",
            "2 1154211000000501: 89.90 MYR + 0.00 + 4.90, to MY, label 2026-11-05 MY000000000501: Stand mixer",
        ],
    );
}

#[test]
fn tiktok_ph() {
    story(
        "tiktok-ph.csv",
        &[
            "tiktok-ph",
            "2+3 1154211000000201: 1,549.00 PHP + 100.00 + 45.00, to PH, label 2026-11-20 PH000000000201: Stand mixer; Whisk",
        ],
    );
}

#[test]
fn tiktok_th() {
    story(
        "tiktok-th.csv",
        &[
            "tiktok-th",
            "2 1154211000000301: 1,250.50 THB + 0.00 + 38.00, to TH, label 2026-11-03 TH000000000301, scanned 2026-11-04: Stand mixer",
            "3 577421100000000302/: 590.00 THB + 10.00 + 38.00, to TH, no label: Stand mixer",
            "4 577421100000000303/: 590.00 THB + 0.00 + 0.00, to TH, no label, cancelled: Stand mixer",
        ],
    );
}

#[test]
fn tiktok_vn() {
    story(
        "tiktok-vn.csv",
        &[
            "tiktok-vn",
            "2 1154211000000101: 1,250,000 VND + 50000 + 25000, to VN, label 2026-11-03 VN000000000101: Stand mixer",
            "3 1154211000000102: 349,000 VND + 0 + 0, to VN, label 2026-11-25 VN000000000102: Stand mixer",
            "4 577421100000000103/: 99,000 VND + 0 + 0, to VN, no label, cancelled: Stand mixer",
        ],
    );
}
