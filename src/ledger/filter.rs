//! What a search can ask for, and how a policy and its digest answer.

use std::iter::Peekable;

use rusqlite::Connection;

use super::digest::{self, Digest};
use super::looks::{self, Looks};
use super::{duty, lookup};
use crate::calendar::Day;
use crate::claim::ClaimStatus;
use crate::money::Money;
use crate::number::PolicyNo;
use crate::parcel::Country;
use crate::policy::{Look, Policy, PolicyStatus, State};

/// Which policies a search is for. The default asks for all; every condition given must hold.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filter {
    /// The policy's status on the day of the search.
    pub status: Option<PolicyStatus>,
    /// The status of the latest claim on it.
    pub claim_status: Option<ClaimStatus>,
    /// No claim was ever made on it.
    pub no_claim: bool,
    /// The plan's id.
    pub plan: Option<String>,
    /// The carrier, in either case.
    pub carrier: Option<String>,
    /// The country it goes to.
    pub to: Option<Country>,
    /// First and last day it was shipped.
    pub shipped: (Option<Day>, Option<Day>),
    /// First and last day it was recorded.
    pub created: (Option<Day>, Option<Day>),
    /// Least and largest package value, in their currency.
    pub value: (Option<Money>, Option<Money>),
    /// One of its identifiers exactly, or a part of its goods or contents in either case.
    pub text: Option<String>,
    /// Something looks wrong, no claim was made, and one can be made today.
    pub claimable: bool,
    /// What claimable parcels look like: lost, damaged.
    pub looks_like: Option<Look>,
    /// The morning list has something of it: it can be claimed today and closes within so many
    /// days, or something still has to be done for its claim by then.
    pub due_within: Option<u32>,
    /// At most so many.
    pub limit: Option<u64>,
    /// Only those after this one, in the order of the search.
    pub after: Option<PolicyNo>,
}

impl Filter {
    /// Whether the search is in the order of closing days, soonest first, and not of numbers.
    pub fn by_closing_day(&self) -> bool {
        self.claimable || self.due_within.is_some()
    }

    /// The conditions that looks do not answer.
    fn rest(&self) -> Filter {
        let (claimable, looks_like, due_within) = (false, None, None);
        let (limit, after) = (None, None);
        Filter { claimable, looks_like, due_within, limit, after, ..self.clone() }
    }

    /// Whether the policy meets every condition but `text`, `due_within`, `limit` and `after`.
    fn matches(&self, policy: &Policy, today: Day) -> bool {
        let value = policy.figures.package_value;
        let amount = |bound: Option<Money>, holds: fn(&i64, &i64) -> bool| {
            bound.is_none_or(|bound| {
                bound.currency() == value.currency() && holds(&value.minor(), &bound.minor())
            })
        };
        self.status.is_none_or(|s| policy.status(today) == s)
            && self.claim_status.is_none_or(|s| policy.claim.is_some_and(|(_, is)| is == s))
            && !(self.no_claim && policy.claim.is_some())
            && self.plan.as_ref().is_none_or(|plan| policy.plan == *plan)
            && self.carrier.as_ref().is_none_or(|carrier| {
                policy.parcel.carrier.as_ref().is_some_and(|is| same_word(is, carrier))
            })
            && self.to.is_none_or(|to| policy.parcel.to == Some(to))
            && within(self.shipped, policy.parcel.shipped_on())
            && within(self.created, Some(policy.bound_on))
            && amount(self.value.0, i64::ge)
            && amount(self.value.1, i64::le)
            && (!self.claimable || policy.claimable_on(today).is_some())
            && self.looks_like.is_none_or(|like| {
                policy.claimable().is_some_and(|prospect| prospect.looks_like == like)
            })
    }
}

/// Whether a day lies between two, where there are any.
pub(super) fn within((first, last): (Option<Day>, Option<Day>), day: Option<Day>) -> bool {
    match day {
        Some(day) => first.is_none_or(|first| first <= day) && last.is_none_or(|last| day <= last),
        None => first.is_none() && last.is_none(),
    }
}

fn same_word(a: &str, b: &str) -> bool {
    a.to_lowercase() == b.to_lowercase()
}

/// The last of so many days from today on.
pub(super) fn horizon(today: Day, days: u32) -> Day {
    crate::calendar::Span::days(days).last_day(today)
}

