//! Several plans for one parcel, side by side: a table, and below it what it rests on.

use super::super::Session;
use super::super::fx::{note_old_rates, stated};
use super::super::view::{Format, folded, list, printable};
use super::offer::OfferRow;
use super::{Args, kinds_excluded, steps};
use crate::claim::Party;
use crate::error::{Error, Exit};
use crate::money::{Currency, Money};
use crate::ops::{Asked, Offer, Priced, RatesUsed, choose};
use crate::parcel::Parcel;
use crate::plan::Plan;
use crate::rules::{GoodsStanding, Unstated, assumed, goods_standing};

pub(super) fn run(args: &Args, session: &mut Session<'_>) -> anyhow::Result<Exit> {
    if args.input.is_some() {
        return Err(Error::usage(
            format!("--plan {} compares plans for one parcel, not for a file", session.plan),
            "state one parcel, or one plan with --plan ID",
        )
        .into());
    }
    if args.explain.is_some() && session.format != Format::Table {
        return Err(Error::usage(
            "--explain of several plans is for people, with --format table",
            "name one plan: its JSON has every step in `trace`",
        )
        .into());
    }
    let plans = session.config.catalog.load_several(&session.plan).map_err(Error::from)?;
    let plans = args.fx.terms_of_all(plans, session)?;
    let ask = |plans| {
        let currency = args.fx.currency.unwrap_or(plans);
        Ok(Asked {
            parcel: args.parcel(currency)?,
            choice: args.choice(currency)?,
            fulfilment_stated: args.parcel.states_fulfilment(),
        })
    };
    let offers = choose(&plans, session.today, args.explain.is_some(), ask)?;
    list(session.format, session.world.stdout, session.paint, offers.iter().map(OfferRow))?;
    let conversions = conversions(&offers);
    for (_, parcel) in &conversions {
        note_old_rates(&RatesUsed::of(parcel, session.today), session)?;
    }
    if session.format == Format::Table {
        let as_each_plans = args.fx.currency.is_none();
        let mut text = notes(&offers, &conversions, as_each_plans, session.paint.width);
        if args.explain.is_some() {
            offers.iter().for_each(|offer| text.push_str(&explained(offer, session)));
        }
        session.world.stdout.write_all(text.as_bytes())?;
    } else {
        for (told, _) in &conversions {
            session.note(&format!("converted: {told}"))?;
        }
    }
    Ok(if offers.iter().any(Offer::stands) { Exit::Done } else { Exit::Refused })
}

/// At which rates the value was converted, each once, with a parcel of it.
fn conversions<'a>(offers: &'a [Offer<'_>]) -> Vec<(String, &'a Parcel)> {
    let parcels = offers.iter().filter_map(|offer| Some(&offer.priced.as_ref()?.parcel));
    let converted = parcels.filter(|parcel| parcel.stated.is_some());
    let each = grouped(converted.map(|parcel| (stated(parcel), parcel)));
    each.into_iter().filter_map(|(told, parcels)| Some((told, *parcels.first()?))).collect()
}

