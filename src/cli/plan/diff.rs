//! `insure plan diff`: what is different between two plans, or between two versions of one.

use serde_json::{Value, json};

use super::show::{figures_as_json, figures_told, sourced};
use super::{by_id_or_file, replay, version_on};
use crate::calendar::{Day, parse_day};
use crate::cli::Session;
use crate::cli::view::{Cells, Row, Shape, document, folded, list};
use crate::error::{Error, Exit};
use crate::ops::ReplayCover;
use crate::plan::{Change, Difference, ListedClause, compare};
use crate::rules::Terms;

/// Say what is different between two plans, or between two versions of one.
///
/// With one plan: what changed from the terms in force on --from to those in force on --to. Clauses
/// are compared by their place in the plan: figures, words, and how sure they are.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  insure plan diff tiktok-upic plans/my-plan.toml
  insure plan diff my-plan --from 2026-01-01 --to 2026-07-01
  insure plan diff tiktok-upic my-plan --replay --format csv > replay.csv")]
pub(in crate::cli) struct Args {
    /// A plan: its id, or a file (a name with a slash or .toml at its end)
    #[arg(value_name = "PLAN")]
    first: String,
    /// The plan to compare it with
    #[arg(value_name = "OTHER", conflicts_with_all = ["from", "to"])]
    second: Option<String>,
    /// Compare the terms in force on this day [default: today]
    #[arg(long, value_name = "DATE", value_parser = parse_day, conflicts_with_all = ["from", "to"])]
    on: Option<Day>,
    /// With one plan: the earlier day [default: today]
    #[arg(long, value_name = "DATE", value_parser = parse_day)]
    from: Option<Day>,
    /// With one plan: the later day [default: today]
    #[arg(long, value_name = "DATE", value_parser = parse_day)]
    to: Option<Day>,
    /// Price the parcels recorded under the first plan again, under the other terms; csv and ndjson
    /// then have a row for each parcel
    #[arg(long)]
    replay: bool,
    /// The cover that is asked for in the replay: as it was chosen then, the included one, all of it,
    /// or as much as each parcel had [default: recorded]
    #[arg(
        long,
        value_name = "recorded|included|full|same",
        requires = "replay",
        value_parser = replay_cover
    )]
    cover: Option<ReplayCover>,
}

fn replay_cover(word: &str) -> Result<ReplayCover, String> {
    ReplayCover::from_word(word).ok_or_else(ReplayCover::expected)
}

pub(super) fn run(args: &Args, session: &mut Session<'_>) -> anyhow::Result<Exit> {
    let today = session.today;
    let first = by_id_or_file(&args.first, session)?;
    let (second, days) = match &args.second {
        Some(second) => {
            let day = args.on.unwrap_or(today);
            (by_id_or_file(second, session)?, (day, day))
        }
        None if args.from.is_none() && args.to.is_none() => {
            return Err(Error::usage(
                "there is one plan and nothing to compare it with",
                format!(
                    "name another plan, or two days: insure plan diff {} --from DATE --to DATE",
                    args.first
                ),
            )
            .into());
        }
        None => (first.clone(), (args.from.unwrap_or(today), args.to.unwrap_or(today))),
    };
    let terms = Compared {
        first: Terms { plan: &first.plan, version: version_on(&first.plan, days.0)? },
        second: Terms { plan: &second.plan, version: version_on(&second.plan, days.1)? },
    };
    let difference = compare(terms.first.version.clauses(), terms.second.version.clauses());
    if args.replay {
        let asked = args.cover.unwrap_or(ReplayCover::Recorded);
        return replay::run(terms, &difference, asked, session);
    }
    match session.format.shape() {
        Shape::Sheet => {
            let text = sheet(terms, &difference, session);
            session.world.stdout.write_all(text.as_bytes())?;
        }
        Shape::Document(layout) => {
            document(layout, session.world.stdout, &as_json(terms, &difference))?;
        }
        Shape::Csv => {
            let rows = difference.changes.iter().flat_map(rows);
            list(session.format, session.world.stdout, session.paint, rows)?;
        }
        Shape::Ids => {
            for change in &difference.changes {
                writeln!(session.world.stdout, "{}", change.clause())?;
            }
        }
    }
    Ok(Exit::Done)
}

/// The two that are compared.
#[derive(Clone, Copy)]
pub(super) struct Compared<'a> {
    pub(super) first: Terms<'a>,
    pub(super) second: Terms<'a>,
}

impl Compared<'_> {
    /// What each is called: the plan, or the day of its terms where both are one plan.
    pub(super) fn names(&self) -> (String, String) {
        let both = [self.first, self.second];
        let [first, second] = both.map(|terms| match self.first.plan.id == self.second.plan.id {
            true => terms.version.effective.to_string(),
            false => terms.plan.id.clone(),
        });
        if first == second {
            ("the first".to_owned(), "the second".to_owned())
        } else {
            (first, second)
        }
    }
}

