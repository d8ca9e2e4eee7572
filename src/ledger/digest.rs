//! What a search asks of a policy, in 24 bytes beside 338 others: the reason why any filter over a
//! million policies answers at once without an index that a batch would have to pay for. What only
//! totals add up is apart, in 8 bytes more.
//!
//! An entry is coarser than the policy (days beyond 2149 and very large amounts are cut off), and
//! never says no where the policy says yes: [`super::filter`] asks the policy itself afterwards.

use rusqlite::Connection;

use super::sheet::{self, Entry};
use crate::calendar::{Day, to_epoch};
use crate::claim::ClaimStatus;
use crate::policy::{Look, PayoutIs, Policy, Prospect, State, leaves_room};

const BYTES: usize = 24;
const STAKE: usize = 8;

/// One policy's entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(super) struct Digest {
    pub(super) value: u32,
    pub(super) goods: u32,
    pub(super) shipped: u16,
    /// The last day of anything.
    pub(super) closes: u16,
    pub(super) bound: u16,
    pub(super) lane: u16,
    pub(super) terms: u16,
    pub(super) state: u8,
    pub(super) claim: u8,
    pub(super) looks: Looks,
}

/// What can still be claimed: a prospect no claim is in the way of. All 0 where there is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(super) struct Looks {
    /// The first day.
    pub(super) from: u16,
    /// The last day, 0 where the terms name none.
    pub(super) until: u16,
    /// Like what.
    pub(super) like: u8,
    /// How sure the payout is.
    pub(super) payout_is: u8,
}

/// What a total adds up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(super) struct Stake {
    pub(super) cover: u32,
    /// What is expected of the policy's prospect.
    pub(super) payout: u32,
}

/// Digests gathered by a batch.
pub(super) type Digests = sheet::Pending<Digest, BYTES>;
/// Stakes gathered by a batch.
pub(super) type Stakes = sheet::Pending<Stake, STAKE>;
/// A block of digests.
pub(super) type Block<'a> = sheet::Block<'a, Digest, BYTES>;
/// Stakes asked for one by one, in order.
pub(super) type StakesInOrder<'c> = sheet::InOrder<'c, Stake, STAKE>;

/// Policies per block.
pub(super) const BLOCK: usize = <Digest as Entry<BYTES>>::BLOCK as usize;

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

/// What it looks like in one byte, 0 for nothing; one more than in the policy table.
pub(super) fn look_code(look: Option<Look>) -> u8 {
    match look {
        None => 0,
        Some(Look::Loss) => 1,
        Some(Look::Damage) => 2,
        Some(Look::Delay) => 3,
        Some(Look::Returned) => 4,
    }
}

/// How sure a payout is, the same as in the policy table.
pub(super) fn payout_code(payout_is: PayoutIs) -> u8 {
    match payout_is {
        PayoutIs::Exact => 0,
        PayoutIs::AtMost => 1,
        PayoutIs::Unknown => 2,
    }
}

impl Looks {
    /// Of a policy in this state, with this claim.
    pub(super) fn of(
        state: State,
        claim: Option<ClaimStatus>,
        prospect: Option<Prospect>,
    ) -> Looks {
        match prospect.filter(|_| state != State::Cancelled && leaves_room(claim)) {
            None => Looks::default(),
            Some(prospect) => Looks {
                from: day_code(Some(prospect.from)),
                until: day_code(prospect.closes_on),
                like: look_code(Some(prospect.looks_like)),
                payout_is: payout_code(prospect.payout_is),
            },
        }
    }
}

impl Stake {
    /// Of a policy with this cover, in minor units.
    pub(super) fn of(cover: i64, prospect: Option<Prospect>) -> Stake {
        Stake {
            cover: value_code(cover),
            payout: value_code(prospect.map_or(0, |prospect| prospect.payout.minor())),
        }
    }

    /// Whether an amount was cut off, so that the policy has to be asked.
    pub(super) fn is_cut_off(self) -> bool {
        self.cover == u32::MAX || self.payout == u32::MAX
    }
}

