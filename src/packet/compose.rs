//! Letters and the accents after them, joined: some systems write file names in two pieces.

/// An accent, the letters it joins, and what they become, one for one.
const ACCENTS: &[(char, &str, &str)] = &[
    ('\u{300}', "AEINOUaeinouWwYyÜü", "ÀÈÌǸÒÙàèìǹòùẀẁỲỳǛǜ"),
    (
        '\u{301}',
        "ACEGIKLMNOPRSUWYZacegiklmnoprsuwyzÆØÜæøüΑΕΗΙΟΥΩαεηιουω",
        "ÁĆÉǴÍḰĹḾŃÓṔŔŚÚẂÝŹáćéǵíḱĺḿńóṕŕśúẃýźǼǾǗǽǿǘΆΈΉΊΌΎΏάέήίόύώ",
    ),
    ('\u{302}', "ACEGHIJOSUWYaceghijosuwy", "ÂĈÊĜĤÎĴÔŜÛŴŶâĉêĝĥîĵôŝûŵŷ"),
    ('\u{303}', "AINOUVaeinouvyEY", "ÃĨÑÕŨṼãẽĩñõũṽỹẼỸ"),
    ('\u{304}', "AEIOUaeiouYy", "ĀĒĪŌŪāēīōūȲȳ"),
    ('\u{306}', "AEGIOUaegiouИи", "ĂĔĞĬŎŬăĕğĭŏŭЙй"),
    ('\u{307}', "ACEGIZacegzBDFMNPRSTWXYbdfmnprstwxy", "ȦĊĖĠİŻȧċėġżḂḊḞṀṄṖṘṠṪẆẊẎḃḋḟṁṅṗṙṡṫẇẋẏ"),
    ('\u{308}', "AEIOUYaeiouyЕеІіΙΥιυ", "ÄËÏÖÜŸäëïöüÿЁёЇїΪΫϊϋ"),
    ('\u{30a}', "AUauwy", "ÅŮåůẘẙ"),
    ('\u{30b}', "OUou", "ŐŰőű"),
    ('\u{30c}', "ACDEGHIKLNORSTUZacdeghijklnorstuz", "ǍČĎĚǦȞǏǨĽŇǑŘŠŤǓŽǎčďěǧȟǐǰǩľňǒřšťǔž"),
    ('\u{323}', "AEIOUYaeiouyDHKLMNRSTVWZdhklmnrstvwz", "ẠẸỊỌỤỴạẹịọụỵḌḤḲḶṂṆṚṢṬṾẈẒḍḥḳḷṃṇṛṣṭṿẉẓ"),
    ('\u{326}', "STst", "ȘȚșț"),
    ('\u{327}', "CEGKLNRSTcegklnrst", "ÇȨĢĶĻŅŖŞŢçȩģķļņŗşţ"),
    ('\u{328}', "AEIOUaeiou", "ĄĘĮǪŲąęįǫų"),
];

/// The characters of a text with accents and Korean letters joined where one sign has both.
pub(super) fn composed(text: &str) -> Vec<char> {
    let mut out: Vec<char> = Vec::with_capacity(text.len());
    for c in text.chars() {
        match out.last().and_then(|&before| joined(before, c)) {
            Some(one) => {
                out.pop();
                out.push(one);
            }
            None => out.push(c),
        }
    }
    out
}

fn joined(before: char, c: char) -> Option<char> {
    if ('\u{300}'..='\u{328}').contains(&c) {
        let (_, letters, whole) = ACCENTS.iter().find(|(accent, ..)| *accent == c)?;
        let at = letters.chars().position(|letter| letter == before)?;
        return whole.chars().nth(at);
    }
    korean(before as u32, c as u32)
}

/// Two Korean letters as one syllable, or a syllable with its last letter.
fn korean(before: u32, c: u32) -> Option<char> {
    const SYLLABLES: std::ops::Range<u32> = 0xac00..0xd7a4;
    let (first, vowel) = (before.wrapping_sub(0x1100), c.wrapping_sub(0x1161));
    if first < 19 && vowel < 21 {
        return char::from_u32(SYLLABLES.start + (first * 21 + vowel) * 28);
    }
    let last = c.wrapping_sub(0x11a7);
    let open = SYLLABLES.contains(&before) && (before - SYLLABLES.start).is_multiple_of(28);
    if open && (1..28).contains(&last) { char::from_u32(before + last) } else { None }
}

#[cfg(test)]
mod tests {
    use super::{ACCENTS, composed};

    #[test]
    fn every_letter_has_its_whole() {
        for (accent, letters, whole) in ACCENTS {
            assert_eq!(letters.chars().count(), whole.chars().count(), "{accent:?}");
        }
    }

    #[test]
    fn pieces_are_joined() {
        let text = |pieces: &str| composed(pieces).into_iter().collect::<String>();
        assert_eq!(text("Mu\u{308}ller, Cafe\u{301}, Is\u{327}il"), "Müller, Café, Işil");
        assert_eq!(text("\u{1112}\u{1161}\u{11ab}\u{1100}\u{1173}\u{11af}"), "한글");
        assert_eq!(text("x\u{301}"), "x\u{301}");
    }
}
