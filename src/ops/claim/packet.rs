//! Packets: a claim, its documents and the pages made of it, in a folder or an archive.
//!
//! One thread reads the ledger and sets the pages, another copies the documents and checks them.
//! `target.rs` is where packets go, `zip.rs` the archive.

mod target;
mod zip;

use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::mpsc::sync_channel;
use std::thread;

use serde_json::Value;

use super::super::evidence_folder::EvidenceFolder;
use super::super::fonts::{FontPlaces, SystemFonts};
use super::super::outputs::Spared;
use super::super::terms::{KnownPlans, terms_of};
use super::judge::with_its_facts;
use super::{ShownClaim, claim_of, policy_of};
use crate::calendar::Day;
use crate::claim::ClaimStatus;
use crate::error::Error;
use crate::ledger::{About, Ledger};
use crate::number::ClaimNo;
use crate::packet::{Fonts, Packet, PacketError, Seller, Subject, packet, places};
use crate::rules::{assess, next_appeal};
use target::{Fault, Target};

/// How packets are made, and where they go.
#[derive(Debug, Clone)]
pub struct PacketOptions {
    /// A folder, in which each packet has its own, or an archive (`.zip`) of such folders.
    pub out: PathBuf,
    /// Whether what is there and differs is replaced.
    pub force: bool,
    /// Who sells.
    pub seller: Seller,
    /// Where fonts are looked for that have letters of all scripts.
    pub fonts: FontPlaces,
}

/// What came of one identifier.
#[derive(Debug)]
pub enum PacketOutcome {
    /// The packet is there.
    Made(MadePacket),
    /// It could not be made; others may have been.
    Refused(RefusedPacket),
    /// Nothing, or more than one parcel, of that name; or no claim on it.
    Unknown(Error),
}

/// A packet that is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MadePacket {
    /// Of which claim.
    pub claim: ClaimNo,
    /// Its folder, or the archive it is in.
    pub path: PathBuf,
    /// How many files it has.
    pub files: u64,
    /// Their size together.
    pub bytes: u64,
    /// SHA-256 of its manifest, which holds that of every other file.
    pub sha256: String,
    /// Whether the claim is a draft.
    pub draft: bool,
    /// Whether the seller withdrew the claim.
    pub withdrawn: bool,
    /// The last day on which the draft could be completed, where it is over.
    pub closed_on: Option<Day>,
    /// Scripts that its pages name instead of printing them.
    pub unset: Vec<&'static str>,
    /// Whether the very same was there before.
    pub unchanged: bool,
}

/// A packet that could not be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefusedPacket {
    /// Of which claim.
    pub claim: ClaimNo,
    /// Why, as a stable code.
    pub code: &'static str,
    /// Why, with the claim's own facts.
    pub reason: String,
    /// What to do about it.
    pub remedy: String,
}

/// What came of all identifiers, in their order.
#[derive(Debug)]
pub struct Packets {
    /// Each identifier with what came of it. A claim that was named before is not there again.
    pub outcomes: Vec<(String, PacketOutcome)>,
    /// What ended the work early. Packets that are told of are there nevertheless.
    pub failed: Option<Error>,
}

/// What the writing thread is told.
enum Work {
    Put(Box<Job>),
    /// All packets were handed over.
    Close,
}

/// A packet on its way to its place.
struct Job {
    at: usize,
    claim: ClaimNo,
    packet: Packet,
    documents: Vec<(String, crate::claim::Evidence)>,
    as_of: Day,
    withdrawn: bool,
    closed_on: Option<Day>,
}

