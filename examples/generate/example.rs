//! The two small files of the guide: an order export in which each interesting case occurs once,
//! and the carrier events that come after it. Amounts are round, and the last two digits of every
//! number say which case it is.

use crate::columns::{self, Layout};
use crate::day::{DAY, Day, HOUR, MINUTE};
use crate::goods::Product;
use crate::order::{Buyer, Cancel, Line, Order, PLACES, Parcel, Shipping, Times};
use crate::plain::EVENTS_HEADER;
use crate::text::Text;
use std::io::{self, Write};

/// Case numbers are added to these.
const ORDER_IDS: u64 = 577_421_135_689_241_000;
/// See `ORDER_IDS`.
const PACKAGE_IDS: u64 = 1_154_211_356_892_471_000;
/// See `ORDER_IDS`; the part after the common prefix.
const TRACKINGS: u64 = 99_562_743_815_200;
/// The second parcel of the split order has the number of the first plus this.
const SECOND: u64 = 50;

/// Writes the order export, newest order first.
pub(crate) fn write_orders(day: Day, out: &mut impl Write) -> io::Result<()> {
    columns::write_header(Layout::Us2026, out)?;
    let mut orders = orders(day);
    orders.sort_by_key(|order| -order.times.created);
    for order in &orders {
        columns::write_order(Layout::Us2026, order, out)?;
    }
    Ok(())
}

/// Writes the carrier events of the days after the export.
pub(crate) fn write_events(day: Day, out: &mut impl Write) -> io::Result<()> {
    out.write_all(EVENTS_HEADER)?;
    for (number, event, days, note) in [
        (22, "scanned", 1, "Accepted at origin"),
        (16, "cancelled", 1, "Label voided before the first scan"),
        (3, "delivered", 1, "Left at the front door"),
        (3 + SECOND, "damaged", 1, "\"Carton crushed, buyer sent photos\""),
        (4, "delivered", 2, ""),
        (19, "delivered", 2, ""),
        (13, "damaged", 2, "Handle broken"),
        (14, "returned", 2, "Refused by the recipient"),
        (1, "lost", 3, "Search closed without result"),
        (11, "delivered", 3, "\"Signed, front desk\""),
        (22, "delivered", 4, ""),
    ] {
        let mut line = Text::default();
        line.tracking(TRACKINGS + number);
        line.str(",");
        line.str(event);
        line.str(",");
        line.day(day.plus(days));
        line.str(",");
        line.str(note);
        line.str("\n");
        out.write_all(&line.0)?;
    }
    Ok(())
}

/// The cases. Days are counted back from the export, amounts are in whole dollars.
fn orders(day: Day) -> Vec<Order> {
    let export = Export(day);
    let mut orders = vec![
        export.in_transit(1, 30, &[item("Espresso", "machine", 450)]),
        export.delivered(2, 9, 4, &[item("Walnut", "clock", 120)]),
        export.in_transit(3, 3, &[item("Leather", "backpack", 200), item("Standing", "desk", 300)]),
        export.in_transit(4, 4, &[item("Ceramic", "lamp", 60)]),
        export.in_transit(5, 4, &[item("Linen", "cushion", 85)]),
        export.waiting(6, 1, &[item("Cordless", "drill set", 480)]),
        export.waiting(7, 0, &[item("Oak", "tray", 95)]),
        export.waiting(8, 6, &[item("Rattan", "basket", 75)]),
        export.delivered(9, 14, 10, &[item("Pour-over", "kettle", 130)]),
        export.delivered(10, 11, 7, &[item("Smart", "watch", 240)]),
        export.in_transit(11, 2, &[item("Mirrorless", "camera", 6_200)]),
        export.delivered(
            12,
            8,
            3,
            &[item("Glass", "vase", 50), item("Steel", "mug", 30), item("Wool", "blanket", 40)],
        ),
        export.delivered(13, 10, 6, &[item("Stand", "mixer", 260)]),
        export.in_transit(14, 15, &[item("Running", "shoes", 210)]),
        export.in_transit(15, 18, &[item("Robot", "vacuum", 320)]),
        export.labelled(16, 1, &[item("Air", "purifier", 230)]),
        export.in_transit(17, 88, &[item("Folding", "e-scooter", 275)]),
        export.delivered(18, 5, 1, &[item("Office", "chair", 200)]),
        export.in_transit(19, 5, &[item("Acoustic", "guitar", 200)]),
        export.delivered(20, 20, 16, &[item("Bamboo", "organizer", 18)]),
        export.delivered(21, 25, 21, &[item("Cork", "coaster", 35)]),
        export.labelled(22, 1, &[item("Canvas", "tote bag", 49)]),
        export.delivered(23, 40, 35, &[item("Cotton", "bedding", 99)]),
        export.in_transit(24, 1, &[item("Velvet", "curtain", 64)]),
    ];
    let combined = orders[3].times;
    for order in &mut orders {
        match order.id - ORDER_IDS {
            3 => split(order),
            5 => combine(order, 4, combined),
            8 => cancel(order, day),
            9 => order.by_tiktok = true,
            10 => order.lines[0].platform_discount = 2_000,
            12 => order.lines[1].quantity = 2,
            19 => order.lines[0].price += 1,
            _ => {}
        }
    }
    orders
}

