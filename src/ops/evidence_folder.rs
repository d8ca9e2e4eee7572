//! The evidence folder beside the ledger: copies of documents, named by their content.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::error::Error;

/// A folder of documents. What is in it is never changed: another content has another name.
#[derive(Debug, Clone)]
pub struct EvidenceFolder(PathBuf);

/// A document that is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Kept {
    /// SHA-256 of its content, in hexadecimal.
    pub(super) sha256: String,
    /// Its size.
    pub(super) bytes: u64,
    /// The name it was given under.
    pub(super) file: String,
}

impl EvidenceFolder {
    /// The folder that belongs to a ledger: `insure.db` has `insure.evidence`.
    pub fn beside(ledger: &Path) -> EvidenceFolder {
        EvidenceFolder(ledger.with_extension("evidence"))
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// Keeps a copy of a document. The copy is whole and on disk before its name appears.
    pub(super) fn keep(&self, document: &Path) -> Result<Kept, Error> {
        let read = |why: io::Error| Error::file(document, why);
        let meta = fs::metadata(document).map_err(read)?;
        if !meta.is_file() {
            return Err(read(io::Error::other(
                "this is not a file, expected a document such as a photo or PDF",
            )));
        }
        let write = |why: io::Error| Error::file(&self.0, why);
        create_private(&self.0).map_err(write)?;
        let mut copy = tempfile::NamedTempFile::new_in(&self.0).map_err(write)?;
        let (sha256, bytes) =
            copy_and_hash(File::open(document).map_err(read)?, copy.as_file_mut()).map_err(
                |why| match why {
                    Copying::Read(why) => read(why),
                    Copying::Write(why) => write(why),
                },
            )?;
        if bytes == 0 {
            return Err(read(io::Error::other("the file is empty, expected a document")));
        }
        copy.as_file().sync_all().map_err(write)?;
        copy.persist(self.0.join(&sha256)).map_err(|why| write(why.error))?;
        sync_folder(&self.0).map_err(write)?;
        let file =
            document.file_name().unwrap_or(document.as_os_str()).to_string_lossy().into_owned();
        Ok(Kept { sha256, bytes, file })
    }
}

enum Copying {
    Read(io::Error),
    Write(io::Error),
}

fn copy_and_hash(mut from: File, to: &mut File) -> Result<(String, u64), Copying> {
    let mut hasher = Sha256::new();
    let mut buffer = vec![0; 1 << 16];
    let mut bytes = 0;
    loop {
        let count = from.read(&mut buffer).map_err(Copying::Read)?;
        if count == 0 {
            break;
        }
        hasher.update(&buffer[..count]);
        to.write_all(&buffer[..count]).map_err(Copying::Write)?;
        bytes += count as u64;
    }
    let name = hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    Ok((name, bytes))
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
mod tests {
    use super::EvidenceFolder;

    #[test]
    fn a_document_is_kept_once_under_its_content() {
        let place = tempfile::tempdir().unwrap();
        let photo = place.path().join("photo.jpg");
        std::fs::write(&photo, "abc").unwrap();
        let folder = EvidenceFolder::beside(&place.path().join("insure.db"));
        let kept = folder.keep(&photo).unwrap();
        assert_eq!(kept, folder.keep(&photo).unwrap());
        assert_eq!(kept.sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        let names: Vec<_> =
            std::fs::read_dir(folder.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
        assert_eq!(names, [kept.sha256.as_str()]);
    }

    #[test]
    fn a_folder_an_empty_or_a_missing_file_is_no_document() {
        let place = tempfile::tempdir().unwrap();
        let folder = EvidenceFolder::beside(&place.path().join("insure.db"));
        let why = |path: &std::path::Path| folder.keep(path).unwrap_err().to_string();
        assert!(why(place.path()).contains("not a file"));
        assert!(why(&place.path().join("none.jpg")).contains("No such file"));
        let empty = place.path().join("empty.jpg");
        std::fs::write(&empty, "").unwrap();
        assert!(why(&empty).contains("empty"));
    }
}
