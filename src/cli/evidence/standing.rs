//! What the terms ask of a claim, and how each document stands.

use super::super::view::{Aligned, Cells, Listing, Paint, Row};
use super::rows::file_words;
use crate::claim::Evidence;
use crate::ops::EvidenceStanding;
use crate::rules::{Need, Requirement};

/// One document of a claim: one that was given, or one that is owed.
pub(in crate::cli) struct StandingRow<'a> {
    standing: &'a EvidenceStanding,
    /// What the terms ask for; none where they do not.
    requirement: Option<&'a Requirement>,
    /// What was given.
    document: Option<&'a Evidence>,
}

impl<'a> StandingRow<'a> {
    /// All documents of a claim, or only those that are owed.
    pub(in crate::cli) fn all(standing: &'a EvidenceStanding, owed_only: bool) -> Vec<Self> {
        let mut rows = Vec::new();
        for requirement in &standing.requirements {
            let of = |document| StandingRow { standing, requirement: Some(requirement), document };
            let owed = requirement.missing.as_ref().is_some_and(|m| m.need != Need::Helps);
            if owed_only && !owed {
                continue;
            }
            let given = requirement.given.iter().filter_map(|at| standing.claim.evidence.get(*at));
            let given: Vec<&Evidence> = given.collect();
            match given.as_slice() {
                [] => rows.push(of(None)),
                some => rows.extend(some.iter().map(|document| of(Some(*document)))),
            }
        }
        if !owed_only {
            rows.extend(standing.unasked().map(|document| StandingRow {
                standing,
                requirement: None,
                document: Some(document),
            }));
        }
        rows
    }

    /// How it stands, in one word.
    fn word(&self) -> &'static str {
        match self.requirement.map(|r| r.missing.as_ref().map(|missing| missing.need)) {
            None => "unasked",
            Some(None) => "met",
            Some(Some(Need::Now)) => "missing",
            Some(Some(Need::Later)) => "in_grace",
            Some(Some(Need::Helps)) => "helps",
        }
    }

    /// Why it is missing, or by what it is met; else what the clause says.
    fn reason(&self) -> &'a str {
        let Some(requirement) = self.requirement else {
            return "The terms ask for no such document.";
        };
        match &requirement.missing {
            Some(missing) => &missing.reason,
            None if self.document.is_none() && requirement.by_tracking => {
                "The tracking in the ledger serves."
            }
            None => &requirement.text,
        }
    }
}

impl Row for StandingRow<'_> {
    const COLUMNS: &'static [&'static str] = &[
        "claim",
        "policy",
        "claim_status",
        "kind",
        "or",
        "from",
        "standing",
        "due_on",
        "file",
        "media",
        "bytes",
        "sha256",
        "dated",
        "reason",
        "clause",
        "source",
    ];

    fn cells(&self, out: &mut dyn Cells) {
        let claim = &self.standing.claim;
        let (asked, document) = (self.requirement, self.document);
        out.text(&claim.no.to_string());
        out.text(&claim.policy.to_string());
        out.text(claim.status.word());
        let kind = asked.map(|r| &r.kind).or(document.map(|d| &d.kind));
        out.text_or_none(kind.map(String::as_str));
        out.list(asked.map_or(&[], |r| &r.or));
        out.text_or_none(asked.map(|r| r.from.word()));
        out.text(self.word());
        out.day_or_none(asked.and_then(|r| r.missing.as_ref()).and_then(|m| m.due_on));
        out.text_or_none(document.map(|d| d.file.as_str()));
        out.text_or_none(document.and_then(|d| d.media.as_deref()));
        match document {
            Some(document) => out.number(document.bytes),
            None => out.none(),
        }
        out.text_or_none(document.map(|d| d.sha256.as_str()));
        out.day_or_none(document.and_then(|d| d.dated));
        out.text(self.reason());
        out.text_or_none(asked.map(|r| r.clause.as_str()));
        out.text_or_none(asked.map(|r| r.source.as_str()));
    }

    fn id(&self) -> String {
        self.standing.claim.no.to_string()
    }
}

/// The documents of a claim, for people.
pub(in crate::cli) fn standing_sheet(
    standing: &EvidenceStanding,
    owed_only: bool,
    paint: Paint,
) -> String {
    let claim = &standing.claim;
    let mut text = format!(
        "{}\n",
        paint.heading(&format!(
            "{}  {}  {}  {}",
            claim.no,
            claim.policy,
            claim.incident.word(),
            claim.status.word()
        ))
    );
    let mut list = Listing::new(paint);
    for row in StandingRow::all(standing, owed_only) {
        let asked = row.requirement;
        let missing = asked.and_then(|r| r.missing.as_ref());
        let how = match missing.map(|m| (m.need, m.due_on)) {
            Some((Need::Now, Some(due))) => format!("missing, was due on {due}"),
            Some((Need::Later, Some(due))) => format!("in grace until {due}"),
            Some((Need::Later, None)) => "in grace".to_owned(),
            _ => row.word().to_owned(),
        };
        let kinds = match (asked, row.document) {
            (Some(r), None) => {
                let kinds: Vec<&str> =
                    std::iter::once(&r.kind).chain(&r.or).map(String::as_str).collect();
                kinds.join(" or ")
            }
            (_, Some(document)) => document.kind.clone(),
            (None, None) => String::new(),
        };
        let from = asked.map_or_else(String::new, |r| format!("from the {}", r.from.word()));
        let mut cells = vec![format!("  {how}"), kinds, from];
        match row.document {
            Some(document) => cells.push(file_words(document).join("  ")),
            None => cells.push(row.reason().to_owned()),
        }
        if let (Some(missing), Some(_)) = (missing, row.document) {
            cells.push(missing.reason.clone());
        }
        list.row(cells.into_iter().map(Aligned::Left).collect());
    }
    text.push_str(&list.render());
    if standing.requirements.is_empty() {
        text.push_str("  The terms name no documents: ask the provider which it wants.\n");
    }
    text
}
