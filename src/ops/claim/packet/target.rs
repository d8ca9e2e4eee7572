//! Where packets go: a folder of folders, or an archive. What is there is only ever a whole packet.

use std::borrow::Cow;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};
use tempfile::{Builder, NamedTempFile};
use zip::ZipArchive;

use super::zip::Archive;
use super::{Job, MadePacket, PacketOutcome, RefusedPacket, refused};
use crate::claim::Evidence;
use crate::error::Error;
use crate::number::ClaimNo;
use crate::ops::evidence_folder::not_a_file;
use crate::ops::{EvidenceFolder, Spared, same_content};
use crate::packet::FORMAT;

/// Why a packet is not at its place.
pub(super) enum Fault {
    /// Something is wrong with it alone.
    Refused(RefusedPacket),
    /// Nothing more can be written.
    Fatal(Error),
}

/// What came of each packet, by its place among all.
type Outcomes = Vec<(usize, PacketOutcome)>;

/// Where packets go.
pub(super) enum Target {
    /// A folder with one for each packet.
    Folder { path: PathBuf, force: bool },
    /// An archive with a folder for each packet, until it is closed beside its place.
    Archive { path: PathBuf, force: bool, archive: Option<Archive>, file: Option<NamedTempFile> },
}

impl Target {
    /// The place that was named: an archive where it ends in `.zip`.
    pub(super) fn open(path: &Path, force: bool, spared: &Spared) -> Result<Target, Error> {
        let path = path.to_owned();
        if path.as_os_str() == "-" {
            return Err(Error::usage(
                "a packet is not written to stdout",
                "name a folder or an archive: --out packets, or --out packets.zip",
            ));
        }
        if let Some(is) = spared.at(&path) {
            return Err(Error::usage(
                format!("--out {} is {is}", path.display()),
                "name another folder or archive for packets",
            ));
        }
        let there = fs::metadata(&path);
        let ending = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
        if ending != "zip" {
            if there.is_ok_and(|meta| !meta.is_dir()) {
                return Err(Error::usage(
                    format!("--out {}: this is a file, expected a folder", path.display()),
                    "name a folder, or an archive that ends in .zip",
                ));
            }
            return Ok(Target::Folder { path, force });
        }
        if there.is_ok_and(|meta| meta.is_dir()) {
            return Err(Error::usage(
                format!("--out {}: this is a folder, expected an archive", path.display()),
                "name a file that ends in .zip, or a folder that does not",
            ));
        }
        let beside = parent(&path);
        fs::create_dir_all(beside).map_err(|why| Error::file(beside, why))?;
        let file = builder(".packet-", false)
            .tempfile_in(beside)
            .map_err(|why| Error::file(beside, why))?;
        let own = file.reopen().map_err(|why| Error::file(&path, why))?;
        Ok(Target::Archive { path, force, archive: Some(Archive::new(own)), file: Some(file) })
    }

    /// Puts a packet at its place.
    pub(super) fn put(&mut self, folder: &EvidenceFolder, job: &Job) -> Result<MadePacket, Fault> {
        match self {
            Target::Folder { path, force } => in_folder(path, *force, folder, job),
            Target::Archive { path, archive, .. } => {
                let Some(archive) = archive else { return Err(ended(path)) };
                let mark = archive.mark();
                in_archive(archive, path, folder, job).map_err(|fault| match fault {
                    // What was written of it is taken back.
                    Fault::Refused(_) => match archive.back_to(mark) {
                        Ok(()) => fault,
                        Err(why) => Fault::Fatal(Error::file(&*path, why)),
                    },
                    fatal @ Fault::Fatal(_) => fatal,
                })
            }
        }
    }

    /// Ends the work: an archive appears at its place only now. One without any packet does not.
    pub(super) fn close(mut self, mut written: Outcomes) -> (Outcomes, Result<(), Error>) {
        let appeared = self.appear(&mut written);
        match appeared {
            Ok(()) => (written, Ok(())),
            Err(why) => (self.there(written), Err(why)),
        }
    }

    /// What is there where the work ended early: of an archive, nothing.
    pub(super) fn there(&self, written: Outcomes) -> Outcomes {
        match self {
            Target::Folder { .. } => written,
            Target::Archive { .. } => Vec::new(),
        }
    }

    fn appear(&mut self, written: &mut Outcomes) -> Result<(), Error> {
        let Target::Archive { path, force, archive, file } = self else { return Ok(()) };
        let (Some(archive), Some(file)) = (archive.take(), file.take()) else { return Ok(()) };
        if archive.is_empty() {
            return Ok(());
        }
        let wrong = |why: io::Error| Error::file(&*path, why);
        drop(archive.finish().map_err(wrong)?);
        let there = fs::symlink_metadata(&*path).is_ok();
        let same = there && same_content(file.path(), path).unwrap_or(false);
        let packets = *force && !same && there && has_packets(path);
        if !there || packets {
            return file.persist(&*path).map(drop).map_err(|why| wrong(why.error));
        }
        for (_, outcome) in written {
            if let PacketOutcome::Made(made) = outcome {
                if same {
                    made.unchanged = true;
                } else if *force {
                    *outcome = PacketOutcome::Refused(another(made.claim, path));
                } else {
                    *outcome = PacketOutcome::Refused(exists(made.claim, path));
                }
            }
        }
        Ok(())
    }
}

