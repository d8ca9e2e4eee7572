//! What the buyer got back from the seller: insurers ask for it, and it documents the loss.

use serde::Serialize;

use crate::calendar::Day;
use crate::money::Money;
use crate::words::words;

words! {
    /// Whether the seller refunded the buyer.
    pub enum RefundStatus {
        /// All of it.
        Refunded = "refunded",
        /// A part of it.
        Partial = "partial",
        /// Asked for, and not decided or not paid yet.
        Pending = "pending",
        /// Nothing.
        None = "none",
    }
}

/// The buyer's refund, as the seller states it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Refund {
    /// Whether there was one.
    pub status: RefundStatus,
    /// Why, in the seller's words.
    pub reason: Option<String>,
    /// How much, in the policy's currency, where it is stated.
    pub amount: Option<Money>,
    /// The day of the refund, or the day on which the status was so.
    pub on: Day,
}
