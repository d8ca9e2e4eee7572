//! What is asked of a large ledger: every documented filter of `search`, frequent and rare.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

use anyhow::{Context, Result};

/// Names of one parcel of the file.
pub(crate) struct Names {
    /// Its order number.
    pub(crate) order: String,
    /// Its tracking number.
    pub(crate) tracking: String,
}

/// So many parcels from all over a plain file.
pub(crate) fn sample(file: &Path, rows: u64, count: u64) -> Result<Vec<Names>> {
    let reader = BufReader::new(File::open(file).with_context(|| file.display().to_string())?);
    let step = (rows / count).max(1);
    let mut names = Vec::new();
    for (at, line) in (0..).zip(reader.lines().skip(1)) {
        let line = line?;
        if at % step == step / 2 {
            let mut fields = line.split(',');
            let mut field = |skip| fields.nth(skip).unwrap_or_default().to_owned();
            names.push(Names { order: field(0), tracking: field(1) });
        }
    }
    Ok(names)
}

/// The searches: their words on the command line. `order` is an identifier to look for.
pub(crate) fn searches(order: &str) -> Vec<String> {
    let mut searches: Vec<String> = SEARCHES.iter().map(|words| (*words).to_owned()).collect();
    searches.push(order.to_owned());
    searches
}

/// Searches that need nothing from the file. The export has ship dates from 2026-09-22 to
/// 2026-11-20 and is recorded on 2026-11-21; the searches are asked on 2026-12-28, when the first
/// windows of 90 days have closed and the next ones are about to.
const SEARCHES: [&str; 37] = [
    "",
    "--status confirmed",
    "--status effective",
    "--status expired",
    "--status cancelled",
    "--claim-status draft",
    "--claim-status under_review",
    "--claim-status needs_info",
    "--claim-status accepted",
    "--claim-status rejected",
    "--claim-status paid",
    "--claim-status withdrawn",
    "--claim-status none",
    "--plan tiktok-upic",
    "--carrier USPS",
    "--carrier LaserShip",
    "--carrier nobody",
    "--to US",
    "--to IT",
    "--shipped-from 2026-11-19 --shipped-to 2026-11-19",
    "--shipped-from 2026-11-18",
    "--shipped-to 2026-09-22",
    "--created-from 2026-11-21 --created-to 2026-11-21",
    "--created-to 2026-11-20",
    "--created-from 2026-11-22",
    "--value-from 850",
    "--value-to 5",
    "--value-from 333.30 --value-to 333.50",
    "walnut",
    "tote",
    "o",
    "nothing-has-these-words",
    "--claimable",
    "--due 7d",
    "--claimable --carrier LaserShip",
    "--status effective --carrier DHL --to IT --value-from 400",
    "--status effective --shipped-from 2026-11-18 walnut",
];
