//! Compact keeping for millions of packages and tracking numbers: things and short texts in blocks that are
//! never moved, numbers at two digits to a byte, repeated texts once, and chains for what few packages have
//! more than one of.

use std::borrow::Cow;
use std::hash::BuildHasher;
use std::ops::{Index, IndexMut};

use foldhash::quality::RandomState;
use hashbrown::HashTable;
use hashbrown::hash_table::{Entry, VacantEntry};

/// No such thing, in a `u32` that points at one.
pub(super) const NONE: u32 = u32::MAX;

/// Things in a block of [`Blocks`].
const THINGS: usize = 1 << 13;

/// Things numbered as they come. They lie in blocks that are never moved: a list that doubles has all
/// it holds twice while it does so.
pub(super) struct Blocks<T>(Vec<Vec<T>>);

impl<T> Default for Blocks<T> {
    fn default() -> Self {
        Blocks(Vec::new())
    }
}

impl<T> Blocks<T> {
    /// Appends one and gives its number; `None` when that would not fit a `u32`.
    pub(super) fn push(&mut self, thing: T) -> Option<u32> {
        let at = u32::try_from(self.len()).ok().filter(|at| *at < NONE)?;
        match self.0.last_mut().filter(|last| last.len() < THINGS) {
            Some(last) => last.push(thing),
            None => {
                // A small file needs no whole block.
                let mut block = Vec::with_capacity(if self.0.is_empty() { 0 } else { THINGS });
                block.push(thing);
                self.0.push(block);
            }
        }
        Some(at)
    }

    pub(super) fn len(&self) -> usize {
        self.0.last().map_or(0, |last| (self.0.len() - 1) * THINGS + last.len())
    }

    /// All numbers given so far.
    pub(super) fn numbers(&self) -> std::ops::Range<u32> {
        0..self.len() as u32
    }

    #[inline]
    pub(super) fn get(&self, at: u32) -> Option<&T> {
        self.0.get(at as usize / THINGS)?.get(at as usize % THINGS)
    }

    pub(super) fn get_mut(&mut self, at: u32) -> Option<&mut T> {
        self.0.get_mut(at as usize / THINGS)?.get_mut(at as usize % THINGS)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &T> {
        self.0.iter().flatten()
    }
}

impl<T> Index<u32> for Blocks<T> {
    type Output = T;

    #[inline]
    fn index(&self, at: u32) -> &T {
        &self.0[at as usize / THINGS][at as usize % THINGS]
    }
}

impl<T> IndexMut<u32> for Blocks<T> {
    #[inline]
    fn index_mut(&mut self, at: u32) -> &mut T {
        &mut self.0[at as usize / THINGS][at as usize % THINGS]
    }
}

/// Bytes in a block of [`Short`].
const BYTES: usize = 1 << 20;

/// Texts of up to 255 bytes end to end, each behind its length, in blocks that are never moved.
#[derive(Default)]
pub(super) struct Short(Vec<Vec<u8>>);

impl Short {
    /// Appends texts that are read one behind the other, and gives the place of the first; `None` when it would not
    /// fit a `u32`, or a text is too long.
    pub(super) fn push<const N: usize>(&mut self, texts: [&[u8]; N]) -> Option<u32> {
        let needed = texts.iter().map(|text| text.len() + 1).sum::<usize>();
        if self.0.last().is_none_or(|last| last.len() + needed > BYTES) {
            // A small file needs no whole block.
            self.0.push(Vec::with_capacity(if self.0.is_empty() { 0 } else { BYTES }));
        }
        let block = self.0.len() - 1;
        let last = self.0.last_mut()?;
        let at = u32::try_from(block * BYTES + last.len()).ok()?;
        for text in texts {
            last.push(u8::try_from(text.len()).ok()?);
            last.extend_from_slice(text);
        }
        Some(at)
    }

