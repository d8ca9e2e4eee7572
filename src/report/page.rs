//! A report as one HTML page: charts, and behind each the table of its figures. It loads nothing
//! and runs nothing, and says so to the browser. Every text goes through the template, which
//! escapes it; `template.rs` has it.

use rust_decimal::Decimal;

use super::template::{Cell, Chart, Fact, Line, Mark, Page, Part, Section, Table};
use super::{By, Group, Rated, Rates, Report, facts, heading, percent, scale, shown};
use crate::claim::turns_text;
use crate::money::grouped;

/// Lines of a chart.
const LINES: usize = 12;
/// Letters of a name in a chart; the table has all of it.
const LETTERS: usize = 26;

/// The page.
///
/// # Errors
/// The template cannot be filled, which is a fault of this program.
pub fn page(report: &Report, limits: &[String]) -> Result<String, std::fmt::Error> {
    let unread = report.unread_told().map(|told| format!(" {told}."));
    let unread = unread.unwrap_or_default();
    let recorded = report.recorded.map(|(first, last)| {
        format!("Parcels recorded from {first} to {last}, as of {}.{unread}", report.today)
    });
    let mut parts: Vec<Part> = report.by(By::Total).map(|total| part(report, total)).collect();
    let lanes: Vec<&Group> = report.by(By::Lane).collect();
    if !lanes.is_empty() {
        parts.push(Part {
            title: "Lost and late".to_owned(),
            facts: Vec::new(),
            sections: vec![section(By::Lane, "", report, &lanes)],
        });
    }
    Page {
        recorded: recorded.unwrap_or_else(|| format!("No parcels, as of {}.", report.today)),
        limits: harmless(&limits.join(", ")),
        parts,
    }
    .text()
}

/// All that is in one currency.
fn part(report: &Report, total: &Group) -> Part {
    let currency = total.currency.map(|currency| currency.to_string()).unwrap_or_default();
    let facts = facts(total).into_iter().map(|(name, value, note)| Fact { name, value, note });
    let tables = [By::Month, By::Carrier, By::Route, By::Category, By::Plan, By::Missed];
    let sections = tables.into_iter().filter_map(|by| {
        let groups = report.by(by).filter(|group| group.currency == total.currency);
        let groups: Vec<&Group> = groups.collect();
        (!groups.is_empty()).then(|| section(by, &currency, report, &groups))
    });
    Part {
        title: format!("In all, in {currency}"),
        facts: facts.collect(),
        sections: sections.collect(),
    }
}

fn section(by: By, currency: &str, report: &Report, groups: &[&Group]) -> Section {
    let heading = heading(by, currency, report.late);
    let (groups, more) = shown(by, groups);
    let id = format!("{}-{}", by.word(), currency.to_lowercase());
    let id = id.trim_end_matches('-').to_owned();
    let (charts, table) = match by {
        By::Lane => (
            vec![
                rates(&id, "Loss rate", groups, Rates::loss),
                rates(&id, "Delay rate", groups, Rates::delay),
            ],
            lanes(groups),
        ),
        By::Missed => (vec![missed_chart(&id, currency, groups)], missed(groups)),
        _ => (vec![costs_chart(&id, currency, by, groups)], costs(heading.column, groups)),
    };
    Section {
        title: heading.title,
        note: heading.note,
        charts: charts.into_iter().flatten().collect(),
        table,
        more: match more {
            0 => String::new(),
            more => format!("{more} more are in --format csv or json."),
        },
        id,
    }
}

/// Premium and payouts as two bars a line; none where both are nothing.
fn costs_chart(id: &str, currency: &str, by: By, groups: &[&Group]) -> Option<Chart> {
    let groups = charted(by, groups);
    let amounts = groups.iter().flat_map(|group| [group.sums.premium, group.sums.payouts]);
    let most = amounts.max().filter(|most| *most > 0)?;
    let told = |minor: i64, group: &Group| {
        group.money(minor).map(|money| grouped(&money.digits())).unwrap_or_default()
    };
    let lines = groups.iter().map(|group| {
        let (premium, payouts) = (group.sums.premium, group.sums.payouts);
        let value = format!("{} / {}", told(premium, group), told(payouts, group));
        let bar = |class, minor: i64| Mark::bar(class, Decimal::ZERO, share(minor, most));
        (group.named(), value, vec![bar("premium", premium), bar("payouts", payouts)])
    });
    let highest = groups.iter().max_by_key(|group| group.sums.payouts)?;
    let description = format!(
        "Bars of premium and payouts for {}. The highest payouts are {} {currency}: {}. The table below has all figures.",
        counted(groups.len(), "group"),
        told(highest.sums.payouts, highest),
        harmless(highest.named()),
    );
    let title = format!("Premium and payouts, in {currency}");
    let keys = &[("premium", "premium"), ("payouts", "payouts")];
    Some(chart(format!("{id}-cost"), (title, description), keys, lines.collect(), None))
}

