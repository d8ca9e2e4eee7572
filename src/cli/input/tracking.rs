//! The tracking numbers of orders in a file of their own: how it is named, and what came of it.

use std::path::Path;
use std::sync::Arc;

use super::super::Session;
use super::super::view::printable;
use super::LayoutArgs;
use crate::error::Error;
use crate::intake::{Asked, Joined, LeftOver, NotUsed, Options, Trackings, Unused, read_trackings};
use crate::money::{Currency, grouped};

/// Rows and numbers that are told one by one without --verbose.
const LISTED: usize = 5;

/// Reads the file of tracking numbers that stands beside a file of orders; `-` is stdin. What it makes
/// of a row that is `asked` about is noted.
pub(in crate::cli) fn read(
    path: Option<&Path>,
    layout: Option<&str>,
    orders: (&Path, &LayoutArgs),
    asked: Option<Asked>,
    session: &mut Session<'_>,
) -> Result<Option<Arc<Trackings>>, Error> {
    let Some(path) = path else { return Ok(None) };
    let (orders, flags) = orders;
    let stdin = Path::new("-");
    if path == stdin && orders == stdin {
        return Err(Error::usage(
            "the orders and their tracking numbers cannot both come from standard input",
            "name one of the two files",
        ));
    }
    let options = Options {
        layouts: session.config.layouts.clone(),
        layout: layout.map(str::to_owned),
        // The seller is in one place, whichever file says when a parcel left.
        zone: flags.zone(session),
        // A column that reads two ways is looked through.
        keep: true,
        asked,
        // Amounts are not read.
        ..Options::new(Currency::USD)
    };
    let trackings = read_trackings(super::source(path, session), options)?;
    let (file, layout, why) = (trackings.file(), trackings.layout(), trackings.why());
    session.detail(&format!("{file}: layout {layout}: {why}"))?;
    if let Some(original) = trackings.original() {
        // The flags that ask for another encoding or sheet are of the file of orders.
        super::tell_how(original, ["", ""], session)?;
    }
    Ok(Some(Arc::new(trackings)))
}

/// Says what became of each row of the file of tracking numbers, and what has none still. To be called
/// when the file of `orders` was read.
pub(in crate::cli) fn tell(
    joined: &Joined,
    orders: &str,
    session: &mut Session<'_>,
) -> Result<(), Error> {
    let trackings = joined.trackings();
    let file = trackings.file();
    let mut parts = vec![format!("{} used for orders in {orders}", count(joined.joined))];
    if joined.unused() > 0 {
        let reasons = joined.not_used.iter();
        let reasons: Vec<String> =
            reasons.map(|(why, rows)| format!("{} {why}", count(*rows))).collect();
        parts.push(format!("{} not used ({})", count(joined.unused()), reasons.join(", ")));
    }
    if joined.left_over > 0 {
        parts.push(format!("{} of other orders", count(joined.left_over)));
    }
    if trackings.skipped().rows() > 0 {
        let reasons = trackings.skipped().by_reason();
        let reasons: Vec<String> =
            reasons.map(|(skip, rows)| format!("{} {skip}", count(rows))).collect();
        parts.push(format!(
            "{} passed over ({})",
            count(trackings.skipped().rows()),
            reasons.join(", ")
        ));
    }
    if joined.refused() > 0 {
        parts.push(format!("{} not readable", count(joined.refused())));
    }
    let rows = if trackings.rows() == 1 { "row" } else { "rows" };
    session.note(&format!("{file}: {} {rows}: {}", count(trackings.rows()), parts.join(", ")))?;
    if joined.is_of_other_orders() {
        session.note(&format!(
            "{file}: no row of it is of an order in {orders}; the numbers of the orders are compared, \
             without blanks and # around them and in either case"
        ))?;
    }
    for (word, rows, line) in trackings.unknown_words() {
        let (rows, are) = (count(rows), if rows == 1 { "row is" } else { "rows are" });
        session.note(&format!(
            "{file}: the status `{}` (line {line}) is not known: its {rows} {are} taken as labels in use",
            printable(word)
        ))?;
    }

    let bad: Vec<String> = trackings
        .bad()
        .iter()
        .map(|bad| format!("{} ({})", printable(&bad.placed()), bad.code))
        .collect();
    note_each(file, &bad, joined.refused(), session)?;
    let (other_days, told) = trackings.other_days();
    let told: Vec<String> = told.iter().map(|told| printable(told)).collect();
    note_each(file, &told, other_days, session)?;
    note_together(joined, session)?;
    note_not_used(joined, orders, session)?;
    note_left_over(joined, orders, session)?;
    match joined.without {
        0 => {}
        1 => session.note(&format!("{orders}: 1 parcel has no tracking number"))?,
        without => {
            session
                .note(&format!("{orders}: {} parcels have no tracking number", count(without)))?;
        }
    }
    if joined.differing > 0 {
        let parcels = if joined.differing == 1 { "parcel" } else { "parcels" };
        session.note(&format!(
            "{orders}: of {} {parcels} the two files say different things; what {orders} says counts",
            count(joined.differing)
        ))?;
        let told: Vec<String> = joined.differences.iter().map(|told| printable(told)).collect();
        note_each(orders, &told, joined.differing, session)?;
    }
    Ok(())
}

