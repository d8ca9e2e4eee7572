//! What a search asks of a policy and a total adds up, in 24 bytes beside 338 others: the reason why
//! any filter over a million policies answers at once without an index that a batch would have to pay
//! for. [How it looks](super::looks), which mornings ask of all policies, is apart, in 10 bytes.
//!
//! An entry is coarser than the policy (days beyond 2149 and very large amounts are cut off), and
//! never says no where the policy says yes: [`super::filter`] asks the policy itself afterwards.

use rusqlite::Connection;

use super::looks::{self, Looks};
use super::sheet::{self, Entry};
use crate::calendar::{Day, to_epoch};
use crate::claim::ClaimStatus;
use crate::policy::{Policy, State};

const BYTES: usize = 24;

/// One policy's entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(super) struct Digest {
    pub(super) value: u32,
    pub(super) goods: u32,
    pub(super) cover: u32,
    pub(super) shipped: u16,
    /// The last day of anything.
    pub(super) closes: u16,
    pub(super) bound: u16,
    pub(super) lane: u16,
    pub(super) terms: u16,
    pub(super) state: u8,
    pub(super) claim: u8,
}

/// A block of digests.
pub(super) type Block<'a> = sheet::Block<'a, Digest, BYTES>;
/// Digests asked for one by one, in order.
pub(super) type DigestsInOrder<'c> = sheet::InOrder<'c, Digest, BYTES>;
/// Policies per block.
pub(super) const BLOCK: usize = <Digest as Entry<BYTES>>::BLOCK as usize;

/// A day in two bytes, 0 for none; days outside 1970-01-02 to 2149-06-05 share the two ends.
pub(super) fn day_code(day: Option<Day>) -> u16 {
    day.map_or(0, |day| to_epoch(day).clamp(1, i32::from(u16::MAX)) as u16)
}

/// Whether a day may lie before or after the one its code stands for.
pub(super) fn is_cut_off(day: u16) -> bool {
    matches!(day, 1 | u16::MAX)
}

/// An amount in four bytes; what does not fit shares the upper end.
pub(super) fn amount_code(minor: i64) -> u32 {
    minor.clamp(0, i64::from(u32::MAX)) as u32
}

/// The number of a dictionary's word in two bytes; what does not fit shares the upper end, and 0
/// is none.
pub(super) fn word_code(id: Option<i64>) -> u16 {
    id.unwrap_or(0).clamp(0, i64::from(u16::MAX)) as u16
}

/// A state in one byte, the same as in the policy table.
pub(super) fn state_code(state: State) -> u8 {
    match state {
        State::Confirmed => 0,
        State::Effective => 1,
        State::Cancelled => 2,
    }
}

/// The latest claim's status in one byte, 0 for no claim.
pub(super) fn claim_code(status: Option<ClaimStatus>) -> u8 {
    match status {
        None => 0,
        Some(ClaimStatus::Draft) => 1,
        Some(ClaimStatus::UnderReview) => 2,
        Some(ClaimStatus::NeedsInfo) => 3,
        Some(ClaimStatus::Accepted) => 4,
        Some(ClaimStatus::Rejected) => 5,
        Some(ClaimStatus::Paid) => 6,
        Some(ClaimStatus::Withdrawn) => 7,
    }
}

impl Digest {
    /// Whether something was cut off that a filter may turn on or a total adds up, so that the policy
    /// has to be asked.
    pub(super) fn is_cut_off(&self) -> bool {
        [self.shipped, self.closes, self.bound].into_iter().any(is_cut_off)
            || self.value == u32::MAX
            || self.cover == u32::MAX
            || self.lane == u16::MAX
            || self.terms == u16::MAX
    }
}

impl Entry<BYTES> for Digest {
    const TABLE: &'static str = "digest";

    fn encode(&self) -> [u8; BYTES] {
        let mut out = [0; BYTES];
        let fours = [self.value, self.goods, self.cover];
        for (place, four) in out[0..12].as_chunks_mut::<4>().0.iter_mut().zip(fours) {
            *place = four.to_le_bytes();
        }
        let pairs = [self.shipped, self.closes, self.bound, self.lane, self.terms];
        for (place, pair) in out[12..22].as_chunks_mut::<2>().0.iter_mut().zip(pairs) {
            *place = pair.to_le_bytes();
        }
        out[22] = self.state;
        out[23] = self.claim;
        out
    }

