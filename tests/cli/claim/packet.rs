//! `insure claim packet`: all that a claim is sent with, and nothing half made.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use super::super::harness::{Home, skip};
use super::{filed, shop};

/// Folders without any font: what is printed does not depend on the machine.
const NO_FONTS: &str = "[packet]\nfont-folders = []\n";

/// Fonts with Chinese signs that a test may find on its machine.
const CHINESE: [&str; 4] = [
    "/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf",
    "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc",
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/truetype/droid/DroidSansFallback.ttf",
];

fn configured(home: &Home, text: &str) {
    home.write(".config/insure/config.toml", text);
}

/// What a program says, or none and a word about it where it is not there.
fn tool(home: &Home, program: &str, arguments: &[&str]) -> Option<String> {
    match home.command(Path::new(program)).args(arguments).output() {
        Ok(said) => {
            let err = String::from_utf8_lossy(&said.stderr).into_owned();
            assert!(said.status.success(), "{program} {arguments:?}: {err}");
            Some(String::from_utf8(said.stdout).unwrap())
        }
        Err(_) => {
            skip(&format!("there is no {program}"));
            None
        }
    }
}

/// The text of a PDF, its blanks made one.
fn text_of(home: &Home, path: &str) -> Option<String> {
    let text = tool(home, "pdftotext", &["-layout", path, "-"])?;
    Some(text.split_whitespace().collect::<Vec<_>>().join(" "))
}

fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut all = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { all.extend(files_below(&path)) } else { all.push(path) }
    }
    all.sort();
    all
}

/// The files below a folder by name, with their content.
fn content(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let name = |path: &Path| path.strip_prefix(folder).unwrap().display().to_string();
    files_below(folder).iter().map(|path| (name(path), fs::read(path).unwrap())).collect()
}

#[test]
fn a_packet_has_the_form_the_invoice_the_evidence_and_all_hashes() {
    let home = filed();
    configured(&home, NO_FONTS);
    let rows = home.insure("claim packet 1001 --out packets --format csv -q").output_text();
    let row: Vec<&str> = rows.lines().nth(1).unwrap().split(',').collect();
    assert_eq!(
        rows.lines().next(),
        Some("id,claim,path,files,bytes,draft,unchanged,sha256,code,refused")
    );
    assert_eq!(row[..4], ["1001", "CLM-00001Y", "packets/CLM-00001Y", "6"]);
    assert_eq!(row[5..7], ["false", "false"]);
    let folder = home.path("packets/CLM-00001Y");
    let names: Vec<String> = content(&folder).into_iter().map(|(name, _)| name).collect();
    assert_eq!(
        names,
        [
            "affidavit.pdf",
            "claim-form.pdf",
            "evidence/01-invoice-invoice.pdf",
            "invoice.pdf",
            "manifest.json",
            "sha256sums.txt"
        ]
    );
    assert_eq!(
        home.read("packets/CLM-00001Y/evidence/01-invoice-invoice.pdf"),
        "%PDF-1.7 an invoice"
    );
    assert_eq!(home.read("packets/CLM-00001Y/affidavit.pdf"), "%PDF-1.7 an affidavit");

    let manifest: Value =
        serde_json::from_str(&home.read("packets/CLM-00001Y/manifest.json")).unwrap();
    let shown = home.insure("claim show 1001 --format json").output_text();
    assert_eq!(manifest["claim"], serde_json::from_str::<Value>(&shown).unwrap());
    assert_eq!(manifest["format"], "insure-packet");
    assert_eq!(manifest["version"], 1);
    assert_eq!(manifest["as_of"], "2026-11-22");
    let policy = &manifest["policy"];
    assert_eq!(policy["tracking_number"], "940001");
    assert_eq!((&policy["package_value"], &policy["cover"]), (&"450.00".into(), &"450.00".into()));
    assert_eq!(manifest["trace"][0]["rule"], "waiting");
    let files = manifest["files"].as_array().unwrap();
    let told: Vec<&str> = files.iter().map(|file| file["path"].as_str().unwrap()).collect();
    assert_eq!(
        told,
        ["claim-form.pdf", "invoice.pdf", "evidence/01-invoice-invoice.pdf", "affidavit.pdf"]
    );
    assert_eq!(files[3]["kind"], "affidavit");
    assert_eq!(files[3]["dated"], "2026-11-20");
    assert_eq!(files[3]["given_as"], "affidavit.pdf");
    let total: u64 = content(&folder).iter().map(|(_, bytes)| bytes.len() as u64).sum();
    assert_eq!(row[4], total.to_string());

    let check = home
        .command(Path::new("sha256sum"))
        .args(["--check", "--strict", "sha256sums.txt"])
        .current_dir(&folder)
        .output()
        .unwrap();
    let said = String::from_utf8(check.stdout).unwrap();
    assert_eq!(said.matches(": OK").count(), 5, "{said}");
}

