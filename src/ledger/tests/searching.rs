//! Every filter against the same question asked of every policy, one by one.

use serde_json::json;

use super::{Ledger, bind, day, get, happened, parcel, terms_of, totals, usd};
use crate::calendar::{Day, Span};
use crate::claim::{ClaimStatus, Incident};
use crate::ledger::{Filter, LedgerError, NewClaim};
use crate::number::PolicyNo;
use crate::parcel::{CarrierEvent, Country, ValueParts};
use crate::policy::{Policy, PolicyStatus, State};

/// Seeded choices (splitmix64): the same ledger and the same filters in every run.
struct Choice(u64);

impl Choice {
    fn below(&mut self, n: u32) -> u32 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed >> 32) as u32 % n
    }

    fn of<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len() as u32) as usize]
    }
}

const TODAY: &str = "2026-11-21";
const POLICIES: u32 = 3_000;

/// A ledger in which everything that can be searched for occurs, some of it rarely.
fn varied() -> Ledger {
    let mut choice = Choice(7);
    let mut ledger = Ledger::in_memory().unwrap();
    let start = day("2026-08-01");
    let mut made = 0;
    for (size, created) in
        [(1, "2026-08-02"), (1_700, "2026-09-01"), (40, "2026-08-20"), (1_259, "2026-10-05")]
    {
        let mut write = ledger.write().unwrap();
        let plans = ["tiktok-upic", "usps-ga"].map(|plan| terms_of(&mut write, plan));
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
            let state = choice.of(&[State::Confirmed, State::Effective, State::Effective]);
            let terms = if choice.below(20) == 0 { plans[1] } else { plans[0] };
            bind(&mut write, terms, &new, state);
        }
        write.finish_batch(batch, &totals(size)).unwrap();
        write.commit().unwrap();
    }
    assert_eq!(made, POLICIES);
    ledger
}

/// What happens to policies afterwards: carrier events, claims and their decisions.
fn live(ledger: &mut Ledger) {
    let mut choice = Choice(9);
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
                after.deadlines.closes_on = Some(day("2026-11-25"));
            }
            write.update(&before, &after, &happened(no, event.word())).unwrap();
        } else if let Some((claim, status)) = before.claim.filter(|(_, s)| s.is_open()) {
            let mut claim = write.claim(claim).unwrap().unwrap();
            let next: Vec<ClaimStatus> = ClaimStatus::ALL
                .into_iter()
                .map(|(next, _)| next)
                .filter(|next| status.may_become(*next))
                .collect();
            claim.status = choice.of(&next);
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
                opened_on: day("2026-11-01"),
                closes_on: Some(day("2026-12-01")),
            };
            write.open_claim(&claim, json!({})).unwrap();
        }
    }
    write.commit().unwrap();
}

/// A filter of its own making for each seed: one condition, or several at once.
fn some_filter(choice: &mut Choice) -> Filter {
    let mut filter = Filter::default();
    for _ in 0..=choice.below(3) {
        match choice.below(12) {
            0 => filter.status = Some(choice.of(&PolicyStatus::ALL).0),
            1 => filter.claim_status = Some(choice.of(&ClaimStatus::ALL).0),
            2 => filter.no_claim = true,
            3 => filter.plan = Some(choice.of(&["tiktok-upic", "usps-ga", "no-plan"]).to_owned()),
            4 => {
                filter.carrier = Some(choice.of(&["USPS", "dhl", "late carrier", "UPS"]).to_owned())
            }
            5 => filter.to = Country::from_code(choice.of(&["US", "PR", "DE"])),
            6 => filter.shipped = some_days(choice),
            7 => filter.created = some_days(choice),
            8 => {
                let least = i64::from(choice.below(90_000));
                filter.value = choice.of(&[
                    (Some(usd(least)), None),
                    (None, Some(usd(least))),
                    (Some(usd(least)), Some(usd(least + 500))),
                    (Some(usd(5_000_000_000)), None),
                ]);
            }
            9 => {
                filter.text = Some(
                    choice
                        .of(&[
                            "yoga",
                            "GLASS",
                            "v\u{e4}se",
                            "package 17",
                            "2000",
                            "O7",
                            "zzz",
                            "POL-00012J",
                        ])
                        .to_owned(),
                );
            }
            10 => filter.claimable = true,
            _ => filter.due_within = Some(choice.below(40)),
        }
    }
    filter
}

fn some_days(choice: &mut Choice) -> (Option<Day>, Option<Day>) {
    let first = Span::days(choice.below(120)).last_day(day("2026-08-01"));
    let last = Span::days(choice.below(10)).last_day(first);
    choice.of(&[
        (Some(first), None),
        (None, Some(first)),
        (Some(first), Some(last)),
        (Some(day("2185-01-01")), None),
        (None, Some(day("1970-01-01"))),
    ])
}

