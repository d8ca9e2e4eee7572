//! What one plan would do for a parcel, as a row among others.

use super::super::view::{Cells, Row, Short};
use crate::ops::Offer;
use crate::rules::{Unstated, doubt};

/// A plan's offer.
pub(super) struct OfferRow<'a>(pub(super) &'a Offer<'a>);

impl Row for OfferRow<'_> {
    const COLUMNS: &'static [&'static str] = &[
        "plan",
        "plan_name",
        "kind",
        "caution",
        "version",
        "currency",
        "reach",
        "package_value",
        "included_cover",
        "cover",
        "stays_uninsured",
        "premium",
        "premium_per_100",
        "total_loss_pays",
        "assumed",
        "loss_claim_opens_on",
        "loss_claim_closes_on",
        "loss_claim_window",
        "buy_until",
        "bought_by",
        "unstated",
        "doubt",
        "code",
        "reason",
        "clause",
        "source",
    ];
    const TABLE: Option<&'static [usize]> = Some(&[0, 2, 5, 9, 11, 12, 14, 17, 22, 23]);
    const NARROW: &'static [&'static [Short]] = &[
        &[
            Short(0, "plan"),
            Short(5, ""),
            Short(9, "cover"),
            Short(11, "premium"),
            Short(12, "per 100"),
            Short(14, "assumed"),
            Short(22, "code"),
        ],
        &[
            Short(0, "plan"),
            Short(9, "cover"),
            Short(11, "premium"),
            Short(12, "per 100"),
            Short(14, "assumed"),
            Short(22, "code"),
        ],
    ];

    fn cells(&self, out: &mut dyn Cells) {
        let Offer { plan, reach, priced, .. } = self.0;
        out.text(&plan.id);
        out.text(&plan.name);
        out.text(plan.kind.word());
        out.text_or_none(plan.kind.caution());
        out.day_or_none(priced.as_ref().map(|priced| priced.terms.version.effective));
        out.text(plan.currency.code());
        out.text(reach.word());
        match priced {
            Some(priced) => {
                let quote = &priced.quote;
                let purchase = &priced.terms.version.purchase;
                out.money(quote.figures.package_value);
                out.money(quote.figures.included_cover);
                out.money(quote.figures.cover);
                out.money(quote.stays_uninsured);
                out.money(quote.figures.premium);
                out.money_or_none(priced.per_100);
                out.money_or_none(priced.total_loss_pays);
                out.flag(quote.basis.is_assumed());
                out.day_or_none(priced.claim.as_ref().and_then(|claim| claim.opens_on));
                out.day_or_none(priced.claim.as_ref().and_then(|claim| claim.closes_on));
                out.text(match &priced.claim {
                    Some(claim) => &claim.words,
                    None => "a loss is not covered",
                });
                out.text(purchase.until.word());
                out.text(purchase.by.map_or("seller", |by| by.word()));
                out.list(&priced.unstated.iter().map(Unstated::told).collect::<Vec<_>>());
                let doubt = doubt(priced.terms, &priced.parcel);
                out.text_or_none(doubt.map(|doubt| doubt.excluded));
            }
            None => (0..15).for_each(|_| out.none()),
        }
        let against = self.0.against();
        out.text_or_none(against.map(|refusal| refusal.code));
        out.text_or_none(against.map(|refusal| refusal.reason.as_str()));
        out.text_or_none(against.map(|refusal| refusal.clause.as_str()));
        out.text_or_none(against.map(|refusal| refusal.source.as_str()));
    }

    /// What does not stand is nothing the next command could use.
    fn id(&self) -> String {
        if self.0.stands() { self.0.plan.id.clone() } else { String::new() }
    }
}
