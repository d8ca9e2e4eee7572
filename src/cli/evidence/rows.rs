//! Documents as rows, as a summary and as remarks.

use serde_json::{Value, json};

use super::super::Session;
use super::super::view::{Aligned, Cells, Listing, Paint, Row, printable};
use crate::claim::{ClaimStatus, Evidence, Incident, size_words};
use crate::money::grouped;
use crate::number::PolicyNo;
use crate::ops::{ClaimAfter, Entered, EnteredDocuments, Entry};

/// Files that a table lists one by one; the rest are counted.
const LISTED: usize = 20;

/// Claims that a sentence names; the rest are counted.
const NAMED: usize = 10;

/// What became of one document, as a row.
pub(super) struct EntryRow<'a>(pub(super) &'a Entry);

impl Row for EntryRow<'_> {
    const COLUMNS: &'static [&'static str] = &[
        "line", "path", "id", "claim", "policy", "kind", "result", "file", "media", "bytes",
        "sha256", "code", "reason", "doubt",
    ];

    fn cells(&self, out: &mut dyn Cells) {
        let entry = self.0;
        let evidence = entry.evidence.as_ref();
        match entry.line {
            Some(line) => out.number(line),
            None => out.none(),
        }
        let path = entry.path.display().to_string();
        out.text_or_none(Some(path.as_str()).filter(|path| !path.is_empty()));
        out.text_or_none(entry.id.as_deref());
        out.text_or_none(entry.claim.map(|no| no.to_string()).as_deref());
        out.text_or_none(entry.policy.map(|no| no.to_string()).as_deref());
        out.text_or_none(entry.kind.as_deref());
        out.text(entry.result.word());
        out.text_or_none(evidence.map(|e| e.file.as_str()));
        out.text_or_none(evidence.and_then(|e| e.media.as_deref()));
        match evidence {
            Some(evidence) => out.number(evidence.bytes),
            None => out.none(),
        }
        out.text_or_none(evidence.map(|e| e.sha256.as_str()));
        let (code, reason) = why(&entry.result).unzip();
        out.text_or_none(code);
        out.text_or_none(reason);
        out.text_or_none(entry.doubt.as_deref().or(entry.unasked.as_deref()));
    }

    fn id(&self) -> String {
        if !matches!(self.0.result, Entered::Added | Entered::AlreadyKnown) {
            return String::new();
        }
        let claim = self.0.claim.map(|no| no.to_string());
        claim.or_else(|| self.0.policy.map(|no| no.to_string())).unwrap_or_default()
    }
}

/// Why a file was not taken.
fn why(result: &Entered) -> Option<(&'static str, &str)> {
    match result {
        Entered::Unmatched { code, reason } | Entered::Bad { code, reason, .. } => {
            Some((code, reason))
        }
        Entered::Added | Entered::AlreadyKnown | Entered::Ignored => None,
    }
}

/// How many files were not taken, and each of them for programs.
pub(in crate::cli) fn not_taken(entries: &[Entry]) -> (usize, Vec<Value>) {
    let bad: Vec<Value> = entries
        .iter()
        .filter_map(|entry| {
            let (code, reason) = why(&entry.result)?;
            let path = entry.path.display().to_string();
            Some(json!({ "path": path, "code": code, "reason": reason }))
        })
        .collect();
    (bad.len(), bad)
}

/// Says on stderr what is wrong with files, and what is doubtful about them.
pub(in crate::cli) fn tell(entries: &[Entry], session: &mut Session<'_>) -> std::io::Result<()> {
    let mut said: Vec<String> = Vec::new();
    let mut more = 0;
    for entry in entries {
        let path = printable(&entry.path.display().to_string());
        let line = entry.line.map_or_else(String::new, |line| format!("line {line}: "));
        let place = if path.is_empty() { line } else { format!("{line}{path}: ") };
        let wrong = match &entry.result {
            Entered::Bad { code, reason, hint } => {
                let hint = hint.as_ref().map_or_else(String::new, |hint| format!("; {hint}"));
                Some(format!("{place}{} ({code}){hint}", printable(reason)))
            }
            Entered::Unmatched { code, reason } => {
                Some(format!("{place}{} ({code})", printable(reason)))
            }
            _ => None,
        };
        let doubt = entry.doubt.as_ref().map(|doubt| format!("{place}{doubt}"));
        for text in [wrong, doubt, entry.unasked.clone()].into_iter().flatten() {
            if said.contains(&text) {
                continue;
            }
            if said.len() < LISTED {
                said.push(text);
            } else {
                more += 1;
            }
        }
    }
    for text in &said {
        session.note(text)?;
    }
    if more > 0 {
        session.note(&format!("... and {more} more remarks; --format csv tells them all"))?;
    }
    Ok(())
}

/// Says that documents went to the insurer as its answer.
pub(in crate::cli) fn tell_answer(
    after: &ClaimAfter,
    session: &mut Session<'_>,
) -> std::io::Result<()> {
    match after.answered.as_deref() {
        None => Ok(()),
        Some("") => session
            .note(&format!("{}: taken as the answer to the insurer's question", after.claim.no)),
        Some(question) => session.note(&printable(&format!(
            "{}: taken as the answer to the insurer's question: {question}",
            after.claim.no
        ))),
    }
}

