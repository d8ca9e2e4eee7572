//! Every word a program may meet, a code, a column, a field, a key of a plan, is explained.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use insure::claim::{COMMON_QUESTIONS, Fact};
use insure::ops::{CLAIMS, DECISIONS, DOCUMENTS, PAYMENTS};
use serde_json::Value;

use crate::shop::Shop;
use crate::{read, root};

/// The words of `needed` that the document does not write as `` `word` ``.
fn missing(document: &str, needed: &BTreeSet<String>) -> Vec<String> {
    let text = read(document);
    needed.iter().filter(|word| !text.contains(&format!("`{word}`"))).cloned().collect()
}

fn rust_files(folder: &Path) -> Vec<String> {
    let mut all = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            all.extend(rust_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = fs::read_to_string(&path).unwrap();
            let code = text.split("#[cfg(test)]").next().unwrap_or_default();
            all.push(code.to_owned());
        }
    }
    all
}

/// The argument of a call with this number, if it is a string.
fn text_argument(after_bracket: &str, number: usize) -> Option<&str> {
    let (mut depth, mut at, mut quoted) = (0, 0, false);
    let mut start = 0;
    for (place, c) in after_bracket.char_indices() {
        match c {
            '"' => quoted = !quoted,
            _ if quoted => {}
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' if depth > 0 => depth -= 1,
            ',' | ')' if depth == 0 => {
                if at == number {
                    let argument = after_bracket[start..place].trim();
                    return argument.strip_prefix('"')?.strip_suffix('"');
                }
                if c == ')' {
                    return None;
                }
                at += 1;
                start = place + 1;
            }
            _ => {}
        }
    }
    None
}

fn is_code(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b == b'_')
}

/// Every code with which a row, a quote or a claim is refused, read from the source.
fn codes() -> BTreeSet<String> {
    let mut codes = BTreeSet::new();
    for line in read("src/intake/problem.rs").lines() {
        let is_constant = line.trim().starts_with("pub const ") && line.contains(": &str = ");
        if let (true, Some(code)) = (is_constant, line.split('"').nth(1)) {
            codes.insert(code.to_owned());
        }
    }
    let rows = codes.len();
    assert!(rows >= 20, "only {rows} codes were found in problem.rs");
    for room in ["src/rules", "src/ops"] {
        for code in rust_files(&root().join(room)) {
            let calls = [
                ("Refusal::by(", 1),
                (" => (", 0),
                ("Some((", 0),
                ("code: ", 0),
                ("refused(", 0),
                ("stops_as(", 0),
                ("Error::unfit(", 0),
                ("Problem::row(", 0),
                (".wrong(", 1),
            ];
            for (call, number) in calls {
                for after in code.split(call).skip(1) {
                    let code = text_argument(after, number).filter(|code| is_code(code));
                    codes.extend(code.map(str::to_owned));
                }
            }
        }
    }
    assert!(codes.len() >= rows + 25, "only {} codes were found in rules", codes.len() - rows);
    codes
}

#[test]
fn every_code_is_explained() {
    let missing = missing("docs/formats.md", &codes());
    assert!(missing.is_empty(), "docs/formats.md does not explain: {}", missing.join(", "));
}

#[test]
fn no_code_is_explained_that_does_not_exist() {
    let mut known = codes();
    // Words of a result that are no refusal by the terms.
    known.extend(["mail_in_doubt", "mail_not_sent", "not_tried"].map(str::to_owned));
    known.extend(["order_cancelled", "not_found", "unclear", "missing_file"].map(str::to_owned));
    let text = read("docs/formats.md");
    let (_, section) = text.split_once("\n## Codes of refusals\n").unwrap();
    let section = section.split("\n## ").next().unwrap();
    let rows = section.lines().filter_map(|line| line.strip_prefix("| `"));
    let explained: Vec<&str> = rows.filter_map(|row| row.split('`').next()).collect();
    let unexplained: Vec<_> = known.iter().filter(|c| !explained.contains(&c.as_str())).collect();
    assert!(unexplained.is_empty(), "no row explains {unexplained:?}");
    for code in explained {
        assert!(known.contains(code), "docs/formats.md explains `{code}`, which does not exist");
    }
}

#[test]
fn every_column_that_is_read_is_explained() {
    let mut columns = BTreeSet::new();
    for layout in ["plain", "carrier-events", "tiktok-us"] {
        let text = read(&format!("src/layouts/{layout}.toml"));
        let table: toml::Table = toml::from_str(&text).unwrap();
        for names in table["columns"].as_table().unwrap().values() {
            let names = names.as_array().unwrap().iter();
            columns.extend(names.map(|name| name.as_str().unwrap().to_owned()));
        }
    }
    for list in [CLAIMS, DECISIONS, PAYMENTS, DOCUMENTS] {
        let names = list.columns.iter().flat_map(|column| column.names);
        columns.extend(names.map(|name| (*name).to_owned()));
    }
    let missing = missing("docs/formats.md", &columns);
    assert!(missing.is_empty(), "docs/formats.md does not explain: {}", missing.join(", "));
}

#[test]
fn every_fact_a_claimant_states_is_explained() {
    let facts = Fact::ALL.iter().map(|(_, name)| *name);
    let questions = COMMON_QUESTIONS.iter().map(|(name, _)| *name);
    let all = facts.chain(questions).map(str::to_owned).collect();
    let missing = missing("docs/formats.md", &all);
    assert!(missing.is_empty(), "docs/formats.md does not explain: {}", missing.join(", "));
}

