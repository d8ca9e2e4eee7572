//! The buyer's affidavit: asked for by e-mail, signed by the buyer, sent back.

use serde::Serialize;

use crate::calendar::Day;
use crate::words::words;

/// The kind of document a signed affidavit is, in every plan that asks for one.
pub const AFFIDAVIT: &str = "affidavit";

words! {
    /// Where the buyer's affidavit stands.
    pub enum AffidavitStatus {
        /// Nobody asked the buyer for it, as far as is known.
        NotSent = "not_sent",
        /// The buyer was asked for it.
        Sent = "sent",
        /// The signed one is among the documents.
        Completed = "completed",
    }
}

words! {
    /// What came of one e-mail to a mail server.
    pub enum MailState {
        /// It is being handed over, or that was cut off: nobody knows.
        Sending = "sending",
        /// The server took it.
        Sent = "sent",
        /// The server did not take it.
        NotSent = "not_sent",
        /// It was handed over whole, and no answer came: nobody knows.
        Unknown = "unknown",
    }
}

/// What became of asking the buyer for an affidavit.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Affidavit {
    /// To which address it went last, where that is known.
    pub to: Option<String>,
    /// The last day on which it was sent for certain.
    pub sent_on: Option<Day>,
    /// The day of an e-mail of which nobody knows whether it arrived; none was sent for certain since.
    pub in_doubt_on: Option<Day>,
    /// Whether that e-mail is being handed over now, or was cut off in the middle.
    pub under_way: bool,
    /// How often it was sent for certain.
    pub times_sent: u32,
}
