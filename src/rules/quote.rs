//! A quote: what a parcel is worth, what is covered free, and what the cover asked for costs.

use super::premium::Charge;
use super::{Assumed, Refusal, Terms, Trace, coverage, eligibility, premium};
use crate::money::{Money, MoneyError};
use crate::parcel::{CoverChoice, Parcel};
use crate::plan::Cited;
use crate::policy::Figures;

/// What cover costs and gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quote {
    /// The figures a policy would be recorded with.
    pub figures: Figures,
    /// Package value less the included cover.
    pub uninsured_value: Money,
    /// The cover that was asked for, as far as the plan sells it, bought or not.
    pub asked_cover: Money,
    /// What no cover pays for: package value less the cover.
    pub stays_uninsured: Money,
    /// By which of the plan's figures it was priced: what [`assumed`] needs to know.
    pub basis: PriceBasis,
    /// Why the cover asked for is not sold; the figures then are those of the included cover.
    pub refused: Option<Box<Refusal>>,
    /// Whether it was refused because the plan sells no such amount: the request is to be mended.
    /// Otherwise it is too late to buy, and the included cover stands.
    pub amount_not_sold: bool,
    /// How it was decided.
    pub trace: Trace,
}

/// By which figures a quote was made, as far as nobody publishes them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PriceBasis {
    /// The number of the price whose figures nobody publishes, where a premium is charged by one.
    pub premium: Option<usize>,
    /// Whether the most that is sold is not published, and more than the included cover is bought.
    pub maximum: bool,
}

impl PriceBasis {
    /// Whether it rests on any.
    pub fn is_assumed(self) -> bool {
        self != PriceBasis::default()
    }
}

/// The figures nobody publishes that a quote rests on.
pub fn assumed(terms: Terms<'_>, basis: PriceBasis) -> Vec<Assumed> {
    let mut figures = Vec::new();
    if let Some(case) = basis.premium {
        figures = premium::assumed(terms, case);
    }
    if basis.maximum {
        let rule = &terms.version.maximum;
        figures.push(Assumed {
            figure: "maximum.amount".to_owned(),
            value: rule.amount.map_or("no limit".to_owned(), |amount| amount.to_string()),
            confidence: rule.confidence,
            text: rule.clause.clone(),
        });
    }
    figures
}

impl Quote {
    /// The same for a row of a file: one that asks for exactly what comes free has it, as each row does
    /// of a file in which parcels were written out with their cover. What its own column asks for
    /// (`in_column`) is to be changed there.
    pub fn of_row(mut self, choice: &mut CoverChoice, in_column: bool) -> Quote {
        if self.amount_not_sold && *choice == CoverChoice::Amount(self.figures.included_cover) {
            *choice = CoverChoice::Included;
            self.refused = None;
            self.amount_not_sold = false;
        }
        if in_column
            && self.amount_not_sold
            && let Some(refusal) = &mut self.refused
        {
            refusal.remedy = refusal.remedy.as_deref().map(coverage::in_its_column);
        }
        self
    }
}

/// Prices a parcel.
///
/// # Errors
/// The plan does not cover the parcel at all.
pub fn quote(
    terms: Terms<'_>,
    parcel: &Parcel,
    choice: CoverChoice,
    trace: Trace,
) -> Result<Quote, Box<Refusal>> {
    if let Some(refusal) = eligibility::not_coverable(terms, parcel) {
        return Err(Box::new(refusal));
    }
    price(terms, parcel, choice, trace).map_err(|why| money_refusal(terms, &why))
}

fn price(
    terms: Terms<'_>,
    parcel: &Parcel,
    choice: CoverChoice,
    mut trace: Trace,
) -> Result<Quote, MoneyError> {
    let package_value = coverage::package_value(terms, &parcel.value, &mut trace)?;
    let included_cover = coverage::included_cover(terms, package_value, &mut trace)?;
    let mut amount_not_sold = false;
    let values = (package_value, included_cover);
    let chosen = coverage::chosen_cover(terms, parcel, values, choice, &mut trace);
    let asked_cover = *chosen.as_ref().unwrap_or(&included_cover);
    let (cover, refused) = match chosen {
        Ok(cover) if cover == included_cover => (cover, None),
        Ok(cover) => match eligibility::not_buyable(terms, parcel) {
            None => (cover, None),
            refused => {
                trace.step("cover", terms.version.purchase.cite("purchase"), || {
                    (cover.digits(), included_cover.digits())
                });
                (included_cover, refused.map(Box::new))
            }
        },
        Err(refused) => {
            amount_not_sold = true;
            trace.step("cover", terms.version.included.cite("included"), || {
                (format!("refused: {}", refused.code), included_cover.digits())
            });
            (included_cover, Some(refused))
        }
    };
    let Charge { premium, case } =
        premium::premium(terms, parcel, (cover, included_cover), &mut trace)?;
    let basis = PriceBasis {
        premium: Some(case).filter(|case| !premium.is_zero() && premium::is_assumed(terms, *case)),
        maximum: cover != included_cover && terms.version.maximum.confidence.is_unsourced(),
    };
    Ok(Quote {
        figures: Figures { package_value, included_cover, cover, premium },
        uninsured_value: package_value.less(included_cover)?,
        asked_cover,
        stays_uninsured: package_value.less(cover)?,
        basis,
        refused,
        amount_not_sold,
        trace,
    })
}

/// An amount the plan cannot reckon with: of another currency, or beyond all bounds.
pub(super) fn money_refusal(terms: Terms<'_>, why: &MoneyError) -> Box<Refusal> {
    let value = terms.version.value.cite("value");
    let currency = terms.plan.currency;
    Box::new(match why {
        MoneyError::Mixed(..) => Refusal::by(
            value,
            "other_currency",
            format!("{} reckons in {currency}: {why}", terms.plan.id),
        )
        .unless(format!("state every amount in {currency}")),
        _ => Refusal::by(value, "amount_too_large", why.to_string()),
    })
}
