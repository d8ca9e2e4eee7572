//! The hot path: one prepared insert, and everything derived from it written in bulk.

use std::borrow::Cow;

use rusqlite::{Connection, Statement, ToSql};

use super::digest::{self, Derived, Digest, Gathered};
use super::looks::Looks;
use super::words::Dictionaries;
use super::{NewPolicy, TermsId, ident, row, spelled};
use crate::calendar::to_epoch;
use crate::number::BatchNo;
use crate::parcel::{CarrierEvent, Ids, Parcel, plain_order, plain_tracking};

const COLUMNS: usize = 39;

const INSERT: &str = "
INSERT INTO policy (id, batch, terms, order_id, package_id, tracking, other_orders, lane, goods,
  fulfilment, product, coupon, shipping, package_value, included_cover, cover, premium, assumed,
  state, label, label_on, ship_date, scanned_on, delivered_on, cancelled, cancelled_on,
  loss_from, closes_on, trouble, trouble_on, moved_on, fx, stated_value,
  looks_like, looks_from, looks_until, looks_window, payout, payout_is)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19,
  ?20, ?21, ?22, ?23, ?24, ?25, ?26, ?27, ?28, ?29, ?30, ?31,
  ?32, ?33, ?34, ?35, ?36, ?37, ?38, ?39)";

/// The insert, with what it was last given: most columns are the same from row to row, and a
/// bound parameter stays bound.
struct Insert<'a> {
    statement: Statement<'a>,
    bound: [Option<i64>; COLUMNS + 1],
    at: usize,
}

impl Insert<'_> {
    fn any(&mut self, value: impl ToSql) -> rusqlite::Result<()> {
        self.at += 1;
        self.statement.raw_bind_parameter(self.at, value)
    }

    fn integer(&mut self, value: Option<i64>) -> rusqlite::Result<()> {
        self.at += 1;
        if self.bound[self.at] != value {
            self.bound[self.at] = value;
            self.statement.raw_bind_parameter(self.at, value)?;
        }
        Ok(())
    }
}

/// What a batch has gathered and not yet written.
pub(super) struct Binder<'a> {
    insert: Insert<'a>,
    words: Dictionaries,
    pairs: ident::Pairs,
    gathered: Gathered,
    first: i64,
    next: i64,
}

