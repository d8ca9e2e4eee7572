//! One parcel, one cover: whatever files say of it, in whichever order, and however often.

use crate::harness::Home;

const HEAD: &str = "line,order_id,package_id,tracking_number,decision,policy,package_value,included_cover,cover,premium,stays_uninsured,code,column,value,reason,clause,hint";

/// The decisions of a batch as `line,order,package,tracking,decision,policy,...`, header checked.
fn decisions(home: &Home, line: &str, status: i32) -> Vec<String> {
    let text = home.insure(&format!("{line} --format csv -q")).status(status).output_text();
    let mut lines = text.lines().map(str::to_owned);
    assert_eq!(lines.next().as_deref(), Some(HEAD));
    lines.collect()
}

#[test]
fn an_order_covered_unpacked_becomes_one_package_and_no_other() {
    let home = Home::new();
    home.insure("insure --order A1 --value 450").output_text();
    home.write_lines(
        "packed.csv",
        "
        order_id,package_id,tracking_number,value
        A1,PKG00001,TRK1,450
        A1,PKG00002,TRK2,450
        ",
    );
    let first = decisions(&home, "batch-insure packed.csv", 0);
    assert!(first[0].starts_with("2,A1,PKG00001,TRK1,already_insured,POL-00001Y,"), "{first:?}");
    assert!(first[1].starts_with("3,A1,PKG00002,TRK2,insured,POL-00002W,450.00,"), "{first:?}");
    home.insure("search TRK1 --format ids").stdout("\nPOL-00001Y\n").run();
    let again = decisions(&home, "batch-insure packed.csv", 0);
    assert!(again.iter().all(|row| row.contains(",already_insured,")), "{again:?}");
}

#[test]
fn two_packages_under_one_tracking_number_are_not_one_parcel() {
    let home = Home::new();
    home.write_lines(
        "placeholder.csv",
        "
        order_id,package_id,tracking_number,value
        A1,PKG00001,N/A,450
        A1,PKG00002,N/A,450
        ",
    );
    let rows = decisions(&home, "batch-insure placeholder.csv", 3);
    assert!(rows[1].contains(",refused,,,,,,,tracking_reused,"), "{rows:?}");
    home.write_lines(
        "numbered.csv",
        "
        package_id,tracking_number,value
        1,TRK1,450
        1,TRK2,450
        ",
    );
    let rows = decisions(&home, "batch-insure numbered.csv", 0);
    assert!(rows.iter().all(|row| row.contains(",insured,POL-")), "{rows:?}");
}

#[test]
fn two_commands_that_buy_a_label_for_one_order_cover_it_once() {
    let home = Home::new();
    let buy = |label: &str| {
        format!(
            "insure --order O1 --value 450 --cover full --accept-terms --label-command 'sleep 1; echo {label}' --format json"
        )
    };
    let (first, second) = (buy("TRK1"), buy("TRK2"));
    let mut one = home.insure(&first);
    let mut other = home.insure(&second);
    let (one, other) = (one.spawn(), other.spawn());
    let ended = [one, other].map(|child| child.wait_with_output().unwrap());
    let mut statuses: Vec<_> = ended.iter().map(|out| out.status.code().unwrap()).collect();
    statuses.sort_unstable();
    assert_eq!(statuses, [0, 1], "{ended:?}");
    let lost = ended.iter().find(|out| out.status.code() == Some(1)).unwrap();
    let told = String::from_utf8_lossy(&lost.stderr).into_owned();
    assert!(told.contains("error: label TRK") && told.contains("covered_meanwhile"), "{told}");
    home.insure("search --format ids").stdout("\nPOL-00001Y\n").run();
}

#[test]
fn a_voided_label_is_not_covered_again_and_a_cancelled_cover_is() {
    let home = Home::new();
    home.write("parcel.csv", "order_id,tracking_number,value\n1001,940001,450\n");
    home.insure("batch-insure parcel.csv").output_text();
    home.insure("track 940001 cancelled").output_text();
    let rows = decisions(&home, "batch-insure parcel.csv", 0);
    assert!(rows[0].starts_with("2,1001,,940001,order_cancelled,,"), "{rows:?}");
    home.insure("insure --order 1001 --tracking 940001 --value 450")
        .stderr(
            r"
            error: refused (label_voided): label 940001 was voided, and its cover POL-00001Y ended with it

            hint: buy a new label, and cover with it
                  clause refund (S0): Label cancelled and never scanned by the carrier: the premium is refunded. After the scan: never.
            ",
        )
        .status(3)
        .run();

    home.write("other.csv", "order_id,tracking_number,value\n1002,940002,450\n");
    home.insure("batch-insure other.csv").output_text();
    home.insure("cancel 940002").output_text();
    home.write("other.csv", "order_id,tracking_number,value\n1002,940002,460\n");
    let rows = decisions(&home, "batch-insure other.csv", 0);
    assert!(rows[0].starts_with("2,1002,,940002,insured,POL-00003T,460.00,"), "{rows:?}");
}

#[test]
fn a_cancelled_cover_does_not_come_back_beside_its_successor() {
    let home = Home::new();
    home.insure("insure --order 1001 --tracking 940001 --value 450").output_text();
    home.insure("cancel POL-00001Y").output_text();
    home.insure("insure --order 1001 --tracking 940001 --value 460").output_text();
    home.insure("track POL-00001Y scanned")
        .stderr(
            r"
            error: POL-00001Y was cancelled, and POL-00002W covers this parcel now

            hint: record it there: insure track POL-00002W EVENT --at DATE
            ",
        )
        .status(2)
        .run();
    home.insure("track 940001 scanned")
        .stdout("\nPOL-00002W  scanned on 2026-11-22: the cover is effective\n")
        .run();
}