pub(super) fn sheet(
    terms: Compared<'_>,
    difference: &Difference<'_>,
    session: &Session<'_>,
) -> String {
    let width = session.paint.width;
    let of = |terms: Terms<'_>| format!("{}, terms of {}", terms.plan.id, terms.version.effective);
    let head = format!("{} -> {}", of(terms.first), of(terms.second));
    let mut text = format!("{}\n", session.paint.heading(&head));
    for change in &difference.changes {
        if let Change::Changed { first, second, figures } = change {
            text.push_str(&format!("\n{}\n", first.id));
            let or_none = |figure: Option<&str>| figure.unwrap_or("-").to_owned();
            for figure in figures {
                let (before, after) = (or_none(figure.first), or_none(figure.second));
                text.push_str(&folded(&format!("{}: {before} -> {after}", figure.key), 2, width));
            }
            if first.confidence != second.confidence {
                let (before, after) = (first.confidence.word(), second.confidence.word());
                text.push_str(&format!("  confidence: {before} -> {after}\n"));
            }
            if first.text != second.text {
                text.push_str(&folded(&format!("words:  {}", first.text), 2, width));
                text.push_str(&folded(&format!("now:    {}", second.text), 2, width));
            }
        }
    }
    let (first_name, second_name) = terms.names();
    let only = |name: &str, clauses: Vec<&ListedClause>| {
        let mut text = String::new();
        if !clauses.is_empty() {
            text.push_str(&format!("\nOnly in {name}\n"));
        }
        for clause in clauses {
            text.push_str(&folded(&format!("{} ({})", clause.id, sourced(clause)), 2, width));
            text.push_str(&folded(&clause.text, 4, width));
            for figure in figures_told(clause) {
                text.push_str(&folded(&figure, 6, width));
            }
        }
        text
    };
    let changes = difference.changes.iter();
    let first_only = changes.clone().filter_map(|change| match change {
        Change::OnlyFirst(clause) => Some(*clause),
        _ => None,
    });
    text.push_str(&only(&first_name, first_only.collect()));
    let second_only = changes.filter_map(|change| match change {
        Change::OnlySecond(clause) => Some(*clause),
        _ => None,
    });
    text.push_str(&only(&second_name, second_only.collect()));
    text.push_str(&format!(
        "\n{}\n",
        match (difference.identical, difference.changes.is_empty()) {
            (_, true) => "Nothing is different.".to_owned(),
            (1, _) => "1 clause is the same.".to_owned(),
            (same, _) => format!("{same} clauses are the same."),
        }
    ));
    text
}

pub(super) fn as_json(terms: Compared<'_>, difference: &Difference<'_>) -> Value {
    let of =
        |terms: Terms<'_>| json!({ "plan": terms.plan.id, "version": terms.version.effective });
    let clause = |c: &ListedClause| json!({ "text": c.text, "figures": figures_as_json(c), "source": c.source, "confidence": c.confidence });
    let change = |change: &Change<'_>| {
        let (first, second) = match change {
            Change::OnlyFirst(first) => (Some(*first), None),
            Change::OnlySecond(second) => (None, Some(*second)),
            Change::Changed { first, second, .. } => (Some(*first), Some(*second)),
        };
        let differs: Vec<Value> = match change {
            Change::Changed { .. } => rows(change)
                .iter()
                .map(|r| json!({ "figure": r.figure, "before": r.before, "after": r.after }))
                .collect(),
            _ => Vec::new(),
        };
        json!({
            "clause": change.clause(),
            "change": word(change),
            "differs": differs,
            "before": first.map(clause),
            "after": second.map(clause),
        })
    };
    let changes: Vec<Value> = difference.changes.iter().map(change).collect();
    json!({
        "from": of(terms.first),
        "to": of(terms.second),
        "identical": difference.identical,
        "changes": changes,
    })
}

/// What happened to a clause on the way from the first to the second.
fn word(change: &Change<'_>) -> &'static str {
    match change {
        Change::OnlyFirst(_) => "removed",
        Change::OnlySecond(_) => "added",
        Change::Changed { .. } => "changed",
    }
}

/// One thing that is not the same: a figure, the words, the confidence; or a whole clause.
pub(super) struct DifferenceRow<'a> {
    clause: &'a str,
    change: &'static str,
    figure: &'a str,
    before: Option<&'a str>,
    after: Option<&'a str>,
}

/// What is not the same of a clause, one by one.
fn rows<'a>(change: &'a Change<'a>) -> Vec<DifferenceRow<'a>> {
    let row = |figure, before, after| DifferenceRow {
        clause: change.clause(),
        change: word(change),
        figure,
        before,
        after,
    };
    match change {
        Change::OnlyFirst(clause) => vec![row("text", Some(clause.text.as_str()), None)],
        Change::OnlySecond(clause) => vec![row("text", None, Some(clause.text.as_str()))],
        Change::Changed { first, second, figures } => {
            let mut all: Vec<_> = figures.iter().map(|f| row(f.key, f.first, f.second)).collect();
            let of = |first: &'a str, second: &'a str| (first != second).then_some((first, second));
            let sure = of(first.confidence.word(), second.confidence.word());
            all.extend(sure.map(|(a, b)| row("confidence", Some(a), Some(b))));
            all.extend(of(&first.text, &second.text).map(|(a, b)| row("text", Some(a), Some(b))));
            all
        }
    }
}

impl Row for DifferenceRow<'_> {
    const COLUMNS: &'static [&'static str] = &["clause", "change", "figure", "before", "after"];

    fn cells(&self, out: &mut dyn Cells) {
        out.text(self.clause);
        out.text(self.change);
        out.text(self.figure);
        out.text_or_none(self.before);
        out.text_or_none(self.after);
    }

    fn id(&self) -> String {
        self.clause.to_owned()
    }
}
