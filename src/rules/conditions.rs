//! What stands against a claim: the policy's course, who files, exclusions, the days.

use super::assessment::{Case, Judged, MissingFact};
use super::{Refusal, Terms};
use crate::calendar::Day;
use crate::claim::{ClaimStatus, Fact, Incident, Party};
use crate::parcel::CarrierEvent;
use crate::plan::{Cited, Clause, Exclusion, StartDay, Starts};
use crate::policy::State;

/// An incident the terms do not cover, by their own clause on it where they have one.
pub(super) fn not_covered(terms: Terms<'_>, incident: Incident) -> Refusal {
    let covered = terms.version.incident.iter().filter(|(_, terms)| terms.covered);
    let covered: Vec<&str> = covered.map(|(incident, _)| incident.word()).collect();
    let reason =
        format!("{} covers {}, not {}", terms.plan.id, covered.join(", "), incident.word());
    let place = format!("incident.{}", incident.word());
    let clause = match terms.version.incident.get(&incident) {
        Some(own) => own.cite(&place),
        None => terms.version.claims.cite("claims"),
    };
    Refusal::by(clause, "incident_not_covered", reason)
}

/// Everything that stands against it, whatever it would pay.
pub(super) fn refusals(
    of: &Judged<'_>,
    opens_on: Option<Day>,
    closes_on: Option<Day>,
) -> Vec<Refusal> {
    let mut refusals = course(of);
    refusals.extend(claimant(of));
    refusals.extend(excluded(of));
    let delivered = delivery(of);
    // Waiting does not make a delivered parcel a loss.
    let timing = timing(of, opens_on, closes_on);
    let timing = timing.filter(|refusal| delivered.is_none() || refusal.code != "too_early");
    refusals.extend(delivered.into_iter().chain(timing));
    refusals.extend(found(of));
    refusals.extend(notice(of));
    refusals
}

/// The facts these conditions turn on, where they are not stated.
pub(super) fn facts_needed(of: &Case<'_>) -> Vec<MissingFact> {
    let stated = of.course.stated;
    let version = of.terms.version;
    let mut missing = Vec::new();
    let mut need = |fact: Fact, clause: Clause<'_>| {
        if stated.get(fact).is_none() {
            missing.push(MissingFact::of(fact, clause, of.currency()));
        }
    };
    if let Some(cases) = &version.claimant {
        let at = of.terms.situation(of.course.parcel, of.course.bought);
        if let Some((_, clause)) = cases.fitting(&at) {
            need(Fact::FiledBy, clause);
        }
    }
    if let Some(rule) = &of.incident.found {
        for fact in [Fact::SignedAt, Fact::FoundAt] {
            need(fact, rule.cite(&of.place("found")));
        }
    }
    if let Some(rule) = &of.incident.distance {
        need(Fact::DistanceM, rule.cite(&of.place("distance")));
    }
    if let Some(rule) = &of.incident.notice {
        need(Fact::NoticeOn, rule.cite(&of.place("notice")));
    }
    for rule in asked(of).filter(|rule| stated.answer(&rule.fact).is_none()) {
        let place = format!("exclusions.{}", rule.fact);
        missing.push(MissingFact {
            fact: rule.fact.clone(),
            question: rule.question.clone(),
            expected: "yes or no".to_owned(),
            clause: place,
            source: rule.source.clone(),
        });
    }
    missing
}

/// The exclusions that are asked of this incident.
fn asked<'a>(of: &Case<'a>) -> impl Iterator<Item = &'a Exclusion> {
    let incident = of.kind;
    of.terms
        .version
        .exclusions
        .iter()
        .filter(move |rule| rule.incidents.is_empty() || rule.incidents.contains(&incident))
}

