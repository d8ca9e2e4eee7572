//! A packet: all that a claim is sent with, made from the ledger.
//!
//! Pure: from a claim, its policy and terms, what they decide, its history and its documents to the
//! bytes of a claim form and an invoice (PDF), a manifest (JSON) and a list of hashes. The same
//! facts give the same bytes: there is no clock here, and days come from the claim's own history.
//!
//! `form.rs` and `invoice.rs` say what stands on the pages (`course.rs` what happened), `page.rs` sets it (`lines.rs` breaks
//! lines), `draw.rs` makes the PDF. `text.rs` makes text that came from files fit for paper,
//! `fonts.rs` finds a font for each letter. `names.rs` names the files, `manifest.rs` lists them.

mod compose;
mod course;
mod draw;
mod fonts;
mod form;
mod invoice;
mod lines;
mod manifest;
mod names;
mod page;
mod text;

use std::fmt::Display;

use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::calendar::Day;
use crate::claim::{Claim, ClaimStatus};
use crate::ledger::Event;
use crate::parcel::Parcel;
use crate::plan::Plan;
use crate::policy::Policy;
use crate::rules::{Appeal, Assessment};

pub use fonts::{FontFile, Fonts, MoreFonts};
pub use names::places;

/// What a manifest says that it is of.
pub const FORMAT: &str = "insure-packet";

/// Who sells, as the user configured it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Seller {
    /// Name of the person or firm.
    pub name: Option<String>,
    /// Lines of the address.
    pub address: Vec<String>,
    /// Number for taxes.
    pub tax_id: Option<String>,
    /// Where to write to.
    pub email: Option<String>,
}

impl Seller {
    /// What is known beside the name.
    fn further(&self) -> Vec<(String, String)> {
        let mut all: Vec<_> =
            self.address.first().map(|line| named("Address", line)).into_iter().collect();
        all.extend(self.address.iter().skip(1).map(|line| named("", line)));
        all.extend(self.tax_id.as_ref().map(|id| named("Tax number", id)));
        all.extend(self.email.as_ref().map(|email| named("E-mail", email)));
        all
    }
}

/// What a packet is made of.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    /// The claim with its evidence.
    pub claim: &'a Claim,
    /// The policy it is on.
    pub policy: &'a Policy,
    /// The plan as it was when the policy was recorded.
    pub plan: &'a Plan,
    /// What the terms say of the claim.
    pub assessment: &'a Assessment,
    /// Where its decision can be taken next.
    pub next_appeal: Option<&'a Appeal>,
    /// What happened to the policy and its claims.
    pub history: &'a [Event],
    /// The last day of what happened to the parcel or this claim: the claim is assessed as of it.
    pub as_of: Day,
    /// Where each document of the claim stands in the packet: see [`places`].
    pub places: &'a [String],
    /// Who sells.
    pub seller: &'a Seller,
}

/// A file of a packet, as the manifest lists it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct File {
    /// Its path in the packet.
    pub path: String,
    /// What it shows; `claim-form` and `shipment-invoice` are made by this program.
    pub kind: String,
    /// SHA-256 of its content, in hexadecimal.
    pub sha256: String,
    /// Its size.
    pub bytes: u64,
    /// What its content is, where it was recognised.
    pub media: Option<String>,
    /// The day it bears, where stated.
    pub dated: Option<Day>,
    /// The name it was given under.
    pub given_as: Option<String>,
}

/// A packet without its documents, which are copied as they are.
#[derive(Debug)]
pub struct Packet {
    /// Its own files, by path: the manifest and the hashes come last.
    pub own: Vec<(String, Vec<u8>)>,
    /// SHA-256 of the manifest, which holds that of every other file.
    pub sha256: String,
    /// Whether the claim is a draft.
    pub draft: bool,
    /// Scripts that the pages name instead of printing them.
    pub unset: Vec<&'static str>,
}

/// Why a packet cannot be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PacketError {
    /// No font has these letters.
    #[error("no font has {} of `{}`", shown(letters), short(text))]
    NoFont {
        /// The text they stand in.
        text: String,
        /// The letters.
        letters: Vec<char>,
    },
    /// A PDF could not be made.
    #[error("the PDF could not be made: {0}")]
    Pdf(String),
}