    /// The one at this place, and the place after it.
    pub(super) fn get(&self, at: u32) -> (&[u8], u32) {
        let block = self.0.get(at as usize / BYTES).map_or(&[][..], Vec::as_slice);
        let start = at as usize % BYTES + 1;
        let length = block.get(start - 1).copied().unwrap_or(0);
        let text = block.get(start..start + usize::from(length)).unwrap_or_default();
        (text, at.saturating_add(1 + u32::from(length)))
    }
}

/// An identifier as it is kept and compared: digits alone two to a byte, all else as it is.
pub(super) struct Packed {
    bytes: [u8; LONGEST_ID],
    length: u8,
}

/// The longest identifier, in bytes.
const LONGEST_ID: usize = 127;
/// Begins an even count of digits. An odd one begins with the byte of a single digit. No text begins with a
/// control character.
const EVEN: u8 = 0x10;

impl Packed {
    /// `None` where it is no identifier: too long, or with a control character at its start.
    pub(super) fn of(text: &str) -> Option<Packed> {
        let text = text.as_bytes();
        let mut packed = Packed { bytes: [0; LONGEST_ID], length: 0 };
        if !text.is_empty() && text.iter().all(u8::is_ascii_digit) {
            let (first, pairs) = match text {
                [first, rest @ ..] if text.len() % 2 == 1 => (first & 0xf, rest),
                all => (EVEN, all),
            };
            let (head, rest) = packed.bytes.split_first_mut()?;
            *head = first;
            let pairs = pairs.as_chunks::<2>().0;
            for (byte, [high, low]) in rest.get_mut(..pairs.len())?.iter_mut().zip(pairs) {
                *byte = (high & 0xf) << 4 | (low & 0xf);
            }
            packed.length = u8::try_from(pairs.len() + 1).ok()?;
        } else {
            if text.first().is_some_and(|first| *first < b' ') {
                return None;
            }
            packed.bytes.get_mut(..text.len())?.copy_from_slice(text);
            packed.length = u8::try_from(text.len()).ok()?;
        }
        Some(packed)
    }

    pub(super) fn as_bytes(&self) -> &[u8] {
        &self.bytes[..usize::from(self.length)]
    }
}

/// A packed identifier in the form in which it is compared.
pub(super) enum Plain<'a> {
    /// It has that form.
    Same(&'a [u8]),
    /// It is written otherwise.
    Other(Packed),
}

impl Plain<'_> {
    /// As `plain` makes it of text; digits are plain.
    pub(super) fn of(packed: &[u8], plain: impl Fn(&str) -> Cow<'_, str>) -> Option<Plain<'_>> {
        if let [] | [..b' ', ..] = packed {
            return Some(Plain::Same(packed));
        }
        match plain(std::str::from_utf8(packed).ok()?) {
            Cow::Borrowed(text) if text.len() == packed.len() => Some(Plain::Same(packed)),
            text => Packed::of(&text).map(Plain::Other),
        }
    }

    pub(super) fn as_bytes(&self) -> &[u8] {
        match self {
            Plain::Same(packed) => packed,
            Plain::Other(packed) => packed.as_bytes(),
        }
    }
}

/// How many bytes the identifier has that was packed to these.
pub(super) fn unpacked_len(packed: &[u8]) -> usize {
    match packed {
        [EVEN, pairs @ ..] => pairs.len() * 2,
        [..b' ', pairs @ ..] => pairs.len() * 2 + 1,
        text => text.len(),
    }
}

/// The identifier that was packed to these bytes.
pub(super) fn unpacked(packed: &[u8]) -> String {
    match packed {
        [first @ ..b' ', pairs @ ..] => {
            let single = usize::from(*first != EVEN);
            let mut text = vec![b'0' | first; pairs.len() * 2 + single];
            let digits = text.get_mut(single..).unwrap_or_default().as_chunks_mut().0;
            for (two, packed) in digits.iter_mut().zip(pairs) {
                *two = [b'0' | packed >> 4, b'0' | packed & 0xf];
            }
            String::from_utf8(text).unwrap_or_default()
        }
        text => String::from_utf8_lossy(text).into_owned(),
    }
}

/// Numbers found by the hash of a name. The hash is kept beside the number: a table that grows
/// then needs no look at millions of names strewn over memory.
#[derive(Default)]
pub(super) struct Numbers(HashTable<(u32, u32)>);

impl Numbers {
    /// The number of the name with this hash for which `is` holds.
    pub(super) fn find(&self, hash: u64, is: impl Fn(u32) -> bool) -> Option<u32> {
        let short = hash as u32;
        self.0.find(Self::spread(short), |(h, n)| *h == short && is(*n)).map(|(_, n)| *n)
    }

