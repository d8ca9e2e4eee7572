//! The columns of the TikTok Shop US order export, in their order, and what fills each of them.

use crate::day::Moment;
use crate::order::{Line, Order};
use crate::text::Text;
use std::io::{self, Write};

/// An age of the export. Newer ones have more columns.
#[derive(Clone, Copy, PartialEq, PartialOrd)]
pub(crate) enum Layout {
    Us2024,
    Us2025,
    Us2026,
}

use Layout::{Us2024, Us2025, Us2026};

/// Writes the byte order mark and the header.
pub(crate) fn write_header(layout: Layout, out: &mut impl Write) -> io::Result<()> {
    let names: Vec<&str> = columns(layout).map(|column| column.name).collect();
    write!(out, "\u{feff}{}\r\n", names.join(","))
}

/// Writes an order, one row a line.
pub(crate) fn write_order(layout: Layout, order: &Order, out: &mut impl Write) -> io::Result<()> {
    let mut text = Text::default();
    for line in &order.lines {
        for (position, column) in columns(layout).enumerate() {
            if position > 0 {
                text.str(",");
            }
            let start = text.0.len();
            (column.fill)(&mut text, order, line);
            text.quote_from(start);
        }
        text.str("\r\n");
    }
    out.write_all(&text.0)
}

/// A column: the first and last layout that has it, its name, and what fills it.
struct Column {
    since: Layout,
    until: Layout,
    name: &'static str,
    fill: Fill,
}

/// Adds the cell of a column to the row of a line.
type Fill = fn(&mut Text, &Order, &Line);

/// The columns of a layout.
fn columns(layout: Layout) -> impl Iterator<Item = &'static Column> {
    COLUMNS.iter().filter(move |column| column.since <= layout && layout <= column.until)
}

/// A column of every layout.
const fn all(name: &'static str, fill: Fill) -> Column {
    Column { since: Us2024, until: Us2026, name, fill }
}

/// A column that came with a layout.
const fn since(since: Layout, name: &'static str, fill: Fill) -> Column {
    Column { since, until: Us2026, name, fill }
}

/// A column that went after a layout.
const fn until(until: Layout, name: &'static str, fill: Fill) -> Column {
    Column { since: Us2024, until, name, fill }
}

/// The columns of all layouts, those of one always in this order.
static COLUMNS: [Column; 66] = [
    all("Order ID", |t, o, _| id(t, o.id)),
    all("Order Status", |t, o, _| t.str(o.status().0)),
    all("Order Substatus", |t, o, _| t.str(o.status().1)),
    all("Cancelation/Return Type", |t, o, _| t.str(if o.cancel.is_some() { "Cancel" } else { "" })),
    all("Normal or Pre-order", |t, _, _| t.str("Normal")),
    all("SKU ID", |t, _, l| id(t, sku_id(l))),
    all("Seller SKU", |t, _, l| seller_sku(t, l)),
    since(Us2026, "Product ID", |t, _, l| id(t, product_id(l))),
    all("Product Name", |t, _, l| product_name(t, l)),
    all("Variation", |t, _, l| t.str(l.variation)),
    since(Us2026, " Virtual Bundle Seller SKU", empty),
    all("Quantity", |t, _, l| t.number(l.quantity)),
    all("Sku Quantity of return", |t, _, _| t.str("0")),
    all("SKU Unit Original Price", |t, _, l| t.short_money(l.price)),
    all("SKU Subtotal Before Discount", |t, _, l| t.short_money(l.before_discount())),
    all("SKU Platform Discount", |t, _, l| t.short_money(l.platform_discount)),
    all("SKU Seller Discount", |t, _, l| t.short_money(l.seller_discount)),
    all("SKU Subtotal After Discount", |t, _, l| t.short_money(l.after_discount())),
    all("Shipping Fee After Discount", |t, o, _| t.short_money(o.shipping.after_discount())),
    all("Original Shipping Fee", |t, o, _| t.short_money(o.shipping.original)),
    all("Shipping Fee Seller Discount", |t, o, _| t.short_money(o.shipping.seller_discount)),
    since(Us2025, "Co-Funded Shipping Fee Discount", |t, _, _| t.str("0")),
    all("Shipping Fee Platform Discount", |t, o, _| t.short_money(o.shipping.platform_discount)),
    all("Payment platform discount", |t, _, _| t.str("0")),
    all("Retail Delivery Fee", |t, _, _| t.str("0")),
    all("Taxes", |t, o, _| t.short_money(o.tax())),
    all("Order Amount", |t, o, _| t.short_money(o.amount())),
    all("Order Refund Amount", |t, o, _| t.short_money(o.refund())),
    all("Created Time", |t, o, _| time(t, Some(o.times.created))),
    all("Paid Time", |t, o, _| time(t, Some(o.times.paid))),
    all("RTS Time", |t, o, _| time(t, o.times.labelled)),
    all("Shipped Time", |t, o, _| time(t, o.times.shipped)),
    all("Delivered Time", |t, o, _| time(t, o.times.delivered)),
    all("Cancelled Time", |t, o, _| time(t, o.cancel.map(|cancel| cancel.at))),
    all("Cancel By", |t, o, _| t.str(o.cancel.map_or("", |cancel| cancel.by))),
    all("Cancel Reason", |t, o, _| t.str(o.cancel.map_or("", |cancel| cancel.reason))),
    all("Fulfillment Type", |t, o, _| {
        t.str(if o.by_tiktok { "Fulfillment by TikTok Shop" } else { "Fulfillment by seller" });
    }),
    all("Warehouse Name", |t, o, _| t.str(if o.by_tiktok { "FBT East" } else { "Main warehouse" })),
    all("Tracking ID", |t, _, l| {
        if let Some(parcel) = l.parcel {
            t.tracking(parcel.tracking);
        }
    }),
    all("Delivery Option Type", |t, _, _| t.str("TikTok Shipping")),
    all("Delivery Option", |t, _, _| t.str("Standard shipping")),
    all("Shipping Provider Name", |t, _, l| t.str(l.parcel.map_or("", |parcel| parcel.carrier))),
    all("Buyer Message", |t, o, _| t.str(message(o))),
    since(Us2026, "Buyer Nickname", |t, o, _| masked(t, o.buyer.initials[0])),
    all("Buyer Username", |t, o, _| masked(t, o.buyer.initials[0].to_ascii_lowercase())),
    all("Recipient", |t, o, _| recipient(t, o)),
    all("Phone #", |t, o, _| phone(t, o)),
    all("Country", |t, _, _| t.str("United States")),
    all("State", |t, o, _| t.str(o.buyer.place.state)),
    all("City", |t, o, _| t.str(o.buyer.place.city)),
    all("Zipcode", |t, o, _| {
        zip(t, o);
        t.str("\t");
    }),
    since(Us2025, "Address Line 1", |t, o, _| street(t, o)),
    since(Us2025, "Address Line 2", empty),
    until(Us2024, "Detail Address", |t, o, _| street(t, o)),
    until(Us2024, "Additional address information", empty),
    until(Us2024, "House Name or Number", empty),
    all("Delivery Instruction", empty),
    all("Payment Method", |t, o, _| t.str(["Credit card", "PayPal", "Apple Pay"][pick(o, 3)])),
    all("Weight(kg)", |t, _, l| t.money(10 + (l.product.number % 290) as i64)),
    all("Product Category", |t, _, _| t.str("Home Supplies")),
    all("Package ID", |t, _, l| {
        if let Some(parcel) = l.parcel {
            id(t, parcel.package);
        }
    }),
    all("Seller Note", empty),
    all("Shipping Information", |t, o, _| shipping_information(t, o)),
    since(Us2025, "Combined Listing", empty),
    since(Us2026, "Order Channel", |t, _, _| t.str("TikTok Shop")),
    since(Us2026, "Creator Handle", empty),
];

