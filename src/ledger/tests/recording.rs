//! Covering parcels, following them, claiming: what the ledger keeps of each.

use std::sync::Arc;

use serde_json::json;

use super::{Ledger, bind, day, get, happened, ids, parcel, record, terms, totals, usd};
use crate::claim::{ClaimStatus, Decision, Evidence, Facts, Incident, Payment};
use crate::exchange::Exchange;
use crate::ledger::{About, LedgerError, NewClaim, NewPolicy, SameBy, Wanted};
use crate::money::{Currency, Money};
use crate::number::PolicyNo;
use crate::parcel::{CarrierEvent, Country, Fulfilment, Ids, Label, Parcel, Stated};
use crate::policy::{Deadlines, Figures, State};

pub(super) fn loss(policy: PolicyNo, facts: &Facts) -> NewClaim<'_> {
    NewClaim {
        policy,
        incident: Incident::Loss,
        amount: usd(45_000),
        derived: false,
        payable: usd(45_000),
        facts,
        status: ClaimStatus::Draft,
        opened_on: day("2026-12-01"),
        closes_on: Some(day("2027-02-01")),
    }
}

#[test]
fn every_fact_of_a_parcel_comes_back() {
    let mut full = parcel("007", "1", "9223372036854775808");
    full.other_orders = vec!["576\"1".to_owned(), "5762".to_owned()];
    full.from = Country::from_code("US");
    full.to = Country::from_code("PR");
    full.carrier = Some("USPS".to_owned());
    full.service = Some("Ground Advantage".to_owned());
    full.goods = Some("glass".to_owned());
    full.contents = Some("a vase, \u{82b1}\u{74f6}\0".to_owned());
    full.fulfilment = Fulfilment::SellerLabel;
    full.label = Label::Exists(Some(day("2026-11-02")));
    full.facts.scanned_on = Some(day("2026-11-03"));
    full.facts.delivered_on = Some(day("2026-11-08"));
    full.facts.cancelled = true;
    full.facts.cancelled_on = Some(day("2026-11-09"));
    let plain = parcel("", "", "");
    let mut ledger = Ledger::in_memory().unwrap();
    let (_, numbers) = record(&mut ledger, &[full.clone(), plain.clone(), full.clone()]);
    assert_eq!(get(&ledger, numbers[0]).parcel, full);
    assert_eq!(get(&ledger, numbers[1]).parcel, plain);
    assert_eq!(get(&ledger, numbers[2]).parcel, full);
}

#[test]
fn a_policy_is_found_by_every_name_it_goes_by() {
    let mut combined = parcel("5764", "2", "9400");
    combined.other_orders = vec!["5765".to_owned()];
    let mut ledger = Ledger::in_memory().unwrap();
    let (_, numbers) = record(&mut ledger, &[parcel("5764", "1", "9399"), combined]);
    let number = numbers[1].to_string().to_lowercase();
    for name in ["5764/2", "9400", "5765", "2", &number] {
        assert_eq!(ledger.find(name).unwrap(), [numbers[1]], "{name}");
    }
    assert_eq!(ledger.find("5764").unwrap(), numbers);
    for stranger in ["", "5764/", "5764/3", "940", "POL-000000"] {
        assert_eq!(ledger.find(stranger).unwrap(), [], "{stranger}");
    }
}

#[test]
fn a_covered_parcel_is_known_by_handle_tracking_or_its_order_before_packing() {
    let mut ledger = Ledger::in_memory().unwrap();
    let (_, numbers) = record(
        &mut ledger,
        &[parcel("1", "P1-long", "T1"), parcel("2", "", "T2"), parcel("3", "", "")],
    );
    let mut write = ledger.write().unwrap();
    let mut ask = |asked: Ids| {
        let found = write.find_same(&[&asked]).unwrap().remove(0);
        found.map(|existing| (existing.no, existing.how))
    };
    assert_eq!(ask(ids("9", "P1-long", "")), Some((numbers[0], SameBy::Handle)));
    assert_eq!(ask(ids("", "", "T2")), Some((numbers[1], SameBy::Handle)));
    assert_eq!(ask(ids("2", "P2-long", "T2")), Some((numbers[1], SameBy::Tracking)));
    assert_eq!(ask(ids("3", "P3-long", "T3")), Some((numbers[2], SameBy::UnpackedOrder)));
    assert_eq!(ask(ids("1", "P4-long", "T4")), None, "another package of a packed order");
    assert_eq!(ask(Ids::default()), None);
    drop(write);

    let before = get(&ledger, numbers[0]);
    let mut after = before.clone();
    after.state = State::Confirmed;
    assert!(after.cancel());
    let mut write = ledger.write().unwrap();
    write.update(&before, &after, &happened(numbers[0], "cancelled")).unwrap();
    let again = ids("1", "P1-long", "T1");
    assert_eq!(write.find_same(&[&again]).unwrap(), [None], "cancelled does not cover");

    after.apply(CarrierEvent::Cancelled, day("2026-11-05"));
    write.update(&before, &after, &happened(numbers[0], "cancelled")).unwrap();
    let found = write.find_same(&[&again, &ids("1", "P1-long", "T9")]).unwrap();
    let states: Vec<_> = found.iter().map(|f| f.as_ref().map(|f| f.state)).collect();
    assert_eq!(states, [Some(State::Cancelled), None], "only the voided label itself is known");
}