impl<'a> Binder<'a> {
    pub(super) fn new(conn: &'a Connection) -> rusqlite::Result<Binder<'a>> {
        let last = last_policy(conn)?;
        Ok(Binder {
            insert: Insert { statement: conn.prepare(INSERT)?, bound: [None; COLUMNS + 1], at: 0 },
            words: Dictionaries::default(),
            pairs: ident::Pairs::default(),
            gathered: Gathered::default(),
            first: last + 1,
            next: last + 1,
        })
    }

    /// First and last number bound so far.
    pub(super) fn range(&self) -> Option<(i64, i64)> {
        (self.next > self.first).then_some((self.first, self.next - 1))
    }

    /// Starts counting the next batch's range.
    pub(super) fn start_batch(&mut self) {
        self.first = self.next;
    }

    pub(super) fn bind(
        &mut self,
        conn: &Connection,
        terms: TermsId,
        batch: (BatchNo, crate::calendar::Day),
        new: &NewPolicy<'_>,
    ) -> rusqlite::Result<i64> {
        let id = self.next;
        let parcel = new.parcel;
        let lane = self.words.lane(conn, parcel)?;
        let goods = self.words.goods(conn, parcel)?;
        let assumed = self.words.assumed(conn, new.assumed)?;
        let fx = match &parcel.stated {
            Some(stated) => Some(self.words.fx(conn, &stated.at)?),
            None => None,
        };
        let facts = &parcel.facts;
        let (label, label_on) = row::label(parcel.label);
        let ship_date = row::epoch(parcel.ship_date);

        let i = &mut self.insert;
        i.at = 0;
        i.any(id)?;
        i.integer(Some(batch.0.0))?;
        i.integer(Some(terms.id))?;
        i.any(row::StoredId(parcel.ids.order.as_deref()))?;
        i.any(row::StoredId(parcel.ids.package.as_deref()))?;
        i.any(row::StoredId(parcel.ids.tracking.as_deref()))?;
        i.any(row::other_orders(parcel))?;
        i.integer(lane)?;
        i.integer(goods)?;
        i.any(row::fulfilment(parcel))?;
        i.integer(Some(parcel.value.product.minor()))?;
        i.integer(Some(parcel.value.coupon.minor()))?;
        i.integer(Some(parcel.value.shipping.minor()))?;
        i.integer(Some(new.figures.package_value.minor()))?;
        i.integer(Some(new.figures.included_cover.minor()))?;
        i.integer(Some(new.figures.cover.minor()))?;
        i.integer(Some(new.figures.premium.minor()))?;
        i.integer(assumed)?;
        i.integer(Some(i64::from(digest::state_code(new.state))))?;
        i.integer(Some(label))?;
        i.integer(label_on)?;
        i.integer(ship_date)?;
        i.integer(row::epoch(facts.scanned_on))?;
        i.integer(row::epoch(facts.delivered_on))?;
        i.integer(facts.cancelled.then_some(1))?;
        i.integer(row::epoch(facts.cancelled_on))?;
        i.integer(row::epoch(new.deadlines.loss_from))?;
        i.integer(row::epoch(new.deadlines.closes_on))?;
        i.any(new.trouble.map(|(event, _)| CarrierEvent::word(event)))?;
        i.integer(new.trouble.map(|(_, on)| i64::from(to_epoch(on))))?;
        i.integer(row::epoch(facts.moved_on))?;
        i.integer(fx)?;
        i.integer(parcel.stated.as_ref().map(|stated| stated.value.minor()))?;
        for column in row::prospect(new.prospect) {
            i.integer(column)?;
        }
        i.statement.raw_execute()?;

        let policy = u32::try_from(id).map_err(|_| row::malformed("no policy number is left"))?;
        push_keys(parcel, |key| self.pairs.push(ident::Pair::new(key, policy)));
        let terms = digest::word_code(Some(terms.id));
        let derived = Derived {
            digest: Digest {
                value: digest::amount_code(new.figures.package_value.minor()),
                goods: digest::goods_code(goods),
                cover: digest::amount_code(new.figures.cover.minor()),
                shipped: digest::day_code(parcel.shipped_on()),
                closes: digest::day_code(new.deadlines.closes_on),
                bound: digest::day_code(Some(batch.1)),
                lane: digest::word_code(lane),
                terms,
                state: digest::state_code(new.state),
                claim: digest::claim_code(None),
            },
            looks: Looks::of(new.state, None, new.prospect, terms),
        };
        self.gathered.push(conn, id, &derived)?;
        self.next += 1;
        Ok(id)
    }

    /// Writes what was gathered.
    pub(super) fn settle(&mut self, conn: &Connection) -> rusqlite::Result<()> {
        self.gathered.flush(conn)?;
        ident::insert(conn, &mut self.pairs, self.next - 1)?;
        spelled::note(conn, self.next - 1)
    }

    /// Whether something is gathered and not written.
    pub(super) fn is_unsettled(&self) -> bool {
        !self.pairs.is_empty() || !self.gathered.is_empty()
    }
}

/// The largest policy number.
pub(super) fn last_policy(conn: &Connection) -> rusqlite::Result<i64> {
    conn.prepare_cached("SELECT ifnull(max(id), 0) FROM policy")?.query_row([], |row| row.get(0))
}

/// The terms a policy was sold under.
pub(super) fn terms_of(conn: &Connection, no: i64) -> rusqlite::Result<i64> {
    conn.prepare_cached("SELECT terms FROM policy WHERE id = ?1")?.query_row([no], |row| row.get(0))
}

/// The keys of every identifier a parcel goes by, as it is written and as it is compared.
pub(super) fn push_keys(parcel: &Parcel, mut push: impl FnMut(u64)) {
    push_written_keys(parcel, &mut push);
    push_plain_keys(&parcel.ids, &parcel.other_orders, push);
}

/// The keys of every identifier a parcel goes by as it is written, each once.
pub(super) fn push_written_keys(parcel: &Parcel, mut push: impl FnMut(u64)) {
    let ids = &parcel.ids;
    let (order, package, tracking) =
        (ids.order.as_deref(), ids.package.as_deref(), ids.tracking.as_deref());
    let given = [order, package, tracking];
    for (at, id) in given.iter().enumerate() {
        if let Some(id) = id
            && !given[..at].contains(&Some(*id))
        {
            push(ident::key(id));
        }
    }
    let handle = ids.written_handle();
    if !handle.is_empty() && !given.contains(&Some(&*handle)) {
        push(ident::key(&handle));
    }
    for order in &parcel.other_orders {
        push(ident::key(order));
    }
}

/// The keys of those identifiers that are compared otherwise than they are written: few.
pub(super) fn push_plain_keys(ids: &Ids, other_orders: &[String], mut push: impl FnMut(u64)) {
    let mut compared = |written: &str, plain: Cow<'_, str>| {
        if plain != written {
            push(ident::key(&plain));
        }
    };
    for number in ids.order.iter().chain(&ids.package).chain(other_orders) {
        compared(number, plain_order(number));
    }
    if let Some(tracking) = &ids.tracking {
        compared(tracking, plain_tracking(tracking));
    }
    // Without a package the tracking number is the handle, and is there already.
    if ids.package.is_some() || ids.tracking.is_none() {
        compared(&ids.written_handle(), ids.plain_handle());
    }
}