/// With the permissions that any new file has: a packet is there to be sent.
fn builder(prefix: &str, folder: bool) -> Builder<'_, 'static> {
    let mut builder = Builder::new();
    builder.prefix(prefix);
    #[cfg(unix)]
    builder.permissions(<fs::Permissions as std::os::unix::fs::PermissionsExt>::from_mode(
        match folder {
            true => 0o777,
            false => 0o666,
        },
    ));
    #[cfg(not(unix))]
    let _ = folder;
    builder
}

fn parent(path: &Path) -> &Path {
    path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

fn ended(path: &Path) -> Fault {
    Fault::Fatal(Error::file(path, io::Error::other("the archive is closed already")))
}

fn exists(claim: ClaimNo, path: &Path) -> RefusedPacket {
    let reason = format!("{} is there already and differs", path.display());
    refused("packet_exists", claim, reason, "--force replaces it; or name another place with --out")
}

/// What stands there was not made by this program.
fn another(claim: ClaimNo, path: &Path) -> RefusedPacket {
    let reason = format!("{} is there already and is no packet", path.display());
    refused("packet_exists", claim, reason, "move it away, or name another place with --out")
}

/// A manifest is never larger.
const LARGEST: u64 = 1 << 26;

/// Whether this is the manifest of a packet.
fn is_manifest(from: impl Read) -> bool {
    let mut text = Vec::new();
    from.take(LARGEST).read_to_end(&mut text).is_ok()
        && serde_json::from_slice::<serde_json::Value>(&text)
            .is_ok_and(|manifest| manifest.get("format").is_some_and(|is| is == FORMAT))
}

/// Whether a folder is a packet.
fn is_packet(folder: &Path) -> bool {
    let manifest = folder.join("manifest.json");
    let is_file = fs::symlink_metadata(&manifest).is_ok_and(|meta| meta.is_file());
    is_file && File::open(manifest).is_ok_and(is_manifest)
}

/// Whether a file is an archive of packets: one is enough to know.
fn has_packets(path: &Path) -> bool {
    if !fs::metadata(path).is_ok_and(|meta| meta.is_file()) {
        return false;
    }
    let Some(mut archive) = File::open(path).ok().and_then(|file| ZipArchive::new(file).ok())
    else {
        return false;
    };
    let name = archive.file_names().flatten().find(|name| name.ends_with("/manifest.json"));
    let Some(name) = name.map(Cow::into_owned) else { return false };
    archive.by_name(&name).is_ok_and(is_manifest)
}

fn made(job: &Job, path: PathBuf) -> MadePacket {
    let own = job.packet.own.iter().map(|(_, bytes)| bytes.len() as u64);
    let documents = job.documents.iter().map(|(_, document)| document.bytes);
    MadePacket {
        claim: job.claim,
        path,
        files: (job.packet.own.len() + job.documents.len()) as u64,
        bytes: own.chain(documents).sum(),
        sha256: job.packet.sha256.clone(),
        draft: job.packet.draft,
        withdrawn: job.withdrawn,
        closed_on: job.closed_on,
        unset: job.packet.unset.clone(),
        unchanged: false,
    }
}

fn in_archive(
    archive: &mut Archive,
    path: &Path,
    folder: &EvidenceFolder,
    job: &Job,
) -> Result<MadePacket, Fault> {
    let write = |why: io::Error| Fault::Fatal(Error::file(path, why));
    let (pages, lists) = job.packet.own.split_at(job.packet.own.len().saturating_sub(2));
    for (name, bytes) in pages {
        archive.add_bytes(&format!("{}/{name}", job.claim), bytes, job.as_of).map_err(write)?;
    }
    for (place, document) in &job.documents {
        let name = format!("{}/{place}", job.claim);
        archive
            .add(&name, document.bytes, job.as_of, |write| {
                copied(folder, job.claim, document, write)
            })
            .map_err(|fault| fault.at(path))?;
    }
    for (name, bytes) in lists {
        archive.add_bytes(&format!("{}/{name}", job.claim), bytes, job.as_of).map_err(write)?;
    }
    Ok(made(job, path.to_owned()))
}

fn in_folder(
    out: &Path,
    force: bool,
    folder: &EvidenceFolder,
    job: &Job,
) -> Result<MadePacket, Fault> {
    let place = out.join(job.claim.to_string());
    let wrong = |why: io::Error| Fault::Fatal(Error::file(&place, why));
    fs::create_dir_all(out).map_err(|why| Fault::Fatal(Error::file(out, why)))?;
    let new = builder(".packet-", true).tempdir_in(out).map_err(wrong)?;
    for (name, bytes) in &job.packet.own {
        let mut file = create(&new.path().join(name)).map_err(wrong)?;
        file.write_all(bytes).map_err(wrong)?;
    }
    for (name, document) in &job.documents {
        let path = new.path().join(name);
        fs::create_dir_all(parent(&path)).map_err(wrong)?;
        let mut file = create(&path).map_err(wrong)?;
        copied(folder, job.claim, document, &mut |bytes| file.write_all(bytes))
            .map_err(|fault| fault.at(&place))?;
    }
    let mut result = made(job, place.clone());
    if fs::symlink_metadata(&place).is_err() {
        fs::rename(new.keep(), &place).map_err(wrong)?;
        return Ok(result);
    }
    if same_files(new.path(), &place).unwrap_or(false) {
        result.unchanged = true;
        return Ok(result);
    }
    if !force {
        return Err(Fault::Refused(exists(job.claim, &place)));
    }
    if !is_packet(&place) {
        return Err(Fault::Refused(another(job.claim, &place)));
    }
    let old = builder(".packet-", true).tempdir_in(out).map_err(wrong)?;
    let aside = old.path().join("old");
    fs::rename(&place, &aside).map_err(wrong)?;
    if let Err(why) = fs::rename(new.path(), &place) {
        // The old one is better than none.
        let _ = fs::rename(&aside, &place);
        return Err(wrong(why));
    }
    let _ = new.keep();
    Ok(result)
}

fn create(path: &Path) -> io::Result<File> {
    OpenOptions::new().write(true).create_new(true).open(path)
}

/// Whether two folders have the same files with the same content.
fn same_files(a: &Path, b: &Path) -> io::Result<bool> {
    let (left, right) = (files(a, a)?, files(b, b)?);
    if left != right {
        return Ok(false);
    }
    for name in left {
        if !same_content(&a.join(&name), &b.join(&name))? {
            return Ok(false);
        }
    }
    Ok(true)
}

fn files(folder: &Path, root: &Path) -> io::Result<Vec<PathBuf>> {
    let mut all = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let path = entry.path();
        if entry.file_type()?.is_dir() {
            all.extend(files(&path, root)?);
        } else {
            all.push(path.strip_prefix(root).unwrap_or(&path).to_owned());
        }
    }
    all.sort();
    Ok(all)
}