/// The same filter, asked of looks and digests.
pub(super) struct Probe {
    /// Whether anything is asked that is in digests alone.
    asks_digests: bool,
    status: Option<PolicyStatus>,
    today: u16,
    claim: Option<u8>,
    shipped: (u16, u16),
    bound: (u16, u16),
    value: (u32, u32),
    lanes: Option<Vec<bool>>,
    terms: Option<Vec<bool>>,
    text: Option<Text>,
    claimable: bool,
    looks_like: u8,
    due: Option<Due>,
}

/// Picks policies by how they look. A million are looked at, so what leaves out nearly all of them is
/// asked first, of their bytes: it is not yet time to claim, and nothing is due.
pub(super) struct Sieve<'p> {
    probe: &'p Probe,
    needs_window: bool,
    /// The policies with duties, in order.
    duties: Peekable<std::slice::Iter<'p, (i64, u16)>>,
}

impl Sieve<'_> {
    /// Hands those of a block to `each` until it says stop, which is said in return.
    pub(super) fn pick(
        &mut self,
        block: looks::Block<'_>,
        mut each: impl FnMut(i64, Looks) -> rusqlite::Result<bool>,
    ) -> rusqlite::Result<bool> {
        let (today, needs_window) = (self.probe.today, self.needs_window);
        let may_be_open =
            |bytes: &[u8; looks::BYTES]| !needs_window || turn(Looks::first_day(bytes)) < today;
        let mut open = block.position(0, may_be_open);
        loop {
            let duty = self.next_duty(block);
            let Some(at) = open.into_iter().chain(duty).min() else { return Ok(true) };
            if open == Some(at) {
                open = block.position(at + 1, may_be_open);
            }
            if duty == Some(at) {
                self.duties.next();
            }
            let Some((policy, looks)) = block.get(at) else { return Ok(true) };
            if self.probe.looks_right(&looks, duty == Some(at)) && !each(policy, looks)? {
                return Ok(false);
            }
        }
    }

    /// The place of the next policy with a duty, if it is in the block; those before it are over.
    fn next_duty(&mut self, block: looks::Block<'_>) -> Option<usize> {
        while self.duties.next_if(|(policy, _)| block.is_behind(*policy)).is_some() {}
        self.duties.peek().and_then(|(policy, _)| block.place_of(*policy))
    }
}

/// What the morning list has.
struct Due {
    /// The last day a window may close on.
    by: Day,
    /// The policies with duties, in order, each with the day of its soonest.
    duties: Vec<(i64, u16)>,
}

struct Text {
    policies: Vec<i64>,
    goods: Vec<u64>,
}

impl Probe {
    /// Looks up what the words of the filter stand for in this ledger.
    pub(super) fn new(conn: &Connection, filter: &Filter, today: Day) -> rusqlite::Result<Probe> {
        let amount =
            |bound: Option<Money>, none| bound.map_or(none, |m| digest::amount_code(m.minor()));
        let lanes = (filter.carrier.is_some() || filter.to.is_some()).then(|| {
            chosen(conn, "SELECT id, carrier, to_country FROM lane", |carrier, to| {
                filter.carrier.as_ref().is_none_or(|c| carrier.is_some_and(|is| same_word(is, c)))
                    && filter.to.is_none_or(|c| to == Some(c.code()))
            })
        });
        let currency = filter.value.0.or(filter.value.1).map(Money::currency);
        let terms = (filter.plan.is_some() || currency.is_some()).then(|| {
            chosen(conn, "SELECT id, plan, currency FROM terms", |plan, of| {
                filter.plan.as_ref().is_none_or(|wanted| plan == Some(wanted.as_str()))
                    && currency.is_none_or(|currency| of == Some(currency.code()))
            })
        });
        let due = filter.due_within.map(|days| {
            let by = horizon(today, days);
            Ok::<_, rusqlite::Error>(Due { by, duties: duty::policies(conn, today, by)? })
        });
        Ok(Probe {
            asks_digests: filter.rest() != Filter::default(),
            status: filter.status,
            today: digest::day_code(Some(today)),
            claim: match filter.claim_status {
                // No claim that has a status.
                Some(_) if filter.no_claim => Some(u8::MAX),
                Some(status) => Some(digest::claim_code(Some(status))),
                None => filter.no_claim.then_some(0),
            },
            shipped: days(filter.shipped),
            bound: days(filter.created),
            value: (amount(filter.value.0, 0), amount(filter.value.1, u32::MAX)),
            lanes: lanes.transpose()?,
            terms: terms.transpose()?,
            text: filter.text.as_ref().map(|text| Text::new(conn, text)).transpose()?,
            claimable: filter.claimable,
            looks_like: looks::look_code(filter.looks_like),
            due: due.transpose()?,
        })
    }

