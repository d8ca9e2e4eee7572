//! What holds for every parcel, claim and course of events, whatever the figures: tried on
//! thousands of made-up ones, under every version of every built-in plan.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a value that cannot be made is a failed test"
)]

use std::sync::OnceLock;

use insure::calendar::{Day, Span, Unit, from_epoch};
use insure::claim::{ClaimStatus, Evidence, Facts, Incident};
use insure::money::{Currency, Money, share};
use insure::number::{BatchNo, ClaimNo, PolicyNo};
use insure::parcel::{CarrierEvent, Country, CoverChoice, Fulfilment, Label, Parcel, ValueParts};
use insure::plan::{Catalog, Plan, Situation, Version};
use insure::policy::{Deadlines, Effect, Figures, Policy, State};
use insure::rules::{self, ClaimFacts, Quote, Terms, Trace};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::{
    Just, ProptestConfig, Strategy, any, prop_assert, prop_assert_eq, prop_oneof, proptest,
};
use proptest::sample::{Index, select};

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(1_000) })]

    #[test]
    fn cover_exceeds_neither_value_nor_maximum(at in any::<Index>(), parcel in parcels(), choice in choices()) {
        let terms = terms(at);
        let rule = &terms.version.maximum;
        if let Some(quote) = quoted(terms, &parcel, choice) {
            let at = Situation { parcel: &parcel, home: terms.plan.home, bought: false };
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
    fn more_cover_never_costs_less(at in any::<Index>(), value in cents(), a in cents(), b in cents()) {
        let terms = terms(at);
        let parcel = Parcel::of_value(ValueParts::stated(usd(value)));
        let of = |asked| quoted(terms, &parcel, CoverChoice::Amount(usd(asked))).unwrap().figures;
        let (one, other) = (of(a), of(b));
        prop_assert!(one.cover.minor() > other.cover.minor() || one.premium.minor() <= other.premium.minor());
        prop_assert!(other.cover.minor() > one.cover.minor() || other.premium.minor() <= one.premium.minor());
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
    fn a_payout_exceeds_neither_cover_nor_loss_nor_value(at in any::<Index>(), policy in policies(), claim in claims()) {
        let terms = terms(at);
        if let Some(policy) = bound(terms, policy) {
            let assessed = rules::assess(terms, &claim.on(&policy));
            let payable = assessed.payable;
            prop_assert!(!payable.exceeds(policy.figures.cover).unwrap());
            prop_assert!(!payable.exceeds(policy.figures.package_value).unwrap());
            prop_assert!(claim.amount.is_none_or(|loss| payable.minor() <= loss.minor()));
            prop_assert_eq!(assessed.eligible, assessed.refusals.is_empty());
        }
    }

    #[test]
    fn an_assessment_explains_itself_by_clauses_of_its_terms(at in any::<Index>(), policy in policies(), claim in claims()) {
        let terms = terms(at);
        if let Some(policy) = bound(terms, policy) {
            let assessed = rules::assess(terms, &claim.on(&policy));
            for refused in &assessed.refusals {
                prop_assert!(cited(terms, &refused.clause, &refused.source), "{refused:?}");
                prop_assert!(!refused.reason.is_empty());
            }
            for missing in &assessed.missing_evidence {
                prop_assert!(cited(terms, &missing.clause, &missing.source), "{missing:?}");
            }
            for step in assessed.trace.steps() {
                prop_assert!(cited(terms, &step.clause, &step.source), "{step:?}");
            }
            if let Some(last) = assessed.trace.steps().last().filter(|step| step.rule == "payable") {
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
            let assessed = rules::assess(terms, &claim.on(&policy));
            if let (Some(opens), Some(closes)) = (assessed.opens_on, assessed.closes_on) {
                prop_assert!(opens <= closes, "a window that never opens: {opens} to {closes}");
                let late = assessed.refusals.iter().any(|r| r.code == "window_closed");
                let early = assessed.refusals.iter().any(|r| r.code == "too_early");
                // What the delivery says of the incident goes before how early it is.
                let delivered = assessed.refusals.iter().any(|r| r.code.ends_with("delivered"));
                let wait = claim.today < opens && !delivered;
                prop_assert_eq!((early, late), (wait, claim.today > closes));
                prop_assert!(policy.deadlines.closes_on.is_none_or(|last| last >= closes), "a search sees it too");
            }
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
        prop_assert!(policy.claimable().is_none() || policy.state == State::Effective);
    }
}

/// Every built-in plan.
fn plans() -> &'static [Plan] {
    static PLANS: OnceLock<Vec<Plan>> = OnceLock::new();
    PLANS.get_or_init(|| {
        let all = Catalog::default().all().unwrap();
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

/// Amounts on both sides of every limit there is, small change included.
fn cents() -> impl Strategy<Value = i64> {
    let edges = select(vec![0i64, 1, 10_000, 20_000, 30_000, 500_000]);
    let near = (edges, -1i64..=1).prop_map(|(edge, by)| (edge + by).max(0));
    prop_oneof![near, 0i64..100_000, 0i64..1_000_000]
}

fn choices() -> impl Strategy<Value = CoverChoice> {
    prop_oneof![
        Just(CoverChoice::Included),
        Just(CoverChoice::Full),
        cents().prop_map(|asked| CoverChoice::Amount(usd(asked))),
    ]
}

fn days() -> impl Strategy<Value = Day> {
    // Some years around the turn of a century that has no leap day, and around today.
    prop_oneof![19_700i64..22_000, 47_400i64..47_600].prop_map(|day| from_epoch(day).unwrap())
}

fn spans() -> impl Strategy<Value = Span> {
    let units = select(vec![Unit::Days, Unit::Months, Unit::BusinessDays]);
    (0u32..400, units, any::<bool>()).prop_map(|(count, unit, inclusive)| Span {
        count,
        unit,
        inclusive,
    })
}

fn parcels() -> impl Strategy<Value = Parcel> {
    let countries = ["US", "CA", "IT", "DE", "CU", "RU"].map(|c| Country::from_code(c).unwrap());
    let country = || option::of(select(countries.to_vec()));
    let goods = select(vec!["Shoes", "Televisions", "Jewelry > Precious stones", "Coins"]);
    let fulfilment = select(Fulfilment::ALL.map(|(kind, _)| kind).to_vec());
    let label = prop_oneof![
        Just(Label::None),
        Just(Label::ThisStep),
        option::of(days()).prop_map(Label::Exists),
    ];
    let value = (cents(), cents(), cents());
    let rest = (country(), country(), option::of(goods), option::of(days()));
    // Most parcels are of the kind that is covered, or little would be tried.
    let fulfilment = prop_oneof![3 => Just(Fulfilment::PlatformLabel), 1 => fulfilment];
    (value, rest, fulfilment, label).prop_map(|(value, (from, to, goods, ship_date), f, label)| {
        Parcel {
            from,
            to,
            goods: goods.map(str::to_owned),
            ship_date,
            fulfilment: f,
            label,
            ..Parcel::of_value(ValueParts {
                product: usd(value.0),
                coupon: usd(value.1),
                shipping: usd(value.2),
            })
        }
    })
}

fn events() -> impl Strategy<Value = (CarrierEvent, Day)> {
    let all = CarrierEvent::ALL.map(|(event, _)| event).to_vec();
    // Few days, so that the same event comes on the same day, on the day before, on the day after.
    let day = (20_760i64..20_766).prop_map(|day| from_epoch(day).unwrap());
    (select(all), day)
}

/// A policy and the events it was told.
#[derive(Debug, Clone)]
struct Followed {
    policy: Policy,
    choice: CoverChoice,
    told: Vec<(CarrierEvent, Day)>,
}

fn policies() -> impl Strategy<Value = Followed> {
    let claim = select(ClaimStatus::ALL.map(|(status, _)| status).to_vec());
    (parcels(), choices(), vec(events(), 0..6), option::of(claim)).prop_map(
        |(parcel, choice, told, claim)| {
            let mut policy = unfollowed(parcel);
            policy.claim = claim.map(|status| (ClaimNo(1), status));
            for (event, on) in &told {
                policy.apply(*event, *on);
            }
            Followed { policy, choice, told }
        },
    )
}

/// A policy of which nothing has been heard since it was recorded.
fn unfollowed(parcel: Parcel) -> Policy {
    let value = parcel.value.total().unwrap();
    Policy {
        no: PolicyNo(1),
        batch: BatchNo(1),
        plan: "any".to_owned(),
        version: Day::default(),
        figures: Figures {
            package_value: value,
            included_cover: value,
            cover: value,
            premium: usd(75),
        },
        parcel,
        assumed: Vec::new(),
        state: State::Confirmed,
        bound_on: Day::default(),
        deadlines: Deadlines::default(),
        trouble: None,
        refunded: None,
        claim: None,
    }
}

/// The policy as these terms record it; none where they do not cover its parcel.
fn bound(terms: Terms<'_>, followed: Followed) -> Option<Policy> {
    let mut policy = followed.policy;
    policy.figures = quoted(terms, &policy.parcel, followed.choice)?.figures;
    policy.deadlines = rules::deadlines(terms, &policy.parcel);
    Some(policy)
}

/// What is claimed, and when.
#[derive(Debug, Clone)]
struct Claimed {
    incident: Incident,
    amount: Option<Money>,
    evidence: Vec<Evidence>,
    stated: Facts,
    is_return: bool,
    today: Day,
}

impl Claimed {
    fn on<'a>(&'a self, policy: &'a Policy) -> ClaimFacts<'a> {
        let currency = policy.figures.cover.currency();
        let local = |amount: Money| Money::from_minor(amount.minor(), currency);
        ClaimFacts {
            policy,
            incident: self.incident,
            amount: self.amount.map(local),
            evidence: &self.evidence,
            stated: &self.stated,
            filed_on: None,
            is_return: self.is_return,
            today: self.today,
        }
    }
}

fn claims() -> impl Strategy<Value = Claimed> {
    let incident = select(Incident::ALL.map(|(incident, _)| incident).to_vec());
    let amount = option::of(cents().prop_map(usd));
    let kind = select(vec!["invoice", "affidavit", "photo"]);
    let evidence = (kind, option::of(days())).prop_map(|(kind, dated)| Evidence {
        kind: kind.to_owned(),
        sha256: String::new(),
        file: String::new(),
        bytes: 0,
        dated,
        added_on: Day::default(),
    });
    // Around the days of the events above.
    let today = (20_700i64..20_900).prop_map(|day| from_epoch(day).unwrap());
    (incident, amount, vec(evidence, 0..3), any::<bool>(), today).prop_map(
        |(incident, amount, evidence, is_return, today)| Claimed {
            stated: Facts::default(),
            incident,
            amount,
            evidence,
            is_return,
            today,
        },
    )
}
