//! Names of files in a packet: each a plain name on every system, whatever it was called before.

use super::compose::composed;
use crate::claim::{Evidence, safe_name};

/// The longest name, in bytes: a few systems take 255 with all that stands before it.
const LONGEST: usize = 80;
/// The longest ending that counts as a file's type.
const LONGEST_TYPE: usize = 10;

/// Where each document stands in the packet, in the order of the claim. Numbered, so that no two
/// are alike and any program shows them in that order.
pub fn places(evidence: &[Evidence]) -> Vec<String> {
    let digits = evidence.len().to_string().len().max(2);
    let mut affidavits = 0;
    let place = |(at, document): (usize, &Evidence)| {
        let kind = safe(&document.kind);
        let name = safe(&document.file);
        if document.kind != "affidavit" {
            return format!("evidence/{:0digits$}-{kind}-{name}", at + 1);
        }
        affidavits += 1;
        let (_, ending) = split(&name);
        match affidavits {
            1 => format!("affidavit{ending}"),
            more => format!("affidavit-{more}{ending}"),
        }
    };
    evidence.iter().enumerate().map(place).collect()
}

/// A name as a packet has it: safe anywhere, and plain enough for any program that unpacks it:
/// letters and digits of any script, a few signs, everything else a `_`.
fn safe(name: &str) -> String {
    let mut out = String::new();
    for c in composed(&safe_name(name)) {
        let fits = c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | '(' | ')' | '+');
        match if fits { c } else { '_' } {
            '_' if out.ends_with('_') => {}
            c => out.push(c),
        }
    }
    let (stem, ending) = split(&out);
    let mut stem = stem.to_owned();
    while stem.len() + ending.len() > LONGEST {
        stem.pop();
    }
    format!("{}{ending}", stem.trim_end_matches(['.', '-', '_']))
}

/// A name and the ending that says its type, with the dot.
fn split(name: &str) -> (&str, &str) {
    match name.rfind('.') {
        Some(at) if at > 0 && (2..=LONGEST_TYPE).contains(&(name.len() - at)) => name.split_at(at),
        _ => (name, ""),
    }
}

#[cfg(test)]
mod tests {
    use super::{LONGEST, places, safe};
    use crate::calendar::parse_day;
    use crate::claim::Evidence;

    #[test]
    fn a_name_is_plain_everywhere() {
        for (given, name) in [
            ("invoice.pdf", "invoice.pdf"),
            ("../../etc/passwd", "passwd"),
            ("..\\..\\boot.ini", "boot.ini"),
            ("..", "document"),
            ("", "document"),
            ("/", "document"),
            (".hidden", "hidden"),
            ("-rf.jpg", "rf.jpg"),
            ("a\u{0}b\u{1b}[31m\nc.jpg", "a_b_31m_c.jpg"),
            ("exe.\u{202e}gpj", "exe._gpj"),
            ("con", "_con"),
            ("NUL.txt", "_NUL.txt"),
            ("com7.tar.gz", "_com7.tar.gz"),
            ("common.txt", "common.txt"),
            ("my photo (1).jpg", "my_photo_(1).jpg"),
            ("照片 箱子.jpg", "照片_箱子.jpg"),
            ("Cafe\u{301}.pdf", "Café.pdf"),
            ("a|b<c>d:e\"f?g*.png", "a_b_c_d_e_f_g.png"),
            ("name. ", "name"),
        ] {
            assert_eq!(safe(given), name, "{given:?}");
        }
        let long = safe(&format!("{}.jpeg", "箱".repeat(200)));
        assert!(long.len() <= LONGEST && long.ends_with("箱.jpeg"), "{long}");
    }

    #[test]
    fn every_document_has_a_place_of_its_own() {
        let document = |kind: &str, file: &str| Evidence {
            kind: kind.to_owned(),
            sha256: String::new(),
            file: file.to_owned(),
            bytes: 1,
            media: None,
            dated: None,
            added_on: parse_day("2026-11-22").unwrap(),
        };
        let all = [
            document("photo", "a/x.jpg"),
            document("photo", "b/x.jpg"),
            document("affidavit", "signed.eml"),
            document("affidavit", "again"),
        ];
        assert_eq!(
            places(&all),
            ["evidence/01-photo-x.jpg", "evidence/02-photo-x.jpg", "affidavit.eml", "affidavit-2"]
        );
    }
}
