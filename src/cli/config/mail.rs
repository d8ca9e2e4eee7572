//! `[mail]` and `[affidavit]`: who writes, through which server, in which words.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::Deserialize;
use toml::Spanned;

use super::pointed;
use crate::mail::{Language, Mailbox, Security, Server};

/// Who writes e-mails, and the server that takes them.
#[derive(Debug, Clone, Default)]
pub(in crate::cli) struct Mail {
    /// The sender.
    pub(in crate::cli) from: Option<Mailbox>,
    /// The server, where one is named.
    pub(in crate::cli) server: Option<MailServer>,
}

/// A mail server as it is configured: what is secret is not here.
#[derive(Debug, Clone)]
pub(in crate::cli) struct MailServer {
    /// Its name or address.
    pub(in crate::cli) host: String,
    /// Its port.
    pub(in crate::cli) port: u16,
    /// How the connection is encrypted.
    pub(in crate::cli) security: Security,
    /// Who logs in, and where the password is to be had.
    pub(in crate::cli) login: Option<(String, Password)>,
    /// The certificates to trust instead of the usual authorities.
    pub(in crate::cli) ca: Option<PathBuf>,
    /// How long to wait for each answer.
    pub(in crate::cli) timeout: Duration,
}

/// Where a password is to be had.
#[derive(Debug, Clone)]
pub(in crate::cli) enum Password {
    /// In this variable of the environment.
    Variable(String),
    /// On the first line that this command prints.
    Command(Vec<String>),
}

/// What is written to buyers.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(in crate::cli) struct Affidavit {
    /// The language where none is named.
    pub(in crate::cli) language: Option<Language>,
    /// The user's own templates by language.
    #[serde(default)]
    pub(in crate::cli) template: BTreeMap<Language, PathBuf>,
}

/// `[mail]` as it is written.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct MailTable {
    from: Option<Spanned<String>>,
    host: Option<Spanned<String>>,
    port: Option<Spanned<u16>>,
    security: Option<Spanned<String>>,
    user: Option<Spanned<String>>,
    password: Option<Spanned<toml::Value>>,
    password_env: Option<Spanned<String>>,
    password_command: Option<Spanned<Vec<String>>>,
    ca: Option<PathBuf>,
    timeout_seconds: Option<Spanned<u64>>,
}

/// How long a server may take for each answer where nothing is said.
const TIMEOUT: Duration = Duration::from_secs(60);

impl MailTable {
    /// The settings, every value checked.
    pub(super) fn checked(self, text: &str) -> Result<Mail, String> {
        let wrong = |span: Range<usize>, why: &str| pointed(text, span, why);
        if let Some(password) = &self.password {
            return Err(wrong(
                password.span(),
                "a password in a file is read by whoever gets the file, expected password-env or password-command",
            ));
        }
        let from = self
            .from
            .as_ref()
            .map(|from| Mailbox::parse(from.get_ref()).map_err(|why| wrong(from.span(), &why)));
        let from = from.transpose()?;
        let Some(host) = &self.host else {
            // Without a host the rest would say nothing, and a slip would go unnoticed.
            let rest = [
                self.port.as_ref().map(Spanned::span),
                self.security.as_ref().map(Spanned::span),
                self.user.as_ref().map(Spanned::span),
                self.password_env.as_ref().map(Spanned::span),
                self.password_command.as_ref().map(Spanned::span),
            ];
            return match rest.into_iter().flatten().min_by_key(|span| span.start) {
                Some(span) => Err(wrong(
                    span,
                    "expected the server's name beside it: host = \"smtp.example.com\"",
                )),
                None => Ok(Mail { from, server: None }),
            };
        };
        let name = host.get_ref().trim();
        if name.is_empty()
            || name.contains(|c: char| c.is_whitespace() || c.is_control() || c == '/')
        {
            return Err(wrong(host.span(), "expected the server's name such as smtp.example.com"));
        }
        let security = match &self.security {
            None => Security::StartTls,
            Some(word) => Security::from_word(word.get_ref())
                .ok_or_else(|| wrong(word.span(), &Security::expected()))?,
        };
        if let (Security::Nothing, false) = (security, Server::is_here(name)) {
            let span = self.security.as_ref().map_or(host.span(), Spanned::span);
            return Err(wrong(
                span,
                "without encryption anybody on the way reads the mail and the password, expected starttls or tls for a server elsewhere",
            ));
        }
        let timeout = match &self.timeout_seconds {
            None => TIMEOUT,
            Some(seconds) if (1..=600).contains(seconds.get_ref()) => {
                Duration::from_secs(*seconds.get_ref())
            }
            Some(seconds) => return Err(wrong(seconds.span(), "expected 1 to 600 seconds")),
        };
        let usual = match security {
            Security::StartTls => 587,
            Security::Tls => 465,
            Security::Nothing => 25,
        };
        let port = self.port.as_ref().map_or(usual, |port| *port.get_ref());
        let login = self.login(&wrong)?;
        let host = name.to_owned();
        let server = MailServer { host, port, security, login, ca: self.ca, timeout };
        Ok(Mail { from, server: Some(server) })
    }

    /// Who logs in; user and password go together.
    fn login(
        &self,
        wrong: &impl Fn(Range<usize>, &str) -> String,
    ) -> Result<Option<(String, Password)>, String> {
        let password = match (&self.password_env, &self.password_command) {
            (Some(_), Some(command)) => {
                return Err(wrong(
                    command.span(),
                    "the password is to be had in two ways, expected password-env or password-command",
                ));
            }
            (Some(name), None) if name.get_ref().trim().is_empty() => {
                return Err(wrong(
                    name.span(),
                    "expected the name of a variable such as SHOP_MAIL_PASSWORD",
                ));
            }
            (Some(name), None) => {
                Some((name.span(), Password::Variable(name.get_ref().trim().to_owned())))
            }
            (None, Some(command)) if command.get_ref().first().is_none_or(String::is_empty) => {
                return Err(wrong(
                    command.span(),
                    "expected a program and its arguments such as [\"pass\", \"show\", \"mail\"]",
                ));
            }
            (None, Some(command)) => {
                Some((command.span(), Password::Command(command.get_ref().clone())))
            }
            (None, None) => None,
        };
        match (&self.user, password) {
            (None, None) => Ok(None),
            (Some(user), Some((_, password))) => Ok(Some((user.get_ref().clone(), password))),
            (Some(user), None) => Err(wrong(
                user.span(),
                "expected where the password is to be had: password-env or password-command",
            )),
            (None, Some((span, _))) => Err(wrong(span, "expected whose password it is: user")),
        }
    }
}

impl Mail {
    /// With the files that are named found beside the configuration.
    pub(super) fn beside(mut self, folder: &Path) -> Mail {
        if let Some(server) = &mut self.server {
            server.ca = server.ca.take().map(|ca| folder.join(ca));
        }
        self
    }
}

impl Affidavit {
    /// With the files that are named found beside the configuration.
    pub(super) fn beside(self, folder: &Path) -> Affidavit {
        let template = self.template.into_iter();
        let template = template.map(|(language, path)| (language, folder.join(path))).collect();
        Affidavit { template, ..self }
    }
}
