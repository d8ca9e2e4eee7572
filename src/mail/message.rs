//! A message: headers and text, the same bytes for the same words.

use std::time::{Duration, UNIX_EPOCH};

use chrono::{DateTime, NaiveTime, Utc};
use lettre::Message;
use lettre::address::Envelope;
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{MessageBuilder, SinglePart};
use sha2::{Digest, Sha256};

use super::Mailbox;
use crate::calendar::Day;

/// A mail in plain text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// Who writes.
    pub from: Mailbox,
    /// To whom; a draft may leave it open.
    pub to: Option<Mailbox>,
    /// The subject: one line.
    pub subject: String,
    /// The text.
    pub text: String,
    /// Its Message-ID, in angle brackets.
    pub message_id: String,
}

/// A Message-ID made of what the mail is about: the same for the same parts. It ends with the
/// sender's domain, as RFC 5322 advises, and tells nobody anything.
pub fn message_id(parts: &[&str], from: &Mailbox) -> String {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update(part.as_bytes());
        hasher.update([0]);
    }
    let hash: String = hasher.finalize().iter().take(12).map(|b| format!("{b:02x}")).collect();
    format!("<{hash}@{}>", from.domain())
}

impl Letter {
    /// A draft to be opened and sent with a mail program: `X-Unsent` lets it open as one. Its date
    /// is noon, in UTC: the same calendar day nearly everywhere.
    ///
    /// # Errors
    /// What no header can hold.
    pub fn draft(&self, on: Day) -> Result<Vec<u8>, String> {
        let noon = NaiveTime::from_hms_opt(12, 0, 0).unwrap_or_default();
        let unsent = HeaderName::new_from_ascii_str("X-Unsent");
        let message = self
            .message(on.and_time(noon).and_utc())?
            .raw_header(HeaderValue::new(unsent, "1".to_owned()));
        finished(message, &self.text)
    }

    /// The message as it is handed to a mail server at that moment.
    ///
    /// # Errors
    /// What no header can hold.
    pub fn sent_at(&self, moment: DateTime<Utc>) -> Result<Vec<u8>, String> {
        finished(self.message(moment)?, &self.text)
    }

    fn message(&self, at: DateTime<Utc>) -> Result<MessageBuilder, String> {
        let seconds = u64::try_from(at.timestamp()).unwrap_or(0);
        // A draft goes to nobody, but the builder wants somebody to write to.
        let everyone = vec![self.to.as_ref().unwrap_or(&self.from).envelope()];
        let envelope =
            Envelope::new(Some(self.from.envelope()), everyone).map_err(|why| why.to_string())?;
        let mut message = Message::builder()
            .envelope(envelope)
            .date(UNIX_EPOCH + Duration::from_secs(seconds))
            .message_id(Some(self.message_id.clone()))
            .from(self.from.header());
        if let Some(to) = &self.to {
            message = message.to(to.header());
        }
        Ok(message.subject(self.subject.clone()))
    }
}

fn finished(message: MessageBuilder, text: &str) -> Result<Vec<u8>, String> {
    // The last line gets its end from the message.
    let text = text.strip_suffix('\n').unwrap_or(text).to_owned();
    let message = message.singlepart(SinglePart::plain(text)).map_err(|why| why.to_string())?;
    Ok(message.formatted())
}

#[cfg(test)]
mod tests {
    use super::{Letter, message_id};
    use crate::calendar::parse_day;
    use crate::mail::Mailbox;

    #[test]
    fn the_same_letter_is_the_same_bytes_and_no_line_is_broken_into() {
        let from = Mailbox::parse("小店 <claims@example.com>").unwrap();
        let letter = Letter {
            to: Some(Mailbox::parse("buyer@example.com").unwrap()),
            subject: "订单 1001".to_owned(),
            text: "您好\n".to_owned(),
            message_id: message_id(&["CLM-00001Y", "1"], &from),
            from,
        };
        let day = parse_day("2026-11-22").unwrap();
        let draft = letter.draft(day).unwrap();
        assert_eq!(draft, letter.draft(day).unwrap());
        let text = String::from_utf8(draft).unwrap();
        assert!(text.is_ascii(), "{text}");
        assert!(text.contains("Date: Sun, 22 Nov 2026 12:00:00 +0000\r\n"), "{text}");
        assert!(text.contains("To: buyer@example.com\r\n"), "{text}");
        assert!(text.contains("X-Unsent: 1\r\n"), "{text}");
        assert!(!text.replace("\r\n", "").contains(['\r', '\n']), "{text}");
    }

    #[test]
    fn a_message_id_tells_mails_apart_and_bears_the_senders_domain() {
        let from = Mailbox::parse("claims@example.com").unwrap();
        let one = message_id(&["ab", "c"], &from);
        assert_eq!(one, message_id(&["ab", "c"], &from));
        assert_ne!(one, message_id(&["a", "bc"], &from));
        assert!(one.starts_with('<') && one.ends_with("@example.com>"), "{one}");
    }
}
