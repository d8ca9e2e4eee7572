//! The claim form: all that the provider asks, from the ledger, on paper.

use super::page::{Block, Column, Table};
use super::{Subject, course, goods, named, or_dash, shipped_by};
use crate::claim::{Claim, ClaimStatus, Evidence};
use crate::money::Money;
use crate::rules::{Assessment, Missing, Need};

/// So many goods are named on the form; the invoice has all.
const FEW: usize = 8;

/// The claim form's blocks.
pub(super) fn form(subject: &Subject<'_>) -> Vec<Block> {
    let claim = subject.claim;
    let mut all = vec![
        Block::Title(format!("Claim {}", claim.no)),
        Block::Small(
            "Prepared by the seller from its own ledger. This is not an official form of the provider."
                .to_owned(),
        ),
    ];
    all.extend(withdrawn(subject.claim).map(Block::Notice));
    if let Some(text) = draft(subject) {
        all.push(Block::Notice(text));
    }
    all.push(Block::Pairs(asked(subject)));
    all.extend(what_is_missing(subject));
    part(&mut all, "Shipment", shipment(subject));
    part(&mut all, "Cover", cover(subject));
    part(&mut all, "Stated by the claimant", stated(claim));
    part(&mut all, "The buyer", buyer(claim));
    course(subject, &mut all);
    timeline(subject, &mut all);
    evidence(subject, &mut all);
    trace(subject, &mut all);
    if let Some(name) = &subject.seller.name {
        let mut lines = vec![("Seller".to_owned(), name.clone())];
        lines.extend(subject.seller.further());
        part(&mut all, "Claimant", lines);
    }
    all
}

fn part(all: &mut Vec<Block>, heading: &str, pairs: Vec<(String, String)>) {
    if !pairs.is_empty() {
        all.push(Block::Heading(heading.to_owned()));
        all.push(Block::Pairs(pairs));
    }
}

/// What nobody may overlook of a claim that is not pursued.
fn withdrawn(claim: &Claim) -> Option<String> {
    let on =
        claim.decision.as_ref().map_or(String::new(), |decision| format!(" on {}", decision.on));
    (claim.status == ClaimStatus::Withdrawn)
        .then(|| format!("WITHDRAWN by the seller{on}. This claim is not pursued."))
}

/// What nobody may overlook of a claim that is not complete.
fn draft(subject: &Subject<'_>) -> Option<String> {
    if subject.claim.status != ClaimStatus::Draft {
        return None;
    }
    let owed = |missing: &&Missing| missing.need == Need::Now;
    let missing = subject.assessment.missing_evidence.iter().filter(owed);
    let kinds: Vec<&str> = missing.map(|missing| missing.kind.as_str()).collect();
    let mut text = "DRAFT, not ready to send.".to_owned();
    if !kinds.is_empty() {
        text.push_str(&format!(" Missing: {}.", kinds.join(", ")));
    }
    for refusal in &subject.assessment.refusals {
        text.push_str(&format!(" Refused ({}): {}.", refusal.code, refusal.reason));
    }
    Some(text)
}

fn asked(subject: &Subject<'_>) -> Vec<(String, String)> {
    let claim = subject.claim;
    let last =
        claim.closes_on.map_or("the terms name no last day".to_owned(), |day| day.to_string());
    let plan = format!("{} ({})", subject.plan.name, subject.policy.plan);
    let mut all = vec![
        named("Reason", claim.incident.word()),
        named("Amount claimed", claim.amount),
        named("Payable", format!("{} as assessed under the terms", claim.payable)),
        named("Status", claim.status.word().replace('_', " ")),
        named("Policy", claim.policy),
        named("Plan", plan),
        named("Terms of", subject.policy.version),
        named("Opened on", claim.opened_on),
        named("Last day to claim", last),
        named("Assessed as of", subject.as_of),
    ];
    if let Some(day) = claim.filed_on {
        all.push(named("Complete since", day));
    }
    if let Some(caution) = subject.plan.kind.caution() {
        all.push(named("Note", caution));
    }
    all
}

