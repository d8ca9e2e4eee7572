//! A parcel that is stated twice: in one file, or once in the ledger and now again.

use super::rivals::label_changed;
use crate::ledger::{Existing, SameBy};
use crate::money::Money;
use crate::number::PolicyNo;
use crate::parcel::{CoverChoice, Label, Parcel, Stated, same_order, same_tracking};
use crate::plan::{Cited, Until};
use crate::policy::State;
use crate::rules::{Quote, Refusal, Terms};

/// The same parcel twice in one file, with different money (its value, or the cover asked for).
pub(super) fn stated_twice(
    terms: Terms<'_>,
    what: &str,
    now: Money,
    first: Money,
    line: u64,
) -> Box<Refusal> {
    let reason =
        format!("the same parcel stands on line {line} with a {what} of {first}, here with {now}");
    let refusal = Refusal::by(terms.version.value.cite("value"), "stated_twice", reason);
    Box::new(refusal.unless("leave only the right row"))
}

/// The same package twice in one file, under two tracking numbers.
pub(super) fn labelled_twice(terms: Terms<'_>, parcel: &Parcel, line: u64) -> Box<Refusal> {
    let tracking = parcel.ids.tracking.as_deref().unwrap_or_default();
    let package = parcel.ids.package.as_deref().unwrap_or_default();
    let reason = format!(
        "package {package} stands on line {line} with another tracking number, here with {tracking}"
    );
    let refusal = Refusal::by(terms.version.value.cite("value"), "stated_twice", reason);
    Box::new(refusal.unless("leave only the right row"))
}

/// Two orders in one file that count as one, such as `1001` and `#1001`.
pub(super) fn written_twice(terms: Terms<'_>, parcel: &Parcel, line: u64) -> Box<Refusal> {
    let order = parcel.ids.order.as_deref().unwrap_or_default();
    let reason = format!(
        "order `{order}` is written in another way on line {line}, and the two count as one number"
    );
    let refusal = Refusal::by(terms.version.value.cite("value"), "stated_twice", reason);
    Box::new(refusal.unless(
        "leave only one row of them; if they are two orders, cover each under a number of its own",
    ))
}

/// The policy that gives way to one with more cover: asked for at the same value, while no label
/// exists and cover may still be edited.
pub(super) fn raises(
    terms: Terms<'_>,
    existing: &Existing,
    parcel: &Parcel,
    quote: &Quote,
    choice: CoverChoice,
) -> Option<PolicyNo> {
    let open = existing.state == State::Confirmed && existing.ids.tracking.is_none();
    let more = quote.asked_cover.minor() > existing.cover.minor();
    let same_parcel = existing.how == SameBy::Handle;
    let same = existing.plan == terms.plan.id && same_value(existing, parcel, quote);
    let raises = choice != CoverChoice::Included && open && more && same_parcel && same;
    (raises && quote.refused.is_none()).then_some(existing.no)
}

/// Whether a parcel is stated to be worth what it was recorded with. Stated in one currency both
/// times, it is what was stated that has to be the same.
fn same_value(existing: &Existing, parcel: &Parcel, quote: &Quote) -> bool {
    let stated_alike = match (&existing.stated, &parcel.stated) {
        (Some(then), Some(now)) if then.at.from == now.at.from => then.value == now.value,
        _ => true,
    };
    stated_alike && existing.package_value == quote.figures.package_value
}

/// A package value, with what it was stated as where it was converted.
fn told(value: Money, stated: Option<&Stated>) -> String {
    stated.map_or_else(|| value.to_string(), |stated| format!("{} ({value})", stated.value))
}

/// One tracking number under two orders. It is one parcel, covered once.
pub(super) fn tracking_reused(terms: Terms<'_>, parcel: &Parcel, other: &str) -> Box<Refusal> {
    let tracking = parcel.ids.tracking.as_deref().unwrap_or_default();
    let here = match (&parcel.ids.order, &parcel.ids.package) {
        (_, Some(package)) => format!("package {package}"),
        (Some(order), None) => format!("order {order}"),
        (None, None) => "another parcel".to_owned(),
    };
    let reason =
        format!("tracking number {tracking} belongs to {other}, here it stands under {here}");
    let refusal = Refusal::by(terms.version.included.cite("included"), "tracking_reused", reason);
    Box::new(refusal.unless(
        "if both are in one parcel, state it once, with the value of both; else mend the number",
    ))
}

/// A label that was voided after its cover: neither can be used again.
pub(super) fn label_voided(terms: Terms<'_>, existing: &Existing) -> Box<Refusal> {
    let tracking = existing.ids.tracking.as_deref().unwrap_or_default();
    let reason =
        format!("label {tracking} was voided, and its cover {} ended with it", existing.no);
    let refusal = Refusal::by(terms.version.refund.cite("refund"), "label_voided", reason);
    Box::new(refusal.unless("buy a new label, and cover with it"))
}

