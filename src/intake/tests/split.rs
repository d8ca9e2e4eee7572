//! Packages of the TikTok export that hang together: split orders, and rows that do not count.

use super::tiktok::{FEE, OTHER_ORDER, SECOND, export};
use super::{bad, items, parcels};
use crate::intake::Item;

const THIRD: (&str, &str) = ("Package ID", "1150000000000000003\t");
const CANCELLED: (&str, &str) = ("Cancelled Time", "09/10/2026 1:00:00 AM");
const BAD_GOODS: (&str, &str) = ("SKU Subtotal After Discount", "1x");

fn codes(text: &str) -> Vec<(u64, &'static str)> {
    bad(text).iter().map(|b| (b.line, b.code)).collect()
}

#[test]
fn a_package_with_any_bad_fact_holds_back_those_it_shares_a_fee_with() {
    for (fact, code) in [
        (("RTS Time", "99/99/2026"), "bad_date"),
        (("Tracking ID", "9.43461E+21"), "damaged_id"),
        (("Country", "Atlantis"), "bad_country"),
    ] {
        let shared = export(&[&[FEE], &[SECOND, FEE, fact]]);
        assert_eq!(codes(&shared), [(2, "order_incomplete"), (4, code)]);
        let turned = export(&[&[SECOND, FEE, fact], &[FEE]]);
        assert_eq!(codes(&turned), [(2, code), (4, "order_incomplete")]);
        // The fee may stand on the bad row alone.
        let there = export(&[&[("Shipping Fee After Discount", "")], &[SECOND, FEE, fact]]);
        assert_eq!(codes(&there), [(2, "order_incomplete"), (4, code)]);
        let free = export(&[&[], &[SECOND, fact]]);
        assert_eq!(codes(&free), [(4, code)]);
    }
}

#[test]
fn a_bad_row_of_a_cancelled_article_spoils_nothing_wherever_it_stands() {
    for wrong in [BAD_GOODS, ("Shipping Fee After Discount", "1x")] {
        let gone = [wrong, CANCELLED];
        let values = |text: &str| -> Vec<String> {
            parcels(text).iter().map(|row| row.parcel.value.total().unwrap().digits()).collect()
        };
        let before = export(&[&gone, &[FEE], &[SECOND, FEE]]);
        let after = export(&[&[FEE], &gone, &[SECOND, FEE]]);
        assert_eq!(values(&before), ["105.00", "105.00"]);
        assert_eq!(values(&after), values(&before));
    }
}

#[test]
fn what_is_bad_besides_a_cancelled_article_still_counts() {
    let gone = [BAD_GOODS, CANCELLED, FEE];
    // A second bad row of the package, and one of its sister.
    assert_eq!(codes(&export(&[&gone, &[("RTS Time", "99/99/2026")], &[]])), [(4, "bad_date")]);
    assert_eq!(
        codes(&export(&[&gone, &[SECOND, FEE, BAD_GOODS], &[FEE]])),
        [(2, "order_incomplete"), (4, "bad_amount")]
    );
    // All of it cancelled: nothing comes in the bad row's place.
    assert_eq!(codes(&export(&[&gone])), [(2, "bad_amount")]);
}

#[test]
fn every_category_of_a_package_is_kept_whole() {
    let categories: Vec<String> =
        (0..40).map(|n| format!("{} {n}", "Home and garden ".repeat(20).trim())).collect();
    let mut rows: Vec<Vec<(&str, &str)>> =
        categories.iter().map(|name| vec![("Product Category", name.as_str())]).collect();
    let again: Vec<Vec<(&str, &str)>> =
        rows.iter().map(|row| [&row[..], &[("SKU ID", "2")]].concat()).collect();
    rows.extend(again);
    // What a cancelled article was does not count, and does not hide the same category later.
    rows.insert(0, vec![CANCELLED, ("Product Category", "Gone")]);
    rows.insert(1, vec![CANCELLED, ("Product Category", &categories[1])]);
    let rows: Vec<&[(&str, &str)]> = rows.iter().map(Vec::as_slice).collect();
    let all = parcels(&export(&rows));
    assert_eq!(all[0].parcel.goods.as_deref(), Some(categories.join("; ").as_str()));
}