#[test]
fn the_same_large_file_again_is_recognised_whole() {
    let parcels: Vec<_> = (0..5_000)
        .map(|n| parcel(&format!("O{}", n / 2500), &format!("11500{n}"), &format!("T{n}")))
        .collect();
    let mut ledger = Ledger::in_memory().unwrap();
    let (_, numbers) = record(&mut ledger, &parcels);
    let (_, few) = record(&mut ledger, &[parcel("one", "more-of-it", "T")]);
    let mut covered = ledger.covered();
    let mut asked: Vec<_> = parcels.iter().map(|p| p.ids.clone()).collect();
    asked.reverse();
    asked.push(ids("one", "more-of-it", "T"));
    asked.push(ids("stranger", "stranger", "stranger"));
    let found: Vec<_> = asked
        .chunks(512)
        .flat_map(|chunk| {
            covered.find_known(&chunk.iter().map(Wanted::from).collect::<Vec<_>>()).unwrap()
        })
        .map(|known| known.same.map(|e| e.no))
        .collect();
    let expected = numbers.iter().rev().copied().map(Some).chain([Some(few[0]), None]);
    assert!(found.into_iter().eq(expected));
    for parcel in parcels.iter().step_by(97) {
        let tracking = parcel.ids.tracking.as_deref().unwrap();
        assert_eq!(ledger.find(tracking).unwrap().len(), 1);
    }
    assert_eq!(ledger.find("O1").unwrap(), numbers[2500..], "many pages of one key");
}

#[test]
fn names_learnt_later_find_the_policy() {
    let mut ledger = Ledger::in_memory().unwrap();
    let (_, numbers) = record(&mut ledger, &[parcel("1", "", "")]);
    let before = get(&ledger, numbers[0]);
    let mut after = before.clone();
    after.parcel.ids = ids("1", "P1-long", "T1");
    let mut write = ledger.write().unwrap();
    write.update(&before, &after, &happened(numbers[0], "packed")).unwrap();
    write.commit().unwrap();
    for name in ["1", "P1-long", "T1"] {
        assert_eq!(ledger.find(name).unwrap(), numbers, "{name}");
    }
    assert_eq!(ledger.find("1/").unwrap(), [], "it is packed now");
    assert_eq!(get(&ledger, numbers[0]), after);
}

#[test]
fn the_history_tells_all_and_is_never_changed() {
    let mut ledger = Ledger::in_memory().unwrap();
    let (batch, numbers) =
        record(&mut ledger, &[parcel("1", "P1-long", "T1"), parcel("2", "", "")]);
    let mut write = ledger.write().unwrap();
    write.event(&happened(numbers[0], "scanned")).unwrap();
    write.event(&happened(numbers[1], "scanned")).unwrap();
    let claim = write
        .open_claim(&loss(numbers[0], &Facts::default()), json!({ "reason": "loss" }))
        .unwrap();
    write.commit().unwrap();
    let history: Vec<_> = ledger
        .history(numbers[0])
        .unwrap()
        .into_iter()
        .map(|event| (event.about, event.kind))
        .collect();
    assert_eq!(
        history,
        [
            (About::Batch(batch), "bound".to_owned()),
            (About::Policy(numbers[0]), "scanned".to_owned()),
            (About::Claim(claim), "claim_filed".to_owned()),
        ]
    );
    for sql in ["UPDATE event SET on_day = 0", "DELETE FROM event"] {
        let error = ledger.conn.execute(sql, []).unwrap_err();
        assert!(error.to_string().contains("history is never"), "{error}");
    }
}

