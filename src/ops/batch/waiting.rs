//! Parcels that wait for the rest of their file: one that has the label of their order which is
//! covered already, too, shows that the order has several parcels.

use super::super::rivals::Rival;
use super::pricing::Quoted;
use crate::number::PolicyNo;

/// So many parcels wait at most. One beyond them that is not told apart by what came before is
/// refused, and told why.
pub(super) const WAITING: usize = 10_000;

/// Parcels that wait, and the policies that were met in the file.
#[derive(Default)]
pub(super) struct Waiting {
    parcels: Vec<(Box<Quoted>, Vec<Rival>)>,
    /// A bit for each policy.
    met: Vec<u64>,
}

impl Waiting {
    /// Notes that the file has the parcel of a policy, and states it to be worth what it was.
    pub(super) fn meet(&mut self, no: PolicyNo) {
        let Some((word, bit)) = place(no) else { return };
        if word >= self.met.len() {
            self.met.resize(word + 1, 0);
        }
        if let Some(word) = self.met.get_mut(word) {
            *word |= bit;
        }
    }

    /// The first of the rivals that the file has not got so far.
    pub(super) fn missing<'r>(&self, rivals: &'r [Rival]) -> Option<&'r Rival> {
        let has = |no| {
            place(no).is_some_and(|(word, bit)| self.met.get(word).is_some_and(|w| w & bit != 0))
        };
        rivals.iter().find(|rival| !has(rival.no))
    }

    /// Whether as many wait as can.
    pub(super) fn is_full(&self) -> bool {
        self.parcels.len() >= WAITING
    }

    /// Lets a parcel wait; it comes back where too many do.
    pub(super) fn push(&mut self, quoted: Box<Quoted>, rivals: Vec<Rival>) -> Option<Box<Quoted>> {
        if self.is_full() {
            return Some(quoted);
        }
        self.parcels.push((quoted, rivals));
        None
    }

    /// Those that wait, in the order of the file.
    pub(super) fn take(&mut self) -> Vec<(Box<Quoted>, Vec<Rival>)> {
        std::mem::take(&mut self.parcels)
    }
}

fn place(no: PolicyNo) -> Option<(usize, u64)> {
    let no = usize::try_from(no.0).ok()?;
    Some((no / 64, 1 << (no % 64)))
}