#[test]
fn the_form_says_all_that_the_provider_asks() {
    let home = filed();
    configured(&home, NO_FONTS);
    home.insure("claim packet 1001 --out p -q").output_text();
    let Some(form) = text_of(&home, "p/CLM-00001Y/claim-form.pdf") else { return };
    for part in [
        "Claim CLM-00001Y",
        "Prepared by the seller from its own ledger. This is not an official form of the provider.",
        "Reason loss",
        "Amount claimed 450.00 USD",
        "Payable 450.00 USD as assessed under the terms",
        "Status under review",
        "Policy POL-00001Y",
        "TikTok Shipping insurance, insured by U-PIC (tiktok-upic)",
        "Terms of 2025-10-17",
        "Last day to claim 2027-01-20",
        "Order 1001",
        "Tracking number 940001",
        "Shipping provider -",
        "First scan 2026-10-22",
        "Package value 450.00 USD",
        "Cover 450.00 USD",
        "Affidavit attached, dated 2026-11-20",
        "2026-10-22 Carrier: scanned",
        "2026-11-22 Claim prepared: loss, 450.00 USD",
        "2026-11-22 Signed affidavit received from the buyer, dated 2026-11-20",
        "Assessed as of 2026-11-22",
        "window 90 days from the ship 2027-01-20 incident.loss.window",
        "1/2",
    ] {
        assert!(form.contains(part), "{part}\n---\n{form}");
    }
    assert!(!form.contains("DRAFT"), "{form}");
    let invoice = text_of(&home, "p/CLM-00001Y/invoice.pdf").unwrap();
    for part in [
        "Made from the seller's ledger for claim CLM-00001Y.",
        "this one does not take its place",
        "no details of the seller are configured ([seller] in config.toml)",
        "The ledger does not say what is in the package.",
        "Total 450.00 USD",
    ] {
        assert!(invoice.contains(part), "{part}\n---\n{invoice}");
    }
}

#[test]
fn the_seller_is_named_where_configured() {
    let home = filed();
    let seller = "[seller]\nname = \"Example Shop\"\naddress = [\"1 Example Street\", \"Springfield\"]\ntax-id = \"12-3456789\"\nemail = \"shop@example.com\"\n";
    configured(&home, &format!("{NO_FONTS}{seller}"));
    home.insure("claim packet 1001 --out p -q").output_text();
    let Some(invoice) = text_of(&home, "p/CLM-00001Y/invoice.pdf") else { return };
    let all = "Seller Example Shop Address 1 Example Street Springfield Tax number 12-3456789 E-mail shop@example.com";
    assert!(invoice.contains(all), "{invoice}");
    configured(&home, "[seller]\nnom = \"x\"\n");
    let said = home.insure("claim packet 1001 --out p").status(2).output();
    let text = String::from_utf8(said.stderr).unwrap();
    assert!(text.contains("unknown field `nom`") && text.contains("tax-id ="), "{text}");
}

