//! What every command shares: global options, the facts of a parcel, plan and terms in force.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::config::Config;
use super::view::{Format, Paint};
use super::{Session, World};
use crate::calendar::{Day, parse_day};
use crate::error::Error;
use crate::intake;
use crate::ledger::{Ledger, LedgerError};
use crate::money::{Currency, Money, MoneyError, Rounding};
use crate::ops::TermsInForce;
use crate::parcel::{Country, CoverChoice, Fulfilment, Ids, Parcel, ValueParts};
use crate::plan::DEFAULT_PLAN;
use crate::words::hyphened;

/// Whether to colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Colour {
    /// On a terminal, unless NO_COLOR is set.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Options for every command")]
pub(super) struct Global {
    /// The ledger: one SQLite file [default: insure.db in your data folder]
    #[arg(long, global = true, env = "INSURE_DB", value_name = "PATH", hide_env_values = true)]
    db: Option<PathBuf>,

    /// How to write the result to stdout
    #[arg(
        long,
        global = true,
        value_enum,
        default_value = "table",
        hide_possible_values = true,
        value_name = "table|json|ndjson|csv|ids"
    )]
    format: Format,

    /// The day to reckon with, instead of today's date
    #[arg(long, global = true, env = "INSURE_TODAY", value_name = "DATE", value_parser = parse_day,
          hide_env_values = true)]
    today: Option<Day>,

    /// The plan whose terms apply [default: tiktok-upic]
    #[arg(long, global = true, value_name = "ID")]
    plan: Option<String>,

    /// Your configuration [default: insure/config.toml in your configuration folder]
    #[arg(long, global = true, env = "INSURE_CONFIG", value_name = "PATH", hide_env_values = true)]
    config: Option<PathBuf>,

    /// When to colour the output
    #[arg(
        long,
        global = true,
        value_enum,
        default_value = "auto",
        value_name = "auto|always|never",
        hide_possible_values = true
    )]
    color: Colour,

    /// Only errors on stderr: no progress, no notes
    #[arg(short, long, global = true)]
    quiet: bool,

    /// Say more on stderr: which layout, which plan, which ledger
    #[arg(short, long, global = true, conflicts_with = "quiet")]
    verbose: bool,
}

impl Global {
    /// Brings what was typed and what the world is together.
    pub(super) fn session(self, world: World<'_>) -> Result<Session<'_>, Error> {
        let config = Config::read(self.config.as_deref(), world.default_config.as_deref())?;
        let colour = match self.color {
            Colour::Auto => world.colour,
            Colour::Always => true,
            Colour::Never => false,
        };
        Ok(Session {
            today: self.today.unwrap_or(world.today),
            db: self.db.or_else(|| world.default_ledger.clone()),
            plan_filter: self.plan.clone(),
            plan: self
                .plan
                .or_else(|| config.plan.clone())
                .unwrap_or_else(|| DEFAULT_PLAN.to_owned()),
            config,
            format: self.format,
            paint: Paint { colour, width: world.stdout_width },
            quiet: self.quiet,
            verbose: self.verbose,
            world,
        })
    }
}

impl Session<'_> {
    /// The terms of the chosen plan.
    pub(super) fn terms(&self) -> Result<TermsInForce, Error> {
        let catalog = &self.config.catalog;
        Ok(TermsInForce::new(catalog.load(&self.plan)?).among(catalog.ids()))
    }

    /// Where the ledger is.
    pub(super) fn ledger_path(&self) -> Result<PathBuf, Error> {
        self.db.clone().ok_or_else(|| {
            Error::usage(
                "your data folder is not known, so there is no default ledger",
                "name one with --db PATH",
            )
        })
    }

    /// The ledger, to read and write; made where there is none.
    pub(super) fn ledger(&self) -> Result<Ledger, Error> {
        Ok(Ledger::open(&self.ledger_path()?)?)
    }