/// Says which claims documents completed, which drafts the terms refuse all the same, and what went
/// to the insurer as its answer.
pub(super) fn tell_claims(
    done: &EnteredDocuments,
    dry_run: bool,
    session: &mut Session<'_>,
) -> std::io::Result<()> {
    for after in done.claims.iter().filter(|after| after.answered.is_some()).take(LISTED) {
        tell_answer(after, session)?;
    }
    let stays = |after: &&ClaimAfter| {
        let assessment = &after.assessment;
        after.claim.status == ClaimStatus::Draft && assessment.is_complete()
    };
    for after in done.claims.iter().filter(stays).take(LISTED) {
        let reasons: Vec<String> = after
            .assessment
            .refusals
            .iter()
            .map(|r| format!("{} ({})", r.reason, r.code))
            .collect();
        session.note(&printable(&format!(
            "{} lacks no document and stays a draft: {}",
            after.claim.no,
            reasons.join("; ")
        )))?;
    }
    let complete: Vec<String> =
        done.claims.iter().filter(|a| a.completed).map(|a| a.claim.no.to_string()).collect();
    if complete.is_empty() {
        return Ok(());
    }
    let claims = if complete.len() == 1 { "claim" } else { "claims" };
    let mut named = complete.iter().take(NAMED).cloned().collect::<Vec<_>>().join(", ");
    if complete.len() > NAMED {
        let more = complete.len() - NAMED;
        named.push_str(&format!(
            " and {more} more (all of them: insure search --claim-status under_review)"
        ));
    }
    let (count, one) = (complete.len(), complete.len() == 1);
    session.note(&if dry_run {
        format!("{count} {claims} would be complete: {named}")
    } else {
        let (are, them) = if one { ("is", "it") } else { ("are", "them") };
        format!("{count} {claims} {are} complete now: enter {them} with the insurer, this program sends nothing: {named}")
    })
}

/// What came of many documents, for people.
pub(super) fn summary(done: &EnteredDocuments, dry_run: bool, paint: Paint) -> String {
    let mut list = Listing::new(paint);
    let count = |word: &str| done.entries.iter().filter(|e| e.result.word() == word).count();
    let mut line = |name: &str, count: usize, note: &str| {
        let count = Aligned::Right(grouped(&count.to_string()));
        list.row(vec![Aligned::Left(name.to_owned()), count, Aligned::Left(note.to_owned())]);
    };
    line("Files", done.entries.len(), "");
    line("Added", count("added"), "");
    line("Known already", count("already_known"), "");
    let note = |n: usize, note: &'static str| if n > 0 { note } else { "" };
    let (unmatched, bad, ignored) = (count("unmatched"), count("bad"), count("ignored"));
    line("Unmatched", unmatched, note(unmatched, "nobody's, or it is not clear what they show"));
    line("Bad", bad, note(bad, "no documents, or not readable"));
    if ignored > 0 {
        line("Passed over", ignored, "left there by the system");
    }
    let completed = done.claims.iter().filter(|after| after.completed).count();
    if !done.claims.is_empty() {
        line("Claims", done.claims.len(), "");
        line("Complete now", completed, "");
    }
    let mut text = list.render();
    if dry_run {
        text.push_str("\nDry run: nothing was recorded.\n");
    }
    text
}

/// A document of a policy, as a row.
pub(super) struct DocumentRow<'a> {
    pub(super) policy: PolicyNo,
    pub(super) evidence: &'a Evidence,
    pub(super) serves: &'a [Incident],
}

impl Row for DocumentRow<'_> {
    const COLUMNS: &'static [&'static str] =
        &["policy", "kind", "file", "media", "bytes", "sha256", "dated", "added_on", "serves"];

    fn cells(&self, out: &mut dyn Cells) {
        let evidence = self.evidence;
        out.text(&self.policy.to_string());
        out.text(&evidence.kind);
        out.text(&evidence.file);
        out.text_or_none(evidence.media.as_deref());
        out.number(evidence.bytes);
        out.text(&evidence.sha256);
        out.day_or_none(evidence.dated);
        out.day(evidence.added_on);
        out.list(&self.serves.iter().map(ToString::to_string).collect::<Vec<_>>());
    }

    fn id(&self) -> String {
        self.evidence.sha256.clone()
    }
}

/// The documents of a policy, for people.
pub(super) fn documents_text(documents: &[(Evidence, Vec<Incident>)], paint: Paint) -> String {
    let mut list = Listing::new(paint);
    for (evidence, serves) in documents {
        let serves: Vec<&str> = serves.iter().map(|incident| incident.word()).collect();
        let serves = if serves.is_empty() {
            "no claim asks for it".to_owned()
        } else {
            format!("for {}", serves.join(", "))
        };
        let mut cells = vec![evidence.kind.clone()];
        cells.extend(file_words(evidence));
        cells.push(serves);
        list.row(cells.into_iter().map(Aligned::Left).collect());
    }
    list.render()
}

/// A document in four words: name, type, size, hash.
pub(super) fn file_words(evidence: &Evidence) -> [String; 4] {
    [
        printable(&evidence.file),
        evidence.media.clone().unwrap_or_else(|| "type not known".to_owned()),
        size_words(evidence.bytes),
        format!("sha256 {}", evidence.sha256.get(..12).unwrap_or_default()),
    ]
}