/// What stands against any claim on this policy, whatever happened.
fn course(of: &Judged<'_>) -> Vec<Refusal> {
    let policy = of.facts.policy;
    let terms = of.terms;
    let claims = terms.version.claims.cite("claims");
    let mut refusals = Vec::new();
    if policy.state == State::Cancelled {
        let reason = format!("policy {} was cancelled before the first scan", policy.no);
        refusals.push(Refusal::by(terms.version.refund.cite("refund"), "policy_cancelled", reason));
    } else if terms.version.claims.scanned && policy.parcel.facts.scanned_on.is_none() {
        let reason = "no scan by the carrier is known".to_owned();
        let shown = policy.parcel.ids.shown();
        let remedy = format!("if it was scanned: insure track {shown} scanned --at DATE");
        refusals.push(Refusal::by(claims, "not_scanned", reason).unless(remedy));
    }
    if of.facts.is_return && !terms.version.claims.returns {
        let reason = "a buyer's return is not covered".to_owned();
        refusals.push(Refusal::by(claims, "buyer_return", reason));
    }
    if policy.figures.cover.is_zero() {
        let reason = if policy.figures.package_value.is_zero() {
            "the package was recorded with a value of 0, so its cover is 0".to_owned()
        } else {
            "nothing comes free, and no cover was bought for this parcel".to_owned()
        };
        refusals.push(Refusal::by(terms.version.included.cite("included"), "no_cover", reason));
    }
    refusals.extend(other_claim(of, claims));
    refusals
}

/// A package is paid for once.
fn other_claim(of: &Judged<'_>, clause: Clause<'_>) -> Option<Refusal> {
    let (no, status) = of.facts.policy.claim?;
    let refusal = match status {
        ClaimStatus::Accepted | ClaimStatus::Paid => {
            let reason =
                format!("claim {no} on this policy was accepted, and a package is paid for once");
            Refusal::by(clause, "claim_settled", reason)
        }
        ClaimStatus::Rejected => {
            let reason = format!("claim {no} on this policy was rejected");
            match of.terms.version.appeal(0) {
                Some((_, level)) => Refusal::by(level, "claim_rejected", reason).unless(format!(
                    "an appeal, if a level is left: insure claim show {no} says so"
                )),
                None => Refusal::by(of.terms.decided_by(), "claim_rejected", reason),
            }
        }
        ClaimStatus::Withdrawn => return None,
        _ => {
            let reason = format!(
                "claim {no} on this policy is open ({}), and a package is paid for once",
                status.word()
            );
            Refusal::by(clause, "claim_open", reason)
                .unless(format!("go on with it: insure claim show {no}"))
        }
    };
    Some(refusal)
}

/// Who files has to be one who may.
fn claimant(of: &Judged<'_>) -> Option<Refusal> {
    let by = of.facts.stated.filed_by()?;
    let cases = of.terms.version.claimant.as_ref()?;
    let at = of.terms.situation(of.course.parcel, of.course.bought);
    let (rule, clause) = cases.fitting(&at)?;
    if rule.may.contains(&by) {
        return None;
    }
    let may: Vec<&str> = rule.may.iter().map(|party| Party::word(*party)).collect();
    let reason =
        format!("the {by} cannot claim under {}, only the {}", of.terms.plan.id, may.join(", "));
    Some(
        Refusal::by(clause, "not_the_claimant", reason)
            .unless(format!("let the {} file it", may.join(" or the "))),
    )
}

/// Answers that exclude.
fn excluded(of: &Judged<'_>) -> Vec<Refusal> {
    let stated = of.facts.stated;
    asked(&of.case())
        .filter(|rule| stated.answer(&rule.fact) == Some(rule.excludes))
        .map(|rule| {
            let answer = if rule.excludes { "yes" } else { "no" };
            let reason = format!("{} {answer}", rule.question);
            Refusal::by(rule.cite(&format!("exclusions.{}", rule.fact)), "excluded", reason)
        })
        .collect()
}

/// What can only happen to a parcel that was delivered.
pub(super) fn after_delivery(incident: Incident) -> bool {
    matches!(incident, Incident::Theft | Incident::Misdelivery)
}