#[test]
fn the_same_claim_gives_the_same_bytes() {
    let home = filed();
    configured(&home, NO_FONTS);
    home.insure("claim packet 1001 --out one -q").output_text();
    home.insure("claim packet CLM-00001Y --out two -q --today 2026-12-24").output_text();
    assert!(content(&home.path("one/CLM-00001Y")) == content(&home.path("two/CLM-00001Y")));
    home.insure("claim packet 1001 --out one.zip -q").output_text();
    home.insure("claim packet 1001 --out again/two.zip -q").output_text();
    assert!(
        fs::read(home.path("one.zip")).unwrap() == fs::read(home.path("again/two.zip")).unwrap()
    );

    home.insure("claim packet 1001 --out one --format ids")
        .stdout("\nCLM-00001Y\n")
        .stderr("\n1 made (1 there already, unchanged), 0 could not be made, 0 not found\n")
        .run();
    home.insure("claim packet 1001 --out one.zip --format ids")
        .stdout("\nCLM-00001Y\n")
        .stderr("\n1 made (1 there already, unchanged), 0 could not be made, 0 not found\n")
        .run();
}

#[test]
fn what_is_there_and_differs_is_replaced_only_on_demand() {
    let home = filed();
    configured(&home, NO_FONTS);
    home.insure("claim packet 1001 --out p -q").output_text();
    home.insure("claim packet 1001 --out p.zip -q").output_text();
    let (folder, archive) = (content(&home.path("p")), fs::read(home.path("p.zip")).unwrap());
    home.insure("claim decide 1001 --accepted --today 2026-12-01 -q").output_text();
    home.insure("claim packet 1001 --out p --today 2026-12-01")
        .stdout(
            r"
            id    claim       path  files  bytes  draft  code           refused
            1001  CLM-00001Y  -     -      -      -      packet_exists  p/CLM-00001Y is there already and differs
            ",
        )
        .stderr(
            r"
            0 made, 1 could not be made, 0 not found
            hint: --force replaces it; or name another place with --out
            ",
        )
        .status(3)
        .run();
    home.insure("claim packet 1001 --out p.zip -q --format csv")
        .status(3)
        .stdout(
            r"
            id,claim,path,files,bytes,draft,unchanged,sha256,code,refused
            1001,CLM-00001Y,,,,,,,packet_exists,p.zip is there already and differs
            ",
        )
        .run();
    assert!(content(&home.path("p")) == folder);
    assert!(fs::read(home.path("p.zip")).unwrap() == archive);
    home.insure("claim packet 1001 --out p --force -q").output_text();
    home.insure("claim packet 1001 --out p.zip --force -q").output_text();
    assert!(content(&home.path("p")) != folder);
    assert!(fs::read(home.path("p.zip")).unwrap() != archive);

    // What is no packet is nobody's to replace.
    home.write("q/CLM-00001Y/diary.txt", "mine");
    let rows =
        home.insure("claim packet 1001 --out q --force -q --format csv").status(3).output_text();
    assert!(rows.contains("q/CLM-00001Y is there already and is no packet"), "{rows}");
    assert_eq!(home.read("q/CLM-00001Y/diary.txt"), "mine");
    assert_eq!(files_below(&home.path("q")).len(), 1, "nothing half made stays");
}

#[test]
fn a_draft_says_so_and_what_is_missing() {
    let home = shop();
    configured(&home, NO_FONTS);
    home.insure("claim file 1001 --reason loss -q").output_text();
    home.insure("claim packet 1001 --out p --format ids")
        .stdout("\nCLM-00001Y\n")
        .stderr(
            r"
            1 made, 0 could not be made, 0 not found
            1 of drafts, not ready to send: their forms say what is missing
            ",
        )
        .run();
    let Some(form) = text_of(&home, "p/CLM-00001Y/claim-form.pdf") else { return };
    for part in [
        "DRAFT, not ready to send. Missing: invoice, affidavit.",
        "affidavit buyer needed The buyer's affidavit of non-receipt",
        "CLM-00001Y, DRAFT, claim form",
        "None is attached.",
    ] {
        assert!(form.contains(part), "{part}\n---\n{form}");
    }
}

