//! The insurer's word on a claim, its correction, and the seller's withdrawal.

use serde_json::json;

use super::super::terms::KnownPlans;
use super::appeal::APPEALED;
use super::{claim_of, event, not_ahead, policy_of, refused};
use crate::calendar::Day;
use crate::claim::{Claim, ClaimStatus, Decision};
use crate::error::Error;
use crate::ledger::{About, Event, Ledger, Write};
use crate::money::{Currency, Money};

/// The events of a decision, and of one that takes another's place.
const DECIDED: &str = "claim_decided";
const REPLACED: &str = "decision_replaced";
const APPEAL_WITHDRAWN: &str = "appeal_withdrawn";

/// The insurer's word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NewDecision {
    /// Will pay.
    Accepted {
        /// How much, as written; all that is payable where nothing is stated.
        amount: Option<String>,
        /// Its words, where it has any.
        reason: Option<String>,
    },
    /// Will not pay, and why where that is said.
    Rejected(Option<String>),
    /// Wants to know more, and what where that is said.
    NeedsInfo(Option<String>),
    /// Taken back by the seller.
    Withdrawn,
}

/// What booking a decision did.
#[derive(Debug)]
pub struct Decided {
    /// The claim as it stands.
    pub claim: Claim,
    /// Whether anything changed: the very same decision was not booked before.
    pub changed: bool,
}

/// How a decision is booked.
#[derive(Debug, Clone, Copy)]
pub struct Deciding {
    /// It takes the place of the one that was noted last and wrongly.
    pub replace: bool,
    /// The day of the decision.
    pub on: Day,
    /// Today: nothing can have been decided later.
    pub today: Day,
    /// Decide everything, record nothing.
    pub dry_run: bool,
}

/// Books the insurer's decision, or the seller's withdrawal of the claim or of its appeal.
///
/// # Errors
/// No such claim; a claim that is not where it can be decided; more than it asked for; less than
/// was paid.
pub fn decide_claim(
    ledger: &mut Ledger,
    identifier: &str,
    decision: &NewDecision,
    how: Deciding,
) -> Result<Decided, Error> {
    not_ahead(how.on, "--at", "of the decision with --at", how.today)?;
    let mut write = ledger.write()?;
    let claim = claim_of(&write, identifier)?;
    let decided = decide(&mut write, &mut KnownPlans::default(), claim, decision, how)?;
    if decided.changed && !how.dry_run {
        write.commit()?;
    }
    Ok(decided)
}

/// Books a decision on one claim.
pub(super) fn decide(
    write: &mut Write<'_>,
    plans: &mut KnownPlans,
    mut claim: Claim,
    decision: &NewDecision,
    how: Deciding,
) -> Result<Decided, Error> {
    let Deciding { replace, on, .. } = how;
    let heard = matches!(claim.status, ClaimStatus::UnderReview | ClaimStatus::NeedsInfo);
    if *decision == NewDecision::Withdrawn
        && heard
        && let Some((status, before)) = before_appeal(write, &claim)?
    {
        // What is taken back is the appeal: the decision it was against stands again, and with it
        // that no second claim is made on the parcel.
        claim.decision = Some(before);
        claim.status = if claim.is_paid_off() { ClaimStatus::Paid } else { status };
        let detail = json!({ "status": claim.status, "level": claim.appeals });
        write.update_claim(&claim, &event(on, claim.no, APPEAL_WITHDRAWN, detail))?;
        return Ok(Decided { claim, changed: true });
    }
    let (next, amount, reason) = match decision {
        NewDecision::Accepted { amount, reason } => {
            let granted = granted(write, &claim, amount.as_deref())?;
            (ClaimStatus::Accepted, Some(granted), reason.clone())
        }
        NewDecision::Rejected(reason) => (ClaimStatus::Rejected, None, reason.clone()),
        // What was granted before an appeal stays granted while the appeal is heard.
        NewDecision::NeedsInfo(what) => (
            ClaimStatus::NeedsInfo,
            claim.granted().filter(|_| {
                claim.appeals > 0 && (!replace || claim.status == ClaimStatus::NeedsInfo)
            }),
            what.clone(),
        ),
        NewDecision::Withdrawn => (ClaimStatus::Withdrawn, None, None),
    };
    let new = Decision { on, amount, reason };
    let stands = match claim.status {
        ClaimStatus::Paid => next == ClaimStatus::Accepted,
        status => status == next,
    };
    if stands && claim.decision.as_ref() == Some(&new) {
        return Ok(Decided { claim, changed: false });
    }
    not_too_early(write, &claim, replace, on)?;
    in_course(write, plans, &claim, next, replace)?;
    let before = claim.decision.replace(new.clone());
    let mut detail = json!({ "status": next, "amount": new.amount, "reason": new.reason });
    let kind = match before.filter(|_| replace) {
        Some(before) => {
            detail["replaced_status"] = json!(claim.status);
            detail["replaced_on"] = json!(before.on);
            detail["replaced_amount"] = json!(before.amount);
            detail["replaced_reason"] = json!(before.reason);
            REPLACED
        }
        None => DECIDED,
    };
    // An appeal may end with what was granted, and paid, before it.
    let settled = next == ClaimStatus::Accepted && claim.is_paid_off();
    claim.status = if settled { ClaimStatus::Paid } else { next };
    write.update_claim(&claim, &event(on, claim.no, kind, detail))?;
    Ok(Decided { claim, changed: true })
}

