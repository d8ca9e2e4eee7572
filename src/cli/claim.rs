//! `insure claim`: judge, file, amend, complete, decide, appeal and pay claims, ask buyers for
//! affidavits.
//!
//! One file a subcommand; here is what they share.

mod affidavit;
mod amend;
mod appeal;
mod check;
mod decide;
mod evidence;
mod facts;
mod file;
mod list;
mod packet;
mod pay;
mod refund;
mod show;

use std::path::PathBuf;

use clap::Subcommand;
use serde_json::{Value, json};

use super::Session;
use super::view::{Cells, Row, Shape, document, list, printable};
use crate::calendar::{Day, parse_day};
use crate::claim::{AFFIDAVIT, Affidavit, Claim, Evidence, Incident, Refund};
use crate::error::{Error, Exit};
use crate::ops::{EvidenceFolder, Given, Request};
use crate::rules::{Assessment, Missing, Need};
use facts::FactArgs;

/// Judge, file, complete, decide, appeal and pay claims.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    Check(check::Args),
    File(file::Args),
    Show(show::Args),
    #[command(subcommand)]
    Evidence(evidence::Command),
    Affidavit(affidavit::Args),
    Refund(refund::Args),
    Packet(packet::Args),
    Amend(amend::Args),
    Decide(decide::Args),
    Appeal(appeal::Args),
    Pay(pay::Args),
    Withdraw(decide::WithdrawArgs),
}

pub(super) fn run(command: Command, session: &mut Session<'_>) -> anyhow::Result<Exit> {
    match command {
        Command::Check(args) => check::run(args, session),
        Command::File(args) => file::run(args, session),
        Command::Show(args) => show::run(args, session),
        Command::Evidence(command) => evidence::run(command, session),
        Command::Affidavit(args) => affidavit::run(args, session),
        Command::Refund(args) => refund::run(args, session),
        Command::Packet(args) => packet::run(args, session),
        Command::Amend(args) => amend::run(args, session),
        Command::Decide(args) => decide::run(args, session),
        Command::Appeal(args) => appeal::run(args, session),
        Command::Pay(args) => pay::run(args, session),
        Command::Withdraw(args) => decide::withdraw(&args, session),
    }
}

/// What is asked, and what shows it.
#[derive(Debug, clap::Args)]
struct WhatArgs {
    /// What was lost or damaged is worth this much [default for a loss: the package value]
    #[arg(long, value_name = "AMOUNT", allow_negative_numbers = true)]
    amount: Option<String>,
    #[command(flatten)]
    evidence: EvidenceArgs,
    /// The parcel is the buyer's return
    #[arg(long)]
    is_return: bool,
    #[command(flatten)]
    facts: FactArgs,
}

impl WhatArgs {
    fn request(&self, incident: Incident) -> Request {
        Request {
            incident,
            amount: self.amount.clone(),
            stated: self.facts.0.clone(),
            evidence: self.evidence.given(),
            is_return: self.is_return,
        }
    }
}

/// Documents that are given with something else.
#[derive(Debug, clap::Args)]
struct EvidenceArgs {
    /// A document: what it shows and where it is, such as invoice=inv.pdf
    #[arg(long, value_name = "KIND=FILE", value_parser = evidence)]
    evidence: Vec<(String, PathBuf)>,
    /// The day the affidavit bears
    #[arg(long, value_name = "DATE", value_parser = parse_day)]
    dated: Option<Day>,
}

impl EvidenceArgs {
    fn given(&self) -> Vec<Given> {
        let given = self.evidence.iter().map(|(kind, path)| Given {
            kind: kind.clone(),
            path: path.clone(),
            // Of what is given in one command, only the affidavit's date matters to any terms.
            dated: self.dated.filter(|_| kind == AFFIDAVIT),
        });
        given.collect()
    }
}

/// What a result says where the same was noted before.
const UNCHANGED: &str = " (noted before, nothing changed)";

