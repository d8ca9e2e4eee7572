//! A clause: a table of a plan that carries its own words, their source and how sure they are.

use serde::Deserialize;

use crate::words::words;

words! {
    /// How sure a clause is.
    #[derive(Default)]
    pub enum Confidence {
        /// The source says so.
        #[default]
        Published = "published",
        /// It follows from what the source says.
        Implied = "implied",
        /// Nobody publishes it; it ships as a default that the user may set.
        Assumed = "assumed",
        /// Set by the user in their configuration, in place of an assumed figure.
        Yours = "yours",
    }
}

impl Confidence {
    /// Whether no source says so: a figure that is a default, or the user's own.
    pub fn is_unsourced(self) -> bool {
        matches!(self, Confidence::Assumed | Confidence::Yours)
    }
}

/// What a clause says of itself: where it stands in the plan, its words, its source.
#[derive(Debug, Clone, Copy)]
pub struct Clause<'a> {
    /// Its place in the version: `purchase`, `incident.loss.window`.
    pub id: &'a str,
    /// Its words.
    pub text: &'a str,
    /// The short name of its source.
    pub source: &'a str,
    /// How sure it is.
    pub confidence: Confidence,
}

/// A table of a plan that carries its own words and source.
pub trait Cited {
    /// The clause, given its place in the version.
    fn cite<'a>(&'a self, id: &'a str) -> Clause<'a>;
}

/// Declares a clause: the given fields, and the words, source and confidence every clause has.
/// With `when` it holds for some parcels only.
macro_rules! clause {
    ($(#[$doc:meta])* pub struct $name:ident { when, $($rest:tt)* }) => {
        crate::plan::clause::clause! {
            $(#[$doc])*
            pub struct $name {
                /// For which parcels.
                #[serde(default)]
                pub when: crate::plan::When,
                $($rest)*
            }
        }

        impl crate::plan::Conditional for $name {
            fn when(&self) -> &crate::plan::When {
                &self.when
            }
        }
    };
    ($(#[$doc:meta])* pub struct $name:ident { $($(#[$field_doc:meta])* pub $field:ident: $type:ty,)* }) => {
        #[derive(Debug, Clone, serde::Deserialize)]
        #[serde(deny_unknown_fields, rename_all = "kebab-case")]
        $(#[$doc])*
        pub struct $name {
            $($(#[$field_doc])* pub $field: $type,)*
            /// The clause in words.
            pub clause: String,
            /// The short name of its source.
            pub source: String,
            /// How sure it is.
            #[serde(default)]
            pub confidence: crate::plan::Confidence,
        }

        impl crate::plan::Cited for $name {
            fn cite<'a>(&'a self, id: &'a str) -> crate::plan::Clause<'a> {
                crate::plan::Clause {
                    id,
                    text: &self.clause,
                    source: &self.source,
                    confidence: self.confidence,
                }
            }
        }
    };
}
pub(super) use clause;

/// A clause that owns its place, for lists.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct ListedClause {
    /// Its place in the version.
    pub id: String,
    /// Its words.
    pub text: String,
    /// The short name of its source.
    pub source: String,
    /// How sure it is.
    pub confidence: Confidence,
    /// What the rules read in it, key by key, as the file writes it.
    pub figures: Vec<(String, String)>,
    /// Those of the keys whose values are lists of words: their order says nothing.
    pub lists: Vec<String>,
}