/// The names of all fields; what an event's detail holds is for people, and a clause's figures go by
/// the keys of its plan.
fn fields(value: &Value, all: &mut BTreeSet<String>) {
    match value {
        Value::Object(object) => {
            for (name, value) in object {
                all.insert(name.clone());
                if !["detail", "figures"].contains(&name.as_str()) {
                    fields(value, all);
                }
            }
        }
        Value::Array(values) => values.iter().for_each(|value| fields(value, all)),
        _ => {}
    }
}

#[test]
fn every_field_of_every_result_is_explained() {
    let commands = [
        "export INSURE_DB=shop.db INSURE_TODAY=2026-11-25; echo %PDF-1.7 > inv.pdf",
        "insure plan accept --format ndjson",
        "insure plan list --format ndjson",
        "insure plan show --format ndjson",
        "printf '[[version]]' | insure plan check - --format ndjson",
        "insure plan diff tiktok-upic --from 2026-01-01 --format ndjson",
        "insure quote --value 450 --format ndjson",
        "insure quote --value 450 --label-exists --format ndjson",
        "insure quote --value 450 --plan all --format ndjson",
        "insure quote --value 450 --currency EUR --fx EUR=1.1 --format ndjson",
        "printf 'order_id,value,currency\\n9,300,EUR\\n' | insure batch-insure - --fx EUR=1.1 --format ndjson",
        "printf 'order_id,value\\n8,30\\n' > two.csv; printf 'order_id,tracking_number\\n8,T8\\n9,T9\\n7,\\n6,9.4E+21\\n' | insure batch-insure two.csv --tracking - --format ndjson --quiet",
        "insure quote --input examples/tiktok-orders.csv --format ndjson --quiet",
        "insure batch-insure examples/tiktok-orders.csv --cover full --format ndjson",
        "insure insure --order 7 --value 300 --cover full --format ndjson",
        "insure insure --order 7 --value 300 --cover full --format ndjson",
        "insure track --input examples/carrier-events.csv --format ndjson",
        "insure claim check 9400111899562743815201 --reason loss --format ndjson",
        "insure claim check 9400111899562743815204 --reason loss --format ndjson",
        "insure claim file 9400111899562743815201 --reason loss --format ndjson --quiet",
        "insure claim evidence add CLM-00001Y --kind invoice inv.pdf --format ndjson",
        "insure claim show CLM-00001Y --format ndjson",
        "insure claim affidavit CLM-00001Y --from a@b.example --to c@d.example --format ndjson --quiet",
        "insure claim affidavit CLM-00001Y --sent --format ndjson --quiet",
        "insure claim refund CLM-00001Y --status partial --reason late --amount 5 --format ndjson",
        "insure claim evidence list CLM-00001Y --format ndjson",
        "insure evidence 7 --kind photo inv.pdf --format ndjson",
        "insure evidence 7 --format ndjson",
        "mkdir -p many/7; cp inv.pdf many/7/photo.jpg; insure evidence --from many --format ndjson --quiet",
        "insure claim evidence add CLM-00001Y --kind invoice inv.pdf none.pdf --format ndjson --quiet",
        "touch shop.evidence/stray; insure ledger check --format ndjson --quiet",
        "insure claim packet CLM-00001Y --out packets --format ndjson --quiet",
        "tr -d '\\n' < packets/CLM-00001Y/manifest.json",
        "insure claim check 9400111899562743815253 --reason damage --format ndjson",
        "echo %PDF-1.7 > aff.pdf; insure claim evidence add CLM-00001Y --kind affidavit --dated 2026-11-24 aff.pdf --format ndjson",
        "insure claim decide CLM-00001Y --rejected 'no proof of value' --format ndjson",
        "insure claim show CLM-00001Y --format ndjson",
        "insure claim appeal CLM-00001Y --reason 'there is proof' --format ndjson --quiet",
        "insure claim decide CLM-00001Y --accepted --format ndjson",
        "insure claim pay CLM-00001Y --amount 10 --reference 'wire 1' --format ndjson",
        "insure status 9400111899562743815201 --format ndjson",
        "printf 'id,reason\\n9400111899562743815215,loss\\n' | insure claim file --input - --format json --quiet | tr -d '\\n'",
        "printf 'id,decision\\nCLM-00001Y,accepted\\n' | insure claim decide --input - --format json --quiet | tr -d '\\n'",
        "printf 'id,amount,date\\nCLM-00001Y,5,2026-11-25\\n' | insure claim pay --input - --format json --quiet | tr -d '\\n'",
        "insure search --format ndjson",
        "insure report --format ndjson",
        "insure report --format json | tr -d '\\n'",
        "insure advise --value 450 --format ndjson",
        "insure plan diff tiktok-upic --from 2026-01-01 --replay --format ndjson",
        "insure cancel 7 --format ndjson",
    ];
    let commands: Vec<String> = commands.iter().map(|command| (*command).to_owned()).collect();
    let outputs = Shop::new().type_in(&commands);
    let mut all = BTreeSet::new();
    for (command, output) in commands.iter().zip(&outputs).skip(1) {
        for line in output.lines() {
            let value: Value =
                serde_json::from_str(line).unwrap_or_else(|why| panic!("{command}: {why}: {line}"));
            fields(&value, &mut all);
        }
    }
    assert!(all.len() > 60, "only {} fields were found", all.len());
    let missing = missing("docs/formats.md", &all);
    assert!(missing.is_empty(), "docs/formats.md does not explain: {}", missing.join(", "));
}

#[test]
fn every_field_of_a_template_is_explained() {
    let fields = insure::mail::FIELDS.iter().map(|(name, _)| (*name).to_owned()).collect();
    let missing = missing("docs/formats.md", &fields);
    assert!(missing.is_empty(), "docs/formats.md does not explain: {}", missing.join(", "));
}
