//! The user's `config.toml`: a default plan, own plan files, figures in place of assumed ones,
//! rates of exchange.

use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::ops::Range;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use toml::Spanned;

use crate::calendar::{Day, toml_day};
use crate::error::Error;
use crate::exchange::Exchange;
use crate::money::Currency;
use crate::plan::{Catalog, Override};

/// What the configuration says, with the plans it leads to.
#[derive(Debug, Default)]
pub(super) struct Config {
    /// The plan used where none is named.
    pub(super) plan: Option<String>,
    /// The plans at hand.
    pub(super) catalog: Catalog,
    /// Dated rates of exchange.
    pub(super) rates: Vec<Exchange>,
}

/// What a configuration looks like, for one that cannot be read.
const EXAMPLE: &str = "\
it looks like this, figures and their values in quotes:
plan = \"tiktok-upic\"
[figures.tiktok-upic]
\"premium.rate\" = \"0.90\"
[[fx]]
from = \"EUR\"
to = \"USD\"
rate = \"1.0850\"
on = 2026-11-20
source = \"ECB reference rate\"";

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct File {
    plan: Option<String>,
    plans: Option<PathBuf>,
    #[serde(default)]
    figures: BTreeMap<String, BTreeMap<String, String>>,
    #[serde(default)]
    fx: Vec<Spanned<Dated>>,
}

/// What one unit of `from` was in `to` on a day.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Dated {
    from: Currency,
    to: Spanned<Currency>,
    rate: Spanned<String>,
    #[serde(deserialize_with = "toml_day")]
    on: Day,
    source: Spanned<String>,
}

impl Config {
    /// Reads the file that was named, or the usual one where it exists, and the plan files in the
    /// folder it names (`plans`, beside it by default).
    pub(super) fn read(named: Option<&Path>, usual: Option<&Path>) -> Result<Config, Error> {
        let Some(path) = named.or(usual) else {
            return Ok(Config::default());
        };
        let mut rates = Vec::new();
        let file = match fs::read_to_string(path) {
            Ok(text) => {
                let wrong = |message: String| Error::Usage {
                    message: format!("{}: {}", path.display(), message.trim_end()),
                    hint: Some(EXAMPLE.to_owned()),
                };
                let file = toml::from_str::<File>(&text).map_err(|why| wrong(why.to_string()))?;
                rates = dated(&file.fx, &text).map_err(wrong)?;
                file
            }
            Err(why) if why.kind() == ErrorKind::NotFound && named.is_none() => File::default(),
            Err(why) => return Err(Error::file(path, why)),
        };
        let beside = path.parent().unwrap_or(Path::new("."));
        let own = match &file.plans {
            Some(folder) => own_plans(&beside.join(folder), true)?,
            None => own_plans(&beside.join("plans"), false)?,
        };
        let overrides = file.figures.into_iter().map(|(plan, figures)| {
            let figures = figures.into_iter().map(|(figure, value)| Override { figure, value });
            (plan, figures.collect())
        });
        let catalog = Catalog::new(own, overrides.collect());
        Ok(Config { plan: file.plan, catalog, rates })
    }
}

/// The table of rates, every entry checked by itself and against those before it.
fn dated(table: &[Spanned<Dated>], text: &str) -> Result<Vec<Exchange>, String> {
    let mut rates: Vec<Exchange> = Vec::with_capacity(table.len());
    for entry in table {
        let Dated { from, to, rate, on, source } = entry.get_ref();
        let exchange = Exchange {
            from: *from,
            to: *to.get_ref(),
            rate: Exchange::parse_rate(rate.get_ref())
                .map_err(|why| pointed(text, rate.span(), &why))?,
            on: *on,
            source: source.get_ref().trim().to_owned(),
        };
        if exchange.from == exchange.to {
            let why = format!("expected another currency than {from}, which needs no rate");
            return Err(pointed(text, to.span(), &why));
        }
        if exchange.source.is_empty() {
            return Err(pointed(text, source.span(), "expected where the rate comes from"));
        }
        let same = |known: &Exchange| (known.from, known.to, known.on) == (*from, exchange.to, *on);
        if let Some(first) = rates.iter().position(same) {
            let first = table.get(first).map_or(0, |first| line_of(text, first.span().start));
            let why = format!(
                "{from} in {} on {on} stands on line {first} already, expected one rate a day",
                exchange.to
            );
            return Err(pointed(text, entry.span(), &why));
        }
        rates.push(exchange);
    }
    Ok(rates)
}

/// What is wrong, below the line it is in, as the TOML parser itself shows it.
fn pointed(text: &str, span: Range<usize>, why: &str) -> String {
    let start = text.get(..span.start).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1);
    let line = text.get(start..).and_then(|rest| rest.lines().next()).unwrap_or_default();
    let column = text.get(start..span.start).map_or(0, |before| before.chars().count());
    let width = text.get(span).and_then(|marked| marked.lines().next());
    let marks = "^".repeat(width.map_or(1, |marked| marked.chars().count().max(1)));
    let number = line_of(text, start).to_string();
    let margin = " ".repeat(number.len());
    format!(
        "TOML parse error at line {number}, column {}\n{margin} |\n{number} | {line}\n{margin} | {}{marks}\n{why}",
        column + 1,
        " ".repeat(column)
    )
}

/// The number of the line a byte stands in.
fn line_of(text: &str, at: usize) -> usize {
    text.bytes().take(at).filter(|byte| *byte == b'\n').count() + 1
}

/// The `.toml` files of a folder in order of their names.
fn own_plans(folder: &Path, must_exist: bool) -> Result<Vec<(String, String)>, Error> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(why) if why.kind() == ErrorKind::NotFound && !must_exist => return Ok(Vec::new()),
        Err(why) => return Err(Error::file(folder, why)),
    };
    let mut paths = Vec::new();
    for entry in entries {
        let path = entry.map_err(|why| Error::file(folder, why))?.path();
        if path.extension().is_some_and(|extension| extension == "toml") {
            paths.push(path);
        }
    }
    paths.sort();
    paths
        .into_iter()
        .map(|path| match fs::read_to_string(&path) {
            Ok(text) => Ok((path.display().to_string(), text)),
            Err(why) => Err(Error::file(path, why)),
        })
        .collect()
}