#[test]
fn a_policy_has_one_open_claim_at_most() {
    let mut ledger = Ledger::in_memory().unwrap();
    let (_, numbers) = record(&mut ledger, &[parcel("1", "P1-long", "T1")]);
    let mut write = ledger.write().unwrap();
    let first = write.open_claim(&loss(numbers[0], &Facts::default()), json!({})).unwrap();
    let error = write.open_claim(&loss(numbers[0], &Facts::default()), json!({})).unwrap_err();
    assert!(matches!(error, LedgerError::ClaimOpen { claim, .. } if claim == first), "{error}");
    let past_the_check = "INSERT INTO claim (policy, incident, amount, payable, status, opened_on,
        closes_on) SELECT policy, incident, amount, payable, 'draft', opened_on, closes_on FROM claim";
    let error = write.conn.execute(past_the_check, []).unwrap_err();
    assert!(error.to_string().contains("UNIQUE constraint failed"), "{error}");

    let mut claim = write.claim(first).unwrap().unwrap();
    claim.status = ClaimStatus::Rejected;
    claim.decision = Some(Decision {
        on: day("2026-12-09"),
        amount: None,
        reason: Some("no proof of value".to_owned()),
    });
    write.update_claim(&claim, &happened(numbers[0], "claim_rejected")).unwrap();
    assert_eq!(write.claim(first).unwrap().as_ref(), Some(&claim));
    let second = write.open_claim(&loss(numbers[0], &Facts::default()), json!({})).unwrap();
    claim.status = ClaimStatus::UnderReview;
    let error = write.update_claim(&claim, &happened(numbers[0], "reopened")).unwrap_err();
    assert!(matches!(error, LedgerError::ClaimOpen { .. }), "{error}");
    write.commit().unwrap();

    assert_eq!(get(&ledger, numbers[0]).claim, Some((second, ClaimStatus::Draft)));
    let claims: Vec<_> = ledger.claims_of(numbers[0]).unwrap().iter().map(|c| c.no).collect();
    assert_eq!(claims, [first, second]);
    assert_eq!(ledger.find(&second.to_string()).unwrap(), numbers);
}

#[test]
fn the_same_document_is_kept_once() {
    let mut ledger = Ledger::in_memory().unwrap();
    let (_, numbers) = record(&mut ledger, &[parcel("1", "P1-long", "T1")]);
    let mut write = ledger.write().unwrap();
    let claim = write.open_claim(&loss(numbers[0], &Facts::default()), json!({})).unwrap();
    let photo = Evidence {
        kind: "photo".to_owned(),
        sha256: "ab".repeat(32),
        file: "box.jpg".to_owned(),
        bytes: 1_000_000,
        media: None,
        dated: Some(day("2026-11-30")),
        added_on: day("2026-12-01"),
    };
    assert!(write.add_evidence(claim, &photo).unwrap());
    assert!(!write.add_evidence(claim, &photo).unwrap());
    assert_eq!(write.claim(claim).unwrap().unwrap().evidence, [photo]);
}

#[test]
fn an_agreement_is_kept_with_its_text() {
    let mut ledger = Ledger::in_memory().unwrap();
    assert_eq!(ledger.accepted("tiktok-upic").unwrap(), None);
    let mut write = ledger.write().unwrap();
    assert!(write.accept_agreement("tiktok-upic", "I agree.", day("2026-11-01")).unwrap());
    assert!(!write.accept_agreement("tiktok-upic", "I agree.", day("2026-11-02")).unwrap());
    let kept = write.accepted("tiktok-upic").unwrap().unwrap();
    assert_eq!((kept.accepted_on, kept.text.as_str()), (day("2026-11-01"), "I agree."));
}

#[test]
fn money_of_another_currency_is_refused() {
    let mut ledger = Ledger::in_memory().unwrap();
    let mut write = ledger.write().unwrap();
    let terms = terms(&mut write);
    write.start_batch(day("2026-11-01"), "insure", None).unwrap();
    let euro = Money::from_minor(100, Currency::from_code("EUR").unwrap());
    let parcel = parcel("1", "P1-long", "T1");
    let error = write
        .bind(
            terms,
            &NewPolicy {
                parcel: &parcel,
                figures: Figures { premium: euro, ..super::figures(45_000) },
                assumed: &[],
                state: State::Confirmed,
                deadlines: Deadlines::default(),
                prospect: None,
                trouble: None,
            },
        )
        .unwrap_err();
    assert_eq!(error.to_string(), "the terms are in USD, the policy's money is in EUR");
}

