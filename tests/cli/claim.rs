//! `insure claim`: may I, by when, what is missing, what does it pay; and the claim itself.

use crate::harness::Home;

mod check;
mod decide;
mod evidence;
mod file;

/// A parcel lost, one damaged, one on its way, one delivered, one too old: 1001 to 1005.
fn shop() -> Home {
    let home = Home::new();
    home.write_lines(
        "parcels.csv",
        "
        order_id,tracking_number,value,cover,scanned_on,delivered_on
        1001,940001,450,full,,
        1002,940002,320,,,
        1003,940003,95,,,
        1004,940004,120,,2026-10-12,2026-10-17
        1005,940005,275,,2026-08-20,
        ",
    );
    home.insure("batch-insure parcels.csv --accept-terms --today 2026-10-21").output_text();
    home.insure("track 1001 scanned --at 2026-10-22").output_text();
    home.insure("track 1002 scanned --at 2026-11-03").output_text();
    home.insure("track 1003 scanned --at 2026-11-20").output_text();
    home.insure("track 1002 damaged --at 2026-11-10").output_text();
    home.write("invoice.pdf", "an invoice");
    home.write("affidavit.pdf", "an affidavit");
    home.write("photo.jpg", "a photo");
    home
}
