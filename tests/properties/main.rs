//! What holds for every parcel, claim and course of events, whatever the figures: tried on
//! thousands of made-up ones, under every version of every built-in plan.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a value that cannot be made is a failed test"
)]

mod covered;
mod lists;
mod made_up;
mod zones;

use std::sync::OnceLock;

use chrono::Days;
use insure::calendar::Span;
use insure::claim::{Fact, Facts, Incident};
use insure::money::{Currency, LARGEST_MINOR, Money, share};
use insure::parcel::{CarrierEvent, CarrierFacts, CoverChoice, Label, Parcel, ValueParts};
use insure::plan::{Catalog, Plan, Situation, Version};
use insure::policy::{Effect, Figures, PayoutIs, Policy, State};
use insure::rules::{self, ClaimFacts, Quote, Standing, Terms, Trace};
use proptest::collection::vec;
use proptest::prelude::{
    Just, ProptestConfig, Strategy, any, prop_assert, prop_assert_eq, proptest,
};
use proptest::sample::Index;
use rust_decimal::Decimal;

use made_up::{
    Followed, cents, choices, claims, days, events, exchanges, minor_units, parcels, policies,
    spans, unfollowed,
};

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(2_000) })]

    #[test]
    fn cover_exceeds_neither_value_nor_maximum(at in any::<Index>(), parcel in parcels(), choice in choices()) {
        let terms = terms(at);
        let rule = &terms.version.maximum;
        if let Some(quote) = quoted(terms, &parcel, choice) {
            let at = Situation { parcel: &parcel, home: terms.plan.home, way: None, bought: false };
            let limits = rule.limits.iter().filter(|limit| limit.when.fits(&at)).map(|l| l.amount);
            let maximum = limits.chain(rule.amount).map(|a| a.of(terms.plan.currency).unwrap());
            let Figures { package_value, included_cover, cover, .. } = quote.figures;
            prop_assert!(!cover.exceeds(package_value).unwrap());
            for maximum in maximum {
                prop_assert!(cover == included_cover || !cover.exceeds(maximum).unwrap());
            }
            prop_assert!(!included_cover.exceeds(cover).unwrap());
            prop_assert_eq!(cover.plus(quote.stays_uninsured).unwrap(), package_value);
            prop_assert_eq!(included_cover.plus(quote.uninsured_value).unwrap(), package_value);
        }
    }

    #[test]
    fn more_cover_never_costs_less(at in any::<Index>(), parcel in parcels(), a in cents(), b in cents()) {
        let terms = terms(at);
        let of = |asked| quoted(terms, &parcel, CoverChoice::Amount(usd(asked)));
        if let (Some(one), Some(other)) = (of(a), of(b)) {
            let (one, other) = (one.figures, other.figures);
            prop_assert!(one.cover.minor() > other.cover.minor() || one.premium.minor() <= other.premium.minor());
            prop_assert!(other.cover.minor() > one.cover.minor() || other.premium.minor() <= one.premium.minor());
        }
    }

    #[test]
    fn nothing_is_charged_unless_it_was_asked_for_and_sold(at in any::<Index>(), parcel in parcels(), choice in choices()) {
        if let Some(quote) = quoted(terms(at), &parcel, choice) {
            if choice == CoverChoice::Included || quote.refused.is_some() {
                prop_assert_eq!(quote.figures.cover, quote.figures.included_cover);
            }
            if quote.figures.premium.is_zero() {
                prop_assert!(quote.basis.premium.is_none());
            }
        }
    }

    #[test]
    fn a_quote_explains_its_figures_by_clauses_of_its_terms(at in any::<Index>(), parcel in parcels(), choice in choices()) {
        let terms = terms(at);
        let (parcel, choice) = stated_in(terms.plan.currency, &parcel, choice);
        match rules::quote(terms, &parcel, choice, Trace::on()) {
            Err(refused) => prop_assert!(cited(terms, &refused.clause, &refused.source)),
            Ok(quote) => {
                let steps = quote.trace.steps();
                prop_assert_eq!(&steps.last().unwrap().after, &quote.figures.premium.digits());
                let cover = steps.iter().rfind(|step| step.rule == "cover").unwrap();
                prop_assert_eq!(&cover.after, &quote.figures.cover.digits());
                for step in steps {
                    prop_assert!(cited(terms, &step.clause, &step.source), "{step:?}");
                }
                if let Some(refused) = quote.refused {
                    prop_assert!(cited(terms, &refused.clause, &refused.source), "{refused:?}");
                }
                for assumed in rules::assumed(terms, quote.basis) {
                    let (clause, _) = assumed.figure.rsplit_once('.').unwrap();
                    prop_assert!(terms.version.clauses().iter().any(|c| c.id == clause), "{assumed:?}");
                }
                let silent = rules::quote(terms, &parcel, choice, Trace::off()).unwrap();
                prop_assert_eq!(silent.figures, quote.figures, "explaining changes nothing");
            }
        }
    }

    #[test]
    fn a_payout_exceeds_neither_cover_nor_loss_nor_what_others_left_of_the_value(at in any::<Index>(), policy in policies(), claim in claims()) {
        let terms = terms(at);
        if let Some(policy) = bound(terms, policy) {
            let claim = claim.stated_in(terms.plan.currency);
            let assessed = rules::assess(terms, &claim.on(&policy));
            let Figures { package_value, cover, .. } = policy.figures;
            // What comes beside the loss (a packaging's cost, a shipping fee) is named apart.
            let payable = assessed.payable.minor() - assessed.extras.minor();
            prop_assert!(payable >= 0 && payable <= cover.minor() && payable <= package_value.minor());
            prop_assert!(claim.amount.is_none_or(|loss| payable <= loss.minor()));
            let paid = claim.stated.amount(Fact::CarrierPaid);
            prop_assert!(paid.is_none_or(|paid| payable <= package_value.less(paid).unwrap().minor()));
            prop_assert_eq!(assessed.eligible, assessed.refusals.is_empty());
            prop_assert!(assessed.missing_facts.is_empty() || assessed.payable.is_zero());
        }
    }

    #[test]
    fn an_assessment_explains_itself_by_clauses_of_its_terms(at in any::<Index>(), policy in policies(), claim in claims()) {
        let terms = terms(at);
        if let Some(policy) = bound(terms, policy) {
            let claim = claim.stated_in(terms.plan.currency);
            let assessed = rules::assess(terms, &claim.on(&policy));
            for refused in &assessed.refusals {
                prop_assert!(cited(terms, &refused.clause, &refused.source), "{refused:?}");
                prop_assert!(!refused.reason.is_empty());
            }
            for missing in &assessed.missing_evidence {
                prop_assert!(cited(terms, &missing.clause, &missing.source), "{missing:?}");
            }
            for missing in &assessed.missing_facts {
                prop_assert!(cited(terms, &missing.clause, &missing.source), "{missing:?}");
            }
            for step in assessed.trace.steps() {
                prop_assert!(cited(terms, &step.clause, &step.source), "{step:?}");
            }
            let paid = |step: &&rules::Step| ["payable", "beside_it"].contains(&step.rule);
            if let Some(last) = assessed.trace.steps().last().filter(paid) {
                prop_assert_eq!(&last.after, &assessed.payable.digits());
            } else {
                prop_assert!(assessed.payable.is_zero(), "an amount that no step explains");
            }
        }
    }

    #[test]
    fn a_claim_can_be_made_on_the_days_of_its_window_and_on_no_other(at in any::<Index>(), policy in policies(), claim in claims()) {
        let terms = terms(at);
        if let Some(policy) = bound(terms, policy) {
            let claim = claim.stated_in(terms.plan.currency);
            let assessed = rules::assess(terms, &claim.on(&policy));
            if let (Some(opens), Some(closes)) = (assessed.opens_on, assessed.closes_on) {
                prop_assert!(opens <= closes, "a window that never opens: {opens} to {closes}");
                let late = assessed.refusals.iter().any(|r| r.code == "window_closed");
                let early = assessed.refusals.iter().any(|r| r.code == "too_early");
                // What the delivery says of the incident goes before how early it is.
                let delivered = assessed.refusals.iter().any(|r| r.code.ends_with("delivered") || r.code == "returned");
                // What was filed in time stays in time.
                let day = claim.filed_on.unwrap_or(claim.today);
                let wait = day < opens && !delivered;
                prop_assert_eq!((early, late), (wait, day > closes));
                // A day that only the claimant knows is not in the ledger.
                let told = [Fact::SignedAt, Fact::FoundAt, Fact::DueOn].iter().any(|f| claim.stated.get(*f).is_some());
                // What was reported damaged is claimed as that, and what was delivered is not lost.
                let damaged = policy.trouble.is_some_and(|(event, _)| event == CarrierEvent::Damaged);
                let other = delivered || (damaged && claim.incident != Incident::Damage);
                prop_assert!(told || other || policy.deadlines.closes_on.is_none_or(|last| last >= closes), "a search sees it too");
            }
        }
    }

    #[test]
    fn what_is_listed_as_claimable_is_what_a_claim_would_come_to(at in any::<Index>(), policy in policies(), after in 0u64..120) {
        let terms = terms(at);
        if let Some(policy) = bound(terms, policy)
            && let Some(prospect) = policy.claimable()
            && let Some(today) = prospect.from.checked_add_days(Days::new(after))
            && policy.claimable_on(today).is_some()
        {
            let stated = Facts::default();
            let claim = |today| ClaimFacts {
                policy: &policy,
                incident: prospect.looks_like.incident(),
                amount: None,
                evidence: &[],
                stated: &stated,
                filed_on: None,
                is_return: false,
                today,
            };
            let assessed = rules::assess(terms, &claim(today));
            let codes: Vec<&str> = assessed.refusals.iter().map(|refusal| refusal.code).collect();
            prop_assert_eq!(assessed.closes_on, prospect.closes_on);
            let clauses = terms.version.clauses();
            prop_assert!(clauses.iter().any(|known| known.id == prospect.clause()), "{}", prospect.clause());
            match prospect.payout_is {
                PayoutIs::Exact => {
                    prop_assert_eq!(codes, Vec::<&str>::new());
                    prop_assert_eq!(assessed.payable, prospect.payout);
                    prop_assert!(!assessed.payable.is_zero());
                }
                // Without the facts nothing but the facts is missing. A day only the claimant
                // knows is one of them, and what came back is claimed by the state it is in.
                _ => prop_assert!(codes.iter().all(|code| ["facts_needed", "start_unknown"].contains(code)), "{:?}", codes),
            }
            if let Some(last) = prospect.closes_on.and_then(|last| last.succ_opt()) {
                let late = rules::assess(terms, &claim(last));
                prop_assert!(late.refusals.iter().any(|refusal| refusal.code == "window_closed"));
            }
        }
    }

    #[test]
    fn no_claim_pays_more_of_the_loss_than_is_expected_at_most(at in any::<Index>(), policy in policies(), claim in claims()) {
        let terms = terms(at);
        if let Some(policy) = bound(terms, policy)
            && let Some(prospect) = policy.claimable()
            && let Some(expected) = prospect.expected()
        {
            let mut claim = claim.stated_in(terms.plan.currency);
            claim.incident = prospect.looks_like.incident();
            let assessed = rules::assess(terms, &claim.on(&policy));
            prop_assert!(assessed.payable.minor() - assessed.extras.minor().max(0) <= expected.minor());
        }
    }

    #[test]
    fn what_looks_lost_and_can_be_claimed_as_lost_is_listed(at in any::<Index>(), policy in policies(), today in days()) {
        let terms = terms(at);
        if let Some(policy) = bound(terms, policy)
            && policy.claimable_on(today).is_none()
            && policy.trouble.is_none()
            && terms.version.incident.get(&Incident::Loss).is_some_and(|loss| loss.waiting.is_some())
        {
            let stated = Facts::default();
            let claim = ClaimFacts {
                policy: &policy,
                incident: Incident::Loss,
                amount: None,
                evidence: &[],
                stated: &stated,
                filed_on: None,
                is_return: false,
                today,
            };
            let assessed = rules::assess(terms, &claim);
            prop_assert!(!assessed.eligible || assessed.payable.is_zero(), "a loss that no search finds");
        }
    }

    #[test]
    fn a_shared_fee_loses_nothing_and_is_fair_to_a_cent(total in 0i64..1_000_000, weights in vec(0i64..100_000_000, 1..40)) {
        let shares = share(total, &weights);
        prop_assert_eq!(shares.len(), weights.len());
        prop_assert_eq!(shares.iter().sum::<i64>(), total);
        let equal = vec![1; weights.len()];
        let weights = if weights.iter().all(|w| *w == 0) { equal } else { weights };
        let sum: i128 = weights.iter().map(|w| i128::from(*w)).sum();
        for (got, weight) in shares.iter().zip(&weights) {
            let off = i128::from(*got) * sum - i128::from(total) * i128::from(*weight);
            prop_assert!(off.abs() < sum, "{got} of {total} for {weight} of {sum}");
        }
    }

    #[test]
    fn who_starts_later_never_ends_earlier(span in spans(), a in days(), b in days()) {
        let (first, later) = (a.min(b), a.max(b));
        prop_assert!(span.last_day(first) <= span.last_day(later), "{span:?} from {first} and {later}");
        let longer = Span { count: span.count + 1, ..span };
        prop_assert!(span.last_day(a) <= longer.last_day(a));
    }

    #[test]
    fn events_told_twice_change_nothing(policy in policies()) {
        let once = policy.clone();
        let mut twice = policy.clone();
        for (event, on) in &policy.told {
            prop_assert_eq!(twice.policy.apply(*event, *on), Effect::AlreadyKnown);
        }
        prop_assert_eq!(once.policy, twice.policy);
    }

    #[test]
    fn the_order_in_which_events_become_known_does_not_matter(
        (told, shuffled) in vec(events(), 0..8).prop_flat_map(|told| (Just(told.clone()), Just(told).prop_shuffle())),
    ) {
        let mut policies = [told, shuffled].map(|told| {
            let mut policy = unfollowed(Parcel::of_value(ValueParts::stated(usd(30_000))));
            for (event, on) in told {
                policy.apply(event, on);
            }
            policy
        });
        let [one, other] = &mut policies;
        prop_assert_eq!(one, other);
    }

    #[test]
    fn a_premium_comes_back_for_a_label_the_carrier_never_had(policy in policies()) {
        let policy = policy.policy;
        let refunded = policy.parcel.facts.cancelled && policy.parcel.facts.scanned_on.is_none();
        prop_assert_eq!(policy.refunded.is_some(), refunded);
        prop_assert_eq!(policy.state == State::Cancelled, refunded);
        prop_assert_eq!(policy.state == State::Effective, policy.parcel.facts.scanned_on.is_some());
    }

    #[test]
    fn a_converted_amount_is_off_by_half_a_minor_unit_at_most(at in exchanges(), minor in 0i64..LARGEST_MINOR) {
        let amount = Money::from_minor(minor, at.from);
        // Decimals hold 28 digits: enough here, though not for every rate there is.
        let exact = Decimal::new(minor, at.from.digits()) * at.rate.decimal();
        match at.convert(amount) {
            Ok(converted) => {
                let off = Decimal::new(converted.minor(), at.to.digits()) - exact;
                prop_assert_eq!(converted.currency(), at.to);
                prop_assert!(off.abs() * Decimal::TWO <= Decimal::new(1, at.to.digits()), "off by {}", off);
            }
            Err(why) => prop_assert!(exact > Decimal::new(LARGEST_MINOR, at.to.digits()), "{}", why),
        }
    }

    #[test]
    fn what_is_worth_more_is_never_worth_less_in_another_currency(at in exchanges(), a in minor_units(), b in minor_units()) {
        // What is too large to hold is larger than all that is not.
        let of = |minor: i64| at.convert(Money::from_minor(minor, at.from)).map_or(i64::MAX, |money| money.minor());
        prop_assert!(a > b || of(a) <= of(b));
    }

    #[test]
    fn converted_parts_add_up_to_the_converted_total(at in exchanges(), parts in [cents(), cents(), cents()]) {
        let [product, coupon, shipping] = parts.map(|minor| Money::from_minor(minor, at.from));
        let stated = ValueParts { product, coupon, shipping };
        let total = at.convert(stated.total().unwrap());
        let (Ok(converted), Ok(total)) = (stated.converted(&at), &total) else {
            prop_assert!(total.is_err(), "only too large a total cannot be converted");
            return Ok(());
        };
        prop_assert_eq!(converted.total().unwrap(), *total);
        for (part, stated) in [(converted.product, product), (converted.coupon, coupon), (converted.shipping, shipping)] {
            prop_assert!((part.minor() - at.convert(stated).unwrap().minor()).abs() <= 1);
        }
    }
}

