//! The folder of a benchmark: generated inputs, ledgers, outputs; and the programs it measures.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use tempfile::TempDir;

use crate::task::Task;

/// The day of the export, and of recording it.
pub(crate) const EXPORT_DAY: &str = "2026-11-21";

/// Where everything is.
pub(crate) struct Work {
    folder: PathBuf,
    /// Removed with all that is in it at the end.
    _temporary: Option<TempDir>,
    insure: PathBuf,
    generate: PathBuf,
    empty: Option<PathBuf>,
}

impl Work {
    /// Makes the folder and finds the release programs.
    pub(crate) fn new(keep: Option<&Path>) -> Result<Work> {
        if cfg!(debug_assertions) {
            bail!("this is a debug build: add --release to `cargo run --example bench`");
        }
        let own = env::current_exe()?;
        let examples = own.parent().unwrap_or(Path::new("."));
        let insure = examples.with_file_name("insure");
        let generate = examples.join("generate");
        for program in [&insure, &generate] {
            if !program.exists() {
                bail!(
                    "{} is not there\n\nhint: cargo build --release --bins --examples",
                    program.display()
                );
            }
        }
        let (folder, temporary) = match keep {
            Some(folder) => {
                fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
                (fs::canonicalize(folder)?, None)
            }
            None => {
                let temporary = TempDir::with_prefix("insure-bench-")?;
                (temporary.path().to_owned(), Some(temporary))
            }
        };
        let empty = empty_program(&folder);
        Ok(Work { folder, _temporary: temporary, insure, generate, empty })
    }

    /// The path of a file in the folder.
    pub(crate) fn file(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// The folder.
    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Some other program.
    pub(crate) fn program(&self, name: impl Into<PathBuf>) -> Task {
        Task::new(name, &self.folder)
    }

    /// The program that is measured.
    pub(crate) fn insure(&self) -> Task {
        self.program(&self.insure)
    }

    /// The program that is measured, on a ledger, on a day.
    pub(crate) fn on(&self, ledger: &Path, day: &str) -> Task {
        self.insure().words(&["--quiet", "--today", day, "--db"]).path(ledger)
    }

    /// A program that does nothing, where there is a compiler to make it.
    pub(crate) fn empty(&self) -> Option<Task> {
        self.empty.as_ref().map(|program| self.program(program))
    }

    /// Writes a generated file.
    pub(crate) fn generate(
        &self,
        name: &str,
        kind: &str,
        rows: u64,
        start: u64,
    ) -> Result<PathBuf> {
        let path = self.file(name);
        let (rows, start) = (rows.to_string(), start.to_string());
        let options = ["--day", EXPORT_DAY, "--rows", &rows, "--start", &start];
        eprintln!("  generating {name}");
        self.program(&self.generate).words(&[kind]).words(&options).writing(&path).run()?;
        Ok(path)
    }

    /// Removes a database and what SQLite keeps beside it, where they are.
    pub(crate) fn remove_database(&self, path: &Path) {
        for end in ["", "-wal", "-shm", "-journal"] {
            let mut name = path.as_os_str().to_owned();
            name.push(end);
            let _ = fs::remove_file(name);
        }
    }

    /// Writes out what is still on its way to the disk, so that no run pays for the one before.
    pub(crate) fn settle(&self) {
        let _ = Command::new("sync").status();
    }
}

/// The bytes of a file.
pub(crate) fn bytes(path: &Path) -> Result<u64> {
    Ok(fs::metadata(path).with_context(|| path.display().to_string())?.len())
}

/// Compiles a program that does nothing.
fn empty_program(folder: &Path) -> Option<PathBuf> {
    let source = folder.join("empty.rs");
    let program = folder.join("empty");
    fs::write(&source, "fn main() {}\n").ok()?;
    let mut compiler = Command::new("rustc");
    compiler.args(["-O", "--edition", "2024", "-o"]).arg(&program).arg(&source);
    compiler.status().ok()?.success().then_some(program)
}
