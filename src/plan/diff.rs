//! What is different between two versions of terms, clause by clause.

use super::clause::ListedClause;

/// What is different between two versions.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Difference<'a> {
    /// The clauses that are not the same, in the order of the first version; those that only the
    /// second has come last.
    pub changes: Vec<Change<'a>>,
    /// How many are the same.
    pub identical: usize,
}

/// One clause that is not the same in both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change<'a> {
    /// Only the first has it.
    OnlyFirst(&'a ListedClause),
    /// Only the second has it.
    OnlySecond(&'a ListedClause),
    /// Both have it, and it says something else.
    Changed {
        /// As the first has it.
        first: &'a ListedClause,
        /// As the second has it.
        second: &'a ListedClause,
        /// The figures that are not the same.
        figures: Vec<FigureChange<'a>>,
    },
}

/// A figure that is not the same in both; `None` where one does not have it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FigureChange<'a> {
    /// Its key.
    pub key: &'a str,
    /// In the first.
    pub first: Option<&'a str>,
    /// In the second.
    pub second: Option<&'a str>,
}

impl Change<'_> {
    /// The clause's place in its version.
    pub fn clause(&self) -> &str {
        match self {
            Change::OnlyFirst(clause) | Change::OnlySecond(clause) => &clause.id,
            Change::Changed { first, .. } => &first.id,
        }
    }
}

/// Compares two versions by their clauses. The short names of sources are each plan's own and are
/// not compared.
pub fn compare<'a>(first: &'a [ListedClause], second: &'a [ListedClause]) -> Difference<'a> {
    let of = |clauses: &'a [ListedClause], id: &str| clauses.iter().find(|c| c.id == id);
    let mut difference = Difference::default();
    for one in first {
        let Some(other) = of(second, &one.id) else {
            difference.changes.push(Change::OnlyFirst(one));
            continue;
        };
        let figures = figures(one, other);
        if figures.is_empty() && one.text == other.text && one.confidence == other.confidence {
            difference.identical += 1;
        } else {
            difference.changes.push(Change::Changed { first: one, second: other, figures });
        }
    }
    let new = second.iter().filter(|clause| of(first, &clause.id).is_none());
    difference.changes.extend(new.map(Change::OnlySecond));
    difference
}

fn figures<'a>(first: &'a ListedClause, second: &'a ListedClause) -> Vec<FigureChange<'a>> {
    let of = |clause: &'a ListedClause, key: &str| {
        clause.figures.iter().find(|(known, _)| known == key).map(|(_, value)| value.as_str())
    };
    let only_second = second.figures.iter().filter(|(key, _)| of(first, key).is_none());
    let keys = first.figures.iter().chain(only_second).map(|(key, _)| key.as_str());
    keys.map(|key| FigureChange { key, first: of(first, key), second: of(second, key) })
        .filter(|figure| figure.first != figure.second)
        .filter(|figure| !(is_list(first, second, figure.key) && same_words(figure)))
        .collect()
}

/// Whether both write it as a list of words.
fn is_list(first: &ListedClause, second: &ListedClause, key: &str) -> bool {
    [first, second].iter().all(|clause| clause.lists.iter().any(|list| list == key))
}

/// Whether the same words are in both, whatever their order.
fn same_words(figure: &FigureChange<'_>) -> bool {
    let words = |list: Option<&str>| {
        let mut words: Vec<String> =
            list.unwrap_or_default().split(", ").map(str::to_owned).collect();
        words.sort();
        words
    };
    words(figure.first) == words(figure.second)
}
