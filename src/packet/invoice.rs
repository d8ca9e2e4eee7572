//! The invoice of the shipment, made from what the ledger has of it.

use super::page::{Block, Column, Table};
use super::{Subject, goods, named, or_dash, shipped_by};
use crate::money::Money;

/// The invoice's blocks.
pub(super) fn invoice(subject: &Subject<'_>) -> Vec<Block> {
    let parcel = &subject.policy.parcel;
    let mut all = vec![
        Block::Title("Invoice of the shipment".to_owned()),
        Block::Small(format!(
            "Made from the seller's ledger for claim {}. Where the terms ask for the marketplace's own \
             invoice, this one does not take its place.",
            subject.claim.no
        )),
    ];
    let seller = subject.seller;
    let mut head = Vec::new();
    head.extend(seller.name.as_ref().map(|name| named("Seller", name)));
    head.extend(seller.further());
    if head.is_empty() {
        let told = "no details of the seller are configured ([seller] in config.toml)";
        head.push(named("Seller", told));
    }
    head.push(named("Buyer", "not in the ledger; the order names them"));
    head.push(named("Order", or_dash(parcel.ids.order.as_deref())));
    if !parcel.other_orders.is_empty() {
        head.push(named("Packed with orders", parcel.other_orders.join(", ")));
    }
    head.push(named("Package", or_dash(parcel.ids.package.as_deref())));
    head.push(named("Tracking number", or_dash(parcel.ids.tracking.as_deref())));
    head.push(named("Shipping provider", shipped_by(parcel)));
    head.extend(parcel.shipped_on().map(|day| named("Shipped on", day)));
    head.extend(parcel.from.map(|country| named("From", country)));
    head.extend(parcel.to.map(|country| named("To", country)));
    all.push(Block::Pairs(head));

    all.push(Block::Heading("Goods".to_owned()));
    let goods = goods(parcel);
    if goods.is_empty() {
        all.push(Block::Text("The ledger does not say what is in the package.".to_owned()));
    } else {
        let row = |(at, name): (usize, &str)| vec![(at + 1).to_string(), name.to_owned()];
        all.push(Block::Table(Table {
            columns: vec![Column::right("No.", 8), Column::left("Goods", 92)],
            rows: goods.iter().copied().enumerate().map(row).collect(),
            total: false,
        }));
        if parcel.contents.as_deref().is_some_and(|text| text.ends_with('…')) {
            all.push(Block::Small(
                "The list goes on in the order: the ledger keeps its beginning.".to_owned(),
            ));
        }
    }
    all.push(Block::Heading("Amounts".to_owned()));
    all.push(Block::Table(amounts(subject)));
    if let Some(stated) = &parcel.stated {
        all.push(Block::Small(format!("Converted from {stated}.")));
    }
    all
}

fn amounts(subject: &Subject<'_>) -> Table {
    let value = &subject.policy.parcel.value;
    let row = |what: &str, amount: Money| vec![what.to_owned(), amount.to_string()];
    let mut rows = vec![row("Goods, as the buyer paid for them", value.product)];
    if !value.coupon.is_zero() {
        rows.push(row("Coupons, paid by the platform", value.coupon));
    }
    if !value.shipping.is_zero() {
        rows.push(row("Shipping fee, paid by the buyer", value.shipping));
    }
    // Parts that do not add up were never recorded.
    if let Ok(total) = value.total() {
        rows.push(row("Total", total));
    }
    Table {
        total: true,
        columns: vec![Column::left("What", 70), Column::right("Amount", 30)],
        rows,
    }
}
