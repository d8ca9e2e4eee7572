//! The `insure` command: the clock, the environment and the terminal are read here, once.

use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use etcetera::BaseStrategy;

use insure::cli::{Cli, World, run};
use insure::error::{Error, is_closed_pipe, report};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(why) => {
            // Help goes to stdout with status 0, a wrong command line to stderr with status 2.
            let failed = why.use_stderr();
            let _ = why.print();
            return ExitCode::from(if failed { 2 } else { 0 });
        }
    };
    let now = now();
    let folders = etcetera::choose_base_strategy().ok();
    let stdout = io::stdout();
    let on_terminal = stdout.is_terminal();
    let mut out = BufWriter::with_capacity(1 << 16, stdout.lock());
    let mut err = io::stderr();
    let world = World {
        today: now.date_naive(),
        now: now.to_utc(),
        variable,
        default_ledger: folders.as_ref().map(|f| f.data_dir().join("insure").join("insure.db")),
        default_config: folders.as_ref().map(|f| f.config_dir().join("insure").join("config.toml")),
        font_folders: font_folders(folders.as_ref()),
        can_ask: io::stdin().is_terminal() && err.is_terminal(),
        stdout_width: on_terminal.then(width),
        stderr_is_terminal: err.is_terminal(),
        colour: on_terminal && wants_colour(),
        stdin: Box::new(io::stdin()),
        stdout: &mut out,
        stderr: &mut io::stderr(),
    };
    let result =
        run(cli, world).and_then(|exit| Ok(out.flush().map(|()| exit).map_err(Error::Output)?));
    match result {
        Ok(exit) => ExitCode::from(exit.code()),
        // Whoever read our output has what they wanted.
        Err(why) if is_closed_pipe(&why) => ExitCode::SUCCESS,
        Err(why) => {
            let _ = out.flush();
            let (text, exit) = report(&why);
            let _ = writeln!(err, "{text}");
            ExitCode::from(exit.code())
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "the one reading of the clock")]
fn now() -> chrono::DateTime<chrono::Local> {
    chrono::Local::now()
}

#[expect(clippy::disallowed_methods, reason = "what the configuration names, asked for by name")]
fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

#[expect(clippy::disallowed_methods, reason = "the one reading of NO_COLOR and TERM")]
fn wants_colour() -> bool {
    let no_colour = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
    !no_colour && !dumb
}

/// Where Linux, macOS and Windows keep fonts: the system's, then the user's.
fn font_folders(folders: Option<&impl BaseStrategy>) -> Vec<PathBuf> {
    let system: &[&str] = if cfg!(windows) {
        &[r"C:\Windows\Fonts"]
    } else if cfg!(target_os = "macos") {
        &["/System/Library/Fonts", "/Library/Fonts"]
    } else {
        &["/usr/share/fonts", "/usr/local/share/fonts"]
    };
    let own = folders.map(|folders| match cfg!(target_os = "macos") {
        true => folders.home_dir().join("Library/Fonts"),
        false => folders.data_dir().join("fonts"),
    });
    system.iter().map(PathBuf::from).chain(own).collect()
}

fn width() -> u16 {
    terminal_size::terminal_size().map_or(80, |(width, _)| width.0)
}
