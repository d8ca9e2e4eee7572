//! `docs/plans.md` and the reader of plan files know the same tables and the same keys.

use std::collections::{BTreeMap, BTreeSet};

use crate::read;

/// Keys by the name of their table; the file itself is `plan`.
type Tables = BTreeMap<String, BTreeSet<String>>;

/// Keys that every clause has are explained once.
const EVERY_CLAUSE: &str = "every clause";
const OF_EVERY_CLAUSE: [&str; 4] = ["clause", "source", "confidence", "when"];

/// The keys a table of a plan may have, as the reader itself says when it meets one that it does
/// not know. `None` where there is no such table.
fn keys(headers: &str) -> Option<Vec<String>> {
    let faults = insure::plan::check(&format!("{headers}\nzzz = 1\n")).err()?;
    let told = faults.iter().find_map(|f| f.message.strip_prefix("unknown key `zzz`"))?;
    let known = told.split('`').skip(1).step_by(2);
    Some(known.map(str::to_owned).collect())
}

/// Every table there is, found by trying each key of each known table as a table, a list of
/// tables, and a table of named tables.
fn known() -> Tables {
    let mut all = Tables::new();
    let mut open = vec![("plan".to_owned(), String::new(), String::new())];
    while let Some((name, path, headers)) = open.pop() {
        let Some(keys) = keys(&headers) else { continue };
        for key in &keys {
            let place = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
            for (form, place) in [
                (format!("[{place}]"), place.clone()),
                (format!("[[{place}]]"), place.clone()),
                (format!("[{place}.loss]"), format!("{place}.loss")),
            ] {
                let headers = format!("{headers}\n{form}");
                if self::keys(&headers).is_some() {
                    open.push((key.clone(), place, headers));
                    break;
                }
            }
        }
        all.entry(name).or_default().extend(keys);
    }
    all
}

fn in_backticks(cell: &str) -> impl Iterator<Item = String> {
    cell.split('`').skip(1).step_by(2).map(str::to_owned)
}

/// The keys of the document's tables, by the table each row is about.
fn explained(text: &str) -> Tables {
    let mut all = Tables::new();
    let (_, section) = text.split_once("\n## What stands in a plan file\n").unwrap();
    let section = section.split("\n## ").next().unwrap();
    let mut heads: Vec<String> = Vec::new();
    let mut table = String::new();
    let mut before_a_table = "plan";
    for line in section.lines() {
        if !line.starts_with('|') {
            heads.clear();
            if line == "### Every clause" {
                before_a_table = EVERY_CLAUSE;
            }
        }
        if !line.starts_with("| ") {
            continue;
        }
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        if heads.is_empty() {
            heads = cells.iter().map(|cell| (*cell).to_owned()).collect();
            table = match heads[0].as_str() {
                "key" => before_a_table.to_owned(),
                "key of `when`" => "when".to_owned(),
                "table" => String::new(),
                other => panic!("a table whose first column is `{other}`"),
            };
            continue;
        }
        let key_cell = if heads[0] == "table" {
            match cells[0] {
                "" => {}
                "the incident" => table = "incident".to_owned(),
                name => table = in_backticks(name).next().unwrap(),
            }
            cells[1]
        } else {
            cells[0]
        };
        all.entry(table.clone()).or_default().extend(in_backticks(key_cell));
    }
    all
}

#[test]
fn every_key_of_a_plan_file_is_explained_and_no_other() {
    let (known, explained) = (known(), explained(&read("docs/plans.md")));
    assert!(known.len() > 30 && known["premium"].contains("rounded-to"), "{known:#?}");
    let mut wrong = Vec::new();
    for (table, keys) in &known {
        let told = explained.get(table).cloned().unwrap_or_default();
        for key in keys {
            let of_every = OF_EVERY_CLAUSE.contains(&key.as_str());
            let is_table = explained.contains_key(key);
            if !told.contains(key) && !of_every && !is_table {
                wrong.push(format!("`{key}` of `{table}` is not explained"));
            }
        }
    }
    for (table, keys) in &explained {
        let of_every: BTreeSet<String> = OF_EVERY_CLAUSE.map(str::to_owned).into();
        let there = if table == EVERY_CLAUSE { Some(&of_every) } else { known.get(table) };
        let Some(there) = there else {
            wrong.push(format!("there is no table `{table}`"));
            continue;
        };
        let strangers = keys.iter().filter(|key| !there.contains(*key));
        wrong.extend(strangers.map(|key| format!("`{table}` has no key `{key}`")));
    }
    assert!(wrong.is_empty(), "docs/plans.md:\n{}", wrong.join("\n"));
}
