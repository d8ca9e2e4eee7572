//! A report for a terminal: what it comes to, then a table for each way to group it, with a bar.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::super::view::{Aligned, Listing, Paint, Short, folded, printable};
use crate::money::grouped;
use crate::report::{By, Group, Rated, Rates, Report, facts, heading, percent, scale, shown};

/// How long a bar is at most.
const BAR: usize = 12;

/// The report as text.
pub(super) fn sheet(report: &Report, limits: &[String], paint: Paint) -> String {
    let Some((first, last)) = report.recorded else { return String::new() };
    let mut text = format!("Parcels recorded from {first} to {last}, as of {}\n", report.today);
    if !limits.is_empty() {
        text.push_str(&folded(&printable(&format!("Only: {}", limits.join(", "))), 0, paint.width));
    }
    for total in report.by(By::Total) {
        let currency = total.currency.map(|currency| currency.to_string()).unwrap_or_default();
        text.push_str(&format!("\n{}\n", paint.heading(&format!("In all, in {currency}"))));
        let mut list = Listing::new(paint);
        for (name, value, note) in facts(total) {
            list.pair(name, value, note);
        }
        text.push_str(&list.render());
        for by in [By::Month, By::Carrier, By::Route, By::Category, By::Plan] {
            let groups = report.by(by).filter(|group| group.currency == total.currency);
            text.push_str(&section(by, &currency, report, &groups.collect::<Vec<_>>(), paint));
        }
        let missed = report.by(By::Missed).filter(|group| group.currency == total.currency);
        text.push_str(&section(By::Missed, &currency, report, &missed.collect::<Vec<_>>(), paint));
    }
    let lanes: Vec<&Group> = report.by(By::Lane).collect();
    text.push_str(&section(By::Lane, "", report, &lanes, paint));
    text
}

/// One table under its heading; nothing where it has no rows.
fn section(by: By, currency: &str, report: &Report, groups: &[&Group], paint: Paint) -> String {
    let (shown, more) = shown(by, groups);
    if shown.is_empty() {
        return String::new();
    }
    let heading = heading(by, currency, report.late);
    let mut text = format!("\n{}\n", paint.heading(&heading.title));
    if !heading.note.is_empty() {
        text.push_str(&folded(&heading.note, 0, paint.width));
    }
    text.push_str(&match by {
        By::Lane => lanes(shown, paint),
        By::Missed => missed(shown, paint),
        _ => costs(heading.column, shown, paint),
    });
    if more > 0 {
        let words = format!("{more} more are in --format csv or json.");
        text.push_str(&folded(&words, 0, paint.width));
    }
    text
}

/// Premium, cover, claims, payouts; the bar is the loss ratio.
fn costs(column: &str, groups: &[&Group], paint: Paint) -> String {
    let mut list = Listing::new(paint);
    let heads = [
        column,
        "parcels",
        "cover",
        "premium",
        "claims",
        "payouts",
        "loss ratio",
        "",
        "lost",
        "missed",
    ];
    list.head(heads.iter().map(|head| (*head).to_owned()));
    list.narrow(&[
        &[
            Short(0, ""),
            Short(1, "parcels"),
            Short(3, "premium"),
            Short(5, "payouts"),
            Short(6, "loss ratio"),
            Short(7, ""),
        ],
        &[Short(0, ""), Short(3, "premium"), Short(5, "payouts"), Short(6, "ratio")],
    ]);
    let most = groups.iter().filter_map(|group| group.sums.loss_ratio()).max();
    let most = most.unwrap_or_default().max(Decimal::ONE);
    for group in groups {
        let sums = &group.sums;
        let ratio = sums.loss_ratio();
        list.row(vec![
            Aligned::Left(printable(group.named())),
            number(sums.parcels),
            amount(group, sums.cover),
            amount(group, sums.premium),
            number(sums.claims),
            amount(group, sums.payouts),
            Aligned::Right(ratio.map_or("-".to_owned(), percent)),
            Aligned::Left(ratio.map_or(String::new(), |ratio| bar(ratio, ratio, most))),
            number(group.rates.lost),
            number(sums.missed),
        ]);
    }
    list.render()
}

