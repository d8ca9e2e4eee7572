//! Made-up parcels, courses of events and claims, with every word the built-in plans ask for.

use insure::calendar::{Day, Span, Unit, from_epoch};
use insure::claim::{ClaimStatus, Evidence, Fact, Facts, Incident, Party};
use insure::exchange::Exchange;
use insure::money::{Currency, Money};
use insure::number::{BatchNo, ClaimNo, PolicyNo};
use insure::parcel::{CarrierEvent, Country, CoverChoice, Fulfilment, Label, Parcel, ValueParts};
use insure::plan::Version;
use insure::policy::{Deadlines, Figures, Policy, State};
use insure::rules::ClaimFacts;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::{BoxedStrategy, Just, Strategy, any, prop_oneof};
use proptest::sample::select;
use rust_decimal::Decimal;

use crate::{plans, usd};

/// What the built-in plans have of a kind, so that every word they ask for is tried.
pub(super) fn words_of<T: Ord>(of: impl Fn(&Version) -> Vec<T>) -> Vec<T> {
    let versions = plans().iter().flat_map(|plan| &plan.versions);
    let all: std::collections::BTreeSet<T> = versions.flat_map(of).collect();
    all.into_iter().collect()
}

/// Amounts on both sides of every limit there is, small change included.
pub(super) fn cents() -> impl Strategy<Value = i64> {
    let edges = select(vec![
        0i64, 1, 5_000, 10_000, 20_000, 30_000, 50_000, 99_900, 100_000, 500_000, 1_000_000,
        5_000_000,
    ]);
    let near = (edges, -1i64..=1).prop_map(|(edge, by)| (edge + by).max(0));
    prop_oneof![near, 0i64..100_000, 0i64..1_000_000]
}

pub(super) fn choices() -> impl Strategy<Value = CoverChoice> {
    prop_oneof![
        Just(CoverChoice::Included),
        Just(CoverChoice::Full),
        cents().prop_map(|asked| CoverChoice::Amount(usd(asked))),
    ]
}

pub(super) fn days() -> impl Strategy<Value = Day> {
    // Some years around the turn of a century that has no leap day, and around today.
    prop_oneof![19_700i64..22_000, 47_400i64..47_600].prop_map(|day| from_epoch(day).unwrap())
}

pub(super) fn spans() -> impl Strategy<Value = Span> {
    let units = select(vec![Unit::Days, Unit::Months, Unit::BusinessDays]);
    (0u32..400, units, any::<bool>()).prop_map(|(count, unit, inclusive)| Span {
        count,
        unit,
        inclusive,
    })
}

