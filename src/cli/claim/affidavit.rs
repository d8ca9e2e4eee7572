//! `insure claim affidavit`: the buyer is asked for a signed statement, and gives it.

mod asked;
mod told;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde_json::json;

use super::super::Session;
use super::super::beside::{Access, Beside};
use super::super::courier::courier;
use super::super::input::list::ListArgs;
use super::super::view::Format;
use super::{answer, folder, missing_text};
use crate::calendar::{Day, parse_day};
use crate::error::{Error, Exit};
use crate::mail::{Language, Mailbox};
use crate::ops::{
    AffidavitLetter, AffidavitSent, ClaimAfter, Entered, Spared, complete_affidavit,
    note_affidavit_sent, send_affidavit, write_affidavit,
};
use asked::{Asked, Letters};
use told::{Done, Told};

/// Ask the buyer for an affidavit, send it, note it, and add the signed one.
///
/// Without another word the e-mail is written, as a draft that a mail program opens and sends;
/// nothing is sent by this program and nothing is recorded. --send hands it to the mail server of
/// your configuration, once: a second run sends nothing. --sent notes that you asked the buyer
/// yourself, --completed adds what the buyer signed. The words come from a template, which may be
/// your own.
#[derive(Debug, clap::Args)]
#[command(group(clap::ArgGroup::new("does").args(["out", "send", "sent", "completed"])))]
#[command(group(clap::ArgGroup::new("whose").args(["claims", "input"]).required(true)))]
#[command(after_help = "\
Examples:
  insure claim affidavit CLM-00001Y --to buyer@example.com > affidavit.eml
  insure claim affidavit CLM-00001Y --to buyer@example.com --language zh --send
  insure claim affidavit CLM-00001Y --sent --at 2026-11-22
  insure claim affidavit CLM-00001Y --completed signed.pdf --dated 2026-11-25
  insure claim affidavit --input buyers.csv --out drafts/")]
pub(in crate::cli) struct Args {
    /// Claim numbers, or any number of their parcels; - reads them from stdin
    #[arg(value_name = "CLAIM")]
    claims: Vec<String>,
    /// A list of claims with the columns claim, to, name and language (the last two may be absent);
    /// - is stdin
    #[arg(long, value_name = "FILE", conflicts_with_all = ["to", "name", "completed"])]
    input: Option<PathBuf>,
    #[command(flatten)]
    reading: ListArgs,
    /// The buyer's mail address
    #[arg(long, value_name = "ADDRESS", value_parser = address)]
    to: Option<Mailbox>,
    /// The buyer's name, for the salutation
    #[arg(long, value_name = "NAME", requires = "to")]
    name: Option<String>,
    /// The sender [default: from, below [mail] in your configuration]
    #[arg(long, value_name = "ADDRESS", value_parser = address)]
    from: Option<Mailbox>,
    /// The language of the e-mail: en or zh [default: en, or as configured]
    #[arg(long, value_name = "en|zh", value_parser = language)]
    language: Option<Language>,
    /// Your own words: a text file with the subject, an empty line, the text, and fields in braces
    #[arg(long, value_name = "FILE")]
    template: Option<PathBuf>,
    /// Write the e-mail to this file, or to one for each claim in this folder
    #[arg(long, value_name = "FILE|DIR")]
    out: Option<PathBuf>,
    /// Replace files that are there already and differ
    #[arg(long, requires = "out")]
    force: bool,
    /// Send it through the mail server of your configuration
    #[arg(long)]
    send: bool,
    /// Send it although it was sent before, or although it is not known whether it was
    #[arg(long, requires = "send")]
    send_again: bool,
    /// The buyer was asked in another way, or an e-mail that was in doubt arrived
    #[arg(long)]
    sent: bool,
    /// The day of --sent [default: today]
    #[arg(long, value_name = "DATE", value_parser = parse_day, requires = "sent")]
    at: Option<Day>,
    /// The affidavit that the buyer signed
    #[arg(long, value_name = "FILE", requires = "dated")]
    completed: Option<PathBuf>,
    /// The day on which the buyer signed it
    #[arg(long, value_name = "DATE", value_parser = parse_day, requires = "completed")]
    dated: Option<Day>,
}

fn address(text: &str) -> Result<Mailbox, String> {
    Mailbox::parse(text)
}

fn language(word: &str) -> Result<Language, String> {
    Language::from_word(word).ok_or_else(Language::expected)
}

