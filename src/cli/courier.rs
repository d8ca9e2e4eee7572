//! The mail server of the configuration, with the password that is in no file.

use std::fs;
use std::process::{Command as Process, Stdio};

use super::Session;
use super::config::Password;
use crate::error::Error;
use crate::mail::{Courier, Login, Server};

/// What hands e-mails over, as `[mail]` of the configuration says. Nothing is connected yet.
pub(super) fn courier(session: &Session<'_>) -> Result<Courier, Error> {
    let Some(server) = session.config.mail.server.clone() else {
        return Err(Error::usage(
            "no mail server is configured, so nothing can be sent",
            "name one below [mail] in config.toml (host, port, security, user), or write the e-mail to a file with --out and send it with your mail program",
        ));
    };
    let ca = server.ca.map(|path| fs::read(&path).map_err(|why| Error::file(path, why)));
    let login = match &server.login {
        None => None,
        Some((user, password)) => {
            Some(Login { user: user.clone(), password: secret(password, session)? })
        }
    };
    Ok(Courier::new(Server {
        host: server.host,
        port: server.port,
        security: server.security,
        login,
        ca: ca.transpose()?,
        timeout: server.timeout,
    }))
}

fn secret(password: &Password, session: &Session<'_>) -> Result<String, Error> {
    match password {
        Password::Variable(name) => {
            (session.world.variable)(name).filter(|value| !value.is_empty()).ok_or_else(|| {
                Error::usage(
                    format!("the mail password is not there: the variable {name} is not set"),
                    "set it for this command, or name another one with password-env in config.toml",
                )
            })
        }
        Password::Command(words) => said_by(words),
    }
}

/// The first line that a command prints. It may ask its user on the terminal.
fn said_by(words: &[String]) -> Result<String, Error> {
    let (program, arguments) = words.split_first().map_or(("", &[][..]), |(p, a)| (p.as_str(), a));
    let failed = |why: String| Error::NoPassword { command: program.to_owned(), why };
    let said = Process::new(program)
        .args(arguments)
        .stdin(Stdio::inherit())
        .stderr(Stdio::inherit())
        .output()
        .map_err(|why| failed(why.to_string()))?;
    if !said.status.success() {
        return Err(failed(format!("it ended with {}", said.status)));
    }
    let text = String::from_utf8(said.stdout)
        .map_err(|_| failed("what it printed is no text".to_owned()))?;
    match text.lines().next().unwrap_or_default() {
        "" => Err(failed("it printed nothing".to_owned())),
        line => Ok(line.to_owned()),
    }
}
