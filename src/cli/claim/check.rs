//! `insure claim check`: what would come of a claim.

use serde_json::{Value, json};

use super::super::Session;
use super::super::quote::explained;
use super::super::view::{Cells, Listing, Row, Shape, document, list, printable};
use super::file::joined;
use super::{WhatArgs, facts, incident, missing_kinds, missing_text};
use crate::claim::Incident;
use crate::error::Exit;
use crate::ops::Assessed;
use crate::rules::Refusal;

/// May it be claimed, from and until when, what is missing, what would it pay? Files nothing.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  insure claim check 9400111899562743815201 --reason loss
  insure claim check POL-00001Y --reason damage --amount 120 --evidence photo=box.jpg --explain

What a rule needs and nobody stated is asked for on a terminal, and listed where there is none.")]
pub(in crate::cli) struct Args {
    /// Policy, order, package or tracking number
    #[arg(value_name = "ID")]
    id: String,
    /// What happened, as far as the plan covers it: loss, damage, shortage, delay, theft, misdelivery
    #[arg(long, value_name = "INCIDENT", value_parser = incident)]
    reason: Incident,
    #[command(flatten)]
    what: WhatArgs,
    /// Show each step: rule, clause, source, before, after
    #[arg(long)]
    explain: bool,
}

pub(super) fn run(args: Args, session: &mut Session<'_>) -> anyhow::Result<Exit> {
    let ledger = session.existing_ledger()?;
    let mut request = args.what.request(args.reason);
    let assessed = facts::judged(session, &ledger, &args.id, &mut request)?;
    match session.format.shape() {
        Shape::Sheet => {
            let text = assessed_sheet(&assessed, args.explain, session);
            session.world.stdout.write_all(text.as_bytes())?;
        }
        Shape::Document(layout) => {
            document(layout, session.world.stdout, &assessed_json(&assessed))?;
        }
        Shape::Csv | Shape::Ids => {
            list(session.format, session.world.stdout, session.paint, [&assessed])?;
        }
    }
    Ok(if assessed.assessment.eligible { Exit::Done } else { Exit::Refused })
}

impl Row for &Assessed {
    const COLUMNS: &'static [&'static str] = &[
        "policy",
        "plan",
        "version",
        "currency",
        "eligible",
        "opens_on",
        "closes_on",
        "missing_evidence",
        "amount",
        "payable",
        "code",
        "refused",
        "missing_facts",
    ];

    fn cells(&self, out: &mut dyn Cells) {
        let assessment = &self.assessment;
        let refusals = &assessment.refusals;
        out.text(&self.policy.no.to_string());
        out.text(&self.policy.plan);
        out.day(self.policy.version);
        out.text(assessment.payable.currency().code());
        out.flag(assessment.eligible);
        out.day_or_none(assessment.opens_on);
        out.day_or_none(assessment.closes_on);
        out.list(&missing_kinds(&assessment.missing_evidence));
        out.money(self.amount);
        out.money(assessment.payable);
        let refused = (!refusals.is_empty()).then(|| joined(refusals));
        out.text_or_none(refused.as_ref().map(|(codes, _)| codes.as_str()));
        out.text_or_none(refused.as_ref().map(|(_, reasons)| reasons.as_str()));
        out.list(&facts::names(&assessment.missing_facts));
    }

    fn id(&self) -> String {
        self.policy.no.to_string()
    }
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
        "missing_facts": assessment.missing_facts,
        "names_evidence": assessment.names_evidence,
        "missing_evidence": assessment.missing_evidence,
        "facts": assessed.facts,
        "amount": assessed.amount,
        "payable": assessment.payable,
        "extras": assessment.extras,
        "assumed": assessment.assumed,
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
        let beside = if assessment.extras.is_zero() && assessment.payable != assessment.claimed {
            format!("of {} claimed: --explain says why", assessment.claimed)
        } else if assessment.extras.is_zero() {
            String::new()
        } else {
            format!("{} of it beside the cover", assessment.extras)
        };
        list.amount("Would pay", assessment.payable, beside);
    }
    let mut text = list.render();
    text.push_str(&refusals_text(&assessment.refusals));
    text.push_str(&facts::to_be_stated(&assessment.missing_facts));
    if assessment.eligible {
        text.push_str(&missing_text(assessment));
    }
    for figure in &assessment.assumed {
        text.push_str(&format!(
            "\n{} is {}: {}\n",
            figure.figure,
            figure.confidence.word(),
            figure.text
        ));
    }
    if explain {
        text.push_str(&explained(&assessment.trace, session));
    }
    text
}

/// Each refusal with its clause and what would change it.
pub(super) fn refusals_text(refusals: &[Refusal]) -> String {
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