/// The decision the last appeal was against, as the history has it; `None` where none was made.
fn before_appeal(ledger: &Ledger, claim: &Claim) -> Result<Option<(ClaimStatus, Decision)>, Error> {
    let of_claim = history_of(ledger, claim)?;
    let Some(appealed) = of_claim.iter().rposition(|event| event.kind == APPEALED) else {
        return Ok(None);
    };
    let currency = claim.amount.currency();
    let decided = |event: &&Event| [DECIDED, REPLACED].contains(&&*event.kind);
    Ok(of_claim[..appealed].iter().rev().find(decided).and_then(|event| as_booked(event, currency)))
}

/// Decisions that were booked on a claim, in order; those that another took the place of are left
/// out.
#[derive(Default)]
pub(super) struct Decisions {
    /// Those before the last appeal that was not taken back.
    pub(super) appealed: Vec<(ClaimStatus, Decision)>,
    /// Those since.
    pub(super) since: Vec<(ClaimStatus, Decision)>,
}

/// The decisions that were booked on a claim.
pub(super) fn decisions(ledger: &Ledger, claim: &Claim) -> Result<Decisions, Error> {
    let (mut booked, mut appeals) = (Vec::new(), Vec::new());
    for event in history_of(ledger, claim)? {
        match &*event.kind {
            APPEALED => appeals.push(booked.len()),
            APPEAL_WITHDRAWN => {
                appeals.pop();
            }
            REPLACED => {
                booked.pop();
                booked.extend(as_booked(&event, claim.amount.currency()));
            }
            DECIDED => booked.extend(as_booked(&event, claim.amount.currency())),
            _ => {}
        }
    }
    let since = booked.split_off(appeals.pop().unwrap_or(0).min(booked.len()));
    Ok(Decisions { appealed: booked, since })
}

/// The decision an event tells of.
fn as_booked(event: &Event, currency: Currency) -> Option<(ClaimStatus, Decision)> {
    let text = |key: &str| event.detail.get(key).and_then(|value| value.as_str());
    let status = ClaimStatus::from_word(text("status")?)?;
    let amount = text("amount").and_then(|a| Money::parse(a, currency).ok());
    let reason = text("reason").map(str::to_owned);
    Some((status, Decision { on: event.on, amount, reason }))
}

/// What happened to a claim, in order.
fn history_of(ledger: &Ledger, claim: &Claim) -> Result<Vec<Event>, Error> {
    let mut events = ledger.history(claim.policy)?;
    events.retain(|event| event.about == About::Claim(claim.no));
    Ok(events)
}

