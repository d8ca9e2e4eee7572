//! What a row has of its label in the other file, where it says nothing itself.

use crate::calendar::Day;
use crate::intake::cells::{Cells, Meanings};
use crate::intake::layout::Field;
use crate::intake::problem::{Problem, Trouble};

use super::{Found, Join, Shipment};

impl<'a> Cells<'a> {
    fn label(&self) -> Option<(&'a Join, Shipment<'a>, bool)> {
        let join = self.join?;
        join.found().map(|(label, own)| (join, label, own))
    }

    /// The tracking number that the other file has, where the row has none.
    pub(in crate::intake) fn joined_tracking(&self) -> Option<&'a str> {
        let (_, label, _) = self.label().filter(|(_, _, own)| !own)?;
        self.own_or_label(Field::Tracking, None, Some(label.tracking))
    }

    /// What the row says itself, else what its label says.
    fn own_or_label<T>(&self, field: Field, own: Option<T>, label: Option<T>) -> Option<T> {
        if let (None, Some(_), Some(asked)) = (&own, &label, self.asked)
            && let Some((join, label, _)) = self.label()
        {
            asked.joined(self.row.line, field, join.trackings.file(), label.line);
        }
        own.or(label)
    }

    /// What keeps the row from getting its number, unless it is cancelled and needs none.
    pub(in crate::intake) fn unjoined(&self, said: &Meanings) -> Option<Problem> {
        let join = self.join?;
        let Found::Unclear(problem) = &join.found else { return None };
        let cancelled = said.cancelled || !self.get(Field::CancelledOn).is_empty();
        join.uses.not_taken(cancelled);
        (!cancelled).then(|| (**problem).clone())
    }

    /// The carrier, where the row names none that of its label.
    pub(in crate::intake) fn carrier(&self) -> Result<Option<&'a str>, Problem> {
        let own = self.text(Field::Carrier)?;
        let Some((join, label, _)) = self.label() else { return Ok(own) };
        if let (Some(here), Some(there)) = (own, label.carrier)
            && !here.eq_ignore_ascii_case(there)
        {
            let (here, there) = (format!("`{here}`"), format!("`{there}`"));
            join.differs(label, self.row.line, "carrier", &here, &there);
        }
        Ok(self.own_or_label(Field::Carrier, own, label.carrier))
    }

    /// The carrier's service, where the row names none that of its label. What the buyer chose and
    /// what was bought have different names, so a difference says nothing.
    pub(in crate::intake) fn service(&self) -> Result<Option<&'a str>, Problem> {
        let label = self.label().and_then(|(_, label, _)| label.service);
        Ok(self.own_or_label(Field::Service, self.text(Field::Service)?, label))
    }

    /// The ship date, where the row has none that of its label. Calendars of two zones differ by a
    /// day.
    pub(in crate::intake) fn ship_date(&self) -> Result<Option<Day>, Trouble> {
        let own = self.day(Field::ShipDate)?;
        let Some((join, label, _)) = self.label() else { return Ok(own) };
        if let (Some(here), Some(there)) = (own, label.ship_date)
            && (here - there).num_days().abs() > 1
        {
            let (here, there) = (here.to_string(), there.to_string());
            join.differs(label, self.row.line, "ship date", &here, &there);
        }
        Ok(self.own_or_label(Field::ShipDate, own, label.ship_date))
    }

    /// The day of the label, where the row has none that of the other file.
    pub(in crate::intake) fn label_created(&self) -> Result<Option<Day>, Trouble> {
        let own = self.day(Field::LabelCreatedAt)?;
        let label = self.label().and_then(|(_, label, _)| label.label_created);
        Ok(self.own_or_label(Field::LabelCreatedAt, own, label))
    }
}
