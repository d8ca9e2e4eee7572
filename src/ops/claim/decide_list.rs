//! An insurer's list of decisions, each row booked on its own merits.

use super::super::terms::KnownPlans;
use super::decide::{Deciding, NewDecision, decide, decisions};
use super::not_ahead;
use super::rows::{
    Booked, BookedRow, CLAIM, CURRENCY, ID, NAMES, ORDER, PACKAGE, TRACKING, claim_named,
    in_currency_of, problem_in,
};
use crate::calendar::Day;
use crate::claim::{Claim, ClaimStatus, Decision};
use crate::error::Error;
use crate::intake::{List, ListColumn, ListKind, ListRow, Problem, codes};
use crate::ledger::{Ledger, Write};
use crate::money::Money;

/// A list of decisions.
pub const DECISIONS: ListKind = ListKind {
    what: "decisions",
    columns: &[
        CLAIM,
        ID,
        ORDER,
        PACKAGE,
        TRACKING,
        CURRENCY,
        ListColumn { word: "decision", names: &["decision", "status", "outcome"] },
        ListColumn { word: "amount", names: &["amount", "granted", "approved_amount"] },
        ListColumn { word: "reason", names: &["reason", "note", "message"] },
        ListColumn { word: "at", names: &["date", "decided_on", "on", "at"] },
    ],
    names: NAMES,
    needs: &[NAMES, &["decision"]],
};

/// What an insurer's word means here.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Word {
    Accepted,
    /// Accepted, and not with all that is payable.
    InPart,
    Rejected,
    NeedsInfo,
    /// Not decided yet.
    Heard,
    /// The insurer has it as taken back.
    TakenBack,
}

/// The program's own words, and those that insurers use.
const WORDS: [(&str, Word); 13] = [
    ("accepted", Word::Accepted),
    ("rejected", Word::Rejected),
    ("needs_info", Word::NeedsInfo),
    ("under_review", Word::Heard),
    ("withdrawn", Word::TakenBack),
    ("approved", Word::Accepted),
    ("approved_partial", Word::InPart),
    ("denied", Word::Rejected),
    ("declined", Word::Rejected),
    ("submitted", Word::Heard),
    ("in_review", Word::Heard),
    ("cancelled", Word::TakenBack),
    ("canceled", Word::TakenBack),
];

/// Books a list of decisions in one transaction, handing over each row. A decision that was booked
/// before changes nothing.
///
/// # Errors
/// The ledger fails, or what `each` returns: then nothing is booked.
pub fn decide_list(
    ledger: &mut Ledger,
    list: List,
    today: Day,
    dry_run: bool,
    each: &mut dyn FnMut(BookedRow) -> Result<(), Error>,
) -> Result<(), Error> {
    let mut plans = KnownPlans::default();
    let mut write = ledger.write()?;
    for (row, broken) in list.rows {
        let mut booked = BookedRow::new(&row);
        booked.result = match broken {
            Some(problem) => Booked::Refused(problem),
            None => book(&mut write, &mut plans, &row, today, &mut booked)?
                .unwrap_or_else(Booked::Refused),
        };
        each(booked)?;
    }
    if !dry_run {
        write.commit()?;
    }
    Ok(())
}

fn book(
    write: &mut Write<'_>,
    plans: &mut KnownPlans,
    row: &ListRow,
    today: Day,
    booked: &mut BookedRow,
) -> Result<Result<Booked, Problem>, Error> {
    let claim = match claim_named(write, row, booked)? {
        Ok(claim) => claim,
        Err(problem) => return Ok(Err(problem)),
    };
    booked.claim = Some(claim.clone());
    let decision = match stated(row, &claim, booked) {
        Ok(Stated::Decision(decision)) => decision,
        Ok(Stated::Nothing(booked)) => return Ok(Ok(booked)),
        Err(problem) => return Ok(Err(problem)),
    };
    if let Some(on) = booked.on
        && let Err(why) = not_ahead(on, "--at", "of the decision", today)
    {
        return problem_in(row, why).map(Err);
    }
    match noted_before(write, &claim, &decision, booked)? {
        Some(Noted::Before(on)) => {
            booked.on = Some(on);
            return Ok(Ok(Booked::Before));
        }
        Some(Noted::Unclear(on)) => {
            let reason = format!(
                "claim {} was appealed after the same decision of {on}, and this one has no day",
                claim.no
            );
            let hint = "fill the column `date`: that day where it is the old decision, else the day of the new one";
            return Ok(Err(row.wrong("at", codes::MISSING_DATE, reason).with_hint(hint)));
        }
        None => {}
    }
    let on = *booked.on.get_or_insert(today);
    let how = Deciding { replace: false, on, today, dry_run: false };
    match decide(write, plans, claim, &decision, how) {
        Ok(done) => {
            booked.amount = done.claim.granted().filter(|_| {
                booked.amount.is_some() || matches!(decision, NewDecision::Accepted { .. })
            });
            booked.claim = Some(done.claim);
            Ok(Ok(if done.changed { Booked::Now } else { Booked::Before }))
        }
        Err(why) => {
            let mut problem = problem_in(row, why)?;
            let no = booked.claim.as_ref().map(|claim| claim.no.to_string()).unwrap_or_default();
            match problem.code {
                "decision_differs" => {
                    let other = "if that was noted wrongly, book this one in its place";
                    problem.hint = Some(format!("{other}: insure claim decide {no} --replace"));
                }
                "zero_amount" => {
                    problem.hint = Some("if nothing is granted, it is rejected".to_owned());
                }
                _ => {}
            }
            Ok(Err(problem))
        }
    }
}

