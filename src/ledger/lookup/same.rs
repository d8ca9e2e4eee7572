//! Which parcels the ledger covers already, asked for many at once.

use std::borrow::Cow;
use std::collections::HashSet;

use rusqlite::{Connection, OptionalExtension};

use super::{Existing, Known, SameBy, Wanted};
use crate::ledger::ident::{self, Filter};
use crate::ledger::row::{self, Columns};
use crate::ledger::{bind, spelled};
use crate::money::Currency;
use crate::number::PolicyNo;
use crate::parcel::{
    Ids, Parcel, plain_order, plain_tracking, plain_unpacked, same_order, same_tracking, unpacked,
};
use crate::policy::{Policy, State};

/// What is known of the index while a batch asks it for many parcels.
#[derive(Default)]
pub(in crate::ledger) struct Same {
    index: Option<Index>,
}

struct Index {
    runs: i64,
    policies: i64,
    /// Whether numbers are found however they are written, and not only as they are.
    plain: bool,
    asked: i64,
    filter: Option<Filter>,
    /// The orders with very many parcels that were met.
    many: HashSet<u64>,
    /// The policy after the last one found: a file that is read again comes in the same order.
    guess: Option<i64>,
}

/// Looking up one parcel takes about as long as reading so many policies' keys into the filter.
const LOOKUP_IN_POLICIES: i64 = 512;
/// An order with more parcels than this has surely several, and they are not looked through for each
/// further one.
const OF_ORDER: usize = 32;

impl Same {
    /// Forgets the index: it has changed.
    pub(in crate::ledger) fn forget(&mut self) {
        self.index = None;
    }

    /// Takes in a key that was added since.
    pub(in crate::ledger) fn learn(&mut self, key: u64) {
        if let Some(filter) = self.index.as_mut().and_then(|index| index.filter.as_mut()) {
            filter.add(key);
        }
    }

    /// For each parcel the policy that covers it already, or those of its order.
    pub(in crate::ledger) fn find(
        &mut self,
        conn: &Connection,
        parcels: &[Wanted<'_>],
    ) -> rusqlite::Result<Vec<Known>> {
        let index = match &mut self.index {
            Some(index) => index,
            none => none.insert(Index {
                runs: ident::runs(conn)?,
                policies: bind::last_policy(conn)?,
                plain: spelled::is_complete(conn)?,
                asked: 0,
                filter: None,
                many: HashSet::new(),
                guess: None,
            }),
        };
        if index.policies == 0 {
            return Ok(parcels.iter().map(|_| Known::default()).collect());
        }
        index.asked = index.asked.saturating_add_unsigned(parcels.len() as u64);
        if index.filter.is_none() && index.asked > index.policies / LOOKUP_IN_POLICIES {
            index.filter = Some(Filter::read(conn, index.policies)?);
        }
        // All keys first, then all looks into the filter: memory answers many at once.
        let names: Vec<Names<'_>> =
            parcels.iter().map(|parcel| Names::of(parcel, index.plain)).collect();
        let may_hold: Vec<[bool; 4]> = match &index.filter {
            Some(filter) => names.iter().map(|n| n.keys.map(|k| filter.may_hold(k))).collect(),
            None => vec![[true; 4]; names.len()],
        };
        names
            .iter()
            .zip(may_hold)
            .zip(parcels)
            .map(|((names, may_hold), parcel)| {
                if may_hold == [false; 4] && parcel.other_orders.is_empty() {
                    return Ok(Known::default());
                }
                let mut same = index.same(conn, names, may_hold)?;
                let mut of_order = Vec::new();
                if !parcel.of_order {
                    return Ok(Known { same, of_order });
                }
                let packed = same.as_mut().filter(|same| same.how == SameBy::PackedOrder);
                if let (Some(packed), [_, (_, Some(order)), _]) = (packed, &names.names) {
                    index.of_order(conn, (order, names.keys[1]), &mut of_order)?;
                    packed.more = of_order.len().checked_sub(1);
                }
                if same.is_none() {
                    let [.., key] = names.keys;
                    if let Some(order) = &names.order {
                        index.of_order(conn, (order, key), &mut of_order)?;
                    }
                    for order in parcel.other_orders {
                        let plain = plain_order(order);
                        let key = ident::key(if index.plain { &plain } else { order });
                        index.of_order(conn, (&plain, key), &mut of_order)?;
                    }
                }
                Ok(Known { same, of_order })
            })
            .collect()
    }
}

/// What a policy of the same parcel may be known by, as numbers are compared, with the keys.
struct Names<'a> {
    names: [(SameBy, Option<Cow<'a, str>>); 3],
    /// The order, where nothing but a tracking number tells the parcel from others of it.
    order: Option<Cow<'a, str>>,
    keys: [u64; 4],
    tracking: Option<&'a str>,
}

impl Names<'_> {
    /// With keys of numbers as they are compared, or else as they are written.
    fn of<'a>(wanted: &Wanted<'a>, plain: bool) -> Names<'a> {
        let ids = wanted.ids;
        let (order, tracking) = (ids.order.as_deref(), ids.tracking.as_deref());
        let is_unpacked = ids.package.is_none() && tracking.is_none();
        let is_unnumbered = ids.package.is_none() || wanted.package_is_label;
        let is_labelled = is_unnumbered && tracking.is_some();
        let compared = [
            Some(ids.plain_handle()).filter(|handle| !handle.is_empty()),
            match order.filter(|_| is_unpacked) {
                Some(order) => Some(plain_order(order)),
                None => tracking.map(plain_tracking),
            },
            order.map(|order| Cow::Owned(plain_unpacked(order))),
            order.filter(|_| is_labelled).map(plain_order),
        ];
        let key = |name: &Option<Cow<'_, str>>| name.as_deref().map_or(0, ident::key);
        let keys = if plain {
            compared.each_ref().map(key)
        } else {
            let written = order.filter(|_| is_unpacked).or(tracking);
            [
                Some(ids.written_handle()),
                written.map(Cow::Borrowed),
                order.map(|order| Cow::Owned(unpacked(order))),
                order.map(Cow::Borrowed),
            ]
            .each_ref()
            .map(key)
        };
        let by_number = match order.filter(|_| is_unpacked) {
            Some(_) => SameBy::PackedOrder,
            None => SameBy::Tracking,
        };
        let [handle, number, waiting, order] = compared;
        let names =
            [(SameBy::Handle, handle), (by_number, number), (SameBy::UnpackedOrder, waiting)];
        Names { names, order, keys, tracking }
    }
}

