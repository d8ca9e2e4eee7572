//! What stands on the first row of an order only and holds for its other rows, which follow it.

use super::cells::Cells;
use super::layout::Field;

/// The cells of an order's first row, each with its line.
#[derive(Debug, Default)]
pub(super) struct Carried {
    order: Vec<u8>,
    /// Whether rows without an order number continue the order above.
    continues: bool,
    cells: Vec<(Field, Vec<u8>, u64)>,
}

impl Carried {
    /// What is carried of these fields.
    pub(super) fn of(fields: &[Field]) -> Carried {
        Carried {
            order: Vec::new(),
            continues: fields.contains(&Field::Order),
            cells: fields.iter().map(|field| (*field, Vec::new(), 0)).collect(),
        }
    }

    /// The cell of the order's first row; empty where the field is not carried.
    pub(super) fn get(&self, field: Field) -> &[u8] {
        self.cells.iter().find(|(of, ..)| *of == field).map_or(&[], |(_, cell, _)| cell)
    }

    /// The line it stands on; `None` where nothing is carried.
    pub(super) fn line(&self, field: Field) -> Option<u64> {
        let filled = self.cells.iter().find(|(of, cell, _)| *of == field && !cell.is_empty());
        filled.map(|(.., line)| *line)
    }

    /// Looks at the next row: of another order nothing is carried on. `bare` are its cells as they
    /// stand in the row.
    pub(super) fn meet(&mut self, bare: Cells<'_>) {
        let order = bare.get(Field::Order);
        let goes_on = order == self.order || (order.is_empty() && self.continues);
        if !goes_on {
            self.order.clear();
            self.order.extend_from_slice(order);
        }
        for (field, carried, line) in &mut self.cells {
            let cell = bare.get(*field);
            if !goes_on || (carried.is_empty() && !cell.is_empty()) {
                carried.clear();
                carried.extend_from_slice(cell);
                *line = bare.row.line;
            }
        }
    }
}
