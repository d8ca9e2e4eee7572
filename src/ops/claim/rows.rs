//! Rows of a list: whom they name, what comes of them, and how an error of one stays with it.

use super::claim_of;
use crate::calendar::Day;
use crate::claim::Claim;
use crate::error::Error;
use crate::intake::{ListColumn, ListRow, Problem, codes};
use crate::ledger::{Ledger, LedgerError};
use crate::money::Money;
use crate::number::PolicyNo;
use crate::parcel::{Ids, same_order, same_tracking};
use crate::policy::Policy;

/// The columns that name a claim or its parcel.
pub(in crate::ops) const CLAIM: ListColumn =
    ListColumn { word: "claim", names: &["claim", "claim_number", "claim_id"] };
pub(in crate::ops) const ID: ListColumn = ListColumn { word: "id", names: &["id", "policy"] };
pub(in crate::ops) const ORDER: ListColumn =
    ListColumn { word: "order", names: &["order_id", "order", "order_number"] };
pub(in crate::ops) const PACKAGE: ListColumn =
    ListColumn { word: "package", names: &["package_id", "package"] };
pub(in crate::ops) const TRACKING: ListColumn =
    ListColumn { word: "tracking", names: &["tracking_number", "tracking_id", "tracking"] };
/// The currency of the row's amounts, where it is stated.
pub(super) const CURRENCY: ListColumn = ListColumn { word: "currency", names: &["currency"] };

/// What naming columns are called, in the order in which they are asked.
pub(in crate::ops) const NAMES: &[&str] = &["claim", "id", "package", "tracking", "order"];

/// What came of one row of a list of decisions or payments.
#[derive(Debug)]
pub struct BookedRow {
    /// The row's line.
    pub line: u64,
    /// What it names, as written.
    pub id: String,
    /// The claim as it stands, where one is meant.
    pub claim: Option<Claim>,
    /// The day it states, or was booked on.
    pub on: Option<Day>,
    /// The amount it states: granted, or paid.
    pub amount: Option<Money>,
    /// The payer's word for it.
    pub reference: Option<String>,
    /// What came of it.
    pub result: Booked,
    /// What is doubtful about it, though it was taken.
    pub doubt: Option<String>,
}

/// Whether a row was booked.
#[derive(Debug)]
pub enum Booked {
    /// It is in the ledger now.
    Now,
    /// It was before, and nothing changed.
    Before,
    /// There is nothing to book yet: the insurer still hears the claim.
    Undecided,
    /// It is not, and why.
    Refused(Problem),
}

impl BookedRow {
    pub(super) fn new(row: &ListRow) -> BookedRow {
        BookedRow {
            line: row.line,
            id: shown_id(row),
            claim: None,
            on: None,
            amount: None,
            reference: None,
            result: Booked::Now,
            doubt: None,
        }
    }
}

/// Whom a row names.
pub(in crate::ops) struct Named {
    /// What is looked up.
    pub(in crate::ops) id: String,
    any: Option<String>,
    ids: Ids,
}

/// What a row names, as written: for a row that cannot be read.
pub(in crate::ops) fn shown_id(row: &ListRow) -> String {
    let mut written = NAMES.iter().map(|word| row.get(word)).filter(|text| !text.is_empty());
    written.next().unwrap_or_default().to_owned()
}

/// Reads whom a row names: by a claim's number, by any number, or by a parcel's own.
pub(in crate::ops) fn named(row: &ListRow) -> Result<Named, Problem> {
    let read = |word| row.id(word).map(|id| id.map(str::to_owned));
    let (claim, any) = (read("claim")?, read("id")?);
    let ids = Ids { order: read("order")?, package: read("package")?, tracking: read("tracking")? };
    // An order alone may be packed by now, and goes by its number then as well.
    let parcel = || match (&ids.package, &ids.tracking) {
        (None, None) => ids.order.clone(),
        _ => Some(ids.handle()),
    };
    let Some(id) = claim.or_else(|| any.clone()).or_else(parcel) else {
        let reason = "there is no number of a claim, policy or parcel";
        return Err(Problem::row(codes::MISSING_ID, reason));
    };
    Ok(Named { id, any, ids })
}

