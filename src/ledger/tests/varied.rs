//! A ledger in which everything that can be searched for occurs.

use serde_json::json;

use super::{Ledger, day, figures, get, happened, parcel, totals, usd};
use crate::calendar::Span;
use crate::claim::{ClaimStatus, Decision, Incident};
use crate::ledger::{NewClaim, NewPolicy, TermsId, TermsSnapshot, Write};
use crate::number::PolicyNo;
use crate::parcel::{CarrierEvent, Country, Parcel, ValueParts};
use crate::plan::{Catalog, Plan};
use crate::policy::{Policy, State};
use crate::rules::{self, Standing, Terms};

/// Seeded choices (splitmix64): the same ledger and the same filters in every run.
pub(super) struct Choice(pub(super) u64);

impl Choice {
    pub(super) fn below(&mut self, n: u32) -> u32 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed >> 32) as u32 % n
    }

    pub(super) fn of<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len() as u32) as usize]
    }
}

pub(super) const TODAY: &str = "2026-11-21";
pub(super) const POLICIES: u32 = 3_000;

/// The plans of this ledger: with windows and without, with times to decide and to pay, with
/// grace for documents and last days of appeal.
pub(super) const PLANS: [&str; 4] =
    ["tiktok-upic", "takesendship", "tiktok-logistics", "cart-protection"];

pub(super) fn plan(id: &str) -> Plan {
    Catalog::default().load(id).unwrap().plan
}

pub(super) fn terms(plan: &Plan) -> Terms<'_> {
    Terms { plan, version: plan.versions.last().unwrap() }
}

/// Records the terms of a plan as they are sold.
pub(super) fn sold(write: &mut Write<'_>, id: &str) -> TermsId {
    let loaded = Catalog::default().load(id).unwrap();
    let terms = TermsSnapshot {
        plan: id,
        version: terms(&loaded.plan).version.effective,
        currency: loaded.plan.currency,
        toml: &loaded.text,
    };
    write.terms(&terms).unwrap()
}

/// Derives what follows from the terms, as the operations do.
fn derive(terms: Terms<'_>, policy: &mut Policy) {
    let (state, trouble) = (policy.state, policy.trouble);
    let reported = trouble.map(|(event, _)| event);
    policy.deadlines = rules::deadlines(terms, &policy.parcel, &policy.figures, reported);
    let standing = Standing { state, trouble };
    policy.prospect = rules::prospect(terms, &policy.parcel, &policy.figures, standing);
}

fn bind(write: &mut Write<'_>, at: Terms<'_>, id: TermsId, parcel: &Parcel) {
    let figures = figures(parcel.value.total().unwrap().minor());
    let state = if parcel.facts.scanned_on.is_some() { State::Effective } else { State::Confirmed };
    let new = NewPolicy {
        parcel,
        figures,
        assumed: &[],
        state,
        deadlines: rules::deadlines(at, parcel, &figures, None),
        prospect: rules::prospect(at, parcel, &figures, Standing { state, trouble: None }),
        trouble: None,
    };
    write.bind(id, &new).unwrap();
}

/// A ledger in which everything that can be searched for occurs, some of it rarely.
pub(super) fn varied() -> Ledger {
    let mut choice = Choice(7);
    let mut ledger = Ledger::in_memory().unwrap();
    let start = day("2026-08-01");
    let plans = PLANS.map(plan);
    let mut made = 0;
    for (size, created) in
        [(1, "2026-08-02"), (1_700, "2026-09-01"), (40, "2026-08-20"), (1_259, "2026-10-05")]
    {
        let mut write = ledger.write().unwrap();
        let ids = PLANS.map(|plan| sold(&mut write, plan));
        let batch = write.start_batch(day(created), "batch-insure", None).unwrap();
        for _ in 0..size {
            made += 1;
            let id = format!("{made}");
            let mut new = parcel(&format!("O{}", made / 3), &format!("package {id}"), &id);
            new.value = ValueParts::stated(usd(i64::from(choice.below(90_000))));
            if choice.below(500) == 0 {
                new.value = ValueParts::stated(usd(9_999_999_999_999));
            }
            new.ship_date =
                (choice.below(9) > 0).then(|| Span::days(choice.below(110)).last_day(start));
            if choice.below(700) == 0 {
                new.ship_date = Some(choice.of(&[day("1970-01-01"), day("2190-01-01")]));
            }
            new.carrier =
                choice.of(&[None, Some("USPS"), Some("usps"), Some("DHL")]).map(str::to_owned);
            new.to = Country::from_code(choice.of(&["US", "US", "US", "PR"]));
            new.goods = choice.of(&[None, Some("glass"), Some("toys")]).map(str::to_owned);
            new.contents =
                choice.of(&[None, Some("Yoga Mat"), Some("V\u{c4}SE")]).map(str::to_owned);
            if choice.below(3) > 0 {
                new.facts.scanned_on = new.ship_date.or(Some(start));
            }
            let at = if choice.below(4) == 0 { choice.below(4) as usize } else { 0 };
            bind(&mut write, terms(&plans[at]), ids[at], &new);
        }
        write.finish_batch(batch, &totals(size)).unwrap();
        write.commit().unwrap();
    }
    assert_eq!(made, POLICIES);
    ledger
}

/// What happens to policies afterwards: carrier events, claims and their decisions.
pub(super) fn live(ledger: &mut Ledger) {
    let mut choice = Choice(9);
    let plans = PLANS.map(plan);
    let mut write = ledger.write().unwrap();
    for _ in 0..1_500 {
        let no = PolicyNo(i64::from(1 + choice.below(POLICIES)));
        let before = get(&write, no);
        if choice.below(3) > 0 {
            let mut after = before.clone();
            let (event, _) = choice.of(&CarrierEvent::ALL);
            after.apply(event, Span::days(choice.below(40)).last_day(day("2026-10-20")));
            if choice.below(50) == 0 {
                after.parcel.carrier = Some("Late Carrier".to_owned());
            }
            derive(terms(plans.iter().find(|plan| plan.id == after.plan).unwrap()), &mut after);
            write.update(&before, &after, &happened(no, event.word())).unwrap();
        } else if let Some((claim, status)) = before.claim.filter(|(_, s)| s.is_open()) {
            let mut claim = write.claim(claim).unwrap().unwrap();
            let next: Vec<ClaimStatus> = ClaimStatus::ALL
                .into_iter()
                .map(|(next, _)| next)
                .filter(|next| status.may_become(*next))
                .collect();
            claim.status = choice.of(&next);
            let granted = (claim.status == ClaimStatus::Accepted).then(|| usd(60));
            let on = Span::days(choice.below(30)).last_day(day("2026-10-25"));
            claim.decision = Some(Decision { on, amount: granted, reason: None });
            write.update_claim(&claim, &happened(no, "decided")).unwrap();
        } else {
            let facts = crate::claim::Facts::default();
            let claim = NewClaim {
                policy: no,
                incident: Incident::Loss,
                amount: usd(100),
                derived: false,
                payable: usd(100),
                facts: &facts,
                status: choice.of(&[ClaimStatus::Draft, ClaimStatus::UnderReview]),
                opened_on: Span::days(choice.below(30)).last_day(day("2026-10-20")),
                closes_on: Some(day("2026-12-01")),
            };
            write.open_claim(&claim, json!({})).unwrap();
        }
    }
    write.commit().unwrap();
}
