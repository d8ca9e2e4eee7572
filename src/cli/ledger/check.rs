//! `insure ledger check`: is everything there, and is it what it was?

use serde_json::{Value, json};

use super::super::claim::folder;
use super::super::view::{Aligned, Cells, Listing, Row, Shape, document, list, printable};
use super::super::{Session, progress};
use crate::claim::size_words;
use crate::error::Exit;
use crate::ledger::Fault;
use crate::money::grouped;
use crate::ops::{BadCopy, CheckedLedger, Stored, check_ledger};

/// Check the ledger and every document beside it; nothing is changed.
///
/// The file itself, what belongs together in it, what is derived to find and to search policies,
/// and each kept copy of a document by its hash. Exit status 1 where anything is wrong.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  insure ledger check
  insure ledger check --format csv > faults.csv || mail -s 'ledger' ops@example.com < faults.csv")]
pub(in crate::cli) struct Args {}

pub(super) fn run(_: &Args, session: &mut Session<'_>) -> anyhow::Result<Exit> {
    let ledger = session.existing_ledger()?;
    let evidence = folder(session)?;
    let spinner = progress::Spinner::new("checked", session);
    let found = check_ledger(&ledger, &evidence, &mut || spinner.tick());
    spinner.end();
    let found = found?;
    match session.format.shape() {
        Shape::Sheet => {
            let text = sheet(&found, session);
            session.world.stdout.write_all(text.as_bytes())?;
        }
        Shape::Document(layout) => {
            let mut value = as_json(&found);
            value["ledger"] = json!(ledger.path().display().to_string());
            document(layout, session.world.stdout, &value)?;
        }
        Shape::Csv | Shape::Ids => {
            let faults = found.ledger.faults.iter().map(FaultRow::Ledger);
            let rows = faults.chain(found.bad.iter().map(FaultRow::Copy));
            list(session.format, session.world.stdout, session.paint, rows)?;
        }
    }
    if session.format.shape() != Shape::Sheet && !found.unowned.is_empty() {
        let count = match found.unowned.len() {
            1 => "1 file in the evidence folder belongs".to_owned(),
            count => format!("{count} files in the evidence folder belong"),
        };
        session.note(&format!("{count} to nothing: insure ledger check lists them"))?;
    }
    Ok(if found.is_sound() { Exit::Done } else { Exit::Failure })
}

fn sheet(found: &CheckedLedger, session: &Session<'_>) -> String {
    let ledger = &found.ledger;
    let mut list = Listing::new(session.paint);
    let mut line = |name: &str, count: u64, note: String| {
        let count = Aligned::Right(grouped(&count.to_string()));
        list.row(vec![Aligned::Left(name.to_owned()), count, Aligned::Left(note)]);
    };
    let compared = if ledger.compared < ledger.policies {
        let compared = grouped(&ledger.compared.to_string());
        format!("{compared} of them held against what is derived from them")
    } else {
        String::new()
    };
    line("Policies", ledger.policies, compared);
    line("Claims", ledger.claims, String::new());
    line("Documents", found.documents, size_words(found.bytes));
    line("Faults", (ledger.faults.len() + found.bad.len()) as u64, String::new());
    let mut text = list.render();
    for row in
        ledger.faults.iter().map(FaultRow::Ledger).chain(found.bad.iter().map(FaultRow::Copy))
    {
        let owners = row.owners();
        let owners = if owners.is_empty() { String::new() } else { format!("  {owners}") };
        text.push_str(&format!("{}: {}{owners}\n", row.part(), printable(&row.detail())));
    }
    if !found.bad.is_empty() {
        text.push_str(
            "\nWhere you still have the document itself, add it again: that makes its copy whole. \
             Otherwise take it from a backup.\n",
        );
    }
    if !found.unowned.is_empty() {
        text.push_str(
            "\nThese files in the evidence folder belong to nothing (they are left alone):\n",
        );
        for file in &found.unowned {
            let path = printable(&file.path.display().to_string());
            text.push_str(&format!("  {path}  {}\n", size_words(file.bytes)));
        }
    }
    if found.is_sound() {
        text.push_str("\nAll is as it has to be.\n");
    }
    text
}

