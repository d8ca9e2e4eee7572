//! An insurer's statement of payments, each row booked on its own merits.

use std::collections::HashMap;

use super::super::terms::KnownPlans;
use super::not_ahead;
use super::pay::{NewPayment, pay};
use super::rows::{
    Booked, BookedRow, CLAIM, CURRENCY, ID, NAMES, ORDER, PACKAGE, TRACKING, claim_named,
    in_currency_of, problem_in,
};
use crate::calendar::Day;
use crate::error::Error;
use crate::intake::{List, ListColumn, ListKind, ListRow, Problem, codes};
use crate::ledger::{Ledger, Write};
use crate::number::ClaimNo;

/// A statement of payments.
pub const PAYMENTS: ListKind = ListKind {
    what: "payments",
    columns: &[
        CLAIM,
        ID,
        ORDER,
        PACKAGE,
        TRACKING,
        CURRENCY,
        ListColumn { word: "amount", names: &["amount", "paid", "paid_amount"] },
        ListColumn { word: "at", names: &["date", "paid_on", "on", "at"] },
        ListColumn { word: "reference", names: &["reference", "payment_reference", "ref"] },
    ],
    names: NAMES,
    needs: &[NAMES, &["amount"], &["at"]],
};

/// Payments that stand in this list, with their lines.
type Seen = HashMap<(ClaimNo, Day, i64, String), u64>;

/// Books a statement in one transaction, handing over each row. A payment that was recorded before,
/// by day, amount and reference, changes nothing; the same one twice in the statement is told.
///
/// # Errors
/// The ledger fails, or what `each` returns: then nothing is booked.
pub fn pay_list(
    ledger: &mut Ledger,
    list: List,
    today: Day,
    dry_run: bool,
    each: &mut dyn FnMut(BookedRow) -> Result<(), Error>,
) -> Result<(), Error> {
    let mut plans = KnownPlans::default();
    let mut seen = Seen::new();
    let mut write = ledger.write()?;
    for (row, broken) in list.rows {
        let mut booked = BookedRow::new(&row);
        booked.result = match broken {
            Some(problem) => Booked::Refused(problem),
            None => book(&mut write, &mut plans, &row, today, &mut seen, &mut booked)?
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
    seen: &mut Seen,
    booked: &mut BookedRow,
) -> Result<Result<Booked, Problem>, Error> {
    let claim = match claim_named(write, row, booked)? {
        Ok(claim) => claim,
        Err(problem) => return Ok(Err(problem)),
    };
    booked.claim = Some(claim.clone());
    let new = match in_currency_of(row, &claim.amount, &format!("claim {}", claim.no))
        .and_then(|()| stated(row, booked))
    {
        Ok(new) => new,
        Err(problem) => return Ok(Err(problem)),
    };
    if let Err(why) = not_ahead(new.on, "--at", "the money came", today) {
        return problem_in(row, why).map(Err);
    }
    let minor = booked.amount.map_or(0, |amount| amount.minor());
    let key = (claim.no, new.on, minor, new.reference.clone());
    if let Some(line) = seen.get(&key) {
        let reason = format!("the same payment stands on line {line}");
        return Ok(Err(Problem::row("stated_twice", reason)
            .with_hint("if they are two, tell them apart by their reference")));
    }
    match pay(write, plans, claim, &new) {
        Ok(done) => {
            seen.insert(key, row.line);
            booked.claim = Some(done.claim);
            Ok(Ok(if done.changed { Booked::Now } else { Booked::Before }))
        }
        Err(why) => problem_in(row, why).map(Err),
    }
}

/// The payment a row states.
fn stated(row: &ListRow, booked: &mut BookedRow) -> Result<NewPayment, Problem> {
    let currency = booked.claim.as_ref().map(|claim| claim.amount.currency());
    booked.on = row.day("at")?;
    if let Some(currency) = currency {
        booked.amount = row.amount("amount", currency)?;
    }
    booked.reference = row.text("reference")?.map(str::to_owned);
    let missing = |word, code, what| Err(row.wrong(word, code, format!("there is no {what}")));
    let Some(on) = booked.on else {
        return missing("at", codes::MISSING_DATE, "day the money came");
    };
    let Some(amount) = booked.amount else {
        return missing("amount", codes::MISSING_AMOUNT, "amount that came");
    };
    let reference = booked.reference.clone().unwrap_or_default();
    Ok(NewPayment { amount: Some(amount.digits()), on, reference })
}
