//! Handing a message to a mail server, step by step, so that it is known at every step whether the
//! server has it.
//!
//! Before the last line of the message, a single dot, is written, the server has no mail to
//! deliver: whatever fails until then, it was not sent. After it only the server's own answer
//! counts; where none comes, nobody knows.

use std::error::Error as StdError;
use std::fmt;
use std::io::ErrorKind;
use std::net::IpAddr;
use std::time::Duration;

use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::{
    Certificate, CertificateStore, SmtpConnection, TlsParameters,
};
use lettre::transport::smtp::commands::{Data, Mail, Rcpt};
use lettre::transport::smtp::extension::ClientId;
use lettre::transport::smtp::response::Severity;

use super::Mailbox;
use crate::words::words;

words! {
    /// How the connection is kept from other eyes.
    pub enum Security {
        /// It begins in the clear and is encrypted before anything is said.
        StartTls = "starttls",
        /// It is encrypted from the first byte.
        Tls = "tls",
        /// Not at all: for a server on this machine.
        Nothing = "none",
    }
}

/// Who logs in.
#[derive(Clone, PartialEq, Eq)]
pub struct Login {
    /// The user.
    pub user: String,
    /// The password; it is never shown.
    pub password: String,
}

/// A mail server, and how it is spoken with.
#[derive(Clone)]
pub struct Server {
    /// Its name or address.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the connection is encrypted.
    pub security: Security,
    /// Who logs in, where it asks for that.
    pub login: Option<Login>,
    /// The only certificates to trust, as PEM; none for the usual authorities.
    pub ca: Option<Vec<u8>>,
    /// How long to wait for each answer.
    pub timeout: Duration,
}

words! {
    /// The step at which handing over failed.
    pub enum Step {
        /// No connection.
        Connect = "connect",
        /// No encryption, or a certificate that is not to be trusted.
        Tls = "tls",
        /// The login.
        Login = "login",
        /// The sender's address.
        Sender = "sender",
        /// The recipient's address.
        Recipient = "recipient",
        /// The message.
        Message = "message",
    }
}

/// Why a message was not sent: the server does not have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotSent {
    /// At which step.
    pub step: Step,
    /// What happened, in words, with what the server said.
    pub why: String,
}

impl NotSent {
    /// Whether any other message would fail in the same way.
    pub fn concerns_all(&self) -> bool {
        matches!(self.step, Step::Connect | Step::Tls | Step::Login | Step::Sender)
    }
}

impl fmt::Display for NotSent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.why)
    }
}

/// What came of handing over a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Delivery {
    /// The server took it.
    Accepted,
    /// The server does not have it.
    NotSent(NotSent),
    /// It was handed over whole, and no answer came, for this reason: nobody knows.
    Unknown(String),
}

/// Hands messages to one server, over one connection where it lasts.
pub struct Courier {
    server: Server,
    connection: Option<SmtpConnection>,
}

impl Courier {
    /// For this server; nothing is opened yet.
    pub fn new(server: Server) -> Courier {
        Courier { server, connection: None }
    }

    /// Hands over one message.
    pub fn deliver(&mut self, from: &Mailbox, to: &Mailbox, message: &[u8]) -> Delivery {
        let (mut connection, kept) = match self.connection.take() {
            Some(connection) => (connection, true),
            None => match self.connect() {
                Ok(connection) => (connection, false),
                Err(why) => return Delivery::NotSent(why),
            },
        };
        let mut ready = self.envelope(&mut connection, from, to);
        // A server may have closed the connection since the last message; then a new one is due.
        if let (true, Err((_, true))) = (kept, &ready) {
            connection = match self.connect() {
                Ok(connection) => connection,
                Err(why) => return Delivery::NotSent(why),
            };
            ready = self.envelope(&mut connection, from, to);
        }
        if let Err((why, _)) = ready {
            return Delivery::NotSent(why);
        }
        let delivery = self.content(&mut connection, message);
        if delivery == Delivery::Accepted {
            self.connection = Some(connection);
        }
        delivery
    }

    /// A connection on which the server has answered, encrypted and logged in as configured.
    fn connect(&self) -> Result<SmtpConnection, NotSent> {
        let Server { host, port, security, login, timeout, .. } = &self.server;
        let name = format!("the mail server {host}:{port}");
        let hello = ClientId::default();
        let tls = match security {
            Security::Nothing => None,
            _ => Some(self.tls()?),
        };
        let wrapped = tls.as_ref().filter(|_| *security == Security::Tls);
        let open =
            SmtpConnection::connect((host.as_str(), *port), Some(*timeout), &hello, wrapped, None);
        let mut connection = open.map_err(|why| match security {
            Security::Tls if is_certificate(&why) => not_encrypted(&name, &why),
            _ => NotSent {
                step: Step::Connect,
                why: format!("{name} cannot be reached: {}", self.told(&why)),
            },
        })?;
        if let Some(tls) = tls.as_ref().filter(|_| *security == Security::StartTls) {
            if !connection.can_starttls() {
                let why = format!("{name} offers no STARTTLS, so nothing was said to it");
                return Err(NotSent { step: Step::Tls, why });
            }
            connection.starttls(tls, &hello).map_err(|why| {
                if is_certificate(&why) {
                    return not_encrypted(&name, &why);
                }
                let why = format!("{name} did not begin to encrypt: {}", self.told(&why));
                NotSent { step: Step::Tls, why }
            })?;
        }
        if let Some(Login { user, password }) = login {
            let refused = |why: String| NotSent { step: Step::Login, why };
            let offered = [Mechanism::Plain, Mechanism::Login];
            if connection.server_info().get_auth_mechanism(&offered).is_none() {
                return Err(refused(format!(
                    "{name} offers no login with a password, and `user` is configured"
                )));
            }
            let credentials = Credentials::new(user.clone(), password.clone());
            connection.auth(&offered, &credentials).map_err(|why| {
                refused(format!("{name} refused the login of `{user}`: {}", self.told(&why)))
            })?;
        }
        Ok(connection)
    }

