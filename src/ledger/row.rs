//! A policy as its row holds it, and back.

use std::sync::Arc;

use rusqlite::types::{FromSql, ToSqlOutput, Value, ValueRef};
use rusqlite::{Connection, OptionalExtension, Row, ToSql};

use super::looks;
use crate::calendar::{Day, from_epoch, to_epoch};
use crate::claim::ClaimStatus;
use crate::exchange::Exchange;
use crate::money::{Currency, Money};
use crate::number::{BatchNo, ClaimNo, PolicyNo};
use crate::parcel::{
    CarrierEvent, CarrierFacts, Country, Fulfilment, Ids, Label, Parcel, Stated, ValueParts,
};
use crate::policy::{Deadlines, Figures, Look, PayoutIs, Policy, Prospect, State};

/// Everything of a policy, in the order [`policy`] reads it. CROSS JOIN keeps the policy first.
const POLICY: &str = "
SELECT p.id, p.batch, b.on_day, t.plan, t.version, t.currency,
       p.order_id, p.package_id, p.tracking, p.other_orders,
       l.from_country, l.to_country, l.carrier, l.service, l.shipped, g.category, g.contents, p.fulfilment,
       p.product, p.coupon, p.shipping, p.package_value, p.included_cover, p.cover, p.premium,
       a.figures, p.state, p.label, p.label_on, p.ship_date, p.scanned_on, p.delivered_on,
       p.cancelled, p.cancelled_on, p.loss_from, p.closes_on, p.trouble, p.trouble_on,
       p.refunded, p.claim, c.status, p.moved_on, p.fx, p.stated_value,
       p.looks_like, p.looks_from, p.looks_until, p.looks_window, p.payout, p.payout_is
FROM policy p CROSS JOIN terms t ON t.id = p.terms CROSS JOIN batch b ON b.id = p.batch
LEFT JOIN lane l ON l.id = p.lane LEFT JOIN goods g ON g.id = p.goods
LEFT JOIN assumed a ON a.id = p.assumed LEFT JOIN claim c ON c.id = p.claim
WHERE p.id";

/// The policy of this number.
pub(super) fn get(conn: &Connection, no: i64) -> rusqlite::Result<Option<Policy>> {
    conn.prepare_cached(&format!("{POLICY} = ?1"))?
        .query_row([no], |row| policy(conn, row))
        .optional()
}

/// The policies from one number to another, in order, until `each` says stop.
pub(super) fn between(
    conn: &Connection,
    (first, last): (i64, i64),
    mut each: impl FnMut(Policy) -> bool,
) -> rusqlite::Result<()> {
    let mut select = conn.prepare_cached(&format!("{POLICY} BETWEEN ?1 AND ?2 ORDER BY p.id"))?;
    let mut rows = select.query([first, last])?;
    while let Some(row) = rows.next()? {
        if !each(policy(conn, row)?) {
            break;
        }
    }
    Ok(())
}

fn policy(conn: &Connection, row: &Row<'_>) -> rusqlite::Result<Policy> {
    let mut r = Columns { row, at: 0 };
    let no = PolicyNo(r.next()?);
    let batch = BatchNo(r.next()?);
    let bound_on = r.day()?;
    let plan = r.next()?;
    let version = r.day()?;
    let currency = r.word(Currency::from_code)?;
    let ids = Ids { order: r.id()?, package: r.id()?, tracking: r.id()? };
    let other_orders = r.list()?;
    let from = r.maybe_word(Country::from_code)?;
    let to = r.maybe_word(Country::from_code)?;
    let (carrier, service) = (r.next()?, r.next()?);
    let shipped = r.list()?;
    let (goods, contents) = (r.next()?, r.next()?);
    let fulfilment = r.maybe_word(Fulfilment::from_word)?.unwrap_or_default();
    let value = ValueParts {
        product: r.money(currency)?,
        coupon: r.money(currency)?,
        shipping: r.money(currency)?,
    };
    let figures = Figures {
        package_value: r.money(currency)?,
        included_cover: r.money(currency)?,
        cover: r.money(currency)?,
        premium: r.money(currency)?,
    };
    let assumed = r.list()?;
    let state = r.state()?;
    let label = r.label()?;
    let ship_date = r.maybe_day()?;
    let mut facts = CarrierFacts {
        scanned_on: r.maybe_day()?,
        delivered_on: r.maybe_day()?,
        cancelled: r.next::<Option<i64>>()?.is_some(),
        cancelled_on: r.maybe_day()?,
        moved_on: None,
    };
    let deadlines = Deadlines { loss_from: r.maybe_day()?, closes_on: r.maybe_day()? };
    let trouble = r.maybe_word(CarrierEvent::from_word)?.zip(r.maybe_day()?);
    let refunded = r.next::<Option<i64>>()?.map(|minor| Money::from_minor(minor, currency));
    let claim = r.next::<Option<i64>>()?.map(ClaimNo);
    let claim = claim.zip(r.maybe_word(ClaimStatus::from_word)?);
    facts.moved_on = r.maybe_day()?;
    let stated = stated(conn, currency, r.next()?, r.next()?)?;
    let prospect = r.prospect(currency)?;
    Ok(Policy {
        no,
        batch,
        plan,
        version,
        parcel: Parcel {
            ids,
            other_orders,
            value,
            stated: stated.map(Box::new),
            from,
            to,
            carrier,
            service,
            shipped,
            goods,
            contents,
            fulfilment,
            label,
            ship_date,
            facts,
        },
        figures,
        assumed,
        state,
        bound_on,
        deadlines,
        prospect,
        trouble,
        refunded,
        claim,
    })
}

