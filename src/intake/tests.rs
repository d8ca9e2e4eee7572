//! Files as stories: what a seller gives, and what comes out.

mod accounted;
mod damage;
mod encodings;
mod explain;
mod headers;
mod joining;
pub(super) mod layouts;
mod mutations;
mod packed;
mod split;
mod tiktok;
mod workbooks;
mod zones;

use std::io::Cursor;

use super::{BadRow, IntakeError, Item, Kind, Options, ParcelRow, Reader, Source, open};
use crate::money::{Currency, Money};
use crate::parcel::{CarrierEvent, CoverChoice, Fulfilment, Label};

fn options() -> Options {
    Options::new(Currency::USD)
}

fn source(bytes: &[u8]) -> Source {
    Source::Stream { name: "orders.csv".into(), read: Box::new(Cursor::new(bytes.to_vec())) }
}

fn reader(bytes: &[u8]) -> Result<Reader, IntakeError> {
    open(source(bytes), options())
}

fn items(text: &str) -> Vec<Item> {
    reader(text.as_bytes()).unwrap().map(Result::unwrap).collect()
}

fn parcels(text: &str) -> Vec<ParcelRow> {
    let parcel = |item| match item {
        Item::Parcel(row) => row,
        other => panic!("{other:?}"),
    };
    items(text).into_iter().map(parcel).collect()
}

fn bad(text: &str) -> Vec<BadRow> {
    let bad = |item| match item {
        Item::Bad(row) => Some(row),
        _ => None,
    };
    items(text).into_iter().filter_map(bad).collect()
}

/// The error that ends a file, wherever it comes up.
fn fatal(bytes: &[u8]) -> IntakeError {
    match reader(bytes) {
        Err(e) => e,
        Ok(reader) => reader.filter_map(Result::err).next().unwrap(),
    }
}

#[test]
fn the_tools_own_file_becomes_parcels() {
    let rows = parcels(
        "order_id,package_id,tracking_number,product,coupon,shipping,currency,from,to,carrier,service,goods,contents,ship_date,cover,fulfilment\n\
         5764,1150,9400111,410.00,30,10.5,usd,US,Puerto Rico,USPS,Ground,Toys,\"Robot, red\",2026-11-03,full,seller-label\n\
         5765,1151,,12,,,,,,,,,,,\"$1,022.25\",\n",
    );
    let first = &rows[0].parcel;
    assert_eq!(first.ids.handle(), "5764/1150");
    assert_eq!(first.value.total().unwrap().digits(), "450.50");
    assert_eq!(first.value.coupon.digits(), "30.00");
    assert_eq!(first.to.unwrap().code(), "PR");
    assert_eq!(first.contents.as_deref(), Some("Robot, red"));
    assert_eq!(first.fulfilment, Fulfilment::SellerLabel);
    assert_eq!(first.label, Label::ThisStep);
    assert_eq!(first.ship_date.unwrap().to_string(), "2026-11-03");
    assert_eq!((rows[0].line, rows[0].cover), (2, Some(CoverChoice::Full)));
    assert_eq!(rows[1].parcel.label, Label::None);
    assert!(matches!(rows[1].cover, Some(CoverChoice::Amount(a)) if a.digits() == "1022.25"));
}

#[test]
fn a_label_that_was_made_before_is_no_label_of_this_step() {
    let rows = parcels("tracking_number,value,label_created_at\n94001,5,2026-11-01\n94002,5,\n");
    assert!(matches!(rows[0].parcel.label, Label::Exists(Some(_))));
    assert_eq!(rows[1].parcel.label, Label::ThisStep);
}

#[test]
fn headers_are_known_by_name_in_any_order_and_other_columns_are_read_over() {
    let rows = parcels("Note;VALUE;Order-ID;\n hi ;450;5764;\n\n;;;\n;9;5765;\n");
    assert_eq!(rows[0].parcel.ids.order.as_deref(), Some("5764"));
    assert_eq!(rows[1].line, 5);
}

