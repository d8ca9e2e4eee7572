//! Parcels one by one into groups. Names are looked up once for each pair of terms and lane; a
//! parcel then adds to its groups by their places, for there may be a million of it.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

use chrono::Datelike;

use super::course::{Course, Standing, stands_for_loss};
use super::figures::{Rates, Sums};
use super::{By, Group, LateAfter, Report};
use crate::calendar::Day;
use crate::claim::{ClaimStatus, Incident};
use crate::money::{Currency, Money, MoneyError};
use crate::policy::{Look, Prospect, State};

/// What parcels of one plan on one lane have in common.
#[derive(Debug, Clone, Default)]
pub struct Words<'a> {
    /// The plan's id.
    pub plan: &'a str,
    /// The carrier.
    pub carrier: Option<&'a str>,
    /// The country they leave from.
    pub from: Option<&'a str>,
    /// The country they go to.
    pub to: Option<&'a str>,
    /// The plan's own threshold of a delay, in days.
    pub late_after: Option<u32>,
    /// Whether the ledger's copy of the plan cannot be read.
    pub terms_unread: bool,
}

/// Where parcels of one plan on one lane are counted.
#[derive(Debug, Clone, Copy)]
pub struct Place {
    currency: usize,
    plan: usize,
    carrier: usize,
    route: usize,
    lane: usize,
    late_after: u32,
    terms_unread: bool,
}

/// One policy, as far as a report asks.
#[derive(Debug, Clone, Copy)]
pub struct ParcelFacts {
    /// The day it was recorded.
    pub recorded_on: Day,
    /// Where it stands.
    pub state: State,
    /// What the parcel was worth, in minor units.
    pub package_value: i64,
    /// What it was covered for.
    pub cover: i64,
    /// What that cost, a refund taken off.
    pub premium: i64,
    /// The ship date, else the first scan.
    pub shipped_on: Option<Day>,
    /// The day of delivery.
    pub delivered_on: Option<Day>,
    /// The day from which it counts as lost where it was not delivered.
    pub loss_from: Option<Day>,
    /// What could be claimed on it by its tracking facts.
    pub prospect: Option<Prospect>,
    /// Trouble the carrier reported.
    pub trouble: Option<(crate::parcel::CarrierEvent, Day)>,
}

/// One claim on it, as far as a report asks.
#[derive(Debug, Clone, Copy)]
pub struct ClaimFacts {
    /// What happened.
    pub incident: Incident,
    /// Where it stands.
    pub status: ClaimStatus,
    /// The last day to open it.
    pub closes_on: Option<Day>,
    /// What the terms pay for it, in minor units.
    pub payable: i64,
    /// What is granted.
    pub granted: Option<i64>,
    /// What was paid.
    pub paid: i64,
}

/// The groups while parcels are counted.
#[derive(Debug)]
pub struct Tally {
    today: Day,
    late: LateAfter,
    recorded: Option<(Day, Day)>,
    terms_unread: u64,
    currencies: Vec<Currency>,
    total: Named,
    plan: Named,
    carrier: Named,
    route: Named,
    lane: Named,
    /// Categories in lower case, and their places in `category` for each currency.
    category_at: HashMap<String, usize>,
    categories: Vec<Option<String>>,
    category: Vec<Vec<Counted>>,
    month: BTreeMap<(usize, i32), Counted>,
    missed: BTreeMap<(usize, i32), Counted>,
}

#[derive(Debug, Clone, Copy, Default)]
struct Counted {
    sums: Sums,
    rates: Rates,
}

/// Groups by name.
#[derive(Debug, Default)]
struct Named {
    places: BTreeMap<(usize, String), usize>,
    groups: Vec<(Name, Counted)>,
}

#[derive(Debug, Clone, Default)]
struct Name {
    currency: Option<Currency>,
    name: Option<String>,
    carrier: Option<String>,
    from: Option<String>,
    to: Option<String>,
}