#[test]
fn what_is_covered_as_asked_is_not_refused_for_its_label() {
    let home = Home::new();
    home.write("before.csv", "order_id,value\n1001,310\n");
    home.insure("batch-insure before.csv --cover full --accept-terms").output_text();
    home.write_lines(
        "after.csv",
        "
        order_id,package_id,tracking_number,value,label_created_at
        1001,PKG00001,940001,310,2026-11-21
        ",
    );
    let rows = decisions(&home, "batch-insure after.csv --cover full", 0);
    assert_eq!(rows, ["2,1001,PKG00001,940001,already_insured,POL-00001Y,,,,,,,,,,,"]);
}

#[test]
fn a_file_of_events_names_the_parcel_and_every_row_of_it_counts() {
    let home = Home::new();
    home.insure("insure --order O1 --package PKG00001 --value 50").output_text();
    home.insure("insure --order O2 --value 60").output_text();
    home.write_lines(
        "events.csv",
        "
        order_id,package_id,tracking_number,event,at
        O1,PKG00001,TRK1,labelled,2026-11-18
        ,,TRK1,scanned,2026-11-19
        O2,PKG00002,TRK2,scanned,2026-11-19
        O2,PKG00002,TRK2,delivered,2026-11-21
        O1,PKG00001,TRK9,delivered,2026-11-21
        ",
    );
    home.insure("track --input events.csv --format csv")
        .stdout(
            r#"
            line,order_id,package_id,tracking_number,policy,event,on,result,reason
            2,O1,PKG00001,,POL-00001Y,labelled,2026-11-18,recorded,
            3,O1,PKG00001,TRK1,POL-00001Y,scanned,2026-11-19,became_effective,
            4,O2,,,POL-00002W,scanned,2026-11-19,became_effective,
            5,O2,PKG00002,TRK2,POL-00002W,delivered,2026-11-21,recorded,
            6,O1,PKG00001,TRK9,,,,unclear,"POL-00001Y covers this package under label TRK1, here it has TRK9"
            "#,
        )
        .status(3)
        .run();
}

#[test]
fn cover_is_raised_while_no_label_exists() {
    let home = Home::new();
    home.write("orders.csv", "order_id,value\n1001,450\n1002,150\n");
    home.insure("batch-insure orders.csv").output_text();
    let rows = decisions(&home, "batch-insure orders.csv --cover full --accept-terms", 0);
    assert!(
        rows[0].starts_with("2,1001,,,insured,POL-00003T,450.00,200.00,450.00,2.25,0.00,"),
        "{rows:?}"
    );
    assert!(rows[1].starts_with("3,1002,,,already_insured,POL-00002W,"), "{rows:?}");
    home.insure("search --format csv -q --status cancelled").output_text();
    home.insure("search --status confirmed --format ids")
        .stdout("\nPOL-00002W\nPOL-00003T\n")
        .run();
    let rows = decisions(&home, "batch-insure orders.csv --cover full", 0);
    assert!(rows.iter().all(|row| row.contains(",already_insured,")), "{rows:?}");
    home.insure("insure --order 1002 --value 150 --cover full --format ids")
        .stdout("\nPOL-00002W\n")
        .run();
    home.insure("insure --order 1003 --value 300 --format ids").stdout("\nPOL-00004R\n").run();
    home.insure("insure --order 1003 --value 300 --cover 250 --format ids")
        .stdout("\nPOL-00005P\n")
        .run();
    home.insure("status POL-00004R")
        .stdout(
            r"
            Policy         POL-00004R   cancelled
            Order          1003
            Package        -
            Tracking       -
            Contents       -
            Plan           tiktok-upic  TikTok Shipping insurance, insured by U-PIC, terms of 2025-10-17
            Package value  300.00 USD
            Cover          200.00 USD
            Premium        0.00 USD     0.00 USD refunded
            History
              2026-11-22  BAT-00003T recorded
              2026-11-22  replaced  refunded 0.00
            ",
        )
        .run();
}

#[test]
fn cover_is_raised_once_however_often_a_file_names_the_parcel() {
    let home = Home::new();
    home.write("orders.csv", "order_id,value\n1001,450\n");
    home.insure("batch-insure orders.csv").output_text();
    home.write("twice.csv", "order_id,value\n1001,450\n1001,450\n");
    let rows = decisions(&home, "batch-insure twice.csv --cover full --accept-terms", 0);
    assert!(rows[0].starts_with("2,1001,,,insured,POL-00002W,450.00,"), "{rows:?}");
    assert!(rows[1].starts_with("3,1001,,,already_insured,"), "{rows:?}");
    home.insure("search --status confirmed --format ids").stdout("\nPOL-00002W\n").run();
}

#[test]
fn a_parcel_covered_under_one_plan_is_not_passed_over_under_another() {
    let home = Home::new();
    home.insure("insure --order 1001 --value 450").output_text();
    home.insure("insure --order 1001 --value 450 --plan easypost --cover full")
        .stderr(
            r"
            error: refused (other_plan): covered already as POL-00001Y under tiktok-upic, now asked for under easypost

            hint: one parcel has one cover: leave it, or, before the carrier scans it, insure cancel POL-00001Y first
                  clause purchase (guide): Bought after the label, before the carrier handles the parcel.
            ",
        )
        .status(3)
        .run();
    home.write("orders.csv", "order_id,value\n1001,450\n1002,80\n");
    let rows = decisions(&home, "batch-insure orders.csv --plan easypost --cover full", 3);
    assert!(rows[0].contains(",refused,"), "{rows:?}");
    assert!(rows[0].contains("other_plan"), "{rows:?}");
    assert!(rows[1].starts_with("3,1002,,,insured,"), "{rows:?}");
}
