//! A document on its way in, and what became of it.

use std::path::PathBuf;

use super::super::claim::shown_id;
use crate::calendar::Day;
use crate::claim::{BadDocument, Claim, Evidence};
use crate::intake::{ListRow, Problem};
use crate::number::{ClaimNo, PolicyNo};
use crate::rules::Assessment;

/// What documents are for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// A claim that is there.
    Claim,
    /// A policy: they serve every claim that may come.
    Policy,
}

/// A document that is brought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Brought {
    /// Its line, where a file names it.
    pub line: Option<u64>,
    /// A number of the claim or the parcel it is for.
    pub id: String,
    /// What it shows; by the name of its file where that is not said.
    pub kind: Option<String>,
    /// Where it is.
    pub path: PathBuf,
    /// The day it bears, where stated.
    pub dated: Option<Day>,
}

/// What became of one document, or of one file that is none.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Its line, where a file named it.
    pub line: Option<u64>,
    /// Where it is.
    pub path: PathBuf,
    /// The number it was brought under.
    pub id: Option<String>,
    /// The policy it is for.
    pub policy: Option<PolicyNo>,
    /// The claim it is for; none where it is for the policy.
    pub claim: Option<ClaimNo>,
    /// What it shows.
    pub kind: Option<String>,
    /// What is kept of it.
    pub evidence: Option<Evidence>,
    /// What became of it.
    pub result: Entered,
    /// What is doubtful about its content.
    pub doubt: Option<String>,
    /// Where the terms ask for nothing of its kind: what they ask for.
    pub unasked: Option<String>,
}

/// What became of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entered {
    /// It is new.
    Added,
    /// It was there before, for the same purpose.
    AlreadyKnown,
    /// It is nobody's, or nobody can say what it shows.
    Unmatched {
        /// A stable word.
        code: &'static str,
        /// A sentence.
        reason: String,
    },
    /// It is no document, or cannot be read.
    Bad {
        /// A stable word.
        code: &'static str,
        /// A sentence.
        reason: String,
        /// What to do about it.
        hint: Option<String>,
    },
    /// A system left it there.
    Ignored,
}

impl Entered {
    /// Its stable word.
    pub fn word(&self) -> &'static str {
        match self {
            Entered::Added => "added",
            Entered::AlreadyKnown => "already_known",
            Entered::Unmatched { .. } => "unmatched",
            Entered::Bad { .. } => "bad",
            Entered::Ignored => "ignored",
        }
    }

    pub(super) fn bad(why: &BadDocument) -> Entered {
        Entered::Bad { code: why.code, reason: why.reason.clone(), hint: why.hint.clone() }
    }
}

/// A claim after documents were added to it, or to its policy.
#[derive(Debug)]
pub struct ClaimAfter {
    /// The claim with all its evidence.
    pub claim: Claim,
    /// What the terms say of it now.
    pub assessment: Assessment,
    /// Whether these documents completed it.
    pub completed: bool,
    /// What the insurer had asked, where they were taken as the answer; empty where it did not say.
    pub answered: Option<String>,
}

/// What became of all documents.
#[derive(Debug, Default)]
pub struct EnteredDocuments {
    /// Each of them, in order.
    pub entries: Vec<Entry>,
    /// The claims they serve today, in the order in which they were met first.
    pub claims: Vec<ClaimAfter>,
}

impl Entry {
    pub(super) fn of(line: Option<u64>, path: PathBuf, result: Entered) -> Entry {
        Entry {
            line,
            path,
            id: None,
            policy: None,
            claim: None,
            kind: None,
            evidence: None,
            result,
            doubt: None,
            unasked: None,
        }
    }

    /// Of a row that cannot be read.
    pub(super) fn of_row(row: &ListRow, why: Problem) -> Entry {
        let reason = why.told();
        let result = Entered::Bad { code: why.code, reason, hint: why.hint };
        let id = Some(shown_id(row)).filter(|id| !id.is_empty());
        Entry { id, ..Entry::of(Some(row.line), PathBuf::new(), result) }
    }
}
