//! `insure claim`: judge, file, complete and decide claims.

use std::path::PathBuf;

use clap::Subcommand;
use serde_json::{Value, json};

use super::quote::explained;
use super::view::{Aligned, Cells, Format, Listing, Row, Rows, document, printable};
use super::{Session, input};
use crate::calendar::{Day, parse_day};
use crate::claim::{Claim, ClaimStatus, Incident};
use crate::error::{Error, Exit};
use crate::ops::{
    Assessed, EvidenceFolder, Filed, Given, NewDecision, Request, add_evidence, check_claim,
    decide_claim, file_claim, show_claim,
};
use crate::rules::{Missing, Refusal};

/// Judge, file, complete and decide claims.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    Check(CheckArgs),
    File(FileArgs),
    Show(ShowArgs),
    #[command(subcommand)]
    Evidence(EvidenceCommand),
    Decide(DecideArgs),
    Withdraw(WithdrawArgs),
}

/// May it be claimed, from and until when, what is missing, what would it pay? Files nothing.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  insure claim check 9400111899562743815201 --reason loss
  insure claim check POL-00001Y --reason damage --amount 120 --evidence photo=box.jpg --explain")]
pub(super) struct CheckArgs {
    /// Policy, order, package or tracking number
    #[arg(value_name = "ID")]
    id: String,
    #[command(flatten)]
    what: WhatArgs,
    /// Show each step: rule, clause, source, before, after
    #[arg(long)]
    explain: bool,
}

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
pub(super) struct FileArgs {
    /// Policy, order, package or tracking numbers; - reads them from stdin, one a line
    #[arg(value_name = "ID", required = true)]
    ids: Vec<String>,
    #[command(flatten)]
    what: WhatArgs,
    /// Decide everything, record nothing
    #[arg(long)]
    dry_run: bool,
}

#[derive(Debug, clap::Args)]
struct WhatArgs {
    /// What happened: loss, damage, shortage
    #[arg(long, value_name = "INCIDENT", value_parser = incident)]
    reason: Incident,
    /// What was lost or damaged is worth this much [default for a loss: the package value]
    #[arg(long, value_name = "AMOUNT", allow_negative_numbers = true)]
    amount: Option<String>,
    /// A document: what it shows and where it is, such as invoice=inv.pdf
    #[arg(long, value_name = "KIND=FILE", value_parser = evidence)]
    evidence: Vec<(String, PathBuf)>,
    /// The day the affidavit bears
    #[arg(long, value_name = "DATE", value_parser = parse_day)]
    dated: Option<Day>,
    /// The parcel is the buyer's return
    #[arg(long)]
    is_return: bool,
}

impl WhatArgs {
    fn request(&self) -> Request {
        let given = self.evidence.iter().map(|(kind, path)| Given {
            kind: kind.clone(),
            path: path.clone(),
            // Of what is given in one command, only the affidavit's date matters to any terms.
            dated: self.dated.filter(|_| kind == "affidavit"),
        });
        Request {
            incident: self.reason,
            amount: self.amount.clone(),
            evidence: given.collect(),
            is_return: self.is_return,
        }
    }
}

/// Show a claim: what it asks, what it pays, its evidence and what is still missing.
#[derive(Debug, clap::Args)]
pub(super) struct ShowArgs {
    /// Claim numbers, or any number of their parcels; - reads them from stdin
    #[arg(value_name = "ID", required = true)]
    ids: Vec<String>,
}

/// Documents that support a claim.
#[derive(Debug, Subcommand)]
pub(super) enum EvidenceCommand {
    Add(AddArgs),
}

/// Add documents to a claim; a draft that lacks nothing any more is complete.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example:\n  insure claim evidence add CLM-00001Y --kind photo box.jpg inside.jpg"
)]
pub(super) struct AddArgs {
    /// Claim number, or any number of its parcel
    #[arg(value_name = "CLAIM")]
    claim: String,
    /// What they show: invoice, photo, affidavit
    #[arg(long, value_name = "KIND", value_parser = kind)]
    kind: String,
    /// The day they bear (an affidavit counts only from a given day)
    #[arg(long, value_name = "DATE", value_parser = parse_day)]
    dated: Option<Day>,
    /// The documents
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
}

/// Book what the insurer decided.
#[derive(Debug, clap::Args)]
#[command(group(clap::ArgGroup::new("decision").required(true)))]
#[command(after_help = "\
Examples:
  insure claim decide CLM-00001Y --accepted
  insure claim decide CLM-00001Y --accepted --amount 180.00 --at 2026-12-02
  insure claim decide CLM-00001Y --rejected 'no proof of value'")]
