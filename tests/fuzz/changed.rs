//! Inputs made of seeds by a few changes, as a fuzzer makes them. What fails is brought down to the
//! fewest changes that still do.

use proptest::collection::vec;
use proptest::prelude::{Strategy, any, prop_oneof};
use proptest::sample::{Index, select};

/// What is worth putting into a file.
const WORDS: &[&[u8]] = &[
    b"",
    b"\"",
    b"\"\"",
    b",",
    b";",
    b"\t",
    b"|",
    b"\r",
    b"\n",
    b"\r\n",
    b"\0",
    b"\xff",
    b"\xfe\xff",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\xe5\x8d",
    "订单".as_bytes(),
    b"\x83\x58",
    b"-",
    b"(",
    b")",
    b"$",
    b"USD",
    b"EUR 5",
    b"1.234",
    b"1,234",
    b"1.234,56",
    b"12,5O",
    b"1'234",
    b"9.4E+21",
    b"0",
    b"-0",
    b"99999999999999999999",
    b"9434608106245500000000",
    b"03/11/2026",
    b"25/11/2026",
    b"11/25/2026",
    b"2026-02-29",
    b"2026-11-03T10:00:00Z",
    b"Nov-03-26",
    b"31/12/2148",
    b"1/1/1971",
    b"Cancelled",
    b"Refund",
    b"false",
    b"order_id",
    b"value",
    b"line,code,reason",
    b"Seller ID : x",
    b"<row>",
    b"</row>",
    b"<row r='1'>",
    b"<row r='1048576'>",
    b"<c r='A1'>",
    b"<c r='XFD1048576' t='s'>",
    b"<c t='inlineStr'><is><t>",
    b"</t></is></c>",
    b"<v>",
    b"</v>",
    b"</c>",
    b" r='C3'",
    b" t='n' s='1'",
    b" t='e'",
    b" t='b'",
    b"&amp;",
    b"&#0;",
    b"&x;",
    b"_x0009_",
    b"<![CDATA[",
    b"]]>",
    b"<!--",
    b"<?xml?>",
    b"1e308",
    b"46329.75",
    b"hidden='1'",
    b"table:number-rows-repeated='3000'",
    b"table:number-columns-repeated='16384'",
    b"table:visibility='filter'",
    b"<text:s text:c='9999999'/>",
    b"office:value-type='float' office:value='1e300'",
    b"<table:table-row>",
    b"</table:table-row>",
    b"<table:table-cell>",
    b"<text:p>",
    b"\n----\n",
    b"[columns]",
    b"[[when]]",
    b"[[variant]]",
    b"= \"x\"",
    b"one-row-per",
    b"\"\"\"",
    b"PK\x03\x04",
    b"\x1f\x8b\x08",
    b"\xd0\xcf\x11\xe0",
];

/// One change; places are parts of the whole, so that they fit a file of any length.
#[derive(Clone, Debug)]
enum Change {
    /// Puts this in.
    Insert(Index, Vec<u8>),
    /// Takes so many bytes out.
    Remove(Index, usize),
    /// Writes another byte.
    Write(Index, u8),
    /// Turns one bit.
    Flip(Index, u8),
    /// Ends here.
    Cut(Index),
    /// Writes so many bytes once more, somewhere else.
    Again(Index, Index, usize),
    /// Goes on here as another seed does.
    Splice(Index, Index, Index),
}

/// A seed and what is done to it.
#[derive(Clone, Debug)]
pub(crate) struct Changes {
    seed: Index,
    changes: Vec<Change>,
}

/// Up to six changes.
pub(crate) fn changes() -> impl Strategy<Value = Changes> {
    let at = any::<Index>;
    let change = prop_oneof![
        5 => (at(), select(WORDS)).prop_map(|(at, word)| Change::Insert(at, word.to_vec())),
        2 => (at(), vec(any::<u8>(), 1..6)).prop_map(|(at, bytes)| Change::Insert(at, bytes)),
        2 => (at(), 1usize..40).prop_map(|(at, length)| Change::Remove(at, length)),
        2 => (at(), any::<u8>()).prop_map(|(at, byte)| Change::Write(at, byte)),
        2 => (at(), 0u8..8).prop_map(|(at, bit)| Change::Flip(at, bit)),
        1 => at().prop_map(Change::Cut),
        2 => (at(), at(), 1usize..200).prop_map(|(from, to, length)| Change::Again(from, to, length)),
        1 => (at(), at(), at()).prop_map(|(at, seed, from)| Change::Splice(at, seed, from)),
    ];
    (at(), vec(change, 1..7)).prop_map(|(seed, changes)| Changes { seed, changes })
}

impl Changes {
    /// The input they make.
    pub(crate) fn made_of(&self, seeds: &[Vec<u8>]) -> Vec<u8> {
        let mut bytes = self.seed.get(seeds).clone();
        for change in &self.changes {
            change.make(&mut bytes, seeds);
        }
        bytes
    }
}

impl Change {
    fn make(&self, bytes: &mut Vec<u8>, seeds: &[Vec<u8>]) {
        let end = bytes.len();
        let place = |at: &Index| at.index(end + 1);
        match self {
            Change::Insert(at, word) => {
                let at = place(at);
                bytes.splice(at..at, word.iter().copied());
            }
            Change::Remove(at, length) => {
                let at = place(at);
                bytes.drain(at..end.min(at + length));
            }
            Change::Write(at, byte) if end > 0 => bytes[at.index(end)] = *byte,
            Change::Flip(at, bit) if end > 0 => bytes[at.index(end)] ^= 1 << bit,
            Change::Write(..) | Change::Flip(..) => {}
            Change::Cut(at) => bytes.truncate(place(at)),
            Change::Again(from, to, length) => {
                let (from, to) = (place(from), place(to));
                let part = bytes[from..end.min(from + length)].to_vec();
                bytes.splice(to..to, part);
            }
            Change::Splice(at, seed, from) => {
                bytes.truncate(place(at));
                let other = seed.get(seeds);
                bytes.extend_from_slice(&other[from.index(other.len() + 1)..]);
            }
        }
    }
}