#[test]
fn many_claims_come_from_a_pipe_each_on_its_own() {
    let home = filed();
    configured(&home, NO_FONTS);
    home.insure("claim file 1002 --reason damage --amount 100 -q").output_text();
    home.shell(
        "printf '1001\\n1002\\nCLM-00001Y\\n1003\\n7777\\n' > ids
        insure claim packet - --out all.zip --format csv < ids > rows
        echo $?
        cut -d, -f1-4,6,9- rows",
    )
    .stdout(
        r"
            3
            id,claim,path,files,draft,code,refused
            1001,CLM-00001Y,all.zip,6,false,,
            1002,CLM-00002W,all.zip,4,true,,
            1003,,,,,not_found,there is no claim under `1003`
            7777,,,,,not_found,nothing is recorded under `7777`
            ",
    )
    .stderr(
        r"
            2 made, 0 could not be made, 2 not found
            1 of drafts, not ready to send: their forms say what is missing
            ",
    )
    .run();
    let Some(names) = tool(&home, "unzip", &["-Z1", "all.zip"]) else { return };
    assert_eq!(
        names,
        "CLM-00001Y/claim-form.pdf\nCLM-00001Y/invoice.pdf\nCLM-00001Y/evidence/01-invoice-invoice.pdf\n\
         CLM-00001Y/affidavit.pdf\nCLM-00001Y/manifest.json\nCLM-00001Y/sha256sums.txt\n\
         CLM-00002W/claim-form.pdf\nCLM-00002W/invoice.pdf\nCLM-00002W/manifest.json\nCLM-00002W/sha256sums.txt\n"
    );
    let tested = tool(&home, "unzip", &["-t", "all.zip"]).unwrap();
    assert!(tested.contains("No errors detected"), "{tested}");
}

#[test]
fn changed_or_missing_evidence_stops_its_packet_and_no_other() {
    let home = filed();
    configured(&home, NO_FONTS);
    home.insure("claim file 1002 --reason damage --amount 100 --evidence photo=photo.jpg -q")
        .output_text();
    let kept = "insure.evidence/cdf9eb807a930dac2f3877081affc9fc0b1287e72aeb3cc4324fcb03aa95c786";
    home.write(kept, "%PDF-1.7 an Affidavit");
    for out in ["p", "p.zip"] {
        let line = format!("claim packet 1001 1002 --out {out} --format csv");
        let mut told = home.insure(&line);
        let said = told.output();
        assert_eq!(said.status.code(), Some(3));
        let rows = String::from_utf8(said.stdout).unwrap();
        let refused = rows.lines().nth(1).unwrap();
        assert!(
            refused.starts_with("1001,CLM-00001Y,,,,,,,evidence_changed,the affidavit affidavit.pdf is not what was given"),
            "{refused}"
        );
        assert!(rows.lines().nth(2).unwrap().starts_with("1002,CLM-00002W,p"), "{rows}");
        let hint = String::from_utf8(said.stderr).unwrap();
        assert!(
            hint.contains("insure claim evidence add CLM-00001Y --kind affidavit FILE"),
            "{hint}"
        );
    }
    assert_eq!(fs::read_dir(home.path("p")).unwrap().count(), 1);
    if let Some(names) = tool(&home, "unzip", &["-Z1", "p.zip"]) {
        assert!(!names.contains("CLM-00001Y") && names.contains("CLM-00002W"), "{names}");
        assert!(tool(&home, "unzip", &["-t", "p.zip"]).unwrap().contains("No errors"));
    }

    fs::remove_file(home.path(kept)).unwrap();
    let rows =
        home.insure("claim packet 1001 --out gone.zip -q --format csv").status(3).output_text();
    assert!(
        rows.contains("evidence_missing,the affidavit affidavit.pdf is missing beside the ledger"),
        "{rows}"
    );
    assert!(!home.path("gone.zip").exists(), "an archive without a packet is none");
    let left = fs::read_dir(home.path(".")).unwrap().filter(|entry| {
        entry.as_ref().unwrap().file_name().to_string_lossy().starts_with(".packet-")
    });
    assert_eq!(left.count(), 0);
}

