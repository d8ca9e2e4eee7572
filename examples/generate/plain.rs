//! The tool's own CSV of parcels, and the carrier events that follow it.

use crate::Job;
use crate::day::Day;
use crate::goods::{self, Product};
use crate::random::{self, Random};
use crate::text::Text;
use std::io::{self, Write};

/// The header of the parcels.
const HEADER: &[u8] =
    b"order_id,package_id,tracking_number,product,coupon,shipping,to,carrier,goods,ship_date,cover\n";
/// The header of carrier events.
pub(crate) const EVENTS_HEADER: &[u8] = b"tracking_number,event,at,note\n";

/// One row of the file, amounts in cents.
struct Parcel {
    index: u64,
    product: i64,
    coupon: i64,
    shipping: i64,
    to: &'static str,
    carrier: &'static str,
    goods: Product,
    ship_date: Day,
    cover: &'static str,
}

/// Writes a file of parcels.
pub(crate) fn write_parcels(job: &Job, out: &mut impl Write) -> io::Result<()> {
    out.write_all(HEADER)?;
    let mut line = Text::default();
    for row in 0..job.rows {
        line.0.clear();
        Parcel::draw(job, row).write(&mut line);
        out.write_all(&line.0)?;
    }
    Ok(())
}

/// Writes one event for each of those parcels: delivered if it had the time to arrive and was not
/// lost, otherwise scanned on its ship date.
pub(crate) fn write_events(job: &Job, out: &mut impl Write) -> io::Result<()> {
    out.write_all(EVENTS_HEADER)?;
    let mut line = Text::default();
    for row in 0..job.rows {
        let parcel = Parcel::draw(job, row);
        let mut random = Random::for_row(!job.seed, parcel.index);
        let arrival = parcel.ship_date.plus(random.between(2, 9));
        let delivered = arrival.0 <= job.day.0 && !random.per_mille(10);
        line.0.clear();
        line.tracking(random::tracking(parcel.index));
        if delivered {
            line.str(",delivered,");
            line.day(arrival);
            line.str(random.pick(&[
                ",\n",
                ",\n",
                ",Left at the door\n",
                ",\"Signed, front desk\"\n",
            ]));
        } else {
            line.str(",scanned,");
            line.day(parcel.ship_date);
            line.str(random.pick(&[",\n", ",Accepted at origin\n"]));
        }
        out.write_all(&line.0)?;
    }
    Ok(())
}

impl Parcel {
    /// Draws the parcel of a row. Ship dates run through the 60 days before the export.
    fn draw(job: &Job, row: u64) -> Parcel {
        let index = job.start + row;
        let mut random = Random::for_row(job.seed, index);
        let days = (row * 58 / job.rows) as i64 - 60;
        Parcel {
            index,
            product: random.price(),
            coupon: if random.one_in(10) { random.pick(&[100, 250, 500, 1000]) } else { 0 },
            shipping: random.pick(&[0, 0, 499, 750]),
            to: if random.per_mille(30) {
                random.pick(&["CA", "GB", "MX", "DE", "IT"])
            } else {
                "US"
            },
            carrier: random.carrier(),
            goods: goods::product(random.below(goods::CATALOGUE)),
            ship_date: job.day.plus(days + random.between(0, 2)),
            cover: if random.one_in(4) { "full" } else { "included" },
        }
    }

    /// Adds the row of the parcel to an empty line.
    fn write(&self, line: &mut Text) {
        line.digits(random::order_id(self.index), 18);
        line.str(",");
        line.digits(random::package_id(self.index), 19);
        line.str(",");
        line.tracking(random::tracking(self.index));
        for cents in [self.product, self.coupon, self.shipping] {
            line.str(",");
            line.money(cents);
        }
        for words in [self.to, self.carrier, self.goods.material] {
            line.str(",");
            line.str(words);
        }
        line.str(" ");
        line.str(self.goods.thing);
        line.str(",");
        line.day(self.ship_date);
        line.str(",");
        line.str(self.cover);
        line.str("\n");
    }
}