    #[inline]
    fn decode(b: &[u8; BYTES]) -> Digest {
        let pair = |at: usize| u16::from_le_bytes([b[at], b[at + 1]]);
        let four = |at: usize| u32::from_le_bytes([b[at], b[at + 1], b[at + 2], b[at + 3]]);
        Digest {
            value: four(0),
            goods: four(4),
            cover: four(8),
            shipped: pair(12),
            closes: pair(14),
            bound: pair(16),
            lane: pair(18),
            terms: pair(20),
            state: b[22],
            claim: b[23],
        }
    }
}

/// What is derived of one policy for searches and totals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Derived {
    pub(super) digest: Digest,
    pub(super) looks: Looks,
}

/// The same, gathered by a batch.
#[derive(Default)]
pub(super) struct Gathered {
    digests: sheet::Pending<Digest, BYTES>,
    looks: looks::Gathered,
}

impl Gathered {
    /// Adds what is derived of the next policy.
    pub(super) fn push(
        &mut self,
        conn: &Connection,
        policy: i64,
        of: &Derived,
    ) -> rusqlite::Result<()> {
        self.digests.push(conn, policy, &of.digest)?;
        self.looks.push(conn, policy, &of.looks)
    }

    /// Writes what is not written yet.
    pub(super) fn flush(&mut self, conn: &Connection) -> rusqlite::Result<()> {
        self.digests.flush(conn)?;
        self.looks.flush(conn)
    }

    /// Whether all that was added is written.
    pub(super) fn is_empty(&self) -> bool {
        self.digests.is_empty() && self.looks.is_empty()
    }
}

impl Derived {
    /// Of a policy, whose words have these numbers in the dictionaries.
    pub(super) fn of(policy: &Policy, lane: u16, goods: u32, terms: u16) -> Derived {
        Derived {
            digest: Digest {
                value: amount_code(policy.figures.package_value.minor()),
                goods,
                cover: amount_code(policy.figures.cover.minor()),
                shipped: day_code(policy.parcel.shipped_on()),
                closes: day_code(policy.deadlines.closes_on),
                bound: day_code(Some(policy.bound_on)),
                lane,
                terms,
                state: state_code(policy.state),
                claim: claim_code(policy.claim.map(|(_, status)| status)),
            },
            looks: Looks::of_policy(policy, terms),
        }
    }
}

/// Brings a policy's entries up to date. `lane` and `goods` are given where they may have changed;
/// looks that are the same as of the policy `before` are left unread.
pub(super) fn refresh(
    conn: &Connection,
    before: Option<&Policy>,
    policy: &Policy,
    words: Option<(Option<i64>, Option<i64>)>,
) -> rusqlite::Result<()> {
    let no = policy.no.0;
    let mut terms = 0;
    sheet::change(conn, no, |known: &mut Digest| {
        let (lane, goods) = words.map_or((known.lane, known.goods), |(lane, goods)| {
            (word_code(lane), goods_code(goods))
        });
        terms = known.terms;
        *known = Derived::of(policy, lane, goods, terms).digest;
    })?;
    let looks = Looks::of_policy(policy, terms);
    match before.is_some_and(|before| Looks::of_policy(before, terms) == looks) {
        true => Ok(()),
        false => sheet::change(conn, no, |known| *known = looks),
    }
}

/// Whether a policy's entries say what the policy says.
pub(super) fn tells(conn: &Connection, policy: &Policy) -> rusqlite::Result<bool> {
    let no = policy.no.0;
    let (Some(digest), Some(looks)) = (of(conn, no)?, sheet::of(conn, no)?) else {
        return Ok(false);
    };
    let told = Derived { digest, looks };
    Ok(told == Derived::of(policy, digest.lane, digest.goods, digest.terms))
}

/// The number of the goods; 0 is none. Four bytes hold more of them than there are policies.
pub(super) fn goods_code(id: Option<i64>) -> u32 {
    id.and_then(|id| u32::try_from(id).ok()).unwrap_or(0)
}

/// The entry of one policy.
pub(super) fn of(conn: &Connection, policy: i64) -> rusqlite::Result<Option<Digest>> {
    sheet::of(conn, policy)
}

/// Reads the blocks from the one that holds policy `first`, until `each` says stop.
pub(super) fn scan(
    conn: &Connection,
    first: i64,
    each: impl FnMut(Block<'_>) -> rusqlite::Result<bool>,
) -> rusqlite::Result<()> {
    sheet::scan(conn, first, each)
}
