//! How a decision explains itself: steps, refusals, assumptions.

use serde::Serialize;

use crate::plan::{Clause, Confidence};

/// One step of a decision: which rule, by which clause and source, from what to what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Step {
    /// The rule, in one word: `included_cover`.
    pub rule: &'static str,
    /// The clause's place in the plan's version.
    pub clause: String,
    /// The short name of the clause's source.
    pub source: String,
    /// What the rule was applied to.
    pub before: String,
    /// What came out.
    pub after: String,
    /// The clause in words.
    pub text: String,
    /// How sure the clause is.
    pub confidence: Confidence,
}

/// The steps of a decision. A trace that is off costs nothing: a million rows are priced without.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Trace(Option<Vec<Step>>);

impl Trace {
    /// A trace that keeps its steps.
    pub fn on() -> Trace {
        Trace(Some(Vec::new()))
    }

    /// A trace that keeps nothing.
    pub fn off() -> Trace {
        Trace(None)
    }

    /// One or the other.
    pub fn only_if(wanted: bool) -> Trace {
        if wanted { Trace::on() } else { Trace::off() }
    }

    /// Keeps a step; what it says is only made where the trace is on.
    pub fn step(
        &mut self,
        rule: &'static str,
        clause: Clause<'_>,
        what: impl FnOnce() -> (String, String),
    ) {
        if let Some(steps) = &mut self.0 {
            let (before, after) = what();
            steps.push(Step {
                rule,
                clause: clause.id.to_owned(),
                source: clause.source.to_owned(),
                before,
                after,
                text: clause.text.to_owned(),
                confidence: clause.confidence,
            });
        }
    }

    /// The figures among them that no source says, each once.
    pub fn assumed(&self) -> Vec<Assumed> {
        let mut found: Vec<Assumed> = Vec::new();
        for step in self.steps().iter().filter(|step| step.confidence.is_unsourced()) {
            if found.iter().all(|known| known.figure != step.clause) {
                found.push(Assumed {
                    figure: step.clause.clone(),
                    value: format!("{} -> {}", step.before, step.after),
                    confidence: step.confidence,
                    text: step.text.clone(),
                });
            }
        }
        found
    }

    /// The steps.
    pub fn steps(&self) -> &[Step] {
        self.0.as_deref().unwrap_or_default()
    }
}

/// What the terms do not allow: a stable code, a sentence, the clause, and what would change it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Refusal {
    /// Stable, in snake case: `label_exists`.
    pub code: &'static str,
    /// The reason, with the parcel's own facts.
    pub reason: String,
    /// The clause's place in the plan's version.
    pub clause: String,
    /// The short name of the clause's source.
    pub source: String,
    /// The clause in words.
    pub text: String,
    /// What would change it, if anything does.
    pub remedy: Option<String>,
}

impl Refusal {
    /// Refused by this clause.
    pub fn by(clause: Clause<'_>, code: &'static str, reason: String) -> Refusal {
        Refusal {
            code,
            reason,
            clause: clause.id.to_owned(),
            source: clause.source.to_owned(),
            text: clause.text.to_owned(),
            remedy: None,
        }
    }

    /// And this would change it.
    pub fn unless(mut self, remedy: impl Into<String>) -> Refusal {
        self.remedy = Some(remedy.into());
        self
    }
}

/// A figure that rests on no published source, where it mattered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Assumed {
    /// Its place in the plan's version: `premium.rate`.
    pub figure: String,
    /// Its value in words.
    pub value: String,
    /// `assumed`, or `yours` where the user set it.
    pub confidence: Confidence,
    /// Why it is what it is.
    pub text: String,
}

impl Assumed {
    /// How sure the figure is, and the figure: `assumed: 0.75 for every 100.00 or part of it`.
    pub fn told(&self) -> String {
        format!("{}: {}", self.confidence.word(), self.value)
    }
}
