//! What a search asks of a policy, in 22 bytes beside 369 others: the reason why any filter over a
//! million policies answers at once without an index that a batch would have to pay for.
//!
//! An entry is coarser than the policy (days beyond 2149 and very large amounts are cut off), and
//! never says no where the policy says yes: [`super::filter`] asks the policy itself afterwards.

use rusqlite::{Connection, OptionalExtension, params};

use crate::calendar::{Day, to_epoch};
use crate::claim::ClaimStatus;
use crate::policy::{Policy, State};

/// Policies per block: as many entries as fill one page of the file.
pub(super) const BLOCK: i64 = 370;
const BYTES: usize = 22;

/// One policy's entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(super) struct Digest {
    pub(super) value: u32,
    pub(super) goods: u32,
    pub(super) shipped: u16,
    pub(super) closes: u16,
    pub(super) bound: u16,
    pub(super) claimable: u16,
    pub(super) lane: u16,
    pub(super) terms: u16,
    pub(super) state: u8,
    pub(super) claim: u8,
}

/// A day in two bytes, 0 for none; days outside 1970-01-02 to 2149-06-05 share the two ends.
pub(super) fn day_code(day: Option<Day>) -> u16 {
    day.map_or(0, |day| to_epoch(day).clamp(1, i32::from(u16::MAX)) as u16)
}

/// An amount in four bytes; what does not fit shares the upper end.
pub(super) fn value_code(minor: i64) -> u32 {
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
    fn encode(&self) -> [u8; BYTES] {
        let mut out = [0; BYTES];
        out[0..4].copy_from_slice(&self.value.to_le_bytes());
        out[4..8].copy_from_slice(&self.goods.to_le_bytes());
        let pairs = [self.shipped, self.closes, self.bound, self.claimable, self.lane, self.terms];
        for (place, pair) in out[8..20].as_chunks_mut::<2>().0.iter_mut().zip(pairs) {
            *place = pair.to_le_bytes();
        }
        out[20] = self.state;
        out[21] = self.claim;
        out
    }

    #[inline]
    fn decode(b: &[u8; BYTES]) -> Digest {
        let pair = |at: usize| u16::from_le_bytes([b[at], b[at + 1]]);
        let four = |at: usize| u32::from_le_bytes([b[at], b[at + 1], b[at + 2], b[at + 3]]);
        Digest {
            value: four(0),
            goods: four(4),
            shipped: pair(8),
            closes: pair(10),
            bound: pair(12),
            claimable: pair(14),
            lane: pair(16),
            terms: pair(18),
            state: b[20],
            claim: b[21],
        }
    }
}

/// The block and the place in it of a policy.
fn place(policy: i64) -> (i64, usize) {
    let at = policy - 1;
    (at.div_euclid(BLOCK), at.rem_euclid(BLOCK) as usize * BYTES)
}

/// The entries in a block, with their policies' numbers.
#[derive(Clone, Copy)]
pub(super) struct Block<'a> {
    first: i64,
    entries: &'a [[u8; BYTES]],
}

impl<'a> Block<'a> {
    pub(super) fn new(block: i64, bytes: &'a [u8]) -> Block<'a> {
        Block { first: block * BLOCK + 1, entries: bytes.as_chunks().0 }
    }

    pub(super) fn iter(self) -> impl Iterator<Item = (i64, Digest)> {
        (self.first..).zip(self.entries.iter().map(Digest::decode))
    }
}

/// The block in which a policy's entry is.
pub(super) fn block_of(policy: i64) -> i64 {
    place(policy).0
}

/// Entries on their way to the ledger: consecutive policies, a block at a time.
#[derive(Default)]
pub(super) struct Pending {
    block: i64,
    bytes: Vec<u8>,
}

impl Pending {
    /// Adds the entry of the next policy.
    pub(super) fn push(
        &mut self,
        conn: &Connection,
        policy: i64,
        digest: &Digest,
    ) -> rusqlite::Result<()> {
        let (block, at) = place(policy);
        if self.bytes.is_empty() {
            self.block = block;
            self.bytes = read(conn, block)?;
            // A number that was never given out leaves an empty entry.
            self.bytes.resize(at, 0);
        }
        self.bytes.extend_from_slice(&digest.encode());
        if self.bytes.len() == BLOCK as usize * BYTES {
            self.flush(conn)?;
        }
        Ok(())
    }

    /// Whether all that was added is written.
    pub(super) fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    /// Writes the block as far as it is filled.
    pub(super) fn flush(&mut self, conn: &Connection) -> rusqlite::Result<()> {
        if !self.bytes.is_empty() {
            write(conn, self.block, &self.bytes)?;
            self.bytes.clear();
        }
        Ok(())
    }
}

fn read(conn: &Connection, block: i64) -> rusqlite::Result<Vec<u8>> {
    conn.prepare_cached("SELECT entries FROM digest WHERE block = ?1")?
        .query_row([block], |row| row.get(0))
        .optional()
        .map(Option::unwrap_or_default)
}

fn write(conn: &Connection, block: i64, bytes: &[u8]) -> rusqlite::Result<()> {
    conn.prepare_cached("INSERT OR REPLACE INTO digest (block, entries) VALUES (?1, ?2)")?
        .execute(params![block, bytes])
        .map(drop)
}

/// Brings a policy's entry up to date. `lane` and `goods` are given where they may have changed.
pub(super) fn refresh(
    conn: &Connection,
    policy: &Policy,
    words: Option<(Option<i64>, Option<i64>)>,
) -> rusqlite::Result<()> {
    let (block, at) = place(policy.no.0);
    let mut bytes = read(conn, block)?;
    let Some(entry) = bytes.get_mut(at..).and_then(|rest| rest.first_chunk_mut::<BYTES>()) else {
        return Err(super::row::malformed("the digest has no entry of the policy"));
    };
    let mut digest = Digest::decode(entry);
    digest.shipped = day_code(policy.parcel.shipped_on());
    digest.closes = day_code(policy.deadlines.closes_on);
    digest.claimable = day_code(policy.claimable().map(|(_, from)| from));
    digest.state = state_code(policy.state);
    digest.claim = claim_code(policy.claim.map(|(_, status)| status));
    if let Some((lane, goods)) = words {
        digest.lane = word_code(lane);
        digest.goods = goods_code(goods);
    }
    *entry = digest.encode();
    write(conn, block, &bytes)
}

/// Whether a policy's entry says what the policy says.
pub(super) fn tells(conn: &Connection, policy: &Policy) -> rusqlite::Result<bool> {
    let Some(entry) = of(conn, policy.no.0)? else { return Ok(false) };
    let told = Digest {
        value: value_code(policy.figures.package_value.minor()),
        shipped: day_code(policy.parcel.shipped_on()),
        closes: day_code(policy.deadlines.closes_on),
        bound: day_code(Some(policy.bound_on)),
        claimable: day_code(policy.claimable().map(|(_, from)| from)),
        state: state_code(policy.state),
        claim: claim_code(policy.claim.map(|(_, status)| status)),
        ..entry
    };
    Ok(told == entry)
}

/// The number of the goods; 0 is none. Four bytes hold more of them than there are policies.
pub(super) fn goods_code(id: Option<i64>) -> u32 {
    id.and_then(|id| u32::try_from(id).ok()).unwrap_or(0)
}

/// The entry of one policy.
pub(super) fn of(conn: &Connection, policy: i64) -> rusqlite::Result<Option<Digest>> {
    let (block, at) = place(policy);
    let bytes = read(conn, block)?;
    Ok(bytes.get(at..).and_then(|rest| rest.first_chunk::<BYTES>()).map(Digest::decode))
}
