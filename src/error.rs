//! Errors, hints and exit codes: the whole policy on one page.

use std::io;
use std::path::PathBuf;

use crate::claim::BadDocument;
use crate::intake::IntakeError;
use crate::ledger::LedgerError;
use crate::money::Money;
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
    /// Nothing by that name.
    #[error("{message}")]
    NotFound {
        /// What was looked for.
        message: String,
        /// Where else to look.
        hint: Option<String>,
    },
}

impl Error {
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
            Error::Usage { .. } | Error::Intake(_) | Error::Plan(_) => Exit::Usage,
            Error::Ledger(LedgerError::Unknown { .. }) | Error::NotFound { .. } => Exit::NotFound,
            Error::Ledger(LedgerError::ClaimOpen { .. }) => Exit::Refused,
            Error::Ledger(_)
            | Error::File { .. }
            | Error::Document(_)
            | Error::Output(_)
            | Error::LabelFailed { .. }
            | Error::Unrecorded { .. } => Exit::Failure,
            Error::Refused(_) | Error::AgreementNeeded { .. } | Error::OverBudget { .. } => {
                Exit::Refused
            }
        }
    }

    /// What to do about it.
    pub fn hint(&self) -> Option<String> {
        match self {
            Error::Usage { hint, .. } | Error::NotFound { hint, .. } => hint.clone(),
            Error::Intake(why) => why.hint(),
            Error::Document(why) => why.hint.clone(),
            Error::Ledger(why) => why.hint().map(str::to_owned),
            Error::Refused(refusal) => {
                let clause =
                    format!("clause {} ({}): {}", refusal.clause, refusal.source, refusal.text);
                Some(match &refusal.remedy {
                    Some(remedy) => format!("{remedy}\n{clause}"),
                    None => clause,
                })
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