#[test]
fn contents_are_cut_where_they_get_long() {
    let name = "Robot ".repeat(60);
    let all = parcels(&export(&[&[("Product Name", &name)], &[("Product Name", "Cable")]]));
    let contents = all[0].parcel.contents.as_deref().unwrap();
    assert!(contents.len() <= 200 && contents.ends_with('…'), "{contents}");
}

#[test]
fn packages_that_share_a_fee_know_each_others_lines() {
    let families = |text: &str| -> Vec<Vec<u64>> {
        let lines = |item| match item {
            Item::Parcel(row) => row.order_lines,
            Item::Bad(row) => row.order_lines,
            Item::Event(_) => None,
        };
        items(text).into_iter().map(|item| lines(item).map_or(vec![], |all| all.to_vec())).collect()
    };
    let third_order = ("Order ID", "576400000000000003\t");
    let fourth = ("Package ID", "1150000000000000004\t");
    // Split and with a fee; the second package has two rows.
    assert_eq!(
        families(&export(&[&[FEE], &[SECOND, FEE], &[SECOND, FEE]])),
        [[2, 4, 6], [2, 4, 6]]
    );
    // No fee; not split.
    assert_eq!(families(&export(&[&[], &[SECOND]])), [[0u64; 0], []]);
    assert_eq!(families(&export(&[&[FEE], &[OTHER_ORDER, SECOND, FEE]])), [[0u64; 0], []]);
    // The second package is combined from two orders, both of them split: all three hang together.
    assert_eq!(
        families(&export(&[
            &[FEE],
            &[third_order, fourth, FEE],
            &[OTHER_ORDER, THIRD, FEE],
            &[SECOND, FEE],
            &[OTHER_ORDER, SECOND, FEE],
        ])),
        [vec![2, 6, 8, 10], vec![], vec![2, 6, 8, 10], vec![2, 6, 8, 10]]
    );
    // A package that is left out is one of them.
    assert_eq!(
        families(&export(&[&[FEE], &[SECOND, FEE, ("RTS Time", "99/99/2026")]])),
        [[2, 4], [2, 4]]
    );
}

#[test]
fn rows_meet_however_their_numbers_are_written() {
    const LOOSE: (&str, &str) = ("Package ID", "");
    const OTHER: (&str, &str) = ("SKU ID", "1729000000000000002\t");
    for (first, second) in [
        ([LOOSE, ("Tracking ID", "9400 1118 9956 01")], [LOOSE, ("Tracking ID", "94001118995601")]),
        ([LOOSE, ("Tracking ID", "1z999aa1")], [LOOSE, ("Tracking ID", "1Z-999-AA1")]),
        (
            [("Package ID", "pkg0001"), ("Tracking ID", "1Z 999")],
            [("Package ID", "PKG0001"), ("Tracking ID", "1Z999")],
        ),
        ([LOOSE, ("Order ID", "#576401")], [LOOSE, ("Order ID", "576401")]),
    ] {
        let text = export(&[&[first[0], first[1], FEE], &[OTHER, second[0], second[1], FEE]]);
        let rows = parcels(&text);
        let [row] = &rows[..] else { panic!("{first:?} and {second:?} are one parcel: {rows:?}") };
        assert_eq!(row.parcel.value.total().unwrap().digits(), "210.00", "its fee counts once");
        let ids = &row.parcel.ids;
        let kept = [&ids.package, &ids.tracking, &ids.order].map(|id| id.as_deref().unwrap_or(""));
        assert!(kept.contains(&first[1].1), "kept as it is written first: {kept:?}");
    }
}
