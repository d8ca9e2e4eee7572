//! `insure due`: what has to be done today, so that no window closes unseen.

use super::Session;
use super::search::{days, no_ids, page, sure_and_open};
use super::view::{Cells, Format, Row, Rows, Short, list};
use crate::calendar::{Day, parse_day};
use crate::error::{Error, Exit};
use crate::ledger::{Due, DueFilter, DueKey, DueTotals, Ledger};
use crate::number::{ClaimNo, PolicyNo};
use crate::rules::DutyKind;

/// List what is due: claims to file before their window closes, documents and answers still owed,
/// decisions and payments that are late, appeals that end soon.
///
/// One row a duty, the soonest day first; what has no day comes last. What a draft lacks is listed
/// from its first day, and what is overdue stays on the list until it is done. The exit status is 4 where nothing is due, so that a scheduled job mails
/// only what there is. A table shows the first 50 unless --limit says otherwise.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  insure due
  insure due --within 14d --format csv
  insure due --kind affidavit --format ids
  insure due --totals --format json")]
pub(super) struct Args {
    /// Look ahead so many days for claims to file, appeals and documents in grace
    #[arg(long, value_name = "DAYS", value_parser = days, default_value = "7d")]
    within: u32,
    /// Only one kind: claim, appeal, evidence, affidavit, info, decision, payment
    #[arg(long, value_name = "KIND", value_parser = kind)]
    kind: Option<DutyKind>,
    /// Instead of the duties their totals: one row for each kind and currency
    #[arg(long, conflicts_with_all = ["limit", "after"])]
    totals: bool,
    /// At most so many
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    limit: Option<u64>,
    /// Only those after this one, by what its column `duty` says
    #[arg(long, value_name = "DUTY", value_parser = key)]
    after: Option<DueKey>,
}

fn kind(word: &str) -> Result<DutyKind, String> {
    DutyKind::from_word(word).ok_or_else(DutyKind::expected)
}

/// The word that stands in a key for a day there is not.
const NO_DAY: &str = "open";

/// What tells a duty from all others, in one word.
fn written(key: &DueKey) -> String {
    let day = key.on.map_or_else(|| NO_DAY.to_owned(), |day| day.to_string());
    let no = match key.kind {
        DutyKind::Claim => PolicyNo(key.no).to_string(),
        _ => ClaimNo(key.no).to_string(),
    };
    format!("{day}:{}:{no}:{}", key.kind, key.number)
}

fn key(text: &str) -> Result<DueKey, String> {
    let read = || {
        let mut parts = text.trim().split(':');
        let on = match parts.next()? {
            NO_DAY => None,
            day => Some(parse_day(day).ok()?),
        };
        let kind = DutyKind::from_word(parts.next()?)?;
        let no = parts.next()?;
        let no = match kind {
            DutyKind::Claim => PolicyNo::parse(no)?.0,
            _ => ClaimNo::parse(no)?.0,
        };
        let number = parts.next()?.parse().ok()?;
        parts.next().is_none().then_some(DueKey { on, kind, no, number })
    };
    read().ok_or_else(|| {
        "expected what the column `duty` has, such as 2026-11-30:claim:POL-00001Y:1".to_owned()
    })
}

pub(super) fn run(args: Args, session: &mut Session<'_>) -> anyhow::Result<Exit> {
    let ledger = session.existing_ledger()?;
    // A plan that does not exist would find nothing, which here looks like a quiet day.
    session.terms()?;
    let limit = page(args.limit, session.format);
    let filter = DueFilter {
        within: args.within,
        kind: args.kind,
        plan: session.plan_filter.clone(),
        // One more than is shown tells whether there is more.
        limit: limit.map(|limit| limit.saturating_add(1)),
        after: args.after,
    };
    let nothing = if args.totals {
        no_ids(session.format)?;
        let sums = ledger.due_totals(&filter, session.today)?;
        let nothing = sums.is_empty();
        list(session.format, session.world.stdout, session.paint, sums)?;
        nothing
    } else {
        listed(&ledger, &filter, limit, session)? == 0
    };
    match ledger.unreadable_claims()? {
        0 => {}
        claims => session.note(&format!(
            "not listed: what is due for {claims} claims whose terms this version cannot read"
        ))?,
    }
    if nothing {
        session.note("nothing is due")?;
        return Ok(Exit::NotFound);
    }
    Ok(Exit::Done)
}

