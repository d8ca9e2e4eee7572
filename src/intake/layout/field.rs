//! What a column can be to the tool.

use serde::Deserialize;

macro_rules! fields {
    ($($(#[$doc:meta])* $variant:ident $word:literal $said:literal,)*) => {
        /// What a column is to the tool. Columns that are none of these are read over.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Deserialize)]
        pub(in crate::intake) enum Field { $($(#[$doc])* #[serde(rename = $word)] $variant,)* }

        impl Field {
            /// Every field, in order: `field as usize` is its place here.
            pub(in crate::intake) const ALL: &[Field] = &[$(Field::$variant,)*];

            /// Its word in layout files.
            pub(in crate::intake) fn word(self) -> &'static str {
                match self { $(Field::$variant => $word,)* }
            }

            /// What it is, for somebody who writes a layout.
            pub(in crate::intake) fn said(self) -> &'static str {
                match self { $(Field::$variant => $said,)* }
            }
        }
    };
}

fields! {
    Order "order" "the order's number",
    Package "package" "the package's number",
    Tracking "tracking" "the label's tracking number",
    AnyId "any-id" "any number of the parcel, its policy's included",
    Sku "sku" "the article of this row",
    Value "value" "the package value as one figure",
    Product "product" "what the buyer paid for the goods of this row",
    UnitPrice "unit-price" "the price of one article; counts times `quantity`",
    Quantity "quantity" "how many articles this row is",
    Discount "discount" "what is taken off `product` or `unit-price` times `quantity`, with or without a minus",
    OrderGoods "order-goods" "what the buyer paid for all goods of the order, shared by its rows",
    Coupon "coupon" "the platform's coupon, paid to the seller in the buyer's place",
    Shipping "shipping" "the shipping fee the buyer paid",
    ShippingDiscount "shipping-discount" "what is taken off `shipping`, with or without a minus",
    Currency "currency" "the currency of the row's amounts",
    From "from" "the country it leaves from",
    To "to" "the country it goes to",
    Carrier "carrier" "the carrier",
    Service "service" "the carrier's service",
    Shipped "shipped" "how it is handed over, in the plan's words",
    Goods "goods" "the kind of goods",
    Contents "contents" "what is in it",
    Status "status" "how far the order or parcel is",
    Fulfilment "fulfilment" "who ships it",
    LabelBy "label-by" "whose label it is",
    ShipDate "ship-date" "the day it is handed to the carrier",
    LabelCreatedAt "label-created-at" "the day the label was bought",
    ScannedOn "scanned-on" "the carrier's first scan",
    MovedOn "moved-on" "the latest sign of life on its way",
    DeliveredOn "delivered-on" "the day it was delivered",
    CancelledOn "cancelled-on" "the day the order or its label was cancelled",
    Cover "cover" "the cover asked for: included, full or an amount",
    Plan "plan" "the plan it is covered under",
    Event "event" "what the carrier reports",
    At "at" "the day of it",
    Note "note" "a remark that is kept",
}

impl Field {
    /// Whether it names a parcel.
    pub(in crate::intake) fn is_id(self) -> bool {
        matches!(self, Field::Order | Field::Package | Field::Tracking | Field::AnyId)
    }

    /// Whether it is an amount.
    pub(in crate::intake) fn is_amount(self) -> bool {
        matches!(
            self,
            Field::Value
                | Field::Product
                | Field::UnitPrice
                | Field::Discount
                | Field::OrderGoods
                | Field::Coupon
                | Field::Shipping
                | Field::ShippingDiscount
        )
    }

    /// Whether it is a day.
    pub(in crate::intake) fn is_day(self) -> bool {
        matches!(
            self,
            Field::ShipDate
                | Field::LabelCreatedAt
                | Field::ScannedOn
                | Field::MovedOn
                | Field::DeliveredOn
                | Field::CancelledOn
                | Field::At
        )
    }
}

#[cfg(test)]
mod tests {
    use super::Field;

    #[test]
    fn fields_know_their_place() {
        for (place, field) in Field::ALL.iter().enumerate() {
            assert_eq!(*field as usize, place);
            assert!(!field.said().is_empty());
        }
    }
}
