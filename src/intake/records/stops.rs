//! Where an unquoted field may end or need attention: a delimiter, a line break or a NUL. Looked for in
//! 64 bytes at once, in a shape that compilers turn into vector instructions: most fields of an
//! export are shorter than what it costs to look at their bytes one by one.

/// Bytes looked at together.
const WINDOW: usize = 64;
/// Where a window begins that nothing is in: further than a window from any place in a buffer.
const NOWHERE: usize = usize::MAX / 2;

/// The stops ahead in a buffer.
pub(super) struct Stops {
    delimiter: u8,
    /// Where the window begins that was looked at last; nowhere where none was.
    begins: usize,
    /// Its stops, a bit for each byte.
    hits: u64,
}

impl Stops {
    pub(super) fn new(delimiter: u8) -> Stops {
        Stops { delimiter, begins: NOWHERE, hits: 0 }
    }

    /// The buffer has other bytes now.
    pub(super) fn forget(&mut self) {
        self.begins = NOWHERE;
    }

    /// The first stop from here on.
    #[inline]
    pub(super) fn next(&mut self, bytes: &[u8], from: usize) -> Option<usize> {
        let ahead = from.wrapping_sub(self.begins);
        if ahead >= WINDOW {
            return self.look_on(bytes, from);
        }
        match self.hits >> ahead {
            0 => self.look_on(bytes, self.begins + WINDOW),
            left => Some(from + left.trailing_zeros() as usize),
        }
    }

    /// The first stop in the windows from here on.
    #[inline(never)]
    fn look_on(&mut self, bytes: &[u8], mut at: usize) -> Option<usize> {
        while let Some(rest @ [_, ..]) = bytes.get(at..) {
            self.begins = at;
            self.hits = match rest.first_chunk() {
                Some(window) => hits(window, self.delimiter),
                None => {
                    let mut window = [b' '; WINDOW];
                    window[..rest.len()].copy_from_slice(rest);
                    // A delimiter may be a blank: behind the end there is nothing.
                    hits(&window, self.delimiter) & ((1 << rest.len()) - 1)
                }
            };
            if self.hits != 0 {
                return Some(at + self.hits.trailing_zeros() as usize);
            }
            at += WINDOW;
        }
        None
    }
}

/// A bit for each byte that is a stop.
fn hits(window: &[u8; WINDOW], delimiter: u8) -> u64 {
    let mut is_stop = [0_u8; WINDOW];
    for (is_stop, byte) in is_stop.iter_mut().zip(window) {
        let is = (*byte == delimiter) | (*byte == b'\n') | (*byte == b'\r') | (*byte == 0);
        *is_stop = u8::from(is);
    }
    let mut hits = 0;
    for (eight, place) in is_stop.as_chunks().0.iter().zip((0..).step_by(8)) {
        // Moves the lowest bit of each of the eight bytes into the topmost byte, side by side.
        let bits = u64::from_le_bytes(*eight).wrapping_mul(0x0102_0408_1020_4080) >> 56;
        hits |= bits << place;
    }
    hits
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Stops;

    proptest! {
        /// It finds what looking at each byte finds, from wherever it is asked.
        #[test]
        fn no_stop_is_missed_or_made_up(
            bytes in proptest::collection::vec(
                prop_oneof![4 => Just(b'x'), 1 => Just(b','), 1 => Just(b'\n'), 1 => Just(b'\r'), 1 => Just(0), 1 => any::<u8>()],
                0..400,
            ),
            froms in proptest::collection::vec(0_usize..420, 1..20),
            delimiter in prop_oneof![Just(b','), Just(b'\t'), Just(b' ')],
        ) {
            let mut stops = Stops::new(delimiter);
            for from in froms {
                let is_stop = |b: &u8| [delimiter, b'\n', b'\r', 0].contains(b);
                let wanted = bytes.iter().skip(from).position(is_stop).map(|step| from + step);
                prop_assert_eq!(stops.next(&bytes, from), wanted);
            }
        }
    }
}
