//! Which policy a row of a file is about.

use super::super::lookup;
use crate::error::Error;
use crate::ledger::{Existing, SameBy, Write};
use crate::parcel::{Ids, Parcel, same_order, same_tracking};
use crate::policy::Policy;

/// The policy a row is about. A cancelled one covers nothing, yet a file that is read twice names
/// its parcel again; an order alone may mean several parcels.
pub(super) fn meant(
    write: &Write<'_>,
    ids: &Ids,
    parcel: Option<&Parcel>,
    same: Option<Existing>,
) -> Result<Option<Policy>, Error> {
    let name = match (&ids.order, same) {
        (_, Some(same)) if same.how == SameBy::UnpackedOrder => {
            let policy = write.policy(same.no)?;
            return policy.map_or(Ok(None), |policy| packed_now(policy, ids, parcel));
        }
        (_, Some(same)) if same.how != SameBy::PackedOrder => {
            let policy = write.policy(same.no)?;
            return match policy.as_ref().and_then(|policy| other_label(policy, ids)) {
                Some(why) => Err(why),
                None => Ok(policy),
            };
        }
        (Some(order), _) if ids.package.is_none() && ids.tracking.is_none() => order.clone(),
        _ => ids.handle(),
    };
    match lookup::policy(write, &name) {
        Ok(policy) => Ok(Some(policy)),
        Err(Error::NotFound { .. }) => Ok(None),
        Err(why) => Err(why),
    }
}

/// The policy of an order that was covered before it was packed, if this is the parcel it was
/// packed into: one of the same value. An order that was split is not the parcel that was covered.
fn packed_now(policy: Policy, ids: &Ids, parcel: Option<&Parcel>) -> Result<Option<Policy>, Error> {
    let covered = &policy.parcel;
    if covered.ids.package.is_some() || covered.ids.tracking.is_some() {
        // Another row of this file has just named it: by this parcel's name, or by another's.
        let labels = covered.ids.tracking.as_ref().zip(ids.tracking.as_ref());
        let same = covered.ids.plain_handle() == ids.plain_handle()
            || labels.is_some_and(|(known, now)| same_tracking(known, now));
        return Ok(same.then_some(policy));
    }
    let Some(parcel) = parcel else { return Ok(Some(policy)) };
    match (covered.value.total(), parcel.value.total()) {
        (Ok(then), Ok(now)) if then != now => Err(Error::usage(
            format!(
                "order {} was covered before it was packed, as one parcel of {then} ({}); this package is of {now}",
                covered.ids.shown(),
                policy.no
            ),
            "cancel that cover and insure the packages",
        )),
        _ => Ok(Some(policy)),
    }
}

/// A package that has another tracking number than the one that was covered has a new label, and
/// cover goes with the label.
fn other_label(policy: &Policy, ids: &Ids) -> Option<Error> {
    let covered = &policy.parcel.ids;
    let (Some(known), Some(now)) = (&covered.tracking, &ids.tracking) else { return None };
    let packages = covered.package.as_ref().zip(ids.package.as_ref());
    let same_package = packages.is_some_and(|(known, now)| same_order(known, now));
    (same_package && !same_tracking(known, now)).then(|| {
        Error::usage(
            format!("{} covers this package under label {known}, here it has {now}", policy.no),
            "cancel that cover if its label was voided, and insure the new one",
        )
    })
}