fn as_json(found: &CheckedLedger) -> Value {
    let ledger = &found.ledger;
    let faults = ledger.faults.iter().map(FaultRow::Ledger);
    let faults: Vec<Value> = faults
        .chain(found.bad.iter().map(FaultRow::Copy))
        .map(|row| {
            json!({
                "part": row.part(),
                "code": row.code(),
                "policies": row.policies(),
                "claims": row.claims(),
                "sha256": row.copy().map(|bad| &bad.document.sha256),
                "file": row.copy().map(|bad| &bad.document.file),
                "detail": row.detail(),
            })
        })
        .collect();
    let unowned: Vec<Value> = found
        .unowned
        .iter()
        .map(|file| json!({ "path": file.path.display().to_string(), "bytes": file.bytes }))
        .collect();
    json!({
        "ledger": Value::Null,
        "sound": found.is_sound(),
        "policies": ledger.policies,
        "compared": ledger.compared,
        "claims": ledger.claims,
        "documents": found.documents,
        "bytes": found.bytes,
        "faults": faults,
        "unowned": unowned,
    })
}

/// Something that is wrong, as a row.
enum FaultRow<'a> {
    Ledger(&'a Fault),
    Copy(&'a BadCopy),
}

impl FaultRow<'_> {
    fn part(&self) -> &'static str {
        match self {
            FaultRow::Ledger(fault) => fault.part.word(),
            FaultRow::Copy(_) => "document",
        }
    }

    fn code(&self) -> &'static str {
        match self {
            FaultRow::Ledger(_) => "inconsistent",
            FaultRow::Copy(bad) => match bad.stored {
                Stored::Sound => "sound",
                Stored::Missing => "missing",
                Stored::Truncated { .. } => "truncated",
                Stored::Changed | Stored::NotAFile { .. } => "changed",
                Stored::Unreadable { .. } => "unreadable",
            },
        }
    }

    fn copy(&self) -> Option<&BadCopy> {
        match self {
            FaultRow::Ledger(_) => None,
            FaultRow::Copy(bad) => Some(bad),
        }
    }

    fn policies(&self) -> Vec<String> {
        match self {
            FaultRow::Ledger(fault) => fault.policy.iter().map(ToString::to_string).collect(),
            FaultRow::Copy(bad) => bad.document.policies.iter().map(ToString::to_string).collect(),
        }
    }

    fn claims(&self) -> Vec<String> {
        match self {
            FaultRow::Ledger(fault) => fault.claim.iter().map(ToString::to_string).collect(),
            FaultRow::Copy(bad) => bad.document.claims.iter().map(ToString::to_string).collect(),
        }
    }

    /// All it concerns, in one line.
    fn owners(&self) -> String {
        [self.claims(), self.policies()].concat().join(" ")
    }

    fn detail(&self) -> String {
        let bad = match self {
            FaultRow::Ledger(fault) => return fault.detail.clone(),
            FaultRow::Copy(bad) => bad,
        };
        let document = &bad.document;
        let short = document.sha256.get(..12).unwrap_or_default();
        let what = match &bad.stored {
            Stored::Sound => "is as it was".to_owned(),
            Stored::Missing => "is missing".to_owned(),
            Stored::Truncated { bytes } => {
                format!("has {bytes} bytes left of {}", document.bytes)
            }
            Stored::Changed => "was changed: its content is another".to_owned(),
            Stored::NotAFile { what } => format!("is no file any more: {what} is in its place"),
            Stored::Unreadable { why } => format!("cannot be read: {why}"),
        };
        format!("{} (sha256 {short}) {what}", document.file)
    }
}

impl Row for FaultRow<'_> {
    const COLUMNS: &'static [&'static str] =
        &["part", "code", "policies", "claims", "sha256", "file", "detail"];

    fn cells(&self, out: &mut dyn Cells) {
        out.text(self.part());
        out.text(self.code());
        out.list(&self.policies());
        out.list(&self.claims());
        out.text_or_none(self.copy().map(|bad| bad.document.sha256.as_str()));
        out.text_or_none(self.copy().map(|bad| bad.document.file.as_str()));
        out.text(&self.detail());
    }

    fn id(&self) -> String {
        match self {
            FaultRow::Ledger(_) => self.owners(),
            FaultRow::Copy(bad) => bad.document.sha256.clone(),
        }
    }
}