/// What a result says where nothing was recorded.
fn unchanged(changed: bool, dry_run: bool) -> &'static str {
    match (changed, dry_run) {
        (false, _) => UNCHANGED,
        (true, true) => " (dry run, nothing was recorded)",
        (true, false) => "",
    }
}

/// A reason in words: none would explain nothing later.
fn words(text: &str) -> Result<String, String> {
    match text.trim() {
        "" => Err("expected a few words".to_owned()),
        words => Ok(words.to_owned()),
    }
}

fn incident(word: &str) -> Result<Incident, String> {
    Incident::from_word(word).ok_or_else(Incident::expected)
}

fn evidence(text: &str) -> Result<(String, PathBuf), String> {
    let (name, path) = text.split_once('=').ok_or("expected KIND=FILE such as invoice=inv.pdf")?;
    Ok((kind(name)?, PathBuf::from(path)))
}

pub(super) fn kind(text: &str) -> Result<String, String> {
    Evidence::kind_of(text)
}

/// Where the documents of this ledger are kept.
pub(super) fn folder(session: &Session<'_>) -> Result<EvidenceFolder, Error> {
    let folder = EvidenceFolder::beside(&session.ledger_path()?);
    Ok(folder.with_limits(session.config.limits))
}

/// Which documents are still missing, for people.
fn missing_text(assessment: &Assessment) -> String {
    let missing = &assessment.missing_evidence;
    if !assessment.names_evidence {
        return "\nEvidence: the terms name no documents, ask the provider which it wants\n"
            .to_owned();
    }
    if missing.is_empty() {
        return "\nEvidence: complete\n".to_owned();
    }
    let mut text = "\nEvidence still missing:\n".to_owned();
    for document in missing {
        let need = match (document.need, document.due_on) {
            (Need::Now, Some(due)) => format!(", was due on {due}"),
            (Need::Now, None) => String::new(),
            (Need::Later, Some(due)) => format!(", may follow until {due}"),
            (Need::Later, None) => ", may follow".to_owned(),
            (Need::Helps, _) => ", it helps".to_owned(),
        };
        let kinds: Vec<&str> =
            std::iter::once(&document.kind).chain(&document.or).map(String::as_str).collect();
        text.push_str(&format!(
            "  {} (from the {}{need}): {}\n",
            kinds.join(" or "),
            document.from.word(),
            document.reason
        ));
    }
    text
}

/// The kinds of documents that are still missing, with those marked that may wait.
fn missing_kinds(missing: &[Missing]) -> Vec<String> {
    let told = |document: &Missing| match (document.need, document.due_on) {
        (Need::Later, Some(due)) => format!("{} by {due}", document.kind),
        (Need::Helps, _) => format!("{} (helps)", document.kind),
        _ => document.kind.clone(),
    };
    missing.iter().map(told).collect()
}

/// Where the buyer's affidavit stands, in a word and a note; `None` where nobody asked for it and
/// nobody has to.
pub(super) fn affidavit_text(claim: &Claim, missing: &[Missing]) -> Option<(String, String)> {
    let is_affidavit = |kind: &String| kind == AFFIDAVIT;
    let owed = missing.iter().any(|m| is_affidavit(&m.kind) || m.or.iter().any(is_affidavit));
    let known = match &claim.affidavit {
        Some(known) => known.clone(),
        None if owed || claim.signed_affidavit().is_some() => Affidavit::default(),
        None => return None,
    };
    let signed = claim.signed_affidavit();
    let mut notes = Vec::new();
    if let Some(on) = known.sent_on {
        let to = known.to.as_deref().map_or_else(String::new, |to| format!(" to {to}"));
        notes.push(format!("sent {on}{}", printable(&to)));
    }
    if let Some(on) = known.in_doubt_on {
        notes.push(format!("an e-mail of {on} is in doubt"));
    }
    if let Some(dated) = signed.and_then(|signed| signed.dated) {
        notes.push(format!("dated {dated}"));
    }
    if notes.is_empty() && signed.is_none() {
        notes.push(format!("ask the buyer: insure claim affidavit {}", claim.no));
    }
    Some((claim.affidavit_status().word().to_owned(), notes.join(", ")))
}