    fn tls(&self) -> Result<TlsParameters, NotSent> {
        let wrong = |why: String| NotSent { step: Step::Tls, why };
        let mut tls = TlsParameters::builder(self.server.host.clone());
        if let Some(pem) = &self.server.ca {
            let ca = Certificate::from_pem(pem)
                .map_err(|why| wrong(format!("`ca` holds no certificate in PEM: {why}")))?;
            tls = tls.certificate_store(CertificateStore::None).add_root_certificate(ca);
        }
        tls.build().map_err(|why| wrong(format!("encryption cannot be set up: {why}")))
    }

    /// Names sender and recipient and asks to begin. The flag says that the connection is gone.
    fn envelope(
        &self,
        connection: &mut SmtpConnection,
        from: &Mailbox,
        to: &Mailbox,
    ) -> Result<(), (NotSent, bool)> {
        let failed = |step: Step, what: String| {
            move |why: lettre::transport::smtp::Error| {
                let gone = why.status().is_none_or(|code| u16::from(code) == 421);
                (NotSent { step, why: format!("{what}: {}", self.told(&why)) }, gone)
            }
        };
        connection
            .command(Mail::new(Some(from.envelope()), Vec::new()))
            .map_err(failed(Step::Sender, format!("the server refused the sender {from}")))?;
        connection
            .command(Rcpt::new(to.envelope(), Vec::new()))
            .map_err(failed(Step::Recipient, format!("the server refused the recipient {to}")))?;
        let message = |why: &str| (Step::Message, format!("the server took no message{why}"));
        let (step, what) = message("");
        let answer = connection.command(Data).map_err(failed(step, what))?;
        if !answer.has_code(354) {
            let (step, why) = message(&format!(": it answered {} to DATA", answer.code()));
            return Err((NotSent { step, why }, false));
        }
        Ok(())
    }

    /// Hands over the message itself.
    fn content(&self, connection: &mut SmtpConnection, message: &[u8]) -> Delivery {
        // The end of the parts is asked for once all of them are written, and before the dot is.
        let mut written = false;
        let end = std::iter::from_fn(|| {
            written = true;
            None
        });
        let answer = connection.message_iter(std::iter::once(message).chain(end));
        match answer {
            Ok(answer) if answer.code().severity == Severity::PositiveCompletion => {
                Delivery::Accepted
            }
            Ok(answer) => Delivery::Unknown(format!(
                "the server answered {} where it takes or refuses a message",
                answer.code()
            )),
            Err(why) if why.status().is_some() => Delivery::NotSent(NotSent {
                step: Step::Message,
                why: format!("the server refused the message: {}", self.told(&why)),
            }),
            Err(why) if written => Delivery::Unknown(self.told(&why)),
            Err(why) => Delivery::NotSent(NotSent {
                step: Step::Message,
                why: format!("the message could not be handed over: {}", self.told(&why)),
            }),
        }
    }

    /// An error in words: what the server said, or what became of the connection.
    fn told(&self, why: &lettre::transport::smtp::Error) -> String {
        if let Some(code) = why.status() {
            let said = why.source().map(ToString::to_string).unwrap_or_default();
            return one_line(&format!("{code} {said}"));
        }
        match io_kind(why) {
            Some(ErrorKind::TimedOut | ErrorKind::WouldBlock) => {
                format!("no answer within {} seconds", self.server.timeout.as_secs())
            }
            Some(ErrorKind::ConnectionRefused) => "connection refused".to_owned(),
            Some(
                ErrorKind::UnexpectedEof
                | ErrorKind::ConnectionReset
                | ErrorKind::ConnectionAborted
                | ErrorKind::BrokenPipe,
            ) => "the connection was lost".to_owned(),
            _ if why.is_response() && why.to_string().contains("incomplete response") => {
                "the connection was lost".to_owned()
            }
            _ => one_line(&why.source().map_or_else(|| why.to_string(), ToString::to_string)),
        }
    }
}

/// Says goodbye: a server need not wait for more.
impl Drop for Courier {
    fn drop(&mut self) {
        if let Some(mut connection) = self.connection.take() {
            let _ = connection.quit();
        }
    }
}

impl Server {
    /// Whether a host is this machine.
    pub fn is_here(host: &str) -> bool {
        let address = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
        host.eq_ignore_ascii_case("localhost") || address.is_ok_and(|ip| ip.is_loopback())
    }
}

impl fmt::Debug for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{} ({})", self.host, self.port, self.security)
    }
}

fn not_encrypted(name: &str, why: &lettre::transport::smtp::Error) -> NotSent {
    let why = one_line(&why.source().map_or_else(|| why.to_string(), ToString::to_string));
    NotSent { step: Step::Tls, why: format!("{name} is not to be trusted: {why}") }
}

/// What TLS itself found wrong comes as data that is not valid.
fn is_certificate(why: &lettre::transport::smtp::Error) -> bool {
    why.is_tls() || io_kind(why) == Some(ErrorKind::InvalidData)
}

fn io_kind(why: &lettre::transport::smtp::Error) -> Option<ErrorKind> {
    let mut cause = why.source();
    while let Some(this) = cause {
        if let Some(io) = this.downcast_ref::<std::io::Error>() {
            return Some(io.kind());
        }
        cause = this.source();
    }
    None
}

/// What a server says is for people: on one line, nothing that moves a cursor.
fn one_line(text: &str) -> String {
    text.split(|c: char| c.is_control() || c.is_whitespace())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}
