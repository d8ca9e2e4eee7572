//! Other currencies than the plan's: in which one amounts are stated, and at which rates they are
//! converted.

use std::io;

use super::Session;
use crate::calendar::{Day, parse_day};
use crate::error::Error;
use crate::exchange::{Exchange, Exchanges};
use crate::money::{Currency, Rate, grouped};
use crate::ops::{RatesUsed, TermsInForce};
use crate::parcel::{Parcel, Stated};
use crate::plan::Loaded;

/// The source of a rate that was typed.
const TYPED: &str = "--fx";

#[derive(Debug, Clone, clap::Args)]
#[command(next_help_heading = "Another currency")]
pub(super) struct FxArgs {
    /// Currency of the amounts given here, and of those in a file that name none [default: the plan's]
    #[arg(long, value_name = "CODE", value_parser = currency)]
    pub(super) currency: Option<Currency>,
    /// What one CODE is in the plan's currency: EUR=1.0850 for a plan in USD says that 1 EUR is 1.0850 USD.
    /// With its day EUR=1.0850@2026-11-20; may be repeated
    #[arg(long, value_name = "CODE=RATE[@DATE]", value_parser = typed)]
    fx: Vec<Typed>,
}

/// A rate as it was typed: `EUR=1.0850`, `EUR/USD=1.0850@2026-11-20`.
#[derive(Debug, Clone)]
struct Typed {
    text: String,
    from: Currency,
    to: Option<Currency>,
    rate: Rate,
    on: Option<Day>,
}

impl FxArgs {
    /// The terms of the chosen plan, with the rates that are stated here and in the configuration.
    pub(super) fn terms(&self, session: &Session<'_>) -> Result<TermsInForce, Error> {
        self.rates_for(session.terms()?, session)
    }

    /// The terms of several plans, each with the rates into its own currency.
    pub(super) fn terms_of_all(
        &self,
        plans: Vec<Loaded>,
        session: &Session<'_>,
    ) -> Result<Vec<TermsInForce>, Error> {
        let plans = plans.into_iter().map(TermsInForce::new);
        let each = |terms: TermsInForce| {
            let into = terms.plan().currency;
            let fits = |typed: &&Typed| typed.from != into && typed.to.is_none_or(|to| to == into);
            let fx = self.fx.iter().filter(fits).cloned().collect();
            FxArgs { currency: self.currency, fx }.rates_for(terms, session)
        };
        let all: Vec<TermsInForce> = plans.map(each).collect::<Result<_, _>>()?;
        for typed in self.fx.iter().filter(|typed| typed.to.is_none()) {
            let mut into = all.iter().map(|t| t.plan().currency).filter(|into| *into != typed.from);
            let first = into.next();
            if let (Some(first), Some(other)) = (first, into.find(|into| Some(*into) != first)) {
                return Err(Error::usage(
                    format!("--fx {}: plans in {first} and in {other} are compared", typed.text),
                    format!("name both currencies: --fx {}/{first}=RATE", typed.from),
                ));
            }
        }
        Ok(all)
    }

    /// Terms with the rates into their currency.
    fn rates_for(&self, terms: TermsInForce, session: &Session<'_>) -> Result<TermsInForce, Error> {
        let (plan, today) = (terms.plan(), session.today);
        let mut stated: Vec<Exchange> = Vec::with_capacity(self.fx.len());
        for typed in &self.fx {
            let exchange = typed.exchange(&plan.id, plan.currency, today)?;
            if stated.iter().any(|known| known.from == exchange.from) {
                return Err(Error::usage(
                    format!("--fx {}: a rate for {} is stated already", typed.text, exchange.from),
                    "state one rate a currency; rates of several days belong in config.toml, as [[fx]]",
                ));
            }
            stated.push(exchange);
        }
        let rates = Exchanges::new(stated, session.config.rates.clone());
        Ok(terms.with_rates(rates))
    }

    /// The currency of amounts that name none.
    pub(super) fn currency(&self, terms: &TermsInForce) -> Currency {
        self.currency.unwrap_or(terms.plan().currency)
    }
}

impl Typed {
    fn exchange(&self, plan: &str, plans: Currency, today: Day) -> Result<Exchange, Error> {
        let Typed { text, from, to, rate, on } = self;
        let wrong =
            |why: String, hint: String| Err(Error::usage(format!("--fx {text}: {why}"), hint));
        let to = to.unwrap_or(plans);
        if to != plans {
            return wrong(
                format!("{plan} reckons in {plans}, and this is what 1 {from} is in {to}"),
                format!("state what one unit of the other currency is in {plans}"),
            );
        }
        if *from == to {
            return wrong(
                format!("{plan} reckons in {plans} already"),
                format!("state what one unit of another currency is in {plans}"),
            );
        }
        let on = on.unwrap_or(today);
        if on > today {
            return wrong(
                format!("{on} is in the future, today is {today}"),
                "give the day on which the rate was so".to_owned(),
            );
        }
        Ok(Exchange { from: *from, to, rate: *rate, on, source: TYPED.to_owned() })
    }
}

/// Says on stderr what a file's parcels were converted at.
pub(super) fn note_conversions(rates: &RatesUsed, session: &mut Session<'_>) -> io::Result<()> {
    told(rates).iter().try_for_each(|line| session.note(&format!("converted: {line}")))
}

/// Says once for each rate that is old that it is, on stderr.
pub(super) fn note_old_rates(rates: &RatesUsed, session: &mut Session<'_>) -> Result<(), Error> {
    for used in rates.iter().filter(|used| used.is_old()) {
        let at = &used.at;
        session.note(&format!(
            "note: the rate {} is {} days old, a newer one can be stated with --fx {}=RATE",
            at.told(),
            used.age,
            at.from
        ))?;
    }
    Ok(())
}

/// What a file's parcels were converted at, a rate after the other.
pub(super) fn told(rates: &RatesUsed) -> Vec<String> {
    let parcels = |count: u64| match count {
        1 => "1 parcel".to_owned(),
        many => format!("{} parcels", grouped(&many.to_string())),
    };
    rates.iter().map(|used| format!("{} at {}", parcels(used.parcels), used.at.told())).collect()
}

/// What a parcel was stated to be worth, where that was converted: `450.00 EUR at 1 EUR = 1.0850 USD
/// (2026-11-20, ECB reference rate)`. Which way round the rate is stands there to be checked.
pub(super) fn stated(parcel: &Parcel) -> String {
    let told = |stated: &Stated| format!("{} at {}", stated.value, stated.at.told());
    parcel.stated.as_deref().map(told).unwrap_or_default()
}

fn currency(code: &str) -> Result<Currency, String> {
    Currency::from_code(code.trim()).ok_or_else(|| {
        format!("`{code}` is not a currency known here, expected an ISO 4217 code such as EUR")
    })
}

fn typed(text: &str) -> Result<Typed, String> {
    let expected = || "expected CODE=RATE, such as EUR=1.0850 or EUR=1.0850@2026-11-20".to_owned();
    let (pair, rest) = text.split_once('=').ok_or_else(expected)?;
    let (from, to) = match pair.split_once('/') {
        Some((from, to)) => (from, Some(currency(to)?)),
        None => (pair, None),
    };
    let (rate, on) = match rest.split_once('@') {
        Some((rate, on)) => (rate, Some(parse_day(on)?)),
        None => (rest, None),
    };
    let (from, rate) = (currency(from)?, Exchange::parse_rate(rate)?);
    Ok(Typed { text: text.to_owned(), from, to, rate, on })
}
