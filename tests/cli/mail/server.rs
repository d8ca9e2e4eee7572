//! A real mail server on loopback, told to be well or ill behaved.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use crate::harness::{Home, skip};

/// A Python that has aiosmtpd.
fn python() -> Option<&'static Path> {
    let has = |path: &&Path| {
        let mut command = Command::new(path);
        command.args(["-c", "import aiosmtpd"]).stderr(Stdio::null());
        command.status().is_ok_and(|status| status.success())
    };
    let found = ["/usr/bin/python3", "/usr/local/bin/python3", "python3"].map(Path::new);
    let found = found.into_iter().find(has);
    if found.is_none() {
        skip("python3 with aiosmtpd is not installed");
    }
    found
}

fn script(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/servers").join(name)
}

/// A server; it ends with the story.
pub(crate) struct Server {
    child: Child,
    pub(crate) port: u16,
    got: PathBuf,
}

impl Server {
    /// Starts one in this home; `None` where the machine lacks what it needs.
    pub(crate) fn start(home: &Home, options: &str) -> Option<Server> {
        let python = python()?;
        let got = home.path("got");
        fs::create_dir_all(&got).unwrap();
        let mut child = Command::new(python)
            .args([script("smtp.py"), got.clone()])
            .args(options.split_whitespace())
            .current_dir(home.path("."))
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        Some(Server { child, port: line.trim().parse().unwrap(), got })
    }

    /// One without encryption, which the home's configuration names.
    pub(crate) fn plain(home: &Home, options: &str) -> Option<Server> {
        let server = Server::start(home, options)?;
        server.configure(home, "security = \"none\"\ntimeout-seconds = 2\n");
        Some(server)
    }

    /// One that encrypts with a certificate of its own, `cert.pem`.
    pub(crate) fn encrypted(home: &Home, options: &str, settings: &str) -> Option<Server> {
        certificate(home)?;
        let options = format!("--cert cert.pem --key key.pem {options}");
        let server = Server::start(home, &options)?;
        server.configure(home, settings);
        Some(server)
    }

    /// Writes a configuration that names it.
    pub(crate) fn configure(&self, home: &Home, settings: &str) {
        let port = self.port;
        home.write(
            ".config/insure/config.toml",
            format!(
                "[mail]\nfrom = \"Shop <claims@example.com>\"\nhost = \"127.0.0.1\"\nport = {port}\n{settings}"
            ),
        );
    }

    /// How many messages it has.
    pub(crate) fn count(&self) -> usize {
        let names = fs::read_dir(&self.got).unwrap().map(|entry| entry.unwrap().path());
        names.filter(|path| path.extension().is_some_and(|e| e == "json")).count()
    }

    /// Waits until it has one.
    pub(crate) fn wait(&self) {
        for _ in 0..200 {
            if self.count() > 0 {
                return;
            }
            std::thread::sleep(std::time::Duration::from_millis(50));
        }
        panic!("the server got nothing");
    }

    /// Who wrote to whom, and how.
    pub(crate) fn envelope(&self, no: usize) -> String {
        fs::read_to_string(self.got.join(format!("{no}.json"))).unwrap()
    }

    /// A message as it came.
    pub(crate) fn message(&self, no: usize) -> PathBuf {
        self.got.join(format!("{no}.eml"))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A message as Python's mail reader understands it, without the headers that are left out.
pub(crate) fn read_mail(path: &Path, without: &[&str]) -> Option<String> {
    let mut reader = Command::new(python()?);
    let said = reader.arg(script("read_mail.py")).arg(path).args(without).output().unwrap();
    let why = String::from_utf8_lossy(&said.stderr);
    assert!(said.status.success(), "{why}");
    Some(String::from_utf8(said.stdout).unwrap().replace("\r\n", "\n"))
}

/// Makes `cert.pem` and `key.pem` for this machine, signed by nobody else.
fn certificate(home: &Home) -> Option<()> {
    let made = Command::new("openssl")
        .args(["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"])
        .args(["-nodes", "-keyout", "key.pem", "-out", "cert.pem", "-days", "2"])
        .args(["-subj", "/CN=localhost", "-addext", "basicConstraints=critical,CA:FALSE"])
        .args(["-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"])
        .current_dir(home.path("."))
        .stderr(Stdio::null())
        .status();
    match made {
        Ok(status) => {
            assert!(status.success());
            Some(())
        }
        Err(_) => {
            skip("openssl is not installed");
            None
        }
    }
}
