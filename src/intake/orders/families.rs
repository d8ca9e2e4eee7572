//! Packages whose values hang together: those that share the fee of a split order, and, where one
//! of them is packed from several orders, those they share with in turn; and with them the rows that
//! are no package's and say something of the order. Only together do they
//! come to the same values again when they are read a second time.

use std::collections::HashMap;
use std::sync::Arc;

use super::Orders;

impl Orders {
    /// Finds the packages that hang together, once every row is in. Orders that are not split, or
    /// have no fee, cost nothing.
    pub(super) fn relate(&mut self) {
        if self.order_lines.is_empty() && !self.orders.iter().any(|at| at.split && at.fee > 0) {
            return;
        }
        let mut shared = Vec::new();
        for unit in self.units.numbers() {
            for (order, _) in self.parts(unit) {
                let at = &self.orders[order];
                if (at.split && at.fee > 0) || self.order_lines.contains_key(&order) {
                    shared.push((order, unit));
                }
            }
        }
        shared.sort_unstable();
        // Each package points towards the first one it hangs together with.
        let mut towards = HashMap::new();
        for order in shared.chunk_by(|a, b| a.0 == b.0) {
            for (_, unit) in order {
                let (a, b) = (first(&mut towards, order[0].1), first(&mut towards, *unit));
                towards.insert(a.max(b), a.min(b));
            }
        }
        let mut groups: HashMap<u32, Vec<u32>> = HashMap::new();
        let mut units: Vec<u32> = towards.keys().copied().collect();
        units.sort_unstable();
        for unit in units {
            groups.entry(first(&mut towards, unit)).or_default().push(unit);
        }
        for group in groups.values() {
            let lines = group.iter().flat_map(|unit| self.lines(*unit));
            let orders = group.iter().flat_map(|unit| self.parts(*unit));
            let beside = orders.filter_map(|(order, _)| self.order_lines.get(&order)).flatten();
            let mut lines: Vec<u64> = lines.chain(beside.copied()).collect();
            lines.sort_unstable();
            lines.dedup();
            let lines: Arc<[u64]> = lines.into();
            self.families.extend(group.iter().map(|unit| (*unit, Arc::clone(&lines))));
        }
    }

    /// The lines of all packages that the `n`th one hangs together with, its own among them.
    pub(super) fn family(&self, n: u32) -> Option<Arc<[u64]>> {
        if self.families.is_empty() {
            return None;
        }
        self.families.get(&n).cloned()
    }
}

/// The first package this one hangs together with, as far as that is known; the way is shortened.
fn first(towards: &mut HashMap<u32, u32>, unit: u32) -> u32 {
    let mut at = unit;
    loop {
        let next = *towards.entry(at).or_insert(at);
        if next == at {
            break;
        }
        let after = towards.get(&next).copied().unwrap_or(next);
        towards.insert(at, after);
        at = after;
    }
    at
}