#[test]
fn names_of_evidence_cannot_leave_the_packet() {
    let home = shop();
    configured(&home, NO_FONTS);
    home.insure("claim file 1001 --reason loss -q").output_text();
    for name in ["-rf .. \u{1b}[31m\nx.jpg", "a\\..\\..\\b.jpg", "<b>&.jpg", "CON.jpg"] {
        fs::write(home.path(name), format!("photo {name}")).unwrap();
        let said = home
            .command(Path::new(super::super::harness::INSURE))
            .args(["claim", "evidence", "add", "1001", "--kind", "photo", "-q", "--"])
            .arg(name)
            .output()
            .unwrap();
        assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stderr));
    }
    home.insure("claim packet 1001 --out p -q").output_text();
    let names: Vec<String> =
        content(&home.path("p/CLM-00001Y/evidence")).into_iter().map(|(name, _)| name).collect();
    assert_eq!(
        names,
        ["01-photo-rf_.._31m_x.jpg", "02-photo-b.jpg", "03-photo-_b.jpg", "04-photo-_CON.jpg"]
    );
    let Some(form) = text_of(&home, "p/CLM-00001Y/claim-form.pdf") else { return };
    assert!(form.contains("_b_&.jpg"), "{form}");
    assert!(!form.contains('\u{1b}'), "{form}");
}

#[test]
fn chinese_and_accents_print_with_a_font_and_say_so_without() {
    let home = shop();
    configured(&home, NO_FONTS);
    let contents =
        "红色机器人（中文说明书）; Café à la crème für Zoë; Łódź; 東京; Привет; Ελληνικά";
    home.insure(&format!("insure --order 2001 --tracking 950001 --value 80 --contents '{contents}' --ship-date 2026-10-20 --today 2026-10-20 -q")).output_text();
    home.insure("track 950001 scanned --at 2026-10-20 -q").output_text();
    home.insure("claim file 2001 --reason loss -q").output_text();
    home.insure("claim packet 2001 --out p")
        .stdout(
            r"
            id    claim       path  files  bytes  draft  code     refused
            2001  CLM-00001Y  -     -      -      -      no_font  no font has 中 (U+4E2D), 书 (U+4E66), 京 (U+4EAC), 人 (U+4EBA), 器 (U+5668) and 9 more of `红色机器人（中文说明书）; Café à la crème für Zoë; Łódź; 東京; Привет; Ελλ…`
            ",
        )
        .stderr(
            r#"
            0 made, 1 could not be made, 0 not found
            hint: install a font that has them, such as Debian's fonts-noto-cjk for Chinese, or name a font file with --font FILE or in config.toml: [packet] fonts = ["FILE"]
            "#,
        )
        .status(3)
        .run();
    assert!(!home.path("p").exists());

    home.write("none.ttf", "no font at all");
    home.insure("claim packet 2001 --out p --font none.ttf")
        .stderr(
            r"
            error: the font none.ttf cannot be used: expected a TrueType or OpenType font with outlines (.ttf, .otf, .ttc)

            hint: name a TrueType or OpenType font: a file that ends in .ttf, .otf or .ttc
            ",
        )
        .status(2)
        .run();
    let Some(font) = CHINESE.iter().find(|path| Path::new(path).exists()) else {
        skip("no font with Chinese signs is installed");
        return;
    };
    home.insure(&format!("claim packet 2001 --out p -q --font {font}")).output_text();
    configured(&home, &format!("[packet]\nfonts = [\"{font}\"]\nfont-folders = []\n"));
    home.insure("claim packet 2001 --out q -q").output_text();
    assert!(content(&home.path("p")) == content(&home.path("q")));
    configured(&home, "");
    home.insure("claim packet 2001 --out found -q").output_text();
    let Some(text) = text_of(&home, "p/CLM-00001Y/invoice.pdf") else { return };
    for goods in contents.split("; ") {
        assert!(text.contains(goods), "{goods}\n---\n{text}");
    }
}

#[test]
fn a_long_list_goes_over_pages_that_are_numbered() {
    let home = shop();
    configured(&home, NO_FONTS);
    let goods: Vec<String> = (1..=60)
        .map(|at| {
            format!(
                "Product {at}: vacuum flask with bamboo lid, {at}0 ml, in a gift box with a card"
            )
        })
        .collect();
    home.write(
        "long.csv",
        format!("order_id,tracking_number,value,contents,scanned_on\n3001,960001,80,\"{}\",2026-10-20\n", goods.join("; ")),
    );
    home.insure("batch-insure long.csv --today 2026-10-20 -q").output_text();
    home.insure("claim file 3001 --reason loss -q").output_text();
    home.insure("claim packet 3001 --out p -q").output_text();
    let Some(text) = text_of(&home, "p/CLM-00001Y/invoice.pdf") else { return };
    for (at, goods) in goods.iter().enumerate() {
        assert!(text.contains(&format!("{} {goods}", at + 1)), "{goods}\n---\n{text}");
    }
    assert_eq!(text.matches("No. Goods").count(), 2, "the head stands on each page\n{text}");
    assert!(text.contains("1/3") && text.contains("3/3"), "{text}");
    let form = text_of(&home, "p/CLM-00001Y/claim-form.pdf").unwrap();
    assert!(form.contains("and 52 more, see invoice.pdf"), "{form}");
}

