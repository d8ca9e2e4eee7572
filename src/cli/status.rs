//! `insure status`: everything about a parcel, by any of its names.

use serde_json::{Value, json};

use super::claim::{affidavit_text, refund_text};
use super::fx::stated;
use super::search::PolicyRow;
use super::view::{Layout, Listing, Shape, document, list, printable};
use super::{Session, input};
use crate::error::Exit;
use crate::ops::{PolicyView, status};
use crate::policy::{Look, PayoutIs, Prospect};

/// Show everything about an order, parcel, policy or claim, by any of its numbers.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  insure status 9400111899562743815201
  insure status POL-000012 CLM-00001Y --format json")]
pub(super) struct Args {
    /// Order, package, tracking, policy or claim numbers; - reads them from stdin
    #[arg(value_name = "ID", required = true)]
    ids: Vec<String>,
}

pub(super) fn run(args: Args, session: &mut Session<'_>) -> anyhow::Result<Exit> {
    let ledger = session.existing_ledger()?;
    let mut views = Vec::new();
    for id in &input::identifiers(args.ids, session)? {
        views.extend(status(&ledger, id)?);
    }
    let today = session.today;
    match session.format.shape() {
        Shape::Sheet => {
            let sheets: Vec<String> = views.iter().map(|view| sheet(view, session)).collect();
            session.world.stdout.write_all(sheets.join("\n").as_bytes())?;
        }
        Shape::Document(Layout::Indented) => {
            let all = views.iter().map(|view| as_json(view, session)).collect();
            document(Layout::Indented, session.world.stdout, &Value::Array(all))?;
        }
        Shape::Document(Layout::Line) => {
            for view in &views {
                let value = as_json(view, session);
                document(Layout::Line, session.world.stdout, &value)?;
            }
        }
        Shape::Csv | Shape::Ids => {
            let rows = views.iter().map(|view| PolicyRow { policy: &view.policy, today });
            list(session.format, session.world.stdout, session.paint, rows)?;
        }
    }
    Ok(Exit::Done)
}

fn sheet(view: &PolicyView, session: &Session<'_>) -> String {
    let policy = &view.policy;
    let parcel = &policy.parcel;
    let figures = &policy.figures;
    let mut list = Listing::new(session.paint);
    let or_dash = |text: Option<&str>| text.map_or_else(|| "-".to_owned(), printable);
    list.pair("Policy", policy.no.to_string(), policy.status(session.today).word());
    list.pair("Order", or_dash(parcel.ids.order.as_deref()), parcel.other_orders.join(", "));
    list.pair("Package", or_dash(parcel.ids.package.as_deref()), "");
    let carrier = [&parcel.carrier, &parcel.service]
        .into_iter()
        .flatten()
        .chain(&parcel.shipped)
        .cloned()
        .collect::<Vec<_>>()
        .join(", ");
    list.pair("Tracking", or_dash(parcel.ids.tracking.as_deref()), printable(&carrier));
    list.pair("Contents", or_dash(parcel.contents.as_deref().or(parcel.goods.as_deref())), "");
    let caution = view.kind.caution().map_or_else(String::new, |words| format!(" ({words})"));
    list.pair(
        "Plan",
        policy.plan.clone(),
        format!("{}, terms of {}{caution}", view.plan_name, policy.version),
    );
    list.pair("Package value", figures.package_value.to_string(), printable(&stated(parcel)));
    list.pair("Cover", figures.cover.to_string(), "");
    let premium = match policy.refunded {
        Some(refunded) => format!("{refunded} refunded"),
        None => policy
            .assumed
            .iter()
            .map(|figure| format!("assumed: {figure}"))
            .collect::<Vec<_>>()
            .join("; "),
    };
    list.pair("Premium", figures.premium.to_string(), premium);
    let facts = &parcel.facts;
    let happened = [
        ("scanned", facts.scanned_on),
        ("delivered", facts.delivered_on),
        ("label cancelled", facts.cancelled_on),
        (policy.trouble.map_or("", |(event, _)| event.word()), policy.trouble.map(|(_, on)| on)),
    ];
    let happened: Vec<String> =
        happened.iter().filter_map(|(what, on)| Some(format!("{what} {}", (*on)?))).collect();
    if let Some(shipped) = parcel.shipped_on() {
        list.pair("Shipped", shipped.to_string(), happened.join(", "));
    }
    let claimable = policy.claimable();
    let looks_like = claimable.map_or_else(String::new, |p| match p.looks_like {
        Look::Loss if p.from > session.today => {
            format!("counts as lost from {} if it does not arrive", p.from)
        }
        Look::Delay if p.from > session.today => {
            format!("counts as late from {} if it does not arrive", p.from)
        }
        like => format!("looks like {like}: claimable from {}{}", p.from, expected(&p)),
    });
    let closes_on = policy.closes_on(session.today);
    if closes_on.is_some() || claimable.is_some() {
        let closes_on = closes_on.map_or_else(|| "no last day".to_owned(), |day| day.to_string());
        list.pair("Claim until", closes_on, looks_like);
    }
    for claim in &view.claims {
        let mut asked =
            format!("{}, {} claimed, pays {}", claim.incident.word(), claim.amount, claim.payable);
        if !claim.payments.is_empty() {
            asked.push_str(&format!(", {} paid", claim.paid()));
        }
        list.pair("Claim", format!("{}  {}", claim.no, claim.status.word()), asked);
        if let Some((status, note)) = affidavit_text(claim, &[]) {
            list.pair("Affidavit", status, note);
        }
        if let Some(refund) = &claim.refund {
            let (status, note) = refund_text(refund);
            list.pair("Buyer refund", status, note);
        }
    }
    let mut text = list.render();
    text.push_str(&format!("{}\n", session.paint.heading("History")));
    for event in &view.history {
        text.push_str(&format!("  {}  {}\n", event.on, printable(&event.told())));
    }
    text
}

/// What a claim would pay, as a sentence goes on.
fn expected(prospect: &Prospect) -> String {
    match prospect.payout_is {
        PayoutIs::Exact => format!(", pays {}", prospect.payout),
        PayoutIs::AtMost => format!(", pays at most {}", prospect.payout),
        PayoutIs::Unknown => String::new(),
    }
}

fn as_json(view: &PolicyView, session: &Session<'_>) -> Value {
    let policy = &view.policy;
    let mut value = PolicyRow { policy, today: session.today }.as_json();
    let claims: Vec<Value> = view.claims.iter().map(super::claim::claim_json).collect();
    let history: Vec<Value> = view
        .history
        .iter()
        .map(|event| json!({ "on": event.on, "event": event.kind, "detail": event.detail }))
        .collect();
    value["plan_name"] = json!(view.plan_name);
    value["kind"] = json!(view.kind);
    value["included_cover"] = json!(policy.figures.included_cover);
    value["product"] = json!(policy.parcel.value.product);
    value["coupon"] = json!(policy.parcel.value.coupon);
    value["shipping"] = json!(policy.parcel.value.shipping);
    value["fx"] = json!(policy.parcel.stated);
    value["shipped"] = json!(policy.parcel.shipped);
    value["other_orders"] = json!(policy.parcel.other_orders);
    value["assumed"] = json!(policy.assumed);
    value["refunded"] = json!(policy.refunded);
    value["batch"] = json!(policy.batch);
    value["loss_from"] = json!(policy.deadlines.loss_from);
    value["claims"] = Value::Array(claims);
    value["history"] = Value::Array(history);
    value
}