fn what_is_missing(subject: &Subject<'_>) -> Vec<Block> {
    let Assessment { missing_evidence, names_evidence, .. } = subject.assessment;
    if !subject.claim.status.is_open() || missing_evidence.is_empty() {
        let silent = !names_evidence && subject.claim.status.is_open();
        let told = "The terms name no documents; the provider says which it wants.";
        return if silent { vec![Block::Text(told.to_owned())] } else { Vec::new() };
    }
    let row = |missing: &Missing| {
        let kinds: Vec<&str> =
            std::iter::once(&missing.kind).chain(&missing.or).map(String::as_str).collect();
        let need = match (missing.need, missing.due_on) {
            (Need::Now, Some(due)) => format!("was due on {due}"),
            (Need::Now, None) => "needed".to_owned(),
            (Need::Later, Some(due)) => format!("may follow until {due}"),
            (Need::Later, None) => "may follow".to_owned(),
            (Need::Helps, _) => "helps".to_owned(),
        };
        vec![kinds.join(" or "), missing.from.word().to_owned(), need, missing.reason.clone()]
    };
    vec![
        Block::Heading("Evidence still missing".to_owned()),
        Block::Table(Table {
            columns: vec![
                Column::left("Document", 22),
                Column::left("From", 12),
                Column::left("When", 20),
                Column::left("Why", 46),
            ],
            rows: missing_evidence.iter().map(row).collect(),
            total: false,
        }),
    ]
}

fn shipment(subject: &Subject<'_>) -> Vec<(String, String)> {
    let parcel = &subject.policy.parcel;
    let ids = &parcel.ids;
    let mut all = vec![
        named("Order", or_dash(ids.order.as_deref())),
        named("Package", or_dash(ids.package.as_deref())),
        named("Tracking number", or_dash(ids.tracking.as_deref())),
        named("Shipping provider", shipped_by(parcel)),
    ];
    if !parcel.other_orders.is_empty() {
        all.insert(1, named("Packed with orders", parcel.other_orders.join(", ")));
    }
    let facts = &parcel.facts;
    let trouble = subject.policy.trouble;
    for (name, day) in [
        ("Shipped on", parcel.shipped_on()),
        ("First scan", facts.scanned_on),
        ("Last seen on", facts.moved_on),
        ("Delivered on", facts.delivered_on),
        ("Label cancelled on", facts.cancelled_on),
    ] {
        all.extend(day.map(|day| named(name, day)));
    }
    if let Some((event, day)) = trouble {
        all.push(named("Reported by the carrier", format!("{} on {day}", event.word())));
    }
    let way = [parcel.from, parcel.to].map(|at| at.map_or("-".to_owned(), |at| at.to_string()));
    if way.iter().any(|at| at != "-") {
        all.push(named("From, to", way.join(" to ")));
    }
    let goods = goods(parcel);
    let mut contents = goods.iter().take(FEW).copied().collect::<Vec<_>>().join("; ");
    if goods.len() > FEW {
        contents.push_str(&format!("; and {} more, see invoice.pdf", goods.len() - FEW));
    }
    if !contents.is_empty() {
        all.push(named("Contents", contents));
    }
    all.extend(parcel.goods.as_ref().map(|text| named("Kind of goods", text)));
    all
}

fn cover(subject: &Subject<'_>) -> Vec<(String, String)> {
    let figures = &subject.policy.figures;
    let value = &subject.policy.parcel.value;
    let mut parts = vec![format!("{} goods", value.product)];
    for (what, part) in [("coupons", value.coupon), ("shipping fee", value.shipping)] {
        if !part.is_zero() {
            parts.push(format!("{part} {what}"));
        }
    }
    let mut package = figures.package_value.to_string();
    if parts.len() > 1 {
        package.push_str(&format!(" (recorded: {})", parts.join(", ")));
    }
    let mut all = vec![
        named("Package value", package),
        named("Included cover", figures.included_cover),
        named("Cover", figures.cover),
        named("Premium", figures.premium),
        named("Recorded on", subject.policy.bound_on),
    ];
    if let Some(stated) = &subject.policy.parcel.stated {
        all.insert(1, named("Stated as", stated));
    }
    all
}

fn stated(claim: &Claim) -> Vec<(String, String)> {
    claim.facts.iter().map(|(name, value)| named(&name.replace('-', " "), value)).collect()
}

/// Where the buyer's part stands.
fn buyer(claim: &Claim) -> Vec<(String, String)> {
    let mut pairs = Vec::new();
    match (claim.signed_affidavit(), &claim.affidavit) {
        (Some(document), _) => {
            let told = match document.dated {
                Some(day) => format!("attached, dated {day}"),
                None => format!("attached on {}, its own day is not stated", document.added_on),
            };
            pairs.push(named("Affidavit", told));
        }
        (None, Some(asked)) => {
            let on = asked.sent_on.map(|day| format!("asked for on {day}, not answered yet"));
            pairs.extend(on.map(|told| named("Affidavit", told)));
        }
        (None, None) => {}
    }
    if let Some(refund) = &claim.refund {
        let amount = refund.amount.map_or(String::new(), |amount| format!(" {amount}"));
        let status = refund.status.word();
        pairs.push(named("Refund to the buyer", format!("{status}{amount} on {}", refund.on)));
        pairs.extend(refund.reason.as_ref().map(|reason| named("Reason of the refund", reason)));
    }
    pairs
}