impl Named {
    /// The place of the group of this key, in either case; what was written first is its name.
    fn place(&mut self, currency: usize, key: &str, name: impl FnOnce() -> Name) -> usize {
        let at = self.groups.len();
        let place = *self.places.entry((currency, key.to_lowercase())).or_insert(at);
        if place == at {
            self.groups.push((name(), Counted::default()));
        }
        place
    }

    fn at(&mut self, place: usize) -> Option<&mut Counted> {
        self.groups.get_mut(place).map(|(_, counted)| counted)
    }
}

impl Tally {
    /// No parcels yet. Days after which every parcel is late are given where they were asked for.
    pub fn new(today: Day, late_after: Option<u32>) -> Tally {
        Tally {
            today,
            late: LateAfter { asked: late_after, of_plans: false, taken: false },
            recorded: None,
            terms_unread: 0,
            currencies: Vec::new(),
            total: Named::default(),
            plan: Named::default(),
            carrier: Named::default(),
            route: Named::default(),
            lane: Named::default(),
            category_at: HashMap::new(),
            categories: vec![None],
            category: Vec::new(),
            month: BTreeMap::new(),
            missed: BTreeMap::new(),
        }
    }

    /// Where parcels with these words are counted.
    pub fn place<'a>(&mut self, currency: Currency, words: &Words<'a>) -> Place {
        let at = self.currencies.iter().position(|known| *known == currency);
        let at = at.unwrap_or_else(|| {
            self.currencies.push(currency);
            let named = || Name { currency: Some(currency), ..Name::default() };
            self.total.place(self.currencies.len() - 1, "", named);
            self.category.push(Vec::new());
            self.currencies.len() - 1
        });
        let owned = |text: Option<&str>| text.map(str::to_owned);
        let carrier = words.carrier.map(str::to_owned);
        let said = |text: Option<&'a str>| text.unwrap_or(super::NOT_STATED);
        let (from, to) = (said(words.from), said(words.to));
        let base = || Name { currency: Some(currency), ..Name::default() };
        // The empty key is that of nothing stated; no carrier is stored as an empty text.
        let key = words.carrier.unwrap_or_default();
        Place {
            currency: at,
            plan: self
                .plan
                .place(at, words.plan, || Name { name: owned(Some(words.plan)), ..base() }),
            carrier: self.carrier.place(at, key, || Name {
                name: carrier.clone(),
                carrier: carrier.clone(),
                ..base()
            }),
            route: self.route.place(at, &format!("{from} {to}"), || Name {
                name: Some(format!("{from} to {to}")),
                from: owned(words.from),
                to: owned(words.to),
                ..base()
            }),
            lane: self.lane.place(0, &format!("{to} {key}"), || Name {
                name: Some(format!("{} to {to}", said(words.carrier))),
                carrier: carrier.clone(),
                to: owned(words.to),
                ..Name::default()
            }),
            late_after: match (self.late.asked, words.late_after) {
                (Some(days), _) => days,
                (None, Some(days)) => {
                    self.late.of_plans = true;
                    days
                }
                (None, None) => {
                    self.late.taken = true;
                    super::LATE_AFTER
                }
            },
            terms_unread: words.terms_unread,
        }
    }

    /// Where goods of this category are counted, in either case; what was written first is its name.
    pub fn category(&mut self, category: &str) -> usize {
        let next = self.categories.len();
        let place = *self.category_at.entry(category.to_lowercase()).or_insert(next);
        if place == next {
            self.categories.push(Some(category.to_owned()));
        }
        place
    }

    /// Counts one parcel, its category by its place (0 where none is stated), with all claims ever
    /// made on it, the latest one last.
    pub fn add(&mut self, at: &Place, category: usize, p: &ParcelFacts, claims: &[ClaimFacts]) {
        let course = Course {
            state: p.state,
            shipped_on: p.shipped_on,
            delivered_on: p.delivered_on,
            loss_from: p.loss_from,
            prospect: p.prospect,
            trouble: p.trouble,
            claim: claims.last().filter(|c| !c.has_lapsed(self.today)).map(|c| c.status),
            claimed_as_lost: claims.iter().any(|c| stands_for_loss(c.incident, c.status)),
            late_after: at.late_after,
        };
        let mut sums = Sums { premium: p.premium, ..Sums::default() };
        let mut rates = Rates::default();
        if p.state == State::Cancelled {
            sums.cancelled = 1;
        } else {
            sums.parcels = 1;
            sums.package_value = p.package_value;
            sums.cover = p.cover;
        }
        claims.iter().for_each(|claim| claim.count(self.today, &mut sums));
        course.count(self.today, &mut rates);
        let expected = p.prospect.and_then(|prospect| prospect.expected());
        match course.standing(self.today) {
            Standing::Nothing => {}
            Standing::Claimable(last) => {
                sums.claimable = 1;
                sums.claimable_payout = expected.map_or(0, Money::minor);
                sums.claimable_unknown = u64::from(expected.is_none());
                let came_back = p.prospect.is_some_and(|p| p.looks_like == Look::Returned);
                sums.claimable_returned = u64::from(came_back);
                sums.closes_first = last;
            }
            Standing::Missed(last) => {
                sums.missed = 1;
                sums.missed_payout = expected.map_or(0, Money::minor);
                let missed = self.missed.entry((at.currency, month(last))).or_default();
                missed.sums.add(&sums);
            }
        }
        self.terms_unread += u64::from(at.terms_unread);
        let (first, last) = self.recorded.unwrap_or((p.recorded_on, p.recorded_on));
        self.recorded = Some((first.min(p.recorded_on), last.max(p.recorded_on)));
        let mut categories = self.category.get_mut(at.currency);
        if let Some(all) = categories.as_mut().filter(|all| all.len() <= category) {
            all.resize(category + 1, Counted::default());
        }
        let groups = [
            self.total.at(at.currency),
            self.plan.at(at.plan),
            self.carrier.at(at.carrier),
            self.route.at(at.route),
            self.lane.at(at.lane),
            categories.and_then(|all| all.get_mut(category)),
        ];
        for group in groups.into_iter().flatten() {
            group.sums.add(&sums);
            group.rates = group.rates.plus(rates);
        }
        self.month.entry((at.currency, month(p.recorded_on))).or_default().sums.add(&sums);
        if rates.scanned > 0
            && let Some(shipped) = p.shipped_on
        {
            let of_month = self.month.entry((at.currency, month(shipped))).or_default();
            of_month.rates = of_month.rates.plus(rates);
        }
    }

    /// The groups in their order.
    ///
    /// # Errors
    /// A sum is too large to hold.
    pub fn finish(self) -> Result<Report, MoneyError> {
        let mut order: Vec<usize> = (0..self.currencies.len()).collect();
        order.sort_by_key(|at| self.currencies.get(*at).copied());
        let currencies = &self.currencies;
        let months = |by, all: &BTreeMap<(usize, i32), Counted>| -> Vec<Group> {
            let of = |at: usize| all.range((at, i32::MIN)..=(at, i32::MAX));
            let named = |((at, month), counted): (&(usize, i32), &Counted)| {
                let name = format!("{:04}-{:02}", month.div_euclid(12), month.rem_euclid(12) + 1);
                let currency = currencies.get(*at).copied();
                group(by, Name { currency, name: Some(name), ..Name::default() }, *counted)
            };
            order.iter().flat_map(|at| of(*at)).map(named).collect()
        };
        let mut groups = named(By::Total, self.total);
        groups.extend(months(By::Month, &self.month));
        groups.extend(named(By::Carrier, self.carrier));
        groups.extend(named(By::Route, self.route));
        groups.extend(self.category.iter().zip(currencies).flat_map(|(of, currency)| {
            let named = of.iter().zip(&self.categories).map(|(counted, name)| {
                let name =
                    Name { currency: Some(*currency), name: name.clone(), ..Name::default() };
                group(By::Category, name, *counted)
            });
            named.filter(|group| group.sums.parcels + group.sums.cancelled > 0)
        }));
        groups.extend(named(By::Plan, self.plan));
        groups.extend(named(By::Lane, self.lane));
        groups.extend(months(By::Missed, &self.missed));
        // Months are in order already, and the sort keeps what is equal as it stands.
        groups.sort_by_cached_key(|group| {
            let is_month = matches!(group.by, By::Month | By::Missed);
            let size = match group.by {
                By::Month | By::Missed => 0,
                By::Lane => group.rates.settled,
                _ => group.sums.parcels,
            };
            let name = if is_month { None } else { group.name.clone() };
            (group.by, group.currency, Reverse(size), name)
        });
        for group in &groups {
            // Of a lane only parcels are told: its amounts may be of several currencies.
            if group.by != By::Lane {
                group.sums.checked()?;
            }
        }
        Ok(Report {
            today: self.today,
            groups,
            recorded: self.recorded,
            late: self.late,
            terms_unread: self.terms_unread,
        })
    }
}

