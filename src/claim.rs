//! A claim on a policy: what happened, what is asked, the evidence, and its course.

use serde::{Deserialize, Serialize};

use crate::calendar::Day;
use crate::money::Money;
use crate::number::{ClaimNo, PolicyNo};
use crate::parcel::{from_word, word_of};

/// What went wrong.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Incident {
    /// The parcel never arrived.
    Loss,
    /// It arrived damaged.
    Damage,
    /// Something was missing from it.
    Shortage,
    /// It arrived beyond the plan's threshold.
    Delay,
    /// It was stolen after delivery.
    Theft,
    /// It was delivered to the wrong place.
    Misdelivery,
}

impl Incident {
    /// Every incident, with its word.
    pub const ALL: [(Incident, &'static str); 6] = [
        (Incident::Loss, "loss"),
        (Incident::Damage, "damage"),
        (Incident::Shortage, "shortage"),
        (Incident::Delay, "delay"),
        (Incident::Theft, "theft"),
        (Incident::Misdelivery, "misdelivery"),
    ];

    /// Its word in arguments and JSON.
    pub fn word(self) -> &'static str {
        word_of(&Incident::ALL, self)
    }

    /// The incident with this word.
    pub fn from_word(word: &str) -> Option<Incident> {
        from_word(&Incident::ALL, word)
    }
}

/// Where a claim stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClaimStatus {
    /// Prepared; evidence is still missing, so it is not with the insurer.
    Draft,
    /// Complete and with the insurer.
    UnderReview,
    /// The insurer asked for more.
    NeedsInfo,
    /// The insurer will pay.
    Accepted,
    /// The insurer will not pay.
    Rejected,
    /// Paid.
    Paid,
    /// Taken back by the seller.
    Withdrawn,
}

impl ClaimStatus {
    /// Every status, with its word.
    pub const ALL: [(ClaimStatus, &'static str); 7] = [
        (ClaimStatus::Draft, "draft"),
        (ClaimStatus::UnderReview, "under_review"),
        (ClaimStatus::NeedsInfo, "needs_info"),
        (ClaimStatus::Accepted, "accepted"),
        (ClaimStatus::Rejected, "rejected"),
        (ClaimStatus::Paid, "paid"),
        (ClaimStatus::Withdrawn, "withdrawn"),
    ];

    /// Its word in arguments and JSON.
    pub fn word(self) -> &'static str {
        word_of(&ClaimStatus::ALL, self)
    }

    /// The status with this word; `under-review` is taken as well.
    pub fn from_word(word: &str) -> Option<ClaimStatus> {
        from_word(&ClaimStatus::ALL, &word.replace('-', "_"))
    }

    /// Whether the claim is still under way: neither rejected, paid nor withdrawn.
    pub fn is_open(self) -> bool {
        !matches!(self, ClaimStatus::Rejected | ClaimStatus::Paid | ClaimStatus::Withdrawn)
    }

    /// Whether a decision may be booked from here to `next`.
    pub fn may_become(self, next: ClaimStatus) -> bool {
        use ClaimStatus::{Accepted, Draft, NeedsInfo, Paid, Rejected, UnderReview, Withdrawn};
        matches!(
            (self, next),
            (Draft, UnderReview | Withdrawn)
                | (UnderReview, NeedsInfo | Accepted | Rejected | Withdrawn)
                | (NeedsInfo, UnderReview | Accepted | Rejected | Withdrawn)
                | (Accepted, Paid)
        )
    }
}

/// A document that supports a claim: a copy kept beside the ledger, named by its content.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Evidence {
    /// What it shows, in the plan's word: `invoice`, `photo`, `affidavit`.
    pub kind: String,
    /// SHA-256 of its content, in hexadecimal: the name of the kept copy.
    pub sha256: String,
    /// The name of the file as it was given.
    pub file: String,
    /// Size in bytes.
    pub bytes: u64,
    /// The day the document bears, where stated (an affidavit counts only from a given day).
    pub dated: Option<Day>,
    /// The day it was attached.
    pub added_on: Day,
}

/// A claim on one policy.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Claim {
    /// Its number.
    pub no: ClaimNo,
    /// On which policy.
    pub policy: PolicyNo,
    /// What happened.
    pub incident: Incident,
    /// What the seller asks for.
    pub amount: Money,
    /// What the terms pay for it, as assessed when it was filed.
    pub payable: Money,
    /// Where it stands.
    pub status: ClaimStatus,
    /// The day it was opened.
    pub opened_on: Day,
    /// The last day it could have been opened.
    pub closes_on: Day,
    /// The insurer's decision: the day, the amount granted, and its words.
    pub decision: Option<Decision>,
    /// The documents.
    pub evidence: Vec<Evidence>,
}

/// What the insurer said.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Decision {
    /// When.
    pub on: Day,
    /// How much is granted; nothing where it was rejected or more was asked for.
    pub amount: Option<Money>,
    /// Its reason, or what it asks for.
    pub reason: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::ClaimStatus;

    #[test]
    fn a_claim_that_ended_stays_ended() {
        for (status, _) in ClaimStatus::ALL.into_iter().filter(|(s, _)| !s.is_open()) {
            assert!(ClaimStatus::ALL.into_iter().all(|(next, _)| !status.may_become(next)));
        }
        assert_eq!(ClaimStatus::from_word("under-review"), Some(ClaimStatus::UnderReview));
    }
}
