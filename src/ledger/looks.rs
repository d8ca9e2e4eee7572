//! What looks wrong with a policy's parcel and can be claimed, in 10 bytes beside 813 others: the list
//! of a morning goes through those of all policies, and reads nothing else of nearly all of them.

use rusqlite::Connection;

use super::digest::{amount_code, day_code, is_cut_off};
use super::sheet::{self, Entry};
use crate::claim::ClaimStatus;
use crate::policy::{Look, PayoutIs, Policy, Prospect, State, leaves_room};

/// Bytes of an entry.
pub(super) const BYTES: usize = 10;

/// A prospect that no claim is in the way of. All 0 where there is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(super) struct Looks {
    /// The first day.
    pub(super) from: u16,
    /// The last day, 0 where the terms name none.
    pub(super) until: u16,
    /// What it is expected to pay.
    pub(super) payout: u32,
    /// Like what.
    pub(super) like: u8,
    /// How sure the payout is.
    pub(super) payout_is: u8,
    /// The number of the terms, and so the currency; what does not fit shares the upper end.
    pub(super) terms: u8,
}

/// Gathered by a batch.
pub(super) type Gathered = sheet::Pending<Looks, BYTES>;
/// A block of them.
pub(super) type Block<'a> = sheet::Block<'a, Looks, BYTES>;
/// Asked for one by one, in order.
pub(super) type LooksInOrder<'c> = sheet::InOrder<'c, Looks, BYTES>;

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
    /// Of a policy in this state, with this claim, under the terms of this code.
    pub(super) fn of(
        state: State,
        claim: Option<ClaimStatus>,
        prospect: Option<Prospect>,
        terms: u16,
    ) -> Looks {
        match prospect.filter(|_| state != State::Cancelled && leaves_room(claim)) {
            None => Looks::default(),
            Some(prospect) => Looks {
                from: day_code(Some(prospect.from)),
                until: day_code(prospect.closes_on),
                payout: amount_code(prospect.payout.minor()),
                like: look_code(Some(prospect.looks_like)),
                payout_is: payout_code(prospect.payout_is),
                terms: u8::try_from(terms).unwrap_or(u8::MAX),
            },
        }
    }

    /// Of a policy under the terms of this code.
    pub(super) fn of_policy(policy: &Policy, terms: u16) -> Looks {
        Looks::of(policy.state, policy.claim.map(|(_, status)| status), policy.prospect, terms)
    }

    /// The first day of an entry.
    #[inline]
    pub(super) fn first_day(bytes: &[u8; BYTES]) -> u16 {
        u16::from_le_bytes([bytes[0], bytes[1]])
    }

    /// Whether something was cut off, so that the policy has to be asked.
    pub(super) fn is_cut_off(self) -> bool {
        is_cut_off(self.from)
            || is_cut_off(self.until)
            || self.payout == u32::MAX
            || self.terms == u8::MAX
    }
}

impl Entry<BYTES> for Looks {
    const TABLE: &'static str = "looks";

    fn encode(&self) -> [u8; BYTES] {
        let ([a, b], [c, d]) = (self.from.to_le_bytes(), self.until.to_le_bytes());
        let [e, f, g, h] = self.payout.to_le_bytes();
        [a, b, c, d, e, f, g, h, self.like | self.payout_is << 4, self.terms]
    }

    #[inline]
    fn decode(&[a, b, c, d, e, f, g, h, is, terms]: &[u8; BYTES]) -> Looks {
        Looks {
            from: u16::from_le_bytes([a, b]),
            until: u16::from_le_bytes([c, d]),
            payout: u32::from_le_bytes([e, f, g, h]),
            like: is & 15,
            payout_is: is >> 4,
            terms,
        }
    }
}

/// Reads the blocks from the one that holds policy `first`, until `each` says stop.
pub(super) fn scan(
    conn: &Connection,
    first: i64,
    each: impl FnMut(Block<'_>) -> rusqlite::Result<bool>,
) -> rusqlite::Result<()> {
    sheet::scan(conn, first, each)
}
