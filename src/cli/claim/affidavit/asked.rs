//! Whose affidavit is asked for, from the command line or from a list, and in which words.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::super::super::config::Affidavit;
use super::super::super::{Session, input};
use super::super::list;
use super::Args;
use crate::error::Error;
use crate::intake::{ListColumn, ListKind, ListRow, Problem, codes};
use crate::mail::{FIELDS, Language, Mailbox, Template};
use crate::ops::AskAffidavit;

/// One claim for which an affidavit is asked.
pub(super) struct Asked {
    /// As it was named.
    pub(super) id: String,
    /// The buyer and the language, or what is wrong with their row.
    row: Result<(Option<Mailbox>, Option<Language>), Box<Problem>>,
}

impl Asked {
    /// The buyer's address, where one is listed.
    pub(super) fn to(&self) -> Result<Option<&Mailbox>, Error> {
        match &self.row {
            Ok((to, _)) => Ok(to.as_ref()),
            Err(problem) => Err(Error::Row(problem.clone())),
        }
    }
}

const BUYERS: ListKind = ListKind {
    what: "claims with their buyers",
    columns: &[
        ListColumn { word: "claim", names: &["claim", "claim id", "id"] },
        ListColumn { word: "to", names: &["to", "email", "buyer email", "address"] },
        ListColumn { word: "name", names: &["name", "buyer", "buyer name"] },
        ListColumn { word: "language", names: &["language", "lang"] },
    ],
    names: &["claim"],
    needs: &[&["claim"]],
};

/// The claims that were named, or listed.
pub(super) fn read(args: &Args, session: &mut Session<'_>) -> Result<Vec<Asked>, Error> {
    let Some(path) = &args.input else {
        let to = args.to.clone().map(|to| match &args.name {
            Some(name) => to.named(Some(name)),
            None => to,
        });
        let named = input::identifiers(args.claims.clone(), session)?.into_iter();
        return Ok(named.map(|id| Asked { id, row: Ok((to.clone(), None)) }).collect());
    };
    let list = list::read(path, args.text.clone(), &BUYERS, session)?;
    if !list.others.is_empty() {
        session.note(&format!("{}: not read: {}", list.name, list.others.join(", ")))?;
    }
    let rows = list.rows.into_iter().map(|(row, broken)| {
        let line = row.line;
        let read = match broken {
            Some(problem) => Err(problem),
            None => buyer(&row),
        };
        let at = |problem: Problem| {
            let reason = match &problem.column {
                Some(column) => format!("line {line}, column {column}: {}", problem.reason),
                None => format!("line {line}: {}", problem.reason),
            };
            Box::new(Problem { reason, ..problem })
        };
        Asked { id: row.get("claim").to_owned(), row: read.map_err(at) }
    });
    Ok(rows.collect())
}

fn buyer(row: &ListRow) -> Result<(Option<Mailbox>, Option<Language>), Problem> {
    if row.id("claim")?.is_none() {
        return Err(row.wrong("claim", codes::MISSING_ID, "no claim is named"));
    }
    let wrong = |word: &str, why: String| row.wrong(word, codes::UNKNOWN_VALUE, why);
    let to = row.text("to")?.map(|to| Mailbox::parse(to).map_err(|why| wrong("to", why)));
    let to = match (to.transpose()?, row.text("name")?) {
        (Some(to), Some(name)) => Some(to.named(Some(name))),
        (to, _) => to,
    };
    let language = row.text("language")?.map(|word| {
        Language::from_word(word).ok_or_else(|| wrong("language", Language::expected()))
    });
    Ok((to, language.transpose()?))
}

/// The words of each language, read once.
pub(super) struct Letters {
    from: Mailbox,
    language: Language,
    /// The template for whatever language.
    template: Option<PathBuf>,
    configured: Affidavit,
    read: BTreeMap<Language, (Template, bool)>,
}

impl Letters {
    /// As the command line says, else the configuration.
    pub(super) fn new(args: &Args, session: &Session<'_>) -> Result<Letters, Error> {
        let from = args.from.clone().or_else(|| session.config.mail.from.clone());
        let from = from.ok_or_else(|| {
            Error::usage(
                "it is not known who writes the e-mail",
                "name the sender with --from 'Shop <claims@example.com>', or once for all with from below [mail] in config.toml",
            )
        })?;
        let configured = session.config.affidavit.clone();
        let language = args.language.or(configured.language).unwrap_or(Language::English);
        let mut letters = Letters {
            from,
            language,
            template: args.template.clone(),
            configured,
            read: BTreeMap::new(),
        };
        // What is wrong with the words is told before anything is done.
        letters.words(language)?;
        Ok(letters)
    }

    /// How this one is asked.
    pub(super) fn of(&mut self, asked: &Asked) -> Result<AskAffidavit, Error> {
        let to = asked.to()?.cloned();
        let language = asked.row.as_ref().ok().and_then(|(_, language)| *language);
        let (template, own_template) = self.words(language.unwrap_or(self.language))?.clone();
        Ok(AskAffidavit { from: self.from.clone(), to, template, own_template })
    }

    fn words(&mut self, language: Language) -> Result<&(Template, bool), Error> {
        let known = self.read.entry(language);
        Ok(match known {
            std::collections::btree_map::Entry::Occupied(known) => known.into_mut(),
            std::collections::btree_map::Entry::Vacant(new) => {
                let own = self.template.as_ref().or(self.configured.template.get(&language));
                new.insert(match own {
                    Some(path) => (own_words(path)?, true),
                    None => (Template::builtin(language), false),
                })
            }
        })
    }
}

/// A template is a page of text; what is larger is another file.
const LARGEST: u64 = 1 << 20;

fn own_words(path: &Path) -> Result<Template, Error> {
    let file = |why| Error::file(path, why);
    if fs::metadata(path).map_err(file)?.len() > LARGEST {
        return Err(file(io::Error::other("this is no template: it is larger than 1 MB")));
    }
    let bytes = fs::read(path).map_err(file)?;
    let text = String::from_utf8(bytes).map_err(|_| {
        Error::usage(
            format!("{}: this is no text in UTF-8", path.display()),
            "save the template as UTF-8",
        )
    })?;
    Template::read(&text).map_err(|why| {
        let fields: Vec<&str> = FIELDS.iter().map(|(name, _)| *name).collect();
        Error::usage(
            format!("{}: {why}", path.display()),
            format!("the fields are {}", fields.join(", ")),
        )
    })
}
