//! Compact keeping for millions of packages and tracking numbers: short texts end to end in one buffer, repeated texts
//! once, and chains for what few packages have more than one of.

use std::hash::BuildHasher;

use foldhash::quality::RandomState;
use hashbrown::HashTable;

/// No such thing, in a `u32` that points at one.
pub(super) const NONE: u32 = u32::MAX;

/// Texts of up to 127 bytes end to end, each behind its length: one ASCII character, so that all
/// of it stays text.
#[derive(Default)]
pub(super) struct Short(String);

impl Short {
    /// Appends one; `None` when its place would not fit a `u32`, or it is too long.
    pub(super) fn push(&mut self, text: &str) -> Option<u32> {
        let at = u32::try_from(self.0.len()).ok().filter(|at| *at < NONE - 256)?;
        let length = u8::try_from(text.len()).ok().filter(u8::is_ascii)?;
        self.0.push(char::from(length));
        self.0.push_str(text);
        Some(at)
    }

    /// The one at this place, and the place after it.
    pub(super) fn get(&self, at: u32) -> (&str, u32) {
        let start = at as usize + 1;
        let length = self.0.as_bytes().get(at as usize).copied().unwrap_or(0);
        let end = start + usize::from(length);
        (self.0.get(start..end).unwrap_or(""), end as u32)
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

    /// Puts a number in that is not there yet.
    pub(super) fn insert(&mut self, hash: u64, number: u32) {
        let short = hash as u32;
        self.0.insert_unique(Self::spread(short), (short, number), |(h, _)| Self::spread(*h));
    }

    /// Thirty-two bits over sixty-four: the table looks at both ends.
    fn spread(short: u32) -> u64 {
        u64::from(short).wrapping_mul(0x9e37_79b9_7f4a_7c15)
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
        let known = self.places.find(hash, |at| &*self.texts[at as usize] == text);
        let at = known.unwrap_or_else(|| {
            let at = self.texts.len() as u32;
            self.texts.push(text.into());
            self.places.insert(hash, at);
            at
        });
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
pub(super) struct Chains(Vec<(u32, u32)>);

impl Chains {
    /// Puts a value before the chain `head` and gives the new head.
    pub(super) fn push(&mut self, head: u32, value: u32) -> u32 {
        self.0.push((value, head));
        (self.0.len() - 1) as u32
    }

    /// The values of a chain, newest first.
    pub(super) fn walk(&self, head: u32) -> impl Iterator<Item = u32> + '_ {
        let mut at = head;
        std::iter::from_fn(move || {
            let (value, next) = *self.0.get(at as usize)?;
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
    use super::{Chains, NONE, Short, Texts};

    #[test]
    fn short_texts_lie_end_to_end() {
        let mut short = Short::default();
        let at = short.push("1150").unwrap();
        short.push("").unwrap();
        let (text, next) = short.get(at);
        assert_eq!((text, short.get(next).0), ("1150", ""));
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