/// The filter as its documentation says it, on one policy.
fn holds(f: &Filter, p: &Policy) -> bool {
    let today = day(TODAY);
    let parcel = &p.parcel;
    let claim = p.claim.map(|(_, status)| status);
    let lower = |text: &Option<String>| text.as_ref().map(|t| t.to_lowercase());
    let inside = |days: (Option<Day>, Option<Day>), on: Option<Day>| {
        days == (None, None)
            || on.is_some_and(|on| {
                days.0.unwrap_or(Day::MIN) <= on && on <= days.1.unwrap_or(Day::MAX)
            })
    };
    let closes = p.deadlines.closes_on;
    let claimable = p.claimable().is_some_and(|(_, from)| from <= today)
        && closes.is_none_or(|last| last >= today);
    let lacking = matches!(claim, Some(ClaimStatus::Draft | ClaimStatus::NeedsInfo));
    let value = p.figures.package_value.minor();
    let named = |text: &String| {
        [&parcel.ids.order, &parcel.ids.package, &parcel.ids.tracking]
            .into_iter()
            .any(|id| id.as_ref() == Some(text))
            || p.no.to_string() == *text
            || [&parcel.goods, &parcel.contents]
                .into_iter()
                .any(|words| lower(words).is_some_and(|w| w.contains(&text.to_lowercase())))
    };
    f.status.is_none_or(|status| p.status(today) == status)
        && (f.claim_status.is_none() || f.claim_status == claim)
        && (!f.no_claim || claim.is_none())
        && f.plan.as_ref().is_none_or(|plan| p.plan == *plan)
        && (f.carrier.is_none() || lower(&f.carrier) == lower(&parcel.carrier))
        && (f.to.is_none() || f.to == parcel.to)
        && inside(f.shipped, parcel.shipped_on())
        && inside(f.created, Some(p.bound_on))
        && f.value.0.is_none_or(|least| value >= least.minor())
        && f.value.1.is_none_or(|most| value <= most.minor())
        && f.text.as_ref().is_none_or(named)
        && (!f.claimable || claimable)
        && f.due_within.is_none_or(|days| {
            let by = Span::days(days).last_day(today);
            (claimable || lacking) && closes.is_some_and(|c| today <= c && c <= by)
        })
}

fn found(ledger: &Ledger, filter: &Filter) -> Vec<PolicyNo> {
    let mut found = Vec::new();
    ledger
        .search(filter, day(TODAY), |policy| {
            found.push(policy.no);
            Ok::<(), LedgerError>(())
        })
        .unwrap();
    found
}

fn agrees(ledger: &Ledger, seed: u8) {
    let all: Vec<Policy> = (1..=i64::from(POLICIES)).map(|no| get(ledger, PolicyNo(no))).collect();
    let mut choice = Choice(u64::from(seed));
    let mut hits = 0;
    for _ in 0..120 {
        let filter = some_filter(&mut choice);
        let mut expected: Vec<&Policy> = all.iter().filter(|p| holds(&filter, p)).collect();
        if filter.by_closing_day() {
            expected.sort_by_key(|p| (p.deadlines.closes_on.unwrap_or(Day::MAX), p.no));
        }
        let expected: Vec<PolicyNo> = expected.into_iter().map(|p| p.no).collect();
        assert_eq!(found(ledger, &filter), expected, "{filter:?}");
        hits += usize::from(!expected.is_empty());

        // Page by page comes to the same.
        let mut paged = Vec::new();
        let mut page = Filter { limit: Some(40 + u64::from(choice.below(700))), ..filter };
        loop {
            let next = found(ledger, &page);
            page.after = next.last().copied();
            paged.extend(next);
            if page.after.is_none() {
                break;
            }
        }
        assert_eq!(paged, expected, "{page:?}");
    }
    assert!(hits > 50, "only {hits} of the filters found anything");
}

#[test]
fn no_filter_loses_or_invents_a_policy() {
    let mut ledger = varied();
    agrees(&ledger, 1);
    live(&mut ledger);
    agrees(&ledger, 2);
}

#[test]
fn a_search_ends_with_the_first_error_of_its_reader() {
    let ledger = varied();
    let mut seen = 0;
    let ended = ledger.search(&Filter::default(), day(TODAY), |policy| {
        seen += 1;
        if seen == 3 {
            return Err(LedgerError::Unknown { number: policy.no.to_string() });
        }
        Ok(())
    });
    assert!(ended.is_err());
    assert_eq!(seen, 3);
}

#[test]
fn totals_add_up_what_the_filter_finds() {
    let ledger = varied();
    let filter = Filter {
        carrier: Some("dhl".to_owned()),
        value: (None, Some(usd(90_000))),
        ..Filter::default()
    };
    let numbers = found(&ledger, &filter);
    let sum: i64 = numbers.iter().map(|no| get(&ledger, *no).figures.cover.minor()).sum();
    let totals = ledger.totals(&filter, day(TODAY)).unwrap();
    assert_eq!(totals.len(), 1);
    assert_eq!((totals[0].policies, totals[0].cover), (numbers.len() as u64, usd(sum)));
}
