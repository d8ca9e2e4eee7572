//! The folder held against what the ledger says is in it.

use std::collections::HashSet;
use std::fs::{self, File, FileType};
use std::io::ErrorKind;
use std::path::PathBuf;

use super::EvidenceFolder;
use super::document::hash;
use crate::error::Error;

/// How the copy of a document stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stored {
    /// It is there and is what its name says.
    Sound,
    /// It is not there.
    Missing,
    /// It is shorter than it was.
    Truncated {
        /// What is left of it, in bytes.
        bytes: u64,
    },
    /// Its content is another.
    Changed,
    /// Something else has its name.
    NotAFile {
        /// What that is.
        what: &'static str,
    },
    /// It cannot be read.
    Unreadable {
        /// What the system says.
        why: String,
    },
}

/// A file in the folder that belongs to no claim and no policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unowned {
    /// Where it is.
    pub path: PathBuf,
    /// Its size in bytes.
    pub bytes: u64,
}

/// What stands where a file is expected; `None` where it is one.
pub(in crate::ops) fn not_a_file(is: FileType) -> Option<&'static str> {
    if is.is_file() {
        None
    } else if is.is_symlink() {
        Some("a link")
    } else if is.is_dir() {
        Some("a folder")
    } else {
        Some("a pipe or a device")
    }
}

impl EvidenceFolder {
    /// Reads a copy again from its first byte to its last.
    pub(in crate::ops) fn verify(&self, sha256: &str, bytes: u64) -> Stored {
        let place = self.path.join(sha256);
        let unreadable = |why: std::io::Error| Stored::Unreadable { why: why.to_string() };
        let found = fs::symlink_metadata(&place);
        if let Some(what) = found.as_ref().ok().and_then(|meta| not_a_file(meta.file_type())) {
            return Stored::NotAFile { what };
        }
        match found {
            Err(why) if why.kind() == ErrorKind::NotFound => return Stored::Missing,
            Err(why) => return unreadable(why),
            Ok(meta) if meta.len() < bytes => return Stored::Truncated { bytes: meta.len() },
            Ok(meta) if meta.len() > bytes => return Stored::Changed,
            Ok(_) => {}
        }
        match File::open(&place).and_then(hash) {
            Ok((found, _)) if found == sha256 => Stored::Sound,
            Ok(_) => Stored::Changed,
            Err(why) => unreadable(why),
        }
    }

    /// The files in the folder that are not among these, in order of their names.
    pub(in crate::ops) fn unowned(&self, owned: &HashSet<&str>) -> Result<Vec<Unowned>, Error> {
        let fault = |why: std::io::Error| Error::file(&self.path, why);
        let entries = match fs::read_dir(&self.path) {
            Ok(entries) => entries,
            Err(why) if why.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
            Err(why) => return Err(fault(why)),
        };
        let mut unowned = Vec::new();
        for entry in entries {
            let entry = entry.map_err(fault)?;
            if entry.file_name().to_str().is_some_and(|name| owned.contains(name)) {
                continue;
            }
            let bytes = entry.metadata().map_or(0, |meta| meta.len());
            unowned.push(Unowned { path: entry.path(), bytes });
        }
        unowned.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(unowned)
    }
}