/// A rate a line: the interval as a bar, the rate as a mark in it.
fn rates(
    id: &str,
    title: &str,
    groups: &[&Group],
    rated: fn(&Rates) -> Option<Rated>,
) -> Option<Chart> {
    let highest = scale(groups, rated);
    let groups = charted(By::Lane, groups);
    let with_rate = groups.iter().filter_map(|group| Some((*group, rated(&group.rates)?)));
    let lines: Vec<_> = with_rate
        .clone()
        .map(|(group, rated)| {
            let at = |rate: Decimal| part_of(rate, highest);
            let few = if rated.few { ", few" } else { "" };
            let value = format!("{} ({}{few})", percent(rated.rate), rated.interval());
            let class = if rated.few { "between few" } else { "between" };
            let marks = vec![
                Mark::bar(class, at(rated.low), at(rated.high) - at(rated.low)),
                Mark::point(at(rated.rate)),
            ];
            (group.named(), value, marks)
        })
        .collect();
    let (worst, rate) = with_rate.max_by_key(|(_, rated)| rated.low)?;
    let description = format!(
        "{title} of {} with its 95 % interval. Surest to be high is {}: {}, between {}. The table below has all figures.",
        counted(lines.len(), "lane"),
        harmless(worst.named()),
        percent(rate.rate),
        rate.interval().replace(" - ", " and "),
    );
    let id = format!("{id}-{}", title.to_lowercase().replace(' ', "-"));
    let title = format!("{title}, with its 95 % interval");
    let keys = &[("between", "interval"), ("point", "rate")];
    Some(chart(id, (title, description), keys, lines, Some(percent(highest.min(Decimal::ONE)))))
}

fn missed_chart(id: &str, currency: &str, groups: &[&Group]) -> Option<Chart> {
    let groups = charted(By::Missed, groups);
    let most =
        groups.iter().map(|group| group.sums.missed_payout).max().filter(|most| *most > 0)?;
    let lines = groups.iter().map(|group| {
        let payout = group.sums.missed_payout;
        let value = group.money(payout).map(|money| grouped(&money.digits())).unwrap_or_default();
        (group.named(), value, vec![Mark::bar("payouts", Decimal::ZERO, share(payout, most))])
    });
    let description = format!(
        "Bars of the payouts that were never claimed, for {}. The table below has all figures.",
        counted(groups.len(), "month")
    );
    let title = format!("Payouts never claimed, in {currency}");
    Some(chart(format!("{id}-missed"), (title, description), &[], lines.collect(), None))
}

/// The lines in their places, from the top.
fn chart(
    id: String,
    (title, description): (String, String),
    keys: &'static [(&'static str, &'static str)],
    lines: Vec<(&str, String, Vec<Mark>)>,
    scale: Option<String>,
) -> Chart {
    const LINE: usize = 48;
    let (mut placed, mut at) = (Vec::new(), 0);
    for (name, value, mut marks) in lines {
        let last = marks.len().saturating_sub(1);
        let is_point = marks.last().is_some_and(|mark| mark.is_point);
        for (number, mark) in marks.iter_mut().enumerate() {
            // A point stands on its bar, other bars below each other.
            mark.y = at + 22 + if is_point { 0 } else { number * 8 };
            mark.height = if is_point { 10 } else { 14 / (last + 1) };
        }
        placed.push(Line { name: cut(name), value, y: at + 15, marks });
        at += LINE;
    }
    let axis = at + 12;
    Chart { id, title, description, keys, lines: placed, height: axis + 4, axis, scale }
}

fn charted<'a, 'g>(by: By, groups: &'a [&'g Group]) -> &'a [&'g Group] {
    let latest = groups.len().saturating_sub(LINES);
    match by {
        By::Month | By::Missed => groups.get(latest..).unwrap_or_default(),
        _ => groups.get(..groups.len().min(LINES)).unwrap_or_default(),
    }
}