impl Named {
    /// Whether every number of the row is the one parcel's: a number that belongs elsewhere may be
    /// the right one. Gives what is to be said of numbers that nobody has.
    pub(in crate::ops) fn agrees(
        &self,
        ledger: &Ledger,
        row: &ListRow,
        policy: &Policy,
    ) -> Result<Result<Option<String>, Problem>, Error> {
        let disagrees = |word: &str, stated: &str, known: &str| {
            let (id, no) = (&self.id, policy.no);
            let reason = format!("`{id}` belongs to {no} ({known}), and `{stated}` does not");
            Ok(Err(row.wrong(word, "ids_disagree", reason)))
        };
        let known = &policy.parcel.ids;
        let parts = [
            ("order", &self.ids.order, &known.order),
            ("package", &self.ids.package, &known.package),
            ("tracking", &self.ids.tracking, &known.tracking),
        ];
        let mut nobodys = Vec::new();
        for (word, stated, known) in parts {
            let Some(stated) = stated else { continue };
            let Some(known) = known else {
                match owner(ledger, word, stated)? {
                    Some(other) if other != policy.no => {
                        let (id, no) = (&self.id, policy.no);
                        let reason = format!("`{id}` belongs to {no}, and `{stated}` to {other}");
                        return Ok(Err(row.wrong(word, "ids_disagree", reason)));
                    }
                    Some(_) => {}
                    None => nobodys.push(format!("`{stated}`")),
                }
                continue;
            };
            let mut others = policy.parcel.other_orders.iter();
            let combined = word == "order" && others.any(|order| same_order(order, stated));
            if !same_number(word, stated, known) && !combined {
                return disagrees(word, stated, known);
            }
        }
        if let Some(any) = self.any.as_ref().filter(|any| **any != self.id)
            && !ledger.find(any)?.contains(&policy.no)
        {
            return disagrees("id", any, &known.shown());
        }
        let doubt = (!nobodys.is_empty()).then(|| {
            let (stated, id) = (nobodys.join(", "), &self.id);
            format!("nobody has {stated}; the row was taken for {}, by `{id}`", policy.no)
        });
        Ok(Ok(doubt))
    }
}

fn same_number(word: &str, a: &str, b: &str) -> bool {
    if word == "tracking" { same_tracking(a, b) } else { same_order(a, b) }
}

/// The policy that has a number as its order, package or tracking number.
fn owner(ledger: &Ledger, word: &str, stated: &str) -> Result<Option<PolicyNo>, Error> {
    for no in ledger.find(stated)? {
        let Some(policy) = ledger.policy(no)? else { continue };
        let parcel = &policy.parcel;
        let known = match word {
            "order" => &parcel.ids.order,
            "package" => &parcel.ids.package,
            _ => &parcel.ids.tracking,
        };
        let mut others = parcel.other_orders.iter();
        let combined = word == "order" && others.any(|order| same_order(order, stated));
        if known.as_ref().is_some_and(|known| same_number(word, known, stated)) || combined {
            return Ok(Some(no));
        }
    }
    Ok(None)
}

/// The claim a row names, if all its numbers are that claim's; what is doubtful goes to the row.
pub(super) fn claim_named(
    ledger: &Ledger,
    row: &ListRow,
    booked: &mut BookedRow,
) -> Result<Result<Claim, Problem>, Error> {
    let named = match named(row) {
        Ok(named) => named,
        Err(problem) => return Ok(Err(problem)),
    };
    let claim = match claim_of(ledger, &named.id) {
        Ok(claim) => claim,
        Err(why) => return problem_of(why).map(Err),
    };
    let policy = super::policy_of(ledger, &claim)?;
    Ok(named.agrees(ledger, row, &policy)?.map(|doubt| {
        booked.doubt = doubt;
        claim
    }))
}

/// Whether the row's amounts are in this currency, by its own word.
pub(super) fn in_currency_of(row: &ListRow, claim: &Money, whose: &str) -> Result<(), Problem> {
    let (stated, currency) = (row.text("currency")?, claim.currency());
    match stated.filter(|stated| !stated.eq_ignore_ascii_case(currency.code())) {
        None => Ok(()),
        Some(stated) => {
            let reason = format!("`{stated}` is stated, {whose} is in {currency}");
            Err(row
                .wrong("currency", codes::BAD_CURRENCY, reason)
                .with_hint(format!("state the amount in {currency}")))
        }
    }
}

/// What an error says of the one row it came from. What concerns more than the row stays an error.
pub(super) fn problem_of(why: Error) -> Result<Problem, Error> {
    let (code, reason, hint) = match why {
        Error::NotFound { message, hint } => ("not_found", message, hint),
        Error::Usage { message, hint } => ("unclear", message, hint),
        // A row has a column for its day.
        Error::Unfit(why) => {
            (why.code, why.message, why.hint.map(|hint| hint.replace(" with --at", "")))
        }
        Error::Document(why) => (why.code, why.to_string(), why.hint),
        Error::Refused(refusal) => (refusal.code, refusal.reason, refusal.remedy),
        Error::Ledger(why @ LedgerError::ClaimOpen { .. }) => {
            ("claim_open", why.to_string(), why.hint().map(str::to_owned))
        }
        why => return Err(why),
    };
    Ok(Problem { hint, ..Problem::row(code, reason) })
}

/// The same, with the cell at fault.
pub(super) fn problem_in(row: &ListRow, why: Error) -> Result<Problem, Error> {
    let about = match &why {
        Error::Unfit(why) => why.about.clone(),
        _ => None,
    };
    let problem = problem_of(why)?;
    Ok(match about {
        Some(about) => row.put(if about == "accepted" { "amount" } else { &about }, problem),
        None => problem,
    })
}
