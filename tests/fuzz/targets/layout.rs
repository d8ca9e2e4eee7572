//! Any text as a layout file, and a file of the layout it is.

use insure::intake::{Layouts, Options, check_layout};

use super::options;
use super::reader::accounted_for;

/// A layout is refused with what is wrong and where, or it reads a file that has its columns.
pub(crate) fn layout(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let layouts = match check_layout(text) {
        Ok(layouts) => layouts,
        Err(faults) => {
            assert!(!faults.is_empty());
            for fault in faults {
                assert!(fault.to_string().starts_with("line "), "{fault}");
            }
            return;
        }
    };
    let own = Layouts::new(vec![("own.toml".to_owned(), text.to_owned())]);
    let Ok((_, broken)) = own.list() else { panic!("the built-in layouts are whole") };
    for layout in layouts.into_iter().filter(|_| broken.is_empty()) {
        let header: Vec<&str> = layout
            .columns
            .iter()
            .filter_map(|column| column.names.first())
            .map(String::as_str)
            .collect();
        for cells in [["5764", "12.50", "2026-11-03"], ["", "x", "delivered"]] {
            let mut file = csv::Writer::from_writer(Vec::new());
            let _ = file.write_record(&header);
            let row: Vec<&str> = cells.iter().copied().cycle().take(header.len()).collect();
            let _ = file.write_record(&row);
            let _ = file.write_record(&row);
            let options =
                Options { layouts: own.clone(), layout: Some(layout.id.clone()), ..options() };
            accounted_for(&file.into_inner().unwrap_or_default(), options);
        }
    }
}
