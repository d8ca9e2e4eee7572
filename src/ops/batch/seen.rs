//! Which parcels of a file came before, in a few bytes each: a file has a million of them.

use std::hash::{DefaultHasher, Hash, Hasher};

use hashbrown::HashTable;

use crate::parcel::Ids;

/// The names seen so far, by a 64-bit hash: among a million names, two with one hash are less
/// likely than a disk error, and a row so mistaken would be reported, not lost.
#[derive(Default)]
pub(super) struct Seen {
    names: Vec<Name>,
    table: HashTable<u32>,
}

#[derive(Clone, Copy)]
struct Name {
    hash: u64,
    earlier: Earlier,
}

/// An earlier row of the same parcel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Earlier {
    /// Its package value in minor units.
    pub(super) value: i64,
    /// Its line.
    pub(super) line: u64,
}

impl Seen {
    /// The earlier row of this parcel, by its handle or tracking number; if there is none, this
    /// row is remembered.
    pub(super) fn before(&mut self, ids: &Ids, value: i64, line: u64) -> Option<Earlier> {
        let handle = hash(&ids.handle());
        let tracking =
            ids.tracking.as_ref().map(|tracking| hash(tracking)).filter(|hash| *hash != handle);
        let names = [Some(handle), tracking];
        if let Some(earlier) = names.into_iter().flatten().find_map(|hash| self.find(hash)) {
            return Some(earlier);
        }
        for hash in names.into_iter().flatten() {
            let Ok(at) = u32::try_from(self.names.len()) else {
                return None;
            };
            self.names.push(Name { hash, earlier: Earlier { value, line } });
            let names = &self.names;
            self.table.insert_unique(hash, at, |&at| names[at as usize].hash);
        }
        None
    }

    fn find(&self, hash: u64) -> Option<Earlier> {
        let at = *self.table.find(hash, |&at| self.names[at as usize].hash == hash)?;
        Some(self.names[at as usize].earlier)
    }
}

fn hash(name: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    name.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::{Earlier, Seen};
    use crate::parcel::Ids;

    #[test]
    fn a_parcel_is_known_again_by_any_of_its_names() {
        let ids = |package: &str, tracking: &str| Ids {
            order: Some("576400000000000001".into()),
            package: Some(package.into()),
            tracking: Some(tracking.into()),
        };
        let mut seen = Seen::default();
        assert_eq!(seen.before(&ids("1150000000000000001", "9400111"), 450, 2), None);
        assert_eq!(seen.before(&ids("1150000000000000002", "9400112"), 450, 3), None);
        let first = Some(Earlier { value: 450, line: 2 });
        assert_eq!(seen.before(&ids("1150000000000000001", "9400119"), 500, 4), first);
        assert_eq!(seen.before(&ids("1150000000000000009", "9400111"), 500, 5), first);
    }
}
