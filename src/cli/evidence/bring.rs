//! Where documents come from: files, a folder, folders of many parcels, a list, standard input.

use std::fs::File;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use super::super::claim::{folder, kind};
use super::super::input::list::{self, ListArgs};
use super::super::view::Format;
use super::super::{Session, progress};
use super::rows::{not_taken, summary, tell, tell_claims};
use super::show_entries;
use crate::calendar::{Day, parse_day};
use crate::claim::{safe_name, size_words};
use crate::error::{Error, Exit};
use crate::ops::{Brought, DOCUMENTS, EnteredDocuments, Purpose, enter_folder, enter_list};

/// Documents, wherever they come from.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct BringArgs {
    /// The documents; - is stdin
    #[arg(value_name = "FILE", conflicts_with_all = ["from", "input"])]
    files: Vec<PathBuf>,
    /// What they show, in the plan's words: invoice, photo [default: as their names begin]
    #[arg(long, value_name = "KIND", value_parser = kind)]
    kind: Option<String>,
    /// The day they bear (an affidavit counts only from a given day)
    #[arg(long, value_name = "DATE", value_parser = parse_day, conflicts_with = "from")]
    dated: Option<Day>,
    /// A name for the document that comes from stdin
    #[arg(long, value_name = "NAME", requires = "files")]
    name: Option<String>,
    /// All files of a folder; with no number before it, those in its folders, each named by a
    /// tracking, order, package, policy or claim number
    #[arg(long, value_name = "FOLDER")]
    from: Option<PathBuf>,
    /// Take in a list of documents (id, kind, path, dated); - is stdin
    #[arg(long, short, value_name = "FILE", conflicts_with_all = ["from", "kind", "dated"])]
    input: Option<PathBuf>,
    #[command(flatten)]
    reading: ListArgs,
    /// Decide everything, record and keep nothing
    #[arg(long)]
    pub(in crate::cli) dry_run: bool,
}

/// The document from stdin, in a file that goes away with it.
pub(in crate::cli) struct Waiting {
    path: PathBuf,
    _place: tempfile::TempDir,
}

/// What came of documents, told of the one from stdin by what it is.
pub(in crate::cli) fn told_of_stdin(
    waiting: Option<&Waiting>,
    mut done: Result<EnteredDocuments, Error>,
) -> Result<EnteredDocuments, Error> {
    let Some(waiting) = waiting else { return done };
    let tell = |path: &mut PathBuf| {
        if *path == waiting.path {
            *path = PathBuf::from("standard input");
        }
    };
    match &mut done {
        Ok(done) => done.entries.iter_mut().for_each(|entry| tell(&mut entry.path)),
        Err(Error::Document(why)) => tell(&mut why.path),
        Err(_) => {}
    }
    done
}

/// Which of the ways it is.
pub(in crate::cli) enum Source<'a> {
    /// Files for what this number means.
    Files(&'a str),
    /// A folder, or a list.
    Many,
}

impl BringArgs {
    /// Whether nothing is brought.
    pub(super) fn is_empty(&self) -> bool {
        self.files.is_empty() && self.from.is_none() && self.input.is_none()
    }

    /// Where the documents come from.
    pub(in crate::cli) fn source<'a>(
        &self,
        id: Option<&'a str>,
        what: &str,
    ) -> Result<Source<'a>, Error> {
        match (id, &self.from, &self.input) {
            (Some(id), _, Some(input)) => Err(Error::usage(
                format!("{} names its own numbers, and {id} stands beside it", input.display()),
                format!("leave {id} away, or the file"),
            )),
            (_, Some(_), _) | (None, _, Some(_)) => Ok(Source::Many),
            (Some(_), None, None) if self.files.is_empty() => Err(Error::usage(
                "no document is given",
                format!("name files behind the {what}, or a folder with --from FOLDER"),
            )),
            (Some(id), None, None) => Ok(Source::Files(id)),
            (None, None, None) => Err(Error::usage(
                format!("no {what} is given"),
                "name one, or a folder of many parcels with --from FOLDER",
            )),
        }
    }

    /// The files for what a number means, and where the one from stdin waits.
    pub(in crate::cli) fn brought(
        &self,
        id: &str,
        session: &mut Session<'_>,
    ) -> Result<(Vec<Brought>, Option<Waiting>), Error> {
        let mut waiting = None;
        let mut brought = Vec::with_capacity(self.files.len());
        for file in &self.files {
            let path = if file.as_os_str() == "-" {
                let kept = self.piped(session)?;
                waiting.insert(kept).path.clone()
            } else {
                file.clone()
            };
            let (id, kind, dated) = (id.to_owned(), self.kind.clone(), self.dated);
            brought.push(Brought { line: None, id, kind, path, dated });
        }
        if self.name.is_some() && waiting.is_none() {
            return Err(Error::usage(
                "--name is for a document that comes from stdin, and none does",
                "write - in place of a file, or leave --name away",
            ));
        }
        Ok((brought, waiting))
    }

    /// Keeps what comes from stdin as a file of its name.
    fn piped(&self, session: &mut Session<'_>) -> Result<Waiting, Error> {
        let Some(name) = &self.name else {
            return Err(Error::usage(
                "a document from stdin has no name",
                "give it one with --name invoice.pdf",
            ));
        };
        let fault = |why: io::Error| Error::file("standard input", why);
        let place = tempfile::tempdir().map_err(fault)?;
        let path = place.path().join(safe_name(name));
        let mut file = File::create(&path).map_err(fault)?;
        let limits = session.config.limits;
        let largest = limits.document.max(limits.video);
        let stdin = std::mem::replace(&mut session.world.stdin, Box::new(io::empty()));
        let taken = io::copy(&mut stdin.take(largest.saturating_add(1)), &mut file);
        if taken.map_err(fault)? > largest {
            return Err(Error::usage(
                format!("what comes from stdin is larger than {}", size_words(largest)),
                "make it smaller, or raise max-size under [evidence] in config.toml",
            ));
        }
        file.flush().map_err(fault)?;
        Ok(Waiting { path, _place: place })
    }

    /// Takes in a folder or a list, and accounts for every file.
    pub(in crate::cli) fn many(
        &self,
        purpose: Purpose,
        id: Option<&str>,
        session: &mut Session<'_>,
    ) -> anyhow::Result<Exit> {
        let evidence = folder(session)?;
        let when = (session.today, self.dry_run);
        let bar = progress::Spinner::new("documents", session);
        let mut tick = || bar.tick();
        let done = if let Some(from) = &self.from {
            let mut ledger = session.ledger()?;
            let from: (&Path, Option<&str>) = (from, self.kind.as_deref());
            enter_folder(&mut ledger, &evidence, (purpose, id), from, when, &mut tick)
        } else {
            let path = self.input.clone().unwrap_or_default();
            let list = list::read(&path, &self.reading, &DOCUMENTS, session)?;
            list::note_others(&list.others, session)?;
            let mut ledger = session.ledger()?;
            enter_list(&mut ledger, &evidence, purpose, list, when, &mut tick)
        };
        bar.end();
        let done = done?;
        if session.format == Format::Table {
            let text = summary(&done, self.dry_run, session.paint);
            session.world.stdout.write_all(text.as_bytes())?;
        } else {
            show_entries(&done.entries, session)?;
        }
        tell(&done.entries, session)?;
        tell_claims(&done, self.dry_run, session)?;
        if done.entries.is_empty() {
            session.note("there are no documents, nothing was added")?;
            return Ok(Exit::NotFound);
        }
        Ok(if not_taken(&done.entries).0 > 0 { Exit::Refused } else { Exit::Done })
    }
}
