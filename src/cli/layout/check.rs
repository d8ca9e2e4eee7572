//! `insure layout check`: whether a layout file is right, and if not, what is wrong with it.

use serde_json::{Map, Value, json};

use super::kind_word;
use crate::cli::Session;
use crate::cli::checked::{Content, check_files};
use crate::cli::view::Cells;
use crate::error::Exit;
use crate::intake::{LayoutInfo, check_layout};

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
    Ok(check_files(&args.files, session, |_, text, _| check_layout(text))?)
}

impl Content for LayoutInfo {
    const WHAT: &'static str = "layout";
    const COLUMNS: &'static [&'static str] = &["file", "ok", "layout", "line", "column", "message"];

    fn told(&self, file: &str) -> String {
        let (kind, columns) = (kind_word(self.kind), self.columns.len());
        format!("{file}: ok, {}, {kind}, {columns} columns\n", self.id)
    }

    fn fields(found: Option<&[LayoutInfo]>) -> Map<String, Value> {
        let ids = found.map(|all| all.iter().map(|layout| layout.id.as_str()).collect::<Vec<_>>());
        Map::from_iter([("layouts".to_owned(), json!(ids))])
    }

    fn cells(found: Option<&LayoutInfo>, out: &mut dyn Cells) {
        out.text_or_none(found.map(|layout| layout.id.as_str()));
    }

    fn id(&self) -> &str {
        &self.id
    }
}
