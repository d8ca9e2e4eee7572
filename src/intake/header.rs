//! From a header line to a layout and its columns, by name and once: rows are then read by place.

use std::collections::BTreeSet;

use super::conventions::{Conventions, Said};
use super::error::{IntakeError, Lacking};
use super::layout::{BrokenLayout, Field, Kind, Layout, normal};
use super::table::{PREAMBLE, Row, Table};
use crate::money::Currency;

/// What a file of tracking numbers has to have, whatever else its layout needs.
const TRACKINGS: [&[Field]; 2] = [&[Field::Order], &[Field::Tracking]];
/// Layouts a message names, where none fits.
const NEAREST: usize = 3;

/// A layout with the places of its columns in one file.
pub(super) struct Header {
    pub(super) layout: Layout,
    /// The header's line.
    pub(super) line: u64,
    /// The header's names as written, trimmed.
    pub(super) names: Vec<String>,
    /// How its columns are written.
    pub(super) written: Conventions,
    /// Why it is this layout, for people.
    pub(super) why: String,
    places: [Option<usize>; Field::ALL.len()],
}

/// What is read of a file.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Purpose {
    /// Its rows, as its layout says.
    Rows,
    /// The tracking numbers of orders, whatever else is in it.
    Trackings,
}

/// How a file's header is to be read.
pub(super) struct Wanted<'a> {
    /// The file, for messages.
    pub(super) name: &'a str,
    /// The layout asked for, if one was.
    pub(super) layout: Option<&'a str>,
    /// Whether rows may go without any id (a plain list of values).
    pub(super) ids_optional: bool,
    /// What is read of it.
    pub(super) purpose: Purpose,
    /// The layouts there are.
    pub(super) layouts: &'a [Layout],
    /// The user's layout files that cannot be read.
    pub(super) broken: &'a [BrokenLayout],
}

/// A layout that fits, its columns in their places.
struct Fit<'a> {
    layout: &'a Layout,
    places: [Option<usize>; Field::ALL.len()],
    /// How many of the header's columns it knows.
    known: usize,
}

impl Header {
    /// Where a field is, if the file has it.
    pub(super) fn place(&self, field: Field) -> Option<usize> {
        self.places[field as usize]
    }

    /// A column's name as the file spells it.
    pub(super) fn name_of(&self, place: usize) -> String {
        self.names.get(place).cloned().unwrap_or_default()
    }

    /// Whether a row is this very header again, as in files put together with `cat`.
    pub(super) fn repeats_in(&self, row: Row<'_>) -> bool {
        row.width() == self.names.len()
            && self.names.iter().enumerate().all(|(place, name)| {
                let cell = row.cell(place);
                // Names and cells that are not readable are compared as they are shown.
                (cell.ends_with(name.as_bytes()) || !cell.is_ascii())
                    && String::from_utf8_lossy(cell).trim_start_matches('\u{feff}') == name
            })
    }

    fn of(fit: Fit<'_>, line: u64, names: Vec<String>, why: String) -> Header {
        let layout = fit.layout.clone();
        let written = Conventions::new(&layout, Currency::USD, Said::default(), None);
        Header { layout, line, names, written, why, places: fit.places }
    }
}

