//! From what a person typed to the one policy that is meant.

use crate::error::Error;
use crate::ledger::Ledger;
use crate::number::{ClaimNo, PolicyNo};
use crate::policy::{Policy, State};

/// All policies an identifier may mean.
pub(super) fn policies(ledger: &Ledger, identifier: &str) -> Result<Vec<Policy>, Error> {
    let mut found = Vec::new();
    for no in ledger.find(identifier.trim())? {
        found.extend(ledger.policy(no)?);
    }
    if found.is_empty() {
        return Err(Error::NotFound {
            message: format!("nothing is recorded under `{identifier}`"),
            hint: not_a_number(identifier).or_else(|| {
                Some("give an order, package or tracking number, or a policy (POL-...) or claim (CLM-...)".to_owned())
            }),
        });
    }
    Ok(found)
}

/// The one policy an identifier means. An order of several parcels means none of them alone; a
/// cancelled policy steps back behind one that covers the parcel now.
pub(super) fn policy(ledger: &Ledger, identifier: &str) -> Result<Policy, Error> {
    let mut found = policies(ledger, identifier)?;
    if found.len() > 1 && found.iter().any(|policy| policy.state != State::Cancelled) {
        found.retain(|policy| policy.state != State::Cancelled);
    }
    if found.len() > 1 {
        let names: Vec<String> =
            found.iter().take(5).map(|p| format!("{} ({})", p.no, p.parcel.ids.shown())).collect();
        let more = if found.len() > 5 { ", ..." } else { "" };
        return Err(Error::usage(
            format!("`{identifier}` means {} parcels: {}{more}", found.len(), names.join(", ")),
            "name one of them",
        ));
    }
    found.pop().ok_or_else(|| Error::NotFound {
        message: format!("nothing is recorded under `{identifier}`"),
        hint: None,
    })
}

/// Something that looks like a number of ours but has a wrong check character.
fn not_a_number(identifier: &str) -> Option<String> {
    let upper = identifier.trim().to_uppercase();
    let slip = (upper.starts_with("POL-") && PolicyNo::parse(&upper).is_none())
        || (upper.starts_with("CLM-") && ClaimNo::parse(&upper).is_none());
    slip.then(|| "its check character does not fit: is one character mistyped?".to_owned())
}