/// The second line goes into a second parcel, and the buyer pays 10.00 for the shipping of both.
fn split(order: &mut Order) {
    order.shipping.original = 1_000;
    order.lines[1].parcel = Some(Parcel { carrier: "UPS", ..parcel(3 + SECOND) });
}

/// The order goes into the parcel of another order, of the same buyer, and on its way with it.
fn combine(order: &mut Order, with: u64, times: Times) {
    order.lines[0].parcel = Some(parcel(with));
    order.buyer = buyer(with);
    order.times = Times { created: order.times.created, paid: order.times.paid, ..times };
}

/// The buyer changes their mind before the label is made.
fn cancel(order: &mut Order, day: Day) {
    let (by, reason) = ("User", "No longer needed");
    order.cancel = Some(Cancel { at: day.plus(-5).at(16, 40), by, reason });
}

/// The day of the export, from which orders are made.
struct Export(Day);

impl Export {
    /// Paid, without a label.
    fn waiting(&self, number: u64, days_ago: i64, items: &[(Product, i64)]) -> Order {
        let created = self.0.plus(-days_ago).at(10, 0) - 3 * MINUTE * number as i64;
        let line = |&(product, dollars): &(Product, i64)| Line {
            product,
            variation: "Default",
            quantity: 1,
            price: dollars * 100,
            platform_discount: 0,
            seller_discount: 0,
            parcel: None,
        };
        Order {
            id: ORDER_IDS + number,
            times: Times {
                exported: self.0.at(12, 0),
                created,
                paid: created + 45,
                labelled: None,
                shipped: None,
                delivered: None,
            },
            cancel: None,
            by_tiktok: false,
            buyer: buyer(number),
            shipping: Shipping { original: 0, seller_discount: 0, platform_discount: 0 },
            lines: items.iter().map(line).collect(),
        }
    }

    /// With a label, not yet handed over.
    fn labelled(&self, number: u64, days_ago: i64, items: &[(Product, i64)]) -> Order {
        let mut order = self.waiting(number, days_ago, items);
        order.times.labelled = Some(order.times.created + 5 * HOUR);
        for line in &mut order.lines {
            line.parcel = Some(parcel(number));
        }
        order
    }

    /// Handed over so many days ago, ordered the day before, and not delivered.
    fn in_transit(&self, number: u64, shipped_ago: i64, items: &[(Product, i64)]) -> Order {
        let mut order = self.labelled(number, shipped_ago + 1, items);
        order.times.shipped = Some(order.times.created + DAY + 4 * HOUR);
        order
    }

    /// Handed over and delivered so many days ago.
    fn delivered(
        &self,
        number: u64,
        shipped_ago: i64,
        delivered_ago: i64,
        items: &[(Product, i64)],
    ) -> Order {
        let mut order = self.in_transit(number, shipped_ago, items);
        order.times.delivered = Some(self.0.plus(-delivered_ago).at(11, 20));
        order
    }
}

/// A product and its price in dollars.
fn item(material: &'static str, thing: &'static str, dollars: i64) -> (Product, i64) {
    (Product { number: 500 + dollars.unsigned_abs() % 400, material, thing }, dollars)
}

/// The parcel of a case.
fn parcel(number: u64) -> Parcel {
    Parcel { package: PACKAGE_IDS + number, tracking: TRACKINGS + number, carrier: "USPS" }
}

/// The buyer of a case.
fn buyer(number: u64) -> Buyer {
    let letter = |step: u64| char::from(b'A' + (number * step % 26) as u8);
    Buyer {
        initials: [letter(7), letter(11)],
        digits: 1_000 + number * 37,
        place: &PLACES[(number % PLACES.len() as u64) as usize],
    }
}
