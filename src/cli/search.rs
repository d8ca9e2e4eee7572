//! `insure search`: which policies meet all of these conditions.

use serde_json::Value;

use super::Session;
use super::args::{amount, country};
use super::view::{Cells, Format, Row, Rows, list};
use crate::calendar::{Day, parse_day};
use crate::claim::ClaimStatus;
use crate::error::{Error, Exit};
use crate::ledger::{Expected, Filter, Ledger, Totals};
use crate::money::Money;
use crate::number::PolicyNo;
use crate::parcel::Country;
use crate::policy::{Look, Policy, PolicyStatus};

/// Rows of a page on a terminal where no limit is given.
const PAGE: u64 = 50;

/// Find policies: every condition given must hold.
///
/// The order is that of policy numbers; with --claimable or --due that of closing days, soonest
/// first. A table shows the first 50 unless --limit says otherwise, every other format all.
/// With --claimable a table ends with the totals of all that match; --totals gives them in any format.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  insure search --claimable
  insure search --claimable --totals --format json
  insure search --due 7d --format csv
  insure search --status effective --carrier UPS --shipped-from 2026-11-01
  insure search --claimable=loss --format ids | insure claim file --reason loss -")]
pub(super) struct Args {
    /// A part of the goods' or contents' words, or a whole identifier
    #[arg(value_name = "TEXT")]
    text: Option<String>,
    /// Insurance status: confirmed, effective, expired, cancelled
    #[arg(long, value_name = "STATUS", value_parser = policy_status)]
    status: Option<PolicyStatus>,
    /// Status of the latest claim: draft, under_review, needs_info, accepted, rejected, paid, withdrawn, or none
    #[arg(long, value_name = "STATUS", value_parser = claim_status)]
    claim_status: Option<ClaimWish>,
    /// Carrier, in either case
    #[arg(long, value_name = "NAME")]
    carrier: Option<String>,
    /// Country it goes to
    #[arg(long, value_name = "COUNTRY", value_parser = country)]
    to: Option<Country>,
    /// Shipped on this day or later
    #[arg(long, value_name = "DATE", value_parser = parse_day)]
    shipped_from: Option<Day>,
    /// Shipped on this day or before
    #[arg(long, value_name = "DATE", value_parser = parse_day)]
    shipped_to: Option<Day>,
    /// Recorded on this day or later
    #[arg(long, value_name = "DATE", value_parser = parse_day)]
    created_from: Option<Day>,
    /// Recorded on this day or before
    #[arg(long, value_name = "DATE", value_parser = parse_day)]
    created_to: Option<Day>,
    /// Worth this much or more
    #[arg(long, value_name = "AMOUNT", allow_negative_numbers = true)]
    value_from: Option<String>,
    /// Worth this much or less
    #[arg(long, value_name = "AMOUNT", allow_negative_numbers = true)]
    value_to: Option<String>,
    /// What looks lost, damaged, late or returned, has no claim, and can be claimed today; for one of
    /// them =loss, =damage, =delay or =returned
    #[arg(long, value_name = "LOOK", value_parser = looks_like, num_args = 0..=1,
          require_equals = true, default_missing_value = "any")]
    claimable: Option<Looks>,
    /// The policies of what `insure due --within DAYS` lists: 7d
    #[arg(long, value_name = "DAYS", value_parser = days)]
    due: Option<u32>,
    /// Instead of the policies their totals: one row for each currency
    #[arg(long, conflicts_with_all = ["limit", "after"])]
    totals: bool,
    /// At most so many
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    limit: Option<u64>,
    /// Only those after this policy, in the order of the search
    #[arg(long, value_name = "POLICY", value_parser = policy_no)]
    after: Option<PolicyNo>,
}

#[derive(Debug, Clone, Copy)]
enum Looks {
    Any,
    Like(Look),
}

#[derive(Debug, Clone, Copy)]
enum ClaimWish {
    None,
    Status(ClaimStatus),
}

fn policy_status(word: &str) -> Result<PolicyStatus, String> {
    PolicyStatus::from_word(word).ok_or_else(PolicyStatus::expected)
}

fn claim_status(word: &str) -> Result<ClaimWish, String> {
    if word == "none" {
        return Ok(ClaimWish::None);
    }
    let status = ClaimStatus::from_word(word).map(ClaimWish::Status);
    status.ok_or_else(|| format!("{}, or none", ClaimStatus::expected()))
}

