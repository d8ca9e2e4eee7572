//! `insure layout check`: whether a layout file is right, and if not, what is wrong with it.

use serde_json::{Value, json};

use super::kind_word;
use crate::cli::Session;
use crate::cli::input::text_of;
use crate::cli::view::{Cells, Format, Layout, Row, Rows, document};
use crate::error::Exit;
use crate::intake::{LayoutInfo, check_layout};
use crate::plan::Fault;

/// Check layout files: what is in them, or what is wrong, line by line.
///
/// If anything is wrong the exit status is 2.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  insure layout check my-shop.toml
  insure layout check --format csv layouts/*.toml")]
pub(in crate::cli) struct Args {
    /// The files; - is standard input
    #[arg(value_name = "FILE", required = true)]
    files: Vec<String>,
}

pub(super) fn run(args: &Args, session: &mut Session<'_>) -> anyhow::Result<Exit> {
    let mut checked = Vec::new();
    for file in &args.files {
        let layouts = match text_of(file, "layout", session) {
            Ok(text) => check_layout(&text).map_err(Wrong::Faults),
            Err(why) => Err(Wrong::Unreadable(why.to_string())),
        };
        checked.push(Checked { file: file.clone(), layouts });
    }
    let out = &mut *session.world.stdout;
    match session.format {
        Format::Table => {
            for checked in &checked {
                out.write_all(checked.told().as_bytes())?;
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
            let mut rows = Rows::new::<CheckRow<'_>>(session.format, out, session.paint);
            for row in checked.iter().flat_map(Checked::rows) {
                rows.push(&row)?;
            }
            rows.finish::<CheckRow<'_>>()?;
        }
    }
    Ok(if checked.iter().all(|checked| checked.layouts.is_ok()) { Exit::Done } else { Exit::Usage })
}

/// A file and what came of it.
struct Checked {
    file: String,
    layouts: Result<Vec<LayoutInfo>, Wrong>,
}

/// Why a file is no layout.
enum Wrong {
    Unreadable(String),
    Faults(Vec<Fault>),
}

impl Checked {
    fn told(&self) -> String {
        let file = &self.file;
        match &self.layouts {
            Ok(layouts) => {
                let each = layouts.iter().map(|layout| {
                    let (kind, columns) = (kind_word(layout.kind), layout.columns.len());
                    format!("{file}: ok, {}, {kind}, {columns} columns\n", layout.id)
                });
                each.collect()
            }
            Err(Wrong::Unreadable(why)) => format!("{file}: {why}\n"),
            Err(Wrong::Faults(faults)) => {
                let each = faults.iter().map(|fault| format!("{file}: {fault}\n"));
                each.collect::<Vec<_>>().join("\n")
            }
        }
    }

    fn as_json(&self) -> Value {
        let ids = self.layouts.as_ref().ok();
        let ids = ids.map(|all| all.iter().map(|layout| layout.id.clone()).collect::<Vec<_>>());
        let problems = match &self.layouts {
            Ok(_) => json!([]),
            Err(Wrong::Unreadable(why)) => {
                json!([{ "line": null, "column": null, "message": why }])
            }
            Err(Wrong::Faults(faults)) => json!(faults),
        };
        json!({
            "file": self.file,
            "ok": self.layouts.is_ok(),
            "layouts": ids,
            "problems": problems,
        })
    }

    /// One row for each layout in it, otherwise one for each mistake.
    fn rows(&self) -> Vec<CheckRow<'_>> {
        let file = &self.file;
        let row = |layout, at, message| CheckRow { file, layout, at, message };
        match &self.layouts {
            Ok(layouts) => layouts.iter().map(|one| row(Some(one), None, None)).collect(),
            Err(Wrong::Unreadable(why)) => vec![row(None, None, Some(why.as_str()))],
            Err(Wrong::Faults(faults)) => faults
                .iter()
                .map(|f| row(None, Some((f.line, f.column)), Some(f.message.as_str())))
                .collect(),
        }
    }
}

struct CheckRow<'a> {
    file: &'a str,
    layout: Option<&'a LayoutInfo>,
    at: Option<(usize, usize)>,
    message: Option<&'a str>,
}

impl Row for CheckRow<'_> {
    const COLUMNS: &'static [&'static str] = &["file", "ok", "layout", "line", "column", "message"];

    fn cells(&self, out: &mut dyn Cells) {
        out.text(self.file);
        out.flag(self.layout.is_some());
        out.text_or_none(self.layout.map(|layout| layout.id.as_str()));
        match self.at {
            Some((line, column)) => {
                out.number(line as u64);
                out.number(column as u64);
            }
            None => (0..2).for_each(|_| out.none()),
        }
        out.text_or_none(self.message);
    }

    fn id(&self) -> String {
        self.layout.map(|layout| layout.id.clone()).unwrap_or_default()
    }
}
