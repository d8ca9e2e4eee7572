//! What can go wrong with the ledger, in words a seller can act on.

use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

use crate::number::{ClaimNo, PolicyNo};

/// Why the ledger could not do what was asked. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum LedgerError {
    /// The file is something else.
    #[error("{} is not a ledger of this program", path.display())]
    NotALedger {
        /// Which file.
        path: PathBuf,
    },
    /// There is none, or an empty file: not the same as a ledger in which nothing is found.
    #[error("there is no ledger at {} yet, so nothing is recorded", path.display())]
    Missing {
        /// Where it was looked for.
        path: PathBuf,
    },
    /// An earlier program made it, and this one may not write to it.
    #[error("the ledger {} has version {found} and cannot be brought up to version {known}: it, or its folder, is read-only", path.display())]
    Older {
        /// Which file.
        path: PathBuf,
        /// Its version.
        found: usize,
        /// The version this program needs.
        known: usize,
    },
    /// A newer program made it.
    #[error("the ledger {} has version {found}, this program knows versions up to {known}", path.display())]
    Newer {
        /// Which file.
        path: PathBuf,
        /// Its version.
        found: i64,
        /// The newest version known here.
        known: i64,
    },
    /// It may be read but not written.
    #[error("the ledger {} cannot be written: it, or its folder, is read-only", path.display())]
    ReadOnly {
        /// Which file.
        path: PathBuf,
    },
    /// No room left.
    #[error("no room left on the disk of the ledger {}", path.display())]
    Full {
        /// Which file.
        path: PathBuf,
    },
    /// Another process kept it for too long.
    #[error("the ledger {} is kept busy by another process", path.display())]
    Busy {
        /// Which file.
        path: PathBuf,
    },
    /// The file is broken.
    #[error("the ledger {} is damaged: {detail}", path.display())]
    Damaged {
        /// Which file.
        path: PathBuf,
        /// What SQLite says.
        detail: String,
    },
    /// The file or its folder could not be reached.
    #[error("cannot open the ledger {}: {detail}", path.display())]
    Unreachable {
        /// Which file.
        path: PathBuf,
        /// What the system says.
        detail: String,
    },
    /// A second claim on a policy that has one under way.
    #[error("policy {policy} already has the open claim {claim}")]
    ClaimOpen {
        /// Which policy.
        policy: PolicyNo,
        /// The claim under way.
        claim: ClaimNo,
    },
    /// A policy or claim the ledger does not hold.
    #[error("the ledger holds no {number}")]
    Unknown {
        /// Its number.
        number: String,
    },
    /// Money of another currency than the terms'.
    #[error("the terms are in {terms}, the policy's money is in {money}")]
    Currency {
        /// The terms' currency.
        terms: String,
        /// The other one.
        money: String,
    },
    /// Anything else.
    #[error("the ledger {} failed: {detail}", path.display())]
    Failed {
        /// Which file.
        path: PathBuf,
        /// What SQLite says.
        detail: String,
    },
}

impl LedgerError {
    /// What to do about it.
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            LedgerError::NotALedger { .. } => {
                Some("give the path of a ledger, or of a file that does not exist yet, with --db")
            }
            LedgerError::Missing { .. } => Some(
                "record cover with `insure batch-insure FILE`, or name another ledger with --db",
            ),
            LedgerError::Older { .. } => Some(
                "bring it up to date once where it can be written, with any command such as `insure ledger check`; afterwards it is read from here too",
            ),
            LedgerError::Newer { .. } => {
                Some("use the newer program that made it; the file is untouched")
            }
            LedgerError::ReadOnly { .. } => {
                Some("give write permission on the file and its folder, or another path with --db")
            }
            LedgerError::Full { .. } => {
                Some("free some space and run the same command again; nothing was recorded")
            }
            LedgerError::Busy { .. } => {
                Some("wait for the other command to end, then run this one again")
            }
            LedgerError::Damaged { .. } => {
                Some("keep a copy of the file as it is, then restore the last backup")
            }
            LedgerError::Unreachable { .. } => Some(
                "check that the path is a file in a folder you may use, or give another with --db",
            ),
            LedgerError::ClaimOpen { .. } => {
                Some("withdraw the open claim first, or add the new evidence to it")
            }
            LedgerError::Failed { .. } => Some(
                "look at the disk, its space and any limit on file sizes, then run it again; nothing was recorded",
            ),
            LedgerError::Unknown { .. } | LedgerError::Currency { .. } => None,
        }
    }

    /// What SQLite's error means for the ledger at `path`.
    pub(super) fn from_sqlite(path: &Path, error: &rusqlite::Error) -> LedgerError {
        let path = path.to_owned();
        let detail = error.to_string();
        // A row that cannot be read back is damage as much as a broken page is.
        if matches!(
            error,
            rusqlite::Error::ToSqlConversionFailure(_)
                | rusqlite::Error::FromSqlConversionFailure(..)
                | rusqlite::Error::InvalidColumnType(..)
        ) {
            return LedgerError::Damaged { path, detail };
        }
        match error.sqlite_error_code() {
            Some(ErrorCode::NotADatabase) => LedgerError::NotALedger { path },
            Some(ErrorCode::DiskFull) => LedgerError::Full { path },
            Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => {
                LedgerError::ReadOnly { path }
            }
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => LedgerError::Busy { path },
            Some(ErrorCode::DatabaseCorrupt) => LedgerError::Damaged { path, detail },
            Some(ErrorCode::CannotOpen) => LedgerError::Unreachable { path, detail },
            _ => LedgerError::Failed { path, detail },
        }
    }

    /// What the system's error means for the ledger at `path`.
    pub(super) fn from_io(path: &Path, error: &std::io::Error) -> LedgerError {
        let path = path.to_owned();
        match error.kind() {
            std::io::ErrorKind::StorageFull => LedgerError::Full { path },
            std::io::ErrorKind::ReadOnlyFilesystem => LedgerError::ReadOnly { path },
            _ => LedgerError::Unreachable { path, detail: error.to_string() },
        }
    }
}
