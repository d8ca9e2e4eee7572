//! How one row of a file became what it became: the file is read as ever, and what was noted of the row
//! and of the other rows of its parcel is put together.

use std::sync::Arc;

use super::asked::{Asked, Decided, LineIs, Notes, OrderMoney, Origin, ReadAs, RowRead};
use super::error::IntakeError;
use super::{BadRow, EventRow, Item, ParcelRow, Reader};
use crate::calendar::Day;
use crate::money::Money;
use crate::parcel::{Country, Ids, Label};

/// How a row became what it became.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explained {
    /// The file.
    pub file: String,
    /// The sheet, in a workbook.
    pub sheet: Option<String>,
    /// The layout.
    pub layout: String,
    /// Why it is that one, for people.
    pub why: String,
    /// The row that was asked about.
    pub row: u64,
    /// Where that is.
    pub is: LineIs,
    /// The last line of the last row.
    pub last: u64,
    /// The row itself, where it is one.
    pub read: Option<RowRead>,
    /// The other rows of its parcel.
    pub others: Vec<RowRead>,
    /// What it became.
    pub became: Became,
    /// What is counted once an order of its parcel.
    pub orders: Vec<OrderMoney>,
    /// What is known of its parcel, and from where.
    pub facts: Vec<Fact>,
}

/// What a row became.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Became {
    /// Nothing: it is no row, or is passed over.
    #[default]
    Nothing,
    /// It is passed over, and what it says of its order counts for the parcels on these lines.
    Beside(Vec<(u64, Ids)>),
    /// A parcel, or a part of one.
    Parcel(Box<ParcelRow>),
    /// Carrier events.
    Events(Vec<EventRow>),
    /// Nothing: it is refused, or another row of its parcel is.
    Bad(Box<BadRow>),
}

/// Something that is known of a parcel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// What: the column of the tool's own file that says it.
    pub fact: &'static str,
    /// As it is.
    pub value: ReadAs,
    /// The cells it is from.
    pub from: Vec<Origin>,
    /// What decided it beside them.
    pub decided: Option<Decided>,
}

/// Explains a row of a file, which is opened once, and again where the row's parcel has others.
///
/// # Errors
/// Whatever keeps the file from being read.
pub fn explain<E: From<IntakeError>>(
    row: u64,
    mut open: impl FnMut(Asked) -> Result<Reader, E>,
) -> Result<Explained, E> {
    let asked = Asked::about(row, &[]);
    let found = look(open(asked.clone())?, &asked, row)?;
    let others: Vec<u64> = found.became.lines().filter(|line| *line != row).collect();
    if others.is_empty() {
        return Ok(found);
    }
    let asked = Asked::about(row, &others);
    Ok(look(open(asked.clone())?, &asked, row)?)
}

/// Reads a file to its end.
fn look(mut reader: Reader, asked: &Asked, row: u64) -> Result<Explained, IntakeError> {
    let mut became = Became::Nothing;
    for item in &mut reader {
        became.see(item?, row);
    }
    let Notes { place, last, mut rows, orders } = asked.notes().clone();
    let read = rows.remove(&row);
    let others: Vec<RowRead> = rows.into_values().collect();
    let mut explained = Explained {
        file: reader.original.name().to_owned(),
        sheet: reader.original.sheet().map(|sheet| sheet.name().to_owned()),
        layout: reader.layout().to_owned(),
        why: reader.why().to_owned(),
        row,
        is: place,
        last,
        read,
        others,
        became,
        orders,
        facts: Vec::new(),
    };
    if let Became::Parcel(parcel) = &explained.became {
        explained.facts = explained.facts_of(parcel);
    }
    Ok(explained)
}

impl Became {
    /// Looks at one item of the file: whether the row is in it.
    fn see(&mut self, item: Item, row: u64) {
        let has = |line: u64, more: &[u64]| line == row || more.contains(&row);
        let beside = |order: &Option<Arc<[u64]>>| order.as_ref().is_some_and(|o| o.contains(&row));
        match (item, &mut *self) {
            (Item::Event(event), Became::Events(events)) if event.line == row => events.push(event),
            (Item::Event(event), _) if event.line == row => *self = Became::Events(vec![event]),
            (Item::Event(_), _) => {}
            (Item::Parcel(parcel), _) if has(parcel.line, &parcel.more_lines) => {
                *self = Became::Parcel(Box::new(parcel));
            }
            (Item::Bad(bad), _) if has(bad.line, &bad.more_lines) => {
                *self = Became::Bad(Box::new(bad));
            }
            (Item::Parcel(parcel), became) if beside(&parcel.order_lines) => {
                became.beside(parcel.line, parcel.parcel.ids);
            }
            (Item::Bad(bad), became) if beside(&bad.order_lines) => {
                became.beside(bad.line, bad.ids);
            }
            (Item::Parcel(_) | Item::Bad(_), _) => {}
        }
    }