/// The numbers under which several orders are one parcel.
fn note_together(joined: &Joined, session: &mut Session<'_>) -> Result<(), Error> {
    let together = joined.together();
    let told: Vec<String> = together
        .iter()
        .map(|one| {
            let lines: Vec<String> = one.lines.iter().map(u64::to_string).collect();
            let (number, orders) = (printable(one.tracking), count(one.lines.len() as u64));
            format!(
                "lines {}: {number} is the number of {orders} orders: taken as one parcel",
                lines.join(", ")
            )
        })
        .collect();
    note_each(joined.trackings().file(), &told, told.len() as u64, session)
}

/// The numbers of orders in the file that were not used. Of refused orders the reason was told.
fn note_not_used(joined: &Joined, orders: &str, session: &mut Session<'_>) -> Result<(), Error> {
    let file = joined.trackings().file();
    let rows = || joined.not_used_rows().filter(|row| row.why != Unused::OrderRefused);
    let told = |row: NotUsed<'_>| {
        let NotUsed { line, order, tracking, sku, why } = row;
        let why = not_used(why, sku, orders);
        printable(&format!("line {line}: {tracking} of order {order} is not used: {why}"))
    };
    let listed = if session.verbose { usize::MAX } else { LISTED };
    for row in rows().take(listed) {
        session.note(&format!("{file}: {}", told(row)))?;
    }
    note_more(file, (rows().count() as u64).saturating_sub(listed as u64), session)
}

/// Why a number is not used for its order in the file of orders.
pub(in crate::cli) fn not_used(why: Unused, sku: Option<&str>, orders: &str) -> String {
    match why {
        Unused::NoSuchArticle => {
            format!("the order has no article `{}` in {orders}", sku.unwrap_or_default())
        }
        Unused::PackageNumber => format!(
            "the order's rows in {orders} have package numbers, and which package has it is not said"
        ),
        Unused::AnotherNumber => format!("the order's rows in {orders} have another number"),
        Unused::OrderCancelled => format!("the order is cancelled in {orders}"),
        Unused::OrderRefused => format!("the order, or a row of it, is refused in {orders}"),
        Unused::NoParcel => format!("no row of the order in {orders} is of a parcel"),
    }
}

/// The numbers whose orders are not in the file.
fn note_left_over(joined: &Joined, orders: &str, session: &mut Session<'_>) -> Result<(), Error> {
    let file = joined.trackings().file();
    let told = |left: LeftOver<'_>| {
        printable(&format!(
            "line {}: {} of order {}, which is not in {orders}",
            left.line, left.tracking, left.order
        ))
    };
    // There may be a million of them.
    let listed = if session.verbose { usize::MAX } else { LISTED };
    for left in joined.not_in_file().take(listed) {
        session.note(&format!("{file}: {}", told(left)))?;
    }
    note_more(file, joined.left_over.saturating_sub(listed as u64), session)
}

/// Some of `all`, or, with --verbose, those that are kept.
fn note_each(
    file: &str,
    told: &[String],
    all: u64,
    session: &mut Session<'_>,
) -> Result<(), Error> {
    let listed = if session.verbose { told.len() } else { told.len().min(LISTED) };
    for text in told.iter().take(listed) {
        session.note(&format!("{file}: {text}"))?;
    }
    note_more(file, all.saturating_sub(listed as u64), session)
}

fn note_more(file: &str, more: u64, session: &mut Session<'_>) -> Result<(), Error> {
    if more > 0 {
        let hint = if session.verbose { "" } else { "; --verbose lists them" };
        session.note(&format!("{file}: ... and {} more{hint}", count(more)))?;
    }
    Ok(())
}

fn count(n: u64) -> String {
    grouped(&n.to_string())
}
