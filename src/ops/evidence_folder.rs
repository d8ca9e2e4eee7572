//! The evidence folder beside the ledger: copies of documents, named by their content.

mod check;
mod document;

use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

use crate::claim::Limits;
use crate::error::Error;
use document::{Copying, Document, hash};

pub(super) use check::not_a_file;
pub use check::{Stored, Unowned};

/// A folder of documents. What is in it is never changed: another content has another name.
#[derive(Debug, Clone)]
pub struct EvidenceFolder {
    path: PathBuf,
    limits: Limits,
}

/// A document that is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Kept {
    /// SHA-256 of its content, in hexadecimal.
    pub(super) sha256: String,
    /// Its size.
    pub(super) bytes: u64,
    /// What its content was recognised as.
    pub(super) media: Option<String>,
    /// The name it was given under, made harmless.
    pub(super) file: String,
}

impl EvidenceFolder {
    /// The folder that belongs to a ledger: `insure.db` has `insure.evidence`.
    pub fn beside(ledger: &Path) -> EvidenceFolder {
        EvidenceFolder { path: ledger.with_extension("evidence"), limits: Limits::default() }
    }

    /// The same, for documents up to other sizes.
    pub fn with_limits(self, limits: Limits) -> EvidenceFolder {
        EvidenceFolder { limits, ..self }
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Keeps a copy of each document. The copies are whole and on disk, and so are their names,
    /// before any of them is spoken of. What is kept already is not written again.
    pub(super) fn keep<'a>(
        &self,
        documents: impl IntoIterator<Item = &'a Path>,
    ) -> Result<Vec<Result<Kept, Error>>, Error> {
        let mut new = false;
        let kept = documents.into_iter().map(|path| self.keep_one(path, &mut new)).collect();
        if new {
            sync_folder(&self.path).map_err(|why| Error::file(&self.path, why))?;
        }
        Ok(kept)
    }

    fn keep_one(&self, path: &Path, new: &mut bool) -> Result<Kept, Error> {
        let write = |why: io::Error| Error::file(&self.path, why);
        let mut document = Document::open(path, self.limits)?;
        create_private(&self.path).map_err(write)?;
        let mut copy = tempfile::NamedTempFile::new_in(&self.path).map_err(write)?;
        let kept = document.read(Some(copy.as_file_mut())).map_err(|why| match why {
            Copying::Bad(why) => Error::Document(why),
            Copying::Write(why) => write(why),
        })?;
        let place = self.path.join(&kept.sha256);
        if !holds(&place, &kept) {
            copy.as_file().sync_all().map_err(write)?;
            copy.persist(place).map_err(|why| write(why.error))?;
            *new = true;
        }
        Ok(kept)
    }

    /// What would be kept of a document.
    pub(super) fn look_at(&self, path: &Path) -> Result<Kept, Error> {
        Document::open(path, self.limits)?.read(None).map_err(|why| match why {
            Copying::Bad(why) => Error::Document(why),
            Copying::Write(why) => Error::file(path, why),
        })
    }
}

/// Whether the copy is there and still is what its name says.
fn holds(place: &Path, kept: &Kept) -> bool {
    let same_size =
        fs::symlink_metadata(place).is_ok_and(|meta| meta.is_file() && meta.len() == kept.bytes);
    same_size && File::open(place).and_then(hash).is_ok_and(|(sha256, _)| sha256 == kept.sha256)
}

/// Documents show names and addresses: the folder is the owner's alone.
fn create_private(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// A name is only durable once its folder is.
fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { OpenOptions::new().read(true).open(folder)?.sync_all() } else { Ok(()) }
}

#[cfg(test)]
mod tests;
