//! The case tables: `tests/terms/PLAN.toml` states, case by case, what a plan's terms give (a long
//! one goes on in `PLAN.claims.toml`). They are written for a claims clerk to audit against the
//! sources; this file only reads them, asks the rules, and lists every case that came out
//! otherwise. A new plan adds a table, no code. `tests/terms/plans/PLAN.toml` is a plan that is not built
//! in: terms of their own that only its table holds.
//!
//! A case has a `name`, the `clause` it proves and that clause's `source`, the `day` it is decided
//! on, the `parcel`, perhaps a `claim`, and what to `expect`. Refusals are always compared, written
//! `code: clause`: a case that names none expects none.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a table that cannot be read is a failed test"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use insure::calendar::{Day, parse_day};
use insure::claim::{ClaimStatus, Evidence, Facts, Incident};
use insure::money::{Currency, Money};
use insure::number::{BatchNo, ClaimNo, PolicyNo};
use insure::parcel::{CarrierEvent, Country, CoverChoice, Fulfilment, Label, Parcel, ValueParts};
use insure::plan::{Catalog, Plan};
use insure::policy::{Deadlines, Policy, State};
use insure::rules::{self, ClaimFacts, Quote, Refusal, Terms, Trace};
use serde::Deserialize;
use toml::value::Datetime;