/// Writes a page of the list, and for people what all of it comes to.
fn listed(
    ledger: &Ledger,
    filter: &DueFilter,
    limit: Option<u64>,
    session: &mut Session<'_>,
) -> anyhow::Result<u64> {
    let today = session.today;
    let mut rows = Rows::new::<DueRow>(session.format, &mut *session.world.stdout, session.paint);
    let mut last = None;
    let mut more = false;
    ledger.due(filter, today, |due| {
        if limit == Some(rows.count()) {
            more = true;
            return Ok(());
        }
        last = Some(due.key);
        Ok::<(), Error>(rows.push(&DueRow { due, today })?)
    })?;
    let count = rows.finish::<DueRow>()?;
    if let (true, Some(last)) = (more, last) {
        session.note(&format!(
            "{count} shown, and there are more: go on with --after {}, or raise --limit",
            written(&last)
        ))?;
    }
    if count > 0 && session.format == Format::Table && !session.quiet {
        for sum in ledger.due_totals(filter, today)? {
            session.note(&told(&sum))?;
        }
    }
    Ok(count)
}

/// What the duties of one kind come to, in a line.
fn told(sum: &DueTotals) -> String {
    let at_stake = match sum.at_most.is_zero() {
        true => sum.amount.to_string(),
        false => sure_and_open(sum.amount, sum.at_most).unwrap_or_default(),
    };
    let overdue =
        if sum.overdue == 0 { String::new() } else { format!(", {} overdue", sum.overdue) };
    format!("{}: {}{overdue}, at stake {at_stake}", sum.kind, sum.duties)
}

/// A duty on a day.
struct DueRow {
    due: Due,
    today: Day,
}

impl Row for DueRow {
    const COLUMNS: &'static [&'static str] = &[
        "day",
        "days_left",
        "kind",
        "claim",
        "policy",
        "order_id",
        "tracking_number",
        "from",
        "what",
        "amount",
        "amount_is",
        "currency",
        "plan",
        "clause",
        "duty",
    ];
    const TABLE: Option<&'static [usize]> = Some(&[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    const NARROW: &'static [&'static [Short]] = &[
        &[
            Short(0, "day"),
            Short(1, "left"),
            Short(2, "kind"),
            Short(3, "claim"),
            Short(4, "policy"),
            Short(7, "from"),
            Short(8, "what"),
            Short(9, "amount"),
        ],
        &[
            Short(0, "day"),
            Short(2, "kind"),
            Short(3, "claim"),
            Short(4, "policy"),
            Short(7, "from"),
            Short(8, "what"),
        ],
    ];

    fn cells(&self, out: &mut dyn Cells) {
        let DueRow { due, today } = self;
        let duty = &due.duty;
        let ids = &due.policy.parcel.ids;
        out.day_or_none(duty.on);
        match duty.on {
            Some(on) => out.signed(on.signed_duration_since(*today).num_days()),
            None => out.none(),
        }
        out.text(duty.kind.word());
        out.text_or_none(due.claim.map(|no| no.to_string()).as_deref());
        out.text(&due.policy.no.to_string());
        out.text_or_none(ids.order.as_deref());
        out.text_or_none(ids.tracking.as_deref());
        out.text(duty.owed_by.word());
        out.text(&duty.told_on(*today));
        out.money_or_none(due.amount());
        out.text(due.amount_is.word());
        out.text(duty.amount.currency().code());
        out.text(&due.policy.plan);
        out.text(&duty.clause);
        out.text(&written(&due.key));
    }

    fn id(&self) -> String {
        self.due.claim.map_or_else(|| self.due.policy.no.to_string(), |no| no.to_string())
    }
}

impl Row for DueTotals {
    const COLUMNS: &'static [&'static str] =
        &["kind", "currency", "duties", "overdue", "amount", "at_most"];

    fn cells(&self, out: &mut dyn Cells) {
        out.text(self.kind.word());
        out.text(self.amount.currency().code());
        out.number(self.duties);
        out.number(self.overdue);
        out.money(self.amount);
        out.money(self.at_most);
    }

    fn id(&self) -> String {
        String::new()
    }
}
