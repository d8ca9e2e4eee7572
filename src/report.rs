//! What cover cost and what it paid: figures of many parcels, as groups, rates with their interval,
//! and the page they are shown on. Pure: what is counted comes in, figures and text go out.
//!
//! - `course.rs`: what became of one parcel, as a report counts it
//! - `figures.rs`: sums and rates; `interval.rs`: how far a rate can be trusted
//! - `tally.rs`: parcels one by one into groups
//! - `advice.rs`: what cover would have been worth
//! - `words.rs`: what is said of them; `page.rs`: the groups as one HTML page

mod advice;
mod course;
mod figures;
mod interval;
mod page;
mod tally;
mod template;
mod words;

use serde::Serialize;

use crate::calendar::Day;
use crate::money::{Currency, Money, grouped};
use crate::words::words;

pub use advice::{Advice, History, LEAST_PARCELS, Reckoned, Verdict, Weighed, Width, weigh};
pub use course::{Course, Standing, stands_for_loss};
pub use figures::{Rates, Sums};
pub use interval::{FEW, Rated, percent};

pub use page::page;
pub use tally::{ClaimFacts, ParcelFacts, Place, Tally, Words};
pub use words::{Heading, MONTHS, ROWS, facts, heading, scale, shown};

/// Days from the ship date after which a delivered parcel was late, where its plan names none.
pub const LATE_AFTER: u32 = 30;

words! {
    /// What the parcels of a report are grouped by.
    pub enum By {
        /// All of them.
        Total = "total",
        /// The month: of the day they were recorded for money, of the ship date for rates.
        Month = "month",
        /// The carrier.
        Carrier = "carrier",
        /// From which country to which.
        Route = "route",
        /// The category of the goods.
        Category = "category",
        /// The plan.
        Plan = "plan",
        /// Carrier and destination, whatever the currency.
        Lane = "lane",
        /// The month in which the window to claim closed unused.
        Missed = "missed",
    }
}

/// Parcels of one group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// What they are grouped by.
    pub by: By,
    /// The currency of its amounts; none where only parcels are counted.
    pub currency: Option<Currency>,
    /// What they have in common, as it was written first; none where that is not stated.
    pub name: Option<String>,
    /// The carrier they share.
    pub carrier: Option<String>,
    /// The country they share a start in.
    pub from: Option<String>,
    /// The country they all go to.
    pub to: Option<String>,
    /// What they cost and paid.
    pub sums: Sums,
    /// How many were lost, late, damaged.
    pub rates: Rates,
}

impl Group {
    /// What to call it.
    pub fn named(&self) -> &str {
        self.name.as_deref().unwrap_or(NOT_STATED)
    }

    /// An amount of its currency.
    pub fn money(&self, minor: i64) -> Option<Money> {
        self.currency.map(|currency| Money::from_minor(minor, currency))
    }
}

/// What a group is called whose name nobody stated.
pub const NOT_STATED: &str = "not stated";

/// What a report says, and what it was asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// The day on which it holds.
    pub today: Day,
    /// The groups: in order of [`By`], then of currency, then of months or of parcels, most first.
    pub groups: Vec<Group>,
    /// The first and last day a parcel in it was recorded.
    pub recorded: Option<(Day, Day)>,
    /// After how many days a parcel was late.
    pub late: LateAfter,
    /// Parcels under terms of which the ledger's copy cannot be read: no threshold of theirs is known.
    pub terms_unread: u64,
}

/// From when on a delivered parcel was late.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct LateAfter {
    /// Days that were asked for, for every parcel.
    pub asked: Option<u32>,
    /// Whether a plan's own threshold was used.
    pub of_plans: bool,
    /// Whether the threshold of this program was used, because a plan names none.
    pub taken: bool,
}

impl LateAfter {
    /// In words: `after 30 days (taken, for a plan that names none)`.
    pub fn told(self) -> String {
        match (self.asked, self.of_plans, self.taken) {
            (Some(1), ..) => "more than 1 day after the ship date".to_owned(),
            (Some(days), ..) => format!("more than {days} days after the ship date"),
            (None, true, false) => "beyond the threshold of its plan".to_owned(),
            (None, true, true) => {
                format!(
                    "beyond the threshold of its plan, or {LATE_AFTER} days where it names none"
                )
            }
            (None, false, _) => {
                format!(
                    "more than {LATE_AFTER} days after the ship date (no plan names a threshold)"
                )
            }
        }
    }
}

impl Report {
    /// The groups of one kind.
    pub fn by(&self, by: By) -> impl Iterator<Item = &Group> {
        self.groups.iter().filter(move |group| group.by == by)
    }

    /// What is to be said of parcels whose terms cannot be read, where there are some.
    pub fn unread_told(&self) -> Option<String> {
        let parcels = match self.terms_unread {
            0 => return None,
            1 => "1 parcel is".to_owned(),
            many => format!("{} parcels are", grouped(&many.to_string())),
        };
        Some(format!(
            "{parcels} under terms of which the ledger's copy cannot be read; counted without their threshold of a delay and their home"
        ))
    }

    /// Whether no parcel is in it.
    pub fn is_empty(&self) -> bool {
        self.groups.is_empty()
    }
}