    /// What the row says counts for this parcel, unless it is a parcel's own.
    fn beside(&mut self, line: u64, ids: Ids) {
        match self {
            Became::Nothing => *self = Became::Beside(vec![(line, ids)]),
            Became::Beside(parcels) => parcels.push((line, ids)),
            Became::Parcel(_) | Became::Events(_) | Became::Bad(_) => {}
        }
    }

    /// The line by which the run tells it, where it is a parcel or is refused.
    pub fn line(&self) -> Option<u64> {
        match self {
            Became::Nothing | Became::Beside(_) => None,
            Became::Parcel(parcel) => Some(parcel.line),
            Became::Events(events) => events.first().map(|event| event.line),
            Became::Bad(bad) => Some(bad.line),
        }
    }

    /// All lines of the parcel.
    pub fn lines(&self) -> impl Iterator<Item = u64> {
        let more = match self {
            Became::Parcel(parcel) => parcel.more_lines.as_slice(),
            Became::Bad(bad) => bad.more_lines.as_slice(),
            Became::Nothing | Became::Beside(_) | Became::Events(_) => &[],
        };
        let mut lines: Vec<u64> = self.line().into_iter().chain(more.iter().copied()).collect();
        lines.sort_unstable();
        lines.into_iter()
    }
}

impl Explained {
    /// The rows of its parcel, in the order of the file.
    fn rows(&self) -> Vec<&RowRead> {
        let mut rows: Vec<&RowRead> = self.read.iter().chain(&self.others).collect();
        rows.sort_by_key(|row| row.line);
        rows
    }

    /// The cells of which a parcel has these fields.
    fn from(&self, fields: &[&str]) -> Vec<Origin> {
        let gives = |row: &&RowRead| !row.cancelled && row.skipped.is_none();
        let cells = self.rows().into_iter().filter(gives).flat_map(|row| {
            let given = row.columns.iter().filter(|column| {
                fields.contains(&column.field) && row.gives(column.field) && column.read.is_some()
            });
            let own = given
                .map(|column| Origin::here(column.from_line.unwrap_or(row.line), &column.column));
            own.chain(row.joined(fields))
        });
        let mut origins: Vec<Origin> = cells.collect();
        origins.dedup();
        origins
    }

    /// The name of a field's column.
    fn column(&self, field: &str) -> Option<&str> {
        let mut columns = self.rows().into_iter().flat_map(|row| &row.columns);
        columns.find(|column| column.field == field).map(|column| column.column.as_str())
    }

    /// What one of these fields was decided to be of a row that counts.
    fn decided(&self, what: &str) -> Option<Decided> {
        let counts = |row: &&RowRead| !row.cancelled && row.skipped.is_none();
        let columns = self.rows().into_iter().filter(counts).flat_map(|row| &row.columns);
        columns.flat_map(|column| &column.decided).find(|decided| decided.what == what).cloned()
    }

    /// Cells in which a word means this.
    fn words(&self, meaning: &[&str]) -> Vec<Origin> {
        let counts = |row: &&RowRead| !row.cancelled && row.skipped.is_none();
        let cells = self.rows().into_iter().filter(counts).flat_map(|row| {
            let says = |decided: &Decided| {
                decided.what == "word" && meaning.contains(&decided.is.as_str())
            };
            let said = row.columns.iter().filter(move |c| c.decided.iter().any(says));
            said.map(|c| Origin::here(row.line, &c.column))
        });
        cells.collect()
    }

    /// What an order says once, on the line that said it first.
    fn once(&self, field: &str, said: fn(&OrderMoney) -> Option<(Money, u64)>) -> Vec<Origin> {
        let Some(column) = self.column(field) else { return Vec::new() };
        let lines = self.orders.iter().filter_map(said).map(|(_, line)| line);
        lines.map(|line| Origin::here(line, column)).collect()
    }

