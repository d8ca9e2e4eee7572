//! A group of a report as a row.

use rust_decimal::Decimal;
use serde_json::Value;

use super::super::view::{Cells, Format, Paint, Row, Rows};
use crate::report::{Group, Rated};

/// A group.
pub(super) struct GroupRow<'a>(pub(super) &'a Group);

impl GroupRow<'_> {
    /// The same fields as one JSON object.
    pub(super) fn as_json(&self) -> Value {
        let mut line = Vec::new();
        let mut rows = Rows::new::<GroupRow<'_>>(Format::Ndjson, &mut line, Paint::default());
        // Writing into memory cannot fail.
        let _ = rows.push(self);
        serde_json::from_slice(&line).unwrap_or(Value::Null)
    }
}

impl Row for GroupRow<'_> {
    const COLUMNS: &'static [&'static str] = &[
        "by",
        "group",
        "carrier",
        "from",
        "to",
        "currency",
        "parcels",
        "cancelled",
        "package_value",
        "cover",
        "premium",
        "claims",
        "accepted",
        "rejected",
        "undecided",
        "payouts",
        "owed",
        "expected",
        "loss_ratio",
        "claimable",
        "claimable_payout",
        "claimable_unknown",
        "claimable_returned",
        "closes_first",
        "missed",
        "missed_payout",
        "scanned",
        "settled",
        "delivered",
        "lost",
        "loss_rate",
        "loss_low",
        "loss_high",
        "late",
        "delay_rate",
        "delay_low",
        "delay_high",
        "damaged",
        "damage_rate",
        "damage_low",
        "damage_high",
        "few",
    ];

    fn cells(&self, out: &mut dyn Cells) {
        let Group { by, name, carrier, from, to, currency, sums, rates } = self.0;
        let money = |minor| self.0.money(minor);
        out.text(by.word());
        out.text_or_none(name.as_deref());
        out.text_or_none(carrier.as_deref());
        out.text_or_none(from.as_deref());
        out.text_or_none(to.as_deref());
        out.text_or_none(currency.as_ref().map(crate::money::Currency::code));
        out.number(sums.parcels);
        out.number(sums.cancelled);
        out.money_or_none(money(sums.package_value));
        out.money_or_none(money(sums.cover));
        out.money_or_none(money(sums.premium));
        out.number(sums.claims);
        out.number(sums.accepted);
        out.number(sums.rejected);
        out.number(sums.undecided);
        out.money_or_none(money(sums.payouts));
        out.money_or_none(money(sums.owed));
        out.money_or_none(money(sums.expected));
        let ratio = currency.and_then(|_| sums.loss_ratio());
        number_or_none(out, ratio);
        out.number(sums.claimable);
        out.money_or_none(money(sums.claimable_payout));
        out.number(sums.claimable_unknown);
        out.number(sums.claimable_returned);
        out.day_or_none(sums.closes_first);
        out.number(sums.missed);
        out.money_or_none(money(sums.missed_payout));
        out.number(rates.scanned);
        out.number(rates.settled);
        out.number(rates.delivered);
        out.number(rates.lost);
        rated(out, rates.loss());
        out.number(rates.late);
        rated(out, rates.delay());
        out.number(rates.damaged);
        rated(out, rates.damage());
        out.flag(rates.loss().is_none_or(|loss| loss.few));
    }

    fn id(&self) -> String {
        String::new()
    }
}

fn rated(out: &mut dyn Cells, rated: Option<Rated>) {
    number_or_none(out, rated.map(|rated| rated.rate));
    number_or_none(out, rated.map(|rated| rated.low));
    number_or_none(out, rated.map(|rated| rated.high));
}

fn number_or_none(out: &mut dyn Cells, number: Option<Decimal>) {
    out.text_or_none(number.map(|number| number.to_string()).as_deref());
}