/// What the insurer grants: at most what was asked for, never more than the cover, and not less
/// than it has paid.
fn granted(ledger: &Ledger, claim: &Claim, amount: Option<&str>) -> Result<Money, Error> {
    let granted = match amount {
        Some(text) => Money::parse(text, claim.amount.currency()).map_err(|why| {
            let why = why.to_string();
            Error::unfit("bad_amount", Some("amount"), why, "write it such as 120.00")
        })?,
        None => claim.payable,
    };
    if granted.is_zero() {
        return Err(Error::unfit(
            "zero_amount",
            Some("accepted"),
            "nothing is granted with 0",
            "state what the insurer grants with --amount, or note its reason with --rejected",
        ));
    }
    let cover = policy_of(ledger, claim)?.figures.cover;
    // What the terms pay beside the loss is over and above both.
    let limits = [(claim.amount, "asks for"), (cover, "has as its cover")];
    let limits = limits.map(|(limit, what)| {
        (if limit.minor() < claim.payable.minor() { claim.payable } else { limit }, what)
    });
    for (limit, what) in limits {
        if granted.minor() > limit.minor() {
            return Err(Error::unfit(
                "over_claim",
                None,
                format!("{granted} is more than claim {} {what}, {limit}", claim.no),
                format!("book what the insurer granted, at most {}", claim.payable.digits()),
            ));
        }
    }
    if granted.minor() < claim.paid().minor() {
        return Err(Error::unfit(
            "less_than_paid",
            None,
            format!("{granted} is less than was paid on claim {}, {}", claim.no, claim.paid()),
            "book all that the insurer granted, with what it has paid",
        ));
    }
    Ok(granted)
}

/// A decision follows the claim, the last appeal and, unless it replaces it, the last decision.
fn not_too_early(ledger: &Ledger, claim: &Claim, replace: bool, on: Day) -> Result<(), Error> {
    let history = history_of(ledger, claim)?;
    let appeals = history.iter().filter(|event| event.kind == APPEALED);
    let decided = claim.decision.as_ref().filter(|_| !replace);
    let steps = [
        ("opened", Some(claim.opened_on)),
        ("decided", decided.map(|decision| decision.on)),
        ("appealed", appeals.map(|event| event.on).max()),
    ];
    for (what, day) in steps {
        if let Some(day) = day.filter(|day| on < *day) {
            return Err(Error::unfit(
                "out_of_order",
                None,
                format!("claim {} was {what} on {day}, it was not decided on {on}", claim.no),
                "give the day of the decision with --at",
            ));
        }
    }
    Ok(())
}

/// Whether the claim is where it can become this.
fn in_course(
    ledger: &Ledger,
    plans: &mut KnownPlans,
    claim: &Claim,
    next: ClaimStatus,
    replace: bool,
) -> Result<(), Error> {
    let (no, status, paid) = (claim.no, claim.status, claim.paid());
    let becomes = format!("it cannot become {}", next.word());
    if replace && !status.is_decided() {
        let reason = format!("claim {no} is {}, it has no decision to replace", status.word());
        return refused("claim_status", ledger, plans, claim, reason, None);
    }
    if replace && !paid.is_zero() {
        let reason = format!("{paid} was paid on claim {no}, its decision stands");
        return refused("claim_paid", ledger, plans, claim, reason, None);
    }
    if !replace && !status.may_become(next) {
        let reason = match &claim.decision {
            Some(decision) if status == next => format!(
                "claim {no} is {} since {}, with another amount, reason or day",
                status.word(),
                decision.on
            ),
            _ => format!("claim {no} is {}, {becomes}", status.word()),
        };
        let remedy = match status {
            ClaimStatus::Draft => Some(format!(
                "add the missing evidence first: insure claim evidence add {no} --kind KIND FILE"
            )),
            ClaimStatus::Accepted | ClaimStatus::Rejected if next.is_decided() => {
                Some("if the decision was noted wrongly: --replace".to_owned())
            }
            _ => None,
        };
        let settled =
            matches!(status, ClaimStatus::Accepted | ClaimStatus::Rejected | ClaimStatus::Paid);
        if settled && next.is_decided() {
            return refused("decision_differs", ledger, plans, claim, reason, remedy);
        }
        return refused("claim_status", ledger, plans, claim, reason, remedy);
    }
    if matches!(next, ClaimStatus::Rejected | ClaimStatus::Withdrawn) && !paid.is_zero() {
        let reason = format!("{paid} was paid on claim {no}, {becomes}");
        let stands =
            format!("if what was granted before stands: --accepted --amount {}", paid.digits());
        return refused("claim_paid", ledger, plans, claim, reason, Some(stands));
    }
    Ok(())
}