/// Makes a packet. `claim` is the claim as `claim show` writes it.
///
/// # Errors
/// A letter no font has, or a PDF that cannot be made.
pub fn packet(
    subject: &Subject<'_>,
    claim: &serde_json::Value,
    fonts: &mut Fonts<'_>,
) -> Result<Packet, PacketError> {
    let no = subject.claim.no;
    let draft = subject.claim.status == ClaimStatus::Draft;
    let mark = if draft { "DRAFT, " } else { "" };
    let mut own = Vec::new();
    let mut files = Vec::new();
    let mut unset = Vec::new();
    for (path, kind, name, blocks) in [
        ("claim-form.pdf", "claim-form", "claim form", form::form(subject)),
        ("invoice.pdf", "shipment-invoice", "invoice of the shipment", invoice::invoice(subject)),
    ] {
        let pages = page::set(fonts, &blocks, &format!("{no}, {mark}{name}"));
        for script in fonts.settle()? {
            if !unset.contains(&script) {
                unset.push(script);
            }
        }
        let about = draw::About {
            title: format!("{no}, {mark}{name}"),
            id: format!("{no}/{path}"),
            author: subject.seller.name.as_deref(),
            as_of: subject.as_of,
        };
        let bytes = draw::draw(fonts, &pages, &about)?;
        files.push(File {
            path: path.to_owned(),
            kind: kind.to_owned(),
            sha256: sha256(&bytes),
            bytes: bytes.len() as u64,
            media: Some("application/pdf".to_owned()),
            dated: None,
            given_as: None,
        });
        own.push((path.to_owned(), bytes));
    }
    for (document, place) in subject.claim.evidence.iter().zip(subject.places) {
        files.push(File {
            path: place.clone(),
            kind: document.kind.clone(),
            sha256: document.sha256.clone(),
            bytes: document.bytes,
            media: document.media.clone(),
            dated: document.dated,
            given_as: Some(document.file.clone()),
        });
    }
    let manifest = manifest::manifest(subject, claim, &files);
    let hash = sha256(&manifest);
    let listed = files.iter().map(|file| (file.path.as_str(), file.sha256.as_str()));
    let sums = manifest::sums(listed.chain([("manifest.json", hash.as_str())]));
    own.push(("manifest.json".to_owned(), manifest));
    own.push(("sha256sums.txt".to_owned(), sums));
    Ok(Packet { own, sha256: hash, draft, unset })
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn named(name: &str, value: impl Display) -> (String, String) {
    (name.to_owned(), value.to_string())
}

fn or_dash(text: Option<&str>) -> String {
    text.unwrap_or("-").to_owned()
}

/// The carrier, its service, and how the parcel was handed over.
fn shipped_by(parcel: &Parcel) -> String {
    let known = [&parcel.carrier, &parcel.service].into_iter().flatten().chain(&parcel.shipped);
    let words: Vec<&str> = known.map(String::as_str).collect();
    if words.is_empty() { "-".to_owned() } else { words.join(", ") }
}

/// What is in a parcel: exports part their goods with `;`, or each stands on its line.
fn goods(parcel: &Parcel) -> Vec<&str> {
    let contents = parcel.contents.as_deref().or(parcel.goods.as_deref());
    let parts = contents.unwrap_or_default().split([';', '\n']);
    parts.map(str::trim).filter(|part| !part.is_empty()).collect()
}

/// Some letters with their numbers.
fn shown(letters: &[char]) -> String {
    let one = |c: &char| format!("{c} (U+{:04X})", *c as u32);
    let mut all = letters.iter().take(5).map(one).collect::<Vec<_>>().join(", ");
    if letters.len() > 5 {
        all.push_str(&format!(" and {} more", letters.len() - 5));
    }
    all
}

/// The beginning of a text.
fn short(text: &str) -> String {
    let mut all: String = text.chars().take(60).collect();
    if all.len() < text.len() {
        all.push('…');
    }
    all
}