fn share(minor: i64, most: i64) -> Decimal {
    part_of(Decimal::from(minor.max(0)), Decimal::from(most))
}

/// In per cent of the width, to a tenth.
fn part_of(number: Decimal, most: Decimal) -> Decimal {
    let part = number.checked_div(most).unwrap_or_default().min(Decimal::ONE);
    (part * Decimal::ONE_HUNDRED).round_dp(1)
}

fn costs(column: &'static str, groups: &[&Group]) -> Table {
    let row = |group: &&Group| {
        let sums = &group.sums;
        vec![
            Cell::name(group.named()),
            Cell::number(sums.parcels),
            amount(group, sums.cover),
            amount(group, sums.premium),
            Cell::number(sums.claims),
            amount(group, sums.payouts),
            Cell::figure(sums.loss_ratio().map(percent)),
            Cell::number(group.rates.lost),
            Cell::number(sums.claimable),
            Cell::number(sums.missed),
        ]
    };
    Table {
        heads: vec![
            column,
            "parcels",
            "cover",
            "premium",
            "claims",
            "payouts",
            "loss ratio",
            "lost",
            "claimable",
            "missed",
        ],
        rows: groups.iter().map(row).collect(),
    }
}

fn lanes(groups: &[&Group]) -> Table {
    let row = |group: &&Group| {
        let rates = &group.rates;
        let of = |rated: Option<Rated>| Cell::figure(rated.map(|rated| percent(rated.rate)));
        let between = |rated: Option<Rated>| Cell::figure(rated.map(Rated::interval));
        let few = rates.loss().is_none_or(|loss| loss.few);
        vec![
            Cell::name(group.named()),
            Cell::number(rates.settled),
            Cell::number(rates.lost),
            of(rates.loss()),
            between(rates.loss()),
            Cell::number(rates.delivered),
            Cell::number(rates.late),
            of(rates.delay()),
            between(rates.delay()),
            Cell::number(rates.damaged),
            of(rates.damage()),
            Cell::words(if few { "few" } else { "" }),
        ]
    };
    Table {
        heads: vec![
            "carrier and destination",
            "settled",
            "lost",
            "loss rate",
            "95 % interval",
            "delivered",
            "late",
            "delay rate",
            "95 % interval",
            "damaged",
            "damage rate",
            "parcels",
        ],
        rows: groups.iter().map(row).collect(),
    }
}

fn missed(groups: &[&Group]) -> Table {
    let row = |group: &&Group| {
        let sums = &group.sums;
        vec![
            Cell::name(group.named()),
            Cell::number(sums.missed),
            amount(group, sums.missed_payout),
        ]
    };
    Table { heads: vec!["closed in", "parcels", "payout"], rows: groups.iter().map(row).collect() }
}

fn amount(group: &Group, minor: i64) -> Cell {
    Cell::figure(group.money(minor).map(|money| grouped(&money.digits())))
}

fn counted(number: usize, what: &str) -> String {
    if number == 1 { format!("1 {what}") } else { format!("{number} {what}s") }
}

/// A name without what would turn the text around it or break its line.
pub(super) fn harmless(text: &str) -> String {
    text.chars().map(|c| if c.is_control() || turns_text(c) { '\u{fffd}' } else { c }).collect()
}

/// A name as a chart has room for it; letters of the Far East are twice as wide.
fn cut(name: &str) -> String {
    let name = harmless(name);
    let mut room = LETTERS;
    let width = |c: char| if c >= '\u{1100}' { 2 } else { 1 };
    let mut kept = String::new();
    for c in name.chars() {
        let Some(left) = room.checked_sub(width(c)) else {
            kept.push('…');
            break;
        };
        room = left;
        kept.push(c);
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::{cut, harmless};

    #[test]
    fn a_name_stays_in_its_line() {
        assert_eq!(harmless("a\u{202e}b\nc\u{2066}"), "a\u{fffd}b\u{fffd}c\u{fffd}");
        assert_eq!(cut("United States Postal Service"), "United States Postal Servi…");
        assert_eq!(cut("中华人民共和国邮政速递物流公司"), "中华人民共和国邮政速递物流…");
        assert_eq!(cut("USPS"), "USPS");
    }
}
