//! The ledger's stories, and the makers of parcels they share.

mod mailing;
mod migrating;
mod morning;
mod opening;
mod recording;
mod searching;
mod spelled;
mod varied;
mod verifying;

use super::events::About;
use super::{BatchTotals, Event, Ledger, NewPolicy, TermsId, TermsSnapshot, Write};
use crate::calendar::{Day, Span, parse_day};
use crate::money::{Currency, Money};
use crate::number::{BatchNo, PolicyNo};
use crate::parcel::{Ids, Parcel, ValueParts};
use crate::policy::{Deadlines, Figures, Policy, State};

fn day(text: &str) -> Day {
    parse_day(text).unwrap()
}

fn usd(cents: i64) -> Money {
    Money::from_minor(cents, Currency::USD)
}

fn ids(order: &str, package: &str, tracking: &str) -> Ids {
    let some = |s: &str| (!s.is_empty()).then(|| s.to_owned());
    Ids { order: some(order), package: some(package), tracking: some(tracking) }
}

/// A parcel worth 450.00.
fn parcel(order: &str, package: &str, tracking: &str) -> Parcel {
    let mut parcel = Parcel::of_value(ValueParts::stated(usd(45_000)));
    parcel.ids = ids(order, package, tracking);
    parcel.ship_date = Some(day("2026-11-03"));
    parcel
}

fn figures(value: i64) -> Figures {
    Figures {
        package_value: usd(value),
        included_cover: usd(20_000.min(value)),
        cover: usd(value),
        premium: usd(225),
    }
}

fn terms(write: &mut Write<'_>) -> TermsId {
    terms_of(write, "tiktok-upic")
}

fn terms_of(write: &mut Write<'_>, plan: &str) -> TermsId {
    write
        .terms(&TermsSnapshot {
            plan,
            version: day("2025-05-20"),
            currency: Currency::USD,
            toml: "id = \"tiktok-upic\"",
        })
        .unwrap()
}

fn totals(insured: u64) -> BatchTotals {
    BatchTotals {
        rows: insured,
        parcels: insured,
        insured,
        already_insured: 0,
        refused: 0,
        cover: usd(0),
        premium: usd(0),
    }
}

fn bind(write: &mut Write<'_>, terms: TermsId, parcel: &Parcel, state: State) -> PolicyNo {
    let shipped = parcel.shipped_on();
    write
        .bind(
            terms,
            &NewPolicy {
                parcel,
                figures: figures(parcel.value.total().unwrap().minor()),
                assumed: &["premium_rate=0.75".to_owned()],
                state,
                deadlines: Deadlines {
                    loss_from: shipped.map(|on| Span::days(21).last_day(on)),
                    closes_on: shipped.map(|on| Span::days(90).last_day(on)),
                },
                prospect: None,
                trouble: None,
            },
        )
        .unwrap()
}

/// Records the parcels as one batch, effective.
fn record(ledger: &mut Ledger, parcels: &[Parcel]) -> (BatchNo, Vec<PolicyNo>) {
    let mut write = ledger.write().unwrap();
    let terms = terms(&mut write);
    let batch = write.start_batch(day("2026-11-01"), "batch-insure", Some("orders.csv")).unwrap();
    let numbers =
        parcels.iter().map(|parcel| bind(&mut write, terms, parcel, State::Effective)).collect();
    write.finish_batch(batch, &totals(parcels.len() as u64)).unwrap();
    write.commit().unwrap();
    (batch, numbers)
}

fn happened(no: PolicyNo, kind: &str) -> Event {
    Event {
        on: day("2026-11-10"),
        about: About::Policy(no),
        kind: kind.to_owned(),
        detail: serde_json::json!({}),
    }
}

fn get(ledger: &Ledger, no: PolicyNo) -> Policy {
    ledger.policy(no).unwrap().unwrap()
}
