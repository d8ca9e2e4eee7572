//! `insure claim file`: claims, each on its own merits.

use std::path::{Path, PathBuf};

use super::super::input::list::{self, ListArgs};
use super::super::view::{Cells, Row, Rows, printable};
use super::super::{Session, input};
use super::list::{Came, ListedRow, Told, Words};
use super::{WhatArgs, facts, folder, incident, missing_kinds};
use crate::claim::{ClaimStatus, Fact, Incident, flag};
use crate::error::{Error, Exit};
use crate::money::Currency;
use crate::ops::{CLAIMS, Filed, FiledRow, FilingList, Request, file_claim, file_list};
use crate::rules::{MissingFact, Refusal};

/// File a claim for each parcel named, or for each row of a list, each on its own merits.
///
/// A claim that lacks evidence is kept as a draft; it is not with the insurer. This program sends
/// nothing: what is filed here is yours to enter with the insurer.
///
/// A list has columns id (or policy, order_id, package_id, tracking_number), reason, amount, evidence
/// (invoice=inv.pdf; photo=box.jpg), dated, and any fact by its name, such as carrier_paid. A parcel
/// whose claim is on its way already is told as already_filed, so the same list again changes nothing.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  insure claim file POL-00001Y --reason loss --evidence invoice=inv.pdf \\
      --evidence affidavit=buyer.pdf --dated 2026-11-20
  insure search --claimable=loss --format ids | insure claim file --reason loss -
  insure claim file --input claims.csv --dry-run
  insure claim file --input - --format ndjson < claims.csv")]
pub(in crate::cli) struct Args {
    /// Policy, order, package or tracking numbers; - reads them from stdin, one a line
    #[arg(value_name = "ID", required_unless_present = "input", conflicts_with = "input")]
    ids: Vec<String>,
    /// What happened, as far as the plan covers it: loss, damage, shortage, delay, theft, misdelivery;
    /// with --input to the parcels of rows that do not say it
    #[arg(long, value_name = "INCIDENT", value_parser = incident, required_unless_present = "input")]
    reason: Option<Incident>,
    #[command(flatten)]
    what: WhatArgs,
    /// File a list of claims, CSV or XLSX, with a header; - is stdin
    #[arg(long, short, value_name = "FILE")]
    input: Option<PathBuf>,
    /// Decide everything, record nothing
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    reading: ListArgs,
}

pub(super) fn run(args: Args, session: &mut Session<'_>) -> anyhow::Result<Exit> {
    session.existing_ledger()?;
    match (args.input, args.reason) {
        (Some(path), reason) => {
            list(&path, reason, &args.what, args.reading, args.dry_run, session)
        }
        (None, Some(reason)) => ids(args.ids, reason, &args.what, args.dry_run, session),
        (None, None) => Err(Error::usage(
            "what happened is not stated",
            "state it with --reason, see insure claim file --help",
        )
        .into()),
    }
}

fn ids(
    ids: Vec<String>,
    reason: Incident,
    what: &WhatArgs,
    dry_run: bool,
    session: &mut Session<'_>,
) -> anyhow::Result<Exit> {
    let ids = input::identifiers(ids, session)?;
    if ids.is_empty() {
        session.note("no identifiers came in, nothing was filed")?;
        return Ok(Exit::NotFound);
    }
    let mut request = what.request(reason);
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
    let filed = file_claim(&mut ledger, &folder(session)?, &ids, &request, session.today, dry_run)?;
    let mut rows =
        Rows::new::<FiledCells<'_>>(session.format, &mut *session.world.stdout, session.paint);
    let mut counts = Counts::default();
    let mut told = Vec::new();
    for (id, filed) in ids.iter().zip(&filed) {
        counts.add(filed);
        let doubts: &[String] = match filed {
            Filed::Filed(claim) => &claim.doubts,
            _ => &[],
        };
        told.extend(doubts);
        rows.push(&FiledCells { line: None, id, incident: Some(reason), filed, doubts })?;
    }
    rows.finish::<FiledCells<'_>>()?;
    for doubt in told {
        session.note(&printable(doubt))?;
    }
    let Counts { filed: now, drafts, already, refused, unknown, .. } = counts;
    let already = if already > 0 { format!(", {already} already filed") } else { String::new() };
    let dry = if dry_run { "; dry run, nothing was recorded" } else { "" };
    session.note(&format!(
        "{now} filed ({drafts} as drafts){already}, {refused} refused, {unknown} not found{dry}"
    ))?;
    counts.notes(dry_run, session)?;
    Ok(match (refused, unknown) {
        (0, 0) => Exit::Done,
        (0, n) if n == ids.len() as u64 => Exit::NotFound,
        _ => Exit::Refused,
    })
}

