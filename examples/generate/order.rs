//! An order as TikTok Shop knows it. What can be derived (status, sums, tax) is never stored, so
//! that a row cannot contradict itself.

use crate::day::{DAY, Moment};
use crate::goods::Product;

/// Days after the delivery until an order counts as completed.
const COMPLETED_AFTER: i64 = 5;

/// One order with its lines.
pub(crate) struct Order {
    pub(crate) id: u64,
    pub(crate) times: Times,
    pub(crate) cancel: Option<Cancel>,
    /// Stored and shipped by TikTok, not by the seller.
    pub(crate) by_tiktok: bool,
    pub(crate) buyer: Buyer,
    pub(crate) shipping: Shipping,
    pub(crate) lines: Vec<Line>,
}

/// When things happened to an order, and when the export was made.
#[derive(Clone, Copy)]
pub(crate) struct Times {
    pub(crate) exported: Moment,
    pub(crate) created: Moment,
    pub(crate) paid: Moment,
    /// The label was made ("ready to ship").
    pub(crate) labelled: Option<Moment>,
    pub(crate) shipped: Option<Moment>,
    pub(crate) delivered: Option<Moment>,
}

/// A cancellation: when, by whom and why.
#[derive(Clone, Copy)]
pub(crate) struct Cancel {
    pub(crate) at: Moment,
    pub(crate) by: &'static str,
    pub(crate) reason: &'static str,
}

/// The shipping fee in cents and who takes a part of it off the buyer.
#[derive(Clone, Copy)]
pub(crate) struct Shipping {
    pub(crate) original: i64,
    pub(crate) seller_discount: i64,
    pub(crate) platform_discount: i64,
}

/// One SKU of an order, amounts in cents. A discount is for the whole line.
#[derive(Clone, Copy)]
pub(crate) struct Line {
    pub(crate) product: Product,
    pub(crate) variation: &'static str,
    pub(crate) quantity: i64,
    pub(crate) price: i64,
    pub(crate) platform_discount: i64,
    pub(crate) seller_discount: i64,
    pub(crate) parcel: Option<Parcel>,
}

/// The package and label that a line travels in.
#[derive(Clone, Copy)]
pub(crate) struct Parcel {
    pub(crate) package: u64,
    pub(crate) tracking: u64,
    pub(crate) carrier: &'static str,
}

/// A buyer, of whom an export shows initials and a few digits.
#[derive(Clone, Copy)]
pub(crate) struct Buyer {
    pub(crate) initials: [char; 2],
    pub(crate) digits: u64,
    pub(crate) place: &'static Place,
}

/// A city, with the first digits of its postcodes and phones and its sales tax in 1/100 percent.
pub(crate) struct Place {
    pub(crate) city: &'static str,
    pub(crate) state: &'static str,
    pub(crate) short: &'static str,
    pub(crate) zip: &'static str,
    pub(crate) area: &'static str,
    pub(crate) tax: i64,
}

/// One of the `PLACES`.
const fn place(names: [&'static str; 3], zip: &'static str, area: &'static str, tax: i64) -> Place {
    Place { city: names[0], state: names[1], short: names[2], zip, area, tax }
}

/// Where buyers live.
pub(crate) const PLACES: [Place; 10] = [
    place(["Austin", "Texas", "TX"], "787", "512", 825),
    place(["Denver", "Colorado", "CO"], "802", "303", 881),
    place(["Portland", "Oregon", "OR"], "972", "503", 0),
    place(["Boston", "Massachusetts", "MA"], "021", "617", 625),
    place(["Newark", "New Jersey", "NJ"], "071", "973", 663),
    place(["Fresno", "California", "CA"], "937", "559", 835),
    place(["Columbus", "Ohio", "OH"], "432", "614", 750),
    place(["Tampa", "Florida", "FL"], "336", "813", 750),
    place(["Chicago", "Illinois", "IL"], "606", "312", 1025),
    place(["Raleigh", "North Carolina", "NC"], "276", "919", 725),
];

impl Order {
    /// Status and substatus on the day of the export.
    pub(crate) fn status(&self) -> (&'static str, &'static str) {
        let times = &self.times;
        match (self.cancel, times.labelled, times.shipped, times.delivered) {
            (Some(_), ..) => ("Canceled", "Canceled"),
            (_, _, _, Some(at)) if at + COMPLETED_AFTER * DAY <= times.exported => {
                ("Completed", "Completed")
            }
            (_, _, _, Some(_)) => ("Delivered", "Delivered"),
            (_, _, Some(_), _) => ("Shipped", "In transit"),
            (_, Some(_), ..) => ("To ship", "Awaiting collection"),
            _ => ("To ship", "Awaiting shipment"),
        }
    }

    /// The tax on the goods.
    pub(crate) fn tax(&self) -> i64 {
        (self.goods() * self.buyer.place.tax + 5_000) / 10_000
    }

    /// What the buyer pays in all.
    pub(crate) fn amount(&self) -> i64 {
        self.goods() + self.shipping.after_discount() + self.tax()
    }

    /// What the buyer gets back: everything, when the order is cancelled.
    pub(crate) fn refund(&self) -> i64 {
        if self.cancel.is_some() { self.amount() } else { 0 }
    }

    /// What the buyer pays for the goods.
    fn goods(&self) -> i64 {
        self.lines.iter().map(Line::after_discount).sum()
    }
}

impl Shipping {
    /// The fee that the buyer pays.
    pub(crate) fn after_discount(&self) -> i64 {
        self.original - self.seller_discount - self.platform_discount
    }
}

impl Line {
    /// Price times quantity.
    pub(crate) fn before_discount(&self) -> i64 {
        self.price * self.quantity
    }

    /// What the buyer pays for the line.
    pub(crate) fn after_discount(&self) -> i64 {
        self.before_discount() - self.platform_discount - self.seller_discount
    }
}
