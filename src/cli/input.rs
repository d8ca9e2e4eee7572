//! Files that come in, and the agreement that may be asked for: what the file commands share.

use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::Session;
use crate::error::Error;
use crate::intake::{self, Kind, Options, Progress, Reader, Source};
use crate::ledger::Ledger;
use crate::money::Currency;
use crate::rules::Terms;

#[derive(Debug, Clone, clap::Args)]
pub(super) struct LayoutArgs {
    /// Read the file in this layout instead of the one its header shows
    #[arg(long, value_name = "ID")]
    pub(super) layout: Option<String>,
}

impl LayoutArgs {
    /// How a file is to be read.
    pub(super) fn options(&self, currency: Currency) -> Options {
        Options { layout: self.layout.clone(), ..Options::new(currency) }
    }
}

/// Opens a file of the wanted kind; `-` is stdin.
pub(super) fn open(
    path: &Path,
    options: Options,
    wanted: &[Kind],
    session: &mut Session<'_>,
) -> Result<Reader, Error> {
    let source = if path.as_os_str() == "-" {
        let stdin = std::mem::replace(&mut session.world.stdin, Box::new(io::empty()));
        Source::Stream { name: "standard input".to_owned(), read: stdin }
    } else {
        Source::File(path.to_owned())
    };
    let reader = intake::open(source, options)?;
    if !wanted.contains(&reader.kind()) {
        return Err(Error::usage(
            format!(
                "{}: this is a file of carrier events ({}), expected parcels",
                path.display(),
                reader.layout()
            ),
            format!("take it in with: insure track --input {}", path.display()),
        ));
    }
    session.detail(&format!("{}: layout {}", path.display(), reader.layout()))?;
    Ok(reader)
}

/// A bar on stderr while a file is read; nothing where stderr is no terminal.
pub(super) struct Bar {
    bar: ProgressBar,
    progress: Progress,
}

impl Bar {
    /// For this reader.
    pub(super) fn new(reader: &Reader, session: &Session<'_>) -> Bar {
        let shown = session.world.stderr_is_terminal && !session.quiet;
        let target =
            if shown { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        let bar = ProgressBar::with_draw_target(reader.total_bytes(), target);
        let style = match reader.total_bytes() {
            Some(_) => "{wide_bar} {bytes}/{total_bytes}  {msg} rows",
            None => "{spinner} {bytes}  {msg} rows",
        };
        if let Ok(style) = ProgressStyle::with_template(style) {
            bar.set_style(style);
        }
        bar.enable_steady_tick(Duration::from_millis(200));
        Bar { bar, progress: reader.progress() }
    }

    /// Shows how far the reading is.
    pub(super) fn tick(&self) {
        self.bar.set_position(self.progress.bytes());
        self.bar.set_message(self.progress.rows().to_string());
    }

    /// Takes the bar away while something else is shown.
    pub(super) fn aside<T>(&self, what: impl FnOnce() -> T) -> T {
        self.bar.suspend(what)
    }

    /// Takes the bar away.
    pub(super) fn end(&self) {
        self.bar.finish_and_clear();
    }
}

/// Whether, and how, the one-time agreement is given in this run.
#[derive(Debug, Clone, Copy)]
pub(super) struct Consent {
    /// `--accept-terms` was given.
    pub(super) given: bool,
    /// Somebody can be asked.
    pub(super) can_ask: bool,
}

/// The agreement, from the ledger, the command line or the person at the terminal. Gives back
/// whether it is new and so has to be recorded.
pub(super) fn agree(
    consent: Consent,
    terms: Terms<'_>,
    accepted_before: bool,
    stderr: &mut dyn Write,
) -> Result<bool, Error> {
    let Some(agreement) = &terms.version.agreement else {
        return Ok(false);
    };
    if accepted_before {
        return Ok(false);
    }
    if consent.given {
        return Ok(true);
    }
    let needed = || Error::AgreementNeeded { plan: terms.plan.id.clone() };
    if !consent.can_ask {
        return Err(needed());
    }
    write!(
        stderr,
        "{}\n\n{}\n({})\n\nDo you accept? [y/N] ",
        terms.plan.name, agreement.clause, agreement.source
    )?;
    stderr.flush()?;
    let mut answer = String::new();
    io::stdin().read_line(&mut answer)?;
    if matches!(answer.trim().to_lowercase().as_str(), "y" | "yes") {
        Ok(true)
    } else {
        Err(needed())
    }
}

/// Whether the text of the agreement was accepted before.
pub(super) fn accepted_before(ledger: &Ledger, plan: &crate::plan::Plan) -> Result<bool, Error> {
    let accepted = ledger.accepted(&plan.id)?;
    let texts =
        || plan.versions.iter().filter_map(|v| v.agreement.as_ref()).map(|a| a.clause.as_str());
    Ok(accepted.is_some_and(|accepted| texts().any(|text| text == accepted.text)))
}

/// The identifiers that were named; `-` stands for those on stdin, one a line.
pub(super) fn identifiers(
    named: Vec<String>,
    session: &mut Session<'_>,
) -> Result<Vec<String>, Error> {
    let mut ids = Vec::with_capacity(named.len());
    for id in named {
        if id == "-" {
            ids.extend(lines_of_stdin(session)?);
        } else {
            ids.push(id);
        }
    }
    Ok(ids)
}

/// The lines of stdin, without empty ones.
fn lines_of_stdin(session: &mut Session<'_>) -> Result<Vec<String>, Error> {
    let mut text = String::new();
    let stdin = std::mem::replace(&mut session.world.stdin, Box::new(io::empty()));
    let mut limited = stdin.take(1 << 30);
    limited
        .read_to_string(&mut text)
        .map_err(|why| Error::file(PathBuf::from("standard input"), why))?;
    Ok(text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect())
}