/// The header: the first row, or the one below a title, that is `recognise`d.
pub(super) fn find_header<T>(
    table: &mut Table,
    name: &str,
    recognise: impl Fn(Row<'_>) -> Result<T, IntakeError>,
) -> Result<T, IntakeError> {
    let mut nearest: Option<IntakeError> = None;
    for _ in 0..PREAMBLE {
        if !table.advance()? {
            break;
        }
        match recognise(table.row()) {
            Ok(header) => return Ok(header),
            Err(why) if why.is_no_header() => {
                if nearest.as_ref().is_none_or(|known| known.found() < why.found()) {
                    nearest = Some(why);
                }
            }
            Err(why) if nearest.is_none() => return Err(why),
            Err(_) => {}
        }
    }
    Err(nearest.unwrap_or_else(|| IntakeError::Empty { name: name.to_owned() }))
}

/// Finds the one layout that fits a header.
pub(super) fn recognise(row: Row<'_>, wanted: &Wanted<'_>) -> Result<Header, IntakeError> {
    let name = || wanted.name.to_owned();
    let line = row.line;
    let mut names = Vec::with_capacity(row.width());
    for place in 0..row.width() {
        let text = std::str::from_utf8(row.cell(place)).map_err(|_| IntakeError::NotText {
            name: name(),
            found: "text in an encoding that is not known",
        })?;
        names.push(text.trim_start_matches('\u{feff}').trim().to_owned());
    }
    let normals: Vec<String> = names.iter().map(|n| normal(n)).collect();

    if let Some(id) = wanted.layout {
        let layout = named(id, wanted)?;
        let fit = place(layout, line, &names, &normals, wanted)?;
        return match lacking(&fit, &names, &normals, wanted).missing.into_iter().next() {
            Some(column) => Err(IntakeError::MissingColumn {
                name: name(),
                line,
                layout: id.to_owned(),
                column: format!("`{column}`"),
            }),
            None => instead(Header::of(fit, line, names, "you said so".to_owned()), wanted),
        };
    }

    let mut fitting: Vec<Fit<'_>> = Vec::new();
    let mut nearest = Vec::new();
    let mut twice = None;
    for layout in wanted.layouts.iter().filter(|layout| wanted.may_be(layout)) {
        // Two columns of one meaning matter only in the layout that is chosen.
        let fit = match place(layout, line, &names, &normals, wanted) {
            Ok(fit) => fit,
            Err(why) if needs_met(layout, &normals, wanted) => match wanted.purpose {
                Purpose::Rows => return Err(why),
                // Nearly every layout fits a file of tracking numbers.
                Purpose::Trackings => {
                    twice = twice.or(Some(why));
                    continue;
                }
            },
            Err(_) => continue,
        };
        let lacks = lacking(&fit, &names, &normals, wanted);
        let is_all = fit.known == names.len();
        if lacks.missing.is_empty() && (wanted.is_for(layout) || is_all) {
            fitting.push(fit);
        } else if wanted.may_be_named(layout) {
            nearest.push(lacks);
        }
    }
    // The layout that knows most of the header's columns reads most of the file; of two, the one that
    // is made for what is wanted.
    fitting.sort_by_key(|fit| (std::cmp::Reverse(fit.known), wanted.rank(fit.layout)));
    let mut fitting = fitting.into_iter();
    match (fitting.next(), fitting.next()) {
        (None, _) => {
            if let Some(twice) = twice {
                return Err(twice);
            }
            nearest.sort_by_key(|l| l.missing.len() * 100 / (l.missing.len() + l.found.len()));
            if nearest.iter().any(|lacks| !lacks.found.is_empty()) {
                nearest.retain(|lacks| !lacks.found.is_empty());
                nearest.truncate(NEAREST);
            } else {
                // None is near: the tool's own columns are what can be named.
                nearest.truncate(1);
            }
            let unread = wanted.broken.iter().map(|broken| broken.file.clone()).collect();
            Err(IntakeError::UnknownLayout { name: name(), line, nearest, found: names, unread })
        }
        (Some(first), Some(second)) if wanted.is_open(&first, &second) => {
            Err(IntakeError::TwoLayouts {
                name: name(),
                line,
                first: first.layout.id.clone(),
                second: second.layout.id.clone(),
            })
        }
        (Some(first), second) => {
            let mut why = format!("it knows {} of {} columns", first.known, names.len());
            if let Some(second) = second {
                why.push_str(&format!(", {} knows {}", second.layout.id, second.known));
            }
            instead(Header::of(first, line, names, why), wanted)
        }
    }
}

/// The header, unless nothing can be read from such a file.
fn instead(header: Header, wanted: &Wanted<'_>) -> Result<Header, IntakeError> {
    match &header.layout.instead {
        Some(instead) if wanted.purpose == Purpose::Rows => Err(IntakeError::Instead {
            name: wanted.name.to_owned(),
            layout: header.layout.name.clone(),
            instead: instead.clone(),
        }),
        _ => Ok(header),
    }
}

impl Wanted<'_> {
    /// Whether a file of this layout can have what is wanted.
    fn may_be(&self, layout: &Layout) -> bool {
        self.purpose == Purpose::Rows
            || TRACKINGS
                .iter()
                .flat_map(|group| group.iter())
                .all(|f| layout.columns.contains_key(f))
    }

    /// Whether a message can name it, where none fits.
    fn may_be_named(&self, layout: &Layout) -> bool {
        match self.purpose {
            Purpose::Rows => !layout.is_variant && layout.instead.is_none(),
            Purpose::Trackings => layout.kind == Kind::Trackings,
        }
    }

    /// Whether the layout is of files that are wanted. One of tracking numbers alone is known where
    /// rows are wanted, to say what it is for, if nothing else is in the file.
    fn is_for(&self, layout: &Layout) -> bool {
        self.purpose == Purpose::Trackings || layout.kind != Kind::Trackings
    }

    /// Which of two layouts that know as many columns is meant.
    fn rank(&self, layout: &Layout) -> bool {
        (self.purpose == Purpose::Trackings) != (layout.kind == Kind::Trackings)
    }

    /// Whether nothing says which of two layouts is meant: they know as many columns, and would read
    /// different ones, or read them differently.
    fn is_open(&self, first: &Fit<'_>, second: &Fit<'_>) -> bool {
        let alike =
            first.known == second.known && self.rank(first.layout) == self.rank(second.layout);
        let same = first.places == second.places && first.layout.dates == second.layout.dates;
        alike && !(self.purpose == Purpose::Trackings && same)
    }

    /// The groups of fields of which the header must have one each; ids may be waived.
    fn needs<'l>(&self, layout: &'l Layout) -> Vec<&'l [Field]> {
        if self.purpose == Purpose::Trackings {
            return TRACKINGS.to_vec();
        }
        let waived = |group: &[Field]| self.ids_optional && group.iter().all(|f| f.is_id());
        layout.needs.iter().map(Vec::as_slice).filter(|group| !waived(group)).collect()
    }
}

