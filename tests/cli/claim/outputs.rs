//! What is written out never stands in place of what is needed: the ledger, kept documents, files
//! of somebody else.

use std::fs;

use super::filed;
use crate::harness::Home;

const KEPT: &str =
    "insure.evidence/cdf9eb807a930dac2f3877081affc9fc0b1287e72aeb3cc4324fcb03aa95c786";

/// A claim that lacks its affidavit, so that one is asked for, and a kept document.
fn shop() -> Home {
    let home = filed();
    home.write(
        ".config/insure/config.toml",
        "[mail]\nfrom = \"Shop <claims@example.com>\"\n[packet]\nfont-folders = []\n",
    );
    home.insure("claim file 1002 --reason damage --amount 100 -q").output_text();
    home.write("words.txt", "Damage\n\nPlease describe the damage.\n");
    home
}

#[track_caller]
fn refused(home: &Home, line: &str, said: &str) {
    home.insure(line).stderr(&format!("\n{said}\n")).status(2).run();
}

#[test]
fn no_output_stands_in_place_of_the_ledger_or_a_kept_document() {
    let home = shop();
    std::os::unix::fs::symlink("insure.evidence", home.path("link")).unwrap();
    std::os::unix::fs::symlink("insure.db", home.path("book.eml")).unwrap();
    fs::create_dir(home.path("sub")).unwrap();
    let (ledger, kept) = (fs::read(home.path("insure.db")).unwrap(), home.read(KEPT));
    let draft = "claim affidavit 1002 --template words.txt --force --out";
    let within = "in the folder of the ledger's documents";
    for (place, is) in [
        ("insure.db", "the ledger"),
        ("insure.db-wal", "the ledger"),
        ("book.eml", "the ledger"),
        ("sub/../insure.db", "the ledger"),
        (KEPT, within),
        ("link/new.eml", within),
        ("insure.evidence/new.eml", within),
        ("words.txt", "the file that is read"),
    ] {
        refused(
            &home,
            &format!("{draft} {place}"),
            &format!("error: --out {place} is {is}\n\nhint: name another file for the e-mail"),
        );
    }
    for (place, is) in [("link", "the folder of the ledger's documents"), ("link/new/", within)] {
        refused(
            &home,
            &format!("{draft} {place}"),
            &format!("error: --out {place} is {is}\n\nhint: name another folder for the e-mails"),
        );
    }
    refused(
        &home,
        &format!("report --html {KEPT}"),
        &format!("error: --html {KEPT} is {within}\n\nhint: name another file for the page"),
    );
    for (place, is) in [
        ("insure.evidence", "the folder of the ledger's documents"),
        ("link/deep/er", within),
        ("link/all.zip", within),
    ] {
        refused(
            &home,
            &format!("claim packet 1001 --force --out {place}"),
            &format!(
                "error: --out {place} is {is}\n\nhint: name another folder or archive for packets"
            ),
        );
    }
    assert!(fs::read(home.path("insure.db")).unwrap() == ledger);
    assert_eq!(home.read(KEPT), kept);
    assert_eq!(fs::read_dir(home.path("insure.evidence")).unwrap().count(), 2);

    fs::copy(home.path("insure.db"), home.path("led.zip")).unwrap();
    let ledger = fs::read(home.path("led.zip")).unwrap();
    let own = "claim packet 1001 --db led.zip --out led.zip --force";
    let hint = "hint: name another folder or archive for packets";
    refused(&home, own, &format!("error: --out led.zip is the ledger\n\n{hint}"));
    let said = home.insure("claim packet 1001 --out led.zip --force -q --format csv").status(3);
    let said = said.output_text();
    assert!(said.contains("packet_exists,led.zip is there already and is no packet"), "{said}");
    assert!(fs::read(home.path("led.zip")).unwrap() == ledger);
}

#[test]
fn another_draft_is_replaced_only_on_demand() {
    let home = shop();
    home.write("d.eml", "mine");
    let line = "claim affidavit 1002 --template words.txt -q --format ids --out d.eml";
    let differs = "error: d.eml is there already and differs\n\nhint: --force replaces it; or name another place with --out";
    refused(&home, line, differs);
    assert_eq!(home.read("d.eml"), "mine");
    home.insure(&format!("{line} --force")).stdout("\nCLM-00002W\n").run();
    let written = home.read("d.eml");
    assert!(written.contains("Please describe the damage."), "{written}");
    home.insure(line).stdout("\nCLM-00002W\n").run();
    assert_eq!(home.read("d.eml"), written);
}

#[test]
fn only_a_packet_is_replaced_by_force() {
    let home = shop();
    home.write("all.zip", "mine");
    home.write("p/CLM-00001Y/manifest.json", "{\"name\": \"web app\"}");
    for (out, place) in [("all.zip", "all.zip"), ("p", "p/CLM-00001Y")] {
        let line = format!("claim packet 1001 --out {out} --force -q --format csv");
        let said = home.insure(&line).status(3).output_text();
        let why = format!("packet_exists,{place} is there already and is no packet");
        assert!(said.contains(&why), "{said}");
    }
    assert_eq!(home.read("all.zip"), "mine");
    assert_eq!(home.read("p/CLM-00001Y/manifest.json"), "{\"name\": \"web app\"}");
}
