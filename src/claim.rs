//! A claim on a policy: what happened, what is asked, the evidence, and its course.

mod affidavit;
mod document;
mod facts;
mod media;
mod refund;

use serde::Serialize;

pub use affidavit::{AFFIDAVIT, Affidavit, AffidavitStatus, MailState};
pub use document::{BadDocument, Limits, parse_size, safe_name, size_words, turns_text};
pub use facts::{COMMON_QUESTIONS, Fact, Facts, Moment, Party, Value, amount_form, flag};
pub use media::{HEAD, Unfit, is_video, media_of, promised_otherwise};
pub use refund::{Refund, RefundStatus};

use crate::calendar::Day;
use crate::money::Money;
use crate::number::{ClaimNo, PolicyNo};
use crate::words::words;

words! {
    /// What went wrong.
    pub enum Incident {
        /// The parcel never arrived.
        Loss = "loss",
        /// It arrived damaged.
        Damage = "damage",
        /// Something was missing from it.
        Shortage = "shortage",
        /// It arrived beyond the plan's threshold.
        Delay = "delay",
        /// It was stolen after delivery.
        Theft = "theft",
        /// It was delivered to the wrong place.
        Misdelivery = "misdelivery",
    }
}

words! {
    /// Where a claim stands.
    pub enum ClaimStatus {
        /// Prepared; evidence is still missing, so it is not with the insurer.
        Draft = "draft",
        /// Complete and with the insurer.
        UnderReview = "under_review",
        /// The insurer asked for more.
        NeedsInfo = "needs_info",
        /// The insurer will pay.
        Accepted = "accepted",
        /// The insurer will not pay.
        Rejected = "rejected",
        /// Paid.
        Paid = "paid",
        /// Taken back by the seller.
        Withdrawn = "withdrawn",
    }
}

impl ClaimStatus {
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

    /// Whether it is the insurer's word.
    pub fn is_decided(self) -> bool {
        use ClaimStatus::{Accepted, NeedsInfo, Paid, Rejected};
        matches!(self, NeedsInfo | Accepted | Rejected | Paid)
    }
}

/// A document that supports a claim: a copy kept beside the ledger, named by its content.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Evidence {
    /// What it shows, in the plan's word: `invoice`, `photo`, `affidavit`.
    pub kind: String,
    /// SHA-256 of its content, in hexadecimal: the name of the kept copy.
    pub sha256: String,
    /// The name of the file as it was given, made harmless: it may be given to a file anywhere.
    pub file: String,
    /// Size in bytes.
    pub bytes: u64,
    /// What its content was recognised as, such as `image/jpeg`; none where it was not.
    pub media: Option<String>,
    /// The day the document bears, where stated (an affidavit counts only from a given day).
    pub dated: Option<Day>,
    /// The day it was attached.
    pub added_on: Day,
}

impl Evidence {
    /// The kind a word names.
    ///
    /// # Errors
    /// What is no such word, with what was expected.
    pub fn kind_of(text: &str) -> Result<String, String> {
        let word = text.trim().to_lowercase();
        let fits = !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
        if fits {
            Ok(word)
        } else {
            Err("expected a word such as invoice, photo or affidavit".to_owned())
        }
    }
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
    /// Whether the amount was not stated but is what the terms measure the loss by: then it
    /// follows what becomes known later.
    pub derived: bool,
    /// What the terms pay for it, as assessed when it was filed.
    pub payable: Money,
    /// Where it stands.
    pub status: ClaimStatus,
    /// The day it was opened.
    pub opened_on: Day,
    /// The day it became complete; none while it is a draft. Grace periods count from it.
    pub filed_on: Option<Day>,
    /// The last day it could have been opened, where the terms name one.
    pub closes_on: Option<Day>,
    /// The insurer's decision: the day, the amount granted, and its words.
    pub decision: Option<Decision>,
    /// The documents.
    pub evidence: Vec<Evidence>,
    /// What the claimant stated beside the amount.
    pub facts: Facts,
    /// How many appeals were made.
    pub appeals: u32,
    /// What was paid, in the order in which it was recorded.
    pub payments: Vec<Payment>,
    /// What became of asking the buyer for an affidavit; none where nobody asked yet.
    pub affidavit: Option<Affidavit>,
    /// What the buyer got back from the seller, where it is stated.
    pub refund: Option<Refund>,
}

impl Claim {
    /// How much the insurer granted.
    pub fn granted(&self) -> Option<Money> {
        self.decision.as_ref().and_then(|decision| decision.amount)
    }

    /// What was paid so far.
    pub fn paid(&self) -> Money {
        let amounts = self.payments.iter().map(|payment| payment.amount.minor());
        let minor = amounts.fold(0, i64::saturating_add);
        Money::from_minor(minor, self.amount.currency())
    }

    /// What is granted and not paid yet; `None` where nothing is granted.
    pub fn owed(&self) -> Option<Money> {
        let left = self.granted()?.minor().saturating_sub(self.paid().minor());
        Some(Money::from_minor(left.max(0), self.amount.currency()))
    }

    /// Whether all that is granted is paid.
    pub fn is_paid_off(&self) -> bool {
        !self.payments.is_empty() && self.owed().is_some_and(Money::is_zero)
    }

    /// Where the buyer's affidavit stands. It is completed once one is among the documents; whether
    /// it counts is the terms' to say.
    pub fn affidavit_status(&self) -> AffidavitStatus {
        let sent = self.affidavit.as_ref().and_then(|affidavit| affidavit.sent_on);
        if self.signed_affidavit().is_some() {
            AffidavitStatus::Completed
        } else if sent.is_some() {
            AffidavitStatus::Sent
        } else {
            AffidavitStatus::NotSent
        }
    }

    /// The affidavit that the buyer signed: the one dated last.
    pub fn signed_affidavit(&self) -> Option<&Evidence> {
        let signed = self.evidence.iter().filter(|document| document.kind == AFFIDAVIT);
        signed.max_by_key(|document| document.dated)
    }

    /// Whether its decision is one to appeal: a rejection, or less than the terms pay.
    pub fn can_be_appealed(&self) -> bool {
        let in_part = self.granted().is_some_and(|g| g.minor() < self.payable.minor());
        match self.status {
            ClaimStatus::Rejected => true,
            ClaimStatus::Accepted | ClaimStatus::Paid => in_part,
            _ => false,
        }
    }
}

/// Money that came for a claim.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Payment {
    /// The day it came.
    pub on: Day,
    /// How much, in the policy's currency.
    pub amount: Money,
    /// The payer's own word for it, which tells apart two payments alike; may be empty.
    pub reference: String,
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