fn looks_like(word: &str) -> Result<Looks, String> {
    if word == "any" {
        return Ok(Looks::Any);
    }
    Look::from_word(word).map(Looks::Like).ok_or_else(Look::expected)
}

/// A number of days: `7d`.
pub(super) fn days(text: &str) -> Result<u32, String> {
    let digits = text.strip_suffix('d').unwrap_or(text);
    digits.parse().map_err(|_| "expected a number of days such as 7d".to_owned())
}

fn policy_no(text: &str) -> Result<PolicyNo, String> {
    PolicyNo::parse(text).ok_or_else(|| "expected a policy number such as POL-00001Y".to_owned())
}

pub(super) fn run(args: Args, session: &mut Session<'_>) -> anyhow::Result<Exit> {
    if let (Some(Looks::Any), Some(text)) = (args.claimable, &args.text)
        && looks_like(text).is_ok()
    {
        return Err(Error::usage(
            format!("--claimable {text} would look for the word `{text}` in goods and contents"),
            format!("for what looks like {text}, write --claimable={text}"),
        )
        .into());
    }
    let ledger = session.existing_ledger()?;
    let currency = session.terms()?.plan().currency;
    let value = |flag: &str, text: &Option<String>| {
        text.as_deref().map(|text| amount(flag, text, currency)).transpose()
    };
    let limit = page(args.limit, session.format);
    let filter = Filter {
        status: args.status,
        claim_status: match args.claim_status {
            Some(ClaimWish::Status(status)) => Some(status),
            _ => None,
        },
        no_claim: matches!(args.claim_status, Some(ClaimWish::None)),
        plan: session.plan_filter.clone(),
        carrier: args.carrier,
        to: args.to,
        shipped: (args.shipped_from, args.shipped_to),
        created: (args.created_from, args.created_to),
        value: (value("--value-from", &args.value_from)?, value("--value-to", &args.value_to)?),
        text: args.text,
        claimable: args.claimable.is_some(),
        looks_like: match args.claimable {
            Some(Looks::Like(look)) => Some(look),
            _ => None,
        },
        due_within: args.due,
        // One more than is shown tells whether there is more.
        limit: limit.map(|limit| limit.saturating_add(1)),
        after: args.after,
    };
    let today = session.today;
    if args.totals {
        return totals(&ledger, &filter, session);
    }
    let mut rows =
        Rows::new::<PolicyRow<'_>>(session.format, &mut *session.world.stdout, session.paint);
    let mut last = None;
    let mut more = false;
    ledger.search(&filter, today, |policy| {
        if limit == Some(rows.count()) {
            more = true;
            return Ok(());
        }
        last = Some(policy.no);
        Ok::<(), Error>(rows.push(&PolicyRow { policy: &policy, today })?)
    })?;
    let count = rows.finish::<PolicyRow<'_>>()?;
    if let (true, Some(last)) = (more, last) {
        session.note(&format!(
            "{count} shown, and there are more: go on with --after {last}, or raise --limit"
        ))?;
    }
    if count == 0 {
        session.note("nothing matches")?;
        return Ok(Exit::NotFound);
    }
    if filter.claimable && session.format == Format::Table && !session.quiet {
        for sum in ledger.expected(&filter, today)? {
            session.note(&told(&sum))?;
        }
    }
    Ok(Exit::Done)
}

/// How many rows are shown where no limit is given.
pub(super) fn page(limit: Option<u64>, format: Format) -> Option<u64> {
    limit.or_else(|| (format == Format::Table).then_some(PAGE))
}

/// The totals as rows of their own.
fn totals(ledger: &Ledger, filter: &Filter, session: &mut Session<'_>) -> anyhow::Result<Exit> {
    no_ids(session.format)?;
    let sums = ledger.totals(filter, session.today)?;
    let nothing = sums.is_empty();
    list(session.format, session.world.stdout, session.paint, sums)?;
    if nothing {
        session.note("nothing matches")?;
        return Ok(Exit::NotFound);
    }
    Ok(Exit::Done)
}

/// A total has no identifier.
pub(super) fn no_ids(format: Format) -> Result<(), Error> {
    match format {
        Format::Ids => Err(Error::usage(
            "--totals: a total has no identifier to write with --format ids",
            "leave one of them away",
        )),
        _ => Ok(()),
    }
}

