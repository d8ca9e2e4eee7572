//! Which parcels of a file came before, in a few bytes each: a file has a million of them.

use std::hash::{DefaultHasher, Hash, Hasher};

use hashbrown::HashTable;

use crate::parcel::Ids;

/// The parcels seen so far, each by the 64-bit hashes of its handle and its tracking number. Among
/// a million names two with one hash are less likely than a disk error, and a row so mistaken is
/// reported, not lost.
#[derive(Default)]
pub(super) struct Seen {
    /// Two names a parcel, side by side.
    names: Vec<u64>,
    values: Vec<i64>,
    lines: Vec<u32>,
    table: HashTable<u32>,
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
        let tracking = ids.tracking.as_ref().map_or(handle, |tracking| hash(tracking));
        if let Some(earlier) = self.find(handle).or_else(|| self.find(tracking)) {
            return Some(earlier);
        }
        let Ok(at) = u32::try_from(self.names.len()) else { return None };
        self.names.extend([handle, tracking]);
        self.values.push(value);
        self.lines.push(u32::try_from(line).unwrap_or(u32::MAX));
        let names = &self.names;
        self.table.insert_unique(handle, at, |&at| names[at as usize]);
        if tracking != handle {
            self.table.insert_unique(tracking, at + 1, |&at| names[at as usize]);
        }
        None
    }

    fn find(&self, hash: u64) -> Option<Earlier> {
        let name = *self.table.find(hash, |&at| self.names[at as usize] == hash)?;
        let parcel = name as usize / 2;
        Some(Earlier { value: self.values[parcel], line: u64::from(self.lines[parcel]) })
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
        assert_eq!(seen.before(&ids("1150000000000000002", "9400112"), 470, 3), None);
        let first = Some(Earlier { value: 450, line: 2 });
        assert_eq!(seen.before(&ids("1150000000000000001", "9400119"), 500, 4), first);
        assert_eq!(seen.before(&ids("1150000000000000009", "9400111"), 500, 5), first);
        let second = Some(Earlier { value: 470, line: 3 });
        assert_eq!(seen.before(&ids("1150000000000000002", "9400112"), 500, 6), second);
    }
}