fn list(
    path: &Path,
    reason: Option<Incident>,
    what: &WhatArgs,
    reading: ListArgs,
    dry_run: bool,
    session: &mut Session<'_>,
) -> anyhow::Result<Exit> {
    // What belongs to one parcel stands in its row; the incident plays no part in this.
    let request = what.request(reason.unwrap_or(Incident::Loss));
    of_several(&request)?;
    if request.is_return {
        return Err(Error::usage(
            "--is-return belongs to one parcel",
            "say it in a column is_return of the list",
        )
        .into());
    }
    let list = list::read(path, &reading, &CLAIMS, session)?;
    let (folder, base) = (folder(session)?, list::folder_of(path));
    let filed_by = request.stated.iter().find(|(name, _)| name == Fact::FiledBy.word());
    let filing = FilingList {
        incident: reason,
        filed_by: filed_by.map(|(_, who)| who.as_str()),
        base: &base,
        folder: &folder,
        today: session.today,
        dry_run,
    };
    let mut ledger = session.ledger()?;
    let mut told = Told::new(session)?;
    let mut counts = Counts { of_list: true, ..Counts::default() };
    let others = file_list(&mut ledger, list, filing, &mut |row| {
        counts.add(&row.filed);
        told.take(ListedFiling(row))
    })?;
    list::note_others(&others, session)?;
    let words = Words { done: "filed", sum: "payable", not_yet: None };
    let exit = told.show(words, &[("drafts", counts.drafts)], dry_run, session)?;
    counts.notes(dry_run, session)?;
    Ok(exit)
}

/// What came of all of them.
#[derive(Default)]
struct Counts {
    filed: u64,
    drafts: u64,
    already: u64,
    refused: u64,
    unknown: u64,
    unstated: Vec<String>,
    /// Whether what is not stated is missing in columns.
    of_list: bool,
}

impl Counts {
    fn add(&mut self, filed: &Filed) {
        match filed {
            Filed::Filed(claim) => {
                self.filed += 1;
                self.drafts += u64::from(claim.status == ClaimStatus::Draft);
            }
            Filed::Already(..) => self.already += 1,
            Filed::Refused(assessed) => {
                self.refused += 1;
                for fact in &assessed.assessment.missing_facts {
                    let flag = if self.of_list { column(&fact.fact) } else { flag(&fact.fact) };
                    if !self.unstated.contains(&flag) {
                        self.unstated.push(flag);
                    }
                }
            }
            Filed::Unfit(problem) if ["not_found", "unclear"].contains(&problem.code) => {
                self.unknown += 1;
            }
            Filed::Unfit(_) => self.refused += 1,
        }
    }

    /// What is left to do.
    fn notes(&self, dry_run: bool, session: &mut Session<'_>) -> std::io::Result<()> {
        if !self.unstated.is_empty() {
            let columns = if self.of_list { "as columns " } else { "" };
            session.note(&format!(
                "to be stated: {columns}{}; insure claim check ID says what each asks",
                self.unstated.join(" ")
            ))?;
        }
        if self.filed > self.drafts && !dry_run {
            session.note("what is under_review is complete: enter it with the insurer now, this program sends nothing")?;
        }
        if self.drafts > 0 && !dry_run {
            session.note("drafts lack evidence and are not with the insurer: insure claim show CLAIM says what is missing")?;
        }
        Ok(())
    }
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
struct FiledCells<'a> {
    line: Option<u64>,
    id: &'a str,
    incident: Option<Incident>,
    filed: &'a Filed,
    /// What is doubtful about it, though it was taken.
    doubts: &'a [String],
}

impl Row for FiledCells<'_> {
    const COLUMNS: &'static [&'static str] = &[
        "line",
        "id",
        "result",
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
        "column",
        "value",
        "refused",
        "missing_facts",
        "hint",
    ];
    const TABLE: Option<&'static [usize]> = Some(&[1, 3, 4, 5, 8, 9, 11, 12, 13, 16]);

    fn cells(&self, out: &mut dyn Cells) {
        match self.line {
            Some(line) => out.number(line),
            None => out.none(),
        }
        out.text(self.id);
        let mut claim = None;
        let (mut policy, mut amount, mut payable, mut closes_on) = (None, None, None, None);
        let mut missing = None;
        let result = match self.filed {
            Filed::Filed(filed) => {
                let assessed = &filed.assessed;
                claim = Some((filed.no, filed.status));
                (policy, amount) = (Some(&assessed.policy), Some(assessed.amount));
                payable = Some(assessed.assessment.payable);
                closes_on = assessed.assessment.closes_on;
                missing = Some(missing_kinds(&assessed.assessment.missing_evidence));
                "filed"
            }
            Filed::Already(known) => {
                let open = &known.claim;
                claim = Some(((!known.tried).then_some(open.no), open.status));
                policy = Some(&known.policy);
                (amount, payable) = (Some(open.amount), Some(open.payable));
                closes_on = open.closes_on;
                missing = Some(missing_kinds(&known.missing));
                "already_filed"
            }
            Filed::Refused(assessed) => {
                (policy, amount) = (Some(&assessed.policy), Some(assessed.amount));
                closes_on = assessed.assessment.closes_on;
                "refused"
            }
            Filed::Unfit(_) => "refused",
        };
        out.text(result);
        out.text_or_none(claim.and_then(|(no, _)| no).map(|no| no.to_string()).as_deref());
        out.text_or_none(claim.map(|(_, status)| status.word()));
        out.text_or_none(policy.map(|policy| policy.no.to_string()).as_deref());
        out.text_or_none(policy.and_then(|policy| policy.parcel.ids.tracking.as_deref()));
        out.text_or_none(self.incident.map(Incident::word));
        out.money_or_none(amount);
        out.money_or_none(payable);
        out.text_or_none(amount.map(|amount| amount.currency()).as_ref().map(Currency::code));
        out.day_or_none(closes_on);
        match &missing {
            Some(missing) => out.list(missing),
            None => out.none(),
        }
        self.why_not(out);
    }

    fn id(&self) -> String {
        match self.filed {
            Filed::Filed(claim) => claim.no.map(|no| no.to_string()).unwrap_or_default(),
            Filed::Already(known) if known.tried => String::new(),
            Filed::Already(known) => known.claim.no.to_string(),
            Filed::Refused(_) | Filed::Unfit(_) => String::new(),
        }
    }
}