/// What shows that a policy found by one of a parcel's numbers is of another parcel, or of this one
/// under another label.
fn another(terms: Terms<'_>, existing: &Existing, parcel: &Parcel) -> Option<Box<Refusal>> {
    let no = existing.no;
    if let (Some(known), Some(order)) = (&existing.ids.order, &parcel.ids.order)
        && (existing.how == SameBy::Tracking || parcel.ids.package.is_none())
        && matches!(existing.how, SameBy::Tracking | SameBy::Handle)
        && !same_order(known, order)
        && !parcel.other_orders.iter().any(|order| same_order(known, order))
    {
        return Some(tracking_reused(terms, parcel, &format!("order {known} ({no})")));
    }
    if let (SameBy::Tracking, Some(known), Some(package)) =
        (existing.how, &existing.ids.package, &parcel.ids.package)
        && !same_order(known, package)
    {
        return Some(tracking_reused(terms, parcel, &format!("package {known} ({no})")));
    }
    if let (Some(then), Some(now)) = (&existing.ids.tracking, &parcel.ids.tracking)
        && existing.how == SameBy::Handle
        && !same_tracking(then, now)
    {
        return Some(label_changed(terms, existing, (then, now), parcel));
    }
    None
}

/// Whether a policy is this parcel's, and the parcel is stated to be worth what it was recorded
/// with.
pub(super) fn stated_alike(
    terms: Terms<'_>,
    existing: &Existing,
    parcel: &Parcel,
    quote: &Quote,
) -> bool {
    same_value(existing, parcel, quote) && another(terms, existing, parcel).is_none()
}

/// A parcel that is covered already, but now stated otherwise: never silently kept or changed.
pub(super) fn conflict(
    terms: Terms<'_>,
    existing: &Existing,
    parcel: &Parcel,
    quote: &Quote,
    choice: CoverChoice,
) -> Option<Box<Refusal>> {
    let no = existing.no;
    if let Some(refusal) = another(terms, existing, parcel) {
        return Some(refusal);
    }
    if existing.plan != terms.plan.id {
        let reason = format!(
            "covered already as {no} under {}, now asked for under {}",
            existing.plan, terms.plan.id
        );
        let refusal = Refusal::by(terms.version.purchase.cite("purchase"), "other_plan", reason);
        return Some(Box::new(refusal.unless(format!(
            "one parcel has one cover: leave it, or, before the carrier scans it, insure cancel {no} first"
        ))));
    }
    let again = stated_anew(terms, existing, parcel);
    if !same_value(existing, parcel, quote) {
        let (no, what) = match existing.more {
            None | Some(0) => (no.to_string(), "a package value of"),
            Some(more) => (format!("{no} and {more} more"), "package values that add up to"),
        };
        let reason = format!(
            "covered already as {no} with {what} {}, now stated as {}",
            told(existing.package_value, existing.stated.as_ref()),
            told(quote.figures.package_value, parcel.stated.as_deref())
        );
        let refusal = Refusal::by(terms.version.value.cite("value"), "value_conflict", reason);
        return Some(Box::new(refusal.unless(again)));
    }
    if choice == CoverChoice::Included
        || quote.refused.is_some()
        || quote.asked_cover == existing.cover
    {
        return None;
    }
    let purchase = terms.version.purchase.cite("purchase");
    let asked = quote.asked_cover;
    let refusal = if has_label(existing) {
        let reason = format!(
            "the label exists, and {no} covers it with {}; now asked for {asked}",
            existing.cover
        );
        Refusal::by(purchase, "label_exists", reason)
    } else {
        let reason =
            format!("covered already as {no} with {}, now asked for {asked}", existing.cover);
        Refusal::by(purchase, "cover_conflict", reason).unless(again)
    };
    Some(Box::new(refusal))
}

fn has_label(existing: &Existing) -> bool {
    existing.ids.tracking.is_some() || existing.label != Label::None
}

/// What to do about a parcel that is covered already and is stated otherwise now. What was bought
/// is not to be given up where it cannot be bought again.
fn stated_anew(terms: Terms<'_>, existing: &Existing, parcel: &Parcel) -> &'static str {
    let labelled = has_label(existing) || matches!(parcel.label, Label::Exists(_));
    let sold_after = terms.version.purchase.until == Until::FirstScan;
    if existing.how == SameBy::PackedOrder {
        "the order is covered already, as it was packed: read the file with the --tracking file it was covered with. A parcel that is not covered yet is to be named by its own tracking number"
    } else if existing.state == State::Effective {
        "the carrier has it, so POLICY stays as it is: state what it was recorded with"
    } else if labelled && existing.bought && !sold_after {
        "POLICY stays as it is: its label exists, so if it were cancelled the cover it has could not be bought again; void the label itself, insure cancel POLICY, and cover it with its new label"
    } else {
        "if the new figure is right and the carrier has not scanned it: insure cancel POLICY, then insure it again"
    }
}
