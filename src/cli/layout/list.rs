//! `insure layout list`: which files can be read.

use super::kind_word;
use crate::cli::Session;
use crate::cli::view::{Cells, Row, list};
use crate::error::{Error, Exit};
use crate::intake::LayoutInfo;

/// List the layouts: the built-in ones and those in your layout folder.
///
/// If a layout file cannot be read the others are listed, and the exit status is 2.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Args {}

pub(super) fn run(session: &mut Session<'_>) -> anyhow::Result<Exit> {
    let (layouts, broken) = session.config.layouts.list().map_err(Error::from)?;
    let rows = layouts.iter().map(LayoutRow);
    list(session.format, session.world.stdout, session.paint, rows)?;
    // What is missing is said even with --quiet: these are not all.
    session.world.stdout.flush()?;
    for broken in &broken {
        writeln!(session.world.stderr, "not listed: {}: {}", broken.file, broken.message)?;
    }
    Ok(if broken.is_empty() { Exit::Done } else { Exit::Usage })
}

struct LayoutRow<'a>(&'a LayoutInfo);

impl Row for LayoutRow<'_> {
    const COLUMNS: &'static [&'static str] = &["layout", "name", "kind", "columns", "file"];

    fn cells(&self, out: &mut dyn Cells) {
        let layout = self.0;
        out.text(&layout.id);
        out.text(&layout.name);
        out.text(kind_word(layout.kind));
        out.number(layout.columns.len() as u64);
        out.text(layout.own_file.as_deref().unwrap_or("built in"));
    }

    fn id(&self) -> String {
        self.0.id.clone()
    }
}
