//! `insure claim`: may I, by when, what is missing, what does it pay; and the claim itself.

use crate::evidence::jpeg;
use crate::harness::Home;

mod affidavit;
mod amend;
mod appeal;
mod check;
mod decide;
mod evidence;
mod facts;
mod file;
mod lists;
mod outputs;
mod packet;
mod pay;
mod refund;

/// A parcel lost, one damaged, one on its way, one delivered, one too old: 1001 to 1005.
fn shop() -> Home {
    stocked(Home::new())
}

fn stocked(home: Home) -> Home {
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
    home.write("invoice.pdf", "%PDF-1.7 an invoice");
    home.write("affidavit.pdf", "%PDF-1.7 an affidavit");
    home.write("photo.jpg", jpeg("a photo"));
    home
}

/// The lost parcel's claim, complete and under review since 2026-11-22.
fn filed() -> Home {
    filed_in(shop())
}

/// The same under terms of the user's own.
fn filed_under(terms: &str, plan: &str) -> Home {
    let home = Home::new();
    home.write(".config/insure/config.toml", format!("plan = \"{plan}\"\n"));
    home.write(&format!(".config/insure/plans/{plan}.toml"), terms);
    filed_in(stocked(home))
}

fn filed_in(home: Home) -> Home {
    home.insure("claim file 1001 --reason loss --evidence invoice=invoice.pdf --evidence affidavit=affidavit.pdf --dated 2026-11-20")
        .output_text();
    home
}

/// The same claim, accepted on 2026-12-01 with this much of its 450.00.
fn accepted(amount: &str) -> Home {
    let home = filed();
    let line = format!("claim decide 1001 --accepted --amount {amount} --today 2026-12-01");
    home.insure(&line).output_text();
    home
}
