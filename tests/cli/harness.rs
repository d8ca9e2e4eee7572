//! The stage of every story: a home of its own, one command line after the other, and all that it
//! prints compared as it stands.
//!
//! ```ignore
//! let home = Home::new();
//! home.insure("quote --value 450").stdout("Package value  450.00 USD").run();
//! ```
//! What is not stated is expected not to be: nothing on stdout, nothing on stderr, status 0.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use tempfile::TempDir;

/// The program under test.
pub(crate) const INSURE: &str = env!("CARGO_BIN_EXE_insure");

/// The day every story happens on unless its command line says `--today`.
pub(crate) const TODAY: &str = "2026-11-22";

/// A user's home: an empty folder in which commands run, with the ledger `insure.db`.
pub(crate) struct Home {
    folder: TempDir,
}

impl Home {
    /// An empty one.
    pub(crate) fn new() -> Home {
        Home { folder: TempDir::new().unwrap() }
    }

    /// A file in it.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a file, its folder as well.
    pub(crate) fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }

    /// Writes a file from lines that are indented like the test.
    pub(crate) fn write_lines(&self, name: &str, lines: &str) {
        self.write(name, unindent(lines));
    }

    /// Reads a file.
    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    /// Copies one of `tests/fixtures/`.
    pub(crate) fn fixture(&self, name: &str) {
        self.copy(&Path::new("tests/fixtures").join(name), name);
    }

    /// Copies one of `examples/`.
    pub(crate) fn example(&self, name: &str) {
        self.copy(&Path::new("examples").join(name), name);
    }

    fn copy(&self, from: &Path, name: &str) {
        fs::copy(Path::new(env!("CARGO_MANIFEST_DIR")).join(from), self.path(name)).unwrap();
    }

    /// `insure` with these arguments, written as in a shell; quotes hold words together.
    pub(crate) fn insure(&self, line: &str) -> Told<'_> {
        let mut command = self.command(Path::new(INSURE));
        command.args(words(line));
        Told::new(self, command, line)
    }

    /// A script for `sh`, in which `insure` is the program under test.
    pub(crate) fn shell(&self, script: &str) -> Told<'_> {
        let mut command = self.command(Path::new("sh"));
        command.args(["-c", &format!("insure() {{ '{INSURE}' \"$@\"; }}\n{script}")]);
        Told::new(self, command, script)
    }

    /// Any program in this home, with nothing of the environment but what it needs.
    pub(crate) fn command(&self, program: &Path) -> Command {
        let mut command = Command::new(program);
        command
            .env_clear()
            .env("PATH", "/usr/local/bin:/usr/bin:/bin")
            .env("HOME", self.folder.path())
            .env("INSURE_DB", self.path("insure.db"))
            .env("INSURE_TODAY", TODAY)
            .current_dir(self.folder.path());
        command
    }
}

/// One command line, what it is given, and all that it is expected to say.
#[must_use = "nothing happens before run()"]
pub(crate) struct Told<'h> {
    home: &'h Home,
    line: String,
    command: Command,
    stdin: Vec<u8>,
    stdout: String,
    stderr: String,
    status: i32,
}

impl<'h> Told<'h> {
    fn new(home: &'h Home, command: Command, line: &str) -> Told<'h> {
        let (stdout, stderr) = (String::new(), String::new());
        Told { home, line: line.to_owned(), command, stdin: Vec::new(), stdout, stderr, status: 0 }
    }

    /// Bytes that come through a pipe.
    pub(crate) fn piped(mut self, bytes: &[u8]) -> Self {
        self.stdin = bytes.to_vec();
        self
    }

    /// Typed into it.
    pub(crate) fn stdin(mut self, text: &str) -> Self {
        self.stdin = unindent(text).into_bytes();
        self
    }

    /// All of stdout.
    pub(crate) fn stdout(mut self, text: &str) -> Self {
        self.stdout = unindent(text);
        self
    }

    /// All of stderr.
    pub(crate) fn stderr(mut self, text: &str) -> Self {
        self.stderr = unindent(text);
        self
    }

    /// The exit status.
    pub(crate) fn status(mut self, status: i32) -> Self {
        self.status = status;
        self
    }

    /// Runs it and compares everything.
    #[track_caller]
    pub(crate) fn run(mut self) {
        let said = self.output();
        let home = self.home.folder.path().display().to_string();
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).replace(&home, "[HOME]");
        let (stdout, stderr) = (text(&said.stdout), text(&said.stderr));
        let same = stdout == self.stdout
            && stderr == self.stderr
            && said.status.code() == Some(self.status);
        assert!(
            same,
            "\n$ {}\n--- stdout\n{stdout}--- stderr\n{stderr}--- {}\n\n=== expected stdout\n{}=== expected stderr\n{}=== expected status {}\n",
            self.line, said.status, self.stdout, self.stderr, self.status
        );
    }

    /// Runs it and gives what it wrote to stdout, for tests that look for something in much.
    #[track_caller]
    pub(crate) fn output_text(mut self) -> String {
        let said = self.output();
        let stderr = String::from_utf8_lossy(&said.stderr);
        assert_eq!(said.status.code(), Some(self.status), "$ {}\n{stderr}", self.line);
        String::from_utf8(said.stdout).unwrap()
    }

    /// Runs it and gives all that came of it.
    pub(crate) fn output(&mut self) -> Output {
        let mut child = self.spawn();
        let mut stdin = child.stdin.take().unwrap();
        let bytes = std::mem::take(&mut self.stdin);
        let typing = std::thread::spawn(move || {
            // Nobody has to read to the end what is typed.
            let _ = stdin.write_all(&bytes);
        });
        let said = child.wait_with_output().unwrap();
        typing.join().unwrap();
        said
    }

    /// Starts it and lets it run.
    pub(crate) fn spawn(&mut self) -> Child {
        self.command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        self.command.spawn().unwrap()
    }
}

/// What a test needs of the machine is not there: says so, and fails where it has to be.
#[expect(clippy::disallowed_methods, reason = "INSURE_TEST_REQUIRE_TOOLS belongs to the tests")]
pub(crate) fn skip(why: &str) {
    assert!(std::env::var_os("INSURE_TEST_REQUIRE_TOOLS").is_none(), "may not be skipped: {why}");
    eprintln!("skipped: {why}");
}

/// Text without the indentation it has in the test, without the first, empty line.
pub(crate) fn unindent(text: &str) -> String {
    let text = text.strip_prefix('\n').unwrap_or(text);
    let filled = text.lines().filter(|line| !line.trim().is_empty());
    let indent = filled.map(|line| line.len() - line.trim_start_matches(' ').len()).min();
    let lines = text.trim_end_matches(' ').split('\n');
    let lines = lines.map(|line| line.get(indent.unwrap_or(0)..).unwrap_or(""));
    lines.collect::<Vec<_>>().join("\n")
}

fn words(line: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quoted = false;
    for c in line.chars() {
        match c {
            '\'' => quoted = !quoted,
            ' ' if !quoted => words.push(String::new()),
            c => words.last_mut().unwrap().push(c),
        }
    }
    words
}