    /// The ledger to decide against without writing: the real one, or an empty one in memory.
    pub(super) fn ledger_for_dry_run(&self) -> Result<Ledger, Error> {
        match Ledger::open_existing(&self.ledger_path()?)? {
            Some(ledger) => Ok(ledger),
            None => Ok(Ledger::in_memory()?),
        }
    }

    /// The ledger, to read.
    pub(super) fn existing_ledger(&self) -> Result<Ledger, Error> {
        let path = self.ledger_path()?;
        let ledger = Ledger::open_existing(&path)?;
        Ok(ledger.ok_or(LedgerError::Missing { path })?)
    }

    /// A remark for people, on stderr; silent with --quiet.
    pub(super) fn note(&mut self, text: &str) -> std::io::Result<()> {
        if self.quiet {
            return Ok(());
        }
        // What was written before comes first on a terminal too.
        self.world.stdout.flush()?;
        writeln!(self.world.stderr, "{text}")
    }

    /// A remark that only --verbose asks for.
    pub(super) fn detail(&mut self, text: &str) -> std::io::Result<()> {
        if self.verbose { writeln!(self.world.stderr, "{text}") } else { Ok(()) }
    }
}

/// The names of one parcel.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "The parcel")]
pub(super) struct IdArgs {
    /// Order number
    #[arg(long, value_name = "ID")]
    pub(super) order: Option<String>,
    /// Package number
    #[arg(long, value_name = "ID")]
    pub(super) package: Option<String>,
    /// Tracking number of the label
    #[arg(long, value_name = "NUMBER")]
    pub(super) tracking: Option<String>,
}

impl IdArgs {
    /// As the library has them.
    pub(super) fn ids(&self) -> Ids {
        let given = |id: &Option<String>| {
            id.as_deref().map(str::trim).filter(|id| !id.is_empty()).map(str::to_owned)
        };
        Ids {
            order: given(&self.order),
            package: given(&self.package),
            tracking: given(&self.tracking),
        }
    }
}

/// What one parcel is worth and where it goes.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "The parcel")]
pub(super) struct ParcelArgs {
    /// What it is worth, as one figure
    #[arg(long, value_name = "AMOUNT", allow_negative_numbers = true, conflicts_with_all = ["product", "coupon", "shipping"])]
    pub(super) value: Option<String>,
    /// What the buyer paid for the goods
    #[arg(long, value_name = "AMOUNT", allow_negative_numbers = true)]
    product: Option<String>,
    /// The platform's coupons
    #[arg(long, value_name = "AMOUNT", allow_negative_numbers = true)]
    coupon: Option<String>,
    /// The shipping fee the buyer paid
    #[arg(long, value_name = "AMOUNT", allow_negative_numbers = true)]
    shipping: Option<String>,
    /// Country it leaves from [default: the plan's home]
    #[arg(long, value_name = "COUNTRY", value_parser = country)]
    from: Option<Country>,
    /// Country it goes to [default: the plan's home]
    #[arg(long, value_name = "COUNTRY", value_parser = country)]
    to: Option<Country>,
    /// The carrier
    #[arg(long, value_name = "NAME")]
    carrier: Option<String>,
    /// The carrier's service
    #[arg(long, value_name = "NAME")]
    service: Option<String>,
    /// How it is handed over, in the plan's words, such as drop-box (insure plan show lists them)
    #[arg(long, value_name = "HOW", value_delimiter = ',', value_parser = shipped)]
    shipped: Vec<String>,
    /// The kind of goods
    #[arg(long, value_name = "CATEGORY")]
    goods: Option<String>,
    /// What is in it, in your words
    #[arg(long, value_name = "TEXT")]
    contents: Option<String>,
    /// Whose label: platform-label, seller-label or platform-warehouse (FBT)
    /// [default: platform-label]
    #[arg(long, value_name = "KIND", value_parser = fulfilment)]
    fulfilment: Option<Fulfilment>,
    /// The day it is handed to the carrier
    #[arg(long, value_name = "DATE", value_parser = parse_day)]
    ship_date: Option<Day>,
}

