//! Times that are all midnight may be days, each of which became another one on the seller's calendar:
//! what comes of them is not recorded before somebody says which they are.

use crate::error::Error;
use crate::intake::Original;

/// Refuses a file whose times are all midnight and were turned to other days, unless the zone was
/// `stated` for this very file. To be asked once the file was read, before anything is recorded.
pub(super) fn doubt_midnights(original: &Original, stated: bool) -> Result<(), Error> {
    let (name, seen) = (original.name(), original.zones());
    match seen.seller() {
        Some(zone) if !stated && seen.days_may_be_moved() => Err(Error::usage(
            format!(
                "{name}: every time that was turned to {zone} is midnight, so they may be days and no times, \
                 each moved to another day; nothing was recorded"
            ),
            format!("say which they are: --zone as-written for days, --zone {zone} for times"),
        )),
        _ => Ok(()),
    }
}