#[test]
fn what_came_from_files_changes_nothing_on_the_page() {
    let home = shop();
    configured(&home, NO_FONTS);
    home.write(
        "odd.csv",
        "order_id,tracking_number,value,contents,scanned_on\n3002,960002,80,\"<b>bold</b> (a) Tj; exe.\u{202e}gpj; شاي أخضر; 🎁 gift\",2026-10-20\n",
    );
    home.insure("batch-insure odd.csv --today 2026-10-20 -q").output_text();
    home.insure("claim file 3002 --reason loss -q").output_text();
    home.insure("claim packet 3002 --out p --format ids")
        .stdout("\nCLM-00001Y\n")
        .stderr(
            r"
            CLM-00001Y: Arabic text cannot be set by this program; the pages name it in brackets, manifest.json has it
            1 made, 0 could not be made, 0 not found
            1 of drafts, not ready to send: their forms say what is missing
            ",
        )
        .run();
    let Some(text) = text_of(&home, "p/CLM-00001Y/invoice.pdf") else { return };
    for part in ["<b>bold</b> (a) Tj", "exe.\u{fffd}gpj", "[Arabic]", "[U+1F381] gift"] {
        assert!(text.contains(part), "{part}\n---\n{text}");
    }
}

#[test]
fn other_programs_read_the_pages() {
    let home = filed();
    configured(&home, NO_FONTS);
    home.insure("claim packet 1001 --out p -q").output_text();
    for name in ["claim-form", "invoice"] {
        let path = format!("p/CLM-00001Y/{name}.pdf");
        let Some(said) = tool(&home, "qpdf", &["--check", &path]) else { return };
        assert!(said.contains("No syntax or stream encoding errors found"), "{said}");
        if tool(&home, "pdftoppm", &["-r", "40", "-gray", &path, name]).is_none() {
            return;
        }
        let picture = files_below(&home.path("."))
            .into_iter()
            .find(|path| path.extension().is_some_and(|e| e == "pgm"))
            .unwrap();
        let dark = fs::read(&picture).unwrap().iter().filter(|byte| **byte < 128).count();
        assert!(dark > 200, "{name} is printed: {dark} dark points");
        fs::remove_file(picture).unwrap();
    }
    let info = Command::new("pdfinfo").arg(home.path("p/CLM-00001Y/claim-form.pdf")).output();
    if let Ok(info) = info {
        let text = String::from_utf8(info.stdout).unwrap();
        assert!(text.contains("CLM-00001Y, claim form"), "{text}");
        assert!(text.lines().any(|l| l.starts_with("Tagged:") && l.ends_with("yes")), "{text}");
    }
}

#[test]
fn a_place_that_is_none_is_refused_before_anything_is_made() {
    let home = filed();
    home.write("file", "x");
    fs::create_dir(home.path("folder.zip")).unwrap();
    for (out, said) in [
        ("file", "--out file: this is a file, expected a folder"),
        ("folder.zip", "--out folder.zip: this is a folder, expected an archive"),
        ("-", "a packet is not written to stdout"),
    ] {
        let done = home.insure(&format!("claim packet 1001 --out {out}")).output();
        let text = String::from_utf8(done.stderr).unwrap();
        assert!(text.contains(said), "{text}");
        assert_eq!(done.status.code(), Some(2));
    }
}

