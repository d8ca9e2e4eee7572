//! What still has to be done for a claim, by whom, and until when. No today here: a duty has its
//! day, and whether that is over is for whoever looks.

use std::borrow::Cow;

use super::deadlines::Course;
use super::evidence::{AtBuyer, Documents, Missing, Need, missing_evidence};
use super::{Terms, Trace, next_appeal};
use crate::calendar::{Day, Span, Unit};
use crate::claim::{AFFIDAVIT, Claim, ClaimStatus};
use crate::money::Money;
use crate::plan::{Cited, Kind, Provider};
use crate::policy::Policy;
use crate::words::words;

words! {
    /// What has to be done. In this order duties of one day are listed.
    pub enum DutyKind {
        /// A claim has to be filed: the parcel looks like something and has none.
        Claim = "claim",
        /// The decision can be appealed.
        Appeal = "appeal",
        /// A document is owed.
        Evidence = "evidence",
        /// The buyer's signed statement is owed.
        Affidavit = "affidavit",
        /// The insurer has asked for something.
        Info = "info",
        /// The insurer has to decide.
        Decision = "decision",
        /// The insurer has to pay.
        Payment = "payment",
    }
}

words! {
    /// Who has to do it.
    pub enum OwedBy {
        /// The seller.
        Seller = "seller",
        /// The buyer.
        Buyer = "buyer",
        /// The carrier.
        Carrier = "carrier",
        /// The forwarder.
        Forwarder = "forwarder",
        /// Who promised to pay, where that is an insurer.
        Insurer = "insurer",
    }
}

words! {
    /// When a duty is worth a look.
    pub enum Shown {
        /// From the day it is known until it is done, be its day over or far ahead.
        Always = "always",
        /// From a few days before its day until it is done.
        UntilDone = "until_done",
        /// From a few days before its day to that day: afterwards nothing can be done.
        UntilItsDay = "until_its_day",
        /// Once its day is over: it is somebody else's, who has that long.
        OnceOver = "once_over",
    }
}

/// Something that has to be done for a claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Duty {
    /// What kind of thing.
    pub kind: DutyKind,
    /// Its last day; none where the terms name none.
    pub on: Option<Day>,
    /// When it is worth a look.
    pub shown: Shown,
    /// Who has to do it.
    pub owed_by: OwedBy,
    /// What, in words: the kind of document, what was asked, to whom to appeal.
    pub what: String,
    /// What is at stake.
    pub amount: Money,
    /// The clause it is by, by its place in the plan's version.
    pub clause: String,
}

impl Duty {
    /// What has to be done, told on this day: nothing completes a draft whose window has closed.
    pub fn told_on(&self, today: Day) -> Cow<'_, str> {
        match self.shown {
            Shown::Always if self.on.is_some_and(|on| on < today) => {
                Cow::Owned(format!("{}, too late: withdraw the claim", self.what))
            }
            _ => Cow::Borrowed(&self.what),
        }
    }
}

/// Everything that still has to be done for a claim. `since` is the day from which the insurer has
/// had it last: filed, completed or appealed.
pub fn duties(terms: Terms<'_>, policy: &Policy, claim: &Claim, since: Day) -> Vec<Duty> {
    let mut duties = match claim.status {
        ClaimStatus::Draft | ClaimStatus::UnderReview => documents(terms, policy, claim),
        ClaimStatus::NeedsInfo => {
            let asked = claim.decision.as_ref().and_then(|decision| decision.reason.clone());
            let info = Duty {
                kind: DutyKind::Info,
                on: None,
                shown: Shown::UntilDone,
                owed_by: OwedBy::Seller,
                what: asked.unwrap_or_else(|| "what the insurer asked for".to_owned()),
                amount: claim.payable,
                clause: terms.decided_by().id.to_owned(),
            };
            std::iter::once(info).chain(documents(terms, policy, claim)).collect()
        }
        _ => Vec::new(),
    };
    duties.extend(decision(terms, claim, since));
    duties.extend(payment(terms, claim));
    duties.extend(appeal(terms, claim));
    duties
}

