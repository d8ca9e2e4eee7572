//! One parcel, one cover: the same parcels in another order, with their numbers written in other
//! ways, are the parcels that are covered already.

use insure::calendar::parse_day;
use insure::intake::{Options, Source, open};
use insure::ledger::Ledger;
use insure::money::Currency;
use insure::ops::{Agreement, BatchOptions, BatchSummary, TermsInForce, insure_batch};
use insure::parcel::CoverChoice;
use insure::plan::Catalog;
use proptest::collection::vec;
use proptest::prelude::{Just, ProptestConfig, Strategy, any, prop_assert_eq, proptest};

/// A parcel: its order, its number in it, and whether it has a package and a tracking number.
type Row = (usize, usize, [bool; 2]);

/// Orders of one to three parcels. Only a parcel that is alone may have no number of its own.
fn parcels() -> impl Strategy<Value = Vec<Row>> {
    let order = vec(any::<[bool; 2]>(), 1..4);
    vec(order, 1..6).prop_map(|orders| {
        let numbered = |(at, order): (usize, Vec<[bool; 2]>)| {
            let alone = order.len() == 1;
            let named = move |has: [bool; 2]| if alone || has[0] { has } else { [false, true] };
            order.into_iter().enumerate().map(move |(n, has)| (at, n, named(has)))
        };
        orders.into_iter().enumerate().flat_map(numbered).collect()
    })
}

/// A number, written in one of several ways.
fn written(number: &str, way: usize, hash: bool, groups: bool) -> String {
    match way % 4 {
        1 if hash => format!("#{number}"),
        2 if groups => format!("{}-{}", &number[..4], &number[4..]),
        3 if groups => format!("{} {}", &number[..3], &number[3..]),
        0 => number.to_owned(),
        _ => number.to_lowercase(),
    }
}

fn cover(ledger: &mut Ledger, rows: &[Row], ways: &[usize]) -> BatchSummary {
    let mut text = "order_id,package_id,tracking_number,value\n".to_owned();
    for (at, (order, n, [package, tracking])) in rows.iter().enumerate() {
        let way = |field: usize| ways[(at * 3 + field) % ways.len()];
        // An order is written in one way in a file: two ways of one number are pointed out.
        let id = written(&format!("ORDER{order}"), ways[order % ways.len()], true, false);
        // Numbers of one figure count within their order.
        let short = order % 2 == 0;
        let package = package.then(|| match short {
            true => written(&format!("{n}"), way(1), true, false),
            false => written(&format!("PKG00{order}{n}"), way(1), true, false),
        });
        let tracking =
            tracking.then(|| written(&format!("1ZX9400{order}{n}"), way(2), false, true));
        let (package, tracking) = (package.unwrap_or_default(), tracking.unwrap_or_default());
        text.push_str(&format!("{id},{package},{tracking},{}.00\n", 20 + order * 7 + n % 2));
    }
    let read = Box::new(std::io::Cursor::new(text));
    let source = Source::Stream { name: "parcels".to_owned(), read };
    let options = BatchOptions {
        choice: CoverChoice::Included,
        today: parse_day("2026-11-21").unwrap(),
        agreement: Agreement::No,
        dry_run: false,
        zone_stated: false,
        max_premium: None,
        traced: None,
        source: "parcels".to_owned(),
    };
    let terms = TermsInForce::new(Catalog::default().load("tiktok-upic").unwrap());
    let reader = open(source, Options::new(Currency::USD)).unwrap();
    insure_batch(ledger, &terms, reader, &options, &mut |_| Ok(()), &mut || {}).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(64) })]

    #[test]
    fn what_is_covered_is_known_in_any_order_and_writing(
        (rows, again) in parcels().prop_flat_map(|rows| (Just(rows.clone()), Just(rows).prop_shuffle())),
        ways in vec(any::<usize>(), 1..20),
        other_ways in vec(any::<usize>(), 1..20),
    ) {
        let mut ledger = Ledger::in_memory().unwrap();
        let first = cover(&mut ledger, &rows, &ways);
        prop_assert_eq!((first.insured, first.refused), (rows.len() as u64, 0));
        let second = cover(&mut ledger, &again, &other_ways);
        let came_to = (second.insured, second.already_insured, second.refused);
        prop_assert_eq!(came_to, (0, rows.len() as u64, 0));
        prop_assert_eq!(ledger.verify(&mut || {}).unwrap().faults, []);
    }

    #[test]
    fn a_label_bought_again_is_covered_by_no_file_that_lacks_the_first(
        rows in parcels(),
        ways in vec(any::<usize>(), 1..20),
    ) {
        let labelled: Vec<Row> = rows.iter().map(|(order, n, _)| (*order, *n, [false, true])).collect();
        let mut ledger = Ledger::in_memory().unwrap();
        cover(&mut ledger, &labelled, &ways);
        // The same value, and a number that none has had.
        let again: Vec<Row> = labelled.iter().map(|(order, n, has)| (*order, n + 4, *has)).collect();
        let second = cover(&mut ledger, &again, &ways);
        let came_to = (second.insured, second.already_insured, second.refused);
        prop_assert_eq!(came_to, (0, 0, labelled.len() as u64));
    }
}