    /// The only policies that can match, where the filter names them.
    pub(super) fn named(&self) -> Option<&[i64]> {
        let text = self.text.as_ref()?;
        text.goods.is_empty().then_some(&text.policies)
    }

    /// Whether no policy can match.
    pub(super) fn is_hopeless(&self) -> bool {
        let none = |chosen: &Option<Vec<bool>>| chosen.as_ref().is_some_and(|c| !c.contains(&true));
        none(&self.lanes) || none(&self.terms) || self.named().is_some_and(<[i64]>::is_empty)
    }

    /// Whether it is asked what can be claimed or is due: that is so of few policies, and looks tell.
    pub(super) fn asks_looks(&self) -> bool {
        self.claimable || self.due.is_some() || self.looks_like != 0
    }

    /// Whether digests have to be asked as well.
    pub(super) fn asks_digests(&self) -> bool {
        self.asks_digests
    }

    /// Picks those that look as the filter wants out of blocks that come in order.
    pub(super) fn sieve(&self) -> Sieve<'_> {
        let duties = self.due.as_ref().map_or(&[][..], |due| &due.duties).iter();
        Sieve {
            probe: self,
            needs_window: self.claimable || self.due.is_some(),
            duties: duties.peekable(),
        }
    }

    fn looks_right(&self, looks: &Looks, has_duty: bool) -> bool {
        let has_window = self.is_claimable(looks);
        (has_window || !self.claimable)
            && (self.looks_like == 0 || self.looks_like == looks.like)
            && self
                .due
                .as_ref()
                .is_none_or(|due| has_duty || has_window && closes_by(due.by, looks))
    }

    /// Whether the policy behind the digest may match, whatever it looks like.
    #[inline]
    pub(super) fn may_match(&self, policy: i64, d: &Digest) -> bool {
        in_range(self.value, d.value)
            && in_range(self.shipped, d.shipped)
            && in_range(self.bound, d.bound)
            && self.claim.is_none_or(|code| code == d.claim)
            && self.status.is_none_or(|status| self.may_have(status, d))
            && chosen_has(self.lanes.as_deref(), d.lane)
            && chosen_has(self.terms.as_deref(), d.terms)
            && self.text.as_ref().is_none_or(|text| text.holds(policy, d.goods))
    }

    /// Whether the policy itself meets every condition.
    pub(super) fn holds(&self, filter: &Filter, policy: &Policy, today: Day) -> bool {
        filter.matches(policy, today)
            && self.due.as_ref().is_none_or(|due| {
                let window = policy.claimable_on(today).and_then(|prospect| prospect.closes_on);
                window.is_some_and(|last| last <= due.by) || due.soonest(policy.no.0).is_some()
            })
    }

    /// Its place in the order of closing days, the soonest first; what has none comes after all
    /// others. Of the morning list it is the soonest day of all that is due.
    pub(super) fn turn(&self, policy: i64, looks: &Looks) -> u16 {
        match &self.due {
            None => turn(looks.until),
            Some(due) => {
                let window = self.is_claimable(looks) && closes_by(due.by, looks);
                let window = window.then(|| turn(looks.until));
                let duty = due.soonest(policy).map(turn);
                window.into_iter().chain(duty).min().unwrap_or(u16::MAX)
            }
        }
    }

    /// The place of the last one of a page, whatever was done about it since: a claim that was filed
    /// on it does not move it. None where nothing tells any more where it stood.
    pub(super) fn turn_of(&self, policy: &Policy) -> Option<u16> {
        let window = policy.prospect.map(|prospect| turn(digest::day_code(prospect.closes_on)));
        let duty = self.due.as_ref().and_then(|due| due.soonest(policy.no.0)).map(turn);
        duty.or(window)
    }

    /// Whether it can be claimed on the day of the search.
    #[inline]
    pub(super) fn is_claimable(&self, looks: &Looks) -> bool {
        // 0 is no first day; as a last day it means for ever, which comes after all others.
        turn(looks.from) < self.today && turn(looks.until) >= turn(self.today)
    }

    fn may_have(&self, status: PolicyStatus, d: &Digest) -> bool {
        let state = match status {
            PolicyStatus::Cancelled => return d.state == digest::state_code(State::Cancelled),
            PolicyStatus::Expired => {
                // At both ends of the calendar's two bytes a day may lie before its equal.
                let over = d.closes != 0
                    && (d.closes < self.today
                        || d.closes == self.today && matches!(d.closes, 1 | u16::MAX));
                return over
                    && d.state != digest::state_code(State::Cancelled)
                    && !claim_is_open(d);
            }
            PolicyStatus::Confirmed => State::Confirmed,
            PolicyStatus::Effective => State::Effective,
        };
        d.state == digest::state_code(state)
            && (d.closes == 0 || d.closes >= self.today || claim_is_open(d))
    }
}

