//! Any bytes as a file: text in any encoding, packed, or a workbook.

use std::collections::{BTreeMap, BTreeSet};

use insure::intake::{
    IntakeError, Item, ListColumn, ListKind, Options, copy_rejects, propose, read_list,
};

use super::{opened, options, source};

/// A file as `batch-insure` reads it. Every row of it is accounted for, and what is refused can be
/// copied out and read again.
pub(crate) fn reader(bytes: &[u8]) {
    accounted_for(bytes, options());
    let values = Options { ids_optional: true, ..options() };
    accounted_for(bytes, values);
    if let Ok(proposal) = propose(source(bytes), &options()) {
        let text = proposal.to_toml();
        assert!(text.parse::<toml::Table>().is_ok(), "what is proposed is no TOML:\n{text}");
    }
}

/// Reads to the end: each row is of an item or passed over, and is counted once.
pub(super) fn accounted_for(bytes: &[u8], options: Options) {
    let Ok(mut reader) = opened(bytes, options.clone()) else { return };
    let (mut lines, mut rejects) = (BTreeSet::new(), BTreeMap::new());
    let mut items = 0;
    for item in reader.by_ref() {
        items += 1;
        let (line, more) = match item {
            Ok(Item::Parcel(row)) => (row.line, row.more_lines),
            Ok(Item::Event(row)) => (row.line, Vec::new()),
            Ok(Item::Bad(bad)) => {
                for line in std::iter::once(bad.line).chain(bad.more_lines.iter().copied()) {
                    rejects.insert(line, (bad.code.to_owned(), bad.reason.clone()));
                }
                assert!(!bad.told().is_empty());
                (bad.line, bad.more_lines)
            }
            Err(why) => {
                // The whole file is refused, says so, and nothing comes behind it.
                assert!(!why.to_string().is_empty());
                assert!(reader.next().is_none());
                return;
            }
        };
        // A row may be several events, and nothing else twice.
        lines.extend(std::iter::once(line).chain(more));
    }
    assert!(reader.next().is_none());
    let rows = reader.rows();
    assert_eq!(lines.len() as u64 + reader.skipped().rows(), rows, "rows that went astray");
    assert!(items <= rows * 6, "{items} items of {rows} rows");

    let layout = reader.layout().to_owned();
    let mut copy = Vec::new();
    copy_rejects(&reader.original(), &rejects, &mut copy)
        .unwrap_or_else(|why| panic!("rejects cannot be copied: {why}"));
    let again = Options { layout: Some(layout), encoding: None, ..options };
    match opened(&copy, again) {
        Ok(again) => {
            let again: Result<Vec<Item>, _> = again.collect();
            let copied = again.map_or(0, |items| items.len());
            assert!(copied <= rejects.len() * 6);
        }
        // A code that names what is wrong with the row, so the copy can be mended.
        Err(why) => {
            let text = String::from_utf8_lossy(&copy);
            panic!("the copy of rejected rows cannot be read again: {why}\n{text}");
        }
    }
}

const LIST: ListKind = ListKind {
    what: "claims to file",
    columns: &[
        ListColumn { word: "claim", names: &["claim", "claim_no"] },
        ListColumn { word: "id", names: &["id", "policy", "tracking_number", "order_id"] },
        ListColumn { word: "on", names: &["on", "date"] },
        ListColumn { word: "amount", names: &["amount", "value"] },
    ],
    names: &["claim", "id"],
    needs: &[&["claim", "id"]],
};

/// A list of claims, decisions or payments.
pub(crate) fn list(bytes: &[u8]) {
    match read_list(source(bytes), &options(), &LIST) {
        Ok(list) => {
            assert!(!list.rows.is_empty());
            let mut before = 0;
            for (row, _) in &list.rows {
                assert!(row.line > before, "rows are in their order");
                before = row.line;
                for column in LIST.columns {
                    let _ = (row.text(column.word), row.get(column.word));
                }
            }
        }
        Err(IntakeError::NotThisList { found, .. }) => assert!(!found.is_empty()),
        Err(why) => assert!(!why.to_string().is_empty()),
    }
}
