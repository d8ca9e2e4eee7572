//! Orders that are one to the file of tracking numbers and are written in two ways here, such as
//! `1001` and `#1001`: which of them has the number there is not known.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use super::Trackings;
use crate::intake::cells::Cells;
use crate::intake::header::Header;
use crate::intake::source::Original;
use crate::intake::table::Table;
use crate::intake::workbook::Wish;

/// How a file writes the orders of another one.
pub(super) struct Spelled {
    /// By the first row of each order there: the line here that names it first, and a hash of how.
    met: Vec<[u32; 2]>,
    /// Of orders that are written in another way as well, the first line of that.
    otherwise: HashMap<u32, u64>,
}

impl Spelled {
    /// Of so many rows there, with nothing met.
    pub(super) fn new(rows: usize) -> Spelled {
        Spelled { met: vec![[0; 2]; rows], otherwise: HashMap::new() }
    }

    /// Notes how a line writes an order.
    pub(super) fn meet(&mut self, first: u32, order: &str, line: u64) {
        let Some(met) = self.met.get_mut(first as usize) else { return };
        if met[0] == 0 {
            *met = [u32::try_from(line).unwrap_or(u32::MAX), hash(order)];
        } else if met[1] != hash(order) {
            self.otherwise.entry(first).or_insert(line);
        }
    }

    /// The first line that writes this order in another way, as far as the file was read.
    pub(super) fn otherwise(&self, first: u32, order: &str) -> Option<u64> {
        let other = *self.otherwise.get(&first)?;
        let [line, spelled] = *self.met.get(first as usize)?;
        Some(if spelled == hash(order) { other } else { u64::from(line) })
    }

    /// Whether an order is written in two ways.
    pub(super) fn is_unclear(&self, first: u32) -> bool {
        self.otherwise.contains_key(&first)
    }

    /// Notes how the whole file writes its orders, before its rows are read. What cannot be read of
    /// it comes up where it is read anyway.
    pub(super) fn look_through(
        &mut self,
        trackings: &Trackings,
        original: &Original,
        header: &Header,
    ) {
        let name = original.name().to_owned();
        let wish = Wish { sheet: None, again: original.chosen(), fits: &|_| Ok(()) };
        let Ok(opened) = original.reopen() else { return };
        let Ok(mut table) = Table::new(name, opened.content, wish) else { return };
        while let Ok(true) = table.advance() {
            let line = table.row().line;
            if line == header.line {
                table.begin(header.layout.quotes);
            }
            if line <= header.line {
                continue;
            }
            let cells = Cells {
                row: table.row(),
                header,
                carried: None,
                own_currency: None,
                file: original.name(),
                join: None,
                asked: None,
            };
            let (ids, _) = cells.ids();
            let order = ids.order;
            if let Some((first, order)) = order.and_then(|o| Some((trackings.find(o)?, o))) {
                self.meet(first, order, line);
            }
        }
    }
}

fn hash(order: &str) -> u32 {
    let mut hasher = DefaultHasher::new();
    order.hash(&mut hasher);
    hasher.finish() as u32
}
