//! What a fuzzer feeds: each function takes any bytes and panics where something does not hold that
//! has to hold for all of them. The test beside it and the fuzzer call the same ones.

mod amounts;
mod dates;
mod layout;
mod reader;
mod workbook;

pub(crate) use amounts::amounts;
pub(crate) use dates::dates;
pub(crate) use layout::layout;
pub(crate) use reader::{list, reader};
pub(crate) use workbook::{ods, xlsx};

use std::io::Cursor;

use insure::intake::{IntakeError, Item, Options, Reader, Source, open};
use insure::money::Currency;

/// A name, and what takes any bytes.
type Target = (&'static str, fn(&[u8]));

/// The targets by the names of their folders in `seeds`.
pub(crate) const TARGETS: &[Target] = &[
    ("reader", reader),
    ("list", list),
    ("amounts", amounts),
    ("dates", dates),
    ("xlsx", xlsx),
    ("ods", ods),
    ("layout", layout),
];

fn source(bytes: &[u8]) -> Source {
    Source::Stream { name: "fuzzed".to_owned(), read: Box::new(Cursor::new(bytes.to_vec())) }
}

/// Kept, so that it can be looked through again and its rows be copied.
fn options() -> Options {
    Options { keep: true, ..Options::new(Currency::USD) }
}

fn opened(bytes: &[u8], options: Options) -> Result<Reader, IntakeError> {
    open(source(bytes), options)
}

/// Everything a file holds, up to what spoils it.
fn all(bytes: &[u8], options: Options) -> Result<Vec<Item>, IntakeError> {
    opened(bytes, options)?.collect()
}
