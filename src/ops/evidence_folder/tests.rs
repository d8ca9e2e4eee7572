//! What is kept, what is refused, and what is found later.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::{EvidenceFolder, Kept, Stored};
use crate::claim::Limits;
use crate::error::Error;

struct Place(tempfile::TempDir, EvidenceFolder);

fn place() -> Place {
    let place = tempfile::tempdir().unwrap();
    let folder = EvidenceFolder::beside(&place.path().join("insure.db"));
    Place(place, folder)
}

impl Place {
    fn write(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.0.path().join(name);
        fs::write(&path, content).unwrap();
        path
    }

    fn keep(&self, path: &Path) -> Result<Kept, Error> {
        self.1.keep([path]).unwrap().remove(0)
    }

    fn why(&self, path: &Path) -> (&'static str, String) {
        match self.keep(path) {
            Err(Error::Document(why)) => (why.code, why.reason),
            other => panic!("{other:?}"),
        }
    }

    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.1.path()).into_iter().flatten();
        entries.map(|e| e.unwrap().file_name().into_string().unwrap()).collect()
    }
}

#[test]
fn a_document_is_kept_once_under_its_content() {
    let place = place();
    let photo = place.write("photo.txt", "abc");
    let kept = place.keep(&photo).unwrap();
    let copy = place.1.path().join(&kept.sha256);
    let first = fs::metadata(&copy).unwrap().modified().unwrap();
    assert_eq!(kept, place.keep(&photo).unwrap());
    assert_eq!(fs::metadata(&copy).unwrap().modified().unwrap(), first, "it is not written again");
    assert_eq!(kept.sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assert_eq!(kept.media.as_deref(), Some("text/plain"));
    assert_eq!(place.names(), [kept.sha256.as_str()]);
}

#[test]
fn a_copy_that_was_spoiled_is_made_whole_by_the_same_document() {
    let place = place();
    let photo = place.write("photo.txt", "abc");
    let kept = place.keep(&photo).unwrap();
    let copy = place.1.path().join(&kept.sha256);
    for spoiled in ["xyz", "ab", ""] {
        fs::write(&copy, spoiled).unwrap();
        assert_ne!(place.1.verify(&kept.sha256, 3), Stored::Sound, "{spoiled}");
        place.keep(&photo).unwrap();
        assert_eq!(place.1.verify(&kept.sha256, 3), Stored::Sound, "{spoiled}");
    }
}

#[test]
fn what_is_no_document_is_refused_and_leaves_nothing() {
    let place = place();
    assert_eq!(place.why(place.0.path()).0, "is_folder");
    assert_eq!(place.why(&place.0.path().join("none.jpg")).0, "not_found");
    assert_eq!(place.why(&place.write("empty.jpg", "")).0, "empty");
    assert_eq!(place.why(&place.write("setup.jpg", "MZ\u{90}\0\u{3}")).0, "program");
    assert_eq!(place.why(&place.write("invoice.pdf", "<!doctype html><p>Log in")).0, "web_page");
    assert_eq!(place.names(), [""; 0]);
}

#[cfg(unix)]
#[test]
fn links_are_named_and_not_followed_and_pipes_are_not_waited_for() {
    let place = place();
    let photo = place.write("photo.txt", "abc");
    let link = place.0.path().join("link.jpg");
    std::os::unix::fs::symlink(&photo, &link).unwrap();
    let (code, reason) = place.why(&link);
    assert_eq!(code, "is_link");
    assert!(reason.contains("photo.txt"), "{reason}");
    let pipe = place.0.path().join("pipe.jpg");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status();
    assert!(made.is_ok_and(|made| made.success()), "mkfifo is part of every Unix");
    assert_eq!(place.why(&pipe).0, "not_a_file");
}

#[test]
fn the_limits_are_those_of_its_type() {
    let place = place();
    let folder = place.1.clone().with_limits(Limits { document: 20, video: 40 });
    let place = Place(place.0, folder);
    let text = place.write("long.txt", "x".repeat(21));
    let (code, reason) = place.why(&text);
    assert_eq!(
        (code, reason.as_str()),
        ("too_large", "the file has 21 bytes, the limit is 20 bytes")
    );
    place.keep(&place.write("fits.txt", "x".repeat(20))).unwrap();
    let film = |bytes: usize| {
        let mut film = b"\x00\x00\x00\x18ftypisom\x00\x00\x02\x00".to_vec();
        film.resize(bytes, b'x');
        film
    };
    place.keep(&place.write("film.mp4", film(40))).unwrap();
    assert_eq!(place.why(&place.write("long.mp4", film(41))).0, "too_large");
}

#[test]
fn what_was_lost_or_changed_is_found() {
    let place = place();
    let kept = place.keep(&place.write("a.txt", "abc")).unwrap();
    let copy = place.1.path().join(&kept.sha256);
    let verify = || place.1.verify(&kept.sha256, 3);
    assert_eq!(verify(), Stored::Sound);
    fs::write(&copy, "abd").unwrap();
    assert_eq!(verify(), Stored::Changed);
    fs::write(&copy, "ab").unwrap();
    assert_eq!(verify(), Stored::Truncated { bytes: 2 });
    fs::remove_file(&copy).unwrap();
    assert_eq!(verify(), Stored::Missing);
    fs::write(place.1.path().join("stray.tmp"), "stray").unwrap();
    let strays = place.1.unowned(&HashSet::from([kept.sha256.as_str()])).unwrap();
    assert_eq!(strays.len(), 1);
    assert_eq!(strays[0].bytes, 5);
}

#[test]
fn a_name_is_kept_without_what_could_do_harm() {
    let place = place();
    let odd = place.write("-\u{1b}[31m破损.txt", "abc");
    assert_eq!(place.keep(&odd).unwrap().file, "_[31m破损.txt");
}
