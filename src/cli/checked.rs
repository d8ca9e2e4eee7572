//! Files of one's own that are checked: what is in them, or everything that is wrong, line by line. Plans
//! and layouts are told in one way.

use serde_json::{Map, Value, json};

use super::Session;
use super::input::text_of;
use super::view::{Cells, Format, Layout, Row, Rows, document};
use crate::error::{Error, Exit};
use crate::plan::Fault;

/// What can be in such a file.
pub(super) trait Content: Sized {
    /// What the file is: `plan`.
    const WHAT: &'static str;
    /// The columns of a row: `file`, `ok`, its own, `line`, `column`, `message`, and any more.
    const COLUMNS: &'static [&'static str];
    /// One line or more that say what is in a file.
    fn told(&self, file: &str) -> String;
    /// What a document has of a file beside `file`, `ok` and `problems`; of one that is wrong too.
    fn fields(found: Option<&[Self]>) -> Map<String, Value>;
    /// The cells between `ok` and `line`; of a mistake too.
    fn cells(found: Option<&Self>, out: &mut dyn Cells);
    /// The cells behind `message`.
    fn cells_behind(_found: Option<&Self>, _out: &mut dyn Cells) {}
    /// What the next command knows it by.
    fn id(&self) -> &str;
}

/// A file and what came of it.
struct Checked<C> {
    file: String,
    found: Result<Vec<C>, Wrong>,
}

/// Why a file is none.
enum Wrong {
    Unreadable(String),
    Faults(Vec<Fault>),
}

/// Checks these files, `-` being standard input, and shows what came of each. If anything is wrong the
/// exit status is 2.
pub(super) fn check_files<C: Content>(
    files: &[String],
    session: &mut Session<'_>,
    mut check: impl FnMut(&str, &str, &Session<'_>) -> Result<Vec<C>, Vec<Fault>>,
) -> Result<Exit, Error> {
    let mut checked: Vec<Checked<C>> = Vec::with_capacity(files.len());
    for file in files {
        let found = match text_of(file, C::WHAT, session) {
            Ok(text) => check(file, &text, session).map_err(Wrong::Faults),
            Err(why) => Err(Wrong::Unreadable(why.to_string())),
        };
        checked.push(Checked { file: file.clone(), found });
    }
    let out = &mut *session.world.stdout;
    match session.format {
        Format::Table => {
            let mut is_after_mistakes = false;
            for checked in &checked {
                if is_after_mistakes {
                    out.write_all(b"\n")?;
                }
                out.write_all(checked.told().as_bytes())?;
                is_after_mistakes = checked.found.is_err();
            }
        }
        Format::Json => {
            let all: Vec<Value> = checked.iter().map(Checked::as_json).collect();
            document(Layout::Indented, out, &Value::Array(all))?;
        }
        Format::Ndjson => {
            for checked in &checked {
                document(Layout::Line, out, &checked.as_json())?;
            }
        }
        Format::Csv | Format::Ids => {
            let mut rows = Rows::new::<CheckRow<'_, C>>(session.format, out, session.paint);
            for row in checked.iter().flat_map(Checked::rows) {
                rows.push(&row)?;
            }
            rows.finish::<CheckRow<'_, C>>()?;
        }
    }
    Ok(if checked.iter().all(|checked| checked.found.is_ok()) { Exit::Done } else { Exit::Usage })
}

impl<C: Content> Checked<C> {
    fn told(&self) -> String {
        let file = &self.file;
        match &self.found {
            Ok(found) => found.iter().map(|one| one.told(file)).collect(),
            Err(Wrong::Unreadable(why)) => format!("{file}: cannot be read: {why}\n"),
            Err(Wrong::Faults(faults)) => {
                let what = match faults.len() {
                    1 => "1 mistake".to_owned(),
                    many => format!("{many} mistakes"),
                };
                let shown = faults.iter().map(|fault| format!("\n{fault}\n"));
                format!("{file}: {what}\n{}", shown.collect::<String>())
            }
        }
    }

    fn as_json(&self) -> Value {
        let problems = match &self.found {
            Ok(_) => json!([]),
            Err(Wrong::Unreadable(why)) => {
                json!([{ "line": null, "column": null, "message": why }])
            }
            Err(Wrong::Faults(faults)) => json!(faults),
        };
        let mut fields = Map::new();
        fields.insert("file".to_owned(), json!(self.file));
        fields.insert("ok".to_owned(), json!(self.found.is_ok()));
        fields.extend(C::fields(self.found.as_ref().ok().map(Vec::as_slice)));
        fields.insert("problems".to_owned(), problems);
        Value::Object(fields)
    }

    /// One row for each thing in it, otherwise one for each mistake.
    fn rows(&self) -> Vec<CheckRow<'_, C>> {
        let file = &self.file;
        let row = |found, at, message| CheckRow { file, found, at, message };
        match &self.found {
            Ok(found) => found.iter().map(|one| row(Some(one), None, None)).collect(),
            Err(Wrong::Unreadable(why)) => vec![row(None, None, Some(why.as_str()))],
            Err(Wrong::Faults(faults)) => faults
                .iter()
                .map(|f| row(None, Some((f.line, f.column)), Some(f.message.as_str())))
                .collect(),
        }
    }
}

struct CheckRow<'a, C> {
    file: &'a str,
    found: Option<&'a C>,
    at: Option<(usize, usize)>,
    message: Option<&'a str>,
}

impl<C: Content> Row for CheckRow<'_, C> {
    const COLUMNS: &'static [&'static str] = C::COLUMNS;

    fn cells(&self, out: &mut dyn Cells) {
        out.text(self.file);
        out.flag(self.found.is_some());
        C::cells(self.found, out);
        match self.at {
            Some((line, column)) => {
                out.number(line as u64);
                out.number(column as u64);
            }
            None => (0..2).for_each(|_| out.none()),
        }
        out.text_or_none(self.message);
        C::cells_behind(self.found, out);
    }

    fn id(&self) -> String {
        self.found.map(|found| found.id().to_owned()).unwrap_or_default()
    }
}
