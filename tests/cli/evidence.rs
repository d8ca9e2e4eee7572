//! `insure evidence`: packing photos that are there before anything happens.

use std::fs;

use crate::harness::Home;

/// First bytes of a photo, with something of its own.
pub(crate) fn jpeg(own: &str) -> Vec<u8> {
    [b"\xFF\xD8\xFF\xE0\x00\x10JFIF\x00", own.as_bytes()].concat()
}

/// Two parcels under terms that ask for photos of the packing, and photos of it.
fn packed() -> Home {
    let home = Home::new();
    home.write_lines(
        "parcels.csv",
        "
        order_id,tracking_number,value,cover,to,scanned_on
        2001,950001,300,full,US,2026-10-22
        2002,950002,300,full,US,2026-10-22
        ",
    );
    home.insure(
        "batch-insure parcels.csv --plan tiktok-logistics --accept-terms --today 2026-10-21 -q",
    )
    .output_text();
    home.write("box.jpg", jpeg("box"));
    home.write("inside.jpg", jpeg("inside"));
    home
}

#[test]
fn a_packing_photo_serves_the_claim_that_comes_later() {
    let home = packed();
    home.insure("evidence 950001 --kind dispatch-photo box.jpg inside.jpg --today 2026-10-21")
        .stdout("\nPOL-00001Y  2 of 2 new\n")
        .run();
    // The same again changes nothing.
    home.insure("evidence 2001 --kind dispatch-photo box.jpg --today 2026-10-21")
        .stdout("\nPOL-00001Y  0 of 1 new\n")
        .run();
    home.insure("evidence POL-00001Y")
        .stdout(
            r"
            Policy  POL-00001Y  950001

            dispatch-photo  box.jpg     image/jpeg  14 bytes  sha256 7cef55f8b8f6  for damage, loss
            dispatch-photo  inside.jpg  image/jpeg  17 bytes  sha256 94a8a3c3ff5f  for damage, loss

            Claims under its terms can ask for tracking-history, dispatch-photo
            ",
        )
        .run();
    home.insure("evidence POL-00001Y --format csv")
        .stdout(
            r"
            policy,kind,file,media,bytes,sha256,dated,added_on,serves
            ",
        )
        .run();
    let check = home.insure("claim check 950001 --reason loss").status(3).output_text();
    assert!(!check.contains("dispatch-photo"), "{check}");
    let other = home.insure("claim check 950002 --reason loss").output_text();
    assert!(other.contains("dispatch-photo"), "{other}");
}

#[test]
fn packing_photos_of_many_parcels_come_in_folders() {
    let home = packed();
    home.write("packing/950001/packing-1.jpg", jpeg("one"));
    home.write("packing/950001/packing-2.jpg", jpeg("two"));
    home.write("packing/2002/foto.jpg", jpeg("three"));
    home.write("packing/2002/dispatch-photo.jpg", jpeg("three"));
    home.write("packing/777/packing-1.jpg", jpeg("four"));
    home.write("packing/.DS_Store", "system");
    home.insure("evidence --from packing --dry-run")
        .stdout(
            r"
            ",
        )
        .stderr(
            r"
            ",
        )
        .status(3)
        .run();
    assert!(!home.path("insure.evidence").exists(), "a dry run keeps nothing");
    home.insure("evidence --from packing --format ids -q")
        .stdout(
            r"
            POL-00001Y
            POL-00001Y
            POL-00002W
            ",
        )
        .status(3)
        .run();
    home.insure("evidence --from packing -q")
        .stdout(
            r"
            ",
        )
        .status(3)
        .run();
    assert_eq!(fs::read_dir(home.path("insure.evidence")).unwrap().count(), 3);
}

#[test]
fn what_is_given_for_a_policy_completes_the_draft_that_waits_for_it() {
    let home = packed();
    home.write("a.pdf", "%PDF-1.7 a");
    home.insure("claim file 950001 --reason loss --format ids -q").output_text();
    for kind in ["tracking-history", "invoice", "claim-form", "carrier-correspondence"] {
        home.insure(&format!("claim evidence add 950001 --kind {kind} a.pdf -q")).output_text();
    }
    home.insure("evidence 950001 --kind dispatch-photo box.jpg")
        .stdout(
            r"
            POL-00001Y  1 of 1 new
            CLM-00001Y is under way on it and is under_review
            It is complete now: enter it with the insurer.
            ",
        )
        .run();
    home.insure("status 950001 --format ids").stdout("\nPOL-00001Y\n").run();
}

#[test]
fn a_kind_no_claim_asks_for_is_kept_and_pointed_out() {
    let home = packed();
    home.insure("evidence 2001 --kind photo-before box.jpg --format json")
        .stdout(
            r"
            ",
        )
        .stderr(
            r"
            ",
        )
        .run();
}

#[test]
fn nothing_is_done_for_a_parcel_nobody_knows() {
    let home = packed();
    home.insure("evidence 999 --kind dispatch-photo box.jpg")
        .stderr(
            r"
            error: nothing is recorded under `999`

            hint: give an order, package or tracking number, or a policy (POL-...) or claim (CLM-...)
            ",
        )
        .status(4)
        .run();
    assert!(!home.path("insure.evidence").exists());
    home.insure("evidence 2001")
        .stdout(
            r"
            ",
        )
        .run();
}
