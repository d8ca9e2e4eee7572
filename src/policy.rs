//! A policy: the cover of one parcel, from the day it is recorded to the day nothing more can be
//! claimed on it. What may happen to it, and what each thing changes, is decided here.

use serde::{Deserialize, Serialize};

use crate::calendar::Day;
use crate::claim::{ClaimStatus, Incident};
use crate::money::Money;
use crate::number::{BatchNo, ClaimNo, PolicyNo};
use crate::parcel::{CarrierEvent, Parcel, from_word, word_of};

/// What the ledger stores of a policy's course. Whether an effective one has expired depends on
/// the day one looks, so it is derived: see [`Policy::status`].
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub enum State {
    /// Bought with the label; the carrier has not scanned the parcel yet.
    Confirmed,
    /// Scanned: claims can be made on it, and no premium is refunded any more.
    Effective,
    /// Ended before the first scan, premium refunded.
    Cancelled,
}

/// A policy's status on a given day.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PolicyStatus {
    /// Recorded, not yet scanned by the carrier.
    Confirmed,
    /// Scanned by the carrier.
    Effective,
    /// The last day to claim is over.
    Expired,
    /// Ended before the first scan.
    Cancelled,
}

impl PolicyStatus {
    /// Every status, with its word.
    pub const ALL: [(PolicyStatus, &'static str); 4] = [
        (PolicyStatus::Confirmed, "confirmed"),
        (PolicyStatus::Effective, "effective"),
        (PolicyStatus::Expired, "expired"),
        (PolicyStatus::Cancelled, "cancelled"),
    ];

    /// Its word in arguments and JSON.
    pub fn word(self) -> &'static str {
        word_of(&PolicyStatus::ALL, self)
    }

    /// The status with this word.
    pub fn from_word(word: &str) -> Option<PolicyStatus> {
        from_word(&PolicyStatus::ALL, word)
    }
}

/// The figures a policy was recorded with. They are kept as decided and never derived again from
/// today's terms.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Figures {
    /// What counted as value under the plan.
    pub package_value: Money,
    /// What the plan covered free.
    pub included_cover: Money,
    /// What the policy pays at most.
    pub cover: Money,
    /// The charge for cover beyond the included.
    pub premium: Money,
}

/// Days that follow from the terms and the ship date, kept so that a search needs no plan.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Deadlines {
    /// From this day a parcel that was not delivered counts as lost; `None` until it is shipped.
    pub loss_from: Option<Day>,
    /// The last day on which any claim can be opened; `None` until it is shipped.
    pub closes_on: Option<Day>,
}

/// The cover of one parcel.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Policy {
    /// Its number.
    pub no: PolicyNo,
    /// The run that recorded it.
    pub batch: BatchNo,
    /// The plan's id.
    pub plan: String,
    /// The version of its terms, by the day they took effect.
    pub version: Day,
    /// The parcel, with the carrier facts known so far.
    pub parcel: Parcel,
    /// The figures as decided.
    pub figures: Figures,
    /// The figures nobody publishes that the premium rests on, as `figure=value`.
    pub assumed: Vec<String>,
    /// Where it stands.
    pub state: State,
    /// The day it was recorded.
    pub bound_on: Day,
    /// Until when, and from when, it can be claimed on.
    pub deadlines: Deadlines,
    /// Trouble the carrier reported: damaged, lost or returned, and the day.
    pub trouble: Option<(CarrierEvent, Day)>,
    /// The premium paid back on cancellation.
    pub refunded: Option<Money>,
    /// The latest claim on it.
    pub claim: Option<(ClaimNo, ClaimStatus)>,
}

/// What an event did to a policy.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    /// Something new is known.
    Recorded,
    /// The same was known already.
    AlreadyKnown,
    /// The cover became effective.
    BecameEffective,
    /// The cover ended and the premium is refunded.
    Cancelled,
    /// The label was cancelled after the carrier had scanned the parcel: the cover stays.
    CancelledTooLate,
}

/// What the carrier facts alone point to, and from which day it can be claimed: damage from the day
/// it was reported, loss once the waiting period is over without a delivery. `None` where nothing
/// looks wrong, no scan was made, or a claim was made already.
pub fn claimable(
    state: State,
    claim: Option<ClaimStatus>,
    trouble: Option<(CarrierEvent, Day)>,
    delivered_on: Option<Day>,
    deadlines: Deadlines,
) -> Option<(Incident, Day)> {
    if state != State::Effective || claim.is_some_and(|s| s != ClaimStatus::Withdrawn) {
        return None;
    }
    match trouble {
        Some((CarrierEvent::Damaged, on)) => Some((Incident::Damage, on)),
        Some((CarrierEvent::Returned, _)) => None,
        _ if delivered_on.is_some() => None,
        _ => deadlines.loss_from.map(|from| (Incident::Loss, from)),
    }
}

impl Policy {
    /// Its status on `today`.
    pub fn status(&self, today: Day) -> PolicyStatus {
        match self.state {
            State::Cancelled => PolicyStatus::Cancelled,
            _ if self.deadlines.closes_on.is_some_and(|last| last < today)
                && !self.claim_is_open() =>
            {
                PolicyStatus::Expired
            }
            State::Confirmed => PolicyStatus::Confirmed,
            State::Effective => PolicyStatus::Effective,
        }
    }

    /// Whether a claim is under way on it.
    pub fn claim_is_open(&self) -> bool {
        self.claim.is_some_and(|(_, status)| status.is_open())
    }

    /// What the carrier facts alone point to, and from which day it can be claimed: see
    /// [`claimable`].
    pub fn claimable(&self) -> Option<(Incident, Day)> {
        claimable(
            self.state,
            self.claim.map(|(_, status)| status),
            self.trouble,
            self.parcel.facts.delivered_on,
            self.deadlines,
        )
    }

    /// Takes in one carrier event. Applying the same event twice changes nothing the second time;
    /// events may come in any order, and an earlier date of the same kind wins for scans.
    pub fn apply(&mut self, event: CarrierEvent, on: Day) -> Effect {
        let facts = &mut self.parcel.facts;
        match event {
            CarrierEvent::Labelled => match self.parcel.label {
                crate::parcel::Label::Exists(Some(_)) => Effect::AlreadyKnown,
                _ => {
                    self.parcel.label = crate::parcel::Label::Exists(Some(on));
                    Effect::Recorded
                }
            },
            CarrierEvent::Scanned => {
                if facts.scanned_on.is_some_and(|known| known <= on) {
                    return Effect::AlreadyKnown;
                }
                facts.scanned_on = Some(on);
                if self.state == State::Confirmed {
                    self.state = State::Effective;
                    return Effect::BecameEffective;
                }
                Effect::Recorded
            }
            CarrierEvent::Delivered if facts.delivered_on == Some(on) => Effect::AlreadyKnown,
            CarrierEvent::Delivered => {
                facts.delivered_on = Some(on);
                Effect::Recorded
            }
            CarrierEvent::Cancelled => {
                if facts.cancelled {
                    return Effect::AlreadyKnown;
                }
                facts.cancelled = true;
                facts.cancelled_on = Some(on);
                if self.state != State::Confirmed {
                    return Effect::CancelledTooLate;
                }
                self.state = State::Cancelled;
                self.refunded = Some(self.figures.premium);
                Effect::Cancelled
            }
            CarrierEvent::Damaged | CarrierEvent::Lost | CarrierEvent::Returned => {
                if self.trouble.is_some_and(|(known, _)| known == event) {
                    return Effect::AlreadyKnown;
                }
                self.trouble = Some((event, on));
                Effect::Recorded
            }
        }
    }
}
