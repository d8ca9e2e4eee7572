//! Rows that are no parcel's and no carrier event, each with the reason: together with those that
//! are, and those that are refused, they are all rows of a file.

use crate::words::words;

words! {
    /// Why a row is passed over.
    pub enum Skip {
        /// It describes the columns, below the header.
        Description = "description",
        /// It is the header once more.
        HeaderAgain = "header_again",
        /// It stands below the last row: a count, a seller's name.
        Trailer = "trailer",
        /// It sums its order up; the articles are in other rows.
        Summary = "summary",
        /// Goods that are not shipped, such as a gift card.
        NotShipped = "not_shipped",
        /// Money that goes back.
        Refund = "refund",
        /// The carrier reports nothing yet.
        NoNews = "no_news",
        /// A label that was cancelled, in a file of tracking numbers.
        Voided = "voided",
        /// An order without a label yet, in a file of tracking numbers.
        NoTrackingNumber = "no_tracking_number",
        /// It names a label that a row above names, in a file of tracking numbers.
        Repeated = "repeated",
    }
}

/// How many rows were passed over, by reason.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Skipped([u64; Skip::ALL.len()]);

impl Skipped {
    /// One more.
    pub(super) fn count(&mut self, skip: Skip) {
        self.0[skip as usize] += 1;
    }

    /// Each reason there was, with its rows.
    pub fn by_reason(&self) -> impl Iterator<Item = (Skip, u64)> + '_ {
        Skip::ALL.iter().map(|(skip, _)| (*skip, self.0[*skip as usize])).filter(|(_, n)| *n > 0)
    }

    /// Those that are not of the table at all.
    pub(super) fn of_no_table(&self) -> u64 {
        [Skip::Description, Skip::HeaderAgain, Skip::Trailer]
            .iter()
            .map(|skip| self.0[*skip as usize])
            .sum()
    }

    /// All of them.
    pub fn rows(&self) -> u64 {
        self.0.iter().sum()
    }
}