/// What a row says of its claim.
enum Stated {
    Decision(NewDecision),
    /// There is nothing to book: the ledger has the same already, or nothing is decided.
    Nothing(Booked),
}

fn stated(row: &ListRow, claim: &Claim, booked: &mut BookedRow) -> Result<Stated, Problem> {
    in_currency_of(row, &claim.amount, &format!("claim {}", claim.no))?;
    booked.on = row.day("at")?;
    booked.amount = row.amount("amount", claim.amount.currency())?;
    let (no, written) = (claim.no, row.text("decision")?.unwrap_or(""));
    let spelled = written.trim().replace([' ', '-'], "_").to_lowercase();
    let Some((_, word)) = WORDS.iter().find(|(known, _)| *known == spelled) else {
        let known: Vec<&str> = WORDS.iter().map(|(word, _)| *word).collect();
        let reason =
            format!("`{written}` is not known here, expected one of: {}", known.join(", "));
        return Err(row.wrong("decision", codes::UNKNOWN_VALUE, reason));
    };
    let reason = row.text("reason")?.map(str::to_owned);
    let granted = booked.amount.filter(|amount| !amount.is_zero());
    if let (Word::Rejected | Word::NeedsInfo, Some(amount)) = (word, granted) {
        let reason = format!("it is {spelled}, and {amount} is granted");
        return Err(row
            .wrong("amount", "decision_unclear", reason)
            .with_hint("ask the insurer which of the two is meant"));
    }
    let accepted = |amount: Option<Money>| NewDecision::Accepted {
        amount: amount.map(|amount| amount.digits()),
        reason: reason.clone(),
    };
    match word {
        Word::Accepted => Ok(Stated::Decision(accepted(booked.amount))),
        Word::InPart => match booked.amount {
            Some(amount) => Ok(Stated::Decision(accepted(Some(amount)))),
            None => {
                let reason = "a part is accepted, and it is not said how much";
                Err(row.wrong("amount", codes::MISSING_AMOUNT, reason))
            }
        },
        Word::Rejected | Word::NeedsInfo => {
            booked.amount = None;
            let is = if *word == Word::Rejected {
                NewDecision::Rejected
            } else {
                NewDecision::NeedsInfo
            };
            Ok(Stated::Decision(is(reason)))
        }
        Word::Heard
            if matches!(claim.status, ClaimStatus::UnderReview | ClaimStatus::NeedsInfo) =>
        {
            Ok(Stated::Nothing(Booked::Undecided))
        }
        Word::Heard => {
            let is = claim.status.word();
            let reason = format!("the insurer has claim {no} as {spelled}, here it is {is}");
            Err(row.wrong("decision", "claim_status", reason))
        }
        Word::TakenBack if claim.status == ClaimStatus::Withdrawn => {
            Ok(Stated::Nothing(Booked::Before))
        }
        Word::TakenBack => {
            let is = claim.status.word();
            let reason = format!("the insurer has claim {no} as {spelled}, here it is {is}");
            Err(row
                .wrong("decision", "claim_status", reason)
                .with_hint(format!("if you took it back: insure claim withdraw {no}")))
        }
    }
}

/// Whether the very same decision is in the ledger.
enum Noted {
    /// Since that day.
    Before(Day),
    /// One of that day was appealed against, and this may be it or what came of the appeal.
    Unclear(Day),
}

/// Whether the very same decision was booked before. A row without a day means any since the last
/// appeal.
fn noted_before(
    ledger: &Ledger,
    claim: &Claim,
    decision: &NewDecision,
    row: &BookedRow,
) -> Result<Option<Noted>, Error> {
    if claim.decision.is_none() && claim.appeals == 0 {
        return Ok(None);
    }
    let (status, amount, reason) = match decision {
        NewDecision::Accepted { reason, .. } => {
            (ClaimStatus::Accepted, Some(row.amount.unwrap_or(claim.payable)), reason)
        }
        NewDecision::Rejected(reason) => (ClaimStatus::Rejected, None, reason),
        NewDecision::NeedsInfo(what) => (ClaimStatus::NeedsInfo, None, what),
        NewDecision::Withdrawn => return Ok(None),
    };
    let same = |(known, booked): &&(ClaimStatus, Decision)| {
        *known == status
            // While an appeal is heard, what was granted before it stands beside the question.
            && (booked.amount == amount || status == ClaimStatus::NeedsInfo)
            // Of an acceptance the amount decides, and its words may have been noted by hand.
            && (booked.reason == *reason || status == ClaimStatus::Accepted)
            && row.on.is_none_or(|on| booked.on == on)
    };
    let booked = decisions(ledger, claim)?;
    if let Some((_, decision)) = booked.since.iter().rev().find(same) {
        return Ok(Some(Noted::Before(decision.on)));
    }
    let heard = matches!(claim.status, ClaimStatus::UnderReview | ClaimStatus::NeedsInfo);
    let appealed = booked.appealed.iter().rev().find(same).map(|(_, decision)| decision.on);
    Ok(match (appealed, row.on) {
        (Some(on), Some(_)) => Some(Noted::Before(on)),
        (Some(on), None) if heard => Some(Noted::Unclear(on)),
        _ => None,
    })
}
