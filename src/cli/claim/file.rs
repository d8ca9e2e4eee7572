//! `insure claim file`: claims, each on its own merits.

use super::super::view::{Cells, Row, Rows};
use super::super::{Session, input};
use super::{WhatArgs, facts, folder, missing_kinds};
use crate::claim::{ClaimStatus, Fact, Incident, flag};
use crate::error::{Error, Exit};
use crate::ops::{Filed, Request, file_claim};
use crate::rules::Refusal;

/// File a claim for each parcel named, each on its own merits.
///
/// A claim that lacks evidence is kept as a draft; it is not with the insurer. This program sends
/// nothing: what is filed here is yours to enter with the insurer.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  insure claim file POL-00001Y --reason loss --evidence invoice=inv.pdf \\
      --evidence affidavit=buyer.pdf --dated 2026-11-20
  insure search --claimable=loss --format ids | insure claim file --reason loss -")]
pub(in crate::cli) struct Args {
    /// Policy, order, package or tracking numbers; - reads them from stdin, one a line
    #[arg(value_name = "ID", required = true)]
    ids: Vec<String>,
    #[command(flatten)]
    what: WhatArgs,
    /// Decide everything, record nothing
    #[arg(long)]
    dry_run: bool,
}

pub(super) fn run(args: Args, session: &mut Session<'_>) -> anyhow::Result<Exit> {
    session.existing_ledger()?;
    let ids = input::identifiers(args.ids, session)?;
    if ids.is_empty() {
        session.note("no identifiers came in, nothing was filed")?;
        return Ok(Exit::NotFound);
    }
    let mut request = args.what.request();
    if ids.len() > 1 {
        of_several(&request)?;
    }
    let mut ledger = session.ledger()?;
    if let ([id], true) = (&ids[..], session.world.can_ask) {
        // Asked while nothing is locked; what is wrong with the number is told below, in its row.
        match facts::judged(session, &ledger, id, &mut request) {
            Ok(_) | Err(Error::NotFound { .. } | Error::Usage { .. }) => {}
            Err(why) => return Err(why.into()),
        }
    }
    let filed =
        file_claim(&mut ledger, &folder(session)?, &ids, &request, session.today, args.dry_run)?;
    let mut rows =
        Rows::new::<FiledRow<'_>>(session.format, &mut *session.world.stdout, session.paint);
    let mut refused = 0;
    let mut unknown = 0;
    let mut drafts = 0;
    let mut unstated: Vec<String> = Vec::new();
    for (id, filed) in ids.iter().zip(&filed) {
        match filed {
            Filed::Filed(claim) => drafts += u64::from(claim.status == ClaimStatus::Draft),
            Filed::Refused(assessed) => {
                refused += 1;
                for fact in &assessed.assessment.missing_facts {
                    let flag = flag(&fact.fact);
                    if !unstated.contains(&flag) {
                        unstated.push(flag);
                    }
                }
            }
            Filed::Unknown(_) => unknown += 1,
        }
        rows.push(&FiledRow { id, filed, incident: request.incident })?;
    }
    rows.finish::<FiledRow<'_>>()?;
    let count = filed.len() as u64 - refused - unknown;
    let dry = if args.dry_run { "; dry run, nothing was recorded" } else { "" };
    session.note(&format!(
        "{count} filed ({drafts} as drafts), {refused} refused, {unknown} not found{dry}"
    ))?;
    if !unstated.is_empty() {
        session.note(&format!(
            "to be stated: {}; insure claim check ID says what each asks",
            unstated.join(" ")
        ))?;
    }
    if count > drafts && !args.dry_run {
        session.note("what is under_review is complete: enter it with the insurer now, this program sends nothing")?;
    }
    if drafts > 0 && !args.dry_run {
        session.note("drafts lack evidence and are not with the insurer: insure claim show CLAIM says what is missing")?;
    }
    Ok(match (refused, unknown) {
        (0, 0) => Exit::Done,
        (0, n) if n == ids.len() as u64 => Exit::NotFound,
        _ => Exit::Refused,
    })
}

