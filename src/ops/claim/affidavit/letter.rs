//! The e-mail to the buyer: what is known of the claim, filled into a template.

use super::super::super::terms::KnownPlans;
use super::super::{claim_of, policy_of, refused, under_its_terms};
use super::{is_done, serves};
use crate::calendar::Day;
use crate::claim::{AFFIDAVIT, Claim, ClaimStatus, Incident};
use crate::error::Error;
use crate::ledger::Ledger;
use crate::mail::{Letter, Mailbox, Template, message_id};
use crate::policy::Policy;
use crate::rules::wanted;

/// How the buyer is asked for an affidavit.
#[derive(Debug, Clone)]
pub struct AskAffidavit {
    /// Who asks.
    pub from: Mailbox,
    /// Who is asked; a draft may leave it open.
    pub to: Option<Mailbox>,
    /// What the mail says.
    pub template: Template,
    /// Whether that is a template of the user's own, for any claim; the one that comes with the
    /// program states that the parcel never arrived.
    pub own_template: bool,
}

/// An e-mail that asks for an affidavit.
#[derive(Debug)]
pub struct AffidavitLetter {
    /// For which claim.
    pub claim: Claim,
    /// The e-mail.
    pub letter: Letter,
    /// Whether the terms ask for an affidavit at all.
    pub asked: bool,
    /// The first day on which a signed affidavit counts, where the terms name one.
    pub sign_after: Option<Day>,
}

/// Writes the e-mail that asks the buyer for an affidavit, as a draft to be sent by other means.
/// Nothing is recorded: a draft is not sent.
///
/// # Errors
/// No such claim, one for which an affidavit serves nothing, or a template that does not fit.
pub fn write_affidavit(
    ledger: &Ledger,
    identifier: &str,
    ask: &AskAffidavit,
    today: Day,
) -> Result<AffidavitLetter, Error> {
    letter(ledger, claim_of(ledger, identifier)?, ask, "draft", today)
}

/// The letter of one attempt; attempts differ in their Message-ID.
pub(super) fn letter(
    ledger: &Ledger,
    claim: Claim,
    ask: &AskAffidavit,
    attempt: &str,
    today: Day,
) -> Result<AffidavitLetter, Error> {
    serves(ledger, &claim)?;
    let policy = policy_of(ledger, &claim)?;
    let (wanted, plan) = under_its_terms(ledger, &claim, |terms| {
        (wanted(terms, &policy, &claim, AFFIDAVIT), terms.plan.name.clone())
    })?;
    if is_done(&claim, wanted.as_ref()) {
        let reason = format!("the affidavit of claim {} is completed", claim.no);
        let plans = &mut KnownPlans::default();
        let newer = format!(
            "to add another one: insure claim affidavit {} --completed FILE --dated DATE",
            claim.no
        );
        return refused("affidavit_completed", ledger, plans, &claim, reason, Some(newer));
    }
    let arrived =
        !matches!(claim.incident, Incident::Loss | Incident::Theft | Incident::Misdelivery);
    if arrived && !ask.own_template {
        return Err(Error::usage(
            format!(
                "the affidavit that comes with this program states that the parcel never arrived, and claim {} is for {}",
                claim.no, claim.incident
            ),
            "write what the buyer is to state in a template of your own: --template FILE",
        ));
    }
    let sign_after = wanted.as_ref().and_then(|wanted| wanted.not_before);
    let known = |name: &str| value(name, &claim, &policy, ask, (&plan, sign_after, today));
    let filled = ask.template.fill(known).map_err(|field| {
        Error::usage(
            format!("nothing is left of the subject: {field} of claim {} is not known", claim.no),
            format!("say in the template what stands in its place: {{{field}|words}}"),
        )
    })?;
    let ids = &policy.parcel.ids;
    let or_empty = |id: &Option<String>| id.clone().unwrap_or_default();
    let to = ask.to.as_ref().map(Mailbox::address).unwrap_or_default();
    let parts: [&str; 6] = [
        &claim.no.to_string(),
        &policy.no.to_string(),
        &or_empty(&ids.order),
        &or_empty(&ids.tracking),
        to,
        attempt,
    ];
    let letter = Letter {
        from: ask.from.clone(),
        to: ask.to.clone(),
        subject: filled.subject,
        text: filled.text,
        message_id: message_id(&parts, &ask.from),
    };
    Ok(AffidavitLetter { claim, letter, asked: wanted.is_some(), sign_after })
}

/// What a field of a template stands for.
fn value(
    name: &str,
    claim: &Claim,
    policy: &Policy,
    ask: &AskAffidavit,
    (plan, sign_after, today): (&str, Option<Day>, Day),
) -> Option<String> {
    let parcel = &policy.parcel;
    let day = |day: Option<Day>| day.map(|day| day.to_string());
    match name {
        "order_id" => parcel.ids.order.clone(),
        "package_id" => parcel.ids.package.clone(),
        "tracking_number" => parcel.ids.tracking.clone(),
        "carrier" => parcel.carrier.clone(),
        "service" => parcel.service.clone(),
        "ship_date" => day(parcel.shipped_on()),
        "destination" => parcel.to.map(|country| country.code().to_owned()),
        "contents" => parcel.contents.clone().or_else(|| parcel.goods.clone()),
        "package_value" => Some(policy.figures.package_value.to_string()),
        "claim" => Some(claim.no.to_string()),
        "policy" => Some(policy.no.to_string()),
        "plan" => Some(plan.to_owned()),
        "reason" => Some(claim.incident.word().to_owned()),
        "amount" => Some(claim.amount.to_string()),
        "opened_on" => day(Some(claim.opened_on)),
        "sign_after" => day(sign_after),
        // A claim that is complete is in time; only a draft can still come too late.
        "reply_by" => day(claim.closes_on.filter(|_| claim.status == ClaimStatus::Draft)),
        "buyer" => ask.to.as_ref()?.name().map(str::to_owned),
        "buyer_address" => Some(ask.to.as_ref()?.address().to_owned()),
        "seller" => Some(ask.from.name().unwrap_or(ask.from.address()).to_owned()),
        "seller_address" => Some(ask.from.address().to_owned()),
        "today" => day(Some(today)),
        _ => None,
    }
}