impl ParcelArgs {
    /// Whether it is stated whose label it is.
    pub(super) fn states_fulfilment(&self) -> bool {
        self.fulfilment.is_some()
    }

    /// As the library has it.
    pub(super) fn parcel(&self, ids: Ids, currency: Currency) -> Result<Parcel, Error> {
        let value = match (&self.value, &self.product) {
            (Some(value), _) => ValueParts::stated(stated_amount("--value", value, currency)?),
            (None, Some(product)) => {
                let part = |flag, text: &Option<String>| match text {
                    Some(text) => stated_amount(flag, text, currency),
                    None => Ok(Money::zero(currency)),
                };
                ValueParts {
                    product: stated_amount("--product", product, currency)?,
                    coupon: part("--coupon", &self.coupon)?,
                    shipping: part("--shipping", &self.shipping)?,
                }
            }
            (None, None) => {
                return Err(Error::usage(
                    "what the parcel is worth is not stated",
                    "add --value AMOUNT, or --product AMOUNT with --coupon and --shipping",
                ));
            }
        };
        Ok(Parcel {
            ids,
            from: self.from,
            to: self.to,
            carrier: self.carrier.clone(),
            service: self.service.clone(),
            shipped: self.shipped.clone(),
            goods: self.goods.clone(),
            contents: self.contents.clone(),
            fulfilment: self.fulfilment.unwrap_or_default(),
            ship_date: self.ship_date,
            ..Parcel::of_value(value)
        })
    }
}

/// An amount given with a flag.
pub(super) fn amount(flag: &str, text: &str, currency: Currency) -> Result<Money, Error> {
    Money::parse(text, currency).map_err(|why| {
        Error::usage(
            format!("{flag}: {why}"),
            format!("write it in {currency}, for example {flag} {}", example(currency)),
        )
    })
}

/// An amount as this currency writes it: `450.00`, `450`.
fn example(currency: Currency) -> String {
    let amount = Money::from_decimal(450.into(), currency, Rounding::HalfUp);
    amount.unwrap_or(Money::zero(currency)).digits()
}

/// An amount given with a flag beside which `--currency` stands.
fn stated_amount(flag: &str, text: &str, currency: Currency) -> Result<Money, Error> {
    match Money::parse(text, currency) {
        Err(why @ MoneyError::Other { named, .. }) => Err(in_another(flag, &why, named)),
        _ => amount(flag, text, currency),
    }
}

/// An amount that names another currency than the one it is expected in.
fn in_another(flag: &str, why: &MoneyError, named: Currency) -> Error {
    Error::usage(
        format!("{flag}: {why}"),
        format!(
            "name the currency of all amounts with --currency {named}, and leave it out of them"
        ),
    )
}

/// The cover asked for with `--cover`.
pub(super) fn cover(text: &str, currency: Currency) -> Result<CoverChoice, Error> {
    CoverChoice::parse(text, currency).map_err(|why| match why {
        MoneyError::Other { named, .. } => in_another("--cover", &why, named),
        _ => Error::usage(
            format!("--cover: {why}"),
            format!(
                "write --cover included, --cover full, or an amount such as --cover {}",
                example(currency)
            ),
        ),
    })
}

/// A country as files name it too.
pub(super) fn country(text: &str) -> Result<Country, String> {
    intake::country(text.trim()).ok_or_else(|| {
        "expected a country: two letters such as DE, or its English name such as Germany".to_owned()
    })
}

fn shipped(text: &str) -> Result<String, String> {
    hyphened(text).ok_or_else(|| "expected a word such as drop-box".to_owned())
}

fn fulfilment(text: &str) -> Result<Fulfilment, String> {
    Fulfilment::from_word(text).ok_or_else(Fulfilment::expected)
}
