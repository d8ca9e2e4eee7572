//! The ledger and its evidence folder, checked: nothing is changed.

use std::collections::HashSet;

use super::evidence_folder::{EvidenceFolder, Stored, Unowned};
use crate::error::Error;
use crate::ledger::{Document, Ledger, Verified};

/// A document whose copy is not what it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadCopy {
    /// The document, with all it belongs to.
    pub document: Document,
    /// What became of its copy.
    pub stored: Stored,
}

/// What was found.
#[derive(Debug, Clone, Default)]
pub struct CheckedLedger {
    /// Of the ledger.
    pub ledger: Verified,
    /// Documents there are.
    pub documents: u64,
    /// Their size in bytes, each once.
    pub bytes: u64,
    /// Those whose copies are not what they were.
    pub bad: Vec<BadCopy>,
    /// Files in the folder that belong to nothing.
    pub unowned: Vec<Unowned>,
}

impl CheckedLedger {
    /// Whether all is as it has to be. What belongs to nothing does no harm.
    pub fn is_sound(&self) -> bool {
        self.ledger.faults.is_empty() && self.bad.is_empty()
    }
}

/// Checks the ledger, then reads every copy in the evidence folder from its first byte to its last.
///
/// # Errors
/// The ledger or the folder cannot be read at all.
pub fn check_ledger(
    ledger: &Ledger,
    folder: &EvidenceFolder,
    tick: &mut dyn FnMut(),
) -> Result<CheckedLedger, Error> {
    let mut found = CheckedLedger { ledger: ledger.verify(tick)?, ..CheckedLedger::default() };
    let documents = ledger.documents()?;
    for document in &documents {
        found.documents += 1;
        found.bytes = found.bytes.saturating_add(document.bytes);
        let stored = folder.verify(&document.sha256, document.bytes);
        if stored != Stored::Sound {
            found.bad.push(BadCopy { document: document.clone(), stored });
        }
        tick();
    }
    let owned: HashSet<&str> = documents.iter().map(|document| document.sha256.as_str()).collect();
    found.unowned = folder.unowned(&owned)?;
    Ok(found)
}