pub(super) fn run(args: Args, session: &mut Session<'_>) -> anyhow::Result<Exit> {
    session.existing_ledger()?;
    let asked = asked::read(&args, session)?;
    if asked.is_empty() {
        session.note("no claims came in, nothing was done")?;
        return Ok(Exit::NotFound);
    }
    // What one command line says of one claim is answered as one: an error with its hint.
    let one = match (&args.claims[..], &asked[..]) {
        ([id], [one]) if id != "-" => Some(one),
        _ => None,
    };
    if let (Some(file), Some(dated)) = (&args.completed, args.dated) {
        let Some(one) = one else {
            return Err(Error::usage(
                "one signed affidavit is given for several claims",
                "add them one by one",
            )
            .into());
        };
        return completed(&one.id, file, dated, session);
    }
    if args.to.is_some() && one.is_none() {
        return Err(Error::usage(
            "one buyer's address is given for several claims",
            "list them in a file with the columns claim and to: --input buyers.csv",
        )
        .into());
    }
    if args.sent {
        return sent(&args, &asked, one.is_some(), session);
    }
    let letters = Letters::new(&args, session)?;
    if args.send {
        return send(&args, &asked, one.is_some(), letters, session);
    }
    write(&args, &asked, one, letters, session)
}

/// Writes drafts.
fn write(
    args: &Args,
    asked: &[Asked],
    one: Option<&Asked>,
    mut letters: Letters,
    session: &mut Session<'_>,
) -> anyhow::Result<Exit> {
    let ledger = session.existing_ledger()?;
    let out = args.out.as_deref().filter(|out| out.as_os_str() != "-");
    if let (Some(one), None, Format::Table) = (one, out, session.format) {
        let written = write_affidavit(&ledger, &one.id, &letters.of(one)?, session.today)?;
        session.world.stdout.write_all(&draft(&written, session.today)?)?;
        remark(&written, session)?;
        session.note(
            "nothing was sent: open it with your mail program, send it, then note it with --sent",
        )?;
        return Ok(Exit::Done);
    }
    if (one.is_none(), out.is_none(), session.format) == (true, true, Format::Table) {
        return Err(Error::usage(
            "several e-mails cannot be written to one place",
            "name a folder for them: --out drafts/",
        )
        .into());
    }
    let target = out.map(|out| Target::new(args, out, one.is_some(), session)).transpose()?;
    let today = session.today;
    let mut told = Told::new(asked, one.is_some(), "written");
    for asked in asked {
        let made = letters.of(asked).and_then(|ask| {
            let written = write_affidavit(&ledger, &asked.id, &ask, today)?;
            let file = match &target {
                Some(target) => Some(target.put(&written, &draft(&written, today)?, session)?),
                None => None,
            };
            Ok((written, file))
        });
        match made {
            Ok((written, file)) => {
                if one.is_some() {
                    remark(&written, session)?;
                }
                told.done(Done::Written { letter: written, file });
            }
            Err(why) => told.failed(why)?,
        }
    }
    told.end(session)
}

/// Sends.
fn send(
    args: &Args,
    asked: &[Asked],
    alone: bool,
    mut letters: Letters,
    session: &mut Session<'_>,
) -> anyhow::Result<Exit> {
    let mut courier = courier(session)?;
    let mut ledger = session.ledger()?;
    let when = (session.world.now, session.today);
    let mut told = Told::new(asked, alone, "sent");
    for asked in asked {
        if told.is_stopped() {
            told.not_tried();
            continue;
        }
        let mut deliver = |letter: &crate::mail::Letter, to: &Mailbox, bytes: &[u8]| {
            courier.deliver(&letter.from, to, bytes)
        };
        let sent = letters.of(asked).and_then(|ask| {
            send_affidavit(&mut ledger, &asked.id, &ask, args.send_again, when, &mut deliver)
        });
        match sent {
            Ok(AffidavitSent::Now(letter)) => {
                if alone {
                    remark(&letter, session)?;
                }
                told.done(Done::Sent { letter: *letter });
            }
            Ok(AffidavitSent::Before(claim)) => told.done(Done::Before { claim: *claim }),
            Err(why) => told.failed(why)?,
        }
    }
    told.end(session)
}

