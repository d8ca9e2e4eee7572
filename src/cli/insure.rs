//! `insure insure`: one parcel together with its label.

use std::process::{Command as Process, Stdio};

use serde_json::json;

use super::args::{IdArgs, ParcelArgs, cover};
use super::fx::{FxArgs, note_old_rates, stated};
use super::view::{Cells, Listing, Row, Shape, document, folded, list, printable};
use super::{Session, input};
use crate::calendar::{Day, parse_day};
use crate::error::{Error, Exit};
use crate::number::PolicyNo;
use crate::ops::{BuyLabel, InsureOptions, Insured, RatesUsed, insure_one};
use crate::parcel::{Label, Parcel};
use crate::rules::{Assumed, Quote, assumed, doubt};

/// Cover one parcel together with its label.
///
/// Without --cover the free cover is recorded and nothing is bought. More cover is sold only before
/// or with the label: give the number of the label you buy in this step with --tracking, or let
/// --label-command buy it; if that fails, nothing is insured.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
The label command runs in a shell with INSURE_ORDER, INSURE_PACKAGE, INSURE_COVER and
INSURE_PREMIUM set; the last line it writes to stdout is the tracking number.

Examples:
  insure insure --order 5771 --value 450 --cover full --label-command ./buy-label.sh
  insure insure --order 5771 --tracking 9400111899562743815201 --value 450 --cover full")]
pub(super) struct Args {
    #[command(flatten)]
    ids: IdArgs,
    #[command(flatten)]
    parcel: ParcelArgs,
    /// How much cover: included (the free one), full, or an amount
    #[arg(long, value_name = "included|full|AMOUNT", default_value = "included")]
    cover: String,
    /// Command that buys the label; the last line of its stdout is the tracking number
    #[arg(long, value_name = "COMMAND", conflicts_with_all = ["tracking", "label_created_at"])]
    label_command: Option<String>,
    /// The day the label was bought, if that was before this step
    #[arg(long, value_name = "DATE", value_parser = parse_day)]
    label_created_at: Option<Day>,
    /// Accept the provider's one-time agreement
    #[arg(long)]
    accept_terms: bool,
    /// Decide everything, record nothing, buy no label
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    fx: FxArgs,
}

pub(super) fn run(args: Args, session: &mut Session<'_>) -> anyhow::Result<Exit> {
    let terms = args.fx.terms(session)?;
    let currency = args.fx.currency(&terms);
    let mut parcel = args.parcel.parcel(args.ids.ids(), currency)?;
    if parcel.ids.handle().is_empty() && args.label_command.is_none() {
        return Err(Error::usage(
            "the parcel has no name",
            "add --order, --package or --tracking, or buy its label with --label-command",
        )
        .into());
    }
    if let Some(on) = args.label_created_at.filter(|on| *on > session.today) {
        return Err(Error::usage(
            format!("--label-created-at: {on} is in the future, today is {}", session.today),
            "leave it away for a label that is bought in this step",
        )
        .into());
    }
    parcel.label = match (args.label_created_at, &parcel.ids.tracking) {
        (Some(on), _) => Label::Exists(Some(on)),
        (None, Some(_)) => Label::ThisStep,
        (None, None) => Label::None,
    };
    let choice = cover(&args.cover, currency)?;
    let mut ledger = if args.dry_run { session.ledger_for_dry_run()? } else { session.ledger()? };
    let given = input::agreement(&ledger, terms.plan(), args.accept_terms)?;
    let command = args.label_command.as_deref();
    let outcome = input::with_agreement(session, terms.plan(), given, |session, agreement| {
        let (today, dry_run) = (session.today, args.dry_run);
        let options = InsureOptions { choice, today, agreement, dry_run };
        let mut buy =
            |parcel: &Parcel, quote: &Quote| buy_label(command.unwrap_or_default(), parcel, quote);
        let label: Option<&mut BuyLabel<'_>> =
            if command.is_some() { Some(&mut buy) } else { None };
        insure_one(&mut ledger, &terms, parcel.clone(), options, label)
    })?;
    if let Insured::New { parcel, .. } = &outcome {
        note_old_rates(&RatesUsed::of(parcel, session.today), session)?;
    }
    match outcome {
        Insured::Already(policy) => match session.format.shape() {
            Shape::Sheet => {
                writeln!(session.world.stdout, "{policy}  already insured, nothing changed")?;
            }
            Shape::Document(layout) => {
                let value = json!({ "policy": policy, "already_insured": true });
                document(layout, session.world.stdout, &value)?;
            }
            Shape::Csv | Shape::Ids => {
                let row = InsuredRow { policy: Some(policy), new: None };
                list(session.format, session.world.stdout, session.paint, [row])?;
            }
        },
        Insured::New { policy, parcel, quote } => match session.format.shape() {
            Shape::Sheet => {
                let figures = &quote.figures;
                let mut sheet = Listing::new(session.paint);
                let number = policy.map_or_else(
                    || "none: dry run, nothing recorded".to_owned(),
                    |no| no.to_string(),
                );
                sheet.pair("Policy", number, "");
                sheet.pair("Parcel", parcel.ids.shown(), "");
                sheet.pair("Package value", figures.package_value.to_string(), stated(&parcel));
                let stays = &quote.stays_uninsured;
                let note = if stays.is_zero() {
                    String::new()
                } else {
                    format!("{stays} stays uninsured")
                };
                sheet.pair("Cover", figures.cover.to_string(), note);
                let in_force = terms.on(session.today).ok();
                let figures_assumed =
                    in_force.map_or(Vec::new(), |in_force| assumed(in_force, quote.basis));
                let notes = figures_assumed.iter().map(Assumed::told);
                sheet.pair(
                    "Premium",
                    figures.premium.to_string(),
                    notes.collect::<Vec<_>>().join("; "),
                );
                if let Some(caution) = terms.plan().kind.caution() {
                    sheet.pair("Plan", terms.plan().name.clone(), caution);
                }
                let mut text = sheet.render();
                if let Some(doubt) = in_force.and_then(|in_force| doubt(in_force, &parcel)) {
                    let note = format!("Note: {}.", printable(&doubt.told()));
                    text.push_str(&folded(&note, 0, session.paint.width));
                }
                session.world.stdout.write_all(text.as_bytes())?;
            }
            Shape::Csv | Shape::Ids => {
                let row = InsuredRow { policy, new: Some((&parcel, &quote)) };
                list(session.format, session.world.stdout, session.paint, [row])?;
            }
            Shape::Document(layout) => {
                let value = json!({
                    "policy": policy,
                    "already_insured": false,
                    "plan": terms.plan().id,
                    "kind": terms.plan().kind,
                    "order_id": parcel.ids.order,
                    "package_id": parcel.ids.package,
                    "tracking_number": parcel.ids.tracking,
                    "currency": quote.figures.cover.currency(),
                    "fx": parcel.stated,
                    "package_value": quote.figures.package_value,
                    "cover": quote.figures.cover,
                    "premium": quote.figures.premium,
                    "stays_uninsured": quote.stays_uninsured,
                    "doubt": terms.on(session.today).ok().and_then(|terms| doubt(terms, &parcel)),
                    "trace": quote.trace,
                });
                document(layout, session.world.stdout, &value)?;
            }
        },
    }
    Ok(Exit::Done)
}