/// Why a document is not copied.
pub(super) enum Copying {
    Refused(RefusedPacket),
    Write(io::Error),
}

impl From<io::Error> for Copying {
    fn from(why: io::Error) -> Copying {
        Copying::Write(why)
    }
}

impl Copying {
    fn at(self, path: &Path) -> Fault {
        match self {
            Copying::Refused(why) => Fault::Refused(why),
            Copying::Write(why) => Fault::Fatal(Error::file(path, why)),
        }
    }
}

/// Copies a document and checks that it is the one that was kept.
fn copied(
    folder: &EvidenceFolder,
    claim: ClaimNo,
    document: &Evidence,
    write: &mut dyn FnMut(&[u8]) -> io::Result<()>,
) -> Result<(), Copying> {
    let Evidence { kind, file, sha256, .. } = document;
    let path = folder.path().join(sha256);
    let stops_as = |code: &'static str, what: &str| {
        let reason = format!("the {kind} {file} {what} ({})", path.display());
        let remedy = format!(
            "give it anew: insure claim evidence add {claim} --kind {kind} FILE, or put a copy of the same content there"
        );
        Copying::Refused(refused(code, claim, reason, remedy))
    };
    let missing = |what: &str| stops_as("evidence_missing", what);
    // Only a hash is a name in that folder.
    if sha256.len() != 64 || !sha256.bytes().all(|b| b.is_ascii_hexdigit()) {
        return Err(missing("has no hash it could be found by"));
    }
    let unread = |why: io::Error| match why.kind() {
        io::ErrorKind::NotFound => missing("is missing beside the ledger"),
        _ => missing(&format!("cannot be read: {why}")),
    };
    // A pipe would wait for whoever writes into it.
    let is = fs::symlink_metadata(&path).map_err(unread)?.file_type();
    if let Some(what) = not_a_file(is) {
        return Err(stops_as(
            "evidence_changed",
            &format!("is not what was given: {what} is there"),
        ));
    }
    let mut from = File::open(&path).map_err(unread)?;
    let changed = || stops_as("evidence_changed", "is not what was given: its content changed");
    if from.metadata().map_err(unread)?.len() != document.bytes {
        return Err(changed());
    }
    let mut hasher = Sha256::new();
    let mut buffer = vec![0; 1 << 18];
    let mut left = document.bytes;
    loop {
        let count = from.read(&mut buffer).map_err(unread)?;
        let Some(bytes) = buffer.get(..count).filter(|bytes| !bytes.is_empty()) else { break };
        left = left.checked_sub(count as u64).ok_or_else(changed)?;
        hasher.update(bytes);
        write(bytes)?;
    }
    let is: String = hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    if left == 0 && is == sha256.to_lowercase() { Ok(()) } else { Err(changed()) }
}
