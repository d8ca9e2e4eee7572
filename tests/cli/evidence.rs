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
        order_id,tracking_number,value,cover,to
        2001,950001,300,full,US
        2002,950002,300,full,US
        ",
    );
    home.insure(
        "batch-insure parcels.csv --plan tiktok-logistics --accept-terms --today 2026-10-21 -q",
    )
    .output_text();
    for order in ["2001", "2002"] {
        home.insure(&format!("track {order} scanned --at 2026-10-22")).output_text();
    }
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

            dispatch-photo  box.jpg     image/jpeg  14 bytes  sha256 1a41cce7efc4  for loss, damage
            dispatch-photo  inside.jpg  image/jpeg  17 bytes  sha256 4d754cd44f95  for loss, damage

            Claims under its terms can ask for tracking-history, dispatch-photo, invoice, order-page, payment-record, purchase-record, carrier-correspondence, customer-correspondence, claim-form, unboxing-video, receipt-photo
            ",
        )
        .run();
    home.insure("evidence POL-00001Y --format csv")
        .stdout(
            r"
            policy,kind,file,media,bytes,sha256,dated,added_on,serves
            POL-00001Y,dispatch-photo,box.jpg,image/jpeg,14,1a41cce7efc40c6aff3c5cc4dc7f682cded19db9bd0d43a18282c02f288e19ff,,2026-10-21,loss; damage
            POL-00001Y,dispatch-photo,inside.jpg,image/jpeg,17,4d754cd44f95154309fab69987a9f45cef273bd198b3bd31c36a60a8846e4e9f,,2026-10-21,loss; damage
            ",
        )
        .run();
    let check =
        home.insure("claim check 950001 --reason loss --fact confirmed-lost=yes").output_text();
    assert!(!check.contains("dispatch-photo"), "{check}");
    let other =
        home.insure("claim check 950002 --reason loss --fact confirmed-lost=yes").output_text();
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
            Files          6
            Added          3
            Known already  0
            Unmatched      2  nobody's, or it is not clear what they show
            Bad            0
            Passed over    1  left there by the system

            Dry run: nothing was recorded.
            ",
        )
        .stderr(
            r"
            packing/2002/foto.jpg: its name says `foto`, which can be dispatch-photo or receipt-photo (no_kind)
            packing/777/packing-1.jpg: nothing is recorded under `777` (not_found)
            ",
        )
        .status(3)
        .run();
    assert!(!home.path("insure.evidence").exists(), "a dry run keeps nothing");
    home.insure("evidence --from packing --format ids -q")
        .stdout(
            r"
            POL-00002W
            POL-00001Y
            POL-00001Y
            ",
        )
        .status(3)
        .run();
    home.insure("evidence --from packing -q")
        .stdout(
            r"
            Files          6
            Added          0
            Known already  3
            Unmatched      2  nobody's, or it is not clear what they show
            Bad            0
            Passed over    1  left there by the system
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
    home.insure("claim file 950001 --reason loss --fact confirmed-lost=yes --format ids -q")
        .output_text();
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
            r#"
            {
              "policy": "POL-00001Y",
              "added": 1,
              "evidence": [
                {
                  "kind": "photo-before",
                  "sha256": "1a41cce7efc40c6aff3c5cc4dc7f682cded19db9bd0d43a18282c02f288e19ff",
                  "file": "box.jpg",
                  "bytes": 14,
                  "media": "image/jpeg",
                  "dated": null,
                  "added_on": "2026-11-22"
                }
              ]
            }
            "#,
        )
        .stderr(
            r"
            the terms ask for no `photo-before` (did you mean dispatch-photo?): they ask for tracking-history, dispatch-photo, invoice, order-page, payment-record, purchase-record, carrier-correspondence, customer-correspondence, claim-form, unboxing-video, receipt-photo
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
            Policy  POL-00001Y  950001

            No documents are kept for it.

            Claims under its terms can ask for tracking-history, dispatch-photo, invoice, order-page, payment-record, purchase-record, carrier-correspondence, customer-correspondence, claim-form, unboxing-video, receipt-photo
            ",
        )
        .run();
}
