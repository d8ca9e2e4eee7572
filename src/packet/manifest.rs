//! What is in a packet, for programs: every file with its hash, and the claim it is about.

use serde_json::{Value, json};

use super::{FORMAT, File, Subject};

/// The version of the manifest: a new field may come, none changes its meaning.
const VERSION: u32 = 1;

/// The manifest, with a line end behind it.
pub(super) fn manifest(subject: &Subject<'_>, claim: &Value, files: &[File]) -> Vec<u8> {
    let policy = subject.policy;
    let parcel = &policy.parcel;
    let figures = &policy.figures;
    let value = json!({
        "format": FORMAT,
        "version": VERSION,
        "as_of": subject.as_of,
        "claim": claim,
        "policy": {
            "policy": policy.no,
            "plan": policy.plan,
            "plan_name": subject.plan.name,
            "version": policy.version,
            "bound_on": policy.bound_on,
            "order_id": parcel.ids.order,
            "other_orders": parcel.other_orders,
            "package_id": parcel.ids.package,
            "tracking_number": parcel.ids.tracking,
            "carrier": parcel.carrier,
            "service": parcel.service,
            "shipped": parcel.shipped,
            "ship_date": parcel.shipped_on(),
            "scanned_on": parcel.facts.scanned_on,
            "delivered_on": parcel.facts.delivered_on,
            "from": parcel.from,
            "to": parcel.to,
            "goods": parcel.goods,
            "contents": parcel.contents,
            "currency": figures.cover.currency(),
            "product": parcel.value.product,
            "coupon": parcel.value.coupon,
            "shipping": parcel.value.shipping,
            "package_value": figures.package_value,
            "included_cover": figures.included_cover,
            "cover": figures.cover,
            "premium": figures.premium,
        },
        "refusals": subject.assessment.refusals,
        "trace": subject.assessment.trace,
        "files": files,
    });
    let mut text = format!("{value:#}");
    text.push('\n');
    text.into_bytes()
}

/// The hashes as `sha256sum --check` reads them.
pub(super) fn sums<'f>(files: impl Iterator<Item = (&'f str, &'f str)>) -> Vec<u8> {
    files.map(|(path, sha256)| format!("{sha256}  {path}\n")).collect::<String>().into_bytes()
}