/// Notes that buyers were asked in another way.
fn sent(
    args: &Args,
    asked: &[Asked],
    alone: bool,
    session: &mut Session<'_>,
) -> anyhow::Result<Exit> {
    let mut ledger = session.ledger()?;
    let (on, today) = (args.at.unwrap_or(session.today), session.today);
    let mut told = Told::new(asked, alone, "noted");
    for asked in asked {
        let noted = asked.to().and_then(|to| {
            let to = to.or(args.to.as_ref());
            note_affidavit_sent(&mut ledger, &asked.id, to, on, today)
        });
        match noted {
            Ok(noted) => told.done(match noted.changed {
                true => Done::Noted { claim: noted.claim },
                false => Done::Before { claim: noted.claim },
            }),
            Err(why) => told.failed(why)?,
        }
    }
    told.end(session)
}

/// Adds the affidavit that the buyer signed.
fn completed(id: &str, file: &Path, dated: Day, session: &mut Session<'_>) -> anyhow::Result<Exit> {
    let mut ledger = session.ledger()?;
    let folder = folder(session)?;
    let done = complete_affidavit(&mut ledger, &folder, id, file.to_owned(), dated, session.today)?;
    let added = done.entries.iter().filter(|entry| entry.result == Entered::Added).count();
    let Some(ClaimAfter { claim, assessment, completed, .. }) = done.claims.first() else {
        return Ok(Exit::Done);
    };
    let (missing, status) = (&assessment.missing_evidence, claim.status.word());
    let new = if added > 0 { "" } else { super::UNCHANGED };
    let mut text = format!("{}  affidavit completed{new}, the claim is {status}\n", claim.no);
    text.push_str(&missing_text(assessment));
    if *completed {
        text.push_str("The claim is complete: enter it with the insurer now.\n");
    }
    answer(session, claim, Some(missing), &text, json!({ "added": added }))
}

fn draft(written: &AffidavitLetter, today: Day) -> Result<Vec<u8>, Error> {
    let no = written.claim.no;
    written.letter.draft(today).map_err(|why| {
        Error::usage(format!("the e-mail of {no} cannot be written: {why}"), "check the template")
    })
}

/// What a person should know before the buyer is asked.
fn remark(written: &AffidavitLetter, session: &mut Session<'_>) -> std::io::Result<()> {
    if !written.asked {
        session.note(&format!(
            "the terms ask for no affidavit for {}; it is asked for all the same",
            written.claim.incident
        ))?;
    }
    match written.sign_after.filter(|first| *first > session.today) {
        Some(first) => session.note(&format!(
            "the waiting period is not over: an affidavit counts only when it is dated {first} or later"
        )),
        None => Ok(()),
    }
}

/// Where drafts go.
struct Target<'a> {
    out: &'a Path,
    /// Whether each has a file of its own there.
    folder: bool,
    force: bool,
    /// The files that are read.
    read: Vec<&'a Path>,
}

impl<'a> Target<'a> {
    fn new(
        args: &'a Args,
        out: &'a Path,
        alone: bool,
        session: &Session<'_>,
    ) -> Result<Target<'a>, Error> {
        let folder = !alone || out.is_dir() || out.as_os_str().to_string_lossy().ends_with('/');
        if folder {
            let spared = Spared::of(&session.ledger_path()?).at(out);
            if let Some(is) = spared {
                return Err(Error::usage(
                    format!("--out {} is {is}", out.display()),
                    "name another folder for the e-mails",
                ));
            }
            fs::create_dir_all(out).map_err(|why| Error::file(out, why))?;
        }
        let read = args.template.iter().chain(&args.input).map(PathBuf::as_path).collect();
        Ok(Target { out, folder, force: args.force, read })
    }

    /// Writes a draft, whole or not at all. It names a buyer, so only its owner may read it.
    fn put(
        &self,
        written: &AffidavitLetter,
        bytes: &[u8],
        session: &Session<'_>,
    ) -> Result<PathBuf, Error> {
        let path = match self.folder {
            true => self.out.join(format!("{}.eml", written.claim.no)),
            false => self.out.to_owned(),
        };
        let flag = ("--out", "the e-mail");
        let file = Beside::open(flag, &path, &self.read, Access::Owner, session)?;
        if !self.force && file.would_replace(bytes) {
            return Err(Error::usage(
                format!("{} is there already and differs", path.display()),
                "--force replaces it; or name another place with --out",
            ));
        }
        file.fill(|out| Ok(out.write_all(bytes)?))
            .map_err(|why| Error::file(&path, io::Error::other(why.to_string())))?;
        Ok(path)
    }
}