/// What the delivery, or its absence, says of the incident.
fn delivery(of: &Judged<'_>) -> Option<Refusal> {
    let facts = &of.course.parcel.facts;
    let place = format!("incident.{}", of.facts.incident.word());
    let clause = of.incident.cite(&place);
    let shown = || of.course.parcel.ids.shown();
    if let (Incident::Loss, None, Some((CarrierEvent::Returned, on))) =
        (of.facts.incident, facts.delivered_on, of.facts.policy.trouble)
    {
        let reason = format!("the carrier reports it returned on {on}, so it is not a loss");
        let refusal = Refusal::by(clause, "returned", reason);
        return Some(
            refusal
                .unless("if it came back damaged or short: --reason damage or --reason shortage"),
        );
    }
    match (of.facts.incident, facts.delivered_on) {
        (Incident::Loss, Some(on)) => {
            let reason = format!("the carrier reports it delivered on {on}, so it is not a loss");
            Some(
                Refusal::by(clause, "delivered", reason)
                    .unless("if it arrived damaged or short: --reason damage or --reason shortage"),
            )
        }
        (incident, None) if of.incident.delivered || after_delivery(incident) => {
            let reason = format!("no delivery is known, and {incident} is claimed after one");
            Some(Refusal::by(clause, "not_delivered", reason).unless(format!(
                "if it was delivered: insure track {} delivered --at DATE; if not: --reason loss",
                shown()
            )))
        }
        (Incident::Delay, Some(on)) => {
            let waiting = of.incident.waiting.as_ref()?;
            let late = of.course.waiting_over(of.terms, waiting)?;
            (on < late).then(|| {
                let reason =
                    format!("it was delivered on {on}, and counts as late only from {late}");
                Refusal::by(waiting.cite(&of.place("waiting")), "not_late", reason)
            })
        }
        (Incident::Misdelivery, Some(_)) => {
            let rule = of.incident.distance.as_ref()?;
            let metres = of.facts.stated.metres().filter(|metres| *metres < rule.metres)?;
            let reason = format!(
                "it was delivered {metres} m from the address, and {} m are needed",
                rule.metres
            );
            Some(Refusal::by(rule.cite(&of.place("distance")), "not_far", reason))
        }
        _ => None,
    }
}

/// Found too long after signing.
fn found(of: &Judged<'_>) -> Option<Refusal> {
    let rule = of.incident.found.as_ref()?;
    let stated = of.facts.stated;
    let (signed, found) = (stated.moment(Fact::SignedAt)?, stated.moment(Fact::FoundAt)?);
    let clause_place = of.place("found");
    let clause = rule.cite(&clause_place);
    let delivered = of.course.parcel.facts.delivered_on;
    // A carrier's calendar may be a day ahead.
    if let Some(on) = delivered.and_then(|on| on.pred_opt()).filter(|on| signed.date() < *on) {
        let reason = format!(
            "signed for at {signed}, before {on}, and the carrier reports the delivery on {}",
            delivered.unwrap_or(on)
        );
        return Some(Refusal::by(clause, "signed_early", reason).unless("mend the time"));
    }
    let seconds = found.signed_duration_since(signed).num_seconds();
    let minutes = seconds / 60;
    if seconds < 0 {
        let reason = format!("found at {found}, before it was signed for at {signed}");
        return Some(Refusal::by(clause, "found_before_signing", reason).unless("mend the times"));
    }
    (seconds > i64::from(rule.hours) * 3600).then(|| {
        let reason = format!(
            "found {} h {} min after signing, and {} hours are allowed",
            minutes / 60,
            minutes % 60,
            rule.hours
        );
        Refusal::by(clause, "found_late", reason)
    })
}

