//! May this parcel be covered at all, and may cover be bought for it now.

use super::{Refusal, Terms};
use crate::parcel::{Label, Parcel};
use crate::plan::{Cited, GoodsName, Until};

/// Why the plan does not cover the parcel at all, not even free.
pub(super) fn not_coverable(terms: Terms<'_>, parcel: &Parcel) -> Option<Refusal> {
    let version = terms.version;
    if !version.fulfilment.allowed.contains(&parcel.fulfilment) {
        let allowed: Vec<&str> = version.fulfilment.allowed.iter().map(|f| f.word()).collect();
        let reason = format!(
            "the parcel is shipped as {}, and {} covers only {}",
            parcel.fulfilment,
            terms.plan.id,
            allowed.join(", ")
        );
        return Some(Refusal::by(
            version.fulfilment.cite("fulfilment"),
            "not_covered_fulfilment",
            reason,
        ));
    }
    if let (Some(rule), Some(carrier)) = (&version.carriers, parcel.carrier.as_deref())
        && !rule.allowed.iter().any(|name| name.is(carrier))
    {
        let allowed: Vec<String> = rule.allowed.iter().map(ToString::to_string).collect();
        let reason = format!(
            "the parcel goes with {carrier}, and {} covers only parcels of {}",
            terms.plan.id,
            allowed.join(", ")
        );
        return Some(Refusal::by(rule.cite("carriers"), "not_covered_carrier", reason));
    }
    if let Some(shipping) = &version.shipping
        && let Some(way) = parcel.shipped.iter().find(|way| !shipping.ways.contains_key(*way))
    {
        let ways: Vec<&str> = shipping.ways.keys().map(String::as_str).collect();
        let reason = format!("{} knows no parcel shipped as `{way}`", terms.plan.id);
        return Some(
            Refusal::by(shipping.cite("shipping"), "unknown_shipping", reason)
                .unless(format!("state one of {}", ways.join(", "))),
        );
    }
    if let Some(destinations) = &version.destinations
        && let Some(to) = parcel.to.filter(|to| destinations.excluded.contains(to))
    {
        let reason = format!("{} does not cover parcels to {to}", terms.plan.id);
        return Some(Refusal::by(
            destinations.cite("destinations"),
            "excluded_destination",
            reason,
        ));
    }
    let from = parcel.from.unwrap_or(terms.plan.home);
    if let Some(destinations) = &version.destinations
        && destinations.cross_border_only
        && parcel.to == Some(from)
    {
        let reason = format!(
            "the parcel stays in {from}, and {} covers only parcels that cross a border",
            terms.plan.id
        );
        let refusal = Refusal::by(destinations.cite("destinations"), "not_cross_border", reason);
        return Some(match parcel.from {
            Some(_) => refusal,
            None => {
                refusal.unless("state where it leaves from, if that is another country: --from")
            }
        });
    }
    let goods = parcel.goods.as_deref()?;
    let rule = version.goods.as_ref()?;
    let excluded = GoodsName::find_in(&rule.excluded, goods)?;
    let reason = format!(
        "the goods are given as `{goods}`, and {} does not cover {excluded}",
        terms.plan.id
    );
    Some(
        Refusal::by(rule.cite("goods"), "excluded_goods", reason)
            .unless("state the goods more exactly, if they are something else"),
    )
}

/// Why no cover beyond the free one can be bought any more.
pub(super) fn not_buyable(terms: Terms<'_>, parcel: &Parcel) -> Option<Refusal> {
    let rule = &terms.version.purchase;
    let remedy = match rule.until {
        Until::Payment => "too late for this parcel; it is bought with the order",
        Until::FirstScan => {
            "too late for this parcel; next time buy the cover before it is handed over"
        }
        Until::Label | Until::Never => {
            "too late for this parcel; next time buy the cover with its label (insure insure --label-command)"
        }
    };
    let (code, reason) = match (rule.until, parcel.label, parcel.facts.scanned_on) {
        (Until::Label, Label::Exists(Some(since)), _) => (
            "label_exists",
            format!("the label was bought on {since}, cover is sold only up to then"),
        ),
        (Until::Label, Label::Exists(None), _) => (
            "label_exists",
            "the label exists already, cover is sold only up to its purchase".to_owned(),
        ),
        (Until::Payment, Label::Exists(_), _) => (
            "order_paid",
            "the order is paid, since its label exists; cover is sold only with the order"
                .to_owned(),
        ),
        (Until::Never, ..) => ("not_sold", "no cover is sold beyond the included one".to_owned()),
        (_, _, Some(scanned)) => (
            "already_shipped",
            format!("the carrier scanned the parcel on {scanned}, cover is sold only before"),
        ),
        _ => return None,
    };
    Some(Refusal::by(rule.cite("purchase"), code, reason).unless(remedy))
}