/// What a parcel was stated to be worth before it was converted into this currency. Asked for
/// only where the row says so: few do.
pub(super) fn stated(
    conn: &Connection,
    to: Currency,
    fx: Option<i64>,
    minor: Option<i64>,
) -> rusqlite::Result<Option<Stated>> {
    let Some((fx, minor)) = fx.zip(minor) else { return Ok(None) };
    conn.prepare_cached("SELECT from_currency, rate, on_day, source FROM fx WHERE id = ?1")?
        .query_row([fx], |row| {
            let mut r = Columns { row, at: 0 };
            let from = r.word(Currency::from_code)?;
            let rate = r.word(|rate| Exchange::parse_rate(rate).ok())?;
            let at = Arc::new(Exchange { from, to, rate, on: r.day()?, source: r.next()? });
            Ok(Stated { value: Money::from_minor(minor, from), at })
        })
        .optional()
}

/// Reads columns one after the other.
pub(super) struct Columns<'a> {
    pub(super) row: &'a Row<'a>,
    pub(super) at: usize,
}

impl Columns<'_> {
    pub(super) fn next<T: FromSql>(&mut self) -> rusqlite::Result<T> {
        self.at += 1;
        self.row.get(self.at - 1)
    }

    pub(super) fn maybe_day(&mut self) -> rusqlite::Result<Option<Day>> {
        let days: Option<i64> = self.next()?;
        Ok(days.and_then(from_epoch))
    }

    pub(super) fn day(&mut self) -> rusqlite::Result<Day> {
        self.maybe_day()?.ok_or_else(|| malformed("a day is outside the calendar"))
    }

    pub(super) fn money(&mut self, currency: Currency) -> rusqlite::Result<Money> {
        Ok(Money::from_minor(self.next()?, currency))
    }

    pub(super) fn maybe_word<T>(
        &mut self,
        read: fn(&str) -> Option<T>,
    ) -> rusqlite::Result<Option<T>> {
        self.at += 1;
        match self.row.get_ref(self.at - 1)? {
            ValueRef::Null => Ok(None),
            word => word
                .as_str()
                .ok()
                .and_then(read)
                .map(Some)
                .ok_or_else(|| malformed("a word is not known")),
        }
    }

    pub(super) fn word<T>(&mut self, read: fn(&str) -> Option<T>) -> rusqlite::Result<T> {
        self.maybe_word(read)?.ok_or_else(|| malformed("a word is missing"))
    }

    pub(super) fn state(&mut self) -> rusqlite::Result<State> {
        Ok(match self.next::<i64>()? {
            0 => State::Confirmed,
            1 => State::Effective,
            _ => State::Cancelled,
        })
    }

    /// The two columns of where the label stands.
    pub(super) fn label(&mut self) -> rusqlite::Result<Label> {
        let (label, on) = (self.next::<i64>()?, self.maybe_day()?);
        Ok(match label {
            0 => Label::None,
            1 => Label::ThisStep,
            _ => Label::Exists(on),
        })
    }

    /// The six columns of what could be claimed.
    pub(super) fn prospect(&mut self, currency: Currency) -> rusqlite::Result<Option<Prospect>> {
        let looks_like = match self.next::<Option<i64>>()? {
            None => return Ok(None),
            Some(0) => Look::Loss,
            Some(1) => Look::Damage,
            Some(2) => Look::Delay,
            Some(_) => Look::Returned,
        };
        Ok(Some(Prospect {
            looks_like,
            from: self.day()?,
            closes_on: self.maybe_day()?,
            window: self.next()?,
            payout: self.money(currency)?,
            payout_is: match self.next::<i64>()? {
                0 => PayoutIs::Exact,
                1 => PayoutIs::AtMost,
                _ => PayoutIs::Unknown,
            },
        }))
    }

    pub(super) fn id(&mut self) -> rusqlite::Result<Option<String>> {
        Ok(match self.next::<Value>()? {
            Value::Integer(digits) => Some(digits.to_string()),
            Value::Text(text) => Some(text),
            _ => None,
        })
    }

    pub(super) fn list(&mut self) -> rusqlite::Result<Vec<String>> {
        self.next::<Option<String>>()?.map_or(Ok(Vec::new()), |json| {
            serde_json::from_str(&json).map_err(|_| malformed("a list is not JSON"))
        })
    }
}