impl Index {
    fn same(
        &mut self,
        conn: &Connection,
        names: &Names<'_>,
        may_hold: [bool; 4],
    ) -> rusqlite::Result<Option<Existing>> {
        if let (Some(guess), (_, Some(handle))) = (self.guess.take(), &names.names[0])
            && let Some(existing) = covering(conn, guess, SameBy::Handle)?
            && existing.state != State::Cancelled
            && existing.ids.plain_handle() == *handle
        {
            self.guess = Some(guess + 1);
            return Ok(Some(existing));
        }
        let mut voided = None;
        for (((how, name), key), may_hold) in names.names.iter().zip(names.keys).zip(may_hold) {
            let Some(name) = name.as_deref().filter(|_| may_hold) else {
                continue;
            };
            for no in ident::candidates(conn, self.runs, key)? {
                if let Some(existing) = covering(conn, no, *how)?
                    && match how {
                        SameBy::Tracking => is_tracking(&existing.ids, name),
                        SameBy::PackedOrder => row::get(conn, no)?
                            .is_some_and(|policy| has_order(&policy.parcel, name)),
                        SameBy::Handle | SameBy::UnpackedOrder => {
                            existing.ids.plain_handle() == name
                        }
                    }
                {
                    if existing.state == State::Cancelled {
                        let label = names.tracking.filter(|_| *how != SameBy::PackedOrder);
                        if label.is_some_and(|label| is_tracking(&existing.ids, label)) {
                            voided = Some(existing);
                        }
                        continue;
                    }
                    self.guess = Some(no + 1);
                    return Ok(Some(existing));
                }
            }
        }
        Ok(voided)
    }

    /// Adds the policies in force of an order.
    fn of_order(
        &mut self,
        conn: &Connection,
        (order, key): (&str, u64),
        others: &mut Vec<Policy>,
    ) -> rusqlite::Result<()> {
        let is_new = self.filter.as_ref().is_some_and(|filter| !filter.may_hold(key));
        if is_new || self.many.contains(&key) {
            return Ok(());
        }
        let before = others.len();
        for no in ident::candidates(conn, self.runs, key)? {
            if others.iter().any(|known| known.no.0 == no) {
                continue;
            }
            others.extend(row::get(conn, no)?.filter(|policy| {
                policy.state != State::Cancelled && has_order(&policy.parcel, order)
            }));
            if others.len() > before + OF_ORDER {
                self.many.insert(key);
                others.truncate(before);
                return Ok(());
            }
        }
        Ok(())
    }
}

fn has_order(parcel: &Parcel, order: &str) -> bool {
    let mut orders = parcel.ids.order.iter().chain(&parcel.other_orders);
    orders.any(|known| same_order(known, order))
}

fn is_tracking(ids: &Ids, tracking: &str) -> bool {
    ids.tracking.as_deref().is_some_and(|known| same_tracking(known, tracking))
}

fn covering(conn: &Connection, no: i64, how: SameBy) -> rusqlite::Result<Option<Existing>> {
    conn.prepare_cached(
        "SELECT p.id, t.plan, t.currency, p.order_id, p.package_id, p.tracking, p.package_value, p.cover,
                p.state, p.fx, p.stated_value, p.label, p.label_on,
                p.cover > p.included_cover
         FROM policy p CROSS JOIN terms t ON t.id = p.terms
         WHERE p.id = ?1 AND (p.state <> 2 OR p.cancelled = 1)",
    )?
    .query_row([no], |row| {
        let mut r = Columns { row, at: 0 };
        let no = PolicyNo(r.next()?);
        let plan = r.next()?;
        let currency = r.word(Currency::from_code)?;
        Ok(Existing {
            no,
            plan,
            how,
            ids: Ids { order: r.id()?, package: r.id()?, tracking: r.id()? },
            package_value: r.money(currency)?,
            cover: r.money(currency)?,
            state: r.state()?,
            stated: row::stated(conn, currency, r.next()?, r.next()?)?,
            label: r.label()?,
            bought: r.next()?,
            more: None,
        })
    })
    .optional()
}