#[test]
fn a_plain_list_of_values_may_go_without_ids() {
    let text = b"value\n450\n12.50\n";
    assert!(matches!(reader(text), Err(IntakeError::UnknownLayout { .. })));
    let options = Options { ids_optional: true, ..options() };
    let values: Vec<String> = open(source(text), options)
        .unwrap()
        .map(|item| match item.unwrap() {
            Item::Parcel(row) => row.parcel.value.total().unwrap().digits(),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(values, ["450.00", "12.50"]);
}

#[test]
fn carrier_events_are_read_with_their_day() {
    let mut reader =
        reader(b"tracking_number,policy,event,at,note\n9400111,,Scanned,2026-11-03T08:00:00Z,Ohio\n,POL-7,lost,2026-11-20,\n9,,eaten,2026-11-20,\n9,,lost,,\n").unwrap();
    assert_eq!((reader.kind(), reader.layout()), (Kind::Events, "carrier-events"));
    let Some(Ok(Item::Event(first))) = reader.next() else { panic!() };
    assert_eq!((first.event, first.on.to_string().as_str()), (CarrierEvent::Scanned, "2026-11-03"));
    assert_eq!(first.note.as_deref(), Some("Ohio"));
    let Some(Ok(Item::Event(second))) = reader.next() else { panic!() };
    assert_eq!(second.ids.tracking.as_deref(), Some("POL-7"));
    let codes: Vec<_> = reader
        .map(|item| match item.unwrap() {
            Item::Bad(bad) => bad.code,
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(codes, ["unknown_event", "missing_date"]);
}

#[test]
fn each_bad_row_says_column_value_and_code_and_stops_no_other() {
    let header = "order_id,value,product,currency,to,ship_date,cover,fulfilment\n";
    for (row, code, column) in [
        ("1,\"12,5O\",,,,,,", "bad_amount", Some("value")),
        ("1,\"12,50\",,,,,,", "bad_amount", Some("value")),
        ("1,-5,,,,,,", "negative_amount", Some("value")),
        ("1,5.005,,,,,,", "too_many_decimals", Some("value")),
        ("1,99999999999999999,,,,,,", "amount_too_large", Some("value")),
        ("1,,,,,,,", "missing_amount", Some("value")),
        ("1,5,4,,,,,", "parts_disagree", Some("value")),
        ("1,EUR 5,,,,,,", "bad_currency", Some("value")),
        ("1,$5,,EUR,,,,", "bad_currency", Some("value")),
        ("1,5.50,,JPY,,,,", "too_many_decimals", Some("value")),
        ("1,5,,doubloons,,,,", "bad_currency", Some("currency")),
        ("1,5,,,Atlantis,,,", "bad_country", Some("to")),
        ("1,5,,,,2026-02-29,,", "bad_date", Some("ship_date")),
        ("1,5,,,,11/03/2026,,", "bad_date", Some("ship_date")),
        ("1,5,,,,,most,", "bad_cover", Some("cover")),
        ("1,5,,,,,,pigeon", "unknown_value", Some("fulfilment")),
        ("9.43461E+21,5,,,,,,", "damaged_id", Some("order_id")),
        (",5,,,,,,", "missing_id", None),
        ("1,1,022.25,,,,,,,", "wrong_width", None),
        ("1,5", "wrong_width", None),
        ("1,5\0,,,,,,", "nul_byte", Some("value")),
    ] {
        let text = format!("{header}{row}\n2,7,,,,,,\n");
        let all = items(&text);
        let Item::Bad(bad) = &all[0] else { panic!("{row}: {all:?}") };
        assert_eq!((bad.code, bad.column.as_deref(), bad.line), (code, column, 2), "{row}");
        assert!(matches!(&all[1], Item::Parcel(row) if row.line == 3), "{row}");
    }
}

#[test]
fn a_row_is_read_in_the_currency_it_names() {
    let text = "order_id,value,currency,cover\n\
        1,450.50,EUR,300\n2,€450.50,eur,\n3,70000,JPY,full\n4,138.123,KWD,\n5,450.50,,\n6,450.50,usd,\n";
    let read = |row: ParcelRow| (row.parcel.value.product.to_string(), row.cover);
    let read: Vec<_> = parcels(text).into_iter().map(read).collect();
    let eur = Currency::from_code("EUR").unwrap();
    assert_eq!(
        read,
        [
            ("450.50 EUR".into(), Some(CoverChoice::Amount(Money::from_minor(30_000, eur)))),
            ("450.50 EUR".into(), None),
            ("70,000 JPY".into(), Some(CoverChoice::Full)),
            ("138.123 KWD".into(), None),
            ("450.50 USD".into(), None),
            ("450.50 USD".into(), None),
        ]
    );
}

#[test]
fn bytes_that_are_not_utf8_spoil_their_row() {
    let all: Vec<Item> = reader(b"order_id,value,contents\n1,5,caf\xe9\n2,5,caf\xc3\xa9\n")
        .unwrap()
        .map(Result::unwrap)
        .collect();
    assert!(matches!(&all[0], Item::Bad(bad) if bad.code == "bad_encoding"));
    assert!(matches!(&all[1], Item::Parcel(row) if row.parcel.contents.as_deref() == Some("café")));
}

#[test]
fn files_put_together_have_their_header_twice() {
    assert_eq!(parcels("order_id,value\n1,5\norder_id,value\n2,5\n").len(), 2);
}
