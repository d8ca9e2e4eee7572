//! TikTok Shop order exports at any size: the common orders and, at a steady rate, the odd ones.

use crate::Job;
use crate::columns::{self, Layout};
use crate::day::{DAY, HOUR, Moment};
use crate::goods;
use crate::order::{Buyer, Cancel, Line, Order, PLACES, Parcel, Shipping, Times};
use crate::random::{self, Random};
use std::io::{self, Write};

/// An export holds the orders of this many days.
const SPAN: i64 = 75 * DAY;
/// A parcel that is lost was shipped at least so long ago.
const LOST_AFTER: i64 = 26 * DAY;
/// Each layout numbers its parcels from a multiple of this, so that no two files share a number.
const NUMBERS: u64 = 10_000_000_000_000;

/// Variations of a product, each of another length: SKU numbers are made from it.
const VARIATIONS: [&str; 6] =
    ["Default", "Black, M", "Natural white", "12\" x 18\"", "Set of two", "Blue"];
/// Who cancels an order, and why.
const CANCELS: [(&str, &str); 4] = [
    ("User", "No longer needed"),
    ("User", "Need to change payment method, or the address"),
    ("Seller", "Out of stock"),
    ("System", "Seller did not ship on time"),
];

/// Writes an export of `job.rows` parcels, newest order first.
pub(crate) fn write(job: &Job, layout: Layout, out: &mut impl Write) -> io::Result<()> {
    columns::write_header(layout, out)?;
    let mut parcels = 0;
    while parcels < job.rows {
        let drawn = Draw::new(job, layout, parcels).orders(job.rows - parcels);
        for order in &drawn.orders {
            columns::write_order(layout, order, out)?;
        }
        parcels += drawn.parcels;
    }
    Ok(())
}

/// Orders that belong together, and the parcels they fill: one order in one parcel, a split order
/// in several, two combined orders in one. An order without a label counts as one parcel.
struct Drawn {
    orders: Vec<Order>,
    parcels: u64,
}

/// Draws what comes next in the file.
struct Draw {
    random: Random,
    /// The number of the next parcel.
    index: u64,
    exported: Moment,
    created: Moment,
    /// Seconds from one parcel to the next.
    step: i64,
}

impl Draw {
    /// What to draw from, once this many parcels have been drawn.
    fn new(job: &Job, layout: Layout, parcels: u64) -> Draw {
        let index = NUMBERS * (1 + layout as u64) + job.start + parcels;
        let mut random = Random::for_row(job.seed, index);
        let exported = job.day.at(12, 0);
        let step = SPAN / job.rows as i64;
        let age = (i128::from(parcels) * i128::from(SPAN) / i128::from(job.rows)) as i64;
        let created = exported - 600 - age - random.between(0, step / 2);
        Draw { random, index, exported, created, step }
    }

    /// The next orders, with at most `room` parcels.
    fn orders(&mut self, room: u64) -> Drawn {
        let mut order = self.order();
        if order.times.labelled.is_none() {
            return Drawn { orders: vec![order], parcels: 1 };
        }
        if !order.by_tiktok && room >= 3 && self.random.per_mille(45) {
            let parcels = self.split(&mut order);
            return Drawn { orders: vec![order], parcels };
        }
        let parcel = self.parcel(0);
        for line in &mut order.lines {
            line.parcel = Some(parcel);
        }
        if !order.by_tiktok && self.random.per_mille(10) {
            let partner = self.partner(&order);
            return Drawn { orders: vec![order, partner], parcels: 1 };
        }
        Drawn { orders: vec![order], parcels: 1 }
    }

    /// Puts the lines of an order into two parcels or three. One SKU may be split by quantity:
    /// then it has a row in each parcel.
    fn split(&mut self, order: &mut Order) -> u64 {
        let parcels = if self.random.one_in(4) { 3 } else { 2 };
        let by_quantity = self.random.one_in(4);
        while order.lines.len() < parcels {
            let line = if by_quantity { order.lines[0] } else { self.line() };
            order.lines.push(line);
        }
        let packed: Vec<Parcel> = (0..parcels).map(|part| self.parcel(part as u64)).collect();
        for (position, line) in order.lines.iter_mut().enumerate() {
            line.parcel = Some(packed[position % parcels]);
        }
        parcels as u64
    }