/// Documents still owed: of a draft those without which it is not filed, from the day it was opened
/// until it is complete or withdrawn; of a claim that was filed those that may follow, with their
/// grace.
fn documents(terms: Terms<'_>, policy: &Policy, claim: &Claim) -> Vec<Duty> {
    let Some(incident) = terms.version.incident.get(&claim.incident) else { return Vec::new() };
    let course =
        Course { parcel: &policy.parcel, stated: &claim.facts, bought: policy.figures.bought() };
    let filed_on = claim.filed_on.unwrap_or(claim.opened_on);
    let (given, at_buyer) = (&claim.evidence, AtBuyer::of(policy));
    let documents = Documents { course, given, filed_on, today: filed_on, at_buyer };
    let is_draft = claim.status == ClaimStatus::Draft;
    let closes_on = course.closes_on(terms, incident);
    let owed = |missing: &Missing| match missing.need {
        Need::Now => true,
        // It counts from filing, which a draft still has before it.
        Need::Later => !is_draft,
        Need::Helps => false,
    };
    let mut duties: Vec<Duty> =
        missing_evidence(terms, (claim.incident, incident), &documents, &mut Trace::off())
            .into_iter()
            .filter(owed)
            .map(|missing| {
                let kinds: Vec<&str> =
                    std::iter::once(&missing.kind).chain(&missing.or).map(String::as_str).collect();
                let (kind, asked) = match kinds.contains(&AFFIDAVIT) {
                    true => (DutyKind::Affidavit, asked(claim)),
                    false => (DutyKind::Evidence, String::new()),
                };
                Duty {
                    kind,
                    on: if is_draft { closes_on } else { missing.due_on },
                    shown: if is_draft { Shown::Always } else { Shown::UntilDone },
                    owed_by: missing.from.into(),
                    what: format!("{}{asked}", kinds.join(" or ")),
                    amount: claim.payable,
                    clause: missing.clause,
                }
            })
            .collect();
    // What came too late completes nothing, and the draft is not to be forgotten.
    if is_draft && duties.is_empty() {
        duties.push(Duty {
            kind: DutyKind::Evidence,
            on: closes_on,
            shown: Shown::Always,
            owed_by: OwedBy::Seller,
            what: "no document is missing, but it is not filed".to_owned(),
            amount: claim.payable,
            clause: incident.cite(&format!("incident.{}", claim.incident.word())).id.to_owned(),
        });
    }
    duties
}

/// How it stands with asking the buyer.
fn asked(claim: &Claim) -> String {
    let asked = claim.affidavit.as_ref();
    match asked.and_then(|asked| asked.in_doubt_on) {
        Some(on) => format!(" (its e-mail of {on} is in doubt)"),
        None => match asked.and_then(|asked| asked.sent_on) {
            Some(on) => format!(" (asked for on {on})"),
            None => " (not asked for)".to_owned(),
        },
    }
}

/// Terms that name no time to decide press nobody: all that is under review would be listed.
fn decision(terms: Terms<'_>, claim: &Claim, since: Day) -> Option<Duty> {
    let rule = terms.version.decision.as_ref()?;
    (claim.status == ClaimStatus::UnderReview).then(|| Duty {
        kind: DutyKind::Decision,
        on: Some(business_days(terms, since, rule.business_days, rule.calendar.as_deref())),
        shown: Shown::OnceOver,
        owed_by: payer(terms),
        what: format!("decide in {} business days from {since}", rule.business_days),
        amount: claim.payable,
        clause: rule.cite("decision").id.to_owned(),
    })
}

/// What is granted and not paid, be it that the rest is appealed. Terms that name no time to pay
/// leave it without a day: money is owed all the same.
fn payment(terms: Terms<'_>, claim: &Claim) -> Option<Duty> {
    let decided = claim.decision.as_ref()?.on;
    let owed = claim.owed().filter(|owed| !owed.is_zero())?;
    let of = |on, shown, what, clause: &str| Duty {
        kind: DutyKind::Payment,
        on,
        shown,
        owed_by: payer(terms),
        what,
        amount: owed,
        clause: clause.to_owned(),
    };
    Some(match terms.version.payment.as_ref() {
        Some(rule) => of(
            Some(business_days(terms, decided, rule.business_days, rule.calendar.as_deref())),
            Shown::OnceOver,
            format!("pay in {} business days from {decided}", rule.business_days),
            rule.cite("payment").id,
        ),
        None => of(
            None,
            Shown::UntilDone,
            format!("pay what was granted on {decided}"),
            terms.decided_by().id,
        ),
    })
}

/// An appeal there is no last day for presses nobody.
fn appeal(terms: Terms<'_>, claim: &Claim) -> Option<Duty> {
    let next = next_appeal(terms, claim)?;
    let granted = claim.granted().map_or(0, Money::minor);
    let refused = claim.payable.minor().saturating_sub(granted);
    Some(Duty {
        kind: DutyKind::Appeal,
        on: Some(next.until?),
        shown: Shown::UntilItsDay,
        owed_by: OwedBy::Seller,
        what: format!("appeal to {}", next.to),
        amount: Money::from_minor(refused.max(0), claim.payable.currency()),
        clause: next.clause,
    })
}

fn business_days(terms: Terms<'_>, from: Day, count: u32, calendar: Option<&str>) -> Day {
    let holidays = terms.plan.holidays(calendar).unwrap_or_default();
    Span { count, unit: Unit::BusinessDays, inclusive: false }.last_day_with(from, &holidays)
}

/// Who decides and pays.
fn payer(terms: Terms<'_>) -> OwedBy {
    match terms.plan.kind {
        Kind::Insurance => OwedBy::Insurer,
        Kind::DeclaredValue => OwedBy::Carrier,
    }
}

impl From<Provider> for OwedBy {
    fn from(provider: Provider) -> OwedBy {
        match provider {
            Provider::Seller => OwedBy::Seller,
            Provider::Buyer => OwedBy::Buyer,
            Provider::Carrier => OwedBy::Carrier,
            Provider::Forwarder => OwedBy::Forwarder,
        }
    }
}