/// An identifier on its way into a row.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct StoredId<'a>(pub(super) Option<&'a str>);

impl ToSql for StoredId<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self.0 {
            None => ToSqlOutput::Owned(Value::Null),
            Some(text) => match as_integer(text) {
                Some(number) => ToSqlOutput::Owned(Value::Integer(number)),
                None => ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes())),
            },
        })
    }
}

/// The integer whose digits are exactly this text.
fn as_integer(text: &str) -> Option<i64> {
    let canonical = match text.as_bytes() {
        [b'0', _, ..] | [] => false,
        digits => digits.len() <= 19 && digits.iter().all(u8::is_ascii_digit),
    };
    canonical.then(|| text.parse().ok()).flatten()
}

/// A day on its way into a row.
pub(super) fn epoch(day: Option<Day>) -> Option<i64> {
    day.map(|day| i64::from(to_epoch(day)))
}

/// What could be claimed, in its six columns.
pub(super) fn prospect(prospect: Option<Prospect>) -> [Option<i64>; 6] {
    match prospect {
        None => [None; 6],
        Some(p) => [
            Some(i64::from(looks::look_code(Some(p.looks_like))) - 1),
            epoch(Some(p.from)),
            epoch(p.closes_on),
            p.window.map(i64::from),
            Some(p.payout.minor()),
            Some(i64::from(looks::payout_code(p.payout_is))),
        ],
    }
}

/// Where the label stands, in a number and a day.
pub(super) fn label(label: Label) -> (i64, Option<i64>) {
    match label {
        Label::None => (0, None),
        Label::ThisStep => (1, None),
        Label::Exists(on) => (2, epoch(on)),
    }
}

/// Further orders, as JSON; none for none.
pub(super) fn other_orders(parcel: &Parcel) -> Option<String> {
    (!parcel.other_orders.is_empty()).then(|| to_json(&parcel.other_orders))
}

/// Who ships, none for the usual.
pub(super) fn fulfilment(parcel: &Parcel) -> Option<&'static str> {
    (parcel.fulfilment != Fulfilment::default()).then(|| parcel.fulfilment.word())
}

/// JSON text of a value that is surely JSON: lists and objects of texts.
pub(super) fn to_json<T: serde::Serialize>(value: &T) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

/// A row that this program would not have written.
pub(super) fn malformed(what: &'static str) -> rusqlite::Error {
    rusqlite::Error::ToSqlConversionFailure(what.into())
}

#[cfg(test)]
mod tests {
    use super::as_integer;

    #[test]
    fn only_the_exact_digits_become_an_integer() {
        for text in ["0", "7", "576401434439589175", "9223372036854775807"] {
            assert_eq!(as_integer(text).map(|n| n.to_string()).as_deref(), Some(text));
        }
        for text in ["", "007", "-7", "+7", "7 ", "9223372036854775808", "٧", "1E5"] {
            assert_eq!(as_integer(text), None, "{text}");
        }
    }
}
