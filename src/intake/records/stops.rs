//! Where fields end, or need attention: looked for in 64 bytes at once. Most fields of an export are
//! shorter than what it costs to look at their bytes one by one.

use wide::u8x64;

use super::Span;

/// Bytes looked at together.
const WINDOW: usize = 64;
/// Where a window begins that nothing is in: further than a window from any place in a buffer.
const NOWHERE: usize = usize::MAX / 2;

/// The stops ahead in a buffer: delimiters, and what is odd in a field: a quote, a line break, a NUL.
pub(super) struct Stops {
    delimiter: u8,
    /// Where the window begins that was looked at last; nowhere where none was.
    begins: usize,
    /// Its stops, a bit for each byte.
    delimiters: u64,
    odd: u64,
}

impl Stops {
    pub(super) fn new(delimiter: u8) -> Stops {
        Stops { delimiter, begins: NOWHERE, delimiters: 0, odd: 0 }
    }

    /// The buffer has other bytes now.
    pub(super) fn forget(&mut self) {
        self.begins = NOWHERE;
    }

    /// Puts the plain fields from `start` on to the spans: those with nothing odd in them that a
    /// delimiter ends. Gives the start of the first field that is not one.
    #[inline]
    pub(super) fn plain_fields(
        &mut self,
        bytes: &[u8],
        mut start: usize,
        spans: &mut Vec<Span>,
    ) -> usize {
        let mut from = start;
        loop {
            let Some((delimiters, odd)) = self.ahead(bytes, from) else { return start };
            // The delimiters before the first odd byte.
            let mut plain = delimiters & odd.wrapping_sub(1) & !odd;
            while plain != 0 {
                let end = from + plain.trailing_zeros() as usize;
                // A buffer never grows beyond a few times the longest record, far below what u32 holds.
                spans.push((start as u32, end as u32));
                start = end + 1;
                plain &= plain - 1;
            }
            if odd != 0 {
                return start;
            }
            from = self.begins + WINDOW;
        }
    }

    /// The first stop from here on.
    #[inline]
    pub(super) fn next(&mut self, bytes: &[u8], mut from: usize) -> Option<usize> {
        loop {
            let (delimiters, odd) = self.ahead(bytes, from)?;
            match delimiters | odd {
                0 => from = self.begins + WINDOW,
                stops => return Some(from + stops.trailing_zeros() as usize),
            }
        }
    }

    /// The stops of a window from this place in it on: the delimiters, and what is odd. `None` behind
    /// the last byte.
    #[inline]
    fn ahead(&mut self, bytes: &[u8], from: usize) -> Option<(u64, u64)> {
        let mut ahead = from.wrapping_sub(self.begins);
        if ahead >= WINDOW {
            self.look_at(bytes, from)?;
            ahead = 0;
        }
        Some((self.delimiters >> ahead, self.odd >> ahead))
    }

    #[inline]
    fn look_at(&mut self, bytes: &[u8], from: usize) -> Option<()> {
        let rest = bytes.get(from..)?;
        let (window, within) = match rest.first_chunk::<WINDOW>() {
            Some(window) => (*window, u64::MAX),
            None if rest.is_empty() => return None,
            None => {
                let mut window = [0; WINDOW];
                window[..rest.len()].copy_from_slice(rest);
                // Behind the end there is nothing.
                (window, (1 << rest.len()) - 1)
            }
        };
        let window = u8x64::new(window);
        let is = |byte: u8| window.simd_eq(u8x64::splat(byte));
        self.begins = from;
        self.delimiters = is(self.delimiter).to_bitmask() & within;
        let odd = is(b'"') | is(b'\n') | is(b'\r') | is(0);
        self.odd = odd.to_bitmask() & !self.delimiters & within;
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Span, Stops};

    fn bytes() -> impl Strategy<Value = Vec<u8>> {
        let byte = prop_oneof![
            8 => Just(b'x'),
            3 => Just(b','),
            1 => Just(b'\n'),
            1 => Just(b'\r'),
            1 => Just(b'"'),
            1 => Just(0),
            1 => any::<u8>(),
        ];
        proptest::collection::vec(byte, 0..400)
    }

    proptest! {
        /// They find what looking at each byte finds, from wherever they are asked.
        #[test]
        fn no_stop_is_missed_or_made_up(
            bytes in bytes(),
            froms in proptest::collection::vec((0_usize..420, any::<bool>()), 1..20),
            delimiter in prop_oneof![Just(b','), Just(b'\t'), Just(b' ')],
        ) {
            let mut stops = Stops::new(delimiter);
            let is_stop = |b: &u8| [delimiter, b'"', b'\n', b'\r', 0].contains(b);
            for (from, one) in froms {
                if one {
                    let wanted = bytes.iter().skip(from).position(is_stop).map(|step| from + step);
                    prop_assert_eq!(stops.next(&bytes, from), wanted);
                    continue;
                }
                let (mut wanted, mut start): (Vec<Span>, usize) = (Vec::new(), from);
                for (at, byte) in bytes.iter().enumerate().skip(from).filter(|(_, b)| is_stop(b)) {
                    if *byte != delimiter {
                        break;
                    }
                    wanted.push((start as u32, at as u32));
                    start = at + 1;
                }
                let mut spans = Vec::new();
                prop_assert_eq!(stops.plain_fields(&bytes, from, &mut spans), start);
                prop_assert_eq!(spans, wanted);
            }
        }
    }
}
