//! Errors, hints and exit codes: the whole policy on one page.

use std::fmt;
use std::io;
use std::path::PathBuf;

use crate::claim::{BadDocument, flag};
use crate::intake::{IntakeError, Problem};
use crate::ledger::LedgerError;
use crate::mail::{NotSent, Step};
use crate::money::Money;
use crate::number::ClaimNo;
use crate::plan::PlanError;
use crate::rules::Refusal;

/// How a command ended, as scripts see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// Done.
    Done,
    /// A file, the ledger or an outside command failed.
    Failure,
    /// Wrong usage or unreadable input.
    Usage,
    /// Refused by the terms, or some rows were.
    Refused,
    /// Not found, or nothing matched.
    NotFound,
}

impl Exit {
    /// The exit status.
    pub fn code(self) -> u8 {
        match self {
            Exit::Done => 0,
            Exit::Failure => 1,
            Exit::Usage => 2,
            Exit::Refused => 3,
            Exit::NotFound => 4,
        }
    }
}

/// What can keep a command from being done.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The command line, or a value in it, makes no sense.
    #[error("{message}")]
    Usage {
        /// What is wrong.
        message: String,
        /// What to type instead.
        hint: Option<String>,
    },
    /// A figure, a day or a fact does not fit what is recorded.
    #[error("{0}")]
    Unfit(Box<Unfit>),
    /// A seller's file cannot be read.
    #[error(transparent)]
    Intake(#[from] IntakeError),
    /// A plan file is wrong, or there is none of that name.
    #[error(transparent)]
    Plan(#[from] PlanError),
    /// The ledger failed.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    /// A file could not be read or written.
    #[error("{}: {source}", path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// A file is no document that can be kept.
    #[error(transparent)]
    Document(#[from] Box<BadDocument>),
    /// The result cannot be written.
    #[error("cannot write the result: {0}")]
    Output(#[from] io::Error),
    /// The terms do not allow it.
    #[error("refused ({}): {}", .0.code, .0.reason)]
    Refused(Box<Refusal>),
    /// Cover is bought for the first time and the provider's agreement is not accepted.
    #[error("cover by {plan} is bought for the first time, and its agreement is not accepted yet")]
    AgreementNeeded {
        /// The plan.
        plan: String,
    },
    /// The premium is more than the user allows.
    #[error("the premium is {premium}, more than the {limit} you allow; nothing was recorded")]
    OverBudget {
        /// What it would be.
        premium: Money,
        /// What was allowed.
        limit: Money,
    },
    /// The command that buys the label failed, so nothing is insured.
    #[error("the label was not bought, so nothing is insured: {message}")]
    LabelFailed {
        /// What went wrong.
        message: String,
    },
    /// The label is there, but its cover could not be recorded.
    #[error("label {tracking} exists, but its cover could not be recorded: {because}")]
    Unrecorded {
        /// The label's tracking number.
        tracking: String,
        /// What went wrong.
        because: Box<Error>,
    },
    /// One row of a list is wrong.
    #[error("{}", .0.reason)]
    Row(Box<Problem>),
    /// The command that knows the mail password failed.
    #[error("the mail password is not there: `{command}` failed: {why}")]
    NoPassword {
        /// The program.
        command: String,
        /// What went wrong.
        why: String,
    },
    /// The mail server does not have the e-mail.
    #[error("the e-mail of {claim} was NOT sent: {why}")]
    MailNotSent {
        /// For which claim.
        claim: ClaimNo,
        /// At which step it failed, and what the server said.
        why: NotSent,
    },
    /// Nobody knows whether an e-mail arrived.
    #[error("it is not known whether the e-mail of {claim} arrived: {why}")]
    MailInDoubt {
        /// For which claim.
        claim: ClaimNo,
        /// What is known.
        why: String,
    },
    /// The server took an e-mail, and that could not be recorded.
    #[error("the e-mail of {claim} was sent, but that could not be recorded: {because}")]
    MailUnrecorded {
        /// For which claim.
        claim: ClaimNo,
        /// What went wrong.
        because: Box<Error>,
    },
    /// The server has no e-mail, and that could not be recorded: the ledger says it is under way.
    #[error("the e-mail of {claim} was not sent: {why}; that could not be recorded: {because}")]
    FailureUnrecorded {
        /// For which claim.
        claim: ClaimNo,
        /// At which step it failed, and what the server said.
        why: NotSent,
        /// What went wrong.
        because: Box<Error>,
    },
    /// Nothing by that name.
    #[error("{message}")]
    NotFound {
        /// What was looked for.
        message: String,
        /// Where else to look.
        hint: Option<String>,
    },
}

/// What does not fit what is recorded: on a command line it is wrong usage, in a list a row that is
/// not booked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unfit {
    /// A stable word for programs, such as `over_claim`.
    pub code: &'static str,
    /// What it was stated as: `amount`, `at`, or a fact's name.
    pub about: Option<String>,
    /// A sentence for people.
    pub message: String,
    /// What to state instead.
    pub hint: Option<String>,
}

impl fmt::Display for Unfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.about.as_deref() {
            Some(day @ ("at" | "dated")) => write!(f, "--{day}: ")?,
            Some("accepted") => f.write_str("--accepted: ")?,
            Some(fact) => write!(f, "{}: ", flag(fact))?,
            None => {}
        }
        f.write_str(&self.message)
    }
}

