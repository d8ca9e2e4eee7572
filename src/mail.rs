//! E-mails: a template filled in, a message of RFC 5322, and its way to a mail server.
//!
//! `template.rs` reads what a mail says and fills in what is known; `address.rs` knows what a mail
//! address is; `message.rs` makes the message, the same bytes for the same words; `smtp.rs` hands
//! it over and knows at every step whether the server has it. Nothing here reads a file, a clock or
//! the environment.

mod address;
mod message;
mod smtp;
mod template;

pub use address::Mailbox;
pub use message::{Letter, message_id};
pub use smtp::{Courier, Delivery, Login, NotSent, Security, Server, Step};
pub use template::{FIELDS, Filled, Language, Template};
