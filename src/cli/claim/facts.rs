//! What a claimant states: as flags, or as answers where somebody can be asked.

use std::io;

use clap::{Arg, ArgAction, ArgMatches, Command, FromArgMatches};

use super::super::Session;
use super::folder;
use crate::claim::{COMMON_QUESTIONS, Fact, flag};
use crate::error::Error;
use crate::ledger::Ledger;
use crate::money::Currency;
use crate::ops::{Assessed, Request, check_claim};
use crate::rules::MissingFact;
use crate::words::hyphened;

const HEADING: &str = "What the plan may ask";
const ANY: &str = "fact";

/// Facts by name, as stated: a flag for each that rules know, and `--fact` for a plan's own
/// questions.
#[derive(Debug, Clone)]
pub(super) struct FactArgs(pub(super) Vec<(String, String)>);

impl clap::Args for FactArgs {
    fn augment_args(command: Command) -> Command {
        let one = |name: &'static str, form: &'static str, help: String| {
            let arg = Arg::new(name).long(name).value_name(form).help(help);
            arg.help_heading(HEADING).allow_negative_numbers(true)
        };
        let facts = Fact::ALL.map(|(fact, name)| one(name, form(fact), help(fact)));
        let questions =
            COMMON_QUESTIONS.map(|(name, question)| one(name, "YES|NO", question.to_owned()));
        let any = one(ANY, "NAME=VALUE", "The answer to any other question of the plan".to_owned());
        let any = any.action(ArgAction::Append).value_parser(named);
        command.args(facts).args(questions).arg(any)
    }

    fn augment_args_for_update(command: Command) -> Command {
        FactArgs::augment_args(command)
    }
}

impl FromArgMatches for FactArgs {
    fn from_arg_matches(matches: &ArgMatches) -> Result<FactArgs, clap::Error> {
        let names = Fact::ALL.map(|(_, name)| name).into_iter();
        let names = names.chain(COMMON_QUESTIONS.map(|(name, _)| name));
        let mut stated: Vec<(String, String)> = names
            .filter_map(|name| Some((name.to_owned(), matches.get_one::<String>(name)?.clone())))
            .collect();
        let any = matches.get_many::<(String, String)>(ANY).unwrap_or_default();
        stated.extend(any.cloned());
        Ok(FactArgs(stated))
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = FactArgs::from_arg_matches(matches)?;
        Ok(())
    }
}

fn form(fact: Fact) -> &'static str {
    match fact {
        Fact::SignedAt | Fact::FoundAt => "DATETIME",
        Fact::NoticeOn | Fact::DueOn => "DATE",
        Fact::DistanceM => "METRES",
        Fact::FiledBy => "WHO",
        Fact::Parts => "N/ALL",
        Fact::RepairCost
        | Fact::ReplacementCost
        | Fact::PurchasePrice
        | Fact::PackagingCost
        | Fact::ShippingFee
        | Fact::CarrierPaid => "AMOUNT",
    }
}

fn help(fact: Fact) -> String {
    if fact.is_amount() {
        return fact.question().to_owned();
    }
    format!("{} ({})", fact.question(), fact.form())
}

fn named(text: &str) -> Result<(String, String), String> {
    let (name, value) = text.split_once('=').ok_or("expected NAME=VALUE such as own-fault=no")?;
    match hyphened(name).ok_or("expected NAME=VALUE such as own-fault=no")? {
        name if name == "amount" => Err("state it with --amount".to_owned()),
        name => Ok((name, value.to_owned())),
    }
}

/// Judges a claim, and asks for what is missing where somebody can answer.
pub(super) fn judged(
    session: &mut Session<'_>,
    ledger: &Ledger,
    id: &str,
    request: &mut Request,
) -> Result<Assessed, Error> {
    let mut asking = session.world.can_ask;
    let folder = folder(session)?;
    loop {
        let assessed = check_claim(ledger, &folder, id, request, session.today)?;
        let questions = if asking { open_questions(&assessed, request) } else { Vec::new() };
        if questions.is_empty() {
            return Ok(assessed);
        }
        // An answer may raise the next question, so all is judged again.
        for missing in questions {
            asking = asking && answered(session, assessed.amount.currency(), missing, request)?;
        }
    }
}

/// What is to be asked: nothing where something else stands against the claim, since answers would
/// be of no use.
fn open_questions<'a>(assessed: &'a Assessed, request: &Request) -> Vec<&'a MissingFact> {
    let assessment = &assessed.assessment;
    if assessment.refusals.iter().any(|refusal| refusal.code != "facts_needed") {
        return Vec::new();
    }
    assessment.missing_facts.iter().filter(|missing| !request.states(&missing.fact)).collect()
}

/// Asks one fact until the answer fits; false where there is none.
fn answered(
    session: &mut Session<'_>,
    currency: Currency,
    missing: &MissingFact,
    request: &mut Request,
) -> Result<bool, Error> {
    loop {
        let stderr = &mut session.world.stderr;
        write!(stderr, "{} [{}] ", missing.question, missing.expected)?;
        stderr.flush()?;
        let mut answer = String::new();
        io::stdin().read_line(&mut answer).map_err(|why| Error::file("standard input", why))?;
        if answer.trim().is_empty() {
            writeln!(stderr)?;
            return Ok(false);
        }
        match request.state(&missing.fact, answer.trim(), currency, session.today) {
            Ok(()) => return Ok(true),
            Err(why) => writeln!(stderr, "{why}")?,
        }
    }
}

/// What is still to be stated, each with its flag.
pub(super) fn to_be_stated(missing: &[MissingFact]) -> String {
    if missing.is_empty() {
        return String::new();
    }
    let mut text = "\nTo be stated:\n".to_owned();
    for fact in missing {
        text.push_str(&format!("  {}: {} [{}]\n", flag(&fact.fact), fact.question, fact.expected));
    }
    text
}

/// The names of missing facts.
pub(super) fn names(missing: &[MissingFact]) -> Vec<String> {
    missing.iter().map(|fact| fact.fact.clone()).collect()
}