/// One parcel that is covered, now or since before.
struct InsuredRow<'a> {
    policy: Option<PolicyNo>,
    new: Option<(&'a Parcel, &'a Quote)>,
}

impl Row for InsuredRow<'_> {
    const COLUMNS: &'static [&'static str] = &[
        "policy",
        "already_insured",
        "order_id",
        "package_id",
        "tracking_number",
        "currency",
        "package_value",
        "cover",
        "premium",
        "stays_uninsured",
    ];

    fn cells(&self, out: &mut dyn Cells) {
        out.text_or_none(self.policy.map(|no| no.to_string()).as_deref());
        out.flag(self.new.is_none());
        let Some((parcel, quote)) = self.new else {
            return (0..8).for_each(|_| out.none());
        };
        for id in [&parcel.ids.order, &parcel.ids.package, &parcel.ids.tracking] {
            out.text_or_none(id.as_deref());
        }
        out.text(quote.figures.cover.currency().code());
        out.money(quote.figures.package_value);
        out.money(quote.figures.cover);
        out.money(quote.figures.premium);
        out.money(quote.stays_uninsured);
    }

    fn id(&self) -> String {
        self.policy.map(|no| no.to_string()).unwrap_or_default()
    }
}

/// Runs the command that buys the label and reads the tracking number off its last line.
fn buy_label(command: &str, parcel: &Parcel, quote: &Quote) -> Result<String, Error> {
    let failed = |message: String| Error::LabelFailed { message };
    let name = |id: &Option<String>| id.clone().unwrap_or_default();
    let output = Process::new("sh")
        .args(["-c", command])
        .env("INSURE_ORDER", name(&parcel.ids.order))
        .env("INSURE_PACKAGE", name(&parcel.ids.package))
        .env("INSURE_COVER", quote.figures.cover.digits())
        .env("INSURE_PREMIUM", quote.figures.premium.digits())
        .stdin(Stdio::null())
        .stderr(Stdio::inherit())
        .output()
        .map_err(|why| failed(format!("`{command}` cannot be run: {why}")))?;
    if !output.status.success() {
        return Err(failed(format!("`{command}` ended with {}", output.status)));
    }
    let text = String::from_utf8(output.stdout)
        .map_err(|_| failed(format!("what `{command}` wrote is not text")))?;
    let tracking = text.lines().map(str::trim).rfind(|line| !line.is_empty()).unwrap_or_default();
    if tracking.is_empty() || tracking.contains(char::is_whitespace) || tracking.len() > 64 {
        return Err(failed(format!(
            "`{command}` ended well, but its last line, `{tracking}`, is not a tracking number; check whether a label was charged"
        )));
    }
    Ok(tracking.to_owned())
}
