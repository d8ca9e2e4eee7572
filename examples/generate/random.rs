//! Seeded random values, and numbers that are scrambled yet never repeat.

/// A splitmix64 generator.
pub(crate) struct Random {
    state: u64,
}

impl Random {
    /// A generator of its own for one row, so that any row can be drawn without those before it.
    pub(crate) fn for_row(seed: u64, row: u64) -> Random {
        Random { state: mix(seed ^ mix(row)) }
    }

    /// The next 64 bits.
    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        mix(self.state)
    }

    /// A value from 0 up to, not including, `limit`.
    pub(crate) fn below(&mut self, limit: u64) -> u64 {
        ((u128::from(self.next()) * u128::from(limit)) >> 64) as u64
    }

    /// A value from `low` to `high`, both included.
    pub(crate) fn between(&mut self, low: i64, high: i64) -> i64 {
        low + self.below((high - low + 1) as u64) as i64
    }

    /// True `times` in a thousand.
    pub(crate) fn per_mille(&mut self, times: u64) -> bool {
        self.below(1000) < times
    }

    /// True once in `times`.
    pub(crate) fn one_in(&mut self, times: u64) -> bool {
        self.below(times) == 0
    }

    /// One of the values.
    pub(crate) fn pick<T: Copy>(&mut self, values: &[T]) -> T {
        values[self.below(values.len() as u64) as usize]
    }

    /// A price from 5.00 to 900.00 in cents, mostly small.
    pub(crate) fn price(&mut self) -> i64 {
        let skew = self.below(1000) * self.below(1000) * self.below(1000);
        let dollars = 5 + (895 * skew / 1_000_000_000) as i64;
        dollars * 100 + self.pick(&[0, 0, 49, 50, 95, 99, 99, 99])
    }

    /// The carrier of a parcel.
    pub(crate) fn carrier(&mut self) -> &'static str {
        if self.one_in(50_000) {
            return "LaserShip";
        }
        match self.below(100) {
            0..55 => "USPS",
            55..77 => "UPS",
            77..89 => "FedEx",
            89..96 => "OnTrac",
            _ => "DHL",
        }
    }
}

/// The finishing step of splitmix64: every bit of the value reaches every bit of the result.
fn mix(mut value: u64) -> u64 {
    value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ (value >> 31)
}

/// What every tracking number starts with.
pub(crate) const TRACKING_PREFIX: &str = "94001118";
/// Digits of a tracking number after its prefix.
pub(crate) const TRACKING_DIGITS: usize = 14;

/// The order number of an index: 18 digits, 57 in front.
pub(crate) fn order_id(index: u64) -> u64 {
    570_000_000_000_000_000 + scramble(index, 100_000_000, 1)
}

/// The package number of an index: 19 digits, 115 in front.
pub(crate) fn package_id(index: u64) -> u64 {
    1_150_000_000_000_000_000 + scramble(index, 100_000_000, 2)
}

/// The tracking number of an index, without its prefix.
pub(crate) fn tracking(index: u64) -> u64 {
    scramble(index, 10_000_000, 3)
}

/// Maps each value below `half * half` to another one, no two to the same: a Feistel network.
fn scramble(value: u64, half: u64, salt: u64) -> u64 {
    let (mut left, mut right) = (value / half, value % half);
    for round in 0..4 {
        (left, right) = (right, (left + mix(right ^ (salt << 40) ^ (round << 48)) % half) % half);
    }
    left * half + right
}