impl FiledCells<'_> {
    fn doubtful(&self, out: &mut dyn Cells) {
        out.text_or_none((!self.doubts.is_empty()).then(|| self.doubts.join("; ")).as_deref());
    }

    /// The cells that say why it was not filed now.
    fn why_not(&self, out: &mut dyn Cells) {
        let nothing = |out: &mut dyn Cells, cells: usize| (0..cells).for_each(|_| out.none());
        match self.filed {
            Filed::Filed(_) => {
                nothing(out, 5);
                self.doubtful(out);
            }
            Filed::Already(known) => {
                out.text("already_filed");
                nothing(out, 2);
                let earlier = "an earlier row of this run files it";
                out.text_or_none(known.tried.then_some(earlier));
                out.none();
                self.doubtful(out);
            }
            Filed::Refused(assessed) => {
                let refusals = &assessed.assessment.refusals;
                let (codes, reasons) = joined(refusals);
                out.text(&codes);
                nothing(out, 2);
                out.text(&reasons);
                out.list(&facts::names(&assessed.assessment.missing_facts));
                let facts = &assessed.assessment.missing_facts;
                let remedy = |refusal: &Refusal| match refusal.code {
                    "facts_needed" if self.line.is_some() => Some(fill(facts)),
                    _ => refusal.remedy.clone(),
                };
                let remedies: Vec<String> = refusals.iter().filter_map(remedy).collect();
                let remedies = Some(remedies.join("; ")).filter(|all| !all.is_empty());
                out.text_or_none(remedies.as_deref());
            }
            Filed::Unfit(problem) => {
                out.text(problem.code);
                out.text_or_none(problem.column.as_deref());
                out.text_or_none(problem.value.as_deref());
                out.text(&problem.reason);
                out.none();
                out.text_or_none(problem.hint.as_deref());
            }
        }
    }
}

/// A row of a list, and what came of it.
struct ListedFiling(FiledRow);

impl ListedFiling {
    fn as_cells(&self) -> FiledCells<'_> {
        let FiledRow { line, id, incident, filed, doubts } = &self.0;
        FiledCells { line: Some(*line), id, incident: *incident, filed, doubts }
    }
}

impl Row for ListedFiling {
    const COLUMNS: &'static [&'static str] = FiledCells::COLUMNS;
    const TABLE: Option<&'static [usize]> = Some(&[0, 1, 3, 4, 5, 8, 9, 11, 12, 13, 14, 16]);

    fn cells(&self, out: &mut dyn Cells) {
        self.as_cells().cells(out);
    }

    fn id(&self) -> String {
        self.as_cells().id()
    }
}

impl ListedRow for ListedFiling {
    fn came(&self) -> Came<'_> {
        match &self.0.filed {
            Filed::Filed(claim) => Came::Now(Some(claim.assessed.assessment.payable)),
            Filed::Already(..) => Came::Before,
            Filed::Refused(assessed) => {
                Came::Not(assessed.assessment.refusals.first().map_or("refused", |r| r.code))
            }
            Filed::Unfit(problem) => Came::Not(problem.code),
        }
    }

    fn doubts(&self) -> (u64, &[String]) {
        let taken = matches!(self.0.filed, Filed::Filed(_) | Filed::Already(..));
        (self.0.line, if taken { &self.0.doubts } else { &[] })
    }
}

/// What to fill in, in a list: its columns are called after the facts.
fn fill(facts: &[MissingFact]) -> String {
    let columns: Vec<String> = facts.iter().map(|fact| column(&fact.fact)).collect();
    let word = if columns.len() == 1 { "column" } else { "columns" };
    format!("fill the {word} {}", columns.join(", "))
}

/// The column of a fact.
fn column(fact: &str) -> String {
    format!("`{}`", fact.replace('-', "_"))
}

/// The codes and the reasons of all refusals, as one cell each.
pub(super) fn joined(refusals: &[Refusal]) -> (String, String) {
    let codes: Vec<&str> = refusals.iter().map(|refusal| refusal.code).collect();
    let reasons: Vec<&str> = refusals.iter().map(|refusal| refusal.reason.as_str()).collect();
    (codes.join("; "), reasons.join("; "))
}