/// The decision, appeals and payments.
fn course(subject: &Subject<'_>, all: &mut Vec<Block>) {
    let claim = subject.claim;
    let mut pairs = Vec::new();
    if let Some(decision) = &claim.decision {
        pairs.push(named("Decided on", decision.on));
        pairs.extend(decision.amount.map(|amount| named("Granted", amount)));
        pairs.extend(decision.reason.as_ref().map(|reason| named("In its words", reason)));
    }
    if claim.appeals > 0 {
        pairs.push(named("Appeals made", claim.appeals));
    }
    if let Some(next) = subject.next_appeal {
        let until = next.until.map_or(String::new(), |day| format!(" until {day}"));
        pairs.push(named("Can be appealed", format!("to {}{until}", next.to)));
    }
    if let Some(owed) = claim.owed().filter(|owed: &Money| !owed.is_zero()) {
        pairs.push(named("Still owed", owed));
    }
    for payment in &claim.payments {
        let reference = match payment.reference.as_str() {
            "" => String::new(),
            reference => format!(", {reference}"),
        };
        pairs.push(named("Paid", format!("{} on {}{reference}", payment.amount, payment.on)));
    }
    part(all, "Decision and payment", pairs);
}

fn timeline(subject: &Subject<'_>, all: &mut Vec<Block>) {
    all.push(Block::Heading("Timeline".to_owned()));
    all.push(Block::Table(Table {
        columns: vec![Column::left("Day", 15), Column::left("What happened", 85)],
        rows: course::steps(subject)
            .into_iter()
            .map(|(day, what)| vec![day.to_string(), what])
            .collect(),
        total: false,
    }));
}

fn evidence(subject: &Subject<'_>, all: &mut Vec<Block>) {
    all.push(Block::Heading("Evidence".to_owned()));
    if subject.claim.evidence.is_empty() {
        all.push(Block::Text("None is attached.".to_owned()));
        return;
    }
    let row = |(document, place): (&Evidence, &String)| {
        let dated = document.dated.map_or("-".to_owned(), |day| day.to_string());
        let mut file = place.clone();
        let name = file.rsplit('/').next().unwrap_or_default();
        if !name.ends_with(&document.file) {
            file.push_str(&format!(" (given as {})", document.file));
        }
        vec![
            document.kind.clone(),
            file,
            or_dash(document.media.as_deref()),
            dated,
            crate::money::grouped(&document.bytes.to_string()),
            document.sha256.clone(),
        ]
    };
    all.push(Block::Table(Table {
        columns: vec![
            Column::left("Kind", 14),
            Column::left("File in this packet", 27),
            Column::left("Type", 13),
            Column::left("Dated", 12),
            Column::right("Bytes", 11),
            Column::left("SHA-256", 23),
        ],
        rows: subject.claim.evidence.iter().zip(subject.places).map(row).collect(),
        total: false,
    }));
}

fn trace(subject: &Subject<'_>, all: &mut Vec<Block>) {
    let steps = subject.assessment.trace.steps();
    if steps.is_empty() {
        return;
    }
    all.push(Block::Heading("How the terms decide it".to_owned()));
    let row = |step: &crate::rules::Step| {
        let sure = match step.confidence.is_unsourced() {
            true => format!(" ({})", step.confidence.word()),
            false => String::new(),
        };
        vec![
            step.rule.replace('_', " "),
            step.before.clone(),
            format!("{}{sure}", step.after),
            step.clause.clone(),
            step.source.clone(),
        ]
    };
    all.push(Block::Table(Table {
        columns: vec![
            Column::left("Rule", 17),
            Column::left("Before", 26),
            Column::left("After", 19),
            Column::left("Clause", 24),
            Column::left("Source", 14),
        ],
        rows: steps.iter().map(row).collect(),
        total: false,
    }));
    let mut named: Vec<&str> = steps.iter().map(|step| step.source.as_str()).collect();
    named.sort_unstable();
    named.dedup();
    for (short, source) in &subject.plan.sources {
        if named.contains(&short.as_str()) {
            let url = source.url.as_deref().map_or(String::new(), |url| format!(", {url}"));
            all.push(Block::Small(format!("{short}: {}{url}", source.title)));
        }
    }
}
