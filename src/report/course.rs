//! What became of one parcel, as a report counts it.

use crate::calendar::Day;
use crate::claim::{ClaimStatus, Incident};
use crate::parcel::CarrierEvent;
use crate::policy::{Look, Prospect, State, leaves_room};

use super::Rates;

/// What is known of a parcel.
#[derive(Debug, Clone, Copy)]
pub struct Course {
    /// Where its policy stands.
    pub state: State,
    /// The ship date, else the first scan.
    pub shipped_on: Option<Day>,
    /// The day of delivery.
    pub delivered_on: Option<Day>,
    /// The day from which it counts as lost where it was not delivered.
    pub loss_from: Option<Day>,
    /// What could be claimed on it by its tracking facts.
    pub prospect: Option<Prospect>,
    /// Trouble the carrier reported.
    pub trouble: Option<(CarrierEvent, Day)>,
    /// The status of the latest claim, unless that is a draft whose window is over.
    pub claim: Option<ClaimStatus>,
    /// Whether a claim for its loss stands: [`stands_for_loss`].
    pub claimed_as_lost: bool,
    /// The days after which it is late.
    pub late_after: u32,
}

/// Whether something can be got for a parcel that nobody claimed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Nothing looks wrong, or it was claimed.
    Nothing,
    /// Something looks wrong and can be claimed today, until this day where there is a last one.
    Claimable(Option<Day>),
    /// Something looked wrong, nobody claimed, and this was the last day.
    Missed(Day),
}

/// Whether a claim says that the parcel is lost, and stands: neither rejected nor withdrawn.
pub fn stands_for_loss(incident: Incident, status: ClaimStatus) -> bool {
    incident == Incident::Loss && !matches!(status, ClaimStatus::Rejected | ClaimStatus::Withdrawn)
}

impl Course {
    /// Counts it among the parcels on whose fate rates are built. One that is still on its way is
    /// counted as scanned and no more: it would make carriers look better the busier they are.
    pub fn count(&self, today: Day, rates: &mut Rates) {
        if self.state != State::Effective {
            return;
        }
        rates.scanned += 1;
        let event = self.trouble.map(|(event, _)| event);
        let damaged = event == Some(CarrierEvent::Damaged);
        if let Some(delivered) = self.delivered_on {
            rates.settled += 1;
            rates.delivered += 1;
            rates.damaged += u64::from(damaged);
            rates.late += u64::from(self.is_late(delivered));
        } else if damaged || event == Some(CarrierEvent::Returned) {
            rates.settled += 1;
            rates.damaged += u64::from(damaged);
        } else if event == Some(CarrierEvent::Lost)
            || self.claimed_as_lost
            || self.loss_from.is_some_and(|from| from <= today)
        {
            rates.settled += 1;
            rates.lost += 1;
        }
    }

    fn is_late(&self, delivered: Day) -> bool {
        self.shipped_on.is_some_and(|shipped| {
            delivered.signed_duration_since(shipped).num_days() > i64::from(self.late_after)
        })
    }

    /// Whether something can be got that nobody claimed.
    pub fn standing(&self, today: Day) -> Standing {
        let may = self.state != State::Cancelled && leaves_room(self.claim);
        let Some(prospect) = self.prospect.filter(|_| may) else { return Standing::Nothing };
        if prospect.is_open_on(today) {
            return Standing::Claimable(prospect.closes_on);
        }
        // A window that was over before the waiting period never let anybody claim, and goods that
        // came back are no money lost unless somebody found them damaged.
        let last = prospect
            .closes_on
            .filter(|last| prospect.from <= *last && *last < today)
            .filter(|_| prospect.looks_like != Look::Returned);
        last.map_or(Standing::Nothing, Standing::Missed)
    }
}

#[cfg(test)]
mod tests {
    use super::{Course, Standing};
    use crate::calendar::{Day, parse_day};
    use crate::claim::ClaimStatus;
    use crate::money::{Currency, Money};
    use crate::parcel::CarrierEvent;
    use crate::policy::{Look, PayoutIs, Prospect, State};
    use crate::report::Rates;

    fn day(text: &str) -> Day {
        parse_day(text).unwrap()
    }

