//! `insure layout show`: what is read of a file, and as what.

use serde_json::{Value, json};

use super::kind_word;
use crate::cli::Session;
use crate::cli::view::{Cells, Row, Shape, document, folded, list};
use crate::error::{Error, Exit};
use crate::intake::{ColumnInfo, LayoutInfo};

/// Show a layout: the columns it reads, and as what; or its file, to start one of your own from.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  insure layout show shopify
  insure layout show shopify --toml > my-shop.toml")]
pub(in crate::cli) struct Args {
    /// The layout
    #[arg(value_name = "ID")]
    id: String,
    /// Its file as it is
    #[arg(long)]
    toml: bool,
}

pub(super) fn run(args: &Args, session: &mut Session<'_>) -> anyhow::Result<Exit> {
    let (layouts, broken) = session.config.layouts.list().map_err(Error::from)?;
    let Some(layout) = layouts.iter().find(|layout| layout.id == args.id) else {
        if let Some(broken) = broken.iter().find(|one| one.id.as_deref() == Some(&args.id)) {
            return Err(Error::Usage {
                message: format!("{}: {}", broken.file, broken.message),
                hint: None,
            }
            .into());
        }
        let known: Vec<&str> = layouts.iter().map(|layout| layout.id.as_str()).collect();
        return Err(Error::NotFound {
            message: format!("there is no layout `{}`, there are: {}", args.id, known.join(", ")),
            hint: None,
        }
        .into());
    };
    let text = session.config.layouts.text_of(layout).unwrap_or_default().to_owned();
    if args.toml {
        session.world.stdout.write_all(text.as_bytes())?;
        return Ok(Exit::Done);
    }
    match session.format.shape() {
        Shape::Sheet => {
            let width = session.paint.width;
            let mut sheet =
                format!("{}\n", session.paint.heading(&format!("{}  {}", layout.id, layout.name)));
            let about = layout.about.as_deref().unwrap_or_default();
            let about = about.split_whitespace().collect::<Vec<_>>().join(" ");
            for text in [about.as_str(), layout.instead.as_deref().unwrap_or_default()] {
                if !text.is_empty() {
                    sheet.push_str(&folded(text, 0, width));
                }
            }
            sheet.push('\n');
            session.world.stdout.write_all(sheet.as_bytes())?;
            rows(layout, session)?;
        }
        Shape::Document(shape) => {
            document(shape, session.world.stdout, &as_json(layout, &text))?;
        }
        Shape::Csv => rows(layout, session)?,
        Shape::Ids => writeln!(session.world.stdout, "{}", layout.id)?,
    }
    Ok(Exit::Done)
}

fn rows(layout: &LayoutInfo, session: &mut Session<'_>) -> anyhow::Result<()> {
    let rows = layout.columns.iter().map(|column| ColumnRow { layout, column });
    list(session.format, session.world.stdout, session.paint, rows)?;
    Ok(())
}

fn as_json(layout: &LayoutInfo, text: &str) -> Value {
    let column =
        |c: &ColumnInfo| json!({ "field": c.field, "names": c.names, "meaning": c.meaning });
    json!({
        "layout": layout.id,
        "name": layout.name,
        "kind": kind_word(layout.kind),
        "about": layout.about,
        "instead": layout.instead,
        "columns": layout.columns.iter().map(column).collect::<Vec<_>>(),
        "file": layout.own_file,
        "toml": text,
    })
}

struct ColumnRow<'a> {
    layout: &'a LayoutInfo,
    column: &'a ColumnInfo,
}

impl Row for ColumnRow<'_> {
    const COLUMNS: &'static [&'static str] = &["layout", "names", "field", "meaning"];
    const TABLE: Option<&'static [usize]> = Some(&[1, 2, 3]);

    fn cells(&self, out: &mut dyn Cells) {
        out.text(&self.layout.id);
        out.list(&self.column.names);
        out.text(self.column.field);
        out.text(self.column.meaning);
    }

    fn id(&self) -> String {
        self.layout.id.clone()
    }
}
