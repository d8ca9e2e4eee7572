//! A document while it is read: what it may be, and whether it stayed the same.

use std::fs::{self, File, Metadata};
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::Kept;
use crate::claim::{BadDocument, HEAD, Limits, Unfit, is_video, media_of, safe_name, size_words};

/// A file that is open and, as far as can be told before it is read, a document.
pub(super) struct Document {
    path: PathBuf,
    file: File,
    meta: Metadata,
    limits: Limits,
}

/// What can go wrong while a document is copied.
pub(super) enum Copying {
    /// It is no document, or did not hold still.
    Bad(Box<BadDocument>),
    /// The copy cannot be written.
    Write(io::Error),
}

impl Document {
    /// Opens a file. Only a regular file is opened at all: a pipe would wait for whoever writes
    /// into it, and a link may lead anywhere.
    pub(super) fn open(path: &Path, limits: Limits) -> Result<Document, Box<BadDocument>> {
        let unreadable = |why: io::Error| unreadable(path, &why);
        let meta = fs::symlink_metadata(path).map_err(unreadable)?;
        if meta.is_symlink() {
            let target = fs::read_link(path).unwrap_or_default();
            return Err(bad(
                path,
                "is_link",
                format!("this is a link to {}, expected the file itself", target.display()),
                Some("give the path of the file it leads to; links are not followed".to_owned()),
            ));
        }
        if meta.is_dir() {
            return Err(bad(
                path,
                "is_folder",
                "this is a folder, expected a document such as a photo or PDF".to_owned(),
                Some("take in all its files with --from FOLDER".to_owned()),
            ));
        }
        if !meta.is_file() {
            return Err(bad(
                path,
                "not_a_file",
                "this is a pipe or a device, expected a document such as a photo or PDF".to_owned(),
                Some("take it in from standard input with - and --name".to_owned()),
            ));
        }
        let largest = limits.document.max(limits.video);
        if meta.len() > largest {
            return Err(too_large(path, meta.len(), largest));
        }
        let file = File::open(path).map_err(unreadable)?;
        let opened = file.metadata().map_err(unreadable)?;
        let document = Document { path: path.to_owned(), file, meta: opened, limits };
        if !is_same(&meta, &document.meta) {
            return Err(document.changed());
        }
        Ok(document)
    }

    /// Reads it to its end, into a copy where there is one. What is told of it is told of the bytes
    /// that went into the copy.
    pub(super) fn read(&mut self, mut copy: Option<&mut File>) -> Result<Kept, Copying> {
        let mut head = Vec::new();
        let mut hasher = Sha256::new();
        let mut buffer = vec![0; 1 << 17];
        let mut bytes: u64 = 0;
        let mut media = None;
        loop {
            let count = match self.file.read(&mut buffer) {
                Ok(count) => count,
                Err(why) if why.kind() == ErrorKind::Interrupted => continue,
                Err(why) => return Err(Copying::Bad(unreadable(&self.path, &why))),
            };
            let part = buffer.get(..count).unwrap_or_default();
            let missing = HEAD - head.len();
            if missing > 0 {
                head.extend_from_slice(part.get(..missing.min(count)).unwrap_or_default());
                if head.len() == HEAD || count == 0 {
                    media = self.media(&head)?;
                }
            }
            if count == 0 {
                break;
            }
            hasher.update(part);
            if let Some(copy) = &mut copy {
                copy.write_all(part).map_err(Copying::Write)?;
            }
            bytes += count as u64;
            if bytes > self.meta.len() {
                return Err(Copying::Bad(self.changed()));
            }
        }
        let after =
            self.file.metadata().map_err(|why| Copying::Bad(unreadable(&self.path, &why)))?;
        if bytes != self.meta.len() || !is_same(&self.meta, &after) {
            return Err(Copying::Bad(self.changed()));
        }
        let name = self.path.file_name().unwrap_or(self.path.as_os_str()).to_string_lossy();
        Ok(Kept {
            sha256: hexadecimal(hasher),
            bytes,
            media: media.map(str::to_owned),
            file: safe_name(&name),
        })
    }

    /// What it is by its first bytes, and whether that may be so large.
    fn media(&self, head: &[u8]) -> Result<Option<&'static str>, Copying> {
        let refuse = |code, reason: &str, hint: &str| {
            Copying::Bad(bad(&self.path, code, reason.to_owned(), Some(hint.to_owned())))
        };
        if head.is_empty() {
            return Err(refuse(
                "empty",
                "the file is empty, expected a document",
                "was it downloaded, or saved, to its end?",
            ));
        }
        let media = media_of(head).map_err(|unfit| match unfit {
            Unfit::Program => refuse(
                unfit.word(),
                "this is a program, expected a document such as a photo or PDF",
                "give the document itself",
            ),
            Unfit::WebPage => refuse(
                unfit.word(),
                "this is a web page, expected a document such as a photo or PDF",
                "save the document itself, or print the page as a PDF or take a screenshot of it",
            ),
        })?;
        let limit = self.limits.of(is_video(media));
        if self.meta.len() > limit {
            return Err(Copying::Bad(too_large(&self.path, self.meta.len(), limit)));
        }
        Ok(media)
    }

    fn changed(&self) -> Box<BadDocument> {
        bad(
            &self.path,
            "changed",
            "the file changed while it was read, so nothing of it is kept".to_owned(),
            Some("wait until it is written, then add it again".to_owned()),
        )
    }
}

/// Whether it is the same file and nobody wrote into it in between.
fn is_same(before: &Metadata, after: &Metadata) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        if (before.dev(), before.ino()) != (after.dev(), after.ino()) {
            return false;
        }
    }
    before.len() == after.len()
        && before.modified().ok() == after.modified().ok()
        && after.is_file()
}

fn too_large(path: &Path, bytes: u64, limit: u64) -> Box<BadDocument> {
    bad(
        path,
        "too_large",
        format!("the file has {bytes} bytes, the limit is {}", size_words(limit)),
        Some(
            "make it smaller, or raise max-size (max-video-size for videos) under [evidence] in config.toml"
                .to_owned(),
        ),
    )
}

fn unreadable(path: &Path, why: &io::Error) -> Box<BadDocument> {
    match why.kind() {
        ErrorKind::NotFound => {
            bad(path, "not_found", why.to_string(), Some("check the path".to_owned()))
        }
        _ => bad(path, "unreadable", why.to_string(), None),
    }
}

fn bad(path: &Path, code: &'static str, reason: String, hint: Option<String>) -> Box<BadDocument> {
    Box::new(BadDocument { path: path.to_owned(), code, reason, hint })
}

/// The hash and the size of what is read.
pub(super) fn hash(mut from: impl Read) -> io::Result<(String, u64)> {
    let mut hasher = Sha256::new();
    let mut buffer = vec![0; 1 << 17];
    let mut bytes = 0;
    loop {
        match from.read(&mut buffer) {
            Ok(0) => return Ok((hexadecimal(hasher), bytes)),
            Ok(count) => {
                hasher.update(buffer.get(..count).unwrap_or_default());
                bytes += count as u64;
            }
            Err(why) if why.kind() == ErrorKind::Interrupted => {}
            Err(why) => return Err(why),
        }
    }
}

fn hexadecimal(hasher: Sha256) -> String {
    hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}
