//! Lists of claims, decisions and payments: booked twice they are booked once, and where their rows
//! have nothing to do with each other their order does not matter.

use insure::calendar::{Day, parse_day};
use insure::claim::Claim;
use insure::intake::{ListKind, Options, Source, open, read_list};
use insure::ledger::Ledger;
use insure::money::Currency;
use insure::ops::{
    Agreement, BatchOptions, CLAIMS, DECISIONS, EvidenceFolder, FilingList, PAYMENTS, TermsInForce,
    decide_list, file_list, insure_batch, pay_list, track_one,
};
use insure::parcel::{CarrierEvent, CoverChoice};
use insure::plan::Catalog;
use insure::policy::Policy;
use proptest::collection::vec;
use proptest::prelude::{Just, ProptestConfig, Strategy, any, prop_assert_eq, proptest};

/// Parcels in the ledger; rows may name one more.
const PARCELS: usize = 5;

type Rows = Vec<(usize, usize, i64)>;

fn rows() -> impl Strategy<Value = Rows> {
    vec((0..=PARCELS, any::<usize>(), 0i64..15_000), 1..12)
}

/// One row for each parcel, and the same rows in another order.
fn one_each() -> impl Strategy<Value = (Rows, Rows)> {
    vec((any::<usize>(), 0i64..15_000), PARCELS + 1).prop_flat_map(|values| {
        let rows = (0..).zip(values).map(|(at, (what, minor))| (at, what, minor));
        let rows: Rows = rows.collect();
        (Just(rows.clone()), Just(rows).prop_shuffle())
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(24) })]

    #[test]
    fn a_list_booked_twice_is_booked_once(claims in rows(), decisions in rows(), payments in rows()) {
        let mut ledger = shop();
        for (list, rows) in [(list_of_claims as Book, &claims), (list_of_decisions, &decisions), (list_of_payments, &payments)] {
            list(&mut ledger, rows);
            let once = state(&ledger);
            list(&mut ledger, rows);
            prop_assert_eq!(state(&ledger), once);
        }
        let ended = state(&ledger);
        list_of_claims(&mut ledger, &claims);
        list_of_decisions(&mut ledger, &decisions);
        prop_assert_eq!(state(&ledger), ended);
    }

    #[test]
    fn the_order_of_rows_of_different_parcels_does_not_matter(claims in one_each(), decisions in one_each(), payments in one_each()) {
        let (mut one, mut other) = (shop(), shop());
        for (ledger, (claims, decisions, payments)) in [
            (&mut one, (&claims.0, &decisions.0, &payments.0)),
            (&mut other, (&claims.1, &decisions.1, &payments.1)),
        ] {
            list_of_claims(ledger, claims);
            list_of_decisions(ledger, decisions);
            list_of_payments(ledger, payments);
        }
        prop_assert_eq!(unnumbered(&one), unnumbered(&other));
    }
}

type Book = fn(&mut Ledger, &Rows);

fn day(text: &str) -> Day {
    parse_day(text).unwrap()
}

/// Five parcels covered in full and scanned, under a plan that asks for no documents.
fn shop() -> Ledger {
    let mut ledger = Ledger::in_memory().unwrap();
    let plan = Catalog::default().load("parcelguard").unwrap();
    let mut text = "tracking_number,value\n".to_owned();
    (0..PARCELS).for_each(|at| text.push_str(&format!("T-{at},100.00\n")));
    let reader = open(source(text), Options::new(Currency::USD)).unwrap();
    let options = BatchOptions {
        choice: CoverChoice::Full,
        today: day("2026-11-21"),
        agreement: Agreement::Now,
        dry_run: false,
        max_premium: None,
        traced: None,
        zone_stated: false,
        source: "parcels".to_owned(),
    };
    let terms = TermsInForce::new(plan);
    insure_batch(&mut ledger, &terms, reader, &options, &mut |_| Ok(()), &mut || {}).unwrap();
    for at in 0..PARCELS {
        let (id, on) = (format!("T-{at}"), day("2026-11-22"));
        track_one(&mut ledger, &id, CarrierEvent::Scanned, on, None, on).unwrap();
    }
    ledger
}

fn source(text: String) -> Source {
    Source::Stream { name: "list".to_owned(), read: Box::new(std::io::Cursor::new(text)) }
}

fn read(
    kind: &ListKind,
    header: &str,
    rows: &Rows,
    row: impl Fn(usize, i64) -> String,
) -> insure::intake::List {
    let mut text = format!("id,{header}\n");
    for (at, what, minor) in rows {
        text.push_str(&format!("T-{at},{}\n", row(*what, *minor)));
    }
    read_list(source(text), &Options::new(Currency::USD), kind).unwrap()
}

fn amount(minor: i64) -> String {
    format!("{}.{:02}", minor / 100, minor % 100)
}

fn list_of_claims(ledger: &mut Ledger, rows: &Rows) {
    let list = read(&CLAIMS, "reason,amount", rows, |what, minor| match what % 4 {
        0 => "damage,".to_owned() + &amount(minor),
        1 => "lost,".to_owned(),
        _ => "loss,".to_owned(),
    });
    let folder = EvidenceFolder::beside("nowhere.db".as_ref());
    let filing = FilingList {
        incident: None,
        filed_by: None,
        base: "".as_ref(),
        folder: &folder,
        today: day("2026-12-28"),
        dry_run: false,
    };
    file_list(ledger, list, filing, &mut |_| Ok(())).unwrap();
}

fn list_of_decisions(ledger: &mut Ledger, rows: &Rows) {
    let list = read(&DECISIONS, "decision,amount,reason,date", rows, |what, minor| {
        let on = ["2026-12-28", "2026-12-29", "2026-12-30", ""][what % 4];
        match what / 4 % 6 {
            0 => format!("rejected,,no proof,{on}"),
            1 => format!("needs_info,,photos,{on}"),
            2 => format!("in_review,,,{on}"),
            3 => format!("approved,,,{on}"),
            _ => format!("approved_partial,{},,{on}", amount(minor)),
        }
    });
    decide_list(ledger, list, day("2027-01-05"), false, &mut |_| Ok(())).unwrap();
}

fn list_of_payments(ledger: &mut Ledger, rows: &Rows) {
    let list = read(&PAYMENTS, "amount,date,reference", rows, |what, minor| {
        format!("{},2027-01-0{},{}", amount(minor), 1 + what % 5, what % 3)
    });
    pay_list(ledger, list, day("2027-01-05"), false, &mut |_| Ok(())).unwrap();
}

/// All policies with their claims and how much happened to them.
fn state(ledger: &Ledger) -> Vec<(Policy, Vec<Claim>, usize)> {
    let policy = |at| {
        let no = ledger.find(&format!("T-{at}")).unwrap().remove(0);
        let policy = ledger.policy(no).unwrap().unwrap();
        (policy, ledger.claims_of(no).unwrap(), ledger.history(no).unwrap().len())
    };
    (0..PARCELS).map(policy).collect()
}

/// The same without the numbers of claims, which follow the order of rows.
fn unnumbered(ledger: &Ledger) -> Vec<(String, usize)> {
    let all = state(ledger).into_iter().map(|(policy, mut claims, events)| {
        claims.iter_mut().for_each(|claim| claim.no = insure::number::ClaimNo(0));
        (format!("{:?} {claims:?}", policy.claim.map(|(_, status)| status)), events)
    });
    all.collect()
}