/// Makes packets of claims; `describe` says how a claim is written for programs.
///
/// # Errors
/// A place nothing can be written to, or a font that was asked for and is none. What is wrong with
/// one packet stops no other.
pub fn make_packets(
    ledger: &Ledger,
    folder: &EvidenceFolder,
    ids: &[String],
    options: &PacketOptions,
    today: Day,
    describe: &dyn Fn(&ShownClaim) -> Value,
) -> Result<Packets, Error> {
    let mut system = SystemFonts::new(options.fonts.clone()).map_err(unusable)?;
    let damaged = |why: PacketError| Error::Output(std::io::Error::other(why.to_string()));
    let mut fonts = Fonts::new(&mut system).map_err(damaged)?;
    let mut target = Target::open(&options.out, options.force, &Spared::of(ledger.path()))?;
    let mut outcomes: Vec<(String, Option<PacketOutcome>)> = Vec::with_capacity(ids.len());
    let mut plans = KnownPlans::default();
    let mut begun: HashSet<ClaimNo> = HashSet::new();
    let (written, ended) = thread::scope(|scope| {
        let (send, receive) = sync_channel::<Work>(2);
        let writer = scope.spawn(move || {
            let mut written = Vec::new();
            for work in receive {
                match work {
                    Work::Put(job) => match target.put(folder, &job) {
                        Ok(made) => written.push((job.at, PacketOutcome::Made(made))),
                        Err(Fault::Refused(why)) => {
                            written.push((job.at, PacketOutcome::Refused(why)));
                        }
                        Err(Fault::Fatal(why)) => return (target.there(written), Err(why)),
                    },
                    Work::Close => return target.close(written),
                }
            }
            // Nobody said that all was handed over: whoever reads the ledger could not go on.
            (target.there(written), Ok(()))
        });
        let mut told = Ok(());
        for id in ids {
            let claim = match claim_of(ledger, id) {
                Ok(claim) if begun.contains(&claim.no) => continue,
                Ok(claim) => claim,
                Err(why @ (Error::NotFound { .. } | Error::Usage { .. })) => {
                    outcomes.push((id.clone(), Some(PacketOutcome::Unknown(why))));
                    continue;
                }
                Err(why) => {
                    told = Err(why);
                    break;
                }
            };
            begun.insert(claim.no);
            let at = outcomes.len();
            match prepared(ledger, &mut plans, claim, &mut fonts, options, today, describe) {
                Ok(job) => {
                    outcomes.push((id.clone(), None));
                    // The writer has stopped where something fails; it says why.
                    if send.send(Work::Put(Box::new(Job { at, ..job }))).is_err() {
                        break;
                    }
                }
                Err(Preparing::Refused(why)) => {
                    outcomes.push((id.clone(), Some(PacketOutcome::Refused(why))));
                }
                Err(Preparing::Fatal(why)) => {
                    told = Err(why);
                    break;
                }
            }
        }
        if told.is_ok() {
            let _ = send.send(Work::Close);
        }
        drop(send);
        let failed = || Err(Error::Output(std::io::Error::other("the writing thread failed")));
        let (written, ended) = writer.join().unwrap_or_else(|_| (Vec::new(), failed()));
        (written, told.and(ended))
    });
    for (at, outcome) in written {
        if let Some(place) = outcomes.get_mut(at) {
            place.1 = Some(outcome);
        }
    }
    let told = outcomes.into_iter().filter_map(|(id, outcome)| Some((id, outcome?)));
    Ok(Packets { outcomes: told.collect(), failed: ended.err() })
}

enum Preparing {
    Refused(RefusedPacket),
    Fatal(Error),
}

impl From<Error> for Preparing {
    fn from(why: Error) -> Preparing {
        Preparing::Fatal(why)
    }
}

/// Everything of a packet but its documents.
fn prepared(
    ledger: &Ledger,
    plans: &mut KnownPlans,
    claim: crate::claim::Claim,
    fonts: &mut Fonts<'_>,
    options: &PacketOptions,
    today: Day,
    describe: &dyn Fn(&ShownClaim) -> Value,
) -> Result<Job, Preparing> {
    let policy = policy_of(ledger, &claim)?;
    let plan = plans.of(ledger, &policy)?;
    let terms = terms_of(&plan, &policy)?;
    let mut history = ledger.history(policy.no).map_err(Error::from)?;
    // Another claim of the parcel is not this one's affair.
    history.retain(|event| !matches!(event.about, About::Claim(no) if no != claim.no));
    let days = history.iter().map(|event| event.on);
    let as_of = days.max().unwrap_or(claim.opened_on).max(claim.opened_on);
    // Not as of today: the same claim gives the same pages whenever they are made.
    let assessment = with_its_facts(terms, policy.clone(), &claim, as_of, assess);
    let next_appeal = next_appeal(terms, &claim);
    let withdrawn = claim.status == ClaimStatus::Withdrawn;
    let closed_on =
        claim.closes_on.filter(|day| claim.status == ClaimStatus::Draft && *day < today);
    let places = places(&claim.evidence);
    let shown = ShownClaim { claim, assessment, next_appeal };
    let written = describe(&shown);
    let subject = Subject {
        claim: &shown.claim,
        policy: &policy,
        plan: &plan,
        assessment: &shown.assessment,
        next_appeal: shown.next_appeal.as_ref(),
        history: &history,
        as_of,
        places: &places,
        seller: &options.seller,
    };
    let no = shown.claim.no;
    let packet = packet(&subject, &written, fonts).map_err(|why| {
        let (code, remedy) = match why {
            PacketError::NoFont { .. } => (
                "no_font",
                "install a font that has them, such as Debian's fonts-noto-cjk for Chinese, or name a font file with --font FILE or in config.toml: [packet] fonts = [\"FILE\"]",
            ),
            PacketError::Pdf(_) => ("pdf_failed", "report it: the program is at fault"),
        };
        Preparing::Refused(refused(code, no, why.to_string(), remedy))
    })?;
    let documents = places.into_iter().zip(shown.claim.evidence).collect();
    Ok(Job { at: 0, claim: no, packet, documents, as_of, withdrawn, closed_on })
}

fn refused(
    code: &'static str,
    claim: ClaimNo,
    reason: String,
    remedy: impl Into<String>,
) -> RefusedPacket {
    RefusedPacket { claim, code, reason, remedy: remedy.into() }
}

fn unusable(why: String) -> Error {
    Error::usage(why, "name a TrueType or OpenType font: a file that ends in .ttf, .otf or .ttc")
}
