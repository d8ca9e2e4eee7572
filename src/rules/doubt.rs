//! Whether goods may be among those the terms exclude. Only a whole segment of the category refuses
//! cover (see `eligibility.rs`); a name that merely stands among other words has to be said.

use serde::Serialize;

use super::Terms;
use crate::parcel::Parcel;
use crate::plan::{Cited, GoodsName};

/// How goods that are not refused stand to those the terms exclude.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GoodsStanding<'a> {
    /// They may be among them.
    Doubtful(Doubt<'a>),
    /// Their category is none of so many excluded kinds, as far as names go.
    Clear {
        /// The category.
        stated: &'a str,
        /// How many kinds are excluded.
        kinds: usize,
    },
}

/// An excluded kind of goods is named among the words for a parcel's goods or contents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Doubt<'a> {
    /// Where it is named: `goods` or `contents`.
    pub fact: &'static str,
    /// What is stated there.
    pub stated: &'a str,
    /// The excluded kind, as the plan writes it.
    pub excluded: &'a str,
    /// The clause that excludes it, by its place.
    pub clause: &'static str,
    /// The short name of that clause's source.
    pub source: &'a str,
}

impl Doubt<'_> {
    /// As a sentence without its end.
    pub fn told(&self) -> String {
        format!(
            "the {} `{}` may be among those not covered ({}): ask before you pay",
            self.fact, self.stated, self.excluded
        )
    }
}

/// How the goods stand to those the terms exclude; `None` where the terms exclude none, or nothing
/// is known of the goods.
pub fn goods_standing<'a>(terms: Terms<'a>, parcel: &'a Parcel) -> Option<GoodsStanding<'a>> {
    if let Some(doubt) = doubt(terms, parcel) {
        return Some(GoodsStanding::Doubtful(doubt));
    }
    let kinds = terms.version.goods.as_ref()?.excluded.len();
    let stated = parcel.goods.as_deref().filter(|_| kinds > 0)?;
    Some(GoodsStanding::Clear { stated, kinds })
}

/// The excluded kind of goods that the parcel's goods or contents name. Allocates nothing, for it
/// is asked for every parcel of a file.
pub fn doubt<'a>(terms: Terms<'a>, parcel: &'a Parcel) -> Option<Doubt<'a>> {
    let rule = terms.version.goods.as_ref()?;
    let named = |fact: &'static str, stated: Option<&'a str>| {
        let stated = stated?;
        let excluded = GoodsName::mentioned_in(&rule.excluded, stated)?.written();
        let clause = rule.cite("goods");
        Some(Doubt { fact, stated, excluded, clause: "goods", source: clause.source })
    };
    named("goods", parcel.goods.as_deref())
        .or_else(|| named("contents", parcel.contents.as_deref()))
}
