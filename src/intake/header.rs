//! From a header line to a layout and its columns, by name and once: rows are then read by place.

use super::error::{IntakeError, Lacking};
use super::layout::{Field, Layout, normal};
use super::table::Row;

/// A layout with the places of its columns in one file.
pub(super) struct Header {
    pub(super) layout: Layout,
    /// The header's line.
    pub(super) line: u64,
    /// The header's names as written, trimmed.
    pub(super) names: Vec<String>,
    places: [Option<usize>; Field::ALL.len()],
}

/// How a file's header is to be read.
pub(super) struct Wanted<'a> {
    /// The file, for messages.
    pub(super) name: &'a str,
    /// The layout asked for, if one was.
    pub(super) layout: Option<&'a str>,
    /// Whether rows may go without any id (a plain list of values).
    pub(super) ids_optional: bool,
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
                String::from_utf8_lossy(row.cell(place)).trim_start_matches('\u{feff}') == name
            })
    }
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
    let layouts = Layout::built_in()?;

    if let Some(id) = wanted.layout {
        let known = layouts.iter().map(|l| l.id.as_str()).collect::<Vec<_>>().join(", ");
        let Some(layout) = layouts.into_iter().find(|l| l.id == id) else {
            return Err(IntakeError::NoSuchLayout { id: id.to_owned(), known });
        };
        let header = place(layout, line, names, &normals, wanted)?;
        return match lacking(&header, wanted).missing.into_iter().next() {
            Some(column) => Err(IntakeError::MissingColumn {
                name: name(),
                line,
                layout: id.to_owned(),
                column: format!("`{column}`"),
            }),
            None => Ok(header),
        };
    }

    let mut fitting: Vec<Header> = Vec::new();
    let mut nearest = Vec::new();
    for layout in layouts {
        // Two columns of one meaning matter only in the layout that is chosen.
        let header = match place(layout.clone(), line, names.clone(), &normals, wanted) {
            Ok(header) => header,
            Err(twice) if needs_met(&layout, &normals, wanted) => return Err(twice),
            Err(_) => continue,
        };
        let lacks = lacking(&header, wanted);
        if lacks.missing.is_empty() {
            fitting.push(header);
        } else {
            nearest.push(lacks);
        }
    }
    // The layout that knows most of the header's columns reads most of the file.
    let known = |header: &Header| header.places.iter().flatten().count();
    fitting.sort_by_key(|header| std::cmp::Reverse(known(header)));
    let mut fitting = fitting.into_iter();
    match (fitting.next(), fitting.next()) {
        (None, _) => {
            nearest.sort_by_key(|l| l.missing.len() * 100 / (l.missing.len() + l.found.len()));
            if nearest.iter().any(|lacks| !lacks.found.is_empty()) {
                nearest.retain(|lacks| !lacks.found.is_empty());
            }
            Err(IntakeError::UnknownLayout { name: name(), line, nearest, found: names })
        }
        (Some(first), Some(second)) if known(&first) == known(&second) => {
            Err(IntakeError::TwoLayouts {
                name: name(),
                line,
                first: first.layout.id,
                second: second.layout.id,
            })
        }
        (Some(first), _) => Ok(first),
    }
}

/// Whether a group of needed fields counts: ids may be waived.
fn counts(group: &[Field], wanted: &Wanted<'_>) -> bool {
    !(wanted.ids_optional && group.iter().all(|field| field.is_id()))
}

fn needs_met(layout: &Layout, normals: &[String], wanted: &Wanted<'_>) -> bool {
    let has = |field: &Field| {
        layout
            .columns
            .get(field)
            .is_some_and(|names| names.iter().any(|n| normals.contains(&normal(n))))
    };
    layout.needs.iter().filter(|group| counts(group, wanted)).all(|group| group.iter().any(has))
}

/// Puts a layout's fields in their places.
fn place(
    layout: Layout,
    line: u64,
    names: Vec<String>,
    normals: &[String],
    wanted: &Wanted<'_>,
) -> Result<Header, IntakeError> {
    let mut places = [None; Field::ALL.len()];
    for (field, aliases) in &layout.columns {
        let aliases: Vec<String> = aliases.iter().map(|a| normal(a)).collect();
        for (at, _) in normals.iter().enumerate().filter(|(_, n)| aliases.contains(n)) {
            if let Some(before) = places[*field as usize].replace(at) {
                return Err(IntakeError::TwoColumns {
                    name: wanted.name.to_owned(),
                    line,
                    first: names[before].clone(),
                    second: names[at].clone(),
                    means: field.word(),
                });
            }
        }
    }
    Ok(Header { layout, line, names, places })
}

/// Which of the needed columns are there and which are not.
fn lacking(header: &Header, wanted: &Wanted<'_>) -> Lacking {
    let layout = &header.layout;
    let mut lacks = Lacking { layout: layout.id.clone(), found: Vec::new(), missing: Vec::new() };
    for group in layout.needs.iter().filter(|group| counts(group, wanted)) {
        match group.iter().find_map(|field| header.place(*field)) {
            Some(at) => lacks.found.push(header.names[at].clone()),
            None => lacks.missing.push(layout.spelled(group)),
        }
    }
    lacks
}
