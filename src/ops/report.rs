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

/// Counts every policy in scope. Where the ledger's copy of a plan cannot be read, its parcels are
/// counted without its threshold and its home; the report has their number.
///
/// # Errors
/// The ledger cannot be read, or a sum is too large.
pub fn report(ledger: &Ledger, scope: &ReportScope, today: Day) -> Result<Report, Error> {
    let mut tally = Tally::new(today, scope.late_after);
    let mut plans = Plans::default();
    ledger.count(&scope.days, &mut tally, |tally, terms, lane| {
        placed(tally, scope, plans.of(terms).as_deref(), terms, lane)
    })?;
    tally.finish().map_err(|why| Error::Usage { message: why.to_string(), hint: None })
}

/// Where parcels of these terms on this lane are counted, if they are in scope.
fn placed(
    tally: &mut Tally,
    scope: &ReportScope,
    plan: Option<&Plan>,
    terms: &RecordedTerms,
    lane: &Lane,
) -> Option<Place> {
    let home = plan.map(|plan| plan.home);
    let (from, to) = (lane.from.or(home), lane.to.or(home));
    let carrier = lane.carrier.as_deref();
    let in_scope = scope.plan.as_ref().is_none_or(|id| *id == terms.plan)
        && scope.to.is_none_or(|wanted| Some(wanted) == to)
        && scope.carrier.as_ref().is_none_or(|wanted| is_carrier(carrier, wanted));
    let words = Words {
        plan: &terms.plan,
        carrier,
        from: from.as_ref().map(Country::code),
        to: to.as_ref().map(Country::code),
        late_after: plan.zip(from.zip(to)).and_then(|(plan, on)| late_after(plan, terms, on)),
        terms_unread: plan.is_none(),
    };
    in_scope.then(|| tally.place(terms.currency, &words))
}

/// Whether this is the carrier that is meant, in either case.
pub(super) fn is_carrier(carrier: Option<&str>, wanted: &str) -> bool {
    carrier.is_some_and(|carrier| carrier.to_lowercase() == wanted.to_lowercase())
}

/// The threshold from which the terms speak of a delay, where they do.
fn late_after(
    plan: &Plan,
    recorded: &RecordedTerms,
    (from, to): (Country, Country),
) -> Option<u32> {
    let version = plan.versions.iter().find(|version| version.effective == recorded.version)?;
    let delay = version.incident.get(&Incident::Delay).filter(|delay| delay.covered)?;
    let nothing = ValueParts::stated(Money::zero(recorded.currency));
    let parcel = Parcel { from: Some(from), to: Some(to), ..Parcel::of_value(nothing) };
    Some(waiting_days(Terms { plan, version }, delay.waiting.as_ref()?, &parcel))
}

/// Plans as they were when their policies were recorded, each text read once.
#[derive(Default)]
struct Plans {
    plans: HashMap<String, Option<Rc<Plan>>>,
}

impl Plans {
    /// None where the text cannot be read.
    fn of(&mut self, terms: &RecordedTerms) -> Option<Rc<Plan>> {
        if let Some(plan) = self.plans.get(&terms.toml) {
            return plan.clone();
        }
        let name = format!("the ledger's copy of plan {}", terms.plan);
        let plan = read(&name, &terms.toml).ok().map(Rc::new);
        self.plans.insert(terms.toml.clone(), plan.clone());
        plan
    }
}
