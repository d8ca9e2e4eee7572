//! What happened, as the provider is told it: to the parcel, and to this claim. What was taken back
//! or corrected is left out, and so are the seller's own affairs, such as e-mails that failed.

use serde_json::Value;

use super::Subject;
use crate::calendar::Day;
use crate::claim::{AFFIDAVIT, Evidence};
use crate::ledger::{About, Event};
use crate::parcel::CarrierEvent;

/// Each step with its day, in the order of the days.
pub(super) fn steps(subject: &Subject<'_>) -> Vec<(Day, String)> {
    let claim = subject.claim;
    let mut all = parcel(subject);
    all.push((
        claim.opened_on,
        format!("Claim prepared: {}, {}", claim.incident.word(), claim.amount),
    ));
    all.extend(claim.evidence.iter().map(|document| (document.added_on, received(document))));
    all.extend(
        claim.filed_on.map(|day| (day, "Claim complete, ready for the provider".to_owned())),
    );
    all.extend(claim_events(subject));
    if let Some(refund) = &claim.refund {
        let amount = refund.amount.map_or(String::new(), |amount| format!(", {amount}"));
        all.push((refund.on, format!("Refund to the buyer: {}{amount}", refund.status.word())));
    }
    for payment in &claim.payments {
        let reference = match payment.reference.as_str() {
            "" => String::new(),
            reference => format!(" ({reference})"),
        };
        all.push((payment.on, format!("{} paid{reference}", payment.amount)));
    }
    // Steps of one day stay in the order in which they follow from each other.
    all.sort_by_key(|(day, _)| *day);
    all.dedup();
    all
}

/// What the carrier reported; of what happens once, the last word on it.
fn parcel(subject: &Subject<'_>) -> Vec<(Day, String)> {
    let mut all: Vec<(Day, CarrierEvent)> = Vec::new();
    for event in subject.history {
        let (About::Policy(_), Some(kind)) = (event.about, CarrierEvent::from_word(&event.kind))
        else {
            continue;
        };
        // The policy may be cancelled too, which the carrier has no part in.
        if event.detail.get(&event.kind).is_none() {
            continue;
        }
        if kind != CarrierEvent::Moved {
            all.retain(|(_, known)| *known != kind);
        }
        all.push((event.on, kind));
    }
    // A file may have brought what no event tells, and a correction stands there.
    let facts = &subject.policy.parcel.facts;
    for (day, kind) in [
        (facts.scanned_on, CarrierEvent::Scanned),
        (facts.moved_on, CarrierEvent::Moved),
        (facts.delivered_on, CarrierEvent::Delivered),
    ] {
        let Some(day) = day else { continue };
        if kind != CarrierEvent::Moved {
            all.retain(|(_, known)| *known != kind);
        }
        if !all.contains(&(day, kind)) {
            all.push((day, kind));
        }
    }
    all.into_iter().map(|(day, kind)| (day, format!("Carrier: {}", kind.word()))).collect()
}

fn received(document: &Evidence) -> String {
    let dated = document.dated.map_or(String::new(), |day| format!(", dated {day}"));
    match document.kind.as_str() {
        AFFIDAVIT => format!("Signed affidavit received from the buyer{dated}"),
        kind => format!("Document added: {}, {}{dated}", kind.replace('-', " "), document.file),
    }
}

/// What was asked, decided and appealed.
fn claim_events(subject: &Subject<'_>) -> Vec<(Day, String)> {
    let mut all: Vec<(Day, String)> = Vec::new();
    let mut decided = None;
    let claim = subject.claim;
    for event in subject.history.iter().filter(|event| event.about == About::Claim(claim.no)) {
        let text = |name: &str| event.detail.get(name).and_then(Value::as_str);
        let because = text("reason").map_or(String::new(), |reason| format!(": {reason}"));
        match event.kind.as_str() {
            "affidavit_sent" => {
                let asked = (event.on, "The buyer was asked for an affidavit".to_owned());
                if !all.contains(&asked) {
                    all.push(asked);
                }
            }
            kind @ ("claim_decided" | "decision_replaced") => {
                if kind == "decision_replaced"
                    && let Some(before) = decided
                {
                    all.remove(before);
                }
                decided = Some(all.len());
                all.push((event.on, decision(subject, event, &because)));
            }
            "claim_appealed" => {
                let to = text("to").map_or(String::new(), |to| format!(" to {to}"));
                all.push((event.on, format!("Appealed{to}{because}")));
            }
            "appeal_withdrawn" => {
                all.push((event.on, "The appeal was withdrawn by the seller".to_owned()));
            }
            _ => {}
        }
    }
    all
}

fn decision(subject: &Subject<'_>, event: &Event, because: &str) -> String {
    let text = |name: &str| event.detail.get(name).and_then(Value::as_str);
    let currency = subject.claim.amount.currency();
    let amount = text("amount")
        .map_or(String::new(), |amount| format!(", {amount} {} granted", currency.code()));
    match text("status") {
        Some("accepted" | "paid") => format!("Accepted by the provider{amount}{because}"),
        Some("rejected") => format!("Rejected by the provider{because}"),
        Some("needs_info") => format!("The provider asked for more{because}"),
        Some("withdrawn") => format!("Withdrawn by the seller{because}"),
        _ => format!("Decided by the provider{because}"),
    }
}
