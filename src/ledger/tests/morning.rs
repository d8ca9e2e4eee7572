//! The morning list against what the rules say of every claim, one by one.

use std::collections::BTreeSet;

use super::varied::{Choice, PLANS, POLICIES, TODAY, live, plan, terms, varied};
use super::{Event, Ledger, day, get, usd};
use crate::calendar::{Day, Span};
use crate::claim::Claim;
use crate::ledger::{About, Due, DueFilter, LedgerError};
use crate::number::PolicyNo;
use crate::policy::Policy;
use crate::rules::{self, Duty, DutyKind, Shown};

/// What the rules say is still to be done for the claims of each policy.
pub(super) fn all_duties(ledger: &Ledger, policies: &[Policy]) -> Vec<Vec<(Claim, Duty)>> {
    let plans = PLANS.map(plan);
    let of = |policy: &Policy| {
        let at = terms(plans.iter().find(|plan| plan.id == policy.plan).unwrap());
        let history = ledger.history(policy.no).unwrap();
        let claims = ledger.claims_of(policy.no).unwrap().into_iter();
        let duties = claims.flat_map(|claim| {
            let with = |event: &&Event| {
                event.about == About::Claim(claim.no) && event.kind == "claim_filed"
            };
            let since = history.iter().filter(with).map(|event| event.on).max().unwrap();
            let duties = rules::duties(at, policy, &claim, since).into_iter();
            duties.map(|duty| (claim.clone(), duty)).collect::<Vec<_>>()
        });
        duties.collect()
    };
    policies.iter().map(of).collect()
}

/// Whether it is on the list of the morning, as its documentation says.
fn is_shown(duty: &Duty, days: u32) -> bool {
    let today = day(TODAY);
    let soon = duty.on.is_none_or(|on| on <= Span::days(days).last_day(today));
    match duty.shown {
        Shown::Always => true,
        Shown::UntilDone => soon,
        Shown::UntilItsDay => soon && duty.on.is_none_or(|on| today <= on),
        Shown::OnceOver => duty.on.is_some_and(|on| on < today),
    }
}

/// The soonest day of all that is due on a policy, the last day there is for what has none.
pub(super) fn soonest(p: &Policy, duties: &[(Claim, Duty)], days: u32) -> Option<Day> {
    let today = day(TODAY);
    let by = Span::days(days).last_day(today);
    let window = p.claimable_on(today).and_then(|looks| looks.closes_on).filter(|on| *on <= by);
    let due = duties.iter().filter(|(_, duty)| is_shown(duty, days));
    window.into_iter().chain(due.map(|(_, duty)| duty.on.unwrap_or(Day::MAX))).min()
}

fn listed(ledger: &Ledger, filter: &DueFilter) -> Vec<Due> {
    let mut found = Vec::new();
    ledger
        .due(filter, day(TODAY), |due| {
            found.push(due);
            Ok::<(), LedgerError>(())
        })
        .unwrap();
    found
}

#[test]
fn the_morning_list_has_every_duty_once_in_the_order_of_its_days() {
    let mut ledger = varied();
    live(&mut ledger);
    let all: Vec<Policy> = (1..=i64::from(POLICIES)).map(|no| get(&ledger, PolicyNo(no))).collect();
    let duties = all_duties(&ledger, &all);
    let mut choice = Choice(3);
    let mut kinds = BTreeSet::new();
    for _ in 0..40 {
        let within = choice.below(40);
        let one = choice.of(&DutyKind::ALL).0;
        let kind = choice.of(&[None, None, Some(one)]);
        let plan = choice.of(&[None, None, Some("tiktok-upic"), Some("cart-protection")]);
        let filter =
            DueFilter { within, kind, plan: plan.map(str::to_owned), ..DueFilter::default() };
        let mut expected = Vec::new();
        for (policy, duties) in all.iter().zip(&duties) {
            if plan.is_some_and(|plan| policy.plan != plan) {
                continue;
            }
            let by = Span::days(within).last_day(day(TODAY));
            if let Some(looks) = policy.claimable_on(day(TODAY))
                && looks.closes_on.is_some_and(|last| last <= by)
            {
                expected.push((looks.closes_on, DutyKind::Claim, policy.no.0, looks.payout));
            }
            let due = duties.iter().filter(|(_, duty)| is_shown(duty, within));
            expected.extend(due.map(|(claim, d)| (d.on, d.kind, claim.no.0, d.amount)));
        }
        expected.retain(|(_, is, ..)| kind.is_none_or(|kind| kind == *is));
        expected.sort_by_key(|(on, kind, no, _)| (on.unwrap_or(Day::MAX), *kind, *no));
        let told = |due: &Due| (due.key.on, due.key.kind, due.key.no, due.duty.amount);
        let found = listed(&ledger, &filter);
        assert_eq!(found.iter().map(told).collect::<Vec<_>>(), expected, "{filter:?}");
        kinds.extend(found.iter().map(|due| due.key.kind));

        let totals = ledger.due_totals(&filter, day(TODAY)).unwrap();
        assert_eq!(totals.iter().map(|t| t.duties).sum::<u64>(), found.len() as u64);
        let at_stake = totals.iter().map(|t| t.amount.minor() + t.at_most.minor()).sum::<i64>();
        let mut once: Vec<_> = expected.iter().map(|(_, kind, no, a)| (*kind, *no, *a)).collect();
        once.sort_by_key(|(kind, no, _)| (*kind, *no));
        once.dedup_by_key(|(kind, no, _)| (*kind, *no));
        assert_eq!(usd(at_stake), usd(once.iter().map(|(.., a)| a.minor()).sum()));

        let mut page = DueFilter { limit: Some(1 + u64::from(choice.below(90))), ..filter.clone() };
        let mut paged = Vec::new();
        loop {
            let next = listed(&ledger, &page);
            page.after = next.last().map(|due| due.key);
            paged.extend(next);
            if page.after.is_none() {
                break;
            }
        }
        assert_eq!(paged, found, "{page:?}");
    }
    assert_eq!(kinds.len(), DutyKind::ALL.len(), "{kinds:?}");
}
