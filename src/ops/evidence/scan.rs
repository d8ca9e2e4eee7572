//! A folder of documents: those of one parcel, or a folder for each parcel, named by its number.

use std::fs::{self, DirEntry};
use std::path::{Path, PathBuf};

use crate::claim::BadDocument;
use crate::error::Error;

/// What lies in a folder.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// A file, to be looked at by whoever keeps it, and the name of the folder it lies in.
    File(Option<String>, PathBuf),
    /// What a system leaves in every folder.
    Ignored(PathBuf),
    /// What is not where a document belongs.
    Misplaced(PathBuf, BadDocument),
}

/// Files that systems leave behind, whatever lies beside them.
const LEFT_BY_SYSTEMS: &[&str] = &[".DS_Store", "Thumbs.db", "desktop.ini", ".localized"];

/// The documents of one parcel: all files of a folder, in order of their names.
pub(super) fn one_parcel(folder: &Path) -> Result<Vec<Found>, Error> {
    let mut found = Vec::new();
    for entry in entries(folder)? {
        documents(&entry, None, &mut found)?;
    }
    Ok(found)
}

/// The documents of many parcels: the files in the folders of a folder, which are named by a number
/// of the parcel each. What lies elsewhere is told of.
pub(super) fn many_parcels(folder: &Path) -> Result<Vec<Found>, Error> {
    let mut found = Vec::new();
    for parcel in entries(folder)? {
        let path = parcel.path();
        if is_folder(&parcel)? {
            let number = parcel.file_name().to_string_lossy().into_owned();
            match entries(&path) {
                Ok(inside) => {
                    for entry in inside {
                        documents(&entry, Some(&number), &mut found)?;
                    }
                }
                // One folder that cannot be read does not stop the others.
                Err(why) => found.push(misplaced(path, "unreadable", &why.to_string())),
            }
        } else if is_left_by_system(&parcel) {
            found.push(Found::Ignored(path));
        } else if is_link(&parcel)? {
            found.push(link(path));
        } else {
            found.push(misplaced(
                path,
                "misplaced",
                "it lies in no folder named by a tracking, order, policy or claim number",
            ));
        }
    }
    Ok(found)
}

/// One entry of a parcel's folder. Links are not followed: the folder is never left through one.
fn documents(entry: &DirEntry, number: Option<&str>, found: &mut Vec<Found>) -> Result<(), Error> {
    let path = entry.path();
    found.push(if is_left_by_system(entry) {
        Found::Ignored(path)
    } else if is_folder(entry)? {
        misplaced(
            path,
            "misplaced",
            "this is a folder inside a parcel's folder, which is not looked into",
        )
    } else {
        Found::File(number.map(str::to_owned), path)
    });
    Ok(())
}

fn link(path: PathBuf) -> Found {
    let target = fs::read_link(&path).unwrap_or_default();
    let reason = format!("this is a link to {}, and links are not followed", target.display());
    misplaced(path, "is_link", &reason)
}

fn misplaced(path: PathBuf, code: &'static str, reason: &str) -> Found {
    let bad = BadDocument { path: path.clone(), code, reason: reason.to_owned(), hint: None };
    Found::Misplaced(path, bad)
}

fn entries(folder: &Path) -> Result<Vec<DirEntry>, Error> {
    let fault = |why| Error::file(folder, why);
    let entries = fs::read_dir(folder).map_err(fault)?;
    let mut entries = entries.collect::<Result<Vec<DirEntry>, _>>().map_err(fault)?;
    entries.sort_by_key(DirEntry::file_name);
    Ok(entries)
}

fn is_left_by_system(entry: &DirEntry) -> bool {
    let name = entry.file_name();
    // Beside each file on a foreign disk macOS writes another, named ._ like it.
    name.to_str().is_some_and(|name| LEFT_BY_SYSTEMS.contains(&name) || name.starts_with("._"))
}

/// By itself, not by what a link leads to.
fn is_folder(entry: &DirEntry) -> Result<bool, Error> {
    Ok(entry.file_type().map_err(|why| Error::file(entry.path(), why))?.is_dir())
}

fn is_link(entry: &DirEntry) -> Result<bool, Error> {
    Ok(entry.file_type().map_err(|why| Error::file(entry.path(), why))?.is_symlink())
}
