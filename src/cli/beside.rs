//! A file that is written beside stdout: the rows that were rejected, a page.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::Session;
use crate::error::Error;
use crate::ops::{Spared, place};

/// Where it goes.
pub(super) enum Beside {
    /// A file in the same folder, which takes the wanted name once it is whole: a run that fails
    /// leaves that of the last one as it was.
    Renamed(NamedTempFile, PathBuf),
    /// A pipe or device, which is written to and never replaced.
    Direct(File),
}

impl Beside {
    /// Sees to it that what the flag names can be written, and over nothing that is needed: neither
    /// the ledger and its documents nor the files that are read. `what` says what goes into it.
    pub(super) fn open(
        (flag, what): (&str, &str),
        path: &Path,
        read: &[&Path],
        access: Access,
        session: &Session<'_>,
    ) -> Result<Beside, Error> {
        if path.as_os_str() == "-" {
            return Err(Error::usage(
                format!("{flag}: stdout has the result already"),
                format!("name a file for {what}"),
            ));
        }
        let not_there = |is: &str| {
            Error::usage(
                format!("{flag} {} is {is}", path.display()),
                format!("name another file for {what}"),
            )
        };
        // A link keeps pointing where it points.
        let target = place(path);
        if read.iter().any(|read| place(read) == target) {
            return Err(not_there("the file that is read"));
        }
        if target.is_dir() {
            return Err(not_there("a folder"));
        }
        if let Some(is) = Spared::of(&session.ledger_path()?).at(path) {
            return Err(not_there(is));
        }
        let failed = |why| Error::file(path, why);
        if fs::metadata(&target).is_ok_and(|meta| !meta.is_file()) {
            return Ok(Beside::Direct(File::options().write(true).open(path).map_err(failed)?));
        }
        let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty());
        let folder = folder.unwrap_or(Path::new("."));
        let beside = access.builder().tempfile_in(folder).map_err(failed)?;
        Ok(Beside::Renamed(beside, target))
    }

    /// Whether another file has the name already, which is not replaced by `bytes`.
    pub(super) fn would_replace(&self, bytes: &[u8]) -> bool {
        match self {
            Beside::Renamed(_, target) => fs::symlink_metadata(target).is_ok_and(|meta| {
                meta.len() != bytes.len() as u64 || fs::read(target).ok().as_deref() != Some(bytes)
            }),
            Beside::Direct(_) => false,
        }
    }

    /// Writes it, and gives the file its name.
    pub(super) fn fill(
        self,
        write: impl FnOnce(&mut dyn Write) -> Result<(), Box<dyn std::error::Error>>,
    ) -> Result<(), Box<dyn std::error::Error>> {
        let file = match &self {
            Beside::Renamed(file, _) => file.as_file(),
            Beside::Direct(file) => file,
        };
        let mut out = BufWriter::new(file);
        write(&mut out)?;
        out.flush()?;
        drop(out);
        if let Beside::Renamed(file, target) = self {
            file.persist(target).map_err(|why| why.error)?;
        }
        Ok(())
    }
}

/// Who may read the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Access {
    /// Its owner alone: it names buyers' orders.
    Owner,
    /// Whoever may read other new files of its owner.
    Usual,
}

impl Access {
    fn builder(self) -> tempfile::Builder<'static, 'static> {
        let mut builder = tempfile::Builder::new();
        #[cfg(unix)]
        if self == Access::Usual {
            use std::os::unix::fs::PermissionsExt;
            // What the user's umask forbids stays forbidden.
            builder.permissions(fs::Permissions::from_mode(0o666));
        }
        builder
    }
}
