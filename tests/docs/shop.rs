//! A new user's machine: an empty home, the examples, `insure` on the path, and nothing else.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

use crate::root;

/// A folder to work in; it goes away with the test.
pub struct Shop {
    temp: TempDir,
}

/// Between the outputs of two commands.
const MARK: &str = "@@ end of command";

impl Shop {
    pub fn new() -> Shop {
        let shop = Shop { temp: TempDir::new().unwrap() };
        for folder in ["home", "work/examples"] {
            fs::create_dir_all(shop.temp.path().join(folder)).unwrap();
        }
        for entry in fs::read_dir(root().join("examples")).unwrap() {
            let path = entry.unwrap().path();
            if path.is_file() {
                fs::copy(&path, shop.work().join("examples").join(path.file_name().unwrap()))
                    .unwrap();
            }
        }
        shop
    }

    fn work(&self) -> PathBuf {
        self.temp.path().join("work")
    }

    /// Runs commands one after the other in one shell, as a person would type them; gives what each
    /// wrote, to stdout and stderr alike.
    pub fn type_in(&self, commands: &[String]) -> Vec<String> {
        let mut script =
            format!("said() {{ status=$?; printf '\\n{MARK} %s\\n' \"$1\"; return $status; }}\n");
        for (at, command) in commands.iter().enumerate() {
            script.push_str(&format!("{command}\nsaid {at}\n"));
        }
        let (script_file, output_file) =
            (self.temp.path().join("script.sh"), self.temp.path().join("output"));
        fs::write(&script_file, script).unwrap();
        let output = File::create(&output_file).unwrap();
        // The program where it was built: a fresh copy may still be open for writing in a child of
        // another test, and then it cannot be run.
        let program = Path::new(env!("CARGO_BIN_EXE_insure"));
        let mut path = program.parent().unwrap().as_os_str().to_owned();
        path.push(":/usr/local/bin:/usr/bin:/bin");
        Command::new("sh")
            .arg(&script_file)
            .current_dir(self.work())
            .env_clear()
            .env("PATH", path)
            .env("HOME", self.temp.path().join("home"))
            .env("LC_ALL", "C")
            .stdin(Stdio::null())
            .stderr(output.try_clone().unwrap())
            .stdout(output)
            .status()
            .expect("sh runs");
        let mut rest = fs::read_to_string(&output_file).unwrap();
        let mut outputs = Vec::new();
        for (at, command) in commands.iter().enumerate() {
            let mark = format!("\n{MARK} {at}\n");
            let Some((output, after)) = rest.split_once(&mark) else {
                panic!("the shell ended in `{command}`:\n{rest}");
            };
            let output = output.to_owned();
            rest = after.to_owned();
            outputs.push(output.strip_suffix('\n').map_or(output.clone(), str::to_owned));
        }
        outputs
    }
}
