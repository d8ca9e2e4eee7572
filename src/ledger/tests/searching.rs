//! Every filter against the same question asked of every policy, one by one.

use super::morning::{all_duties, soonest};
use super::varied::{Choice, POLICIES, TODAY, live, varied};
use super::{Ledger, day, get, usd};
use crate::calendar::{Day, Span};
use crate::claim::{Claim, ClaimStatus};
use crate::ledger::{Filter, LedgerError};
use crate::number::PolicyNo;
use crate::parcel::Country;
use crate::policy::{Look, PayoutIs, Policy, PolicyStatus, State};
use crate::rules::Duty;

/// A filter of its own making for each seed: one condition, or several at once.
fn some_filter(choice: &mut Choice) -> Filter {
    let mut filter = Filter::default();
    for _ in 0..=choice.below(3) {
        match choice.below(13) {
            0 => filter.status = Some(choice.of(&PolicyStatus::ALL).0),
            1 => filter.claim_status = Some(choice.of(&ClaimStatus::ALL).0),
            2 => filter.no_claim = true,
            3 => {
                filter.plan =
                    Some(choice.of(&["tiktok-upic", "takesendship", "no-plan"]).to_owned())
            }
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
            11 => {
                filter.claimable = true;
                filter.looks_like = Some(choice.of(&Look::ALL).0);
            }
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
fn holds(f: &Filter, p: &Policy, duties: &[(Claim, Duty)]) -> bool {
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
    let looks = p.prospect.filter(|_| {
        p.state != State::Cancelled && matches!(claim, None | Some(ClaimStatus::Withdrawn))
    });
    let looks = looks
        .filter(|looks| looks.from <= today && looks.closes_on.is_none_or(|last| today <= last));
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
        && (!f.claimable || looks.is_some())
        && f.looks_like.is_none_or(|like| looks.is_some_and(|is| is.looks_like == like))
        && f.due_within.is_none_or(|days| soonest(p, duties, days).is_some())
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
    let duties = all_duties(ledger, &all);
    let mut choice = Choice(u64::from(seed));
    let mut hits = 0;
    for _ in 0..120 {
        let filter = some_filter(&mut choice);
        let mut expected: Vec<(&Policy, &[(Claim, Duty)])> = all
            .iter()
            .zip(duties.iter().map(Vec::as_slice))
            .filter(|(p, duties)| holds(&filter, p, duties))
            .collect();
        if filter.by_closing_day() {
            expected.sort_by_key(|(p, duties)| {
                let closes = match filter.due_within {
                    Some(days) => soonest(p, duties, days),
                    None => p.prospect.and_then(|prospect| prospect.closes_on),
                };
                (closes.unwrap_or(Day::MAX), p.no)
            });
        }
        adds_up(ledger, &filter, &expected);
        let expected: Vec<&Policy> = expected.into_iter().map(|(p, _)| p).collect();
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

/// The totals of a filter against the sum over all that it finds.
fn adds_up(ledger: &Ledger, filter: &Filter, expected: &[(&Policy, &[(Claim, Duty)])]) {
    let of = |amount: fn(&Policy) -> i64| expected.iter().map(|(p, _)| amount(p)).sum::<i64>();
    let paid = |wanted: PayoutIs| -> i64 {
        let looks = expected.iter().filter_map(|(p, _)| p.claimable_on(day(TODAY)));
        looks.filter(|l| l.payout_is == wanted).map(|l| l.payout.minor()).sum()
    };
    let totals = ledger.totals(filter, day(TODAY)).unwrap();
    if expected.is_empty() {
        assert_eq!(totals, []);
        return;
    }
    assert_eq!(totals.len(), 1);
    let sum = totals[0];
    assert_eq!(sum.policies, expected.len() as u64, "{filter:?}");
    assert_eq!(sum.package_value, usd(of(|p| p.figures.package_value.minor())));
    assert_eq!(sum.cover, usd(of(|p| p.figures.cover.minor())));
    assert_eq!(sum.expected.exact, usd(paid(PayoutIs::Exact)), "{filter:?}");
    assert_eq!(sum.expected.at_most, usd(paid(PayoutIs::AtMost)), "{filter:?}");
    let alone = ledger.expected(filter, day(TODAY)).unwrap();
    let claims = Some(sum.expected).filter(|sum| sum.claims > 0);
    assert_eq!(alone, Vec::from_iter(claims), "{filter:?}");
}