impl Error {
    /// What does not fit what is recorded.
    pub fn unfit(
        code: &'static str,
        about: Option<&str>,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) -> Error {
        let (message, hint) = (message.into(), Some(hint.into()));
        Error::Unfit(Box::new(Unfit { code, about: about.map(str::to_owned), message, hint }))
    }

    /// Wrong usage, with what to type instead.
    pub fn usage(message: impl Into<String>, hint: impl Into<String>) -> Error {
        Error::Usage { message: message.into(), hint: Some(hint.into()) }
    }

    /// A file that could not be read or written.
    pub fn file(path: impl Into<PathBuf>, source: io::Error) -> Error {
        Error::File { path: path.into(), source }
    }

    /// How the command ends.
    pub fn exit(&self) -> Exit {
        match self {
            Error::Usage { .. }
            | Error::Unfit(_)
            | Error::Intake(_)
            | Error::Plan(_)
            | Error::Row(_) => Exit::Usage,
            Error::Ledger(LedgerError::Unknown { .. }) | Error::NotFound { .. } => Exit::NotFound,
            Error::Ledger(LedgerError::ClaimOpen { .. }) => Exit::Refused,
            Error::Ledger(_)
            | Error::File { .. }
            | Error::Document(_)
            | Error::Output(_)
            | Error::LabelFailed { .. }
            | Error::Unrecorded { .. }
            | Error::NoPassword { .. }
            | Error::MailNotSent { .. }
            | Error::FailureUnrecorded { .. }
            | Error::MailUnrecorded { .. } => Exit::Failure,
            Error::MailInDoubt { .. }
            | Error::Refused(_)
            | Error::AgreementNeeded { .. }
            | Error::OverBudget { .. } => Exit::Refused,
        }
    }

    /// What to do about it.
    pub fn hint(&self) -> Option<String> {
        match self {
            Error::Usage { hint, .. } | Error::NotFound { hint, .. } => hint.clone(),
            Error::Unfit(why) => why.hint.clone(),
            Error::Intake(why) => why.hint(),
            Error::Document(why) => why.hint.clone(),
            Error::Ledger(why) => why.hint().map(str::to_owned),
            Error::Refused(refusal) => {
                // What no clause says is refused by the claim's own course.
                let clause = (!refusal.clause.is_empty()).then(|| {
                    format!("clause {} ({}): {}", refusal.clause, refusal.source, refusal.text)
                });
                let told: Vec<String> = refusal.remedy.clone().into_iter().chain(clause).collect();
                (!told.is_empty()).then(|| told.join("\n"))
            }
            Error::AgreementNeeded { plan } => Some(format!(
                "read it with `insure plan show {plan}`, then add --accept-terms, or accept once: insure plan accept {plan}"
            )),
            Error::OverBudget { .. } => {
                Some("raise --max-premium, or ask for less cover".to_owned())
            }
            Error::Unrecorded { tracking, .. } => Some(format!(
                "mend that, then run the same command with --tracking {tracking} in place of --label-command"
            )),
            Error::Row(problem) => problem.hint.clone(),
            Error::NoPassword { .. } => Some(
                "try it by hand; password-command in config.toml is a list of words, no shell reads it"
                    .to_owned(),
            ),
            Error::MailNotSent { why, .. } => Some(match why.step {
                Step::Recipient => "check the address, then run the same command again".to_owned(),
                Step::Message => "where the server means it only for now, run the same command again later".to_owned(),
                _ => "mend that, in [mail] of config.toml or with your mail provider, then run the same command again".to_owned(),
            }),
            Error::MailInDoubt { claim, .. } => Some(format!(
                "look into the sent mail of your account, or ask the buyer. If it arrived: insure claim affidavit {claim} --sent\nelse send it knowingly: insure claim affidavit {claim} --send --send-again (under the same Message-ID, so that mail systems can drop a second copy)"
            )),
            Error::FailureUnrecorded { claim, .. } => Some(format!(
                "mend both, then send it: insure claim affidavit {claim} --send --send-again (the ledger takes it for one under way)"
            )),
            Error::MailUnrecorded { claim, .. } => Some(format!(
                "mend that, then note it: insure claim affidavit {claim} --sent"
            )),
            Error::File { source, .. } if source.kind() == io::ErrorKind::NotFound => {
                Some("check the path".to_owned())
            }
            Error::Plan(_) | Error::File { .. } | Error::Output(_) | Error::LabelFailed { .. } => {
                None
            }
        }
    }
}

/// Whether the reader of our output has gone away, as `head` does: that is no failure.
pub fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause.downcast_ref::<io::Error>().is_some_and(|e| e.kind() == io::ErrorKind::BrokenPipe)
    })
}

/// How any error that reached the edge is shown, and which exit status it is.
pub fn report(error: &anyhow::Error) -> (String, Exit) {
    let known = error.chain().find_map(|cause| cause.downcast_ref::<Error>());
    let mut text = match (known, error.downcast_ref::<io::Error>()) {
        // What fails here without a name of its own is what the command writes.
        (None, Some(why)) => format!("error: cannot write the result: {why}"),
        _ => format!("error: {error}"),
    };
    for cause in error.chain().skip(1) {
        let cause = cause.to_string();
        if !text.contains(&cause) {
            text.push_str(&format!("\n  because: {cause}"));
        }
    }
    if let Some(hint) = known.and_then(Error::hint) {
        text.push_str(&format!("\n\nhint: {}", hint.replace('\n', "\n      ")));
    }
    (text, known.map_or(Exit::Failure, Error::exit))
}