#[test]
fn a_draft_that_is_packed_after_its_window_is_the_same_and_is_remarked_on() {
    let home = shop();
    configured(&home, NO_FONTS);
    home.insure("claim file 1001 --reason loss -q").output_text();
    home.insure("claim packet 1001 --out one -q").output_text();
    home.insure("claim packet 1001 --out two --format ids --today 2027-03-01")
        .stdout("\nCLM-00001Y\n")
        .stderr(
            r"
            CLM-00001Y: its last day to claim was 2027-01-20; the form says how it stood when last something happened
            1 made, 0 could not be made, 0 not found
            1 of drafts, not ready to send: their forms say what is missing
            ",
        )
        .run();
    assert!(content(&home.path("one")) == content(&home.path("two")));
}

#[test]
fn the_timeline_tells_the_provider_its_own_affairs_in_order() {
    let home = filed();
    configured(&home, NO_FONTS);
    home.insure("claim decide 1001 --rejected 'not lost' --today 2026-12-01 -q").output_text();
    home.insure("claim decide 1001 --rejected 'no proof' --replace --today 2026-12-02 -q")
        .output_text();
    home.insure("claim refund 1001 --status pending --reason asked --today 2026-12-03 -q")
        .output_text();
    home.insure(
        "claim refund 1001 --status refunded --reason asked --at 2026-11-30 --today 2026-12-04 -q",
    )
    .output_text();
    home.insure("claim appeal 1001 --reason 'here it is' --today 2026-12-05 -q").output_text();
    home.insure("claim packet 1001 --out p --today 2026-12-05 -q").output_text();
    let Some(form) = text_of(&home, "p/CLM-00001Y/claim-form.pdf") else { return };
    let (_, rest) = form.split_once("Timeline Day What happened ").unwrap();
    let (told, _) = rest.split_once(" Evidence Kind").unwrap();
    // The table goes on on the next page.
    let told = told.replace(" CLM-00001Y, claim form 1/2 Day What happened", "");
    assert_eq!(
        told,
        "2026-10-22 Carrier: scanned \
         2026-11-22 Claim prepared: loss, 450.00 USD \
         2026-11-22 Document added: invoice, invoice.pdf \
         2026-11-22 Signed affidavit received from the buyer, dated 2026-11-20 \
         2026-11-22 Claim complete, ready for the provider \
         2026-11-30 Refund to the buyer: refunded \
         2026-12-02 Rejected by the provider: no proof \
         2026-12-05 Appealed to U-PIC: here it is"
    );
}

#[test]
fn a_claim_that_was_withdrawn_is_packed_with_a_remark() {
    let home = filed();
    configured(&home, NO_FONTS);
    home.insure("claim withdraw 1001 -q --format ids").output_text();
    home.insure("claim packet 1001 --out p --format ids")
        .stdout("\nCLM-00001Y\n")
        .stderr(
            r"
            CLM-00001Y is withdrawn: its form says so, there is nothing to send
            1 made, 0 could not be made, 0 not found
            ",
        )
        .run();
    let Some(form) = text_of(&home, "p/CLM-00001Y/claim-form.pdf") else { return };
    assert!(form.contains("WITHDRAWN by the seller on 2026-11-22."), "{form}");
}

#[test]
fn nothing_from_a_pipe_is_nothing_made() {
    let home = filed();
    configured(&home, NO_FONTS);
    home.insure("claim packet - --out all.zip")
        .stdin("")
        .stderr("\nno identifiers came in, nothing was made\n")
        .status(4)
        .run();
    assert!(!home.path("all.zip").exists());
}

#[test]
fn a_pipe_in_place_of_a_kept_document_is_not_waited_for() {
    let home = filed();
    configured(&home, NO_FONTS);
    let kept = "insure.evidence/cdf9eb807a930dac2f3877081affc9fc0b1287e72aeb3cc4324fcb03aa95c786";
    home.shell(&format!("rm {kept}; mkfifo {kept}")).run();
    let said = home.insure("claim packet 1001 --out p -q --format csv").status(3).output_text();
    let why = "evidence_changed,the affidavit affidavit.pdf is not what was given: a pipe or a device is there";
    assert!(said.contains(why), "{said}");
    let said = home.insure("ledger check --format csv").status(1).output_text();
    assert!(said.contains("is no file any more: a pipe or a device is in its place"), "{said}");
}
