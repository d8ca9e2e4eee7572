//! Files that are written: what they never stand in place of, and whether they are there already.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, BufReader, Read};
use std::path::{Component, Path, PathBuf};

use super::evidence_folder::EvidenceFolder;

/// What no output ever stands in place of: a ledger, and the documents that are kept beside it.
#[derive(Debug, Clone)]
pub struct Spared {
    ledger: PathBuf,
    documents: PathBuf,
}

impl Spared {
    /// What belongs to the ledger at this path.
    pub fn of(ledger: &Path) -> Spared {
        Spared { ledger: place(ledger), documents: place(EvidenceFolder::beside(ledger).path()) }
    }

    /// What of it a path would stand in place of, whatever leads there; `None` where it is free.
    pub fn at(&self, path: &Path) -> Option<&'static str> {
        let target = place(path);
        let is_ledger = |end: &str| {
            let mut name = OsString::from(&self.ledger);
            name.push(end);
            target == Path::new(&name)
        };
        if ["", "-wal", "-shm", "-journal"].iter().any(|end| is_ledger(end)) {
            return Some("the ledger");
        }
        if target == self.documents {
            return Some("the folder of the ledger's documents");
        }
        target.starts_with(&self.documents).then_some("in the folder of the ledger's documents")
    }
}

/// Where a file is or would be: links followed as far as there is anything.
pub fn place(path: &Path) -> PathBuf {
    let mut rest: Vec<Component<'_>> = Vec::new();
    let mut known = path.components();
    let mut found = loop {
        let start = match known.as_path() {
            start if start.as_os_str().is_empty() => Path::new("."),
            start => start,
        };
        if let Ok(found) = fs::canonicalize(start) {
            break found;
        }
        match known.next_back() {
            Some(last) => rest.push(last),
            None => return path.to_owned(),
        }
    };
    for part in rest.into_iter().rev() {
        match part {
            Component::ParentDir => {
                found.pop();
            }
            part => found.push(part),
        }
    }
    found
}

/// Whether two files have the same content.
///
/// # Errors
/// One of them cannot be read.
pub fn same_content(a: &Path, b: &Path) -> io::Result<bool> {
    let (a, b) = (File::open(a)?, File::open(b)?);
    let (of_a, of_b) = (a.metadata()?, b.metadata()?);
    if of_a.len() != of_b.len() || !of_a.is_file() || !of_b.is_file() {
        return Ok(false);
    }
    let (mut a, mut b) =
        (BufReader::with_capacity(1 << 18, a), BufReader::with_capacity(1 << 18, b));
    let (mut left, mut right) = (vec![0; 1 << 16], vec![0; 1 << 16]);
    loop {
        let count = a.read(&mut left)?;
        let (Some(left), Some(right)) = (left.get(..count), right.get_mut(..count)) else {
            return Ok(false);
        };
        b.read_exact(right)?;
        if left != right {
            return Ok(false);
        }
        if count == 0 {
            return Ok(true);
        }
    }
}