#[test]
fn what_a_parcel_was_stated_to_be_worth_comes_back_with_its_rate() {
    let exchange = |code: &str, rate: &str, on: &str| Exchange {
        from: Currency::from_code(code).unwrap(),
        to: Currency::USD,
        rate: Exchange::parse_rate(rate).unwrap(),
        on: day(on),
        source: "ECB \"reference\" rate".to_owned(),
    };
    let stated = |exchange: &Exchange, minor: i64| {
        let value = Money::from_minor(minor, exchange.from);
        Some(Box::new(Stated { at: Arc::new(exchange.clone()), value }))
    };
    let [old, new] = ["2026-11-19", "2026-11-20"].map(|on| exchange("EUR", "1.0850", on));
    let yen = exchange("JPY", "0.0065", "2026-11-20");
    let all = [stated(&old, 45_000), None, stated(&new, 1), stated(&yen, 70_000), stated(&old, 7)];
    let parcels: Vec<_> = (1..)
        .zip(&all)
        .map(|(n, stated)| Parcel { stated: stated.clone(), ..parcel(&n.to_string(), "", "") })
        .collect();
    let mut ledger = Ledger::in_memory().unwrap();
    let (_, numbers) = record(&mut ledger, &parcels);
    for (no, stated) in numbers.iter().zip(&all) {
        assert_eq!(&get(&ledger, *no).parcel.stated, stated);
    }
    let same = ledger.covered().find_known(&parcels.iter().map(Wanted::from).collect::<Vec<_>>());
    let same = same.unwrap().into_iter().map(|known| known.same.unwrap().stated.map(Box::new));
    assert_eq!(same.collect::<Vec<_>>(), all);
    record(&mut ledger, &[Parcel { stated: stated(&yen, 5), ..parcel("6", "", "") }]);
    let rates = ledger.conn.query_row("SELECT count(*) FROM fx", [], |row| row.get::<_, i64>(0));
    assert_eq!(rates, Ok(3), "a rate is kept once");

    let mut other = exchange("EUR", "1.0850", "2026-11-20");
    other.to = Currency::from_code("GBP").unwrap();
    let mut write = ledger.write().unwrap();
    let terms = terms(&mut write);
    write.start_batch(day("2026-11-01"), "insure", None).unwrap();
    let parcel = Parcel { stated: stated(&other, 5), ..parcel("7", "", "") };
    let new = NewPolicy {
        parcel: &parcel,
        figures: super::figures(45_000),
        assumed: &[],
        state: State::Confirmed,
        deadlines: Deadlines::default(),
        prospect: None,
        trouble: None,
    };
    assert!(matches!(write.bind(terms, &new), Err(LedgerError::Currency { .. })));
}

#[test]
fn two_batches_in_one_transaction_have_their_own_policies() {
    let mut ledger = Ledger::in_memory().unwrap();
    let mut write = ledger.write().unwrap();
    let terms = terms(&mut write);
    let mut ranges = Vec::new();
    for count in [2, 3] {
        let batch = write.start_batch(day("2026-11-01"), "insure", None).unwrap();
        for n in 0..count {
            bind(
                &mut write,
                terms,
                &parcel("", &format!("package {count} {n}"), ""),
                State::Confirmed,
            );
        }
        write.finish_batch(batch, &totals(count)).unwrap();
        let range = write
            .conn
            .query_row(
                "SELECT first_policy, last_policy FROM batch WHERE id = ?1",
                [batch.0],
                |row| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?)),
            )
            .unwrap();
        ranges.push(range);
    }
    assert_eq!(ranges, [(1, 2), (3, 5)]);
}

#[test]
fn what_was_stated_and_paid_comes_back_with_the_claim() {
    let mut ledger = Ledger::in_memory().unwrap();
    let (_, numbers) = record(&mut ledger, &[parcel("1", "P1-long", "T1")]);
    let mut facts = Facts::default();
    for (name, text) in [("repair-cost", "120.00"), ("packaging-intact", "no"), ("parts", "1/2")] {
        facts.set(name, text, Currency::USD).unwrap();
    }
    let mut write = ledger.write().unwrap();
    let claim = write.open_claim(&loss(numbers[0], &facts), json!({})).unwrap();
    let payment = Payment { on: day("2026-12-12"), amount: usd(100), reference: "A 1".to_owned() };
    assert!(write.add_payment(claim, &payment).unwrap());
    assert!(!write.add_payment(claim, &payment).unwrap(), "the same payment again");
    let other = Payment { reference: String::new(), ..payment.clone() };
    assert!(write.add_payment(claim, &other).unwrap());
    let yen =
        Payment { amount: Money::from_minor(1, Currency::from_code("JPY").unwrap()), ..other };
    assert!(matches!(write.add_payment(claim, &yen), Err(LedgerError::Currency { .. })));
    let known = write.claim(claim).unwrap().unwrap();
    assert_eq!((known.facts, known.payments.len()), (facts, 2));
}