    /// The same, or the place where its number goes.
    pub(super) fn place(
        &mut self,
        hash: u64,
        is: impl Fn(u32) -> bool,
    ) -> Result<u32, Vacancy<'_>> {
        let short = hash as u32;
        let is = |(h, n): &(u32, u32)| *h == short && is(*n);
        match self.0.entry(Self::spread(short), is, |(h, _)| Self::spread(*h)) {
            Entry::Occupied(known) => Ok(known.get().1),
            Entry::Vacant(entry) => Err(Vacancy { short, entry }),
        }
    }

    /// Thirty-two bits over sixty-four: the table looks at both ends.
    fn spread(short: u32) -> u64 {
        u64::from(short).wrapping_mul(0x9e37_79b9_7f4a_7c15)
    }
}

/// Where the number of a name goes that had none.
pub(super) struct Vacancy<'a> {
    short: u32,
    entry: VacantEntry<'a, (u32, u32)>,
}

impl Vacancy<'_> {
    pub(super) fn fill(self, number: u32) {
        self.entry.insert((self.short, number));
    }
}

/// The longest repeated text that is kept, of those that may be cut.
const LONGEST: usize = 200;

/// Texts that come again and again (carriers, goods, product names), each kept once.
#[derive(Default)]
pub(super) struct Texts {
    texts: Vec<Box<str>>,
    places: Numbers,
    hasher: RandomState,
    /// The last one of each use: rows in a row tend to say the same.
    last: [Option<u32>; 4],
}

impl Texts {
    /// The number of a text, the same for the same text; `usage` tells the columns apart.
    /// Long ones are cut.
    pub(super) fn number(&mut self, text: Option<&str>, usage: usize) -> u32 {
        self.whole_number(text.map(|text| cut(text, LONGEST)), usage)
    }

    /// The same, and the text is kept whole.
    pub(super) fn whole_number(&mut self, text: Option<&str>, usage: usize) -> u32 {
        let Some(text) = text else { return NONE };
        if let Some(last) = self.last[usage].filter(|last| &*self.texts[*last as usize] == text) {
            return last;
        }
        let hash = self.hasher.hash_one(text);
        let at = match self.places.place(hash, |at| &*self.texts[at as usize] == text) {
            Ok(known) => known,
            Err(vacancy) => {
                let at = self.texts.len() as u32;
                self.texts.push(text.into());
                vacancy.fill(at);
                at
            }
        };
        self.last[usage] = Some(at);
        at
    }

    /// The text with this number.
    pub(super) fn get(&self, number: u32) -> Option<&str> {
        self.texts.get(number as usize).map(|text| &**text)
    }
}

/// The beginning of a text, at most so many bytes, cut between characters.
pub(super) fn cut(text: &str, longest: usize) -> &str {
    let mut end = longest.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// Chains of values, newest first.
#[derive(Default)]
pub(super) struct Chains(Blocks<(u32, u32)>);

impl Chains {
    /// Puts a value before the chain `head` and gives the new head.
    pub(super) fn push(&mut self, head: u32, value: u32) -> u32 {
        self.0.push((value, head)).unwrap_or(NONE)
    }

    /// The values of a chain, newest first.
    pub(super) fn walk(&self, head: u32) -> impl Iterator<Item = u32> + '_ {
        let mut at = head;
        std::iter::from_fn(move || {
            let (value, next) = *self.0.get(at)?;
            at = next;
            Some(value)
        })
    }

    /// The values of a chain, oldest first.
    pub(super) fn oldest_first(&self, head: u32) -> Vec<u32> {
        let mut values: Vec<u32> = self.walk(head).collect();
        values.reverse();
        values
    }
}