/// Loss and delay rates; the bar is the loss rate, lighter up to the upper end of its interval.
fn lanes(groups: &[&Group], paint: Paint) -> String {
    let mut list = Listing::new(paint);
    let heads = [
        "carrier and destination",
        "settled",
        "lost",
        "loss rate",
        "95 % interval",
        "",
        "delivered",
        "late",
        "delay rate",
        "95 % interval",
        "",
    ];
    list.head(heads.iter().map(|head| (*head).to_owned()));
    list.narrow(&[
        &[
            Short(0, "lane"),
            Short(1, "settled"),
            Short(2, "lost"),
            Short(3, "loss rate"),
            Short(4, "95 % interval"),
            Short(8, "delay rate"),
            Short(10, ""),
        ],
        &[
            Short(0, "lane"),
            Short(1, "settled"),
            Short(3, "loss rate"),
            Short(4, "95 % interval"),
            Short(10, ""),
        ],
    ]);
    let highest = scale(groups, Rates::loss);
    for group in groups {
        let (loss, delay) = (group.rates.loss(), group.rates.delay());
        let of = |rated: Option<Rated>| rated.map_or("-".to_owned(), |rated| percent(rated.rate));
        let between = |rated: Option<Rated>| rated.map_or("-".to_owned(), Rated::interval);
        list.row(vec![
            Aligned::Left(printable(group.named())),
            number(group.rates.settled),
            number(group.rates.lost),
            Aligned::Right(of(loss)),
            Aligned::Left(between(loss)),
            Aligned::Left(loss.map_or(String::new(), |loss| bar(loss.rate, loss.high, highest))),
            number(group.rates.delivered),
            number(group.rates.late),
            Aligned::Right(of(delay)),
            Aligned::Left(between(delay)),
            Aligned::Left(if loss.is_none_or(|loss| loss.few) { "few" } else { "" }.to_owned()),
        ]);
    }
    list.render()
}

/// What was never claimed; the bar is what it would have paid.
fn missed(groups: &[&Group], paint: Paint) -> String {
    let mut list = Listing::new(paint);
    list.head(["closed in", "parcels", "payout", ""].iter().map(|head| (*head).to_owned()));
    let most = groups.iter().map(|group| group.sums.missed_payout).max().unwrap_or(0);
    for group in groups {
        let payout = Decimal::from(group.sums.missed_payout);
        list.row(vec![
            Aligned::Left(group.named().to_owned()),
            number(group.sums.missed),
            amount(group, group.sums.missed_payout),
            Aligned::Left(bar(payout, payout, Decimal::from(most))),
        ]);
    }
    list.render()
}

fn number(number: u64) -> Aligned {
    Aligned::Right(grouped(&number.to_string()))
}

fn amount(group: &Group, minor: i64) -> Aligned {
    let amount = group.money(minor).map(|money| grouped(&money.digits()));
    Aligned::Right(amount.unwrap_or_else(|| "-".to_owned()))
}

/// A bar of eighths up to a number, lighter up to another one; the scale ends at `most`.
fn bar(to: Decimal, light_to: Decimal, most: Decimal) -> String {
    let eighths = |number: Decimal| {
        let part = number.checked_div(most).unwrap_or_default() * Decimal::from(BAR * 8);
        part.round().to_usize().unwrap_or(0).min(BAR * 8)
    };
    let full = eighths(to);
    let mut bar = "█".repeat(full / 8);
    // A character for each eighth of a block, from one to seven.
    bar.extend("▏▎▍▌▋▊▉".chars().nth((full % 8).wrapping_sub(1)));
    let light = eighths(light_to).div_ceil(8);
    bar.push_str(&"░".repeat(light.saturating_sub(full.div_ceil(8))));
    bar
}

#[cfg(test)]
mod tests {
    use super::bar;
    use rust_decimal::Decimal;

    #[test]
    fn a_bar_is_as_long_as_its_number() {
        let said = |to: i64, light: i64, most: i64| {
            bar(Decimal::from(to), Decimal::from(light), Decimal::from(most))
        };
        assert_eq!(said(12, 12, 12), "████████████");
        assert_eq!(said(0, 0, 12), "");
        assert_eq!(said(6, 6, 12), "██████");
        assert_eq!(said(1, 1, 24), "▌");
        assert_eq!(said(3, 9, 12), "███░░░░░░");
        assert_eq!(said(0, 12, 12), "░░░░░░░░░░░░");
        assert_eq!(said(5, 5, 0), "", "no scale, no bar");
    }
}
