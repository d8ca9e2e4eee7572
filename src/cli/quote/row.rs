//! A priced parcel as a row.

use std::borrow::Cow;

use super::super::explain::{Fate, Price};
use super::super::view::{Cells, Row, as_value};
use crate::ops::QuoteRow;
use crate::parcel::{Ids, Parcel};
use crate::rules::{Doubt, Quote, Terms, Trace, doubt};

/// A parcel with its price, or why it has none.
pub(super) struct PricedRow<'a> {
    line: Option<u64>,
    ids: [Option<&'a str>; 3],
    priced: Option<(Terms<'a>, &'a Quote)>,
    code: Option<&'a str>,
    reason: Option<Cow<'a, str>>,
    hint: Option<&'a str>,
    doubt: Option<Doubt<'a>>,
}

fn names(ids: &Ids) -> [Option<&str>; 3] {
    [ids.order.as_deref(), ids.package.as_deref(), ids.tracking.as_deref()]
}

impl<'a> PricedRow<'a> {
    /// Of a parcel that was stated by hand.
    pub(super) fn one(terms: Terms<'a>, parcel: &'a Parcel, quote: &'a Quote) -> PricedRow<'a> {
        PricedRow { doubt: doubt(terms, parcel), ..PricedRow::new(terms, parcel, quote) }
    }

    fn new(terms: Terms<'a>, parcel: &'a Parcel, quote: &'a Quote) -> PricedRow<'a> {
        PricedRow {
            line: None,
            ids: names(&parcel.ids),
            priced: Some((terms, quote)),
            code: quote.refused.as_ref().map(|r| r.code),
            reason: quote.refused.as_ref().map(|r| Cow::from(&r.reason)),
            hint: quote.refused.as_ref().and_then(|r| r.remedy.as_deref()),
            doubt: None,
        }
    }

    /// Of a row of a file.
    pub(super) fn of(row: &'a QuoteRow<'a>) -> PricedRow<'a> {
        match row {
            QuoteRow::Priced { line, parcel, terms, quote, doubt } => PricedRow {
                line: Some(*line),
                doubt: *doubt,
                ..PricedRow::new(*terms, parcel, quote)
            },
            QuoteRow::Refused { line, ids, refusal } => PricedRow {
                line: Some(*line),
                ids: names(ids),
                priced: None,
                code: Some(refusal.code),
                reason: Some(Cow::from(&refusal.reason)),
                hint: refusal.remedy.as_deref(),
                doubt: None,
            },
            QuoteRow::Cancelled { line, ids } => PricedRow {
                line: Some(*line),
                ids: names(ids),
                priced: None,
                code: Some("order_cancelled"),
                reason: Some("the order is cancelled, there is nothing to cover".into()),
                hint: None,
                doubt: None,
            },
            QuoteRow::Bad(bad) => PricedRow {
                line: Some(bad.line),
                ids: names(&bad.ids),
                priced: None,
                code: Some(bad.code),
                reason: Some(bad.told().into()),
                hint: bad.hint.as_deref(),
                doubt: None,
            },
        }
    }
}

impl PricedRow<'_> {
    /// The code it is refused with, and what to do about it.
    pub(super) fn hint(&self) -> Option<(&str, Option<&str>)> {
        self.code.map(|code| (code, self.hint))
    }

    /// Whether it is the row of this line.
    pub(super) fn is_on(&self, line: u64) -> bool {
        self.line == Some(line)
    }
}

/// What a row came to, with the steps of its price and the clause it was refused by.
pub(super) fn fate(row: &QuoteRow<'_>, priced: &PricedRow<'_>) -> Fate {
    let (trace, refusal) = match row {
        QuoteRow::Priced { quote, .. } => (quote.trace.clone(), quote.refused.as_deref()),
        QuoteRow::Refused { refusal, .. } => (Trace::off(), Some(*refusal)),
        QuoteRow::Cancelled { .. } | QuoteRow::Bad(_) => (Trace::off(), None),
    };
    Fate { row: as_value(priced), price: Some(Price { trace, refusal: refusal.cloned() }) }
}

impl Row for PricedRow<'_> {
    const COLUMNS: &'static [&'static str] = &[
        "line",
        "order_id",
        "package_id",
        "tracking_number",
        "plan",
        "version",
        "currency",
        "package_value",
        "included_cover",
        "cover",
        "uninsured_value",
        "stays_uninsured",
        "premium",
        "assumed",
        "code",
        "reason",
        "doubt",
    ];
    const TABLE: Option<&'static [usize]> = Some(&[0, 1, 2, 7, 9, 11, 12, 14, 15]);

    fn cells(&self, out: &mut dyn Cells) {
        match self.line {
            Some(line) => out.number(line),
            None => out.none(),
        }
        for id in self.ids {
            out.text_or_none(id);
        }
        match self.priced {
            Some((terms, quote)) => {
                out.text(&terms.plan.id);
                out.day(terms.version.effective);
                out.text(terms.plan.currency.code());
                out.money(quote.figures.package_value);
                out.money(quote.figures.included_cover);
                out.money(quote.figures.cover);
                out.money(quote.uninsured_value);
                out.money(quote.stays_uninsured);
                out.money(quote.figures.premium);
                out.flag(quote.basis.is_assumed());
            }
            None => (0..10).for_each(|_| out.none()),
        }
        out.text_or_none(self.code);
        out.text_or_none(self.reason.as_deref());
        out.text_or_none(self.doubt.map(|doubt| doubt.excluded));
    }

    /// The parcel's name; of one that was stated without any the plan's, as among several plans.
    fn id(&self) -> String {
        let [order, package, tracking] = self.ids;
        let plan = match self.priced {
            Some((terms, quote)) if self.line.is_none() && quote.refused.is_none() => {
                Some(terms.plan.id.as_str())
            }
            _ => None,
        };
        package.or(tracking).or(order).or(plan).unwrap_or_default().to_owned()
    }
}
