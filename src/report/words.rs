//! What a report says in words, on a terminal and on a page alike.

use rust_decimal::Decimal;

use super::interval::{FEW, Rated, percent};
use super::{By, Group, LateAfter, Rates};
use crate::money::grouped;

/// Rows of a table for people, months aside: further ones are in the files for programs.
pub const ROWS: usize = 20;
/// Months of a table for people, the latest.
pub const MONTHS: usize = 24;

/// The heading of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// What it shows.
    pub title: String,
    /// How it was counted.
    pub note: String,
    /// The head of its first column.
    pub column: &'static str,
}

/// What stands over the groups of one kind.
pub fn heading(by: By, currency: &str, late: LateAfter) -> Heading {
    let (title, note, column) = match by {
        By::Total => ("In all".to_owned(), "", "total"),
        By::Month => (
            format!("By month, in {currency}"),
            "Amounts stand in the month in which the parcel was recorded, payouts too; lost parcels in that of their ship date.",
            "month",
        ),
        By::Carrier => (format!("By carrier, in {currency}"), "", "carrier"),
        By::Route => (format!("By route, in {currency}"), "", "route"),
        By::Category => (format!("By product category, in {currency}"), "", "category"),
        By::Plan => (format!("By plan, in {currency}"), "", "plan"),
        By::Lane => {
            let note = format!(
                "Settled is what was delivered, returned, damaged or lost; what is on its way is not counted. Late is what was delivered {}. The true rate lies within the interval with 95 % (Wilson); \"few\" marks rates of fewer than {FEW} settled parcels.",
                late.told()
            );
            return Heading {
                title: "Lost and late, by carrier and destination".to_owned(),
                note,
                column: "carrier and destination",
            };
        }
        By::Missed => (
            format!("Never claimed and too late, in {currency}"),
            "Parcels that looked lost, damaged or late until their window closed in that month; the amount is what they would have paid at most. What came back is not counted, unless it was reported damaged: no money is lost.",
            "closed in",
        ),
    };
    Heading { title, note: note.to_owned(), column }
}

/// The groups a table for people shows, and how many it leaves out.
pub fn shown<'a, 'g>(by: By, groups: &'a [&'g Group]) -> (&'a [&'g Group], usize) {
    let (shown, left_out) = match by {
        By::Month | By::Missed => {
            let (left_out, shown) = groups.split_at(groups.len().saturating_sub(MONTHS));
            (shown, left_out)
        }
        _ => groups.split_at(groups.len().min(ROWS)),
    };
    (shown, left_out.len())
}

/// Where the scale of a rate ends: at the highest upper end of those that rest on more than few
/// parcels, for the others would leave them no room.
pub fn scale(groups: &[&Group], rated: fn(&Rates) -> Option<Rated>) -> Decimal {
    let highest = |few: bool| {
        let all = groups.iter().filter_map(|group| rated(&group.rates));
        all.filter(|rate| few || !rate.few).map(|rate| rate.high).max()
    };
    highest(false).or(highest(true)).unwrap_or(Decimal::ONE)
}

/// What all parcels of one currency come to: a name, a figure, and words on it.
pub fn facts(total: &Group) -> Vec<(&'static str, String, String)> {
    let sums = &total.sums;
    let money = |minor| total.money(minor).map(|money| money.to_string()).unwrap_or_default();
    let mut premium = parcels(sums.parcels);
    premium.push_str(&format!(", {} of cover", money(sums.cover)));
    if sums.cancelled > 0 {
        premium.push_str(&format!("; {} cancelled", count(sums.cancelled)));
    }
    let ratio = sums.loss_ratio().map_or_else(
        || "no premium was paid, so there is no loss ratio".to_owned(),
        |ratio| format!("loss ratio {}", percent(ratio)),
    );
    let claims = format!(
        "{} accepted, {} rejected, {} not decided",
        count(sums.accepted),
        count(sums.rejected),
        count(sums.undecided)
    );
    let mut facts = vec![
        ("Premium", money(sums.premium), premium),
        ("Payouts", money(sums.payouts), ratio),
        ("Claims", count(sums.claims), claims),
    ];
    if sums.owed > 0 {
        facts.push(("Owed", money(sums.owed), "granted and not paid yet".to_owned()));
    }
    if sums.expected > 0 {
        let words = "what the claims that are not decided would pay".to_owned();
        facts.push(("Expected", money(sums.expected), words));
    }
    if sums.claimable > 0 {
        let first = sums.closes_first.map(|day| format!(", the first one until {day}"));
        let unknown = match sums.claimable_unknown {
            0 => String::new(),
            some => format!(" (not known for {})", count(some)),
        };
        let returned = match sums.claimable_returned {
            0 => String::new(),
            some => format!(", {} of which came back", count(some)),
        };
        let words = format!(
            "at most, for {} to be claimed{returned}{unknown}{}: insure search --claimable",
            parcels(sums.claimable),
            first.unwrap_or_default()
        );
        facts.push(("Claimable", money(sums.claimable_payout), words));
    }
    if sums.missed > 0 {
        let words = format!(
            "at most, for {} that looked lost, damaged or late and nobody claimed: too late",
            parcels(sums.missed)
        );
        facts.push(("Missed", money(sums.missed_payout), words));
    }
    if let Some(loss) = total.rates.loss() {
        let words = format!("{} of {} settled, {}", count(loss.count), count(loss.of), loss.told());
        facts.push(("Lost", percent(loss.rate), words));
    }
    if let Some(delay) = total.rates.delay() {
        let words =
            format!("{} of {} delivered, {}", count(delay.count), count(delay.of), delay.told());
        facts.push(("Late", percent(delay.rate), words));
    }
    facts
}

impl Rated {
    /// Its ends: `0.25 - 2.12 %`.
    pub fn interval(self) -> String {
        let low = percent(self.low);
        format!("{} - {}", low.trim_end_matches(" %"), percent(self.high))
    }

    /// Its interval in words.
    fn told(self) -> String {
        let few = if self.few { " (few)" } else { "" };
        format!("between {} with 95 %{few}", self.interval().replace(" - ", " and "))
    }
}

fn parcels(number: u64) -> String {
    match number {
        1 => "1 parcel".to_owned(),
        many => format!("{} parcels", count(many)),
    }
}

fn count(number: u64) -> String {
    grouped(&number.to_string())
}
