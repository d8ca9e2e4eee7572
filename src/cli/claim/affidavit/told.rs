//! What came of each claim, as rows; of one alone, an error is told as an error.

use std::path::PathBuf;

use super::super::super::Session;
use super::super::super::view::{Cells, Row, list};
use super::Asked;
use crate::claim::Claim;
use crate::error::{Error, Exit};
use crate::mail::Letter;
use crate::ops::AffidavitLetter;

/// What was done for one claim.
pub(super) enum Done {
    /// A draft was written, to a file or into the row.
    Written { letter: AffidavitLetter, file: Option<PathBuf> },
    /// The e-mail was sent.
    Sent { letter: AffidavitLetter },
    /// It is noted that the buyer was asked.
    Noted { claim: Claim },
    /// That was done before.
    Before { claim: Claim },
}

impl Done {
    fn claim(&self) -> &Claim {
        match self {
            Done::Written { letter, .. } | Done::Sent { letter } => &letter.claim,
            Done::Noted { claim } | Done::Before { claim } => claim,
        }
    }

    fn letter(&self) -> Option<&Letter> {
        match self {
            Done::Written { letter, .. } | Done::Sent { letter } => Some(&letter.letter),
            Done::Noted { .. } | Done::Before { .. } => None,
        }
    }
}

/// What came of one claim; where nothing was done, a code and the reason.
type Outcome = Result<Done, (&'static str, String)>;

/// All of it, gathered while it is done.
pub(super) struct Told<'a> {
    asked: &'a [Asked],
    /// One claim, named on the command line.
    alone: bool,
    /// What is done, in one word.
    verb: &'static str,
    results: Vec<Outcome>,
    /// What kept the rest from being done.
    stopped: Option<Error>,
    /// Whether a mail server would fail every other e-mail too.
    server_fails: bool,
}

impl<'a> Told<'a> {
    pub(super) fn new(asked: &'a [Asked], alone: bool, verb: &'static str) -> Told<'a> {
        let (results, stopped) = (Vec::with_capacity(asked.len()), None);
        Told { asked, alone, verb, results, stopped, server_fails: false }
    }

    pub(super) fn done(&mut self, done: Done) {
        self.results.push(Ok(done));
    }

    /// What concerns one claim becomes its row; what concerns all stops the rest.
    pub(super) fn failed(&mut self, why: Error) -> Result<(), Error> {
        if self.alone {
            return Err(why);
        }
        let code = match &why {
            Error::NotFound { .. } => "not_found",
            Error::Usage { .. } => "unclear",
            Error::Refused(refusal) => refusal.code,
            Error::Row(problem) => problem.code,
            Error::MailInDoubt { .. } => "mail_in_doubt",
            Error::MailNotSent { why, .. } => {
                self.server_fails = why.concerns_all();
                "mail_not_sent"
            }
            _ => "failed",
        };
        self.results.push(Err((code, why.to_string())));
        if code == "failed" {
            self.stopped = Some(why);
        }
        Ok(())
    }

    /// Whether the rest is not to be tried.
    pub(super) fn is_stopped(&self) -> bool {
        self.stopped.is_some() || self.server_fails
    }

    pub(super) fn not_tried(&mut self) {
        let why = "nothing was sent: what kept the one before would keep this one".to_owned();
        self.results.push(Err(("not_tried", why)));
    }

    /// Writes the rows and says how many of each there are.
    pub(super) fn end(self, session: &mut Session<'_>) -> anyhow::Result<Exit> {
        let rows = self.asked.iter().zip(&self.results);
        let rows = rows.map(|(asked, result)| AffidavitRow { id: &asked.id, result });
        list(session.format, &mut *session.world.stdout, session.paint, rows)?;
        let count =
            |is: &dyn Fn(&Outcome) -> bool| self.results.iter().filter(|result| is(result)).count();
        let before = count(&|result| matches!(result, Ok(Done::Before { .. })));
        let done = count(&|result| result.is_ok()) - before;
        let unknown = count(&|result| matches!(result, Err(("not_found", _))));
        let failed = count(&|result| result.is_err());
        let mut note = format!("{done} {}", self.verb);
        let in_doubt = count(&|result| matches!(result, Err(("mail_in_doubt", _))));
        let not_sent = count(&|result| matches!(result, Err(("mail_not_sent" | "not_tried", _))));
        let sent_before = format!("{} before", self.verb);
        for (count, what) in
            [(before, sent_before.as_str()), (in_doubt, "in doubt"), (not_sent, "not sent")]
        {
            if count > 0 {
                note.push_str(&format!(", {count} {what}"));
            }
        }
        let others = ["not_found", "mail_in_doubt", "mail_not_sent", "not_tried"];
        let refused = count(&|result| matches!(result, Err((code, _)) if !others.contains(code)));
        if !self.alone {
            note.push_str(&format!(", {refused} refused, {unknown} not found"));
        }
        session.note(&note)?;
        if self.verb == "written" && done > 0 {
            session.note("nothing was sent: open each with your mail program, send it, then note it with --sent")?;
        }
        if let Some(why) = self.stopped {
            return Err(why.into());
        }
        Ok(match failed {
            0 => Exit::Done,
            _ if self.server_fails => Exit::Failure,
            _ if unknown == self.results.len() => Exit::NotFound,
            _ => Exit::Refused,
        })
    }
}

/// What came of one claim, as a row.
struct AffidavitRow<'a> {
    id: &'a str,
    result: &'a Outcome,
}

impl Row for AffidavitRow<'_> {
    const COLUMNS: &'static [&'static str] = &[
        "id",
        "claim",
        "affidavit",
        "to",
        "sent_on",
        "file",
        "code",
        "refused",
        "message_id",
        "subject",
        "text",
    ];
    const TABLE: Option<&'static [usize]> = Some(&[0, 1, 2, 3, 4, 5, 6, 7]);

    fn cells(&self, out: &mut dyn Cells) {
        out.text(self.id);
        let done = self.result.as_ref().ok();
        let claim = done.map(Done::claim);
        let letter = done.and_then(Done::letter);
        let known = claim.and_then(|claim| claim.affidavit.as_ref());
        out.text_or_none(claim.map(|claim| claim.no.to_string()).as_deref());
        out.text_or_none(claim.map(|claim| claim.affidavit_status().word()));
        let to = letter.and_then(|letter| letter.to.as_ref()).map(|to| to.address());
        out.text_or_none(to.or(known.and_then(|known| known.to.as_deref())));
        out.day_or_none(known.and_then(|known| known.sent_on));
        match done {
            Some(Done::Written { file: Some(file), .. }) => out.text(&file.display().to_string()),
            _ => out.none(),
        }
        match self.result {
            Ok(_) => {
                out.none();
                out.none();
            }
            Err((code, why)) => {
                out.text(code);
                out.text(why);
            }
        }
        out.text_or_none(letter.map(|letter| letter.message_id.as_str()));
        out.text_or_none(letter.map(|letter| letter.subject.as_str()));
        out.text_or_none(letter.map(|letter| letter.text.as_str()));
    }

    fn id(&self) -> String {
        self.result.as_ref().map(|done| done.claim().no.to_string()).unwrap_or_default()
    }
}
