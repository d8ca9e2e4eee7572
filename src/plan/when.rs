//! For which parcels a clause holds, and clauses that differ from parcel to parcel.

use std::fmt;
use std::marker::PhantomData;

use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};

use super::clause::{Cited, Clause};
use super::values::{GoodsName, Name};
use crate::parcel::{Country, Parcel};
use crate::words::words;

words! {
    /// Whether a parcel leaves its country.
    pub enum Route {
        /// It stays in the country it leaves from.
        Domestic = "domestic",
        /// It goes to another one.
        International = "international",
    }
}

impl Route {
    /// Of a parcel: what is not stated is the plan's home.
    pub fn of(parcel: &Parcel, home: Country) -> Route {
        match parcel.to {
            Some(to) if to != parcel.from.unwrap_or(home) => Route::International,
            _ => Route::Domestic,
        }
    }
}

/// For which parcels something holds. What is not stated holds for all; of a list one has to fit.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct When {
    /// Domestic or international.
    pub route: Option<Route>,
    /// Countries it leaves from; the plan's home where it is not stated.
    pub from: Vec<Country>,
    /// Countries it goes to.
    pub to: Vec<Country>,
    /// Carriers, case and spaces aside.
    pub carrier: Vec<Name>,
    /// The carrier's services.
    pub service: Vec<Name>,
    /// Kinds of goods.
    pub goods: Vec<GoodsName>,
    /// Kinds of goods that are not meant, though `goods` names a wider kind they are in.
    pub except_goods: Vec<GoodsName>,
    /// Ways of handing the parcel over, from the plan's own list.
    pub shipped: Vec<String>,
    /// Whether more than the included cover was bought.
    pub bought: Option<bool>,
}

/// What a `when` is held against.
#[derive(Debug, Clone, Copy)]
pub struct Situation<'a> {
    /// The parcel.
    pub parcel: &'a Parcel,
    /// The plan's home country.
    pub home: Country,
    /// The way of handing over that is taken where none is stated.
    pub way: Option<&'a str>,
    /// Whether more than the included cover is, or would be, bought.
    pub bought: bool,
}

impl<'a> Situation<'a> {
    /// The ways it is handed over: those stated, else the one that is taken.
    fn ways(&self) -> impl Iterator<Item = &'a str> {
        let taken = self.way.filter(|_| self.parcel.shipped.is_empty());
        self.parcel.shipped.iter().map(String::as_str).chain(taken)
    }
}

impl When {
    /// Whether it holds for all parcels.
    pub fn is_always(&self) -> bool {
        *self == When::default()
    }

    /// Whether it holds here. A fact that is not stated does not fit a list that asks for it.
    pub fn fits(&self, at: &Situation<'_>) -> bool {
        let parcel = at.parcel;
        let named = |names: &[Name], word: Option<&str>| {
            names.is_empty() || word.is_some_and(|word| names.iter().any(|n| n.is(word)))
        };
        let goods = |names: &[GoodsName]| {
            parcel.goods.as_deref().is_some_and(|goods| GoodsName::find_in(names, goods).is_some())
        };
        self.route.is_none_or(|route| route == Route::of(parcel, at.home))
            && (self.from.is_empty() || self.from.contains(&parcel.from.unwrap_or(at.home)))
            && (self.to.is_empty() || parcel.to.is_some_and(|to| self.to.contains(&to)))
            && named(&self.carrier, parcel.carrier.as_deref())
            && named(&self.service, parcel.service.as_deref())
            && (self.goods.is_empty() || goods(&self.goods))
            && !goods(&self.except_goods)
            && (self.shipped.is_empty()
                || at.ways().any(|way| self.shipped.iter().any(|w| w == way)))
            && self.bought.is_none_or(|bought| bought == at.bought)
    }
}

impl fmt::Display for When {
    /// As a sentence goes on: `international, goods jewelry`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fn list<T: fmt::Display>(name: &str, items: &[T]) -> Option<String> {
            let items: Vec<String> = items.iter().map(T::to_string).collect();
            (!items.is_empty()).then(|| format!("{name} {}", items.join(" or ")))
        }
        let parts = [
            self.route.map(|route| route.word().to_owned()),
            list("from", &self.from),
            list("to", &self.to),
            list("carrier", &self.carrier),
            list("service", &self.service),
            list("goods", &self.goods),
            list("not", &self.except_goods),
            list("shipped", &self.shipped),
            self.bought.map(|yes| if yes { "cover bought" } else { "no cover bought" }.to_owned()),
        ];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        f.write_str(if parts.is_empty() { "any parcel" } else { "" })?;
        f.write_str(&parts.join(", "))
    }
}

/// A clause that may hold for some parcels only.
pub trait Conditional: Cited {
    /// For which.
    fn when(&self) -> &When;
}

/// A clause that is written once, or several times for different parcels: the first that fits
/// counts.
#[derive(Debug, Clone)]
pub struct Cases<T> {
    all: Vec<T>,
    /// Each one's place in the version, given when the plan is read.
    places: Vec<String>,
}

impl<T: Conditional> Cases<T> {
    /// The first that fits, with its number in the file (from 0).
    pub fn find(&self, at: &Situation<'_>) -> Option<(usize, &T)> {
        self.all.iter().enumerate().find(|(_, case)| case.when().fits(at))
    }

    /// The first that fits, with its clause.
    pub fn fitting(&self, at: &Situation<'_>) -> Option<(&T, Clause<'_>)> {
        self.find(at).map(|(number, case)| (case, self.cite(number)))
    }

    /// The case of this number, as a clause.
    pub fn cite(&self, number: usize) -> Clause<'_> {
        let place = self.places.get(number).map_or("", String::as_str);
        self.all[number.min(self.all.len() - 1)].cite(place)
    }

    /// All of them, in order.
    pub fn iter(&self) -> std::slice::Iter<'_, T> {
        self.all.iter()
    }

    /// Gives each its place in the version.
    pub(super) fn name(&mut self, place: &str) {
        self.places = places(place, self.all.len());
    }

    /// Whether there is a case for every parcel: one without `when`, or one for each route.
    pub(super) fn is_total(&self) -> bool {
        let only = |route| When { route: Some(route), ..When::default() };
        let has = |when: &When| self.all.iter().any(|case| case.when() == when);
        has(&When::default()) || Route::ALL.iter().all(|(route, _)| has(&only(*route)))
    }
}

/// The places of a list's entries in a version: numbered from 1, unless there is only one.
pub(super) fn places(place: &str, entries: usize) -> Vec<String> {
    match entries {
        1 => vec![place.to_owned()],
        _ => (1..=entries).map(|at| format!("{place}.{at}")).collect(),
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Cases<T> {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let all = one_or_more(d)?;
        if all.is_empty() {
            return Err(serde::de::Error::custom("expected at least one"));
        }
        Ok(Cases { all, places: Vec::new() })
    }
}

/// One table, or a list of them. Unlike an untagged enum it keeps the places of mistakes.
fn one_or_more<'de, T: Deserialize<'de>, D: Deserializer<'de>>(d: D) -> Result<Vec<T>, D::Error> {
    struct OneOrMore<T>(PhantomData<T>);

    impl<'de, T: Deserialize<'de>> Visitor<'de> for OneOrMore<T> {
        type Value = Vec<T>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a table or a list of tables")
        }

        fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Vec<T>, A::Error> {
            Ok(vec![T::deserialize(MapAccessDeserializer::new(map))?])
        }

        fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<Vec<T>, A::Error> {
            Vec::deserialize(SeqAccessDeserializer::new(seq))
        }
    }

    d.deserialize_any(OneOrMore(PhantomData))
}
