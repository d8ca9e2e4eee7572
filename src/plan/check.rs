//! What serde cannot see: days in order, bands without gap or overlap, amounts the currency has,
//! words that stand for something.

use std::collections::BTreeMap;

use super::clause::ListedClause;
use super::cover::{Limit, Premium};
use super::incident::{IncidentTerms, WindowRule};
use super::place::Place;
use super::read::Problem;
use super::terms::{Plan, Source, Version};
use super::values::Amount;
use super::when::{Cases, Conditional, When};
use crate::calendar::Holidays;
use crate::words::nearest;

/// Everything that is wrong with a plan, but for what is absent from its file.
pub(super) fn plan(plan: &Plan, absent: &[Place]) -> Vec<Problem> {
    let mut found = Problems { plan, absent, all: Vec::new() };
    let id_ok = !plan.id.is_empty()
        && plan.id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    if !id_ok {
        found.say("id", "expected lower-case letters, digits and hyphens");
    }
    if plan.id == super::ALL_PLANS {
        found.say("id", "it stands for all plans in commands, expected another one");
    }
    if plan.versions.is_empty() {
        found.say("version", "expected at least one [[version]]");
    }
    for (at, pair) in plan.versions.windows(2).enumerate() {
        if pair[0].effective >= pair[1].effective
            && !found.is_absent(&format!("version.{at}.effective"))
        {
            found.say(
                &format!("version.{}.effective", at + 1),
                &format!(
                    "{} stands after {}: expected versions in order of their effective day, none twice",
                    pair[1].effective, pair[0].effective
                ),
            );
        }
    }
    for (name, calendar) in &plan.calendars {
        for (at, day) in calendar.holidays.iter().enumerate() {
            if super::values::to_day(*day).is_none() {
                let place = format!("calendars.{name}.holidays.{at}");
                found.say(&place, "expected a day such as 2026-12-25, without a time");
            }
        }
    }
    for (at, version) in plan.versions.iter().enumerate() {
        found.version(&format!("version.{at}"), version);
    }
    found.all
}

/// Clauses whose source the plan does not list, where it lists any.
pub(super) fn sources(
    known: &BTreeMap<String, Source>,
    clauses: &[(Place, ListedClause)],
    absent: &[Place],
) -> Vec<Problem> {
    let is_absent = |place: &Place| absent.iter().any(|absent| place.is_within(absent));
    if is_absent(&Place::of("sources")) {
        return Vec::new();
    }
    let names = || known.keys().map(String::as_str).collect::<Vec<_>>().join(", ");
    let unknown = |(_, clause): &&(Place, ListedClause)| !known.contains_key(&clause.source);
    clauses
        .iter()
        .filter(unknown)
        .filter(|(place, _)| !is_absent(&place.then("source")))
        .map(|(place, clause)| {
            let message = format!(
                "source `{}` of clause `{}` is not among the plan's sources ({}){}",
                clause.source,
                clause.id,
                names(),
                meant(&clause.source, known.keys())
            );
            (place.then("source"), message)
        })
        .collect()
}

/// As a question at the end of a message, where a word is near to a known one.
fn meant<'w>(word: &str, known: impl Iterator<Item = &'w String>) -> String {
    nearest(word, known.map(String::as_str))
        .map_or_else(String::new, |near| format!(", did you mean `{near}`?"))
}

struct Problems<'p> {
    plan: &'p Plan,
    /// Places that are missing in the file: whatever the plan has there is none of it.
    absent: &'p [Place],
    all: Vec<Problem>,
}

