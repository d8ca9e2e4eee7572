//! Links lead somewhere inside the repository, and no document names a place outside of it.

use std::path::{Component, Path, PathBuf};

use crate::{documents, read, root};

/// The targets of `[text](target)`, outside of code blocks.
fn targets(text: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let mut code = false;
    for (at, line) in text.lines().enumerate() {
        if line.starts_with("```") {
            code = !code;
        }
        if code {
            continue;
        }
        let mut rest = line;
        while let Some((_, after)) = rest.split_once("](") {
            let (target, after) = after.split_once(')').unwrap_or((after, ""));
            found.push((at + 1, target.to_owned()));
            rest = after;
        }
    }
    found
}

/// The name a heading can be linked by.
fn anchor(heading: &str) -> String {
    heading
        .trim()
        .to_lowercase()
        .chars()
        .filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'))
        .map(|c| if c == ' ' { '-' } else { c })
        .collect()
}

fn anchors(text: &str) -> Vec<String> {
    let mut code = false;
    let mut all = Vec::new();
    for line in text.lines() {
        if line.starts_with("```") {
            code = !code;
        }
        if let (false, true) = (code, line.starts_with('#')) {
            all.push(anchor(line.trim_start_matches('#')));
        }
    }
    all
}

/// `docs/../README.md` as `README.md`; `None` where it leaves the repository.
fn inside(path: &Path) -> Option<PathBuf> {
    let mut whole = PathBuf::new();
    for part in path.components() {
        match part {
            Component::Normal(name) => whole.push(name),
            Component::CurDir => {}
            Component::ParentDir if whole.pop() => {}
            _ => return None,
        }
    }
    Some(whole)
}

#[test]
fn every_link_between_documents_leads_somewhere() {
    let mut broken = Vec::new();
    for document in documents() {
        let text = read(&document);
        for (line, target) in targets(&text) {
            if target.starts_with("https://") {
                continue;
            }
            let (file, heading) = target.split_once('#').unwrap_or((&target, ""));
            let path = if file.is_empty() {
                Some(PathBuf::from(&document))
            } else {
                inside(&Path::new(&document).parent().unwrap().join(file))
            };
            let Some(path) = path.filter(|path| root().join(path).exists()) else {
                broken.push(format!("{document}:{line}: {target}: there is no such file"));
                continue;
            };
            if !heading.is_empty()
                && !anchors(&read(path.to_str().unwrap())).iter().any(|known| known == heading)
            {
                broken.push(format!("{document}:{line}: {target}: there is no such heading"));
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn every_document_is_reached_from_the_readme() {
    let readme = read("README.md");
    for document in documents().iter().filter(|name| *name != "README.md") {
        assert!(readme.contains(&format!("]({document})")), "README.md does not link {document}");
    }
}

#[test]
fn no_document_names_a_place_outside_the_repository() {
    for document in documents() {
        for (at, line) in read(&document).lines().enumerate() {
            for place in ["/home/", "/root/", "/Users/", "/tmp/", "C:\\", "file://"] {
                assert!(!line.contains(place), "{document}:{}: {place}: {line}", at + 1);
            }
        }
    }
}
