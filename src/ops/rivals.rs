//! A label bought again, or a further parcel of the order? Without a package number only what else is
//! known tells, and what nothing tells is not covered a second time.

use std::collections::BTreeSet;

use crate::ledger::Existing;
use crate::money::Money;
use crate::number::PolicyNo;
use crate::parcel::{Label, Parcel, same_order};
use crate::plan::{Cited, Until};
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
    /// What it pays, where that is bought.
    bought: Option<Money>,
    /// Whether the parcel's package number is only that of its label.
    package_is_label: bool,
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

/// Those policies of a parcel's order of which nothing shows that they cover another parcel. A
/// package number that is its label's shows nothing.
pub(super) fn rivals(
    of_order: &[Policy],
    parcel: &Parcel,
    quote: &Quote,
    package_is_label: bool,
) -> Vec<Rival> {
    let numbered = parcel.ids.package.is_some() && !package_is_label;
    let unclear = of_order.iter().filter(|policy| !is_another(policy, parcel, quote, numbered));
    unclear
        .map(|policy| Rival {
            no: policy.no,
            order: shared_order(policy, parcel),
            under: Under::of(policy),
            bought: Some(policy.figures.cover).filter(|_| policy.figures.bought()),
            package_is_label,
        })
        .collect()
}

/// Whether a policy of the same order surely covers another parcel; `numbered` where the parcel has
/// a package number that is its own.
fn is_another(policy: &Policy, parcel: &Parcel, quote: &Quote, numbered: bool) -> bool {
    // What the carrier has is under way with the label it has.
    if policy.state == State::Effective {
        return true;
    }
    // A package number tells a parcel from others, but not from an order that had none yet.
    let known = &policy.parcel.ids;
    if numbered && (known.package.is_some() || known.tracking.is_some()) {
        return true;
    }
    match (&policy.parcel.contents, &parcel.contents) {
        (Some(then), Some(now)) => {
            let (then, now) = (articles(then), articles(now));
            let others = !then.is_empty() && !now.is_empty() && then.is_disjoint(&now);
            // Sellers edit the names of their articles.
            others && !same_worth(policy, parcel, quote)
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
}

impl Rival {
    /// What to do; `but` is what comes of cancelling.
    fn hint(&self, but: &str) -> String {
        let numbered = !self.package_is_label;
        match self.under {
            Under::Label(_) => {
                let number = if numbered { "give it a package number, or " } else { "" };
                format!(
                    "if the label was bought again: insure cancel POLICY, then run this again{but}; if it is a further parcel of the order: {number}cover it from a file that has both parcels"
                )
            }
            Under::Package(_) if numbered => "if it is that package: give it the package number it has there; if it is a further parcel of the order: give it one of its own".to_owned(),
            Under::Package(_) => format!(
                "if it is that package: insure cancel POLICY, then run this again{but}; if it is a further parcel of the order: cover it from a file that has both parcels"
            ),
            Under::Order => format!(
                "if the order is in this parcel now: insure cancel POLICY, then run this again{but}"
            ),
        }
    }
}

/// What is lost where a policy makes way for one under another label, to stand behind "run this
/// again": bought cover that is not sold any more once the label exists.
fn lost(terms: Terms<'_>, bought: Option<Money>, parcel: &Parcel) -> String {
    let sold_after = terms.version.purchase.until == Until::FirstScan;
    match bought {
        Some(cover) if matches!(parcel.label, Label::Exists(_)) && !sold_after => format!(
            " (without the {cover} of cover that were bought: they cannot be bought again for a label that exists. To have them again, void this label too, and cover the parcel before, or with, its next one)"
        ),
        Some(cover) => format!(" (its cover of {cover} is bought: ask for it again, with --cover)"),
        None => String::new(),
    }
}

/// An order whose parcel is covered under another label.
pub(super) fn other_label(terms: Terms<'_>, rival: &Rival, parcel: &Parcel) -> Box<Refusal> {
    let (no, order, under) = (rival.no, &rival.order, rival.under.told());
    let here = match (&parcel.ids.package, &parcel.ids.tracking) {
        (None, Some(tracking)) => format!("it has label {tracking}"),
        (_, Some(tracking)) if rival.package_is_label => format!("it has label {tracking}"),
        _ => format!("it is in {}", parcel.ids.shown()),
    };
    let reason = format!(
        "order {order} is covered as {no} {under}, here {here}, and nothing shows that it is another parcel"
    );
    let refusal = Refusal::by(terms.version.included.cite("included"), "other_label", reason);
    Box::new(refusal.unless(rival.hint(&lost(terms, rival.bought, parcel))))
}

/// The same where the rest of the file was not waited for, as too many parcels wait for it.
pub(super) fn not_awaited(terms: Terms<'_>, rival: &Rival, most: usize) -> Box<Refusal> {
    let (no, order, under) = (rival.no, &rival.order, rival.under.told());
    let reason = format!(
        "order {order} is covered as {no} {under}; whether the file has that parcel too is known only at its end, and {most} parcels wait for that already"
    );
    let refusal = Refusal::by(terms.version.included.cite("included"), "other_label", reason);
    Box::new(refusal.unless(
        "run the file again: those that waited are decided by then. If as many are refused again, mend them first, or put the rows of each order together in a smaller file",
    ))
}

/// A package that is covered under one label, and now has another.
pub(super) fn label_changed(
    terms: Terms<'_>,
    existing: &Existing,
    labels: (&str, &str),
    parcel: &Parcel,
) -> Box<Refusal> {
    let ((then, now), no) = (labels, existing.no);
    let package = parcel.ids.package.as_deref().unwrap_or_default();
    let gone = existing.state != State::Confirmed;
    let scanned = if gone { ", which the carrier has" } else { "" };
    let reason =
        format!("{no} covers package {package} under label {then}{scanned}, here it has {now}");
    let refusal = Refusal::by(terms.version.included.cite("included"), "other_label", reason);
    if gone {
        return Box::new(refusal.unless(
            "if this is a further parcel: it needs a package number of its own; else mend the number",
        ));
    }
    let bought = Some(existing.cover).filter(|_| existing.bought);
    let but = lost(terms, bought, parcel);
    Box::new(refusal.unless(format!(
        "cover goes with the label: if the label was bought again, insure cancel POLICY, then run this again{but}; else mend the number"
    )))
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