pub(super) fn parcels() -> impl Strategy<Value = Parcel> {
    let countries = ["US", "CA", "IT", "DE", "CU", "RU"].map(|c| Country::from_code(c).unwrap());
    let country = || option::of(select(countries.to_vec()));
    let goods = select(vec![
        "Shoes",
        "Televisions",
        "Jewelry > Precious stones",
        "Jewelry",
        "Coins",
        "Cheques",
        "Gift cards",
        "Tickets",
        "Media",
        "Perishables",
    ]);
    let carrier = select(vec!["USPS", "UPS", "usps", "FedEx", "Yanwen"]);
    let service = select(vec!["Ground", "Prepaid letter", "Express"]);
    // Ways of other plans are refused by those that tell ways apart; few parcels state one.
    let mut ways = words_of(|v| v.shipping.iter().flat_map(|s| s.ways.keys().cloned()).collect());
    ways.push("on-foot".to_owned());
    let handed = (
        option::weighted(0.2, carrier),
        option::weighted(0.2, service),
        prop_oneof![
            2 => Just(Vec::new()),
            1 => vec(select(ways), 1..3),
        ],
    );
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
    (value, rest, fulfilment, label, handed).prop_map(|(value, rest, f, label, handed)| {
        let ((from, to, goods, ship_date), (carrier, service, shipped)) = (rest, handed);
        Parcel {
            carrier: carrier.map(str::to_owned),
            service: service.map(str::to_owned),
            shipped,
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

pub(super) fn events() -> impl Strategy<Value = (CarrierEvent, Day)> {
    let all = CarrierEvent::ALL.map(|(event, _)| event).to_vec();
    // Few days, so that the same event comes on the same day, on the day before, on the day after.
    let day = (20_760i64..20_766).prop_map(|day| from_epoch(day).unwrap());
    (select(all), day)
}

/// A policy and the events it was told.
#[derive(Debug, Clone)]
pub(super) struct Followed {
    pub(super) policy: Policy,
    pub(super) choice: CoverChoice,
    pub(super) told: Vec<(CarrierEvent, Day)>,
}

pub(super) fn policies() -> impl Strategy<Value = Followed> {
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
pub(super) fn unfollowed(parcel: Parcel) -> Policy {
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
        prospect: None,
        trouble: None,
        refunded: None,
        claim: None,
    }
}

/// What is claimed, and when; amounts in cents of any currency.
#[derive(Debug, Clone)]
pub(super) struct MadeUp {
    incident: Incident,
    amount: Option<i64>,
    evidence: Vec<Evidence>,
    stated: Vec<(String, Said)>,
    filed_on: Option<Day>,
    is_return: bool,
    today: Day,
}

/// A fact's value as it is stated.
#[derive(Debug, Clone)]
pub(super) enum Said {
    Cents(i64),
    Text(String),
}

impl MadeUp {
    pub(super) fn stated_in(self, currency: Currency) -> Claimed {
        let local = |cents| Money::from_minor(cents, currency);
        let mut stated = Facts::default();
        for (name, said) in &self.stated {
            let text = match said {
                Said::Cents(cents) => local(*cents).digits(),
                Said::Text(text) => text.clone(),
            };
            stated.set(name, &text, currency).unwrap();
        }
        Claimed {
            incident: self.incident,
            amount: self.amount.map(local),
            evidence: self.evidence,
            stated,
            filed_on: self.filed_on,
            is_return: self.is_return,
            today: self.today,
        }
    }
}

/// The same in one currency.
pub(super) struct Claimed {
    pub(super) incident: Incident,
    pub(super) amount: Option<Money>,
    pub(super) evidence: Vec<Evidence>,
    pub(super) stated: Facts,
    pub(super) filed_on: Option<Day>,
    pub(super) is_return: bool,
    pub(super) today: Day,
}

impl Claimed {
    pub(super) fn on<'a>(&'a self, policy: &'a Policy) -> ClaimFacts<'a> {
        ClaimFacts {
            policy,
            incident: self.incident,
            amount: self.amount,
            evidence: &self.evidence,
            stated: &self.stated,
            filed_on: self.filed_on,
            is_return: self.is_return,
            today: self.today,
        }
    }
}

/// Around the days of the events.
pub(super) fn near_days() -> impl Strategy<Value = Day> {
    (20_700i64..20_900).prop_map(|day| from_epoch(day).unwrap())
}

/// A fact with a value that fits it.
pub(super) fn said(fact: Fact) -> BoxedStrategy<(String, Said)> {
    let text = move |text: String| (fact.word().to_owned(), Said::Text(text));
    match fact {
        Fact::RepairCost
        | Fact::ReplacementCost
        | Fact::PurchasePrice
        | Fact::PackagingCost
        | Fact::ShippingFee
        | Fact::CarrierPaid => {
            cents().prop_map(move |cents| (fact.word().to_owned(), Said::Cents(cents))).boxed()
        }
        Fact::SignedAt | Fact::FoundAt => {
            // Few days and hours, so that finding is before, within and after what is allowed.
            let hour = (20_760i64..20_763, 0u32..24, select(vec![0, 1, 59]));
            let moment = move |(day, hour, minute)| {
                text(format!("{}T{hour:02}:{minute:02}", from_epoch(day).unwrap()))
            };
            hour.prop_map(moment).boxed()
        }
        Fact::NoticeOn | Fact::DueOn => near_days().prop_map(move |d| text(d.to_string())).boxed(),
        Fact::DistanceM => (0u32..1_000).prop_map(move |metres| text(metres.to_string())).boxed(),
        Fact::FiledBy => {
            let parties = Party::ALL.map(|(_, word)| word).to_vec();
            select(parties).prop_map(move |word| text(word.to_owned())).boxed()
        }
        Fact::Parts => {
            let parts =
                (1u32..4, 0u32..3).prop_map(move |(n, more)| text(format!("{n}/{}", n + more)));
            parts.boxed()
        }
    }
}

/// Facts a claimant states: each of them, and each question of a plan, more often than not.
pub(super) fn facts() -> impl Strategy<Value = Vec<(String, Said)>> {
    let known: Vec<BoxedStrategy<(String, Said)>> =
        Fact::ALL.iter().map(|(fact, _)| said(*fact)).collect();
    let questions = words_of(|v| v.exclusions.iter().map(|e| e.fact.clone()).collect());
    let answers = questions.into_iter().map(|question| {
        let answer = prop_oneof![3 => Just("no"), 1 => Just("yes")];
        answer.prop_map(move |answer| (question.clone(), Said::Text(answer.to_owned()))).boxed()
    });
    let each: Vec<_> =
        known.into_iter().chain(answers).map(|fact| option::weighted(0.8, fact)).collect();
    each.prop_map(|stated| stated.into_iter().flatten().collect())
}

pub(super) fn claims() -> impl Strategy<Value = MadeUp> {
    let incident = select(Incident::ALL.map(|(incident, _)| incident).to_vec());
    let amount = option::weighted(0.7, cents());
    let kinds = words_of(|v| {
        let rules = v.incident.values().flat_map(|incident| &incident.evidence);
        rules.flat_map(|rule| std::iter::once(&rule.kind).chain(&rule.or).cloned()).collect()
    });
    let evidence = (select(kinds), option::of(days())).prop_map(|(kind, dated)| Evidence {
        kind,
        sha256: String::new(),
        file: String::new(),
        bytes: 0,
        media: None,
        dated,
        added_on: Day::default(),
    });
    let filed = option::of(near_days());
    (incident, amount, vec(evidence, 0..6), facts(), filed, any::<bool>(), near_days()).prop_map(
        |(incident, amount, evidence, stated, filed_on, is_return, today)| MadeUp {
            incident,
            amount,
            evidence,
            stated,
            filed_on,
            is_return,
            today,
        },
    )
}

pub(super) fn minor_units() -> impl Strategy<Value = i64> {
    prop_oneof![0i64..100, 0i64..1_000_000]
}

/// Rates between currencies without minor digits, with two and with three, both ways.
pub(super) fn exchanges() -> impl Strategy<Value = Exchange> {
    let currencies = ["JPY", "USD", "EUR", "KWD"].map(|code| Currency::from_code(code).unwrap());
    let two = (select(currencies.to_vec()), select(currencies.to_vec()));
    (two, 1i64..100_000, 2u32..=8).prop_map(|((from, to), mantissa, scale)| Exchange {
        from,
        to,
        rate: Exchange::parse_rate(&Decimal::new(mantissa, scale).to_string()).unwrap(),
        on: from_epoch(20_000).unwrap(),
        source: "bank".to_owned(),
    })
}