/// What a reader of the table has to know.
fn notes(
    offers: &[Offer<'_>],
    conversions: &[(String, &Parcel)],
    as_each_plans: bool,
    width: Option<u16>,
) -> String {
    let priced = || offers.iter().filter_map(|offer| Some((offer.plan, offer.priced.as_ref()?)));
    let mut text = String::new();
    let mut say = |line: String| {
        let indent = line.len() - line.trim_start_matches(' ').len();
        text.push_str(&folded(&line, indent, width));
    };

    for (told, _) in conversions {
        say(format!("Converted: {told}"));
    }
    let free: Vec<&Offer<'_>> = offers.iter().filter(|offer| offer.is_free()).collect();
    if !free.is_empty() {
        let all_stated =
            free.iter().filter_map(|o| o.priced.as_ref()).all(|p| p.unstated.is_empty());
        let as_far = if all_stated { "" } else { ", as far as is stated" };
        let names = ids(free.iter().map(|offer| offer.plan));
        say(format!("Nothing to buy with {names}: the included cover reaches{as_far}."));
    }
    for (caution, plans) in
        grouped(offers.iter().filter_map(|o| Some((o.plan.kind.caution()?, o.plan))))
    {
        say(format!("{}: {caution}.", ids(plans.into_iter())));
    }
    let buyers = priced().filter_map(|(plan, p)| Some((p.terms.version.purchase.by?, plan)));
    for (by, plans) in grouped(buyers.filter(|(by, _)| *by != Party::Seller)) {
        say(format!("Bought by the {by}, not by the seller: {}.", ids(plans.into_iter())));
    }
    let values: Vec<(Money, Vec<&Plan>)> =
        grouped(priced().map(|(plan, p)| (p.quote.figures.package_value, plan)));
    let currencies: Vec<(Currency, Vec<&Plan>)> =
        grouped(offers.iter().map(|o| (o.plan.currency, o.plan)));
    if currencies.len() > 1 {
        let codes: Vec<&str> = currencies.iter().map(|(currency, _)| currency.code()).collect();
        let taken = if as_each_plans { ", and amounts are taken as each plan's own" } else { "" };
        say(format!(
            "Plans reckon in different currencies{taken}: rows in {} are sorted apart.",
            codes.join(", ")
        ));
    }
    if values.len() > currencies.len() {
        let values: Vec<String> = values
            .into_iter()
            .map(|(value, plans)| format!("{value} with {}", ids(plans.into_iter())))
            .collect();
        say(format!("The package value differs from plan to plan: {}.", values.join("; ")));
    }
    let less: Vec<String> = priced()
        .filter_map(|(plan, p)| Some(format!("{} {}", plan.id, p.total_loss_pays?)))
        .collect();
    if !less.is_empty() {
        say(format!("A total loss pays less than the cover: {}.", less.join(", ")));
    }
    let standing =
        || priced().filter_map(|(plan, p)| Some((plan, goods_standing(p.terms, &p.parcel)?)));
    let doubtful = standing().filter_map(|(plan, standing)| match standing {
        GoodsStanding::Doubtful(doubt) => Some((doubt.told(), plan)),
        GoodsStanding::Clear { .. } => None,
    });
    for (told, plans) in grouped(doubtful) {
        say(format!("{}: {}.", ids(plans.into_iter()), printable(&told)));
    }
    let clear = standing().filter_map(|(plan, standing)| match standing {
        GoodsStanding::Doubtful(_) => None,
        GoodsStanding::Clear { stated, kinds } => Some((stated, format!("{} ({kinds})", plan.id))),
    });
    for (stated, plans) in grouped(clear) {
        let stated = printable(stated);
        say(format!("`{stated}` is none of the excluded kinds by name: {}.", plans.join(", ")));
    }
    let figures: Vec<String> =
        priced().flat_map(|(plan, priced)| unsourced(plan, priced)).collect();
    if !figures.is_empty() {
        say("Figures nobody publishes:".to_owned());
        figures.into_iter().for_each(&mut say);
    }
    let facts = grouped(priced().flat_map(|(plan, priced)| {
        priced.unstated.iter().map(move |fact| (fact.told(), (plan, fact)))
    }));
    if !facts.is_empty() {
        say("Not stated:".to_owned());
    }
    for (told, plans) in facts {
        let plans: Vec<String> =
            plans.into_iter().map(|(plan, fact)| asked_by(plan, fact)).collect();
        say(format!("  {told}: {}", plans.join(", ")));
    }
    if text.is_empty() { text } else { format!("\n{text}") }
}

/// A plan that asks for a fact, and how many goods it excludes.
fn asked_by(plan: &Plan, fact: &Unstated) -> String {
    match kinds_excluded(fact) {
        Some(kinds) => format!("{} ({kinds})", plan.id),
        None => plan.id.clone(),
    }
}

fn unsourced(plan: &Plan, priced: &Priced<'_>) -> Vec<String> {
    let figures = assumed(priced.terms, priced.quote.basis);
    let told = |figure: &crate::rules::Assumed| {
        format!("  {} {}, {}", plan.id, figure.figure, figure.told())
    };
    figures.iter().map(told).collect()
}

/// Things with the same key together, in the order in which the keys first come.
fn grouped<K: PartialEq, T>(all: impl Iterator<Item = (K, T)>) -> Vec<(K, Vec<T>)> {
    let mut groups: Vec<(K, Vec<T>)> = Vec::new();
    for (key, thing) in all {
        match groups.iter_mut().find(|(known, _)| *known == key) {
            Some((_, things)) => things.push(thing),
            None => groups.push((key, vec![thing])),
        }
    }
    groups
}

fn ids<'p>(plans: impl Iterator<Item = &'p Plan>) -> String {
    plans.map(|plan| plan.id.as_str()).collect::<Vec<_>>().join(", ")
}

/// How one plan's answer was decided.
fn explained(offer: &Offer<'_>, session: &Session<'_>) -> String {
    let mut text = format!("\n{}\n", session.paint.heading(&offer.plan.id));
    if let Some(priced) = &offer.priced {
        text.push_str(&steps(&priced.quote.trace, session.paint.width));
    }
    if let Some(against) = offer.against() {
        let clause = format!("clause {} ({}): {}", against.clause, against.source, against.text);
        let head = format!("{}: {}", against.code, against.reason);
        text.push_str(&folded(&head, 0, session.paint.width));
        text.push_str(&folded(&clause, 3, session.paint.width));
    }
    text
}