/// The layout that was asked for.
fn named<'a>(id: &str, wanted: &Wanted<'a>) -> Result<&'a Layout, IntakeError> {
    if let Some(layout) = wanted.layouts.iter().find(|layout| layout.id == id) {
        return Ok(layout);
    }
    if let Some(broken) = wanted.broken.iter().find(|broken| broken.id.as_deref() == Some(id)) {
        let BrokenLayout { file, message, .. } = broken.clone();
        return Err(IntakeError::BadLayout {
            id: id.to_owned(),
            message: format!("{file}: {message}"),
        });
    }
    let known = wanted.layouts.iter().map(|l| l.id.as_str()).collect::<Vec<_>>().join(", ");
    Err(IntakeError::NoSuchLayout { id: id.to_owned(), known })
}

fn needs_met(layout: &Layout, normals: &[String], wanted: &Wanted<'_>) -> bool {
    let has = |field: &Field| {
        layout
            .columns
            .get(field)
            .is_some_and(|names| names.iter().any(|n| normals.contains(&normal(n))))
    };
    marks_met(layout, normals) && wanted.needs(layout).iter().all(|group| group.iter().any(has))
}

fn marks_met(layout: &Layout, normals: &[String]) -> bool {
    layout.marks.iter().all(|mark| normals.contains(&normal(mark)))
}

/// Puts a layout's fields in their places.
fn place<'a>(
    layout: &'a Layout,
    line: u64,
    names: &[String],
    normals: &[String],
    wanted: &Wanted<'_>,
) -> Result<Fit<'a>, IntakeError> {
    let mut places = [None; Field::ALL.len()];
    for (field, aliases) in &layout.columns {
        let aliases: Vec<String> = aliases.iter().map(|a| normal(a)).collect();
        if layout.first_name_wins {
            let first = aliases.iter().find_map(|alias| normals.iter().position(|n| n == alias));
            places[*field as usize] = first;
            continue;
        }
        for (at, _) in normals.iter().enumerate().filter(|(_, n)| aliases.contains(n)) {
            if let Some(before) = places[*field as usize].replace(at) {
                return Err(IntakeError::TwoColumns {
                    name: wanted.name.to_owned(),
                    line,
                    first: names.get(before).cloned().unwrap_or_default(),
                    second: names.get(at).cloned().unwrap_or_default(),
                    means: field.word(),
                });
            }
        }
    }
    let marks = if marks_met(layout, normals) { &layout.marks[..] } else { &[] };
    let marks = marks.iter().filter_map(|mark| normals.iter().position(|n| *n == normal(mark)));
    let known: BTreeSet<usize> = places.iter().flatten().copied().chain(marks).collect();
    let known = known.len();
    Ok(Fit { layout, places, known })
}

/// Which of the needed columns are there and which are not.
fn lacking(fit: &Fit<'_>, names: &[String], normals: &[String], wanted: &Wanted<'_>) -> Lacking {
    let layout = fit.layout;
    let mut lacks = Lacking { layout: layout.id.clone(), found: Vec::new(), missing: Vec::new() };
    for group in wanted.needs(layout) {
        match group.iter().find_map(|field| fit.places[*field as usize]) {
            Some(at) => lacks.found.extend(names.get(at).cloned()),
            None => lacks.missing.push(layout.spelled(group)),
        }
    }
    for mark in &layout.marks {
        match normals.iter().position(|n| *n == normal(mark)) {
            Some(at) => lacks.found.extend(names.get(at).cloned()),
            None => lacks.missing.push(mark.clone()),
        }
    }
    lacks
}