/// The carrier told too early or too late, or no inquiry opened.
fn notice(of: &Judged<'_>) -> Option<Refusal> {
    let rule = of.incident.notice.as_ref()?;
    let on = of.facts.stated.day(Fact::NoticeOn)?;
    let (start, from) = of.course.start(&rule.from)?;
    let place = of.place("notice");
    let today = of.facts.today;
    if on > today {
        let reason = format!("notice comes before the claim, and {on} is after today, {today}");
        return Some(Refusal::by(rule.cite(&place), "notice_early", reason));
    }
    let first = rule.first_day(from);
    if on < first {
        let reason = format!(
            "notice was given on {on}; it counts from {first}, {} days from {}",
            rule.after_days,
            start.words()
        );
        return Some(Refusal::by(rule.cite(&place), "notice_early", reason));
    }
    let last = rule.last_day(from)?;
    (on > last).then(|| {
        let reason = format!("notice was given on {on}, and {last} was the last day for it");
        let refusal = Refusal::by(rule.cite(&place), "notice_late", reason);
        stood_in(&rule.from, start, refusal)
    })
}

/// Too early, too late, or not known.
fn timing(of: &Judged<'_>, opens_on: Option<Day>, closes_on: Option<Day>) -> Option<Refusal> {
    // A claim that was filed in time stays in time.
    let today = of.facts.filed_on.unwrap_or(of.facts.today);
    let parcel = of.course.parcel;
    let waiting_place = of.place("waiting");
    let window = of.course.rule(of.terms, of.incident);
    // Where a claim needs a scan, that refusal stands already and says what to do.
    let scan_refused = of.terms.version.claims.scanned && parcel.facts.scanned_on.is_none();
    let unknown = |from: &Starts, clause: Clause<'_>| {
        if scan_refused {
            return None;
        }
        let reason = format!("it counts from {}, which is not known", from.words());
        let shown = parcel.ids.shown();
        let remedy = match from.0.first() {
            Some(StartDay::Delivered) => {
                format!("record it: insure track {shown} {} --at DATE", CarrierEvent::Delivered)
            }
            Some(StartDay::Due) => "state it with --due-on DATE".to_owned(),
            Some(StartDay::Signed) => "state it with --signed-at DATETIME".to_owned(),
            Some(StartDay::Found) => "state it with --found-at DATETIME".to_owned(),
            _ => format!("record it: insure track {shown} {} --at DATE", CarrierEvent::Scanned),
        };
        Some(Refusal::by(clause, "start_unknown", reason).unless(remedy))
    };
    if let (Some(waiting), None) = (&of.incident.waiting, opens_on) {
        return unknown(&waiting.from, waiting.cite(&waiting_place));
    }
    if let (Some((rule, clause)), None) = (window, closes_on) {
        return unknown(&rule.from, clause);
    }
    if let Some(opens_on) = opens_on.filter(|opens_on| today < *opens_on) {
        let reason = format!("it can be claimed from {opens_on}, today is {today}");
        let clause = match (&of.incident.waiting, window) {
            (Some(waiting), _) => waiting.cite(&waiting_place),
            (None, Some((_, clause))) => clause,
            (None, None) => of.terms.version.claims.cite("claims"),
        };
        let refusal = Refusal::by(clause, "too_early", reason);
        return Some(refusal.unless(format!("wait until {opens_on}")));
    }
    let (closes_on, (rule, clause)) = (closes_on?, window?);
    (today > closes_on).then(|| {
        let reason = format!("the last day to claim was {closes_on}, today is {today}");
        let refusal = Refusal::by(clause, "window_closed", reason);
        match of.course.start(&rule.from) {
            Some((used, _)) => stood_in(&rule.from, used, refusal),
            None => refusal,
        }
    })
}

/// What was counted from a day that stands in for one that is not known says so.
fn stood_in(from: &Starts, used: StartDay, refusal: Refusal) -> Refusal {
    match from.0.first().filter(|first| **first != used) {
        Some(first) => refusal.unless(format!(
            "it was counted from {}, as {} is not known: state that day ({})",
            used.words(),
            first.words(),
            match from.0.contains(&StartDay::Due) {
                true => "--due-on DATE, or insure track ID delivered --at DATE",
                false => "insure track ID delivered --at DATE",
            }
        )),
        None => refusal,
    }
}
