//! A policy: the cover of one parcel, from the day it is recorded to the day nothing more can be
//! claimed on it. What may happen to it, and what each thing changes, is decided here.

use std::cmp::Reverse;

use crate::calendar::Day;
use crate::claim::{ClaimStatus, Incident};
use crate::money::Money;
use crate::number::{BatchNo, ClaimNo, PolicyNo};
use crate::parcel::{CarrierEvent, Label, Parcel};
use crate::words::words;

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

words! {
    /// A policy's status on a given day.
    pub enum PolicyStatus {
        /// Recorded, not yet scanned by the carrier.
        Confirmed = "confirmed",
        /// Scanned by the carrier.
        Effective = "effective",
        /// The last day to claim is over.
        Expired = "expired",
        /// Ended before the first scan.
        Cancelled = "cancelled",
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

impl Figures {
    /// Whether more than the included cover is bought.
    pub fn bought(&self) -> bool {
        self.cover.minor() > self.included_cover.minor()
    }
}

/// Days that follow from the terms and the ship date, kept so that a search needs no plan.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Deadlines {
    /// From this day a parcel that was not delivered counts as lost; `None` until it is shipped.
    pub loss_from: Option<Day>,
    /// The last day on which any claim can be opened; `None` until it is shipped.
    pub closes_on: Option<Day>,
}

words! {
    /// What a parcel looks like from tracking facts alone.
    pub enum Look {
        /// Nothing was heard of it for the plan's waiting period, or the carrier reports it lost.
        Loss = "loss",
        /// The carrier reports damage.
        Damage = "damage",
        /// It came, or is, later than the plan's threshold.
        Delay = "delay",
        /// It went back to the seller; what can be claimed depends on the state it is in.
        Returned = "returned",
    }
}

impl Look {
    /// The reason it is claimed for.
    pub fn incident(self) -> Incident {
        match self {
            Look::Loss => Incident::Loss,
            Look::Delay => Incident::Delay,
            Look::Damage | Look::Returned => Incident::Damage,
        }
    }
}

words! {
    /// How sure an expected payout is.
    pub enum PayoutIs {
        /// The terms pay just this.
        Exact = "exact",
        /// They pay this or less: it depends on facts nobody has stated yet.
        AtMost = "at_most",
        /// They pay what the ledger does not know, such as a shipping fee that was not recorded.
        Unknown = "unknown",
    }
}

/// What could be claimed on a parcel, from tracking facts alone: kept so that a search needs no
/// plan. Whether a claim is in its way is asked of the policy: [`Policy::claimable_on`].
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Prospect {
    /// What it looks like.
    pub looks_like: Look,
    /// The first day it can be claimed on, if nothing else is heard of it.
    pub from: Day,
    /// The last day for what it looks like, where the terms name one.
    pub closes_on: Option<Day>,
    /// Which case of the terms' window that day is by, counted from 1; 0 where there is one for
    /// all parcels, `None` where there is none.
    pub window: Option<u32>,
    /// What the terms are expected to pay; nothing while that is unknown.
    pub payout: Money,
    /// How sure that is.
    pub payout_is: PayoutIs,
}

impl Prospect {
    /// Whether it can be claimed on this day.
    pub fn is_open_on(&self, day: Day) -> bool {
        self.from <= day && self.closes_on.is_none_or(|last| day <= last)
    }

    /// What is expected, where it is known.
    pub fn expected(&self) -> Option<Money> {
        Some(self.payout).filter(|_| self.payout_is != PayoutIs::Unknown)
    }

    /// The clause that made its last day, by its place in the plan's version; the clause that
    /// covers it where no last day is named.
    pub fn clause(&self) -> String {
        let incident = self.looks_like.incident();
        match self.window {
            None => format!("incident.{incident}"),
            Some(0) => format!("incident.{incident}.window"),
            Some(case) => format!("incident.{incident}.window.{case}"),
        }
    }
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
    /// What could be claimed on it, whether or not it was.
    pub prospect: Option<Prospect>,
    /// Trouble the carrier reported: damaged, lost or returned, and the day.
    pub trouble: Option<(CarrierEvent, Day)>,
    /// The premium paid back on cancellation.
    pub refunded: Option<Money>,
    /// The latest claim on it.
    pub claim: Option<(ClaimNo, ClaimStatus)>,
}

words! {
    /// What an event did to a policy.
    pub enum Effect {
        /// Something new is known.
        Recorded = "recorded",
        /// The same was known already.
        AlreadyKnown = "already_known",
        /// The cover became effective.
        BecameEffective = "became_effective",
        /// The cover is effective although it had been cancelled: the refund is undone.
        RefundUndone = "refund_undone",
        /// The cover ended and the premium is refunded.
        Cancelled = "cancelled",
        /// The label was cancelled after the carrier had scanned the parcel: the cover stays.
        CancelledTooLate = "cancelled_too_late",
    }
}

/// Whether a claim on a policy leaves room for another one: none was made, or it was taken back.
pub fn leaves_room(claim: Option<ClaimStatus>) -> bool {
    claim.is_none_or(|status| status == ClaimStatus::Withdrawn)
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

    /// What can still be claimed on it, now or later: nothing was, and it looks like something.
    pub fn claimable(&self) -> Option<Prospect> {
        let may = self.state != State::Cancelled && leaves_room(self.claim.map(|(_, s)| s));
        self.prospect.filter(|_| may)
    }

    /// What can be claimed on it on this day.
    pub fn claimable_on(&self, day: Day) -> Option<Prospect> {
        self.claimable().filter(|prospect| prospect.is_open_on(day))
    }

    /// The last day of what it looks like on this day; where it looks like nothing, the last day of
    /// anything that may have happened to it.
    pub fn closes_on(&self, day: Day) -> Option<Day> {
        match self.claimable_on(day) {
            Some(prospect) => prospect.closes_on,
            None => self.deadlines.closes_on,
        }
    }

    /// Takes in one carrier event. Applying the same event twice changes nothing the second time,
    /// and the order in which events become known does not matter: of two dates of one kind the
    /// earlier counts, and a scan that becomes known after a cancellation undoes it.
    ///
    /// Where no ship date is stated the first scan takes its place, so whoever applies an event
    /// also derives [`Policy::deadlines`] and [`Policy::prospect`] anew (`rules::deadlines`,
    /// `rules::prospect`).
    pub fn apply(&mut self, event: CarrierEvent, on: Day) -> Effect {
        match event {
            CarrierEvent::Labelled => match self.parcel.label {
                Label::Exists(Some(known)) if known <= on => Effect::AlreadyKnown,
                _ => {
                    self.parcel.label = Label::Exists(Some(on));
                    Effect::Recorded
                }
            },
            CarrierEvent::Scanned => self.scanned(on),
            CarrierEvent::Moved => {
                let later = self.parcel.facts.moved_on.is_none_or(|known| known < on);
                if later {
                    self.parcel.facts.moved_on = Some(on);
                }
                match self.scanned(on) {
                    Effect::AlreadyKnown if later => Effect::Recorded,
                    effect => effect,
                }
            }
            // What was delivered was in the carrier's hands, and handing it over is a scan. A file
            // that has only the delivery must not leave the cover refundable and a claim refused.
            CarrierEvent::Delivered => {
                let news = earlier(&mut self.parcel.facts.delivered_on, on);
                match self.scanned(on) {
                    Effect::AlreadyKnown if news => Effect::Recorded,
                    effect => effect,
                }
            }
            CarrierEvent::Cancelled => self.label_cancelled(on),
            CarrierEvent::Damaged | CarrierEvent::Lost | CarrierEvent::Returned => {
                if self.trouble.is_some_and(|known| weight(known) >= weight((event, on))) {
                    return Effect::AlreadyKnown;
                }
                self.trouble = Some((event, on));
                Effect::Recorded
            }
        }
    }

    /// Ends the cover at the owner's wish, with its premium refunded. False after the first scan:
    /// then it stays. The label itself is not voided by it.
    pub fn cancel(&mut self) -> bool {
        if self.state == State::Confirmed {
            self.state = State::Cancelled;
            self.refunded = Some(self.figures.premium);
        }
        self.state == State::Cancelled
    }

    /// The premium comes back only for a label that was never scanned. A scan therefore makes the
    /// cover effective, and undoes a refund, even where it becomes known after the cancellation.
    fn scanned(&mut self, on: Day) -> Effect {
        let news = earlier(&mut self.parcel.facts.scanned_on, on);
        if self.state != State::Effective {
            self.state = State::Effective;
            return match self.refunded.take() {
                Some(refunded) if !refunded.is_zero() => Effect::RefundUndone,
                _ => Effect::BecameEffective,
            };
        }
        if news { Effect::Recorded } else { Effect::AlreadyKnown }
    }

    fn label_cancelled(&mut self, on: Day) -> Effect {
        let facts = &mut self.parcel.facts;
        let first = !std::mem::replace(&mut facts.cancelled, true);
        let news = earlier(&mut facts.cancelled_on, on);
        match self.state {
            State::Confirmed => {
                self.state = State::Cancelled;
                self.refunded = Some(self.figures.premium);
                Effect::Cancelled
            }
            State::Effective if first => Effect::CancelledTooLate,
            _ if news => Effect::Recorded,
            _ => Effect::AlreadyKnown,
        }
    }
}

/// Keeps the earlier of two days; says whether that is news.
fn earlier(known: &mut Option<Day>, on: Day) -> bool {
    let news = known.is_none_or(|day| on < day);
    if news {
        *known = Some(on);
    }
    news
}

/// Which of two troubles stands, in whatever order they became known. Damage can be claimed whatever
/// else is said of the parcel, from its first report on. Otherwise the later one: what came back is
/// not lost, and what was lost on its way back did not come back. Of one day's it came back.
fn weight((event, on): (CarrierEvent, Day)) -> (bool, Reverse<Day>, Day, bool) {
    let damaged = event == CarrierEvent::Damaged;
    let first = Reverse(if damaged { on } else { Day::MIN });
    (damaged, first, on, event == CarrierEvent::Returned)
}