#[test]
fn every_case_of_every_table_comes_out() {
    let mut wrong = Vec::new();
    for (id, path) in tables() {
        let plan = catalog().load(&id).unwrap().plan;
        let text = fs::read_to_string(&path).unwrap();
        let file = path.file_name().unwrap().to_string_lossy();
        wrong.extend(failures(&plan, &text).into_iter().map(|w| format!("{file}: {w}")));
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn every_built_in_plan_has_its_table() {
    let tables = tables();
    let all = catalog().all().unwrap();
    assert!(all.broken.is_empty(), "{:?}", all.broken);
    for loaded in all.plans {
        let id = loaded.plan.id;
        assert!(tables.iter().any(|(of, _)| *of == id), "tests/terms/{id}.toml is missing");
    }
}

#[test]
fn a_case_that_comes_out_otherwise_is_told_by_name_with_all_that_differs() {
    let said = of_default_plan(
        r#"
        [[case]]
        name = "a shoe"
        clause = "premium"
        source = "shopify-shipsurance"
        day = 2026-11-03
        parcel = { value = "450", cover = "full", label = "exists" }
        expect = { cover = "450.00", premium = "2.25", included_cover = "200.00" }
        "#,
    );
    assert_eq!(
        said,
        [
            "a shoe: cover: expected 450.00, got 200.00",
            "a shoe: premium: expected 2.25, got 0.00",
            "a shoe: refused: expected nothing, got label_exists: purchase",
        ]
    );
}

#[test]
fn a_case_that_proves_nothing_is_itself_wrong() {
    let case = |rest: &str| {
        of_default_plan(&format!(
            "[[case]]\nname = \"x\"\nsource = \"S0\"\nday = 2026-11-03\n{rest}"
        ))
        .join("\n")
    };
    let value = "clause = \"value\"\nparcel = { value = \"1\" }\n";
    for (rest, said) in [
        (format!("{value}expect = {{}}"), "x: it expects nothing"),
        (
            format!("{value}expect = {{ payable = \"1.00\" }}"),
            "payable: expected 1.00, got nothing",
        ),
        (format!("{value}expect = {{ covr = \"1.00\" }}"), "unknown field `covr`"),
        (format!("{value}expect = {{ cover = \"1\" }}"), "cover: expected 1, got 1.00"),
        ("clause = \"valeu\"\nparcel = { value = \"1\" }\nexpect = {}".into(), "no clause `valeu`"),
        (
            "clause = \"value\"\nparcel = {}\nexpect = { cover = \"1.00\" }".into(),
            "x: state `value`",
        ),
    ] {
        assert!(case(&rest).contains(said), "{rest}\n{}", case(&rest));
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    case: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    /// The clause it proves, and where that clause comes from.
    clause: String,
    source: String,
    /// Today.
    day: Datetime,
    parcel: ParcelFacts,
    claim: Option<ClaimedFacts>,
    expect: Expect,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ParcelFacts {
    /// One figure, or its parts.
    value: Option<String>,
    product: Option<String>,
    coupon: Option<String>,
    shipping: Option<String>,
    /// Of every amount in the case; the plan's where it is not stated.
    currency: Option<Currency>,
    /// `included` (where it is not stated), `full` or an amount.
    cover: Option<String>,
    from: Option<Country>,
    to: Option<Country>,
    carrier: Option<String>,
    service: Option<String>,
    goods: Option<String>,
    fulfilment: Option<Fulfilment>,
    /// `none` (where it is not stated), `this-step`, `exists`, or the day it was bought.
    label: Option<String>,
    /// The day the cover was recorded, whose version of the terms counts; else today.
    bought: Option<Datetime>,
    shipped: Option<Datetime>,
    /// What the carrier reported after that, in the order it became known: `scanned 2026-11-02`.
    #[serde(default)]
    events: Vec<String>,
    /// How it was handed over, in the plan's words.
    #[serde(default)]
    handed_over: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ClaimedFacts {
    incident: Incident,
    amount: Option<String>,
    /// A kind, perhaps with the day the document bears: `affidavit 2026-11-22`.
    #[serde(default)]
    evidence: Vec<String>,
    /// What the claimant stated, by name: `{ repair-cost = "120.00" }`.
    #[serde(default)]
    facts: BTreeMap<String, String>,
    /// The day it was filed, where that was before `day`.
    filed: Option<Datetime>,
    /// Whether the parcel was the buyer's return.
    #[serde(default)]
    buyer_return: bool,
    /// Where a claim stands that was made before on the same policy.
    earlier: Option<ClaimStatus>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expect {
    package_value: Option<String>,
    included_cover: Option<String>,
    cover: Option<String>,
    uninsured_value: Option<String>,
    stays_uninsured: Option<String>,
    premium: Option<String>,
    assumed: Option<Vec<String>>,
    status: Option<String>,
    refunded: Option<String>,
    eligible: Option<bool>,
    opens_on: Option<Datetime>,
    closes_on: Option<Datetime>,
    missing: Option<Vec<String>>,
    /// What is paid beside the loss, over and above the cover.
    extras: Option<String>,
    /// Facts that are asked for.
    needed: Option<Vec<String>>,
    /// Clauses nobody publishes that the claim rests on.
    claim_assumed: Option<Vec<String>>,
    /// The steps that changed the figure: `carrier_paid 1500.00`.
    steps: Option<Vec<String>>,
    payable: Option<String>,
    refused: Option<Vec<String>>,
}

impl Expect {
    /// What is expected, by name, as text.
    fn stated(&self) -> BTreeMap<&'static str, String> {
        let list = |list: &Option<Vec<String>>| list.as_ref().map(|items| joined(items));
        let day = |day: &Option<Datetime>| day.map(|day| day.to_string());
        [
            ("package_value", self.package_value.clone()),
            ("included_cover", self.included_cover.clone()),
            ("cover", self.cover.clone()),
            ("uninsured_value", self.uninsured_value.clone()),
            ("stays_uninsured", self.stays_uninsured.clone()),
            ("premium", self.premium.clone()),
            ("assumed", list(&self.assumed)),
            ("status", self.status.clone()),
            ("refunded", self.refunded.clone()),
            ("eligible", self.eligible.map(|eligible| eligible.to_string())),
            ("opens_on", day(&self.opens_on)),
            ("closes_on", day(&self.closes_on)),
            ("missing", list(&self.missing)),
            ("payable", self.payable.clone()),
            ("extras", self.extras.clone()),
            ("needed", list(&self.needed)),
            ("claim_assumed", list(&self.claim_assumed)),
            ("steps", list(&self.steps)),
            ("refused", list(&self.refused)),
        ]
        .into_iter()
        .filter_map(|(name, stated)| Some((name, stated?)))
        .collect()
    }
}

/// What is wrong with the cases of a table, a line each.
fn failures(plan: &Plan, text: &str) -> Vec<String> {
    let table: Table = match toml::from_str(text) {
        Ok(table) => table,
        Err(why) => return vec![why.to_string()],
    };
    let mut names = BTreeSet::new();
    let mut wrong = Vec::new();
    for case in &table.case {
        let mut say = |what: String| wrong.push(format!("{}: {what}", case.name));
        if !names.insert(&case.name) {
            say("there are two cases of this name".to_owned());
        }
        let mut expected = case.expect.stated();
        if expected.is_empty() {
            say("it expects nothing".to_owned());
        }
        expected.entry("refused").or_insert_with(|| joined(&[]));
        match decided(plan, case) {
            Err(why) => say(why),
            Ok(got) => {
                for (name, expected) in expected {
                    let got = got.get(name).map_or("nothing", String::as_str);
                    if got != expected {
                        say(format!("{name}: expected {expected}, got {got}"));
                    }
                }
            }
        }
    }
    wrong
}

/// What the rules say of a case, by name, as text.
fn decided(plan: &Plan, case: &Case) -> Result<BTreeMap<&'static str, String>, String> {
    let today = day(case.day)?;
    let bought = case.parcel.bought.map_or(Ok(today), day)?;
    let version = plan.on(bought).ok_or(format!("no terms are in force on {bought}"))?;
    let terms = Terms { plan, version };
    let mut clauses = version.clauses().iter();
    if !clauses.any(|known| known.id == case.clause && known.source == case.source) {
        return Err(format!("the plan has no clause `{}` from {}", case.clause, case.source));
    }
    let currency = case.parcel.currency.unwrap_or(plan.currency);
    let money = |text: &str| Money::parse(text, currency).map_err(|why| why.to_string());
    let parcel = parcel(&case.parcel, currency)?;
    let choice = case.parcel.cover.as_deref().unwrap_or("included");
    let choice = CoverChoice::parse(choice, currency).map_err(|why| why.to_string())?;
    let quote = match rules::quote(terms, &parcel, choice, Trace::on()) {
        Ok(quote) => quote,
        Err(refused) => return Ok([("refused", listed(&[*refused]))].into()),
    };
    let mut got = figures(terms, &quote);
    let mut refusals: Vec<Refusal> = quote.refused.iter().map(|r| (**r).clone()).collect();

    let mut policy = policy(terms, parcel, &quote, bought);
    for event in &case.parcel.events {
        let (event, on) = carrier_event(event)?;
        policy.apply(event, on);
    }
    let trouble = policy.trouble.map(|(event, _)| event);
    policy.deadlines = rules::deadlines(terms, &policy.parcel, &policy.figures, trouble);
    if let Some(claimed) = &case.claim {
        policy.claim = claimed.earlier.map(|status| (ClaimNo(1), status));
        let evidence = claimed.evidence.iter().map(|text| document(text, today));
        let mut stated = Facts::default();
        for (name, text) in &claimed.facts {
            stated.set(name, text, currency)?;
        }
        let facts = ClaimFacts {
            policy: &policy,
            incident: claimed.incident,
            amount: claimed.amount.as_deref().map(money).transpose()?,
            evidence: &evidence.collect::<Result<Vec<_>, _>>()?,
            stated: &stated,
            filed_on: claimed.filed.map(day).transpose()?,
            is_return: claimed.buyer_return,
            today,
        };
        let assessed = rules::assess(terms, &facts);
        let shown = |day: Option<Day>| day.map_or("nothing".to_owned(), |day| day.to_string());
        // What blocks the claim today stands alone; what may follow, or only helps, says so.
        let owed = |m: &rules::Missing| match (m.need, m.due_on) {
            (rules::Need::Now, _) => m.kind.clone(),
            (rules::Need::Later, Some(due)) => format!("{} by {due}", m.kind),
            (need, _) => format!("{} {need}", m.kind),
        };
        let missing: Vec<String> = assessed.missing_evidence.iter().map(owed).collect();
        let needed: Vec<String> = assessed.missing_facts.iter().map(|f| f.fact.clone()).collect();
        let rests_on: Vec<String> = assessed.assumed.iter().map(|a| a.figure.clone()).collect();
        got.insert("needed", joined(&needed));
        got.insert("claim_assumed", joined(&rests_on));
        got.insert("extras", assessed.extras.digits());
        // The steps that changed the figure, in order: every cap that bit.
        let caps = assessed.trace.steps().iter().filter(|step| {
            !["waiting", "window", "notice", "grace", "claimed_value"].contains(&step.rule)
        });
        got.insert(
            "steps",
            joined(&caps.map(|s| format!("{} {}", s.rule, s.after)).collect::<Vec<_>>()),
        );
        got.insert("eligible", assessed.eligible.to_string());
        got.insert("opens_on", shown(assessed.opens_on));
        got.insert("closes_on", shown(assessed.closes_on));
        got.insert("missing", joined(&missing));
        got.insert("payable", assessed.payable.digits());
        refusals.extend(assessed.refusals);
    }
    got.insert("status", policy.status(today).word().to_owned());
    got.insert("refunded", policy.refunded.map_or("nothing".to_owned(), Money::digits));
    got.insert("refused", listed(&refusals));
    Ok(got)
}

fn figures(terms: Terms<'_>, quote: &Quote) -> BTreeMap<&'static str, String> {
    let assumed = rules::assumed(terms, quote.basis).into_iter().map(|a| a.figure);
    [
        ("package_value", quote.figures.package_value.digits()),
        ("included_cover", quote.figures.included_cover.digits()),
        ("cover", quote.figures.cover.digits()),
        ("uninsured_value", quote.uninsured_value.digits()),
        ("stays_uninsured", quote.stays_uninsured.digits()),
        ("premium", quote.figures.premium.digits()),
        ("assumed", joined(&assumed.collect::<Vec<_>>())),
    ]
    .into()
}

fn parcel(facts: &ParcelFacts, currency: Currency) -> Result<Parcel, String> {
    let money = |text: &str| Money::parse(text, currency).map_err(|why| why.to_string());
    let part = |part: &Option<String>| money(part.as_deref().unwrap_or("0"));
    let value = match &facts.value {
        Some(value) => ValueParts::stated(money(value)?),
        None if facts.product.is_none() => return Err("state `value` or `product`".to_owned()),
        None => ValueParts {
            product: part(&facts.product)?,
            coupon: part(&facts.coupon)?,
            shipping: part(&facts.shipping)?,
        },
    };
    let label = match facts.label.as_deref() {
        None | Some("none") => Label::None,
        Some("this-step") => Label::ThisStep,
        Some("exists") => Label::Exists(None),
        Some(since) => Label::Exists(Some(parse_day(since)?)),
    };
    Ok(Parcel {
        from: facts.from,
        to: facts.to,
        carrier: facts.carrier.clone(),
        service: facts.service.clone(),
        shipped: facts.handed_over.clone(),
        goods: facts.goods.clone(),
        fulfilment: facts.fulfilment.unwrap_or_default(),
        label,
        ship_date: facts.shipped.map(day).transpose()?,
        ..Parcel::of_value(value)
    })
}

/// The policy as it is recorded from a quote.
fn policy(terms: Terms<'_>, parcel: Parcel, quote: &Quote, bound_on: Day) -> Policy {
    Policy {
        no: PolicyNo(1),
        batch: BatchNo(1),
        plan: terms.plan.id.clone(),
        version: terms.version.effective,
        parcel,
        figures: quote.figures,
        assumed: Vec::new(),
        state: State::Confirmed,
        bound_on,
        prospect: None,
        deadlines: Deadlines::default(),
        trouble: None,
        refunded: None,
        claim: None,
    }
}

fn carrier_event(text: &str) -> Result<(CarrierEvent, Day), String> {
    let (event, on) = text.split_once(' ').ok_or(format!("`{text}` has no day"))?;
    let event = CarrierEvent::from_word(event).ok_or(format!("`{event}` is no carrier event"))?;
    Ok((event, parse_day(on)?))
}

fn document(text: &str, added_on: Day) -> Result<Evidence, String> {
    let (kind, dated) = match text.split_once(' ') {
        Some((kind, dated)) => (kind, Some(parse_day(dated)?)),
        None => (text, None),
    };
    Ok(Evidence {
        kind: kind.to_owned(),
        sha256: String::new(),
        file: String::new(),
        bytes: 0,
        media: None,
        dated,
        added_on,
    })
}

fn day(written: Datetime) -> Result<Day, String> {
    parse_day(&written.to_string())
}

fn listed(refusals: &[Refusal]) -> String {
    let codes = refusals.iter().map(|r| format!("{}: {}", r.code, r.clause));
    joined(&codes.collect::<Vec<_>>())
}

fn joined(items: &[String]) -> String {
    if items.is_empty() { "nothing".to_owned() } else { items.join(", ") }
}

/// The built-in plans, beside those that only a table here holds.
fn catalog() -> Catalog {
    let own = files("tests/terms/plans").into_iter().map(|path| {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        (name, fs::read_to_string(&path).unwrap())
    });
    Catalog::new(own.collect(), BTreeMap::new())
}

/// The files of a folder, in order.
fn files(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut files: Vec<PathBuf> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.is_file());
    files.sort();
    files
}

/// The tables, each with the id of its plan: the file's name up to the first point.
fn tables() -> Vec<(String, PathBuf)> {
    let id = |path: &Path| {
        let name = path.file_name().unwrap().to_str().unwrap();
        name.split('.').next().unwrap().to_owned()
    };
    files("tests/terms").into_iter().map(|path| (id(&path), path)).collect()
}

fn of_default_plan(text: &str) -> Vec<String> {
    let loaded = Catalog::default().load(insure::plan::DEFAULT_PLAN).unwrap();
    failures(&loaded.plan, text)
}