    fn lost() -> Prospect {
        Prospect {
            looks_like: Look::Loss,
            from: day("2026-10-22"),
            closes_on: Some(day("2026-12-30")),
            window: Some(0),
            payout: Money::from_minor(20_000, Currency::USD),
            payout_is: PayoutIs::Exact,
        }
    }

    /// Shipped on 2026-10-01, lost from 2026-10-22, to be claimed until 2026-12-30.
    fn shipped() -> Course {
        Course {
            state: State::Effective,
            shipped_on: Some(day("2026-10-01")),
            delivered_on: None,
            loss_from: Some(day("2026-10-22")),
            prospect: Some(lost()),
            trouble: None,
            claim: None,
            claimed_as_lost: false,
            late_after: 30,
        }
    }

    /// Scanned, settled, delivered, lost, late, damaged.
    fn counted(course: Course, today: &str) -> [u64; 6] {
        let mut r = Rates::default();
        course.count(day(today), &mut r);
        [r.scanned, r.settled, r.delivered, r.lost, r.late, r.damaged]
    }

    #[test]
    fn a_parcel_counts_once_its_fate_is_known() {
        let (on_its_way, lost) = ("2026-10-21", "2026-10-22");
        assert_eq!(counted(shipped(), on_its_way), [1, 0, 0, 0, 0, 0]);
        assert_eq!(counted(shipped(), lost), [1, 1, 0, 1, 0, 0]);
        let arrived = |on| Course { delivered_on: Some(day(on)), ..shipped() };
        assert_eq!(counted(arrived("2026-10-05"), lost), [1, 1, 1, 0, 0, 0]);
        assert_eq!(counted(arrived("2026-10-31"), lost), [1, 1, 1, 0, 0, 0], "30 days are in time");
        assert_eq!(counted(arrived("2026-11-01"), lost), [1, 1, 1, 0, 1, 0], "31 are late");
        let trouble = |event| Course { trouble: Some((event, day("2026-10-03"))), ..shipped() };
        assert_eq!(counted(trouble(CarrierEvent::Lost), on_its_way), [1, 1, 0, 1, 0, 0]);
        assert_eq!(counted(trouble(CarrierEvent::Damaged), lost), [1, 1, 0, 0, 0, 1]);
        assert_eq!(counted(trouble(CarrierEvent::Returned), lost), [1, 1, 0, 0, 0, 0]);
        let claimed = Course { claimed_as_lost: true, ..shipped() };
        assert_eq!(counted(claimed, on_its_way), [1, 1, 0, 1, 0, 0]);
        let not_scanned = Course { state: State::Confirmed, ..shipped() };
        assert_eq!(counted(not_scanned, lost), [0; 6]);
        let cancelled = Course { state: State::Cancelled, ..shipped() };
        assert_eq!(counted(cancelled, lost), [0; 6]);
    }

    #[test]
    fn money_can_be_claimed_until_the_last_day_and_is_missed_after_it() {
        let last = day("2026-12-30");
        let stands = |course: Course, today| course.standing(day(today));
        assert_eq!(stands(shipped(), "2026-10-21"), Standing::Nothing);
        assert_eq!(stands(shipped(), "2026-10-22"), Standing::Claimable(Some(last)));
        assert_eq!(stands(shipped(), "2026-12-30"), Standing::Claimable(Some(last)));
        assert_eq!(stands(shipped(), "2026-12-31"), Standing::Missed(last));
        let claimed = |status| Course { claim: Some(status), ..shipped() };
        assert_eq!(stands(claimed(ClaimStatus::Rejected), "2026-12-31"), Standing::Nothing);
        assert_eq!(stands(claimed(ClaimStatus::Withdrawn), "2026-12-31"), Standing::Missed(last));
        let never = Prospect { from: day("2027-01-01"), ..lost() };
        let too_late = Course { prospect: Some(never), ..shipped() };
        assert_eq!(stands(too_late, "2027-02-01"), Standing::Nothing);
        let endless = Prospect { closes_on: None, ..lost() };
        let open = Course { prospect: Some(endless), ..shipped() };
        assert_eq!(stands(open, "2030-01-01"), Standing::Claimable(None));
    }
}