pub(super) struct DecideArgs {
    /// Claim number, or any number of its parcel
    #[arg(value_name = "CLAIM")]
    claim: String,
    /// It will be paid, all of what is payable or --amount
    #[arg(long, group = "decision")]
    accepted: bool,
    /// It will not be paid, for this reason
    #[arg(long, value_name = "REASON", group = "decision")]
    rejected: Option<String>,
    /// The insurer asks for this
    #[arg(long, value_name = "WHAT", group = "decision")]
    needs_info: Option<String>,
    /// How much is granted
    #[arg(long, value_name = "AMOUNT", allow_negative_numbers = true, requires = "accepted")]
    amount: Option<String>,
    /// The day of the decision [default: today]
    #[arg(long, value_name = "DATE", value_parser = parse_day)]
    at: Option<Day>,
}

/// Take a claim back, for instance to file it for another reason.
#[derive(Debug, clap::Args)]
pub(super) struct WithdrawArgs {
    /// Claim number, or any number of its parcel
    #[arg(value_name = "CLAIM")]
    claim: String,
}

fn incident(word: &str) -> Result<Incident, String> {
    Incident::from_word(word).ok_or_else(Incident::expected)
}

fn evidence(text: &str) -> Result<(String, PathBuf), String> {
    let (name, path) = text.split_once('=').ok_or("expected KIND=FILE such as invoice=inv.pdf")?;
    Ok((kind(name)?, PathBuf::from(path)))
}

fn kind(text: &str) -> Result<String, String> {
    let word = text.trim().to_lowercase();
    let fits = !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
    if fits {
        Ok(word)
    } else {
        Err("expected a word such as invoice, photo or affidavit".to_owned())
    }
}

pub(super) fn run(command: Command, session: &mut Session<'_>) -> anyhow::Result<Exit> {
    match command {
        Command::Check(args) => check(&args, session),
        Command::File(args) => file(args, session),
        Command::Show(args) => show(args, session),
        Command::Evidence(EvidenceCommand::Add(args)) => add(&args, session),
        Command::Decide(args) => decide(args, session),
        Command::Withdraw(args) => {
            decided(&args.claim, &NewDecision::Withdrawn, session.today, session)
        }
    }
}

fn folder(session: &Session<'_>) -> Result<EvidenceFolder, Error> {
    Ok(EvidenceFolder::beside(&session.ledger_path()?))
}

fn check(args: &CheckArgs, session: &mut Session<'_>) -> anyhow::Result<Exit> {
    let ledger = session.existing_ledger()?;
    let assessed = check_claim(&ledger, &args.id, &args.what.request(), session.today)?;
    if session.format == Format::Table {
        let text = assessed_sheet(&assessed, args.explain, session);
        session.world.stdout.write_all(text.as_bytes())?;
    } else {
        document(session.format, session.world.stdout, &assessed_json(&assessed))?;
    }
    Ok(if assessed.assessment.eligible { Exit::Done } else { Exit::Refused })
}

fn assessed_json(assessed: &Assessed) -> Value {
    let assessment = &assessed.assessment;
    json!({
        "policy": assessed.policy.no,
        "plan": assessed.policy.plan,
        "version": assessed.policy.version,
        "currency": assessment.payable.currency(),
        "eligible": assessment.eligible,
        "refusals": assessment.refusals,
        "opens_on": assessment.opens_on,
        "closes_on": assessment.closes_on,
        "missing_evidence": assessment.missing_evidence,
        "amount": assessed.amount,
        "payable": assessment.payable,
        "trace": assessment.trace,
    })
}

fn assessed_sheet(assessed: &Assessed, explain: bool, session: &Session<'_>) -> String {
    let assessment = &assessed.assessment;
    let paint = session.paint;
    let mut list = Listing::new(paint);
    list.pair(
        "Policy",
        assessed.policy.no.to_string(),
        printable(&assessed.policy.parcel.ids.shown()),
    );
    list.pair("Can be claimed", if assessment.eligible { "yes" } else { "no" }, "");
    for (name, day) in [("First day", assessment.opens_on), ("Last day", assessment.closes_on)] {
        if let Some(day) = day {
            list.pair(name, day.to_string(), "");
        }
    }
    if assessment.eligible {
        list.amount("Would pay", assessment.payable, "");
    }
    let mut text = list.render();
    text.push_str(&refusals_text(&assessment.refusals));
    if assessment.eligible {
        text.push_str(&missing_text(&assessment.missing_evidence));
    }
    if explain {
        text.push_str(&explained(&assessment.trace, session));
    }
    text
}

fn refusals_text(refusals: &[Refusal]) -> String {
    let mut text = String::new();
    for refusal in refusals {
        text.push_str(&format!("\nRefused ({}): {}\n", refusal.code, refusal.reason));
        text.push_str(&format!(
            "  clause {} ({}): {}\n",
            refusal.clause, refusal.source, refusal.text
        ));
        if let Some(remedy) = &refusal.remedy {
            text.push_str(&format!("  what would change it: {remedy}\n"));
        }
    }
    text
}

