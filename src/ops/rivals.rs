//! A label bought again, or a further parcel of the order? Without a package number only what else is
//! known tells, and what nothing tells is not covered a second time.

use std::collections::BTreeSet;

use crate::number::PolicyNo;
use crate::parcel::{Parcel, same_order};
use crate::plan::Cited;
use crate::policy::{Policy, State};
use crate::rules::{Quote, Refusal, Terms};

/// A policy that perhaps covers the same parcel, under the label it had before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Rival {
    /// Its number.
    pub(super) no: PolicyNo,
    /// Which of the parcel's orders it covers.
    order: String,
    under: Under,
}

/// What a policy knows its parcel by.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Under {
    Label(String),
    /// A package number; it has no label yet.
    Package(String),
    /// The order alone: it was covered before it was packed.
    Order,
}

/// Those policies of a parcel's order of which nothing shows that they cover another parcel.
pub(super) fn rivals(of_order: &[Policy], parcel: &Parcel, quote: &Quote) -> Vec<Rival> {
    let unclear = of_order.iter().filter(|policy| !is_another(policy, parcel, quote));
    unclear
        .map(|policy| Rival {
            no: policy.no,
            order: shared_order(policy, parcel),
            under: Under::of(policy),
        })
        .collect()
}

/// Whether a policy of the same order surely covers another parcel.
fn is_another(policy: &Policy, parcel: &Parcel, quote: &Quote) -> bool {
    // What the carrier has is under way with the label it has.
    if policy.state == State::Effective {
        return true;
    }
    // A package number tells a parcel from others, but not from an order that had none yet.
    let known = &policy.parcel.ids;
    if parcel.ids.package.is_some() && (known.package.is_some() || known.tracking.is_some()) {
        return true;
    }
    match (&policy.parcel.contents, &parcel.contents) {
        (Some(then), Some(now)) => {
            let (then, now) = (articles(then), articles(now));
            !then.is_empty() && !now.is_empty() && then.is_disjoint(&now)
        }
        // Of several orders in one parcel none is worth what all are.
        _ if !parcel.other_orders.is_empty() || !policy.parcel.other_orders.is_empty() => false,
        _ => !same_worth(policy, parcel, quote),
    }
}

/// The articles of a list of contents. One that is cut off names nothing.
fn articles(contents: &str) -> BTreeSet<String> {
    let whole = contents.split(';').map(str::trim).filter(|name| !name.ends_with('…'));
    whole.filter(|name| !name.is_empty()).map(str::to_lowercase).collect()
}

/// Stated in one currency both times, it is what was stated that counts.
fn same_worth(policy: &Policy, parcel: &Parcel, quote: &Quote) -> bool {
    match (&policy.parcel.stated, &parcel.stated) {
        (Some(then), Some(now)) if then.at.from == now.at.from => then.value == now.value,
        _ => policy.figures.package_value == quote.figures.package_value,
    }
}

fn shared_order(policy: &Policy, parcel: &Parcel) -> String {
    let theirs = || policy.parcel.ids.order.iter().chain(&policy.parcel.other_orders);
    let mut ours = parcel.ids.order.iter().chain(&parcel.other_orders);
    let shared = ours.find(|order| theirs().any(|known| same_order(known, order)));
    shared.cloned().unwrap_or_default()
}

impl Under {
    fn of(policy: &Policy) -> Under {
        let ids = &policy.parcel.ids;
        match (&ids.tracking, &ids.package) {
            (Some(tracking), _) => Under::Label(tracking.clone()),
            (None, Some(package)) => Under::Package(package.clone()),
            (None, None) => Under::Order,
        }
    }

    fn told(&self) -> String {
        match self {
            Under::Label(tracking) => format!("under label {tracking}"),
            Under::Package(package) => format!("as package {package}"),
            Under::Order => "before it was packed".to_owned(),
        }
    }

    fn hint(&self) -> &'static str {
        match self {
            Under::Label(_) => {
                "if the label was bought again: insure cancel POLICY, then run this again; if it is a further parcel of the order: give it a package number, or cover it from a file that has both parcels"
            }
            Under::Package(_) => {
                "if it is that package: give it the package number it has there; if it is a further parcel of the order: give it one of its own"
            }
            Under::Order => {
                "if the order is in this parcel now: insure cancel POLICY, then run this again"
            }
        }
    }
}

/// An order whose parcel is covered under another label.
pub(super) fn other_label(terms: Terms<'_>, rival: &Rival, parcel: &Parcel) -> Box<Refusal> {
    let (no, order, under) = (rival.no, &rival.order, rival.under.told());
    let here = match (&parcel.ids.package, &parcel.ids.tracking) {
        (None, Some(tracking)) => format!("it has label {tracking}"),
        _ => format!("it is in {}", parcel.ids.shown()),
    };
    let reason = format!(
        "order {order} is covered as {no} {under}, here {here}, and nothing shows that it is another parcel"
    );
    let refusal = Refusal::by(terms.version.included.cite("included"), "other_label", reason);
    Box::new(refusal.unless(rival.under.hint()))
}

/// A package that is covered under one label, and now has another.
pub(super) fn label_changed(
    terms: Terms<'_>,
    no: PolicyNo,
    labels: (&str, &str),
    parcel: &Parcel,
) -> Box<Refusal> {
    let (then, now) = labels;
    let package = parcel.ids.package.as_deref().unwrap_or_default();
    let reason = format!("{no} covers package {package} under label {then}, here it has {now}");
    let refusal = Refusal::by(terms.version.included.cite("included"), "other_label", reason);
    Box::new(refusal.unless(
        "cover goes with the label: if the label was bought again, insure cancel POLICY, then run this again; else mend the number",
    ))
}

#[cfg(test)]
mod tests {
    use super::articles;

    #[test]
    fn articles_are_told_apart_by_name() {
        let told = |contents: &str| articles(contents).into_iter().collect::<Vec<_>>().join("|");
        assert_eq!(told("Mug; Teapot"), "mug|teapot");
        assert_eq!(told("Mug; ; A very long na…"), "mug");
        assert_eq!(told(""), "");
    }
}