#[cfg(test)]
mod tests {
    use super::{BYTES, Blocks, Chains, NONE, Packed, Short, THINGS, Texts, unpacked};

    #[test]
    fn things_are_found_by_their_numbers_over_blocks() {
        let mut things = Blocks::default();
        for n in 0..2 * THINGS as u32 + 1 {
            assert_eq!(things.push(n), Some(n));
        }
        let last = 2 * THINGS as u32;
        assert_eq!((things.len(), things[last]), (2 * THINGS + 1, last));
        assert_eq!(
            (things.get(last), things.get(last + 1), things.get(NONE)),
            (Some(&last), None, None)
        );
        things[THINGS as u32] = 7;
        assert_eq!(things.iter().nth(THINGS), Some(&7));
    }

    #[test]
    fn short_texts_lie_end_to_end_and_in_one_block() {
        let mut short = Short::default();
        let at = short.push([b"1150", b""]).unwrap();
        let (text, next) = short.get(at);
        assert_eq!((text, short.get(next).0), (&b"1150"[..], &b""[..]));
        let long = [b'x'; 255];
        let places: Vec<u32> =
            (0..BYTES / 200).map(|_| short.push([&long, &long[..100]]).unwrap()).collect();
        for at in places {
            let (text, next) = short.get(at);
            assert_eq!((text, short.get(next).0), (&long[..], &long[..100]));
        }
        assert_eq!(short.push([&[0; 256]]), None, "its length is a byte");
        assert_eq!(short.get(NONE).0, b"");
    }

    #[test]
    fn a_packed_identifier_is_the_same_one_again() {
        for text in [
            "",
            "0",
            "7",
            "00",
            "42",
            "0042",
            "576541234567890123",
            "9434636106194372612345",
            "1Z999AA10123456784",
            "١٢",
            "-",
            "@12",
            "1:2",
            "12/",
        ] {
            assert_eq!(unpacked(Packed::of(text).unwrap().as_bytes()), text);
        }
        assert_eq!(Packed::of("576541234567890123").unwrap().as_bytes().len(), 10);
        assert!(Packed::of(&"x".repeat(127)).is_some());
        assert!(Packed::of(&"x".repeat(128)).is_none());
        assert!(Packed::of(&"1".repeat(300)).is_none());
        let long = "7".repeat(120);
        assert_eq!(unpacked(Packed::of(&long).unwrap().as_bytes()), long);
        assert!(Packed::of("\u{10}x").is_none(), "it would be taken for digits");
    }

    #[test]
    fn a_repeated_text_is_kept_once() {
        let mut texts = Texts::default();
        let usps = texts.number(Some("USPS"), 0);
        let toys = texts.number(Some("Toys"), 1);
        assert_ne!(usps, toys);
        assert_eq!(texts.number(Some("USPS"), 1), usps);
        assert_eq!(texts.get(usps), Some("USPS"));
        assert_eq!(texts.number(None, 0), NONE);
        assert_eq!(texts.get(NONE), None);
        let long = texts.number(Some(&"é".repeat(150)), 0);
        assert_eq!(texts.get(long).map(str::len), Some(200));
    }

    #[test]
    fn chains_remember_their_order() {
        let mut chains = Chains::default();
        let head = chains.push(NONE, 7);
        let other = chains.push(NONE, 1);
        let head = chains.push(head, 8);
        assert_eq!(chains.oldest_first(head), [7, 8]);
        assert_eq!(chains.oldest_first(other), [1]);
        assert!(chains.oldest_first(NONE).is_empty());
    }
}
