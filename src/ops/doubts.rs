//! Parcels of a file whose goods may be among those the terms exclude, counted by the name.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use serde::{Serialize, Serializer};

use crate::parcel::Parcel;
use crate::rules::{Doubt, Terms, doubt};

/// How many parcels name which excluded kind of goods.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Doubts(BTreeMap<String, u64>);

#[derive(Serialize)]
struct Named<'a> {
    excluded: &'a str,
    parcels: u64,
}

impl Doubts {
    /// Counts a parcel in, if its goods are in doubt.
    pub(super) fn count<'a>(&mut self, terms: Terms<'a>, parcel: &'a Parcel) -> Option<Doubt<'a>> {
        let found = doubt(terms, parcel)?;
        match self.0.get_mut(found.excluded) {
            Some(parcels) => *parcels += 1,
            None => {
                self.0.insert(found.excluded.to_owned(), 1);
            }
        }
        Some(found)
    }

    /// The names with their parcels, most parcels first.
    pub fn iter(&self) -> impl Iterator<Item = (&str, u64)> {
        let mut named: Vec<(&str, u64)> = self.0.iter().map(|(n, c)| (n.as_str(), *c)).collect();
        named.sort_by_key(|(name, parcels)| (Reverse(*parcels), *name));
        named.into_iter()
    }

    /// All parcels in doubt.
    pub fn parcels(&self) -> u64 {
        self.0.values().sum()
    }
}

impl Serialize for Doubts {
    /// A list of `excluded` and `parcels`.
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_seq(self.iter().map(|(excluded, parcels)| Named { excluded, parcels }))
    }
}