impl Problems<'_> {
    fn say(&mut self, place: &str, message: &str) {
        if !self.is_absent(place) {
            self.all.push((Place::of(place), message.to_owned()));
        }
    }

    fn is_absent(&self, place: &str) -> bool {
        let place = Place::of(place);
        self.absent.iter().any(|absent| place.is_within(absent))
    }

    fn version(&mut self, at: &str, version: &Version) {
        if version.published > version.effective && !self.is_absent(&format!("{at}.effective")) {
            // Terms may take effect at once, or be dated back; they are never in force unwritten.
            self.say(
                &format!("{at}.published"),
                &format!(
                    "published on {}, after it took effect on {}: expected the same day or an earlier one",
                    version.published, version.effective
                ),
            );
        }
        self.amount(&format!("{at}.included.amount"), Some(version.included.amount));
        let maximum = version.maximum.amount;
        self.amount(&format!("{at}.maximum.amount"), maximum);
        if maximum.is_some_and(|maximum| maximum < version.included.amount)
            && !self.is_absent(&format!("{at}.included.amount"))
        {
            let message = format!(
                "a maximum of {} is below the included cover of {}",
                maximum.unwrap_or_default(),
                version.included.amount
            );
            self.say(&format!("{at}.maximum.amount"), &message);
        }
        for (n, Limit { amount, when, .. }) in version.maximum.limits.iter().enumerate() {
            let place = format!("{at}.maximum.limits.{n}");
            self.amount(&format!("{place}.amount"), Some(*amount));
            self.when(&place, when, version);
        }
        self.cases(&format!("{at}.premium"), &version.premium, version, "a price");
        let single = version.premium.iter().len() == 1;
        for (n, premium) in version.premium.iter().enumerate() {
            let at =
                format!("{at}.premium{}", if single { String::new() } else { format!(".{n}") });
            self.premium(&at, premium);
        }
        if version.carriers.as_ref().is_some_and(|carriers| carriers.allowed.is_empty()) {
            self.say(&format!("{at}.carriers.allowed"), "expected at least one carrier");
        }
        if let Some(shipping) = &version.shipping
            && !self.is_absent(&format!("{at}.shipping.ways"))
            && !shipping.ways.contains_key(&shipping.default)
        {
            let ways: Vec<&str> = shipping.ways.keys().map(String::as_str).collect();
            let message = format!("expected one of the ways: {}", ways.join(", "));
            self.say(&format!("{at}.shipping.default"), &message);
        }
        if let Some(claimant) = &version.claimant {
            self.cases(&format!("{at}.claimant"), claimant, version, "a claimant");
        }
        let calendars = [
            ("decision", version.decision.as_ref().and_then(|d| d.calendar.as_deref())),
            ("payment", version.payment.as_ref().and_then(|p| p.calendar.as_deref())),
        ];
        for (clause, calendar) in calendars {
            self.calendar(&format!("{at}.{clause}.calendar"), calendar);
        }
        if let Some(compensation) = &version.compensation {
            self.amount(&format!("{at}.compensation.first"), compensation.first);
            let needs = compensation.form == super::Form::Excess;
            if needs != compensation.first.is_some() {
                let message = "`first` goes with form \"excess\": expected the first amount, which is the carrier's";
                self.say(&format!("{at}.compensation.form"), message);
            }
        }
        for (n, exclusion) in version.exclusions.iter().enumerate() {
            let word = &exclusion.fact;
            let fits = word.bytes().all(|b| b.is_ascii_lowercase() || b == b'-')
                && !word.is_empty()
                && crate::claim::Fact::from_word(word).is_none();
            if !fits {
                let message = "expected a word of its own in lower case, such as packaging-intact";
                self.say(&format!("{at}.exclusions.{n}.fact"), message);
            }
        }
        for (incident, terms) in &version.incident {
            self.incident(&format!("{at}.incident.{}", incident.word()), terms, version);
        }
    }

    fn premium(&mut self, at: &str, premium: &Premium) {
        self.amount(&format!("{at}.rounded-to"), premium.rounded_to);
        if premium.rounded_to.is_some_and(|unit| unit == Amount::ZERO) {
            self.say(&format!("{at}.rounded-to"), "expected more than zero");
        }
        for (n, band) in premium.bands.iter().enumerate() {
            let at = if premium.banded { format!("{at}.bands.{n}") } else { at.to_owned() };
            if let super::Price::Unit { per, .. } = band.price {
                self.amount(&format!("{at}.per"), Some(per));
                if per == Amount::ZERO {
                    self.say(&format!("{at}.per"), "expected more than zero");
                }
            }
            if let super::Price::Flat(amount) = band.price {
                self.amount(&format!("{at}.flat"), Some(amount));
            }
            for (key, amount) in [("minimum", band.minimum), ("maximum", band.maximum)] {
                self.amount(&format!("{at}.{key}"), amount);
            }
            if band.minimum.zip(band.maximum).is_some_and(|(least, most)| most < least) {
                self.say(&format!("{at}.maximum"), "expected no less than the minimum");
            }
        }
        if premium.banded {
            let edges = premium.bands.iter().map(|band| (band.above, band.up_to));
            self.bands(&format!("{at}.bands"), &edges.collect::<Vec<_>>());
        }
    }

    /// Bands follow each other from zero on without gap or overlap, the last without end.
    fn bands(&mut self, at: &str, edges: &[(Amount, Option<Amount>)]) {
        let mut reached = Some(Amount::ZERO);
        for (n, (above, up_to)) in edges.iter().enumerate() {
            let place = format!("{at}.{n}");
            match reached {
                None => self
                    .say(&place, "overlap: the band before has no end, expected it to be the last"),
                Some(end) if *above > end => self.say(
                    &format!("{place}.above"),
                    &format!(
                        "gap: nothing is said of {end} to {above}, expected above = \"{end}\""
                    ),
                ),
                Some(end) if *above < end => self.say(
                    &format!("{place}.above"),
                    &format!("overlap: the band before reaches {end}, expected above = \"{end}\""),
                ),
                _ => {}
            }
            if up_to.is_some_and(|up_to| up_to <= *above) {
                self.say(&format!("{place}.up-to"), &format!("expected more than {above}"));
            }
            self.amount(&format!("{place}.above"), Some(*above));
            self.amount(&format!("{place}.up-to"), *up_to);
            reached = *up_to;
        }
        if let Some(end) = reached {
            let last = format!("{at}.{}.up-to", edges.len().saturating_sub(1));
            self.say(
                &last,
                &format!("gap: nothing is said above {end}, expected a last band without up-to"),
            );
        }
    }

    fn incident(&mut self, at: &str, terms: &IncidentTerms, version: &Version) {
        match (&terms.pays, terms.covered) {
            (None, true) => self.say(at, "expected `pays`: what is paid for it"),
            (Some(_), false) => {
                self.say(&format!("{at}.pays"), "it is not covered, so nothing is paid");
            }
            _ => {}
        }
        if let Some(window) = &terms.window {
            self.cases(&format!("{at}.window"), window, version, "a window");
            let single = window.iter().len() == 1;
            for (n, rule) in window.iter().enumerate() {
                let place = if single { String::new() } else { format!(".{n}") };
                self.window(&format!("{at}.window{place}"), rule);
            }
        }
        if let Some(pays) = &terms.pays {
            self.cases(&format!("{at}.pays"), pays, version, "what is paid");
            let single = pays.iter().len() == 1;
            for (n, pays) in pays.iter().enumerate() {
                let place = if single { String::new() } else { format!(".{n}") };
                let at = format!("{at}.pays{place}");
                self.amount(&format!("{at}.deductible"), pays.deductible);
                self.amount(&format!("{at}.at-most"), pays.at_most);
                if pays.lowest_of.is_empty() {
                    self.say(&format!("{at}.lowest-of"), "expected at least one measure");
                }
                if !pays.tiers.is_empty() {
                    let edges = pays.tiers.iter().map(|tier| (tier.above, tier.up_to));
                    self.bands(&format!("{at}.tiers"), &edges.collect::<Vec<_>>());
                }
            }
        }
        for (n, rule) in terms.evidence.iter().enumerate() {
            self.when(&format!("{at}.evidence.{n}"), &rule.when, version);
            if rule.dated.is_some() && terms.waiting.is_none() {
                let message = "there is no waiting period it could be dated after";
                self.say(&format!("{at}.evidence.{n}.dated"), message);
            }
        }
    }

    fn window(&mut self, at: &str, rule: &WindowRule) {
        let counts = [
            ("`days`", rule.days),
            ("`months`", rule.months),
            ("`business-days`", rule.business_days),
        ];
        let stated: Vec<&str> =
            counts.iter().filter(|(_, count)| count.is_some()).map(|(key, _)| *key).collect();
        match stated.as_slice() {
            [] => self.say(at, "expected one of `days`, `months`, `business-days`"),
            [_] => {}
            several => self.say(at, &format!("expected only one of {}", several.join(", "))),
        }
        if rule.inclusive && rule.span().count == 0 {
            self.say(
                &format!("{at}.inclusive"),
                "none of no days is the first: expected one day or more",
            );
        }
        if rule.calendar.is_some() && rule.business_days.is_none() {
            self.say(&format!("{at}.calendar"), "holidays only matter to `business-days`");
        }
        self.calendar(&format!("{at}.calendar"), rule.calendar.as_deref());
    }

    fn cases<T: Conditional>(&mut self, at: &str, cases: &Cases<T>, version: &Version, what: &str) {
        if !cases.is_total() {
            let message = format!(
                "some parcels have no case here: expected {what} without `when`, or one for each route"
            );
            self.say(at, &message);
        }
        let single = cases.iter().len() == 1;
        for (n, case) in cases.iter().enumerate() {
            let at = if single { at.to_owned() } else { format!("{at}.{n}") };
            self.when(&at, case.when(), version);
            if case.when().is_always() && n + 1 < cases.iter().len() {
                self.say(&at, "it fits every parcel, so the cases after it never count");
            }
        }
    }

    fn when(&mut self, at: &str, when: &When, version: &Version) {
        let ways = version.shipping.as_ref().map(|shipping| &shipping.ways);
        for way in &when.shipped {
            if !ways.is_some_and(|ways| ways.contains_key(way)) {
                let known = ways.into_iter().flat_map(|ways| ways.keys());
                let all: Vec<&str> = known.clone().map(String::as_str).collect();
                let message = format!(
                    "`{way}` is not among the ways of [version.shipping] ({}){}",
                    if all.is_empty() { "there are none".to_owned() } else { all.join(", ") },
                    meant(way, known)
                );
                self.say(&format!("{at}.when.shipped"), &message);
            }
        }
    }

    fn amount(&mut self, at: &str, amount: Option<Amount>) {
        if self.is_absent("currency") {
            return;
        }
        if let Some(Err(why)) = amount.map(|amount| amount.of(self.plan.currency)) {
            self.say(at, &why.to_string());
        }
    }

    fn calendar(&mut self, at: &str, name: Option<&str>) {
        if self.plan.holidays(name).is_none() {
            let own = self.plan.calendars.keys().map(String::as_str);
            let known: Vec<&str> = own.chain(Holidays::names().iter().copied()).collect();
            let near = name.and_then(|name| nearest(name, known.iter().copied()));
            let message = format!(
                "no such calendar: expected one of {} ([calendars] of the plan may add others){}",
                known.join(", "),
                near.map_or_else(String::new, |near| format!(", did you mean `{near}`?"))
            );
            self.say(at, &message);
        }
    }
}