    /// An order of the same buyer, placed a little earlier, that goes into the same parcel.
    fn partner(&mut self, first: &Order) -> Order {
        let created = first.times.created - self.step / 2;
        let paid = created + self.random.between(10, 200);
        let mut line = self.line();
        line.parcel = first.lines[0].parcel;
        Order {
            id: random::order_id(2 * self.index + 1),
            times: Times { created, paid, ..first.times },
            lines: vec![line],
            shipping: self.shipping(),
            ..*first
        }
    }

    /// An order without its parcels.
    fn order(&mut self) -> Order {
        let paid = self.created + self.random.between(10, 200);
        let cancelled = self.random.per_mille(50);
        let mut order = Order {
            id: random::order_id(2 * self.index),
            times: Times {
                exported: self.exported,
                created: self.created,
                paid,
                labelled: None,
                shipped: None,
                delivered: None,
            },
            cancel: None,
            by_tiktok: self.random.per_mille(20),
            buyer: self.buyer(),
            shipping: self.shipping(),
            lines: self.lines(),
        };
        if cancelled {
            let (by, reason) = self.random.pick(&CANCELS);
            let at = self.exported.min(paid + self.random.between(HOUR, 2 * DAY));
            order.cancel = Some(Cancel { at, by, reason });
        } else {
            self.ship(&mut order.times);
        }
        order
    }

    /// Lets an order go its way, as far as it came by the time of the export.
    fn ship(&mut self, times: &mut Times) {
        let labelled = times.paid + self.random.between(12 * HOUR, 9 * DAY);
        let shipped = labelled + self.random.between(4 * HOUR, 30 * HOUR);
        let delivered = shipped + self.random.between(2 * DAY, 8 * DAY);
        let lost = shipped <= times.exported - LOST_AFTER && self.random.per_mille(18);
        let happened = |moment: Moment| (moment <= times.exported).then_some(moment);
        times.labelled = happened(labelled);
        times.shipped = happened(shipped);
        times.delivered = if lost { None } else { happened(delivered) };
    }

    /// The package and label of this draw, or a further one of a split order.
    fn parcel(&mut self, part: u64) -> Parcel {
        Parcel {
            package: random::package_id(self.index + part),
            tracking: random::tracking(self.index + part),
            carrier: self.random.carrier(),
        }
    }

    /// Somebody somewhere.
    fn buyer(&mut self) -> Buyer {
        let mut initial = || char::from(b'A' + self.random.below(26) as u8);
        Buyer {
            initials: [initial(), initial()],
            digits: self.random.below(10_000),
            place: &PLACES[self.random.below(PLACES.len() as u64) as usize],
        }
    }

    /// Free for three buyers in five, at the cost of the seller or of TikTok.
    fn shipping(&mut self) -> Shipping {
        let original = self.random.pick(&[499, 599, 750]);
        let (seller_discount, platform_discount) = match self.random.below(5) {
            0 | 1 => (original, 0),
            2 => (200, original - 200),
            3 => (0, 150),
            _ => (0, 0),
        };
        Shipping { original, seller_discount, platform_discount }
    }

    /// One to three lines; rarely one that is worth more than 5,000.
    fn lines(&mut self) -> Vec<Line> {
        let lines = match self.random.below(10) {
            0..7 => 1,
            7..9 => 2,
            _ => 3,
        };
        let mut lines: Vec<Line> = (0..lines).map(|_| self.line()).collect();
        if self.random.one_in(300) {
            lines[0] = Line {
                product: goods::precious(self.random.below(4)),
                quantity: 1,
                price: self.random.between(5_200, 7_900) * 100,
                platform_discount: 0,
                seller_discount: 0,
                ..lines[0]
            };
        }
        lines
    }

    /// One SKU from the catalogue, some with a discount.
    fn line(&mut self) -> Line {
        let price = self.random.price();
        let quantity =
            if price < 10_000 && self.random.one_in(6) { self.random.between(2, 3) } else { 1 };
        let mut discount = |per_mille: u64| {
            let percent = self.random.pick(&[5, 10, 15, 20]);
            if self.random.per_mille(per_mille) { price * quantity * percent / 100 } else { 0 }
        };
        Line {
            platform_discount: discount(150),
            seller_discount: discount(250),
            product: goods::product(self.random.below(goods::CATALOGUE)),
            variation: self.random.pick(&VARIATIONS),
            quantity,
            price,
            parcel: None,
        }
    }
}
