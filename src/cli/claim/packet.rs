//! `insure claim packet`: all that a claim is sent with, in one folder or archive.

use std::path::PathBuf;

use super::super::view::{Cells, Row, Rows};
use super::super::{Session, input};
use super::folder;
use super::show::shown_json;
use crate::error::{Error, Exit};
use crate::ops::{FontPlaces, PacketOptions, PacketOutcome, make_packets};

/// Make the packet a claim is sent with: claim form and invoice (PDF), its evidence, the affidavit,
/// a manifest with all hashes.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  insure claim packet CLM-00001Y --out packets
  insure search --claim-status under_review --format ids | insure claim packet - --out claims.zip

The same claim gives the same bytes. What is there already is left alone where it is the same, and
is not replaced without --force where it differs.")]
pub(in crate::cli) struct Args {
    /// Claim numbers, or any number of their parcels; - reads them from stdin
    #[arg(value_name = "ID", required = true)]
    ids: Vec<String>,
    /// A folder, in which each packet gets its own, or an archive of all: FILE.zip
    #[arg(long, value_name = "DIR|FILE.zip")]
    out: PathBuf,
    /// Replace packets that are there already and differ
    #[arg(long)]
    force: bool,
    /// A font for letters the built-in one does not have, such as Chinese; may be given more than
    /// once [default: those in config.toml, then the system's]
    #[arg(long, value_name = "FILE")]
    font: Vec<PathBuf>,
}

pub(super) fn run(args: Args, session: &mut Session<'_>) -> anyhow::Result<Exit> {
    let ledger = session.existing_ledger()?;
    let ids = input::identifiers(args.ids, session)?;
    if ids.is_empty() {
        session.note("no identifiers came in, nothing was made")?;
        return Ok(Exit::NotFound);
    }
    let config = &session.config;
    let system = config.font_folders.as_ref().unwrap_or(&session.world.font_folders);
    let options = PacketOptions {
        out: args.out,
        force: args.force,
        seller: config.seller.clone(),
        fonts: FontPlaces {
            asked: args.font.iter().chain(&config.fonts).cloned().collect(),
            folders: system.clone(),
        },
    };
    let folder = folder(session)?;
    let done = make_packets(&ledger, &folder, &ids, &options, session.today, &shown_json)?;
    let mut rows =
        Rows::new::<PacketRow<'_>>(session.format, &mut *session.world.stdout, session.paint);
    for (id, outcome) in &done.outcomes {
        rows.push(&PacketRow { id, outcome })?;
    }
    rows.finish::<PacketRow<'_>>()?;
    let count = tell(&done.outcomes, session)?;
    match done.failed {
        Some(why) => Err(why.into()),
        None => Ok(count),
    }
}

/// Says on stderr what a row has no room for, and how it all ended.
fn tell(outcomes: &[(String, PacketOutcome)], session: &mut Session<'_>) -> anyhow::Result<Exit> {
    let (mut made, mut same, mut drafts, mut refused, mut unknown) = (0, 0, 0, 0, 0);
    let mut remedies: Vec<&str> = Vec::new();
    for (_, outcome) in outcomes {
        match outcome {
            PacketOutcome::Made(packet) => {
                made += 1;
                same += u64::from(packet.unchanged);
                drafts += u64::from(packet.draft);
                if packet.withdrawn {
                    session.note(&format!(
                        "{} is withdrawn: its form says so, there is nothing to send",
                        packet.claim
                    ))?;
                }
                if let Some(day) = packet.closed_on {
                    session.note(&format!(
                        "{}: its last day to claim was {day}; the form says how it stood when last something happened",
                        packet.claim
                    ))?;
                }
                if !packet.unset.is_empty() {
                    session.note(&format!(
                        "{}: {} text cannot be set by this program; the pages name it in brackets, manifest.json has it",
                        packet.claim,
                        packet.unset.join(", ")
                    ))?;
                }
            }
            PacketOutcome::Refused(why) => {
                refused += 1;
                if !remedies.contains(&why.remedy.as_str()) {
                    remedies.push(&why.remedy);
                }
            }
            PacketOutcome::Unknown(_) => unknown += 1,
        }
    }
    let same = if same > 0 { format!(" ({same} there already, unchanged)") } else { String::new() };
    session
        .note(&format!("{made} made{same}, {refused} could not be made, {unknown} not found"))?;
    for remedy in remedies {
        session.note(&format!("hint: {remedy}"))?;
    }
    if drafts > 0 {
        session.note(&format!(
            "{drafts} of drafts, not ready to send: their forms say what is missing"
        ))?;
    }
    Ok(match (refused, unknown) {
        (0, 0) => Exit::Done,
        (0, n) if n == outcomes.len() as u64 => Exit::NotFound,
        _ => Exit::Refused,
    })
}

/// What came of one identifier, as a row.
struct PacketRow<'a> {
    id: &'a str,
    outcome: &'a PacketOutcome,
}

impl Row for PacketRow<'_> {
    const COLUMNS: &'static [&'static str] = &[
        "id",
        "claim",
        "path",
        "files",
        "bytes",
        "draft",
        "unchanged",
        "sha256",
        "code",
        "refused",
    ];
    const TABLE: Option<&'static [usize]> = Some(&[0, 1, 2, 3, 4, 5, 8, 9]);

    fn cells(&self, out: &mut dyn Cells) {
        out.text(self.id);
        match self.outcome {
            PacketOutcome::Made(packet) => {
                out.text(&packet.claim.to_string());
                out.text(&packet.path.display().to_string());
                out.number(packet.files);
                out.number(packet.bytes);
                out.flag(packet.draft);
                out.flag(packet.unchanged);
                out.text(&packet.sha256);
                out.none();
                out.none();
            }
            PacketOutcome::Refused(why) => {
                out.text(&why.claim.to_string());
                for _ in 0..6 {
                    out.none();
                }
                out.text(why.code);
                out.text(&why.reason);
            }
            PacketOutcome::Unknown(why) => {
                for _ in 0..7 {
                    out.none();
                }
                out.text(match why {
                    Error::NotFound { .. } => "not_found",
                    _ => "unclear",
                });
                out.text(&why.to_string());
            }
        }
    }

    fn id(&self) -> String {
        match self.outcome {
            PacketOutcome::Made(packet) => packet.claim.to_string(),
            _ => String::new(),
        }
    }
}
