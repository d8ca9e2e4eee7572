//! Files that come in, and the agreement that may be asked for: what the file commands share.

pub(super) mod list;
pub(super) mod tracking;

use std::fs;
use std::io::{self, ErrorKind, Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::Session;
use super::view::printable;
use crate::error::Error;
use crate::intake::{
    self, DateOrder, DecimalMark, Encoding, Kind, KnownBy, Options, Original, Progress, Reader,
    SheetSeen, Source, ZoneIs,
};
use crate::ledger::Ledger;
use crate::money::{Currency, grouped};
use crate::ops::Agreement;
use crate::plan::Plan;

#[derive(Debug, Clone, clap::Args)]
pub(super) struct LayoutArgs {
    /// Read the file in this layout instead of the one its header shows
    #[arg(long, value_name = "ID")]
    pub(super) layout: Option<String>,
    /// The encoding of the file's text, such as gbk, shift_jis, windows-1252 [default: the one its
    /// bytes show]
    #[arg(long, value_name = "NAME", value_parser = encoding)]
    pub(super) encoding: Option<Encoding>,
    /// The file to read in a zip archive that holds several
    #[arg(long, value_name = "NAME")]
    pub(super) member: Option<String>,
    /// The sheet to read in a workbook [default: the one whose header is known]
    #[arg(long, value_name = "NAME")]
    pub(super) sheet: Option<String>,
    /// How the file writes amounts: point (1,234.56) or comma (1.234,56) [default: as its layout
    /// says, else as its columns show]
    #[arg(long, value_name = "point|comma", value_parser = amounts)]
    pub(super) amounts: Option<DecimalMark>,
    /// How the file writes days: month-first (11/03/2026) or day-first (03/11/2026) [default: as its
    /// layout says, else as its columns show]
    #[arg(long, value_name = "month-first|day-first", value_parser = dates)]
    pub(super) dates: Option<DateOrder>,
    /// Your time zone, such as America/Los_Angeles or -08:00: times that say how far they are from UTC
    /// count on your calendar; as-written takes every day as it stands [default: `zone` in config.toml,
    /// else as-written]
    #[arg(long, value_name = "NAME", value_parser = ZoneIs::parse, allow_hyphen_values = true)]
    pub(super) zone: Option<ZoneIs>,
}

fn amounts(word: &str) -> Result<DecimalMark, String> {
    match word {
        "point" => Ok(DecimalMark::Point),
        "comma" => Ok(DecimalMark::Comma),
        _ => Err("expected point or comma".to_owned()),
    }
}

fn dates(word: &str) -> Result<DateOrder, String> {
    match word {
        "month-first" => Ok(DateOrder::MonthFirst),
        "day-first" => Ok(DateOrder::DayFirst),
        _ => Err("expected month-first or day-first".to_owned()),
    }
}

/// An encoding by its name.
pub(super) fn encoding(name: &str) -> Result<Encoding, String> {
    Encoding::named(name).ok_or_else(|| {
        "expected an encoding such as utf-8, utf-16le, gb18030, gbk, big5, shift_jis, euc-kr or windows-1252"
            .to_owned()
    })
}

impl LayoutArgs {
    /// The seller's zone, as far as it was said.
    fn zone(&self, session: &Session<'_>) -> Option<ZoneIs> {
        self.zone.clone().or_else(|| session.config.zone.clone())
    }

    /// How a file is to be read: its amounts are in `currency`, unless its rows or its layout name
    /// another. What the user `stated` counts more than the layout.
    pub(super) fn options(
        &self,
        currency: Currency,
        stated: Option<Currency>,
        session: &Session<'_>,
    ) -> Options {
        Options {
            stated_currency: stated,
            amounts: self.amounts,
            dates: self.dates,
            zone: self.zone(session),
            layouts: session.config.layouts.clone(),
            layout: self.layout.clone(),
            encoding: self.encoding,
            member: self.member.clone(),
            sheet: self.sheet.clone(),
            ..Options::new(currency)
        }
    }
}

/// A file, or stdin where it is `-`.
fn source(path: &Path, session: &mut Session<'_>) -> Source {
    if path.as_os_str() == "-" {
        let stdin = std::mem::replace(&mut session.world.stdin, Box::new(io::empty()));
        Source::Stream { name: "standard input".to_owned(), read: stdin }
    } else {
        Source::File(path.to_owned())
    }
}

/// Opens a file of the wanted kind; `-` is stdin.
pub(super) fn open(
    path: &Path,
    options: Options,
    wanted: &[Kind],
    session: &mut Session<'_>,
) -> Result<Reader, Error> {
    let source = source(path, session);
    let reader = open_source(source, path, options, wanted)?;
    session.detail(&format!("{}: layout {}: {}", path.display(), reader.layout(), reader.why()))?;
    Ok(reader)
}

/// Opens a source of the wanted kind.
pub(super) fn open_source(
    source: Source,
    path: &Path,
    options: Options,
    wanted: &[Kind],
) -> Result<Reader, Error> {
    let reader = intake::open(source, options)?;
    if wanted.contains(&reader.kind()) {
        Ok(reader)
    } else {
        Err(of_another_kind(path, &reader, wanted))
    }
}

/// A file of something else than what is wanted, and which command takes it.
fn of_another_kind(path: &Path, reader: &Reader, wanted: &[Kind]) -> Error {
    let said = |kind: Kind| match kind {
        Kind::Parcels => "parcels",
        Kind::Events => "carrier events",
        Kind::Trackings => "tracking numbers",
    };
    let path = path.display();
    let found = reader.kind();
    let expected = wanted.first().copied().map_or("another", said);
    let taken_by = match found {
        Kind::Parcels => "insure batch-insure",
        Kind::Events => "insure track --input",
        Kind::Trackings => "insure batch-insure ORDERS --tracking",
    };
    Error::usage(
        format!(
            "{path}: this is a file of {} ({}), expected {expected}",
            said(found),
            reader.layout()
        ),
        format!("take it in with: {taken_by} {path}"),
    )
}

/// Says in which encoding the text was read, where it is not UTF-8 or details are wanted; and which
/// sheet of a workbook was read, and what of it nobody sees who looks at it. To be called when it was
/// read: an encoding shows itself only where a text leaves ASCII.
pub(super) fn tell_reading(original: &Original, session: &mut Session<'_>) -> Result<(), Error> {
    tell_how(
        original,
        ["; --encoding NAME asks for another", "; --sheet NAME asks for another"],
        session,
    )
}

/// The same, with what to type for another encoding and another sheet.
fn tell_how(
    original: &Original,
    [other_encoding, other_sheet]: [&str; 2],
    session: &mut Session<'_>,
) -> Result<(), Error> {
    let name = original.name();
    if let Some(seen) = original.sheet() {
        tell_sheet(name, seen, other_sheet, session)?;
        return tell_zones(original, session);
    }
    match original.encoding() {
        Some((encoding, known_by)) => {
            let how = match known_by {
                KnownBy::Name => "as you said",
                KnownBy::Mark => "by its byte order mark",
                KnownBy::Evidence => "as its bytes show",
            };
            let text = format!("{name}: read as {}, {how}", encoding.name());
            match (encoding.is_utf8(), known_by) {
                (true, _) => session.detail(&text)?,
                (false, KnownBy::Evidence) => {
                    session.note(&format!("{text}{other_encoding}"))?;
                }
                (false, _) => session.note(&text)?,
            }
        }
        None => session.detail(&format!("{name}: read as ASCII"))?,
    }
    tell_zones(original, session)
}

/// Says what time zones did to the days of a file.
fn tell_zones(original: &Original, session: &mut Session<'_>) -> Result<(), Error> {
    let (name, seen) = (original.name(), original.zones());
    if let Some(zone) = seen.seller() {
        let (turned, moved) = seen.times_turned();
        let times = counted(turned, "time", "times");
        session
            .detail(&format!("{name}: {times} turned to {zone}, {moved} of them to another day"))?;
        if seen.days_may_be_moved() {
            session.note(&format!(
                "note: {name}: every time that was turned to {zone} is midnight; if they are days and no times, take them as they stand: --zone as-written"
            ))?;
        }
    }
    let Some(time) = seen.as_written() else { return Ok(()) };
    let (line, value) = (time.line, printable(&time.value));
    let told = |zone: &str| {
        format!(
            "{name}: times are taken as written, such as `{value}` on line {line}{zone}; --zone NAME, or `zone` in config.toml, turns them to your days"
        )
    };
    match &time.zone {
        Some(zone) => session.note(&told(&format!(" (time of {zone})")))?,
        None => session.detail(&told(""))?,
    }
    Ok(())
}

fn counted(n: u64, one: &str, many: &str) -> String {
    match n {
        1 => format!("1 {one}"),
        n => format!("{} {many}", grouped(&n.to_string())),
    }
}

fn tell_sheet(
    name: &str,
    seen: &SheetSeen,
    other: &str,
    session: &mut Session<'_>,
) -> Result<(), Error> {
    let sheet = seen.name();
    match seen.choices() {
        0 | 1 => session.detail(&format!("{name}: read the sheet `{sheet}`"))?,
        sheets => session.note(&format!("{name}: read the sheet `{sheet}` of {sheets}{other}"))?,
    }
    match seen.hidden_rows() {
        0 => {}
        1 => session.note(&format!(
            "{name}: 1 row of `{sheet}` is hidden (by a filter or by hand) and was read like the others"
        ))?,
        rows => session.note(&format!(
            "{name}: {rows} rows of `{sheet}` are hidden (by a filter or by hand) and were read like the others"
        ))?,
    }
    match seen.hidden_columns() {
        [] => {}
        [one] => session.detail(&format!("{name}: the column `{one}` is hidden"))?,
        several => {
            session.detail(&format!("{name}: these columns are hidden: {}", several.join(", ")))?;
        }
    }
    Ok(())
}

/// Says how many rows were passed over, and why, where any were. To be called when it was read.
pub(super) fn tell_skipped(reader: &Reader, session: &mut Session<'_>) -> Result<(), Error> {
    if reader.skipped().rows() == 0 {
        return Ok(());
    }
    let reasons: Vec<String> =
        reader.skipped().by_reason().map(|(skip, rows)| format!("{rows} {skip}")).collect();
    let name = reader.original().name().to_owned();
    let rows = reader.rows();
    session.note(&format!("{name}: of {rows} rows passed over: {}", reasons.join(", ")))?;
    Ok(())
}

/// Opens a file whose rows are recorded: stdin is read to its end first, so that the ledger is not
/// kept from others while a slow pipe is waited for.
pub(super) fn open_whole(
    path: &Path,
    options: Options,
    wanted: &[Kind],
    session: &mut Session<'_>,
) -> Result<Reader, Error> {
    if path.as_os_str() == "-" {
        let mut kept = tempfile::tempfile()?;
        io::copy(&mut session.world.stdin, &mut kept)
            .and_then(|_| kept.rewind())
            .map_err(|why| Error::file("standard input", why))?;
        session.world.stdin = Box::new(kept);
    }
    open(path, options, wanted, session)
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

    /// Takes the bar away.
    pub(super) fn end(&self) {
        self.bar.finish_and_clear();
    }
}

/// Whether the agreement is accepted: before, in this ledger, or with `--accept-terms`.
pub(super) fn agreement(ledger: &Ledger, plan: &Plan, accept: bool) -> Result<Agreement, Error> {
    let accepted = ledger.accepted(&plan.id)?;
    let mut texts = plan.versions.iter().filter_map(|version| version.agreement.as_ref());
    let before = accepted.is_some_and(|accepted| texts.any(|text| text.clause == accepted.text));
    Ok(match (before, accept) {
        (true, _) => Agreement::Before,
        (false, true) => Agreement::Now,
        (false, false) => Agreement::No,
    })
}

/// Does something that may need the agreement, and asks for it where somebody can answer: not
/// before it is needed, and while nothing is locked. Then it is done again from the start.
pub(super) fn with_agreement<T>(
    session: &mut Session<'_>,
    plan: &Plan,
    given: Agreement,
    mut work: impl FnMut(&mut Session<'_>, Agreement) -> Result<T, Error>,
) -> Result<T, Error> {
    match work(session, given) {
        Err(Error::AgreementNeeded { .. }) if session.world.can_ask && ask(session, plan)? => {
            work(session, Agreement::Now)
        }
        done => done,
    }
}

fn ask(session: &mut Session<'_>, plan: &Plan) -> Result<bool, Error> {
    let version = plan.on(session.today).and_then(|version| version.agreement.as_ref());
    let Some(agreement) = version else { return Ok(false) };
    let stderr = &mut session.world.stderr;
    write!(stderr, "{}\n\n{}\n({})\n\n", plan.name, agreement.clause, agreement.source)?;
    write!(stderr, "Do you accept? [y/N] ")?;
    stderr.flush()?;
    let mut answer = String::new();
    io::stdin().read_line(&mut answer)?;
    Ok(matches!(answer.trim().to_lowercase().as_str(), "y" | "yes"))
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

/// The text of a file of such and such; `-` is standard input.
pub(super) fn text_of(name: &str, what: &str, session: &mut Session<'_>) -> io::Result<String> {
    if name != "-" {
        return fs::read_to_string(Path::new(name)).map_err(|why| match why.kind() {
            ErrorKind::IsADirectory => {
                let folder = name.trim_end_matches('/');
                let why = format!("it is a folder, expected a {what} file: {folder}/*.toml");
                io::Error::new(ErrorKind::IsADirectory, why)
            }
            _ => why,
        });
    }
    let mut text = String::new();
    session.world.stdin.read_to_string(&mut text)?;
    Ok(text)
}