impl Digest {
    /// Whether something was cut off that a filter may turn on, so that the policy has to be asked.
    pub(super) fn is_cut_off(&self) -> bool {
        let days = [self.shipped, self.closes, self.bound, self.looks.from, self.looks.until];
        days.iter().any(|day| matches!(*day, 1 | u16::MAX))
            || self.value == u32::MAX
            || self.lane == u16::MAX
            || self.terms == u16::MAX
    }
}

impl Entry<BYTES> for Digest {
    const TABLE: &'static str = "digest";

    fn encode(&self) -> [u8; BYTES] {
        let mut out = [0; BYTES];
        out[0..4].copy_from_slice(&self.value.to_le_bytes());
        out[4..8].copy_from_slice(&self.goods.to_le_bytes());
        let Looks { from, until, like, payout_is } = self.looks;
        let pairs = [self.shipped, self.closes, self.bound, from, until, self.lane, self.terms];
        for (place, pair) in out[8..22].as_chunks_mut::<2>().0.iter_mut().zip(pairs) {
            *place = pair.to_le_bytes();
        }
        out[22] = self.state | payout_is << 4;
        out[23] = self.claim | like << 4;
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
            looks: Looks {
                from: pair(14),
                until: pair(16),
                like: b[23] >> 4,
                payout_is: b[22] >> 4,
            },
            lane: pair(18),
            terms: pair(20),
            state: b[22] & 15,
            claim: b[23] & 15,
        }
    }
}

impl Entry<STAKE> for Stake {
    const TABLE: &'static str = "stake";

    fn encode(&self) -> [u8; STAKE] {
        let mut out = [0; STAKE];
        out[0..4].copy_from_slice(&self.cover.to_le_bytes());
        out[4..8].copy_from_slice(&self.payout.to_le_bytes());
        out
    }

    fn decode(b: &[u8; STAKE]) -> Stake {
        let four = |at: usize| u32::from_le_bytes([b[at], b[at + 1], b[at + 2], b[at + 3]]);
        Stake { cover: four(0), payout: four(4) }
    }
}

/// Brings a policy's entry up to date. `lane` and `goods` are given where they may have changed.
pub(super) fn refresh(
    conn: &Connection,
    policy: &Policy,
    words: Option<(Option<i64>, Option<i64>)>,
) -> rusqlite::Result<()> {
    let claim = policy.claim.map(|(_, status)| status);
    sheet::change(conn, policy.no.0, |digest: &mut Digest| {
        digest.shipped = day_code(policy.parcel.shipped_on());
        digest.closes = day_code(policy.deadlines.closes_on);
        digest.looks = Looks::of(policy.state, claim, policy.prospect);
        digest.state = state_code(policy.state);
        digest.claim = claim_code(claim);
        if let Some((lane, goods)) = words {
            digest.lane = word_code(lane);
            digest.goods = goods_code(goods);
        }
    })
}

/// Brings what totals add up of a policy up to date.
pub(super) fn restake(conn: &Connection, policy: &Policy) -> rusqlite::Result<()> {
    let stake = Stake::of(policy.figures.cover.minor(), policy.prospect);
    sheet::change(conn, policy.no.0, |known: &mut Stake| *known = stake)
}

/// Whether a policy's entry says what the policy says.
pub(super) fn tells(conn: &Connection, policy: &Policy) -> rusqlite::Result<bool> {
    let Some(entry) = of(conn, policy.no.0)? else { return Ok(false) };
    let told = Digest {
        value: value_code(policy.figures.package_value.minor()),
        shipped: day_code(policy.parcel.shipped_on()),
        closes: day_code(policy.deadlines.closes_on),
        bound: day_code(Some(policy.bound_on)),
        looks: Looks::of(policy.state, policy.claim.map(|(_, status)| status), policy.prospect),
        state: state_code(policy.state),
        claim: claim_code(policy.claim.map(|(_, status)| status)),
        ..entry
    };
    let stake: Option<Stake> = sheet::of(conn, policy.no.0)?;
    let at_stake = Stake::of(policy.figures.cover.minor(), policy.prospect);
    Ok(told == entry && stake == Some(at_stake))
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