/// Who files may be the same for all parcels; everything else belongs to one.
fn of_several(request: &Request) -> Result<(), Error> {
    let facts = request.stated.iter().map(|(name, _)| name.as_str());
    let mut given: Vec<String> =
        facts.filter(|name| *name != Fact::FiledBy.word()).map(flag).collect();
    given.extend(request.amount.iter().map(|_| flag("amount")));
    if !request.evidence.is_empty() {
        given.push("--evidence".to_owned());
    }
    if given.is_empty() {
        return Ok(());
    }
    Err(Error::usage(
        format!("what belongs to one parcel is stated for several: {}", given.join(" ")),
        "file them one by one, or file first and add documents with insure claim evidence add",
    ))
}

/// What came of one identifier, as a row.
struct FiledRow<'a> {
    id: &'a str,
    filed: &'a Filed,
    incident: Incident,
}

impl Row for FiledRow<'_> {
    const COLUMNS: &'static [&'static str] = &[
        "id",
        "claim",
        "claim_status",
        "policy",
        "tracking_number",
        "reason",
        "amount",
        "payable",
        "currency",
        "closes_on",
        "missing_evidence",
        "code",
        "refused",
        "missing_facts",
    ];
    const TABLE: Option<&'static [usize]> = Some(&[0, 1, 2, 3, 6, 7, 9, 10, 11, 12]);

    fn cells(&self, out: &mut dyn Cells) {
        out.text(self.id);
        let (claim, assessed) = match self.filed {
            Filed::Filed(claim) => (Some(claim), Some(&claim.assessed)),
            Filed::Refused(assessed) => (None, Some(&**assessed)),
            Filed::Unknown(_) => (None, None),
        };
        out.text_or_none(claim.and_then(|c| c.no).map(|no| no.to_string()).as_deref());
        out.text_or_none(claim.map(|c| c.status.word()));
        out.text_or_none(assessed.map(|a| a.policy.no.to_string()).as_deref());
        out.text_or_none(assessed.and_then(|a| a.policy.parcel.ids.tracking.as_deref()));
        out.text(self.incident.word());
        out.money_or_none(assessed.map(|a| a.amount));
        out.money_or_none(claim.map(|c| c.assessed.assessment.payable));
        out.text_or_none(
            assessed.map(|a| a.amount.currency()).as_ref().map(crate::money::Currency::code),
        );
        out.day_or_none(assessed.and_then(|a| a.assessment.closes_on));
        match claim {
            Some(claim) => {
                out.list(&missing_kinds(&claim.assessed.assessment.missing_evidence));
            }
            None => out.none(),
        }
        match self.filed {
            Filed::Filed(_) => {
                out.none();
                out.none();
                out.none();
            }
            Filed::Refused(assessed) => {
                let (codes, reasons) = joined(&assessed.assessment.refusals);
                out.text(&codes);
                out.text(&reasons);
                out.list(&facts::names(&assessed.assessment.missing_facts));
            }
            Filed::Unknown(why) => {
                out.text(if matches!(why, Error::NotFound { .. }) {
                    "not_found"
                } else {
                    "unclear"
                });
                out.text(&why.to_string());
                out.none();
            }
        }
    }

    fn id(&self) -> String {
        match self.filed {
            Filed::Filed(claim) => claim.no.map(|no| no.to_string()).unwrap_or_default(),
            _ => String::new(),
        }
    }
}

/// The codes and the reasons of all refusals, as one cell each.
pub(super) fn joined(refusals: &[Refusal]) -> (String, String) {
    let codes: Vec<&str> = refusals.iter().map(|refusal| refusal.code).collect();
    let reasons: Vec<&str> = refusals.iter().map(|refusal| refusal.reason.as_str()).collect();
    (codes.join("; "), reasons.join("; "))
}