/// Every built-in plan.
fn plans() -> &'static [Plan] {
    static PLANS: OnceLock<Vec<Plan>> = OnceLock::new();
    PLANS.get_or_init(|| {
        let all = Catalog::default().all().unwrap().plans;
        all.into_iter().map(|loaded| loaded.plan).collect()
    })
}

/// One version of one of them.
fn terms(at: Index) -> Terms<'static> {
    let of = |plan: &'static Plan| plan.versions.iter().map(move |version| Terms { plan, version });
    let all: Vec<Terms<'static>> = plans().iter().flat_map(of).collect();
    *at.get(&all)
}

/// Whether the terms have this clause, from this source.
fn cited(terms: Terms<'_>, clause: &str, source: &str) -> bool {
    let version: &Version = terms.version;
    let mut clauses = version.clauses().iter();
    clauses.any(|known| known.id == clause && known.source == source)
}

fn quoted(terms: Terms<'_>, parcel: &Parcel, choice: CoverChoice) -> Option<Quote> {
    let (parcel, choice) = stated_in(terms.plan.currency, parcel, choice);
    rules::quote(terms, &parcel, choice, Trace::off()).ok()
}

/// The same figures in the plan's currency; they are made up in dollars.
fn stated_in(currency: Currency, parcel: &Parcel, choice: CoverChoice) -> (Parcel, CoverChoice) {
    let local = |amount: Money| Money::from_minor(amount.minor(), currency);
    let mut parcel = parcel.clone();
    parcel.value = ValueParts {
        product: local(parcel.value.product),
        coupon: local(parcel.value.coupon),
        shipping: local(parcel.value.shipping),
    };
    let choice = match choice {
        CoverChoice::Amount(asked) => CoverChoice::Amount(local(asked)),
        other => other,
    };
    (parcel, choice)
}

fn usd(minor: i64) -> Money {
    Money::from_minor(minor, Currency::USD)
}

/// The policy as these terms record it; none where they do not cover its parcel.
fn bound(terms: Terms<'_>, followed: Followed) -> Option<Policy> {
    let mut policy = followed.policy;
    // Cover is bought before anything happens to the parcel.
    let bought =
        Parcel { label: Label::None, facts: CarrierFacts::default(), ..policy.parcel.clone() };
    policy.figures = quoted(terms, &bought, followed.choice)?.figures;
    let trouble = policy.trouble.map(|(event, _)| event);
    policy.deadlines = rules::deadlines(terms, &policy.parcel, &policy.figures, trouble);
    let standing = Standing { state: policy.state, trouble: policy.trouble };
    policy.prospect = rules::prospect(terms, &policy.parcel, &policy.figures, standing);
    Some(policy)
}