/// Whether the window has a last day, and it is not after this one.
fn closes_by(by: Day, looks: &Looks) -> bool {
    in_range((1, digest::day_code(Some(by))), looks.until)
}

/// A day's place in the order; 0, which is no day, comes last.
#[inline]
fn turn(day: u16) -> u16 {
    day.wrapping_sub(1)
}

impl Due {
    /// The day of the soonest duty of a policy.
    fn soonest(&self, policy: i64) -> Option<u16> {
        let at = self.duties.binary_search_by_key(&policy, |(policy, _)| *policy).ok()?;
        self.duties.get(at).map(|(_, day)| *day)
    }
}

fn claim_is_open(d: &Digest) -> bool {
    ClaimStatus::ALL
        .iter()
        .any(|(status, _)| status.is_open() && digest::claim_code(Some(*status)) == d.claim)
}

fn days((first, last): (Option<Day>, Option<Day>)) -> (u16, u16) {
    if first.is_none() && last.is_none() {
        return (0, u16::MAX);
    }
    // 0 is no day, which is not within any.
    (digest::day_code(first).max(1), last.map_or(u16::MAX, |last| digest::day_code(Some(last))))
}

fn in_range<T: PartialOrd>((first, last): (T, T), is: T) -> bool {
    first <= is && is <= last
}

/// Which numbers of a dictionary are asked for, by their code.
fn chosen(
    conn: &Connection,
    select: &str,
    is_asked_for: impl Fn(Option<&str>, Option<&str>) -> bool,
) -> rusqlite::Result<Vec<bool>> {
    let mut chosen = Vec::new();
    let mut select = conn.prepare_cached(select)?;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        let word = |at| row.get_ref(at).map(|v| v.as_str().ok());
        let code = usize::from(digest::word_code(Some(row.get(0)?)));
        if chosen.len() <= code {
            chosen.resize(code + 1, false);
        }
        chosen[code] |= is_asked_for(word(1)?, word(2)?);
    }
    Ok(chosen)
}

fn chosen_has(chosen: Option<&[bool]>, code: u16) -> bool {
    chosen.is_none_or(|chosen| chosen.get(usize::from(code)).is_some_and(|is| *is))
}

impl Text {
    fn new(conn: &Connection, text: &str) -> rusqlite::Result<Text> {
        let policies = lookup::find(conn, text)?;
        let wanted = text.to_lowercase();
        let mut goods: Vec<u64> = Vec::new();
        let mut select = conn.prepare_cached("SELECT id, category, contents FROM goods")?;
        let mut rows = select.query([])?;
        while let Some(row) = rows.next()? {
            let holds = |at| -> rusqlite::Result<bool> {
                Ok(row.get_ref(at)?.as_str().is_ok_and(|words| contains(words, &wanted)))
            };
            if holds(1)? || holds(2)? {
                let id = digest::goods_code(Some(row.get(0)?)) as usize;
                if goods.len() <= id / 64 {
                    goods.resize(id / 64 + 1, 0);
                }
                goods[id / 64] |= 1 << (id % 64);
            }
        }
        Ok(Text { policies, goods })
    }

    fn holds(&self, policy: i64, goods: u32) -> bool {
        let (at, bit) = (goods as usize / 64, goods % 64);
        self.goods.get(at).is_some_and(|bits| bits & (1 << bit) != 0)
            || self.policies.binary_search(&policy).is_ok()
    }
}

/// Whether the words hold the wanted ones, in either case; `wanted` is in lower case already.
fn contains(words: &str, wanted: &str) -> bool {
    if !words.is_ascii() {
        return words.to_lowercase().contains(wanted);
    }
    let wanted = wanted.as_bytes();
    wanted.is_empty()
        || words.as_bytes().windows(wanted.len()).any(|part| part.eq_ignore_ascii_case(wanted))
}
