//! The user's `config.toml`: a default plan, own plan files, figures in place of assumed ones.

use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::error::Error;
use crate::plan::{Catalog, Override};

/// What the configuration says, with the plans it leads to.
#[derive(Debug, Default)]
pub(super) struct Config {
    /// The plan used where none is named.
    pub(super) plan: Option<String>,
    /// The plans at hand.
    pub(super) catalog: Catalog,
}

/// What a configuration looks like, for one that cannot be read.
const EXAMPLE: &str = "\
it looks like this, figures and their values in quotes:
plan = \"tiktok-upic\"
[figures.tiktok-upic]
\"premium.rate\" = \"0.90\"";

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct File {
    plan: Option<String>,
    plans: Option<PathBuf>,
    #[serde(default)]
    figures: BTreeMap<String, BTreeMap<String, String>>,
}

impl Config {
    /// Reads the file that was named, or the usual one where it exists, and the plan files in the
    /// folder it names (`plans`, beside it by default).
    pub(super) fn read(named: Option<&Path>, usual: Option<&Path>) -> Result<Config, Error> {
        let Some(path) = named.or(usual) else {
            return Ok(Config::default());
        };
        let file = match fs::read_to_string(path) {
            Ok(text) => toml::from_str::<File>(&text).map_err(|why| Error::Usage {
                message: format!("{}: {}", path.display(), why.to_string().trim_end()),
                hint: Some(EXAMPLE.to_owned()),
            })?,
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
        Ok(Config { plan: file.plan, catalog: Catalog::new(own, overrides.collect()) })
    }
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
