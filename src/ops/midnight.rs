//! Times that are all midnight may be days, each of which became another one on the seller's calendar:
//! what comes of them is not recorded before somebody says which they are.

use crate::error::Error;
use crate::intake::Original;

/// What is wrong with a file whose times are all midnight and were turned to other days, and what to do,
/// unless the zone was `stated` for this very file. To be asked once the file was read.
pub fn doubtful_midnights(original: &Original, stated: bool) -> Option<(String, String)> {
    let (name, seen) = (original.name(), original.zones());
    let zone = seen.seller().filter(|_| !stated && seen.days_may_be_moved())?;
    let reason = format!(
        "{name}: every time that was turned to {zone} is midnight, so they may be days and no times, each \
         moved to another day"
    );
    let hint = format!("say which they are: --zone as-written for days, --zone {zone} for times");
    Some((reason, hint))
}

/// Refuses such a file, before anything is recorded.
pub(super) fn doubt_midnights(original: &Original, stated: bool) -> Result<(), Error> {
    match doubtful_midnights(original, stated) {
        Some((reason, hint)) => Err(Error::usage(format!("{reason}; nothing was recorded"), hint)),
        None => Ok(()),
    }
}
