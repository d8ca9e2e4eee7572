//! What all policies of a search come to, whatever its page: added up from looks and digests, and
//! from the policies where something was cut off in those.

use rusqlite::Connection;

use super::digest::{self, Digest, DigestsInOrder};
use super::filter::{Filter, Probe};
use super::looks::{self, Looks, LooksInOrder};
use super::row::{self, malformed};
use super::search::{Known, by_looks};
use super::types::{Expected, Totals};
use crate::calendar::Day;
use crate::money::{Currency, Money};
use crate::policy::{PayoutIs, Policy};

/// Adds up all policies the filter is for, one sum for each currency.
pub(super) fn all(conn: &Connection, filter: &Filter, today: Day) -> rusqlite::Result<Vec<Totals>> {
    let probe = Probe::new(conn, filter, today)?;
    let currencies = Currencies::of(conn)?;
    let mut sums: Vec<Totals> = Vec::new();
    if probe.is_hopeless() {
        return Ok(sums);
    }
    let mut add = |no: i64, d: &Digest, looks: &Looks| {
        if !d.is_cut_off() && !looks.is_cut_off() {
            let sum = currencies.find(&mut sums, d.terms)?;
            add_digest(sum, d, probe.is_claimable(looks).then_some(looks))
        } else if let Some(policy) = asked(conn, filter, &probe, today, no)? {
            add_policy(&mut sums, &policy, today)
        } else {
            Ok(())
        }
    };
    if probe.asks_looks() {
        let mut digests = DigestsInOrder::new(conn);
        by_looks(conn, &probe, 1, |no, looks, _| {
            add(no, &digests.of(no)?.unwrap_or_default(), looks)?;
            Ok(true)
        })?;
    } else {
        let mut all_looks = LooksInOrder::new(conn);
        digest::scan(conn, 1, |block| {
            for (no, d) in block.iter().filter(|(no, d)| probe.may_match(*no, d)) {
                add(no, &d, &all_looks.of(no)?.unwrap_or_default())?;
            }
            Ok(true)
        })?;
    }
    Ok(sums)
}

/// What those that can be claimed are expected to pay, one sum for each currency: of all the filter
/// is for and of which this holds too, asked of looks and of policies.
pub(super) fn expected(
    conn: &Connection,
    filter: &Filter,
    today: Day,
    of_looks: impl Fn(&Looks) -> bool,
    of_policy: impl Fn(&Policy) -> bool,
) -> rusqlite::Result<Vec<Expected>> {
    let probe = Probe::new(conn, filter, today)?;
    let currencies = Currencies::of(conn)?;
    let mut sums: Vec<Expected> = Vec::new();
    if probe.is_hopeless() {
        return Ok(sums);
    }
    by_looks(conn, &probe, 1, |no, looks, known| {
        if known == Known::ForSure {
            if probe.is_claimable(looks) && of_looks(looks) {
                let sum = currencies.find(&mut sums, u16::from(looks.terms))?;
                add_looks(sum, looks)?;
            }
        } else if let Some(policy) = asked(conn, filter, &probe, today, no)?
            && of_policy(&policy)
            && let Some(prospect) = policy.claimable_on(today)
        {
            let sum = find(&mut sums, policy.figures.cover.currency());
            expect(sum, prospect.payout_is, prospect.payout)?;
        }
        Ok(true)
    })?;
    Ok(sums)
}

/// The policy, where it meets every condition.
fn asked(
    conn: &Connection,
    filter: &Filter,
    probe: &Probe,
    today: Day,
    no: i64,
) -> rusqlite::Result<Option<Policy>> {
    Ok(row::get(conn, no)?.filter(|policy| probe.holds(filter, policy, today)))
}

/// Currencies by the codes of terms.
struct Currencies(Vec<Option<Currency>>);

impl Currencies {
    fn of(conn: &Connection) -> rusqlite::Result<Currencies> {
        let mut currencies = Vec::new();
        let mut select = conn.prepare_cached("SELECT id, currency FROM terms")?;
        let mut rows = select.query([])?;
        while let Some(row) = rows.next()? {
            let code = usize::from(digest::word_code(Some(row.get(0)?)));
            if currencies.len() <= code {
                currencies.resize(code + 1, None);
            }
            currencies[code] = row.get_ref(1)?.as_str().ok().and_then(Currency::from_code);
        }
        Ok(Currencies(currencies))
    }

    /// The sum in the currency of these terms.
    fn find<'s, S: Sum>(&self, sums: &'s mut Vec<S>, terms: u16) -> rusqlite::Result<&'s mut S> {
        let currency = self.0.get(usize::from(terms)).copied().flatten();
        let currency = currency.ok_or_else(|| malformed("a derived table names unknown terms"))?;
        Ok(find(sums, currency))
    }
}

/// A sum in one currency.
trait Sum {
    fn none(currency: Currency) -> Self;
    fn currency(&self) -> Currency;
}

impl Sum for Totals {
    fn none(currency: Currency) -> Totals {
        Totals::none(currency)
    }

    fn currency(&self) -> Currency {
        self.cover.currency()
    }
}

impl Sum for Expected {
    fn none(currency: Currency) -> Expected {
        Expected::none(currency)
    }

    fn currency(&self) -> Currency {
        self.exact.currency()
    }
}

fn find<S: Sum>(sums: &mut Vec<S>, currency: Currency) -> &mut S {
    let at = sums.iter().position(|sum| sum.currency() == currency).unwrap_or_else(|| {
        sums.push(S::none(currency));
        sums.len() - 1
    });
    &mut sums[at]
}

fn add(to: &mut Money, amount: Money) -> rusqlite::Result<()> {
    *to = to.plus(amount).map_err(|_| malformed("a sum is too large"))?;
    Ok(())
}

fn add_digest(sum: &mut Totals, d: &Digest, claimable: Option<&Looks>) -> rusqlite::Result<()> {
    let of = |minor: u32| Money::from_minor(i64::from(minor), sum.cover.currency());
    let (value, cover) = (of(d.value), of(d.cover));
    sum.policies += 1;
    add(&mut sum.package_value, value)?;
    add(&mut sum.cover, cover)?;
    claimable.map_or(Ok(()), |looks| add_looks(&mut sum.expected, looks))
}

fn add_looks(sum: &mut Expected, looks: &Looks) -> rusqlite::Result<()> {
    let known = PayoutIs::ALL.into_iter().map(|(is, _)| is);
    let payout_is = known.into_iter().find(|is| looks::payout_code(*is) == looks.payout_is);
    let payout = Money::from_minor(i64::from(looks.payout), sum.exact.currency());
    expect(sum, payout_is.unwrap_or(PayoutIs::Unknown), payout)
}

fn add_policy(sums: &mut Vec<Totals>, policy: &Policy, today: Day) -> rusqlite::Result<()> {
    let sum = find(sums, policy.figures.cover.currency());
    sum.policies += 1;
    add(&mut sum.package_value, policy.figures.package_value)?;
    add(&mut sum.cover, policy.figures.cover)?;
    match policy.claimable_on(today) {
        Some(prospect) => expect(&mut sum.expected, prospect.payout_is, prospect.payout),
        None => Ok(()),
    }
}

fn expect(sum: &mut Expected, payout_is: PayoutIs, payout: Money) -> rusqlite::Result<()> {
    sum.claims += 1;
    match payout_is {
        PayoutIs::Exact => add(&mut sum.exact, payout),
        PayoutIs::AtMost => add(&mut sum.at_most, payout),
        PayoutIs::Unknown => {
            sum.unknown += 1;
            Ok(())
        }
    }
}
