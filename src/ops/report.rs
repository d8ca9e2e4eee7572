//! What cover cost and what it paid, over all policies of a ledger.

use std::collections::HashMap;
use std::rc::Rc;

use crate::calendar::Day;
use crate::claim::Incident;
use crate::error::Error;
use crate::ledger::{Days, Lane, Ledger, RecordedTerms};
use crate::money::Money;
use crate::parcel::{Country, Parcel, ValueParts};
use crate::plan::{Plan, read};
use crate::report::{Place, Report, Tally, Words};
use crate::rules::{Terms, waiting_days};

/// Which parcels a report is of; every condition given must hold.
#[derive(Debug, Clone, Default)]
pub struct ReportScope {
    /// The plan's id.
    pub plan: Option<String>,
    /// The carrier, in either case.
    pub carrier: Option<String>,
    /// The country they go to: the plan's home where none was stated.
    pub to: Option<Country>,
    /// Days they were shipped and recorded.
    pub days: Days,
    /// Days after which a delivered parcel was late, whatever its plan says.
    pub late_after: Option<u32>,
}

/// Counts every policy in scope.
///
/// # Errors
/// The ledger cannot be read, its copy of a plan neither, or a sum is too large.
pub fn report(ledger: &Ledger, scope: &ReportScope, today: Day) -> Result<Report, Error> {
    let mut tally = Tally::new(today, scope.late_after);
    let mut plans = Plans::default();
    let mut broken = None;
    ledger.count(&scope.days, &mut tally, |tally, terms, lane| {
        if broken.is_some() {
            return None;
        }
        plans.of(terms).map_or_else(
            |why| {
                broken = Some(why);
                None
            },
            |plan| placed(tally, scope, &plan, terms, lane),
        )
    })?;
    match broken {
        Some(why) => Err(why),
        None => tally.finish().map_err(|why| Error::Usage { message: why.to_string(), hint: None }),
    }
}

/// Where parcels of these terms on this lane are counted, if they are in scope.
fn placed(
    tally: &mut Tally,
    scope: &ReportScope,
    plan: &Plan,
    terms: &RecordedTerms,
    lane: &Lane,
) -> Option<Place> {
    let from = lane.from.unwrap_or(plan.home);
    let to = lane.to.unwrap_or(plan.home);
    let carrier = lane.carrier.as_deref();
    let in_scope = scope.plan.as_ref().is_none_or(|id| *id == terms.plan)
        && scope.to.is_none_or(|wanted| wanted == to)
        && scope.carrier.as_ref().is_none_or(|wanted| is_carrier(carrier, wanted));
    let words = Words {
        plan: &terms.plan,
        carrier,
        from: from.code(),
        to: to.code(),
        late_after: late_after(plan, terms, from, to),
    };
    in_scope.then(|| tally.place(terms.currency, &words))
}

/// Whether this is the carrier that is meant, in either case.
pub(super) fn is_carrier(carrier: Option<&str>, wanted: &str) -> bool {
    carrier.is_some_and(|carrier| carrier.to_lowercase() == wanted.to_lowercase())
}

/// The threshold from which the terms speak of a delay, where they do.
fn late_after(plan: &Plan, recorded: &RecordedTerms, from: Country, to: Country) -> Option<u32> {
    let version = plan.versions.iter().find(|version| version.effective == recorded.version)?;
    let delay = version.incident.get(&Incident::Delay).filter(|delay| delay.covered)?;
    let nothing = ValueParts::stated(Money::zero(recorded.currency));
    let parcel = Parcel { from: Some(from), to: Some(to), ..Parcel::of_value(nothing) };
    Some(waiting_days(Terms { plan, version }, delay.waiting.as_ref()?, &parcel))
}

/// Plans as they were when their policies were recorded, each text read once.
#[derive(Default)]
struct Plans {
    plans: HashMap<String, Rc<Plan>>,
}

impl Plans {
    fn of(&mut self, terms: &RecordedTerms) -> Result<Rc<Plan>, Error> {
        if let Some(plan) = self.plans.get(&terms.toml) {
            return Ok(Rc::clone(plan));
        }
        let name = format!("the ledger's copy of plan {}", terms.plan);
        let plan = Rc::new(read(&name, &terms.toml)?);
        self.plans.insert(terms.toml.clone(), Rc::clone(&plan));
        Ok(plan)
    }
}