fn missing_text(missing: &[Missing]) -> String {
    if missing.is_empty() {
        return "\nEvidence: complete\n".to_owned();
    }
    let mut text = "\nEvidence still missing:\n".to_owned();
    for document in missing {
        text.push_str(&format!(
            "  {} (from the {}): {}\n",
            document.kind,
            document.from.word(),
            document.reason
        ));
    }
    text
}

fn file(args: FileArgs, session: &mut Session<'_>) -> anyhow::Result<Exit> {
    session.existing_ledger()?;
    let ids = input::identifiers(args.ids, session)?;
    if ids.is_empty() {
        session.note("no identifiers came in, nothing was filed")?;
        return Ok(Exit::NotFound);
    }
    if ids.len() > 1 && (!args.what.evidence.is_empty() || args.what.amount.is_some()) {
        return Err(Error::usage(
            "--evidence and --amount belong to one parcel, and several are named",
            "file them one by one, or file first and add documents with insure claim evidence add",
        )
        .into());
    }
    let mut ledger = session.ledger()?;
    let request = args.what.request();
    let filed =
        file_claim(&mut ledger, &folder(session)?, &ids, &request, session.today, args.dry_run)?;
    let mut rows =
        Rows::new::<FiledRow<'_>>(session.format, &mut *session.world.stdout, session.paint);
    let mut refused = 0;
    let mut unknown = 0;
    let mut drafts = 0;
    for (id, filed) in ids.iter().zip(&filed) {
        match filed {
            Filed::Filed(claim) => drafts += u64::from(claim.status == ClaimStatus::Draft),
            Filed::Refused(_) => refused += 1,
            Filed::Unknown(_) => unknown += 1,
        }
        let row = FiledRow { id, filed, incident: request.incident };
        if session.format != Format::Ids || !row.id().is_empty() {
            rows.push(&row)?;
        }
    }
    rows.finish::<FiledRow<'_>>()?;
    let count = filed.len() as u64 - refused - unknown;
    let dry = if args.dry_run { "; dry run, nothing was recorded" } else { "" };
    session.note(&format!(
        "{count} filed ({drafts} as drafts), {refused} refused, {unknown} not found{dry}"
    ))?;
    if drafts > 0 && !args.dry_run {
        session.note("drafts lack evidence and are not with the insurer: insure claim show CLAIM says what is missing")?;
    }
    Ok(match (refused, unknown) {
        (0, 0) => Exit::Done,
        (0, n) if n == ids.len() as u64 => Exit::NotFound,
        _ => Exit::Refused,
    })
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
                let missing =
                    claim.assessed.assessment.missing_evidence.iter().map(|m| m.kind.clone());
                out.list(&missing.collect::<Vec<_>>());
            }
            None => out.none(),
        }
        match self.filed {
            Filed::Filed(_) => {
                out.none();
                out.none();
            }
            Filed::Refused(assessed) => {
                let refusals = &assessed.assessment.refusals;
                out.text(&refusals.iter().map(|r| r.code).collect::<Vec<_>>().join("; "));
                out.text(
                    &refusals.iter().map(|r| r.reason.as_str()).collect::<Vec<_>>().join("; "),
                );
            }
            Filed::Unknown(why) => {
                out.text(if matches!(why, Error::NotFound { .. }) {
                    "not_found"
                } else {
                    "unclear"
                });
                out.text(&why.to_string());
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

fn show(args: ShowArgs, session: &mut Session<'_>) -> anyhow::Result<Exit> {
    let ledger = session.existing_ledger()?;
    let ids = input::identifiers(args.ids, session)?;
    for (at, id) in ids.iter().enumerate() {
        let (claim, assessment) = show_claim(&ledger, id, session.today)?;
        match session.format {
            Format::Table => {
                let text = claim_sheet(&claim, &assessment.missing_evidence, session);
                let gap = if at > 0 { "\n" } else { "" };
                write!(session.world.stdout, "{gap}{text}")?;
            }
            Format::Ids => writeln!(session.world.stdout, "{}", claim.no)?,
            _ => {
                let mut value = claim_json(&claim);
                value["missing_evidence"] = json!(assessment.missing_evidence);
                document(session.format, session.world.stdout, &value)?;
            }
        }
    }
    Ok(Exit::Done)
}

fn claim_sheet(claim: &Claim, missing: &[Missing], session: &Session<'_>) -> String {
    let mut list = Listing::new(session.paint);
    let note = match claim.status {
        ClaimStatus::Draft => "not with the insurer yet",
        _ => "",
    };
    list.pair("Claim", claim.no.to_string(), claim.policy.to_string());
    list.pair("Status", claim.status.word(), note);
    list.pair("Reason", claim.incident.word(), "");
    list.amount("Claimed", claim.amount, "");
    list.amount("Pays", claim.payable, "as assessed when it was filed");
    list.pair("Opened", claim.opened_on.to_string(), format!("last day {}", claim.closes_on));
    if let Some(decision) = &claim.decision {
        let amount = decision.amount.map(|amount| amount.to_string());
        let words = [amount.as_deref(), decision.reason.as_deref()]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(": ");
        list.pair("Decided", decision.on.to_string(), printable(&words));
    }
    let mut text = list.render();
    if !claim.evidence.is_empty() {
        text.push_str("\nEvidence:\n");
        let mut list = Listing::new(session.paint);
        for document in &claim.evidence {
            let short = document.sha256.get(..12).unwrap_or_default();
            let dated = document.dated.map_or_else(String::new, |day| format!("dated {day}"));
            let cells = [
                format!(" {}", document.kind),
                printable(&document.file),
                dated,
                format!("sha256 {short}"),
            ];
            list.row(cells.into_iter().map(Aligned::Left).collect());
        }
        text.push_str(&list.render());
    }
    if claim.status.is_open() {
        text.push_str(&missing_text(missing));
    }
    text
}

/// A claim as one JSON object.
pub(super) fn claim_json(claim: &Claim) -> Value {
    let decision = claim.decision.as_ref();
    json!({
        "claim": claim.no,
        "policy": claim.policy,
        "reason": claim.incident,
        "claim_status": claim.status,
        "amount": claim.amount,
        "payable": claim.payable,
        "currency": claim.amount.currency(),
        "opened_on": claim.opened_on,
        "closes_on": claim.closes_on,
        "decided_on": decision.map(|d| d.on),
        "granted": decision.and_then(|d| d.amount),
        "decision": decision.and_then(|d| d.reason.as_deref()),
        "evidence": claim.evidence,
    })
}

fn add(args: &AddArgs, session: &mut Session<'_>) -> anyhow::Result<Exit> {
    session.existing_ledger()?;
    let mut ledger = session.ledger()?;
    let given: Vec<Given> = args
        .files
        .iter()
        .map(|path| Given { kind: args.kind.clone(), path: path.clone(), dated: args.dated })
        .collect();
    let done = add_evidence(&mut ledger, &folder(session)?, &args.claim, &given, session.today)?;
    if session.format == Format::Table {
        let mut text = format!("{}  {} of {} new", done.claim.no, done.added, given.len());
        text.push_str(&format!(", the claim is {}\n", done.claim.status.word()));
        text.push_str(&missing_text(&done.assessment.missing_evidence));
        let late = done.claim.status == ClaimStatus::Draft && done.claim.closes_on < session.today;
        if done.completed {
            text.push_str("The claim is complete: enter it with the insurer now.\n");
        } else if late {
            text.push_str(&format!(
                "The last day to claim was {}: it stays a draft.\n",
                done.claim.closes_on
            ));
        }
        session.world.stdout.write_all(text.as_bytes())?;
    } else {
        let mut value = claim_json(&done.claim);
        value["added"] = json!(done.added);
        value["missing_evidence"] = json!(done.assessment.missing_evidence);
        document(session.format, session.world.stdout, &value)?;
    }
    Ok(Exit::Done)
}

fn decide(args: DecideArgs, session: &mut Session<'_>) -> anyhow::Result<Exit> {
    let decision = match (args.rejected, args.needs_info) {
        (Some(reason), _) => NewDecision::Rejected(reason),
        (None, Some(what)) => NewDecision::NeedsInfo(what),
        (None, None) => NewDecision::Accepted(args.amount),
    };
    decided(&args.claim, &decision, args.at.unwrap_or(session.today), session)
}

fn decided(
    id: &str,
    decision: &NewDecision,
    on: Day,
    session: &mut Session<'_>,
) -> anyhow::Result<Exit> {
    session.existing_ledger()?;
    let mut ledger = session.ledger()?;
    let claim = decide_claim(&mut ledger, id, decision, on, session.today)?;
    match session.format {
        Format::Table => {
            let granted = claim.decision.as_ref().and_then(|d| d.amount);
            let amount = granted.map_or_else(String::new, |amount| format!(", {amount} granted"));
            writeln!(session.world.stdout, "{}  {}{amount}", claim.no, claim.status.word())?;
        }
        Format::Ids => writeln!(session.world.stdout, "{}", claim.no)?,
        _ => document(session.format, session.world.stdout, &claim_json(&claim))?,
    }
    Ok(Exit::Done)
}
