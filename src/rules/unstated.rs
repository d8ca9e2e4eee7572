//! What a quote takes for granted: facts of the parcel that the terms turn on and nobody stated.

use serde::Serialize;

use super::Terms;
use crate::parcel::{Fulfilment, Parcel};
use crate::plan::{Cases, Conditional, Waiting, When};
use crate::words::words;

words! {
    /// A fact of a parcel that terms turn on; its word is that of its flag.
    pub enum ParcelFact {
        /// Where it leaves from.
        From = "from",
        /// Where it goes.
        To = "to",
        /// The carrier.
        Carrier = "carrier",
        /// The carrier's service.
        Service = "service",
        /// How it is handed over.
        Shipped = "shipped",
        /// The kind of goods.
        Goods = "goods",
        /// Whose label it is.
        Fulfilment = "fulfilment",
    }
}

impl ParcelFact {
    /// As a sentence names it.
    pub fn words(self) -> &'static str {
        match self {
            ParcelFact::From => "origin",
            ParcelFact::To => "destination",
            ParcelFact::Carrier => "carrier",
            ParcelFact::Service => "service",
            ParcelFact::Shipped => "how it is handed over",
            ParcelFact::Goods => "goods",
            ParcelFact::Fulfilment => "fulfilment",
        }
    }
}

/// A fact the terms turn on and nobody stated.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Unstated {
    /// The fact.
    pub fact: ParcelFact,
    /// What is taken in its place. Where it is missing, no case that asks for the fact is taken to
    /// hold.
    pub taken: Option<String>,
    /// How many kinds of goods the terms exclude, of the goods.
    pub excluded_kinds: usize,
}

impl Unstated {
    /// As a list goes on: `destination, taken as domestic`.
    pub fn told(&self) -> String {
        match &self.taken {
            Some(taken) => format!("{}, taken as {taken}", self.fact.words()),
            None => self.fact.words().to_owned(),
        }
    }
}

/// The facts of a parcel that some rule of these terms asks for and nobody stated. A rule that
/// cannot hold for this parcel whatever they are does not ask. A parcel always has a fulfilment, so
/// whether that was stated has to be told.
pub fn unstated(terms: Terms<'_>, parcel: &Parcel, fulfilment_stated: bool) -> Vec<Unstated> {
    let version = terms.version;
    let whens = whens(terms);
    let open: Vec<&When> =
        whens.iter().copied().filter(|when| may_fit(when, terms, parcel)).collect();
    let asks = |of: fn(&When) -> bool| open.iter().any(|when| of(when));
    let waiting = version.incident.values().filter_map(|incident| incident.waiting.as_ref());
    let by_route = whens.iter().any(|when| when.route.is_some())
        || waiting.into_iter().any(tells_routes_apart);
    let excluded = version.goods.as_ref().map_or(0, |goods| goods.excluded.len());
    let cross_border = version.destinations.as_ref().is_some_and(|rule| rule.cross_border_only);
    // Where the rules tell routes apart, they take a parcel of no stated destination for domestic.
    let taken_to = if cross_border && !by_route { "abroad" } else { "domestic" };
    let by_route = by_route || cross_border;
    let by_destination = by_route
        || asks(|when| !when.to.is_empty())
        || version.destinations.as_ref().is_some_and(|rule| !rule.excluded.is_empty());

    let mut found = Vec::new();
    let mut missing =
        |asked: bool, fact: ParcelFact, taken: Option<String>, excluded_kinds: usize| {
            if asked {
                found.push(Unstated { fact, taken, excluded_kinds });
            }
        };
    match (parcel.from, parcel.to) {
        (_, None) => {
            missing(by_destination, ParcelFact::To, Some(taken_to.to_owned()), 0);
        }
        (None, Some(_)) => {
            missing(by_route, ParcelFact::From, Some(terms.plan.home.to_string()), 0);
        }
        _ => {}
    }
    if parcel.carrier.is_none() {
        // Further names of a list are its other spellings.
        let carriers = version.carriers.as_ref();
        let taken = carriers.and_then(|rule| rule.allowed.first()).map(ToString::to_string);
        let asked = taken.is_some() || asks(|when| !when.carrier.is_empty());
        missing(asked, ParcelFact::Carrier, taken, 0);
    }
    if parcel.service.is_none() {
        missing(asks(|when| !when.service.is_empty()), ParcelFact::Service, None, 0);
    }
    if parcel.shipped.is_empty() {
        let taken = version.shipping.as_ref().map(|shipping| shipping.default.clone());
        missing(asks(|when| !when.shipped.is_empty()), ParcelFact::Shipped, taken, 0);
    }
    if parcel.goods.is_none() {
        let asked = excluded > 0 || asks(|when| !when.goods.is_empty());
        missing(asked, ParcelFact::Goods, None, excluded);
    }
    if !fulfilment_stated {
        let allowed = &version.fulfilment.allowed;
        let asked = Fulfilment::ALL.iter().any(|(kind, _)| !allowed.contains(kind));
        missing(asked, ParcelFact::Fulfilment, Some(parcel.fulfilment.to_string()), 0);
    }
    found
}

/// Every `when` of a version.
fn whens<'t>(terms: Terms<'t>) -> Vec<&'t When> {
    fn of<T: Conditional>(cases: &Cases<T>) -> impl Iterator<Item = &When> {
        cases.iter().map(Conditional::when)
    }
    let version = terms.version;
    let mut all: Vec<&'t When> = of(&version.premium).collect();
    all.extend(version.maximum.limits.iter().map(|limit| &limit.when));
    all.extend(version.claimant.iter().flat_map(of));
    for incident in version.incident.values() {
        all.extend(incident.window.iter().flat_map(of));
        all.extend(incident.pays.iter().flat_map(of));
        all.extend(incident.evidence.iter().map(|rule| &rule.when));
    }
    all
}

/// Whether it could hold, were only stated what is not.
fn may_fit(when: &When, terms: Terms<'_>, parcel: &Parcel) -> bool {
    let mut stated = when.clone();
    stated.bought = None;
    if parcel.to.is_none() {
        stated.route = None;
        stated.to.clear();
    }
    if parcel.carrier.is_none() {
        stated.carrier.clear();
    }
    if parcel.service.is_none() {
        stated.service.clear();
    }
    if parcel.goods.is_none() {
        stated.goods.clear();
    }
    if parcel.shipped.is_empty() {
        stated.shipped.clear();
    }
    stated.fits(&terms.situation(parcel, false))
}

fn tells_routes_apart(waiting: &Waiting) -> bool {
    waiting.domestic != waiting.international || !waiting.countries.is_empty()
}