/// What claimable parcels come to, in a sentence.
fn told(sum: &Expected) -> String {
    let parcels = if sum.claims == 1 { "parcel" } else { "parcels" };
    let mut expected = Vec::new();
    expected.extend(sure_and_open(sum.exact, sum.at_most));
    if sum.unknown > 0 {
        expected.push(format!("{} with a payout that is not known", grouped(sum.unknown)));
    }
    format!("{} {parcels} can be claimed: {}", grouped(sum.claims), expected.join(", "))
}

/// Two sums that nobody should take for one, or for the whole and a part of it.
pub(super) fn sure_and_open(sure: Money, at_most: Money) -> Option<String> {
    match (sure.is_zero(), at_most.is_zero()) {
        (true, true) => None,
        (false, true) => Some(format!("{sure} for certain")),
        (true, false) => Some(format!("up to {at_most} that depends on further facts")),
        (false, false) => Some(format!(
            "{sure} for certain and up to {at_most} more that depends on further facts"
        )),
    }
}

fn grouped(count: u64) -> String {
    crate::money::grouped(&count.to_string())
}

impl Row for Totals {
    const COLUMNS: &'static [&'static str] = &[
        "currency",
        "policies",
        "package_value",
        "cover",
        "claimable",
        "expected_payout",
        "expected_at_most",
        "payout_unknown",
    ];

    fn cells(&self, out: &mut dyn Cells) {
        out.text(self.cover.currency().code());
        out.number(self.policies);
        out.money(self.package_value);
        out.money(self.cover);
        out.number(self.expected.claims);
        out.money(self.expected.exact);
        out.money(self.expected.at_most);
        out.number(self.expected.unknown);
    }

    fn id(&self) -> String {
        String::new()
    }
}

/// A policy as `status` and `search` list it.
pub(super) struct PolicyRow<'a> {
    pub(super) policy: &'a Policy,
    pub(super) today: Day,
}

impl PolicyRow<'_> {
    /// The same fields as one JSON object.
    pub(super) fn as_json(&self) -> Value {
        let mut line = Vec::new();
        let mut rows =
            Rows::new::<PolicyRow<'_>>(Format::Ndjson, &mut line, super::view::Paint::default());
        // Writing into memory cannot fail.
        let _ = rows.push(self);
        serde_json::from_slice(&line).unwrap_or(Value::Null)
    }
}

impl Row for PolicyRow<'_> {
    const COLUMNS: &'static [&'static str] = &[
        "policy",
        "order_id",
        "package_id",
        "tracking_number",
        "plan",
        "version",
        "status",
        "currency",
        "package_value",
        "cover",
        "premium",
        "carrier",
        "to",
        "contents",
        "created_on",
        "shipped_on",
        "scanned_on",
        "delivered_on",
        "looks_like",
        "expected_payout",
        "payout_is",
        "claim",
        "claim_status",
        "claim_closes_on",
    ];
    const TABLE: Option<&'static [usize]> = Some(&[0, 1, 3, 6, 8, 9, 10, 18, 19, 20, 21, 22, 23]);

    fn cells(&self, out: &mut dyn Cells) {
        let Policy { parcel, figures, .. } = self.policy;
        out.text(&self.policy.no.to_string());
        out.text_or_none(parcel.ids.order.as_deref());
        out.text_or_none(parcel.ids.package.as_deref());
        out.text_or_none(parcel.ids.tracking.as_deref());
        out.text(&self.policy.plan);
        out.day(self.policy.version);
        out.text(self.policy.status(self.today).word());
        out.text(figures.cover.currency().code());
        out.money(figures.package_value);
        out.money(figures.cover);
        out.money(figures.premium);
        out.text_or_none(parcel.carrier.as_deref());
        out.text_or_none(parcel.to.as_ref().map(Country::code));
        out.text_or_none(parcel.contents.as_deref().or(parcel.goods.as_deref()));
        out.day(self.policy.bound_on);
        out.day_or_none(parcel.shipped_on());
        out.day_or_none(parcel.facts.scanned_on);
        out.day_or_none(parcel.facts.delivered_on);
        let prospect = self.policy.claimable_on(self.today);
        out.text_or_none(prospect.map(|prospect| prospect.looks_like.word()));
        out.money_or_none(prospect.and_then(|prospect| prospect.expected()));
        out.text_or_none(prospect.map(|prospect| prospect.payout_is.word()));
        out.text_or_none(self.policy.claim.map(|(no, _)| no.to_string()).as_deref());
        out.text_or_none(self.policy.claim.map(|(_, status)| status.word()));
        out.day_or_none(self.policy.closes_on(self.today));
    }

    fn id(&self) -> String {
        self.policy.no.to_string()
    }
}