impl ClaimFacts {
    /// Whether it is a draft whose window is over: it was never with the insurer.
    fn has_lapsed(&self, today: Day) -> bool {
        self.status == ClaimStatus::Draft && self.closes_on.is_some_and(|last| last < today)
    }

    fn count(&self, today: Day, sums: &mut Sums) {
        if self.status == ClaimStatus::Withdrawn {
            return;
        }
        let granted = self.granted.unwrap_or(0);
        sums.claims += 1;
        sums.payouts = sums.payouts.saturating_add(self.paid);
        match self.status {
            ClaimStatus::Accepted | ClaimStatus::Paid => {
                sums.accepted += 1;
                sums.owed = sums.owed.saturating_add(granted.saturating_sub(self.paid).max(0));
            }
            ClaimStatus::Rejected => sums.rejected += 1,
            _ => {
                sums.undecided += 1;
                let left = self.payable.saturating_sub(self.paid).max(0);
                let left = if self.has_lapsed(today) { 0 } else { left };
                sums.expected = sums.expected.saturating_add(left);
            }
        }
    }
}

impl Sums {
    fn add(&mut self, other: &Sums) {
        self.parcels += other.parcels;
        self.cancelled += other.cancelled;
        self.package_value = self.package_value.saturating_add(other.package_value);
        self.cover = self.cover.saturating_add(other.cover);
        self.premium = self.premium.saturating_add(other.premium);
        self.claims += other.claims;
        self.accepted += other.accepted;
        self.rejected += other.rejected;
        self.undecided += other.undecided;
        self.payouts = self.payouts.saturating_add(other.payouts);
        self.owed = self.owed.saturating_add(other.owed);
        self.expected = self.expected.saturating_add(other.expected);
        self.claimable += other.claimable;
        self.claimable_payout = self.claimable_payout.saturating_add(other.claimable_payout);
        self.claimable_unknown += other.claimable_unknown;
        self.claimable_returned += other.claimable_returned;
        self.closes_first = match (self.closes_first, other.closes_first) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
        self.missed += other.missed;
        self.missed_payout = self.missed_payout.saturating_add(other.missed_payout);
    }
}

fn named(by: By, all: Named) -> Vec<Group> {
    all.groups.into_iter().map(|(name, counted)| group(by, name, counted)).collect()
}

fn group(by: By, name: Name, Counted { sums, rates }: Counted) -> Group {
    let Name { currency, name, carrier, from, to } = name;
    Group { by, currency, name, carrier, from, to, sums, rates }
}

/// Months since the year 0.
fn month(day: Day) -> i32 {
    day.year() * 12 + day.month0().cast_signed()
}

#[cfg(test)]
mod tests {
    use super::Tally;
    use crate::calendar::parse_day;

    #[test]
    fn a_category_has_one_place_however_many_there_are_and_however_it_is_spelled() {
        let mut tally = Tally::new(parse_day("2026-11-22").unwrap(), None);
        // Comparing each with all before it would take minutes.
        for number in 1..=50_000 {
            assert_eq!(tally.category(&format!("Kitchen {number}")), number);
        }
        assert_eq!(tally.category("KITCHEN 50000"), 50_000);
        assert_eq!(tally.category("kitchen 1"), 1);
        assert_eq!(tally.category("ÖFEN"), tally.category("öfen"));
    }
}