    /// What is known of a parcel, and from where.
    fn facts_of(&self, row: &ParcelRow) -> Vec<Fact> {
        let (parcel, mut facts) = (&row.parcel, Vec::new());
        let text = |text: &Option<String>| text.clone().map(ReadAs::from);
        let mut put = |fact, value: Option<ReadAs>, from: Vec<Origin>, decided| {
            if let Some(value) = value {
                facts.push(Fact { fact, value, from, decided });
            }
        };
        let ids = &parcel.ids;
        put("order_id", text(&ids.order), self.from(&["order"]), None);
        let others =
            (!parcel.other_orders.is_empty()).then(|| parcel.other_orders.join(", ").into());
        put(
            "other_orders",
            others,
            self.column("order").map_or_else(Vec::new, |_| self.all("order")),
            None,
        );
        put("package_id", text(&ids.package), self.all("package"), None);
        put("tracking_number", text(&ids.tracking), self.all("tracking"), None);
        let value = &parcel.value;
        let mut goods = self.from(&["product", "unit-price", "quantity", "discount"]);
        goods.extend(self.once("order-goods", |order| order.goods));
        let stated = self.from(&["value"]);
        // A value that is stated as one figure has no parts.
        if stated.is_empty() || !goods.is_empty() {
            put("product", Some(value.product.into()), goods, None);
        }
        if !value.coupon.is_zero() || self.column("coupon").is_some() {
            put("coupon", Some(value.coupon.into()), self.from(&["coupon"]), None);
        }
        if !value.shipping.is_zero() || self.column("shipping").is_some() {
            let mut fee = self.from(&["shipping", "shipping-discount"]);
            if fee.is_empty() {
                fee = self.once("shipping", |order| order.fee);
            }
            put("shipping", Some(value.shipping.into()), fee, None);
        }
        let total = value.total().ok().map(ReadAs::from);
        put("value", total, stated, None);
        let currency = Some(value.currency().code().to_owned().into());
        put("currency", currency, self.from(&["currency"]), self.decided("currency"));
        let (label, from) = match parcel.label {
            Label::None => ("none", Vec::new()),
            Label::ThisStep => ("bought_now", self.all("tracking")),
            Label::Exists(Some(_)) => ("exists", self.from(&["label-created-at"])),
            Label::Exists(None) => match self.words(&["has-label"]) {
                words if words.is_empty() => ("exists", self.all("tracking")),
                words => ("exists", words),
            },
        };
        put("label", Some(label.to_owned().into()), from, None);
        let day = |day: Option<Day>| day.map(|day| day.to_string().into());
        let carrier = &parcel.facts;
        let created = match parcel.label {
            Label::Exists(day) => day,
            _ => None,
        };
        for (fact, field, on) in [
            ("label_created_at", "label-created-at", created),
            ("ship_date", "ship-date", parcel.ship_date),
            ("scanned_on", "scanned-on", carrier.scanned_on),
            ("moved_on", "moved-on", carrier.moved_on),
            ("delivered_on", "delivered-on", carrier.delivered_on),
            ("cancelled_on", "cancelled-on", carrier.cancelled_on),
        ] {
            let decided = self.turned(field);
            put(fact, day(on), self.from(&[field]), decided);
        }
        if carrier.cancelled {
            let mut from = self.words(&["cancelled"]);
            from.extend(self.from(&["cancelled-on"]));
            put("cancelled", Some("yes".to_owned().into()), from, None);
        }
        put("carrier", text(&parcel.carrier), self.from(&["carrier"]), None);
        put("service", text(&parcel.service), self.from(&["service"]), None);
        let code = |country: Option<Country>| country.map(|c| c.code().to_owned().into());
        put("from", code(parcel.from), self.from(&["from"]), None);
        put("to", code(parcel.to), self.from(&["to"]), None);
        let shipped = (!parcel.shipped.is_empty()).then(|| parcel.shipped.join(", ").into());
        put("shipped", shipped, self.from(&["shipped"]), None);
        put("goods", text(&parcel.goods), self.from(&["goods"]), None);
        put("contents", text(&parcel.contents), self.from(&["contents"]), None);
        let words = self.words(&["platform-label", "seller-label", "platform-warehouse"]);
        put("fulfilment", Some(parcel.fulfilment.word().to_owned().into()), words, None);
        if row.cover.is_some() {
            let said = self.rows().into_iter().find_map(|row| row.of("cover"));
            put("cover", said.and_then(|c| c.read.clone()), self.from(&["cover"]), None);
        }
        facts
    }

    /// The cells of a field in all rows of the parcel.
    fn all(&self, field: &str) -> Vec<Origin> {
        let cells = self.rows().into_iter().filter_map(|row| {
            let own = row.of(field).map(|column| Origin::here(row.line, &column.column));
            own.or_else(|| row.joined(&[field]).next())
        });
        let mut origins: Vec<Origin> = cells.collect();
        origins.dedup();
        origins
    }

    /// The zone to which the day of a field was turned, where it was.
    fn turned(&self, field: &str) -> Option<Decided> {
        let given = self.rows().into_iter().filter(|row| row.gives(field));
        let mut decided = given.filter_map(|row| row.of(field)).flat_map(|column| &column.decided);
        decided.find(|decided| decided.what == "your_zone").cloned()
    }
}
