//! One program to run, and what a run of it costs.

use std::ffi::OsString;
use std::fs::{self, File};
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::figures::Run;

/// How often the memory of a running program is looked at. The kernel keeps the high-water mark,
/// so only what it reaches in its last moments can be missed.
const LOOK: Duration = Duration::from_millis(5);

/// What a clock tick in the kernel's process statistics is, on every Linux architecture that Rust
/// has: 1/100 second.
const TICK: Duration = Duration::from_millis(10);

/// A program with its arguments, and where its streams go.
#[derive(Clone)]
pub(crate) struct Task {
    program: PathBuf,
    arguments: Vec<OsString>,
    home: PathBuf,
    stdin: Option<PathBuf>,
    stdout: Option<PathBuf>,
    accepted: &'static [i32],
}

impl Task {
    /// A program that reads nothing, writes to nowhere and must succeed. `home` stands in for the
    /// user's home folder: nobody's configuration of any of the programs has a say.
    pub(crate) fn new(program: impl Into<PathBuf>, home: &Path) -> Task {
        Task {
            program: program.into(),
            arguments: Vec::new(),
            home: home.to_owned(),
            stdin: None,
            stdout: None,
            accepted: &[0],
        }
    }

    /// Adds words of the command line.
    pub(crate) fn words(mut self, words: &[&str]) -> Task {
        self.arguments.extend(words.iter().map(OsString::from));
        self
    }

    /// Adds a path to the command line.
    pub(crate) fn path(mut self, path: &Path) -> Task {
        self.arguments.push(path.into());
        self
    }

    /// Gives it a file to read.
    pub(crate) fn reading(mut self, path: &Path) -> Task {
        self.stdin = Some(path.to_owned());
        self
    }

    /// Sends what it writes to a file.
    pub(crate) fn writing(mut self, path: &Path) -> Task {
        self.stdout = Some(path.to_owned());
        self
    }

    /// Names the exit statuses that are no failure.
    pub(crate) fn accepting(mut self, statuses: &'static [i32]) -> Task {
        self.accepted = statuses;
        self
    }

    /// Runs it and measures time and memory.
    pub(crate) fn run(&self) -> Result<Run> {
        let mut command = self.command()?;
        let spent_before = children_cpu();
        let begun = Instant::now();
        let mut child = command.spawn().with_context(|| self.to_string())?;
        let ended = AtomicBool::new(false);
        let (status, wall, peak) = thread::scope(|scope| {
            let watch = File::open(format!("/proc/{}/status", child.id())).ok();
            let ended = &ended;
            let watcher = watch.map(|file| scope.spawn(move || peak_until(&file, ended)));
            let status = child.wait();
            let wall = begun.elapsed();
            ended.store(true, Ordering::Relaxed);
            let peak = watcher.and_then(|watcher| watcher.join().ok()).flatten();
            (status, wall, peak)
        });
        self.check(status.with_context(|| self.to_string())?)?;
        let cpu = match (spent_before, children_cpu()) {
            (Some(before), Some(after)) => Some(after.saturating_sub(before)),
            _ => None,
        };
        Ok(Run { wall, cpu, peak })
    }

    /// Runs it and measures nothing but its time: nothing else wakes up meanwhile.
    pub(crate) fn start(&self) -> Result<Run> {
        let mut command = self.command()?;
        let begun = Instant::now();
        let status = command.status().with_context(|| self.to_string())?;
        let wall = begun.elapsed();
        self.check(status)?;
        Ok(Run { wall, cpu: None, peak: None })
    }

    /// Runs it for what it writes.
    pub(crate) fn output(&self) -> Result<String> {
        let mut command = self.command()?;
        command.stdout(Stdio::piped()).stderr(Stdio::inherit());
        let output = command.output().with_context(|| self.to_string())?;
        self.check(output.status)?;
        String::from_utf8(output.stdout).with_context(|| self.to_string())
    }

    /// The command, ready to start.
    fn command(&self) -> Result<Command> {
        let mut command = Command::new(&self.program);
        command.args(&self.arguments).env("LC_ALL", "C").env("HOME", &self.home);
        for folder in ["XDG_CONFIG_HOME", "XDG_DATA_HOME"] {
            command.env(folder, &self.home);
        }
        for setting in ["INSURE_DB", "INSURE_TODAY", "INSURE_CONFIG"] {
            command.env_remove(setting);
        }
        command.stdin(match &self.stdin {
            Some(path) => File::open(path).with_context(|| path.display().to_string())?.into(),
            None => Stdio::null(),
        });
        command.stdout(match &self.stdout {
            Some(path) => File::create(path).with_context(|| path.display().to_string())?.into(),
            None => Stdio::null(),
        });
        Ok(command)
    }

    /// Refuses a status that means failure: a wrong result has no speed.
    fn check(&self, status: ExitStatus) -> Result<()> {
        if !status.code().is_some_and(|code| self.accepted.contains(&code)) {
            bail!("{self}: {status}");
        }
        Ok(())
    }
}

impl std::fmt::Display for Task {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.program.display())?;
        self.arguments.iter().try_for_each(|word| write!(f, " {}", word.display()))
    }
}

/// The high-water mark of a process's memory in bytes, looked at until it has ended.
fn peak_until(status: &File, ended: &AtomicBool) -> Option<u64> {
    let mut peak = None;
    let mut text = [0; 4096];
    while !ended.load(Ordering::Relaxed) {
        let length = status.read_at(&mut text, 0).unwrap_or(0);
        let kibibytes = String::from_utf8_lossy(&text[..length])
            .lines()
            .find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB")?.parse().ok());
        peak = peak.max(kibibytes.map(|count: u64| count * 1024));
        thread::sleep(LOOK);
    }
    peak
}

/// The processor time of all children that have ended so far.
fn children_cpu() -> Option<Duration> {
    let stat = fs::read_to_string("/proc/self/stat").ok()?;
    // The name, in brackets, may hold anything; after it come fields 3, 4, ...
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks = |field: usize| -> Option<u32> { fields.get(field - 3)?.parse().ok() };
    Some(TICK * (ticks(16)? + ticks(17)?))
}