/// What the buyer got back: in a word, and when and why.
pub(super) fn refund_text(refund: &Refund) -> (&'static str, String) {
    let amount = refund.amount.map_or_else(String::new, |amount| format!("{amount} "));
    let reason = refund.reason.as_deref().map_or_else(String::new, |why| format!(": {why}"));
    (refund.status.word(), printable(&format!("{amount}{}{reason}", refund.on)))
}

/// Answers what a change of a claim came to: for people a text, for programs the claim with
/// `more` of its own.
fn answer(
    session: &mut Session<'_>,
    claim: &Claim,
    missing: Option<&[Missing]>,
    text: &str,
    more: Value,
) -> anyhow::Result<Exit> {
    match session.format.shape() {
        Shape::Sheet => session.world.stdout.write_all(text.as_bytes())?,
        Shape::Document(layout) => {
            let mut value = claim_json(claim);
            if let (Value::Object(value), Value::Object(more)) = (&mut value, more) {
                value.extend(more);
                value
                    .extend(missing.map(|missing| ("missing_evidence".to_owned(), json!(missing))));
            }
            document(layout, session.world.stdout, &value)?;
        }
        Shape::Csv | Shape::Ids => {
            let row = ClaimRow { claim, missing };
            list(session.format, session.world.stdout, session.paint, [row])?;
        }
    }
    Ok(Exit::Done)
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
        "facts": claim.facts,
        "appeals": claim.appeals,
        "paid": claim.paid(),
        "owed": claim.owed(),
        "payments": claim.payments,
        "affidavit": affidavit_json(claim),
        "refund": claim.refund,
    })
}

fn affidavit_json(claim: &Claim) -> Value {
    let known = claim.affidavit.clone().unwrap_or_default();
    json!({
        "status": claim.affidavit_status(),
        "to": known.to,
        "sent_on": known.sent_on,
        "times_sent": known.times_sent,
        "in_doubt_on": known.in_doubt_on,
        "dated": claim.signed_affidavit().and_then(|signed| signed.dated),
    })
}

/// A claim as a row.
struct ClaimRow<'a> {
    claim: &'a Claim,
    /// Documents still missing; `None` where that was not asked.
    missing: Option<&'a [Missing]>,
}

impl Row for ClaimRow<'_> {
    const COLUMNS: &'static [&'static str] = &[
        "claim",
        "policy",
        "reason",
        "claim_status",
        "amount",
        "payable",
        "currency",
        "opened_on",
        "closes_on",
        "decided_on",
        "granted",
        "missing_evidence",
        "appeals",
        "paid",
        "owed",
        "affidavit",
        "refund",
    ];

    fn cells(&self, out: &mut dyn Cells) {
        let claim = self.claim;
        let decision = claim.decision.as_ref();
        out.text(&claim.no.to_string());
        out.text(&claim.policy.to_string());
        out.text(claim.incident.word());
        out.text(claim.status.word());
        out.money(claim.amount);
        out.money(claim.payable);
        out.text(claim.amount.currency().code());
        out.day(claim.opened_on);
        out.day_or_none(claim.closes_on);
        out.day_or_none(decision.map(|decision| decision.on));
        out.money_or_none(decision.and_then(|decision| decision.amount));
        match self.missing {
            Some(missing) => out.list(&missing_kinds(missing)),
            None => out.none(),
        }
        out.number(u64::from(claim.appeals));
        out.money(claim.paid());
        out.money_or_none(claim.owed());
        out.text(claim.affidavit_status().word());
        out.text_or_none(claim.refund.as_ref().map(|refund| refund.status.word()));
    }

    fn id(&self) -> String {
        self.claim.no.to_string()
    }
}