/// Nothing: a column that this generator leaves empty.
fn empty(_: &mut Text, _: &Order, _: &Line) {}

/// A number with the TAB behind it that keeps spreadsheets from rounding it.
fn id(text: &mut Text, id: u64) {
    text.digits(id, 1);
    text.str("\t");
}

/// A time, or what an export has instead of none: a lone TAB.
fn time(text: &mut Text, moment: Option<Moment>) {
    if let Some(moment) = moment {
        text.moment(moment);
    }
    text.str("\t");
}

/// A number of 19 digits for a product.
fn product_id(line: &Line) -> u64 {
    1_729_400_000_000_000_017 + line.product.number * 1_000_003_000
}

/// A number of 19 digits for a variation of a product.
fn sku_id(line: &Line) -> u64 {
    product_id(line) + 100 + line.variation.len() as u64
}

/// The seller's own name for a SKU.
fn seller_sku(text: &mut Text, line: &Line) {
    text.str("SKU-");
    text.digits(line.product.number, 4);
    text.str("-");
    text.digits(line.variation.len() as u64, 2);
}

/// The two or three words for a product.
fn product_name(text: &mut Text, line: &Line) {
    text.str(line.product.material);
    text.str(" ");
    text.str(line.product.thing);
}

/// A small choice that stays the same on every row of an order.
fn pick(order: &Order, choices: u64) -> usize {
    (order.buyer.digits % choices) as usize
}

/// What a buyer wrote: mostly nothing, else words that CSV must quote.
fn message(order: &Order) -> &'static str {
    match pick(order, 40) {
        7 => "Please ring the bell, thanks",
        23 => "It is a gift: no \"price\" in the box",
        31 => "Two lines\nof message",
        _ => "",
    }
}

/// A name as an export shows it.
fn masked(text: &mut Text, initial: char) {
    text.str(initial.encode_utf8(&mut [0; 4]));
    text.str("****");
}

/// `T**** B****`.
fn recipient(text: &mut Text, order: &Order) {
    masked(text, order.buyer.initials[0]);
    text.str(" ");
    masked(text, order.buyer.initials[1]);
}

/// `(+1)512*****07`.
fn phone(text: &mut Text, order: &Order) {
    text.str("(+1)");
    text.str(order.buyer.place.area);
    text.str("*****");
    text.digits(order.buyer.digits % 100, 2);
}

/// Five digits.
fn zip(text: &mut Text, order: &Order) {
    text.str(order.buyer.place.zip);
    text.digits(order.buyer.digits / 7 % 100, 2);
}

/// `4*** B**** S*`.
fn street(text: &mut Text, order: &Order) {
    text.digits(order.buyer.digits % 9 + 1, 1);
    text.str("*** ");
    masked(text, order.buyer.initials[1]);
    text.str(" S*");
}

/// The address once more, one part to a line: the reason why an export has more lines than rows.
fn shipping_information(text: &mut Text, order: &Order) {
    recipient(text, order);
    text.str("\n");
    phone(text, order);
    text.str("\n");
    street(text, order);
    text.str("\n");
    text.str(order.buyer.place.city);
    text.str(", ");
    text.str(order.buyer.place.short);
    text.str(" ");
    zip(text, order);
    text.str("\nUnited States");
}
